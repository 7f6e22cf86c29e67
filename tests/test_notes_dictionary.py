"""The director's dictionary: what a correction teaches, how it is found again, and how it is unlearnt."""

from __future__ import annotations

import pytest

from maquette.direct.notes import forgotten, learned
from maquette.direct.notes.dictionary import find_entries, near_entry, normal_words
from maquette.direct.notes.text import plain, words_of
from maquette.film.errors import ControlError
from maquette.film.notes import Correction, DirectorsDictionary, How
from tests.notes_shot import read, settings

EMPTY = DirectorsDictionary()


def test_a_correction_changes_how_the_next_note_is_read() -> None:
    assert "contrast" in {c.control for c in read("make it pop").changes}
    taught = learned(EMPTY, "make it pop", ["saturation*1.3", "eye-light=on"], by="Iris")
    reading = read("make it pop", taught)
    assert [c.setting for c in reading.changes if c.how is How.DICTIONARY] == ["saturation=1.3", "eye-light=on"]
    assert reading.changes[0].why == "taught by Iris"
    assert "contrast" not in {c.control for c in reading.changes}


def test_words_are_found_whatever_their_case_and_signs() -> None:
    taught = learned(EMPTY, "  The “Hitch” look! ", ["lens=35"])
    assert taught.entries == (Correction(words="the hitch look", settings=("lens=35",)),)
    assert settings("wider; THE HITCH  LOOK, please", taught) == ["size=COWBOY", "lens=35"]


def test_a_word_within_a_word_is_not_it() -> None:
    taught = learned(EMPTY, "art", ["lens=35"])
    assert settings("wider at the start", taught) == settings("wider at the start")


def test_differences_and_factors_are_counted_from_what_holds() -> None:
    taught = learned(EMPTY, "bigger glass", ["lens*1.5", "pitch+8", "pitch-8"][:2])
    assert settings("bigger glass", taught, lens=40, pitch=2) == ["lens=60", "pitch=10"]


def test_the_dictionary_wins_over_the_rest_of_the_note() -> None:
    taught = learned(EMPTY, "my look", ["lens=35"])
    assert settings("my look, 85mm", taught) == ["lens=35"]


def test_the_later_of_two_entries_holds_and_stays_one() -> None:
    taught = learned(learned(EMPTY, "my look", ["lens=35"]), "My look", ["lens=50"])
    assert [e.settings for e in taught.entries] == [("lens=50",)]
    both = DirectorsDictionary(entries=(Correction(words="my look", settings=("lens=35",)), *taught.entries))
    assert settings("my look", both) == ["lens=50"] or settings("my look", both, lens=35) == ["lens=50"]


def test_longer_entries_go_first_and_none_overlap() -> None:
    taught = learned(learned(EMPTY, "soft", ["key-size=2"]), "soft as sunday", ["haze=0.2"])
    assert settings("soft as Sunday", taught) == ["haze=0.2"]
    found = find_entries(words_of(plain("soft, soft as sunday")), taught)
    assert [(f.entry.words, f.first, f.last) for f in found] == [("soft", 0, 0), ("soft as sunday", 2, 4)]


def test_near_wording_finds_an_entry_but_not_its_opposite() -> None:
    taught = learned(EMPTY, "like a rainy window in Lisbon", ["weather=rain", "motivation=window"])
    assert settings("like rainy windows in Lisbon", taught) == ["weather=rain", "motivation=window"]
    reading = read("like rainy windows in Lisbon", taught)
    assert all(c.how is How.DICTIONARY and c.sure < 1 for c in reading.changes)
    (same, opposite, other) = near_entry(
        ["like rainy windows in Lisbon", "not like a rainy window in Lisbon", "like a mango"], taught
    )
    assert same is not None and same[1] > 0.85
    assert opposite is None and other is None


def test_what_was_taught_is_forgotten() -> None:
    taught = learned(learned(EMPTY, "my look", ["lens=35"]), "her look", ["lens=85"])
    left = forgotten(taught, "MY LOOK")
    assert [e.words for e in left.entries] == ["her look"]
    with pytest.raises(ControlError, match=r"no entry for 'my look'; it has: her look\."):
        forgotten(left, "my look")
    with pytest.raises(ControlError, match="nothing yet"):
        forgotten(EMPTY, "my look")


@pytest.mark.parametrize(
    ("words", "given", "says"),
    [
        ("?!", ["lens=35"], "no words"),
        ("my look", [], "at least one setting"),
        ("my look", ["zoominess=3"], "zoominess"),
        ("my look", ["lens=9000"], "400 mm"),
        ("my look", ["lens*0"], "greater than 0"),
        (" ".join(["word"] * 13), ["lens=35"], "at most 12 words"),
    ],
)
def test_what_cannot_be_taught_is_refused_in_a_sentence(words: str, given: list[str], says: str) -> None:
    with pytest.raises(ControlError, match=says):
        learned(EMPTY, words, given)


def test_an_entry_that_no_longer_works_is_remarked_on() -> None:
    old = DirectorsDictionary(entries=(Correction(words="my look", settings=("zoominess*3",)),))
    reading = read("my look, wider", old)
    assert [c.setting for c in reading.changes] == ["size=COWBOY"]
    assert "'my look' does not work any more" in reading.remarks[0]


def test_normal_words() -> None:
    assert normal_words("  The ‘Big’  SLEEP, 85mm ") == "the big sleep 85 mm"
