"""Shoot a take: the shot in motion, frame by frame, each kept as soon as it is finished."""

from __future__ import annotations

import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING

from maquette.direct.beats import beats_of
from maquette.film.controls import Directed
from maquette.film.errors import UsageError
from maquette.film.rate import RATES, Rate, rate_named
from maquette.film.request import FrameSettings
from maquette.film.shot import ShotStatus
from maquette.film.style import PanelStyle
from maquette.film.take import HOUSE, LONGEST_TAKE_S, PREVIS, Motion, ShootRequest, TakeRecord
from maquette.pipeline.direction import whoever
from maquette.pipeline.frames import frame_of
from maquette.pipeline.house import painted_notes
from maquette.pipeline.production import Production, scene_of
from maquette.pipeline.results import Progress, silent
from maquette.script.shot_list import select
from maquette.store.folder import only_writer
from maquette.store.takes import TakeFolder

if TYPE_CHECKING:
    from maquette.studio.shoot import ShotFrame

LONGEST_NUMBER = 24
"""Signs of a running time: a number of thousands of digits is none."""


@dataclass(frozen=True)
class ShootSettings:
    """How a take is shot; None is what the production or the shot has."""

    size: str | None = None
    """"640x360"; None: 640 wide at the production's aspect ratio."""
    rate: str | None = None
    """"24", "23.976", "29.97 DF" ..."""
    seconds: str | None = None
    """Running time, such as "4.5"; None: the shot's."""
    handles: int = 0
    hold: int = 1
    """1, 2 or 3: animated on ones, twos or threes."""
    shutter_deg: float | None = None
    """Shutter angle of the motion blur; None: none."""
    backend: str = PREVIS
    """What makes the frames: "previs", or "house", the model trained on the production's paintings."""
    seed: int | None = None
    """None: the production's."""
    style: str | None = None


@dataclass(frozen=True)
class ShotTake:
    """What shooting came to."""

    record: TakeRecord
    folder: Path
    new: int
    """Frames made now; the others were there."""
    seconds: float
    """Time that they took."""
    notes: tuple[str, ...]


def shoot(
    production: Production,
    number: str,
    settings: ShootSettings | None = None,
    *,
    progress: Progress | None = None,
) -> ShotTake:
    """Shoot one shot, or go on with a take of it that was stopped: the same settings are the same take.

    Raises UsageError for values that make no sense, and whatever the stage and the store raise.
    """
    settings = settings or ShootSettings()
    request, directed = shoot_request(production, number, settings)
    with only_writer(production.root):
        known, record = _record(production, request, directed, settings)
        folder = production.take_folder(record)
        finished = folder.finished()
        started = time.perf_counter()
        notes = record.notes
        if finished < request.motion.total or not folder.manifest.is_file():
            notes = _shoot(production, request, record, folder, progress or silent)
        done = record.model_copy(update={"finished": folder.finished(), "notes": notes})
        if done != known:
            _put(production, done)
            production.database.log("shoot", f"{record.shot_number} take {record.number}: {done.finished} frames")
    new = request.motion.total - finished
    seconds = time.perf_counter() - started
    # Said anew each time: paintings come and go.
    by_model = request.picture.frame.style is PanelStyle.HOUSE
    told = painted_notes(production, [production.direction.shot(number)]) if by_model else ()
    return ShotTake(done, folder.root, new, seconds, (*notes, *told))


def shoot_request(production: Production, number: str, settings: ShootSettings) -> tuple[ShootRequest, Directed]:
    """Everything that affects the take, in one value, and the shot as it is directed."""
    from maquette.studio.shoot import COHERENCE_VERSION, check_backend

    check_backend(settings.backend)
    chosen = select(production.shot_list, number)
    if len(chosen) != 1:
        raise UsageError(f"Name one shot to shoot; {number} names {len(chosen)}.")
    if chosen[0].status is ShotStatus.OMITTED:
        raise UsageError(f"Shot {number} is omitted: bring it back with `maquette shots DIR --accept {number}`.")
    directed = production.direction.directed(chosen[0])
    rate = rate_named(settings.rate) if settings.rate is not None else RATES[production.settings.rate]
    motion = _motion(settings, rate, directed.shot.duration_s)
    shot = directed.shot.model_copy(update={"duration_s": rate.seconds(motion.frames)})
    directed = directed.model_copy(update={"shot": shot})
    screenplay = production.screenplay
    frame = frame_of(settings.size, production.settings, settings.style)
    stated = _style(settings, frame)
    picture = production.request_as(directed, screenplay, frame, timed=True, style=stated)
    if settings.seed is not None:
        picture = picture.model_copy(update={"seed": settings.seed})
    names = [i.name for i in picture.scene_cast]
    beats = beats_of(scene_of(screenplay, shot), shot, names, screenplay.cast)
    return ShootRequest(picture=picture, beats=beats, motion=motion, coherence=COHERENCE_VERSION), directed


def _style(settings: ShootSettings, frame: FrameSettings) -> PanelStyle | None:
    """What the command asks for; None: what the shot's look has."""
    if settings.backend == HOUSE:
        return PanelStyle.HOUSE
    return frame.style if settings.style else None


