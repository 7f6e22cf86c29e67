"""What a camera that stands somewhere is called: the size, angle, side and lens that a director would ask for it by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.camera import SENSOR_WIDTH_MM, CameraControls, Composition, Placement, Sensor
from maquette.film.shot import ANGLE_PITCH_DEG, Angle, ShotSize, Side
from maquette.film.stage import PlacedCamera
from maquette.stage.composition import FRONTAL
from maquette.stage.framing import Figure, camera_axes, frame_figure, half_view, project

Vec = NDArray[np.float64]

_CENTRE, _LEAD, _THIRD, _EDGE = 0.03, 0.10, 1 / 6, 0.28
"""Shares of the frame's width off the middle: up to the first it is the middle, from the last on the edge."""


@dataclass(frozen=True)
class ReadBack:
    """A camera named by its subject."""

    subject: str
    size: ShotSize
    tightness: float
    """The frame's height is the size's own divided by this: 1 is exactly the size."""
    angle: Angle
    pitch_deg: float
    """Of the camera's axis, positive looks up."""
    height_m: float
    """Lens above the floor."""
    azimuth_deg: float
    """Camera direction off the subject's facing: 0 frontal .. 180 from behind."""
    side: Side | None
    """Side of the frame that the subject looks to; None: straight at the camera or away from it."""
    roll_deg: float
    lens_mm: float
    sensor: Sensor
    squeeze: float
    composition: Composition
    headroom: float
    """Free share of the frame above the head."""
    distance_m: float
    """Lens to the subject's eyes."""

    @property
    def words(self) -> str:
        """As a director says it: "CU, low angle 28°, 40° off the look, 50 mm"."""
        size = self.size.value if abs(np.log(self.tightness)) < 0.05 else (
            f"{'tight' if self.tightness > 1 else 'loose'} {self.size.value}"
        )  # fmt: skip
        angle = self.angle.value if self.angle is Angle.EYE else f"{self.angle.value} {self.pitch_deg:+.0f}°"
        dutch = [f"Dutch {self.roll_deg:+.0f}°"] if abs(self.roll_deg) > 0.5 else []
        parts = [size, angle, f"{self.azimuth_deg:.0f}° off the look", f"{self.lens_mm:.3g} mm",
                 f"{self.height_m:.2g} m high", *dutch]  # fmt: skip
        return ", ".join(parts)

    def controls(self) -> CameraControls:
        """The semantic controls that set up a camera like this one; the composition is the nearest that has a name."""
        return CameraControls(
            size=self.size,
            tightness=round(self.tightness, 3),
            pitch_deg=round(self.pitch_deg, 1),
            roll_deg=round(self.roll_deg, 1),
            azimuth_deg=round(self.azimuth_deg, 1),
            eyeline_side=self.side,
            composition=self.composition,
            headroom=round(float(np.clip(self.headroom, -0.6, 0.6)), 3),
            lens_mm=round(self.lens_mm, 1),
            sensor=self.sensor,
            squeeze=self.squeeze,
        )


def placement_of(camera: PlacedCamera) -> Placement:
    """The explicit form of a camera: stated as controls, it stands exactly there."""
    return Placement(position=camera.position, look_at=camera.look_at)


def read_back(camera: PlacedCamera, figures: Mapping[str, Figure], subject: str) -> ReadBack | None:
    """Size, angle, direction, side, composition and lens of a camera by one of the people on the stage.

    None where the subject is not there or not in front of the camera.
    """
    figure = figures.get(subject)
    if figure is None:
        return None
    eyes = project(camera, figure.landmarks["eyes"])[0]
    if eyes[2] <= 0.05:
        return None
    _, _, forward = camera_axes(camera)
    position = np.array(camera.position)
    size, tightness = _size(camera, figure, position, forward)
    away = position[:2] - figure.landmarks["eyes"][:2]
    cross = float(figure.look[0] * away[1] - figure.look[1] * away[0])
    azimuth = float(np.degrees(np.arctan2(abs(cross), float(figure.look @ away))))
    # From the subject: a camera on its left (counter-clockwise of the look) sees the look go to the frame's left.
    sine = cross / max(float(np.linalg.norm(away)), 1e-9)
    side = None if abs(sine) < 0.02 else (Side.LEFT if sine > 0 else Side.RIGHT)
    pitch = float(np.degrees(np.arcsin(np.clip(forward[2], -1, 1))))
    return ReadBack(
        subject=subject,
        size=size,
        tightness=tightness,
        angle=angle_named(pitch),
        pitch_deg=pitch,
        height_m=float(position[2]),
        azimuth_deg=azimuth,
        side=side,
        roll_deg=camera.roll_deg,
        lens_mm=camera.lens_mm,
        sensor=_sensor(camera.sensor_width_mm),
        squeeze=camera.squeeze,
        composition=_composition(float(eyes[0]), sine),
        headroom=float(project(camera, figure.landmarks["head_top"])[0, 1]),
        distance_m=float(np.linalg.norm(position - figure.landmarks["eyes"])),
    )


def angle_named(pitch_deg: float) -> Angle:
    """The angle whose reference pitch is nearest."""
    return min(ANGLE_PITCH_DEG, key=lambda a: abs(ANGLE_PITCH_DEG[a] - pitch_deg))


def _size(camera: PlacedCamera, figure: Figure, position: Vec, forward: Vec) -> tuple[ShotSize, float]:
    """The size whose frame is nearest to this one in height, each measured where that size puts the subject's middle,
    and the factor between them."""
    ratios: dict[ShotSize, float] = {}
    for size in ShotSize:
        box = frame_figure(figure, size)
        depth = float((box.center - position) @ forward)
        if depth > 0.01:
            ratios[size] = box.height_m / (2 * depth * half_view(camera) / camera.aspect)
    size = min(ratios, key=lambda s: abs(np.log(ratios[s])))
    return size, float(ratios[size])


def _composition(across: float, sine: float) -> Composition:
    """By where the eyes are across the frame and to which side they look (`sine` > 0: to the left)."""
    away = 1.0 if sine > 0 else -1.0
    off = (across - 0.5) * away if abs(sine) > FRONTAL else abs(across - 0.5)
    if abs(off) <= _CENTRE:
        return Composition.CENTRED
    if off < 0:
        return Composition.SHORT_SIDED
    if off >= _EDGE:
        return Composition.NEGATIVE_SPACE
    return Composition.THIRDS if off > (_THIRD + _LEAD) / 2 else Composition.LEAD_ROOM


def _sensor(width_mm: float) -> Sensor:
    return min(SENSOR_WIDTH_MM, key=lambda s: abs(SENSOR_WIDTH_MM[s] - width_mm))
