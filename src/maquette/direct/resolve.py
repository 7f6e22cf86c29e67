"""What holds for a shot: everything stated at every scope, the moods and the shot list, merged control by control.

From the last word to the first guess: the shot's controls, the words of the script, the shot's mood, the scene's
controls and mood, the production's controls and mood, the shot list. Each value keeps where it comes from.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from maquette.direct.held import MOOD_CONTROLS, OUTSIDE_IN, PATH, SHOT_FIELDS, WINS_OVER, Held, lay
from maquette.direct.mood_layer import apply_mood, merged_mood, shown_mood
from maquette.direct.neutral import NEUTRAL, pitch_of
from maquette.film.camera import SENSOR_WIDTH_MM, CameraControls, Sensor
from maquette.film.control_table import (
    CONTROL_LIST,
    CONTROLS,
    ControlSpec,
    format_value,
    get_control,
    with_control,
)
from maquette.film.controls import Controls, Directed, Holding, Origin, Scope, Track
from maquette.film.grade import Grade
from maquette.film.light_cues import cues_text
from maquette.film.lighting import LightPattern
from maquette.film.mood import MoodRecipe
from maquette.film.shot import Framing, Shot, ShotStatus, Side
from maquette.film.usual import azimuth_for, lens_for

_STATED = (Origin.SHOT, Origin.SCENE, Origin.PRODUCTION)
_ESTIMATES = (Origin.SHOT_LIST, Origin.SHOT_MOOD, Origin.SCENE_MOOD, Origin.PRODUCTION_MOOD)


def resolve(
    shot: Shot,
    scene_share: float,
    stated: Mapping[Scope, Controls],
    recipes: Mapping[str, MoodRecipe],
    patterns: Mapping[LightPattern, Mapping[str, float]] | None = None,
) -> Directed:
    """The shot with all controls resolved.

    scene_share: where in the scene's running time the shot lies, 0..1, for mood curves. stated: controls by scope;
    scopes may be missing. recipes: moods by name. patterns: the numbers of each lighting pattern by control name, which
    a mood starts from where a pattern holds. Raises ControlError for an unknown mood or a number out of range.
    """
    held = _from_shot_list(shot)
    mood, mood_scope, mood_held = merged_mood(stated)
    _fit_to_frame(held, shot, stated)
    for scope, mood_origin, origin in OUTSIDE_IN:
        if scope is mood_scope:
            apply_mood(held, mood, mood_held, scene_share, recipes, mood_origin, patterns or {})
        if scope is Scope.SHOT:
            lay(held, _from_script(shot))
        lay(held, _stated_at(stated.get(scope) or Controls(), origin))
    held.update(shown_mood(mood, mood_held, scene_share))
    return _directed(shot, held)


def key_side_of_frame(directed: Directed) -> bool:
    """Whether the key side that holds was stated for this shot: the side of this frame; else it is of the world."""
    return origin_of(directed, "key-side") is Origin.SHOT


def stated_camera(directed: Directed) -> CameraControls:
    """`directed.camera` with the lens, the direction and the side that a director stated: the crew exchanges no such
    lens and steps out of no such direction, whatever is in the way."""
    fields = {"lens": "lens_mm", "azimuth": "azimuth_deg", "side": "eyeline_side"}
    own = {field: getattr(directed.shot, SHOT_FIELDS[name]) for name, field in fields.items()
           if origin_of(directed, name) in _STATED}  # fmt: skip
    return directed.camera.model_copy(update=own)


def origin_of(directed: Directed, control: str) -> Origin | None:
    """Where the value of a control comes from; None where nobody stated anything about it."""
    return next((h.origin for h in directed.holdings if h.control == control), None)


def current_values(
    directed: Directed, patterns: Mapping[LightPattern, Mapping[str, float]] | None = None
) -> dict[str, Any]:
    """Every control by name with the typed value that holds; where nobody stated anything the number of the lighting
    pattern, else a neutral value, or None for what has none (names, sides, hours). Of keys the first one's value."""
    whole = Controls(camera=directed.camera, lighting=directed.lighting, mood=directed.mood)
    values: dict[str, Any] = {}
    for spec in CONTROL_LIST:
        if spec.name in SHOT_FIELDS:
            value = getattr(directed.shot, SHOT_FIELDS[spec.name])
            value = (float(value) if spec.name == "duration" else value) if value != () else None
        elif spec.path.startswith("grade."):
            value = getattr(directed.grade, spec.path.partition(".")[2])
        else:
            value = get_control(whole, spec)
        values[spec.name] = value
    if values["pitch"] is None:
        values["pitch"] = pitch_of(None, values["angle"])
    for follower in ("fill-kelvin", "back-kelvin"):
        if values[follower] is None:
            values[follower] = values["key-kelvin"]
    ground = NEUTRAL | dict((patterns or {}).get(values["lighting"], {}))
    return {name: ground.get(name) if value is None else value for name, value in values.items()}


