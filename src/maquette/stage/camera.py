"""From a shot's words to a camera that stands somewhere: position, lens and aim by real optics.

The lens is kept as asked and the distance follows from the size. Where the asked angle or an over-the-shoulder view
is impossible with them (the floor is in the way, the partner stands too far), the nearest possible view is taken and
said in `Setup.notes`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.shot import ANGLE_PITCH_DEG, Angle, Framing, Shot, ShotSize, Side
from maquette.film.stage import SUPER_35_WIDTH_MM, PlacedCamera, SetPlan
from maquette.stage.framing import PRIMES_MM, Figure, FrameBox, distance_for, frame_figure, rotated
from maquette.stage.one_wall import behind_one_wall
from maquette.stage.outlook import free_run, gap, scene_front
from maquette.stage.setup import Setup, Thing

Vec = NDArray[np.float64]

SHOULDERS_M = 0.95
"""Room that a group's frame leaves beside the outer chests: two half shoulders and air."""

LOWEST_CAMERA_M = 0.12
"""Half a camera body: no lens gets closer to the floor."""

_LEAD_ROOM = {ShotSize.ECU: 0.0, ShotSize.BCU: 0.03, ShotSize.CU: 0.07, ShotSize.MCU: 0.09, ShotSize.MS: 0.10,
              ShotSize.COWBOY: 0.10, ShotSize.MLS: 0.10, ShotSize.FS: 0.08}  # fmt: skip
"""How far the subject stands off the middle, against the look, as a share of the frame width."""


def set_up(
    shot: Shot,
    figures: Mapping[str, Figure],
    things: Sequence[Thing],
    plan: SetPlan,
    aspect: float,
) -> Setup:
    """The camera for a shot at its first moment."""
    return behind_one_wall(_wanted(shot, figures, things, plan, aspect), plan)


def _wanted(shot: Shot, figures: Mapping[str, Figure], things: Sequence[Thing], plan: SetPlan, aspect: float) -> Setup:
    subjects = [figures[name] for name in shot.subjects if name in figures]
    if shot.framing is Framing.INSERT:
        thing = _find_thing(shot, things)
        if thing is not None:
            return _insert(shot, thing, figures, plan, aspect)
    if shot.framing is Framing.POV and shot.over in figures:
        return _point_of_view(shot, figures[str(shot.over)], subjects, things, aspect)
    if shot.framing is Framing.PLACE or not figures:
        return _place(shot, figures, plan, aspect)
    if not subjects:
        subjects = list(figures.values())
    if shot.framing is Framing.OTS:
        over = _shoulder(shot, subjects[0], figures)
        if over is not None and not _faces(subjects[0], over):
            note = (
                f"{subjects[0].name.title()} is turned away from {over.name.title()}: "
                "a clean single instead of a view over the shoulder."
            )
            single = _single(shot, subjects[0], figures, plan, aspect)
            return replace(single, notes=(*single.notes, note))
        if over is not None:
            return _over_the_shoulder(shot, subjects[0], over, plan, aspect)
    if len(subjects) > 1 or shot.framing in (Framing.TWO_SHOT, Framing.THREE_SHOT, Framing.GROUP):
        if len(subjects) == 1:
            subjects += _nearest(subjects[0], figures, {Framing.THREE_SHOT: 2}.get(shot.framing, 1))
        if len(subjects) > 1:
            return _group(shot, subjects, figures, plan, aspect)
    return _single(shot, subjects[0], figures, plan, aspect)


# --- one figure -----------------------------------------------------------------------------------------------


def _single(shot: Shot, figure: Figure, figures: Mapping[str, Figure], plan: SetPlan, aspect: float) -> Setup:
    box = frame_figure(figure, shot.size)
    direction = _direction_off_look(shot, figure, figures, plan)
    return _aimed(shot, box, direction, figure, aspect)


