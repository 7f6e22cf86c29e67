"""Trees, bushes and grass as geometry.

Leaves are shaded with the normals of the crown they belong to, not with their own: a crown then has one lit and one
shadowed side, as it has at a distance, and does not glitter. Leaves and blades are single triangles' sheets: they are
meant for a two-sided material.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maquette.stage.mesh import Color, Solid, join, sheet, solid, srgb, vertex_normals
from maquette.stage.sets.noise import noise
from maquette.stage.sets.outdoors import shaded_as

F64 = NDArray[np.float64]

BARK = tuple(srgb(c) for c in ("#5b4a3a", "#6a5a48", "#4a3d32", "#77695a"))
PINE_BARK = tuple(srgb(c) for c in ("#5f4536", "#6e4f3b", "#4f3d33"))
BIRCH_BARK = (srgb("#c9c4b8"), srgb("#b9b3a6"))
LEAF = tuple(srgb(c) for c in ("#6f8240", "#7d8a42", "#5f763c", "#8b8f48"))
AUTUMN = tuple(srgb(c) for c in ("#a5682c", "#b98a35", "#8f4f2a", "#7d7a3a"))
NEEDLE = tuple(srgb(c) for c in ("#465c39", "#3d5640", "#54653a"))


def limb(path: F64, radii: F64, color: Color, *, segments: int = 8, rough: float = 0.12, seed: int = 0,
         part: str = "bark") -> Solid:  # fmt: skip
    """A trunk or branch along (N, 3) with (N,) radii, its bark furrowed and mottled."""
    tangent = np.gradient(path, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.cross(tangent, np.array([0.31, 0.95, 0.07]))
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    other = np.cross(tangent, side)
    a = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    height = np.linspace(0, len(path), len(path))[:, None]
    bumps = 1 + rough * noise(np.cos(a) * 2.3 + 40, np.sin(a) * 2.3 + height * 0.8, seed)
    rings = path[:, None] + (radii[:, None] * bumps)[..., None] * (
        np.cos(a)[:, None] * side[:, None] + np.sin(a)[:, None] * other[:, None]
    )
    tone = 1 + 0.35 * noise(np.arange(segments) * 1.7 + 9, height * 1.9, seed + 1) - 0.25 * (bumps < 1)
    made = sheet(rings, color, closed=True, roughness=0.95, part=part)
    return made.painted(np.clip(np.asarray(color) * tone.reshape(-1, 1), 0.01, 0.9).astype(np.float32))


def leaves(
    rng: np.random.Generator,
    at: F64,
    size: F64 | float,
    color: F64,
    outward: F64,
    *,
    droop: float = 0.35,
    narrow: float = 0.55,
    part: str = "leaves",
) -> Solid:
    """(N, 3) points each with one folded leaf of two triangles; `outward` (N, 3): normals of the crown there."""
    n = len(at)
    along = rng.normal(size=(n, 3)) + 0.8 * outward
    along[:, 2] -= droop
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    # Blades lie like shingles on the crown, tilted at random: seen from outside they show their front.
    facing = outward / np.linalg.norm(outward, axis=1, keepdims=True) + 0.45 * rng.normal(size=(n, 3))
    across = np.cross(facing, along)
    across /= np.linalg.norm(across, axis=1, keepdims=True)
    s = np.broadcast_to(np.asarray(size, float), (n,))[:, None]
    middle = at + 0.45 * s * along
    v = np.stack([at, middle + narrow / 2 * s * across, at + s * along, middle - narrow / 2 * s * across], 1)
    base = 4 * np.arange(n)[:, None]
    faces = np.concatenate([base + np.array([0, 1, 2]), base + np.array([0, 2, 3])])
    made = solid(v.reshape(-1, 3), faces, roughness=0.75, smooth=True, part=part)
    jitter = outward + 0.35 * rng.normal(size=(n, 3))
    made = shaded_as(made, np.repeat(jitter, 4, axis=0))
    return made.painted(np.repeat(np.clip(color, 0.004, 0.9), 4, axis=0).astype(np.float32))


def broadleaf(
    rng: np.random.Generator, height: float, *, leaf_count: int = 2600, leaf_size: float = 0.2,
    leaf: Color = LEAF[0], bark: Color = BARK[0], crown_from: float = 0.32, spread_by: float = 0.36,
) -> list[Solid]:  # fmt: skip
    """A deciduous tree: bent trunk, forking boughs, clumps of leaves at their ends. Stands at the origin."""
    seed = int(rng.integers(1 << 30))
    base = height * 0.028 + 0.03
    top = np.array([rng.normal(0, 0.05), rng.normal(0, 0.05), 0.78]) * height
    t = np.linspace(0, 1, 9)[:, None]
    bend = np.array([*rng.normal(0, 0.03, 2), 0]) * height
    trunk_path = t * top + np.sin(np.pi * t) * bend
    flare = 1 + 0.7 * np.exp(-np.linspace(0, 1, 9) * height / 0.35)
    trunk_path[0, 2] = -0.15
    parts = [limb(trunk_path, base * flare * (1 - 0.85 * t[:, 0]), bark, seed=seed, segments=9)]
    clumps: list[F64] = []
    boughs = int(rng.integers(8, 11))
    for k in range(boughs):
        u = crown_from + (0.95 - crown_from) * (k + rng.random() * 0.6) / boughs
        foot = u * top + np.sin(np.pi * u) * bend
        angle = k * 2.4 + rng.normal(0, 0.3)
        reach = height * spread_by * (1.0 - 0.55 * max(0.0, (u - 0.55) / 0.45)) * rng.uniform(0.75, 1.1)
        out = np.array([np.cos(angle), np.sin(angle), 0.0])
        s = np.linspace(0, 1, 5)[:, None]
        rise = rng.uniform(0.3, 0.75) * (1 - s * 0.45)
        path = foot + s * reach * out + np.array([0, 0, 1.0]) * s * reach * rise
        parts.append(limb(path, base * 0.42 * (1 - u * 0.5) * (1 - 0.85 * s[:, 0]), bark, seed=seed + k, segments=5))
        for w in (0.55, 0.82, 1.05):
            clumps.append(foot + w * (path[-1] - foot) + rng.normal(0, 0.05, 3) * height)
    clumps += [top + rng.normal(0, 0.06, 3) * height for _ in range(3)]
    parts.append(crown(rng, np.array(clumps), height * 0.105, leaf_count, leaf_size, leaf))
    return parts


def shadowed(color: Color) -> Color:
    """The colour of leaves deep inside a crown."""
    return (color[0] * 0.6, color[1] * 0.64, color[2] * 0.66)


def mass(
    rng: np.random.Generator, at: F64, radius: float, color: Color, *, rows: int = 4, part: str = "leaves"
) -> Solid:
    """Lumps of foliage (N, 3): the dense inside of crowns, and whole crowns far away. Dark below, light on top."""
    t, p = np.linspace(-np.pi / 2, np.pi / 2, rows + 1), np.linspace(0, 2 * np.pi, 2 * rows - 1, endpoint=False)
    tt, pp = np.meshgrid(t, p, indexing="ij")
    d = np.stack([np.cos(tt) * np.cos(pp), np.cos(tt) * np.sin(pp), np.sin(tt)], -1)
    lumps = []
    for middle in at:
        bumps = 1 + rng.uniform(-0.28, 0.28, tt.shape)
        bumps[0], bumps[-1] = bumps[0, 0], bumps[-1, 0]
        r = radius * rng.uniform(0.75, 1.25)
        lump = sheet(
            middle + d * (r * bumps)[..., None] * np.array([1.15, 1.15, 0.85]), closed=True, roughness=0.9, part=part
        )
        outward = d.reshape(-1, 3) + 0.6 * (middle - at.mean(0)) / (radius + 1e-9) / 3 + np.array([0, 0, 0.2])
        tone = (0.62 + 0.3 * d.reshape(-1, 3)[:, 2:3]) * rng.uniform(0.75, 1.2, (tt.size, 1)) * rng.uniform(0.85, 1.12)
        lumps.append(shaded_as(lump, outward).painted(np.clip(np.asarray(color) * tone, 0.003, 0.9).astype(np.float32)))
    return join(lumps, part)


def far_broadleaf(rng: np.random.Generator, height: float, color: Color, *, lumps: int = 6, sprigs: int = 230) -> Solid:
    """A tree for the middle distance: massed foliage with ragged edges on a short trunk."""
    n = lumps
    a, r = np.arange(n) * 2.4 + rng.uniform(0, 6), height * 0.2 * np.sqrt(rng.random(n))
    at = np.stack([r * np.cos(a), r * np.sin(a), height * np.linspace(0.34, 0.82, n)], -1)
    trunk = limb(
        np.array([(0, 0, -0.3), (0, 0, height * 0.3), (0.1, 0, height * 0.6)]),
        height * np.array([0.03, 0.022, 0.012]),
        BARK[0],
        segments=5,
    )
    foliage = mass(rng, at, height * 0.085, shadowed(color), rows=3)
    edge = crown(rng, at, height * 0.17, sprigs, height * 0.085, color)
    return join([trunk, foliage, edge], "tree")


def far_conifer(rng: np.random.Generator, height: float, color: Color, *, tiers: int = 7, width: float = 0.2) -> Solid:
    """A spruce for the middle distance: ragged skirts, one over the other."""
    pieces = []
    k = 9
    for i in range(tiers):
        u = 0.1 + 0.88 * i / tiers
        r = height * width * (1 - u) ** 0.85 + 0.12
        z0, z1 = height * (u - 0.035), height * min(u + 1.75 * 0.88 / tiers, 1.0)
        a = np.linspace(0, 2 * np.pi, 2 * k, endpoint=False) + rng.uniform(0, 1)
        reach = r * np.where(np.arange(2 * k) % 2 == 0, rng.uniform(0.85, 1.2, 2 * k), rng.uniform(0.45, 0.7, 2 * k))
        rim = np.stack(
            [
                reach * np.cos(a),
                reach * np.sin(a),
                z0 + 0.35 * (r - reach) + rng.normal(0, 0.03 * height / tiers, 2 * k),
            ],
            -1,
        )
        v = np.vstack([rim, [(0.0, 0.0, z1)]])
        j = np.arange(2 * k)
        faces = np.stack([j, (j + 1) % (2 * k), np.full(2 * k, 2 * k)], -1)
        skirt = solid(v, faces, roughness=0.9, smooth=True, part="tree")
        out = np.vstack([rim * np.array([1, 1, 0]) / r, [(0, 0, 1)]]) + np.array([0, 0, 0.5])
        tone = np.append(np.where(np.arange(2 * k) % 2 == 0, 1.15, 0.6), 0.55) * rng.uniform(0.85, 1.15)
        pieces.append(
            shaded_as(skirt, out).painted(np.clip(np.asarray(color) * tone[:, None], 0.003, 0.9).astype(np.float32))
        )
    pieces.append(
        limb(
            np.array([(0, 0, -0.4), (0, 0, height * 0.3)]), height * np.array([0.016, 0.012]), PINE_BARK[0], segments=5
        )
    )
    return join(pieces, "tree")


def crown(rng: np.random.Generator, clumps: F64, radius: float, count: int, size: float, color: Color) -> Solid:
    """Leaves in round clumps: dense at their surface, darker and bluer low and inside, lighter on top."""
    which = rng.integers(len(clumps), size=count)
    d = rng.normal(size=(count, 3))
    d /= np.linalg.norm(d, axis=1, keepdims=True)
    r = radius * rng.uniform(0.7, 1.35, len(clumps))[which] * rng.random(count) ** 0.4
    at = clumps[which] + d * r[:, None] * np.array([1.15, 1.15, 0.8])
    middle = clumps.mean(0)
    outward = 0.9 * d + 0.9 * (at - middle) / (np.linalg.norm(clumps - middle, axis=1).max() + radius)
    outward[:, 2] += 0.25
    inside = np.clip(r / (radius * 1.1), 0, 1)
    tone = (0.55 + 0.5 * inside) * (1 + 0.16 * d[:, 2]) * rng.uniform(0.75, 1.25, count)
    tone *= rng.uniform(0.85, 1.15, len(clumps))[which]
    hue = np.stack([rng.uniform(0.88, 1.18, count), np.ones(count), rng.uniform(0.8, 1.15, count)], -1)
    return leaves(rng, at, size * rng.uniform(0.7, 1.25, count), np.asarray(color) * hue * tone[:, None], outward)


def conifer(
    rng: np.random.Generator, height: float, *, layers: int = 13, needle: Color = NEEDLE[0], bark: Color = PINE_BARK[0],
    bare: float = 0.12, width: float = 0.2, twigs: int = 9,
) -> list[Solid]:  # fmt: skip
    """A spruce or fir: straight trunk, whorls of drooping boughs with hanging twigs."""
    seed = int(rng.integers(1 << 30))
    base = height * 0.017 + 0.04
    t = np.linspace(0, 1, 8)
    path = np.stack([0 * t, 0 * t, t * height * 0.99], -1)
    path[0, 2] = -0.15
    flare = 1 + 0.6 * np.exp(-t * height / 0.35)
    parts = [limb(path, base * flare * (1 - 0.95 * t), bark, seed=seed, segments=8)]
    u = np.repeat(bare + (0.97 - bare) * (np.arange(layers) + 0.5) / layers, 7)
    n = len(u)
    u = np.clip(u + rng.normal(0, 0.3 / layers, n), 0.02, 0.985)
    angle = np.arange(n) * 2.399 + rng.normal(0, 0.2, n)
    reach = height * width * (1 - u) ** 0.8 * rng.uniform(0.75, 1.12, n) + 0.15
    out = np.stack([np.cos(angle), np.sin(angle), np.zeros(n)], -1)
    side = np.stack([-np.sin(angle), np.cos(angle), np.zeros(n)], -1)
    foot = np.stack([np.zeros(n), np.zeros(n), u * height], -1)
    s = (np.arange(twigs) + 0.7) / twigs
    drop = (0.25 * s - 0.62 * s**2 + 0.12 * s**3)[None, :] * (1.15 - 0.6 * u)[:, None]
    spine = foot[:, None] + (reach[:, None] * s)[..., None] * out[:, None]
    spine[..., 2] += drop * reach[:, None]
    pieces = []
    for sign in (-1, 1):
        length = (reach[:, None] * (0.42 - 0.25 * s)) * rng.uniform(0.7, 1.3, (n, twigs)) + 0.05
        tip = spine + length[..., None] * (0.75 * sign * side[:, None] + 0.6 * out[:, None])
        tip[..., 2] -= 0.35 * length
        back = spine - (reach / twigs * 0.95)[:, None, None] * out[:, None]
        front = spine + (reach / twigs * 0.75)[:, None, None] * out[:, None]
        tri = np.stack([back, front, tip] if sign < 0 else [front, back, tip], 2)
        pieces.append(tri.reshape(-1, 3))
    v = np.concatenate(pieces)
    made = solid(v, np.arange(len(v)).reshape(-1, 3), roughness=0.85, smooth=True, part="leaves")
    normal = np.tile(np.repeat(0.9 * out + np.array([0, 0, 0.55]), twigs * 3, axis=0), (2, 1))
    normal = normal + np.repeat(0.22 * rng.normal(size=(len(v) // 3, 3)), 3, axis=0)
    depth = np.tile(np.tile(np.repeat(0.5 + 0.6 * s, 3), n), 2) * np.repeat(rng.uniform(0.8, 1.2, len(v) // 3), 3)
    color = np.asarray(needle) * depth[:, None]
    color[2::3] *= np.array([1.25, 1.3, 1.05])
    parts.append(shaded_as(made, normal).painted(np.clip(color, 0.003, 0.9).astype(np.float32)))
    return parts


def pine(rng: np.random.Generator, height: float, needle: Color = NEEDLE[1], bark: Color = PINE_BARK[1]) -> list[Solid]:
    """A Scots pine: long bare orange-brown trunk with dead stubs, flat clouds of needles on top."""
    seed = int(rng.integers(1 << 30))
    t = np.linspace(0, 1, 10)
    sway = 0.02 * height * np.stack([np.sin(2.2 * t + seed % 7), np.cos(1.7 * t + seed % 5), 0 * t], -1) * t[:, None]
    path = np.stack([0 * t, 0 * t, t * height * 0.95], -1) + sway
    path[0, 2] = -0.15
    base = height * 0.014 + 0.06
    parts = [limb(path, base * (1 + 0.5 * np.exp(-t * height / 0.3)) * (1 - 0.75 * t), bark, seed=seed, segments=10)]
    clumps = []
    for k in range(9):
        u = 0.62 + 0.36 * k / 9
        angle = k * 2.4 + rng.normal(0, 0.3)
        reach = height * 0.15 * (1.25 - u) * 2 * rng.uniform(0.7, 1.2)
        foot = np.array([0, 0, u * height * 0.95]) + sway[min(int(u * 10), 9)]
        end = foot + reach * np.array([np.cos(angle), np.sin(angle), 0.35])
        s = np.linspace(0, 1, 4)[:, None]
        parts.append(limb(foot + s * (end - foot), base * 0.3 * (1 - 0.8 * s[:, 0]), bark, segments=5, seed=k))
        clumps += [foot + 0.7 * (end - foot), end]
    for _ in range(int(rng.integers(3, 7))):
        u, angle = rng.uniform(0.15, 0.6), rng.uniform(0, 2 * np.pi)
        foot = np.array([0, 0, u * height * 0.95])
        s = np.linspace(0, 1, 3)[:, None]
        end = foot + rng.uniform(0.3, 0.9) * np.array([np.cos(angle), np.sin(angle), rng.uniform(-0.3, 0.2)])
        parts.append(limb(foot + s * (end - foot), 0.025 * (1 - 0.8 * s[:, 0]), bark, segments=4))
    foliage = crown(rng, np.array(clumps), height * 0.06, 800, 0.32, needle)
    return [*parts, replace(foliage, roughness=np.full_like(foliage.roughness, 0.85))]


def bush(
    rng: np.random.Generator, height: float, width: float, color: Color, count: int = 500, size: float = 0.1
) -> Solid:
    """A shrub that stands on the ground."""
    n = max(3, int(width / height * 4))
    a, r = rng.uniform(0, 2 * np.pi, n), width * 0.32 * np.sqrt(rng.random(n))
    clumps = np.stack([r * np.cos(a), r * np.sin(a), height * rng.uniform(0.25, 0.62, n)], -1)
    made = crown(rng, clumps, height * 0.34, count, size, color)
    return replace(
        made, vertices=made.vertices * np.where(made.vertices[:, 2:3] < 0, [[1, 1, 0.0]], 1).astype(np.float32)
    )


def tuft(
    rng: np.random.Generator, height: float, blades: int, color: Color, *, width: float = 0.008, radius: float = 0.1,
    bend: float = 0.5, ear: Color | None = None, backs: bool = True, part: str = "grass",
) -> Solid:  # fmt: skip
    """A bunch of grass: bent blades of three triangles, dark at the root, light at the tip.

    `ear` puts a ripe ear on each blade, as of wheat or beach grass. `backs`: blades have two faces (see `two_sided`).
    """
    n = blades
    a, r = rng.uniform(0, 2 * np.pi, n), radius * np.sqrt(rng.random(n))
    foot = np.stack([r * np.cos(a), r * np.sin(a), np.full(n, -0.01)], -1)
    h = height * rng.uniform(0.6, 1.1, n)
    way = rng.uniform(0, 2 * np.pi, n)
    out = np.stack([np.cos(way), np.sin(way), np.zeros(n)], -1)
    side = np.stack([-np.sin(way), np.cos(way), np.zeros(n)], -1)
    lean = (h * bend * rng.uniform(0.3, 1.0, n))[:, None]
    mid = foot + 0.3 * lean * out + np.array([0, 0, 1.0]) * (0.6 * h)[:, None]
    tip = foot + lean * out + np.array([0, 0, 1.0]) * h[:, None] * np.sqrt(np.maximum(1 - bend**2 * 0.5, 0.2))
    w = width / 2
    v = np.stack([foot - w * side, foot + w * side, mid - 0.8 * w * side, mid + 0.8 * w * side, tip], 1)
    base = 5 * np.arange(n)[:, None]
    faces = np.concatenate([base + np.array(f) for f in ([0, 1, 3], [0, 3, 2], [2, 3, 4])])
    made = solid(v.reshape(-1, 3), faces, roughness=0.8, smooth=True, part=part)
    made = shaded_as(made, np.repeat(np.array([0, 0, 1.0]) + 0.45 * out + 0.2 * rng.normal(size=(n, 3)), 5, axis=0))
    tone = np.tile(np.array([0.45, 0.45, 0.85, 0.85, 1.2]), n) * np.repeat(rng.uniform(0.8, 1.2, n), 5)
    made = made.painted(np.clip(np.asarray(color) * tone[:, None], 0.003, 0.9).astype(np.float32))
    made = two_sided(made) if backs else made
    return made if ear is None else join([made, _ears(rng, tip, out, side, height, ear, part)], part)


def two_sided(leaf: Solid, gap: float = 0.0008) -> Solid:
    """Sheets with a front and a back of their own, whose shading normals mirror each other in the sheet.

    A renderer that turns a normal round for the back would have grass shaded as from below.
    """
    v, f = leaf.vertices, leaf.faces
    facet = vertex_normals(v, f)
    ahead = (leaf.normals * facet).sum(1, keepdims=True)
    front = replace(leaf, normals=leaf.normals + (np.abs(ahead) - ahead) * facet, vertices=v + gap / 2 * facet)
    back = replace(
        leaf, normals=leaf.normals - (np.abs(ahead) + ahead) * facet, vertices=v - gap / 2 * facet, faces=f[:, ::-1]
    )
    return join([front, back], leaf.part)


def _ears(rng: np.random.Generator, tip: F64, out: F64, side: F64, height: float, color: Color, part: str) -> Solid:
    n = len(tip)
    long, thick = 0.13 * height, 0.018
    up = 0.35 * out + np.array([0, 0, 0.9])
    v = np.stack([tip - 0.2 * long * up, tip + 0.35 * long * up + thick * side, tip + long * up,
                  tip + 0.35 * long * up - thick * side], 1)  # fmt: skip
    base = 4 * np.arange(n)[:, None]
    faces = np.concatenate([base + np.array([0, 1, 2]), base + np.array([0, 2, 3])])
    made = solid(v.reshape(-1, 3), faces, roughness=0.7, smooth=True, part=part)
    made = shaded_as(made, np.repeat(np.array([0, 0, 1.0]) + 0.6 * out, 4, axis=0))
    tone = np.repeat(rng.uniform(0.8, 1.2, (n, 1)), 4, axis=0)
    return made.painted(np.clip(np.asarray(color) * tone, 0.003, 0.9).astype(np.float32))


def fern(rng: np.random.Generator, size: float, color: Color, fronds: int = 8) -> Solid:
    """A fern: arching fronds of paired leaflets."""
    pieces, normals = [], []
    for k in range(fronds):
        a = 2 * np.pi * k / fronds + rng.normal(0, 0.25)
        out, side = np.array([np.cos(a), np.sin(a), 0]), np.array([-np.sin(a), np.cos(a), 0])
        s = np.linspace(0.12, 1, 9)
        reach = size * rng.uniform(0.8, 1.1)
        spine = s[:, None] * reach * 0.8 * out + np.array([0, 0, 1]) * (reach * (1.15 * s - 0.85 * s**2))[:, None]
        length = reach * 0.24 * np.sin(np.pi * np.clip(s * 0.92 + 0.05, 0, 1)) ** 0.7
        for sign in (-1, 1):
            tip = spine + sign * length[:, None] * (side + 0.25 * sign * out) - np.array([0, 0, 0.3]) * length[:, None]
            ahead = spine + reach * 0.085 * out
            pieces.append(np.stack([spine, ahead, tip], 1).reshape(-1, 3))
            normals.append(np.broadcast_to(np.array([0, 0, 1.0]) + 0.4 * out + 0.25 * sign * side, (27, 3)))
    v = np.concatenate(pieces)
    made = shaded_as(
        solid(v, np.arange(len(v)).reshape(-1, 3), color, roughness=0.8, smooth=True, part="undergrowth"),
        np.concatenate(normals),
    )
    tone = np.repeat(rng.uniform(0.75, 1.25, len(v) // 3), 3)
    return made.painted((np.asarray(color) * tone[:, None]).astype(np.float32))


def rock(rng: np.random.Generator, size: tuple[float, float, float], color: Color, detail: int = 12) -> Solid:
    """A weathered boulder sunk a little into the ground: a ball cut by planes, with lichen on top."""
    t, p = np.linspace(-np.pi / 2, np.pi / 2, detail), np.linspace(0, 2 * np.pi, 2 * detail, endpoint=False)
    tt, pp = np.meshgrid(t, p, indexing="ij")
    d = np.stack([np.cos(tt) * np.cos(pp), np.cos(tt) * np.sin(pp), np.sin(tt)], -1)
    planes = rng.normal(size=(11, 3))
    planes /= np.linalg.norm(planes, axis=1, keepdims=True)
    cut = np.min(rng.uniform(0.62, 0.95, 11) / np.maximum(d @ planes.T, 1e-3), axis=-1)
    seed = int(rng.integers(1 << 30))
    r = np.minimum(cut, 1.05) * (1 + 0.07 * noise(d[..., 0] * 3 + d[..., 2] * 5, d[..., 1] * 3 - d[..., 2] * 2, seed))
    points = d * r[..., None] * np.asarray(size) / 2
    points[..., 2] += size[2] * 0.28
    made = sheet(points, color, closed=True, roughness=0.95, part="rock")
    tone = 1 + 0.3 * noise(made.vertices[:, 0] * 5 / size[0], made.vertices[:, 1] * 5 / size[1], seed + 2)
    lichen = np.clip(made.normals[:, 2] - 0.6, 0, 1) * 1.1
    c = np.asarray(color) * tone[:, None] * (1 - lichen[:, None]) + np.array(srgb("#8a8a72")) * lichen[:, None]
    return made.painted(np.clip(c, 0.01, 0.9).astype(np.float32))


def reshaped(s: Solid, vertices: NDArray[np.floating]) -> Solid:
    """The same faces, colours and normals over moved vertices."""
    return replace(s, vertices=vertices.astype(np.float32))
