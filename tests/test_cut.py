"""The cut: which clips, how long, in which order, with which words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path, PurePosixPath

import pytest

from maquette.film.rate import RATES
from maquette.film.timeline import ClipKind, Cut, CutEntry, TransitionKind
from maquette.pipeline import Production
from maquette.pipeline.captions import MOST_SIGNS, SpokenLine, captions_of
from maquette.pipeline.cut import timeline_of, transition_of
from maquette.pipeline.naming import RESEARCH_MARK, unique_names
from tests.small_film import SCRIPT, flat, put_panel, put_take, small_film


@pytest.fixture
def film(tmp_path: Path) -> Iterator[Production]:
    with small_film(tmp_path / "film") as production:
        yield production


def shot_id(production: Production, number: str) -> str:
    return next(s.id for s in production.shots if s.number == number)


def test_without_pictures_the_cut_is_the_script_in_slugs(film: Production) -> None:
    timeline = timeline_of(film)
    assert [c.shot_number for c in timeline.clips] == ["1", "1A", "2"]
    assert [c.length for c in timeline.clips] == [96, 72, 120]
    assert {c.kind for c in timeline.clips} == {ClipKind.SLUG}
    assert {c.media for c in timeline.clips} == {None}
    assert [c.name for c in timeline.clips] == ["the-cut_1", "the-cut_1A", "the-cut_2"]
    assert timeline.research_mark == RESEARCH_MARK
    assert timeline.start == "01:00:00:00"


def test_a_take_goes_before_panels_and_brings_its_length(film: Production) -> None:
    put_panel(film, "1", flat(90))
    put_panel(film, "1A", flat(90))
    put_take(film, "1A", 30, handles=4)
    timeline = timeline_of(film, media=lambda shot, take: PurePosixPath(f"{shot.number}-{take.number if take else 0}"))
    panel, take, slug = timeline.clips
    assert (panel.kind, panel.length, panel.media) == (ClipKind.PANEL, 96, PurePosixPath("1-0"))
    assert (take.kind, take.length, take.source_start, take.media_frames) == (ClipKind.TAKE, 30, 4, 38)
    assert (take.name, take.take, take.media) == ("the-cut_1A_t1", 1, PurePosixPath("1A-1"))
    assert slug.kind is ClipKind.SLUG


def test_the_circled_take_is_the_one_in_the_cut(film: Production) -> None:
    put_take(film, "1A", 10, take=1, circled=True)
    put_take(film, "1A", 20, take=2)
    clip = timeline_of(film).clips[1]
    assert (clip.take, clip.length, clip.circled) == (1, 10, True)


def test_transitions_of_the_script_stand_at_the_end_of_their_shots(film: Production) -> None:
    clips = timeline_of(film).clips
    assert [c.transition for c in clips] == [TransitionKind.CUT, TransitionKind.DISSOLVE, TransitionKind.FADE_OUT]
    assert [c.transition_length for c in clips] == [0, 24, 24]


def fading_in(root: Path, heading: str = "INT. ROOM - DAY", words: str = "FADE IN:") -> Production:
    script = SCRIPT.replace("INT. ROOM - DAY", f"{words}\n\n{heading}")
    return small_film(root, script=script)


def test_a_script_that_fades_in_opens_from_black(tmp_path: Path) -> None:
    with fading_in(tmp_path / "film") as production:
        timeline = timeline_of(production)
        assert timeline.fade_in == 24
        assert [c.transition for c in timeline.clips] == [
            TransitionKind.CUT, TransitionKind.DISSOLVE, TransitionKind.FADE_OUT
        ]  # fmt: skip
        assert timeline_of(production, shots="1").fade_in == 24
        assert timeline_of(production, shots="1A").fade_in == 0  # the film does not open with it
        put_take(production, "1", 10)
        assert timeline_of(production).fade_in == 5


def test_a_film_that_opens_otherwise_does_not_fade_in(film: Production, tmp_path: Path) -> None:
    assert timeline_of(film).fade_in == 0
    with fading_in(tmp_path / "cut", words="CUT TO:") as production:
        assert timeline_of(production).fade_in == 0


def test_an_editor_decides_how_the_film_opens(tmp_path: Path) -> None:
    with fading_in(tmp_path / "film") as production:
        known = tuple(s.id for s in production.shots)
        for entries, fade_in, opens in (
            (known, 12, 12),
            (known, 0, 0),
            (known, None, 24),
            (known[1:], 12, 24),  # the editor never saw the first shot: it opens as the script has it
        ):
            cut = Cut(rate=RATES["24"], entries=tuple(CutEntry(shot_id=i, length=60) for i in entries), known=entries,
                      source="edit.otio", fade_in=fade_in)  # fmt: skip
            production.database.put("cut", "cut", cut)
            assert timeline_of(production).fade_in == opens
            assert timeline_of(production, rate=RATES["48"]).fade_in == 2 * opens


def test_a_transition_is_never_longer_than_half_of_the_shorter_clip(film: Production) -> None:
    put_take(film, "2", 10)
    clips = timeline_of(film).clips
    assert [c.transition_length for c in clips] == [0, 5, 5]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("CUT TO:", TransitionKind.CUT),
        ("SMASH CUT TO:", TransitionKind.CUT),
        ("MATCH CUT:", TransitionKind.CUT),
        ("DISSOLVE TO:", TransitionKind.DISSOLVE),
        ("SLOW DISSOLVE TO:", TransitionKind.DISSOLVE),
        ("FADE IN:", TransitionKind.FADE_IN),
        ("FADE OUT.", TransitionKind.FADE_OUT),
        ("FADE TO BLACK.", TransitionKind.FADE_OUT),
        ("WIPE TO:", TransitionKind.WIPE),
    ],
)
def test_words_of_transitions(text: str, kind: TransitionKind) -> None:
    assert transition_of(text) is kind


def test_some_shots_only(film: Production) -> None:
    clips = timeline_of(film, shots="1-1A").clips
    assert [c.shot_number for c in clips] == ["1", "1A"]
    # The shot that it dissolved into is not there.
    assert clips[1].transition is TransitionKind.CUT


def test_omitted_shots_stay_out(film: Production) -> None:
    film.omit(["1A"])
    assert [c.shot_number for c in timeline_of(film).clips] == ["1", "2"]


def test_the_cut_of_an_editor_is_followed(film: Production) -> None:
    one, last = shot_id(film, "1"), shot_id(film, "2")
    entries = (
        CutEntry(shot_id=last, length=20, transition=TransitionKind.DISSOLVE, transition_length=6),
        CutEntry(shot_id=one, source_start=5, length=30),
        CutEntry(shot_id=last, source_start=3, length=7),
    )
    put_take(film, "1", 48, handles=8)
    film.database.put("cut", "cut", Cut(rate=RATES["24"], entries=entries, known=(one, last), source="edit.otio"))
    clips = timeline_of(film).clips
    # 1A is unknown to the editor: it comes in after shot 1, where the script has it.
    assert [c.shot_number for c in clips] == ["2", "1", "1A", "2"]
    assert [c.length for c in clips] == [20, 30, 72, 7]
    assert clips[1].source_start == 8 + 5
    assert clips[0].transition is TransitionKind.DISSOLVE
    assert clips[0].transition_length == 6
    assert [c.name for c in clips] == ["the-cut_2", "the-cut_1_t1", "the-cut_1A", "the-cut_2_v2"]


def test_what_an_editor_left_out_stays_out(film: Production) -> None:
    known = tuple(s.id for s in film.shots)
    cut = Cut(rate=RATES["24"], entries=(CutEntry(shot_id=known[0], length=9),), known=known, source="edit.edl")
    film.database.put("cut", "cut", cut)
    assert [c.shot_number for c in timeline_of(film).clips] == ["1"]


def test_frame_counts_are_exact_at_film_on_video(tmp_path: Path) -> None:
    with small_film(tmp_path / "film", "23.976") as production:
        timeline = timeline_of(production)
        assert timeline.rate.fps == Fraction(24000, 1001)
        # 4 s are 95.90 frames, 3 s are 71.93, 5 s are 119.88.
        assert [c.length for c in timeline.clips] == [96, 72, 120]
        assert timeline.starts() == (0, 96, 168)


def test_captions_of_a_shot_end_with_it(film: Production) -> None:
    (caption,) = timeline_of(film).clips[1].captions
    assert caption.speaker == "MARA"
    assert caption.words == "Nobody comes here any more."
    assert 0 < caption.start < caption.start + caption.length <= 72


def test_captions_stand_where_the_words_are() -> None:
    line = SpokenLine("id", "MARA", "One two three.", Fraction(1), Fraction(3))
    (caption,) = captions_of([line], RATES["24"], first=0, length=100)
    assert (caption.start, caption.length) == (24, 48)
    (trimmed,) = captions_of([line], RATES["24"], first=36, length=100)
    assert (trimmed.start, trimmed.length) == (0, 36)
    assert captions_of([line], RATES["24"], first=80, length=100) == ()


def test_a_short_word_stands_a_second_unless_the_next_one_comes() -> None:
    lines = [
        SpokenLine("a", "MARA", "No.", Fraction(0), Fraction(1, 4)),
        SpokenLine("b", "TOM", "Yes.", Fraction(1, 2), Fraction(3, 4)),
    ]
    first, second = captions_of(lines, RATES["24"], first=0, length=100)
    assert (first.start, first.length, second.start, second.length) == (0, 12, 12, 24)


def test_a_long_speech_becomes_captions_of_two_lines() -> None:
    words = " ".join(f"word{i}" for i in range(60)) + "."
    captions = captions_of([SpokenLine("a", "MARA", words, Fraction(0), Fraction(20))], RATES["25"], 0, 500)
    assert " ".join(c.words for c in captions) == words
    assert max(len(c.words) for c in captions) <= MOST_SIGNS
    assert [c.start for c in captions[1:]] == [c.start + c.length for c in captions[:-1]]
    assert captions[-1].start + captions[-1].length == 500


def test_names_are_unique() -> None:
    assert unique_names(["a_1", "a_2", "a_1", "A_1"]) == ("a_1", "a_2", "a_1_v2", "A_1_v3")
