"""Oil: strokes of a bristle brush on a toned canvas, large ones first, with the relief of thick paint."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from maquette.film.passes import Passes
from maquette.generate.anchors import Anchors, find_anchors
from maquette.generate.base import F32, U8, DrawSettings
from maquette.generate.brush import Strokes, bristle, strokes_at, touched_on
from maquette.generate.contours import Contours
from maquette.generate.paint import Canvas
from maquette.generate.paper import grain
from maquette.generate.pigment import hex_colour, on_palette, sampled
from maquette.generate.strokes import Pen
from maquette.generate.study import Study
from maquette.imaging.tone import luminance

GROUND = "#8a6f57"
"""Canvas toned with an umber wash."""
PEN = Pen(width_px=1.8, least_px=0.6, wobble_px=0.9, overshoot_px=4.0, taper=0.45)
LEAST_LINE, DRAWN, DARKER = 0.55, 0.45, 0.4
"""Weight of the faintest line of the brush drawing, how strongly it shows, and how dark it is."""
LAYERS = ((13.0, 46.0, 15.0, 0.0), (7.5, 26.0, 8.5, 0.22), (4.4, 15.0, 4.8, 0.42), (2.5, 8.0, 2.6, 0.66))
"""Spacing, length and width in pixels, and least detail where such strokes are laid; largest first."""


class Oil:
    """Impasto in the manner of a plein-air sketch."""

    name = "oil"
    version = 2

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes."""
        study = Study(passes, picture, settings)
        hand, shape = settings.hand, (study.height, study.width)
        ground = hex_colour(hand.paper_colour or GROUND)
        canvas = Canvas(self._underpainting(study, ground))
        weave = grain(*shape, study.scale, "canvas", settings.seed)
        with ThreadPoolExecutor(1) as beside:
            drawn = beside.submit(Contours(study, None, 0.0, LEAST_LINE).lines, PEN)
            for number, layer in enumerate(LAYERS):
                self._layer(study, canvas, number, *layer)
            line = drawn.result() * np.clip(DRAWN - 0.2 * hand.texture * weave, 0, 1)
        # The drawing is thin, dark paint: it takes the colour of what it lies in.
        line = line.reshape(-1, 1)
        own = canvas.colour * DARKER if hand.line_colour is None else hex_colour(hand.line_colour)
        canvas.colour = (canvas.colour * (1 - line) + own * line).astype(np.float32)
        shown = canvas.relief(shape, 0.15 + 0.9 * hand.texture, 0.05 * hand.texture * weave)
        return (np.clip(shown, 0, 1) * 255 + 0.5).astype(np.uint8)

    def _underpainting(self, study: Study, ground: F32) -> F32:
        """Thin paint rubbed over the ground."""
        colour = on_palette(study.colour, study.settings.palette)
        thin = 0.5 + 0.5 * study.hand.wash
        return colour * thin + ground * (1 - thin) * (0.3 + 0.7 * np.sqrt(luminance(colour)))[:, None]

    def _layer(self, study: Study, canvas: Canvas, number: int, spacing: float, length: float, width: float,
               detail: float) -> None:  # fmt: skip
        hand = study.hand
        size = study.scale * hand.stroke_scale
        wanted = study.detail if number else np.ones_like(study.detail)
        anchors = find_anchors(
            study.surface, spacing * size, study.settings, number, within=(wanted > detail) if number else None
        )
        if len(anchors) == 0:
            return
        strokes, amount = self._strokes(study, anchors, length * size, width * size, number)
        if number:
            amount = amount * np.clip((wanted.reshape(-1)[anchors.pixel] - detail) / 0.12, 0, 1)
        colour = _broken(sampled(study.colour, strokes, study.surface.part), anchors, 0.012 + 0.03 * hand.looseness)
        colour = on_palette(colour, study.settings.palette)
        touch = touched_on(strokes, study.surface.part, hand.looseness * np.minimum(strokes.width, 9) * 0.8)
        paint = bristle(touch, strokes, "stiff")
        # The brush runs dry towards the end of the stroke and along its sides.
        dry = 0.18 + 0.32 * np.clip(touch.along, 0, 1) ** 2 + 0.22 * np.abs(touch.across) ** 3
        loaded = np.clip((paint - dry * (0.5 + 0.8 * hand.texture)) * 5 + 0.5, 0, 1)
        present = (amount * (0.35 + 0.65 * hand.wash) ** 0.5)[touch.stroke]
        canvas.lay(touch, strokes, colour, touch.cover * loaded * present, 0.25 + 0.75 * paint)

    def _strokes(self, study: Study, anchors: Anchors, length: float, width: float, number: int) -> tuple[
        Strokes, F32
    ]:  # fmt: skip
        loose = study.hand.looseness
        turn = (anchors.share(1) - 0.5) * (0.25 + 1.2 * loose)
        long = length * (0.7 + 0.6 * anchors.share(2)) * (0.6 + 0.4 * anchors.amount)
        wide = width * (0.8 + 0.4 * anchors.share(3)) * (0.6 + 0.4 * anchors.amount)
        most = _most_width(study, anchors)
        shrink = np.minimum(1, most / wide)
        strokes = strokes_at(anchors, study.direction, long * shrink, wide * shrink, turn=turn)
        return strokes, anchors.amount * np.where(shrink < 0.35, 0, 1)


def _most_width(study: Study, anchors: Anchors) -> NDArray[np.float32]:
    """(N,) faces are painted with smaller brushes, eyes and mouths with the smallest."""
    head = study.head_px.reshape(-1)[anchors.pixel]
    most = np.where(head > 0, head / 9, np.inf)
    return np.where(study.features.reshape(-1)[anchors.pixel], np.maximum(head / 40, 1.6), most)


def _broken(colour: F32, anchors: Anchors, by: float) -> F32:
    """No two strokes have quite the same colour."""
    light = (anchors.share(4) - 0.5) * 2 * by
    warm = (anchors.share(5) - 0.5) * 1.4 * by
    return np.clip(colour + np.stack([light + warm, light, light - warm], axis=1), 0, 1).astype(np.float32)
