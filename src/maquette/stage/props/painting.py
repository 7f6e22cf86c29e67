"""Paint, brushes and pens."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Solid, box, lathe, sphere, srgb, tube
from maquette.stage.props.parts import (
    BRASS,
    RUBBER,
    STEEL,
    WOOD,
    dim,
    disc,
    plate_with_edge,
    rects,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, Words, grip_at, grounded


def paint_can(rng: np.random.Generator, words: Words) -> Prop:
    """A 2.5 litre paint tin, 165 x 175 mm, open, drips down its label; an empty zinc bucket when asked."""
    if {"bucket", "pail"} & set(words):
        tin = lathe(
            [
                (0.0, 0.004),
                (0.095, 0.0),
                (0.100, 0.006),
                (0.138, 0.255),
                (0.143, 0.262),
                (0.138, 0.264),
                (0.097, 0.012),
                (0.0, 0.010),
            ],
            srgb("#9aa0a3"),
            segments=40,
            part="tin",
        ).metal(0.9, 0.4)
        hoops = [
            lathe(
                [(r, z), (r + 0.002, z + 0.004), (r + 0.0006, z + 0.008)], srgb("#7d8386"), segments=40, part="tin"
            ).metal(0.9, 0.4)
            for r, z in ((0.111, 0.07), (0.125, 0.165))
        ]
        arc = tube(
            smooth_curve(
                [
                    (-0.143, 0, 0.25),
                    (-0.13, 0, 0.33),
                    (-0.07, 0, 0.40),
                    (0, 0, 0.418),
                    (0.07, 0, 0.40),
                    (0.13, 0, 0.33),
                    (0.143, 0, 0.25),
                ],
                5,
            ),
            0.0035,
            STEEL,
            segments=7,
            part="handle",
        ).metal()
        hold = tube([(-0.045, 0, 0.416), (0.045, 0, 0.416)], 0.011, WOOD, segments=12, part="handle")
        return grounded(
            PropKind.PAINT_CAN, [tin, *hoops, arc, hold], grip_at((0, 0, 0.418), (1, 0, 0), (0, 0, -1)), Carry.HANG
        )
    paint = said_colour([w for w in words if w != "paint"], ("#e2e0da", "#8e2b27", "#2f5a8c", "#d8a53a"), rng)
    r, h = 0.080, 0.172
    tin = lathe(
        [
            (0.0, 0.003),
            (r, 0.0),
            (r + 0.003, 0.003),
            (r, 0.007),
            (r, h - 0.012),
            (r + 0.0035, h - 0.006),
            (r + 0.002, h),
            (r - 0.008, h),
            (r - 0.010, h - 0.008),
            (r - 0.003, h - 0.02),
        ],
        STEEL,
        segments=44,
        part="tin",
        crease_deg=50,
    ).metal(0.95, 0.28)
    label = lathe(
        [(r + 0.0006, 0.018), (r + 0.0006, h - 0.026)], srgb("#e6dfcf"), segments=44, roughness=0.7, part="label"
    )
    band = lathe([(r + 0.0012, 0.05), (r + 0.0012, 0.108)], paint, segments=44, roughness=0.5, part="label")
    wet = disc(r - 0.004, h - 0.022, paint, segments=44, roughness=0.1, part="paint")
    drips: list[Solid] = []
    for a in (-2.1, -1.75, -1.45, -1.2, 0.4):
        long = float(rng.uniform(0.02, 0.085))
        spot = [
            ((r + 0.0035) * np.cos(a), (r + 0.0035) * np.sin(a), z) for z in (h - 0.002, h - 0.015, h - 0.015 - long)
        ]
        drips += [
            tube(spot, 0.0032, paint, segments=7, roughness=0.15, part="paint"),
            sphere(0.0045, paint, segments=8, roughness=0.15, part="paint").moved(*spot[-1]),
        ]
    arc = tube(
        smooth_curve(
            [
                (-r - 0.003, 0, h - 0.02),
                (-0.075, 0.05, h + 0.04),
                (0, 0.075, h + 0.075),
                (0.075, 0.05, h + 0.04),
                (r + 0.003, 0, h - 0.02),
            ],
            6,
        ),
        0.0018,
        STEEL,
        segments=6,
        part="handle",
    ).metal()
    return grounded(
        PropKind.PAINT_CAN,
        [tin, label, band, wet, *drips, arc],
        grip_at((0, 0.075, h + 0.075), (1, 0, 0), (0, 0, -1)),
        Carry.HANG,
    )


def paintbrush(rng: np.random.Generator, words: Words) -> Prop:
    """A flat brush of 240 mm with wet bristles."""
    wet = said_colour(words, ("#e2e0da", "#8e2b27", "#2f5a8c"), rng)
    lower = smooth_curve([(-0.13, -0.007), (-0.105, -0.013), (-0.06, -0.010), (-0.02, -0.014), (0.015, -0.027)], 4)
    handle = plate_with_edge(
        np.concatenate([lower, (lower * [1, -1])[::-1]]),
        0.016,
        0.005,
        said_colour(words[:0], ("#a9784a", "#8e2b27", "#33619f"), rng),
        roughness=0.35,
        part="handle",
    )
    ferrule = (
        plate_with_edge(
            [(0.010, -0.030), (0.045, -0.030), (0.045, 0.030), (0.010, 0.030)], 0.018, 0.003, STEEL, part="ferrule"
        )
        .metal(1.0, 0.3)
        .moved(z=-0.001)
    )
    lines = rects(
        [(0.016, -0.029, 0.0175, 0.029), (0.039, -0.029, 0.0405, 0.029)], 0.0174, dim(STEEL, 0.5), part="ferrule"
    )
    hair: list[Solid] = []
    for k in range(26):
        y = -0.028 + 0.056 * k / 25
        end = 0.105 + 0.006 * float(rng.random())
        for z, c in ((0.0125, srgb("#3a2a1e")), (0.0045, srgb("#33241a"))):
            hair.append(
                tube(
                    [(0.044, y, z), (0.075, y * 1.04, z), (end, y * 1.02, 0.008)],
                    0.0022,
                    c,
                    segments=5,
                    roughness=0.8,
                    part="bristles",
                )
            )
    dipped = [
        tube(
            [
                (0.082, -0.0295 + 0.059 * k / 13, 0.008),
                (0.108 + 0.005 * float(rng.random()), -0.028 + 0.056 * k / 13, 0.008),
            ],
            0.0062,
            wet,
            segments=6,
            roughness=0.15,
            part="paint",
        )
        for k in range(14)
    ]
    return grounded(
        PropKind.PAINTBRUSH, [handle, ferrule, lines, *hair, *dipped], grip_at((-0.05, 0, 0.008), (1, 0, 0), (0, 0, 1))
    )


def pen(rng: np.random.Generator, words: Words) -> Prop:
    """A fountain pen of 140 mm; a yellow pencil or a quill when the script says so."""
    if "pencil" in words:
        parts = [
            lathe([(0.0, 0.0), (0.0006, 0.001), (0.0012, 0.006)], srgb("#2a2a2a"), segments=6, part="lead"),
            lathe([(0.0012, 0.006), (0.0037, 0.022)], srgb("#c9a272"), segments=6, smooth=False, part="wood"),
            lathe(
                [(0.0037, 0.022), (0.0037, 0.165)],
                srgb("#d9a425"),
                segments=6,
                smooth=False,
                roughness=0.35,
                part="body",
            ),
            lathe([(0.0039, 0.165), (0.0039, 0.177)], BRASS, segments=14, part="cap").metal(),
            lathe([(0.0037, 0.177), (0.0037, 0.185), (0.0, 0.187)], srgb("#c77d78"), segments=14, part="rubber"),
        ]
        return grounded(
            PropKind.PEN,
            [s.turned(y=-90).moved(z=0.0037) for s in parts],
            grip_at((-0.03, 0, 0.0037), (1, 0, 0), (0, 0, 1)),
        )
    color = said_colour(words, ("#1d1d1f", "#22304f", "#612331", "#17442f"), rng)
    body = lathe(
        [
            (0.0044, 0.02),
            (0.0048, 0.026),
            (0.0060, 0.045),
            (0.0062, 0.09),
            (0.0052, 0.125),
            (0.0046, 0.136),
            (0.0, 0.138),
        ],
        color,
        segments=24,
        roughness=0.12,
        part="body",
    )
    rings = [
        lathe([(0.0063, z), (0.0066, z + 0.001), (0.0063, z + 0.002)], BRASS, segments=24, part="rings").metal(1.0, 0.2)
        for z in (0.044, 0.088)
    ]
    nib = (
        plate_with_edge(
            [(0.0, 0.0), (0.012, -0.0036), (0.021, -0.0032), (0.021, 0.0032), (0.012, 0.0036)],
            0.001,
            0.0002,
            BRASS,
            part="nib",
        )
        .metal(1.0, 0.15)
        .moved(z=-0.0005)
    )
    feed = tube([(0.005, 0, -0.001), (0.022, 0, -0.002)], 0.0022, RUBBER, segments=8, part="feed")
    slit = box((0.010, 0.0004, 0.0006), RUBBER, part="nib").moved(x=0.007, z=0.0004)
    turned = [s.turned(y=90) for s in (body, *rings)]
    return grounded(PropKind.PEN, [*turned, nib, feed, slit], grip_at((0.03, 0, 0.0), (-1, 0, 0), (0, 0, 1)))
