"""Sofas, chairs, stools and beds. Each stands at the origin, its front towards -Y, and knows its seat height."""

from __future__ import annotations

import numpy as np

from maquette.stage.mesh import Color, Solid, box, cushion, cylinder, lathe, rounded_box, sheet, srgb, tube
from maquette.stage.sets.palette import shade

SOFA_SEAT = 0.44
CHAIR_SEAT = 0.46
STOOL_SEAT = 0.75
BOOTH_SEAT = 0.45
BED_TOP = 0.56
CHROME = srgb("#b9bcbf")
BLACK = srgb("#24262a")


def legs(
    width: float,
    depth: float,
    height: float,
    color: Color,
    *,
    inset: float = 0.07,
    top: float = 0.022,
    bottom: float = 0.014,
    part: str = "leg",
) -> list[Solid]:
    """Four turned legs, tapered."""
    leg = lathe([(0, 0), (bottom, 0), (top, height), (0, height)], color, segments=12, crease_deg=40, part=part)
    x, y = width / 2 - inset, depth / 2 - inset
    return [leg.moved(sx * x, sy * y) for sx in (-1, 1) for sy in (-1, 1)]


def sofa(width: float, color: Color, wood: Color, *, seats: int = 3, rolled: bool = False) -> list[Solid]:
    """A sofa 0.92 m deep with loose seat and back cushions; `rolled` arms or square ones."""
    arm = 0.2
    inner = width - 2 * arm
    items = legs(width, 0.92, 0.14, wood, inset=0.1)
    items.append(rounded_box((width - 0.04, 0.86, 0.2), shade(color, 0.92), 0.04, part="sofa base").moved(0, 0.0, 0.12))
    back = rounded_box((width - 0.1, 0.2, 0.62), color, 0.08, steps=2, part="sofa back")
    items.append(back.turned(x=-8).moved(0, 0.35, 0.2))
    for s in (-1, 1):
        x = s * (width - arm) / 2
        items.append(rounded_box((arm, 0.88, 0.46), color, 0.06, steps=2, part="sofa arm").moved(x, 0, 0.13))
        if rolled:
            roll = cylinder(0.125, 0.88, color, segments=20, roughness=0.9, part="sofa arm").turned(x=90)
            items.append(roll.moved(x + s * 0.02, 0.44, 0.56))
    run = inner / seats
    for i in range(seats):
        x = -inner / 2 + (i + 0.5) * run
        tint = shade(color, 1.05 if i % 2 else 1.0)
        seat = cushion((run * 1.005, 0.68, 0.21), tint, corner=9, edge=3.6, part=f"seat cushion {i % 2}")
        items.append(seat.moved(x, -0.1, SOFA_SEAT - 0.17))
        rest = cushion((run * 0.99, 0.48, 0.24), tint, corner=7, edge=2.6, part=f"back cushion {i % 2}")
        items.append(rest.turned(x=72).moved(x, 0.29, SOFA_SEAT + 0.25))
    return items


def armchair(color: Color, wood: Color, *, wing: bool = False) -> list[Solid]:
    """An upholstered armchair, 0.82 m wide."""
    items = legs(0.78, 0.8, 0.2, wood, inset=0.08)
    items.append(rounded_box((0.76, 0.76, 0.18), shade(color, 0.9), 0.05, part="chair base").moved(0, 0, 0.16))
    items.append(cushion((0.56, 0.64, 0.2), color, corner=7, edge=3.4, part="seat cushion").moved(0, -0.07, 0.28))
    height = 0.78 if wing else 0.58
    back = rounded_box((0.7, 0.17, height), color, 0.08, steps=2, part="chair back")
    items.append(back.turned(x=-12).moved(0, 0.26, 0.28))
    items.append(
        cushion((0.5, 0.44, 0.18), shade(color, 1.04), corner=6, part="back cushion").turned(x=74).moved(0, 0.24, 0.68)
    )
    for s in (-1, 1):
        items.append(
            rounded_box((0.14, 0.74, 0.3), color, 0.065, steps=2, part="chair arm").moved(s * 0.35, -0.01, 0.3)
        )
        if wing:
            ear = rounded_box((0.1, 0.3, 0.5), color, 0.05, steps=2, part="chair back")
            items.append(ear.turned(x=-10).moved(s * 0.34, 0.18, 0.56))
    return items


