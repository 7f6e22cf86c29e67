"""The sea: a sandy beach with dunes and rocks, or, when the words say so, a harbour with a pier.

The sea lies south (-Y), so that the low sun of morning and evening stands over the water at its two ends.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import SetKind, SetPlan, Spot, SpotUse
from maquette.stage.mesh import Solid, srgb
from maquette.stage.sets import boats, plants, roadside
from maquette.stage.sets.build import SetBuild
from maquette.stage.sets.coast import islands, lighthouse_on_rock
from maquette.stage.sets.harbour import harbour
from maquette.stage.sets.noise import fbm
from maquette.stage.sets.outdoors import (
    blend,
    disc,
    ground_mesh,
    mottled,
    on_ground,
    rings_to,
    scatter,
    spread,
    step,
)
from maquette.stage.sets.water import sea, surface

F64 = NDArray[np.float64]
HARBOUR = frozenset({"harbour", "harbor", "pier", "dock", "docks", "quay", "port", "marina", "jetty", "wharf"})
SHALLOW_FROM_Y = -5.0


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A shore. `words`: harbour, pier, lighthouse, boat, cliff, rocks ... choose what is there."""
    b = SetBuild(SetKind.SHORE, seed, seats_needed, words)
    return harbour(b, seed % 100003) if b.words & HARBOUR else _beach(b, seed % 100003)


# --- beach ----------------------------------------------------------------------------------------------------


class Beach:
    """Sand that rises from the sea over a flat to the dunes."""

    WATERLINE = -5.2

    def __init__(self, seed: int, cliff: bool) -> None:
        self.seed, self.cliff = seed, cliff

    def line(self, x: F64) -> F64:
        """y of the edge of the water: cusps near, a long bay further off."""
        return self.WATERLINE + 0.5 * np.sin(x / 5.3 + self.seed % 5) + 0.35 * np.sin(x / 2.1) + (x / 60) ** 2 * -4.5

    def height(self, x: F64, y: F64) -> F64:
        inland = y - self.line(x)
        r = np.hypot(x, y)
        slope = np.where(inland < 2.5, 0.055 * (inland - 2.5), 0.0)
        under = -0.16 * step(0, 12, -inland) * np.minimum(-inland, 60)
        ripples = 0.02 * fbm(x * 0.9, y * 1.6, self.seed, 3) * step(5.0, 8, r)
        back = step(15, 30, inland)
        dunes = back * (1.6 + 2.2 * fbm(x / 13, y / 10, self.seed + 1, 3)) + step(34, 90, inland) * 3.5
        hills = np.maximum(30 + 60 * fbm(x / 300, y / 300, self.seed + 2, 3), 0) * step(250, 1000, inland)
        rock = 0.0 * x
        if self.cliff:
            edge = np.abs(x) - 70 + 14 * fbm(x / 25, y / 25, self.seed + 3, 3)
            rock = step(0, 22, edge) * step(-150, -60, inland) * (24 + 9 * fbm(x / 18, y / 18, self.seed + 4, 4))
        return np.maximum(slope + ripples + dunes + hills, slope + rock) + under * (rock < 0.5)

    def color(self, x: F64, y: F64, z: F64) -> F64:
        inland = y - self.line(x)
        dry = mottled(srgb("#c9b48c"), x, y, self.seed + 5, 0.16, 0.5)
        dry = dry * (1 + 0.09 * fbm(x * 3, y * 3, self.seed + 9, 2))[:, None]
        wet = mottled(srgb("#84714f"), x, y, self.seed + 6, 0.1, 2.0)
        edge = inland + 0.5 * fbm(x / 1.5, y / 1.5, self.seed + 7, 2)
        color = blend(wet, dry, step(1.2, 3.2, edge))
        # The line of weed and shells that the last tide left.
        tide = np.exp(-(((edge - 4.6 - 0.5 * np.sin(x / 3.7)) / 0.13) ** 2)) * step(
            -0.1, 0.4, fbm(x * 1.6, y, self.seed + 8, 3)
        )
        color = blend(color, srgb("#4b4030"), 0.7 * tide)
        grass = step(0.0, 0.45, fbm(x / 6, y / 6, self.seed + 10, 4)) * step(16, 26, inland)
        color = blend(color, srgb("#7d7d48"), 0.8 * grass)
        color = blend(color, srgb("#5f6f42"), step(45, 130, inland))
        if self.cliff:
            steep = step(3, 9, z) * (np.abs(x) > 50) * (inland < 120)
            strata = srgb("#7a7266") * (1 + 0.18 * np.sin(z * 2.4 + fbm(x / 9, y / 9, 3, 2) * 2))[:, None]
            color = blend(color, strata, steep)
        return color


