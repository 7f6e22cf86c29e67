"""From the developed picture to a look's colours: all of it as one table.

The order, on every colour of the table, in Oklab (Ottosson 2020) unless said otherwise:

    tone curve -> colour fits, kept off skin -> contrast -> saturation -> what the display can show
    -> balance, on codes -> named colours put back
"""

from __future__ import annotations

from functools import lru_cache
from math import atan2, degrees

import numpy as np
from scipy.interpolate import PchipInterpolator

from maquette.film.look import Balance, Colour, ColourFit
from maquette.imaging.color import srgb
from maquette.imaging.grade import PIVOT_L, contrast_curve
from maquette.imaging.lut3d import CUBE_SIZE, F32, U8, Cube, chroma_share, decoded, encoded, grid, within_gamut
from maquette.imaging.oklab import linear_to_oklab, oklab_to_linear

MOST_RISE = 1.25
"""Chroma goes along where a curve makes a colour lighter, but by no more than this."""
BLACK_L = 0.22
"""Lightness below which a fit's colour fades out towards black: there is no coloured black."""
REST = 0.05
"""Weight of "no change" between and beyond the pairs of a fit: far from all of them colours stay."""

SKIN_HUE_DEG, SKIN_HALF_DEG, SKIN_FADE_DEG = 56.0, 17.0, 17.0
"""Skin of all people lies on one line of hue in Oklab; complexions differ in lightness and chroma (24 of the Monk and
Pantone scales: 42 to 72 degrees)."""
SKIN_CHROMA = (0.025, 0.055, 0.2, 0.28)
"""Chroma over lightness where skin begins, is skin, is skin no more, ends. It does not change with exposure."""
SKIN_LIGHT = (0.18, 0.32, 0.92, 0.99)

NAMED_NEAR, NAMED_FAR = 0.055, 0.13
"""Distance from a named colour up to which colours stay, and from which on they change like all others."""
NAMED_LIGHT = 0.35
"""A step in lightness counts as so much of one in colour: a red coat is lit and in shade."""
NAMED_CELLS = (1.1 / 32, 3.2 / 32)
"""The same in codes, at least: so that the cell of the table that holds the colour stays as a whole."""


def coloured(picture: U8, colour: Colour, intensity: float = 1.0) -> U8:
    """(H, W, 3) sRGB codes of a developed picture in the look's colours; the same array where nothing changes.

    intensity: 0 none .. 1 all of it, evenly between.
    """
    if intensity <= 0 or changes_nothing(colour):
        return picture
    return cube_of(colour, intensity).codes(picture)


def changes_nothing(colour: Colour) -> bool:
    """Whether every colour stays as it is."""
    straight = all(a == b for a, b in colour.tone.points) and colour.tone.points[0][0] <= 0
    straight = straight and colour.tone.points[-1][0] >= 1
    plain = (colour.contrast, colour.saturation, colour.balance) == (1, 1, Balance())
    return straight and plain and not any(f.weight > 0 and f.fit.pairs for f in colour.fits)


def table_of(colour: Colour, size: int = CUBE_SIZE) -> F32:
    """(size, size, size, 3) codes 0..1 of evenly spaced sRGB codes, axes in the order red, green, blue."""
    return recoloured(grid(size), colour)


def recoloured(code: F32, colour: Colour) -> F32:
    """(..., 3) sRGB codes 0..1 in the look's colours, by the formulas themselves."""
    code = np.asarray(code, np.float32)
    if changes_nothing(colour):
        return code
    lab = linear_to_oklab(decoded(code))
    used = chroma_share(lab[..., 0], lab[..., 1:])
    light, chroma = _followed(lab[..., 0], lab[..., 1:], tone_curve(colour.tone.points)(lab[..., 0]))
    light, chroma = _fitted(light, chroma, colour)
    light, chroma = _followed(light, chroma, contrast_curve(light, colour.contrast, PIVOT_L))
    chroma = chroma * colour.saturation
    shown = _shown(light, chroma, used)
    if colour.balance != Balance():
        shown = balanced(shown, colour.balance)
    stays = named_share(code, colour.protection.colours)
    return (shown + (code - shown) * stays[..., None]).astype(np.float32)


def tone_curve(points: tuple[tuple[float, float], ...]) -> PchipInterpolator:
    """Lightness in -> out: the monotone cubic through the points (Fritsch and Carlson 1980), level beyond them."""
    ins, outs = [p[0] for p in points], [min(max(p[1], 0.0), 1.0) for p in points]
    if ins[0] > 0:
        ins, outs = [0.0, *ins], [outs[0], *outs]
    if ins[-1] < 1:
        ins, outs = [*ins, 1.0], [*outs, outs[-1]]
    return PchipInterpolator(ins, outs)


def balanced(code: F32, balance: Balance) -> F32:
    """Codes 0..1 by the ASC CDL: (in * slope + offset) ** power, clipped to 0..1 (ASC CDL 1.2)."""
    slope, offset, power = (np.array(v, np.float32) for v in (balance.slope, balance.offset, balance.power))
    return (np.clip(code * slope + offset, 0, 1) ** power).astype(np.float32)


