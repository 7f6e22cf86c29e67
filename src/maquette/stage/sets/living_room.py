"""Living room: a sofa group around a low table, a dining corner, shelves, and a fireplace or a television wall."""

from __future__ import annotations

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Color
from maquette.stage.sets import decor, furniture_seating, furniture_storage, furniture_tables, joinery, lamps
from maquette.stage.sets.build import Placed, grown
from maquette.stage.sets.furniture_seating import CHAIR_SEAT, SOFA_SEAT
from maquette.stage.sets.furniture_tables import COFFEE_TABLE, TABLE
from maquette.stage.sets.palette import HOME, mix, shade
from maquette.stage.sets.room import Room


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A living room of 6 x 7 m: windows to the west, fireplace or television in the north, door in the east."""
    width, depth = grown(6.0, 7.0, seats_needed)
    room = Room(SetKind.LIVING_ROOM, seed, seats_needed, words, (width, depth, 2.75), HOME)
    _shell(room)
    _hearth(room)
    _sofa_group(room)
    _dining(room)
    _corners(room)
    return room.finish(focus=(0.2, 0.3))


def _shell(room: Room) -> None:
    p = room.palette
    room.floor_boards(p.floor, width=float(room.rng.choice([0.12, 0.16, 0.2])))
    if room.rng.random() < 0.5:
        room.dado = (0.85, mix(p.wall, p.trim, 0.55))
        room.panelled = bool(room.rng.random() < 0.6)
    for i, y in enumerate((-1.7, 1.5)):
        # x in the frame of the west wall is the world's y
        joinery.window(room, "west", y, width=1.35, height=1.55, sill=0.75, panes=(2, 3), name=f"window {i + 1}")
        joinery.curtains(room, "west", y, 1.5, 2.5, shade(p.second, 1.05), name=f"curtains {i + 1}")
        room.hang("west", f"radiator {i + 1}", joinery.radiator(1.1, 0.58), y, blocks=True, word="radiator")
    joinery.stand_at(room, "west", 1.5, "window", "window", 0.62, outwards=True)
    joinery.stand_at(room, "west", -1.2, "window side", "window", 0.62, outwards=False)
    joinery.door(room, "east", 0.1, color=p.trim)
    joinery.window(room, "south", 0.0, width=1.8, height=1.45, sill=0.85, panes=(3, 2), name="window 3")
    joinery.curtains(room, "south", 0.0, 2.0, 2.5, shade(p.second, 1.05), name="curtains 3", drawn=0.2)


def _hearth(room: Room) -> None:
    p, rng, y = room.palette, room.rng, room.depth / 2
    if rng.random() < 0.5:
        stone: Color = mix((0.6, 0.57, 0.52), p.wall, 0.3)
        room.hang("north", "fireplace", decor.fireplace(stone, rng), 0.0, blocks=True, word="fireplace", surface=1.19)
        edge = shade(p.wood, 0.8)
        room.hang(
            "north",
            "picture",
            decor.picture(0.95, 0.75, edge, (p.accent, p.second, p.fabric), rng),
            0,
            1.45,
            word="picture",
        )
        room.hang("north", "vases", furniture_storage.vase(p.accent, 0.26), 0.6, 1.19, y=-0.19, word="vase")
        room.hang("north", "candles", furniture_storage.vase(p.second, 0.2), -0.62, 1.19, y=-0.19)
    else:
        board = room.add(
            "set/sideboard", furniture_storage.sideboard(1.8, p.wood), 0, y - 0.26, word="sideboard", surface=0.77
        )
        room.add(
            "wall/north/television", decor.television(1.15), board.x, y - 0.24, 0.765, blocks=False, word="television"
        )
        room.hang(
            "north", "picture", decor.picture(0.7, 0.5, p.wood, (p.second, p.accent), rng), 0.85, 1.75, word="picture"
        )
    room.feature("mantelpiece", (0, y - 0.2, 1.2), (1.6, 0.35, 0.1), 1.19)
    joinery.stand_at(room, "north", -1.25, "fireplace", "fireplace", 0.7, outwards=False)
    for s in (-1, 1):
        wide = min(1.2, (room.width - 2.2) / 2 - 0.4)
        x = s * (room.width / 2 - wide / 2 - 0.05)
        shelf = furniture_storage.bookshelf(
            wide, 2.15, mix(p.wood, p.trim, 0.1), rng, columns=2, back=shade(p.wall, 0.7)
        )
        room.hang("north", f"bookshelf {s}", shelf, x, y=-0.17, blocks=True, word="bookshelf", surface=0.8)


def _sofa_group(room: Room) -> None:
    p, rng = room.palette, room.rng
    cx, cy = 0.2, 0.7
    room.add(
        "set/rug", decor.rug(2.9, 2.2, p.second, shade(p.fabric, 0.9), p.accent, rng), cx, cy, blocks=False, word="rug"
    )
    sofa = room.add(
        "set/sofa",
        furniture_seating.sofa(2.3, p.fabric, p.wood, rolled=bool(rng.random() < 0.4)),
        cx,
        cy - 1.35,
        turn=180,
        word="sofa",
        surface=SOFA_SEAT,
    )
    for k, (x, c) in enumerate(((-0.72, p.accent), (0.74, mix(p.accent, p.second, 0.5)))):
        a, b = sofa.at(x, 0.12)
        room.add(
            "set/sofa",
            furniture_seating.throw_pillow(c).turned(z=20 - 40 * k),
            a,
            b,
            SOFA_SEAT + 0.01,
            180,
            blocks=False,
        )
    for name, x in (("sofa left", 0.62), ("sofa middle", 0.0), ("sofa right", -0.62)):
        room.spot(name, "sofa", SpotUse.SIT, sofa.at(x, -0.08), 180.0, seat=SOFA_SEAT, group="sofa group")
    table = furniture_tables.coffee_table(1.15, 0.6, p.wood, style=int(rng.integers(3)))
    low = room.add("set/coffee table", table, cx, cy - 0.02, word="coffee table", surface=COFFEE_TABLE)
    _table_things(room, low)
    wing = bool(rng.random() < 0.4)
    for name, x, y, turn in (("armchair", -1.05, 1.15, 32.0), ("armchair 2", 1.15, 1.1, -30.0)):
        chair = room.add(
            f"set/{name}",
            furniture_seating.armchair(mix(p.second, p.accent, 0.25), p.wood, wing=wing),
            cx + x,
            cy + y,
            turn=turn,
            word=name,
            surface=SOFA_SEAT,
        )
        room.spot(name, "armchair", SpotUse.SIT, chair.at(0, -0.06), turn, seat=SOFA_SEAT, group="sofa group")
    lamps.floor_lamp(room, "floor lamp", (cx - 1.65, cy - 1.5), mix((0.8, 0.72, 0.55), p.accent, 0.12))


def _table_things(room: Room, low: Placed) -> None:
    things = []
    for k, c in enumerate((room.palette.second, room.palette.accent)):
        things += [
            s.painted(c).turned(z=12 * k).moved(-0.22, 0.02, 0.028 * k)
            for s in [furniture_seating.box((0.27, 0.2, 0.027), c, bevel=0.003, part="books")]
        ]
    things += [s.moved(0.12, 0.03) for s in furniture_storage.vase(shade(room.palette.wall, 0.9), 0.13, radius=0.08)]
    room.add("set/coffee table things", things, low.x, low.y, COFFEE_TABLE, blocks=False)


def _dining(room: Room) -> None:
    p, rng = room.palette, room.rng
    x, y = room.width / 2 - 1.45, -room.depth / 2 + 1.15
    room.add(
        "set/table",
        furniture_tables.table(1.5, 0.85, p.wood, round_legs=bool(rng.random() < 0.5)),
        x,
        y,
        word="table",
        surface=TABLE,
    )
    style = int(rng.integers(3))
    places = (
        ("left", -0.4, -0.62, 180.0),
        ("left 2", 0.4, -0.62, 180.0),
        ("right", -0.4, 0.62, 0.0),
        ("right 2", 0.4, 0.62, 0.0),
    )
    for i, (name, dx, dy, turn) in enumerate(places):
        chair = furniture_seating.dining_chair(p.wood, p.second, style=style)
        c = room.add(f"set/chair {i + 1}", chair, x + dx, y + dy, turn=turn, word="chair", surface=CHAIR_SEAT)
        room.spot(f"table {name}", "table", SpotUse.SIT, c.at(0, -0.02), turn, seat=CHAIR_SEAT, group=f"table {i % 2}")
    bowl = furniture_storage.vase(p.accent, 0.12, radius=0.13)
    room.add("set/bowl", bowl, x, y, TABLE, blocks=False, word="bowl")
    lamps.pendant(
        room, "pendant", (x, y), 1.55, room.height, mix(p.accent, p.wood, 0.3), radius=0.24, style=int(rng.integers(2))
    )


def _corners(room: Room) -> None:
    p, rng = room.palette, room.rng
    w, d = room.width / 2, room.depth / 2
    room.add("set/plant", decor.plant(1.35, shade(p.second, 0.9), rng), -w + 0.45, -d + 0.45, word="plant")
    chest = furniture_tables.drawers(0.9, 0.4, 0.82, p.wood, rows=3, columns=1)
    room.hang("east", "dresser", chest, -1.9, y=-0.23, blocks=True, word="dresser", surface=0.83)
    x, y, _ = room.point("east", -2.15, -0.22, 0)
    lamps.table_lamp(room, "table lamp", (x, y, 0.832), p.accent, mix((0.82, 0.74, 0.58), p.second, 0.2))
    room.hang("east", "mirror", decor.mirror(0.6, 0.9, shade(p.wood, 0.9)), -1.9, 1.2, word="mirror")
    room.hang("east", "pictures", decor.picture(0.5, 0.6, p.wood, (p.fabric, p.accent, p.second), rng), 1.9, 1.4)
    room.hang("south", "clock", decor.clock(0.16, p.wood), -1.9 if room.width > 5.6 else -1.6, 1.9, word="clock")
    room.pair("open floor", (-1.75, -1.0), 90.0)
