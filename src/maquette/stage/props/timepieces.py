"""Watches and clocks."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Color, Solid, box, lathe, sheet, sphere, srgb, tube
from maquette.stage.props.parts import (
    BRASS,
    GOLD,
    STEEL,
    circle,
    dim,
    disc,
    ribbon,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Prop, Words, grip_at, grounded


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
        crown = [
            lathe([(0.003, 0.0), (0.0046, 0.001), (0.0046, 0.006), (0.0, 0.007)], metal, segments=16, part="crown")
            .metal(1.0, 0.25)
            .turned(x=-90)
            .moved(y=0.0248, z=0.005),
            tube(
                np.column_stack([circle(0.007, 24, (0, 0.036)), np.full(24, 0.005)]),
                0.0012,
                metal,
                segments=8,
                closed=True,
                part="bow",
            ).metal(1.0, 0.2),
        ]
        along = smooth_curve([(0.0, 0.043), (0.02, 0.07), (0.06, 0.06), (0.07, 0.02), (0.05, -0.02), (0.065, -0.05)], 6)
        links = [
            tube(
                np.column_stack(
                    [
                        circle(0.003, 8) * [1.0, 0.6] @ np.array([[np.cos(a), np.sin(a)], [-np.sin(a), np.cos(a)]]) + p,
                        np.full(8, 0.0016),
                    ]
                ),
                0.0007,
                metal,
                segments=5,
                closed=True,
                part="chain",
            ).metal(1.0, 0.25)
            for p, a in zip(along, np.arctan2(*np.gradient(along, axis=0).T[::-1]), strict=True)
        ]
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
