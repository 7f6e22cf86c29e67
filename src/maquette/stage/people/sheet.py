"""Sheets: surfaces cut from the rig's mesh that skinning carries along, and the few mesh operations dressing needs.

Every operation (subdivide, clip) is a sparse matrix over vertices, so one call moves rest places, template places and
skinning weights alike. Template coordinates are those of MakeHuman's base mesh (metres, Z up, facing -Y, the same for
every body): regions are chosen there, so a sleeve ends at the same place on a child and on a giant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import sparse as _scipy_sparse

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
I64 = NDArray[np.int64]
Sparse = Any
"""A scipy csr_matrix: scipy's own annotations mix arrays and matrices, so a checker learns nothing from them."""
sparse: Any = _scipy_sparse


@dataclass(frozen=True, eq=False)
class Sheet:
    """A triangle surface in the rest pose, bound to the skeleton."""

    faces: I64
    """(F, 3), counter-clockwise seen from outside."""
    rest: F64
    """(N, 3) metres, the identity's rest pose."""
    template: F64
    """(N, 3) metres, base mesh."""
    skin: Sparse
    """(N, B) bone weights, rows sum to 1."""
    face_mix: Sparse | None = None
    """(N, V) mix of rig vertices whose facial-action offsets move this vertex; None: the face does not move it."""

    def mixed(self, matrix: Sparse, faces: I64) -> Sheet:
        """The sheet whose vertices are `matrix` (N', N) times mine."""
        mix = None if self.face_mix is None else (matrix @ self.face_mix).tocsr()
        skin = (matrix @ self.skin).tocsr()
        return Sheet(faces, matrix @ self.rest, matrix @ self.template, skin, mix)

    def moved(self, rest: F64) -> Sheet:
        return replace(self, rest=np.asarray(rest, np.float64))

    def kept(self, keep_faces: NDArray[np.bool_]) -> Sheet:
        """Only these faces, without the vertices nobody uses."""
        used, faces = np.unique(self.faces[keep_faces], return_inverse=True)
        return self.mixed(selection(used, len(self.rest)), faces.reshape(-1, 3))

    def clipped(self, field: ArrayLike) -> Sheet:
        """The part where the per-vertex `field` (N,) is positive, cut cleanly along its zero line."""
        matrix, faces = clip(self.faces, np.asarray(field, np.float64))
        return self.mixed(matrix, faces)

    def normals(self) -> F64:
        return vertex_normals(self.rest, self.faces)

    def adjacency(self) -> Sparse:
        """(N, N) row-normalised neighbour matrix."""
        return neighbour_mean(self.faces, len(self.rest))


def selection(ids: ArrayLike, count: int) -> Sparse:
    """(len(ids), count) matrix that picks rows."""
    ids = np.asarray(ids, np.int64)
    shape = (len(ids), count)
    return sparse.csr_matrix((np.ones(len(ids)), (np.arange(len(ids)), ids)), shape=shape)


def triangulated(quads: ArrayLike) -> I64:
    """(2F, 3) of (F, 4)."""
    q = np.asarray(quads, np.int64)
    return np.stack([q[:, [0, 1, 2]], q[:, [0, 2, 3]]], axis=1).reshape(-1, 3)


def vertex_normals(points: F64, faces: I64) -> F64:
    """(N, 3) area-weighted unit normals."""
    tri = points[faces]
    flat = np.cross(tri[:, 1] - tri[:, 0], tri[:, 2] - tri[:, 0])
    total = np.zeros_like(points)
    for axis in range(3):
        total[:, axis] = np.bincount(faces.ravel(), weights=np.repeat(flat[:, axis], 3), minlength=len(points))
    return total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-12)


def neighbour_mean(faces: I64, count: int) -> Sparse:
    """(N, N) matrix that averages each vertex's neighbours (itself where it has none)."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    edges = np.concatenate([edges, edges[:, ::-1]])
    graph = sparse.csr_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=(count, count))
    graph.data[:] = 1.0
    degree = np.asarray(graph.sum(axis=1)).ravel()
    lonely = sparse.diags((degree == 0).astype(float))
    return (sparse.diags(1.0 / np.maximum(degree, 1.0)) @ graph + lonely).tocsr()


def smoothed(values: F64, mean: Sparse, rounds: int, strength: ArrayLike = 0.5) -> F64:
    """Laplacian smoothing of (N, ...) values; `strength` may be per vertex (0 holds it still)."""
    keep = np.asarray(strength, np.float64)
    keep = keep[:, None] if keep.ndim and values.ndim > 1 else keep
    for _ in range(rounds):
        values = values + keep * (mean @ values - values)
    return values


def boundary_edges(faces: I64) -> I64:
    """(E, 2) directed edges that only one face has, in that face's direction."""
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    span = int(faces.max()) + 1 if len(faces) else 1
    key = np.minimum(edges[:, 0], edges[:, 1]) * span + np.maximum(edges[:, 0], edges[:, 1])
    _, inverse, counts = np.unique(key, return_inverse=True, return_counts=True)
    return edges[counts[inverse.ravel()] == 1]


