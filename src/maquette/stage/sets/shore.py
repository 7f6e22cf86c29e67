"""The sea: a sandy beach with dunes and rocks, or, when the words say so, a harbour with a pier.

The sea lies south (-Y), so that the low sun of morning and evening stands over the water at its two ends.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import box, srgb
from maquette.stage.sets import boats, plants, roadside
from maquette.stage.sets.build import SetBuild
from maquette.stage.sets.noise import fbm
from maquette.stage.sets.outdoors import blend, disc, mottled, on_ground, patch, rings_to, scatter, spread, step
from maquette.stage.sets.water import sea

F64 = NDArray[np.float64]
HARBOUR = frozenset({"harbour", "harbor", "pier", "dock", "docks", "quay", "port", "marina", "jetty", "wharf"})
BOAT_PAINTS = tuple(srgb(c) for c in ("#c9c3b4", "#2f5266", "#8a2f26", "#3f5b46", "#b08a3c"))
PIER_Z = -1.25
"""Water level below the deck of the pier."""


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A shore. `words`: harbour, pier, lighthouse, boat, cliff, rocks ... choose what is there."""
    b = SetBuild(SetKind.SHORE, seed, seats_needed, words)
    return _harbour(b, seed % 100003) if b.words & HARBOUR else _beach(b, seed % 100003)


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
        tide = np.exp(-(((edge - 4.6 - 0.5 * np.sin(x / 3.7)) / 0.13) ** 2)) * step(-0.1, 0.4, fbm(x * 1.6, y, self.seed + 8, 3))
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
    b.add("set/sand", disc(rings_to(1700, 13, 0.24, 1.075), beach.height, beach.color, segments=184, part="sand"), blocks=False)
    calm = 0.75 if b.words & {"calm", "flat", "fog", "still"} else 0.3
    level = -0.2
    b.add("set/sea", sea(seed, level, calm=calm, shallow_from_y=-5.0, fine=24, center=(0.0, -9.0)), blocks=False)
    _foam(b, beach, level)
    _dune_grass(b, beach)
    _beach_rocks(b, beach)
    if b.words & {"boat", "boats", "rowboat", "dinghy", "fisherman", "fishermen", "skiff"}:
        _beached_boat(b)
    _horizon(b, seed, level, calm)
    b.add("set/driftwood", _driftwood(b), 2.4, 2.3, turn=-24, word="driftwood", surface=0.34)
    b.spot("driftwood left", "driftwood", SpotUse.SIT, (2.0, 2.38), -14.0, seat=0.34, group="driftwood")
    b.spot("driftwood right", "driftwood", SpotUse.SIT, (2.95, 1.98), -30.0, seat=0.34, group="driftwood")
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


def _turned(spot, name: str, feature: str):  # noqa: ANN001, ANN202
    from dataclasses import replace

    return replace(spot, name=name, feature=feature, group=feature)


def _foam(b: SetBuild, beach: Beach, level: float) -> None:
    """Lace of the last wave on the sand, and broken crests behind it."""
    seed = beach.seed
    white = np.array(srgb("#d9dcd8"))
    for name, offset, depth, lift, along in (("edge", -1.5, 1.5, 0.018, 46.0), ("breaker", -7.0, 1.8, 0.16, 60.0), ("outer breaker", -14.5, 1.6, 0.2, 80.0)):
        xs, t = np.linspace(-along, along, 560), np.linspace(0, 1, 16)
        gx, gt = np.meshgrid(xs, t)
        y = beach.line(gx) + offset + depth * gt + 0.5 * np.sin(gx / 3.1 + offset) * (1 - gt) + 0.9 * fbm(gx / 7, gx * 0, seed + int(-offset), 2)
        if name == "edge":
            z = np.maximum(beach.height(gx, y), level) + lift * (0.5 + np.sin(np.pi * gt))
            lace = fbm(gx * 1.9, y * 2.6, seed + 20, 4) + 1.15 * np.exp(-((gt - 0.86) / 0.13) ** 2) - 0.28
        else:
            arch = np.sin(np.pi * np.clip(gt, 0, 1)) ** 0.7
            z = level + lift * arch * (0.7 + 0.3 * fbm(gx / 5, 0 * gx, seed + 22, 2)) + 0.02
            lace = fbm(gx * 0.9, y * 1.8, seed + 21, 4) + 0.85 * np.exp(-((gt - 0.62) / 0.22) ** 2) - 0.42 + 0.5 * fbm(gx / 8, 0 * gx, seed + 23, 2)
        strip = _lace(np.stack([gx, y, z], -1), lace, white)
        if strip is not None:
            b.add("set/foam", strip, blocks=False)


