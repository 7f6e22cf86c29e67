"""Sound files of a production: taken in once, placed on a line, a shot, a scene or the film, moving with the cut."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from fractions import Fraction
from pathlib import Path, PurePosixPath

from maquette.deliver.sound import Recording, read_sound
from maquette.film.controls import Scope
from maquette.film.errors import MediaError, UsageError
from maquette.film.screenplay import Element, ElementKind
from maquette.film.sound import SOUND_RATE, Anchor, SoundPlacement
from maquette.film.timeline import Sound, SoundKind, SoundTimes, Timeline
from maquette.pipeline.captions import Heard
from maquette.pipeline.production import Production
from maquette.store.files import file_errors
from maquette.store.folder import only_writer

KIND = "sound"
"""Of the documents."""
LARGEST_BYTES = 2 * 1024**3
_TRACKS = {SoundKind.DIALOGUE: 1, SoundKind.SCRATCH: 2, SoundKind.EFFECT: 3, SoundKind.MUSIC: 4}

SoundPlace = Callable[[SoundPlacement], PurePosixPath]
"""Where a sound's file lies, relative to the file that names it."""


def sounds_of(production: Production) -> tuple[SoundPlacement, ...]:
    """All sounds that are placed, in order of placing."""
    found = (production.database.get(KIND, n, SoundPlacement) for n in production.database.names(KIND))
    return tuple(s for s in found if s is not None and not s.removed)


def add_sound(
    production: Production, file: Path | str, *, on: str = "film", at_s: Fraction = Fraction(0),
    kind: SoundKind = SoundKind.EFFECT, gain_db: float = 0.0,
) -> tuple[SoundPlacement, tuple[str, ...]]:  # fmt: skip
    """Take a sound file into the production and place it. Returns the placement, and notes about the file.

    on: "film", "scene 3", a shot's number, or "3A:2" for the second speech of shot 3A. at_s: seconds after the start of
    that. gain_db: -60..24. Raises UsageError for a place that there is none of, MediaError for what is no sound.
    """
    path = Path(file)
    anchor, target, label = _anchor(production, on)
    if not -60 <= gain_db <= 24:
        raise UsageError(f"A gain of {gain_db:g} dB is out of range: use -60 to 24.")
    with file_errors(path, "reading"):
        if not path.is_file():
            raise MediaError(f"There is no sound file {path}: check the name.")
        if path.stat().st_size > LARGEST_BYTES:
            raise MediaError(f"{path.name} is larger than 2 GB: cut it to what is needed.")
    recording = read_sound(path)
    with file_errors(path, "reading"):
        data = path.read_bytes()
    with only_writer(production.root), production.database.together():
        suffix = path.suffix.lower()
        placement = SoundPlacement(
            name=_free_name(production, path.stem), file_name=path.name, suffix=suffix,
            media=production.folder.media.put(data, suffix), kind=kind, anchor=anchor, target=target, label=label,
            at_s=at_s, gain_db=gain_db, length_s=recording.length_s,
        )  # fmt: skip
        production.database.put(KIND, placement.name, placement)
        production.database.log("sound", f"{placement.name} on {label}")
    return placement, recording.notes


def remove_sound(production: Production, name: str) -> SoundPlacement:
    """Take a sound out of the cut; its file stays on record. Raises UsageError for a name that there is none of."""
    with only_writer(production.root), production.database.together():
        found = {s.name: s for s in sounds_of(production)}
        if name not in found:
            known = f"the sounds are {', '.join(found)}" if found else "there are none yet"
            raise UsageError(f'There is no sound "{name}": {known}.')
        gone = found[name].model_copy(update={"removed": True})
        production.database.put(KIND, name, gone)
        production.database.log("sound", f"{name} removed")
    return gone


def sound_file(production: Production, placement: SoundPlacement) -> Path:
    """The file in the production's media store. Raises MediaError where it is gone or damaged."""
    media = production.folder.media
    if not media.has(placement.media, placement.suffix):
        raise MediaError(
            f"The file of the sound {placement.name} is missing or damaged: remove it and add {placement.file_name} "
            "again."
        )
    return media.path(placement.media, placement.suffix)


def _free_name(production: Production, stem: str) -> str:
    words = "".join(c if c.isalnum() else " " for c in stem.lower()).split()
    base = "-".join(words)[:40] or "sound"
    taken = set(production.database.names(KIND))
    number, name = 1, base
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    return name


# --- where they go --------------------------------------------------------------------------------------------


