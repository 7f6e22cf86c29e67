"""Mixing moods: how much of one, two blended, over a scene, from the valence/arousal pad; and what they change.

A lever acts on the value that holds further out, in one of four ways: it pulls it towards its own value, adds to it,
multiplies it, or replaces a word. Ratios, lenses, source sizes and stops move by factors, colour temperatures in mired.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from itertools import pairwise
from typing import Any

from maquette.direct.neutral import NEUTRAL, pitch_of
from maquette.film.camera import Composition
from maquette.film.control_table import CONTROLS, check_number, format_value
from maquette.film.errors import ControlError
from maquette.film.mood import WORD_THRESHOLD, MoodControls, MoodLevers, MoodPoint, MoodRecipe
from maquette.film.shot import Framing, Move


class Way(StrEnum):
    """How a lever acts on the value that holds further out."""

    TOWARD = "toward"
    ADD = "add"
    TIMES = "times"
    WORD = "word"


class Steps(StrEnum):
    """In which measure equal steps look equal."""

    PLAIN = "plain"
    FACTOR = "factor"
    MIRED = "mired"


@dataclass(frozen=True)
class Lever:
    """One lever of `MoodLevers` and the control that it moves."""

    field: str
    control: str
    way: Way
    steps: Steps = Steps.PLAIN


LEVERS: tuple[Lever, ...] = (
    Lever("pattern", "lighting", Way.WORD),
    Lever("contrast_stops", "key-fill", Way.TOWARD, Steps.FACTOR),
    Lever("key_height_deg", "key-height", Way.TOWARD),
    Lever("softness_m", "key-size", Way.TOWARD, Steps.FACTOR),
    Lever("exposure_stops", "exposure", Way.ADD),
    Lever("background_stops", "background", Way.TOWARD),
    Lever("back_stops", "back", Way.TOWARD),
    Lever("key_kelvin", "key-kelvin", Way.TOWARD, Steps.MIRED),
    Lever("green", "green", Way.TOWARD),
    Lever("motivation", "motivation", Way.WORD),
    Lever("flicker", "flicker", Way.TOWARD),
    Lever("haze", "haze", Way.TOWARD),
    Lever("weather", "weather", Way.WORD),
    Lever("saturation", "saturation", Way.TIMES),
    Lever("picture_contrast", "contrast", Way.TIMES, Steps.FACTOR),
    Lever("temperature_mired", "warmth", Way.ADD),
    Lever("shadow_tint", "shadow-tint", Way.ADD),
    Lever("highlight_tint", "highlight-tint", Way.ADD),
    Lever("lift", "lift", Way.ADD),
    Lever("lens_factor", "lens", Way.TIMES, Steps.FACTOR),
    Lever("tightness", "tightness", Way.TIMES, Steps.FACTOR),
    Lever("pitch_deg", "pitch", Way.ADD),
    Lever("roll_deg", "roll", Way.ADD),
    Lever("t_stop", "t-stop", Way.TOWARD, Steps.FACTOR),
    Lever("composition", "composition", Way.WORD),
    Lever("move", "move", Way.WORD),
    Lever("move_speed", "move-speed", Way.TIMES, Steps.FACTOR),
    Lever("shake", "shake", Way.TOWARD),
    Lever("shot_length", "duration", Way.TIMES, Steps.FACTOR),
)

_MOTIVATED_MOVES = (Move.FOLLOW, Move.LEAD, Move.RACK_FOCUS)
"""Moves that the action asks for: no mood takes them away."""
_STEEP_DEG = 40.0
"""A view from straight above or far below is a decision; a mood does not tilt it."""


@dataclass(frozen=True)
class MoodChange:
    """One control that a mood changes."""

    control: str
    """Name in `CONTROLS`."""
    value: Any
    """Typed, within the control's range."""
    why: str
    """What the lever does: "towards 8:1", "x 0.8", "+0.5 stops"."""


def recipe_named(name: str, recipes: Mapping[str, MoodRecipe]) -> MoodRecipe:
    """The mood of that name. Raises ControlError naming near ones."""
    found = recipes.get(name.strip().lower())
    if found is not None:
        return found
    near = get_close_matches(name.strip().lower(), list(recipes), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(recipes) or 'none yet'}."
    raise ControlError(f"There is no mood {name.strip()!r}: {hint}")