def _direction_off_look(shot: Shot, figure: Figure, figures: Mapping[str, Figure], plan: SetPlan) -> Vec:
    """(2,) unit vector from the subject to the camera."""
    default = 90.0 if shot.framing is Framing.PROFILE else 35.0
    azimuth = abs(shot.azimuth_deg) if shot.azimuth_deg is not None else default
    candidates = {Side.LEFT: rotated(figure.look, azimuth), Side.RIGHT: rotated(figure.look, -azimuth)}
    if shot.camera_side is not None:
        return candidates[shot.camera_side]
    front = scene_front(figures, plan)
    return max(candidates.values(), key=lambda d: float(d @ front))


def _aimed(shot: Shot, box: FrameBox, direction: Vec, figure: Figure | None, aspect: float) -> Setup:
    """Camera at the lens's distance, pitched by the angle, with lead room towards the look."""
    pitch = ANGLE_PITCH_DEG[shot.angle]
    distance = distance_for(box.height_m, shot.lens_mm, SUPER_35_WIDTH_MM, aspect)
    notes: list[str] = []
    if shot.angle is Angle.OVERHEAD:
        position = box.center + np.array([direction[0] * 0.01, direction[1] * 0.01, distance])
        return Setup(_camera(shot, position, box.center, aspect), box.center, box.height_m)
    if shot.angle is Angle.EYE:
        # Level with the eyes for close sizes; for wide ones somewhat below them, so that the lens stays near level.
        eyes = float(figure.landmarks["eyes"][2]) if figure is not None else box.center[2]
        rise = np.clip(eyes - box.center[2], -distance * 0.06, distance * 0.06)
        pitch = -float(np.degrees(np.arcsin(rise / distance)))
    if shot.camera_height_m is not None:
        # A stated height wins over the angle's reference pitch.
        pitch = float(np.degrees(np.arcsin(np.clip((box.center[2] - shot.camera_height_m) / distance, -0.98, 0.98))))
    sine = np.sin(np.radians(pitch))
    lowest = LOWEST_CAMERA_M + min(0.0, box.center[2])
    if box.center[2] - sine * distance < lowest:
        sine = (box.center[2] - lowest) / distance
        reached = float(np.degrees(np.arcsin(np.clip(sine, -1, 1))))
        notes.append(
            f"The floor stops the camera at {reached:.0f} degrees of pitch instead of {pitch:.0f}: "
            "a shorter lens or a closer size gets lower."
        )
    flat = np.sqrt(max(1 - sine**2, 0.0)) * distance
    position = np.array(
        [box.center[0] + direction[0] * flat, box.center[1] + direction[1] * flat, box.center[2] - sine * distance]
    )
    target = box.center.copy()
    if figure is not None:
        right = np.array([-direction[1], direction[0]])
        towards = float(np.clip(figure.look @ right * 1.6, -1, 1))
        target[:2] += right * towards * _LEAD_ROOM.get(shot.size, 0.0) * box.height_m * aspect
    return Setup(_camera(shot, position, target, aspect), box.center, box.height_m, tuple(notes))


def _camera(shot: Shot, position: Vec, look_at: Vec, aspect: float, lens_mm: float | None = None) -> PlacedCamera:
    distance = float(np.linalg.norm(np.asarray(look_at) - position))
    return PlacedCamera(
        position=(float(position[0]), float(position[1]), float(position[2])),
        look_at=(float(look_at[0]), float(look_at[1]), float(look_at[2])),
        roll_deg=shot.roll_deg,
        lens_mm=lens_mm or shot.lens_mm,
        sensor_width_mm=SUPER_35_WIDTH_MM,
        aspect=aspect,
        focus_m=distance,
    )


# --- more than one --------------------------------------------------------------------------------------------


