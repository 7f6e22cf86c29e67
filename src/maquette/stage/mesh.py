"""Solid primitives for sets and props: small meshes with colour, joined into one `Body`.

Everything is in metres, Z up. Primitives stand on z = 0 around the origin unless said otherwise; move them with
`Solid.moved`, `Solid.turned` and `Solid.scaled`. Flat-shaded solids carry split vertices and facet normals.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maquette.film.stage import Body, BodyKind, Texture

F32 = NDArray[np.float32]
U32 = NDArray[np.uint32]
Color = tuple[float, float, float]
"""Linear Rec. 709, 0..1."""


def srgb(text: str) -> Color:
    """Linear colour of an sRGB hex triplet such as "#8a5a3c"."""
    v = np.array([int(text[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    linear = np.where(v <= 0.04045, v / 12.92, ((v + 0.055) / 1.055) ** 2.4)
    return (float(linear[0]), float(linear[1]), float(linear[2]))


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
        normals=vertex_normals(v, f),
        color=np.broadcast_to(np.asarray(color, np.float32), (n, 3)).copy(),
        roughness=np.full(n, roughness, np.float32),
        metallic=np.zeros(n, np.float32),
        emission=np.zeros((n, 3), np.float32),
        part=part,
    )


def vertex_normals(vertices: F32, faces: U32) -> F32:
    """(V, 3) area-weighted unit normals."""
    a, b, c = (vertices[faces[:, i]] for i in range(3))
    cross = np.cross(b - a, c - a)
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
    h = np.asarray(size, float) / 2
    b = min(bevel, float(h.min()) * 0.49)
    if b <= 0:
        corners = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]) * h
    else:
        signs = np.array([[x, y, z] for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)])
        corners = np.concatenate([signs * (h - b * (1 - np.eye(3)[k])) for k in range(3)])
    return _convex(corners, color, roughness, part).moved(z=float(h[2]))


def _convex(points: NDArray[np.float64], color: Color, roughness: float, part: str) -> Solid:
    """The convex hull of a few points, flat-shaded, facing outwards."""
    from scipy.spatial import ConvexHull

    hull = ConvexHull(points)
    faces = hull.simplices.copy()
    a, b, c = (points[faces[:, i]] for i in range(3))
    inward = np.einsum("ij,ij->i", np.cross(b - a, c - a), hull.equations[:, :3]) < 0
    faces[inward] = faces[inward][:, ::-1]
    return solid(points, faces, color, roughness=roughness, part=part)


def lathe(
    profile: Sequence[tuple[float, float]],
    color: Color = (0.5, 0.5, 0.5),
    *,
    segments: int = 24,
    roughness: float = 0.5,
    smooth: bool = True,
    part: str = "",
) -> Solid:
    """A solid of revolution about z from (radius, z) points, listed from bottom to top of the outer side."""
    r, z = np.asarray(profile, float).T
    a = np.linspace(0, 2 * np.pi, segments, endpoint=False)
    rings = np.stack(
        [r[:, None] * np.cos(a), r[:, None] * np.sin(a), np.broadcast_to(z[:, None], (len(r), segments))], -1
    )
    faces: list[tuple[int, int, int]] = []
    for i in range(len(r) - 1):
        for j in range(segments):
            p, q = i * segments + j, i * segments + (j + 1) % segments
            faces += [(p, q, q + segments), (p, q + segments, p + segments)]
    return solid(rings.reshape(-1, 3), faces, color, roughness=roughness, smooth=smooth, part=part)


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
    e = 1e-4
    profile = [(0, 0), (radius - e, 0), (radius, 0), (radius, e), (radius, height - e), (radius, height),
               (radius - e, height), (0, height)]  # fmt: skip
    return lathe(profile, color, segments=segments, roughness=roughness, part=part)


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
