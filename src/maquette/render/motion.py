"""Exact motion vectors: where what a pixel shows is in the picture of another moment, and whether it is seen there.

A first hit is a face and a place on it. The same place on the same face, with the corners and the camera of the other
moment, is where it went: true for skinned bodies, thrown props and moving cameras alike.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.render.engine import Seen
from maquette.render.firsthit import NO_HIT, pixel_centres
from maquette.render.optics import Optics, directions
from maquette.render.world import World, vertices_then

F32 = NDArray[np.float32]
Bool = NDArray[np.bool_]
Corner = tuple[NDArray[np.int64], NDArray[np.int64], F32, F32]

DEPTH_TOLERANCE = 0.003
"""Share of the distance by which a surface may miss the depth that the other picture has there: locks of hair are no
further from one another."""
LEAST_COSINE = 0.7
"""Of the angle between the normals of one surface in both pictures: from one lock of hair to the next it is more."""
FLAT_TOLERANCE = 2.5
"""More of it on surfaces seen at a grazing angle: so many pixels' worth of depth change."""
FAR = 1e5
"""Metres at which the sky stands."""


@dataclass(frozen=True, eq=False)
class Seeing:
    """A moment as the camera saw it: enough to compare others with."""

    world: World
    optics: Optics
    seen: Seen
    """With faces: `Engine.first(..., whole=True)` at one point a pixel."""


@dataclass(frozen=True, eq=False)
class MotionField:
    """From one picture to another of the same size; (H, W, ...)."""

    shift: F32
    """(H, W, 2) pixels to add to a pixel's place, x to the right and y down; 0 where it goes behind the camera."""
    depth: F32
    """(H, W) metres along the other camera's axis at which the surface is then; inf for the sky."""
    visible: Bool
    """(H, W) the same surface is what the other picture shows there."""
    corner: Corner
    """Column and row of the pixel whose middle lies left and above the place in the other picture, and how far beyond
    it the place lies, 0..1; each (H * W,)."""
    taps: tuple[F32, F32, F32, F32]
    """For that pixel, its right, lower and lower right neighbour: 1 where it shows the same surface. (H * W,)"""


def motion(here: Seeing, there: Seeing) -> MotionField:
    """Where everything that `here` shows is in the picture of `there`."""
    shape = here.seen.depth.shape
    points = _points_then(here, there.world)
    x, y, depth = project(there.optics, points, shape)
    gx, gy = pixel_centres(shape[1], shape[0])
    front = depth > 1e-4
    shift = np.stack([np.where(front, x - gx, 0), np.where(front, y - gy, 0)], axis=-1).astype(np.float32)
    expected = np.where(here.seen.depth.reshape(-1) < np.inf, depth, np.inf).astype(np.float32)
    corner = _corner(x, y, shape)
    taps = _taps(here, there, corner, expected, front)
    visible = (taps[0] + taps[1] + taps[2] + taps[3]) == 4
    return MotionField(shift.reshape(*shape, 2), expected.reshape(shape), visible.reshape(shape), corner, taps)


def _points_then(here: Seeing, world: World) -> F32:
    """(N, 3) world places, at the other moment, of what each pixel shows."""
    face, weights = here.seen.face, here.seen.weights
    assert face is not None and weights is not None
    face = face.reshape(-1)
    found = face != NO_HIT
    weights = np.where(found[:, None], weights.reshape(-1, 2), np.float32(0))
    vertices = vertices_then(here.world, world)
    corners = here.world.faces.take(np.where(found, face, 0), axis=0)
    b1, b2 = weights[:, :1], weights[:, 1:]
    at = [vertices.take(corners[:, i], axis=0) for i in range(3)]
    points = at[0] * (1 - b1 - b2) + at[1] * b1 + at[2] * b2
    if not found.all():
        gx, gy = pixel_centres(here.seen.depth.shape[1], here.seen.depth.shape[0])
        away = directions(here.optics, gx[~found], gy[~found])
        points[~found] = np.array(here.optics.position, np.float32) + away * np.float32(FAR)
    return points


