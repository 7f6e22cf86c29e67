"""Cloth: how it hangs free, gets hems, and what is woven into it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter, gaussian_filter1d
from scipy.spatial import ConvexHull, KDTree

from maquette.film.cast import Garment, GarmentKind, Pattern
from maquette.stage.people.garment_regions import (
    Cut,
    along,
    arm_share,
    share_of,
)
from maquette.stage.people.piece import TILE, Piece, mixed_color, piece, tile_uv
from maquette.stage.people.rig import BodyShape, load_rig
from maquette.stage.people.sheet import (
    F64,
    I64,
    Sheet,
    Sparse,
    boundary_edges,
    boundary_loops,
    neighbour_mean,
    selection,
    smooth_step,
    sparse,
)

TILE_M = 0.12
"""Metres of cloth across one tile of the atlas."""
PERIOD_M = 0.06
"""Metres after which every pattern repeats; triangles are smaller than TILE_M - PERIOD_M."""
TRUNK_R, LIMB_R = 16 * PERIOD_M / (2 * np.pi), 6 * PERIOD_M / (2 * np.pi)
"""Radii at which the pattern goes round without a seam: whole periods."""
_TURNS = 96


@dataclass(frozen=True, eq=False)
class Trunk:
    """The trunk's and legs' outline, slice by slice: what hanging cloth must clear. Convex, as taut cloth is."""

    heights: F64
    """(R,) metres, falling."""
    centre_y: F64
    """(R,)"""
    radius: F64
    """(R, 96) metres at angles -pi .. pi, 0 in front."""

    def at(self, turn: F64, z: F64) -> F64:
        """(N,) radius at angles and heights."""
        row = np.interp(-z, -self.heights, np.arange(len(self.heights)))
        column = (turn + np.pi) / (2 * np.pi) * _TURNS
        r0, c0 = np.floor(row).astype(int), np.floor(column).astype(int)
        fr, fc = row - r0, column - c0
        r1 = np.minimum(r0 + 1, len(self.heights) - 1)
        a, b = c0 % _TURNS, (c0 + 1) % _TURNS
        low = self.radius[r0, a] * (1 - fc) + self.radius[r0, b] * fc
        high = self.radius[r1, a] * (1 - fc) + self.radius[r1, b] * fc
        return low * (1 - fr) + high * fr

    def middle(self, z: F64) -> F64:
        return np.interp(-z, -self.heights, self.centre_y)

    def draped(self, taper: float) -> Trunk:
        """Cloth falls from the chest: going down it returns to the body by at most `taper` metres per metre."""
        radius = self.radius.copy()
        step = -np.diff(self.heights)
        for i in range(1, len(radius)):
            radius[i] = np.maximum(radius[i], radius[i - 1] - taper * step[i - 1])
        return Trunk(self.heights, self.centre_y, _evened(radius, (1.0, 1.6), ("nearest", "wrap")))


def turn_of(points: F64, centre_y: F64 | float) -> F64:
    """Angle round the body's axis, 0 in front, positive to the person's left."""
    return np.arctan2(points[:, 0], -(points[:, 1] - centre_y))


def _evened(values: F64, sigma: tuple[float, ...], modes: tuple[str, ...]) -> F64:
    """Gaussian blur with its own border rule along each axis."""
    for axis, (width, mode) in enumerate(zip(sigma, modes, strict=True)):
        if width > 0:
            values = np.asarray(gaussian_filter1d(values, width, axis=axis, mode=mode))
    return values


def trunk_of(base: Sheet, worn: Sequence[Sheet] = ()) -> Trunk:
    """Slice the envelope, and what is worn already, from the armpits to the floor."""
    body = np.concatenate([s.rest[arm_share(s.skin) < 0.35] for s in (base, *worn)])
    top = level(base, 0.50)
    heights = np.arange(top, 0.02, -0.015)
    radius, centres = np.zeros((len(heights), _TURNS)), np.zeros(len(heights))
    turns = np.linspace(-np.pi, np.pi, _TURNS, endpoint=False)
    for i, z in enumerate(heights):
        points = body[np.abs(body[:, 2] - z) < 0.014][:, :2]
        if len(points) < 8:
            radius[i], centres[i] = radius[i - 1], centres[i - 1]
            continue
        hull = points[ConvexHull(points).vertices]
        centres[i] = (
            (hull[:, 1].max() + hull[:, 1].min()) / 2
            if i == 0
            else centres[i - 1] * 0.8 + 0.2 * ((hull[:, 1].max() + hull[:, 1].min()) / 2)
        )
        radius[i] = _radial(hull - (0, centres[i]), turns)
    return Trunk(heights, centres, radius)


def _radial(hull: F64, turns: F64) -> F64:
    """(96,) distance from the origin to a convex outline around it, along each angle."""
    a, b = hull, np.roll(hull, -1, axis=0)
    edge = b - a
    direction = np.stack([np.sin(turns), -np.cos(turns)], axis=1)
    cross = direction[:, None, 0] * edge[None, :, 1] - direction[:, None, 1] * edge[None, :, 0]
    gap = a[:, 0] * edge[:, 1] - a[:, 1] * edge[:, 0]
    with np.errstate(divide="ignore", invalid="ignore"):
        t = gap[None] / cross
    t = np.where(np.isfinite(t) & (t > 0), t, np.inf)
    return t.min(axis=1)


def level(base: Sheet, template_z: float) -> float:
    """Rest height in metres of a template height, on this body's trunk and legs."""
    body = arm_share(base.skin) < 0.2
    order = np.argsort(base.template[body, 2])
    z, rest = base.template[body, 2][order], base.rest[body, 2][order]
    bins = np.linspace(z[0], z[-1], 120)
    means = np.interp(bins, z, gaussian_filter1d(rest, 25))
    return float(np.interp(template_z, bins, means))


