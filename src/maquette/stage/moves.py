"""Camera moves over time: the set-up is the first moment, the move leads away from it.

Position and speed are continuous: moves ease in and out with zero speed at both ends unless the easing says otherwise.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from maquette.film.camera import CameraControls, Easing, eased
from maquette.film.shot import Move, Shot
from maquette.film.stage import PlacedCamera
from maquette.stage.aiming import LOWEST_CAMERA_M
from maquette.stage.ask import NO_CONTROLS
from maquette.stage.composition import aimed_at
from maquette.stage.framing import camera_axes, half_view, project
from maquette.stage.setup import Setup, moved_camera
from maquette.stage.sway import Mount, shake_seed, sway, swayed

Vec = NDArray[np.float64]

WHIP_S = Fraction(2, 5)
"""A whip pan takes this long: 75 degrees in it peak at 280 degrees a second, too fast to see anything on the way."""
CRASH_S = Fraction(1, 2)
"""And a crash zoom this long."""
_BURSTS = {
    Move.WHIP_PAN: WHIP_S,
    Move.WHIP_PAN_LEFT: WHIP_S,
    Move.WHIP_TILT_UP: WHIP_S,
    Move.WHIP_TILT_DOWN: WHIP_S,
    Move.CRASH_ZOOM: CRASH_S,
}
"""Moves that happen at once, in the middle of the shot."""
_MOUNTS = {
    Move.HANDHELD: Mount.HANDS,
    Move.STEADICAM: Mount.STEADICAM,
    Move.GIMBAL: Mount.GIMBAL,
    Move.DRONE: Mount.DRONE,
    Move.CABLE: Mount.CABLE,
    Move.VEHICLE: Mount.VEHICLE,
}
_STEADY_SPEED = (Move.VEHICLE, Move.CABLE)
"""They are under way before the shot begins and after it ends."""
WALK_S = 0.8
"""Until an operator who walks along is in step."""
EYES_DOWN = 0.38
"""Where the eyes of a close face are, down from the frame's upper edge."""
TRUCK_W = 0.34
"""A truck goes by this share of the frame's width: who was in the middle of it ends at its edge, not outside."""
PEDESTAL_UP_H, PEDESTAL_DOWN_H = 0.3, 0.22
"""And a pedestal by this share of its height: the chin, or the crown, stays in."""
_EDGE = 0.14
LOWEST_M = 0.2
"""Pedestals, cranes and jibs sink no lower than this."""


def camera_at(
    shot: Shot, setup: Setup, t_s: Fraction, controls: CameraControls = NO_CONTROLS, seed: int = 0
) -> PlacedCamera:
    """The camera `t_s` seconds into the shot; before 0 and after the shot's duration the move rests, while hands and
    wind go on."""
    camera = _moved(shot.move, setup, move_progress(shot, t_s, controls), controls.move_extent or 1.0)
    mount = _MOUNTS.get(shot.move)
    strength = 1.0 if controls.shake is None else controls.shake
    if mount is None and controls.shake:
        mount = Mount.HANDS
    if mount is None or not strength:
        return camera
    own = shake_seed(seed, shot.framing, shot.size, shot.subjects, shot.text)
    return swayed(camera, sway(mount, own, float(t_s), _walking(shot, t_s)), strength)


def _walking(shot: Shot, t_s: Fraction) -> float:
    """0..1 whether the operator walks along: in and out of it within a step or two."""
    if shot.move not in (Move.FOLLOW, Move.LEAD):
        return 0.0
    into, out = (eased(float(t) / WALK_S, Easing.EASE_IN_OUT) for t in (t_s, shot.duration_s - t_s))
    return into * out


def move_progress(shot: Shot, t_s: Fraction, controls: CameraControls = NO_CONTROLS) -> float:
    """How much of the move is done, 0..1. At speed 1 it fills the shot, at 2 it is done at half time, at 0.5 it comes
    half the way. Whips and crash zooms take their own short time in the middle of the shot."""
    if shot.duration_s <= 0:
        return 0.0
    speed = controls.move_speed or 1.0
    easing = controls.easing or (Easing.LINEAR if shot.move in _STEADY_SPEED else Easing.EASE_IN_OUT)
    if shot.move in _BURSTS:
        burst = min(float(_BURSTS[shot.move]) / speed, float(shot.duration_s))
        return eased((float(t_s) - (float(shot.duration_s) - burst) / 2) / burst, easing)
    share = float(min(max(t_s / shot.duration_s, Fraction(0)), Fraction(1)))
    return eased(min(share * speed, 1.0), easing)


