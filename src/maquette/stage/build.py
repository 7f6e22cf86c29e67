"""A request becomes a stage: set, blocking, posed and dressed cast, props, camera and light, as a function of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.cast import Identity, Performance, Posture
from maquette.film.request import PropNeed, TakeRequest
from maquette.film.screenplay import TimeOfDay
from maquette.film.shot import Side
from maquette.film.stage import (
    Body,
    Haze,
    Lamp,
    Moment,
    SetKind,
    SetPlan,
    Sky,
    facing_vector,
)
from maquette.stage.aims import pose_targets
from maquette.stage.blocking import Place, block
from maquette.stage.camera import set_up
from maquette.stage.clear_view import GROUND, clear_view
from maquette.stage.framing import Figure, rotated
from maquette.stage.laying import Laid, flame_lamp, lay_down
from maquette.stage.lighting import LEVELS, Level, light, practicals_on, turned_about_z
from maquette.stage.moves import camera_at
from maquette.stage.outlook import scene_front, view
from maquette.stage.people.dress import Dressed, dress
from maquette.stage.people.gestures import other
from maquette.stage.people.pose_solver import Placement, SolvedPose, solve_pose
from maquette.stage.people.rig import Posed, load_rig
from maquette.stage.props import Prop, make_prop
from maquette.stage.sets import SET_BUILDERS
from maquette.stage.sets.lights import with_lights
from maquette.stage.sets.outside import lit_backing
from maquette.stage.setup import Setup, Thing
from maquette.stage.sightline import Obstacles, wild_bodies
from maquette.stage.sky import build_haze, build_sky, sunken

Vec = NDArray[np.float64]

STAGE_VERSION = 2
"""Goes up whenever the same request builds another stage."""

MAX_CAST = 12
"""Bodies that one shot shows in full; in larger crowds those farthest from the subjects are left out, and said so."""


@dataclass(frozen=True, eq=False)
class BuiltStage:
    """The stage of one shot. What moves with time is solved in `at`; what does not is built once."""

    request: TakeRequest
    plan: SetPlan
    places: Mapping[str, Place]
    notes: tuple[str, ...]

    def at(self, t_s: Fraction) -> Moment:
        """The stage `t_s` seconds into the shot."""
        first = self._opening_setup
        setup = first.setup
        solved = first.solved if t_s == 0 else self._solve(t_s)
        camera = camera_at(self.request.shot, setup, t_s)
        props, _, flames = self._props(solved)
        cast = [
            self._dressed(name).body(s.posed, f"cast/{name}") for name, s in solved.items() if name not in setup.hidden
        ]
        figures = {name: s.figure for name, s in solved.items()}
        targets = [setup.target, *(f.landmarks["chest"] for f in figures.values())]
        gone = {*wild_bodies(self.plan, camera, targets), *setup.struck}
        scenery = [replace(b, seen=b.name not in gone) for b in self.plan.bodies]
        scenery += self._floor_beyond(gone)
        sky, sun, haze = self._air
        subjects = [figures[n] for n in self.request.shot.subjects if n in figures] or list(figures.values())
        rig = light(self.request.lighting, self.plan, subjects, camera, self._front, sun)
        camera = replace(
            camera,
            exposure_stops=self.request.lighting.exposure_stops,
            metered_level=rig.level,
            white_balance_k=rig.white_balance_k,
        )
        return Moment(
            bodies=(*scenery, *props, *cast),
            lamps=tuple(_unseen_inside(lamp, [b for b in scenery if not b.seen]) for lamp in (*rig.lamps, *flames)),
            sky=sky,
            camera=camera,
            haze=haze,
            notes=(*self.notes, *setup.notes),
        )

    def _floor_beyond(self, gone: set[str]) -> list[Body]:
        """The floor carried on outside the walls that the camera looks through: it stands there and would see a void.

        No lamp of the room reaches it, so it has the room's mean light as its own.
        """
        floor = next((b for b in self.plan.bodies if b.name == "set/floor"), None)
        walls = [
            b for b in self.plan.bodies if b.name in gone and b.name.startswith("wall/") and b.name.count("/") == 1
        ]
        if floor is None or not self.plan.interior or not walls or len(floor.faces) > 30_000:
            return []
        low, high = floor.vertices.min(axis=0), floor.vertices.max(axis=0)
        size, middle = high - low, (high + low) / 2
        light = 0.3 * LEVELS[self.request.lighting.time_of_day].key
        carried: list[Body] = []
        for index, wall in enumerate(walls):
            offset = wall.vertices.mean(axis=0) - middle
            axis = int(np.argmax(np.abs(offset[:2]) / size[:2]))
            shift = np.zeros(3, np.float32)
            shift[axis] = np.sign(offset[axis]) * size[axis]
            shift[2] = -0.004
            carried.append(
                replace(
                    floor,
                    name=f"set/floor beyond {index}",
                    vertices=(floor.vertices + shift).astype(np.float32),
                    emission=(floor.base_color * np.float32(light)).astype(np.float32),
                )
            )
        return carried

    def figures(self, t_s: Fraction) -> dict[str, Figure]:
        """Where everybody is, for cameras and measures: landmarks and look by name."""
        solved = self._opening_setup.solved if t_s == 0 else self._solve(t_s)
        return {name: person.figure for name, person in solved.items()}

    # --- cast -------------------------------------------------------------------------------------------------

    @cached_property
    def _cast(self) -> dict[str, tuple[Identity, Performance]]:
        identities = {i.name: i for i in self.request.scene_cast}
        return {
            p.character: (identities[p.character], p)
            for p in self.request.performances
            if p.character in identities and p.character in self.places
        }

    def _dressed(self, name: str) -> Dressed:
        identity = self._cast[name][0]
        return dress(load_rig().shape(identity), identity)

    def _solve(self, t_s: Fraction) -> dict[str, _Person]:
        eyes = {name: _eye_guess(self.places[name], *person) for name, person in self._cast.items()}
        people: dict[str, _Person] = {}
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
            people[name] = _Person(solved, posed, figure)
        return people

    # --- props ------------------------------------------------------------------------------------------------

    @cached_property
    def _laid(self) -> tuple[Laid, ...]:
        """Props that nobody holds, and where they lie."""
        seed = self.request.dressing.set_seed
        loose = [n for n in self.request.dressing.props if n.holder is None or n.holder not in self._cast]
        return lay_down([(n, _prop(n, seed)) for n in loose], self.plan, self.places)

    @cached_property
    def _held(self) -> dict[str, Prop]:
        """What each person's performance says is in hand."""
        seed = self.request.dressing.set_seed
        found: dict[str, Prop] = {}
        for need in self.request.dressing.props:
            if need.holder in self._cast and need.word == self._cast[str(need.holder)][1].holding:
                found[str(need.holder)] = _prop(need, seed)
        return found

    def _props(self, solved: Mapping[str, _Person]) -> tuple[list[Body], list[Thing], list[Lamp]]:
        """Props in hands and at rest, as bodies, as what a camera can look at, and the light of those that burn."""
        bodies: list[Body] = []
        things: list[Thing] = []
        flames: list[Lamp | None] = []
        full: set[tuple[str, str]] = set()
        for index, need in enumerate(self.request.dressing.props):
            name = f"prop/{need.word}" + (f" {index}" if index else "")
            if need.holder in solved:
                holder, person = str(need.holder), solved[str(need.holder)].solved
                says = self._cast[holder][1].holding
                hand = person.holding_hand if need.word == says else person.acting_hand
                if (holder, hand) in full:
                    hand = other(hand)
                if (holder, hand) in full:
                    continue
                full.add((holder, hand))
                prop = _prop(need, self.request.dressing.set_seed)
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

    # --- camera and light -------------------------------------------------------------------------------------

    @cached_property
    def _opening_setup(self) -> _Opening:
        solved = self._solve(Fraction(0))
        figures = {name: person.figure for name, person in solved.items()}
        _, things, _ = self._props(solved)
        frame = self.request.frame
        aspect = frame.width / frame.height
        setup = set_up(self.request.shot, figures, things, self.plan, aspect)
        setup = clear_view(setup, self.request.shot, figures, self.plan)
        return _Opening(solved, setup)

    @cached_property
    def _front(self) -> Vec:
        figures = {n: p.figure for n, p in self._opening_setup.solved.items()}
        return scene_front(figures, self.plan) if figures else np.array([0.0, -1.0])

    @cached_property
    def _air(self) -> tuple[Sky, Lamp | None, Haze]:
        """Sky, sun and haze; outside they are turned so that the sun lights the scene from three-quarters."""
        time = self.request.lighting.time_of_day
        sky, sun = _made_sky(time, self.request.dressing.weather, self.request.dressing.set_seed)
        haze = build_haze(sky, self.request.dressing.weather, sun)
        if self.plan.interior:
            # A room's backing closes the sky off; only a car stands under it, where daylight is brighter than the key.
            bright = 0.0 if any("sky" in b.part_names for b in self.plan.bodies) else OUTSIDE_GAIN
            return Sky(sky.radiance * np.float32(bright if LEVELS[time].window > 1 else min(bright, 1.0))), sun, Haze()
        if self.plan.kind in _TOWNS:
            # At night a town's own glow in the sky; by day what sunlit houses throw across the street.
            sky = Sky(sky.radiance * np.float32(5.0 if time is TimeOfDay.NIGHT else 1.6))
        if sun is None and time not in (TimeOfDay.DUSK, TimeOfDay.BLUE_HOUR):
            return sky, None, haze
        glow = sun if sun is not None else sunken(time)
        wanted = self._sun_azimuth(glow, time)
        center = glow.vertices.mean(axis=0)
        turn = wanted - np.degrees(np.arctan2(center[1], center[0]))
        columns = round(turn / 360 * sky.radiance.shape[1])
        # Columns run clockwise seen from above, a positive turn is counter-clockwise.
        turned = Sky(np.ascontiguousarray(np.roll(sky.radiance, -columns, axis=1)))
        exact = columns * 360 / sky.radiance.shape[1]
        return turned, sun and turned_about_z(sun, exact), build_haze(turned, self.request.dressing.weather, sun)

    def _sun_azimuth(self, sun: Lamp, time: TimeOfDay) -> float:
        """Degrees from +X, counter-clockwise: three-quarter light by day, from the side and behind when low.

        Of those the first that no house or hill keeps from the scene and from what lies behind it, or the one that
        reaches most of it, so that a sunny street is sunny where we shoot.
        """
        if time in (TimeOfDay.DAWN, TimeOfDay.DUSK, TimeOfDay.BLUE_HOUR):
            # The glow is what there is to see: into the picture with it.
            offsets = (162, -162, 150, -150, 135, -135, 112, -112, 180)
        elif time is TimeOfDay.GOLDEN_HOUR:
            offsets = (80, -80, 65, -65, 100, -100, 50, -50, 120, -120, 30, -30, 145, -145,
                       20, -20, 10, -10, 160, -160, 170, -170)  # fmt: skip
        elif time is TimeOfDay.NIGHT:
            offsets = (112, -112, 90, -90, 135, -135, 60, -60)
        else:
            offsets = (58, -58, 72, -72, 85, -85, 40, -40, 100, -100, 25, -25, 120, -120, 145, -145)
        front = float(np.degrees(np.arctan2(self._front[1], self._front[0])))
        center = sun.vertices.mean(axis=0).astype(float)
        reach, height = float(np.hypot(*center[:2])), float(center[2])
        heads = [p.figure.landmarks["eyes"] for p in self._opening_setup.solved.values()] or [np.array([0.0, 0.0, 1.5])]
        subject = np.mean(heads, axis=0)
        houses = Obstacles(b for b in self.plan.bodies if b.name not in GROUND)
        away = np.append(self._front, 0.0)
        # Where a sunny background would be: the ground and the houses behind the scene.
        points = [subject, subject - 7 * away, subject - 13 * away + [0, 0, 2.5]]
        best, most = offsets[0], -1.0
        for offset in offsets:
            angle = np.radians(front + offset)
            towards = np.array([[reach * np.cos(angle), reach * np.sin(angle), height]])
            shares = [1 - houses.blocked_share(point, towards) for point in points]
            lit = 1.5 * shares[0] + sum(shares[1:])
            if lit > most:
                best, most = offset, lit
            if lit > 3.4:
                break
        return front + best


