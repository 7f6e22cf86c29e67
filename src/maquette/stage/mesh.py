"""Solid primitives for sets and props: small meshes with colour, joined into one `Body`.

Everything is in metres, Z up. Primitives stand on z = 0 around the origin unless said otherwise; move them with
`Solid.moved`, `Solid.turned` and `Solid.scaled`. Flat-shaded solids carry split vertices and facet normals.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maquette.film.stage import Body, BodyKind, Texture
from maquette.imaging.color import srgb as srgb  # makers of sets and props take colours where they take solids

F32 = NDArray[np.float32]
U32 = NDArray[np.uint32]
Color = tuple[float, float, float]
"""Linear Rec. 709, 0..1."""


@dataclass(frozen=True, eq=False)
class Solid:
    """A mesh with per-vertex colour, roughness, metalness and emission, and one part name."""

    vertices: F32
    """(V, 3)"""
    faces: U32
    """(F, 3)"""
    normals: F32
    """(V, 3)"""
    color: F32
    """(V, 3)"""
    roughness: F32
    """(V,)"""
    metallic: F32
    """(V,)"""
    emission: F32
    """(V, 3)"""
    part: str = ""

    def moved(self, x: float = 0.0, y: float = 0.0, z: float = 0.0) -> Solid:
        return replace(self, vertices=(self.vertices + np.array([x, y, z])).astype(np.float32))

    def turned(self, z: float = 0.0, x: float = 0.0, y: float = 0.0) -> Solid:
        """Rotated about the origin by degrees about x, then y, then z."""
        m = rotation(z=z, x=x, y=y)
        return replace(
            self,
            vertices=(self.vertices @ m.T).astype(np.float32),
            normals=(self.normals @ m.T).astype(np.float32),
        )

    def scaled(self, x: float, y: float | None = None, z: float | None = None) -> Solid:
        s = np.array([x, x if y is None else y, x if z is None else z], dtype=np.float32)
        n = self.normals / s
        n /= np.maximum(np.linalg.norm(n, axis=1, keepdims=True), 1e-12)
        return replace(self, vertices=self.vertices * s, normals=n.astype(np.float32))

    def painted(self, color: Color | F32, roughness: float | None = None, part: str | None = None) -> Solid:
        n = len(self.vertices)
        return replace(
            self,
            color=np.broadcast_to(np.asarray(color, np.float32), (n, 3)).copy(),
            roughness=self.roughness if roughness is None else np.full(n, roughness, np.float32),
            part=self.part if part is None else part,
        )

    def glowing(self, radiance: Color) -> Solid:
        """Seen as bright by the camera; lights nothing (see `Body.emission`)."""
        return replace(self, emission=np.broadcast_to(np.asarray(radiance, np.float32), self.color.shape).copy())

    def metal(self, amount: float = 1.0, roughness: float = 0.35) -> Solid:
        n = len(self.vertices)
        return replace(self, metallic=np.full(n, amount, np.float32), roughness=np.full(n, roughness, np.float32))


def rotation(z: float = 0.0, x: float = 0.0, y: float = 0.0) -> NDArray[np.float64]:
    """(3, 3) rotation by degrees about x, then y, then z."""
    cx, cy, cz = np.cos(np.radians([x, y, z]))
    sx, sy, sz = np.sin(np.radians([x, y, z]))
    rx = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    ry = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    rz = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return rz @ ry @ rx


def solid(
    vertices: ArrayLike,
    faces: ArrayLike,
    color: Color = (0.5, 0.5, 0.5),
    *,
    roughness: float = 0.6,
    smooth: bool = False,
    part: str = "",
) -> Solid:
    """A solid from (V, 3) vertices and (F, 3) faces. Flat unless `smooth`: then normals are area-weighted means."""
    v = np.asarray(vertices, np.float32)
    f = np.asarray(faces, np.uint32)
    if not smooth:
        v = v[f.reshape(-1)]
        f = np.arange(len(v), dtype=np.uint32).reshape(-1, 3)
    n = len(v)
    return Solid(
        vertices=v,
        faces=f,
        normals=vertex_normals(v, f) if smooth else _facet_normals(v),
        color=np.broadcast_to(np.asarray(color, np.float32), (n, 3)).copy(),
        roughness=np.full(n, roughness, np.float32),
        metallic=np.zeros(n, np.float32),
        emission=np.zeros((n, 3), np.float32),
        part=part,
    )


def _facet_normals(corners: F32) -> F32:
    """(3 F, 3) unit normals of triangles given as consecutive corners."""
    a, b, c = corners[0::3].astype(np.float64), corners[1::3], corners[2::3]
    cross = _cross(b - a, c - a)
    length = np.sqrt((cross**2).sum(1, keepdims=True))
    return np.repeat((cross / np.maximum(length, 1e-20)).astype(np.float32), 3, axis=0)


def _cross(a: NDArray[np.floating], b: NDArray[np.floating]) -> NDArray[np.floating]:
    """Row-wise cross product, several times faster than `np.cross` on small meshes."""
    (ax, ay, az), (bx, by, bz) = a.T, b.T
    return np.stack([ay * bz - az * by, az * bx - ax * bz, ax * by - ay * bx], axis=1)


def vertex_normals(vertices: F32, faces: U32) -> F32:
    """(V, 3) area-weighted unit normals."""
    a, b, c = (vertices[faces[:, i]] for i in range(3))
    cross = _cross(b - a, c - a)
    normals = np.zeros((len(vertices), 3), np.float64)
    for i in range(3):
        for axis in range(3):
            normals[:, axis] += np.bincount(faces[:, i], weights=cross[:, axis], minlength=len(vertices))
    return (normals / np.maximum(np.linalg.norm(normals, axis=1, keepdims=True), 1e-20)).astype(np.float32)


def box(
    size: tuple[float, float, float],
    color: Color = (0.5, 0.5, 0.5),
    *,
    bevel: float = 0.0,
    roughness: float = 0.6,
    part: str = "",
) -> Solid:
    """A box (x, y, z extents) standing on z = 0, centred in x and y. `bevel`: width of chamfered edges, metres."""
    return boxes([(0.0, 0.0, 0.0)], [size], color, bevel=bevel, roughness=roughness, part=part)


def boxes(
    feet: ArrayLike,
    sizes: ArrayLike,
    colors: ArrayLike = (0.5, 0.5, 0.5),
    *,
    bevel: float = 0.0,
    roughness: float = 0.6,
    part: str = "",
) -> Solid:
    """Many boxes as one solid: books, slats, tiles.

    `feet` (N, 3): middle of each lower face; `sizes` (N, 3); `colors` (3,) or (N, 3).
    """
    foot, size = np.asarray(feet, float), np.asarray(sizes, float)
    half = size / 2
    b = np.minimum(bevel, half.min(axis=1) * 0.49)[:, None]
    if bevel > 0:
        corners = np.concatenate([_SIGNS * (half - b * (1 - np.eye(3)[k]))[:, None, :] for k in range(3)], axis=1)
    else:
        corners = _SIGNS * half[:, None, :]
    corners += (foot + np.array([0, 0, 1]) * half)[:, None, :]
    template = _box_faces(bevel > 0)
    points = corners[:, template.reshape(-1)].reshape(-1, 3)
    result = solid(points, np.arange(len(points)).reshape(-1, 3), roughness=roughness, part=part)
    per_box = np.broadcast_to(np.asarray(colors, np.float32), (len(foot), 3))
    return result.painted(np.repeat(per_box, template.size, axis=0))


_SIGNS = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)], float)


@lru_cache(maxsize=2)
def _box_faces(beveled: bool) -> NDArray[np.int64]:
    """(F, 3) outward triangles over the corners of `boxes`; the same for every size, so the hull is taken once."""
    from scipy.spatial import ConvexHull

    points = np.concatenate([_SIGNS * (1 - 0.2 * (1 - np.eye(3)[k])) for k in range(3)]) if beveled else _SIGNS
    hull = ConvexHull(points)
    faces = hull.simplices.astype(np.int64)
    a, b, c = (points[faces[:, i]] for i in range(3))
    inward = np.einsum("ij,ij->i", np.cross(b - a, c - a), hull.equations[:, :3]) < 0
    faces[inward] = faces[inward][:, ::-1]
    return faces


def lathe(
    profile: Sequence[tuple[float, float]],
    color: Color = (0.5, 0.5, 0.5),
    *,
    segments: int = 24,
    roughness: float = 0.5,
    smooth: bool = True,
    crease_deg: float | None = None,
    part: str = "",
) -> Solid:
    """A solid of revolution about z from (radius, z) points, listed from bottom to top of the outer side.

    `crease_deg`: the profile is shaded as sharp where it turns by more than this.
    """
    p = np.asarray(profile, float)
    runs = _split_at_creases(p, crease_deg) if smooth and crease_deg is not None else [p]
    a = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    rings = [np.stack([r[:, :1] * np.cos(a), r[:, :1] * np.sin(a), r[:, 1:].repeat(segments, 1)], -1) for r in runs]
    return join([sheet(g, color, roughness=roughness, smooth=smooth, closed=True, part=part) for g in rings], part)


def _split_at_creases(p: NDArray[np.float64], crease_deg: float) -> list[NDArray[np.float64]]:
    """Runs of profile points between sharp corners."""
    d = np.diff(p, axis=0)
    d /= np.maximum(np.linalg.norm(d, axis=1, keepdims=True), 1e-12)
    sharp = np.flatnonzero((d[:-1] * d[1:]).sum(1) < np.cos(np.radians(crease_deg))) + 1
    cuts = [0, *sharp.tolist(), len(p) - 1]
    return [p[i : j + 1] for i, j in itertools.pairwise(cuts)]


def sheet(
    points: ArrayLike,
    color: Color = (0.5, 0.5, 0.5),
    *,
    thickness: float = 0.0,
    roughness: float = 0.8,
    smooth: bool = True,
    closed: bool = False,
    part: str = "",
) -> Solid:
    """A surface through an (M, N, 3) grid; its front is where N runs right and M runs up.

    `closed` joins the last column to the first. `thickness` adds a back, that far behind the front (cloth).
    """
    g = np.asarray(points, float)
    m, n = g.shape[:2]
    index = np.arange(m * n).reshape(m, n)
    right = np.roll(index, -1, axis=1) if closed else index[:, 1:]
    left = index if closed else index[:, :-1]
    p, q, r, t = left[:-1], right[:-1], right[1:], left[1:]
    faces = np.concatenate([np.stack([p, q, r], -1).reshape(-1, 3), np.stack([p, r, t], -1).reshape(-1, 3)])
    front = solid(g.reshape(-1, 3), faces, color, roughness=roughness, smooth=smooth, part=part)
    if thickness <= 0:
        return front
    back = solid(
        front.vertices - front.normals * thickness, front.faces[:, ::-1], color, roughness=roughness, smooth=smooth
    )
    return join([front, back], part)


def tube(
    path: ArrayLike,
    radius: float,
    color: Color = (0.5, 0.5, 0.5),
    *,
    segments: int = 10,
    closed: bool = False,
    roughness: float = 0.4,
    part: str = "",
) -> Solid:
    """A round bar along (N, 3) points: rails, taps, wheel rims. Open tubes get flat ends; `closed` makes a ring."""
    p = np.asarray(path, float)
    tangent = np.roll(p, -1, 0) - np.roll(p, 1, 0) if closed else np.gradient(p, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    side = np.cross(tangent[0], np.eye(3)[np.abs(tangent[0]).argmin()])
    a = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    rings = []
    for middle, t in zip(p, tangent, strict=True):
        side = side - t * (side @ t)
        side /= np.linalg.norm(side)
        rings.append(middle + radius * (np.outer(np.cos(a), side) + np.outer(np.sin(a), np.cross(t, side))))
    if closed:
        return sheet([*rings, rings[0]], color, closed=True, roughness=roughness, part=part)
    body = sheet(rings, color, closed=True, roughness=roughness, part=part)
    fan = np.array([[0, i, i + 1] for i in range(1, segments - 1)])
    ends = [
        solid(rings[0], fan[:, ::-1], color, roughness=roughness),
        solid(rings[-1], fan, color, roughness=roughness),
    ]
    return join([body, *ends], part)


@lru_cache(maxsize=8)
def _cube_grid(steps: int) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Points (V, 3) on the surface of the cube -1..1 and outward faces (F, 3); `steps` cells along each edge."""
    t = np.linspace(-1, 1, steps + 1)
    u, v = np.meshgrid(t, t)
    points, faces = [], []
    cell = np.arange((steps + 1) ** 2).reshape(steps + 1, steps + 1)
    p, q, r, s = cell[:-1, :-1], cell[:-1, 1:], cell[1:, 1:], cell[1:, :-1]
    one = np.concatenate([np.stack([p, q, r], -1).reshape(-1, 3), np.stack([p, r, s], -1).reshape(-1, 3)])
    for axis in range(3):
        for sign in (-1, 1):
            grid = np.empty((u.size, 3))
            grid[:, axis] = sign
            grid[:, (axis + 1) % 3], grid[:, (axis + 2) % 3] = u.ravel(), v.ravel()
            faces.append((one if sign > 0 else one[:, ::-1]) + len(points) * u.size)
            points.append(grid)
    every, index = np.unique(np.concatenate(points).round(9), axis=0, return_inverse=True)
    return every, index.reshape(-1)[np.concatenate(faces)]


