"""A lookbook for the production designer's wall: the same shots under each look, laid out by typst."""

from __future__ import annotations

import json
import tempfile
from dataclasses import dataclass
from pathlib import Path

import typst

from maquette.deliver.board_pdf import FONTS
from maquette.film.errors import BoardError
from maquette.film.look import Swatch

TEMPLATE = Path(__file__).with_name("lookbook.typ")
MARK = "Lookbook · non-commercial research material"
SHEET_PPI = 96
"""Of the contact sheet: its pictures are about 480 pixels wide."""
CURVE_POINTS = 33


@dataclass(frozen=True)
class ShotShown:
    """A shot that every look is shown on."""

    number: str
    spec: str
    """Size, framing, lens."""
    heading: str
    """Of its scene."""


@dataclass(frozen=True)
class ReferenceShown:
    name: str
    picture: bytes
    """A thumbnail as JPEG or PNG."""


@dataclass(frozen=True)
class LookShown:
    """One look's page."""

    name: str
    line: str
    """What it is in a few words: "watercolour · 80 % intensity"."""
    notes: str
    facts: tuple[tuple[str, str], ...]
    """What it is made of: ("Film", "grain 0.4, halation 0.2")."""
    palette: tuple[Swatch, ...]
    references: tuple[ReferenceShown, ...]
    curve: tuple[float, ...]
    """Grey out for `CURVE_POINTS` even steps of grey in, as codes 0..1."""
    pictures: tuple[bytes, ...]
    """As PNG or JPEG, one for each shot."""


@dataclass(frozen=True)
class Step:
    """One rung of a ladder from one look to another."""

    share: float
    """Of the second look, 0..1."""
    palette: tuple[Swatch, ...]
    pictures: tuple[bytes, ...]


@dataclass(frozen=True)
class Ladder:
    """Two looks and what lies between them."""

    start: str
    end: str
    steps: tuple[Step, ...]


@dataclass(frozen=True)
class Lookbook:
    """Everything that the pages show."""

    title: str
    byline: str
    shots: tuple[ShotShown, ...]
    looks: tuple[LookShown, ...]
    hero: int
    """Index of the shot that is shown large."""
    aspect: float
    """Width over height of the pictures."""
    ladder: Ladder | None = None
    mark: str = MARK


def lookbook_pdf(book: Lookbook) -> bytes:
    """All pages, A3: the looks side by side, a page for each, and the ladder if there is one."""
    return _compiled(book, "book", "pdf")


def lookbook_sheet(book: Lookbook) -> bytes:
    """One PNG: looks down, shots across, however many there are."""
    return _compiled(book, "sheet", "png")


def _compiled(book: Lookbook, part: str, kind: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="maquette-lookbook-") as folder:
        root = Path(folder)
        data = _template_data(book, root)
        (root / "lookbook.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        (root / "lookbook.typ").write_bytes(TEMPLATE.read_bytes())
        inputs = {"data": "lookbook.json", "part": part}
        source, fonts = str(root / "lookbook.typ"), [str(FONTS)]
        try:
            if kind == "pdf":
                made = typst.compile(source, root=str(root), font_paths=fonts, sys_inputs=inputs)
            else:
                made = typst.compile(
                    source, root=str(root), font_paths=fonts, sys_inputs=inputs, format="png", ppi=SHEET_PPI
                )
        except (RuntimeError, typst.TypstError) as error:
            raise BoardError(f"The lookbook cannot be laid out ({error}): please report it.") from error
    if not isinstance(made, bytes):
        raise BoardError("The lookbook's contact sheet came to more than one page: show fewer looks or shots.")
    return made


def _template_data(book: Lookbook, root: Path) -> dict[str, object]:
    """What the template reads; pictures go into files beside it."""

    def file(data: bytes) -> str:
        suffix = "png" if data.startswith(b"\x89PNG") else "jpg"
        name = f"picture-{len(list(root.iterdir())):04d}.{suffix}"
        (root / name).write_bytes(data)
        return name

    ladder = book.ladder
    return {
        "title": book.title or "Untitled",
        "byline": book.byline,
        "mark": book.mark,
        "aspect": book.aspect,
        "hero": book.hero,
        "shots": [{"number": s.number, "spec": s.spec, "heading": s.heading} for s in book.shots],
        "looks": [
            {
                "name": look.name,
                "line": look.line,
                "notes": look.notes,
                "facts": [{"what": what, "value": value} for what, value in look.facts],
                "palette": _palette(look.palette),
                "references": [{"name": r.name, "image": file(r.picture)} for r in look.references],
                "curve": list(look.curve),
                "pictures": [file(p) for p in look.pictures],
            }
            for look in book.looks
        ],
        "ladder": None
        if ladder is None
        else {
            "start": ladder.start,
            "end": ladder.end,
            "steps": [
                {"share": s.share, "palette": _palette(s.palette), "pictures": [file(p) for p in s.pictures]}
                for s in ladder.steps
            ],
        },
    }


def _palette(palette: tuple[Swatch, ...]) -> list[dict[str, object]]:
    return [
        {"colour": s.colour, "share": s.share, "name": s.name, "protected": s.protected, "dark": _is_dark(s.colour)}
        for s in palette
    ]


def _is_dark(colour: str) -> bool:
    """Whether white words are read better on it than dark ones."""
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return 0.299 * red + 0.587 * green + 0.114 * blue < 140