def with_own(recipes: Mapping[str, MoodRecipe], own: Iterable[MoodRecipe]) -> dict[str, MoodRecipe]:
    """`recipes` with those that a production saved; of two of one name the production's own holds."""
    return {**recipes, **{r.name: r.model_copy(update={"own": True}) for r in own}}


def levers_of(mood: MoodControls, scene_share: float, recipes: Mapping[str, MoodRecipe]) -> tuple[MoodLevers, float]:
    """(levers at full strength, intensity 0..1) of what is stated about mood, at a share 0..1 of the scene.

    A second mood without a first is the mood. Raises ControlError for an unknown mood or a number out of range.
    """
    intensity = base_intensity(mood) * curve_value(mood.curve or (), scene_share)
    name, second = (mood.name, mood.second) if mood.name is not None else (mood.second, None)
    if name is None:
        return MoodLevers(), 0.0
    levers = recipe_named(name, recipes).levers
    if second is not None:
        levers = blend(levers, recipe_named(second, recipes).levers, blend_share(mood))
    return levers, intensity


def base_intensity(mood: MoodControls) -> float:
    """Stated intensity, 1 where none is. Raises ControlError out of 0..1."""
    return 1.0 if mood.intensity is None else check_number(CONTROLS["mood-intensity"], mood.intensity)


def blend_share(mood: MoodControls) -> float:
    """Share of the second mood, one half where none is stated. Raises ControlError out of 0..1."""
    return 0.5 if mood.blend is None else check_number(CONTROLS["mood-blend"], mood.blend)


def mood_words(mood: MoodControls, intensity: float) -> str:
    """As a director reads it: "dread at 0.7", "dread and nostalgic (30%) at 0.7"."""
    name, second = (mood.name, mood.second) if mood.name is not None else (mood.second, None)
    mixed = f" and {second} ({100 * blend_share(mood):.0f}%)" if second else ""
    return f"{name}{mixed} at {intensity:.2g}"


def curve_value(curve: Sequence[MoodPoint], scene_share: float) -> float:
    """Intensity of a drawn curve at a share of the scene: linear between points, level before and after; 1 without any.

    Of two points at one share the later holds from there on: a jump. Raises ControlError for points out of 0..1.
    """
    for point in curve:
        check_number(CONTROLS["mood-intensity"], point.intensity)
        if not 0 <= point.at <= 1:
            nearest = 0 if point.at < 0 else 100
            raise ControlError(f"The mood curve goes from 0% to 100% of the scene: {100 * point.at:g}% is outside, "
                               f"the nearest is {nearest}%.")  # fmt: skip
    points = sorted(curve, key=lambda p: p.at)
    if not points:
        return 1.0
    if scene_share < points[0].at:
        return points[0].intensity
    for a, b in pairwise(points):
        if a.at <= scene_share < b.at:
            return a.intensity + (b.intensity - a.intensity) * (scene_share - a.at) / (b.at - a.at)
    return points[-1].intensity


# --- blending ---------------------------------------------------------------------------------------------------


def blend(first: MoodLevers, second: MoodLevers, share: float) -> MoodLevers:
    """Both moods in one, `share` 0..1 of the second; 0 and 1 are the moods themselves.

    A number that only one of them has is drawn from neutral. A word is taken from the mood with the larger share, or
    from the only one that has it as long as its share is at least `WORD_THRESHOLD`.
    """
    if share <= 0 or share >= 1:
        return first if share <= 0 else second
    values: dict[str, Any] = {}
    for lever in LEVERS:
        a, b = getattr(first, lever.field), getattr(second, lever.field)
        if a is None and b is None:
            continue
        values[lever.field] = _blended_word(a, b, share) if lever.way is Way.WORD else _blended(lever, a, b, share)
    return MoodLevers(**values)


def _blended_word(a: Any, b: Any, share: float) -> Any:
    stronger, weight, other = (a, 1 - share, b) if share <= 0.5 else (b, share, a)
    if stronger is not None:
        return stronger
    return other if 1 - weight >= WORD_THRESHOLD else None


def _blended(lever: Lever, a: Any, b: Any, share: float) -> Any:
    low: Any = rest_of(lever) if a is None else a
    high: Any = rest_of(lever) if b is None else b
    if lever.control.endswith("tint"):
        return tuple(_between(x, y, share, Steps.PLAIN) for x, y in zip(low, high, strict=True))
    steps = Steps.PLAIN if lever.field == "contrast_stops" else lever.steps
    return _between(low, high, share, steps)


