"""A street: two rows of buildings, pavements with kerbs, parked cars, lamp posts, trees.

The street runs along X. People play on the north pavement, in front of facades that face the sun; the roadway lies
south of it, and the row on the other side closes the view.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import Lamp, LampRole, SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Solid, boxes, sheet, solid, srgb
from maquette.stage.sets import plants, roadside
from maquette.stage.sets.build import SetBuild
from maquette.stage.sets.buildings import SHOPS, TRIMS, WALLS, Style, front
from maquette.stage.sets.noise import fbm
from maquette.stage.sets.outdoors import blend, disc, patch, rings_to, step
from maquette.stage.sets.townscape import tower

F64 = NDArray[np.float64]
FACADE_Y = 2.3
KERB_Y = -2.0
FAR_KERB_Y = -10.6
FAR_FACADE_Y = -14.4
ROAD_Z = -0.13
HALF_LENGTH = 66.0


@dataclass(frozen=True)
class Town:
    """Which kind of street the words ask for."""

    village: bool
    city: bool
    shops: float
    """Share of buildings with a shop."""

    @classmethod
    def of(cls, words: frozenset[str]) -> Town:
        village = bool(words & {"village", "cottage", "lane", "hamlet", "suburb", "suburban", "residential"})
        city = bool(words & {"city", "downtown", "avenue", "broadway", "metropolis", "boulevard"})
        shops = 0.25 if village else 0.75
        if words & {"main", "high", "shop", "market", "store", "cafe", "bakery"}:
            shops = 0.9
        if words & {"residential", "suburb", "suburban", "alley"}:
            shops = 0.0
        return cls(village, city, shops)


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A street. `words`: village, city, main, market, residential, snow ... steer houses and shops."""
    b = SetBuild(SetKind.STREET, seed, seats_needed, words)
    town = Town.of(b.words)
    _ground(b)
    _row(b, town, FACADE_Y, 0.0, "north")
    _row(b, town, FAR_FACADE_Y, 180.0, "south")
    _ends(b, town)
    _furniture(b)
    _cars(b)
    _people(b)
    floor = ((-26.0, FAR_FACADE_Y + 0.6), (26.0, FAR_FACADE_Y + 0.6), (26.0, FACADE_Y - 0.35), (-26.0, FACADE_Y - 0.35))
    return b.plan(floor, None, interior=False)


# --- ground ---------------------------------------------------------------------------------------------------


def _ground(b: SetBuild) -> None:
    seed = int(b.rng.integers(1 << 30))

    def road_height(x: F64, y: F64) -> F64:
        camber = 0.07 * (1 - ((y - (KERB_Y + FAR_KERB_Y) / 2) / ((KERB_Y - FAR_KERB_Y) / 2)) ** 2)
        return ROAD_Z + np.maximum(camber, 0) - 0.02

    def asphalt(x: F64, y: F64, z: F64) -> F64:
        color = blend(srgb("#55565a"), srgb("#47474b"), 0.5 + 0.9 * fbm(x / 4, y / 4, seed, 4))
        lanes = np.abs(np.abs(y - (KERB_Y + FAR_KERB_Y) / 2) - 1.6)
        color = color * (1 - 0.12 * np.exp(-(((lanes - 0.75) / 0.3) ** 2)))[:, None]
        gutter = np.minimum(np.abs(y - KERB_Y), np.abs(y - FAR_KERB_Y))
        color = color * (1 - 0.3 * np.exp(-gutter / 0.25))[:, None]
        mended = step(0.42, 0.46, fbm(x / 3.3 + 50, y / 1.7, seed + 3, 1))
        return blend(color, srgb("#3a3a3d"), 0.6 * mended) * (1 + 0.1 * fbm(x * 2, y * 2, seed + 1, 2))[:, None]

    xs = np.unique(np.concatenate([np.linspace(-HALF_LENGTH - 14, HALF_LENGTH + 14, 90), np.linspace(-16, 16, 110)]))
    ys = np.linspace(FAR_KERB_Y, KERB_Y, 40)
    b.add("set/road", patch(xs, ys, road_height, asphalt, roughness=0.8, part="asphalt"), blocks=False)
    b.add("set/road", _markings(road_height), blocks=False)
    for name, y0, y1 in (("pavement", KERB_Y, FACADE_Y + 0.3), ("far pavement", FAR_FACADE_Y - 0.3, FAR_KERB_Y)):
        b.add(f"set/{name}", _pavement(b.rng, y0, y1, fine=name == "pavement"), blocks=False)
    b.feature("road", (0.0, (KERB_Y + FAR_KERB_Y) / 2, ROAD_Z), (120.0, KERB_Y - FAR_KERB_Y, 0.05), ROAD_Z)
    b.feature("pavement", (0.0, (KERB_Y + FACADE_Y) / 2, 0.0), (120.0, FACADE_Y - KERB_Y, 0.1), 0.0)
    b.feature("kerb", (0.0, KERB_Y, 0.0), (120.0, 0.3, 0.13), 0.0)

    def land(x: F64, y: F64) -> F64:
        return -0.45 + 26 * step(260, 900, np.hypot(x, y)) * (0.6 + 0.4 * fbm(x / 200, y / 200, seed + 7, 3))

    def land_color(x: F64, y: F64, z: F64) -> F64:
        return blend(srgb("#5c5b50"), srgb("#4c5a3b"), step(120, 400, np.hypot(x, y)))

    b.add("set/land", disc(rings_to(1500, 20, 8, 1.25), land, land_color, segments=72, part="land"), blocks=False)


