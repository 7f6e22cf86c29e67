"""Sun, moon, sky and air by time of day and weather.

The clear sky follows A. J. Preetham, P. Shirley, B. Smits, "A Practical Analytic Model for Daylight" (SIGGRAPH 1999);
the overcast sky is the CIE overcast sky (Moon and Spencer 1942); twilight, where no analytic model holds, is a
gradient over elevation and azimuth from the sun. Every map is then scaled to a stated light level, so that pictures
of different hours stand in a known relation.

Levels are radiances of a white diffuse horizontal surface (irradiance / pi). Clear noon is 1.0, sun to sky 3:1.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import acos, asin, cos, degrees, pi, radians, sin

import numpy as np
from numpy.typing import NDArray

from maquette.film.screenplay import TimeOfDay
from maquette.film.stage import Haze, Lamp, LampRole, Sky
from maquette.stage.sets.noise import fbm

F32 = NDArray[np.float32]
F64 = NDArray[np.float64]
Rgb = tuple[float, float, float]

WIDTH, HEIGHT = 512, 256
LATITUDE_DEG = 38.0
DECLINATION_DEG = -6.0
"""Early March or early October: low enough for shadows all day, and both twilights stand slightly south."""
SUN_DISTANCE_M = 4000.0
"""Beyond everything that sets build: a nearer disc would light far scenery from behind and fall off over the set."""
SUN_DIAMETER_DEG = 1.5
"""The true 0.53 degrees, widened: shadows stay crisp at the feet and converge at few samples."""
MOON_POSITION = (152.0, 36.0)
"""Azimuth and elevation of the moon at night, degrees."""
LUMINANCE = np.array([0.2126, 0.7152, 0.0722])


@dataclass(frozen=True)
class Hour:
    """How one time of day is lit under a clear sky."""

    solar_hour: float
    """True solar time; 12 is the sun's highest stand."""
    sky: float
    """Level of the sky alone."""
    beam: float
    """Level of the sun or moon alone on a surface that faces it; 0: below the horizon."""
    beam_color: Rgb
    twilight: float
    """Share of the twilight gradient in the map: 0 full day, 1 sun below the horizon."""


_NOON_BEAM = 0.75 / sin(radians(90 - LATITUDE_DEG + DECLINATION_DEG))
HOURS: dict[TimeOfDay, Hour] = {
    TimeOfDay.DAWN: Hour(6.62, 0.085, 0.42, (1.0, 0.58, 0.36), 0.85),
    TimeOfDay.MORNING: Hour(8.9, 0.25, 0.96, (1.0, 0.86, 0.68), 0.0),
    TimeOfDay.DAY: Hour(13.6, 0.25, 1.02, (1.0, 0.93, 0.83), 0.0),
    TimeOfDay.NOON: Hour(12.0, 0.25, _NOON_BEAM, (1.0, 0.945, 0.86), 0.0),
    TimeOfDay.AFTERNOON: Hour(15.2, 0.25, 0.96, (1.0, 0.87, 0.69), 0.0),
    TimeOfDay.GOLDEN_HOUR: Hour(17.1, 0.2, 1.0, (1.0, 0.60, 0.30), 0.6),
    TimeOfDay.DUSK: Hour(17.85, 0.14, 0.0, (1.0, 0.5, 0.3), 1.0),
    TimeOfDay.BLUE_HOUR: Hour(18.15, 0.06, 0.0, (0.6, 0.7, 1.0), 1.0),
    TimeOfDay.NIGHT: Hour(23.0, 0.008, 0.0204, (0.68, 0.82, 1.0), 1.0),
}


@dataclass(frozen=True)
class Air:
    """What a kind of weather does to the clear sky."""

    cover: float
    """Share of the sky behind an even cloud layer, 0..1."""
    cumulus: float
    """Share of the sky with single clouds, about 0..1."""
    sky: float
    """Factor on the sum of sun and sky that remains as sky light; used in proportion to `cover`."""
    beam: float
    """Factor on sun and moon."""
    extinction_per_m: float


