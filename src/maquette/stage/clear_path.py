"""A camera that travels keeps clear of solids over its whole way: a smooth detour around what would stop or blind it.

A detour is a `Step` over time, as `clear_view` knows one for a moment: degrees around the subject, share of the
distance, metres up. As the shot begins it is nothing, so the set-up stays as it is; it comes and goes without a corner.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import maximum_filter1d

from maquette.film.stage import PlacedCamera
from maquette.stage.clear_view import Step
from maquette.stage.framing import camera_axes, half_view, project
from maquette.stage.setup import moved_camera
from maquette.stage.sightline import Obstacles

Vec = NDArray[np.float64]

EVERY_S = 0.2
"""The way is looked at so often, but at least at `LEAST` and at most at `MOST` moments."""
LEAST, MOST = 12, 48
TRAVELS_M = 0.1
"""A camera that goes less far stands: what is in its view was there when it was set up, or walks."""
LENS_ROOM_M = 0.3
"""Room that a lens with its hood needs around it."""
PERSON_M = 0.25
"""And half the width of a person."""
WIPED = 0.1
"""Share of the picture that may be lost to something close, more than in the set-up, before it counts."""
CLOSE, CLOSE_M = 0.5, 1.2
"""Close is nearer than this share of the way to the subject, and than so many metres."""
_GRID = np.array([(x, y) for y in np.linspace(-0.8, 0.8, 5) for x in np.linspace(-0.9, 0.9, 9)])
"""Points of the frame, -1..1, that are looked through."""
FAULT = 1.0
"""Cost from which on a moment of the way is not usable."""
_TURNS = np.array([-34.0, -24.0, -16.0, -8.0, 0.0, 8.0, 16.0, 24.0, 34.0])
_LIFTS = np.array([0.0, 0.25, 0.5, 0.8, 1.1])
_FARS = np.log([1.0, 0.85, 0.7, 0.55, 0.42])
"""Steps that are tried: degrees around and metres up in every pair, shares of the distance with neither."""
_FINE_TURNS, _FINE_LIFTS, _FINE_FARS = np.linspace(-34, 34, 35), np.linspace(0, 1.1, 12), np.linspace(0, _FARS[-1], 16)
_TRIED = np.array([*((t, 0.0, z) for t in _TURNS for z in _LIFTS), *((0.0, f, 0.0) for f in _FARS[1:])])
_STEPS = np.array([*((t, 0.0, z) for t in _FINE_TURNS for z in _FINE_LIFTS), *((0.0, f, 0.0) for f in _FINE_FARS[1:])])
"""(S, 3) degrees, logarithm of the share, metres: the steps that a way is made of lie between those that are tried."""
_REST = int(np.flatnonzero((_STEPS == 0).all(axis=1))[0])
_EFFORT = np.array([1 / 60, 0.8, 0.6])
"""Cost of a second so far off the way, by degree, by factor e of the distance and by metre up."""
_SPEED = np.array([8.0, 0.16, 0.25])
"""Degrees, factors e and metres a second that cost 1."""
_SMOOTH_S = 0.5
"""Half the window over which a detour is smoothed, and how long it takes to begin."""
_FINE_HZ = 48


@dataclass(frozen=True, eq=False)
class Sight:
    """The camera at one moment of its way, and what it must see."""

    camera: PlacedCamera
    about: Vec
    """(3,) the subject's eyes, or what the frame is on: detours go around it."""
    faces: Vec
    """(N, 3) points that nothing may hide, as far as the frame holds them; N may be 0."""
    people: Vec = field(default_factory=lambda: np.zeros((0, 4)))
    """(P, 4) x, y, floor and crown in metres of those whom the shot is not about."""


@dataclass(frozen=True, eq=False)
class Detour:
    """How a camera leaves its way over a shot."""

    shares: Vec
    """(N,) of the shot, from 0 to 1."""
    steps: Vec
    """(N, 3) degrees, logarithm of the share of the distance, metres up."""
    faulty: tuple[float, ...] = ()
    """Shares of the shot at which something is in the way all the same."""

    def at(self, share: float) -> Step:
        turn, far, lift = (float(np.interp(share, self.shares, column)) for column in self.steps.T)
        return turn, float(np.exp(far)), lift

    @property
    def leaves(self) -> bool:
        """Whether the camera leaves its way at all."""
        return bool(np.any(self.steps != 0))


