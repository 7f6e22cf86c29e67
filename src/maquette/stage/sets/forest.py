"""A forest clearing with a path: layered trunks, undergrowth, a fallen log to sit on."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Solid, join, srgb
from maquette.stage.sets import plants
from maquette.stage.sets.build import SetBuild
from maquette.stage.sets.noise import fbm
from maquette.stage.sets.outdoors import (
    apart,
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
CLEAR_M = 5.5
"""Radius around the origin without trees."""
SNOW = srgb("#d9dee4")


class Woods:
    """Ground shape and colours of one forest."""

    def __init__(self, seed: int, words: frozenset[str]) -> None:
        self.seed = seed
        self.winter = bool(words & {"snow", "snowy", "winter"})
        self.autumn = bool(words & {"autumn", "fall", "october", "november"})
        self.conifers = 0.85 if words & {"pine", "pines", "fir", "spruce", "conifer", "mountain", "winter"} else 0.4
        if words & {"birch", "beech", "oak", "broadleaf", "park", "garden", "orchard"}:
            self.conifers = 0.08

    def path_x(self, y: F64) -> F64:
        """The path runs along y and winds away from the clearing."""
        return 1.4 * np.sin(y / 11 + self.seed % 6) * step(4, 16, np.abs(y)) + 0.9

    def off_path(self, x: F64, y: F64) -> F64:
        return np.abs(x - self.path_x(y))

    def height(self, x: F64, y: F64) -> F64:
        r = np.hypot(x, y)
        rolling = 0.5 * fbm(x / 9, y / 9, self.seed, 3) + 3.5 * fbm(x / 60, y / 60, self.seed + 1, 2) * step(15, 80, r)
        on_path = step(0.5, 2.6, self.off_path(x, y))
        return rolling * step(7.0, 16, r) * (0.35 + 0.65 * on_path) + 14 * step(120, 420, r)

    def color(self, x: F64, y: F64, z: F64) -> F64:
        litter = blend(srgb("#5a4630"), srgb("#41402a"), 0.5 + 0.9 * fbm(x / 2.3, y / 2.3, self.seed + 2, 4))
        moss = step(0.05, 0.5, fbm(x / 3.1, y / 3.1, self.seed + 3, 3))
        litter = blend(litter, srgb("#48522c"), 0.6 * moss * (not self.winter))
        worn = 1 - step(0.35, 1.0, self.off_path(x, y) + 0.35 * fbm(x * 1.3, y * 1.3, self.seed + 4, 2))
        color = blend(litter, mottled(srgb("#7a664a"), x, y, self.seed + 6, 0.3, 0.6), 0.8 * worn)
        if self.winter:
            color = blend(color, np.asarray(SNOW), 0.93 - 0.5 * worn)
        fine = 1 + 0.22 * fbm(x * 3, y * 3, self.seed + 5, 2)
        far = step(40, 140, np.hypot(x, y))[:, None]
        return color * fine[:, None] * (1 - far) + np.array(srgb("#39442c")) * far


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A forest. `words`: pine, birch, autumn, snow ... steer the trees and the ground."""
    b = SetBuild(SetKind.FOREST, seed, seats_needed, words)
    woods = Woods(seed % 100003, b.words)
    b.add("set/ground", disc(rings_to(900, 11, 0.3, 1.11), woods.height, woods.color, segments=150), blocks=False)
    _trees(b, woods)
    _undergrowth(b, woods)
    _log(b, woods)
    _people(b, woods)
    b.feature("path", (float(woods.path_x(np.array(0.0))), 0.0, 0.0), (1.4, 40.0, 0.02), 0.0)
    b.feature("trees", (0.0, 9.0, 6.0), (40.0, 40.0, 14.0))
    b.feature("ground", (0.0, 0.0, 0.0), (10.0, 10.0, 0.02), 0.0)
    return b.plan(patch_outline(CLEAR_M - 0.5, 14), None, interior=False)


