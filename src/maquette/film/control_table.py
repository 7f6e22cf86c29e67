"""Every control a director has, in one table: its name, unit, range, steps, and how it is written and read.

The command line, notes, moods, explorations and the documentation all go through this table, so that a value means the
same and is refused the same everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from itertools import pairwise
from typing import Any

from maquette.film.base import Noun
from maquette.film.board import ASPECT_RATIOS
from maquette.film.camera import SQUEEZES, Composition, Easing, Foreground, Placement, Sensor
from maquette.film.controls import Controls, Key, Track
from maquette.film.errors import ControlError
from maquette.film.light_cues import Cue, cues_of, cues_text
from maquette.film.lighting import LightPattern, Motivation, Weather
from maquette.film.screenplay import TimeOfDay
from maquette.film.shot import Angle, Framing, Move, ShotSize, Side


class Kind(StrEnum):
    """What a control's value is."""

    NUMBER = "number"
    WORD = "word"
    """One of a closed vocabulary."""
    SWITCH = "switch"
    NAME = "name"
    """A character or a thing of the shot."""
    NAMES = "names"
    TINT = "tint"
    PLACEMENT = "placement"
    CUES = "cues"


@dataclass(frozen=True)
class ControlSpec:
    """One control."""

    name: str
    """As a director types it: "key-fill"."""
    path: str
    """Where it lives in `Controls`: "lighting.key_fill_ratio"."""
    kind: Kind
    says: str
    """What it does, in one clause."""
    unit: str = ""
    low: float = 0.0
    high: float = 0.0
    words: type[StrEnum] | None = None
    step: float = 0.0
    """ "A bit": added, or multiplied where `by_factor`."""
    by_factor: bool = False
    """Whether equal steps are equal factors (lenses, ratios, stops of light are not: they are stops already)."""
    keyable: bool = False
    """Whether it may change over the shot by keys."""
    choices: tuple[str, ...] = ()
    """For a WORD without an enum."""

    @property
    def vocabulary(self) -> tuple[str, ...]:
        """The words it takes."""
        return tuple(str(w) for w in self.words) if self.words else self.choices


def _number(name: str, path: str, says: str, unit: str, low: float, high: float, step: float, *,
            by_factor: bool = False, keyable: bool = False) -> ControlSpec:  # fmt: skip
    return ControlSpec(name, path, Kind.NUMBER, says, unit, low, high, None, step, by_factor, keyable)


def _word(name: str, path: str, says: str, words: type[StrEnum]) -> ControlSpec:
    return ControlSpec(name, path, Kind.WORD, says, words=words)


