"""The beats of a shot, played: everybody's places, ways, footfalls, looks and words as one `Actor` each."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.cast import Gesture, Identity, Performance, Posture
from maquette.film.stage import SetPlan, SpotUse
from maquette.film.take import Beat
from maquette.stage.acting import BLEND_S, Actor, Look, Stretch, Turn
from maquette.stage.attitude import Cycle, Still, feeling_of
from maquette.stage.blocking import Place
from maquette.stage.footwork import Foot, Gait, Plant, Way, gait_of, way_time
from maquette.stage.itinerary import SAME_PLACE_M, WALKS, Floor, Station, stand_beside, stations
from maquette.stage.people.figure import SIDES, Figure, rz
from maquette.stage.people.pose_solver import PoseTargets
from maquette.stage.people.rig import BodyShape, load_rig
from maquette.stage.people.visemes import mouth_of
from maquette.stage.turns import widest

F64 = NDArray[np.float64]
Targets = Callable[[int, Performance, Mapping[str, Place]], PoseTargets]
"""What somebody's performance in a beat refers to, with everybody at these places."""

LOW = (Posture.SIT, Posture.LIE, Posture.KNEEL, Posture.CROUCH, Posture.DRIVE)
RISE_S = 1.05
"""Getting up, sitting down."""
STEP_M, STEP_DEG = 0.03, 8.0
"""A foot that would have to come less far stays where it is."""
TURN_FIRST_DEG = 65.0
"""Who walks off further to the side than this turns on the spot first."""
_STANDING = (SpotUse.STAND, SpotUse.WALK)
_RELATIVE = ("down", "up", "away")


@dataclass(frozen=True, eq=False)
class Score:
    """A shot's beats with everybody's places in them: what the actors play from."""

    beats: tuple[Beat, ...]
    places: tuple[Mapping[str, Place], ...]
    """By beat, as blocked; those who are not there yet stand where they come in."""
    panel: int
    """The beat that the panel shows."""
    duration_s: float
    plan: SetPlan
    seed: Callable[[Identity], int]
    rhythm: int = 0
    """The shot's own seed for blinks and breath."""

    @property
    def starts_s(self) -> list[float]:
        return [float(b.start_s) for b in self.beats]


def actors_of(score: Score, cast: Mapping[str, Identity], targets: Targets) -> dict[str, Actor]:
    """Everybody who is in the shot, by name."""
    floor = Floor.of(score.plan)
    names = [n for n in cast if all(n in p for p in score.places)]
    shapes = {n: load_rig().shape(cast[n]) for n in names}
    ways = {n: _stations(score, n, shapes[n], floor, names) for n in names}
    places = tuple(
        {n: _moved(score.places[i][n], ways[n][i]) for n in names} for i in range(len(score.beats))
    )  # fmt: skip
    actors: dict[str, Actor] = {}
    for name in names:
        part = _Part(score, cast[name], shapes[name], ways[name], places, floor, targets)
        actors[name] = part.actor(actors)
    return actors


def performances_of(score: Score, name: str) -> list[Performance]:
    return [next(p for p in b.performances if p.character == name) for b in score.beats]


def _stations(score: Score, name: str, shape: BodyShape, floor: Floor, names: Sequence[str]) -> tuple[Station, ...]:
    performances = performances_of(score, name)
    figure = Figure(shape)
    speeds = [gait_of(figure, p.posture).speed_m_s for p in performances]
    others = [[p[n].position[:2] for n in names if n != name] for p in score.places]
    return stations([p[name] for p in score.places], performances, score.starts_s, score.duration_s, score.panel,
                    speeds, floor, others)  # fmt: skip


def _moved(place: Place, station: Station) -> Place:
    """The place of a beat where the person's way ends."""
    if place.use in (SpotUse.SIT, SpotUse.LIE, SpotUse.DRIVE):
        return place
    return replace(place, position=(station.end[0], station.end[1], place.position[2]))