def _pavement(rng: np.random.Generator, y0: float, y1: float, *, fine: bool) -> list[Solid]:
    """Slabs with open joints over a dark bed, and granite kerb stones."""
    side = 1 if y0 == KERB_Y else -1
    edge = y0 if side > 0 else y1
    slab, reach = 0.75 if fine else 1.5, HALF_LENGTH + 12
    inner = (y0 + 0.3, y1) if side > 0 else (y0, y1 - 0.3)
    rows = max(1, round((inner[1] - inner[0]) / slab))
    deep = (inner[1] - inner[0]) / rows
    nx = int(2 * reach / slab)
    ix, iy = (a.ravel() for a in np.meshgrid(np.arange(nx), np.arange(rows)))
    cx = -reach + (ix + 0.5 + 0.5 * (iy % 2)) * slab
    near = np.abs(cx) < 26
    cx, cy = cx[near], (inner[0] + (iy + 0.5) * deep)[near]
    n, gap = len(cx), 0.009
    tone = rng.uniform(0.86, 1.1, (n, 1)) * np.where(rng.random((n, 1)) < 0.05, 0.82, 1.0)
    stone = np.array(srgb("#8d8980")) * tone
    tops = np.stack([np.stack([cx + sx * (slab / 2 - gap), cy + sy * (deep / 2 - gap), np.zeros(n)], -1)
                     for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))], 1)  # fmt: skip
    slabs = _quads(tops, stone, 0.85, "slab")
    far = []
    for x0, x1 in ((-reach, -26 + slab), (26 - slab, reach)):
        at = np.linspace(x0, x1, 27)
        grid = np.array([[(x, y, 0.0) for x in at] for y in inner])
        far.append(sheet(grid, srgb("#85817a"), part="slab"))
    bed = sheet(
        [[(x, y, -0.012) for x in np.linspace(-reach, reach, 40)] for y in inner], srgb("#3c3a36"), part="joint"
    )
    k = int(2 * reach / 1.0)
    kx = -reach + (np.arange(k) + 0.5) * 1.0
    curb = boxes(
        np.stack([kx, np.full(k, edge + 0.15 * side), np.full(k, -0.25)], -1), [(0.985, 0.3, 0.254)] * k,
        np.array(srgb("#98958e")) * rng.uniform(0.85, 1.08, (k, 1)), bevel=0.015, roughness=0.8, part="kerb",
    )  # fmt: skip
    return [slabs, bed, curb, *far]


def _quads(corners: NDArray[np.floating], color: F64, roughness: float, part: str) -> Solid:
    n = len(corners)
    base = 4 * np.arange(n)[:, None]
    faces = np.concatenate([base + np.array([0, 1, 2]), base + np.array([0, 2, 3])])
    made = solid(corners.reshape(-1, 3), faces, roughness=roughness, smooth=True, part=part)
    return made.painted(np.repeat(color, 4, axis=0).astype(np.float32))


def _markings(height) -> list[Solid]:
    """Broken centre line and a zebra crossing, worn."""
    middle = (KERB_Y + FAR_KERB_Y) / 2
    pieces = []

    def bar(x0: float, x1: float, y0: float, y1: float) -> None:
        ys = np.linspace(y0, y1, max(2, int((y1 - y0) / 0.5)))
        x, y = np.meshgrid([x0, x1], ys)
        pieces.append(sheet(np.stack([x, y, height(x, y) + 0.006], -1), srgb("#b9b7ae"), roughness=0.7, part="marking"))

    for k in range(-14, 15):
        if not -13.5 < k * 5.0 + 1.0 < -7:
            bar(k * 5.0, k * 5.0 + 2.2, middle - 0.06, middle + 0.06)
    for k in range(8):
        y0 = FAR_KERB_Y + 0.35 + k * (KERB_Y - FAR_KERB_Y - 0.4) / 8
        bar(-12.6, -9.0, y0, y0 + 0.52)
    return pieces


# --- buildings ------------------------------------------------------------------------------------------------


