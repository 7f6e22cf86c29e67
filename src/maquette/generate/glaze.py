"""Washes of wet colour: broad strokes that run into one another, with an edge where the water stopped.

Strokes of one wash add up to a depth of water. Where it is deep enough the paper is wet: what a wash takes in is made
of strokes, but inside it none of them shows. Pigment gathers along the edge as it dries.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import ndimage

from maquette.generate.anchors import Anchors, find_anchors
from maquette.generate.base import F32
from maquette.generate.brush import Strokes, strokes_at, summed, touched_on
from maquette.generate.study import Study
from maquette.generate.surface import halved

COARSE = 2
"""Water is reckoned on every second pixel: it is smooth."""
STEADY_PX = 3.0
"""Tone is judged over this much of the picture, so that a stroke is not there and gone with a pixel."""
SHORE = 0.5
"""Depth of water at the edge of a wash."""
EDGE_ON = 0.08
"""Surfaces that face the camera less than this are too steep for strokes to be found on them one by one."""


@dataclass(frozen=True, eq=False)
class Wash:
    """(H, W, ...) what one wash left on the paper."""

    wet: F32
    """0..1"""
    rim: F32
    """0..1 along the inside of its edge."""
    colour: F32
    """(H, W, 3) codes 0..1 of what was on the brush."""


@dataclass(frozen=True)
class Brush:
    """Sizes in pixels of a picture 640 wide."""

    spacing: float
    length: float
    width: float
    firm: float = 7.0
    """How sharply the wash ends."""
    ragged: float = 0.12
    """How much the paper and the hand break its edge up."""


def lay_wash(study: Study, layer: int, brush: Brush, value: F32, below: float, soft: float, colour: F32,
             tooth: F32) -> Wash:  # fmt: skip
    """A wash where `value` (H, W) is less than `below`, coming in over `soft`.

    colour: (H * W, 3) codes 0..1. tooth: (H, W) height of the paper.
    """
    size = study.scale * study.hand.stroke_scale
    shape = study.surface.shape
    coarse = halved(study.surface, COARSE)
    anchors = find_anchors(coarse, brush.spacing * size / COARSE, study.settings, 60 + layer)
    at = _fine(anchors, coarse.shape, shape)
    around = ndimage.gaussian_filter(value[::COARSE, ::COARSE], STEADY_PX * study.scale / COARSE, truncate=2.5)
    want = np.clip((below - around.reshape(-1)[anchors.pixel]) / soft + 0.5, 0, 1) * anchors.amount
    kept = want > 0.02
    anchors, at, want = anchors.where(kept), at[kept], want[kept]
    strokes = _strokes(study, anchors, at, brush, size)
    touch = touched_on(strokes, coarse.part,
                        (0.4 + 2.2 * study.hand.looseness) * anchors.share(6) * study.scale / COARSE)  # fmt: skip
    water = np.clip(1 - touch.along**2, 0, 1) * np.clip(1 - touch.across**2, 0, 1) * want[touch.stroke]
    pixels = coarse.shape[0] * coarse.shape[1]
    depth = summed(touch, water, pixels)
    carried = [summed(touch, water * colour[at, i][touch.stroke], pixels) for i in range(3)]
    mixed = np.stack(carried, axis=1) / np.maximum(depth, 1e-4)[:, None]
    # Where no stroke came, the tip of the brush takes the colour of what is there.
    shown = colour.reshape(*shape, 3)[::COARSE, ::COARSE].reshape(-1, 3)
    mixed += (shown - mixed) * np.clip(1 - depth / 0.1, 0, 1)[:, None]
    deep, tint = _spread(depth.reshape(coarse.shape), shape), _spread(mixed.reshape(*coarse.shape, 3), shape)
    deep = ndimage.gaussian_filter(deep, 0.8 * study.scale, truncate=2.5)
    deep = np.maximum(deep, 0.8 * narrow(study) * np.clip((below - value) / soft + 0.5, 0, 1))
    ragged = brush.ragged * np.clip(3 * deep, 0, 1)
    uneasy = deep + ragged * (0.5 * study.noise(11.0, 30 + layer) + 0.5 * study.hand.texture * tooth)
    wet = np.clip((uneasy - SHORE) * brush.firm + 0.5, 0, 1)
    rim = np.clip(wet - ndimage.gaussian_filter(wet, 1.7 * study.scale, truncate=2.5), 0, 0.5) * 2
    return Wash(wet.astype(np.float32), rim.astype(np.float32), tint)


def _strokes(study: Study, anchors: Anchors, at: np.ndarray, brush: Brush, size: float) -> Strokes:
    n = len(anchors)
    head = study.head_px.reshape(-1)[at]
    small = np.where(head > 0, np.minimum(1, head / (4.5 * brush.width * size)), 1.0)
    small = np.where(study.features.reshape(-1)[at], 0.3, small)
    spread = 0.75 + 0.5 * anchors.share(3)
    return strokes_at(
        anchors,
        study.direction[::COARSE, ::COARSE],
        brush.length * size / COARSE * small * spread,
        brush.width * size / COARSE * small * spread,
        turn=(anchors.share(1) - 0.5) * (0.3 + 1.2 * study.hand.looseness) if n else 0.0,
    )


def narrow(study: Study) -> F32:
    """(H, W) 1 on what is too narrow for a broad brush, such as eyes, and is filled with its tip."""
    part = study.surface.part
    border = np.zeros(part.shape, np.float32)
    border[:, :-1] += part[:, 1:] != part[:, :-1]
    border[:-1] += part[1:] != part[:-1]
    near = ndimage.uniform_filter(np.minimum(border, 1), max(3, round(7 * study.scale)))
    untouched = ~study.surface.whole | (study.surface.facing < EDGE_ON)
    return np.maximum(np.clip((near - 0.13) * 8, 0, 1), study.features | untouched).astype(np.float32)


def _fine(anchors: Anchors, coarse: tuple[int, int], shape: tuple[int, int]) -> np.ndarray:
    """Flat numbers of the anchors' pixels in the picture of full size."""
    row, column = np.divmod(anchors.pixel, coarse[1])
    return row * COARSE * shape[1] + column * COARSE


def _spread(coarse: F32, shape: tuple[int, int]) -> F32:
    """The coarse picture at full size, bilinearly."""
    fine = coarse
    for axis in (0, 1):
        n = shape[axis]
        place = np.clip(np.arange(n) / COARSE, 0, fine.shape[axis] - 1)
        low = np.minimum(place.astype(np.int64), max(fine.shape[axis] - 2, 0))
        high = np.minimum(low + 1, fine.shape[axis] - 1)
        share = (place - low).astype(np.float32)
        share = share.reshape([-1 if i == axis else 1 for i in range(fine.ndim)])
        fine = np.take(fine, low, axis) * (1 - share) + np.take(fine, high, axis) * share
    return fine.astype(np.float32)