@dataclass(eq=False)
class _Part:
    """One person's part, worked out beat by beat."""

    score: Score
    identity: Identity
    shape: BodyShape
    stations: tuple[Station, ...]
    places: tuple[Mapping[str, Place], ...]
    floor: Floor
    targets: Targets
    stretches: list[Stretch] = field(default_factory=list)
    plants: dict[str, list[Plant]] = field(default_factory=lambda: {"L": [], "R": []})
    free_s: float = -np.inf
    """Until then the body is busy with what it does."""

    def __post_init__(self) -> None:
        self.name = self.identity.name
        self.seed = self.score.seed(self.identity)
        self.performances = performances_of(self.score, self.name)
        self.starts = self.score.starts_s

    def actor(self, actors: Mapping[str, Actor]) -> Actor:
        stills = [self._still(i, self.places[i][self.name]) for i in range(len(self.performances))]
        i = 0
        while i < len(stills):
            last = i
            if self._comes_in_after(i):
                i += 1
                continue
            if self.performances[i].posture in WALKS:
                while last + 1 < len(stills) and self.performances[last + 1].posture in WALKS:
                    last += 1
            self._play(i, last, stills[last])
            i = last + 1
        turns = [self._turn(i, still, actors) for i, still in enumerate(stills)]
        mouths = [
            mouth_of(s.words, float(s.start_s), float(s.end_s))
            for b in self.score.beats for s in b.speeches if s.character == self.name
        ]  # fmt: skip
        return Actor(self.shape, self.identity, self.seed, self.stretches, turns, self.plants, mouths,
                     self.score.rhythm)  # fmt: skip

    def _comes_in_after(self, i: int) -> bool:
        """A beat of no time that only says that this person is not there yet: the next finds them on their way."""
        if i or len(self.starts) < 2 or self.starts[1] > self.starts[0] or self.performances[0].present:
            return False
        start, end = self.stations[1].start, self.stations[1].end
        return float(np.hypot(end[0] - start[0], end[1] - start[1])) > SAME_PLACE_M

    # --- poses -----------------------------------------------------------------------------------------------

    def _still(self, i: int, place: Place, *, upright: bool = False) -> Still:
        performance = self.performances[i]
        if performance.posture in WALKS or upright:
            gesture = performance.gesture if performance.gesture is not Gesture.TYPE else Gesture.REST
            performance = performance.model_copy(update={"posture": Posture.STAND, "gesture": gesture})
            place = replace(place, use=SpotUse.STAND, seat_height_m=0.0)
        targets = self.targets(i, performance, {**self.places[i], self.name: place})
        return Still(self.shape, performance, place, targets, self.seed)

    def _turn(self, i: int, still: Still, actors: Mapping[str, Actor]) -> Turn:
        performance = self.performances[i]
        face = dict(feeling_of(performance, self.seed, zlib.crc32(self.name.encode())))
        return Turn(self.starts[i], self._look(performance, still, actors), performance, face)

    def _look(self, performance: Performance, still: Still, actors: Mapping[str, Actor]) -> Look:
        word, name = performance.gaze, self.name
        if word is not None and word != name and word in self.places[0]:
            fixed = still.look
            return lambda t: actors[word].eyes_guess(t) if word in actors else fixed
        near = float(np.linalg.norm(still.look - still.eyes)) < 1.3
        if word is None or word in _RELATIVE or near:
            away = rz(-still.place.yaw_deg) @ (still.look - np.array(still.place.position))

            def ahead(t: float) -> F64:
                if name not in actors:
                    return still.look
                ground = actors[name].ground(t)
                return ground.place + rz(ground.yaw_deg) @ away

            return ahead
        return lambda t: still.look

    # --- moves -----------------------------------------------------------------------------------------------

    def _play(self, i: int, last: int, still: Still) -> None:
        """What the beats i..last ask for; more than one where they are one walk."""
        t = max(self.starts[i], self.free_s) if self.stretches else self.starts[i]
        station = self.stations[i]
        end = self.stations[last].end
        at = self._at() if self.stretches else station.start
        far = float(np.hypot(end[0] - at[0], end[1] - at[1]))
        beside = stand_beside(still.place)
        if not self.stretches and not (station.under_way and far > SAME_PLACE_M):
            first = self._opening(i, still, at, far)
            self._begin(first)
        if far > SAME_PLACE_M:
            self._walk(i, last, t, at, end)
            if still.place.use is not SpotUse.STAND or self.performances[last].posture in LOW:
                before = replace(still.place, position=(*beside, still.place.position[2]))
                self._shift(still, self.free_s, self._still(last, before, upright=True))
            return
        if self.stretches[-1].pose is not still:
            self._shift(still, t)

    def _opening(self, i: int, still: Still, at: Sequence[float], far: float) -> Still:
        """How somebody is found at the beginning: as their beat has them, or waiting to walk to it."""
        if far <= SAME_PLACE_M:
            return still
        place = replace(still.place, position=(at[0], at[1], still.place.position[2]))
        return self._still(i, place, upright=True)

    def _at(self) -> tuple[float, float]:
        last = self.stretches[-1]
        if last.place is not None:
            return stand_beside(last.place)
        assert last.way is not None
        x, y, _ = last.way.points[-1]
        return float(x), float(y)

    def _begin(self, still: Still) -> None:
        self.stretches.append(Stretch(self.starts[0], BLEND_S, still, still.place))
        for side in SIDES:
            self.plants[side].append(Plant(still.feet[side], -np.inf, np.inf))

    def _shift(self, still: Still, t_s: float, before: Still | None = None) -> None:
        """From one pose to the next without walking; the feet step where they have to."""
        old = self.stretches[-1]
        old_pose = before or old.pose
        was = old_pose.performance.posture if isinstance(old_pose, Still) else Posture.STAND
        rises = (was in LOW) != (still.performance.posture in LOW) or (
            was in LOW and was is not still.performance.posture
        )
        yaw = old.place.yaw_deg if old.place is not None else still.place.yaw_deg
        turn = abs(_turned(yaw, still.place.yaw_deg))
        seconds = RISE_S if rises else 0.6 + turn / 140.0
        moved = self._step_to(still, t_s, seconds, turn)
        blend = RISE_S if rises else (max(BLEND_S, 0.9 * seconds) if moved else BLEND_S)
        if isinstance(old.pose, Still):
            # Arms that have far to go take longer.
            far = float(np.degrees(widest(old.pose.bearing.turns, still.bearing.turns)))
            blend = max(blend, BLEND_S * float(np.clip(far / 75.0, 1.0, 1.6)))
        self.stretches.append(Stretch(t_s, blend, still, still.place, moves_s=seconds))
        self.free_s = t_s + (seconds if moved or rises else 0.35)

    def _step_to(self, still: Still, t_s: float, seconds: float, turn_deg: float) -> bool:
        """Plan the steps into a pose, the foot with the longer way first. False: the feet stay."""
        ways = {side: _apart(self.plants[side][-1].foot, still.feet[side]) for side in SIDES}
        todo = sorted((s for s in SIDES if ways[s] > 1.0), key=lambda s: -ways[s])
        if not todo:
            return False
        rounds = 2 if turn_deg > 70.0 and len(todo) == 2 else 1
        span = seconds / (rounds * len(todo))
        t = t_s + 0.04
        for n in range(rounds):
            for side in todo:
                foot = still.feet[side]
                if n + 1 < rounds:
                    foot = _half_way(self.plants[side][-1].foot, foot)
                self._plant(side, foot, t, t + 0.88 * span)
                t += span
        return True

    def _plant(self, side: str, foot: Foot, lift_s: float, touch_s: float) -> None:
        plants = self.plants[side]
        lift_s = max(lift_s, plants[-1].start_s + 0.05)
        plants[-1] = replace(plants[-1], end_s=lift_s, push_deg=min(10.0, 40.0 * _far(plants[-1].foot, foot)))
        plants.append(Plant(foot, max(touch_s, lift_s + 0.12), np.inf))

    def _walk(self, i: int, last: int, t_s: float, at: Sequence[float], end: Sequence[float]) -> None:
        """The walk that the beats i..last are, or that brings somebody to their place."""
        others = [p.position[:2] for n, p in self.places[last].items() if n != self.name]
        flat = self.floor.way(at, end, others)
        from_rest = bool(self.stretches)
        place = self.places[last][self.name]
        begun, z0 = self.starts[i], place.position[2]
        if from_rest:
            begun = self._set_off(i, t_s, flat)
            z0 = self._height()
        points = np.column_stack([flat, np.linspace(z0, place.position[2], len(flat))])
        way, arrival = self._way(i, last, begun, points, from_rest)
        performance = self.performances[i]
        cycle = Cycle(self.shape, performance, self.targets(i, performance, self.places[i]), way.gait, self.seed)
        self.stretches.append(Stretch(begun, 0.5, cycle, way=way))
        rest = self._still(last, arrival, upright=True) if way.to_rest else None
        self._tread(way, rest)
        self.free_s = way.end_s
        if rest is None:
            return
        self.stretches.append(Stretch(way.end_s - 0.3, 0.65, rest, rest.place, moves_s=0.35))
        self.free_s = way.end_s + 0.35
        if place.use in _STANDING and abs(_turned(arrival.yaw_deg, place.yaw_deg)) > 1.0:
            self._shift(self._still(last, replace(arrival, yaw_deg=place.yaw_deg), upright=True), self.free_s)

    def _way(self, i: int, last: int, begun: float, points: F64, from_rest: bool) -> tuple[Way, Place]:
        """The way along these points, and the place where it ends."""
        gait = gait_of(Figure(self.shape), self.performances[i].posture)
        place, goes_on = self.places[last][self.name], self.stations[last].goes_on
        length = float(np.linalg.norm(np.diff(points[:, :2], axis=0), axis=1).sum())
        left = max((*self.starts, self.score.duration_s)[last + 1] - begun, 0.1)
        seconds, speed = self._pace(gait, length, left, from_rest, not goes_on)
        if goes_on and seconds < left - 0.3:
            # The floor ends before the beat does: they come to a stand there.
            goes_on = False
            seconds, speed = self._strolled(gait, length, left, from_rest)
        heading = _heading(points[-2], points[-1])
        straight_in = place.use in _STANDING and abs(_turned(heading, place.yaw_deg)) < TURN_FIRST_DEG
        x, y, z = (float(v) for v in points[-1])
        arrival = replace(place, position=(x, y, z), use=SpotUse.STAND, seat_height_m=0.0,
                          yaw_deg=place.yaw_deg if straight_in else heading)  # fmt: skip
        first = _heading(points[0], points[1])
        start_yaw = self._yaw() if from_rest else first
        lead = "L" if _turned(start_yaw, first) >= 0 else "R"
        end_s = begun + seconds
        return Way(gait, points, begun, end_s, speed, from_rest, not goes_on, start_yaw, arrival.yaw_deg, lead), arrival

    def _tread(self, way: Way, rest: Still | None) -> None:
        """The footfalls of a way, from the feet that stand now to those of `rest`."""
        for side in SIDES:
            before = self.plants[side][-1].foot if way.from_rest else None
            planned = way.plants(side, before, None if rest is None else rest.feet[side])
            if way.from_rest:
                stood = self.plants[side].pop()
                planned[0] = replace(planned[0], start_s=stood.start_s)
            self.plants[side] += planned

    def _set_off(self, i: int, t_s: float, flat: F64) -> float:
        """Get up and turn before a walk; when the first step can be made."""
        old = self.stretches[-1]
        assert old.place is not None
        x, y = stand_beside(old.place)
        z = old.place.position[2]
        pose = old.pose
        if isinstance(pose, Still) and (pose.performance.posture in LOW or old.place.use is SpotUse.SIT):
            self._shift(self._still(i, replace(old.place, position=(x, y, z)), upright=True), t_s)
            t_s = self.free_s
        heading = _heading(flat[0], flat[1])
        if abs(_turned(self._yaw(), heading)) > TURN_FIRST_DEG:
            place = self.stretches[-1].place
            assert place is not None
            self._shift(self._still(i, replace(place, yaw_deg=heading), upright=True), t_s)
            t_s = self.free_s
        return t_s

    def _yaw(self) -> float:
        place = self.stretches[-1].place
        return 0.0 if place is None else place.yaw_deg

    def _height(self) -> float:
        place = self.stretches[-1].place
        return 0.0 if place is None else place.position[2]

    @staticmethod
    def _pace(gait: Gait, length: float, available_s: float, from_rest: bool, to_rest: bool) -> tuple[float, float]:
        """(seconds, speed): the usual one, up to a third faster for those who have to be there in time."""
        seconds, speed = way_time(length, gait.speed_m_s, from_rest, to_rest)
        if seconds > available_s and from_rest:
            hurried = gait.speed_m_s * min(1.35, seconds / available_s)
            seconds, speed = way_time(length, hurried, from_rest, to_rest)
        return seconds, speed

    def _strolled(self, gait: Gait, length: float, available_s: float, from_rest: bool) -> tuple[float, float]:
        """A walk for its own sake on a short floor: slower, so that it fills the beat as far as it can."""
        seconds, speed = self._pace(gait, length, available_s, from_rest, to_rest=True)
        if seconds < available_s:
            slower = gait.speed_m_s * max(0.72, seconds / available_s)
            seconds, speed = way_time(length, slower, from_rest, to_rest=True)
        return seconds, speed


def _turned(a_deg: float, b_deg: float) -> float:
    """Degrees from one yaw to another, the short way."""
    return (b_deg - a_deg + 180.0) % 360.0 - 180.0


def _heading(a: Sequence[float] | F64, b: Sequence[float] | F64) -> float:
    return float(np.degrees(np.arctan2(b[0] - a[0], -(b[1] - a[1]))))


def _far(a: Foot, b: Foot) -> float:
    return float(np.linalg.norm(a.ankle - b.ankle))


def _apart(a: Foot, b: Foot) -> float:
    """How far two feet are apart, 1 where it takes a step."""
    twist = b.turn @ a.turn.T
    angle = float(np.degrees(np.arccos(np.clip((np.trace(twist) - 1) / 2, -1, 1))))
    return _far(a, b) / STEP_M + angle / STEP_DEG


def _half_way(a: Foot, b: Foot) -> Foot:
    twist = b.turn @ a.turn.T
    angle = float(np.degrees(np.arctan2(twist[1, 0] - twist[0, 1], twist[0, 0] + twist[1, 1])))
    return Foot((a.ankle + b.ankle) / 2, rz(angle / 2) @ a.turn)