def rest_of(lever: Lever) -> Any:
    """The lever's value that asks for nothing beyond neutral, in the lever's own unit."""
    if lever.way is Way.TIMES:
        return 1.0
    if lever.way is Way.ADD:
        return (0.0, 0.0) if lever.control.endswith("tint") else 0.0
    neutral = NEUTRAL[lever.control]
    return math.log2(neutral) if lever.field == "contrast_stops" else neutral


def _between(a: float, b: float, share: float, steps: Steps) -> float:
    """From a (share 0) to b (share 1), both ends exact."""
    if share <= 0 or share >= 1 or a == b:
        return a if share <= 0 or a == b else b
    if steps is Steps.MIRED:
        return 1 / ((1 - share) / a + share / b)
    if steps is Steps.FACTOR:
        return math.exp((1 - share) * math.log(a) + share * math.log(b))
    return (1 - share) * a + share * b


# --- expansion --------------------------------------------------------------------------------------------------


def expand(levers: MoodLevers, intensity: float, base: Mapping[str, Any]) -> tuple[MoodChange, ...]:
    """What a mood changes at an intensity 0..1, given what holds without it: `base`, typed values by control name.

    Whatever `base` lacks is neutral. Intensity 0 changes nothing. Moods leave alone what they have no say in: a lens
    height or a hand-placed camera keeps its angle, a move that the action asks for stays, only single figures are
    composed to the side.
    """
    changes: list[MoodChange] = []
    for lever in LEVERS:
        full = getattr(levers, lever.field)
        if full is None or intensity <= 0 or not _applies(lever, full, base):
            continue
        if lever.way is Way.WORD:
            if intensity >= WORD_THRESHOLD:
                changes.append(MoodChange(lever.control, full, str(full)))
            continue
        changes.append(
            MoodChange(lever.control, moved(lever, full, intensity, base), lever_words(lever, full, intensity))
        )
    return tuple(changes)


def moved(lever: Lever, full: Any, intensity: float, base: Mapping[str, Any]) -> Any:
    """The control's value after a number lever acted on it, within the control's range."""
    held = base.get(lever.control)
    now: Any = NEUTRAL[lever.control] if held is None else held
    if lever.control == "pitch":
        now = pitch_of(held, base.get("angle"))
    if isinstance(full, tuple):
        return tuple(round(n + intensity * f, 4) for n, f in zip(now, full, strict=True))
    if lever.way is Way.ADD:
        value = now + intensity * full
    elif lever.way is Way.TIMES:
        value = now * _between(1.0, full, intensity, lever.steps)
    else:
        value = _between(now, 2.0**full if lever.field == "contrast_stops" else full, intensity, lever.steps)
    spec = CONTROLS[lever.control]
    return min(max(_rounded(value), spec.low), spec.high)


def _rounded(value: float) -> float:
    """To four significant digits: nobody sets a lamp finer, and values print as they are."""
    return float(f"{value:.4g}")


def lever_words(lever: Lever, full: Any, intensity: float) -> str:
    """What the lever does at that intensity: "towards 8:1", "x 0.8", "+0.5 stops"."""
    spec = CONTROLS[lever.control]
    if isinstance(full, tuple):
        return f"a {intensity * full[0]:+.3f}, b {intensity * full[1]:+.3f}"
    if lever.way is Way.TIMES:
        return f"x {_between(1.0, full, intensity, lever.steps):.2g}"
    if lever.way is Way.ADD:
        unit = f" {spec.unit}" if spec.unit else ""
        return f"{intensity * full:+.2g}{unit}"
    target = format_value(spec, 2.0**full if lever.field == "contrast_stops" else full)
    return target if intensity >= 1 else f"towards {target}"


def _applies(lever: Lever, full: Any, base: Mapping[str, Any]) -> bool:
    framing = base.get("framing")
    by_hand = base.get("place") is not None or base.get("path") is not None
    if lever.control == "pitch":
        steep = abs(pitch_of(base.get("pitch"), base.get("angle"))) >= _STEEP_DEG
        return not (by_hand or steep or base.get("height") is not None or framing in (Framing.INSERT, Framing.POV))
    if lever.control in ("tightness", "composition") and by_hand:
        return False
    if lever.control == "composition":
        return full is Composition.CENTRED or framing in (None, Framing.SINGLE, Framing.PROFILE)
    if lever.control == "move":
        return base.get("move") not in _MOTIVATED_MOVES and base.get("path") is None
    return True