def _tree(rng: np.random.Generator, woods: Woods, conifers: float) -> list[Solid]:
    kind = rng.random()
    if kind < conifers * 0.6:
        made = plants.conifer(
            rng,
            rng.uniform(9, 17),
            needle=plants.NEEDLE[int(rng.integers(3))],
            layers=11,
            twigs=6,
            bare=0.24,
            width=0.17,
        )
    elif kind < conifers:
        made = plants.pine(rng, rng.uniform(12, 18))
    else:
        birch = rng.random() < 0.3
        leaf = plants.AUTUMN if woods.autumn else plants.LEAF
        made = plants.broadleaf(
            rng, rng.uniform(9, 15), leaf_count=1500, leaf_size=0.26, leaf=leaf[int(rng.integers(4))],
            bark=plants.BIRCH_BARK[0] if birch else plants.BARK[int(rng.integers(4))],
            crown_from=0.5, spread_by=0.18 if birch else 0.25,
        )  # fmt: skip
        if woods.winter:
            made = made[:-1]
    return [_snowed(s) for s in made] if woods.winter else made


def _snowed(s: Solid) -> Solid:
    lying = step(0.35, 0.9, s.normals[:, 2].astype(float)) * (0.75 if s.part == "leaves" else 0.4)
    return s.painted(blend(s.color, np.asarray(SNOW), lying).astype(np.float32))


def _trees(b: SetBuild, woods: Woods) -> None:
    """A near ring of single trees, then copies of a few of them, ever simpler, out to the dark of the wood."""
    rng = b.rng

    def keep_out(x: F64, y: F64) -> NDArray[np.bool_]:
        return woods.off_path(x, y) < 1.7

    near = spread(rng, 90, CLEAR_M + 0.5, 17, falloff=1, keep_out=keep_out)
    near = near[apart(near, 3.2)][:12]
    grown = [_tree(rng, woods, woods.conifers) for _ in range(7)]
    for i, at in enumerate(on_ground(near, woods.height, 0.05)):
        tree, yaw = grown[i % len(grown)], float(rng.uniform(0, 360))
        size, lean = rng.uniform(0.82, 1.15), rng.normal(0, 0.015, (1, 2))
        copies = [scatter(s, at[None], yaw, np.array([size]), rng.uniform(0.85, 1.12, 1), lean) for s in tree]
        b.solids[f"set/tree {i + 1}"] = copies
        b.footprints.append((at[0] - 0.3, at[1] - 0.3, at[0] + 0.3, at[1] + 0.3))
        if i == 0:
            b.feature("tree", (float(at[0]), float(at[1]), 2.0), (0.5, 0.5, 4.0))
    _far_trees(b, woods, near)


def _far_trees(b: SetBuild, woods: Woods, near: F64) -> None:
    rng = b.rng
    middle = spread(rng, 260, 13, 46, falloff=1, keep_out=lambda x, y: woods.off_path(x, y) < 2.2)
    kept = apart(np.concatenate([near, middle]), 2.6)
    middle = middle[kept[kept >= len(near)] - len(near)][:44]
    simple = []
    for k in range(4):
        if (k + 0.5) / 4 < max(woods.conifers, 0.13):
            made = plants.conifer(rng, 14, needle=plants.NEEDLE[k % 3], layers=10, twigs=5)
        else:
            leaf = plants.AUTUMN[k] if woods.autumn else plants.LEAF[k]
            bare = plants.broadleaf(
                rng, 12, leaf_count=380, leaf_size=0.45, leaf=leaf, bark=plants.BARK[k], crown_from=0.4, spread_by=0.26
            )
            made = bare[:-1] if woods.winter else bare
        simple.append(join([_snowed(s) for s in made] if woods.winter else made, "tree"))
    _stand(b, "set/trees", simple, on_ground(middle, woods.height, 0.1), 0.75, 1.25)
    far = spread(rng, 360, 40, 230, falloff=1, keep_out=lambda x, y: woods.off_path(x, y) < 2.5)
    tiny = [plants.far_conifer(rng, 16, plants.NEEDLE[k]) for k in (0, 1)]
    if woods.conifers < 0.8:
        leaf = plants.AUTUMN if woods.autumn else plants.LEAF
        tiny += [plants.far_broadleaf(rng, 12, leaf[k], lumps=3, sprigs=55) for k in (0, 2)]
    if woods.winter:
        tiny = [_snowed(t) for t in tiny]
    _stand(b, "set/far trees", tiny, on_ground(far, woods.height, 0.3), 0.8, 1.3)


