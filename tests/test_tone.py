# pyright: reportAttributeAccessIssue=false
# OpenColorIO's bindings come without stubs.
"""Light to code values: ordered, exposed, and never garish."""

from __future__ import annotations

from io import BytesIO

import numpy as np
import PyOpenColorIO as ocio
import pytest
from PIL import Image

from maquette.imaging import tone
from maquette.imaging.color import LUMINANCE_WEIGHTS, luminance, srgb, to_code, to_linear
from maquette.imaging.png import encode_png
from maquette.imaging.tone import meter, view_transform


def grey(*values: float) -> np.ndarray:
    return np.repeat(np.array(values, np.float32)[None, :, None], 3, axis=2)


def test_greys_stay_grey_and_in_order() -> None:
    shown = view_transform(grey(0, 0.004, 0.01, 0.05, 0.18, 0.5, 1, 2, 4, 8, 16, 100)).astype(int)[0]
    assert (np.diff(shown[:, 1]) > 0).all()
    assert np.ptp(shown, axis=1).max() <= 1
    assert shown[0].max() <= 1 and shown[-1].min() >= 250


def test_middle_grey_is_in_the_middle() -> None:
    assert abs(int(view_transform(grey(0.18))[0, 0, 1]) - 113) <= 3


def test_a_stop_is_a_doubling() -> None:
    light = np.random.default_rng(1).uniform(0, 4, (8, 8, 3)).astype(np.float32)
    assert np.array_equal(view_transform(light * 4, -2.0), view_transform(light))


def test_the_table_agrees_with_the_formulas() -> None:
    light = np.random.default_rng(2).lognormal(-1.5, 1.5, (64, 64, 3)).astype(np.float32)
    config = ocio.Config.CreateFromBuiltinConfig(tone.CONFIG)
    exact = light * np.float32(2**tone.PRINT_STOPS)
    view = ocio.DisplayViewTransform(src=tone.SOURCE, display=tone.DISPLAY, view=tone.VIEW)
    config.getProcessor(view).getDefaultCPUProcessor().applyRGB(exact.reshape(-1, 3))
    error = np.abs(view_transform(light) - np.clip(exact, 0, 1) * 255)
    assert error.mean() < 0.8 and np.quantile(error, 0.99) < 4


def test_bad_light_is_black_or_white_not_an_error() -> None:
    light = np.zeros((1, 4, 3), np.float32)
    light[0, 1], light[0, 2], light[0, 3] = np.nan, np.inf, -1
    shown = view_transform(light)[0]
    assert shown[1].max() <= 1 and shown[2].min() > 240 and shown[3].max() <= 1


def test_the_meter_finds_middle_grey() -> None:
    assert meter(np.full((9, 9, 3), 0.18 * 8, np.float32)) == pytest.approx(-3, abs=1e-3)
    assert meter(np.zeros((4, 4, 3), np.float32)) == 0.0
    assert meter(np.full((4, 4, 3), 1e-9, np.float32), highest=5) == 5


def test_the_meter_looks_where_it_is_told() -> None:
    light = np.full((10, 10, 3), 0.18 / 4, np.float32)
    light[:, 5:] = 0.18 * 4
    left = np.zeros((10, 10), bool)
    left[:, :5] = True
    assert meter(light, left) == pytest.approx(2, abs=1e-3)
    assert meter(light, ~left) == pytest.approx(-2, abs=1e-3)
    assert meter(light, np.zeros((10, 10), bool)) == pytest.approx(meter(light))


def test_a_lamp_in_the_picture_does_not_tip_the_meter() -> None:
    light = np.full((20, 20, 3), 0.18, np.float32)
    light[:4, :4] = 1000
    assert abs(meter(light)) < 0.02


def test_codes_and_light_are_inverses() -> None:
    codes = np.arange(256, dtype=np.uint8)
    assert np.array_equal(to_code(to_linear(codes)), codes)


def test_png_keeps_every_code_and_word() -> None:
    pixels = np.random.default_rng(3).integers(0, 256, (7, 5, 3), dtype=np.uint8)
    data = encode_png(pixels, {"Title": "Ünder"})
    with Image.open(BytesIO(data)) as picture:
        assert np.array_equal(np.array(picture.convert("RGB")), pixels)
        assert picture.info["Title"] == "Ünder"
    assert encode_png(pixels.copy(), {"Title": "Ünder"}) == data


def test_hex_colours_are_decoded_by_the_srgb_curve() -> None:
    assert srgb("#000000") == (0.0, 0.0, 0.0)
    assert srgb("#ff8000") == pytest.approx((1.0, 0.215861, 0.0), abs=1e-6)
    with pytest.raises(ValueError, match="six hex digits"):
        srgb("red")


def test_luminance_is_that_of_rec_709() -> None:
    assert luminance(np.eye(3, dtype=np.float32)).tolist() == pytest.approx([0.2126, 0.7152, 0.0722])
    assert sum(LUMINANCE_WEIGHTS) == pytest.approx(1.0)
