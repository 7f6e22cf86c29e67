"""Controls at their scopes: what is stated where, what holds for a shot, and where each value comes from."""

from __future__ import annotations

from enum import StrEnum
from itertools import pairwise

from pydantic import Field

from maquette.film.base import Noun
from maquette.film.camera import CameraControls, Easing, eased
from maquette.film.grade import Grade, GradeControls
from maquette.film.lighting import LightControls
from maquette.film.mood import MoodControls
from maquette.film.shot import Shot


class Scope(StrEnum):
    """Where a control is stated. The nearest to the shot wins."""

    PRODUCTION = "production"
    SCENE = "scene"
    SHOT = "shot"


class Origin(StrEnum):
    """Where a value that holds comes from, from the last word to the first guess."""

    SHOT = "shot"
    SCRIPT = "script"
    """The words of the screenplay state it."""
    SHOT_MOOD = "mood of the shot"
    SCENE = "scene"
    SCENE_MOOD = "mood of the scene"
    PRODUCTION = "production"
    PRODUCTION_MOOD = "mood of the production"
    SHOT_LIST = "shot list"
    """Proposed or filled in by the shot list."""
    PLACE = "place and hour"
    """Follows from the heading, the set and the time of day."""


class Key(Noun):
    """A value at one moment of the shot."""

    at: float
    """Share of the shot, 0..1."""
    value: float
    easing: Easing = Easing.EASE_IN_OUT
    """How it gets here from the key before."""


class Track(Noun):
    """A continuous control over the shot."""

    control: str
    """Name of a control that can be keyed (`ControlSpec.keyable`)."""
    keys: tuple[Key, ...]
    """In order of time. Before the first and after the last key the value rests."""


KEYED_BY_FACTOR = frozenset({"tightness", "lens", "t-stop", "focus-distance", "key-fill", "key-kelvin"})
"""Controls that can be keyed and whose equal steps are equal factors, as `CONTROLS` has them (`by_factor`)."""


def track_value(track: Track, share: float) -> float:
    """What a keyed control has come to after a share 0..1 of the shot; it passes exactly through its keys.

    Between two keys it goes with the later key's easing: lenses, stops and other factors evenly in their logarithm,
    all else evenly. A track has at least one key.
    """
    first, last = track.keys[0], track.keys[-1]
    if share <= first.at:
        return first.value
    for a, b in pairwise(track.keys):
        if share < b.at:
            k = eased((share - a.at) / (b.at - a.at), b.easing)
            if track.control in KEYED_BY_FACTOR and a.value > 0 and b.value > 0:
                return a.value * (b.value / a.value) ** k
            return a.value + (b.value - a.value) * k
    return last.value


class Controls(Noun):
    """Everything stated at one scope."""

    camera: CameraControls = Field(default_factory=CameraControls)
    lighting: LightControls = Field(default_factory=LightControls)
    mood: MoodControls = Field(default_factory=MoodControls)
    grade: GradeControls = Field(default_factory=GradeControls)
    duration_s: float | None = None
    """Running time of the shot in seconds."""
    tracks: tuple[Track, ...] = ()


class Holding(Noun):
    """One control of a shot: the value that holds and why."""

    control: str
    """Name in `CONTROLS`."""
    value: str
    """As a director reads it: "85 mm", "8:1", "left"."""
    origin: Origin
    why: str = ""
    """The mood, the words of the script, the correction ... that led here."""


class Directed(Noun):
    """A shot with all controls resolved: what the request is made from."""

    shot: Shot
    camera: CameraControls
    """Only what `shot` has no place for; the rest is in `shot` already."""
    lighting: LightControls
    grade: Grade
    mood: MoodControls = Field(default_factory=MoodControls)
    """The mood that holds; its changes are in the values above already. Of a keyed intensity the first key's."""
    tracks: tuple[Track, ...] = ()
    holdings: tuple[Holding, ...] = ()
    """Every control that anything is stated about, in the order of `CONTROLS`."""
    warnings: tuple[str, ...] = ()
    """What will not work as asked, in one sentence each: warned, never forbidden."""
