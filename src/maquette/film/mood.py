"""Mood: an editable recipe over levers that everybody can see, never a magic word."""

from __future__ import annotations

from maquette.film.base import Noun
from maquette.film.camera import Composition
from maquette.film.grade import Tint
from maquette.film.lighting import LightPattern, Motivation, Weather
from maquette.film.shot import Move


class MoodLevers(Noun):
    """The levers of a mood at full intensity. None: this mood leaves the lever alone.

    Numbers blend; words take effect from intensity `WORD_THRESHOLD` on.
    """

    pattern: LightPattern | None = None
    contrast_stops: float | None = None
    """Key:fill in stops: 1 is 2:1, 3 is 8:1."""
    key_height_deg: float | None = None
    softness_m: float | None = None
    """Width of the key."""
    exposure_stops: float | None = None
    background_stops: float | None = None
    back_stops: float | None = None
    key_kelvin: float | None = None
    green: float | None = None
    motivation: Motivation | None = None
    flicker: float | None = None
    haze: float | None = None
    weather: Weather | None = None
    saturation: float | None = None
    picture_contrast: float | None = None
    temperature_mired: float | None = None
    shadow_tint: Tint | None = None
    highlight_tint: Tint | None = None
    lift: float | None = None
    lens_factor: float | None = None
    """Focal length times this: below 1 is wider and nearer."""
    tightness: float | None = None
    pitch_deg: float | None = None
    """Added to the camera's pitch at the subject: positive looks up."""
    roll_deg: float | None = None
    t_stop: float | None = None
    composition: Composition | None = None
    move: Move | None = None
    move_speed: float | None = None
    shake: float | None = None
    shot_length: float | None = None
    """Factor on the estimated running time."""


WORD_THRESHOLD = 0.5
"""Intensity from which on a mood's words (pattern, move, weather, composition) take effect."""


class MoodRecipe(Noun):
    """A named mood and what it does."""

    name: str
    says: str
    """One sentence for the director: what it does and why it reads so."""
    levers: MoodLevers
    valence: float
    """-1 unpleasant .. 1 pleasant."""
    arousal: float
    """-1 calm .. 1 excited."""
    own: bool = False
    """Saved by this production."""


class MoodPoint(Noun):
    """A point of the mood curve of a scene."""

    at: float
    """Share of the scene's running time, 0..1."""
    intensity: float
    """0..1"""


class MoodControls(Noun):
    """What is stated about mood at one scope."""

    name: str | None = None
    intensity: float | None = None
    """0..1; None: 1 where a mood is named."""
    second: str | None = None
    """A second mood blended in."""
    blend: float | None = None
    """Share of the second mood, 0..1; None: 0.5 where there is one."""
    curve: tuple[MoodPoint, ...] | None = None
    """Scene or production: intensity over the running time; linear between points, multiplies `intensity`."""
