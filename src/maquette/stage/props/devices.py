"""Phones, computers, cameras, radios, clocks and lights with batteries."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Color, Solid, box, cylinder, lathe, rounded_box, sheet, sphere, srgb, tube
from maquette.stage.props.parts import (
    BRASS,
    DARK_STEEL,
    GOLD,
    RUBBER,
    STEEL,
    WOOD,
    circle,
    dim,
    disc,
    plate_with_edge,
    rects,
    ribbon,
    rounded_outline,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, grip_at, grounded

Words = Sequence[str]
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


COLOUR_BLACK = srgb("#1d1d1f")


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
    deck = [rects(keys, 0.0148, srgb("#202225"), roughness=0.5, part="keys"), rects([(-0.142, -0.02, 0.142, 0.087)], 0.0144, dim(shell, 0.6), part="deck"),
            rects([(-0.055, -0.096, 0.055, -0.032)], 0.0145, dim(shell, 0.8), roughness=0.25, part="pad"), rects([(-0.05, -0.0375, 0.05, -0.021)], 0.0149, srgb("#202225"), part="keys")]  # fmt: skip
    lid = [plate_with_edge(rounded_outline(0.32, 0.215, 0.012), 0.007, 0.002, shell, roughness=0.35, part="lid").metal(0.6, 0.38),
           rects([(-0.154, -0.098, 0.154, 0.101)], 0.0073, SCREEN, roughness=0.08, part="screen"),
           rects([(-0.149, -0.089, 0.149, 0.096)], 0.0075, (0.5, 0.55, 0.6), part="screen").glowing((0.26, 0.30, 0.34)),
           rects([(-0.149, 0.084, 0.149, 0.096)], 0.0077, (0.1, 0.15, 0.22), part="screen").glowing((0.06, 0.09, 0.14)),
           rects([(-0.149, -0.089, -0.09, 0.084)], 0.0076, (0.2, 0.25, 0.3), part="screen").glowing((0.12, 0.15, 0.19))]  # fmt: skip
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


def camera(rng: np.random.Generator, words: Words) -> Prop:
    """A 35 mm reflex camera, 140 x 92 x 110 mm, lens to the front."""
    skin = srgb("#232325")
    body = rounded_box((0.138, 0.042, 0.066), skin, 0.008, steps=2, roughness=0.75, part="leather").moved(z=0.002)
    top = (
        rounded_box((0.138, 0.040, 0.020), dim(STEEL, 0.85), 0.006, steps=2, part="top").metal(0.9, 0.35).moved(z=0.062)
    )
    base = rounded_box((0.138, 0.040, 0.009), dim(STEEL, 0.85), 0.003, steps=2, part="top").metal(0.9, 0.35)
    prism_ = (
        plate_with_edge(
            [(-0.028, 0.0), (0.028, 0.0), (0.018, 0.019), (-0.018, 0.019)], 0.034, 0.003, dim(STEEL, 0.85), part="top"
        )
        .metal(0.9, 0.35)
        .turned(x=90)
        .moved(y=0.016, z=0.080)
    )
    tube_ = lathe(
        [
            (0.033, 0.0),
            (0.033, 0.007),
            (0.029, 0.008),
            (0.0305, 0.012),
            (0.0305, 0.024),
            (0.0275, 0.025),
            (0.0275, 0.033),
            (0.0295, 0.034),
            (0.0295, 0.043),
            (0.026, 0.0435),
            (0.024, 0.036),
        ],
        RUBBER,
        segments=40,
        roughness=0.4,
        part="lens",
        crease_deg=30,
    )
    ring = lathe([(0.0308, 0.0065), (0.0332, 0.0065), (0.0332, 0.0005)], STEEL, segments=40, part="ring").metal(
        1.0, 0.3
    )
    marks = [
        box((0.0008, 0.0018, 0.004), srgb("#d8d6d0"), part="marks").moved(
            0.0306 * np.cos(a), 0.0306 * np.sin(a), 0.027 - 0.012
        )
        for a in np.linspace(0.2, 2.9, 9)
    ]
    glass = lathe(
        [(0.024, 0.034), (0.018, 0.0375), (0.010, 0.0395), (0.0, 0.040)],
        srgb("#1a2440"),
        segments=32,
        roughness=0.03,
        part="glass",
    )
    coat = lathe(
        [(0.012, 0.0393), (0.006, 0.0402), (0.0, 0.0404)], srgb("#4a3a78"), segments=24, roughness=0.03, part="glass"
    )
    lens = [s.turned(x=90).moved(y=-0.020, z=0.037) for s in (tube_, ring, *marks, glass, coat)]
    knobs = [lathe([(r, 0.0), (r, t), (0.0, t + 0.0005)], c, segments=24, part="knobs", crease_deg=30).metal(0.8, 0.35).moved(x, 0, 0.081)
             for x, r, t, c in ((-0.052, 0.011, 0.009, STEEL), (0.05, 0.0105, 0.008, DARK_STEEL), (0.031, 0.0052, 0.006, STEEL))]  # fmt: skip
    shoe = box((0.02, 0.018, 0.002), DARK_STEEL, part="shoe").moved(y=0.004, z=0.099)
    eye = box((0.024, 0.006, 0.016), RUBBER, part="eyepiece").moved(y=0.021, z=0.081)
    window = box((0.01, 0.002, 0.006), srgb("#1a2440"), part="glass").moved(0.032, -0.0205, 0.068)
    strap = tube(
        smooth_curve(
            [
                (-0.068, 0.0, 0.068),
                (-0.095, 0.03, 0.04),
                (-0.075, 0.085, 0.004),
                (0.0, 0.105, 0.003),
                (0.08, 0.08, 0.004),
                (0.096, 0.03, 0.035),
                (0.068, 0.0, 0.068),
            ],
            6,
        ),
        0.0032,
        srgb("#4a2c1c"),
        segments=6,
        roughness=0.8,
        part="strap",
    )
    return grounded(
        PropKind.CAMERA,
        [body, top, base, prism_, *lens, *knobs, shoe, eye, window, strap],
        grip_at((0.062, -0.004, 0.036), (0, 0, 1), (0, -1, 0)),
    )


def flashlight(rng: np.random.Generator, words: Words) -> Prop:
    """A torch of 210 mm with knurled grip and lit lens, lying down."""
    color = said_colour(words, ("#1d1d1f", "#37393c", "#8e2b27"), rng)
    body = lathe(
        [
            (0.0, 0.0),
            (0.016, 0.0),
            (0.018, 0.003),
            (0.018, 0.018),
            (0.0165, 0.02),
            (0.0165, 0.128),
            (0.018, 0.132),
            (0.027, 0.158),
            (0.029, 0.165),
            (0.029, 0.196),
            (0.0275, 0.2),
            (0.0245, 0.2),
            (0.0235, 0.192),
        ],
        color,
        segments=36,
        part="body",
        crease_deg=35,
    ).metal(0.5, 0.35)
    knurl = [
        lathe(
            [(0.0165, z), (0.0176, z + 0.0012), (0.0165, z + 0.0024)],
            dim(color, 0.8),
            segments=24,
            roughness=0.6,
            part="grip",
        )
        for z in np.arange(0.03, 0.085, 0.005)
    ]
    fins = [
        lathe([(0.0288, z), (0.0302, z + 0.001), (0.0288, z + 0.002)], dim(color, 1.4), segments=36, part="fins").metal(
            0.6, 0.3
        )
        for z in (0.168, 0.174, 0.180)
    ]
    button = (
        rounded_box((0.012, 0.018, 0.006), srgb("#a5322b"), 0.002, steps=1, roughness=0.5, part="button")
        .turned(x=90)
        .turned(z=180)
        .moved(y=0.0155, z=0.105)
    )
    reflector = lathe(
        [(0.0236, 0.192), (0.016, 0.184), (0.006, 0.178), (0.0, 0.177)], (0.9, 0.88, 0.8), segments=32, part="lens"
    ).glowing((5.0, 4.6, 3.8))
    bulb = sphere(0.0045, (1, 1, 1), segments=10, part="lens").moved(z=0.182).glowing((24.0, 22.0, 18.0))
    solids = [s.turned(y=90).moved(z=0.03) for s in (body, *knurl, *fins, button.turned(z=0), reflector, bulb)]
    return grounded(
        PropKind.FLASHLIGHT,
        solids,
        grip_at((0.07, 0, 0.03), (0.5, 0, 0.866), (0.866, 0, -0.5)),
        flame=(0.21, 0.0, 0.03),
    )


def radio(rng: np.random.Generator, words: Words) -> Prop:
    """A portable radio of 260 x 90 x 165 mm: cloth grille, dial, knobs, handle, aerial."""
    color = said_colour(words, ("#7d5433", "#8e2b27", "#2f5a5c", "#d8cdb4"), rng)
    case = rounded_box((0.26, 0.085, 0.155), color, 0.014, steps=2, roughness=0.45, part="case")
    face = box((0.236, 0.003, 0.132), srgb("#d9cfb4"), roughness=0.7, part="face").moved(y=-0.0425, z=0.0115)
    grille = [
        box((0.13, 0.002, 0.0022), srgb("#6d5b3e"), part="grille").moved(-0.045, -0.0445, 0.024 + 0.0052 * k)
        for k in range(21)
    ]
    dial = (
        box((0.078, 0.002, 0.042), srgb("#ece4c8"), part="dial")
        .moved(0.072, -0.0445, 0.092)
        .glowing((0.25, 0.19, 0.08))
    )
    marks = [
        box((0.0007, 0.001, 0.006 + 0.004 * (k % 3 == 0)), srgb("#3a2d20"), part="dial").moved(
            0.038 + 0.0057 * k, -0.046, 0.115
        )
        for k in range(13)
    ]
    needle = box((0.0013, 0.0012, 0.036), srgb("#b3251f"), part="dial").moved(
        0.06 + float(rng.uniform(0, 0.03)), -0.0464, 0.095
    )
    knobs = [
        lathe(
            [(0.017, 0.0), (0.0165, 0.012), (0.014, 0.014), (0.0, 0.0145)],
            srgb("#3b2a1f"),
            segments=28,
            part="knobs",
            crease_deg=40,
        )
        .turned(x=90)
        .moved(x, -0.044, 0.052)
        for x in (0.05, 0.096)
    ]
    caps = [
        disc(0.009, 0.0148, BRASS, segments=20, part="knobs").metal(0.9, 0.3).turned(x=90).moved(x, -0.044, 0.052)
        for x in (0.05, 0.096)
    ]
    handle = tube(
        smooth_curve(
            [(-0.1, 0, 0.15), (-0.1, 0, 0.182), (-0.06, 0, 0.196), (0.06, 0, 0.196), (0.1, 0, 0.182), (0.1, 0, 0.15)], 5
        ),
        0.0062,
        dim(color, 0.5),
        segments=10,
        part="handle",
    )
    aerial = tube([(0.115, 0.025, 0.15), (0.15, 0.03, 0.33)], 0.0022, STEEL, segments=8, part="aerial").metal(1.0, 0.2)
    tip = sphere(0.0036, STEEL, segments=10, part="aerial").metal().moved(0.15, 0.03, 0.331)
    feet = [box((0.02, 0.06, 0.006), RUBBER, part="feet").moved(x=x, z=-0.004) for x in (-0.09, 0.09)]
    return grounded(
        PropKind.RADIO,
        [case, face, *grille, dial, *marks, needle, *knobs, *caps, handle, aerial, tip, *feet],
        grip_at((0, 0, 0.196), (1, 0, 0), (0, 0, -1)),
        Carry.HANG,
    )


def _hands(rng: np.random.Generator, r: float, z: float, color: Color) -> list[Solid]:
    """Hour and minute hand at a seeded time, and their boss."""
    hour = float(rng.uniform(0, 12))
    out: list[Solid] = []
    for turn, length, wide, lift in ((hour / 12, 0.55, 0.085, 0.0), (hour % 1.0, 0.82, 0.055, 0.0008)):
        a = np.pi / 2 - 2 * np.pi * turn
        d = np.array([np.cos(a), np.sin(a)])
        out.append(ribbon([-0.15 * r * d, length * r * d], wide * r, z + lift, color, part="hands"))
    return [*out, disc(0.06 * r, z + 0.0014, color, segments=14, part="hands")]


def _dial_marks(r: float, z: float, color: Color) -> list[Solid]:
    marks: list[Solid] = []
    for k in range(60):
        a = 2 * np.pi * k / 60
        d = np.array([np.cos(a), np.sin(a)])
        marks.append(
            ribbon(
                [d * r * (0.78 if k % 5 == 0 else 0.87), d * r * 0.93],
                r * (0.05 if k % 5 == 0 else 0.014),
                z,
                color,
                part="marks",
            )
        )
    return marks


def watch(rng: np.random.Generator, words: Words) -> Prop:
    """A wristwatch of 38 mm on a leather strap, lying buckled; a pocket watch on a chain when asked."""
    metal = said_colour(words, ("#b9bcbf", "#d8ac4c"), rng)
    if "pocket" in words:
        metal = GOLD if "silver" not in words else STEEL
    case = lathe(
        [(0.0, 0.0), (0.016, 0.0), (0.019, 0.003), (0.0198, 0.006), (0.019, 0.009), (0.0172, 0.0098)],
        metal,
        segments=44,
        part="case",
    ).metal(1.0, 0.2)
    face = [
        disc(0.0172, 0.0092, srgb("#ece7da"), segments=40, roughness=0.3, part="face"),
        *_dial_marks(0.0165, 0.0095, srgb("#242322")),
        *_hands(rng, 0.0165, 0.0098, srgb("#242322")),
    ]
    if "pocket" in words:
        k = 1.25
        head = [s.scaled(k, k, 1.0) for s in (case, *face)]
        crown = [lathe([(0.003, 0.0), (0.0046, 0.001), (0.0046, 0.006), (0.0, 0.007)], metal, segments=16, part="crown").metal(1.0, 0.25).turned(x=-90).moved(y=0.0248, z=0.005),
                 tube(np.column_stack([circle(0.007, 24, (0, 0.036)), np.full(24, 0.005)]), 0.0012, metal, segments=8, closed=True, part="bow").metal(1.0, 0.2)]  # fmt: skip
        along = smooth_curve([(0.0, 0.043), (0.02, 0.07), (0.06, 0.06), (0.07, 0.02), (0.05, -0.02), (0.065, -0.05)], 6)
        links = [tube(np.column_stack([circle(0.003, 8) * [1.0, 0.6] @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]) + p, np.full(8, 0.0016)]), 0.0007, metal, segments=5, closed=True, part="chain").metal(1.0, 0.25)
                 for p, a in zip(along, np.arctan2(*np.gradient(along, axis=0).T[::-1]), strict=True)]  # fmt: skip
        return grounded(PropKind.WATCH, [*head, *crown, *links], grip_at((0.0, 0.0, -0.012), (0.0, 1, 0), (-1, 0, 0)))
    strap_color = srgb("#5b3722")
    a = np.linspace(0.62, 2 * np.pi - 0.62, 36)
    ring = np.stack([np.zeros_like(a), 0.031 * np.sin(a), -0.0265 + 0.029 * np.cos(a) + 0.006], -1)
    half = 0.0095
    strap = sheet(
        [ring + [-half, 0, 0], ring + [half, 0, 0]], strap_color, thickness=0.0024, roughness=0.7, part="strap"
    )
    back = sheet([ring + [half, 0, 0], ring + [-half, 0, 0]], dim(strap_color, 0.8), roughness=0.7, part="strap")
    lugs = [
        tube(
            [(s * 0.0105, t * 0.0145, 0.006), (s * 0.0105, t * 0.0205, 0.0025)], 0.0019, metal, segments=8, part="case"
        ).metal(1.0, 0.2)
        for s in (-1, 1)
        for t in (-1, 1)
    ]
    crown = (
        lathe([(0.0028, 0.0), (0.0028, 0.0035), (0.0, 0.0037)], metal, segments=14, part="crown", crease_deg=30)
        .metal(1.0, 0.25)
        .turned(y=90)
        .moved(x=0.0193, z=0.0055)
    )
    buckle = box((0.023, 0.012, 0.003), metal, bevel=0.001, part="buckle").metal(1.0, 0.2).moved(y=0.002, z=-0.0515)
    return grounded(
        PropKind.WATCH,
        [case, *face, strap, back, *lugs, crown, buckle],
        grip_at((0.0, 0.0, -0.02), (1, 0, 0), (0, 1, 0)),
    )


def clock(rng: np.random.Generator, words: Words) -> Prop:
    """A twin-bell alarm clock of 115 mm, face to the front."""
    color = said_colour(words, ("#8e2b27", "#2f5a5c", "#c39b3e", "#1d1d1f"), rng)
    case = lathe(
        [(0.0, 0.0), (0.046, 0.0), (0.052, 0.006), (0.053, 0.045), (0.0555, 0.048), (0.0555, 0.054), (0.050, 0.056)],
        color,
        segments=44,
        roughness=0.3,
        part="case",
        crease_deg=50,
    )
    face = [
        disc(0.0502, 0.0535, srgb("#ece5d3"), segments=44, part="face"),
        *_dial_marks(0.047, 0.0540, srgb("#242322")),
        *_hands(rng, 0.047, 0.0546, srgb("#242322")),
    ]
    drum = [s.turned(x=90).moved(y=0.028, z=0.072) for s in (case, *face)]
    legs = [
        tube([(s * 0.03, 0.0, 0.035), (s * 0.044, 0.0, 0.006)], 0.0042, BRASS, segments=8, part="legs").metal(0.9, 0.3)
        for s in (-1, 1)
    ]
    feet = [sphere(0.006, BRASS, segments=10, part="legs").metal(0.9, 0.3).moved(s * 0.0445, 0, 0.006) for s in (-1, 1)]
    bells = [
        lathe([(0.021, 0.0), (0.0205, 0.006), (0.014, 0.015), (0.0, 0.019)], BRASS, segments=28, part="bells")
        .metal(1.0, 0.2)
        .turned(y=s * 28)
        .moved(s * 0.033, 0, 0.121)
        for s in (-1, 1)
    ]
    posts = [
        tube([(s * 0.024, 0, 0.112), (s * 0.034, 0, 0.126)], 0.002, BRASS, segments=6, part="bells").metal()
        for s in (-1, 1)
    ]
    hammer = [
        tube([(0, 0, 0.12), (0, 0, 0.138)], 0.0016, STEEL, segments=6, part="hammer").metal(),
        sphere(0.0042, STEEL, segments=10, part="hammer").metal().moved(z=0.139),
    ]
    arc = tube(
        smooth_curve([(-0.033, 0, 0.139), (0.0, 0, 0.158), (0.033, 0, 0.139)], 7),
        0.0022,
        BRASS,
        segments=8,
        part="handle",
    ).metal(1.0, 0.25)
    return grounded(
        PropKind.CLOCK,
        [*drum, *legs, *feet, *bells, *posts, *hammer, arc],
        grip_at((0, 0, 0.075), (0, 0, 1), (0, 1, 0)),
    )


def gramophone(rng: np.random.Generator, words: Words) -> Prop:
    """A horn gramophone on a wooden case of 360 mm; horn of 420 mm."""
    case = [rounded_box((0.36, 0.36, 0.13), WOOD, 0.012, steps=2, roughness=0.35, part="case").moved(z=0.015), box((0.40, 0.40, 0.02), dim(WOOD, 0.7), bevel=0.006, roughness=0.35, part="case"),
            box((0.39, 0.39, 0.016), dim(WOOD, 0.7), bevel=0.005, roughness=0.35, part="case").moved(z=0.14), box((0.26, 0.002, 0.06), dim(WOOD, 1.3), part="panel").moved(y=-0.181, z=0.05)]  # fmt: skip
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
        7,
    )
    n = len(path)
    radius = 0.012 + 0.20 * np.linspace(0, 1, n) ** 3.2
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.tile([1.0, 0.0, 0.0], (n, 1))
    up = np.cross(tangent, side)
    a = np.linspace(0, 2 * np.pi, 48, endpoint=False)
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


DEVICES = {
    PropKind.PHONE: phone, PropKind.TELEPHONE: telephone, PropKind.LAPTOP: laptop, PropKind.CAMERA: camera,
    PropKind.FLASHLIGHT: flashlight, PropKind.RADIO: radio, PropKind.WATCH: watch, PropKind.CLOCK: clock,
    PropKind.GRAMOPHONE: gramophone,
}  # fmt: skip