def _moved(move: Move, setup: Setup, k: float, extent: float) -> PlacedCamera:
    """`setup.camera` after a share `k` of the move."""
    for family in (_travelled, _scaled, _lifted, _turned, _flown):
        camera = family(move, setup, k, extent)
        if camera is not None:
            return _above_the_floor(camera, setup.camera.position[2])
    return setup.camera


def _above_the_floor(camera: PlacedCamera, start_m: float) -> PlacedCamera:
    """A pull out from a low angle would sink into the floor: it rolls along it instead."""
    lowest = min(start_m, LOWEST_CAMERA_M)
    if camera.position[2] >= lowest:
        return camera
    return moved_camera(camera, np.array([*camera.position[:2], lowest]), np.array(camera.look_at))


# --- families: each knows some moves and gives None for the others ------------------------------------------------


def _travelled(move: Move, setup: Setup, k: float, extent: float) -> PlacedCamera | None:
    """The camera goes, and its aim goes with it."""
    camera = setup.camera
    position, look = np.array(camera.position), np.array(camera.look_at)
    right, _, forward = camera_axes(camera)
    flat_forward = np.array([forward[0], forward[1], 0.0])
    flat_forward /= max(float(np.linalg.norm(flat_forward)), 1e-9)
    h, w = setup.frame_height_m, setup.frame_height_m * camera.aspect
    z = np.array([0.0, 0.0, 1.0])
    travel: dict[Move, Callable[[], Vec]] = {
        Move.TRUCK_LEFT: lambda: -right * TRUCK_W * w * extent,
        Move.TRUCK_RIGHT: lambda: right * TRUCK_W * w * extent,
        Move.PEDESTAL_UP: lambda: z * PEDESTAL_UP_H * h * extent,
        Move.PEDESTAL_DOWN: lambda: -z * _room_below(PEDESTAL_DOWN_H * h * extent, position),
        Move.FOLLOW: lambda: flat_forward * 0.8 * extent,
        Move.LEAD: lambda: -flat_forward * 0.8 * extent,
        Move.VEHICLE: lambda: np.array([right[0], right[1], 0.0]) * max(0.8 * w, 1.5) * extent,
    }
    if move not in travel:
        return None
    whole = travel[move]()
    way = whole * k
    gone = moved_camera(camera, position + way, look + way)
    if move in (Move.TRUCK_LEFT, Move.TRUCK_RIGHT, Move.PEDESTAL_UP, Move.PEDESTAL_DOWN):
        return _kept_in(setup, moved_camera(camera, position + whole, look + whole), gone, k)
    if move in (Move.FOLLOW, Move.LEAD):
        return _on_the_eyes(setup, gone, float(way @ flat_forward) / max(float(np.linalg.norm(look - position)), 1e-9))
    return gone


def _kept_in(setup: Setup, end: PlacedCamera, camera: PlacedCamera, k: float) -> PlacedCamera:
    """A straight move that would end without the face is turned a little all along it, so that it stays in."""
    if setup.eyes is None:
        return camera
    _, home, depth = (float(v) for v in project(setup.camera, setup.eyes)[0])
    across, down, far = (float(v) for v in project(end, setup.eyes)[0])
    if min(depth, far) <= 0.1:
        return camera
    aside = float(np.clip(across, _EDGE, 1 - _EDGE)) - across
    below = float(np.clip(down, min(home, 0.1), max(home, 0.75))) - down
    if aside == 0 and below == 0:
        return camera
    now = project(camera, setup.eyes)[0]
    position, half = np.array(camera.position), half_view(camera)
    axis = aimed_at(position, setup.eyes, float(now[0]) + aside * k, float(now[1]) + below * k, camera.roll_deg,
                    half, half / camera.aspect)  # fmt: skip
    return moved_camera(camera, position, position + axis * float(np.linalg.norm(np.array(camera.look_at) - position)))


