"""Light: colour of black bodies, key level, and the key's side of the world."""

from __future__ import annotations

import numpy as np
import pytest

from maquette.film.lighting import Lighting
from maquette.film.screenplay import TimeOfDay
from maquette.film.shot import Side
from maquette.film.stage import LampRole, Opening, PlacedCamera, SetKind, SetPlan
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.stage.lighting import LEVELS, light, panel, radiance_for
from tests.test_camera import FLOOR, figure

WINDOW = Opening("east window", (3.0, 0.0, 1.5), (-1.0, 0.0, 0.0), 1.6, 1.4)


def room(*openings: Opening) -> SetPlan:
    return SetPlan(SetKind.LIVING_ROOM, (), (), openings, (), (), FLOOR, 2.7, True)


def key_of(lighting: Lighting, plan: SetPlan, camera_at: tuple[float, float]) -> np.ndarray:
    subject = figure("A", 0.0, 0.0, (0.0, -1.0))
    camera = PlacedCamera((*camera_at, 1.5), (0.0, 0.0, 1.5))
    rig = light(lighting, plan, [subject], camera, np.array([0.0, -1.0]), None)
    return next(lamp for lamp in rig.lamps if lamp.role is LampRole.KEY).vertices.mean(axis=0)


def test_black_bodies_have_their_known_colours() -> None:
    red, green, blue = kelvin_to_rgb(6504)
    assert red == pytest.approx(1.0, abs=0.05) and green == pytest.approx(1.0, abs=0.05)
    assert blue == pytest.approx(1.0, abs=0.08)
    candle, tungsten, shade = kelvin_to_rgb(1900), kelvin_to_rgb(3200), kelvin_to_rgb(10000)
    assert candle[2] / candle[0] < tungsten[2] / tungsten[0] < 0.5
    assert shade[2] > shade[0]


@pytest.mark.parametrize("kelvin", [1900, 3200, 5600, 10000])
def test_luminance_does_not_depend_on_the_colour(kelvin: float) -> None:
    assert kelvin_to_rgb(kelvin) @ np.array([0.2126, 0.7152, 0.0722]) == pytest.approx(1.0)


def test_a_panel_lights_a_white_card_to_the_stated_radiance() -> None:
    size, distance = 0.6, 3.0
    radiance = float(radiance_for(1.0, distance, size, 6504) @ np.array([0.2126, 0.7152, 0.0722]))
    # Monte Carlo of the irradiance on a card that faces the panel.
    u = np.random.default_rng(1).uniform(-size / 2, size / 2, (200_000, 2))
    squared = distance**2 + (u**2).sum(1)
    irradiance = radiance * size**2 * (distance**2 / squared**2).mean()
    assert irradiance / np.pi == pytest.approx(1.0, rel=0.05)


def test_panels_shine_towards_their_target() -> None:
    for position in ((2.0, 1.0, 2.0), (0.0, 0.0, 3.0), (-1.0, 2.0, 0.2)):
        target = np.array([0.0, 0.0, 1.0])
        lamp = panel("key", LampRole.KEY, np.array(position), target, 1.0, np.ones(3))
        a, b, c = lamp.vertices[lamp.faces[0]].astype(float)
        assert np.cross(b - a, c - a) @ (target - np.array(position)) > 0


def test_by_day_the_key_comes_from_the_windows_side_in_every_shot() -> None:
    lighting = Lighting(time_of_day=TimeOfDay.DAY, interior=True)
    for camera in ((0.0, -3.0), (1.5, -2.5), (-1.5, -2.5)):
        assert key_of(lighting, room(WINDOW), camera)[0] > 0.3


def test_a_stated_key_side_wins_over_the_window() -> None:
    lighting = Lighting(time_of_day=TimeOfDay.DAY, interior=True, key_side=Side.LEFT)
    assert key_of(lighting, room(WINDOW), (0.0, -3.0))[0] < -0.3


def test_nights_have_a_higher_ratio_and_are_warmer_than_days_inside() -> None:
    assert LEVELS[TimeOfDay.NIGHT].ratio > LEVELS[TimeOfDay.DAY].ratio
    assert LEVELS[TimeOfDay.NIGHT].kelvin < LEVELS[TimeOfDay.DAY].kelvin
    assert set(LEVELS) == set(TimeOfDay)


def test_lamps_stay_inside_the_room() -> None:
    subject = figure("A", 2.6, 3.6, (0.0, -1.0))
    rig = light(Lighting(), room(WINDOW), [subject], PlacedCamera((0, 0, 1.5), (2.6, 3.6, 1.5)),
                np.array([0.0, -1.0]), None)  # fmt: skip
    for lamp in rig.lamps:
        x, y, z = lamp.vertices.mean(axis=0)
        assert abs(x) <= 3.0 and abs(y) <= 4.0 and z < 2.7