def _lace(grid: F64, value: F64, color: F64):  # noqa: ANN202
    """Keeps the cells of a sheet where the value is above 0."""
    from maquette.stage.sets.outdoors import ground_mesh

    m, n = value.shape
    index = np.arange(m * n).reshape(m, n)
    keep = (value[:-1, :-1] + value[1:, :-1] + value[:-1, 1:] + value[1:, 1:]) > 0
    if not keep.any():
        return None
    p, q, r, s = (a[keep] for a in (index[:-1, :-1], index[:-1, 1:], index[1:, 1:], index[1:, :-1]))
    faces = np.concatenate([np.stack([p, q, r], -1), np.stack([p, r, s], -1)])
    used, inverse = np.unique(faces, return_inverse=True)
    tone = np.clip(0.72 + 0.3 * value.reshape(-1, 1)[used], 0.6, 1.0)
    return ground_mesh(grid.reshape(-1, 3)[used], inverse.reshape(-1, 3), color * tone, 0.7, "foam")


def _dune_grass(b: SetBuild, beach: Beach) -> None:
    rng = b.rng
    tuft = plants.tuft(rng, 0.75, 12, srgb("#93924f"), radius=0.16, width=0.01, bend=0.6, ear=srgb("#b7a36c"))
    x, y = rng.uniform(-46, 46, 1500), rng.uniform(8.0, 36, 1500)
    keep = (fbm(x / 6, y / 6, beach.seed + 10, 4) > 0.0) & (y - beach.line(x) > 15.5)
    at = np.stack([x, y], -1)[keep][:560]
    n = len(at)
    b.add("set/dune grass", scatter(tuft, on_ground(at, beach.height), rng.uniform(0, 360, n), rng.uniform(0.6, 1.35, n),
                                    rng.uniform(0.75, 1.15, (n, 1)), np.array([0.25, 0.1]) + rng.normal(0, 0.1, (n, 2))),
          blocks=False)  # fmt: skip
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
    pebble = plants.rock(rng, (0.09, 0.07, 0.045), srgb("#8d877c"), 6)
    at = spread(rng, 260, 0.8, 12, falloff=1)
    at[:, 1] = np.where(rng.random(len(at)) < 0.6, beach.line(at[:, 0]) + 4.6 + 0.5 * np.sin(at[:, 0] / 3.7) + rng.normal(0, 0.25, len(at)), at[:, 1])
    b.add("set/pebbles", scatter(pebble, on_ground(at, beach.height, 0.005), rng.uniform(0, 360, len(at)), rng.uniform(0.3, 1.5, len(at)),
                                 rng.uniform(0.6, 1.3, (len(at), 1))), blocks=False)  # fmt: skip


def _driftwood(b: SetBuild):  # noqa: ANN202
    t = np.linspace(0, 1, 14)
    path = np.stack([-1.5 + 3.0 * t, 0.12 * np.sin(4 * t), 0.17 + 0.03 * np.sin(7 * t)], -1)
    grey = srgb("#a39a8a")
    trunk = plants.limb(path, 0.19 - 0.07 * t, grey, segments=12, rough=0.16, seed=8, part="wood")
    roots = []
    for k in range(5):
        a = k * 1.25 + float(b.rng.normal(0, 0.2))
        s = np.linspace(0, 1, 5)[:, None]
        end = np.array([-0.5, 0.42 * np.cos(a), 0.42 * np.sin(a)])
        roots.append(plants.limb(path[0] + s * end + s**2 * np.array([-0.15, 0, 0.1]), 0.09 * (1 - 0.85 * s[:, 0]), grey, segments=6, part="wood"))
    snag = np.linspace(0, 1, 5)[:, None] * np.array([0.35, 0.15, 0.5]) + path[9]
    return [trunk, *roots, plants.limb(snag, np.array([0.07, 0.06, 0.045, 0.03, 0.01]), grey, segments=6, part="wood")]


