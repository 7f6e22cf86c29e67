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

from maquette.film.lighting import Lighting
from maquette.film.screenplay import TimeOfDay
from maquette.film.shot import Side
from maquette.film.stage import Lamp, LampRole, Opening, PlacedCamera, SetPlan
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.stage.framing import Figure

Vec = NDArray[np.float64]
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


@dataclass(frozen=True)
class Level:
    """How a time of day is lit."""

    key: float
    """Radiance of a white surface under the key."""
    ratio: float
    """Key to fill, of the film lamps alone; windows and bounce add to the fill."""
    kelvin: float
    fill_kelvin: float
    window: float
    """Radiance of the sky seen through an opening, times 1."""
    window_kelvin: float
    backing: float
    """Radiance of the sky that the camera sees through a window: a stop or two over the key's white by day."""
    practicals: bool
    open_key: float
    """Radiance of a white surface under the film key outside, where sky and sun light too (noon: white is 1)."""
    open_kelvin: float
    open_fill: float
    """The same of the reflector beside the camera outside."""
    open_back: float
    """The same of the rim light outside; 0 where the sun does it."""
    level: float
    """What a white card in the subject's light is exposed to: night stays night."""
    white_k_inside: float
    white_k_outside: float


_DAY = Level(0.85, 3.0, 5200, 6000, 5.5, 6200, 2.4, False, 0.16, 5400, 0.26, 0.0, 0.80, 5600, 5800)
LEVELS: dict[TimeOfDay, Level] = {
    TimeOfDay.DAWN: Level(0.55, 3.5, 4600, 7500, 2.2, 8200, 0.9, True, 0.42, 4300, 0.10, 0.18, 0.54, 5000, 5600),
    TimeOfDay.MORNING: Level(0.85, 3.0, 4700, 6000, 5.5, 5200, 2.4, False, 0.18, 5000, 0.24, 0.0, 0.80, 5200, 5600),
    TimeOfDay.DAY: _DAY,
    TimeOfDay.NOON: _DAY,
    TimeOfDay.AFTERNOON: Level(0.85, 3.2, 4500, 6000, 5.2, 4900, 2.4, False, 0.18, 4900, 0.24, 0.0, 0.78, 5200, 5600),
    TimeOfDay.GOLDEN_HOUR: Level(0.85, 4.0, 3300, 6500, 3.2, 3200, 1.7, False, 0.55, 2900, 0.12, 0.0, 0.72, 5000, 5400),
    TimeOfDay.DUSK: Level(0.6, 4.5, 3200, 8000, 1.0, 8500, 0.34, True, 0.36, 3900, 0.07, 0.16, 0.54, 4000, 5600),
    TimeOfDay.BLUE_HOUR: Level(0.55, 5.0, 3100, 9000, 0.5, 10500, 0.18, True, 0.15, 3600, 0.03, 0.06, 0.46, 4000, 6000),
    TimeOfDay.NIGHT: Level(0.55, 6.0, 3000, 7500, 0.16, 9500, 0.055, True, 0.11, 6200, 0.012, 0.10, 0.38, 3900, 5600),
    TimeOfDay.UNKNOWN: _DAY,
}
SUN_OUTSIDE_WINDOW_M = 7.0
SUN_IN_ROOM, MOON_IN_ROOM = 1.4, 8.0
"""Radiance of white in the beam that falls through a window, for each unit of the sun's or moon's level outside."""


def practicals_on(lighting: Lighting, plan: SetPlan) -> bool:
    """Whether the lamps of the place burn: as asked, else by the hour, and always where there is no window."""
    if lighting.practicals is not None:
        return lighting.practicals
    return LEVELS[lighting.time_of_day].practicals or (plan.interior and not plan.openings)


