"""Shot list and scene breakdown as a workbook for the production office, and the breakdown as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from types import MappingProxyType
from typing import Any

import xlsxwriter
from PIL import Image
from xlsxwriter.exceptions import XlsxWriterException

from maquette.deliver.shot_csv import safe
from maquette.deliver.whole import whole_file
from maquette.film.errors import MediaError
from maquette.film.rate import Rate
from maquette.film.shot import Shot

THUMBNAIL_PX = (160, 90)
MAX_CELL = 32767
"""Characters: Excel takes no more."""
NO_CODES: Mapping[str, str] = MappingProxyType({})
Row = list[str | float | int]
NO_PANELS: Mapping[str, Path] = MappingProxyType({})


@dataclass(frozen=True)
class SceneBreakdown:
    """What one scene needs on the day."""

    number: str
    heading: str
    time: str
    """Day, night, dusk ..."""
    cast: tuple[str, ...] = ()
    props: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    eighths: int | None = None
    """Length in eighths of a page, where the script's pages are known."""
    duration_s: Fraction | None = None
    """Estimated running time in seconds."""
    shots: int = 0
    weather: str = ""


@dataclass(frozen=True)
class Column:
    """One column of a sheet."""

    title: str
    width: float
    """Characters."""
    number: bool = False
    wrap: bool = False


SHOT_COLUMNS = (
    Column("Shot", 8), Column("Scene", 7), Column("Heading", 28, wrap=True), Column("Size", 8), Column("Angle", 12),
    Column("Move", 13), Column("Lens mm", 8, number=True), Column("Subjects", 20, wrap=True),
    Column("Seconds", 9, number=True), Column("Frames", 8, number=True), Column("Timecode", 13), Column("Status", 10),
    Column("Dialogue", 36, wrap=True), Column("Description", 44, wrap=True),
)  # fmt: skip
SCENE_COLUMNS = (
    Column("Scene", 7), Column("Heading", 30, wrap=True), Column("Day / night", 12), Column("Cast", 24, wrap=True),
    Column("Props", 28, wrap=True), Column("Sets", 18, wrap=True), Column("Locations", 20, wrap=True),
    Column("Weather", 10), Column("Pages", 8), Column("Seconds", 9, number=True), Column("Shots", 7, number=True),
)  # fmt: skip
MARK_COLUMN = Column("Use", 24, wrap=True)
"""What the material may be used for: the last column, as in the CSV files (`shot_csv.MARK_COLUMN` says why)."""