_TOWNS = (SetKind.STREET, SetKind.ROOFTOP)
OUTSIDE_GAIN = 3.0
"""How much brighter than the room's own scale the sky behind a window is."""


@dataclass(frozen=True, eq=False)
class _Person:
    solved: SolvedPose
    posed: Posed
    figure: Figure


@dataclass(frozen=True, eq=False)
class _Opening:
    solved: dict[str, _Person]
    setup: Setup


def build_stage(request: TakeRequest) -> BuiltStage:
    """The stage that a request describes.

    Raises StageError for an unknown set kind or an identity that cannot be built.
    """
    notes: list[str] = []
    performances = _there(request, _kept(request, notes))
    kept = {p.character for p in performances}
    request = request.model_copy(
        update={
            "performances": performances,
            "opening": tuple(p for p in request.opening if p.character in kept),
        }
    )
    plan = _plan(request, len(performances))
    if plan.note:
        notes.append(plan.note)
    places = _facing_the_set(block(plan, request.opening, performances), request, plan)
    return BuiltStage(request, plan, places, tuple(notes))


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


def _there(request: TakeRequest, performances: tuple[Performance, ...]) -> tuple[Performance, ...]:
    """Whom the shot is about is there, even where the reading missed that they came in."""
    wanted = {*request.shot.subjects, request.shot.over}
    return tuple(p.model_copy(update={"present": True}) if p.character in wanted else p for p in performances)


