"""OpenTimelineIO: the whole timeline with everything we know, as `.otio` or bundled with its media as `.otioz`.

Places of media are relative to the file; clips say in metadata which shot, take and research mark they are.
"""

from __future__ import annotations

import zipfile
from fractions import Fraction
from pathlib import Path

import opentimelineio as otio

from maquette.deliver.timeline_parts import (
    facts_of,
    media_start,
    offsets,
    relative_url,
    set_up,
    tracks_of,
)
from maquette.film.rate import Rate, frame_at
from maquette.film.sound import SOUND_RATE
from maquette.film.timeline import Clip, Sound, Timeline, TransitionKind

KEY = "maquette"
"""Where our metadata lies."""
_BUNDLE_VERSION = "1.0.0"
_MEDIA = "media"


def otio_timeline(timeline: Timeline) -> otio.schema.Timeline:
    """The timeline in OTIO's own objects: V1, and A1 .. for its sounds."""
    rate = timeline.rate
    result = otio.schema.Timeline(timeline.title, global_start_time=_time(frame_at(timeline.start, rate), rate))
    result.metadata[KEY] = {
        **timeline.metadata,
        "shots": list(dict.fromkeys(c.shot_id for c in timeline.clips)),
        "rate": str(rate.fps),
        "drop_frame": rate.drop_frame,
        "width": timeline.width,
        "height": timeline.height,
        "research_mark": timeline.research_mark,
    }
    video = otio.schema.Track("V1", kind=otio.schema.TrackKind.Video)
    if timeline.fade_in:
        video.append(_transition(TransitionKind.FADE_IN, (0, timeline.fade_in), rate))
    for clip in timeline.clips:
        video.append(_clip(clip, timeline))
        if clip.transition is not TransitionKind.CUT:
            video.append(_transition(clip.transition, offsets(clip), rate))
    result.tracks.append(video)
    for number, sounds in tracks_of(timeline):
        result.tracks.append(_sound_track(number, sounds, rate))
    return result


def write_otio(timeline: Timeline, place: Path) -> tuple[str, ...]:
    """Write an `.otio` file."""
    place.write_text(otio_timeline(timeline).to_json_string(indent=2) + "\n", encoding="utf-8")
    return ()


def write_otioz(timeline: Timeline, place: Path, beside: Path) -> tuple[str, ...]:
    """Write an `.otioz` bundle to `place` with what media there is, relative to the folder `beside`."""
    bundled = otio_timeline(timeline)
    found, missing = dict[str, Path](), list[str]()
    for clip in bundled.find_clips():
        reference = clip.media_reference
        if not isinstance(reference, otio.schema.ExternalReference):
            continue
        source = beside / otio.url_utils.filepath_from_url(reference.target_url)
        if not source.is_file():
            missing.append(str(source.name))
            clip.media_reference = otio.schema.MissingReference(
                clip.name, reference.available_range, dict(reference.metadata)
            )
            continue
        name = _bundled_name(source, found)
        found[name] = source
        reference.target_url = otio.url_utils.url_from_filepath(f"{_MEDIA}/{name}")
    with zipfile.ZipFile(place, "w") as bundle:
        bundle.writestr("version.txt", _BUNDLE_VERSION, zipfile.ZIP_DEFLATED)
        bundle.writestr("content.otio", bundled.to_json_string(indent=2), zipfile.ZIP_DEFLATED)
        for name, source in found.items():
            bundle.write(source, f"{_MEDIA}/{name}", zipfile.ZIP_STORED)
    names = ", ".join(dict.fromkeys(missing))
    return (f"Media that is not there yet is not in the bundle: {names}.",) if missing else ()


def _bundled_name(source: Path, found: dict[str, Path]) -> str:
    """The file's own name, or one with a number where another file of the bundle has it: folders get lost in it."""
    name, number = source.name, 2
    while found.get(name, source) != source:
        name, number = f"{source.stem}-{number}{source.suffix}", number + 1
    return name


