"""Brush strokes: where each pixel lies on each stroke, all strokes at once.

A stroke is an arc with a width. Its pixels are listed column by column (row by row where it is steep), so that their
number is little more than the stroke's area; nothing loops over strokes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from maquette.generate.anchors import Anchors
from maquette.generate.base import F32
from maquette.generate.surface import I64

I32 = NDArray[np.int32]
MOST_TURN = 1.1
"""Radians that a stroke turns from end to end at most."""
PORTION = 60_000
"""Pixels of strokes that are worked on at a time."""
TEXTURES, ALONG, ACROSS = 8, 96, 32
"""Bristle pictures and their size."""


@dataclass(frozen=True, eq=False)
class Strokes:
    """N strokes in the order in which they are laid; lengths in pixels."""

    x: F32
    y: F32
    """Middle."""
    angle: F32
    """Direction at the middle in the picture, radians; 0 is to the right, positive turns down."""
    bend: F32
    """Turn per pixel of length."""
    length: F32
    width: F32
    part: I32
    """What it depicts."""
    texture: I32
    """Which bristle picture, and which way round it lies."""
    order: F32
    """0..1, rising: where in a layer it is laid, whatever else is laid."""

    def __len__(self) -> int:
        return len(self.x)


@dataclass(frozen=True, eq=False)
class Touched:
    """M pixels under strokes, in the strokes' order."""

    pixel: I64
    """Flat number in the picture."""
    stroke: I64
    along: F32
    """-1 at the stroke's beginning .. 1 at its end."""
    across: F32
    """-1 at the one side .. 1 at the other."""
    cover: F32
    """0..1: how much of the pixel the outline of the stroke takes in."""

    def where(self, kept: NDArray[np.bool_]) -> Touched:
        """Some of them."""
        return Touched(self.pixel[kept], self.stroke[kept], self.along[kept], self.across[kept], self.cover[kept])


def strokes_at(anchors: Anchors, direction: F32, length: F32 | float, width: F32 | float, *, turn: F32 | float = 0.0,
               straight: bool = False) -> Strokes:  # fmt: skip
    """Strokes of these sizes along a field of directions.

    direction: (H, W) radians, taken modulo half a turn. turn: (N,) added to it. straight: no bend.
    """
    height, w = direction.shape
    n = len(anchors)
    long = np.broadcast_to(np.asarray(length, np.float32), (n,)).copy()
    angle = direction.reshape(-1)[anchors.pixel] + turn
    if straight:
        bend = np.zeros(n, np.float32)
    else:
        reach = 0.33 * long
        ends: list[F32] = []
        for side in (-1, 1):
            x = np.clip((anchors.x + side * reach * np.cos(angle)).astype(np.int64), 0, w - 1)
            y = np.clip((anchors.y + side * reach * np.sin(angle)).astype(np.int64), 0, height - 1)
            there = direction[y, x] + turn - angle
            ends.append(there - np.pi * np.round(there / np.pi))
        bend = np.clip((ends[1] - ends[0]) / np.maximum(2 * reach, 1), -MOST_TURN / long, MOST_TURN / long)
    return Strokes(
        x=anchors.x,
        y=anchors.y,
        angle=np.asarray(angle, np.float32),
        bend=np.asarray(bend, np.float32),
        length=long,
        width=np.broadcast_to(np.asarray(width, np.float32), (n,)).copy(),
        part=anchors.part,
        texture=(anchors.key & np.uint32(4 * TEXTURES - 1)).astype(np.int32),
        order=(anchors.key / np.float64(2**32)).astype(np.float32),
    )


def touched(strokes: Strokes, shape: tuple[int, int]) -> Touched:
    """Every pixel that a stroke touches."""
    return _listed(strokes, shape, None, None)


def touched_on(strokes: Strokes, part: I32, stray_px: F32 | float) -> Touched:
    """Every pixel that a stroke touches of the part that it depicts, or at most `stray_px` ((N,) or one number) beyond
    the part's border."""
    stray = np.broadcast_to(np.asarray(stray_px, np.float32), (len(strokes),))
    return _listed(strokes, (part.shape[0], part.shape[1]), part, stray)


