"""A tone wash: what the light does, in four greys with brush-soft borders, and spotted blacks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.base import F32
from maquette.generate.linework import part_kinds
from maquette.imaging.tone import luminance, view_transform

LEVELS = (0.085, 0.21, 0.37, 0.55)
"""Values below which the next darker grey begins; the first is black."""
GREYS = (0.10, 0.40, 0.63, 0.83, 1.0)
"""Paper brightness of each tone, darkest first."""
MOST_BLACK = 0.22
"""Share of a picture that spotted blacks may take."""


def values_of(passes: Passes, exposure_stops: float) -> F32:
    """(H, W) tonal value 0..1: light and local colour, smoothed within each thing, evened out for the page."""
    code = luminance(view_transform(passes.beauty, exposure_stops).astype(np.float32) / 255)
    bright = float(np.quantile(code, 0.9))
    value = np.clip(code * (0.78 / max(bright, 0.3)), 0, 1)
    kinds = part_kinds(passes)
    skin = np.array([cast and name == "skin" for cast, name in zip(kinds.cast, kinds.name, strict=True)])[
        passes.part_id
    ]
    # Skin keeps to light greys: a face full of tone is a dirty face.
    own = np.sqrt(np.clip(luminance(passes.albedo), 0.02, 1))
    value = np.where(skin, np.clip(value * (0.72 / own) ** 0.7, 0, 1), value)
    groups = np.where(kinds.cast[passes.part_id], passes.part_id, kinds.object[passes.part_id] + len(kinds.object))
    return _smoothed_within(value.astype(np.float32), groups, sigma=0.0042 * passes.size[0])


def _smoothed_within(value: F32, groups: NDArray[np.int64], sigma: float) -> F32:
    """Blurred, but never across the border of two groups."""
    out = value.copy()
    numbers = np.unique(groups)
    compact = np.searchsorted(numbers, groups) + 1
    for i, box in enumerate(ndimage.find_objects(compact), 1):
        if box is None:
            continue
        mine = compact[box] == i
        weight = ndimage.gaussian_filter(mine.astype(np.float32), sigma, truncate=2.5)
        blurred = ndimage.gaussian_filter(np.where(mine, value[box], 0), sigma, truncate=2.5)
        out[box] = np.where(mine, blurred / np.maximum(weight, 1e-4), out[box])
    return out


def brush_noise(height: int, width: int, sigma: float, rng: np.random.Generator) -> F32:
    """(H, W) smooth noise with unit deviation."""
    noise = ndimage.gaussian_filter(rng.standard_normal((height, width), dtype=np.float32), sigma, mode="wrap")
    return noise / max(float(noise.std()), 1e-6)


def wash(value: F32, rng: np.random.Generator) -> F32:
    """(H, W) paper brightness 0..1 of a wash over the values."""
    height, width = value.shape
    uneven = 0.006 * brush_noise(height, width, 9.0, rng) + 0.002 * brush_noise(height, width, 1.5, rng)
    uneasy = value + uneven * np.clip(value * 6, 0, 1)
    blackest = min(LEVELS[0], float(np.quantile(uneasy, MOST_BLACK)))
    tone = np.full(value.shape, GREYS[0], np.float32)
    for level, below, above in zip((blackest, *LEVELS[1:]), GREYS, GREYS[1:], strict=False):
        soft = 0.02 + 0.12 * level
        t = np.clip((uneasy - level) / soft + 0.5, 0, 1)
        tone += (above - below) * t * t * (3 - 2 * t)
    pigment = 1 + 0.018 * brush_noise(height, width, 0.7, rng) * (1 - tone)
    return np.clip(tone * pigment, 0, 1).astype(np.float32)
