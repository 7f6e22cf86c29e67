"""The shell of an interior: walls with holes, floors, ceiling, skirting, windows, doors, and the world outside.

Everything on a wall is made in the frame of the north wall: x runs right as seen from inside, the inner face is y = 0,
the room lies towards -y, and z is the height. `Room.hang` turns it to the wall it belongs to.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from maquette.film.stage import SetKind, SetPlan
from maquette.stage.mesh import Color, Solid, box, boxes, rotation, solid
from maquette.stage.sets.build import SetBuild, rectangle
from maquette.stage.sets.outside import surroundings
from maquette.stage.sets.palette import Palette, choose, shade, varied

THICKNESS = 0.2
TURNS = {"north": 0.0, "west": 90.0, "south": 180.0, "east": -90.0}


@dataclass
class Wall:
    """One wall while the room is built."""

    length: float
    distance: float
    """From the origin to its inner face."""
    holes: list[tuple[float, float, float, float]] = field(default_factory=list)
    """(x0, z0, x1, z1) through the wall."""
    doors: list[tuple[float, float]] = field(default_factory=list)
    """(x0, x1) where the skirting stops."""


class Room(SetBuild):
    """A rectangular room around the origin."""

    def __init__(
        self,
        kind: SetKind,
        seed: int,
        seats: int,
        words: Iterable[str],
        size: tuple[float, float, float],
        palettes: tuple[Palette, ...],
    ) -> None:
        super().__init__(kind, seed, seats, words)
        self.width, self.depth, self.height = size
        self.palette = choose(palettes, self.rng, self.words)
        w, d = self.width, self.depth
        self.walls = {
            "north": Wall(w, d / 2),
            "south": Wall(w, d / 2),
            "east": Wall(d, w / 2),
            "west": Wall(d, w / 2),
        }
        self.wall_color: dict[str, Color] = {}
        self.dado: tuple[float, Color] | None = None
        """(height, colour) of a lower wall painted or panelled differently."""
        self.panelled = False
        self.cornice = True
        self.ground_m = -0.45
        self.city = False

    def point(self, wall: str, x: float, y: float, z: float) -> tuple[float, float, float]:
        """World position of a point in a wall's frame."""
        p = rotation(z=TURNS[wall]) @ np.array([x, y + self.walls[wall].distance, z])
        return (float(p[0]), float(p[1]), float(p[2]))

    def hang(
        self,
        wall: str,
        name: str,
        solids: Iterable[Solid] | Solid,
        x: float = 0.0,
        z: float = 0.0,
        *,
        y: float = 0.0,
        blocks: bool = False,
        word: str = "",
        surface: float | None = None,
    ) -> None:
        """Put something on or against a wall; it leaves the picture together with the wall."""
        px, py, _ = self.point(wall, x, y, 0.0)
        body = f"wall/{wall}/{name}" if name else f"wall/{wall}"
        self.add(body, solids, px, py, z, TURNS[wall], blocks=blocks, word=word, surface=surface)

    def floor_boards(self, color: Color, *, width: float = 0.14, length: float = 1.5, along_y: bool = True) -> None:
        """Planks with staggered ends."""
        w, d = (self.width, self.depth) if along_y else (self.depth, self.width)
        rects = []
        for x in np.arange(-w / 2, w / 2 - 1e-6, width):
            start = -d / 2 - float(self.rng.uniform(0, length))
            ends = np.clip(np.arange(start, d / 2 + length, length), -d / 2, d / 2)
            rects += [(x, a, min(x + width, w / 2), b) for a, b in itertools.pairwise(ends) if b - a > 0.01]
        colors = varied(color, self.rng, len(rects), 0.16)
        floor = pavers(rects, colors, bevel=0.003, roughness=0.42)
        self.add("set/floor", floor if along_y else floor.turned(z=90), blocks=False, word="floor", surface=0.0)

    def floor_tiles(
        self, colors: tuple[Color, ...], size: float = 0.33, *, grout: Color | None = None, bevel: float = 0.004
    ) -> None:
        """Square tiles; two colours make a chequerboard."""
        nx, ny = int(np.ceil(self.width / size)), int(np.ceil(self.depth / size))
        rects, tints = [], []
        for i in range(nx):
            for j in range(ny):
                x, y = -self.width / 2 + i * size, -self.depth / 2 + j * size
                rects.append((x, y, min(x + size, self.width / 2), min(y + size, self.depth / 2)))
                tints.append(colors[(i + j) % len(colors)])
        tint = np.asarray(tints) * (1 + 0.05 * self.rng.uniform(-1, 1, (len(tints), 1)))
        joints = grout or shade(colors[0], 0.6)
        floor = pavers(rects, np.clip(tint, 0, 0.9), bevel=bevel, roughness=0.3, joint=joints)
        self.add("set/floor", floor, blocks=False, word="floor", surface=0.0)

    def floor_carpet(self, color: Color) -> None:
        """Carpet tiles, hardly told apart."""
        self.floor_tiles((color, shade(color, 0.97)), 0.5, grout=shade(color, 0.93), bevel=0.0005)
        self.solids["set/floor"] = [s.painted(s.color, 0.95) for s in self.solids["set/floor"]]

    def finish(self, *, focus: tuple[float, float] = (0.0, 0.0)) -> SetPlan:
        """Walls, ceiling and surroundings around what has been placed."""
        for name, wall in self.walls.items():
            self._build_wall(name, wall)
        w, d = self.width + 2 * THICKNESS, self.depth + 2 * THICKNESS
        under = [box((w, d, 0.12), shade(self.palette.wall, 0.5), part="slab").moved(z=-0.135)]
        self.add("set/slab", under, blocks=False)
        if "set/ceiling" not in self.solids:
            self.add("set/ceiling", box((w, d, 0.15), (0.78, 0.77, 0.74), roughness=0.9), z=self.height, blocks=False)
        self.feature("ceiling", (0.0, 0.0, self.height), (self.width, self.depth, 0.1))
        self.add("set/outside", surroundings(self.rng, self.ground_m, city=self.city), blocks=False)
        self.crowd((-self.width / 2, -self.depth / 2, self.width / 2, self.depth / 2), focus)
        return self.plan(rectangle(self.width, self.depth), self.height)

    def _build_wall(self, name: str, wall: Wall) -> None:
        overlap = 2 * THICKNESS if name in ("north", "south") else 0.0
        inner = self.wall_color.get(name, self.palette.wall)
        pieces = [wall_solid(wall.length + overlap, self.height, wall.holes, inner, shade(self.palette.wall, 0.8))]
        pieces += self._trims(wall)
        self.hang(name, "", pieces, word="wall")

    def _trims(self, wall: Wall) -> list[Solid]:
        """Skirting and dado between the doors, cornice on top."""
        trim, pieces, half = self.palette.trim, [], wall.length / 2
        edges = [-half, *(v for pair in sorted(wall.doors) for v in pair), half]
        for a, b in zip(edges[::2], edges[1::2], strict=True):
            if b - a < 0.05:
                continue
            middle, run = (a + b) / 2, b - a
            pieces.append(
                box((run, 0.018, 0.1), trim, bevel=0.006, roughness=0.4, part="skirting").moved(middle, -0.009)
            )
            if self.dado is not None:
                pieces += self._dado(wall, a, b)
        if self.cornice:
            z = self.height - 0.09
            pieces.append(box((wall.length, 0.07, 0.09), trim, bevel=0.03, part="cornice").moved(0, -0.035, z))
        return pieces

    def _dado(self, wall: Wall, a: float, b: float) -> list[Solid]:
        """Lower wall: a skin with a rail, panelled when asked, cut at low windows."""
        assert self.dado is not None
        top, color = self.dado
        cuts = sorted((h[0], h[2]) for h in wall.holes if h[1] < top and h[0] >= a and h[2] <= b)
        edges = [a, *(v for cut in cuts for v in cut), b]
        pieces: list[Solid] = []
        for x0, x1 in zip(edges[::2], edges[1::2], strict=True):
            run, middle = x1 - x0, (x0 + x1) / 2
            if run < 0.08:
                continue
            pieces.append(box((run, 0.012, top), color, roughness=0.5, part="dado").moved(middle, -0.006))
            pieces.append(box((run, 0.035, 0.05), color, bevel=0.01, part="dado rail").moved(middle, -0.0175, top))
            if self.panelled:
                n = max(1, round(run / 0.55))
                x = x0 + (np.arange(n) + 0.5) * run / n
                feet = np.column_stack([x, np.full(n, -0.018), np.full(n, 0.18)])
                size = np.tile([run / n - 0.12, 0.022, top - 0.26], (n, 1))
                pieces.append(boxes(feet, size, shade(color, 1.06), bevel=0.009, roughness=0.5, part="panel"))
        return pieces


