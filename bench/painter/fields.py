"""Small things done to fields of numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

F32 = NDArray[np.float32]


def blurred(field: NDArray[Any], sigma: float | Sequence[float]) -> F32:
    """The field smoothed by a Gaussian; sigma in cells, one for each axis or for all."""
    return np.asarray(gaussian_filter(np.asarray(field, np.float32), sigma), np.float32)


def gradients(field: NDArray[Any]) -> tuple[F32, F32]:
    """Change to the right and downwards of a field (H, W), a cell."""
    down, right = np.gradient(np.asarray(field, np.float32))
    return np.asarray(right, np.float32), np.asarray(down, np.float32)


def noise(shape: tuple[int, ...], sigma: float | Sequence[float], rng: np.random.Generator) -> F32:
    """Smooth noise of standard deviation 1."""
    field = blurred(rng.standard_normal(shape), sigma)
    return field / np.float32(max(float(field.std()), 1e-6))


def ranked(field: F32) -> F32:
    """The same field with its values spread evenly over 0..1."""
    ranks = np.empty(field.size, np.float32)
    ranks[np.argsort(field, axis=None)] = np.linspace(0, 1, field.size, dtype=np.float32)
    return ranks.reshape(field.shape)
