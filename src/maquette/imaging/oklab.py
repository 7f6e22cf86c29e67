"""Oklab (Ottosson 2020): lightness and two opponent axes in which equal steps look equally large."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.color import to_linear

F32 = NDArray[np.float32]
U8 = NDArray[np.uint8]
Floats = NDArray[np.floating[Any]]

_TO_CONES = np.array([
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
])  # fmt: skip
_TO_LAB = np.array([
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
])  # fmt: skip
_FROM_CONES, _FROM_LAB = np.linalg.inv(_TO_CONES), np.linalg.inv(_TO_LAB)


def linear_to_oklab(linear: Floats) -> Floats:
    """(..., 3) L 0..1, a (red against green), b (yellow against blue) of (..., 3) linear Rec. 709."""
    kind = linear.dtype
    cones = np.cbrt(linear @ _TO_CONES.T.astype(kind))
    return cones @ _TO_LAB.T.astype(kind)


def oklab_to_linear(lab: Floats) -> Floats:
    """(..., 3) linear Rec. 709 of (..., 3) Oklab; outside 0..1 where a display cannot show the colour."""
    kind = lab.dtype
    cones = lab @ _FROM_LAB.T.astype(kind)
    return cones**3 @ _FROM_CONES.T.astype(kind)


def code_to_oklab(code: U8) -> F32:
    """(..., 3) Oklab of (..., 3) sRGB codes."""
    return np.asarray(linear_to_oklab(to_linear(code)), np.float32)
