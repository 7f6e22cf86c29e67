"""A flat roof above a town: parapets, a hut with a door, tank, vents, units, aerial; lit windows below and around.

z = 0 is the roof; the town lies 12.5 m below it. The north parapet is low, with a coping to sit on, and looks out over
the town; "harbour", "port" or "sea" put water behind the first rows of roofs.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Solid, box, boxes, cylinder, join, lathe, sheet, srgb, tube
from maquette.stage.sets import boats, roadside
from maquette.stage.sets.build import SetBuild, rectangle
from maquette.stage.sets.buildings import WALLS, Style, front
from maquette.stage.sets.noise import fbm
from maquette.stage.sets.outdoors import Heights, blend, disc, mottled, on_ground, rings_to, scatter, step
from maquette.stage.sets.palette import shade
from maquette.stage.sets.townscape import house, tower
from maquette.stage.sets.water import sea as water_disc

F64 = NDArray[np.float64]
WIDTH, DEPTH = 17.0, 13.0
STREET_Z = -12.5
LOW, HIGH = 0.5, 1.05
"""Heights of the low and the other parapets."""
WATER = frozenset(
    {
        "harbour",
        "harbor",
        "port",
        "sea",
        "cannery",
        "dock",
        "docks",
        "wharf",
        "boat",
        "boats",
        "ferry",
        "pier",
        "bay",
        "coast",
    }
)
BRICK = srgb("#7d5343")
CONCRETE = srgb("#8f8b83")


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A rooftop. `words`: city, village, harbour, cannery ... steer the view."""
    b = SetBuild(SetKind.ROOFTOP, seed, seats_needed, words)
    _roof(b)
    _parapets(b)
    _hut(b)
    _machines(b)
    _town(b)
    _people(b)
    w, d = WIDTH - 0.9, DEPTH - 0.9
    return b.plan(rectangle(w, d), None, interior=False)


def _roof(b: SetBuild) -> None:
    """Roofing felt in lapped strips, stained, with a walkway of slabs."""
    seed = int(b.rng.integers(1 << 30))
    strips = []
    n = 13
    for k in range(n):
        x0, x1 = -WIDTH / 2 + k * WIDTH / n, -WIDTH / 2 + (k + 1) * WIDTH / n
        grid = np.array(
            [
                [(x, y, 0.004 * (k % 2)) for x in np.linspace(x0, x1 + 0.06, 7)]
                for y in np.linspace(-DEPTH / 2, DEPTH / 2, 56)
            ]
        )
        s = sheet(grid, roughness=0.92, part="felt")
        x, y = s.vertices[:, 0].astype(float), s.vertices[:, 1].astype(float)
        puddle = step(0.25, 0.5, fbm(x / 2.6, y / 2.6, seed, 3))
        color = blend(srgb("#6f6d69"), srgb("#57565a"), 0.5 + 0.8 * fbm(x / 1.6, y / 1.6, seed + 1, 4))
        color = blend(color, srgb("#3c3d41"), 0.6 * puddle) * (1 + 0.05 * ((k * 7) % 3 - 1))
        strips.append(s.painted(color.astype(np.float32)))
    b.add("set/roof", strips, z=-0.004, blocks=False)
    slabs = [(x, -1.9 + 0.02 * (i % 3), -0.02) for i, x in enumerate(np.arange(-4.6, 4.7, 0.62))]
    tones = np.array(CONCRETE) * b.rng.uniform(0.85, 1.1, (len(slabs), 1))
    b.add(
        "set/walkway", boxes(slabs, [(0.59, 0.59, 0.045)] * len(slabs), tones, bevel=0.008, part="slab"), blocks=False
    )
    body = [boxes([(0.0, 0.0, STREET_Z)], [(WIDTH + 0.5, DEPTH + 0.5, -STREET_Z - 0.02)], BRICK, part="wall")]
    b.add("set/house", body, blocks=False)
    b.feature("roof", (0.0, 0.0, 0.0), (WIDTH, DEPTH, 0.05), 0.0)


