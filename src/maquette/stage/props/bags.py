"""Bags and cases."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Solid, box, lathe, rounded_box, sheet, sphere, srgb, tube
from maquette.stage.props.parts import (
    BRASS,
    RUBBER,
    STEEL,
    circle,
    dim,
    plate_with_edge,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, Words, grip_at, grounded


def _stitches(points: np.ndarray, color: tuple[float, float, float]) -> Solid:
    """A raised seam along (N, 3) points."""
    return tube(points, 0.0011, color, segments=5, roughness=0.9, part="seam")


def handbag(rng: np.random.Generator, words: Words) -> Prop:
    """A leather handbag of 300 x 130 x 210 mm with two handles and a clasp."""
    color = said_colour(words, ("#6a2f2a", "#2b2622", "#8a5a33", "#31414f"), rng)
    z, a = np.linspace(0, 1, 12), np.linspace(0, 2 * np.pi, 33)[:-1]
    half_x = 0.15 - 0.028 * z**1.6 + 0.008 * np.sin(np.pi * z)
    half_y = 0.062 * (1 - 0.82 * z**2.2) + 0.010 * np.sin(np.pi * z)
    c, s = np.cos(a), np.sin(a)
    soft = (np.abs(c) ** 4.5 + np.abs(s) ** 4.5) ** (-1 / 4.5)
    rings = np.stack(
        [
            half_x[:, None] * (soft * c)[None],
            half_y[:, None] * (soft * s)[None],
            np.broadcast_to((0.006 + 0.204 * z)[:, None], (12, 32)),
        ],
        -1,
    )
    body = sheet(rings, color, closed=True, roughness=0.5, part="leather")
    base = rounded_box((0.29, 0.12, 0.02), dim(color, 0.6), 0.009, steps=2, roughness=0.6, part="base")
    frame = [
        tube(
            smooth_curve([(-0.124, y, 0.205), (-0.10, y, 0.212), (0.10, y, 0.212), (0.124, y, 0.205)], 5),
            0.0052,
            BRASS,
            segments=9,
            part="frame",
        ).metal(1.0, 0.25)
        for y in (-0.010, 0.010)
    ]
    clasp = [
        sphere(0.0085, BRASS, segments=14, part="clasp").metal(1.0, 0.2).moved(x, y, 0.224)
        for x, y in ((-0.008, -0.004), (0.008, 0.004))
    ]
    handles = [
        tube(
            smooth_curve(
                [
                    (-0.072, y, 0.17),
                    (-0.070, y * 0.8, 0.225),
                    (-0.05, y * 0.6, 0.30),
                    (0.0, y * 0.5, 0.325),
                    (0.05, y * 0.6, 0.30),
                    (0.070, y * 0.8, 0.225),
                    (0.072, y, 0.17),
                ],
                6,
            ),
            0.0062,
            dim(color, 0.75),
            segments=9,
            roughness=0.5,
            part="handle",
        )
        for y in (-0.05, 0.05)
    ]
    tabs = [
        plate_with_edge(circle(0.013, 16), 0.004, 0.001, dim(color, 0.75), part="tabs")
        .turned(x=80)
        .moved(x, -0.054, 0.155)
        for x in (-0.072, 0.072)
    ]
    rivets = [sphere(0.004, BRASS, segments=8, part="rivets").metal().moved(x, -0.0605, 0.157) for x in (-0.072, 0.072)]
    seam = _stitches(rings[2, 17:32] * [1.006, 1.01, 1], dim(color, 1.8))
    seam2 = _stitches(rings[9, 17:32] * [1.006, 1.03, 1], dim(color, 1.8))
    return grounded(
        PropKind.HANDBAG,
        [body, base, *frame, *clasp, *handles, *tabs, *rivets, seam, seam2],
        grip_at((0, 0, 0.325), (1, 0, 0), (0, 0, -1)),
        Carry.HANG,
    )


def suitcase(rng: np.random.Generator, words: Words) -> Prop:
    """A hard suitcase of 620 x 210 x 430 mm: corners, straps, locks, a luggage tag."""
    k = 0.68 if "toolbox" in words else 1.0
    color = said_colour(words, ("#7a4f2e", "#5b3a2a", "#3f4d45", "#2f3c50"), rng)
    w, d, h = 0.62, 0.20, 0.42
    body = rounded_box((w, d, h), color, 0.028, steps=3, roughness=0.55, part="shell").moved(z=0.012)
    seam = rounded_box((w + 0.006, 0.012, h + 0.006), dim(color, 0.5), 0.03, steps=3, roughness=0.6, part="rim").moved(
        z=0.009
    )
    straps = [
        rounded_box((0.036, d + 0.008, h + 0.008), dim(color, 0.55), 0.03, steps=3, roughness=0.7, part="straps").moved(
            x=x, z=0.008
        )
        for x in (-0.2, 0.2)
    ]
    buckles = [
        box((0.05, 0.006, 0.035), BRASS, bevel=0.002, part="buckles").metal(1.0, 0.3).moved(x, -d / 2 - 0.005, 0.27)
        for x in (-0.2, 0.2)
    ]
    holes = [
        box((0.026, 0.008, 0.016), dim(color, 0.4), part="straps").moved(x, -d / 2 - 0.006, 0.28) for x in (-0.2, 0.2)
    ]
    corners = [
        sphere(0.042, dim(color, 0.45), segments=14, roughness=0.5, part="corners").moved(
            sx * (w / 2 - 0.031), sy * (d / 2 - 0.031), 0.012 + (0.031 if sz < 0 else h - 0.031)
        )
        for sx in (-1, 1)
        for sy in (-1, 1)
        for sz in (-1, 1)
    ]
    locks = [
        box((0.042, 0.012, 0.022), BRASS, bevel=0.002, part="locks").metal(1.0, 0.28).moved(x, -0.012, h + 0.008)
        for x in (-0.13, 0.13)
    ]
    bar = tube(
        smooth_curve(
            [
                (-0.075, 0, h + 0.012),
                (-0.072, 0, h + 0.04),
                (-0.045, 0, h + 0.052),
                (0.045, 0, h + 0.052),
                (0.072, 0, h + 0.04),
                (0.075, 0, h + 0.012),
            ],
            5,
        ),
        0.0105,
        dim(color, 0.5),
        segments=12,
        roughness=0.5,
        part="handle",
    )
    loops = [
        tube(
            np.column_stack([circle(0.012, 16)[:, 0] + x, np.zeros(16), circle(0.012, 16)[:, 1] + h + 0.015]),
            0.003,
            BRASS,
            segments=7,
            closed=True,
            part="handle",
        ).metal()
        for x in (-0.078, 0.078)
    ]
    tag = [
        box((0.038, 0.003, 0.062), srgb("#d9c9a3"), bevel=0.001, part="tag").turned(y=12).moved(0.09, -0.02, h - 0.06),
        box((0.026, 0.0034, 0.003), srgb("#3a2d20"), part="tag").turned(y=12).moved(0.088, -0.0204, h - 0.03),
        tube([(0.08, 0.0, h + 0.02), (0.094, -0.018, h + 0.0)], 0.0016, srgb("#3a2d20"), segments=5, part="tag"),
    ]
    feet = [
        sphere(0.009, BRASS, segments=8, part="feet").metal().moved(x, y, 0.009)
        for x in (-0.25, 0.25)
        for y in (-0.07, 0.07)
    ]
    solids = [s.scaled(k) for s in (body, seam, *straps, *buckles, *holes, *corners, *locks, bar, *loops, *tag, *feet)]
    return grounded(PropKind.SUITCASE, solids, grip_at((0, 0, (h + 0.052) * k), (1, 0, 0), (0, 0, -1)), Carry.HANG)


def backpack(rng: np.random.Generator, words: Words) -> Prop:
    """A backpack of 300 x 190 x 450 mm: lid, front pocket, straps, buckles."""
    color = said_colour(words, ("#3f5a4a", "#2f4460", "#8e3a2a", "#4a4640"), rng)
    dark = dim(color, 0.55)
    body = rounded_box((0.29, 0.17, 0.40), color, 0.075, steps=4, roughness=0.85, part="cloth")
    lid = rounded_box((0.302, 0.185, 0.10), dim(color, 0.85), 0.048, steps=3, roughness=0.85, part="lid").moved(
        y=-0.004, z=0.335
    )
    pocket = rounded_box((0.22, 0.075, 0.19), dim(color, 0.92), 0.036, steps=3, roughness=0.85, part="pocket").moved(
        y=-0.095, z=0.035
    )
    flap = rounded_box((0.226, 0.08, 0.062), dim(color, 0.8), 0.028, steps=2, roughness=0.85, part="pocket").moved(
        y=-0.096, z=0.175
    )
    sides = [
        rounded_box((0.055, 0.12, 0.19), dim(color, 0.9), 0.026, steps=3, roughness=0.85, part="pocket").moved(
            x=s * 0.155, z=0.03
        )
        for s in (-1, 1)
    ]
    web = [
        tube(
            smooth_curve([(x, -0.086, 0.41), (x, -0.104, 0.35), (x, -0.098, 0.28), (x, -0.13, 0.235)], 5),
            0.0065,
            dark,
            segments=6,
            part="webbing",
        ).scaled(1, 1, 1)
        for x in (-0.075, 0.075)
    ]
    buckles = [
        box((0.034, 0.012, 0.026), RUBBER, bevel=0.003, roughness=0.4, part="buckles").moved(x, -0.108, 0.275)
        for x in (-0.075, 0.075)
    ]
    zip_ = tube(
        smooth_curve([(-0.095, -0.1345, 0.16), (0.0, -0.1355, 0.163), (0.095, -0.1345, 0.16)], 6),
        0.0026,
        STEEL,
        segments=6,
        part="zip",
    ).metal(0.9, 0.3)
    pull = box((0.006, 0.003, 0.026), STEEL, part="zip").metal().moved(0.07, -0.138, 0.136)
    straps = [
        tube(
            smooth_curve(
                [
                    (x, 0.075, 0.385),
                    (x * 1.3, 0.125, 0.36),
                    (x * 1.6, 0.135, 0.24),
                    (x * 1.5, 0.095, 0.08),
                    (x * 1.4, 0.075, 0.05),
                ],
                6,
            ),
            0.015,
            dark,
            segments=8,
            roughness=0.85,
            part="straps",
        )
        for x in (-0.07, 0.07)
    ]
    loop = tube(
        smooth_curve([(-0.035, 0.07, 0.41), (-0.03, 0.075, 0.45), (0.03, 0.075, 0.45), (0.035, 0.07, 0.41)], 5),
        0.0062,
        dark,
        segments=8,
        part="handle",
    )
    badge = (
        plate_with_edge(
            [(-0.03, -0.018), (0.03, -0.018), (0.03, 0.018), (-0.03, 0.018)],
            0.002,
            0.0006,
            srgb("#b58a4a"),
            part="badge",
        )
        .turned(x=90)
        .moved(0, -0.1365, 0.10)
    )
    return grounded(
        PropKind.BACKPACK,
        [body, lid, pocket, flap, *sides, *web, *buckles, zip_, pull, *straps, loop, badge],
        grip_at((0, 0.075, 0.448), (1, 0, 0), (0, 0, -1)),
        Carry.HANG,
    )


def briefcase(rng: np.random.Generator, words: Words) -> Prop:
    """A leather briefcase of 420 x 100 x 310 mm with flap, two locks and handle; metal when asked."""
    metal = bool({"metal", "aluminium", "aluminum", "silver", "steel"} & set(words))
    color = STEEL if metal else said_colour(words, ("#2a2320", "#5b3722", "#1d1d1f"), rng)
    body = rounded_box((0.42, 0.095, 0.30), color, 0.014, steps=2, roughness=0.45, part="case").moved(z=0.006)
    if metal:
        body = body.metal(0.9, 0.35)
    gusset = (
        rounded_box((0.412, 0.102, 0.29), dim(color, 0.5), 0.014, steps=2, roughness=0.6, part="gusset")
        .scaled(1.0, 0.55, 1.0)
        .moved(z=0.004)
    )
    flap = rounded_box((0.426, 0.02, 0.19), dim(color, 0.88), 0.009, steps=2, roughness=0.45, part="flap").moved(
        y=-0.044, z=0.122
    )
    seam = [_stitches(np.array([(-0.203, -0.0548, z0), (0.203, -0.0548, z0)]), dim(color, 1.9)) for z0 in (0.134, 0.30)]
    locks = [
        box((0.036, 0.008, 0.046), BRASS, bevel=0.002, part="locks").metal(1.0, 0.25).moved(x, -0.054, 0.105)
        for x in (-0.12, 0.12)
    ]
    keys = [
        lathe([(0.005, 0.0), (0.005, 0.002), (0.0, 0.0022)], RUBBER, segments=12, part="locks")
        .turned(x=90)
        .moved(x, -0.058, 0.122)
        for x in (-0.12, 0.12)
    ]
    bar = tube(
        smooth_curve(
            [
                (-0.07, 0, 0.305),
                (-0.068, 0, 0.332),
                (-0.045, 0, 0.346),
                (0.045, 0, 0.346),
                (0.068, 0, 0.332),
                (0.07, 0, 0.305),
            ],
            5,
        ),
        0.0098,
        dim(color, 0.7),
        segments=12,
        roughness=0.45,
        part="handle",
    )
    rings = [
        box((0.03, 0.02, 0.012), BRASS, bevel=0.003, part="handle").metal(1.0, 0.25).moved(x=x, z=0.303)
        for x in (-0.072, 0.072)
    ]
    feet = [
        sphere(0.007, BRASS, segments=8, part="feet").metal().moved(x, y, 0.007)
        for x in (-0.17, 0.17)
        for y in (-0.03, 0.03)
    ]
    plate = (
        plate_with_edge(
            [(-0.022, -0.009), (0.022, -0.009), (0.022, 0.009), (-0.022, 0.009)], 0.0016, 0.0004, BRASS, part="plate"
        )
        .metal(1.0, 0.2)
        .turned(x=90)
        .moved(0, -0.0546, 0.17)
    )
    return grounded(
        PropKind.BRIEFCASE,
        [body, gusset, flap, *seam, *locks, *keys, bar, *rings, *feet, plate],
        grip_at((0, 0, 0.346), (1, 0, 0), (0, 0, -1)),
        Carry.HANG,
    )
