"""The camera steps around what hides the subject; what cannot be stepped around is struck or moved in past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.camera import CameraControls
from maquette.film.shot import Framing, Shot, ShotSize
from maquette.film.stage import Body, SetPlan
from maquette.stage.ask import NO_CONTROLS, Ask
from maquette.stage.framing import Figure, camera_axes, project
from maquette.stage.one_wall import behind_one_wall
from maquette.stage.setup import Setup, carried
from maquette.stage.sightline import Obstacles

Vec = NDArray[np.float64]

GROUND = frozenset({"set/floor", "set/ceiling", "set/slab", "set/ground", "set/outside", "set/backdrop"})
"""Never in the camera's way."""
LARGEST_STRUCK_M = 3.0
"""What is larger is a building or the ground, not furniture."""
LARGEST_BUILT_IN_M, TALLEST_BUILT_IN_M = 8.0, 2.5
"""Where an asked angle has the camera behind it even a counter or a parked car goes: a set is built in wild pieces."""
ON_THE_LINE = 0.09
"""Sine of the angle within which a camera stands on the line of action and has crossed nothing."""
ON_TOP_M = 0.04
"""What begins this near to a surface stands on it."""
BODY_RADIUS_M = 0.3
"""A person's width around their axis, shoulders and half an arm."""

STEPPED = "The camera stepped aside: something stood before the subject."
Step = tuple[float, float, float]
"""Degrees around the subject, share of the distance and of the focal length, metres up."""
_TIGHT = (ShotSize.MS, ShotSize.MCU, ShotSize.CU, ShotSize.BCU, ShotSize.ECU)
_WIDE = (ShotSize.EWS, ShotSize.VWS, ShotSize.WS, ShotSize.FS)
_STEPS = (0, 10, -10, 20, -20, 32, -32, 45, -45, 60, -60)
_SHOULDER_STEPS = (0, 4, -4, 8, -8)
"""Over the shoulder a few degrees decide whether the shoulder is in the frame at all."""
_CROSSED = 2.5
"""Cost of a step over the line of action: taken only past a hidden face."""
_BLOCKED = 3.0
"""Cost from which on a set-up is not usable: a face or a third of the frame is hidden."""


@dataclass(frozen=True)
class _Freedom:
    """What the camera may do about what stands in its way."""

    steps: tuple[int, ...]
    """Degrees around the subject."""
    lifts: tuple[float, ...]
    """Metres up."""
    walls: bool
    """Whether it keeps behind one wall."""
    crossing: float = _CROSSED
    """Cost of a step to the other side of the line; infinite where the director stated the side."""


@dataclass(frozen=True, eq=False)
class _View:
    """What a trial is judged by."""

    obstacles: Obstacles
    points: Vec
    subjects: Sequence[Figure]
    bystanders: Sequence[Figure]

    def cost(self, trial: Setup, limit: float = np.inf) -> float:
        """0 is a clear view; a hidden face costs 10, a foreground full of furniture 5. At the limit or above it the
        rest is not looked at."""
        eye = np.array(trial.camera.position)
        cost = 10.0 * self.obstacles.blocked_share(eye, self.points)
        if cost < limit:
            cost += 6.0 * self.obstacles.crowded(eye, 0.3)
        if cost < limit:
            cost += 5.0 * self.obstacles.blocked_share(eye, _foreground(trial))
        if cost < limit:
            cost = cost + 1.5 * _intruders(trial, self.bystanders) + 4.0 * _cut_off(trial, self.subjects)
        return cost


