"""From metres on the stage to millimetres on the sheet."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from maquette.deliver.plot_labels import Box
from maquette.deliver.plot_text import line, outline, path
from maquette.film.lighting_plot import LightingPlot, Point

SCALES = (10, 15, 20, 25, 30, 40, 50, 60, 75, 100, 125, 150, 200, 250, 300, 400, 500, 750, 1000)
"""What a sheet is drawn in, 1:n."""
INSET_MM, CAMERA_INSET_MM = 7.0, 13.0
"""What lies beyond the sheet is shown so far inside its edge; cameras are drawn outwards from their lens."""
EDGE_MM = 3.0
PERSON_M = 0.46
"""Width over the shoulders."""
SMALLEST_PERSON_MM = 5.2


def scale_for(plot: LightingPlot, width: float, height: float) -> int:
    """The largest of `SCALES` at which the plot fits into width x height mm; else the smallest there is."""
    w = max(plot.high[0] - plot.low[0], 0.5)
    h = max(plot.high[1] - plot.low[1], 0.5)
    return next((n for n in SCALES if w * 1000 / n <= width and h * 1000 / n <= height), SCALES[-1])


@dataclass(frozen=True)
class View:
    """A plot in a frame: world (x, y) in metres becomes paper (x, y) in mm, y down."""

    plot: LightingPlot
    frame: Box
    scale: int

    @property
    def mm_per_m(self) -> float:
        return 1000 / self.scale

    @property
    def middle(self) -> Point:
        """The point of the stage in the middle of the frame."""
        (x0, y0), (x1, y1) = self.plot.low, self.plot.high
        return ((x0 + x1) / 2, (y0 + y1) / 2)

    @property
    def person_mm(self) -> float:
        """A person's width on the sheet."""
        return max(PERSON_M * self.mm_per_m, SMALLEST_PERSON_MM)

    def at(self, p: Point) -> Point:
        """Where a point of the stage is on the sheet."""
        f, (mx, my) = self.frame, self.middle
        return (
            (f.x0 + f.x1) / 2 + (p[0] - mx) * self.mm_per_m,
            (f.y0 + f.y1) / 2 - (p[1] - my) * self.mm_per_m,
        )

    def shown_at(self, p: Point, inset: float = INSET_MM) -> tuple[Point, bool]:
        """(the place on paper, `inset` mm inside the frame where it lies beyond; whether it does)."""
        x, y = self.at(p)
        f = self.frame
        if f.x0 + EDGE_MM <= x <= f.x1 - EDGE_MM and f.y0 + EDGE_MM <= y <= f.y1 - EDGE_MM:
            return (x, y), False
        mx, my = (f.x0 + f.x1) / 2, (f.y0 + f.y1) / 2
        share = min(
            (f.x1 - inset - mx) / max(abs(x - mx), 1e-9),
            (f.y1 - inset - my) / max(abs(y - my), 1e-9),
            1.0,
        )
        return (mx + (x - mx) * share, my + (y - my) * share), True


def on_paper(v: Point) -> Point:
    """A direction of the stage on paper."""
    return (v[0], -v[1])


def way(start: Point, end: Point) -> tuple[float, float, float]:
    """(unit x, unit y, length) from start to end."""
    length = max(hypot(end[0] - start[0], end[1] - start[1]), 1e-6)
    return (end[0] - start[0]) / length, (end[1] - start[1]) / length, length


def arrow(start: Point, end: Point, color: str, width: float, dash: str = "") -> str:
    """A thin arrow, in mm on paper."""
    ux, uy, length = way(start, end)
    head = min(1.2 + 2.4 * width, length)
    bx, by = end[0] - ux * head, end[1] - uy * head
    side = head * 0.38
    tip = outline([end, (bx - uy * side, by + ux * side), (bx + uy * side, by - ux * side)])
    return line(*start, bx, by, width, color, dash) + path(tip, fill=color)


def box_around(points: list[Point]) -> Box:
    """The upright rectangle that holds the points."""
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return Box(min(xs), min(ys), max(xs), max(ys))
