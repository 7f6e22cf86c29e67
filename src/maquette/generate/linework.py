"""Where a draughtsman would put a line: cracks between neighbouring samples, each with a weight.

A crack is the border between two samples beside or above each other. It carries a line where the object or the part
changes, where depth steps, or where the surface has an edge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph

from maquette.film.passes import Passes
from maquette.generate.base import F32

B = NDArray[np.bool_]
I32 = NDArray[np.int32]

HEAVY, MEDIUM, LIGHT, FAINT = 1.0, 0.66, 0.44, 0.28
"""Weights: outline of the cast; outline of a thing or of clothes; inner edges; furrows."""
RAIN = 0.50
"""Weight of a streak of rain."""
CREASE_COSINE = 0.80
"""An edge is where the surface turns by more than 37 degrees from one sample to the next but one."""
SOFT_PARTS = ("hair", "beard", "leaves", "foliage", "grass", "fur", "curtain")
"""Parts with so many edges inside that a draughtsman draws their outline and leaves the rest to tone."""
FILLED_PARTS = ("lashes", "brow", "beard", "eye", "iris", "mouth", "teeth", "tongue")
"""Drawn as marks, not as outlines."""
LEAST_CAST_PX, LEAST_PX, LEAST_RAIN_PX = 4.0, 16.0, 1.0
"""Lines that hang together over less than this, in pixels of a picture 640 wide, are specks: a pebble, a leaf."""


@dataclass(frozen=True, eq=False)
class Buffers:
    """What lines are found in, on the finest grid there is: (h, w), `fineness` samples a pixel each way."""

    part: I32
    depth: F32
    normal: F32
    albedo: F32
    fineness: int


def buffers_of(passes: Passes) -> Buffers:
    """The fine buffers that the renderer adds, else the passes themselves."""
    if "fine_part_id" in passes.extra:
        return Buffers(
            passes.extra["fine_part_id"].astype(np.int32),
            passes.extra["fine_depth"],
            passes.extra["fine_normal"],
            passes.extra["fine_albedo"],
            passes.extra["fine_part_id"].shape[0] // passes.part_id.shape[0],
        )
    return Buffers(passes.part_id.astype(np.int32), passes.depth, passes.normal, passes.albedo, 1)


@dataclass(frozen=True, eq=False)
class Cracks:
    """All cracks that carry a line. Corners of the (h, w) grid are numbered row by row, w + 1 in a row."""

    start: NDArray[np.int64]
    end: NDArray[np.int64]
    weight: F32
    """0..1"""
    depth: F32
    """Of the nearer side, metres."""
    cast: B
    """True for lines of the cast: outlines of people and what lies within."""
    columns: int
    """w + 1"""


@dataclass(frozen=True, eq=False)
class PartKinds:
    """Properties by part number."""

    name: tuple[str, ...]
    """"skin" of "cast/MARA:skin"."""
    object: I32
    cast: B
    soft: B
    filled: B
    weather: B
    """Drops and flakes in the air."""
    rain: B
    """Of those the streaks, each of which is one stroke of the pen."""


def part_kinds(passes: Passes) -> PartKinds:
    names = passes.part_names
    owners = [name.rsplit(":", 1)[0] for name in names]
    parts = [name.rsplit(":", 1)[-1] for name in names]
    number = {owner: i for i, owner in enumerate(dict.fromkeys(owners))}

    def having(words: tuple[str, ...]) -> B:
        return np.array([any(word in part for word in words) for part in parts])

    return PartKinds(
        name=tuple(parts),
        object=np.array([number[o] for o in owners], np.int32),
        cast=np.array([o.startswith("cast/") for o in owners]),
        soft=having(SOFT_PARTS),
        filled=having(FILLED_PARTS) & np.array([o.startswith("cast/") for o in owners]),
        weather=np.array([o.startswith("weather/") for o in owners]),
        rain=np.array([o == "weather/rain" for o in owners]),
    )


def find_cracks(
    b: Buffers, kinds: PartKinds, folds: tuple[F32, F32] | None = None, least_weight: float = 0.0
) -> Cracks:
    """Every crack that deserves a line of at least this weight. `folds`: strengths of further cracks, along rows and
    along columns."""
    width = b.part.shape[1]
    inverse = np.where(np.isfinite(b.depth), 1 / np.maximum(b.depth, 1e-3), 0).astype(np.float32)
    columns = width + 1
    found: list[tuple[NDArray[np.int64], NDArray[np.int64], F32, F32, B]] = []
    for axis in (0, 1):
        y, x, weight, near, cast = _weighed(b, inverse, kinds, axis, None if folds is None else folds[axis])
        if axis == 1:  # between (y, x) and (y, x + 1): the crack runs down
            start, end = y * columns + x + 1, (y + 1) * columns + x + 1
        else:
            start, end = (y + 1) * columns + x, (y + 1) * columns + x + 1
        found.append((start, end, weight, near, cast))
    start, end, weight, depth, cast = (np.concatenate(parts) for parts in zip(*found, strict=True))
    least = np.where(cast, LEAST_CAST_PX, LEAST_PX)
    least[weight == np.float32(RAIN)] = LEAST_RAIN_PX
    least *= b.fineness * max(width / b.fineness / 640, 0.4)
    kept = weight >= least_weight
    start, end, weight, depth, cast, least = (v[kept] for v in (start, end, weight, depth, cast, least))
    kept = _long_enough(start, end, columns * (b.part.shape[0] + 1), least)
    return Cracks(start[kept], end[kept], weight[kept], depth[kept], cast[kept], columns)


def _long_enough(start: NDArray[np.int64], end: NDArray[np.int64], corners: int, least: F32) -> B:
    """True for cracks that hang together with at least their `least` of others: the rest are specks."""
    graph = sparse.coo_matrix((np.ones(len(start), np.int8), (start, end)), (corners, corners))
    _, label = csgraph.connected_components(graph, directed=False)
    own = label[start]
    return np.bincount(own)[own] >= least if len(own) else np.zeros(0, bool)


def _pair(values: NDArray[Any], axis: int) -> tuple[NDArray[Any], NDArray[Any]]:
    """Each sample and its neighbour below (axis 0) or to the right."""
    return (values[:-1], values[1:]) if axis == 0 else (values[:, :-1], values[:, 1:])


def _weighed(b: Buffers, inverse: F32, kinds: PartKinds, axis: int, folds: F32 | None) -> tuple[
    NDArray[np.int64], NDArray[np.int64], F32, F32, B
]:  # fmt: skip
    """Rows, columns, weight and nearer depth of the cracks after each sample along one axis that carry a line."""
    p, q = _pair(b.part, axis)
    step_map, crease_map = _depth_steps(inverse, axis), _creases(b.normal, axis)
    some = (p != q) | step_map | crease_map
    if folds is not None:
        some |= folds > 0
    y, x = np.nonzero(some)
    p, q, step, crease = p[y, x], q[y, x], step_map[y, x], crease_map[y, x]
    wp, wq = (w[y, x] for w in _pair(inverse, axis))
    near = np.where(wp >= wq, p, q)
    cast = kinds.cast[near]
    outline = kinds.object[p] != kinds.object[q]
    seam = (p != q) & ~outline
    soft = kinds.soft[p] & kinds.soft[q] & ~outline
    filled = ~outline & (kinds.filled[p] | kinds.filled[q])
    # Things that merely touch (a rug on the floor, a picture on the wall) get a lighter line than what stands clear.
    clear = np.abs(wp - wq) > 0.04 * np.maximum(wp, wq)
    weight = np.select(
        [
            outline & cast,
            outline,
            filled,
            seam,
            step & soft,
            step,
            crease & ~soft,
        ],
        [
            np.where(clear, HEAVY, MEDIUM),
            np.where(clear, MEDIUM, LIGHT),
            0.0,
            np.where(cast, MEDIUM, LIGHT),
            np.where(cast, FAINT * 0.8, 0.0),
            np.where(cast, MEDIUM, LIGHT + 0.1),
            np.where(cast, FAINT, LIGHT),
        ],
        0.0,
    ).astype(np.float32)
    if folds is not None:
        depth_of_fold = folds[y, x]
        weight = np.maximum(weight, np.where(depth_of_fold > 0, FAINT * (0.7 + 0.8 * depth_of_fold), 0))
    weather = kinds.weather[p] | kinds.weather[q]
    # A streak is one line, not an outline: its right edge stands for it. Flakes and splashes are left to tone.
    stroke = kinds.rain[p] & ~kinds.weather[q] if axis == 1 else np.zeros(len(p), bool)
    weight = np.where(weather, np.where(stroke, RAIN, 0.0), weight)
    drawn = weight > 0
    depth = 1 / np.maximum(np.maximum(wp, wq), 1e-4)
    return y[drawn], x[drawn], weight[drawn].astype(np.float32), depth[drawn].astype(np.float32), cast[drawn]


def _depth_steps(inverse: F32, axis: int) -> B:
    """Where depth jumps by more than the surfaces on both sides slope. Planes are straight in inverse depth."""
    size = np.abs(np.diff(inverse, axis=axis))
    slope = np.minimum(_shifted(size, axis, 1, np.inf), _shifted(size, axis, -1, np.inf))
    slopes = np.maximum(_shifted(size, axis, 1), _shifted(size, axis, -1))
    p, q = _pair(inverse, axis)
    level = np.maximum(p, q)
    return (size > 0.02 * level) & (size > 4 * slope + 0.004 * level) & (size >= slopes)


def _creases(normal: F32, axis: int) -> B:
    """Where the surface turns sharply, thinned to the sharpest crack across the edge."""
    a, b = _pair(normal, axis)
    cosine = a[..., 0] * b[..., 0] + a[..., 1] * b[..., 1] + a[..., 2] * b[..., 2]
    turn = np.where(cosine == 0, 0, 1 - cosine)  # nothing has no normal
    before, after = _shifted(turn, axis, 1), _shifted(turn, axis, -1)
    wide = turn + np.maximum(before, after)
    return (wide > 1 - CREASE_COSINE) & (turn > 0.1) & (turn >= before) & (turn > after)


def _shifted(values: F32, axis: int, by: int, beyond: float = 0.0) -> F32:
    """The neighbour's value; `beyond` outside the picture."""
    moved = np.roll(values, by, axis=axis)
    edge: list[slice | int] = [slice(None), slice(None)]
    edge[axis] = 0 if by > 0 else -1
    moved[tuple(edge)] = beyond
    return moved
