"""Facades and houses: real storeys, recessed windows with frames and curtains, shopfronts, cornices, roofs.

A building is made with its front along +X at y = 0, facing -Y, its body behind (y > 0); turn and move it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maquette.stage.mesh import Color, Solid, boxes, join, quad, solid, srgb
from maquette.stage.sets.noise import fbm
from maquette.stage.sets.palette import mix, shade

F64 = NDArray[np.float64]

WALLS = tuple(srgb(c) for c in ("#b9a184", "#8f5a43", "#c8c0ae", "#7d8a86", "#a97b5a", "#d0b98c", "#6e5348", "#9aa39b"))
TRIMS = tuple(srgb(c) for c in ("#e0d8c6", "#d4cbb8", "#ece6da", "#cfc8bb"))
SHOPS = tuple(srgb(c) for c in ("#2f4a44", "#5a2b27", "#27384e", "#3a3a36", "#6b5b2e", "#4d3a52"))
WARM_LIGHTS = ((0.30, 0.175, 0.075), (0.26, 0.165, 0.085), (0.20, 0.15, 0.10), (0.15, 0.17, 0.20))
"""Radiance of lit rooms seen from the street, to the sky's scale: about ten times a moonlit wall."""
GLASS = srgb("#3c464b")


@dataclass(frozen=True)
class Style:
    """What one building looks like."""

    width: float
    storeys: int
    wall: Color
    trim: Color
    shop: Color | None = None
    """Colour of the shopfront; None: a house with a front door."""
    ground_height: float = 3.9
    storey_height: float = 3.2
    depth: float = 9.0
    pitched: bool = False
    bays: int = 3
    lit_share: float = 0.4

    @property
    def eaves(self) -> float:
        return self.ground_height + (self.storeys - 1) * self.storey_height


class Parts:
    """Boxes and panes gathered by part, so that a whole facade is a handful of arrays."""

    def __init__(self) -> None:
        self.feet: dict[str, list[tuple[float, float, float]]] = {}
        self.sizes: dict[str, list[tuple[float, float, float]]] = {}
        self.colors: dict[str, list[Color]] = {}
        self.other: list[Solid] = []
        self.room_light: Color | None = None
        """What goods and shelves in a shop are lit with."""

    def box(self, part: str, x: tuple[float, float], y: tuple[float, float], z: tuple[float, float], c: Color) -> None:
        """A box by its extents."""
        self.feet.setdefault(part, []).append(((x[0] + x[1]) / 2, (y[0] + y[1]) / 2, z[0]))
        self.sizes.setdefault(part, []).append((x[1] - x[0], y[1] - y[0], z[1] - z[0]))
        self.colors.setdefault(part, []).append(c)

    def pane(self, x: tuple[float, float], y: float, z: tuple[float, float], c: Color, glow: Color | None = None,
             part: str = "glass", roughness: float = 0.08) -> None:  # fmt: skip
        """A sheet that faces -Y."""
        corners = [(x[0], y, z[0]), (x[1], y, z[0]), (x[1], y, z[1]), (x[0], y, z[1])]
        s = quad(corners, c, roughness=roughness, part=part)
        self.other.append(s if glow is None else s.glowing(glow))

    def solids(self) -> list[Solid]:
        made = []
        for p in self.feet:
            s = boxes(self.feet[p], self.sizes[p], self.colors[p], roughness=0.85, part=p)
            if self.room_light is not None and p in ("goods", "shop room"):
                # Lit from the shop's ceiling: as bright as their own colour allows, less towards the floor.
                fall = np.clip(0.35 + 0.3 * s.vertices[:, 2:3], 0.3, 1.1) * np.clip(
                    0.75 + 0.35 * s.normals[:, 2:3] - 0.25 * s.normals[:, 1:2], 0.3, 1.1
                )
                s = replace(s, emission=(s.color * np.array(self.room_light) * fall).astype(np.float32))
            made.append(s)
        return made + self.other


