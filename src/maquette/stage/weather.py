"""Rain and snow that are seen: drops and flakes that fall through the air around the camera, as a function of time.

Every drop has a place of its own in a box that repeats in all directions, and moves truly in the world: the camera
passes between the drops and never drags them along. A drop that leaves the box on one side comes in on the other; it
has no size near the sides, so that no picture and no motion vector shows the jump. Each keeps its vertices throughout.

Terminal speeds: drops of 2 to 4 mm fall at 6.5 to 8.9 m/s (Gunn and Kinzer 1949), flakes at 0.8 to 1.5 m/s.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.lighting import Weather
from maquette.film.stage import Body, BodyKind, PlacedCamera, SetPlan
from maquette.stage.framing import camera_axes
from maquette.stage.shelter import Shelter, shelter_of

F32 = NDArray[np.float32]
Vec = NDArray[np.float64]

PREFIX = "weather/"
"""Of the names of all bodies that this file makes."""
EXPOSURE_S = 1 / 48
"""How long a picture is exposed: a streak is as long as the drop's way in this time (180 degrees at 24 a second)."""
MARGIN_M = 0.45
"""Within this of the box's sides nothing has any size: more than a drop falls in one frame at 24 a second."""
MOST_WIDE = 0.009
"""Widest that anything is, as a share of the frame."""
GROWN_M = 0.25
"""So much further in it has its full size."""


@dataclass(frozen=True)
class Fall:
    """What falls in one kind of weather."""

    name: str
    drops: int
    speed: tuple[float, float]
    """Slowest and fastest, m/s."""
    wind: float
    """Mean horizontal speed of the air, m/s."""
    gust: float
    """How far gusts swing everything to and fro, metres."""
    flutter: float
    """How far each by itself strays from its way, metres."""
    size: tuple[float, float]
    """Smallest and largest width, metres."""
    least: float
    """Least width as a share of the frame's: what is finer is lost between samples."""
    splashes: int
    spread: float = 1.0
    """The box's sides against those that fit rain."""
    nearest: float = 0.8
    """A drop nearer to the lens than so many metres would be a smear over the whole picture."""


FALLS: dict[str, Fall] = {
    Weather.RAIN: Fall("rain", 3600, (6.5, 8.6), 0.9, 0.15, 0.0, (0.0022, 0.0034), 0.001, 260, 0.88),
    Weather.STORM: Fall("rain", 4600, (7.0, 9.0), 3.4, 0.6, 0.0, (0.0024, 0.0042), 0.0011, 320, 0.9),
    Weather.SNOW: Fall("snow", 3000, (0.9, 1.5), 0.45, 0.25, 0.09, (0.008, 0.014), 0.0026, 0, 0.62, 1.6),
}
"""By the name of the weather; other weathers let nothing fall."""
WIDE_M, OVERHEAD_M = 0.6, 1.3
"""A prop so wide, its top so high above the ground, shelters who is under it."""
SPLASH_QUADS = 7
_SPLASH_S, _SPLASH_LIFE_S = 0.34, 0.15
"""A splash comes back somewhere else after the first, and is there for the second."""
_SPLASH_M = 0.022
"""How wide a crown gets: some ten times the drop."""


def falling(weather: str, plan: SetPlan, first: PlacedCamera, now: PlacedCamera, t_s: float, seed: int,
            props: Sequence[Body] = ()) -> list[Body]:  # fmt: skip
    """Rain or snow and its splashes as bodies of the set, [] in weather without them.

    `first`: the shot's camera as it opens, whose lens decides how large a box is filled; `now`: where it is at `t_s`.
    `props`: as they are then; what is as wide as an open umbrella keeps off what would fall under it. Inside a building
    it falls outside the windows. The same arguments give the same arrays.
    """
    fall = FALLS.get(weather)
    if fall is None:
        return []
    if plan.interior:
        return [_outside_windows(fall, plan, now, t_s, seed)] if plan.openings else []
    box = _box_m(first, fall)
    _, _, forward = camera_axes(now)
    center = np.array(now.position) + forward * (0.43 * box[0])
    shelter = shelter_of(plan)
    points, speeds = drops_at(fall, box, center, t_s, seed)
    shown = _edge_size(points, center, box) * _open_size(points, shelter, now, fall)
    shown = shown * _beside(points, speeds, props)
    bodies = [_streaks(fall, points, speeds, shown, now, _home(fall, box, seed)[0], seed)]
    return [*bodies, _splashes(fall, box, center, shelter, now, t_s, seed)] if fall.splashes else bodies


