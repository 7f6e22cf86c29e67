"""Where people look: chest, neck and head share the turn, the eyes do the rest and converge on the target."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.stage.people.figure import NECK, SIDES, Figure, rx, rz, shortest_turn, unit
from maquette.stage.people.rig import BodyShape, Posed, load_rig

F64 = NDArray[np.float64]

HEAD_YAW_DEG, HEAD_PITCH_DEG = 68.0, 42.0
"""How far neck and head turn on the chest."""
CHEST_YAW_DEG = 24.0
"""How far the spine turns to help."""
EYE_YAW_DEG, EYE_UP_DEG, EYE_DOWN_DEG = 36.0, 24.0, 30.0
"""How far an eye turns in the head."""

_FRONT = {"L": (14607, 14616, 14643, 14652), "R": (14679, 14688, 14715, 14724)}
"""The ring of vertices around the pupil of each eye ball."""


@lru_cache(maxsize=64)
def eye_axes(shape: BodyShape) -> dict[str, F64]:
    """Unit rest direction from the middle of each eye ball through the middle of its pupil."""
    rig = load_rig()
    return {
        side: unit(shape.rest_vertices[list(_FRONT[side])].mean(axis=0) - shape.heads[rig.bone_index[f"eye.{side}"]])
        for side in SIDES
    }


def eye_rays(posed: Posed) -> dict[str, tuple[F64, F64]]:
    """For "L" and "R": world place of the eye ball's middle and the unit direction it looks."""
    axes = eye_axes(posed.shape)
    return {side: (posed.joint(f"eye.{side}"), unit(posed.rotation(f"eye.{side}") @ axes[side])) for side in SIDES}


@dataclass(frozen=True)
class Look:
    """What the gaze asks of the lids: ARKit eyeLook weights."""

    face: dict[str, float]
    reached: bool
    """False where the target lies outside what chest, head and eyes can reach."""


def look_at(figure: Figure, target: F64, *, may_twist: bool = True, eagerness: float = 0.75) -> Look:
    """Turn chest, head and eyes of a figure to a point in its own frame.

    eagerness: 0..1, the share of the turn that the head takes before the eyes do the rest.
    """
    if may_twist:
        yaw, _ = _angles(figure.rotation("spine01").T @ (target - _eyes(figure)))
        spare = np.sign(yaw) * max(0.0, abs(yaw) - 20.0)
        figure.bend_spine(twist=float(np.clip(0.35 * spare, -CHEST_YAW_DEG, CHEST_YAW_DEG)), low=0.25)
    _turn_head(figure, target, eagerness)
    return turn_eyes(figure, target)


def _eyes(figure: Figure) -> F64:
    return (figure.joint("eye.L") + figure.joint("eye.R")) / 2


def _angles(d: F64) -> tuple[float, float]:
    """Yaw (to the left) and pitch (up) in degrees of a direction in the frame of someone facing -Y."""
    return (float(np.degrees(np.arctan2(d[0], -d[1]))), float(np.degrees(np.arctan2(d[2], np.hypot(d[0], d[1])))))


def _turn_head(figure: Figure, target: F64, eagerness: float) -> None:
    """Bring the face towards the target by a share of the angle that is left, within the neck's limits."""
    chest = figure.rotation("spine01")
    yaw0, pitch0 = _angles(chest.T @ figure.rotation("head") @ np.array([0.0, -1.0, 0.0]))
    yaw, pitch = _angles(chest.T @ (target - _eyes(figure)))
    far = max(0.0, abs(yaw - yaw0) * (1 - eagerness) - 0.7 * EYE_YAW_DEG)
    goal_yaw = float(np.clip(yaw0 + eagerness * (yaw - yaw0) + np.sign(yaw - yaw0) * far, -HEAD_YAW_DEG, HEAD_YAW_DEG))
    goal_pitch = float(np.clip(pitch0 + 0.6 * (pitch - pitch0), -HEAD_PITCH_DEG, HEAD_PITCH_DEG))
    for _ in range(3):
        now_yaw, now_pitch = _angles(chest.T @ figure.rotation("head") @ np.array([0.0, -1.0, 0.0]))
        for bone, share in zip(NECK, (0.15, 0.2, 0.25, 0.4), strict=True):
            figure.turn(bone, rz(share * (goal_yaw - now_yaw)) @ rx(-share * (goal_pitch - now_pitch)))


def turn_eyes(figure: Figure, target: F64, off_deg: tuple[float, float] = (0.0, 0.0)) -> Look:
    """Turn the eyes of a figure to a point in its own frame, and by (yaw, pitch) degrees off it; the head stays."""
    axes, head = eye_axes(figure.shape), figure.rotation("head")
    face: dict[str, float] = {}
    reached = True
    for side, name in (("L", "Left"), ("R", "Right")):
        yaw, pitch = _angles(head.T @ (target - figure.joint(f"eye.{side}")))
        yaw, pitch = yaw + off_deg[0], pitch + off_deg[1]
        limited_yaw = float(np.clip(yaw, -EYE_YAW_DEG, EYE_YAW_DEG))
        limited_pitch = float(np.clip(pitch, -EYE_DOWN_DEG, EYE_UP_DEG))
        reached = reached and abs(limited_yaw - yaw) + abs(limited_pitch - pitch) < 0.5
        direction = rz(limited_yaw) @ rx(-limited_pitch) @ np.array([0.0, -1.0, 0.0])
        figure.reset(f"eye.{side}")
        figure.turn(f"eye.{side}", shortest_turn(axes[side], direction))
        outward = limited_yaw if side == "L" else -limited_yaw
        face[f"eyeLookUp{name}"] = max(0.0, limited_pitch) / 22.0
        face[f"eyeLookDown{name}"] = max(0.0, -limited_pitch) / 26.0
        face[f"eyeLookOut{name}"] = max(0.0, outward) / 36.0
        face[f"eyeLookIn{name}"] = max(0.0, -outward) / 36.0
    return Look({k: min(1.0, v) for k, v in face.items() if v > 0}, reached)
