"""Notes in plain words: exact terms, arithmetic on what holds, negation, names, contradictions, impossible values."""

from __future__ import annotations

import subprocess
import sys

import pytest

from maquette.film.control_table import CONTROLS, parse_setting
from maquette.film.notes import How
from tests.notes_shot import BENCH, now, read, settings


def test_the_note_of_the_manual() -> None:
    reading = read("colder, lonelier, get lower and push in slowly, lose the fill")
    by_control = {c.control: c for c in reading.changes}
    assert list(by_control) == ["warmth", "mood", "height", "move", "move-speed", "key-fill"]
    assert by_control["mood"].setting == "mood=lonely"
    assert by_control["move"].setting == "move=push in"
    assert parse_setting(by_control["warmth"].setting)[1] < 0
    assert parse_setting(by_control["height"].setting)[1] < 1.5
    assert parse_setting(by_control["key-fill"].setting)[1] > 8
    assert by_control["key-fill"].before == "3:1"
    assert by_control["move-speed"].words == "slowly"
    assert reading.not_understood == () and reading.remarks == ()
    assert all(c.how is How.GRAMMAR and c.sure >= 0.8 for c in reading.changes)


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("85mm", ["lens=85"]),
        ("T2.8", ["t-stop=2.8"]),
        ("8:1", ["key-fill=8:1"]),
        ("1.85:1", ["aspect=1.85"]),
        ("bluer shadows", ["shadow-tint=#2b4a8c"]),
        ("key at 3200K", ["key-kelvin=3200"]),
        ("5600 K on the key and 3200 K on the fill", ["key-kelvin=5600", "fill-kelvin=3200"]),
        ("low angle, 20 degrees", ["angle=low angle", "pitch=20"]),
        ("rembrandt, key from the right", ["lighting=rembrandt", "key-side=right"]),
        ("golden hour", ["time=golden hour"]),
        ("crane up", ["move=crane up"]),
        ("hold it two seconds longer", ["duration=6"]),
        ("over=BEN, size=CU", ["over=BEN", "size=CU"]),
        ("lens=85 key-fill=8", ["lens=85", "key-fill=8"]),
    ],
)
def test_exact_terms(note: str, expected: list[str]) -> None:
    found = settings(note)
    if note.startswith("low angle"):
        assert found[-1] == expected[-1]
    else:
        assert found == expected


@pytest.mark.parametrize(
    ("note", "holds", "expected"),
    [
        ("twice the haze", {"haze": 0.3}, "haze=0.6"),
        ("half the haze", {"haze": 0.6}, "haze=0.3"),
        ("a stop darker", {}, "exposure=-1"),
        ("a third of a stop darker", {}, "exposure=-0.3333"),
        ("open up two stops", {"t_stop": 8}, "t-stop=4"),
        ("stop the lens down a stop", {}, "t-stop=5.657"),
        ("50% more contrast", {}, "contrast=1.5"),
        ("30% warmer", {}, "warmth=38"),
        ("slow the push to half", {"move": "push in"}, "move-speed=0.5"),
        ("half as slow", {"move": "push in", "move_speed": 0.5}, "move-speed=1"),
        ("cut it a second shorter", {}, "duration=3"),
        ("the rim two stops hotter", {"back": -1}, "back=1"),
        ("tilt up by 5 degrees", {"pitch": 10}, "move=tilt up"),
        ("not quite so fast", {"move": "push in", "move_speed": 2}, "move-speed=1.09"),
    ],
)
def test_changes_are_counted_from_what_holds(note: str, holds: dict[str, object], expected: str) -> None:
    assert expected in settings(note, **holds)


@pytest.mark.parametrize("control", ["exposure", "saturation", "contrast", "haze"])
def test_a_bit_is_less_than_plain_is_less_than_much(control: str) -> None:
    moved = [
        parse_setting(settings(f"{words} {control}", haze=0.1)[0])[1] for words in ("a bit more", "more", "much more")
    ]
    assert moved[0] < moved[1] < moved[2]
    assert moved[0] > BENCH.holding({"haze": 0.1})[control]


