"""Looking pictures up at other places: what motion vectors are for."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

F32 = NDArray[np.float32]
Bool = NDArray[np.bool_]


def warp(picture: F32, shift: F32) -> F32:
    """(H, W, C) `picture` looked up, bilinearly, at every pixel's place plus `shift` (H, W, 2), in pixels, x right and
    y down. Beyond the edge the edge goes on."""
    height, width = shift.shape[:2]
    gy, gx = np.mgrid[0:height, 0:width].astype(np.float32)
    return sample(picture, gx + shift[..., 0], gy + shift[..., 1])


def sample(picture: F32, x: F32, y: F32) -> F32:
    """(..., C) bilinear values at places counted in pixels from the middle of the first one."""
    height, width = picture.shape[:2]
    flat = picture.reshape(height * width, -1)
    x, y = np.clip(x, 0, width - 1), np.clip(y, 0, height - 1)
    x0, y0 = np.minimum(x.astype(np.int64), width - 2), np.minimum(y.astype(np.int64), height - 2)
    x0, y0 = np.maximum(x0, 0), np.maximum(y0, 0)
    fx, fy = (x - x0)[..., None].astype(np.float32), (y - y0)[..., None].astype(np.float32)
    right, down = (1 if width > 1 else 0), (width if height > 1 else 0)
    index = y0 * width + x0
    top = flat[index] * (1 - fx) + flat[index + right] * fx
    low = flat[index + down] * (1 - fx) + flat[index + down + right] * fx
    return (top * (1 - fy) + low * fy).astype(np.float32, copy=False)