def rims_smoothed(points: F64, faces: I64, rounds: int) -> F64:
    """(N, 3) with open edges evened out along themselves."""
    edges = boundary_edges(faces)
    both = np.concatenate([edges, edges[:, ::-1]])
    graph = sparse.csr_matrix((np.ones(len(both)), (both[:, 0], both[:, 1])), shape=(len(points), len(points)))
    degree = np.asarray(graph.sum(axis=1)).ravel()
    on_rim = degree > 0
    mean = sparse.diags(1 / np.maximum(degree, 1)) @ graph
    for _ in range(rounds):
        points = np.where(on_rim[:, None], 0.5 * points + 0.5 * (mean @ points), points)
    return points


def boundary_loops(faces: I64) -> list[I64]:
    """Closed boundary loops as vertex ids in face direction, longest first."""
    following = {int(a): int(b) for a, b in boundary_edges(faces)}
    loops: list[I64] = []
    while following:
        start = min(following)
        loop, at = [start], following.pop(start)
        while at != start and at in following:
            loop.append(at)
            at = following.pop(at)
        if at == start and len(loop) > 2:
            loops.append(np.array(loop, np.int64))
    return sorted(loops, key=len, reverse=True)


def clip(faces: I64, field: F64) -> tuple[Sparse, I64]:
    """Cut triangles along field = 0 and keep the positive side: ((N', N) vertex matrix, faces)."""
    field = np.where(np.abs(field) < 1e-9, 1e-9, field)
    inside = field[faces] > 0
    count = inside.sum(axis=1)
    whole = faces[count == 3]
    one = _rotated(faces[count == 1], inside[count == 1], True)
    two = _rotated(faces[count == 2], inside[count == 2], False)
    cuts = np.concatenate([one[:, [0, 1]], one[:, [0, 2]], two[:, [0, 1]], two[:, [0, 2]]])
    keys, which = np.unique(cuts.min(axis=1) * len(field) + cuts.max(axis=1), return_inverse=True)
    pairs = np.stack([keys // len(field), keys % len(field)], axis=1)
    which = which.ravel() + len(field)
    n1, n2 = len(one), len(two)
    a, b = which[:n1], which[n1 : 2 * n1]
    c, d = which[2 * n1 : 2 * n1 + n2], which[2 * n1 + n2 :]
    pieces = [
        whole,
        np.stack([one[:, 0], a, b], axis=1),
        np.stack([two[:, 1], two[:, 2], d], axis=1),
        np.stack([two[:, 1], d, c], axis=1),
    ]
    new_faces = np.concatenate(pieces)
    f0, f1 = field[pairs[:, 0]], field[pairs[:, 1]]
    # Cuts stay off the corners, so that no sliver degenerates.
    t = np.clip(f0 / np.where(f0 == f1, 1.0, f0 - f1), 0.02, 0.98)
    rows = np.repeat(np.arange(len(pairs)), 2)
    shape = (len(pairs), len(field))
    cut = sparse.csr_matrix((np.stack([1 - t, t], axis=1).ravel(), (rows, pairs.ravel())), shape=shape)
    matrix = sparse.vstack([sparse.identity(len(field), format="csr"), cut]).tocsr()
    used, new_faces = np.unique(new_faces, return_inverse=True)
    return matrix[used], new_faces.reshape(-1, 3)


def _rotated(faces: I64, inside: NDArray[np.bool_], lone: bool) -> I64:
    """Faces turned so that the corner whose `inside` equals `lone` comes first."""
    first = np.argmax(inside == lone, axis=1) if len(faces) else np.zeros(0, np.int64)
    order = (first[:, None] + np.arange(3)) % 3
    return np.take_along_axis(faces, order, axis=1)


def catmull_clark(quads: ArrayLike, count: int) -> tuple[Sparse, I64]:
    """One Catmull-Clark step (Catmull and Clark 1978): ((N', count) matrix, (4F, 4) quads). Open edges stay put."""
    q = np.asarray(quads, np.int64)
    used, q = np.unique(q, return_inverse=True)
    q = q.reshape(-1, 4)
    nv, nf = len(used), len(q)
    directed = np.concatenate([q[:, [i, (i + 1) % 4]] for i in range(4)])
    owner = np.tile(np.arange(nf), 4)
    key = directed.min(axis=1) * nv + directed.max(axis=1)
    key, which, uses = np.unique(key, return_inverse=True, return_counts=True)
    edges = np.stack([key // nv, key % nv], axis=1)
    which = which.ravel()
    ne = len(edges)
    face_points = sparse.csr_matrix((np.full(4 * nf, 0.25), (np.repeat(np.arange(nf), 4), q.ravel())), shape=(nf, nv))
    ends = sparse.csr_matrix((np.full(2 * ne, 0.5), (np.repeat(np.arange(ne), 2), edges.ravel())), shape=(ne, nv))
    touching = sparse.csr_matrix((np.ones(4 * nf), (which, owner)), shape=(ne, nf))
    inner = (uses == 2).astype(float)
    by_face = sparse.diags(1.0 / np.maximum(uses, 1)) @ touching @ face_points
    edge_points = sparse.diags(1 - 0.5 * inner) @ ends + sparse.diags(0.5 * inner) @ by_face
    vertex_points = _moved_corners(q, edges, uses, ends, face_points, nv)
    local = sparse.vstack([vertex_points, edge_points, face_points]).tocsr()
    e = which.reshape(4, nf) + nv
    f = np.arange(nf) + nv + ne
    corners = [np.stack([q[:, i], e[i], f, e[(i + 3) % 4]], axis=1) for i in range(4)]
    matrix = (local @ selection(used, count)).tocsr()
    return matrix, np.stack(corners, axis=1).reshape(-1, 4)


def _moved_corners(q: I64, edges: I64, uses: I64, ends: Sparse, face_points: Sparse, nv: int) -> Sparse:
    nf, ne = len(q), len(edges)
    of_face = sparse.csr_matrix((np.ones(4 * nf), (q.ravel(), np.repeat(np.arange(nf), 4))), shape=(nv, nf))
    rim = uses == 1
    is_rim = np.zeros(nv, bool)
    is_rim[edges[rim].ravel()] = True
    of_edge = sparse.csr_matrix((np.ones(2 * ne), (edges.ravel(), np.repeat(np.arange(ne), 2))), shape=(nv, ne))
    valence = np.maximum(np.asarray(of_edge.sum(axis=1)).ravel(), 1.0)
    faces_around = np.maximum(np.asarray(of_face.sum(axis=1)).ravel(), 1.0)
    smooth = (
        sparse.diags(1 / (valence * faces_around)) @ of_face @ face_points
        + sparse.diags(2 / valence**2) @ of_edge @ ends
        + sparse.diags((valence - 3) / valence)
    )
    open_edge = of_edge @ sparse.diags(rim.astype(float))
    rims = np.maximum(np.asarray(open_edge.sum(axis=1)).ravel(), 1.0)
    crease = 0.5 * sparse.identity(nv) + sparse.diags(0.5 / rims) @ open_edge @ ends
    return (sparse.diags((~is_rim).astype(float)) @ smooth + sparse.diags(is_rim.astype(float)) @ crease).tocsr()


def grid_faces(rows: int, columns: int, closed: bool) -> I64:
    """Triangles of a rows x columns vertex grid (row-major); `closed` joins the last column to the first.

    Counter-clockwise seen from outside when rows go up and columns go counter-clockwise seen from above.
    """
    last = columns if closed else columns - 1
    r, c = np.meshgrid(np.arange(rows - 1), np.arange(last), indexing="ij")
    a = (r * columns + c).ravel()
    b = (r * columns + (c + 1) % columns).ravel()
    return triangulated(np.stack([a, b, b + columns, a + columns], axis=1))


def smooth_step(low: float | F64, high: float | F64, x: ArrayLike) -> F64:
    """0 below `low`, 1 above `high`, smooth between (low > high turns it round)."""
    t = np.clip((np.asarray(x, np.float64) - low) / (high - low), 0.0, 1.0)
    return t * t * (3 - 2 * t)


def wave_noise(points: F64, seed: int, wavelength: float, octaves: int = 3) -> F64:
    """(N,) smooth band-limited noise of (N, 3) points, about -1..1: a sum of random sine waves."""
    rng = np.random.default_rng(seed)
    total = np.zeros(len(points))
    for octave in range(octaves):
        direction = rng.normal(size=(6, 3))
        direction /= np.linalg.norm(direction, axis=1, keepdims=True)
        phase = rng.uniform(0, 2 * np.pi, 6)
        scale = 2 * np.pi / wavelength * 2**octave * rng.uniform(0.7, 1.3, 6)
        total += np.sin(points @ (direction * scale[:, None]).T + phase).sum(axis=1) / (6**0.5 * 2**octave)
    return total / 1.5


def joined(sheets: Sequence[Sheet]) -> Sheet:
    """One sheet of several (none of them face-driven or all of them)."""
    offsets = np.cumsum([0, *(len(s.rest) for s in sheets)])
    mixes = [s.face_mix for s in sheets if s.face_mix is not None]
    return Sheet(
        np.concatenate([s.faces + o for s, o in zip(sheets, offsets, strict=False)]),
        np.concatenate([s.rest for s in sheets]),
        np.concatenate([s.template for s in sheets]),
        sparse.vstack([s.skin for s in sheets]).tocsr(),
        sparse.vstack(mixes).tocsr() if mixes else None,
    )
