"""Who and what is on the stage at a moment: posed and dressed cast, props in hands and at rest.

None of it depends on camera or light. So it is kept from picture to picture, and a change of lens or lamp poses nobody
anew.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from maquette.film.base import canonical_json
from maquette.film.cast import Identity, Performance
from maquette.film.face import Head
from maquette.film.request import PropNeed, TakeRequest
from maquette.film.shot import Side
from maquette.film.stage import Body, Lamp, SetPlan, facing_vector
from maquette.film.take import Beat
from maquette.stage.aims import pose_targets
from maquette.stage.blocking import Place, block
from maquette.stage.framing import Figure, rotated
from maquette.stage.laying import Laid, flame_lamp, lay_down
from maquette.stage.outlook import view
from maquette.stage.people.dress import Dressed, dress
from maquette.stage.people.gestures import other
from maquette.stage.people.head import head_of
from maquette.stage.people.pose_solver import Placement, SolvedPose, solve_pose
from maquette.stage.people.rig import Posed, load_rig
from maquette.stage.play import Footfall, Play, eye_guess
from maquette.stage.props import Prop, make_prop
from maquette.stage.setup import Setup, Thing

Vec = NDArray[np.float64]
KEPT_COMPANIES, KEPT_MOMENTS, KEPT_SETUPS = 6, 3, 16
FULL_DETAIL: Mapping[str, float] = MappingProxyType({})
"""Nobody has a grain."""


@dataclass(frozen=True, eq=False)
class Person:
    solved: SolvedPose
    posed: Posed
    figure: Figure


@dataclass(frozen=True, eq=False)
class Gathering:
    """The company at one moment."""

    people: Mapping[str, Person]
    clothed: Callable[[str, float], Body]
    """Somebody's dressed body, named "cast/MARA", at a grain as `dress` takes it."""
    heads: Mapping[str, Head]
    props: tuple[Body, ...]
    things: tuple[Thing, ...]
    """What a camera can look at: props, and features of the set."""
    flames: tuple[Lamp, ...]

    def cast(self, grain_m: Mapping[str, float] = FULL_DETAIL) -> dict[str, Body]:
        """Dressed bodies by name, at everybody's grain; those without one in full detail."""
        return {name: self.clothed(name, grain_m.get(name, 0.0)) for name in self.people}

    @property
    def figures(self) -> dict[str, Figure]:
        return {name: person.figure for name, person in self.people.items()}


