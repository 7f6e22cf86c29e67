"""Notes that are no notes: very long, without words, in another language, with control characters."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maquette.direct.notes.meaning import Meanings
from maquette.direct.notes.read import MAX_NOT_UNDERSTOOD, MAX_STRETCHES
from maquette.direct.notes.text import MAX_CHARACTERS
from maquette.direct.notes.words_small import word_set
from tests.notes_shot import read

VOCABULARY = sorted(word_set("tender moon anna never over to lens 85 mm dog"))
PIECES = sorted(
    word_set(
        "wider lens 85 mm - = : / 1 0 key fill not too no a the half twice stop stops ben's over on from to , . ? 😀 ²"
    )
)
RANDOM = random.Random(3)
LONG = {
    "sentences": "wider and colder please, like a wet dog, " * 500,
    "one word": "a" * 20_000,
    "letters": "".join(RANDOM.choice("abcdefghijklmnopqrstuvwxyz ,.") for _ in range(20_000)),
    "vocabulary": " ".join(RANDOM.choice(VOCABULARY) for _ in range(5_000)),
    "digits": "1" * 20_000,
    "lines": "like a mango\n" * 1_600,
    "settings": "lens=85 " * 2_500,
    "not": "not " * 5_000,
}


@pytest.mark.parametrize("kind", list(LONG))
def test_twenty_thousand_characters_are_answered(kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []
    find = Meanings.find

    def counted(self: Meanings, texts: list[str], threshold: float = 0.0) -> object:
        compared.extend(texts)
        return find(self, texts, threshold)

    monkeypatch.setattr(Meanings, "find", counted)
    reading = read(LONG[kind])
    assert reading.note == LONG[kind]
    assert any(f"first {MAX_CHARACTERS:,} were read" in r for r in reading.remarks)
    assert 0 < len(reading.not_understood) <= MAX_NOT_UNDERSTOOD + 1
    assert all(len(s) <= 80 for s in reading.not_understood)
    assert len(compared) <= 2 * MAX_STRETCHES and all(len(t) <= 300 for t in compared)


def test_the_beginning_of_a_long_note_is_read() -> None:
    assert [c.setting for c in read("85mm. " + "the taxi is waiting. " * 2_000).changes] == ["lens=85"]


@pytest.mark.parametrize("note", ["😀🎬🔥" * 50, "??? !!!", "—", "..."])
def test_signs_without_words_are_answered(note: str) -> None:
    reading = read(note)
    assert reading.changes == () and len(reading.not_understood) == 1
    assert "no words" in reading.remarks[0]


def test_an_emoji_beside_words_is_listed_and_the_words_are_read() -> None:
    reading = read("warmer 🔥 please")
    assert [c.control for c in reading.changes] == ["warmth"]
    assert reading.not_understood == ("🔥",)


@pytest.mark.parametrize(
    "note",
    [
        "wärmer bitte, und die Kamera tiefer",
        "plus chaud et plus près s'il vous plaît",
        "hazlo más oscuro y acércate",
        "Сделай теплее и ближе",
        "اجعلها أكثر دفئا",
    ],
)
def test_another_language_is_named_and_not_guessed_at(note: str) -> None:
    reading = read(note)
    assert reading.changes == ()
    assert reading.not_understood == (note,)
    assert "English" in reading.remarks[0]


@pytest.mark.parametrize("note", ["更暖一些", "もっと暖かく"])
def test_a_script_without_spaces_is_listed(note: str) -> None:
    assert read(note).changes == () and read(note).not_understood == (note,)


def test_control_characters_are_spaces() -> None:
    reading = read("\x00wider\x1b\x7f\u202e, 85\x07mm")
    assert [c.setting for c in reading.changes] == ["size=COWBOY", "lens=85"]
    assert all(s.isprintable() for s in reading.not_understood)


@pytest.mark.parametrize("note", ["", " \n\t ", "\u200b" * 20])
def test_nothing_asks_for_nothing(note: str) -> None:
    assert read(note).changes == ()


def test_small_words_that_come_to_nothing_are_listed() -> None:
    assert read("less is more").not_understood == ("less is more",)


def test_a_question_is_no_note() -> None:
    reading = read("what lens is this?")
    assert reading.changes == () and reading.not_understood == ("what lens is this",)
    assert "questions" in reading.remarks[0]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)))
def test_any_text_is_answered(note: str) -> None:
    reading = read(note)
    assert len({c.control for c in reading.changes}) == len(reading.changes)
    assert all(s.strip() for s in (*reading.not_understood, *reading.remarks))
