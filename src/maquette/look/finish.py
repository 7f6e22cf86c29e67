"""What film and lens add to a picture, in the order that light meets them: lens, film base, edges, grain."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from scipy.ndimage import gaussian_filter1d

from maquette.film.look import Finish
from maquette.imaging.color import luminance, to_code, to_linear
from maquette.imaging.lut3d import F32, U8

REFERENCE_WIDTH = 640
"""Sizes of a `Finish` are pixels of a picture so wide."""
VIGNETTE_STOPS, VIGNETTE_POWER = 2.0, 2.4
"""A vignette of 1 takes so many stops off the corners, with this power of the distance from the middle."""
HALATION_FROM, HALATION_FULL = 0.55, 0.95
"""Linear luminance from which on light comes back from the film's base, and from which on all of it does."""
HALATION_COLOUR = (1.0, 0.30, 0.07)
"""What comes back has passed the blue and the green layer twice: red is left, and some orange."""
HALATION_GAIN = 0.85
GRAIN_CODES = 16.0
"""Standard deviation of a grain of 1 where it is strongest, in sRGB codes."""
GRAIN_COLOURED = 0.35
"""Share of it that differs from layer to layer, in full colour; greys have silver grain."""
_CODES = np.arange(256, dtype=np.float32) / 255
GRAIN_SIGMA = 0.42
"""Standard deviation of a grain in units of its size."""


def finished(picture: U8, finish: Finish, intensity: float = 1.0, seed: int = 0, frame: int = 0) -> U8:
    """(H, W, 3) sRGB codes with what film and lens add; the same array where they add nothing.

    intensity: all amounts times this, 0..1. Grain is of seed and frame: the same ones give the same bytes, and every
    frame has its own.
    """
    share = float(np.clip(intensity, 0, 1))
    scale = picture.shape[1] / REFERENCE_WIDTH
    softness, edge, fringe = (
        share * scale * v for v in (finish.softness_px, finish.edge_softness_px, finish.fringe_px)
    )
    amounts = (softness, edge, fringe, share * finish.halation, share * finish.vignette)
    shown = picture
    if any(amounts):
        light = to_linear(picture)
        if fringe > 0:
            light = _fringed(light, fringe)
        if softness > 0 or edge > 0:
            light = _softened(light, softness, edge)
        if finish.halation > 0:
            light = light + _halo(light, share * finish.halation, finish.halation_px * scale)
        if finish.vignette > 0:
            light = light * _falloff(light.shape[:2], share * finish.vignette)[..., None]
        shown = to_code(np.asarray(light, np.float32))
    if share * finish.grain > 0:
        shown = _grained(shown, share * finish.grain, finish.grain_size_px * scale, seed, frame)
    return shown


def grain_strength(lightness: F32) -> F32:
    """How strong grain is by tone, 0..1, of sRGB codes 0..1: strongest below the middle, none in black and hardly any
    in white, as on a print."""
    rise = np.clip(lightness / 0.22, 0, 1)
    return (rise * rise * (3 - 2 * rise) * (1 - 0.85 * np.clip(lightness, 0, 1) ** 1.5)).astype(np.float32)


def grain_field(shape: tuple[int, int], size_px: float, rng: np.random.Generator) -> F32:
    """(H, W) noise of unit variance in grains of that size, with some clumping; its edges meet their opposites."""
    fine, clumps = GRAIN_SIGMA * size_px, 2.3 * GRAIN_SIGMA * size_px
    return 0.87 * _noise(shape, fine, rng) + 0.49 * _noise(shape, clumps, rng)


def _noise(shape: tuple[int, int], sigma: float, rng: np.random.Generator) -> F32:
    noise = rng.standard_normal(shape, np.float32)
    if sigma < 0.3:  # finer than a pixel
        return noise
    kernel = _kernel(sigma)
    return _blurred(noise[..., None], sigma, mode="wrap")[..., 0] / np.float32((kernel**2).sum())


@lru_cache(maxsize=4)
def _emulsion(side: int, size_px: float) -> tuple[F32, F32]:
    """(side, side) grain, and finer noise for the difference between layers. Frames are cut from it."""
    rng = np.random.Generator(np.random.SFC64([0x6A17, side, round(size_px * 1000)]))
    return grain_field((side, side), size_px, rng), _noise((side, side), GRAIN_SIGMA * size_px, rng)


def _cut(sheet: F32, shape: tuple[int, int], rng: np.random.Generator) -> F32:
    """A piece of the sheet, wherever chance puts it, turned over or not: no two frames have the same."""
    side = sheet.shape[0]
    row, column, flip = (int(v) for v in rng.integers(0, (side, side, 4)))
    rows, columns = (row + np.arange(shape[0])) % side, (column + np.arange(shape[1])) % side
    if flip & 1:
        rows = rows[::-1]
    if flip & 2:
        columns = columns[::-1]
    return sheet[rows[:, None], columns]


