"""A camera that stands outside a room looks in through one wall only."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import PlacedCamera, SetPlan
from maquette.stage.framing import camera_axes, half_view, rotated
from maquette.stage.setup import Setup

Vec = NDArray[np.float64]


def behind_one_wall(setup: Setup, plan: SetPlan) -> Setup:
    """A camera outside a room looks in through one wall only, and not past that wall's ends.

    Off a corner it would see the outer face of the side wall: it moves along its circle around the subject until both
    edges of the frame pass through the wall it stands behind.
    """
    if not plan.interior or len(plan.floor) < 3:
        return setup
    corners = np.array(plan.floor, float)
    low, high = corners.min(axis=0) + 0.1, corners.max(axis=0) - 0.1
    for _ in range(8):
        position = np.array(setup.camera.position)
        outside = np.maximum(low - position[:2], position[:2] - high)
        if np.all(outside <= 0):
            return setup
        across = int(np.argmin(outside))
        excess = _past_the_ends(setup.camera, 1 - across, across, low, high)
        if abs(excess) < 0.02:
            return setup
        setup = _slid(setup, across, -excess)
    return setup


def _past_the_ends(camera: PlacedCamera, through: int, across: int, low: Vec, high: Vec) -> float:
    """Metres by which the frame's edges pass the wall's ends; positive: past the high end. 0 where it is too narrow."""
    right, _, forward = camera_axes(camera)
    half = half_view(camera)
    position = np.array(camera.position)
    plane = low[through] if position[through] < low[through] else high[through]
    ends: list[float] = []
    for edge in (forward - half * right, forward + half * right):
        steps = (plane - position[through]) / edge[through] if abs(edge[through]) > 1e-6 else -1.0
        ends.append(float(position[across] + max(steps, 0.0) * edge[across]))
    over, under = max(ends) - high[across], low[across] - min(ends)
    if over > 0 and under > 0:
        return float((over - under) / 2)
    return float(over if over > 0 else -under if under > 0 else 0.0)


def _slid(setup: Setup, axis: int, metres: float) -> Setup:
    """The camera moved along one axis and back to its distance from the subject, aimed as before."""
    position, target = np.array(setup.camera.position), setup.target
    reach = float(np.linalg.norm(position[:2] - target[:2]))
    moved = position.copy()
    moved[axis] += metres
    along = float(np.clip(moved[axis] - target[axis], -0.97 * reach, 0.97 * reach))
    moved[axis] = target[axis] + along
    other = 1 - axis
    moved[other] = target[other] + np.sign(position[other] - target[other]) * np.sqrt(reach**2 - along**2)
    turn = np.arctan2(*(moved[:2] - target[:2])[::-1]) - np.arctan2(*(position[:2] - target[:2])[::-1])
    look = np.array(setup.camera.look_at) - target
    look = target + np.append(rotated(look[:2], float(np.degrees(turn))), look[2])
    camera = replace(
        setup.camera,
        position=(float(moved[0]), float(moved[1]), float(moved[2])),
        look_at=(float(look[0]), float(look[1]), float(look[2])),
    )
    return replace(setup, camera=camera)
