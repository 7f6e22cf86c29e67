"""Cups, glasses, bottles, plates and cutlery."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Color, Solid, lathe, srgb, tube
from maquette.stage.props.parts import (
    DARK_WOOD,
    GLASS,
    RUBBER,
    STEEL,
    dim,
    disc,
    plate_with_edge,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, grip_at, grounded

Words = Sequence[str]
COFFEE = srgb("#2b170d")
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
    from maquette.stage.mesh import solid

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
    saucer = lathe([(0.0, 0.002), (0.030, 0.0), (0.036, 0.003), (0.058, 0.010), (0.074, 0.017), (0.0735, 0.0185), (0.056, 0.0125), (0.034, 0.006), (0.0, 0.006)],
                   color, segments=40, roughness=0.16, part="saucer")  # fmt: skip
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
    outer = [(0.0, 0.0), (r0 - 0.002, 0.0), (r0, 0.002), (r1, h)]
    wall = 0.0022
    body = lathe(
        [*outer, (r1 - wall, h + 0.0005), (r1 - wall - 0.0005, h - 0.002), (r0 - wall, 0.012), (0.0, 0.011)],
        GLASS,
        segments=36,
        roughness=0.05,
        part="glass",
    )
    solids = [body]
    if level > 0:
        z = 0.012 + (h - 0.02) * level
        rz = r0 + (r1 - r0) * z / h
        fill = lathe([(r0 + 0.0004, 0.010), (rz + 0.0004, z)], drink_color, segments=36, roughness=0.06, part="drink")
        solids += [fill, disc(rz - 0.002, z, dim(drink_color, 1.25), segments=36, roughness=0.05, part="drink")]
        if "beer" in words or "pint" in words:
            rf = r0 + (r1 - r0) * (z + 0.015) / h
            solids += [lathe([(rz + 0.0006, z), (rf + 0.0006, z + 0.015)], srgb("#eee6d2"), segments=36, roughness=0.9, part="foam"),
                       disc(rf, z + 0.0152, srgb("#f0e9d8"), roughness=0.9, part="foam")]  # fmt: skip
    if not pint:
        flutes = [tube([(r0 * 1.012 * np.cos(a), r0 * 1.012 * np.sin(a), 0.008), ((r0 + 0.0022) * 1.005 * np.cos(a), (r0 + 0.0022) * 1.005 * np.sin(a), 0.034)],
                       0.0016, dim(GLASS, 1.12), segments=5, roughness=0.05, part="cut") for a in np.linspace(0, 2 * np.pi, 18, endpoint=False)]  # fmt: skip
        solids += flutes
    return grounded(PropKind.GLASS, solids, grip_at((0.018, 0, h * 0.5), (0, 0, 1), (0, 1, 0)), Carry.LEVEL)


def _drink(text: str, rng: np.random.Generator) -> tuple[Color, float]:
    """Colour and level 0..1 of what a glass holds."""
    for names, color, level in (
        (("whisky", "whiskey", "bourbon", "brandy", "rum", "scotch", "cognac"), "#a8591a", 0.36),
        (("beer", "pint", "ale", "lager"), "#c6861f", 0.86), (("stout", "cola", "coke"), "#24130c", 0.85),
        (("milk",), "#ece8dc", 0.8), (("juice", "orange"), "#dd8a1d", 0.8), (("red", "wine"), "#4d1020", 0.55),
        (("white", "champagne"), "#cfba6a", 0.6), (("empty",), "#000000", 0.0), (("tea",), "#7a3f16", 0.7),
    ):  # fmt: skip
        if any(n in text for n in names):
            return srgb(color), level
    return srgb("#aebfc2"), float(rng.uniform(0.5, 0.75))


def wine_glass(rng: np.random.Generator, words: Words) -> Prop:
    """A stemmed glass of 80 x 205 mm; a flute for champagne."""
    text = " ".join(words)
    flute = "champagne" in text or "flute" in text
    bowl = ([(0.004, 0.088), (0.014, 0.096), (0.024, 0.118), (0.0275, 0.15), (0.0265, 0.19), (0.0245, 0.215)] if flute
            else [(0.004, 0.086), (0.018, 0.091), (0.033, 0.105), (0.040, 0.128), (0.039, 0.158), (0.0335, 0.200)])  # fmt: skip
    foot = [(0.0, 0.0), (0.034, 0.0), (0.0345, 0.0012), (0.02, 0.0035), (0.006, 0.009), (0.0035, 0.02), (0.0032, 0.078)]
    inner = [(r - 0.0012, z) for r, z in reversed(bowl)]
    body = lathe([*foot, *bowl, *inner[:-1], (0.0, 0.089)], GLASS, segments=40, roughness=0.04, part="glass")
    color, _ = _drink(text if text.strip("wineglas ") else "wine", rng)
    if "white" in words or flute:
        color = srgb("#cfba6a")
    k = 4
    fill = lathe([(r + 0.0004, z) for r, z in bowl[:k]], color, segments=40, roughness=0.05, part="drink")
    top = disc(bowl[k - 1][0] - 0.0004, bowl[k - 1][1], dim(color, 1.3), segments=40, roughness=0.04, part="drink")
    return grounded(PropKind.WINE_GLASS, [body, fill, top], grip_at((0.0, 0, 0.055), (0, 0, 1), (0, 1, 0)), Carry.LEVEL)


def bottle(rng: np.random.Generator, words: Words) -> Prop:
    """A wine bottle of 75 x 300 mm; square-shouldered for whisky and rum, small and brown for beer."""
    text = " ".join(words)
    if any(w in text for w in ("whisky", "whiskey", "bourbon", "rum", "gin", "vodka", "flask", "decanter")):
        color, label = srgb("#9a5a1e") if "vodka" not in text and "gin" not in text else GLASS, srgb("#e1d3ae")
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
    from maquette.stage.mesh import sheet

    def patch(a0: float, a1: float, z0: float, z1: float, out: float, ink: Color) -> Solid:
        a = np.radians(np.linspace(a0, a1, max(2, int(abs(a1 - a0) / 8))))
        grid = [np.stack([(r + out) * np.cos(a), (r + out) * np.sin(a), np.full(len(a), z)], -1) for z in (z0, z1)]
        return sheet(grid, ink, roughness=0.85, part="label")

    ink = srgb("#2a2320")
    red = srgb("#7c2a24")
    rows = [patch(-150, -30, at, at + tall, 0.0003, color), patch(-147, -33, at + tall * 0.92, at + tall * 0.95, 0.0006, red),
            patch(-147, -33, at + tall * 0.05, at + tall * 0.08, 0.0006, red), patch(-103, -77, at + tall * 0.66, at + tall * 0.86, 0.0006, red),
            patch(-130, -50, at + tall * 0.44, at + tall * 0.58, 0.0006, ink)]  # fmt: skip
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
            grip_at((-0.120, 0, 0.078), (0, 0, 1), (0, 1, 0)),
            Carry.LEVEL,
        )
    jug = lathe(
        [
            (0.0, 0.004),
            (0.052, 0.0),
            (0.066, 0.006),
            (0.077, 0.035),
            (0.078, 0.060),
            (0.068, 0.095),
            (0.049, 0.122),
            (0.047, 0.128),
        ],
        GLASS,
        segments=40,
        roughness=0.05,
        part="glass",
    )
    fill = lathe(
        [(0.0, 0.003), (0.0525, -0.0004), (0.0665, 0.0056), (0.0775, 0.035), (0.0785, 0.060), (0.0755, 0.078)],
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
        grip_at((-0.110, 0, 0.09), (0, 0, 1), (0, 1, 0)),
        Carry.LEVEL,
    )


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
    tines = [tube(smooth_curve([(0.062, y * 0.55, 0.004), (0.075, y, 0.0025), (0.095, y, 0.004), (0.118, y, 0.012)], 4), 0.0013, STEEL, segments=6, part="tines").metal(1.0, 0.2)
             for y in (-0.0096, -0.0032, 0.0032, 0.0096)]  # fmt: skip
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
    from maquette.stage.mesh import sheet

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


TABLEWARE = {
    PropKind.CUP: cup, PropKind.GLASS: glass, PropKind.WINE_GLASS: wine_glass, PropKind.BOTTLE: bottle,
    PropKind.COFFEE_POT: coffee_pot, PropKind.PLATE: plate, PropKind.BOWL: bowl, PropKind.KNIFE: knife,
    PropKind.FORK: fork, PropKind.SPOON: spoon,
}  # fmt: skip
