"""Stairwell: a lobby and two flights that turn on a landing with a tall window."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Color, Solid, box, boxes, prism, srgb, tube
from maquette.stage.sets import decor, joinery, lamps
from maquette.stage.sets.build import grown
from maquette.stage.sets.palette import PUBLIC, mix, shade
from maquette.stage.sets.room import Room, pavers

STEPS = 9
RISER = 0.172
TREAD = 0.285
LANDING = 1.35
STOREY = STEPS * RISER * 2
"""Height of the upper floor: two flights."""


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A stairwell 3.4 m wide: lobby of 4 m in the south, stairs going up in the west and back in the east.

    The origin is the middle of the whole floor; the stairs fill its northern half.
    """
    width, depth = grown(3.4, 4.0 + STEPS * TREAD + LANDING, seats_needed)
    room = Room(SetKind.STAIRWELL, seed, seats_needed, words, (width, depth, STOREY + 2.6), PUBLIC)
    room.ground_m = -0.3
    room.cornice = False
    _lobby(room)
    _stairs(room)
    _rails(room)
    _upper_floor(room)
    _spots(room)
    # the slab of the upper floor is the ceiling that camera and lamps have to mind
    return replace(room.finish(focus=(0.0, -depth / 2 + 1.8)), ceiling_m=STOREY - 0.18)


def _foot(room: Room) -> float:
    """y of the first riser."""
    return room.depth / 2 - LANDING - STEPS * TREAD


def _flight(room: Room) -> float:
    """Width of one flight."""
    return (room.width - 0.16) / 2


def _lobby(room: Room) -> None:
    p = room.palette
    if room.rng.random() < 0.5:
        room.floor_tiles((p.floor, mix(p.floor, srgb("#2b2826"), 0.55)), 0.28)
    else:
        room.floor_tiles((p.floor, shade(p.floor, 0.93)), 0.45)
    room.dado = (1.3, mix(p.second, p.trim, 0.35))
    joinery.door(room, "south", -0.75, width=1.0, color=mix(p.wood, p.trim, 0.2), panels=2, glazed=True)
    joinery.door(room, "east", room.depth / 2 - 1.4, width=0.88, color=p.wood, panels=4, name="flat door")
    joinery.window(room, "north", 0.0, width=1.3, height=2.2, sill=STEPS * RISER + 0.85, panes=(2, 4))
    room.hang("south", "letterboxes", _letterboxes(room), 0.75, 1.0, word="letterboxes")
    room.hang("west", "radiator", joinery.radiator(0.9, 0.65), -room.depth / 2 + 1.4, blocks=True, word="radiator")
    room.hang(
        "west",
        "noticeboard",
        decor.picture(0.8, 0.6, p.wood, (p.accent, p.second), room.rng),
        -room.depth / 2 + 1.4,
        1.45,
        word="noticeboard",
    )
    room.hang("east", "clock", decor.clock(0.15, srgb("#26282b")), room.depth / 2 - 2.6, 2.15, word="clock")
    room.add(
        "set/plant", decor.plant(1.2, p.accent, room.rng), room.width / 2 - 0.4, -room.depth / 2 + 0.4, word="plant"
    )
    room.add(
        "set/doormat",
        box((0.95, 0.55, 0.012), srgb("#3a332b"), roughness=1.0, part="mat"),
        0.75,
        -room.depth / 2 + 0.42,
        blocks=False,
    )


def _letterboxes(room: Room) -> list[Solid]:
    items: list[Solid] = [box((0.92, 0.16, 0.66), shade(room.palette.trim, 0.8), part="letterboxes").moved(0, -0.08)]
    for i in range(4):
        for j in range(4):
            x, z = -0.345 + 0.23 * i, 0.02 + 0.16 * j
            items.append(
                box(
                    (0.21, 0.016, 0.145), mix(room.palette.trim, room.palette.wood, 0.2), bevel=0.004, part="letterbox"
                ).moved(x, -0.165, z)
            )
            items.append(box((0.14, 0.006, 0.018), (0.02, 0.02, 0.02), part="slot").moved(x, -0.174, z + 0.1))
    return items