def wall(
    x: tuple[float, float], z: tuple[float, float], holes: list[tuple[float, float, float, float]], color: Color,
    seed: int, *, y: float = 0.0, reveal: float = 0.22,
) -> Solid:  # fmt: skip
    """A wall facing -Y with rectangular holes (x0, x1, z0, z1) and their reveals, weathered towards the ground."""
    xs = np.unique(np.concatenate([np.linspace(*x, max(2, int((x[1] - x[0]) / 0.8))), *[h[:2] for h in holes]]))
    zs = np.unique(np.concatenate([np.linspace(*z, max(2, int((z[1] - z[0]) / 0.8))), *[h[2:] for h in holes]]))
    cx, cz = (xs[:-1] + xs[1:]) / 2, (zs[:-1] + zs[1:]) / 2
    gx, gz = np.meshgrid(cx, cz)
    keep = np.ones(gx.shape, bool)
    for x0, x1, z0, z1 in holes:
        keep &= ~((gx > x0) & (gx < x1) & (gz > z0) & (gz < z1))
    px, pz = np.meshgrid(xs, zs)
    points = np.stack([px, np.full_like(px, y), pz], -1).reshape(-1, 3)
    i = np.arange(px.size).reshape(px.shape)
    p, q, r, t = (a[keep] for a in (i[:-1, :-1], i[:-1, 1:], i[1:, 1:], i[1:, :-1]))
    used, index = np.unique(np.concatenate([np.stack([p, q, r], -1), np.stack([p, r, t], -1)]), return_inverse=True)
    face = solid(points[used], index.reshape(-1, 3), color, roughness=0.92, smooth=True, part="wall")
    sides = [
        c
        for x0, x1, z0, z1 in holes
        for c in (
            [(x0, y, z0), (x0, y + reveal, z0), (x0, y + reveal, z1), (x0, y, z1)],
            [(x1, y + reveal, z0), (x1, y, z0), (x1, y, z1), (x1, y + reveal, z1)],
            [(x0, y, z0), (x1, y, z0), (x1, y + reveal, z0), (x0, y + reveal, z0)],
            [(x0, y + reveal, z1), (x1, y + reveal, z1), (x1, y, z1), (x0, y, z1)],
        )
    ]
    n = len(sides)
    made = face
    if n:
        corner = 4 * np.arange(n)[:, None]
        quads = np.concatenate([corner + np.array([0, 1, 2]), corner + np.array([0, 2, 3])])
        made = join([face, solid(np.reshape(sides, (-1, 3)), quads, color, roughness=0.92, part="wall")], "wall")
    v = made.vertices.astype(float)
    tone = 1 + 0.1 * fbm(v[:, 0] / 2.2, v[:, 2] / 2.2, seed, 3) + 0.07 * fbm(v[:, 0] * 1.4, v[:, 2] / 3, seed + 9, 2)
    tone *= 1 - 0.22 * np.exp(-np.maximum(v[:, 2] - z[0], 0) / 0.7) * (z[0] < 0.5)
    return made.painted(np.clip(np.asarray(color) * tone[:, None], 0.01, 0.9).astype(np.float32))


def window(
    parts: Parts, rng: np.random.Generator, x: tuple[float, float], z: tuple[float, float], trim: Color, lit: bool,
    *, y: float = 0.16, sill: bool = True, panes: tuple[int, int] = (2, 2),
) -> None:  # fmt: skip
    """Frame, muntins, glass, curtains and sill in a hole of a wall."""
    f, m = 0.06, 0.035
    white = shade(trim, 1.02)
    for a, c in (((x[0], x[0] + f), z), ((x[1] - f, x[1]), z), (x, (z[0], z[0] + f)), (x, (z[1] - f, z[1]))):
        parts.box("frame", a, (y - 0.03, y + 0.04), c, white)
    for k in range(1, panes[0]):
        at = x[0] + (x[1] - x[0]) * k / panes[0]
        parts.box("frame", (at - m / 2, at + m / 2), (y - 0.02, y + 0.03), z, white)
    for k in range(1, panes[1]):
        at = z[0] + (z[1] - z[0]) * k / panes[1]
        parts.box("frame", x, (y - 0.02, y + 0.03), (at - m / 2, at + m / 2), white)
    light = np.array(WARM_LIGHTS[int(rng.integers(len(WARM_LIGHTS)))]) * rng.uniform(0.5, 1.2)
    glow: Color | None = (float(light[0]), float(light[1]), float(light[2])) if lit else None
    w = x[1] - x[0]
    style = rng.random()
    parts.pane(x, y + 0.02, z, shade(GLASS, float(rng.uniform(0.35, 0.8))), glow)
    cloth = mix(trim, srgb("#b9a98c"), float(rng.uniform(0, 0.7)))
    soft: Color | None = None if glow is None else (glow[0] * 0.62, glow[1] * 0.52, glow[2] * 0.42)
    if style < 0.6:
        side = w * float(rng.uniform(0.16, 0.3))
        for a in ((x[0] + f, x[0] + f + side), (x[1] - f - side, x[1] - f)):
            parts.pane(a, y + 0.015, (z[0] + f, z[1] - f), shade(cloth, 0.6), soft, "curtain", 0.35)
    elif style < 0.8:
        drop = (z[1] - z[0]) * float(rng.uniform(0.25, 0.6))
        parts.pane(
            (x[0] + f, x[1] - f), y + 0.015, (z[1] - f - drop, z[1] - f), shade(cloth, 0.65), soft, "curtain", 0.35
        )
    if sill:
        parts.box("trim", (x[0] - 0.1, x[1] + 0.1), (-0.12, y), (z[0] - 0.1, z[0]), trim)


