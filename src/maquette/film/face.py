"""Where a face is and which of its planes light is judged by: what a gaffer holds a meter to.

Directions on a head are counted in its own frame, that of the rest pose: the face looks along -Y, +X is the person's
left, +Z up. Azimuth 0 is the nose, positive towards the person's left ear; elevation 0 is level.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
Floats = NDArray[np.floating[Any]]

FRONTAL_DEG = 20.0
"""A key nearer to the nose than this lights both cheeks alike: the ratio is then of the face's front to its sides."""
PLANE_WIDTH_DEG = 24.0
"""A plane takes in surface whose azimuth is this near to its own."""
PLANE_ELEVATION_DEG = 38.0
"""And whose elevation is within this of level."""


@dataclass(frozen=True, eq=False)
class Head:
    """One head at one moment."""

    name: str
    rotation: NDArray[np.float64]
    """(3, 3) head frame -> world."""
    eyes: NDArray[np.float64]
    """(3,) world, metres: the point between the eyes."""
    height_m: float
    """Standing height of the person."""
    eyes_rest: NDArray[np.float64]
    """(3,) the same point in rest-pose coordinates (`Passes.rest`)."""
    chin_rest_m: float
    """Rest-pose height of the chin."""
    points: F32
    """(N, 3) world, metres: points of the face's skin, spread over it."""
    normals: F32
    """(N, 3) their unit normals, world."""

    @property
    def look(self) -> NDArray[np.float64]:
        """(3,) world direction of the nose."""
        return self.rotation @ np.array([0.0, -1.0, 0.0])


def on_face(head: Head, rest: Floats) -> NDArray[np.bool_]:
    """(...) whether rest-pose places (..., 3) are on this head's face: chin to brow, in front of the ears."""
    x, y, z = rest[..., 0], rest[..., 1], rest[..., 2]
    size = float(head.eyes_rest[2] - head.chin_rest_m)
    inside = (z > head.chin_rest_m) & (z < head.eyes_rest[2] + 0.45 * size)
    return inside & (y < head.eyes_rest[1] + 0.62 * size) & (np.abs(x) < 0.85 * size)


def face_angles(head: Head, normals: Floats) -> tuple[Floats, Floats]:
    """Azimuth and elevation in degrees, each (...), of world directions (..., 3) on this head."""
    own = normals @ head.rotation
    azimuth = np.degrees(np.arctan2(own[..., 0], -own[..., 1]))
    elevation = np.degrees(np.arcsin(np.clip(own[..., 2] / np.maximum(np.linalg.norm(own, axis=-1), 1e-9), -1, 1)))
    return azimuth, elevation


def lit_and_shadow(key_azimuth_deg: float) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Azimuths of the planes that a key from this azimuth (signed, -180..180) lights, and of those left to the fill.

    From the side: the cheek on its side and the other one. From the front: the front of the face and both sides.
    """
    if abs(key_azimuth_deg) < FRONTAL_DEG:
        return (0.0,), (-75.0, 75.0)
    side = 1.0 if key_azimuth_deg > 0 else -1.0
    return (side * 50.0,), (-side * 50.0,)


def in_planes(azimuth: Floats, elevation: Floats, planes: tuple[float, ...]) -> NDArray[np.bool_]:
    """(...) whether surface with these angles belongs to one of the planes."""
    near = np.zeros(np.shape(azimuth), bool)
    for plane in planes:
        near |= np.abs(azimuth - plane) < PLANE_WIDTH_DEG
    return near & (np.abs(elevation) < PLANE_ELEVATION_DEG)
