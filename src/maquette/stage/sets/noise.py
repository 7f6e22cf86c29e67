"""Seeded fractal noise: the one source of irregularity of sets and clouds."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

F64 = NDArray[np.float64]
_SIDE = 256


@lru_cache(maxsize=64)
def _lattice(seed: int) -> F64:
    return np.random.default_rng((seed & 0xFFFFFFFF, 77)).uniform(-1, 1, (_SIDE, _SIDE))


def noise(x: ArrayLike, y: ArrayLike, seed: int = 0) -> F64:
    """Value noise with quintic easing, -1..1, one feature per unit, repeating every 256 units. Any shape."""
    px, py = np.asarray(x, float), np.asarray(y, float)
    ix, iy = np.floor(px), np.floor(py)
    fx, fy = px - ix, py - iy
    sx, sy = fx**3 * (fx * (fx * 6 - 15) + 10), fy**3 * (fy * (fy * 6 - 15) + 10)
    i0, j0 = ix.astype(np.int64) % _SIDE, iy.astype(np.int64) % _SIDE
    i1, j1 = (i0 + 1) % _SIDE, (j0 + 1) % _SIDE
    grid = _lattice(seed)
    low = grid[i0, j0] * (1 - sx) + grid[i1, j0] * sx
    high = grid[i0, j1] * (1 - sx) + grid[i1, j1] * sx
    return low * (1 - sy) + high * sy


def fbm(x: ArrayLike, y: ArrayLike, seed: int = 0, octaves: int = 4) -> F64:
    """Fractal sum of `noise`: each octave twice as fine, half as strong and turned, scaled to about -1..1."""
    px, py = np.asarray(x, float), np.asarray(y, float)
    total, weight, norm = np.zeros(np.broadcast(px, py).shape), 1.0, 0.0
    for k in range(octaves):
        total = total + weight * noise(px + 17.3 * k, py - 9.1 * k, seed + 31 * k)
        norm += weight
        weight *= 0.5
        # Turned by about 37 degrees, so that the lattice does not show.
        px, py = 2.03 * (0.8 * px - 0.6 * py), 2.03 * (0.6 * px + 0.8 * py)
    return total / norm * 1.6