def _beached_boat(b: SetBuild) -> None:
    paint = BOAT_PAINTS[int(b.rng.integers(len(BOAT_PAINTS)))]
    made = [s.turned(x=9) for s in boats.rowing_boat(paint)]
    b.add("set/boat", made, -3.2, 0.4, 0.03, turn=62, word="boat", surface=0.6)
    b.spot("boat", "boat", SpotUse.STAND, (-1.75, -0.2), -80.0, group="boat")
    b.spot("boat side", "boat", SpotUse.STAND, (-1.45, 0.9), -70.0, group="boat")


def _horizon(b: SetBuild, seed: int, level: float, calm: float) -> None:
    """What stands out at sea and along the bay."""
    rng = b.rng
    if b.words & {"lighthouse", "beacon"}:
        _lighthouse(b, 78.0, -96.0, level)
    if b.words & {"boat", "boats", "ship", "ferry", "sail", "fishing"}:
        b.add("set/boats", boats.sailing_boat(BOAT_PAINTS[0]), -46.0, -88.0, level - 0.5, turn=30, blocks=False)
        b.add("set/boats", boats.fishing_boat(BOAT_PAINTS[1]), 60.0, -170.0, level - 0.75, turn=-12, blocks=False)
    _islands(b, rng, level)
    del seed, calm


def _islands(b: SetBuild, rng: np.random.Generator, level: float) -> None:
    """A headland and two islets far out, so that the horizon has a place to rest the eye."""
    for cx, cy, w, d, h in ((-900.0, -620.0, 420.0, 160.0, 62.0), (620.0, -1150.0, 260.0, 90.0, 30.0), (-160.0, -1420.0, 170.0, 60.0, 17.0)):
        s = int(rng.integers(1 << 30))

        def height(x: F64, y: F64, w: float = w, d: float = d, h: float = h, s: int = s) -> F64:
            fall = 1 - (x / w) ** 2 - (y / d) ** 2
            return h * np.maximum(fall, -0.2) * (1 + 0.5 * fbm(x / w * 3, y / d * 2, s, 4)) - 1.0

        def color(x: F64, y: F64, z: F64, h: float = h) -> F64:
            return blend(srgb("#5b564c"), srgb("#4a5638"), step(0.12 * h, 0.3 * h, z))

        land = patch(np.linspace(-w, w, 56), np.linspace(-d, d, 20), height, color, part="land")
        b.add("set/islands", land, cx, cy, level, blocks=False)


def _lighthouse(b: SetBuild, x: float, y: float, level: float) -> None:
    """A lighthouse on its rock."""
    rng = b.rng
    base = plants.rock(rng, (46.0, 30.0, 9.0), srgb("#56524c"), 26)
    skirt = [scatter(plants.rock(rng, (1.0, 0.9, 0.7), srgb("#4f4c47"), 9), np.column_stack([
        21 * np.cos(a := rng.uniform(0, 2 * np.pi, 14)), 13 * np.sin(a), np.full(14, -0.4)]), rng.uniform(0, 360, 14),
        rng.uniform(2.0, 7.0, 14)) for _ in range(2)]  # fmt: skip
    top = float(base.vertices[np.hypot(base.vertices[:, 0], base.vertices[:, 1]) < 6][:, 2].max()) - 0.6
    b.add("set/lighthouse rock", [base, *skirt], x, y, level, blocks=False)
    b.add("set/lighthouse", boats.lighthouse(rng), x, y, level + top, turn=150, word="lighthouse", blocks=False)


# --- harbour --------------------------------------------------------------------------------------------------


