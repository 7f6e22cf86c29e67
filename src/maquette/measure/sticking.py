"""How well strokes stick to what they depict: warping error of a drawn take against one that is drawn anew."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from maquette.measure.coherence import warping_error

Picture = NDArray[Any]
F32 = NDArray[np.float32]
Bool = NDArray[np.bool_]

NOISE_PX = 1.0
"""Smoothing under which drawings are compared: what is as fine as paper's grain stays with the paper."""


def smoothed(picture: Picture, sigma_px: float = NOISE_PX) -> Picture:
    """(H, W, 3) codes 0..255 without what is finer than strokes."""
    return ndimage.gaussian_filter(picture.astype(np.float32), (sigma_px, sigma_px, 0))


def sticking(drawn: Sequence[Picture], anew: Sequence[Picture], back: Sequence[F32], visible: Sequence[Bool]) -> float:
    """Warping error of a drawn take over that of the same frames drawn anew each time: 0 sticks, 1 boils.

    Both are `warping_error` of the smoothed frames. drawn: N pictures (H, W, 3), codes 0..255. anew: the same moments
    with another seed each. back: for each but the first, (H, W, 2) pixels to the same surface in the frame before.
    visible: for each of these, (H, W) whether it was seen there.

    >>> frames = [np.full((8, 8, 3), v, np.uint8) for v in (100, 101)]
    >>> other = [np.full((8, 8, 3), v, np.uint8) for v in (100, 110)]
    >>> still, seen = [np.zeros((8, 8, 2), np.float32)], [np.ones((8, 8), bool)]
    >>> round(sticking(frames, other, still, seen), 4)
    0.01
    """
    own = warping_error([smoothed(p) for p in drawn], back, visible)
    return own / max(warping_error([smoothed(p) for p in anew], back, visible), 1e-12)