def _parapets(b: SetBuild) -> None:
    """Brick courses under a stone coping."""
    rng = b.rng
    for name, x, y, length, turn, height in (
        ("north", 0.0, DEPTH / 2, WIDTH, 0.0, LOW), ("south", 0.0, -DEPTH / 2, WIDTH, 0.0, HIGH),
        ("east", WIDTH / 2, 0.0, DEPTH, 90.0, HIGH), ("west", -WIDTH / 2, 0.0, DEPTH, 90.0, HIGH),
    ):  # fmt: skip
        courses = int((height - 0.08) / 0.075)
        n = int(length / 0.46)
        k, i = (a.ravel() for a in np.meshgrid(np.arange(courses), np.arange(n)))
        at = np.stack([-length / 2 + (i + 0.5 + 0.5 * (k % 2) - 0.25) * length / n, 0 * k, k * 0.075 - 0.01], -1)
        tones = np.array(BRICK) * rng.uniform(0.78, 1.2, (len(at), 1)) * rng.uniform(0.95, 1.05, (len(at), 3))
        bricks = boxes(at, [(length / n - 0.012, 0.32, 0.066)] * len(at), tones, roughness=0.95, part="brick")
        core = box((length, 0.306, height - 0.08), srgb("#8d877c"), part="mortar")
        m = int(length / 0.9)
        stones = [(-length / 2 + (j + 0.5) * length / m, 0.0, height - 0.085) for j in range(m)]
        coping = boxes(
            stones,
            [(length / m - 0.008, 0.44, 0.085)] * m,
            np.array(srgb("#a39d91")) * rng.uniform(0.88, 1.08, (m, 1)),
            bevel=0.012,
            roughness=0.9,
            part="coping",
        )
        b.add(f"set/parapet {name}", [bricks, core, coping], x, y, turn=turn, word="parapet", surface=height)


def _hut(b: SetBuild) -> None:
    """The stair head: plastered walls, steel door, a bulkhead lamp over it."""
    x, y, w, d, h = -5.2, -1.9, 2.6, 3.0, 2.65
    plaster = srgb("#a49a87")
    # Hollow, with a doorway: who comes out of it has been inside.
    t, gap, above = 0.1, 1.06, 2.14
    side = (d - gap) / 2
    walls = [
        box((t, d, h), plaster, roughness=0.95, part="wall").moved(-(w - t) / 2),
        *(box((w, t, h), plaster, roughness=0.95, part="wall").moved(0, y * (d - t) / 2) for y in (-1, 1)),
        *(box((t, side, h), plaster, roughness=0.95, part="wall").moved((w - t) / 2, y * (d - side) / 2)
          for y in (-1, 1)),
        box((t, gap, h - above), plaster, roughness=0.95, part="wall").moved((w - t) / 2, 0, above),
    ]  # fmt: skip
    roof = box((w + 0.3, d + 0.3, 0.14), srgb("#5b5a58"), bevel=0.02, part="roof").moved(z=h)
    outside = [
        box((0.5, 1.3, 0.08), srgb("#7d7a74"), part="step").moved(w / 2 + 0.25, 0, 0.0),
        box((0.5, 1.3, 0.06), srgb("#5b5a58"), part="canopy").moved(w / 2 + 0.25, 0, 2.38),
    ]
    steel = srgb("#4a4c4b")
    door = [
        *(box((0.06, 0.07, above), steel, part="frame").moved(w / 2, y * (gap - 0.07) / 2, 0.0) for y in (-1, 1)),
        box((0.06, gap, 0.07), steel, part="frame").moved(w / 2, 0, above - 0.07),
        box((0.07, 0.92, 2.04), srgb("#5f3a2b"), bevel=0.008, part="door").moved(w / 2 + 0.01, 0, 0.03),
        box((0.02, 0.8, 0.55), srgb("#6b4433"), part="door").moved(w / 2 + 0.05, 0, 0.25),
        box((0.06, 0.05, 0.16), srgb("#a9a59b"), part="handle").moved(w / 2 + 0.06, 0.36, 0.98),
    ]
    b.add("set/hut", [*walls, roof, *outside], x, y, word="hut")
    b.add("set/hut/door", door, x, y, word="hut")
    b.feature("door", (x + w / 2, y, 1.05), (0.1, 0.95, 2.1))
    b.feature("wall", (x + w / 2, y + 1.0, 1.3), (0.1, 1.0, 2.6))
    b.bulb("door lamp", (x + w / 2 + 0.14, y + 0.78, 2.2), (9.0, 5.6, 2.6), radius=0.085)
    b.spot("door", "door", SpotUse.STAND, (x + w / 2 + 0.75, y), 90.0)
    b.spot("hut wall", "wall", SpotUse.LEAN, (x + w / 2 + 0.3, y + 1.15), 90.0)


