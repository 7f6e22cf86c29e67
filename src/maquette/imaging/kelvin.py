"""Colour temperature."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.color import LUMINANCE_WEIGHTS

Vec = NDArray[np.float64]


def kelvin_to_rgb(kelvin: float) -> Vec:
    """Linear Rec. 709 of a black body, luminance 1, relative to a 6500 K white.

    Chromaticity by Kim et al. (2002), the cubic fit of the Planckian locus, valid 1667..25000 K.
    """
    t = 1000.0 / float(np.clip(kelvin, 1667, 25000))
    if kelvin <= 4000:
        x = -0.2661239 * t**3 - 0.2343589 * t**2 + 0.8776956 * t + 0.179910
    else:
        x = -3.0258469 * t**3 + 2.1070379 * t**2 + 0.2226347 * t + 0.240390
    if kelvin <= 2222:
        y = -1.1063814 * x**3 - 1.34811020 * x**2 + 2.18555832 * x - 0.20219683
    elif kelvin <= 4000:
        y = -0.9549476 * x**3 - 1.37418593 * x**2 + 2.09137015 * x - 0.16748867
    else:
        y = 3.0817580 * x**3 - 5.87338670 * x**2 + 3.75112997 * x - 0.37001483
    xyz = np.array([x / y, 1.0, (1 - x - y) / y])
    to_rgb = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
    rgb = np.maximum(to_rgb @ xyz, 0.0)
    return rgb / float(rgb @ np.array(LUMINANCE_WEIGHTS))
