"""How skin shines: the part of a face's light that does not take the skin's colour."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.measure.two_lamps import TwoLamps

Vec = NDArray[np.float64]

REFLECTANCE = 0.04
"""Of skin, as of most things that do not conduct, seen straight on."""
ROUGHNESS = 0.50
"""Of a face without make-up, on Disney's scale; a little more than the skin's own, as lamps are not points."""
MOST = 0.5
"""At grazing angles the estimate is good for no more than this times a white card."""


def glossy_share(lamps: TwoLamps, normal: Vec, view: Vec) -> Vec:
    """(N,) radiance by gloss over that of a white card, for normals and directions to the camera, each (N, 3).

    GGX with Schlick's Fresnel for the two lamps (Walter et al. 2007); Karis's fit (2014) of the same over all
    directions for the ambient light.
    """
    facing = np.clip(np.sum(normal * view, axis=1), 0.02, 1)
    glossy = lamps.ambient * _all_around(facing)
    card = np.full(len(normal), max(lamps.ambient, 0.0))
    for direction, strength in ((lamps.key, lamps.key_level), (lamps.fill, lamps.fill_level)):
        if strength <= 0:
            continue
        cosine = np.maximum(normal @ direction, 0.0)
        glossy += strength * np.pi * cosine * _lobe(normal, view, direction, facing, cosine)
        card += strength * cosine
    return np.clip(glossy / np.maximum(card, 1e-3 * max(lamps.key_level, 1e-9)), 0, MOST)


def _lobe(normal: Vec, view: Vec, toward: Vec, facing: Vec, cosine: Vec) -> Vec:
    alpha = ROUGHNESS**2
    half = view + toward
    half /= np.maximum(np.linalg.norm(half, axis=1, keepdims=True), 1e-9)
    d = np.sum(normal * half, axis=1) ** 2 * (alpha**2 - 1) + 1
    spread = alpha**2 / np.maximum(np.pi * d * d, 1e-9)
    masked_out = np.sqrt(alpha**2 + (1 - alpha**2) * facing**2)
    masked_in = np.sqrt(alpha**2 + (1 - alpha**2) * cosine**2)
    visible = 0.5 / np.maximum(cosine * masked_out + facing * masked_in, 1e-6)
    fresnel = REFLECTANCE + (1 - REFLECTANCE) * (1 - np.clip(half @ toward, 0, 1)) ** 5
    return fresnel * spread * visible


def _all_around(facing: Vec) -> Vec:
    r = ROUGHNESS * np.array([-1, -0.0275, -0.572, 0.022]) + np.array([1, 0.0425, 1.04, -0.04])
    edge = np.minimum(r[0] ** 2, 2.0 ** (-9.28 * facing)) * r[0] + r[1]
    return REFLECTANCE * (-1.04 * edge + r[2]) + (1.04 * edge + r[3])
