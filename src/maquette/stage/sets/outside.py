"""What is seen through a window: ground, hedges and trees, or a city, before a sky. Simple shapes, far away.

It is a lit backing, as on a sound stage: it glows by itself, no lamp of the room has to reach it, and none is wasted
on it. Around rooms the sky is part of the backing; around a car, which stands in the open, the stage's sky is seen.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import numpy as np

from maquette.film.stage import Body, Sky
from maquette.stage.mesh import Solid, boxes, cylinder, quad, solid, sphere, srgb
from maquette.stage.sets.palette import varied

LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
DOME_M = 86.0
_FACADES = tuple(srgb(h) for h in ("#9b8470", "#a99f90", "#7f7a74", "#b39a83", "#8d949a", "#94705c"))


def surroundings(rng: np.random.Generator, ground_m: float, *, city: bool = False, road: bool = False) -> list[Solid]:
    """Ground at `ground_m` and what stands on it, none of it nearer than 9 m to the origin.

    `road`: nothing stands in the strip |x| < 9 m.
    """
    size, green = 90.0, srgb("#5d6a42")
    flat = [(-size, -size, 0), (size, -size, 0), (size, size, 0), (-size, size, 0)]
    ground = quad(flat, srgb("#6d6a66") if city else green, roughness=0.95, part="ground")
    items = [ground, *(_blocks(rng, ground_m) if city else _garden(rng))]
    if not road:
        items.append(_dome())
    if road:
        items = [ground, *(s for s in items[1:] if np.abs(s.vertices[:, 0]).min() > 6.5 or s.part == "ground")]
        items += _verges(rng)
    return [s.moved(z=ground_m) for s in items]


def lit_backing(body: Body, sky: Sky, radiance: float, night: bool) -> Body:
    """The backing as this sky lights it, `radiance` being that of the sky above the horizon in the room's scale.

    Walls and crowns are modelled by a sun high to one side, or by the moon; colours go half way to white, for a backing
    as blue as the light that comes in looks like a painted wall. At `night` every third window is lit.
    """
    names, parts = body.part_names, body.parts if body.parts is not None else np.zeros(len(body.vertices), np.uint16)
    band = sky.radiance[len(sky.radiance) // 2 - 24 : len(sky.radiance) // 2 - 3].reshape(-1, 3).astype(float)
    mean = band.mean(axis=0)
    scale = radiance / max(float(mean @ LUMINANCE), 1e-9)
    normals = np.zeros_like(body.vertices) if body.normals is None else body.normals
    towards = np.array([0.45, 0.62, 0.64])
    # Facades on all four sides face the room: half of the beam counts wherever the other side would be lit.
    beam = np.abs(normals @ towards) * np.where(normals @ towards > 0, 1.0, 0.35)
    model = 0.2 + 0.12 * np.clip(normals[:, 2], 0, 1) + 0.42 * beam
    tint = _half_white(mean[None])[0] / max(float(mean @ LUMINANCE), 1e-9)
    glow = body.base_color * (radiance * model)[:, None] * tint
    # Air and glass between: what is far goes milky, and nothing is as colourful as inside.
    veil = np.clip(np.linalg.norm(body.vertices[:, :2], axis=1) / 250, 0, 0.12)[:, None]
    glow = (glow + _half_white(glow)) / 2 * (1 - veil) + radiance * tint * veil
    if "sky" in names:
        here = parts == names.index("sky")
        glow[here] = _half_white(_looked_up(sky, body.vertices[here])) * scale
    if night and "panes" in names:
        here = parts == names.index("panes")
        # The verdict falls for a cell of 2.4 by 2.4 by 3.1 metres, so that a window is lit as a whole.
        cell = np.floor(body.vertices[here] / [2.4, 2.4, 3.1]).astype(np.int64)
        chosen = (cell @ np.array([73, 179, 283])) % 7 < 2
        shine = np.array([1.0, 0.62, 0.3]) * (0.18 + 0.1 * ((cell @ np.array([31, 57, 11])) % 4))[:, None]
        glow[here] = np.where(chosen[:, None], shine, glow[here])
    return replace(body, emission=glow.astype(np.float32))


def _half_white(color: np.ndarray) -> np.ndarray:
    """(N, 3) with half the saturation, luminance kept."""
    grey = (color @ LUMINANCE)[:, None]
    return grey + 0.5 * (color - grey)


def _looked_up(sky: Sky, points: np.ndarray) -> np.ndarray:
    """(N, 3) sky radiance in the directions of (N, 3) points."""
    d = points / np.linalg.norm(points, axis=1, keepdims=True)
    height, width = sky.radiance.shape[:2]
    row = np.clip((np.arccos(np.clip(d[:, 2], 0.02, 1)) / np.pi * height).astype(int), 0, height // 2 - 1)
    column = (np.arctan2(d[:, 0], d[:, 1]) / (2 * np.pi) % 1 * width).astype(int) % width
    return sky.radiance[row, column].astype(float)


def _dome() -> Solid:
    """The sky behind everything: the upper half of a ball, seen from within."""
    columns, rows = 72, 16
    azimuth = np.arange(columns) / columns * 2 * np.pi
    elevation = np.radians(np.append(-3.0, np.linspace(0.0, 1.0, rows) ** 1.5 * 89.0))
    e, a = np.meshgrid(elevation, azimuth, indexing="ij")
    points = DOME_M * np.stack([np.sin(a) * np.cos(e), np.cos(a) * np.cos(e), np.sin(e)], -1)
    i, j = np.meshgrid(np.arange(rows), np.arange(columns), indexing="ij")
    k = (j + 1) % columns
    low, low2, high, high2 = i * columns + j, i * columns + k, (i + 1) * columns + j, (i + 1) * columns + k
    faces = np.concatenate([np.stack([low, high2, high], -1), np.stack([low, low2, high2], -1)]).reshape(-1, 3)
    return solid(points.reshape(-1, 3), faces, (0.75, 0.8, 0.85), roughness=1.0, smooth=True, part="sky")


def _garden(rng: np.random.Generator) -> list[Solid]:
    items: list[Solid] = []
    for i in range(26):
        angle = i / 26 * 2 * np.pi + rng.uniform(-0.09, 0.09)
        radius = rng.uniform(13, 26)
        items += [s.moved(radius * np.cos(angle), radius * np.sin(angle)) for s in tree(rng, rng.uniform(4.5, 8.5))]
    for i in range(7):
        angle = (i + rng.uniform(0.2, 0.8)) / 7 * 2 * np.pi
        items += [s.turned(z=np.degrees(angle) - 90).moved(34 * np.cos(angle), 34 * np.sin(angle)) for s in _house(rng)]
    hedge = srgb("#3f5130")
    for k in range(4):
        run = np.linspace(-11, 11, 23)
        feet = np.column_stack([run, np.full(23, 11.0), np.zeros(23)])
        size = np.column_stack([np.full(23, 1.05), rng.uniform(0.8, 1.0, 23), rng.uniform(0.9, 1.15, 23)])
        row = boxes(feet, size, varied(hedge, rng, 23, 0.25), bevel=0.2, roughness=0.95, part="hedge")
        items.append(row.turned(z=90 * k))
    return items


def _verges(rng: np.random.Generator) -> list[Solid]:
    """Trees along a road that runs along Y."""
    items: list[Solid] = []
    for side in (-1, 1):
        for y in np.arange(-66, 67, 11.0).tolist():
            x = side * rng.uniform(8.5, 13)
            items += [s.moved(x, y + rng.uniform(-3, 3)) for s in tree(rng, rng.uniform(4.5, 8.0))]
    return items


def tree(rng: np.random.Generator, height: float) -> list[Solid]:
    """A broad-leaved tree: trunk and a crown of lumps."""
    trunk = cylinder(height * 0.025, height * 0.5, srgb("#54432f"), segments=8, part="trunk")
    leaf = srgb("#536a36")
    crown = []
    for _ in range(7):
        r = height * rng.uniform(0.14, 0.24)
        a, d = rng.uniform(0, 2 * np.pi), height * rng.uniform(0.02, 0.17)
        lump = _lumpy(rng, r).painted(varied(leaf, rng, 1, 0.3)[0], 0.95, "leaves")
        crown.append(lump.moved(d * np.cos(a), d * np.sin(a), height * rng.uniform(0.5, 0.85)))
    return [trunk, *crown]


@lru_cache(maxsize=1)
def _ball() -> tuple[np.ndarray, np.ndarray]:
    """Welded vertices and faces of a coarse ball of radius 1."""
    base = sphere(1.0, segments=10)
    v, index = np.unique(base.vertices.round(5), axis=0, return_inverse=True)
    return v, index.reshape(-1)[base.faces]


def _lumpy(rng: np.random.Generator, radius: float) -> Solid:
    v, faces = _ball()
    return solid(v * radius * rng.uniform(0.8, 1.2, (len(v), 1)), faces, roughness=0.95, smooth=True)


def _house(rng: np.random.Generator) -> list[Solid]:
    w, d, h = rng.uniform(8, 12), 7.0, rng.uniform(3.2, 5.5)
    wall = _FACADES[int(rng.integers(len(_FACADES)))]
    body = boxes([(0, 0, 0)], [(w, d, h)], wall, part="house")
    x, y = w / 2 + 0.3, d / 2 + 0.3
    ridge = [(-x, -y, h), (x, -y, h), (x, y, h), (-x, y, h), (-x, 0, h + 2.4), (x, 0, h + 2.4)]
    faces = [[0, 1, 5], [0, 5, 4], [2, 3, 4], [2, 4, 5], [1, 2, 5], [3, 0, 4], [0, 2, 1], [0, 3, 2]]
    roof = solid(ridge, faces, srgb("#5d4a42"), part="roof")
    n = 4
    feet = np.column_stack([np.linspace(-w / 2 + 1.2, w / 2 - 1.2, n), np.full(n, -d / 2), np.full(n, 1.0)])
    panes = boxes(feet, np.tile([1.0, 0.08, 1.3], (n, 1)), srgb("#6d7f8c"), roughness=0.15, part="panes")
    return [body, roof, panes]


def _blocks(rng: np.random.Generator, ground_m: float) -> list[Solid]:
    """Facades on all sides, a street's width away."""
    items: list[Solid] = []
    lift = max(0.0, -ground_m)
    for k in range(4):
        x = -42.0
        while x < 42:
            w, d = rng.uniform(9, 16), 12.0
            h, y = lift * rng.uniform(0.5, 1.15) + rng.uniform(7, 16), rng.uniform(18, 24) + d / 2
            wall = _FACADES[int(rng.integers(len(_FACADES)))]
            block = [boxes([(0, 0, 0)], [(w, d, h)], wall, part="block"), _window_grid(rng, w, d, h)]
            items += [s.moved(x + w / 2, y).turned(z=90 * k) for s in block]
            x += w + float(rng.choice([0.0, 0.0, 4.0]))
    return items


def _window_grid(rng: np.random.Generator, w: float, d: float, h: float) -> Solid:
    nx, nz = int(w / 2.4), int(h / 3.1)
    x, z = np.meshgrid(np.linspace(-w / 2 + 1.3, w / 2 - 1.3, nx), 1.0 + 3.1 * np.arange(nz))
    feet = np.column_stack([x.ravel(), np.full(x.size, -d / 2), z.ravel()])
    return boxes(
        feet,
        np.tile([1.2, 0.1, 1.7], (x.size, 1)),
        varied(srgb("#6a7c8a"), rng, x.size, 0.4),
        roughness=0.12,
        part="panes",
    )
