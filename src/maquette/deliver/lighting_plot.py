"""The overhead lighting plot as a sheet for the truck's door: SVG, or PDF with a scene a page."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import typst

from maquette.deliver.plot_drawing import draw_plan
from maquette.deliver.plot_labels import Box
from maquette.deliver.plot_set import wild_hatch
from maquette.deliver.plot_setups import SmallPlans, other_set_ups
from maquette.deliver.plot_symbols import camera_symbol, lamp_symbol, person_symbol, turned
from maquette.deliver.plot_table import MOST_KEPT, Line, Table, set_lines, side_lines, table_of
from maquette.deliver.plot_text import (
    FAMILY,
    FONTS,
    GREY,
    INK,
    PAPER,
    PT,
    clean,
    fitted,
    group,
    line,
    num,
    rect,
    text,
    text_width,
)
from maquette.film.board import Paper
from maquette.film.errors import BoardError, UsageError
from maquette.film.lighting_plot import LightingPlot, SourceKind, lit_for, set_ups

SIZES_MM: dict[Paper, tuple[float, float]] = {
    Paper.A4: (297.0, 210.0),
    Paper.A3: (420.0, 297.0),
    Paper.LETTER: (279.4, 215.9),
    Paper.LEGAL: (355.6, 215.9),
    Paper.TABLOID: (431.8, 279.4),
}
"""Landscape."""
MARGIN, HEAD, FOOT, AXIS, SIDE_GAP = 9.0, 12.5, 5.0, 4.2, 4.0
LEGEND_MM, LEAST_REST_MM = 6.4, 40.0
_READING = "Plan view. x and y in metres from the middle of the set, heights above its floor."
TABLE_SHARE, LATER_SHARE = 0.42, 0.27
"""Most of the sheet's height that the table takes, and that it takes with the lamps' later places in it: the plan comes
first. What is left goes overleaf."""


def lighting_plot_svg(plot: LightingPlot, paper: Paper = Paper.A4) -> str:
    """One sheet as SVG, in millimetres. It grows downwards where the table is longer than the paper."""
    sheet = _Sheet(plot, paper)
    return sheet.endless()


def lighting_plot_pdf(plots: Sequence[LightingPlot], paper: Paper = Paper.A4) -> bytes:
    """All scenes as PDF, each on a landscape page; a table that is too long goes on overleaf.

    Raises UsageError where there is no scene, BoardError with typst's own words if the pages cannot be set.
    """
    if not plots:
        raise UsageError("There is no scene to plot: name at least one that has shots.")
    pages = [page for plot in plots for page in _Sheet(plot, paper).pages()]
    width, height = SIZES_MM[paper]
    source = [f"#set page(width: {width}mm, height: {height}mm, margin: 0pt)", '#set document(title: "Lighting plot")']
    for i in range(len(pages)):
        source.append("#pagebreak(weak: true)" if i else "")
        source.append(f'#image("plot-{i}.svg", width: {width}mm, height: {height}mm)')
    with tempfile.TemporaryDirectory(prefix="maquette-plot-") as folder:
        root = Path(folder)
        for i, page in enumerate(pages):
            (root / f"plot-{i}.svg").write_text(page, encoding="utf-8")
        # Nothing of the script is in this file: names and notes are text of the pictures alone.
        (root / "plot.typ").write_text("\n".join(source), encoding="utf-8")
        try:
            return typst.compile(str(root / "plot.typ"), root=str(root), font_paths=[str(FONTS)])
        except (RuntimeError, typst.TypstError) as error:
            raise BoardError(f"The lighting plot cannot be set as PDF: {error}") from error


@dataclass(frozen=True)
class _Left:
    """What did not fit on a sheet."""

    row: int
    lines: list[Line]

    def any(self, table: Table) -> bool:
        return self.row < len(table.rows) or any(entry.parts for entry in self.lines)


class _Sheet:
    """One scene laid out on paper."""

    def __init__(self, plot: LightingPlot, paper: Paper) -> None:
        self.plot, self.paper = plot, paper
        self.width, self.height = SIZES_MM[paper]
        self.size = 6.5 * PT * (1.0 if self.width < 330 else 1.12)
        self.inner = self.width - 2 * MARGIN
        self.side = 62.0 if self.width < 330 else 84.0
        self.table = table_of(plot, self.inner, self.size)
        self.others = SmallPlans(other_set_ups(plot), self.inner)

    def pages(self) -> list[str]:
        parts, left = self._first()
        sheets = [parts]
        room, top = self.height - 2 * MARGIN - HEAD - FOOT, MARGIN + HEAD
        each = self.others.fitting(room - 2.0)
        for i in range(0, len(self.others.plots), each):
            sheets.append([*self._head("other set-ups"), *self.others.svg(MARGIN, top + 2.0, i, each)])
        used = self.others.used_on_last(each) + 2.0
        if self.others.plots and left.any(self.table) and room - used > LEAST_REST_MM:
            parts, left = self._next(left, room - used, top + used)
            sheets[-1] += parts
        while left.any(self.table):
            parts, left = self._next(left, room, top)
            sheets.append([*self._head("continued"), *parts])
        count = len(sheets)
        return [self._whole([*s, *self._foot(i + 1, count, self.height)], self.height) for i, s in enumerate(sheets)]

    def endless(self) -> str:
        parts, left = self._first()
        height = self.height
        if self.others.plots:
            top = height - MARGIN - FOOT + 5
            parts += self.others.svg(MARGIN, top)
            height = top + self.others.height + MARGIN + FOOT
        if left.any(self.table):
            top = height - MARGIN - FOOT + 2
            rest = self._rest_height(left)
            more, _ = self._next(left, rest, top)
            parts, height = [*parts, *more], top + rest + MARGIN + FOOT
        return self._whole([*parts, *self._foot(1, 1, height)], height)

    # --- sheets -----------------------------------------------------------------------------------------------

    def _first(self) -> tuple[list[str], _Left]:
        top = MARGIN + HEAD
        foot = self.height - MARGIN - FOOT
        shown = self._rows_beside_the_plan()
        rows = self.table.rows[:shown]
        table_height = self.table.height(rows) if rows else 2.6 * self.size
        table_top = foot - table_height
        legend_top = table_top - LEGEND_MM
        frame = Box(MARGIN + AXIS + 1.5, top + 1.0, self.width - MARGIN - self.side - SIDE_GAP, legend_top - AXIS)
        plan = draw_plan(self._first_set_up(), frame)
        scale = f"Scale 1:{plan.view.scale} on {self.paper.value.upper()}"
        if self.others.plots:
            scale += f", lamps of {', '.join(set_ups(self.plot)[0])}"
        parts = [*self._head(scale), plan.svg, *self._legend(legend_top)]
        if rows:
            parts.append(group(self.table.svg(MARGIN, table_top, rows), "lamp-table"))
        else:
            words = "No lamps are set for this scene."
            parts.append(text(MARGIN, table_top + 1.7 * self.size, words, self.size, fill=GREY))
        lines = side_lines(self.plot, self.side, self.size)
        x = self.width - MARGIN - self.side
        set_, count = set_lines(lines, x, top + 1.0, legend_top - top - 2.0, self.size)
        parts.append(group(set_, "side"))
        return parts, _Left(shown, lines[count:])

    def _first_set_up(self) -> LightingPlot:
        """Everybody and every camera, but the lamps of the first set-up alone."""
        if not self.others.plots:
            return self.plot
        return lit_for(self.plot, set_ups(self.plot)[0])

    def _rows_beside_the_plan(self) -> int:
        rows = self.table.rows
        if self.table.height(rows) <= LATER_SHARE * self.height:
            return len(rows)
        first = sum(not r.lamp.later for r in rows)
        return min(self.table.fitting(0, TABLE_SHARE * self.height), first)

    def _next(self, left: _Left, height: float, top: float) -> tuple[list[str], _Left]:
        """What is left over: the table on, then the side column in columns."""
        parts: list[str] = []
        row = left.row
        if row < len(self.table.rows):
            count = max(1, self.table.fitting(row, height - 2.0))
            rows = self.table.rows[row : row + count]
            parts += self.table.svg(MARGIN, top + 2.0, rows)
            used = self.table.height(rows) + 2.0
            top, height, row = top + used, height - used, row + count
        lines = left.lines
        column, gap = self._columns()
        if row >= len(self.table.rows) and height > 8 * self.size:
            for i in range(int((self.inner + gap) // (column + gap))):
                while lines and not lines[0].parts:
                    lines = lines[1:]
                set_, count = set_lines(lines, MARGIN + i * (column + gap), top + 4.0, height - 5.0, self.size)
                parts += set_
                lines = lines[count:]
        return parts, _Left(row, lines)

    def _columns(self) -> tuple[float, float]:
        return self.side, 8.0

    def _rest_height(self, left: _Left) -> float:
        rows = self.table.rows[left.row :]
        table = self.table.height(rows) + 2.5 if rows else 0.0
        column, gap = self._columns()
        columns = int((self.inner + gap) // (column + gap))
        lines = sum(entry.advance for entry in left.lines)
        longest = max((entry.advance for entry in left.lines), default=0.0)
        return table + (max(lines / columns + (MOST_KEPT + 3) * longest, 9 * self.size) + 6.0 if left.lines else 0.0)

    # --- what every sheet has -----------------------------------------------------------------------------------

    def _head(self, right: str) -> list[str]:
        plot, y = self.plot, MARGIN + 5.6
        big, mid = 15 * PT, 10 * PT
        number = f"Scene {plot.scene}" if plot.scene else "Lighting plot"
        number = fitted(number, 0.3 * self.inner, big, bold=True)
        at = MARGIN + text_width(number, big, bold=True) + 4.0
        shots = f"Shot{'s' if len(plot.shots) > 1 else ''} {', '.join(plot.shots)}" if plot.shots else "No shots"
        room = self.width - MARGIN - 56.0 - at
        under = " · ".join(w for w in (plot.title, shots) if w)
        parts = [
            text(MARGIN, y, number, big, bold=True),
            text(at, y - 0.4, fitted(plot.heading, room, mid, bold=True), mid, bold=True),
            text(MARGIN, y + 4.4, fitted(under, self.inner - 96, 7.5 * PT), 7.5 * PT, fill=GREY),
            text(self.width - MARGIN, y - 0.4, "LIGHTING PLOT", mid, bold=True, anchor="end"),
            text(self.width - MARGIN, y + 4.4, fitted(" · ".join(w for w in (right, plot.draft) if w), 92, 7.5 * PT),
                 7.5 * PT, fill=GREY, anchor="end"),
            line(MARGIN, MARGIN + HEAD - 1.0, self.width - MARGIN, MARGIN + HEAD - 1.0, 0.3, INK),
        ]  # fmt: skip
        return parts

    def _foot(self, page: int, pages: int, height: float) -> list[str]:
        y = height - MARGIN + 1.2
        parts = [text(MARGIN, y, _READING, self.size, fill=GREY)]
        if pages > 1:
            parts.append(text(self.width - MARGIN, y, f"{page} / {pages}", self.size, fill=GREY, anchor="end"))
        return parts

    def _legend(self, y: float) -> list[str]:
        """The symbols that this sheet uses, in one line."""
        plot, middle = self.plot, y + LEGEND_MM / 2 - 0.6
        entries: list[tuple[str, float, str]] = []
        for kind in SourceKind:
            some = next((lamp for lamp in plot.lamps if lamp.kind is kind and lamp.position is not None), None)
            if some is not None:
                name = {SourceKind.FRESNEL: "hard lamp", SourceKind.BOUNCE: "bounce, reflector",
                        SourceKind.WINDOW: "daylight through a window"}.get(kind, kind.value)  # fmt: skip
                half = 5.6 if kind is SourceKind.WINDOW else 3.8
                shift = -2.0 if kind is SourceKind.WINDOW else 0.0
                entries.append((turned(lamp_symbol(some, 4.4), (shift, 0.0), 0.0), half, name))
        if plot.cameras:
            entries.append((turned(camera_symbol(), (3.5, 0.0), 0.0), 4.2, "camera"))
        if any(c.end for c in plot.cameras):
            entries.append((turned(camera_symbol(ghost=True), (3.5, 0.0), 0.0), 4.2, "end of its move"))
        if plot.marks:
            entries.append((person_symbol(4.4), 3.0, "cast, looking to the point"))
        if any(w.out_in for w in plot.walls):
            entries.append((_wild_swatch(), 3.4, "wall out in some shots"))
        if any(t.overhead for t in plot.things):
            entries.append((line(-3, 0, 3, 0, 0.25, GREY, "1.1 0.7"), 3.6, "hangs overhead"))
        parts: list[str] = []
        x = MARGIN
        for symbol, half, name in entries:
            wide = 2 * half + 1.2 + text_width(name, self.size) + 4.0
            if x + wide > self.width - MARGIN:
                break
            parts.append(group([symbol], transform=f"translate({num(x + half)} {num(middle)}) scale(0.85)"))
            parts.append(text(x + 2 * half + 1.0, middle + 0.36 * self.size, name, self.size, fill=GREY))
            x += wide
        return [group(parts, "legend")]

    def _whole(self, parts: Sequence[str], height: float) -> str:
        title = clean(f"Lighting plot {self.plot.title} {self.plot.scene}")
        ground = rect(0, 0, self.width, height, fill=PAPER)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{num(self.width)}mm" height="{num(height)}mm" '
            f'viewBox="0 0 {num(self.width)} {num(height)}" font-family="{FAMILY}">'
            f"<title>{escape(title)}</title>{wild_hatch()}{ground}{''.join(parts)}</svg>\n"
        )


def _wild_swatch() -> str:
    return f'<rect x="-2.6" y="-1.1" width="5.2" height="2.2" fill="url(#wild)" stroke="{INK}" stroke-width="0.25"/>'
