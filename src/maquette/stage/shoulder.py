"""Over the shoulder: behind one person onto the other's face, dirty with the shoulder in the frame or clean past it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.camera import Foreground
from maquette.film.shot import ANGLE_PITCH_DEG, Side
from maquette.film.stage import SUPER_35_WIDTH_MM, PlacedCamera
from maquette.stage.aiming import LOWEST_CAMERA_M, placed
from maquette.stage.ask import Ask
from maquette.stage.composition import Wish, aimed_at, standing_towards, wish_of
from maquette.stage.framing import (
    PRIMES_MM,
    Figure,
    FrameBox,
    camera_axes,
    distance_for,
    frame_figure,
    project,
    rotated,
)
from maquette.stage.outlook import gap, scene_front
from maquette.stage.setup import Setup, carried

Vec = NDArray[np.float64]

BODY_HALF_M = 0.28
"""From the middle of a body to the outside of an arm."""
_PARTS = ("head_top", "eyes", "chin", "shoulders", "chest", "waist", "hip")


def over_the_shoulder(ask: Ask, subject: Figure, over: Figure) -> Setup:
    """Behind one person's shoulder onto the other's face; clean if the foreground is asked to be."""
    shot = ask.shot
    box = frame_figure(subject, shot.size, ask.tightness)
    line = over.landmarks["eyes"][:2] - subject.landmarks["eyes"][:2]
    between = float(np.linalg.norm(line))
    line = line / max(between, 1e-9)
    lens, notes = shot.lens_mm, list[str]()
    needed = between + 0.7
    distance = distance_for(box.height_m, lens, ask.gate_mm, ask.aspect)
    clean = ask.controls.foreground is Foreground.CLEAN
    if distance < needed and not clean:
        longer = next((p for p in PRIMES_MM if distance_for(box.height_m, p, ask.gate_mm, ask.aspect) >= needed), 135)
        notes.append(
            f"{over.name.title()} is {between:.1f} m from {subject.name.title()}: {longer} mm instead of {lens:g} mm "
            "sees over the shoulder at this size."
        )
        lens = float(longer)
        distance = distance_for(box.height_m, lens, ask.gate_mm, ask.aspect)
    swing = _shoulder_swing(distance, between, lens, ask.gate_mm)
    left, right = rotated(line, swing), rotated(line, -swing)
    if shot.camera_side is None:
        front = scene_front({subject.name: subject, over.name: over}, ask.plan)
        direction = left if left @ front >= right @ front else right
    else:
        direction = left if shot.camera_side is Side.LEFT else right
    setup = _put(ask, box, direction, line, distance, lens, over, subject)
    setup = replace(setup, notes=(*notes, *setup.notes))
    return cleaned(ask, setup, subject, over) if clean else setup


def _put(
    ask: Ask, box: FrameBox, direction: Vec, line: Vec, distance: float, lens: float, over: Figure, subject: Figure
) -> Setup:
    """Camera at the height of whose shoulder it is, or at the asked pitch or height, the subject away from it."""
    pitch = ask.pitch_deg
    if pitch is None and ask.shot.camera_height_m is None:
        # At the eyes of whose shoulder it is: a sitter is looked up from, a standing person looked down from.
        height = float(over.landmarks["eyes"][2]) + 0.04
        height += float(np.tan(np.radians(-ANGLE_PITCH_DEG[ask.shot.angle])) * distance * 0.6)
        position = np.array(
            [box.center[0] + direction[0] * distance, box.center[1] + direction[1] * distance, max(height, 0.3)]
        )
    else:
        position = _pitched(ask, box, direction, distance)
    # Subject on the third away from the shoulder.
    across = np.array([-direction[1], direction[0]])
    shoulder_side = np.sign(float(line @ across)) or 1.0
    target = box.center.copy()
    target[:2] += across * shoulder_side * 0.11 * box.height_m * ask.aspect
    notes: tuple[str, ...] = ()
    if pitch is not None:
        reached = float(np.degrees(np.arcsin((box.center[2] - position[2]) / distance)))
        if abs(reached - pitch) > 0.5:
            notes = (
                f"The floor stops the camera at {reached:.0f} degrees of pitch instead of {pitch:.0f}: "
                "over the shoulder it cannot come closer.",
            )
    # The subject looks at whose shoulder it is: the wish is told so, whatever else the eyes are on.
    looking = Figure(subject.name, subject.landmarks, line, subject.height_m)
    wish = wish_of(ask, box, looking, direction)
    if wish is not None:
        return replace(_composed(ask, box, direction, position, distance, lens, wish), notes=notes)
    return Setup(placed(ask, position, target, lens), box.center, box.height_m, notes)


def _pitched(ask: Ask, box: FrameBox, direction: Vec, distance: float) -> Vec:
    """(3,) where the asked pitch or height puts the camera, not below the floor."""
    middle = float(box.center[2])
    if ask.shot.camera_height_m is not None:
        sine = np.clip((middle - ask.shot.camera_height_m) / distance, -0.98, 0.98)
    else:
        sine = np.sin(np.radians(float(np.clip(ask.pitch_deg or 0.0, -85.0, 85.0))))
    sine = min(float(sine), (middle - LOWEST_CAMERA_M) / distance)
    flat = np.sqrt(max(1 - sine**2, 0.0)) * distance
    return np.array(
        [box.center[0] + direction[0] * flat, box.center[1] + direction[1] * flat, middle - sine * distance]
    )


def _composed(
    ask: Ask, box: FrameBox, direction: Vec, position: Vec, distance: float, lens: float, wish: Wish
) -> Setup:
    half_w = ask.gate_mm / (2 * lens)
    half_h = half_w / ask.aspect
    away = position - box.center
    pitch = float(np.arcsin(np.clip(-away[2] / np.linalg.norm(away), -1, 1)))
    if ask.shot.camera_height_m is not None:
        # The height is law: recompose by aiming, not by moving.
        ahead = aimed_at(position, wish.across_point, wish.across, 0.5, ask.shot.roll_deg, half_w, half_h)
        return Setup(placed(ask, position, position + ahead * distance, lens), box.center, box.height_m)
    depth = float(np.linalg.norm(away))
    stand, axes = standing_towards(wish, direction, pitch, ask.shot.roll_deg, box.center, depth, half_w, half_h)
    return Setup(placed(ask, stand, stand + axes[2] * depth, lens), box.center, box.height_m)


def _shoulder_swing(distance: float, between: float, lens_mm: float, gate_mm: float) -> float:
    """Degrees off the line between two people at which the near one's shoulder fills the outer quarter of the frame."""
    half_fov = float(np.degrees(np.arctan(gate_mm / (2 * lens_mm))))
    swings = np.linspace(2.0, 40.0, 153)
    behind = distance * np.cos(np.radians(swings)) - between
    aside = distance * np.sin(np.radians(swings))
    away = np.hypot(np.maximum(behind, 0.05), aside)
    over_angle = np.degrees(np.arctan2(aside, np.maximum(behind, 0.05))) - swings
    # From the frame's middle (the subject stands an eighth off it) to the inner edge of a shoulder 0.2 m wide.
    inner_edge = over_angle - np.degrees(np.arcsin(np.clip(0.2 / away, 0, 1))) - 0.22 * half_fov
    return float(swings[int(np.argmin(np.abs(inner_edge - 0.42 * half_fov)))])


