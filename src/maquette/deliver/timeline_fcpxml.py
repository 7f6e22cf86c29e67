"""FCPXML 1.10 for Final Cut Pro and DaVinci Resolve, with exact times: `1001/24000s`, never a decimal.

Every time is a whole number of frames as a fraction of a second. Clips lie in a `spine`; sounds hang on the clip under
which they begin, at a time of that clip's own source.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element

from maquette.deliver.timeline_parts import (
    absolute_url,
    facts_of,
    media_start,
    off_frames,
    offsets,
    sound_frames,
    tracks_of,
)
from maquette.deliver.timeline_xml import add, document
from maquette.film.rate import Rate, frame_at
from maquette.film.timeline import Clip, Sound, SoundKind, Timeline, TransitionKind

_TRANSITIONS = {
    TransitionKind.DISSOLVE: "Cross Dissolve",
    TransitionKind.WIPE: "Wipe",
    TransitionKind.FADE_OUT: "Fade Out",
    TransitionKind.FADE_IN: "Fade In",
}
_ROLES = {
    SoundKind.DIALOGUE: "dialogue",
    SoundKind.SCRATCH: "dialogue",
    SoundKind.MUSIC: "music",
    SoundKind.EFFECT: "effects",
}
KEY = "com.maquette."
"""What our metadata begins with."""
_HOUSE_RATES = frozenset({24, 25, 30, 50, 60})


def seconds(frames: int, rate: Rate) -> str:
    """So many frames as FCPXML writes time: "1001/24000s", "100/2400s" for one frame at 24."""
    if frames == 0:
        return "0s"
    numerator, denominator = _frame(rate)
    return f"{frames * numerator}/{denominator}s"


def _frame(rate: Rate) -> tuple[int, int]:
    fps = rate.fps
    by = 1 if fps.denominator > 1 else 100
    return fps.denominator * by, fps.numerator * by


def fcpxml(timeline: Timeline, path: Path) -> tuple[str, tuple[str, ...]]:
    """The file's text, and what it cannot carry. Media is named by absolute place, from the folder of `path`."""
    rate = timeline.rate
    root = Element("fcpxml", version="1.10")
    resources = add(root, "resources")
    numerator, denominator = _frame(rate)
    add(resources, "format", id="r1", frameDuration=f"{numerator}/{denominator}s", width=str(timeline.width),
        height=str(timeline.height))  # fmt: skip
    assets = _assets(resources, timeline, path)
    event = add(add(root, "library"), "event", name=timeline.title)
    project = add(event, "project", name=timeline.title)
    first = frame_at(timeline.start, rate)
    sequence = add(
        project, "sequence", format="r1", duration=seconds(timeline.length, rate), tcStart=seconds(first, rate),
        tcFormat=_counting(rate), audioLayout="stereo", audioRate="48k",
    )  # fmt: skip
    if timeline.research_mark:
        add(sequence, "note", timeline.research_mark)
    spine = add(sequence, "spine")
    hanging = _hanging(timeline)
    if timeline.fade_in:
        _transition(spine, TransitionKind.FADE_IN, first, timeline.fade_in, rate)
    for i, (clip, start) in enumerate(zip(timeline.clips, timeline.starts(), strict=True)):
        element = _clip(spine, clip, first + start, assets.get(clip.name), rate)
        for lane, sound in hanging.get(i, ()):
            _sound(element, sound, lane, _inside(clip, start, sound, rate), assets[_sound_key(sound)], rate)
        _remarks(element, clip, timeline)
        if clip.transition is not TransitionKind.CUT:
            before, after = offsets(clip)
            _transition(spine, clip.transition, first + start + clip.length - before, before + after, rate)
    known = {"shots": " ".join(dict.fromkeys(c.shot_id for c in timeline.clips)), **timeline.metadata}
    _metadata(sequence, known)
    return document(root, "fcpxml"), _notes(timeline)


def _notes(timeline: Timeline) -> tuple[str, ...]:
    kinds = {c.transition for c in timeline.clips}
    notes = list[str]()
    if timeline.fade_in or kinds & {TransitionKind.WIPE, TransitionKind.FADE_IN, TransitionKind.FADE_OUT}:
        notes.append("Final Cut Pro plays wipes and fades between clips as cross dissolves; their names say what is "
                     "meant.")  # fmt: skip
    if any(c.captions for c in timeline.clips):
        notes.append("Dialogue is in the FCPXML as markers.")
    if any(c.media is None for c in timeline.clips):
        notes.append("Shots without pictures are gaps with the shot's name.")
    notes += off_frames(timeline, "the FCPXML")
    if timeline.rate.nominal not in _HOUSE_RATES:
        notes.append(f"Final Cut Pro does not cut at {timeline.rate.name} frames a second; Resolve does.")
    return tuple(notes)


