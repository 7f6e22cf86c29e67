"""One person over the time of a shot: where they are, how they move from one thing to the next, what their face does.

What a beat asks for is a pose that is solved once (`attitude`). Between beats poses are blended bone by bone, eyes go
before the head, and feet step (`footwork`). Breath, blinks and small shifts lie on top.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.cast import Identity, Performance, Posture
from maquette.film.stage import facing_vector
from maquette.stage.attitude import Bearing, Cycle, Still, figure_of, mixed
from maquette.stage.blocking import Place
from maquette.stage.footwork import LIFT, Plant, Step, Way, step_at
from maquette.stage.people.expressions import played
from maquette.stage.people.figure import NECK, SIDES, Figure, rx, ry, rz, sign, unit
from maquette.stage.people.gaze import turn_eyes
from maquette.stage.people.liveliness import liveliness
from maquette.stage.people.pose_solver import Placement, SolvedPose, solved
from maquette.stage.people.rig import BodyShape
from maquette.stage.people.visemes import Mouth

F64 = NDArray[np.float64]
BLEND_S = 0.55
FACE_S = 0.4
HEAD_LAG_S = 0.1
"""Eyes are there before the head starts."""
SACCADE_S = 0.06
WIDE_LOOK_DEG = 22.0
"""A look that turns so far takes a blink along."""
_FREE_LEGS = (Posture.LIE, Posture.KNEEL, Posture.CROUCH, Posture.DRIVE)
_UPRIGHT = (Posture.STAND, Posture.WALK, Posture.RUN)
_HEAD_SHARE = (0.15, 0.2, 0.25, 0.4)

LEG_REACH = 0.988
"""A leg is never stretched further: a straight knee would snap."""

Look = Callable[[float], F64]
"""World point that is looked at, by time."""


@dataclass(frozen=True, eq=False)
class Stretch:
    """From `start_s` on somebody stands, sits or walks so."""

    start_s: float
    blend_s: float
    pose: Still | Cycle
    place: Place | None = None
    """Where, while they stay; None on a way."""
    way: Way | None = None
    moves_s: float = 0.6
    """How long place and facing take to come over from the stretch before."""


@dataclass(frozen=True, eq=False)
class Turn:
    """A new thing to look at, a new feeling, at the beginning of a beat."""

    start_s: float
    look: Look
    performance: Performance
    face: dict[str, float]


@dataclass(frozen=True, eq=False)
class Ground:
    """The body's place on the floor and its facing."""

    place: F64
    yaw_deg: float


