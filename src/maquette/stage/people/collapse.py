"""Triangle surfaces with fewer triangles: edges are collapsed where that moves the surface least.

Quadric error metrics (Garland and Heckbert 1997), with collapses onto vertices that are there: what is kept is kept as
it was, so whatever hangs on a vertex (skinning, colour, place on a texture) stays exact. Many collapses that cannot
meet are done at once.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maquette.stage.people.sheet import F64, I64

Bool = NDArray[np.bool_]

SAME_PLACE_M = 2e-5
"""Vertices nearer to one another are at one place."""
LONGEST = 20.0
"""Edges that collapse are at most this many tolerances long: what bends is bent in many places."""
LEAST_COSINE = 0.6
"""Between a triangle's normals before and after: none folds over."""
FEATURE_SHARE = 0.25
"""Metres that count for each metre of an edge whose ends differ by 1 in a feature."""
MOST_ROUNDS = 24
LEAST_GAIN = 0.004
"""Share of the vertices that a round must take away for another one to be worth it."""


@dataclass(frozen=True, eq=False)
class _Bends:
    """How far the surface around each vertex is from its planes: sums over its faces, weighted by area."""

    planes: F64
    """(N, 10) upper half of the symmetric 4 x 4 quadric."""
    area: F64

    @classmethod
    def of(cls, faces: I64, points: F64) -> _Bends:
        normal, double = _facets(points[faces])
        plane = np.concatenate([normal, -(normal * points[faces[:, 0]]).sum(axis=1, keepdims=True)], axis=1)
        one = plane[:, _ROW] * plane[:, _COLUMN] * double[:, None]
        count = len(points)
        corner = faces.ravel()

        def gathered(values: F64) -> F64:
            return np.bincount(corner, np.repeat(values, 3), count).astype(np.float64)

        return cls(np.stack([gathered(one[:, i]) for i in range(10)], axis=1), gathered(double))

    def squared(self, moved: I64, onto: I64, points: F64) -> F64:
        """(E,) mean square distance of a point from the planes around both ends of an edge."""
        at = np.concatenate([points[onto], np.ones((len(onto), 1))], axis=1)
        terms = at[:, _ROW] * at[:, _COLUMN] * _TWICE
        total = (terms * (self.planes[moved] + self.planes[onto])).sum(axis=1)
        return np.maximum(total, 0) / np.maximum(self.area[moved] + self.area[onto], 1e-20)

    def merge(self, moved: I64, onto: I64) -> None:
        """What was around one vertex is now around the other."""
        np.add.at(self.planes, onto, self.planes[moved])
        np.add.at(self.area, onto, self.area[moved])


_ROW, _COLUMN = np.triu_indices(4)
_TWICE = np.where(_ROW == _COLUMN, 1.0, 2.0)


def collapsed(faces: I64, points: F64, tolerance_m: F64, features: F64) -> tuple[I64, I64]:
    """Fewer (F', 3) faces over the same vertices (N, 3), and the (N',) vertices that they use.

    tolerance_m: (N,) metres by which the surface may be off at each. features: (N, K), in which the ends of an edge
    that collapses must not differ much. Open edges stay as they are. Along a seam, where vertices of several patches
    lie at one place, the patches change together, so nothing parts.
    """
    _, first, place = np.unique(np.round(points / SAME_PLACE_M), axis=0, return_index=True, return_inverse=True)
    surface = _Surface(faces, place.ravel(), points[first], tolerance_m[first], features[first])
    bends = _Bends.of(surface.place[faces], surface.points)
    for _ in range(MOST_ROUNDS):
        moved, onto = _chosen(surface, bends)
        if len(moved) < max(LEAST_GAIN * len(surface.faces) / 2, 1):
            break
        bends.merge(moved, onto)
        surface = surface.with_moved(moved, onto)
    return surface.faces, np.unique(surface.faces)


