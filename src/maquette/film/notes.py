"""A director's note, as it was understood: proposals only, nothing changes until it is accepted."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field

from maquette.film.base import Noun


class How(StrEnum):
    """How words were understood."""

    GRAMMAR = "film language"
    """Exact terms, numbers and comparisons."""
    DICTIONARY = "your dictionary"
    """A correction that a director of this production made."""
    MEANING = "meaning"
    """Free words, by nearness to described vocabulary."""
    MODEL = "language model"
    """A local language model that the user plugged in."""


class ProposedChange(Noun):
    """One control that a note asks to change."""

    control: str
    """Name in `CONTROLS`."""
    setting: str
    """What accepting it states, as `parse_setting` reads it: "lens=50"; "lighting=none" takes a value back."""
    before: str
    """The value that holds now, as a director reads it."""
    after: str
    words: str
    """The words of the note that led to it."""
    sure: float = Field(ge=0, le=1)
    how: How
    why: str = ""
    """A clause where the way from words to control is not plain: "lonely: the figure small in the frame"."""


class NoteReading(Noun):
    """A note with everything that was and was not understood."""

    note: str
    changes: tuple[ProposedChange, ...] = ()
    not_understood: tuple[str, ...] = ()
    """Stretches of the note, as written."""
    remarks: tuple[str, ...] = ()
    """Contradictions and impossible values, one sentence each."""


class Correction(Noun):
    """An entry of the director's dictionary: in this production these words mean these settings."""

    words: str
    """In lower case."""
    settings: tuple[str, ...]
    """As `parse_setting` reads them; "lens*1.3" multiplies and "pitch+8" or "pitch-8" adds to what holds."""
    by: str = ""
    """Who taught it."""


class DirectorsDictionary(Noun):
    """All corrections of a production, oldest first; of two for the same words the later holds."""

    entries: tuple[Correction, ...] = ()
