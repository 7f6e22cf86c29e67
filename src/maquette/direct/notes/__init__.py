"""Director's notes in plain words -> proposed control changes."""

from __future__ import annotations

from maquette.direct.notes.dictionary import forgotten, learned
from maquette.direct.notes.model import LanguageModel
from maquette.direct.notes.read import read_note

__all__ = ["LanguageModel", "forgotten", "learned", "read_note"]
