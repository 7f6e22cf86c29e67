"""The cast list: who is in it, which names are one person, and the words about each."""

from __future__ import annotations

import pytest

from maquette.film.screenplay import Character, Screenplay
from maquette.script import parse_text
from maquette.script.ages import stated_age, worded_age


def read(action: str, *cues: str) -> Screenplay:
    return parse_text(f"INT. ROOM - DAY\n\n{action}\n\n" + "".join(f"{cue}\nHello.\n\n" for cue in cues))


def person(action: str, *cues: str) -> Character:
    (found,) = read(action, *cues).cast
    return found


def test_introduction_in_full() -> None:
    mara = person(
        "MARA KELL (40s), a wiry lighthouse keeper in a yellow oilskin coat, cropped white hair, climbs. She limps.",
        "MARA",
    )
    assert mara.model_dump(exclude={"introduced"}) == {
        "name": "MARA",
        "speaks": True,
        "description": "MARA KELL (40s), a wiry lighthouse keeper in a yellow oilskin coat, cropped white hair, "
        "climbs.",
        "age_years": 45,
        "sex": "female",
        "build": ("wiry",),
        "clothes": ("yellow oilskin coat",),
        "hair": ("cropped white hair",),
        "words": ("lighthouse", "keeper"),
    }
    assert mara.introduced is not None and mara.introduced.line == 3


@pytest.mark.parametrize(
    "action",
    [
        "BANG! The door flies open.",
        "A PHONE rings. SUDDENLY the LIGHTS go out.",
        "THUNDER rolls. SILENCE.",
        "The HMS VICTORY, 200 years old, rocks.",
        "A sign reads: CLOSED.",
        'He reads "DO NOT ENTER" aloud.',
        "Two COPS and several PASSENGERS run.",
        "A DOG barks at a TRUCK.",
        "REX, a German shepherd (5), sleeps.",
        "CLOSE ON THE CLOCK",
        "SUPER: LONDON, 1944",
        "The LETTER, yellowed, lies on the TABLE.",
        "A BUICK (1950s) pulls up.",
        "The TV shows an FBI press conference.",
    ],
)
def test_capitals_that_are_no_person(action: str) -> None:
    assert read(action).cast == ()


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("40s", 45),
        ("mid-30s", 35),
        ("late teens", 18),
        ("17", 17),
        ("early 20s", 22),
        ("late 50s", 58),
        ("40's", 45),
        ("seven years old", 7),
        ("seventy-two", 72),
        ("a 34-year-old", 34),
        ("in her forties", 45),
        ("mid-thirties", 35),
        ("forty-something", 45),
        ("30ish", 30),
        ("30-35", 32),
        ("pushing 60", 58),
        ("aged 12", 12),
        ("early to mid 30s", 35),
        ("teens", 16),
        ("elderly", 75),
        ("a child", 8),
        ("middle-aged", 50),
        ("teenage", 16),
        ("8 months old", 0),
        ("60+", 60),
    ],
)
def test_ages(words: str, years: int) -> None:
    assert person(f"ROBIN LAKE ({words}) enters.").age_years == years


@pytest.mark.parametrize("words", ["40 metres away", "the 1940s", "30 seconds", "number 7", "it is 7 o'clock"])
def test_numbers_that_are_no_age(words: str) -> None:
    assert stated_age(words) is None and worded_age(words) is None


@pytest.mark.parametrize(
    ("action", "sex"),
    [
        ("ROBIN (30s), a tall woman, enters.", "female"),
        ("ROBIN (30s) enters. He sits.", "male"),
        ("ROBIN (30s) rubs her eyes.", "female"),
        ("ROBIN (F, 30s) enters.", "female"),
        ("ROBIN (30s, he/him) enters.", "male"),
        ("MR. ABBOTT (80) enters.", "male"),
        ("A WAITRESS (20) enters.", "female"),
        ("ROBIN (60s), his mother, enters.", "female"),
        ("ROBIN (30s) enters.", None),
        ("ROBIN (30s) enters.\n\nRobin looks at the door. She waits.", "female"),
    ],
)
def test_sex(action: str, sex: str | None) -> None:
    assert person(action).sex == sex


