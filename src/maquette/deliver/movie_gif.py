"""GIF: one palette for the whole movie and a fixed dither, so that what does not move does not flicker."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import av
import numpy as np
from av.filter import Graph
from numpy.typing import NDArray

from maquette.deliver.movie_part import PartFile

F32 = NDArray[np.float32]
Pixels = NDArray[np.uint8] | NDArray[np.uint16]

TICK = Fraction(1, 100)
"""Seconds: the unit in which GIF counts."""
SHORTEST_TICKS = 2
"""Browsers show a shorter frame for a tenth of a second."""


class GifEncoder:
    """Keeps the pictures aside until all colours are known, then writes."""

    def __init__(
        self,
        part: PartFile,
        size: tuple[int, int],
        fps: Fraction,
        metadata: Mapping[str, str],
        *,
        sound: bool,
        timecode: bool,
    ) -> None:
        """`size`: (width, height). The pictures wait in a file without a name beside the movie. Raises OSError."""
        self._part, self._size, self._fps, self._metadata = part, size, fps, metadata
        # The system takes a nameless file away by itself, whatever happens.
        self._kept = tempfile.TemporaryFile(dir=part.place.parent)  # noqa: SIM115
        self._starts: list[int] = []
        self._frames = 0
        self.notes = _notes(fps, sound, timecode)
        self._palette = Graph()
        source = _source(self._palette, size, "rgb24")
        maker = self._palette.add("palettegen", "max_colors=256:reserve_transparent=0:stats_mode=full")
        end = self._palette.add("buffersink")
        source.link_to(maker)
        maker.link_to(end)
        self._palette.configure()

    def frame(self, pixels: Pixels) -> None:
        """(H, W, 3) sRGB codes."""
        start = round(self._frames / self._fps / TICK)
        self._frames += 1
        if self._starts and start - self._starts[-1] < SHORTEST_TICKS:
            return
        shown = (pixels >> 8 if pixels.dtype == np.uint16 else pixels).astype(np.uint8, copy=False)
        self._palette.push(_picture(shown, len(self._starts)))
        self._kept.write(shown.tobytes())
        self._starts.append(start)

    def sound(self, samples: F32) -> None:
        """GIF has none."""

    def finish(self) -> None:
        """Everything is written and the file complete. Raises OSError and FFmpegError."""
        self._palette.push(None)
        palette = self._palette.pull()
        mapped = Graph()
        pictures, colours = _source(mapped, self._size, "rgb24"), _source(mapped, (16, 16), "rgb32")
        mapper, end = mapped.add("paletteuse", "dither=bayer:bayer_scale=3"), mapped.add("buffersink")
        pictures.link_to(mapper, 0, 0)
        colours.link_to(mapper, 0, 1)
        mapper.link_to(end)
        mapped.configure()
        colours.push(palette)
        colours.push(None)
        self._write(pictures, end)

    def abandon(self) -> None:
        """Lets go of the pictures."""
        with contextlib.suppress(OSError):
            self._kept.close()

    def _write(self, pictures: Any, end: Any) -> None:
        last = max(round(self._frames / self._fps / TICK) - self._starts[-1], SHORTEST_TICKS)
        container: Any = av.open(
            self._part, "w", format="gif", io_open=self._part.reopened,
            container_options={"final_delay": str(last), "fflags": "+bitexact"},
        )  # fmt: skip
        stream = container.add_stream("gif", rate=self._fps)
        stream.width, stream.height, stream.pix_fmt = *self._size, "pal8"
        stream.codec_context.time_base = stream.time_base = TICK
        width, height = self._size
        self._kept.seek(0)
        for number, start in enumerate(self._starts):
            data = self._kept.read(width * height * 3)
            pictures.push(_picture(np.frombuffer(data, np.uint8).reshape(height, width, 3), number))
            mapped = end.pull()
            mapped.pts, mapped.time_base = start, TICK
            container.mux(stream.encode(mapped))
        container.mux(stream.encode(None))
        container.close()
        self._kept.close()
        self._write_comment("; ".join(f"{key}: {value}" for key, value in self._metadata.items()))

    def _write_comment(self, text: str) -> None:
        """A comment extension before the trailer (GIF89a, section 24), which FFmpeg does not write."""
        if not text:
            return
        data = text.encode()
        blocks = b"".join(bytes([len(data[i : i + 255])]) + data[i : i + 255] for i in range(0, len(data), 255))
        self._part.seek(-1, os.SEEK_END)
        self._part.write(b"\x21\xfe" + blocks + b"\x00\x3b")


def _source(graph: Any, size: tuple[int, int], pixel_format: str) -> Any:
    return graph.add_buffer(width=size[0], height=size[1], format=pixel_format, time_base=TICK)


def _picture(pixels: NDArray[np.uint8], number: int) -> av.VideoFrame:
    frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(pixels), "rgb24")
    frame.pts, frame.time_base = number, TICK
    return frame


def _notes(fps: Fraction, sound: bool, timecode: bool) -> tuple[str, ...]:
    notes = ["GIF has 256 colours: they are chosen from the whole movie."]
    ticks = 1 / fps / TICK
    if ticks < SHORTEST_TICKS:
        notes.append("GIF shows at most 50 frames a second: some frames are left out, the running time stays.")
    elif ticks.denominator != 1:
        low = int(ticks)
        notes.append(
            f"GIF counts in hundredths of a second: frames last {low} or {low + 1} of them, and the running time is "
            "right to one."
        )
    if sound:
        notes.append("GIF has no sound.")
    if timecode:
        notes.append("GIF carries no timecode.")
    return tuple(notes)