def _harbour(b: SetBuild, seed: int) -> SetPlan:
    """A wooden pier over still water, boats at it, sheds and a quay behind, a lighthouse at the mouth."""
    rng = b.rng
    calm = 0.2 if b.words & {"storm", "rough"} else 0.8
    b.add("set/sea", sea(seed, PIER_Z, calm=calm, fine=24, center=(0.0, -10.0)), blocks=False)
    b.add("set/pier", [s.moved(0.0, 13.0) for s in boats.pier(rng, 46.0, 3.4, PIER_Z)], blocks=False, word="pier", surface=0.0)
    _quay(b, seed)
    _moored(b)
    for k, y in enumerate((2.4, -4.6, -14.0)):
        b.add("set/bollards", boats.bollard(), 1.42, y, word="bollard")
        del k
    b.add("set/crates", boats.crate_stack(rng), -1.05, 3.1, turn=90, word="crate", surface=0.87)
    for k, y in enumerate((6.5, -8.0, -24.0)):
        post = box((0.12, 0.12, 3.1), boats.TAR, bevel=0.01, part="post")
        arm = box((0.6, 0.07, 0.07), boats.TAR, part="post").moved(0.25, 0, 2.95)
        b.add(f"set/lamp {k + 1}", [post, arm], -1.6, y, word="lamp")
        b.bulb(f"pier lamp {k + 1}", (-1.1, y, 2.82), (11.0, 6.8, 3.0), radius=0.11)
    if "lighthouse" in b.words or rng.random() < 0.5:
        _lighthouse(b, 52.0, -78.0, PIER_Z)
    _islands(b, rng, PIER_Z)
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
        rise = step(22, 120, y) * (9 + 7 * fbm(x / 40, y / 40, seed, 3)) + step(150, 700, y) * np.maximum(50 + 60 * fbm(x / 260, y / 260, seed + 1, 3), 5)
        arms = step(95, 150, np.abs(x) + 0.35 * y) * np.clip((y + 120) / 60, 0, 1) * (6 + 5 * fbm(x / 30, y / 30, seed + 2, 3))
        land = y > 12.8
        return np.where(land, -0.02 + rise, np.where(arms > 0.8, PIER_Z + arms, PIER_Z - 4))

    def color(x: F64, y: F64, z: F64) -> F64:
        paving = mottled(srgb("#827d74"), x, y, seed + 3, 0.22, 1.4)
        green = mottled(srgb("#56653c"), x, y, seed + 4, 0.2, 8.0)
        return blend(blend(paving, green, step(24, 34, y)), srgb("#5d574e"), step(0, 4, -y) * (z < 2))

    b.add("set/land", disc(rings_to(1600, 16, 0.8, 1.07), height, color, segments=170, part="land"), blocks=False)
    xs = np.arange(-95, 95.1, 1.25)
    n = len(xs)
    from maquette.stage.mesh import boxes

    rows = []
    for k in range(4):
        tone = np.array(srgb("#77726a")) * rng.uniform(0.7, 1.1, (n, 1)) * (0.55 + 0.15 * k)
        rows.append(boxes(np.stack([xs + 0.6 * (k % 2), np.full(n, 12.75 - 0.02 * k + 0.1), np.full(n, -2.3 + 0.575 * k)], -1),
                          [(1.22, 0.8, 0.56)] * n, tone, bevel=0.02, roughness=0.95, part="stone"))  # fmt: skip
    b.add("set/quay", rows, blocks=False, word="quay")
    tones = [srgb(c) for c in ("#7a3f32", "#56625f", "#a08d6c", "#3e4c54", "#8d8471")]
    x = -58.0
    while x < 60:
        w = float(rng.uniform(5.5, 9.5))
        if not -4 < x + w / 2 < 4:
            b.add("set/sheds", boats.shed(rng, (w, float(rng.uniform(8, 12)), float(rng.uniform(3.0, 5.2))), tones[int(rng.integers(5))]),
                  x + w / 2, 23.5 + float(rng.uniform(-1, 2)), turn=float(rng.normal(0, 2)), blocks=False, word="shed")  # fmt: skip
        x += w + float(rng.uniform(0.6, 4.0))
    _village(b, height)


