"""Many lines at once: smoothed, cut at corners, spaced evenly. All lines lie behind one another in the same arrays."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from maquette.generate.base import F32
from maquette.generate.chains import Chain

I64 = NDArray[np.int64]

SPACING_PX = 1.6
CORNER_DEGREES = 52.0
ROUGH_SAMPLES = 1.5
"""Smoothing under which corners are looked for."""
SMOOTH = 1.4
"""Smoothing of what is drawn, in pixels."""
X, Y, WEIGHT, DEPTH, CAST = range(5)
"""Columns of `Paths.values`."""


@dataclass(frozen=True, eq=False)
class Paths:
    """Lines behind one another."""

    values: F32
    """(M, 5): x, y, weight, depth in metres, 1 for lines of the cast."""
    counts: I64
    """(N,) points of each line."""
    closed: NDArray[np.bool_]
    """(N,) True for rings; their last point repeats the first."""

    @property
    def starts(self) -> I64:
        return np.concatenate([[0], np.cumsum(self.counts)[:-1]]).astype(np.int64)


def stretches(chains: list[Chain], fineness: int) -> Paths:
    """The chains between their corners, smooth, in pixels, points `SPACING_PX` apart."""
    paths = _middles(chains)
    if len(paths.counts) == 0:
        return paths
    cut = _cut(paths, _corners(paths, reach=3 * fineness))
    return _even(cut, fineness) if len(cut.counts) else cut


def _middles(chains: list[Chain]) -> Paths:
    """Through the middles of cracks, which is half the way to a smooth line."""
    values: list[F32] = []
    closed: list[bool] = []
    for chain in chains:
        if len(chain.points) < 5:
            continue
        p = np.column_stack([chain.points, chain.weight, chain.depth, chain.cast]).astype(np.float32)
        middles = p[:-1].copy()
        middles[:, :2] = (p[1:, :2] + p[:-1, :2]) / 2
        ends = (middles, middles[:1]) if chain.closed else (p[:1], middles, p[-1:])
        values.append(np.concatenate(ends))
        closed.append(chain.closed)
    if not values:
        return Paths(np.zeros((0, 5), np.float32), np.zeros(0, np.int64), np.zeros(0, bool))
    return Paths(np.concatenate(values), np.array([len(v) for v in values]), np.array(closed))


def blurred(paths: Paths, columns: slice, sigma: float) -> F32:
    """Columns of the values smoothed along each line. Ends of open lines stay where they are."""
    reach = int(3 * sigma + 0.5)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    values, counts, starts = paths.values[:, columns], paths.counts, paths.starts
    padded = counts + 2 * reach
    line = np.repeat(np.arange(len(counts)), padded)
    offset = np.concatenate([[0], np.cumsum(padded)[:-1]])
    at = np.arange(len(line)) - offset[line] - reach
    last, ring = counts[line] - 1, paths.closed[line]
    inside = np.clip(np.where(at < 0, -at, np.where(at > last, 2 * last - at, at)), 0, last)
    inside = np.where(ring, at % np.maximum(last, 1), inside)
    laid = values[starts[line] + inside]
    # Mirrored through the end points, so that these stay.
    for beyond, end in (((at < 0) & ~ring, starts[line]), ((at > last) & ~ring, starts[line] + last)):
        laid[beyond] = 2 * values[end[beyond]] - laid[beyond]
    smooth = ndimage.correlate1d(laid, kernel.astype(np.float32), axis=0, mode="nearest")
    return smooth[(at >= 0) & (at <= last)]


def _corners(paths: Paths, reach: int) -> NDArray[np.bool_]:
    """(M,) True where a line turns sharply within a few pixels, once for each corner."""
    points = blurred(paths, slice(0, 2), ROUGH_SAMPLES)
    line = np.repeat(np.arange(len(paths.counts)), paths.counts)
    first = paths.starts[line]
    at = np.arange(len(points)) - first
    last, ring = paths.counts[line] - 1, paths.closed[line]
    period = np.maximum(last, 1)
    before = first + np.where(ring, (at - reach) % period, np.maximum(at - reach, 0))
    after = first + np.where(ring, (at + reach) % period, np.minimum(at + reach, last))
    a, b = points - points[before], points[after] - points
    cosine = (a * b).sum(1) / np.maximum(np.hypot(a[:, 0], a[:, 1]) * np.hypot(b[:, 0], b[:, 1]), 1e-6)
    cosine[~ring & ((at < reach) | (at > last - reach))] = 1
    cosine[(ring & (at == last)) | (last < 2 * reach + 2)] = 1
    lowest = ndimage.minimum_filter1d(cosine, 2 * reach + 1, mode="nearest")
    peak = np.flatnonzero((cosine < np.cos(np.radians(CORNER_DEGREES))) & (cosine <= lowest))
    corner = np.zeros(len(points), bool)
    corner[peak[np.diff(peak, prepend=-reach - 2) > reach]] = True
    return corner


def _cut(paths: Paths, corner: NDArray[np.bool_]) -> Paths:
    order: list[I64] = []
    closed: list[bool] = []
    for start, count, ring in zip(paths.starts.tolist(), paths.counts.tolist(), paths.closed.tolist(), strict=True):
        cuts = np.flatnonzero(corner[start : start + count]).tolist()
        index = np.arange(start, start + count)
        if not cuts:
            order.append(index)
            closed.append(ring)
            continue
        if ring:
            index = np.concatenate([np.roll(index[:-1], -cuts[0]), index[cuts[0] : cuts[0] + 1]])
            cuts = [c - cuts[0] for c in cuts[1:]]
        for a, b in pairwise([0, *cuts, count - 1]):
            if b - a >= 3:
                order.append(index[a : b + 1])
                closed.append(False)
    if not order:
        return Paths(paths.values[:0], paths.counts[:0], paths.closed[:0])
    return Paths(paths.values[np.concatenate(order)], np.array([len(o) for o in order]), np.array(closed))


def _even(paths: Paths, fineness: int) -> Paths:
    values = np.concatenate(
        [blurred(paths, slice(0, 2), SMOOTH * fineness), blurred(paths, slice(2, 5), 4.0 * fineness)], axis=1
    )
    values[:, :2] /= fineness
    values[:, WEIGHT] = np.clip(values[:, WEIGHT], 0, 1)
    values[:, DEPTH] = np.maximum(values[:, DEPTH], 1e-2)
    step = np.hypot(*np.diff(values[:, :2], axis=0, prepend=values[:1, :2]).T)
    starts = paths.starts
    step[starts] = 1.0  # a gap, so that no two lines share a place along
    along = np.cumsum(step.astype(np.float64))
    begin, end = along[starts], along[starts + paths.counts - 1]
    counts = np.maximum(3, np.round((end - begin) / SPACING_PX).astype(np.int64) + 1)
    line = np.repeat(np.arange(len(counts)), counts)
    first = np.concatenate([[0], np.cumsum(counts)[:-1]])
    share = (np.arange(len(line)) - first[line]) / (counts[line] - 1)
    at = begin[line] + share * (end - begin)[line]
    spaced = np.stack([np.interp(at, along, values[:, i]) for i in range(values.shape[1])], axis=1)
    return Paths(spaced.astype(np.float32), counts, paths.closed)
