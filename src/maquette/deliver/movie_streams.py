"""Picture and sound of one movie through FFmpeg's encoders, in step."""

from __future__ import annotations

import contextlib
import math
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.video.reformatter import ColorPrimaries, ColorRange, Colorspace, ColorTrc, Interpolation
from numpy.typing import NDArray

from maquette.deliver.movie_part import PartFile

F32 = NDArray[np.float32]
Pixels = NDArray[np.uint8] | NDArray[np.uint16]

THREADS = 4
"""Fixed, because the bits of H.264 and VP9 depend on it."""
MOVIE_SOUND_RATE = 48000
"""Samples a second in every movie, the rate of film and television."""
LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1"}
EXACT = Interpolation.BICUBIC | Interpolation.ACCURATE_RND | Interpolation.FULL_CHR_H_INT | Interpolation.FULL_CHR_H_INP
"""Without these swscale is out by several codes."""
WIDE_SCALE = 65280 / 65535
"""swscale takes 65280 for white where Rec. 709 says 65535."""


@dataclass(frozen=True)
class Recipe:
    """How one codec is asked for."""

    container: str
    encoder: str
    pixel_format: str
    options: Mapping[str, str]
    sound_encoder: str
    multiples: tuple[int, int]
    """Width and height have to be multiples of these."""
    front_index: bool = True
    """The index goes to the front, so that a browser can start before the end has come."""
    timecode: bool = True
    sound_bit_rate: int | None = None


_X264 = {"crf": "17", "preset": "medium", "profile": "high", "mbtree": "0"}
"""Without its macroblock tree: with it, the bits of small pictures differ from run to run, even on one thread."""

RECIPES: dict[str, Recipe] = {
    "h264": Recipe("mp4", "libx264", "yuv420p", _X264, "aac", (2, 2), sound_bit_rate=192_000),
    "h264-mov": Recipe("mov", "libx264", "yuv420p", _X264, "aac", (2, 2), sound_bit_rate=192_000),
    "prores": Recipe("mov", "prores_ks", "yuv422p10le", {"profile": "3", "vendor": "apl0"}, "pcm_s24le", (2, 1)),
    "vp9": Recipe("webm", "libvpx-vp9", "yuv420p", {"crf": "22", "b": "0", "deadline": "good", "cpu-used": "3"},
                  "libopus", (2, 2), front_index=False, timecode=False, sound_bit_rate=160_000),
}  # fmt: skip
"""By the value of `Codec`."""


