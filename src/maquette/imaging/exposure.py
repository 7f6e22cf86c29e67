"""Setting a camera: what a light meter and a grey card do on a set."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.color import LUMINANCE

F32 = NDArray[np.float32]


def incident_stops(
    beauty: F32, albedo: F32, mask: NDArray[np.bool_], level: float, lowest: float = -3.0, highest: float = 8.0
) -> float:
    """Stops that bring a white card in the light of `mask` to radiance `level`: an incident meter, not a spot meter.

    Radiance over base colour is the light that falls there, whatever the skin or the coat, so dark faces stay dark and
    pale ones pale. The lit side counts: the mean of the log values without the lowest 40% and the top twentieth.
    beauty, albedo: (H, W, 3) linear; mask: (H, W). Returns 0 where the mask holds nothing that is lit.
    """
    base = albedo @ LUMINANCE
    light = beauty @ LUMINANCE
    here = mask & (base > 0.02) & (light > 1e-7)
    if int(here.sum()) < 12:
        return 0.0
    fallen = np.log2(light[here] / base[here])
    low, high = np.quantile(fallen, [0.4, 0.95])
    lit = fallen[(fallen >= low) & (fallen <= high)]
    return float(np.clip(np.log2(level) - lit.mean(dtype=np.float64), lowest, highest))


def white_gain(rgb_of_white: NDArray[np.float64]) -> F32:
    """(3,) gains that render light of this linear colour as neutral, luminance kept (von Kries in Rec. 709)."""
    white = np.maximum(np.asarray(rgb_of_white, float), 1e-6)
    gain = 1 / white
    kept = float((white * gain) @ LUMINANCE) / float(white @ LUMINANCE)
    return (gain / kept).astype(np.float32)