def _kept(request: TakeRequest, notes: list[str]) -> tuple[Performance, ...]:
    """At most MAX_CAST people: the shot's subjects first, then the others in order."""
    if len(request.performances) <= MAX_CAST:
        return request.performances
    wanted = {*request.shot.subjects, request.shot.over}
    ranked = sorted(request.performances, key=lambda p: p.character not in wanted)
    chosen = {p.character for p in ranked[:MAX_CAST]}
    notes.append(f"{len(request.performances)} people are in this scene; {MAX_CAST} of them are shown.")
    return tuple(p for p in request.performances if p.character in chosen)


def _plan(request: TakeRequest, people: int) -> SetPlan:
    dressing = request.dressing
    words = tuple(dict.fromkeys(dressing.heading.text.lower().replace(".", " ").replace("-", " ").split()))
    plan = _built_set(SetKind(dressing.set_kind), dressing.set_seed, max(2, people), words)
    level = LEVELS[request.lighting.time_of_day]
    plan = with_lights(plan, practicals_on(request.lighting, plan))
    if not plan.interior:
        return plan
    # After the switch: whatever burns in the room, daylight stands in its windows.
    sky, _ = _made_sky(request.lighting.time_of_day, dressing.weather, dressing.set_seed)
    return replace(plan, bodies=tuple(_backed(b, sky, level) for b in plan.bodies))


