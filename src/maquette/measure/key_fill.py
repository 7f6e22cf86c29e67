"""Key to fill: the lit side of a face against its shadow side, in the planes that a gaffer holds a meter to."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.face import face_angles, in_planes, lit_and_shadow
from maquette.imaging.color import LUMINANCE
from maquette.measure.face_light import FaceLight

Vec = NDArray[np.float64]

LEAST_PIXELS = 20
"""Fewer pixels of a plane are no reading."""
TRIMMED = 0.05
"""Share of a plane's pixels left out at either end: lashes, specks."""
FARTHEST = 1.5
"""Where the unseen part of a plane changes its mean by more than this factor, too little of it is seen."""


@dataclass(frozen=True, eq=False)
class Planes:
    """Mean light on the planes of one face; None: too little of the plane is seen."""

    lit: Vec | None
    """(3,) linear Rec. 709 radiance of a white card."""
    shadow: Vec | None
    """(3,)"""

    @property
    def ratio(self) -> float | None:
        """Lit to shadow side in luminance; infinite before a black shadow."""
        if self.lit is None or self.shadow is None:
            return None
        lit, shadow = float(self.lit @ LUMINANCE), float(self.shadow @ LUMINANCE)
        if lit <= 0:
            return None
        return lit / shadow if shadow > 0 else float("inf")


def read_planes(face: FaceLight, key_azimuth_deg: float) -> Planes:
    """Light on the planes that a key from this azimuth on the head (signed) lights, and on those it leaves."""
    lit, shadow = lit_and_shadow(key_azimuth_deg)
    return Planes(_mean_light(face, lit), _mean_light(face, shadow))


def _mean_light(face: FaceLight, planes: tuple[float, ...]) -> Vec | None:
    """Mean over the surface of the planes.

    The picture shows them foreshortened and not to their ends: pixels weigh as much as the surface behind them, and
    what the two lamps give on the whole planes against what they give on the pixels makes up for the rest.
    """
    here = in_planes(face.azimuth, face.elevation, planes)
    if int(here.sum()) < LEAST_PIXELS:
        return None
    level = face.level[here]
    low, high = np.quantile(level, [TRIMMED, 1 - TRIMMED])
    kept = (level >= low) & (level <= high)
    weight = face.weight[here][kept]
    mean = weight @ face.light[here][kept] / weight.sum()
    whole = _whole(face, planes)
    if whole is None:
        return mean
    seen = float(weight @ face.lamps.light(face.normal[here][kept]) / weight.sum())
    rest = whole / max(seen, 1e-12)
    return mean * rest if 1 / FARTHEST <= rest <= FARTHEST else None


def _whole(face: FaceLight, planes: tuple[float, ...]) -> float | None:
    """What the two lamps give on the whole of the planes; None where the head has no points to say."""
    normals = face.head.normals
    if not len(normals):
        return None
    there = in_planes(*face_angles(face.head, normals), planes)
    if int(there.sum()) < 4:
        return None
    return float(face.lamps.light(normals[there].astype(np.float64)).mean())