def _scaled(move: Move, setup: Setup, k: float, extent: float) -> PlacedCamera | None:
    """Nearer and farther, by wheels or by lens."""
    camera, target = setup.camera, setup.target
    position, look = np.array(camera.position), np.array(camera.look_at)
    if move in (Move.PUSH_IN, Move.PULL_OUT):
        scale = (0.62 if move is Move.PUSH_IN else 1.6) ** extent
        nearer = moved_camera(camera, look + (position - look) * (1 + (scale - 1) * k), look)
        return _on_the_eyes(setup, nearer, k * (1 - scale))
    zooms = {Move.ZOOM_IN: 1.7, Move.ZOOM_OUT: 1 / 1.7}
    if move is Move.CRASH_ZOOM:
        return _crashed(setup, k, extent)
    if move in zooms:
        return replace(camera, lens_mm=camera.lens_mm * zooms[move] ** (k * extent))
    if move is Move.DOLLY_ZOOM:
        closer = 1 + (0.6**extent - 1) * k
        moved = moved_camera(camera, target + (position - target) * closer, look)
        return replace(moved, lens_mm=camera.lens_mm * closer)
    return None


def _on_the_eyes(setup: Setup, camera: PlacedCamera, tighter: float) -> PlacedCamera:
    """A camera that came nearer or went away, by a share `tighter`, with the eyes kept where they are in the frame: no
    operator pushes in on a belt. The tighter it gets, the more room a face has above it."""
    if setup.eyes is None or tighter == 0:
        return camera
    across, down, depth = (float(v) for v in project(setup.camera, setup.eyes)[0])
    if depth <= 0.1 or not (0 < across < 1 and 0 < down < 1):
        return camera
    goal = down + max(EYES_DOWN - down, 0.0) * float(np.clip(tighter, -0.5, 1.0)) / 2
    position, half = np.array(camera.position), half_view(camera)
    ahead = aimed_at(position, setup.eyes, across, goal, camera.roll_deg, half, half / camera.aspect)
    return moved_camera(camera, position, position + ahead * float(np.linalg.norm(np.array(camera.look_at) - position)))


def _crashed(setup: Setup, k: float, extent: float) -> PlacedCamera:
    """The lens onto the face: the operator brings the eyes to a face's place in the frame while it tightens."""
    camera = setup.camera
    zoomed = replace(camera, lens_mm=camera.lens_mm * 2.4 ** (k * extent))
    if setup.eyes is None or k == 0:
        return zoomed
    across, down, depth = (float(v) for v in project(camera, setup.eyes)[0])
    if depth <= 0.1:
        return zoomed
    goal = 0.5 + float(np.clip(across - 0.5, -0.08, 0.08)), 0.42
    half = half_view(zoomed)
    position = np.array(camera.position)
    ahead = aimed_at(position, setup.eyes, across + (goal[0] - across) * k, down + (goal[1] - down) * k,
                     camera.roll_deg, half, half / camera.aspect)  # fmt: skip
    return moved_camera(zoomed, position, position + ahead * float(np.linalg.norm(np.array(camera.look_at) - position)))


def _lifted(move: Move, setup: Setup, k: float, extent: float) -> PlacedCamera | None:
    """Up and down with the aim kept."""
    camera = setup.camera
    position, look = np.array(camera.position), np.array(camera.look_at)
    h = setup.frame_height_m
    if move in (Move.CRANE_UP, Move.CRANE_DOWN):
        rise = 0.9 * h * extent if move is Move.CRANE_UP else -_room_below(0.9 * h * extent, position)
        return moved_camera(camera, position + np.array([0.0, 0.0, 1.0]) * rise * k, look)
    if move in (Move.JIB_UP, Move.JIB_DOWN):
        # The arm's pivot is behind the camera: it comes back a little as it rises or sinks.
        arm = 2.5
        rise = 0.45 * h * extent if move is Move.JIB_UP else -_room_below(0.45 * h * extent, position)
        swing = float(np.arcsin(np.clip(rise / arm, -0.9, 0.9))) * k
        ahead = look - position
        ahead = np.array([ahead[0], ahead[1], 0.0]) / max(float(np.hypot(*ahead[:2])), 1e-9)
        up = np.array([0.0, 0.0, np.sin(swing) * arm])
        return moved_camera(camera, position + up + ahead * (np.cos(swing) - 1) * arm, look)
    return None


