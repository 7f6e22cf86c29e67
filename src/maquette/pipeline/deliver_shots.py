"""Each shot in files of its own: movies, image sequences, USD. For passes see `deliver_exr`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from maquette.deliver.animatic import Footage, read_picture
from maquette.deliver.movie import MovieWriter, codec_for
from maquette.deliver.sequence import SequenceFormat, write_sequence
from maquette.film.shot import Shot
from maquette.film.take import TakeRecord
from maquette.film.timeline import Clip, Timeline
from maquette.pipeline.animatic import all_takes, footage_of
from maquette.pipeline.delivery import Delivery, listed
from maquette.pipeline.naming import ClipNames
from maquette.pipeline.production import Production
from maquette.pipeline.results import Progress
from maquette.pipeline.shoot import ShootSettings, shoot_request

if TYPE_CHECKING:
    from maquette.studio.shoot import Shooting


def deliver_movies(suffix: str) -> Callable[[Production, Timeline, Sequence[Shot], Delivery, Progress], None]:
    """Makes `movies/<name>.<suffix>` of every clip: all that was shot, handles included; a panel as long as cut."""

    def make(
        production: Production, timeline: Timeline, _shots: Sequence[Shot], result: Delivery, told: Progress
    ) -> None:
        # A shot may come back in the cut: its movie is as long as the longest of its clips needs.
        clips = dict[PurePosixPath, Clip]()
        for clip in timeline.clips:
            if clip.media is not None:
                longest = clips.setdefault(clip.media, clip)
                clips[clip.media] = max(longest, clip, key=lambda c: c.media_frames)
        takes = all_takes(production)
        for done, (media, clip) in enumerate(clips.items()):
            told(done, len(clips), f"{clip.shot_number} as {suffix}")
            path = result.folder / media.with_suffix(f".{suffix}")
            footage = footage_of(production, clip, timeline, takes)
            result.add(path, _movie(footage, timeline, clip, path, suffix), clip.shot_number)
        missing = [c.shot_number for c in timeline.clips if c.media is None]
        if missing:
            result.say([f"Neither shot nor drawn and left out as movie: {listed(missing)}; shoot with "
                        "`maquette shoot DIR SHOT` or draw with `maquette board DIR`."])  # fmt: skip

    return make


def _movie(footage: Footage, timeline: Timeline, clip: Clip, path: Path, suffix: str) -> tuple[str, ...]:
    with MovieWriter(
        path,
        width=timeline.width,
        height=timeline.height,
        fps=timeline.rate.fps,
        codec=codec_for(suffix),
        timecode=clip.media_start,
        metadata={"title": clip.name, "comment": timeline.research_mark},
    ) as movie:
        for index in range(clip.media_frames):
            movie.frame(footage.frame(index))
    return movie.notes


def deliver_png(
    production: Production, timeline: Timeline, shots: Sequence[Shot], result: Delivery, told: Progress
) -> None:
    """`png/<name>/<name>.1001.png` of every take."""
    for name, _, take in taken(production, shots, result, told, "as image sequence"):
        frames = production.take_frames(take)
        written = write_sequence(
            result.folder / "png" / name, name,
            lambda i, f=frames, t=take: read_picture(f[i], (t.width, t.height)), len(frames),
            format=SequenceFormat.PNG, head=take.handles, metadata={"comment": timeline.research_mark},
        )  # fmt: skip
        result.add(written.paths[0].parent)


def deliver_usd(
    production: Production, timeline: Timeline, shots: Sequence[Shot], result: Delivery, told: Progress
) -> None:
    """`usd/<name>.usdc` of every shot, as it was shot or would be."""
    from maquette.deliver.usd import write_usd

    for name, shot, shooting in _stages(production, shots, told):
        _stage(write_usd, f"{name}.usdc", name, shot, shooting, timeline, result)


def deliver_camera(
    production: Production, timeline: Timeline, shots: Sequence[Shot], result: Delivery, told: Progress
) -> None:
    """`usd/<name>_camera.usda` of every shot."""
    from maquette.deliver.usd import write_camera_usd

    for name, shot, shooting in _stages(production, shots, told):
        _stage(write_camera_usd, f"{name}_camera.usda", name, shot, shooting, timeline, result)


# --- small parts ----------------------------------------------------------------------------------------------


def _stage(
    write: Callable[..., tuple[str, ...]], file: str, name: str, shot: Shot, shooting: Shooting, timeline: Timeline,
    result: Delivery,
) -> None:  # fmt: skip
    path, request = result.folder / "usd" / file, shooting.request
    about = {"shot": shot.number, "request": request.digest(), "research_mark": timeline.research_mark}
    result.add(path, write(path, shooting.lit_moment, request.motion, title=name, metadata=about), shot.number)


def taken(
    production: Production, shots: Sequence[Shot], result: Delivery, told: Progress, what: str
) -> Iterator[tuple[str, Shot, TakeRecord]]:
    """The takes that cuts use, with their names; a shot without one is said."""
    takes, names = production.best_takes(), ClipNames(production.screenplay, production.shots)
    without = [s.number for s in shots if s.id not in takes]
    if without:
        result.say([f"Not yet shot and left out {what}: {listed(without)}; shoot with `maquette shoot DIR SHOT`."])
    chosen = [(s, takes[s.id]) for s in shots if s.id in takes]
    for done, (shot, take) in enumerate(chosen):
        told(done, len(chosen), f"{shot.number} {what}")
        yield names.of(shot, take.number), shot, take


def _stages(production: Production, shots: Sequence[Shot], told: Progress) -> Iterator[tuple[str, Shot, Shooting]]:
    """The shots on their stages, as they were shot or, where none was, as they would be."""
    from maquette.studio.shoot import Shooting

    takes, names = production.best_takes(), ClipNames(production.screenplay, production.shots)
    for done, shot in enumerate(shots):
        told(done, len(shots), f"{shot.number} as USD")
        take = takes.get(shot.id)
        request = production.take_request(take) if take is not None else None
        if request is None:
            request, _ = shoot_request(production, shot.number, ShootSettings())
        name = names.of(shot, take.number if take is not None else None)
        yield name, shot, Shooting(production.studio, request)
