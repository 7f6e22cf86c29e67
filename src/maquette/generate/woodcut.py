"""Woodcut: black ink from a block in which every white was cut with a gouge, along the form."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.anchors import find_anchors
from maquette.generate.base import F32, U8, DrawSettings
from maquette.generate.brush import strokes_at, touched_on
from maquette.generate.contours import Contours
from maquette.generate.glaze import narrow
from maquette.generate.paper import grain
from maquette.generate.pigment import on_paper
from maquette.generate.strokes import Pen
from maquette.generate.study import USUAL_WASH, Study

INK, PAPER = (0.07, 0.065, 0.06), (0.955, 0.935, 0.885)
BLACK, WHITE = 0.10, 0.80
"""Values from which gouges begin, and from which the wood is cleared altogether."""
GOUGES = ((7.0, 30.0, 5.0, 0.0), (4.6, 18.0, 3.2, 0.45))
"""Spacing, length and greatest width in pixels, and least detail where such gouges cut."""
PEN = Pen(width_px=3.0, least_px=1.1, wobble_px=0.5, overshoot_px=0.0, taper=0.3)
LEAST_LINE = 0.4
"""Weight of the finest line that is left standing."""
HALO_PX = 3.0


class Woodcut:
    """A relief print in one colour."""

    name = "woodcut"
    version = 2

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes, black on warm paper where the hand asks for no colours."""
        study = Study(passes, picture, settings)
        hand, _shape = settings.hand, (study.height, study.width)
        value = study.value
        # More ink on the block for more wash: all tones go down together.
        value = np.clip(value + 0.25 * (USUAL_WASH - hand.wash), 0, 1)
        uneven = 0.02 * study.noise(18.0, 53)
        cleared = np.clip((value + uneven - WHITE) * 22 + 0.5, 0, 1)
        white = cleared.astype(np.float32)
        for number, gouge in enumerate(GOUGES):
            white = np.maximum(white, _cut(study, value, number, *gouge))
        white = np.where(narrow(study) > 0.5, np.clip((value - 0.42) * 8 + 0.5, 0, 1), white)
        solid = ndimage.gaussian_filter(white, 2.2 * study.scale) < 0.42
        contours = Contours(study, None, HALO_PX, LEAST_LINE)
        line, marks = contours.lines(PEN), contours.marks()
        white = np.maximum(white, contours.bare())
        shown = white * (1 - line) + np.where(solid, 1.0, 0.0) * line
        shown = shown * (1 - marks)
        # A knife leaves clean edges.
        shown = np.clip((ndimage.gaussian_filter(shown, 0.45) - 0.5) * 3.2 + 0.5, 0, 1)
        return on_paper(_printed(study, shown, hand.texture), hand, INK, PAPER)


def _cut(study: Study, value: F32, number: int, spacing: float, length: float, width: float, detail: float) -> F32:
    """(H, W) 0..1 what one size of gouge takes away: the lighter, the wider and the longer."""
    size, shape = study.scale * study.hand.stroke_scale, study.surface.shape
    within = (value > BLACK) & (value < WHITE + 0.05)
    if number:
        within &= study.detail > detail
    anchors = find_anchors(study.surface, spacing * size, study.settings, 150 + number, jitter=0.55, within=within)
    out = np.zeros(shape[0] * shape[1], np.float32)
    if len(anchors) == 0:
        return out.reshape(shape)
    light = np.clip((value.reshape(-1)[anchors.pixel] - BLACK) / (WHITE - BLACK), 0, 1)
    grown = light * anchors.amount
    small = np.where(study.head_px.reshape(-1)[anchors.pixel] > 0, 0.72, 1.0)
    wide = width * size * small * np.clip(0.22 + 0.95 * grown, 0, 1.1)
    long = length * size * small * (0.45 + 0.6 * grown) * (0.8 + 0.4 * anchors.share(2))
    strokes = strokes_at(anchors, study.direction, long, wide * 2,
                         turn=(anchors.share(1) - 0.5) * 0.5 * study.hand.looseness)  # fmt: skip
    touch = touched_on(strokes, study.surface.part, 0.0)
    # A gouge goes in fine, widens and comes out in a blunt end.
    half = np.clip(1 - np.abs(touch.along * 0.94 - 0.06) ** 2.4, 0, 1) * 0.5 * np.clip((1.06 - touch.along) * 6, 0, 1)
    reach = strokes.width[touch.stroke] / 2
    inside = np.clip((half - np.abs(touch.across)) * reach + 0.5, 0, 1) * np.minimum(2 * half * reach, 1)
    np.maximum.at(out, touch.pixel, (inside * (anchors.amount > 0.15)[touch.stroke]).astype(np.float32))
    return out.reshape(shape)


def _printed(study: Study, shown: F32, texture: float) -> F32:
    """The block's grain and the press: solid blacks carry a little less than full ink."""
    tooth = grain(study.height, study.width, study.scale, "tooth", study.settings.seed)
    speckle = np.clip((tooth - 2.3 + 0.5 * texture) * 0.9, 0, 1) * texture
    return np.clip(shown + (1 - shown) * np.clip(0.8 * speckle + 0.02 * texture, 0, 1), 0, 1)
