"""The colours of a finished picture: five of them by name, how saturated it is and how warm."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.color import to_code
from maquette.imaging.oklab import code_to_oklab, oklab_to_linear
from maquette.measure.colour_names import colour_name

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]

MOST_PIXELS = 4096
"""An even grid of them is enough for areas that a palette names."""
ROUNDS = 16
HUE_WEIGHT = 3.0
"""A step in colour counts so many times one in lightness: a palette is about colours."""
WARM = (0.35, 0.94)
"""Direction in Oklab's a, b from a day's blue to tungsten."""
WARM_FROM = 0.012
"""Mean along that direction from which a picture looks warm, or cold below its negative."""


@dataclass(frozen=True)
class Swatch:
    """One colour of a palette."""

    name: str
    rgb: tuple[int, int, int]
    """sRGB codes."""
    share: float
    """Of the picture's area, 0..1."""


@dataclass(frozen=True)
class Palette:
    """A picture's colours, the largest first."""

    swatches: tuple[Swatch, ...]
    saturation: float
    """Mean of chroma over colour strength in Oklab, 0 grey .. 1."""
    warmth: float
    """Mean position between cold (negative) and warm, in Oklab units."""

    @property
    def temper(self) -> str:
        """ "warm", "neutral" or "cold"."""
        return "warm" if self.warmth > WARM_FROM else "cold" if self.warmth < -WARM_FROM else "neutral"


def palette_of(pixels: U8, colours: int = 5) -> Palette:
    """Palette of (H, W, 3) sRGB codes by k-means in Oklab (Lloyd), started from a binary split.

    The same picture gives the same palette. Fewer swatches where the picture has fewer colours.
    """
    step = max(1, int(np.ceil(np.sqrt(pixels.shape[0] * pixels.shape[1] / MOST_PIXELS))))
    lab = code_to_oklab(pixels[step // 2 :: step, step // 2 :: step].reshape(-1, 3))
    scaled = lab * np.array([1, HUE_WEIGHT, HUE_WEIGHT], np.float32)
    centres = _split(scaled, colours)
    nearest = _nearest(scaled, centres)
    for _ in range(ROUNDS):
        count = np.bincount(nearest, minlength=len(centres))
        sums = np.stack([np.bincount(nearest, scaled[:, i], len(centres)) for i in range(3)], axis=1)
        centres = np.where(count[:, None] > 0, sums / np.maximum(count, 1)[:, None], centres)
        moved = _nearest(scaled, centres)
        if np.array_equal(moved, nearest):
            break
        nearest = moved
    swatches: list[Swatch] = []
    for index in range(len(centres)):
        own = nearest == index
        if own.any():
            swatches.append(_swatch(lab[own].mean(axis=0), float(own.mean())))
    chroma = np.hypot(lab[:, 1], lab[:, 2])
    strength = np.hypot(chroma, lab[:, 0])
    saturation = float(np.mean(chroma / np.maximum(strength, 1e-3)))
    warmth = float(np.mean(lab[:, 1:] @ np.array(WARM, np.float32)))
    return Palette(tuple(sorted(swatches, key=lambda s: -s.share)), saturation, warmth)


def _swatch(lab: F32, share: float) -> Swatch:
    red, green, blue = (int(v) for v in to_code(np.asarray(oklab_to_linear(lab), np.float32)))
    return Swatch(colour_name(float(lab[0]), float(lab[1]), float(lab[2])), (red, green, blue), share)


def _split(points: F32, count: int) -> F32:
    """Up to (count, 3) starts: the group that spreads most is cut in two at its mean, across its longest axis, and so
    on (Orchard and Bouman 1991)."""
    groups = [points]
    while len(groups) < count:
        spread = [float(((g - g.mean(axis=0)) ** 2).sum()) for g in groups]
        widest = int(np.argmax(spread))
        if spread[widest] < 1e-6 * len(points):
            break
        group = groups.pop(widest)
        off = group - group.mean(axis=0)
        axis = np.linalg.eigh(off.T @ off)[1][:, -1]
        upper = off @ axis > 0
        groups += [group[upper], group[~upper]]
    return np.stack([g.mean(axis=0, dtype=np.float64) for g in groups])


def _nearest(points: F32, centres: F32) -> NDArray[np.int64]:
    squared = (centres**2).sum(axis=1) - 2 * points @ centres.T
    return np.argmin(squared, axis=1)
