"""Which light a shading point samples: one table over all lamp triangles and all cells of the sky."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.errors import RenderError
from maquette.film.stage import Sky
from maquette.render.world import World

F32 = NDArray[np.float32]

SKY_COLUMNS, SKY_ROWS = 64, 32
"""Cells of the sky, equal in solid angle: columns in azimuth, rows in the cosine of the zenith angle."""
SKY_CELLS = SKY_COLUMNS * SKY_ROWS
TABLE_SIZE = 16384
"""Fixed, so that the search through it is the same code for every scene."""
LUMINANCE = np.array([0.2126, 0.7152, 0.0722], np.float32)


@dataclass(frozen=True, eq=False)
class LightTable:
    """Entries 0..L-1 are lamp triangles, the next SKY_CELLS are the sky, the rest is padding."""

    cumulative: F32
    """(TABLE_SIZE,) running sum of the probabilities, 1 at the end."""
    probability: F32
    """(TABLE_SIZE,)"""
    lamps: int
    """L"""
    typical_radiance: float
    """Radiance of a white card at the anchors, unoccluded: the scale for taming fireflies."""


def sky_map(sky: Sky | None) -> F32:
    """(H, W, 3) radiance; one black pixel without a sky."""
    return np.zeros((1, 1, 3), np.float32) if sky is None else np.ascontiguousarray(sky.radiance, np.float32)


def build_lights(world: World, sky: F32) -> LightTable:
    """Probabilities by how much light each entry would send to the anchors, nothing in between."""
    lamps = len(world.lamp_corners)
    if lamps + SKY_CELLS > TABLE_SIZE:
        raise RenderError(f"the lamps have {lamps} triangles, more than {TABLE_SIZE - SKY_CELLS}; use simpler lamps.")
    at_anchors, power = _lamp_weights(world)
    cells = _sky_weights(sky)
    direct = np.concatenate([at_anchors, cells])
    total = float(direct.sum())
    spread = np.concatenate([power / max(float(power.sum()), 1e-30), np.full(SKY_CELLS, 0.0, np.float32)])
    weights = direct / max(total, 1e-30) + 0.1 * spread
    if cells.sum() > 0:
        weights[lamps:] += 0.1 * (cells / cells.sum()) + 0.02 / SKY_CELLS
    probability = np.zeros(TABLE_SIZE, np.float64)
    probability[: len(weights)] = weights
    if probability.sum() <= 0:
        probability[lamps : lamps + SKY_CELLS] = 1.0
    probability /= probability.sum()
    cumulative = np.cumsum(probability)
    cumulative[lamps + SKY_CELLS - 1 :] = 1.0
    return LightTable(cumulative.astype(np.float32), probability.astype(np.float32), lamps, total / np.pi)


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
    return flux * (cosine / squared).mean(axis=0), flux


def _sky_weights(sky: F32) -> NDArray[np.float64]:
    """(SKY_CELLS,) luminance times solid angle of each cell, halved for the ground's sake."""
    height, width = sky.shape[:2]
    bright = (sky @ LUMINANCE).astype(np.float64)
    if not bright.any():
        return np.zeros(SKY_CELLS)
    fine = 8
    row_cos = 1 - 2 * (np.arange(SKY_ROWS * fine) + 0.5) / (SKY_ROWS * fine)
    rows = np.clip((np.arccos(row_cos) / np.pi * height).astype(int), 0, height - 1)
    columns = np.clip(((np.arange(SKY_COLUMNS * fine) + 0.5) / (SKY_COLUMNS * fine) * width).astype(int), 0, width - 1)
    grid = bright[np.ix_(rows, columns)].reshape(SKY_ROWS, fine, SKY_COLUMNS, fine).mean(axis=(1, 3))
    return grid.reshape(-1) * (4 * np.pi / SKY_CELLS) * 0.5
