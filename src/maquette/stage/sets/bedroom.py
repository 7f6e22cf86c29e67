"""Bedroom: a bed between nightstands, wardrobe, dresser with mirror, an armchair at the window."""

from __future__ import annotations

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Solid, box, srgb
from maquette.stage.sets import decor, furniture_seating, furniture_storage, furniture_tables, joinery, lamps
from maquette.stage.sets.build import grown
from maquette.stage.sets.furniture_seating import BED_TOP, CHAIR_SEAT, SOFA_SEAT
from maquette.stage.sets.furniture_tables import NIGHTSTAND
from maquette.stage.sets.palette import CLINIC, HOME, mix, shade
from maquette.stage.sets.room import Room

SINGLE = frozenset({"single", "child", "child's", "kid", "kid's", "cell", "dormitory", "motel", "nursery"})


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A bedroom of 4.8 x 5 m: the bed's head in the north, windows to the west, door in the east."""
    width, depth = grown(4.8, 5.0, seats_needed)
    room = Room(SetKind.BEDROOM, seed, seats_needed, words, (width, depth, 2.65), HOME)
    _shell(room)
    _bed(room)
    _wardrobe_side(room)
    _window_side(room)
    return room.finish(focus=(0.0, -1.2))


def _shell(room: Room) -> None:
    p, rng = room.palette, room.rng
    if rng.random() < 0.5:
        room.floor_boards(p.floor, width=0.16)
        mat = decor.rug(2.6, 1.7, p.second, shade(p.fabric, 0.9), p.accent, rng)
        room.add("set/rug", mat, 0.0, room.depth / 2 - 1.95, blocks=False, word="rug")
    else:
        room.floor_carpet(mix(p.second, p.wall, 0.4))
    # one wall in a stronger colour behind the bed
    room.wall_color["north"] = mix(p.wall, p.fabric, float(rng.uniform(0.25, 0.7)))
    for i, y in enumerate((-1.25, 0.75)):
        joinery.window(room, "west", y, width=1.15, height=1.4, sill=0.85, panes=(2, 2), name=f"window {i + 1}")
        joinery.curtains(room, "west", y, 1.3, 2.42, shade(p.second, 1.05), name=f"curtains {i + 1}")
    room.hang("west", "radiator", joinery.radiator(0.9, 0.6), -1.25, blocks=True, word="radiator")
    joinery.stand_at(room, "west", 0.72, "window", "window", 0.6, outwards=True)
    joinery.door(room, "east", 1.75, color=p.trim)
    lamps.pendant(
        room,
        "ceiling lamp",
        (0.0, 0.0),
        2.05,
        room.height,
        mix((0.8, 0.74, 0.6), p.second, 0.2),
        radius=0.24,
        style=1,
        radiance=90.0,
    )


def _bed(room: Room) -> None:
    p, rng = room.palette, room.rng
    narrow = bool(room.words & (SINGLE | CLINIC))
    width = 0.95 if narrow else 1.6
    linen = srgb("#d9d5ca")
    head = room.depth / 2 - 1.14
    style = 2 if not narrow and rng.random() < 0.4 else int(rng.integers(2))
    made = furniture_seating.bed(width, p.wood, linen, p.fabric, mix(linen, p.second, 0.3), rng, headboard=style)
    bed = room.add("set/bed", made, 0.0, head, word="bed", surface=BED_TOP)
    throw = box((width + 0.1, 0.45, 0.02), p.accent, bevel=0.008, roughness=1.0, part="throw")
    room.add("set/bed", throw, 0.0, head - 0.72, BED_TOP + 0.006, blocks=False)
    half = width / 2
    # people lie on their backs, heads on the pillows in the north: from head to feet is -Y, yaw 0
    for name, x in (("bed left", -half * 0.5), ("bed right", half * 0.5)) if not narrow else (("bed", 0.0),):
        room.spot(f"{name} lying", "bed", SpotUse.LIE, bed.at(x, -0.08), 0.0, seat=BED_TOP, group="bed")
    room.spot("bed edge west", "bed", SpotUse.SIT, bed.at(-half + 0.13, -0.45), -90.0, seat=BED_TOP, group="bed west")
    room.spot("bed edge east", "bed", SpotUse.SIT, bed.at(half - 0.13, -0.45), 90.0, seat=BED_TOP, group="bed east")
    room.spot("bed foot", "bed", SpotUse.SIT, bed.at(0.0, -0.93), 0.0, seat=BED_TOP, group="bed foot")
    room.spot("foot of the bed", "bed", SpotUse.STAND, bed.at(0.0, -2.0), 180.0, group="bed foot")
    for s, name in ((-1, "nightstand"), (1, "nightstand 2")):
        x, y = s * (half + 0.38), room.depth / 2 - 0.24
        chest = furniture_tables.drawers(0.46, 0.38, NIGHTSTAND, p.wood, rows=2)
        room.add(f"set/{name}", chest, x, y, word=name, surface=NIGHTSTAND + 0.013)
        lamps.table_lamp(
            room,
            f"bedside lamp {1 if s < 0 else 2}",
            (x + s * 0.06, y + 0.04, NIGHTSTAND + 0.013),
            p.accent,
            (0.8, 0.72, 0.56),
            height=0.42,
            radiance=100.0,
        )
        room.add(f"set/{name} things", _things(room), x - s * 0.09, y - 0.08, NIGHTSTAND + 0.013, blocks=False)
    room.hang(
        "north", "picture", decor.picture(1.0, 0.6, p.wood, (p.accent, p.second, p.wall), rng), 0, 1.5, word="picture"
    )


