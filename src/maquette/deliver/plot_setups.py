"""The other set-ups of a scene: a small plan for each, side by side, where lamps are moved between shots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maquette.deliver.plot_drawing import draw_plan
from maquette.deliver.plot_labels import Box
from maquette.deliver.plot_set import grid_m
from maquette.deliver.plot_text import GREY, PT, fitted, group, text, text_width, wrapped
from maquette.film.lighting_plot import LightingPlot, set_up, set_ups

LEAST_WIDTH_MM, GAP_MM = 82.0, 4.5
HEIGHT_SHARE, ONE_ROW_SHARE = 0.93, 1.15
"""Height of a small plan, heading included, against its width; the second where one row holds all."""
HEAD_MM, AXIS_MM = 11.2, 4.2


def other_set_ups(plot: LightingPlot) -> list[LightingPlot]:
    """A plot of each way the scene is lit, but for the first, which is the plan's own."""
    return [set_up(plot, shots) for shots in set_ups(plot)[1:]]


@dataclass(frozen=True)
class SmallPlans:
    """Plans in rows over a width in mm."""

    plots: Sequence[LightingPlot]
    width: float

    @property
    def columns(self) -> int:
        return max(1, int((self.width + GAP_MM) / (LEAST_WIDTH_MM + GAP_MM)))

    @property
    def cell(self) -> tuple[float, float]:
        """Width and height of one, mm."""
        w = (self.width - (self.columns - 1) * GAP_MM) / self.columns
        return w, w * (ONE_ROW_SHARE if len(self.plots) <= self.columns else HEIGHT_SHARE)

    @property
    def height(self) -> float:
        """What all of them take, mm."""
        return -(-len(self.plots) // self.columns) * (self.cell[1] + GAP_MM)

    def used_on_last(self, each: int) -> float:
        """What those on the last sheet take, mm, where `each` stand on one."""
        return -(-((len(self.plots) - 1) % each + 1) // self.columns) * (self.cell[1] + GAP_MM)

    def fitting(self, height: float) -> int:
        """How many stand in a height: at least one row."""
        return self.columns * max(1, int((height + GAP_MM) / (self.cell[1] + GAP_MM)))

    def svg(self, x: float, y: float, start: int = 0, count: int | None = None) -> list[str]:
        """`count` of them from `start` on, upper left corner at (x, y) mm."""
        w, h = self.cell
        parts: list[str] = []
        for i, plot in enumerate(self.plots[start : None if count is None else start + count]):
            left, top = x + i % self.columns * (w + GAP_MM), y + i // self.columns * (h + GAP_MM)
            parts.append(_small(plot, Box(left, top, left + w, top + h), f"-{start + i + 1}"))
        return parts


def _small(plot: LightingPlot, cell: Box, name: str) -> str:
    size, wide = 6.5 * PT, cell.x1 - cell.x0
    drawn = draw_plan(plot, Box(cell.x0 + AXIS_MM + 0.8, cell.y0 + HEAD_MM, cell.x1, cell.y1 - AXIS_MM), inset=name)
    scale = f"1:{drawn.view.scale}, grid {grid_m(drawn.view)} m"
    head = f"Shot{'s' if len(plot.shots) > 1 else ''} {', '.join(plot.shots)}"
    room = wide - text_width(scale, size) - 3.0
    changes = "; ".join(dict.fromkeys(c.text for c in plot.changes))
    lines = wrapped(changes, wide, size, most=2)
    return group([
        text(cell.x0, cell.y0 + 3.2, fitted(head, room, 9 * PT, bold=True), 9 * PT, bold=True),
        text(cell.x1, cell.y0 + 3.2, scale, size, fill=GREY, anchor="end"),
        *(text(cell.x0, cell.y0 + 6.6 + 2.8 * i, words, size, fill=GREY) for i, words in enumerate(lines)),
        drawn.svg,
    ], "set-up")  # fmt: skip
