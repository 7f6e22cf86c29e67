"""What the camera sees first, looked up in the world by face and barycentric coordinates."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.render.optics import Optics, directions
from maquette.render.world import World

F32 = NDArray[np.float32]
U16 = NDArray[np.uint16]
NO_HIT = np.uint32(0xFFFFFFFF)


@dataclass(frozen=True, eq=False)
class Hits:
    """First hits of N picture points."""

    face: NDArray[np.uint32]
    """(N,) NO_HIT where there is nothing."""
    b1: F32
    b2: F32
    distance: F32
    """(N,) metres along the ray, inf where there is nothing."""
    normal: F32
    """(N, 3) unit shading normal towards the camera; 0 where there is nothing."""
    albedo: F32
    """(N, 3) linear base colour, texture included; 0 where there is nothing."""


def pixel_centres(width: int, height: int, fineness: int = 1) -> tuple[F32, F32]:
    """Picture points in pixels, row by row; `fineness` x `fineness` of them in each pixel."""
    x = (np.arange(width * fineness, dtype=np.float32) + 0.5) / fineness
    y = (np.arange(height * fineness, dtype=np.float32) + 0.5) / fineness
    gx, gy = np.meshgrid(x, y)
    return gx.reshape(-1).astype(np.float32), gy.reshape(-1).astype(np.float32)


def identify(world: World, hits: Hits) -> tuple[U16, U16]:
    """(N,) object and part index of each hit, 0 for the sky. Never a mixture: the part that weighs most at the hit."""
    found = hits.face != NO_HIT
    face = np.where(found, hits.face, 0).astype(np.int64)
    object_id = np.where(found, world.face_object[face], 0).astype(np.uint16)
    p0, p1, p2 = world.part[world.faces[face].astype(np.int64)].T
    b1, b2 = hits.b1, hits.b2
    b0 = 1 - b1 - b2
    part = np.where(b0 >= np.maximum(b1, b2), p0, np.where(b1 >= b2, p1, p2))
    part = np.where((p0 == p1) & (b0 + b1 >= 0.5), p0, part)
    part = np.where((p0 == p2) & (b0 + b2 >= 0.5), p0, part)
    part = np.where((p1 == p2) & (b1 + b2 >= 0.5), p1, part)
    return object_id, np.where(found, part, 0).astype(np.uint16)


def depths(optics: Optics, hits: Hits, x: F32, y: F32) -> F32:
    """(N,) metres along the camera's axis, inf where there is nothing."""
    sx = (x * optics.inverse_width * 2 - 1) * optics.tangent_x
    sy = (1 - y * optics.inverse_height * 2) * optics.tangent_y
    return np.asarray(hits.distance / np.sqrt(1 + sx * sx + sy * sy), np.float32)


def positions(optics: Optics, hits: Hits, x: F32, y: F32) -> F32:
    """(N, 3) world positions; 0 where there is nothing."""
    found = hits.face != NO_HIT
    distance = np.where(found, hits.distance, 0)[:, None]
    position = np.array(optics.position, np.float32) + directions(optics, x, y) * distance
    return np.where(found[:, None], position, 0).astype(np.float32)


def rest_positions(world: World, hits: Hits) -> F32:
    """(N, 3) rest-pose positions; 0 where there is nothing."""
    face, weights = faces_and_weights(hits)
    return blend(weights, world.rest, world.faces[face].astype(np.int64))


def faces_and_weights(hits: Hits) -> tuple[NDArray[np.int64], F32]:
    """(N,) face, 0 where there is nothing, and (N, 3) barycentric weights, 0 there."""
    found = hits.face != NO_HIT
    weights = np.stack([1 - hits.b1 - hits.b2, hits.b1, hits.b2], axis=1).astype(np.float32)
    weights[~found] = 0
    return np.where(found, hits.face, 0).astype(np.int64), weights


def blend(weights: F32, attribute: F32, corners: NDArray[np.int64]) -> F32:
    """(N, C) attribute at barycentric weights (N, 3) of the corners (N, 3)."""
    total = weights[:, :1] * attribute[corners[:, 0]]
    for i in (1, 2):
        total += weights[:, i : i + 1] * attribute[corners[:, i]]
    return total
