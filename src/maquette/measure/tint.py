"""How far the colours of two pictures of the same thing lie apart, strokes aside."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.color import to_linear
from maquette.imaging.oklab import linear_to_oklab

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

CELLS_ACROSS = 32
"""Cells in which a picture's light is averaged before it is compared: wider than any stroke."""


def tint_error(a: U8, b: U8, mask: NDArray[np.bool_] | None = None) -> float:
    """Mean Oklab distance between two pictures (H, W, 3) of sRGB codes, with light averaged in cells, 32 across.

    0: as seen from afar, the same picture; 1: black against white. mask: (H, W), cells that lie mostly in it count.
    Raises ValueError for two sizes or a mask without a whole cell.
    """
    if a.shape != b.shape:
        raise ValueError(f"pictures of {a.shape[1]}x{a.shape[0]} and {b.shape[1]}x{b.shape[0]}: compare equal sizes.")
    first, second = (np.asarray(linear_to_oklab(_averaged(to_linear(p))), np.float32) for p in (a, b))
    apart = np.linalg.norm(first - second, axis=-1)
    if mask is None:
        return float(apart.mean())
    inside = _averaged(mask[..., None].astype(np.float32))[..., 0] > 0.5
    if not inside.any():
        raise ValueError("the mask has no whole cell in it.")
    return float(apart[inside].mean())


def _averaged(picture: F32) -> F32:
    """(rows, 32, C) means over square cells; the last row and column may be smaller."""
    side = max(1, round(picture.shape[1] / CELLS_ACROSS))
    rows, columns = (np.arange(0, s, side) for s in picture.shape[:2])
    sums = np.add.reduceat(np.add.reduceat(picture.astype(np.float64), rows, axis=0), columns, axis=1)
    heights, widths = (np.diff([*e, s]) for e, s in zip((rows, columns), picture.shape[:2], strict=True))
    return (sums / (heights[:, None] * widths)[..., None]).astype(np.float32)
