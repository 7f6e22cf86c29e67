"""Camera and frame for one box of the world: distance by the lens, pitch by the angle, and what the floor allows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.shot import Angle
from maquette.film.stage import PlacedCamera
from maquette.stage.ask import Ask
from maquette.stage.composition import LEAD_ROOM, Wish, standing, standing_towards, towards_look
from maquette.stage.framing import Figure, FrameBox, camera_axes, distance_for, project
from maquette.stage.setup import Setup

Vec = NDArray[np.float64]

LOWEST_CAMERA_M = 0.12
"""Half a camera body: no lens gets closer to the floor."""
NEAR_ENOUGH_DEG = 2.5
"""An asked pitch is met within this; a wide shot that the floor keeps from it tilts up to here and no farther."""
STEEPEST_DEG = 80.0
"""From a stated height the camera looks down or up no steeper than this at the asked size."""


@dataclass(frozen=True, eq=False)
class _Aim:
    """One try: where the camera stands and looks with one lens."""

    position: Vec
    target: Vec
    wanted_deg: float
    reached_deg: float | None = None
    """Where the floor stopped the camera; None: it did not."""


def placed(ask: Ask, position: Vec, look_at: Vec, lens_mm: float | None = None) -> PlacedCamera:
    """The camera of the shot, put down."""
    distance = float(np.linalg.norm(np.asarray(look_at) - position))
    return PlacedCamera(
        position=(float(position[0]), float(position[1]), float(position[2])),
        look_at=(float(look_at[0]), float(look_at[1]), float(look_at[2])),
        roll_deg=ask.shot.roll_deg,
        lens_mm=lens_mm or ask.shot.lens_mm,
        sensor_width_mm=ask.sensor_mm,
        aspect=ask.aspect,
        focus_m=distance,
        squeeze=ask.squeeze,
    )


def aimed(
    ask: Ask, box: FrameBox, direction: Vec, figure: Figure | None, wish: Wish | None = None, extra_m: float = 0.0
) -> Setup:
    """Camera at the lens's distance, pitched by the angle, with lead room towards the look or as the wish has it.

    direction: (2,) unit, from the subject to the camera. extra_m: stands this much farther off. Where the floor keeps
    an asked pitch from being reached and nobody named the lens, a shorter one is taken.
    """
    if ask.looks_down:
        return _from_above(ask, box, direction, wish)
    aim = _aim(ask, box, direction, figure, wish, ask.shot.lens_mm, extra_m)
    lens, notes = ask.shot.lens_mm, list[str]()
    if aim.reached_deg is not None and ask.pitch_deg is not None and not ask.lens_is_stated:
        for shorter in ask.shorter_lenses_mm:
            aim, lens = _aim(ask, box, direction, figure, wish, shorter, extra_m), shorter
            if aim.reached_deg is None:
                break
        if lens != ask.shot.lens_mm:
            notes.append(
                f"{lens:g} mm instead of {ask.shot.lens_mm:g} mm: with the longer lens the floor is in the way of "
                f"{aim.wanted_deg:.0f} degrees of pitch at this size."
            )
        if aim.reached_deg is not None and figure is not None:
            aim = _tilted(ask, aim, box, figure, lens)
    if aim.reached_deg is not None:
        notes.append(
            f"The floor stops the camera at {aim.reached_deg:.0f} degrees of pitch instead of {aim.wanted_deg:.0f}: "
            "a shorter lens or a closer size gets lower."
        )
    notes += _height_missed(ask, aim)
    return Setup(placed(ask, aim.position, aim.target, lens), box.center, box.height_m, tuple(notes))


def _aim(
    ask: Ask, box: FrameBox, direction: Vec, figure: Figure | None, wish: Wish | None, lens: float, extra_m: float
) -> _Aim:
    distance = distance_for(box.height_m, lens, ask.gate_mm, ask.aspect) + extra_m
    pitch = _wanted_pitch(ask, box, figure, distance)
    lowest = LOWEST_CAMERA_M + min(0.0, box.center[2])
    if wish is not None:
        return _composed(ask, box, direction, wish, lens, distance, pitch, lowest)
    reached = None
    sine = np.sin(np.radians(pitch))
    if box.center[2] - sine * distance < lowest:
        sine = (box.center[2] - lowest) / distance
        reached = float(np.degrees(np.arcsin(np.clip(sine, -1, 1))))
    flat = np.sqrt(max(1 - sine**2, 0.0)) * distance
    position = np.array(
        [box.center[0] + direction[0] * flat, box.center[1] + direction[1] * flat, box.center[2] - sine * distance]
    )
    target = box.center.copy()
    if figure is not None:
        right = np.array([-direction[1], direction[0]])
        towards = towards_look(figure, right)
        target[:2] += right * towards * LEAD_ROOM.get(ask.shot.size, 0.0) * box.height_m * ask.aspect
        # Beside the axis the subject is less deep than it is far: the camera stands back until its size is as asked.
        way = (target - position) / np.linalg.norm(target - position)
        farther = direction * (distance - float((box.center - position) @ way)) / float(-direction @ way[:2])
        position[:2] += farther
        target[:2] += farther
    return _Aim(position, target, pitch, reached)


def _wanted_pitch(ask: Ask, box: FrameBox, figure: Figure | None, distance: float) -> float:
    """Degrees, before the floor has its say."""
    if ask.shot.camera_height_m is not None:
        # A stated height wins over the angle's reference pitch.
        return float(np.degrees(np.arcsin(np.clip((box.center[2] - ask.shot.camera_height_m) / distance, -0.98, 0.98))))
    if ask.pitch_deg is not None:
        return ask.pitch_deg
    # Level with the eyes for close sizes; for wide ones somewhat below them, so that the lens stays near level.
    eyes = float(figure.landmarks["eyes"][2]) if figure is not None else box.center[2]
    rise = np.clip(eyes - box.center[2], -distance * 0.06, distance * 0.06)
    return -float(np.degrees(np.arcsin(rise / distance)))


def _composed(
    ask: Ask, box: FrameBox, direction: Vec, wish: Wish, lens: float, distance: float, pitch: float, lowest: float
) -> _Aim:
    """The wish fulfilled at this pitch, or at the one that gives the stated height or clears the floor."""
    half_w = ask.gate_mm / (2 * lens)
    half_h = half_w / ask.aspect

    def at(pitch_deg: float) -> tuple[Vec, Vec]:
        position, (_, _, forward) = standing_towards(
            wish, direction, float(np.radians(pitch_deg)), ask.shot.roll_deg, box.center, distance, half_w, half_h
        )
        return position, position + forward * distance

    def lowered_to(height: float) -> float:
        """The pitch at which the lens has this height: it sinks as the pitch rises."""
        low, high = -STEEPEST_DEG, STEEPEST_DEG
        for _ in range(40):
            middle = (low + high) / 2
            low, high = (low, middle) if at(middle)[0][2] < height else (middle, high)
        return (low + high) / 2

    reached = None
    if ask.shot.camera_height_m is not None:
        pitch = lowered_to(max(ask.shot.camera_height_m, lowest))
    elif at(pitch)[0][2] < lowest:
        reached = lowered_to(lowest)
    return _Aim(*at(pitch if reached is None else reached), pitch, reached)


def _tilted(ask: Ask, aim: _Aim, box: FrameBox, figure: Figure, lens: float) -> _Aim:
    """Tilted up at its height, until the asked pitch is near enough or the figure would lose its shins."""
    assert aim.reached_deg is not None
    if "knee" not in figure.landmarks:
        return aim
    shin = (figure.landmarks["knee"] + figure.landmarks["sole"]) / 2
    ahead = aim.target - aim.position
    flat, length = float(np.hypot(*ahead[:2])), float(np.linalg.norm(ahead))

    def tilted(pitch_deg: float) -> Vec:
        p = np.radians(pitch_deg)
        way = np.array([ahead[0] / flat * np.cos(p), ahead[1] / flat * np.cos(p), np.sin(p)])
        return aim.position + way * length

    best = aim.reached_deg
    for pitch in np.arange(aim.reached_deg, aim.wanted_deg - NEAR_ENOUGH_DEG + 0.25, 0.25):
        down = float(project(placed(ask, aim.position, tilted(float(pitch)), lens), shin)[0, 1])
        if down > 0.99:
            break
        best = float(pitch)
    near = aim.wanted_deg - best <= NEAR_ENOUGH_DEG + 0.25
    way = (tilted(best) - aim.position) / length
    # A subject off the axis is farther along the new one than along the old: the camera comes as much nearer.
    ahead[2] = 0
    nearer = ahead / flat * (float((box.center - aim.position) @ way) - length) / float(way[:2] @ ahead[:2] / flat)
    position = aim.position + nearer
    return replace(aim, position=position, target=position + way * length, reached_deg=None if near else best)


def _height_missed(ask: Ask, aim: _Aim) -> list[str]:
    """A height that the lens cannot be at without leaving the asked size."""
    wanted, got = ask.shot.camera_height_m, float(aim.position[2])
    if wanted is None or aim.reached_deg is not None or abs(got - wanted) < 0.05:
        return []
    return [
        f"The lens is {got:.2g} m above the floor instead of {wanted:.2g} m: at this size and focal length it is "
        "nearer to the subject than that; a longer lens or a wider size gets there."
    ]


def _from_above(ask: Ask, box: FrameBox, direction: Vec, wish: Wish | None) -> Setup:
    """Straight down; with a stated height from there, whatever size that makes."""
    distance = distance_for(box.height_m, ask.shot.lens_mm, ask.gate_mm, ask.aspect)
    height, notes = ask.shot.camera_height_m, ()
    if height is not None and ask.shot.angle is Angle.OVERHEAD and height > box.center[2] + 0.5:
        distance = height - float(box.center[2])
        notes = (f"Straight down from {height:g} m: the height decides how much the frame holds.",)
    position = box.center + np.array([direction[0] * 0.01, direction[1] * 0.01, distance])
    camera = placed(ask, position, box.center)
    if wish is not None:
        half_w = ask.gate_mm / (2 * ask.shot.lens_mm)
        axes = camera_axes(camera)
        position = standing(wish, axes, box.center, distance, half_w, half_w / ask.aspect)
        camera = placed(ask, position, position + axes[2] * distance)
    return Setup(camera, box.center, box.height_m, notes)
