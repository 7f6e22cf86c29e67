"""PNG out, and in."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo

U8 = NDArray[np.uint8]


def encode_png(pixels: U8, text: Mapping[str, str] | None = None, level: int = 6) -> bytes:
    """A PNG of (H, W, 3) sRGB codes, or (H, W) grey ones; the same pixels and text give the same bytes.

    `text` becomes its text chunks, keyword to words. `level`: 1 is fast, 9 is small.
    """
    info = PngInfo()
    info.add(b"sRGB", b"\x00")
    for key, value in sorted((text or {}).items()):
        info.add_itxt(key, value)
    buffer = BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(buffer, "PNG", pnginfo=info, compress_level=level)
    return buffer.getvalue()


def decode_png(data: bytes) -> U8:
    """(H, W, 3) sRGB codes of a picture of ours. Raises OSError for what is no picture."""
    with Image.open(BytesIO(data)) as image:
        return np.asarray(image.convert("RGB"))
