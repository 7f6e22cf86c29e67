"""PNG in and out."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

U8 = NDArray[np.uint8]


def encode_png(pixels: U8, text: dict[str, str] | None = None) -> bytes:
    """A PNG of (H, W, 3) sRGB codes, or (H, W) grey ones; the same pixels and text give the same bytes."""
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    info.add(b"sRGB", b"\x00")
    for key, value in sorted((text or {}).items()):
        info.add_itxt(key, value)
    buffer = BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(buffer, "PNG", pnginfo=info, compress_level=6)
    return buffer.getvalue()


def write_png(path: Path, pixels: U8, text: dict[str, str] | None = None) -> None:
    """Write `encode_png`. Raises OSError."""
    path.write_bytes(encode_png(pixels, text))


def read_png(path: Path) -> U8:
    """(H, W, 3) sRGB codes. Raises OSError for a file that is no picture."""
    with Image.open(path) as picture:
        return np.array(picture.convert("RGB"))