AIRS: dict[str, Air] = {
    "clear": Air(0.0, 0.3, 1.0, 1.0, 0.00022),
    "cloudy": Air(0.25, 0.6, 0.9, 0.6, 0.0003),
    "overcast": Air(1.0, 0.0, 0.5, 0.0, 0.0007),
    "rain": Air(1.0, 0.0, 0.33, 0.0, 0.004),
    "storm": Air(1.0, 0.0, 0.2, 0.0, 0.006),
    "snow": Air(1.0, 0.0, 0.55, 0.0, 0.006),
    "mist": Air(0.75, 0.0, 0.55, 0.18, 0.010),
    "fog": Air(1.0, 0.0, 0.45, 0.0, 0.035),
}
_STRUCTURE = {"overcast": 0.35, "rain": 0.3, "storm": 0.6, "snow": 0.12, "mist": 0.1, "fog": 0.0, "cloudy": 0.3}


def sun_position(time_of_day: TimeOfDay) -> tuple[float, float]:
    """Where the sun stands: (azimuth_deg, elevation_deg).

    Azimuth is clockwise from +Y (north) seen from above, so +X is east; elevation is negative below the horizon
    (dusk, blue hour, night). From the spherical triangle of latitude, declination and hour angle; `UNKNOWN` is day.
    """
    hour_angle = radians(15 * (_hour(time_of_day).solar_hour - 12))
    lat, dec = radians(LATITUDE_DEG), radians(DECLINATION_DEG)
    elevation = asin(sin(lat) * sin(dec) + cos(lat) * cos(dec) * cos(hour_angle))
    cosine = (sin(dec) - sin(elevation) * sin(lat)) / (cos(elevation) * cos(lat))
    from_north = degrees(acos(min(max(cosine, -1.0), 1.0)))
    return (from_north if hour_angle <= 0 else 360 - from_north, degrees(elevation))


def build_sky(time_of_day: TimeOfDay, weather: str = "clear", seed: int = 0) -> tuple[Sky, Lamp | None]:
    """The sky map, (256, 512, 3), and the sun or moon as a lamp; None when neither is up or clouds hide it.

    `weather`: a key of `AIRS`; anything else is taken as clear. Equal arguments give equal bytes.
    """
    hour, air = _hour(time_of_day), AIRS.get(weather, AIRS["clear"])
    night = time_of_day is TimeOfDay.NIGHT
    directions, elevation = _directions()
    upper = elevation > 0
    d = directions[upper]
    glow_at = _vector(*sun_position(time_of_day))
    beam_at = _vector(*MOON_POSITION) if night else glow_at
    beam = hour.beam * air.beam
    color = _night(d, beam_at, seed) if night else _clear(d, glow_at, hour)
    color = _scaled(color, d, hour.sky)
    if air.cumulus > 0:
        color = _with_clouds(color, d, beam_at, hour, air.cumulus, seed)
        color = _scaled(color, d, hour.sky * (1 + 0.35 * air.cumulus))
    if air.cover > 0:
        total = hour.sky + hour.beam * max(float(beam_at[2]), 0.0)
        layer = _overcast(d, glow_at, hour, night, _STRUCTURE.get(weather, 0.3), seed)
        layer = _scaled(layer, d, total * air.sky)
        color = color * (1 - air.cover) + layer * air.cover
    sky = np.zeros((HEIGHT, WIDTH, 3))
    sky[upper] = color
    _fill_below(sky)
    lamp = _beam_lamp(beam_at, beam, hour.beam_color, night) if beam > 0 else None
    return Sky(sky.astype(np.float32)), lamp


def sunken(time_of_day: TimeOfDay) -> Lamp:
    """Where the glow of a sun below the horizon stands, as a lamp that gives no light."""
    return _beam_lamp(_vector(*sun_position(time_of_day)), 0.0, (1.0, 1.0, 1.0), False)


