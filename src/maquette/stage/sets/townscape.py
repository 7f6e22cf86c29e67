"""Far buildings: towers with lit windows and small houses, a few triangles each."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maquette.stage.mesh import Color, Solid, boxes, solid
from maquette.stage.sets.buildings import GLASS, WARM_LIGHTS, Style, gable
from maquette.stage.sets.palette import shade

F64 = NDArray[np.float64]


def tower(
    rng: np.random.Generator, size: tuple[float, float, float], color: Color, *, lit_share: float, spacing: float = 3.2,
    faces: tuple[int, ...] = (0, 1, 2, 3), glow: float = 1.0,
) -> list[Solid]:  # fmt: skip
    """A far building: a box with window panes, some of them lit, on the named sides (0 is -Y, then +X, +Y, -X)."""
    w, d, h = size
    parts = [boxes([(0.0, 0.0, 0.0)], [size], color, roughness=0.9, part="wall")]
    roof = [(0.0, 0.0, h)]
    parts.append(boxes(roof, [(w * 0.35, d * 0.4, rng.uniform(1.5, 3.5))], shade(color, 0.8), part="roof"))
    corners: list[F64] = []
    for side in faces:
        width = w if side % 2 == 0 else d
        n, m = max(1, int(width / spacing)), max(1, int((h - 1.5) / 3.3))
        cx = (np.arange(n) + 0.5) * (width / n) - width / 2
        cz = 1.9 + np.arange(m) * 3.3
        gx, gz = (a.ravel() for a in np.meshgrid(cx, cz))
        hw, hh = min(0.75, width / n * 0.33), 0.8
        off = (d if side % 2 == 0 else w) / 2 + 0.03
        q = np.stack(
            [
                np.stack([gx + sx * hw, np.full_like(gx, -off), gz + sz * hh], -1)
                for sx, sz in ((-1, -1), (1, -1), (1, 1), (-1, 1))
            ],
            1,
        )
        a = np.radians(90 * side)
        turn = np.array([[np.cos(a), -np.sin(a), 0], [np.sin(a), np.cos(a), 0], [0, 0, 1]])
        corners.append(np.asarray(q @ turn.T, np.float64))
    v = np.concatenate(corners)
    n = len(v)
    base = 4 * np.arange(n)[:, None]
    glass = solid(
        v.reshape(-1, 3),
        np.concatenate([base + np.array([0, 1, 2]), base + np.array([0, 2, 3])]),
        GLASS,
        roughness=0.15,
        smooth=True,
        part="glass",
    )
    tones = np.array(WARM_LIGHTS)[rng.integers(len(WARM_LIGHTS), size=n)] * rng.uniform(0.25, 1.1, (n, 1)) * glow
    lit = tones * (rng.random((n, 1)) < lit_share)
    parts.append(replace(glass, emission=np.repeat(lit, 4, axis=0).astype(np.float32)))
    return parts


def house(rng: np.random.Generator, width: float, depth: float, storeys: int, color: Color) -> list[Solid]:
    """A far house with a pitched roof: closed walls, windows on its front, the ridge along X."""
    h = 2.8 * storeys
    parts = tower(rng, (width, depth, h), color, lit_share=0.45, faces=(0, 1, 3), spacing=2.4)
    parts = [parts[0], parts[-1]]
    style = Style(width, storeys, color, color, None, depth=depth, ground_height=h, storey_height=0.0)
    return parts + [s.moved(y=-depth / 2) for s in gable(style, (-width / 2, width / 2), rng, rows=1)]
