"""Camera angle as delivered."""

from __future__ import annotations

from maquette.film.shot import Angle
from maquette.measure.resection import MeasuredCamera

_UP_TO: tuple[tuple[float, Angle], ...] = (
    (-60.0, Angle.OVERHEAD),
    (-22.5, Angle.BIRDS_EYE),
    (-7.5, Angle.HIGH),
    (7.5, Angle.EYE),
    (37.5, Angle.LOW),
)
"""Pitch in degrees up to which an angle has its name: half way between the reference pitches; a camera that looks up by
more than seven degrees is seen to look up."""


def pitch_at_subject(camera: MeasuredCamera) -> float:
    """Elevation in degrees of the line from the camera to the middle of what the frame shows, positive looks up.

    The middle of the frame is on the axis at every depth, so the subject's depth does not come into it.
    """
    return camera.pitch_deg


def angle_named(pitch_deg: float) -> Angle:
    """What crews call a camera of this pitch."""
    return next((name for limit, name in _UP_TO if pitch_deg <= limit), Angle.WORMS_EYE)