def _machines(b: SetBuild) -> None:
    rng = b.rng
    grey = srgb("#8b8e8c")
    for k, (x, y, turn) in enumerate(((5.6, -4.2, 0.0), (3.6, -4.5, 4.0))):
        fan = lathe(
            [(0.42, 0.96), (0.45, 1.02), (0.45, 1.08), (0.4, 1.08), (0.38, 1.0), (0.0, 1.0)],
            srgb("#3b3d3d"),
            segments=22,
            crease_deg=40,
            part="fan",
        )
        fins = boxes(
            [(0.0, 0.482, 0.2 + 0.09 * j) for j in range(8)] + [(0.0, -0.482, 0.2 + 0.09 * j) for j in range(8)],
            [(1.1, 0.02, 0.045)] * 16,
            shade(grey, 0.5),
            part="grille",
        )
        unit = [box((1.3, 0.95, 0.86), grey, bevel=0.02, part="unit").moved(z=0.12), fins, fan]
        feet = boxes(
            [(sx * 0.5, sy * 0.35, 0.0) for sx in (-1, 1) for sy in (-1, 1)],
            [(0.12, 0.12, 0.13)] * 4,
            srgb("#3a3a3a"),
            part="feet",
        )
        b.add(f"set/unit {k + 1}", [*unit, feet], x, y, turn=turn, word="unit", surface=1.0)
    for x, y, s in ((1.2, -5.2, 1.0), (7.2, 0.8, 0.8), (-2.6, 4.6, 0.7)):
        vent = lathe(
            [(0.14, 0), (0.14, 0.7), (0.26, 0.74), (0.28, 0.86), (0.2, 1.0), (0.0, 1.04)],
            srgb("#9a9d9c"),
            segments=18,
            crease_deg=35,
            part="vent",
        ).metal(0.8, 0.4)
        b.add("set/vents", vent.scaled(s), x, y, word="vent")
    _tank(b, 5.9, 3.9)
    mast = [cylinder(0.03, 4.2, srgb("#75787a"), segments=8, part="aerial")]
    mast += [
        tube(
            [(-0.55 + 0.04 * k, 0, 4.0 - 0.28 * k), (0.55 - 0.04 * k, 0, 4.0 - 0.28 * k)],
            0.009,
            srgb("#8d9092"),
            segments=5,
            part="aerial",
        )
        for k in range(6)
    ]
    b.add("set/aerial", mast, -6.9, 2.6, turn=float(rng.uniform(0, 180)), word="aerial")
    crate = [
        box((0.5, 0.36, 0.42), srgb("#7b5a3a"), bevel=0.006, part="crate"),
        box((0.52, 0.38, 0.05), srgb("#8a6947"), part="crate").moved(z=0.4),
    ]
    b.add("set/crate", crate, 1.9, 2.3, turn=18, word="crate", surface=0.45)
    b.spot("crate", "crate", SpotUse.SIT, (1.9, 2.3), 198.0, seat=0.45)
    pipes = [
        tube(
            [(-8.0, -5.6, 0.12), (0.4, -5.6, 0.12), (0.6, -5.5, 0.12), (0.6, -4.2, 0.12), (0.6, -4.0, 0.0)],
            0.05,
            srgb("#77706a"),
            segments=8,
            part="pipe",
        )
    ]
    b.add("set/pipes", pipes, blocks=False)


