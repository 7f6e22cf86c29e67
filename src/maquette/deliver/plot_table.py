"""The words of a lighting plot: the table of lamps, and what stands beside the plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import dist

from maquette.deliver.plot_symbols import channel_tag, tint_of
from maquette.deliver.plot_text import (
    GREY,
    INK,
    RULE,
    circle,
    line,
    rect,
    text,
    text_width,
    wrapped,
)
from maquette.film.lighting_plot import LightingPlot, PlotCamera, PlotFlag, PlotLamp, SourceKind
from maquette.film.stage import LampRole

COLUMNS = (("Ch", 10.0), ("Role", 20.0), ("Lamp", 35.0), ("x, y m", 20.0), ("Height", 13.0), ("To subject", 16.5),
           ("Aimed at", 27.0), ("Source m", 15.5), ("Shadows", 15.0), ("Colour", 17.0), ("Stops to key", 19.0),
           ("Shots", 21.0), ("Gel, grip, notes", 50.0))  # fmt: skip
"""Heads and widths, mm on A4; a wider sheet widens them all alike."""
_TAG, _COLOR = 0, 9
PAD, TAG_R = 1.0, 1.75
MOST_LINES, MOST_KEPT = 3, 8

_ROLES = {LampRole.BACK: "back", LampRole.EYE: "eye light", LampRole.AMBIENT: "ambient"}


def lamp_cells(lamp: PlotLamp, plot: LightingPlot) -> tuple[str, ...]:
    """One row of the table as text, in the order of `COLUMNS`."""
    place = "all around" if lamp.position is None else "far" if lamp.distance_m is None else _pair(lamp.position)
    reference = lamp.channel == plot.reference
    level = "0 (key)" if reference and lamp.role is LampRole.KEY else _stops(lamp)
    w, h = lamp.size_m
    size = "" if w == 0 and h == 0 else f"{w:.2g} × {h:.2g}" if abs(w - h) > 0.02 else f"{w:.2g}"
    return (
        lamp.channel,
        _ROLES.get(lamp.role, lamp.role.value),
        _lamp_words(lamp),
        place,
        "" if lamp.height_m is None else _metres(lamp.height_m),
        "" if lamp.distance_m is None else f"{lamp.distance_m:.1f} m",
        lamp.aimed_at,
        size,
        lamp.quality.value,
        f"{lamp.kelvin} K" if lamp.kelvin else "colour",
        level,
        ", ".join(lamp.shots) if lamp.shots else "all",
        "; ".join(lamp.notes),
    )


def _lamp_words(lamp: PlotLamp) -> str:
    """What it is, and its name where that says more than its role."""
    if lamp.kind in (SourceKind.PRACTICAL, SourceKind.WINDOW, SourceKind.SUN, SourceKind.MOON, SourceKind.SKY):
        return lamp.name
    return lamp.kind.value if lamp.name == lamp.role.value else f"{lamp.kind.value}: {lamp.name}"


def _metres(height: float) -> str:
    return f"{round(height, 1) + 0.0:.1f} m".replace("-", "−")


def _pair(p: tuple[float, float]) -> str:
    return ", ".join(f"{round(v, 1) + 0.0:.1f}" for v in p).replace("-", "−")


def _stops(lamp: PlotLamp) -> str:
    if lamp.level_stops is None:
        return "none"
    stops = round(lamp.level_stops, 1) + 0.0
    return "0.0" if stops == 0 else f"{stops:+.1f}".replace("-", "−")


@dataclass(frozen=True)
class Row:
    lamp: PlotLamp
    lines: tuple[tuple[str, ...], ...]
    """Wrapped text of each cell."""
    height: float


@dataclass(frozen=True)
class Table:
    """The table set for a width, mm."""

    width: float
    size: float
    widths: tuple[float, ...]
    rows: tuple[Row, ...]

    @property
    def head_height(self) -> float:
        return self.size * 1.9

    def height(self, rows: Sequence[Row]) -> float:
        return self.head_height + sum(r.height for r in rows)

    def fitting(self, start: int, height: float) -> int:
        """How many rows from `start` on fit into a height, head included."""
        left, count = height - self.head_height, 0
        for row in self.rows[start:]:
            if row.height > left + 1e-6:
                break
            left -= row.height
            count += 1
        return count

    def svg(self, x: float, y: float, rows: Sequence[Row]) -> list[str]:
        """The head and these rows, upper left corner at (x, y)."""
        parts = [rect(x, y, self.width, self.head_height, fill="#eceef0")]
        at = x
        for (name, _), width in zip(COLUMNS, self.widths, strict=True):
            parts.append(text(at + PAD, y + self.head_height - 0.62 * self.size, name, self.size, bold=True))
            at += width
        y += self.head_height
        for row in rows:
            parts += self._row(x, y, row)
            y += row.height
            parts.append(line(x, y, x + self.width, y, 0.12, RULE))
        parts.append(line(x, y, x + self.width, y, 0.3, INK))
        return parts

    def _row(self, x: float, y: float, row: Row) -> list[str]:
        parts: list[str] = []
        at = x
        for index, (cell, width) in enumerate(zip(row.lines, self.widths, strict=True)):
            baseline = y + 1.28 * self.size
            left = at + PAD
            if index == _TAG:
                parts.append(channel_tag(row.lamp, at + 3.6, baseline - 0.36 * self.size, TAG_R))
                at += width
                continue
            if index == _COLOR:
                r = 0.42 * self.size
                swatch = tint_of(row.lamp)
                parts.append(circle(left + r, baseline - 0.36 * self.size, r, fill=swatch, stroke=INK, width=0.18))
                left += 2 * r + 0.8
            for words in cell:
                fill = GREY if row.lamp.later else INK
                parts.append(text(left, baseline, words, self.size, fill=fill, bold=index == 1 and not row.lamp.later))
                baseline += 1.22 * self.size
            at += width
        return parts


def table_of(plot: LightingPlot, width: float, size: float) -> Table:
    """The lamps of a plot, set for a width and a type size, both mm; later places come last."""
    total = sum(w for _, w in COLUMNS)
    widths = tuple(w * width / total for _, w in COLUMNS)
    rows: list[Row] = []
    for lamp in sorted(plot.lamps, key=lambda x: x.later):
        cells = lamp_cells(lamp, plot)
        lines = tuple(
            tuple(wrapped(cell, w - 2 * PAD - (0.84 * size + 0.8 if i == _COLOR else 0), size, most=MOST_LINES))
            for i, (cell, w) in enumerate(zip(cells, widths, strict=True))
        )
        most = max(1, *(len(cell) for cell in lines))
        rows.append(Row(lamp, lines, max(most * 1.22 * size + 0.62 * size, 2 * TAG_R + 0.7)))
    return Table(width, size, widths, tuple(rows))


# --- beside the plan ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One set line of the side column."""

    parts: tuple[tuple[float, str, bool, str], ...]
    """(offset mm, words, bold, colour)"""
    advance: float
    """mm down to the next line."""
    keep: bool = False
    """Stays with the next line."""


