"""People, cameras and lamps on a lighting plot, as symbols; each keeps its place free of labels."""

from __future__ import annotations

from itertools import pairwise
from math import cos, radians, sin

from maquette.deliver.plot_labels import Box, Placer, along
from maquette.deliver.plot_symbols import (
    angle_of,
    camera_symbol,
    lamp_symbol,
    look_tick,
    panel_width,
    person_symbol,
    tint_of,
    turned,
)
from maquette.deliver.plot_text import INK, group, line, outline, path
from maquette.deliver.plot_view import CAMERA_INSET_MM, View, arrow, on_paper, way
from maquette.film.lighting_plot import CREW, CameraPlace, PlotCamera, PlotFlag, PlotLamp, PlotMark, Point, SourceKind

WIDE = frozenset({SourceKind.SOFT, SourceKind.BOUNCE})
AIM_INK, VIEW_INK = "#6b5a35", "#44617f"


def beam(view: View, lamp: PlotLamp) -> str:
    """The tinted light of a lamp, from its width on to what it is aimed at."""
    if lamp.role not in CREW or lamp.position is None or lamp.aim is None:
        return ""
    (x, y), _ = view.shown_at(lamp.position)
    tx, ty = view.at(lamp.aim)
    ux, uy, length = way((x, y), (tx, ty))
    if length < 1:
        return ""
    wide = lamp.kind in WIDE
    near = panel_width(lamp, view.mm_per_m) / 2 if wide else 1.2
    far = near + length * (0.16 if wide else 0.24)
    corners = [(x - uy * near, y + ux * near), (x + uy * near, y - ux * near),
               (tx + uy * far, ty - ux * far), (tx - uy * far, ty + ux * far)]  # fmt: skip
    return path(outline(corners), fill=tint_of(lamp), opacity=0.36)


def views(view: View, camera: PlotCamera, placer: Placer) -> str:
    """What a camera sees: a wedge as deep as what it looks at; thinly the one at the end of its move."""
    parts = [_wedge(view, camera.start, placer, fill=True)]
    if camera.end is not None:
        parts.append(_wedge(view, camera.end, placer, fill=False))
    return group(parts)


def _wedge(view: View, place: CameraPlace, placer: Placer, *, fill: bool) -> str:
    (x, y), _ = view.shown_at(place.position, CAMERA_INSET_MM)
    ux, uy, length = way((x, y), view.at(place.look_at))
    a, h = radians(angle_of((ux, uy))), radians(min(place.half_angle_deg, 80.0))
    reach = max(length, 8.0) / max(cos(h), 0.34)
    left = (x + reach * cos(a - h), y + reach * sin(a - h))
    right = (x + reach * cos(a + h), y + reach * sin(a + h))
    inner = path(outline([(x, y), left, right]), fill="#5b7fa6", opacity=0.09) if fill else ""
    dash = "2.2 1.1" if fill else "0.8 0.9"
    for end in (left, right):
        placer.shade(*along((x, y), end, 0.5))
    return inner + line(x, y, *left, 0.2, VIEW_INK, dash) + line(x, y, *right, 0.2, VIEW_INK, dash)


def camera(view: View, item: PlotCamera, placer: Placer) -> str:
    """The camera, and the one at the end of its move with the track between them."""
    parts: list[str] = []
    start, pulled = view.shown_at(item.start.position, CAMERA_INSET_MM)
    if item.end is not None:
        end, _ = view.shown_at(item.end.position, CAMERA_INSET_MM)
        if way(start, end)[2] > 1.0:
            parts.append(_body(view, item.end, end, placer, ghost=True))
            parts.append(arrow(start, end, INK, 0.45, dash="1.6 1"))
            placer.shade(*along(start, end, 0.6))
    parts.append(_body(view, item.start, start, placer, ghost=False))
    parts.append(_farther(view, start, item.start.position, 8.0) if pulled else "")
    return group(parts, "camera camera-" + plain_id(item.shots[0]))


def _body(view: View, place: CameraPlace, at: Point, placer: Placer, *, ghost: bool) -> str:
    ux, uy, _ = way(at, view.at(place.look_at))
    boxes = along(at, (at[0] - 7 * ux, at[1] - 7 * uy), 3.0)
    if ghost:
        placer.shade(*boxes)
    else:
        placer.take(*boxes)
    return turned(camera_symbol(ghost=ghost), at, angle_of((ux, uy)))