def _group(
    shot: Shot, subjects: Sequence[Figure], figures: Mapping[str, Figure], plan: SetPlan, aspect: float
) -> Setup:
    """Across the line of action; as tight as the size says but never cutting anybody off."""
    front = scene_front({f.name: f for f in subjects}, plan)
    others = scene_front(figures, plan) if len(figures) > 1 else front
    if front @ others < 0:
        front = -front
    if shot.camera_side is not None:
        right = np.array([-front[1], front[0]])
        looks_right = float(_towards_others(subjects) @ right) > 0
        if looks_right != (shot.camera_side is Side.RIGHT):
            front = -front
    if shot.azimuth_deg is not None and len(subjects) > 1:
        front = rotated(front, float(np.clip(90 - abs(shot.azimuth_deg), -35, 35)))
    boxes = [frame_figure(f, shot.size) for f in subjects]
    front = _raked(front, subjects, max(b.height_m for b in boxes) * aspect - SHOULDERS_M)
    right = np.array([-front[1], front[0]])
    across = np.array([f.landmarks["chest"][:2] @ right for f in subjects])
    tops = np.array([b.center[2] + b.height_m / 2 for b in boxes])
    bottoms = np.array([b.center[2] - b.height_m / 2 for b in boxes])
    width = float(np.ptp(across)) + SHOULDERS_M
    height = max(float(tops.max() - np.median(bottoms)), width / aspect, max(b.height_m for b in boxes))
    center = np.mean([f.landmarks["chest"] for f in subjects], axis=0)
    middle = (across.max() + across.min()) / 2 - center[:2] @ right
    center[:2] += right * middle
    center[2] = tops.max() - height / 2
    # The nearest person is larger in frame than the middle one: step back by half the depth of the group.
    depth = float(np.ptp([f.landmarks["chest"][:2] @ front for f in subjects]))
    eyes = Figure("group", {"eyes": np.mean([f.landmarks["eyes"] for f in subjects], axis=0)}, front, 1.7)
    setup = _aimed(shot, FrameBox(center, height), front, eyes, aspect)
    if depth > 0.2:
        back = front * depth / 2
        moved = np.array(setup.camera.position) + np.array([back[0], back[1], 0.0])
        setup = replace(setup, camera=_camera(shot, moved, np.array(setup.camera.look_at), aspect))
    return setup


def _raked(front: Vec, subjects: Sequence[Figure], room_m: float) -> Vec:
    """Swung up to 30 degrees along the line of action until the group's width fits a tight frame.

    The first subject's face stays the more frontal one.
    """
    points = np.array([f.landmarks["chest"][:2] for f in subjects])
    spread = float(np.ptp(points @ np.array([-front[1], front[0]])))
    if spread <= max(room_m, 0.05):
        return front
    swing = float(np.degrees(np.arccos(np.clip(room_m / spread, 0.0, 1.0))))
    swing = min(swing, 30.0)
    sides = (rotated(front, swing), rotated(front, -swing))
    return max(sides, key=lambda d: float(subjects[0].look @ d))


def _towards_others(subjects: Sequence[Figure]) -> Vec:
    """(2,) from the first subject to the middle of the others."""
    rest = np.mean([f.landmarks["chest"][:2] for f in subjects[1:]], axis=0) if len(subjects) > 1 else None
    return subjects[0].look if rest is None else rest - subjects[0].landmarks["chest"][:2]


