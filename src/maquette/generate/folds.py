"""Folds and features inside the cast: nose, lips, drapery. Valleys of how much the surface faces the camera.

A line is drawn where that measure has a sharp minimum across some direction: the image-space form of suggestive
contours (DeCarlo et al. 2003).
"""

from __future__ import annotations

import numpy as np
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.base import F32
from maquette.generate.linework import B, Buffers, PartKinds

HEAD_M = 0.23
SCALE = 0.014
"""Width of the features looked for, in head heights."""
SHARP_SKIN, SHARP_CLOTH = 0.030, 0.045
"""Least curvature of the valley, in units of the feature width."""


def facing(passes: Passes, b: Buffers) -> F32:
    """(h, w) cosine between the normal and the way to the camera; 1 where nothing is."""
    height, width = b.depth.shape
    camera = passes.camera
    forward = np.array(camera.look_at, float) - np.array(camera.position, float)
    forward /= max(float(np.linalg.norm(forward)), 1e-9)
    reference = np.array([0.0, 0.0, 1.0]) if abs(forward[2]) < 0.9999 else np.array([0.0, 1.0, 0.0])
    right = np.cross(forward, reference)
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    roll = np.radians(camera.roll_deg)
    right, up = right * np.cos(roll) + up * np.sin(roll), up * np.cos(roll) - right * np.sin(roll)
    tangent = camera.sensor_width_mm * camera.squeeze / (2 * camera.lens_mm)
    x = np.linspace(-1, 1, width, dtype=np.float32) * tangent
    y = np.linspace(1, -1, height, dtype=np.float32) * tangent * height / width
    n = b.normal
    along, aside, above = (n @ axis.astype(np.float32) for axis in (forward, right, up))
    toward = -(along + aside * x[None, :] + above * y[:, None])
    cosine = toward / np.sqrt(1 + x[None, :] ** 2 + y[:, None] ** 2)
    return np.where(np.isfinite(b.depth), np.abs(cosine), 1).astype(np.float32)


def fold_strength(passes: Passes, b: Buffers, kinds: PartKinds, faces: B | None = None) -> tuple[F32, F32]:
    """Crack strengths 0..1 along rows and along columns: (h - 1, w) and (h, w - 1). None within `faces`."""
    height, width = b.part.shape
    down, across = np.zeros((height - 1, width), np.float32), np.zeros((height, width - 1), np.float32)
    view: F32 | None = None
    focal = passes.camera.lens_mm / (passes.camera.sensor_width_mm * passes.camera.squeeze) * width
    for number in np.unique(b.part):
        name = kinds.name[number]
        if not kinds.cast[number] or kinds.soft[number] or kinds.filled[number]:
            continue
        mine = b.part == number
        head = HEAD_M * focal / float(np.median(b.depth[mine]))
        sigma = SCALE * head
        if sigma < 0.5 * b.fineness or mine.sum() < 40:
            continue
        view = facing(passes, b) if view is None else view
        box = ndimage.find_objects(mine.astype(np.int32))[0]
        sharp = SHARP_SKIN if name == "skin" else SHARP_CLOTH
        scale = sigma if name == "skin" else 1.6 * sigma
        d, a = _valleys(view[box], mine[box], scale, sharp)
        y, x = box
        rows, columns = slice(y.start, y.stop - 1), slice(x.start, x.stop - 1)
        np.maximum(down[rows, x], d, out=down[rows, x])
        np.maximum(across[y, columns], a, out=across[y, columns])
    if faces is not None and faces.any():
        down[faces[:-1]] = 0
        across[faces[:, :-1]] = 0
    return down, across


def _valleys(view: F32, mine: B, sigma: float, sharp: float) -> tuple[F32, F32]:
    share = ndimage.gaussian_filter(mine.astype(np.float32), sigma, truncate=3)
    smooth = ndimage.gaussian_filter(np.where(mine, view, 0), sigma, truncate=3) / np.maximum(share, 1e-3)
    smooth = np.where(share > 0.02, smooth, 1)
    gy, gx = np.gradient(smooth)
    gyy, gyx = np.gradient(gy)
    _, gxx = np.gradient(gx)
    half, skew = (gxx - gyy) / 2, gyx
    root = np.hypot(half, skew)
    bend = ((gxx + gyy) / 2 + root) * sigma * sigma
    angle = 0.5 * np.arctan2(skew, half)
    ex, ey = np.cos(angle), np.sin(angle)
    slope = gx * ex + gy * ey
    strength = np.clip((bend - sharp) / (1.5 * sharp), 0, 1) * (share > 0.93) * (smooth > 0.18)
    strength = np.where(bend > sharp, np.maximum(strength, 0.05), 0) * (share > 0.93)
    return _crossings(slope, ex, ey, strength, 0, ey), _crossings(slope, ex, ey, strength, 1, ex)


def _crossings(slope: F32, ex: F32, ey: F32, strength: F32, axis: int, along: F32) -> F32:
    """Strength where the slope across the valley changes from down to up between neighbours on this axis."""

    def pair(v: F32) -> tuple[F32, F32]:
        return (v[:-1], v[1:]) if axis == 0 else (v[:, :-1], v[:, 1:])

    (s0, s1), (x0, x1), (y0, y1) = pair(slope), pair(ex), pair(ey)
    (w0, w1), (a0, a1) = pair(strength), pair(along)
    same = np.where(x0 * x1 + y0 * y1 < 0, -1.0, 1.0)
    forward = np.where(a0 < 0, -1.0, 1.0)
    crosses = (s0 * forward < 0) & (s1 * same * forward >= 0)
    steep = np.maximum(np.abs(a0), np.abs(a1)) > 0.38
    return np.where(crosses & steep, np.minimum(w0, w1), 0).astype(np.float32)
