"""A take, frame by frame: the stage at each time -> passes that hold together -> finished frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property, partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.film.errors import UsageError
from maquette.film.passes import Passes
from maquette.film.stage import Moment
from maquette.film.style import PanelStyle
from maquette.film.take import HOUSE, PREVIS, ShootRequest
from maquette.generate import TonalKey
from maquette.generate.wash import tonal_key
from maquette.imaging.png import encode_png
from maquette.render.sequence import SEQUENCE_VERSION, Finished, FrameSequence, SequenceSettings, packed
from maquette.stage.balance import Settled, dimmed
from maquette.stage.build import BuiltStage, build_stage
from maquette.stage.company import FULL_DETAIL
from maquette.stage.keyed import grade_at
from maquette.studio.develop import balanced, metered_skin, metered_stops
from maquette.studio.grain import grains
from maquette.studio.picture import picture_of
from maquette.studio.still import Studio

COHERENCE_VERSION = SEQUENCE_VERSION
METER_WIDTH, METER_SAMPLES = 192, 8
"""The stop of a take is metered on small pictures."""
METERED_AT = (Fraction(0), Fraction(1, 2), Fraction(1))
"""Shares of the shot at which a face is looked for; the first that shows one sets the stop."""
FRAME_SPP = 2
"""New samples of each pixel in every frame."""


@dataclass(frozen=True, eq=False)
class ShotFrame:
    """One finished frame of a take."""

    index: int
    """From 0 at the start of the head handle."""
    time_s: Fraction
    """Seconds into the shot."""
    passes: Passes
    moment: Moment
    drawn: Callable[[], NDArray[np.uint8]]
    state: dict[str, Any] | None
    """What a later run goes on from after this frame; see `packed`. None: nothing is needed."""

    @cached_property
    def pixels(self) -> NDArray[np.uint8]:
        """(H, W, 3) sRGB. Drawn when first asked for, by whichever thread that is."""
        return self.drawn()

    def png(self, request: str) -> bytes:
        """The frame as PNG with the digest of its request and its number."""
        return encode_png(self.pixels, {"maquette:take": request, "maquette:frame": str(self.index)}, level=1)


PAINTED = "painted"
"""What a state calls the frame as the house model painted it."""


@dataclass(frozen=True, eq=False)
class _Made:
    """A frame with its light finished, and its picture where that had to be painted in its turn."""

    finished: Finished
    picture: NDArray[np.uint8] | None


class Shooting:
    """A take being shot: iterate over `frames`."""

    def __init__(self, studio: Studio, request: ShootRequest) -> None:
        """Builds the stage and sets light and stop. Raises what the stage raises."""
        self.request = request
        self._studio = studio
        self._stage: BuiltStage = build_stage(request.picture, request.beats, request.motion)
        self._grain_m = grains(self._stage, request.motion, request.picture.frame)
        self._settled: Settled | None = studio.settled(self._stage)
        self._sequence = FrameSequence(studio.renderer, self._tracing())
        self._painter = studio.painter(request.picture)
        self._painted: NDArray[np.uint8] | None = None
        self.stops, self._key = self._metered()
        """The stop that the meter gave, keyed exposure comes on top; and what drawn media set their greys by."""
        self.starts_at = Fraction(0)
        """Seconds into the shot at which frame 0 lies: for trials of a part."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What a person should know about the stage."""
        return self._moment(Fraction(0)).notes

    def frames(self, start: int = 0, *, forward: bool = False) -> Iterator[ShotFrame]:
        """Finished frames from number `start` on; beyond 0 only after `resume`.

        forward: adds motion vectors to the next frame to the passes, "motion" and "motion_visible" in
        `Passes.extra`, as "motion_back" has them to the one before. Not for blurred frames.
        """
        motion = self.request.motion
        # The next frame's people are posed, and the last frame is denoised and drawn, while this one's light is traced.
        with (
            self._studio.renderer.beside_others(),
            ThreadPoolExecutor(1, "stage") as ahead,
            ThreadPoolExecutor(1, "finish") as finishing,
        ):
            waiting = ahead.submit(self._moments, start)
            unfinished: tuple[int, Moment, Future[_Made]] | None = None
            for index in range(start, motion.total):
                moments = waiting.result()
                if index + 1 < motion.total:
                    waiting = ahead.submit(self._moments, index + 1)
                finish = self._traced(index, moments, forward)
                if unfinished is not None:
                    yield self._frame(*unfinished)
                unfinished = index, moments[len(moments) // 2], finishing.submit(self._made, index, finish)
            if unfinished is not None:
                yield self._frame(*unfinished)

    def _traced(self, index: int, moments: Sequence[Moment], forward: bool) -> Callable[[], Finished]:
        """Traces a frame and returns what is left to do."""
        if self.request.motion.shutter_deg is not None:
            blurred = Finished(self._sequence.blurred(index, moments), None)
            return lambda: blurred
        traced = self._sequence.trace(index, moments[0])
        if forward:
            extra = traced.extra | self._sequence.forward(self._moments(index + 1)[0])
            traced = replace(traced, extra=extra)
        return partial(self._sequence.finish, traced)

    def _made(self, index: int, finish: Callable[[], Finished]) -> _Made:
        """A painting is carried along from frame to frame, so that frames are painted here, one after the other."""
        done = finish()
        if self._painter is None:
            return _Made(done, None)
        picture, self._painted = self._pictures(done.passes, self._time(index), index)
        state = None if done.state is None else done.state | {PAINTED: self._painted}
        return _Made(replace(done, state=state), picture)

    def _frame(self, index: int, moment: Moment, made: Future[_Made]) -> ShotFrame:
        done, time = made.result(), self._time(index)
        passes, picture = done.finished.passes, done.picture

        def drawn() -> NDArray[np.uint8]:
            return self._pictures(passes, time, index)[0] if picture is None else picture

        return ShotFrame(index, time, passes, moment, drawn, done.finished.state)

    def resume(self, states: Sequence[bytes], finished: int) -> int:
        """Go on from the newest readable state of the first `finished` frames; returns the frame to go on with.

        The frames are the same, byte for byte, as if the work had never stopped.
        """
        index = self._sequence.restore(states, finished, lambda i: self._moment(self._time(i)))
        self._painted = self._sequence.restored.get(PAINTED)
        return 0 if index is None else index + 1

    # --- light and stop ---------------------------------------------------------------------------------------

    def _time(self, index: int) -> Fraction:
        return self.starts_at + self.request.motion.time_of(index)

    def _moments(self, index: int) -> list[Moment]:
        """The moments that frame `index` is made of."""
        time, shutter = self._time(index), self.request.motion.shutter_deg
        shifts = [Fraction(0)] if shutter is None else self._open_for(shutter)
        return [self._moment(time + shift) for shift in shifts]

    def lit_moment(self, time: Fraction) -> Moment:
        """The stage at a time with its lamps dimmed and the stop that it is exposed with, `time` seconds in; people are
        there in full detail."""
        moment = self._moment(time, full=True)
        camera = moment.camera
        stops = camera.exposure_stops + self.stops
        return replace(moment, camera=replace(camera, exposure_stops=stops, metered_level=None))

    def _moment(self, time: Fraction, *, steady: bool = False, full: bool = False) -> Moment:
        """full: people in full detail, whatever the take's size."""
        moment = self._stage.at(time, steady=steady, grain_m=FULL_DETAIL if full else self._grain_m)
        return moment if self._settled is None else dimmed(moment, self._settled)

    def _metered(self) -> tuple[float, TonalKey]:
        """The stop and the tonal key, set once: a lens is not opened and closed while the camera runs."""
        picture = self.request.picture
        frame = picture.frame
        height = max(1, round(METER_WIDTH * frame.height / frame.width))
        first: tuple[float, TonalKey] | None = None
        for share in METERED_AT:
            moment = self._moment(picture.shot.duration_s * share, steady=True, full=True)
            passes = self._studio.renderer.render(
                moment, METER_WIDTH, height, METER_SAMPLES, frame.path_depth, picture.seed, for_lines=False
            )
            shown = balanced(passes)
            stops = metered_stops(shown, picture)
            contrast = grade_at(picture, picture.shot.duration_s * share).contrast
            found = stops, tonal_key(shown, stops + shown.camera.exposure_stops, contrast)
            if metered_skin(shown, picture) is not None:
                return found
            first = found if first is None else first
        assert first is not None
        return first

    def _tracing(self) -> SequenceSettings:
        picture = self.request.picture
        frame = picture.frame
        return SequenceSettings(
            frame.width,
            frame.height,
            FRAME_SPP,
            frame.path_depth,
            picture.seed,
            for_lines=frame.style is not PanelStyle.PHOTO,
        )

    def _open_for(self, shutter_deg: float) -> list[Fraction]:
        """Seconds after a frame's time at which its moments lie, evenly over the open shutter."""
        motion = self.request.motion
        span = Fraction(shutter_deg).limit_denominator(1000) / 360 / motion.rate.fps
        return [span * Fraction(2 * i + 1, 2 * motion.shutter_samples) for i in range(motion.shutter_samples)]

    def _pictures(self, passes: Passes, time: Fraction, index: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
        """The finished picture, and what the next frame's painting needs."""
        stops = self.stops + passes.camera.exposure_stops
        picture, painter = self.request.picture, self._painter
        return picture_of(balanced(passes), picture, time, stops, index, painter, self._painted, self._key)


__all__ = ["BACKENDS", "COHERENCE_VERSION", "Shooting", "ShotFrame", "check_backend", "packed"]

BACKENDS = (PREVIS, HOUSE)
"""What makes frames from passes."""


def check_backend(name: str) -> str:
    """The name, if there is such a backend. Raises UsageError with those there are."""
    if name not in BACKENDS:
        raise UsageError(f'There is no backend "{name}": use {" or ".join(BACKENDS)}.')
    return name
