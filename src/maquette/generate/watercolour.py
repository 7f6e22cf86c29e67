"""Watercolour: transparent washes over white paper, light to dark, with wet edges, granulation and a pencil drawing."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.anchors import find_anchors
from maquette.generate.base import F32, U8, DrawSettings
from maquette.generate.brush import strokes_at, summed, touched_on
from maquette.generate.contours import Contours
from maquette.generate.glaze import Brush, Wash, lay_wash
from maquette.generate.paper import grain
from maquette.generate.pigment import coded, hex_colour, on_palette
from maquette.generate.strokes import Pen
from maquette.generate.study import USUAL_WASH, Study
from maquette.imaging.tone import luminance

PAPER = "#fbf8f0"
GRAPHITE = "#5b5651"
WASHES = (
    (0.88, 0.10, 0.50, Brush(13.0, 50.0, 27.0, ragged=0.16)),
    (0.50, 0.09, 0.34, Brush(9.5, 34.0, 18.0)),
    (0.24, 0.07, 0.34, Brush(7.0, 25.0, 13.0)),
)
"""Lightness below which a wash is laid, over how much it comes in, its share of the density, and its brush."""
PEN = Pen(width_px=1.25, least_px=0.6, wobble_px=0.7, overshoot_px=4.0, taper=0.35)
LEAST_LINE = 0.4
"""Weight of the faintest line that is drawn in pencil first."""
AIR = 0.82
"""Power that codes are taken to."""
PALEST = 0.10
"""Pigment is never deeper than this lets through."""


class Watercolour:
    """Transparent colour on cold-pressed paper."""

    name = "watercolour"
    version = 2

    def draw(self, passes: Passes, picture: U8, settings: DrawSettings) -> U8:
        """(H, W, 3) sRGB codes."""
        study = Study(passes, picture, settings)
        hand, shape = settings.hand, (study.height, study.width)
        tooth = grain(*shape, study.scale, "rough", settings.seed)
        colour = on_palette(_lively(study.colour), settings.palette)
        light = np.asarray(luminance(colour), np.float32).reshape(shape)
        light = ndimage.gaussian_filter(light, 1.2 * study.scale)
        pools = np.clip(1 + 0.10 * study.noise(90.0, 20) + 0.05 * study.noise(30.0, 21), 0.5, 1.6)
        density = np.zeros((*shape, 3), np.float32)
        with ThreadPoolExecutor(1) as beside:
            pencilled = beside.submit(Contours(study, None, 0.0, LEAST_LINE).lines, PEN)
            for number, (below, soft, share, brush) in enumerate(WASHES):
                wash = lay_wash(study, number, brush, light, below, soft, colour, tooth)
                density += _dried(wash, pools, tooth, share, hand.texture)
            density += _accents(study, colour, light)[..., None] * _absorbed(colour).reshape(*shape, 3)
            drawn = pencilled.result() * np.clip(0.72 + 0.3 * hand.texture * tooth, 0, 1)
        density *= min(hand.wash / USUAL_WASH, 1.4)
        paper = hex_colour(hand.paper_colour or PAPER) * (1 + 0.012 * hand.texture * tooth)[..., None]
        pencil = hex_colour(hand.line_colour or GRAPHITE)
        paper = paper + (pencil - paper) * (0.75 * drawn)[..., None]
        return coded(paper * np.exp(-density))


def _lively(colour: F32) -> F32:
    """Watercolour is painted cleaner and lighter than things are: the white of the paper is its light."""
    colour = colour**AIR
    grey = luminance(colour)[:, None]
    return np.clip(grey + (colour - grey) * 1.25, 0, 1).astype(np.float32)


def _absorbed(colour: F32) -> F32:
    """Density of pigment that lets through so much."""
    return -np.log(np.clip(colour * 1.06, PALEST, 1)).astype(np.float32)


def _dried(wash: Wash, pools: F32, tooth: F32, share: float, texture: float) -> F32:
    """(H, W, 3) density of a wash when the water is gone: more along its edge, and in the valleys of the paper."""
    amount = wash.wet * pools * (1 + 0.95 * wash.rim) * np.clip(1 - 0.17 * texture * tooth, 0.3, 2)
    return (share * amount)[..., None] * _absorbed(wash.colour.reshape(-1, 3)).reshape(wash.colour.shape)


def _accents(study: Study, colour: F32, light: F32) -> F32:
    """(H, W) small strokes of a pointed brush where something is darker than what is around it: eyes, folds, edges."""
    size = study.scale * study.hand.stroke_scale
    around = ndimage.gaussian_filter(light, 5 * study.scale, truncate=2.5)
    deeper = np.clip((around - light) / np.maximum(around, 0.05) * 3.2, 0, 1) * np.clip(study.detail * 1.5, 0, 1)
    anchors = find_anchors(study.surface, 2.9 * size, study.settings, 70, within=deeper > 0.15)
    if len(anchors) == 0:
        return np.zeros(study.surface.shape, np.float32)
    pointed = np.where(study.features.reshape(-1)[anchors.pixel], 0.5, 1.0)
    strokes = strokes_at(anchors, study.direction, 10 * size * pointed, 2.8 * size * pointed,
                         turn=(anchors.share(1) - 0.5) * 0.6)  # fmt: skip
    touch = touched_on(strokes, study.surface.part, 0.5)
    weight = touch.cover * (1 - touch.along**2) * (anchors.amount * deeper.reshape(-1)[anchors.pixel])[touch.stroke]
    total = summed(touch, weight, study.width * study.height).reshape(study.surface.shape)
    return 0.62 * np.clip(total, 0, 1)
