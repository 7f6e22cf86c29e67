"""What all writers of timelines share: transitions that can be played, places of media, names that fit."""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path, PurePosixPath
from urllib.parse import quote

from maquette.film.rate import Rate, frame_at
from maquette.film.timeline import Clip, EditedClip, Sound, Timeline, TransitionKind

REEL_LENGTH = 8
"""Signs of a reel name in a CMX 3600 list."""
STILLS = frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp"})
"""Media that is one picture."""
_BLACK = frozenset({"BL", "BLACK", "AX", "BARS"})
"""Reels that mean something else to every reader."""


class TimelineFormat(StrEnum):
    """What cutting rooms read."""

    OTIO = "otio"
    OTIOZ = "otioz"
    EDL = "edl"
    FCP7_XML = "xml"
    FCPXML = "fcpxml"
    AAF = "aaf"


def offsets(clip: Clip | EditedClip) -> tuple[int, int]:
    """Frames of a clip's transition before its end and after it."""
    return sides(clip.transition, clip.transition_length)


def sides(kind: TransitionKind, length: int) -> tuple[int, int]:
    """Frames of a transition before the cut and after it."""
    match kind:
        case TransitionKind.CUT:
            return 0, 0
        case TransitionKind.FADE_OUT:
            return length, 0
        case TransitionKind.FADE_IN:
            return 0, length
        case TransitionKind.DISSOLVE | TransitionKind.WIPE:
            return length // 2, length - length // 2


@dataclass(frozen=True)
class Placed:
    """A clip where it stands. All in frames."""

    clip: Clip
    before: Clip | None
    """Its neighbour."""
    start: int
    """From the timeline's start."""
    from_black: int
    """How long it comes up from black."""


def placed(timeline: Timeline) -> Iterator[Placed]:
    """Every clip in order."""
    before, from_black = None, timeline.fade_in
    for clip, start in zip(timeline.clips, timeline.starts(), strict=True):
        yield Placed(clip, before, start, from_black)
        before = clip
        from_black = clip.transition_length if clip.transition is TransitionKind.FADE_IN else 0


def mixes(clip: Clip | EditedClip) -> bool:
    """Whether its transition shows both clips at once, and so needs frames beyond the cut."""
    return clip.transition in (TransitionKind.DISSOLVE, TransitionKind.WIPE)


def media_start(clip: Clip, rate: Rate) -> int:
    """Frame number, counted from 00:00:00:00, of the media's first frame."""
    return frame_at(clip.media_start, rate)


def playable(timeline: Timeline) -> tuple[Timeline, tuple[str, ...]]:
    """The timeline with cuts in place of transitions that cannot be, and a sentence for each, and for missing frames.

    A transition needs clips longer than itself, and a mix needs frames of both clips beyond the cut.
    """
    clips, notes, fade_in = list(timeline.clips), list[str](), max(0, timeline.fade_in)
    if clips and fade_in > clips[0].length:
        notes.append(f"The fade in at the start was left out: {clips[0].name} is shorter than it.")
        fade_in = 0
    taken = fade_in  # frames at the start of the clip that the transition before it plays over
    for i, clip in enumerate(clips):
        after = clips[i + 1] if i + 1 < len(clips) else None
        why = _impossible(clip, after, taken)
        if why:
            notes.append(f"The {clip.transition.value} after {clip.name} became a cut: {why}.")
        if why or clip.transition is TransitionKind.CUT or clip.transition_length < 1:
            clip = clip.model_copy(update={"transition": TransitionKind.CUT, "transition_length": 0})
            clips[i] = clip
        notes += _lacking(clip, after)
        taken = offsets(clip)[1]
    return timeline.model_copy(update={"clips": tuple(clips), "fade_in": fade_in}), tuple(notes)


def _impossible(clip: Clip, after: Clip | None, taken: int) -> str:
    if clip.transition is TransitionKind.CUT or clip.transition_length < 1:
        return ""
    before_cut, after_cut = offsets(clip)
    if after is None and clip.transition is not TransitionKind.FADE_OUT:
        return "no clip follows"
    if mixes(clip) and clip.transition_length < 2:
        return "one frame cannot be centred on a cut"
    if clip.length <= taken + before_cut:
        return f"{clip.name} is no longer than its transitions"
    if after is not None and after.length < after_cut:
        return f"{after.name} is shorter than it"
    return ""


def _lacking(clip: Clip, after: Clip | None) -> list[str]:
    """Frames that a mix plays and that the media does not have."""
    if not mixes(clip) or after is None:
        return []
    before_cut, after_cut = offsets(clip)
    found = list[str]()
    tail = clip.source_start + clip.length + after_cut - clip.media_frames
    head = before_cut - after.source_start
    if _moves(clip) and tail > 0:
        found.append(f"The {clip.transition.value} after {clip.name} needs {more_frames(tail)} at its end: shoot it "
                     "with handles.")  # fmt: skip
    if _moves(after) and head > 0:
        found.append(f"The {clip.transition.value} into {after.name} needs {more_frames(head)} at its start: shoot it "
                     "with handles.")  # fmt: skip
    return found


