"""Doors that open: which one, and its leaf on the way."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import Body, BodyKind, SetPlan

Vec = NDArray[np.float64]

WIDE_DEG, FLAT_DEG, LEAST_DEG = 78.0, 165.0, 14.0
"""How far a door opens in a room, out of a hut, and however near somebody stands."""
BODY_M = 0.30
"""Half a person, with some air."""
HALL_M = (1.1, 3.2, 2.5)
"""Half the width, depth and height of what is beyond a door."""
BEYOND_M, NEAR_M = 0.55, 1.6
"""Who comes in is first found so far beyond the door; a place this near to it on its inner side is the door's own."""
OPENS_S, FALLS_SHUT_S = 0.9, 1.2
"""A door takes so long to be opened by who comes through, before they are in it, and to fall shut behind them."""
BESIDE_M = 2.4
"""A window this near to a door in the same wall would show what is beyond it from the side."""
_LEAF = ("door", "door panel", "handle")


@dataclass(frozen=True, eq=False)
class Door:
    """A door of the set."""

    body: str
    """Name of the body that holds leaf and casing; "" where the set has only the place of a door."""
    center: Vec
    """(3,) middle of the leaf, metres."""
    inward: Vec
    """(3,) unit, into the room, or off the house."""
    hinge: Vec
    """(2,) the vertical that the leaf turns about."""
    turn: float
    """1 or -1: the way around it, counter-clockwise seen from above, that leads inward."""
    width_m: float
    inside: bool
    """Whether a hall can be beyond it: no window beside it shows that there is none."""


@lru_cache(maxsize=8)
def door_of(plan: SetPlan) -> Door | None:
    """The set's first door; None where it has none."""
    floor = np.array(plan.floor, float).mean(axis=0) if plan.floor else np.zeros(2)
    names = [b for b in plan.bodies if b.name.count("/") == 2 and "door" in b.name.rsplit("/", 1)[-1]]
    names.sort(key=lambda b: b.name.rsplit("/", 1)[-1] != "door")
    for body in names:
        leaf = body.vertices[_leaf(body)].astype(np.float64)
        if len(leaf):
            return _hinged(body, leaf, floor, plan)
    place = next((f for f in plan.features if f.word == "door"), None)
    if place is None or plan.interior:
        return None
    center = np.array(place.position, float)
    offset = floor - center[:2]
    axis = int(np.argmax(np.abs(offset)))
    inward = np.zeros(3)
    inward[axis] = np.sign(offset[axis])
    return Door("", center, inward, center[:2], 1.0, 1.0, False)


def _hinged(body: Body, leaf: Vec, floor: Vec, plan: SetPlan) -> Door:
    low, high = leaf.min(axis=0), leaf.max(axis=0)
    through = int(np.argmin((high - low)[:2]))  # the axis that a person walks along
    along = 1 - through
    center = (low + high) / 2
    inward = np.zeros(3)
    inward[through] = np.sign(floor[through] - center[through])
    handle = _part(body, "handle")
    knob = float(body.vertices[handle][:, along].mean()) if bool(handle.any()) else high[along]
    at_low = knob > center[along]
    hinge = center[:2].copy()
    hinge[along] = low[along] if at_low else high[along]
    # The free end lies at `reach` from the hinge; turned a quarter, it should point inward.
    reach = np.zeros(2)
    reach[along] = 1.0 if at_low else -1.0
    quarter = np.array([-reach[1], reach[0]])
    beside = (np.array(o.center, float) - center for o in plan.openings if float(np.array(o.normal) @ inward) > 0.9)
    inside = not any(abs(float(w[through])) < 0.6 and abs(float(w[along])) < BESIDE_M for w in beside)
    turn = 1.0 if float(quarter @ inward[:2]) > 0 else -1.0
    # A hut has its own walls beyond its door.
    inside = inside and body.name.startswith("wall/")
    return Door(body.name, center, inward, hinge, turn, float(high[along] - low[along]), inside)


@dataclass(frozen=True, eq=False)
class Passage:
    """Where people come in and go out through a door that opens."""

    door: Door
    beyond: Vec
    """(2,) where they are unseen while it is shut, metres."""
    before: Vec
    """(2,) the set's own place at the door."""