def _style(b: SetBuild, town: Town, near_shop: bool, previous: int) -> tuple[Style, int]:
    rng = b.rng
    wall = int(rng.integers(len(WALLS)))
    wall = (wall + 1) % len(WALLS) if wall == previous else wall
    shop = SHOPS[int(rng.integers(len(SHOPS)))] if near_shop or rng.random() < town.shops else None
    trim = TRIMS[int(rng.integers(len(TRIMS)))]
    if town.village:
        return Style(float(rng.uniform(7.5, 10.5)), 2, WALLS[wall], trim, shop, 3.1 if shop else 2.9, 2.7, 8.0, True,
                     int(rng.integers(2, 4)), 0.45), wall  # fmt: skip
    storeys = int(rng.integers(4, 7)) if town.city else int(rng.integers(2, 5))
    width = float(rng.uniform(8.5, 13.5))
    return Style(width, storeys, WALLS[wall], trim, shop, 3.9 if shop else 3.4, float(rng.uniform(3.0, 3.4)), 10.0,
                 False, max(2, round(width / 2.9)), 0.4), wall  # fmt: skip


def _row(b: SetBuild, town: Town, y: float, turn: float, name: str) -> None:
    """Buildings side by side, from the middle outwards so that the one behind the actors is detailed and lit."""
    previous = -1
    k, edges = 0, [-5.2, -5.2]
    while edges[0] > -HALF_LENGTH or edges[1] < HALF_LENGTH:
        right = edges[1] <= -edges[0]
        style, previous = _style(b, town, k == 0 and town.shops > 0, previous)
        seed = int(b.rng.integers(1 << 30))
        gap = 0.9 if town.village and b.rng.random() < 0.4 else 0.02
        at = edges[1] + style.width / 2 if right else edges[0] - style.width / 2
        solids = front(b.rng, style, seed)
        body = f"wall/{name} house {k + 1}"
        b.add(body, solids, at, y, turn=turn, blocks=name == "north")
        if name == "north" and k == 0:
            _first_house(b, style, at)
        edges[1 if right else 0] += (style.width + gap) * (1 if right else -1)
        k += 1


def _first_house(b: SetBuild, style: Style, at: float) -> None:
    b.feature("shop", (at, FACADE_Y, 1.6), (style.width, 0.4, 3.0))
    b.feature("window", (at, FACADE_Y, 1.7), (style.width * 0.6, 0.2, 2.0))
    b.feature("door", (at + style.width / 2 - 1.0, FACADE_Y, 1.2), (1.0, 0.2, 2.4))
    b.feature("wall", (at, FACADE_Y, 2.0), (style.width, 0.3, 4.0))
    if style.shop is not None:
        # Light that falls from the shop window onto the pavement.
        x0, x1 = at - style.width / 2 + 0.8, at + style.width / 2 - 0.8
        v = np.array([(x0, FACADE_Y - 0.05, 0.8), (x1, FACADE_Y - 0.05, 0.8), (x1, FACADE_Y - 0.05, 2.9),
                      (x0, FACADE_Y - 0.05, 2.9)], np.float32)  # fmt: skip
        faces = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)
        b.practicals.append(Lamp("shop window", LampRole.PRACTICAL, v, faces, (0.2, 0.125, 0.06), visible=False))


def _ends(b: SetBuild, town: Town) -> None:
    """What closes the view along the street: houses across its ends, roofs and trees beyond."""
    rng = b.rng
    for sign, turn in ((1, 90.0), (-1, -90.0)):
        for k, y in enumerate((4.0, -9.0, -22.0)):
            style, _ = _style(b, town, False, -1)
            x = sign * (HALF_LENGTH + 16)
            wide = Style(13.0, max(2, style.storeys), style.wall, style.trim, style.shop, style.ground_height,
                         style.storey_height, 9.0, style.pitched, 4, 0.35)  # fmt: skip
            b.add(
                f"set/end house {k + 1}{'e' if sign > 0 else 'w'}",
                front(rng, wide, k),
                x,
                y,
                -0.1,
                turn=-turn,
                blocks=False,
            )
    blocks: list[Solid] = []
    for _ in range(46):
        a, r = rng.uniform(0, 2 * np.pi), rng.uniform(105, 330)
        tall = rng.uniform(12, 60) if town.city else rng.uniform(6, 15)
        made = tower(rng, (rng.uniform(10, 22), rng.uniform(10, 18), tall), WALLS[int(rng.integers(8))], lit_share=0.3)
        blocks += [s.turned(z=float(rng.choice([0, 90, 15]))).moved(r * np.cos(a), r * np.sin(a), -0.3) for s in made]
    b.solids["set/town"] = blocks


# --- things ---------------------------------------------------------------------------------------------------


