"""Boxes, parcels, crates and gifts."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Solid, box, rounded_box, sheet, srgb, tube
from maquette.stage.props.parts import (
    dim,
    plate_with_edge,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Carry, Prop, Words, grip_at, grounded


def box_(rng: np.random.Generator, words: Words) -> Prop:
    """A taped cardboard box of 320 x 240 x 190 mm; a parcel in string, a gift with a bow, or a crate."""
    text = set(words)
    if {"gift", "present"} & text:
        return _gift(rng, words)
    if {"package", "parcel"} & text:
        w, d, h = 0.28, 0.20, 0.11
        paper = srgb("#a67c4c")
        body = rounded_box((w, d, h), paper, 0.006, steps=1, roughness=0.9, part="paper")
        folds = [
            plate_with_edge(
                [(0.0, -d * 0.42), (w * 0.16, 0.0), (0.0, d * 0.42)], 0.0014, 0.0004, dim(paper, 0.8), part="paper"
            )
            .turned(y=-90)
            .moved(s * (w / 2 + 0.0012), 0, h / 2)
            for s in (-1, 1)
        ]
        string = [
            rounded_box((w + 0.004, 0.004, h + 0.004), srgb("#d6c7a2"), 0.006, steps=1, part="string").moved(z=-0.002),
            rounded_box((0.004, d + 0.004, h + 0.004), srgb("#d6c7a2"), 0.006, steps=1, part="string").moved(
                x=-0.03, z=-0.002
            ),
        ]
        bow = [
            tube(
                smooth_curve(
                    [
                        (-0.03, 0, h + 0.003),
                        (-0.03 + s * 0.03, 0.018, h + 0.012),
                        (-0.03 + s * 0.045, -0.004, h + 0.006),
                        (-0.03, 0, h + 0.003),
                    ],
                    6,
                ),
                0.0019,
                srgb("#d6c7a2"),
                segments=6,
                part="string",
            )
            for s in (-1, 1)
        ]
        label = box((0.09, 0.055, 0.001), srgb("#e6dfcf"), part="label").moved(0.06, -0.045, h)
        lines = [
            box((0.055 - 0.012 * k, 0.0022, 0.0014), srgb("#2a2826"), part="label").moved(0.055, -0.032 - 0.011 * k, h)
            for k in range(3)
        ]
        stamp = box((0.02, 0.024, 0.0012), srgb("#8a3136"), part="label").moved(0.115, 0.07, h)
        return grounded(
            PropKind.BOX,
            [body, *folds, *string, *bow, label, *lines, stamp],
            grip_at((w / 2, 0, h / 2), (0, 1, 0), (-1, 0, 0)),
            Carry.LEVEL,
        )
    if "crate" in text:
        slats: list[Solid] = []
        for k in range(4):
            z = 0.01 + 0.075 * k
            wood = dim(srgb("#a9835a"), float(rng.uniform(0.8, 1.1)))
            slats += [
                box((0.5, 0.014, 0.062), wood, bevel=0.002, roughness=0.9, part="slats").moved(y=s * 0.163, z=z)
                for s in (-1, 1)
            ]
            slats += [
                box((0.014, 0.312, 0.062), wood, bevel=0.002, roughness=0.9, part="slats").moved(x=s * 0.243, z=z)
                for s in (-1, 1)
            ]
        posts = [
            box((0.035, 0.035, 0.30), srgb("#8a6a46"), bevel=0.002, part="posts").moved(sx * 0.218, sy * 0.138, 0.0)
            for sx in (-1, 1)
            for sy in (-1, 1)
        ]
        floor = box((0.48, 0.31, 0.012), srgb("#8a6a46"), part="floor").moved(z=0.006)
        return grounded(
            PropKind.BOX, [*slats, *posts, floor], grip_at((0.243, 0, 0.29), (0, 1, 0), (-1, 0, 0)), Carry.LEVEL
        )
    w, d, h = (0.30, 0.18, 0.11) if "shoebox" in text else (0.32, 0.24, 0.19)
    card = said_colour(words, ("#b08a5c", "#a87f50"), rng)
    body = rounded_box((w, d, h), card, 0.003, steps=1, roughness=0.95, part="card")
    tape = rounded_box(
        (w + 0.0012, 0.048, h + 0.0012), srgb("#cdb182"), 0.003, steps=1, roughness=0.35, part="tape"
    ).moved(z=-0.0004)
    slit = box((w + 0.0016, 0.0012, 0.0006), dim(card, 0.4), part="tape").moved(z=h + 0.0003)
    edge = [
        box((0.0008, d * 0.46, 0.0008), dim(card, 0.6), part="card").moved(s * (w / 2 - 0.001), t * d * 0.26, h)
        for s in (-1, 1)
        for t in (-1, 1)
    ]
    label = box((0.10, 0.001, 0.065), srgb("#e8e3d6"), part="label").moved(-0.07, -d / 2 - 0.0006, h * 0.4)
    lines = [
        box((0.07 - 0.014 * k, 0.0012, 0.004), srgb("#2a2826"), part="label").moved(
            -0.075, -d / 2 - 0.0012, h * 0.4 + 0.046 - 0.014 * k
        )
        for k in range(3)
    ]
    bars = [
        box((0.0012 + 0.0016 * float(rng.random()), 0.0012, 0.014), srgb("#1d1d1f"), part="label").moved(
            -0.10 + 0.0045 * k, -d / 2 - 0.0012, h * 0.4 + 0.004
        )
        for k in range(12)
    ]
    arrows = [
        plate_with_edge(
            [
                (-0.004, 0.0),
                (0.004, 0.0),
                (0.004, 0.022),
                (0.011, 0.022),
                (0.0, 0.036),
                (-0.011, 0.022),
                (-0.004, 0.022),
            ],
            0.0008,
            0.0002,
            srgb("#3a2d20"),
            part="print",
        )
        .turned(x=90)
        .moved(x, -d / 2 - 0.0006, h * 0.42)
        for x in (0.07, 0.105)
    ]
    return grounded(
        PropKind.BOX,
        [body, tape, slit, *edge, label, *lines, *bars, *arrows],
        grip_at((w / 2, 0, h * 0.4), (0, 1, 0), (-1, 0, 0)),
        Carry.LEVEL,
    )


def _gift(rng: np.random.Generator, words: Words) -> Prop:
    color = said_colour(words, ("#8e2b27", "#2f5a8c", "#2f6a4a", "#c9b98f"), rng)
    gold = srgb("#d9b45a")
    body = rounded_box((0.22, 0.22, 0.12), color, 0.003, steps=1, roughness=0.4, part="paper")
    lid = rounded_box((0.228, 0.228, 0.035), dim(color, 1.15), 0.003, steps=1, roughness=0.4, part="paper").moved(
        z=0.108
    )
    bands = [
        rounded_box((0.23, 0.03, 0.146), gold, 0.003, steps=1, roughness=0.25, part="ribbon").moved(z=-0.001),
        rounded_box((0.03, 0.23, 0.146), gold, 0.003, steps=1, roughness=0.25, part="ribbon").moved(z=-0.001),
    ]
    bow: list[Solid] = []
    for k in range(6):
        a = np.pi / 3 * k
        d = np.array([np.cos(a), np.sin(a)])
        loop = smooth_curve(
            [(0, 0, 0.145), (*(d * 0.035), 0.182), (*(d * 0.068), 0.178), (*(d * 0.055), 0.15), (0, 0, 0.147)], 6
        )
        side = np.array([-d[1], d[0], 0.0]) * 0.012
        bow.append(sheet([loop - side, loop + side], gold, thickness=0.0008, roughness=0.25, part="ribbon"))
    return grounded(
        PropKind.BOX, [body, lid, *bands, *bow], grip_at((0.11, 0, 0.06), (0, 1, 0), (-1, 0, 0)), Carry.LEVEL
    )