def _counting(rate: Rate) -> str:
    return "DF" if rate.drop_frame else "NDF"


def _sound_key(sound: Sound) -> str:
    return f"sound {sound.media.as_posix()}"


def _assets(resources: Element, timeline: Timeline, path: Path) -> dict[str, str]:
    """One asset a file: {clip name or `_sound_key`: its id}."""
    rate, ids = timeline.rate, dict[str, str]()
    for clip in timeline.clips:
        if clip.media is None:
            continue
        ids[clip.name] = f"r{len(ids) + 2}"
        asset = add(resources, "asset", id=ids[clip.name], name=clip.name, start=seconds(media_start(clip, rate), rate),
                    duration=seconds(clip.media_frames, rate), hasVideo="1", videoSources="1", format="r1")  # fmt: skip
        add(asset, "media-rep", kind="original-media", src=absolute_url(clip.media, path))
    frames = dict[str, int]()
    for sound in timeline.sounds:
        frames[_sound_key(sound)] = max(frames.get(_sound_key(sound), 0), sound_frames(sound))
    for sound in timeline.sounds:
        key = _sound_key(sound)
        if key in ids:
            continue
        ids[key] = f"r{len(ids) + 2}"
        asset = add(resources, "asset", id=ids[key], name=sound.name, start="0s", duration=seconds(frames[key], rate),
                    hasAudio="1", audioSources="1", audioChannels="2", audioRate="48000")  # fmt: skip
        add(asset, "media-rep", kind="original-media", src=absolute_url(sound.media, path))
    return ids


def _hanging(timeline: Timeline) -> dict[int, list[tuple[int, Sound]]]:
    """{number of the clip under which sounds begin: [(lane, sound)]}; lanes count down from -1."""
    starts = timeline.starts()
    found = dict[int, list[tuple[int, Sound]]]()
    for lane, (_, sounds) in enumerate(tracks_of(timeline), 1):
        for sound in sounds:
            under = max((i for i, s in enumerate(starts) if s <= sound.start), default=0)
            found.setdefault(under, []).append((-lane, sound))
    return found


def _source(clip: Clip, rate: Rate) -> int:
    """First frame shown, by the clip's own count: timecode for media, 0 for a gap's start."""
    return media_start(clip, rate) + clip.source_start


def _inside(clip: Clip, start: int, sound: Sound, rate: Rate) -> int:
    return _source(clip, rate) + sound.start - start


def _clip(spine: Element, clip: Clip, offset: int, asset: str | None, rate: Rate) -> Element:
    times = {
        "name": clip.name,
        "offset": seconds(offset, rate),
        "start": seconds(_source(clip, rate), rate),
        "duration": seconds(clip.length, rate),
    }
    if asset is None:
        return add(spine, "gap", None, **times)
    return add(spine, "asset-clip", None, ref=asset, format="r1", tcFormat=_counting(rate), **times)


def _transition(spine: Element, kind: TransitionKind, begins: int, length: int, rate: Rate) -> None:
    times = {"offset": seconds(begins, rate), "duration": seconds(length, rate)}
    add(spine, "transition", None, name=_TRANSITIONS[kind], **times)


def _sound(parent: Element, sound: Sound, lane: int, offset: int, asset: str, rate: Rate) -> None:
    element = add(parent, "asset-clip", ref=asset, lane=str(lane), name=sound.name, offset=seconds(offset, rate),
        start=seconds(sound.source_start, rate), duration=seconds(sound.length, rate),
        audioRole=_ROLES[sound.kind])  # fmt: skip
    if sound.gain_db:
        add(element, "adjust-volume", amount=f"{sound.gain_db:g}dB")


def _remarks(element: Element, clip: Clip, timeline: Timeline) -> None:
    """Dialogue as markers, then what the clip is."""
    rate = timeline.rate
    for caption in clip.captions:
        add(element, "marker", start=seconds(_source(clip, rate) + caption.start, rate),
            duration=seconds(caption.length, rate), value=f"{caption.speaker}: {caption.words}")  # fmt: skip
    _metadata(element, facts_of(clip, timeline))


def _metadata(element: Element, facts: Mapping[str, str]) -> None:
    metadata = add(element, "metadata")
    for name, value in facts.items():
        add(metadata, "md", key=f"{KEY}{name}", value=value)
