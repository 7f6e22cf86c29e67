"""Charcoal: the side of the stick dragged over toothed paper, smudged tone, bold lines, lights lifted with a kneaded
eraser."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.anchors import find_anchors
from maquette.generate.base import F32, U8, DrawSettings
from maquette.generate.brush import bristle, strokes_at, summed, touched_on
from maquette.generate.contours import Contours
from maquette.generate.paper import grain
from maquette.generate.pigment import on_paper
from maquette.generate.strokes import Pen, rasterise
from maquette.generate.study import USUAL_WASH, Study

COAL, PAPER = (0.105, 0.10, 0.098), (0.93, 0.905, 0.86)
LAYERS = ((0.78, 0.0, 11.0, 36.0, 8.0, 0.26), (0.46, 0.45, 8.0, 28.0, 6.5, 0.40), (0.20, -0.3, 6.0, 20.0, 5.0, 0.75))
"""Value below which the stick is used, turn off the form in radians, spacing, length and width in pixels, strength."""
LIFTED = 0.80
"""Value from which light is lifted out of the smudge."""
PENS = ((Pen(width_px=4.4, least_px=1.5, wobble_px=1.0, overshoot_px=7.0, taper=0.4), 0.42),
        (Pen(width_px=2.0, least_px=0.8, wobble_px=0.6, overshoot_px=4.0, taper=0.4), 0.85))  # fmt: skip
"""The broad, soft line and the firm one in it, each with its strength."""
LEAST_LINE = 0.3
"""Weight of the faintest line that a stick can draw."""
HALO_PX = 2.0


class Charcoal:
    """Vine charcoal on laid paper."""

    name = "charcoal"
    version = 2

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes, warm greys where the hand asks for no colours."""
        study = Study(passes, picture, settings)
        hand, shape = settings.hand, (study.height, study.width)
        value = study.value
        contours = Contours(study, value < 0.05, HALO_PX, LEAST_LINE)
        value = np.maximum(value, contours.bare())
        with ThreadPoolExecutor(1) as beside:
            drawn = beside.submit(lambda: [contours.lines(pen, faces=False) for pen, _ in PENS])
            coal = self._tone(study, value)
            lines = drawn.result()
        tooth = grain(*shape, study.scale, "tooth", settings.seed)
        for (_, strength), line in zip(PENS, lines, strict=True):
            coal = 1 - (1 - coal) * (1 - _on_tooth(strength * line, tooth, 0.9 * hand.texture))
        marks = contours.marks()
        if hand.line_scale > 0:
            marks = np.maximum(marks, rasterise(contours.faces.strokes, study.width, study.height))
        coal = 1 - (1 - coal) * (1 - _on_tooth(0.95 * marks, tooth, 0.4 * hand.texture))
        return on_paper(1 - np.clip(coal, 0, 1), hand, COAL, PAPER)

    def _tone(self, study: Study, value: F32) -> F32:
        """(H, W) coal 0..1 that finger, stick and eraser leave."""
        tooth = grain(study.height, study.width, study.scale, "tooth", study.settings.seed)
        laid = min(study.hand.wash / USUAL_WASH, 1.35)
        coal = 1 - (1 - self._smudge(study, value)) ** laid
        for number, layer in enumerate(LAYERS):
            amount = laid * _stick(study, value, number, *layer)
            coal = 1 - (1 - coal) * (1 - _on_tooth(amount, tooth, study.hand.texture))
        return coal * (1 - 0.9 * _eraser(study, value))

    def _smudge(self, study: Study, value: F32) -> F32:
        """Tone rubbed in with a finger: soft, a little over the edges, uneven."""
        smooth = ndimage.gaussian_filter(value, (1.0 + 5.0 * study.hand.looseness) * study.scale, truncate=2.5)
        tone = 0.60 * np.clip((0.86 - smooth) / 0.86, 0, 1) ** 1.5
        return np.clip(tone * (1 + 0.16 * study.noise(34.0, 50)), 0, 1).astype(np.float32)


def _stick(study: Study, value: F32, number: int, below: float, turn: float, spacing: float, length: float,
           width: float, strength: float) -> F32:  # fmt: skip
    """(H, W) coal that one layer of strokes leaves."""
    size, shape = study.scale * study.hand.stroke_scale, study.surface.shape
    anchors = find_anchors(study.surface, spacing * size, study.settings, 80 + number, within=value < below)
    if len(anchors) == 0:
        return np.zeros(shape, np.float32)
    deep = np.clip((below - value.reshape(-1)[anchors.pixel]) / 0.16, 0, 1) * anchors.amount
    small = np.where(study.head_px.reshape(-1)[anchors.pixel] > 0, 0.6, 1.0) * (0.7 + 0.6 * anchors.share(2))
    loose = (anchors.share(1) - 0.5) * (0.15 + 0.9 * study.hand.looseness)
    strokes = strokes_at(anchors, study.direction, length * size * small, width * size * small, turn=turn + loose)
    touch = touched_on(strokes, study.surface.part, 5.0 * study.hand.looseness * size)
    # The side of a stick presses harder on one edge.
    press = np.clip(0.75 + 0.35 * touch.across, 0, 1.1) * np.clip((1 - np.abs(touch.along)) * 4, 0, 1)
    weight = touch.cover * press * (0.45 + 0.8 * bristle(touch, strokes, "flat")) * deep[touch.stroke]
    return strength * np.clip(summed(touch, weight, value.size).reshape(shape), 0, 1.3)


def _eraser(study: Study, value: F32) -> F32:
    """(H, W) 0..1: dabs of a kneaded eraser where the light is."""
    size, shape = study.scale * study.hand.stroke_scale, study.surface.shape
    light = np.clip((value - LIFTED) / 0.12, 0, 1)
    anchors = find_anchors(study.surface, 8.0 * size, study.settings, 90, within=light > 0)
    if len(anchors) == 0:
        return np.zeros(shape, np.float32)
    strokes = strokes_at(anchors, study.direction, 24 * size, 8.0 * size, turn=(anchors.share(1) - 0.5) * 0.8)
    touch = touched_on(strokes, study.surface.part, 0.5)
    weight = touch.cover * (1 - touch.across**2) * (1 - touch.along**2)
    weight = weight * (anchors.amount * light.reshape(-1)[anchors.pixel])[touch.stroke]
    return np.clip(summed(touch, weight, value.size).reshape(shape), 0, 1)


def _on_tooth(amount: F32, tooth: F32, rough: float) -> F32:
    """Coal stays on the hills of the paper; only where it is pressed does it reach the valleys."""
    hills = np.clip((0.9 * tooth + 3.4 * amount - 1.1) * 0.6 + 0.5, 0, 1)
    return np.clip(amount * (1 - rough + rough * 1.45 * hills), 0, 1)
