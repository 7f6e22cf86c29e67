"""Open country: a meadow or a wheat field, hedges, a lone tree, a fence, hills at the horizon."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Color, Solid, join, lathe, srgb
from maquette.stage.sets import plants, roadside
from maquette.stage.sets.build import SetBuild
from maquette.stage.sets.noise import fbm
from maquette.stage.sets.outdoors import (
    blend,
    disc,
    mottled,
    on_ground,
    patch_outline,
    rings_to,
    scatter,
    spread,
    step,
)

F64 = NDArray[np.float64]
FLAT_M = 9.0
FENCE_Y = 6.6
SNOW = srgb("#dbe0e6")


class Country:
    """Ground shape and colours."""

    def __init__(self, seed: int, words: frozenset[str]) -> None:
        self.seed = seed
        self.wheat = bool(words & {"wheat", "corn", "barley", "rye", "cornfield", "wheatfield", "harvest", "crop"})
        self.furrows = bool(words & {"furrow", "furrows", "ploughed", "plowed", "plow", "plough", "farm", "mud"})
        self.winter = bool(words & {"snow", "snowy", "winter"})
        self.desert = bool(words & {"desert", "prairie", "steppe", "dry"})
        self.grass: Color = srgb("#8b7d45") if self.desert else srgb("#7d843c")

    def height(self, x: F64, y: F64) -> F64:
        r = np.hypot(x, y)
        near = 0.35 * fbm(x / 14, y / 14, self.seed, 3) * step(FLAT_M, 24, r)
        swell = 9 * fbm(x / 150, y / 150, self.seed + 1, 3) * step(30, 220, r)
        if self.wheat:
            # The standing crop beyond the nearest stalks: its top is the ground that is seen.
            near = near + 0.78 * step(10.5, 13, r) * step(3.2, 4.2, np.abs(y)) * (1 - step(58, 62, r))
        hills = (46 + 70 * fbm(x / 420, y / 420, self.seed + 2, 4)) * step(300, 1150, r)
        return near + swell + np.maximum(hills, 0)

    def color(self, x: F64, y: F64, z: F64) -> F64:
        r = np.hypot(x, y)
        near = mottled(blend(self.grass, srgb("#6a5c3a"), 0.45 + 0.6 * fbm(x / 2.5, y / 2.5, self.seed + 3, 4)), x, y,
                       self.seed + 4, 0.25, 0.7) * 0.78  # fmt: skip
        if self.furrows:
            rows = 0.5 + 0.5 * np.sin(2 * np.pi * x / 0.8)
            soil = blend(srgb("#4a3526"), srgb("#7a5d43"), rows)
            near = blend(near, soil, step(0.0, 1.5, -y - 2.2) * (1 - step(60, 70, np.abs(x))))
        if self.wheat:
            ripe = mottled(srgb("#a8884a"), x, y, self.seed + 9, 0.3, 0.8)
            near = blend(near, ripe, step(2.6, 3.4, np.abs(y)))
        far = self._patchwork(x, y)
        color = blend(near, far, step(14, 60, r))
        if self.winter:
            color = blend(color, SNOW, 0.9 + 0.08 * fbm(x / 5, y / 5, self.seed + 8, 2))
        woods = step(0.1, 0.35, fbm(x / 130 + 9, y / 130, self.seed + 6, 4)) * step(240, 420, r)
        return blend(color, srgb("#3a4a30"), 0.85 * woods)

    def _patchwork(self, x: F64, y: F64) -> F64:
        """Fields of different crops, their borders bent so that no grid shows."""
        u = x + 18 * fbm(x / 90, y / 90, self.seed + 11, 2)
        v = y + 18 * fbm(x / 90 + 5, y / 90, self.seed + 12, 2)
        cell = np.floor(u / 74) * 7 + np.floor(v / 52 + 0.5 * np.floor(u / 74)) * 13
        crops = np.array(
            [srgb(c) for c in ("#79823f", "#8d8a4a", "#a1914f", "#667a3a", "#b19a58", "#71803f", "#8a7350")]
        )
        tone = crops[(cell.astype(int) * 5 + self.seed) % len(crops)]
        return mottled(tone, x, y, self.seed + 13, 0.12, 12.0) * 0.9


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A field. `words`: wheat, furrow, farm, snow, desert ... steer crop and ground."""
    b = SetBuild(SetKind.FIELD, seed, seats_needed, words)
    land = Country(seed % 100003, b.words)
    b.add("set/ground", disc(rings_to(1700, 12, 0.3, 1.075), land.height, land.color, segments=150), blocks=False)
    _grass(b, land)
    _lone_tree(b, land)
    _fence(b, land)
    if land.wheat:
        _wheat(b, land)
    else:
        _hay(b)
    far_green(b, land.height, winter=land.winter)
    _people(b)
    b.feature("field", (0.0, 0.0, 0.0), (80.0, 80.0, 0.1), 0.0)
    b.feature("grass", (0.0, -3.0, 0.0), (20.0, 20.0, 0.4))
    b.feature("hills", (0.0, 900.0, 40.0), (1500.0, 400.0, 80.0))
    b.feature("sky", (0.0, 300.0, 120.0), (400.0, 10.0, 100.0))
    b.feature("ground", (0.0, 0.0, 0.0), (12.0, 12.0, 0.02), 0.0)
    return b.plan(patch_outline(FLAT_M - 2.9, 14), None, interior=False)


