"""Cameras, torches and radios."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import box, lathe, rounded_box, sphere, srgb, tube
from maquette.stage.props.parts import (
    BRASS,
    DARK_STEEL,
    RUBBER,
    STEEL,
    dim,
    disc,
    plate_with_edge,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, Words, grip_at, grounded


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
    knobs = [
        lathe([(r, 0.0), (r, t), (0.0, t + 0.0005)], c, segments=24, part="knobs", crease_deg=30)
        .metal(0.8, 0.35)
        .moved(x, 0, 0.081)
        for x, r, t, c in (
            (-0.052, 0.011, 0.009, STEEL),
            (0.05, 0.0105, 0.008, DARK_STEEL),
            (0.031, 0.0052, 0.006, STEEL),
        )
    ]
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
        grip_at((-0.062, -0.004, 0.036), (0, 0, 1), (0, -1, 0)),
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