def build_haze(sky: Sky, weather: str = "clear", sun: Lamp | None = None) -> Haze:
    """The air that goes with a sky: as bright as its horizon, a little lit by the sun."""
    air = AIRS.get(weather, AIRS["clear"])
    horizon = sky.radiance[HEIGHT // 2 - 10 : HEIGHT // 2 - 2].reshape(-1, 3).astype(float).mean(0)
    if sun is not None:
        solid_angle = 2 * pi * (1 - cos(radians(SUN_DIAMETER_DEG / 2)))
        horizon = horizon + 0.02 * np.array(sun.radiance) * solid_angle
    r, g, b = (float(v) for v in horizon)
    return Haze(air.extinction_per_m, (r, g, b))


def level(sky: Sky, sun: Lamp | None = None) -> float:
    """Luminance of a white diffuse horizontal surface under this sky and lamp alone (irradiance / pi)."""
    directions, elevation = _directions()
    upper = elevation > 0
    total = _level(sky.radiance[upper].astype(float), directions[upper])
    if sun is not None:
        to_sun = sun.vertices.mean(0).astype(float)
        sine = to_sun[2] / np.linalg.norm(to_sun)
        solid_angle = 2 * pi * (1 - cos(radians(SUN_DIAMETER_DEG / 2)))
        total += float(np.array(sun.radiance) @ LUMINANCE) * solid_angle * float(sine) / pi
    return total


# --- geometry of the map --------------------------------------------------------------------------------------


def _hour(time_of_day: TimeOfDay) -> Hour:
    return HOURS.get(time_of_day, HOURS[TimeOfDay.DAY])


def _vector(azimuth_deg: float, elevation_deg: float) -> F64:
    a, e = radians(azimuth_deg), radians(elevation_deg)
    return np.array([sin(a) * cos(e), cos(a) * cos(e), sin(e)])


def _directions() -> tuple[F64, F64]:
    """(256, 512, 3) unit directions of the pixel centres and (256, 512) elevations in radians."""
    elevation = pi / 2 - (np.arange(HEIGHT) + 0.5) / HEIGHT * pi
    azimuth = (np.arange(WIDTH) + 0.5) / WIDTH * 2 * pi
    e, a = np.meshgrid(elevation, azimuth, indexing="ij")
    return np.stack([np.sin(a) * np.cos(e), np.cos(a) * np.cos(e), np.sin(e)], -1), e


def _level(color: F64, d: F64) -> float:
    """Irradiance / pi of upper-hemisphere pixels (N, 3) in directions (N, 3)."""
    pixel = np.sqrt(np.maximum(1 - d[:, 2] ** 2, 0)) * (pi / HEIGHT) * (2 * pi / WIDTH)
    return float(((color @ LUMINANCE) * d[:, 2] * pixel).sum() / pi)


def _scaled(color: F64, d: F64, target: float) -> F64:
    return color * (target / _level(color, d))


# --- clear sky ------------------------------------------------------------------------------------------------

_TURBIDITY = 2.7
_PEREZ = {
    "Y": ((0.1787, -1.4630), (-0.3554, 0.4275), (-0.0227, 5.3251), (0.1206, -2.5771), (-0.0670, 0.3703)),
    "x": ((-0.0193, -0.2592), (-0.0665, 0.0008), (-0.0004, 0.2125), (-0.0641, -0.8989), (-0.0033, 0.0452)),
    "y": ((-0.0167, -0.2608), (-0.0950, 0.0092), (-0.0079, 0.2102), (-0.0441, -1.6537), (-0.0109, 0.0529)),
}
_ZENITH = {
    "x": ((0.00166, -0.00375, 0.00209, 0.0), (-0.02903, 0.06377, -0.03202, 0.00394),
          (0.11693, -0.21196, 0.06052, 0.25886)),
    "y": ((0.00275, -0.00610, 0.00317, 0.0), (-0.04214, 0.08970, -0.04153, 0.00516),
          (0.15346, -0.26756, 0.06670, 0.26688)),
}  # fmt: skip


def _preetham(d: F64, sun: F64) -> F64:
    """(N, 3) linear Rec. 709 of the clear sky, up to one scale. Preetham et al. 1999, appendix A.2."""
    t = _TURBIDITY
    theta_s = acos(min(max(float(sun[2]), 0.03), 1.0))
    cos_theta = np.maximum(d[:, 2], 0.02)
    cos_gamma = np.clip(d @ sun, -1, 1)
    gamma = np.arccos(cos_gamma)
    chi = (4 / 9 - t / 120) * (pi - 2 * theta_s)
    zenith = {"Y": (4.0453 * t - 4.9710) * np.tan(chi) - 0.2155 * t + 2.4192}
    for k, rows in _ZENITH.items():
        zenith[k] = np.array([t * t, t, 1.0]) @ np.array(rows) @ np.array([theta_s**3, theta_s**2, theta_s, 1.0])
    out: dict[str, F64] = {}
    for k, rows in _PEREZ.items():
        a, b, c, dd, e = (m * t + n for m, n in rows)
        f = (1 + a * np.exp(b / cos_theta)) * (1 + c * np.exp(dd * gamma) + e * cos_gamma**2)
        f0 = (1 + a * np.exp(b)) * (1 + c * np.exp(dd * theta_s) + e * cos(theta_s) ** 2)
        out[k] = zenith[k] * f / f0
    big_y = np.maximum(out["Y"], 1e-4)
    x, y = out["x"] / out["y"] * big_y, (1 - out["x"] - out["y"]) / out["y"] * big_y
    to_rgb = np.array([[3.2406, -1.5372, -0.4986], [-0.9689, 1.8758, 0.0415], [0.0557, -0.2040, 1.0570]])
    color = np.maximum(np.stack([x, big_y, y], -1) @ to_rgb.T, 0.0)
    # The fit turns brown at the horizon, where real air is milky: lift and whiten the lowest degrees.
    high = float(np.clip(sun[2] / 0.45, 0, 1))
    milk = 0.75 * high * np.exp(-np.degrees(np.arcsin(d[:, 2:3])) / 8)
    white = (color @ LUMINANCE)[:, None] * (1.25 + 0.9 * float(sun[2])) * np.array([0.66, 0.98, 1.42])
    color = color * (1 - milk) + white * milk
    # Aerosol whitens the model's wide halo more than a camera shows it: keep the blue.
    grey = (color @ LUMINANCE)[:, None]
    blue = np.maximum(grey + (color - grey) * (1 + 0.45 * high), 0.0)
    # What a lens sees are the lowest 30 degrees, through the most air; they hardly count for the level.
    return blue * (1 + 0.8 * high * np.exp(-np.degrees(np.arcsin(d[:, 2:3])) / 20))


def _clear(d: F64, sun: F64, hour: Hour) -> F64:
    """Day sky and twilight gradient, mixed by the hour."""
    color = np.zeros_like(d)
    if hour.twilight < 1:
        color += _scaled(_preetham(d, sun), d, 1 - hour.twilight)
    if hour.twilight > 0:
        color += _scaled(_twilight(d, sun), d, hour.twilight)
    return color


def _twilight(d: F64, sun: F64) -> F64:
    """(N, 3) the sky around sunset and after: glow over the sun, Belt of Venus opposite, deep zenith."""
    elevation = np.degrees(np.arcsin(np.clip(d[:, 2], 0, 1)))[:, None]
    flat = d[:, :2] / np.maximum(np.linalg.norm(d[:, :2], axis=1, keepdims=True), 1e-9)
    towards = (flat @ (sun[:2] / np.linalg.norm(sun[:2])))[:, None]
    depth = np.clip(-degrees(asin(float(sun[2]))) / 8, -0.3, 1.0)
    near = (0.5 + 0.5 * towards) ** 1.6
    zenith, low = np.array([0.08, 0.16, 0.38]), np.array([0.20, 0.30, 0.56])
    color = zenith + (low - zenith) * np.exp(-elevation / 22)
    warm = 1 - 0.72 * max(depth, 0.0)
    color = color + warm * 2.4 * np.array([1.0, 0.36, 0.09]) * np.exp(-elevation / 5.5) * near**2.2
    color = color + warm * 0.6 * np.array([1.0, 0.48, 0.27]) * np.exp(-elevation / 16) * near
    belt = np.exp(-(((elevation - 11) / 7) ** 2)) * (1 - near)
    color = color + warm * 0.2 * np.array([1.0, 0.42, 0.5]) * belt
    return color * (1 - 0.25 * (1 - near) * np.exp(-elevation / 5))


def _night(d: F64, moon: F64, seed: int) -> F64:
    """(N, 3) moonlit sky with faint stars; brighter around the moon and along the horizon."""
    elevation = np.degrees(np.arcsin(np.clip(d[:, 2], 0, 1)))[:, None]
    near = np.clip(d @ moon, -1, 1)[:, None]
    color = np.array([0.29, 0.40, 0.68]) * (0.55 + 0.75 * np.exp(-elevation / 14))
    color = color + np.array([0.62, 0.74, 1.0]) * (0.5 * np.exp((near - 1) * 22) + 1.6 * np.exp((near - 1) * 900))
    rng = np.random.default_rng((seed, 3))
    bright = rng.random(len(d)) ** 40
    # A pixel covers less sky near the zenith: thin the stars there, so that they are spread evenly.
    bright[rng.random(len(d)) > np.sqrt(np.maximum(1 - d[:, 2] ** 2, 0))] = 0
    return color + (bright * np.clip(elevation[:, 0] / 25, 0, 1))[:, None] * np.array([0.8, 0.86, 1.0]) * 0.22


# --- clouds ---------------------------------------------------------------------------------------------------


def _plane(d: F64, bend: float) -> F64:
    """(N, 2) where a direction meets the cloud layer; `bend` keeps the horizon finite, as the earth's curve does."""
    return d[:, :2] / (d[:, 2:3] + bend)


def _cloud_density(p: F64, cover: float, seed: int) -> F64:
    """(N,) 0..1 density of single clouds: groups by a coarse field, billows by a fine one, a little bent."""
    bx, by = fbm(p[:, 0] * 1.7 + 7, p[:, 1] * 1.7, seed + 11, 2), fbm(p[:, 0] * 1.7, p[:, 1] * 1.7 + 9, seed + 12, 2)
    x, y = p[:, 0] + 0.13 * bx, p[:, 1] + 0.13 * by
    value = 0.6 * fbm(x * 0.6, y * 0.6, seed + 13, 2) + 0.75 * fbm(x * 1.7, y * 1.7, seed + 14, 6)
    t = np.clip((value - (0.5 - 0.85 * cover)) / 0.5, 0, 1)
    return t * t * (3 - 2 * t)


def _with_clouds(color: F64, d: F64, sun: F64, hour: Hour, cover: float, seed: int) -> F64:
    """Clouds lit from the sun's side, over the clear sky (N, 3)."""
    p = _plane(d, 0.16)
    density = _cloud_density(p, cover, seed)
    towards = sun[:2] / max(float(np.linalg.norm(sun[:2])), 1e-6)
    shade = _cloud_density(p + 0.16 * towards, cover, seed)
    lit = np.exp(-1.7 * shade)[:, None]
    ambient = _mean(color, d)
    forward = np.exp((np.clip(d @ sun, -1, 1) - 1) * 9)[:, None]
    beam = np.array(hour.beam_color) * (hour.beam * 0.75 if hour.beam else hour.sky * 1.1)
    cloud = ambient * 1.05 + beam * (0.25 + 0.75 * lit) * (0.75 + 0.8 * forward)
    if hour.twilight > 0.5:
        flat = np.clip((d[:, :2] @ towards)[:, None], -1, 1)
        cloud = cloud * (0.35 + 0.65 * (0.5 + 0.5 * flat)) * (1 - hour.twilight * 0.25)
    fade = np.clip(d[:, 2] / 0.1, 0, 1) ** 0.8
    alpha = (0.9 * density * fade)[:, None]
    return color * (1 - alpha) + cloud * alpha


def _overcast(d: F64, sun: F64, hour: Hour, night: bool, structure: float, seed: int) -> F64:
    """(N, 3) CIE overcast sky, (1 + 2 sin elevation) / 3, with soft rolls of cloud, a little warmer at the sun."""
    base = (1 + 2 * d[:, 2:3]) / 3
    tint = np.array([0.55, 0.68, 1.0]) if night else np.array([0.93, 0.985, 1.06])
    if not night and hour.twilight > 0:
        tint = tint * (1 - 0.2 * hour.twilight * np.array([0.8, 0.45, 0.0]))
    if structure > 0:
        p = _plane(d, 0.42)
        rolls = fbm(p[:, 0] * 1.1 + 3, p[:, 1] * 1.6, seed + 21, 5)[:, None]
        base = base * (1 + structure * rolls * np.clip(d[:, 2:3] / 0.12, 0, 1))
    near = np.clip(d @ sun, 0, 1)[:, None] ** 3
    return base * tint * (1 + (0.0 if night else 0.22) * near * np.array([1.0, 0.85, 0.65]))


def _mean(color: F64, d: F64) -> F64:
    weight = np.sqrt(np.maximum(1 - d[:, 2] ** 2, 0))
    return (color * weight[:, None]).sum(0) / weight.sum()


def _fill_below(sky: F64) -> None:
    """Below the horizon: from each column's own horizon down to the colour of hazy ground. In place."""
    half = HEIGHT // 2
    edge = sky[half - 1]
    smooth = sum(np.roll(edge, k, axis=0) for k in range(-12, 13)) / 25
    ground = sky[half - 12 : half].reshape(-1, 3).mean(0) * np.array([0.42, 0.40, 0.36])
    t = (np.arange(half) + 0.5) / half
    blend = np.clip(t / 0.35, 0, 1)[:, None, None]
    blend = blend * blend * (3 - 2 * blend)
    near = np.clip(t / 0.06, 0, 1)[:, None, None]
    sky[half:] = (edge * (1 - near) + smooth * near) * (1 - blend) + ground * blend


# --- sun and moon ---------------------------------------------------------------------------------------------


def _beam_lamp(direction: F64, beam: float, color: Rgb, moon: bool) -> Lamp:
    """A far disc that faces the origin; `beam` is the level it gives on a surface that faces it."""
    radius = SUN_DISTANCE_M * np.tan(radians(SUN_DIAMETER_DEG / 2))
    right = np.cross(direction, [0.0, 0.0, 1.0])
    right /= np.linalg.norm(right)
    up = np.cross(right, direction)
    a = np.linspace(0, 2 * pi, 24, endpoint=False)[:, None]
    # Counter-clockwise seen from the origin, which looks along `direction`: right, then up.
    rim = direction * SUN_DISTANCE_M + radius * (np.cos(a) * right + np.sin(a) * up)
    vertices = np.concatenate([(direction * SUN_DISTANCE_M)[None], rim]).astype(np.float32)
    i = np.arange(24)
    faces = np.stack([np.zeros(24, int), 1 + i, 1 + (i + 1) % 24], -1).astype(np.uint32)
    solid_angle = 2 * pi * (1 - cos(radians(SUN_DIAMETER_DEG / 2)))
    tint = np.array(color) / float(np.array(color) @ LUMINANCE)
    r, g, b = (float(v) for v in tint * beam * pi / solid_angle)
    lamp = Lamp("sun", LampRole.SUN, vertices, faces, (r, g, b))
    return replace(lamp, name="moon", role=LampRole.MOON) if moon else lamp