def _over_the_shoulder(shot: Shot, subject: Figure, over: Figure, plan: SetPlan, aspect: float) -> Setup:
    """Behind one person's shoulder onto the other's face."""
    box = frame_figure(subject, shot.size)
    line = over.landmarks["eyes"][:2] - subject.landmarks["eyes"][:2]
    gap = float(np.linalg.norm(line))
    line = line / max(gap, 1e-9)
    lens, notes = shot.lens_mm, []
    needed = gap + 0.7
    distance = distance_for(box.height_m, lens, SUPER_35_WIDTH_MM, aspect)
    if distance < needed:
        longer = next((p for p in PRIMES_MM if distance_for(box.height_m, p, SUPER_35_WIDTH_MM, aspect) >= needed), 135)
        notes.append(
            f"{over.name.title()} is {gap:.1f} m from {subject.name.title()}: {longer} mm instead of {lens:g} mm "
            "sees over the shoulder at this size."
        )
        lens = float(longer)
        distance = distance_for(box.height_m, lens, SUPER_35_WIDTH_MM, aspect)
    swing = _shoulder_swing(distance, gap, lens)
    left, right = rotated(line, swing), rotated(line, -swing)
    if shot.camera_side is None:
        front = scene_front({subject.name: subject, over.name: over}, plan)
        direction = left if left @ front >= right @ front else right
    else:
        direction = left if shot.camera_side is Side.LEFT else right
    # At the eyes of whose shoulder it is: a sitter is looked up from, a standing person looked down from.
    height = float(over.landmarks["eyes"][2]) + 0.04
    height += float(np.tan(np.radians(-ANGLE_PITCH_DEG[shot.angle])) * distance * 0.6)
    position = np.array(
        [box.center[0] + direction[0] * distance, box.center[1] + direction[1] * distance, max(height, 0.3)]
    )
    # Subject on the third away from the shoulder.
    across = np.array([-direction[1], direction[0]])
    shoulder_side = np.sign(float(line @ across)) or 1.0
    target = box.center.copy()
    target[:2] += across * shoulder_side * 0.11 * box.height_m * aspect
    return Setup(_camera(shot, position, target, aspect, lens), box.center, box.height_m, tuple(notes))


def _shoulder_swing(distance: float, gap: float, lens_mm: float) -> float:
    """Degrees off the line between two people at which the near one's shoulder fills the outer quarter of the frame."""
    half_fov = float(np.degrees(np.arctan(SUPER_35_WIDTH_MM / (2 * lens_mm))))
    swings = np.linspace(2.0, 40.0, 153)
    behind = distance * np.cos(np.radians(swings)) - gap
    aside = distance * np.sin(np.radians(swings))
    away = np.hypot(np.maximum(behind, 0.05), aside)
    over_angle = np.degrees(np.arctan2(aside, np.maximum(behind, 0.05))) - swings
    # From the frame's middle (the subject stands an eighth off it) to the inner edge of a shoulder 0.2 m wide.
    inner_edge = over_angle - np.degrees(np.arcsin(np.clip(0.2 / away, 0, 1))) - 0.22 * half_fov
    return float(swings[int(np.argmin(np.abs(inner_edge - 0.42 * half_fov)))])


def _faces(subject: Figure, other: Figure) -> bool:
    """Whether the other sees the subject's face: less than 75 degrees off the look."""
    line = other.landmarks["eyes"][:2] - subject.landmarks["eyes"][:2]
    return float(line @ subject.look) > np.cos(np.radians(75.0)) * float(np.linalg.norm(line))


def _shoulder(shot: Shot, subject: Figure, figures: Mapping[str, Figure]) -> Figure | None:
    if shot.over in figures and shot.over != subject.name:
        return figures[str(shot.over)]
    nearest = _nearest(subject, figures, 1)
    return nearest[0] if nearest else None


def _nearest(subject: Figure, figures: Mapping[str, Figure], count: int) -> list[Figure]:
    rest = [f for f in figures.values() if f.name != subject.name]
    return sorted(rest, key=lambda f: gap(subject, f))[:count]


