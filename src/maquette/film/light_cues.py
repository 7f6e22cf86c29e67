"""Lights that change during a shot, as a lighting desk has them: cues at their times."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches
from enum import StrEnum

from maquette.film.base import Noun
from maquette.film.errors import ControlError

LATEST_S = 600.0
"""No take is longer."""


class Cue(StrEnum):
    """What happens to the light."""

    DOOR_OPENS = "door opens"
    DOOR_CLOSES = "door closes"
    CAR_PASSES = "car passes"
    LAMP_OFF = "lamp off"
    LAMP_ON = "lamp on"
    LIGHTNING = "lightning"
    TV = "tv"
    """A television goes on."""


class LightCue(Noun):
    """One change of the light."""

    cue: Cue
    at_s: float
    """Seconds into the shot at which it begins."""


_CUE = re.compile(r"^(?P<words>[^@]*?)\s*(?:@|\bat\b)\s*(?P<time>[^@]*?)\s*(?:s|secs?|seconds?)?$", re.IGNORECASE)
_NUMBER = re.compile(r"^\d+(?:\.\d*)?$|^\.\d+$")
_SAME = {
    "door": Cue.DOOR_OPENS, "open door": Cue.DOOR_OPENS, "opening door": Cue.DOOR_OPENS, "door shuts": Cue.DOOR_CLOSES,
    "car": Cue.CAR_PASSES, "headlights": Cue.CAR_PASSES, "lamps off": Cue.LAMP_OFF, "lights off": Cue.LAMP_OFF,
    "light off": Cue.LAMP_OFF, "lamps on": Cue.LAMP_ON, "lights on": Cue.LAMP_ON, "light on": Cue.LAMP_ON,
    "flash": Cue.LIGHTNING, "television": Cue.TV, "tv on": Cue.TV,
}  # fmt: skip


def cues_of(text: str) -> tuple[LightCue, ...]:
    """ "door opens@2s, lamp off@4s": cues in order of their times; a cue without a time begins with the shot.

    Raises ControlError for a word that is no cue, for what is no time, and for times before 0 s or after 600 s.
    """
    found = [_cue_of(part.strip()) for part in re.split(r"[,;]", text) if part.strip()]
    if not found:
        raise ControlError("light-cues needs at least one cue, such as door opens@2s.")
    return tuple(sorted(found, key=lambda c: c.at_s))


def cues_text(cues: Sequence[LightCue]) -> str:
    """The cues as `cues_of` reads them."""
    return ", ".join(f"{c.cue}@{c.at_s:g}s" for c in cues)


def _cue_of(part: str) -> LightCue:
    match = _CUE.match(part)
    words, time = (match["words"], match["time"]) if match else (part, "0")
    plain = " ".join(words.lower().replace("-", " ").split())
    cue = next((c for c in Cue if c.value == plain), None) or _SAME.get(plain)
    if cue is None:
        near = get_close_matches(plain, [*Cue, *_SAME], n=1, cutoff=0.5)
        hint = f", the nearest is {near[0]}" if near else ""
        raise ControlError(f"light-cues are {', '.join(Cue)}: there is no {words.strip()!r}{hint}.")
    sign, number = (-1, time[1:]) if time.startswith("-") else (1, time)
    if not _NUMBER.match(number):
        raise ControlError(f"light-cues: {part!r} has no time; write CUE@SECONDS, such as {cue}@2s.")
    at_s = sign * float(number)
    if not 0 <= at_s <= LATEST_S:
        nearest = 0 if at_s < 0 else LATEST_S
        raise ControlError(f"light-cues go from 0 s to {LATEST_S:g} s into the shot: {cue} at {at_s:g} s is outside, "
                           f"the nearest is {nearest:g} s.")  # fmt: skip
    return LightCue(cue=cue, at_s=at_s)