def _stairs(room: Room) -> None:
    """Treads with nosings on risers, the soffits closed by sloping slabs, and the landing between."""
    p, wide, y0, half = room.palette, _flight(room), _foot(room), room.width / 2
    tread = mix(p.floor, p.wood, 0.5 if room.rng.random() < 0.5 else 0.0)
    side = shade(mix(p.trim, p.wall, 0.4), 0.9)
    mid = STEPS * RISER
    items: list[Solid] = []
    for i in range(STEPS - 1):
        z = (i + 1) * RISER
        items.append(
            box((wide, TREAD + 0.03, 0.04), tread, bevel=0.008, roughness=0.4, part=f"tread {i % 2}").moved(
                -half + wide / 2, y0 + (i + 0.5) * TREAD - 0.015, z - 0.04
            )
        )
        items.append(
            box((wide, TREAD + 0.03, 0.04), tread, bevel=0.008, roughness=0.4, part=f"tread {i % 2}").moved(
                half - wide / 2, y0 + (STEPS - 1 - i - 0.5) * TREAD + 0.015, mid + z - 0.04
            )
        )
    items.append(_flight_body(wide, side, 0.0).moved(-half + wide / 2, y0))
    items.append(_flight_body(wide, side, 0.22).turned(z=180).moved(half - wide / 2, y0 + (STEPS - 1) * TREAD, mid))
    room.add("set/stairs", items, word="stairs")
    y1 = y0 + (STEPS - 1) * TREAD
    deck = room.depth / 2 - y1
    slab = box((room.width, deck, 0.2), side, part="landing").moved(0, y1 + deck / 2, mid - 0.205)
    n = int(room.width / 0.45)
    rects = [
        (-half + i * room.width / n, y1 + j * deck / 3, -half + (i + 1) * room.width / n, y1 + (j + 1) * deck / 3)
        for i in range(n)
        for j in range(3)
    ]
    top = pavers(rects, np.tile(p.floor, (len(rects), 1)), bevel=0.003, roughness=0.35, top=mid, part="landing top")
    room.add("set/landing", [slab, top], word="landing", surface=mid)


def _flight_body(wide: float, color: Color, under: float) -> Solid:
    """The mass of a flight going up towards +Y from the origin: risers above, a sloping soffit (or ground) below."""
    outline = [(0.0, 0.0)] if under == 0.0 else []
    for i in range(STEPS):
        outline += [
            (i * TREAD, (i + 1) * RISER - 0.04),
            ((i + 1) * TREAD if i < STEPS - 1 else i * TREAD + 0.02, (i + 1) * RISER - 0.04),
        ]
    end = (STEPS - 1) * TREAD + 0.02
    below = (
        [(end, STEPS * RISER - 0.2), (0.35, 0.0)]
        if under == 0.0
        else [(end, STEPS * RISER - 0.06 - under), (0.0, -under)]
    )
    profile = np.array(list(dict.fromkeys([*outline, *below])))
    # the prism's axis is z: stand it up so that x of the profile runs along +Y and its height along x
    made = prism(profile, wide, color, roughness=0.7, part="stringer")
    v = made.vertices
    m = np.array([[0, 0, 1.0], [1.0, 0, 0], [0, 1.0, 0]])
    return type(made)(
        **{**vars(made), "vertices": (v @ m.T).astype(np.float32), "normals": (made.normals @ m.T).astype(np.float32)}
    ).moved(-wide / 2)


