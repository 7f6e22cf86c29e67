"""Where a posed person's head is, and points on the face that a light meter is held to."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.face import Head, on_face
from maquette.stage.people.pose_solver import rest_landmarks
from maquette.stage.people.rig import BodyShape, Posed, load_rig

POINTS = 192
"""Always so many, spread evenly over the face's surface."""
METER_GAP_M = 0.012
"""The meter is held this far before the skin, clear of beards and strands."""


def head_of(name: str, posed: Posed) -> Head:
    """The head of somebody in a pose."""
    rig, shape = load_rig(), posed.shape
    rotation = posed.rotation("head")
    eyes = (posed.joint("eye.L") + posed.joint("eye.R")) / 2
    index = rig.bone_index
    eyes_rest = (shape.heads[index["eye.L"]] + shape.heads[index["eye.R"]]) / 2
    bare = Head(name, rotation, eyes, shape.height_m, eyes_rest, _chin(shape), *_EMPTY)
    corners = posed.vertices[_face_triangles(shape)].astype(np.float64)
    normals = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    normals /= np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-12)
    points = corners.mean(axis=1) + METER_GAP_M * normals
    return Head(name, rotation, eyes, shape.height_m, bare.eyes_rest, bare.chin_rest_m,
                points.astype(np.float32), normals.astype(np.float32))  # fmt: skip


_EMPTY = (np.zeros((0, 3), np.float32), np.zeros((0, 3), np.float32))


def _chin(shape: BodyShape) -> float:
    """Rest-pose height of the chin."""
    return rest_landmarks(shape)["chin"][2]


@lru_cache(maxsize=64)
def _face_triangles(shape: BodyShape) -> NDArray[np.int32]:
    """(POINTS, 3) triangles of the face's outside, drawn evenly by area."""
    rig = load_rig()
    triangles = rig.triangles("body")
    corners = shape.rest_vertices[triangles].astype(np.float64)
    middle = corners.mean(axis=1)
    eyes_rest = (shape.heads[rig.bone_index["eye.L"]] + shape.heads[rig.bone_index["eye.R"]]) / 2
    bare = Head("", np.eye(3), eyes_rest, shape.height_m, eyes_rest, _chin(shape), *_EMPTY)
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    area = np.linalg.norm(cross, axis=1) / 2
    # The lining of mouth and nose faces inwards: away from the line through the middle of the head.
    core = np.array([0.0, eyes_rest[1] + 0.09 * shape.scale])
    outward = np.einsum("ij,ij->i", cross[:, :2], middle[:, :2] - core) > 0
    depth = np.linalg.norm(middle[:, :2] - core, axis=1)
    outer = depth > 0.8 * _outer_depth(middle, depth, on_face(bare, middle) & outward)
    chosen = np.flatnonzero(on_face(bare, middle) & outward & outer)
    reach = np.cumsum(area[chosen])
    at = (np.arange(POINTS) + 0.5) / POINTS * reach[-1]
    return triangles[chosen[np.searchsorted(reach, at)]]


def _outer_depth(middle: NDArray[np.float64], depth: NDArray[np.float64],
                 candidates: NDArray[np.bool_]) -> NDArray[np.float64]:  # fmt: skip
    """(T,) how far the skin is from the head's axis at the height of each triangle: the largest in a 1 cm band."""
    band = np.floor(middle[:, 2] / 0.01).astype(np.int64)
    outer = np.zeros(len(middle))
    for value in np.unique(band[candidates]):
        here = band == value
        outer[here] = np.median(depth[here & candidates])
    return outer