def _listed(strokes: Strokes, shape: tuple[int, int], part: I32 | None, stray: F32 | None) -> Touched:
    """In portions that fit into a processor's cache, which is twice as fast."""
    slab = _slabs(strokes)
    ends = np.cumsum(slab.columns * slab.rows)
    total = int(ends[-1]) if len(ends) else 0
    cuts = np.searchsorted(ends, np.arange(PORTION, total + PORTION, PORTION))
    bounds = np.unique(np.concatenate([[0], np.minimum(cuts + 1, len(strokes))]))
    found: list[Touched] = []
    for first, last in pairwise(bounds.tolist()):
        touch = _pixels(strokes, slab, first, last, shape)
        found.append(touch if part is None or stray is None else _kept_on(touch, strokes, part, stray))
    if not found:
        none = np.zeros(0, np.float32)
        return Touched(np.zeros(0, np.int64), np.zeros(0, np.int64), none, none, none)
    return Touched(
        pixel=np.concatenate([t.pixel for t in found]),
        stroke=np.concatenate([t.stroke for t in found]),
        along=np.concatenate([t.along for t in found]),
        across=np.concatenate([t.across for t in found]),
        cover=np.concatenate([t.cover for t in found]),
    )


@dataclass(frozen=True, eq=False)
class _Slabs:
    """How each of N strokes is cut into columns, or rows where it is steep: its lead direction."""

    steep: NDArray[np.bool_]
    major: F32
    minor: F32
    """Its middle, along and across the lead direction."""
    lead: F32
    """Cosine between stroke and lead direction."""
    slope: F32
    hand: F32
    """Sideways shift of the middle line by the square of the way along."""
    reach: F32
    """Half of a column's height."""
    first: I32
    columns: I32
    rows: I32


def _slabs(s: Strokes) -> _Slabs:
    cos, sin = np.cos(s.angle), np.sin(s.angle)
    steep = np.abs(sin) > np.abs(cos)
    lead = np.maximum(np.maximum(np.abs(cos), np.abs(sin)), np.float32(0.7))
    slope = np.where(steep, cos / np.where(steep, sin, 1), sin / np.where(steep, 1, cos))
    half_long, half_wide = s.length / 2, s.width / 2
    reach = np.maximum(half_wide, 0.5) / lead + 0.2 * half_wide * np.abs(s.bend) * half_long + 0.5
    span = half_long * lead + half_wide * np.sqrt(np.maximum(1 - lead**2, 0)) + 0.5
    major = np.where(steep, s.y, s.x)
    first = np.floor(major - span).astype(np.int32)
    return _Slabs(
        steep=steep,
        major=major.astype(np.float32),
        minor=np.where(steep, s.x, s.y).astype(np.float32),
        lead=lead.astype(np.float32),
        slope=slope.astype(np.float32),
        hand=(np.where(steep, -np.sign(sin), np.sign(cos)) * s.bend / 2 / lead**3).astype(np.float32),
        reach=reach.astype(np.float32),
        first=first,
        columns=(np.floor(major + span).astype(np.int32) - first + 1).astype(np.int32),
        rows=(np.floor(2 * reach).astype(np.int32) + 1).astype(np.int32),
    )


