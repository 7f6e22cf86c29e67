"""One person at one moment: posture, then feeling, gaze, arms and face, in that order."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.cast import Emotion, Gesture, Performance, Posture
from maquette.film.props import PropKind, prop_kind
from maquette.film.stage import SpotUse
from maquette.stage.people.clearance import keep_clear
from maquette.stage.people.expressions import expression
from maquette.stage.people.figure import SIDES, Figure, rz
from maquette.stage.people.gaze import Look, look_at
from maquette.stage.people.gestures import CHIN, CROWN, GESTURES, NOSE, Business, hold_arm, on_head, other
from maquette.stage.people.hands import grip_frame
from maquette.stage.people.poses import POSTURES, Situation, bear, walk_speed
from maquette.stage.people.rig import BodyShape, Pose

F64 = NDArray[np.float64]
Vec3 = tuple[float, float, float]


@dataclass(frozen=True)
class Placement:
    """Where on the set a person is."""

    position: Vec3
    """Floor point under the person, under the seat's middle, or under the middle of the lying body; metres, world."""
    yaw_deg: float = 0.0
    """See `maquette.film.stage`; lying: from head to feet."""
    use: SpotUse = SpotUse.STAND
    seat_height_m: float = 0.0
    """Seat, mattress or leaning edge above `position`; 0: none."""
    edge_ahead: bool = False
    """Leaning: the edge is a counter in front of the person, not a wall or edge `poses.BEHIND_M` behind them."""


@dataclass(frozen=True)
class PoseTargets:
    """Points of the world that the performance refers to, metres; None where it refers to none."""

    gaze: Vec3 | None = None
    reach: Vec3 | None = None
    point: Vec3 | None = None
    hold: Vec3 | None = None
    """Where the held thing is to be; None: in front of the chest."""
    hands: tuple[Vec3, Vec3] | None = None
    """Palms of left and right hand: on a steering wheel, a keyboard."""
    carried_low: bool = False
    """The held thing hangs from a straight arm by its handle: a suitcase."""
    aimed: bool = False
    """The held thing is pointed with: a pistol, a flashlight."""
    held_width_m: float = 0.0
    """Width of the held thing, where it can take both hands; 0: one hand is enough."""
    table_z: float | None = None
    """World height of a table top right in front: hands stay above it."""


@dataclass(frozen=True, eq=False)
class SolvedPose:
    """Everything that a pose decides."""

    pose: Pose
    face: Mapping[str, float]
    """ARKit facial action weights 0..1."""
    grips: Mapping[str, F64]
    """"L" and "R": (4, 4) world frame of a thing in that hand; see `hands.grip_frame`."""
    acting_hand: str
    """"L" or "R": which hand reaches, points, or holds."""
    holding_hand: str
    """"L" or "R": which hand has the held thing; the other than the acting one while that points or waves."""
    eyes: tuple[Vec3, Vec3]
    """Middle of the left and of the right eye ball, world."""
    landmarks: Mapping[str, Vec3]
    """World points for framing: head_top, eyes, nose, chin, shoulders, chest, waist, hip, mid_thigh, knee, ankle, sole;
    those of a pair are the middle of both."""
    gaze_reached: bool
    """False where the gaze target lies outside what chest, head and eyes can reach."""

    @property
    def head_top_z(self) -> float:
        return self.landmarks["head_top"][2]


# Degrees that a face without anything to look at is lowered (negative) or raised by a feeling at full intensity.
_IDLE_PITCH = {
    Emotion.SADNESS: -20.0, Emotion.GRIEF: -24.0, Emotion.SHAME: -34.0, Emotion.EXHAUSTION: -18.0, Emotion.PAIN: -12.0,
    Emotion.TENDERNESS: -8.0, Emotion.AWE: 16.0, Emotion.CONTEMPT: 3.0,
}  # fmt: skip
_GAZE_WORDS: dict[str, tuple[float, float]] = {"down": (0.0, -38.0), "up": (0.0, 32.0), "away": (52.0, -6.0)}
"""Yaw and pitch in degrees of looks that have no target."""