def clear_view(
    setup: Setup, shot: Shot, figures: Mapping[str, Figure], plan: SetPlan, controls: CameraControls = NO_CONTROLS,
    keyed: frozenset[str] = frozenset(), like: Step | None = None,
) -> Setup:  # fmt: skip
    """The nearest clear set-up within 60 degrees and half a metre up, and what it took, in `Setup.notes`.

    like: the step that another frame of the same subject took; it is taken again if it clears the view.

    What was asked for stays: an angle, a pitch or a height is not lifted, a stated direction is not left, a stated lens
    is not exchanged. keyed: names of the controls that change over the shot.
    """
    if shot.framing in (Framing.PLACE, Framing.POV) or not figures:
        return setup
    ask = Ask(shot, controls, figures, (), plan, setup.camera.aspect, keyed)
    solid = _solid(plan)
    subjects = [figures[n] for n in shot.subjects if n in figures]
    welcome = {*shot.subjects, shot.over}
    bystanders = [] if shot.size in _WIDE else [f for n, f in figures.items() if n not in welcome]
    view = _View(obstacles_of(tuple(solid)), _watched(setup, subjects), subjects, bystanders)
    again = _again(setup, view, like)
    if again is not None:
        return _struck(again, shot, subjects, solid, _largest(ask))
    best, cost = _stepped_clear(setup, view, plan, _freedom(ask))
    if cost >= _BLOCKED and bystanders and not ask.lens_is_stated and shot.camera_height_m is None:
        best = _moved_in(setup, best, cost, view)
    return _struck(best, shot, subjects, solid, _largest(ask))


def struck_for(setup: Setup, shot: Shot, figures: Mapping[str, Figure], plan: SetPlan) -> tuple[str, ...]:
    """Names of the furniture that hides a face from the camera where it stands."""
    if shot.framing in (Framing.PLACE, Framing.POV) or not figures:
        return ()
    return _struck(setup, shot, [figures[n] for n in shot.subjects if n in figures], _solid(plan)).struck


def step_between(before: Setup, after: Setup) -> Step:
    """How the camera was carried from one set-up to the other, as `carried` takes it."""
    a, b = (np.array(s.camera.position) - s.target for s in (before, after))
    share = after.camera.lens_mm / before.camera.lens_mm
    turn = np.degrees(np.arctan2(a[0] * b[1] - a[1] * b[0], a[0] * b[0] + a[1] * b[1]))
    return float(turn), float(share), float(b[2] - share * a[2])


def _again(setup: Setup, view: _View, like: Step | None) -> Setup | None:
    """The set-up carried by a known step, if nothing is in its way there."""
    if like is None:
        return None
    trial = carried(setup, *like)
    if view.cost(trial, _BLOCKED) >= _BLOCKED:
        return None
    turn_deg, share, lift_m = like
    notes = setup.notes
    if abs(turn_deg) > 0.5 or lift_m > 0.05:
        notes = (*notes, STEPPED)
    if share < 0.99:
        notes = (*notes, _closer(setup.camera.lens_mm, trial.camera.lens_mm))
    return replace(trial, notes=notes)


def _closer(before_mm: float, now_mm: float) -> str:
    return f"Somebody stood before the subject: {now_mm:.0f} mm from closer instead of {before_mm:g} mm."


def _largest(ask: Ask) -> float:
    """The largest thing that is struck for this shot, in metres."""
    return LARGEST_BUILT_IN_M if ask.height_is_law else LARGEST_STRUCK_M


@lru_cache(maxsize=512)
def obstacles_of(bodies: tuple[Body, ...]) -> Obstacles:
    """Bodies as obstacles: those of a set stay the same from picture to picture."""
    return Obstacles(bodies)


def _solid(plan: SetPlan) -> list[Body]:
    return [b for b in plan.bodies if not b.name.startswith("wall/") and b.name not in GROUND]


def _freedom(ask: Ask) -> _Freedom:
    """How far the camera may step aside and be raised for a clear view of this shot."""
    tied = ask.shot.framing is Framing.OTS
    steps = (0,) if ask.direction_is_stated else _SHOULDER_STEPS if tied else _STEPS
    lifts = (0.0,) if ask.height_is_law else (0.0, 0.15) if tied else (0.0, 0.25, 0.5)
    crossing = np.inf if ask.controls.eyeline_side is not None else _CROSSED
    return _Freedom(steps, lifts, walls=not ask.direction_is_stated, crossing=crossing)