def _village(b: SetBuild, height) -> None:  # noqa: ANN001
    """Pitched houses that climb the slope behind the quay, a few windows lit."""
    from maquette.stage.sets.buildings import WALLS, house

    rng = b.rng
    for _ in range(46):
        x, y = float(rng.uniform(-110, 110)), float(rng.uniform(38, 125))
        z = float(height(np.array([x]), np.array([y]))[0])
        made = house(rng, float(rng.uniform(7, 11)), float(rng.uniform(6, 8)), int(rng.integers(1, 3)), WALLS[int(rng.integers(8))])
        b.solids.setdefault("set/village", []).extend(s.turned(z=float(rng.normal(0, 14))).moved(x, y, z - 0.4) for s in made)
    tree = [plants.broadleaf(rng, 8, leaf_count=240, leaf_size=0.8, leaf=plants.LEAF[k], crown_from=0.2) for k in range(2)]
    at = np.stack([rng.uniform(-140, 140, 80), rng.uniform(34, 170, 80)], -1)
    for k in range(2):
        here = at[k::2]
        for s in tree[k]:
            b.solids.setdefault("set/trees", []).append(scatter(s, on_ground(here, height, 0.3), np.arange(len(here)) * 77.0, np.linspace(0.5, 1.0, len(here))))


def _moored(b: SetBuild) -> None:
    """Boats at the pier and at buoys, lying in the water at their own draught."""
    rng = b.rng
    paints = [BOAT_PAINTS[int(k)] for k in rng.permutation(len(BOAT_PAINTS))]
    b.add("set/boat", boats.rowing_boat(paints[0], 5.2), 2.75, -1.6, PIER_Z - 0.2, turn=84, word="boat", surface=PIER_Z + 0.3, blocks=False)
    ropes = [roadside.wire(np.array([1.42, -4.6, 0.36]), np.array([2.6, -4.0, PIER_Z + 0.5]), 0.25, 0.014),
             roadside.wire(np.array([1.42, 2.4, 0.36]), np.array([2.7, 1.0, PIER_Z + 0.4]), 0.25, 0.014)]  # fmt: skip
    b.add("set/ropes", ropes, blocks=False)
    b.add("set/fishing boat", boats.fishing_boat(paints[1]), -4.3, -13.0, PIER_Z - 0.75, turn=92, blocks=False)
    b.add("set/fishing boat 2", boats.fishing_boat(paints[2], 10.5), 15.0, 8.5, PIER_Z - 0.75, turn=176, blocks=False)
    for k, (x, y) in enumerate(((14.0, -16.0), (-17.0, -24.0), (24.0, -34.0), (-30.0, -8.0), (-12.0, -46.0))):
        made = boats.sailing_boat(paints[(k + 3) % 5]) if k % 2 == 0 else boats.fishing_boat(paints[(k + 3) % 5])
        b.add("set/boats", made, x, y, PIER_Z - (0.5 if k % 2 == 0 else 0.75), turn=float(rng.uniform(60, 110)), blocks=False)


def _pier_people(b: SetBuild) -> None:
    b.pair("pier", (0.0, 0.0), 90.0)
    b.spot("by the boat", "boat", SpotUse.STAND, (1.05, -1.6), 90.0)
    b.spot("edge left", "pier", SpotUse.SIT, (1.62, -2.9), 90.0, seat=0.0, group="edge")
    b.spot("edge right", "pier", SpotUse.SIT, (1.62, -0.3), 90.0, seat=0.0, group="edge")
    for k, y in enumerate((5.0, 3.4, -3.0, -4.8, -6.6)):
        b.spot(f"walking {k + 1}", "pier", SpotUse.WALK, (-0.15, y), 0.0, group="walking")
    b.spot("bollard", "bollard", SpotUse.SIT, (1.42, 2.4), -90.0, seat=0.44)
    b.spot("lamp", "lamp", SpotUse.LEAN, (-1.28, -8.0), 90.0)
    b.pair("end of the pier", (0.2, -5.6), 30.0)
    b.crowd((-1.7, -14.0, 1.7, 12.0), (0.0, 0.0))


