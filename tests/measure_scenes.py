"""Pictures whose every number is known by hand: what the tests of `measure` look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.face import Head, face_angles, in_planes
from maquette.film.passes import Passes
from maquette.film.stage import PlacedCamera
from maquette.render.optics import optics_of

Vec = NDArray[np.float64]

SKIN = (0.54, 0.31, 0.17)
RADII = np.array([0.075, 0.095, 0.125])
"""Half axes of the head: to the ears, to the nose, to the crown."""
EYES_Z, CHIN_Z = 1.64, 1.535
"""Of a head in its rest pose."""


@dataclass(frozen=True)
class Light:
    """A distant lamp that gives a white card facing it this radiance."""

    direction: Vec
    """(3,) unit, world."""
    color: Vec
    """(3,) linear Rec. 709."""


def turned(yaw_deg: float) -> Vec:
    """(3, 3) head frame -> world for somebody who has turned to their left by this."""
    c, s = np.cos(np.radians(yaw_deg)), np.sin(np.radians(yaw_deg))
    return np.array([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]])


def on_head(rotation: Vec, azimuth_deg: float, elevation_deg: float) -> Vec:
    """(3,) world direction at these angles on a head."""
    a, e = np.radians(azimuth_deg), np.radians(elevation_deg)
    return rotation @ np.array([np.sin(a) * np.cos(e), -np.cos(a) * np.cos(e), np.sin(e)])


def head(center: Vec, rotation: Vec, height_m: float = 1.75, name: str = "MARA") -> Head:
    """An ellipsoid's head: eyes at the middle of the ellipsoid, points all over it."""
    i = np.arange(2000) + 0.5
    z, turn = 1 - 2 * i / 2000, np.pi * (1 + 5**0.5) * i
    ball = np.stack([np.sqrt(1 - z * z) * np.cos(turn), np.sqrt(1 - z * z) * np.sin(turn), z], axis=1)
    normals = ball / RADII
    stretch = np.linalg.norm(normals, axis=1, keepdims=True)
    # Evenly spread on the ball is not so on the ellipsoid: points are kept by how much surface each stands for.
    kept = (np.arange(2000) * 2**0.5 % 1) < (stretch / stretch.max())[:, 0]
    ball, normals = ball[kept], (normals / stretch)[kept]
    face = ball[:, 1] < 0.2
    points = center + (ball[face] * RADII) @ rotation.T
    return Head(name, rotation, center, height_m, np.array([0.0, 0.0, EYES_Z]), CHIN_Z,
                points.astype(np.float32), (normals[face] @ rotation.T).astype(np.float32))  # fmt: skip


def card(normals: Vec, lights: Sequence[Light], ambient: Vec) -> Vec:
    """(N, 3) radiance of a white diffuse card with these normals."""
    total = np.tile(np.asarray(ambient, float), (len(normals), 1))
    for light in lights:
        total += np.maximum(normals @ light.direction, 0)[:, None] * light.color
    return total


def mean_on_planes(of: Head, planes: tuple[float, ...], lights: Sequence[Light], ambient: Vec) -> Vec:
    """(3,) what a meter says on these planes of a head."""
    normals = of.normals.astype(float)
    return card(normals[in_planes(*face_angles(of, normals), planes)], lights, ambient).mean(axis=0)


def portrait(
    camera: PlacedCamera, of: Head, lights: Sequence[Light], ambient: Vec, *, width: int = 200, height: int = 200,
    skin: Sequence[float] = SKIN, gloss: float = 0.0, noise: float = 0.0, seed: int = 1,
) -> Passes:  # fmt: skip
    """A head before a grey wall 3 m behind it, traced without shadows.

    gloss: Blinn-Phong highlights of exponent 30 whose peak is this share of a white card.
    """
    rays, depth_of = _rays(camera, width, height)
    place = np.array(camera.position)
    local, start = rays @ of.rotation / RADII, (place - of.eyes) @ of.rotation / RADII
    a, b, c = (local**2).sum(1), local @ start, float(start @ start) - 1
    root = b * b - a * c
    hit = root > 0
    reach = np.where(hit, (-b - np.sqrt(np.maximum(root, 0))) / a, np.inf)
    wall = -((place[1] - (of.eyes[1] + 3.0)) / np.where(np.abs(rays[:, 1]) > 1e-9, rays[:, 1], 1e-9))
    far = np.where(hit, reach, np.where(wall > 0, wall, np.inf))
    point = place + rays * np.where(np.isfinite(far), far, 0)[:, None]
    own = (point - of.eyes) @ of.rotation
    normal = np.where(hit[:, None], own / RADII**2, 0) @ of.rotation.T
    normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-9)
    normal[~hit] = (0.0, -1.0, 0.0)
    albedo = np.where(hit[:, None], np.asarray(skin, float), 0.18)
    beauty = albedo * card(normal, lights, ambient)
    for light in lights:
        half = light.direction - rays
        half /= np.linalg.norm(half, axis=1, keepdims=True)
        facing = np.maximum(normal @ light.direction, 0)
        beauty += np.where(hit, gloss * facing * np.maximum((normal * half).sum(1), 0) ** 30, 0)[:, None] * light.color
    beauty *= np.random.default_rng(seed).normal(1, noise, beauty.shape) if noise else 1
    rest = np.where(hit[:, None], own + np.array([0.0, 0.0, EYES_Z]), 0)
    return assemble(camera, width, height, far * depth_of, point, normal, albedo, beauty, rest,
                    np.where(hit, 2, 1), ("sky", "set/wall", f"cast/{of.name}:skin"), (of,))  # fmt: skip


