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


_ACROSS = {Move.PAN_LEFT: -1, Move.TRUCK_LEFT: -1, Move.PAN_RIGHT: 1, Move.TRUCK_RIGHT: 1, Move.WHIP_PAN: 1,
           Move.WHIP_PAN_LEFT: -1, Move.CABLE: 1, Move.VEHICLE: 1, Move.REVEAL: 1}  # fmt: skip
"""Moves across the frame: -1 to the left, 1 to the right."""
_DOWN = {Move.TILT_UP: -1, Move.PEDESTAL_UP: -1, Move.CRANE_UP: -1, Move.JIB_UP: -1, Move.WHIP_TILT_UP: -1,
         Move.TILT_DOWN: 1, Move.PEDESTAL_DOWN: 1, Move.CRANE_DOWN: 1, Move.JIB_DOWN: 1, Move.WHIP_TILT_DOWN: 1,
         Move.DRONE: -1}  # fmt: skip
"""Moves up and down the frame: -1 up, 1 down."""
_TURNED_ONLY = (Move.PAN_LEFT, Move.PAN_RIGHT, Move.TILT_UP, Move.TILT_DOWN)
_WHIPS = (Move.WHIP_PAN, Move.WHIP_PAN_LEFT, Move.WHIP_TILT_UP, Move.WHIP_TILT_DOWN)
_CLOSER = {Move.PUSH_IN: 0.62, Move.DOLLY_ZOOM: 0.62, Move.ZOOM_IN: 1 / 1.7, Move.CRASH_ZOOM: 1 / 2.4,
           Move.FOLLOW: 0.86, Move.STEADICAM: 0.7, Move.GIMBAL: 0.7}  # fmt: skip
"""Moves towards the subject, with the share of the frame that they end on."""
_ZOOMS = (Move.ZOOM_IN, Move.CRASH_ZOOM)


def _shapes(move: Move, w: float, h: float) -> list[str]:
    m = min(w, h)
    edge, long = 0.1 * m, 0.46 * m
    middle_x, middle_y = w / 2, h / 2
    if move in _ACROSS or move in _DOWN:
        return _straight(move, w, h, m)
    if move in _CLOSER:
        share = _CLOSER[move]
        return [_frame(w, h, share, dashed=move in _ZOOMS), *_corners(w, h, share, inward=True, m=m)]
    if move in (Move.PULL_OUT, Move.ZOOM_OUT, Move.LEAD):
        return _corners(w, h, 0.62, inward=False, m=m)
    if move in (Move.ARC_LEFT, Move.ARC_RIGHT):
        return [_arc(w, h, -1 if move is Move.ARC_LEFT else 1, m)]
    if move in (Move.ROLL_LEFT, Move.ROLL_RIGHT):
        return [_turn(middle_x, middle_y, 0.36 * m, -1 if move is Move.ROLL_LEFT else 1, m)]
    if move is Move.HANDHELD:
        return [_wave((middle_x - long / 2, h - edge), long, m)]
    if move is Move.RACK_FOCUS:
        return [_arrow((middle_x - long / 2, h - edge), (middle_x + long / 2, h - edge), m, thin=True)]
    if move is Move.REFRAME:
        return [_arrow((middle_x - long / 4, h - edge), (middle_x + long / 4, h - edge), m, thin=True)]
    return []


def _straight(move: Move, w: float, h: float, m: float) -> list[str]:
    """An arrow along the lower edge or up the right one: doubled for a whip, on a rail where the camera travels."""
    edge, long = 0.1 * m, 0.46 * m
    across = move in _ACROSS
    sign = _ACROSS[move] if across else _DOWN[move]

    def at(along: float, inward: float) -> Point:
        return (w / 2 + along, h - edge - inward) if across else (w - edge - inward, h / 2 + along)

    start, end = -sign * long / 2, sign * long / 2
    shapes = [_arrow(at(start, 0), at(end, 0), m)]
    if move in _WHIPS:
        shapes.append(_arrow(at(start - sign * 0.2 * m, 0.11 * m), at(end, 0.11 * m), m))
    elif move not in _TURNED_ONLY:
        shapes.append(_rail(at(start, -0.055 * m), at(end, -0.055 * m), m))
    return shapes


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


def _turn(cx: float, cy: float, radius: float, sign: int, m: float) -> str:
    """A curved arrow about the middle of the frame, over its upper part: the horizon turns. sign: 1 clockwise."""
    turns = [-pi / 2 + sign * (-0.5 + i / 24) * 0.9 for i in range(25)]
    points = [(cx + radius * cos(a), cy + radius * sin(a)) for a in turns]
    d = "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)
    (x0, y0), (x1, y1) = points[-3], points[-1]
    length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 1e-6)
    tip = (x1 + (x1 - x0) / length * 0.1 * m, y1 + (y1 - y0) / length * 0.1 * m)
    return _path(d, 0.03 * m) + _arrow((x1, y1), tip, m)


def _wave(start: Point, long: float, m: float) -> str:
    points = [(start[0] + long * i / 40, start[1] + 0.022 * m * sin(i / 40 * 8 * pi)) for i in range(41)]
    return _path("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points), 0.014 * m)
