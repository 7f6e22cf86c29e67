# pyright: reportAttributeAccessIssue=false, reportOperatorIssue=false, reportCallIssue=false
# Dr.Jit's stubs know neither swizzles nor arithmetic between its array types.
"""What rays meet: bare triangles in four scenes, or in one where the machine can look into no more than one at a time.

Faces are numbered through: those that stand, those that move, those that the camera looks through, as in `World`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import drjit as dr
import mitsuba as mi

from maquette.render.tables import Tables

NO_HIT = 0xFFFFFFFF
FAR_M = 1e6
BEYOND = 1e-5
"""A ray that passes through a face goes on so far behind it: metres, and as much again for every metre it has come."""


class Rays(Protocol):
    """Where tracing asks."""

    def first(self, t: Tables, origin: Any, direction: Any) -> tuple[Any, Any, Any, Any]:
        """Face (NO_HIT: nothing), barycentrics and distance of what a camera ray meets."""
        ...

    def next(self, t: Tables, ray: Any, active: Any) -> tuple[Any, Any, Any]:
        """Face, distance and whether there is one, of anything that light meets."""
        ...

    def panel(self, t: Tables, ray: Any, active: Any) -> tuple[Any, Any, Any]:
        """Number, distance and whether there is one, of the hidden lamp's face that shines through the air before
        `ray.maxt`, where something else is met."""
        ...

    def unblocked(self, t: Tables, origin: Any, toward: Any, far: Any, active: Any) -> Any:
        """Whether nothing stands between a point and a light."""
        ...


@dataclass
class FourScenes:
    """Rays meet the triangles of one scene after the other. Only the tree of a scene that changes is built anew."""

    standing: Any
    """What the camera sees, and what is there in the next frame, too."""
    moving: Any
    """What else the camera sees."""
    unseen: Any
    """What holds light in though the camera looks through it."""
    hidden: Any
    """Lamps that the camera does not see and that stand in nobody's way."""

    def first(self, t: Tables, origin: Any, direction: Any) -> tuple[Any, Any, Any, Any]:
        ray = mi.Ray3f(origin, direction)
        hit = self.standing.ray_intersect_preliminary(ray, coherent=True)
        ray.maxt = hit.t
        other = self.moving.ray_intersect_preliminary(ray, coherent=True, active=t.any_moving)
        nearer = t.any_moving & other.is_valid()
        found = nearer | hit.is_valid()
        face = dr.select(nearer, other.prim_index + t.standing_faces, dr.select(found, hit.prim_index, NO_HIT))
        uv = dr.select(nearer, other.prim_uv, hit.prim_uv)
        return face, uv.x, uv.y, dr.select(found, dr.select(nearer, other.t, hit.t), dr.inf)

    def next(self, t: Tables, ray: Any, active: Any) -> tuple[Any, Any, Any]:
        hit = self.standing.ray_intersect_preliminary(ray, coherent=False, active=active)
        face, distance, found = hit.prim_index, hit.t, active & hit.is_valid()
        for scene, first, there in ((self.moving, t.standing_faces, active & t.any_moving),
                                    (self.unseen, t.seen_faces, active)):  # fmt: skip
            ray.maxt = dr.minimum(distance, FAR_M)
            other = scene.ray_intersect_preliminary(ray, coherent=False, active=there)
            nearer = there & other.is_valid()
            face = dr.select(nearer, other.prim_index + first, face)
            distance = dr.select(nearer, other.t, distance)
            found |= nearer
        return face, distance, found

    def panel(self, t: Tables, ray: Any, active: Any) -> tuple[Any, Any, Any]:
        there = active & t.any_hidden
        hit = self.hidden.ray_intersect_preliminary(ray, coherent=False, active=there)
        return hit.prim_index, hit.t, there & hit.is_valid()

    def unblocked(self, t: Tables, origin: Any, toward: Any, far: Any, active: Any) -> Any:
        ray = mi.Ray3f(origin, toward)
        ray.maxt = far * 0.999
        clear = active & ~self.standing.ray_test(ray, active=active)
        clear &= ~self.moving.ray_test(ray, active=clear & t.any_moving)
        return clear & ~self.unseen.ray_test(ray, active=clear)


@dataclass
class OneScene:
    """All triangles in one mesh, hidden lamps last: a CUDA kernel can hold the bindings of one OptiX scene only. Rays
    pass through what they should not meet, face by face."""

    scene: Any

    def first(self, t: Tables, origin: Any, direction: Any) -> tuple[Any, Any, Any, Any]:
        face, u, v, distance, found = _met(self.scene, origin, direction, FAR_M, t.seen_faces, mi.Bool(True))
        return dr.select(found, face, NO_HIT), u, v, dr.select(found, distance, dr.inf)

    def next(self, t: Tables, ray: Any, active: Any) -> tuple[Any, Any, Any]:
        face, _, _, distance, found = _met(self.scene, ray.o, ray.d, FAR_M, t.faces, active)
        return face, distance, found

    def panel(self, t: Tables, ray: Any, active: Any) -> tuple[Any, Any, Any]:
        there = active & t.any_hidden
        hit = self.scene.ray_intersect_preliminary(ray, coherent=False, active=there)
        lit = there & hit.is_valid() & (hit.prim_index >= t.faces)
        return dr.select(lit, hit.prim_index - t.faces, 0), hit.t, lit

    def unblocked(self, t: Tables, origin: Any, toward: Any, far: Any, active: Any) -> Any:
        _, _, _, _, found = _met(self.scene, origin, toward, far * 0.999, t.faces, active)
        return active & ~found


@dr.syntax
def _met(scene: Any, origin: Any, direction: Any, maxt: Any, end: Any, active: Any) -> tuple[Any, Any, Any, Any, Any]:
    """Face, barycentrics, distance and whether there is one, of the nearest face before number `end`."""
    start, before = mi.Point3f(origin), mi.Float(0)
    face, u, v, distance = mi.UInt32(0), mi.Float(0), mi.Float(0), mi.Float(dr.inf)
    found, going = mi.Bool(False), mi.Bool(active)
    while going:
        ray = mi.Ray3f(start, direction)
        ray.maxt = maxt - before
        hit = scene.ray_intersect_preliminary(ray, coherent=False, active=going)
        valid = going & hit.is_valid()
        now = valid & (hit.prim_index < end)
        face = dr.select(now, hit.prim_index, face)
        u, v = dr.select(now, hit.prim_uv.x, u), dr.select(now, hit.prim_uv.y, v)
        distance = dr.select(now, before + hit.t, distance)
        found |= now
        going = valid & ~now
        step = dr.select(going, hit.t * (1 + BEYOND) + BEYOND, 0)
        before += step
        start = mi.Point3f(start + direction * step)
    return face, u, v, distance, found