def throw_pillow(color: Color, size: float = 0.44) -> Solid:
    """A square pillow standing on its edge, leaning back a little."""
    return cushion((size, size, 0.15), color, corner=4, edge=1.5, part="pillow").turned(x=68).moved(z=size * 0.44)


def dining_chair(wood: Color, seat: Color, *, style: int = 0) -> list[Solid]:
    """A wooden chair: style 0 with slats, 1 with spindles, 2 with an upholstered back."""
    items: list[Solid] = []
    for s in (-1, 1):
        front = lathe([(0, 0), (0.013, 0), (0.019, 0.44), (0, 0.44)], wood, segments=10, crease_deg=40, part="chair")
        items.append(front.moved(s * 0.19, -0.18))
        post = [(s * 0.185, 0.2, 0.0), (s * 0.18, 0.18, 0.44), (s * 0.178, 0.21, 0.7), (s * 0.172, 0.27, 0.95)]
        items.append(tube(post, 0.017, wood, segments=8, part="chair"))
    for z, y in ((0.38, -0.18), (0.38, 0.18)):
        items.append(box((0.36, 0.02, 0.06), wood, bevel=0.004, part="chair").moved(0, y, z))
    items += [box((0.02, 0.36, 0.06), wood, bevel=0.004, part="chair").moved(s * 0.185, 0, 0.38) for s in (-1, 1)]
    items.append(rounded_box((0.44, 0.43, 0.045), seat, 0.02, part="chair seat").moved(0, -0.01, 0.43))
    if style == 1:
        for i in range(5):
            u = (i - 2) * 0.066
            items.append(
                tube([(u, 0.19, 0.44), (u, 0.215, 0.7), (u, 0.26, 0.9)], 0.008, wood, segments=6, part="chair")
            )
        items.append(box((0.4, 0.022, 0.08), wood, bevel=0.008, part="chair").turned(x=-10).moved(0, 0.262, 0.88))
    elif style == 2:
        items.append(rounded_box((0.38, 0.06, 0.4), seat, 0.03, part="chair back").turned(x=-11).moved(0, 0.19, 0.55))
    else:
        for z, y in ((0.56, 0.196), (0.7, 0.215), (0.84, 0.245)):
            items.append(box((0.36, 0.018, 0.075), wood, bevel=0.006, part="chair").turned(x=-9).moved(0, y, z))
    return items


def office_chair(color: Color) -> list[Solid]:
    """A swivel chair on five castors."""
    items = [
        lathe(
            [(0, 0.08), (0.04, 0.08), (0.028, 0.16), (0.025, 0.42), (0, 0.42)],
            BLACK,
            segments=12,
            crease_deg=40,
            part="chair base",
        )
    ]
    for k in range(5):
        spoke = tube([(0, 0, 0.12), (0.15, 0, 0.1), (0.29, 0, 0.075)], 0.018, BLACK, segments=8, part="chair base")
        castor = cylinder(0.03, 0.045, BLACK, segments=10, part="chair base").turned(x=90).moved(0.29, 0.022, 0.032)
        items += [spoke.turned(z=72 * k), castor.turned(z=72 * k)]
    items.append(cushion((0.5, 0.5, 0.11), color, corner=4.5, edge=3, part="chair seat").moved(0, 0, 0.4))
    back = cushion((0.46, 0.6, 0.1), color, corner=4.5, edge=2.8, part="chair back").turned(x=80)
    items.append(back.moved(0, 0.25, 0.82))
    items.append(tube([(0, 0.1, 0.41), (0, 0.3, 0.43), (0, 0.31, 0.75)], 0.016, BLACK, segments=8, part="chair base"))
    for s in (-1, 1):
        x = s * 0.29
        path = [(x * 0.8, 0.0, 0.44), (x, 0.02, 0.46), (x, 0.04, 0.64)]
        items.append(tube(path, 0.013, BLACK, segments=8, part="chair base"))
        items.append(rounded_box((0.06, 0.26, 0.03), BLACK, 0.013, part="chair arm").moved(x, -0.01, 0.64))
    return items


