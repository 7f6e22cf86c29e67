"""The camera's axes in the world."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import PlacedCamera

Axis = NDArray[np.float32]


def view_axes(camera: PlacedCamera) -> tuple[Axis, Axis, Axis]:
    """Unit world directions: to the right of the picture, up it, and into it."""
    forward = np.array(camera.look_at, float) - np.array(camera.position, float)
    forward /= max(float(np.linalg.norm(forward)), 1e-9)
    reference = np.array([0.0, 0.0, 1.0]) if abs(forward[2]) < 0.9999 else np.array([0.0, 1.0, 0.0])
    right = np.cross(forward, reference)
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    roll = np.radians(camera.roll_deg)
    right, up = right * np.cos(roll) + up * np.sin(roll), up * np.cos(roll) - right * np.sin(roll)
    return right.astype(np.float32), up.astype(np.float32), forward.astype(np.float32)


def pixel_tangent(camera: PlacedCamera, width: int) -> float:
    """Width of a pixel at distance 1, for a picture of `width` pixels."""
    return camera.sensor_width_mm * camera.squeeze / camera.lens_mm / width
