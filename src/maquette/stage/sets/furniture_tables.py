"""Tables, desks, counters with what belongs on them. Origin on the floor, front towards -Y."""

from __future__ import annotations

import numpy as np

from maquette.stage.mesh import Color, Solid, box, boxes, cylinder, lathe, rounded_box, srgb, tube
from maquette.stage.sets.furniture_seating import BLACK, CHROME, legs
from maquette.stage.sets.palette import shade

TABLE = 0.75
COFFEE_TABLE = 0.42
DESK = 0.74
NIGHTSTAND = 0.52


def table(width: float, depth: float, wood: Color, *, height: float = TABLE, round_legs: bool = False) -> list[Solid]:
    """A table with a bevelled top of boards, an apron, and legs set back from the edge."""
    n = max(3, round(depth / 0.2))
    run = depth / n
    rows = [
        box(
            (width, run - 0.002, 0.032),
            shade(wood, 0.96 + 0.08 * (i % 3) / 2),
            bevel=0.004,
            roughness=0.4,
            part="table top",
        ).moved(0, -depth / 2 + (i + 0.5) * run, height - 0.032)
        for i in range(n)
    ]
    apron = [
        box((width - 0.2, 0.022, 0.085), wood, part="apron").moved(0, s * (depth / 2 - 0.1), height - 0.117)
        for s in (-1, 1)
    ]
    apron += [
        box((0.022, depth - 0.2, 0.085), wood, part="apron").moved(s * (width / 2 - 0.1), 0, height - 0.117)
        for s in (-1, 1)
    ]
    if round_legs:
        return [*rows, *apron, *legs(width, depth, height - 0.03, wood, inset=0.1, top=0.032, bottom=0.02)]
    x, y = width / 2 - 0.1, depth / 2 - 0.1
    posts = [
        box((0.065, 0.065, height - 0.032), wood, bevel=0.006, part="leg").moved(sx * x, sy * y)
        for sx in (-1, 1)
        for sy in (-1, 1)
    ]
    return [*rows, *apron, *posts]


def round_table(radius: float, color: Color, *, height: float = TABLE, column: Color = BLACK) -> list[Solid]:
    """A round top on a pedestal."""
    top = [(0, 0), (radius - 0.012, 0), (radius, 0.012), (radius, 0.022), (radius - 0.006, 0.03), (0, 0.03)]
    foot = [
        (0, 0),
        (radius * 0.6, 0),
        (radius * 0.6, 0.012),
        (0.05, 0.05),
        (0.035, 0.08),
        (0.035, height - 0.06),
        (0.12, height - 0.03),
        (0, height - 0.03),
    ]
    return [
        lathe(top, color, segments=36, roughness=0.35, crease_deg=35, part="table top").moved(z=height - 0.03),
        lathe(foot, column, segments=24, crease_deg=40, part="table foot").metal(0.6, 0.4),
    ]


def coffee_table(width: float, depth: float, wood: Color, *, style: int = 0) -> list[Solid]:
    """A low table: 0 oblong with a shelf, 1 round, 2 a slab on splayed legs."""
    h = COFFEE_TABLE
    if style == 1:
        r = depth * 0.62
        top = [(0, 0), (r - 0.01, 0), (r, 0.01), (r, 0.025), (r - 0.008, 0.035), (0, 0.035)]
        items = [lathe(top, wood, segments=40, roughness=0.35, crease_deg=35, part="table top").moved(z=h - 0.035)]
        for k in range(3):
            a = np.radians(120 * k + 30)
            c, s = float(np.cos(a)), float(np.sin(a))
            path = [(r * 0.85 * c, r * 0.85 * s, 0), (r * 0.5 * c, r * 0.5 * s, h - 0.03)]
            items.append(tube(path, 0.02, wood, segments=10, part="leg"))
        return items
    top = rounded_box((width, depth, 0.04), wood, 0.012, roughness=0.35, part="table top").moved(z=h - 0.04)
    if style == 2:
        x, y = width / 2 - 0.12, depth / 2 - 0.1
        splay = [
            tube(
                [(sx * (x + 0.06), sy * (y + 0.05), 0), (sx * x, sy * y, h - 0.03)],
                0.018,
                BLACK,
                segments=8,
                part="leg",
            )
            for sx in (-1, 1)
            for sy in (-1, 1)
        ]
        return [top, *splay]
    shelf = box((width - 0.14, depth - 0.14, 0.02), wood, bevel=0.004, part="shelf").moved(z=0.14)
    return [top, shelf, *legs(width, depth, h - 0.04, wood, inset=0.06, top=0.026, bottom=0.022)]