CONTROL_LIST: tuple[ControlSpec, ...] = (
    # --- camera
    _word("size", "camera.size", "how much of the figure the frame shows", ShotSize),
    _number("tightness", "camera.tightness", "tighter or wider than the size's own frame", "x", 0.25, 4.0, 1.15,
            by_factor=True, keyable=True),
    _word("angle", "camera.angle", "camera angle by name", Angle),
    _number("pitch", "camera.pitch_deg", "camera angle at the subject, positive looks up", "deg", -90, 75, 8,
            keyable=True),
    _number("height", "camera.height_m", "lens above the floor", "m", 0.1, 30, 0.3, keyable=True),
    _number("roll", "camera.roll_deg", "Dutch angle, positive leans the horizon clockwise", "deg", -45, 45, 5,
            keyable=True),
    _number("azimuth", "camera.azimuth_deg", "camera direction off the subject's facing: 0 frontal, 90 profile", "deg",
            0, 180, 15, keyable=True),
    _word("side", "camera.eyeline_side", "side of the frame that the subject looks to", Side),
    _word("framing", "camera.framing", "whom the frame holds, and from where", Framing),
    ControlSpec("subjects", "camera.subjects", Kind.NAMES, "whom or what the frame is on"),
    ControlSpec("over", "camera.over", Kind.NAME, "whose shoulder or eyes the camera uses"),
    _word("composition", "camera.composition", "where the subject stands in the frame", Composition),
    _word("foreground", "camera.foreground", "clean, or dirty with the partner's shoulder", Foreground),
    _number("headroom", "camera.headroom", "free share of the frame above the head", "", -0.6, 0.6, 0.05),
    _number("lens", "camera.lens_mm", "focal length on the sensor in use", "mm", 8, 400, 1.3, by_factor=True,
            keyable=True),
    _word("sensor", "camera.sensor", "recording area", Sensor),
    ControlSpec("squeeze", "camera.squeeze", Kind.WORD, "anamorphic squeeze, 1 is spherical",
                choices=tuple(f"{s:g}" for s in SQUEEZES)),
    _number("t-stop", "camera.t_stop", "opening of the lens: low is shallow focus", "T", 0.7, 32, 1.414, by_factor=True,
            keyable=True),
    ControlSpec("focus", "camera.focus", Kind.NAME, "whom or what the focus is on"),
    _number("focus-distance", "camera.focus_m", "focus distance", "m", 0.1, 1000, 1.2, by_factor=True, keyable=True),
    ControlSpec("rack", "camera.rack_to", Kind.NAME, "whom or what the focus goes to during the shot"),
    ControlSpec("deep-focus", "camera.deep_focus", Kind.SWITCH, "everything in focus"),
    ControlSpec("aspect", "camera.aspect", Kind.WORD, "aspect ratio of the picture", choices=tuple(ASPECT_RATIOS)),
    _word("move", "camera.move", "what the camera does during the shot", Move),
    _number("move-speed", "camera.move_speed", "1: the move fills the shot, 2: done at half time", "x", 0.05, 20, 1.5,
            by_factor=True),
    _number("move-extent", "camera.move_extent", "how far the move goes, 1 is its usual way", "x", 0.05, 5, 1.4,
            by_factor=True),
    _word("easing", "camera.easing", "how the move starts and stops", Easing),
    _number("shake", "camera.shake", "handheld shake, 1 is a calm operator", "x", 0, 5, 0.5),
    ControlSpec("operator", "camera.operator", Kind.SWITCH, "an operator pans with people who go somewhere"),
    ControlSpec("place", "camera.placement", Kind.PLACEMENT, "camera put down by hand: x,y,z > x,y,z"),
    # --- light
    _word("lighting", "lighting.pattern", "lighting pattern", LightPattern),
    _word("key-side", "lighting.key_side", "side that the key comes from", Side),
    _number("key-azimuth", "lighting.key_azimuth_deg", "key off the nose: 0 in front, 90 from the side, 180 behind",
            "deg", 0, 180, 15, keyable=True),
    _number("key-height", "lighting.key_height_deg", "key above the eyes, negative is from below", "deg", -60, 85, 12,
            keyable=True),
    _number("key-fill", "lighting.key_fill_ratio", "lit side of the face to its shadow side", ":1", 1, 64, 1.414,
            by_factor=True, keyable=True),
    _number("key-size", "lighting.key_size_m", "width of the key: hard below 0.3 m, soft above 1 m", "m", 0.05, 4, 1.6,
            by_factor=True),
    _number("key-kelvin", "lighting.key_kelvin", "colour temperature of the key", "K", 1700, 20000, 1.15,
            by_factor=True, keyable=True),
    _number("fill-kelvin", "lighting.fill_kelvin", "colour temperature of the fill", "K", 1700, 20000, 1.15,
            by_factor=True),
    _number("back-kelvin", "lighting.back_kelvin", "colour temperature of the back light", "K", 1700, 20000, 1.15,
            by_factor=True),
    _number("green", "lighting.green", "plus or minus green on the key", "", -20, 20, 5),
    _number("back", "lighting.back_stops", "rim light against the key", "stops", -10, 4, 0.7, keyable=True),
    _number("background", "lighting.background_stops", "light on the place behind against the key", "stops", -8, 5, 0.8,
            keyable=True),
    ControlSpec("eye-light", "lighting.eye_light", Kind.SWITCH, "a glint in the eyes"),
    ControlSpec("practicals", "lighting.practicals", Kind.SWITCH, "lamps of the place"),
    _number("practical-level", "lighting.practical_stops", "lamps of the place dimmed or lifted", "stops", -6, 4, 0.7,
            keyable=True),
    _word("motivation", "lighting.motivation", "what the key seems to come from", Motivation),
    _number("flicker", "lighting.flicker", "how much the key wavers, 1 is an open fire", "", 0, 1, 0.25),
    ControlSpec("light-cues", "lighting.light_cues", Kind.CUES, "lights that change, as door opens@2s, lamp off@4s",
                choices=tuple(Cue)),
    ControlSpec("time", "lighting.time_of_day", Kind.WORD, "hour of the day",
                choices=tuple(str(t) for t in TimeOfDay if t is not TimeOfDay.UNKNOWN)),
    _number("sun-azimuth", "lighting.sun_azimuth_deg", "sun or moon: 0 behind the camera, 90 camera right, 180 behind "
            "the subject", "deg", -180, 180, 20),
    _number("sun-height", "lighting.sun_elevation_deg", "sun or moon above the horizon", "deg", 2, 89, 8),
    _word("weather", "lighting.weather", "weather", Weather),
    _number("haze", "lighting.haze", "smoke in the air", "", 0, 1, 0.2, keyable=True),
    _number("exposure", "lighting.exposure_stops", "on top of the metered exposure", "stops", -6, 6, 0.5, keyable=True),
    _number("white-balance", "lighting.white_balance_k", "light that the camera renders white", "K", 1700, 20000, 1.12,
            by_factor=True),
    # --- colour of the finish
    _number("saturation", "grade.saturation", "0 black and white, 1 as lit", "", 0, 2, 0.2, keyable=True),
    _number("contrast", "grade.contrast", "slope around middle grey, 1 as lit", "", 0.4, 2.5, 0.15, keyable=True),
    _number("warmth", "grade.temperature_mired", "finish warmer (+) or colder (-)", "mired", -150, 150, 25,
            keyable=True),
    ControlSpec("shadow-tint", "grade.shadow_tint", Kind.TINT, "colour of the shadows as #rrggbb"),
    ControlSpec("highlight-tint", "grade.highlight_tint", Kind.TINT, "colour of the lights as #rrggbb"),
    _number("lift", "grade.lift", "milky blacks", "", 0, 0.3, 0.03),
    # --- mood
    ControlSpec("mood", "mood.name", Kind.NAME, "a mood by name: a recipe over the other controls"),
    _number("mood-intensity", "mood.intensity", "how much of the mood", "", 0, 1, 0.25, keyable=True),
    ControlSpec("second-mood", "mood.second", Kind.NAME, "a second mood blended in"),
    _number("mood-blend", "mood.blend", "share of the second mood", "", 0, 1, 0.2),
    # --- time
    _number("duration", "duration_s", "running time of the shot", "s", 0.1, 600, 1.3, by_factor=True),
)  # fmt: skip
CONTROLS: dict[str, ControlSpec] = {spec.name: spec for spec in CONTROL_LIST}
"""By name, in the order that lists show them."""

