"""Sky, sun and haze over a scene, turned so that they serve it; all of it can be stated."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.lighting import Lighting
from maquette.film.request import Dressing
from maquette.film.screenplay import TimeOfDay
from maquette.film.stage import Haze, Lamp, SetKind, SetPlan, Sky
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.stage.clear_view import GROUND
from maquette.stage.lamps import turned_about_z
from maquette.stage.levels import LEVELS
from maquette.stage.sightline import Obstacles
from maquette.stage.sky import build_haze, build_sky, sunken

Vec = NDArray[np.float64]
_TOWNS = (SetKind.STREET, SetKind.ROOFTOP)
OUTSIDE_GAIN = 3.0
"""How much brighter than the room's own scale the sky behind a window is."""


KEPT = 6
SMOKE_PER_M = 0.16
"""Extinction of the thickest stated haze."""
SMOKE_LEVEL = 0.22
"""Radiance of thick smoke against a white card in the key."""

DRIFT_DEG_S = {"overcast": 0.12, "rain": 0.2, "storm": 0.5, "snow": 0.12, "mist": 0.08}
"""How fast a closed layer of clouds slides, degrees of the sky a second: 10 m/s at 5 km is 0.1."""
BREATH = 0.06
"""Most that haze thickens or thins as it drifts by."""

Air = tuple[Sky, Lamp | None, Haze]
_AIRS: OrderedDict[object, Air] = OrderedDict()


def air(lighting: Lighting, dressing: Dressing, plan: SetPlan, front: Vec, heads: Sequence[Vec]) -> Air:
    """Sky, sun and haze; outside they are turned so that the sun lights the scene from three-quarters, or stands where
    it is stated to. The last few are kept: a search for the sunny side takes as long as a small picture."""
    key = (lighting.time_of_day, lighting.sun_azimuth_deg, lighting.sun_elevation_deg, lighting.haze, dressing.weather,
           dressing.set_kind, dressing.set_seed, plan.interior, tuple(front), tuple(map(tuple, heads)))  # fmt: skip
    if key not in _AIRS:
        _AIRS[key] = _air(lighting, dressing, plan, front, heads)
    _AIRS.move_to_end(key)
    while len(_AIRS) > KEPT:
        _AIRS.popitem(last=False)
    return _AIRS[key]


def _air(lighting: Lighting, dressing: Dressing, plan: SetPlan, front: Vec, heads: Sequence[Vec]) -> Air:
    time = lighting.time_of_day
    sky, sun = made_sky(time, dressing.weather, dressing.set_seed)
    if sun is not None and lighting.sun_elevation_deg is not None:
        sun = risen(sun, lighting.sun_elevation_deg)
    haze = build_haze(sky, dressing.weather, sun)
    if plan.interior:
        # A room's backing closes the sky off; only a car stands under it, where daylight is brighter than the key.
        bright = 0.0 if any("sky" in b.part_names for b in plan.bodies) else OUTSIDE_GAIN
        sky = Sky(sky.radiance * np.float32(bright if LEVELS[time].window > 1 else min(bright, 1.0)))
        return sky, sun, smoky(Haze(), lighting)
    if plan.kind in _TOWNS:
        # At night a town's own glow in the sky; by day what sunlit houses throw across the street.
        sky = Sky(sky.radiance * np.float32(5.0 if time is TimeOfDay.NIGHT else 1.6))
    if sun is None and time not in (TimeOfDay.DUSK, TimeOfDay.BLUE_HOUR):
        return sky, None, smoky(haze, lighting)
    glow = sun if sun is not None else sunken(time)
    if lighting.sun_azimuth_deg is not None:
        wanted = float(np.degrees(np.arctan2(front[1], front[0]))) + lighting.sun_azimuth_deg
    else:
        wanted = _sun_azimuth(glow, time, plan, front, heads)
    center = glow.vertices.mean(axis=0)
    turn = wanted - np.degrees(np.arctan2(center[1], center[0]))
    columns = round(turn / 360 * sky.radiance.shape[1])
    # Columns run clockwise seen from above, a positive turn is counter-clockwise.
    turned = Sky(np.ascontiguousarray(np.roll(sky.radiance, -columns, axis=1)))
    exact = columns * 360 / sky.radiance.shape[1]
    haze = smoky(build_haze(turned, dressing.weather, sun), lighting)
    return turned, sun and turned_about_z(sun, exact), haze


def smoky(haze: Haze, lighting: Lighting) -> Haze:
    """The air with what is stated to be in it. Stated haze is seen even where the weather is clear."""
    if lighting.haze is None:
        return haze
    extinction = haze.extinction_per_m + SMOKE_PER_M * lighting.haze**1.6
    if haze.extinction_per_m > 0:
        return replace(haze, extinction_per_m=extinction)
    level = SMOKE_LEVEL * LEVELS[lighting.time_of_day].key
    color = level * (0.5 + 0.5 * kelvin_to_rgb(lighting.key_kelvin or LEVELS[lighting.time_of_day].kelvin))
    return Haze(extinction, (float(color[0]), float(color[1]), float(color[2])))