def _stand(b: SetBuild, name: str, kinds: list[Solid], at: F64, low: float, high: float) -> None:
    rng = b.rng
    which = rng.integers(len(kinds), size=len(at))
    for k, template in enumerate(kinds):
        here = at[which == k]
        if len(here):
            n = len(here)
            size = rng.uniform(low, high, n)[:, None] * rng.uniform(0.85, 1.15, (n, 3))
            copies = scatter(template, here, rng.uniform(0, 360, n), size, rng.uniform(0.75, 1.15, n),
                             rng.normal(0, 0.02, (n, 2)))  # fmt: skip
            b.solids.setdefault(name, []).append(copies)


def _undergrowth(b: SetBuild, woods: Woods) -> None:
    rng = b.rng

    def keep_out(x: F64, y: F64) -> NDArray[np.bool_]:
        return (woods.off_path(x, y) < 0.75) | (np.hypot(x, y) < 1.2)

    ground: list[Solid] = []
    pale = np.array([SNOW]) if woods.winter else None
    grass_color = srgb("#6a7038") if pale is None else srgb("#8d8458")
    for k in range(3):
        tuft = plants.tuft(rng, (0.16, 0.24, 0.32)[k], 7, grass_color, radius=0.11, width=0.011)
        at = spread(rng, 300, 1.2, 16, falloff=1, keep_out=keep_out)
        at = at[np.hypot(*at.T) > (0, 2.5, 4.5)[k]]
        n = len(at)
        ground.append(scatter(tuft, on_ground(at, woods.height), rng.uniform(0, 360, n), rng.uniform(0.6, 1.3, n),
                              rng.uniform(0.7, 1.2, (n, 3))))  # fmt: skip
    if not woods.winter:
        for k in range(2):
            fern = plants.fern(rng, 0.62, srgb(("#566b30", "#6a7433")[k]), 7)
            at = spread(rng, 85, 3.4, 22, falloff=1, keep_out=keep_out)
            n = len(at)
            ground.append(scatter(fern, on_ground(at, woods.height), rng.uniform(0, 360, n), rng.uniform(0.6, 1.35, n),
                                  rng.uniform(0.75, 1.2, n)))  # fmt: skip
        ground.append(_fallen_leaves(b, woods))
    b.add("set/undergrowth", ground, blocks=False)
    bushes = []
    at = spread(rng, 60, CLEAR_M + 0.8, 34, falloff=1, keep_out=lambda x, y: woods.off_path(x, y) < 1.8)[:34]
    for k in range(2):
        bush = plants.bush(rng, 1.2, 1.8, plants.LEAF[k + 1], 200, 0.2)
        here = at[k::2]
        bushes.append(scatter(_snowed(bush) if woods.winter else bush, on_ground(here, woods.height),
                              rng.uniform(0, 360, len(here)), rng.uniform(0.5, 1.3, len(here)),
                              rng.uniform(0.75, 1.1, len(here))))  # fmt: skip
    b.add("set/bushes", bushes, blocks=False)
    stones = [plants.rock(rng, (1.0, 0.8, 0.7), srgb("#77756d"), 9) for _ in range(2)]
    at = spread(rng, 40, 3.2, 26, falloff=1, keep_out=keep_out)[:22]
    size = rng.uniform(0.2, 1.0, len(at))
    rocks = [scatter(_snowed(s) if woods.winter else s, on_ground(at[k::2], woods.height, 0.06),
                     rng.uniform(0, 360, len(at[k::2])), size[k::2]) for k, s in enumerate(stones)]  # fmt: skip
    b.add("set/rocks", rocks, blocks=False)


