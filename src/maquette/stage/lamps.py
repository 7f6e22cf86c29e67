"""Lamps as a crew puts them up: soft boxes on stands, inside the room, aimed at somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import Lamp, LampRole, SetPlan
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.stage.framing import Figure

Vec = NDArray[np.float64]


def panel(
    name: str, role: LampRole, position: Vec, target: Vec, size_m: float, radiance: Vec, visible: bool = False
) -> Lamp:
    """A square soft light that faces `target`."""
    forward = target - position
    forward = forward / max(float(np.linalg.norm(forward)), 1e-9)
    up = np.array([0.0, 0.0, 1.0]) if abs(forward[2]) < 0.99 else np.array([0.0, 1.0, 0.0])
    right = np.cross(forward, up)
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    h = size_m / 2
    # Counter-clockwise seen from the target: light leaves towards it.
    corners = [position + h * (sx * right + sy * up) for sx, sy in ((1, -1), (-1, -1), (-1, 1), (1, 1))]
    vertices = np.array(corners, np.float32)
    faces = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)
    normal = np.cross(vertices[1] - vertices[0], vertices[2] - vertices[0])
    if float(normal @ forward) < 0:
        faces = faces[:, ::-1].copy()
    r, g, b = (float(v) for v in radiance)
    return Lamp(name, role, vertices, faces, (r, g, b), visible)


def radiance_for(white: float, distance_m: float, size_m: float, kelvin: float) -> Vec:
    """Radiance of a square panel so that a white diffuse surface facing it has radiance `white`.

    Small-source estimate E = L A / d^2 and L_white = E / pi; exact within 10% when the size is below half the distance.
    """
    return white * np.pi * distance_m**2 / size_m**2 * kelvin_to_rgb(kelvin)


def in_room(plan: SetPlan, position: Vec) -> Vec:
    """Pulled inside walls, or off the houses of a street, and under the ceiling, where a lamp can hang."""
    if not plan.floor:
        return position
    corners = np.array(plan.floor)
    low, high = corners.min(0) + 0.12, corners.max(0) - 0.12
    x, y = np.clip(position[:2], low, high)
    z = min(float(position[2]), (plan.ceiling_m or 3.0) - 0.12) if plan.interior else float(position[2])
    return np.array([x, y, max(z, 0.4)])


def turned_about_z(lamp: Lamp, degrees: float) -> Lamp:
    """The lamp carried around the vertical through the origin."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    m = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]], np.float32)
    return replace(lamp, vertices=(lamp.vertices @ m.T).astype(np.float32))


def focus_of(subjects: Sequence[Figure], plan: SetPlan) -> Vec:
    if subjects:
        return np.mean([f.landmarks["eyes"] for f in subjects], axis=0)
    corners = np.array(plan.floor) if plan.floor else np.zeros((1, 2))
    return np.append(corners.mean(0), 1.4)


def unit(v: Vec) -> Vec:
    return v / max(float(np.linalg.norm(v)), 1e-9)


def area_of(lamp: Lamp) -> float:
    a, b, c = (lamp.vertices[lamp.faces[:, i]] for i in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)