def _surround(parts: Parts, x: tuple[float, float], z: tuple[float, float], trim: Color, grand: bool) -> None:
    e = 0.13
    parts.box("trim", (x[0] - e, x[0]), (-0.05, 0.02), z, trim)
    parts.box("trim", (x[1], x[1] + e), (-0.05, 0.02), z, trim)
    parts.box("trim", (x[0] - e, x[1] + e), (-0.06, 0.02), (z[1], z[1] + 0.2), trim)
    if grand:
        parts.box("trim", (x[0] - 0.24, x[1] + 0.24), (-0.2, 0.02), (z[1] + 0.2, z[1] + 0.29), trim)


def _cornice(parts: Parts, x: tuple[float, float], z: float, trim: Color) -> None:
    for k, (out, low, high) in enumerate(((0.12, 0.0, 0.28), (0.3, 0.28, 0.42), (0.42, 0.42, 0.56))):
        parts.box("trim", x, (-out, 0.3), (z + low, z + high), shade(trim, 1 - 0.04 * k))
    n = max(4, int((x[1] - x[0]) / 0.42))
    for k in range(n):
        at = x[0] + (k + 0.5) * (x[1] - x[0]) / n
        parts.box("trim", (at - 0.07, at + 0.07), (-0.26, -0.11), (z + 0.1, z + 0.28), shade(trim, 0.96))


def shopfront(
    parts: Parts, rng: np.random.Generator, s: Style, x: tuple[float, float]
) -> list[tuple[float, float, float, float]]:
    """Stall riser, plate glass with a dressed window behind it, door, fascia. Returns the holes in the wall."""
    color = s.shop or SHOPS[0]
    h = s.ground_height
    x0, x1 = x[0] + 0.35, x[1] - 0.35
    door_left = bool(rng.random() < 0.5)
    dx = (x0 + 0.15, x0 + 1.15) if door_left else (x1 - 1.15, x1 - 0.15)
    wx = (dx[1] + 0.2, x1) if door_left else (x0, dx[0] - 0.2)
    glow = np.array((0.34, 0.215, 0.105)) * rng.uniform(0.75, 1.2)
    lit: Color = (float(glow[0]), float(glow[1]), float(glow[2]))
    dim: Color = (lit[0] * 0.3, lit[1] * 0.28, lit[2] * 0.26)
    parts.room_light = lit
    deep = 1.3
    inside = shade(srgb("#a98f6e"), 0.55)
    top = h - 0.95
    # The room behind: back wall, floor, shelves with goods.
    parts.pane((x[0] + 0.1, x[1] - 0.1), deep, (0.0, h - 0.3), inside, dim, "shop room", 0.8)
    parts.box("shop room", (x[0] + 0.1, x[1] - 0.1), (0.25, deep), (0.44, 0.5), shade(inside, 0.8))
    parts.pane((wx[0], wx[1]), deep - 0.01, (top - 0.28, top - 0.12), (0.8, 0.8, 0.8), lit, "shop light", 0.8)
    _goods(parts, rng, wx, deep, top)
    # Joinery.
    parts.box("shopfront", (x0 - 0.2, x1 + 0.2), (-0.16, 0.05), (h - 0.75, h - 0.12), color)
    parts.box("shopfront", (x0 - 0.25, x1 + 0.25), (-0.26, 0.05), (h - 0.12, h), shade(color, 1.25))
    parts.box("shopfront", wx, (-0.08, 0.12), (0.02, 0.55), color)
    for a in (x0 - 0.2, x1):
        parts.box("shopfront", (a, a + 0.2), (-0.12, 0.05), (0.0, h - 0.12), shade(color, 1.1))
    n = max(2, round((wx[1] - wx[0]) / 1.4))
    for k in range(n + 1):
        at = wx[0] + (wx[1] - wx[0]) * k / n
        parts.box("shopfront", (at - 0.035, at + 0.035), (0.02, 0.1), (0.55, h - 0.75), shade(color, 1.3))
    parts.box("shopfront", wx, (0.02, 0.1), (top - 0.05, top + 0.02), shade(color, 1.3))
    parts.pane(wx, 0.06, (top + 0.02, h - 0.75), shade(GLASS, 0.6), (lit[0] * 0.5, lit[1] * 0.5, lit[2] * 0.5))
    _door(parts, dx, h - 1.1, color, lit)
    _sign(parts, rng, (x0, x1), h)
    return [(wx[0], wx[1], 0.5, h - 0.75), (dx[0], dx[1], 0.0, h - 0.75)]


