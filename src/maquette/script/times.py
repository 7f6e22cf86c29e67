"""The words of time in scene headings, and the time of day that they mean."""

from __future__ import annotations

import re

from maquette.film.screenplay import TimeOfDay
from maquette.script.word_set import word_set

_T = TimeOfDay
_PHRASES: dict[str, TimeOfDay] = {
    "magic hour": _T.BLUE_HOUR,
    "blue hour": _T.BLUE_HOUR,
    "golden hour": _T.GOLDEN_HOUR,
    "first light": _T.DAWN,
    "last light": _T.DUSK,
    "before dawn": _T.BLUE_HOUR,
    "before sunrise": _T.BLUE_HOUR,
    "pre dawn": _T.BLUE_HOUR,
    "after sunset": _T.DUSK,
    "post sunset": _T.DUSK,
    "before sunset": _T.GOLDEN_HOUR,
    "mid morning": _T.MORNING,
    "mid day": _T.NOON,
    "mid afternoon": _T.AFTERNOON,
    "late evening": _T.NIGHT,
    "day for night": _T.NIGHT,
    "middle of the night": _T.NIGHT,
    "dead of night": _T.NIGHT,
}
_WORDS: dict[str, TimeOfDay] = {
    "dawn": _T.DAWN,
    "daybreak": _T.DAWN,
    "predawn": _T.BLUE_HOUR,
    "sunrise": _T.DAWN,
    "sunup": _T.DAWN,
    "morning": _T.MORNING,
    "breakfast": _T.MORNING,
    "day": _T.DAY,
    "daytime": _T.DAY,
    "daylight": _T.DAY,
    "noon": _T.NOON,
    "midday": _T.NOON,
    "lunchtime": _T.NOON,
    "afternoon": _T.AFTERNOON,
    "sunset": _T.GOLDEN_HOUR,
    "sundown": _T.GOLDEN_HOUR,
    "evening": _T.DUSK,
    "dusk": _T.DUSK,
    "nightfall": _T.DUSK,
    "twilight": _T.DUSK,
    "gloaming": _T.DUSK,
    "night": _T.NIGHT,
    "nighttime": _T.NIGHT,
    "tonight": _T.NIGHT,
    "midnight": _T.NIGHT,
    "moonlight": _T.NIGHT,
    "jour": _T.DAY,
    "nuit": _T.NIGHT,
    "matin": _T.MORNING,
    "soir": _T.DUSK,
    "aube": _T.DAWN,
    "tag": _T.DAY,
    "nacht": _T.NIGHT,
    "abend": _T.DUSK,
    "morgen": _T.MORNING,
    "día": _T.DAY,
    "dia": _T.DAY,
    "noche": _T.NIGHT,
    "tarde": _T.AFTERNOON,
    "noite": _T.NIGHT,
    "giorno": _T.DAY,
    "notte": _T.NIGHT,
    "sera": _T.DUSK,
}
_RELATIONS = word_set(
    "continuous continued continuing cont cont'd contd same later meanwhile simultaneous simultaneously resuming "
    "moments"
)
_FILLERS = word_set(
    "late early later that this the next same a an few moments moment minutes minute hours hour days weeks week "
    "months month years year before after just around about in of on another following previous near almost pre "
    "post mid time some several one two three four five six seven eight nine ten twelve twenty thirty for to "
    "earlier second seconds short while still very first last deep dead middle cold warm grey gray bright sunny "
    "rainy stormy overcast foggy snowy cloudy monday tuesday wednesday thursday friday saturday sunday winter "
    "summer spring autumn"
)
_WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h](\d{2}))?\s?([ap])\.?m\b\.?|(\d{1,2}):(\d{2})", re.IGNORECASE)
_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+")


def is_time(text: str) -> bool:
    """Whether a part of a heading is made of nothing but time words ("THE NEXT MORNING", "3:10 AM")."""
    if len(text) > 80:
        return False
    rest = _CLOCK.sub(" ", text)
    tokens = _tokens(rest)
    if (phrase := _phrase_words(tokens)) is not None:
        tokens = _tokens(f" {' '.join(tokens)} ".replace(f" {phrase} ", " day "))
    if not all(t in _WORDS or t in _RELATIONS or t in _FILLERS or t.isdigit() for t in tokens):
        return False
    return rest != text or any(t in _WORDS or t in _RELATIONS or t in _WEEKDAYS for t in tokens)


def names_only_relation(text: str) -> bool:
    """CONTINUOUS, SAME, MOMENTS LATER, A WEEK EARLIER: a time only in relation to the scene before."""
    tokens = _tokens(text)
    return any(t in _RELATIONS or t in ("same", "later", "earlier", "before", "after") for t in tokens)


def time_of_day(text: str) -> TimeOfDay:
    """The time that the words name by themselves; UNKNOWN for CONTINUOUS and the like."""
    tokens = _tokens(text)
    phrase = _phrase(tokens)
    if phrase is not None:
        return phrase
    named = [_WORDS[t] for t in tokens if t in _WORDS]
    hour = clock_time(text)
    exact = [t for t in named if t is not TimeOfDay.DAY]
    if "/" not in text and exact:
        return exact[0]
    if hour is not None:
        return _by_hour(hour)
    return named[0] if named else TimeOfDay.UNKNOWN


def clock_time(text: str) -> int | None:
    """The hour 0..23 of "3:10 AM", "7pm", "21:40"; None where no clock time is named."""
    match = _CLOCK.search(text[:80])
    if not match:
        return None
    if match.group(4):
        hour = int(match.group(4))
        return hour if hour < 24 else None
    hour = int(match.group(1)) % 12 + (12 if match.group(3).lower() == "p" else 0)
    return hour


def _by_hour(hour: int) -> TimeOfDay:
    for end, time in (
        (5, _T.NIGHT),
        (7, _T.DAWN),
        (11, _T.MORNING),
        (14, _T.NOON),
        (18, _T.AFTERNOON),
        (20, _T.DUSK),
    ):
        if hour < end:
            return time
    return _T.NIGHT


def _tokens(text: str) -> list[str]:
    return [t.replace("’", "'") for t in _TOKEN.findall(text.casefold())]


def _phrase(tokens: list[str]) -> TimeOfDay | None:
    phrase = _phrase_words(tokens)
    return None if phrase is None else _PHRASES[phrase]


def _phrase_words(tokens: list[str]) -> str | None:
    joined = f" {' '.join(tokens)} "
    return next((phrase for phrase in _PHRASES if f" {phrase} " in joined), None)