def drops_at(fall: Fall, box: Vec, center: Vec, t_s: float, seed: int) -> tuple[Vec, Vec]:
    """(N, 3) places and (N, 3) velocities, m/s, of all drops in the box around `center` at a time."""
    home, speed, phase, rate = _home(fall, box, seed)
    way = _wind_way(fall, t_s, seed)
    points = home + way[0]
    points[:, 2] -= speed * t_s
    velocity = np.tile(way[1], (len(home), 1))
    velocity[:, 2] -= speed
    if fall.flutter:
        angle = rate * t_s + phase
        points += fall.flutter * np.sin(angle)
        velocity += fall.flutter * rate * np.cos(angle)
    return center + np.mod(points - center + box / 2, box) - box / 2, velocity


@lru_cache(maxsize=8)
def _home_cached(fall: Fall, box: tuple[float, ...], seed: int) -> tuple[Vec, Vec, Vec, Vec]:
    rng = np.random.default_rng([seed & 0xFFFFFFFF, 311])
    home = rng.random((fall.drops, 3)) * np.array(box)
    speed = rng.uniform(*fall.speed, fall.drops)
    phase = rng.uniform(0, 2 * np.pi, (fall.drops, 3))
    rate = rng.uniform(1.6, 4.2, (fall.drops, 3)) * np.array([1.0, 1.0, 0.6])
    return home, speed, phase, rate


def _home(fall: Fall, box: Vec, seed: int) -> tuple[Vec, Vec, Vec, Vec]:
    """Where each drop is at 0 s, how fast it falls, and phase and rate of its flutter."""
    return _home_cached(fall, tuple(float(b) for b in box), seed)


def _wind_way(fall: Fall, t_s: float, seed: int) -> tuple[Vec, Vec]:
    """How far the air has carried everything since 0 s, and how fast it moves."""
    rng = np.random.default_rng([seed & 0xFFFFFFFF, 312])
    angle = rng.uniform(0, 2 * np.pi)
    rates, phases = 2 * np.pi * rng.uniform(0.12, 0.4, 3), rng.uniform(0, 2 * np.pi, 3)
    swing = fall.gust * (np.sin(rates * t_s + phases) - np.sin(phases)).sum()
    along = np.array([np.cos(angle), np.sin(angle), 0.0])
    return along * (fall.wind * t_s + swing), along * (
        fall.wind + fall.gust * (rates * np.cos(rates * t_s + phases)).sum()
    )


def _box_m(first: PlacedCamera, fall: Fall) -> Vec:
    """(3,) sides of the box: a long lens sees a narrow cone, which a smaller box fills."""
    spread = first.sensor_width_mm * first.squeeze / first.lens_mm
    side = fall.spread * float(np.clip(15.0 * np.sqrt(spread / 0.8), 7.5, 17.0))
    return np.array([side, side, max(0.6 * side, 5.5)])


def _edge_size(points: Vec, center: Vec, box: Vec) -> Vec:
    """(N,) 0 at the box's sides .. 1."""
    inside = (box / 2 - np.abs(points - center)).min(axis=1)
    return np.clip((inside - MARGIN_M) / GROWN_M, 0, 1)


def _open_size(points: Vec, shelter: Shelter, now: PlacedCamera, fall: Fall) -> Vec:
    """(N,) 0 under roofs, in the ground and in the lens, else 1."""
    clear = points[:, 2] - shelter.top(points)
    away = np.linalg.norm(points - np.array(now.position), axis=1)
    return np.clip(clear / 0.05 - 1, 0, 1) * np.clip((away - fall.nearest) / 0.4, 0, 1)


def _beside(points: Vec, speeds: Vec, props: Sequence[Body]) -> Vec:
    """(N,) 0 for what would have come through something wide on its way, an open umbrella, else 1."""
    shown = np.ones(len(points))
    for body in props:
        low, high = body.vertices.min(axis=0).astype(float), body.vertices.max(axis=0).astype(float)
        if float((high - low)[:2].min()) < WIDE_M or high[2] < OVERHEAD_M:
            continue
        middle, radius = (low + high)[:2] / 2, float((high - low)[:2].mean()) / 2
        # Back along its way to the height of the rim.
        rim = high[2] - 0.3 * (high - low)[2] if (high - low)[2] < radius else high[2] - 0.3 * radius
        since = np.clip((rim - points[:, 2]) / np.maximum(-speeds[:, 2], 1e-6), 0.0, None)
        came = points[:, :2] - speeds[:, :2] * since[:, None]
        away = np.linalg.norm(came - middle, axis=1) / radius
        shown *= np.where(points[:, 2] < high[2], np.clip((away - 1.0) / 0.05, 0.0, 1.0), 1.0)
    return shown