def mark(view: View, item: PlotMark, placer: Placer) -> str:
    """Somebody from above, with where they look in other shots and where they walk."""
    at, _ = view.shown_at(item.position)
    size = view.person_mm
    parts: list[str] = []
    if item.to is not None:
        to = view.at(item.to)
        parts.append(arrow(at, to, INK, 0.25, dash="1.4 0.9"))
        placer.shade(*along(at, to, 0.5))
    parts += [turned(look_tick(size), at, yaw_on_paper(yaw)) for yaw, _ in item.other_yaws]
    parts.append(turned(person_symbol(size), at, yaw_on_paper(item.yaw_deg)))
    placer.take(Box.around(*at, size, size))
    return group(parts)


def yaw_on_paper(yaw_deg: float) -> float:
    """Clockwise from +x on paper: yaw 0 looks down the sheet."""
    return 90.0 - yaw_deg


def lamp(view: View, item: PlotLamp, placer: Placer) -> str:
    """A lamp with its aim line; one beyond the sheet stands at its edge with an arrow outwards."""
    if item.position is None:
        return ""
    at, pulled = view.shown_at(item.position)
    facing = on_paper(item.direction) if item.direction else (1.0, 0.0)
    width = panel_width(item, view.mm_per_m)
    parts: list[str] = []
    if item.kind in (SourceKind.SUN, SourceKind.MOON):
        start, end = ((at[0] + d * facing[0], at[1] + d * facing[1]) for d in (4.4, 13.0))
        parts.append(arrow(start, end, INK, 0.45))
        placer.take(*along(at, end, 1.2))
    else:
        if item.aim is not None:
            parts.append(_aim_line(view, item, at, placer))
        if pulled:
            parts.append(_farther(view, at, item.position))
    parts.append(turned(lamp_symbol(item, width), at, angle_of(facing) if item.direction else 0.0))
    _keep_free(item, at, facing, width, placer)
    return group(parts, f"lamp lamp-{plain_id(item.channel)}")


def _aim_line(view: View, item: PlotLamp, at: Point, placer: Placer) -> str:
    assert item.aim is not None
    to = view.at(item.aim)
    ux, uy, length = way(at, to)
    # An arrow that ends in somebody's head would hide it.
    short = 1.0 + view.person_mm / 2 if any(item.aimed_at.startswith(m.name) for m in view.plot.marks) else 0.0
    reach = max(length - short, 0.3 * length)
    tip = (at[0] + ux * reach, at[1] + uy * reach)
    placer.shade(*along(at, tip, 0.5))
    return arrow(at, tip, AIM_INK, 0.25, dash="3 0.8 0.6 0.8")


def _keep_free(item: PlotLamp, at: Point, facing: Point, width: float, placer: Placer) -> None:
    x, y = at
    if item.kind in WIDE:
        reach = width / 2 - 0.6
        placer.take(*along((x + facing[1] * reach, y - facing[0] * reach),
                           (x - facing[1] * reach, y + facing[0] * reach), 2.6))  # fmt: skip
    elif item.kind is SourceKind.WINDOW:
        for depth in (0.0, 2.4, 4.6):
            mx, my = x + depth * facing[0], y + depth * facing[1]
            placer.take(*along((mx + facing[1] * width / 2, my - facing[0] * width / 2),
                               (mx - facing[1] * width / 2, my + facing[0] * width / 2), 2.4))  # fmt: skip
    else:
        placer.take(Box.around(x, y, 5.6, 5.6))


def _farther(view: View, at: Point, position: Point, off: float = 2.8) -> str:
    """An arrow outwards: it stands farther out than the sheet shows."""
    ux, uy, _ = way(at, view.at(position))
    start, end = ((at[0] + d * ux, at[1] + d * uy) for d in (off, off + 3.4))
    return arrow(start, end, INK, 0.4)


def flag(view: View, item: PlotFlag, placer: Placer) -> str:
    """A flag as a heavy stroke; one that lies flat as a dashed outline."""
    a, b = view.at(item.start), view.at(item.end)
    if item.outline:
        corners = [view.at(p) for p in item.outline]
        for start, end in pairwise([*corners, corners[0]]):
            placer.shade(*along(start, end, 0.5))
        return path(outline(corners), stroke=INK, width=0.4, dash="1.6 0.9")
    placer.take(*along(a, b, 1.6))
    return line(*a, *b, 1.1, INK)


def plain_id(name: str) -> str:
    """Letters and digits alone, as an id."""
    return "".join(c for c in name if c.isascii() and c.isalnum()) or "x"
