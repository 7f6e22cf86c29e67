"""Tools, rope and syringe."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import box, lathe, sheet, srgb, tube
from maquette.stage.props.parts import (
    DARK_STEEL,
    DARK_WOOD,
    RUBBER,
    STEEL,
    WOOD,
    circle,
    dim,
    plate_with_edge,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Prop, Words, grip_at, grounded


def axe(rng: np.random.Generator, words: Words) -> Prop:
    """A felling axe of 760 mm; a hatchet or cleaver is smaller."""
    k = 0.52 if {"hatchet", "cleaver", "hand"} & set(words) else 1.0
    mid = 0.019
    lower = smooth_curve(
        [(-0.40, -0.030), (-0.38, -0.016), (-0.2, -0.018), (0.1, -0.012), (0.32, -0.016), (0.36, -0.016)], 5
    )
    upper = smooth_curve([(0.36, 0.016), (0.32, 0.016), (0.1, 0.018), (-0.2, 0.010), (-0.36, 0.014), (-0.40, 0.010)], 5)
    handle = plate_with_edge(
        np.concatenate([lower, upper]),
        0.024,
        0.008,
        said_colour(words, ("#a9784a", "#8a5f3a", "#8e2b27"), rng),
        roughness=0.55,
        part="handle",
    ).moved(z=mid - 0.012)
    cheek = [
        (0.285, -0.030),
        (0.355, -0.030),
        (0.368, 0.0),
        (0.372, 0.045),
        (0.402, 0.105),
        (0.39, 0.115),
        (0.315, 0.130),
        (0.24, 0.120),
        (0.232, 0.108),
        (0.272, 0.045),
        (0.280, 0.0),
    ]
    head = plate_with_edge(
        cheek, 0.034, 0.007, srgb("#7a2520") if rng.random() < 0.5 else DARK_STEEL, roughness=0.45, part="head"
    ).moved(z=mid - 0.017)
    rim = smooth_curve([(0.228, 0.108), (0.315, 0.150), (0.408, 0.104)], 9)
    inner = smooth_curve([(0.408, 0.100), (0.316, 0.124), (0.228, 0.104)], 9)
    bit = (
        plate_with_edge(np.concatenate([rim[::-1], inner[::-1]]), 0.014, 0.006, STEEL, part="edge")
        .metal(1.0, 0.18)
        .moved(z=mid - 0.007)
    )
    return grounded(
        PropKind.AXE,
        [s.scaled(k) for s in (handle, head, bit)],
        grip_at((-0.24 * k, -0.003, mid * k), (1, 0, 0), (0, 1, 0)),
    )


def hammer(rng: np.random.Generator, words: Words) -> Prop:
    """A claw hammer of 330 mm; a combination spanner when the script says wrench or spanner."""
    if {"wrench", "spanner"} & set(words):
        bar = plate_with_edge(
            [(-0.09, -0.009), (0.09, -0.009), (0.09, 0.009), (-0.09, 0.009)], 0.008, 0.002, STEEL, part="bar"
        ).metal(1.0, 0.25)
        jaw = (
            plate_with_edge(
                [
                    (0.08, -0.012),
                    (0.10, -0.024),
                    (0.128, -0.022),
                    (0.130, -0.010),
                    (0.108, -0.010),
                    (0.104, 0.0),
                    (0.108, 0.010),
                    (0.130, 0.010),
                    (0.128, 0.022),
                    (0.10, 0.024),
                    (0.08, 0.012),
                ],
                0.012,
                0.002,
                STEEL,
                part="jaw",
            )
            .metal(1.0, 0.25)
            .moved(z=-0.002)
        )
        ring = tube(
            np.column_stack([circle(0.015, 24, (-0.104, 0)), np.full(24, 0.004)]),
            0.0062,
            STEEL,
            segments=10,
            closed=True,
            part="ring",
        ).metal(1.0, 0.25)
        return grounded(PropKind.HAMMER, [bar, jaw, ring], grip_at((-0.04, 0, 0.004), (1, 0, 0), (0, 1, 0)))
    mid = 0.016
    lower = smooth_curve([(-0.16, -0.018), (-0.1, -0.014), (0.0, -0.016), (0.12, -0.011), (0.15, -0.011)], 4)
    upper = smooth_curve([(0.15, 0.011), (0.12, 0.011), (0.0, 0.016), (-0.1, 0.014), (-0.16, 0.018)], 4)
    handle = plate_with_edge(
        np.concatenate([lower, upper]),
        0.024,
        0.008,
        said_colour(words, ("#a9784a", "#8a5f3a"), rng),
        roughness=0.55,
        part="handle",
    ).moved(z=mid - 0.012)
    neck = (
        lathe(
            [(0.0, 0.0), (0.0135, 0.0), (0.0155, 0.003), (0.0155, 0.018), (0.011, 0.023), (0.0105, 0.042)],
            DARK_STEEL,
            segments=26,
            part="head",
            crease_deg=40,
        )
        .metal(0.95, 0.3)
        .turned(x=-90)
        .moved(0.152, -0.058, mid)
    )
    eye = (
        plate_with_edge(
            [(0.133, -0.018), (0.171, -0.018), (0.171, 0.016), (0.133, 0.016)], 0.030, 0.005, DARK_STEEL, part="head"
        )
        .metal(0.95, 0.3)
        .moved(z=mid - 0.015)
    )
    claws = [
        tube(
            smooth_curve(
                [
                    (0.158, 0.012, mid + s * 0.006),
                    (0.156, 0.035, mid + s * 0.008),
                    (0.146, 0.056, mid + s * 0.011),
                    (0.126, 0.072, mid + s * 0.013),
                ],
                5,
            ),
            0.0062,
            DARK_STEEL,
            segments=8,
            part="head",
        ).metal(0.95, 0.3)
        for s in (-1, 1)
    ]
    return grounded(PropKind.HAMMER, [handle, neck, eye, *claws], grip_at((-0.09, 0, mid), (1, 0, 0), (0, -1, 0)))


def shovel(rng: np.random.Generator, words: Words) -> Prop:
    """A round-nosed shovel of 1.05 m with a D handle."""
    u, v = np.meshgrid(np.linspace(-1, 1, 13), np.linspace(0, 1, 11))
    half = 0.105 * np.sqrt(np.clip(1 - np.clip((v - 0.45) / 0.55, 0, 1) ** 2.2, 0.004, 1))
    blade = sheet(
        np.stack([0.24 + 0.28 * v, u * half, 0.018 + 0.03 * u**2 + 0.02 * (v - 0.4) ** 2], -1),
        srgb("#5c5a58"),
        thickness=0.003,
        part="blade",
    ).metal(0.85, 0.4)
    edge = sheet(
        np.stack(
            [0.24 + 0.28 * v[-3:], u[-3:] * half[-3:], 0.0186 + 0.03 * u[-3:] ** 2 + 0.02 * (v[-3:] - 0.4) ** 2], -1
        ),
        STEEL,
        part="edge",
    ).metal(1.0, 0.2)
    socket = tube(
        smooth_curve([(0.30, 0, 0.024), (0.24, 0, 0.034), (0.14, 0, 0.044)], 4),
        0.020,
        srgb("#5c5a58"),
        segments=14,
        part="blade",
    ).metal(0.85, 0.4)
    shaft = tube(
        smooth_curve([(0.2, 0, 0.040), (-0.1, 0, 0.040), (-0.42, 0, 0.024)], 6),
        0.0165,
        WOOD,
        segments=14,
        roughness=0.6,
        part="shaft",
    )
    loop = smooth_curve([(-0.42, 0, 0.024), (-0.45, -0.05, 0.023), (-0.51, -0.055, 0.022)], 5)
    loop2 = loop * [1, -1, 1]
    handle = [tube(q, 0.0115, DARK_WOOD, segments=10, part="handle") for q in (loop, loop2)] + [
        tube([(-0.51, -0.06, 0.022), (-0.51, 0.06, 0.022)], 0.0145, DARK_WOOD, segments=12, part="handle")
    ]
    return grounded(
        PropKind.SHOVEL, [blade, edge, socket, shaft, *handle], grip_at((0.0, 0, 0.040), (1, 0, 0), (0, 0, 1))
    )


def syringe(rng: np.random.Generator, words: Words) -> Prop:
    """A 10 ml syringe of 150 mm, scale and needle."""
    barrel = lathe(
        [(0.0, 0.0), (0.0045, 0.0), (0.0095, 0.002), (0.0095, 0.078), (0.0085, 0.078)],
        srgb("#d9e2e2"),
        segments=26,
        roughness=0.08,
        part="barrel",
        crease_deg=40,
    )
    drug = lathe(
        [(0.0096, 0.004), (0.0097, 0.042)],
        said_colour(words, ("#c9b56a", "#9fc7c9", "#b8483f"), rng),
        segments=26,
        roughness=0.1,
        part="drug",
    )
    stopper = lathe([(0.0098, 0.042), (0.0099, 0.050)], RUBBER, segments=26, roughness=0.5, part="stopper")
    ticks = [
        lathe([(0.0099, z), (0.0099, z + 0.0005)], srgb("#22262b"), segments=26, part="scale")
        for z in np.arange(0.012, 0.074, 0.006)
    ]
    flange = plate_with_edge(
        smooth_curve(
            [(-0.019, -0.006), (0.019, -0.006), (0.022, 0.0), (0.019, 0.006), (-0.019, 0.006), (-0.022, 0.0)],
            3,
            closed=True,
        ),
        0.0025,
        0.0008,
        srgb("#d9e2e2"),
        part="barrel",
    ).moved(z=0.077)
    rod = [
        box((0.009, 0.0016, 0.038), srgb("#dfe4e2"), part="plunger").moved(z=0.078),
        box((0.0016, 0.009, 0.038), srgb("#dfe4e2"), part="plunger").moved(z=0.078),
        lathe(
            [(0.0, 0.0), (0.0105, 0.0), (0.0105, 0.003), (0.0, 0.0035)],
            srgb("#dfe4e2"),
            segments=24,
            part="plunger",
            crease_deg=40,
        ).moved(z=0.115),
    ]
    hub = lathe([(0.0022, -0.014), (0.0036, -0.012), (0.0042, 0.0)], srgb("#4f8f5a"), segments=16, part="hub")
    needle = tube([(0, 0, -0.05), (0, 0, -0.012)], 0.0007, STEEL, segments=6, part="needle").metal(1.0, 0.15)
    laid = [s.turned(y=-90).moved(z=0.0105) for s in (barrel, drug, stopper, *ticks, flange, *rod, hub, needle)]
    return grounded(PropKind.SYRINGE, laid, grip_at((-0.045, 0, 0.0105), (1, 0, 0), (0, 0, 1)))


def rope(rng: np.random.Generator, words: Words) -> Prop:
    """A coil of laid rope, 340 mm across, its end hanging loose."""
    t = np.linspace(0, 5.4 * 2 * np.pi, 200)
    r = 0.140 + 0.012 * np.sin(t * 0.83) + 0.010 * (rng.random(200) - 0.5).cumsum() / 16
    z = 0.014 + 0.0135 * t / (2 * np.pi) + 0.003 * np.sin(2.3 * t)
    path = np.stack([r * np.cos(t), r * np.sin(t), z], -1)
    tail = path[-1] + np.array(
        [[0.02, 0.05, -0.02], [-0.01, 0.10, -0.05], [-0.06, 0.13, -0.072], [-0.12, 0.12, -0.075]]
    )
    tail[:, 2] = np.maximum(tail[:, 2], 0.014)
    path = np.concatenate([path, smooth_curve(np.concatenate([path[-1:], tail]), 8)[1:]])
    color = said_colour(words, ("#b59a68", "#c9b98f", "#8f7a55"), rng)
    core = tube(path, 0.0098, dim(color, 0.72), segments=6, roughness=0.95, part="rope")
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.cross(tangent, [0.0, 0.0, 1.0])
    up = np.cross(side, tangent)
    a = np.arange(len(path)) * 0.9
    strands = [
        tube(
            path + 0.0056 * (np.cos(a + p)[:, None] * side + np.sin(a + p)[:, None] * up),
            0.0058,
            color,
            segments=5,
            roughness=0.95,
            part="rope",
        )
        for p in (0.0, np.pi)
    ]
    return grounded(PropKind.ROPE, [core.scaled(0.999), *strands], grip_at((0.0, 0.14, 0.05), (1, 0, 0), (0, 0, -1)))
