"""What hands, gyros, wind and roads do to a camera: small motion in bands of frequency, the same for the same seed.

Every band is a sum of sines at random frequencies within it, which has no energy outside and is smooth in all
derivatives. A standing operator sways by some millimetres, with most of the power under 1 Hz and a fall with the square
of the frequency above (Winter 1995, Human balance and posture control); breathes 12 to 24 times a minute, which lifts
camera and aim together; and trembles at 8 to 12 Hz by hundredths of a degree (Marsden 1984). The camera turns about the
shoulder that carries it, not about its lens: each turn takes it along a little. A walker steps 1.8 to 2 times a second
and rises some 4 cm with every step (Inman 1966), of which bent knees leave an operator less than half. What is an angle
grows with the lens, what is a way does not: long lenses show the hand's turns alone. A gyroscope takes out the turns
and leaves the steps, a spring arm and a long post take out the steps and leave a slow float; wind pushes slowly.
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

SINES = 9
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
    """One motion between two frequencies, and all that it moves: what shares a band goes together."""

    low_hz: float
    high_hz: float
    moves: dict[Axis, float]
    """Root mean square by axis: metres, or degrees for pan, tilt and roll. A negative one goes the other way."""
    fall: float = 0.0
    """Power falls with the frequency to this: 0 evenly, 2 as a body sways."""


A = Axis
_LEAN = 0.16
"""Degrees of roll or tilt with each centimetre of sway: a body leans about its ankles, 1.5 m below the lens, by 0.38,
of which the neck takes out more than half."""
BANDS: dict[Mount, tuple[Band, ...]] = {
    Mount.HANDS: (
        Band(0.1, 2.0, {A.RIGHT: 0.006, A.ROLL: -0.6 * _LEAN}, 2.0),
        Band(0.1, 1.5, {A.FORWARD: 0.004, A.TILT: -0.4 * _LEAN}, 2.0),
        Band(0.1, 2.0, {A.UP: 0.0025}, 2.0),
        Band(0.2, 0.4, {A.UP: 0.003, A.TILT: 0.05, A.FORWARD: 0.001}),
        Band(0.15, 4.0, {A.PAN: 0.20}, 1.6),
        Band(0.15, 4.0, {A.TILT: 0.15}, 1.6),
        Band(0.15, 3.0, {A.ROLL: 0.08}, 1.8),
        Band(8.0, 12.0, {A.PAN: 0.008}),
        Band(8.0, 12.0, {A.TILT: 0.009}),
        Band(8.0, 12.0, {A.ROLL: 0.005}),
    ),
    Mount.STEADICAM: (
        Band(0.07, 0.5, {A.RIGHT: 0.010, A.ROLL: -0.05}, 1.5),
        Band(0.07, 0.5, {A.UP: 0.006}, 1.0),
        Band(0.06, 0.4, {A.PAN: 0.12}, 1.0),
        Band(0.06, 0.4, {A.TILT: 0.05}, 1.0),
        Band(0.06, 0.3, {A.ROLL: 0.13}, 1.0),
        Band(1.8, 2.0, {A.UP: 0.0012}),
    ),
    Mount.GIMBAL: (
        Band(1.8, 2.0, {A.UP: 0.005}),
        Band(0.9, 1.0, {A.RIGHT: 0.004}),
        Band(0.1, 0.6, {A.RIGHT: 0.004, A.FORWARD: 0.003}, 1.0),
        Band(0.1, 0.3, {A.PAN: 0.02}),
        Band(0.1, 0.3, {A.TILT: 0.012}),
    ),
    Mount.DRONE: (
        Band(0.08, 0.5, {A.RIGHT: 0.025}, 1.0),
        Band(0.08, 0.5, {A.UP: 0.02}, 1.0),
        Band(0.08, 0.4, {A.FORWARD: 0.02}, 1.0),
        Band(0.1, 0.4, {A.PAN: 0.05}),
    ),
    Mount.CABLE: (Band(0.3, 0.8, {A.UP: 0.008}), Band(0.2, 0.6, {A.ROLL: 0.06})),
    Mount.VEHICLE: (
        Band(1.1, 2.2, {A.UP: 0.005, A.TILT: 0.03}),
        Band(1.1, 2.2, {A.TILT: 0.04}),
        Band(8.0, 11.0, {A.UP: 0.0006, A.TILT: 0.012}),
    ),
}
STEPS_HZ = (1.8, 2.0)
_STEP_RISE_M, _STEP_ASIDE_M = 0.009, 0.008
"""Half the way up and down with each step, and to the side with each pair."""
_STEP_TILT_DEG, _STEP_ROLL_DEG, _STEP_PAN_DEG = 0.22, 0.30, 0.16
SHOULDER_M = 0.28
"""From the shoulder that the camera turns about to the lens."""


def sway(mount: Mount, seed: int, t_s: float, walking: float = 0.0) -> dict[Axis, float]:
    """Metres and degrees by axis, `t_s` seconds after the shot began; all 0 at its first moment.

    `walking`: 0 the operator stands .. 1 walks along with the subject; only hands show it.
    """
    moved = dict.fromkeys(Axis, 0.0)
    rng = np.random.default_rng([seed & 0xFFFFFFFF, zlib.crc32(mount.value.encode())])
    for band in BANDS[mount]:
        rates, phases, amplitudes = _sines(band, rng)
        value = float((amplitudes * (np.sin(rates * t_s + phases) - np.sin(phases))).sum())
        for axis, rms in band.moves.items():
            moved[axis] += rms * value
    if mount is Mount.HANDS:
        if walking > 0:
            for axis, step in _steps(rng, t_s).items():
                moved[axis] += walking * step
        moved[Axis.RIGHT] += SHOULDER_M * float(np.radians(moved[Axis.PAN]))
        moved[Axis.UP] += SHOULDER_M * float(np.radians(moved[Axis.TILT]))
    return moved


def _sines(band: Band, rng: np.random.Generator) -> tuple[Vec, Vec, Vec]:
    """(SINES,) rates in rad/s, phases, and amplitudes of root mean square 1 together."""
    # One sine in each part of the band, so that no seed leaves a hole; parts are equal factors where power falls.
    share = (np.arange(SINES) + rng.random(SINES)) / SINES
    phases = rng.uniform(0, 2 * np.pi, SINES)
    if band.fall <= 0:
        return (
            2 * np.pi * (band.low_hz + (band.high_hz - band.low_hz) * share),
            phases,
            np.full(SINES, np.sqrt(2 / SINES)),
        )
    hertz = band.low_hz * (band.high_hz / band.low_hz) ** share
    # Below 0.3 Hz the power is even: nobody drifts away.
    power = hertz * np.maximum(hertz, 0.3) ** -band.fall
    return 2 * np.pi * hertz, phases, np.sqrt(2 * power / power.sum())


def _steps(rng: np.random.Generator, t_s: float) -> dict[Axis, float]:
    """A walk as the lens has it: up and down with every step, to and fro with every pair, no two quite alike."""
    hertz, start = rng.uniform(*STEPS_HZ), rng.uniform(0, 2 * np.pi)
    wander_rate, wander = 2 * np.pi * rng.uniform(0.2, 0.4, 2), rng.uniform(0, 2 * np.pi, 2)

    def at(t: float) -> Vec:
        phase = 2 * np.pi * hertz * t + start + 0.35 * float(np.sin(wander_rate * t + wander).sum())
        step, pair = np.sin(phase), np.sin(phase / 2)
        # The foot comes down faster than the body rises over it.
        strike = step + 0.3 * np.sin(2 * phase + 0.6)
        return np.array([_STEP_RISE_M * strike, _STEP_ASIDE_M * pair, _STEP_TILT_DEG * np.sin(phase - 0.7),
                         _STEP_ROLL_DEG * pair, _STEP_PAN_DEG * np.sin(phase / 2 + 0.9)])  # fmt: skip

    rise, aside, tilt, roll, pan = (float(v) for v in at(t_s) - at(0.0))
    return {Axis.UP: rise, Axis.RIGHT: aside, Axis.TILT: tilt, Axis.ROLL: roll, Axis.PAN: pan}


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
