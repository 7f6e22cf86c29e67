"""Deliver: the cut and its shots in every file that the next people at work expect, each made only when asked for."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath

from maquette.deliver.timeline_parts import TimelineFormat
from maquette.deliver.whole import whole_file
from maquette.film.errors import StoreError, UsageError
from maquette.film.shot import Shot, ShotStatus
from maquette.film.take import TakeRecord
from maquette.film.timeline import Timeline
from maquette.pipeline.animatic import at_best_size
from maquette.pipeline.cut import timeline_of
from maquette.pipeline.deliver_exr import deliver_exr
from maquette.pipeline.deliver_papers import deliver_board, deliver_breakdown, deliver_csv, deliver_luts
from maquette.pipeline.deliver_shots import deliver_camera, deliver_movies, deliver_png, deliver_usd
from maquette.pipeline.delivery import Delivery
from maquette.pipeline.naming import ClipNames, title_slug
from maquette.pipeline.production import Production
from maquette.pipeline.results import Progress, silent
from maquette.pipeline.sounds import sound_file, sounds_of
from maquette.script.shot_list import select
from maquette.store.files import file_errors
from maquette.store.folder import only_writer

TIMELINES: dict[str, TimelineFormat] = {
    "otio": TimelineFormat.OTIO,
    "otioz": TimelineFormat.OTIOZ,
    "edl": TimelineFormat.EDL,
    "xml": TimelineFormat.FCP7_XML,
    "fcpxml": TimelineFormat.FCPXML,
    "aaf": TimelineFormat.AAF,
}
MOVIES = ("mp4", "mov", "webm", "gif")
"""The first of these that is asked for is what timelines name as media."""
FORMATS: dict[str, str] = {
    "otio": "the cut as OpenTimelineIO",
    "otioz": "the same with its media in one file",
    "edl": "the cut as CMX3600 edit decision list",
    "xml": "the cut as Final Cut Pro 7 XML, which Premiere reads",
    "fcpxml": "the cut as FCPXML for Final Cut Pro",
    "aaf": "the cut as AAF for Avid",
    "mp4": "each shot as H.264",
    "mov": "each shot as ProRes 422 HQ with timecode",
    "webm": "each shot as VP9",
    "gif": "each shot as GIF",
    "png": "each take as image sequence from frame 1001",
    "exr": "each take's passes as multi-layer EXR with motion vectors and Cryptomatte",
    "usd": "each shot's stage: cast, set, camera with its real lens, lights",
    "camera": "each shot's camera and markers for the heads, alone, as USD",
    "cube": "each shot's finish as LUT",
    "csv": "shot list and breakdown as CSV",
    "xlsx": "shot list and breakdown as workbook",
    "pdf": "the board",
}
"""What can be delivered, and what it is."""


def deliver(
    production: Production,
    formats: Sequence[str],
    *,
    shots: str | None = None,
    out: Path | str | None = None,
    progress: Progress | None = None,
) -> Delivery:
    """Make the files of these `FORMATS`. out: None: `deliver/` in the production.

    Timelines name movies: where none is asked for, MP4 is made for them. Takes are those that cuts use; shots without a
    take deliver their panels as movies. Each file takes its name only when it is whole. Raises UsageError for a format
    or shot that there is none of, and whatever the formats raise.
    """
    wanted = _known(formats)
    told = progress or silent
    folder = Path(out) if out is not None else production.root / "deliver"
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file: name a folder for the delivery with --out.")
    movie = next((m for m in MOVIES if m in wanted and m != "gif"), "mp4")
    if any(f in TIMELINES for f in wanted) and movie not in wanted:
        wanted = (movie, *wanted)
    with file_errors(folder, "making"):
        folder.mkdir(parents=True, exist_ok=True)
    timeline = _timeline(production, shots, movie)
    chosen = _chosen(production, shots)
    result = Delivery(folder)
    for name in (f for f in FORMATS if f in wanted and f not in TIMELINES):
        _MAKERS[name](production, timeline, chosen, result, told)
    for name in (f for f in FORMATS if f in wanted and f in TIMELINES):
        _deliver_timeline(production, timeline, TIMELINES[name], result)
    # All is delivered: another Maquette at work on the production must not spoil that.
    with contextlib.suppress(StoreError), only_writer(production.root):
        production.database.log("deliver", f"{', '.join(wanted)}: {len(result.files)} files")
    return result


def _known(formats: Sequence[str]) -> tuple[str, ...]:
    words = [w.strip().lower().lstrip(".") for f in formats for w in f.split(",") if w.strip()]
    unknown = next((w for w in words if w not in FORMATS), None)
    if unknown is not None or not words:
        said = f'"{unknown}" cannot be delivered' if unknown else "Say what to deliver"
        raise UsageError(f"{said}: use {', '.join(FORMATS)}.")
    return tuple(dict.fromkeys(words))


def _chosen(production: Production, shots: str | None) -> list[Shot]:
    """The shots as they are directed, in script order."""
    listed = production.shots if shots is None else select(production.shot_list, shots)
    return [production.direction.directed(s).shot for s in listed if s.status is not ShotStatus.OMITTED]


def _timeline(production: Production, shots: str | None, movie: str) -> Timeline:
    names = ClipNames(production.screenplay, production.shots)

    def media(shot: Shot, take: TakeRecord | None) -> PurePosixPath:
        return PurePosixPath("movies") / f"{names.of(shot, take.number if take else None)}.{movie}"

    timeline = timeline_of(
        production, shots=shots, media=media, sounds=lambda s: PurePosixPath("sound") / f"{s.name}{s.suffix}"
    )
    if not timeline.clips:
        raise UsageError("There are no shots to deliver: all of them are omitted, left out or none was listed.")
    return at_best_size(production, timeline)


def _deliver_timeline(production: Production, timeline: Timeline, kind: TimelineFormat, result: Delivery) -> None:
    from maquette.deliver.timeline_write import write_timeline

    _copy_sounds(production, timeline, result)
    path = result.folder / f"{title_slug(production.screenplay)}_cut.{kind.value}"
    result.add(path, write_timeline(timeline, path, kind), kind.value)


def _copy_sounds(production: Production, timeline: Timeline, result: Delivery) -> None:
    used = {s.media for s in timeline.sounds}
    for placement in sounds_of(production):
        place = PurePosixPath("sound") / f"{placement.name}{placement.suffix}"
        target = result.folder / place
        if place in used and target not in result.files:
            with whole_file(target) as part:
                shutil.copyfile(sound_file(production, placement), part)
            result.add(target)


Maker = Callable[[Production, Timeline, Sequence[Shot], Delivery, Progress], None]
_MAKERS: Mapping[str, Maker] = {
    **{movie: deliver_movies(movie) for movie in MOVIES},
    "png": deliver_png,
    "exr": deliver_exr,
    "usd": deliver_usd,
    "camera": deliver_camera,
    "cube": deliver_luts,
    "csv": deliver_csv,
    "xlsx": deliver_breakdown,
    "pdf": deliver_board,
}
