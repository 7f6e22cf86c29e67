"""How differently two pictures are made, stroke for stroke: distance between their sets of small patches."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

PATCH_PX = 7
PROJECTIONS = 64
STRIDE_PX = 2
"""Patches are taken at every second pixel, across and down."""
LEVELS = 4096
"""Quantiles at which two distributions are compared."""


def texture_distance(a: U8, b: U8, scales: int = 1, *, centred: bool = False) -> float:
    """Squared sliced Wasserstein distance between the 7x7 patches of two pictures, code values scaled to 0..1.

    Patches are projected on 64 fixed random directions of length 1; in each, the mean squared difference of the sorted
    values is the squared Wasserstein-2 distance (Rabin et al. 2011); the mean over directions is returned. Where things
    are does not matter, how they are painted does. Pictures that differ by a constant grey d come to d^2 on average.

    a, b: (H, W, 3) sRGB codes, each at least 7x7 at the coarsest scale, of any two sizes. scales: halved so many times
    less one; the mean over all. centred: without each patch's own mean colour: strokes and lines alone.
    """
    pictures: Sequence[F32] = tuple(np.asarray(p / np.float32(255), np.float32) for p in (a, b))
    distances: list[float] = []
    for scale in range(scales):
        if scale:
            pictures = tuple(_halved(p) for p in pictures)
        first, second = (_projected(p, centred) for p in pictures)
        distances.append(float(((first - second) ** 2).mean()))
    return float(np.mean(distances))


@lru_cache(maxsize=1)
def _directions() -> F32:
    """(147, 64) unit vectors, the same for all time."""
    rng = np.random.default_rng(2011)
    all_of_them = rng.standard_normal((PATCH_PX * PATCH_PX * 3, PROJECTIONS))
    return (all_of_them / np.linalg.norm(all_of_them, axis=0)).astype(np.float32)


def _projected(picture: F32, centred: bool) -> F32:
    """(64, LEVELS) quantiles of the patches in each direction."""
    windows = sliding_window_view(picture, (PATCH_PX, PATCH_PX), axis=(0, 1))[::STRIDE_PX, ::STRIDE_PX]
    patches = np.ascontiguousarray(windows).reshape(-1, 3, PATCH_PX * PATCH_PX)
    if centred:
        patches = patches - patches.mean(axis=2, keepdims=True)
    values = np.sort((patches.reshape(len(patches), -1) @ _directions()).T, axis=1)
    at = (np.arange(LEVELS, dtype=np.float64) + 0.5) / LEVELS * len(patches) - 0.5
    low = np.clip(np.floor(at).astype(np.int64), 0, len(patches) - 1)
    high, share = np.minimum(low + 1, len(patches) - 1), np.clip(at - low, 0, 1).astype(np.float32)
    return np.asarray(values[:, low] * (1 - share) + values[:, high] * share, np.float32)


def _halved(picture: F32) -> F32:
    height, width = (s // 2 * 2 for s in picture.shape[:2])
    even = picture[:height, :width]
    return even.reshape(height // 2, 2, width // 2, 2, 3).mean(axis=(1, 3))
