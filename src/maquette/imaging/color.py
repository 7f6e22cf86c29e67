"""Rec. 709 colour: sRGB codes and linear light (IEC 61966-2-1), and how bright light looks (ITU-R BT.709)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

LUMINANCE_WEIGHTS = (0.2126, 0.7152, 0.0722)
"""Share of linear red, green and blue in luminance; sum 1."""
LUMINANCE = np.array(LUMINANCE_WEIGHTS, np.float32)

_LINEAR = np.array(
    [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in np.arange(256) / 255], np.float32
)


def to_linear(code: U8) -> F32:
    """Linear light 0..1 of sRGB codes, any shape."""
    return _LINEAR[code]


def to_code(linear: F32) -> U8:
    """Nearest sRGB codes of linear light; clipped to 0..1."""
    x = np.clip(linear, 0, 1)
    encoded = np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055)
    return np.asarray(encoded * 255 + 0.5).astype(np.uint8)


def srgb(text: str) -> tuple[float, float, float]:
    """Linear colour 0..1 of an sRGB hex triplet such as "#8a5a3c". Raises ValueError for anything else."""
    if len(text) != 7 or text[0] != "#":
        raise ValueError(f"{text!r} is not a colour: write six hex digits after #, such as #8a5a3c.")
    v = np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)
    return (float(linear[0]), float(linear[1]), float(linear[2]))


def luminance(color: NDArray[np.floating[Any]]) -> NDArray[np.floating[Any]]:
    """(...) Rec. 709 luminance of (..., 3) linear colour."""
    return color @ LUMINANCE
