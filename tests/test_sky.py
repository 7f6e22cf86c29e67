"""Sky, sun and moon: levels, directions, continuity, determinism."""

from __future__ import annotations

import numpy as np
import pytest

from maquette.film.screenplay import TimeOfDay
from maquette.film.stage import LampRole
from maquette.stage.sky import AIRS, HOURS, MOON_POSITION, build_haze, build_sky, level, sun_position

CLEAR = {time: build_sky(time, "clear", 7) for time in HOURS}


def direction(azimuth_deg: float, elevation_deg: float) -> np.ndarray:
    a, e = np.radians([azimuth_deg, elevation_deg])
    return np.array([np.sin(a) * np.cos(e), np.cos(a) * np.cos(e), np.sin(e)])


def test_the_sun_rises_in_the_east_and_sets_in_the_west() -> None:
    assert 90 < sun_position(TimeOfDay.DAWN)[0] < 110
    assert sun_position(TimeOfDay.NOON)[0] == pytest.approx(180, abs=0.01)
    assert 250 < sun_position(TimeOfDay.GOLDEN_HOUR)[0] < 270
    # At solar noon the elevation is 90 - latitude + declination = 90 - 38 - 6.
    assert sun_position(TimeOfDay.NOON)[1] == pytest.approx(46, abs=0.01)


def test_the_sun_is_low_at_golden_hour_and_below_the_horizon_after_it() -> None:
    assert 4 < sun_position(TimeOfDay.GOLDEN_HOUR)[1] < 9
    assert 1 < sun_position(TimeOfDay.DAWN)[1] < 6
    assert -3 < sun_position(TimeOfDay.DUSK)[1] < 0
    assert -8 < sun_position(TimeOfDay.BLUE_HOUR)[1] < -4
    assert sun_position(TimeOfDay.NIGHT)[1] < -18


@pytest.mark.parametrize(
    ("time", "low", "high"),
    [
        (TimeOfDay.NOON, 0.95, 1.1),
        (TimeOfDay.DAY, 0.8, 1.0),
        (TimeOfDay.MORNING, 0.55, 0.8),
        (TimeOfDay.AFTERNOON, 0.55, 0.8),
        (TimeOfDay.GOLDEN_HOUR, 0.26, 0.45),
        (TimeOfDay.DUSK, 0.13, 0.17),
        (TimeOfDay.BLUE_HOUR, 0.055, 0.075),
        (TimeOfDay.NIGHT, 0.018, 0.022),
    ],
)
def test_levels_of_a_white_card_on_the_ground(time: TimeOfDay, low: float, high: float) -> None:
    assert low <= level(*CLEAR[time]) <= high


def test_levels_fall_from_noon_to_night() -> None:
    order = (
        TimeOfDay.NOON,
        TimeOfDay.AFTERNOON,
        TimeOfDay.GOLDEN_HOUR,
        TimeOfDay.DUSK,
        TimeOfDay.BLUE_HOUR,
        TimeOfDay.NIGHT,
    )
    levels = [level(*CLEAR[time]) for time in order]
    assert levels == sorted(levels, reverse=True)


def test_sun_to_sky_is_about_three_to_one_at_noon() -> None:
    sky, sun = CLEAR[TimeOfDay.NOON]
    assert 2.4 <= (level(sky, sun) - level(sky)) / level(sky) <= 4


@pytest.mark.parametrize("time", list(HOURS))
def test_the_lamp_stands_where_the_sun_or_moon_does(time: TimeOfDay) -> None:
    lamp = CLEAR[time][1]
    if time in (TimeOfDay.DUSK, TimeOfDay.BLUE_HOUR):
        assert lamp is None
        return
    assert lamp is not None
    night = time is TimeOfDay.NIGHT
    assert lamp.role is (LampRole.MOON if night else LampRole.SUN)
    towards = lamp.vertices.mean(0) / np.linalg.norm(lamp.vertices.mean(0))
    assert towards == pytest.approx(direction(*(MOON_POSITION if night else sun_position(time))), abs=1e-3)
    a, b, c = lamp.vertices[lamp.faces[0]].astype(float)
    assert np.cross(b - a, c - a) @ towards < 0, "light must leave towards the origin"


