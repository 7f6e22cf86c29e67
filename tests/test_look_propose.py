"""A look from references: what it takes from them, one fit for all shots, and what it does with odd references."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from maquette.film.control_table import parse_setting
from maquette.film.errors import MediaError
from maquette.film.look import Colour, Finish
from maquette.imaging.oklab import code_to_oklab
from maquette.look.art import Art
from maquette.look.clusters import clustered
from maquette.look.colour import coloured
from maquette.look.propose import look_from

U8 = NDArray[np.uint8]


def art(pixels: U8, name: str = "a.png") -> Art:
    height, width = pixels.shape[:2]
    return Art(name, ".png", width, height, pixels, np.ones((height, width), bool))


def shot(base: tuple[int, int, int], seed: int) -> U8:
    """A room with a lit wall, a person's face and something blue."""
    y, x = np.mgrid[0:90, 0:160] / np.array([90, 160])[:, None, None]
    light = 0.25 + 0.75 * np.exp(-((x - 0.3) ** 2 + (y - 0.4) ** 2) / 0.15)
    picture = np.array(base) * light[..., None]
    picture[(np.hypot(x - 0.6, (y - 0.4) * 0.7) < 0.13)] = (198, 140, 104)
    picture[(x > 0.8) & (y > 0.5)] = (40, 60, 130)
    picture[y > 0.92] = (3, 3, 4)
    noise = np.random.default_rng(seed).normal(0, 1.5, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


@pytest.fixture(scope="module")
def film() -> list[U8]:
    return [shot((210, 200, 190), 1), shot((120, 118, 125), 2), shot((40, 44, 60), 3)]


@pytest.fixture(scope="module")
def references() -> ModuleType:
    path = Path(__file__).resolve().parents[1] / "tools" / "reference_art.py"
    found = importlib.util.spec_from_file_location("reference_art", path)
    assert found is not None and found.loader is not None
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def night(references: ModuleType) -> U8:
    return references.night_harbour()


def mean(picture: U8) -> NDArray[np.float32]:
    return code_to_oklab(picture).reshape(-1, 3).mean(axis=0)


def test_the_film_goes_towards_the_reference(film: list[U8], night: U8) -> None:
    look = look_from("night", [art(night)], film)
    colours = [coloured(p, look.recipe.colour) for p in film]
    before = np.mean([np.abs(mean(p) - mean(night)) for p in film], axis=0)
    after = np.mean([np.abs(mean(p) - mean(night)) for p in colours], axis=0)
    assert after[0] < 0.85 * before[0] and after[1:].sum() < before[1:].sum()
    dark = np.concatenate([code_to_oklab(p)[:12, 100:].reshape(-1, 3) for p in (colours[1], colours[2])])
    assert dark[:, 1].mean() < -0.003  # shadows go to teal


def test_one_fit_serves_all_shots(film: list[U8], night: U8) -> None:
    look = look_from("night", [art(night)], film)
    assert len(look.recipe.colour.fits) == 1
    # The same colour in two shots is the same colour afterwards.
    patch = np.full((4, 4, 3), (150, 120, 90), np.uint8)
    joined = [np.concatenate([patch, p[:4, :4]]) for p in film]
    assert len({coloured(p, look.recipe.colour)[:4].tobytes() for p in joined}) == 1
    assert look == look_from("night", [art(night)], film)


def test_tones_keep_their_order_and_do_not_band(film: list[U8], references: ModuleType) -> None:
    greys = np.arange(256, dtype=np.uint8)[None, :, None].repeat(3, axis=2)
    for make in references.ART.values():
        look = look_from("x", [art(make())], film)
        light = code_to_oklab(coloured(greys, look.recipe.colour))[0, :, 0]
        assert np.diff(light).min() > -0.004
        assert np.abs(np.diff(coloured(greys, look.recipe.colour).astype(int), axis=1)).max() <= 5


def test_skin_still_looks_like_skin(film: list[U8], references: ModuleType) -> None:
    face = np.array([[(198, 140, 104), (232, 185, 154), (125, 75, 47)]], np.uint8)
    for name, make in references.ART.items():
        if name == "black-and-white":
            continue
        lab = code_to_oklab(coloured(face, look_from("x", [art(make())], film).recipe.colour))[0]
        hue = np.degrees(np.arctan2(lab[:, 2], lab[:, 1]))
        assert ((hue > 38) & (hue < 82)).all() and np.hypot(lab[:, 1], lab[:, 2]).min() > 0.03, name


def test_black_stays_black_unless_the_reference_lifts_it(film: list[U8], references: ModuleType) -> None:
    black = np.zeros((4, 4, 3), np.uint8)
    for name, make in references.ART.items():
        shown = coloured(black, look_from("x", [art(make())], film).recipe.colour)
        assert (shown.mean() > 25) if name == "faded-photograph" else (shown.max() == 0), name


def test_a_black_and_white_reference_gives_black_and_white(film: list[U8], references: ModuleType) -> None:
    look = look_from("bw", [art(references.hard_black_and_white())], film)
    shown = coloured(film[0], look.recipe.colour)
    assert (shown == shown[..., :1]).all() and "black and white" in look.notes
    assert look.recipe.finish.grain > 0.2
    assert not any(s.control == "key-kelvin" for s in look.suggestions)


def test_film_and_lens_are_taken_where_they_show(film: list[U8], references: ModuleType) -> None:
    assert look_from("x", [art(references.faded_photograph())], film).recipe.finish.grain > 0.4
    for make in (references.night_harbour, references.starry_strokes):  # strokes are no grain
        assert look_from("x", [art(make())], film).recipe.finish == Finish()


def test_the_palette_is_the_reference_s(film: list[U8]) -> None:
    picture = np.zeros((60, 100, 3), np.uint8)
    picture[:, :60], picture[:, 60:90], picture[:, 90:] = (32, 60, 140), (240, 208, 80), (20, 30, 20)
    look = look_from("x", [art(picture)], film)
    assert [s.colour for s in look.palette] == ["#203c8c", "#f0d050", "#141e14"]
    assert [s.share for s in look.palette] == pytest.approx([0.6, 0.3, 0.1], abs=0.02)
    assert look.recipe.palette == tuple(s.colour for s in look.palette)


def test_light_is_suggested_in_controls_and_never_applied(film: list[U8], night: U8) -> None:
    look = look_from("x", [art(night)], film[:1])
    stated = {s.control: parse_setting(f"{s.control}={s.value}")[1] for s in look.suggestions}
    assert stated["exposure"] < 0 and stated["key-kelvin"] < 4000 and stated["key-fill"] >= 3
    assert all(s.reason.endswith(".") for s in look.suggestions)


def test_a_cold_flat_bright_reference_suggests_the_opposite(film: list[U8]) -> None:
    y, x = np.mgrid[0:60, 0:100] / 100
    pale = np.stack([150 + 50 * x, 178 + 44 * x, 226 + 20 * y], axis=2).astype(np.uint8)
    look = look_from("x", [art(pale)], film)
    stated = {s.control: parse_setting(f"{s.control}={s.value}")[1] for s in look.suggestions}
    assert stated["exposure"] > 0 and stated["key-kelvin"] > 4800 and stated["key-fill"] <= 2


def test_without_pictures_it_says_so(night: U8) -> None:
    look = look_from("x", [art(night)], [])
    assert "No picture of the film" in look.notes and look.recipe.colour != Colour()
    assert not any(s.control == "exposure" for s in look.suggestions)


# --- odd references ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "word"), [((0, 0, 0), "black"), ((128, 128, 128), "grey"), ((200, 40, 40), "colour")]
)
def test_a_reference_of_one_colour_teaches_nothing(
    film: list[U8], night: U8, value: tuple[int, int, int], word: str
) -> None:
    blank = np.full((50, 80, 3), value, np.uint8)
    with pytest.raises(MediaError, match="flat colour or black"):
        look_from("x", [art(blank)], film)
    look = look_from("x", [art(blank, "blank.png"), art(night)], film)
    assert "blank.png" in look.notes and word in look.notes and "left out" in look.notes
    assert look.recipe == look_from("x", [art(night)], film).recipe


