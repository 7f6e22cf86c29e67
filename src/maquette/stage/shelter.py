"""What lies open to the sky: the height of the highest thing over every spot of ground."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import Body, SetPlan

F32 = NDArray[np.float32]
Vec = NDArray[np.float64]

CELL_M = 0.25
HALF_M = 40.0
"""The map reaches this far from the middle of the set's floor; beyond it everything is open."""
LEAKY = ("leaves", "leaf", "foliage", "tree", "grass", "undergrowth", "litter", "flowers", "wire", "water", "foam")
"""Parts that rain and snow fall through."""
_FINEST = 16
"""Triangles of more steps than this are filled cell by cell."""


class Shelter:
    """Heights of the highest surfaces over a grid of cells, metres."""

    def __init__(self, tops: F32, corner: Vec, floor_m: float) -> None:
        self._tops = tops
        self._corner = corner
        self._floor_m = floor_m

    def top(self, points: Vec) -> Vec:
        """(N,) world z of the highest surface over (N, 2+) points: what is below it is under a roof."""
        column = np.floor((points[:, :2] - self._corner) / CELL_M).astype(np.int64)
        side = len(self._tops)
        inside = ((column >= 0) & (column < side)).all(axis=1)
        x, y = np.clip(column, 0, side - 1).T
        return np.where(inside, self._tops[x, y], self._floor_m).astype(np.float64)


@lru_cache(maxsize=6)
def shelter_of(plan: SetPlan) -> Shelter:
    """The shelter that a set's bodies give; leaves and grass give none."""
    floor = np.array(plan.floor, float) if plan.floor else np.zeros((1, 2))
    corner = floor.mean(axis=0) - HALF_M
    side = int(2 * HALF_M / CELL_M)
    nothing = -1e3
    tops = np.full((side, side), nothing, np.float32)
    for body in plan.bodies:
        _raise(tops, body, corner)
    ground = float(np.median(tops[tops > nothing])) if bool((tops > nothing).any()) else 0.0
    tops[tops == nothing] = min(ground, 0.0)
    return Shelter(tops, corner, min(ground, 0.0))


def _raise(tops: F32, body: Body, corner: Vec) -> None:
    """Lifts the cells under a body's triangles to them. In place."""
    corners = body.vertices[body.faces[_solid(body)].astype(np.int64)].astype(np.float64)
    low, high = corners[..., :2].min(axis=1), corners[..., :2].max(axis=1)
    near = ((high > corner) & (low < corner + 2 * HALF_M)).all(axis=1)
    corners, span = corners[near], (high - low).max(axis=1)[near]
    if not len(corners):
        return
    # A lattice on each small triangle, fine enough to touch every cell it covers; those of one size share one.
    steps = np.clip(2 ** np.ceil(np.log2(np.maximum(1.4 * span / CELL_M, 1))), 1, None).astype(int)
    for count in np.unique(steps[steps <= _FINEST]):
        a, b = (g.reshape(-1) for g in np.meshgrid(*[np.arange(count + 1) / count] * 2, indexing="ij"))
        kept = a + b <= 1 + 1e-9
        weights = np.stack([1 - a - b, a, b], axis=1)[kept]
        _lift(tops, np.einsum("wk,nkd->nwd", weights, corners[steps == count]).reshape(-1, 3), corner)
    for triangle in corners[steps > _FINEST]:
        _fill(tops, triangle, corner)


def _lift(tops: F32, points: Vec, corner: Vec) -> None:
    """Lifts the cells under (N, 3) points to them. In place."""
    x, y = np.floor((points[:, :2] - corner) / CELL_M).astype(np.int64).T
    inside = (x >= 0) & (y >= 0) & (x < len(tops)) & (y < len(tops))
    cells, heights = x[inside] * len(tops) + y[inside], points[inside, 2].astype(np.float32)
    # In order of height, so that of several in one cell the highest is written last.
    order = np.argsort(heights, kind="stable")
    cells, heights = cells[order], heights[order]
    flat = tops.reshape(-1)
    flat[cells] = np.maximum(flat[cells], heights)


def _fill(tops: F32, triangle: Vec, corner: Vec) -> None:
    """Lifts the cells whose middles lie under one large triangle, and those under its edges. In place."""
    for i in range(3):
        p, q = triangle[i], triangle[(i + 1) % 3]
        along = np.linspace(0, 1, int(1.4 * np.abs(q - p)[:2].max() / CELL_M) + 2)[:, None]
        _lift(tops, p + along * (q - p), corner)
    (x0, y0), (x1, y1) = (
        np.clip(np.floor((f(triangle[:, :2], axis=0) - corner) / CELL_M).astype(int), 0, len(tops))
        for f in (np.min, np.max)
    )
    (ax, ay, az), (bx, by, bz), (cx, cy, cz) = triangle
    area = (bx - ax) * (cy - ay) - (cx - ax) * (by - ay)
    if abs(area) < CELL_M**2 or x1 <= x0 or y1 <= y0:
        return
    x = (corner[0] + (np.arange(x0, x1) + 0.5) * CELL_M)[:, None]
    y = (corner[1] + (np.arange(y0, y1) + 0.5) * CELL_M)[None, :]
    u = ((x - ax) * (cy - ay) - (cx - ax) * (y - ay)) / area
    v = ((bx - ax) * (y - ay) - (x - ax) * (by - ay)) / area
    z = np.where((u >= 0) & (v >= 0) & (u + v <= 1), az + u * (bz - az) + v * (cz - az), -np.inf)
    window = tops[x0:x1, y0:y1]
    np.maximum(window, z.astype(np.float32), out=window)


def _solid(body: Body) -> NDArray[np.bool_]:
    """(F,) True for faces that keep rain off."""
    leaky = np.array([any(word in part for word in LEAKY) for part in body.part_names])
    parts = np.zeros(len(body.vertices), np.int64) if body.parts is None else body.parts.astype(np.int64)
    return ~leaky[parts[body.faces[:, 0].astype(np.int64)]]
