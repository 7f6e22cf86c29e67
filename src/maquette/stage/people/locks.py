"""Locks of hair as tapering, slightly domed ribbons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy.ndimage import gaussian_filter
from scipy.spatial import KDTree

from maquette.stage.people.garment_regions import arm_share, tights
from maquette.stage.people.piece import HAIR, TILE, Piece, piece, tile_uv
from maquette.stage.people.rig import BodyShape, load_rig
from maquette.stage.people.sheet import F64, I64, Sheet, Sparse, smooth_step, sparse


@dataclass(frozen=True, eq=False)
class Locks:
    """Spines of locks in the rest pose."""

    path: F64
    """(N, R, 3) metres"""
    facing: F64
    """(N, R, 3) away from the head"""
    base_width: float
    template: F64
    """(N, 3) template place of the roots"""
    dome: float = 0.30
    """How far a lock's ridge stands out of its edges, as a share of its width: ribbons lie flat, curls are round."""

    def joined(self, other: Locks) -> Locks:
        rows = max(self.path.shape[1], other.path.shape[1])
        a, b = self.resampled(rows), other.resampled(rows)
        return replace(
            a,
            path=np.concatenate([a.path, b.path]),
            facing=np.concatenate([a.facing, b.facing]),
            template=np.concatenate([a.template, b.template]),
        )

    def resampled(self, rows: int) -> Locks:
        """The same locks with another number of points."""
        old = self.path.shape[1]
        if rows == old:
            return self
        at = np.linspace(0, old - 1, rows)
        low = np.minimum(at.astype(int), old - 2)
        t = (at - low)[None, :, None]

        def between(values: F64) -> F64:
            return values[:, low] * (1 - t) + values[:, low + 1] * t

        return replace(self, path=between(self.path), facing=between(self.facing))

    def curled(self, radius: float, rng: np.random.Generator, turns_per_m: float) -> Locks:
        """Wind every lock into a helix round its own path."""
        fine = self.resampled(12)
        n, rows = fine.path.shape[:2]
        along = _tangents(fine.path)
        across = np.cross(along, fine.facing)
        across /= np.maximum(np.linalg.norm(across, axis=2, keepdims=True), 1e-9)
        third = np.cross(across, along)
        length = np.linalg.norm(np.diff(fine.path, axis=1), axis=2).sum(axis=1)
        turn = (
            rng.uniform(0, 2 * np.pi, n)[:, None]
            + np.linspace(0, 1, rows) * (length * turns_per_m * 6.28)[:, None] * (rng.choice([-1.0, 1.0], n)[:, None])
        )
        r = radius * rng.uniform(0.6, 1.3, n)[:, None] * np.linspace(0.3, 1.1, rows)
        ring = across * np.cos(turn)[..., None] + third * np.sin(turn)[..., None]
        return replace(fine, path=fine.path + ring * r[..., None], facing=fine.facing * 0.4 + ring * 0.8)


def _tangents(path: F64) -> F64:
    along = np.gradient(path, axis=1)
    return along / np.maximum(np.linalg.norm(along, axis=2, keepdims=True), 1e-9)


