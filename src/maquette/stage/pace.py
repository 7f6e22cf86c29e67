"""How fast somebody gets along a way, and how far two feet or two facings are from one another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from maquette.stage.footwork import Foot, Gait, way_time
from maquette.stage.people.figure import rz

F64 = NDArray[np.float64]

STEP_M, STEP_DEG = 0.03, 8.0
"""A foot that would have to come less far stays where it is."""
HURRIED, STROLLED = 1.35, 0.72
"""How much faster than usual somebody walks who has to be there in time, and slower who walks for its own sake."""


def pace(gait: Gait, length: float, available_s: float, from_rest: bool, to_rest: bool) -> tuple[float, float]:
    """(seconds, speed in m/s): the usual one, up to a third faster for those who have to be there in time."""
    seconds, speed = way_time(length, gait.speed_m_s, from_rest, to_rest)
    if seconds > available_s and from_rest:
        hurried = gait.speed_m_s * min(HURRIED, seconds / available_s)
        seconds, speed = way_time(length, hurried, from_rest, to_rest)
    return seconds, speed


def strolled(gait: Gait, length: float, available_s: float, from_rest: bool) -> tuple[float, float]:
    """A walk for its own sake on a short floor: slower, so that it fills the beat as far as it can."""
    seconds, speed = pace(gait, length, available_s, from_rest, to_rest=True)
    if seconds < available_s:
        slower = gait.speed_m_s * max(STROLLED, seconds / available_s)
        seconds, speed = way_time(length, slower, from_rest, to_rest=True)
    return seconds, speed


def turned(a_deg: float, b_deg: float) -> float:
    """Degrees from one yaw to another, the short way."""
    return (b_deg - a_deg + 180.0) % 360.0 - 180.0


def heading_of(a: Sequence[float] | F64, b: Sequence[float] | F64) -> float:
    """Yaw in degrees of who walks from a to b."""
    return float(np.degrees(np.arctan2(b[0] - a[0], -(b[1] - a[1]))))


def foot_gap(a: Foot, b: Foot) -> float:
    """Metres between two places of a foot."""
    return float(np.linalg.norm(a.ankle - b.ankle))


def feet_apart(a: Foot, b: Foot) -> float:
    """How far two feet are apart, 1 where it takes a step."""
    twist = b.turn @ a.turn.T
    angle = float(np.degrees(np.arccos(np.clip((np.trace(twist) - 1) / 2, -1, 1))))
    return foot_gap(a, b) / STEP_M + angle / STEP_DEG


def half_way(a: Foot, b: Foot) -> Foot:
    twist = b.turn @ a.turn.T
    angle = float(np.degrees(np.arctan2(twist[1, 0] - twist[0, 1], twist[0, 0] + twist[1, 1])))
    return Foot((a.ankle + b.ankle) / 2, rz(angle / 2) @ a.turn)