def _goods(parts: Parts, rng: np.random.Generator, wx: tuple[float, float], deep: float, top: float) -> None:
    tones = [srgb(c) for c in ("#a4442f", "#c9a24a", "#3d6b73", "#d9cdb6", "#59703f", "#7c4a63")]
    for z in (0.56, 1.25, 1.85):
        y = deep - 0.32
        parts.box("shop room", (wx[0] + 0.05, wx[1] - 0.05), (y, deep - 0.02), (z, z + 0.04), srgb("#6a5138"))
        at = wx[0] + 0.12
        while at < wx[1] - 0.3:
            w, hh = float(rng.uniform(0.08, 0.34)), float(rng.uniform(0.12, 0.48))
            if rng.random() < 0.8 and z + 0.04 + hh < top - 0.3:
                parts.box(
                    "goods", (at, at + w), (y + 0.04, y + 0.22), (z + 0.04, z + 0.04 + hh), tones[int(rng.integers(6))]
                )
            at += w + float(rng.uniform(0.03, 0.2))
    n = max(1, int((wx[1] - wx[0]) / 0.9))
    for k in range(n):
        a = wx[0] + (k + rng.uniform(0.25, 0.75)) * (wx[1] - wx[0]) / n
        w, hh = float(rng.uniform(0.15, 0.3)), float(rng.uniform(0.3, 0.9))
        c = tones[int(rng.integers(6))]
        parts.box("goods", (a - w, a + w), (0.3, 0.3 + 1.5 * w), (0.56, 0.56 + hh * 0.5), shade(srgb("#cdbb98"), 0.9))
        parts.box("goods", (a - w * 0.6, a + w * 0.6), (0.35, 0.35 + w), (0.56 + hh * 0.5, 0.56 + hh), c)


def _door(parts: Parts, x: tuple[float, float], top: float, color: Color, glow: Color | None) -> None:
    y = 0.2
    parts.box("door", x, (y, y + 0.05), (0.04, 0.75), shade(color, 1.15))
    parts.box("door", (x[0], x[0] + 0.12), (y, y + 0.05), (0.75, top - 0.1), shade(color, 1.15))
    parts.box("door", (x[1] - 0.12, x[1]), (y, y + 0.05), (0.75, top - 0.1), shade(color, 1.15))
    parts.box("door", x, (y, y + 0.05), (top - 0.1, top), shade(color, 1.15))
    dim = None if glow is None else (glow[0] * 0.7, glow[1] * 0.7, glow[2] * 0.7)
    parts.pane((x[0] + 0.12, x[1] - 0.12), y + 0.03, (0.75, top - 0.1), shade(GLASS, 0.5), dim)
    parts.pane(x, y + 0.03, (top, top + 0.4), shade(GLASS, 0.6), glow)
    parts.box("handle", (x[1] - 0.09, x[1] - 0.05), (y - 0.06, y), (0.95, 1.25), srgb("#b08a3c"))
    parts.box("step", (x[0] - 0.1, x[1] + 0.1), (-0.05, 0.4), (0.0, 0.06), srgb("#8c877e"))


