# pyright: reportAttributeAccessIssue=false
"""A look's colours: what stays, what moves, and that a table, a LUT and a mix are what they say."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import PyOpenColorIO as ocio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from maquette.deliver.lut import Monitor, write_look_lut
from maquette.film.errors import UsageError
from maquette.film.look import (
    Balance,
    Colour,
    ColourFit,
    Finish,
    Hand,
    Look,
    Protection,
    Recipe,
    Swatch,
    Tone,
    WeightedFit,
)
from maquette.film.style import PanelStyle
from maquette.imaging.lut3d import Cube, grid
from maquette.imaging.oklab import code_to_oklab
from maquette.look.colour import balanced, coloured, cube_of, fit_shift, named_share, skin_share, table_of, tone_curve
from maquette.look.mix import mixed, mixed_recipe
from maquette.look.starts import STARTS, start_named

U8 = NDArray[np.uint8]
TO_TEAL = WeightedFit(fit=ColourFit(pairs=(((0.5, 0.0, 0.0), (0.5, -0.05, -0.03)),)))
SKIN = ("#f6d9c6", "#e8b99a", "#c68c68", "#a56b46", "#7d4b2f", "#4a2c20")


def rgb(text: str) -> list[int]:
    return [int(text[i : i + 2], 16) for i in (1, 3, 5)]


def patch(*colours: str) -> U8:
    """(1, N, 3)"""
    return np.array([[rgb(c) for c in colours]], np.uint8)


@pytest.fixture(scope="module")
def noise() -> U8:
    return np.random.default_rng(4).integers(0, 256, (60, 80, 3), dtype=np.uint8)


@pytest.fixture(scope="module")
def greys() -> U8:
    return np.arange(256, dtype=np.uint8)[None, :, None].repeat(3, axis=2)


def test_a_plain_look_gives_the_same_array_back(noise: U8) -> None:
    assert coloured(noise, Colour()) is noise
    assert coloured(noise, Colour(contrast=2.0), intensity=0) is noise
    assert coloured(noise, Colour(fits=(TO_TEAL.model_copy(update={"weight": 0.0}),))) is noise
    assert np.array_equal(table_of(Colour()), grid())


def test_the_identity_table_changes_no_code(noise: U8) -> None:
    assert np.array_equal(Cube(grid()).codes(noise), noise)


def test_tables_with_the_same_extremes_are_not_taken_for_one_another(greys: U8) -> None:
    one, other = Cube(grid() ** 2), Cube(grid() ** 0.5)
    assert one.codes(greys)[0, 128, 0] == pytest.approx(128**2 / 255, abs=1)
    assert other.codes(greys)[0, 128, 0] == pytest.approx((128 * 255) ** 0.5, abs=1)


def test_no_saturation_is_exactly_grey(noise: U8) -> None:
    shown = coloured(noise, Colour(saturation=0.0, contrast=1.3))
    assert (shown == shown[..., :1]).all()


def test_the_tone_curve_is_met_on_greys(greys: U8) -> None:
    shown = coloured(greys, Colour(tone=Tone(points=((0.0, 0.2), (0.5, 0.6), (1.0, 0.9)))))
    light = code_to_oklab(shown)[0, :, 0]
    assert light[0] == pytest.approx(0.2, abs=0.01) and light[-1] == pytest.approx(0.9, abs=0.005)
    middle = int(np.abs(code_to_oklab(greys)[0, :, 0] - 0.5).argmin())
    assert light[middle] == pytest.approx(0.6, abs=0.01)
    assert np.ptp(shown.astype(int), axis=2).max() <= 1


def test_a_balance_is_the_cdl() -> None:
    code = np.array([0.5, 0.25, 1.0], np.float32)
    found = balanced(code, Balance(slope=(1.2, 1.0, 1.0), offset=(0.0, 0.05, 0.0), power=(1.0, 2.0, 0.5)))
    assert found == pytest.approx([0.6, 0.09, 1.0])
    picture = patch("#808080")
    shown = coloured(picture, Colour(balance=Balance(slope=(1.2, 1.0, 0.5))))
    assert shown[0, 0].tolist() == pytest.approx([128 * 1.2, 128, 64], abs=1.01)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.floats(0, 0.4), st.floats(0.3, 1.7)), min_size=2, max_size=6), st.floats(0.5, 2))
def test_lighter_stays_lighter(steps: list[tuple[float, float]], contrast: float) -> None:
    ins = np.cumsum([0.05 + a for a, _ in steps])
    outs = np.cumsum([b for _, b in steps])
    points = tuple((float(x), float(y)) for x, y in zip(ins / ins[-1], outs / outs[-1], strict=True))
    greys = np.arange(256, dtype=np.uint8)[None, :, None].repeat(3, axis=2)
    shown = coloured(greys, Colour(tone=Tone(points=points), contrast=contrast, fits=(TO_TEAL,)))
    light = code_to_oklab(shown)[0, :, 0]
    assert np.diff(light).min() > -0.004  # a code of rounding


def test_a_lonely_pair_is_met_and_far_colours_move_less_and_less() -> None:
    reach = TO_TEAL.fit.reach
    colours = np.array([(0.5, n * reach, 0.0) for n in range(6)], np.float32)
    shifts = fit_shift(colours, TO_TEAL.fit)
    assert shifts[0] == pytest.approx([0, -0.05, -0.03], abs=1e-5)
    share = shifts[:, 1] / -0.05
    assert (np.diff(share) < 0).all() and share[2] < 0.5 and share[5] < 0.04


def test_a_fit_is_smooth() -> None:
    """No steps: a ramp through colours has no jump of more than a few codes after the fit."""
    start, end = np.array(rgb("#102030"), float), np.array(rgb("#f0c080"), float)
    ramp = (start + (end - start) * np.linspace(0, 1, 400)[:, None])[None].round().astype(np.uint8)
    for look in STARTS.values():
        shown = coloured(ramp, look.recipe.colour).astype(int)
        assert np.abs(np.diff(shown, axis=1)).max() <= 4, look.name


def test_black_stays_black_under_a_fit(greys: U8) -> None:
    shown = coloured(greys, Colour(fits=(TO_TEAL,)))
    assert shown[0, 0].tolist() == [0, 0, 0]
    assert np.ptp(shown[0, :8].astype(int), axis=1).tolist() <= [0, 1, 1, 2, 2, 3, 3, 3]


def test_skin_keeps_its_colour() -> None:
    skin = patch(*SKIN)
    before = code_to_oklab(skin)
    for kept in (0.0, 1.0):
        colour = Colour(fits=(TO_TEAL,), protection=Protection(skin=kept))
        moved = np.abs(code_to_oklab(coloured(skin, colour)) - before)[..., 1:].max(axis=2)
        assert (moved.max() < 0.006) if kept else (moved.max() > 0.03)


def test_what_is_skin_and_what_is_not() -> None:
    skin = skin_share(code_to_oklab(patch(*SKIN)))
    others = skin_share(code_to_oklab(patch("#2040a0", "#208040", "#808080", "#ff0000", "#e0d020", "#a030a0")))
    assert skin.min() > 0.55 and others.max() < 0.15


@pytest.mark.parametrize("name", ["#b01c2e", "#204060", "#0a0505", "#e0d020", "#7f7f7f"])
def test_named_colours_stay(name: str) -> None:
    for colour in (
        Colour(saturation=0.0),
        Colour(contrast=1.8, fits=(TO_TEAL,), tone=Tone(points=((0, 0.2), (1, 0.9)))),
    ):
        kept = colour.model_copy(update={"protection": Protection(colours=(name,))})
        assert np.abs(coloured(patch(name), kept).astype(int) - rgb(name)).max() < 1
        assert np.abs(coloured(patch(name), colour).astype(int) - rgb(name)).max() >= 3 or name == "#7f7f7f"


def test_a_red_coat_stays_red_in_shade_and_others_go_grey() -> None:
    colour = Colour(saturation=0.0, protection=Protection(colours=("#b01c2e",)))
    lit, shade, blue = coloured(patch("#d0283c", "#6e101b", "#2040a0"), colour)[0].astype(int)
    assert lit[0] - lit[1] > 100 and shade[0] - shade[1] > 60 and np.ptp(blue) <= 1
    assert named_share(grid(5), ()).max() == 0


def test_intensity_is_a_share_of_the_way(noise: U8) -> None:
    colour = STARTS["bleach"].recipe.colour
    whole = coloured(noise, colour).astype(float)
    half = coloured(noise, colour, 0.5).astype(float)
    assert np.abs(half - (noise + whole) / 2).max() <= 1.01


def test_the_same_call_gives_the_same_bytes(noise: U8) -> None:
    colour = STARTS["two-strip"].recipe.colour
    first = coloured(noise, colour).tobytes()
    assert coloured(noise, colour.model_copy(deep=True)).tobytes() == first


# --- LUT --------------------------------------------------------------------------------------------------------


def read_back(path: Path, code: NDArray[np.float32]) -> NDArray[np.float32]:
    transform = ocio.FileTransform(str(path), interpolation=ocio.INTERP_TETRAHEDRAL)
    processor = ocio.Config.CreateRaw().getProcessor(transform).getDefaultCPUProcessor()
    shown = np.ascontiguousarray(code, np.float32).copy()
    processor.apply(ocio.PackedImageDesc(shown, shown.shape[1], shown.shape[0], 3))
    return shown


@pytest.mark.parametrize("name", STARTS)
def test_the_cube_shows_the_look_in_another_program(tmp_path: Path, noise: U8, name: str) -> None:
    recipe = STARTS[name].recipe
    notes = write_look_lut(tmp_path / "a.cube", recipe, cube_of(recipe.colour).floats, title=name)
    difference = np.abs(read_back(tmp_path / "a.cube", noise / np.float32(255)) * 255 - coloured(noise, recipe.colour))
    assert difference.max() <= 0.51  # the rounding of the picture
    assert "grain" in " ".join(notes) and "sRGB" in notes[0]


def test_the_cube_for_video_gives_the_same_light(tmp_path: Path, noise: U8) -> None:
    recipe = STARTS["golden hour print"].recipe
    notes = write_look_lut(
        tmp_path / "a.cube", recipe, cube_of(recipe.colour).floats, title="x", monitor=Monitor.REC709
    )  # fmt: skip
    linear = np.where(noise / 255 <= 0.04045, noise / 255 / 12.92, ((noise / 255 + 0.055) / 1.055) ** 2.4)
    video = read_back(tmp_path / "a.cube", (linear ** (1 / 2.4)).astype(np.float32))
    light = np.clip(video, 0, 1) ** 2.4
    again = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055) * 255
    difference = np.abs(again - coloured(noise, recipe.colour))
    assert np.quantile(difference, 0.99) <= 1.5 and difference.mean() < 0.4
    assert "gamma 2.4" in notes[0]


# --- mix --------------------------------------------------------------------------------------------------------

A = Look(name="A", recipe=STARTS["two-strip"].recipe, palette=(Swatch(colour="#112233", share=0.7),))
B = Look(name="B", recipe=STARTS["faded print"].recipe.model_copy(update={"style": PanelStyle.INK}))


def test_the_ends_of_a_mix_are_the_looks_themselves() -> None:
    assert mixed(A, B, 0, "C").recipe == A.recipe
    assert mixed(A, B, 1, "C").recipe == B.recipe
    assert mixed(A, A, 0.3, "C").recipe == A.recipe


def test_a_mix_goes_in_even_steps(noise: U8) -> None:
    shares = (0.0, 0.25, 0.5, 0.75, 1.0)
    shown = [code_to_oklab(coloured(noise, mixed_recipe(A.recipe, B.recipe, s).colour)) for s in shares]
    steps = [float(np.linalg.norm(b - a, axis=2).mean()) for a, b in pairwise(shown)]
    assert max(steps) < 1.35 * min(steps)
    whole = float(np.linalg.norm(shown[-1] - shown[0], axis=2).mean())
    assert sum(steps) < 1.25 * whole  # no detour


def test_what_cannot_lie_between_is_of_the_nearer() -> None:
    assert mixed(A, B, 0.3, "C").recipe.style is PanelStyle.PHOTO
    assert mixed(A, B, 0.7, "C").recipe.style is PanelStyle.INK
    hand = mixed_recipe(
        Recipe(hand=Hand(wash=0.2, line_colour="#000000")), Recipe(hand=Hand(wash=0.6, line_colour="#ffffff")), 0.5
    ).hand
    assert hand.wash == pytest.approx(0.4) and hand.line_colour == "#636363"  # Oklab lightness 0.5
    finish = mixed_recipe(Recipe(finish=Finish(grain=0.2)), Recipe(finish=Finish(grain=0.6)), 0.25).finish
    assert finish.grain == pytest.approx(0.3)


def test_mixes_of_mixes_do_not_grow() -> None:
    half = mixed(A, B, 0.5, "C")
    again = mixed(half, A, 0.5, "D").recipe.colour
    assert len(again.fits) == 2 and sum(f.weight for f in again.fits) == pytest.approx(1.0)


def test_a_mix_says_what_it_is_made_of() -> None:
    look = mixed(A, B, 0.3, "C")
    assert look.parents == (("A", 0.7), ("B", 0.3)) and look.palette[0].share == pytest.approx(0.49)
    with pytest.raises(UsageError, match="from 0"):
        mixed(A, B, 1.2, "C")


def test_ready_made_looks_are_found_by_name() -> None:
    assert start_named("Day for Night").name == "day-for-night"
    with pytest.raises(UsageError, match="did you mean bleach"):
        start_named("bleech")
    for look in STARTS.values():
        tone = tone_curve(look.recipe.colour.tone.points)
        assert np.diff(tone(np.linspace(0, 1, 100))).min() >= 0
