"""A request becomes a stage: set, blocking, posed and dressed cast, props, camera and light, as a function of time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.cast import Performance
from maquette.film.face import Head
from maquette.film.light_cues import Cue
from maquette.film.lighting import Lighting
from maquette.film.request import TakeRequest
from maquette.film.screenplay import TimeOfDay
from maquette.film.stage import Body, Haze, Lamp, Moment, PlacedCamera, SetKind, SetPlan, Sky
from maquette.film.take import Beat, Motion
from maquette.stage.air import air, made_sky, stirred
from maquette.stage.blocking import Place
from maquette.stage.clear_view import standing_on
from maquette.stage.company import FULL_DETAIL, Company, Gathering, company_of
from maquette.stage.doors import door_of, opened
from maquette.stage.events import with_events
from maquette.stage.flicker import waver_at
from maquette.stage.framing import Figure
from maquette.stage.keyed import lighting_at
from maquette.stage.levels import LEVELS, Level, practicals_on
from maquette.stage.lighting import light
from maquette.stage.outlook import scene_front
from maquette.stage.play import Footfall
from maquette.stage.sets import SET_BUILDERS
from maquette.stage.sets.lights import with_lights
from maquette.stage.sets.outside import lit_backing
from maquette.stage.setup import Setup
from maquette.stage.shot_camera import ShotCamera
from maquette.stage.sightline import wild_bodies
from maquette.stage.weather import falling
from maquette.stage.weather_light import weathered, with_weather_lit

Vec = NDArray[np.float64]

STAGE_VERSION = 8
"""Goes up whenever the same request builds another stage."""

MAX_CAST = 12
"""Bodies that one shot shows in full; in larger crowds those farthest from the subjects are left out, and said so."""


@dataclass(frozen=True, eq=False)
class BuiltStage:
    """The stage of one shot. What moves with time is solved in `at`; what does not is built once."""

    request: TakeRequest
    plan: SetPlan
    company: Company
    notes: tuple[str, ...]
    motion: Motion | None = None
    """None: a still."""

    @property
    def places(self) -> Mapping[str, Place]:
        """Where everybody is blocked, by name."""
        return self.company.places

    def at(self, t_s: Fraction, *, steady: bool = False, grain_m: Mapping[str, float] = FULL_DETAIL) -> Moment:
        """The stage `t_s` seconds into the shot; `steady`: without flicker, as a light meter wants it.

        grain_m: by name, below what size in metres nothing of a person is to be seen.
        """
        lighting = lighting_at(self.request, t_s)
        setup, play = self.setup, self.company.play
        now = self.company.at(t_s if self.motion is None else self.motion.played(t_s))
        camera = self.camera.at(t_s, now.figures, now.things)
        cast = [body for name, body in now.cast(grain_m).items() if name not in setup.hidden]
        figures = now.figures
        targets = [setup.target, *(f.landmarks["chest"] for f in figures.values())]
        gone = {*wild_bodies(self.plan, camera, targets), *setup.struck}
        fallen = standing_on(setup.struck, self.plan.bodies, now.props)
        props = [replace(b, seen=b.name not in fallen) for b in now.props] if fallen else now.props
        scenery = [replace(b, seen=b.name not in gone) for b in self.plan.bodies]
        scenery += floor_beyond(self.plan, frozenset(gone), LEVELS[lighting.time_of_day].key)
        sky, sun, haze = self._air(lighting)
        if not steady and not self.plan.interior:
            sky, haze = stirred(sky, haze, self.request.dressing.weather, float(t_s), self.request.seed)
        subjects = [figures[n] for n in self.request.shot.subjects if n in figures] or list(figures.values())
        heads = self._heads(now)
        waver = 1.0 if steady else waver_at(lighting, self.request.seed, float(t_s))
        rig = light(lighting, self.plan, subjects, camera, self.front, sun, heads, waver)
        camera = replace(
            camera,
            exposure_stops=lighting.exposure_stops,
            metered_level=rig.level,
            white_balance_k=rig.white_balance_k,
        )
        drops = [] if steady else self._drops(camera, t_s, props)
        moment = Moment(
            bodies=(*scenery, *props, *cast, *rig.flags, *drops),
            lamps=tuple(_unseen_inside(lamp, [b for b in scenery if not b.seen]) for lamp in (*rig.lamps, *now.flames)),
            sky=sky,
            camera=camera,
            haze=haze,
            heads=heads,
            balance=rig.balance,
            notes=(*self.notes, *setup.notes, *(play.notes if play is not None else ()), *rig.notes),
        )
        if not steady:
            stands = [f.landmarks["chest"] for f in self.company.panel.figures.values()]
            moment = self._door_opened(moment, lighting, t_s)
            moment = with_events(moment, self.plan, lighting, float(t_s), self.request.seed, stands)
        return with_weather_lit(moment)

    def _door_opened(self, moment: Moment, lighting: Lighting, t_s: Fraction) -> Moment:
        """The door as those who come in or go out open it, unless a cue has it."""
        play, door = self.company.play, door_of(self.plan)
        cued = any(c.cue in (Cue.DOOR_OPENS, Cue.DOOR_CLOSES) for c in lighting.light_cues or ())
        share = 0.0 if play is None or door is None or cued else play.door_open(float(t_s))
        if door is None or share == 0.0:
            return moment
        return replace(moment, bodies=tuple(opened(moment.bodies, door, share, [])))

    def _drops(self, camera: PlacedCamera, t_s: Fraction, props: Sequence[Body]) -> list[Body]:
        """Rain and snow in the air."""
        weather, seed = self.request.dressing.weather, self.request.seed
        return falling(weather, self.plan, self.setup.camera, camera, float(t_s), seed, props)

    def _heads(self, now: Gathering) -> tuple[Head, ...]:
        """Heads, the shot's subjects first: the light is set for the first of them."""
        order = {name: i for i, name in enumerate(self.request.shot.subjects)}
        names = [n for n in now.heads if n not in self.setup.hidden]
        return tuple(now.heads[n] for n in sorted(names, key=lambda n: order.get(n, len(order))))

    def figures(self, t_s: Fraction) -> dict[str, Figure]:
        """Where everybody is, for cameras and measures: landmarks and look by name."""
        return self.company.at(t_s).figures

    def footfalls(self, start_s: Fraction, end_s: Fraction) -> tuple[Footfall, ...]:
        """Every step taken from `start_s` up to `end_s`, in order of time: when, where, by whom, with which foot."""
        return self.company.footfalls(start_s, end_s)

    @cached_property
    def camera(self) -> ShotCamera:
        """The shot's camera as a function of time."""
        now = self.company.panel
        play = self.company.play
        way, eyes = (None, None) if play is None else (play.way_of, play.eyes_at)
        return ShotCamera.of(self.request, now.figures, now.things, self.plan, self.company.setup, way, eyes)

    @property
    def setup(self) -> Setup:
        """The camera set-up at the shot's first moment."""
        return self.camera.first

    @cached_property
    def front(self) -> Vec:
        """(2,) unit, from the cast towards the scene's master camera."""
        figures = self.company.panel.figures
        return scene_front(figures, self.plan) if figures else np.array([0.0, -1.0])

    def _air(self, lighting: Lighting) -> tuple[Sky, Lamp | None, Haze]:
        eyes = [f.landmarks["eyes"] for f in self.company.panel.figures.values()]
        return air(lighting, self.request.dressing, self.plan, self.front, eyes)


