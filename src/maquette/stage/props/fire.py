"""What burns: lantern, candle, cigarette, lighter."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Solid, box, cylinder, lathe, rounded_box, sphere, srgb, tube
from maquette.stage.props.parts import (
    BRASS,
    DARK_STEEL,
    DARK_WOOD,
    RUBBER,
    STEEL,
    circle,
    dim,
    disc,
    ribbon,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, Words, grip_at, grounded

FLAME = (26.0, 13.0, 3.6)


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
    parts = [
        lathe(
            [(0.0, 0.0), (r, 0.0005), (r, 0.026)],
            srgb("#5b3722") if cigar else srgb("#c28a4c"),
            segments=18,
            roughness=0.9,
            part="filter",
            crease_deg=50,
        ),
        lathe([(r, 0.026), (r, long - 0.012)], body, segments=18, roughness=0.9, part="paper"),
        lathe(
            [(r * 1.005, long - 0.013), (r * 0.98, long - 0.0105)], (0.9, 0.25, 0.05), segments=18, part="ember"
        ).glowing((5.0, 1.0, 0.15)),
        lathe(
            [(r * 0.97, long - 0.0105), (r * 0.9, long - 0.004), (r * 0.6, long), (0.0, long + 0.0005)],
            srgb("#8f8c88"),
            segments=14,
            roughness=1.0,
            part="ash",
        ),
    ]
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
    lid = rounded_box((0.038, 0.013, 0.020), metal, 0.0035, steps=2, part="lid").metal(1.0, 0.18)
    lid = lid.moved(x=0.019).turned(y=-118).moved(x=-0.0195, z=0.037)
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
