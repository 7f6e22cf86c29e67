"""What a crew would say about a camera before it rolls: it stands in a wall, crosses the line, makes a jump cut.

Everything here warns in a sentence and forbids nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from maquette.film.request import ScreenLine
from maquette.film.shot import ShotSize, Side
from maquette.film.stage import Body, PlacedCamera, SetPlan
from maquette.stage.clear_view import GROUND, obstacles_of
from maquette.stage.framing import Figure, camera_axes, project
from maquette.stage.outlook import gap
from maquette.stage.sightline import wild_bodies

Vec = NDArray[np.float64]

LENS_CLEARANCE_M = 0.08
"""Half a camera's width: nearer than this it is in what it touches."""
HEAD_RADIUS_M, BODY_RADIUS_M = 0.17, 0.24
ON_THE_LINE_DEG = 5.0
"""A camera this near to the line of action has crossed nothing: it is a neutral shot."""
MIN_CUT_DEG = 30.0
MIN_CUT_SIZES = 2


def camera_warnings(
    camera: PlacedCamera,
    figures: Mapping[str, Figure],
    plan: SetPlan,
    subjects: Sequence[str] = (),
    line: ScreenLine | None = None,
    *,
    hidden: Sequence[str] = (),
) -> tuple[str, ...]:
    """Everything implausible about a camera, in plain sentences.

    subjects: names of whom the frame is on. line: the scene's screen direction. hidden: people who are not in the
    picture (the owner of a point of view).
    """
    seen = {name: f for name, f in figures.items() if name not in hidden}
    return (
        *_in_the_set(camera, plan, [seen[n] for n in subjects if n in seen] or list(seen.values())),
        *_in_somebody(camera, list(seen.values())),
        *_lost_subjects(camera, plan, [seen[n] for n in subjects if n in seen]),
        *([said] if (said := crosses_the_line(camera, line, seen)) else []),
    )


# --- the set --------------------------------------------------------------------------------------------------


def _in_the_set(camera: PlacedCamera, plan: SetPlan, watched: Sequence[Figure]) -> list[str]:
    position = np.array(camera.position)
    said: list[str] = []
    if position[2] < 0:
        said.append(f"The camera is {-position[2]:.2g} m under the floor.")
    if plan.ceiling_m is not None and position[2] > plan.ceiling_m:
        said.append(f"The camera is above the ceiling of {plan.ceiling_m:g} m, which is taken out for it.")
    targets = [f.landmarks["chest"] for f in watched] or [np.array(camera.look_at)]
    walls = {b.name: b for b in plan.bodies if b.name.startswith("wall/") and b.name.count("/") == 1}
    for name in wild_bodies(plan, camera, targets):
        if name in walls:
            where = "stands in" if _inside_box(position, walls[name]) else "looks through"
            said.append(f"The camera {where} the {_label(name)} wall, which is taken out for it.")
    for body in plan.bodies:
        if body.name in GROUND or body.name.startswith("wall/"):
            continue
        if _inside_box(position, body, LENS_CLEARANCE_M) and _in_body(position, body):
            said.append(f"The camera is inside the {_label(body.name)}.")
    return said


def _inside_box(point: Vec, body: Body, margin_m: float = 0.0) -> bool:
    low, high = body.vertices.min(axis=0) - margin_m, body.vertices.max(axis=0) + margin_m
    return bool(np.all(point >= low) and np.all(point <= high))


def _in_body(point: Vec, body: Body) -> bool:
    """Enclosed by its surface, or so near to it that a camera does not fit."""
    return winding_number(point, body) > 0.5 or obstacles_of((body,)).crowded(point, LENS_CLEARANCE_M)


def winding_number(point: Vec, body: Body) -> float:
    """How often a body's surface encloses a point: 1 inside a closed mesh, 0 outside.

    Sum of the triangles' solid angles over 4 pi (Van Oosterom and Strackee 1983).
    """
    a, b, c = (body.vertices[body.faces[:, i]].astype(np.float64) - point for i in range(3))
    la, lb, lc = (np.linalg.norm(v, axis=1) for v in (a, b, c))
    triple = np.einsum("ij,ij->i", a, np.cross(b, c))
    below = la * lb * lc
    for (u, v), w in (((a, b), lc), ((a, c), lb), ((b, c), la)):
        below = below + np.einsum("ij,ij->i", u, v) * w
    return float(2 * np.arctan2(triple, below).sum() / (4 * np.pi))


def _label(name: str) -> str:
    return name.split("/")[-1]


# --- people ---------------------------------------------------------------------------------------------------


def _in_somebody(camera: PlacedCamera, figures: Sequence[Figure]) -> list[str]:
    position = np.array(camera.position)
    said: list[str] = []
    for figure in figures:
        marks = figure.landmarks
        head = _to_segment(position, marks["head_top"], marks["chin"])
        if head < HEAD_RADIUS_M:
            said.append(f"The camera is inside {figure.name.title()}'s head.")
            continue
        joints = [marks[n] for n in ("chin", "chest", "waist", "hip", "knee", "ankle")]
        if min(_to_segment(position, a, b) for a, b in pairwise(joints)) < BODY_RADIUS_M:
            said.append(f"The camera is inside {figure.name.title()}.")
    return said


