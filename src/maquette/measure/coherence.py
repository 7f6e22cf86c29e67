"""How well frames hold together, with exact motion vectors: warping error and flicker."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.warp import warp

Picture = NDArray[Any]
F32 = NDArray[np.float32]
Bool = NDArray[np.bool_]


def warping_error(frames: Sequence[Picture], back: Sequence[F32], visible: Sequence[Bool]) -> float:
    """E_warp (Lai et al. 2018): mean over the frame pairs of the mean squared difference, over what is seen in both,
    of a frame and its predecessor brought to its place; for code values 0..255 scaled to 0..1.

    frames: N pictures (H, W, 3). back: for each frame but the first, (H, W, 2) pixels from a place in it to the same
    surface in the frame before. visible: for each of these, (H, W) whether it was seen there.

    >>> still = np.full((4, 4, 3), 128, np.uint8)
    >>> warping_error([still, still], [np.zeros((4, 4, 2), np.float32)], [np.ones((4, 4), bool)])
    0.0
    """
    errors: list[float] = []
    for before, now, shift, seen in zip(frames[:-1], frames[1:], back, visible, strict=True):
        if not seen.any():
            continue
        brought = warp((before / np.float32(255)).astype(np.float32), shift)
        errors.append(float(((now.astype(np.float32) / 255 - brought) ** 2).sum(axis=2)[seen].mean()))
    return float(np.mean(errors)) if errors else 0.0


def flicker(frames: Sequence[Picture]) -> float:
    """Temporal flicker of a static shot: mean absolute difference of neighbouring frames in code values 0..255.

    VBench's score (Huang et al. 2024) is (255 - this) / 255.

    >>> flicker([np.zeros((2, 2, 3), np.uint8), np.full((2, 2, 3), 3, np.uint8)])
    3.0
    """
    return float(np.mean([np.abs(a.astype(np.float32) - b.astype(np.float32)).mean() for a, b in pairwise(frames)]))
