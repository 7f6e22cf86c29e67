"""Shelves, cupboards, books and kitchen units. Origin on the floor or at the back of a wall unit, front towards -Y."""

from __future__ import annotations

import numpy as np

from maquette.stage.mesh import Color, Solid, box, boxes, cylinder, lathe, rounded_box, srgb, tube
from maquette.stage.sets.furniture_seating import BLACK, CHROME
from maquette.stage.sets.furniture_tables import drawers, handle
from maquette.stage.sets.palette import shade

SPINES = tuple(
    srgb(h)
    for h in (
        "#6b2f2a",
        "#2f4a5b",
        "#8a6d3b",
        "#3f5a3f",
        "#c8b58c",
        "#4a3a52",
        "#a9582f",
        "#d8d1bd",
        "#2c3038",
        "#7d8a86",
        "#b59a4c",
        "#59242f",
    )
)
WORKTOP = 0.91


def books(width: float, height: float, depth: float, rng: np.random.Generator, *, fill: float = 0.9) -> list[Solid]:
    """A row of books, spines towards -Y, standing on z = 0 between -width/2 and width/2; the last ones lean."""
    x, feet, sizes, colors = -width / 2, [], [], []
    while x < -width / 2 + width * fill - 0.05:
        t, h = float(rng.uniform(0.014, 0.048)), height * float(rng.uniform(0.62, 0.93))
        if rng.random() < 0.05:
            x += float(rng.uniform(0.03, 0.1))
        d = depth * float(rng.uniform(0.68, 0.9))
        feet.append((x + t / 2, (depth - d) / 2 - 0.01, 0.0))
        sizes.append((t - 0.001, d, h))
        colors.append(np.clip(np.array(SPINES[int(rng.integers(len(SPINES)))]) * rng.uniform(0.7, 1.25), 0, 0.85))
        x += t
    row = boxes(feet, sizes, np.array(colors), bevel=0.003, roughness=0.6, part="books")
    lean = box((0.028, depth * 0.75, height * 0.8), SPINES[int(rng.integers(len(SPINES)))], bevel=0.002, part="books")
    return [row, lean.turned(y=-13).moved(min(x + 0.045, width / 2 - 0.02) - 0.02, 0, 0.004)]


def bookshelf(
    width: float,
    height: float,
    color: Color,
    rng: np.random.Generator,
    *,
    depth: float = 0.3,
    columns: int = 1,
    back: Color | None = None,
) -> list[Solid]:
    """Open shelves full of books, boxes and a few objects; the back stands at y = depth / 2."""
    items = [
        box((width, 0.012, height - 0.06), back or shade(color, 0.75), part="shelf back").moved(
            0, depth / 2 - 0.01, 0.05
        )
    ]
    items.append(box((width - 0.02, depth - 0.03, 0.06), shade(color, 0.8), part="shelf"))
    run = (width - 0.024 * (columns + 1)) / columns
    for j in range(columns + 1):
        x = -width / 2 + 0.012 + j * (run + 0.024)
        items.append(box((0.024, depth, height), color, bevel=0.003, roughness=0.5, part="shelf").moved(x))
    rows = max(2, round(height / 0.36))
    pitch = (height - 0.08) / rows
    for i in range(rows + 1):
        z = 0.06 + i * pitch
        items.append(
            box((width, depth - 0.005, 0.022), color, bevel=0.002, roughness=0.5, part="shelf").moved(z=z - 0.011)
        )
        for j in range(columns if i < rows else 0):
            x = -width / 2 + 0.024 + run / 2 + j * (run + 0.024)
            items += [s.moved(x, 0, z + 0.011) for s in _shelf_filling(run, pitch - 0.03, depth, rng)]
    return items


