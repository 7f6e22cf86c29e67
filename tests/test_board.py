"""Boards: every layout and paper compiles, nothing is lost silently, all scripts print."""

from __future__ import annotations

import csv
import io
import re
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfReader

from maquette.deliver.arrows import move_overlay
from maquette.deliver.board_cells import Picture, board_of, spec
from maquette.deliver.board_pdf import TEMPLATE, board_pdf
from maquette.deliver.contact_sheet import contact_sheet
from maquette.deliver.shot_csv import COLUMNS, shot_list_csv
from maquette.film.board import LAYOUTS, Board, Cell, Paper, Speech
from maquette.film.errors import BoardError
from maquette.film.screenplay import Screenplay
from maquette.film.shot import Angle, Framing, Move, Shot, ShotRole, ShotSize, ShotStatus

POINTS = {Paper.A4: (595, 842), Paper.A3: (842, 1191), Paper.LETTER: (612, 792), Paper.LEGAL: (612, 1008),
          Paper.TABLOID: (792, 1224)}  # fmt: skip


def picture(width: int = 64, height: int = 36) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), (90, 120, 150)).save(out, "PNG")
    return out.getvalue()


def cells(count: int, **more: object) -> tuple[Cell, ...]:
    return tuple(Cell.model_validate({"number": f"{i + 1}A", "image": "p.png", "action": "A door opens."} | more)
                 for i in range(count))  # fmt: skip