def _point_of_view(
    shot: Shot, owner: Figure, subjects: Sequence[Figure], things: Sequence[Thing], aspect: float
) -> Setup:
    eyes = np.asarray(owner.landmarks["eyes"], float)
    thing = _find_thing(shot, things)
    if subjects and subjects[0].name != owner.name:
        box = frame_figure(subjects[0], shot.size)
    elif thing is not None:
        box = FrameBox(thing.center, max(0.3, 2.2 * thing.extent_m))
    else:
        ahead = eyes + np.array([owner.look[0] * 3, owner.look[1] * 3, -0.3])
        box = FrameBox(ahead, 1.6)
    to_eyes = eyes - box.center
    gap = max(float(np.linalg.norm(to_eyes)), 0.3)
    distance = min(gap, distance_for(box.height_m, shot.lens_mm, SUPER_35_WIDTH_MM, aspect))
    position = box.center + to_eyes / gap * distance
    return Setup(_camera(shot, position, box.center, aspect), box.center, box.height_m, hidden=(owner.name,))


def _insert(shot: Shot, thing: Thing, figures: Mapping[str, Figure], plan: SetPlan, aspect: float) -> Setup:
    height = max(0.16, thing.extent_m * (1.9 if thing.holder else 2.3))
    if thing.holder in figures:
        holder = figures[str(thing.holder)]
        direction = rotated(holder.look, -40.0)
    elif figures:
        direction = scene_front(figures, plan)
    else:
        direction = np.array([0.0, -1.0])
    steep = 55.0 if thing.up else 18.0
    if shot.angle is not Angle.EYE:
        steep = -ANGLE_PITCH_DEG[shot.angle]
    distance = distance_for(height, shot.lens_mm, SUPER_35_WIDTH_MM, aspect)
    steep = float(np.radians(min(steep, 88.0)))
    offset = np.array([direction[0] * np.cos(steep), direction[1] * np.cos(steep), np.sin(steep)]) * distance
    position = thing.center + offset
    position[2] = max(position[2], LOWEST_CAMERA_M)
    return Setup(_camera(shot, position, thing.center, aspect), thing.center, height)


def _find_thing(shot: Shot, things: Sequence[Thing]) -> Thing | None:
    """The thing that the shot's subjects name; the text of the shot decides between several."""
    for subject in shot.subjects:
        word = subject.lower()
        for thing in things:
            if thing.word == word or thing.word in word.split() or word in thing.word.split():
                return thing
    text = shot.text.lower()
    return next((t for t in things if t.word in text), None)


def _place(shot: Shot, figures: Mapping[str, Figure], plan: SetPlan, aspect: float) -> Setup:
    """The set itself: from the far end of the floor, over its longest view, at the height of the angle."""
    corners = np.array(plan.floor, float) if plan.floor else np.array([[-4.0, -4.0], [4.0, 4.0]])
    middle = corners.mean(axis=0)
    if figures:
        people = np.mean([f.landmarks["chest"][:2] for f in figures.values()], axis=0)
        middle = 0.4 * middle + 0.6 * people
        front = scene_front(figures, plan)
    else:
        spans = np.ptp(corners, axis=0)
        front = np.array([0.0, -1.0]) if spans[1] >= spans[0] else np.array([-1.0, 0.0])
        front = rotated(front, 20.0)
    back = {ShotSize.EWS: 1.6, ShotSize.VWS: 1.25}.get(shot.size, 1.0)
    reach = free_run(plan, middle, front, 14.0)
    distance = max(3.2, reach * 0.96) if plan.interior else max(6.5, reach) * back
    height = 1.45 if plan.interior else 1.75
    eye_line = 1.2 if plan.interior else 1.65
    pitch = ANGLE_PITCH_DEG[shot.angle]
    position = np.array([middle[0] + front[0] * distance, middle[1] + front[1] * distance, height])
    target = np.array([middle[0], middle[1], eye_line])
    if shot.angle is Angle.OVERHEAD:
        position = np.array([middle[0], middle[1] - 0.01, distance * 1.4])
    elif shot.angle is not Angle.EYE:
        position[2] = max(0.25, target[2] - np.tan(np.radians(pitch)) * distance * 0.8)
    height_m = distance * (SUPER_35_WIDTH_MM / aspect) / shot.lens_mm
    return Setup(_camera(shot, position, target, aspect), target, height_m)