def _backed(body: Body, sky: Sky, level: Level) -> Body:
    """What stands outside the windows is a lit backing."""
    return lit_backing(body, sky, level.backing, level.practicals) if body.name == "set/outside" else body


@lru_cache(maxsize=8)
def _built_set(kind: SetKind, seed: int, seats: int, words: tuple[str, ...]) -> SetPlan:
    return SET_BUILDERS[kind](seed, seats, words)


def _prop(need: PropNeed, seed: int) -> Prop:
    return _made_prop(need.kind, seed, tuple(need.word.lower().split()))


@lru_cache(maxsize=64)
def _made_prop(kind: str, seed: int, words: tuple[str, ...]) -> Prop:
    return make_prop(kind, seed, words)


@lru_cache(maxsize=8)
def _made_sky(time: TimeOfDay, weather: str, seed: int) -> tuple[Sky, Lamp | None]:
    return build_sky(time, weather, seed)


_EYES_AT = {Posture.KNEEL: 0.70, Posture.CROUCH: 0.62}
"""Height of the eyes over standing height."""


def _eye_guess(place: Place, identity: Identity, performance: Performance) -> Vec:
    """Where the eyes will be, before the pose is solved: 93% of standing height, or half of it above a seat."""
    height = identity.height_m
    if place.seat_height_m > 0.2 and place.use.value in ("sit", "drive"):
        rise = place.seat_height_m + 0.43 * height
    elif place.use.value == "lie":
        rise = place.seat_height_m + 0.15
    else:
        rise = _EYES_AT.get(performance.posture, 0.93) * height
    return np.array(place.position) + [0.0, 0.0, rise]


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


def _unseen_inside(lamp: Lamp, struck: Sequence[Body]) -> Lamp:
    """The bulb of a lamp that was struck from the picture goes on shining, unseen."""
    if not lamp.visible:
        return lamp
    middle = lamp.vertices.mean(axis=0)
    for body in struck:
        low, high = body.vertices.min(axis=0) - 0.02, body.vertices.max(axis=0) + 0.02
        if bool(np.all(middle >= low) and np.all(middle <= high)):
            return replace(lamp, visible=False)
    return lamp
