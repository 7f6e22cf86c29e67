"""Exposure as delivered, in stops from normal."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.color import LUMINANCE
from maquette.imaging.exposure import white_gain
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.imaging.tone import meter

F32 = NDArray[np.float32]
Vec = NDArray[np.float64]


def key_exposure_stops(light: Vec, white_balance_k: float, applied_stops: float, normal_level: float) -> float | None:
    """Stops by which a white card in the key light (3,) is shown brighter than normal; None where it is black."""
    level = float((light * white_gain(kelvin_to_rgb(white_balance_k))) @ LUMINANCE)
    if not level > 0 or not normal_level > 0:
        return None
    return float(np.log2(level / normal_level)) + applied_stops


def frame_exposure_stops(beauty: F32, white_balance_k: float, applied_stops: float) -> float | None:
    """Stops by which the frame's log-average is shown brighter than middle grey; None for a black frame.

    beauty: (H, W, 3) scene-linear, not white balanced.
    """
    shown = beauty[::2, ::2] * white_gain(kelvin_to_rgb(white_balance_k))
    if not np.nanmax(shown, initial=0.0) > 0:
        return None
    return applied_stops - meter(shown)