def _watched(setup: Setup, subjects: Sequence[Figure]) -> Vec:
    """(N, 3) points of the subjects that the frame holds and nothing should hide."""
    if not subjects:
        return np.array([setup.target])
    low = setup.target[2] - 0.3 * setup.frame_height_m
    names = ("head_top", "eyes", "chin", "chest", "waist")
    return np.array([f.landmarks[n] for f in subjects for n in names if n == "eyes" or f.landmarks[n][2] >= low])


def _stepped_clear(setup: Setup, view: _View, plan: SetPlan, freedom: _Freedom) -> tuple[Setup, float]:
    best, best_cost, moved = setup, np.inf, False
    for step in freedom.steps:
        for lift in freedom.lifts:
            effort = abs(step) / 40 + lift * 1.5
            if effort >= best_cost:
                continue
            trial = _stepped(setup, step, lift)
            trial = behind_one_wall(trial, plan) if freedom.walls else trial
            if _crossed(setup, trial, view.subjects):
                effort += freedom.crossing
                if effort >= best_cost:
                    continue
            cost = view.cost(trial, best_cost - effort) + effort
            if cost < best_cost:
                best, best_cost, moved = trial, cost, bool(step or lift)
    if moved:
        best = replace(best, notes=(*setup.notes, STEPPED))
    return best, best_cost


def _crossed(setup: Setup, trial: Setup, subjects: Sequence[Figure]) -> bool:
    """Whether the first subject's look (of several: the way to the others) goes to the other side of the frame now."""
    if not subjects:
        return False
    way = subjects[0].look
    if len(subjects) > 1:
        way = np.mean([f.landmarks["chest"][:2] for f in subjects[1:]], axis=0) - subjects[0].landmarks["chest"][:2]
    before, after = (float(way @ camera_axes(s.camera)[0][:2]) for s in (setup, trial))
    return before * after < 0 and min(abs(before), abs(after)) > ON_THE_LINE * float(np.linalg.norm(way))


def _moved_in(setup: Setup, best: Setup, cost: float, view: _View) -> Setup:
    """Past the people in the way, with a shorter lens that keeps the frame."""
    for share in (0.7, 0.55, 0.42, 0.32):
        camera = setup.camera
        position = setup.target + share * (np.array(camera.position) - setup.target)
        look = setup.target + share * (np.array(camera.look_at) - setup.target)
        lens = camera.lens_mm * share
        trial = replace(
            setup,
            camera=replace(
                camera,
                position=(float(position[0]), float(position[1]), float(position[2])),
                look_at=(float(look[0]), float(look[1]), float(look[2])),
                lens_mm=lens,
                focus_m=camera.focus_m * share,
            ),
        )
        if lens >= 14.0 and view.cost(trial) + 1.0 < cost:
            return replace(trial, notes=(*setup.notes, _closer(camera.lens_mm, lens)))
    return best


def _struck(
    setup: Setup, shot: Shot, subjects: Sequence[Figure], solid: Sequence[Body], largest_m: float = LARGEST_STRUCK_M
) -> Setup:
    """Furniture that still hides a face is struck from the picture, as a crew would carry it out."""
    faces = np.array([f.landmarks[n] for f in subjects for n in ("head_top", "eyes", "chin")] or [setup.target])
    tight = shot.size in _TIGHT
    eye = np.array(setup.camera.position)
    near = _foreground(setup)
    struck: list[str] = []
    for body in solid:
        size = np.ptp(body.vertices, axis=0)
        if size.max() > largest_m or (size.max() > LARGEST_STRUCK_M and size[2] > TALLEST_BUILT_IN_M):
            continue
        alone = obstacles_of((body,))
        hides = alone.blocked_share(eye, faces) > 0 or alone.crowded(eye, 0.2)
        if hides or (tight and alone.blocked_share(eye, near) > 0.1):
            struck.append(body.name)
    if not struck:
        return setup
    struck += [n for n in standing_on(struck, solid, solid) if n not in struck]
    names = ", ".join(name.split("/")[-1] for name in struck)
    return replace(setup, notes=(*setup.notes, f"Struck for this shot: {names}."), struck=tuple(struck))