def project(optics: Optics, points: F32, shape: tuple[int, ...]) -> tuple[F32, F32, F32]:
    """Picture x, y in pixels ((0, 0) is the top left corner) and depth in metres of (N, 3) world points."""
    axes = np.array([optics.right, optics.up, optics.forward], np.float32)
    # No matrix product: its threads would spin beside the renderer's for a while.
    local = np.einsum("ni,ji->nj", points - np.array(optics.position, np.float32), axes)
    depth = local[:, 2]
    safe = np.where(np.abs(depth) < 1e-6, np.float32(1e-6), depth)
    x = (local[:, 0] / (safe * np.float32(optics.tangent_x)) + 1) * np.float32(shape[1] / 2)
    y = (1 - local[:, 1] / (safe * np.float32(optics.tangent_y))) * np.float32(shape[0] / 2)
    return x.astype(np.float32), y.astype(np.float32), depth.astype(np.float32)


def _corner(x: F32, y: F32, shape: tuple[int, ...]) -> Corner:
    # Half a pixel off: places count from the corner, pixels from their middles.
    x, y = np.clip(x - 0.5, -2, shape[1] + 1), np.clip(y - 0.5, -2, shape[0] + 1)
    left, top = np.floor(x), np.floor(y)
    return left.astype(np.int64), top.astype(np.int64), x - left, y - top


def _taps(
    here: Seeing,
    there: Seeing,
    corner: tuple[NDArray[np.int64], NDArray[np.int64], F32, F32],
    expected: F32,
    front: Bool,
) -> tuple[F32, F32, F32, F32]:
    """Whether the four pixels around a place show this part at this depth: what is looked up there, bilinearly, is then
    no mixture with anything else."""
    height, width = there.seen.depth.shape
    left, top = corner[:2]
    name_there = _same_names(here.world, there.world)[here.seen.part_id.reshape(-1)]
    parts, depths = there.seen.part_id.reshape(-1), there.seen.depth.reshape(-1)
    first = top * width + left
    normal, normals = here.seen.normal.reshape(-1, 3), there.seen.normal.reshape(-1, 3)
    slack = DEPTH_TOLERANCE * expected + FLAT_TOLERANCE * _steepness(there).take(first, mode="clip")
    sky = np.isinf(expected)
    columns = [(left + right >= 0) & (left + right < width) for right in (0, 1)]
    rows = [front & (top + down >= 0) & (top + down < height) for down in (0, 1)]
    found: list[F32] = []
    for right, down in ((0, 0), (1, 0), (0, 1), (1, 1)):
        # Where the place is outside, whatever is taken there is not used.
        index = first + (down * width + right)
        depth = depths.take(index, mode="clip")
        with np.errstate(invalid="ignore"):
            near = np.abs(depth - expected) <= slack
        other = normals.take(index, axis=0, mode="clip")
        turned = np.einsum("ni,ni->n", normal, other) >= LEAST_COSINE
        same = (parts.take(index, mode="clip") == name_there) & ((near & turned) | (sky & np.isinf(depth)))
        found.append((columns[right] & rows[down] & same).astype(np.float32))
    return found[0], found[1], found[2], found[3]


def _steepness(there: Seeing) -> F32:
    """(N,) metres by which depth changes from a pixel to the next on the surface that is seen there."""
    seen = there.seen
    height, width = seen.depth.shape
    optics = there.optics
    sx = ((np.arange(width) + 0.5) * (2 / width) - 1) * optics.tangent_x
    sy = (1 - (np.arange(height) + 0.5) * (2 / height)) * optics.tangent_y
    # As `directions` has them, dot the normals: a column and a row at a time.
    along = [
        np.einsum("hwi,i->hw", seen.normal, np.array(a, np.float32)) for a in (optics.forward, optics.right, optics.up)
    ]
    view = along[0] + along[1] * sx.astype(np.float32) + along[2] * sy.astype(np.float32)[:, None]
    length = np.sqrt(1 + sx * sx + (sy * sy)[:, None]).astype(np.float32)
    cosine = np.abs(view / length).reshape(-1)
    depth = np.where(np.isinf(seen.depth), 0, seen.depth).reshape(-1)
    pixel = depth * np.float32(2 * there.optics.tangent_x / width)
    slope = np.sqrt(np.maximum(1 - cosine * cosine, 0)) / np.maximum(cosine, 0.05)
    return np.minimum(pixel * slope, 0.2 * depth).astype(np.float32)


def _same_names(here: World, there: World) -> NDArray[np.uint16]:
    """Part index in `there` for each part index in `here`; 65535 for one that is not there."""
    if here.part_names == there.part_names:
        return np.arange(len(here.part_names), dtype=np.uint16)
    index = {name: i for i, name in enumerate(there.part_names)}
    return np.array([index.get(name, 65535) for name in here.part_names], np.uint16)