def stirred(sky: Sky, haze: Haze, weather: str, t_s: float, seed: int) -> tuple[Sky, Haze]:
    """The air `t_s` seconds into the shot: clouds that cover the sky slide, haze thickens and thins by a few percent.

    Nothing at 0 s. A broken sky stays as it is: its sun would slide along.
    """
    rng = np.random.default_rng([seed & 0xFFFFFFFF, 41])
    speed = DRIFT_DEG_S.get(weather, 0.0) * (1 if rng.random() < 0.5 else -1)
    if t_s != 0 and speed:
        sky = Sky(_slid(sky.radiance, speed * t_s / 360 * sky.radiance.shape[1]))
    if t_s != 0 and haze.extinction_per_m > 0:
        rates, phases = 2 * np.pi * rng.uniform(0.05, 0.18, 3), rng.uniform(0, 2 * np.pi, 3)
        swing = float((np.sin(rates * t_s + phases) - np.sin(phases)).sum()) / 6
        haze = replace(haze, extinction_per_m=haze.extinction_per_m * (1 + BREATH * swing))
    return sky, haze


def _slid(radiance: NDArray[np.float32], columns: float) -> NDArray[np.float32]:
    """The map's upper half moved along by a number of columns, parts of them included."""
    whole = int(np.floor(columns))
    part = np.float32(columns - whole)
    half = len(radiance) // 2
    moved = radiance.copy()
    upper = np.roll(radiance[:half], whole, axis=1)
    moved[:half] = upper * (1 - part) + np.roll(upper, 1, axis=1) * part
    return moved


def risen(sun: Lamp, elevation_deg: float) -> Lamp:
    """The sun's or moon's lamp at another height above the horizon, on the same side and as far away."""
    center = sun.vertices.mean(axis=0).astype(float)
    flat = float(np.hypot(center[0], center[1]))
    turn = np.radians(elevation_deg) - np.arctan2(center[2], flat)
    along = np.array([center[0], center[1], 0.0]) / max(flat, 1e-9)
    across = np.cross([0.0, 0.0, 1.0], along)
    c, s = np.cos(turn), np.sin(turn)
    # Rodrigues about the horizontal axis; a positive turn lifts.
    axis = -across
    k = np.array([[0, -axis[2], axis[1]], [axis[2], 0, -axis[0]], [-axis[1], axis[0], 0]])
    rotation = np.eye(3) + s * k + (1 - c) * k @ k
    return replace(sun, vertices=(sun.vertices @ rotation.T).astype(np.float32))


def _sun_azimuth(sun: Lamp, time: TimeOfDay, plan: SetPlan, front_dir: Vec, heads: Sequence[Vec]) -> float:
    """Degrees from +X, counter-clockwise: three-quarter light by day, from the side and behind when low.

    Of those the first that no house or hill keeps from the scene and from what lies behind it, or the one that
    reaches most of it, so that a sunny street is sunny where we shoot.
    """
    if time in (TimeOfDay.DAWN, TimeOfDay.DUSK, TimeOfDay.BLUE_HOUR):
        # The glow is what there is to see: into the picture with it.
        offsets = (162, -162, 150, -150, 135, -135, 112, -112, 180)
    elif time is TimeOfDay.GOLDEN_HOUR:
        offsets = (80, -80, 65, -65, 100, -100, 50, -50, 120, -120, 30, -30, 145, -145,
                   20, -20, 10, -10, 160, -160, 170, -170)  # fmt: skip
    elif time is TimeOfDay.NIGHT:
        offsets = (112, -112, 90, -90, 135, -135, 60, -60)
    else:
        offsets = (58, -58, 72, -72, 85, -85, 40, -40, 100, -100, 25, -25, 120, -120, 145, -145)
    front = float(np.degrees(np.arctan2(front_dir[1], front_dir[0])))
    center = sun.vertices.mean(axis=0).astype(float)
    reach, height = float(np.hypot(*center[:2])), float(center[2])
    subject = np.mean(heads, axis=0) if len(heads) else np.array([0.0, 0.0, 1.5])
    houses = Obstacles(b for b in plan.bodies if b.name not in GROUND)
    away = np.append(front_dir, 0.0)
    # Where a sunny background would be: the ground and the houses behind the scene.
    points = [subject, subject - 7 * away, subject - 13 * away + [0, 0, 2.5]]
    best, most = offsets[0], -1.0
    for offset in offsets:
        angle = np.radians(front + offset)
        towards = np.array([[reach * np.cos(angle), reach * np.sin(angle), height]])
        shares = [1 - houses.blocked_share(point, towards) for point in points]
        lit = 1.5 * shares[0] + sum(shares[1:])
        if lit > most:
            best, most = offset, lit
        if lit > 3.4:
            break
    return front + best


@lru_cache(maxsize=8)
def made_sky(time: TimeOfDay, weather: str, seed: int) -> tuple[Sky, Lamp | None]:
    return build_sky(time, weather, seed)
