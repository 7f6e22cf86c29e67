"""Reading CMX 3600 lists, ours and those of editors: see `timeline_edl` for what an event is."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction

from maquette.deliver.timeline_cut import CutBuilder
from maquette.deliver.timeline_parts import sides
from maquette.film.errors import UsageError
from maquette.film.rate import FIRST_TIMECODE, Rate, frame_at
from maquette.film.timeline import TransitionKind

_CODE = r"(\d{2}[:;.,]\d{2}[:;.,]\d{2}[:;.,]\d{2})"
_EVENT = re.compile(
    rf"(\d+)\s+(.+?)\s+(NONE|B|AA|V\d*|A\d*|A\d*/V|AA/V|VA\d*)\s+(C|D|W\d+|K\s?B?O?)\s*(\d*)\s+{_CODE}\s+{_CODE}\s+{_CODE}\s+{_CODE}",
    re.IGNORECASE,
)
_BLACK = frozenset({"BL", "BLACK"})
_NAMES = {
    "incoming": re.compile(r"\*\s*TO CLIP NAME:\s*(.+)", re.IGNORECASE),
    "from": re.compile(r"\*\s*FROM CLIP NAME:\s*(.+)", re.IGNORECASE),
    "ours": re.compile(r"\*\s*CLIP:\s*(.+)", re.IGNORECASE),
}
_SHOTS = re.compile(r"\*\s*SHOTS:\s*(.+)", re.IGNORECASE)
SLIPPED_S = 10
"""Seconds that a clip may begin before its media does and still be taken for it."""


@dataclass(frozen=True)
class _Line:
    """One line of an event, in frames."""

    reel: str
    effect: str
    mix: int
    source: int
    source_end: int
    record: int
    record_end: int
    counting: Rate

    @property
    def length(self) -> int:
        return self.record_end - self.record

    @property
    def black(self) -> bool:
        return self.reel.upper() in _BLACK


@dataclass
class _Event:
    number: str
    lines: list[_Line] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    had: list[str] = field(default_factory=list)
    speed: str = ""


@dataclass
class _Shown:
    """A clip as it is put together: events of mixes begin before the cut."""

    name: str
    source: int
    record: int
    length: int
    counting: Rate
    transition: TransitionKind = TransitionKind.CUT
    mix: int = 0


def read_edl(text: str, cut: CutBuilder) -> None:
    """Gather the video events of a list."""
    events = _events(text, cut)
    if not events:
        raise cut.wrong("holds no events with pictures: it is no CMX 3600 edit list, or one of sound alone.")
    shown = list[_Shown]()
    for event in events:
        _place(event, shown, cut)
    if not shown:
        raise cut.wrong("holds nothing but black.")
    cut.had = tuple(n for e in events for n in e.had)
    start = min(line.record for e in events for line in e.lines)
    for clip in shown:
        source, record = clip.source - _first(clip, cut), clip.record - start
        cut.clip(clip.name, *(cut.rate.seconds(n) for n in (source, clip.length, record)))
        if clip.transition is not TransitionKind.CUT:
            places = (record + clip.length, *sides(clip.transition, clip.mix))
            at, before, after = (cut.rate.seconds(n) for n in places)
            cut.mix(clip.transition, at, before, after)


def _first(clip: _Shown, cut: CutBuilder) -> int:
    """Frame number of the media's first frame: a list does not say it. Without knowledge, one hour by custom."""
    known = cut.media_start(clip.name)
    first = frame_at(known or FIRST_TIMECODE, clip.counting)
    # A little before the hour is a mix for which the media has no frames, not media that counts from zero.
    return first if known or clip.source >= first - SLIPPED_S * clip.counting.nominal else 0


def _events(text: str, cut: CutBuilder) -> list[_Event]:
    found, drop = list[_Event](), cut.rate.drop_frame
    current: _Event | None = None
    for line in text.splitlines():
        line = line.strip()
        if line.upper().startswith("TITLE:"):
            cut.title = line[6:].strip()
        elif line.upper().startswith("FCM"):
            drop = "NON" not in line.upper() and "DROP" in line.upper()
        elif match := _EVENT.match(line):
            current = _taken(match, found, drop, cut)
        elif current is not None:
            _remark(line, current)
    return found


