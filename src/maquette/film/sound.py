"""Sounds that people bring to a production, and what they go with: they move with the cut."""

from __future__ import annotations

from enum import StrEnum
from fractions import Fraction

from pydantic import Field

from maquette.film.base import Noun
from maquette.film.timeline import SoundKind

SOUND_RATE = 48_000
"""Samples a second of everything that is heard: the rate of film and television."""


class Anchor(StrEnum):
    """What a sound goes with."""

    FILM = "film"
    SCENE = "scene"
    SHOT = "shot"
    LINE = "line"
    """A speech: it starts where the speech does."""


class SoundPlacement(Noun):
    """A sound file in the production, and where in the cut it starts."""

    name: str
    """Unique in the production: "wind", "wind-2"."""
    file_name: str
    """As it was imported."""
    media: str
    """Digest of the file in the media store."""
    suffix: str
    kind: SoundKind = SoundKind.EFFECT
    anchor: Anchor
    target: str = ""
    """Id of the scene, shot or screenplay element; empty for the film."""
    label: str
    """The target as people say it: "shot 3A", "scene 3", "the film"."""
    at_s: Fraction = Fraction(0)
    """Seconds after the target's start; negative starts before it."""
    gain_db: float = Field(default=0.0, ge=-60, le=24)
    length_s: Fraction
    """Running time of the file."""
    removed: bool = False
    """Taken out again: kept on record, not heard."""