def hanging(sheet: Sheet, base: Sheet, cut: Cut, trunk: Trunk, seed: int) -> Sheet:
    """Lengthen a sheet that ends at CUT_Z by cloth that hangs free to the hem, welded to its lower rim."""
    loops = boundary_loops(sheet.faces)
    low = [rim for rim in loops if np.ptp(sheet.template[rim, 2]) < 0.02 and len(rim) > 40]
    loop = min(low or loops, key=lambda rim: float(sheet.rest[rim, 2].mean()))
    loop = loop[::-1] if _clockwise(sheet.rest[loop]) else loop
    rim = sheet.rest[loop]
    bottom = level(base, cut.hem)
    top = float(rim[:, 2].mean())
    rows = max(3, round((top - bottom) / 0.022))
    turn = turn_of(rim, trunk.middle(rim[:, 2]))
    rim_radius = np.hypot(rim[:, 0], rim[:, 1] - trunk.middle(rim[:, 2]))
    drape = trunk.draped(cut.taper)
    rng = np.random.default_rng([seed, 5])
    folds, phase, bend = int(rng.integers(7, 11)), rng.uniform(0, 6.28, 3), rng.uniform(0.5, 1.2)
    grid = [rim]
    for k in range(1, rows + 1):
        t = k / rows
        z = rim[:, 2] + (bottom - rim[:, 2]) * t
        fall = top - z
        radius = drape.at(turn, z) + cut.clearance + cut.flare * fall
        gap = rim_radius - (drape.at(turn, rim[:, 2]) + cut.clearance)
        radius = radius + gap * np.exp(-((fall / 0.10) ** 2))
        wave = np.sin(folds * turn + phase[0] + bend * np.sin(2 * turn + phase[1])) + 0.5 * np.sin(
            (2 * folds + 1) * turn + phase[2]
        )
        radius = radius + cut.hang * wave * smooth_step(0.0, 0.75, t) * min(1.0, (top - bottom) / 0.15)
        middle = trunk.middle(z)
        grid.append(np.stack([radius * np.sin(turn), middle - radius * np.cos(turn), z], axis=1))
    return _lengthened(sheet, loop, np.array(grid[1:]), base)


def _clockwise(points: F64) -> bool:
    x, y = points[:, 0], points[:, 1] - points[:, 1].mean()
    return float((x * np.roll(y, -1) - np.roll(x, -1) * y).sum()) < 0