def _sign(parts: Parts, rng: np.random.Generator, x: tuple[float, float], h: float) -> None:
    """Painted letters, abstract: strokes in the rhythm of a word, which no one can read wrong."""
    gold = srgb("#d8bf7c")
    letters, size = int(rng.integers(6, 11)), 0.26
    at = (x[0] + x[1]) / 2 - letters * size * 0.42
    for _ in range(letters):
        w, z0 = size * float(rng.uniform(0.4, 0.62)), h - 0.57
        kind = int(rng.integers(4))
        parts.box("letters", (at, at + 0.05), (-0.175, -0.15), (z0, z0 + size), gold)
        if kind in (0, 1):
            parts.box("letters", (at + w - 0.05, at + w), (-0.175, -0.15), (z0, z0 + size), gold)
        if kind in (0, 2):
            parts.box("letters", (at, at + w), (-0.175, -0.15), (z0 + size - 0.05, z0 + size), gold)
        if kind in (1, 2, 3):
            parts.box("letters", (at, at + w), (-0.175, -0.15), (z0 + size * 0.42, z0 + size * 0.42 + 0.045), gold)
        if kind in (0, 3):
            parts.box("letters", (at, at + w), (-0.175, -0.15), (z0, z0 + 0.05), gold)
        at += size * 0.84


def front(rng: np.random.Generator, s: Style, seed: int) -> list[Solid]:
    """A whole building: detailed front, plain sides and back, roof."""
    parts = Parts()
    x = (-s.width / 2, s.width / 2)
    pitch = s.width / s.bays
    holes: list[tuple[float, float, float, float]] = []
    if s.shop is not None:
        holes += shopfront(parts, rng, s, x)
    else:
        holes += _house_ground(parts, rng, s, x, pitch)
    for k in range(1, s.storeys):
        z0 = s.ground_height + (k - 1) * s.storey_height
        tall = 1.85 if k == 1 and not s.pitched else (1.6 if not s.pitched else 1.3)
        for i in range(s.bays):
            at = x[0] + (i + 0.5) * pitch
            hx, hz = (at - 0.55, at + 0.55), (z0 + 0.8, z0 + 0.8 + tall)
            holes.append((*hx, *hz))
            window(parts, rng, hx, hz, s.trim, bool(rng.random() < s.lit_share), panes=(2, 2) if tall > 1.4 else (2, 1))
            _surround(parts, hx, hz, s.trim, k == 1 and not s.pitched)
        if not s.pitched:
            parts.box("trim", x, (-0.09, 0.02), (z0 - 0.02, z0 + 0.16), s.trim)
    face = wall(x, (0.0, s.eaves), holes, s.wall, seed)
    _shell(parts, s, x)
    if s.pitched:
        parts.other += gable(s, x, rng)
    else:
        _cornice(parts, x, s.eaves, s.trim)
        parts.box("wall", x, (0.0, 0.3), (s.eaves + 0.56, s.eaves + 1.0), shade(s.wall, 0.95))
        parts.box("trim", (x[0] - 0.03, x[1] + 0.03), (-0.06, 0.36), (s.eaves + 1.0, s.eaves + 1.08), s.trim)
        for at in (x[0] + 0.8, x[1] - 1.6):
            if rng.random() < 0.7:
                parts.box("chimney", (at, at + 0.8), (3.5, 4.3), (s.eaves, s.eaves + 2.2), srgb("#7c5443"))
                parts.box("chimney", (at + 0.1, at + 0.3), (3.7, 3.9), (s.eaves + 2.2, s.eaves + 2.6), srgb("#a2684a"))
                parts.box("chimney", (at + 0.5, at + 0.7), (3.7, 3.9), (s.eaves + 2.2, s.eaves + 2.55), srgb("#a2684a"))
    return [face, *parts.solids()]


def _house_ground(
    parts: Parts, rng: np.random.Generator, s: Style, x: tuple[float, float], pitch: float
) -> list[tuple[float, float, float, float]]:
    """Ground floor of a dwelling: one door, windows in the other bays."""
    holes: list[tuple[float, float, float, float]] = []
    door_bay = int(rng.integers(s.bays))
    paint = SHOPS[int(rng.integers(len(SHOPS)))]
    for i in range(s.bays):
        at = x[0] + (i + 0.5) * pitch
        if i == door_bay:
            hx, hz = (at - 0.5, at + 0.5), (0.0, 2.55)
            holes.append((*hx, *hz))
            y = 0.16
            parts.box("door", hx, (y, y + 0.06), (0.05, 2.1), paint)
            for px in ((at - 0.38, at - 0.06), (at + 0.06, at + 0.38)):
                for pz in ((0.25, 0.85), (1.05, 1.9)):
                    parts.box("door", px, (y - 0.02, y), pz, shade(paint, 1.35))
            parts.box("frame", hx, (y - 0.02, y + 0.06), (2.1, 2.16), s.trim)
            parts.pane(hx, y + 0.02, (2.16, 2.55), shade(GLASS, 0.6), WARM_LIGHTS[0])
            parts.box("handle", (at + 0.36, at + 0.41), (y - 0.07, y), (1.0, 1.06), srgb("#b08a3c"))
            parts.box("step", (at - 0.75, at + 0.75), (-0.32, 0.16), (0.0, 0.14), srgb("#99948a"))
        else:
            hx, hz = (at - 0.6, at + 0.6), (0.9, 2.5)
            holes.append((*hx, *hz))
            window(parts, rng, hx, hz, s.trim, bool(rng.random() < s.lit_share))
        _surround(parts, (hx[0], hx[1]), hz, s.trim, i == door_bay)
    return holes