CLEAN_LEAST_MM = 28.0
"""On Super 35: a single with a shorter lens is another picture."""


def cleaned(ask: Ask, setup: Setup, subject: Figure, over: Figure) -> Setup:
    """The set-up without the partner in its frame and with the subject as large: a little round, and past their
    shoulder with a somewhat shorter lens where no lens is stated."""
    if not in_frame(setup.camera, over):
        return setup
    name = over.name.title()
    least = (CLEAN_LEAST_MM * ask.gate_mm / SUPER_35_WIDTH_MM) / setup.camera.lens_mm
    shares = (1.0,) if ask.lens_is_stated else tuple(float(s) for s in np.arange(1.0, 0.2, -0.05))
    turns = [float(t) for t in np.arange(-60.0, 61.0, 4.0)]
    ways = [(share, turn) for share in shares for turn in turns]

    def effort(way: tuple[float, float]) -> float:
        share, turn = way
        # A single with a very short lens is another picture: only where nothing else helps.
        return -1.3 * float(np.log(share)) + abs(turn) / 35 + (3.0 if share < min(least, 1.0) else 0.0)

    for share, turn in sorted(ways, key=effort):
        trial = carried(carried(setup, turn_deg=turn), share=share)
        if not in_frame(trial.camera, over):
            moved = [f"{abs(turn):.0f} degrees round"] if turn else []
            moved += [f"{trial.camera.lens_mm:.0f} mm from closer instead of {setup.camera.lens_mm:g} mm"] * (share < 1)
            return replace(trial, notes=(*setup.notes, f"Clean, past {name}'s shoulder: {', '.join(moved)}."))
    return replace(setup, notes=(*setup.notes, f"{name}'s shoulder stays in the frame: there is no way past it here."))


def in_frame(camera: PlacedCamera, figure: Figure) -> bool:
    """Whether any of a person's upper body is in the frame."""
    right = camera_axes(camera)[0]
    marks = np.array([figure.landmarks[n] for n in _PARTS])
    points = np.concatenate([marks - BODY_HALF_M * right, marks, marks + BODY_HALF_M * right])
    # What is beside the lens counts as soon as a part of it is ahead: bodies are thick.
    seen = project(camera, points)
    ahead = seen[:, 2] > 0.02
    return bool((ahead & (seen[:, :2] > 0).all(axis=1) & (seen[:, :2] < 1).all(axis=1)).any())


def faces(subject: Figure, other: Figure) -> bool:
    """Whether the other sees the subject's face: less than 75 degrees off the look."""
    line = other.landmarks["eyes"][:2] - subject.landmarks["eyes"][:2]
    return float(line @ subject.look) > np.cos(np.radians(75.0)) * float(np.linalg.norm(line))


def shoulder_of(ask: Ask, subject: Figure) -> Figure | None:
    """Whose shoulder: the shot's word for it, else whoever is nearest."""
    if ask.shot.over in ask.figures and ask.shot.over != subject.name:
        return ask.figures[str(ask.shot.over)]
    near = nearest(subject, ask.figures, 1)
    return near[0] if near else None


def nearest(subject: Figure, figures: Mapping[str, Figure], count: int) -> list[Figure]:
    """The people nearest to somebody, nearest first."""
    rest = [f for f in figures.values() if f.name != subject.name]
    return sorted(rest, key=lambda f: gap(subject, f))[:count]
