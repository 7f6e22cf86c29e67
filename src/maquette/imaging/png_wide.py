"""PNG with 16 bits a channel (ISO/IEC 15948), which Pillow does not write in colour."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

_UP = 2
"""The filter that stores the difference to the row above."""


def encode_png_wide(pixels: NDArray[np.uint16], text: Mapping[str, str] | None = None, level: int = 6) -> bytes:
    """A PNG of (H, W, 3) sRGB codes of 16 bits; the same pixels and text give the same bytes.

    `text` becomes its text chunks, keyword to words. `level`: 1 is fast, 9 is small.
    """
    height, width = pixels.shape[:2]
    rows = np.ascontiguousarray(pixels, dtype=">u2").view(np.uint8).reshape(height, width * 6)
    filtered = np.full((height, width * 6 + 1), _UP, np.uint8)
    filtered[0, 1:] = rows[0]
    filtered[1:, 1:] = rows[1:] - rows[:-1]
    notes = b"".join(
        _chunk(b"iTXt", key.encode("latin-1") + b"\0\0\0\0\0" + value.encode())
        for key, value in sorted((text or {}).items())
    )
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 16, 2, 0, 0, 0))
        + _chunk(b"sRGB", b"\0")
        + notes
        + _chunk(b"IDAT", zlib.compress(filtered.tobytes(), level))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