def _fallen_leaves(b: SetBuild, woods: Woods) -> Solid:
    """Litter: curled leaves on the ground, thick where people stand and look."""
    rng = b.rng
    at = on_ground(spread(rng, 2600, 0.3, 13, falloff=1), woods.height, -0.012)
    up = np.array([0.0, 0.0, 1.0]) + 0.25 * rng.normal(size=(len(at), 3))
    tones = np.array([srgb(c) for c in ("#8a5a2c", "#6b4526", "#a5803f", "#5c4a2c")])
    color = tones[rng.integers(4, size=len(at))] * rng.uniform(0.6, 1.2, (len(at), 1))
    litter = plants.leaves(rng, at, rng.uniform(0.05, 0.1, len(at)), color, up, droop=0.0, narrow=0.7, part="litter")
    flat = litter.vertices.copy()
    foot = np.repeat(at[:, 2], 4)
    flat[:, 2] = np.clip(foot + 0.35 * (flat[:, 2] - foot), foot - 0.005, foot + 0.03)
    return plants.reshaped(litter, flat)


def _log(b: SetBuild, woods: Woods) -> None:
    """A fallen trunk on the edge of the clearing, two seats on it."""
    rng = b.rng
    t = np.linspace(0, 1, 16)
    path = np.stack([-2.1 + 4.2 * t, 0.1 * np.sin(3 * t), 0.21 + 0.02 * np.sin(9 * t)], -1)
    radius = 0.25 - 0.04 * t
    bark = srgb("#57493a")
    trunk = plants.limb(path, radius, bark, segments=16, rough=0.1, seed=5)
    moss = step(0.55, 0.95, trunk.normals[:, 2].astype(float)) * 0.7
    trunk = trunk.painted(
        blend(trunk.color, np.asarray(SNOW if woods.winter else srgb("#56632f")), moss).astype(np.float32)
    )
    parts = [trunk]
    for end, sign in ((path[0], -1.0), (path[-1], 1.0)):
        r = 0.99 * (radius[0] if sign < 0 else radius[-1])
        cap = plants.limb(end + np.outer([0, 0.015], [sign, 0, 0]), np.array([r, 0.002]), srgb("#b08a5c"), segments=16,
                          rough=0.02, part="wood")  # fmt: skip
        parts.append(cap)
    stub = np.linspace(0, 1, 4)[:, None] * np.array([0.12, 0.25, 0.55]) + np.array([0.9, 0.05, 0.3])
    parts.append(plants.limb(stub, np.array([0.07, 0.055, 0.045, 0.02]), bark, segments=7))
    turn = float(rng.uniform(-12, 12))
    placed = b.add("set/log", parts, -3.0, 1.7, turn=turn + 28, word="log", surface=0.45)
    for name, x in (("left", -0.75), ("right", 0.1)):
        b.spot(f"log {name}", "log", SpotUse.SIT, placed.at(x, 0.06), turn + 28, seat=0.44, group="log")


def _people(b: SetBuild, woods: Woods) -> None:
    b.pair("clearing", (0.0, 0.0), 0.0)
    tree = b.features["tree"].position
    towards = np.array([-tree[0], -tree[1]]) / np.hypot(tree[0], tree[1])
    yaw = float(np.degrees(np.arctan2(towards[0], -towards[1])))
    at = (tree[0] + 0.62 * towards[0], tree[1] + 0.62 * towards[1])
    b.spot("tree", "tree", SpotUse.LEAN, at, yaw, floor=float(woods.height(np.array(at[0]), np.array(at[1]))))
    for k, y in enumerate((-3.2, -1.4, 2.4, 4.2)):
        b.spot(f"path {k + 1}", "path", SpotUse.WALK, (0.9, y), 0.0, group="path")
    b.pair("edge of the clearing", (1.6, -2.6), 60.0)
    b.crowd((-CLEAR_M, -CLEAR_M, CLEAR_M, CLEAR_M), (0.0, 0.0))
