"""A tone wash: what the light does, in four greys with brush-soft borders, and spotted blacks."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.generate.base import F32, TonalKey
from maquette.generate.linework import PartKinds, part_kinds
from maquette.imaging.grade import contrast_curve
from maquette.imaging.tone import luminance, view_transform

LEVELS = (0.085, 0.21, 0.37, 0.55)
"""Values below which the next darker grey begins; the first is black."""
GREYS = (0.10, 0.40, 0.63, 0.83, 1.0)
"""Paper brightness of each tone, darkest first."""
MOST_BLACK = 0.22
"""Share of a picture that spotted blacks may take."""
KEY = 0.80
"""Value that the brightest tenth of a picture is brought to."""
MOST_GAIN = 1.55
"""Pictures are brightened for the page by no more than this, so that a night stays a night."""
CODE_SLOPE = 0.42
"""Power by which code values follow light."""
CONTRAST_PIVOT = 0.46
"""Value that the contrast of the finish leaves alone: between the two middle greys."""
SKIN_FLOOR = 0.28
"""Least value of skin: faces are read at any hour."""


def tonal_key(passes: Passes, exposure_stops: float, contrast: float = 1.0) -> TonalKey:
    """What `DrawSettings.key` is for a whole take, from one picture of it. contrast: as `values_of` has it."""
    value = values_of(passes, exposure_stops, contrast)
    return TonalKey(_lights(_codes(passes, exposure_stops)), blacks_of(value))


def _lights(codes: F32) -> float:
    return float(np.quantile(codes, 0.9))


def blacks_of(value: F32) -> float:
    """The value below which `MOST_BLACK` of the picture lies."""
    return float(np.quantile(value, MOST_BLACK))


def _codes(passes: Passes, exposure_stops: float) -> F32:
    return luminance(view_transform(passes.beauty, exposure_stops).astype(np.float32) / 255)


def values_of(passes: Passes, exposure_stops: float, contrast: float = 1.0, key: TonalKey | None = None) -> F32:
    """(H, W) tonal value 0..1: mostly what the light does, less what colour things have, smooth within each thing.

    `contrast` is the finish's: above 1 the darks go darker and the lights to paper. `key`: as `DrawSettings` has it.
    """
    code = _codes(passes, exposure_stops)
    bright = _lights(code) if key is None else key.lights
    value = np.clip(code * np.clip(KEY / max(bright, 1e-3), 0.6, MOST_GAIN), 0, 1)
    value = contrast_curve(np.asarray(value, np.float32), contrast, CONTRAST_PIVOT)
    kinds = part_kinds(passes)
    part = passes.part_id
    cast, skin = kinds.cast, np.array([c and n == "skin" for c, n in zip(kinds.cast, kinds.name, strict=True)])
    sigma = np.select([kinds.soft & cast, cast], [0.014, 0.0055], 0.011) * passes.size[0]
    groups = np.where(cast[part], part, kinds.object[part] + len(kinds.object))
    sigmas = np.concatenate([sigma, np.full(len(sigma), 0.011 * passes.size[0])])
    # The light is smoothed, the pattern is not: shadows have soft borders, tiles and stripes have firm ones.
    own = luminance(passes.albedo)
    pattern = np.where((own > 0) & ~kinds.soft[part], np.clip(own, 0.02, 1) ** CODE_SLOPE, 0.36**CODE_SLOPE)
    value = _smoothed_within((value / pattern).astype(np.float32), groups, sigmas)
    # Skin keeps to light greys: a face full of tone is a dirty face. Dark clothes and walls are lifted some way.
    share = np.select([skin, cast], [0.35, 0.2], 0.16)[part]
    middle = np.select([skin, cast], [0.52, 0.36], 0.36)[part]
    value = value * pattern * np.where(own > 0, (middle / np.clip(own, 0.03, 1)) ** share, 1)
    value = np.where(skin[part], SKIN_FLOOR + (1 - SKIN_FLOOR) * value, value)
    _over_skin(value, part, kinds, passes.size[0])
    for i in np.flatnonzero(cast & kinds.soft).tolist():  # hair is a shape first
        mine = part == i
        if mine.any():
            value[mine] = 0.5 * value[mine] + 0.5 * np.median(value[mine])
    return np.clip(value, 0, 1).astype(np.float32)


def _over_skin(value: F32, part: NDArray[np.uint16], kinds: PartKinds, width: int) -> None:
    """Change the values in place: lashes take the tone of the skin around them, beards fade into it."""
    for i, name in enumerate(kinds.name):
        if not kinds.cast[i] or name not in ("lashes", "beard"):
            continue
        box = ndimage.find_objects((part == i).astype(np.int32))
        if not box:
            continue
        margin = int(0.03 * width) + 1
        rows, columns = (slice(max(s.start - margin, 0), s.stop + margin) for s in box[0])
        here, tones = part[rows, columns], value[rows, columns]
        mine = here == i
        own = np.array([n == "skin" and o == kinds.object[i] for n, o in zip(kinds.name, kinds.object, strict=True)])
        skin = own[here]
        share = ndimage.gaussian_filter(skin.astype(np.float32), 0.008 * width)
        around = ndimage.gaussian_filter(np.where(skin, tones, 0), 0.008 * width) / np.maximum(share, 1e-3)
        base = np.where(skin | (share < 0.02), tones, around)
        if name == "beard":
            full = np.clip(ndimage.gaussian_filter(mine.astype(np.float32), 0.007 * width) * 3.2 - 0.5, 0, 1)
            base = base + (min(float(np.median(tones[mine])), 0.5) - base) * full
        both = mine | skin
        tones[both] = base[both]


def _smoothed_within(value: F32, groups: NDArray[np.int64], sigmas: NDArray[np.float64]) -> F32:
    """Blurred by the pixels that each group's `sigmas` say, but never across the border of two groups."""
    out = value.copy()
    numbers = np.unique(groups)
    compact = np.searchsorted(numbers, groups) + 1
    for i, box in enumerate(ndimage.find_objects(compact), 1):
        if box is None:
            continue
        mine, sigma = compact[box] == i, float(sigmas[numbers[i - 1]])
        weight = ndimage.gaussian_filter(mine.astype(np.float32), sigma, truncate=2.0)
        blurred = ndimage.gaussian_filter(np.where(mine, value[box], 0), sigma, truncate=2.0)
        out[box] = np.where(mine, blurred / np.maximum(weight, 1e-4), out[box])
    return out


def wash(value: F32, uneven: F32, grain: F32, brush_px: float = 3.0, key: TonalKey | None = None) -> F32:
    """(H, W) paper brightness 0..1 of a wash over the values. uneven, grain: (H, W) noise with unit deviation, of the
    brush's hand and of the paper. brush_px: what is smaller than this is passed over. key: as `DrawSettings` has it."""
    uneasy = value + 0.007 * uneven * np.clip(value * 6, 0, 1)
    blackest = min(LEVELS[0], blacks_of(uneasy) if key is None else key.blacks)
    tone = np.full(value.shape, GREYS[0], np.float32)
    for level, below, above in zip((blackest, *LEVELS[1:]), GREYS, GREYS[1:], strict=False):
        soft = 0.02 + 0.12 * level
        t = np.clip((uneasy - level) / soft + 0.5, 0, 1)
        tone += (above - below) * t * t * (3 - 2 * t)
    tone = ndimage.median_filter(tone, max(1, round(brush_px)))
    return np.clip(tone * (1 + 0.018 * grain * (1 - tone)), 0, 1).astype(np.float32)
