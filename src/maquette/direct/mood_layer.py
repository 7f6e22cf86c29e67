"""The mood as one layer of a shot's controls: it acts on what holds further out and gives way to what is nearer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from maquette.direct.held import MOOD_CONTROLS, OUTSIDE_IN, Held, lay
from maquette.direct.mood_mix import (
    LEVERS,
    MoodChange,
    Way,
    base_intensity,
    curve_value,
    expand,
    levers_of,
    mood_words,
    moved,
)
from maquette.direct.neutral import NEUTRAL
from maquette.film.control_table import CONTROLS, ControlSpec, Kind
from maquette.film.controls import Controls, Key, Origin, Scope, Track
from maquette.film.lighting import LightPattern
from maquette.film.mood import WORD_THRESHOLD, MoodControls, MoodLevers, MoodRecipe


def merged_mood(stated: Mapping[Scope, Controls]) -> tuple[MoodControls, Scope | None, dict[str, Held]]:
    """(mood that holds, scope at which it is named, its controls). A mood named nearer is another mood: what further
    out says about strength, blend and curve goes with the mood that it was said of."""
    fields: dict[str, Any] = {}
    held: dict[str, Held] = {}
    named: Scope | None = None
    for scope, _, origin in OUTSIDE_IN:
        controls = stated.get(scope) or Controls()
        own = {f: v for f, v in controls.mood if v is not None}
        if "name" in own:
            fields, held = {}, {}
        named = scope if "name" in own or "second" in own else named
        track = next((t for t in controls.tracks if t.control == "mood-intensity"), None)
        own |= {"intensity": None} if track else {}
        fields |= own
        for name in MOOD_CONTROLS:
            value = own.get(CONTROLS[name].path.partition(".")[2])
            if value is not None:
                held[name] = Held(value, origin)
        held |= {"mood-intensity": Held(track, origin)} if track else {}
    return MoodControls(**fields), named, held


def shown_mood(mood: MoodControls, mood_held: Mapping[str, Held], scene_share: float) -> dict[str, Held]:
    """The mood's own controls as holdings; a curve shows in the reason of the intensity."""
    shown = dict(mood_held)
    if mood.curve and (mood.name or mood.second):
        entry = shown.get("mood-intensity") or Held(1.0, shown.get("mood", next(iter(shown.values()))).origin)
        why = f"times {curve_value(mood.curve, scene_share):.2g} by the mood curve at {scene_share:.0%} of the scene"
        shown["mood-intensity"] = replace(entry, why=why)
    return shown


def apply_mood(held: dict[str, Held], mood: MoodControls, mood_held: Mapping[str, Held], scene_share: float,
               recipes: Mapping[str, MoodRecipe], origin: Origin,
               patterns: Mapping[LightPattern, Mapping[str, float]]) -> None:  # fmt: skip
    """Lay the mood's changes on top, in place. Where a lighting pattern holds, they start from its numbers."""
    levers, intensity = levers_of(mood, scene_share, recipes)
    entry = mood_held.get("mood-intensity")
    keys = entry.value.keys if entry and isinstance(entry.value, Track) else ()
    # What cannot change during a shot is as the mood is at its strongest there.
    peak = intensity * max((k.value for k in keys), default=1.0)
    weather, levers = levers.weather, levers.model_copy(update={"weather": None})
    words = mood_words(mood, peak)
    layer: dict[str, Held] = {}
    base: dict[str, Any] = {n: h.steady for n, h in held.items()}
    base = {**patterns.get(base.get("lighting", LightPattern.THREE_POINT), {}), **base}
    for change in expand(levers, peak, base):
        before = held.get(change.control)
        ground = before.value if before else base.get(change.control, NEUTRAL.get(change.control))
        value = _over_time(change, levers, intensity, keys, ground)
        layer[change.control] = Held(value, origin, f"{words}: {change.why}")
    # Weather is the same in all shots of a scene: no single shot makes it, and no curve stops the rain.
    if weather is not None and origin is not Origin.SHOT_MOOD and base_intensity(mood) >= WORD_THRESHOLD:
        layer["weather"] = Held(weather, origin, words)
    lay(held, layer, of_mood=True)


def _over_time(change: MoodChange, levers: MoodLevers, intensity: float, keys: tuple[Key, ...],
               ground: Any) -> Any:  # fmt: skip
    """The changed value; as a track where the mood's intensity is keyed, or where it acts on a track."""
    lever = next(lever for lever in LEVERS if lever.control == change.control)
    full = getattr(levers, lever.field)
    if lever.way is Way.WORD:
        return change.value

    def at(strength: float, held_value: Any) -> Any:
        return moved(lever, full, strength, {lever.control: held_value}) if strength > 0 else held_value

    peak = intensity * max((k.value for k in keys), default=1.0)
    if isinstance(ground, Track):
        return ground.model_copy(
            update={"keys": tuple(k.model_copy(update={"value": at(peak, k.value)}) for k in ground.keys)}
        )
    if not keys or not _follows_mood(CONTROLS[change.control]):
        return change.value
    return Track(control=change.control,
                 keys=tuple(k.model_copy(update={"value": at(intensity * k.value, ground)}) for k in keys))  # fmt: skip


def _follows_mood(spec: ControlSpec) -> bool:
    """Light, colour and the horizon follow a mood during a shot; a lens or a camera height that crept would be a move
    that nobody asked for."""
    return (
        spec.keyable
        and spec.kind is Kind.NUMBER
        and (spec.path.startswith(("lighting.", "grade.")) or spec.name == "roll")
    )
