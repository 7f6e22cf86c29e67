"""Fingers: the shapes hands take, and the frame of what a hand grips."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from maquette.stage.people.figure import Figure, sign, unit
from maquette.stage.people.rig import axis_rotation

F64 = NDArray[np.float64]


class HandShape(StrEnum):
    RELAXED = "relaxed"
    FLAT = "flat"
    GRIP = "grip"
    LOOSE_GRIP = "loose grip"
    PINCH = "pinch"
    POINT = "point"
    FIST = "fist"
    SPREAD = "spread"
    TYPE = "type"


@dataclass(frozen=True)
class _Fingers:
    """Degrees added to the rest hand, which is lightly curled and spread already."""

    curl: tuple[float, float, float, float]
    """Index to little finger, at the knuckle."""
    middle: tuple[float, float, float, float]
    """The second joint; the last joint takes two thirds of it, as tendons have it."""
    together: float
    """0 keeps the rest hand's spread, 1 closes it; negative spreads more."""
    thumb: tuple[float, float, float]
    """Thumb across the palm at its root, bend at its root and bend at its other joints."""


_SHAPES = {
    HandShape.RELAXED: _Fingers((14, 18, 22, 26), (18, 22, 26, 28), 0.9, (14, 22, 10)),
    HandShape.FLAT: _Fingers((-12, -10, -10, -12), (-6, -8, -8, -6), 1.05, (2, 22, 0)),
    HandShape.GRIP: _Fingers((46, 52, 54, 54), (56, 58, 58, 58), 0.9, (34, 30, 26)),
    HandShape.LOOSE_GRIP: _Fingers((28, 34, 38, 42), (36, 40, 42, 44), 0.85, (36, 22, 14)),
    HandShape.PINCH: _Fingers((38, 44, 46, 46), (34, 42, 44, 44), 0.85, (40, 30, 12)),
    HandShape.POINT: _Fingers((-8, 62, 66, 66), (-10, 74, 76, 76), 0.9, (32, 34, 38)),
    HandShape.FIST: _Fingers((64, 68, 70, 70), (82, 84, 84, 82), 1.0, (34, 38, 42)),
    HandShape.SPREAD: _Fingers((-6, -4, -2, -2), (2, 4, 6, 6), -0.25, (-4, 0, 0)),
    HandShape.TYPE: _Fingers((4, 6, 6, 4), (26, 30, 30, 26), 0.5, (16, 24, 8)),
}


def shape_hand(figure: Figure, side: str, shape: HandShape, loosen: float = 0.0) -> None:
    """Pose the fingers. loosen: -1..1 opens or closes all of them a little, so that no two hands are clones."""
    fingers = _SHAPES[shape]
    hand = figure.size.hands[side]
    middle = figure.rest(f"finger3-3.{side}") - figure.rest(f"finger3-1.{side}")
    for i in range(4):
        bones = [f"finger{i + 2}-{j}.{side}" for j in (1, 2, 3)]
        along = figure.rest(bones[1]) - figure.rest(bones[0])
        bend = np.cross(along, hand.palm)
        flat = _in_plane(figure.rest(bones[2]) - figure.rest(bones[0]), hand.palm)
        gather = _angle_in_plane(flat, _in_plane(middle, hand.palm), hand.palm)
        curl = fingers.curl[i] + 6.0 * loosen
        for bone in bones:
            figure.reset(bone)
        figure.turn(bones[0], axis_rotation(hand.palm, fingers.together * gather))
        figure.turn(bones[0], axis_rotation(bend, np.radians(curl)))
        figure.turn(bones[1], axis_rotation(bend, np.radians(fingers.middle[i] + 8.0 * loosen)))
        figure.turn(bones[2], axis_rotation(bend, np.radians((fingers.middle[i] + 6.0 * loosen) * 0.66)))
    _shape_thumb(figure, side, fingers.thumb, hand.palm, hand.fingers)


def _shape_thumb(figure: Figure, side: str, thumb: tuple[float, float, float], palm: F64, along: F64) -> None:
    across, root, tip = thumb
    bones = [f"finger1-{j}.{side}" for j in (1, 2, 3)]
    for bone in bones:
        figure.reset(bone)
    thumbward = np.cross(palm, along) * sign(side)
    pointing = unit(figure.rest(bones[2]) - figure.rest(bones[0]))
    # The root swings in front of the palm and towards the fingers; the other joints close towards the little finger.
    figure.turn(bones[0], axis_rotation(np.cross(pointing, along - 0.6 * thumbward), np.radians(root)))
    figure.turn(bones[0], axis_rotation(np.cross(pointing, palm), np.radians(across)))
    close = np.cross(pointing, 0.35 * palm - thumbward)
    for bone, share in ((bones[1], 1.0), (bones[2], 1.3)):
        figure.turn(bone, axis_rotation(close, np.radians(tip * share)))


def _in_plane(v: F64, normal: F64) -> F64:
    return v - (v @ normal) * normal


def _angle_in_plane(a: F64, b: F64, normal: F64) -> float:
    return float(np.arctan2(np.cross(a, b) @ normal, a @ b))


def grip_frame(figure: Figure, side: str) -> F64:
    """(4, 4) figure-frame pose of a thing in the hand.

    Origin: inside the curled fingers. Columns: X along the hand to the knuckles, Z along a handle to the thumb's side,
    Y = Z x X (out of the palm on the right hand, into it on the left).
    """
    bone = f"wrist.{side}"
    hand = figure.size.hands[side]
    knuckles = np.mean([figure.rest(f"finger{i}-1.{side}") for i in (2, 3, 4, 5)], axis=0)
    rest = knuckles + hand.fingers * 0.12 * hand.length + hand.palm * 0.36 * hand.length
    thumbward = np.cross(hand.palm, hand.fingers) * sign(side)
    turn = figure.rotation(bone)
    matrix = np.eye(4)
    matrix[:3, 0] = turn @ hand.fingers
    matrix[:3, 2] = turn @ thumbward
    matrix[:3, 1] = np.cross(matrix[:3, 2], matrix[:3, 0])
    matrix[:3, 3] = figure.point(bone, rest)
    return matrix