class Actor:
    """A person who plays. `stretches` and `turns` in order of time; the first of each also holds before its start.

    `rhythm` is the shot's own: nobody blinks at the same second in every shot.
    """

    def __init__(
        self,
        shape: BodyShape,
        identity: Identity,
        seed: int,
        stretches: Sequence[Stretch],
        turns: Sequence[Turn],
        plants: dict[str, list[Plant]],
        mouths: Sequence[Mouth],
        rhythm: int = 0,
    ) -> None:
        self.shape, self.identity, self.seed = shape, identity, seed
        self.stretches, self.turns, self.plants, self.mouths = stretches, turns, plants, mouths
        self.key = zlib.crc32(identity.name.encode())
        self.life = liveliness(seed ^ rhythm, self.key)
        self._wide = self._wide_looks()

    # --- where -----------------------------------------------------------------------------------------------

    def _index(self, t_s: float) -> int:
        i = 0
        while i + 1 < len(self.stretches) and t_s >= self.stretches[i + 1].start_s:
            i += 1
        return i

    def ground(self, t_s: float) -> Ground:
        return self._ground(self._index(t_s), t_s)

    def _ground(self, i: int, t_s: float) -> Ground:
        stretch = self.stretches[i]
        if stretch.way is not None:
            return Ground(*stretch.way.ground(t_s))
        assert stretch.place is not None
        here = Ground(np.array(stretch.place.position, float), stretch.place.yaw_deg)
        k = _eased((t_s - stretch.start_s) / max(stretch.moves_s, 1e-6))
        if i == 0 or k >= 1:
            return here
        before = self._ground(i - 1, t_s)
        yaw = before.yaw_deg + _turn(before.yaw_deg, here.yaw_deg) * k
        return Ground(before.place + (here.place - before.place) * k, yaw)

    def ways_end(self, since_s: float, t_s: float) -> bool:
        """Whether a walk that began since then is still going on: who leaves is seen until they are out."""
        ends = [s.way.end_s for s in self.stretches if s.way is not None and s.start_s >= since_s - 1e-6]
        return bool(ends) and t_s < max(ends)

    def eyes_guess(self, t_s: float) -> F64:
        """About where the eyes are: what others look at."""
        i = self._index(t_s)
        height = self._eye_height(i)
        k = _eased((t_s - self.stretches[i].start_s) / max(self.stretches[i].blend_s, 1e-6))
        if i and k < 1:
            height = self._eye_height(i - 1) * (1 - k) + height * k
        ground = self.ground(t_s)
        return ground.place + rz(ground.yaw_deg) @ height

    def _eye_height(self, i: int) -> F64:
        pose = self.stretches[i].pose
        if isinstance(pose, Still):
            return rz(-pose.place.yaw_deg) @ (pose.eyes - np.array(pose.place.position))
        ahead, lower = _EYES_RUN if self._posture(i) is Posture.RUN else _EYES_WALK
        return np.array([0.0, -ahead, 0.925 * self.identity.height_m - lower])

    # --- pose ------------------------------------------------------------------------------------------------

    def _bearing(self, i: int, t_s: float) -> tuple[Bearing, float, float]:
        """The pose without life, and how far (yaw, pitch, degrees) the head turns on top of it."""
        stretch = self.stretches[i]
        if stretch.way is not None and isinstance(stretch.pose, Cycle):
            here = stretch.pose.at(stretch.way.phase(stretch.way.travelled(t_s)), t_s)
        else:
            assert isinstance(stretch.pose, Still)
            here = stretch.pose.at(t_s)
        yaw, pitch = self._head_turn(stretch, t_s)
        k = _eased((t_s - stretch.start_s) / max(stretch.blend_s, 1e-6))
        if i == 0 or k >= 1:
            return here, yaw, pitch
        before, yaw0, pitch0 = self._bearing(i - 1, t_s)
        return mixed(before, here, k), yaw0 + (yaw - yaw0) * k, pitch0 + (pitch - pitch0) * k

    def _head_turn(self, stretch: Stretch, t_s: float) -> tuple[float, float]:
        """Degrees between what the pose was solved to look at and what is looked at now, as far as the head goes."""
        eyes = self.eyes_guess(t_s)
        ground = self.ground(t_s)
        if isinstance(stretch.pose, Still):
            known = stretch.pose.look
        else:
            known = eyes + np.array(facing_vector(ground.yaw_deg)) * 4.0
        now = self.looked_at(t_s)
        to = rz(-ground.yaw_deg)
        yaw0, pitch0 = _angles(to @ (known - eyes))
        yaw1, pitch1 = _angles(to @ (now - eyes))
        yaw0, yaw1 = _within_reach(yaw0), _within_reach(yaw1)
        share = 0.72
        return share * (yaw1 - yaw0), share * float(np.clip(pitch1 - pitch0, -30.0, 30.0))

    def looked_at(self, t_s: float) -> F64:
        """World point that the head is turned to."""
        return self._looked_at(t_s - HEAD_LAG_S, 0.42)

    def _looked_at(self, t_s: float, takes_s: float) -> F64:
        """What is looked at; a new target is reached in `takes_s`. Directions are turned, not points moved."""
        i = self._turn_index(t_s)
        now = self.turns[i].look(t_s)
        since = t_s - self.turns[i].start_s
        if i == 0 or since >= 3 * takes_s:
            return now
        eyes = self.eyes_guess(t_s)
        a, b = self.turns[i - 1].look(t_s) - eyes, now - eyes
        # Wide turns take longer, at about the same speed: peaks of 300 degrees a second are what heads do.
        angle = float(np.degrees(np.arccos(np.clip(unit(a) @ unit(b), -1, 1))))
        k = _eased(since / (takes_s * (1 + angle / 90.0)))
        far = float(np.linalg.norm(a)) * (1 - k) + float(np.linalg.norm(b)) * k
        (ya, pa), (yb, pb) = _angles(a), _angles(b)
        yaw, pitch = np.radians(ya + _turn(ya, yb) * k), np.radians(pa + (pb - pa) * k)
        way = np.array([np.sin(yaw) * np.cos(pitch), -np.cos(yaw) * np.cos(pitch), np.sin(pitch)])
        return eyes + far * way

    def _turn_index(self, t_s: float) -> int:
        i = 0
        while i + 1 < len(self.turns) and t_s >= self.turns[i + 1].start_s:
            i += 1
        return i

    def at(self, t_s: float) -> SolvedPose:
        """Everything about the body at a time."""
        i = self._index(t_s)
        bearing, yaw, pitch = self._bearing(i, t_s)
        ground = self.ground(t_s)
        figure = figure_of(self.shape, bearing)
        self._live(figure, t_s)
        self._stand(figure, ground, i, t_s)
        for bone, share in zip(NECK, _HEAD_SHARE, strict=True):
            figure.turn(bone, rz(share * yaw) @ rx(-share * pitch))
        target = self._before_the_eyes(rz(-ground.yaw_deg) @ (self._looked_at(t_s, SACCADE_S) - ground.place), figure)
        look = turn_eyes(figure, target, self.life.glance(t_s))
        face = self._face(t_s, look.face)
        pose = self.stretches[i].pose.solved
        place = (float(ground.place[0]), float(ground.place[1]), float(ground.place[2]))
        placement = Placement(place, ground.yaw_deg)
        return solved(figure, placement, face, pose.acting_hand, pose.holding_hand, look.reached)

    @staticmethod
    def _before_the_eyes(target: F64, figure: Figure) -> F64:
        """A point behind the back is looked at over the shoulder, as far as that goes."""
        eyes = (figure.joint("eye.L") + figure.joint("eye.R")) / 2
        away = target - eyes
        yaw, _ = _angles(away)
        return eyes + rz(_within_reach(yaw, 100.0) - yaw) @ away

    # --- life ------------------------------------------------------------------------------------------------

    def _live(self, figure: Figure, t_s: float) -> None:
        """Breath and small shifts of weight and head."""
        life, posture = self.life, self.posture(t_s)
        breath = life.breath(t_s)
        figure.bend_spine(forward=-0.8 * breath, low=0.3)
        for side in SIDES:
            figure.turn(f"clavicle.{side}", ry(-sign(side) * 0.7 * breath))
        steady = 0.35 if posture in (Posture.WALK, Posture.RUN) else 1.0
        speech = self._stress(t_s)
        figure.bend_neck(
            forward=0.6 * breath + steady * (1.1 * life.drift(2, t_s) + 2.6 * speech),
            side=steady * 1.1 * life.drift(3, t_s),
            twist=steady * 1.6 * life.drift(4, t_s),
        )
        if posture is Posture.STAND:
            figure.turn("root", ry(0.6 * life.drift(0, t_s)))
            figure.bend_spine(side=-0.8 * life.drift(0, t_s), low=0.5)
            figure.move(np.array([0.011 * life.drift(0, t_s), 0.006 * life.drift(1, t_s), 0.0]))
        elif posture is Posture.SIT:
            figure.bend_spine(side=0.7 * life.drift(0, t_s), forward=0.8 * life.drift(1, t_s), low=0.6)

    def _stress(self, t_s: float) -> float:
        """-0.5..0.5 of a nod with what is being said, smooth over a fifth of a second."""
        mouth = self._mouth(t_s)
        if mouth is None:
            return 0.0
        around = [mouth.loudness(t_s + d) for d in (-0.2, -0.1, 0.0, 0.1, 0.2)]
        weights = (0.1, 0.25, 0.3, 0.25, 0.1)
        loud = sum(w * v for w, v in zip(weights, around, strict=True))
        return mouth.speaking(t_s) * (loud - 0.4)

    def posture(self, t_s: float) -> Posture:
        """What the body does at a time, walks included."""
        return self._posture(self._index(t_s))

    def _posture(self, i: int) -> Posture:
        stretch = self.stretches[i]
        if stretch.way is not None:
            return stretch.way.gait.posture
        assert isinstance(stretch.pose, Still)
        return stretch.pose.performance.posture

    # --- legs ------------------------------------------------------------------------------------------------

    def steps(self, t_s: float) -> dict[str, Step]:
        """Where both feet are, world."""
        figure = Figure(self.shape)
        lift = self._lift(t_s)
        return {side: step_at(figure, self.plants[side], t_s, lift) for side in SIDES}

    def _lift(self, t_s: float) -> float:
        way = self.stretches[self._index(t_s)].way
        return LIFT if way is None else way.gait.lift

    def _stand(self, figure: Figure, ground: Ground, i: int, t_s: float) -> None:
        """Solve the legs for where the feet are; the hips come down as far as the legs need."""
        weight = self._on_feet(i, t_s)
        if weight <= 0:
            return
        to = rz(-ground.yaw_deg)
        steps = self.steps(t_s)
        feet: dict[str, tuple[F64, F64, float]] = {}
        for side, step in steps.items():
            ankle, turn = to @ (step.ankle - ground.place), to @ step.turn
            if weight < 1:
                free, loose = figure.joint(f"foot.{side}"), figure.rotation(f"foot.{side}")
                ankle = free + (ankle - free) * weight
                turn = turn if weight > 0.5 else loose
            feet[side] = (ankle, turn, step.toes_deg)
        poles = {side: self._pole(figure, side, feet[side][1]) for side in SIDES}
        for side in SIDES:
            hip, ankle = figure.joint(f"upperleg01.{side}"), feet[side][0]
            flat = hip[:2] - ankle[:2]
            reach = LEG_REACH * figure.size.leg
            top = ankle[2] + np.sqrt(max(reach**2 - float(flat @ flat), 0.01))
            figure.move(np.array([0.0, 0.0, -max(0.0, hip[2] - top)]))
        for side, (ankle, turn, toes) in feet.items():
            # Thigh and shank are bones of two parts: what a first try misses by, millimetres, the second makes good.
            figure.reach_leg(side, ankle, poles[side], turn, toes)
            missed = ankle - figure.joint(f"foot.{side}")
            figure.reach_leg(side, ankle + missed, poles[side], turn, toes)

    def _on_feet(self, i: int, t_s: float) -> float:
        """0..1 whether the legs are solved for planted feet: not for those who lie, kneel, crouch or drive."""
        here = 0.0 if self._posture(i) in _FREE_LEGS else 1.0
        k = _eased((t_s - self.stretches[i].start_s) / max(self.stretches[i].blend_s, 1e-6))
        if i and k < 1:
            before = 0.0 if self._posture(i - 1) in _FREE_LEGS else 1.0
            return before + (here - before) * k
        return here

    @staticmethod
    def _pole(figure: Figure, side: str, foot: F64) -> F64:
        """Where the knee points: as it does in the pose, and the more the straighter the leg, over the toes."""
        hip, knee, ankle = (figure.joint(f"{b}.{side}") for b in ("upperleg01", "lowerleg01", "foot"))
        bent = knee - (hip + ankle) / 2
        along = unit(ankle - hip)
        bent = bent - (bent @ along) * along
        toes = foot @ np.array([0.0, -1.0, 0.0])
        return unit(bent + 0.10 * figure.size.leg * unit(np.array([toes[0], toes[1], 0.1])))

    # --- face ------------------------------------------------------------------------------------------------

    def _mouth(self, t_s: float) -> Mouth | None:
        near = [m for m in self.mouths if m.times[0] - 0.4 <= t_s <= m.times[-1] + 0.4]
        return min(near, key=lambda m: max(m.times[0] - t_s, t_s - m.times[-1], 0.0), default=None)

    def _face(self, t_s: float, lids: dict[str, float]) -> dict[str, float]:
        i = self._turn_index(t_s)
        turn = self.turns[i]
        feeling, shut = turn.face, float(turn.performance.eyes_closed)
        k = _eased((t_s - turn.start_s) / FACE_S)
        if i and k < 1:
            before = self.turns[i - 1]
            names = {**before.face, **turn.face}
            feeling = {n: before.face.get(n, 0.0) * (1 - k) + turn.face.get(n, 0.0) * k for n in names}
            shut = float(before.performance.eyes_closed) * (1 - k) + shut * k
        mouth = self._mouth(t_s)
        speech = 0.0 if mouth is None else mouth.speaking(t_s)
        shape = {} if mouth is None else mouth.at(t_s)
        blink = self.life.blink(t_s, self._wide)
        return played(feeling, mouth=shape, speech=speech, lids=lids, blink=blink, eyes_closed=shut)

    def _wide_looks(self) -> tuple[float, ...]:
        found: list[float] = []
        for before, turn in zip(self.turns, self.turns[1:], strict=False):
            t = turn.start_s
            eyes = self.eyes_guess(t)
            a, b = unit(before.look(t) - eyes), unit(turn.look(t) - eyes)
            if float(np.degrees(np.arccos(np.clip(a @ b, -1, 1)))) > WIDE_LOOK_DEG:
                found.append(t + 0.02)
        return tuple(found)


_EYES_WALK, _EYES_RUN = (0.17, 0.01), (0.30, 0.12)
"""How far (m) the eyes are ahead of the hips, and below those of someone who stands: who runs leans and bends."""


def _angles(d: F64) -> tuple[float, float]:
    return (float(np.degrees(np.arctan2(d[0], -d[1]))), float(np.degrees(np.arctan2(d[2], np.hypot(d[0], d[1])))))


def _within_reach(yaw_deg: float, most_deg: float = 75.0) -> float:
    """A yaw that a head can take; right behind it is neither left nor right, so that it never changes in a jump."""
    fade = float(np.clip((180.0 - abs(yaw_deg)) / 50.0, 0.0, 1.0))
    return float(np.clip(yaw_deg, -most_deg, most_deg)) * fade


def _eased(x: float) -> float:
    x = float(np.clip(x, 0.0, 1.0))
    return x * x * (3 - 2 * x)


def _turn(start_deg: float, end_deg: float) -> float:
    return (end_deg - start_deg + 180.0) % 360.0 - 180.0
