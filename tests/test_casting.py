"""The script's words and the seed -> one fixed look."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from maquette.direct.casting import cast_identity
from maquette.direct.colours import CLOTH, colour_distance, lab, named_colours
from maquette.direct.wardrobe import main_garment, read_garments
from maquette.film.cast import Beard, GarmentKind, HairStyle, Identity, Pattern
from maquette.film.screenplay import Character
from maquette.script.read import parse_text

EXAMPLES = Path(__file__).parent.parent / "examples"
TOPS = {k for k in GarmentKind if k.value in ("t-shirt", "shirt", "blouse", "sweater", "dress", "uniform")}
BOTTOMS = {k for k in GarmentKind if k.value in ("trousers", "jeans", "skirt", "shorts", "dress", "uniform")}
SHOES = {GarmentKind.SHOES, GarmentKind.BOOTS}


def person(name: str = "SAM", **about: object) -> Character:
    return Character.model_validate({"name": name, "speaks": True, **about})


@pytest.fixture(scope="module")
def ferry() -> dict[str, Identity]:
    play = parse_text((EXAMPLES / "the-last-ferry.fountain").read_text(), "the-last-ferry.fountain")
    taken: list[Identity] = []
    for character in play.cast:
        taken.append(cast_identity(character, 11, taken))
    return {i.name: i for i in taken}


def test_the_script_decides_what_it_says(ferry: dict[str, Identity]) -> None:
    mara, price, ruth, ines, tom = (ferry[n] for n in ("MARA", "PRICE", "RUTH", "INES", "TOM"))
    assert (mara.age_years, mara.hair_style, mara.female > 0.9) == (45, HairStyle.SHORT, True)
    assert mara.height_m > 1.68 and mara.weight < 0.4
    assert lab(mara.hair)[0] > 80, "white hair"
    coat = main_garment(mara.wardrobe)
    assert coat.kind is GarmentKind.COAT and colour_distance(coat.color, CLOTH["yellow"]) < 12
    assert (price.hair_style, price.beard) == (HairStyle.RECEDING, Beard.FULL)
    assert {GarmentKind.SUIT_JACKET, GarmentKind.TIE, GarmentKind.TROUSERS} <= {g.kind for g in price.wardrobe}
    assert ruth.hair_style is HairStyle.BUN and ruth.wardrobe[0].kind is GarmentKind.UNIFORM
    assert ines.weight > 0.7 and ines.height_m < 1.58
    assert GarmentKind.APRON in {g.kind for g in ines.wardrobe}
    assert tom.hair_style is HairStyle.CURLY and tom.beard is Beard.NONE
    assert tom.wardrobe[0].pattern is Pattern.STRIPES
    assert "yellow oilskin coat" in mara.sources["wardrobe"] and mara.sources["height_m"] == "tall"


def test_families_take_after_each_other(ferry: dict[str, Identity]) -> None:
    assert ferry["TOM"].ethnicity == pytest.approx(ferry["MARA"].ethnicity, abs=0.06)
    assert "MARA" in ferry["TOM"].sources["ethnicity"]


def test_equal_arguments_give_equal_people_and_the_seed_matters() -> None:
    assert cast_identity(person(), 3) == cast_identity(person(), 3)
    assert cast_identity(person(), 3).digest() != cast_identity(person(), 4).digest()
    assert cast_identity(person("SAM"), 3).face != cast_identity(person("MAX"), 3).face


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_ten_unknown_people_are_told_apart_and_dressed(seed: int) -> None:
    taken: list[Identity] = []
    for name in ("ANNA", "BEN", "CLEO", "DAN", "EVA", "FINN", "GRETA", "HUGO", "IDA", "JOE"):
        taken.append(cast_identity(person(name), seed, taken))
    for identity in taken:
        kinds = {g.kind for g in identity.wardrobe}
        assert kinds & TOPS and kinds & BOTTOMS and kinds & SHOES, identity.name
        assert len(kinds) == len(identity.wardrobe)
        assert sum(identity.ethnicity) == pytest.approx(1) and min(identity.ethnicity) >= 0
        assert all(
            0 <= c <= 1 for g in (identity.skin, identity.hair, identity.brow, identity.iris, identity.lips) for c in g
        )
        assert all(-1 <= v <= 1 for v in identity.face.values())
        assert set(identity.sources) >= {"female", "age_years", "hair", "hair_style", "skin", "wardrobe", "height_m"}
    for i, one in enumerate(taken):
        for other in taken[:i]:
            hair = colour_distance(one.hair, other.hair) > 18 or one.hair_style != other.hair_style
            cloth = colour_distance(main_garment(one.wardrobe).color, main_garment(other.wardrobe).color) > 14
            assert hair or cloth, (one.name, other.name)


@pytest.mark.parametrize("seed", range(8))
def test_children_are_small_and_beardless_and_the_old_go_grey(seed: int) -> None:
    child = cast_identity(person("BOY", sex="male", age_years=7), seed)
    assert child.height_m < 1.4 and child.beard is Beard.NONE
    assert child.hair_style not in (HairStyle.BALD, HairStyle.RECEDING)
    old = cast_identity(person("OLD MAN", sex="male", age_years=82), seed)
    a, b = lab(old.hair)[1:]
    assert lab(old.hair)[0] > 50 and np.hypot(a, b) < 14
    assert cast_identity(person("ANNA", sex="female", age_years=30), seed).beard is Beard.NONE


@pytest.mark.parametrize(
    ("name", "words", "kinds"),
    [
        ("WAITRESS", ("waitress",), {GarmentKind.DRESS, GarmentKind.APRON}),
        ("COP", ("cop",), {GarmentKind.UNIFORM, GarmentKind.BOOTS}),
        ("DR. KANE", ("doctor",), {GarmentKind.COAT, GarmentKind.SHIRT}),
        ("BANKER", ("businessman",), {GarmentKind.SUIT_JACKET, GarmentKind.TIE}),
        ("KEEPER", ("keeper",), {GarmentKind.JACKET, GarmentKind.CAP}),
        ("SOLDIER", ("soldier",), {GarmentKind.UNIFORM}),
    ],
)
def test_trades_dress_people(name: str, words: tuple[str, ...], kinds: set[GarmentKind]) -> None:
    identity = cast_identity(person(name, words=words), 5)
    assert kinds <= {g.kind for g in identity.wardrobe}
    assert words[0] in identity.sources["wardrobe"]


def test_stated_clothes_outrank_the_trade() -> None:
    identity = cast_identity(person("COP", words=("cop",), clothes=("red dress",)), 5)
    assert GarmentKind.UNIFORM not in {g.kind for g in identity.wardrobe}


def test_sex_comes_from_words_then_names_then_the_seed() -> None:
    assert cast_identity(person("LITTLE GIRL"), 1).female > 0.9
    named = cast_identity(person("HANNAH"), 1)
    assert named.female > 0.9 and "guess from the name" in named.sources["female"]
    assert cast_identity(person("HANNAH", sex="male"), 1).female < 0.1
    assert cast_identity(person("ZORP"), 1).sources["female"] == "seed"


@pytest.mark.parametrize(
    ("phrase", "kind", "colour", "pattern"),
    [
        ("yellow oilskin coat", GarmentKind.COAT, "yellow", Pattern.PLAIN),
        ("mustard cardigan", GarmentKind.JACKET, "mustard", Pattern.KNIT),
        ("a checked shirt", GarmentKind.SHIRT, None, Pattern.PLAID),
        ("polka-dot dress", GarmentKind.DRESS, None, Pattern.DOTS),
        ("navy blue trousers", GarmentKind.TROUSERS, "navy", Pattern.PLAIN),
        ("round glasses", GarmentKind.GLASSES, "black", Pattern.PLAIN),
        ("teal woolly hat", GarmentKind.CAP, "teal", Pattern.KNIT),
        ("faded jeans", GarmentKind.JEANS, "denim", Pattern.PLAIN),
    ],
)
def test_clothes_phrases(phrase: str, kind: GarmentKind, colour: str | None, pattern: Pattern) -> None:
    garment = read_garments([phrase], np.random.default_rng(0))[0]
    assert (garment.kind, garment.pattern) == (kind, pattern)
    if colour:
        assert colour_distance(garment.color, CLOTH[colour]) < 12
    if pattern is not Pattern.PLAIN:
        assert garment.accent is not None and colour_distance(garment.accent, garment.color) > 10


def test_a_suit_has_its_trousers_and_two_colours_make_an_accent() -> None:
    made = read_garments(["grey suit", "black and white striped shirt"], np.random.default_rng(0))
    assert [g.kind for g in made] == [GarmentKind.SUIT_JACKET, GarmentKind.TROUSERS, GarmentKind.SHIRT]
    assert made[0].color == made[1].color
    assert made[2].accent is not None and colour_distance(made[2].accent, CLOTH["white"]) < 3


def test_colour_names_and_lab() -> None:
    assert len(CLOTH) >= 80
    assert [n for n, _ in named_colours("a navy blue coat over light blue jeans", CLOTH)] == ["navy blue", "light blue"]
    dark = named_colours("dark teal", CLOTH)[0][1]
    assert lab(dark)[0] < lab(CLOTH["teal"])[0]
    assert lab((1.0, 1.0, 1.0)) == pytest.approx([100, 0, 0], abs=0.02)
    assert lab((0.2126, 0.2126, 0.2126))[0] == pytest.approx(53.2, abs=0.1)
