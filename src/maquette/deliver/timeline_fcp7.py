"""Final Cut Pro 7 XML (xmeml 4): what Premiere Pro and DaVinci Resolve read best.

Times are whole frames of a `timebase`, and `ntsc` says that it runs at 1000/1001 of it. A clip beside a mix has -1 for
the end that the mix covers, and its source range reaches over the whole mix.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree.ElementTree import Element

from maquette.deliver.timeline_parts import (
    Placed,
    absolute_url,
    media_start,
    off_frames,
    offsets,
    placed,
    set_up,
    sound_frames,
    tracks_of,
)
from maquette.deliver.timeline_xml import add, document
from maquette.film.rate import Rate, frame_at, timecode
from maquette.film.sound import SOUND_RATE
from maquette.film.timeline import Clip, Sound, Timeline, TransitionKind

_EFFECTS = {
    TransitionKind.DISSOLVE: ("Cross Dissolve", "Dissolve"),
    TransitionKind.FADE_OUT: ("Cross Dissolve", "Dissolve"),
    TransitionKind.FADE_IN: ("Cross Dissolve", "Dissolve"),
    TransitionKind.WIPE: ("Edge Wipe", "Wipe"),
}
_ALIGNMENT = {TransitionKind.FADE_OUT: "end-black", TransitionKind.FADE_IN: "start-black"}
OURS = "maquette:"
"""What our own words in comments begin with."""


def fcp7_xml(timeline: Timeline, path: Path) -> tuple[str, tuple[str, ...]]:
    """The file's text, and what it cannot carry. Media is named by absolute place, from the folder of `path`."""
    rate = timeline.rate
    root = Element("xmeml", version="4")
    sequence = add(root, "sequence", id="sequence-1")
    add(sequence, "name", timeline.title)
    add(sequence, "duration", timeline.length)
    _rate(sequence, rate)
    _timecode(sequence, frame_at(timeline.start, rate), rate)
    media = add(sequence, "media")
    video = add(media, "video")
    _picture(add(video, "format"), timeline)
    track = add(video, "track")
    if timeline.fade_in:
        _transition(track, TransitionKind.FADE_IN, (0, timeline.fade_in), 0, rate)
    for number, at in enumerate(placed(timeline), 1):
        _clip_item(track, at, number, timeline, path)
        if at.clip.transition is not TransitionKind.CUT:
            _transition(track, at.clip.transition, offsets(at.clip), at.start + at.clip.length, rate)
    if timeline.sounds:
        audio = add(media, "audio")
        _samples(add(audio, "format"))
        number = 0
        for _, sounds in tracks_of(timeline):
            track = add(audio, "track")
            for sound in sounds:
                number += 1
                _sound_item(track, sound, number, rate, path)
    _about(sequence, timeline)
    return document(root, "xmeml"), _notes(timeline)


def _notes(timeline: Timeline) -> tuple[str, ...]:
    notes = ["The XML names media by absolute place, as Premiere wants it: relink where the files have moved."]
    if any(s.gain_db for s in timeline.sounds):
        notes.append("Levels of sounds are not in the XML.")
    notes += off_frames(timeline, "the XML")
    if timeline.rate.nominal > 30 and timeline.rate.nominal not in (50, 60):
        notes.append(f"Final Cut Pro 7 does not know {timeline.rate.name} frames a second; Premiere and Resolve do.")
    return tuple(notes)


def _about(sequence: Element, timeline: Timeline) -> None:
    """A marker at the start, which Premiere and Resolve keep: what it may be used for, and which shots it has."""
    marker = add(sequence, "marker")
    add(marker, "name", timeline.research_mark or "Maquette")
    add(marker, "comment", f"{OURS}shots {' '.join(dict.fromkeys(c.shot_id for c in timeline.clips))}")
    add(marker, "in", 0)
    add(marker, "out", -1)


def _rate(parent: Element, rate: Rate) -> None:
    element = add(parent, "rate")
    add(element, "timebase", rate.nominal)
    add(element, "ntsc", "TRUE" if rate.fps.denominator == 1001 else "FALSE")


def _timecode(parent: Element, frame: int, rate: Rate) -> None:
    element = add(parent, "timecode")
    _rate(element, rate)
    add(element, "string", timecode(frame, rate))
    add(element, "frame", frame)
    add(element, "displayformat", "DF" if rate.drop_frame else "NDF")


def _picture(parent: Element, timeline: Timeline) -> None:
    sample = add(parent, "samplecharacteristics")
    _rate(sample, timeline.rate)
    add(sample, "width", timeline.width)
    add(sample, "height", timeline.height)
    add(sample, "anamorphic", "FALSE")
    add(sample, "pixelaspectratio", "square")
    add(sample, "fielddominance", "none")


