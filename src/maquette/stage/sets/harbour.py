"""A harbour: a wooden pier over still water, boats at it, sheds and a village behind, a lighthouse at the mouth.

The deck of the pier is z = 0; the sea lies south (-Y).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import SetPlan, SpotUse
from maquette.stage.mesh import box, boxes, srgb
from maquette.stage.sets import boats, plants, roadside
from maquette.stage.sets.build import SetBuild
from maquette.stage.sets.buildings import WALLS
from maquette.stage.sets.coast import islands, lighthouse_on_rock
from maquette.stage.sets.noise import fbm
from maquette.stage.sets.outdoors import (
    Heights,
    blend,
    disc,
    mottled,
    on_ground,
    rings_to,
    scatter,
    step,
)
from maquette.stage.sets.townscape import house
from maquette.stage.sets.water import sea

F64 = NDArray[np.float64]
PIER_Z = -1.25
"""Water level below the deck of the pier."""


def harbour(b: SetBuild, seed: int) -> SetPlan:
    """A wooden pier over still water, boats at it, sheds and a quay behind, a lighthouse at the mouth."""
    rng = b.rng
    calm = 0.2 if b.words & {"storm", "rough"} else 0.8
    b.add("set/sea", sea(seed, PIER_Z, calm=calm, fine=24, center=(0.0, -10.0)), blocks=False)
    b.add(
        "set/pier",
        [s.moved(0.0, 13.0) for s in boats.pier(rng, 46.0, 3.4, PIER_Z)],
        blocks=False,
        word="pier",
        surface=0.0,
    )
    _quay(b, seed)
    _moored(b)
    for k, y in enumerate((2.4, -4.6, -14.0)):
        b.add("set/bollards", boats.bollard(), 1.42, y, word="bollard")
        del k
    b.add("set/crates", boats.crate_stack(rng), -1.2, 4.6, turn=90, word="crate", surface=0.87)
    for k, y in enumerate((6.5, -8.0, -24.0)):
        post = box((0.12, 0.12, 3.1), boats.TAR, bevel=0.01, part="post")
        arm = box((0.6, 0.07, 0.07), boats.TAR, part="post").moved(0.25, 0, 2.95)
        b.add(f"set/lamp {k + 1}", [post, arm], -1.6, y, word="lamp")
        b.bulb(f"pier lamp {k + 1}", (-1.1, y, 2.82), (11.0, 6.8, 3.0), radius=0.11)
    if "lighthouse" in b.words or rng.random() < 0.5:
        lighthouse_on_rock(b, 52.0, -78.0, PIER_Z)
    islands(b, rng, PIER_Z)
    b.feature("water", (4.0, -6.0, PIER_Z), (30.0, 40.0, 0.3))
    b.feature("sea", (0.0, -60.0, PIER_Z), (400.0, 80.0, 0.3))
    b.feature("harbour", (0.0, 0.0, PIER_Z), (80.0, 60.0, 4.0))
    _pier_people(b)
    floor = ((-1.6, -31.0), (1.6, -31.0), (1.6, 12.5), (-1.6, 12.5))
    return b.plan(floor, None, interior=False)


def _quay(b: SetBuild, seed: int) -> None:
    """A stone quay along the north with sheds, behind it the rising village."""
    rng = b.rng

    def height(x: F64, y: F64) -> F64:
        rise = step(22, 120, y) * (9 + 7 * fbm(x / 40, y / 40, seed, 3)) + step(150, 700, y) * np.maximum(
            50 + 60 * fbm(x / 260, y / 260, seed + 1, 3), 5
        )
        arms = (
            step(95, 150, np.abs(x) + 0.35 * y)
            * np.clip((y + 120) / 60, 0, 1)
            * (6 + 5 * fbm(x / 30, y / 30, seed + 2, 3))
        )
        land = y > 12.8
        return np.where(land, -0.02 + rise, np.where(arms > 0.8, PIER_Z + arms, PIER_Z - 4))

    def color(x: F64, y: F64, z: F64) -> F64:
        paving = mottled(srgb("#827d74"), x, y, seed + 3, 0.22, 1.4)
        green = mottled(srgb("#56653c"), x, y, seed + 4, 0.2, 8.0)
        return blend(blend(paving, green, step(24, 34, y)), srgb("#5d574e"), step(0, 4, -y) * (z < 2))

    b.add("set/land", disc(rings_to(1600, 16, 0.8, 1.07), height, color, segments=170, part="land"), blocks=False)
    xs = np.arange(-95, 95.1, 1.25)
    n = len(xs)
    rows = []
    for k in range(4):
        tone = np.array(srgb("#77726a")) * rng.uniform(0.7, 1.1, (n, 1)) * (0.55 + 0.15 * k)
        rows.append(
            boxes(
                np.stack([xs + 0.6 * (k % 2), np.full(n, 12.75 - 0.02 * k + 0.1), np.full(n, -2.3 + 0.575 * k)], -1),
                [(1.22, 0.8, 0.56)] * n,
                tone,
                bevel=0.02,
                roughness=0.95,
                part="stone",
            )
        )
    b.add("set/quay", rows, blocks=False, word="quay")
    tones = [srgb(c) for c in ("#7a3f32", "#56625f", "#a08d6c", "#3e4c54", "#8d8471")]
    x = -58.0
    while x < 60:
        w = float(rng.uniform(5.5, 9.5))
        if not -4 < x + w / 2 < 4:
            b.add(
                "set/sheds",
                boats.shed(
                    rng, (w, float(rng.uniform(8, 12)), float(rng.uniform(3.0, 5.2))), tones[int(rng.integers(5))]
                ),
                x + w / 2,
                23.5 + float(rng.uniform(-1, 2)),
                turn=float(rng.normal(0, 2)),
                blocks=False,
                word="shed",
            )
        x += w + float(rng.uniform(0.6, 4.0))
    _village(b, height)


def _village(b: SetBuild, height: Heights) -> None:
    """Pitched houses that climb the slope behind the quay, a few windows lit."""
    rng = b.rng
    for _ in range(46):
        x, y = float(rng.uniform(-110, 110)), float(rng.uniform(38, 125))
        z = float(height(np.array([x]), np.array([y]))[0])
        made = house(
            rng,
            float(rng.uniform(7, 11)),
            float(rng.uniform(6, 8)),
            int(rng.integers(1, 3)),
            WALLS[int(rng.integers(8))],
        )
        b.solids.setdefault("set/village", []).extend(
            s.turned(z=float(rng.normal(0, 14))).moved(x, y, z - 0.4) for s in made
        )
    trees = [plants.far_broadleaf(rng, 8, plants.LEAF[k], sprigs=50) for k in range(2)]
    at = np.stack([rng.uniform(-140, 140, 90), rng.uniform(34, 170, 90)], -1)
    for k in range(2):
        here = on_ground(at[k::2], height, 0.3)
        made = scatter(trees[k], here, np.arange(len(here)) * 77.0, rng.uniform(0.55, 1.0, len(here)))
        b.solids.setdefault("set/trees", []).append(made)


def _moored(b: SetBuild) -> None:
    """Boats at the pier and at buoys, lying in the water at their own draught."""
    rng = b.rng
    paints = [boats.PAINTS[int(k)] for k in rng.permutation(len(boats.PAINTS))]
    b.add(
        "set/boat",
        boats.rowing_boat(paints[0], 5.2),
        2.75,
        -1.6,
        PIER_Z - 0.2,
        turn=84,
        word="boat",
        surface=PIER_Z + 0.3,
        blocks=False,
    )
    ropes = [roadside.wire(np.array([1.42, -4.6, 0.36]), np.array([2.6, -4.0, PIER_Z + 0.5]), 0.25, 0.014),
             roadside.wire(np.array([1.42, 2.4, 0.36]), np.array([2.7, 1.0, PIER_Z + 0.4]), 0.25, 0.014)]  # fmt: skip
    b.add("set/ropes", ropes, blocks=False)
    b.add("set/fishing boat", boats.fishing_boat(paints[1]), -4.3, -13.0, PIER_Z - 0.75, turn=92, blocks=False)
    b.add("set/fishing boat 2", boats.fishing_boat(paints[2], 10.5), 15.0, 8.5, PIER_Z - 0.75, turn=176, blocks=False)
    for k, (x, y) in enumerate(((14.0, -16.0), (-17.0, -24.0), (24.0, -34.0), (-30.0, -8.0), (-12.0, -46.0))):
        made = boats.sailing_boat(paints[(k + 3) % 5]) if k % 2 == 0 else boats.fishing_boat(paints[(k + 3) % 5])
        b.add(
            "set/boats",
            made,
            x,
            y,
            PIER_Z - (0.5 if k % 2 == 0 else 0.75),
            turn=float(rng.uniform(60, 110)),
            blocks=False,
        )


def _pier_people(b: SetBuild) -> None:
    b.pair("pier", (0.0, 0.0), 90.0)
    b.spot("by the boat", "boat", SpotUse.STAND, (1.05, -1.6), 90.0)
    b.spot("edge left", "pier", SpotUse.SIT, (1.62, -2.9), 90.0, seat=0.0, group="edge")
    b.spot("edge right", "pier", SpotUse.SIT, (1.62, -0.3), 90.0, seat=0.0, group="edge")
    for k, y in enumerate((5.0, 3.4, -3.0, -4.8, -6.6)):
        b.spot(f"walking {k + 1}", "pier", SpotUse.WALK, (0.35, y), 0.0, group="walking")
    b.spot("bollard", "bollard", SpotUse.SIT, (1.42, 2.4), -90.0, seat=0.44)
    b.spot("lamp", "lamp", SpotUse.LEAN, (-1.28, -8.0), 90.0)
    b.pair("end of the pier", (0.2, -5.6), 30.0)
    b.crowd((-1.7, -14.0, 1.7, 12.0), (0.0, 0.0))
