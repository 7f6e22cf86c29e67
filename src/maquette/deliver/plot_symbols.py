"""The symbols of a lighting plot, drawn about the origin and pointing to +x, in millimetres on paper."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from math import atan2, cos, degrees, pi, sin

from maquette.deliver.plot_text import INK, PAPER, PT, circle, group, line, num, outline, path, rect, text, text_width
from maquette.film.lighting_plot import CREW, PlotLamp, SourceKind

Point = tuple[float, float]

TINTS = ((100, "#7fb0f0"), (154, "#b5d2fa"), (178, "#e9f1fd"), (200, "#fbf8ee"), (232, "#fdeec2"), (312, "#fbc766"),
         (420, "#f49a45"), (600, "#e8702e"))  # fmt: skip
"""How warm light is printed, by mired: clear at daylight, so that a gel shows at a glance."""
TAG_R = 2.15
_SHOULDERS = 0.46
SMALLEST_PANEL_MM, LARGEST_PANEL_MM = 5.0, 46.0


def tint_of(lamp: PlotLamp) -> str:
    """The print colour of a lamp's light, "#rrggbb"."""
    if lamp.kelvin is None:
        codes = (round(255 * (12.92 * c if c <= 0.0031308 else 1.055 * c ** (1 / 2.4) - 0.055)) for c in lamp.color)
        return "#" + "".join(f"{min(max(c, 0), 255):02x}" for c in codes)
    mired = 1e6 / lamp.kelvin
    if mired <= TINTS[0][0]:
        return TINTS[0][1]
    for (m0, a), (m1, b) in pairwise(TINTS):
        if mired <= m1:
            share = (mired - m0) / (m1 - m0)
            pairs = ((int(a[i : i + 2], 16), int(b[i : i + 2], 16)) for i in (1, 3, 5))
            return "#" + "".join(f"{round(x + (y - x) * share):02x}" for x, y in pairs)
    return TINTS[-1][1]


def turned(parts: str, at: Point, degrees_: float) -> str:
    """A symbol at its place on paper, turned clockwise as seen."""
    return group([parts], transform=f"translate({num(at[0])} {num(at[1])}) rotate({num(degrees_)})")


def angle_of(direction: Point) -> float:
    """Degrees clockwise on paper of a direction given on paper (y down)."""
    return degrees(atan2(direction[1], direction[0]))


def panel_width(lamp: PlotLamp, mm_per_m: float) -> float:
    """A panel is drawn as wide as it is, within what can be read."""
    return min(max(lamp.size_m[0] * mm_per_m, SMALLEST_PANEL_MM), LARGEST_PANEL_MM)


def lamp_symbol(lamp: PlotLamp, width: float) -> str:
    """The symbol of one lamp; `width` is of panels and bounces, mm."""
    fill = tint_of(lamp)
    return _LAMPS[lamp.kind](fill, width)


def _fresnel(fill: str, width: float) -> str:
    body = "M0.9 -1.7H-1.7A1.9 1.7 0 0 0 -1.7 1.7H0.9Z"
    lens = "M0.9 -1.7Q1.9 0 0.9 1.7"
    doors = line(0.9, -1.7, 2.7, -2.7, 0.35) + line(0.9, 1.7, 2.7, 2.7, 0.35)
    return path(body, fill=fill, stroke=INK, width=0.32) + path(lens, fill=PAPER, stroke=INK, width=0.25) + doors


def _soft(fill: str, width: float) -> str:
    h, back = width / 2, max(width / 5, 1.1)
    box = outline([(0.3, -h), (0.3, h), (-2.4, back), (-2.4, -back)])
    front = rect(0.3, -h, 0.75, width, fill=PAPER, stroke=INK, width=0.28)
    return path(box, fill=fill, stroke=INK, width=0.32) + front


def _bounce(fill: str, width: float) -> str:
    h = width / 2
    board = rect(-0.55, -h, 1.1, width, fill=fill, stroke=INK, width=0.32)
    n = max(3, round(width / 1.8))
    zig = [(0.55 if i % 2 else 1.7, -h + width * i / (2 * n)) for i in range(1, 2 * n)]
    return board + path(outline([(0.55, -h), *zig, (0.55, h)], closed=False), stroke=INK, width=0.25)


def _practical(fill: str, width: float) -> str:
    r = 1.9
    d = r * cos(pi / 4)
    cross = line(-d, -d, d, d, 0.3) + line(-d, d, d, -d, 0.3)
    return circle(0, 0, r, fill=fill, stroke=INK, width=0.35) + cross


def _window(fill: str, width: float) -> str:
    """Arrows of daylight through a gap whose inner face is at x = 0."""
    n = max(2, min(5, int(width / 3.2)))
    parts = []
    for i in range(n):
        y = (i + 0.5) / n * width - width / 2
        parts.append(path(f"M-1.2 {num(y)}H4.2", stroke=INK, width=0.3))
        parts.append(path(outline([(5.6, y), (3.9, y - 0.75), (3.9, y + 0.75)]), fill=fill, stroke=INK, width=0.22))
    return "".join(parts)


def _sun(fill: str, width: float) -> str:
    rays = "".join(
        line(2.6 * cos(a), 2.6 * sin(a), 3.7 * cos(a), 3.7 * sin(a), 0.35) for a in (k * pi / 4 for k in range(8))
    )
    return circle(0, 0, 2.0, fill=fill, stroke=INK, width=0.35) + rays


def _moon(fill: str, width: float) -> str:
    return path("M0.9 -2.3A2.4 2.4 0 1 0 0.9 2.3A2.9 2.9 0 0 1 0.9 -2.3Z", fill=fill, stroke=INK, width=0.35)


