"""The set on a lighting plot: grid, kerbs, walls with their gaps, furniture, scale bar and north."""

from __future__ import annotations

from collections.abc import Sequence

from maquette.deliver.plot_labels import Box, Placer
from maquette.deliver.plot_symbols import north_arrow, scale_bar
from maquette.deliver.plot_text import (
    GREY,
    INK,
    PALE,
    PAPER,
    PT,
    circle,
    group,
    line,
    num,
    outline,
    path,
    rect,
    text,
    text_width,
)
from maquette.deliver.plot_view import View, arrow, box_around, on_paper
from maquette.film.lighting_plot import GapKind, PlotGap, PlotThing

SMALL = 6.5 * PT
NORTH_BOX_MM = 17.0
SUN_INK, MOON_INK, GLASS, WALL = "#d9822b", "#4a78b5", "#4a78b5", "#2c2e31"


def grid_m(view: View) -> int:
    """A metre, or more where lines would lie closer than 2 mm."""
    return next(m for m in (1, 5, 10, 50, 100) if m * view.mm_per_m >= 2)


def _lines(view: View) -> tuple[list[int], list[int]]:
    f, (mx, my), step = view.frame, view.middle, grid_m(view)
    half_w, half_h = (f.x1 - f.x0) / 2 / view.mm_per_m, (f.y1 - f.y0) / 2 / view.mm_per_m
    spans = ((mx - half_w, mx + half_w), (my - half_h, my + half_h))
    xs, ys = ([i * step for i in range(int(-(-a // step)), int(b // step) + 1)] for a, b in spans)
    return xs, ys


def grid(view: View) -> str:
    """Lines each metre, every fifth stronger."""
    f, (xs, ys) = view.frame, _lines(view)
    across = [(view.at((x, 0.0))[0], x) for x in xs]
    down = [(view.at((0.0, y))[1], y) for y in ys]
    lines = [line(at, f.y0, at, f.y1, 0.12, "#cfd3d8" if m % 5 == 0 else "#e6e8eb") for at, m in across]
    lines += [line(f.x0, at, f.x1, at, 0.12, "#cfd3d8" if m % 5 == 0 else "#e6e8eb") for at, m in down]
    return group(lines, "grid")


def axes(view: View) -> str:
    """Metres along the lower and the left edge."""
    f, (xs, ys) = view.frame, _lines(view)
    step = next(k for k in (1, 2, 5, 10, 20, 50, 100, 500) if k * view.mm_per_m >= 7)
    parts: list[str] = []
    for x in (x for x in xs if x % step == 0):
        at = view.at((x, 0.0))[0]
        if f.x0 + 2 < at < f.x1 - 2:
            parts.append(text(at, f.y1 + 1.1 * SMALL, _signed(x), SMALL, fill=GREY, anchor="middle"))
    for y in (y for y in ys if y % step == 0):
        at = view.at((0.0, y))[1]
        if f.y0 + 2 < at < f.y1 - 2:
            parts.append(text(f.x0 - 0.8, at + 0.36 * SMALL, _signed(y), SMALL, fill=GREY, anchor="end"))
    return group(parts, "axes")


def _signed(value: int) -> str:
    return f"{value}".replace("-", "−")


def ground(view: View) -> str:
    """Roads and pavements; a room's floor is white in its grey surroundings."""
    parts = [
        path(outline(view.at(p) for p in o), fill="#eeeff0" if "road" in t.name else "#f7f7f5", stroke=PALE, width=0.2)
        for t in view.plot.ground
        for o in t.outlines
    ]
    if view.plot.outline:
        f = view.frame
        parts += [rect(f.x0, f.y0, f.x1 - f.x0, f.y1 - f.y0, fill="#f5f6f7"),
                  path(outline(view.at(p) for p in view.plot.outline), fill=PAPER)]  # fmt: skip
    return group(parts)


def thing(view: View, item: PlotThing) -> str:
    """Its outlines as one silhouette: all edges first, then all fills over them, then what is seen within."""
    shapes = [outline(view.at(p) for p in o) for o in item.outlines]
    if item.overhead:
        return group([path(s, stroke=GREY, width=0.2, dash="1.1 0.7") for s in shapes])
    edges = [path(s, stroke="#55595e", width=0.36) for s in shapes]
    fills = [path(s, fill="#faf9f6") for s in shapes]
    inner = [path(outline(view.at(p) for p in o), stroke=PALE, width=0.14) for o in item.details]
    return group([*edges, *fills, *inner])


def walls(view: View, placer: Placer) -> str:
    """Walls thick, those that go out for a shot hatched, houses grey."""
    parts: list[str] = []
    for wall in view.plot.walls:
        points = [view.at(p) for p in wall.outline]
        d = outline(points)
        if wall.mass:
            parts.append(path(d, fill="#d4d6d9", stroke=INK, width=0.5, join="miter"))
            continue
        parts.append(path(d, fill="url(#wild)" if wall.out_in else WALL, stroke=INK, width=0.3, join="miter"))
        placer.take(box_around(points))
    return group([*parts, *(_gap(view, g, placer) for g in view.plot.gaps)], "walls")


def _gap(view: View, gap: PlotGap, placer: Placer) -> str:
    a, b = view.at(gap.start), view.at(gap.end)
    half = gap.depth_m / 2 * view.mm_per_m
    nx, ny = on_paper(gap.inward)
    parts: list[str] = []
    if gap.depth_m > 0:
        corners = [(p[0] + s * nx * half, p[1] + s * ny * half) for p, s in ((a, 1), (b, 1), (b, -1), (a, -1))]
        parts.append(path(outline(corners), fill=PAPER, stroke=INK, width=0.22))
        placer.take(box_around(corners))
    door = gap.kind is GapKind.DOOR
    parts.append(line(*a, *b, 0.7 if door else 0.3, "#7b7f85" if door else GLASS))
    if gap.daylight:
        # A thin arrow; a window whose light is one of the lamps has its thick ones over it.
        x, y = (a[0] + b[0]) / 2 + nx * half, (a[1] + b[1]) / 2 + ny * half
        parts.append(arrow((x, y), (x + 4.5 * nx, y + 4.5 * ny), "#8aa0bd", 0.2))
    return group(parts)


def wild_hatch() -> str:
    """The pattern of walls that are taken out for some shots."""
    return (
        '<pattern id="wild" width="1.1" height="1.1" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<rect width="1.1" height="1.1" fill="{PAPER}"/><line x1="0" y1="0" x2="0" y2="1.1" stroke="{WALL}" '
        'stroke-width="1"/></pattern>'
    )


def corners(view: View, placer: Placer) -> list[str]:
    """Scale bar with the grid's step, and north with where the sun or moon stands, in corners where nothing stands."""
    note = f"grid {grid_m(view)} m"
    bar, length = scale_bar(4.0, 5.6, view.mm_per_m, 50.0)
    end = 4.0 + length * view.mm_per_m
    w, h = end + 6.5 + text_width(note, SMALL), 8.2
    box = _free_corner(view, (w, h), ((0, 1), (1, 1), (0, 0)), Placer(view.frame))
    placer.take(box)
    x, y, ring = NORTH_BOX_MM / 2, NORTH_BOX_MM / 2, NORTH_BOX_MM / 2 - 0.4
    needle = [circle(x, y, ring, fill=PAPER), north_arrow(x, y, on_paper(view.plot.north))]
    if view.plot.sun is not None:
        ux, uy = on_paper(view.plot.sun.bearing)
        color = MOON_INK if view.plot.sun.moon else SUN_INK
        nx, ny = on_paper(view.plot.north)
        # Beside the N, where it comes from there.
        aside = 2.3 if ux * nx + uy * ny > 0.9 else 0.0
        aside = aside if ux * ny - uy * nx < 0 else -aside
        tail, tip = ((x + d * ux - aside * uy, y + d * uy + aside * ux) for d in (8.0, 3.9))
        needle.append(arrow(tail, tip, color, 0.5))
    place = _free_corner(view, (NORTH_BOX_MM, NORTH_BOX_MM), ((1, 0), (0, 0), (1, 1), (0, 1)), placer)
    placer.take(place)
    ground = rect(0.2, 0.2, w - 0.4, h - 0.4, fill=PAPER)
    note_text = text(end + 5.0, 5.6, note, SMALL, fill=GREY)
    return [_moved([ground, bar, note_text], box), _moved(needle, place)]


def _free_corner(view: View, size: tuple[float, float], order: Sequence[tuple[int, int]], placer: Placer) -> Box:
    """The first corner of the frame, (0 left or 1 right, 0 top or 1 bottom), that hides no symbol; else the first."""
    f, (w, h), plot = view.frame, size, view.plot
    spots = [c.start.position for c in plot.cameras] + [m.position for m in plot.marks]
    spots += [lamp.position for lamp in plot.lamps if lamp.position is not None]
    around = [Box.around(*view.shown_at(p)[0], 7.0, 7.0) for p in spots]
    boxes = [Box(x, y, x + w, y + h) for x, y in (((f.x0, f.x1 - w)[i], (f.y0, f.y1 - h)[j]) for i, j in order)]
    return next((b for b in boxes if placer.free(b) and not any(b.meets(a) for a in around)), boxes[0])


def _moved(parts: Sequence[str], box: Box) -> str:
    return group(parts, transform=f"translate({num(box.x0)} {num(box.y0)})")
