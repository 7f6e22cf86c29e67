"""Between sRGB code values and linear light (IEC 61966-2-1)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

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
