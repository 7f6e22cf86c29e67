"""Ink: pen lines, filled marks in faces, and a grey wash on white paper."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.base import U8, DrawSettings
from maquette.generate.contours import Contours
from maquette.generate.paper import grain
from maquette.generate.pigment import on_paper
from maquette.generate.strokes import Pen
from maquette.generate.study import USUAL_TEXTURE, USUAL_WASH, Study
from maquette.generate.wash import wash

INK = 0.045
"""Paper brightness of full ink."""
REVERSED = 0.50
"""Brightness of a line where it crosses a spotted black: the white that a pen leaves."""
HALO_PX = 3.0
"""Paper left free between a figure and the lines behind it."""
PEN = Pen(width_px=2.1, least_px=0.75, wobble_px=0.42, overshoot_px=2.0)


class Ink:
    """A storyboard artist's pen and wash."""

    name = "ink"
    version = 5

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes, neutral grey where the hand asks for no colours."""
        study = Study(passes, picture, settings)
        hand = settings.hand
        tooth = grain(study.height, study.width, study.scale, "smooth", settings.seed)
        uneven = study.noise(40.0 * hand.stroke_scale, 1)
        tooth = tooth * (hand.texture / USUAL_TEXTURE)
        paper = wash(study.value, uneven, tooth, 3 * hand.stroke_scale, settings.key)
        paper = 1 - (1 - paper) * min(hand.wash / USUAL_WASH, 1.15)
        dark = ndimage.gaussian_filter(paper, 1.5 * study.scale) < 0.25
        contours = Contours(study, dark, HALO_PX)
        paper = paper + (1 - paper) * contours.bare()
        lines, marks = contours.lines(PEN), contours.marks()
        shown = paper * (1 - lines) + np.where(dark, REVERSED, INK) * lines
        shown = shown * (1 - marks) + INK * marks
        return on_paper(np.clip((shown - INK) / (1 - INK), 0, 1), hand, (INK,) * 3, (1.0,) * 3)
