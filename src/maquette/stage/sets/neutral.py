"""The stage for a place that is not known: a clean studio cyclorama with a mark on the floor and apple boxes."""

from __future__ import annotations

import numpy as np

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Solid, box, boxes, sheet, solid, srgb
from maquette.stage.sets.build import SetBuild, rectangle
from maquette.stage.sets.outdoors import sound
from maquette.stage.sets.palette import shade

WIDTH, DEPTH, HEIGHT, SWEEP = 15.0, 13.0, 6.5, 1.6
PAINT = srgb("#a9a7a2")


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """The neutral stage. `words` are quoted in the note, so that nobody wonders why there is no set."""
    b = SetBuild(SetKind.NEUTRAL, seed, seats_needed, words)
    grow = max(1.0, float(np.sqrt(seats_needed / 30)))
    width, depth = WIDTH * grow, DEPTH * grow
    _cyclorama(b, width, depth)
    _marks(b)
    _seats(b)
    b.feature("floor", (0.0, 0.0, 0.0), (width - 2 * SWEEP, depth - SWEEP, 0.02), 0.0)
    b.feature("wall", (0.0, depth / 2, 2.0), (width, 0.2, 4.0))
    b.pair("mark", (0.0, 0.0), 0.0, 1.2)
    for k, x in enumerate((-2.6, -1.5, 1.5, 2.6)):
        b.spot(f"walking {k + 1}", "floor", SpotUse.WALK, (x, -1.3), 90.0, group="walking")
    b.pair("far mark", (2.2, 1.6), 60.0)
    b.crowd((-width / 2 + SWEEP, -depth / 2 + 0.5, width / 2 - SWEEP, depth / 2 - SWEEP - 0.2), (0.0, 0.0))
    named = f'"{" ".join(words)}"' if words else "this heading"
    places = ", ".join(k.value for k in SetKind if k is not SetKind.NEUTRAL)
    b.note = (
        f"No set is known for {named}, so the scene plays on a neutral stage; "
        f"name one of these places in the heading to get a set: {places}."
    )
    return b.plan(rectangle(width - 2 * SWEEP, depth - SWEEP), None, interior=False)


def _cyclorama(b: SetBuild, width: float, depth: float) -> None:
    """Floor that sweeps up into a wall on three sides without an edge; open towards -Y."""
    bend = [(SWEEP * np.sin(a), SWEEP * (1 - np.cos(a))) for a in np.linspace(0, np.pi / 2, 10)]
    reach = [0.0, *[d / SWEEP for d, _ in bend], 1.0]
    rise = [0.0, *[z for _, z in bend], HEIGHT]
    u = np.linspace(-1, 1, 61)
    # A rounded U in plan, run through by the section: from the floor's edge up to the top of the wall.
    outer = np.stack(
        [
            np.sign(u) * np.minimum(np.abs(u) * 1.9, 1.0),
            np.where(np.abs(u) < 0.53, 1.0, 1 - (np.abs(u) - 0.53) / 0.47 * 2),
        ],
        -1,
    )
    outer = _rounded(outer * np.array([width / 2, depth / 2]), 1.8)
    inner = outer * np.array([(width / 2 - SWEEP) / (width / 2), 1.0]) - np.array([0.0, SWEEP]) * (
        outer[:, 1:2] > -depth / 2 + 0.01
    )
    rows = [
        np.column_stack([inner + (outer - inner) * t, np.full(len(u), z)]) for t, z in zip(reach, rise, strict=True)
    ]
    back = sheet(np.array(rows)[:, ::-1], PAINT, roughness=0.9, part="cyclorama")
    b.add("set/cyclorama", sound(back), blocks=False)
    floor = sheet(
        [[(x, y, 0.0) for x in np.linspace(-width / 2, width / 2, 40)] for y in np.linspace(-depth / 2, depth / 2, 36)],
        PAINT,
        roughness=0.75,
        part="cyclorama",
    )
    b.add("set/floor", floor, z=-0.001, blocks=False)
    concrete = srgb("#6a6864")
    far = [(-60, -60, -0.02), (60, -60, -0.02), (60, 60, -0.02), (-60, 60, -0.02)]
    b.add("set/studio floor", solid(far, [[0, 1, 2], [0, 2, 3]], concrete, part="concrete"), blocks=False)


def _rounded(p: np.ndarray, radius: float) -> np.ndarray:
    """The plan line with its corners eased by a moving average along it."""
    n = max(1, int(radius))
    out = p.copy()
    for _ in range(4 * n):
        out[1:-1] = (out[:-2] + 2 * out[1:-1] + out[2:]) / 4
    return out


def _marks(b: SetBuild) -> None:
    """Gaffer tape: a T for each of the two who talk, a cross in the middle."""
    tapes: list[Solid] = []
    for x, turn, color in ((-0.6, 90.0, "#b8352c"), (0.6, -90.0, "#2d5f8f")):
        tape = boxes([(0, 0, 0), (0, 0.11, 0)], [(0.3, 0.05, 0.0022), (0.05, 0.2, 0.002)], srgb(color), part="tape")
        tapes.append(tape.turned(z=turn).moved(x, 0.0))
    cross = boxes([(0, 0, 0), (0, 0, 0)], [(0.3, 0.04, 0.002), (0.04, 0.3, 0.0025)], srgb("#d2c14a"), part="tape")
    b.add("set/marks", [*tapes, cross.turned(z=45)], blocks=False)
    b.feature("mark", (0.0, 0.0, 0.0), (0.3, 0.3, 0.01))


def _apple(height: float, tone: float) -> list[Solid]:
    ply = shade(srgb("#b08a5a"), tone)
    made = [box((0.51, 0.305, height), ply, bevel=0.006, roughness=0.8, part="apple box")]
    made += [
        box((0.012, 0.1, 0.03), (0.03, 0.02, 0.015), part="slot").moved(s * 0.25, 0, height * 0.6) for s in (-1, 1)
    ]
    return made


def _seats(b: SetBuild) -> None:
    """Full apple boxes stacked in pairs make seats; benches for more people."""
    for k, (x, y, turn) in enumerate(((-2.3, 1.2, 25.0), (-1.2, 1.6, -5.0))):
        stack = [*_apple(0.203, 1.0 - 0.08 * k), *[s.moved(z=0.205) for s in _apple(0.203, 1.08)]]
        b.add(f"set/apple box {k + 1}", stack, x, y, turn=turn, word="apple box", surface=0.41)
        b.spot(f"apple box {k + 1}", "apple box", SpotUse.SIT, (x, y), turn, seat=0.41, group="boxes")
    grey = srgb("#6d6f70")
    legs = boxes([(sx * 0.7, 0, 0) for sx in (-1, 1)], [(0.06, 0.36, 0.41)] * 2, shade(grey, 0.6), part="legs")
    bench = [box((1.7, 0.4, 0.05), srgb("#8d6b47"), bevel=0.008, part="bench").moved(z=0.4), legs]
    placed = b.add("set/bench", bench, -3.4, -0.6, turn=80, word="bench", surface=0.45)
    for name, dx in (("left", -0.45), ("right", 0.45)):
        b.spot(f"bench {name}", "bench", SpotUse.SIT, placed.at(dx, 0.0), 80.0, seat=0.45, group="bench")
    b.add("set/single apple box", _apple(0.203, 0.95), 1.9, -0.9, turn=12, word="box", surface=0.203)