def _pixels(strokes: Strokes, slab: _Slabs, first: int, last: int, shape: tuple[int, int]) -> Touched:
    """Of the strokes from `first` up to `last`."""
    height, width = shape
    counts = slab.columns[first:last] * slab.rows[first:last]
    i = np.repeat(np.arange(first, last, dtype=np.int32), counts)
    k = np.arange(len(i), dtype=np.int32) - np.repeat((np.cumsum(counts) - counts).astype(np.int32), counts)
    rows = slab.rows[i]
    column = k // rows
    m = slab.first[i] + column
    dm = m.astype(np.float32) + np.float32(0.5) - slab.major[i]
    offset = dm * (slab.slope[i] + slab.hand[i] * dm)
    minor = slab.minor[i]
    n = np.floor(minor + offset - slab.reach[i] + np.float32(0.5)).astype(np.int32) + (k - column * rows)
    dn = n.astype(np.float32) + np.float32(0.5) - minor
    steep = slab.steep[i]
    px, py = np.where(steep, n, m), np.where(steep, m, n)
    inside = np.flatnonzero((px >= 0) & (px < width) & (py >= 0) & (py < height))
    px, py, i, dm, dn, steep = px[inside], py[inside], i[inside], dm[inside], dn[inside], steep[inside]
    dx, dy = np.where(steep, dn, dm), np.where(steep, dm, dn)
    cos, sin = np.cos(strokes.angle).astype(np.float32)[i], np.sin(strokes.angle).astype(np.float32)[i]
    u = dx * cos + dy * sin
    v = dy * cos - dx * sin - (strokes.bend * np.float32(0.5))[i] * u * u
    long, wide = (strokes.length * np.float32(0.5))[i], (strokes.width * np.float32(0.5))[i]
    # A stroke thinner than a pixel is as much paler.
    rim = np.maximum(wide, np.float32(0.5))
    half = np.float32(0.5)
    cover = np.clip(long - np.abs(u) + half, 0, 1) * np.clip(rim - np.abs(v) + half, 0, 1) * np.minimum(2 * wide, 1)
    kept = np.flatnonzero(cover > 0.02)
    i = i[kept]
    return Touched(
        pixel=py[kept].astype(np.int64) * width + px[kept],
        stroke=i.astype(np.int64),
        along=u[kept] / long[kept],
        across=v[kept] / rim[kept],
        cover=cover[kept],
    )


def _kept_on(touch: Touched, strokes: Strokes, part: I32, stray: F32) -> Touched:
    height, width = part.shape
    flat = part.reshape(-1)
    own = strokes.part[touch.stroke]
    inside = flat[touch.pixel] == own
    out = np.flatnonzero(~inside)
    if len(out):
        stroke = touch.stroke[out]
        y, x = np.divmod(touch.pixel[out], width)
        dx, dy = strokes.x[stroke] - x, strokes.y[stroke] - y
        far = np.maximum(np.hypot(dx, dy), 1e-3)
        step = np.minimum(stray[stroke], far) / far
        bx = np.clip(np.round(x + dx * step), 0, width - 1).astype(np.int64)
        by = np.clip(np.round(y + dy * step), 0, height - 1).astype(np.int64)
        inside[out] = (flat[by * width + bx] == own[out]) & (step > 0)
    return touch.where(inside)


@lru_cache(maxsize=8)
def _bristles(kind: str) -> F32:
    """(TEXTURES, ALONG, ACROSS) height of paint 0..1 that a brush leaves."""
    rng = np.random.default_rng(len(kind) * 7919 + ord(kind[0]))
    across, drag = {"flat": (1.4, 26.0), "stiff": (0.75, 40.0), "soft": (3.0, 18.0), "stick": (0.8, 1.0)}[kind]
    noise = rng.standard_normal((TEXTURES, ALONG, ACROSS)).astype(np.float32)
    noise = ndimage.gaussian_filter(noise, (0, drag, across), mode="reflect")
    noise -= noise.mean(axis=(1, 2), keepdims=True)
    noise /= noise.std(axis=(1, 2), keepdims=True)
    return np.clip(0.5 + 0.25 * noise, 0, 1).astype(np.float32).reshape(-1)


def bristle(touch: Touched, strokes: Strokes, kind: str) -> F32:
    """(M,) height of paint 0..1 under a brush: "flat", "stiff", "soft", or the grain of a "stick"."""
    code = strokes.texture[touch.stroke]
    u, v = touch.along * 0.5 + 0.5, touch.across * 0.5 + 0.5
    v = np.where(code & TEXTURES, 1 - v, v)
    u = np.where(code & (2 * TEXTURES), 1 - u, u)
    i = np.clip((u * ALONG).astype(np.int32), 0, ALONG - 1)
    j = np.clip((v * ACROSS).astype(np.int32), 0, ACROSS - 1)
    return _bristles(kind)[((code & (TEXTURES - 1)) * ALONG + i) * ACROSS + j]


def summed(touch: Touched, weight: F32, pixels: int) -> F32:
    """(pixels,) sum of the weights (M,) on every pixel."""
    return np.bincount(touch.pixel, weights=weight, minlength=pixels).astype(np.float32)
