"""A frame that was handed to an artist."""

from __future__ import annotations

from fractions import Fraction

from maquette.film.base import Noun


class PaintFrame(Noun):
    """A frame that was handed out to be painted over: what a paintover that comes back is matched with."""

    shot_id: str
    shot_number: str
    moment_s: Fraction = Fraction(0)
    request: str
    """Digest of the `TakeRequest` that it was made from; the file that was handed out carries it."""
    body: str
    """That request as JSON, so that the passes can be made again."""
    picture: str
    """Digest of the frame as PNG in the media store."""