def _rails(room: Room) -> None:
    """Balusters and handrails along both flights' inner sides, and a rail on the wall."""
    p, wide, y0, half = room.palette, _flight(room), _foot(room), room.width / 2
    mid, iron = STEPS * RISER, mix(p.trim, srgb("#26282b"), 0.75)
    rail = mix(p.wood, p.trim, 0.1)
    run = (STEPS - 1) * TREAD
    inner = half - wide - 0.03
    items: list[Solid] = []
    feet, sizes = [], []
    for k in range(2 * (STEPS - 1)):
        y = y0 + (k + 0.5) * TREAD / 2
        step = int(k // 2) + 1
        feet += [(-inner, y, step * RISER - 0.02), (inner, y, mid + (STEPS - step) * RISER - 0.02)]
        sizes += [(0.016, 0.016, 0.9 + 0.02 + (k % 2 - 0.5) * RISER / 2)] * 2
    items.append(boxes(feet, sizes, iron, part="balusters"))
    low, high = (-inner, y0 - 0.05, 0.92 + RISER * 0.5), (-inner, y0 + run, mid + 0.92)
    items.append(tube([low, np.mean([low, high], axis=0), high], 0.028, rail, part="handrail"))
    a, b = (inner, y0 + run + 0.05, mid + 0.92), (inner, y0 - 0.1, 2 * mid + 0.92)
    items.append(tube([a, np.mean([a, b], axis=0), b], 0.028, rail, part="handrail"))
    items.append(tube([high, (0.0, y0 + run + 0.09, mid + 0.94), a], 0.028, rail, part="handrail"))
    post = [(-inner, y0 - 0.03, 0.0), (-inner, y0 - 0.03, 0.5), (-inner, y0 - 0.03, 1.08)]
    items.append(tube(post, 0.045, rail, segments=12, part="newel"))
    room.add("set/railing", items, word="railing")
    wall = tube([(y0, -0.06, 0.95), (y0 + run, -0.06, mid + 0.92)], 0.02, rail, part="handrail")
    room.hang("west", "handrail", wall)
    room.feature("handrail", (-inner, y0 + run / 2, mid / 2 + 0.95), (0.06, run, mid))


def _upper_floor(room: Room) -> None:
    """The floor above: the lobby's ceiling, with a railing at its edge and a door on it."""
    p, y0, south = room.palette, _foot(room), -room.depth / 2
    deck = y0 - south
    slab = box((room.width, deck, 0.18), shade(p.wall, 1.1), part="slab").moved(0, south + deck / 2, STOREY - 0.18)
    half = room.width / 2
    rail_run = room.width / 2 - 0.1
    feet = [(-half + 0.05 + i * rail_run / 10, y0 - 0.05, STOREY) for i in range(11)]
    bars = boxes(feet, np.tile([0.016, 0.016, 0.92], (11, 1)), srgb("#2b2c2e"), part="balusters")
    top = tube(
        [(-half, y0 - 0.05, STOREY + 0.93), (-half / 2, y0 - 0.05, STOREY + 0.93), (0.0, y0 - 0.05, STOREY + 0.93)],
        0.028,
        p.wood,
        part="handrail",
    )
    room.add("set/ceiling", [slab, bars, top], blocks=False)
    w, d = room.width + 0.4, room.depth + 0.4
    room.add("set/ceiling/roof", box((w, d, 0.15), (0.74, 0.73, 0.7), roughness=0.9), z=room.height, blocks=False)
    y = south + 1.6
    lamps.pendant(
        room, "lobby lamp", (0.0, y), STOREY - 0.62, STOREY - 0.18, p.accent, radius=0.16, style=2, radiance=120.0
    )
    x, yy, z = room.point("north", 1.2, -0.12, STEPS * RISER + 2.15)
    room.hang("north", "sconce", lamps.sconce(), 1.2, STEPS * RISER + 2.03, word="lamp")
    room.bulb("landing lamp", (x, yy, z), lamps.scaled(lamps.TUNGSTEN, 140.0), radius=0.032)


def _spots(room: Room) -> None:
    wide, y0, half, mid = _flight(room), _foot(room), room.width / 2, STEPS * RISER
    up, down = -half + wide / 2, half - wide / 2
    x_up = up - 0.05
    room.spot("foot of the stairs", "stairs", SpotUse.STAND, (x_up, y0 - 0.5), 180.0, group="stairs")
    for k in (2, 4, 6):
        at = (x_up + 0.18 * (1 if k == 4 else -1), y0 + (k - 0.5) * TREAD)
        room.spot(f"stairs step {k}", "stairs", SpotUse.STAND, at, 0.0, floor=k * RISER, group="stairs")
    room.spot("landing", "landing", SpotUse.STAND, (-0.45, room.depth / 2 - 0.7), 0.0, floor=mid, group="landing")
    room.spot(
        "landing right", "landing", SpotUse.STAND, (0.65, room.depth / 2 - 0.7), -90.0, floor=mid, group="landing"
    )
    for k in (3, 6):
        room.spot(
            f"upper stairs step {k}",
            "stairs",
            SpotUse.STAND,
            (down + 0.05, y0 + (STEPS - k - 0.5) * TREAD),
            180.0,
            floor=mid + k * RISER,
            group="landing",
        )
    for name, x in (("left", up + 0.32), ("right", up - 0.32)):
        # sitting on the third step, feet on the first
        at = (x, y0 + 2.5 * TREAD)
        room.spot(
            f"sitting on the stairs {name}", "stairs", SpotUse.SIT, at, 0.0, seat=2 * RISER, floor=RISER, group="steps"
        )
    room.pair("open floor", (0.1, -room.depth / 2 + 2.1), 0.0)
    room.spot("railing", "railing", SpotUse.LEAN, (-0.02, y0 - 0.32), 60.0, seat=0.95, group="stairs")
