"""Plates, bowls and cutlery."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Color, Solid, lathe, sheet, srgb, tube
from maquette.stage.props.parts import (
    GLASS,
    STEEL,
    dim,
    disc,
    plate_with_edge,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, Words, grip_at, grounded


def plate(rng: np.random.Generator, words: Words) -> Prop:
    """A dinner plate of 260 mm with a coloured rim; a steel tray when the script says so."""
    color = said_colour(words, ("#e8e4da", "#e2e6e4"), rng)
    trim = said_colour((), ("blue", "green", "burgundy", "grey"), rng)
    k = 0.55 if "saucer" in words else 1.25 if {"tray", "platter"} & set(words) else 1.0
    if "tray" in words:
        color = trim = STEEL
    profile = [
        (0.0, 0.0),
        (0.070, 0.0),
        (0.075, 0.002),
        (0.090, 0.008),
        (0.128, 0.019),
        (0.130, 0.0205),
        (0.127, 0.0222),
        (0.092, 0.0125),
        (0.084, 0.0065),
        (0.0, 0.006),
    ]
    body = lathe(profile, color, segments=56, roughness=0.2, part="china")
    ring = lathe([(0.1288, 0.0226), (0.1215, 0.0206)], trim, segments=56, roughness=0.2, part="trim")
    thin = lathe([(0.0948, 0.0137), (0.0930, 0.0131)], trim, segments=56, roughness=0.2, part="trim")
    solids = [s.scaled(k, k, 1.0) for s in (body, ring, thin)]
    return grounded(PropKind.PLATE, solids, grip_at((0.118 * k, 0, 0.018), (0, 1, 0), (-1, 0, 0.1)), Carry.LEVEL)


def bowl(rng: np.random.Generator, words: Words) -> Prop:
    """A soup bowl of 160 mm, or a heavy glass ashtray."""
    if "ashtray" in words:
        body = lathe(
            [(0.0, 0.0), (0.058, 0.0), (0.062, 0.004), (0.064, 0.030), (0.054, 0.031), (0.048, 0.012), (0.0, 0.011)],
            dim(GLASS, 0.7),
            segments=36,
            roughness=0.05,
            part="glass",
        )
        butt = tube(
            [(0.01, 0.0, 0.0165), (0.046, 0.018, 0.027)], 0.004, srgb("#e9e3d6"), segments=8, roughness=0.9, part="butt"
        )
        ash = disc(0.03, 0.0122, srgb("#6b6864"), roughness=1.0, part="ash")
        return grounded(
            PropKind.BOWL, [body, ash, butt], grip_at((0.055, 0, 0.018), (0, 1, 0), (-1, 0, 0)), Carry.LEVEL
        )
    color = said_colour(words, ("#e4ddcb", "#3c6475", "#a8482f", "#52653f"), rng)
    body = lathe(
        [(0.0, 0.0), (0.036, 0.0), (0.037, 0.007), (0.056, 0.018), (0.074, 0.040), (0.080, 0.066), (0.077, 0.0665)],
        color,
        segments=44,
        roughness=0.25,
        part="glaze",
    )
    inside = lathe(
        [(0.077, 0.0665), (0.070, 0.042), (0.052, 0.022), (0.0, 0.014)],
        srgb("#e8e3d5"),
        segments=44,
        roughness=0.25,
        part="inside",
    )
    food = disc(
        0.0695, 0.043, srgb("#a65a22") if "soup" in words else srgb("#d9c59a"), segments=44, roughness=0.3, part="food"
    )
    return grounded(
        PropKind.BOWL, [body, inside, food], grip_at((0.072, 0, 0.045), (0, 1, 0), (-1, 0, 0.2)), Carry.LEVEL
    )


def knife(rng: np.random.Generator, words: Words) -> Prop:
    """A chef's knife of 320 mm with a riveted wooden handle; smaller as penknife or letter opener."""
    k = 0.62 if {"penknife", "pocket", "switchblade", "steak", "opener"} & set(words) else 1.0
    edge = smooth_curve([(0.0, -0.024), (0.07, -0.025), (0.13, -0.021), (0.18, -0.008), (0.2, 0.006)], 6)
    spine = np.array([(0.195, 0.0085), (0.15, 0.0125), (0.07, 0.015), (0.0, 0.016)])
    blade = (
        plate_with_edge(np.concatenate([edge, spine]), 0.0024, 0.0009, STEEL, roughness=0.2, part="blade")
        .metal(1.0, 0.22)
        .moved(z=0.008)
    )
    bevel = (
        plate_with_edge(
            np.concatenate([edge, (edge + [0, 0.0052])[::-1]]),
            0.0026,
            0.0002,
            dim(STEEL, 1.15),
            roughness=0.1,
            part="edge",
        )
        .metal(1.0, 0.1)
        .moved(z=0.0079)
    )
    bolster = (
        plate_with_edge(
            [(-0.012, -0.013), (0.001, -0.020), (0.001, 0.0155), (-0.012, 0.013)], 0.013, 0.003, STEEL, part="bolster"
        )
        .metal(1.0, 0.25)
        .moved(z=0.0027)
    )
    grip = smooth_curve(
        [
            (-0.012, -0.012),
            (-0.04, -0.014),
            (-0.075, -0.011),
            (-0.11, -0.017),
            (-0.122, -0.012),
            (-0.12, 0.008),
            (-0.09, 0.012),
            (-0.05, 0.0125),
            (-0.012, 0.0125),
        ],
        3,
    )
    wood = plate_with_edge(
        grip, 0.019, 0.005, said_colour(words, ("#4c3020", "#2a2523", "#7d5433"), rng), roughness=0.5, part="handle"
    )
    rivets = [
        lathe([(0.0032, 0.0), (0.0032, 0.0193), (0.0, 0.0196)], STEEL, segments=12, part="rivet")
        .metal(1.0, 0.3)
        .moved(x, 0.0, 0.0)
        for x in (-0.03, -0.062, -0.095)
    ]
    solids = [s.scaled(k) for s in (blade, bevel, bolster, wood, *rivets)]
    return grounded(PropKind.KNIFE, solids, grip_at((-0.065 * k, 0, 0.0095 * k), (1, 0, 0), (0, -1, 0)))


