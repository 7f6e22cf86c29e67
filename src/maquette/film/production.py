"""What a production decides once, and the brief summary of a draft."""

from __future__ import annotations

from pydantic import Field, field_validator

from maquette.film.base import Noun
from maquette.film.board import ASPECT_RATIOS
from maquette.film.rate import RATES
from maquette.film.settings import ShotListSettings
from maquette.film.style import PanelStyle


class ProductionSettings(Noun):
    """The production's own choices; all pictures follow them unless a command says otherwise."""

    seed: int = 1
    """Decides everything that the script leaves open: faces, wardrobes, sets. Another seed is another casting."""
    shot_list: ShotListSettings = Field(default_factory=ShotListSettings)
    style: PanelStyle = PanelStyle.PHOTO
    aspect: str = "1.78"
    """One of `ASPECT_RATIOS`."""
    rate: str = "24"
    """One of `RATES`: what takes are shot at and the cut runs at."""

    @field_validator("aspect")
    @classmethod
    def _known_aspect(cls, value: str) -> str:
        if value not in ASPECT_RATIOS:
            raise ValueError(f"there is no aspect ratio {value!r}: use one of {', '.join(ASPECT_RATIOS)}")
        return value

    @field_validator("rate")
    @classmethod
    def _known_rate(cls, value: str) -> str:
        if value not in RATES:
            raise ValueError(f"there is no frame rate {value!r}: use one of {', '.join(RATES)}")
        return value


class Draft(Noun):
    """A draft that was read."""

    number: int
    source_name: str
    source_sha256: str
    media: str
    """Digest of the script file in the media store."""
    suffix: str
