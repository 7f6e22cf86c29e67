"""What a request asks of its picture, in the quantities that can be measured in it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.film.camera import SENSOR_WIDTH_MM, Sensor
from maquette.film.delivered import Asked
from maquette.film.lighting import Lighting
from maquette.film.request import TakeRequest
from maquette.film.shot import ANGLE_PITCH_DEG, Angle, Framing, Side
from maquette.film.stage import Moment
from maquette.stage.framing import camera_axes
from maquette.stage.levels import LEVELS
from maquette.stage.patterns import PATTERNS, pattern_plan

Vec = NDArray[np.float64]


def asked_of(request: TakeRequest, moment: Moment, front: Vec) -> Asked:
    """What the picture of a moment is to be held against.

    `moment`: before its lamps are balanced. A hand-placed camera asks for no size and angle. Light is asked for where
    somebody stated it.
    """
    shot, camera, lighting = request.shot, request.camera, request.lighting
    by_hand = camera.placement is not None or camera.path is not None
    people = [h.name for h in moment.heads]
    subject = next((n for n in shot.subjects if n in people), people[0] if people else None)
    height = next((i.height_m for i in request.scene_cast if i.name == subject), None)
    framed = shot.framing not in (Framing.INSERT, Framing.PLACE, Framing.POV) and subject in shot.subjects
    return Asked(
        subject=subject,
        height_m=height,
        size=shot.size if framed and not by_hand else None,
        pitch_deg=None if by_hand or not framed else _pitch(request),
        lens_mm=shot.lens_mm,
        sensor_width_mm=SENSOR_WIDTH_MM[camera.sensor or Sensor.SUPER_35],
        squeeze=camera.squeeze or 1.0,
        roll_deg=shot.roll_deg,
        key_side=_side(lighting, moment, front),
        key_azimuth_deg=moment.balance.key_azimuth_deg if moment.balance is not None else None,
        key_fill_ratio=_ratio(lighting) if moment.balance is not None else None,
        key_kelvin=lighting.key_kelvin,
        exposure_stops=_exposure(lighting),
        normal_level=(moment.balance.level if moment.balance is not None else LEVELS[lighting.time_of_day].level)
        / 2.0 ** _pattern_stops(lighting),
    )  # fmt: skip


def _pitch(request: TakeRequest) -> float | None:
    """The pitch that is law; eye level and a stated height leave it to follow."""
    if request.camera.height_m is not None or request.shot.camera_height_m is not None:
        return None
    if request.camera.pitch_deg is not None:
        return request.camera.pitch_deg
    return None if request.shot.angle is Angle.EYE else ANGLE_PITCH_DEG[request.shot.angle]


def _side(lighting: Lighting, moment: Moment, front: Vec) -> Side | None:
    """The stated side of the key as this frame has it."""
    if lighting.key_side is None or lighting.key_side_of_frame:
        return lighting.key_side
    sign = 1.0 if lighting.key_side is Side.RIGHT else -1.0
    world = sign * np.array([-front[1], front[0]])
    across = float(world @ camera_axes(moment.camera)[0][:2])
    # Along the camera's own axis the side of the world is no side of the frame.
    if abs(across) < 0.3:
        return None
    return Side.RIGHT if across > 0 else Side.LEFT


def _ratio(lighting: Lighting) -> float | None:
    plan = pattern_plan(lighting)
    stated = lighting.key_fill_ratio is not None or lighting.pattern is not None
    return plan.ratio if stated and not plan.expose_background else None


def _pattern_stops(lighting: Lighting) -> float:
    if not lighting.planned or lighting.pattern is None:
        return 0.0
    return PATTERNS[lighting.pattern].exposure_stops


def _exposure(lighting: Lighting) -> float | None:
    """Stops over normal exposure that somebody asked for, the pattern's own included."""
    asked = lighting.exposure_stops + _pattern_stops(lighting)
    silhouette = lighting.pattern is not None and PATTERNS[lighting.pattern].expose_background
    return None if silhouette or (asked == 0 and not lighting.planned) else asked
