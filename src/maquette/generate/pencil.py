"""Pencil: searching lines, hatching along the form, smudged tone, all broken up by the paper's tooth."""

from __future__ import annotations

import numpy as np

from maquette.film.passes import Passes
from maquette.generate.base import F32, U8, DrawSettings
from maquette.generate.contours import Contours
from maquette.generate.hatching import hatch
from maquette.generate.paper import grain
from maquette.generate.pigment import on_paper
from maquette.generate.strokes import Pen, rasterise
from maquette.generate.study import USUAL_TEXTURE, USUAL_WASH, Study

PAPER = 0.985
GRAPHITE = 0.16
"""Brightness of the darkest a soft pencil gets."""
LAYERS = ((0.58, 0.0, 4.4, 0.36), (0.36, 0.40, 3.6, 0.50), (0.20, -0.22, 2.8, 0.70), (0.10, 0.16, 2.0, 0.85))
"""Hatching: value below which it is laid, turn off the form in radians, gap in pixels, strength."""
STROKE_PX = (24.0, 1.15)
"""Length and width of a stroke of hatching."""
HALO_PX = 2.5
"""Paper left free between a figure and the lines behind it."""
SEARCHING = ((0.6, 0.72), (1.25, 0.38))
"""Lines are drawn twice: how unsteady, in pixels, and how strong."""


class Pencil:
    """Graphite on toothed paper."""

    name = "pencil"
    version = 4

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes, neutral grey where the hand asks for no colours."""
        study = Study(passes, picture, settings)
        hand, shape = settings.hand, (study.height, study.width)
        value = study.value
        contours = Contours(study, value < 0.06, HALO_PX)
        lines = np.zeros(shape, np.float32)
        for wobble, strength in SEARCHING:
            pen = Pen(width_px=1.55, least_px=0.7, wobble_px=wobble, overshoot_px=4.5, taper=0.3)
            lines = 1 - (1 - lines) * (1 - strength * contours.lines(pen, faces=False))
        marks = contours.marks()
        if hand.line_scale > 0:
            marks = np.maximum(marks, rasterise(contours.faces.strokes, study.width, study.height))
        value = np.maximum(value, contours.bare())
        laid = hand.wash / USUAL_WASH
        tone = _hatched(study, value) * min(laid, 1.3)
        smudge = 0.62 * (np.clip(0.62 - value, 0, 1) / 0.62) ** 1.6 * laid
        tooth = grain(*shape, study.scale, "tooth", settings.seed) * (0.85 * hand.texture / USUAL_TEXTURE)
        graphite = 1 - (1 - _on_tooth(tone, tooth, 0.34)) * (1 - _on_tooth(smudge, tooth, 0.2))
        graphite = 1 - (1 - graphite) * (1 - _on_tooth(lines, tooth, 0.28))
        graphite = 1 - (1 - graphite) * (1 - _on_tooth(0.9 * marks, tooth, 0.2))
        return on_paper(1 - np.clip(graphite, 0, 1), hand, (GRAPHITE,) * 3, (PAPER,) * 3)


def _hatched(study: Study, value: F32) -> F32:
    tone = np.zeros(value.shape, np.float32)
    for number, (below, turn, gap, strength) in enumerate(LAYERS):
        layer = hatch(study, value, number, below, turn, gap, *STROKE_PX)
        tone = 1 - (1 - tone) * (1 - strength * layer)
    return tone


def _on_tooth(amount: F32, tooth: F32, rough: float) -> F32:
    """Graphite skips the valleys of the paper where it is laid thinly, and fills them where it is pressed."""
    return np.clip(amount * (1 + rough * tooth * (1.15 - amount)), 0, 1)
