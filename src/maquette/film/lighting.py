"""Light as a director asks for it. Fields not stated follow from place and time of day.

Directions: the key's azimuth is counted off the subject's look (its nose), horizontally; its height is its elevation
above the subject's eyes. Levels are in stops against the key.
"""

from __future__ import annotations

from enum import StrEnum

from maquette.film.base import Noun
from maquette.film.light_cues import LightCue
from maquette.film.screenplay import TimeOfDay
from maquette.film.shot import Side


class LightPattern(StrEnum):
    """How a face and the place behind it are lit."""

    THREE_POINT = "three-point"
    FLAT = "flat"
    BUTTERFLY = "butterfly"
    """Paramount: high and straight in front."""
    LOOP = "loop"
    REMBRANDT = "rembrandt"
    SPLIT = "split"
    BROAD = "broad"
    """The key on the side of the face that the camera sees more of."""
    SHORT = "short"
    """The key on the side that is turned away from the camera."""
    CROSS_KEY = "cross-key"
    """Two people, each one's key the other's back light."""
    FAR_SIDE = "far-side key"
    """The key beyond the line: the side near the camera falls into shadow."""
    SILHOUETTE = "silhouette"
    HIGH_KEY = "high-key"
    LOW_KEY = "low-key"
    CHIAROSCURO = "chiaroscuro"


class Motivation(StrEnum):
    """What in the picture the key seems to come from: it gives direction, colour and life."""

    WINDOW = "window"
    LAMP = "lamp"
    SCREEN = "screen"
    FIRE = "fire"
    CANDLE = "candle"
    MOON = "moon"
    SUN = "sun"
    NEON = "neon"
    NONE = "none"


class Weather(StrEnum):
    CLEAR = "clear"
    CLOUDY = "cloudy"
    OVERCAST = "overcast"
    RAIN = "rain"
    STORM = "storm"
    MIST = "mist"
    FOG = "fog"
    SNOW = "snow"


class LightControls(Noun):
    """What is stated about the light at one scope. None: the plan of the scene, the place and the hour decide."""

    pattern: LightPattern | None = None
    key_side: Side | None = None
    """At a shot: the side of this frame. At a scene or the production: the side of the world, seen from the scene's
    master camera, so that a reverse angle keeps it."""
    key_azimuth_deg: float | None = None
    """0 in front of the face .. 90 from the side .. 180 from behind; wins over the pattern's."""
    key_height_deg: float | None = None
    """Elevation above the eyes; negative is light from below."""
    key_fill_ratio: float | None = None
    """2 is 2:1, lit side of the face to its shadow side."""
    key_size_m: float | None = None
    """Width of the source: hard below 0.3, soft above 1."""
    key_kelvin: float | None = None
    fill_kelvin: float | None = None
    """None: the key's own where the key's is stated."""
    back_kelvin: float | None = None
    green: float | None = None
    """Plus green (positive) or minus green on the key, in 1/1000 of CIE 1960 v from the black body: 10 is a filter."""
    back_stops: float | None = None
    """Rim light against the key; -8 and less is none."""
    background_stops: float | None = None
    """Light on the place behind against the key."""
    eye_light: bool | None = None
    """A small lamp by the lens for a glint in the eyes."""
    practicals: bool | None = None
    """Lamps of the place on or off."""
    practical_stops: float | None = None
    """Lamps of the place dimmed or lifted."""
    motivation: Motivation | None = None
    flicker: float | None = None
    """0 steady .. 1 an open fire: how much the key wavers over time."""
    light_cues: tuple[LightCue, ...] | None = None
    """What changes during the shot, in order of time. The meter reads the light without them."""
    time_of_day: TimeOfDay | None = None
    sun_azimuth_deg: float | None = None
    """Direction the sun or moon stands in, degrees off the master camera's view as seen from above: 0 behind the
    camera, 90 camera right, 180 behind the subject."""
    sun_elevation_deg: float | None = None
    weather: Weather | None = None
    haze: float | None = None
    """Smoke in the air, 0 none .. 1 thick."""
    exposure_stops: float | None = None
    """On top of the metered exposure."""
    white_balance_k: float | None = None
    """The light that the camera renders white."""


class Lighting(LightControls):
    """The plan for one shot: what is stated, resolved, with the place's own facts."""

    time_of_day: TimeOfDay = TimeOfDay.DAY  # pyright: ignore[reportIncompatibleVariableOverride]
    interior: bool = True
    exposure_stops: float = 0.0  # pyright: ignore[reportIncompatibleVariableOverride]
    key_side_of_frame: bool = False
    """True: `key_side` is the side of this frame; False: of the world, from the master camera."""

    @property
    def planned(self) -> bool:
        """Whether anybody stated how the subject is lit: then the light is metered and balanced to it, else the place
        lights as it lights."""
        stated = (self.pattern, self.key_azimuth_deg, self.key_height_deg, self.key_fill_ratio, self.key_kelvin,
                  self.back_stops, self.background_stops, self.key_size_m, self.fill_kelvin, self.green,
                  self.motivation)  # fmt: skip
        return any(v is not None for v in stated)
