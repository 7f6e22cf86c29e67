"""The simplest light that explains a face: two lamps and an even rest."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

Vec = NDArray[np.float64]

DIRECTIONS = 200
"""Tried for each lamp: 16 degrees apart."""
CELL = 0.16
"""Pixels whose normals agree to this are taken together, by their median: a cast shadow or a highlight in one place
does not tip it."""
CELL_LEAST = 3
CELL_FULL = 200.0
"""Pixels beyond which a cell counts no more."""
DARK = -0.02
"""The even rest may be this much below zero against the mean: the fit's own miss."""
ONE_LAMP_COSINE = 0.72
"""Lamps nearer than 44 degrees are one source."""
REACH_SAYS = 0.4
"""How much it counts for being the key that a lamp reaches much of the face, beside its strength (which counts 1):
more, and a key from the far side is none; less, and every bright rim is one."""
STEPS = (0.25, 0.12, 0.06, 0.03)
"""Radii of the search around the best pair."""


@dataclass(frozen=True, eq=False)
class TwoLamps:
    """Light on a surface with normal n: ambient + key_level max(0, n . key) + fill_level max(0, n . fill).

    Levels are radiance of a white card that faces the lamp.
    """

    key: Vec
    """(3,) unit, towards the stronger lamp."""
    key_level: float
    fill: Vec
    """(3,) unit, towards the other one, wherever it is."""
    fill_level: float
    ambient: float
    miss: float
    """Root mean square of what it does not explain, over the mean."""

    def light(self, normal: Vec) -> Vec:
        """(N,) white-card radiance for unit normals (N, 3)."""
        key = self.key_level * np.maximum(normal @ self.key, 0)
        return self.ambient + key + self.fill_level * np.maximum(normal @ self.fill, 0)

    def key_share(self, normal: Vec) -> Vec:
        """(N,) share of the key in the light, 0..1; of both lamps where they are one source."""
        key = self.key_level * np.maximum(normal @ self.key, 0)
        if self._one_source:
            key = key + self.fill_level * np.maximum(normal @ self.fill, 0)
        return key / np.maximum(self.light(normal), 1e-12)

    @property
    def _one_source(self) -> bool:
        return self.fill_level > 0 and float(self.key @ self.fill) >= ONE_LAMP_COSINE

    @property
    def source(self) -> Vec:
        """(3,) unit direction that the key comes from, lamps close together taken as one."""
        if not self._one_source:
            return self.key
        both = self.key_level * self.key + self.fill_level * self.fill
        return both / float(np.linalg.norm(both))

    def refined(self, normal: Vec, light: Vec) -> TwoLamps:
        """Moved to where it explains another reading (N,) of the same surface best."""
        moved = _refine(_cells(normal, light), self.key, self.fill, STEPS[2:])
        return moved if moved.key_level > 0 else fit_two_lamps(normal, light)


def fit_two_lamps(normal: Vec, light: Vec) -> TwoLamps:
    """The best pair of directions on the sphere by least squares, none of the three parts negative.

    normal: (N, 3) unit; light: (N,) white-card radiance. The key is the lamp that is stronger, with regard to how much
    of the surface it reaches (`REACH_SAYS`).
    """
    cells = _cells(normal, light)
    sphere = _sphere()
    missed = _solve(cells, sphere, sphere)[0]
    first, second = np.unravel_index(int(np.argmin(missed)), missed.shape)
    return _refine(cells, sphere[first], sphere[second], STEPS)


Cells = tuple[Vec, Vec, Vec]
"""Normals (C, 3), light (C,) and weights (C,), sum 1."""


