"""Bar: a counter with stools before a wall of bottles, booths, small tables, neon."""

from __future__ import annotations

import numpy as np

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Color, Solid, box, boxes, cylinder, lathe, quad, rounded_box, srgb, tube
from maquette.stage.sets import decor, furniture_seating, furniture_tables, joinery, lamps
from maquette.stage.sets.build import grown
from maquette.stage.sets.furniture_seating import BOOTH_SEAT, CHAIR_SEAT, STOOL_SEAT
from maquette.stage.sets.furniture_tables import TABLE
from maquette.stage.sets.palette import NIGHTLIFE, mix, shade
from maquette.stage.sets.room import Room

COUNTER = 1.08
NEON: tuple[Color, ...] = ((1.0, 0.16, 0.1), (0.1, 0.6, 1.0), (1.0, 0.2, 0.55), (0.15, 0.95, 0.55))


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A bar of 7 x 7.6 m: counter along the north, booths in the west, windows and door in the south."""
    width, depth = grown(7.0, 7.6, seats_needed)
    room = Room(SetKind.BAR, seed, seats_needed, words, (width, depth, 3.0), NIGHTLIFE)
    room.city, room.ground_m = True, -0.2
    _shell(room)
    _back_bar(room)
    _counter(room)
    _booths(room)
    _tables(room)
    _neon(room)
    return room.finish(focus=(0.2, 0.0))


def _shell(room: Room) -> None:
    p = room.palette
    room.floor_boards(p.floor, width=0.15)
    room.dado, room.panelled = (1.1, mix(p.wood, p.trim, 0.4)), True
    for i, x in enumerate((-2.1, 2.0)):
        joinery.window(room, "south", x, width=1.7, height=1.4, sill=1.0, panes=(3, 2), name=f"window {i + 1}")
    joinery.door(room, "south", 0.0, width=0.95, color=mix(p.wood, p.trim, 0.4), panels=2, glazed=True)
    joinery.stand_at(room, "south", -2.75, "window", "window", 0.6, outwards=False)


def _length(room: Room) -> float:
    return min(4.6, room.width - 2.4)


def _back_bar(room: Room) -> None:
    """Shelves of bottles before a mirror, over a back counter."""
    p, rng = room.palette, room.rng
    run, wood = _length(room) + 0.4, shade(p.wood, 0.9)
    n = round(run / 0.62)
    base: list[Solid] = []
    for i in range(n):
        x = -run / 2 + (i + 0.5) * run / n
        base += [
            box((run / n - 0.01, 0.42, 0.88), wood, bevel=0.004, part="back bar").moved(x, -0.22),
            box((run / n - 0.12, 0.02, 0.62), shade(wood, 1.15), bevel=0.009, part="panel").moved(x, -0.435, 0.14),
        ]
    base.append(
        rounded_box((run + 0.06, 0.5, 0.05), shade(p.wood, 1.1), 0.015, roughness=0.25, part="back bar top").moved(
            0, -0.24, 0.88
        )
    )
    room.hang("north", "back bar", base, blocks=True, word="back bar", surface=0.93)
    glass = (
        box((run - 0.12, 0.01, 1.35), (0.5, 0.5, 0.48), part="mirror glass").metal(roughness=0.12).moved(0, -0.03, 1.05)
    )
    shelves: list[Solid] = [glass]
    for s in (-1, 0, 1):
        shelves.append(
            box((0.09, 0.3, 1.6), wood, bevel=0.008, part="back bar").moved(s * (run / 2 - 0.05), -0.16, 0.93)
        )
    shelves.append(box((run + 0.2, 0.4, 0.14), wood, bevel=0.03, part="back bar").moved(0, -0.2, 2.52))
    for k, z in enumerate((1.0, 1.42, 1.84)):
        if k:
            shelves.append(
                box((run - 0.1, 0.24 - 0.03 * k, 0.025), wood, bevel=0.004, part="shelf").moved(0, -0.14, z - 0.025)
            )
        for s in (-1, 1):
            wide = run / 2 - 0.3
            shelves += [
                b.moved(s * run / 4, -0.15 if k else -0.3, z if k else 0.93)
                for b in decor.bottle_row(wide, rng, spacing=0.125)
            ]
    strip = box((run - 0.3, 0.02, 0.02), (0.8, 0.7, 0.5), part="bulb").glowing((2.6, 1.7, 0.9)).moved(0, -0.33, 2.5)
    room.hang("north", "bottles", [*shelves, strip], word="bottles")
    room.feature("mirror", room.point("north", 0, -0.03, 1.7), (run, 0.05, 1.35))
    w, d = run / 2 - 0.15, 0.05
    down = quad([(-w, d, 0), (w, d, 0), (w, -d, 0), (-w, -d, 0)])
    px, py, pz = room.point("north", 0, -0.26, 2.49)
    room.bulb("back bar light", (px, py, pz), lamps.scaled(lamps.TUNGSTEN, 9.0), shape=down, visible=False)


def _counter(room: Room) -> None:
    p, rng = room.palette, room.rng
    run, y = _length(room), room.depth / 2 - 1.75
    wood, top = mix(p.wood, p.fabric, 0.15), shade(p.wood, 1.15)
    items = [box((run - 0.1, 0.45, COUNTER - 0.06), wood, part="counter").moved(0, 0.05)]
    n = round(run / 0.6)
    for i in range(n):
        x = -run / 2 + 0.05 + (i + 0.5) * (run - 0.1) / n
        items.append(
            box(((run - 0.1) / n - 0.12, 0.03, 0.68), shade(wood, 1.15), bevel=0.012, part="panel").moved(x, -0.18, 0.2)
        )
        items.append(
            box((0.06, 0.05, COUNTER - 0.1), wood, bevel=0.01, part="counter").moved(
                x - (run - 0.1) / n / 2, -0.185, 0.02
            )
        )
    items.append(box((run - 0.06, 0.48, 0.12), shade(wood, 0.7), bevel=0.01, part="counter").moved(0, 0.04))
    items.append(
        rounded_box((run + 0.1, 0.7, 0.06), top, 0.025, steps=2, roughness=0.2, part="counter top").moved(
            0, 0, COUNTER - 0.06
        )
    )
    rail = tube(
        [(-run / 2, -0.32, 0.2), (0, -0.32, 0.2), (run / 2, -0.32, 0.2)], 0.022, lamps.BRASS, part="foot rail"
    ).metal(roughness=0.3)
    items.append(rail)
    items += [
        tube([(x, -0.32, 0.2), (x, -0.17, 0.2)], 0.012, lamps.BRASS, part="foot rail").metal()
        for x in np.linspace(-run / 2 + 0.2, run / 2 - 0.2, 5)
    ]
    room.add("set/counter", items, 0, y, word="counter", surface=COUNTER)
    room.feature("bar", (0, y, COUNTER - 0.05), (run, 0.7, 0.1), COUNTER)
    stools = int(min(6, run // 0.72))
    chrome = bool(rng.random() < 0.3)
    pitch = (run - 0.5) / (stools - 1)
    for i in range(stools):
        x = (i - (stools - 1) / 2) * pitch
        made = furniture_seating.bar_stool(p.wood, p.fabric, chrome=chrome)
        room.add(f"set/stool {i + 1}", made, x, y - 0.62, word="stool" if i == 0 else "", surface=STOOL_SEAT)
        # drinkers turn a little towards a neighbour, so that pairs can talk and a lens sees faces
        turn = 180.0 + (38.0 if i % 2 else -38.0)
        room.spot(f"bar stool {i + 1}", "bar", SpotUse.SIT, (x, y - 0.62), turn, seat=STOOL_SEAT, group=f"bar {i // 2}")
    for i, x in enumerate((0.35, -1.2)):
        room.spot(f"behind the bar {i + 1}", "bar", SpotUse.STAND, (x, y + 0.78), 0.0, group=f"bar {1 - i}")
    lean = run / 2 + 0.45
    room.spot("end of the bar", "bar", SpotUse.LEAN, (-lean, y - 0.1), 90.0, seat=COUNTER, group="bar end")
    _counter_things(room, y)
    for i, x in enumerate(np.linspace(-run / 2 + 0.7, run / 2 - 0.7, 3).tolist()):
        lamps.pendant(
            room,
            f"pendant {i + 1}",
            (x, y),
            1.85,
            room.height,
            mix(p.accent, p.second, 0.3),
            radius=0.16,
            style=0,
            radiance=120.0,
        )


def _counter_things(room: Room, y: float) -> None:
    tower = [
        lathe(
            [(0, 0), (0.06, 0), (0.05, 0.03), (0.035, 0.06), (0.035, 0.3), (0, 0.31)],
            lamps.BRASS,
            crease_deg=40,
            part="beer tap",
        ).metal(roughness=0.25)
    ]
    tower.append(
        tube([(-0.17, 0, 0.3), (0, 0, 0.3), (0.17, 0, 0.3)], 0.03, lamps.BRASS, part="beer tap").metal(roughness=0.25)
    )
    for k, c in enumerate((room.palette.fabric, room.palette.accent, room.palette.second)):
        x = -0.13 + 0.13 * k
        tower.append(
            tube(
                [(x, 0.02, 0.3), (x, 0.09, 0.29), (x, 0.1, 0.22)], 0.01, lamps.BRASS, segments=8, part="beer tap"
            ).metal()
        )
        grip = [(0, 0), (0.012, 0), (0.02, 0.1), (0.014, 0.17), (0, 0.175)]
        tower.append(lathe(grip, c, segments=12, part="tap handle").moved(x, -0.01, 0.32))
    things = [s.moved(-1.35, 0.1) for s in tower]
    things += [
        decor.glass(0.14, 0.034).moved(x, 0.16 + dy, 0.0)
        for x, dy in ((0.9, 0.0), (1.0, 0.05), (1.08, -0.02), (1.15, 0.06))
    ]
    mat = box((0.4, 0.18, 0.012), (0.03, 0.03, 0.035), part="bar mat").moved(0.15, 0.14)
    room.add("set/counter things", [*things, mat], 0, y, COUNTER, blocks=False)
    room.feature("tap", (-1.35, y + 0.1, COUNTER + 0.2), (0.4, 0.15, 0.45))


def _booths(room: Room) -> None:
    p = room.palette
    x = -room.width / 2 + 1.0
    for i, y in enumerate((-2.35, -0.25)):
        y = y * room.depth / 7.6
        for s, turn in ((1, 0.0), (-1, 180.0)):
            bench = furniture_seating.booth_bench(1.5, p.fabric, mix(p.wood, p.trim, 0.3), piping=shade(p.wood, 0.8))
            b = room.add(
                f"set/booth {i + 1} {'north' if s > 0 else 'south'}",
                bench,
                x - 0.12,
                y + s * 0.7,
                turn=turn,
                word="booth",
                surface=BOOTH_SEAT,
            )
            for k, u in enumerate((-0.34, 0.34)):
                name = f"booth {i + 1} {'north' if s > 0 else 'south'} {k + 1}"
                room.spot(name, "booth", SpotUse.SIT, b.at(u * s, -0.08), turn, seat=BOOTH_SEAT, group=f"booth {i + 1}")
        room.add(f"set/booth table {i + 1}", _booth_table(p.wood), x - 0.12, y, word="table", surface=TABLE)
        candle = [cylinder(0.035, 0.09, (0.75, 0.5, 0.3), segments=14, part="bulb").glowing((2.2, 1.1, 0.45))]
        room.add(f"set/candle {i + 1}", candle, x - 0.35, y, TABLE, blocks=False, word="candle")
        room.bulb(f"candle {i + 1}", (x - 0.35, y, TABLE + 0.13), (90.0, 42.0, 14.0), radius=0.02)
    room.hang(
        "west",
        "picture",
        decor.picture(0.8, 0.6, p.wood, (p.accent, p.second, p.fabric), room.rng),
        -1.3,
        1.55,
        word="picture",
    )
    room.hang(
        "west", "poster", decor.picture(0.5, 0.75, p.wood, (p.fabric, p.accent), room.rng), 1.6, 1.4, word="poster"
    )


def _booth_table(wood: Color) -> list[Solid]:
    top = rounded_box((1.35, 0.66, 0.04), shade(wood, 1.1), 0.015, roughness=0.3, part="table top").moved(
        z=TABLE - 0.04
    )
    foot = lathe(
        [(0, 0), (0.25, 0), (0.24, 0.015), (0.04, 0.05), (0.035, TABLE - 0.05), (0, TABLE - 0.05)],
        (0.03, 0.03, 0.03),
        crease_deg=40,
        part="table foot",
    )
    return [top, foot.metal(0.6)]


def _tables(room: Room) -> None:
    p = room.palette
    for i, (x, y) in enumerate(((1.9, -1.2), (1.7, -2.75))):
        room.add(
            f"set/round table {i + 1}",
            furniture_tables.round_table(0.38, p.wood),
            x,
            y,
            word="round table",
            surface=TABLE,
        )
        for k, turn in enumerate((90.0 + 15, -90.0 - 15)):
            side = -1 if k == 0 else 1
            chair = furniture_seating.dining_chair(p.wood, p.fabric, style=1)
            c = room.add(
                f"set/chair {2 * i + k + 1}",
                chair,
                x + side * 0.68,
                y + 0.12,
                turn=turn - 30 * (k == 0) + 30 * (k == 1),
                word="chair",
                surface=CHAIR_SEAT,
            )
            room.spot(
                f"table {i + 1} {'left' if k == 0 else 'right'}",
                "table",
                SpotUse.SIT,
                c.at(0, -0.02),
                c.turn,
                seat=CHAIR_SEAT,
                group=f"table {i + 1}",
            )
        shade_lamp = [cylinder(0.03, 0.08, (0.75, 0.5, 0.3), segments=14, part="bulb").glowing((2.0, 1.0, 0.42))]
        room.add(f"set/tea light {i + 1}", shade_lamp, x, y, TABLE, blocks=False)
    room.pair("open floor", (0.3, -2.3), 15.0)


def _neon(room: Room) -> None:
    """A neon sign in the east: a glass, a star or an arrow, in one hue, and its light on the wall."""
    rng = room.rng
    hue = NEON[int(rng.integers(len(NEON)))]
    other = NEON[(NEON.index(hue) + 1) % len(NEON)]
    martini = [
        [(-0.35, 0.4), (0.0, 0.05), (0.35, 0.4), (-0.35, 0.4)],
        [(0.0, 0.05), (0.0, -0.35)],
        [(-0.2, -0.36), (0.2, -0.36)],
    ]
    a = np.radians(90 + 144 * np.arange(6))
    star = [list(zip((0.42 * np.cos(a)).tolist(), (0.42 * np.sin(a)).tolist(), strict=True))]
    arrow = [[(-0.5, 0.1), (0.2, 0.1), (0.2, 0.3), (0.55, 0.0), (0.2, -0.3), (0.2, -0.1), (-0.5, -0.1), (-0.5, 0.1)]]
    sign = (martini, star, arrow)[int(rng.integers(3))]
    ring = [[(0.68 * float(np.cos(t)), 0.6 * float(np.sin(t))) for t in np.linspace(0, 2 * np.pi, 25)]]
    strokes = [*lamps.neon(sign, hue), *lamps.neon(ring, other, glow=3.0)]
    board = box((1.5, 0.025, 1.3), srgb("#17161a"), bevel=0.01, part="sign board").moved(0, -0.0125, -0.65)
    room.hang("east", "neon sign", [board, *strokes], 0.6, 1.95, word="neon sign")
    px, py, pz = room.point("east", 0.6, -0.14, 1.95)
    room.bulb("neon", (px, py, pz), lamps.scaled(hue, 14.0), radius=0.12, visible=False)
    room.hang("east", "dartboard", _dartboard(), -1.5, 1.73, word="dartboard")
    room.hang("east", "clock", decor.clock(0.16, room.palette.wood), 2.4, 2.2, word="clock")
    box_ = boxes(
        [(0, -0.28, 0)],
        [(0.85, 0.5, 1.15)],
        mix(room.palette.fabric, room.palette.wood, 0.4),
        bevel=0.05,
        part="jukebox",
    )
    glow = (
        rounded_box((0.7, 0.06, 0.5), (0.7, 0.5, 0.3), 0.025, part="bulb")
        .glowing((1.8, 0.9, 0.4))
        .moved(0, -0.53, 0.55)
    )
    grille = boxes(
        [(x, -0.535, 0.12) for x in np.linspace(-0.3, 0.3, 9)],
        np.tile([0.02, 0.02, 0.36], (9, 1)),
        lamps.BRASS,
        part="jukebox",
    )
    room.hang("east", "jukebox", [box_, glow, grille], 3.0 if room.depth > 7.5 else 2.6, blocks=True, word="jukebox")


def _dartboard() -> list[Solid]:
    items = [cylinder(0.34, 0.02, srgb("#231d1a"), segments=32, part="dartboard").turned(x=90)]
    for k, r in enumerate((0.225, 0.16, 0.11, 0.05, 0.016)):
        c = (srgb("#c9bd9a"), srgb("#2f5a3a"), srgb("#c9bd9a"), srgb("#3a2b25"), srgb("#a5332a"))[k]
        items.append(cylinder(r, 0.022 + 0.003 * k, c, segments=32, part="dartboard").turned(x=90))
    return items
