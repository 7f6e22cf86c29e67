"""What the pictures of drawn styles need: the window around a face, and pixels large enough to be looked at."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.film.passes import Passes
from maquette.generate.surface import surface_of

Pixels = NDArray[np.uint8]
ENLARGED = 2
"""Pixels of the documentation to one of a crop, each way."""


def around_head(passes: Passes, size: tuple[int, int] = (200, 112)) -> tuple[slice, slice]:
    """Rows and columns of a window of (width, height) pixels around the first head's eyes, else around the middle."""
    width, height = passes.size
    x, y = width // 2, height // 2
    if passes.rest is not None and passes.heads:
        head = passes.heads[0]
        mine = passes.mask(head.name if head.name.startswith("cast/") else f"cast/{head.name}")
        away = np.linalg.norm(passes.rest - head.eyes_rest.astype(np.float32), axis=2)
        away[~mine] = np.inf
        if away.min() < 20 * float(np.median(surface_of(passes).footprint[mine])):
            y, x = (int(v) for v in np.unravel_index(int(away.argmin()), away.shape))
    left = int(np.clip(x - size[0] // 2, 0, max(width - size[0], 0)))
    top = int(np.clip(y - size[1] // 2, 0, max(height - size[1], 0)))
    return slice(top, top + size[1]), slice(left, left + size[0])


def enlarged(pixels: Pixels) -> Pixels:
    """Every pixel as a square of `ENLARGED` each way."""
    return pixels.repeat(ENLARGED, axis=0).repeat(ENLARGED, axis=1)