def rounded_box(
    size: tuple[float, float, float],
    color: Color = (0.5, 0.5, 0.5),
    radius: float = 0.03,
    *,
    steps: int = 1,
    roughness: float = 0.8,
    part: str = "",
) -> Solid:
    """A box with round edges, smoothly shaded, standing on z = 0: upholstery, appliances. `steps` rows a rounding."""
    grid, faces = _cube_grid(2 * steps + 1)
    cells = np.round((grid + 1) / 2 * (2 * steps + 1))
    low, high = cells <= steps, cells > steps
    turn = np.where(low, cells - steps, cells - steps - 1) / steps
    direction = np.tan(turn * np.pi / 4)
    direction /= np.maximum(np.linalg.norm(direction, axis=1, keepdims=True), 1e-12)
    half = np.asarray(size, float) / 2
    r = min(radius, float(half.min()) * 0.98)
    points = np.where(high, 1, -1) * (half - r) + direction * r
    base = solid(points, faces, color, roughness=roughness, smooth=True, part=part)
    return replace(base, normals=direction.astype(np.float32)).moved(z=float(half[2]))


def cushion(
    size: tuple[float, float, float],
    color: Color = (0.5, 0.5, 0.5),
    *,
    corner: float = 5.0,
    edge: float = 2.4,
    steps: int = 8,
    roughness: float = 0.9,
    part: str = "",
) -> Solid:
    """A stuffed pillow lying on z = 0: a superellipsoid, thick in the middle, thin at its seams.

    `corner`: exponent of the outline (2 round, 8 nearly square); `edge`: of the section (1 a lens, 4 a mattress).
    """
    grid, faces = _cube_grid(steps)
    d = grid / np.linalg.norm(grid, axis=1, keepdims=True)
    flat = (np.abs(d[:, 0]) ** corner + np.abs(d[:, 1]) ** corner) ** (1 / corner)
    scale = 1 / (flat**edge + np.abs(d[:, 2]) ** edge) ** (1 / edge)
    half = np.asarray(size, float) / 2
    made = solid(d * scale[:, None] * half, faces, color, roughness=roughness, smooth=True, part=part)
    return made.moved(z=float(half[2]))


