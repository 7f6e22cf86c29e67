"""The light in drops and flakes, and what they do to the ground they fall on.

Water throws light mostly onwards: rain is seen against the light and next to not with it. Each drop's radiance is found
here from the lamps and the sky, and stands in its `emission`: a picture of thousands of specks needs no samples then.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from maquette.film.lighting import Weather
from maquette.film.stage import Body, Lamp, LampRole, Moment, SetPlan, Sky
from maquette.stage.lamps import area_of
from maquette.stage.weather import PREFIX

F32 = NDArray[np.float32]
Vec = NDArray[np.float64]


@dataclass(frozen=True)
class Scatter:
    """How a kind of particle throws light."""

    forward: float
    """Asymmetry g of Henyey and Greenstein (1941): 0 evenly .. 1 all onwards."""
    even: float
    """Share of the light that a matt white card would throw, to all sides, on top."""
    onward: float
    """Factor on the forward lobe."""
    sky: float
    """Radiance under an even sky, against the sky's own."""
    most: float
    """Radiance of the brightest against a white card in the key: drops this bright are points of light anyway."""


SCATTERS: dict[str, Scatter] = {
    "rain": Scatter(0.72, 0.06, 0.45, 0.62, 1.6),
    "splashes": Scatter(0.6, 0.10, 0.4, 0.5, 1.0),
    "snow": Scatter(0.5, 0.45, 0.25, 0.95, 1.5),
}
GLOW = 0.26
"""Of the lamps' light on a white card where the camera looks, so much comes to every drop by way of walls, ground and
the other drops: a night's rain is never quite black."""
_OUTSIDE = (LampRole.SUN, LampRole.MOON)


def with_weather_lit(moment: Moment) -> Moment:
    """The moment with the light of its lamps and sky in its drops and flakes. Call it again when lamps were dimmed."""
    if not any(b.name.startswith(PREFIX) for b in moment.bodies):
        return moment
    backing = next((b.emission for b in moment.bodies if b.name == "set/outside"), None)
    interior = backing is not None
    sky = backing[::16].mean(axis=0).astype(np.float64) if backing is not None else _mean(moment.sky)
    lamps = [x for x in moment.lamps if not interior or x.role in _OUTSIDE or x.name.startswith("cue/")]
    eye = np.array(moment.camera.position)
    sky = sky + GLOW * _white(lamps, np.array(moment.camera.look_at))
    return replace(
        moment,
        bodies=tuple(_lit(b, lamps, sky, eye) if b.name.startswith(PREFIX) else b for b in moment.bodies),
    )


