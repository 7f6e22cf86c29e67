"""Rotations of many bones at once, as unit quaternions (B, 4), scalar last."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.transform import Rotation

F64 = NDArray[np.float64]


def turns_of(matrices: F64) -> F64:
    """(B, 4) quaternions of (B, 3, 3) rotations."""
    return np.asarray(Rotation.from_matrix(matrices).as_quat())


def blended(a: F64, b: F64, k: float) -> F64:
    """Spherical interpolation of each bone from `a` (k = 0) to `b` (k = 1), the short way (Shoemake 1985)."""
    dot = np.einsum("bi,bi->b", a, b)
    b = np.where(dot[:, None] < 0, -b, b)
    angle = np.arccos(np.clip(np.abs(dot), 0.0, 1.0))
    sine = np.sin(angle)
    small = sine < 1e-6
    safe = np.where(small, 1.0, sine)
    wa = np.where(small, 1 - k, np.sin((1 - k) * angle) / safe)
    wb = np.where(small, k, np.sin(k * angle) / safe)
    out = wa[:, None] * a + wb[:, None] * b
    return out / np.linalg.norm(out, axis=1, keepdims=True)


def widest(a: F64, b: F64) -> float:
    """Largest angle between two sets of turns, radians."""
    return float(2 * np.arccos(np.clip(np.abs(np.einsum("bi,bi->b", a, b)), 0.0, 1.0)).max())


def matrices_of(q: F64) -> F64:
    """(B, 3, 3) rotations of (B, 4) unit quaternions."""
    x, y, z, w = q.T
    return np.stack([
        1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w),
        2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w),
        2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y),
    ], axis=1).reshape(-1, 3, 3)  # fmt: skip
