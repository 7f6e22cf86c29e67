"""Where the subject stands in the frame, and the camera that has it exactly there.

Frame coordinates are shares: across 0 left .. 1 right, down 0 top .. 1 bottom. A composition is written as a `Wish`:
one world point at its place across, one at its place down. `standing` solves for the position at which a camera of
given axes sees both there, so that pitch and direction stay as asked: who recomposes by panning and tilting loses them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.camera import Composition
from maquette.film.shot import ShotSize, Side
from maquette.film.stage import PlacedCamera
from maquette.stage.ask import Ask
from maquette.stage.framing import Figure, FrameBox, camera_axes

Vec = NDArray[np.float64]
Axes = tuple[Vec, Vec, Vec]
"""(right, up, forward) unit vectors."""

LEAD_ROOM = {ShotSize.ECU: 0.0, ShotSize.BCU: 0.03, ShotSize.CU: 0.07, ShotSize.MCU: 0.09, ShotSize.MS: 0.10,
             ShotSize.COWBOY: 0.10, ShotSize.MLS: 0.10, ShotSize.FS: 0.08}  # fmt: skip
"""How far the subject stands off the middle, against the look, as a share of the frame width."""
_OFF_MIDDLE = {
    Composition.CENTRED: 0.0,
    Composition.THIRDS: 1 / 2 - 1 / 3,
    Composition.SHORT_SIDED: -0.24,
    Composition.NEGATIVE_SPACE: 0.33,
}
"""Share of the frame's width off the middle, positive away from the look."""
_FULL_FIGURES = (ShotSize.COWBOY, ShotSize.MLS, ShotSize.FS)
"""Their eyes stand higher than the upper third, or the frame would cut legs where the size does not."""
HEAD_ROOM_M = 0.11
"""Half a head with its hair and a little air: what has to stay inside the frame's edge."""
FRONTAL = 0.1
"""Sine of the angle within which a look goes to no side."""


@dataclass(frozen=True, eq=False)
class Wish:
    """Which world points are seen where."""

    across_point: Vec
    across: float
    """Share of the frame's width, 0 left."""
    down_point: Vec
    down: float
    """Share of the frame's height, 0 top."""


def wish_of(
    ask: Ask,
    box: FrameBox,
    figure: Figure,
    direction: Vec,
    *,
    top: Vec | None = None,
    half_width_m: float = HEAD_ROOM_M,
) -> Wish | None:
    """What composition and headroom ask for; None where neither is stated: the usual frame.

    direction: (2,) from the subject to the camera. top: (3,) the highest head; None: the figure's own. half_width_m:
    what stays inside the frame to both sides of the eyes.
    """
    composition, headroom = ask.controls.composition, ask.controls.headroom
    if composition in (None, Composition.LEAD_ROOM) and headroom is None:
        return None
    right = np.array([-direction[1], direction[0]])
    width = box.height_m * ask.aspect
    if composition in (None, Composition.LEAD_ROOM):
        offset = towards_look(figure, right) * LEAD_ROOM.get(ask.shot.size, 0.0)
    else:
        room = max(0.5 - 0.02 - half_width_m / width, 0.0)
        offset = float(np.clip(_OFF_MIDDLE[composition], -room, room)) * look_sign(ask, figure, right)
    eyes = figure.landmarks["eyes"]
    if headroom is not None:
        down_point, down = (figure.landmarks["head_top"] if top is None else top), headroom
    elif composition is Composition.THIRDS and ask.shot.size not in _FULL_FIGURES:
        down_point, down = eyes, 1 / 3
    else:
        down_point, down = box.center, 0.5
    return Wish(np.asarray(eyes, float), 0.5 - offset, np.asarray(down_point, float), down)


def towards_look(figure: Figure, right: Vec) -> float:
    """-1 .. 1: how much of the look goes to the right of the frame; a look 40 degrees off the axis counts in full."""
    return float(np.clip(figure.look @ right * 1.6, -1, 1))


def look_sign(ask: Ask, figure: Figure, right: Vec) -> float:
    """1 where the look goes to the right of the frame, else -1; a frontal look goes where the shot says."""
    side = float(figure.look @ right)
    if abs(side) < FRONTAL:
        return -1.0 if ask.shot.camera_side is Side.LEFT else 1.0
    return float(np.sign(side))


def axes_of(yaw: float, pitch: float, roll_deg: float) -> Axes:
    """Axes of a camera that looks along azimuth `yaw` (radians from +X, counter-clockwise) and elevation `pitch`."""
    forward = (float(np.cos(pitch) * np.cos(yaw)), float(np.cos(pitch) * np.sin(yaw)), float(np.sin(pitch)))
    return camera_axes(PlacedCamera((0.0, 0.0, 0.0), forward, roll_deg=roll_deg))


def standing(wish: Wish, axes: Axes, depth_point: Vec, depth_m: float, half_w: float, half_h: float) -> Vec:
    """(3,) position of the camera with these axes that sees the wish fulfilled, `depth_point` `depth_m` along its axis.

    half_w, half_h: half the frame at distance 1. Three equations linear in the position.
    """
    right, up, forward = axes
    across, down = (2 * wish.across - 1) * half_w, (1 - 2 * wish.down) * half_h
    rows = np.array([right - across * forward, up - down * forward, forward])
    known = np.array([rows[0] @ wish.across_point, rows[1] @ wish.down_point, forward @ depth_point - depth_m])
    return np.linalg.solve(rows, known).astype(np.float64)


def standing_towards(
    wish: Wish, direction: Vec, pitch: float, roll_deg: float, depth_point: Vec, depth_m: float, half_w: float,
    half_h: float,
) -> tuple[Vec, Axes]:  # fmt: skip
    """Position and axes of the camera with this pitch (radians) that stands in the (2,) `direction` from `depth_point`
    and sees the wish fulfilled."""
    yaw = float(np.arctan2(-direction[1], -direction[0]))
    wanted = float(np.arctan2(direction[1], direction[0]))
    axes = axes_of(yaw, pitch, roll_deg)
    position = standing(wish, axes, depth_point, depth_m, half_w, half_h)
    for _ in range(6):
        away = position[:2] - depth_point[:2]
        if np.hypot(*away) < 0.05 * depth_m:
            break
        turn = wanted - float(np.arctan2(away[1], away[0]))
        yaw += float(np.arctan2(np.sin(turn), np.cos(turn)))
        axes = axes_of(yaw, pitch, roll_deg)
        position = standing(wish, axes, depth_point, depth_m, half_w, half_h)
    return position, axes


def aimed_at(
    position: Vec, point: Vec, across: float, down: float, roll_deg: float, half_w: float, half_h: float
) -> Vec:
    """(3,) unit axis of the camera at `position` that sees `point` at these shares of its frame."""
    x, y = (2 * across - 1) * half_w, (1 - 2 * down) * half_h
    c, s = np.cos(np.radians(roll_deg)), np.sin(np.radians(roll_deg))
    side, rise = x * c - y * s, x * s + y * c
    way = np.asarray(point, float) - position
    way /= max(float(np.linalg.norm(way)), 1e-9)
    length = np.sqrt(1 + side * side + rise * rise)
    reach = np.hypot(rise, 1.0) / length
    pitch = float(np.arcsin(np.clip(way[2] / reach, -1, 1)) - np.arctan2(rise, 1.0))
    pitch = float(np.clip(pitch, np.radians(-89), np.radians(89)))
    ahead = np.cos(pitch) - rise * np.sin(pitch)
    yaw = float(np.arctan2(way[1], way[0]) + np.arctan2(side, ahead))
    return axes_of(yaw, pitch, 0.0)[2]
