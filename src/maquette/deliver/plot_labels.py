"""Labels that do not lie on one another: each takes the free place nearest to what it names, important ones first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import cos, hypot, pi, sin

Point = tuple[float, float]

STEPS_MM = (0.0, 1.2, 2.6, 4.2, 6.2, 8.6, 11.5, 15.0, 19.0, 24.0, 30.0, 38.0, 48.0, 60.0)
"""Distances that are tried, beyond the least one."""
DIRECTIONS = 16
LEADER_FROM_MM = 5.4
"""Farther labels get a line to what they name."""
CELL_MM = 6.0


@dataclass(frozen=True)
class Box:
    """An upright rectangle on the sheet, mm."""

    x0: float
    y0: float
    x1: float
    y1: float

    @classmethod
    def around(cls, x: float, y: float, w: float, h: float) -> Box:
        return cls(x - w / 2, y - h / 2, x + w / 2, y + h / 2)

    def meets(self, other: Box) -> bool:
        return self.x0 < other.x1 and other.x0 < self.x1 and self.y0 < other.y1 and other.y0 < self.y1

    def within(self, other: Box) -> bool:
        return self.x0 >= other.x0 and self.y0 >= other.y0 and self.x1 <= other.x1 and self.y1 <= other.y1

    def shared(self, other: Box) -> float:
        """Area in common, mm2."""
        w = min(self.x1, other.x1) - max(self.x0, other.x0)
        h = min(self.y1, other.y1) - max(self.y0, other.y0)
        return w * h if w > 0 and h > 0 else 0.0


@dataclass(frozen=True)
class Placed:
    """Where a label went."""

    box: Box
    leader: tuple[Point, Point] | None
    """From the thing to the label's edge, where it is far."""


@dataclass
class _Bins:
    """Boxes by the cells of a grid that they touch."""

    cells: dict[tuple[int, int], list[Box]] = field(default_factory=dict)

    def add(self, box: Box) -> None:
        for key in self._keys(box):
            self.cells.setdefault(key, []).append(box)

    def near(self, box: Box) -> Iterable[Box]:
        for key in self._keys(box):
            yield from self.cells.get(key, ())

    def _keys(self, box: Box) -> list[tuple[int, int]]:
        xs = range(int(box.x0 // CELL_MM), int(box.x1 // CELL_MM) + 1)
        return [(i, j) for i in xs for j in range(int(box.y0 // CELL_MM), int(box.y1 // CELL_MM) + 1)]


class Placer:
    """Keeps what is taken. Symbols and other labels may not be covered, nor leaders; what is shaded should not."""

    def __init__(self, frame: Box) -> None:
        self.frame = frame
        self._taken, self._light, self._labels = _Bins(), _Bins(), _Bins()

    def take(self, *boxes: Box) -> None:
        for box in boxes:
            self._taken.add(box)

    def shade(self, *boxes: Box) -> None:
        """Something fine lies here: better not cover it."""
        for box in boxes:
            self._light.add(box)

    def free(self, box: Box) -> bool:
        return box.within(self.frame) and not any(box.meets(b) for b in self._taken.near(box))

    def place(
        self, at: Point, w: float, h: float, least: float, *, towards: Point | None = None, farthest: float = 60.0,
        inside: bool = False,
    ) -> Placed | None:  # fmt: skip
        """The best free place for a label of w x h whose edge is at least `least` from `at`; it is then taken.

        `towards` is the side that is liked best, `inside` tries the point itself first. None: nothing is free within
        `farthest`. Its leader crosses no other label as long as there is such a place.
        """
        if inside and self.free(box := Box.around(*at, w, h)):
            return self._put(box, at)
        steps = [s for s in STEPS_MM if s <= farthest]
        box = self._nearest(at, (w, h), least, towards, steps, crossing=False)
        box = box or self._nearest(at, (w, h), least, towards, steps, crossing=True)
        return None if box is None else self._put(box, at)

    def _nearest(
        self, at: Point, size: tuple[float, float], least: float, towards: Point | None, steps: Sequence[float],
        *, crossing: bool,
    ) -> Box | None:  # fmt: skip
        """The best of the nearest free boxes; `crossing`: its leader may go through labels."""
        w, h = size
        for step in steps:
            best: tuple[float, Box] | None = None
            for k in range(DIRECTIONS):
                a = 2 * pi * k / DIRECTIONS
                ux, uy = cos(a), sin(a)
                reach = least + step + min(w / 2 / max(abs(ux), 1e-9), h / 2 / max(abs(uy), 1e-9))
                box = Box.around(at[0] + ux * reach, at[1] + uy * reach, w, h)
                if not self.free(box) or not (crossing or self._clear(_leader(at, box))):
                    continue
                cost = sum(box.shared(b) for b in self._light.near(box)) / (w * h)
                if towards is not None:
                    cost += 0.35 * (1 - (ux * towards[0] + uy * towards[1]))
                if best is None or cost < best[0] - 1e-9:
                    best = (cost, box)
            if best is not None:
                return best[1]
        return None

    def _clear(self, leader: tuple[Point, Point] | None) -> bool:
        return leader is None or not any(p.meets(b) for p in along(*leader, 0.4) for b in self._labels.near(p))

    def _put(self, box: Box, at: Point) -> Placed:
        leader = _leader(at, box)
        self.take(box)
        self._labels.add(box)
        if leader is not None:
            # Short of both ends, where symbol and label are.
            self.take(*along(*leader, 0.4)[1:-1])
        return Placed(box, leader)


def _leader(at: Point, box: Box) -> tuple[Point, Point] | None:
    """From a thing to the edge of its label, where that is far."""
    edge = (min(max(at[0], box.x0), box.x1), min(max(at[1], box.y0), box.y1))
    return (at, edge) if hypot(edge[0] - at[0], edge[1] - at[1]) >= LEADER_FROM_MM else None


def along(a: Point, b: Point, width: float) -> list[Box]:
    """Small boxes that cover a straight stroke."""
    length = hypot(b[0] - a[0], b[1] - a[1])
    n = max(1, int(length / max(width, 1.2)) + 1)
    return [
        Box.around(a[0] + (b[0] - a[0]) * i / n, a[1] + (b[1] - a[1]) * i / n, max(width, 0.6), max(width, 0.6))
        for i in range(n + 1)
    ]
