"""Solved poses that are kept, and blended from: somebody as they stand or sit, and the cycle of their walk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from maquette.film.cast import Gesture, Performance
from maquette.stage.blocking import Place
from maquette.stage.footwork import Foot, Gait
from maquette.stage.people.expressions import expression
from maquette.stage.people.figure import SIDES, Figure, rz
from maquette.stage.people.gaze import eye_axes
from maquette.stage.people.pose_solver import Placement, PoseTargets, SolvedPose, solve_pose
from maquette.stage.people.rig import BodyShape, load_rig
from maquette.stage.people.strokes import NO_STROKES, Strokes
from maquette.stage.turns import blended, matrices_of, turns_of

F64 = NDArray[np.float64]
_CYCLE = 20
"""Poses of a stride that are solved; the others lie between two of them."""
_RESTLESS = (Gesture.TALK, Gesture.WAVE, Gesture.TYPE)
"""Gestures that move by themselves."""
_RESTLESS_STEP_S = {Gesture.TALK: 0.25, Gesture.WAVE: 1 / 12, Gesture.TYPE: 1 / 12}
_KEPT_DRAWINGS = 12


@dataclass(frozen=True, eq=False)
class Bearing:
    """A pose over a place on the floor, ready to be blended."""

    turns: F64
    """(B, 4) of `Rig.bones`, rest axes."""
    shift: F64
    """(3,) of the body from its place, in its own frame."""


def mixed(a: Bearing, b: Bearing, k: float) -> Bearing:
    return Bearing(blended(a.turns, b.turns, k), a.shift + (b.shift - a.shift) * k)


def bearing_of(solved: SolvedPose, placement: Placement) -> Bearing:
    rig = load_rig()
    matrices = np.tile(np.eye(3), (len(rig.bones), 1, 1))
    for name, turn in solved.pose.rotations.items():
        matrices[rig.bone_index[name]] = turn
    shift = rz(-placement.yaw_deg) @ (np.array(solved.pose.position) - np.array(placement.position))
    return Bearing(turns_of(matrices), shift)


def figure_of(shape: BodyShape, bearing: Bearing) -> Figure:
    """A figure in a bearing, in its own frame."""
    figure = Figure(shape)
    names = figure.rig.bones
    moved = np.flatnonzero(np.abs(bearing.turns[:, 3]) < 1 - 1e-9)
    matrices = matrices_of(bearing.turns[moved])
    figure.local = {names[i]: m for i, m in zip(moved, matrices, strict=True)}
    figure.shift = bearing.shift.copy()
    return figure


@dataclass(eq=False)
class Still:
    """Somebody at a place, doing one thing."""

    shape: BodyShape
    performance: Performance
    place: Place
    targets: PoseTargets
    seed: int
    strokes: Strokes = NO_STROKES
    """When talking hands are up."""
    _drawings: dict[int, Bearing] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.placement = Placement(self.place.position, self.place.yaw_deg, self.place.use, self.place.seat_height_m,
                                   edge_ahead=self.place.edge_ahead)  # fmt: skip
        self.solved = self._solve(0.0)
        self.bearing = bearing_of(self.solved, self.placement)
        figure = figure_of(self.shape, self.bearing)
        turn, at = rz(self.place.yaw_deg), np.array(self.place.position, float)
        self.feet: dict[str, Foot] = {
            side: Foot(at + turn @ figure.joint(f"foot.{side}"), turn @ figure.rotation(f"foot.{side}"))
            for side in SIDES
        }
        eyes = (figure.joint("eye.L") + figure.joint("eye.R")) / 2
        axes = eye_axes(self.shape)
        ahead = sum((figure.rotation(f"eye.{s}") @ axes[s] for s in SIDES), np.zeros(3))
        self.eyes: F64 = at + turn @ eyes
        looked = self.eyes + turn @ (ahead / np.linalg.norm(ahead)) * 4.0
        self.look: F64 = looked if self.targets.gaze is None else np.array(self.targets.gaze)
        """World point that this pose looks at."""

    def _solve(self, t_s: float) -> SolvedPose:
        still = self.performance.model_copy(update={"speaking": False})
        return solve_pose(self.shape, still, self.placement, self.targets, t_s, self.seed)

    @cached_property
    def _resting(self) -> Bearing:
        """The pose with the hands that talk at rest."""
        quiet = self.performance.model_copy(update={"speaking": False, "gesture": at_rest(self.performance)})
        return bearing_of(solve_pose(self.shape, quiet, self.placement, self.targets, 0.0, self.seed), self.placement)

    def at(self, t_s: float) -> Bearing:
        step = _RESTLESS_STEP_S.get(self.performance.gesture)
        if step is None:
            return self.bearing
        if self.performance.gesture is not Gesture.TALK:
            return self._restless(t_s, step)
        up = self.strokes.at(t_s)
        return mixed(self._resting, self._restless(t_s, step), up) if up > 0 else self._resting

    def _restless(self, t_s: float, step: float) -> Bearing:
        i = int(np.floor(t_s / step))
        # Breath is laid on top of every pose alike: what the solver adds for its own time is the same small nod.
        k = t_s / step - i
        return mixed(self._drawing(i, step), self._drawing(i + 1, step), k * k * (3 - 2 * k))

    def _drawing(self, i: int, step: float) -> Bearing:
        if i not in self._drawings:
            self._drawings[i] = bearing_of(self._solve(i * step), self.placement)
            while len(self._drawings) > _KEPT_DRAWINGS:
                self._drawings.pop(next(iter(self._drawings)))
        return self._drawings[i]


@dataclass(eq=False)
class Cycle:
    """Somebody walking or running, in their own frame, by the phase of the stride."""

    shape: BodyShape
    performance: Performance
    targets: PoseTargets
    gait: Gait
    seed: int
    strokes: Strokes = NO_STROKES
    """When talking hands are up."""
    _poses: dict[tuple[int, bool], Bearing] = field(default_factory=dict)

    def at(self, phase: float, t_s: float) -> Bearing:
        if self.performance.gesture is not Gesture.TALK:
            return self._stride(phase, talks=True)
        up, resting = self.strokes.at(t_s), self._stride(phase, talks=False)
        return mixed(resting, self._stride(phase, talks=True), up) if up > 0 else resting

    def _stride(self, phase: float, *, talks: bool) -> Bearing:
        x = (phase % 1.0) * _CYCLE
        i = int(x)
        return mixed(self._pose(i % _CYCLE, talks), self._pose((i + 1) % _CYCLE, talks), x - i)

    @cached_property
    def solved(self) -> SolvedPose:
        return self._solve(0, talks=True)

    def _solve(self, i: int, talks: bool) -> SolvedPose:
        ahead = PoseTargets(carried_low=self.targets.carried_low, aimed=self.targets.aimed,
                            held_width_m=self.targets.held_width_m)  # fmt: skip
        gesture = self.performance.gesture if talks else at_rest(self.performance)
        walking = self.performance.model_copy(
            update={"speaking": False, "gaze": None, "posture": self.gait.posture, "gesture": gesture}
        )
        return solve_pose(self.shape, walking, Placement((0.0, 0.0, 0.0)), ahead, 0.0, self.seed, i / _CYCLE)

    def _pose(self, i: int, talks: bool) -> Bearing:
        if (i, talks) not in self._poses:
            self._poses[i, talks] = bearing_of(self._solve(i, talks), Placement((0.0, 0.0, 0.0)))
        return self._poses[i, talks]


def at_rest(performance: Performance) -> Gesture:
    """What hands do between the strokes of their talking: hold what they hold, or nothing."""
    return Gesture.HOLD if performance.holding is not None else Gesture.REST


def feeling_of(performance: Performance, seed: int, key: int) -> Mapping[str, float]:
    """Weights of the face's feeling alone: no words, no blink, no look."""
    return expression(performance.emotion, performance.intensity, (seed ^ key) & 0x7FFFFFFF)
