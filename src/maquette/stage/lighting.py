"""From place and time of day to lamps: one plan for the scene, fixed in the world, tuned to the shot's subject.

Convention: a white diffuse surface that faces the key has radiance 1, so exposure 0 renders it just below white.
The key keeps its side of the world in every shot of a scene: it comes from what motivates it (a window by day, the
strongest practical at night, the sun or the moon outside). Towards or away from the camera it may swing, as a gaffer
cheats it, so that a face is modelled and never lit flat or from behind only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from maquette.film.face import Head
from maquette.film.lighting import Lighting
from maquette.film.shot import Side
from maquette.film.stage import Body, Lamp, LampRole, LightBalance, Opening, PlacedCamera, SetPlan
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.stage.framing import Figure
from maquette.stage.lamps import area_of, focus_of, in_room, panel, radiance_for, unit
from maquette.stage.levels import LEVELS, Level, practicals_on
from maquette.stage.rigging import film_lamps, flags_for, motive_direction, situation

Vec = NDArray[np.float64]
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


SUN_OUTSIDE_WINDOW_M = 7.0
SUN_IN_ROOM, MOON_IN_ROOM = 1.4, 8.0
"""Radiance of white in the beam that falls through a window, for each unit of the sun's or moon's level outside."""


@dataclass(frozen=True, eq=False)
class Rig:
    """The lamps of one shot, and how the camera is set for them."""

    lamps: tuple[Lamp, ...]
    level: float
    """See `PlacedCamera.metered_level`."""
    white_balance_k: float
    balance: LightBalance | None = None
    """What the lamps are dimmed to, where a plan is stated."""
    flags: tuple[Body, ...] = ()
    """What keeps light off, unseen."""
    notes: tuple[str, ...] = ()


def light(
    lighting: Lighting,
    plan: SetPlan,
    subjects: Sequence[Figure],
    camera: PlacedCamera,
    front: Vec,
    sun: Lamp | None,
    heads: Sequence[Head] = (),
    waver: float = 1.0,
) -> Rig:
    """Lamps for a shot. `front` is the scene's (2,) direction to the master camera; `sun` is the sun or moon.

    With a stated plan (`Lighting.planned`) and a head to light, film lamps follow the plan and are to be balanced by
    the meter; else place and hour light as they do. `waver` is the key's flicker at this moment.
    """
    level = LEVELS[lighting.time_of_day]
    inside = lighting.interior and plan.interior
    white = lighting.white_balance_k or (level.white_k_inside if inside else level.white_k_outside)
    if lighting.practical_stops:
        plan = _practicals_at(plan, lighting.practical_stops)
    if lighting.planned and heads:
        place = (
            _place_inside(lighting, level, plan, front, sun) if inside else _place_outside(lighting, plan, heads, sun)
        )
        otherwise = _motive_inside(lighting, plan, subjects, front) if inside else _motive_outside(sun, heads, front)
        motive, note = motive_direction(lighting, plan, heads[0].eyes, otherwise)
        here = situation(plan, camera, heads, front, motive, {f.name: f for f in subjects})
        film, balance = film_lamps(lighting, level, here, waver)
        flags = flags_for(balance, here)
        return Rig((*place, *film), level.level, white, balance, flags, (note,) if note else ())
    put_up = _inside if inside else _outside
    lamps = put_up(lighting, level, plan, subjects, camera, front, sun)
    return Rig(tuple(lamps), level.level, white)


def _practicals_at(plan: SetPlan, stops: float) -> SetPlan:
    factor = 2.0**stops
    dimmed = [
        replace(p, radiance=(p.radiance[0] * factor, p.radiance[1] * factor, p.radiance[2] * factor))
        for p in plan.practicals
    ]
    return replace(plan, practicals=tuple(dimmed))


# --- what belongs to the place --------------------------------------------------------------------------------


def _place_inside(lighting: Lighting, level: Level, plan: SetPlan, front: Vec, sun: Lamp | None) -> list[Lamp]:
    lamps = _windows(plan, level) + _beam(plan, front, sun)
    return lamps + list(plan.practicals[:8]) if practicals_on(lighting, plan) else lamps


def _place_outside(lighting: Lighting, plan: SetPlan, heads: Sequence[Head], sun: Lamp | None) -> list[Lamp]:
    return ([sun] if sun is not None else []) + _practicals_near(lighting, plan, heads[0].eyes)


def _practicals_near(lighting: Lighting, plan: SetPlan, focus: Vec) -> list[Lamp]:
    if not practicals_on(lighting, plan):
        return []
    return sorted(plan.practicals, key=lambda p: float(np.linalg.norm(p.vertices.mean(0) - focus)))[:9]


def _motive_inside(lighting: Lighting, plan: SetPlan, subjects: Sequence[Figure], front: Vec) -> Vec:
    free = lighting.model_copy(update={"key_side": None})
    return _motive(free, plan, practicals_on(lighting, plan), focus_of(subjects, plan), front)


def _motive_outside(sun: Lamp | None, heads: Sequence[Head], front: Vec) -> Vec:
    if sun is not None:
        return unit(sun.vertices.mean(0)[:2].astype(float) - heads[0].eyes[:2])
    return unit(front * 0.7 + np.array([-front[1], front[0]]))


# --- interiors ------------------------------------------------------------------------------------------------


def _inside(
    lighting: Lighting, level: Level, plan: SetPlan, subjects: Sequence[Figure], camera: PlacedCamera, front: Vec,
    sun: Lamp | None,
) -> list[Lamp]:  # fmt: skip
    focus = focus_of(subjects, plan)
    lamps = _place_inside(lighting, level, plan, front, sun)
    key_from = _motive(lighting, plan, practicals_on(lighting, plan), focus, front)
    lamps += _three_point(lighting, level, plan, focus, len(subjects), camera, key_from)
    return lamps


def _windows(plan: SetPlan, level: Level) -> list[Lamp]:
    """Sky light through the largest openings, from just inside each frame so that muntins do not eat it."""
    color = kelvin_to_rgb(level.window_kelvin)
    lamps: list[Lamp] = []
    for opening in sorted(plan.openings, key=lambda o: -o.width_m * o.height_m)[:3]:
        center, normal = np.array(opening.center), np.array(opening.normal)
        size = float(np.sqrt(opening.width_m * opening.height_m))
        position = center + normal * 0.12
        lamps.append(
            panel(f"{opening.name} light", LampRole.WINDOW, position, position + normal, size, level.window * color)
        )
    return lamps


def _beam(plan: SetPlan, front: Vec, sun: Lamp | None) -> list[Lamp]:
    """Sun or moon through the largest window: a hard lamp on a stand outside, as a crew puts it.

    It falls away from the master camera, so that its patch lies in the background, and stays there in every shot.
    """
    if sun is None or not plan.openings:
        return []
    opening = max(plan.openings, key=lambda o: o.width_m * o.height_m)
    moon = sun.role is LampRole.MOON
    stands = sun.vertices.mean(axis=0).astype(float)
    reach = float(np.linalg.norm(stands))
    elevation = float(np.clip(np.degrees(np.arcsin(stands[2] / reach)), 14.0, 36.0))
    out = unit(-np.array(opening.normal[:2]))
    across = np.array([-out[1], out[0]])
    side = 1.0 if float(across @ front) >= 0 else -1.0
    level_at = unit(out + side * 0.62 * across)
    rise = np.tan(np.radians(elevation))
    window = np.array(opening.center)
    at = window + SUN_OUTSIDE_WINDOW_M * np.append(level_at, rise)
    distance = float(np.linalg.norm(at - window))
    radiance = np.array(sun.radiance)
    luminance = float(radiance @ LUMINANCE)
    outside = luminance * area_of(sun) / (np.pi * reach**2)
    white = outside * (MOON_IN_ROOM if moon else SUN_IN_ROOM)
    color = 0.6 * radiance / luminance + 0.4
    size = 0.5
    return [panel(sun.name, sun.role, at, window, size, radiance_for(white, distance, size, 6500) * color)]


def _motive(lighting: Lighting, plan: SetPlan, burning: bool, focus: Vec, front: Vec) -> Vec:
    """(2,) unit direction from the subject towards what the light seems to come from."""
    right = np.array([-front[1], front[0]])
    if lighting.key_side is not None:
        return unit(front * 0.7 + right * (1 if lighting.key_side is Side.RIGHT else -1))
    if burning and plan.practicals:

        def strength(lamp: Lamp) -> float:
            d = lamp.vertices.mean(0)[:2] - focus[:2]
            return float(sum(lamp.radiance)) * area_of(lamp) / (float(d @ d) + 0.5)

        best = max(plan.practicals, key=strength)
        return unit(best.vertices.mean(0)[:2] - focus[:2] + 1e-6 * right)
    if plan.openings:

        def daylight(opening: Opening) -> float:
            d = np.array(opening.center[:2]) - focus[:2]
            return opening.width_m * opening.height_m / (float(d @ d) + 0.5)

        best_opening = max(plan.openings, key=daylight)
        return unit(np.array(best_opening.center[:2]) - focus[:2] + 1e-6 * right)
    return unit(front * 0.7 + right)


def _three_point(
    lighting: Lighting, level: Level, plan: SetPlan, focus: Vec, people: int, camera: PlacedCamera, key_from: Vec
) -> list[Lamp]:
    to_camera = unit(np.array(camera.position[:2]) - focus[:2])
    key_dir = _modelled(key_from, to_camera, plan.interior)
    ratio = lighting.key_fill_ratio or level.ratio
    kelvin = lighting.key_kelvin or level.kelvin
    reach = 2.3 if people <= 1 else 2.9
    head = focus + np.array([0.0, 0.0, 0.05])
    key_at = in_room(plan, head + np.append(key_dir * reach, 1.25 * reach / 2.3))
    fill_dir = unit(to_camera - 0.9 * key_dir)
    fill_at = in_room(plan, head + np.append(fill_dir * 2.8, 0.35))
    back_dir = unit(-to_camera - 0.55 * key_dir)
    back_at = in_room(plan, head + np.append(back_dir * 1.9, 1.35))
    # Against a dark wall hair needs more of it.
    rim = 0.95 if level.practicals else 0.8
    lamps: list[Lamp] = []
    for name, role, at, size, white, k in (
        ("key", LampRole.KEY, key_at, 0.9, level.key, kelvin),
        ("fill", LampRole.FILL, fill_at, 1.6, level.key / max(ratio - 1, 0.25), level.fill_kelvin),
        (
            "back",
            LampRole.BACK,
            back_at,
            0.6,
            level.key * rim,
            (kelvin + level.fill_kelvin) / 2,
        ),
    ):
        distance = float(np.linalg.norm(at - head))
        lamps.append(panel(name, role, at, head, size, radiance_for(white, distance, size, k)))
    return lamps


def _modelled(key_from: Vec, to_camera: Vec, interior: bool) -> Vec:
    """The key's direction, swung on its own side of the camera axis to between 45 and 85 degrees off (outside 75)."""
    cross = float(to_camera[0] * key_from[1] - to_camera[1] * key_from[0])
    angle = float(np.degrees(np.arctan2(cross, to_camera @ key_from)))
    side = 1.0 if angle >= 0 else -1.0
    swung = np.radians(side * float(np.clip(abs(angle), 45.0, 85.0 if interior else 75.0)))
    c, s = np.cos(swung), np.sin(swung)
    return np.array([c * to_camera[0] - s * to_camera[1], s * to_camera[0] + c * to_camera[1]])


