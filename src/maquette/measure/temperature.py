"""Colour temperature of the light on a face."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.imaging.kelvin import rgb_to_kelvin
from maquette.measure.face_light import FaceLight
from maquette.measure.key_fill import Planes

Vec = NDArray[np.float64]

MOSTLY_KEY = 0.5
LEAST_PIXELS = 20


def light_temperature(light: Vec) -> tuple[float, float]:
    """Kelvin and Duv (positive towards green) of linear Rec. 709 light (3,); NaN where there is none."""
    kelvin, duv = rgb_to_kelvin(light)
    return float(kelvin), float(duv)


def key_light(face: FaceLight, planes: Planes) -> Vec | None:
    """(3,) white-card radiance of the subject's key light: on the lit plane, or, where that is turned away, on whatever
    the key reaches of the face. None: the face shows nothing that it reaches."""
    if planes.lit is not None:
        return planes.lit
    reached = face.lamps.key_share(face.normal) > MOSTLY_KEY
    if int(reached.sum()) < LEAST_PIXELS:
        return None
    return face.weight[reached] @ face.light[reached] / face.weight[reached].sum()
