"""Colour temperature: the light of black bodies, and back."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.color import LUMINANCE_WEIGHTS

Vec = NDArray[np.float64]
Floats = NDArray[np.floating[Any]]

LOWEST_K, HIGHEST_K = 1667.0, 25000.0
"""Where the fit of the Planckian locus holds."""
_XYZ_TO_RGB = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
_RGB_TO_XYZ = np.linalg.inv(_XYZ_TO_RGB)


def kelvin_to_rgb(kelvin: float) -> Vec:
    """Linear Rec. 709 of a black body, luminance 1, relative to a 6500 K white.

    Chromaticity by Kim et al. (2002), the cubic fit of the Planckian locus, valid 1667..25000 K.
    """
    t = 1000.0 / float(np.clip(kelvin, LOWEST_K, HIGHEST_K))
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
    rgb = np.maximum(_XYZ_TO_RGB @ xyz, 0.0)
    return rgb / float(rgb @ np.array(LUMINANCE_WEIGHTS))


def rgb_to_kelvin(rgb: Floats) -> tuple[Vec, Vec]:
    """Correlated colour temperature in K and Duv, each (...), of linear Rec. 709 light (..., 3).

    The nearest point in CIE 1960 uv of the locus that `kelvin_to_rgb` draws, between neighbours in mired (after Ohno
    2013); Duv is the distance from it, positive towards green. NaN where there is no light.
    """
    light = np.asarray(rgb, np.float64)
    good = np.isfinite(light).all(axis=-1) & (light.sum(axis=-1) > 1e-12)
    uv = _uv(np.where(good[..., None], light, 1.0)).reshape(-1, 2)
    mired, locus = _locus()
    start = locus[:-1]
    along = np.diff(locus, axis=0)
    nearest = np.argmin(((uv[:, None] - locus) ** 2).sum(axis=-1), axis=1)
    # The nearest point lies on one of the two stretches that meet at the nearest node.
    stretch = np.clip(np.stack([nearest - 1, nearest], axis=1), 0, len(start) - 1)
    reach = uv[:, None] - start[stretch]
    step = along[stretch]
    share = np.clip((reach * step).sum(axis=-1) / (step**2).sum(axis=-1), 0, 1)
    off = reach - share[..., None] * step
    distance = np.hypot(off[..., 0], off[..., 1])
    rows, best = np.arange(len(uv)), np.argmin(distance, axis=1)
    lower = stretch[rows, best]
    found = mired[lower] + share[rows, best] * (mired[1] - mired[0])
    # Mired grow towards red along the locus: green lies to the left of that way.
    side = np.sign(step[rows, best, 0] * off[rows, best, 1] - step[rows, best, 1] * off[rows, best, 0])
    kelvin = np.where(good.reshape(-1), 1e6 / found, np.nan)
    duv = np.where(good.reshape(-1), side * distance[rows, best], np.nan)
    return kelvin.reshape(good.shape), duv.reshape(good.shape)


def _uv(rgb: Vec) -> Vec:
    """(..., 2) CIE 1960 chromaticity of (..., 3) linear Rec. 709."""
    xyz = rgb @ _RGB_TO_XYZ.T
    below = xyz[..., 0] + 15 * xyz[..., 1] + 3 * xyz[..., 2]
    return np.stack([4 * xyz[..., 0], 6 * xyz[..., 1]], axis=-1) / np.maximum(below, 1e-12)[..., None]


@cache
def _locus() -> tuple[Vec, Vec]:
    """(N,) evenly spaced mired and (N, 2) their chromaticities."""
    mired = np.linspace(1e6 / HIGHEST_K, 1e6 / LOWEST_K, 561)
    return mired, _uv(np.array([kelvin_to_rgb(1e6 / m) for m in mired]))
