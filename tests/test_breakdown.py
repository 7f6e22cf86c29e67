"""Shot list and breakdown open in a spreadsheet as what they are: words, numbers and small pictures."""

from __future__ import annotations

import csv
import io
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from PIL import Image

from maquette.deliver.breakdown import SceneBreakdown, breakdown_csv, pages_text, write_breakdown
from maquette.deliver.shot_csv import shot_list_csv
from maquette.film.errors import MediaError
from maquette.film.rate import RATES
from maquette.film.shot import Framing, Move, Shot, ShotRole, ShotSize, ShotStatus

SCENES = (
    SceneBreakdown("1", "INT. FERRY - NIGHT", "night", ("MARA", "TOM"), ("chipped mug",), ("kitchen",), ("FERRY",), 11,
                   Fraction(85), 2, "rain"),
    SceneBreakdown("2", '=HYPERLINK("x")', "day", ("@ANNA",), ("+rope",), eighths=None, duration_s=None),
)  # fmt: skip


def shot(number: str, **more: Any) -> Shot:
    values: dict[str, Any] = {
        "id": f"s{number}", "number": number, "scene_id": "a", "scene_number": "1", "role": ShotRole.COVERAGE,
        "framing": Framing.SINGLE, "size": ShotSize.CU, "lens_mm": 50.0, "status": ShotStatus.ASKED,
        "move": Move.PUSH_IN, "subjects": ("MARA", "TOM"), "duration_s": Fraction(7, 2), "text": "She turns.",
    } | more  # fmt: skip
    return Shot(**values)


SHOTS = (shot("1A", dialogue="=1+1"), shot("1B", text="-2 degrees. http://a.b", dialogue="MARA: Für dich."), shot("7"))


def test_one_row_a_shot(tmp_path: Path) -> None:
    write_breakdown(
        tmp_path / "b.xlsx", SHOTS, SCENES, RATES["23.976"], title="Ferry", timecodes={"s1A": "01:00:00:00"}
    )
    book = openpyxl.load_workbook(tmp_path / "b.xlsx")
    sheet = book["Shots"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:4] == ("Shot", "Scene", "Heading", "Size") and len(rows) == 4
    assert rows[1] == ("1A", "1", "INT. FERRY - NIGHT", "CU", "eye level", "push in", 50, "MARA, TOM", 3.5, 84,
                       "01:00:00:00", "asked", "=1+1", "She turns.")  # fmt: skip
    assert rows[3][0] == "7"  # a shot number stays a word
    kinds = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row}
    assert kinds <= {"s", "n"} and sheet["M2"].data_type == "s"
    assert not any(cell.hyperlink for row in sheet.iter_rows() for cell in row)
    assert sheet.freeze_panes == "B2" and sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth in (None, 1) and sheet.page_setup.fitToHeight == 0
    assert sheet.print_title_rows == "$1:$1" and sheet.column_dimensions["N"].width > 40


def test_one_row_a_scene(tmp_path: Path) -> None:
    write_breakdown(tmp_path / "b.xlsx", SHOTS, SCENES, RATES["25"], title="Tom & Mara", research_mark="Research only")
    book: Any = openpyxl.load_workbook(tmp_path / "b.xlsx")
    rows = list(book["Scenes"].iter_rows(values_only=True))
    assert rows[1] == ("1", "INT. FERRY - NIGHT", "night", "MARA, TOM", "chipped mug", "kitchen", "FERRY", "rain",
                       "1 3/8", 85, 2, "Research only")  # fmt: skip
    assert rows[2][1] == '=HYPERLINK("x")' and book["Scenes"]["B3"].data_type == "s"
    assert book.properties.title == "Tom & Mara" and book.properties.description == "Research only"
    assert "Research only" in book["Scenes"].oddFooter.left.text


def test_every_row_says_what_it_may_be_used_for(tmp_path: Path) -> None:
    """In a column: what sorts, filters or reads the table by its header keeps it and is not disturbed."""
    mark = "Research only"
    write_breakdown(
        tmp_path / "b.xlsx", SHOTS, SCENES, RATES["25"], title="x", research_mark=mark, panels={"of none": tmp_path}
    )
    book: Any = openpyxl.load_workbook(tmp_path / "b.xlsx")
    for name in ("Shots", "Scenes"):
        head, *rows = book[name].iter_rows(values_only=True)
        at = head.index("Use")
        assert {row[at] for row in rows} == {mark}
        assert at == len(head) - (2 if name == "Shots" else 1)  # only the picture is further right
        assert book[name].auto_filter.ref.endswith(f"{get_column_letter(at + 1)}{len(rows) + 1}")
    shots = list(csv.DictReader(io.StringIO(shot_list_csv(SHOTS, mark))))
    assert [(r["number"], r["use"]) for r in shots] == [(s.number, mark) for s in SHOTS]
    scenes = list(csv.DictReader(io.StringIO(breakdown_csv(SCENES, mark).decode("utf-8-sig"))))
    assert [(r["Scene"], r["Use"]) for r in scenes] == [(s.number, mark) for s in SCENES]


def test_panels_are_small_pictures_in_their_rows(tmp_path: Path) -> None:
    Image.fromarray(np.full((360, 640, 3), 90, np.uint8)).save(tmp_path / "p.png")
    write_breakdown(tmp_path / "b.xlsx", SHOTS, SCENES, RATES["25"], title="x", panels={"s1B": tmp_path / "p.png"})
    sheet: Any = openpyxl.load_workbook(tmp_path / "b.xlsx")["Shots"]
    (image,) = sheet._images
    assert image.anchor._from.row == 2 and image.anchor._from.col == 14
    with Image.open(image.ref) as small:
        assert small.size == (320, 180)
    assert sheet.row_dimensions[3].height == pytest.approx(94 * 0.75, abs=1)
    (tmp_path / "p.png").write_bytes(b"no picture")
    with pytest.raises(MediaError, match=r"p\.png"):
        write_breakdown(tmp_path / "c.xlsx", SHOTS, SCENES, RATES["25"], title="x", panels={"s1B": tmp_path / "p.png"})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["b.xlsx", "p.png"]


def test_nothing_to_list_is_a_workbook_all_the_same(tmp_path: Path) -> None:
    write_breakdown(tmp_path / "b.xlsx", (), (), RATES["24"], title="x" * 300)
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames == ["Shots", "Scenes"]
    (tmp_path / "folder.xlsx").mkdir()
    with pytest.raises(MediaError, match=r"folder\.xlsx"):
        write_breakdown(tmp_path / "folder.xlsx", SHOTS, SCENES, RATES["24"], title="x")


def test_words_that_xml_cannot_hold(tmp_path: Path) -> None:
    odd = shot("1", text="bell \x07 and \x00 nul\nnext line", dialogue="x" * 40000)
    write_breakdown(tmp_path / "b.xlsx", (odd,), (), RATES["24"], title="x")
    row = list(openpyxl.load_workbook(tmp_path / "b.xlsx")["Shots"].iter_rows(values_only=True))[1]
    assert "next line" in str(row[13]) and len(str(row[12])) == 32767


def test_csv_is_safe_and_opens_in_excel() -> None:
    data = breakdown_csv(SCENES)
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert rows[0][0] == "Scene" and rows[1][8:] == ["1 3/8", "85", "2"]
    assert rows[2][1] == '\'=HYPERLINK("x")' and rows[2][3] == "'@ANNA" and rows[2][4] == "'+rope"


def test_pages_are_counted_in_eighths() -> None:
    assert [pages_text(n) for n in (0, 3, 8, 11, 16)] == ["0", "3/8", "1", "1 3/8", "2"]