def _samples(parent: Element) -> None:
    sample = add(parent, "samplecharacteristics")
    add(sample, "depth", 16)
    add(sample, "samplerate", SOUND_RATE)


def _clip_item(track: Element, at: Placed, number: int, timeline: Timeline, path: Path) -> None:
    clip, start, rate = at.clip, at.start, timeline.rate
    head = offsets(at.before) if at.before is not None else (0, 0)
    tail = offsets(clip)
    # The mix before begins head[0] frames early if it shows this clip at all; a fade from black does not begin early.
    covered_head, covered_tail = head[0] > 0 and head[1] > 0, tail[0] > 0 and tail[1] > 0
    source = clip.source_start - (head[0] if covered_head else 0)
    end = clip.source_start + clip.length + (tail[1] if covered_tail else 0)
    item = add(track, "clipitem", id=f"clipitem-{number}", frameBlend="FALSE")
    add(item, "name", clip.name)
    add(item, "enabled", "TRUE")
    add(item, "duration", max(clip.media_frames, clip.length))
    _rate(item, rate)
    add(item, "start", -1 if covered_head else start)
    add(item, "end", -1 if covered_tail else start + clip.length)
    add(item, "in", source)
    add(item, "out", end)
    file = add(item, "file", id=f"file-{number}")
    add(file, "name", clip.media.name if clip.media is not None else clip.name)
    if clip.media is not None:
        add(file, "pathurl", absolute_url(clip.media, path, "localhost"))
    _rate(file, rate)
    add(file, "duration", max(clip.media_frames, clip.length if clip.media is None else 1))
    _timecode(file, media_start(clip, rate), rate)
    _picture(add(add(file, "media"), "video"), timeline)
    _log(item, clip, timeline)
    for caption in clip.captions:
        marker = add(item, "marker")
        add(marker, "name", caption.speaker)
        add(marker, "comment", caption.words)
        add(marker, "in", clip.source_start + caption.start)
        add(marker, "out", clip.source_start + caption.start + caption.length)


def _log(item: Element, clip: Clip, timeline: Timeline) -> None:
    """What the script supervisor would write on the slate: the columns of every editor's bin."""
    log = add(item, "logginginfo")
    add(log, "description", clip.description)
    add(log, "scene", clip.scene_number)
    add(log, "shottake", clip.shot_number + ("" if clip.take is None else f" T{clip.take}"))
    add(log, "lognote", set_up(clip))
    add(log, "good", "TRUE" if clip.circled else "FALSE")
    comments = add(item, "comments")
    add(comments, "mastercomment1", clip.scene_heading)
    add(comments, "mastercomment2", timeline.research_mark)
    add(comments, "mastercomment3", f"{OURS}{clip.shot_id}")


def _transition(track: Element, kind: TransitionKind, sides: tuple[int, int], cut: int, rate: Rate) -> None:
    """sides: frames before and after the cut."""
    before, after = sides
    name, category = _EFFECTS[kind]
    item = add(track, "transitionitem")
    add(item, "start", cut - before)
    add(item, "end", cut + after)
    add(item, "alignment", _ALIGNMENT.get(kind, "center"))
    _rate(item, rate)
    effect = add(item, "effect")
    add(effect, "name", name)
    add(effect, "effectid", name)
    add(effect, "effectcategory", category)
    add(effect, "effecttype", "transition")
    add(effect, "mediatype", "video")


def _sound_item(track: Element, sound: Sound, number: int, rate: Rate, path: Path) -> None:
    item = add(track, "clipitem", id=f"sound-{number}", frameBlend="FALSE")
    add(item, "name", sound.name)
    add(item, "enabled", "TRUE")
    add(item, "duration", sound_frames(sound))
    _rate(item, rate)
    add(item, "start", sound.start)
    add(item, "end", sound.start + sound.length)
    add(item, "in", sound.source_start)
    add(item, "out", sound.source_start + sound.length)
    file = add(item, "file", id=f"soundfile-{number}")
    add(file, "name", sound.media.name)
    add(file, "pathurl", absolute_url(sound.media, path, "localhost"))
    _rate(file, rate)
    add(file, "duration", sound_frames(sound))
    audio = add(add(file, "media"), "audio")
    _samples(audio)
    add(audio, "channelcount", 2)
    source = add(item, "sourcetrack")
    add(source, "mediatype", "audio")
    add(source, "trackindex", 1)
