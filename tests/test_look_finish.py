"""Film and lens: nothing without amounts, the same for the same frame, and only where it belongs."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from maquette.film.look import Finish
from maquette.look.estimates import estimated_finish, grain_of, halation_of, vignette_of
from maquette.look.finish import finished, grain_strength

U8 = NDArray[np.uint8]


def flat(value: int, height: int = 180, width: int = 320) -> U8:
    return np.full((height, width, 3), value, np.uint8)


@pytest.fixture(scope="module")
def lamp() -> U8:
    """A white disc of 20 pixels on a dark ground, 640 wide."""
    picture = np.full((360, 640, 3), 24, np.uint8)
    y, x = np.mgrid[0:360, 0:640]
    picture[np.hypot(x - 320, y - 180) < 20] = 255
    return picture


@pytest.fixture(scope="module")
def scene() -> U8:
    """Soft tones with a few edges, 640 wide."""
    y, x = np.mgrid[0:360, 0:640].astype(float)
    code = 110 + 50 * np.sin(x / 130) + 30 * np.cos(y / 90)
    code[(x > 400) & (y > 120)] -= 40
    return np.clip(np.stack([code, code * 0.9, code * 0.8], axis=2), 0, 255).astype(np.uint8)


def test_nothing_where_amounts_are_nothing(scene: U8) -> None:
    assert finished(scene, Finish()) is scene
    assert finished(scene, Finish(grain=0.5, halation=0.4, vignette=0.3), intensity=0) is scene
    assert finished(scene, Finish(grain_size_px=3, halation_px=30)) is scene


def test_grain_is_of_seed_and_frame(scene: U8) -> None:
    film = Finish(grain=0.5)
    first = finished(scene, film, 1.0, seed=3, frame=10)
    assert np.array_equal(first, finished(scene, film, 1.0, seed=3, frame=10))
    for seed, frame in ((3, 11), (4, 10)):
        other = finished(scene, film, 1.0, seed, frame)
        apart = np.corrcoef((first.astype(float) - scene).ravel(), (other.astype(float) - scene).ravel())[0, 1]
        assert abs(apart) < 0.1


def test_grain_is_as_strong_as_stated_and_does_not_shift_tones() -> None:
    grey = flat(100, 360, 640)
    for amount in (0.25, 1.0):
        shown = finished(grey, Finish(grain=amount), 1.0, 1, 0).astype(float)
        assert shown.std() == pytest.approx(16 * amount * float(grain_strength(np.float32(100 / 255))), rel=0.05)
        assert shown.mean() == pytest.approx(100, abs=0.3)
    half = finished(grey, Finish(grain=1.0), 0.5, 1, 0).astype(float)
    assert half.std() == pytest.approx(finished(grey, Finish(grain=0.5), 1.0, 1, 0).astype(float).std(), rel=0.01)


def test_grain_leaves_black_black_and_greys_grey() -> None:
    film = Finish(grain=1.0)
    assert np.array_equal(finished(flat(0), film), flat(0))
    shown = finished(flat(120), film)
    assert (shown == shown[..., :1]).all()
    assert finished(flat(250), film).std() < 0.4 * shown.std()


def test_halation_is_red_and_only_round_highlights(lamp: U8, scene: U8) -> None:
    shown = finished(lamp, Finish(halation=0.8)).astype(int) - lamp
    ring, far = shown[180, 345], shown[20, 20]
    assert ring[0] > 25 and ring[0] > 2 * ring[1] >= 2 * ring[2] and ring[2] >= 0
    assert far.tolist() == [0, 0, 0]
    across = shown[180, 342:420, 0]
    assert (np.diff(across) <= 1).all()  # it fades outwards
    assert np.array_equal(finished(scene, Finish(halation=1.0)), scene)  # nothing bright in it


def test_halation_reaches_as_far_as_stated(lamp: U8) -> None:
    def reach(radius_px: float) -> int:
        shown = finished(lamp, Finish(halation=1.0, halation_px=radius_px)).astype(int) - lamp
        return int((shown[180, 340:, 0] > 8).sum())

    assert reach(18) > 1.5 * reach(6)


def test_a_vignette_takes_its_stops_off_the_corners() -> None:
    shown = finished(flat(200, 360, 640), Finish(vignette=1.0))
    linear = ((shown[0, 0, 0] / 255 + 0.055) / 1.055) ** 2.4 / ((200 / 255 + 0.055) / 1.055) ** 2.4
    assert np.log2(linear) == pytest.approx(-2, abs=0.1)
    assert shown[180, 320, 0] == 200
    assert np.array_equal(shown, shown[::-1]) and np.array_equal(shown, shown[:, ::-1])


def test_softness_keeps_light_and_grows_to_the_corners(lamp: U8) -> None:
    soft = finished(lamp, Finish(softness_px=2))
    assert soft[180, 320].tolist() == [255, 255, 255] and 60 < soft[180, 340, 0] < 250
    dots = np.zeros((360, 640, 3), np.uint8)
    dots[180, 320] = dots[6, 8] = 255
    corners = finished(dots, Finish(edge_softness_px=4))
    assert corners[180, 320, 0] == 255 and corners[6, 8, 0] < 80


def test_fringes_part_red_and_blue_in_the_corners() -> None:
    lines = np.zeros((360, 640, 3), np.uint8)
    lines[:, ::20] = 255
    shown = finished(lines, Finish(fringe_px=4)).astype(int)
    middle, corner = shown[178:182, 300:340], shown[:20, :60]
    assert np.abs(middle[..., 0] - middle[..., 2]).max() < np.abs(corner[..., 0] - corner[..., 2]).max()
    assert np.array_equal(shown[..., 1], lines[..., 1])


def test_sizes_go_with_the_width() -> None:
    small, large = flat(110, 90, 160), flat(110, 360, 640)
    grain = Finish(grain=1.0, grain_size_px=4)

    def alike(picture: U8, step: int) -> float:
        off = finished(picture, grain)[..., 1].astype(float)
        off -= off.mean()
        return float((off[:, step:] * off[:, :-step]).mean() / (off**2).mean())

    assert alike(small, 1) == pytest.approx(alike(large, 4), abs=0.12)


# --- measured back ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("grain", "size"), [(0.3, 1.0), (0.6, 1.0), (0.6, 2.0)])
def test_grain_is_measured_as_it_was_put_in(scene: U8, grain: float, size: float) -> None:
    found, found_size = grain_of(finished(scene, Finish(grain=grain, grain_size_px=size), 1.0, 5, 0))
    assert found == pytest.approx(grain, abs=0.1) and found_size == pytest.approx(size, abs=0.5)


def test_clean_pictures_show_no_film(scene: U8, lamp: U8) -> None:
    for picture in (scene, lamp, flat(90), flat(0), flat(255, 8, 8)):
        assert estimated_finish(picture) == Finish()


def test_strokes_are_not_taken_for_grain() -> None:
    rng = np.random.default_rng(1)
    strokes = np.repeat(rng.normal(0, 14, (360, 64)), 10, axis=1)
    picture = np.clip(120 + strokes, 0, 255).astype(np.uint8)[..., None].repeat(3, axis=2)
    assert grain_of(picture) == (0.0, 1.0)


def test_a_vignette_is_measured_where_all_corners_agree() -> None:
    even = flat(160, 360, 640)
    assert vignette_of(finished(even, Finish(vignette=0.5))) == pytest.approx(0.5, abs=0.05)
    ramp = np.linspace(40, 220, 640).astype(np.uint8)[None, :, None].repeat(360, axis=0).repeat(3, axis=2)
    assert vignette_of(ramp) == 0 and vignette_of(even) == 0


def test_halation_is_measured_round_what_is_white(lamp: U8) -> None:
    weak, strong = (halation_of(finished(lamp, Finish(halation=h))) for h in (0.4, 1.0))
    assert 0.1 < weak < strong and halation_of(lamp) == 0
