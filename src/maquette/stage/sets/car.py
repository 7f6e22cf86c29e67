"""Car interior: two seats and a bench in a body with roof, doors and pillars, on a road. Glass is left out.

The car faces -Y; the driver sits in the east (left-hand drive). The cabin floor is z = 0, the road `ROAD` below it.
"""

from __future__ import annotations

import numpy as np

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Color, Solid, box, boxes, cushion, cylinder, lathe, quad, rounded_box, sheet, srgb, tube
from maquette.stage.sets.build import SetBuild, rectangle
from maquette.stage.sets.car_body import BLACK, CHROME, HALF, ROAD, ROOF, SEAT, doors, frames, shell
from maquette.stage.sets.outside import surroundings
from maquette.stage.sets.palette import Palette, choose, mix

CARS = (
    Palette(
        srgb("#7d2f2a"),
        srgb("#b9b3a6"),
        srgb("#3a3733"),
        srgb("#5d3d28"),
        srgb("#6f4a32"),
        srgb("#4a4640"),
        srgb("#c9bfa5"),
    ),
    Palette(
        srgb("#3d5a66"),
        srgb("#c2c0b8"),
        srgb("#2f3236"),
        srgb("#3a3d42"),
        srgb("#4f565c"),
        srgb("#3a3f45"),
        srgb("#b3b0a6"),
    ),
    Palette(
        srgb("#8c8f8a"),
        srgb("#a9a49a"),
        srgb("#35322f"),
        srgb("#4d3524"),
        srgb("#8a6c4c"),
        srgb("#55483b"),
        srgb("#c4b795"),
    ),
    Palette(
        srgb("#2c3a33"),
        srgb("#bdb6a2"),
        srgb("#33302b"),
        srgb("#4a2f20"),
        srgb("#7c5238"),
        srgb("#3d382f"),
        srgb("#cdbd97"),
    ),
)
CITY = frozenset({"city", "street", "downtown", "taxi", "cab", "town", "traffic"})


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A four-door car; those who do not fit stand along the road."""
    car = SetBuild(SetKind.CAR, seed, seats_needed, words)
    p = choose(CARS, car.rng, car.words)
    _seats(car, p)
    _dashboard(car, p)
    _wheel(car, p)
    doors(car, p)
    frames(car, p)
    shell(car, p)
    _road(car)
    _spots(car)
    reach = 2.6 if seats_needed <= 20 else 7.0
    return car.plan(rectangle(2 * reach, 2 * reach + 2.0), ROOF)


def _seats(car: SetBuild, p: Palette) -> None:
    for x in (0.37, -0.37):
        name = "driver's seat" if x > 0 else "passenger seat"
        front = _bucket(p.fabric, mix(p.fabric, p.second, 0.5), headrest=True)
        car.add(f"set/{name}", front, x, -0.1, word="seat" if x > 0 else "", surface=SEAT)
        car.feature(name, (x, -0.1, 0.5), (0.52, 0.7, 0.9), SEAT)
    bench: list[Solid] = [box((2 * HALF - 0.06, 0.5, 0.16), p.second, part="seat base").moved(0, 0.92)]
    for x in (-0.46, 0.0, 0.46):
        w = 0.46
        bench.append(
            rounded_box((w, 0.54, 0.16), p.fabric, 0.05, steps=2, roughness=0.7, part="back seat").moved(
                x, 0.9, SEAT - 0.14
            )
        )
        bench.append(
            rounded_box((w, 0.14, 0.58), p.fabric, 0.06, steps=2, roughness=0.7, part="back rest")
            .turned(x=-16)
            .moved(x, 1.16, SEAT - 0.02)
        )
    car.add("set/back seat", bench, word="back seat", surface=SEAT)


def _bucket(color: Color, second: Color, *, headrest: bool) -> list[Solid]:
    """A front seat around the middle of its cushion: bolsters, back, headrest."""
    items = [
        box((0.44, 0.46, 0.16), BLACK, bevel=0.02, part="seat base"),
        rounded_box((0.36, 0.52, 0.14), color, 0.05, steps=2, roughness=0.6, part="seat").moved(0, -0.02, SEAT - 0.14),
    ]
    items += [
        rounded_box((0.09, 0.5, 0.17), second, 0.042, steps=2, roughness=0.6, part="bolster").moved(
            s * 0.215, -0.02, SEAT - 0.14
        )
        for s in (-1, 1)
    ]
    back = [
        rounded_box((0.36, 0.12, 0.58), color, 0.055, steps=2, roughness=0.6, part="seat"),
        rounded_box((0.3, 0.04, 0.5), second, 0.018, part="seat").moved(0, 0.06, 0.03),
    ]
    back += [
        rounded_box((0.085, 0.15, 0.52), second, 0.042, steps=2, roughness=0.6, part="bolster").moved(
            s * 0.205, -0.02, 0.02
        )
        for s in (-1, 1)
    ]
    items += [s.turned(x=-15).moved(0, 0.27, SEAT - 0.03) for s in back]
    if headrest:
        pad = (
            rounded_box((0.26, 0.1, 0.17), color, 0.045, steps=2, roughness=0.6, part="headrest")
            .turned(x=-8)
            .moved(0, 0.475, 0.9)
        )
        stems = [
            tube([(s * 0.06, 0.43, 0.8), (s * 0.06, 0.46, 0.95)], 0.007, CHROME, segments=6, part="headrest").metal()
            for s in (-1, 1)
        ]
        items += [pad, *stems]
    return items


def _dashboard(car: SetBuild, p: Palette) -> None:
    """A padded dashboard swept across the cabin, with instruments, radio, glovebox and console."""
    section = [
        (-0.66, 0.3),
        (-0.64, 0.46),
        (-0.66, 0.56),
        (-0.7, 0.635),
        (-0.78, 0.665),
        (-0.95, 0.67),
        (-1.2, 0.68),
        (-1.3, 0.66),
    ]
    xs = np.linspace(-HALF + 0.01, HALF - 0.01, 21)
    grid = [[(x, y + 0.05 * (x / HALF) ** 2 * -1, z) for y, z in section] for x in xs.tolist()]
    top = sheet(np.swapaxes(np.array(grid), 0, 1), mix(p.second, BLACK, 0.5), roughness=0.75, part="dashboard")
    lower = box((2 * HALF - 0.05, 0.4, 0.34), BLACK, part="dashboard").moved(0, -0.92, 0.02)
    hood = rounded_box((0.4, 0.2, 0.09), mix(p.second, BLACK, 0.6), 0.04, steps=2, part="instrument hood").moved(
        0.37, -0.76, 0.63
    )
    items = [top, lower, hood]
    for x, r in ((0.28, 0.05), (0.46, 0.05), (0.37, 0.028)):
        dial = (
            cylinder(r, 0.012, BLACK, segments=20, part="dials")
            .turned(x=72)
            .moved(x, -0.648, 0.62 if r > 0.04 else 0.6)
        )
        rim = (
            lathe([(r, 0), (r + 0.005, 0.006), (r, 0.012)], CHROME, segments=20, part="dials")
            .metal()
            .turned(x=72)
            .moved(x, -0.648, 0.62 if r > 0.04 else 0.6)
        )
        glow = (
            cylinder(r * 0.78, 0.014, srgb("#36536a"), segments=20, part="screen")
            .glowing((0.14, 0.3, 0.42))
            .turned(x=72)
            .moved(x, -0.648, 0.62 if r > 0.04 else 0.6)
        )
        items += [dial, rim, glow]
    trim = mix(p.wood, p.accent, 0.15)
    items.append(rounded_box((0.26, 0.03, 0.2), BLACK, 0.01, roughness=0.3, part="radio").moved(0, -0.66, 0.36))
    items.append(
        box((0.2, 0.006, 0.05), srgb("#2d4a44"), part="screen").glowing((0.2, 0.55, 0.42)).moved(0, -0.643, 0.46)
    )
    items += [
        cylinder(0.016, 0.02, CHROME, segments=12, part="knobs").turned(x=90).metal().moved(0.06 * k, -0.644, 0.41)
        for k in (-1, 0, 1)
    ]
    items.append(
        box((0.42, 0.014, 0.13), mix(p.second, BLACK, 0.35), bevel=0.005, part="glovebox").moved(-0.42, -0.655, 0.36)
    )
    items.append(
        box((2 * HALF - 0.1, 0.012, 0.035), trim, bevel=0.004, roughness=0.3, part="dash trim").moved(0, -0.655, 0.515)
    )
    for x in (-0.66, -0.1, 0.1, 0.66):
        items.append(
            boxes(
                [(x, -0.675, 0.555 + 0.014 * k) for k in range(3)],
                np.tile([0.1, 0.02, 0.006], (3, 1)),
                BLACK,
                part="vents",
            )
        )
    car.add("set/dashboard", items, word="dashboard", surface=0.675)
    car.feature("radio", (0, -0.66, 0.45), (0.26, 0.05, 0.2))
    car.feature("glovebox", (-0.42, -0.66, 0.42), (0.42, 0.05, 0.13))
    console = [
        rounded_box((0.2, 0.9, 0.24), BLACK, 0.03, steps=2, part="console").moved(0, -0.2),
        rounded_box((0.19, 0.34, 0.07), p.fabric, 0.03, steps=2, part="armrest").moved(0, 0.06, 0.24),
        tube([(0, -0.42, 0.22), (0, -0.43, 0.34), (0, -0.45, 0.38)], 0.012, CHROME, part="gear stick").metal(),
        cushion((0.05, 0.06, 0.06), p.wood, corner=2, edge=2, roughness=0.3, part="gear stick").moved(0, -0.45, 0.37),
    ]
    car.add("set/console", console, word="gear stick")
    car.bulb("dash light", (0.0, -0.6, 0.47), (2.0, 4.2, 3.6), radius=0.03, visible=False)


def _wheel(car: SetBuild, p: Palette) -> None:
    """Steering wheel 0.37 m wide, its plane tilted, on its column, and the stalks."""
    a = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    rim = tube(
        np.column_stack([0.185 * np.cos(a), 0.185 * np.sin(a), np.zeros(40)]),
        0.014,
        mix(p.wood, BLACK, 0.55),
        segments=10,
        closed=True,
        part="wheel",
    )
    hub = lathe([(0, -0.03), (0.05, -0.03), (0.065, 0.0), (0.05, 0.02), (0, 0.028)], BLACK, segments=20, part="wheel")
    spokes = [
        tube(
            [
                (0.04 * np.cos(t), 0.04 * np.sin(t), 0.0),
                (0.11 * np.cos(t), 0.11 * np.sin(t), -0.008),
                (0.183 * np.cos(t), 0.183 * np.sin(t), 0.0),
            ],
            0.013,
            CHROME,
            segments=8,
            part="spokes",
        ).metal(roughness=0.3)
        for t in np.radians((5.0, 175.0, 270.0))
    ]
    column = cylinder(0.035, 0.34, BLACK, segments=14, part="column").moved(z=-0.36)
    stalks = [tube([(0, 0, -0.06), (s * 0.15, 0, -0.05)], 0.008, BLACK, segments=6, part="stalk") for s in (-1, 1)]
    parts = [s.turned(x=-62).moved(0.37, -0.52, 0.6) for s in (rim, hub, *spokes, column, *stalks)]
    car.add("set/steering wheel", parts, word="wheel")
    car.feature("steering wheel", (0.37, -0.52, 0.6), (0.4, 0.2, 0.38))


def _road(car: SetBuild) -> None:
    """A straight road along Y with kerbs, dashes and what lines it."""
    z = ROAD + 0.002
    road = quad(
        [(-4.5, -90, z), (3.0, -90, z), (3.0, 90, z), (-4.5, 90, z)], srgb("#4c4c4e"), roughness=0.9, part="road"
    )
    dashes = boxes(
        [(-1.6, y, ROAD) for y in np.arange(-60, 60, 6.0).tolist()],
        np.tile([0.12, 2.6, 0.006], (20, 1)),
        srgb("#c9c6ba"),
        part="marking",
    )
    edges = boxes([(x, 0, ROAD) for x in (-4.3, 2.75)], [(0.12, 160, 0.006)] * 2, srgb("#c9c6ba"), part="marking")
    city = bool(car.words & CITY) or car.rng.random() < 0.35
    around = surroundings(car.rng, ROAD - 0.004, city=city, road=True)
    posts: list[Solid] = []
    for y in np.arange(-48, 49, 16.0).tolist():
        for x, reach in ((-6.0, 1.6), (4.6, -1.6)):
            posts.append(
                tube(
                    [(x, y, ROAD), (x, y, 5.0), (x + reach * 0.3, y, 5.8), (x + reach, y, 6.0)],
                    0.06,
                    srgb("#55585a"),
                    segments=8,
                    part="lamp post",
                )
            )
    car.add("set/outside", [road, dashes, edges, *around, *posts], blocks=False)


def _spots(car: SetBuild) -> None:
    """Four in the car (five at need), the others on the road beside it."""
    car.spot("driver", "wheel", SpotUse.DRIVE, (0.37, -0.1), 0.0, seat=SEAT, group="car")
    car.spot("passenger", "passenger seat", SpotUse.SIT, (-0.37, -0.1), 0.0, seat=SEAT, group="car")
    for name, x in (("back left", 0.44), ("back right", -0.44), ("back middle", 0.0)):
        car.spot(name, "back seat", SpotUse.SIT, (x, 0.9), 0.0, seat=SEAT, group="car")
    car.spot("driver's window", "door", SpotUse.STAND, (1.4, -0.2), -90.0, floor=ROAD, group="beside")
    car.spot("passenger's window", "door", SpotUse.STAND, (-1.4, -0.2), 90.0, floor=ROAD, group="beside")
    car.spot("leaning on the car", "car", SpotUse.LEAN, (1.2, 1.7), 90.0, seat=0.72, floor=ROAD)
    car.spot("before the car", "car", SpotUse.STAND, (0.5, -3.2), 180.0, floor=ROAD)
    car.spot("behind the car", "boot", SpotUse.STAND, (-0.4, 3.1), 0.0, floor=ROAD)
    car.spot("roadside", "open floor", SpotUse.STAND, (2.3, 0.8), -90.0, floor=ROAD, group="roadside")
    car.spot("roadside right", "open floor", SpotUse.STAND, (2.3, -0.6), -90.0, floor=ROAD, group="roadside")
    i = 0
    for column in range(5):
        for k in range(26):
            if len(car.spots) >= max(14, car.seats + 2):
                return
            x, y = (1 if k % 2 else -1) * (1.9 + 0.75 * column), -2.7 + 0.75 * (k // 2)
            if column == 0 and k % 2 and -1.3 < y < 2.2:
                continue
            i += 1
            car.spot(f"open floor {i}", "open floor", SpotUse.STAND, (x, y), -90.0 if x > 0 else 90.0, floor=ROAD)
