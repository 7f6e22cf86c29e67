"""Running times are estimates that a script supervisor would accept."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maquette.film.screenplay import Element, ElementKind, Place
from maquette.film.settings import Density, ShotListSettings
from maquette.film.shot import Framing, Move, ShotSize
from maquette.script.duration import (
    action_seconds,
    elements_seconds,
    estimate_duration,
    manner_seconds,
    speech_seconds,
    word_count,
)
from maquette.script.read import parse_text
from maquette.script.shot_list import list_shots

PAGE = """INT. WAITING ROOM - DAY

A clock ticks. NORA (50s), in a raincoat, sits on a bench with a cardboard box on her knees. LEO (20s), a porter, \
pushes a broom along the far wall.

LEO
Last one went at noon.

NORA
I know. I saw it leave.

LEO
You could have run.

NORA
With this?

She lifts the box an inch. Something slides inside it. Leo stops sweeping.

LEO
What is in there?

NORA
(after a moment)
My husband's shoes. Eleven pairs. They want them at the museum.

LEO
Shoes?

NORA
He danced.

Leo leans the broom against the wall. He sits down at the far end of the bench.

LEO
My mother saw him once. She said he never touched the floor.

NORA
He touched it. That is why there are eleven.

She opens the box and takes out a shoe with a hole in the sole. She puts her hand through it and waves at him.

LEO
(laughing)
There is a night bus. It is slow, but it goes.

NORA
Then we have time to polish them.
"""
"""One page of a screenplay: 55 lines of 12-point Courier with its blank lines."""


def element(kind: ElementKind, text: str, name: str | None = None, dual: bool = False) -> Element:
    return Element(id=text, kind=kind, text=text, place=Place(line=1, end_line=1), character=name, dual=dual)


def speech(name: str, words: str, dual: bool = False) -> list[Element]:
    return [
        element(ElementKind.CHARACTER, name, name, dual),
        element(ElementKind.DIALOGUE, words, name, dual),
    ]


def test_speech_runs_at_165_words_a_minute() -> None:
    assert speech_seconds("word " * 165) == 60
    assert speech_seconds("") == 0


def test_words_are_counted_as_spoken() -> None:
    assert word_count("Don't wait - it's half-past nine.") == 5
    assert word_count("我们走吧") == Fraction(12, 5)
    assert word_count("") == 0


def test_a_pause_takes_longer_than_a_tone() -> None:
    assert manner_seconds("beat") > manner_seconds("smiling") > 0


def test_verbs_that_take_time_add_it() -> None:
    assert action_seconds("She looks at it for a long time.") - action_seconds("She looks at it for a red rope.") == 3
    assert action_seconds("Silence.") >= Fraction(3, 2)


def test_dual_dialogue_runs_together() -> None:
    one = elements_seconds(speech("A", "word " * 33))
    both = elements_seconds([*speech("A", "word " * 33), *speech("B", "word " * 11, dual=True)])
    longer = elements_seconds([*speech("A", "word " * 11), *speech("B", "word " * 33, dual=True)])
    assert both == longer == one


@pytest.mark.parametrize("size", list(ShotSize))
def test_no_shot_is_shorter_than_the_eye_needs(size: ShotSize) -> None:
    assert estimate_duration((), size) >= Fraction(3, 2)
    assert estimate_duration((), size, Move.PUSH_IN) >= 3
    assert estimate_duration((), size, framing=Framing.INSERT) == 2
    assert estimate_duration((), ShotSize.EWS) >= estimate_duration((), size)


def test_a_page_is_about_a_minute() -> None:
    shots = list_shots(parse_text(PAGE), ShotListSettings()).shots
    assert 50 <= sum(s.duration_s for s in shots) <= 75
    sparse = list_shots(parse_text(PAGE), ShotListSettings(density=Density.SPARSE)).shots
    assert 50 <= sum(s.duration_s for s in sparse) <= 75, "the cut does not change how long a scene runs"


@settings(max_examples=60, deadline=None)
@given(words=st.lists(st.text(max_size=60), max_size=6), size=st.sampled_from(list(ShotSize)))
def test_estimates_are_half_seconds_and_grow_with_the_words(words: list[str], size: ShotSize) -> None:
    elements = [element(ElementKind.ACTION, w) for w in words]
    before = Fraction(0)
    for count in range(len(elements) + 1):
        duration = estimate_duration(elements[:count], size)
        assert duration % Fraction(1, 2) == 0
        assert duration >= before
        before = duration