def solve_pose(
    shape: BodyShape,
    performance: Performance,
    placement: Placement,
    targets: PoseTargets | None = None,
    t_s: float = 0.0,
    seed: int = 0,
    stride: float | None = None,
) -> SolvedPose:
    """Pose a body for what its character does at `t_s` seconds into the shot.

    The same arguments give the same pose. `seed` varies stance, hands and asymmetry; the character's name is mixed in,
    so one seed may serve a whole cast. Out-of-reach targets are approached as far as a body goes. `stride` fixes the
    phase of a walk or run, see `poses.Situation`.
    """
    targets = targets or PoseTargets()
    if performance.posture is Posture.LEAN and placement.use is not SpotUse.LEAN:
        performance = performance.model_copy(update={"posture": Posture.STAND})  # nothing here to lean on
    key = zlib.crc32(performance.character.encode())
    rng = np.random.default_rng([seed, key])
    to_local = _Local(placement)
    figure = Figure(shape)
    situation = Situation(
        seat_m=placement.seat_height_m,
        t_s=t_s,
        emotion=performance.emotion,
        intensity=performance.intensity,
        edge_ahead=placement.edge_ahead,
        stride=stride,
        on_side=performance.gesture is Gesture.EMBRACE or (performance.eyes_closed and rng.random() < 0.5),
    )
    posture_rng, arm_rng, look_rng = rng.spawn(3)
    POSTURES[performance.posture](figure, situation, posture_rng)
    bear(figure, situation)
    look = _look(figure, performance, targets, to_local, look_rng)
    business = _business(performance, situation, targets, to_local, key)
    _act(figure, performance, business, arm_rng)
    if performance.gesture is Gesture.REACH:
        again = _target(figure, performance, targets, to_local, look_rng.spawn(1)[0])
        look = look_at(figure, again, may_twist=False) if again is not None else look
    face = expression(
        performance.emotion,
        performance.intensity,
        (seed ^ key) & 0x7FFFFFFF,
        speaking=performance.speaking,
        eyes_closed=performance.eyes_closed,
        t_s=t_s,
        lids=look.face,
    )
    holding = other(business.main) if _in_other_hand(performance.gesture, business) else business.main
    return solved(figure, placement, face, business.main, holding, look.reached)


def solved(
    figure: Figure, placement: Placement, face: Mapping[str, float], acting: str, holding: str, reached: bool
) -> SolvedPose:
    """What follows from a finished figure: grips, eyes and landmarks in the world."""
    world = _World(placement)
    return SolvedPose(
        pose=figure.pose(placement.position, placement.yaw_deg),
        face=face,
        grips={side: world.frame(grip_frame(figure, side)) for side in SIDES},
        acting_hand=acting,
        holding_hand=holding,
        eyes=(world.point(figure.joint("eye.L")), world.point(figure.joint("eye.R"))),
        landmarks={name: world.point(p) for name, p in landmarks(figure).items()},
        gaze_reached=reached,
    )


def walking_speed_m_s(shape: BodyShape) -> float:
    """The speed at which a walking person's placement must move forward so that their feet do not slide."""
    return walk_speed(Figure(shape))


def rest_landmarks(shape: BodyShape) -> dict[str, Vec3]:
    """Framing points of the person standing straight at the origin, without solving a pose."""
    world = _World(Placement((0.0, 0.0, 0.0)))
    return {name: world.point(p) for name, p in landmarks(Figure(shape)).items()}


def landmarks(figure: Figure) -> dict[str, F64]:
    """Framing points in the figure's frame."""

    def middle(bone: str) -> F64:
        return (figure.joint(f"{bone}.L") + figure.joint(f"{bone}.R")) / 2

    chest = figure.joint("spine01") * 0.45 + figure.joint("spine02") * 0.55
    hip, knee, ankle = middle("upperleg01"), middle("lowerleg01"), middle("foot")
    return {
        "head_top": on_head(figure, CROWN),
        "eyes": middle("eye"),
        "nose": on_head(figure, NOSE),
        "chin": on_head(figure, CHIN),
        "shoulders": middle("upperarm01"),
        "chest": chest + figure.rotation("spine02") @ np.array([0.0, -0.5 * figure.size.chest_front, 0.0]),
        "waist": figure.joint("spine04"),
        "hip": hip,
        "mid_thigh": (hip + knee) / 2,
        "knee": knee,
        "ankle": ankle,
        "sole": ankle - np.array([0.0, 0.0, figure.size.ankle_height]),
    }


@dataclass(frozen=True)
class _Local:
    placement: Placement

    def point(self, p: Vec3 | None) -> F64 | None:
        if p is None:
            return None
        return rz(-self.placement.yaw_deg) @ (np.asarray(p, float) - np.asarray(self.placement.position, float))