def fork(rng: np.random.Generator, words: Words) -> Prop:
    """A table fork of 200 mm with four tines."""
    handle = _cutlery_handle(STEEL)
    tines = [
        tube(
            smooth_curve([(0.062, y * 0.55, 0.004), (0.075, y, 0.0025), (0.095, y, 0.004), (0.118, y, 0.012)], 4),
            0.0013,
            STEEL,
            segments=6,
            part="tines",
        ).metal(1.0, 0.2)
        for y in (-0.0096, -0.0032, 0.0032, 0.0096)
    ]
    palm = (
        plate_with_edge(
            smooth_curve(
                [(0.042, -0.003), (0.055, -0.009), (0.076, -0.0112), (0.076, 0.0112), (0.055, 0.009), (0.042, 0.003)], 3
            ),
            0.0022,
            0.0007,
            STEEL,
            part="tines",
        )
        .metal(1.0, 0.2)
        .moved(z=0.002)
    )
    return grounded(PropKind.FORK, [handle, palm, *tines], grip_at((-0.03, 0, 0.005), (1, 0, 0), (0, 0, 1)))


def _cutlery_handle(color: Color) -> Solid:
    outline = smooth_curve(
        [
            (0.046, -0.0032),
            (0.0, -0.0034),
            (-0.04, -0.006),
            (-0.075, -0.0095),
            (-0.088, 0.0),
            (-0.075, 0.0095),
            (-0.04, 0.006),
            (0.0, 0.0034),
            (0.046, 0.0032),
        ],
        3,
    )
    return plate_with_edge(outline, 0.003, 0.001, color, part="handle").metal(1.0, 0.22).moved(z=0.002)


def spoon(rng: np.random.Generator, words: Words) -> Prop:
    """A spoon of 190 mm with a hollow bowl."""
    a = np.linspace(0, 2 * np.pi, 25)[:-1]
    rings = []
    for t in (1.0, 0.8, 0.5, 0.2, 0.02):
        z = 0.0105 - 0.010 * (1 - t**2)
        rings.append(
            np.stack(
                [0.074 + 0.030 * t * np.cos(a), 0.020 * t * np.sin(a) * (1 - 0.16 * np.cos(a)), np.full(24, z)], -1
            )
        )
    hollow = sheet(rings, STEEL, closed=True, thickness=0.0014, part="bowl").metal(1.0, 0.15)
    k = 0.72 if "teaspoon" in words else 1.0
    neck = tube(
        smooth_curve([(0.03, 0, 0.004), (0.04, 0, 0.0065), (0.047, 0, 0.0098)], 4),
        0.0024,
        STEEL,
        segments=8,
        part="handle",
    ).metal(1.0, 0.2)
    solids = [s.scaled(k) for s in (hollow, neck, _cutlery_handle(dim(STEEL, 0.98)))]
    return grounded(PropKind.SPOON, solids, grip_at((-0.03 * k, 0, 0.004), (1, 0, 0), (0, 0, 1)))
