"""A placed camera as the numbers a ray starts from."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, radians, sin

import numpy as np
from numpy.typing import NDArray

from maquette.film.errors import RenderError
from maquette.film.stage import PlacedCamera

Vector = tuple[float, float, float]
F32 = NDArray[np.float32]


@dataclass(frozen=True)
class Optics:
    """A thin lens in front of a picture plane at distance 1."""

    position: Vector
    forward: Vector
    right: Vector
    up: Vector
    tangent_x: float
    """Half width of the picture plane."""
    tangent_y: float
    inverse_width: float
    """1 / picture width in pixels."""
    inverse_height: float
    aperture_m: float
    """Radius of the lens opening, along `up`; 0 for a pinhole."""
    aperture_across_m: float
    """The same along `right`: smaller by an anamorphic lens's squeeze, so that blur stands upright as an oval."""
    focus_m: float
    """Distance of the plane in focus, along `forward`."""


def optics_of(camera: PlacedCamera, width: int, height: int) -> Optics:
    """The lens for a picture of this size. The lens sets the horizontal view; pixels are square.

    The opening is focal length / (2 x T-stop), taking the lens to pass all its light. An anamorphic lens has across the
    view of its focal length / squeeze, and the opening of that. Positive roll leans the horizon clockwise
    as seen: the camera turns the other way. Raises RenderError when the camera looks at its own place.
    """
    position = np.array(camera.position, float)
    forward = np.array(camera.look_at, float) - position
    length = float(np.linalg.norm(forward))
    if not length > 1e-9:
        raise RenderError(f"the camera at {camera.position} looks at its own place; move its target.")
    forward /= length
    reference = np.array([0.0, 0.0, 1.0]) if abs(forward[2]) < 0.9999 else np.array([0.0, 1.0, 0.0])
    right = np.cross(forward, reference)
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    c, s = cos(radians(camera.roll_deg)), sin(radians(camera.roll_deg))
    right, up = right * c + up * s, up * c - right * s
    tangent = camera.sensor_width_mm * camera.squeeze / (2 * camera.lens_mm)
    aperture = 0.0 if camera.t_stop is None else camera.lens_mm / 1000 / (2 * camera.t_stop)
    return Optics(
        position=_vector(position),
        forward=_vector(forward),
        right=_vector(right),
        up=_vector(up),
        tangent_x=tangent,
        tangent_y=tangent * height / width,
        inverse_width=1 / width,
        inverse_height=1 / height,
        aperture_m=aperture,
        aperture_across_m=aperture / camera.squeeze,
        focus_m=max(camera.focus_m, 0.05),
    )


def _vector(v: NDArray[np.float64]) -> Vector:
    return (float(v[0]), float(v[1]), float(v[2]))


def directions(optics: Optics, x: F32, y: F32) -> F32:
    """(N, 3) unit view directions through picture points given in pixels, (0, 0) the top left corner."""
    sx = (x * optics.inverse_width * 2 - 1) * optics.tangent_x
    sy = (1 - y * optics.inverse_height * 2) * optics.tangent_y
    d = np.array(optics.forward) + sx[:, None] * np.array(optics.right) + sy[:, None] * np.array(optics.up)
    return (d / np.linalg.norm(d, axis=1, keepdims=True)).astype(np.float32)
