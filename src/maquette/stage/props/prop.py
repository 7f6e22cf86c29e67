"""A hand prop: how it stands, how it is held, and what it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np
from numpy.typing import ArrayLike, NDArray

from maquette.film.props import PropKind
from maquette.film.stage import Body, BodyKind
from maquette.stage.mesh import Solid, assemble, rotation

F64 = NDArray[np.float64]
Vec = tuple[float, float, float]
Words = Sequence[str]
"""The script's words for a thing, in lower case."""


class Carry(StrEnum):
    """How a thing behaves in a hand."""

    RIGID = "rigid"
    """Turns with the hand: a knife, a pistol, a book."""
    LEVEL = "level"
    """Kept upright by whoever holds it: a full cup, a candle."""
    HANG = "hang"
    """Hangs from the hand by its handle: a suitcase, a lantern."""


@dataclass(frozen=True, eq=False)
class Prop:
    """A thing of real size. Its own frame: it rests on z = 0, middle of the footprint at the origin, front to -Y."""

    kind: PropKind
    solids: tuple[Solid, ...]
    grip: F64
    """(4, 4) pose of the gripping hand's frame in the prop's frame: the hand closes around its z axis at its origin, z
    to the thumb's side, x along the hand to the knuckles, y out of the palm (right hand)."""
    carry: Carry = Carry.RIGID
    flame: Vec | None = None
    """Where light comes from when it burns or shines, in the prop's frame; None: it gives no light."""
    notes: tuple[str, ...] = field(default_factory=tuple)

    @property
    def bounds(self) -> tuple[F64, F64]:
        """Lowest and highest corner, metres."""
        low = np.min([s.vertices.min(axis=0) for s in self.solids], axis=0)
        high = np.max([s.vertices.max(axis=0) for s in self.solids], axis=0)
        return low.astype(float), high.astype(float)

    @property
    def size(self) -> Vec:
        """Extent along x, y, z at rest, metres."""
        low, high = self.bounds
        d = high - low
        return (float(d[0]), float(d[1]), float(d[2]))

    @property
    def triangles(self) -> int:
        return sum(len(s.faces) for s in self.solids)

    def standing(self, name: str, at: ArrayLike, yaw_deg: float = 0.0) -> Body:
        """At rest with its foot at `at` (3,), turned about the vertical."""
        pose = np.eye(4)
        pose[:3, :3] = rotation(z=yaw_deg)
        pose[:3, 3] = np.asarray(at, float)
        return self.posed(name, pose)

    def held(self, name: str, hand: ArrayLike, left: bool = False) -> Body:
        """In a hand with the world frame `hand` (4, 4). `left`: the frame's y goes into the palm."""
        return self.posed(name, self.held_pose(hand, left))

    def held_pose(self, hand: ArrayLike, left: bool = False) -> F64:
        """(4, 4) world pose of the prop's frame in a hand."""
        frame = np.array(hand, float)
        if left and self.carry is not Carry.HANG and not self.points_ahead:
            frame[:3, :2] *= -1.0
        if self.carry is not Carry.RIGID:
            frame[:3, :3] = _upright(frame[:3, :3], self.grip[:3, :3])
        return np.asarray(frame @ np.linalg.inv(self.grip), float)

    @property
    def points_ahead(self) -> bool:
        """Whether it is aimed along the hand, so that the left hand may not turn it round."""
        return self.kind in _AIMED

    def posed(self, name: str, pose: F64) -> Body:
        """With its frame at the (4, 4) pose `pose`."""
        turn, shift = pose[:3, :3], pose[:3, 3]
        moved = [
            Solid(
                vertices=(s.vertices @ turn.T + shift).astype(np.float32),
                faces=s.faces,
                normals=(s.normals @ turn.T).astype(np.float32),
                color=s.color,
                roughness=s.roughness,
                metallic=s.metallic,
                emission=s.emission,
                part=s.part,
            )
            for s in self.solids
        ]
        return assemble(name, BodyKind.PROP, moved)


_AIMED = frozenset(
    {
        PropKind.PISTOL,
        PropKind.RIFLE,
        PropKind.FLASHLIGHT,
        PropKind.SYRINGE,
        PropKind.KNIFE,
        PropKind.SWORD,
        PropKind.PEN,
        PropKind.PAINTBRUSH,
        PropKind.KEYS,
        PropKind.FORK,
        PropKind.SPOON,
        PropKind.GUITAR,
    }
)


def _upright(hand: F64, grip: F64) -> F64:
    """Hand axes (3, 3), turned the least about the vertical so that the prop stands or hangs upright.

    The prop's heading follows the hand: its handle's level axis goes where the same axis of the hand points, seen from
    above.
    """
    wanted = hand @ grip.T
    level = [(float(np.hypot(*wanted[:2, k])) * (1.0 if k < 2 else 0.0), k) for k in range(3)]
    _, axis = max(level)
    heading = np.degrees(np.arctan2(wanted[1, axis], wanted[0, axis])) - (90.0 if axis == 1 else 0.0)
    return rotation(z=float(heading)) @ grip


def grip_at(point: Vec, z: Sequence[float] = (0, 0, 1), x: Sequence[float] = (1, 0, 0)) -> F64:
    """(4, 4) grip with its z axis along a handle and its x axis as near `x` as that allows."""
    up = np.asarray(z, float) / np.linalg.norm(z)
    ahead = np.asarray(x, float) - up * (np.asarray(x, float) @ up)
    ahead /= np.linalg.norm(ahead)
    pose = np.eye(4)
    pose[:3, 0], pose[:3, 1], pose[:3, 2], pose[:3, 3] = ahead, np.cross(up, ahead), up, point
    return pose


def _sound(solid: Solid) -> Solid:
    """Without triangles of no area (tips of lathes) and the vertices that only they used."""
    a, b, c = (solid.vertices[solid.faces[:, k]].astype(float) for k in range(3))
    keep = np.linalg.norm(np.cross(b - a, c - a), axis=1) > 1e-13
    if keep.all():
        return solid
    used, faces = np.unique(solid.faces[keep], return_inverse=True)
    return Solid(
        vertices=solid.vertices[used],
        faces=faces.reshape(-1, 3).astype(np.uint32),
        normals=solid.normals[used],
        color=solid.color[used],
        roughness=solid.roughness[used],
        metallic=solid.metallic[used],
        emission=solid.emission[used],
        part=solid.part,
    )


def grounded(
    kind: PropKind, solids: Iterable[Solid], grip: F64, carry: Carry = Carry.RIGID, flame: Vec | None = None
) -> Prop:
    """A prop moved so that it rests on z = 0 with the middle of its footprint at the origin."""
    items = [_sound(s) for s in solids]
    low = np.min([s.vertices.min(axis=0) for s in items], axis=0)
    high = np.max([s.vertices.max(axis=0) for s in items], axis=0)
    shift = -np.array([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2, low[2]], float)
    x, y, z = (float(v) for v in shift)
    pose = grip.copy()
    pose[:3, 3] += shift
    light = None if flame is None else (flame[0] + x, flame[1] + y, flame[2] + z)
    return Prop(kind, tuple(s.moved(x, y, z) for s in items), pose, carry, light)
