"""Where the things lie that nobody holds, and the light of those that burn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.props import PropKind
from maquette.film.request import PropNeed
from maquette.film.stage import Feature, Lamp, LampRole, SetPlan, facing_vector, yaw_towards
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.stage.blocking import Place, on_clear_floor
from maquette.stage.mesh import cylinder, sphere
from maquette.stage.props import Prop

F64 = NDArray[np.float64]

REACH_M = 0.62
"""How far from the middle of somebody at a table their things lie."""
_SEATS = ("chair", "stool", "sofa", "seat", "bench", "booth", "bed", "stairs", "step")
_LONG_M = 0.6
_BULKY = frozenset({PropKind.SUITCASE, PropKind.BACKPACK, PropKind.BRIEFCASE, PropKind.PAINT_CAN, PropKind.GUITAR})


@dataclass(frozen=True, eq=False)
class Laid:
    """A thing at rest."""

    need: PropNeed
    prop: Prop
    at: F64
    """(3,) world point under the middle of its foot, metres."""
    yaw_deg: float

    @property
    def pose(self) -> F64:
        """(4, 4) world pose of the prop's frame."""
        c, s = np.cos(np.radians(self.yaw_deg)), np.sin(np.radians(self.yaw_deg))
        pose = np.eye(4)
        pose[:2, :2] = ((c, -s), (s, c))
        pose[:3, 3] = self.at
        return pose


def lay_down(needs: Sequence[tuple[PropNeed, Prop]], plan: SetPlan, places: Mapping[str, Place]) -> tuple[Laid, ...]:
    """A free place for every loose thing: on the feature the script names, within reach of whom it belongs to; else
    on the nearest surface, or on the floor beside somebody. Bulky things stand on the floor."""
    laid: list[Laid] = []
    for index, (need, prop) in enumerate(needs):
        owner = _owner(need, plan, places)
        surface = _surface(need, prop, plan, owner, places)
        at = _on_surface(surface, prop, owner, plan, laid) if surface is not None else None
        if at is None:
            at = _on_floor(prop, owner, plan, laid)
        yaw = 35.0 * index
        if owner is not None:
            # Pages, screens and handles are turned to whom they belong to.
            yaw = yaw_towards((float(at[0]), float(at[1])), owner.position[:2]) + (7.0, -9.0, 14.0)[index % 3]
        laid.append(Laid(need, prop, at, yaw))
    return tuple(laid)


def _owner(need: PropNeed, plan: SetPlan, places: Mapping[str, Place]) -> Place | None:
    """To whom a thing belongs; else whoever is nearest to the feature on which it lies, or to the others."""
    if need.near in places:
        return places[str(need.near)]
    if not places:
        return None
    named = _named(need.at, plan)
    middle = np.mean([p.position[:2] for p in places.values()], axis=0)
    around = np.array(named[0].position[:2]) if named else middle
    return min(places.values(), key=lambda p: float(np.hypot(*(np.array(p.position[:2]) - around))))


def _named(at: str | None, plan: SetPlan) -> list[Feature]:
    if not at:
        return []
    found = [f for f in plan.features if f.surface_height_m is not None and f.word == at.lower()]
    return found or [
        f for f in plan.features if f.surface_height_m is not None and (f.word in at.lower() or at.lower() in f.word)
    ]


def _surface(
    need: PropNeed, prop: Prop, plan: SetPlan, owner: Place | None, places: Mapping[str, Place]
) -> Feature | None:
    """The surface on which a thing lies; None: the floor."""
    if need.at == "floor":
        return None
    people = [p.position[:2] for p in places.values()] or [(0.0, 0.0)]
    middle = np.array(owner.position[:2]) if owner is not None else np.mean(people, axis=0)

    def away(feature: Feature) -> float:
        half = np.array(feature.size[:2]) / 2
        offset = np.abs(np.array(feature.position[:2]) - middle) - half
        return float(np.hypot(*np.maximum(offset, 0.0)))

    named = _named(need.at, plan)
    if named:
        return min(named, key=away)
    if prop.kind in _BULKY or max(prop.size) > _LONG_M:
        return None
    tops = [
        f
        for f in plan.features
        if f.surface_height_m is not None
        and 0.35 <= f.surface_height_m <= 1.25
        and not any(word in f.word for word in _SEATS)
        and min(f.size[:2]) >= 0.2
    ]
    best = min(tops, key=away, default=None)
    return best if best is not None and away(best) < 3.0 else None


