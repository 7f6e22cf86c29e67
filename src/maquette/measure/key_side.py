"""The side of the frame that the key comes from, and where it stands about the head."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from maquette.film.face import face_angles
from maquette.film.shot import Side
from maquette.measure.face_light import FaceLight
from maquette.measure.resection import MeasuredCamera

FRONT_DEG = 12.0
"""A key nearer than this to the plane through the camera's axis and up comes from the front."""
SIDE_BAND_DEG = (25.0, 75.0)
"""Surface turned this far to a side of the frame shows how bright that side is."""
BAND_LEAST = 10
CLEAR_STOPS = 0.5
"""A side of the face that is brighter by this is the key's, whatever the lamps' fit says: that is what one sees."""
EVEN_STOPS = 0.25
"""Less than this between the sides is light without a side."""


@dataclass(frozen=True)
class KeySide:
    """Where the key comes from."""

    across_deg: float
    """Off the plane through the camera's axis and up: positive is from the right of the frame."""
    azimuth_deg: float
    """On the head, signed as in `film.face`."""
    elevation_deg: float
    """On the head."""
    even: bool
    """Both sides of the face are as bright: no side can be seen."""

    @property
    def side(self) -> Side | None:
        """None: from the front."""
        if abs(self.across_deg) < FRONT_DEG:
            return None
        return Side.RIGHT if self.across_deg > 0 else Side.LEFT


def key_side(face: FaceLight, camera: MeasuredCamera) -> KeySide:
    """The side by the direction of the key lamp that explains the face, checked against the brighter side of it."""
    source = face.lamps.source
    across = float(np.degrees(np.arcsin(np.clip(source @ camera.right, -1, 1))))
    azimuth, elevation = face_angles(face.head, source)
    stops = _right_over_left_stops(face, camera)
    if stops is not None and abs(stops) > CLEAR_STOPS and stops * across < 0:
        across = -across
    even = stops is not None and abs(stops) < EVEN_STOPS and abs(across) >= FRONT_DEG
    return KeySide(across, float(azimuth), float(elevation), even)


def _right_over_left_stops(face: FaceLight, camera: MeasuredCamera) -> float | None:
    """Stops by which surface turned to the frame's right is brighter than that turned left; None: one is unseen."""
    turned = np.degrees(np.arctan2(face.normal @ camera.right, -(face.normal @ camera.forward)))
    level = face.level
    low, high = SIDE_BAND_DEG
    right, left = (turned > low) & (turned < high), (turned < -low) & (turned > -high)
    if min(int(right.sum()), int(left.sum())) < BAND_LEAST:
        return None
    means = [float(np.median(level[side])) for side in (right, left)]
    if min(means) <= 0:
        return None
    return float(np.log2(means[0] / means[1]))