def _sky(fill: str, width: float) -> str:
    ring = f'<circle cx="0" cy="0" r="2" fill="{fill}" stroke="{INK}" stroke-width="0.3" stroke-dasharray="0.8 0.6"/>'
    return ring + line(-1.1, 0, 1.1, 0, 0.25) + line(0, -1.1, 0, 1.1, 0.25)


_LAMPS: dict[SourceKind, Callable[[str, float], str]] = {
    SourceKind.FRESNEL: _fresnel,
    SourceKind.SOFT: _soft,
    SourceKind.BOUNCE: _bounce,
    SourceKind.PRACTICAL: _practical,
    SourceKind.WINDOW: _window,
    SourceKind.SUN: _sun,
    SourceKind.MOON: _moon,
    SourceKind.SKY: _sky,
}


def tag_width(channel: str, radius: float = TAG_R) -> float:
    """How wide a channel's ring is, mm."""
    return max(2 * radius, text_width(channel, _tag_type(radius), bold=True) + 0.9 * radius)


def _tag_type(radius: float) -> float:
    return max(6.5 * PT, 3.25 * radius * PT)


def channel_tag(lamp: PlotLamp, x: float, y: float, radius: float = TAG_R) -> str:
    """The channel in its ring: dark for what the crew brings, clear for what the place has."""
    w, size = tag_width(lamp.channel, radius), _tag_type(radius)
    crew = lamp.role in CREW
    ring = (
        f'<rect x="{num(x - w / 2)}" y="{num(y - radius)}" width="{num(w)}" height="{num(2 * radius)}" '
        f'rx="{num(radius)}" fill="{INK if crew else PAPER}" stroke="{INK}" stroke-width="0.3"/>'
    )
    return ring + text(x, y + 0.36 * size, lamp.channel, size, bold=True, fill=PAPER if crew else INK, anchor="middle")


def camera_symbol(*, ghost: bool = False) -> str:
    """Body and lens; the front of the lens is at the origin."""
    body, lens = "M-7 -1.75H-2.1V1.75H-7Z", "M-2.1 -0.75L0 -1.7V1.7L-2.1 0.75Z"
    if ghost:
        return path(body + lens, fill=PAPER, stroke=INK, width=0.28, dash="0.9 0.6")
    finder = rect(-6.2, -2.5, 1.6, 0.8, fill=INK)
    return finder + path(body, fill=INK, stroke=INK, width=0.3) + path(lens, fill=PAPER, stroke=INK, width=0.35)


def person_symbol(size: float) -> str:
    """Head and shoulders from above, `size` mm over the shoulders, looking to +x."""
    k = size / _SHOULDERS
    shoulders = path(
        f"M{num(-0.06 * k)} {num(-0.23 * k)}A{num(0.12 * k)} {num(0.1 * k)} 0 0 1 {num(0.09 * k)} {num(-0.13 * k)}"
        f"L{num(0.09 * k)} {num(0.13 * k)}A{num(0.12 * k)} {num(0.1 * k)} 0 0 1 {num(-0.06 * k)} {num(0.23 * k)}"
        f"A{num(0.13 * k)} {num(0.23 * k)} 0 0 1 {num(-0.06 * k)} {num(-0.23 * k)}Z",
        fill="#dfe3e8", stroke=INK, width=0.3,
    )  # fmt: skip
    nose = path(outline([(0.075 * k, -0.05 * k), (0.165 * k, 0), (0.075 * k, 0.05 * k)]), fill=INK)
    return shoulders + nose + circle(0.01 * k, 0, 0.1 * k, fill=PAPER, stroke=INK, width=0.35)


def look_tick(size: float) -> str:
    """Where somebody looks in another shot."""
    k = size / _SHOULDERS
    tip = outline([(0.30 * k, -0.05 * k), (0.39 * k, 0), (0.30 * k, 0.05 * k)])
    return line(0.2 * k, 0, 0.31 * k, 0, 0.25, INK) + path(tip, fill=PAPER, stroke=INK, width=0.2)


def north_arrow(x: float, y: float, direction: Point) -> str:
    """A circle with a half-black needle; `direction` to the north on paper."""
    needle = path("M4.4 0L-3 1.7L-1.7 0Z", fill=INK, stroke=INK, width=0.2) + path(
        "M4.4 0L-3 -1.7L-1.7 0Z", fill=PAPER, stroke=INK, width=0.2
    )
    ring = circle(0, 0, 3.4, fill=PAPER, stroke=INK, width=0.25)
    size = 7 * PT
    label = text(x + 6.3 * direction[0], y + 6.3 * direction[1] + 0.36 * size, "N", size, bold=True, anchor="middle")
    return turned(ring + needle, (x, y), angle_of(direction)) + label


def scale_bar(x: float, y: float, mm_per_m: float, widest: float) -> tuple[str, float]:
    """(a chequered bar with its left end at x and its foot at y, its length in metres)."""
    length = max((m for m in (0.5, 1, 2, 4, 5, 10, 20, 50, 100, 200, 500) if m * mm_per_m <= widest), default=0.5)
    marks = 5 if length in (5, 10, 50, 500) else 4
    step = length / marks
    parts = [rect(x, y - 1.6, length * mm_per_m, 1.6, fill=PAPER, stroke=INK, width=0.25)]
    for i in range(0, marks, 2):
        parts.append(rect(x + i * step * mm_per_m, y - 1.6, step * mm_per_m, 1.6, fill=INK))
    for metres in (0.0, 1.0 if length > 1 else length / 2, length):
        label = f"{metres:g}" + (" m" if metres == length else "")
        parts.append(text(x + metres * mm_per_m, y - 2.4, label, 6.5 * PT, anchor="middle"))
    return group(parts, "scale-bar"), length
