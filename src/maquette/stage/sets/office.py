"""Office: a chief's room with a desk and visitors' chairs, or an open floor with rows of desks."""

from __future__ import annotations

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import box, boxes, srgb
from maquette.stage.sets import decor, furniture_seating, furniture_storage, furniture_tables, joinery, lamps
from maquette.stage.sets.build import grown
from maquette.stage.sets.furniture_seating import CHAIR_SEAT, SOFA_SEAT
from maquette.stage.sets.furniture_tables import DESK
from maquette.stage.sets.palette import WORK, mix, shade
from maquette.stage.sets.room import Room

SEAT = 0.5
OLD = frozenset(
    {"detective", "lawyer", "headmaster", "principal", "study", "old", "private", "judge", "doctor", "father"}
)


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """An office of 6.4 x 6.8 m high above a street: windows with blinds in the north and west, door in the south."""
    width, depth = grown(6.4, 6.8, seats_needed)
    room = Room(SetKind.OFFICE, seed, seats_needed, words, (width, depth, 2.8), WORK)
    room.city, room.ground_m, room.cornice = True, -11.0, False
    _shell(room)
    _chief(room)
    _staff(room)
    _sides(room)
    return room.finish(focus=(0.0, -0.2))


def _shell(room: Room) -> None:
    p = room.palette
    old = bool(room.words & OLD) or room.palette.trim == WORK[3].trim
    if old:
        room.floor_boards(p.floor, width=0.18)
        room.dado, room.panelled = (0.95, mix(p.wood, p.trim, 0.5)), True
    else:
        room.floor_carpet(p.floor)
    for i, x in enumerate((-1.9, 0.0, 1.9)):
        joinery.window(room, "north", x, width=1.5, height=1.55, sill=0.9, panes=(2, 1), name=f"window {i + 1}")
        down = float(room.rng.uniform(0.15, 0.6))
        joinery.blinds(room, "north", x, 1.5, 0.9, 1.55, mix(p.trim, p.wall, 0.3), f"blinds {i + 1}", lowered=down)
    for i, y in enumerate((-1.2, 1.4)):
        joinery.window(room, "west", y, width=1.4, height=1.55, sill=0.9, panes=(2, 1), name=f"window {i + 4}")
        joinery.blinds(room, "west", y, 1.4, 0.9, 1.55, mix(p.trim, p.wall, 0.3), f"blinds {i + 4}", lowered=0.35)
    joinery.door(room, "south", 1.6, color=mix(p.wood, p.trim, 0.3), panels=1, glazed=True)
    joinery.stand_at(room, "north", -1.9, "window", "window", 0.6, outwards=True)
    joinery.stand_at(room, "west", 1.4, "window west", "window", 0.6, outwards=False)
    for i, (x, y) in enumerate(((-1.5, 1.5), (1.5, 1.5), (-1.5, -1.5), (1.5, -1.5))):
        room.add(f"set/ceiling/panel {i}", lamps.ceiling_panel(1.2, 0.6), x, y, room.height, blocks=False)
        lamps.panel_light(room, f"ceiling panel {i}", (x, y, room.height - 0.05), 1.1, 0.5, 3.2)


def _chief(room: Room) -> None:
    p, rng = room.palette, room.rng
    y = room.depth / 2 - 1.75
    style = 1 if room.words & OLD or rng.random() < 0.4 else 0
    room.add(
        "set/desk",
        furniture_tables.desk(1.8, 0.85, p.wood, p.trim, style=style),
        0,
        y,
        turn=180,
        word="desk",
        surface=DESK,
    )
    items = [s.turned(z=166).moved(0.52, 0.08) for s in furniture_tables.monitor(rng)]
    items += [s.turned(z=180).moved(0.1, 0.2) for s in furniture_tables.keyboard()]
    items += [s.moved(-0.25, 0.1) for s in furniture_tables.papers(rng)]
    items += [s.turned(z=200).moved(-0.66, 0.12) for s in furniture_tables.desk_phone()]
    room.add("set/desk things", items, 0, y, DESK, blocks=False)
    room.feature("phone", (-0.66, y + 0.12, DESK + 0.05), (0.2, 0.2, 0.1))
    room.feature("computer", (0.52, y + 0.08, DESK + 0.28), (0.56, 0.2, 0.46))
    room.feature("papers", (-0.25, y + 0.1, DESK + 0.01), (0.25, 0.32, 0.02))
    lamps.table_lamp(
        room, "desk lamp", (-0.72, y - 0.22, DESK), p.accent, mix((0.7, 0.66, 0.5), p.second, 0.4), height=0.44
    )
    chair = room.add(
        "set/office chair", furniture_seating.office_chair(p.fabric), 0, y + 0.78, word="office chair", surface=SEAT
    )
    room.spot("desk", "desk", SpotUse.SIT, chair.at(0, -0.02), 0.0, seat=SEAT, group="desk")
    for k, x in enumerate((-0.5, 0.5)):
        turn = 180.0 - 12 * (1 if x > 0 else -1)
        made = furniture_seating.dining_chair(p.wood, p.fabric, style=2)
        c = room.add(f"set/chair {k + 1}", made, x, y - 0.95, turn=turn, word="chair", surface=CHAIR_SEAT)
        room.spot(f"visitor {k + 1}", "desk", SpotUse.SIT, c.at(0, -0.02), turn, seat=CHAIR_SEAT, group="desk")
    joinery.stand_at(room, "north", 1.75, "behind the desk", "desk", 0.62, outwards=False)