def _beach(b: SetBuild, seed: int) -> SetPlan:
    cliff = bool(b.words & {"cliff", "cliffs", "headland", "bluff"})
    beach = Beach(seed, cliff)
    b.add(
        "set/sand",
        disc(rings_to(1700, 13, 0.24, 1.075), beach.height, beach.color, segments=184, part="sand"),
        blocks=False,
    )
    calm = 0.75 if b.words & {"calm", "flat", "fog", "still"} else 0.3
    level = -0.2
    b.add(
        "set/sea", sea(seed, level, calm=calm, shallow_from_y=SHALLOW_FROM_Y, fine=24, center=(0.0, -9.0)), blocks=False
    )
    _foam(b, beach, level, calm)
    _dune_grass(b, beach)
    _beach_rocks(b, beach)
    if b.words & {"boat", "boats", "rowboat", "dinghy", "fisherman", "fishermen", "skiff"}:
        _beached_boat(b)
    _horizon(b, seed, level, calm)
    wood = b.add("set/driftwood", _driftwood(b), 2.4, 2.3, turn=-24, word="driftwood", surface=0.34)
    b.spot("driftwood left", "driftwood", SpotUse.SIT, wood.at(-0.45, 0.11), -24.0, seat=0.34, group="driftwood")
    b.spot("driftwood right", "driftwood", SpotUse.SIT, wood.at(0.35, 0.04), -24.0, seat=0.34, group="driftwood")
    b.feature("sea", (0.0, -30.0, level), (400.0, 48.0, 0.4))
    b.feature("water", (0.0, -9.0, level), (60.0, 8.0, 0.3))
    b.feature("sand", (0.0, 0.0, 0.0), (20.0, 8.0, 0.02), 0.0)
    b.feature("beach", (0.0, 0.0, 0.0), (60.0, 14.0, 0.02), 0.0)
    b.feature("dunes", (0.0, 20.0, 1.5), (60.0, 12.0, 3.0))
    b.pair("sand", (0.0, -0.4), 0.0)
    b.pair("water's edge", (0.6, -2.1), 0.0)
    b.spots[-2:] = [_turned(s, f"water {k}", "water") for s, k in zip(b.spots[-2:], ("left", "right"), strict=True)]
    for k, x in enumerate((-3.4, -1.8, 1.7, 3.4)):
        b.spot(f"walking {k + 1}", "beach", SpotUse.WALK, (x, -1.3), 90.0, group="walking")
    b.spot("lying on the sand", "sand", SpotUse.LIE, (-2.4, 1.4), -10.0, seat=0.02)
    b.crowd((-7.0, -2.3, 7.0, 4.5), (0.0, 0.0))
    floor = ((-9.0, -2.4), (9.0, -2.4), (9.0, 6.0), (-9.0, 6.0))
    return b.plan(floor, None, interior=False)


def _turned(spot: Spot, name: str, feature: str) -> Spot:
    return replace(spot, name=name, feature=feature, group=feature)


