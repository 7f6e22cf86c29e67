"""Flowers, toys and balls."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Color, Solid, lathe, rounded_box, sheet, sphere, srgb, tube
from maquette.stage.props.parts import (
    RUBBER,
    circle,
    dim,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, Words, grip_at, grounded


def flowers(rng: np.random.Generator, words: Words) -> Prop:
    """A wrapped bouquet of 480 mm lying down; a single stemmed rose when the script names one."""
    single = {"rose", "tulip", "lily", "flower"} & set(words) and not {"bouquet", "bunch"} & set(words)
    petals = (
        ("#b3282b", "#d78ea3", "#e6c24a", "#e9e2d6", "#8a63a8")
        if "roses" not in words and "rose" not in words
        else ("#b3282b", "#9f1d34")
    )
    out: list[Solid] = []
    heads = (
        [(0.0, 0.0, 0.0)]
        if single
        else [
            (0.075 * np.sqrt(k / 9) * np.cos(2.4 * k), 0.075 * np.sqrt(k / 9) * np.sin(2.4 * k), -0.03 * (k / 9))
            for k in range(9)
        ]
    )
    top = 0.44
    for hx, hy, dz in heads:
        color = said_colour(words, petals, rng)
        out += [s.moved(hx, hy, top + dz) for s in _bloom(rng, color)]
        out.append(
            tube(
                smooth_curve([(hx * 0.12, hy * 0.12, 0.04), (hx * 0.3, hy * 0.3, 0.2), (hx, hy, top + dz)], 5),
                0.0026,
                srgb("#3f6b35"),
                segments=6,
                roughness=0.7,
                part="stems",
            )
        )
    for k in range(3 if single else 12):
        a = float(rng.uniform(0, 2 * np.pi))
        z = 0.22 + 0.05 * k if single else 0.30 + 0.10 * float(rng.random())
        reach = 0.05 if single else 0.095
        out.append(_leaf_blade(a, z, reach, srgb("#4a7a3c")))
    if not single:
        a = np.linspace(-2.6, 2.6, 25)
        cone = [
            np.stack([r * np.sin(a), -r * np.cos(a), z + 0.02 * np.sin(5 * a) * (r / 0.1)], -1)
            for r, z in ((0.018, 0.03), (0.026, 0.12), (0.060, 0.26), (0.098, 0.345))
        ]
        out.append(sheet(cone, srgb("#d9c6a0"), thickness=0.0006, roughness=0.9, part="wrap"))
        out.append(
            lathe(
                [(0.0265, 0.112), (0.0285, 0.12), (0.0280, 0.130)],
                srgb("#8e2b27"),
                segments=24,
                roughness=0.4,
                part="ribbon",
            )
        )
        out += [
            tube(
                smooth_curve(
                    [(0.0, -0.028, 0.12), (s * 0.035, -0.04, 0.14), (s * 0.05, -0.032, 0.115), (0.0, -0.03, 0.12)], 5
                ),
                0.003,
                srgb("#8e2b27"),
                segments=6,
                part="ribbon",
            )
            for s in (-1, 1)
        ]
    laid = [s.turned(x=78).moved(z=0.06) for s in out]
    at = np.array([0.0, -0.12 * np.sin(np.radians(78)), 0.06 + 0.12 * np.cos(np.radians(78))])
    return grounded(
        PropKind.FLOWERS,
        laid,
        grip_at(
            (float(at[0]), float(at[1]), float(at[2])), (0, -np.sin(np.radians(78)), np.cos(np.radians(78))), (1, 0, 0)
        ),
    )


def _bloom(rng: np.random.Generator, color: Color) -> list[Solid]:
    """A rose: whorls of cupped petals around a heart, sepals below."""
    out = [
        lathe(
            [(0.0, -0.006), (0.007, -0.002), (0.009, 0.008), (0.006, 0.020), (0.0, 0.022)],
            dim(color, 0.7),
            segments=10,
            roughness=0.7,
            part="petals",
        )
    ]
    for whorl, (n, r, lean) in enumerate(((3, 0.011, 0.15), (4, 0.018, 0.4), (5, 0.026, 0.75))):
        for k in range(n):
            a = 2 * np.pi * (k + 0.5 * whorl) / n + float(rng.uniform(-0.1, 0.1))
            b = np.linspace(-0.75, 0.75, 4) * (1.25 if whorl == 0 else 1.0)
            rows = []
            for t in np.linspace(0, 1, 4):
                rr = 0.004 + (r - 0.004) * t ** (0.6) + lean * 0.006 * t**3
                width = np.sin(np.pi * (0.15 + 0.75 * t)) ** 0.7
                rows.append(
                    np.stack(
                        [
                            rr * np.cos(a + b * width),
                            rr * np.sin(a + b * width),
                            np.full(4, -0.004 + (0.030 - 0.012 * lean) * t) - 0.004 * (b / 0.75) ** 2 * t,
                        ],
                        -1,
                    )
                )
            out.append(
                sheet(rows, dim(color, float(rng.uniform(0.85, 1.12))), thickness=0.0008, roughness=0.75, part="petals")
            )
    out.append(
        lathe(
            [(0.003, -0.012), (0.0075, -0.007), (0.0095, 0.0)],
            srgb("#4a7a3c"),
            segments=10,
            roughness=0.8,
            part="stems",
        )
    )
    return out


def _leaf_blade(a: float, z: float, reach: float, color: Color) -> Solid:
    t = np.linspace(0, 1, 6)
    mid = np.stack(
        [(0.01 + reach * t) * np.cos(a), (0.01 + reach * t) * np.sin(a), z + 0.04 * np.sin(np.pi * 0.6 * t)], -1
    )
    side = np.array([-np.sin(a), np.cos(a), 0.0]) * (0.017 * np.sin(np.pi * np.clip(t, 0.02, 0.98)))[:, None]
    return sheet(
        np.stack([mid - side, mid + [0, 0, 0.003], mid + side], 1),
        color,
        thickness=0.0005,
        roughness=0.75,
        part="leaves",
    )


def teddy(rng: np.random.Generator, words: Words) -> Prop:
    """A sitting plush bear of 280 mm: snout, stitched nose, button eyes, paw pads, scarf."""
    fur = said_colour(words, ("#a9783f", "#8a5f3a", "#c7a06a"), rng)
    pale, dark = dim(fur, 1.5), srgb("#1f1712")

    def ball(
        r: tuple[float, float, float], at: tuple[float, float, float], color: Color = fur, part: str = "fur"
    ) -> Solid:
        return _plush(rng, r, color, part).moved(*at)

    out = [
        ball((0.072, 0.062, 0.085), (0, 0, 0.085)),
        ball((0.066, 0.060, 0.060), (0, -0.004, 0.212)),
        ball((0.034, 0.030, 0.026), (0, -0.056, 0.198), pale, "snout"),
        ball((0.046, 0.022, 0.058), (0, -0.046, 0.082), pale, "belly"),
    ]
    for s in (-1, 1):
        out += [
            ball((0.023, 0.014, 0.023), (s * 0.052, 0.0, 0.262)),
            ball((0.015, 0.006, 0.015), (s * 0.052, -0.011, 0.262), pale, "ears"),
            _plush(rng, (0.028, 0.030, 0.062), fur, "fur").turned(y=s * -32).moved(s * 0.083, -0.014, 0.118),
            _plush(rng, (0.034, 0.062, 0.034), fur, "fur").turned(z=s * 24).moved(s * 0.062, -0.072, 0.036),
            _plush(rng, (0.025, 0.006, 0.027), pale, "pads").turned(z=s * 24).moved(s * 0.086, -0.130, 0.038),
        ]
        out += [
            sphere(0.0082, dark, segments=12, roughness=0.08, part="eyes").moved(s * 0.024, -0.056, 0.226),
            sphere(0.002, srgb("#e9e6df"), segments=6, part="eyes").moved(s * 0.024 - 0.002, -0.0635, 0.2295),
        ]
    out.append(
        sphere(0.0115, dark, segments=12, roughness=0.3, part="nose").scaled(1.2, 0.7, 0.8).moved(0, -0.084, 0.208)
    )
    out.append(tube([(0, -0.0865, 0.20), (0, -0.087, 0.188)], 0.0014, dark, segments=5, part="mouth"))
    out += [
        tube(
            smooth_curve([(0, -0.087, 0.188), (s * 0.008, -0.085, 0.182), (s * 0.017, -0.079, 0.186)], 4),
            0.0014,
            dark,
            segments=5,
            part="mouth",
        )
        for s in (-1, 1)
    ]
    scarf = said_colour((), ("red", "navy", "green"), rng)
    out.append(
        tube(
            np.column_stack([circle(0.052, 30), np.full(30, 0.160)]),
            0.0115,
            scarf,
            segments=9,
            closed=True,
            roughness=0.95,
            part="scarf",
        )
    )
    out.append(
        rounded_box((0.026, 0.010, 0.075), scarf, 0.004, steps=1, roughness=0.95, part="scarf")
        .turned(y=8)
        .moved(0.026, -0.066, 0.088)
    )
    return grounded(PropKind.TEDDY_BEAR, out, grip_at((-0.09, 0.0, 0.12), (0, 0, 1), (0, -1, 0)))


def _plush(rng: np.random.Generator, r: tuple[float, float, float], color: Color, part: str) -> Solid:
    """An ellipsoid of slightly uneven plush."""
    base = sphere(1.0, color, segments=20, roughness=1.0, part=part)
    v = base.vertices * (1 + 0.018 * np.sin(9 * base.vertices[:, :1] + 5) * np.cos(8 * base.vertices[:, 2:]))
    shade = (1 + 0.10 * rng.standard_normal(len(v)) * (np.abs(v[:, 2]) < 0.98)).clip(0.75, 1.25)
    made = replace(
        base, vertices=v.astype(np.float32), color=(base.color * shade[:, None]).clip(0, 0.9).astype(np.float32)
    )
    return made.scaled(*r)


def ball(rng: np.random.Generator, words: Words) -> Prop:
    """A football of 220 mm with dark pentagons and seams; a basketball, tennis ball or beach ball by its word."""
    text = set(words)
    if {"tennis", "baseball"} & text:
        r = 0.0335 if "tennis" in text else 0.037
        color = srgb("#b9cc3a") if "tennis" in text else srgb("#e6e1d4")
        t = np.linspace(0, 2 * np.pi, 73)[:-1]
        curve = np.stack([np.cos(t) + 0.42 * np.cos(3 * t), np.sin(t) - 0.42 * np.sin(3 * t), 1.3 * np.sin(2 * t)], -1)
        curve *= r / np.linalg.norm(curve, axis=1, keepdims=True)
        seam = tube(
            curve,
            0.0011,
            srgb("#e9e6df") if "tennis" in text else srgb("#a3302b"),
            segments=6,
            closed=True,
            roughness=0.9,
            part="seam",
        )
        return grounded(
            PropKind.BALL,
            [sphere(r, color, segments=40, roughness=0.95, part="ball"), seam],
            grip_at((0, 0, 0), (0, 0, 1), (0, 1, 0)),
        )
    if "basketball" in text:
        r = 0.12
        seams = [
            tube(
                np.column_stack([circle(r, 64), np.zeros(64)]) @ m.T,
                0.0022,
                RUBBER,
                segments=6,
                closed=True,
                part="seam",
            )
            for m in (np.eye(3), np.array([[1.0, 0, 0], [0, 0, -1], [0, 1, 0]]))
        ]
        return grounded(
            PropKind.BALL,
            [sphere(r, srgb("#b5602c"), segments=56, roughness=0.8, part="ball"), *seams],
            grip_at((0.11, 0, 0), (0, 0, 1), (0, 1, 0)),
            Carry.LEVEL,
        )
    return grounded(
        PropKind.BALL,
        _football(said_colour(words, ("#e6e4de",), rng)),
        grip_at((0.10, 0, 0), (0, 0, 1), (0, 1, 0)),
        Carry.LEVEL,
    )


def _football(color: Color) -> list[Solid]:
    """12 dark pentagons and 20 light hexagons (a truncated icosahedron) on a dark ball of 220 mm: seams are gaps."""
    g = (1 + 5**0.5) / 2
    poles = [np.array(p) for a in (-1, 1) for b in (-g, g) for p in ((0, a, b), (a, b, 0), (b, 0, a))]
    near = [[q for q in poles if 0 < float(np.linalg.norm(p - q)) < 2.1] for p in poles]
    out = [sphere(0.1065, srgb("#3a3836"), segments=36, roughness=0.8, part="seams")]
    for p, around in zip(poles, near, strict=True):
        out.append(_patch(p, [(2 * p + q) / 3 for q in around], srgb("#1d1d1f")))
    for p, q, r in combinations(poles, 3):
        if max(float(np.linalg.norm(u - v)) for u, v in ((p, q), (q, r), (p, r))) < 2.1:
            edge = [(2 * u + v) / 3 for u, v in ((p, q), (q, p), (q, r), (r, q), (r, p), (p, r))]
            out.append(_patch(p + q + r, edge, color))
    return out


def _patch(middle: np.ndarray, edge: list[np.ndarray], color: Color) -> Solid:
    """A leather panel bulging out of its seams."""
    axis = middle / np.linalg.norm(middle)
    u = np.cross(axis, [0.31, 0.87, 0.38])
    u /= np.linalg.norm(u)
    v = np.cross(axis, u)
    order = sorted(edge, key=lambda e: float(np.arctan2(e @ v, e @ u)))
    rim = np.array(
        [a + (b - a) * t for a, b in zip(order, [*order[1:], order[0]], strict=True) for t in (0.0, 0.34, 0.67)]
    )
    heart = rim.mean(axis=0)
    rings = []
    for t, r in ((0.985, 0.1062), (0.955, 0.1088), (0.80, 0.110), (0.4, 0.110), (0.01, 0.110)):
        ring_ = heart + (rim - heart) * t
        rings.append(ring_ / np.linalg.norm(ring_, axis=1, keepdims=True) * r)
    return sheet(rings, color, closed=True, roughness=0.4, part="panels")
