"""Phones and computers."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Solid, box, lathe, srgb, tube
from maquette.stage.props.parts import (
    DARK_STEEL,
    RUBBER,
    STEEL,
    dim,
    disc,
    plate_with_edge,
    rects,
    rounded_outline,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, Words, grip_at, grounded

SCREEN = srgb("#0d1014")


def phone(rng: np.random.Generator, words: Words) -> Prop:
    """A smartphone of 72 x 148 x 8 mm, its lit screen up."""
    w, h, t = 0.072, 0.148, 0.0082
    shell = plate_with_edge(
        rounded_outline(w, h, 0.0095),
        t,
        0.0017,
        said_colour(words, ("#1d1d1f", "#b9bcbf", "#22304f"), rng),
        roughness=0.3,
        part="shell",
    )
    glass = plate_with_edge(
        rounded_outline(w - 0.003, h - 0.003, 0.008), 0.0006, 0.0002, SCREEN, roughness=0.05, part="screen"
    ).moved(z=t - 0.0003)
    z = t + 0.0005
    lit = rects([(-0.032, -0.068, 0.032, 0.066)], z, srgb("#24435e"), roughness=0.1, part="screen").glowing(
        (0.10, 0.19, 0.28)
    )
    bar = rects([(-0.032, 0.058, 0.032, 0.066)], z + 0.0001, srgb("#16283a"), part="screen").glowing((0.03, 0.06, 0.1))
    bubbles: list[Solid] = []
    y = 0.048
    for k in range(6):
        tall = float(rng.uniform(0.007, 0.015))
        wide = float(rng.uniform(0.022, 0.042))
        x0 = -0.029 if k % 2 == 0 else 0.029 - wide
        ink = (0.55, 0.6, 0.62) if k % 2 == 0 else (0.12, 0.5, 0.3)
        bubbles.append(rects([(x0, y - tall, x0 + wide, y)], z + 0.0002, ink, part="screen").glowing(ink))
        y -= tall + 0.005
        if y < -0.045:
            break
    field = rects([(-0.029, -0.064, 0.029, -0.055)], z + 0.0002, (0.4, 0.43, 0.46), part="screen").glowing(
        (0.3, 0.33, 0.36)
    )
    buttons = [
        box((0.0012, 0.012, 0.003), DARK_STEEL, part="buttons").moved(x=w / 2 + 0.0002, y=yy, z=0.003)
        for yy in (0.035, 0.016)
    ]
    return grounded(
        PropKind.PHONE,
        [shell, glass, lit, bar, *bubbles, field, *buttons],
        grip_at((0.0, -0.02, t / 2 - 0.012), (0.0, 1, 0), (-1, 0, 0)),
    )


COLOUR_BLACK = srgb("#1d1d1f")


def telephone(rng: np.random.Generator, words: Words) -> Prop:
    """A desk telephone with dial, cradle, receiver and coiled cord, 230 x 210 x 135 mm."""
    color = said_colour(words, ("#1d1d1f", "#8e2b27", "#d8cdb4", "#2f4a3a"), rng)
    side = np.array(
        [(-0.1, 0.0), (0.1, 0.0), (0.098, 0.016), (0.045, 0.078), (-0.035, 0.088), (-0.085, 0.076), (-0.1, 0.03)]
    )
    body = (
        plate_with_edge(side, 0.17, 0.012, color, roughness=0.25, part="body").turned(x=90).turned(z=-90).moved(x=0.085)
    )
    tilt = 50.0
    dial = [
        lathe(
            [(0.042, 0.0), (0.0425, 0.005), (0.040, 0.007), (0.0, 0.0075)], dim(STEEL, 0.8), segments=40, part="dial"
        ).metal(0.9, 0.3)
    ]
    for k in range(10):
        a = np.radians(62 + 27.5 * k)
        dial.append(
            disc(0.0058, 0.0081, RUBBER if color != COLOUR_BLACK else srgb("#e7e1d3"), segments=14, part="holes").moved(
                0.0305 * np.cos(a), 0.0305 * np.sin(a)
            )
        )
    dial.append(disc(0.016, 0.0083, srgb("#e6dfcd"), segments=24, part="card"))
    dial.append(
        tube(
            [
                (0.036 * np.cos(-0.3), 0.036 * np.sin(-0.3), 0.008),
                (0.045 * np.cos(-0.25), 0.045 * np.sin(-0.25), 0.0095),
            ],
            0.0016,
            STEEL,
            segments=6,
            part="stop",
        ).metal()
    )
    dial = [s.turned(x=90 - tilt + 6).moved(y=-0.0745, z=0.0505) for s in dial]
    horns = [
        tube(
            smooth_curve([(s * 0.052, 0.036, 0.08), (s * 0.056, 0.036, 0.104), (s * 0.072, 0.036, 0.112)], 5),
            0.007,
            color,
            segments=10,
            roughness=0.25,
            part="cradle",
        )
        for s in (-1, 1)
    ]
    horns += [
        tube(
            [(s * 0.052, -0.002, 0.078), (s * 0.055, 0.002, 0.102)],
            0.006,
            color,
            segments=10,
            roughness=0.25,
            part="cradle",
        )
        for s in (-1, 1)
    ]
    bar = smooth_curve(
        [
            (-0.098, 0.018, 0.112),
            (-0.07, 0.018, 0.128),
            (0.0, 0.018, 0.134),
            (0.07, 0.018, 0.128),
            (0.098, 0.018, 0.112),
        ],
        6,
    )
    receiver = [tube(bar, 0.0115, color, segments=14, roughness=0.25, part="receiver")]
    for s in (-1, 1):
        cap = lathe(
            [(0.0, 0.0), (0.026, 0.0), (0.0285, 0.004), (0.027, 0.016), (0.015, 0.03), (0.0, 0.032)],
            color,
            segments=28,
            roughness=0.25,
            part="receiver",
        )
        holes = [
            disc(0.0017, 0.0002, RUBBER, segments=8, part="holes").moved(r * np.cos(a), r * np.sin(a))
            for r, n in ((0.008, 6), (0.015, 10))
            for a in np.linspace(0, 2 * np.pi, n, endpoint=False)
        ]
        receiver += [
            q.turned(y=s * 16).moved(s * 0.094, 0.018, 0.093)
            for q in (cap, *(d.turned(x=180).moved(z=-0.0002) for d in holes))
        ]
    t = np.linspace(0, 1, 130)
    path = np.stack([-0.098 - 0.045 * np.sin(np.pi * t), 0.02 + 0.0 * t - 0.045 * t, 0.094 * (1 - t) + 0.008], -1)
    coil = path + np.stack([0.0058 * np.cos(88 * t), 0.0058 * np.sin(88 * t), 0 * t], -1)
    cord = tube(coil, 0.0019, dim(color, 0.8), segments=5, part="cord")
    return grounded(
        PropKind.TELEPHONE,
        [body, *dial, *horns, *receiver, cord],
        grip_at((0.0, 0.018, 0.132), (1, 0, 0), (0, 0, -1)),
        Carry.LEVEL,
    )


def laptop(rng: np.random.Generator, words: Words) -> Prop:
    """An open laptop, 320 x 225 mm, screen lit at 108 degrees."""
    shell = said_colour(words, ("#9a9da1", "#37393c", "#b9bcbf"), rng)
    base = plate_with_edge(rounded_outline(0.32, 0.225, 0.012), 0.014, 0.002, shell, roughness=0.35, part="base").metal(
        0.6, 0.38
    )
    keys: list[tuple[float, float, float, float]] = []
    for row in range(5):
        n, y = 14, 0.082 - row * 0.0195
        for c in range(n):
            x = -0.137 + c * 0.0196 + (row % 2) * 0.004
            keys.append((x, y - 0.0165, x + 0.0165, y))
    deck = [
        rects(keys, 0.0148, srgb("#202225"), roughness=0.5, part="keys"),
        rects([(-0.142, -0.02, 0.142, 0.087)], 0.0144, dim(shell, 0.6), part="deck"),
        rects([(-0.055, -0.096, 0.055, -0.032)], 0.0145, dim(shell, 0.8), roughness=0.25, part="pad"),
        rects([(-0.05, -0.0375, 0.05, -0.021)], 0.0149, srgb("#202225"), part="keys"),
    ]
    lid = [
        plate_with_edge(rounded_outline(0.32, 0.215, 0.012), 0.007, 0.002, shell, roughness=0.35, part="lid").metal(
            0.6, 0.38
        ),
        rects([(-0.154, -0.098, 0.154, 0.101)], 0.0073, SCREEN, roughness=0.08, part="screen"),
        rects([(-0.149, -0.089, 0.149, 0.096)], 0.0075, (0.5, 0.55, 0.6), part="screen").glowing((0.26, 0.30, 0.34)),
        rects([(-0.149, 0.084, 0.149, 0.096)], 0.0077, (0.1, 0.15, 0.22), part="screen").glowing((0.06, 0.09, 0.14)),
        rects([(-0.149, -0.089, -0.09, 0.084)], 0.0076, (0.2, 0.25, 0.3), part="screen").glowing((0.12, 0.15, 0.19)),
    ]
    for k in range(9):
        lid.append(
            rects(
                [(-0.075, 0.062 - k * 0.0165, float(rng.uniform(0.0, 0.13)), 0.068 - k * 0.0165)],
                0.0078,
                (0.1, 0.1, 0.12),
                part="screen",
            ).glowing((0.05, 0.055, 0.07))
        )
    lid = [s.moved(y=0.108).turned(x=108 - 180 + 180).moved(y=0.11, z=0.012) for s in lid]
    return grounded(PropKind.LAPTOP, [base, *deck, *lid], grip_at((0.14, -0.06, 0.007), (0, 1, 0), (-1, 0, 0)))