def grass_near(b: SetBuild, height, color: Color, *, keep_out=None, tall: float = 1.0, tufts: int = 1500) -> Solid:
    """Blades around the playing area, thinning out with distance, taller away from where people stand."""
    rng = b.rng
    made = []
    tones = (color, (color[0] * 1.25, color[1] * 1.1, color[2] * 1.0), (color[0] * 0.8, color[1] * 0.9, color[2] * 0.9))
    for k in range(3):
        tuft = plants.tuft(rng, 0.24 * tall, 8, tones[k], radius=0.16, width=0.012, bend=0.6)
        at = spread(rng, tufts // 3, 0.4, 26, falloff=1, keep_out=keep_out)
        r = np.hypot(*at.T)
        n = len(at)
        clump = 1 + 0.5 * fbm(at[:, 0] / 1.5, at[:, 1] / 1.5, 7 + k, 2)
        size = rng.uniform(0.6, 1.3, n) * clump * (0.55 + 0.75 * step(1.5, 8, r)) * (1 + r / 16)
        wind = np.array([0.12, 0.05]) + rng.normal(0, 0.08, (n, 2))
        made.append(scatter(tuft, on_ground(at, height), rng.uniform(0, 360, n), size, rng.uniform(0.75, 1.2, (n, 1)),
                            wind))  # fmt: skip
    return join(made, "grass")


def _grass(b: SetBuild, land: Country) -> None:
    rng = b.rng
    color = srgb("#9a8d5c") if land.winter else land.grass
    ploughed = (lambda x, y: y < -2.4) if land.furrows else None
    if not land.wheat:
        b.add("set/grass", grass_near(b, land.height, color, keep_out=ploughed), blocks=False)
    else:
        b.add("set/grass", grass_near(b, land.height, color, keep_out=lambda x, y: np.abs(y) > 3.0, tufts=900),
              blocks=False)  # fmt: skip
    if not (land.winter or land.wheat):
        at = spread(rng, 340, 0.9, 15, falloff=1, keep_out=ploughed)
        stalk = plants.tuft(rng, 0.42, 3, srgb("#7d8445"), radius=0.05, width=0.006, bend=0.3, ear=srgb("#c9b36a"))
        n = len(at)
        b.add(
            "set/flowers",
            scatter(
                stalk,
                on_ground(at, land.height),
                rng.uniform(0, 360, n),
                rng.uniform(0.6, 1.25, n),
                rng.uniform(0.8, 1.2, (n, 3)),
            ),
            blocks=False,
        )


def _wheat(b: SetBuild, land: Country) -> None:
    """A standing crop on both sides of a mown strip, in drill rows near the edge."""
    rng = b.rng
    pieces = []
    gold = srgb("#b8924a")
    for k in range(3):
        sheaf = plants.tuft(rng, 0.92, 8, (gold, srgb("#a98a45"), srgb("#c49c55"))[k], radius=0.13, width=0.007,
                            bend=0.18, ear=srgb("#caa35a"), backs=False)  # fmt: skip
        at = spread(rng, 880, 3.0, 34, falloff=1.25, keep_out=lambda x, y: np.abs(y) < 2.6)
        at[:, 1] = np.where(np.abs(at[:, 1]) < 9, np.round(at[:, 1] / 0.22) * 0.22, at[:, 1])
        at = at[(np.abs(at[:, 1] - FENCE_Y) > 0.3) | (np.abs(at[:, 0]) > 13)]
        n = len(at)
        size = (
            rng.uniform(0.85, 1.1, n)[:, None]
            * np.array([1.0, 1.0, 1.0])
            * np.where(np.hypot(*at.T) > 12, 0.42, 1.0)[:, None]
        )
        pieces.append(
            scatter(
                sheaf,
                on_ground(at, land.height),
                rng.uniform(0, 360, n),
                size,
                rng.uniform(0.8, 1.12, (n, 1)),
                np.array([0.08, 0.03]) + rng.normal(0, 0.05, (n, 2)),
            )
        )
    b.add("set/wheat", pieces, blocks=False, word="wheat")


def _hay(b: SetBuild) -> None:
    """Round bales in the middle distance, and one near enough to lean on."""
    rng = b.rng
    straw = srgb("#b3985a")
    bale = lathe([(0.0, -0.6), (0.55, -0.62), (0.7, -0.58), (0.73, 0.0), (0.7, 0.58), (0.55, 0.62), (0.0, 0.6)], straw,
                 segments=28, crease_deg=60, roughness=0.95, part="hay")  # fmt: skip
    v = bale.vertices
    tone = 1 + 0.25 * fbm(v[:, 2] * 9, np.arctan2(v[:, 1], v[:, 0]) * 5, 3, 3)
    bale = bale.painted(np.clip(np.asarray(straw) * tone[:, None], 0.01, 0.9).astype(np.float32)).turned(x=90)
    for k, (x, y, turn) in enumerate(
        ((-6.4, 3.1, 25.0), (17.0, 26.0, 70.0), (-24.0, 34.0, 10.0), (33.0, 15.0, 120.0), (-31.0, -20.0, 40.0))
    ):
        b.add(
            f"set/bale {k + 1}", bale, x, y, 0.71, turn=turn + float(rng.uniform(-9, 9)), word="hay bale", blocks=k == 0
        )
    b.spot("hay bale", "hay bale", SpotUse.LEAN, (-5.75, 2.05), -25.0, seat=1.1)


def _lone_tree(b: SetBuild, land: Country) -> None:
    rng = b.rng
    x, y = 8.5, 13.5
    tree = plants.broadleaf(rng, 9.5, leaf_count=5200, leaf_size=0.24, leaf=plants.LEAF[int(rng.integers(4))],
                            spread_by=0.42, crown_from=0.25)  # fmt: skip
    if land.winter:
        tree = tree[:-1]
    ground = float(land.height(np.array([x]), np.array([y]))[0])
    b.add("set/tree", tree, x, y, ground, word="tree", blocks=False)


def _fence(b: SetBuild, land: Country) -> None:
    """Post and rail along the north of the playing area; it follows the ground."""
    made = []
    for s in roadside.fence(44.0):
        v = s.vertices.astype(float) + np.array([-22.0, FENCE_Y, 0.0])
        v[:, 2] += land.height(v[:, 0], v[:, 1])
        made.append(plants.reshaped(s, v))
    b.add("set/fence", made, word="fence", blocks=False)
    b.footprints.append((-22.0, FENCE_Y - 0.15, 22.0, FENCE_Y + 0.15))
    b.spot("fence left", "fence", SpotUse.LEAN, (-1.2, FENCE_Y - 0.42), 0.0, seat=1.1, group="fence")
    b.spot("fence right", "fence", SpotUse.LEAN, (0.1, FENCE_Y - 0.42), 0.0, seat=1.1, group="fence")


def far_green(b: SetBuild, height, *, winter: bool = False, from_m: float = 40.0, keep_out=None) -> None:
    """Hedgerows, copses and single trees out to the hills, ever simpler."""
    rng = b.rng
    leaf = srgb("#5a5648") if winter else plants.LEAF[2]
    kinds = [plants.far_broadleaf(rng, 9, leaf) for _ in range(2)]
    shrubs = [plants.bush(rng, 6.5, 8.5, leaf, 120, 1.0) for _ in range(2)]
    hedge: list[F64] = []
    for _ in range(9):
        a, r, way = rng.uniform(0, 2 * np.pi), rng.uniform(from_m + 15, 260), rng.uniform(0, np.pi)
        t = np.linspace(-0.5, 0.5, 16)[:, None] * rng.uniform(60, 130)
        line = np.array([r * np.cos(a), r * np.sin(a)]) + t * np.array([np.cos(way), np.sin(way)])
        hedge.append(line + rng.normal(0, 0.8, line.shape))
    rows = np.concatenate(hedge)
    singles = spread(rng, 110, from_m, 420, falloff=1)
    for name, at, low, high, flat in (
        ("set/hedges", rows, 0.28, 0.45, 0.75),
        ("set/far trees", singles, 0.7, 1.25, 1.0),
    ):
        at = at[np.hypot(*at.T) > from_m]
        if keep_out is not None:
            at = at[~keep_out(at[:, 0], at[:, 1])]
        which = rng.integers(2, size=len(at))
        for k in (0, 1):
            here = at[which == k]
            n = len(here)
            size = rng.uniform(low, high, (n, 1)) * np.array([1.25, 1.25, flat])
            b.solids.setdefault(name, []).append(
                scatter(
                    (kinds if flat == 1.0 else shrubs)[k],
                    on_ground(here, height, 0.4),
                    rng.uniform(0, 360, n),
                    size,
                    rng.uniform(0.7, 1.1, n),
                )
            )


def _people(b: SetBuild) -> None:
    b.pair("field", (0.0, 0.0), 0.0, 1.2)
    for k, x in enumerate((-3.2, -1.6, 1.8, 3.6)):
        b.spot(f"walking {k + 1}", "field", SpotUse.WALK, (x, -1.5), 90.0, group="walking")
    b.spot("grass left", "grass", SpotUse.SIT, (-2.0, 2.2), 10.0, seat=0.05, group="grass")
    b.spot("grass right", "grass", SpotUse.SIT, (-1.0, 2.3), -10.0, seat=0.05, group="grass")
    b.spot("lying in the grass", "grass", SpotUse.LIE, (2.0, 2.2), 60.0, seat=0.02)
    b.pair("far end", (3.2, 1.2), 50.0)
    b.crowd((-FLAT_M, -FLAT_M, FLAT_M - 1, FLAT_M - 3.0), (0.0, 0.0))