def _mean(sky: Sky | None) -> Vec:
    """(3,) mean radiance around a drop: of the sky, less what the dark ground takes from it."""
    if sky is None:
        return np.zeros(3)
    upper = sky.radiance[: len(sky.radiance) // 2 : 8, ::8].astype(np.float64)
    rows = np.sin((np.arange(len(upper)) * 8 + 4) / len(sky.radiance) * np.pi)
    return 0.8 * (upper * rows[:, None, None]).sum(axis=(0, 1)) / (rows.sum() * upper.shape[1])


def _white(lamps: list[Lamp], point: Vec) -> Vec:
    """(3,) radiance of white cards at a point that face each lamp, summed."""
    here = point[None]
    return sum((_irradiance(x, here)[0][:, None] * np.array(x.radiance) / np.pi for x in lamps), np.zeros((1, 3)))[0]


def _lit(body: Body, lamps: list[Lamp], sky: Vec, eye: Vec) -> Body:
    scatter = SCATTERS[body.name.removeprefix(PREFIX)]
    points = body.vertices.reshape(-1, 4, 3).mean(axis=1, dtype=np.float64)
    light = np.tile(scatter.sky * sky, (len(points), 1))
    to_eye = eye - points
    to_eye /= np.maximum(np.linalg.norm(to_eye, axis=1, keepdims=True), 1e-9)
    for lamp in lamps:
        light += _from_lamp(lamp, points, to_eye, scatter)
    peak = light.max(axis=1, keepdims=True)
    light *= np.minimum(1, scatter.most / np.maximum(peak, 1e-9)) ** 0.85
    return replace(body, emission=np.repeat(light, 4, axis=0).astype(np.float32))


def _irradiance(lamp: Lamp, points: Vec) -> tuple[Vec, Vec]:
    """(N,) light on cards at (N, 3) points that face the lamp, for a radiance of 1, and the (N, 3) ways it goes there.
    Nothing is in its way."""
    way = points - lamp.vertices.mean(axis=0, dtype=np.float64)
    distance = np.maximum(np.linalg.norm(way, axis=1), 0.3)
    way /= distance[:, None]
    cosine = np.ones(len(points))
    if len(lamp.faces) <= 2:
        a, b, c = (lamp.vertices[i].astype(np.float64) for i in lamp.faces[0])
        normal = np.cross(b - a, c - a)
        cosine = np.clip(way @ (normal / max(float(np.linalg.norm(normal)), 1e-12)), 0, 1)
        area = area_of(lamp)
    else:
        # A bulb or a disc: half or less of it is seen from anywhere; the sun's disc, all of it.
        area = area_of(lamp) * (1.0 if lamp.role in _OUTSIDE else 0.25)
    if lamp.beam and not lamp.visible:
        cosine = cosine ** (1 + lamp.beam)
    return area * cosine / distance**2, way


def _from_lamp(lamp: Lamp, points: Vec, to_eye: Vec, scatter: Scatter) -> Vec:
    """(N, 3) radiance towards the eye of particles at (N, 3) points in one lamp's light."""
    irradiance, way = _irradiance(lamp, points)
    g = scatter.forward
    onward = (1 - g * g) / (4 * np.pi * (1 + g * g - 2 * g * np.sum(way * to_eye, axis=1)) ** 1.5)
    thrown = irradiance * (scatter.even / np.pi + scatter.onward * onward)
    return thrown[:, None] * np.array(lamp.radiance)


# --- the ground -----------------------------------------------------------------------------------------------

WET = (Weather.RAIN, Weather.STORM)
_GROUND = ("set/ground", "set/road", "set/pavement", "set/far pavement", "set/roof", "set/walkway", "set/floor",
           "set/studio floor", "set/markings", "set/sand", "set/land")  # fmt: skip
DARKENED = 0.55
"""Wet stone and earth against dry, Lekner and Dorf 1988: light is caught in the film of water."""
LAID = 0.8
"""How much of what faces the sky is white where snow falls."""
_DRY_PARTS = ("water", "foam", "glass", "panes")


@lru_cache(maxsize=6)
def weathered(plan: SetPlan, weather: str) -> SetPlan:
    """The set outside as rain or snow leaves it: wet ground that mirrors, or white on what faces up. Kept: the same
    weather is the same arrays."""
    if plan.interior or (weather not in WET and weather != Weather.SNOW):
        return plan
    change = _wet if weather in WET else _snowed
    return replace(plan, bodies=tuple(change(b) for b in plan.bodies))


def _wet(body: Body) -> Body:
    if body.name not in _GROUND:
        return body
    # Water lies in the hollows: patches some metres wide mirror, the rest is only dark and a little smooth.
    x, y = body.vertices[:, 0].astype(np.float64), body.vertices[:, 1].astype(np.float64)
    patch = (
        np.sin(0.9 * x + 1.3 * np.sin(0.7 * y))
        + np.sin(1.1 * y + 1.7 * np.sin(0.5 * x + 1.0))
        + 0.4 * np.sin(2.7 * (x - y))
    )
    pool = np.clip(0.5 + 0.5 * patch, 0, 1)
    rough = np.minimum(body.roughness, (0.34 - 0.24 * pool).astype(np.float32))
    return replace(body, base_color=(body.base_color * np.float32(DARKENED)).astype(np.float32), roughness=rough)


def _snowed(body: Body) -> Body:
    upright = _up(body)
    parts = np.zeros(len(body.vertices), np.int64) if body.parts is None else body.parts.astype(np.int64)
    bare = np.array([any(w in p for w in _DRY_PARTS) for p in body.part_names])[parts]
    cover = LAID * np.clip((upright - 0.35) / 0.4, 0, 1) * ~bare
    if not bool((cover > 0).any()):
        return body
    white = np.array([0.80, 0.83, 0.88])
    color = body.base_color * (1 - cover[:, None]) + white * cover[:, None]
    return replace(body, base_color=color.astype(np.float32))


def _up(body: Body) -> Vec:
    """(V,) how much each vertex faces the sky, 0..1."""
    if body.normals is not None:
        return np.clip(body.normals[:, 2].astype(np.float64), 0, 1)
    corners = body.vertices[body.faces.astype(np.int64)].astype(np.float64)
    facet = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    total = np.zeros((len(body.vertices), 3))
    for i in range(3):
        np.add.at(total, body.faces[:, i].astype(np.int64), facet)
    return np.clip(total[:, 2] / np.maximum(np.linalg.norm(total, axis=1), 1e-12), 0, 1)