def _staff(room: Room) -> None:
    """Two desks face to face in the south-east."""
    p, rng = room.palette, room.rng
    x, y = room.width / 2 - 1.55, -room.depth / 2 + 1.5
    for k, s in enumerate((-1, 1)):
        turn = 0.0 if s < 0 else 180.0
        cy = y + s * 0.41
        room.add(
            f"set/desk {k + 2}",
            furniture_tables.desk(1.5, 0.76, p.wood, p.trim),
            x,
            cy,
            turn=turn,
            word=f"desk {k + 2}",
            surface=DESK,
        )
        things = [q.turned(z=turn).moved(-0.2 * s, s * -0.12) for q in furniture_tables.monitor(rng, width=0.5)]
        things += [q.turned(z=turn).moved(-0.2 * s, s * 0.2) for q in furniture_tables.keyboard()]
        things += [q.turned(z=turn + 8).moved(0.4 * s, s * 0.12) for q in furniture_tables.papers(rng, 3)]
        room.add(f"set/desk {k + 2} things", things, x, cy, DESK, blocks=False)
        chair = room.add(
            f"set/office chair {k + 2}", furniture_seating.office_chair(p.second), x, y + s * 1.15, turn=180 + turn
        )
        room.spot(f"desk {k + 2}", "desk", SpotUse.SIT, chair.at(0, -0.02), 180 + turn, seat=SEAT, group="desks")
    screen = box((1.5, 0.03, 0.36), mix(p.second, p.trim, 0.3), bevel=0.006, roughness=0.95, part="screen wall")
    room.add("set/divider", screen, x, y, DESK - 0.02, blocks=False)


def _sides(room: Room) -> None:
    p, rng = room.palette, room.rng
    wide = 2.2
    made = furniture_storage.bookshelf(wide, 2.1, mix(p.wood, p.trim, 0.2), rng, columns=2)
    room.hang("east", "shelf", made, -1.5, y=-0.17, blocks=True, word="shelf", surface=0.8)
    for k in range(2):
        room.hang(
            "east",
            f"filing cabinet {k}",
            furniture_storage.filing_cabinet(mix(p.trim, p.second, 0.4 * k)),
            -0.05 + 0.48 * k,
            y=-0.33,
            blocks=True,
            word="filing cabinet",
            surface=1.32,
        )
    x, y, _ = room.point("east", 0.2, -1.1, 0)
    room.spot("filing cabinet", "filing cabinet", SpotUse.STAND, (x, y), 90.0)
    sofa = room.add(
        "set/sofa",
        furniture_seating.sofa(1.75, p.fabric, srgb("#2b2b2d"), seats=2),
        -room.width / 2 + 0.85,
        -1.15,
        turn=90,
        word="sofa",
        surface=SOFA_SEAT,
    )
    for name, q in (("sofa left", -0.38), ("sofa right", 0.38)):
        room.spot(name, "sofa", SpotUse.SIT, sofa.at(q, -0.08), 90.0, seat=SOFA_SEAT, group="office sofa")
    room.add(
        "set/coffee table",
        furniture_tables.coffee_table(0.9, 0.5, p.wood, style=2),
        -room.width / 2 + 1.85,
        -1.15,
        turn=90,
        word="coffee table",
        surface=0.42,
    )
    turn = -90.0
    easy = room.add(
        "set/armchair",
        furniture_seating.armchair(p.second, srgb("#2b2b2d")),
        -room.width / 2 + 2.85,
        -1.15,
        turn=turn,
        word="armchair",
        surface=SOFA_SEAT,
    )
    room.spot("armchair", "armchair", SpotUse.SIT, easy.at(0, -0.06), turn, seat=SOFA_SEAT, group="office sofa")
    room.add(
        "set/plant",
        decor.plant(1.5, shade(p.trim, 0.8), rng),
        -room.width / 2 + 0.45,
        room.depth / 2 - 0.45,
        word="plant",
    )
    room.hang("south", "clock", decor.clock(0.17, srgb("#222326")), 0.72, 2.2, word="clock")
    _board(room)
    joinery.stand_at(room, "south", -0.5, "whiteboard", "whiteboard", 0.7, outwards=False)


def _board(room: Room) -> None:
    """A whiteboard with a chart drawn on it."""
    edge = joinery.frame(1.7, 1.05, 0.03, 0.025, (0.5, 0.5, 0.5), "board frame")
    face = box((1.66, 0.012, 1.01), (0.78, 0.79, 0.78), roughness=0.2, part="whiteboard").moved(0, -0.008, 0.02)
    feet, sizes, colors = [], [], []
    for i in range(7):
        h = float(room.rng.uniform(0.1, 0.5))
        feet.append((-0.65 + 0.11 * i, -0.0155, 0.2))
        sizes.append((0.07, 0.003, h))
        colors.append(room.palette.accent if i % 3 == 0 else room.palette.second)
    for i in range(6):
        w = float(room.rng.uniform(0.25, 0.5))
        feet.append((0.25 + w / 2, -0.0155, 0.25 + 0.11 * i))
        sizes.append((w, 0.003, 0.018))
        colors.append((0.08, 0.1, 0.16))
    marks = boxes(feet, sizes, colors, part="chart")
    room.hang("south", "whiteboard", [*(s.moved(y=-0.012) for s in edge), face, marks], -0.5, 0.95, word="whiteboard")