# --- exteriors ------------------------------------------------------------------------------------------------


def _outside(
    lighting: Lighting, level: Level, plan: SetPlan, subjects: Sequence[Figure], camera: PlacedCamera, front: Vec,
    sun: Lamp | None,
) -> list[Lamp]:  # fmt: skip
    focus = focus_of(subjects, plan)
    lamps: list[Lamp] = [sun] if sun is not None else []
    lamps += _practicals_near(lighting, plan, focus)
    if not subjects:
        return lamps
    to_camera = unit(np.array(camera.position[:2]) - focus[:2])
    right = np.array([-front[1], front[0]])
    if lighting.key_side is not None:
        key_from = unit(front * 0.7 + right * (1 if lighting.key_side is Side.RIGHT else -1))
    elif sun is not None:
        key_from = unit(sun.vertices.mean(0)[:2] - focus[:2])
    else:
        key_from = unit(front * 0.7 + right)
    key_dir = _modelled(key_from, to_camera, interior=False)
    head = focus + np.array([0.0, 0.0, 0.05])
    warmth = lighting.key_kelvin or level.open_kelvin
    back_dir = unit(-to_camera - 0.6 * key_dir)
    fill = (
        level.open_fill if lighting.key_fill_ratio is None else level.open_key / max(lighting.key_fill_ratio - 1, 0.25)
    )
    for name, role, at, size, white, kelvin in (
        ("key", LampRole.KEY, head + np.append(key_dir * 3.4, 1.1), 1.4, level.open_key, warmth),
        ("back", LampRole.BACK, head + np.append(back_dir * 3.0, 1.8), 0.9, level.open_back, level.fill_kelvin),
        # A reflector by the camera opens the shadow side of faces.
        ("fill", LampRole.FILL, head + np.append(to_camera * 3.0, 0.2), 1.8, fill, level.fill_kelvin),
    ):
        if white > 0:
            at = in_room(plan, at)
            distance = float(np.linalg.norm(at - head))
            lamps.append(panel(name, role, at, head, size, radiance_for(white, distance, size, kelvin)))
    return lamps