def fit_shift(lab: F32, fit: ColourFit) -> F32:
    """(..., 3) what a fit adds to colours (..., 3): the pairs' shifts, weighted by a kernel with a long tail, so that
    it is smooth everywhere and goes to nothing far from all pairs. A pair that stands alone is met exactly."""
    flat = np.asarray(lab, np.float32).reshape(-1, 3)
    total = np.zeros((len(flat), 3), np.float32)
    weights = np.zeros(len(flat), np.float32)
    rest = np.full(len(flat), REST, np.float32)
    for start, end in fit.pairs:
        apart = ((flat - np.array(start, np.float32)) ** 2).sum(axis=1) / np.float32(fit.reach**2)
        weight = 1 / (1 + apart) ** 2
        total += weight[:, None] * (np.array(end, np.float32) - np.array(start, np.float32))
        weights += weight
        rest *= 1 - weight
    return (total / np.maximum(weights + rest, 1e-9)[:, None]).reshape(lab.shape)


def skin_share(lab: F32) -> F32:
    """(...) how much a colour (..., 3) in Oklab is one of skin in white light, 0..1."""
    light = lab[..., 0]
    chroma = np.hypot(lab[..., 1], lab[..., 2]) / np.maximum(light, 1e-4)
    hue = np.degrees(np.arctan2(lab[..., 2], lab[..., 1]))
    off = np.abs((hue - SKIN_HUE_DEG + 180) % 360 - 180)
    near = 1 - _smooth(off, SKIN_HALF_DEG, SKIN_HALF_DEG + SKIN_FADE_DEG)
    return near * _window(chroma, SKIN_CHROMA) * _window(light, SKIN_LIGHT)


def named_share(code: F32, colours: tuple[str, ...]) -> F32:
    """(...) how much of a colour, (..., 3) codes 0..1, stays because it is near a named one: 1 stays, 0 changes.

    Near is meant as of surfaces: the same colour in more or less light, chroma over lightness being what light leaves.
    """
    stays = np.zeros(code.shape[:-1], np.float32)
    if not colours:
        return stays
    lab = linear_to_oklab(decoded(code))
    for colour in colours:
        linear = np.array(srgb(colour), np.float32)
        own = linear_to_oklab(linear)
        scale = max(float(own[0]), 0.05)
        surface = lab[..., 1:] / np.maximum(lab[..., :1], 0.05) - own[1:] / scale
        apart = np.hypot(np.hypot(surface[..., 0], surface[..., 1]) * scale, NAMED_LIGHT * (lab[..., 0] - own[0]))
        cells = np.abs(code - encoded(linear)).max(axis=-1)
        near = np.maximum(1 - _smooth(apart, NAMED_NEAR, NAMED_FAR), 1 - _smooth(cells, *NAMED_CELLS))
        stays = np.maximum(stays, near)
    return stays


def hue_deg(a: float, b: float) -> float:
    """Oklab hue, 0..360."""
    return degrees(atan2(b, a)) % 360


def cube_of(colour: Colour, intensity: float = 1.0) -> Cube:
    """The table that pictures go through; the last ones are kept."""
    return _cube(colour.canonical_json(), min(max(float(intensity), 0.0), 1.0))


@lru_cache(maxsize=32)
def _cube(colour: str, intensity: float) -> Cube:
    before = grid()
    return Cube(before + np.float32(intensity) * (table_of(Colour.model_validate_json(colour)) - before))


def _fitted(light: F32, chroma: F32, colour: Colour) -> tuple[F32, F32]:
    """Lightness and chroma with the shifts of all fits, weighted, less of their colour on skin."""
    active = [f for f in colour.fits if f.weight > 0 and f.fit.pairs]
    if not active:
        return light, chroma
    lab = np.concatenate([light[..., None], chroma], axis=-1)
    shift = sum((np.float32(f.weight) * fit_shift(lab, f.fit) for f in active), start=np.zeros_like(lab))
    kept = (1 - np.float32(colour.protection.skin) * skin_share(lab)) * _smooth(light, 0.0, BLACK_L)
    return np.clip(light + shift[..., 0], 0, 1), chroma + shift[..., 1:] * kept[..., None]


def _followed(light: F32, chroma: F32, now: F32) -> tuple[F32, F32]:
    """Chroma goes with lightness, as it does when the light itself is changed."""
    now = np.asarray(now, np.float32)
    along = np.minimum(now / np.maximum(light, 1e-4), MOST_RISE)
    return now, chroma * along[..., None]


def _shown(light: F32, chroma: F32, used: F32) -> F32:
    if not chroma.any():  # exact greys, without the rounding of the matrices
        return np.repeat(encoded(light**3)[..., None], 3, axis=-1)
    kept = within_gamut(light, chroma, used)
    return encoded(oklab_to_linear(np.concatenate([light[..., None], kept], axis=-1)))


def _window(x: F32, edges: tuple[float, float, float, float]) -> F32:
    return _smooth(x, edges[0], edges[1]) * (1 - _smooth(x, edges[2], edges[3]))


def _smooth(x: F32, low: float, high: float) -> F32:
    t = np.clip((x - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)