def _shell(parts: Parts, s: Style, x: tuple[float, float]) -> None:
    """Sides, back and flat roof: closed, so that no light leaks through the rooms."""
    dark = shade(s.wall, 0.85)
    parts.box("wall", (x[0], x[0] + 0.05), (0.0, s.depth), (0.0, s.eaves), dark)
    parts.box("wall", (x[1] - 0.05, x[1]), (0.0, s.depth), (0.0, s.eaves), dark)
    parts.box("wall", x, (s.depth - 0.05, s.depth), (0.0, s.eaves), dark)
    parts.box("roof", x, (0.0, s.depth), (s.eaves - 0.05, s.eaves + 0.05), srgb("#4b4a48"))
    # A wall between the shop window and the rooms above and behind.
    parts.box(
        "inside",
        x,
        (1.4 if s.shop is not None else 0.5, 1.5 if s.shop is not None else 0.6),
        (0.0, s.eaves),
        (0.05, 0.05, 0.05),
    )


def gable(s: Style, x: tuple[float, float], rng: np.random.Generator, rows: int = 12) -> list[Solid]:
    """A tiled roof with its ridge along the street, and a chimney."""
    z, d, over = s.eaves, s.depth, 0.35
    rise = d * 0.42
    tile = mix(srgb("#6b3f30"), srgb("#4d4b4c"), float(rng.random()))

    pieces: list[Solid] = []
    for k in range(rows):
        t0, t1 = k / rows, (k + 1) / rows
        y0, y1 = -over + t0 * (d / 2 + over), -over + t1 * (d / 2 + over)
        z0, z1 = z - 0.15 + t0 * (rise + 0.15), z - 0.15 + t1 * (rise + 0.15)
        c = shade(tile, float(rng.uniform(0.85, 1.15)))
        lip = 0.05
        pieces.append(
            quad(
                [(x[0] - 0.2, y0, z0 + lip), (x[1] + 0.2, y0, z0 + lip), (x[1] + 0.2, y1, z1), (x[0] - 0.2, y1, z1)],
                c,
                part="roof",
            )
        )
        pieces.append(
            quad(
                [
                    (x[0] - 0.2, y0, z0 - 0.01),
                    (x[1] + 0.2, y0, z0 - 0.01),
                    (x[1] + 0.2, y0, z0 + lip),
                    (x[0] - 0.2, y0, z0 + lip),
                ],
                shade(c, 0.7),
                part="roof",
            )
        )
    back = [
        (x[1] + 0.2, d + over, z - 0.15),
        (x[0] - 0.2, d + over, z - 0.15),
        (x[0] - 0.2, d / 2, z + rise),
        (x[1] + 0.2, d / 2, z + rise),
    ]
    pieces.append(quad(back, tile, part="roof"))
    for at, order in ((x[0], (0, 2, 1)), (x[1], (0, 1, 2))):
        tri = np.array([(at, 0.0, z), (at, d, z), (at, d / 2, z + rise)])
        pieces.append(solid(tri, [order], shade(s.wall, 0.9), part="wall"))
    stack = float(rng.choice([x[0] + 0.6, x[1] - 1.2]))
    pieces.append(
        boxes(
            [(stack + 0.3, d / 2, z + rise - 0.6), (stack + 0.3, d / 2, z + rise + 0.9)],
            [(0.6, 0.9, 1.5), (0.72, 1.02, 0.12)],
            srgb("#7a5141"),
            part="chimney",
        )
    )
    return pieces