def _foam(b: SetBuild, beach: Beach, level: float, calm: float) -> None:
    """Lace of the last wave on the sand, and broken crests behind it."""
    seed = beach.seed
    rows = (("edge", -1.5, 1.6, 46.0), ("breaker", -7.0, 1.9, 60.0), ("outer breaker", -14.5, 1.7, 80.0))
    for name, offset, depth, along in rows:
        gx, gt = np.meshgrid(np.linspace(-along, along, 620), np.linspace(0, 1, 18))
        y = beach.line(gx) + offset + depth * gt + 0.5 * np.sin(gx / 3.1 + offset) * (1 - gt)
        y = y + 0.9 * fbm(gx / 7, gx * 0, seed + int(-offset), 2)
        water = surface(gx, y, seed, level, calm, SHALLOW_FROM_Y)
        if name == "edge":
            base = np.maximum(beach.height(gx, y), water)
            lace = fbm(gx * 1.9, y * 2.6, seed + 20, 4) + 1.15 * np.exp(-(((gt - 0.86) / 0.13) ** 2)) - 0.28
        else:
            base = water + 0.05 * np.sin(np.pi * gt)
            crest = 0.85 * np.exp(-(((gt - 0.62) / 0.22) ** 2)) - 0.42
            lace = fbm(gx * 0.9, y * 1.8, seed + 21, 4) + crest + 0.5 * fbm(gx / 8, 0 * gx, seed + 23, 2)
        # Where there is no foam the sheet dips under water or sand: its outline is as smooth as that cut.
        lace = lace - 0.5 * step(0.82, 1.0, gt) - 0.5 * step(0.18, 0.0, gt)
        sheet = _lace(np.stack([gx, y, base + np.clip(0.07 * lace, -0.06, 0.022)], -1), lace)
        b.add("set/foam", sheet, blocks=False)


def _lace(grid: F64, value: F64) -> Solid:
    """The cells of a sheet near where the value is above 0, white where it is high."""
    m, n = value.shape
    index = np.arange(m * n).reshape(m, n)
    keep = np.maximum(np.maximum(value[:-1, :-1], value[1:, :-1]), np.maximum(value[:-1, 1:], value[1:, 1:])) > -0.3
    p, q, r, s = (a[keep] for a in (index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]))
    faces = np.concatenate([np.stack([p, q, r], -1), np.stack([p, r, s], -1)])
    used, inverse = np.unique(faces, return_inverse=True)
    tone = np.clip(0.8 + 0.3 * value.reshape(-1, 1)[used], 0.7, 1.0)
    white = np.array(srgb("#dfe2de"))
    return ground_mesh(grid.reshape(-1, 3)[used], inverse.reshape(-1, 3), white * tone, 0.7, "foam")


def _dune_grass(b: SetBuild, beach: Beach) -> None:
    rng = b.rng
    tuft = plants.tuft(rng, 0.75, 12, srgb("#93924f"), radius=0.16, width=0.01, bend=0.6, ear=srgb("#b7a36c"))
    x, y = rng.uniform(-46, 46, 1500), rng.uniform(8.0, 36, 1500)
    keep = (fbm(x / 6, y / 6, beach.seed + 10, 4) > 0.0) & (y - beach.line(x) > 15.5)
    at = np.stack([x, y], -1)[keep][:560]
    n = len(at)
    b.add(
        "set/dune grass",
        scatter(
            tuft,
            on_ground(at, beach.height),
            rng.uniform(0, 360, n),
            rng.uniform(0.6, 1.35, n),
            rng.uniform(0.75, 1.15, (n, 1)),
            np.array([0.25, 0.1]) + rng.normal(0, 0.1, (n, 2)),
        ),
        blocks=False,
    )
    # A chestnut-paling fence half buried at the foot of the dunes.
    made = []
    for s in roadside.fence(26.0, 0.9, 1.6, 2, srgb("#9a8c74")):
        v = s.vertices.astype(float) + np.array([-26.0, 11.8, -0.1])
        v[:, 1] += 0.6 * np.sin(v[:, 0] / 4)
        v[:, 2] += beach.height(v[:, 0], v[:, 1]) + 0.12 * np.sin(v[:, 0] * 1.7)
        made.append(plants.reshaped(s, v))
    b.add("set/fence", made, word="fence", blocks=False)


