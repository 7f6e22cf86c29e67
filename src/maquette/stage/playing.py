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
from maquette.stage.doors import passage_of
from maquette.stage.footwork import Foot, Plant, Way, gait_of, way_time
from maquette.stage.itinerary import SAME_PLACE_M, WALKS, WAY_IN, Floor, Station, stand_beside, stations
from maquette.stage.pace import HURRIED, feet_apart, foot_gap, half_way, heading_of, pace, strolled, turned
from maquette.stage.people.figure import SIDES, Figure, rz
from maquette.stage.people.pose_solver import PoseTargets
from maquette.stage.people.rig import BodyShape, load_rig
from maquette.stage.people.strokes import Strokes, joined, strokes_of, unspoken
from maquette.stage.people.visemes import mouth_of
from maquette.stage.turns import widest

F64 = NDArray[np.float64]
Targets = Callable[[int, Performance, Mapping[str, Place]], PoseTargets]
"""What somebody's performance in a beat refers to, with everybody at these places."""

LOW = (Posture.SIT, Posture.LIE, Posture.KNEEL, Posture.CROUCH, Posture.DRIVE)
RISE_S = 1.05
"""Getting up, sitting down."""
ASIDE_M, STRIDE_M = 0.9, 0.5
"""So far somebody gets in a few steps without turning that way, each foot in one step or, from `STRIDE_M` on, two."""
SEEN_S = 0.4
"""Who sets off early is seen to stand for so long."""
UNSEEN_M = 1.6
"""Room behind a door in which somebody walks up to it."""
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
    subjects: tuple[str, ...] = ()
    """Whom the shot is about: they do not walk past one another."""

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
    met = [n for n in score.subjects if n != name and n in names and name in score.subjects]
    meets = [
        [p[n].position[:2] for n in met if performances_of(score, n)[i].present
         and performances_of(score, n)[i].posture not in WALKS]
        for i, p in enumerate(score.places)
    ]  # fmt: skip
    return stations([p[name] for p in score.places], performances, score.starts_s, score.duration_s, score.panel,
                    speeds, floor, others, meets)  # fmt: skip


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
        self.strokes = self._strokes()

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
        return Still(self.shape, performance, place, targets, self.seed, self.strokes)

    def _strokes(self) -> Strokes:
        """When this person's hands talk: on the words of every beat, or by themselves where the script has none."""
        ends = (*self.starts[1:], self.score.duration_s)
        found: list[Strokes] = []
        for beat, performance, end in zip(self.score.beats, self.performances, ends, strict=True):
            said = [s for s in beat.speeches if s.character == self.name]
            found += [strokes_of(s.words, float(s.start_s), float(s.end_s), self.seed) for s in said]
            if not said and performance.gesture is Gesture.TALK:
                found.append(unspoken(float(beat.start_s), end, self.seed))
        return joined(*found)

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
        if SAME_PLACE_M < far <= ASIDE_M and self._steps_over(last, still):
            self._shift(still, self._get_up(i, t))
            return
        if far > SAME_PLACE_M:
            self._walk(i, last, t - self._early(i, last, t, far), at, end)
            if still.place.use is not SpotUse.STAND or self.performances[last].posture in LOW:
                before = replace(still.place, position=(*beside, still.place.position[2]))
                self._shift(still, self.free_s, self._still(last, before, upright=True))
            return
        if self.stretches[-1].pose is not still:
            self._shift(still, t)

    def _steps_over(self, last: int, still: Still) -> bool:
        """Whether a short way is gone in a step or two, without turning into it and back: by those who end on their
        feet and whom the script does not have walk."""
        posture = self.performances[last].posture
        return bool(self.stretches) and still.place.use is SpotUse.STAND and posture not in (*WALKS, *LOW)

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
        turn = abs(turned(yaw, still.place.yaw_deg))
        gone = 0.0 if old.place is None else float(np.hypot(*np.subtract(old.place.position, still.place.position)[:2]))
        seconds = RISE_S if rises else 0.6 + turn / 140.0 + max(gone - SAME_PLACE_M, 0.0)
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
        ways = {side: feet_apart(self.plants[side][-1].foot, still.feet[side]) for side in SIDES}
        todo = sorted((s for s in SIDES if ways[s] > 1.0), key=lambda s: -ways[s])
        if not todo:
            return False
        wide = turn_deg > 70.0 or max(foot_gap(self.plants[s][-1].foot, still.feet[s]) for s in todo) > STRIDE_M
        rounds = 2 if wide and len(todo) == 2 else 1
        span = seconds / (rounds * len(todo))
        t = t_s + 0.04
        for n in range(rounds):
            for side in todo:
                foot = still.feet[side]
                if n + 1 < rounds:
                    foot = half_way(self.plants[side][-1].foot, foot)
                self._plant(side, foot, t, t + 0.88 * span)
                t += span
        return True

    def _plant(self, side: str, foot: Foot, lift_s: float, touch_s: float) -> None:
        plants = self.plants[side]
        lift_s = max(lift_s, plants[-1].start_s + 0.05)
        plants[-1] = replace(plants[-1], end_s=lift_s, push_deg=min(10.0, 40.0 * foot_gap(plants[-1].foot, foot)))
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
        elif self.places[0][self.name].spot == WAY_IN:
            begun += self._waits(i, last, flat)
        points = np.column_stack([flat, np.linspace(z0, place.position[2], len(flat))])
        way, arrival = self._way(i, last, begun, points, from_rest)
        performance = self.performances[i]
        if performance.gesture is Gesture.REST and any(
            p.gesture is Gesture.TALK for p in self.performances[i : last + 1]
        ):
            performance = performance.model_copy(update={"gesture": Gesture.TALK})
        targets = self.targets(i, performance, self.places[i])
        cycle = Cycle(self.shape, performance, targets, way.gait, self.seed, self.strokes)
        self.stretches.append(Stretch(begun, 0.5, cycle, way=way))
        rest = self._still(last, arrival, upright=True) if way.to_rest else None
        self._tread(way, rest)
        self.free_s = way.end_s
        if rest is None:
            return
        self.stretches.append(Stretch(way.end_s - 0.3, 0.65, rest, rest.place, moves_s=0.35))
        self.free_s = way.end_s + 0.35
        if place.use in _STANDING and abs(turned(arrival.yaw_deg, place.yaw_deg)) > 1.0:
            self._shift(self._still(last, replace(arrival, yaw_deg=place.yaw_deg), upright=True), self.free_s)

    def _early(self, i: int, last: int, t_s: float, far: float) -> float:
        """Seconds that somebody who would not arrive in time sets off sooner, while the beat before is played: who
        stands there, once it has begun and they are free."""
        if not i or not self.stretches or self.performances[i - 1].posture in (*WALKS, *LOW):
            return 0.0
        gait = gait_of(Figure(self.shape), self.performances[i].posture)
        needs = way_time(far, gait.speed_m_s * HURRIED, True, True)[0]
        if self.places[last][self.name].use is not SpotUse.STAND:
            needs += RISE_S
        late = needs - ((*self.starts, self.score.duration_s)[last + 1] - t_s)
        return float(np.clip(late, 0.0, max(t_s - max(self.free_s, self.starts[i - 1] + SEEN_S), 0.0)))

    def _waits(self, i: int, last: int, flat: F64) -> float:
        """Seconds until somebody is seen to come out of a door, where their way takes less time than the beat."""
        through = passage_of(self.score.plan)
        if through is None or self.stations[last].goes_on or float(np.linalg.norm(flat[0] - through.beyond)) > 0.05:
            return 0.0
        gait = gait_of(Figure(self.shape), self.performances[i].posture)
        length = float(np.linalg.norm(np.diff(flat, axis=0), axis=1).sum())
        left = (*self.starts, self.score.duration_s)[last + 1] - self.starts[i]
        spare = left - way_time(length, gait.speed_m_s, False, True)[0]
        return float(np.clip(spare / 2, 0.0, UNSEEN_M / gait.speed_m_s))

    def _way(self, i: int, last: int, begun: float, points: F64, from_rest: bool) -> tuple[Way, Place]:
        """The way along these points, and the place where it ends."""
        gait = gait_of(Figure(self.shape), self.performances[i].posture)
        place, goes_on = self.places[last][self.name], self.stations[last].goes_on
        length = float(np.linalg.norm(np.diff(points[:, :2], axis=0), axis=1).sum())
        left = max((*self.starts, self.score.duration_s)[last + 1] - begun, 0.1)
        seconds, speed = pace(gait, length, left, from_rest, not goes_on)
        if goes_on and seconds < left - 0.3:
            # The floor ends before the beat does: they come to a stand there.
            goes_on = False
            seconds, speed = strolled(gait, length, left, from_rest)
        heading = heading_of(points[-2], points[-1])
        straight_in = place.use in _STANDING and abs(turned(heading, place.yaw_deg)) < TURN_FIRST_DEG
        x, y, z = (float(v) for v in points[-1])
        arrival = replace(place, position=(x, y, z), use=SpotUse.STAND, seat_height_m=0.0,
                          yaw_deg=place.yaw_deg if straight_in else heading)  # fmt: skip
        first = heading_of(points[0], points[1])
        start_yaw = self._yaw() if from_rest else first
        lead = "L" if turned(start_yaw, first) >= 0 else "R"
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
        t_s = self._get_up(i, t_s)
        heading = heading_of(flat[0], flat[1])
        if abs(turned(self._yaw(), heading)) > TURN_FIRST_DEG:
            place = self.stretches[-1].place
            assert place is not None
            self._shift(self._still(i, replace(place, yaw_deg=heading), upright=True), t_s)
            t_s = self.free_s
        return t_s

    def _get_up(self, i: int, t_s: float) -> float:
        """Rise from a seat, where there is one; when that is done."""
        old = self.stretches[-1]
        pose = old.pose
        if old.place is None or not isinstance(pose, Still):
            return t_s
        if pose.performance.posture not in LOW and old.place.use is not SpotUse.SIT:
            return t_s
        place = replace(old.place, position=(*stand_beside(old.place), old.place.position[2]))
        self._shift(self._still(i, place, upright=True), t_s)
        return self.free_s

    def _yaw(self) -> float:
        place = self.stretches[-1].place
        return 0.0 if place is None else place.yaw_deg

    def _height(self) -> float:
        place = self.stretches[-1].place
        return 0.0 if place is None else place.position[2]