def prism(
    outline: ArrayLike,
    height: float,
    color: Color = (0.5, 0.5, 0.5),
    *,
    roughness: float = 0.6,
    part: str = "",
) -> Solid:
    """A straight extrusion of a simple polygon (N, 2), either way round, from z = 0 to `height`."""
    p = np.asarray(outline, float)
    q = np.roll(p, -1, axis=0)
    if float((p[:, 0] * q[:, 1] - q[:, 0] * p[:, 1]).sum()) < 0:
        p = p[::-1]
    n = len(p)
    ears = np.array(_ears(p))
    points = np.concatenate([np.column_stack([p, np.zeros(n)]), np.column_stack([p, np.full(n, height)])])
    i = np.arange(n)
    j = (i + 1) % n
    walls = np.concatenate([np.stack([i, j, j + n], -1), np.stack([i, j + n, i + n], -1)])
    return solid(points, np.concatenate([ears[:, ::-1], ears + n, walls]), color, roughness=roughness, part=part)


def _ears(p: NDArray[np.float64]) -> list[tuple[int, int, int]]:
    """Triangles of a simple counter-clockwise polygon by ear clipping."""

    def turn(a: int, b: int, c: int) -> float:
        return float((p[b, 0] - p[a, 0]) * (p[c, 1] - p[a, 1]) - (p[b, 1] - p[a, 1]) * (p[c, 0] - p[a, 0]))

    left, ears = list(range(len(p))), []
    while len(left) > 3:
        for k in range(len(left)):
            a, b, c = left[k - 1], left[k], left[(k + 1) % len(left)]
            inside = (o for o in left if o not in (a, b, c))
            if turn(a, b, c) > 0 and not any(min(turn(a, b, o), turn(b, c, o), turn(c, a, o)) >= 0 for o in inside):
                break
        else:
            k = 0
            a, b, c = left[-1], left[0], left[1]
        ears.append((a, b, c))
        left.pop(k)
    return [*ears, (left[0], left[1], left[2])]