# --- valence/arousal pad ------------------------------------------------------------------------------------------

SAME_MOOD = 0.08
"""Distance on the pad below which a mood is meant by itself."""
NEIGHBOURS = 5
"""Moods considered as a blend's second: what is further off would be a compromise, not a mood."""


def nearest_moods(
    valence: float, arousal: float, recipes: Mapping[str, MoodRecipe]
) -> tuple[tuple[MoodRecipe, float], ...]:
    """The one or two moods that come nearest to a point of the pad, with their shares, larger first; sum 1.

    valence, arousal: -1..1. Raises ControlError out of range, or if there are no recipes.
    """
    for name, value in (("valence", valence), ("arousal", arousal)):
        if not -1 <= value <= 1:
            nearest = -1 if value < -1 else 1
            raise ControlError(f"{name} goes from -1 to 1: {value:g} is not possible, the nearest is {nearest}.")
    if not recipes:
        raise ControlError("There are no moods to choose from: save one first.")
    here = (valence, arousal)
    around = sorted(recipes.values(), key=lambda r: (math.dist(here, (r.valence, r.arousal)), r.name))
    first = around[0]
    if math.dist(here, (first.valence, first.arousal)) <= SAME_MOOD:
        return ((first, 1.0),)
    best, share, left = None, 0.0, math.dist(here, (first.valence, first.arousal))
    for second in around[1 : NEIGHBOURS + 1]:
        t = _along(here, first, second)
        point = (first.valence + t * (second.valence - first.valence),
                 first.arousal + t * (second.arousal - first.arousal))  # fmt: skip
        if t >= 0.1 and math.dist(here, point) < left - 1e-9:
            best, share, left = second, t, math.dist(here, point)
    return ((first, 1.0),) if best is None else ((first, 1 - share), (best, share))


def _along(here: tuple[float, float], first: MoodRecipe, second: MoodRecipe) -> float:
    """Share 0..1/2 of the way from the first to the second mood that is nearest to a point."""
    way = (second.valence - first.valence, second.arousal - first.arousal)
    off = (here[0] - first.valence, here[1] - first.arousal)
    length = way[0] ** 2 + way[1] ** 2
    share = (way[0] * off[0] + way[1] * off[1]) / length if length else 0.0
    return round(min(max(share, 0.0), 0.5), 2)


# --- a production's own recipes -------------------------------------------------------------------------------------


def own_recipe(name: str, says: str, levers: MoodLevers, like: MoodRecipe | None = None, valence: float | None = None,
               arousal: float | None = None) -> MoodRecipe:  # fmt: skip
    """A recipe to save with a production: edited levers under a name. Where it lies on the pad is taken from the mood
    that it was made from, if not said. Raises ControlError for an empty name or levers out of range."""
    key = " ".join(name.lower().split())
    if not key:
        raise ControlError("A mood needs a name to be saved under.")
    for lever in LEVERS:
        check_lever(lever, getattr(levers, lever.field))
    place = (like.valence, like.arousal) if like else (0.0, 0.0)
    return MoodRecipe(
        name=key,
        says=says or (like.says if like else ""),
        levers=levers,
        valence=place[0] if valence is None else min(max(valence, -1.0), 1.0),
        arousal=place[1] if arousal is None else min(max(arousal, -1.0), 1.0),
        own=True,
    )


def check_lever(lever: Lever, full: Any) -> None:
    """Raises ControlError for a lever out of the range of what it moves."""
    if full is None or lever.way is Way.WORD or isinstance(full, tuple):
        return
    spec = CONTROLS[lever.control]
    if lever.way is Way.TOWARD:
        check_number(spec, 2.0**full if lever.field == "contrast_stops" else full)
        return
    low, high = (0.0, 5.0) if lever.way is Way.TIMES else (spec.low, spec.high)
    if not low <= full <= high or (lever.way is Way.TIMES and full == 0 and lever.steps is Steps.FACTOR):
        raise ControlError(f"The lever {lever.field} goes from {low:g} to {high:g}: {full:g} is not possible.")
