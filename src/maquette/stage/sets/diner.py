"""Diner: booths under big windows, a counter with chrome stools, a chequered floor."""

from __future__ import annotations

import numpy as np

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Color, Solid, box, boxes, cylinder, lathe, rounded_box, srgb
from maquette.stage.sets import decor, furniture_seating, joinery, lamps
from maquette.stage.sets.build import grown
from maquette.stage.sets.furniture_seating import BOOTH_SEAT, CHROME, STOOL_SEAT
from maquette.stage.sets.furniture_tables import TABLE
from maquette.stage.sets.palette import DINER, mix, shade
from maquette.stage.sets.room import Room

COUNTER = 1.05


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A diner of 9 x 6.4 m: four booths along the windows in the north, counter in the south, door in the west."""
    width, depth = grown(9.0, 6.4, seats_needed)
    room = Room(SetKind.DINER, seed, seats_needed, words, (width, depth, 2.9), DINER)
    room.city, room.ground_m, room.cornice = True, -0.25, False
    _shell(room)
    _booths(room)
    _counter(room)
    _back(room)
    return room.finish(focus=(0.0, 0.2))


def _shell(room: Room) -> None:
    p = room.palette
    room.floor_tiles((p.floor, mix(p.fabric, srgb("#1c1d20"), float(room.rng.choice([0.25, 0.9])))), 0.4)
    room.dado = (0.95, mix(p.second, p.wall, 0.25))
    joinery.door(room, "west", -0.7, width=0.95, color=p.trim, panels=1, glazed=True)
    joinery.window(room, "west", 1.4, width=1.9, height=1.6, sill=0.8, panes=(1, 1), name="window west")
    band = [
        box((length, 0.012, 0.07), c, part="band").moved(0, -0.006, z)
        for length, c, z in ((room.width, p.fabric, 2.42), (room.width, p.accent, 2.52))
    ]
    room.hang("north", "bands", band)
    room.hang("south", "bands", band)


def _booths(room: Room) -> None:
    p = room.palette
    north = room.depth / 2
    pitch = 2.06
    for i in range(4):
        x = (i - 1.5) * pitch
        joinery.window(room, "north", x, width=1.75, height=1.6, sill=0.8, panes=(1, 1), name=f"window {i + 1}")
        down = float(room.rng.uniform(0.05, 0.3))
        joinery.blinds(room, "north", x, 1.75, 0.8, 1.6, mix(p.trim, p.accent, 0.2), f"blinds {i + 1}", lowered=down)
        y = north - 0.82
        for s, turn, side in ((-1, 90.0, "west"), (1, -90.0, "east")):
            bench = furniture_seating.booth_bench(1.3, p.fabric, p.second)
            b = room.add(
                f"set/booth {i + 1} {side}", bench, x + s * 0.69, y, turn=turn, word="booth", surface=BOOTH_SEAT
            )
            for k, u in enumerate((0.32, -0.32)):
                at = b.at(u * s, -0.08)
                room.spot(
                    f"booth {i + 1} {side} {'aisle' if k else 'window'}",
                    "booth",
                    SpotUse.SIT,
                    at,
                    turn,
                    seat=BOOTH_SEAT,
                    group=f"booth {i + 1}",
                )
        room.add(f"set/table {i + 1}", _table(p.floor), x, y, turn=90, word="table", surface=TABLE)
        room.add(f"set/table things {i + 1}", _condiments(p.accent), x, y + 0.5, TABLE, blocks=False, word="menu")
        if i in (0, 1, 2, 3):
            lamps.pendant(
                room,
                f"pendant {i + 1}",
                (x, y),
                1.65,
                room.height,
                mix(p.fabric, p.accent, 0.2),
                radius=0.17,
                style=0,
                radiance=90.0,
            )
    x, y, _ = room.point("north", 0.0, -1.95, 0)
    room.spot("at the booth", "booth", SpotUse.STAND, (x - 1.03, y), 205.0, group="booth 2")


def _table(color: Color) -> list[Solid]:
    top = rounded_box((1.25, 0.7, 0.04), color, 0.018, roughness=0.25, part="table top").moved(z=TABLE - 0.04)
    edge = (
        rounded_box((1.262, 0.712, 0.026), CHROME, 0.012, part="table edge").metal(roughness=0.2).moved(z=TABLE - 0.033)
    )
    foot = lathe(
        [(0, 0), (0.26, 0), (0.25, 0.015), (0.045, 0.05), (0.04, TABLE - 0.05), (0, TABLE - 0.05)],
        CHROME,
        crease_deg=40,
        part="table foot",
    )
    return [edge, top, foot.metal(roughness=0.25).moved(-0.15)]


def _condiments(accent: Color) -> list[Solid]:
    red, mustard = srgb("#9c241c"), srgb("#c9982c")
    squeeze = [(0, 0), (0.03, 0), (0.03, 0.13), (0.012, 0.15), (0.006, 0.19), (0, 0.19)]
    items = [
        lathe(squeeze, c, segments=12, roughness=0.35, part="bottles").moved(x, -0.02)
        for x, c in ((-0.05, red), (0.02, mustard))
    ]
    items.append(box((0.1, 0.07, 0.12), CHROME, bevel=0.01, part="napkins").metal(roughness=0.25).moved(0.12, 0))
    items.append(box((0.02, 0.15, 0.24), accent, bevel=0.002, part="menu").turned(y=8).moved(-0.12, 0, 0.0))
    return items


def _counter(room: Room) -> None:
    p = room.palette
    run, y = min(6.2, room.width - 2.6), -room.depth / 2 + 1.75
    x0 = 0.55
    items = [
        box((run, 0.42, COUNTER - 0.05), p.second, part="counter").moved(0, -0.05),
        box((run - 0.04, 0.38, 0.1), srgb("#2a2b2e"), part="plinth").moved(0, -0.02),
    ]
    n = round(run / 0.09)
    ribs = boxes(
        [(-run / 2 + (i + 0.5) * run / n, 0.165, 0.12) for i in range(n)],
        np.tile([run / n - 0.012, 0.02, COUNTER - 0.24], (n, 1)),
        mix(p.second, p.trim, 0.2),
        bevel=0.008,
        roughness=0.3,
        part="ribs",
    )
    top = rounded_box((run + 0.1, 0.68, 0.045), p.floor, 0.02, roughness=0.2, part="counter top").moved(
        0, 0.02, COUNTER - 0.045
    )
    trim = (
        rounded_box((run + 0.112, 0.692, 0.03), CHROME, 0.012, part="counter edge")
        .metal(roughness=0.2)
        .moved(0, 0.02, COUNTER - 0.038)
    )
    room.add("set/counter", [*items, ribs, trim, top], x0, y, word="counter", surface=COUNTER)
    stools = int(run / 0.78)
    pitch = (run - 0.7) / (stools - 1)
    for i in range(stools):
        x = x0 + (i - (stools - 1) / 2) * pitch
        made = furniture_seating.bar_stool(p.wood, p.fabric, chrome=True)
        room.add(f"set/stool {i + 1}", made, x, y + 0.65, word="stool" if i == 0 else "", surface=STOOL_SEAT)
        turn = 32.0 if i % 2 == 0 else -32.0
        room.spot(
            f"stool {i + 1}", "counter", SpotUse.SIT, (x, y + 0.65), turn, seat=STOOL_SEAT, group=f"counter {i // 2}"
        )
    for i, x in enumerate((-0.9, 1.6)):
        room.spot(
            f"behind the counter {i + 1}", "counter", SpotUse.STAND, (x0 + x, y - 0.62), 180.0, group=f"counter {1 + i}"
        )
    things: list[Solid] = []
    for k in range(3):
        things += [s.moved(-run / 2 + 1.2 + k * 1.9, 0.0) for s in _condiments(p.accent)]
    things += [s.moved(run / 2 - 0.7, -0.03) for s in _cake_stand(p.accent)]
    things += [s.moved(-run / 2 + 0.4, -0.05) for s in _register(p.trim)]
    room.add("set/counter things", things, x0, y, COUNTER, blocks=False)
    room.feature("cash register", (x0 - run / 2 + 0.4, y, COUNTER + 0.2), (0.4, 0.4, 0.4))
    room.feature("pie", (x0 + run / 2 - 0.7, y, COUNTER + 0.2), (0.3, 0.3, 0.35))


def _cake_stand(color: Color) -> list[Solid]:
    stand = lathe(
        [(0, 0), (0.09, 0), (0.03, 0.03), (0.025, 0.1), (0.16, 0.12), (0.165, 0.13), (0, 0.13)],
        CHROME,
        crease_deg=50,
        part="stand",
    )
    pie = lathe(
        [(0, 0), (0.11, 0), (0.14, 0.045), (0.13, 0.055), (0.06, 0.07), (0, 0.072)], srgb("#b07a3c"), part="pie"
    ).moved(z=0.13)
    knob = lathe([(0, 0), (0.02, 0.0), (0.02, 0.02), (0, 0.03)], color, segments=10, part="pie").moved(z=0.2)
    return [stand.metal(roughness=0.25), pie, knob]


def _register(color: Color) -> list[Solid]:
    return [
        rounded_box((0.38, 0.4, 0.14), shade(color, 0.8), 0.02, part="register"),
        rounded_box((0.36, 0.24, 0.2), shade(color, 0.9), 0.03, part="register").turned(x=20).moved(0, -0.02, 0.1),
        rounded_box((0.24, 0.06, 0.1), srgb("#22262b"), 0.015, part="register").moved(0, 0.1, 0.3),
    ]


def _back(room: Room) -> None:
    """The back counter along the south wall: coffee machine, pass to the kitchen, menu board, phone, clock."""
    p, rng = room.palette, room.rng
    run = min(5.6, room.width - 3.0)
    n = round(run / 0.7)
    items: list[Solid] = []
    for i in range(n):
        x = -run / 2 + (i + 0.5) * run / n
        items += [
            box((run / n - 0.01, 0.45, 0.88), CHROME, bevel=0.004, part="back counter").metal(0.7, 0.4).moved(x, -0.23),
            box((run / n - 0.06, 0.02, 0.7), shade(CHROME, 0.85), bevel=0.006, part="front")
            .metal(0.7, 0.35)
            .moved(x, -0.46, 0.1),
        ]
    items.append(
        rounded_box((run + 0.04, 0.52, 0.04), p.floor, 0.015, roughness=0.2, part="counter top").moved(0, -0.24, 0.88)
    )
    room.hang("south", "back counter", items, -0.55, blocks=True, word="back counter", surface=0.92)
    room.hang("south", "coffee machine", _coffee_machine(p.fabric), -1.9, 0.92, y=-0.24, word="coffee machine")
    shelf = [box((2.2, 0.26, 0.03), CHROME, bevel=0.004, part="shelf").metal(roughness=0.3).moved(0, -0.13)]
    for i in range(12):
        cup = lathe(
            [(0, 0), (0.03, 0), (0.042, 0.09), (0.036, 0.09), (0.028, 0.01), (0, 0.01)],
            (0.7, 0.68, 0.62),
            segments=12,
            crease_deg=40,
            part="cups",
        )
        shelf.append(cup.moved(-0.95 + 0.17 * i, -0.13 + 0.03 * (i % 2), 0.03))
    room.hang("south", "shelf", shelf, 1.3, 1.5, word="shelf", surface=1.53)
    _menu_board(room)
    room.hang("south", "clock", decor.clock(0.19, p.fabric), 2.75, 2.15, word="clock")
    room.hang("west", "wall phone", decor.wall_phone(p.fabric), 0.1, 1.45, word="phone")
    sign = lamps.neon(
        [[(-0.6, 0.0), (-0.3, 0.2), (0.0, -0.12), (0.3, 0.2), (0.6, 0.0)], [(-0.6, -0.22), (0.6, -0.22)]],
        (1.0, 0.25, 0.15),
    )
    room.hang("east", "neon sign", sign, -0.9, 2.15, word="neon sign")
    px, py, pz = room.point("east", -0.9, -0.15, 2.1)
    room.bulb("neon", (px, py, pz), (11.0, 2.6, 1.6), radius=0.1, visible=False)
    room.hang(
        "east",
        "poster",
        decor.picture(0.7, 0.95, CHROME, (p.fabric, p.accent, p.second), rng),
        1.9,
        1.25,
        word="poster",
    )
    room.hang(
        "east",
        "picture",
        decor.picture(0.9, 0.6, CHROME, (p.second, p.accent, p.fabric), rng),
        0.5,
        1.4,
        word="picture",
    )
    room.hang("east", "jukebox", _jukebox(p.fabric, p.accent), -0.9, blocks=True, word="jukebox")
    px, py, _ = room.point("east", -0.9, -1.15, 0)
    room.spot("jukebox", "jukebox", SpotUse.STAND, (px, py), 90.0)
    for i, x in enumerate((-2.2, 2.2)):
        room.add(f"set/ceiling/panel {i}", lamps.ceiling_panel(1.2, 0.6), x, -0.6, room.height, blocks=False)
        lamps.panel_light(room, f"ceiling panel {i}", (x, -0.6, room.height - 0.05), 1.1, 0.5, 3.0)


def _coffee_machine(color: Color) -> list[Solid]:
    items = [
        rounded_box((0.55, 0.38, 0.42), CHROME, 0.04, steps=2, part="coffee machine").metal(roughness=0.25),
        box((0.5, 0.05, 0.1), color, bevel=0.01, part="coffee machine").moved(0, -0.19, 0.28),
    ]
    for s in (-1, 1):
        pot = lathe(
            [(0, 0), (0.07, 0), (0.085, 0.05), (0.05, 0.13), (0.055, 0.15), (0, 0.15)],
            srgb("#2b1a10"),
            segments=16,
            roughness=0.1,
            part="coffee pot",
        )
        items.append(pot.moved(0.42 * s, -0.02, 0.02))
        items.append(cylinder(0.09, 0.02, srgb("#1d1d1f"), segments=16, part="coffee pot").moved(0.42 * s, -0.02))
    return items


def _menu_board(room: Room) -> None:
    rng = room.rng
    board = box((2.6, 0.03, 0.62), srgb("#1e2226"), bevel=0.006, part="menu board").moved(0, -0.015)
    feet, sizes = [], []
    for column in range(4):
        for row in range(6):
            w = float(rng.uniform(0.2, 0.42))
            feet.append((-1.2 + 0.62 * column + w / 2, -0.031, 0.07 + 0.085 * row))
            sizes.append((w, 0.003, 0.026))
    text = boxes(feet, sizes, (0.72, 0.7, 0.6), part="menu text")
    room.hang(
        "south",
        "menu board",
        [
            board,
            text,
            *(s.moved(y=-0.02) for s in joinery.frame(2.64, 0.66, 0.03, 0.03, room.palette.accent, "menu frame")),
        ],
        0.6,
        1.98,
        word="menu board",
    )


def _jukebox(color: Color, accent: Color) -> list[Solid]:
    body = rounded_box((0.86, 0.55, 1.35), color, 0.12, steps=2, roughness=0.3, part="jukebox").moved(0, -0.3)
    arch = (
        rounded_box((0.62, 0.06, 0.5), (0.8, 0.6, 0.4), 0.028, part="bulb")
        .glowing((1.7, 0.9, 0.4))
        .moved(0, -0.57, 0.72)
    )
    sides = [
        rounded_box((0.06, 0.06, 1.0), accent, 0.028, part="bulb").glowing((1.6, 0.5, 0.2)).moved(s * 0.36, -0.56, 0.15)
        for s in (-1, 1)
    ]
    grille = boxes(
        [(x, -0.585, 0.16) for x in np.linspace(-0.26, 0.26, 9)],
        np.tile([0.02, 0.02, 0.45], (9, 1)),
        CHROME,
        part="jukebox",
    ).metal()
    return [body, arch, *sides, grille]
