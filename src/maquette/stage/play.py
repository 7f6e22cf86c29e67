"""A shot's beats on the stage: who is there, what they carry, where they go and where their feet fall."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation, Slerp

from maquette.film.cast import Identity, Performance, Posture
from maquette.film.request import PropNeed, TakeRequest
from maquette.film.stage import SetPlan, SpotUse
from maquette.film.take import Beat
from maquette.stage.acting import Actor
from maquette.stage.aims import pose_targets
from maquette.stage.blocking import Place, block
from maquette.stage.doors import BEYOND_M, FALLS_SHUT_S, OPENS_S, passage_of
from maquette.stage.itinerary import WAY_IN
from maquette.stage.laying import Laid
from maquette.stage.people.figure import measure
from maquette.stage.people.pose_solver import PoseTargets, SolvedPose
from maquette.stage.playing import Score, actors_of
from maquette.stage.props import Prop

F64 = NDArray[np.float64]
LATE_S = 0.2
"""Who is there by so much after the end has as good as arrived."""
HAND_OVER_S = 0.5
"""A thing comes from hand to hand, or to the table, in this time."""


_AROUND_S = np.linspace(-0.5, 0.5, 11)
_SMOOTH = np.cos(np.pi * _AROUND_S) ** 2 / float((np.cos(np.pi * _AROUND_S) ** 2).sum())
"""Hann's window over a second: places without a corner in them, and their speeds as well."""


@dataclass(frozen=True)
class Footfall:
    """A foot that comes down."""

    t_s: float
    """Seconds into the shot."""
    position: tuple[float, float, float]
    """Floor point under the ankle, metres, world."""
    character: str
    side: str
    """"L" or "R"."""
    running: bool


@dataclass(frozen=True, eq=False)
class Carried:
    prop: Prop
    pose: F64
    """(4, 4) world."""
    holder: str | None


