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


@dataclass(frozen=True, eq=False)
class Surface:
    """Attributes at N first hits; 0 where there is nothing (depth: inf)."""

    position: F32
    normal: F32
    rest: F32
    albedo: F32
    texel: F32
    """Factor that a texture has in the albedo."""
    depth: F32


def look_up(world: World, optics: Optics, hits: Hits, x: F32, y: F32) -> Surface:
    """Interpolated attributes; normals look towards the camera."""
    found = hits.face != NO_HIT
    view = directions(optics, x, y)
    distance = np.where(found, hits.distance, 0)
    position = np.array(optics.position, np.float32) + view * distance[:, None]
    depth = np.where(found, distance * (view @ np.array(optics.forward, np.float32)), np.inf)
    face = np.where(found, hits.face, 0).astype(np.int64)
    corners = world.faces[face].astype(np.int64)
    weights = np.stack([1 - hits.b1 - hits.b2, hits.b1, hits.b2], axis=1).astype(np.float32)
    weights[~found] = 0

    def blend(attribute: F32) -> F32:
        return _blend(weights, attribute, corners)

    normal = blend(world.normals)
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    a, b, c = (world.vertices[corners[:, i]] for i in range(3))
    facet = np.cross(b - a, c - a)
    behind = np.einsum("ij,ij->i", facet, view) > 0
    against = np.einsum("ij,ij->i", facet, normal) < 0
    normal = np.where((behind ^ against)[:, None], -normal, normal)
    albedo = blend(world.color)
    texel = _texels(world, face, found, corners, weights)
    return Surface(
        position=np.where(found[:, None], position, 0).astype(np.float32),
        normal=normal.astype(np.float32),
        rest=blend(world.rest),
        albedo=albedo * texel,
        texel=texel,
        depth=depth.astype(np.float32),
    )


def _blend(weights: F32, attribute: F32, corners: NDArray[np.int64]) -> F32:
    """(N, C) attribute at barycentric weights (N, 3) of the corners (N, 3)."""
    total = weights[:, :1] * attribute[corners[:, 0]]
    for i in (1, 2):
        total += weights[:, i : i + 1] * attribute[corners[:, i]]
    return total


def _texels(world: World, face: NDArray[np.int64], found: NDArray[np.bool_], corners: NDArray[np.int64],
            weights: F32) -> F32:  # fmt: skip
    """(N, 3) linear colour of the texture under each hit; white without one."""
    colors = np.ones((len(face), 3), np.float32)
    if not world.textures:
        return colors
    texture_of = np.where(found, world.face_texture[face], 0)
    for i, texture in enumerate(world.textures, 1):
        here = np.flatnonzero(texture_of == i)
        if len(here) == 0:
            continue
        uv = _blend(weights[here], world.uv, corners[here])
        height, width = texture.pixels.shape[:2]
        column = np.minimum((np.mod(uv[:, 0], 1) * width).astype(int), width - 1)
        row = np.minimum((np.mod(1 - uv[:, 1], 1) * height).astype(int), height - 1)
        code = texture.pixels[row, column] / np.float32(255)
        colors[here] = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    return colors