def _taken(match: re.Match[str], found: list[_Event], drop: bool, cut: CutBuilder) -> _Event | None:
    """The event that a line belongs to; None for one of sound alone."""
    number, reel, track, effect, mix = (match.group(i) for i in range(1, 6))
    if "V" not in track.upper() and track.upper() not in ("B", "NONE"):
        return None
    rate = _counting("".join(match.group(i) for i in range(6, 10)), drop, cut)
    source, source_end, record, record_end = (_frame(match.group(i), rate, cut) for i in range(6, 10))
    line = _Line(reel, effect.upper().replace(" ", ""), int(mix or 0), source, source_end, record, record_end, rate)
    if line.length < 0:
        raise cut.wrong(f"has an event that ends before it begins (number {number}).")
    if not found or found[-1].number != number:
        found.append(_Event(number))
    found[-1].lines.append(line)
    return found[-1]


def _counting(codes: str, drop: bool, cut: CutBuilder) -> Rate:
    """How timecode counts: the list says so itself, whatever the production does."""
    can_drop = cut.rate.fps in (Fraction(30000, 1001), Fraction(60000, 1001))
    return Rate(fps=cut.rate.fps, drop_frame=can_drop and (drop or ";" in codes))


def _frame(code: str, rate: Rate, cut: CutBuilder) -> int:
    try:
        return frame_at(re.sub(r"[;.,]", ":", code), rate)
    except UsageError as error:
        raise cut.wrong(f"does not run at {cut.rate.name} frames a second: {error}") from error


def _remark(line: str, event: _Event) -> None:
    for what, pattern in _NAMES.items():
        if match := pattern.match(line):
            event.names[what] = match.group(1).strip()
            return
    if match := _SHOTS.match(line):
        event.had += match.group(1).split()
    if line.upper().startswith("M2"):
        event.speed = line


def _place(event: _Event, shown: list[_Shown], cut: CutBuilder) -> None:
    """Put an event behind what is there: a cut, a mix with what went before, or black."""
    *before, line = event.lines
    if len(before) > 1 or any(b.length for b in before):
        for single in event.lines:
            _place(_Event(event.number, [single], event.names), shown, cut)
        return
    last = shown[-1] if shown else None
    if line.effect.startswith("K"):
        cut.say(f"The title or key of event {event.number} was left out.")
        return
    if line.black:
        _to_black(line, last)
        return
    if not line.length:
        raise cut.wrong(f"gives event {event.number} no length: take the clip out, or give it a length.")
    clip = _Shown(_name(event, bool(before)), line.source, line.record, line.length, line.counting)
    if event.speed or line.source_end - line.source != line.length:
        cut.say(f"{clip.name} runs at another speed: the cut has its length and not its speed.")
    if line.mix and line.effect != "C":
        _mixed(line, clip, last, before[0].black if before else False, cut)
    shown.append(clip)


def _name(event: _Event, incoming: bool) -> str:
    """The first name that is given: ours, the one of the clip that comes in, the only one; else the reel."""
    names = event.names
    other = names.get("incoming") if incoming else names.get("from")
    return names.get("ours") or other or names.get("incoming") or event.lines[-1].reel


def _to_black(line: _Line, last: _Shown | None) -> None:
    if line.mix and line.effect != "C" and last is not None and last.record + last.length == line.record:
        mix = min(line.mix, line.length)
        last.length += mix
        last.transition, last.mix = TransitionKind.FADE_OUT, mix


def _mixed(line: _Line, clip: _Shown, last: _Shown | None, from_black: bool, cut: CutBuilder) -> None:
    if last is None and from_black:
        length = cut.rate.seconds(min(line.mix, clip.length))
        cut.mix(TransitionKind.FADE_IN, Fraction(0), Fraction(0), length)
        return
    if last is None or last.record + last.length != line.record:
        cut.say(f"The transition into {clip.name} was left out: nothing comes before it.")
        return
    if from_black:
        if last.transition is TransitionKind.CUT:
            last.transition, last.mix = TransitionKind.FADE_IN, line.mix
        return
    half = line.mix // 2
    if half >= clip.length:
        raise cut.wrong(f"has a transition into {clip.name} that is longer than the clip.")
    last.length += half
    last.transition = TransitionKind.WIPE if line.effect.startswith("W") else TransitionKind.DISSOLVE
    last.mix = line.mix
    clip.source, clip.record, clip.length = clip.source + half, clip.record + half, clip.length - half
