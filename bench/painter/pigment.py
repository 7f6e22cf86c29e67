"""Paint: how pigments mix, and colours as a painter speaks of them."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.color import srgb
from maquette.imaging.oklab import linear_to_oklab, oklab_to_linear

F32 = NDArray[np.float32]

DARKEST, LIGHTEST = 0.012, 0.97
"""Reflectance of the blackest and the whitest paint there is."""


def paint(text: str) -> F32:
    """(3,) linear reflectance of an sRGB hex triplet."""
    return np.array(srgb(text), np.float32)


def mixed(a: F32, b: F32, share: F32 | float) -> F32:
    """(..., 3) reflectance of paint `a` with a `share` 0..1 of paint `b` stirred in.

    Kubelka and Munk (1931), one constant a channel: absorption over scattering K/S = (1 - R)^2 / 2R adds up by weight.
    So dark paint wins over light paint, and blue and yellow make green.
    """
    first, second = _absorption(a), _absorption(b)
    weight = np.asarray(share, np.float32)
    both = first + (second - first) * (weight[..., None] if weight.ndim else weight)
    return np.asarray(1 + both - np.sqrt(both * both + 2 * both), np.float32)


def _absorption(reflectance: F32) -> F32:
    r = np.clip(reflectance, DARKEST, LIGHTEST)
    return (1 - r) ** 2 / (2 * r)


def at_value(colour: F32, lightness: F32, chroma: F32 | float = 1.0) -> F32:
    """(..., 3) linear: the colour brought to an Oklab lightness (...), its chroma multiplied: more white or more black,
    until it is as light as it must be."""
    lab = np.asarray(linear_to_oklab(np.clip(colour, 0, 1)), np.float32)
    times = np.asarray(chroma, np.float32)
    own = np.maximum(lab[..., 0], 0.05)
    # A colour thinned with white or black loses purity: chroma goes with the smaller of both ways to go.
    keep = np.minimum(np.minimum(lightness / own, (1.02 - lightness) / np.maximum(1.02 - own, 0.05)), 1.25)
    lab[..., 1:] *= (times * np.maximum(keep, 0.1))[..., None]
    lab[..., 0] = lightness
    return np.clip(oklab_to_linear(lab), 0, 1).astype(np.float32)


def varied(colours: F32, lightness: float, hue: float, rng: np.random.Generator) -> F32:
    """(N, 3) linear: each of N colours mixed a little differently; standard deviations in Oklab."""
    lab = np.asarray(linear_to_oklab(np.clip(colours, 0, 1)), np.float32)
    spread = np.array([lightness, hue, hue], np.float32)
    lab += rng.standard_normal(lab.shape).astype(np.float32) * spread * (0.35 + lab[..., :1])
    return np.clip(oklab_to_linear(lab), 0, 1).astype(np.float32)