@lru_cache(maxsize=8)
def passage_of(plan: SetPlan) -> Passage | None:
    """The way through the set's door; None where no leaf opens or nothing is before it."""
    door = door_of(plan)
    if door is None or not door.body:
        return None
    places = [np.array(s.position[:2], float) for s in plan.spots if "door" in f"{s.feature} {s.name}".lower()]
    near = [p for p in places if float(np.linalg.norm(p - door.center[:2])) < NEAR_M]
    if not near:
        return None
    return Passage(door, door.center[:2] - BEYOND_M * door.inward[:2], near[0])


def opened(bodies: Sequence[Body], door: Door, share: float, stands: Sequence[Vec]) -> list[Body]:
    """The bodies with the door's leaf open by a share of what those let it who stand there, and what is beyond it."""
    swing = [swung(b, door, share * widest(door, stands)) if b.name == door.body else b for b in bodies]
    seen = any(b.name == door.body and b.seen for b in swing)
    return [*swing, *([hall_of(door, seen)] if door.inside else [])]


def widest(door: Door, stands: Sequence[Vec]) -> float:
    """Degrees that the leaf opens before it meets somebody who stands at one of (2+,) places."""
    closed = door.center[:2] - door.hinge
    wide = WIDE_DEG if door.body.startswith("wall/") else FLAT_DEG
    for place in stands:
        way = np.asarray(place, float)[:2] - door.hinge
        reach = float(np.linalg.norm(way))
        if reach < door.width_m + BODY_M:
            across = door.turn * float(closed[0] * way[1] - closed[1] * way[0])
            half = np.degrees(np.arcsin(min(BODY_M / max(reach, 1e-6), 1.0)))
            angle = np.degrees(np.arctan2(across, float(closed @ way)))
            if angle > 0:
                wide = min(wide, float(angle - half))
    return max(wide, LEAST_DEG)


def hall_of(door: Door, seen: bool) -> Body:
    """Floor, ceiling and three walls beyond a door, for its light to fall on; open towards the door."""
    half, deep, high = HALL_M
    across = np.array([-door.inward[1], door.inward[0], 0.0])
    near, up = door.center - door.inward * 0.06, np.array([0.0, 0.0, high])
    near[2] = 0.0
    far = near - door.inward * deep
    a, b, c, d = near - half * across, near + half * across, far + half * across, far - half * across
    quads = [(a, b, c, d), (a + up, d + up, c + up, b + up), (d, c, c + up, d + up), (a, d, d + up, a + up),
             (b, b + up, c + up, c)]  # fmt: skip
    vertices = np.array([corner for quad in quads for corner in quad], np.float32)
    color = np.repeat(np.array([[0.30, 0.22, 0.15], [0.7, 0.7, 0.68], *[[0.62, 0.58, 0.5]] * 3], np.float32), 4, axis=0)
    first = 4 * np.arange(len(quads), dtype=np.uint32)[:, None]
    faces = np.concatenate([first + np.array([0, 1, 2], np.uint32), first + np.array([0, 2, 3], np.uint32)])
    rough = np.full(len(vertices), 0.7, np.float32)
    return Body("cue/hall", BodyKind.SET, vertices, faces, color, rough, part_names=("hall",), seen=seen)


def swung(body: Body, door: Door, degrees: float) -> Body:
    """The door's body with its leaf open by so many degrees."""
    angle = np.radians(degrees) * door.turn
    c, s = np.cos(angle), np.sin(angle)
    rotation = np.array([[c, -s], [s, c]])
    leaf = _leaf(body)
    vertices = body.vertices.astype(np.float64)
    vertices[leaf, :2] = (vertices[leaf, :2] - door.hinge) @ rotation.T + door.hinge
    normals = body.normals
    if normals is not None:
        turned = normals.astype(np.float64)
        turned[leaf, :2] = turned[leaf, :2] @ rotation.T
        normals = turned.astype(np.float32)
    rest = body.vertices if body.rest is None else body.rest
    return replace(body, vertices=vertices.astype(np.float32), normals=normals, rest=rest)


def _leaf(body: Body) -> NDArray[np.bool_]:
    """(V,) what of the body turns."""
    return np.any([_part(body, name) for name in _LEAF], axis=0)


def _part(body: Body, name: str) -> NDArray[np.bool_]:
    if body.parts is None or name not in body.part_names:
        return np.zeros(len(body.vertices), bool)
    return body.parts == body.part_names.index(name)
