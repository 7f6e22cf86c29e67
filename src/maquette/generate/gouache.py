"""Gouache: flat, opaque planes of matte colour with dry-brushed borders."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.anchors import find_anchors
from maquette.generate.base import F32, U8, DrawSettings
from maquette.generate.brush import bristle, strokes_at, touched_on
from maquette.generate.contours import Contours
from maquette.generate.paint import Canvas
from maquette.generate.paper import grain
from maquette.generate.pigment import coded, hex_colour, on_palette, sampled
from maquette.generate.strokes import Pen
from maquette.generate.study import Study
from maquette.imaging.tone import luminance

BOARD = "#d8cdb8"
"""Tinted illustration board."""
STEPS = 6.0
"""Planes of light from black to white."""
LAYERS = ((13.0, 42.0, 19.0, 0.0), (6.5, 24.0, 9.5, 0.28), (3.8, 13.0, 4.6, 0.5), (2.3, 7.0, 2.4, 0.7))
"""Spacing, length and width in pixels, and least detail where such strokes are laid; largest first."""
PEN = Pen(width_px=1.5, least_px=0.6, wobble_px=0.5, overshoot_px=2.5, taper=0.4)
LEAST_LINE = 0.5
"""Weight of the faintest line that is drawn with the tip of the brush."""


class Gouache:
    """A background painter's gouache."""

    name = "gouache"
    version = 2

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes."""
        study = Study(passes, picture, settings)
        hand, shape = settings.hand, (study.height, study.width)
        board = hex_colour(hand.paper_colour or BOARD)
        planes = on_palette(_planes(study), settings.palette)
        thin = 0.35 + 0.6 * hand.wash
        canvas = Canvas(planes * thin + board * (1 - thin))
        tooth = grain(*shape, study.scale, "tooth", settings.seed)
        with ThreadPoolExecutor(1) as beside:
            drawn = beside.submit(Contours(study, None, 0.0, LEAST_LINE).lines, PEN)
            for number, layer in enumerate(LAYERS):
                _layer(study, canvas, planes, tooth, number, *layer)
            line = drawn.result()[..., None]
        shown = canvas.colour.reshape(*shape, 3)
        own = shown * 0.42 if hand.line_colour is None else hex_colour(hand.line_colour)
        line = line * np.clip(0.62 + 0.25 * hand.texture * tooth, 0, 1)[..., None]
        shown = shown * (1 - line) + own * line
        return coded(shown * (1 + 0.022 * hand.texture * tooth)[..., None])


def _planes(study: Study) -> F32:
    """(H * W, 3) the picture in flat planes: lightness in steps whose borders a hand drew."""
    shape = (study.height, study.width)
    colour = ndimage.gaussian_filter(study.colour.reshape(*shape, 3), (1.2 * study.scale, 1.2 * study.scale, 0))
    light = np.asarray(luminance(colour), np.float32)
    level = np.sqrt(np.clip(light, 0, 1))
    exact = level * STEPS + 0.10 * study.noise(60.0, 52)
    step = np.floor(exact)
    stepped = (step + np.clip((exact - step - 0.5) * 6 + 0.5, 0, 1)) / STEPS
    flat = np.where(study.features, level, 0.4 * level + 0.6 * stepped)
    gain = np.clip(flat / np.maximum(level, 0.04), 0.5, 1.6) ** 2
    vivid = light[..., None] + (colour - light[..., None]) * 1.15
    return np.clip(vivid * gain[..., None], 0, 1).reshape(-1, 3).astype(np.float32)


def _layer(study: Study, canvas: Canvas, planes: F32, tooth: F32, number: int, spacing: float, length: float,
           width: float, detail: float) -> None:  # fmt: skip
    hand, _shape = study.hand, study.surface.shape
    size = study.scale * hand.stroke_scale
    within = study.detail > detail if number else None
    anchors = find_anchors(study.surface, spacing * size, study.settings, 130 + number, within=within)
    if len(anchors) == 0:
        return
    at = anchors.pixel
    amount = anchors.amount
    if number:
        amount = amount * np.clip((study.detail.reshape(-1)[at] - detail) / 0.12, 0, 1)
    head = study.head_px.reshape(-1)[at]
    most = np.where(head > 0, head / 8, np.inf)
    most = np.where(study.features.reshape(-1)[at], np.maximum(head / 40, 1.5), most)
    wide = width * size * (0.8 + 0.4 * anchors.share(3))
    small = np.minimum(1, most / wide)
    amount = np.where(small < 0.35, 0, amount)
    strokes = strokes_at(anchors, study.direction, length * size * small * (0.7 + 0.6 * anchors.share(2)), wide * small,
                         turn=(anchors.share(1) - 0.5) * (0.2 + 1.0 * hand.looseness))  # fmt: skip
    colour = sampled(planes, strokes, study.surface.part)
    colour = np.clip(colour * (1 + (anchors.share(4) - 0.5) * 0.17 * hand.looseness)[:, None], 0, 1)
    touch = touched_on(strokes, study.surface.part,
                        hand.looseness * np.minimum(strokes.width, 8) * 0.7)  # fmt: skip
    paint = bristle(touch, strokes, "stiff")
    # Opaque where the brush is full; at its end and sides it breaks on the grain of the board.
    dry = np.clip(touch.along, 0, 1) ** 3 * 0.75 + np.abs(touch.across) ** 5 * 0.35
    broken = paint + 0.16 * tooth.reshape(-1)[touch.pixel] - 0.12
    full = np.clip((broken - dry * (0.35 + hand.texture)) * 6 + 1.35, 0, 1)
    present = (amount * (0.4 + 0.6 * hand.wash) ** 0.5)[touch.stroke]
    canvas.lay(touch, strokes, colour, touch.cover * full * present, paint)