def _shelf_filling(width: float, height: float, depth: float, rng: np.random.Generator) -> list[Solid]:
    pick = rng.random()
    if pick < 0.68:
        return books(width - 0.02, height, depth, rng, fill=float(rng.uniform(0.6, 0.97)))
    if pick < 0.84:
        row = [s.moved(-width * 0.2) for s in books(width * 0.55, height, depth, rng, fill=0.95)]
        return [*row, *(s.moved(width * 0.3) for s in vase(SPINES[int(rng.integers(len(SPINES)))], height * 0.7))]
    flat = [
        box((0.2, depth * 0.7, 0.03), SPINES[int(rng.integers(len(SPINES)))], bevel=0.003, part="books")
        .turned(z=float(rng.uniform(-9, 9)))
        .moved(-width * 0.2, 0, 0.0305 * k)
        for k in range(4)
    ]
    crate = rounded_box((min(0.3, width * 0.4), depth * 0.8, height * 0.6), srgb("#a58a62"), 0.015, part="basket")
    return [*flat, crate.moved(width * 0.22)]


def vase(color: Color, height: float = 0.24, *, radius: float = 0.0) -> list[Solid]:
    r = radius or height * 0.28
    h = height
    profile = [
        (0, 0),
        (r * 0.55, 0),
        (r * 0.9, h * 0.2),
        (r, h * 0.42),
        (r * 0.75, h * 0.7),
        (r * 0.4, h * 0.85),
        (r * 0.5, h),
        (r * 0.42, h),
        (r * 0.3, h * 0.86),
        (0, h * 0.8),
    ]
    return [lathe(profile, color, segments=20, roughness=0.25, part="vase")]


def wardrobe(width: float, color: Color, *, height: float = 2.05, doors: int = 2) -> list[Solid]:
    """A wardrobe with panelled doors."""
    d = 0.58
    items = [
        box((width - 0.05, d - 0.04, 0.07), shade(color, 0.6), part="wardrobe"),
        box((width, d, height - 0.07), color, bevel=0.006, roughness=0.45, part="wardrobe").moved(z=0.07),
        box((width + 0.07, d + 0.06, 0.05), shade(color, 1.05), bevel=0.018, part="wardrobe").moved(z=height),
    ]
    run = width / doors
    for i in range(doors):
        x = -width / 2 + (i + 0.5) * run
        items.append(
            box((run - 0.02, 0.022, height - 0.16), shade(color, 1.06), bevel=0.005, part="front").moved(
                x, -d / 2 - 0.008, 0.1
            )
        )
        for z, h in ((0.2, 0.62), (0.94, height - 1.14)):
            items.append(
                box((run - 0.2, 0.03, h), shade(color, 0.96), bevel=0.012, part="panel").moved(x, -d / 2 - 0.012, z)
            )
        side = -1 if i % 2 else 1
        items.append(handle(0.18, upright=True).moved(x + side * (run / 2 - 0.06), -d / 2 - 0.018, 1.05))
    return items