def drawers(
    width: float,
    depth: float,
    height: float,
    color: Color,
    *,
    rows: int,
    columns: int = 1,
    plinth: float = 0.07,
    knob: Color = CHROME,
    part: str = "drawers",
) -> list[Solid]:
    """A chest: body, set-back plinth, fronts with shadow gaps and knobs."""
    items = [box((width - 0.04, depth - 0.04, plinth), shade(color, 0.6), part=part)]
    items.append(box((width, depth, height - plinth), color, bevel=0.005, roughness=0.45, part=part).moved(z=plinth))
    items.append(
        box(
            (width + 0.03, depth + 0.03, 0.025), shade(color, 1.06), bevel=0.006, roughness=0.4, part=f"{part} top"
        ).moved(z=height - 0.012)
    )
    h, w = (height - plinth - 0.05) / rows, (width - 0.03) / columns
    for i in range(rows):
        for j in range(columns):
            x, z = -width / 2 + 0.015 + (j + 0.5) * w, plinth + 0.015 + i * h
            front = box((w - 0.012, 0.02, h - 0.012), shade(color, 1.08), bevel=0.005, roughness=0.45, part="front")
            items.append(front.moved(x, -depth / 2 - 0.008, z))
            if w > 0.5:
                items += [_knob(knob).moved(x + s * w * 0.28, -depth / 2 - 0.018, z + h / 2) for s in (-1, 1)]
            else:
                items.append(_knob(knob).moved(x, -depth / 2 - 0.018, z + h / 2))
    return items


def _knob(color: Color) -> Solid:
    profile = [(0, 0), (0.007, 0), (0.007, 0.012), (0.014, 0.018), (0.012, 0.026), (0, 0.028)]
    return lathe(profile, color, segments=10, part="knob").metal().turned(x=90)


def handle(length: float = 0.14, color: Color = CHROME, *, upright: bool = False) -> Solid:
    """A bow handle in front of y = 0, centred."""
    p = [(-length / 2, 0, 0), (-length / 2, -0.028, 0), (length / 2, -0.028, 0), (length / 2, 0, 0)]
    bar = tube(p, 0.006, color, segments=6, part="handle").metal(roughness=0.3)
    return bar.turned(y=90) if upright else bar


def desk(width: float, depth: float, wood: Color, frame: Color, *, style: int = 0) -> list[Solid]:
    """A desk, its user at -Y: 0 top on a steel frame with a pedestal, 1 a heavy wooden double-pedestal desk."""
    h = DESK
    if style == 1:
        items = [rounded_box((width, depth, 0.045), wood, 0.012, roughness=0.35, part="desk top").moved(z=h - 0.045)]
        for s in (-1, 1):
            chest = drawers(0.42, depth - 0.12, h - 0.045, shade(wood, 0.92), rows=3, part="desk")
            items += [q.moved(s * (width / 2 - 0.25)) for q in chest]
        items.append(box((width - 0.8, 0.025, 0.45), wood, part="desk").moved(0, depth / 2 - 0.1, h - 0.5))
        return items
    items = [box((width, depth, 0.028), wood, bevel=0.004, roughness=0.45, part="desk top").moved(z=h - 0.028)]
    for s in (-1, 1):
        x = s * (width / 2 - 0.08)
        items += [
            box((0.05, 0.05, h - 0.028), frame, bevel=0.004, part="desk frame").moved(x, t * (depth / 2 - 0.1))
            for t in (-1, 1)
        ]
        items.append(box((0.05, depth - 0.2, 0.04), frame, bevel=0.004, part="desk frame").moved(x, 0, h - 0.07))
    items.append(
        box((width - 0.2, 0.02, 0.32), shade(frame, 1.2), part="modesty panel").moved(0, depth / 2 - 0.1, 0.35)
    )
    items += [
        s.moved(width / 2 - 0.34, 0.02) for s in drawers(0.38, 0.5, 0.58, shade(frame, 1.1), rows=3, part="pedestal")
    ]
    return items