def lock_piece(part: str, locks: Locks, shape: BodyShape, color: Sequence[float], seed: int) -> Piece:
    """Ribbons along the locks: (5 columns domed, tapering to a point), each in its own shade."""
    rng = np.random.default_rng([seed, 101])
    n, rows = locks.path.shape[:2]
    along = _tangents(locks.path)
    side = np.cross(along, locks.facing)
    side /= np.maximum(np.linalg.norm(side, axis=2, keepdims=True), 1e-9)
    up = np.cross(side, along)
    t = np.linspace(0, 1, rows)
    taper = np.interp(t, [0, 0.12, 0.55, 0.85, 1.0], [0.20, 1.0, 0.95, 0.70, 0.16])
    width = locks.base_width * rng.uniform(0.65, 1.25, n)[:, None] * taper
    across = np.array([-1.0, 0.0, 1.0])
    dome = np.array([0.0, locks.dome, 0.0])
    points = (
        locks.path[:, :, None]
        + side[:, :, None] * (0.5 * width[:, :, None] * across)[..., None]
        + up[:, :, None] * (width[:, :, None] * dome)[..., None]
    )
    columns = len(across)
    facing = locks.facing / np.maximum(np.linalg.norm(locks.facing, axis=2, keepdims=True), 1e-9)
    # Shaded as one soft volume, with a little of each lock's own roundness.
    shading = facing[:, :, None] + side[:, :, None] * (1.6 * locks.dome * across)[:, None]
    shading /= np.linalg.norm(shading, axis=3, keepdims=True)
    one = ribbon_faces(rows, columns)
    faces = (one[None] + (np.arange(n) * rows * columns)[:, None, None]).reshape(-1, 3)
    flat = points.reshape(-1, 3)
    sheet = Sheet(faces, flat, np.repeat(locks.template, rows * columns, axis=0), held_by_head(flat, shape))
    start = rng.uniform(0.02, 0.75, (n, 1, 1))
    u = start + 0.22 * (across + 1) / 2 * np.ones((n, rows, 1))
    v = np.broadcast_to((rng.uniform(0, 0.3, (n, 1)) + 0.65 * t)[..., None], (n, rows, columns))
    uv = tile_uv(HAIR, np.stack([u, v], axis=-1).reshape(-1, 2))
    tone = rng.normal(1.0, 0.075, (n, 1, 1)) * np.interp(t, [0, 0.35, 1], [0.80, 1.0, 1.07])[None, :, None]
    warm = 1 + rng.normal(0, 0.04, (n, 1, 1, 1)) * np.array([1.0, 0.2, -0.6])
    rgb = np.asarray(color, np.float64) * np.clip(tone, 0.5, 1.5)[..., None] * warm * 1.18
    rgb = np.broadcast_to(rgb, (n, rows, columns, 3)).reshape(-1, 3)
    made = piece(part, sheet, np.clip(rgb, 0, 1), 0.50, uv, shading.reshape(-1, 3))
    return replace(made, lock=np.repeat(np.arange(n), rows * columns), ribbon=(rows, columns))


def ribbon_faces(rows: int, columns: int) -> I64:
    """(F, 3) faces of one lock, whose vertices go row by row."""
    r, c = np.meshgrid(np.arange(rows - 1), np.arange(columns - 1), indexing="ij")
    a = (r * columns + c).ravel()
    quads = np.stack([a, a + columns, a + columns + 1, a + 1], axis=1)
    return np.stack([quads[:, [0, 2, 1]], quads[:, [0, 3, 2]]], axis=1).reshape(-1, 3)


def held_by_head(points: F64, shape: BodyShape) -> Sparse:
    """(N, B) the head carries what is above the chin; below, neck and shoulders take over."""
    rig = load_rig()
    chin = shape.heads[rig.bone_index["head"], 2]
    shoulder = shape.heads[rig.bone_index["upperarm01.L"], 2]
    share = 0.85 * smooth_step(chin - 0.1 * (chin - shoulder), shoulder - 0.02, points[:, 2])
    head = sparse.csr_matrix(
        (1 - share, (np.arange(len(points)), np.full(len(points), rig.bone_index["head"]))),
        shape=(len(points), len(rig.bones)),
    )
    if share.max() <= 0:
        return head
    base = tights(shape)
    able = np.flatnonzero((arm_share(base.skin) < 0.15) & (base.template[:, 2] > 0.25))
    distance, near = KDTree(base.rest[able]).query(points, k=8)
    w = 1 / (distance + 0.03) ** 2
    w = w / w.sum(axis=1, keepdims=True) * share[:, None]
    rows = np.repeat(np.arange(len(points)), 8)
    mix = sparse.csr_matrix((w.ravel(), (rows, able[near].ravel())), shape=(len(points), len(base.rest)))
    return (head + mix @ base.skin).tocsr()


def hair_tile(seed: int) -> F64:
    """(256, 256, 3) strands: streaks along v that multiply the hair's colour."""
    rng = np.random.default_rng([seed, 102])
    fine = gaussian_filter(rng.normal(size=(TILE, TILE)), (26, 0.8))
    broad = gaussian_filter(rng.normal(size=(TILE, TILE)), (60, 4.0))
    streaks = 0.84 + 0.13 * fine / fine.std() + 0.09 * broad / broad.std()
    return np.repeat(np.clip(streaks, 0.30, 1.0)[..., None], 3, axis=2)
