"""What people carry and wear, light, give and play with."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Color, Solid, box, cylinder, lathe, rounded_box, sheet, sphere, srgb, tube
from maquette.stage.props.parts import (
    BRASS,
    DARK_STEEL,
    DARK_WOOD,
    GOLD,
    RUBBER,
    STEEL,
    circle,
    dim,
    disc,
    plate_with_edge,
    ribbon,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, grip_at, grounded

Words = Sequence[str]
FLAME = (26.0, 13.0, 3.6)


def keys(rng: np.random.Generator, words: Words) -> Prop:
    """Three keys with cut teeth and a fob on a split ring."""
    out: list[Solid] = [
        tube(
            np.column_stack([circle(0.0145, 32), np.full(32, z)]), 0.0011, STEEL, segments=7, closed=True, part="ring"
        ).metal(1.0, 0.2)
        for z in (0.003, 0.0048)
    ]
    metals = (BRASS, STEEL, srgb("#a8703f"))
    for k, turn in enumerate((-38.0, -4.0, 30.0)):
        teeth = [(0.030, -0.0042)]
        x = 0.030
        while x < 0.052:
            depth = float(rng.uniform(-0.0034, 0.0012))
            teeth += [(x + 0.0014, depth), (x + 0.0026, depth), (x + 0.0040, -0.0042)]
            x += 0.0040
        blade = [*teeth, (0.056, -0.0012), (0.056, 0.0018), (0.053, 0.0044), (0.008, 0.0044), (0.008, -0.0042)]
        shape = plate_with_edge(blade, 0.0024, 0.0005, metals[k], part="keys").metal(1.0, 0.3)
        groove = (
            box((0.040, 0.0013, 0.0004), dim(metals[k], 0.45), part="keys").metal(1.0, 0.4).moved(0.032, 0.0016, 0.0023)
        )
        head = sheet(
            [
                np.column_stack([circle(r, 24) * ([1.0, 1.0] if k != 1 else [0.9, 1.15]), np.full(24, z)])
                for r, z in (
                    (0.0036, 0.0),
                    (0.0118, 0.0),
                    (0.0126, 0.0007),
                    (0.0126, 0.0019),
                    (0.0118, 0.0026),
                    (0.0036, 0.0026),
                    (0.0036, 0.0),
                )
            ],
            metals[k],
            closed=True,
            smooth=False,
            part="keys",
        ).metal(1.0, 0.3)
        out += [s.moved(0.0145 + 0.006, 0, 0.0012 + 0.0026 * k).turned(z=turn) for s in (shape, groove, head)]
    fob = plate_with_edge(
        smooth_curve([(0, -0.011), (0.04, -0.013), (0.052, 0.0), (0.04, 0.013), (0, 0.011)], 4),
        0.004,
        0.0014,
        said_colour(words, ("#8e2b27", "#2f4460", "#6a4028"), rng),
        roughness=0.5,
        part="fob",
    )
    link = tube([(0.0145, 0, 0.004), (0.026, 0, 0.004)], 0.0014, STEEL, segments=6, part="ring").metal()
    out += [s.turned(z=170) for s in (link, fob.moved(0.025, 0, 0.002))]
    return grounded(PropKind.KEYS, out, grip_at((0.018, 0.0, 0.003), (-1, 0, 0), (0, 0, 1)))


def lantern(rng: np.random.Generator, words: Words) -> Prop:
    """A storm lantern of 160 x 330 mm: tank, wire guard, glowing chimney, bail handle."""
    color = said_colour(words, ("#8e2b27", "#2f4a3a", "#5c6166", "#9a7a35"), rng)

    def painted(solid: Solid) -> Solid:
        return solid.metal(0.6, 0.35)

    tank = painted(
        lathe(
            [
                (0.0, 0.0),
                (0.068, 0.0),
                (0.072, 0.005),
                (0.072, 0.032),
                (0.062, 0.046),
                (0.030, 0.052),
                (0.030, 0.060),
                (0.036, 0.064),
                (0.036, 0.070),
            ],
            color,
            segments=40,
            part="tank",
            crease_deg=50,
        )
    )
    cap = (
        lathe([(0.0, 0.0), (0.012, 0.0), (0.012, 0.009), (0.0, 0.010)], BRASS, segments=18, part="cap", crease_deg=40)
        .metal(1.0, 0.3)
        .moved(0.047, 0, 0.047)
    )
    chimney = lathe(
        [(0.032, 0.070), (0.045, 0.090), (0.049, 0.112), (0.045, 0.140), (0.036, 0.166), (0.034, 0.176)],
        (0.95, 0.62, 0.28),
        segments=36,
        roughness=0.1,
        part="glass",
    ).glowing((1.9, 1.0, 0.34))
    flame = (
        lathe(
            [(0.0, 0.080), (0.0085, 0.090), (0.0098, 0.102), (0.006, 0.122), (0.0, 0.140)],
            (1, 0.8, 0.4),
            segments=16,
            part="flame",
        )
        .glowing(FLAME)
        .scaled(1.0, 0.6, 1.0)
    )
    front = flame.moved(y=-0.046)
    hood = painted(
        lathe(
            [
                (0.035, 0.174),
                (0.046, 0.180),
                (0.046, 0.190),
                (0.030, 0.196),
                (0.030, 0.214),
                (0.042, 0.220),
                (0.036, 0.234),
                (0.014, 0.244),
                (0.0, 0.246),
            ],
            color,
            segments=36,
            part="hood",
            crease_deg=50,
        )
    )
    vents = [
        box((0.006, 0.002, 0.010), RUBBER, part="vents").moved(0.0302 * np.cos(a), 0.0302 * np.sin(a), 0.200)
        for a in np.linspace(0, 2 * np.pi, 12, endpoint=False)
    ]
    sides = [
        painted(
            tube(
                smooth_curve(
                    [
                        (s * 0.058, 0, 0.045),
                        (s * 0.080, 0, 0.075),
                        (s * 0.082, 0, 0.150),
                        (s * 0.072, 0, 0.205),
                        (s * 0.036, 0, 0.224),
                    ],
                    6,
                ),
                0.0065,
                color,
                segments=10,
                part="frame",
            )
        )
        for s in (-1, 1)
    ]
    guard = [
        tube(
            np.column_stack([circle(r, 32), np.full(32, z)]), 0.0015, DARK_STEEL, segments=6, closed=True, part="guard"
        ).metal(0.9, 0.35)
        for r, z in ((0.053, 0.098), (0.053, 0.132))
    ]
    wires = [
        tube(
            smooth_curve(
                [
                    (0.036 * np.cos(a), 0.036 * np.sin(a), 0.068),
                    (0.053 * np.cos(a), 0.053 * np.sin(a), 0.1),
                    (0.053 * np.cos(a), 0.053 * np.sin(a), 0.13),
                    (0.04 * np.cos(a), 0.04 * np.sin(a), 0.176),
                ],
                4,
            ),
            0.0015,
            DARK_STEEL,
            segments=6,
            part="guard",
        ).metal(0.9, 0.35)
        for a in np.radians((45, 135, 225, 315))
    ]
    bail = tube(
        smooth_curve(
            [
                (-0.083, 0, 0.165),
                (-0.088, 0, 0.24),
                (-0.06, 0, 0.305),
                (0, 0, 0.328),
                (0.06, 0, 0.305),
                (0.088, 0, 0.24),
                (0.083, 0, 0.165),
            ],
            6,
        ),
        0.0024,
        STEEL,
        segments=7,
        part="handle",
    ).metal(1.0, 0.3)
    hold = tube([(-0.028, 0, 0.3265), (0.028, 0, 0.3265)], 0.0065, DARK_WOOD, segments=10, part="handle")
    return grounded(
        PropKind.LANTERN,
        [tank, cap, chimney, flame, front, hood, *vents, *sides, *guard, *wires, bail, hold],
        grip_at((0, 0, 0.327), (1, 0, 0), (0, 0, -1)),
        Carry.HANG,
        flame=(0.0, 0.0, 0.115),
    )


def candle(rng: np.random.Generator, words: Words) -> Prop:
    """A candle in a brass chamberstick, 140 x 190 mm, burning, with runs of wax."""
    wax = said_colour(words, ("#e6dcc0", "#ece6d6"), rng)
    dish = lathe(
        [
            (0.0, 0.003),
            (0.045, 0.0),
            (0.056, 0.004),
            (0.066, 0.014),
            (0.0645, 0.0155),
            (0.054, 0.007),
            (0.018, 0.007),
            (0.016, 0.012),
            (0.0155, 0.036),
            (0.0195, 0.040),
            (0.0185, 0.043),
            (0.0132, 0.043),
        ],
        BRASS,
        segments=40,
        part="stick",
    ).metal(1.0, 0.28)
    ring = tube(
        np.column_stack([np.full(24, 0.0), *circle(0.017, 24).T]) @ np.array([[0.0, 1, 0], [1, 0, 0], [0, 0, 1]])
        + [0.079, 0, 0.020],
        0.0035,
        BRASS,
        segments=8,
        closed=True,
        part="stick",
    ).metal(1.0, 0.28)
    top = 0.155 if "stub" not in words else 0.085
    body = lathe(
        [
            (0.0125, 0.028),
            (0.0122, top - 0.006),
            (0.0110, top),
            (0.0085, top - 0.001),
            (0.004, top - 0.004),
            (0.0, top - 0.0045),
        ],
        wax,
        segments=28,
        roughness=0.4,
        part="wax",
    )
    warm = (
        lathe(
            [(0.0123, top - 0.024), (0.01225, top - 0.006), (0.0111, top + 0.0002)],
            (0.95, 0.75, 0.45),
            segments=28,
            roughness=0.4,
            part="wax",
        )
        .glowing((0.85, 0.42, 0.12))
        .scaled(1.004, 1.004, 1)
    )
    runs: list[Solid] = []
    for a in rng.uniform(0, 2 * np.pi, 5):
        low = top - float(rng.uniform(0.03, 0.10))
        path = [
            (0.0118 * np.cos(a), 0.0118 * np.sin(a), top - 0.001),
            (0.0128 * np.cos(a), 0.0128 * np.sin(a), top - 0.014),
            (0.0129 * np.cos(a), 0.0129 * np.sin(a), low),
        ]
        runs += [
            tube(path, 0.0021, wax, segments=6, roughness=0.4, part="wax"),
            sphere(0.0032, wax, segments=8, roughness=0.4, part="wax").moved(*path[-1]),
        ]
    wick = tube([(0, 0, top - 0.004), (0.0006, 0, top + 0.008)], 0.0009, RUBBER, segments=6, part="wick")
    outer = lathe(
        [(0.0, top + 0.004), (0.0048, top + 0.011), (0.0056, top + 0.018), (0.0036, top + 0.030), (0.0, top + 0.044)],
        (1, 0.75, 0.35),
        segments=16,
        part="flame",
    ).glowing(FLAME)
    return grounded(
        PropKind.CANDLE,
        [dish, ring, body, warm, *runs, wick, outer],
        grip_at((0.0, 0, 0.030), (0, 0, 1), (0, 1, 0)),
        Carry.LEVEL,
        flame=(0.0, 0.0, top + 0.02),
    )


def cigarette(rng: np.random.Generator, words: Words) -> Prop:
    """A lit cigarette of 84 mm with filter, ash and ember; a cigar is thicker and brown."""
    cigar = bool({"cigar", "cheroot"} & set(words))
    r, long = (0.0082, 0.12) if cigar else (0.0039, 0.084)
    body = srgb("#5b3722") if cigar else srgb("#ece8df")
    parts = [lathe([(0.0, 0.0), (r, 0.0005), (r, 0.026)], srgb("#5b3722") if cigar else srgb("#c28a4c"), segments=18, roughness=0.9, part="filter", crease_deg=50), lathe([(r, 0.026), (r, long - 0.012)], body, segments=18, roughness=0.9, part="paper"),
             lathe([(r * 1.005, long - 0.013), (r * 0.98, long - 0.0105)], (0.9, 0.25, 0.05), segments=18, part="ember").glowing((5.0, 1.0, 0.15)), lathe([(r * 0.97, long - 0.0105), (r * 0.9, long - 0.004), (r * 0.6, long), (0.0, long + 0.0005)], srgb("#8f8c88"), segments=14, roughness=1.0, part="ash")]  # fmt: skip
    parts += [
        lathe([(r * 1.004, z), (r * 1.004, z + 0.0006)], srgb("#b5893d"), segments=18, part="band")
        for z in ((0.03, 0.036) if cigar else (0.0255, 0.027))
    ]
    specks = [
        sphere(0.00035, srgb("#8a5a2a"), segments=6, part="filter").moved(r * np.cos(a), r * np.sin(a), z)
        for a, z in zip(rng.uniform(0, 6.28, 16), rng.uniform(0.003, 0.022, 16), strict=True)
    ]
    return grounded(
        PropKind.CIGARETTE,
        [s.turned(y=90).moved(z=r) for s in (*parts, *specks)],
        grip_at((0.012, 0, r), (0, 1, 0), (1, 0, 0)),
    )


def lighter(rng: np.random.Generator, words: Words) -> Prop:
    """A flip-top petrol lighter of 38 x 57 mm, open, flame lit; a matchbox when asked."""
    if {"matchbox", "matches"} & set(words):
        sleeve = box((0.056, 0.036, 0.016), srgb("#b5442f"), bevel=0.0006, part="box")
        tray = box((0.053, 0.033, 0.013), srgb("#c9b48a"), part="box").moved(x=0.014, z=0.0015)
        strike = [
            box((0.056, 0.0006, 0.011), srgb("#3a2a24"), part="box").moved(y=s * 0.0181, z=0.0025) for s in (-1, 1)
        ]
        art = [
            ribbon(circle(0.010, 5), 0.003, 0.0163, srgb("#e6d9b0"), closed=True),
            box((0.044, 0.004, 0.0003), srgb("#e6d9b0"), part="print").moved(y=-0.013, z=0.016),
        ]
        sticks = [
            s
            for k in range(3)
            for s in (
                tube(
                    [(0.03, -0.01 + 0.007 * k, 0.0155), (0.046 + 0.003 * k, -0.01 + 0.007 * k, 0.0155)],
                    0.0011,
                    srgb("#d9c08f"),
                    segments=5,
                    part="matches",
                ),
                sphere(0.0018, srgb("#9b2c2c"), segments=8, part="matches").moved(
                    0.047 + 0.003 * k, -0.01 + 0.007 * k, 0.0155
                ),
            )
        ]
        return grounded(
            PropKind.LIGHTER, [sleeve, tray, *strike, *art, *sticks], grip_at((0, 0, 0.008), (0, 1, 0), (1, 0, 0))
        )
    metal = said_colour(words, ("#b9bcbf", "#c29a4b"), rng)
    case = rounded_box((0.038, 0.013, 0.036), metal, 0.0035, steps=2, part="case").metal(1.0, 0.18)
    lid = (
        rounded_box((0.038, 0.013, 0.020), metal, 0.0035, steps=2, part="lid")
        .metal(1.0, 0.18)
        .moved(x=-0.019)
        .turned(y=-118)
        .moved(x=0.0195 - 0.0385, z=0.038)
    )
    hinge = tube([(-0.019, -0.004, 0.0365), (-0.019, 0.004, 0.0365)], 0.0016, metal, segments=8, part="hinge").metal()
    chimney = (
        box((0.016, 0.0105, 0.016), dim(metal, 0.8), bevel=0.0008, part="chimney")
        .metal(1.0, 0.3)
        .moved(x=0.003, z=0.035)
    )
    holes = [
        disc(0.0016, 0.0, RUBBER, segments=10, part="chimney").turned(x=90).moved(0.003 + dx, -0.0054, 0.041 + dz)
        for dx in (-0.005, 0, 0.005)
        for dz in (0.0, 0.005)
    ]
    wheel = (
        cylinder(0.0042, 0.006, dim(STEEL, 0.6), segments=16, part="wheel")
        .metal(1.0, 0.5)
        .turned(x=90)
        .moved(0.014, 0.003, 0.041)
    )
    flame = (
        lathe(
            [(0.0, 0.0), (0.0042, 0.006), (0.0046, 0.012), (0.003, 0.022), (0.0, 0.034)],
            (1, 0.75, 0.35),
            segments=14,
            part="flame",
        )
        .glowing(FLAME)
        .moved(0.002, 0, 0.050)
    )
    line = (
        ribbon(
            np.array([(-0.012, 0.006), (0.012, 0.006), (0.012, 0.028), (-0.012, 0.028)]),
            0.0005,
            0.0,
            dim(metal, 0.5),
            closed=True,
            part="case",
        )
        .turned(x=90)
        .moved(y=-0.0067)
    )
    return grounded(
        PropKind.LIGHTER,
        [case, lid, hinge, chimney, *holes, wheel, flame, line],
        grip_at((0, 0, 0.018), (0, 0, 1), (0, 1, 0)),
        Carry.LEVEL,
        flame=(0.002, 0.0, 0.065),
    )


def umbrella(rng: np.random.Generator, words: Words) -> Prop:
    """A furled umbrella of 880 mm lying down, crook handle; open, 1 m wide, when the script says so."""
    color = said_colour(words, ("#1d1d1f", "#22304f", "#8e2b27", "#2f5a3f"), rng)
    opened = bool({"open", "opened", "under", "parasol"} & set(words))
    hook = smooth_curve(
        [
            (0, 0, 0.12),
            (0, 0, 0.055),
            (0.0, 0.004, 0.03),
            (0.0, 0.024, 0.008),
            (0.0, 0.052, 0.012),
            (0.0, 0.064, 0.036),
            (0.0, 0.064, 0.05),
        ],
        6,
    )
    handle = tube(hook, 0.0095, DARK_WOOD, segments=12, roughness=0.35, part="handle")
    collar = lathe([(0.0105, 0.118), (0.0112, 0.122), (0.0105, 0.136)], GOLD, segments=18, part="collar").metal(
        1.0, 0.25
    )
    shaft = tube([(0, 0, 0.12), (0, 0, 0.86)], 0.0048, STEEL, segments=10, part="shaft").metal(1.0, 0.25)
    tip = lathe(
        [(0.0062, 0.82), (0.0055, 0.85), (0.0038, 0.875), (0.0, 0.88)], DARK_STEEL, segments=14, part="tip"
    ).metal(0.9, 0.3)
    if opened:
        a = np.linspace(0, 2 * np.pi, 64, endpoint=False)
        sag = 0.5 - 0.5 * np.cos(8 * a)
        rings = []
        for t in np.linspace(0.01, 1, 10):
            r = 0.50 * t * (1 - 0.07 * sag * t**2)
            rings.append(
                np.stack([r * np.cos(a), r * np.sin(a), np.full(64, 0.84) - 0.20 * t**2 + 0.016 * sag * t**3], -1)
            )
        panel = np.where((np.arange(64) // 8) % 2 == 0, 1.0, 0.86)
        cloth = sheet(rings[::-1], color, closed=True, thickness=0.0015, roughness=0.7, part="cloth")
        count = len(rings) * 64
        shade = np.tile(panel, len(rings))
        tinted = cloth.color.copy()
        tinted[:count] *= shade[: min(count, len(tinted)), None].astype(np.float32)
        from dataclasses import replace

        cloth = replace(cloth, color=tinted)
        ribs = [
            tube(
                smooth_curve(
                    [
                        (0, 0, 0.835),
                        (0.25 * np.cos(b), 0.25 * np.sin(b), 0.783),
                        (0.497 * np.cos(b), 0.497 * np.sin(b), 0.634),
                    ],
                    5,
                ),
                0.002,
                DARK_STEEL,
                segments=5,
                part="ribs",
            ).metal()
            for b in np.linspace(0, 2 * np.pi, 8, endpoint=False)
        ]
        stays = [
            tube(
                [(0.006 * np.cos(b), 0.006 * np.sin(b), 0.60), (0.25 * np.cos(b), 0.25 * np.sin(b), 0.779)],
                0.0016,
                DARK_STEEL,
                segments=5,
                part="ribs",
            ).metal()
            for b in np.linspace(0, 2 * np.pi, 8, endpoint=False)
        ]
        return grounded(
            PropKind.UMBRELLA,
            [handle, collar, shaft, tip, cloth, *ribs, *stays],
            grip_at((0, 0, 0.085), (0, 0, 1), (0, 1, 0)),
            Carry.LEVEL,
        )
    z = np.linspace(0.21, 0.82, 22)
    a = np.linspace(0, 2 * np.pi, 33)[:-1]
    lobes = 1 + 0.22 * np.abs(np.sin(4 * a[None, :] + 7 * (z[:, None] - 0.2)))
    radius = 0.008 + 0.0215 * np.sin(np.pi * np.clip((z - 0.16) / 0.98, 0, 1)) ** 0.8 * (1 - 0.72 * (z - 0.21) / 0.61)
    r = radius[:, None] * lobes
    cloth = sheet(
        np.stack([r * np.cos(a), r * np.sin(a), np.broadcast_to(z[:, None], r.shape)], -1),
        color,
        closed=True,
        roughness=0.75,
        part="cloth",
    )
    hem = sheet(
        np.stack(
            [(r * 1.03)[:2] * np.cos(a), (r * 1.03)[:2] * np.sin(a), np.broadcast_to(z[:2, None] - 0.002, (2, 32))], -1
        ),
        dim(color, 0.55),
        closed=True,
        part="cloth",
    )
    strap = lathe(
        [(0.0315, 0.34), (0.0325, 0.344), (0.0325, 0.356), (0.0315, 0.36)], dim(color, 0.6), segments=24, part="strap"
    )
    stud = sphere(0.0042, STEEL, segments=10, part="strap").metal().moved(y=-0.033, z=0.35)
    ends = [
        sphere(0.0032, DARK_STEEL, segments=8, part="ribs").metal().moved(0.026 * np.cos(b), 0.026 * np.sin(b), 0.205)
        for b in np.linspace(0, 2 * np.pi, 8, endpoint=False)
    ]
    laid = [
        s.turned(x=-90).turned(z=-90).moved(z=0.03)
        for s in (handle, collar, shaft, tip, cloth, hem, strap, stud, *ends)
    ]
    return grounded(PropKind.UMBRELLA, laid, grip_at((0.085, 0, 0.03), (-1, 0, 0), (0, 0, 1)))


def hat(rng: np.random.Generator, words: Words) -> Prop:
    """A felt fedora of 330 x 290 x 135 mm with band and pinch."""
    color = said_colour(words, ("#5c4632", "#4a4d52", "#2b2a2b", "#7a6a52"), rng)
    a = np.linspace(0, 2 * np.pi, 49)[:-1]
    c, s = np.cos(a), np.sin(a)
    front = np.clip(-s, 0, 1)
    profile = [
        (0.165, 0.012),
        (0.150, 0.004),
        (0.120, 0.0015),
        (0.100, 0.006),
        (0.0935, 0.022),
        (0.092, 0.055),
        (0.086, 0.100),
        (0.074, 0.124),
        (0.055, 0.128),
        (0.030, 0.114),
        (0.006, 0.104),
    ]
    rings = []
    for k, (r, z) in enumerate(profile):
        brim = np.clip((r - 0.095) / 0.07, 0, 1)
        zz = z + brim * (0.020 * c**2 - 0.014 * front)
        pinch = np.clip((z - 0.05) / 0.07, 0, 1) * (k < 10)
        x = r * 0.90 * c * (1 - 0.26 * pinch * front**2)
        y = r * 1.06 * s
        top = (k >= 7) * (0.010 * front - 0.004)
        rings.append(np.stack([x, y, zz + top], -1))
    felt = sheet(rings, color, closed=True, thickness=0.0022, roughness=0.95, part="felt")
    band_rings = [
        np.stack([rr * 0.905 * c, rr * 1.066 * s, np.full(48, z)], -1)
        for rr, z in ((0.0975, 0.012), (0.0945, 0.022), (0.0928, 0.046))
    ]
    band = sheet(band_rings, dim(color, 0.3), closed=True, roughness=0.5, part="band")
    bow = [
        plate_with_edge(
            [(0, 0.004), (s_ * 0.020, 0.012), (s_ * 0.020, -0.012), (0, -0.004)][:: int(s_)],
            0.003,
            0.0008,
            dim(color, 0.26),
            part="band",
        )
        .turned(x=90)
        .turned(z=90)
        .moved(0.0885, 0, 0.03)
        for s_ in (1, -1)
    ]
    return grounded(PropKind.HAT, [felt, band, *bow], grip_at((0.135, 0, 0.01), (0, 1, 0), (-1, 0, 0)))


def ring(rng: np.random.Generator, words: Words) -> Prop:
    """A gold ring of 21 mm, with a cut stone for an engagement ring."""
    metal = STEEL if {"silver", "platinum"} & set(words) else GOLD
    wide = 0.0022 if {"engagement", "diamond"} & set(words) else 0.0046
    r = 0.0092
    profile = [
        (r, -wide / 2),
        (r + 0.0012, -wide / 2 + 0.0004),
        (r + 0.0016, 0.0),
        (r + 0.0012, wide / 2 - 0.0004),
        (r, wide / 2),
        (r - 0.0003, 0.0),
        (r, -wide / 2),
    ]
    band = lathe(profile, metal, segments=64, part="band").metal(1.0, 0.12)
    solids = [band.turned(x=90).moved(z=r + 0.0016)]
    if {"engagement", "diamond", "ruby", "emerald", "stone"} & set(words):
        gem = said_colour((), ("#dfeaf0",), rng) if "ruby" not in words else srgb("#a3122c")
        stone = lathe(
            [(0.0, -0.0032), (0.0033, 0.0), (0.0030, 0.0008), (0.0019, 0.0014), (0.0, 0.0014)],
            gem,
            segments=8,
            smooth=False,
            roughness=0.03,
            part="stone",
        )
        prongs = [
            tube(
                [(0.0012 * np.cos(b), 0.0012 * np.sin(b), -0.0034), (0.0033 * np.cos(b), 0.0033 * np.sin(b), 0.0006)],
                0.0004,
                metal,
                segments=5,
                part="setting",
            ).metal(1.0, 0.15)
            for b in np.radians((45, 135, 225, 315))
        ]
        solids += [s.moved(z=2 * r + 0.0062) for s in (stone, *prongs)]
    return grounded(PropKind.RING, solids, grip_at((0, 0, r), (0, 1, 0), (1, 0, 0)))


def flowers(rng: np.random.Generator, words: Words) -> Prop:
    """A wrapped bouquet of 480 mm lying down; a single stemmed rose when the script names one."""
    single = {"rose", "tulip", "lily", "flower"} & set(words) and not {"bouquet", "bunch"} & set(words)
    petals = (
        ("#b3282b", "#d78ea3", "#e6c24a", "#e9e2d6", "#8a63a8")
        if "roses" not in words and "rose" not in words
        else ("#b3282b", "#9f1d34")
    )
    out: list[Solid] = []
    heads = (
        [(0.0, 0.0, 0.0)]
        if single
        else [
            (0.075 * np.sqrt(k / 9) * np.cos(2.4 * k), 0.075 * np.sqrt(k / 9) * np.sin(2.4 * k), -0.03 * (k / 9))
            for k in range(10)
        ]
    )
    top = 0.44
    for hx, hy, dz in heads:
        color = said_colour(words, petals, rng)
        out += [s.moved(hx, hy, top + dz) for s in _bloom(rng, color)]
        out.append(
            tube(
                smooth_curve([(hx * 0.12, hy * 0.12, 0.04), (hx * 0.3, hy * 0.3, 0.2), (hx, hy, top + dz)], 5),
                0.0026,
                srgb("#3f6b35"),
                segments=6,
                roughness=0.7,
                part="stems",
            )
        )
    for k in range(3 if single else 12):
        a = float(rng.uniform(0, 2 * np.pi))
        z = 0.22 + 0.05 * k if single else 0.30 + 0.10 * float(rng.random())
        reach = 0.05 if single else 0.095
        out.append(_leaf_blade(a, z, reach, srgb("#4a7a3c")))
    if not single:
        a = np.linspace(-2.6, 2.6, 25)
        cone = [
            np.stack([r * np.sin(a), -r * np.cos(a), z + 0.02 * np.sin(5 * a) * (r / 0.1)], -1)
            for r, z in ((0.018, 0.03), (0.026, 0.12), (0.060, 0.26), (0.098, 0.345))
        ]
        out.append(sheet(cone, srgb("#d9c6a0"), thickness=0.0006, roughness=0.9, part="wrap"))
        out.append(
            lathe(
                [(0.0265, 0.112), (0.0285, 0.12), (0.0280, 0.130)],
                srgb("#8e2b27"),
                segments=24,
                roughness=0.4,
                part="ribbon",
            )
        )
        out += [
            tube(
                smooth_curve(
                    [(0.0, -0.028, 0.12), (s * 0.035, -0.04, 0.14), (s * 0.05, -0.032, 0.115), (0.0, -0.03, 0.12)], 5
                ),
                0.003,
                srgb("#8e2b27"),
                segments=6,
                part="ribbon",
            )
            for s in (-1, 1)
        ]
    laid = [s.turned(x=78).moved(z=0.06) for s in out]
    at = np.array([0.0, -0.12 * np.sin(np.radians(78)), 0.06 + 0.12 * np.cos(np.radians(78))])
    return grounded(
        PropKind.FLOWERS,
        laid,
        grip_at(
            (float(at[0]), float(at[1]), float(at[2])), (0, -np.sin(np.radians(78)), np.cos(np.radians(78))), (1, 0, 0)
        ),
    )


def _bloom(rng: np.random.Generator, color: Color) -> list[Solid]:
    """A rose: whorls of cupped petals around a heart, sepals below."""
    out = [
        lathe(
            [(0.0, -0.006), (0.007, -0.002), (0.009, 0.008), (0.006, 0.020), (0.0, 0.022)],
            dim(color, 0.7),
            segments=10,
            roughness=0.7,
            part="petals",
        )
    ]
    for whorl, (n, r, lean) in enumerate(((3, 0.011, 0.15), (4, 0.018, 0.4), (5, 0.026, 0.75))):
        for k in range(n):
            a = 2 * np.pi * (k + 0.5 * whorl) / n + float(rng.uniform(-0.1, 0.1))
            b = np.linspace(-0.75, 0.75, 5) * (1.25 if whorl == 0 else 1.0)
            rows = []
            for t in np.linspace(0, 1, 5):
                rr = 0.004 + (r - 0.004) * t ** (0.6) + lean * 0.006 * t**3
                width = np.sin(np.pi * (0.15 + 0.75 * t)) ** 0.7
                rows.append(
                    np.stack(
                        [
                            rr * np.cos(a + b * width),
                            rr * np.sin(a + b * width),
                            np.full(5, -0.004 + (0.030 - 0.012 * lean) * t) - 0.004 * (b / 0.75) ** 2 * t,
                        ],
                        -1,
                    )
                )
            out.append(
                sheet(rows, dim(color, float(rng.uniform(0.85, 1.12))), thickness=0.0008, roughness=0.75, part="petals")
            )
    out.append(
        lathe(
            [(0.003, -0.012), (0.0075, -0.007), (0.0095, 0.0)],
            srgb("#4a7a3c"),
            segments=10,
            roughness=0.8,
            part="stems",
        )
    )
    return out


def _leaf_blade(a: float, z: float, reach: float, color: Color) -> Solid:
    t = np.linspace(0, 1, 6)
    mid = np.stack(
        [(0.01 + reach * t) * np.cos(a), (0.01 + reach * t) * np.sin(a), z + 0.04 * np.sin(np.pi * 0.6 * t)], -1
    )
    side = np.array([-np.sin(a), np.cos(a), 0.0]) * (0.017 * np.sin(np.pi * np.clip(t, 0.02, 0.98)))[:, None]
    return sheet(
        np.stack([mid - side, mid + [0, 0, 0.003], mid + side], 1),
        color,
        thickness=0.0005,
        roughness=0.75,
        part="leaves",
    )


def walking_stick(rng: np.random.Generator, words: Words) -> Prop:
    """A crook-handled stick of 900 mm with silver collar and rubber ferrule, lying down."""
    wood = said_colour(words, ("#5a3320", "#3b2a1f", "#7d5433"), rng)
    hook = smooth_curve(
        [
            (0, 0, 0),
            (0, 0, 0.45),
            (0, 0, 0.76),
            (0, 0.004, 0.82),
            (0, 0.03, 0.88),
            (0, 0.075, 0.895),
            (0, 0.105, 0.86),
            (0, 0.106, 0.83),
        ],
        7,
    )
    stick = tube(hook, 0.0105, wood, segments=14, roughness=0.3, part="stick")
    collar = lathe(
        [(0.0112, 0.735), (0.0118, 0.74), (0.0118, 0.758), (0.0112, 0.763)], STEEL, segments=20, part="collar"
    ).metal(1.0, 0.2)
    foot = lathe(
        [(0.0, -0.004), (0.014, -0.004), (0.0135, 0.004), (0.0118, 0.036)],
        RUBBER,
        segments=20,
        roughness=0.8,
        part="ferrule",
    )
    knots = [
        sphere(0.0065, dim(wood, 0.8), segments=8, roughness=0.4, part="stick").moved(
            0.008 * np.cos(b), 0.008 * np.sin(b), zz
        )
        for b, zz in zip(rng.uniform(0, 6.28, 5), rng.uniform(0.12, 0.66, 5), strict=True)
    ]
    laid = [s.turned(x=90).turned(z=90).moved(z=0.0145).turned(x=0) for s in (stick, collar, foot, *knots)]
    low = [s.turned(x=0) for s in laid]
    return grounded(PropKind.WALKING_STICK, low, grip_at((0.885, 0.0, 0.075), (0, 0, 1), (1, 0, 0)))


def teddy(rng: np.random.Generator, words: Words) -> Prop:
    """A sitting plush bear of 280 mm: snout, stitched nose, button eyes, paw pads, scarf."""
    fur = said_colour(words, ("#a9783f", "#8a5f3a", "#c7a06a"), rng)
    pale, dark = dim(fur, 1.5), srgb("#1f1712")

    def ball(
        r: tuple[float, float, float], at: tuple[float, float, float], color: Color = fur, part: str = "fur"
    ) -> Solid:
        return _plush(rng, r, color, part).moved(*at)

    out = [ball((0.072, 0.062, 0.085), (0, 0, 0.085)), ball((0.066, 0.060, 0.060), (0, -0.004, 0.212)), ball((0.034, 0.030, 0.026), (0, -0.056, 0.198), pale, "snout"),
           ball((0.046, 0.022, 0.058), (0, -0.046, 0.082), pale, "belly")]  # fmt: skip
    for s in (-1, 1):
        out += [ball((0.023, 0.014, 0.023), (s * 0.052, 0.0, 0.262)), ball((0.015, 0.006, 0.015), (s * 0.052, -0.011, 0.262), pale, "ears"),
                _plush(rng, (0.028, 0.030, 0.062), fur, "fur").turned(y=s * -32).moved(s * 0.083, -0.014, 0.118),
                _plush(rng, (0.034, 0.062, 0.034), fur, "fur").turned(z=s * 24).moved(s * 0.062, -0.072, 0.036),
                _plush(rng, (0.025, 0.006, 0.027), pale, "pads").turned(z=s * 24).moved(s * 0.086, -0.130, 0.038)]  # fmt: skip
        out += [
            sphere(0.0082, dark, segments=12, roughness=0.08, part="eyes").moved(s * 0.024, -0.056, 0.226),
            sphere(0.002, srgb("#e9e6df"), segments=6, part="eyes").moved(s * 0.024 - 0.002, -0.0635, 0.2295),
        ]
    out.append(
        sphere(0.0115, dark, segments=12, roughness=0.3, part="nose").scaled(1.2, 0.7, 0.8).moved(0, -0.084, 0.208)
    )
    out.append(tube([(0, -0.0865, 0.20), (0, -0.087, 0.188)], 0.0014, dark, segments=5, part="mouth"))
    out += [
        tube(
            smooth_curve([(0, -0.087, 0.188), (s * 0.008, -0.085, 0.182), (s * 0.017, -0.079, 0.186)], 4),
            0.0014,
            dark,
            segments=5,
            part="mouth",
        )
        for s in (-1, 1)
    ]
    scarf = said_colour((), ("red", "navy", "green"), rng)
    out.append(
        tube(
            np.column_stack([circle(0.052, 30), np.full(30, 0.160)]),
            0.0115,
            scarf,
            segments=9,
            closed=True,
            roughness=0.95,
            part="scarf",
        )
    )
    out.append(
        rounded_box((0.026, 0.010, 0.075), scarf, 0.004, steps=1, roughness=0.95, part="scarf")
        .turned(y=8)
        .moved(0.026, -0.066, 0.088)
    )
    return grounded(PropKind.TEDDY_BEAR, out, grip_at((0.09, 0.0, 0.12), (0, 0, 1), (0, 1, 0)))


def _plush(rng: np.random.Generator, r: tuple[float, float, float], color: Color, part: str) -> Solid:
    """An ellipsoid of slightly uneven plush."""
    from dataclasses import replace

    base = sphere(1.0, color, segments=20, roughness=1.0, part=part)
    v = base.vertices * (1 + 0.018 * np.sin(9 * base.vertices[:, :1] + 5) * np.cos(8 * base.vertices[:, 2:]))
    shade = (1 + 0.10 * rng.standard_normal(len(v)) * (np.abs(v[:, 2]) < 0.98)).clip(0.75, 1.25)
    made = replace(
        base, vertices=v.astype(np.float32), color=(base.color * shade[:, None]).clip(0, 0.9).astype(np.float32)
    )
    return made.scaled(*r)


def ball(rng: np.random.Generator, words: Words) -> Prop:
    """A football of 220 mm with dark pentagons and seams; a basketball, tennis ball or beach ball by its word."""
    text = set(words)
    if {"tennis", "baseball"} & text:
        r = 0.0335 if "tennis" in text else 0.037
        color = srgb("#b9cc3a") if "tennis" in text else srgb("#e6e1d4")
        t = np.linspace(0, 2 * np.pi, 73)[:-1]
        curve = np.stack([np.cos(t) + 0.42 * np.cos(3 * t), np.sin(t) - 0.42 * np.sin(3 * t), 1.3 * np.sin(2 * t)], -1)
        curve *= r / np.linalg.norm(curve, axis=1, keepdims=True)
        seam = tube(
            curve,
            0.0011,
            srgb("#e9e6df") if "tennis" in text else srgb("#a3302b"),
            segments=6,
            closed=True,
            roughness=0.9,
            part="seam",
        )
        return grounded(
            PropKind.BALL,
            [sphere(r, color, segments=40, roughness=0.95, part="ball"), seam],
            grip_at((0, 0, 0), (0, 0, 1), (0, 1, 0)),
        )
    if "basketball" in text:
        r = 0.12
        seams = [
            tube(
                np.column_stack([circle(r, 64), np.zeros(64)]) @ m.T,
                0.0022,
                RUBBER,
                segments=6,
                closed=True,
                part="seam",
            )
            for m in (np.eye(3), np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]]))
        ]
        return grounded(
            PropKind.BALL,
            [sphere(r, srgb("#b5602c"), segments=56, roughness=0.8, part="ball"), *seams],
            grip_at((0.11, 0, 0), (0, 0, 1), (0, 1, 0)),
            Carry.LEVEL,
        )
    return grounded(
        PropKind.BALL,
        _football(said_colour(words, ("#e6e4de",), rng)),
        grip_at((0.10, 0, 0), (0, 0, 1), (0, 1, 0)),
        Carry.LEVEL,
    )


def _football(color: Color) -> list[Solid]:
    """A sphere of 220 mm, its vertices painted by the nearest of the 12 pentagons and 20 hexagons."""
    from dataclasses import replace

    g = (1 + 5**0.5) / 2
    pent = np.array(
        [(0, a, b * g) for a in (-1, 1) for b in (-1, 1)]
        + [(a, b * g, 0) for a in (-1, 1) for b in (-1, 1)]
        + [(b * g, 0, a) for a in (-1, 1) for b in (-1, 1)],
        float,
    )
    pent /= np.linalg.norm(pent, axis=1, keepdims=True)
    hexa = np.array(
        [
            p + q + s
            for i, p in enumerate(pent)
            for j, q in enumerate(pent[:i])
            for s in pent[:j]
            if min(p @ q, q @ s, p @ s) > 0.4
        ]
    )
    hexa /= np.linalg.norm(hexa, axis=1, keepdims=True)
    base = sphere(0.11, color, segments=88, roughness=0.45, part="ball")
    d = base.vertices / 0.11
    near_p, near_h = (d @ pent.T).max(1), np.sort(d @ hexa.T, axis=1)
    to_p, to_h, to_h2 = (
        np.arccos(near_p.clip(-1, 1)),
        np.arccos(near_h[:, -1].clip(-1, 1)),
        np.arccos(near_h[:, -2].clip(-1, 1)),
    )
    dark = to_p < to_h - 0.062
    edge = ~dark & (np.abs(to_p - to_h + 0.062) < 0.05) | ~dark & (np.abs(to_h2 - to_h) < 0.045)
    paint = np.where(
        dark[:, None], np.array(srgb("#1d1d1f")), np.where(edge[:, None], np.array(dim(color, 0.45)), np.array(color))
    )
    sunk = base.vertices * (1 - 0.008 * edge)[:, None]
    return [replace(base, vertices=sunk.astype(np.float32), color=paint.astype(np.float32))]


def guitar(rng: np.random.Generator, words: Words) -> Prop:
    """An acoustic guitar of 1.02 m lying on its back: rosette, bridge, frets, strings, pegs."""
    top_color = said_colour(words, ("#c88f4a", "#b5763a", "#8e4a26"), rng)
    side_color = srgb("#5a3320")
    right = [
        (0.0, -0.235),
        (0.10, -0.225),
        (0.175, -0.165),
        (0.192, -0.09),
        (0.165, -0.01),
        (0.122, 0.06),
        (0.120, 0.10),
        (0.140, 0.16),
        (0.132, 0.215),
        (0.085, 0.25),
        (0.028, 0.255),
    ]
    half = smooth_curve(right, 5)
    outline = np.concatenate([half, (half * [-1, 1])[::-1][:-1]])
    body = plate_with_edge(outline, 0.098, 0.004, side_color, roughness=0.25, part="body")
    top = plate_with_edge(outline * 0.985, 0.003, 0.001, top_color, roughness=0.22, part="top").moved(z=0.0968)
    edge = ribbon(outline * 0.982, 0.004, 0.1002, srgb("#e6d9b5"), closed=True, part="binding")
    z = 0.1002
    hole = [disc(0.050, z, srgb("#0f0a07"), segments=40, part="hole").moved(y=0.085)]
    hole += [
        ribbon(circle(r, 40, (0, 0.085)), w, z + 0.0002, c, closed=True, part="rosette")
        for r, w, c in (
            (0.053, 0.003, srgb("#2a1a10")),
            (0.058, 0.004, srgb("#d9c08f")),
            (0.063, 0.002, srgb("#2a1a10")),
        )
    ]
    guardp = plate_with_edge(
        smooth_curve([(0.05, 0.06), (0.10, 0.05), (0.105, 0.0), (0.075, -0.03), (0.048, 0.02)], 4, closed=True)[::-1],
        0.0008,
        0.0002,
        srgb("#2a1712"),
        roughness=0.15,
        part="guard",
    ).moved(z=z)
    bridge = box((0.16, 0.028, 0.008), srgb("#3a2218"), bevel=0.003, roughness=0.4, part="bridge").moved(y=-0.10, z=z)
    saddle = box((0.075, 0.003, 0.005), srgb("#ece4d0"), part="bridge").moved(y=-0.094, z=z + 0.008)
    pins = [
        sphere(0.0032, srgb("#ece4d0"), segments=8, part="bridge").moved(x, -0.108, z + 0.009)
        for x in np.linspace(-0.028, 0.028, 6)
    ]
    board = box((0.055, 0.50, 0.007), srgb("#2a1a12"), roughness=0.4, part="neck").moved(y=0.385, z=z)
    neck = plate_with_edge(
        [(-0.027, 0.24), (0.027, 0.24), (0.0225, 0.635), (-0.0225, 0.635)],
        0.022,
        0.007,
        side_color,
        roughness=0.3,
        part="neck",
    ).moved(z=z - 0.021)
    frets = [
        box((0.053, 0.0014, 0.0014), STEEL, part="frets")
        .metal()
        .moved(y=0.632 - 0.65 * (1 - 2 ** (-k / 12)), z=z + 0.0068)
        for k in range(1, 18)
    ]
    dots = [
        disc(0.0032, z + 0.0074, srgb("#e9e2cf"), segments=10, part="frets").moved(
            y=0.632 - 0.65 * (1 - (2 ** (-k / 12) + 2 ** (-(k - 1) / 12)) / 2)
        )
        for k in (3, 5, 7, 9, 12)
    ]
    head = plate_with_edge(
        [(-0.024, 0.632), (0.024, 0.632), (0.036, 0.665), (0.038, 0.78), (0.0, 0.79), (-0.038, 0.78), (-0.036, 0.665)],
        0.015,
        0.003,
        side_color,
        roughness=0.2,
        part="head",
    ).moved(z=z - 0.010)
    nut = box((0.046, 0.004, 0.010), srgb("#ece4d0"), part="nut").moved(y=0.633, z=z)
    pegs = [
        p
        for s in (-1, 1)
        for y in (0.68, 0.715, 0.75)
        for p in (
            lathe([(0.0, 0.0), (0.004, 0.0), (0.004, 0.010), (0.0, 0.011)], STEEL, segments=10, part="pegs")
            .metal()
            .moved(s * 0.022, y, z + 0.004),
            sphere(0.0085, srgb("#ece4d0"), segments=10, part="pegs").scaled(1, 0.6, 1).moved(s * 0.052, y, z - 0.002),
            tube([(s * 0.034, y, z - 0.002), (s * 0.05, y, z - 0.002)], 0.0022, STEEL, segments=6, part="pegs").metal(),
        )
    ]
    strings = [
        tube(
            [(x, -0.105, z + 0.011), (x * 0.75, 0.633, z + 0.0095), (x * 0.8, 0.70, z + 0.010)],
            0.0007,
            STEEL if k > 2 else BRASS,
            segments=4,
            part="strings",
        ).metal(1.0, 0.25)
        for k, x in enumerate(np.linspace(-0.028, 0.028, 6))
    ]
    return grounded(
        PropKind.GUITAR,
        [body, top, edge, *hole, guardp, bridge, saddle, *pins, board, neck, *frets, *dots, head, nut, *pegs, *strings],
        grip_at((0.0, 0.45, z - 0.008), (0, 1, 0), (0, 0, 1)),
    )


PERSONAL = {
    PropKind.KEYS: keys, PropKind.LANTERN: lantern, PropKind.CANDLE: candle, PropKind.CIGARETTE: cigarette,
    PropKind.LIGHTER: lighter, PropKind.UMBRELLA: umbrella, PropKind.HAT: hat, PropKind.RING: ring,
    PropKind.FLOWERS: flowers, PropKind.WALKING_STICK: walking_stick, PropKind.TEDDY_BEAR: teddy, PropKind.BALL: ball,
    PropKind.GUITAR: guitar,
}  # fmt: skip