@dataclass(frozen=True, eq=False)
class _Surface:
    """Faces between vertices, and the places that these lie at; P places."""

    faces: I64
    place: I64
    """(N,) number of each vertex's place."""
    points: F64
    """(P, 3)"""
    tolerance_m: F64
    features: F64

    def edges(self) -> tuple[I64, I64]:
        """(E, 2) all edges between vertices in both directions, each once."""
        both = np.concatenate([self.faces[:, [i, j]] for i in range(3) for j in range(3) if i != j])
        count = len(self.place)
        key = np.unique(both[:, 0] * count + both[:, 1])
        return key // count, key % count

    def fixed(self) -> Bool:
        """(P,) places on open edges, and on those where more than two faces meet."""
        at = self.place[self.faces]
        edges = np.sort(np.concatenate([at[:, [i, (i + 1) % 3]] for i in range(3)]), axis=1)
        key, uses = np.unique(edges[:, 0] * len(self.points) + edges[:, 1], return_counts=True)
        odd = key[uses != 2]
        found = np.zeros(len(self.points), bool)
        found[odd // len(self.points)] = True
        found[odd % len(self.points)] = True
        return found

    def movable(self) -> tuple[I64, I64]:
        """Pairs of neighbouring places of which the first may go to the second: each vertex of the one has an edge to
        just one vertex of the other."""
        start, end = self.edges()
        count = len(self.points)
        pair, ends = np.unique(start * count + self.place[end], return_counts=True)
        vertex, goal = pair // count, pair % count
        at = self.place[vertex]
        key, which = np.unique(at * count + goal, return_inverse=True)
        able = np.bincount(which, ends == 1)
        vertices = np.bincount(self.place[np.unique(self.faces)], minlength=count)
        good = (able == vertices[key // count]) & ~self.fixed()[key // count]
        return key[good] // count, key[good] % count

    def with_moved(self, moved: I64, onto: I64) -> _Surface:
        """The surface with places gone to others."""
        goal = np.full(len(self.points), -1)
        goal[moved] = onto
        start, end = self.edges()
        goes = goal[self.place[start]] == self.place[end]
        renamed = np.arange(len(self.place))
        renamed[start[goes]] = end[goes]
        faces = renamed[self.faces]
        at = self.place[faces]
        return replace(self, faces=faces[(at != np.roll(at, 1, axis=1)).all(axis=1)])


def _chosen(surface: _Surface, bends: _Bends) -> tuple[I64, I64]:
    """Places that go, and those that they go to: none is a neighbour of another that goes."""
    points, features, tolerance_m = surface.points, surface.features, surface.tolerance_m
    moved, onto = surface.movable()
    edge = np.linalg.norm(points[moved] - points[onto], axis=1)
    apart = np.linalg.norm(features[moved] - features[onto], axis=1)
    cost = np.sqrt(bends.squared(moved, onto, points)) + FEATURE_SHARE * edge * apart
    cost /= tolerance_m[moved]
    long = edge / (LONGEST * tolerance_m[moved])
    able = np.maximum(cost, long) < 1
    # A tie goes to the shorter edge, so that no long splinters come to be.
    cost = np.maximum(cost, long) + 0.2 * long
    moved, onto, cost = moved[able], onto[able], cost[able]
    order = np.lexsort((onto, cost, moved))
    moved, first = np.unique(moved[order], return_index=True)
    onto, cost = onto[order][first], cost[order][first]
    at = surface.place[surface.faces]
    good = _sound(at, points, moved, onto)
    moved, onto, cost = moved[good], onto[good], cost[good]
    rank = np.full(len(points), len(points))
    # Those that cost much the same go in no order: in one that follows the surface, each would wait for the one beside.
    shuffled = np.random.default_rng(0).permutation(len(moved))
    rank[moved[np.lexsort((shuffled, np.ceil(np.log2(np.maximum(cost, 1e-3)))))]] = np.arange(len(moved))
    least = rank.copy()
    for i in range(3):
        for j in range(3):
            np.minimum.at(least, at[:, i], rank[at[:, j]])
    alone = least[moved] == rank[moved]
    return moved[alone], onto[alone]


def _sound(faces: I64, points: F64, moved: I64, onto: I64) -> Bool:
    """Whether each collapse leaves a surface: no face folds over, and the two ends share just two neighbours."""
    target = np.full(len(points), -1)
    target[moved] = onto
    corner = np.flatnonzero(target[faces.ravel()] >= 0)
    face, place = corner // 3, corner % 3
    ring = np.take_along_axis(faces[face], (place[:, None] + np.arange(3)) % 3, axis=1)
    goal = target[ring[:, 0]]
    stays = (ring[:, 1] != goal) & (ring[:, 2] != goal)
    ring, goal = ring[stays], goal[stays]
    before, _ = _facets(points[ring])
    after, double = _facets(np.stack([points[goal], points[ring[:, 1]], points[ring[:, 2]]], axis=1))
    folds = ((before * after).sum(axis=1) < LEAST_COSINE) | (double < 1e-14)
    bad = np.zeros(len(points), bool)
    bad[ring[folds, 0]] = True
    return ~bad[moved] & (_shared(faces, moved, onto, len(points)) == 2)


def _shared(faces: I64, moved: I64, onto: I64, count: int) -> I64:
    """How many neighbours the ends of each edge have in common."""
    both = np.concatenate([faces[:, [i, j]] for i in range(3) for j in range(3) if i != j])
    known = np.unique(both[:, 0] * count + both[:, 1])
    asked = np.full(count, -1)
    asked[moved] = np.arange(len(moved))
    start, end = known // count, known % count
    mine = asked[start] >= 0
    which, end = asked[start[mine]], end[mine]
    found = np.isin(onto[which] * count + end, known, kind="sort")
    return np.bincount(which, found, len(moved)).astype(np.int64)


def _facets(corners: F64) -> tuple[F64, F64]:
    """Unit normals and double areas of (F, 3, 3) triangles."""
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    double = np.linalg.norm(cross, axis=1)
    return cross / np.maximum(double, 1e-20)[:, None], double
