"""Boats, piers and a lighthouse. Boats point along -X, keel at z = 0."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.stage.mesh import Color, Solid, box, boxes, cylinder, lathe, sheet, srgb, tube
from maquette.stage.sets.outdoors import sound
from maquette.stage.sets.palette import shade
from maquette.stage.sets.plants import limb

F64 = NDArray[np.float64]
PAINTS = tuple(srgb(c) for c in ("#c9c3b4", "#2f5266", "#8a2f26", "#3f5b46", "#b08a3c"))
WOOD = srgb("#8a7862")
TAR = srgb("#3a332d")


def hull(length: float, beam: float, depth: float, color: Color, inside: Color, *, sheer: float = 0.35) -> list[Solid]:
    """A carvel hull with a pointed bow, a small transom, a rail and a floor inside."""
    n, m = 25, 9
    s = np.linspace(0, 1, n)
    half = beam / 2 * np.clip(np.sin(np.pi * (0.02 + 0.98 * s) ** 0.62 * 0.86), 0, 1) ** 0.85
    half[0] = 0.015
    rail = depth * (1 + sheer * (1 - s) ** 2.2 + 0.1 * s**3)
    keel = depth * 0.75 * np.clip(1 - s / 0.16, 0, 1) ** 2.2 + depth * 0.1 * s**4
    x = -length / 2 + length * s + (0.06 * length) * np.clip(1 - s / 0.2, 0, 1)[:] * 0
    f = np.linspace(0, 1, m)[:, None]
    y = half * np.sin(np.pi / 2 * f**0.62)
    z = keel + (rail - keel) * (1 - np.cos(np.pi / 2 * f) * (1 - 0.25 * f))
    rake = -0.09 * length * (1 - s) ** 6 * f
    xs = x + rake
    right = np.stack([xs, -y, z], -1)
    skin = np.concatenate([right[::-1], (right * np.array([1, -1, 1]))[1:]])[::-1]
    outer = sheet(skin, color, roughness=0.45, part="hull")
    band = outer.vertices[:, 2] > np.tile(rail, 2 * m - 1) - 0.13 * depth
    low = outer.vertices[:, 2] < 0.28 * depth
    paint = np.where(
        band[:, None], np.asarray(shade(color, 0.45)), np.where(low[:, None], srgb("#6d2a22"), outer.color)
    )
    strake = 1 - 0.12 * ((np.repeat(np.arange(2 * m - 1), n) % 2) == 0)
    outer = outer.painted((paint * strake[:, None]).astype(np.float32))
    inner_y = np.maximum(half - 0.035, 0.004)
    inner_rows = []
    for g in np.linspace(1, 0.3, 6):
        inner_rows.append(
            np.stack(
                [
                    xs[-1],
                    inner_y * np.sin(np.pi / 2 * g**0.62),
                    keel + 0.03 + (rail - keel) * (1 - np.cos(np.pi / 2 * g) * (1 - 0.25 * g)),
                ],
                -1,
            )
        )
    right_in = np.array(inner_rows)
    lining = sheet(
        np.concatenate([right_in * np.array([1, -1, 1]), right_in[::-1]])[::-1], inside, roughness=0.8, part="lining"
    )
    gunwale = [
        tube(np.stack([xs[-1], sign * half, rail], -1), 0.028, shade(WOOD, 0.9), segments=6, part="rail")
        for sign in (-1, 1)
    ]
    stern = np.array([skin[:, -1], np.broadcast_to(np.array([xs[-1, -1], 0, rail[-1] * 0.6]), skin[:, -1].shape)])
    transom = sheet(stern, shade(color, 0.9), roughness=0.5, part="hull")
    back = sheet(stern[::-1], inside, roughness=0.8, part="lining")
    return [sound(s) for s in (outer, lining, transom, back, *gunwale)]


def rowing_boat(color: Color, length: float = 4.4) -> list[Solid]:
    parts = hull(length, 1.55, 0.62, color, shade(WOOD, 1.05))
    thwarts = boxes(
        [(-0.25 * length, 0, 0.45), (0.05 * length, 0, 0.44), (0.34 * length, 0, 0.46)],
        [(0.28, 1.08, 0.035), (0.28, 1.42, 0.035), (0.42, 1.2, 0.035)],
        [shade(WOOD, 0.9), WOOD, shade(WOOD, 0.85)],
        bevel=0.008,
        part="thwart",
    )
    oars = [
        tube([(-1.5, sy * 0.25, 0.52), (1.2, sy * 0.42, 0.56)], 0.022, srgb("#a58a62"), segments=6, part="oar")
        for sy in (-1, 1)
    ]
    return [*parts, thwarts, *oars]


def fishing_boat(color: Color, length: float = 9.5) -> list[Solid]:
    """A small trawler with wheelhouse, mast and derrick; waterline at 0.75 m above the keel."""
    parts = hull(length, 3.1, 1.75, color, srgb("#8b8577"), sheer=0.4)
    white = srgb("#cfcabd")
    house = box((2.2, 1.7, 2.0), white, bevel=0.06, part="wheelhouse").moved(1.3, 0, 1.35)
    roof = box((2.6, 2.0, 0.1), srgb("#7a3d2b"), bevel=0.03, part="wheelhouse").moved(1.25, 0, 3.33)
    glass = boxes(
        [(0.19, y, 2.35) for y in (-0.5, 0.0, 0.5)] + [(x, s * 0.855, 2.35) for x in (0.75, 1.6) for s in (-1, 1)],
        [(0.04, 0.42, 0.6)] * 3 + [(0.6, 0.04, 0.6)] * 4,
        srgb("#1c2427"),
        roughness=0.08,
        part="glass",
    )
    deck = box((length * 0.8, 1.9, 0.06), srgb("#8a7656"), part="deck").moved(0.2, 0, 1.3)
    mast = [tube([(-0.9, 0, 1.3), (-0.95, 0, 6.4)], 0.06, srgb("#9d8a66"), segments=8, part="mast"),
            tube([(-0.92, 0, 2.2), (1.9, 0, 5.4)], 0.04, srgb("#9d8a66"), segments=6, part="mast")]  # fmt: skip
    stays = [
        tube([(-0.95, 0, 6.3), p], 0.01, srgb("#2a2a2a"), segments=4, part="rope")
        for p in ((-4.4, 0, 2.6), (1.9, 0, 5.4), (-0.8, 1.4, 1.8), (-0.8, -1.4, 1.8), (4.4, 0, 2.0))
    ]
    return [*parts, deck, house, roof, glass, *mast, *stays]


def sailing_boat(color: Color) -> list[Solid]:
    parts = hull(7.5, 2.3, 1.2, color, srgb("#b3a88f"), sheer=0.2)
    cabin = box((2.4, 1.3, 0.55), srgb("#d8d4c8"), bevel=0.12, part="cabin").moved(-0.2, 0, 1.1)
    deck = box((5.6, 1.5, 0.05), srgb("#a08a66"), part="deck").moved(0.2, 0, 1.07)
    mast = tube([(-0.9, 0, 1.1), (-0.9, 0, 9.6)], 0.055, srgb("#b9b6ae"), segments=7, part="mast")
    boom = tube([(-0.9, 0, 2.1), (2.5, 0, 2.15)], 0.05, srgb("#b9b6ae"), segments=6, part="mast")
    furled = tube([(-0.8, 0, 2.25), (0.8, 0, 2.32), (2.4, 0, 2.26)], 0.11, srgb("#d9d3c2"), segments=8, part="sail")
    stays = [
        tube([(-0.9, 0, 9.5), p], 0.008, srgb("#3a3a3a"), segments=4, part="rope")
        for p in ((-3.6, 0, 1.4), (3.5, 0, 1.2), (-0.7, 1.0, 1.2), (-0.7, -1.0, 1.2))
    ]
    return [*parts, cabin, deck, mast, boom, furled, *stays]


def pier(rng: np.random.Generator, length: float, width: float, water: float) -> list[Solid]:
    """A plank pier along -Y from y = 0: deck top at z = 0, piles down below the water, a rail on the west side."""
    n = int(length / 0.19)
    y = -(np.arange(n) + 0.5) * 0.19
    tones = np.array(WOOD) * rng.uniform(0.7, 1.15, (n, 1)) * rng.uniform(0.97, 1.03, (n, 3))
    feet = np.stack([rng.normal(0, 0.015, n), y, np.full(n, -0.05)], -1)
    sizes = np.stack([width + rng.uniform(-0.05, 0.1, n), np.full(n, 0.176), np.full(n, 0.05)], -1)
    planks = boxes(feet, sizes, tones, bevel=0.006, roughness=0.9, part="plank")
    beams = boxes(
        [(sx * width * 0.36, -length / 2, -0.3) for sx in (-1, 0, 1)],
        [(0.18, length, 0.25)] * 3,
        shade(WOOD, 0.5),
        part="beam",
    )
    bays = np.arange(0.4, length, 2.6)
    piles: list[Solid] = []
    for k, at in enumerate(bays):
        for sx in (-1, 1):
            tall = 0.95 if (k % 3 == 1) else -0.02
            x = sx * (width / 2 + 0.02)
            path = np.array([(x, -at, water - 2.5), (x, -at, (water + tall) / 2), (x, -at, tall)])
            pile = limb(
                path,
                np.array([0.15, 0.14, 0.135]),
                shade(WOOD, float(rng.uniform(0.55, 0.75))),
                segments=9,
                seed=k,
                part="pile",
            )
            wet = np.clip((pile.vertices[:, 2] - water - 0.25) / 0.3, 0, 1)[:, None]
            piles.append(pile.painted((pile.color * wet + np.array(srgb("#262b22")) * (1 - wet)).astype(np.float32)))
            if tall > 0:
                piles.append(cylinder(0.14, 0.02, shade(WOOD, 0.8), segments=9, part="pile").moved(x, -at, tall))
        piles.append(box((width, 0.16, 0.2), shade(WOOD, 0.5), part="beam").moved(0, -at, -0.5))
    return [planks, beams, *piles]


def bollard() -> list[Solid]:
    return [
        lathe(
            [(0.16, 0), (0.13, 0.04), (0.1, 0.1), (0.1, 0.3), (0.17, 0.36), (0.17, 0.42), (0.0, 0.45)],
            srgb("#2c2d2e"),
            segments=16,
            crease_deg=45,
            roughness=0.5,
            part="bollard",
        )
    ]


def lighthouse(rng: np.random.Generator) -> list[Solid]:
    """A tapered tower 21 m high with a red band, gallery and lantern; the lantern glows."""
    white, red = srgb("#d8d4c9"), srgb("#96352a")
    parts = []
    z = np.linspace(0, 15.5, 32)
    r = 3.1 - 1.25 * (z / 15.5) ** 0.85
    for z0, z1, c in ((0.0, 5.0, white), (5.0, 10.0, red), (10.0, 15.5, white)):
        keep = (z >= z0 - 0.3) & (z <= z1 + 0.3)
        zz = np.concatenate([[z0], z[keep & (z > z0) & (z < z1)], [z1]])
        body = lathe(list(zip(np.interp(zz, z, r), zz, strict=True)), c, segments=36, roughness=0.8, part="tower")
        streak = 1 - 0.12 * np.clip(
            np.sin(np.arctan2(body.vertices[:, 1], body.vertices[:, 0]) * 13) + 0.3 * body.vertices[:, 2] % 1, 0, 1
        )
        parts.append(body.painted((np.asarray(c) * streak[:, None]).astype(np.float32)))
    dark = srgb("#2f3232")
    parts.append(
        lathe(
            [(1.85, 15.5), (2.6, 15.75), (2.6, 15.95), (1.3, 15.95)], dark, segments=30, crease_deg=30, part="gallery"
        )
    )
    rail_a = np.linspace(0, 2 * np.pi, 41)[:-1]
    for h in (16.45, 16.95):
        parts.append(
            tube(
                np.stack([2.5 * np.cos(rail_a), 2.5 * np.sin(rail_a), np.full(40, h)], -1),
                0.03,
                dark,
                segments=5,
                closed=True,
                part="gallery",
            )
        )
    parts.append(
        boxes(
            [(2.5 * np.cos(a), 2.5 * np.sin(a), 15.95) for a in rail_a[::2]],
            [(0.04, 0.04, 1.0)] * 20,
            dark,
            part="gallery",
        )
    )
    glass = cylinder(1.3, 2.2, srgb("#56666a"), segments=20, roughness=0.1, part="lantern").moved(z=15.95)
    parts.append(glass.glowing((0.55, 0.42, 0.22)))
    parts.append(
        boxes(
            [(1.33 * np.cos(a), 1.33 * np.sin(a), 15.95) for a in rail_a[::4]],
            [(0.07, 0.07, 2.2)] * 10,
            dark,
            part="lantern frame",
        )
    )
    parts.append(
        lathe(
            [(1.6, 18.1), (1.5, 18.3), (0.5, 19.3), (0.2, 19.5), (0.2, 19.8), (0.0, 20.0)],
            red,
            segments=24,
            crease_deg=30,
            part="dome",
        )
    )
    for k, (h, a) in enumerate(((2.2, -90), (6.5, -60), (9.0, -120), (12.5, -80))):
        rr = float(np.interp(h, z, r))
        parts.append(
            box((0.12, 0.55, 0.9), srgb("#20282a"), roughness=0.1, part="window").moved(rr - 0.02, 0, h).turned(z=a)
        )
        del k
    parts.append(box((0.3, 1.1, 2.2), srgb("#3d4f4a"), part="door").moved(2.95, 0, 0).turned(z=-90))
    house = box((7.0, 5.0, 2.8), white, part="house").moved(5.6, 1.0, 0)
    roof = [
        sheet(
            [[(1.9, -1.7, 2.75), (9.3, -1.7, 2.75)], [(1.9, 1.0, 4.7), (9.3, 1.0, 4.7)]],
            red,
            thickness=0.1,
            part="roof",
        ),
        sheet(
            [[(9.3, 3.7, 2.75), (1.9, 3.7, 2.75)], [(9.3, 1.0, 4.7), (1.9, 1.0, 4.7)]], red, thickness=0.1, part="roof"
        ),
    ]
    panes = boxes(
        [(x, -1.51, 1.0) for x in (4.0, 5.8, 7.6)],
        [(0.9, 0.06, 1.2)] * 3,
        srgb("#20282a"),
        roughness=0.1,
        part="window",
    ).glowing((0.3, 0.19, 0.09))
    del rng
    return [*parts, house, *roof, panes]


def shed(rng: np.random.Generator, size: tuple[float, float, float], color: Color) -> list[Solid]:
    """A boarded harbour shed, gable to -Y, with a big door and a lit window."""
    w, d, h = size
    n = int(w / 0.3)
    boards = [(-w / 2 + (k + 0.5) * w / n, -d / 2 - 0.02, 0.0) for k in range(n)]
    rise = w * 0.32
    heights = [h + rise * (1 - abs(b[0]) / (w / 2)) - 0.05 for b in boards]
    front = boxes(
        boards,
        [(w / n - 0.012, 0.04, hh) for hh in heights],
        np.array(color) * rng.uniform(0.8, 1.15, (n, 1)),
        roughness=0.9,
        part="boards",
    )
    core = box((w - 0.02, d, h), shade(color, 0.8), part="wall")
    roofs = [
        sheet(
            [
                [(s * (w / 2 + 0.3), -d / 2 - 0.4, h - 0.15), (s * (w / 2 + 0.3), d / 2 + 0.4, h - 0.15)][::s],
                [(0, -d / 2 - 0.4, h + rise), (0, d / 2 + 0.4, h + rise)][::s],
            ],
            srgb("#58524e"),
            thickness=0.08,
            part="roof",
        )
        for s in (1, -1)
    ]
    door = box((min(2.4, w * 0.4), 0.06, 2.4), shade(color, 0.55), part="door").moved(-w * 0.18, -d / 2 - 0.05, 0.0)
    pane = (
        box((0.9, 0.05, 0.8), srgb("#242c2e"), roughness=0.1, part="window")
        .moved(w * 0.26, -d / 2 - 0.05, 1.3)
        .glowing((0.28, 0.18, 0.085))
    )
    frame = boxes(
        [(w * 0.26, -d / 2 - 0.06, 1.22), (w * 0.26, -d / 2 - 0.06, 2.1), (w * 0.26, -d / 2 - 0.07, 1.3)],
        [(1.1, 0.06, 0.08), (1.1, 0.06, 0.08), (0.05, 0.05, 0.8)],
        srgb("#cfc9bb"),
        part="frame",
    )
    return [front, core, *roofs, door, pane, frame]


def crate_stack(rng: np.random.Generator) -> list[Solid]:
    """Fish crates and a coil of rope."""
    tones = [srgb(c) for c in ("#a8643a", "#4f6f7a", "#8d8a78", "#9a9441")]
    made = [
        box((0.75, 0.45, 0.28), tones[int(rng.integers(4))], bevel=0.015, part="crate")
        .turned(z=float(rng.normal(0, 4)))
        .moved(float(rng.normal(0, 0.02)), 0, 0.29 * k)
        for k in range(3)
    ]
    made.append(
        box((0.75, 0.45, 0.28), tones[int(rng.integers(4))], bevel=0.015, part="crate").turned(z=20).moved(0.85, 0.1)
    )
    t = np.linspace(0, 2 * np.pi * 5, 90)
    rr = 0.3 - 0.0062 * t
    made.append(
        tube(
            np.stack([rr * np.cos(t) + 0.3, rr * np.sin(t) - 0.75, 0.025 + 0.0055 * t], -1),
            0.022,
            srgb("#b09a6c"),
            segments=6,
            part="rope",
        )
    )
    return made
