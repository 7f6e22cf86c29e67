"""A camera that the director puts down, at one place or along keys over the shot: the last word over the framing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from maquette.film.camera import Easing, Placement, PlacementKey
from maquette.film.errors import StageError
from maquette.film.shot import Framing
from maquette.film.stage import PlacedCamera
from maquette.stage.aiming import placed
from maquette.stage.ask import Ask
from maquette.stage.framing import camera_axes, half_view, project
from maquette.stage.setup import Setup, moved_camera
from maquette.stage.views import find_thing

Vec = NDArray[np.float64]

_STARTS_SLOWLY = (Easing.EASE_IN, Easing.EASE_IN_OUT, Easing.HOLD)
_STOPS_SLOWLY = (Easing.EASE_OUT, Easing.EASE_IN_OUT, Easing.HOLD)


def hand_setup(ask: Ask, placement: Placement) -> Setup:
    """The set-up of a camera put down by hand. Raises StageError where it looks at its own place."""
    position, look = np.array(placement.position, float), np.array(placement.look_at, float)
    if float(np.linalg.norm(look - position)) < 1e-3:
        raise StageError(f"the camera at {placement.position} looks at its own place; move its look-at point.")
    camera = placed(ask, position, look)
    target = _subject_point(ask, camera)
    depth = float((target - position) @ camera_axes(camera)[2])
    height = 2 * depth * half_view(camera) / camera.aspect
    hidden = (str(ask.shot.over),) if ask.shot.framing is Framing.POV and ask.shot.over in ask.figures else ()
    return Setup(camera, target, height, hidden=hidden)


def _subject_point(ask: Ask, camera: PlacedCamera) -> Vec:
    """What the frame is on: the first subject that it holds, else the look-at point."""
    points = [ask.figures[n].landmarks["eyes"] for n in ask.shot.subjects if n in ask.figures]
    thing = find_thing(ask) if ask.shot.framing is Framing.INSERT else None
    points += [thing.center] if thing is not None else []
    for point in points:
        x, y, depth = project(camera, point)[0]
        if depth > 0.1 and 0 <= x <= 1 and 0 <= y <= 1:
            return np.asarray(point, float)
    return np.array(camera.look_at)


def along_path(camera: PlacedCamera, path: Sequence[PlacementKey], share: float) -> PlacedCamera:
    """The camera after a share 0..1 of the shot on its way through the keys; it rests before the first and after the
    last.

    Cubic Hermite curves through positions and look-at points, exact at every key. An easing that stops at a key, from
    either side, has no speed there; elsewhere the speed is that of the neighbours' chord (Catmull-Rom with uneven
    times), so that place and speed are continuous. Two eased keys alone give smoothstep.
    """
    keys = sorted(path, key=lambda k: k.at)
    if share <= keys[0].at or len(keys) == 1:
        return _at(camera, keys[0].placement)
    if share >= keys[-1].at:
        return _at(camera, keys[-1].placement)
    points = np.array([[*k.placement.position, *k.placement.look_at] for k in keys])
    times = np.array([k.at for k in keys])
    index = int(np.searchsorted(times, share, side="right")) - 1
    if keys[index + 1].easing is Easing.HOLD:
        return _at(camera, keys[index].placement)
    span = times[index + 1] - times[index]
    u = (share - times[index]) / span
    v0, v1 = _speed(keys, points, times, index) * span, _speed(keys, points, times, index + 1) * span
    p0, p1 = points[index], points[index + 1]
    # Offsets from the key before, so that equal keys give exactly equal cameras.
    way = (p1 - p0) * (u * u * (3 - 2 * u)) + v0 * (u * (1 - u) ** 2) - v1 * (u * u * (1 - u))
    point = p0 + way
    return moved_camera(camera, point[:3], point[3:])


def _speed(keys: Sequence[PlacementKey], points: Vec, times: Vec, index: int) -> Vec:
    """(6,) change a share of the shot, at a key."""
    nothing = np.zeros(points.shape[1])
    before = keys[index].easing if index > 0 else None
    after = keys[index + 1].easing if index + 1 < len(keys) else None
    if before in _STOPS_SLOWLY or after in _STARTS_SLOWLY:
        return nothing
    if before is None or after is None:
        other = index + 1 if before is None else index - 1
        chord = (points[other] - points[index]) / (times[other] - times[index])
        # The one open end of a quadratic easing runs at twice the mean speed.
        doubled = (after is Easing.EASE_OUT) if before is None else (before is Easing.EASE_IN)
        return chord * (2.0 if doubled else 1.0)
    left = (points[index] - points[index - 1]) / (times[index] - times[index - 1])
    right = (points[index + 1] - points[index]) / (times[index + 1] - times[index])
    share = (times[index] - times[index - 1]) / (times[index + 1] - times[index - 1])
    return left * (1 - share) + right * share


def _at(camera: PlacedCamera, placement: Placement) -> PlacedCamera:
    return moved_camera(camera, np.array(placement.position, float), np.array(placement.look_at, float))


def key_moments(path: Sequence[PlacementKey]) -> tuple[float, ...]:
    """Shares of the shot at which a path is worth looking at: its keys and half-way between them."""
    ats = sorted(k.at for k in path)
    return tuple(dict.fromkeys([*ats, *((a + b) / 2 for a, b in pairwise(ats))]))
