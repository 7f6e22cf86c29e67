"""Lines become strokes of a hand: tapered, a little unsteady, cleared of clutter, then put on paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.generate.base import F32
from maquette.generate.chains import Chain
from maquette.generate.clearing import Surroundings, cleared
from maquette.generate.paths import DEPTH, SPACING_PX, WEIGHT, Paths, stretches

STAMPS = 4
"""Dots of the pen from one point of a stroke to the next."""


@dataclass(frozen=True, eq=False)
class Stroke:
    """One movement of the pen, in pixels."""

    points: F32
    """(N, 2) x, y; (0, 0) is the top left corner of the picture."""
    width: F32
    """(N,) pixels"""
    ink: F32
    """(N,) 0..1"""
    depth_m: float
    """Mean distance of what it outlines."""
    boldness: float
    """0..1, mean weight of the line."""


@dataclass(frozen=True)
class Pen:
    """How lines are drawn."""

    width_px: float = 2.1
    """Width of a line of weight 1 at the reference distance."""
    least_px: float = 0.55
    wobble_px: float = 0.35
    overshoot_px: float = 2.2
    taper: float = 0.22
    """Share of a stroke over which it comes in and goes out."""
    shortest_px: float = 6.0
    reference_m: float = 4.0
    """Distance at which lines have their full width."""


Unsteady = Callable[[F32, float, int], F32]
"""Noise (M,) with unit deviation at points (M, 2) in pixels, with this wavelength in pixels and of this channel. It
belongs to what is there, so that a hand is unsteady in the same way wherever a line is seen from."""


def pen_strokes(chains: list[Chain], fineness: int, pen: Pen, unsteady: Unsteady,
                around: Surroundings | None = None) -> list[Stroke]:  # fmt: skip
    """Every line worth drawing as strokes. Specks are left out, faint ones sooner than bold ones; with `around`, so is
    what crowds the picture behind the people.
    """
    bold = [float(c.weight.mean()) for c in chains]
    kept = [
        c for c, b in zip(chains, bold, strict=True)
        if len(c.points) >= pen.shortest_px * (1 if b >= 0.5 else 2 - b) * fineness
    ]  # fmt: skip
    paths = stretches(kept, fineness)
    if len(paths.counts) == 0:
        return []
    clear = np.ones(len(paths.values), np.float32)
    if around is not None:
        paths, clear = cleared(paths, around)
    return _penned(paths, clear, pen, unsteady)


def _penned(paths: Paths, clear: F32, pen: Pen, unsteady: Unsteady) -> list[Stroke]:
    """Give the paths the width and the unsteadiness of a hand."""
    n, counts, reference_m = len(paths.counts), paths.counts, pen.reference_m
    line = np.repeat(np.arange(n), counts)
    first = paths.starts
    t = (np.arange(len(line)) - first[line]) / (counts[line] - 1)
    length = SPACING_PX * (counts - 1.0)
    near = np.clip((reference_m / paths.values[:, DEPTH]) ** 0.45, 0.45, 1.35)
    weight = paths.values[:, WEIGHT]
    reach = np.minimum(pen.taper, 14.0 / np.maximum(length, 1.0) + 0.04)[line]
    ends = np.where(paths.closed[line], 1.0, np.clip(np.minimum(t, 1 - t) / reach, 0, 1) ** 0.7)
    middle = paths.values[:, :2].astype(np.float32)
    swell = 1 + 0.13 * np.clip(unsteady(middle, 45.0, 3), -1.6, 1.6)
    width = np.maximum(pen.width_px * weight * near * swell, pen.least_px) * (0.55 + 0.45 * ends)
    mean = np.add.reduceat(weight, first) / counts
    depth = np.add.reduceat(paths.values[:, DEPTH], first) / counts
    points = _overshot(paths, pen.overshoot_px * mean, unsteady) + _wobble(paths, middle, pen.wobble_px, unsteady)
    far = np.clip((reference_m * 1.2 / depth) ** 0.6, 0.35, 1.2)
    ink = np.clip(0.55 + 0.8 * mean * far, 0.45, 1)[line] * clear
    cuts = first[1:]
    points, width, ink = (np.split(v.astype(np.float32), cuts) for v in (points, width, ink))
    return [Stroke(p, w, i, float(d), float(m)) for p, w, i, d, m in zip(points, width, ink, depth, mean, strict=True)]


def _overshot(paths: Paths, by: NDArray[np.float64], unsteady: Unsteady) -> F32:
    """(M, 2) points; the first and last of each open line drawn a little past where they belong."""
    points = paths.values[:, :2].copy()
    first, last = paths.starts, paths.starts + paths.counts - 1
    going = ~paths.closed & (paths.counts > 8)
    for end, inner in ((first, first + 1), (last, last - 1)):
        share = np.clip(0.75 + 0.35 * unsteady(paths.values[end, :2], 12.0, 4), 0.2, 1.2)
        d = points[end] - points[inner]
        d /= np.maximum(np.hypot(d[:, 0], d[:, 1]), 1e-6)[:, None]
        points[end] += d * np.where(going, by * share, 0)[:, None]
    return points


def _wobble(paths: Paths, points: F32, amplitude: float, unsteady: Unsteady) -> F32:
    """(M, 2) slow sideways drift of a hand."""
    if amplitude <= 0:
        return np.zeros_like(points)
    tangent = np.gradient(points, axis=0)
    first, last = paths.starts, paths.starts + paths.counts - 1
    tangent[first], tangent[last] = points[first + 1] - points[first], points[last] - points[last - 1]
    normal = np.stack([-tangent[:, 1], tangent[:, 0]], axis=1)
    normal /= np.maximum(np.hypot(normal[:, 0], normal[:, 1]), 1e-6)[:, None]
    # A drift in the picture's own directions, of which the part across the line counts: a line does not know which way
    # it was traced.
    drift = np.zeros_like(points)
    for wave, share, channel in ((58.0, 0.62, 5), (17.0, 0.2, 7)):
        for axis in (0, 1):
            drift[:, axis] += np.float32(share) * unsteady(points, wave, channel + axis)
    return (normal * ((drift * normal).sum(axis=1) * amplitude)[:, None]).astype(np.float32)


def rasterise(strokes: list[Stroke], width: int, height: int) -> F32:
    """(H, W) coverage 0..1 of all strokes together, antialiased. The darkest stroke wins where they cross."""
    paper = np.zeros(width * height, np.float32)
    if not strokes:
        return paper.reshape(height, width)
    values = np.concatenate([np.column_stack([s.points, s.width, s.ink]) for s in strokes])
    joins = np.cumsum([len(s.points) for s in strokes])[:-1] - 1
    step = np.diff(values, axis=0)
    step[joins] = 0
    dots = np.concatenate([values[:-1] + step * np.float32(k / STAMPS) for k in range(STAMPS)] + [values[-1:]])
    dots = dots[dots[:, 3] > 0.03]
    half = np.maximum(dots[:, 2], 0.1) / 2
    for reach in range(1, int(np.ceil(half.max() + 0.5)) + 1):
        mine = np.ceil(half + 0.5).astype(int) == reach
        _stamp(paper, dots[mine], half[mine], reach, width, height)
    return paper.reshape(height, width)


def _stamp(paper: F32, dots: F32, half: F32, reach: int, width: int, height: int) -> None:
    """Press a round dot of each half width (pixels, at most `reach` - 0.5) into the paper."""
    column, row = np.floor(dots[:, 0]).astype(np.int64), np.floor(dots[:, 1]).astype(np.int64)
    fx, fy = dots[:, 0] - column - 0.5, dots[:, 1] - row - 0.5
    # A line thinner than a pixel is as much paler.
    most = dots[:, 3] * np.minimum(1, 2 * half)
    rim = np.maximum(half, 0.5) + 0.5
    for dy in range(-reach, reach + 1):
        for dx in range(-reach, reach + 1):
            cover = np.clip(rim - np.hypot(dx - fx, dy - fy), 0, 1) * most
            x, y = column + dx, row + dy
            seen = (cover > 0.004) & (x >= 0) & (x < width) & (y >= 0) & (y < height)
            np.maximum.at(paper, (y * width + x)[seen], cover[seen].astype(np.float32))


__all__ = ["Pen", "Stroke", "Surroundings", "Unsteady", "pen_strokes", "rasterise"]