class Play:
    """What is played over the time of a shot."""

    def __init__(
        self,
        request: TakeRequest,
        plan: SetPlan,
        beats: tuple[Beat, ...],
        cast: Mapping[str, Identity],
        panel_places: Mapping[str, Place],
        laid: Sequence[Laid],
        made: Callable[[PropNeed], Prop],
    ) -> None:
        self.request, self.plan, self.laid, self.made = request, plan, laid, made
        self.panel = _panel_of(request, beats)
        self.panel_places = panel_places
        self.cast = {n: i for n, i in cast.items() if all(any(p.character == n for p in b.performances) for b in beats)}
        self.there_in = {
            n: [next(p for p in b.performances if p.character == n).present for b in beats] for n in self.cast
        }
        self.beats = tuple(self._filled(b, beats) for b in beats)
        places = tuple(self._places(i) for i in range(len(beats)))
        duration = float(max(request.shot.duration_s, beats[-1].start_s + Fraction(1, 2)))
        self.score = Score(self.beats, places, self.panel, duration, plan, lambda identity: identity.seed,
                           zlib.crc32(request.shot.id.encode()), request.shot.subjects)  # fmt: skip
        self.actors = actors_of(self.score, self.cast, self._targets)

    def _filled(self, beat: Beat, beats: Sequence[Beat]) -> Beat:
        """Those who are not there yet, or any more, wait on their feet."""
        performances: list[Performance] = []
        for p in beat.performances:
            if p.character in self.cast and not p.present:
                p = p.model_copy(update={"posture": Posture.STAND, "gaze": None, "at": None, "near": None})
            performances.append(p)
        return beat.model_copy(update={"performances": tuple(performances)})

    # --- places ----------------------------------------------------------------------------------------------

    @cached_property
    def _swapped(self) -> bool:
        """Whether the panel has two people in each other's place, for the sake of the view."""
        raw = block(self.plan, self.request.opening, self.request.performances)
        return len(raw) == 2 and any(
            n in raw and raw[n].spot != p.spot for n, p in self.panel_places.items()
        )  # fmt: skip

    def _places(self, i: int) -> dict[str, Place]:
        if i == self.panel:
            found = dict(self.panel_places)
        else:
            found = self._as_in_the_panel(i, block(self.plan, self.request.opening, self.beats[i].performances))
            if self._swapped and len(found) == 2:
                (a, one), (b, two) = found.items()
                if {one.spot, two.spot} == {p.spot for p in self.panel_places.values()}:
                    found = {a: _as(two, a), b: _as(one, b)}
        for name in self.cast:
            if name not in found:
                found[name] = self._way_in(name)
        return {n: p for n, p in found.items() if n in self.cast}

    def _as_in_the_panel(self, i: int, found: dict[str, Place]) -> dict[str, Place]:
        """Who does what the panel has them do is where the panel has them, whoever else comes and goes."""
        now, then = self._by_name(i), self._by_name(self.panel)
        for name in found:
            panel = self.panel_places.get(name)
            if panel is None or name not in now or found[name].spot == panel.spot:
                continue
            if _where(now[name]) == _where(then[name]):
                found[name] = panel
            elif i < self.panel and panel.use is SpotUse.STAND and now[name].at == then[name].at is not None:
                found[name] = self._seat_near(panel, found, name)
        return found

    def _seat_near(self, panel: Place, found: Mapping[str, Place], name: str) -> Place:
        """Who gets up from a table is seen to have sat at the side of it where they then stand."""
        had = found[name]
        feature = next((s.feature for s in self.plan.spots if s.name == had.spot), None)
        taken = {p.spot for n, p in found.items() if n != name}
        seats = [s for s in self.plan.spots if s.feature == feature and s.use is SpotUse.SIT and s.name not in taken]
        if had.use is not SpotUse.SIT or not seats:
            return had
        best = min(seats, key=lambda s: float(np.hypot(*np.subtract(s.position[:2], panel.position[:2]))))
        return replace(had, position=best.position, yaw_deg=best.yaw_deg, spot=best.name,
                       seat_height_m=best.seat_height_m)  # fmt: skip

    def _way_in(self, name: str) -> Place:
        """Where people come from and go to: a door, else the edge of the floor farthest from the middle."""
        through = passage_of(self.plan)
        if through is not None:
            x, y = through.door.inward[:2]
            at = (float(through.beyond[0]), float(through.beyond[1]), 0.0)
            return Place(name, at, float(np.degrees(np.arctan2(x, -y))), SpotUse.STAND, 0.0, WAY_IN)
        doors = [s for s in self.plan.spots if "door" in s.feature.lower() or "door" in s.name.lower()]
        if doors:
            door = doors[0]
            return Place(name, door.position, door.yaw_deg, SpotUse.STAND, 0.0, WAY_IN)
        corners = np.array(self.plan.floor) if self.plan.floor else np.array([[-3.0, -3.0], [3.0, 3.0]])
        middle = corners.mean(axis=0)
        far = corners[int(np.argmax(np.linalg.norm(corners - middle, axis=1)))]
        at = middle + 0.9 * (far - middle)
        yaw = float(np.degrees(np.arctan2(middle[0] - at[0], -(middle[1] - at[1]))))
        return Place(name, (float(at[0]), float(at[1]), 0.0), yaw, SpotUse.STAND, 0.0, WAY_IN)

    @cached_property
    def _crossings(self) -> list[tuple[str, float]]:
        """Who goes through the set's door, and when (seconds) they are in it."""
        through = passage_of(self.plan)
        if through is None:
            return []
        door = through.door
        found: list[tuple[str, float]] = []
        times = np.arange(-1.0, self.score.duration_s + 1.0, 0.1)
        for name, actor in self.actors.items():
            if all(self.there_in[name]):
                continue
            places = np.array([actor.ground(float(t)).place[:2] for t in times]) - door.center[:2]
            inside = places @ door.inward[:2] > 0
            near = np.linalg.norm(places, axis=1) < BEYOND_M + 0.3
            found += [(name, float(times[k + 1])) for k in np.flatnonzero(inside[1:] != inside[:-1]) if near[k]]
        return found

    def door_open(self, t_s: float) -> float:
        """0..1 how far the set's door is open for those who come in or go out through it."""
        shut, through = 1.0, passage_of(self.plan)
        for name, at_s in self._crossings:
            assert through is not None
            after_s = at_s + FALLS_SHUT_S
            stays = float(np.linalg.norm(self.actors[name].ground(after_s).place[:2] - through.door.center[:2]))
            up = _smooth((t_s - at_s + OPENS_S + 0.2) / OPENS_S)
            down = _smooth((t_s - after_s) / FALLS_SHUT_S) if stays > through.door.width_m + 0.2 else 0.0
            shut *= 1 - up * (1 - down)
        return 1 - shut

    # --- people ----------------------------------------------------------------------------------------------

    def _targets(self, i: int, performance: Performance, places: Mapping[str, Place]) -> PoseTargets:
        eyes = {n: eye_guess(places[n], self.cast[n], p) for n, p in self._by_name(i).items() if n in places}
        word = performance.holding
        need = next((n for n in self.request.dressing.props if n.word == word), None)
        held = None if need is None else self.made(need)
        return pose_targets(performance, self.plan, places, eyes, self.laid, held)

    def _by_name(self, i: int) -> dict[str, Performance]:
        return {p.character: p for p in self.beats[i].performances if p.character in self.cast}

    def _beat(self, t_s: float) -> int:
        i = 0
        while i + 1 < len(self.beats) and (t_s >= float(self.beats[i + 1].start_s) or self._over_at_once(i)):
            i += 1
        return i

    def _over_at_once(self, i: int) -> bool:
        """A beat of no time: it says only where everybody comes from."""
        return i + 1 < len(self.beats) and self.beats[i + 1].start_s <= self.beats[i].start_s

    def there(self, t_s: float) -> dict[str, Actor]:
        """Who is on the stage at a time: those who leave, until they are out."""
        i = self._beat(t_s)
        found: dict[str, Actor] = {}
        for name, actor in self.actors.items():
            present = self.there_in[name]
            if present[i] or (any(present[:i]) and actor.ways_end(float(self.beats[i].start_s), t_s)):
                found[name] = actor
        return found

    def way_of(self, name: str, t_s: Fraction) -> tuple[float, float]:
        """How far (dx, dy, metres) somebody is from where the panel has them."""
        if name not in self.actors:
            return 0.0, 0.0
        actor, t = self.actors[name], float(t_s)
        # A camera that goes along does not start as abruptly as feet do.
        places = [actor.ground(t + d).place for d in (-0.3, -0.15, 0.0, 0.15, 0.3)]
        x, y, _ = np.mean(places, axis=0) - np.array(self.panel_places[name].position)
        return float(x), float(y)

    def eyes_at(self, name: str, t_s: Fraction) -> tuple[float, float, float] | None:
        """About where somebody's eyes are (world, metres), smoothed over a second as an operator moves with them.

        None for those who come in or leave during the shot: they walk into the frame, or out of it.
        """
        if name not in self.actors or not all(self.there_in[name]):
            return None
        x, y, z = _SMOOTH @ [self.actors[name].eyes_guess(float(t_s) + d) for d in _AROUND_S]
        return float(x), float(y), float(z)

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """Who has farther to go than the shot lasts, and how long it would have to be."""
        said: list[str] = []
        for name, actor in self.actors.items():
            way = next((s.way for s in reversed(actor.stretches) if s.way is not None), None)
            if way is None or not way.to_rest or way.end_s <= self.score.duration_s + LATE_S:
                continue
            said.append(
                f"{name.title()} has {way.length_m:.1f} m to go and is still on the way as the shot ends: "
                f"duration={np.ceil(2 * (way.end_s + 1.5)) / 2:g}s has them arrive."
            )
        return tuple(said)

    def footfalls(self, start_s: float, end_s: float) -> tuple[Footfall, ...]:
        found = [
            Footfall(plant.start_s, _floor_under(plant.foot.ankle, actor), name, side,
                     actor.posture(plant.start_s) is Posture.RUN)
            for name, actor in self.actors.items()
            for side, plants in actor.plants.items()
            for plant in plants
            if start_s <= plant.start_s < end_s
        ]  # fmt: skip
        return tuple(sorted(found, key=lambda f: (f.t_s, f.character, f.side)))

    # --- things ----------------------------------------------------------------------------------------------

    def _owner(self, need: PropNeed, i: int) -> str | None:
        """Who has a thing in hand in a beat."""
        for name, p in self._by_name(i).items():
            if p.holding == need.word:
                return name
        claimed = any(p.holding == need.word for b in self.beats for p in b.performances)
        return need.holder if not claimed and need.holder in self.cast else None

    def carried(self, need: PropNeed, t_s: float, people: Mapping[str, SolvedPose]) -> Carried | None:
        """Where a thing is: in a hand, at rest, or on its way from one to the other; None: nowhere to be seen."""
        i = self._beat(t_s)
        owner = self._owner(need, i)
        pose = self._pose(need, owner, people)
        prop = self.made(need)
        before = self._owner(need, i - 1) if i and not self._over_at_once(i - 1) else owner
        k = (t_s - float(self.beats[i].start_s)) / HAND_OVER_S
        if i and before != owner and 0 <= k < 1:
            old = self._pose(need, before, people)
            if old is not None and pose is not None:
                return Carried(prop, _between(old, pose, k * k * (3 - 2 * k)), owner if k > 0.5 else before)
        return None if pose is None else Carried(prop, pose, owner if owner in people else None)

    def _pose(self, need: PropNeed, owner: str | None, people: Mapping[str, SolvedPose]) -> F64 | None:
        if owner is not None and owner in people:
            hand = people[owner].holding_hand
            return self.made(need).held_pose(people[owner].grips[hand], hand == "L")
        rest = next((t for t in self.laid if t.need is need), None)
        return None if rest is None else rest.pose


