"""Set-ups that no figure is framed by: what somebody sees, a thing, the place itself."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from maquette.film.camera import Composition
from maquette.film.shot import ShotSize
from maquette.stage.aiming import LOWEST_CAMERA_M, placed
from maquette.stage.ask import Ask
from maquette.stage.composition import Wish, aimed_at, standing_towards
from maquette.stage.framing import Figure, FrameBox, distance_for, frame_figure, rotated
from maquette.stage.outlook import free_run, scene_front
from maquette.stage.setup import Setup, Thing, thing_named

Vec = NDArray[np.float64]

_THING_ACROSS = {Composition.THIRDS: 1 / 3, Composition.SHORT_SIDED: 0.7, Composition.NEGATIVE_SPACE: 0.2}
"""A thing looks nowhere: it goes to the left, short-sided to the right."""


def point_of_view(ask: Ask, owner: Figure, subjects: Sequence[Figure]) -> Setup:
    """From somebody's eyes, as tight as the size says if they are far enough away for it."""
    eyes = np.asarray(owner.landmarks["eyes"], float)
    thing = find_thing(ask)
    if subjects and subjects[0].name != owner.name:
        box = frame_figure(subjects[0], ask.shot.size, ask.tightness)
    elif thing is not None:
        box = FrameBox(thing.center, max(0.3, 2.2 * thing.extent_m))
    else:
        ahead = eyes + np.array([owner.look[0] * 3, owner.look[1] * 3, -0.3])
        box = FrameBox(ahead, 1.6)
    to_eyes = eyes - box.center
    gap = max(float(np.linalg.norm(to_eyes)), 0.3)
    distance = min(gap, distance_for(box.height_m, ask.shot.lens_mm, ask.gate_mm, ask.aspect))
    position = box.center + to_eyes / gap * distance
    target, across = box.center, _across(ask)
    if across != 0.5:
        half_w = ask.gate_mm / (2 * ask.shot.lens_mm)
        ahead = aimed_at(position, box.center, across, 0.5, ask.shot.roll_deg, half_w, half_w / ask.aspect)
        target = position + ahead * distance
    notes: tuple[str, ...] = ()
    seen = float(np.degrees(np.arcsin((box.center[2] - position[2]) / max(distance, 1e-9))))
    if ask.pitch_deg is not None and abs(seen - ask.pitch_deg) > 3.0:
        notes = (f"{owner.name.title()} looks at {seen:.0f} degrees: a point of view has its owner's angle.",)
    return Setup(placed(ask, position, target), box.center, box.height_m, notes, hidden=(owner.name,))


def insert(ask: Ask, thing: Thing) -> Setup:
    """A thing, from the side of whoever holds it."""
    height = max(0.16, thing.extent_m * (1.9 if thing.holder else 2.3)) / ask.tightness
    if thing.holder in ask.figures:
        holder = ask.figures[str(thing.holder)]
        direction = rotated(holder.look, -40.0)
    elif ask.figures:
        direction = scene_front(ask.figures, ask.plan)
    else:
        direction = np.array([0.0, -1.0])
    steep = 55.0 if thing.up else 18.0
    distance = distance_for(height, ask.shot.lens_mm, ask.gate_mm, ask.aspect)
    if ask.shot.camera_height_m is not None:
        rise = (ask.shot.camera_height_m - float(thing.center[2])) / distance
        steep = float(np.degrees(np.arcsin(np.clip(rise, -0.98, 0.98))))
    elif ask.pitch_deg is not None:
        steep = -ask.pitch_deg
    steep = float(np.radians(min(steep, 88.0)))
    offset = np.array([direction[0] * np.cos(steep), direction[1] * np.cos(steep), np.sin(steep)]) * distance
    position = thing.center + offset
    notes: tuple[str, ...] = ()
    if position[2] < LOWEST_CAMERA_M:
        position[2] = LOWEST_CAMERA_M
        if ask.pitch_deg is not None:
            notes = (f"The floor stops the camera short of {ask.pitch_deg:.0f} degrees of pitch.",)
    target, across = thing.center, _across(ask)
    if across != 0.5:
        half_w = ask.gate_mm / (2 * ask.shot.lens_mm)
        wish = Wish(thing.center, across, thing.center, 0.5)
        depth = float(np.linalg.norm(position - thing.center))
        pitch = float(np.arcsin((thing.center[2] - position[2]) / depth))
        position, axes = standing_towards(
            wish, direction, pitch, ask.shot.roll_deg, thing.center, depth, half_w, half_w / ask.aspect
        )
        target = position + axes[2] * depth
    return Setup(placed(ask, position, target), thing.center, height, notes)