def _grained(picture: U8, amount: float, size_px: float, seed: int, frame: int) -> U8:
    rng = np.random.Generator(np.random.SFC64([seed & 0xFFFFFFFF, frame & 0xFFFFFFFF, 0x6A17]))
    shape = picture.shape[:2]
    silver_sheet, layer_sheet = _emulsion(max(512, max(shape) * 5 // 4), round(size_px, 3))
    strength = (np.float32(amount * GRAIN_CODES) * grain_strength(_CODES))[_brightness(picture)]
    silver = strength * _cut(silver_sheet, shape, rng)
    code = picture + silver[..., None]
    red, green, blue = (picture[..., i] for i in range(3))
    spread = np.maximum(np.maximum(red, green), blue) - np.minimum(np.minimum(red, green), blue)
    if spread.any():
        # Red and blue layers against the green one: two differences are enough for three layers.
        strength *= np.minimum(spread.astype(np.float32) / 64, 1) * GRAIN_COLOURED
        upper, lower = (strength * _cut(layer_sheet, shape, rng) for _ in range(2))
        code[..., 0] += upper
        code[..., 1] -= 0.35 * (upper + lower)
        code[..., 2] += lower
    code += 0.5
    return np.clip(code, 0, 255, out=code).astype(np.uint8)


def _brightness(picture: U8) -> U8:
    """(H, W) luma codes."""
    wide = picture.astype(np.uint16)
    return ((77 * wide[..., 0] + 151 * wide[..., 1] + 28 * wide[..., 2]) >> 8).astype(np.uint8)


def _halo(light: F32, amount: float, radius_px: float) -> F32:
    """(H, W, 3) light that highlights get back from the film's base: a tight glow and a long weak one round it."""
    bright = luminance(light)
    part = np.clip((bright - HALATION_FROM) / (HALATION_FULL - HALATION_FROM), 0, 1)
    source = (bright * part * part * (3 - 2 * part)).astype(np.float32)
    if not source.any():
        return np.zeros_like(light)
    step = max(1, int(radius_px / 4))  # a glow is smooth: far fewer pixels hold it
    small = _pooled(source, step)[..., None]
    glow = 0.7 * _blurred(small, radius_px / step) + 0.3 * _blurred(small, 2.6 * radius_px / step)
    rows, columns = ((np.arange(n, dtype=np.float32) + 0.5) / step - 0.5 for n in source.shape)
    around = _resampled(glow[..., 0], rows, columns)
    around = np.maximum(around - source * 0.5, 0)  # what is bright itself covers it
    return around[..., None] * np.array(HALATION_COLOUR, np.float32) * np.float32(amount * HALATION_GAIN)


def _softened(light: F32, middle_px: float, edge_px: float) -> F32:
    """Blur of `middle_px` (standard deviation in pixels) everywhere, growing to `edge_px` more in the corners."""
    soft = _blurred(light, middle_px) if middle_px > 0 else light
    if edge_px <= 0:
        return soft
    # Two steps of blur, mixed by distance from the middle, look like one that grows.
    half, full = _blurred(soft, edge_px / 2), _blurred(soft, edge_px)
    share = np.clip((_radius(light.shape[:2]) - 0.3) / 0.7, 0, 1)[..., None]
    lower, upper = np.clip(2 * share, 0, 1), np.clip(2 * share - 1, 0, 1)
    return soft + lower * (half - soft) + upper * (full - half)


def _fringed(light: F32, fringe_px: float) -> F32:
    """Red drawn a little larger and blue a little smaller about the middle: `fringe_px` apart in the corners."""
    height, width = light.shape[:2]
    corner = float(np.hypot(width, height)) / 2
    out = light.copy()
    for channel, sign in ((0, 1.0), (2, -1.0)):
        zoom = 1 + sign * fringe_px / 2 / corner
        rows, columns = (
            (np.arange(n, dtype=np.float32) + 0.5 - n / 2) / np.float32(zoom) + np.float32(n / 2 - 0.5)
            for n in (height, width)
        )
        out[..., channel] = _resampled(light[..., channel], rows, columns)
    return out


def _pooled(plane: F32, step: int) -> F32:
    """Means of step x step pixels; what is beyond the edges is as at them."""
    height, width = plane.shape
    padded = np.pad(plane, ((0, -height % step), (0, -width % step)), mode="edge")
    return padded.reshape(padded.shape[0] // step, step, -1, step).mean(axis=(1, 3))


def _resampled(plane: F32, rows: F32, columns: F32) -> F32:
    """(len(rows), len(columns)) values in between the pixels of (H, W), at these places counted from the first one's
    middle; beyond the edges as at them."""
    for places in (rows, columns):  # one axis, then the other
        last = plane.shape[0] - 1
        at = np.clip(places, 0, last)
        first = np.minimum(at.astype(np.intp), max(last - 1, 0))
        share = (at - first).astype(np.float32)[:, None]
        lower, upper = plane[first], plane[np.minimum(first + 1, last)]
        plane = (lower + share * (upper - lower)).T
    return np.ascontiguousarray(plane)


def _falloff(shape: tuple[int, int], amount: float) -> F32:
    return np.exp2(-VIGNETTE_STOPS * amount * _radius(shape) ** VIGNETTE_POWER).astype(np.float32)


@lru_cache(maxsize=8)
def _radius(shape: tuple[int, int]) -> F32:
    """(H, W) distance from the middle, 1 in the corners."""
    height, width = shape
    y = (np.arange(height, dtype=np.float32) + 0.5 - height / 2)[:, None]
    x = (np.arange(width, dtype=np.float32) + 0.5 - width / 2)[None]
    return np.hypot(x, y) / np.float32(np.hypot(width, height) / 2)


def _kernel(sigma: float) -> F32:
    reach = max(1, int(np.ceil(3 * sigma)))
    x = np.arange(-reach, reach + 1, dtype=np.float64)
    kernel = np.exp(-0.5 * (x / sigma) ** 2)
    return (kernel / kernel.sum()).astype(np.float32)


def _blurred(picture: F32, sigma: float, mode: str = "mirror") -> F32:
    """(H, W, C) blurred by a Gaussian of that standard deviation in pixels; mode: what lies beyond the edges."""
    if sigma < 0.15:
        return picture
    reach = len(_kernel(sigma)) // 2
    out = np.asarray(picture, np.float32)
    for axis in (0, 1):
        out = gaussian_filter1d(out, sigma, axis=axis, mode=mode, radius=reach)
    return out