# --- layers -----------------------------------------------------------------------------------------------------


def _from_shot_list(shot: Shot) -> dict[str, Held]:
    """What the shot list fills in."""
    why = {ShotStatus.PROPOSED: "proposed", ShotStatus.ACCEPTED: "proposed and accepted"}.get(shot.status, "by default")
    return {n: Held(v, Origin.SHOT_LIST, why) for n, v in _shot_values(shot).items() if n not in shot.stated}


def _from_script(shot: Shot) -> dict[str, Held]:
    """What the words of the script state, with the words."""
    asked = re.match(r'Asked in line (\d+): "(.*?)"(?:[.:]\s|[.:]?$)', shot.reason, re.DOTALL)
    why = f'"{asked[2]}", line {asked[1]}' if asked else ""
    return {n: Held(v, Origin.SCRIPT, why) for n, v in _shot_values(shot).items() if n in shot.stated}


def _shot_values(shot: Shot) -> dict[str, Any]:
    values = {name: getattr(shot, field) for name, field in SHOT_FIELDS.items()}
    values["duration"] = float(shot.duration_s)
    return {n: v for n, v in values.items() if v is not None and v != ()}


def _stated_at(controls: Controls, origin: Origin) -> dict[str, Held]:
    """Everything but mood; of a control with a value and keys the keys."""
    held: dict[str, Held] = {}
    for spec in CONTROL_LIST:
        value = None if spec.name in MOOD_CONTROLS else get_control(controls, spec)
        if value is not None:
            held[spec.name] = Held(value, origin)
    held |= {t.control: Held(t, origin) for t in controls.tracks if t.control not in MOOD_CONTROLS}
    if controls.camera.path is not None:
        held[PATH] = Held(controls.camera.path, origin)
    return held


def _fit_to_frame(held: dict[str, Held], shot: Shot, stated: Mapping[Scope, Controls]) -> None:
    """Lens and direction of the shot list, in place, for the frame that holds: they were chosen for the shot list's own
    size and framing on spherical Super 35. Whoever asks for another frame without naming a lens expects the usual one,
    and on another sensor or with a squeeze the one with the same view."""
    size, framing = _nearest("size", shot, stated), _nearest("framing", shot, stated)
    sensor, squeeze = _nearest("sensor", shot, stated) or Sensor.SUPER_35, _nearest("squeeze", shot, stated) or 1.0
    if "lens" in held:
        lens, why = shot.lens_mm, held["lens"].why
        if (size, framing) != (shot.size, shot.framing):
            lens, why = lens_for(framing, size), f"usual for {framing.value}, {size.value}"
        if sensor is not Sensor.SUPER_35:
            lens, why = lens * SENSOR_WIDTH_MM[sensor] / SENSOR_WIDTH_MM[Sensor.SUPER_35], f"{why}, for {sensor.value}"
        if squeeze != 1:
            lens, why = lens * squeeze, f"{why}, for {squeeze:g}x anamorphic"
        held["lens"] = Held(float(f"{lens:.4g}"), Origin.SHOT_LIST, why)
    if framing is not shot.framing and ("azimuth" in held or shot.azimuth_deg is None):
        usual = azimuth_for(framing, size)
        held.pop("azimuth", None)
        if usual is not None and "azimuth" not in shot.stated:
            held["azimuth"] = Held(usual, Origin.SHOT_LIST, f"usual for {framing.value}")


def _nearest(name: str, shot: Shot, stated: Mapping[Scope, Controls]) -> Any:
    """What holds for a control that no mood moves, else what the shot list has; None where it has no such field."""
    spec = CONTROLS[name]
    own = getattr(shot, SHOT_FIELDS[name]) if name in SHOT_FIELDS else None
    at = {scope: get_control(controls, spec) for scope, controls in stated.items()}
    by_script = own if name in shot.stated else None
    order = (at.get(Scope.SHOT), by_script, at.get(Scope.SCENE), at.get(Scope.PRODUCTION), own)
    return next((v for v in order if v is not None and v != ()), None)


