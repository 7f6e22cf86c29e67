"""The animatic: the whole cut as one movie, with what is shot, drawn or still missing, and the sound under it."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from maquette.deliver.animatic import Burner, CardFootage, Footage, PanelFootage, TakeFootage, cut_frames
from maquette.deliver.movie import Codec, MovieWriter
from maquette.deliver.sound import Mixer, Recording
from maquette.deliver.timeline_parts import playable
from maquette.deliver.voice import MARK, speak, voice_of, voice_program
from maquette.film.errors import StoreError, UsageError
from maquette.film.rate import Rate, rate_named
from maquette.film.screenplay import Character
from maquette.film.shot import ShotStatus
from maquette.film.sound import SOUND_RATE
from maquette.film.take import TakeRecord
from maquette.film.timeline import Clip, ClipKind, Sound, SoundKind, Timeline
from maquette.pipeline.cut import timeline_of
from maquette.pipeline.naming import title_slug
from maquette.pipeline.panels import drawn_panels
from maquette.pipeline.production import Production
from maquette.pipeline.results import Progress, silent
from maquette.pipeline.sounds import recordings_of, sounds_of
from maquette.store.folder import only_writer

CODECS = {"mp4": Codec.H264_MP4, "mov": Codec.PRORES_MOV}
"""What an animatic can be: H.264 to look at, ProRes 422 HQ to cut."""


@dataclass(frozen=True)
class AnimaticResult:
    """A finished animatic."""

    path: Path
    timeline: Timeline
    clips: Mapping[ClipKind, int]
    """How many clips of each kind."""
    notes: tuple[str, ...]
    """What is missing or could not be as asked, one sentence each."""

    @property
    def frames(self) -> int:
        return self.timeline.length

    @property
    def rate(self) -> Rate:
        return self.timeline.rate


def animatic(
    production: Production,
    *,
    out: Path | str | None = None,
    size: str | None = None,
    rate: str | None = None,
    codec: str | None = None,
    burn_in: bool = True,
    voice: bool = False,
    shots: str | None = None,
    progress: Progress | None = None,
) -> AnimaticResult:
    """Cut all shots into one movie: takes, else panels, else cards. Nothing is drawn for it.

    out: a folder, or a file that ends in .mp4 or .mov; None: `animatic/` in the production. size: "1280x720"; None:
    that of the largest take or panel. rate: "24", "23.976" ...; None: the production's. codec: "mp4" or "mov"; None: as
    `out` says, else mp4. burn_in: shot, timecode, captions and the research mark in the pictures. voice: a scratch
    voice for lines without dialogue sound. progress: called with (clips done, clips, shot number). The file takes its
    name only when it is whole. Raises UsageError, MediaError and DiskFull.
    """
    path, kind = _place(production, out, codec)
    program = voice_program() if voice else None
    frame_rate = rate_named(rate) if rate is not None else None
    timeline = timeline_of(production, shots=shots, rate=frame_rate, size=size)
    if not timeline.clips:
        raise UsageError("There are no shots to cut: all of them are omitted, left out or none was listed.")
    if size is None:
        timeline = at_best_size(production, timeline)
    timeline, notes = playable(timeline)
    recordings = recordings_of(production, (s.name for s in timeline.sounds))
    if program is not None:
        spoken = _voices(timeline, production.screenplay.cast, program)
        timeline = timeline.model_copy(update={"sounds": (*timeline.sounds, *(s for s, _ in spoken))})
        recordings |= {s.name: r for s, r in spoken}
    said = _encode(production, timeline, recordings, path, kind, burn_in, progress or silent)
    # The film is finished: another Maquette at work on the production must not spoil that.
    with contextlib.suppress(StoreError), only_writer(production.root):
        production.database.log("animatic", f"{path.name}: {len(timeline.clips)} clips, {timeline.length} frames")
    notes = (*_missing(production, timeline), *notes, *_unheard(production, timeline), *said)
    notes += tuple(n for r in recordings.values() for n in r.notes)
    return AnimaticResult(path, timeline, Counter(c.kind for c in timeline.clips), tuple(dict.fromkeys(notes)))


def _place(production: Production, out: Path | str | None, codec: str | None) -> tuple[Path, Codec]:
    """The file and what it is."""
    name = (codec or "").lower().lstrip(".")
    if name and name not in CODECS:
        raise UsageError(f'An animatic cannot be "{codec}": use {" or ".join(CODECS)}.')
    target = Path(out) if out is not None else production.root / "animatic"
    suffix = target.suffix.lower().lstrip(".")
    if suffix in CODECS and not target.is_dir():
        if name and name != suffix:
            raise UsageError(f"{target.name} and the codec {name} do not go together: name the file .{name}.")
        return target, CODECS[suffix]
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file: name a folder with --out, or a file that ends in .mp4 or .mov.")
    name = name or next(iter(CODECS))
    return target / f"{title_slug(production.screenplay)}_animatic.{name}", CODECS[name]


def at_best_size(production: Production, timeline: Timeline) -> Timeline:
    """At the size of the largest picture of its own shape: nothing drawn is thrown away, little is blown up."""
    aspect = timeline.width / timeline.height
    sizes = [(timeline.width, timeline.height)]
    takes = production.best_takes()
    for clip in timeline.clips:
        take = takes.get(clip.shot_id) if clip.kind is ClipKind.TAKE else None
        panels = drawn_panels(production, clip.shot_id) if clip.kind is ClipKind.PANEL else None
        size = (take.width, take.height) if take else panels.size if panels else None
        if size is not None and abs(size[0] / size[1] / aspect - 1) < 0.02:
            sizes.append(size)
    width, height = max(sizes)
    return timeline.model_copy(update={"width": width // 2 * 2, "height": height // 2 * 2})


# --- pictures -------------------------------------------------------------------------------------------------


def _encode(
    production: Production, timeline: Timeline, recordings: Mapping[str, Recording], path: Path, codec: Codec,
    burn_in: bool, progress: Progress,
) -> tuple[str, ...]:  # fmt: skip
    proposed = {s.id: s.status is ShotStatus.PROPOSED for s in production.shots}
    burner = Burner(timeline, proposed) if burn_in else None
    mixer = Mixer(timeline, recordings) if timeline.sounds else None
    with MovieWriter(
        path, width=timeline.width, height=timeline.height, fps=timeline.rate.fps, codec=codec, timecode=timeline.start,
        metadata={"title": timeline.title, "comment": timeline.research_mark},
        sound_rate=SOUND_RATE if mixer is not None else None,
    ) as movie:  # fmt: skip
        done = 0
        takes = all_takes(production)
        for shown in cut_frames(timeline, lambda clip: footage_of(production, clip, timeline, takes)):
            if shown.frame == 0:
                progress(done, len(timeline.clips), shown.clip.shot_number)
                done += 1
            if burner is not None:
                burner.write(shown)
            movie.frame(shown.pixels)
            if mixer is not None:
                movie.sound(mixer.frame(shown.index))
        progress(done, len(timeline.clips), "")
    return movie.notes


def all_takes(production: Production) -> dict[tuple[str, int | None], TakeRecord]:
    """{(shot id, number): take}"""
    return {(t.shot_id, t.number): t for t in production.takes()}


def footage_of(
    production: Production, clip: Clip, timeline: Timeline, takes: Mapping[tuple[str, int | None], TakeRecord]
) -> Footage:
    """The pictures of a clip at the timeline's size and rate: its take, else its panels, else a card.

    takes: `all_takes`.
    """
    size = (timeline.width, timeline.height)
    if clip.kind is ClipKind.TAKE:
        take = takes[clip.shot_id, clip.take]
        return TakeFootage(production.take_frames(take), take.rate, timeline.rate, size)
    panels = drawn_panels(production, clip.shot_id) if clip.kind is ClipKind.PANEL else None
    if panels is None:
        return CardFootage(clip, size)
    return PanelFootage(panels.start, panels.end if clip.move else None, clip, size)


# --- voices ---------------------------------------------------------------------------------------------------


def _voices(timeline: Timeline, cast: Sequence[Character], program: str) -> list[tuple[Sound, Recording]]:
    """A scratch voice for every speech that no dialogue sound lies on."""
    people = {c.name: c for c in cast}
    recorded = [(s.start, s.start + s.length) for s in timeline.sounds if s.kind is SoundKind.DIALOGUE]
    found = list[tuple[Sound, Recording]]()
    for clip, at in zip(timeline.clips, timeline.starts(), strict=True):
        for number, (start, length, speaker, words) in enumerate(_speeches(clip), 1):
            if any(first < at + start + length and last > at + start for first, last in recorded):
                continue
            person = people.get(speaker)
            voice = voice_of(speaker, person.sex if person else None, person.age_years if person else None)
            recording = speak(words, voice, float(timeline.rate.seconds(length)), program=program)
            heard = min(timeline.rate.frames(recording.length_s) + 1, timeline.length - at - start)
            name = f"{MARK}-{clip.name}-{number}"
            sound = Sound(name=name, kind=SoundKind.SCRATCH, media=PurePosixPath(f"{name}.wav"), track=2,
                          start=at + start, length=heard, clip=clip.name)  # fmt: skip
            found.append((sound, replace(recording, notes=())))
    return found


def _speeches(clip: Clip) -> list[tuple[int, int, str, str]]:
    """(start, length, speaker, words): captions of one speech follow one another without a gap."""
    found = list[tuple[int, int, str, str]]()
    for c in clip.captions:
        if found and found[-1][2] == c.speaker and sum(found[-1][:2]) == c.start:
            start, length, speaker, words = found[-1]
            found[-1] = (start, length + c.length, speaker, f"{words} {c.words}")
        else:
            found.append((c.start, c.length, c.speaker, c.words))
    return found


# --- notes ----------------------------------------------------------------------------------------------------


def _missing(production: Production, timeline: Timeline) -> tuple[str, ...]:
    slugs = [c.shot_number for c in timeline.clips if c.kind is ClipKind.SLUG]
    if not slugs:
        return ()
    what = f"{len(slugs)} of {len(timeline.clips)} shots are" if len(slugs) > 1 else f"Shot {slugs[0]} is"
    which = "" if len(slugs) == len(timeline.clips) else f" --shots {','.join(slugs[:12])}{',...' * (len(slugs) > 12)}"
    return (f"{what} neither shot nor drawn and shown as cards: draw them with `maquette board DIR{which}`.",)


def _unheard(production: Production, timeline: Timeline) -> tuple[str, ...]:
    heard = {s.name for s in timeline.sounds}
    return tuple(
        f"The sound {s.name} is not heard: {s.label} is not in this cut, or it lies beyond the end."
        for s in sounds_of(production)
        if s.name not in heard
    )