def _lengthened(sheet: Sheet, loop: I64, rows: F64, base: Sheet) -> Sheet:
    count, n = len(loop), len(sheet.rest)
    ids = np.concatenate([loop[None], n + np.arange(rows.shape[0] * count).reshape(rows.shape[0], count)])
    a, b = ids[:-1], np.roll(ids[:-1], -1, axis=1)
    c, d = np.roll(ids[1:], -1, axis=1), ids[1:]
    faces = np.concatenate([np.stack([a, c, b], -1).reshape(-1, 3), np.stack([a, d, c], -1).reshape(-1, 3)])
    points = rows.reshape(-1, 3)
    skin, template = held_cloth(points, (len(rows), count), base)
    return Sheet(
        np.concatenate([sheet.faces, faces]),
        np.concatenate([sheet.rest, points]),
        np.concatenate([sheet.template, template]),
        sparse.vstack([sheet.skin, skin]).tocsr(),
    )


def held_cloth(points: F64, shape: tuple[int, int], base: Sheet, closed: bool = True) -> tuple[Sparse, F64]:
    """What holds free cloth: the trunk and legs near it, evened out round the body so that both legs carry it."""
    able = np.flatnonzero((arm_share(base.skin) < 0.1) & (base.template[:, 2] > -0.74))
    distance, near = KDTree(base.rest[able]).query(points, k=24)
    w = 1 / (distance + 0.02) ** 2
    w /= w.sum(axis=1, keepdims=True)
    rows = np.repeat(np.arange(len(points)), 24)
    mix = sparse.csr_matrix((w.ravel(), (rows, able[near].ravel())), shape=(len(points), len(base.rest)))
    dense = (mix @ base.skin).toarray().reshape(*shape, -1)
    dense = _evened(dense, (2.0, shape[1] / 22), ("nearest", "wrap" if closed else "nearest"))
    dense = dense.reshape(len(points), -1)
    dense[dense < 0.004] = 0
    dense /= dense.sum(axis=1, keepdims=True)
    template = mix @ base.template
    return sparse.csr_matrix(dense), template


def hemmed(sheet: Sheet, thickness: float, depth: float = 0.014) -> Sheet:
    """Every open edge folded over inwards: cloth has a thickness where one sees its edge."""
    edges = boundary_edges(sheet.faces)
    if not len(edges):
        return sheet
    rim = np.unique(edges)
    n = len(sheet.rest)
    normals = sheet.normals()
    mean = neighbour_mean(sheet.faces, n)
    inwards = (mean @ sheet.rest - sheet.rest)[rim]
    inwards -= (inwards * normals[rim]).sum(axis=1, keepdims=True) * normals[rim]
    inwards /= np.maximum(np.linalg.norm(inwards, axis=1, keepdims=True), 1e-9)
    first = sheet.rest[rim] - normals[rim] * thickness - inwards * 0.001
    second = first + inwards * depth
    at = np.full(n, -1, np.int64)
    at[rim] = np.arange(len(rim))
    a, b = edges[:, 0], edges[:, 1]
    faces = [sheet.faces]
    for upper, lower in ((None, n), (n, n + len(rim))):
        ua, ub = (a, b) if upper is None else (at[a] + upper, at[b] + upper)
        la, lb = at[a] + lower, at[b] + lower
        faces += [np.stack([ub, ua, la], axis=1), np.stack([ub, la, lb], axis=1)]
    pick = np.concatenate([np.arange(n), rim, rim])
    matrix = sparse.csr_matrix((np.ones(len(pick)), (np.arange(len(pick)), pick)), shape=(len(pick), n))
    folded = sheet.mixed(matrix, np.concatenate(faces))
    return folded.moved(np.concatenate([sheet.rest, first, second]))