def _streaks(fall: Fall, points: Vec, speeds: Vec, shown: Vec, now: PlacedCamera, home: Vec, seed: int) -> Body:
    """Lozenges along each way, turned to the camera: pointed ends fade as a moving drop does. Flakes have six corners
    in two quads."""
    widths = np.random.default_rng([seed & 0xFFFFFFFF, 313]).uniform(*fall.size, len(points))
    away = points - np.array(now.position)
    distance = np.linalg.norm(away, axis=1)
    frame = distance * now.sensor_width_mm * now.squeeze / now.lens_mm
    wide = np.clip(widths, fall.least * frame, MOST_WIDE * frame) * shown
    speed = np.linalg.norm(speeds, axis=1)
    # A flake has a length of its own besides the way that it goes.
    long = speed * EXPOSURE_S * shown * (0.5 if fall.flutter else 1.0) + (0.8 * wide if fall.flutter else 0)
    along = speeds / np.maximum(speed, 1e-9)[:, None]
    side = np.cross(along, away)
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    ahead, aside = along * long[:, None] / 2, side * wide[:, None] / 2
    if fall.flutter:
        ends = [points + s * ahead + r * 0.5 * aside for s, r in ((-1, -1), (-1, 1), (1, 1), (1, -1))]
        middle = [points + r * aside for r in (1, -1)]
        corners = np.stack([ends[0], ends[1], middle[0], middle[1], middle[1], middle[0], ends[2], ends[3]], axis=1)
    else:
        corners = np.stack([points - ahead, points + aside, points + ahead, points - aside], axis=1)
    each = corners.shape[1]
    normals = np.repeat(-away / np.maximum(distance, 1e-9)[:, None], each, axis=0)
    return _body(fall.name, corners.reshape(-1, 4, 3), normals, np.repeat(home, each, axis=0))


def _body(name: str, corners: Vec, normals: Vec, rest: Vec) -> Body:
    """(N, 4, 3) quads as one body that shines by what `weather_light` finds, and takes next to no light itself."""
    count = len(corners) * 4
    return Body(
        name=f"{PREFIX}{name}",
        kind=BodyKind.SET,
        vertices=corners.reshape(-1, 3).astype(np.float32),
        faces=quad_faces(len(corners)),
        base_color=np.full((count, 3), 0.04, np.float32),
        roughness=np.ones(count, np.float32),
        normals=normals.astype(np.float32),
        emission=np.zeros((count, 3), np.float32),
        part_names=(name,),
        rest=rest.astype(np.float32),
    )


@lru_cache(maxsize=8)
def quad_faces(count: int) -> NDArray[np.uint32]:
    """(2 * count, 3) faces of quads of four vertices each."""
    first = 4 * np.arange(count, dtype=np.uint32)[:, None]
    return np.concatenate(
        [first + np.array([0, 1, 2], np.uint32), first + np.array([0, 2, 3], np.uint32)], axis=1
    ).reshape(-1, 3)


# --- splashes -------------------------------------------------------------------------------------------------


