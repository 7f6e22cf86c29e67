"""The body of the car: doors, pillars, roof, bonnet and wheels. Sides and window frames are wild."""

from __future__ import annotations

import numpy as np

from maquette.film.stage import Opening
from maquette.stage.mesh import Solid, box, cylinder, lathe, rounded_box, sheet, srgb, tube
from maquette.stage.sets.build import SetBuild
from maquette.stage.sets.palette import Palette, mix, shade

ROAD = -0.28
SEAT = 0.3
ROOF = 1.3
BELT = 0.74
"""Height of the doors' upper edge above the cabin floor."""
HALF = 0.76
"""From the middle to the inside of a door."""
BLACK = srgb("#222326")
CHROME = srgb("#b4b6b8")


def doors(car: SetBuild, p: Palette) -> None:
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
        items.append(tube(rail, 0.032, p.wall, part="roof rail"))
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


def frames(car: SetBuild, p: Palette) -> None:
    """Windscreen and rear-window frames, wild; the inside mirror and visors hang on the front one."""
    front: list[Solid] = []
    w0, w1, y0, y1 = HALF + 0.05, HALF - 0.06, -1.22, -0.52
    for s in (-1, 1):
        front.append(
            tube(
                [(s * w0, y0, BELT - 0.06), (s * (w0 + w1) / 2, (y0 + y1) / 2, 1.02), (s * w1, y1, ROOF - 0.03)],
                0.028,
                p.wall,
                part="windscreen pillar",
            )
        )
    x = np.linspace(-1, 1, 9)
    front.append(
        tube(
            np.column_stack([x * w1, y1 - 0.06 * (1 - x**2), np.full(9, ROOF - 0.02)]),
            0.028,
            p.wall,
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
            p.wall,
            part="header",
        )
    )
    car.add("wall/north", rear, word="rear window", surface=0.81)
    car.openings.append(Opening("rear window", (0.0, 1.42, 1.02), (0.0, -0.85, -0.5), 1.2, 0.5))


def shell(car: SetBuild, p: Palette) -> None:
    """Roof, bonnet, boot, wings, floor and wheels."""
    xs, ys = np.linspace(-HALF + 0.03, HALF - 0.03, 13), np.linspace(-0.56, 1.22, 15)
    gx, gy = np.meshgrid(xs, ys)
    z = ROOF + 0.045 - 0.06 * (gx / HALF) ** 2 - 0.11 * (np.abs(gy - 0.2) / 1.0) ** 3
    inside = np.minimum((1 - np.abs(gx / (HALF - 0.03)) ** 4), 1 - np.abs((gy - 0.33) / 0.89) ** 4)
    lining = sheet(
        np.stack([gx, gy, z - 0.045 * inside - 0.002], -1)[:, ::-1],
        mix(p.accent, p.trim, 0.4),
        roughness=0.95,
        part="headlining",
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
            items.append(tyre.turned(y=90 if x > 0 else -90).moved(x, y, ROAD + 0.315))
    car.add("set/car body", items, word="car")
    car.feature("boot", (0, 2.1, 0.4), (1.7, 1.0, 0.8), 0.73)
    car.feature("bonnet", (0, -1.8, 0.6), (1.7, 1.3, 0.1), 0.6)