def _cells(normal: Vec, light: Vec) -> Cells:
    place = np.floor((normal + 1) / CELL).astype(np.int64)
    cell = (place[:, 0] * 64 + place[:, 1]) * 64 + place[:, 2]
    order = np.lexsort((light, cell))
    cell = cell[order]
    start = np.flatnonzero(np.concatenate([[True], cell[1:] != cell[:-1]]))
    count = np.diff(np.append(start, len(cell)))
    middle = light[order][start + count // 2]
    mean = np.add.reduceat(normal[order], start, axis=0)
    mean /= np.maximum(np.linalg.norm(mean, axis=1, keepdims=True), 1e-9)
    kept = count >= CELL_LEAST if int((count >= CELL_LEAST).sum()) >= 8 else count >= 1
    weight = np.sqrt(np.minimum(count[kept], CELL_FULL))
    return mean[kept], middle[kept], weight / weight.sum()


def _solve(cells: Cells, first: Vec, second: Vec) -> tuple[Vec, Vec, Vec, Vec]:
    """For all pairs of directions (J, 3) x (L, 3): mean squared miss, both levels and the ambient, each (J, L).

    Infinite miss where a part would be negative. The even part is eliminated by taking means off; what is left are
    2 x 2 normal equations.
    """
    normal, light, weight = cells
    a, b = np.maximum(normal @ first.T, 0), np.maximum(normal @ second.T, 0)
    mean, mean_a, mean_b = weight @ light, weight @ a, weight @ b
    a, b, rest = a - mean_a, b - mean_b, light - mean
    aa, bb, ab = weight @ a**2, weight @ b**2, (a * weight[:, None]).T @ b
    ya, yb, yy = a.T @ (weight * rest), b.T @ (weight * rest), weight @ rest**2
    determinant = aa[:, None] * bb - ab**2
    alone = determinant < 1e-4 * aa[:, None] * bb + 1e-15
    determinant = np.where(alone, 1.0, determinant)
    single = np.maximum(ya, 0) / np.maximum(aa, 1e-12)
    ka = np.where(alone, single[:, None], (ya[:, None] * bb - yb * ab) / determinant)
    kb = np.where(alone, 0.0, (aa[:, None] * yb - ab * ya[:, None]) / determinant)
    ambient = mean - ka * mean_a[:, None] - kb * mean_b
    missed = yy - ka * ya[:, None] - kb * yb
    fits = (ka >= 0) & (kb >= 0) & (ambient > DARK * abs(mean))
    return np.where(fits, missed, np.inf), ka, kb, ambient


def _refine(cells: Cells, first: Vec, second: Vec, steps: tuple[float, ...]) -> TwoLamps:
    for radius in steps:
        for _ in range(2):
            near = _around(first, radius)
            first = near[int(np.argmin(_solve(cells, near, second[None])[0]))]
            near = _around(second, radius)
            second = near[int(np.argmin(_solve(cells, first[None], near)[0]))]
    missed, ka, kb, ambient = (float(v[0, 0]) for v in _solve(cells, first[None], second[None]))
    normal, light, weight = cells
    mean = float(weight @ light)
    if not np.isfinite(missed):
        return TwoLamps(first, 0.0, second, 0.0, mean, 0.0)
    reach_a, reach_b = (float(weight @ np.maximum(normal @ d, 0)) for d in (first, second))
    if kb * reach_b**REACH_SAYS > ka * reach_a**REACH_SAYS:
        first, second, ka, kb = second, first, kb, ka
    return TwoLamps(first, ka, second, kb, max(ambient, 0.0), float(np.sqrt(max(missed, 0))) / max(mean, 1e-12))


def _around(direction: Vec, radius: float) -> Vec:
    """(25, 3) unit directions on a grid about one; the first is the direction itself."""
    across = np.cross(direction, [0.3, 0.5, 0.8])
    across /= np.linalg.norm(across)
    up = np.cross(direction, across)
    steps = np.array([0.0, -1.0, -0.5, 0.5, 1.0]) * radius
    x, y = np.meshgrid(steps, steps)
    spread = direction + x.reshape(-1, 1) * across + y.reshape(-1, 1) * up
    return spread / np.linalg.norm(spread, axis=1, keepdims=True)


@cache
def _sphere() -> Vec:
    """(DIRECTIONS, 3) unit directions, evenly spread (Fibonacci spiral)."""
    i = np.arange(DIRECTIONS) + 0.5
    z = 1 - 2 * i / DIRECTIONS
    turn = np.pi * (1 + 5**0.5) * i
    flat = np.sqrt(1 - z * z)
    return np.stack([flat * np.cos(turn), flat * np.sin(turn), z], axis=1)