class StreamEncoder:
    """Pictures as they come; sound held back until its pictures are there."""

    def __init__(
        self,
        part: PartFile,
        recipe: Recipe,
        size: tuple[int, int],
        fps: Fraction,
        timecode: str | None,
        metadata: Mapping[str, str],
        sound_rate: int | None,
        channels: int,
    ) -> None:
        """`size`: (width, height) of the pictures that `frame` will be given. Raises OSError and FFmpegError."""
        self._recipe, self._fps, self._rate, self._channels = recipe, fps, sound_rate, channels
        self._padding = tuple(-side % multiple for side, multiple in zip(size, recipe.multiples, strict=True))
        self.notes = _notes(recipe, size, self._padding, timecode, sound_rate)
        self._frames = self._sounded = 0
        self._waiting: deque[F32] = deque()
        self._container: Any = av.open(
            part, "w", format=recipe.container, io_open=part.reopened,
            container_options=_container_options(recipe, fps),
        )  # fmt: skip
        self._container.metadata.update(metadata)
        self._video = self._picture_stream(size)
        self._audio = self._sound_stream() if sound_rate is not None else None
        if timecode is not None and recipe.timecode:
            self._video.metadata["timecode"] = timecode

    def frame(self, pixels: Pixels) -> None:
        """(H, W, 3) sRGB codes."""
        right, below = self._padding
        if right or below:
            picture = _rec709(np.pad(pixels, ((0, below), (0, right), (0, 0)), mode="edge"), self._recipe.pixel_format)
        else:
            picture = _rec709(pixels, self._recipe.pixel_format)
        picture.pts, picture.time_base, picture.duration = self._frames, 1 / self._fps, 1
        self._container.mux(self._video.encode(picture))
        self._frames += 1
        self._sound_up_to_picture()

    def sound(self, samples: F32) -> None:
        """(N, channels) in -1..1."""
        self._waiting.append(samples)
        self._sound_up_to_picture()

    def finish(self) -> None:
        """Everything is written and the file complete."""
        if self._audio is not None:
            missing = self._due() - self._sounded - sum(len(w) for w in self._waiting)
            if missing > 0:
                self.sound(np.zeros((missing, self._channels), np.float32))
        self._container.mux(self._video.encode(None))
        if self._audio is not None:
            self._container.mux(self._audio.encode(None))
        self._container.close()

    def abandon(self) -> None:
        """Lets go of FFmpeg's memory."""
        with contextlib.suppress(Exception):
            self._container.close()
        self._waiting.clear()

    def _due(self) -> int:
        """Samples that the pictures so far last."""
        return round(self._frames / self._fps * (self._rate or 0))

    def _sound_up_to_picture(self) -> None:
        while self._waiting and self._sounded < self._due():
            block = self._waiting.popleft()
            room = self._due() - self._sounded
            if len(block) > room:
                self._waiting.appendleft(block[room:])
                block = block[:room]
            self._encode_sound(block)

    def _encode_sound(self, block: F32) -> None:
        if len(block) == 0 or self._audio is None:
            return
        packed = np.ascontiguousarray(block).reshape(1, -1)
        heard = av.AudioFrame.from_ndarray(packed, format="flt", layout=LAYOUTS[self._channels])
        heard.sample_rate, heard.pts = self._rate or 0, self._sounded
        heard.time_base = Fraction(1, self._rate or 1)
        self._sounded += len(block)
        self._container.mux(self._audio.encode(heard))

    def _picture_stream(self, size: tuple[int, int]) -> Any:
        stream = self._container.add_stream(self._recipe.encoder, rate=self._fps, options=dict(self._recipe.options))
        stream.width, stream.height = size[0] + self._padding[0], size[1] + self._padding[1]
        stream.pix_fmt = self._recipe.pixel_format
        stream.time_base = 1 / self._fps
        context = stream.codec_context
        context.time_base, context.thread_count = 1 / self._fps, THREADS
        context.color_range, context.colorspace = ColorRange.MPEG, Colorspace.ITU709
        context.color_primaries, context.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
        return stream

    def _sound_stream(self) -> Any:
        stream = self._container.add_stream(self._recipe.sound_encoder, rate=MOVIE_SOUND_RATE)
        stream.layout = LAYOUTS[self._channels]
        if self._recipe.sound_bit_rate is not None:
            stream.bit_rate = self._recipe.sound_bit_rate * max(self._channels, 2) // 2
        return stream


def _container_options(recipe: Recipe, fps: Fraction) -> dict[str, str]:
    options = {"fflags": "+bitexact"}
    if recipe.front_index:
        # By default the length of the movie and the edit list count in milliseconds.
        options |= {"movflags": "+faststart", "movie_timescale": str(math.lcm(fps.numerator, MOVIE_SOUND_RATE))}
    return options


def _rec709(pixels: NDArray[Any], pixel_format: str) -> av.VideoFrame:
    """Y'CbCr in the limited range by the matrix of Rec. 709 (ITU-R BT.709-6, part 3)."""
    if pixels.dtype == np.uint16:
        wide = np.round(pixels * WIDE_SCALE).astype(np.uint16)
        source = av.VideoFrame.from_ndarray(wide, "rgb48le")
    else:
        source = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24")
    picture = source.reformat(
        format=pixel_format, dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG, interpolation=EXACT,
        threads=1,
    )  # fmt: skip
    picture.color_primaries, picture.color_trc = ColorPrimaries.BT709, ColorTrc.BT709
    return picture


def _notes(
    recipe: Recipe, size: tuple[int, int], padding: tuple[int, ...], timecode: str | None, sound_rate: int | None
) -> tuple[str, ...]:
    notes: list[str] = []
    if any(padding):
        width, height = size[0] + padding[0], size[1] + padding[1]
        notes.append(
            f"{size[0]}x{size[1]} became {width}x{height}: this codec needs even sides, and the last column or row is "
            "there twice."
        )
    if timecode is not None and not recipe.timecode:
        notes.append("WebM carries no timecode.")
    if recipe.container == "webm":
        notes.append("WebM keeps times in whole milliseconds.")
    if sound_rate is not None and sound_rate != MOVIE_SOUND_RATE:
        notes.append(f"Sound of {sound_rate} Hz was converted to {MOVIE_SOUND_RATE} Hz.")
    return tuple(notes)
