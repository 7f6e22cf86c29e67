"""Letters, cheques and envelopes."""

from __future__ import annotations

import numpy as np

from maquette.film.props import PropKind
from maquette.stage.mesh import Solid, srgb
from maquette.stage.props.paper import HELD_FLAT, digits, leaf, on_leaf
from maquette.stage.props.parts import (
    INK,
    circle,
    dim,
    handwriting,
    plate_with_edge,
    printed_lines,
    rects,
    ribbon,
    said_colour,
    smooth_curve,
)
from maquette.stage.props.prop import Prop, Words, grip_at, grounded


def letter(rng: np.random.Generator, words: Words) -> Prop:
    """A handwritten A5 letter, twice folded; print and a stamp for contracts, files and reports."""
    typed = bool(
        {"contract", "document", "file", "report", "form", "papers", "script", "manuscript", "telegram"} & set(words)
    )
    w, h = (0.21, 0.297) if typed else (0.148, 0.21)
    paper = said_colour(words, ("#e9e4d6", "#ece9e0", "#e2dcc6"), rng)
    folds, curl = (0, 0.003) if typed else (2, 0.004)
    ink: list[Solid] = []
    if typed:
        ink.append(rects([(-0.05, h / 2 - 0.04, 0.05, h / 2 - 0.033)], 0.0, INK))
        ink.append(printed_lines(rng, (-0.08, -h / 2 + 0.06, 0.08, h / 2 - 0.055), 0.0062, 0.0, dim(INK, 1.6)))
        ink.append(handwriting(rng, 0.01, 0.075, -h / 2 + 0.028, 0.008, 0.0, srgb("#1c2f7a")))
        ink.append(rects([(0.0, -h / 2 + 0.024, 0.08, -h / 2 + 0.0247)], 0.0, INK))
        ink.append(ribbon(circle(0.013, 24, (-0.055, -h / 2 + 0.035)), 0.0012, 0.0, srgb("#9b2c2c"), closed=True))
    else:
        y = h / 2 - 0.024
        ink.append(handwriting(rng, 0.02, 0.062, y, 0.0048, 0.0))
        y -= 0.017
        ink.append(handwriting(rng, -0.058, 0.0, y, 0.0056, 0.0))
        for _ in range(11):
            y -= 0.0115
            ink.append(handwriting(rng, -0.058, float(rng.uniform(0.045, 0.063)), y, 0.0050, 0.0))
        ink.append(handwriting(rng, 0.005, 0.058, y - 0.022, 0.0072, 0.0))
    sheet_ = leaf(w, h, paper, curl=curl, folds=folds)
    solids = [sheet_, *(on_leaf(s, h, curl, folds) for s in ink)]
    return grounded(PropKind.LETTER, solids, grip_at((w / 2 - 0.012, -0.22 * h, 0.001), *HELD_FLAT))


def cheque(rng: np.random.Generator, words: Words) -> Prop:
    """A bank cheque of 178 x 82 mm: rules, an amount with many zeros in its box, a signature."""
    w, h = 0.178, 0.082
    tint = said_colour(words, ("#cfdcd6", "#d6dbe4", "#e0dbc8"), rng)
    blue = srgb("#22428a")
    print_ink = srgb("#35506a")
    if "ticket" in words:
        w, h = 0.14, 0.058
    sheet_ = leaf(w, h, tint, curl=0.0015)
    lines = [
        (-w / 2 + 0.006, h / 2 - 0.006, w / 2 - 0.006, h / 2 - 0.0055),
        (-w / 2 + 0.006, -h / 2 + 0.0055, w / 2 - 0.006, -h / 2 + 0.006),
        (-w / 2 + 0.006, -h / 2 + 0.0055, -w / 2 + 0.0065, h / 2 - 0.0055),
        (w / 2 - 0.0065, -h / 2 + 0.0055, w / 2 - 0.006, h / 2 - 0.0055),
    ]
    ink = [rects(lines, 0.0, print_ink)]
    if "ticket" in words:
        ink += [
            printed_lines(rng, (-0.055, -0.016, 0.02, 0.018), 0.006, 0.0, INK),
            digits("4287", 0.028, -0.006, 0.013, srgb("#9b2c2c")),
        ]
    else:
        rows = [
            (-0.078, 0.0075, 0.028, 0.008),
            (-0.078, -0.0085, 0.028, -0.008),
            (0.022, -0.0245, 0.078, -0.024),
            (0.034, 0.0, 0.08, 0.0005),
            (0.034, 0.0165, 0.08, 0.017),
            (0.034, 0.0, 0.0345, 0.017),
            (0.0795, 0.0, 0.08, 0.017),
            (-0.078, 0.029, -0.03, 0.034),
            (0.04, 0.028, 0.078, 0.0284),
        ]
        ink += [
            rects(rows, 0.0, print_ink),
            digits("2,000,000", 0.0362, 0.0046, 0.0076, blue),
            handwriting(rng, -0.076, -0.01, 0.0092, 0.0060, 0.0, blue),
            handwriting(rng, -0.076, 0.024, -0.0068, 0.0056, 0.0, blue),
            handwriting(rng, 0.026, 0.074, -0.0225, 0.0095, 0.0, blue),
            handwriting(rng, 0.042, 0.076, 0.0292, 0.0042, 0.0, blue),
        ]
        ink.append(digits("003914 20476", -0.072, -0.0355, 0.0045, INK))
    solids = [sheet_, *(on_leaf(s, h, 0.0015, 0) for s in ink)]
    return grounded(PropKind.CHEQUE, solids, grip_at((w / 2 - 0.012, -0.008, 0.001), *HELD_FLAT))


def envelope(rng: np.random.Generator, words: Words) -> Prop:
    """A sealed envelope of 220 x 110 mm, address and stamp upwards."""
    paper = said_colour(words, ("#e2d8bf", "#e9e6dc", "#c6a878"), rng)
    body = plate_with_edge(
        [(-0.11, -0.055), (0.11, -0.055), (0.11, 0.055), (-0.11, 0.055)],
        0.0028,
        0.0012,
        paper,
        roughness=0.95,
        part="paper",
    )
    z = 0.0031
    flap = ribbon([(-0.109, 0.054), (0.0, -0.004), (0.109, 0.054)], 0.0011, z, dim(paper, 0.62))
    stamp = [
        rects([(0.074, 0.018, 0.100, 0.048)], z, srgb("#ded9cb")),
        rects([(0.0765, 0.0205, 0.0975, 0.0455)], z + 0.0003, srgb("#8a3136")),
    ]
    head = ribbon(circle(0.006, 16, (0.087, 0.034)), 0.004, z + 0.0005, srgb("#d9b9a7"), closed=True)
    mark = [
        ribbon(circle(r, 28, (0.062, 0.033)), 0.0008, z + 0.0006, dim(INK, 1.5), closed=True) for r in (0.015, 0.011)
    ]
    waves = [
        ribbon(
            smooth_curve([(0.01, y), (0.022, y + 0.002), (0.034, y), (0.046, y + 0.002)], 4),
            0.0007,
            z + 0.0006,
            dim(INK, 1.5),
        )
        for y in (0.026, 0.032, 0.038)
    ]
    ink = [
        handwriting(rng, -0.045, 0.05, 0.000, 0.0068, z),
        handwriting(rng, -0.045, 0.04, -0.016, 0.0064, z),
        handwriting(rng, -0.045, 0.02, -0.032, 0.0064, z),
    ]
    return grounded(
        PropKind.ENVELOPE,
        [body, flap, *stamp, head, *mark, *waves, *ink],
        grip_at((0.098, -0.012, 0.0015), *HELD_FLAT),
    )