def side_lines(plot: LightingPlot, width: float, size: float) -> list[Line]:
    """Asked light, cameras, changes from shot to shot and notes, set for a width."""
    lines: list[Line] = []
    facts = [(name.capitalize(), words) for name, words in plot.facts]
    if plot.sun is not None:
        name = "Moon" if plot.sun.moon else "Sun"
        facts.append((name, f"bearing {plot.sun.azimuth_deg:.0f}°, {plot.sun.elevation_deg:.0f}° high"))
    lines += _pairs("Light", facts, width, size)
    lines += _cameras(plot.cameras, width, size)
    lines += _pairs("Flags", _flags(plot.flags), width, size)
    lines += _pairs("Changes by shot", [(", ".join(c.shots), c.text) for c in plot.changes], width, size)
    reading = f"at {plot.subject}'s eyes" if plot.subject else "in the middle of the floor"
    if plot.shots:
        reading += f" in shot {plot.shots[0]}" if len(plot.shots) > 1 else ""
    key = next((lamp for lamp in plot.lamps if lamp.channel == plot.reference), None)
    against = ""
    if key is not None and key.role is not LampRole.KEY:
        against = f"; no key is read there: against {key.channel} {key.name}"
    words = f"Stops and distances {reading}; direct light, the meter's dome turned to each lamp{against}."
    if any("hidden" in note for lamp in plot.lamps for note in lamp.notes):
        words += " Hidden: the part of a lamp that something keeps from there."
    if any(lamp.later for lamp in plot.lamps):
        words += " A lamp's later places (1b, 1c …) are read in the first shot that they burn in."
    notes = [*plot.notes, *([words] if plot.lamps else [])]
    if plot.ceiling_m is not None and plot.interior:
        notes = [f"Ceiling {plot.ceiling_m:.2f} m.", *notes]
    lines += _plain("Notes", notes, width, size)
    return lines


