"""What a production sets once: how shots are listed and numbered."""

from __future__ import annotations

from enum import StrEnum

from pydantic import field_validator

from maquette.film.base import Noun


class Density(StrEnum):
    """How much coverage is proposed where the script states none."""

    ASKED_ONLY = "asked only"
    """Nothing is proposed."""
    SPARSE = "sparse"
    """The master and the one or two moments that carry the scene."""
    STANDARD = "standard"
    """About three to eight shots a scene, by its content."""
    FULL = "full"
    """A cut wherever an editor could want one; also fills the lines that stated shots leave open."""


class NumberingScheme(StrEnum):
    """How shots are numbered."""

    US = "US"
    """Scene number, then letters: 24, 24A, 24B ... 24Z, 24AA."""
    UK = "UK"
    """One slate number that climbs through the shoot: 1, 2, 3."""
    VFX = "VFX"
    """SHOW_SEQ_SCENE_0010, in steps of 10."""


class ShotListSettings(Noun):
    """How a shot list is made from a screenplay."""

    density: Density = Density.STANDARD
    scheme: NumberingScheme = NumberingScheme.US
    skipped_letters: str = "IO"
    """Letters never used in US numbers because they read as digits. Case does not matter."""
    show_code: str = ""
    """VFX: code of the show. Empty: made from the title ("The Last Ferry" is TLF), else SHOW."""
    sequence_code: str = "SEQ"
    """VFX: code of the sequence."""

    @field_validator("skipped_letters")
    @classmethod
    def _letters_remain(cls, value: str) -> str:
        letters = "".join(sorted({c for c in value.upper() if "A" <= c <= "Z"}))
        if len(letters) > 24:
            raise ValueError("at most 24 letters can be skipped in shot numbers: two must remain")
        return letters

    @field_validator("show_code", "sequence_code")
    @classmethod
    def _plain_code(cls, value: str) -> str:
        if not all(c.isalnum() and c.isascii() for c in value):
            raise ValueError("show and sequence codes are letters and digits only, such as TLF or 010")
        return value.upper()