class Company:
    """The cast and props of a scene in one set, as a function of time."""

    def __init__(self, request: TakeRequest, plan: SetPlan, beats: tuple[Beat, ...] = ()) -> None:
        self.request = request
        self.beats = beats
        self.dressing = request.dressing
        self.plan = plan
        self.places = _facing_the_set(block(plan, request.opening, request.performances), request, plan)
        identities = {i.name: i for i in request.scene_cast}
        self._cast: dict[str, tuple[Identity, Performance]] = {
            p.character: (identities[p.character], p)
            for p in request.performances
            if p.character in identities and p.character in self.places
        }
        self._moments: OrderedDict[Fraction, Gathering] = OrderedDict()
        self._setups: OrderedDict[str, Setup] = OrderedDict()
        self._prop_bodies: dict[str, Body] = {}

    def at(self, t_s: Fraction) -> Gathering:
        """Everybody `t_s` seconds into the shot."""
        if t_s not in self._moments:
            if self.play is None:
                people = self._solve(t_s)
                self._moments[t_s] = self._gathered(people, *self._props(people))
            else:
                people = self._played(t_s, self.play)
                self._moments[t_s] = self._gathered(people, *self._props(people, t_s))
            while len(self._moments) > KEPT_MOMENTS:
                self._moments.popitem(last=False)
        return self._moments[t_s]

    @cached_property
    def panel(self) -> Gathering:
        """Everybody as the shot's panel has them: cameras and lights are set up for that, whatever is played."""
        if self.play is None:
            return self.at(Fraction(0))
        people = self._solve(Fraction(0))
        return self._gathered(people, *self._props(people))

    @cached_property
    def play(self) -> Play | None:
        """What is played over time; None without beats."""
        if not self.beats:
            return None
        cast = {name: identity for name, (identity, _) in self._cast.items()}
        return Play(self.request, self.plan, self.beats, cast, self.places, self._laid, self._made)

    def footfalls(self, start_s: Fraction, end_s: Fraction) -> tuple[Footfall, ...]:
        """Every step that somebody takes from `start_s` up to `end_s`, in order of time; none without beats."""
        return () if self.play is None else self.play.footfalls(float(start_s), float(end_s))

    def _gathered(self, people: dict[str, Person], props: list[Body], things: list[Thing],
                  flames: list[Lamp]) -> Gathering:  # fmt: skip
        return Gathering(
            people=people,
            clothed=lru_cache(maxsize=None)(
                lambda name, grain_m: self._dressed(name, grain_m).body(people[name].posed, f"cast/{name}")
            ),
            heads={name: head_of(name, p.posed) for name, p in people.items()},
            props=tuple(props),
            things=tuple(things),
            flames=tuple(flames),
        )

    def _played(self, t_s: Fraction, play: Play) -> dict[str, Person]:
        people: dict[str, Person] = {}
        for name, actor in play.there(float(t_s)).items():
            solved = actor.at(float(t_s))
            posed = load_rig().pose(actor.shape, solved.pose, solved.face)
            look = np.array(facing_vector(actor.ground(float(t_s)).yaw_deg)[:2])
            away = actor.looked_at(float(t_s))[:2] - np.asarray(solved.landmarks["eyes"])[:2]
            if np.linalg.norm(away) > 0.2:
                look = _within(look, away / np.linalg.norm(away), 80.0)
            marks = {key: np.array(point) for key, point in solved.landmarks.items()}
            people[name] = Person(solved, posed, Figure(name, marks, look, actor.identity.height_m))
        return people

    def setup(self, key: str, find: Callable[[], Setup]) -> Setup:
        """A camera set-up for these people: found once for each key. A change of light looks for none anew."""
        if key not in self._setups:
            self._setups[key] = find()
        self._setups.move_to_end(key)
        while len(self._setups) > KEPT_SETUPS:
            self._setups.popitem(last=False)
        return self._setups[key]

    def _dressed(self, name: str, grain_m: float) -> Dressed:
        identity = self._cast[name][0]
        return dress(load_rig().shape(identity), identity, grain_m)

    def _solve(self, t_s: Fraction) -> dict[str, Person]:
        eyes = {name: eye_guess(self.places[name], *person) for name, person in self._cast.items()}
        people: dict[str, Person] = {}
        for name, (identity, performance) in self._cast.items():
            shape = load_rig().shape(identity)
            place = self.places[name]
            held = self._held.get(name)
            targets = pose_targets(performance, self.plan, self.places, eyes, self._laid, held)
            placement = Placement(
                place.position, place.yaw_deg, place.use, place.seat_height_m, edge_ahead=place.edge_ahead
            )
            solved = solve_pose(shape, performance, placement, targets, float(t_s), identity.seed)
            posed = load_rig().pose(shape, solved.pose, solved.face)
            look = np.array(facing_vector(place.yaw_deg)[:2])
            if targets.gaze is not None:
                away = np.asarray(targets.gaze)[:2] - np.asarray(solved.landmarks["eyes"])[:2]
                if np.linalg.norm(away) > 0.2:
                    look = _within(look, away / np.linalg.norm(away), 80.0)
            marks = {key: np.array(point) for key, point in solved.landmarks.items()}
            figure = Figure(name, marks, look, identity.height_m)
            people[name] = Person(solved, posed, figure)
        return people

    # --- props ------------------------------------------------------------------------------------------------

    @cached_property
    def _laid(self) -> tuple[Laid, ...]:
        """Props that nobody holds, and where they lie."""
        seed = self.dressing.set_seed
        loose = [n for n in self.dressing.props if n.holder is None or n.holder not in self._cast]
        return lay_down([(n, _prop(n, seed)) for n in loose], self.plan, self.places)

    @cached_property
    def _held(self) -> dict[str, Prop]:
        """What each person's performance says is in hand."""
        seed = self.dressing.set_seed
        found: dict[str, Prop] = {}
        for need in self.dressing.props:
            if need.holder in self._cast and need.word == self._cast[str(need.holder)][1].holding:
                found[str(need.holder)] = _prop(need, seed)
        return found

    def _made(self, need: PropNeed) -> Prop:
        return _prop(need, self.dressing.set_seed)

    def _carried(self, name: str, prop: Prop, pose: Vec) -> Body:
        """A prop at a (4, 4) pose; only its places and normals are new in each frame."""
        if name not in self._prop_bodies:
            self._prop_bodies[name] = prop.posed(name, np.eye(4))
        still = self._prop_bodies[name]
        turn, shift = pose[:3, :3].astype(np.float32), pose[:3, 3].astype(np.float32)
        normals = None if still.normals is None else still.normals @ turn.T
        return replace(still, vertices=still.vertices @ turn.T + shift, normals=normals)

    def _props(
        self, solved: Mapping[str, Person], t_s: Fraction | None = None
    ) -> tuple[list[Body], list[Thing], list[Lamp]]:
        """Props in hands and at rest, as bodies, as what a camera can look at, and the light of those that burn."""
        bodies: list[Body] = []
        things: list[Thing] = []
        flames: list[Lamp | None] = []
        full: set[tuple[str, str]] = set()
        for index, need in enumerate(self.dressing.props):
            name = f"prop/{need.word}" + (f" {index}" if index else "")
            if t_s is not None and self.play is not None:
                held = self.play.carried(need, float(t_s), {n: p.solved for n, p in solved.items()})
                if held is None:
                    continue
                prop, pose, holder = held.prop, held.pose, held.holder
                body = self._carried(name, prop, pose)
                bodies.append(body)
                flames.append(flame_lamp(name, prop, pose, holder is not None))
                things.append(_thing(need, body, holder, prop))
                continue
            if need.holder in solved:
                holder, person = str(need.holder), solved[str(need.holder)].solved
                says = self._cast[holder][1].holding
                hand = person.holding_hand if need.word == says else person.acting_hand
                if (holder, hand) in full:
                    hand = other(hand)
                if (holder, hand) in full:
                    continue
                full.add((holder, hand))
                prop = _prop(need, self.dressing.set_seed)
                pose = prop.held_pose(person.grips[hand], hand == "L")
            else:
                rest = next((t for t in self._laid if t.need is need), None)
                if rest is None:
                    continue
                prop, pose = rest.prop, rest.pose
            body = prop.posed(name, pose)
            bodies.append(body)
            flames.append(flame_lamp(name, prop, pose, need.holder in solved))
            things.append(_thing(need, body, need.holder if need.holder in solved else None, prop))
        for feature in self.plan.features:
            extent = float(min(max(feature.size), 1.6))
            things.append(Thing(feature.word, np.array(feature.position, float), extent))
        return bodies, things, [lamp for lamp in flames if lamp is not None]


