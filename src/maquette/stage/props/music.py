"""Gramophone and guitar."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import box, cylinder, lathe, rounded_box, sheet, sphere, srgb, tube
from maquette.stage.props.parts import (
    BRASS,
    DARK_STEEL,
    STEEL,
    WOOD,
    circle,
    dim,
    disc,
    plate_with_edge,
    ribbon,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, Words, grip_at, grounded


def gramophone(rng: np.random.Generator, words: Words) -> Prop:
    """A horn gramophone on a wooden case of 360 mm; horn of 420 mm."""
    case = [
        rounded_box((0.36, 0.36, 0.13), WOOD, 0.012, steps=2, roughness=0.35, part="case").moved(z=0.015),
        box((0.40, 0.40, 0.02), dim(WOOD, 0.7), bevel=0.006, roughness=0.35, part="case"),
        box((0.39, 0.39, 0.016), dim(WOOD, 0.7), bevel=0.005, roughness=0.35, part="case").moved(z=0.14),
        box((0.26, 0.002, 0.06), dim(WOOD, 1.3), part="panel").moved(y=-0.181, z=0.05),
    ]
    table = cylinder(0.145, 0.014, srgb("#3c5a3f"), segments=44, roughness=0.9, part="felt").moved(y=-0.015, z=0.156)
    record = [
        lathe(
            [(0.14, 0.170), (0.14, 0.1725), (0.050, 0.1725)],
            srgb("#141414"),
            segments=56,
            roughness=0.22,
            part="record",
            crease_deg=40,
        ),
        disc(0.05, 0.1727, srgb("#8e2b27"), segments=32, part="label"),
        disc(0.004, 0.176, STEEL, segments=12, part="spindle").metal(),
    ]
    record += [
        lathe(
            [(r, 0.1727), (r - 0.0016, 0.1730), (r - 0.003, 0.1727)],
            srgb("#2b2b2b"),
            segments=56,
            roughness=0.15,
            part="record",
        )
        for r in (0.132, 0.115, 0.098, 0.08, 0.066)
    ]
    record = [s.moved(y=-0.015) for s in record]
    path = smooth_curve(
        [
            (0.0, 0.15, 0.15),
            (0.0, 0.16, 0.26),
            (0.0, 0.12, 0.34),
            (0.0, 0.03, 0.37),
            (0.0, -0.10, 0.42),
            (0.0, -0.18, 0.455),
        ],
        5,
    )
    n = len(path)
    radius = 0.012 + 0.20 * np.linspace(0, 1, n) ** 3.2
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.tile([1.0, 0.0, 0.0], (n, 1))
    up = np.cross(tangent, side)
    a = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    flute = 1 + 0.05 * np.linspace(0, 1, n)[:, None] ** 3 * np.abs(np.cos(4 * a))[None, :]
    rings = path[:, None, :] + radius[:, None, None] * flute[..., None] * (
        np.cos(a)[None, :, None] * side[:, None, :] + np.sin(a)[None, :, None] * up[:, None, :]
    )
    horn = sheet(rings, BRASS, closed=True, thickness=0.003, part="horn").metal(0.95, 0.25)
    arm = tube(
        smooth_curve([(0.0, 0.15, 0.19), (0.07, 0.10, 0.20), (0.075, 0.03, 0.197), (0.06, -0.01, 0.186)], 6),
        0.008,
        STEEL,
        segments=10,
        part="arm",
    ).metal(1.0, 0.25)
    box_ = (
        lathe([(0.0, 0.0), (0.024, 0.0), (0.026, 0.004), (0.026, 0.012), (0.0, 0.014)], STEEL, segments=28, part="arm")
        .metal(1.0, 0.3)
        .turned(y=80)
        .moved(0.055, -0.015, 0.198)
    )
    crank = tube(
        [(0.18, 0.0, 0.08), (0.235, 0.0, 0.08), (0.235, 0.0, 0.14)], 0.005, STEEL, segments=8, part="crank"
    ).metal()
    knob = (
        lathe([(0.0, 0.0), (0.009, 0.002), (0.010, 0.02), (0.0, 0.026)], DARK_STEEL, segments=14, part="crank")
        .turned(y=90)
        .moved(0.235, 0.0, 0.14)
    )
    return grounded(
        PropKind.GRAMOPHONE,
        [*case, table, *record, horn, arm, box_, crank, knob],
        grip_at((0.19, 0.0, 0.07), (0, 1, 0), (-1, 0, 0)),
        Carry.LEVEL,
    )


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
