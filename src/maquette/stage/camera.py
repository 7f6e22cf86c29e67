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

from maquette.film.camera import CameraControls, Foreground
from maquette.film.shot import Framing, Shot, Side
from maquette.film.stage import SetPlan
from maquette.stage.aiming import aimed, placed
from maquette.stage.ask import NO_CONTROLS, Ask
from maquette.stage.composition import Wish, wish_of
from maquette.stage.framing import Figure, FrameBox, frame_figure, rotated
from maquette.stage.one_wall import behind_one_wall
from maquette.stage.outlook import scene_front
from maquette.stage.setup import Setup, Thing
from maquette.stage.shoulder import faces, nearest, over_the_shoulder, shoulder_of
from maquette.stage.views import find_thing, insert, place, point_of_view

Vec = NDArray[np.float64]

SHOULDERS_M = 0.95
"""Room that a group's frame leaves beside the outer chests: two half shoulders and air."""
MOST_GROUND = 0.3
"""Share of a frame, from its lower edge, that the ground in front of a group may take."""


def set_up(
    shot: Shot,
    figures: Mapping[str, Figure],
    things: Sequence[Thing],
    plan: SetPlan,
    aspect: float,
    controls: CameraControls = NO_CONTROLS,
) -> Setup:
    """The camera for a shot at its first moment."""
    ask = Ask(shot, controls, figures, things, plan, aspect)
    setup = asked_setup(ask)
    return setup if ask.direction_is_stated else behind_one_wall(setup, plan)


def asked_setup(ask: Ask) -> Setup:
    """The camera as it is asked for, before walls and furniture have their say."""
    setup = _by_framing(ask)
    subject = next((ask.figures[n] for n in ask.shot.subjects if n in ask.figures), None)
    if subject is None or ask.shot.framing in (Framing.INSERT, Framing.PLACE):
        return setup
    return replace(setup, eyes=subject.landmarks["eyes"])


def _by_framing(ask: Ask) -> Setup:
    shot, figures = ask.shot, ask.figures
    subjects = [figures[name] for name in shot.subjects if name in figures]
    if shot.framing is Framing.INSERT:
        thing = find_thing(ask)
        if thing is not None:
            return insert(ask, thing)
    if shot.framing is Framing.POV and shot.over in figures:
        return point_of_view(ask, figures[str(shot.over)], subjects)
    if shot.framing is Framing.PLACE or not figures:
        return place(ask)
    if not subjects:
        subjects = list(figures.values())
    dirty = shot.framing is Framing.SINGLE and ask.controls.foreground is Foreground.DIRTY
    if shot.framing is Framing.OTS or dirty:
        setup = _past_a_shoulder(ask, subjects[0], asked_as_single=dirty)
        if setup is not None:
            return setup
    if len(subjects) > 1 or shot.framing in (Framing.TWO_SHOT, Framing.THREE_SHOT, Framing.GROUP):
        if len(subjects) == 1:
            subjects += nearest(subjects[0], figures, {Framing.THREE_SHOT: 2}.get(shot.framing, 1))
        if len(subjects) > 1:
            return _group(ask, subjects)
    return _single(ask, subjects[0])


def _past_a_shoulder(ask: Ask, subject: Figure, *, asked_as_single: bool) -> Setup | None:
    """Over the partner's shoulder; None where there is no partner, for the framings that come next."""
    over = shoulder_of(ask, subject)
    if over is not None and faces(subject, over):
        return over_the_shoulder(ask, subject, over)
    if over is None and not asked_as_single:
        return None
    note = (
        f"Nobody is with {subject.name.title()} whose shoulder could be in the frame: a clean single."
        if over is None
        else f"{subject.name.title()} is turned away from {over.name.title()}: "
        "a clean single instead of a view over the shoulder."
    )
    single = _single(ask, subject)
    return replace(single, notes=(*single.notes, note))


# --- one figure -----------------------------------------------------------------------------------------------


def _single(ask: Ask, figure: Figure) -> Setup:
    box = frame_figure(figure, ask.shot.size, ask.tightness)
    direction = _direction_off_look(ask, figure)
    return aimed(ask, box, direction, figure, wish_of(ask, box, figure, direction))