def pages_of(board: Board) -> list[str]:
    reader = PdfReader(io.BytesIO(board_pdf(board, {"p.png": picture()})))
    return [p.extract_text() for p in reader.pages]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_prints_every_shot_on_the_right_number_of_pages(layout: str) -> None:
    count = 10
    page = LAYOUTS[layout]
    pages = pages_of(Board(title="Film", layout=page, cells=cells(count)))
    per_page = page.columns * page.rows
    assert len(pages) == -(-count // per_page)
    text = " ".join(pages)
    assert all(f"{i + 1}A" in text for i in range(count))
    assert f"1 / {len(pages)}" in pages[0]


@pytest.mark.parametrize("paper", list(Paper))
def test_the_sheet_has_the_papers_size(paper: Paper) -> None:
    pdf = board_pdf(Board(title="Film", paper=paper, cells=cells(2)), {"p.png": picture()})
    box = PdfReader(io.BytesIO(pdf)).pages[0].mediabox
    assert sorted((round(float(box.width)), round(float(box.height)))) == pytest.approx(sorted(POINTS[paper]), abs=1)


@pytest.mark.parametrize("aspect", [2.39, 1.85, 16 / 9, 4 / 3, 1.0, 9 / 16])
def test_every_aspect_ratio_fits_its_cell(aspect: float) -> None:
    pages = pages_of(Board(title="Film", aspect=aspect, cells=cells(6)))
    assert len(pages) == 1 and "6A" in pages[0]


@pytest.mark.parametrize(
    "words", ["Не сегодня.", "今日はだめだ。", "오늘은 아니야.", "اليوم لا", "לא היום", "Σήμερα όχι"]
)
def test_non_latin_text_is_set_with_real_glyphs(words: str) -> None:
    speech = Speech(name="MARA", text=words)
    pdf = board_pdf(Board(title=words, cells=cells(1, dialogue=[speech.model_dump()])), {"p.png": picture()})
    text = PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    # Extraction may reorder right-to-left text; every letter must be there as itself, not as a missing glyph.
    assert set(re.findall(r"\w", words)) <= set(text)


def test_a_caption_that_is_too_long_says_that_it_was_cut() -> None:
    text = pages_of(Board(title="Film", layout=LAYOUTS["3x3"], cells=cells(9, action="word " * 900)))[0]
    assert "…" in text


def test_proposals_are_marked_with_their_reason_and_asked_shots_are_not() -> None:
    proposed = cells(1, status="proposed", reason="Tom learns the truth here.")
    asked = cells(1, status="asked", reason="the script says so")
    assert "PROPOSED" in pages_of(Board(title="Film", cells=proposed))[0]
    assert "Tom learns the truth here." in pages_of(Board(title="Film", cells=proposed))[0]
    assert "PROPOSED" not in pages_of(Board(title="Film", cells=asked))[0]


def test_an_edited_template_is_used_and_a_broken_one_is_named(tmp_path: Path) -> None:
    edited = tmp_path / "mine.typ"
    edited.write_text(TEMPLATE.read_text().replace("[not drawn]", "[NOT YET DRAWN]"))
    empty = (Cell(number="1", image=None),)
    pdf = board_pdf(Board(title="Film", cells=empty), {}, edited)
    assert "NOT YET DRAWN" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    edited.write_text("#let x = (")
    with pytest.raises(BoardError, match=re.escape(str(edited))):
        board_pdf(Board(title="Film", cells=empty), {}, edited)
    with pytest.raises(BoardError, match="no board template"):
        board_pdf(Board(title="Film", cells=empty), {}, tmp_path / "none.typ")


def test_pictures_that_are_missing_are_named() -> None:
    with pytest.raises(BoardError, match=r"p\.png"):
        board_pdf(Board(title="Film", cells=cells(1)), {})


@pytest.mark.parametrize("move", list(Move))
def test_moves_have_arrows_and_a_locked_camera_has_none(move: Move) -> None:
    svg = move_overlay(move, 16 / 9)
    assert (svg is None) == (move is Move.STATIC)
    if svg is not None:
        assert svg.startswith("<svg") and "nan" not in svg


def shot(number: str, **more: object) -> Shot:
    values: dict[str, object] = {
        "id": number, "number": number, "scene_id": "one", "scene_number": "1", "role": ShotRole.COVERAGE,
        "framing": Framing.SINGLE, "size": ShotSize.MCU, "lens_mm": 50.0, "status": ShotStatus.ASKED,
        "duration_s": Fraction(7, 2),
    }  # fmt: skip
    return Shot.model_validate(values | more)


def test_the_set_up_reads_like_a_storyboard() -> None:
    ots = shot("1", framing=Framing.OTS, angle=Angle.LOW, move=Move.PUSH_IN, roll_deg=-10)
    assert spec(ots) == "MCU · over the shoulder · low angle · Dutch 10° · push in · 50 mm"
    assert spec(shot("1")) == "MCU · 50 mm"


def test_a_move_prints_its_start_and_its_end() -> None:
    screenplay = Screenplay(elements=(), scenes=(), cast=(), source_name="film.fountain", source_sha256="",
                            source_format="fountain", encoding="utf-8")  # fmt: skip
    push = shot("1A", move=Move.PUSH_IN, text="Mara stops.", dialogue="MARA (quietly): Not today.")
    pictures = [Picture("1A", picture(), ".png", "start"), Picture("1A", picture(), ".png", "end")]
    board, files = board_of(screenplay, [push], pictures, layout=LAYOUTS["3x2"], paper=Paper.A4, aspect=16 / 9,
                            aspect_name="1.78")  # fmt: skip
    assert [c.frame for c in board.cells] == ["start", "end"]
    assert board.cells[0].overlay in files and board.cells[1].overlay is None
    assert board.cells[0].dialogue == (Speech(name="MARA", how="quietly", text="Not today."),)
    assert "≈ 3.5 s" in board.cells[0].duration


def test_the_csv_holds_every_shot_and_runs_no_formula() -> None:
    rows = list(csv.reader(io.StringIO(shot_list_csv([shot("1A", text='=HYPERLINK("x")'), shot("1B")]))))
    assert tuple(rows[0]) == COLUMNS and len(rows) == 3
    assert rows[1][COLUMNS.index("action")] == '\'=HYPERLINK("x")'
    assert rows[2][COLUMNS.index("duration_s")] == "3.5"


def test_the_contact_sheet_holds_all_panels() -> None:
    sheet = Image.open(io.BytesIO(contact_sheet([(f"{i}", "MCU", picture()) for i in range(7)], columns=3)))
    assert sheet.width > 3 * 400 and sheet.height > 3 * 225
