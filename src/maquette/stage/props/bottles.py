"""Bottles and pots."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Color, Solid, join, lathe, sheet, srgb, tube
from maquette.stage.props.parts import (
    COFFEE,
    DARK_WOOD,
    GLASS,
    RUBBER,
    STEEL,
    clear_wall,
    dim,
    plate_with_edge,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, Words, grip_at, grounded


def bottle(rng: np.random.Generator, words: Words) -> Prop:
    """A wine bottle of 75 x 300 mm; square-shouldered for whisky and rum, small and brown for beer."""
    text = " ".join(words)
    if any(w in text for w in ("whisky", "whiskey", "bourbon", "rum", "gin", "vodka", "flask", "decanter")):
        color, label = srgb("#73400f") if "vodka" not in text and "gin" not in text else GLASS, srgb("#e1d3ae")
        profile = [
            (0.0, 0.002),
            (0.036, 0.0),
            (0.040, 0.004),
            (0.040, 0.165),
            (0.036, 0.185),
            (0.018, 0.205),
            (0.0145, 0.215),
            (0.0145, 0.243),
        ]
        lid, at, tall = (0.0165, 0.243, 0.030, DARK_WOOD), 0.03, 0.10
    elif "beer" in text:
        color, label = srgb("#4a2410"), srgb("#c8a13a")
        profile = [
            (0.0, 0.002),
            (0.029, 0.0),
            (0.0305, 0.003),
            (0.0305, 0.125),
            (0.027, 0.145),
            (0.016, 0.175),
            (0.0135, 0.225),
        ]
        lid, at, tall = (0.0145, 0.225, 0.006, STEEL), 0.035, 0.07
    else:
        color, label = srgb("#17301c"), srgb("#e8e0cb")
        profile = [
            (0.0, 0.012),
            (0.030, 0.0),
            (0.0365, 0.003),
            (0.0375, 0.008),
            (0.0375, 0.185),
            (0.034, 0.205),
            (0.020, 0.226),
            (0.0145, 0.24),
            (0.0138, 0.286),
            (0.0155, 0.287),
            (0.0155, 0.296),
        ]
        lid, at, tall = (0.0152, 0.235, 0.064, srgb("#5b1521")), 0.055, 0.085
    color = said_colour(words, ("#17301c",), rng) if {"green", "blue", "brown"} & set(words) else color
    r = max(p[0] for p in profile)
    body = lathe(profile, color, segments=36, roughness=0.06, part="glass")
    cap = lathe(
        [(lid[0], lid[1]), (lid[0], lid[1] + lid[2]), (0.0, lid[1] + lid[2])],
        lid[3],
        segments=30,
        roughness=0.45,
        part="cap",
        crease_deg=40,
    )
    solids = [body, cap, *_label(rng, r, at, tall, label)]
    return grounded(
        PropKind.BOTTLE, solids, grip_at((0.0, 0, profile[-1][1] * 0.45), (0, 0, 1), (0, 1, 0)), Carry.LEVEL
    )


def _label(rng: np.random.Generator, r: float, at: float, tall: float, color: Color) -> list[Solid]:
    """A paper label on the front, with a border, a crest and lines of print."""

    def patch(a0: float, a1: float, z0: float, z1: float, out: float, ink: Color) -> Solid:
        a = np.radians(np.linspace(a0, a1, max(2, int(abs(a1 - a0) / 8))))
        grid = [np.stack([(r + out) * np.cos(a), (r + out) * np.sin(a), np.full(len(a), z)], -1) for z in (z0, z1)]
        return sheet(grid, ink, roughness=0.85, part="label")

    ink = srgb("#2a2320")
    red = srgb("#7c2a24")
    rows = [
        patch(-150, -30, at, at + tall, 0.0003, color),
        patch(-147, -33, at + tall * 0.92, at + tall * 0.95, 0.0006, red),
        patch(-147, -33, at + tall * 0.05, at + tall * 0.08, 0.0006, red),
        patch(-103, -77, at + tall * 0.66, at + tall * 0.86, 0.0006, red),
        patch(-130, -50, at + tall * 0.44, at + tall * 0.58, 0.0006, ink),
    ]
    for k in range(3):
        half = float(rng.uniform(18, 36))
        rows.append(
            patch(
                -90 - half,
                -90 + half,
                at + tall * (0.16 + 0.08 * k),
                at + tall * (0.195 + 0.08 * k),
                0.0006,
                dim(ink, 1.6),
            )
        )
    return rows


def coffee_pot(rng: np.random.Generator, words: Words) -> Prop:
    """A diner's glass coffee jug, or an enamel teapot or kettle."""
    if {"teapot", "tea", "kettle"} & set(words):
        color = said_colour(words, ("#a23b2b", "#3c6475", "#e0d8c6", "#37393c"), rng)
        body = lathe(
            [
                (0.0, 0.0),
                (0.055, 0.0),
                (0.062, 0.004),
                (0.080, 0.035),
                (0.084, 0.062),
                (0.076, 0.095),
                (0.052, 0.118),
                (0.040, 0.122),
            ],
            color,
            segments=40,
            roughness=0.25,
            part="body",
        )
        lid = lathe(
            [
                (0.045, 0.121),
                (0.044, 0.126),
                (0.025, 0.136),
                (0.007, 0.139),
                (0.006, 0.145),
                (0.012, 0.152),
                (0.008, 0.160),
                (0.0, 0.161),
            ],
            color,
            segments=30,
            roughness=0.25,
            part="lid",
        )
        spout = tube(
            smooth_curve([(0.068, 0, 0.05), (0.100, 0, 0.062), (0.118, 0, 0.098), (0.138, 0, 0.125)], 6),
            0.0125,
            color,
            segments=12,
            roughness=0.25,
            part="spout",
        )
        loop = smooth_curve(
            [(-0.062, 0, 0.105), (-0.098, 0, 0.117), (-0.122, 0, 0.096), (-0.118, 0, 0.060), (-0.074, 0, 0.034)], 7
        )
        handle = tube(loop, 0.0075, dim(color, 0.4), segments=10, roughness=0.35, part="handle")
        return grounded(
            PropKind.COFFEE_POT,
            [body, lid, spout, handle],
            grip_at((-0.120, 0, 0.078), (0, 0, 1), (0, -1, 0)),
            Carry.LEVEL,
        )
    jug = join(clear_wall([(0.0788, 0.060), (0.0755, 0.079), (0.068, 0.095), (0.058, 0.110), (0.0492, 0.122)]), "glass")
    fill = lathe(
        [
            (0.0, 0.003),
            (0.0525, -0.0004),
            (0.0665, 0.0056),
            (0.0775, 0.035),
            (0.0785, 0.060),
            (0.0755, 0.078),
            (0.0, 0.0782),
        ],
        COFFEE,
        segments=40,
        roughness=0.05,
        part="coffee",
    )
    band = lathe(
        [(0.0492, 0.119), (0.0512, 0.121), (0.0512, 0.138), (0.0492, 0.140)],
        STEEL,
        segments=40,
        roughness=0.3,
        part="band",
    ).metal(1.0, 0.3)
    lid = lathe(
        [(0.0505, 0.139), (0.0515, 0.144), (0.036, 0.155), (0.012, 0.157), (0.012, 0.163), (0.0, 0.164)],
        RUBBER,
        segments=32,
        roughness=0.4,
        part="lid",
    )
    spout = plate_with_edge(
        [(0.044, -0.014), (0.068, -0.004), (0.068, 0.004), (0.044, 0.014)],
        0.009,
        0.0015,
        RUBBER,
        roughness=0.4,
        part="lid",
    ).moved(z=0.134)
    loop = smooth_curve(
        [(-0.046, 0, 0.132), (-0.090, 0, 0.136), (-0.112, 0, 0.118), (-0.110, 0, 0.078), (-0.100, 0, 0.048)], 7
    )
    handle = tube(loop, 0.0092, RUBBER, segments=12, roughness=0.4, part="handle").scaled(1, 1.3, 1)
    return grounded(
        PropKind.COFFEE_POT,
        [jug, fill, band, lid, spout, handle],
        grip_at((-0.110, 0, 0.09), (0, 0, 1), (0, -1, 0)),
        Carry.LEVEL,
    )