def _things(room: Room) -> list[Solid]:
    colors = (room.palette.accent, room.palette.second)
    return [
        box((0.13, 0.19, 0.022), c, bevel=0.003, part="books").turned(z=11 * k).moved(z=0.0225 * k)
        for k, c in enumerate(colors)
    ]


def _wardrobe_side(room: Room) -> None:
    p, rng = room.palette, room.rng
    tone = mix(p.wood, p.trim, 0.0 if rng.random() < 0.6 else 0.9)
    wide = 1.5
    room.hang(
        "east", "wardrobe", furniture_storage.wardrobe(wide, tone, doors=3), 0.35, y=-0.3, blocks=True, word="wardrobe"
    )
    x, y, _ = room.point("east", 0.35, -1.15, 0)
    room.spot("wardrobe", "wardrobe", SpotUse.STAND, (x, y), 90.0)
    chest = furniture_tables.drawers(1.1, 0.45, 0.8, p.wood, rows=3, columns=2)
    room.add("set/dresser", chest, 0.75, -room.depth / 2 + 0.26, turn=180, word="dresser", surface=0.813)
    room.hang("south", "mirror", decor.mirror(0.7, 0.9, p.wood), -0.75, 0.98, word="mirror")
    vase = furniture_storage.vase(p.accent, 0.22)
    room.add("set/vase", vase, 1.1, -room.depth / 2 + 0.26, 0.813, blocks=False, word="vase")
    room.spot("mirror", "mirror", SpotUse.STAND, (0.75, -room.depth / 2 + 0.95), 0.0)
    room.hang("south", "clock", decor.clock(0.13, p.trim), 0.6, 1.95, word="clock")


def _window_side(room: Room) -> None:
    p, rng = room.palette, room.rng
    x, y = -room.width / 2 + 0.72, -room.depth / 2 + 0.75
    turn = 150.0
    made = furniture_seating.armchair(mix(p.second, p.accent, 0.3), p.wood, wing=bool(rng.random() < 0.5))
    chair = room.add("set/armchair", made, x, y, turn=turn, word="armchair", surface=SOFA_SEAT)
    room.spot("armchair", "armchair", SpotUse.SIT, chair.at(0, -0.06), turn, seat=SOFA_SEAT, group="bed west")
    side = furniture_seating.dining_chair(p.wood, p.second, style=1)
    x, y, _ = room.point("east", -0.92, -0.55, 0)
    seat = room.add("set/chair", side, x, y, turn=-95, word="chair", surface=CHAIR_SEAT)
    room.spot("chair", "chair", SpotUse.SIT, seat.at(0, -0.02), -95.0, seat=CHAIR_SEAT, group="bed east")
    room.add(
        "set/plant",
        decor.plant(1.0, shade(p.accent, 0.8), rng),
        -room.width / 2 + 0.38,
        room.depth / 2 - 0.4,
        word="plant",
    )
