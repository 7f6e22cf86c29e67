# pyright: reportAttributeAccessIssue=false
# OpenColorIO's bindings come without stubs.
"""Colour tables: a cube of display codes, read tetrahedrally. And what such tables are made with."""

from __future__ import annotations

from typing import Any

import numpy as np
import PyOpenColorIO as ocio
from numpy.typing import NDArray

from maquette.imaging.oklab import oklab_to_linear

F32 = NDArray[np.floating[Any]]
U8 = NDArray[np.uint8]

CUBE_SIZE = 33
MOST_CHROMA = 0.33
"""Oklab chroma of the most colourful thing that sRGB can show, its blue, and a little."""
GAMUT_STEPS = 9
"""Halvings in the search for the most chroma at a lightness and hue: 1/500 of it is left open."""
KNEE = 0.75
"""Share of the display's chroma from which on added chroma is held back."""


def grid(size: int = CUBE_SIZE) -> NDArray[np.float32]:
    """(size, size, size, 3) evenly spaced codes 0..1, axes in the order red, green, blue."""
    axis = np.linspace(0, 1, size, dtype=np.float32)
    return np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1)


def decoded(code: F32) -> F32:
    """Linear light of sRGB codes 0..1 (IEC 61966-2-1), any shape."""
    return np.where(code <= 0.04045, code / 12.92, ((np.maximum(code, 0) + 0.055) / 1.055) ** 2.4).astype(np.float32)


def encoded(linear: F32) -> F32:
    """sRGB codes 0..1 of linear light; clipped to what the display has."""
    x = np.clip(linear, 0, 1)
    return np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055).astype(np.float32)


def chroma_share(lightness: F32, chroma: F32) -> F32:
    """(...) chroma (..., 2) as a share of the most that sRGB has at the lightness (...) and hue; 0 for greys."""
    amount = np.hypot(chroma[..., 0], chroma[..., 1])
    hue = chroma / np.maximum(amount, 1e-6)[..., None]
    low, high = np.zeros_like(amount), np.full_like(amount, MOST_CHROMA)
    for _ in range(GAMUT_STEPS):
        middle = (low + high) / 2
        rgb = oklab_to_linear(np.concatenate([lightness[..., None], hue * middle[..., None]], axis=-1))
        fits = (np.abs(rgb - 0.5) <= 0.5 + 1e-4).all(axis=-1)
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    return np.where(amount > 1e-4, amount / np.maximum((low + high) / 2, 1e-4), 0).astype(np.float32)


def within_gamut(lightness: F32, chroma: F32, used: F32) -> F32:
    """Chroma (..., 2) that the display can show at the lightness (...) and hue.

    What was added goes softly towards the limit, so that bright skin does not clip; what was as far out before (`used`,
    (...), the `chroma_share` of the colour it came from) stays there.
    """
    share = chroma_share(lightness, chroma)
    soft = np.where(share > KNEE, KNEE + (1 - KNEE) * (1 - np.exp(-(share - KNEE) / (1 - KNEE))), share)
    kept = np.maximum(soft, np.minimum(share, np.minimum(used, 1)))
    return chroma * (kept / np.maximum(share, 1e-6))[..., None]


class Cube:
    """A table ready to be read: about 2 ms for a picture of 640x360."""

    def __init__(self, table: F32) -> None:
        """table: (size, size, size, 3) codes 0..1, axes in the order red, green, blue."""
        lut = ocio.Lut3DTransform(table.shape[0])
        lut.setInterpolation(ocio.Interpolation.INTERP_TETRAHEDRAL)
        lut.setData(np.ascontiguousarray(table, np.float32).reshape(-1))
        # A configuration of its own: one that is shared keeps processors by the least and greatest value of their
        # table, and gives one table's for another's.
        processor = ocio.Config.CreateRaw().getProcessor(lut)
        # Codes in, floats out: OpenColorIO's own rounding to codes is not the nearest everywhere.
        self._codes = processor.getOptimizedCPUProcessor(
            ocio.BIT_DEPTH_UINT8, ocio.BIT_DEPTH_F32, ocio.OPTIMIZATION_DEFAULT
        )
        self._floats = processor.getOptimizedCPUProcessor(
            ocio.BIT_DEPTH_F32, ocio.BIT_DEPTH_F32, ocio.OPTIMIZATION_DEFAULT
        )

    def codes(self, picture: U8) -> U8:
        """(H, W, 3) sRGB codes through the table, rounded to the nearest."""
        height, width = picture.shape[:2]
        shown = np.empty((height, width, 3), np.float32)
        source = ocio.PackedImageDesc(
            np.ascontiguousarray(picture), width, height, ocio.ChannelOrdering.CHANNEL_ORDERING_RGB,
            ocio.BIT_DEPTH_UINT8, 1, 3, 3 * width,
        )  # fmt: skip
        self._codes.apply(source, ocio.PackedImageDesc(shown, width, height, 3))
        shown *= 255
        shown += 0.5
        return np.clip(shown, 0, 255, out=shown).astype(np.uint8)

    def floats(self, code: F32) -> F32:
        """(H, W, 3) codes 0..1 through the table, unrounded."""
        shown = np.array(code, np.float32, order="C")
        self._floats.apply(ocio.PackedImageDesc(shown, shown.shape[1], shown.shape[0], 3))
        return shown
