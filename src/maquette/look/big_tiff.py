"""TIFF files that are too large to be unpacked whole: reduced strip by strip, or tile by tile, while they are read."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, TiffImagePlugin

from maquette.film.errors import MediaError

F32 = NDArray[np.float32]

MOST_BLOCK_PIXELS = 40_000_000
"""A strip or tile larger than this is not unpacked."""
_COPIED = (258, 259, 262, 266, 277, 317, 320, 332, 338, 339, 347, 529, 530, 532)
"""Tags that say how the bytes of a strip are to be read."""
_UNCOMPRESSED = 1
_FORMATS = {1: "B", 2: "s", 3: "H", 4: "I", 7: "s"}


@dataclass(frozen=True)
class _Block:
    """A part of the picture with its bytes in the file."""

    x: int
    y: int
    width: int
    height: int
    offset: int
    length: int


def reduced_tiff(image: TiffImagePlugin.TiffImageFile, data: bytes, factor: int, name: str) -> Image.Image:
    """The first page, `factor` times smaller by the mean of factor x factor pixels. image: opened, not loaded.

    Raises MediaError where its parts cannot be read one by one.
    """
    tags = image.tag_v2
    width, height = int(tags[256]), int(tags[257])  # as stored, whichever way up it is shown
    if int(tags.get(284, 1)) != 1:
        raise MediaError(
            f"{name} is too large to be read whole ({width}x{height}), and its colours lie in separate "
            "planes: save it with interleaved channels, or smaller."
        )
    sums: F32 | None = None
    mode = "RGB"
    for block in _blocks(tags, width, height, name):
        part = _plain(_unpacked(tags, data, block, tags.prefix).crop((0, 0, *_visible(block, (width, height)))))
        if sums is None:
            mode = part.mode
            sums = np.zeros((-(-height // factor), -(-width // factor), len(part.getbands())), np.float32)
        _add(sums, part, block, factor)
    if sums is None:
        raise MediaError(f"{name} holds no picture: save it again.")
    high = np.minimum(factor, height - factor * np.arange(sums.shape[0]))
    wide = np.minimum(factor, width - factor * np.arange(sums.shape[1]))
    mean = np.clip(sums / (high[:, None] * wide)[..., None] + 0.5, 0, 255).astype(np.uint8)
    return Image.fromarray(mean[..., 0] if mean.shape[2] == 1 else mean, mode)


def eight_bits(image: Image.Image) -> Image.Image:
    """Wide greys scaled to eight bits: Pillow would clip them. Other pictures as they are."""
    if not image.mode.startswith(("I", "F")):
        return image
    wide = np.nan_to_num(np.asarray(image, np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    top = float(wide.max(initial=0.0))
    white = 1.0 if image.mode == "F" and top <= 1.001 else 255.0 if image.mode == "F" and top <= 255 else 65535.0
    if image.mode == "I" and top > 65535:
        white = 2.0**32 - 1
    return Image.fromarray((np.clip(wide / white, 0, 1) * 255 + 0.5).astype(np.uint8))


def _plain(image: Image.Image) -> Image.Image:
    """In a mode whose values can be averaged."""
    image = eight_bits(image)
    return image if image.mode in ("L", "RGB", "RGBA", "CMYK", "LAB") else image.convert("RGB")


def _add(sums: F32, part: Image.Image, block: _Block, factor: int) -> None:
    """Add the block's pixels to the cells that they lie in."""
    first_x, first_y = block.x // factor, block.y // factor
    rows = np.maximum(np.arange(first_y, (block.y + part.height - 1) // factor + 1) * factor - block.y, 0)
    if block.x == 0:  # cells begin with the block: Pillow's means are quick
        wide = np.minimum(factor, part.width - factor * np.arange(-(-part.width // factor)))
        means = np.atleast_3d(np.asarray(part.reduce((factor, 1))))
        cells = np.add.reduceat(means, rows, axis=0, dtype=np.uint32) * wide[:, None]
    else:
        columns = np.maximum(np.arange(first_x, (block.x + part.width - 1) // factor + 1) * factor - block.x, 0)
        down = np.add.reduceat(np.atleast_3d(np.asarray(part)), rows, axis=0, dtype=np.uint32)
        cells = np.add.reduceat(down, columns, axis=1, dtype=np.uint32)
    sums[first_y : first_y + cells.shape[0], first_x : first_x + cells.shape[1]] += cells


def _visible(block: _Block, size: tuple[int, int]) -> tuple[int, int]:
    """Tiles at the right and the lower edge reach beyond the picture."""
    return min(block.width, size[0] - block.x), min(block.height, size[1] - block.y)


def _blocks(tags: TiffImagePlugin.ImageFileDirectory_v2, width: int, height: int, name: str) -> list[_Block]:
    if 324 in tags:
        tile_width, tile_height = int(tags[322]), int(tags[323])
        across = -(-width // tile_width)
        places = [((i % across) * tile_width, (i // across) * tile_height) for i in range(len(tags[324]))]
        blocks = [
            _Block(x, y, tile_width, tile_height, offset, length)
            for (x, y), offset, length in zip(places, tags[324], tags[325], strict=True)
        ]
    else:
        rows = min(int(tags.get(278, height)), height)
        blocks = [
            _Block(0, i * rows, width, min(rows, height - i * rows), offset, length)
            for i, (offset, length) in enumerate(zip(tags[273], tags[279], strict=True))
        ]
        if int(tags.get(259, 1)) == _UNCOMPRESSED:
            blocks = [part for block in blocks for part in _cut(block)]
    if any(b.width * b.height > MOST_BLOCK_PIXELS for b in blocks):
        raise MediaError(
            f"{name} is too large to be read whole ({width}x{height}), and it is packed in one piece: save it in "
            "strips or tiles, or smaller."
        )
    return [b for b in blocks if b.y < height and b.x < width]


def _cut(block: _Block) -> list[_Block]:
    """Rows that are not packed can be read in any number."""
    rows = max(1, min(block.height, 4_000_000 // block.width))
    stride = block.length // block.height
    return [
        _Block(0, block.y + y, block.width, min(rows, block.height - y), block.offset + y * stride,
               min(rows, block.height - y) * stride)
        for y in range(0, block.height, rows)
    ]  # fmt: skip


def _unpacked(tags: TiffImagePlugin.ImageFileDirectory_v2, data: bytes, block: _Block, prefix: bytes) -> Image.Image:
    """One block as a picture of its own: a small TIFF of one strip with the tags of the large one."""
    body = data[block.offset : block.offset + block.length]
    order = "<" if prefix == b"II" else ">"
    entries: list[tuple[int, int, tuple[int, ...] | bytes]] = [
        (256, 4, (block.width,)),
        (257, 4, (block.height,)),
        (278, 4, (block.height,)),
        (273, 4, (8,)),
        (279, 4, (len(body),)),
        (284, 3, (1,)),
    ]
    for tag in _COPIED:
        if tag in tags:
            value, kind = tags[tag], tags.tagtype[tag]
            if kind in _FORMATS:
                whole = value if isinstance(value, (tuple, bytes)) else (value,)
                entries.append((tag, kind, whole))
    file = prefix + struct.pack(order + "HI", 42, 8 + len(body) + len(body) % 2) + body + b"\0" * (len(body) % 2)
    file += _directory(sorted(entries, key=lambda e: e[0]), order, len(file))
    small = TiffImagePlugin.TiffImageFile(io.BytesIO(file))
    small.load()
    return small


def _directory(entries: list[tuple[int, int, tuple[int, ...] | bytes]], order: str, start: int) -> bytes:
    """An image file directory that lies at `start` (TIFF 6.0, section 2)."""
    beyond = start + 2 + 12 * len(entries) + 4
    head, tail = struct.pack(order + "H", len(entries)), b""
    for tag, kind, value in entries:
        packed = value if isinstance(value, bytes) else struct.pack(f"{order}{len(value)}{_FORMATS[kind]}", *value)
        head += struct.pack(order + "HHI", tag, kind, len(value))
        if len(packed) <= 4:
            head += packed.ljust(4, b"\0")
        else:
            head += struct.pack(order + "I", beyond + len(tail))
            tail += packed + b"\0" * (len(packed) % 2)
    return head + struct.pack(order + "I", 0) + tail
