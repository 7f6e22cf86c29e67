# pyright: reportAttributeAccessIssue=false
# OpenColorIO's bindings come without stubs.
"""The finish, as a colourist does it: temperature on the light, then contrast, saturation, lift and split toning on the
picture.

Temperature is a change of the light's white: it is applied before the view transform (`before_view`), so that the
brightest lights still roll off to white. The rest is of the picture: it works in Oklab (Ottosson 2020) on display codes
(`after_view`), where lightness, chroma and hue can be changed one without another. `apply_grade` does both to a picture
that is finished already.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any, Protocol

import numpy as np
import PyOpenColorIO as ocio
from numpy.typing import NDArray

from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.imaging.oklab import linear_to_oklab, oklab_to_linear

F32 = NDArray[np.floating[Any]]
"""Single precision wherever it is stored."""
U8 = NDArray[np.uint8]

CUBE_SIZE = 33
PIVOT_L = 0.549
"""Oklab lightness of a metered middle grey on the display, which contrast leaves alone."""
MIDDAY_MIRED = 1e6 / 6500
MOST_CHROMA = 0.33
"""Oklab chroma of the most colourful thing that sRGB can show, its blue, and a little."""
GAMUT_STEPS = 9
"""Halvings in the search for the most chroma at a lightness and hue: 1/500 of it is left open."""
KNEE = 0.75
"""Share of the display's chroma from which on added chroma is held back."""

_CAT16 = np.array([[0.401288, 0.650173, -0.051461], [-0.250268, 1.204414, 0.045854], [-0.002079, 0.048952, 0.953127]])
"""XYZ to the sharpened cones of CIECAM16 (Li et al. 2017)."""
_TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


class GradeValues(Protocol):
    """The numbers of a grade. Frozen and hashable, as `film.grade.Grade` is: tables are kept by them."""

    @property
    def saturation(self) -> float:
        """0 black and white, 1 as it is."""
        ...

    @property
    def contrast(self) -> float:
        """Slope of lightness at middle grey, 1 as it is."""
        ...

    @property
    def temperature_mired(self) -> float:
        """Positive is warmer."""
        ...

    @property
    def shadow_tint(self) -> tuple[float, float]:
        """Oklab (a, b) added to the shadows."""
        ...

    @property
    def highlight_tint(self) -> tuple[float, float]:
        """Oklab (a, b) added to the lights."""
        ...

    @property
    def lift(self) -> float:
        """Code value 0..1 that black is raised to."""
        ...


def before_view(light: F32, grade: GradeValues) -> F32:
    """(H, W, 3) scene-linear Rec. 709 light, warmer or colder; the same array where the grade has no temperature."""
    if grade.temperature_mired == 0:
        return light
    return np.maximum(light @ white_shift(grade.temperature_mired).T, 0)


def after_view(code: F32, grade: GradeValues) -> F32:
    """(H, W, 3) display codes 0..1 after contrast, saturation, lift and split toning. Codes out of 0..1 are clipped.

    The same array where the grade has none of them."""
    if _leaves_the_picture(grade):
        return code
    shown = np.clip(code, 0, 1).astype(np.float32, order="C")
    height, width = shown.shape[:2]
    _cube(grade.saturation, grade.contrast, grade.shadow_tint, grade.highlight_tint, grade.lift).apply(
        ocio.PackedImageDesc(shown, width, height, 3)
    )
    return shown


def apply_grade(pixels: U8, grade: GradeValues) -> U8:
    """(H, W, 3) finished sRGB codes, graded whole; the same array where the grade is neutral.

    A picture still to be developed is better served by `before_view` and `after_view`: here the lights are clipped.
    """
    if grade.temperature_mired == 0 and _leaves_the_picture(grade):
        return pixels
    code = pixels.astype(np.float32) / 255
    if grade.temperature_mired != 0:
        code = _encoded(np.clip(before_view(_decoded(code), grade), 0, 1))
    return (after_view(code, grade) * 255 + 0.5).astype(np.uint8)


def white_shift(mired: float) -> F32:
    """(3, 3) matrix on linear Rec. 709 for a white that is so much warmer (+) or colder (-); white keeps its luminance.

    Von Kries (1902) gains on the cones of CIECAM16, along the black body from 6500 K. A colder shift undoes the warmer
    one of the same size.
    """
    to_cone = _CAT16 @ _TO_XYZ
    warm = to_cone @ kelvin_to_rgb(1e6 / (MIDDAY_MIRED + abs(mired)))
    gain = warm / (to_cone @ kelvin_to_rgb(1e6 / MIDDAY_MIRED))
    gain = gain if mired > 0 else 1 / gain
    matrix = np.linalg.inv(to_cone) @ np.diag(gain) @ to_cone
    luminance = _TO_XYZ[1] @ matrix @ np.ones(3) / _TO_XYZ[1].sum()
    return (matrix / luminance).astype(np.float32)


def contrast_curve(x: F32, contrast: float, pivot: float) -> F32:
    """Values 0..1 with a slope of `contrast` at the pivot; 0, pivot and 1 stay, and order is kept."""
    if contrast == 1:
        return x
    below = pivot * (np.maximum(x, 0) / pivot) ** contrast
    above = 1 - (1 - pivot) * (np.maximum(1 - x, 0) / (1 - pivot)) ** contrast
    return np.where(x < pivot, below, above).astype(np.float32)


# --- one grade as a table -----------------------------------------------------------------------------------------


def _leaves_the_picture(grade: GradeValues) -> bool:
    plain = (grade.saturation, grade.contrast, grade.lift) == (1, 1, 0)
    return plain and not any(grade.shadow_tint) and not any(grade.highlight_tint)


