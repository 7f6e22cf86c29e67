"""Dimension lines: how tall people and how wide the largest things stand, in metres, as a draughtsman notes them."""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from maquette.generate.base import F32
from maquette.generate.strokes import Stroke, rasterise
from maquette.generate.study import Study

MOST = 3
LEAST_PX = 46.0
"""What is smaller than this in a picture 640 wide is not measured."""
AWAY_PX, TICK_PX, DIGIT_PX = 11.0, 4.0, 7.5
STRENGTH = 0.62
DIGITS = {
    "0": ((0, 0), (1, 0), (1, 2), (0, 2), (0, 0)),
    "1": ((0.2, 0.4), (0.6, 0), (0.6, 2)),
    "2": ((0, 0.3), (0.3, 0), (0.8, 0), (1, 0.4), (0, 2), (1, 2)),
    "3": ((0, 0), (1, 0), (0.4, 0.9), (1, 1.3), (0.8, 2), (0, 2)),
    "4": ((0.7, 2), (0.7, 0), (0, 1.3), (1, 1.3)),
    "5": ((1, 0), (0.1, 0), (0, 0.9), (0.8, 0.9), (1, 1.4), (0.8, 2), (0, 2)),
    "6": ((0.9, 0), (0.2, 0.8), (0, 1.6), (0.4, 2), (1, 1.6), (0.7, 1.0), (0.1, 1.3)),
    "7": ((0, 0), (1, 0), (0.4, 2)),
    "8": ((0.5, 0.9), (0, 0.4), (0.5, 0), (1, 0.4), (0, 1.6), (0.5, 2), (1, 1.6), (0.5, 0.9)),
    "9": ((0.9, 0.8), (0.3, 1.0), (0, 0.5), (0.5, 0), (1, 0.5), (0.8, 1.4), (0.3, 2)),
    ".": ((0.4, 1.85), (0.55, 2)),
}
"""Figures as a pen draws them, on a grid one wide and two high; y downwards."""


def dimension_lines(study: Study, line_scale: float) -> F32:
    """(H, W) coverage 0..1. Heights are those of what is seen, from the position pass."""
    strokes: list[Stroke] = []
    for box, height_m in _measured(study):
        strokes += _vertical(study, box, height_m, line_scale)
    return STRENGTH * rasterise(strokes, study.width, study.height)


def _measured(study: Study) -> list[tuple[tuple[int, int, int, int], float]]:
    """(top, bottom, left, right) in pixels and the height in metres of people, then of the largest other things."""
    passes = study.passes
    ids = passes.object_id.astype(np.int32)
    found: list[tuple[bool, int, tuple[int, int, int, int], float]] = []
    for number, place in enumerate(ndimage.find_objects(ids), 1):
        if place is None or number >= len(passes.object_names):
            continue
        name = passes.object_names[number]
        top, bottom, left, right = place[0].start, place[0].stop, place[1].start, place[1].stop
        whole = top > 1 and bottom < study.height - 1 and left > 1 and right < study.width - 1
        if not whole or bottom - top < LEAST_PX * study.scale or not name.startswith(("cast/", "prop/", "set/")):
            continue
        mine = ids[place] == number
        z = passes.position[place][..., 2][mine]
        if np.ptp(z) > 0.05:
            cast = name.startswith("cast/")
            found.append((not cast, -int(mine.sum()), (top, bottom, left, right), float(np.ptp(z))))
    return [(box, size) for _, _, box, size in sorted(found)[:MOST]]


def _vertical(study: Study, box: tuple[int, int, int, int], height_m: float, line_scale: float) -> list[Stroke]:
    top, bottom, left, right = box
    scale = study.scale
    side = right + AWAY_PX * scale
    outward = 1.0
    if side > study.width - 30 * scale:
        side, outward = left - AWAY_PX * scale, -1.0
    width = 0.85 * scale * line_scale
    tick = TICK_PX * scale
    near = right if outward > 0 else left
    lines = [
        ((side, top), (side, bottom)),
        *(((near + outward * 3 * scale, y), (side + outward * tick, y)) for y in (top, bottom)),
        *(((side - tick, y + tick), (side + tick, y - tick)) for y in (top, bottom)),
    ]
    strokes = [_line(np.array(line, np.float32), width) for line in lines]
    return strokes + _figures(f"{height_m:.2f}", side + outward * 5 * scale, (top + bottom) / 2, outward, scale, width)


def _figures(text: str, x: float, y: float, outward: float, scale: float, width: float) -> list[Stroke]:
    wide, high = 0.5 * DIGIT_PX * scale, DIGIT_PX * scale
    pitch = 1.55 * wide
    first = x if outward > 0 else x - pitch * len(text)
    strokes: list[Stroke] = []
    for i, figure in enumerate(text):
        corners = [(first + i * pitch + px * wide, y + (py / 2 - 0.5) * high) for px, py in DIGITS[figure]]
        strokes.append(_line(np.array(corners, np.float32), width))
    return strokes


def _line(corners: F32, width: float) -> Stroke:
    """A pen's way from corner to corner."""
    length = np.hypot(*np.diff(corners, axis=0).T)
    along = np.concatenate([[0], np.cumsum(length)])
    at = np.linspace(0, along[-1], max(3, int(along[-1] / 1.4)))
    points = np.stack([np.interp(at, along, corners[:, k]) for k in (0, 1)], axis=1).astype(np.float32)
    n = len(points)
    return Stroke(points, np.full(n, width, np.float32), np.ones(n, np.float32), 1.0, 1.0)
