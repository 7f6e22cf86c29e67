"""Which side of a scene the camera is on: room to stand, something to look at, and the side that all shots keep."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from maquette.film.stage import SetPlan
from maquette.stage.framing import Figure, rotated

Vec = NDArray[np.float64]


def scene_front(figures: Mapping[str, Figure], plan: SetPlan) -> Vec:
    """(2,) unit vector from the cast towards the master camera: across the line of action, where the room is.

    All shots without a stated side stay in this half plane, which is the 180-degree rule.
    """
    people = sorted(figures.values(), key=lambda f: f.name)
    center = np.mean([f.landmarks["chest"][:2] for f in people], axis=0)
    if len(people) == 1:
        axis = rotated(people[0].look, 90)
    else:
        first, second = people[0], max(people[1:], key=lambda f: -gap(people[0], f))
        axis = second.landmarks["chest"][:2] - first.landmarks["chest"][:2]
        axis = axis / max(float(np.linalg.norm(axis)), 1e-9)
    across = rotated(axis, 90)
    looks = np.sum([f.look for f in people], axis=0)

    def room(direction: Vec) -> float:
        return view(plan, center, direction) + 1.5 * float(looks @ direction)

    return across if room(across) >= room(-across) else -across


def view(plan: SetPlan, center: Vec, direction: Vec) -> float:
    """How good a place for the master camera the (2,) direction from `center` is: room to stand, a view to look at."""
    return 0.6 * free_run(plan, center, direction) + 2.8 * _backdrop(plan, center, direction)


_BACKDROPS = ("sea", "water", "harbour", "skyline", "view", "back bar", "window", "fireplace", "shelf")


def _backdrop(plan: SetPlan, center: Vec, direction: Vec) -> float:
    """-1 .. 1: how much a camera on that side has the set's best background behind the people."""
    for word in _BACKDROPS:
        for feature in plan.features:
            if feature.word == word:
                away = np.array(feature.position[:2]) - center
                return float(away @ -direction) / max(float(np.linalg.norm(away)), 1e-9)
    return 0.0


def free_run(plan: SetPlan, start: Vec, direction: Vec, limit_m: float = 8.0) -> float:
    """Metres from `start` along `direction` to the edge of the floor, at most `limit_m`."""
    corners = np.array(plan.floor, float)
    if len(corners) < 3:
        return limit_m
    best = limit_m
    for a, b in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        edge = b - a
        det = direction[0] * -edge[1] + edge[0] * direction[1]
        if abs(det) < 1e-9:
            continue
        rel = a - start
        along = (rel[0] * -edge[1] + edge[0] * rel[1]) / det
        on_edge = (direction[0] * rel[1] - direction[1] * rel[0]) / det
        if along > 0 and -1e-9 <= on_edge <= 1 + 1e-9:
            best = min(best, float(along))
    return best


def gap(a: Figure, b: Figure) -> float:
    return float(np.linalg.norm(a.landmarks["chest"][:2] - b.landmarks["chest"][:2]))


# --- things, views and places ---------------------------------------------------------------------------------