def circle(production: Production, shot_number: str, take: int, by: str | None = None) -> TakeRecord:
    """Circle a take: the one that cuts and deliveries use. Raises UsageError where there is no such take."""
    chosen = select(production.shot_list, shot_number)
    if len(chosen) != 1:
        raise UsageError(f"Name one shot whose take is circled; {shot_number} names {len(chosen)}.")
    takes = production.takes(chosen[0].id)
    wanted = next((t for t in takes if t.number == take), None)
    if wanted is None:
        there = ", ".join(str(t.number) for t in takes) or "none"
        raise UsageError(f"Shot {shot_number} has no take {take}; it has {there}.")
    if not wanted.complete:
        raise UsageError(
            f"Take {take} of shot {shot_number} is not finished: run its `maquette shoot` again, then circle it."
        )
    with only_writer(production.root), production.database.together():
        for each in takes:
            kept = each.model_copy(update={"circled": each.number == take})
            if kept.circled != each.circled:
                _put(production, kept)
        production.database.log("circle", f"{shot_number} take {take}, by {by or whoever()}")
    return wanted.model_copy(update={"circled": True})


def _motion(settings: ShootSettings, rate: Rate, duration_s: Fraction) -> Motion:
    if settings.seconds is not None:
        text = settings.seconds.strip().removesuffix("s")
        try:
            if len(text) > LONGEST_NUMBER or "e" in text.lower():
                raise ValueError(text)
            duration_s = Fraction(text)
        except (ValueError, ZeroDivisionError):
            raise UsageError(f'"{settings.seconds[:40]}" is no running time: write seconds, such as 4.5.') from None
    if not 0 < duration_s <= LONGEST_TAKE_S:
        raise UsageError(
            f"A take of {float(duration_s):g} seconds cannot be shot: it lasts from one frame to {LONGEST_TAKE_S} "
            "seconds; cut a longer shot into several."
        )
    if settings.hold not in (1, 2, 3):
        raise UsageError(
            f"Animation goes on ones, twos or threes: --on {settings.hold} is none of them; use 1, 2 or 3."
        )
    if not 0 <= settings.handles <= 240:
        raise UsageError(f"Handles go from 0 to 240 frames at each end; {settings.handles} is out of range.")
    if settings.shutter_deg is not None and not 1 <= settings.shutter_deg <= 360:
        raise UsageError(
            f"A shutter opens by 1 to 360 degrees; {settings.shutter_deg:g} is out of range, 180 is usual."
        )
    return Motion(
        rate=rate,
        frames=max(1, rate.frames(duration_s)),
        handles=settings.handles,
        hold=settings.hold,
        shutter_deg=settings.shutter_deg,
    )


def _record(
    production: Production, request: ShootRequest, directed: Directed, settings: ShootSettings
) -> tuple[TakeRecord | None, TakeRecord]:
    """The record that is stored, if any, and the take's record: that one, or one with the next number of its shot."""
    digest = request.digest()
    known = production.database.get("take", _key(production, digest, directed.shot.id), TakeRecord)
    if known is not None:
        return known, known
    frame, motion = request.picture.frame, request.motion
    record = TakeRecord(
        request=digest,
        shot_id=directed.shot.id,
        shot_number=directed.shot.number,
        number=1 + max((t.number for t in production.takes(directed.shot.id)), default=0),
        rate=motion.rate,
        frames=motion.frames,
        handles=motion.handles,
        width=frame.width,
        height=frame.height,
        seed=request.picture.seed,
        backend=HOUSE if frame.style is PanelStyle.HOUSE else PREVIS,
    )
    return None, record


def _put(production: Production, record: TakeRecord) -> None:
    production.database.put("take", _key(production, record.request, record.shot_id), record)


def _key(production: Production, digest: str, shot_id: str) -> str:
    """The name of a take's document. Two shots that ask for the very same frames share the frames, not the take."""
    first = production.database.get("take", digest, TakeRecord)
    return digest if first is None or first.shot_id == shot_id else f"{digest}-{shot_id}"


def _shoot(
    production: Production,
    request: ShootRequest,
    record: TakeRecord,
    folder: TakeFolder,
    progress: Progress,
) -> tuple[str, ...]:
    """Make the frames that are missing; returns what is to be said about the stage.

    The take is on record as soon as its first frame is: a stage that cannot be built leaves nothing behind.
    """
    from maquette.studio.shoot import Shooting

    total, label = request.motion.total, f"{record.shot_number} take {record.number}"
    progress(0, total, label)
    shooting = Shooting(production.studio, request)
    blurred = request.motion.shutter_deg is not None
    finished = folder.finished()
    # A blurred frame owes nothing to the one before it.
    start = finished if blurred or finished == total else shooting.resume(folder.states.all(), finished)
    with ThreadPoolExecutor(1, thread_name_prefix="disk") as disk:
        written: Future[None] | None = None
        for frame in shooting.frames(start):
            if written is not None:
                written.result()
                _put(production, record)
                progress(frame.index, total, label)
            written = disk.submit(_keep, folder, frame, record.request)
        if written is not None:
            written.result()
            _put(production, record)
            progress(total, total, label)
    folder.close(request.canonical_json().encode())
    return shooting.notes


def _keep(folder: TakeFolder, frame: ShotFrame, request: str) -> None:
    """Put a frame on disk, and after it what the next one needs: a state never speaks of a frame that is not there."""
    folder.put_frame(frame.index, frame.png(request))
    if frame.state is not None:
        from maquette.studio.shoot import packed

        folder.states.put(frame.index, packed(frame.state))
