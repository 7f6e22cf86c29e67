# pyright: reportAttributeAccessIssue=false
# OpenEXR's stubs leave out the types of its attributes.
"""The camera in an OpenEXR header, under the standard attributes' names (OpenEXR 3.2, "Standard Attributes")."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import OpenEXR

from maquette.film.rate import Rate
from maquette.film.stage import PlacedCamera

CHROMATICITIES = (0.64, 0.33, 0.3, 0.6, 0.15, 0.06, 0.3127, 0.329)
"""Rec. 709 primaries and D65: what "linear" means in the file."""
_HEADER_BYTES = 1 << 20


@dataclass(frozen=True)
class FrameTime:
    """Which moment of a take a file shows."""

    timecode: str
    """"01:00:00:00"; ";" before the frames: drop frame."""
    rate: Rate


def camera_attributes(camera: PlacedCamera) -> dict[str, Any]:
    """Lens in mm, sensor in mm, T-stop, focus in metres, place in metres, and the matrix from world to camera.

    The matrix is for row vectors, as OpenEXR has it; the camera looks along its -Z with +Y up.
    """
    height_mm = camera.sensor_width_mm * camera.squeeze / camera.aspect
    attributes: dict[str, Any] = {
        "nominalFocalLength": float(camera.lens_mm),
        "pinholeFocalLength": float(camera.lens_mm),
        "sensorOverallDimensions": np.array([camera.sensor_width_mm, height_mm], np.float32),
        "focus": float(camera.focus_m),
        "worldToCamera": world_to_camera(camera),
        "maquette:cameraPosition": np.array(camera.position, np.float32),
        "maquette:squeeze": float(camera.squeeze),
    }
    if camera.t_stop is not None:
        attributes["tStop"] = float(camera.t_stop)
    return attributes


def time_attributes(time: FrameTime) -> dict[str, Any]:
    """Timecode, and a place for the rate that `patch_rate` makes whole."""
    hours, minutes, seconds, frames = (int(p) for p in time.timecode.replace(";", ":").split(":"))
    code = OpenEXR.TimeCode()
    code.hours, code.minutes, code.seconds, code.frame = hours, minutes, seconds, frames
    code.dropFrame = time.rate.drop_frame
    return {"timeCode": code, "framesPerSecond": OpenEXR.TimeCode()}


def patch_rate(path: Path, fps: Fraction) -> None:
    """OpenEXR's Python bindings write no rational numbers: one of the same size stands in, and gets its type here."""
    with path.open("r+b") as file:
        head = file.read(_HEADER_BYTES)
        at = 0
        while (at := head.find(b"framesPerSecond\0timecode\0", at)) >= 0:
            file.seek(at)
            file.write(b"framesPerSecond\0rational\0" + (8).to_bytes(4, "little"))
            file.write(fps.numerator.to_bytes(4, "little") + fps.denominator.to_bytes(4, "little"))
            at += 1


def world_to_camera(camera: PlacedCamera) -> np.ndarray[Any, np.dtype[np.float32]]:
    """(4, 4): a world point as a row (x, y, z, 1) times it is the point in the camera's frame, metres.

    A positive roll leans the horizon clockwise as seen, so the camera itself turns the other way.
    """
    eye = np.array(camera.position, float)
    forward = np.array(camera.look_at, float) - eye
    forward /= np.linalg.norm(forward)
    up = np.array([0.0, 0.0, 1.0]) if abs(forward[2]) < 0.9999 else np.array([0.0, 1.0, 0.0])
    right = np.cross(forward, up)
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    roll = np.radians(camera.roll_deg)
    right, up = right * np.cos(roll) + up * np.sin(roll), up * np.cos(roll) - right * np.sin(roll)
    matrix = np.eye(4)
    matrix[:3, :3] = np.stack([right, up, -forward], axis=1)
    matrix[3, :3] = -eye @ matrix[:3, :3]
    return matrix.astype(np.float32)
