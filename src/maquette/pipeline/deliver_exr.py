"""The passes of takes as EXR sequences: traced again, and a delivery that was stopped goes on where it stood."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import takewhile
from pathlib import Path

from maquette.deliver.exr import FrameTime, read_exr, write_exr
from maquette.deliver.sequence import SequenceFormat, frame_path
from maquette.deliver.whole import whole_file
from maquette.film.errors import RenderError
from maquette.film.rate import frame_at, timecode
from maquette.film.shot import Shot
from maquette.film.take import FIRST_FRAME, ShootRequest, TakeRecord
from maquette.film.timeline import Timeline
from maquette.pipeline.deliver_shots import taken
from maquette.pipeline.delivery import Delivery
from maquette.pipeline.production import Production
from maquette.pipeline.results import Progress
from maquette.store.takes import States
from maquette.version import __version__


def deliver_exr(
    production: Production, timeline: Timeline, shots: Sequence[Shot], result: Delivery, told: Progress
) -> None:
    """`exr/<name>/<name>.1001.exr`: all passes of every take, which are traced again.

    Files that are whole and of the same request stay as they are, so a delivery that was stopped goes on at the frame
    after the last one, and one that is repeated traces nothing.
    """
    for name, shot, take in taken(production, shots, result, told, "as passes"):
        request = production.take_request(take)
        if request is None:
            result.say(["Its take is of another version and has no passes: shoot it again."], shot.number)
            continue
        now = _of_this_version(production, request)
        if now != request:
            result.say(["Its take was shot by another version; its passes are traced by this one."], shot.number)
        about = {"comments": timeline.research_mark, "shot": shot.number, "take": str(take.number),
                 "request": now.digest()}  # fmt: skip
        folder = _ExrFolder(result.folder / "exr" / name, name, take, timeline.start, about)
        _fill(production, request, folder, partial(_tell, told, request.motion.total, shot.number))
        result.add(folder.root)


def _tell(told: Progress, total: int, number: str, index: int) -> None:
    told(index, total, f"{number} as passes")


def _of_this_version(production: Production, request: ShootRequest) -> ShootRequest:
    """What this version makes of a request: the very same where it is of this version."""
    from maquette.studio.shoot import COHERENCE_VERSION

    picture = request.picture
    versions = production.studio.versions(__version__, picture.frame.style)
    same = picture.model_copy(update={"versions": versions})
    return request.model_copy(update={"picture": same, "coherence": COHERENCE_VERSION})


@dataclass(frozen=True)
class _ExrFolder:
    """The files of one take."""

    root: Path
    name: str
    take: TakeRecord
    start: str
    """Timecode of the first frame, which is the head handle's as in the movies."""
    about: Mapping[str, str]
    """What stands in every header; the request's digest is part of it."""

    def path(self, index: int) -> Path:
        return frame_path(self.root, self.name, FIRST_FRAME - self.take.handles + index, SequenceFormat.EXR)

    def time(self, index: int) -> FrameTime:
        rate = self.take.rate
        return FrameTime(timecode(frame_at(self.start, rate) + index, rate), rate)

    def is_whole(self, index: int) -> bool:
        """Whether the file of a frame is there to its end and says that it is what is asked for now."""
        path = self.path(index)
        if not path.is_file():
            return False
        try:
            _, header = read_exr(path)
        except RenderError:
            return False
        return all(header.get(name) == value for name, value in self.about.items() if value)


def _fill(production: Production, request: ShootRequest, folder: _ExrFolder, told: Callable[[int], None]) -> None:
    """Trace the frames whose files are missing."""
    from maquette.studio.shoot import Shooting, packed

    total, states = request.motion.total, States(folder.root)
    finished = sum(1 for _ in takewhile(folder.is_whole, range(total)))
    if finished < total:
        shooting = Shooting(production.studio, request)
        # A blurred frame owes nothing to the one before it.
        start = finished if request.motion.shutter_deg is not None else shooting.resume(states.all(), finished)
        for frame in shooting.frames(start, forward=True):
            told(frame.index)
            if frame.index >= finished:
                with whole_file(folder.path(frame.index)) as part:
                    write_exr(part, frame.passes, time=folder.time(frame.index), attributes=folder.about)
            if frame.state is not None:
                states.put(frame.index, packed(frame.state))
    states.forget()
