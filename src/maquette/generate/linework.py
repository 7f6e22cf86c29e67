"""Where a draughtsman would put a line: cracks between neighbouring samples, each with a weight.

A crack is the border between two samples beside or above each other. It carries a line where the object or the part
changes, where depth steps, or where the surface has an edge.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.passes import Passes
from maquette.generate.base import F32

B = NDArray[np.bool_]
I32 = NDArray[np.int32]

HEAVY, MEDIUM, LIGHT, FAINT = 1.0, 0.62, 0.36, 0.24
"""Weights: outline of the cast; outline of a thing or of clothes; inner edges; furrows."""
CREASE_COSINE = 0.80
"""An edge is where the surface turns by more than 37 degrees from one sample to the next but one."""
SOFT_PARTS = ("hair", "beard", "leaves", "foliage", "grass", "fur", "curtain")
"""Parts with so many edges inside that a draughtsman draws their outline and leaves the rest to tone."""
FILLED_PARTS = ("lashes", "brow", "beard", "iris", "mouth", "teeth", "tongue")
"""Drawn as marks, not as outlines."""
SMALL_PARTS = ("eye",)


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
    small: B


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
        small=np.array([p in SMALL_PARTS for p in parts]),
    )


def find_cracks(b: Buffers, kinds: PartKinds, folds: tuple[F32, F32] | None = None) -> Cracks:
    """Every crack that deserves a line. `folds`: strengths of further cracks, along rows and along columns."""
    width = b.part.shape[1]
    inverse = np.where(np.isfinite(b.depth), 1 / np.maximum(b.depth, 1e-3), 0).astype(np.float32)
    columns = width + 1
    found: list[tuple[NDArray[np.int64], NDArray[np.int64], F32, F32]] = []
    for axis in (0, 1):
        weight, near = _weights(b, inverse, kinds, axis)
        if folds is not None:
            inner = np.where(folds[axis] > 0, FAINT * (0.7 + 0.8 * folds[axis]), 0)
            np.maximum(weight, inner, out=weight)
        y, x = np.nonzero(weight > 0)
        if axis == 1:  # between (y, x) and (y, x + 1): the crack runs down
            start, end = y * columns + x + 1, (y + 1) * columns + x + 1
        else:
            start, end = (y + 1) * columns + x, (y + 1) * columns + x + 1
        found.append((start, end, weight[y, x], near[y, x]))
    start, end, weight, depth = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return Cracks(start, end, weight, depth, columns)


def _pair(values: NDArray[np.generic], axis: int) -> tuple[NDArray[np.generic], NDArray[np.generic]]:
    return (values[:-1], values[1:]) if axis == 0 else (values[:, :-1], values[:, 1:])


def _weights(b: Buffers, inverse: F32, kinds: PartKinds, axis: int) -> tuple[F32, F32]:
    """Line weight of the crack after each sample along one axis, and depth of its nearer side."""
    p, q = _pair(b.part, axis)
    wp, wq = _pair(inverse, axis)
    near = np.where(wp >= wq, p, q)
    changes = p != q
    object_changes = changes & (kinds.object[p] != kinds.object[q])
    step = _depth_steps(inverse, axis)
    crease = _creases(b.normal, axis) & ~object_changes
    soft = kinds.soft[p] & kinds.soft[q] & ~object_changes
    cast = kinds.cast[near]
    weight = np.zeros(p.shape, np.float32)
    weight[crease & ~soft] = LIGHT
    weight[crease & ~soft & cast] = FAINT
    weight[step] = np.where(cast[step], MEDIUM, LIGHT + 0.1)
    weight[step & soft] = np.where(cast[step & soft], FAINT * 0.8, 0)
    weight[changes & ~object_changes] = LIGHT
    weight[changes & ~object_changes & cast] = MEDIUM
    filled = changes & ~object_changes & (kinds.filled[p] | kinds.filled[q])
    weight[filled & ~step] = 0
    small = changes & ~object_changes & (kinds.small[p] | kinds.small[q])
    weight[small] = LIGHT
    # Things that merely touch (a rug on the floor, a picture on the wall) get a lighter line than what stands clear.
    clear = np.abs(wp - wq) > 0.04 * np.maximum(wp, wq)
    weight[object_changes] = np.where(clear[object_changes], MEDIUM, LIGHT)
    weight[object_changes & cast] = np.where(clear[object_changes & cast], HEAVY, MEDIUM)
    depth = 1 / np.maximum(np.maximum(wp, wq), 1e-4)
    return weight, depth.astype(np.float32)


def _depth_steps(inverse: F32, axis: int) -> B:
    """Where depth jumps by more than the surfaces on both sides slope. Planes are straight in inverse depth."""
    jump = np.diff(inverse, axis=axis)
    size = np.abs(jump)
    slope = np.minimum(_shifted(size, axis, 1), _shifted(size, axis, -1))
    slopes = np.maximum(_shifted(size, axis, 1), _shifted(size, axis, -1))
    p, q = _pair(inverse, axis)
    level = np.maximum(p, q)
    return (size > 0.02 * level) & (size > 4 * slope + 0.004 * level) & (size >= slopes)


def _creases(normal: F32, axis: int) -> B:
    """Where the surface turns sharply, thinned to the sharpest crack across the edge."""
    a, b = (n for n in _pair(normal, axis))
    cosine = np.einsum("ijk,ijk->ij", a, b)
    turn = 1 - cosine
    turn[(np.abs(a).sum(-1) == 0) | (np.abs(b).sum(-1) == 0)] = 0
    before, after = _shifted(turn, axis, 1), _shifted(turn, axis, -1)
    wide = turn + np.maximum(before, after)
    return (wide > 1 - CREASE_COSINE) & (turn > 0.1) & (turn >= before) & (turn > after)


def _shifted(values: F32, axis: int, by: int) -> F32:
    moved = np.roll(values, by, axis=axis)
    edge: list[slice | int] = [slice(None), slice(None)]
    edge[axis] = 0 if by > 0 else -1
    moved[tuple(edge)] = 0
    return moved
