"""What the operator does for people who go somewhere: a pan and a tilt that keep them in the frame."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maquette.stage.composition import aimed_at
from maquette.stage.framing import half_view, project
from maquette.stage.setup import Setup, moved_camera

Vec = NDArray[np.float64]

UNNOTICED_M, UNNOTICED = 0.08, 0.04
"""Eyes that move by less, as in a shift of weight, move no camera; near it, a share of their distance."""
LOOSE_SINGLE, LOOSE_GROUP = 0.05, 0.22
"""Share of the frame's width that one person, or the middle of several, may leave their place by."""
GIVES_WAY_M = 0.25
"""So much nearer than the set-up has them people come to a camera that gives ground."""
CLOSEST_M = 0.7
"""Who comes nearer than this passes the camera: it turns no faster than for this distance."""
PASSES_DEG = 12.0
"""A camera that gives ground is passed by so much, seen from them, before it goes along."""
TOWARDS = (0.35, 0.65)
"""Cosine of somebody's way to the camera's direction from which on they come to it, and from which on wholly."""
ABOVE_EYES_M, LEAST_HEADROOM, LOWEST_EYES = 0.17, 0.03, 0.42
"""Crown and hair above the eyes; share of the frame above them at least; where eyes are at the lowest for its sake."""


def operated(setup: Setup, gone: Vec, *, group: bool, on_wheels: bool = False) -> Setup:
    """The set-up turned from where it stands so that who went `gone` (3,) metres keeps their place in the frame.

    What is small is let go (`UNNOTICED`, and the share of the frame that is `LOOSE_...`), without a corner in the
    movement. A single person who comes near keeps the head in the frame. Position and lens stay; only a camera
    `on_wheels`, or in hands, gives ground to a person who comes nearer than the set-up has them and goes along in front
    of them, so that nobody who talks walks past it or ends in profile.
    """
    camera = setup.camera
    position = np.array(camera.position)
    point = setup.target if group or setup.eyes is None else setup.eyes
    far, near = (float(np.linalg.norm(v)) for v in (gone, point + gone - position))
    unnoticed = min(UNNOTICED_M, UNNOTICED * near)
    if far <= unnoticed:
        return setup
    gone = gone * (1 - unnoticed / far)
    across, down, depth = (float(v) for v in project(camera, point)[0])
    if depth <= 0.1:
        return setup
    half = half_view(camera)
    if on_wheels and not group:
        back = np.array([*(position - point)[:2], 0.0])
        back /= max(float(np.linalg.norm(back)), 1e-9)
        comes = max(float(gone @ back), 0.0)
        position = position + back * _beyond(comes, GIVES_WAY_M)
        towards = comes / max(float(np.hypot(*gone[:2])), 1e-9)
        position = _abreast(position, point - np.array(camera.position), point + gone, towards)
    before, now = point - np.array(camera.position), point + gone - position
    turn = _turned(before, now)
    slack = (LOOSE_GROUP if group else LOOSE_SINGLE) * 2 * float(np.arctan(half))
    turn = float(np.sign(turn)) * _beyond(abs(turn), slack)
    flat = max(float(np.hypot(*now[:2])), CLOSEST_M)
    c, s = np.cos(turn), np.sin(turn)
    ahead = np.array([c * before[0] - s * before[1], s * before[0] + c * before[1]])
    ahead *= flat / max(float(np.hypot(*ahead)), 1e-9)
    seen = position + np.array([*ahead, now[2]])
    distance = float(np.linalg.norm(seen - position))
    scale = distance / max(float(np.linalg.norm(before)), 1e-9)
    if not group and setup.eyes is not None:
        tall = 2 * half / camera.aspect * distance
        down = max(down, min(LEAST_HEADROOM + ABOVE_EYES_M / tall, LOWEST_EYES)) if scale < 1 else down
    axis = aimed_at(position, seen, across, down, camera.roll_deg, half, half / camera.aspect)
    look = float(np.linalg.norm(np.subtract(camera.look_at, camera.position))) * scale
    moved = moved_camera(camera, position, position + axis * look)
    eyes = None if setup.eyes is None else setup.eyes + gone
    return replace(setup, camera=moved, target=setup.target + gone, eyes=eyes,
                   frame_height_m=setup.frame_height_m * scale)  # fmt: skip


def _abreast(position: Vec, before: Vec, point: Vec, towards: float) -> Vec:
    """A camera that somebody walks towards goes along in front of them: it does not let them pass into profile.

    before: (3,) from the camera to them at first; towards: cosine of their way to the camera's direction, 0..1.
    """
    now = point - position
    turn = _turned(before, now)
    weight = float(np.clip((towards - TOWARDS[0]) / (TOWARDS[1] - TOWARDS[0]), 0.0, 1.0))
    back = -np.sign(turn) * _beyond(abs(turn), np.radians(PASSES_DEG)) * weight
    c, s = np.cos(back), np.sin(back)
    return point - np.array([c * now[0] - s * now[1], s * now[0] + c * now[1], now[2]])


def _turned(a: Vec, b: Vec) -> float:
    """Radians from one direction to another over the floor, counter-clockwise seen from above."""
    return float(np.arctan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]))


def _beyond(x: float, slack: float) -> float:
    """By how much x > 0 is more than the slack; the first of it comes slowly."""
    return x * x / (4 * slack) if x < 2 * slack else x - slack