def panel(
    name: str, role: LampRole, position: Vec, target: Vec, size_m: float, radiance: Vec, visible: bool = False
) -> Lamp:
    """A square soft light that faces `target`."""
    forward = target - position
    forward = forward / max(float(np.linalg.norm(forward)), 1e-9)
    up = np.array([0.0, 0.0, 1.0]) if abs(forward[2]) < 0.99 else np.array([0.0, 1.0, 0.0])
    right = np.cross(forward, up)
    right /= np.linalg.norm(right)
    up = np.cross(right, forward)
    h = size_m / 2
    # Counter-clockwise seen from the target: light leaves towards it.
    corners = [position + h * (sx * right + sy * up) for sx, sy in ((1, -1), (-1, -1), (-1, 1), (1, 1))]
    vertices = np.array(corners, np.float32)
    faces = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)
    normal = np.cross(vertices[1] - vertices[0], vertices[2] - vertices[0])
    if float(normal @ forward) < 0:
        faces = faces[:, ::-1].copy()
    r, g, b = (float(v) for v in radiance)
    return Lamp(name, role, vertices, faces, (r, g, b), visible)


def radiance_for(white: float, distance_m: float, size_m: float, kelvin: float) -> Vec:
    """Radiance of a square panel so that a white diffuse surface facing it has radiance `white`.

    Small-source estimate E = L A / d^2 and L_white = E / pi; exact within 10% when the size is below half the distance.
    """
    return white * np.pi * distance_m**2 / size_m**2 * kelvin_to_rgb(kelvin)


@dataclass(frozen=True, eq=False)
class Rig:
    """The lamps of one shot, and how the camera is set for them."""

    lamps: tuple[Lamp, ...]
    level: float
    """See `PlacedCamera.metered_level`."""
    white_balance_k: float


def light(
    lighting: Lighting,
    plan: SetPlan,
    subjects: Sequence[Figure],
    camera: PlacedCamera,
    front: Vec,
    sun: Lamp | None,
) -> Rig:
    """Lamps for a shot. `front` is the scene's (2,) direction to the master camera; `sun` is the sun or moon."""
    level = LEVELS[lighting.time_of_day]
    if lighting.interior and plan.interior:
        lamps = _inside(lighting, level, plan, subjects, camera, front, sun)
        white = level.white_k_inside
    else:
        lamps = _outside(lighting, level, plan, subjects, camera, front, sun)
        white = level.white_k_outside
    return Rig(tuple(lamps), level.level, white)


# --- interiors ------------------------------------------------------------------------------------------------


def _inside(
    lighting: Lighting, level: Level, plan: SetPlan, subjects: Sequence[Figure], camera: PlacedCamera, front: Vec,
    sun: Lamp | None,
) -> list[Lamp]:  # fmt: skip
    focus = _focus(subjects, plan)
    lamps = _windows(plan, level) + _beam(plan, front, sun)
    burning = practicals_on(lighting, plan)
    if burning:
        lamps += plan.practicals[:8]
    key_from = _motive(lighting, plan, burning, focus, front)
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
    out = _unit(-np.array(opening.normal[:2]))
    across = np.array([-out[1], out[0]])
    side = 1.0 if float(across @ front) >= 0 else -1.0
    level_at = _unit(out + side * 0.62 * across)
    rise = np.tan(np.radians(elevation))
    window = np.array(opening.center)
    at = window + SUN_OUTSIDE_WINDOW_M * np.append(level_at, rise)
    distance = float(np.linalg.norm(at - window))
    radiance = np.array(sun.radiance)
    luminance = float(radiance @ LUMINANCE)
    outside = luminance * _area(sun) / (np.pi * reach**2)
    white = outside * (MOON_IN_ROOM if moon else SUN_IN_ROOM)
    color = 0.6 * radiance / luminance + 0.4
    size = 0.5
    return [panel(sun.name, sun.role, at, window, size, radiance_for(white, distance, size, 6500) * color)]


def _motive(lighting: Lighting, plan: SetPlan, burning: bool, focus: Vec, front: Vec) -> Vec:
    """(2,) unit direction from the subject towards what the light seems to come from."""
    right = np.array([-front[1], front[0]])
    if lighting.key_side is not None:
        return _unit(front * 0.7 + right * (1 if lighting.key_side is Side.RIGHT else -1))
    if burning and plan.practicals:

        def strength(lamp: Lamp) -> float:
            d = lamp.vertices.mean(0)[:2] - focus[:2]
            return float(sum(lamp.radiance)) * _area(lamp) / (float(d @ d) + 0.5)

        best = max(plan.practicals, key=strength)
        return _unit(best.vertices.mean(0)[:2] - focus[:2] + 1e-6 * right)
    if plan.openings:

        def daylight(opening: Opening) -> float:
            d = np.array(opening.center[:2]) - focus[:2]
            return opening.width_m * opening.height_m / (float(d @ d) + 0.5)

        best_opening = max(plan.openings, key=daylight)
        return _unit(np.array(best_opening.center[:2]) - focus[:2] + 1e-6 * right)
    return _unit(front * 0.7 + right)


