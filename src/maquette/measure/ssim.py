"""Structural similarity of two pictures."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from maquette.imaging.color import luminance

SIGMA = 1.5
C1, C2 = (0.01 * 255) ** 2, (0.03 * 255) ** 2


def ssim(one: NDArray[Any], other: NDArray[Any]) -> float:
    """Mean SSIM (Wang et al. 2004) of two pictures (H, W, 3) of code values 0..255, on their luma: Gaussian window with
    sigma 1.5, K1 0.01, K2 0.03. 1 for equal pictures.

    >>> ssim(np.full((16, 16, 3), 90, np.uint8), np.full((16, 16, 3), 90, np.uint8))
    1.0
    """
    a, b = luminance(one.astype(np.float64)), luminance(other.astype(np.float64))

    def mean(values: Any) -> Any:
        return gaussian_filter(values, SIGMA, truncate=3.5)

    ma, mb = mean(a), mean(b)
    va, vb, cov = mean(a * a) - ma * ma, mean(b * b) - mb * mb, mean(a * b) - ma * mb
    score = (2 * ma * mb + C1) * (2 * cov + C2) / ((ma * ma + mb * mb + C1) * (va + vb + C2))
    return float(score.mean())