# --- parts ----------------------------------------------------------------------------------------------------


def _time(frames: int, rate: Rate) -> otio.opentime.RationalTime:
    return otio.opentime.RationalTime(frames, float(rate.fps))


def _range(start: int, length: int, rate: Rate) -> otio.opentime.TimeRange:
    return _counted(start, length, rate.fps)


def _counted(start: int, length: int, fps: Fraction) -> otio.opentime.TimeRange:
    """fps: frames a second, or samples."""
    times = (otio.opentime.RationalTime(n, float(fps)) for n in (start, length))
    return otio.opentime.TimeRange(*times)


def _clip(clip: Clip, timeline: Timeline) -> otio.schema.Clip:
    rate = timeline.rate
    first = media_start(clip, rate)
    available = _range(first, clip.media_frames, rate)
    if clip.media is None:
        # A slug keeps its name as a clip without media: a mere gap would come back as nothing.
        reference = otio.schema.MissingReference(clip.name, _range(first, max(clip.media_frames, clip.length), rate))
    else:
        reference = otio.schema.ExternalReference(relative_url(clip.media), available)
        reference.name = clip.name
    result = otio.schema.Clip(
        clip.name, reference, _range(first + clip.source_start, clip.length, rate), {KEY: facts_of(clip, timeline)}
    )
    for caption in clip.captions:
        result.markers.append(
            otio.schema.Marker(
                name=f"{caption.speaker}: {caption.words}",
                marked_range=_range(first + clip.source_start + caption.start, caption.length, rate),
                color=otio.schema.MarkerColor.CYAN,
                metadata={KEY: {"speaker": caption.speaker, "words": caption.words}},
            )
        )
    if words := set_up(clip):
        result.metadata[KEY]["set_up"] = words
    return result


def _transition(kind: TransitionKind, sides: tuple[int, int], rate: Rate) -> otio.schema.Transition:
    before, after = sides
    return otio.schema.Transition(
        name=kind.value.capitalize(),
        transition_type="SMPTE_Wipe" if kind is TransitionKind.WIPE else otio.schema.TransitionTypes.SMPTE_Dissolve,
        in_offset=_time(before, rate),
        out_offset=_time(after, rate),
        metadata={KEY: {"kind": kind.value}},
    )


def _sound_track(number: int, sounds: tuple[Sound, ...], rate: Rate) -> otio.schema.Track:
    """Sounds that start with a frame are counted in frames, others in samples."""
    track = otio.schema.Track(f"A{number}", kind=otio.schema.TrackKind.Audio)
    end = Fraction(0)  # seconds
    for sound in sounds:
        fps = rate.fps if sound.on_frames(rate) else Fraction(SOUND_RATE)
        start, length, source = _counts(sound, fps, rate)
        gap = start / fps - end
        if gap > 0:
            # After a sound that does not end with a frame, what is between the two has to be counted in samples.
            fine = fps if (gap * fps).denominator == 1 else Fraction(SOUND_RATE)
            track.append(otio.schema.Gap(source_range=_counted(0, round(gap * fine), fine)))
            end += round(gap * fine) / fine
        reference = otio.schema.ExternalReference(relative_url(sound.media), _counted(0, source + length, fps))
        facts = {"kind": sound.kind.value, "gain_db": sound.gain_db, "clip": sound.clip or ""}
        track.append(otio.schema.Clip(sound.name, reference, _counted(source, length, fps), {KEY: facts}))
        end += length / fps
    return track


def _counts(sound: Sound, fps: Fraction, rate: Rate) -> tuple[int, int, int]:
    """Start, length and start in the file, in frames or in samples."""
    if fps == rate.fps:
        return sound.start, sound.length, sound.source_start
    times = sound.times(rate)
    start, end = round(times.start_s * fps), round((times.start_s + times.length_s) * fps)
    return start, end - start, round(times.source_s * fps)
