"""CMX 3600 edit decision lists: the oldest exchange there is, and read by everything.

An event is a line of reel, track, cut or dissolve, timecode in and out of the source, and in and out of the record. A
dissolve is an event that begins where the mix begins; so half of it is taken from the clip before. There is no place
for a rate, and names have eight signs. `* FROM CLIP NAME` lines are left out unless asked for: Premiere names clips
UNKNOWN that have one.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from maquette.deliver.timeline_parts import media_start, mixes, offsets, placed, reel_names
from maquette.film.rate import Rate, frame_at, timecode
from maquette.film.timeline import Clip, Timeline, TransitionKind

MOST_EVENTS = 999
"""Three digits number an event."""
BLACK = "BL"
SHOTS_A_LINE = 12
"""Numbers in one remark: old systems read 80 signs a line."""


@dataclass(frozen=True)
class _Side:
    """One line of an event. All in frames; sources from 00:00:00:00, records from the timeline's start."""

    reel: str
    source: int
    record: int
    length: int


def edl(timeline: Timeline, comments: bool = False) -> tuple[str, tuple[str, ...]]:
    """The list, and what it cannot carry. `comments`: name clips in `* FROM CLIP NAME` lines as Avid does."""
    rate = timeline.rate
    reels = reel_names(c.name for c in timeline.clips)
    timeline, notes = _with_source(timeline)
    title = "".join(c if 32 <= ord(c) < 127 else "?" for c in timeline.title)[:70] or "UNTITLED"
    lines = [f"TITLE: {title}", f"FCM: {'DROP FRAME' if rate.drop_frame else 'NON-DROP FRAME'}", ""]
    number, mixed = 0, None
    for at in placed(timeline):
        clip, before = at.clip, at.before
        number += 1
        side = _shown(clip, before, at.start, reels[clip.name], rate)
        effect = ("D", f"{at.from_black:03d}") if at.from_black else ("C", "")
        if mixed is not None and before is not None:
            effect = _effect(before)
        if mixed is not None or at.from_black:
            lines.append(_line(number, mixed or _Side(BLACK, 0, at.start, 0), "C", "", timeline))
        lines.append(_line(number, side, *effect, timeline))
        lines += _remarks(clip, before if mixed else None, effect[0] != "C", comments)
        if number == 1:  # in an event: readers know no remarks before the first
            lines += _about(timeline)
        mixed = _Side(side.reel, side.source + side.length, side.record + side.length, 0) if mixes(clip) else None
        if clip.transition is TransitionKind.FADE_OUT:
            number += 1
            length = clip.transition_length
            out = _Side(side.reel, side.source + side.length, side.record + side.length, 0)
            lines += [_line(number, out, "C", "", timeline),
                      _line(number, _Side(BLACK, 0, out.record, length), "D", f"{length:03d}", timeline)]  # fmt: skip
    notes += _not_carried(timeline, reels, number)
    return "\n".join(lines) + "\n", tuple(notes)


def _about(timeline: Timeline) -> list[str]:
    """What the material may be used for, and which shots the list is about: its reader may leave some out."""
    mark = [_one_line(f"* MARK: {timeline.research_mark}")] if timeline.research_mark else []
    numbers = list(dict.fromkeys("".join(c.shot_number.split()) for c in timeline.clips))
    lines = [numbers[i : i + SHOTS_A_LINE] for i in range(0, len(numbers), SHOTS_A_LINE)]
    return [*mark, *(f"* SHOTS: {' '.join(line)}" for line in lines)]


def _with_source(timeline: Timeline) -> tuple[Timeline, list[str]]:
    """Cuts where a mix would begin before timecode zero of the clip that comes in."""
    clips, notes = list(timeline.clips), list[str]()
    for i, (clip, after) in enumerate(itertools.pairwise(clips)):
        if mixes(clip) and media_start(after, timeline.rate) + after.source_start < offsets(clip)[0]:
            notes.append(f"The {clip.transition.value} after {clip.name} became a cut: no timecode comes before the "
                         f"start of {after.name}.")  # fmt: skip
            clips[i] = clip.model_copy(update={"transition": TransitionKind.CUT, "transition_length": 0})
    return timeline.model_copy(update={"clips": tuple(clips)}), notes


def _shown(clip: Clip, before: Clip | None, start: int, reel: str, rate: Rate) -> _Side:
    """What an event records of a clip: from where its mix begins to where the next one does."""
    head = offsets(before)[0] if before is not None and mixes(before) else 0
    tail = offsets(clip)[0]
    source = media_start(clip, rate) + clip.source_start
    return _Side(reel, source - head, start - head, clip.length + head - tail)


def _effect(before: Clip) -> tuple[str, str]:
    return ("W001" if before.transition is TransitionKind.WIPE else "D", f"{before.transition_length:03d}")


def _line(number: int, side: _Side, effect: str, length: str, timeline: Timeline) -> str:
    first = frame_at(timeline.start, timeline.rate)
    frames = (side.source, side.source + side.length, first + side.record, first + side.record + side.length)
    codes = " ".join(timecode(f, timeline.rate) for f in frames)
    return f"{number:03d}  {side.reel:<8} V     {effect:<4} {length:>3} {codes}"


def _remarks(clip: Clip, before: Clip | None, incoming: bool, comments: bool) -> list[str]:
    """Which shot it is, in remarks that no system takes for its own."""
    lines = [f"* SHOT: {clip.shot_number}", f"* CLIP: {clip.name}"]
    if comments and before is not None:
        lines.append(f"* FROM CLIP NAME:  {before.name}")
    if comments:
        lines.append(f"* {'TO' if incoming else 'FROM'} CLIP NAME:  {clip.name}")
    return [_one_line(line) for line in lines]


def _one_line(text: str) -> str:
    return " ".join(re.split(r"[\r\n]+", text))


def _not_carried(timeline: Timeline, reels: dict[str, str], events: int) -> list[str]:
    rate = timeline.rate
    notes = [f"An EDL does not say its rate: set the project to {rate.name} frames a second before reading it."]
    if timeline.sounds:
        notes.append(f"The {len(timeline.sounds)} sounds are not in the EDL.")
    if any(c.captions for c in timeline.clips):
        notes.append("Dialogue captions are not in the EDL.")
    if events > MOST_EVENTS:
        notes.append(f"The EDL has {events} events; many systems read {MOST_EVENTS} at most: deliver it in parts.")
    if rate.nominal > 30:
        notes.append(f"CMX 3600 counts 30 frames a second at most: not every system reads {rate.name}.")
    if any(len(n) > 8 for n in reels):
        notes.append("Reel names have 8 signs: clips are known by the end of their name, and by a code where that is "
                     "not enough.")  # fmt: skip
    if any(c.media is None for c in timeline.clips):
        notes.append("Shots without pictures are events without media.")
    return notes
