"""Windows, doors, curtains, blinds and radiators: what is built into a wall."""

from __future__ import annotations

import numpy as np

from maquette.film.stage import Opening, SpotUse
from maquette.stage.mesh import Color, Solid, box, boxes, cylinder, rounded_box, sheet, sphere, srgb, tube
from maquette.stage.sets.palette import shade
from maquette.stage.sets.room import THICKNESS, TURNS, Room

METAL = srgb("#a8a49c")


def frame(width: float, height: float, bar: float, depth: float, color: Color, part: str = "frame") -> list[Solid]:
    """Four bars around an opening of `width` x `height`, standing on z = 0, outside edge at the opening's edge."""
    side = box((bar, depth, height), color, bevel=0.006, roughness=0.4, part=part)
    across = box((width - 2 * bar, depth, bar), color, bevel=0.006, roughness=0.4, part=part)
    return [side.moved(-width / 2 + bar / 2), side.moved(width / 2 - bar / 2), across, across.moved(z=height - bar)]


def window(
    room: Room,
    wall: str,
    x: float,
    *,
    width: float = 1.3,
    height: float = 1.35,
    sill: float = 0.85,
    panes: tuple[int, int] = (2, 3),
    name: str = "window",
    feature: str = "window",
) -> None:
    """Cut and fit a window: frame with muntins, casing and sill. Adds its `Opening` and a spot beside it."""
    w = room.walls[wall]
    w.holes.append((x - width / 2, sill, x + width / 2, sill + height))
    trim = room.palette.trim
    bars = [s.moved(y=0.1) for s in frame(width, height, 0.055, 0.06, trim)]
    for i in range(1, panes[0]):
        u = -width / 2 + width * i / panes[0]
        bars.append(
            box((0.03, 0.04, height - 0.1), trim, bevel=0.006, roughness=0.4, part="muntin").moved(u, 0.1, 0.05)
        )
    for i in range(1, panes[1]):
        v = height * i / panes[1]
        bars.append(box((width - 0.1, 0.036, 0.026), trim, bevel=0.006, roughness=0.4, part="muntin").moved(0, 0.1, v))
    casing = [s.moved(y=-0.012, z=-0.07) for s in frame(width + 0.14, height + 0.14, 0.075, 0.025, trim, "casing")]
    board = box((width + 0.2, 0.2, 0.035), trim, bevel=0.01, roughness=0.35, part="sill").moved(0, -0.02, -0.04)
    room.hang(wall, name, [*bars, *casing, board], x, sill, word=feature, surface=sill)
    normal = {"north": (0.0, -1.0, 0.0), "south": (0.0, 1.0, 0.0), "east": (-1.0, 0.0, 0.0), "west": (1.0, 0.0, 0.0)}
    center = room.point(wall, x, THICKNESS / 2, sill + height / 2)
    room.openings.append(Opening(name, center, normal[wall], width - 0.1, height - 0.1))


def stand_at(room: Room, wall: str, x: float, name: str, feature: str, away: float = 0.6, *, outwards: bool) -> None:
    """Somebody stands `away` metres in front of a wall, looking at it (`outwards`) or into the room."""
    px, py, _ = room.point(wall, x, -away, 0.0)
    room.spot(name, feature, SpotUse.STAND, (px, py), TURNS[wall] + (180.0 if outwards else 0.0))


def curtains(
    room: Room,
    wall: str,
    x: float,
    width: float,
    top: float,
    color: Color,
    name: str = "curtains",
    *,
    drawn: float = 0.28,
    bottom: float = 0.03,
) -> None:
    """A rod with two gathered curtains; `drawn` is the part of the width each covers."""
    run = width + 0.5
    rod = tube([(-run / 2, -0.09, 0), (0, -0.09, 0), (run / 2, -0.09, 0)], 0.012, METAL, part="rod").moved(z=top)
    knobs = [sphere(0.028, METAL, segments=10, part="rod").moved(s * run / 2, -0.09, top) for s in (-1, 1)]
    items = [rod, *knobs]
    for side in (-1, 1):
        half = drawn * run
        u = np.linspace(0, 1, 57)
        v = np.linspace(0, 1, 7)
        folds = max(4, round(half / 0.075))
        phase = float(room.rng.uniform(0, 6))
        ease = 0.55 + 0.45 * v[:, None]
        wave = np.sin(2 * np.pi * folds * u + phase) + 0.3 * np.sin(2 * np.pi * folds * 0.37 * u + 2 * phase)
        gx = side * (run / 2 - 0.03 - half * u) + 0.012 * np.cos(2 * np.pi * folds * u + phase)
        grid = np.stack(
            [
                np.broadcast_to(gx, (7, 57)),
                -0.095 + 0.026 * wave * ease[::-1],
                np.broadcast_to((bottom + (top - 0.015 - bottom) * v)[:, None], (7, 57)),
            ],
            -1,
        )
        cloth = sheet(grid if side < 0 else grid[:, ::-1], color, thickness=0.004, roughness=0.95, part="curtain")
        items.append(cloth)
    room.hang(wall, name, items, x, word="curtains")


