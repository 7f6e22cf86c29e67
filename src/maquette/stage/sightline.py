"""What stands in the camera's way: wild walls are taken out, the camera steps around furniture."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import Body, PlacedCamera, SetPlan

Vec = NDArray[np.float64]


def wild_bodies(plan: SetPlan, camera: PlacedCamera, targets: Sequence[Vec]) -> tuple[str, ...]:
    """Names of walls (and what hangs on them, and the ceiling) that stand between the camera and what it looks at.

    A wall that the camera stands outside of or within 0.25 m of goes as a whole, as on a real set.
    """
    position = np.array(camera.position)
    gone: list[str] = []
    walls = {b.name for b in plan.bodies if b.name.startswith("wall/") and b.name.count("/") == 1}
    for name in sorted(walls | {"set/ceiling"}):
        body = next((b for b in plan.bodies if b.name == name), None)
        if body is None:
            continue
        low, high = body.vertices.min(0).astype(float), body.vertices.max(0).astype(float)
        if _inside(position, low - 0.25, high + 0.25) or any(
            _segment_meets_box(position, t, low - 0.02, high + 0.02) for t in targets
        ):
            gone += [b.name for b in plan.bodies if b.name == name or b.name.startswith(name + "/")]
    return tuple(gone)


def _inside(point: Vec, low: Vec, high: Vec) -> bool:
    return bool(np.all(point >= low) and np.all(point <= high))


def _segment_meets_box(start: Vec, end: Vec, low: Vec, high: Vec) -> bool:
    """Slab test of a segment against an axis-aligned box (Kay and Kajiya 1986)."""
    direction = end - start
    near, far = 0.0, 1.0
    for axis in range(3):
        if abs(direction[axis]) < 1e-12:
            if not low[axis] <= start[axis] <= high[axis]:
                return False
            continue
        t0, t1 = sorted(((low[axis] - start[axis]) / direction[axis], (high[axis] - start[axis]) / direction[axis]))
        near, far = max(near, float(t0)), min(far, float(t1))
        if near > far:
            return False
    return True


_CLUSTER = 32
"""Triangles that are ruled out together."""
_LARGE_M = 0.4
"""Triangles above this radius make clusters of their own: one of them would blow up the sphere of thirty small ones."""


class Obstacles:
    """Triangles of everything solid that is not the subject, for sight-line tests.

    They lie in clusters by where they are, so that a street's hundred thousands are ruled out by the thousand.
    """

    def __init__(self, bodies: Iterable[Body]) -> None:
        soup = [b.vertices[b.faces] for b in bodies if len(b.faces)]
        triangles = np.concatenate(soup).astype(np.float64) if soup else np.zeros((0, 3, 3))
        centers = triangles.mean(axis=1)
        spans = triangles - centers[:, None]
        radii = np.sqrt(np.einsum("tkd,tkd->tk", spans, spans).max(axis=1, initial=0.0))
        order = np.lexsort((_along_a_curve(centers), radii > _LARGE_M))
        self._triangles, self._centers, self._radii = triangles[order], centers[order], radii[order]
        self._starts = np.arange(0, len(order), _CLUSTER)
        self._middles, self._reaches = self._clustered()

    def _clustered(self) -> tuple[Vec, Vec]:
        """(C, 3) middle and (C,) radius of a sphere around each cluster."""
        if not len(self._triangles):
            return np.zeros((0, 3)), np.zeros(0)
        counts = np.diff(np.append(self._starts, len(self._centers)))
        middles = np.add.reduceat(self._centers, self._starts, axis=0) / counts[:, None]
        far = np.linalg.norm(self._centers - np.repeat(middles, counts, axis=0), axis=1) + self._radii
        return middles, np.maximum.reduceat(far, self._starts)

    def blocked_share(self, eye: Vec, targets: Vec) -> float:
        """Share of the (N, 3) targets that the eye cannot see, 0..1."""
        if not len(self._triangles):
            return 0.0
        middle = targets.mean(axis=0)
        reach = float(np.linalg.norm(targets - middle, axis=1).max()) if len(targets) > 1 else 0.0
        triangles = self.near_segment(eye, middle, reach)
        return float(_blocked(eye, targets, triangles).mean()) if len(triangles) else 0.0

    def crowded(self, eye: Vec, clearance_m: float) -> bool:
        """Something is closer to the lens than `clearance_m`."""
        if not len(self._triangles):
            return False
        near = self._of(_within(self._middles - eye, self._reaches + clearance_m))
        near = near[_within(self._centers[near] - eye, self._radii[near] + clearance_m)]
        return bool(np.any(_point_triangle_close(eye, self._triangles[near], clearance_m)))

    def near_segment(self, start: Vec, end: Vec, reach: float) -> NDArray[np.float64]:
        """Triangles that come near the cone from `start` to a disc of radius `reach` around `end`."""
        axis = end - start
        length = max(float(np.linalg.norm(axis)), 1e-9)
        axis = axis / length

        def meets(centers: Vec, radii: Vec, slack: float) -> NDArray[np.bool_]:
            offset = centers - start
            along = np.clip(offset @ axis, 0, length)
            offset -= along[:, None] * axis
            return _within(offset, radii + reach * along / length + slack)

        # A cluster's nearest point of the axis is not its triangles': the cone may be wider there by its slope.
        near = self._of(meets(self._middles, self._reaches * (1 + reach / length), 0.011))
        return self._triangles[near[meets(self._centers[near], self._radii[near], 0.01)]]

    def _of(self, clusters: NDArray[np.bool_]) -> NDArray[np.intp]:
        """Indices of all triangles in the chosen clusters."""
        near = (self._starts[clusters][:, None] + np.arange(_CLUSTER)).ravel()
        return near[near < len(self._triangles)]


def _within(offsets: Vec, radii: Vec) -> NDArray[np.bool_]:
    return np.einsum("td,td->t", offsets, offsets) <= radii**2


def _along_a_curve(points: Vec) -> NDArray[np.int64]:
    """(N,) place of each (N, 3) point along a Z-order curve (Morton 1966) of 1024 steps an axis: near ones are mostly
    near on it."""
    if not len(points):
        return np.zeros(0, np.int64)
    low, size = points.min(axis=0), max(float(np.ptp(points, axis=0).max()), 1e-9)
    cells = np.minimum((points - low) / size * 1024, 1023).astype(np.int64)
    code = np.zeros(len(points), np.int64)
    for bit in range(10):
        for axis in range(3):
            code |= ((cells[:, axis] >> bit) & 1) << (3 * bit + axis)
    return code


def _blocked(eye: Vec, targets: Vec, triangles: NDArray[np.float64]) -> NDArray[np.bool_]:
    """(N,) whether a triangle stands between the eye and each target; the last 3 cm before it do not count.

    Moeller and Trumbore (1997), with the triple products turned so that what belongs to eye and triangle is multiplied
    once and all directions are one matrix.
    """
    a, e1, e2 = triangles[:, 0], triangles[:, 1] - triangles[:, 0], triangles[:, 2] - triangles[:, 0]
    offset = eye - a
    q = _cross(offset, e1)
    directions = targets - eye
    lengths = np.maximum(np.linalg.norm(directions, axis=1), 1e-9)[:, None]
    det = directions @ _cross(e2, e1).T
    flat = np.abs(det) < 1e-14
    inverse = 1 / np.where(flat, np.inf, det)
    u = directions @ _cross(e2, offset).T * inverse
    v = directions @ q.T * inverse
    t = np.einsum("td,td->t", e2, q) * inverse
    hit = ~flat & (u >= 0) & (v >= 0) & (u + v <= 1) & (t > 1e-4) & (t < 1 - 0.03 / lengths)
    return hit.any(axis=1)


def _cross(a: Vec, b: NDArray[np.float64]) -> NDArray[np.float64]:
    """(T, 3) cross product; numpy's own spends most of its time on arguments."""
    x, y, z = a[..., 0], a[..., 1], a[..., 2]
    return np.stack([y * b[:, 2] - z * b[:, 1], z * b[:, 0] - x * b[:, 2], x * b[:, 1] - y * b[:, 0]], axis=1)


def _point_triangle_close(point: Vec, triangles: NDArray[np.float64], clearance_m: float) -> NDArray[np.bool_]:
    """Whether each triangle comes within the clearance, by a 15-point sampling of its area."""
    if not len(triangles):
        return np.zeros(0, bool)
    steps = [(i / 4, j / 4) for i in range(5) for j in range(5 - i)]
    weights = np.array([(1 - i - j, i, j) for i, j in steps])
    samples = np.einsum("sk,tkd->tsd", weights, triangles)
    return np.linalg.norm(samples - point, axis=2).min(axis=1) < clearance_m
