"""What the pipeline gives back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from maquette.film.delivered import Delivered
from maquette.film.production import Draft
from maquette.film.revision import DraftChange
from maquette.film.shot import Shot, ShotListChange

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what) as long work goes on."""


def silent(_done: int, _total: int, _what: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Panel:
    """A finished panel."""

    shot: Shot
    frame: str
    """"start", "end" or "" for a shot of one panel."""
    path: Path
    """In the production's media store."""
    request: str
    """Digest of the request that made it."""
    new: bool
    """False: it was there already."""
    notes: tuple[str, ...]
    delivered: Delivered
    """What the picture came to, beside what was asked."""


@dataclass(frozen=True)
class BoardResult:
    """Where a board was written, and what is in it."""

    folder: Path
    pdf: Path
    contact_sheet: Path
    csv: Path
    panels: tuple[tuple[Panel, Path], ...]
    """Each panel with its copy in the board's folder."""
    notes: tuple[str, ...]


@dataclass(frozen=True)
class UpdateResult:
    """What a new draft did."""

    draft: Draft
    script: DraftChange
    shots: ShotListChange
