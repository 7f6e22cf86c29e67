"""The light of a reference, as controls that a person may state. Offered only: nothing here touches a shot."""

from __future__ import annotations

import numpy as np

from maquette.film.control_table import CONTROLS
from maquette.film.look import Suggestion
from maquette.imaging.color import LUMINANCE
from maquette.imaging.kelvin import rgb_to_kelvin
from maquette.imaging.lut3d import F32
from maquette.imaging.oklab import oklab_to_linear
from maquette.look.transport import TONE_SHARE

RATIOS = (1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 11.0, 16.0)
"""Ratios that people light by."""
VIEW_SLOPE = 1.45
"""Stops on the display for a stop of light, in the middle of the view."""
LEAST_STOPS, MOST_STOPS = 0.2, 1.5
WHITE_K, PICTURE_WHITE_K = 4800.0, 6500.0
"""What cameras here are balanced to where nobody states it, and the white of a picture."""
LEAST_MIRED, MOST_MIRED, MOST_OFF = 12.0, 150.0, 0.035
"""A smaller shift is not seen; light further off the black body (Duv) is no temperature."""


def suggestions(reference: F32, film: F32 | None) -> tuple[Suggestion, ...]:
    """Key level, ratio and temperature of a reference's colours (N, 3 Oklab), against the film's if there is one."""
    found = [_level(reference, film), _ratio(reference), _temperature(reference)]
    return tuple(s for s in found if s is not None)


def _level(reference: F32, film: F32 | None) -> Suggestion | None:
    if film is None:
        return None
    here, there = (float(np.mean(np.maximum(c[:, 0], 0.1))) for c in (film, reference))
    stops = 3 * np.log2(there / here) / VIEW_SLOPE
    left = float(np.clip(stops * (1 - TONE_SHARE), -MOST_STOPS, MOST_STOPS))
    if abs(left) < LEAST_STOPS:
        return None
    word = "brighter" if stops > 0 else "darker"
    return Suggestion(
        control="exposure",
        value=f"{left:+.1f}",
        reason=f"The reference is {abs(stops):.1f} stops {word} than the film; the look's tones do the rest of it.",
    )


def _ratio(reference: F32) -> Suggestion | None:
    light = oklab_to_linear(reference.astype(np.float32)) @ LUMINANCE
    light = light[light > 0.004]
    if len(light) < 50:
        return None
    cut = _parting(np.log2(light))
    bright, dark = light[np.log2(light) > cut], light[np.log2(light) <= cut]
    if min(len(bright), len(dark)) < 0.04 * len(light):
        return None
    measured = float(np.median(bright) / np.median(dark)) ** (1 / VIEW_SLOPE)
    ratio = min(RATIOS, key=lambda r: abs(np.log2(r / measured)))
    return Suggestion(
        control="key-fill",
        value=f"{ratio:g}:1",
        reason=f"Lights and shadows of the reference lie {measured:.1f} to 1 apart.",
    )


def _temperature(reference: F32) -> Suggestion | None:
    chroma = np.hypot(reference[:, 1], reference[:, 2])
    if float(chroma.mean()) < 0.012:
        return None
    bright = reference[(reference[:, 0] >= np.quantile(reference[:, 0], 0.88)) & (reference[:, 0] < 0.985)]
    if len(bright) < 20:
        return None
    light = np.maximum(oklab_to_linear(bright.astype(np.float32)), 0).mean(axis=0)
    kelvin, off = (float(v) for v in rgb_to_kelvin(light))
    if not np.isfinite(kelvin) or abs(off) > MOST_OFF:
        return None
    shift = float(np.clip(1e6 / kelvin - 1e6 / PICTURE_WHITE_K, -MOST_MIRED, MOST_MIRED))
    if abs(shift) < LEAST_MIRED:
        return None
    spec = CONTROLS["key-kelvin"]
    key = float(np.clip(1e6 / (1e6 / WHITE_K + shift), spec.low, spec.high))
    return Suggestion(
        control="key-kelvin",
        value=f"{round(key / 50) * 50:g}",
        reason=f"Its lights are {'warmer' if shift > 0 else 'colder'} than white by {abs(shift):.0f} mired.",
    )


def _parting(values: F32) -> float:
    """The value that parts two groups best (Otsu 1979)."""
    count, edges = np.histogram(values, 64)
    middle = (edges[1:] + edges[:-1]) / 2
    below = np.cumsum(count)
    above = below[-1] - below
    sums = np.cumsum(count * middle)
    with np.errstate(divide="ignore", invalid="ignore"):
        between = below * above * (sums / below - (sums[-1] - sums) / above) ** 2
    return float(edges[1 + int(np.nanargmax(between[:-1]))])
