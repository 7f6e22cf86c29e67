"""What eyes and hands are aimed at: people, things and the parts of a set that a performance names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from maquette.film.cast import Gesture, Performance, Posture
from maquette.film.props import PropKind, prop_kind
from maquette.film.stage import SetPlan, SpotUse, facing_vector
from maquette.stage.blocking import Place
from maquette.stage.laying import Laid
from maquette.stage.people.pose_solver import PoseTargets
from maquette.stage.props import Carry, Prop

F64 = NDArray[np.float64]
Triple = tuple[float, float, float]

_SEEN_AS = {"computer": ("laptop", "computer", "desk"), "keyboard": ("laptop", "computer"), "screen": ("laptop",)}
_TWO_HANDS = frozenset({PropKind.BOX, PropKind.LAPTOP, PropKind.GRAMOPHONE})
_ON_FOOT = (Posture.STAND, Posture.WALK, Posture.RUN, Posture.LEAN)


def pose_targets(
    performance: Performance,
    plan: SetPlan,
    places: Mapping[str, Place],
    eyes: Mapping[str, F64],
    laid: Sequence[Laid],
    held: Prop | None,
) -> PoseTargets:
    """The points of the stage that somebody's performance refers to. `eyes`: where everyone's eyes will be."""
    place = places[performance.character]
    gaze = _triple(gaze_point(performance, plan, places, eyes, laid))
    width = 0.0
    if held is not None and (performance.gesture is Gesture.READ or held.kind in _TWO_HANDS):
        width = held.size[0]
    low = held is not None and held.carry is Carry.HANG and held.flame is None and performance.posture in _ON_FOOT
    hands = None
    if performance.posture is Posture.DRIVE or performance.at == "wheel":
        hands = _wheel(plan, place)
    elif performance.gesture is Gesture.TYPE:
        hands = _keys(plan, place)
    return PoseTargets(
        gaze=gaze,
        reach=_triple(reach_point(performance, plan, places, eyes, laid)),
        point=gaze,
        hands=hands,
        carried_low=low,
        aimed=held is not None and held.points_ahead,
        held_width_m=width,
        table_z=None if (table := table_ahead(place, plan)) is None else table[0],
    )


def gaze_point(
    performance: Performance,
    plan: SetPlan,
    places: Mapping[str, Place],
    eyes: Mapping[str, F64],
    laid: Sequence[Laid],
) -> F64 | None:
    """World point that somebody looks at; None: ahead."""
    word = performance.gaze
    if not word or word == performance.character:
        return None
    if word in eyes:
        return eyes[word]
    ahead = np.array(facing_vector(places[performance.character].yaw_deg))
    own = eyes[performance.character]
    left = np.array([-ahead[1], ahead[0], 0.0])
    relative = {"down": ahead * 0.9 + [0, 0, -0.75], "up": ahead * 1.5 + [0, 0, 1.1],
                "away": ahead * 1.2 + left * 1.3 + [0, 0, -0.25]}  # fmt: skip
    if word in relative:
        return own + relative[word]
    lower = word.lower()
    kind = prop_kind(lower)
    if performance.holding and (performance.holding.lower() == lower or prop_kind(performance.holding) is kind):
        drop = -0.2 if performance.gesture in (Gesture.READ, Gesture.RAISE) else -0.42
        return own + ahead * 0.42 + [0, 0, drop]
    names = _SEEN_AS.get(lower, (lower,))
    for name in names:
        for thing in laid:
            if name in (thing.need.word.lower(), thing.need.kind):
                return thing.at + [0, 0, 0.6 * thing.prop.size[2]]
        if name == "window":
            return _through_window(plan, own, ahead)
        found = [f for f in plan.features if f.word == name] or [
            f for f in plan.features if f.word in name or name in f.word
        ]
        if found:
            near = min(found, key=lambda f: float(np.linalg.norm(np.array(f.position) - own)))
            return np.array(near.position, float)
    return own + relative["down"] if lower in _SEEN_AS else None


def _through_window(plan: SetPlan, own: F64, ahead: F64) -> F64 | None:
    """Out through the nearest window for those who are at it; from across the room, the window itself."""
    panes = [np.array(f.position, float) for f in plan.features if "window" in f.word]
    panes += [np.array(o.center, float) for o in plan.openings if "window" in o.name]
    if not panes:
        return None
    pane = min(panes, key=lambda p: float(np.linalg.norm(p - own)))
    away = (pane - own) * [1.0, 1.0, 0.0]
    distance = float(np.linalg.norm(away))
    if distance > 2.0 or distance < 1e-6:
        return pane
    way = away / distance + (0.35 * ahead if plan.kind.value == "car interior" else 0.0)
    return own + 6.0 * way - [0.0, 0.0, 0.5]


def reach_point(
    performance: Performance,
    plan: SetPlan,
    places: Mapping[str, Place],
    eyes: Mapping[str, F64],
    laid: Sequence[Laid],
) -> F64 | None:
    """What a hand goes out to: the hand of whom they look at, their own thing on the table, the door; else None."""
    if performance.gesture is not Gesture.REACH:
        return None
    own = eyes[performance.character]
    other = eyes.get(performance.gaze or "")
    if other is not None and float(np.hypot(*(other - own)[:2])) < 1.7:
        middle = own + 0.52 * (other - own)
        middle[2] = min(own[2], other[2]) - 0.42
        return middle
    mine = [t for t in laid if t.need.near == performance.character]
    for thing in sorted(mine, key=lambda t: float(np.linalg.norm(t.at - own))):
        if float(np.hypot(*(thing.at - own)[:2])) < 1.0:
            return thing.at + [0.0, 0.0, 0.05 + 0.5 * thing.prop.size[2]]
    wanted = {performance.at, performance.gaze}
    for feature in plan.features:
        if feature.word in wanted and float(np.hypot(*(np.array(feature.position) - own)[:2])) < 1.2:
            point = np.array(feature.position, float)
            point[2] = 1.02 if feature.word == "door" else min(point[2], own[2] - 0.1)
            return point
    return None


def table_ahead(place: Place, plan: SetPlan) -> tuple[float, float] | None:
    """(world height of a table top that somebody sits at, how far ahead its edge is), metres; None where they sit at
    none."""
    if place.use is not SpotUse.SIT:
        return None
    ahead = np.array(facing_vector(place.yaw_deg)[:2])
    knees = np.array(place.position[:2]) + 0.5 * ahead
    for feature in plan.features:
        z = feature.surface_height_m
        if z is None or not place.position[2] + place.seat_height_m + 0.12 < z < place.position[2] + 1.3:
            continue
        half = np.array(feature.size[:2]) / 2
        middle = np.array(feature.position[:2])
        if (np.abs(knees - middle) < half + 0.2).all():
            steps = np.arange(0.1, 0.8, 0.02)
            way = np.array(place.position[:2]) + steps[:, None] * ahead
            over = (np.abs(way - middle) < half).all(axis=1)
            return float(z), float(steps[int(over.argmax())]) if over.any() else 0.5
    return None


def _keys(plan: SetPlan, place: Place) -> tuple[Triple, Triple] | None:
    """Both palms over the keys of what stands on the table; None without a table: hands before the belly."""
    table = table_ahead(place, plan)
    if table is None:
        return None
    z, edge = table
    ahead = np.array(facing_vector(place.yaw_deg))
    left = np.array([-ahead[1], ahead[0], 0.0])
    middle = np.array(place.position) * [1.0, 1.0, 0.0] + max(edge + 0.10, 0.36) * ahead + [0.0, 0.0, z + 0.02]
    one, two = _triple(middle + 0.095 * left), _triple(middle - 0.095 * left)
    assert one is not None and two is not None
    return one, two


def _wheel(plan: SetPlan, place: Place) -> tuple[Triple, Triple] | None:
    """Both palms on a steering wheel, at ten to two."""
    wheel = next((f for f in plan.features if f.word == "steering wheel"), None)
    if wheel is None:
        return None
    radius = 0.5 * max(wheel.size[0], wheel.size[1]) - 0.015
    ahead = np.array(facing_vector(place.yaw_deg))
    left = np.array([-ahead[1], ahead[0], 0.0])
    # The rim leans away from the driver: what is higher on it is farther.
    center = np.array(wheel.position, float) + radius * (0.235 * ahead + np.array([0.0, 0.0, 0.44]))
    one, two = _triple(center + 0.87 * radius * left), _triple(center - 0.87 * radius * left)
    assert one is not None and two is not None
    return one, two


def _triple(point: F64 | None) -> Triple | None:
    return None if point is None else (float(point[0]), float(point[1]), float(point[2]))