def _turn_to(held: dict[str, Held], shot: Shot) -> str | None:
    """Whom the subject looks at. Where another subject was asked for, side and partner of the shot list follow, in
    place: the shot's partner looks the other way, anybody else as the line of the scene says."""
    before = shot.subjects[:1]
    now = tuple(held["subjects"].value[:1]) if "subjects" in held else ()
    partner = shot.eyeline or (shot.over if shot.framing is Framing.OTS else None)
    if now != before:
        turned = bool(before) and now == (partner,)
        side = held.get("side")
        if side is not None and side.origin is Origin.SHOT_LIST:
            del held["side"]
            if turned:
                other = Side.LEFT if side.value is Side.RIGHT else Side.RIGHT
                held["side"] = Held(other, Origin.SHOT_LIST, f"looks back at {before[0]}")
        partner = before[0] if turned else None
    over = held.get("over")
    ots = held["framing"].value is Framing.OTS
    if ots and partner and (over is None or (over.value,) == now):
        held["over"] = Held(partner, Origin.SHOT_LIST, "the partner")
    return partner if now != before else shot.eyeline


# --- result -----------------------------------------------------------------------------------------------------


def _directed(shot: Shot, held: dict[str, Held]) -> Directed:
    eyeline = _turn_to(held, shot)
    steady = {name: entry.steady for name, entry in held.items()}
    whole = Controls()
    for spec in CONTROL_LIST:
        if spec.name in steady and spec.name not in SHOT_FIELDS:
            whole = with_control(whole, spec, steady[spec.name])
    grade = whole.grade.model_dump(exclude_none=True)
    return Directed(
        shot=_resolved_shot(shot, held, steady, eyeline),
        camera=whole.camera.model_copy(update={"path": steady.get(PATH)}),
        lighting=whole.lighting,
        grade=Grade(**grade),
        mood=whole.mood,
        tracks=tuple(h.value for n, h in held.items() if isinstance(h.value, Track) and n not in MOOD_CONTROLS),
        holdings=_holdings(held),
        warnings=(*_unheard(held), *_too_late(whole, steady.get("duration", float(shot.duration_s)))),
    )


def _resolved_shot(shot: Shot, held: Mapping[str, Held], steady: Mapping[str, Any], eyeline: str | None) -> Shot:
    changed: dict[str, Any] = {"eyeline": eyeline}
    for name, field in SHOT_FIELDS.items():
        if name in steady:
            changed[field] = steady[name]
        elif name != "duration":
            changed[field] = () if name == "subjects" else None
    seconds = steady.get("duration", float(shot.duration_s))
    changed["duration_s"] = shot.duration_s if seconds == float(shot.duration_s) else Fraction(str(seconds))
    origin = held["duration"].origin if "duration" in held else Origin.SHOT_LIST
    changed["duration_estimated"] = shot.duration_estimated and origin in _ESTIMATES
    return shot.model_copy(update=changed)


def _holdings(held: Mapping[str, Held]) -> tuple[Holding, ...]:
    out: list[Holding] = []
    for spec in CONTROL_LIST:
        if spec.name in held:
            entry = held[spec.name]
            out.append(Holding(control=spec.name, value=_shown(spec, entry.value), origin=entry.origin, why=entry.why))
        if spec.name == "place" and PATH in held:
            keys = held[PATH].value
            out.append(Holding(control="place", value=f"a path of {len(keys)} places", origin=held[PATH].origin))
    return tuple(out)


def _shown(spec: ControlSpec, value: Any) -> str:
    if not isinstance(value, Track):
        return format_value(spec, value)
    return " > ".join(f"{format_value(spec, k.value)} at {k.at:.0%}" for k in value.keys)


def _too_late(whole: Controls, duration_s: float) -> tuple[str, ...]:
    """Cues of the light that begin when the shot is over."""
    late = [c for c in whole.lighting.light_cues or () if c.at_s >= duration_s]
    if not late:
        return ()
    return (f"light-cues: {cues_text(late)} {'comes' if len(late) == 1 else 'come'} after the end of the shot, which "
            f"runs {duration_s:g} s: give an earlier time, or the shot a longer duration.",)  # fmt: skip


def _unheard(held: Mapping[str, Held]) -> tuple[str, ...]:
    """Camera controls that somebody stated and that another one, stated no further out, overrules."""
    out: list[str] = []
    stated = {n for n, entry in held.items() if entry.origin in _STATED and entry.value is not False}
    for winner in (PATH, "place", "height", "pitch", "focus-distance", "deep-focus"):
        losers = [n for n in WINS_OVER[winner] if n in stated]
        if winner not in stated or not losers:
            continue
        by_hand = winner in (PATH, "place")
        decides = "the camera put down by hand" if by_hand else winner
        out.append(f"{' and '.join(losers)} {'does' if len(losers) == 1 else 'do'} nothing here, because {decides} "
                   f"decides: take that back with {'place' if by_hand else winner}=none.")  # fmt: skip
    return tuple(out)