def build_stage(request: TakeRequest, beats: tuple[Beat, ...] = (), motion: Motion | None = None) -> BuiltStage:
    """The stage that a request describes; `beats`: what is played in it over time; `motion`: how it is animated.

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
    beats = _beats_there(request, beats, kept)
    plan = _plan(request, len(performances))
    if plan.note:
        notes.append(plan.note)
    return BuiltStage(request, plan, company_of(request, plan, beats), tuple(notes), motion)


@lru_cache(maxsize=12)
def floor_beyond(plan: SetPlan, gone: frozenset[str], key_level: float) -> tuple[Body, ...]:
    """The floor carried on outside the walls that the camera looks through: it stands there and would see a void.

    No lamp of the room reaches it, so it has the room's mean light as its own.
    """
    floor = next((b for b in plan.bodies if b.name == "set/floor"), None)
    walls = [b for b in plan.bodies if b.name in gone and b.name.startswith("wall/") and b.name.count("/") == 1]
    if floor is None or not plan.interior or not walls or len(floor.faces) > 30_000:
        return ()
    low, high = floor.vertices.min(axis=0), floor.vertices.max(axis=0)
    size, middle = high - low, (high + low) / 2
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
                emission=(floor.base_color * np.float32(0.3 * key_level)).astype(np.float32),
            )
        )
    return tuple(carried)


def _there(request: TakeRequest, performances: tuple[Performance, ...]) -> tuple[Performance, ...]:
    """Whom the shot is about is there, even where the reading missed that they came in."""
    wanted = {*request.shot.subjects, request.shot.over}
    return tuple(p.model_copy(update={"present": True}) if p.character in wanted else p for p in performances)


def _beats_there(request: TakeRequest, beats: tuple[Beat, ...], kept: set[str]) -> tuple[Beat, ...]:
    """The beats with those people that the stage shows. The panel's own beat has whom the shot is about."""
    found: list[Beat] = []
    for beat in beats:
        played = tuple(p for p in beat.performances if p.character in kept)
        if beat.line_id is not None and beat.line_id == request.shot.moment_id:
            played = _there(request, played)
        found.append(beat.model_copy(update={"performances": played}))
    return tuple(found)


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
    burning = practicals_on(request.lighting, plan)
    lit = _lit_set(plan, burning, request.lighting.time_of_day, dressing.weather, dressing.set_seed)
    return weathered(lit, dressing.weather)


@lru_cache(maxsize=12)
def _lit_set(plan: SetPlan, burning: bool, time: TimeOfDay, weather: str, seed: int) -> SetPlan:
    """The set with its lamps on or off and the hour in its windows. Kept: the same light is the same arrays."""
    plan = with_lights(plan, burning)
    if not plan.interior:
        return plan
    # After the switch: whatever burns in the room, daylight stands in its windows.
    sky, _ = made_sky(time, weather, seed)
    return replace(plan, bodies=tuple(_backed(b, sky, LEVELS[time]) for b in plan.bodies))


def _backed(body: Body, sky: Sky, level: Level) -> Body:
    """What stands outside the windows is a lit backing."""
    return lit_backing(body, sky, level.backing, level.practicals) if body.name == "set/outside" else body


@lru_cache(maxsize=8)
def _built_set(kind: SetKind, seed: int, seats: int, words: tuple[str, ...]) -> SetPlan:
    return SET_BUILDERS[kind](seed, seats, words)


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