def standing_on(struck: Sequence[str], solid: Sequence[Body], bodies: Sequence[Body]) -> tuple[str, ...]:
    """Names of the bodies that stand on a built-in that is struck, and go with it."""
    gone: list[str] = []
    for piece in (b for b in solid if b.name in struck and float(np.ptp(b.vertices, axis=0).max()) > LARGEST_STRUCK_M):
        low, high = piece.vertices.min(axis=0), piece.vertices.max(axis=0)
        for body in bodies:
            foot, middle = float(body.vertices[:, 2].min()), body.vertices[:, :2].mean(axis=0)
            on_it = abs(foot - float(high[2])) < ON_TOP_M and bool(np.all((middle >= low[:2]) & (middle <= high[:2])))
            if on_it and body.name not in gone:
                gone.append(body.name)
    return tuple(gone)


def _cut_off(setup: Setup, subjects: Sequence[Figure]) -> int:
    """How many subjects have their face at the frame's edge or outside."""
    if len(subjects) < 2:
        return 0
    seen = project(setup.camera, np.array([f.landmarks["nose"] for f in subjects]))
    return int(((np.abs(seen[:, :2] - 0.5) > 0.45).any(axis=1) | (seen[:, 2] < 0)).sum())


def _intruders(setup: Setup, bystanders: Sequence[Figure]) -> float:
    """How many people who are not asked for stand in the frame before the subject; before the face counts thrice."""
    eye = np.array(setup.camera.position)
    depth = float(np.linalg.norm(setup.target - eye))
    right = camera_axes(setup.camera)[0]
    sight = eye + np.linspace(0.0, 0.92, 24)[:, None] * (setup.target - eye)
    count = 0.0
    for figure in bystanders:
        marks = np.array([figure.landmarks[n] for n in ("head_top", "eyes", "shoulders", "chest", "waist", "hip")])
        if float(np.linalg.norm(sight[:, None] - marks[None], axis=2).min()) < BODY_RADIUS_M:
            count += 3.0
            continue
        seen = project(setup.camera, np.concatenate([marks - 0.28 * right, marks, marks + 0.28 * right]))
        inside = (seen[:, 2] > 0.1) & (seen[:, 2] < depth) & (np.abs(seen[:, :2] - 0.5) < 0.5).all(axis=1)
        count += float(inside.any())
    return count


def _foreground(setup: Setup) -> Vec:
    """(25, 3) points across the frame, a little nearer than the subject: nothing should stand before them."""
    camera = setup.camera
    right, up, _ = camera_axes(camera)
    eye, middle = np.array(camera.position), np.array(camera.look_at)
    h = setup.frame_height_m
    grid = [(x, y) for y in (-0.45, -0.22, 0.0, 0.22, 0.45) for x in (-0.45, -0.22, 0.0, 0.22, 0.45)]
    points = np.array([middle + right * x * h * camera.aspect + up * y * h for x, y in grid])
    return eye + 0.8 * (points - eye)


def _stepped(setup: Setup, degrees: float, lift_m: float) -> Setup:
    """The set-up carried around its target by `degrees` and raised."""
    if degrees == 0 and lift_m == 0:
        return setup
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turn = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]])
    position = setup.target + turn @ (np.array(setup.camera.position) - setup.target) + [0, 0, lift_m]
    look = setup.target + turn @ (np.array(setup.camera.look_at) - setup.target)
    camera = replace(
        setup.camera,
        position=(float(position[0]), float(position[1]), float(position[2])),
        look_at=(float(look[0]), float(look[1]), float(look[2])),
        focus_m=float(np.linalg.norm(look - position)),
    )
    return replace(setup, camera=camera)
