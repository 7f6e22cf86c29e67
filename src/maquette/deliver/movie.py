"""Movies as cutting rooms, browsers and telephones play them: H.264, ProRes 422 HQ, VP9 and GIF, through PyAV.

A movie is written beside its name and takes the name only when it is whole. Pictures are Rec. 709: sRGB codes are taken
as Rec. 709 codes, which is what editors and players assume of such files.
"""

from __future__ import annotations

import errno
from collections.abc import Mapping
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Self

import av
import av.error
import numpy as np
from numpy.typing import NDArray

from maquette.deliver.movie_gif import GifEncoder
from maquette.deliver.movie_part import PartFile
from maquette.deliver.movie_read import Movie, read_movie
from maquette.deliver.movie_streams import RECIPES, StreamEncoder
from maquette.film.errors import DiskFull, MaquetteError, MediaError, UsageError
from maquette.film.rate import Rate, frame_at

__all__ = ["Codec", "Movie", "MovieWriter", "codec_for", "read_movie"]

F32 = NDArray[np.float32]
Pixels = NDArray[np.uint8] | NDArray[np.uint16]

LONGEST_SIDE = 16384
"""H.264 and VP9 end here."""
CHANNELS = (1, 2, 6)
"""Mono, stereo, 5.1."""


class Codec(StrEnum):
    """How pictures are stored, and in which kind of file."""

    H264_MP4 = "h264"
    H264_MOV = "h264-mov"
    PRORES_MOV = "prores"
    """ProRes 422 HQ."""
    VP9_WEBM = "vp9"
    GIF = "gif"

    @property
    def suffix(self) -> str:
        """ ".mp4" ..."""
        return _SUFFIX[self]


_SUFFIX = {
    Codec.H264_MP4: ".mp4", Codec.H264_MOV: ".mov", Codec.PRORES_MOV: ".mov", Codec.VP9_WEBM: ".webm",
    Codec.GIF: ".gif",
}  # fmt: skip
_BY_NAME = {c.value: c for c in Codec} | {
    "mp4": Codec.H264_MP4, "m4v": Codec.H264_MP4, "h.264": Codec.H264_MP4, "avc": Codec.H264_MP4,
    "mov": Codec.PRORES_MOV, "prores422hq": Codec.PRORES_MOV, "prores 422 hq": Codec.PRORES_MOV,
    "webm": Codec.VP9_WEBM,
}  # fmt: skip


def codec_for(path_or_name: Path | str) -> Codec:
    """The codec of that name ("h264", "prores", "vp9", "gif"), or that a file's suffix means: .mov is ProRes 422 HQ.

    Raises UsageError for another."""
    text = str(path_or_name).strip()
    for word in (text.lower(), Path(text).suffix.lower().lstrip(".")):
        if word in _BY_NAME:
            return _BY_NAME[word]
    known = ", ".join(f"{c.value} ({c.suffix})" for c in Codec)
    raise UsageError(f'"{text}" is no kind of movie that can be written: use one of {known}.')


