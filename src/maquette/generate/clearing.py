"""What an artist leaves out: lines that touch a figure from behind, lines on lines, and clutter far away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.base import F32
from maquette.generate.linework import B, PartKinds
from maquette.generate.paths import CAST, DEPTH, WEIGHT, Paths

CELL_PX = 2.5
"""Lines nearer to each other than this are one line."""
BLOCK_PX = 28.0
CROWDED = 0.11
"""Share of a block's pixels under lines from which on less important lines are left out there."""


@dataclass(frozen=True, eq=False)
class Surroundings:
    """What lines stand in: (H, W) each."""

    away_px: F32
    """Distance to the nearest pixel of the cast; 0 within."""
    figure_m: F32
    """Depth of that pixel; inf where there is no cast."""
    black: B
    """Too dark for lines behind the figures."""
    halo_px: float
    scale: float
    """Pixels of this picture to a pixel of one 640 wide."""


def _distance(outside: B) -> tuple[F32, NDArray[np.int32]]:
    """Pixels to the nearest one that is not outside, and its (row, column)."""
    found: Any = ndimage.distance_transform_edt(outside, return_indices=True)
    return found


def surroundings(passes: Passes, kinds: PartKinds, black: B, halo_px: float, scale: float) -> Surroundings:
    cast = kinds.cast[passes.part_id]
    if not cast.any():
        far = np.full(cast.shape, np.inf, np.float32)
        return Surroundings(far, far, black, halo_px, scale)
    away, nearest = _distance(~cast)
    return Surroundings(away.astype(np.float32), passes.depth[tuple(nearest)], black, halo_px, scale)


def cleared(paths: Paths, around: Surroundings) -> tuple[Paths, F32]:
    """The paths worth drawing, and how much of the ink each of their points keeps, 0..1."""
    height, width = around.away_px.shape
    x = np.clip(paths.values[:, 0].astype(int), 0, width - 1)
    y = np.clip(paths.values[:, 1].astype(int), 0, height - 1)
    thing = paths.values[:, CAST] < 0.5
    behind = thing & (paths.values[:, DEPTH] > 1.03 * around.figure_m[y, x])
    away = around.away_px[y, x]
    clear = np.where(behind, np.clip((away - around.halo_px) / 1.5, 0, 1), 1.0)
    clear[thing & around.black[y, x] & (behind | (paths.values[:, WEIGHT] < 0.5))] = 0
    shown = np.add.reduceat(clear, paths.starts) / paths.counts
    kept = _uncrowded(paths, shown > 0.15, around)
    line = np.repeat(kept, paths.counts)
    return Paths(paths.values[line], paths.counts[kept], paths.closed[kept]), clear[line].astype(np.float32)


def _uncrowded(paths: Paths, wanted: B, around: Surroundings) -> B:
    """True for lines that find room, the important ones first: near, bold and long."""
    height, width = around.away_px.shape
    cell, block = CELL_PX * around.scale, BLOCK_PX * around.scale
    near = np.zeros((int(height / cell) + 3, int(width / cell) + 3), bool)
    full = np.zeros((int(height / block) + 2, int(width / block) + 2))
    starts, counts = paths.starts, paths.counts
    mean = np.add.reduceat(paths.values, starts) / counts[:, None]
    least = mean[wanted, DEPTH].min() if wanted.any() else 1.0
    reach = np.clip(least / mean[:, DEPTH], 0.02, 1) ** 0.35
    importance = mean[:, WEIGHT] * reach * np.clip(counts / 40, 0.15, 1) ** 0.4 + (mean[:, CAST] > 0.5) * 10
    limit = CROWDED * (0.3 + 1.5 * mean[:, WEIGHT] * reach)
    xy = np.maximum(paths.values[:, :2], 0)
    row, column = (np.minimum(xy[:, 1], height) / cell).astype(int), (np.minimum(xy[:, 0], width) / cell).astype(int)
    across = full.shape[1]
    place = (np.minimum(xy[:, 1], height) / block).astype(int) * across + (np.minimum(xy[:, 0], width) / block).astype(
        int
    )
    weight = 1.6 / (BLOCK_PX**2 * around.scale)
    flat = full.reshape(-1)
    kept = np.zeros(len(counts), bool)
    for i in np.argsort(-importance, kind="stable").tolist():
        if not wanted[i]:
            continue
        mine = slice(starts[i], starts[i] + counts[i])
        r, c = row[mine], column[mine]
        if importance[i] < 10 and (near[r, c].mean() > 0.5 or flat[place[mine]].mean() > limit[i]):
            continue
        kept[i] = True
        for dr, dc in ((0, 0), (1, 0), (0, 1), (-1, 0), (0, -1)):
            near[r + dr, c + dc] = True
        np.add.at(flat, place[mine], weight)
    return kept