@lru_cache(maxsize=32)
def _cube(
    saturation: float, contrast: float, shadow: tuple[float, float], highlight: tuple[float, float], lift: float
) -> Any:
    """The grade as a 3D table: 2 ms for a picture of 640x360, and 30 once for the table."""
    lut = ocio.Lut3DTransform(CUBE_SIZE)
    lut.setInterpolation(ocio.Interpolation.INTERP_TETRAHEDRAL)
    lut.setData(np.ascontiguousarray(_finished(*_grid(), saturation, contrast, shadow, highlight, lift)).reshape(-1))
    return ocio.Config.CreateRaw().getProcessor(lut).getOptimizedCPUProcessor(
        ocio.BIT_DEPTH_F32, ocio.BIT_DEPTH_F32, ocio.OPTIMIZATION_DEFAULT
    )  # fmt: skip


def graded(code: F32, saturation: float, contrast: float, shadow: tuple[float, float], highlight: tuple[float, float],
           lift: float) -> F32:  # fmt: skip
    """(..., 3) display codes 0..1, by the formulas themselves."""
    return _finished(*_colours(code), saturation, contrast, shadow, highlight, lift)


def _colours(code: F32) -> tuple[F32, F32, F32]:
    """Oklab lightness, chroma (a, b), and the share of the display's chroma that it is."""
    lab = linear_to_oklab(_decoded(code))
    return lab[..., 0], lab[..., 1:], _share_of_gamut(lab[..., 0], lab[..., 1:])


@cache
def _grid() -> tuple[F32, F32, F32]:
    """The colours of an ungraded table, blue fastest, as OpenColorIO wants it."""
    axis = np.linspace(0, 1, CUBE_SIZE, dtype=np.float32)
    return _colours(np.stack(np.meshgrid(axis, axis, axis, indexing="ij"), axis=-1))


def _finished(light: F32, chroma: F32, used: F32, saturation: float, contrast: float, shadow: tuple[float, float],
              highlight: tuple[float, float], lift: float) -> F32:  # fmt: skip
    darker = contrast_curve(light, contrast, PIVOT_L)
    # Darker and lighter as by the light itself: chroma goes along, but never rises by more than a quarter.
    along = np.minimum(darker / np.maximum(light, 1e-4), 1.25)
    light, chroma = darker, chroma * (along * saturation)[..., None]
    if lift > 0:
        lifted = lift + (1 - lift) * _encoded(oklab_to_linear(_joined(light, chroma)))
        lab = linear_to_oklab(_decoded(lifted))
        light, chroma = lab[..., 0], lab[..., 1:] if saturation > 0 else np.zeros_like(chroma)
    dark, bright = _tone_weights(light)
    chroma = chroma + dark[..., None] * np.array(shadow, np.float32)
    chroma = chroma + bright[..., None] * np.array(highlight, np.float32)
    if not chroma.any():  # exact greys, without the rounding of the matrices
        return np.repeat(_encoded(light**3)[..., None], 3, axis=-1)
    return _encoded(oklab_to_linear(_joined(light, _within_gamut(light, chroma, used))))


def _tone_weights(light: F32) -> tuple[F32, F32]:
    """How much of the shadow and of the highlight tint a lightness takes: none in black and white themselves."""
    dark = _smooth(light, 0.02, 0.28) * (1 - _smooth(light, 0.35, 0.8))
    bright = _smooth(light, 0.4, 0.85) * (1 - 0.8 * _smooth(light, 0.9, 1.0))
    return dark, bright


def _smooth(x: F32, low: float, high: float) -> F32:
    t = np.clip((x - low) / (high - low), 0, 1)
    return (t * t * (3 - 2 * t)).astype(np.float32)


def _within_gamut(light: F32, chroma: F32, used: F32) -> F32:
    """Chroma that the display can show at each lightness and hue. What a grade adds goes softly towards the limit, so
    that bright skin does not clip; what was as far out before the grade stays there."""
    share = _share_of_gamut(light, chroma)
    soft = np.where(share > KNEE, KNEE + (1 - KNEE) * (1 - np.exp(-(share - KNEE) / (1 - KNEE))), share)
    kept = np.maximum(soft, np.minimum(share, np.minimum(used, 1)))
    return chroma * (kept / np.maximum(share, 1e-6))[..., None]


def _share_of_gamut(light: F32, chroma: F32) -> F32:
    """Chroma as a share of the most that the display has at the lightness and hue; 0 for greys."""
    amount = np.hypot(chroma[..., 0], chroma[..., 1])
    hue = chroma / np.maximum(amount, 1e-6)[..., None]
    low, high = np.zeros_like(amount), np.full_like(amount, MOST_CHROMA)
    for _ in range(GAMUT_STEPS):
        middle = (low + high) / 2
        rgb = oklab_to_linear(_joined(light, hue * middle[..., None]))
        fits = (np.abs(rgb - 0.5) <= 0.5 + 1e-4).all(axis=-1)
        low, high = np.where(fits, middle, low), np.where(fits, high, middle)
    return np.where(amount > 1e-4, amount / np.maximum((low + high) / 2, 1e-4), 0).astype(np.float32)


def _joined(light: F32, chroma: F32) -> F32:
    return np.concatenate([light[..., None], chroma], axis=-1)


def _decoded(code: F32) -> F32:
    """Linear light of sRGB codes 0..1 (IEC 61966-2-1)."""
    return np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _encoded(linear: F32) -> F32:
    x = np.clip(linear, 0, 1)
    return np.where(x <= 0.0031308, 12.92 * x, 1.055 * x ** (1 / 2.4) - 0.055).astype(np.float32)
