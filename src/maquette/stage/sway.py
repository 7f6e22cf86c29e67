"""What hands, gyros, wind and roads do to a camera: small motion in bands of frequency, the same for the same seed.

Every band is a sum of sines at random frequencies within it, which has no energy outside and is smooth in all
derivatives. A body sways slowly and breathes, wrists correct a few times a second, muscles tremble at 6 to 10 Hz with
hundredths of a degree (Marsden 1984); a gyroscope takes out the rotation and leaves the steps; wind pushes slowly.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import PlacedCamera
from maquette.stage.framing import camera_axes

Vec = NDArray[np.float64]

SINES = 7
"""In each band: enough that no period is seen."""


class Mount(StrEnum):
    """What holds the camera."""

    HANDS = "hands"
    STEADICAM = "Steadicam"
    GIMBAL = "gimbal"
    DRONE = "drone"
    CABLE = "cable"
    VEHICLE = "vehicle"


class Axis(StrEnum):
    """What a band moves: the camera's place along its own axes, or its aim about them."""

    RIGHT = "right"
    UP = "up"
    FORWARD = "forward"
    PAN = "pan"
    TILT = "tilt"
    ROLL = "roll"


@dataclass(frozen=True)
class Band:
    """Motion along or about one axis between two frequencies."""

    axis: Axis
    low_hz: float
    high_hz: float
    rms: float
    """Metres, or degrees for pan, tilt and roll."""


BANDS: dict[Mount, tuple[Band, ...]] = {
    Mount.HANDS: (
        Band(Axis.RIGHT, 0.15, 0.9, 0.006),
        Band(Axis.UP, 0.2, 0.9, 0.005),
        Band(Axis.FORWARD, 0.15, 0.6, 0.004),
        Band(Axis.PAN, 0.25, 1.6, 0.22),
        Band(Axis.TILT, 0.25, 1.6, 0.20),
        Band(Axis.ROLL, 0.2, 1.0, 0.12),
        Band(Axis.PAN, 2.0, 4.5, 0.035),
        Band(Axis.TILT, 2.0, 4.5, 0.035),
        Band(Axis.PAN, 6.0, 10.0, 0.008),
        Band(Axis.TILT, 6.0, 10.0, 0.008),
    ),
    Mount.STEADICAM: (
        Band(Axis.RIGHT, 0.1, 0.4, 0.010),
        Band(Axis.UP, 0.1, 0.5, 0.006),
        Band(Axis.PAN, 0.08, 0.35, 0.12),
        Band(Axis.ROLL, 0.08, 0.3, 0.15),
    ),
    Mount.GIMBAL: (Band(Axis.UP, 1.7, 2.1, 0.004), Band(Axis.RIGHT, 0.8, 1.1, 0.004), Band(Axis.PAN, 0.1, 0.3, 0.02)),
    Mount.DRONE: (
        Band(Axis.RIGHT, 0.1, 0.5, 0.025),
        Band(Axis.UP, 0.1, 0.5, 0.02),
        Band(Axis.FORWARD, 0.1, 0.4, 0.02),
        Band(Axis.PAN, 0.1, 0.4, 0.05),
    ),
    Mount.CABLE: (Band(Axis.UP, 0.3, 0.8, 0.008), Band(Axis.ROLL, 0.2, 0.6, 0.06)),
    Mount.VEHICLE: (
        Band(Axis.UP, 1.1, 2.2, 0.005),
        Band(Axis.TILT, 1.1, 2.2, 0.05),
        Band(Axis.UP, 8.0, 11.0, 0.0006),
        Band(Axis.TILT, 8.0, 11.0, 0.012),
    ),
}


def sway(mount: Mount, seed: int, t_s: float) -> dict[Axis, float]:
    """Metres and degrees by axis, `t_s` seconds after the shot began; all 0 at its first moment."""
    moved = dict.fromkeys(Axis, 0.0)
    rng = np.random.default_rng([seed & 0xFFFFFFFF, zlib.crc32(mount.value.encode())])
    for band in BANDS[mount]:
        # One sine in each part of the band, so that no seed leaves a hole.
        step = (band.high_hz - band.low_hz) / SINES
        rates = 2 * np.pi * (band.low_hz + step * (np.arange(SINES) + rng.random(SINES)))
        phases = rng.uniform(0, 2 * np.pi, SINES)
        amplitude = band.rms * np.sqrt(2 / SINES)
        moved[band.axis] += float(amplitude * (np.sin(rates * t_s + phases) - np.sin(phases)).sum())
    return moved


def swayed(camera: PlacedCamera, moved: dict[Axis, float], strength: float) -> PlacedCamera:
    """The camera displaced along and turned about its own axes, focused as far as before."""
    right, up, forward = camera_axes(camera)
    look = np.array(camera.look_at) - np.array(camera.position)
    length = float(np.linalg.norm(look))
    position = np.array(camera.position) + strength * (
        right * moved[Axis.RIGHT] + up * moved[Axis.UP] + forward * moved[Axis.FORWARD]
    )
    # Small angles: the tangent is the angle to a part in a hundred thousand.
    turn = np.radians(strength) * (right * moved[Axis.PAN] + up * moved[Axis.TILT])
    look = look + turn * length
    aim = position + look
    return replace(
        camera,
        position=(float(position[0]), float(position[1]), float(position[2])),
        look_at=(float(aim[0]), float(aim[1]), float(aim[2])),
        roll_deg=camera.roll_deg + strength * moved[Axis.ROLL],
        focus_m=float(np.linalg.norm(look)),
    )


def shake_seed(seed: int, *facts: object) -> int:
    """A seed for one shot's sway: shots of one production do not sway alike."""
    return zlib.crc32("|".join(map(str, (seed, *facts))).encode())
