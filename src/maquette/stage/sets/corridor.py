"""Corridor: doors on both sides, lights in a row, a window at the end; hotel, hospital or office by the words."""

from __future__ import annotations

import numpy as np

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Solid, box, boxes, cylinder, lathe, rounded_box, srgb, tube
from maquette.stage.sets import decor, furniture_seating, furniture_tables, joinery, lamps
from maquette.stage.sets.build import grown
from maquette.stage.sets.furniture_seating import CHAIR_SEAT
from maquette.stage.sets.palette import CLINIC, PUBLIC, RICH, mix, shade
from maquette.stage.sets.room import Room

HOTEL = RICH | {"hotel", "motel", "apartment", "theatre", "theater"}
DOORS = (-4.7, -1.7, 1.4, 4.4)


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A corridor 2.4 m wide and 13 m long from south to north."""
    width, depth = grown(2.4, 13.0, seats_needed)
    room = Room(SetKind.CORRIDOR, seed, seats_needed, words, (width, depth, 2.6), PUBLIC)
    room.city, room.ground_m = True, -6.0
    hotel = bool(room.words & HOTEL) or (not room.words & CLINIC and room.rng.random() < 0.3)
    _shell(room, hotel)
    _doors(room)
    _lights(room, hotel)
    _furnishing(room, hotel)
    return room.finish(focus=(0.0, 0.0))


def _shell(room: Room, hotel: bool) -> None:
    p, rng = room.palette, room.rng
    if hotel:
        room.floor_boards(p.floor, width=0.12)
        runner = decor.rug(1.3, room.depth - 0.8, mix(p.second, p.fabric, 0.4), p.fabric, p.accent, rng)
        room.add("set/rug", runner, 0, 0, blocks=False, word="carpet")
        room.dado, room.panelled = (0.95, mix(p.trim, p.wall, 0.15)), True
    else:
        room.floor_tiles((p.floor, shade(p.floor, 0.92)), 0.5, grout=shade(p.floor, 0.8))
        room.dado, room.cornice = (1.15, mix(p.second, p.trim, 0.3)), False
    joinery.window(room, "north", 0.0, width=1.2, height=1.5, sill=0.8, panes=(2, 3))
    joinery.stand_at(room, "north", 0.0, "window", "window", 0.65, outwards=True)
    room.hang("north", "radiator", joinery.radiator(1.0, 0.55), blocks=True, word="radiator")
    joinery.door(room, "south", -0.0, width=1.3, color=mix(p.trim, p.fabric, 0.3), panels=2, name="end door")


def _doors(room: Room) -> None:
    p = room.palette
    scale = room.depth / 13.0
    tone = mix(p.wood, p.trim, 0.25) if room.rng.random() < 0.6 else mix(p.fabric, p.trim, 0.3)
    for i, y in enumerate(DOORS):
        for side in ("east", "west"):
            # x in the frame of the east wall is the world's -y
            x = (-y if side == "east" else y) * scale
            name = "door" if i == 2 and side == "east" else f"door {side} {i + 1}"
            joinery.door(room, side, x, width=0.9, color=tone, panels=2, name=name)
            plate = box((0.13, 0.008, 0.07), lamps.BRASS, bevel=0.002, part="door plate").metal(0.8)
            room.hang(side, f"plate {i + 1}", plate, x - 0.72, 1.55)


def _lights(room: Room, hotel: bool) -> None:
    ys = np.linspace(-0.4, 0.4, 5) * room.depth
    for i, y in enumerate(ys.tolist()):
        if hotel:
            side = "east" if i % 2 else "west"
            x = -y if side == "east" else y
            room.hang(side, f"sconce {i + 1}", lamps.sconce(), x, 1.75, word="lamp")
            px, py, pz = room.point(side, x, -0.12, 1.87)
            room.bulb(f"sconce {i + 1}", (px, py, pz), lamps.scaled(lamps.TUNGSTEN, 140.0), radius=0.032)
        else:
            room.add(
                f"set/ceiling/panel {i + 1}",
                lamps.ceiling_panel(0.55, 1.15),
                0,
                y,
                room.height,
                blocks=False,
                word="lamp",
            )
            lamps.panel_light(room, f"ceiling panel {i + 1}", (0, y, room.height - 0.05), 0.5, 1.1, 4.0)
    if not hotel:
        _ceiling_grid(room)


def _ceiling_grid(room: Room) -> None:
    """T-bars of a hung ceiling."""
    n = int(room.depth / 0.6)
    feet = [(0.0, -room.depth / 2 + 0.6 * (i + 1), room.height - 0.006) for i in range(n - 1)]
    sizes = [(room.width, 0.022, 0.008)] * (n - 1)
    for x in np.arange(-room.width / 2 + 0.6, room.width / 2 - 0.1, 0.6).tolist():
        feet.append((x, 0.0, room.height - 0.007))
        sizes.append((0.022, room.depth, 0.008))
    room.add("set/ceiling/grid", boxes(feet, sizes, (0.6, 0.6, 0.58), part="ceiling grid"), blocks=False)


def _furnishing(room: Room, hotel: bool) -> None:
    p, rng, scale = room.palette, room.rng, room.depth / 13.0
    y = -0.15 * scale
    if hotel:
        console = furniture_tables.table(1.0, 0.32, p.wood, height=0.8)
        cx, cy, _ = room.point("west", y, -0.2, 0)
        room.add("set/table", console, cx, cy, turn=90, word="table", surface=0.8)
        lamps.table_lamp(room, "table lamp", (cx, cy - 0.25, 0.8), p.accent, (0.8, 0.72, 0.56))
        room.hang("west", "mirror", decor.mirror(0.6, 0.8, lamps.BRASS), y, 1.25, word="mirror")
        seat = furniture_seating.dining_chair(p.wood, p.fabric, style=2)
        ax, ay, _ = room.point("east", 3.1 * scale, -0.33, 0)
        c = room.add("set/chair", seat, ax, ay, turn=-90, word="chair", surface=CHAIR_SEAT)
        room.spot("chair", "chair", SpotUse.SIT, c.at(0, -0.02), -90.0, seat=CHAIR_SEAT, group="hall")
    else:
        cx, cy, _ = room.point("west", y, -0.28, 0)
        bench = room.add("set/bench", _bench(1.5, p.fabric), cx, cy, turn=90, word="bench", surface=0.45)
        for name, u in (("bench left", 0.38), ("bench right", -0.38)):
            room.spot(name, "bench", SpotUse.SIT, bench.at(u, -0.02), 90.0, seat=0.45, group="hall")
        _noticeboard(room, 0.2 * scale)
        room.hang("west", "fire extinguisher", _extinguisher(), 3.3 * scale, 0.65, word="fire extinguisher")
        room.hang("south", "exit sign", _exit(), 0.0, 2.24, word="exit sign")
        if room.words & CLINIC:
            _handrails(room)
    room.hang("west", "clock", decor.clock(0.15, srgb("#26282b")), 2.9 * scale, 2.05, word="clock")
    colors = (p.accent, p.second, p.fabric)
    room.hang("east", "picture", decor.picture(0.6, 0.45, p.wood, colors, rng), 3.2 * scale, 1.45, word="picture")
    room.add("set/plant", decor.plant(1.15, p.accent, rng), room.width / 2 - 0.33, room.depth / 2 - 0.4, word="plant")
    room.spot("leaning", "wall", SpotUse.LEAN, (room.width / 2 - 0.28, 2.95 * scale), -90.0, seat=1.0, group="leaning")
    room.spot("opposite the wall", "wall", SpotUse.STAND, (-0.25, 2.95 * scale), 90.0, group="leaning")
    room.spot("opposite the bench", "wall", SpotUse.STAND, (0.55, y), -90.0, group="hall")
    room.pair("open floor", (0.0, -3.2 * scale), 90.0)
    room.spot("far end", "open floor", SpotUse.WALK, (0.1, 5.0 * scale), 0.0)
    room.spot("near end", "open floor", SpotUse.WALK, (-0.1, -5.2 * scale), 180.0)


def _bench(width: float, color: tuple[float, float, float]) -> list[Solid]:
    n = 3
    items: list[Solid] = []
    for i in range(n):
        x = -width / 2 + (i + 0.5) * width / n
        items.append(
            rounded_box((width / n - 0.02, 0.44, 0.06), color, 0.028, steps=2, roughness=0.5, part="bench seat").moved(
                x, 0, 0.39
            )
        )
        items.append(
            rounded_box((width / n - 0.02, 0.05, 0.36), color, 0.024, steps=2, roughness=0.5, part="bench back")
            .turned(x=-9)
            .moved(x, 0.2, 0.48)
        )
    for s in (-1, 1):
        x = s * (width / 2 - 0.2)
        path = [(x, -0.2, 0.0), (x, -0.17, 0.37), (x, 0.19, 0.37), (x, 0.26, 0.8)]
        items.append(tube(path, 0.016, furniture_seating.CHROME, part="bench leg").metal())
        items.append(tube([(x, 0.19, 0.37), (x, 0.23, 0.0)], 0.016, furniture_seating.CHROME, part="bench leg").metal())
    return items


def _noticeboard(room: Room, x: float) -> None:
    items: list[Solid] = [box((1.2, 0.02, 0.8), srgb("#8a6a45"), part="cork").moved(0, -0.01)]
    items += [s.moved(y=-0.015) for s in joinery.frame(1.24, 0.84, 0.035, 0.03, room.palette.wood, "board frame")]
    for i in range(9):
        tint = ((0.72, 0.71, 0.66), (0.7, 0.62, 0.3), (0.45, 0.58, 0.66), (0.68, 0.45, 0.38))[int(room.rng.integers(4))]
        note = box(
            (float(room.rng.uniform(0.14, 0.22)), 0.004, float(room.rng.uniform(0.16, 0.28))), tint, part="notes"
        )
        items.append(
            note.turned(y=float(room.rng.uniform(-5, 5))).moved(
                -0.46 + 0.23 * (i % 5), -0.022 - 0.001 * i, 0.09 + 0.35 * (i // 5)
            )
        )
    room.hang("east", "noticeboard", items, x, 1.25, word="noticeboard")


def _extinguisher() -> list[Solid]:
    body = lathe(
        [(0, 0), (0.075, 0.005), (0.08, 0.03), (0.08, 0.38), (0.05, 0.45), (0.025, 0.47), (0.025, 0.52), (0, 0.52)],
        srgb("#a3211b"),
        roughness=0.3,
        part="fire extinguisher",
    )
    hose = tube(
        [(0.0, -0.12, 0.5), (0.1, -0.13, 0.45), (0.11, -0.12, 0.2), (0.1, -0.12, 0.05)],
        0.012,
        (0.02, 0.02, 0.02),
        part="hose",
    )
    return [
        body.moved(0, -0.1),
        hose,
        cylinder(0.03, 0.02, (0.05, 0.05, 0.05), segments=12, part="hose").moved(0, -0.1, 0.52),
    ]


def _exit() -> list[Solid]:
    back = box((0.4, 0.05, 0.16), (0.5, 0.5, 0.5), bevel=0.006, part="sign").moved(0, -0.025)
    face = box((0.37, 0.004, 0.13), (0.1, 0.5, 0.25), part="neon").glowing((0.15, 1.2, 0.5)).moved(0, -0.052, 0.015)
    return [back, face]


def _handrails(room: Room) -> None:
    for side in ("east", "west"):
        run = room.depth / 13.0
        for a, b in ((-4.1, -2.3), (-1.1, 0.8) if side == "east" else (0.95, 0.96), (2.0, 3.8)):
            x0, x1 = (a * run, b * run) if side == "west" else (-b * run, -a * run)
            if x1 - x0 < 0.5:
                continue
            bar = tube(
                [(x0, -0.08, 0.92), ((x0 + x1) / 2, -0.08, 0.92), (x1, -0.08, 0.92)],
                0.02,
                mix(room.palette.wood, room.palette.trim, 0.3),
                part="handrail",
            )
            room.hang(side, f"handrail {a}", bar, word="handrail")