@dataclass(frozen=True)
class _World:
    placement: Placement

    def point(self, p: F64) -> Vec3:
        x, y, z = rz(self.placement.yaw_deg) @ p + np.asarray(self.placement.position, float)
        return (float(x), float(y), float(z))

    def frame(self, m: F64) -> F64:
        out = m.copy()
        out[:3, :3] = rz(self.placement.yaw_deg) @ m[:3, :3]
        out[:3, 3] = self.point(m[:3, 3])
        return out


def _target(figure: Figure, performance: Performance, targets: PoseTargets, to_local: _Local,
            rng: np.random.Generator) -> F64 | None:  # fmt: skip
    """The point looked at, in the figure's frame; None for someone lying who looks at nothing."""
    given = to_local.point(targets.gaze)
    if given is not None:
        return given
    yaw, pitch = _GAZE_WORDS.get(performance.gaze or "", (0.0, 0.0))
    yaw *= 1 if rng.random() < 0.5 else -1
    pitch += _IDLE_PITCH.get(performance.emotion, 0.0) * performance.intensity - 2.0
    chest = figure.rotation("spine01")
    if performance.posture is Posture.LIE:
        if (performance.gaze or "") not in _GAZE_WORDS:
            return None
        forward = chest
    else:
        facing = chest @ np.array([0.0, -1.0, 0.0])
        forward = rz(float(np.degrees(np.arctan2(facing[0], -facing[1]))))
    eyes = (figure.joint("eye.L") + figure.joint("eye.R")) / 2
    a, b = np.radians(yaw), np.radians(pitch)
    return eyes + 4.0 * forward @ np.array([np.sin(a) * np.cos(b), -np.cos(a) * np.cos(b), np.sin(b)])


def _look(figure: Figure, performance: Performance, targets: PoseTargets, to_local: _Local,
          rng: np.random.Generator) -> Look:  # fmt: skip
    figure.bend_neck(side=float(rng.uniform(-3.5, 3.5)), twist=0.0)
    target = _target(figure, performance, targets, to_local, rng.spawn(1)[0])
    if target is None:
        return Look({}, True)
    twist = performance.posture not in (Posture.LIE, Posture.DRIVE)
    return look_at(figure, target, may_twist=twist and targets.gaze is not None)


def _business(performance: Performance, situation: Situation, targets: PoseTargets, to_local: _Local,
              key: int) -> Business:  # fmt: skip
    """What the hands do. People are right-handed but for one in nine; a target well to one side takes that hand."""
    main = "L" if key % 9 == 0 else "R"
    aimed = {Gesture.REACH: targets.reach, Gesture.POINT: targets.point}.get(performance.gesture)
    goal = to_local.point(aimed)
    if goal is not None and abs(goal[0]) > 0.12:
        main = "L" if goal[0] > 0 else "R"
    if performance.gesture is Gesture.READ or targets.held_width_m > 0:
        main = "R"  # pages are made to be held by their right edge
    phoning = performance.gesture is Gesture.PHONE
    own_phone = prop_kind(performance.holding or "") in (PropKind.PHONE, PropKind.TELEPHONE)
    left, right = (to_local.point(p) for p in targets.hands or (None, None))
    return Business(
        posture=performance.posture,
        situation=situation,
        main=main,
        reach=to_local.point(targets.reach),
        point=to_local.point(targets.point),
        hold=to_local.point(targets.hold),
        hands=None if left is None or right is None else (left, right),
        holding=performance.holding is not None and not (phoning and own_phone),
        low=targets.carried_low,
        aims=targets.aimed,
        width_m=targets.held_width_m,
        table_z=None if targets.table_z is None else targets.table_z - to_local.placement.position[2],
    )


def _in_other_hand(gesture: Gesture, business: Business) -> bool:
    """A thing in the hand stays there while the other hand talks, points, waves or telephones."""
    if not business.holding or (gesture is Gesture.POINT and business.aims):
        return False
    return gesture in (Gesture.TALK, Gesture.POINT, Gesture.WAVE, Gesture.REACH, Gesture.PHONE, Gesture.HAND_TO_FACE)


def _act(figure: Figure, performance: Performance, business: Business, rng: np.random.Generator) -> None:
    gesture = performance.gesture
    if gesture is Gesture.REST and business.holding:
        gesture = Gesture.HOLD
    GESTURES[gesture](figure, business, rng)
    if _in_other_hand(gesture, business):
        hold_arm(figure, other(business.main), business)
    keep_clear(figure)