def _smooth(x: float) -> float:
    x = min(max(x, 0.0), 1.0)
    return x * x * (3 - 2 * x)


def _floor_under(ankle: F64, actor: Actor) -> tuple[float, float, float]:
    return float(ankle[0]), float(ankle[1]), float(ankle[2] - measure(actor.shape).ankle_height)


def _panel_of(request: TakeRequest, beats: Sequence[Beat]) -> int:
    """The beat that the shot's panel shows."""
    moment = request.shot.moment_id
    lines = (i for i, b in enumerate(beats) if moment is not None and b.line_id == moment)
    alike = (i for i, b in enumerate(beats) if b.performances == request.performances)
    return next(lines, next(alike, 1 if [b.start_s for b in beats[:2]] == [beats[0].start_s] * 2 else 0))


def _where(performance: Performance) -> tuple[object, ...]:
    """What of a performance a place follows from."""
    p = performance
    return p.present, p.posture, p.at, p.near, p.nearness


def _as(place: Place, name: str) -> Place:
    return replace(place, character=name)


def _between(a: F64, b: F64, k: float) -> F64:
    """Between two (4, 4) poses."""
    out = np.eye(4)
    turns = Rotation.from_matrix(np.stack([a[:3, :3], b[:3, :3]]))
    out[:3, :3] = Slerp([0.0, 1.0], turns)(k).as_matrix()
    out[:3, 3] = a[:3, 3] * (1 - k) + b[:3, 3] * k
    return out


_EYES_AT = {Posture.KNEEL: 0.70, Posture.CROUCH: 0.62}
"""Height of the eyes over standing height."""


def eye_guess(place: Place, identity: Identity, performance: Performance) -> F64:
    """Where the eyes will be, before the pose is solved: 93% of standing height, or half of it above a seat."""
    height = identity.height_m
    if place.seat_height_m > 0.2 and place.use in (SpotUse.SIT, SpotUse.DRIVE):
        rise = place.seat_height_m + 0.43 * height
    elif place.use is SpotUse.LIE:
        rise = place.seat_height_m + 0.15
    else:
        rise = _EYES_AT.get(performance.posture, 0.93) * height
    return np.array(place.position) + [0.0, 0.0, rise]