def test_up_and_down_are_opposite_sides_of_what_holds() -> None:
    for up, down in (("wider", "tighter"), ("warmer", "colder"), ("brighter", "darker"), ("higher", "lower")):
        first, second = read(up).changes[0], read(down).changes[0]
        assert first.control == second.control and first.before == second.before and first.after != second.after


def test_a_relative_lens_lands_on_a_lens_that_exists() -> None:
    assert settings("a bit longer lens") == ["lens=65"]
    assert settings("a bit longer lens", lens=65) == ["lens=85"]


@pytest.mark.parametrize(
    ("note", "holds", "expected"),
    [
        ("don't go any wider", {}, []),
        ("no rim light", {}, ["back=-10"]),
        ("not so warm", {"warmth": 60}, ["warmth<60"]),
        ("too dark", {}, ["exposure>0"]),
        ("stop pushing in", {"move": "push in"}, ["move=static"]),
        ("don't push in", {}, []),
        ("not the 85, the 65", {"lens": 85}, ["lens=65"]),
        ("not a two-shot, a single", {"framing": "two-shot"}, ["framing=single"]),
        ("I love it, don't change anything", {}, []),
        ("no, wider", {}, ["size=COWBOY"]),
    ],
)
def test_negation(note: str, holds: dict[str, object], expected: list[str]) -> None:
    reading = read(note, **holds)
    assert reading.not_understood == ()
    found = {c.control: parse_setting(c.setting)[1] for c in reading.changes}
    assert len(found) == len(expected)
    for wanted in expected:
        name, sign, value = next(wanted.partition(s) for s in "<>=" if s in wanted)
        if sign == "=":
            assert found[name] == parse_setting(wanted)[1]
        else:
            assert (found[name] > float(value)) == (sign == ">")


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("close-up on Ben", {"size=CU", "subjects=BEN"}),
        ("over Ben's shoulder", {"framing=over the shoulder", "over=BEN"}),
        ("rack from Anna to the letter", {"focus=ANNA", "rack=letter"}),
        ("Ben's POV", {"framing=POV", "over=BEN"}),
        ("focus on the door", {"focus=door"}),
        ("focus on her", {"focus=ANNA"}),
    ],
)
def test_names_and_pronouns(note: str, expected: set[str]) -> None:
    assert expected <= set(settings(note))


@pytest.mark.parametrize(
    ("note", "control"),
    [
        ("wider and tighter", "size"),
        ("brighter but darker", "exposure"),
        ("static, push in", "move"),
        ("make it night, make it noon", "time"),
        ("low angle, high angle", "angle"),
        ("wide and close-up", "size"),
    ],
)
def test_a_contradiction_proposes_neither_and_names_both(note: str, control: str) -> None:
    reading = read(note)
    assert reading.changes == ()
    assert len(reading.remarks) == 1
    assert control in reading.remarks[0] and "contradict" in reading.remarks[0]


def test_a_correction_is_no_contradiction() -> None:
    assert settings("push in, no wait, pull out") == ["move=pull out"]


@pytest.mark.parametrize(
    ("note", "control", "low", "high", "nearest"),
    [
        ("t-stop -2", "t-stop", "T0.7", "T32", "T0.7"),
        ("give me a 0 mm lens", "lens", "8 mm", "400 mm", "8 mm"),
        ("key at 300K", "key-kelvin", "1700 K", "20000 K", "1700 K"),
        ("a ratio of 1:0", "key-fill", "1:1", "64:1", "64:1"),
        ("lens=9000", "lens", "8 mm", "400 mm", "400 mm"),
    ],
)
def test_an_impossible_value_gets_a_sentence(note: str, control: str, low: str, high: str, nearest: str) -> None:
    reading = read(note)
    assert reading.changes == ()
    (remark,) = reading.remarks
    assert remark.startswith(control)
    assert low in remark and high in remark and f"nearest is {nearest}" in remark


@pytest.mark.parametrize(
    ("note", "control"),
    [("focus on Zelda", "focus"), ("subjects=ZELDA", "subjects"), ("close-up on Zelda", "subjects")],
)
def test_someone_who_is_not_there_gets_a_sentence(note: str, control: str) -> None:
    reading = read(note)
    assert control not in {c.control for c in reading.changes}
    (remark,) = reading.remarks
    assert control in remark and "zelda" in remark.lower()
    assert "ANNA" in remark and "nearest is" in remark