_COMPANIES: OrderedDict[str, Company] = OrderedDict()


def company_of(request: TakeRequest, plan: SetPlan, beats: tuple[Beat, ...] = ()) -> Company:
    """The company of a request in its set; the last few are kept. The plan's lamps and backings play no part."""
    dressing = request.dressing
    key = canonical_json([
        dressing.heading.text, dressing.set_kind, dressing.set_seed, [p.digest() for p in dressing.props],
        [i.digest() for i in request.scene_cast], [p.digest() for p in request.opening],
        [p.digest() for p in request.performances], None if request.line is None else request.line.digest(),
        [b.digest() for b in beats], _clock(request) if beats else [],
    ])  # fmt: skip
    if key not in _COMPANIES:
        _COMPANIES[key] = Company(request, plan, beats)
    _COMPANIES.move_to_end(key)
    while len(_COMPANIES) > KEPT_COMPANIES:
        _COMPANIES.popitem(last=False)
    return _COMPANIES[key]


def _clock(request: TakeRequest) -> list[str | None]:
    """What of a shot the playing of its beats follows from."""
    shot = request.shot
    return [str(shot.duration_s), shot.moment_id, shot.id]


def _facing_the_set(places: dict[str, Place], request: TakeRequest, plan: SetPlan) -> dict[str, Place]:
    """Two people who could as well have each other's place change it when the camera's side has the better view then.

    The script fixes who looks to which side of the frame, the set fixes which side is worth looking at.
    """
    line = request.line
    if line is None or len(places) != 2 or line.character not in places:
        return places
    (other,) = (n for n in places if n != line.character)
    one, two = places[line.character], places[other]
    asked = {p.character: p.at for p in request.opening}
    alike = (
        one.use == two.use and one.seat_height_m == two.seat_height_m and asked.get(other) == asked.get(line.character)
    )
    if not alike:
        return places
    a, b = np.array(one.position[:2]), np.array(two.position[:2])
    along = (b - a) / max(float(np.linalg.norm(b - a)), 1e-9)
    camera = rotated(along, -90.0 if line.looks is Side.RIGHT else 90.0)
    middle = (a + b) / 2
    if view(plan, middle, camera) >= view(plan, middle, -camera) - 0.5:
        return places
    return {line.character: replace(two, character=line.character), other: replace(one, character=other)}


def _prop(need: PropNeed, seed: int) -> Prop:
    return _made_prop(need.kind, seed, tuple(need.word.lower().split()))


@lru_cache(maxsize=64)
def _made_prop(kind: str, seed: int, words: tuple[str, ...]) -> Prop:
    return make_prop(kind, seed, words)


def _thing(need: PropNeed, body: Body, holder: str | None, prop: Prop) -> Thing:
    low, high = body.vertices.min(axis=0), body.vertices.max(axis=0)
    flat = float(high[2] - low[2]) < 0.25 * float(max(high[0] - low[0], high[1] - low[1]))
    return Thing(need.word.lower(), ((low + high) / 2).astype(float), float((high - low).max()), holder, flat)


def _within(facing: Vec, wanted: Vec, limit_deg: float) -> Vec:
    """`wanted`, but at most `limit_deg` away from `facing`; both (2,) unit."""
    cross = float(facing[0] * wanted[1] - facing[1] * wanted[0])
    angle = float(np.degrees(np.arctan2(cross, facing @ wanted)))
    if abs(angle) <= limit_deg:
        return wanted
    turn = np.radians(np.sign(angle) * limit_deg)
    c, s = np.cos(turn), np.sin(turn)
    return np.array([c * facing[0] - s * facing[1], s * facing[0] + c * facing[1]])
