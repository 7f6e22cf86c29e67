"""What a reference shows of film and lens: grain, halation, vignette. Zero where the subject could be the reason."""

from __future__ import annotations

from functools import cache

import numpy as np
from PIL import Image
from scipy.ndimage import distance_transform_edt, gaussian_filter

from maquette.film.look import Finish
from maquette.imaging.color import luminance, to_linear
from maquette.imaging.lut3d import F32, U8
from maquette.look.finish import (
    GRAIN_CODES,
    REFERENCE_WIDTH,
    VIGNETTE_POWER,
    VIGNETTE_STOPS,
    grain_field,
    grain_strength,
)

BLOCK = 16
FLAT_SHARE = 0.25
"""The flattest quarter of a picture's blocks shows its grain."""
EVEN = 1.9
"""Grain is as strong in one flat block as in another; brush strokes and cloth are not."""
TELLING = 0.6
"""Tones in which grain is weaker than this share of its strongest say little about how strong that is."""
STROKED = 0.3
"""Coherence of gradients from which what looks like grain has a direction: strokes, canvas, hair."""
LEAST_GRAIN = 0.1
"""Below it lies what compression leaves."""
GRAIN_SIZES_PX = (0.6, 0.9, 1.2, 1.6, 2.0, 2.6, 3.4)
HIGHLIGHT = 0.85
RING_PX, BEYOND_PX = (2.0, 9.0), (22.0, 34.0)
HALATION_A_RED = 0.30
"""Red beyond green in the ring that a halation of 1 leaves, linear light."""
LEAST_HALATION = 0.1
LEAST_VIGNETTE, QUADRANTS_AGREE = 0.12, 2.2


def estimated_finish(pixels: U8) -> Finish:
    """Finish of (H, W, 3) sRGB codes as far as it can be measured."""
    height = max(1, round(pixels.shape[0] * REFERENCE_WIDTH / pixels.shape[1]))
    if min(height, pixels.shape[1]) < 4 * BLOCK:
        return Finish()
    small = np.asarray(Image.fromarray(pixels).resize((REFERENCE_WIDTH, height), Image.Resampling.BOX))
    grain, size = grain_of(small)
    return Finish(grain=grain, grain_size_px=size, halation=halation_of(small), vignette=vignette_of(small))


def grain_of(pixels: U8) -> tuple[float, float]:
    """(grain, size in pixels) of a picture 640 wide; 0 where its flat parts do not agree on one."""
    bright = pixels.astype(np.float32) @ np.array([0.3, 0.59, 0.11], np.float32)
    fine = bright - gaussian_filter(bright, 3.0)
    coarse = gaussian_filter(bright, 3.0)
    fine, coarse = _blocks(fine), _blocks(coarse)
    level = coarse.mean(axis=(1, 2))
    strength = grain_strength(level / 255)
    good = (strength > 0.25) & (level < 235)
    if good.sum() < 24:
        return 0.0, 1.0
    fine, slope, strength = fine[good], coarse[good].std(axis=(1, 2)), strength[good]
    flat = np.argsort(slope, kind="stable")[: max(16, int(len(slope) * FLAT_SHARE))]
    amounts = fine[flat].std(axis=(1, 2)) / (GRAIN_CODES * np.maximum(strength[flat], TELLING))
    low, middle, high = np.quantile(amounts, [0.15, 0.5, 0.85])
    if middle < LEAST_GRAIN or high > EVEN * low or _coherence(fine[flat]) > STROKED:
        return 0.0, 1.0
    near = _neighbours(fine[flat])
    sizes, alike, left = _grain_sizes()
    size = float(np.interp(near, alike, sizes))
    amount = middle / float(np.interp(size, sizes, left))
    return round(float(min(amount, 1.0)), 2), round(size, 1)