def _beach_rocks(b: SetBuild, beach: Beach) -> None:
    """A reef of boulders that runs out into the water on one side, pebbles at the tide line."""
    rng = b.rng
    dark = srgb("#5d5a55")
    many = bool(b.words & {"rock", "rocks", "rocky", "cliff", "cliffs", "stones"})
    kinds = [plants.rock(rng, (1.0, 0.85, 0.75), dark, 13) for _ in range(4)]
    side = -1.0 if rng.random() < 0.5 else 1.0
    n = 60 if many else 34
    t = rng.random(n)
    x = side * (8.5 + 9 * t + rng.normal(0, 1.4, n))
    y = 1.5 - 24 * t + rng.normal(0, 2.0, n)
    size = rng.gamma(2.0, 0.5, n) * (0.55 + 0.8 * t) + 0.25
    for k, kind in enumerate(kinds):
        pick = np.arange(n) % 4 == k
        at = on_ground(np.stack([x, y], -1)[pick], beach.height, 0.05)
        b.solids.setdefault("set/rocks", []).append(
            scatter(kind, at, rng.uniform(0, 360, pick.sum()), size[pick], rng.uniform(0.7, 1.15, pick.sum()))
        )
    big = (side * 5.6, 1.2)
    seat = plants.rock(rng, (1.5, 1.1, 0.62), dark, 15)
    b.add("set/rock", seat, *big, word="rock", surface=0.45)
    b.spot("rock", "rock", SpotUse.SIT, big, 0.0, seat=0.46)
    pebble = plants.rock(rng, (0.09, 0.07, 0.045), srgb("#8d877c"), 4)
    at = spread(rng, 260, 0.8, 12, falloff=1)
    at[:, 1] = np.where(
        rng.random(len(at)) < 0.6,
        beach.line(at[:, 0]) + 4.6 + 0.5 * np.sin(at[:, 0] / 3.7) + rng.normal(0, 0.25, len(at)),
        at[:, 1],
    )
    b.add(
        "set/pebbles",
        scatter(
            pebble,
            on_ground(at, beach.height, 0.005),
            rng.uniform(0, 360, len(at)),
            rng.uniform(0.3, 1.5, len(at)),
            rng.uniform(0.6, 1.3, (len(at), 1)),
        ),
        blocks=False,
    )


def _driftwood(b: SetBuild) -> list[Solid]:
    t = np.linspace(0, 1, 14)
    path = np.stack([-1.5 + 3.0 * t, 0.12 * np.sin(4 * t), 0.17 + 0.03 * np.sin(7 * t)], -1)
    grey = srgb("#a39a8a")
    trunk = plants.limb(path, 0.19 - 0.07 * t, grey, segments=12, rough=0.16, seed=8, part="wood")
    roots = []
    for k in range(5):
        a = k * 1.25 + float(b.rng.normal(0, 0.2))
        s = np.linspace(0, 1, 5)[:, None]
        end = np.array([-0.5, 0.42 * np.cos(a), 0.42 * np.sin(a)])
        roots.append(
            plants.limb(
                path[0] + s * end + s**2 * np.array([-0.15, 0, 0.1]),
                0.09 * (1 - 0.85 * s[:, 0]),
                grey,
                segments=6,
                part="wood",
            )
        )
    snag = np.linspace(0, 1, 5)[:, None] * np.array([0.35, 0.15, 0.5]) + path[9]
    return [trunk, *roots, plants.limb(snag, np.array([0.07, 0.06, 0.045, 0.03, 0.01]), grey, segments=6, part="wood")]


def _beached_boat(b: SetBuild) -> None:
    paint = boats.PAINTS[int(b.rng.integers(len(boats.PAINTS)))]
    made = [s.turned(x=9) for s in boats.rowing_boat(paint)]
    b.add("set/boat", made, -3.2, 0.4, 0.03, turn=62, word="boat", surface=0.6)
    b.spot("boat", "boat", SpotUse.STAND, (-1.75, -0.2), -80.0, group="boat")
    b.spot("boat side", "boat", SpotUse.STAND, (-1.45, 0.9), -70.0, group="boat")


def _horizon(b: SetBuild, seed: int, level: float, calm: float) -> None:
    """What stands out at sea and along the bay."""
    rng = b.rng
    if b.words & {"lighthouse", "beacon"}:
        lighthouse_on_rock(b, 78.0, -96.0, level)
    if b.words & {"boat", "boats", "ship", "ferry", "sail", "fishing"}:
        b.add("set/boats", boats.sailing_boat(boats.PAINTS[0]), -46.0, -88.0, level - 0.5, turn=30, blocks=False)
        b.add("set/boats", boats.fishing_boat(boats.PAINTS[1]), 60.0, -170.0, level - 0.75, turn=-12, blocks=False)
    islands(b, rng, level)
    del seed, calm