def monitor(rng: np.random.Generator, *, width: float = 0.56, lit: bool = True) -> list[Solid]:
    """A screen facing -Y on a foot, showing a few panes of a document."""
    h = width * 0.58
    items = [
        rounded_box((0.2, 0.16, 0.012), BLACK, 0.005, part="monitor"),
        box((0.04, 0.03, 0.16), BLACK, part="monitor").moved(0, 0.04),
        rounded_box((width, 0.03, h), BLACK, 0.008, part="monitor").moved(0, 0.0, 0.13),
    ]
    face = box((width - 0.03, 0.002, h - 0.03), srgb("#1d2833"), roughness=0.2, part="screen").moved(0, -0.0155, 0.145)
    items.append(face.glowing((0.35, 0.5, 0.72)) if lit else face)
    if lit:
        n = 7
        feet = np.column_stack([np.full(n, -width * 0.12), np.full(n, -0.017), 0.17 + np.arange(n) * (h - 0.09) / n])
        size = np.column_stack([rng.uniform(0.2, 0.55, n) * width, np.full(n, 0.001), np.full(n, 0.012)])
        feet[:, 0] = -width * 0.42 + size[:, 0] / 2
        items.append(boxes(feet, size, part="screen").glowing((1.5, 1.7, 1.9)))
        side = boxes([(width * 0.32, -0.017, 0.17)], [(width * 0.22, 0.001, h - 0.09)], part="screen")
        items.append(side.glowing((0.9, 0.75, 0.4)))
    return items


def keyboard() -> list[Solid]:
    n, m = 14, 4
    x, y = np.meshgrid(np.linspace(-0.19, 0.19, n), np.linspace(-0.045, 0.045, m))
    feet = np.column_stack([x.ravel(), y.ravel(), np.full(n * m, 0.014)])
    keys = boxes(feet, np.tile([0.024, 0.024, 0.008], (n * m, 1)), shade(BLACK, 1.8), bevel=0.003, part="keyboard")
    return [rounded_box((0.43, 0.15, 0.018), BLACK, 0.006, part="keyboard"), keys]


def papers(rng: np.random.Generator, n: int = 4) -> list[Solid]:
    """A loose heap of sheets."""
    sheet = box((0.21, 0.297, 0.002), (0.75, 0.74, 0.7), part="paper")
    return [
        sheet.turned(z=float(rng.uniform(-14, 14))).moved(
            float(rng.uniform(-0.02, 0.02)), float(rng.uniform(-0.02, 0.02)), 0.0022 * i
        )
        for i in range(n)
    ]


def desk_phone(color: Color = BLACK) -> list[Solid]:
    """A desk telephone with its handset."""
    body = rounded_box((0.18, 0.2, 0.05), color, 0.015, part="phone").turned(x=8).moved(z=0.005)
    grip = tube([(-0.08, 0, 0.075), (-0.05, 0, 0.09), (0.05, 0, 0.09), (0.08, 0, 0.075)], 0.016, color, part="phone")
    ends = [cylinder(0.026, 0.03, color, segments=12, part="phone").moved(s * 0.08, 0, 0.05) for s in (-1, 1)]
    return [s.moved(y=0.03) for s in (body, grip, *ends)]