def _to_segment(point: Vec, a: Vec, b: Vec) -> float:
    """Distance in metres from a point to a segment."""
    way = b - a
    along = float(np.clip((point - a) @ way / max(float(way @ way), 1e-12), 0, 1))
    return float(np.linalg.norm(point - a - along * way))


def hidden_faces(
    camera: PlacedCamera, figures: Mapping[str, Figure], plan: SetPlan, subjects: Sequence[str], struck: Sequence[str]
) -> tuple[str, ...]:
    """What still stands before the subjects' faces, in plain sentences. struck: set bodies that are out of the way."""
    left = replace(plan, bodies=tuple(b for b in plan.bodies if b.name not in struck))
    return tuple(w for n in subjects if n in figures for w in _hidden_behind(camera, left, figures[n]))


def _lost_subjects(camera: PlacedCamera, plan: SetPlan, subjects: Sequence[Figure]) -> list[str]:
    said: list[str] = []
    for figure in subjects:
        x, y, depth = project(camera, figure.landmarks["eyes"])[0]
        if depth <= 0:
            said.append(f"{figure.name.title()} is behind the camera.")
        elif not (0 <= x <= 1 and 0 <= y <= 1):
            said.append(f"{figure.name.title()} is outside the frame.")
        else:
            said += _hidden_behind(camera, plan, figure)
    return said


def _hidden_behind(camera: PlacedCamera, plan: SetPlan, figure: Figure) -> list[str]:
    eye, face = np.array(camera.position), np.array([figure.landmarks[n] for n in ("head_top", "eyes", "chin")])
    for body in plan.bodies:
        if body.name in GROUND or body.name.startswith("wall/"):
            continue
        if obstacles_of((body,)).blocked_share(eye, face) > 0.5:
            return [f"The {_label(body.name)} stands before {figure.name.title()}'s face."]
    return []


# --- the cut --------------------------------------------------------------------------------------------------


def crosses_the_line(camera: PlacedCamera, line: ScreenLine | None, figures: Mapping[str, Figure]) -> str | None:
    """A sentence where the camera is on the other side of the line of action than the scene: the 180-degree rule.

    The line runs from the character whose screen direction the scene fixes to whoever is nearest, or along their look
    where they are alone.
    """
    if line is None or line.character not in figures:
        return None
    figure = figures[line.character]
    others = sorted((f for f in figures.values() if f is not figure), key=lambda f: gap(figure, f))
    way = others[0].landmarks["chest"][:2] - figure.landmarks["chest"][:2] if others else figure.look
    _, _, forward = camera_axes(camera)
    right = np.array([forward[1], -forward[0]])
    length = float(np.linalg.norm(way) * np.linalg.norm(right))
    if length < 1e-6:
        return None
    sine = float(way @ right) / length
    if abs(sine) < np.sin(np.radians(ON_THE_LINE_DEG)) or (sine > 0) == (line.looks is Side.RIGHT):
        return None
    looks = "right" if sine > 0 else "left"
    return (
        f"The camera has crossed the line: {figure.name.title()} looks frame {looks} here and frame {line.looks.value} "
        "in the rest of the scene."
    )


@dataclass(frozen=True, eq=False)
class CutSide:
    """One side of a cut: a camera and whom it shows."""

    camera: PlacedCamera
    subject: str
    point: Vec
    """(3,) where the subject is: the eyes, or a thing's middle."""
    size: ShotSize
    number: str = ""
    """Of the shot, for the sentence."""


def cut_angle_deg(before: CutSide, after: CutSide) -> float:
    """Angle between the two directions from which the subject is seen, 0..180 degrees."""
    one, two = (np.array(side.camera.position) - side.point for side in (before, after))
    across = float(np.linalg.norm(np.cross(one, two)))
    return float(np.degrees(np.arctan2(across, float(one @ two))))


def jump_cut(before: CutSide, after: CutSide) -> str | None:
    """A sentence where a cut between the two shows the same subject from less than 30 degrees away and less than two
    sizes apart (Mascelli, The Five C's of Cinematography); None where it cuts together."""
    if before.subject != after.subject:
        return None
    sizes = list(ShotSize)
    steps = abs(sizes.index(before.size) - sizes.index(after.size))
    angle = cut_angle_deg(before, after)
    if steps >= MIN_CUT_SIZES or angle >= MIN_CUT_DEG:
        return None
    who = after.subject.title() if after.subject.isupper() else after.subject
    return (
        f"{after.number or 'The shot'} shows {who} from {angle:.0f} degrees beside {before.number or 'the one before'} "
        f"and {'at the same size' if steps == 0 else 'one size apart'}: the cut will jump."
    )