def moments_of(duration_s: float) -> Vec:
    """(N,) shares of a shot at which its camera's way is looked at."""
    return np.linspace(0.0, 1.0, int(np.clip(np.ceil(duration_s / EVERY_S), LEAST, MOST)) + 1)


def around(camera: PlacedCamera, about: Vec, step: Step) -> PlacedCamera:
    """The camera turned about the vertical through a point, brought to a share of its distance and raised. Its aim
    goes around as well, so that the point keeps its place in the frame; raised, it looks where it looked."""
    turn_deg, share, lift_m = step
    if step == (0.0, 1.0, 0.0):
        return camera
    c, s = np.cos(np.radians(turn_deg)), np.sin(np.radians(turn_deg))
    turn = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    position, look = (about + share * (turn @ (np.array(p) - about)) for p in (camera.position, camera.look_at))
    return moved_camera(camera, position + [0.0, 0.0, lift_m], look)


def detour_of(way: Sequence[Sight], duration_s: float, solids: Obstacles) -> Detour | None:
    """The detour that a way needs, `way` at the moments of `moments_of`; None where it is clear or nobody goes it.

    A shortest path over the moments (Viterbi 1967): a moment costs what is in the way then, or just before and after,
    and how far off its way the camera is; from one to the next it costs the square of the speed.
    """
    eyes = np.array([s.camera.position for s in way])
    if float(np.linalg.norm(eyes - eyes[0], axis=1).max()) < TRAVELS_M:
        return None
    first = _trouble(way[0], solids)
    asked = np.array([_cost(sight, solids, first) for sight in way])
    if asked.max() < FAULT:
        return None
    seconds = duration_s / (len(way) - 1)
    tried = np.array([[_cost(_gone(s, _step(t)), solids, first) for t in _TRIED] for s in way])
    costs = maximum_filter1d(_between(tried), 3, axis=0, mode="nearest")
    detour = _smooth(_STEPS[_cheapest(costs, seconds)], duration_s)
    shares = np.linspace(0.0, 1.0, len(way))
    left = [_cost(_gone(s, detour.at(k)), solids, first) for s, k in zip(way, shares, strict=True)]
    if not detour.leaves or sum(left) >= asked.sum():
        detour, left = Detour(np.array([0.0, 1.0]), np.zeros((2, 3))), list(asked)
    return replace(detour, faulty=tuple(float(k) for k, cost in zip(shares, left, strict=True) if cost >= FAULT))


def _gone(sight: Sight, step: Step) -> Sight:
    return replace(sight, camera=around(sight.camera, sight.about, step))


def _step(row: Vec) -> Step:
    turn, far, lift = (float(v) for v in row)
    return turn, float(np.exp(far)), lift


def _between(tried: Vec) -> Vec:
    """(M, S) costs of all steps at each moment, from those (M, T) of the steps that were tried."""
    grid = len(_TURNS) * len(_LIFTS)
    pairs = tried[:, :grid].reshape(len(tried), len(_TURNS), len(_LIFTS))
    fars = np.concatenate([pairs[:, _TURNS == 0.0, 0], tried[:, grid:]], axis=1)
    pairs = _weights(_FINE_TURNS, _TURNS) @ pairs @ _weights(_FINE_LIFTS, _LIFTS).T
    return np.concatenate([pairs.reshape(len(tried), -1), fars @ _weights(_FINE_FARS[1:], _FARS).T], axis=1)


def _weights(fine: Vec, known: Vec) -> Vec:
    """(F, K) of linear interpolation; `known` is in order, up or down."""
    sign = 1.0 if known[-1] > known[0] else -1.0
    return np.stack([np.interp(sign * fine, sign * known, row) for row in np.eye(len(known))], axis=1)


