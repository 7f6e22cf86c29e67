"""Lights that change during a shot: a door, a passing car, a switch, lightning, a television.

What cues add is made against the finished picture's key and comes after the meter: the lamps stay dimmed to what the
shot opens with. Everything is continuous in time; the onset of lightning takes a hundredth of a second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.light_cues import Cue, LightCue
from maquette.film.lighting import Lighting, Motivation
from maquette.film.stage import Body, Lamp, LampRole, Moment, Opening, SetPlan, Sky
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.stage.doors import door_of, opened
from maquette.stage.framing import camera_axes
from maquette.stage.lamps import panel, radiance_for, unit
from maquette.stage.levels import LEVELS

Vec = NDArray[np.float64]

CUE = "cue/"
"""Names of lamps that cues bring begin so: no gaffer dims them."""
DOOR_S, SWITCH_S, CAR_S = 0.8, 0.1, 1.5
"""How long a door takes to open, a lamp to go out, a car to pass."""
DOOR_KELVIN, CAR_KELVIN = 3400.0, 4300.0
LIGHTNING_KELVIN = (6500.0, 8000.0)
FLASH_S = 0.055
"""Time in which a flash fades to a third."""
_FLASH_RISE_S = 0.01
TV_CUT_S = 0.04
_MADE_BY_LAMPS = (None, Motivation.NONE, Motivation.LAMP, Motivation.NEON)
_AMBIENT_BACK = 0.35
"""What is left of the back light when the lamps are off: it was theirs only in part."""


@dataclass(frozen=True, eq=False)
class Scene:
    """What a cue finds."""

    moment: Moment
    plan: SetPlan
    lighting: Lighting
    white: float
    """Radiance of a white card in the light that the shot opens with."""
    focus: Vec
    """(3,) what the light is on."""
    t_s: float
    seed: int
    stands: Sequence[Vec]


def with_events(
    moment: Moment, plan: SetPlan, lighting: Lighting, t_s: float, seed: int, stands: Sequence[Vec] = ()
) -> Moment:
    """The moment with the light changed as its cues have it at `t_s` seconds into the shot.

    stands: (2+,) where people stand as the shot opens, metres: a door opens no further than they let it.
    """
    cues = lighting.light_cues
    if not cues:
        return moment
    focus = moment.heads[0].eyes if moment.heads else np.array(moment.camera.look_at)
    scene = Scene(moment, plan, lighting, _white(moment, plan, lighting), np.asarray(focus, float), t_s, seed,
                  stands)  # fmt: skip
    for kind, change in _CHANGES.items():
        own = [c for c in cues if c.cue in kind]
        if own:
            scene = replace(scene, moment=change(scene, own))
    return scene.moment


def _white(moment: Moment, plan: SetPlan, lighting: Lighting) -> float:
    if moment.balance is not None:
        return 1.0
    level = LEVELS[lighting.time_of_day]
    if plan.interior:
        return level.key
    return max(1.6 * level.open_key, 0.15) if level.practicals else 1.0


def _smooth(x: float) -> float:
    x = min(max(x, 0.0), 1.0)
    return x * x * (3 - 2 * x)


def _state(cues: list[LightCue], on: Cue, lasts_s: float, t_s: float) -> float:
    """0..1 how far something is on that cues turn on and off. Before the first it is as that one does not want it."""
    value = 0.0 if cues[0].cue is on else 1.0
    for cue in cues:
        value += (float(cue.cue is on) - value) * _smooth((t_s - cue.at_s) / lasts_s)
    return value


def _added(moment: Moment, *lamps: Lamp) -> Moment:
    """The moment with those of the lamps that shine."""
    return replace(moment, lamps=(*moment.lamps, *(x for x in lamps if max(x.radiance) > 1e-6)))


def _noted(moment: Moment, note: str) -> Moment:
    return moment if note in moment.notes else replace(moment, notes=(*moment.notes, note))


def _scaled(lamp: Lamp, factor: float) -> Lamp:
    r, g, b = lamp.radiance
    return replace(lamp, radiance=(r * factor, g * factor, b * factor))


def _shining(body: Body, factor: float) -> Body:
    if body.emission is None or factor == 1.0:
        return body
    return replace(body, emission=(body.emission * np.float32(factor)).astype(np.float32))


# --- switches -------------------------------------------------------------------------------------------------


def _switched(scene: Scene, cues: list[LightCue]) -> Moment:
    """Lamps of the place and the key that they motivate; windows, fill and the sky stay."""
    if not scene.plan.practicals:
        return _noted(
            scene.moment, "No lamps burn here that could be switched: state practicals=on, or leave that cue."
        )
    on = _state(cues, Cue.LAMP_ON, SWITCH_S, scene.t_s)
    if on == 1.0:
        return scene.moment
    of_place = {p.name for p in scene.plan.practicals}
    theirs = scene.plan.interior and scene.lighting.motivation in _MADE_BY_LAMPS

    def dimmed(lamp: Lamp) -> Lamp:
        if lamp.name in of_place or (theirs and lamp.role is LampRole.KEY):
            return _scaled(lamp, on)
        if theirs and lamp.role is LampRole.BACK:
            return _scaled(lamp, _AMBIENT_BACK + (1 - _AMBIENT_BACK) * on)
        return lamp

    own = {b.name for b in scene.plan.bodies if b.emission is not None and b.name != "set/outside"}
    left = dict.fromkeys(own, on)
    left |= {b.name: 0.3 + 0.7 * on for b in scene.moment.bodies if b.name.startswith("set/floor beyond")}
    bodies = tuple(_shining(b, left[b.name]) if b.name in left else b for b in scene.moment.bodies)
    return replace(scene.moment, lamps=tuple(dimmed(x) for x in scene.moment.lamps), bodies=bodies)


# --- a door ---------------------------------------------------------------------------------------------------


def _door(scene: Scene, cues: list[LightCue]) -> Moment:
    """The leaf swings, and light from beyond it falls in: a slab that grows on the floor as the leaf gives way."""
    door = door_of(scene.plan)
    if door is None:
        return _noted(scene.moment, "There is no door here for the light to come through: that cue is left out.")
    open_ = _state(cues, Cue.DOOR_OPENS, DOOR_S, scene.t_s)
    if open_ == 0.0:
        return scene.moment
    color = kelvin_to_rgb(DOOR_KELVIN)
    if not door.body:
        # No room was built behind a street door: its light stands in the doorway.
        at = door.center + door.inward * 0.12
        return _added(scene.moment, panel(f"{CUE}door", LampRole.PRACTICAL, at, at + door.inward, 0.9,
                                          scene.white * 2.5 * open_ * color, visible=True))  # fmt: skip
    # It is there before the leaf has moved far, and the leaf holds it back.
    white = scene.white * min(1.0, 6 * open_)
    hung, to = door.center - door.inward * 2.5, door.center + door.inward * 2.5
    hung[2], to[2] = 2.1, 0.5
    hard = panel(f"{CUE}door", LampRole.PRACTICAL, hung, to, 0.2,
                 radiance_for(white, float(np.linalg.norm(to - hung)), 0.2, DOOR_KELVIN))  # fmt: skip
    above = door.center - door.inward * 1.3
    above[2] = 2.35
    soft = panel(f"{CUE}hall", LampRole.PRACTICAL, above, above - np.array([0.0, 0.0, 1.0]), 0.8,
                 radiance_for(1.1 * white, 1.6, 0.8, DOOR_KELVIN))  # fmt: skip
    moment = _added(scene.moment, replace(hard, beam=6.0), soft)
    return replace(moment, bodies=tuple(opened(moment.bodies, door, open_, scene.stands)))


# --- a car ----------------------------------------------------------------------------------------------------


def _car(scene: Scene, cues: list[LightCue]) -> Moment:
    """Headlights that sweep the room through its largest window, or the scene from beside the camera."""
    moment = scene.moment
    if scene.plan.interior and not scene.plan.openings:
        return _noted(moment, "There is no window here for a car's light to come through: that cue is left out.")
    for index, cue in enumerate(cues):
        share = (scene.t_s - cue.at_s) / CAR_S
        if not 0 < share < 1:
            continue
        way = 1.0 if np.random.default_rng([scene.seed & 0xFFFFFFFF, 21, index]).random() < 0.5 else -1.0
        along = way * (2 * share - 1)
        # It comes into sight and is gone again without a step.
        bright = scene.white * _smooth(4 * share) * _smooth(4 * (1 - share))
        lamp = (
            _through_window(scene, along, bright) if scene.plan.interior else _along_street(scene, way, along, bright)
        )
        moment = _added(moment, replace(lamp, name=f"{CUE}car {index + 1}"))
    return moment


def _through_window(scene: Scene, along: float, bright: float) -> Lamp:
    opening = _largest(scene.plan)
    out = unit(-np.array(opening.normal[:2]))
    across = np.array([-out[1], out[0]])
    window = np.array(opening.center)
    at = window + np.append(5.0 * out + 6.0 * along * across, 0.35)
    white = 1.5 * bright
    reach = float(np.linalg.norm(at - window)) + 2.0
    return panel("car", LampRole.WINDOW, at, window, 0.3, radiance_for(white, reach, 0.3, CAR_KELVIN))


def _along_street(scene: Scene, way: float, along: float, bright: float) -> Lamp:
    camera = scene.moment.camera
    right, _, _ = camera_axes(camera)
    to_camera = np.array(camera.position) - scene.focus
    distance = float(np.clip(0.75 * np.hypot(to_camera[0], to_camera[1]), 2.5, 9.0))
    side = unit(np.append(to_camera[:2], 0.0))
    travel = unit(np.append(right[:2], 0.0)) * way
    # Beyond the edges of the frame when it comes and goes.
    reach = 3.0 + 1.6 * distance
    at = scene.focus + side * distance + travel * reach * abs(along) * np.sign(along * way)
    at[2] = scene.focus[2] - 0.75
    ahead = unit(0.55 * travel + unit(scene.focus - at))
    lamp = panel(
        "car", LampRole.PRACTICAL, at, at + ahead, 0.3, radiance_for(2.2 * bright, distance + 1.0, 0.3, CAR_KELVIN)
    )
    return replace(lamp, beam=2.0)


def _largest(plan: SetPlan) -> Opening:
    return max(plan.openings, key=lambda o: o.width_m * o.height_m)


# --- lightning ------------------------------------------------------------------------------------------------


@lru_cache(maxsize=32)
def _flashes(seed: int, index: int) -> tuple[tuple[tuple[float, float], ...], float, float]:
    """((seconds after the cue, strength) ...), kelvin and azimuth of one stroke: 2 or 3 flashes, the first not the
    strongest always."""
    rng = np.random.default_rng([seed & 0xFFFFFFFF, 22, index])
    times = np.cumsum([0.0, rng.uniform(0.08, 0.14), rng.uniform(0.12, 0.26)])[: int(rng.integers(2, 4))]
    strengths = rng.uniform(0.45, 1.0, len(times))
    strengths[int(rng.integers(len(times)))] = 1.0
    return (
        tuple(zip(times.tolist(), strengths.tolist(), strict=True)),
        float(rng.uniform(*LIGHTNING_KELVIN)),
        float(rng.uniform(0, 2 * np.pi)),
    )


def flash_at(seed: int, index: int, after_s: float) -> float:
    """0..about 1.2: how bright a stroke is so long after its cue: each flash jumps up and fades."""
    flashes, _, _ = _flashes(seed, index)
    total = 0.0
    for start, strength in flashes:
        since = after_s - start
        if since > 0:
            total += (
                strength * min(since / _FLASH_RISE_S, 1.0) * float(np.exp(-max(since - _FLASH_RISE_S, 0) / FLASH_S))
            )
    return total if total > 0.004 else 0.0


def _lightning(scene: Scene, cues: list[LightCue]) -> Moment:
    moment = scene.moment
    if scene.plan.interior and not scene.plan.openings:
        return _noted(moment, "There is no window here for lightning to come through: that cue is left out.")
    for index, cue in enumerate(cues):
        bright = flash_at(scene.seed, index, scene.t_s - cue.at_s) * scene.white
        if bright > 0:
            _, kelvin, azimuth = _flashes(scene.seed, index)
            struck = _struck_inside if scene.plan.interior else _struck_outside
            moment = struck(replace(scene, moment=moment), bright, kelvin, azimuth, index)
    return moment


def _struck_outside(scene: Scene, bright: float, kelvin: float, azimuth: float, index: int) -> Moment:
    """The clouds light up and one hard light stands high in them."""
    moment, color = scene.moment, kelvin_to_rgb(kelvin)
    a = np.array([np.cos(azimuth), np.sin(azimuth), 0.8])
    at = scene.focus + 60.0 * unit(a)
    lamp = panel(f"{CUE}lightning {index + 1}", LampRole.PRACTICAL, at, scene.focus, 5.0,
                 radiance_for(1.8 * bright, 60.0, 5.0, kelvin))  # fmt: skip
    moment = _added(moment, lamp)
    haze = replace(moment.haze, color=_plus(moment.haze.color, 0.16 * bright * color))
    if moment.sky is None:
        return replace(moment, haze=haze)
    half = len(moment.sky.radiance) // 2
    radiance = moment.sky.radiance.copy()
    # Cloud by cloud: what is thick there glows.
    glow = radiance[:half] / max(float(radiance[:half].mean()), 1e-9)
    radiance[:half] += (0.5 * bright * color * np.clip(glow, 0.3, 2.5)).astype(np.float32)
    return replace(moment, sky=Sky(radiance), haze=haze)


def _struck_inside(scene: Scene, bright: float, kelvin: float, azimuth: float, index: int) -> Moment:
    """What is outside the windows lights up, and hard light comes through the largest."""
    moment, color = scene.moment, kelvin_to_rgb(kelvin)
    bodies = tuple(_flooded(b, 1.1 * bright * color) if b.name == "set/outside" else b for b in moment.bodies)
    moment = replace(moment, bodies=bodies)
    largest = sorted(scene.plan.openings, key=lambda o: -o.width_m * o.height_m)[:3]
    normal, window = np.array(largest[0].normal), np.array(largest[0].center)
    across = np.array([-normal[1], normal[0], 0.0])
    at = window - 7.0 * normal + 3.0 * np.cos(azimuth) * across + np.array([0.0, 0.0, 3.2])
    lamps = [panel(f"{CUE}lightning {index + 1}", LampRole.WINDOW, at, window, 0.4,
                   radiance_for(9.0 * bright, float(np.linalg.norm(at - window)) + 1.5, 0.4, kelvin))]  # fmt: skip
    for number, opening in enumerate(largest):
        # Sky light from just inside each frame, as the windows' own.
        inner = np.array(opening.center) + 0.12 * np.array(opening.normal)
        size = float(np.sqrt(opening.width_m * opening.height_m))
        lamps.append(panel(f"{CUE}lightning {index + 1} window {number + 1}", LampRole.WINDOW, inner,
                           inner + np.array(opening.normal), size, 8.0 * bright * color))  # fmt: skip
    return _added(moment, *lamps)


def _flooded(body: Body, light: Vec) -> Body:
    base = np.zeros_like(body.base_color) if body.emission is None else body.emission
    grey = body.base_color.mean(axis=1, keepdims=True)
    # So bright that colours pale.
    lit = (0.35 * body.base_color + 0.65 * grey) * light.astype(np.float32)
    return replace(body, emission=(base + lit).astype(np.float32))


def _plus(a: tuple[float, float, float], b: Vec) -> tuple[float, float, float]:
    return (a[0] + float(b[0]), a[1] + float(b[1]), a[2] + float(b[2]))


# --- a television ---------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _programme(seed: int) -> tuple[Vec, Vec, Vec]:
    """Times of the cuts after the set goes on, and level and kelvin from each on: shots of 1 to 3 s, for 10 minutes."""
    rng = np.random.default_rng([seed & 0xFFFFFFFF, 23])
    cuts = np.concatenate([[0.0], np.cumsum(rng.uniform(1.0, 3.0, 600))])
    level = np.clip(rng.uniform(0.35, 1.15, len(cuts)), 0, 1)
    return cuts, level, rng.uniform(5600, 10500, len(cuts))


def picture_at(seed: int, on_s: float) -> tuple[float, float]:
    """(level 0..about 1.1, kelvin) of a television so long after it went on: it steps at cuts and drifts between."""
    if on_s <= 0:
        return 0.0, 8000.0
    cuts, levels, kelvins = _programme(seed)
    i = int(np.searchsorted(cuts, on_s, side="right")) - 1
    k = _smooth((on_s - cuts[i]) / TV_CUT_S)
    before = (float(levels[i - 1]), float(kelvins[i - 1])) if i else (0.0, float(kelvins[0]))
    level, kelvin = before[0] + (levels[i] - before[0]) * k, before[1] + (kelvins[i] - before[1]) * k
    drift = 1 + 0.07 * np.sin(2 * np.pi * 0.9 * on_s + 1.3) + 0.04 * np.sin(2 * np.pi * 2.3 * on_s)
    return float(level * drift), float(kelvin)


def _tv(scene: Scene, cues: list[LightCue]) -> Moment:
    """The light of a screen; where the key comes from a screen already, that key plays the programme."""
    level, kelvin = picture_at(scene.seed, scene.t_s - cues[0].at_s)
    moment = scene.moment
    if level <= 0:
        return moment
    if scene.lighting.motivation is Motivation.SCREEN:
        ease = _smooth((scene.t_s - cues[0].at_s) / TV_CUT_S)
        factor = 1 + (0.35 + level - 1) * ease
        return replace(moment, lamps=tuple(_scaled(x, factor) if x.role is LampRole.KEY else x for x in moment.lamps))
    screen = next((f for f in scene.plan.features if f.word in ("television", "tv", "screen")), None)
    if screen is not None:
        at = np.array(screen.position, float)
    else:
        look = moment.heads[0].look if moment.heads else np.array(moment.camera.position) - scene.focus
        at = scene.focus + 1.7 * unit(np.append(np.asarray(look, float)[:2], 0.0))
        at[2] = max(scene.focus[2] - 0.55, 0.4)
    reach = float(np.linalg.norm(at - scene.focus))
    return _added(moment, panel(f"{CUE}tv", LampRole.PRACTICAL, at, scene.focus, 0.7,
                                radiance_for(0.8 * level * scene.white, reach, 0.7, kelvin)))  # fmt: skip


_CHANGES = {
    (Cue.LAMP_OFF, Cue.LAMP_ON): _switched,
    (Cue.DOOR_OPENS, Cue.DOOR_CLOSES): _door,
    (Cue.CAR_PASSES,): _car,
    (Cue.LIGHTNING,): _lightning,
    (Cue.TV,): _tv,
}
"""What each kind of cue does, in the order in which they are applied."""
