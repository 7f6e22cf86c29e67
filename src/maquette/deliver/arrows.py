"""Camera-move arrows over a panel, as SVG: thick, at the frame edge, with the other end's frame where it shows."""

from __future__ import annotations

from math import cos, pi, sin

from maquette.film.shot import Move

_WIDTH = 1000.0

Point = tuple[float, float]


def move_overlay(move: Move, aspect: float) -> str | None:
    """SVG text that covers the panel, or None for a move that needs no arrow. `aspect` is width over height."""
    w, h = _WIDTH, _WIDTH / aspect
    parts = _shapes(move, w, h)
    if not parts:
        return None
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w:.0f} {h:.1f}" width="{w:.0f}" height="{h:.1f}" '
        f'preserveAspectRatio="none">{"".join(parts)}</svg>\n'
    )


def _shapes(move: Move, w: float, h: float) -> list[str]:
    m = min(w, h)
    edge, long = 0.1 * m, 0.46 * m
    middle_x, middle_y = w / 2, h / 2
    horizontal = {Move.PAN_LEFT: -1, Move.TRUCK_LEFT: -1, Move.PAN_RIGHT: 1, Move.TRUCK_RIGHT: 1, Move.WHIP_PAN: 1}
    if move in horizontal:
        sign = horizontal[move]
        x0, x1, y = middle_x - sign * long / 2, middle_x + sign * long / 2, h - edge
        doubled = move in (Move.TRUCK_LEFT, Move.TRUCK_RIGHT)
        shapes = [_arrow((x0, y), (x1, y), m)]
        if doubled:
            shapes.append(_rail((x0, y + 0.055 * m), (x1, y + 0.055 * m), m))
        if move is Move.WHIP_PAN:
            shapes.append(_arrow((x0 - 0.2 * m, y - 0.11 * m), (x1, y - 0.11 * m), m))
        return shapes
    vertical = {Move.TILT_UP: -1, Move.PEDESTAL_UP: -1, Move.CRANE_UP: -1,
                Move.TILT_DOWN: 1, Move.PEDESTAL_DOWN: 1, Move.CRANE_DOWN: 1}  # fmt: skip
    if move in vertical:
        sign = vertical[move]
        x, y0, y1 = w - edge, middle_y - sign * long / 2, middle_y + sign * long / 2
        shapes = [_arrow((x, y0), (x, y1), m)]
        if move in (Move.PEDESTAL_UP, Move.PEDESTAL_DOWN, Move.CRANE_UP, Move.CRANE_DOWN):
            shapes.append(_rail((x + 0.055 * m, y0), (x + 0.055 * m, y1), m))
        return shapes
    if move in (Move.PUSH_IN, Move.ZOOM_IN, Move.DOLLY_ZOOM, Move.FOLLOW):
        share = {Move.ZOOM_IN: 1 / 1.7, Move.FOLLOW: 0.86}.get(move, 0.62)
        return [_frame(w, h, share, dashed=move is Move.ZOOM_IN), *_corners(w, h, share, inward=True, m=m)]
    if move in (Move.PULL_OUT, Move.ZOOM_OUT, Move.LEAD):
        return _corners(w, h, 0.62, inward=False, m=m)
    if move in (Move.ARC_LEFT, Move.ARC_RIGHT):
        return [_arc(w, h, -1 if move is Move.ARC_LEFT else 1, m)]
    if move is Move.HANDHELD:
        return [_wave((middle_x - long / 2, h - edge), long, m)]
    if move is Move.RACK_FOCUS:
        return [_arrow((middle_x - long / 2, h - edge), (middle_x + long / 2, h - edge), m, thin=True)]
    return []


def _path(d: str, width: float, *, fill: str = "none", stroke: str = "#1b1c1e") -> str:
    """A dark stroke on a white halo, so that arrows read on any picture."""
    halo = f'<path d="{d}" fill="none" stroke="#ffffff" stroke-width="{width + 7:.1f}" stroke-linejoin="round"/>'
    line = f'<path d="{d}" fill="{fill}" stroke="{stroke}" stroke-width="{width:.1f}" stroke-linejoin="round"/>'
    return halo + line


def _arrow(start: Point, end: Point, m: float, *, thin: bool = False) -> str:
    """A block arrow."""
    length = max(((end[0] - start[0]) ** 2 + (end[1] - start[1]) ** 2) ** 0.5, 1e-6)
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    shaft, head = (0.010 * m, 0.03 * m) if thin else (0.022 * m, 0.058 * m)
    back = length - head * 1.7

    def at(along: float, across: float) -> str:
        return f"{start[0] + ux * along - uy * across:.1f} {start[1] + uy * along + ux * across:.1f}"

    outline = [(0, -shaft), (back, -shaft), (back, -head), (length, 0), (back, head), (back, shaft), (0, shaft)]
    d = "M" + "L".join(at(a, b) for a, b in outline) + "Z"
    return _path(d, 3.0, fill="#f4f1ea")


def _rail(start: Point, end: Point, m: float) -> str:
    """The dolly's track beside an arrow: the camera itself travels."""
    d = f"M{start[0]:.1f} {start[1]:.1f}L{end[0]:.1f} {end[1]:.1f}"
    return _path(d, 0.008 * m)


def _frame(w: float, h: float, share: float, *, dashed: bool) -> str:
    x, y = w * (1 - share) / 2, h * (1 - share) / 2
    rect = f'x="{x:.1f}" y="{y:.1f}" width="{w * share:.1f}" height="{h * share:.1f}" fill="none"'
    dash = ' stroke-dasharray="16 10"' if dashed else ""
    return (
        f'<rect {rect} stroke="#ffffff" stroke-width="8" stroke-opacity="0.9"/>'
        f'<rect {rect} stroke="#1b1c1e" stroke-width="3"{dash}/>'
    )


def _corners(w: float, h: float, share: float, *, inward: bool, m: float) -> list[str]:
    arrows: list[str] = []
    for sx, sy in ((0, 0), (1, 0), (1, 1), (0, 1)):
        outer = (w * (0.025 + 0.95 * sx), h * (0.04 + 0.92 * sy))
        inner = (w * ((1 - share) / 2 + share * sx), h * ((1 - share) / 2 + share * sy))
        inner = (outer[0] + 0.86 * (inner[0] - outer[0]), outer[1] + 0.86 * (inner[1] - outer[1]))
        arrows.append(_arrow(outer, inner, m) if inward else _arrow(inner, outer, m))
    return arrows


def _arc(w: float, h: float, sign: int, m: float) -> str:
    """A curved arrow on the floor: the camera goes round."""
    cx, cy, rx, ry = w / 2, h - 0.2 * m, 0.36 * m, 0.11 * m
    turns = [pi / 2 - sign * (-0.42 + 0.84 * i / 24) * pi for i in range(25)]
    points = [(cx + rx * cos(a), cy + ry * sin(a)) for a in turns]
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    (x0, y0), (x1, y1) = points[-3], points[-1]
    length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1e-6)
    tip = (x1 + (x1 - x0) / length * 0.1 * m, y1 + (y1 - y0) / length * 0.1 * m)
    return _path(d, 0.03 * m) + _arrow((x1, y1), tip, m)


def _wave(start: Point, long: float, m: float) -> str:
    points = [(start[0] + long * i / 40, start[1] + 0.022 * m * sin(i / 40 * 8 * pi)) for i in range(41)]
    return _path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), 0.014 * m)
