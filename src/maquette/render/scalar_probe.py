"""The light meter of the scalar engine: the same readings by lamp sampling alone, ray by ray."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from maquette.film.metering import LightGroup
from maquette.imaging.color import to_linear
from maquette.render.lights import GROUPS, SKY_CELLS, SKY_COLUMNS, SKY_ROWS, SLOTS, LightTable, sky_cells
from maquette.render.world import World

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
FEWER = 8
"""Paths a point are divided by this: a meter must not take longer than its picture."""


@dataclass(frozen=True, eq=False)
class Probe:
    """A loaded world, for single rays."""

    scene: Any
    world: World
    lights: LightTable
    cells: F32
    """(SKY_CELLS, 3)"""
    facets: F64
    """(F, 3) unit normals."""
    reflectance: F64
    """(F, 3)"""


def probe_of(scene: Any, world: World, lights: LightTable, sky: F32) -> Probe:
    """`scene` holds the world's seen faces as one bare mesh."""
    corners = world.vertices[world.faces.astype(np.int64)].astype(np.float64)
    facets = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    facets /= np.maximum(np.linalg.norm(facets, axis=1, keepdims=True), 1e-20)
    tint = np.array([[1.0, 1.0, 1.0], *(to_linear(t.pixels.reshape(-1, 3)).mean(axis=0) for t in world.textures)])
    color = world.color[world.faces.astype(np.int64)].mean(axis=1) * tint[world.face_texture.astype(np.int64)]
    return Probe(scene, world, lights, sky_cells(sky), facets, np.minimum(color, 0.98))


def metered(probe: Probe, points: F32, normals: F32, samples: int, path_depth: int, seed: int) -> F32:
    """As `Engine.meter`."""
    rng = np.random.default_rng([seed & 0xFFFFFFFF, 11])
    count = max(1, samples // FEWER)
    out = np.zeros((len(points), GROUPS, 3))
    for i, (point, normal) in enumerate(zip(points.astype(float), normals.astype(float), strict=True)):
        for _ in range(count):
            _walk(probe, point, normal, path_depth, rng, out[i])
    return (out / count).astype(np.float32)


def _walk(probe: Probe, at: F64, normal: F64, depth: int, rng: np.random.Generator, total: F64) -> None:
    throughput = np.ones(3)
    for step in range(1, depth):
        group, light = _from_a_lamp(probe, at, normal, rng)
        total[group] += throughput * light
        if step == depth - 1:
            return
        direction = _around(normal, rng)
        hit = probe.scene.ray_intersect_preliminary(mi.Ray3f(mi.Point3f(*at), mi.Vector3f(*direction)))
        if not hit.is_valid() or probe.world.face_light[hit.prim_index]:
            return
        normal = probe.facets[hit.prim_index]
        normal = -normal if float(normal @ direction) > 0 else normal
        at = at + direction * float(hit.t) + normal * 2e-4 * (1 + 0.02 * float(hit.t))
        throughput = throughput * probe.reflectance[hit.prim_index]


def _from_a_lamp(probe: Probe, at: F64, normal: F64, rng: np.random.Generator) -> tuple[int, F64]:
    """Group and light of one lamp triangle or cell of the sky, chosen by the table."""
    world, lights = probe.world, probe.lights
    entry = int(lights.slots[int(rng.random() * SLOTS)])
    u = rng.random(2)
    if entry >= lights.lamps:
        group, cell = LightGroup.PLACE, entry - lights.lamps
        azimuth = (cell % SKY_COLUMNS + u[0]) * 2 * np.pi / SKY_COLUMNS
        z = 1 - 2 * (cell // SKY_COLUMNS + u[1]) / SKY_ROWS
        radius = np.sqrt(max(1 - z * z, 0.0))
        toward, far = np.array([np.sin(azimuth) * radius, np.cos(azimuth) * radius, z]), 1e6
        value = probe.cells[cell].astype(float)
        density = float(lights.probability[entry]) * SKY_CELLS / (4 * np.pi)
    else:
        group = LightGroup(int(world.lamp_group[entry]))
        a, b, c = world.lamp_corners[entry].astype(float)
        root = np.sqrt(u[0])
        toward = a + (b - a) * (root * (1 - u[1])) + (c - a) * (root * u[1]) - at
        far = max(float(np.linalg.norm(toward)), 1e-9)
        toward = toward / far
        cross = np.cross(b - a, c - a)
        area = max(float(np.linalg.norm(cross)) / 2, 1e-12)
        facing = -float(toward @ cross) / (2 * area)
        if facing <= 0:
            return group, np.zeros(3)
        value = world.lamp_radiance[entry].astype(float) * facing ** float(world.lamp_beam[entry])
        density = float(lights.probability[entry]) / area * far * far / facing
    cosine = float(toward @ normal)
    if cosine <= 0 or density <= 0:
        return group, np.zeros(3)
    ray = mi.Ray3f(mi.Point3f(*at), mi.Vector3f(*toward))
    ray.maxt = far * 0.999  # pyright: ignore[reportAttributeAccessIssue]
    blocked = probe.scene.ray_test(ray)
    return group, np.zeros(3) if blocked else value * cosine / np.pi / density


def _around(normal: F64, rng: np.random.Generator) -> F64:
    z, turn = 1 - 2 * rng.random(), 2 * np.pi * rng.random()
    radius = np.sqrt(1 - z * z)
    d = np.array([radius * np.cos(turn), radius * np.sin(turn), z]) * 0.9999 + normal
    return d / np.linalg.norm(d)
