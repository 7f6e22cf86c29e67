"""Lines become strokes of a hand: smoothed, broken at corners, tapered, a little unsteady, then put on paper."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from maquette.generate.base import F32
from maquette.generate.chains import Chain

SPACING_PX = 1.6
CORNER_DEGREES = 52.0
SUPERSAMPLING = 3


@dataclass(frozen=True, eq=False)
class Stroke:
    """One movement of the pen, in pixels."""

    points: F32
    """(N, 2) x, y; (0, 0) is the top left corner of the picture."""
    width: F32
    """(N,) pixels"""
    ink: float
    """0..1"""


@dataclass(frozen=True)
class Hand:
    """How lines are drawn."""

    width_px: float = 2.1
    """Width of a line of weight 1 at the reference distance."""
    least_px: float = 0.55
    wobble_px: float = 0.35
    overshoot_px: float = 2.2
    taper: float = 0.22
    """Share of a stroke over which it comes in and goes out."""
    shortest_px: float = 6.0


def smooth_paths(chain: Chain, fineness: int) -> list[tuple[F32, F32, F32]]:
    """(points in pixels, weight, depth) of each stretch between corners, evenly spaced."""
    points = chain.points
    middles = (points[1:] + points[:-1]) / 2
    weight, depth = chain.weight[:-1], chain.depth[:-1]
    if len(middles) < 4:
        return []
    if chain.closed:
        points = middles
    else:
        points = np.concatenate([points[:1], middles, points[-1:]])
        weight = np.concatenate([weight[:1], weight, weight[-1:]])
        depth = np.concatenate([depth[:1], depth, depth[-1:]])
    rough = _blur(points, 1.5, chain.closed)
    cuts = _corners(rough, chain.closed, reach=3 * fineness)
    stretches = _split(points, weight, depth, cuts, chain.closed)
    return [_even(p, w, d, fineness, whole=chain.closed and not len(cuts)) for p, w, d in stretches if len(p) >= 3]


def _blur(values: F32, sigma: float, closed: bool) -> F32:
    radius = int(3 * sigma)
    kernel = np.exp(-0.5 * (np.arange(-radius, radius + 1) / sigma) ** 2)
    kernel /= kernel.sum()
    if closed:
        repeats = -(-radius // len(values))
        tail = np.concatenate([values] * repeats)
        padded = np.concatenate([tail[-radius:], values, tail[:radius]])
    else:
        # Mirrored through the end points, so that they stay where they are.
        n = min(radius, len(values) - 1)
        padded = np.concatenate([2 * values[0] - values[n:0:-1], values, 2 * values[-1] - values[-2 : -n - 2 : -1]])
        missing = radius - n
        if missing:
            padded = np.concatenate([padded[:1]] * missing + [padded] + [padded[-1:]] * missing)
    out = [np.convolve(padded[:, i], kernel, "valid") for i in range(padded.shape[1])]
    return np.stack(out, axis=1).astype(np.float32)


def _corners(points: F32, closed: bool, reach: int) -> NDArray[np.int64]:
    """Indices where the line turns sharply within a few pixels, one for each corner."""
    n = len(points)
    if n < 2 * reach + 3:
        return np.zeros(0, np.int64)
    index = np.arange(n)
    before, after = (index - reach, index + reach)
    if closed:
        before, after = before % n, after % n
    else:
        before, after = np.maximum(before, 0), np.minimum(after, n - 1)
    a, b = points - points[before], points[after] - points
    size = np.linalg.norm(a, axis=1) * np.linalg.norm(b, axis=1)
    cosine = (a * b).sum(1) / np.maximum(size, 1e-6)
    if not closed:
        cosine[:reach], cosine[-reach:] = 1, 1
    sharp = cosine < np.cos(np.radians(CORNER_DEGREES))
    lowest = np.array([cosine[np.arange(i - reach, i + reach + 1) % n].min() for i in np.flatnonzero(sharp)])
    peaks = np.flatnonzero(sharp)[cosine[sharp] <= lowest]
    return peaks[np.concatenate([[True], np.diff(peaks) > reach])] if len(peaks) else peaks


def _split(points: F32, weight: F32, depth: F32, cuts: NDArray[np.int64], closed: bool) -> list[tuple[F32, F32, F32]]:
    if closed and len(cuts):
        shift = int(cuts[0])
        points, weight, depth = (np.roll(v, -shift, axis=0) for v in (points, weight, depth))
        points, weight, depth = (np.concatenate([v, v[:1]]) for v in (points, weight, depth))
        cuts = cuts[1:] - shift
    elif closed:
        points, weight, depth = (np.concatenate([v, v[:1]]) for v in (points, weight, depth))
    bounds = [0, *cuts.tolist(), len(points) - 1]
    return [(points[a : b + 1], weight[a : b + 1], depth[a : b + 1]) for a, b in pairwise(bounds) if b > a]


def _even(points: F32, weight: F32, depth: F32, fineness: int, whole: bool) -> tuple[F32, F32, F32]:
    """Smoothed and resampled at even steps, in pixels."""
    sigma = min(1.4 * fineness, len(points) / 6)
    smooth = _blur(points[:-1], sigma, True) if whole else _blur(points, sigma, False)
    if whole:
        smooth = np.concatenate([smooth, smooth[:1]])
    smooth = smooth / fineness
    along = np.concatenate([[0], np.cumsum(np.linalg.norm(np.diff(smooth, axis=0), axis=1))])
    count = max(3, round(float(along[-1]) / SPACING_PX) + 1)
    at = np.linspace(0, along[-1], count)
    xy = np.stack([np.interp(at, along, smooth[:, i]) for i in (0, 1)], axis=1).astype(np.float32)
    width_run = _blur(np.stack([weight, depth], axis=1), min(4.0 * fineness, len(weight) / 6), False)
    w, d = (np.interp(at, along, width_run[:, i]).astype(np.float32) for i in (0, 1))
    return xy, w, d


def make_stroke(path: F32, weight: F32, depth: F32, hand: Hand, reference_m: float, rng: np.random.Generator) -> Stroke:
    """Give a path the width and the unsteadiness of a hand."""
    length = SPACING_PX * (len(path) - 1)
    near = np.clip((reference_m / np.maximum(depth, 1e-2)) ** 0.4, 0.55, 1.35)
    t = np.linspace(0, 1, len(path))
    reach = min(hand.taper, 14.0 / max(length, 1.0) + 0.04)
    ends = np.clip(np.minimum(t, 1 - t) / reach, 0, 1) ** 0.7
    swell = 1 + 0.12 * np.sin(2 * np.pi * (t * max(1, length / 90) + rng.uniform()))
    width = np.maximum(hand.width_px * weight * near * swell, hand.least_px) * (0.35 + 0.65 * ends)
    path = (
        _overshot(path, hand.overshoot_px * float(np.mean(weight)) * rng.uniform(0.2, 1.0, 2)) if length > 12 else path
    )
    path = path + _wobble(path, hand.wobble_px, length, rng)
    ink = float(np.clip(0.5 + 0.75 * np.mean(weight) * np.mean(near), 0.45, 1))
    return Stroke(path.astype(np.float32), width.astype(np.float32), ink)


def _overshot(path: F32, by: NDArray[np.float64]) -> F32:
    """The first and last point drawn a little past where they belong."""
    path = path.copy()
    for end, inner, distance in ((0, 1, by[0]), (-1, -2, by[1])):
        d = path[end] - path[inner]
        path[end] += d / max(float(np.hypot(*d)), 1e-6) * distance
    return path


def _wobble(path: F32, amplitude: float, length: float, rng: np.random.Generator) -> F32:
    """(N, 2) slow sideways drift of a hand."""
    tangent = np.gradient(path, axis=0)
    normal = np.stack([-tangent[:, 1], tangent[:, 0]], axis=1)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-6)
    s = np.linspace(0, length, len(path))
    drift = np.zeros(len(path))
    for wave, share in ((97.0, 0.6), (41.0, 0.4), (17.0, 0.15)):
        drift += share * np.sin(2 * np.pi * s / wave + rng.uniform(0, 2 * np.pi))
    return (normal * (drift * amplitude)[:, None]).astype(np.float32)


def rasterise(strokes: list[Stroke], width: int, height: int) -> F32:
    """(H, W) coverage 0..1 of all strokes together, antialiased. The darkest stroke wins where they cross."""
    s = SUPERSAMPLING
    canvas = Image.new("L", (width * s, height * s), 0)
    pen = ImageDraw.Draw(canvas)
    for stroke in sorted(strokes, key=lambda k: k.ink):
        _draw(pen, stroke, s)
    return np.asarray(canvas.reduce(s), np.float32) / 255


def _draw(pen: ImageDraw.ImageDraw, stroke: Stroke, s: int) -> None:
    p = stroke.points * s - 0.5
    half = np.maximum(stroke.width * s / 2, 0.5)
    d = np.diff(p, axis=0)
    side = np.stack([-d[:, 1], d[:, 0]], axis=1) / np.maximum(np.linalg.norm(d, axis=1, keepdims=True), 1e-6)
    a, b = side * half[:-1, None], side * half[1:, None]
    quads = np.concatenate([p[:-1] + a, p[1:] + b, p[1:] - b, p[:-1] - a], axis=1).tolist()
    value = round(255 * stroke.ink)
    for quad in quads:
        pen.polygon(quad, fill=value)
    round_joints = half > 0.9
    boxes = np.concatenate([p - half[:, None], p + half[:, None]], axis=1)[round_joints].tolist()
    for box in boxes:
        pen.ellipse(box, fill=value)


def pen_strokes(chains: list[Chain], fineness: int, hand: Hand, rng: np.random.Generator) -> list[Stroke]:
    """Every line worth drawing as strokes. Specks are left out, faint ones sooner than bold ones."""
    depths = np.array([c.depth.mean() for c in chains if c.weight.max() > 0.5] or [4.0])
    reference = float(np.clip(np.median(depths), 0.5, 12.0))
    strokes: list[Stroke] = []
    for chain in chains:
        if len(chain.points) < hand.shortest_px * fineness:
            continue
        boldness = float(chain.weight.mean())
        if boldness < 0.5 and len(chain.points) < hand.shortest_px * (2 - boldness) * fineness:
            continue
        for path, weight, depth in smooth_paths(chain, fineness):
            strokes.append(make_stroke(path, weight, depth, hand, reference, rng))
    return strokes
