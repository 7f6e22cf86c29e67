"""The palette of a finished picture, in plain words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from maquette.imaging.oklab import code_to_oklab, linear_to_oklab, oklab_to_linear
from maquette.measure import words
from maquette.measure.colour_names import colour_name
from maquette.measure.palette import palette_of

TEAL, RED, SAND = (8, 72, 84), (178, 34, 34), (236, 214, 178)


def painted(*areas: tuple[tuple[int, int, int], float]) -> np.ndarray:
    """(90, 160, 3) upright stripes of these colours and shares of the width."""
    picture = np.zeros((90, 160, 3), np.uint8)
    start = 0
    for colour, share in areas:
        end = start + round(160 * share)
        picture[:, start:end] = colour
        start = end
    return picture


def test_painted_patches_are_named_with_their_shares() -> None:
    palette = palette_of(painted((TEAL, 0.5), (SAND, 0.3), (RED, 0.2)))
    assert [s.rgb for s in palette.swatches] == [TEAL, SAND, RED]
    assert [s.share for s in palette.swatches] == pytest.approx([0.5, 0.3, 0.2], abs=0.02)
    assert words.palette(palette) == "dark teal 50%, beige 30%, red 20%"


def test_grain_does_not_change_the_palette() -> None:
    clean = painted((TEAL, 0.5), (SAND, 0.3), (RED, 0.2))
    grain = np.random.default_rng(3).normal(0, 4, clean.shape)
    palette = palette_of(np.clip(clean + grain, 0, 255).astype(np.uint8), colours=3)
    for swatch, true in zip(palette.swatches, (TEAL, SAND, RED), strict=True):
        assert np.abs(np.array(swatch.rgb) - true).max() < 6


def test_a_small_accent_is_seen() -> None:
    grey = painted(((60, 62, 64), 0.4), ((120, 122, 124), 0.4), ((200, 200, 200), 0.16), ((250, 210, 20), 0.04))
    assert "yellow" in [s.name for s in palette_of(grey).swatches]


def test_the_same_picture_has_the_same_palette() -> None:
    picture = np.random.default_rng(5).integers(0, 256, (54, 96, 3)).astype(np.uint8)
    assert palette_of(picture) == palette_of(picture.copy())


def test_one_colour_is_one_swatch() -> None:
    palette = palette_of(np.full((9, 16, 3), 128, np.uint8))
    assert len(palette.swatches) == 1
    assert palette.swatches[0].name == "grey" and palette.swatches[0].share == 1.0
    assert palette.saturation == pytest.approx(0.0, abs=0.01) and palette.temper == "neutral"


def test_warm_and_cold() -> None:
    assert palette_of(painted(((200, 140, 80), 1.0))).temper == "warm"
    assert palette_of(painted(((70, 100, 150), 1.0))).temper == "cold"
    strong, weak = palette_of(painted(((200, 60, 20), 1.0))), palette_of(painted(((140, 120, 112), 1.0)))
    assert strong.saturation > 3 * weak.saturation


@settings(max_examples=30, deadline=None)
@given(arrays.arrays(np.uint8, st.tuples(st.integers(1, 40), st.integers(1, 60), st.just(3))))
def test_shares_of_any_picture_make_a_whole(picture: np.ndarray) -> None:
    palette = palette_of(picture)
    assert 1 <= len(palette.swatches) <= 5
    assert sum(s.share for s in palette.swatches) == pytest.approx(1.0)
    assert all(s.name for s in palette.swatches)


@pytest.mark.parametrize(
    ("code", "name"),
    [("000000", "black"), ("ffffff", "white"), ("808080", "grey"), ("303030", "dark grey"), ("d8d0c8", "light grey"),
     ("ff0000", "red"), ("800000", "dark red"), ("8b4513", "brown"), ("f5deb3", "beige"), ("c19a6b", "tan"),
     ("ffff00", "yellow"), ("808000", "olive"), ("006400", "dark green"), ("008080", "teal"), ("4682b4", "blue"),
     ("000080", "dark blue"), ("87ceeb", "pale blue"), ("ffc0cb", "pale pink"), ("6c7884", "blue grey")],
)  # fmt: skip
def test_colours_have_plain_names(code: str, name: str) -> None:
    rgb = np.array([[int(code[i : i + 2], 16) for i in (0, 2, 4)]], np.uint8)
    lightness, a, b = (float(v) for v in code_to_oklab(rgb)[0])
    assert colour_name(lightness, a, b) == name


def test_oklab_goes_there_and_back() -> None:
    linear = np.random.default_rng(2).uniform(0, 1, (100, 3))
    assert np.allclose(oklab_to_linear(linear_to_oklab(linear)), linear, atol=1e-9)
    assert linear_to_oklab(np.ones((1, 3)))[0] == pytest.approx([1, 0, 0], abs=1e-3)
