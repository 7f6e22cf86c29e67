"""Car interior: two seats and a bench in a body with roof, doors and pillars, on a road. Glass is left out.

The car faces -Y; the driver sits in the east (left-hand drive). The cabin floor is z = 0, the road `ROAD` below it.
"""

from __future__ import annotations

import numpy as np

from maquette.film.stage import Opening, SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Color, Solid, box, boxes, cushion, cylinder, lathe, quad, rounded_box, sheet, srgb, tube
from maquette.stage.sets.build import SetBuild, rectangle
from maquette.stage.sets.outside import surroundings
from maquette.stage.sets.palette import Palette, choose, mix, shade

ROAD = -0.28
SEAT = 0.3
ROOF = 1.3
BELT = 0.74
"""Height of the doors' upper edge above the cabin floor."""
HALF = 0.76
"""From the middle to the inside of a door."""
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
BLACK = srgb("#222326")
CHROME = srgb("#b4b6b8")


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A four-door car; those who do not fit stand along the road."""
    car = SetBuild(SetKind.CAR, seed, seats_needed, words)
    p = choose(CARS, car.rng, car.words)
    _seats(car, p)
    _dashboard(car, p)
    _wheel(car, p)
    _doors(car, p)
    _frames(car, p)
    _shell(car, p)
    _road(car)
    _spots(car)
    reach = 2.6 if seats_needed <= 20 else 7.0
    return car.plan(rectangle(2 * reach, 2 * reach + 1.0), ROOF)


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
    items = [box((0.44, 0.46, 0.16), BLACK, bevel=0.02, part="seat base"),
             rounded_box((0.36, 0.52, 0.14), color, 0.05, steps=2, roughness=0.6, part="seat").moved(0, -0.02, SEAT - 0.14)]  # fmt: skip
    items += [
        rounded_box((0.09, 0.5, 0.17), second, 0.042, steps=2, roughness=0.6, part="bolster").moved(
            s * 0.215, -0.02, SEAT - 0.14
        )
        for s in (-1, 1)
    ]
    back = [rounded_box((0.36, 0.12, 0.58), color, 0.055, steps=2, roughness=0.6, part="seat"),
            rounded_box((0.3, 0.04, 0.5), second, 0.018, part="seat").moved(0, 0.06, 0.03)]  # fmt: skip
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
    console = [rounded_box((0.2, 0.9, 0.24), BLACK, 0.03, steps=2, part="console").moved(0, -0.2),
               rounded_box((0.19, 0.34, 0.07), p.fabric, 0.03, steps=2, part="armrest").moved(0, 0.06, 0.24),
               tube([(0, -0.42, 0.22), (0, -0.43, 0.34), (0, -0.45, 0.38)], 0.012, CHROME, part="gear stick").metal(),
               cushion((0.05, 0.06, 0.06), p.wood, corner=2, edge=2, roughness=0.3, part="gear stick").moved(0, -0.45, 0.37)]  # fmt: skip
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
    spokes = [tube([(0.04 * np.cos(t), 0.04 * np.sin(t), 0.0), (0.11 * np.cos(t), 0.11 * np.sin(t), -0.008), (0.183 * np.cos(t), 0.183 * np.sin(t), 0.0)], 0.013,
                   CHROME, segments=8, part="spokes").metal(roughness=0.3) for t in np.radians((5.0, 175.0, 270.0))]  # fmt: skip
    column = cylinder(0.035, 0.34, BLACK, segments=14, part="column").moved(z=-0.36)
    stalks = [tube([(0, 0, -0.06), (s * 0.15, 0, -0.05)], 0.008, BLACK, segments=6, part="stalk") for s in (-1, 1)]
    parts = [s.turned(x=-62).moved(0.37, -0.52, 0.6) for s in (rim, hub, *spokes, column, *stalks)]
    car.add("set/steering wheel", parts, word="wheel")
    car.feature("steering wheel", (0.37, -0.52, 0.6), (0.4, 0.2, 0.38))


def _doors(car: SetBuild, p: Palette) -> None:
    """Both sides, wild: lower doors with cards, armrests and handles, sills, pillars and window frames."""
    for side, s in (("east", 1), ("west", -1)):
        items: list[Solid] = []
        for y0, y1 in ((-0.95, 0.28), (0.31, 1.12)):
            run, mid = y1 - y0, (y0 + y1) / 2
            skin = rounded_box((0.09, run, BELT + 0.12), p.wall, 0.04, steps=2, roughness=0.25, part="door skin").moved(
                s * (HALF + 0.1), mid, -0.14
            )
            card = rounded_box(
                (0.045, run - 0.02, BELT - 0.02), mix(p.second, p.fabric, 0.35), 0.02, part="door card"
            ).moved(s * (HALF + 0.03), mid, 0.0)
            pad = rounded_box((0.035, run - 0.2, 0.26), p.fabric, 0.016, steps=2, part="door pad").moved(
                s * (HALF + 0.012), mid, 0.4
            )
            rest = rounded_box(
                (0.09, min(0.5, run - 0.3), 0.06), mix(p.fabric, BLACK, 0.4), 0.025, steps=2, part="armrest"
            ).moved(s * (HALF - 0.015), mid + 0.05, 0.42)
            pull = tube(
                [
                    (s * (HALF - 0.01), mid - 0.24, 0.6),
                    (s * (HALF - 0.035), mid - 0.2, 0.61),
                    (s * (HALF - 0.01), mid - 0.13, 0.6),
                ],
                0.009,
                CHROME,
                segments=8,
                part="door handle",
            ).metal()
            crank = (
                cylinder(0.03, 0.02, CHROME, segments=14, part="door handle")
                .turned(y=-90 * s)
                .metal()
                .moved(s * (HALF - 0.008), mid - 0.3, 0.4)
            )
            outer = tube(
                [
                    (s * (HALF + 0.15), mid + 0.22, 0.56),
                    (s * (HALF + 0.175), mid + 0.25, 0.57),
                    (s * (HALF + 0.175), mid + 0.38, 0.57),
                    (s * (HALF + 0.15), mid + 0.4, 0.56),
                ],
                0.01,
                CHROME,
                segments=8,
                part="door handle",
            ).metal()
            items += [skin, card, pad, rest, pull, crank, outer]
            items.append(
                rounded_box((0.13, run, 0.03), mix(p.second, BLACK, 0.5), 0.012, part="belt").moved(
                    s * (HALF + 0.075), mid, BELT - 0.025
                )
            )
        x = s * (HALF + 0.07)
        top = s * (HALF - 0.05)
        items.append(
            tube(
                [(x, 0.295, BELT - 0.02), (top + s * 0.05, 0.3, 1.02), (top, 0.3, ROOF - 0.01)],
                0.034,
                mix(p.trim, BLACK, 0.7),
                part="pillar",
            )
        )
        rail = [
            (top + s * 0.02, -0.5, ROOF - 0.04),
            (top, -0.2, ROOF),
            (top, 0.3, ROOF + 0.005),
            (top, 0.9, ROOF - 0.02),
            (top + s * 0.02, 1.2, ROOF - 0.13),
        ]
        items.append(tube(rail, 0.032, mix(p.trim, p.wall, 0.8), part="roof rail"))
        belt = tube(
            [(top + s * 0.045, 0.26, 1.05), (top + s * 0.02, 0.22, 0.8), (x - s * 0.1, 0.18, 0.3)],
            0.012,
            BLACK,
            segments=6,
            part="seat belt",
        )
        items.append(belt)
        items.append(box((0.14, 2.1, 0.1), p.wall, bevel=0.02, part="sill").moved(s * (HALF + 0.09), 0.08, -0.2))
        items += [q.moved(s * (HALF + 0.17), -0.72, BELT + 0.03) for q in _wing_mirror(p, s)]
        car.add(f"wall/{side}", items, word="door" if s > 0 else "car door")
        n = (-float(s), 0.0, 0.0)
        for name, y, w in (("front", -0.25, 0.95), ("rear", 0.72, 0.75)):
            car.openings.append(Opening(f"{name} {side} window", (s * (HALF + 0.04), y, 1.0), n, w, 0.44))
    car.feature("window", (HALF + 0.05, -0.25, 1.0), (0.1, 0.95, 0.45))


def _wing_mirror(p: Palette, s: int) -> list[Solid]:
    shell = rounded_box((0.2, 0.08, 0.13), p.wall, 0.035, steps=2, roughness=0.25, part="wing mirror").moved(
        s * 0.12, 0, 0
    )
    face = (
        box((0.16, 0.004, 0.09), (0.6, 0.63, 0.66), part="mirror glass")
        .metal(roughness=0.05)
        .moved(s * 0.12, 0.042, 0.02)
    )
    return [shell, face, tube([(-s * 0.08, 0, 0.0), (s * 0.06, 0, 0.05)], 0.018, BLACK, segments=8, part="wing mirror")]


def _frames(car: SetBuild, p: Palette) -> None:
    """Windscreen and rear-window frames, wild; the inside mirror and visors hang on the front one."""
    front: list[Solid] = []
    w0, w1, y0, y1 = HALF + 0.05, HALF - 0.06, -1.22, -0.52
    for s in (-1, 1):
        front.append(
            tube(
                [(s * w0, y0, BELT - 0.06), (s * (w0 + w1) / 2, (y0 + y1) / 2, 1.02), (s * w1, y1, ROOF - 0.03)],
                0.028,
                mix(p.trim, p.wall, 0.8),
                part="windscreen pillar",
            )
        )
    x = np.linspace(-1, 1, 9)
    front.append(
        tube(
            np.column_stack([x * w1, y1 - 0.06 * (1 - x**2), np.full(9, ROOF - 0.02)]),
            0.028,
            mix(p.trim, p.wall, 0.8),
            part="header",
        )
    )
    front.append(
        tube(np.column_stack([x * w0, y0 - 0.09 * (1 - x**2), np.full(9, BELT - 0.07)]), 0.03, BLACK, part="cowl")
    )
    for s in (-1, 1):
        visor = (
            rounded_box((0.42, 0.16, 0.022), mix(p.accent, p.trim, 0.5), 0.01, part="visor")
            .turned(x=20)
            .moved(s * 0.36, y1 + 0.05, ROOF - 0.05)
        )
        front.append(visor)
        wiper = tube(
            [(s * 0.34 + 0.3, y0 - 0.06, BELT - 0.035), (s * 0.34 - 0.26, y0 - 0.02, BELT - 0.02)],
            0.007,
            BLACK,
            segments=6,
            part="wiper",
        )
        front.append(wiper)
    car.add("wall/south", front, word="windscreen")
    stem = tube([(0, y1 - 0.02, ROOF - 0.03), (0, y1 + 0.02, ROOF - 0.1)], 0.008, BLACK, segments=8, part="mirror")
    shell = rounded_box((0.25, 0.035, 0.07), BLACK, 0.015, part="mirror").moved(0, y1 + 0.02, ROOF - 0.16)
    face = (
        box((0.23, 0.003, 0.055), (0.65, 0.67, 0.7), part="mirror glass")
        .metal(roughness=0.04)
        .moved(0, y1 + 0.039, ROOF - 0.152)
    )
    car.add("wall/south/mirror", [s.turned(z=4) for s in (stem, shell, face)], word="mirror")
    car.openings.append(Opening("windscreen", (0.0, -0.9, 1.0), (0.0, 0.87, -0.5), 1.3, 0.75))
    rear: list[Solid] = [
        rounded_box((2 * HALF, 0.34, 0.03), mix(p.second, BLACK, 0.4), 0.012, part="parcel shelf").moved(0, 1.45, 0.78)
    ]
    for s in (-1, 1):
        rear.append(
            tube(
                [(s * (HALF + 0.05), 1.68, 0.78), (s * HALF, 1.45, 1.05), (s * (HALF - 0.05), 1.18, ROOF - 0.1)],
                0.045,
                p.wall,
                part="rear pillar",
            )
        )
        quarter = np.array(
            [
                [(s * (HALF + 0.06), 1.12, BELT - 0.05), (s * (HALF + 0.06), 1.7, BELT - 0.05)],
                [(s * (HALF - 0.03), 1.12, ROOF - 0.1), (s * (HALF - 0.03), 1.3, ROOF - 0.14)],
            ]
        )
        rear.append(
            sheet(quarter if s > 0 else quarter[:, ::-1], p.wall, thickness=0.03, smooth=False, part="rear pillar")
        )
    rear.append(
        tube(
            np.column_stack([x * (HALF - 0.05), 1.18 + 0.03 * (1 - x**2), np.full(9, ROOF - 0.09)]),
            0.03,
            mix(p.trim, p.wall, 0.8),
            part="header",
        )
    )
    car.add("wall/north", rear, word="rear window", surface=0.81)
    car.openings.append(Opening("rear window", (0.0, 1.42, 1.02), (0.0, -0.85, -0.5), 1.2, 0.5))


def _shell(car: SetBuild, p: Palette) -> None:
    """Roof, bonnet, boot, wings, floor and wheels."""
    xs, ys = np.linspace(-HALF + 0.03, HALF - 0.03, 13), np.linspace(-0.56, 1.22, 15)
    gx, gy = np.meshgrid(xs, ys)
    z = ROOF + 0.045 - 0.06 * (gx / HALF) ** 2 - 0.11 * (np.abs(gy - 0.2) / 1.0) ** 3
    lining = sheet(
        np.stack([gx, gy, z - 0.045], -1)[:, ::-1], mix(p.accent, p.trim, 0.4), roughness=0.95, part="headlining"
    )
    outer = sheet(np.stack([gx, gy, z], -1), p.wall, roughness=0.22, part="roof")
    dome = (
        rounded_box((0.16, 0.1, 0.03), (0.75, 0.73, 0.66), 0.012, part="lampshade")
        .glowing((0.5, 0.42, 0.28))
        .moved(0, 0.25, ROOF - 0.035)
    )
    car.add("set/ceiling", [lining, outer, dome], blocks=False, word="roof")
    car.bulb("dome light", (0.0, 0.25, ROOF - 0.06), (16.0, 12.0, 7.5), radius=0.03, visible=False)
    bx, by = np.meshgrid(np.linspace(-0.86, 0.86, 15), np.linspace(-2.45, -1.2, 11))
    bonnet = 0.6 + 0.045 * np.cos(bx / 0.86 * 1.3) - 0.16 * ((-1.2 - by) / 1.25) ** 2.4
    items = [sheet(np.stack([bx, by, bonnet], -1), p.wall, roughness=0.2, part="bonnet")]
    items += [
        rounded_box((0.16, 1.62, 0.68), p.wall, 0.07, steps=2, roughness=0.22, part="wing").moved(
            s * 0.83, -1.68, -0.13
        )
        for s in (-1, 1)
    ]
    items.append(
        rounded_box((1.74, 0.16, 0.5), p.wall, 0.07, steps=2, roughness=0.22, part="nose").moved(0, -2.46, -0.1)
    )
    items.append(
        rounded_box((1.7, 0.12, 0.1), CHROME, 0.04, steps=2, part="bumper").metal(roughness=0.2).moved(0, -2.56, -0.05)
    )
    items += [
        lathe(
            [(0, 0), (0.09, 0.0), (0.1, 0.03), (0.06, 0.06), (0, 0.07)],
            (0.8, 0.8, 0.76),
            roughness=0.1,
            part="headlight",
        )
        .turned(x=90)
        .moved(s * 0.64, -2.53, 0.24)
        for s in (-1, 1)
    ]
    items.append(rounded_box((1.8, 1.0, 0.86), p.wall, 0.1, steps=2, roughness=0.22, part="boot").moved(0, 2.1, -0.13))
    items.append(box((1.7, 3.6, 0.06), BLACK, part="underbody").moved(0, 0.2, -0.2))
    items.append(
        box((2 * HALF + 0.02, 2.3, 0.02), shade(p.second, 0.5), roughness=1.0, part="carpet").moved(0, 0.1, -0.021)
    )
    for x in (-0.78, 0.78):
        for y in (-1.62, 1.75):
            tyre = lathe(
                [
                    (0.0, 0),
                    (0.2, 0),
                    (0.29, 0.0),
                    (0.315, 0.03),
                    (0.315, 0.15),
                    (0.29, 0.18),
                    (0.2, 0.18),
                    (0.19, 0.15),
                    (0.0, 0.15),
                ],
                BLACK,
                segments=28,
                crease_deg=50,
                part="tyre",
            )
            items.append(tyre.turned(y=90 if x > 0 else -90).moved(x + (0.0 if x > 0 else 0.0), y, ROAD + 0.315))
    car.add("set/car body", items, word="car")
    car.feature("boot", (0, 2.1, 0.4), (1.7, 1.0, 0.8), 0.73)
    car.feature("bonnet", (0, -1.8, 0.6), (1.7, 1.3, 0.1), 0.6)


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
            x, y = (1 if k % 2 else -1) * (1.9 + 0.75 * column), -4.5 + 0.75 * (k // 2)
            if column == 0 and k % 2 and -1.3 < y < 2.2:
                continue
            i += 1
            car.spot(f"open floor {i}", "open floor", SpotUse.STAND, (x, y), -90.0 if x > 0 else 90.0, floor=ROAD)
