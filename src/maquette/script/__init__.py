"""Screenplay text to nouns: Fountain and FDX in, scenes, cast and shots out; and what a new draft changed."""

from __future__ import annotations

from maquette.script.fountain_write import to_fountain
from maquette.script.read import parse_text, read_screenplay

__all__ = ["parse_text", "read_screenplay", "to_fountain"]
