"""The camera steps around what hides the subject; what cannot be stepped around is struck or moved in past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.shot import Framing, Shot, ShotSize
from maquette.film.stage import Body, SetPlan
from maquette.stage.framing import Figure, camera_axes, project
from maquette.stage.one_wall import behind_one_wall
from maquette.stage.setup import Setup
from maquette.stage.sightline import Obstacles

Vec = NDArray[np.float64]

GROUND = frozenset({"set/floor", "set/ceiling", "set/slab", "set/ground", "set/outside", "set/backdrop"})
"""Never in the camera's way."""
LARGEST_STRUCK_M = 3.0
"""What is larger is a building or the ground, not furniture."""
BODY_RADIUS_M = 0.3
"""A person's width around their axis, shoulders and half an arm."""

_TIGHT = (ShotSize.MS, ShotSize.MCU, ShotSize.CU, ShotSize.BCU, ShotSize.ECU)
_WIDE = (ShotSize.EWS, ShotSize.VWS, ShotSize.WS, ShotSize.FS)
_STEPS = (0, 10, -10, 20, -20, 32, -32, 45, -45, 60, -60)
_SHOULDER_STEPS = (0, 4, -4, 8, -8)
"""Over the shoulder a few degrees decide whether the shoulder is in the frame at all."""
_BLOCKED = 3.0
"""Cost from which on a set-up is not usable: a face or a third of the frame is hidden."""


@dataclass(frozen=True, eq=False)
class _View:
    """What a trial is judged by."""

    obstacles: Obstacles
    points: Vec
    subjects: Sequence[Figure]
    bystanders: Sequence[Figure]

    def cost(self, trial: Setup) -> float:
        """0 is a clear view; a hidden face costs 10, a foreground full of furniture 5."""
        eye = np.array(trial.camera.position)
        cost = 10.0 * self.obstacles.blocked_share(eye, self.points) + 6.0 * self.obstacles.crowded(eye, 0.3)
        cost += 5.0 * self.obstacles.blocked_share(eye, _foreground(trial))
        return cost + 1.5 * _intruders(trial, self.bystanders) + 4.0 * _cut_off(trial, self.subjects)


def clear_view(setup: Setup, shot: Shot, figures: Mapping[str, Figure], plan: SetPlan) -> Setup:
    """The nearest clear set-up within 60 degrees and half a metre up, and what it took, in `Setup.notes`."""
    if shot.framing in (Framing.PLACE, Framing.POV) or not figures:
        return setup
    solid = [b for b in plan.bodies if not b.name.startswith("wall/") and b.name not in GROUND]
    subjects = [figures[n] for n in shot.subjects if n in figures]
    welcome = {*shot.subjects, shot.over}
    bystanders = [] if shot.size in _WIDE else [f for n, f in figures.items() if n not in welcome]
    view = _View(Obstacles(solid), _watched(setup, subjects), subjects, bystanders)
    best, cost = _stepped_clear(setup, view, plan, tied=shot.framing is Framing.OTS)
    if cost >= _BLOCKED and bystanders:
        best = _moved_in(setup, best, cost, view)
    faces = np.array([f.landmarks[n] for f in subjects for n in ("head_top", "eyes", "chin")] or [setup.target])
    return _struck(best, solid, faces, tight=shot.size in _TIGHT)


def _watched(setup: Setup, subjects: Sequence[Figure]) -> Vec:
    """(N, 3) points of the subjects that the frame holds and nothing should hide."""
    if not subjects:
        return np.array([setup.target])
    low = setup.target[2] - 0.3 * setup.frame_height_m
    names = ("head_top", "eyes", "chin", "chest", "waist")
    return np.array([f.landmarks[n] for f in subjects for n in names if n == "eyes" or f.landmarks[n][2] >= low])


def _stepped_clear(setup: Setup, view: _View, plan: SetPlan, *, tied: bool) -> tuple[Setup, float]:
    best, best_cost, moved = setup, np.inf, False
    for step in _SHOULDER_STEPS if tied else _STEPS:
        for lift in (0.0, 0.15) if tied else (0.0, 0.25, 0.5):
            effort = abs(step) / 40 + lift * 1.5
            if effort >= best_cost:
                continue
            trial = behind_one_wall(_stepped(setup, step, lift), plan)
            cost = view.cost(trial) + effort
            if cost < best_cost:
                best, best_cost, moved = trial, cost, bool(step or lift)
    if moved:
        note = "The camera stepped aside: something stood before the subject."
        best = replace(best, notes=(*setup.notes, note))
    return best, best_cost


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
            note = f"Somebody stood before the subject: {lens:.0f} mm from closer instead of {camera.lens_mm:g} mm."
            return replace(trial, notes=(*setup.notes, note))
    return best


def _struck(setup: Setup, solid: Sequence[Body], faces: Vec, *, tight: bool) -> Setup:
    """Furniture that still hides a face is struck from the picture, as a crew would carry it out."""
    eye = np.array(setup.camera.position)
    near = _foreground(setup)
    struck: list[str] = []
    for body in solid:
        if float(np.ptp(body.vertices, axis=0).max()) > LARGEST_STRUCK_M:
            continue
        alone = Obstacles([body])
        hides = alone.blocked_share(eye, faces) > 0 or alone.crowded(eye, 0.2)
        if hides or (tight and alone.blocked_share(eye, near) > 0.1):
            struck.append(body.name)
    if not struck:
        return setup
    names = ", ".join(name.split("/")[-1] for name in struck)
    return replace(setup, notes=(*setup.notes, f"Struck for this shot: {names}."), struck=tuple(struck))


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