def join(solids: Iterable[Solid], part: str = "") -> Solid:
    """Several solids as one, with one part name."""
    items = list(solids)
    offsets = np.cumsum([0] + [len(s.vertices) for s in items[:-1]])
    return Solid(
        vertices=np.concatenate([s.vertices for s in items]),
        faces=np.concatenate([s.faces + np.uint32(o) for s, o in zip(items, offsets, strict=True)]).astype(np.uint32),
        normals=np.concatenate([s.normals for s in items]),
        color=np.concatenate([s.color for s in items]),
        roughness=np.concatenate([s.roughness for s in items]),
        metallic=np.concatenate([s.metallic for s in items]),
        emission=np.concatenate([s.emission for s in items]),
        part=part,
    )


def cylinder(
    radius: float,
    height: float,
    color: Color = (0.5, 0.5, 0.5),
    *,
    segments: int = 24,
    roughness: float = 0.5,
    part: str = "",
) -> Solid:
    """A closed cylinder standing on z = 0; its rims are sharp."""
    profile = [(0.0, 0.0), (radius, 0.0), (radius, height), (0.0, height)]
    return lathe(profile, color, segments=segments, roughness=roughness, crease_deg=30, part=part)


def sphere(radius: float, color: Color = (0.5, 0.5, 0.5), *, segments: int = 20, roughness: float = 0.5,
           part: str = "") -> Solid:  # fmt: skip
    """A sphere around the origin."""
    t = np.linspace(-np.pi / 2, np.pi / 2, segments // 2 + 1)
    return lathe(list(zip(radius * np.cos(t), radius * np.sin(t), strict=True)), color, segments=segments,
                 roughness=roughness, part=part)  # fmt: skip


def quad(corners: ArrayLike, color: Color = (0.5, 0.5, 0.5), *, roughness: float = 0.8, part: str = "") -> Solid:
    """A one-sided rectangle from 4 corners (4, 3), counter-clockwise seen from its front."""
    return solid(corners, [[0, 1, 2], [0, 2, 3]], color, roughness=roughness, part=part)


def assemble(name: str, kind: BodyKind, solids: Iterable[Solid], texture: Texture | None = None) -> Body:
    """One body of many solids. Solids with the same `part` share a part id. No uv: `texture` needs `uv` set after."""
    items = list(solids)
    names = tuple(dict.fromkeys(s.part for s in items))
    offsets = np.cumsum([0] + [len(s.vertices) for s in items[:-1]])
    emission = np.concatenate([s.emission for s in items])
    return Body(
        name=name,
        kind=kind,
        vertices=np.concatenate([s.vertices for s in items]),
        faces=np.concatenate([s.faces + np.uint32(o) for s, o in zip(items, offsets, strict=True)]).astype(np.uint32),
        base_color=np.concatenate([s.color for s in items]),
        roughness=np.concatenate([s.roughness for s in items]),
        normals=np.concatenate([s.normals for s in items]),
        metallic=np.concatenate([s.metallic for s in items]),
        emission=emission if emission.any() else None,
        parts=np.concatenate([np.full(len(s.vertices), names.index(s.part), np.uint16) for s in items]),
        part_names=names,
        texture=texture,
    )