def _anchor(production: Production, on: str) -> tuple[Anchor, str, str]:
    shot_text, colon, line_text = on.rpartition(":")
    if colon and line_text.strip().isdigit():
        shot = production.direction.shot(shot_text)
        lines = _speeches(production, shot.line_ids)
        number = int(line_text)
        if not 1 <= number <= len(lines):
            has = f"has {len(lines)} lines" if len(lines) != 1 else "has 1 line"
            raise UsageError(f"There is no line {number} in shot {shot.number}: it {has} of dialogue.")
        return Anchor.LINE, lines[number - 1].id, f"line {number} of shot {shot.number}"
    where = production.direction.where(on)
    anchor = {Scope.PRODUCTION: Anchor.FILM, Scope.SCENE: Anchor.SCENE, Scope.SHOT: Anchor.SHOT}[where.scope]
    return anchor, where.id, "the film" if anchor is Anchor.FILM else where.label


def _speeches(production: Production, ids: Sequence[str]) -> list[Element]:
    texts = {e.id: e for e in production.screenplay.elements}
    return [texts[i] for i in ids if i in texts and texts[i].kind in (ElementKind.DIALOGUE, ElementKind.LYRIC)]


def placed_sounds(
    production: Production, timeline: Timeline, heard: Sequence[Heard], place: SoundPlace | None = None
) -> tuple[Sound, ...]:
    """The sounds on the timeline, cut to what is heard of them; those whose shot is not in the cut are left out.

    heard: what is said in each clip, in their order.
    """
    found = list[Sound]()
    scene_of = {s.id: s.scene_id for s in production.shots}
    for placement in sounds_of(production):
        anchored = _start(placement, timeline, heard, scene_of)
        if anchored is None:
            continue
        start_s, clip = anchored
        times = _times(start_s + placement.at_s, placement.length_s, timeline)
        if times is None:
            continue
        media = place(placement) if place is not None else _in_store(production, placement)
        found.append(
            Sound(name=placement.name, kind=placement.kind, media=media, track=_TRACKS[placement.kind],
                  gain_db=placement.gain_db, clip=clip, exact=times, **_in_frames(times, timeline))
        )  # fmt: skip
    return tuple(found)


def _times(start_s: Fraction, length_s: Fraction, timeline: Timeline) -> SoundTimes | None:
    """What is heard between the first frame and the last; None: not one sample."""
    begin = max(Fraction(0), start_s)
    length = min(start_s + length_s, timeline.rate.seconds(timeline.length)) - begin
    if length * SOUND_RATE < 1:
        return None
    return SoundTimes(start_s=begin, length_s=length, source_s=begin - start_s)


def _in_frames(times: SoundTimes, timeline: Timeline) -> dict[str, int]:
    """The nearest frames."""
    rate = timeline.rate
    start = min(rate.frames(times.start_s), timeline.length - 1)
    length = max(1, min(rate.frames(times.length_s), timeline.length - start))
    return {"start": start, "length": length, "source_start": rate.frames(times.source_s)}


def _in_store(production: Production, placement: SoundPlacement) -> PurePosixPath:
    path = production.folder.media.path(placement.media, placement.suffix)
    return PurePosixPath(path.relative_to(production.root).as_posix())


def _start(
    placement: SoundPlacement, timeline: Timeline, heard: Sequence[Heard], scene_of: dict[str, str]
) -> tuple[Fraction, str | None] | None:
    """Where its target starts, in seconds, and the clip it goes with; None: the target is not in the cut."""
    if placement.anchor is Anchor.FILM:
        return Fraction(0), None
    for clip, start, in_clip in zip(timeline.clips, timeline.starts(), heard, strict=True):
        # A shot whose head was trimmed started, as far as its sounds go, before its clip does.
        begins = timeline.rate.seconds(start - in_clip.first)
        if placement.anchor is Anchor.SCENE and scene_of.get(clip.shot_id) == placement.target:
            return timeline.rate.seconds(start), None
        if placement.anchor is Anchor.SHOT and clip.shot_id == placement.target:
            return begins, clip.name
        line = next((s for s in in_clip.lines if s.element_id == placement.target), None)
        if placement.anchor is Anchor.LINE and line is not None:
            return begins + line.start_s, clip.name
    return None


def recordings_of(production: Production, names: Iterable[str]) -> dict[str, Recording]:
    """{name: samples} of sounds by name; the samples lie on disk rather than in memory."""
    placed = {s.name: s for s in sounds_of(production)}
    return {n: read_sound(sound_file(production, placed[n])) for n in names}
