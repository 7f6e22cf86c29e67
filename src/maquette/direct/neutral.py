"""What a control is taken to be where nobody states it: the ground that moods start from and "twice" is counted on."""

from __future__ import annotations

from typing import Any

from maquette.film.camera import Composition, Easing, Foreground, Sensor
from maquette.film.lighting import Motivation, Weather
from maquette.film.shot import ANGLE_PITCH_DEG, Angle, Move

NEUTRAL: dict[str, Any] = {
    "tightness": 1.0,
    "angle": Angle.EYE,
    "pitch": 0.0,
    "height": 1.6,
    "roll": 0.0,
    "azimuth": 35.0,
    "composition": Composition.LEAD_ROOM,
    "foreground": Foreground.CLEAN,
    "headroom": 0.08,
    "lens": 40.0,
    "sensor": Sensor.SUPER_35,
    "squeeze": 1.0,
    "t-stop": 4.0,
    "focus-distance": 2.5,
    "deep-focus": False,
    "move": Move.STATIC,
    "move-speed": 1.0,
    "move-extent": 1.0,
    "easing": Easing.EASE_IN_OUT,
    "shake": 0.0,
    "operator": True,
    "key-azimuth": 40.0,
    "key-height": 30.0,
    "key-fill": 3.0,
    "key-size": 0.8,
    "key-kelvin": 4800.0,
    "fill-kelvin": 4800.0,
    "back-kelvin": 4800.0,
    "green": 0.0,
    "back": -1.0,
    "background": -0.5,
    "eye-light": False,
    "practicals": True,
    "practical-level": 0.0,
    "motivation": Motivation.NONE,
    "flicker": 0.0,
    "sun-azimuth": 60.0,
    "sun-height": 35.0,
    "weather": Weather.CLEAR,
    "haze": 0.0,
    "exposure": 0.0,
    "white-balance": 4800.0,
    "saturation": 1.0,
    "contrast": 1.0,
    "warmth": 0.0,
    "shadow-tint": (0.0, 0.0),
    "highlight-tint": (0.0, 0.0),
    "lift": 0.0,
    "mood-intensity": 1.0,
    "mood-blend": 0.5,
    "duration": 3.0,
}
"""By control name. A control that is not here (a subject, a side, an hour) has no neutral value."""


def pitch_of(pitch: float | None, angle: Angle | None) -> float:
    """Degrees that the camera looks up at the subject: the stated pitch, else the angle's own."""
    return pitch if pitch is not None else ANGLE_PITCH_DEG[angle or Angle.EYE]
