"""The camera of a shot, and null markers for the heads of the cast, in USD.

Units (UsdGeomCamera): focal length and aperture are in tenths of a scene unit, focus distance in scene units. Our scene
unit is the metre, so 35 mm is 0.35; readers that know the rule (Blender, usdview, Houdini) show 35 mm again.
"""

from __future__ import annotations

from math import cos, radians, sin
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.deliver.usd_library import Gf, UsdGeom
from maquette.deliver.usd_names import Names
from maquette.deliver.usd_series import Series, matrix
from maquette.film.face import Head
from maquette.film.stage import Body, Moment, PlacedCamera
from maquette.film.take import Motion

Vec = NDArray[np.float64]

TENTHS_PER_MM = 0.01
"""Tenths of a metre in a millimetre."""
NEAR_M = 0.05
"""Nothing stands nearer to a lens."""


def camera_matrix(camera: PlacedCamera) -> Vec:
    """(4, 4) camera -> world for row vectors: a USD camera looks along its -Z with +Y up.

    Positive roll leans the horizon clockwise as seen. Looking straight up or down, the picture's top is north.
    """
    position = np.asarray(camera.position, float)
    forward = np.asarray(camera.look_at, float) - position
    forward /= max(float(np.linalg.norm(forward)), 1e-9)
    world_up = np.array([0.0, 0.0, 1.0]) if abs(forward[2]) < 0.9999 else np.array([0.0, 1.0, 0.0])
    level = np.cross(forward, world_up)
    level /= np.linalg.norm(level)
    upright = np.cross(level, forward)
    c, s = cos(radians(camera.roll_deg)), sin(radians(camera.roll_deg))
    placed = np.eye(4)
    placed[0, :3] = level * c + upright * s
    placed[1, :3] = upright * c - level * s
    placed[2, :3] = -forward
    placed[3, :3] = position
    return placed


class CameraWriter:
    """The camera over the take: its place on every frame, its lens where that changes."""

    def __init__(self, stage: Any, path: str, motion: Motion) -> None:
        self.camera = UsdGeom.Camera.Define(stage, path)
        camera = self.camera
        camera.CreateProjectionAttr(UsdGeom.Tokens.perspective)
        if motion.shutter_deg is not None:
            # In frames; as in the take's pictures it opens on the frame's time.
            camera.CreateShutterOpenAttr(0.0)
            camera.CreateShutterCloseAttr(motion.shutter_deg / 360)
        self._place = Series(camera.AddTransformOp().GetAttr(), matrix, every_frame=True)
        self._lens = {
            "focal": Series(camera.CreateFocalLengthAttr()),
            "across": Series(camera.CreateHorizontalApertureAttr()),
            "down": Series(camera.CreateVerticalApertureAttr()),
            "stop": Series(camera.CreateFStopAttr()),
            "focus": Series(camera.CreateFocusDistanceAttr()),
            "exposure": Series(camera.CreateExposureAttr()),
        }
        self._begun = False

    def put(self, frame: int, moment: Moment) -> None:
        """The camera on this frame.

        An anamorphic lens widens the view: the aperture is the sensor's times the squeeze, the focal length stays.
        """
        shot = moment.camera
        if not self._begun:
            self._begin(moment)
        width = shot.sensor_width_mm * shot.squeeze
        self._place.put(frame, camera_matrix(shot))
        values = {
            "focal": shot.lens_mm * TENTHS_PER_MM,
            "across": width * TENTHS_PER_MM,
            "down": width / shot.aspect * TENTHS_PER_MM,
            "stop": shot.t_stop or 0.0,
            "focus": shot.focus_m,
            "exposure": shot.exposure_stops,
        }
        for name, value in values.items():
            self._lens[name].put(frame, float(value))

    def _begin(self, moment: Moment) -> None:
        shot, prim = moment.camera, self.camera.GetPrim()
        self.camera.CreateClippingRangeAttr(Gf.Vec2f(NEAR_M, _far(moment)))
        facts = {
            "sensorWidthMm": shot.sensor_width_mm,
            "squeeze": shot.squeeze,
            "whiteBalanceK": shot.white_balance_k,
        }
        for key, value in facts.items():
            prim.SetCustomDataByKey(f"maquette:{key}", float(value))
        self._begun = True


def _far(moment: Moment) -> float:
    """Metres to beyond the farthest body, with room to travel."""
    position = np.asarray(moment.camera.position)
    farthest = max((_distance(body, position) for body in moment.bodies), default=100.0)
    return float(np.ceil(2 * farthest + 50))


def _distance(body: Body, position: Vec) -> float:
    return float(np.linalg.norm(body.vertices - position, axis=1).max()) if len(body.vertices) else 0.0


def head_matrix(head: Head) -> Vec:
    """(4, 4) head -> world for row vectors: the origin between the eyes, -Y along the nose, +Z to the crown."""
    placed = np.eye(4)
    placed[:3, :3] = head.rotation.T
    placed[3, :3] = head.eyes
    return placed


class HeadsWriter:
    """A null for every head: between the eyes, its -Y along the nose, +Z to the crown."""

    def __init__(self, stage: Any, root: str) -> None:
        self._stage = stage
        self._root = root
        self._names = Names()
        self._heads: dict[str, Series] = {}
        UsdGeom.Xform.Define(stage, root)

    def put(self, frame: int, heads: tuple[Head, ...]) -> None:
        """Where the heads are on this frame; one that is gone stays where it was."""
        for head in heads:
            if head.name not in self._heads:
                # Programs that name things by the last element alone would rename the people.
                null = UsdGeom.Xform.Define(self._stage, f"{self._root}/{self._names.of(f'{head.name} head')}")
                null.GetPrim().SetDisplayName(f"{head.name} head")
                null.GetPrim().SetCustomDataByKey("maquette:name", head.name)
                self._heads[head.name] = Series(null.AddTransformOp().GetAttr(), matrix)
            self._heads[head.name].put(frame, head_matrix(head))