def assemble(
    camera: PlacedCamera, width: int, height: int, depth: Vec, point: Vec, normal: Vec, albedo: Vec, beauty: Vec,
    rest: Vec, part: NDArray[np.int64], part_names: tuple[str, ...], heads: tuple[Head, ...] = (),
) -> Passes:  # fmt: skip
    """Passes of flat arrays; where depth is infinite there is sky."""
    sky = ~np.isfinite(depth)
    part = np.where(sky, 0, part)

    def picture(values: Vec) -> NDArray[np.float32]:
        shaped = np.where(sky[:, None] if values.ndim > 1 else sky, 0, values)
        return shaped.reshape(height, width, *values.shape[1:]).astype(np.float32)

    shown = np.where(sky, np.inf, depth).reshape(height, width).astype(np.float32)
    return Passes(
        beauty=picture(beauty), albedo=picture(albedo), normal=picture(normal), depth=shown, position=picture(point),
        object_id=part.reshape(height, width).astype(np.uint16), part_id=part.reshape(height, width).astype(np.uint16),
        object_names=tuple(n.split(":")[0] for n in part_names), part_names=part_names, camera=camera,
        rest=picture(rest), heads=heads,
    )  # fmt: skip


def room(camera: PlacedCamera, width: int = 96, height: int = 54) -> Passes:
    """A floor at 0 and a wall at y = 4; sky above the wall's 3 m."""
    rays, depth_of = _rays(camera, width, height)
    place = np.array(camera.position)
    with np.errstate(divide="ignore"):
        floor, wall = -place[2] / rays[:, 2], (4.0 - place[1]) / rays[:, 1]
    floor, wall = (np.where(v > 0, v, np.inf) for v in (floor, wall))
    tall = place[2] + rays[:, 2] * np.where(np.isfinite(wall), wall, 0) < 3.0
    far = np.minimum(floor, np.where(tall, wall, np.inf))
    far[far > 200] = np.inf
    point = place + rays * np.where(np.isfinite(far), far, 0)[:, None]
    grey = np.full((len(far), 3), 0.18)
    return assemble(camera, width, height, far * depth_of, point, np.tile([0.0, 0.0, 1.0], (len(far), 1)), grey, grey,
                    point, np.ones(len(far), int), ("sky", "set/room:"))  # fmt: skip


def pillar(camera: PlacedCamera, tall_m: float, width: int = 160, height: int = 90, of: Head | None = None) -> Passes:
    """A round figure of this height that stands at the origin in an empty field."""
    rays, depth_of = _rays(camera, width, height)
    place = np.array(camera.position)
    a = (rays[:, :2] ** 2).sum(1)
    b, c = rays[:, :2] @ place[:2], float(place[:2] @ place[:2]) - 0.15**2
    root = b * b - a * c
    side = np.where(root > 0, (-b - np.sqrt(np.maximum(root, 0))) / np.maximum(a, 1e-12), np.inf)
    z = place[2] + rays[:, 2] * np.where(np.isfinite(side), side, 0)
    side = np.where((side > 0) & (z > 0) & (z < tall_m), side, np.inf)
    top = (tall_m - place[2]) / np.where(np.abs(rays[:, 2]) > 1e-9, rays[:, 2], 1e-9)
    on_top = ((place[:2] + rays[:, :2] * top[:, None]) ** 2).sum(1) < 0.15**2
    far = np.minimum(side, np.where((top > 0) & on_top, top, np.inf))
    point = place + rays * np.where(np.isfinite(far), far, 0)[:, None]
    grey = np.full((len(far), 3), 0.18)
    heads = (of,) if of is not None else ()
    return assemble(camera, width, height, far * depth_of, point, np.tile([0.0, -1.0, 0.0], (len(far), 1)), grey, grey,
                    point, np.ones(len(far), int), ("sky", "cast/MARA:coat"), heads)  # fmt: skip


def _rays(camera: PlacedCamera, width: int, height: int) -> tuple[Vec, Vec]:
    """(N, 3) unit directions through the pixels and (N,) share of them that goes along the axis."""
    optics = optics_of(camera, width, height)
    x, y = np.meshgrid((np.arange(width) + 0.5) / width * 2 - 1, 1 - (np.arange(height) + 0.5) / height * 2)
    rays = (
        np.array(optics.forward)
        + x.reshape(-1, 1) * optics.tangent_x * np.array(optics.right)
        + y.reshape(-1, 1) * optics.tangent_y * np.array(optics.up)
    )
    rays /= np.linalg.norm(rays, axis=1, keepdims=True)
    return rays, rays @ np.array(optics.forward)
