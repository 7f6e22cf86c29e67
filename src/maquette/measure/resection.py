"""Where the camera stood and through which lens it looked, found back from what it saw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.passes import Passes

Vec = NDArray[np.float64]
F32 = NDArray[np.float32]

MOST_POINTS = 8_000
"""Pixels are spread evenly over the picture; more of them say nothing new."""
GOLDEN = 0.6180339887498949
"""Steps of this share of a whole never fall into step with the picture's columns."""
LEAST_POINTS = 16
ROUNDS = 8
STEEPEST = 0.9994
"""Vertical part of the axis (two degrees off plumb) beyond which there is no horizon to lean."""


@dataclass(frozen=True, eq=False)
class MeasuredCamera:
    """A camera as the passes show it."""

    position: Vec
    """(3,) world, metres."""
    forward: Vec
    """(3,) unit, along the axis."""
    right: Vec
    """(3,) unit."""
    up: Vec
    """(3,) unit."""
    tangent_x: float
    """Half width of the view at distance 1."""
    tangent_y: float
    """Half height of the view at distance 1."""
    residual: float
    """Median miss of the fit as a share of the distance."""

    @property
    def pitch_deg(self) -> float:
        """Elevation of the axis, positive looks up."""
        return float(np.degrees(np.arcsin(np.clip(self.forward[2], -1, 1))))

    @property
    def roll_deg(self) -> float | None:
        """Lean of the horizon, positive clockwise as seen; None where the axis is plumb and there is none."""
        if abs(self.forward[2]) > STEEPEST:
            return None
        level = np.cross(self.forward, [0.0, 0.0, 1.0])
        upright = np.cross(level, self.forward)
        return float(np.degrees(np.arctan2(self.right @ upright, self.right @ level)))

    def lens_mm(self, sensor_width_mm: float, squeeze: float = 1.0) -> float:
        """Focal length that gives this view: sensor width x squeeze / (2 x tangent of half the view)."""
        return sensor_width_mm * squeeze / (2 * self.tangent_x)

    def depth_of(self, point: Vec) -> float:
        """Metres along the axis to a world point (3,)."""
        return float((point - self.position) @ self.forward)

    def frame_height_at(self, depth_m: float) -> float:
        """Height of what the frame holds at this depth, metres."""
        return 2 * self.tangent_y * depth_m


def camera_from_passes(passes: Passes) -> MeasuredCamera | None:
    """The camera by resection from world positions and depths; None where too little was hit (all sky).

    A pixel at picture coordinates sx, sy (-1..1, right and up) and depth d lies, in the camera's own axes, at
    (d sx t, d sy t h / w, -d), with square pixels and t the tangent of half the view. A rigid motion takes these points
    to their world positions. It keeps their variance, which gives t; the motion itself follows in closed form (Kabsch
    1976). Points weigh as the inverse square of their depth, and less the farther they are off (Cauchy's weights), so
    that wrong pixels do not matter. A single plane, flat or slanted, is enough.
    """
    depth, position = passes.depth, passes.position
    if depth.ndim != 2 or position.shape != (*depth.shape, 3):
        return None
    hit = np.isfinite(depth) & (depth > 1e-6) & (passes.object_id > 0)
    flat = np.flatnonzero(hit)
    if len(flat) > MOST_POINTS:
        flat = flat[(np.arange(MOST_POINTS) * GOLDEN % 1 * len(flat)).astype(np.int64)]
    points = position.reshape(-1, 3)[flat].astype(np.float64)
    sound = np.isfinite(points).all(axis=1)
    flat, points = flat[sound], points[sound]
    if len(flat) < LEAST_POINTS:
        return None
    height, width = depth.shape
    far = depth.reshape(-1)[flat].astype(np.float64)
    sx = ((flat % width + 0.5) / width * 2 - 1) * far
    sy = (1 - (flat // width + 0.5) / height * 2) * far * height / width
    return _solved(points, np.stack([sx, sy, -far], axis=1), height / width)


def _solved(points: Vec, seen: Vec, tall: float) -> MeasuredCamera | None:
    """points: (N, 3) world; seen: (N, 3) in the camera's axes for t = 1; tall: height of the picture over its width."""
    near = 1 / seen[:, 2] ** 2
    weights, miss = near, np.zeros(len(near))
    tangent, turn, place = 1.0, np.eye(3), np.zeros(3)
    for _ in range(ROUNDS):
        share = weights / weights.sum()
        world, own = points - share @ points, seen - share @ seen
        across = float(share @ (own[:, :2] ** 2).sum(axis=1))
        squared = float(share @ (world**2).sum(axis=1) - share @ own[:, 2] ** 2) / max(across, 1e-18)
        if not squared > 1e-12:
            return None
        tangent = float(np.sqrt(squared))
        scale = np.array([tangent, tangent, 1.0])
        left, _, right = np.linalg.svd((own * scale).T @ (world * share[:, None]))
        turn = left @ np.diag([1.0, 1.0, np.linalg.det(left @ right)]) @ right
        place = share @ points - (share @ seen * scale) @ turn
        miss = np.sqrt(((points - place - (seen * scale) @ turn) ** 2).sum(axis=1) * near)
        usual = max(1.4826 * float(np.median(miss)), 1e-9)
        weights = near / (1 + (miss / (2.4 * usual)) ** 2)
    return MeasuredCamera(place, -turn[2], turn[0], turn[1], tangent, tangent * tall, float(np.median(miss)))