def cloth_tile(garment: Garment, seed: int) -> F64:
    """(256, 256, 3) linear picture of TILE_M metres of this cloth; repeats every PERIOD_M."""
    rng = np.random.default_rng([seed, 81])
    at = (np.arange(TILE) + 0.5) / TILE * TILE_M
    u, v = np.meshgrid(at, at[::-1])
    base = np.asarray(garment.color, np.float64)
    accent = np.asarray(garment.accent if garment.accent is not None else _default_accent(base), np.float64)
    turn = 2 * np.pi / PERIOD_M
    share = np.zeros_like(u)
    if garment.pattern is Pattern.STRIPES:
        width = 1 if garment.kind is GarmentKind.SHIRT else 2
        wave = np.sin(turn * (2 if width == 1 else 1) * (u if width == 1 else v))
        share = smooth_step(0.45, 0.55, 0.5 + 0.5 * wave) * (0.85 if width == 2 else 0.6)
    elif garment.pattern is Pattern.PLAID:
        band = smooth_step(0.35, 0.40, np.sin(turn * u)) * 0.5 + smooth_step(0.35, 0.40, np.sin(turn * v)) * 0.5
        thin = smooth_step(0.94, 0.98, np.sin(turn * u + 2.2)) + smooth_step(0.94, 0.98, np.sin(turn * v + 2.2))
        share = np.clip(0.85 * band, 0, 1) - 0.35 * thin
    elif garment.pattern is Pattern.DOTS:
        half = PERIOD_M / 2
        du = np.stack([(u + half / 2) % half - half / 2, (u + half) % half - half / 2])
        dv = np.stack([(v + half / 2) % half - half / 2, (v + half) % half - half / 2])
        share = smooth_step(0.0052, 0.0044, np.hypot(du, dv).min(axis=0))
    picture = base + (accent - base) * np.clip(share, -0.5, 1)[..., None]
    return np.clip(picture * _weave(garment, u, v, rng)[..., None], 0, 1)


def _default_accent(base: F64) -> F64:
    return mixed_color(base, (0.75, 0.74, 0.70), 0.75) if base.mean() < 0.3 else base * 0.25


