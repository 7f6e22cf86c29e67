"""Movies read back, frame by frame."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import av.error
import numpy as np
from av.video.reformatter import ColorRange, Colorspace, Interpolation
from numpy.typing import NDArray

from maquette.film.errors import MediaError

U8 = NDArray[np.uint8]

_REC601 = (5, 6)
"""Codes of the matrix of standard television (ITU-T H.273, table 4)."""


@dataclass(frozen=True)
class Movie:
    """A movie on disk. Iterating gives its frames, (H, W, 3) sRGB codes, as often as asked."""

    path: Path
    fps: Fraction
    """Average rate; exact where the file says so."""
    frames: int
    size: tuple[int, int]
    """(width, height) in pixels."""
    timecode: str | None
    """Of the first frame, where the file has it."""
    metadata: dict[str, str]
    sound_rate: int | None
    """Samples a second; None: silent."""

    def __iter__(self) -> Iterator[U8]:
        """Raises MediaError at a frame that cannot be decoded."""
        try:
            with av.open(str(self.path)) as container:
                for frame in container.decode(container.streams.video[0]):
                    yield _sRGB(frame)
        except (av.error.FFmpegError, OSError) as error:
            raise _refused(self.path, error) from error


def read_movie(path: Path) -> Movie:
    """What the file says of itself. Raises MediaError for one that is missing or holds no moving pictures."""
    try:
        with av.open(str(path)) as container:
            if not container.streams.video:
                raise MediaError(f"{path} holds no pictures: name a movie.")
            stream = container.streams.video[0]
            rate = stream.average_rate or stream.guessed_rate
            if rate is None or stream.codec_context.width < 1:
                raise MediaError(f"{path} is no movie: name an MP4, MOV, WebM or GIF.")
            return Movie(
                path=path,
                fps=Fraction(rate),
                frames=stream.frames or sum(1 for p in container.demux(stream) if p.size),
                size=(stream.codec_context.width, stream.codec_context.height),
                timecode=stream.metadata.get("timecode"),
                metadata=dict(container.metadata),
                sound_rate=container.streams.audio[0].rate if container.streams.audio else None,
            )
    except (av.error.FFmpegError, OSError) as error:
        raise _refused(path, error) from error


def _refused(path: Path, error: Exception) -> MediaError:
    reason = getattr(error, "strerror", None) or type(error).__name__
    return MediaError(f"{path} cannot be read as a movie ({reason}): name an MP4, MOV, WebM or GIF that is whole.")


def _sRGB(frame: av.VideoFrame) -> U8:
    """Rec. 709 unless the file says Rec. 601: FFmpeg's own guess for an untagged file is 601."""
    matrix = Colorspace.ITU601 if frame.colorspace in _REC601 else Colorspace.ITU709
    spread = ColorRange.JPEG if frame.color_range == ColorRange.JPEG else ColorRange.MPEG
    exact = (
        Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT | Interpolation.FULL_CHR_H_INP
    )
    if frame.format.is_rgb or frame.format.name == "pal8":
        return frame.to_ndarray(format="rgb24")  # type: ignore[return-value]
    shown = frame.reformat(
        format="rgb24", src_colorspace=matrix, dst_colorspace=matrix, src_color_range=spread,
        dst_color_range=ColorRange.JPEG, interpolation=exact,
    )  # fmt: skip
    return shown.to_ndarray()  # type: ignore[return-value]