def _three_point(
    lighting: Lighting, level: Level, plan: SetPlan, focus: Vec, people: int, camera: PlacedCamera, key_from: Vec
) -> list[Lamp]:
    to_camera = _unit(np.array(camera.position[:2]) - focus[:2])
    key_dir = _modelled(key_from, to_camera, plan.interior)
    ratio = lighting.key_fill_ratio or level.ratio
    kelvin = lighting.key_kelvin or level.kelvin
    reach = 2.3 if people <= 1 else 2.9
    head = focus + np.array([0.0, 0.0, 0.05])
    key_at = _in_room(plan, head + np.append(key_dir * reach, 1.25 * reach / 2.3))
    fill_dir = _unit(to_camera - 0.9 * key_dir)
    fill_at = _in_room(plan, head + np.append(fill_dir * 2.8, 0.35))
    back_dir = _unit(-to_camera - 0.55 * key_dir)
    back_at = _in_room(plan, head + np.append(back_dir * 1.9, 1.35))
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


def _in_room(plan: SetPlan, position: Vec) -> Vec:
    """Pulled inside walls, or off the houses of a street, and under the ceiling, where a lamp can hang."""
    if not plan.floor:
        return position
    corners = np.array(plan.floor)
    low, high = corners.min(0) + 0.12, corners.max(0) - 0.12
    x, y = np.clip(position[:2], low, high)
    z = min(float(position[2]), (plan.ceiling_m or 3.0) - 0.12) if plan.interior else float(position[2])
    return np.array([x, y, max(z, 0.4)])


# --- exteriors ------------------------------------------------------------------------------------------------


def _outside(
    lighting: Lighting, level: Level, plan: SetPlan, subjects: Sequence[Figure], camera: PlacedCamera, front: Vec,
    sun: Lamp | None,
) -> list[Lamp]:  # fmt: skip
    focus = _focus(subjects, plan)
    lamps: list[Lamp] = [sun] if sun is not None else []
    if practicals_on(lighting, plan):
        near = sorted(plan.practicals, key=lambda p: float(np.linalg.norm(p.vertices.mean(0) - focus)))
        lamps += near[:9]
    if not subjects:
        return lamps
    to_camera = _unit(np.array(camera.position[:2]) - focus[:2])
    right = np.array([-front[1], front[0]])
    if lighting.key_side is not None:
        key_from = _unit(front * 0.7 + right * (1 if lighting.key_side is Side.RIGHT else -1))
    elif sun is not None:
        key_from = _unit(sun.vertices.mean(0)[:2] - focus[:2])
    else:
        key_from = _unit(front * 0.7 + right)
    key_dir = _modelled(key_from, to_camera, interior=False)
    head = focus + np.array([0.0, 0.0, 0.05])
    warmth = lighting.key_kelvin or level.open_kelvin
    back_dir = _unit(-to_camera - 0.6 * key_dir)
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
            at = _in_room(plan, at)
            distance = float(np.linalg.norm(at - head))
            lamps.append(panel(name, role, at, head, size, radiance_for(white, distance, size, kelvin)))
    return lamps


def turned_about_z(lamp: Lamp, degrees: float) -> Lamp:
    """The lamp carried around the vertical through the origin."""
    c, s = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    m = np.array([[c, -s, 0], [s, c, 0], [0, 0, 1]], np.float32)
    return replace(lamp, vertices=(lamp.vertices @ m.T).astype(np.float32))


def _focus(subjects: Sequence[Figure], plan: SetPlan) -> Vec:
    if subjects:
        return np.mean([f.landmarks["eyes"] for f in subjects], axis=0)
    corners = np.array(plan.floor) if plan.floor else np.zeros((1, 2))
    return np.append(corners.mean(0), 1.4)


def _unit(v: Vec) -> Vec:
    return v / max(float(np.linalg.norm(v)), 1e-9)


def _area(lamp: Lamp) -> float:
    a, b, c = (lamp.vertices[lamp.faces[:, i]] for i in range(3))
    return float(np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2)