def test_a_relative_change_stops_at_the_end_of_the_range() -> None:
    reading = read("ten stops brighter")
    assert [c.setting for c in reading.changes] == ["exposure=6"]
    assert "nearest" in reading.remarks[0]
    assert "already" in read("too much haze").remarks[0]


def test_moods_blend_and_keep_their_order() -> None:
    assert settings("make it tense but hopeful") == ["mood=tense", "second-mood=hopeful"]
    assert settings("more tense", mood="tense", mood_intensity=0.5) == ["mood-intensity=0.88"]


def test_a_mood_without_recipe_is_no_proposal() -> None:
    reading = read("mood=zesty")
    assert reading.changes == () and "zesty" in reading.remarks[0]


def test_every_proposal_is_a_setting_that_the_table_takes_and_says_where_it_is_from() -> None:
    for note in ("warmer, closer, and slower", "golden hour, 35mm, dutch angle", "like a confession"):
        reading = read(note)
        assert reading.changes
        for change in reading.changes:
            spec, value = parse_setting(change.setting)
            assert spec is CONTROLS[change.control] and value is not None
            assert all(part in note for part in change.words.split(" … "))
            assert 0 < change.sure <= 1 and change.before != change.after


def test_reading_changes_nothing_and_is_the_same_twice() -> None:
    before = now()
    assert read("darker, like a memory") == read("darker, like a memory")
    assert before == now()


def test_develop_notes_are_read_right() -> None:
    right, total, _, _ = BENCH.score(BENCH.FOLDER / "develop.jsonl", False)
    assert total == 210
    assert right >= 200


def test_notes_by_ten_hands_are_read_right() -> None:
    right, total, _, _ = BENCH.score(BENCH.FOLDER / "develop_more.jsonl", False)
    assert total == 73
    assert right >= 64


@pytest.mark.parametrize(
    "note",
    ["the trousers are too short", "the title is too long", "a longer table", "further left", "make the music shorter",
     "her hair should be shorter", "put it back to how it was", "more extras in the back", "hard cut"],
)  # fmt: skip
def test_what_no_control_is_about_is_reported_and_changes_nothing(note: str) -> None:
    reading = read(note)
    assert reading.changes == () and reading.not_understood


@pytest.mark.parametrize(
    ("note", "expected"),
    [
        ("crash zoom", ["move=crash zoom"]),
        ("whip pan left", ["move=whip pan left"]),
        ("whip tilt down", ["move=whip tilt down"]),
        ("jib down", ["move=jib down"]),
        ("on a gimbal", ["move=gimbal"]),
        ("drone shot", ["move=drone"]),
        ("cablecam", ["move=cable"]),
        ("car mount", ["move=vehicle"]),
        ("reframe", ["move=reframe"]),
        ("push in on Steadicam", ["move=push in"]),
        ("kill the lamp at 3 seconds", ["light-cues=lamp off@3s"]),
        ("kill the lamp", ["practicals=off"]),
        ("a car passes", ["light-cues=car passes@0s"]),
        ("lightning halfway through", ["light-cues=lightning@2s"]),
        ("door opens at 1 second, lamp dies at 3 seconds", ["light-cues=door opens@1s, lamp off@3s"]),
    ],
)
def test_moves_and_light_cues(note: str, expected: list[str]) -> None:
    found = settings(note)
    assert [s for s in found if not s.startswith("shake")] == expected


def test_cues_join_those_that_the_shot_has() -> None:
    assert settings("lightning at 2 seconds", light_cues="lamp off@1s") == ["light-cues=lamp off@1s, lightning@2s"]


def test_a_moment_is_no_running_time() -> None:
    reading = read("push in at 2 seconds")
    assert [c.setting for c in reading.changes] == ["move=push in"]
    assert reading.not_understood == ("2 seconds",)


def test_reading_loads_no_framework() -> None:
    code = (
        "import sys; import maquette.direct.notes.read;"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'scipy', 'llama_cpp'} & set(sys.modules);"
        "sys.exit(', '.join(heavy) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
