"""Options of one shot side by side, one of which a person picks."""

from __future__ import annotations

from maquette.film.base import Noun


class Option(Noun):
    """One combination that was tried."""

    number: int
    """From 1, as labelled."""
    settings: tuple[str, ...]
    """As `parse_setting` reads them."""
    request: str
    """Digest of the picture's request."""


class Exploration(Noun):
    """A contact sheet of options, kept with the shot."""

    shot_id: str
    options: tuple[Option, ...]
    left_out: int = 0
    """Combinations beyond the asked number of pictures."""
    picked: int | None = None
    picked_by: str = ""
