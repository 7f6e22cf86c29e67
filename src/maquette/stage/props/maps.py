"""Maps and money."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Solid, box, sheet, srgb
from maquette.stage.props.paper import digits
from maquette.stage.props.parts import (
    circle,
    dim,
    rects,
    ribbon,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Prop, Words, grip_at, grounded


def map_(rng: np.random.Generator, words: Words) -> Prop:
    """An unfolded map of 420 x 300 mm, creased in eight: coast, contours, roads, a red cross."""
    w, h = 0.42, 0.30
    x, y = np.meshgrid(np.linspace(-w / 2, w / 2, 33), np.linspace(-h / 2, h / 2, 33))

    def height(px: np.ndarray, py: np.ndarray) -> np.ndarray:
        return (
            0.0006
            + 0.004 * np.abs(np.sin(np.pi * 4 * (px / w + 0.5)))
            + 0.0022 * np.abs(np.sin(np.pi * 2 * (py / h + 0.5)))
        )

    def lay(s: Solid, lift: float) -> Solid:
        v = s.vertices.copy()
        v[:, 2] = height(v[:, 0], v[:, 1]) + lift
        return replace(s, vertices=v.astype(np.float32))

    sea = sheet(np.stack([x, y, height(x, y)], -1), srgb("#bcd0d2"), thickness=0.0004, roughness=0.95, part="paper")
    phase = rng.uniform(0, 6, 3)
    t = np.linspace(0, 1, 33)
    shore_y = (
        -0.035
        + 0.045 * np.sin(5.2 * t + phase[0])
        + 0.018 * np.sin(13 * t + phase[1])
        + 0.008 * np.sin(31 * t + phase[2])
    )
    cols = np.linspace(-w / 2 + 0.008, w / 2 - 0.008, 33)
    land = sheet(
        [
            np.stack([cols, (1 - t) * shore_y.clip(-0.12, 0.1) + t * (h / 2 - 0.008), np.zeros(33)], -1)
            for t in np.linspace(0, 1, 17)
        ],
        srgb("#dcd6ad"),
        roughness=0.95,
        part="land",
    )
    ink: list[Solid] = []
    for r in (0.012, 0.022, 0.032, 0.042):
        wobble = circle(r, 36, (-0.07, 0.105)) + 0.0015 * rng.standard_normal((36, 2))
        ink.append(lay(ribbon(wobble, 0.0007, 0.0, srgb("#a3763f"), closed=True), 0.0016))
    for row in range(3):
        knots = np.stack([np.linspace(-w / 2 + 0.01, w / 2 - 0.01, 7), rng.uniform(0.03, 0.07, 7) + 0.024 * row], -1)
        ink.append(lay(ribbon(smooth_curve(knots, 8), 0.0018, 0.0, srgb("#b8422f")), 0.0014))
    grid = [(gx, -h / 2 + 0.008, gx + 0.0004, h / 2 - 0.008) for gx in np.linspace(-0.18, 0.18, 9)]
    for g in grid:
        ink.append(
            lay(
                ribbon(np.stack([np.full(24, g[0]), np.linspace(g[1], g[3], 24)], -1), 0.0004, 0.0, srgb("#7d8c93")),
                0.0012,
            )
        )
    for gy in np.linspace(-0.12, 0.12, 7):
        ink.append(
            lay(
                ribbon(
                    np.stack([np.linspace(-w / 2 + 0.008, w / 2 - 0.008, 48), np.full(48, gy)], -1),
                    0.0004,
                    0.0,
                    srgb("#7d8c93"),
                ),
                0.0012,
            )
        )
    at = rng.uniform([0.03, 0.085], [0.15, 0.12])
    for d in ((1, 1), (1, -1)):
        ink.append(
            lay(
                ribbon(np.stack([at - np.array(d) * 0.009, at + np.array(d) * 0.009]), 0.003, 0.0, srgb("#c11f1f")),
                0.002,
            )
        )
    solids = [sea, lay(land, 0.0008), *ink]
    return grounded(PropKind.MAP, solids, grip_at((w / 2 - 0.02, -0.03, 0.003), (0, 1, 0), (-1, 0, 0)))


def money(rng: np.random.Generator, words: Words) -> Prop:
    """A banded wad of banknotes, 156 x 66 mm, with a loose note beneath."""
    green = said_colour(words, ("#8fa287", "#9a8fa5", "#a89878"), rng)
    solids: list[Solid] = []
    z = 0.0
    for k in range(9):
        solids.append(
            box((0.156, 0.066, 0.0016), dim(green, 0.78 if k % 2 else 1.0), roughness=0.9, part="notes")
            .turned(z=float(rng.uniform(-0.6, 0.6)))
            .moved(x=float(rng.uniform(-0.001, 0.001)), z=z)
        )
        z += 0.0017
    top = z + 0.0004
    ink = dim(green, 0.3)
    solids += [
        rects(
            [
                (-0.074, 0.0285, 0.074, 0.0295),
                (-0.074, -0.0295, 0.074, -0.0285),
                (-0.074, -0.0295, -0.073, 0.0295),
                (0.073, -0.0295, 0.074, 0.0295),
            ],
            top,
            ink,
        )
    ]
    solids += [ribbon(circle(r, 28, (-0.045, 0.0)), 0.0009, top, ink, closed=True) for r in (0.010, 0.014, 0.018)]
    solids += [
        digits("100", 0.045, 0.012, 0.012, ink).moved(z=top),
        digits("100", -0.071, -0.0265, 0.009, ink).moved(z=top),
    ]
    solids += [
        ribbon(
            smooth_curve(
                np.stack([np.linspace(0.03, 0.07, 12), 0.004 * np.sin(np.linspace(0, 18, 12)) - 0.012 + d], -1), 3
            ),
            0.0005,
            top,
            ink,
        )
        for d in (0.0, 0.004, 0.008)
    ]
    band = box((0.032, 0.0668, z + 0.0008), srgb("#e4d9bb"), roughness=0.9, part="band").moved(x=0.012, z=-0.0002)
    loose = (
        box((0.156, 0.066, 0.0006), green, roughness=0.9, part="notes").turned(z=14).moved(x=0.012, y=0.01, z=-0.0007)
    )
    return grounded(PropKind.MONEY, [*solids, band, loose], grip_at((0.05, -0.005, 0.008), (0, 1, 0), (-1, 0, 0)))
