"""What tells whether generated frames hold a style: patches, tints and handling, with answers known by hand."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from maquette.imaging.color import to_code
from maquette.imaging.oklab import oklab_to_linear
from maquette.measure.style_distance import across, halves, style_distance, within
from maquette.measure.texture import texture_distance
from maquette.measure.tint import tint_error

U8 = NDArray[np.uint8]


def grey(code: int, height: int = 40, width: int = 64) -> U8:
    return np.full((height, width, 3), code, np.uint8)


def stripes(period_px: int, shift_px: int = 0, low: int = 60, high: int = 200) -> U8:
    """Vertical stripes, 96x128."""
    column = np.where((np.arange(128) + shift_px) // (period_px // 2) % 2, high, low).astype(np.uint8)
    return np.broadcast_to(column[None, :, None], (96, 128, 3)).copy()


def test_texture_distance_is_zero_for_the_same_patches_wherever_they_are() -> None:
    noise = np.random.default_rng(1).integers(0, 256, (60, 80, 3)).astype(np.uint8)
    assert texture_distance(noise, noise) == 0
    assert texture_distance(stripes(8), stripes(8, shift_px=2)) < 0.002
    assert texture_distance(stripes(8), stripes(16)) > 0.02


def test_texture_distance_of_two_greys_grows_with_the_square_of_the_difference() -> None:
    one, two = (texture_distance(grey(100), grey(100 + d)) for d in (17, 34))
    assert two == pytest.approx(4 * one, rel=1e-3)
    # Directions are random: over 64 of them the mean of (sum of a unit vector's 147 entries)^2 is 1, give or take.
    assert one == pytest.approx((17 / 255) ** 2, rel=0.4)


def test_centred_texture_sees_strokes_and_not_colours() -> None:
    assert texture_distance(grey(40), grey(220), centred=True) == pytest.approx(0, abs=1e-10)
    darker = stripes(8, low=30, high=170)
    assert texture_distance(stripes(8), darker, centred=True) < 1e-6 < texture_distance(stripes(8), darker)


def test_texture_distance_takes_two_sizes_and_several_scales() -> None:
    assert texture_distance(grey(90, 30, 40), grey(90, 50, 71)) == pytest.approx(0, abs=1e-12)
    fine = np.tile(np.array([[0, 255], [255, 0]], np.uint8), (40, 40))[..., None].repeat(3, axis=2)
    # A chequer of single pixels is grey from twice as far away: the second scale sees no difference.
    assert texture_distance(fine, grey(128, 80, 80), 2) == pytest.approx(
        texture_distance(fine, grey(128, 80, 80)) / 2, rel=0.02
    )


def test_texture_distance_is_symmetric_and_ranks_what_is_nearer() -> None:
    rng = np.random.default_rng(4)
    a, b, c = (np.clip(128 + rng.normal(0, s, (64, 96, 3)), 0, 255).astype(np.uint8) for s in (10, 14, 40))
    assert texture_distance(a, b) == pytest.approx(texture_distance(b, a), rel=1e-6)
    assert texture_distance(a, b) < texture_distance(a, c) / 4


def lab(lightness: float, a: float, b: float) -> U8:
    code = to_code(oklab_to_linear(np.array([lightness, a, b], np.float32)))
    return np.broadcast_to(code, (36, 64, 3)).copy()


def test_tint_error_is_the_oklab_distance_of_flat_pictures() -> None:
    assert tint_error(grey(0), grey(255)) == pytest.approx(1.0, abs=1e-3)
    assert tint_error(lab(0.6, 0.05, 0.0), lab(0.6, 0.0, 0.0)) == pytest.approx(0.05, abs=0.004)
    assert tint_error(lab(0.5, 0.0, 0.03), lab(0.6, 0.0, 0.03)) == pytest.approx(0.1, abs=0.004)


def test_tint_error_does_not_see_strokes_whose_light_adds_up() -> None:
    fine = np.tile(np.array([[0, 255], [255, 0]], np.uint8), (20, 32))[..., None].repeat(3, axis=2)
    half = np.broadcast_to(to_code(np.full(3, 0.5, np.float32)), fine.shape).copy()
    assert tint_error(fine, half) < 0.005


def test_tint_error_counts_what_lies_in_the_mask() -> None:
    right = grey(100)
    right[:, 32:] = 220
    mask = np.zeros((40, 64), bool)
    mask[:, :32] = True
    assert tint_error(grey(100), right, mask) == 0
    assert tint_error(grey(100), right, ~mask) == pytest.approx(2 * tint_error(grey(100), right), rel=1e-6)


def test_tint_error_refuses_what_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="equal sizes"):
        tint_error(grey(1, 20, 20), grey(1, 20, 22))
    with pytest.raises(ValueError, match="whole cell"):
        tint_error(grey(1), grey(1), np.zeros((40, 64), bool))


def test_style_distance_is_of_handling_not_of_colour() -> None:
    assert style_distance(stripes(8), stripes(8)) == 0
    assert style_distance(stripes(8), stripes(8, low=90, high=230)) < 0.1 * style_distance(stripes(8), stripes(24))


def test_halves_meet_in_the_middle() -> None:
    picture = np.arange(2 * 5 * 3).reshape(2, 5, 3).astype(np.uint8)
    left, right = halves(picture)
    assert left.tolist() == picture[:, :2].tolist()
    assert right.tolist() == picture[:, 3:].tolist()


def test_shots_of_one_hand_differ_no_more_than_the_halves_of_one_painting() -> None:
    rng = np.random.default_rng(9)
    hand = [np.clip(128 + rng.normal(0, 25, (64, 128, 3)), 0, 255).astype(np.uint8) for _ in range(3)]
    assert across(hand) == pytest.approx(within(hand), rel=0.15)
    other = np.clip(128 + rng.normal(0, 60, (64, 128, 3)), 0, 255).astype(np.uint8)
    assert across([*hand, other]) > 3 * within(hand)


def test_comparing_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no painting"):
        within([])
    with pytest.raises(ValueError, match="no other"):
        across([grey(3)])