_ALIASES = {
    "ratio": "key-fill", "key:fill": "key-fill", "pattern": "lighting", "light": "lighting", "kelvin": "key-kelvin",
    "temperature": "key-kelvin", "focal-length": "lens", "stop": "t-stop", "tstop": "t-stop", "dutch": "roll",
    "eyeline": "side", "rim": "back", "hour": "time", "time-of-day": "time", "speed": "move-speed",
    "wb": "white-balance",
    "length": "duration", "position": "place", "camera": "place", "softness": "key-size", "intensity": "mood-intensity",
    "smoke": "haze", "ev": "exposure", "cues": "light-cues", "light-cue": "light-cues",
}  # fmt: skip
_YES, _NO = ("on", "yes", "true", "1"), ("off", "no", "false", "0")
_NUMBER = re.compile(r"^[+-]?(?:\d+(?:\.\d*)?|\.\d+)$")


def control_named(name: str) -> ControlSpec:
    """The control of that name, spaces and underscores read as hyphens. Raises ControlError with near names."""
    key = re.sub(r"[\s_]+", "-", name.strip().lower())
    key = _ALIASES.get(key, key)
    if key in CONTROLS:
        return CONTROLS[key]
    near = get_close_matches(key, [*CONTROLS, *_ALIASES], n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "`maquette direct --list` shows all of them."
    raise ControlError(f"There is no control {name.strip()!r}: {hint}")


def parse_value(spec: ControlSpec, text: str) -> Any:
    """The typed value that a director's words mean. Raises ControlError naming control, range and nearest value."""
    words = text.strip()
    if spec.kind is Kind.NUMBER:
        return check_number(spec, _as_number(spec, words))
    if spec.kind is Kind.SWITCH:
        if words.lower() in _YES + _NO:
            return words.lower() in _YES
        raise ControlError(f"{spec.name} is on or off, not {words!r}.")
    if spec.kind is Kind.WORD:
        return _as_word(spec, words)
    if spec.kind is Kind.TINT:
        return _as_tint(spec, words)
    if spec.kind is Kind.PLACEMENT:
        return _as_placement(spec, words)
    if spec.kind is Kind.CUES:
        return cues_of(words)
    if not words:
        raise ControlError(f"{spec.name} needs a name ({spec.says}).")
    if spec.kind is Kind.NAMES:
        return tuple(_as_name(n) for n in words.split(",") if n.strip())
    return words.lower() if spec.path.startswith("mood.") else _as_name(words)


def check_number(spec: ControlSpec, value: float) -> float:
    """The value, if it lies in the control's range. Raises ControlError with the nearest valid one."""
    if not (spec.low <= value <= spec.high):  # NaN is refused here, too
        nearest = spec.low if not value > spec.high else spec.high
        raise ControlError(
            f"{spec.name} ({spec.says}) goes from {format_value(spec, spec.low)} to {format_value(spec, spec.high)}: "
            f"{format_value(spec, value)} is not possible, the nearest is {format_value(spec, nearest)}."
        )
    return value


def format_value(spec: ControlSpec, value: Any) -> str:
    """A value as a director reads it."""
    if value is None:
        return "-"
    if spec.kind is Kind.NUMBER:
        number = f"{float(value):.3g}" if abs(float(value)) < 1000 else f"{float(value):.0f}"
        if spec.unit == ":1":
            return f"{number}:1"
        if spec.unit == "T":
            return f"T{number}"
        if spec.unit == "stops":
            return f"{float(value):+.3g} stops"
        return f"{number} {spec.unit}".strip()
    if spec.kind is Kind.SWITCH:
        return "on" if value else "off"
    if spec.kind is Kind.NAMES:
        return ", ".join(value)
    if spec.kind is Kind.TINT:
        return f"a {value[0]:+.3f}, b {value[1]:+.3f}"
    if spec.kind is Kind.CUES:
        return cues_text(value)
    if spec.kind is Kind.PLACEMENT:
        return " > ".join(",".join(f"{c:.4g}" for c in p) for p in (value.position, value.look_at))
    return f"{value:g}" if isinstance(value, float) else str(value)


def parse_setting(setting: str) -> tuple[ControlSpec, Any]:
    """ "lens=85", "key-fill=8:1": a control and its value, None for "lens=" or "lens=none", which takes it back;
    "roll=0@0% 8@100%": a `Track`. Raises ControlError."""
    name, equals, text = setting.partition("=")
    if not equals:
        raise ControlError(f"{setting!r} is not NAME=VALUE, such as lens=85 or key-side=left.")
    spec = control_named(name)
    if text.strip().lower() in ("", "none", "-"):
        return spec, None
    if "@" in text and spec.kind is not Kind.CUES:
        return spec, _as_track(spec, text)
    return spec, parse_value(spec, text)


def get_control(controls: Controls, spec: ControlSpec) -> Any:
    """What is stated, or None."""
    value: Any = controls
    for part in spec.path.split("."):
        value = getattr(value, part)
    return value


def with_control(controls: Controls, spec: ControlSpec, value: Any) -> Controls:
    """`controls` with one value stated; None takes it back, with its keys. A `Track` is stated as keys."""
    tracks = tuple(t for t in controls.tracks if t.control != spec.name)
    if isinstance(value, Track):
        return controls.model_copy(update={"tracks": (*tracks, value)})
    controls = controls.model_copy(update={"tracks": tracks})
    part, _, field = spec.path.rpartition(".")
    if not part:
        return controls.model_copy(update={field: value})
    noun: Noun = getattr(controls, part)
    return controls.model_copy(update={part: noun.model_copy(update={field: value})})


# --- reading values -------------------------------------------------------------------------------------------

_UNITS = {
    "deg": r"(?:°|deg(?:rees?)?)", "mm": "mm", "m": r"(?:m|metres?|meters?)", "K": r"(?:k|kelvin)",
    "stops": r"(?:stops?|ev)", "x": "x", "s": r"(?:s|secs?|seconds?)", "mired": "mireds?", "T": "", ":1": "", "": "",
}  # fmt: skip


def _as_number(spec: ControlSpec, words: str) -> float:
    text = words.lower().replace(",", ".").replace("−", "-").strip()
    if spec.unit == ":1":
        return _as_ratio(spec, text)
    if spec.unit == "T":
        text = re.sub(r"^(?:t|f)\s*/?\s*", "", text)
    unit = _UNITS.get(spec.unit, "")
    text = re.sub(rf"\s*{unit}$", "", text) if unit else text
    if text.endswith("%") and spec.unit in ("", "x") and _NUMBER.match(text[:-1].strip()):
        return float(text[:-1]) / 100
    if not _NUMBER.match(text):
        kind = f"a number in {spec.unit}" if spec.unit not in ("", "T", "x") else "a number"
        raise ControlError(
            f"{spec.name} ({spec.says}) is {kind} from {format_value(spec, spec.low)} to "
            f"{format_value(spec, spec.high)}, not {words!r}."
        )
    return float(text)


def _as_ratio(spec: ControlSpec, text: str) -> float:
    parts = [p.strip() for p in re.split(r"\s*(?::|/|to)\s*", text)]
    if len(parts) > 2 or not all(_NUMBER.match(p) for p in parts):
        raise ControlError(f"{spec.name} is a ratio from 1:1 to 64:1, such as 4:1, not {text!r}.")
    lit, shadow = float(parts[0]), float(parts[1]) if len(parts) == 2 else 1.0
    if shadow <= 0:
        raise ControlError(f"{spec.name} goes from 1:1 to 64:1: {text} has no shadow side, the nearest is 64:1.")
    return lit / shadow


def _as_word(spec: ControlSpec, words: str) -> Any:
    def plain(word: str) -> str:
        return re.sub(r"[^a-z0-9.:]", "", word.lower())

    wanted = plain(words)
    for word in spec.vocabulary:
        if plain(word) == wanted:
            return _typed(spec, word)
    starts = [w for w in spec.vocabulary if wanted and plain(w).startswith(wanted)]
    if len(starts) == 1 and not _NUMBER.match(words):
        return _typed(spec, starts[0])
    near = get_close_matches(words.lower(), [w.lower() for w in spec.vocabulary], n=1, cutoff=0.5)
    hint = f", the nearest is {near[0]}" if near else ""
    raise ControlError(f"{spec.name} is one of {', '.join(spec.vocabulary)}: there is no {words!r}{hint}.")


def _typed(spec: ControlSpec, word: str) -> Any:
    if spec.words is not None:
        return spec.words(word)
    if spec.name == "time":
        return TimeOfDay(word)
    return float(word) if spec.name == "squeeze" else word


def _as_name(text: str) -> str:
    """Characters are in capitals; things keep their lower case."""
    name = text.strip()
    return name if name.islower() else name.upper()


def _as_tint(spec: ControlSpec, text: str) -> tuple[float, float]:
    match = re.fullmatch(r"#?([0-9a-fA-F]{6})", text)
    if not match:
        raise ControlError(f"{spec.name} is a colour as six hex digits such as #1f6f78, not {text!r}.")
    return tint_of(match[1])


def tint_of(hex_digits: str) -> tuple[float, float]:
    """Oklab (a, b) of an sRGB colour "1f6f78" (Ottosson 2020)."""
    code = [int(hex_digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    r, g, b = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in code)
    cone = (
        (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3),
        (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3),
        (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3),
    )
    a = 1.9779984951 * cone[0] - 2.4285922050 * cone[1] + 0.4505937099 * cone[2]
    b_ = 0.0259040371 * cone[0] + 0.7827717662 * cone[1] - 0.8086757660 * cone[2]
    return (round(a, 4), round(b_, 4))


def _as_placement(spec: ControlSpec, text: str) -> Placement:
    points = [re.findall(r"[+-]?(?:\d+\.?\d*|\.\d+)", part) for part in text.split(">")]
    if len(points) != 2 or any(len(p) != 3 for p in points):
        raise ControlError(f"{spec.name} is position > look-at in metres, such as 1.2,-3,1.5 > 0,0,1.4, not {text!r}.")
    a, b = (tuple(float(c) for c in p) for p in points)
    if sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) < 1e-4:
        raise ControlError(f"{spec.name}: the camera looks at its own place; move the look-at at least 1 cm away.")
    if max(abs(c) for c in (*a, *b)) > 10_000:
        raise ControlError(f"{spec.name} goes from -10000 to 10000 metres: {text} is beyond, the nearest is 10000.")
    return Placement(position=(a[0], a[1], a[2]), look_at=(b[0], b[1], b[2]))


_TIMED = re.compile(r"^(?P<value>.+?)@(?P<time>[\d.]+)\s*(?P<unit>%?)$")


def _as_track(spec: ControlSpec, text: str) -> Track:
    """ "0@0% 8@100% linear": values at shares of the shot; an easing word applies to the key before it."""
    if not spec.keyable:
        names = ", ".join(s.name for s in CONTROL_LIST if s.keyable)
        raise ControlError(f"{spec.name} cannot change by keys; these can: {names}.")
    keys: list[Key] = []
    for token in re.split(r"[\s;]+", re.sub(r"\s*@\s*", "@", text.strip())):
        easing = next((e for e in Easing if token.lower().replace("-", " ").replace("_", " ")
                       == e.value.replace("-", " ")), None)  # fmt: skip
        if easing is not None and keys:
            keys[-1] = keys[-1].model_copy(update={"easing": easing})
            continue
        match = _TIMED.match(token)
        if match is None:
            raise ControlError(f"{spec.name}: {token!r} is no key; write VALUE@PERCENT, such as 0@0% 8@100%.")
        share = float(match["time"]) / (100 if match["unit"] else 1)
        if not 0 <= share <= 1:
            raise ControlError(f"{spec.name}: keys go from 0% to 100% of the shot: {token} is outside, the nearest is "
                               f"{'0%' if share < 0 else '100%'}.")  # fmt: skip
        keys.append(Key(at=share, value=parse_value(spec, match["value"])))
    return checked_track(spec, keys)


def checked_track(spec: ControlSpec, keys: Sequence[Key]) -> Track:
    """A track with its keys in order. Raises ControlError for two keys at one moment."""
    ordered = sorted(keys, key=lambda k: k.at)
    if any(a.at == b.at for a, b in pairwise(ordered)):
        raise ControlError(f"{spec.name} has two keys at one moment: leave one of them out.")
    return Track(control=spec.name, keys=tuple(ordered))