def _weave(garment: Garment, u: F64, v: F64, rng: np.random.Generator) -> F64:
    grain = gaussian_filter(rng.normal(size=(TILE // 2, TILE // 2)), 0.8, mode="wrap")
    grain = np.tile(grain, (2, 2)) / grain.std()
    turn = 2 * np.pi / PERIOD_M
    if garment.pattern is Pattern.KNIT:
        rib = 0.5 + 0.5 * np.cos(turn * 10 * u)
        stitch = 0.5 + 0.5 * np.cos(turn * 16 * v + 2.2 * np.cos(turn * 10 * u))
        return 0.70 + 0.30 * rib**0.6 * (0.6 + 0.4 * stitch) + 0.02 * grain
    if garment.kind is GarmentKind.JEANS:
        return 0.93 + 0.05 * np.sin(turn * 24 * (u + v)) + 0.07 * grain
    if garment.kind in (GarmentKind.COAT, GarmentKind.SWEATER):
        return 0.95 + 0.05 * grain
    return 0.97 + 0.02 * grain


def cloth_place(sheet: Sheet, shape: BodyShape, in_legs: bool) -> tuple[F64, F64, NDArray[np.int64]]:
    """(N, 2) metres round and along the cloth on its limb, the same on the trunk, and which limb holds each vertex.

    Limbs: 0 trunk, 1-2 arms, 3-4 legs.
    """
    index = load_rig().bone_index
    arms = arm_share(sheet.skin) > 0.6
    legs = (share_of(sheet.skin, "upperleg", "lowerleg", "foot", "toe") > 0.6) & (sheet.template[:, 2] < -0.02)
    left = sheet.template[:, 0] > 0
    limb = np.where(arms, np.where(left, 1, 2), np.where(legs & in_legs, np.where(left, 3, 4), 0))
    place = np.zeros((len(sheet.rest), 2))
    centre = np.array([0.0, sheet.rest[limb == 0, 1].mean() if (limb == 0).any() else 0.0])
    place[:, 0] = turn_of(sheet.rest, centre[1]) * TRUNK_R
    place[:, 1] = _unrolled_height(sheet.rest, limb == 0, centre[1])
    on_trunk = place.copy()
    for which, (side, bones) in enumerate(
        [(s, b) for b in (("upperarm01", "lowerarm01", "wrist"), ("upperleg01", "lowerleg01", "foot")) for s in "LR"], 1
    ):
        a, b, c = (shape.heads[index[f"{name}.{side}"]] for name in bones)
        own = limb == which
        if own.any():
            t = along(sheet.rest[own], a, b, c)
            place[own] = _round_limb(sheet.rest[own], t, (a, b, c))
    return place, on_trunk, limb


def _unrolled_height(rest: F64, trunk: NDArray[np.bool_], centre_y: float) -> F64:
    """(N,) height on the cloth, stretched as much as the way round is: patterns grow on a wide skirt, undistorted."""
    if not trunk.any():
        return rest[:, 2]
    z = rest[:, 2]
    bins = np.linspace(z[trunk].min() - 1e-3, z[trunk].max() + 1e-3, 40)
    which = np.digitize(z[trunk], bins) - 1
    radius = np.hypot(rest[trunk, 0], rest[trunk, 1] - centre_y)
    mean = np.bincount(which, radius, 40) / np.maximum(np.bincount(which, minlength=40), 1)
    mean = gaussian_filter1d(np.where(mean > 0.02, mean, TRUNK_R), 2.0)
    # Above the chest the cloth lies over the shoulders: keep its own scale there.
    scale = np.clip(TRUNK_R / mean, 0.5, 1.15)
    grown = np.concatenate([[0], np.cumsum(np.diff(bins) * (scale[1:] + scale[:-1]) / 2)])
    return np.interp(z, bins, grown)


def _round_limb(points: F64, t: F64, joints: tuple[F64, F64, F64]) -> F64:
    a, b, c = joints
    first, second = np.linalg.norm(b - a), np.linalg.norm(c - b)
    s = np.clip(t, -0.5, 2.5)[:, None]
    axis = np.where(s < 1, a + (b - a) * s, b + (c - b) * (s - 1))
    out = points - axis
    bone = np.where(s < 1, (b - a) / first, (c - b) / second)
    front = np.array([0.0, -1.0, 0.0]) - bone * -bone[:, 1:2]
    front /= np.linalg.norm(front, axis=1, keepdims=True)
    side = np.cross(bone, front)
    turn = np.arctan2((out * side).sum(axis=1), (out * front).sum(axis=1))
    metres = np.where(t < 1, t * first, first + (t - 1) * second)
    return np.stack([turn * LIMB_R, -metres], axis=1)


def cloth_piece(
    part: str, sheet: Sheet, shape: BodyShape, tile: int, shade: F64, roughness: float, in_legs: bool = False
) -> Piece:
    """A garment's piece with its pattern wrapped on: each triangle is moved by whole periods onto the tile."""
    place, on_trunk, limb = cloth_place(sheet, shape, in_legs)
    # A triangle across a seam belongs to the trunk.
    mixed = np.ptp(limb[sheet.faces], axis=1) > 0
    corner = np.where(mixed[:, None, None], on_trunk[sheet.faces], place[sheet.faces])
    around = np.where((limb[sheet.faces[:, 0]] == 0) | mixed, TRUNK_R, LIMB_R) * 2 * np.pi
    wraps = np.ptp(corner[..., 0], axis=1) > around / 2
    corner[..., 0] += np.where(wraps[:, None] & (corner[..., 0] < 0), around[:, None], 0.0)
    shift = np.floor(corner.min(axis=1) / PERIOD_M)
    inside = (corner - shift[:, None] * PERIOD_M) / TILE_M
    steps = np.round(inside * 4096).astype(np.int64)
    key = ((sheet.faces << 30) + (steps[..., 0] << 15) + steps[..., 1]).ravel()
    _, first, inverse = np.unique(key, return_index=True, return_inverse=True)
    source = sheet.faces.ravel()[first]
    split = sheet.mixed(selection(source, len(sheet.rest)), inverse.reshape(-1, 3))
    color = np.clip(np.ones((len(source), 3)) * shade[source][:, None], 0, 1)
    return piece(part, split, color, roughness, tile_uv(tile, inside.reshape(-1, 2)[first]))