def _across(ask: Ask) -> float:
    return _THING_ACROSS.get(ask.controls.composition or Composition.CENTRED, 0.5)


def find_thing(ask: Ask) -> Thing | None:
    """The thing that the shot's subjects name; the text of the shot decides between several."""
    for subject in ask.shot.subjects:
        thing = thing_named(subject, ask.things)
        if thing is not None:
            return thing
    text = ask.shot.text.lower()
    return next((t for t in ask.things if t.word in text), None)


def place(ask: Ask) -> Setup:
    """The set itself: from the far end of the floor, over its longest view, at the height of the angle."""
    shot, plan = ask.shot, ask.plan
    corners = np.array(plan.floor, float) if plan.floor else np.array([[-4.0, -4.0], [4.0, 4.0]])
    middle = corners.mean(axis=0)
    if ask.figures:
        people = np.mean([f.landmarks["chest"][:2] for f in ask.figures.values()], axis=0)
        middle = 0.4 * middle + 0.6 * people
        front = scene_front(ask.figures, plan)
    else:
        spans = np.ptp(corners, axis=0)
        front = np.array([0.0, -1.0]) if spans[1] >= spans[0] else np.array([-1.0, 0.0])
        front = rotated(front, 20.0)
    if shot.azimuth_deg:
        front = rotated(front, shot.azimuth_deg)
    back = {ShotSize.EWS: 1.6, ShotSize.VWS: 1.25}.get(shot.size, 1.0)
    reach = free_run(plan, middle, front, 14.0)
    distance = (max(3.2, reach * 0.96) if plan.interior else max(6.5, reach) * back) / ask.tightness
    height = 1.45 if plan.interior else 1.75
    eye_line = 1.2 if plan.interior else 1.65
    position = np.array([middle[0] + front[0] * distance, middle[1] + front[1] * distance, height])
    target = np.array([middle[0], middle[1], eye_line])
    lens, notes = shot.lens_mm, ()
    if ask.looks_down:
        position = np.array([middle[0], middle[1] - 0.01, distance * 1.4])
    elif ask.pitch_deg is not None:
        pitch = ask.pitch_deg
        position[2] = max(0.25, target[2] - np.tan(np.radians(float(np.clip(pitch, -75, 75)))) * distance * 0.8)
        target = _pitched(position, target, pitch)
        lens, notes = _with_the_ground(ask, pitch)
    if shot.camera_height_m is not None:
        # A stated height wins over the angle's pitch, but a top shot stays one.
        position[2] = max(shot.camera_height_m, LOWEST_CAMERA_M)
    height_m = distance * (ask.gate_mm / ask.aspect) / lens
    return Setup(placed(ask, position, target, lens), target, height_m, notes)


def _pitched(position: Vec, target: Vec, pitch_deg: float) -> Vec:
    """The point above or below the target that is seen at exactly this pitch."""
    flat = float(np.hypot(*(target - position)[:2]))
    return np.array([target[0], target[1], position[2] + np.tan(np.radians(float(np.clip(pitch_deg, -89, 89)))) * flat])


def _with_the_ground(ask: Ask, pitch_deg: float) -> tuple[float, tuple[str, ...]]:
    """The longest lens that still shows the ground under a camera that looks up: without it a place is a ceiling."""

    def holds(lens: float) -> bool:
        half = float(np.degrees(np.arctan(ask.gate_mm / ask.aspect / (2 * lens))))
        return pitch_deg - half < -2.0

    if ask.lens_is_stated or pitch_deg <= 0 or holds(ask.shot.lens_mm):
        return ask.shot.lens_mm, ()
    lenses = ask.shorter_lenses_mm
    lens = next((shorter for shorter in lenses if holds(shorter)), lenses[-1] if lenses else ask.shot.lens_mm)
    if lens == ask.shot.lens_mm:
        return lens, ()
    note = f"{lens:g} mm instead of {ask.shot.lens_mm:g} mm: so the ground stays in a frame that looks up."
    return lens, (note,)