def _direction_off_look(ask: Ask, figure: Figure) -> Vec:
    """(2,) unit vector from the subject to the camera."""
    shot = ask.shot
    default = 90.0 if shot.framing is Framing.PROFILE else 35.0
    azimuth = abs(shot.azimuth_deg) if shot.azimuth_deg is not None else default
    candidates = {Side.LEFT: rotated(figure.look, azimuth), Side.RIGHT: rotated(figure.look, -azimuth)}
    if shot.camera_side is not None:
        return candidates[shot.camera_side]
    front = scene_front(ask.figures, ask.plan)
    return max(candidates.values(), key=lambda d: float(d @ front))


# --- more than one --------------------------------------------------------------------------------------------


def _group(ask: Ask, subjects: Sequence[Figure]) -> Setup:
    """Across the line of action; as tight as the size says but never cutting anybody off."""
    shot, aspect = ask.shot, ask.aspect
    front = scene_front({f.name: f for f in subjects}, ask.plan)
    others = scene_front(ask.figures, ask.plan) if len(ask.figures) > 1 else front
    if front @ others < 0:
        front = -front
    if shot.camera_side is not None:
        right = np.array([-front[1], front[0]])
        looks_right = float(_towards_others(subjects) @ right) > 0
        if looks_right != (shot.camera_side is Side.RIGHT):
            front = -front
    if shot.azimuth_deg is not None and len(subjects) > 1:
        front = rotated(front, float(np.clip(90 - abs(shot.azimuth_deg), -35, 35)))
    boxes = [frame_figure(f, shot.size, ask.tightness) for f in subjects]
    front = _raked(front, subjects, max(b.height_m for b in boxes) * aspect - SHOULDERS_M)
    right = np.array([-front[1], front[0]])
    across = np.array([f.landmarks["chest"][:2] @ right for f in subjects])
    tops = np.array([b.center[2] + b.height_m / 2 for b in boxes])
    bottoms = np.array([b.center[2] - b.height_m / 2 for b in boxes])
    width = float(np.ptp(across)) + SHOULDERS_M
    by_size = max(float(tops.max() - np.median(bottoms)), max(b.height_m for b in boxes))
    height = max(by_size, width / aspect)
    center = np.mean([f.landmarks["chest"] for f in subjects], axis=0)
    middle = (across.max() + across.min()) / 2 - center[:2] @ right
    center[:2] += right * middle
    center[2] = tops.max() - height / 2
    if height > by_size:
        # With the heads at the top of a frame that their distance makes high, its middle, and the lens with it, would
        # lie below the floor.
        ground = min(float(f.landmarks["sole"][2]) for f in subjects)
        center[2] = max(center[2], ground + (0.5 - MOST_GROUND) * height)
    # The nearest person is larger in frame than the middle one: step back by half the depth of the group.
    depth = float(np.ptp([f.landmarks["chest"][:2] @ front for f in subjects]))
    marks = {n: np.mean([f.landmarks[n] for f in subjects], axis=0) for n in ("eyes", "knee", "sole")}
    eyes = Figure("group", marks, front, 1.7)
    box = FrameBox(center, height)
    wish = _group_wish(ask, subjects, box, front, width / 2)
    if wish is not None or ask.pitch_deg is not None:
        # Along the axis, so that an asked pitch stays.
        return aimed(ask, box, front, eyes, wish, extra_m=depth / 2 if depth > 0.2 else 0.0)
    setup = aimed(ask, box, front, eyes)
    if depth > 0.2:
        back = front * depth / 2
        moved = np.array(setup.camera.position) + np.array([back[0], back[1], 0.0])
        setup = replace(setup, camera=placed(ask, moved, np.array(setup.camera.look_at)))
    return setup


def _group_wish(ask: Ask, subjects: Sequence[Figure], box: FrameBox, front: Vec, half_width_m: float) -> Wish | None:
    """Composition and headroom for several: the middle of their eyes stands where one figure's would, as far as nobody
    is cut off; headroom is above the highest."""
    eyes = np.mean([f.landmarks["eyes"] for f in subjects], axis=0)
    eyes[:2] = box.center[:2]
    first = Figure("group", {"eyes": eyes}, subjects[0].look, 1.7)
    top = max((f.landmarks["head_top"] for f in subjects), key=lambda t: float(t[2]))
    return wish_of(ask, box, first, front, top=top, half_width_m=half_width_m)


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
