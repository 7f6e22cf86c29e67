"""Image sequences: one file a frame, numbered as visual effects count: the shot's first frame is 1001."""

from __future__ import annotations

import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from maquette.deliver.exr import read_exr, write_exr, write_picture_exr
from maquette.deliver.whole import whole_file
from maquette.film.errors import MediaError, RenderError
from maquette.film.passes import Passes
from maquette.film.take import FIRST_FRAME
from maquette.imaging.png import encode_png
from maquette.imaging.png_wide import encode_png_wide

Picture = NDArray[np.uint8] | NDArray[np.uint16] | NDArray[np.float32] | Passes
_PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"


class SequenceFormat(StrEnum):
    """What each file is."""

    PNG = "png"
    """(H, W, 3) sRGB codes of 8 bits."""
    PNG_16 = "png16"
    """(H, W, 3) sRGB codes of 16 bits."""
    EXR = "exr"
    """`Passes`, or (H, W, 3) scene-linear Rec. 709 as float."""

    @property
    def suffix(self) -> str:
        """ ".png" or ".exr"."""
        return ".exr" if self is SequenceFormat.EXR else ".png"


@dataclass(frozen=True)
class SequenceWritten:
    """What lies in the folder now."""

    paths: tuple[Path, ...]
    """All frames, head handle first."""
    kept: int
    """Frames that were there already and whole."""


def frame_path(folder: Path, name: str, number: int, format: SequenceFormat) -> Path:
    """`<name>.1001.png`: four digits, as every compositing program finds them."""
    if not 0 <= number <= 9999:
        raise MediaError(
            f"Frame {number} of {name} has no number of four digits: make the handles or the shot shorter."
        )
    return folder / f"{name}.{number:04d}{format.suffix}"


def write_sequence(
    folder: Path,
    name: str,
    picture: Callable[[int], Picture],
    count: int,
    *,
    format: SequenceFormat,
    head: int = 0,
    resume: bool = False,
    metadata: Mapping[str, str] = MappingProxyType({}),
) -> SequenceWritten:
    """`count` frames, the first `head` of them the head handle, which counts down from 1001: with 8 it starts at 0993.

    `picture(i)` gives frame i, counted from 0 with the head handle's first; with `resume` it is asked only for frames
    that are missing or torn. Each file takes its name when it is whole, so what is there after an error can be resumed.
    All pictures have to be of one size. Raises MediaError and DiskFull.
    """
    if count < 1 or not 0 <= head <= count:
        raise MediaError(
            f"The sequence {name} would have {count} frames, {head} of them handle: it needs one at least."
        )
    paths = tuple(frame_path(folder, name, FIRST_FRAME - head + i, format) for i in range(count))
    kept, size = 0, None
    for number, path in enumerate(paths):
        if resume and (found := whole_size(path)) is not None and size in (None, found):
            kept, size = kept + 1, found
            continue
        shown = picture(number)
        if size is None:
            size = _size(shown)
        elif _size(shown) != size:
            raise MediaError(f"{path} would be {_size(shown)}, the frames before it are {size}: draw all in one size.")
        _write(path, shown, format, metadata)
    return SequenceWritten(paths, kept)


def whole_size(path: Path) -> tuple[int, int] | None:
    """(width, height) of a PNG or EXR that is there to its end; None: missing or torn."""
    try:
        if path.suffix.lower() == ".exr":
            channels, _ = read_exr(path)
            height, width = next(iter(channels.values())).shape[:2]
            return width, height
        with path.open("rb") as file:
            start = file.read(24)
            file.seek(-len(_PNG_END), 2)
            if not start.startswith(b"\x89PNG\r\n\x1a\n") or file.read() != _PNG_END:
                return None
        width, height = struct.unpack(">II", start[16:24])
        return width, height
    except (OSError, RenderError, StopIteration):
        return None


def _size(picture: Picture) -> tuple[int, int]:
    if isinstance(picture, Passes):
        return picture.size
    return picture.shape[1], picture.shape[0]


def _write(path: Path, picture: Picture, format: SequenceFormat, metadata: Mapping[str, str]) -> None:
    with whole_file(path) as part:
        if format is SequenceFormat.EXR and isinstance(picture, Passes):
            write_exr(part, picture, attributes=metadata)
        elif isinstance(picture, Passes) or picture.ndim != 3 or picture.shape[2] != 3:
            raise MediaError(f"{path} needs a picture of (H, W, 3) codes.")
        elif format is SequenceFormat.EXR and picture.dtype == np.float32:
            write_picture_exr(part, picture.astype(np.float32), attributes=metadata)
        elif format is SequenceFormat.PNG and picture.dtype == np.uint8:
            part.write_bytes(encode_png(picture.astype(np.uint8), metadata))
        elif format is SequenceFormat.PNG_16 and picture.dtype == np.uint16:
            part.write_bytes(encode_png_wide(picture.astype(np.uint16), metadata))
        else:
            raise MediaError(f"{path} cannot hold {picture.dtype}: {format.value} takes {_TAKES[format]}.")


_TAKES = {
    SequenceFormat.PNG: "8-bit sRGB codes",
    SequenceFormat.PNG_16: "16-bit sRGB codes",
    SequenceFormat.EXR: "passes or linear float32",
}
