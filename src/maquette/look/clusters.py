"""Pictures as a few thousand colours, and those as a few dozen."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.lut3d import F32, U8
from maquette.imaging.oklab import code_to_oklab

A_PICTURE = 4096
"""Pixels of each picture that are looked at: an even grid of them."""
ROUNDS = 16


def colours_of(pixels: U8, counted: NDArray[np.bool_] | None = None, most: int = A_PICTURE) -> F32:
    """(N, 3) Oklab of an even grid of at most about `most` pixels of (H, W, 3) sRGB codes, those of `counted` only."""
    step = max(1, int(np.ceil(np.sqrt(pixels.shape[0] * pixels.shape[1] / most))))
    some = pixels[step // 2 :: step, step // 2 :: step].reshape(-1, 3)
    if counted is not None:
        some = some[counted[step // 2 :: step, step // 2 :: step].reshape(-1)]
        if len(some) == 0:
            some = pixels[counted][:: max(1, int(counted.sum()) // most)]
    return code_to_oklab(some)


def pooled(colours: Sequence[F32], most: int = 8192) -> F32:
    """(N, 3) of several pictures, each with the same say."""
    share = max(1, most // max(len(colours), 1))
    return np.concatenate([c[np.linspace(0, len(c) - 1, min(share, len(c))).astype(int)] for c in colours])


def clustered(points: F32, count: int, weights: tuple[float, float, float]) -> tuple[F32, F32]:
    """(K, 3) means and (K,) shares of at most `count` clusters of (N, 3) points by k-means (Lloyd), started from a
    split across the longest axes (Orchard and Bouman 1991). The same points give the same clusters.

    weights: how much a step along each axis counts.
    """
    scaled = points.astype(np.float64) * np.array(weights)
    centres = _split(scaled, count)
    nearest = _nearest(scaled, centres)
    for _ in range(ROUNDS):
        number = np.bincount(nearest, minlength=len(centres))
        sums = np.stack([np.bincount(nearest, scaled[:, i], len(centres)) for i in range(3)], axis=1)
        centres = np.where(number[:, None] > 0, sums / np.maximum(number, 1)[:, None], centres)
        moved = _nearest(scaled, centres)
        if np.array_equal(moved, nearest):
            break
        nearest = moved
    number = np.bincount(nearest, minlength=len(centres))
    there = number > 0
    return (centres / np.array(weights))[there].astype(np.float32), (number[there] / len(points)).astype(np.float32)


def _split(points: NDArray[np.float64], count: int) -> NDArray[np.float64]:
    groups = [points]
    while len(groups) < count:
        spread = [float(((g - g.mean(axis=0)) ** 2).sum()) for g in groups]
        widest = int(np.argmax(spread))
        if spread[widest] < 1e-6 * len(points):
            break
        group = groups.pop(widest)
        off = group - group.mean(axis=0)
        axis = np.linalg.eigh(off.T @ off)[1][:, -1]
        axis = axis if axis[np.argmax(np.abs(axis))] > 0 else -axis
        groups += [group[off @ axis > 0], group[off @ axis <= 0]]
    return np.stack([g.mean(axis=0) for g in groups])


def _nearest(points: NDArray[np.float64], centres: NDArray[np.float64]) -> NDArray[np.intp]:
    return np.argmin((centres**2).sum(axis=1) - 2 * points @ centres.T, axis=1)
