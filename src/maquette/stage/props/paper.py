"""Paper on a table: leaves that curl and crease, and what is written on them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maquette.stage.mesh import Color, Solid, join, sheet
from maquette.stage.props.parts import circle, ribbon


def leaf(width: float, height: float, color: Color, *, curl: float = 0.0, folds: int = 0) -> Solid:
    """A sheet of paper lying on the table, lightly curled or creased where it was folded."""
    x = np.linspace(-width / 2, width / 2, 9)
    y = np.linspace(-height / 2, height / 2, 25)
    gx, gy = np.meshgrid(x, y)
    z = 0.0006 + curl * (2 * gy / height) ** 4
    if folds:
        z = z + 0.0022 * np.abs(np.sin(np.pi * (folds + 1) * (gy / height + 0.5)))
    return sheet(np.stack([gx, gy, z], -1), color, thickness=0.0005, roughness=0.95, part="paper")


def on_leaf(solid: Solid, height: float, curl: float, folds: int, lift: float = 0.0004) -> Solid:
    """Ink drawn flat, laid on a curled or creased leaf."""
    v = solid.vertices.copy()
    y = v[:, 1]
    v[:, 2] = 0.0006 + lift + curl * (2 * y / height) ** 4
    if folds:
        v[:, 2] += 0.0022 * np.abs(np.sin(np.pi * (folds + 1) * (y / height + 0.5)))
    return replace(solid, vertices=v.astype(np.float32))


HELD_FLAT = ((0.0, 1.0, 0.0), (-1.0, 0.0, 0.0))
"""Axes of a hand (see `grip_at`) that holds a leaf by its right edge, the written side towards the reader."""


_SEGMENTS = {
    "1": "bc",
    "2": "abged",
    "3": "abgcd",
    "4": "fgbc",
    "5": "afgcd",
    "6": "afgedc",
    "7": "abc",
    "8": "abcdefg",
    "9": "abcdfg",
}


def digits(text: str, x: float, y: float, h: float, color: Color) -> Solid:
    """Figures by a firm hand: zeros are loops, the others strokes; commas and a pound-like mark are understood."""
    w = h * 0.55
    out: list[Solid] = []
    for c in text:
        if c == "0":
            out.append(
                ribbon(
                    circle(1.0, 18) * [w * 0.44, h * 0.5] + [x + w / 2, y + h / 2], h * 0.11, 0.0, color, closed=True
                )
            )
        elif c == ",":
            out.append(ribbon([(x + w * 0.2, y + h * 0.08), (x + w * 0.05, y - h * 0.18)], h * 0.11, 0.0, color))
            x -= w * 0.5
        elif c in _SEGMENTS:
            t, m, b, left, right = y + h, y + h / 2, y, x + w * 0.1, x + w * 0.85
            lines = {
                "a": ((left, t), (right, t)),
                "b": ((right, t), (right, m)),
                "c": ((right, m), (right, b)),
                "d": ((left, b), (right, b)),
                "e": ((left, m), (left, b)),
                "f": ((left, t), (left, m)),
                "g": ((left, m), (right, m)),
            }
            out += [ribbon(lines[s], h * 0.11, 0.0, color) for s in _SEGMENTS[c]]
        x += w * 1.25
    return join(out, "ink")
