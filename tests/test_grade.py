"""The finish: what a colourist may rely on, and that a neutral grade is no grade."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maquette.direct.moods import MOODS
from maquette.film.control_table import tint_of
from maquette.film.grade import Grade
from maquette.generate.photo import photograph
from maquette.generate.wash import values_of
from maquette.imaging.grade import after_view, apply_grade, before_view, contrast_curve, graded, white_shift
from maquette.imaging.kelvin import kelvin_to_rgb
from tests.test_drawn import still_life

RAMP = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
SKIN = np.array([[[0.94, 0.80, 0.71], [0.82, 0.62, 0.50], [0.62, 0.42, 0.31], [0.36, 0.23, 0.17]]], np.float32)
"""Display codes of four skins, fair to deep."""
tints = st.tuples(st.floats(-0.05, 0.05), st.floats(-0.05, 0.05))
grades = st.builds(
    Grade,
    saturation=st.floats(0, 2),
    contrast=st.floats(0.4, 2.5),
    temperature_mired=st.floats(-150, 150),
    shadow_tint=tints,
    highlight_tint=tints,
    lift=st.floats(0, 0.3),
)
some = settings(max_examples=25, deadline=None)  # each grade builds a table of its own


def photo(seed: int = 3) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, 256, (36, 64, 3)).astype(np.uint8)


def lightness(code: np.ndarray) -> np.ndarray:
    linear = np.where(code <= 0.04045, code / 12.92, ((code + 0.055) / 1.055) ** 2.4)
    return np.cbrt(linear @ np.array([0.2126, 0.7152, 0.0722]))


def ab(pixels: np.ndarray) -> tuple[float, float]:
    return tint_of("".join(f"{int(c):02x}" for c in pixels))


# --- neutral ----------------------------------------------------------------------------------------------------


def test_a_neutral_grade_is_no_grade() -> None:
    pixels, light = photo(), np.random.default_rng(1).random((4, 4, 3), np.float32)
    assert apply_grade(pixels, Grade()) is pixels
    assert before_view(light, Grade()) is light and after_view(light, Grade()) is light


def test_a_warm_grade_warms_the_photo() -> None:
    plain = photograph(still_life(), 0.0, Grade())
    warm = photograph(still_life(), 0.0, Grade(temperature_mired=40)).astype(int)
    assert (warm[..., 0] - warm[..., 2]).mean() > (plain[..., 0].astype(int) - plain[..., 2]).mean() + 5


# --- one control at a time --------------------------------------------------------------------------------------


def test_no_saturation_is_exact_grey_at_any_contrast_and_lift() -> None:
    for grade in (Grade(saturation=0), Grade(saturation=0, contrast=1.7), Grade(saturation=0, lift=0.1, contrast=0.6)):
        out = apply_grade(photo(), grade)
        assert np.array_equal(out[..., 0], out[..., 1]) and np.array_equal(out[..., 1], out[..., 2])


def test_saturation_keeps_lightness_and_hue_where_the_display_can() -> None:
    color = np.full((1, 1, 3), (0.5, 0.4, 0.35), np.float32)
    more = after_view(color, Grade(saturation=1.5))
    before, after = ab(color[0, 0] * 255), ab(more[0, 0] * 255)
    assert np.hypot(*after) == pytest.approx(1.5 * np.hypot(*before), rel=0.06)
    assert np.arctan2(after[1], after[0]) == pytest.approx(np.arctan2(before[1], before[0]), abs=0.06)


def test_contrast_turns_around_middle_grey_and_leaves_the_ends() -> None:
    hard, soft = (apply_grade(RAMP, Grade(contrast=c))[0, :, 0].astype(int) for c in (1.5, 0.6))
    assert (hard[0], hard[255], soft[0], soft[255]) == (0, 255, 0, 255)
    assert abs(hard[113] - 113) <= 1 and abs(soft[113] - 113) <= 1  # where metered middle grey comes out
    assert hard[60] < 50 < 70 < soft[60] and hard[180] > 190 > 175 > soft[180]


def test_the_slope_of_contrast_is_its_number() -> None:
    x = np.array([0.54, 0.56], np.float32)
    low, high = contrast_curve(x, 1.4, 0.55)
    assert (high - low) / 0.02 == pytest.approx(1.4, rel=0.03)
    assert contrast_curve(x, 1.0, 0.55) is x


def test_lift_raises_black_to_its_code_and_keeps_white() -> None:
    out = apply_grade(RAMP, Grade(lift=0.1))[0, :, 0].astype(int)
    assert abs(out[0] - 26) <= 1 and out[255] == 255
    assert abs(out[128] - (26 + 0.9 * 128)) <= 2


def test_tints_colour_their_end_and_leave_black_and_white_alone() -> None:
    teal, amber = tint_of("1f6f78"), (0.01, 0.04)
    shadows = apply_grade(RAMP, Grade(shadow_tint=(teal[0] / 2, teal[1] / 2)))[0].astype(int)
    lights = apply_grade(RAMP, Grade(highlight_tint=amber))[0].astype(int)
    assert (shadows[0] == 0).all() and (shadows[255] >= 254).all() and (lights[0] == 0).all()
    assert shadows[60, 2] - shadows[60, 0] > 15 and abs(shadows[230, 2] - shadows[230, 0]) <= 3
    assert lights[200, 0] - lights[200, 2] > 15 and abs(lights[40, 0] - lights[40, 2]) <= 3


def test_warmer_is_redder_white_keeps_its_luminance_and_colder_undoes_it() -> None:
    warm = white_shift(60) @ np.ones(3)
    assert warm[0] > 1.1 > 0.8 > warm[2] and warm @ np.array([0.2126, 0.7152, 0.0722]) == pytest.approx(1, abs=1e-3)
    undone = white_shift(-60).astype(float) @ white_shift(60)
    assert undone / undone[1, 1] == pytest.approx(np.eye(3), abs=2e-3)
    # The white of 6500 K is moved onto that of the black body so many mired warmer.
    shown = white_shift(1e6 / 3200 - 1e6 / 6500) @ kelvin_to_rgb(6500)
    target = kelvin_to_rgb(3200)
    assert shown / shown[1] == pytest.approx(target / target[1], rel=2e-3)


# --- any grade --------------------------------------------------------------------------------------------------


@some
@given(grades)
def test_lighter_stays_lighter(grade: Grade) -> None:
    light = lightness(after_view(RAMP.astype(np.float32) / 255, grade)[0].astype(float))
    step = lightness(np.full(3, 1 / 255))
    # A tint at equal lightness shifts luminance a little: no more than a code value is allowed.
    assert np.diff(light).min() > -0.15 * step


@some
@given(grades)
def test_greys_are_in_strict_order_without_tints(grade: Grade) -> None:
    plain = grade.model_copy(update={"shadow_tint": (0.0, 0.0), "highlight_tint": (0.0, 0.0)})
    light = lightness(after_view(RAMP.astype(np.float32) / 255, plain)[0].astype(float))
    assert np.diff(light).min() >= -1e-6


@some
@given(grades)
def test_black_stays_black_without_lift(grade: Grade) -> None:
    out = apply_grade(np.zeros((2, 2, 3), np.uint8), grade.model_copy(update={"lift": 0.0}))
    assert (out == 0).all()


@pytest.mark.parametrize("name", sorted(MOODS))
def test_no_mood_pushes_skin_out_of_the_display(name: str) -> None:
    levers = MOODS[name].levers
    grade = Grade(saturation=levers.saturation or 1, contrast=levers.picture_contrast or 1,
                  shadow_tint=levers.shadow_tint or (0, 0), highlight_tint=levers.highlight_tint or (0, 0),
                  lift=levers.lift or 0)  # fmt: skip
    shown = after_view(SKIN, grade)[0]
    assert (shown > 0).all() and (shown < 1).all()
    light = lightness(shown.astype(float))
    assert (np.diff(light) < 0).all()  # fair stays lighter than deep
    warm = shown[:, 0] - shown[:, 2]
    assert (warm > -0.02).all()  # and no skin turns blue


@some
@given(grades)
def test_the_table_is_the_formula(grade: Grade) -> None:
    """On noise, which has every colour that there is; the edge of the display's colours bends more than 33 steps can
    follow."""
    mild = grade.model_copy(update={"contrast": min(max(grade.contrast, 0.75), 1.45),
                                    "saturation": min(grade.saturation, 1.3)})  # fmt: skip
    code = photo().astype(np.float32) / 255
    exact = graded(code, mild.saturation, mild.contrast, mild.shadow_tint, mild.highlight_tint, mild.lift)
    off = np.abs(after_view(code, mild) - exact) * 255
    assert off.mean() < 0.6 and np.quantile(off, 0.9) < 2


def test_a_finished_picture_is_graded_as_a_developed_one() -> None:
    grade = Grade(temperature_mired=20, saturation=0.8, contrast=1.1)
    dim = np.full((2, 2, 3), (60, 70, 80), np.uint8)
    out = apply_grade(dim, grade).astype(int)[0, 0]
    assert out[0] > 60 and out[2] < 80


# --- drawn styles -----------------------------------------------------------------------------------------------


def test_contrast_reaches_the_tones_of_drawn_styles() -> None:
    passes = still_life()
    plain, hard = values_of(passes, 0.0), values_of(passes, 0.0, 1.6)
    assert np.array_equal(plain, values_of(passes, 0.0, 1.0))
    assert hard.std() > plain.std()