def _furniture(b: SetBuild) -> None:
    rng = b.rng
    post = roadside.lamp_post()
    for k, x in enumerate((-2.4, 14.0, -19.0, 31.0, -36.0, 48.0)):
        b.add(f"set/lamp post {k + 1}", post, x, KERB_Y + 0.5, word="lamp post", blocks=k < 3)
        b.bulb(f"street lamp {k + 1}", (x, KERB_Y + 0.5, 4.32), roadside.SODIUM, radius=0.17)
    for k, x in enumerate((5.6, -11.0, -27.0, 22.0)):
        b.add(f"set/far lamp post {k + 1}", post, x, FAR_KERB_Y - 0.5, blocks=False)
        b.bulb(f"far street lamp {k + 1}", (x, FAR_KERB_Y - 0.5, 4.32), roadside.SODIUM, radius=0.17)
    bench = roadside.bench()
    placed = b.add("set/bench", bench, -5.6, FACADE_Y - 0.75, word="bench", surface=0.45)
    for name, dx in (("left", -0.42), ("right", 0.42)):
        b.spot(f"bench {name}", "bench", SpotUse.SIT, placed.at(dx, -0.05), 0.0, seat=0.45, group="bench")
    b.add("set/bin", roadside.bin_(), -7.2, FACADE_Y - 0.7, word="bin")
    b.add("set/hydrant", roadside.hydrant(), 6.6, KERB_Y + 0.55, word="hydrant")
    b.add("set/post box", roadside.postbox(), 8.4, KERB_Y + 0.6, word="post box")
    leaf = plants.AUTUMN if b.words & {"autumn", "fall"} else plants.LEAF
    for k, (x, y) in enumerate(((-13.5, KERB_Y + 0.75), (21.5, KERB_Y + 0.75), (-30.0, KERB_Y + 0.75),
                                (-3.0, FAR_KERB_Y - 0.8), (13.0, FAR_KERB_Y - 0.8), (-21.0, FAR_KERB_Y - 0.8),
                                (30.0, FAR_KERB_Y - 0.8), (42.0, KERB_Y + 0.75))):  # fmt: skip
        tree = plants.broadleaf(rng, float(rng.uniform(6.0, 7.8)), leaf_count=1500, leaf_size=0.19,
                                leaf=leaf[k % 4], crown_from=0.42, spread_by=0.26)  # fmt: skip
        pit = boxes([(0.0, 0.0, -0.02)], [(1.1, 1.1, 0.028)], srgb("#3b3128"), part="soil")
        b.add(f"set/tree {k + 1}", [*tree, pit], x, y, word="tree", blocks=False)
        b.footprints.append((x - 0.35, y - 0.35, x + 0.35, y + 0.35))


def _cars(b: SetBuild) -> None:
    """Parked nose to tail with gaps, wheels at the kerb; one next to the actors to lean on."""
    rng = b.rng
    paints = list(rng.permutation(len(roadside.CAR_PAINTS)))
    near = (3.4, 10.2, 17.0, 23.4, -16.6, -22.6, 36.0, -40.0)
    far = (-6.0, 2.2, 9.8, 19.0, -15.0, -24.0, 27.0)
    templates = [roadside.car(roadside.CAR_PAINTS[int(p)]) for p in paints[:4]]
    for k, x in enumerate(near + far):
        y, turn = (KERB_Y - 1.06, 0.0) if k < len(near) else (FAR_KERB_Y + 1.15, 180.0)
        b.add(f"set/car {k + 1}", templates[k % 4], x + float(rng.uniform(-0.3, 0.3)) * (k > 0), y, ROAD_Z, turn,
              word="car", blocks=True)  # fmt: skip
    b.spot("car", "car", SpotUse.LEAN, (3.1, KERB_Y + 0.1), 180.0, seat=0.85, group="car")
    b.spot("by the car", "car", SpotUse.STAND, (3.1, KERB_Y + 1.15), 0.0, group="car")


def _people(b: SetBuild) -> None:
    b.pair("pavement", (0.4, 0.1), 0.0)
    b.spot("wall", "wall", SpotUse.LEAN, (-3.4, FACADE_Y - 0.32), 0.0)
    for k, x in enumerate((-4.5, -1.2, 2.2, 5.4, 9.0)):
        b.spot(f"walking {k + 1}", "pavement", SpotUse.WALK, (x, -0.35), 90.0, group="walking")
    b.spot("lamp post", "lamp post", SpotUse.STAND, (-2.0, KERB_Y + 0.9), 40.0)
    b.spot("kerb", "kerb", SpotUse.STAND, (-0.6, KERB_Y + 0.25), 0.0)
    b.spot("middle of the road", "road", SpotUse.STAND, (-4.0, -6.3), 90.0, floor=ROAD_Z + 0.05)
    b.pair("shop", (1.6, 1.3), 20.0)
    b.crowd((-16.0, KERB_Y + 0.2, 16.0, FACADE_Y - 0.1), (0.4, 0.0))