def _turned(move: Move, setup: Setup, k: float, extent: float) -> PlacedCamera | None:
    """The camera stays and turns, or goes around the subject."""
    camera, target = setup.camera, setup.target
    position, look = np.array(camera.position), np.array(camera.look_at)
    if move in (Move.ARC_LEFT, Move.ARC_RIGHT):
        angle = np.radians(40.0 * k * extent) * (-1 if move is Move.ARC_LEFT else 1)
        return moved_camera(camera, _about(target, position, angle), _about(target, look, angle))
    pans = {Move.PAN_LEFT: 28.0, Move.PAN_RIGHT: -28.0, Move.WHIP_PAN: -75.0, Move.WHIP_PAN_LEFT: 75.0}
    if move in pans:
        angle = np.radians(abs(pans[move]) * k * extent) * (1 if pans[move] > 0 else -1)
        return moved_camera(camera, position, _about(position, look, angle))
    tilts = {Move.TILT_UP: 18.0, Move.TILT_DOWN: -18.0, Move.WHIP_TILT_UP: 45.0, Move.WHIP_TILT_DOWN: -45.0}
    if move in tilts:
        _, up, forward = camera_axes(camera)
        distance = float(np.linalg.norm(target - position))
        angle = np.radians(abs(tilts[move]) * k * extent) * (1 if tilts[move] > 0 else -1)
        aim = forward * np.cos(angle) + up * np.sin(angle)
        return moved_camera(camera, position, position + aim * distance)
    if move in (Move.ROLL_LEFT, Move.ROLL_RIGHT):
        return replace(camera, roll_deg=camera.roll_deg + (20.0 if move is Move.ROLL_RIGHT else -20.0) * k * extent)
    if move is Move.REFRAME:
        return _reframed(setup, k * extent)
    return None


def _reframed(setup: Setup, k: float) -> PlacedCamera:
    """An operator's correction: the subject comes to the middle, or from there a sixth of the frame off it."""
    camera = setup.camera
    right, _, forward = camera_axes(camera)
    across = float(project(camera, setup.target)[0, 0]) - 0.5
    wanted = 0.0 if abs(across) > 0.03 else -1 / 6
    half = half_view(camera)
    angle = k * float(np.arctan(2 * across * half) - np.arctan(2 * wanted * half))
    aim = forward * np.cos(angle) + right * np.sin(angle)
    position = np.array(camera.position)
    return moved_camera(camera, position, position + aim * float(np.linalg.norm(np.array(camera.look_at) - position)))


def _flown(move: Move, setup: Setup, k: float, extent: float) -> PlacedCamera | None:
    """Paths that no dolly goes, with the aim kept on the subject."""
    camera = setup.camera
    position, look = np.array(camera.position), np.array(camera.look_at)
    right, _, _ = camera_axes(camera)
    level = np.array([right[0], right[1], 0.0]) / max(float(np.hypot(*right[:2])), 1e-9)
    away = position - look
    flat = np.array([away[0], away[1], 0.0])
    w = setup.frame_height_m * camera.aspect
    if move in (Move.STEADICAM, Move.GIMBAL):
        # A walk in, on a slight curve as feet take it.
        come = min(0.38 * float(np.hypot(*away[:2])), 1.8) * extent / max(float(np.hypot(*flat[:2])), 1e-9)
        come = min(come, 0.8)
        way = -flat * come * k + level * 0.12 * w * extent * float(np.sin(np.pi * k)) * k
        return _on_the_eyes(setup, moved_camera(camera, position + way, look), come * k)
    if move is Move.DRONE:
        back = (1.9**extent - 1) * k
        rise = max(0.55 * float(np.linalg.norm(away)), 1.0) * extent * k
        return moved_camera(camera, position + flat * back + np.array([0.0, 0.0, rise]), look)
    if move is Move.CABLE:
        return moved_camera(camera, position + level * max(0.9 * w, 1.5) * extent * k, look)
    if move is Move.REVEAL:
        # Back and aside, turning away from the subject so that what is beside comes in.
        back = (1.7**extent - 1) * k
        aside = level * 0.35 * w * extent * k
        return moved_camera(camera, position + flat * back + aside, look + aside)
    return None


def _room_below(drop: float, position: Vec) -> float:
    return max(min(drop, float(position[2]) - LOWEST_M), 0.0)


def _about(center: Vec, point: Vec, angle: float) -> Vec:
    """`point` turned about the vertical through `center`, radians, counter-clockwise seen from above."""
    c, s = np.cos(angle), np.sin(angle)
    x, y = point[:2] - center[:2]
    return np.array([center[0] + c * x - s * y, center[1] + s * x + c * y, point[2]])
