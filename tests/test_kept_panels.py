"""After an edit a board keeps every stroke outside its region, and says what it has drawn anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

import maquette
from maquette.edit import within
from maquette.film.request import TakeRequest
from maquette.film.style import PanelStyle
from maquette.imaging.png import decode_png
from maquette.pipeline import BoardResult, Production
from maquette.pipeline.kept import request_in
from maquette.pipeline.looks import Looks
from maquette.studio.develop import balanced
from maquette.studio.redraw import STROKE_REACH

SCRIPT = """Title: Keys

INT. KITCHEN - DAY

MARA (40s, in a green coat) sits at the table. TOM (50s, in a white shirt) stands by the window.

CLOSE ON MARA. She is calm.

MARA
You came back.
"""
SIZE = (240, 136)


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Production:
    """The film as its first draft has it, with its panel in ink."""
    folder = tmp_path_factory.mktemp("kept")
    script = folder / "keys.fountain"
    script.write_text(SCRIPT, encoding="utf-8")
    production = maquette.new(folder / "film", script=script)
    board(production)
    return production


def board(production: Production, keep: bool | None = None, style: str = "ink") -> BoardResult:
    return production.board("1", size=f"{SIZE[0]}x{SIZE[1]}", style=style, keep=keep)


def revised(production: Production, old: str, new: str) -> None:
    script = production.root.parent / "revised.fountain"
    script.write_text(SCRIPT.replace(old, new), encoding="utf-8")
    production.update(script)


def pixels(result: BoardResult) -> NDArray[np.uint8]:
    return decode_png(result.panels[0][0].path.read_bytes())


def test_another_coat_leaves_every_stroke_beyond_it_as_it_was_and_the_board_goes_on_showing_it(
    drawn: Production,
) -> None:
    before = pixels(board(drawn))
    revised(drawn, "green coat", "red coat")
    edited = board(drawn, keep=True)
    after = pixels(edited)
    note = next(n for n in edited.notes if "drawn anew" in n)
    assert note.startswith("1: only MARA drawn anew, ") and note.endswith("; the rest is as it was")
    changed = (before != after).any(axis=-1)
    coat = figure_of_mara(drawn, edited)
    assert changed[coat].any()
    assert not changed[~within(coat, 4 + round(STROKE_REACH * SIZE[0]))].any()
    again = board(drawn)
    assert not again.panels[0][0].new and np.array_equal(pixels(again), after), "a board shows what was drawn last"
    assert not board(drawn, keep=True).panels[0][0].new
    whole = board(drawn, keep=False)
    assert whole.panels[0][0].new and request_of(drawn, whole).kept is None
    kept = board(drawn)
    assert np.array_equal(pixels(kept), pixels(whole)), "and that is now the whole one"


def figure_of_mara(production: Production, result: BoardResult) -> NDArray[np.bool_]:
    """(H, W) where she is seen, by the passes themselves."""
    request = request_of(production, result)
    passes = balanced(production.studio.rendered(request).passes)
    return np.isin(passes.part_id, [i for i, n in enumerate(passes.part_names) if n.startswith("cast/MARA")])


def request_of(production: Production, result: BoardResult) -> TakeRequest:
    record = production.database.panel(result.panels[0][0].request)
    assert record is not None
    request = request_in(record)
    assert request is not None
    return request


def kept_by(production: Production, result: BoardResult) -> str | None:
    kept = request_of(production, result).kept
    return None if kept is None else kept.request


def test_a_photograph_changes_inside_the_region_alone_and_a_lost_picture_is_drawn_again_as_it_was(
    drawn: Production,
) -> None:
    revised(drawn, "", "")
    first = board(drawn, keep=False, style="photo")
    revised(drawn, "green coat", "blue coat")
    edited = board(drawn, keep=True, style="photo")
    share = float((pixels(first) != pixels(edited)).any(axis=-1).mean())
    note = next(n for n in edited.notes if "drawn anew" in n)
    assert 0.01 < share <= int(note.split("%")[0].split()[-1]) / 100 + 0.01
    data = edited.panels[0][0].path.read_bytes()
    for result in (first, edited):
        result.panels[0][0].path.unlink()
    again = board(drawn, style="photo")
    assert again.panels[0][0].new and again.panels[0][0].path.read_bytes() == data


def test_what_changes_all_of_a_picture_is_drawn_in_whole_and_said(drawn: Production) -> None:
    revised(drawn, "", "")
    board(drawn, keep=False)
    here = drawn.direction.where("1")
    drawn.direction.state(here, ["key-fill=16:1"])
    try:
        result = board(drawn, keep=True)
        assert "1: drawn anew in whole: its light was changed" in result.notes
        assert request_of(drawn, result).kept is None
    finally:
        drawn.direction.clear(here)


def test_an_edit_goes_on_from_one_that_had_to_be_framed_anew(drawn: Production) -> None:
    revised(drawn, "", "")
    board(drawn, keep=False, style="photo")
    revised(drawn, "MARA (40s, in a green coat) sits at the table.", "MARA (40s, in a green coat) lies on the floor.")
    moved = board(drawn, keep=True, style="photo")
    assert "1: drawn anew in whole: the shot has to be framed otherwise now" in moved.notes
    assert request_of(drawn, moved).kept is not None
    assert np.array_equal(pixels(moved), drawn.studio.draw(request_of(drawn, moved)).pixels)
    revised(drawn, "MARA (40s, in a green coat) sits at the table.", "MARA (40s, in a red coat) lies on the floor.")
    edited = board(drawn, keep=True, style="photo")
    assert any("only MARA drawn anew" in n for n in edited.notes)
    coat = figure_of_mara(drawn, edited)
    assert not (pixels(moved) != pixels(edited)).any(axis=-1)[~within(coat, 12)].any()


def test_an_edit_whose_first_picture_nobody_knows_any_more_is_drawn_in_whole(drawn: Production) -> None:
    revised(drawn, "", "")
    first = board(drawn, keep=False, style="pencil")
    revised(drawn, "green coat", "black coat")
    edited = board(drawn, keep=True, style="pencil")
    assert kept_by(drawn, edited) == first.panels[0][0].request
    edited.panels[0][0].path.unlink()
    with drawn.database._transaction() as c:
        from sqlalchemy import text

        c.execute(text("DELETE FROM panel WHERE request=:r"), {"r": first.panels[0][0].request})
    again = board(drawn, style="pencil")
    assert again.panels[0][0].new and request_of(drawn, again).kept is None


def test_colours_of_one_element_leave_the_others_alone(drawn: Production) -> None:
    revised(drawn, "", "")
    looks = Looks(drawn)
    looks.new_like("grey", "silver")
    looks.apply("production", "grey", 1.0)
    before = board(drawn, keep=False, style=PanelStyle.OIL)
    looks.apply("production", "grey", 0.3, ["MARA"])
    after = board(drawn, keep=True, style=PanelStyle.OIL)
    assert kept_by(drawn, after) == before.panels[0][0].request
    changed = (pixels(before) != pixels(after)).any(axis=-1)
    mara = figure_of_mara(drawn, after)
    assert changed[mara].any()
    assert not changed[~within(mara, 4 + round(STROKE_REACH * SIZE[0]))].any()


def test_the_command_keeps_and_says_so(drawn: Production, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from maquette.cli.main import app

    revised(drawn, "", "")
    board(drawn, keep=False, style="charcoal")
    revised(drawn, "green coat", "yellow coat")
    words = ["board", str(drawn.root), "--shots", "1", "--size", f"{SIZE[0]}x{SIZE[1]}", "--style", "charcoal"]
    app([*words, "--keep", "--out", str(tmp_path / "b")], standalone_mode=False)
    assert "1: only MARA drawn anew, " in capsys.readouterr().out
