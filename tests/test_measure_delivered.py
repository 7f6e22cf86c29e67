"""Asked beside delivered, in words a director reads."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from maquette.film.delivered import TOLERANCE, Asked, Delivered, Quantity, Reading
from maquette.film.passes import Passes
from maquette.film.shot import ShotSize, Side
from maquette.film.stage import PlacedCamera
from maquette.imaging.color import LUMINANCE
from maquette.imaging.kelvin import kelvin_to_rgb
from maquette.imaging.tone import view_transform
from maquette.measure import words
from maquette.measure.delivered import measure_shot
from tests.measure_scenes import Light, head, mean_on_planes, on_head, portrait, room, turned

EYES = np.array([0.0, 0.0, 1.6])
ASKED = Asked(
    subject="MARA", height_m=1.75, size=ShotSize.CU, pitch_deg=0.0, lens_mm=75.0, roll_deg=0.0, key_side=Side.RIGHT,
    key_azimuth_deg=50.0, key_fill_ratio=4.0, key_kelvin=3200.0, exposure_stops=0.0,
)  # fmt: skip


def close_up(**changes: float) -> Passes:
    """MARA, 3200 K from 50 degrees on her left, in a frame as a close-up has it: 0.223 of her height."""
    lens = changes.pop("lens_mm", 75.0)
    distance = 0.223 * 1.75 * lens / 24.89 * 16 / 9
    place = EYES + np.array([0.0, -distance, 0.0])
    camera = PlacedCamera((0.0, float(place[1]), 1.6), (0.0, 0.0, 1.6), lens_mm=lens, white_balance_k=3200, **changes)
    of = head(EYES, turned(0))
    key = Light(on_head(of.rotation, 50, 25), kelvin_to_rgb(3200))
    return portrait(camera, of, [key], 0.22 * kelvin_to_rgb(3200), width=320, height=180)


def normal_stops(passes: Passes) -> float:
    """Exposure that brings a card on the lit plane to the usual level."""
    key = Light(on_head(turned(0), 50, 25), kelvin_to_rgb(3200))
    light = mean_on_planes(passes.heads[0], (50.0,), [key], 0.22 * kelvin_to_rgb(3200))
    return float(np.log2(ASKED.normal_level / (light @ LUMINANCE)))


def measured(passes: Passes, asked: Asked = ASKED, stops: float | None = None) -> Delivered:
    pixels = view_transform(passes.beauty, 0.0)
    return measure_shot(passes, pixels, asked, normal_stops(passes) if stops is None else stops)


def reading(delivered: Delivered, quantity: Quantity) -> Reading:
    found = delivered.reading(quantity)
    assert found is not None
    return found


def test_what_was_asked_is_delivered() -> None:
    delivered = measured(close_up())
    assert tuple(r.quantity for r in delivered.readings) == tuple(Quantity)
    for quantity in set(Quantity) - {Quantity.PALETTE, Quantity.RATIO}:
        got = reading(delivered, quantity)
        assert got.within is True, got
    said = {r.quantity: r.delivered for r in delivered.readings}
    assert said[Quantity.SIZE] == "CU" and said[Quantity.ANGLE] == "level" and said[Quantity.LENS] == "75 mm"
    assert said[Quantity.HORIZON] == "level" and said[Quantity.KEY_SIDE] == "right"
    assert "%" in said[Quantity.PALETTE]
    assert reading(delivered, Quantity.TEMPERATURE).delivered_value == pytest.approx(3200, abs=100)


def test_misses_are_said_in_words() -> None:
    asked = ASKED.model_copy(update={
        "size": ShotSize.MS, "pitch_deg": 12.0, "lens_mm": 50.0, "roll_deg": -5.0, "key_side": Side.LEFT,
        "key_fill_ratio": 16.0, "key_kelvin": 5600.0, "exposure_stops": 1.0,
    })  # fmt: skip
    passes = close_up()
    delivered = measured(passes, asked)
    misses = {q: reading(delivered, q).miss for q in Quantity}
    assert misses[Quantity.SIZE] == "two sizes tighter"
    assert misses[Quantity.ANGLE] == "12 degrees more down"
    assert misses[Quantity.LENS] == "50% longer"
    assert misses[Quantity.HORIZON] == "5 degrees clockwise of what was asked"
    assert misses[Quantity.KEY_SIDE] == "from the other side"
    assert misses[Quantity.RATIO].endswith("stops less")
    assert misses[Quantity.TEMPERATURE].endswith("K warmer")
    assert misses[Quantity.EXPOSURE] == "1.0 stops less"
    assert all(reading(delivered, q).within is False for q in set(Quantity) - {Quantity.PALETTE})


def test_the_ratio_is_told_with_its_miss_in_stops() -> None:
    key = Light(on_head(turned(0), 50, 25), kelvin_to_rgb(3200))
    passes = close_up()
    planes = [mean_on_planes(passes.heads[0], (side,), [key], 0.22 * kelvin_to_rgb(3200)) for side in (50.0, -50.0)]
    true = float(planes[0] @ LUMINANCE) / float(planes[1] @ LUMINANCE)
    got = reading(measured(passes, ASKED.model_copy(update={"key_fill_ratio": true})), Quantity.RATIO)
    assert got.within is True and got.delivered_value == pytest.approx(true, rel=0.1)
    assert got.delivered == f"{got.delivered_value:.2g}:1"


def test_exposure_counts_what_was_applied() -> None:
    passes = close_up()
    stops = normal_stops(passes) + 1.5
    got = reading(measured(passes, stops=stops), Quantity.EXPOSURE)
    assert got.delivered_value == pytest.approx(1.5, abs=0.15) and got.within is False
    assert got.miss.endswith("stops more")


def test_roll_and_other_lenses() -> None:
    asked = ASKED.model_copy(update={"lens_mm": 100.0, "roll_deg": 8.0})
    delivered = measured(close_up(lens_mm=100.0, roll_deg=8.0), asked)
    assert reading(delivered, Quantity.LENS).within and reading(delivered, Quantity.HORIZON).within
    assert reading(delivered, Quantity.HORIZON).delivered == "8 degrees clockwise"


def test_a_squeezed_lens_is_read_with_its_squeeze() -> None:
    asked = ASKED.model_copy(update={"lens_mm": 150.0, "squeeze": 2.0})
    assert reading(measured(close_up(), asked), Quantity.LENS).within


def test_nothing_asked_is_never_wrong() -> None:
    for got in measured(close_up(), Asked(subject="MARA", height_m=1.75)).readings:
        assert got.within is None and got.miss == "" and got.asked == "" and got.delivered


def test_a_place_without_people() -> None:
    passes = room(PlacedCamera((0.0, -3.0, 1.4), (0.0, 4.0, 1.2), lens_mm=25.0), 160, 90)
    delivered = measured(passes, Asked(size=ShotSize.WS, lens_mm=25.0, key_fill_ratio=2.0), stops=0.0)
    assert reading(delivered, Quantity.LENS).within
    for quantity in (Quantity.SIZE, Quantity.KEY_SIDE, Quantity.RATIO, Quantity.TEMPERATURE):
        got = reading(delivered, quantity)
        assert got.delivered == "" and got.note and got.within is None
    # Radiance 0.18 is middle grey.
    assert reading(delivered, Quantity.EXPOSURE).delivered_value == pytest.approx(0.0, abs=0.05)


def test_a_subject_who_is_not_in_the_picture() -> None:
    delivered = measured(close_up(), ASKED.model_copy(update={"subject": "TOM"}), stops=0.0)
    assert reading(delivered, Quantity.SIZE).note == "Tom is not in the picture."
    assert reading(delivered, Quantity.KEY_SIDE).note == "Tom is not on the stage."
    assert reading(delivered, Quantity.LENS).within


def test_sky_and_broken_passes_raise_nothing() -> None:
    whole = close_up()
    sky = np.full_like(whole.depth, np.inf)
    nothing = np.zeros_like(whole.part_id)
    black = np.zeros_like(whole.beauty)
    broken = np.full_like(whole.beauty, np.nan)
    for passes in (
        replace(whole, depth=sky, object_id=nothing, part_id=nothing, beauty=black),
        replace(whole, beauty=broken, position=broken, normal=broken, albedo=broken, depth=broken[..., 0]),
        replace(whole, rest=None, heads=()),
        replace(whole, beauty=broken),
    ):
        delivered = measure_shot(passes, np.zeros((180, 320, 3), np.uint8), ASKED, 0.0)
        assert tuple(r.quantity for r in delivered.readings) == tuple(Quantity)
        assert all(r.delivered or r.note for r in delivered.readings)


def test_looking_straight_down_has_no_horizon() -> None:
    passes = room(PlacedCamera((0.0, 0.0, 3.0), (0.0, 0.001, 0.0), lens_mm=25.0), 160, 90)
    got = reading(measured(passes, Asked(roll_deg=0.0), stops=0.0), Quantity.HORIZON)
    assert got.delivered == "" and "no horizon" in got.note


def test_tolerances_are_those_of_the_documents() -> None:
    wanted = {Quantity.ANGLE: 3, Quantity.RATIO: 0.5, Quantity.TEMPERATURE: 300}
    assert wanted.items() <= TOLERANCE.items()


@pytest.mark.parametrize(
    ("said", "words_for_it"),
    [(words.ratio(4.04), "4:1"), (words.ratio(1.0), "1:1"), (words.ratio(0.5), "1:2"), (words.ratio(200), "over 99:1"),
     (words.pitch(-1.2), "1 degree down"), (words.stops(0.01), "normal"), (words.stops(-0.66), "-0.7 stops"),
     (words.kelvin(3187.0), "3190 K"), (words.side(None, 8.0), "front, a little right"),
     (words.side(None, 1.0), "front"),
     (words.sizes_off(ShotSize.CU, ShotSize.MCU), "one size wider"), (words.sizes_off(ShotSize.CU, ShotSize.CU), "")],
)  # fmt: skip
def test_words(said: str, words_for_it: str) -> None:
    assert said == words_for_it
