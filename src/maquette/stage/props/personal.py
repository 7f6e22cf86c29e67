"""What people carry and wear."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Solid, box, lathe, sheet, sphere, srgb, tube
from maquette.stage.props.parts import (
    BRASS,
    DARK_STEEL,
    DARK_WOOD,
    GOLD,
    RUBBER,
    STEEL,
    circle,
    dim,
    plate_with_edge,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, Words, grip_at, grounded


def keys(rng: np.random.Generator, words: Words) -> Prop:
    """Three keys with cut teeth and a fob on a split ring."""
    out: list[Solid] = [
        tube(
            np.column_stack([circle(0.0145, 32), np.full(32, z)]), 0.0011, STEEL, segments=7, closed=True, part="ring"
        ).metal(1.0, 0.2)
        for z in (0.003, 0.0048)
    ]
    metals = (BRASS, STEEL, srgb("#a8703f"))
    for k, turn in enumerate((-38.0, -4.0, 30.0)):
        teeth = [(0.030, -0.0042)]
        x = 0.030
        while x < 0.052:
            depth = float(rng.uniform(-0.0034, 0.0012))
            teeth += [(x + 0.0014, depth), (x + 0.0026, depth), (x + 0.0040, -0.0042)]
            x += 0.0040
        blade = [*teeth, (0.056, -0.0012), (0.056, 0.0018), (0.053, 0.0044), (0.008, 0.0044), (0.008, -0.0042)]
        shape = plate_with_edge(blade, 0.0024, 0.0005, metals[k], part="keys").metal(1.0, 0.3)
        groove = (
            box((0.040, 0.0013, 0.0004), dim(metals[k], 0.45), part="keys").metal(1.0, 0.4).moved(0.032, 0.0016, 0.0023)
        )
        head = sheet(
            [
                np.column_stack([circle(r, 24) * ([1.0, 1.0] if k != 1 else [0.9, 1.15]), np.full(24, z)])
                for r, z in (
                    (0.0036, 0.0),
                    (0.0118, 0.0),
                    (0.0126, 0.0007),
                    (0.0126, 0.0019),
                    (0.0118, 0.0026),
                    (0.0036, 0.0026),
                    (0.0036, 0.0),
                )
            ],
            metals[k],
            closed=True,
            smooth=False,
            part="keys",
        ).metal(1.0, 0.3)
        out += [s.moved(0.0145 + 0.006, 0, 0.0012 + 0.0026 * k).turned(z=turn) for s in (shape, groove, head)]
    fob = plate_with_edge(
        smooth_curve([(0, -0.011), (0.04, -0.013), (0.052, 0.0), (0.04, 0.013), (0, 0.011)], 4),
        0.004,
        0.0014,
        said_colour(words, ("#8e2b27", "#2f4460", "#6a4028"), rng),
        roughness=0.5,
        part="fob",
    )
    link = tube([(0.0145, 0, 0.004), (0.026, 0, 0.004)], 0.0014, STEEL, segments=6, part="ring").metal()
    out += [s.turned(z=170) for s in (link, fob.moved(0.025, 0, 0.002))]
    return grounded(PropKind.KEYS, out, grip_at((0.018, 0.0, 0.003), (-1, 0, 0), (0, 0, 1)))


def umbrella(rng: np.random.Generator, words: Words) -> Prop:
    """A furled umbrella of 880 mm lying down, crook handle; open, 1 m wide, when the script says so."""
    color = said_colour(words, ("#1d1d1f", "#22304f", "#8e2b27", "#2f5a3f"), rng)
    opened = bool({"open", "opened", "under", "parasol"} & set(words))
    hook = smooth_curve(
        [
            (0, 0, 0.12),
            (0, 0, 0.055),
            (0.0, 0.004, 0.03),
            (0.0, 0.024, 0.008),
            (0.0, 0.052, 0.012),
            (0.0, 0.064, 0.036),
            (0.0, 0.064, 0.05),
        ],
        6,
    )
    handle = tube(hook, 0.0095, DARK_WOOD, segments=12, roughness=0.35, part="handle")
    collar = lathe([(0.0105, 0.118), (0.0112, 0.122), (0.0105, 0.136)], GOLD, segments=18, part="collar").metal(
        1.0, 0.25
    )
    shaft = tube([(0, 0, 0.12), (0, 0, 0.86)], 0.0048, STEEL, segments=10, part="shaft").metal(1.0, 0.25)
    tip = lathe(
        [(0.0062, 0.82), (0.0055, 0.85), (0.0038, 0.875), (0.0, 0.88)], DARK_STEEL, segments=14, part="tip"
    ).metal(0.9, 0.3)
    if opened:
        a = np.linspace(0, 2 * np.pi, 64, endpoint=False)
        sag = 0.5 - 0.5 * np.cos(8 * a)
        rings = []
        for t in np.linspace(0.01, 1, 10):
            r = 0.50 * t * (1 - 0.07 * sag * t**2)
            rings.append(
                np.stack([r * np.cos(a), r * np.sin(a), np.full(64, 0.84) - 0.20 * t**2 + 0.016 * sag * t**3], -1)
            )
        panel = np.where((np.arange(64) // 8) % 2 == 0, 1.0, 0.86)
        cloth = sheet(rings[::-1], color, closed=True, thickness=0.0015, roughness=0.7, part="cloth")
        count = len(rings) * 64
        shade = np.tile(panel, len(rings))
        tinted = cloth.color.copy()
        tinted[:count] *= shade[: min(count, len(tinted)), None].astype(np.float32)
        cloth = replace(cloth, color=tinted)
        ribs = [
            tube(
                smooth_curve(
                    [
                        (0, 0, 0.835),
                        (0.25 * np.cos(b), 0.25 * np.sin(b), 0.783),
                        (0.497 * np.cos(b), 0.497 * np.sin(b), 0.634),
                    ],
                    5,
                ),
                0.002,
                DARK_STEEL,
                segments=5,
                part="ribs",
            ).metal()
            for b in np.linspace(0, 2 * np.pi, 8, endpoint=False)
        ]
        stays = [
            tube(
                [(0.006 * np.cos(b), 0.006 * np.sin(b), 0.60), (0.25 * np.cos(b), 0.25 * np.sin(b), 0.779)],
                0.0016,
                DARK_STEEL,
                segments=5,
                part="ribs",
            ).metal()
            for b in np.linspace(0, 2 * np.pi, 8, endpoint=False)
        ]
        return grounded(
            PropKind.UMBRELLA,
            [handle, collar, shaft, tip, cloth, *ribs, *stays],
            grip_at((0, 0, 0.085), (0, 0, 1), (0, 1, 0)),
            Carry.LEVEL,
        )
    z = np.linspace(0.21, 0.82, 22)
    a = np.linspace(0, 2 * np.pi, 33)[:-1]
    lobes = 1 + 0.22 * np.abs(np.sin(4 * a[None, :] + 7 * (z[:, None] - 0.2)))
    radius = 0.008 + 0.0215 * np.sin(np.pi * np.clip((z - 0.16) / 0.98, 0, 1)) ** 0.8 * (1 - 0.72 * (z - 0.21) / 0.61)
    r = radius[:, None] * lobes
    cloth = sheet(
        np.stack([r * np.cos(a), r * np.sin(a), np.broadcast_to(z[:, None], r.shape)], -1),
        color,
        closed=True,
        roughness=0.75,
        part="cloth",
    )
    hem = sheet(
        np.stack(
            [(r * 1.03)[:2] * np.cos(a), (r * 1.03)[:2] * np.sin(a), np.broadcast_to(z[:2, None] - 0.002, (2, 32))], -1
        ),
        dim(color, 0.55),
        closed=True,
        part="cloth",
    )
    strap = lathe(
        [(0.0315, 0.34), (0.0325, 0.344), (0.0325, 0.356), (0.0315, 0.36)], dim(color, 0.6), segments=24, part="strap"
    )
    stud = sphere(0.0042, STEEL, segments=10, part="strap").metal().moved(y=-0.033, z=0.35)
    ends = [
        sphere(0.0032, DARK_STEEL, segments=8, part="ribs").metal().moved(0.026 * np.cos(b), 0.026 * np.sin(b), 0.205)
        for b in np.linspace(0, 2 * np.pi, 8, endpoint=False)
    ]
    laid = [
        s.turned(x=-90).turned(z=-90).moved(z=0.03)
        for s in (handle, collar, shaft, tip, cloth, hem, strap, stud, *ends)
    ]
    return grounded(PropKind.UMBRELLA, laid, grip_at((0.085, 0, 0.03), (-1, 0, 0), (0, 0, 1)))


def hat(rng: np.random.Generator, words: Words) -> Prop:
    """A felt fedora of 330 x 290 x 135 mm with band and pinch."""
    color = said_colour(words, ("#5c4632", "#4a4d52", "#2b2a2b", "#7a6a52"), rng)
    a = np.linspace(0, 2 * np.pi, 49)[:-1]
    c, s = np.cos(a), np.sin(a)
    front = np.clip(-s, 0, 1)
    profile = [
        (0.165, 0.012),
        (0.150, 0.004),
        (0.120, 0.0015),
        (0.100, 0.006),
        (0.0935, 0.022),
        (0.092, 0.055),
        (0.086, 0.100),
        (0.074, 0.124),
        (0.055, 0.128),
        (0.030, 0.114),
        (0.006, 0.104),
    ]
    rings = []
    for k, (r, z) in enumerate(profile):
        brim = np.clip((r - 0.095) / 0.07, 0, 1)
        zz = z + brim * (0.020 * c**2 - 0.014 * front)
        pinch = np.clip((z - 0.05) / 0.07, 0, 1) * (k < 10)
        x = r * 0.90 * c * (1 - 0.26 * pinch * front**2)
        y = r * 1.06 * s
        top = (k >= 7) * (0.010 * front - 0.004)
        rings.append(np.stack([x, y, zz + top], -1))
    felt = sheet(rings, color, closed=True, thickness=0.0022, roughness=0.95, part="felt")
    band_rings = [
        np.stack([rr * 0.905 * c, rr * 1.066 * s, np.full(48, z)], -1)
        for rr, z in ((0.0975, 0.012), (0.0945, 0.022), (0.0928, 0.046))
    ]
    band = sheet(band_rings, dim(color, 0.3), closed=True, roughness=0.5, part="band")
    bow = [
        plate_with_edge(
            [(0, 0.004), (s_ * 0.020, 0.012), (s_ * 0.020, -0.012), (0, -0.004)][:: int(s_)],
            0.003,
            0.0008,
            dim(color, 0.26),
            part="band",
        )
        .turned(x=90)
        .turned(z=90)
        .moved(0.0885, 0, 0.03)
        for s_ in (1, -1)
    ]
    return grounded(PropKind.HAT, [felt, band, *bow], grip_at((0.135, 0, 0.01), (0, 1, 0), (-1, 0, 0)))


def ring(rng: np.random.Generator, words: Words) -> Prop:
    """A gold ring of 21 mm, with a cut stone for an engagement ring."""
    metal = STEEL if {"silver", "platinum"} & set(words) else GOLD
    wide = 0.0022 if {"engagement", "diamond"} & set(words) else 0.0046
    r = 0.0092
    profile = [
        (r, -wide / 2),
        (r + 0.0012, -wide / 2 + 0.0004),
        (r + 0.0016, 0.0),
        (r + 0.0012, wide / 2 - 0.0004),
        (r, wide / 2),
        (r - 0.0003, 0.0),
        (r, -wide / 2),
    ]
    band = lathe(profile, metal, segments=64, part="band").metal(1.0, 0.12)
    solids = [band.turned(x=90).moved(z=r + 0.0016)]
    if {"engagement", "diamond", "ruby", "emerald", "stone"} & set(words):
        gem = said_colour((), ("#dfeaf0",), rng) if "ruby" not in words else srgb("#a3122c")
        stone = lathe(
            [(0.0, -0.0032), (0.0033, 0.0), (0.0030, 0.0008), (0.0019, 0.0014), (0.0, 0.0014)],
            gem,
            segments=8,
            smooth=False,
            roughness=0.03,
            part="stone",
        )
        prongs = [
            tube(
                [(0.0012 * np.cos(b), 0.0012 * np.sin(b), -0.0034), (0.0033 * np.cos(b), 0.0033 * np.sin(b), 0.0006)],
                0.0004,
                metal,
                segments=5,
                part="setting",
            ).metal(1.0, 0.15)
            for b in np.radians((45, 135, 225, 315))
        ]
        solids += [s.moved(z=2 * r + 0.0062) for s in (stone, *prongs)]
    return grounded(PropKind.RING, solids, grip_at((0, 0, r), (0, 1, 0), (1, 0, 0)))


def walking_stick(rng: np.random.Generator, words: Words) -> Prop:
    """A crook-handled stick of 900 mm with silver collar and rubber ferrule, lying down."""
    wood = said_colour(words, ("#5a3320", "#3b2a1f", "#7d5433"), rng)
    hook = smooth_curve(
        [
            (0, 0, 0),
            (0, 0, 0.45),
            (0, 0, 0.76),
            (0, 0.004, 0.82),
            (0, 0.03, 0.88),
            (0, 0.075, 0.895),
            (0, 0.105, 0.86),
            (0, 0.106, 0.83),
        ],
        7,
    )
    stick = tube(hook, 0.0105, wood, segments=14, roughness=0.3, part="stick")
    collar = lathe(
        [(0.0112, 0.735), (0.0118, 0.74), (0.0118, 0.758), (0.0112, 0.763)], STEEL, segments=20, part="collar"
    ).metal(1.0, 0.2)
    foot = lathe(
        [(0.0, -0.004), (0.014, -0.004), (0.0135, 0.004), (0.0118, 0.036)],
        RUBBER,
        segments=20,
        roughness=0.8,
        part="ferrule",
    )
    knots = [
        sphere(0.0065, dim(wood, 0.8), segments=8, roughness=0.4, part="stick").moved(
            0.008 * np.cos(b), 0.008 * np.sin(b), zz
        )
        for b, zz in zip(rng.uniform(0, 6.28, 5), rng.uniform(0.12, 0.66, 5), strict=True)
    ]
    laid = [s.turned(x=90).turned(z=90).moved(z=0.0145).turned(x=0) for s in (stick, collar, foot, *knots)]
    low = [s.turned(x=0) for s in laid]
    return grounded(PropKind.WALKING_STICK, low, grip_at((0.885, 0.0, 0.075), (0, 0, 1), (1, 0, 0)))