def write_breakdown(
    path: Path,
    shots: Sequence[Shot],
    scenes: Sequence[SceneBreakdown],
    rate: Rate,
    *,
    title: str,
    timecodes: Mapping[str, str] = NO_CODES,
    panels: Mapping[str, Path] = NO_PANELS,
    research_mark: str = "",
) -> None:
    """An XLSX with the sheets "Shots" and "Scenes", one row each, ready to print in landscape.

    `timecodes`: shot id to its first frame's timecode in the cut. `panels`: shot id to a PNG or JPEG that becomes a
    small picture in the row. `research_mark`: what the material may be used for, in a last column, in the footer of
    each printed page and in the file's properties; without one there is no such column. Text stays text, whatever it
    starts with. Raises MediaError and DiskFull.
    """
    headings = {s.number: s.heading for s in scenes}
    rows = [_shot_row(s, headings.get(s.scene_number, ""), rate, timecodes.get(s.id, "")) for s in shots]
    with whole_file(path) as part:
        # Links and formulas are never made of the script's words.
        book = xlsxwriter.Workbook(
            str(part), {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        )
        book.set_properties({"title": title, "comments": research_mark})
        pictures = [panels.get(s.id) for s in shots] if panels else None
        scene_rows = [_scene_row(s) for s in scenes]
        _sheet(book, "Shots", *_marked(SHOT_COLUMNS, rows, research_mark), title, research_mark, pictures)
        _sheet(book, "Scenes", *_marked(SCENE_COLUMNS, scene_rows, research_mark), title, research_mark, None)
        try:
            book.close()
        except XlsxWriterException as error:
            cause = error.args[0] if error.args else None
            if isinstance(cause, OSError):
                raise cause from error
            raise MediaError(f"{path} cannot be written as a workbook ({error}): choose another folder.") from error


def breakdown_csv(scenes: Sequence[SceneBreakdown], research_mark: str = "") -> bytes:
    """The scene breakdown as CSV (RFC 4180) in UTF-8 with the mark by which Excel knows it.

    research_mark: as in `write_breakdown`.
    """
    out = io.StringIO()
    writer = csv.writer(out)
    columns, rows = _marked(SCENE_COLUMNS, [_scene_row(s) for s in scenes], research_mark)
    writer.writerow(c.title for c in columns)
    for row in rows:
        writer.writerow(safe(_cell_text(v)) for v in row)
    return out.getvalue().encode("utf-8-sig")


def _marked(
    columns: Sequence[Column], rows: Sequence[Row], research_mark: str
) -> tuple[Sequence[Column], Sequence[Row]]:  # fmt: skip
    """Columns and rows with what the material may be used for."""
    if not research_mark:
        return columns, rows
    return (*columns, MARK_COLUMN), [[*row, research_mark] for row in rows]


def pages_text(eighths: int) -> str:
    """ "1 3/8" of 11 eighths, as schedules count pages."""
    whole, rest = divmod(eighths, 8)
    return " ".join(([str(whole)] if whole else []) + ([f"{rest}/8"] if rest else [])) or "0"


def _shot_row(shot: Shot, heading: str, rate: Rate, code: str) -> Row:
    return [
        shot.number, shot.scene_number, heading, shot.size.value, shot.angle.value, shot.move.value, shot.lens_mm,
        ", ".join(shot.subjects), round(float(shot.duration_s), 2), rate.frames(shot.duration_s), code,
        shot.status.value, shot.dialogue, shot.text,
    ]  # fmt: skip


def _scene_row(scene: SceneBreakdown) -> Row:
    return [
        scene.number, scene.heading, scene.time, ", ".join(scene.cast), ", ".join(scene.props), ", ".join(scene.sets),
        ", ".join(scene.locations), scene.weather, "" if scene.eighths is None else pages_text(scene.eighths),
        "" if scene.duration_s is None else round(float(scene.duration_s), 1), scene.shots,
    ]  # fmt: skip


def _sheet(
    book: Any,
    name: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    title: str,
    research_mark: str,
    pictures: Sequence[Path | None] | None,
) -> None:
    sheet = book.add_worksheet(name)
    head = book.add_format({"bold": True, "bg_color": "#e7e5e0", "bottom": 1, "valign": "vcenter"})
    plain, wrapped = book.add_format({"valign": "top"}), book.add_format({"valign": "top", "text_wrap": True})
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(0, number, column.title, head)
    if pictures is not None:
        sheet.set_column(len(columns), len(columns), THUMBNAIL_PX[0] / 7)
        sheet.write_string(0, len(columns), "Panel", head)
    for number, row in enumerate(rows, start=1):
        for place, (column, value) in enumerate(zip(columns, row, strict=True)):
            style = wrapped if column.wrap else plain
            if isinstance(value, str):
                sheet.write_string(number, place, value[:MAX_CELL], style)
            else:
                sheet.write_number(number, place, value, style)
        if pictures is not None:
            _thumbnail(sheet, number, len(columns), pictures[number - 1])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, max(len(rows), 1), len(columns) - (0 if pictures is not None else 1))
    # An ampersand starts a code in headers and footers.
    sheet.set_header("&L" + _printed(title) + "&R" + name)
    sheet.set_footer("&L" + _printed(research_mark) + "&RPage &P of &N")


def _thumbnail(sheet: Any, row: int, column: int, picture: Path | None) -> None:
    width, height = THUMBNAIL_PX
    sheet.set_row_pixels(row, height + 4)
    if picture is None:
        return
    try:
        with Image.open(picture) as image:
            small = image.convert("RGB")
            small.thumbnail((2 * width, 2 * height))  # twice as fine: it gets printed
    except OSError as error:
        raise MediaError(f"{picture} cannot be read as a picture ({error}): draw the panel again.") from error
    data = io.BytesIO()
    small.save(data, "JPEG", quality=88)
    scale = min(width / small.width, height / small.height)
    sheet.insert_image(row, column, picture.name, {
        "image_data": data, "x_scale": scale, "y_scale": scale, "x_offset": 2, "y_offset": 2, "object_position": 1,
    })  # fmt: skip


def _printed(text: str) -> str:
    return text.replace("&", "&&")[:110]


def _cell_text(value: str | float | int) -> str:
    return value if isinstance(value, str) else f"{value:g}"
