"""Lights that change during the shot, in a clause: "the lamp dies at 3 seconds", "a car passes", "lightning"."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from maquette.direct.notes.items import Item
from maquette.direct.notes.lexicon import Part
from maquette.direct.notes.numbers import Number
from maquette.film.light_cues import Cue

_LIGHT = r"(?:lamps?|lights?|bulbs?|practicals?|power|chandelier|streetlights?)"
_TV = r"(?:tv|telly|television|tv set|television set)"
_CAR = r"(?:cars?|trucks?|bus|buses|vans?|headlights?|traffic|police car|taxi)"
_OFF = r"(?:off|out|dead)"
_SWITCH = r"(?:turn|turns|switch|switches|flick|flicks|click|clicks|snap|snaps|put)"
_GO = r"(?:goes|go|going|comes|come|clicks|click|snaps|snap|cuts|cut|blows|blow|burns|burn)"
_GAP = r"(?: \w+){0,2}"

_HAPPENS: tuple[tuple[Cue, str], ...] = (
    (Cue.LIGHTNING, r"(?:flash(?:es)? of |bolts? of |a )?lightning(?: strikes?| flash(?:es)?| hits?| bolts?)?"),
    (Cue.TV, rf"\b{_TV} (?:is )?(?:{_GO}|turns|switches|switched|turned) on|{_SWITCH} on(?: \w+)? {_TV}"),
    (Cue.TV, rf"{_SWITCH}(?: \w+)? {_TV} on"),
    (Cue.CAR_PASSES, rf"\b{_CAR}(?: \w+)? (?:pass(?:es|ing)?|drives? (?:by|past)|driving (?:by|past)|goes (?:by|past)"
                     rf"|go (?:by|past)|sweeps?(?: \w+){{0,2}}|rolls? (?:by|past)|going (?:by|past))"),
    (Cue.CAR_PASSES, r"passing (?:car|headlights|truck|bus)"),
    (Cue.LAMP_OFF, rf"\b{_LIGHT}{_GAP} (?:dies|die|dying|fails|fail|{_GO} {_OFF})"),
    (Cue.LAMP_ON, rf"\b{_LIGHT}{_GAP} (?:{_GO} on|flickers? on)"),
    (Cue.DOOR_OPENS, r"\bdoor(?: \w+)? (?:opens|opening|swings open|is opened|flies open|bursts open)"),
    (Cue.DOOR_CLOSES, r"\bdoor(?: \w+)? (?:closes|closing|shuts|slams|slams shut|is closed|falls shut)"),
)  # fmt: skip
"""Things that happen by themselves: they are cues with or without a time."""
_DONE: tuple[tuple[Cue, str], ...] = (
    (Cue.LAMP_OFF, rf"(?:kill|kills|lose|cut|douse|drop)(?: \w+)? {_LIGHT}|{_SWITCH}(?: \w+)? {_LIGHT} {_OFF}"
                   rf"|{_SWITCH} {_OFF}(?: \w+)? {_LIGHT}|{_LIGHT} {_OFF}|blackout"),
    (Cue.LAMP_ON, rf"{_SWITCH}(?: \w+)? {_LIGHT} on|{_SWITCH} on(?: \w+)? {_LIGHT}|{_LIGHT} on"),
    (Cue.DOOR_OPENS, r"open(?: \w+)? door|door open"),
    (Cue.DOOR_CLOSES, r"(?:close|shut|slam)(?: \w+)? door|door (?:shut|closed)"),
    (Cue.TV, rf"{_TV} on"),
)  # fmt: skip
"""What is a state of the lamps in general ("kill the lamp") and a cue only at a time ("... at 3 seconds")."""
_STORM = re.compile(r"thunder and lightning|lightning storm|lightning and")
_STORY = re.compile(r"^(?:when|as|once|until|after|before|while)\b")


def moments(items: Sequence[Item]) -> dict[int, float]:
    """Indices of numbers that are moments of the shot, in seconds: "at 3 seconds", "two seconds in", "second three"."""
    found: dict[int, float] = {}
    for at, item in enumerate(items):
        if item.part is not Part.NUMBER:
            continue
        number: Number = item.value
        before = items[at - 1].text if at else ""
        after = items[at + 1].text if at + 1 < len(items) else ""
        if (number.unit == "s" and (before in ("at", "after", "@") or after in ("in", "into", "mark"))) or (
            number.unit == "" and before in ("second", "at second")
        ):
            found[at] = number.value
    return found


def read_cue(items: Sequence[Item], now: Mapping[str, Any], when: Mapping[int, float]) -> tuple[str, int, int] | None:
    """ "lamp off@3s" with the first and last index of its items, or None. The time is the moment named, else the middle
    or the end of the shot where the words say so, else its start."""
    text = " ".join(i.text for i in items)
    timed = bool(when)
    if _STORM.search(text) or any(i.part in (Part.NOT, Part.KEEP) for i in items) or (_STORY.match(text) and not timed):
        return None
    words = _without_articles(text)
    for cue, pattern in (*_HAPPENS, *(_DONE if timed else ())):
        match = re.search(pattern, words)
        if match is None or (cue is Cue.LIGHTNING and re.search(r"\bno lightning|without lightning", words)):
            continue
        inside = set(match.group().split())
        places = [k for k, i in enumerate(items) if inside & set(i.texts)] + list(when)
        return f"{cue}@{_time(words, now, when):g}s", min(places), max(places)
    return None


def _without_articles(text: str) -> str:
    return re.sub(r"\b(?:the|a|an|his|her|that|this) ", "", text)


def _time(words: str, now: Mapping[str, Any], when: Mapping[int, float]) -> float:
    if when:
        return next(iter(when.values()))
    lasts = now.get("duration")
    whole = float(lasts) if isinstance(lasts, int | float) else 4.0
    if re.search(r"\bhalfway|half way|\bmiddle\b|midway", words):
        return round(whole / 2, 2)
    return round(whole * 0.8, 2) if re.search(r"\b(?:at|near|towards) end\b", words) else 0.0