def _flags(flags: Sequence[PlotFlag]) -> list[tuple[str, str]]:
    """Name, size and height; flags that are alike but for their place are told together."""
    shots: dict[tuple[str, str], list[str]] = {}
    for flag in flags:
        shots.setdefault((flag.name, _flag(flag)), []).extend(flag.shots)
    return [(name, words + (f" in {', '.join(n)}" if n else "")) for (name, words), n in shots.items()]


def _flag(flag: PlotFlag) -> str:
    if flag.outline:
        sides = [dist(a, b) for a, b in pairwise(flag.outline[:3])]
        return f"{max(sides):.1f} × {min(sides):.1f} m, flat, h {flag.high_m:.1f} m"
    return (
        f"{dist(flag.start, flag.end):.1f} × {flag.high_m - flag.low_m:.1f} m, h {flag.low_m:.1f}–{flag.high_m:.1f} m"
    )


def _heading(words: str, size: float) -> Line:
    return Line(((0.0, words, True, INK),), 1.45 * size, keep=True)


def _gap(size: float) -> Line:
    return Line((), 0.75 * size)


def _pairs(head: str, pairs: Sequence[tuple[str, str]], width: float, size: float) -> list[Line]:
    """A name and its text in two columns; long names have a line of their own."""
    if not pairs:
        return []
    lines = [_heading(head, size)]
    indent = min(max(text_width(name, size, bold=True) for name, _ in pairs) + 2.0, 0.36 * width)
    for name, words in pairs:
        own = text_width(name, size, bold=True) > indent - 1.0
        if own:
            lines += [Line(((0.0, s, True, INK),), 1.28 * size) for s in wrapped(name, width, size, bold=True)]
        for i, s in enumerate(wrapped(words, width - indent, size)):
            first = ((0.0, name, True, INK),) if i == 0 and not own else ()
            lines.append(Line((*first, (indent, s, False, INK)), 1.28 * size))
    return [*lines, _gap(size)]


def _cameras(cameras: Sequence[PlotCamera], width: float, size: float) -> list[Line]:
    pairs: list[tuple[str, str]] = []
    for camera in cameras:
        start, end = camera.start, camera.end
        words = f"{start.lens_mm:g} mm, {2 * start.half_angle_deg:.0f}°, h {start.height_m:.1f} m"
        if camera.squeeze != 1:
            words += f", {camera.squeeze:g}× squeeze"
        if end is not None:
            moved = [f"{end.lens_mm:g} mm"] if end.lens_mm != start.lens_mm else []
            moved += [f"h {end.height_m:.1f} m"] if abs(end.height_m - start.height_m) > 0.05 else []
            words += " → " + (", ".join(moved) or "moves")
        pairs.append((", ".join(camera.shots), words))
    widths = sorted({c.sensor_width_mm for c in cameras})
    head = "Cameras" + (f" (sensor {' / '.join(f'{w:g}' for w in widths)} mm wide)" if widths else "")
    return _pairs(head, pairs, width, size)


def _plain(head: str, notes: Sequence[str], width: float, size: float) -> list[Line]:
    if not notes:
        return []
    lines = [_heading(head, size)]
    for note in notes:
        whole = wrapped(note, width, size)
        # Its heading stays with a note, and a short note in one piece.
        keep = [i + 1 < len(whole) <= MOST_KEPT for i in range(len(whole))]
        lines += [Line(((0.0, s, False, INK),), 1.28 * size, k) for s, k in zip(whole, keep, strict=True)]
        lines.append(Line((), 0.35 * size))
    return [*lines, _gap(size)]


def set_lines(lines: Sequence[Line], x: float, y: float, height: float, size: float) -> tuple[list[str], int]:
    """(SVG of as many lines as fit, how many those are). What is to be kept together is."""
    parts: list[str] = []
    used, count = 0.0, 0
    for index, entry in enumerate(lines):
        needed, last = entry.advance, index
        while lines[last].keep and last + 1 < len(lines):
            last += 1
            needed += lines[last].advance
        if used + needed > height + 0.3 * size and entry.parts:
            break
        for offset, words, bold, fill in entry.parts:
            parts.append(text(x + offset, y + used + 0.86 * size, words, size, bold=bold, fill=fill))
        used += entry.advance
        count += 1
    return parts, count