def wall_solid(
    length: float, height: float, holes: list[tuple[float, float, float, float]], inner: Color, outer: Color
) -> Solid:
    """A wall of `THICKNESS` with rectangular holes, in the wall frame."""
    half, t = length / 2, THICKNESS
    xs = sorted({-half, half, *(v for h in holes for v in (h[0], h[2]))})
    zs = sorted({0.0, height, *(v for h in holes for v in (h[1], h[3]))})
    front: list[list[tuple[float, float, float]]] = []
    for x0, x1 in itertools.pairwise(xs):
        for z0, z1 in itertools.pairwise(zs):
            x, z = (x0 + x1) / 2, (z0 + z1) / 2
            if not any(h[0] < x < h[2] and h[1] < z < h[3] for h in holes):
                front.append([(x0, 0, z0), (x1, 0, z0), (x1, 0, z1), (x0, 0, z1)])
    back = [[(x, t, z) for x, _, z in reversed(c)] for c in front]
    edges = [(-half, 0.0, half, height, True), *((*h, False) for h in holes)]
    sides = []
    for x0, z0, x1, z1, outward in edges:
        ring = [(x0, z0), (x1, z0), (x1, z1), (x0, z1)]
        for (ax, az), (bx, bz) in zip(ring, [*ring[1:], ring[0]], strict=True):
            side = [(ax, 0, az), (ax, t, az), (bx, t, bz), (bx, 0, bz)]
            sides.append(side if outward else side[::-1])
    return _quads(front, inner, back, outer, sides)