def _cheapest(costs: Vec, seconds: float) -> NDArray[np.intp]:
    """(M,) which step is taken at each moment; the first moment takes none."""
    moving = sum(((c[:, None] - c) / (v * seconds)) ** 2 for c, v in zip(_STEPS.T, _SPEED, strict=True)) * seconds
    standing = (costs + np.abs(_STEPS) @ _EFFORT) * seconds
    total = np.where(np.arange(len(_STEPS)) == _REST, 0.0, np.inf)
    came_from: list[NDArray[np.intp]] = []
    for now in standing[1:]:
        ways = total[:, None] + moving
        came_from.append(ways.argmin(axis=0))
        total = ways.min(axis=0) + now
    path = [int(total.argmin())]
    for before in reversed(came_from):
        path.append(int(before[path[-1]]))
    return np.array(path[::-1])


def _smooth(steps: Vec, duration_s: float) -> Detour:
    """The steps joined without corners, and begun from rest."""
    count = int(np.ceil(duration_s * _FINE_HZ)) + 1
    shares = np.linspace(0.0, 1.0, count)
    fine = np.stack([np.interp(shares, np.linspace(0.0, 1.0, len(steps)), c) for c in steps.T], axis=1)
    half = int(_SMOOTH_S * _FINE_HZ)
    window = np.hanning(2 * half + 3)[1:-1]
    padded = np.concatenate([np.zeros((half, 3)), fine, np.repeat(fine[-1:], half, axis=0)])
    smooth = np.stack([np.convolve(c, window / window.sum(), mode="valid") for c in padded.T], axis=1)
    begun = np.clip(shares * duration_s / _SMOOTH_S, 0.0, 1.0)
    return Detour(shares, smooth * (begun * begun * (3 - 2 * begun))[:, None])


def _cost(sight: Sight, solids: Obstacles, first: tuple[float, float, float]) -> float:
    """What is in the way, more than at first: 6 for something at the lens, 10 for hidden faces, 30 for a picture full
    of something close."""
    crowded, hidden, wiped = (now - then for now, then in zip(_trouble(sight, solids), first, strict=True))
    return 6.0 * max(crowded, 0.0) + 10.0 * max(hidden, 0.0) + 30.0 * max(wiped - WIPED, 0.0)


def _trouble(sight: Sight, solids: Obstacles) -> tuple[float, float, float]:
    """Whether something is at the lens, the share of the faces in the frame that is hidden, and that of the picture
    which something close takes."""
    camera = sight.camera
    eye = np.array(camera.position)
    people = sight.people
    far = np.linalg.norm(people[:, :2] - eye[:2], axis=1)
    crowded = float(solids.crowded(eye, LENS_ROOM_M) or bool((far < LENS_ROOM_M + PERSON_M).any()))
    hidden = 0.0
    if len(sight.faces):
        seen = project(camera, sight.faces)
        framed = sight.faces[(seen[:, 2] > 0.1) & (np.abs(seen[:, :2] - 0.5) < 0.5).all(axis=1)]
        hidden = _hidden(eye, framed, sight.people, solids) if len(framed) else 0.0
    right, up, forward = camera_axes(camera)
    half = half_view(camera)
    rays = forward + half * (_GRID[:, :1] * right + _GRID[:, 1:] / camera.aspect * up)
    reach = min(CLOSE * float(np.linalg.norm(sight.about - eye)), CLOSE_M)
    return crowded, hidden, _hidden(eye, eye + reach * rays, sight.people, solids)


def _hidden(eye: Vec, targets: Vec, people: Vec, solids: Obstacles) -> float:
    """Share of the (N, 3) targets that a solid or somebody hides."""
    return max(solids.blocked_share(eye, targets), float(_behind_people(eye, targets, people).mean()))


def _behind_people(eye: Vec, targets: Vec, people: Vec) -> NDArray[np.bool_]:
    """(N,) whether somebody, an upright of `PERSON_M`, stands between the eye and each target."""
    ahead = targets - eye
    flat = ahead[:, None, :2]
    along = ((people[None, :, :2] - eye[:2]) * flat).sum(axis=2) / np.maximum((flat**2).sum(axis=2), 1e-9)
    nearest = eye + np.clip(along, 0.0, 1.0)[..., None] * ahead[:, None]
    beside = np.linalg.norm(nearest[..., :2] - people[None, :, :2], axis=2) < PERSON_M
    upright = (nearest[..., 2] > people[None, :, 2]) & (nearest[..., 2] < people[None, :, 3])
    return (beside & upright & (along < 1.0)).any(axis=1)