def _splashes(fall: Fall, box: Vec, center: Vec, shelter: Shelter, now: PlacedCamera, t_s: float, seed: int) -> Body:
    """Crowns that drops throw up from the ground: a ring that widens and sinks, and two droplets out of it."""
    rng = np.random.default_rng([seed & 0xFFFFFFFF, 314])
    count = fall.splashes
    clock = t_s / _SPLASH_S + rng.random(count)
    # Each slot changes its place half-way through the time in which nothing is seen of it.
    life = _SPLASH_LIFE_S / _SPLASH_S
    turn = np.floor(clock + (1 - life) / 2)
    age = (clock + (1 - life) / 2 - turn - (1 - life) / 2) / life
    alive = (age > 0) & (age < 1)
    a = np.clip(age, 0, 1)
    spot = _hashed(turn, count, seed)
    place = np.empty((count, 3))
    # The nearer to the camera, the more is seen of it.
    place[:, :2] = center[:2] + np.mod(spot[:, :2] * box[:2] - center[:2] + box[:2] / 2, box[:2]) - box[:2] / 2
    place[:, 2] = shelter.top(place)
    below = place[:, 2] < now.position[2] + 0.3
    edge = _edge_size(np.column_stack([place[:, :2], np.full(count, center[2])]), center, box)
    size = (0.6 + 0.8 * spot[:, 2]) * (alive & below) * edge
    radius = _SPLASH_M * np.sqrt(a) * size
    height = 0.013 * np.sin(np.pi * np.minimum(a * 1.15, 1)) * size
    corners = np.empty((count, SPLASH_QUADS, 4, 3))
    ring = 2 * np.pi * np.arange(SPLASH_QUADS - 1) / (SPLASH_QUADS - 2)
    out = np.stack([np.cos(ring), np.sin(ring), np.zeros_like(ring)], axis=1)
    foot = place[:, None] + out[None] * radius[:, None, None] + [0, 0, 0.004]
    rim = place[:, None] + out[None] * (1.25 * radius)[:, None, None]
    rim[..., 2] += 0.004 + height[:, None]
    corners[:, :-2] = np.stack([foot[:, :-1], foot[:, 1:], rim[:, 1:], rim[:, :-1]], axis=2)
    for k, angle in enumerate(2 * np.pi * (spot[:, 0] * 7 + np.array([[0.0], [0.55]]))):
        way = np.stack([np.cos(angle), np.sin(angle), np.zeros(count)], axis=1) * (1.9 * radius)[:, None]
        drop = place + way
        drop[:, 2] += 0.01 + 0.26 * a * (1 - a) * size
        half = 0.0026 * size * np.sqrt(np.maximum(1 - a, 0))
        right, up, _ = camera_axes(now)
        offsets = np.stack([-up, right, up, -right])
        corners[:, -2 + k] = drop[:, None] + offsets[None] * half[:, None, None]
    away = np.array(now.position) - place
    normals = np.repeat(away / np.maximum(np.linalg.norm(away, axis=1), 1e-9)[:, None], 4 * SPLASH_QUADS, axis=0)
    return _body("splashes", corners.reshape(-1, 4, 3), normals, np.zeros((count * SPLASH_QUADS * 4, 3)))


def _hashed(turn: Vec, count: int, seed: int) -> Vec:
    """(count, 3) in 0..1, another for each slot and turn."""
    key = (turn.astype(np.int64).astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
           + np.arange(count, dtype=np.uint64) * np.uint64(0xD1B54A32D192ED03)
           + np.uint64(seed & 0xFFFFFFFF))  # fmt: skip
    out = np.empty((count, 3))
    for i in range(3):
        key = key + np.uint64(0x9E3779B97F4A7C15)
        z = (key ^ (key >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        out[:, i] = (z ^ (z >> np.uint64(31))).astype(np.float64) / 2.0**64
    return out


# --- behind windows -------------------------------------------------------------------------------------------


def _outside_windows(fall: Fall, plan: SetPlan, now: PlacedCamera, t_s: float, seed: int) -> Body:
    """The same weather in a slab outside each of the three largest windows."""
    openings = sorted(plan.openings, key=lambda o: -o.width_m * o.height_m)[:3]
    few = replace(fall, drops=max(fall.drops // 9, 1), wind=0.25 * fall.wind, gust=0.3 * fall.gust)
    points, speeds, shown, home = [], [], [], []
    for index, opening in enumerate(openings):
        normal = np.array(opening.normal)
        deep = np.abs(normal) > 0.5
        box = np.where(deep, 3.0, np.array([opening.width_m + 2.4, opening.width_m + 2.4, opening.height_m + 2.4]))
        # The slab's near side is past the wall.
        center = np.array(opening.center) - normal * (0.35 + box[deep].max() / 2 - MARGIN_M)
        p, v = drops_at(few, box, center, t_s, seed + 17 * index)
        points.append(p)
        speeds.append(v)
        shown.append(_edge_size(p, center, box))
        home.append(_home(few, box, seed + 17 * index)[0])
    p, v, size, first = (np.concatenate(a) for a in (points, speeds, shown, home))
    return _streaks(few, p, v, size, now, first, seed)