def bar_stool(wood: Color, seat: Color, *, back: bool = False, chrome: bool = False) -> list[Solid]:
    """A stool 0.75 m high: four wooden legs, or a chrome column."""
    items = [
        lathe(
            [(0, 0), (0.17, 0), (0.185, 0.02), (0.185, 0.05), (0.15, 0.075), (0, 0.08)],
            seat,
            segments=24,
            roughness=0.55,
            crease_deg=50,
            part="stool seat",
        ).moved(z=STOOL_SEAT - 0.08)
    ]
    if chrome:
        column = [(0, 0), (0.2, 0), (0.2, 0.01), (0.04, 0.04), (0.03, 0.06), (0.03, 0.67), (0, 0.67)]
        items.append(lathe(column, CHROME, segments=20, crease_deg=40, part="stool base").metal(roughness=0.2))
        items.append(_ring(0.17, 0.27, CHROME).metal(roughness=0.2))
        rim = lathe([(0.18, 0), (0.193, 0.006), (0.193, 0.03), (0.18, 0.036)], CHROME, segments=24, part="stool rim")
        items.append(rim.metal(roughness=0.2).moved(z=STOOL_SEAT - 0.07))
    else:
        for k in range(4):
            a = np.radians(45 + 90 * k)
            c, s = float(np.cos(a)), float(np.sin(a))
            path = [(0.24 * c, 0.24 * s, 0), (0.12 * c, 0.12 * s, 0.68)]
            items.append(tube(path, 0.018, wood, segments=8, part="stool base"))
        items.append(_ring(0.2, 0.25, wood))
    if back:
        hoop = [(-0.17, 0.08, 0.72), (-0.16, 0.17, 0.95), (0, 0.2, 1.02), (0.16, 0.17, 0.95), (0.17, 0.08, 0.72)]
        items.append(tube(hoop, 0.014, CHROME if chrome else wood, segments=8, part="stool base"))
    return items


def _ring(radius: float, z: float, color: Color) -> Solid:
    a = np.linspace(0, 2 * np.pi, 24, endpoint=False)
    path = np.column_stack([radius * np.cos(a), radius * np.sin(a), np.full(24, z)])
    return tube(path, 0.011, color, segments=6, closed=True, part="stool base")


def booth_bench(width: float, color: Color, base: Color, *, piping: Color | None = None) -> list[Solid]:
    """A diner bench with a channelled back; sits towards -Y, 0.62 m deep, its back 1.1 m high."""
    items = [box((width, 0.5, 0.3), base, bevel=0.006, part="booth base").moved(0, 0.03)]
    seat = rounded_box((width, 0.54, 0.16), color, 0.06, steps=2, roughness=0.4, part="booth seat")
    items.append(seat.moved(0, -0.02, BOOTH_SEAT - 0.16))
    items.append(box((width + 0.02, 0.1, 1.06), base, bevel=0.01, part="booth base").moved(0, 0.28))
    n = max(4, round(width / 0.16))
    tuft = rounded_box((width / n, 0.13, 0.56), color, 0.055, steps=2, roughness=0.4, part="booth back").turned(x=-7)
    items += [tuft.moved(-width / 2 + (i + 0.5) * width / n, 0.18, BOOTH_SEAT - 0.02) for i in range(n)]
    cap = tube(
        [(-width / 2 - 0.01, 0.28, 1.07), (0, 0.28, 1.07), (width / 2 + 0.01, 0.28, 1.07)],
        0.035,
        piping or CHROME,
        part="booth cap",
    )
    items.append(cap if piping else cap.metal(roughness=0.2))
    return items


