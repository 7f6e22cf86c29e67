"""A country road along Y: asphalt with markings, verges, telephone poles, a guard rail, hills or forest around."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import SetKind, SetPlan, SpotUse
from maquette.stage.mesh import Solid, box, boxes, join, sheet, srgb
from maquette.stage.sets import plants, roadside
from maquette.stage.sets.build import SetBuild
from maquette.stage.sets.field import Country, far_green, grass_near
from maquette.stage.sets.noise import fbm
from maquette.stage.sets.outdoors import blend, disc, on_ground, rings_to, scatter, spread, step

F64 = NDArray[np.float64]
HALF_ROAD = 3.4
LENGTH = 700.0
WOODED = frozenset({"forest", "wood", "woods", "pine", "pines", "trees", "mountain", "jungle"})


class Course:
    """Where the road runs and how the land lies along it."""

    def __init__(self, land: Country, wooded: bool) -> None:
        self.land, self.wooded = land, wooded

    def middle(self, y: F64) -> F64:
        """x of the centre line: straight at the playing area, long bends beyond."""
        away = step(18, 120, np.abs(y))
        return away * (30 * np.sin(y / 95 + 0.6) - 30 * np.sin(0.6))

    def off(self, x: F64, y: F64) -> F64:
        return np.abs(x - self.middle(y))

    def rise(self, y: F64) -> F64:
        """Height of the road itself: a long dip and crest, level where people play."""
        return step(22, 160, np.abs(y)) * (3.2 * np.sin(y / 60.0) + 7 * step(150, 700, np.abs(y)))

    def height(self, x: F64, y: F64) -> F64:
        off = self.off(x, y)
        ditch = -0.38 * np.exp(-(((off - 6.1) / 0.8) ** 2))
        shoulder = -0.09 * step(HALF_ROAD - 0.1, HALF_ROAD + 1.0, off)
        near_road = self.rise(y) + shoulder + ditch + 0.06 * fbm(x, y, self.land.seed, 2) * step(4.6, 6, off)
        bank = 0.9 * step(6.5, 14, off) if self.wooded else 0.0 * off
        return near_road + bank + (self.land.height(x, y) - self.rise(y) * 0.6) * step(8, 60, off)

    def color(self, x: F64, y: F64, z: F64) -> F64:
        base = self.land.color(x, y, z)
        if self.wooded:
            litter = blend(srgb("#53422d"), srgb("#454a2b"), 0.5 + fbm(x / 2, y / 2, self.land.seed + 5, 3))
            base = blend(litter, srgb("#35422b"), step(30, 120, self.off(x, y)))
        gravel = blend(srgb("#8d8372"), srgb("#6f675a"), 0.5 + fbm(x * 2, y * 2, self.land.seed + 6, 2))
        return blend(gravel, base, step(HALF_ROAD + 0.5, HALF_ROAD + 1.5, self.off(x, y) + 0.3 * fbm(x, y, 4, 2)))


def build(seed: int, seats_needed: int, words: tuple[str, ...]) -> SetPlan:
    """A country road. `words`: forest, pine, desert, snow, highway ... steer what stands along it."""
    b = SetBuild(SetKind.ROAD, seed, seats_needed, words)
    course = Course(Country(seed % 100003, b.words - {"wheat", "furrow", "farm"}), bool(b.words & WOODED))
    b.add(
        "set/ground",
        disc(
            rings_to(1700, 12, 0.36, 1.075),
            lambda x, y: course.height(x, y) - 0.03 * (course.off(x, y) < 4),
            course.color,
            segments=160,
        ),
        blocks=False,
    )
    _surface(b, course)
    _side(b, course)
    if course.wooded:
        _forest(b, course)
    else:
        keep = lambda x, y: course.off(x, y) < 14  # noqa: E731
        far_green(b, course.height, winter=course.land.winter, from_m=26, keep_out=keep)
    _people(b)
    b.feature("road", (0.0, 0.0, 0.0), (2 * HALF_ROAD, 400.0, 0.02), 0.0)
    b.feature("verge", (4.4, 0.0, 0.0), (1.5, 40.0, 0.1), 0.0)
    b.feature("hills", (0.0, 900.0, 40.0), (1500.0, 400.0, 80.0))
    floor = ((-4.6, -14.0), (4.6, -14.0), (4.6, 14.0), (-4.6, 14.0))
    return b.plan(floor, None, interior=False)


def _ribbon(course: Course, offsets: F64, y: F64, lift: float) -> F64:
    """(len(y), len(offsets), 3) points that follow the road."""
    slope = np.gradient(course.middle(y), y)
    side = np.stack([np.ones_like(y), -slope], -1) / np.sqrt(1 + slope**2)[:, None]
    xy = np.stack([course.middle(y), y], -1)[:, None] + offsets[None, :, None] * side[:, None]
    camber = 0.05 * (1 - (offsets / HALF_ROAD) ** 2) - 0.05
    z = course.rise(y)[:, None] + camber[None] + lift
    return np.concatenate([xy, z[..., None]], -1)


def _surface(b: SetBuild, course: Course) -> None:
    seed = course.land.seed
    t = np.linspace(-1, 1, 240)
    y = np.sign(t) * (np.abs(t) * 40 + (np.abs(t) ** 4) * (LENGTH - 40))
    road = sheet(_ribbon(course, np.linspace(-HALF_ROAD, HALF_ROAD, 29), y, 0.0), roughness=0.82, part="asphalt")
    v = road.vertices.astype(float)
    off = v[:, 0] - course.middle(v[:, 1])
    grey = blend(srgb("#58585a"), srgb("#4a4a4c"), 0.5 + 0.9 * fbm(v[:, 0] / 2, v[:, 1] / 9, seed, 4))
    tracks = np.exp(-(((np.abs(np.abs(off) - 1.7) - 0.75) / 0.3) ** 2))
    grey = grey * (1 - 0.14 * tracks + 0.1 * fbm(v[:, 0] * 2, v[:, 1] * 2, seed + 1, 2))[:, None]
    if course.land.winter:
        grey = blend(grey, srgb("#cfd5db"), 0.75 * (1 - tracks))
    b.add("set/road", road.painted(grey.astype(np.float32)), blocks=False)
    lines: list[Solid] = []
    white = srgb("#bdbbb2")
    for edge in (-HALF_ROAD + 0.25, HALF_ROAD - 0.25):
        lines.append(
            sheet(_ribbon(course, np.array([edge - 0.06, edge + 0.06]), y, 0.008), white, roughness=0.7, part="marking")
        )
    for k in range(-30, 31):
        dash = np.linspace(k * 9.0 + 1.5, k * 9.0 + 4.5, 5)
        lines.append(
            sheet(
                _ribbon(course, np.array([-0.06, 0.06]), dash, 0.008),
                srgb("#c2a24e") if "highway" in b.words else white,
                roughness=0.7,
                part="marking",
            )
        )
    b.add("set/markings", lines, blocks=False)


def _side(b: SetBuild, course: Course) -> None:
    """Grass on the verges, poles with wires, a guard rail with seat-high posts, a milestone to sit on."""
    rng = b.rng
    color = srgb("#9a8d5c") if course.land.winter else course.land.grass
    keep = lambda x, y: course.off(x, y) < HALF_ROAD + 0.75 + 0.3 * np.sin(3 * y)  # noqa: E731
    b.add(
        "set/grass",
        grass_near(b, course.height, color, keep_out=keep, tall=1.25, tufts=1300 if course.wooded else 1900),
        blocks=False,
    )
    tall = plants.tuft(rng, 0.75, 6, srgb("#8d8a52"), radius=0.1, width=0.007, bend=0.35, ear=srgb("#b9a36a"))
    at = spread(rng, 700, 4.6, 42, falloff=1, keep_out=lambda x, y: (course.off(x, y) < 5.0) | (course.off(x, y) > 9.5))
    n = len(at)
    b.add(
        "set/grass",
        scatter(
            tall,
            on_ground(at, course.height),
            rng.uniform(0, 360, n),
            rng.uniform(0.6, 1.2, n),
            rng.uniform(0.75, 1.15, (n, 1)),
            rng.normal(0.05, 0.08, (n, 2)),
        ),
        blocks=False,
    )
    x, gap = 7.6, 38.0
    pole = join(roadside.pole(), "pole")
    tops = []
    for y in np.arange(-4, 5) * gap + 14.0:
        px = float(course.middle(np.array(y))) + x
        z = float(course.height(np.array([px]), np.array([y]))[0])
        b.add("set/telephone poles", pole, px, float(y), z, word="telephone pole", blocks=abs(y) < 20)
        tops.append((px, float(y), z + 8.1))
    wires = [roadside.wire(np.array([p[0] + dx, p[1] - 0.1, p[2]]), np.array([q[0] + dx, q[1] - 0.1, q[2]]), 0.5)
             for p, q in itertools.pairwise(tops) for dx in (-0.9, -0.45, 0.45, 0.9)]  # fmt: skip
    b.add("set/wires", wires, blocks=False)
    rail = [s.turned(z=90).moved(-4.35, -9.0) for s in roadside.guard_rail(28.0)]
    b.add("set/guard rail", rail, z=-0.08, word="guard rail", blocks=True)
    b.spot("guard rail", "guard rail", SpotUse.LEAN, (-4.0, 1.6), 90.0, seat=0.68, floor=-0.07)
    stone = [box((0.34, 0.34, 0.5), srgb("#a5a195"), bevel=0.06, roughness=0.9, part="milestone")]
    b.add("set/milestone", stone, 4.3, 2.4, -0.1, word="milestone", surface=0.4)
    b.spot("milestone", "milestone", SpotUse.SIT, (4.3, 2.4), -90.0, seat=0.4)
    marks = [s for k in range(-6, 7) for s in _marker(HALF_ROAD + 0.9, k * 24.0 + 9, course)]
    b.add("set/markers", marks, blocks=False)


def _marker(x: float, y: float, course: Course) -> list[Solid]:
    px = float(course.middle(np.array(y))) + x
    z = float(course.rise(np.array(y)))
    return [boxes([(px, y, z - 0.3), (px, y, z + 0.62)], [(0.1, 0.06, 1.25), (0.105, 0.066, 0.16)],
                  [srgb("#d4d1c8"), srgb("#2a2a2a")], part="marker")]  # fmt: skip


def _forest(b: SetBuild, course: Course) -> None:
    rng = b.rng
    kinds = [join(plants.conifer(rng, 15, needle=plants.NEEDLE[k], layers=11, twigs=6), "tree") for k in (0, 1)]
    kinds.append(join(plants.pine(rng, 16), "tree"))
    far = [plants.far_conifer(rng, 16, plants.NEEDLE[k]) for k in (0, 1, 2)]
    for name, count, r0, r1, close, templates in (
        ("set/trees", 52, 8, 60, 8.6, kinds), ("set/wood", 290, 24, 95, 9.0, far),
        ("set/far trees", 300, 90, 330, 9.5, far),
    ):  # fmt: skip
        at = spread(rng, count, r0, r1, falloff=1, keep_out=lambda x, y, close=close: course.off(x, y) < close)
        which = rng.integers(len(templates), size=len(at))
        for k, template in enumerate(templates):
            here = at[which == k]
            n = len(here)
            size = rng.uniform(0.7, 1.25, (n, 1)) * rng.uniform(0.85, 1.15, (n, 3))
            made = scatter(template, on_ground(here, course.height, 0.15), rng.uniform(0, 360, n), size,
                           rng.uniform(0.75, 1.1, n), rng.normal(0, 0.02, (n, 2)))  # fmt: skip
            b.solids.setdefault(name, []).append(made)
    fern = plants.fern(rng, 0.7, srgb("#566b30"), 7)
    at = spread(rng, 110, 6, 30, falloff=1, keep_out=lambda x, y: course.off(x, y) < 6.8)
    b.add("set/undergrowth", scatter(fern, on_ground(at, course.height), rng.uniform(0, 360, len(at)),
                                     rng.uniform(0.6, 1.4, len(at))), blocks=False)  # fmt: skip
    b.feature("tree", (9.5, 2.0, 3.0), (0.5, 0.5, 6.0))
    b.feature("trees", (12.0, 6.0, 6.0), (10.0, 60.0, 12.0))


def _people(b: SetBuild) -> None:
    b.pair("road", (-0.6, 0.0), 0.0, 1.2)
    for k, y in enumerate((-3.2, -1.6, 1.7, 3.4)):
        b.spot(f"walking {k + 1}", "road", SpotUse.WALK, (1.6, y), 180.0, group="walking")
    b.spot("verge", "verge", SpotUse.STAND, (3.6, -1.2), -90.0)
    b.pair("roadside", (3.1, 3.4), 80.0)
    b.crowd((-3.4, -8.0, 3.4, 8.0), (0.0, 0.0))
