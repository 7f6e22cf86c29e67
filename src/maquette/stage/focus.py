"""Where the focus is: on whom, at what distance, and how it goes elsewhere during the shot.

Distances are along the camera's axis, as the plane of focus stands: a face at the frame's edge is in focus at the
depth at which it is, not as far away as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.camera import CameraControls
from maquette.film.shot import Framing, Move, Shot
from maquette.film.stage import PlacedCamera
from maquette.stage.framing import Figure, camera_axes, project
from maquette.stage.setup import Thing, thing_named

Vec = NDArray[np.float64]

USUAL_STOP = 2.0
"""Taken where a focus or a rack is asked for and no stop: without a shallow depth of field nobody would see it."""
NEAREST_M = 0.1
APART = 1.15
"""A rack goes to something at least this factor nearer or farther."""


@dataclass(frozen=True)
class FocusPlan:
    """What a shot wants of its focus, settled at its first moment so that a rack keeps its goal."""

    t_stop: float | None
    """None: everything is in focus."""
    on: str | None = None
    """Whom or what; None: the first subject."""
    focus_m: float | None = None
    """Metres along the axis; wins over `on`."""
    rack_to: str | None = None
    """Whom or what the focus goes to; None: nowhere, or to `rack_m`."""
    rack_m: float | None = None
    notes: tuple[str, ...] = ()


def focus_plan(
    shot: Shot, controls: CameraControls, keyed: frozenset[str], camera: PlacedCamera, figures: Mapping[str, Figure],
    things: Sequence[Thing],
) -> FocusPlan | None:  # fmt: skip
    """What is asked for, with what cannot be as asked in `notes`; None where nobody says anything about it: the picture
    is sharp from front to back. keyed: names of the controls that change over the shot."""
    rack = controls.rack_to is not None or shot.move is Move.RACK_FOCUS
    placed = controls.focus is not None or controls.focus_m is not None or "focus-distance" in keyed
    stop, notes = controls.t_stop, tuple[str, ...]()
    if stop is None and "t-stop" not in keyed and not controls.deep_focus:
        if not rack and not placed:
            return None
        stop, notes = USUAL_STOP, (f"T{USUAL_STOP:g} is taken for the focus to be seen: no T-stop is stated.",)
    plan = FocusPlan(None if controls.deep_focus else stop, controls.focus, controls.focus_m, notes=notes)
    if plan.on is not None:
        plan = _checked_start(plan, camera, figures, things)
    return _with_goal(plan, controls.rack_to, shot, camera, figures, things) if rack else plan


def depth_of(camera: PlacedCamera, point: Vec) -> float:
    """Metres along the camera's axis."""
    return float((np.asarray(point, float) - np.array(camera.position)) @ camera_axes(camera)[2])


def focused(
    camera: PlacedCamera, plan: FocusPlan, shot: Shot, figures: Mapping[str, Figure], things: Sequence[Thing],
    progress: float = 0.0,
) -> PlacedCamera:  # fmt: skip
    """The camera with its stop, and its focus after a share `progress` of the rack.

    A rack goes evenly in dioptres (1 over the distance), as a focus ring is cut and as blur grows.
    """
    start = distance = _start(camera, plan, shot, figures, things)
    goal = plan.rack_m
    if plan.rack_to is not None:
        point = _point(plan.rack_to, figures, things)
        goal = start if point is None else max(depth_of(camera, point), NEAREST_M)
    if goal is not None:
        distance = goal if progress >= 1 else 1 / (1 / start + (1 / goal - 1 / start) * progress)
    return replace(camera, t_stop=plan.t_stop, focus_m=distance)


def _start(
    camera: PlacedCamera, plan: FocusPlan, shot: Shot, figures: Mapping[str, Figure], things: Sequence[Thing]
) -> float:
    """Metres: the stated distance, whom or what the focus is on, the first subject's eyes or an insert's thing, or what
    the camera looks at."""
    if plan.focus_m is not None:
        return max(plan.focus_m, NEAREST_M)
    names = () if shot.framing is Framing.PLACE else shot.subjects
    for name in names if plan.on is None else (plan.on, *names):
        point = _point(name, figures, things)
        if point is not None and depth_of(camera, point) >= NEAREST_M:
            return depth_of(camera, point)
    return max(float(np.linalg.norm(np.array(camera.look_at) - np.array(camera.position))), NEAREST_M)


def _checked_start(
    plan: FocusPlan, camera: PlacedCamera, figures: Mapping[str, Figure], things: Sequence[Thing]
) -> FocusPlan:
    assert plan.on is not None
    point = _point(plan.on, figures, things)
    if point is None:
        return replace(plan, on=None, notes=(*plan.notes, _unknown("focus", plan.on, figures, things)))
    if depth_of(camera, point) < NEAREST_M:
        note = f"The focus cannot be on {_title(plan.on)}: it is behind the camera."
        return replace(plan, on=None, notes=(*plan.notes, note))
    return plan


def _with_goal(
    plan: FocusPlan, rack_to: str | None, shot: Shot, camera: PlacedCamera, figures: Mapping[str, Figure],
    things: Sequence[Thing],
) -> FocusPlan:  # fmt: skip
    """Where a rack goes: to whom or what is named, else to the partner, else to the nearest thing at another depth."""
    if rack_to is not None:
        point = _point(rack_to, figures, things)
        if point is None:
            return replace(plan, notes=(*plan.notes, _unknown("rack", rack_to, figures, things)))
        if depth_of(camera, point) < NEAREST_M:
            note = f"The focus cannot go to {_title(rack_to)}: it is behind the camera."
            return replace(plan, notes=(*plan.notes, note))
        return replace(plan, rack_to=rack_to)
    start = _start(camera, plan, shot, figures, things)
    first = plan.on or next(iter(shot.subjects), None)
    partners = [n for n in (shot.over, shot.eyeline, *shot.subjects[1:]) if n]
    words = sorted({t.word for t in things}, key=lambda w: (abs(_depth(w, camera, figures, things) - start), w))
    for name in (*partners, *figures, *words):
        point = _point(name, figures, things)
        if name == first or point is None or not _in_frame(camera, point):
            continue
        depth = depth_of(camera, point)
        if max(depth, start) / min(depth, start) >= APART:
            return replace(plan, rack_to=name)
    note = "Nothing else is in the frame at another depth: the focus goes into the distance."
    return replace(plan, rack_m=3 * start, notes=(*plan.notes, note))


def _depth(name: str, camera: PlacedCamera, figures: Mapping[str, Figure], things: Sequence[Thing]) -> float:
    point = _point(name, figures, things)
    return np.inf if point is None else depth_of(camera, point)


def _in_frame(camera: PlacedCamera, point: Vec) -> bool:
    x, y, depth = project(camera, point)[0]
    return bool(depth >= NEAREST_M and -0.05 < x < 1.05 and -0.1 < y < 1.1)


def _point(name: str, figures: Mapping[str, Figure], things: Sequence[Thing]) -> Vec | None:
    """Somebody's eyes, or the middle of a thing."""
    figure = figures.get(name) or figures.get(name.upper())
    if figure is not None:
        return figure.landmarks["eyes"]
    thing = thing_named(name, things)
    return None if thing is None else thing.center


def _unknown(control: str, name: str, figures: Mapping[str, Figure], things: Sequence[Thing]) -> str:
    there = ", ".join([*(f.title() for f in figures), *dict.fromkeys(t.word for t in things)][:8])
    return f"{control}: {_title(name)} is not in this shot; there are {there or 'no people and no things'}."


def _title(name: str) -> str:
    return name.title() if name.isupper() else name
