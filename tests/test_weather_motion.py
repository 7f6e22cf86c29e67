"""Rain and snow that are seen: true motion, constant meshes, shelter, seeds, and the light in them."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from maquette.film.lighting import Weather
from maquette.film.request import FrameSettings, TakeRequest
from maquette.film.screenplay import TimeOfDay
from maquette.film.stage import Body, BodyKind, Haze, Lamp, LampRole, Moment, PlacedCamera, SetKind, SetPlan, Sky
from maquette.pipeline import Production
from maquette.stage.air import BREATH, stirred
from maquette.stage.build import build_stage
from maquette.stage.lamps import panel
from maquette.stage.sets import SET_BUILDERS
from maquette.stage.shelter import shelter_of
from maquette.stage.sky import build_sky
from maquette.stage.weather import FALLS, MARGIN_M, PREFIX, drops_at, falling
from maquette.stage.weather_light import DARKENED, weathered, with_weather_lit

FRAME_S = 1 / 24
CAMERA = PlacedCamera((0.0, -6.0, 1.6), (0.0, 0.0, 1.5), lens_mm=28.0)
BOX, CENTER = np.array([14.0, 14.0, 8.0]), np.array([0.0, 0.0, 1.6])


def slab(name: str, z: float, half: float, part: str = "") -> Body:
    corners = np.array([[-half, -half, z], [half, -half, z], [half, half, z], [-half, half, z]], np.float32)
    faces = np.array([[0, 1, 2], [0, 2, 3]], np.uint32)
    grey = np.full((4, 3), 0.4, np.float32)
    return Body(name, BodyKind.SET, corners, faces, grey, np.full(4, 0.8, np.float32), part_names=(part,))


def yard(*bodies: Body, interior: bool = False) -> SetPlan:
    floor = ((-5.0, -5.0), (5.0, -5.0), (5.0, 5.0), (-5.0, 5.0))
    ground = slab("set/ground", 0.0, 60.0)
    return SetPlan(SetKind.FIELD, (ground, *bodies), (), (), (), (), floor, None, interior)


OPEN = yard()


def quads(body: Body) -> NDArray[np.float64]:
    return body.vertices.reshape(-1, 4, 3).astype(np.float64)


def sizes(body: Body) -> NDArray[np.float64]:
    return np.linalg.norm(np.ptp(quads(body), axis=1), axis=1)


def at(weather: str, t_s: float, plan: SetPlan = OPEN, camera: PlacedCamera = CAMERA, seed: int = 5) -> dict[str, Body]:
    return {b.name: b for b in falling(weather, plan, CAMERA, camera, t_s, seed)}


@pytest.mark.parametrize("weather", [Weather.RAIN, Weather.STORM, Weather.SNOW])
def test_a_body_keeps_its_vertices_and_faces_over_the_shot(weather: Weather) -> None:
    first = at(weather, 0.0)
    moved = replace(CAMERA, position=(0.4, -5.0, 1.7))
    for t_s in (-0.5, FRAME_S, 1.0, 7.3):
        later = at(weather, t_s, camera=moved)
        assert list(later) == list(first) and all(n.startswith(PREFIX) for n in later)
        for name, body in later.items():
            assert len(body.vertices) == len(first[name].vertices)
            assert (body.faces == first[name].faces).all() and body.rest is not None
            assert (body.rest == first[name].rest).all() and np.isfinite(body.vertices).all()
    assert sum(len(b.faces) for b in first.values()) <= 2 * 7000


@pytest.mark.parametrize("weather", [Weather.CLEAR, Weather.CLOUDY, Weather.OVERCAST, Weather.MIST, Weather.FOG])
def test_in_other_weather_nothing_falls(weather: Weather) -> None:
    assert not at(weather, 1.0)


def test_the_same_seed_rains_alike_and_another_does_not() -> None:
    one, again, other = at("rain", 1.25)["weather/rain"], at("rain", 1.25)["weather/rain"], at("rain", 1.25, seed=6)
    assert (one.vertices == again.vertices).all()
    assert not np.allclose(one.vertices, other["weather/rain"].vertices)


@pytest.mark.parametrize("weather", [Weather.RAIN, Weather.STORM, Weather.SNOW])
def test_drops_move_by_their_velocity_times_the_time(weather: Weather) -> None:
    fall, step = FALLS[weather], 1e-4
    for t_s in (0.0, 2.0, 9.7):
        here, speed = drops_at(fall, BOX, CENTER, t_s, 3)
        then, _ = drops_at(fall, BOX, CENTER, t_s + step, 3)
        way = then - here
        same = (np.abs(way) < 1.0).all(axis=1)
        assert same.mean() > 0.999
        assert np.allclose(way[same] / step, speed[same], atol=2e-3)
        down = -speed[:, 2]
        stray = 0.4 if fall.flutter else 1e-9
        assert fall.speed[0] - stray <= down.min() and down.max() <= fall.speed[1] + stray


def test_the_camera_passes_between_the_drops_and_never_drags_them() -> None:
    here, _ = drops_at(FALLS["rain"], BOX, CENTER, 1.0, 3)
    moved, _ = drops_at(FALLS["rain"], BOX, CENTER + [0.2, 0.1, 0.0], 1.0, 3)
    way = np.abs(moved - here)
    same = (way < 1e-9).all(axis=1)
    assert same.mean() > 0.95
    assert np.allclose(np.round(way[~same] / BOX), way[~same] / BOX, atol=1e-9)


def test_a_drop_that_jumps_has_no_size_in_that_frame_or_the_next() -> None:
    camera = CAMERA
    for k in range(24):
        before, now = (at("storm", (k + i) * FRAME_S, camera=camera)["weather/rain"] for i in (0, 1))
        way = np.linalg.norm(quads(now).mean(axis=1) - quads(before).mean(axis=1), axis=1)
        jumped = way > 2 * MARGIN_M
        assert jumped.any()
        # Seen now and seen before: then it came here on its way.
        assert not (jumped & (sizes(now) > 1e-6) & (sizes(before) > 1e-6)).any()
        assert sizes(now)[jumped].max() < 1e-6


def test_splashes_that_are_seen_stay_where_they_are() -> None:
    for k in range(24):
        before, now = (at("rain", 0.5 + (k + i) * FRAME_S)["weather/splashes"] for i in (0, 1))
        seen = sizes(now) > 1e-6
        way = np.linalg.norm(quads(now).mean(axis=1) - quads(before).mean(axis=1), axis=1)
        assert seen.any() and way[seen].max() < 0.12
        assert np.abs(quads(now)[seen][..., 2]).max() < 0.15


def test_streaks_are_as_long_as_their_way_in_the_exposure() -> None:
    rain = at("rain", 1.0)["weather/rain"]
    long = np.linalg.norm(quads(rain)[:, 2] - quads(rain)[:, 0], axis=1)
    assert 6.5 / 48 <= long.max() <= 9.5 / 48
    snow = at("snow", 1.0)["weather/snow"]
    assert sizes(snow).max() < 0.12


def test_nothing_falls_under_a_roof_but_beside_it_and_through_leaves() -> None:
    roofed = yard(slab("set/roof", 2.6, 3.0))
    rain = quads(at("rain", 0.7, roofed)["weather/rain"])
    seen = rain[sizes(at("rain", 0.7, roofed)["weather/rain"]) > 1e-6].mean(axis=1)
    under = (np.abs(seen[:, :2]) < 2.7).all(axis=1) & (seen[:, 2] < 2.6)
    beside = (np.abs(seen[:, :2]) > 3.4).any(axis=1) & (seen[:, 2] < 2.6)
    assert not under.any() and beside.sum() > 100
    leafy = yard(slab("set/tree", 2.6, 3.0, "leaves"))
    assert (at("rain", 0.7, leafy)["weather/rain"].vertices == at("rain", 0.7)["weather/rain"].vertices).all()


def test_the_shelter_knows_roof_ground_and_what_is_far() -> None:
    shelter = shelter_of(yard(slab("set/roof", 2.6, 3.0)))
    assert shelter.top(np.array([[0.0, 0.0], [4.0, 4.0], [500.0, 0.0]])) == pytest.approx([2.6, 0.0, 0.0])


def test_inside_it_rains_outside_the_windows_only() -> None:
    room = SET_BUILDERS[SetKind.LIVING_ROOM](3, 2, ())
    camera = PlacedCamera((2.0, 0.0, 1.6), (-3.0, 0.0, 1.5))
    (rain,) = falling("rain", room, camera, camera, 0.4, 3)
    seen = quads(rain)[sizes(rain) > 1e-6].mean(axis=1)
    low, high = np.array(room.floor).min(axis=0), np.array(room.floor).max(axis=0)
    assert len(seen) > 50 and not ((seen[:, :2] > low) & (seen[:, :2] < high)).all(axis=1).any()
    blind = replace(room, openings=())
    assert not falling("rain", blind, camera, camera, 0.4, 3)


# --- light and ground -----------------------------------------------------------------------------------------


def lit(lamp: Lamp | None, sky: float = 0.0) -> NDArray[np.float64]:
    """(N,) radiance of drops that are seen, by one lamp or an even sky."""
    drops = falling("rain", OPEN, CAMERA, CAMERA, 0.3, 5)
    lamps = () if lamp is None else (lamp,)
    moment = with_weather_lit(Moment(tuple(drops), lamps, Sky(np.full((64, 128, 3), sky, np.float32)), CAMERA))
    emission = moment.bodies[0].emission
    assert emission is not None
    return emission.reshape(-1, 4, 3)[sizes(drops[0]) > 1e-6].mean(axis=(1, 2))


def test_rain_is_seen_against_the_light_and_hardly_with_it() -> None:
    white = np.full(3, 20.0)
    behind = panel("back", LampRole.BACK, np.array([0.0, 9.0, 3.0]), np.array(CAMERA.position), 1.0, white)
    beside = panel("front", LampRole.KEY, np.array([0.0, -12.0, 3.0]), np.array([0.0, 0.0, 1.0]), 1.0, white)
    assert np.median(lit(behind)) > 1.9 * np.median(lit(beside)) and lit(behind).max() > 5 * lit(beside).max()
    assert lit(None).max() == 0 and lit(None, 1.0).min() > 0.2
    assert np.allclose(lit(None, 2.0), 2 * lit(None, 1.0), rtol=1e-3)


def test_rain_wets_the_ground_and_snow_lies_on_what_faces_up() -> None:
    dry, wet, snow = (weathered(OPEN, w).bodies[0] for w in ("clear", "rain", "snow"))
    assert dry is OPEN.bodies[0]
    assert np.allclose(wet.base_color, dry.base_color * DARKENED) and (wet.roughness < dry.roughness).all()
    assert (snow.base_color > 0.65).all() and weathered(OPEN, "snow") is weathered(OPEN, "snow")
    room = yard(interior=True)
    assert weathered(room, "rain") is room


def test_clouds_slide_and_haze_breathes_slowly() -> None:
    sky, _ = build_sky(TimeOfDay.DAY, "storm", 3)
    haze = Haze(0.01)
    assert stirred(sky, haze, "storm", 0.0, 3) == (sky, haze)
    before = (sky, haze)
    for k in range(1, 48):
        now = stirred(sky, haze, "storm", k * FRAME_S, 3)
        change = np.abs(now[0].radiance - before[0].radiance).mean() / sky.radiance.mean()
        assert 0 < change < 0.01
        assert abs(now[1].extinction_per_m / haze.extinction_per_m - 1) <= BREATH
        before = now
    half = len(sky.radiance) // 2
    assert (before[0].radiance[half:] == sky.radiance[half:]).all()
    assert stirred(sky, haze, "clear", 1.0, 3)[0] is sky


# --- on the stage ---------------------------------------------------------------------------------------------


def raining(ferry: Production) -> TakeRequest:
    """The first shot outside, in the rain."""
    frame = FrameSettings(width=64, height=36)
    for shot in ferry.shots:
        directed = ferry.direction.directed(shot, ferry.direction.with_settings(shot, ["weather=rain"]))
        request = ferry.request_as(directed, ferry.screenplay, frame, Fraction(0))
        if not request.lighting.interior:
            return request
    raise AssertionError("the example has a scene outside")


def test_the_stage_rains_and_the_meter_does_not_see_it(ferry: Production) -> None:
    stage = build_stage(raining(ferry))
    names = [b.name for b in stage.at(Fraction(1, 2)).bodies]
    assert "weather/rain" in names and "weather/splashes" in names
    assert not any(b.name.startswith(PREFIX) for b in stage.at(Fraction(0), steady=True).bodies)


def test_nothing_falls_under_an_open_umbrella() -> None:
    umbrella = slab("prop/umbrella", 2.1, 0.5)
    pack = slab("prop/map", 2.1, 0.2)

    def under(*props: Body) -> int:
        count = 0
        for t_s in np.linspace(0.0, 3.0, 40):
            rain = {b.name: b for b in falling("rain", OPEN, CAMERA, CAMERA, float(t_s), 5, props)}["weather/rain"]
            middle = quads(rain).mean(axis=1)[sizes(rain) > 1e-4]
            below = (middle[:, 2] > 1.5) & (middle[:, 2] < 2.05)
            count += int((below & (np.linalg.norm(middle[:, :2], axis=1) < 0.3)).sum())
        return count

    free = under()
    assert free > 5
    assert under(umbrella) == 0
    assert under(pack) == free, "what is no wider than a map keeps nothing off"
