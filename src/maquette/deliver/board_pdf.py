"""A board as PDF, laid out by typst from a template that the user can edit."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst

from maquette.film.board import Board, Paper
from maquette.film.errors import BoardError

TEMPLATE = Path(__file__).with_name("board.typ")
FONTS = Path(__file__).with_name("fonts")

_TYPST_PAPER = {Paper.A4: "a4", Paper.A3: "a3", Paper.LETTER: "us-letter", Paper.LEGAL: "us-legal",
                Paper.TABLOID: "us-tabloid"}  # fmt: skip


def board_pdf(board: Board, files: Mapping[str, bytes], template: Path | None = None) -> bytes:
    """The PDF's bytes.

    `files` holds the pictures and overlays that cells name. `template` replaces the built-in page; BoardError names
    it and typst's own words if it does not compile.
    """
    source = template or TEMPLATE
    if not source.is_file():
        raise BoardError(
            f"There is no board template {source}: copy the built-in one with `maquette board --show-template`."
        )
    missing = [n for c in board.cells for n in (c.image, c.overlay) if n is not None and n not in files]
    if missing:
        raise BoardError(f"The board names pictures that are not there: {', '.join(missing[:5])}.")
    with tempfile.TemporaryDirectory(prefix="maquette-board-") as folder:
        root = Path(folder)
        for name, data in files.items():
            (root / name).write_bytes(data)
        (root / "board.typ").write_bytes(source.read_bytes())
        (root / "board.json").write_text(json.dumps(template_data(board), ensure_ascii=False), encoding="utf-8")
        try:
            return typst.compile(str(root / "board.typ"), root=str(root), font_paths=[str(FONTS)],
                                 sys_inputs={"data": "board.json"})  # fmt: skip
        except (RuntimeError, typst.TypstError) as error:
            raise BoardError(f"The board template {source} does not compile: {error}") from error


def template_data(board: Board) -> dict[str, object]:
    """What the template reads (docs/board-data.md)."""
    cells = [
        cell.model_dump(mode="json")
        | {"action": " ".join(cell.action.split())}
        | {"words": len(cell.action.split()) + sum(len(s.text.split()) for s in cell.dialogue)}
        for cell in board.cells
    ]
    return {
        "version": 1,
        "title": board.title or "Untitled",
        "byline": board.byline,
        "draft": board.draft,
        "summary": board.summary,
        "mark": board.mark,
        "paper": _TYPST_PAPER[board.paper],
        "flipped": _landscape(board),
        "aspect": board.aspect,
        "layout": "beside" if board.layout.beside else "grid",
        "columns": board.layout.columns,
        "rows": board.layout.rows,
        "cells": cells,
    }


def _landscape(board: Board) -> bool:
    """Landscape where the cells then waste less paper: as wide as tall grids of wide pictures, but not one column."""
    if board.layout.beside:
        return False
    columns, rows = board.layout.columns, board.layout.rows
    wanted = columns * board.aspect / (rows * 1.55)
    return wanted > 0.85