class MovieWriter:
    """A context manager that writes one movie. On any error, and on Ctrl-C, nothing of it is left.

    The same input gives the same bytes with one build of FFmpeg: encoders run with a fixed number of threads, and files
    bear no date. Sound given early waits until its pictures come, so memory stays small where both come together; at
    the end sound is cut, or filled with silence, to the length of the picture.
    """

    def __init__(
        self,
        path: Path,
        *,
        width: int,
        height: int,
        fps: Fraction,
        codec: Codec,
        timecode: str | None = None,
        metadata: Mapping[str, str] = MappingProxyType({}),
        sound_rate: int | None = None,
        channels: int = 2,
    ) -> None:
        """`timecode`: of the first frame, "01:00:00:00" (";" before the frames: drop frame), for MP4 and MOV.
        `metadata`: "title", "comment" ... `sound_rate`: samples a second of what `sound` will be given; None: silent.

        Raises MediaError for a size, rate or suffix that the codec cannot have, UsageError for what is no timecode.
        """
        _check(path, width, height, Fraction(fps), codec, sound_rate, channels)
        if timecode is not None:
            _check_timecode(timecode, Fraction(fps))
        self._path, self._size, self._fps, self._codec = path, (width, height), Fraction(fps), codec
        self._timecode, self._metadata = timecode, dict(metadata)
        self._sound_rate, self._channels = sound_rate, channels
        self._part: PartFile | None = None
        self._encoder: StreamEncoder | GifEncoder | None = None
        self._frames = 0
        self._notes: tuple[str, ...] = ()

    @property
    def notes(self) -> tuple[str, ...]:
        """What the file cannot carry, or carries otherwise than asked: one sentence each."""
        return self._notes

    @property
    def frames(self) -> int:
        """Frames written so far."""
        return self._frames

    def __enter__(self) -> Self:
        """Opens the file. Raises MediaError where nothing can be written."""
        with _Worded(self):
            self._part = PartFile(self._path)
            self._encoder = self._opened(self._part)
        self._notes = self._encoder.notes
        return self

    def frame(self, pixels: Pixels) -> None:
        """One picture, (H, W, 3) sRGB codes: 8 bits, or 16 bits, of which ProRes keeps 10.

        Raises MediaError for another size or type, and DiskFull."""
        encoder = self._open_encoder()
        width, height = self._size
        if pixels.shape != (height, width, 3) or pixels.dtype not in (np.uint8, np.uint16):
            raise MediaError(
                f"Frame {self._frames + 1} of {self._path} is {pixels.dtype} {pixels.shape}: "
                f"give ({height}, {width}, 3) codes of 8 or 16 bits."
            )
        with _Worded(self):
            encoder.frame(pixels)
        self._frames += 1

    def sound(self, samples: F32) -> None:
        """What sounds next, (N, channels) in -1..1. Raises MediaError for another shape, or in a silent movie."""
        encoder = self._open_encoder()
        if self._sound_rate is None:
            raise MediaError(f"{self._path} was opened as a silent movie: give MovieWriter a sound_rate.")
        if samples.ndim != 2 or samples.shape[1] != self._channels or not np.isfinite(samples).all():
            raise MediaError(
                f"Sound for {self._path} has shape {samples.shape}: give (N, {self._channels}) finite numbers."
            )
        with _Worded(self):
            encoder.sound(np.clip(samples, -1, 1).astype(np.float32))

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finishes the file, or takes it away. Raises MediaError for a movie without frames, and DiskFull."""
        try:
            if error is None:
                self._finish()
        finally:
            self._discard()

    # --- inside -------------------------------------------------------------------------------------------------------

    def _opened(self, part: PartFile) -> StreamEncoder | GifEncoder:
        if self._codec is Codec.GIF:
            return GifEncoder(
                part, self._size, self._fps, self._metadata, sound=self._sound_rate is not None,
                timecode=self._timecode is not None,
            )  # fmt: skip
        return StreamEncoder(
            part, RECIPES[self._codec.value], self._size, self._fps, self._timecode, self._metadata, self._sound_rate,
            self._channels,
        )  # fmt: skip

    def _open_encoder(self) -> StreamEncoder | GifEncoder:
        if self._encoder is None:
            raise MediaError(f"{self._path} is not open: use MovieWriter in a `with` statement.")
        return self._encoder

    def _finish(self) -> None:
        encoder, part = self._open_encoder(), self._part
        assert part is not None
        if self._frames == 0:
            raise MediaError(f"{self._path} would have no frames: give it at least one.")
        with _Worded(self):
            encoder.finish()
            part.commit()

    def _discard(self) -> None:
        part, encoder = self._part, self._encoder
        self._part = self._encoder = None
        if part is not None:
            part.discard()  # first: what the encoder still has to say goes nowhere
        if encoder is not None:
            encoder.abandon()

    def _refused(self, error: Exception) -> MaquetteError:
        if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
            return DiskFull(
                f"The disk is full while writing {self._path}: free some space and write it again; nothing is left."
            )
        reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return MediaError(f"{self._path} cannot be written ({reason}): choose another folder, size or codec.")


class _Worded:
    """Turns what the system or FFmpeg refuse into a sentence, and takes the unfinished file away at once."""

    def __init__(self, writer: MovieWriter) -> None:
        self._writer = writer

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        if error is None:
            return
        self._writer._discard()  # pyright: ignore[reportPrivateUsage]
        # PyAV checks some values itself, with ValueError.
        if isinstance(error, OSError | av.error.FFmpegError | ValueError):
            raise self._writer._refused(error) from error  # pyright: ignore[reportPrivateUsage]


def _check(
    path: Path, width: int, height: int, fps: Fraction, codec: Codec, sound_rate: int | None, channels: int
) -> None:
    if path.suffix.lower() != codec.suffix:
        raise MediaError(f"{path} cannot hold {codec.value}: give it a name that ends in {codec.suffix}.")
    if not (1 <= width <= LONGEST_SIDE and 1 <= height <= LONGEST_SIDE):
        raise MediaError(f"{path} cannot be {width}x{height}: sides lie between 1 and {LONGEST_SIDE} pixels.")
    if not 1 <= fps <= 240:
        raise MediaError(f"{path} cannot run at {fps} frames a second: use 1 to 240.")
    if sound_rate is not None and not 8000 <= sound_rate <= 192000:
        raise MediaError(f"{path} cannot take sound of {sound_rate} samples a second: use 8000 to 192000.")
    if sound_rate is not None and channels not in CHANNELS:
        raise MediaError(f"{path} cannot take {channels} channels of sound: use 1, 2 or 6.")


def _check_timecode(text: str, fps: Fraction) -> None:
    drop_frame = ";" in text
    if drop_frame and fps not in (Fraction(30000, 1001), Fraction(60000, 1001)):
        raise UsageError(f'"{text}" is drop-frame timecode, which only 29.97 and 59.94 have: write ":" for ";".')
    frame_at(text, Rate(fps=fps, drop_frame=drop_frame))
