"""A shot in motion: what is asked of a take, what is played in it, and what was shot."""

from __future__ import annotations

from fractions import Fraction

from pydantic import Field, field_validator

from maquette.film.base import Noun
from maquette.film.cast import Performance
from maquette.film.rate import RATES, Rate
from maquette.film.request import TakeRequest

FIRST_FRAME = 1001
"""Number of the first frame of an image sequence, by custom: handles count down from it and stay positive."""
PREVIS, HOUSE = "previs", "house"
"""What makes frames from passes: the traced picture and procedures, which need no weights, or the house model."""
LONGEST_TAKE_S = 600
"""Longer takes are refused: no shot of a film is planned so."""


class Speech(Noun):
    """Words that somebody says in a beat; lips follow them."""

    character: str
    words: str
    start_s: Fraction
    end_s: Fraction


class Beat(Noun):
    """A stretch of a shot in which everybody does one thing. Beats follow one another without gaps from 0 s."""

    start_s: Fraction
    """Seconds into the shot."""
    performances: tuple[Performance, ...]
    """What each of the scene's cast does from here on, in the order of the request's."""
    speeches: tuple[Speech, ...] = ()
    line_id: str | None = None
    """The screenplay element it plays; None: before the first."""


class Motion(Noun):
    """How a shot is put into motion."""

    rate: Rate = RATES["24"]
    frames: int
    """Length of the take without handles, at least 1."""
    handles: int = 0
    """Frames more at each end, for the cutting room."""
    hold: int = 1
    """Animated on ones, twos or threes: characters and props hold each drawing for so many frames; cameras never do."""
    shutter_deg: float | None = None
    """Shutter angle of the motion blur, 1..360; None: every frame is sharp."""
    shutter_samples: int = 8
    """Moments that one blurred frame is made of."""

    @field_validator("frames", "hold", "shutter_samples")
    @classmethod
    def _some(cls, value: int) -> int:
        if value < 1:
            raise ValueError("at least 1 is needed")
        return value

    @property
    def total(self) -> int:
        """Frames to be made, handles included."""
        return self.frames + 2 * self.handles

    def time_of(self, index: int) -> Fraction:
        """Seconds into the shot of frame `index`, counted from 0 at the start of the head handle."""
        return self.rate.seconds(index - self.handles)

    def played(self, t_s: Fraction) -> Fraction:
        """The time that characters and props show at `t_s`: the drawing that is held then."""
        step = Fraction(self.hold) / self.rate.fps
        return (t_s // step) * step


class ShootRequest(Noun):
    """Everything that affects a take. Its digest names the take's folder and is its provenance record."""

    picture: TakeRequest
    """The shot as its first panel has it; `moment_s` is 0."""
    beats: tuple[Beat, ...] = ()
    """Empty: everybody does what `picture.performances` says throughout."""
    motion: Motion
    coherence: int
    """Version of what makes frames from passes over time."""


class TakeRecord(Noun):
    """A take that was shot, or is being shot. Frames lie in the production under `takes/<digest>/`."""

    request: str
    """Digest of its `ShootRequest`."""
    shot_id: str
    shot_number: str
    number: int
    """Take 1, 2, 3 ... of the shot."""
    rate: Rate
    frames: int
    """Without handles."""
    handles: int = 0
    width: int
    height: int
    finished: int = 0
    """Frames that are there, handles included."""
    circled: bool = False
    """The one the director prefers."""
    seed: int
    backend: str = PREVIS
    notes: tuple[str, ...] = ()
    facts: dict[str, str] = Field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return self.finished >= self.frames + 2 * self.handles