def halation_of(pixels: U8) -> float:
    """Halation of a picture 640 wide: how much redder its darks are close to what is white than further off."""
    light = to_linear(pixels)
    white = luminance(light) > HIGHLIGHT
    if not 0.0003 < white.mean() < 0.25:
        return 0.0
    apart = distance_transform_edt(~white)
    assert isinstance(apart, np.ndarray)
    red = light[..., 0] - light[..., 1]
    dark = light.min(axis=2) < 0.3
    near = (apart > RING_PX[0]) & (apart < RING_PX[1]) & dark
    beyond = (apart > BEYOND_PX[0]) & (apart < BEYOND_PX[1]) & dark
    if near.sum() < 60 or beyond.sum() < 60:
        return 0.0
    amount = float(red[near].mean() - red[beyond].mean()) / HALATION_A_RED
    return round(float(np.clip(amount, 0, 1)), 2) if amount >= LEAST_HALATION else 0.0


def vignette_of(pixels: U8) -> float:
    """Vignette: the fall towards the corners, where all four agree on it."""
    height, width = pixels.shape[:2]
    stops = np.log2(np.maximum(luminance(to_linear(pixels)), 1e-3))
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    radius = np.hypot(x + 0.5 - width / 2, y + 0.5 - height / 2) / (np.hypot(width, height) / 2)
    along = radius**VIGNETTE_POWER
    falls = list[float]()
    for part in (np.s_[: height // 2, : width // 2], np.s_[: height // 2, width // 2 :],
                 np.s_[height // 2 :, : width // 2], np.s_[height // 2 :, width // 2 :]):  # fmt: skip
        r, s = along[part].reshape(-1), stops[part].reshape(-1)
        rings = np.digitize(r, np.linspace(0, 1, 9))
        medians = [float(np.median(s[rings == i])) for i in range(1, 9) if (rings == i).any()]
        if np.diff(medians).max() > 0.08:  # a fall without a step up
            return 0.0
        falls.append(float(-np.polyfit(r, s, 1)[0]))
    amount = min(falls) / VIGNETTE_STOPS
    if amount < LEAST_VIGNETTE or max(falls) > QUADRANTS_AGREE * min(falls):
        return 0.0
    return round(min(float(np.mean(falls)) / VIGNETTE_STOPS, 1.0), 2)


def _blocks(picture: F32) -> F32:
    """(N, BLOCK, BLOCK)"""
    high, wide = picture.shape[0] // BLOCK, picture.shape[1] // BLOCK
    cut = picture[: high * BLOCK, : wide * BLOCK].reshape(high, BLOCK, wide, BLOCK)
    return cut.transpose(0, 2, 1, 3).reshape(-1, BLOCK, BLOCK)


def _neighbours(blocks: F32) -> float:
    """How alike neighbouring pixels are, -1..1."""
    off = blocks - blocks.mean(axis=(1, 2), keepdims=True)
    both = (off[:, :, 1:] * off[:, :, :-1]).mean() + (off[:, 1:] * off[:, :-1]).mean()
    return float(both / 2 / max(float((off**2).mean()), 1e-9))


def _coherence(blocks: F32) -> float:
    """How far gradients share a direction within a block, 0..1, in the middle of all blocks."""
    down, across = np.gradient(blocks, axis=(1, 2))
    xx, yy, xy = ((a * b).mean(axis=(1, 2)) for a, b in ((across, across), (down, down), (across, down)))
    return float(np.median(np.hypot(xx - yy, 2 * xy) / np.maximum(xx + yy, 1e-9)))


@cache
def _grain_sizes() -> tuple[tuple[float, ...], tuple[float, ...], tuple[float, ...]]:
    """Sizes, how alike neighbours are in a grain of that size, and how much of it is left beside coarser tones."""
    alike, left = list[float](), list[float]()
    for size in GRAIN_SIZES_PX:
        field = grain_field((192, 192), size, np.random.default_rng(7))
        fine = _blocks(field - gaussian_filter(field, 3.0))
        alike.append(_neighbours(fine))
        left.append(float(np.median(fine.std(axis=(1, 2)))))
    return GRAIN_SIZES_PX, tuple(alike), tuple(left)