def more_frames(frames: int) -> str:
    """ "1 more frame", "2 more frames"."""
    return "1 more frame" if frames == 1 else f"{frames} more frames"


def _moves(clip: Clip) -> bool:
    """Whether its media has a last frame: a still stands as long as anybody wants."""
    return clip.media is not None and clip.media.suffix.lower() not in STILLS


# --- media ----------------------------------------------------------------------------------------------------


def relative_url(media: PurePosixPath) -> str:
    """As a file beside the media names it; everything but letters, digits and `/._-~` is percent-encoded."""
    return quote(media.as_posix())


def absolute_url(media: PurePosixPath, path: Path, host: str = "") -> str:
    """`file://` URL of media that is relative to the folder of `path`."""
    return f"file://{host}{quote((path.resolve().parent / media).as_posix())}"


def sound_frames(sound: Sound) -> int:
    """Frames that the sound file has at least."""
    return sound.source_start + sound.length


def off_frames(timeline: Timeline, file: str) -> tuple[str, ...]:
    """What a format that counts whole frames loses of the sounds' places, as a sentence. file: "the XML"."""
    lost = [s for s in timeline.sounds if not s.on_frames(timeline.rate)]
    if not lost:
        return ()
    which = f"The sound {lost[0].name} starts" if len(lost) == 1 else f"{len(lost)} sounds start"
    half = float(timeline.rate.seconds(1) * 500)
    return (f"{which} between frames, and in {file} on the nearest, up to {half:.0f} ms away: OTIO has the sample.",)


def tracks_of(timeline: Timeline) -> tuple[tuple[int, tuple[Sound, ...]], ...]:
    """Sounds by audio track, each in order; one that starts before its neighbour ends goes to a track of its own."""
    tracks = dict[int, list[Sound]]()
    rate = timeline.rate
    ordered = sorted(timeline.sounds, key=lambda s: (s.track, s.times(rate).start_s))
    last = max((s.track for s in ordered), default=0)
    for sound in ordered:
        places = itertools.chain([sound.track], itertools.count(last + 1))
        free = next(n for n in places if n not in tracks or not _overlap(tracks[n][-1], sound, rate))
        tracks.setdefault(free, []).append(sound)
    return tuple((n, tuple(tracks[n])) for n in sorted(tracks))


def _overlap(sound: Sound, after: Sound, rate: Rate) -> bool:
    """Whether two sounds overlap, in frames or in samples: each format counts in one of them."""
    times = sound.times(rate)
    by_ear = times.start_s + times.length_s > after.times(rate).start_s
    return by_ear or sound.start + sound.length > after.start


# --- facts that travel along ----------------------------------------------------------------------------------


def facts_of(clip: Clip, timeline: Timeline) -> dict[str, str]:
    """What a clip is, in words, for formats that carry metadata."""
    facts = {
        "shot_id": clip.shot_id,
        "shot": clip.shot_number,
        "scene": clip.scene_number,
        "heading": clip.scene_heading,
        "kind": clip.kind.value,
        "take": "" if clip.take is None else str(clip.take),
        "circled": "yes" if clip.circled else "",
        "size": clip.size,
        "angle": clip.angle,
        "move": clip.move,
        "lens_mm": "" if clip.lens_mm is None else f"{clip.lens_mm:g}",
        "description": clip.description,
        "research_mark": timeline.research_mark,
    }
    return {name: value for name, value in facts.items() if value}


def set_up(clip: Clip) -> str:
    """ "CU · low angle · push in · 85 mm": how the shot is taken."""
    lens = "" if clip.lens_mm is None else f"{clip.lens_mm:g} mm"
    return " · ".join(part for part in (clip.size, clip.angle, clip.move, lens) if part)


# --- reels ----------------------------------------------------------------------------------------------------


def reel_names(names: Iterable[str]) -> dict[str, str]:
    """A reel for each clip name: 8 signs A-Z, 0-9 and _ at most, all different, whatever the order.

    The last parts of the name that fit, such as `3A_T1`; where that is too long or not unique, a code of the name.
    """
    wanted = {name: _last_parts(name) for name in names}
    count = dict[str, int]()
    for reel in wanted.values():
        count[reel] = count.get(reel, 0) + 1
    return {n: r if r and count[r] == 1 and r not in _BLACK else reel_code(n) for n, r in wanted.items()}


def _last_parts(name: str) -> str:
    parts = [p for p in re.sub(r"[^A-Z0-9]+", "_", name.upper()).split("_") if p]
    reel = ""
    for part in reversed(parts):
        longer = f"{part}_{reel}" if reel else part
        if len(longer) > REEL_LENGTH:
            break
        reel = longer
    return reel


def reel_code(name: str) -> str:
    """The reel of a name that has no short one of its own."""
    return f"{zlib.crc32(name.encode()):08X}"