def _on_surface(surface: Feature, prop: Prop, owner: Place | None, plan: SetPlan, laid: Sequence[Laid]) -> F64 | None:
    """The free point of a table top that is handiest for its owner."""
    center, half = np.array(surface.position[:2]), np.array(surface.size[:2]) / 2
    radius = 0.5 * float(np.hypot(*prop.size[:2])) * 0.8
    room = np.maximum(half - min(0.5 * max(prop.size[:2]), 0.2) - 0.02, 0.0)
    z = float(surface.surface_height_m or 0.0)
    wanted = center
    if owner is not None:
        ahead = np.array(facing_vector(owner.yaw_deg)[:2])
        side = np.array([-ahead[1], ahead[0]])
        wanted = np.array(owner.position[:2]) + REACH_M * ahead - 0.12 * side
    xs = np.linspace(-room[0], room[0], max(2, int(room[0] / 0.05) + 1)) if room[0] > 0.02 else np.zeros(1)
    ys = np.linspace(-room[1], room[1], max(2, int(room[1] / 0.05) + 1)) if room[1] > 0.02 else np.zeros(1)
    points = center + np.stack(np.meshgrid(xs, ys), -1).reshape(-1, 2)
    points = points[np.argsort(np.linalg.norm(points - wanted, axis=1), kind="stable")]
    standing = _standing_on(surface, plan, z)
    for point in points:
        if any(
            abs(float(o.at[2]) - z) < 0.05
            and float(np.hypot(*(o.at[:2] - point))) < radius + 0.4 * float(np.hypot(*o.prop.size[:2]))
            for o in laid
        ):
            continue
        if len(standing) and float(np.linalg.norm(standing - point, axis=1).min()) < radius + 0.01:
            continue
        return np.array([point[0], point[1], z])
    return np.array([*points[0], z])


def _standing_on(surface: Feature, plan: SetPlan, z: float) -> F64:
    """(N, 2) points of what the set itself has on a surface."""
    low = np.array(surface.position[:2]) - np.array(surface.size[:2]) / 2
    high = np.array(surface.position[:2]) + np.array(surface.size[:2]) / 2
    found: list[F64] = []
    for body in plan.bodies:
        v = body.vertices
        inside = (v[:, 2] > z + 0.012) & (v[:, 2] < z + 0.35) & (v[:, :2] > low).all(1) & (v[:, :2] < high).all(1)
        if inside.any():
            found.append(v[inside, :2].astype(np.float64))
    return np.concatenate(found) if found else np.zeros((0, 2))


def _on_floor(prop: Prop, owner: Place | None, plan: SetPlan, laid: Sequence[Laid]) -> F64:
    """Beside the owner's feet, where nothing stands."""
    if owner is None:
        return np.array([0.3 * len(laid), 0.0, 0.0])
    half = 0.5 * max(prop.size[:2])
    x, y, z = owner.position
    fallback: F64 | None = None
    for distance in (0.32 + half, 0.5 + half, 0.75 + half):
        for turn in (-70, 70, -40, 40, 0, -110, 110, 180):
            ahead = facing_vector(owner.yaw_deg + turn)
            at = np.array([x + distance * ahead[0], y + distance * ahead[1], z])
            fallback = at if fallback is None else fallback
            apart = all(float(np.hypot(*(o.at[:2] - at[:2]))) > half + 0.5 * max(o.prop.size[:2]) for o in laid)
            if apart and on_clear_floor(plan, float(at[0]), float(at[1]), min(half, 0.2)):
                return at
    assert fallback is not None
    return fallback


_HELD_TO_BURN = frozenset({PropKind.LIGHTER, PropKind.FLASHLIGHT})
"""Lit only in somebody's hand."""


def flame_lamp(name: str, prop: Prop, pose: F64, held: bool) -> Lamp | None:
    """The light that a burning thing throws, for its (4, 4) world pose; None where it gives none.

    A white surface that faces it half a metre away has about a third of the radiance of one under a room's key light.
    """
    if prop.flame is None or (prop.kind in _HELD_TO_BURN and not held):
        return None
    at = pose[:3, :3] @ np.array(prop.flame) + pose[:3, 3]
    if prop.kind is PropKind.LANTERN:
        # The light leaves from outside glass and guard, which would keep it in.
        radius = 0.5 * max(prop.size[:2]) + 0.012
        shape = cylinder(radius, 0.10, (1.0, 1.0, 1.0), segments=12).moved(0.0, 0.0, -0.05)
        kelvin, radiance = 2300, 9.0
    elif prop.kind is PropKind.FLASHLIGHT:
        at = at + pose[:3, :3] @ np.array([0.03, 0.0, 0.0])
        shape = sphere(0.022, segments=8)
        kelvin, radiance = 4600, 200.0
    else:
        shape = sphere(0.02, segments=8)
        kelvin, radiance = 2000, 170.0 if prop.kind is PropKind.CANDLE else 110.0
    vertices, index = np.unique(shape.vertices.round(6) + 0.0, axis=0, return_inverse=True)
    faces = index.reshape(-1)[shape.faces].astype(np.uint32)
    faces = faces[(faces[:, 0] != faces[:, 1]) & (faces[:, 1] != faces[:, 2]) & (faces[:, 2] != faces[:, 0])]
    r, g, b = (float(v) * radiance for v in kelvin_to_rgb(kelvin))
    moved = (vertices + at).astype(np.float32)
    return Lamp(f"{name} light", LampRole.PRACTICAL, moved, faces, (r, g, b), visible=False)
