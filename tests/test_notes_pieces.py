"""The parts that notes are read with: words, clauses, numbers, word endings, typos, effects."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.direct.notes.arithmetic import PRIMES_MM, Effect, Op, parse_effect, settle
from maquette.direct.notes.items import cast_of, corrected, items_of
from maquette.direct.notes.lexicon import (
    Part,
    adverb,
    comparatives,
    edit_distance,
    lexicon,
    nearest_word,
    verb_forms,
)
from maquette.direct.notes.numbers import read_number
from maquette.direct.notes.text import clauses_of, plain, shortened, words_of
from maquette.film.control_table import CONTROLS, Kind
from maquette.film.errors import ControlError
from maquette.film.shot import ShotSize
from tests.notes_shot import now


def numbers(text: str) -> tuple[float, str, int] | None:
    words = [w.text for w in words_of(plain(text))]
    found = read_number(words, 0)
    return (round(found[0].value, 4), found[0].unit, found[1]) if found else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("85mm", (85, "mm", 2)),
        ("eighty five mil", (85, "mm", 3)),
        ("one hundred millimetres", (100, "mm", 3)),
        ("3.2k", (3200, "K", 2)),
        ("5600 kelvin", (5600, "K", 2)),
        ("half a stop", (0.5, "stops", 3)),
        ("a third of a stop", (0.3333, "stops", 5)),
        ("two thirds of a stop", (0.6667, "stops", 5)),
        ("one and a half stops", (1.5, "stops", 5)),
        ("a stop and a half", (1.5, "stops", 5)),
        ("two more stops", (2, "stops", 3)),
        ("1/2 stop", (0.5, "stops", 4)),
        ("-5 degrees", (-5, "deg", 3)),
        ("8:1", (8, ":1", 3)),
        ("eight to one", (8, ":1", 3)),
        ("T2.8", None),
        ("t 2.8", (2.8, "T", 2)),
        ("f/4", (4, "T", 3)),
        ("two minutes", (120, "s", 2)),
        ("six feet", (1.8288, "m", 2)),
        ("thirty percent", (30, "%", 2)),
        ("wider", None),
        ("two to three", (2, "", 1)),
    ],
)
def test_numbers(text: str, expected: tuple[float, str, int] | None) -> None:
    if text == "T2.8":  # letters and digits are two words
        expected = (2.8, "T", 2)
    assert numbers(text) == expected


@given(st.integers(20, 9_999), st.sampled_from(["mm", "K", "deg", "%", "stops", "s", "m"]))
def test_digits_keep_their_value_and_unit(value: int, unit: str) -> None:
    found = numbers(f"{value} {unit}")
    assert found is not None and found[:2] == (value, unit)


def test_a_number_of_any_length_is_finite() -> None:
    found = numbers("9" * 4000 + " mm")
    assert found is not None and math.isfinite(found[0])


def test_words_keep_their_place_in_the_note() -> None:
    note = "Wider — “Anna’s” İ 85mm"
    for word in words_of(plain(note)):
        assert plain(note)[word.start : word.end] == word.text
    assert len(plain(note)) == len(note)


def test_clauses_split_at_signs_but_and_instead_of() -> None:
    clauses = clauses_of(words_of("wider, colder but not dark. a pan instead of a tilt"))
    assert [c.texts for c in clauses] == [
        ("wider",),
        ("colder",),
        ("not", "dark"),
        ("a", "pan"),
        ("not", "a", "tilt"),
    ]
    assert [c.question for c in clauses_of(words_of("what lens is this? wider"))] == [True, False]


def test_word_endings() -> None:
    assert verb_forms("dim")[:4] == ["dim", "dims", "dimming", "dimmed"]
    assert verb_forms("raise")[:4] == ["raise", "raises", "raising", "raised"]
    assert verb_forms("push")[:4] == ["push", "pushes", "pushing", "pushed"]
    assert comparatives("hot") == ["hotter", "hottest"]
    assert comparatives("moody") == ["moodier", "moodiest"]
    assert comparatives("wide") == ["wider", "widest"]
    assert (adverb("slow"), adverb("gentle"), adverb("steady")) == ("slowly", "gently", "steadily")


def test_the_longest_phrase_holds() -> None:
    table = lexicon()
    found = table.longest(["medium", "close", "up"], 0)
    assert found is not None and found[0] is Part.TERM and found[1] == ("size=MCU",) and found[2] == 3
    through = table.longest(["fill", "in", "the", "shadows"], 0)
    assert through is not None and through[2] == 4  # articles within a phrase are skipped


def test_all_effects_of_the_vocabulary_are_settings() -> None:
    counted, holds = 0, now()
    for entries in lexicon().phrases.values():
        for _, part, value in entries:
            if part is Part.TERM:
                for effect in map(parse_effect, value):
                    assert settle(effect, holds).remark == "", value
                    counted += 1
    assert counted > 1000


def test_typos() -> None:
    assert edit_distance("tihgter", "tighter", 2) == 1  # two neighbours swapped
    assert edit_distance("abc", "xyz", 1) == 2
    assert nearest_word("rembrant", ["rembrandt", "remember"]) == "rembrandt"
    assert nearest_word("zorblat", lexicon().words) is None
    cast = cast_of(["ANNA"], [])
    words = corrected(words_of("tihgter on anna"), cast)
    assert [w.text for w in words] == ["tighter", "on", "anna"]
    assert words[0].sure < 1 and words[1].sure == 1


def test_each_word_is_in_exactly_one_item() -> None:
    for note in ("take the haze out and bring the ratio down", "push slowly in on anna", "two stops over, 85 mm"):
        for clause in clauses_of(words_of(note)):
            items = items_of(clause, cast_of(["ANNA"], []))
            covered = [i for item in items for i in range(item.first, item.last + 1)]
            assert covered == list(range(len(clause.words)))


def test_first_names_are_names_where_only_one_has_them() -> None:
    cast = cast_of(["ANNA BELL", "ANNA LEE", "OTTO"], ["red door"])
    assert cast.people[("bell",)] == "ANNA BELL" and ("anna",) not in cast.people
    assert cast.things == {("red", "door"): "red door"}


@pytest.mark.parametrize(
    ("text", "effect"),
    [
        ("lens=85", Effect("lens", Op.SET, "85")),
        ("lens*1.3", Effect("lens", Op.TIMES, number=1.3)),
        ("pitch-8", Effect("pitch", Op.PLUS, number=-8)),
        ("key-fill+", Effect("key-fill", Op.STEP, number=1)),
    ],
)
def test_effects(text: str, effect: Effect) -> None:
    assert parse_effect(text) == effect


@pytest.mark.parametrize("text", ["lens*0", "lens*-2", "move*2", "lens+x", "zoominess=3", "angle+"])
def test_effects_that_make_no_sense_are_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(ControlError, match=r"\w+ .*[.?]"):
        parse_effect(text)


@given(st.sampled_from([s.name for s in CONTROLS.values() if s.kind is Kind.NUMBER]), st.sampled_from([1.0, -1.0]),
       st.sampled_from([0.5, 1.0, 1.5, 3.0]), st.floats(0.05, 0.95))  # fmt: skip
def test_a_step_moves_its_way_and_stays_in_range(name: str, direction: float, steps: float, share: float) -> None:
    spec = CONTROLS[name]
    low = max(spec.low, 1e-3) if spec.by_factor else spec.low
    holds = low * (spec.high / low) ** share if spec.by_factor else spec.low + share * (spec.high - spec.low)
    outcome = settle(Effect(name, Op.STEP, number=direction), {name: holds}, steps)
    if outcome.setting:
        assert spec.low <= outcome.value <= spec.high
        grows = abs(outcome.value) - abs(holds) if name == "roll" else outcome.value - holds
        assert grows * direction > 0
    else:
        assert outcome.remark


def test_a_lens_step_lands_on_a_prime() -> None:
    for holds in (21.0, 50.0, 135.0):
        for direction in (1.0, -1.0):
            assert settle(Effect("lens", Op.STEP, number=direction), {"lens": holds}).value in PRIMES_MM


def test_sizes_step_by_whole_sizes_and_then_by_tightness() -> None:
    tighter = Effect("size", Op.STEP, number=1.0)
    assert settle(tighter, {"size": ShotSize.MS}, 1.5).value is ShotSize.MCU
    assert settle(tighter, {"size": ShotSize.MS}, 0.5).control == "tightness"
    assert settle(tighter, {"size": ShotSize.ECU}, 2.0).control == "tightness"


def test_long_stretches_are_shortened() -> None:
    assert shortened("a  b\nc") == "a b c"
    assert len(shortened("x" * 500)) == 80