def blinds(
    room: Room,
    wall: str,
    x: float,
    width: float,
    sill: float,
    height: float,
    color: Color,
    name: str = "blinds",
    *,
    lowered: float = 0.6,
) -> None:
    """A venetian blind: tilted slats, let down over `lowered` of the window."""
    run = height * lowered
    n = int(run / 0.038)
    slat = boxes([(0, 0, 0)], [(width - 0.04, 0.036, 0.0025)], color, roughness=0.5, part="slats").turned(x=-24)
    items = [slat.moved(0, -0.035, sill + height - 0.05 - 0.038 * i) for i in range(n)]
    head = box((width, 0.05, 0.05), color, bevel=0.004, part="blind head").moved(0, -0.035, sill + height - 0.04)
    foot = box((width - 0.03, 0.03, 0.018), color, part="blind head").moved(0, -0.035, sill + height - 0.09 - run)
    cords = boxes(
        [(s * width * 0.3, -0.035, sill + height - run - 0.08) for s in (-1, 1)],
        [(0.004, 0.004, run)] * 2,
        color,
        part="slats",
    )
    room.hang(wall, name, [*items, head, foot, cords], x, word="blinds")


def radiator(width: float = 1.0, height: float = 0.6, color: Color = (0.72, 0.71, 0.68)) -> list[Solid]:
    """Cast columns against a wall, in the wall frame, standing on z = 0."""
    n = int(width / 0.075)
    column = rounded_box((0.058, 0.09, height - 0.1), color, 0.024, roughness=0.35, part="radiator").moved(
        0, -0.09, 0.1
    )
    items = [column.moved(-width / 2 + (i + 0.5) * width / n) for i in range(n)]
    pipe = cylinder(0.012, 0.16, METAL, segments=8, part="radiator").moved(width / 2 + 0.03, -0.09)
    bars = boxes([(0, -0.09, 0.16), (0, -0.09, height - 0.1)], [(width, 0.03, 0.03)] * 2, color, part="radiator")
    return [*items, pipe, bars]


def door(
    room: Room,
    wall: str,
    x: float,
    *,
    width: float = 0.86,
    height: float = 2.05,
    color: Color | None = None,
    name: str = "door",
    panels: int = 4,
    glazed: bool = False,
) -> None:
    """A closed door in its frame: leaf with raised panels (or a glazed upper half), casing, lever handle."""
    w = room.walls[wall]
    w.holes.append((x - width / 2, 0.0, x + width / 2, height))
    w.doors.append((x - width / 2 - 0.085, x + width / 2 + 0.085))
    trim = room.palette.trim
    items = door_leaf(width, height, color or trim, panels, glazed)
    casing = [s.moved(y=-0.014) for s in frame(width + 0.18, height + 0.09, 0.09, 0.03, trim, "casing")[:2]]
    casing.append(box((width + 0.18, 0.034, 0.1), trim, bevel=0.008, part="casing").moved(0, -0.014, height))
    room.hang(wall, name, [*items, *casing], x, word=name if name != "door" else "door")
    stand_at(room, wall, x, name, "door", 0.65, outwards=False)


def door_leaf(width: float, height: float, color: Color, panels: int = 4, glazed: bool = False) -> list[Solid]:
    """A door leaf in the wall frame, handle on the right, both faces dressed."""
    if glazed:
        items = [s.moved(y=0.05, z=0.005) for s in frame(width - 0.01, height - 0.01, 0.13, 0.04, color, "door")]
        items.append(box((width - 0.1, 0.038, 0.75), color, part="door").moved(0, 0.05, 0.1))
    else:
        items = [
            box((width - 0.01, 0.042, height - 0.01), color, bevel=0.003, roughness=0.4, part="door").moved(
                0, 0.05, 0.005
            )
        ]
    rows = {
        0: [],
        1: [(0.2, height - 0.3)],
        2: [(0.2, 0.75), (1.08, height - 1.25)],
        4: [(0.18, 0.62), (0.98, height - 1.12)],
        6: [(0.16, 0.55), (0.84, 0.55), (1.5, height - 1.63)],
    }
    columns = [(0.0, width - 0.26)] if panels in (1, 2) else [(s * width * 0.22, width * 0.34) for s in (-1, 1)]
    for z, h in rows[panels] if not glazed else [(0.2, 0.55)]:
        for u, run in columns:
            items.append(
                box((run, 0.062, h), shade(color, 1.04), bevel=0.016, roughness=0.4, part="door panel").moved(
                    u, 0.05, z
                )
            )
    u = width / 2 - 0.07
    for y, sign in ((0.025, -1), (0.075, 1)):
        rose = cylinder(0.026, 0.012, METAL, segments=14, part="handle").metal().turned(x=-90 * sign).moved(u, y, 1.02)
        lever = tube(
            [
                (u, y, 1.02),
                (u, y + 0.05 * sign, 1.02),
                (u - 0.03, y + 0.055 * sign, 1.02),
                (u - 0.12, y + 0.055 * sign, 1.02),
            ],
            0.009,
            METAL,
            segments=8,
            part="handle",
        ).metal()
        items += [rose, lever]
    return items
