"""Which light a shading point samples: one table over all lamp triangles and all cells of the sky."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.errors import RenderError
from maquette.film.metering import LightGroup
from maquette.film.stage import Sky
from maquette.render.world import World

F32 = NDArray[np.float32]

SKY_COLUMNS, SKY_ROWS = 64, 32
"""Cells of the sky, equal in solid angle: columns in azimuth, rows in the cosine of the zenith angle."""
SKY_CELLS = SKY_COLUMNS * SKY_ROWS
SLOTS = 65536
"""The table is sampled by picking one of so many equal slots: one look-up in place of a search."""
MAX_LAMPS = 16384 - SKY_CELLS
GROUPS = len(LightGroup)
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)


@dataclass(frozen=True, eq=False)
class LightTable:
    """Entries 0..L-1 are lamp triangles, the next SKY_CELLS are the sky."""

    slots: NDArray[np.uint32]
    """(SLOTS,) entry of each slot, in order."""
    probability: F32
    """(L + SKY_CELLS,) share of the slots, exactly."""
    lamps: int
    """L"""
    sky_cells: F32
    """(SKY_CELLS, 3) mean radiance of each cell."""
    typical_radiance: float
    """Radiance of a white card at the anchors, unoccluded: the scale for taming fireflies."""


def sky_map(sky: Sky | None) -> F32:
    """(H, W, 3) radiance; one black pixel without a sky."""
    return np.zeros((1, 1, 3), np.float32) if sky is None else np.ascontiguousarray(sky.radiance, np.float32)


def build_lights(world: World, sky: F32) -> LightTable:
    """Probabilities by how much light each entry would send to the anchors, nothing in between."""
    lamps = len(world.lamp_corners)
    if lamps > MAX_LAMPS:
        raise RenderError(f"the lamps have {lamps} triangles, more than {MAX_LAMPS}; use simpler lamps.")
    at_anchors, power = _lamp_weights(world)
    radiance = sky_cells(sky)
    cells = _sky_weights(radiance)
    direct = np.concatenate([at_anchors, cells])
    total = float(direct.sum())
    spread = np.concatenate([power / max(float(power.sum()), 1e-30), np.full(SKY_CELLS, 0.0, np.float32)])
    weights = direct / max(total, 1e-30) + 0.1 * spread
    if cells.sum() > 0:
        weights[lamps:] += 0.1 * (cells / cells.sum()) + 0.02 / SKY_CELLS
    if weights.sum() <= 0:
        weights[lamps:] = 1.0
    counts = _slot_counts(weights / weights.sum())
    slots = np.repeat(np.arange(len(counts), dtype=np.uint32), counts)
    return LightTable(slots, (counts / SLOTS).astype(np.float32), lamps, radiance, total / np.pi)


def _slot_counts(probability: NDArray[np.float64]) -> NDArray[np.int64]:
    """Whole numbers in proportion that add up to SLOTS, at least 1 for everything that shines at all."""
    counts = np.where(probability > 0, np.maximum(np.floor(probability * SLOTS), 1), 0).astype(np.int64)
    # What rounding leaves over or takes too much is nothing to the largest entries, ties broken by their order.
    order = np.argsort(-counts, kind="stable")
    spare = SLOTS - int(counts.sum())
    while spare != 0:
        change = order[counts[order] > 1][: abs(spare)]
        counts[change] += np.sign(spare)
        spare -= int(np.sign(spare)) * len(change)
    return counts


def _lamp_weights(world: World) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    corners = world.lamp_corners.astype(np.float64)
    if len(corners) == 0:
        return np.zeros(0), np.zeros(0)
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    twice_area = np.linalg.norm(cross, axis=1)
    normal = cross / np.maximum(twice_area, 1e-20)[:, None]
    flux = world.lamp_radiance @ LUMINANCE * twice_area / 2
    to_anchor = world.anchors[:, None].astype(np.float64) - corners.mean(axis=1)[None]
    squared = np.maximum((to_anchor**2).sum(-1), 0.04)
    cosine = np.maximum((to_anchor * normal).sum(-1) / np.sqrt(squared), 0.02)
    # A little goes astray from the tightest beam: what it bounces off must be found, too.
    inside = np.maximum(cosine ** world.lamp_beam.astype(np.float64), 0.02)
    return flux * (inside * cosine / squared).mean(axis=0), flux


def _sky_weights(cells: F32) -> NDArray[np.float64]:
    """(SKY_CELLS,) luminance times solid angle of each cell, halved for the ground's sake."""
    return cells.astype(np.float64) @ LUMINANCE * (4 * np.pi / SKY_CELLS) * 0.5


def sky_cells(sky: F32) -> F32:
    """(SKY_CELLS, 3) mean radiance of each cell."""
    if not sky.any():
        return np.zeros((SKY_CELLS, 3), np.float32)
    height, width = sky.shape[:2]
    fine = 8
    row_cos = 1 - 2 * (np.arange(SKY_ROWS * fine) + 0.5) / (SKY_ROWS * fine)
    rows = np.clip((np.arccos(row_cos) / np.pi * height).astype(int), 0, height - 1)
    columns = np.clip(((np.arange(SKY_COLUMNS * fine) + 0.5) / (SKY_COLUMNS * fine) * width).astype(int), 0, width - 1)
    grid = sky[np.ix_(rows, columns)].reshape(SKY_ROWS, fine, SKY_COLUMNS, fine, 3)
    return grid.mean(axis=(1, 3)).reshape(-1, 3).astype(np.float32)