def _tank(b: SetBuild, x: float, y: float) -> None:
    """A stave water tank on a steel frame."""
    rng = b.rng
    wood = srgb("#6d4f38")
    r, z0, h, n = 1.25, 2.1, 2.5, 30
    a = np.arange(n) / n * 360
    staves: list[Solid] = []
    for k in range(n):
        staves.append(
            box((0.265, 0.06, h), shade(wood, float(rng.uniform(0.75, 1.2))), part="stave")
            .moved(0, -r, z0)
            .turned(z=float(a[k]))
        )
    hoops = [
        tube(
            np.stack([1.29 * np.cos(t := np.linspace(0, 2 * np.pi, 33)[:-1]), 1.29 * np.sin(t), np.full(32, z)], -1),
            0.018,
            srgb("#3a3432"),
            segments=5,
            closed=True,
            part="hoop",
        )
        for z in (z0 + 0.2, z0 + 0.8, z0 + 1.5, z0 + 2.25)
    ]
    cone = lathe(
        [(1.42, z0 + h), (1.36, z0 + h + 0.1), (0.0, z0 + h + 0.95)],
        srgb("#4d4744"),
        segments=24,
        crease_deg=30,
        part="roof",
    )
    deck = cylinder(1.35, 0.08, srgb("#564235"), segments=24, part="deck").moved(z=z0 - 0.08)
    legs = [
        tube(
            [(sx * 0.95, sy * 0.95, 0.0), (sx * 0.85, sy * 0.85, z0 - 0.06)],
            0.06,
            srgb("#4b4a48"),
            segments=8,
            part="leg",
        )
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    braces = [
        tube([(-0.93, s * 0.93, 0.15), (0.87, s * 0.87, z0 - 0.2)], 0.02, srgb("#4b4a48"), segments=5, part="leg")
        for s in (-1, 1)
    ]
    braces += [
        tube([(s * 0.93, 0.93, 0.15), (s * 0.87, -0.87, z0 - 0.2)], 0.02, srgb("#4b4a48"), segments=5, part="leg")
        for s in (-1, 1)
    ]
    b.add("set/water tank", [*staves, *hoops, cone, deck, *legs, *braces], x, y, word="water tank")


def _town(b: SetBuild) -> None:
    """Roofs and facades around and below, a skyline, hills; water to the north where the words say so."""
    rng = b.rng
    seed = int(rng.integers(1 << 30))
    city = bool(b.words & {"city", "downtown", "skyscraper", "metropolis", "manhattan"})
    sea = bool(b.words & WATER)

    def height(x: F64, y: F64) -> F64:
        r = np.hypot(x, y)
        hills = (40 + 50 * fbm(x / 330, y / 330, seed, 3)) * step(350, 1300, r)
        bay = 0 * x
        if sea:
            wiggle = 14 * fbm(x / 60, y / 60, seed + 2, 2)
            bay = step(92, 104, y + wiggle) * (1 - step(300, 330, y + wiggle - 0.25 * np.abs(x)))
            bay = np.maximum(
                bay * (1 - step(230, 270, -x + wiggle)), step(60, 110, x - 0.5 * y + wiggle + 40) * step(92, 104, y)
            )
            hills = np.maximum(hills, (34 + 30 * fbm(x / 120, y / 120, seed + 4, 3)) * step(300, 520, y))
        return STREET_Z + np.maximum(hills, 0) * (1 - bay) - 4.0 * bay

    def color(x: F64, y: F64, z: F64) -> F64:
        town = mottled(srgb("#55534d"), x, y, seed, 0.25, 9.0)
        return blend(town, srgb("#46523a"), step(230, 420, np.hypot(x, y)))

    b.add("set/land", disc(rings_to(1900, 20, 8, 1.16), height, color, segments=110, part="land"), blocks=False)
    if sea:
        b.add(
            "set/sea",
            water_disc(seed, STREET_Z - 1.6, calm=0.7, radius=2200, fine=90.0, center=(0.0, 150.0)),
            blocks=False,
        )
        b.feature("sea", (0.0, 300.0, STREET_Z - 1.6), (800.0, 400.0, 0.5))
        _far_shore(b, height)
    _near_roofs(b)
    _blocks(b, city, sea)
    b.feature("town", (0.0, 60.0, STREET_Z + 6), (200.0, 100.0, 14.0))
    b.feature("skyline", (0.0, 150.0, 0.0), (400.0, 50.0, 40.0))


def _near_roofs(b: SetBuild) -> None:
    """The row across the street, with real facades that look at the roof."""
    rng = b.rng
    for name, y, turn in (("north", 24.0, 0.0), ("south", -24.0, 180.0)):
        x = -46.0
        k = 0
        while x < 46:
            w = float(rng.uniform(9, 14))
            style = Style(
                w,
                int(rng.integers(2, 4 if name == "north" else 5)),
                WALLS[int(rng.integers(8))],
                srgb("#d4cbb8"),
                None,
                3.5,
                3.2,
                11.0,
                bool(rng.random() < 0.5),
                max(2, round(w / 3.0)),
                0.5,
            )
            b.solids.setdefault(f"set/{name} row", []).extend(
                s.turned(z=turn).moved(x + w / 2, y, STREET_Z) for s in front(rng, style, k)
            )
            x += w
            k += 1
    post = roadside.lamp_post()
    for k, x in enumerate((-30.0, -10.0, 10.0, 30.0)):
        b.add("set/street lamps", post, x, 19.0, STREET_Z, blocks=False)
        if k in (1, 2):
            b.bulb(f"street lamp {k}", (x, 19.0, STREET_Z + 4.3), roadside.SODIUM, radius=0.17)


def _blocks(b: SetBuild, city: bool, sea: bool) -> None:
    rng = b.rng
    solids: list[Solid] = []
    for x in np.arange(-180, 181, 21.0):
        for y in np.arange(-190, 260, 23.0):
            if (abs(x) < 50 and -45 < y < 45) or (sea and y > 82) or rng.random() < 0.12:
                continue
            r = float(np.hypot(x, y))
            if city:
                tall = float(rng.gamma(2.2, 9) + 9 + 22 * np.exp(-(((x - 70) / 60) ** 2) - ((y - 150) / 70) ** 2))
            else:
                tall = float(rng.uniform(6, 15)) + (8 if rng.random() < 0.06 else 0)
            size = (float(rng.uniform(11, 18)), float(rng.uniform(10, 17)), min(tall, 70.0))
            facing = (0, 1, 3) if y > 0 else (2, 1, 3)
            wall = shade(WALLS[int(rng.integers(8))], 0.85)
            made = tower(rng, size, wall, lit_share=0.5, faces=facing, glow=1.1, spacing=3.2 if r < 120 else 4.2)
            solids += [
                s.turned(z=float(rng.normal(0, 2))).moved(
                    float(x) + float(rng.normal(0, 1.5)), float(y), STREET_Z - 0.3
                )
                for s in made
            ]
    b.solids["set/town"] = solids
    _street_lights(b, sea)


def _street_lights(b: SetBuild, sea: bool) -> None:
    """Far lamps along the streets of the grid: points of light, on posts too thin to see by day."""
    rng = b.rng
    x, y = (a.ravel() for a in np.meshgrid(np.arange(-169.5, 180, 21.0), np.arange(-178, 250, 23.0)))
    keep = (np.hypot(x, y) > 30) & ~(sea & (y > 84))
    n = int(keep.sum())
    feet = np.stack([x[keep] + rng.normal(0, 1, n), y[keep] + rng.normal(0, 1, n), np.full(n, STREET_Z + 6.0)], -1)
    heads = boxes(feet, [(0.55, 0.55, 0.35)] * n, srgb("#8d8a80"), part="street light").glowing((0.9, 0.55, 0.25))
    posts = boxes(feet - np.array([0, 0, 6.3]), [(0.09, 0.09, 6.3)] * n, srgb("#3a3a3a"), part="post")
    b.add("set/street lights", [heads, posts], blocks=False)


def _far_shore(b: SetBuild, height: Heights) -> None:
    """Houses on the slope across the bay with their lights, and a boat that comes in."""
    rng = b.rng
    kinds = [join(house(rng, float(rng.uniform(8, 13)), 7.0, k % 2 + 1, WALLS[k]), "house") for k in (0, 2, 3, 5)]
    at = np.stack([rng.uniform(-260, 200, 150), 312 + rng.gamma(1.6, 45, 150)], -1)
    ground = on_ground(at, height, 0.4)
    ground = ground[ground[:, 2] > STREET_Z - 0.5]
    for k, kind in enumerate(kinds):
        here = ground[k::4]
        b.solids.setdefault("set/far shore", []).append(scatter(kind, here, rng.normal(0, 15, len(here)), 1.0))
    boat = boats.fishing_boat(srgb("#c9c3b4"), 13.0)
    lamp = boxes([(-1.2, 0, 6.4), (1.3, 0, 4.0)], [(0.3, 0.3, 0.3)] * 2, srgb("#cccccc"), part="lamp").glowing(
        (1.2, 0.9, 0.5)
    )
    b.add("set/boat", [*boat, lamp], 22.0, 140.0, STREET_Z - 2.3, turn=200, word="boat", blocks=False)


def _people(b: SetBuild) -> None:
    y = DEPTH / 2
    for name, x in (("left", -0.55), ("right", 0.55)):
        b.spot(f"parapet {name}", "parapet", SpotUse.SIT, (x, y - 0.02), 0.0, seat=LOW, group="parapet")
    b.spot("parapet far left", "parapet", SpotUse.SIT, (-2.6, y - 0.02), 0.0, seat=LOW)
    b.spot("parapet far right", "parapet", SpotUse.SIT, (2.8, y - 0.02), 0.0, seat=LOW)
    b.pair("roof", (0.0, 0.6), 0.0)
    b.spot("at the parapet", "parapet", SpotUse.STAND, (1.7, y - 0.55), 180.0)
    b.spot("east parapet", "parapet", SpotUse.LEAN, (WIDTH / 2 - 0.35, -1.8), -90.0, seat=HIGH)
    for k, x in enumerate((-2.6, -1.2, 1.4, 3.0)):
        b.spot(f"walkway {k + 1}", "walkway", SpotUse.WALK, (x, -1.9), 90.0, group="walkway", floor=0.025)
    b.pair("corner", (3.6, 1.4), 40.0)
    b.crowd((-WIDTH / 2 + 0.5, -DEPTH / 2 + 0.5, WIDTH / 2 - 0.5, DEPTH / 2 - 0.6), (0.0, 0.6))
