"""Where a painting lies over its frame."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image

from maquette.imaging.register import agreement, placed, put_back
from tests.painted_frames import frame, painted

MANNERS = ("oil", "ink", "poster")


def moved(picture: np.ndarray, dx: int, dy: int) -> np.ndarray:
    """The drawing dx to the right and dy down; what comes in is mirrored."""
    wide = np.pad(picture, ((30, 30), (30, 30), (0, 0)), mode="symmetric")
    height, width = picture.shape[:2]
    return wide[30 - dy : 30 - dy + height, 30 - dx : 30 - dx + width]


@pytest.mark.parametrize("manner", MANNERS)
def test_a_painting_in_its_place_is_left_there(manner: str) -> None:
    found = placed(painted(frame(1), manner), frame(1))
    assert found.straight and max(np.abs(found.shift_px)) < 1.0
    assert found.agreement > 0.6 and found.as_it_lies > 0.6


@pytest.mark.parametrize("manner", MANNERS)
@pytest.mark.parametrize("shift", [(8, -5), (-14, 3), (2, 7)])
def test_shifts_are_found_to_a_pixel(manner: str, shift: tuple[int, int]) -> None:
    found = placed(moved(painted(frame(2), manner), *shift), frame(2))
    assert found.straight
    assert np.abs(np.subtract(found.shift_px, shift)).max() < 1.0
    assert found.agreement > found.as_it_lies + 0.2


def test_parts_of_a_pixel_are_found_on_a_larger_painting() -> None:
    large = np.asarray(Image.fromarray(frame(3)).resize((1280, 720), Image.Resampling.BICUBIC))
    found = placed(moved(large, 10, 6), frame(3))
    assert found.shift_px == pytest.approx((2.5, 1.5), abs=0.3)


def test_a_turned_and_smaller_drawing_is_found_and_put_back() -> None:
    picture = frame(4, (640, 360))
    image = Image.fromarray(painted(picture, "poster")).rotate(-1.5, Image.Resampling.BICUBIC)  # clockwise
    small = image.resize((621, 349), Image.Resampling.LANCZOS)
    image.paste(small, ((640 - 621) // 2, (360 - 349) // 2))
    turned = np.asarray(image)
    found = placed(turned, picture)
    assert found.scale == pytest.approx(0.97, abs=0.004)
    assert found.turn_deg == pytest.approx(1.5, abs=0.25)
    again = placed(put_back(turned, found, 640), picture)
    assert again.straight and max(np.abs(again.shift_px)) < 1.0


@pytest.mark.parametrize("manner", MANNERS)
def test_another_picture_does_not_agree(manner: str) -> None:
    for other in range(10, 13):
        assert placed(painted(frame(5), manner), frame(other)).agreement < 0.45
        assert agreement(painted(frame(5), manner), frame(other)) < 0.4


def test_what_is_moved_back_by_whole_pixels_is_the_painting_itself() -> None:
    painting = painted(frame(6))
    shifted = moved(painting, 9, -4)
    found = placed(shifted, frame(6))
    back = put_back(shifted, found, 320)
    x, y = round(found.shift_px[0]), round(found.shift_px[1])
    height, width = painting.shape[:2]
    assert (back[: height - 10, : width - 12] == shifted[max(0, y) :, x:][: height - 10, : width - 12]).all() or y < 0
    # Inside, away from the borders, every pixel is one of the painting's own, in its own place.
    inner = (slice(20, height - 20), slice(20, width - 20))
    assert (back[inner] == moved(shifted, -x, -y)[inner]).all()


@pytest.mark.parametrize("value", [0, 128, 255])
def test_one_flat_colour_agrees_with_nothing(value: int) -> None:
    found = placed(np.full((180, 320, 3), value, np.uint8), frame(7))
    assert found.agreement == 0.0 and found.shift_px == (0.0, 0.0)
