"""Cups and drinking glasses."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Color, Solid, lathe, solid, srgb, tube
from maquette.stage.props.parts import (
    CLEAR,
    COFFEE,
    clear_wall,
    dim,
    disc,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, Words, grip_at, grounded

TEA = srgb("#7a3f16")


def cup(rng: np.random.Generator, words: Words) -> Prop:
    """A mug of 82 x 95 mm, or a teacup with saucer when the script says so; a chipped one has its chip."""
    if {"teacup", "tea", "saucer"} & set(words) and "mug" not in words:
        return _teacup(rng, words)
    color = said_colour(words, ("#d9d2c3", "#3c6475", "#a8482f", "#52653f", "#c79a3f", "#2f4460"), rng)
    r, h = 0.041, 0.095
    outer = [(0.0, 0.0), (0.033, 0.0), (0.036, 0.003), (0.0395, 0.012), (r, 0.03), (r, h - 0.002), (r - 0.0015, h)]
    inner = [(r - 0.0035, h), (r - 0.0045, h - 0.003), (r - 0.005, 0.014), (0.03, 0.007), (0.0, 0.006)]
    body = lathe(outer, color, segments=40, roughness=0.22, part="glaze")
    inside = lathe([outer[-1], *inner], srgb("#e6e1d4"), segments=40, roughness=0.22, part="inside")
    loop = smooth_curve(
        [
            (r - 0.003, 0, 0.078),
            (0.056, 0, 0.083),
            (0.070, 0, 0.070),
            (0.071, 0, 0.046),
            (0.059, 0, 0.026),
            (r - 0.003, 0, 0.021),
        ],
        6,
    )
    handle = tube(loop, 0.0052, color, segments=10, roughness=0.22, part="handle").scaled(1, 1.35, 1)
    band = lathe([(r + 0.0002, 0.07), (r + 0.0003, 0.078)], dim(color, 0.55), segments=40, roughness=0.25, part="band")
    drink = disc(r - 0.0052, 0.074, COFFEE, segments=40, roughness=0.08, part="drink")
    solids = [body, inside, handle, band, drink]
    if "chipped" in words or "cracked" in words:
        solids += _chip(r, h)
    return grounded(PropKind.CUP, solids, grip_at((0.069, 0, 0.052), (0, 0, 1), (0, 1, 0)), Carry.LEVEL)


def _chip(r: float, h: float) -> list[Solid]:
    """Raw clay where the rim broke, and the glued crack that runs down from it, at the front."""
    a = np.radians(np.array([-118, -112, -104, -97, -91, -86, -81]))
    depth = np.array([0.0, 0.005, 0.0085, 0.0075, 0.0095, 0.004, 0.0])
    out = r + 0.0004
    top = np.stack([out * np.cos(a), out * np.sin(a), np.full(7, h + 0.0003)], -1)
    low = np.stack([out * np.cos(a), out * np.sin(a), h + 0.0003 - depth], -1)
    points = np.concatenate([low, top])
    faces = [f for i in range(6) for f in ((i, i + 1, i + 8), (i, i + 8, i + 7))]
    chip = solid(points, faces, srgb("#b98d63"), roughness=0.95, part="chip")
    inner = top * [0.93, 0.93, 1] + [0, 0, 0.0002]
    lip = solid(np.concatenate([top, inner]), faces, srgb("#b98d63"), roughness=0.95, part="chip")
    z = np.linspace(h - 0.009, 0.03, 7)
    b = np.radians(-92 + np.array([0, 5, 1, 8, 13, 9, 15]))
    crack = tube(
        np.stack([out * np.cos(b), out * np.sin(b), z], -1),
        0.0006,
        srgb("#5c4a38"),
        segments=5,
        roughness=0.8,
        part="crack",
    )
    return [chip, lip, crack]


def _teacup(rng: np.random.Generator, words: Words) -> Prop:
    color = said_colour(words, ("#e8e4da", "#dfe4e2", "#e6d9d6"), rng)
    trim = said_colour((), ("blue", "burgundy", "green", "gold"), rng)
    lift = 0.012
    outer = [
        (0.0, 0.0),
        (0.020, 0.0),
        (0.021, 0.004),
        (0.019, 0.006),
        (0.030, 0.018),
        (0.038, 0.035),
        (0.043, 0.056),
        (0.046, 0.062),
    ]
    body = lathe(
        [*outer, (0.0445, 0.062), (0.040, 0.050), (0.028, 0.020), (0.0, 0.010)],
        color,
        segments=40,
        roughness=0.16,
        part="china",
    ).moved(z=lift)
    rim = lathe([(0.0436, 0.0565), (0.0464, 0.0622)], trim, segments=40, roughness=0.2, part="trim").moved(z=lift)
    rim = rim.scaled(1.004, 1.004, 1)
    loop = smooth_curve(
        [(0.037, 0, 0.048), (0.052, 0, 0.056), (0.061, 0, 0.047), (0.056, 0, 0.031), (0.034, 0, 0.026)], 6
    )
    handle = tube(loop, 0.0028, color, segments=8, roughness=0.16, part="handle").moved(z=lift)
    drink = disc(0.0405, 0.050 + lift, TEA, segments=40, roughness=0.06, part="drink")
    saucer = lathe(
        [
            (0.0, 0.002),
            (0.030, 0.0),
            (0.036, 0.003),
            (0.058, 0.010),
            (0.074, 0.017),
            (0.0735, 0.0185),
            (0.056, 0.0125),
            (0.034, 0.006),
            (0.0, 0.006),
        ],
        color,
        segments=40,
        roughness=0.16,
        part="saucer",
    )
    ring = lathe([(0.0705, 0.0172), (0.0742, 0.0187)], trim, segments=40, roughness=0.2, part="trim")
    return grounded(
        PropKind.CUP,
        [body, rim, handle, drink, saucer, ring],
        grip_at((0.060, 0, 0.042 + lift), (0, 0, 1), (0, 1, 0)),
        Carry.LEVEL,
    )


def glass(rng: np.random.Generator, words: Words) -> Prop:
    """A tumbler of 80 x 92 mm, a pint when the script says so, with the drink it names."""
    text = " ".join(words)
    pint = "pint" in words or "beer" in words
    r0, r1, h = (0.033, 0.044, 0.15) if pint else (0.035, 0.040, 0.092)
    drink_color, level = _drink(text, rng)

    def wall(z: float) -> float:
        return r0 + (r1 - r0) * z / h

    floor = 0.013
    foot = [(0.0, 0.0), (r0 - 0.002, 0.0), (r0, 0.002), (wall(floor), floor), (0.0, floor)]
    solids = [lathe(foot, CLEAR, segments=36, roughness=0.04, part="glass", crease_deg=40)]
    z = floor
    if level > 0:
        z = floor + (h - 0.02) * level
        fill = [(wall(floor), floor), (wall(z), z)]
        solids += [
            lathe(fill, drink_color, segments=36, roughness=0.05, part="drink"),
            disc(wall(z), z, dim(drink_color, 1.25), segments=36, roughness=0.05, part="drink"),
        ]
    if level > 0 and pint:
        top = z + 0.015
        foam = srgb("#efe7d4")
        solids += [
            lathe([(wall(z) + 0.0003, z), (wall(top) + 0.0003, top)], foam, segments=36, roughness=0.9, part="foam"),
            disc(wall(top), top + 0.0002, foam, roughness=0.9, part="foam"),
        ]
        z = top
    solids += clear_wall([(wall(q) + 0.0004, q) for q in (z, (z + h) / 2, h)])
    return grounded(PropKind.GLASS, solids, grip_at((0.018, 0, h * 0.5), (0, 0, 1), (0, 1, 0)), Carry.LEVEL)


def _drink(text: str, rng: np.random.Generator) -> tuple[Color, float]:
    """Colour and level 0..1 of what a glass holds."""
    for names, color, level in (
        (("whisky", "whiskey", "bourbon", "brandy", "rum", "scotch", "cognac"), "#8a4513", 0.36),
        (("beer", "pint", "ale", "lager"), "#c6861f", 0.86),
        (("stout", "cola", "coke"), "#24130c", 0.85),
        (("milk",), "#ece8dc", 0.8),
        (("juice", "orange"), "#dd8a1d", 0.8),
        (("red", "wine"), "#4d1020", 0.55),
        (("white", "champagne"), "#cfba6a", 0.6),
        (("empty",), "#000000", 0.0),
        (("tea",), "#7a3f16", 0.7),
    ):
        if any(n in text for n in names):
            return srgb(color), level
    return srgb("#aebfc2"), float(rng.uniform(0.5, 0.75))


def wine_glass(rng: np.random.Generator, words: Words) -> Prop:
    """A stemmed glass of 80 x 205 mm; a flute for champagne."""
    text = " ".join(words)
    flute = "champagne" in text or "flute" in text
    knots = (
        [(0.004, 0.088), (0.014, 0.096), (0.024, 0.118), (0.0275, 0.15), (0.0265, 0.19), (0.0245, 0.215)]
        if flute
        else [(0.004, 0.086), (0.018, 0.091), (0.033, 0.105), (0.040, 0.128), (0.039, 0.158), (0.0335, 0.200)]
    )
    bowl_ = [(float(r), float(z)) for r, z in smooth_curve(knots, 4)]
    foot = [
        (0.0, 0.0),
        (0.034, 0.0),
        (0.0345, 0.0012),
        (0.02, 0.0035),
        (0.006, 0.009),
        (0.0035, 0.02),
        (0.0032, 0.078),
        (0.004, 0.088),
    ]
    color = srgb("#4d1020")
    if {"white"} & set(words) or flute:
        color = srgb("#cfba6a")
    full = 12
    level = bowl_[full - 1]
    fill = lathe(bowl_[:full], color, segments=40, roughness=0.04, part="drink")
    top = disc(level[0], level[1], dim(color, 1.5), segments=40, roughness=0.04, part="drink")
    stem = lathe(foot, CLEAR, segments=36, roughness=0.04, part="glass")
    wall = clear_wall([(r + 0.0004, z) for r, z in bowl_[full - 1 :]], 0.0009)
    return grounded(
        PropKind.WINE_GLASS, [stem, fill, top, *wall], grip_at((0.0, 0, 0.055), (0, 0, 1), (0, 1, 0)), Carry.LEVEL
    )
