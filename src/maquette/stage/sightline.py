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


class Obstacles:
    """Triangles of everything solid that is not the subject, for sight-line tests."""

    def __init__(self, bodies: Iterable[Body]) -> None:
        soup = [b.vertices[b.faces].astype(np.float64) for b in bodies]
        self._triangles = np.concatenate(soup) if soup else np.zeros((0, 3, 3))
        self._centers = self._triangles.mean(axis=1)
        self._radii = np.linalg.norm(self._triangles - self._centers[:, None], axis=2).max(axis=1, initial=0.0)

    def blocked_share(self, eye: Vec, targets: Vec) -> float:
        """Share of the (N, 3) targets that the eye cannot see, 0..1."""
        if not len(self._triangles):
            return 0.0
        middle = targets.mean(axis=0)
        reach = float(np.linalg.norm(targets - middle, axis=1).max()) if len(targets) > 1 else 0.0
        close = self._near_segment(eye, middle, reach)
        return float(np.mean([self._hits(eye, t, close) for t in targets]))

    def crowded(self, eye: Vec, clearance_m: float) -> bool:
        """Something is closer to the lens than `clearance_m`."""
        if not len(self._triangles):
            return False
        near = np.linalg.norm(self._centers - eye, axis=1) < self._radii + clearance_m
        return bool(np.any(_point_triangle_close(eye, self._triangles[near], clearance_m)))

    def _near_segment(self, start: Vec, end: Vec, reach: float) -> NDArray[np.float64]:
        axis = end - start
        length = max(float(np.linalg.norm(axis)), 1e-9)
        axis = axis / length
        along = np.clip((self._centers - start) @ axis, 0, length)
        distance = np.linalg.norm(self._centers - (start + along[:, None] * axis), axis=1)
        return self._triangles[distance <= self._radii + reach * along / length + 0.01]

    @staticmethod
    def _hits(start: Vec, end: Vec, triangles: NDArray[np.float64]) -> bool:
        """Moeller and Trumbore (1997), all triangles at once; the last 3 cm before the target do not count."""
        direction = end - start
        length = max(float(np.linalg.norm(direction)), 1e-9)
        a = triangles[:, 0]
        e1, e2 = triangles[:, 1] - a, triangles[:, 2] - a
        p = np.cross(direction, e2)
        det = np.einsum("ij,ij->i", e1, p)
        inverse = 1 / np.where(np.abs(det) < 1e-14, np.inf, det)
        offset = start - a
        u = np.einsum("ij,ij->i", offset, p) * inverse
        q = np.cross(offset, e1)
        v = q @ direction * inverse
        t = np.einsum("ij,ij->i", e2, q) * inverse
        hit = (np.abs(det) > 1e-14) & (u >= 0) & (v >= 0) & (u + v <= 1) & (t > 1e-4) & (t < 1 - 0.03 / length)
        return bool(hit.any())


def _point_triangle_close(point: Vec, triangles: NDArray[np.float64], clearance_m: float) -> NDArray[np.bool_]:
    """Whether each triangle comes within the clearance, by a 15-point sampling of its area."""
    if not len(triangles):
        return np.zeros(0, bool)
    steps = [(i / 4, j / 4) for i in range(5) for j in range(5 - i)]
    weights = np.array([(1 - i - j, i, j) for i, j in steps])
    samples = np.einsum("sk,tkd->tsd", weights, triangles)
    return np.linalg.norm(samples - point, axis=2).min(axis=1) < clearance_m