def test_golden_hour_is_warm_and_moonlight_cool() -> None:
    golden, moon = CLEAR[TimeOfDay.GOLDEN_HOUR][1], CLEAR[TimeOfDay.NIGHT][1]
    assert golden is not None and moon is not None
    assert golden.radiance[0] > 2 * golden.radiance[2]
    assert moon.radiance[2] > moon.radiance[0]


@pytest.mark.parametrize("weather", list(AIRS))
@pytest.mark.parametrize("time", [TimeOfDay.DAY, TimeOfDay.DUSK, TimeOfDay.NIGHT])
def test_maps_are_whole(time: TimeOfDay, weather: str) -> None:
    radiance = build_sky(time, weather, 3)[0].radiance
    assert radiance.shape == (256, 512, 3) and radiance.dtype == np.float32
    assert np.isfinite(radiance).all() and radiance.min() > 0
    # The ground side is never a black hole: at least a tenth of the horizon.
    assert radiance[-1].mean() > 0.1 * radiance[126].mean()


@pytest.mark.parametrize("time", list(HOURS))
def test_no_seam_where_the_azimuth_closes(time: TimeOfDay) -> None:
    radiance = CLEAR[time][0].radiance.astype(float).mean(-1)
    across = np.abs(radiance[:, 0] - radiance[:, -1])
    inside = np.abs(np.diff(radiance, axis=1))
    assert across.mean() < 1.5 * np.percentile(inside.mean(0), 95)


def test_no_edge_at_the_horizon() -> None:
    for sky, _ in CLEAR.values():
        low, high = sky.radiance[127].astype(float), sky.radiance[128].astype(float)
        assert (np.abs(low - high) < 0.06 * low + 1e-4).all()


def test_the_glow_is_on_the_side_of_the_sun() -> None:
    radiance = CLEAR[TimeOfDay.DUSK][0].radiance.astype(float)
    column = int(sun_position(TimeOfDay.DUSK)[0] / 360 * 512)
    band = radiance[112:128, :, 0].mean(0)
    assert band[column] > 2.5 * band[(column + 256) % 512]


def test_clouds_take_the_sun_away_and_dim_the_day() -> None:
    clear = level(*CLEAR[TimeOfDay.DAY])
    for weather in ("overcast", "rain", "snow", "fog"):
        sky, sun = build_sky(TimeOfDay.DAY, weather, 7)
        assert sun is None
        assert 0.2 * clear < level(sky) < 0.7 * clear


def test_an_overcast_zenith_is_brighter_than_its_horizon() -> None:
    radiance = build_sky(TimeOfDay.DAY, "overcast", 7)[0].radiance
    assert radiance[:10].mean() > 1.8 * radiance[120:128].mean()


def test_same_seed_same_bytes_other_seed_other_clouds() -> None:
    again = build_sky(TimeOfDay.DAY, "clear", 7)[0].radiance
    assert again.tobytes() == CLEAR[TimeOfDay.DAY][0].radiance.tobytes()
    assert build_sky(TimeOfDay.DAY, "clear", 8)[0].radiance.tobytes() != again.tobytes()


def test_an_unknown_time_is_day_and_an_unknown_weather_clear() -> None:
    assert (
        build_sky(TimeOfDay.UNKNOWN, "hail of frogs", 7)[0].radiance.tobytes()
        == CLEAR[TimeOfDay.DAY][0].radiance.tobytes()
    )


def test_fog_is_thick_and_has_the_colour_of_the_horizon() -> None:
    sky, sun = build_sky(TimeOfDay.DAY, "fog", 7)
    fog, clear = build_haze(sky, "fog", sun), build_haze(CLEAR[TimeOfDay.DAY][0], "clear", CLEAR[TimeOfDay.DAY][1])
    assert fog.extinction_per_m > 20 * clear.extinction_per_m
    assert np.array(fog.color) == pytest.approx(sky.radiance[118:126].reshape(-1, 3).mean(0), rel=0.1)
