"""A board as data: what is laid out, before any page exists."""

from __future__ import annotations

from enum import StrEnum

from maquette.film.base import Noun
from maquette.film.errors import UsageError


class Paper(StrEnum):
    """Sheets, by the names that the page template knows."""

    A4 = "a4"
    A3 = "a3"
    LETTER = "letter"
    LEGAL = "legal"
    TABLOID = "11x17"


ASPECT_RATIOS: dict[str, float] = {
    "2.39": 2.39,
    "2.20": 2.20,
    "2.00": 2.0,
    "1.85": 1.85,
    "1.78": 16 / 9,
    "16:9": 16 / 9,
    "1.66": 1.66,
    "1.375": 1.375,
    "1.33": 4 / 3,
    "4:3": 4 / 3,
    "1.00": 1.0,
    "1:1": 1.0,
    "9:16": 9 / 16,
}
"""Width over height by the field's names."""


def aspect_name(aspect: float) -> str:
    """The field's name of the aspect ratio nearest to `aspect`, width over height."""
    return min(ASPECT_RATIOS, key=lambda name: abs(ASPECT_RATIOS[name] - aspect))


class Layout(Noun):
    """Cells on a page: a grid, or one panel a row with its caption beside."""

    columns: int
    rows: int
    beside: bool = False

    @property
    def name(self) -> str:
        return "beside" if self.beside else f"{self.columns}x{self.rows}"


LAYOUTS: dict[str, Layout] = {
    f"{c}x{r}": Layout(columns=c, rows=r) for c in (1, 2, 3) for r in (1, 2, 3)
} | {"beside": Layout(columns=1, rows=4, beside=True)}  # fmt: skip


def layout_named(name: str) -> Layout:
    """The layout "1x1" .. "3x3" or "beside". Raises UsageError for another name."""
    if name not in LAYOUTS:
        raise UsageError(f"There is no layout {name!r}: use one of {', '.join(LAYOUTS)}.")
    return LAYOUTS[name]


def paper_named(name: str) -> Paper:
    """The sheet of that name, in any case. Raises UsageError for another name."""
    try:
        return Paper(name.lower())
    except ValueError:
        raise UsageError(f"There is no paper {name!r}: use one of {', '.join(Paper)}.") from None


class Speech(Noun):
    name: str
    how: str = ""
    """Extension or parenthetical."""
    text: str


class Cell(Noun):
    """One panel with its caption."""

    number: str
    image: str | None
    """File name of the picture, relative to the board's folder; None: not drawn."""
    frame: str = ""
    """"start" or "end" for a move that prints both."""
    overlay: str | None = None
    """File name of the SVG with the camera-move arrows."""
    heading: str = ""
    """The scene heading, on the scene's first cell."""
    spec: str = ""
    """Size, angle, move, lens."""
    duration: str = ""
    status: str = "asked"
    action: str = ""
    dialogue: tuple[Speech, ...] = ()
    notes: str = ""
    reason: str = ""
    transition: str = ""


class Board(Noun):
    """Everything that a board's pages show."""

    title: str
    byline: str = ""
    draft: str = ""
    summary: str = ""
    mark: str = ""
    """Printed at the foot of every page."""
    paper: Paper = Paper.A4
    layout: Layout = LAYOUTS["3x2"]
    aspect: float = 16 / 9
    cells: tuple[Cell, ...] = ()