@pytest.mark.parametrize(
    ("action", "build", "clothes", "hair"),
    [
        (
            "A WOMAN (30s) in a long, dirty coat stands. She has red hair tied back in a ponytail.",
            (),
            ("long, dirty coat",),
            ("red hair tied back in a ponytail",),
        ),
        (
            "KATE (30ish, athletic, cropped blonde hair, leather jacket) steps off.",
            ("athletic",),
            ("leather jacket",),
            ("cropped blonde hair",),
        ),
        (
            "SAM HILL (15), lanky, with a mop of red hair, enters. He wears a hoodie and torn jeans.",
            ("lanky",),
            ("hoodie", "torn jeans"),
            ("mop of red hair",),
        ),
        ("ELENA (40s), her black hair streaked with grey, stirs a pot.", (), (), ("black hair streaked with grey",)),
        (
            "A tall, wiry man in a grey suit, WENDELL PRICE, 50s, sits behind a large desk.",
            ("tall", "wiry"),
            ("grey suit",),
            (),
        ),
        (
            "OLD WITHERS (80), bald, in a black and white shirt, takes a coat from a coat rack.",
            (),
            ("black and white shirt",),
            ("bald",),
        ),
        ("IDA (9), all in black, short curly hair, holds a large bag.", (), ("black",), ("short curly hair",)),
        ("JON (50s), of slim build, with a full beard, sits on a small chair.", ("slim",), (), ("full beard",)),
    ],
)
def test_looks(action: str, build: tuple[str, ...], clothes: tuple[str, ...], hair: tuple[str, ...]) -> None:
    found = person(action)
    assert (found.build, found.clothes, found.hair) == (build, clothes, hair)


def test_two_in_one_sentence_keep_their_own_words() -> None:
    jack, lily = read(
        "JACK (8), in a red cap, and his tall sister LILY (11), in a green dress, run across the sand."
    ).cast
    assert (jack.name, jack.age_years, jack.clothes, jack.build) == ("JACK", 8, ("red cap",), ())
    assert (lily.name, lily.age_years, lily.sex, lily.clothes, lily.build) == (
        "LILY",
        11,
        "female",
        ("green dress",),
        ("tall",),
    )


def test_fragments_after_the_introduction() -> None:
    kid = person("We see THE KID. Ten, maybe eleven. Freckles, oversized denim jacket.", "KID")
    assert (kid.age_years, kid.clothes) == (10, ("oversized denim jacket",))


def test_one_person_by_several_names() -> None:
    script = read(
        'DEPUTY RUTH OKAFOR (30s) meets ROBERT "BOB" HALE (60s) and PROFESSOR ELIAS HART, 55.',
        "RUTH", "BOB", "HART", "RUTH OKAFOR (V.O.)", "RUTH'S VOICE", "THE STRANGER", "STRANGER",
    )  # fmt: skip
    assert [c.name for c in script.cast] == ["RUTH", "BOB", "HART", "THE STRANGER"]
    assert [c.age_years for c in script.cast] == [35, 65, 55, None]
    assert {e.character for e in script.elements if e.character} == {"RUTH", "BOB", "HART", "THE STRANGER"}


def test_people_who_are_not_one() -> None:
    cues = ("TOM", "YOUNG TOM", "TOM'S FATHER", "MAN", "OLD MAN", "MAN #1", "MAN #2", "MR. KELL", "MRS. KELL")
    assert [c.name for c in read("Rain.", *cues).cast] == list(cues)


def test_joint_and_group_cues_add_nobody() -> None:
    script = read("Rain.", "MARA", "TOM", "MARA AND TOM", "ALL")
    assert [c.name for c in script.cast] == ["MARA", "TOM"]
    assert script.scenes[0].characters == ("MARA", "TOM")


def test_who_is_in_a_scene() -> None:
    script = parse_text(
        "INT. A - DAY\n\nMARA KELL (40s) enters with WILL (20) and an OLD MAN.\n\nMARA\nHello.\n\n"
        "INT. B - DAY\n\nWill the rain stop? Nobody knows. Mara's house is empty.\n\n"
        "INT. C - DAY\n\nThe old man reads. Will sits by Mara's hand.\n\n"
        "INT. D - DAY\n\nKell looks at the price.\n\nTOM (V.O.)\nGone.\n"
    )
    assert [s.characters for s in script.scenes] == [
        ("MARA", "WILL", "OLD MAN"),
        (),
        ("OLD MAN", "WILL", "MARA"),
        ("MARA", "TOM"),
    ]
    assert [(c.name, c.speaks) for c in script.cast] == [
        ("MARA", True),
        ("WILL", False),
        ("OLD MAN", False),
        ("TOM", True),
    ]