def test_an_almost_black_reference_is_used_and_said(film: list[U8]) -> None:
    dark = (shot((60, 66, 80), 5) * 0.12).astype(np.uint8)
    look = look_from("x", [art(dark, "dark.png")], film)
    assert "dark.png is almost black" in look.notes
    assert mean(coloured(film[0], look.recipe.colour))[0] < mean(film[0])[0]


def test_forty_clashing_references_use_the_largest_group(film: list[U8], references: ModuleType) -> None:
    rng = np.random.default_rng(3)

    def like(picture: U8, count: int, name: str) -> list[Art]:
        parts = []
        for i in range(count):
            x = int(rng.integers(0, 200))
            parts.append(art(picture[:, x : x + 700], f"{name}{i}.png"))
        return parts

    many = [
        *like(references.faded_photograph(), 8, "faded"),
        *like(references.night_harbour(), 20, "night"),
        *like(references.starry_strokes(), 12, "stars"),
    ]
    look = look_from("x", many, film)
    assert "3 different kinds" in look.notes and "20 of 40" in look.notes
    assert "faded0.png" in look.notes and "stars0.png" in look.notes
    assert look.recipe.finish == Finish()
    only = look_from("x", many[8:28], film)
    assert look.recipe == only.recipe


def test_two_different_references_are_both_used(film: list[U8], references: ModuleType) -> None:
    both = look_from("x", [art(references.night_harbour(), "a"), art(references.starry_strokes(), "b")], film)
    assert "different kinds" in both.notes and "mix" in both.notes
    with pytest.raises(MediaError, match="at least one"):
        look_from("x", [], film)


def test_clusters_are_the_colours_that_are_there() -> None:
    points = np.concatenate([np.full((30, 3), 0.2), np.full((10, 3), 0.8)]).astype(np.float32)
    centres, shares = clustered(points, 6, (1, 1, 1))
    order = np.argsort(-shares)
    assert centres[order][:, 0] == pytest.approx([0.2, 0.8]) and shares[order] == pytest.approx([0.75, 0.25])
