"""Kitchen: an L of units under the window, a table for four, a fridge, or a hospital-clean version of the same."""

from __future__ import annotations

import numpy as np

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Solid, box, boxes, cylinder, solid, srgb
from maquette.stage.sets import decor, furniture_seating, furniture_storage, furniture_tables, joinery, lamps
from maquette.stage.sets.build import grown
from maquette.stage.sets.furniture_seating import CHAIR_SEAT, CHROME
from maquette.stage.sets.furniture_storage import WORKTOP
from maquette.stage.sets.furniture_tables import TABLE
from maquette.stage.sets.palette import HOME, mix, shade, varied
from maquette.stage.sets.room import Room


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A kitchen of 4.6 x 5 m: counter and window in the north, cooker and fridge in the east, door in the west."""
    width, depth = grown(4.6, 5.0, seats_needed)
    room = Room(SetKind.KITCHEN, seed, seats_needed, words, (width, depth, 2.65), HOME)
    p, rng = room.palette, room.rng
    front = (p.trim, mix(p.fabric, p.trim, 0.25), p.second)[int(rng.integers(3))]
    top = (p.wood, srgb("#b9b5aa"), srgb("#4a4744"))[int(rng.integers(3))]
    _shell(room)
    _north(room, front, top)
    _east(room, front, top)
    _table(room)
    return room.finish(focus=(-0.5, -0.6))


def _shell(room: Room) -> None:
    p, rng = room.palette, room.rng
    if rng.random() < 0.6:
        light = mix(srgb("#cfc8b8"), p.wall, 0.3)
        room.floor_tiles((light, mix(light, p.fabric, 0.55) if rng.random() < 0.5 else shade(light, 0.93)), 0.33)
    else:
        room.floor_boards(p.floor, width=0.14)
    joinery.window(room, "north", -0.6, width=1.5, height=1.05, sill=1.12, panes=(3, 2), name="window 1")
    joinery.curtains(room, "north", -0.6, 1.45, 2.4, p.second, bottom=1.16, drawn=0.16)
    joinery.window(room, "south", 0.7, width=1.2, height=1.3, sill=0.9, panes=(2, 2), name="window 2")
    joinery.curtains(room, "south", 0.7, 1.3, 2.4, p.second, name="curtains 2", drawn=0.22, bottom=0.75)
    joinery.door(room, "west", -1.5, color=p.trim)
    joinery.door(room, "south", -1.4, color=p.trim, name="back door", glazed=True)
    joinery.stand_at(room, "south", 0.7, "window", "window", 0.6, outwards=True)


def _tiles(room: Room, wall: str, x0: float, x1: float, z0: float, z1: float, gaps: list[tuple[float, float]]) -> None:
    """A splashback of glazed tiles, leaving out the spans in `gaps` (x0, x1)."""
    w, h = 0.15, 0.075
    feet, n = [], 0
    for j in range(int((z1 - z0) / h)):
        x = x0 + (w / 2 if j % 2 else 0.0)
        while x + w <= x1 + 1e-6:
            if not any(a < x + w and b > x for a, b in gaps):
                feet.append((x + w / 2, -0.004, z0 + j * h))
                n += 1
            x += w
    glaze = mix(srgb("#d6d3c8"), room.palette.accent, 0.12)
    made = boxes(
        feet,
        np.tile([w - 0.004, 0.012, h - 0.004], (n, 1)),
        varied(glaze, room.rng, n, 0.07),
        bevel=0.003,
        roughness=0.15,
        part="tiles",
    )
    room.hang(wall, "tiles", made)


def _north(room: Room, front: tuple[float, float, float], top: tuple[float, float, float]) -> None:
    half, y = room.width / 2, room.depth / 2 - 0.31
    units = ((0.6, 1, True), (0.8, 2, False), (0.6, 1, True), (0.6, 1, True))
    x = -half + 0.05
    run = room.width - 0.7
    scale = run / sum(u[0] for u in units)
    for i, (w, doors, drawer) in enumerate(units):
        w *= scale
        room.add(
            "set/counter",
            furniture_storage.base_unit(w - 0.003, front, top, doors=doors, drawer=drawer),
            x + w / 2,
            y,
            word="cupboard",
        )
        if i == 1:
            room.add(
                "set/sink",
                furniture_storage.sink_and_tap(),
                x + w / 2,
                y - 0.02,
                blocks=False,
                word="sink",
                surface=WORKTOP,
            )
            room.feature("tap", (x + w / 2, y + 0.2, WORKTOP + 0.2), (0.1, 0.2, 0.32), None)
            room.spot("sink", "sink", SpotUse.STAND, (x + w / 2, y - 0.72), 180.0, group="counter")
        x += w
    room.feature("counter", (0.4, y, WORKTOP), (run, 0.6, 0.04), WORKTOP)
    _tiles(room, "north", -half, half - 0.02, WORKTOP + 0.005, 1.45, [(-0.6 - 0.86, -0.6 + 0.86)])
    _tiles(room, "north", -0.6 - 0.86, -0.6 + 0.86, WORKTOP + 0.005, 1.06, [])
    right = half - 0.9
    cupboard = furniture_storage.wall_unit(1.0, front, doors=2)
    room.hang("north", "cupboard", cupboard, right - 0.15, 1.47, word="wall cupboard")
    left = -half + 0.38
    room.hang("north", "shelf", _open_shelf(room, 0.6), left, 1.5, word="shelf", surface=1.52)
    things = [s.moved(0.55) for s in furniture_storage.kettle()] + _jars(room)
    room.add("set/counter things", things, 0.75, y + 0.1, WORKTOP, blocks=False)
    room.feature("kettle", (1.3, y + 0.1, WORKTOP + 0.11), (0.25, 0.18, 0.23))
    board = box((0.4, 0.28, 0.02), room.palette.wood, bevel=0.006, part="board")
    room.add("set/chopping board", board, 0.62, y - 0.08, WORKTOP, blocks=False)
    room.spot("counter", "counter", SpotUse.LEAN, (0.75, y - 0.58), 0.0, seat=WORKTOP, group="counter")


def _open_shelf(room: Room, width: float) -> list[Solid]:
    wood = room.palette.wood
    items = [box((width, 0.24, 0.025), wood, bevel=0.004, part="shelf").moved(0, -0.12, z) for z in (0.0, 0.34)]
    for k in range(4):
        plate = cylinder(0.09, 0.018, (0.7, 0.69, 0.64), segments=20, part="plates")
        items.append(plate.moved(-0.15, -0.12, 0.026 + 0.02 * k))
    items += [
        cylinder(0.04, 0.09, c, segments=16, part="cups").moved(0.06 + 0.1 * i, -0.12, 0.025)
        for i, c in enumerate((room.palette.accent, room.palette.second))
    ]
    for i in range(4):
        items += [
            s.moved(-0.2 + 0.13 * i, -0.12, 0.365)
            for s in furniture_storage.vase(shade(wood, 1.4 - 0.2 * i), 0.16, radius=0.045)
        ]
    return items


def _jars(room: Room) -> list[Solid]:
    items: list[Solid] = []
    for i, h in enumerate((0.2, 0.17, 0.14)):
        items.append(
            cylinder(0.05, h, mix((0.6, 0.55, 0.45), room.palette.accent, 0.3 * i), segments=18, part="jars").moved(
                -0.1 + 0.12 * i, 0.05
            )
        )
        items.append(
            cylinder(0.046, 0.025, room.palette.wood, segments=18, part="lids").moved(-0.1 + 0.12 * i, 0.05, h)
        )
    return items


def _east(room: Room, front: tuple[float, float, float], top: tuple[float, float, float]) -> None:
    # along the east wall, x of the wall frame runs towards -Y; the corner is at -depth / 2
    start = -room.depth / 2 + 0.62
    p = room.palette
    x = start
    cell = [("unit", 0.6), ("cooker", 0.6), ("unit", 0.6)]
    for kind, w in cell:
        px, py, _ = room.point("east", x + w / 2, -0.31, 0)
        if kind == "cooker":
            room.add("set/cooker", furniture_storage.hob_and_oven(), px, py, turn=-90, word="stove", surface=0.93)
            room.feature("hob", (px, py, 0.92), (0.6, 0.6, 0.05), 0.93)
            room.feature("oven", (px - 0.3, py, 0.42), (0.1, 0.57, 0.5))
            room.spot("stove", "stove", SpotUse.STAND, (px - 0.72, py), 90.0)
            room.hang("east", "hood", _hood(), x + w / 2, 1.62, word="hood")
        else:
            room.add("set/counter", furniture_storage.base_unit(w - 0.003, front, top), px, py, turn=-90)
            room.hang("east", f"cupboard {x:.1f}", furniture_storage.wall_unit(w - 0.004, front), x + w / 2, 1.47)
        x += w
    _tiles(room, "east", -room.depth / 2, x, WORKTOP + 0.005, 1.46, [])
    room.hang(
        "east",
        "fridge",
        furniture_storage.fridge(mix((0.74, 0.74, 0.72), p.second, 0.25)),
        x + 0.36,
        y=-0.34,
        blocks=True,
        word="fridge",
        surface=1.8,
    )
    px, py, _ = room.point("east", x + 0.36, -1.15, 0)
    room.spot("fridge", "fridge", SpotUse.STAND, (px, py), 90.0)


def _hood() -> list[Solid]:
    lower = np.array([(-0.3, -0.48), (0.3, -0.48), (0.3, 0.0), (-0.3, 0.0)])
    upper = np.array([(-0.13, -0.28), (0.13, -0.28), (0.13, 0.0), (-0.13, 0.0)])
    v = np.concatenate([np.column_stack([lower, np.zeros(4)]), np.column_stack([upper, np.full(4, 0.28)])])
    f = [q for i in range(4) for q in ([i, (i + 1) % 4, 4 + (i + 1) % 4], [i, 4 + (i + 1) % 4, 4 + i])] + [
        [0, 2, 1],
        [0, 3, 2],
    ]
    lip = box((0.6, 0.48, 0.05), CHROME, bevel=0.004, part="hood").moved(0, -0.24, -0.05)
    pipe = box((0.26, 0.28, 0.75), CHROME, bevel=0.004, part="hood").moved(0, -0.14, 0.27)
    return [s.metal(0.9, 0.35) for s in (solid(v, f, CHROME, part="hood"), lip, pipe)]


def _table(room: Room) -> None:
    p, rng = room.palette, room.rng
    x, y = -0.85, -0.75
    room.add(
        "set/table",
        furniture_tables.table(1.35, 0.85, p.wood, round_legs=bool(rng.random() < 0.5)),
        x,
        y,
        turn=90,
        word="table",
        surface=TABLE,
    )
    style = int(rng.integers(3))
    places = (
        ("left", -0.62, 0.32, 90.0),
        ("right", 0.62, 0.32, -90.0),
        ("left 2", -0.62, -0.34, 90.0),
        ("right 2", 0.62, -0.34, -90.0),
    )
    for i, (name, dx, dy, turn) in enumerate(places):
        made = furniture_seating.dining_chair(mix(p.wood, p.trim, 0.2), p.second, style=style)
        c = room.add(f"set/chair {i + 1}", made, x + dx, y + dy, turn=turn, word="chair", surface=CHAIR_SEAT)
        room.spot(f"table {name}", "table", SpotUse.SIT, c.at(0, -0.02), turn, seat=CHAIR_SEAT, group=f"table {i // 2}")
    fruit = furniture_storage.vase(p.accent, 0.11, radius=0.14)
    room.add("set/bowl", fruit, x, y, TABLE, blocks=False, word="bowl")
    lamps.pendant(room, "pendant", (x, y), 1.6, room.height, mix(p.accent, p.fabric, 0.4), radius=0.22, style=0)
    room.hang("west", "clock", decor.clock(0.15, p.wood), 0.6, 1.85, word="clock")
    room.hang("west", "wall phone", decor.wall_phone(mix(p.trim, p.accent, 0.2)), -0.65, 1.45, word="phone")
    room.hang(
        "west",
        "picture",
        decor.picture(0.5, 0.65, p.wood, (p.accent, p.fabric, p.second), rng),
        1.55,
        1.35,
        word="picture",
    )
    room.hang("west", "radiator", joinery.radiator(0.9, 0.6), 0.9, blocks=True, word="radiator")
    room.add("set/plant", decor.plant(0.8, p.accent, rng), -room.width / 2 + 0.4, -room.depth / 2 + 0.36, word="plant")
