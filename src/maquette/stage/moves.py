"""Camera moves over time: the set-up is the first moment, the move leads away from it."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from maquette.film.shot import Move, Shot
from maquette.film.stage import PlacedCamera
from maquette.stage.framing import camera_axes
from maquette.stage.setup import Setup

Vec = NDArray[np.float64]


def camera_at(shot: Shot, setup: Setup, t_s: Fraction) -> PlacedCamera:
    """The camera `t_s` seconds into the shot; before 0 and after the shot's duration it rests.

    Moves ease in and out (smoothstep, zero speed at both ends).
    """
    share = float(min(max(t_s / shot.duration_s, Fraction(0)), Fraction(1))) if shot.duration_s > 0 else 0.0
    eased = share * share * (3 - 2 * share)
    if shot.move is Move.HANDHELD:
        return _handheld(setup, float(t_s))
    return _moved(shot.move, setup, eased)


def _moved(move: Move, setup: Setup, k: float) -> PlacedCamera:
    """`setup.camera` after a share `k` of the move."""
    camera, target = setup.camera, setup.target
    position, look = np.array(camera.position), np.array(camera.look_at)
    right, up, forward = camera_axes(camera)
    flat_forward = np.array([forward[0], forward[1], 0.0])
    flat_forward /= max(float(np.linalg.norm(flat_forward)), 1e-9)
    distance = float(np.linalg.norm(target - position))
    h, w = setup.frame_height_m, setup.frame_height_m * camera.aspect
    z = np.array([0.0, 0.0, 1.0])
    travel: dict[Move, Vec] = {
        Move.TRUCK_LEFT: -right * 0.6 * w,
        Move.TRUCK_RIGHT: right * 0.6 * w,
        Move.PEDESTAL_UP: z * 0.5 * h,
        Move.PEDESTAL_DOWN: -z * min(0.5 * h, position[2] - 0.2),
        Move.FOLLOW: flat_forward * 0.8,
        Move.LEAD: -flat_forward * 0.8,
    }
    if move in travel:
        return _placed(camera, position + travel[move] * k, look + travel[move] * k)
    if move in (Move.PUSH_IN, Move.PULL_OUT):
        scale = 0.62 if move is Move.PUSH_IN else 1.6
        return _placed(camera, look + (position - look) * (1 + (scale - 1) * k), look)
    if move in (Move.ZOOM_IN, Move.ZOOM_OUT):
        factor = 1.7 if move is Move.ZOOM_IN else 1 / 1.7
        return replace(camera, lens_mm=camera.lens_mm * factor**k)
    if move is Move.DOLLY_ZOOM:
        closer = 1 - 0.4 * k
        moved = _placed(camera, target + (position - target) * closer, look)
        return replace(moved, lens_mm=camera.lens_mm * closer)
    if move in (Move.CRANE_UP, Move.CRANE_DOWN):
        rise = 0.9 * h if move is Move.CRANE_UP else -min(0.9 * h, position[2] - 0.2)
        return _placed(camera, position + z * rise * k, look)
    if move in (Move.ARC_LEFT, Move.ARC_RIGHT):
        angle = np.radians(40.0 * k) * (-1 if move is Move.ARC_LEFT else 1)
        return _placed(camera, _about(target, position, angle), _about(target, look, angle))
    if move in (Move.PAN_LEFT, Move.PAN_RIGHT, Move.WHIP_PAN):
        sign = 1 if move is Move.PAN_LEFT else -1
        angle = np.radians((75.0 if move is Move.WHIP_PAN else 28.0) * k) * sign
        return _placed(camera, position, _about(position, look, angle))
    if move in (Move.TILT_UP, Move.TILT_DOWN):
        angle = np.radians(18.0 * k) * (1 if move is Move.TILT_UP else -1)
        aim = forward * np.cos(angle) + up * np.sin(angle)
        return _placed(camera, position, position + aim * distance)
    return camera


def _placed(camera: PlacedCamera, position: Vec, look_at: Vec) -> PlacedCamera:
    return replace(
        camera,
        position=(float(position[0]), float(position[1]), float(position[2])),
        look_at=(float(look_at[0]), float(look_at[1]), float(look_at[2])),
        focus_m=float(np.linalg.norm(look_at - position)),
    )


def _about(center: Vec, point: Vec, angle: float) -> Vec:
    """`point` turned about the vertical through `center`, radians, counter-clockwise seen from above."""
    c, s = np.cos(angle), np.sin(angle)
    x, y = point[:2] - center[:2]
    return np.array([center[0] + c * x - s * y, center[1] + s * x + c * y, point[2]])


def _handheld(setup: Setup, t: float) -> PlacedCamera:
    """A breathing operator: a sum of incommensurate slow sines, about 8 mm and 0.3 degrees."""
    camera = setup.camera
    right, up, _ = camera_axes(camera)
    distance = float(np.linalg.norm(setup.target - np.array(camera.position)))
    sway = np.sin(t * np.array([1.9, 2.7, 3.1, 4.3]) + np.array([0.0, 1.0, 2.0, 3.0]))
    sway -= np.sin(np.array([0.0, 1.0, 2.0, 3.0]))
    position = np.array(camera.position) + 0.008 * (right * sway[0] + up * sway[1])
    look = np.array(camera.look_at) + np.radians(0.3) * distance * (right * sway[2] + up * sway[3])
    return _placed(camera, position, look)