def bed(
    width: float,
    wood: Color,
    sheet_color: Color,
    blanket: Color,
    pillow: Color,
    rng: np.random.Generator,
    *,
    headboard: int = 0,
) -> list[Solid]:
    """A bed 2.05 m long, head at +Y: frame, mattress, draped duvet, pillows. `headboard` 0 slats, 1 panel, 2 padded."""
    w = width
    items = [box((w + 0.06, 2.06, 0.16), wood, bevel=0.015, part="bed frame").moved(0, 0, 0.16)]
    items += legs(w + 0.06, 2.06, 0.17, wood, inset=0.09, top=0.035, bottom=0.025)
    items.append(rounded_box((w - 0.02, 2.0, 0.24), sheet_color, 0.07, steps=2, part="mattress").moved(0, 0, 0.28))
    high = 1.12
    if headboard == 2:
        for i in range(4):
            pad = rounded_box((w / 4, 0.1, 0.7), blanket, 0.045, steps=2, part="headboard")
            items.append(pad.moved(-w / 2 + (i + 0.5) * w / 4, 1.07, 0.4))
    else:
        items += [
            box((0.07, 0.07, high), wood, bevel=0.015, part="headboard").moved(s * (w / 2), 1.06) for s in (-1, 1)
        ]
        items.append(box((w + 0.1, 0.05, 0.1), wood, bevel=0.02, part="headboard").moved(0, 1.06, high - 0.06))
        if headboard == 1:
            items.append(box((w - 0.05, 0.03, 0.6), wood, bevel=0.006, part="headboard").moved(0, 1.06, 0.45))
        else:
            n = round(w / 0.13)
            bars = [box((0.03, 0.022, 0.62), wood, bevel=0.004, part="headboard") for _ in range(n)]
            items += [b.moved(-w / 2 + (i + 0.5) * w / n, 1.06, 0.45) for i, b in enumerate(bars)]
    items.append(_duvet(w, blanket, rng))
    fold = rounded_box((w + 0.07, 0.3, 0.05), sheet_color, 0.022, steps=2, part="sheet fold")
    items.append(fold.moved(0, 0.32, BED_TOP - 0.008))
    n = 2 if w > 1.2 else 1
    for i in range(n):
        x = (i - (n - 1) / 2) * w * 0.5
        p = cushion((min(0.7, w / n * 0.92), 0.46, 0.2), pillow, corner=4.5, edge=1.8, part=f"pillow {i}")
        items.append(p.turned(x=18, z=float(rng.uniform(-5, 5))).moved(x, 0.72, 0.5))
    return items


def _duvet(width: float, color: Color, rng: np.random.Generator) -> Solid:
    """A cloth over the bed from the feet to the fold: flat and soft on top, hanging in waves at sides and foot."""
    half, drop, top = width / 2 + 0.03, 0.27, BED_TOP
    s = np.concatenate(
        [np.linspace(-half - drop, -half, 8), np.linspace(-half, half, 29)[1:-1], np.linspace(half, half + drop, 8)]
    )
    t = np.concatenate([np.linspace(-1.06 - drop * 0.8, -1.06, 7), np.linspace(-1.06, 0.42, 33)[1:]])
    ss, tt = np.meshgrid(s, t)
    over_x, over_y = np.maximum(np.abs(ss) - half, 0), np.maximum(-1.06 - tt, 0)
    x = np.clip(ss, -half, half)
    y = np.maximum(tt, -1.06)
    phase = rng.uniform(0, 6, 6)
    fold = np.sin(tt * 11 + phase[0]) + 0.6 * np.sin(tt * 23 + phase[1])
    foot = np.sin(ss * 12 + phase[2]) + 0.6 * np.sin(ss * 21 + phase[3])
    x = x + np.sign(ss) * np.where(over_x > 0, 0.03 * (1 - np.exp(-over_x / 0.03)) + 0.05 * over_x * fold, 0)
    y = y - np.where(over_y > 0, 0.03 * (1 - np.exp(-over_y / 0.03)) + 0.06 * over_y * foot, 0)
    soft = 0.014 * np.sin(ss * 5 + 2.2 * tt + phase[4]) * np.sin(tt * 4.2 - ss + phase[5])
    soft += 0.006 * np.sin(ss * 14 - tt * 9 + phase[0]) + 0.005 * np.sin(tt * 17 + ss * 6)
    down = np.hypot(over_x, over_y)
    edge = np.maximum(np.maximum(np.abs(ss) - half + 0.06, -1.0 - tt), 0).clip(0, 0.06)
    z = top + soft * (down == 0) - edge**2 * 4.0 - down
    return sheet(np.stack([x, y, z], -1), color, thickness=0.012, roughness=0.95, part="duvet")