def _quads(front: list, inner: Color, back: list, outer: Color, sides: list) -> Solid:
    corners = np.asarray([*front, *back, *sides], float).reshape(-1, 3)
    n = len(corners) // 4
    faces = (np.arange(n)[:, None, None] * 4 + np.array([[0, 1, 2], [0, 2, 3]])).reshape(-1, 3)
    colors = np.concatenate(
        [
            np.tile(inner, (6 * len(front), 1)),
            np.tile(outer, (6 * len(back), 1)),
            np.tile(shade(inner, 0.95), (6 * len(sides), 1)),
        ]
    )
    return solid(corners, faces, roughness=0.85, part="wall").painted(colors.astype(np.float32))


def pavers(
    rects: list[tuple[float, float, float, float]],
    colors: np.ndarray,
    *,
    bevel: float,
    roughness: float,
    joint: Color | None = None,
    top: float = 0.0,
    part: str = "floor",
) -> Solid:
    """Planks or tiles: (x0, y0, x1, y1) tops at z = `top` with slopes of `bevel` metres down into the joints."""
    r = np.asarray(rects, float)
    x0, y0, x1, y1 = r.T
    z = np.full(len(r), top)
    outer = np.stack(
        [np.stack(c, -1) for c in ((x0, y0, z - bevel), (x1, y0, z - bevel), (x1, y1, z - bevel), (x0, y1, z - bevel))],
        1,
    )
    b = np.minimum(bevel, np.minimum(x1 - x0, y1 - y0) * 0.4)
    inner = np.stack(
        [np.stack(c, -1) for c in ((x0 + b, y0 + b, z), (x1 - b, y0 + b, z), (x1 - b, y1 - b, z), (x0 + b, y1 - b, z))],
        1,
    )
    points = np.concatenate([outer, inner], 1)
    tops = [[4, 5, 6], [4, 6, 7]]
    slopes = [f for i in range(4) for f in ([i, (i + 1) % 4, 4 + (i + 1) % 4], [i, 4 + (i + 1) % 4, 4 + i])]
    template = np.array([*tops, *slopes])
    flat = points[:, template.reshape(-1)].reshape(-1, 3)
    made = solid(flat, np.arange(len(flat)).reshape(-1, 3), roughness=roughness, part=part)
    per = np.repeat(np.asarray(colors, np.float32)[:, None, :], template.size, 1)
    per[:, 6:] = per[:, 6:] * 0.6 if joint is None else np.asarray(joint, np.float32)
    return made.painted(per.reshape(-1, 3))