def sideboard(width: float, color: Color, *, height: float = 0.76, depth: float = 0.42) -> list[Solid]:
    """A low cabinet on legs with sliding fronts."""
    body = drawers(width, depth, height - 0.14, color, rows=2, columns=3, plinth=0.02, part="sideboard")
    feet = [
        cylinder(0.016, 0.15, shade(color, 0.7), segments=10, part="leg").moved(sx * (width / 2 - 0.12), sy * 0.13)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    return [*feet, *(s.moved(z=0.14) for s in body)]


def filing_cabinet(color: Color) -> list[Solid]:
    """Steel, four drawers, 1.32 m high."""
    items = [box((0.46, 0.6, 1.32), color, bevel=0.006, roughness=0.4, part="cabinet")]
    for i in range(4):
        z = 0.05 + i * 0.312
        items.append(
            box((0.42, 0.02, 0.296), shade(color, 1.06), bevel=0.006, roughness=0.4, part="front").moved(0, -0.305, z)
        )
        items.append(handle(0.12).moved(0, -0.313, z + 0.2))
        items.append(box((0.09, 0.004, 0.04), (0.7, 0.69, 0.62), part="label").moved(0, -0.317, z + 0.23))
    return items


def base_unit(
    width: float,
    color: Color,
    top: Color,
    *,
    depth: float = 0.6,
    doors: int = 1,
    drawer: bool = True,
    worktop: bool = True,
) -> list[Solid]:
    """A kitchen base unit: recessed plinth, doors with a shaker frame, a drawer, worktop at `WORKTOP`."""
    items = [
        box((width, depth - 0.08, 0.1), shade(color, 0.35), part="plinth").moved(0, 0.04),
        box((width, depth - 0.03, 0.77), shade(color, 0.9), part="unit").moved(0, 0.01, 0.1),
    ]
    if worktop:
        items.append(
            box((width, depth + 0.02, 0.04), top, bevel=0.004, roughness=0.25, part="worktop").moved(0, -0.01, 0.87)
        )
    y = -depth / 2 + 0.02
    high = 0.55 if drawer else 0.74
    run = width / doors
    for i in range(doors):
        x = -width / 2 + (i + 0.5) * run
        items += [s.moved(x, y, 0.12) for s in shaker(run - 0.008, high, color)]
        side = 1 if (doors == 1 or i % 2 == 0) else -1
        items.append(handle(0.13, upright=True).moved(x + side * (run / 2 - 0.05), y - 0.02, 0.12 + high - 0.13))
    if drawer:
        items.append(
            box((width - 0.008, 0.02, 0.17), color, bevel=0.003, roughness=0.45, part="front").moved(0, y - 0.008, 0.69)
        )
        items.append(handle(0.15).moved(0, y - 0.018, 0.78))
    return items


def shaker(width: float, height: float, color: Color) -> list[Solid]:
    """A framed cupboard door in front of y = 0."""
    panel = box((width - 0.02, 0.014, height - 0.02), shade(color, 0.97), part="front").moved(0, -0.004, 0.01)
    bar = 0.065
    stiles = [
        box((bar, 0.022, height), color, bevel=0.003, roughness=0.45, part="front").moved(s * (width - bar) / 2, -0.008)
        for s in (-1, 1)
    ]
    rails = [
        box((width - 2 * bar, 0.022, bar), color, bevel=0.003, roughness=0.45, part="front").moved(0, -0.008, z)
        for z in (0.0, height - bar)
    ]
    return [panel, *stiles, *rails]


def wall_unit(width: float, color: Color, *, height: float = 0.7, depth: float = 0.34, doors: int = 1) -> list[Solid]:
    """A cupboard to hang: its back is y = 0."""
    items = [box((width, depth, height), shade(color, 0.93), part="unit").moved(0, -depth / 2)]
    run = width / doors
    for i in range(doors):
        x = -width / 2 + (i + 0.5) * run
        items += [s.moved(x, -depth) for s in shaker(run - 0.008, height, color)]
        side = 1 if (doors == 1 or i % 2 == 0) else -1
        items.append(handle(0.12, upright=True).moved(x + side * (run / 2 - 0.05), -depth - 0.02, 0.12))
    return items


def fridge(color: Color = (0.72, 0.72, 0.7), *, height: float = 1.78) -> list[Solid]:
    items = [rounded_box((0.62, 0.6, height), color, 0.03, steps=2, roughness=0.3, part="fridge").moved(z=0.02)]
    for z, h in ((0.06, height * 0.36), (height * 0.36 + 0.08, height * 0.64 - 0.08)):
        items.append(
            rounded_box((0.61, 0.06, h), shade(color, 1.05), 0.022, steps=2, roughness=0.3, part="fridge door").moved(
                0, -0.32, z
            )
        )
    for z in (height * 0.36 - 0.28, height * 0.36 + 0.2):
        items.append(handle(0.3, upright=True).scaled(1.5, 1.5, 1).moved(-0.24, -0.35, z + 0.12))
    return items


def hob_and_oven(color: Color = BLACK) -> list[Solid]:
    """A 0.6 m cooker between base units: oven door, knobs, four burners."""
    items = [
        box((0.6, 0.58, 0.88), shade(CHROME, 0.5), part="cooker").moved(z=0.02),
        box((0.6, 0.6, 0.025), color, bevel=0.004, roughness=0.15, part="hob").moved(0, 0, 0.895),
        rounded_box((0.57, 0.03, 0.5), color, 0.01, roughness=0.15, part="oven door").moved(0, -0.3, 0.17),
        box((0.58, 0.02, 0.12), shade(CHROME, 0.7), bevel=0.004, part="cooker").metal(0.8).moved(0, -0.295, 0.74),
        handle(0.48).moved(0, -0.31, 0.63),
    ]
    for i in range(5):
        knob = cylinder(0.018, 0.02, BLACK, segments=12, part="knob").turned(x=90)
        items.append(knob.moved(-0.22 + 0.11 * i, -0.305, 0.8))
    for x, y, r in ((-0.14, -0.12, 0.09), (0.15, -0.13, 0.07), (-0.14, 0.14, 0.07), (0.15, 0.13, 0.09)):
        cap = [(0, 0), (r * 0.5, 0), (r * 0.5, 0.015), (0, 0.018)]
        items.append(lathe(cap, BLACK, segments=14, crease_deg=40, part="burner").moved(x, y, 0.92))
        bars = boxes([(0, 0, 0.018)] * 2, [(2 * r, 0.01, 0.012), (0.01, 2 * r, 0.012)], BLACK, part="burner")
        items.append(bars.moved(x, y, 0.92))
    return items


def sink_and_tap() -> list[Solid]:
    """A steel sink dropped into a worktop at `WORKTOP`, with a swan-neck tap behind it."""
    rim = [
        box((0.56, 0.03, 0.012), CHROME, bevel=0.004, part="sink").moved(0, s * 0.2, WORKTOP - 0.002) for s in (-1, 1)
    ]
    rim += [
        box((0.03, 0.43, 0.012), CHROME, bevel=0.004, part="sink").moved(s * 0.27, 0, WORKTOP - 0.002) for s in (-1, 1)
    ]
    bowl = box((0.51, 0.38, 0.006), shade(CHROME, 0.35), roughness=0.3, part="sink").moved(z=WORKTOP - 0.003)
    neck = [(0, 0.24, 0), (0, 0.24, 0.24), (0, 0.225, 0.29), (0, 0.18, 0.32), (0, 0.12, 0.31), (0, 0.09, 0.27)]
    tap = tube(neck, 0.013, CHROME, segments=10, part="tap").moved(z=WORKTOP)
    base = cylinder(0.026, 0.05, CHROME, segments=14, part="tap").moved(0, 0.24, WORKTOP)
    lever = tube([(0.02, 0.24, 0.03), (0.09, 0.24, 0.06)], 0.008, CHROME, segments=8, part="tap").moved(z=WORKTOP)
    return [s.metal(roughness=0.25) for s in (*rim, bowl, tap, base, lever)]


def kettle(color: Color = CHROME) -> list[Solid]:
    profile = [(0, 0), (0.085, 0), (0.09, 0.02), (0.075, 0.14), (0.055, 0.19), (0.02, 0.205), (0.015, 0.225), (0, 0.23)]
    spout = tube([(-0.07, 0, 0.1), (-0.11, 0, 0.14), (-0.13, 0, 0.19)], 0.014, color, segments=8, part="kettle")
    grip = tube(
        [(0.05, 0, 0.19), (0.11, 0, 0.2), (0.13, 0, 0.12), (0.085, 0, 0.05)], 0.01, BLACK, segments=8, part="kettle"
    )
    return [
        lathe(profile, color, segments=20, roughness=0.25, part="kettle").metal(roughness=0.25),
        spout.metal(),
        grip,
    ]
