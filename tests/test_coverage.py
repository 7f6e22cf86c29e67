"""Proposed coverage reads like an editor's cut, keeps the rules, and survives a new draft."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maquette.film.screenplay import ElementKind, Screenplay
from maquette.film.settings import Density, NumberingScheme, ShotListSettings
from maquette.film.shot import (
    Framing,
    Move,
    Shot,
    ShotChangeKind,
    ShotList,
    ShotRole,
    ShotSize,
    ShotStatus,
    Side,
)
from maquette.script.axis import rule_breaks
from maquette.script.captions import caption_of
from maquette.script.coverage import shot_budget
from maquette.script.read import parse_text
from maquette.script.revise import match_drafts
from maquette.script.shot_list import accept, list_shots, merge_shot_lists, omit

EXAMPLES = Path(__file__).parent.parent / "examples"
CUP = (EXAMPLES / "the-chipped-cup.fountain").read_text("utf-8")
FERRY = (EXAMPLES / "the-last-ferry.fountain").read_text("utf-8")
COVERED = {
    ElementKind.ACTION,
    ElementKind.CHARACTER,
    ElementKind.PARENTHETICAL,
    ElementKind.DIALOGUE,
    ElementKind.LYRIC,
    ElementKind.CENTERED,
}
HEAD = "INT. KITCHEN - NIGHT\n\n"
TALK = (
    f"{HEAD}MARA (40s) stands at the door. TOM (17) sits at the table.\n\nTOM\nYou are late.\n\nMARA\nI walked.\n\n"
    "TOM\nFrom the harbour?\n\nMARA\nFrom the harbour.\n"
)


def shots_of(text: str, density: Density = Density.STANDARD) -> tuple[Shot, ...]:
    return list_shots(parse_text(text), ShotListSettings(density=density)).shots


def covered_ids(play: Screenplay) -> list[str]:
    return [e.id for scene in play.scenes for e in scene.elements if e.kind in COVERED]


# --- what a scene is given ------------------------------------------------------------------------------------


def test_one_line_is_one_shot() -> None:
    assert len(shots_of(f"{HEAD}Rain on the window.\n")) == 1
    assert len(shots_of(f"{HEAD}MARA\nNo.\n")) == 1


def test_an_empty_scene_shows_its_place() -> None:
    first, second = shots_of("INT. HALL - DAY\n\nEXT. FIELD - DAY\n\nWind.\n")
    assert (first.framing, first.line_ids, first.subjects) == (Framing.PLACE, (), ())
    assert "Nothing is written under this heading" in first.reason
    assert (second.framing, second.role) == (Framing.PLACE, ShotRole.ESTABLISHING)


def test_asked_only_proposes_nothing() -> None:
    assert shots_of(CUP, Density.ASKED_ONLY) == ()
    assert {s.status for s in shots_of(FERRY, Density.ASKED_ONLY)} == {ShotStatus.ASKED}


def test_density_orders_the_counts() -> None:
    counts = [len(shots_of(CUP, d)) for d in (Density.SPARSE, Density.STANDARD, Density.FULL)]
    assert counts == sorted(counts) and len(set(counts)) == 3
    assert 3 <= counts[1] <= 8


@pytest.mark.parametrize(
    ("beats", "shots"), [(0, 0), (1, 1), (2, 2), (3, 3), (5, 4), (8, 6), (12, 8), (16, 8), (400, 14)]
)
def test_the_standard_budget(beats: int, shots: int) -> None:
    assert shot_budget(beats, Density.STANDARD) == shots


def test_a_dialogue_gets_a_master_and_a_pair_over_the_shoulders() -> None:
    shots = shots_of(TALK)
    assert shots[0].role in (ShotRole.MASTER, ShotRole.ESTABLISHING)
    assert (shots[0].framing, set(shots[0].subjects)) == (Framing.TWO_SHOT, {"MARA", "TOM"})
    pairs = {(s.subjects[0], s.over) for s in shots if s.framing is Framing.OTS}
    assert pairs == {("TOM", "MARA"), ("MARA", "TOM")}


def test_the_second_visit_to_a_place_is_a_master() -> None:
    first, second = shots_of(f"{HEAD}MARA (40s) waits.\n\n{HEAD}Mara still waits.\n")
    assert (first.role, second.role) == (ShotRole.ESTABLISHING, ShotRole.MASTER)


def test_turning_points_come_close_and_say_why() -> None:
    shots = {s.number: s for s in shots_of(CUP)}
    close = [s for s in shots.values() if s.size in (ShotSize.CU, ShotSize.BCU) and s.framing is Framing.SINGLE]
    reasons = " ".join(s.reason for s in close)
    assert 'ADA learns the truth in this line ("I was the one who broke it")' in reasons
    assert "ADA says this line (astonished)" in reasons
    assert any(s.framing is Framing.INSERT and s.subjects == ("cup", "ADA") for s in shots.values())


@pytest.mark.parametrize(
    ("action", "who", "words"),
    [
        ("TOM\nShe is dead.\n\nSilence.\n\nTOM\nSay something.\n", "MARA", "Silence after TOM's line"),
        ("TOM\nWhere is she?\n\nMara does not answer.\n", "TOM", "left without an answer"),
        ("TOM\nFine.\n\nMara weeps.\n", "MARA", "MARA weeps at TOM's words"),
        ("TOM\n(shouting)\nGo!\n\nMARA\nI will.\n", "TOM", "TOM says this line (shouting)"),
        ("MARA\nI lied to you, Tom.\n\nTOM\nI see.\n", "MARA", "TOM learns the truth"),
    ],
)
def test_each_kind_of_turning_point(action: str, who: str, words: str) -> None:
    opening = f"{HEAD}MARA (40s) stands at the door. TOM (17) sits at the table.\n\nTOM\nYou are late.\n\n"
    found = [s for s in shots_of(opening + action, Density.FULL) if words in s.reason]
    assert [s.subjects for s in found] == [(who,)]
    assert found[0].size in (ShotSize.CU, ShotSize.BCU)


def test_walking_is_followed_and_walking_talk_is_led() -> None:
    alone = shots_of(f"{HEAD}MARA (40s) sits.\n\nMara crosses to the window.\n\nShe reads.\n", Density.FULL)
    assert any(s.move is Move.FOLLOW for s in alone)
    walk = shots_of(
        "EXT. PARK - DAY\n\nMARA and TOM walk along the lake.\n\nTOM\nIs it far?\n\nMARA\nNot far.\n\nTOM\nGood.\n"
    )
    led = [s for s in walk if s.move is Move.LEAD]
    assert led and led[0].framing is Framing.TWO_SHOT


def test_a_voice_over_is_not_framed() -> None:
    shots = shots_of(f"{HEAD}MARA (40s) sits.\n\nTOM (V.O.)\nI never came back.\n\nMara folds the map.\n", Density.FULL)
    assert all("TOM" not in s.subjects and s.over != "TOM" for s in shots)
    assert any("TOM heard, not seen" in s.notes for s in shots)


def test_a_car_is_seen_through_the_windscreen_with_the_driver_frame_right() -> None:
    shots = shots_of(
        "INT. CAR - NIGHT\n\nRUTH drives. MARA sits next to her.\n\nRUTH\nWhere now?\n\nMARA\nHome.\n\nRUTH\nRight.\n"
    )
    assert shots[0].size is ShotSize.MS and shots[0].subjects == ("MARA", "RUTH")
    assert all(s.framing is not Framing.OTS for s in shots)
    assert all(s.camera_side is Side.LEFT for s in shots if s.subjects[0] == "RUTH")


def test_a_hundred_people_are_still_a_scene() -> None:
    names = [f"CITIZEN {chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(100)]
    text = HEAD + f"{', '.join(names)} wait.\n\n" + "".join(f"{n}\nHere.\n\n" for n in names)
    shots = shots_of(text)
    assert 3 <= len(shots) <= 14
    assert rule_breaks(shots) == []


# --- what a board shows ---------------------------------------------------------------------------------------


def test_every_line_is_in_exactly_one_shot_in_order() -> None:
    play = parse_text(CUP)
    for density in (Density.SPARSE, Density.STANDARD, Density.FULL):
        shots = list_shots(play, ShotListSettings(density=density)).shots
        assert [i for s in shots for i in s.line_ids] == covered_ids(play)
        assert all(s.moment_id in s.line_ids for s in shots)


def test_captions_are_words_of_the_script_and_dialogue_names_its_speaker() -> None:
    first, *rest = shots_of(CUP)
    assert first.text.startswith("Rain on the window. A lamp burns.")
    assert any(s.dialogue == "ADA: You said it was the cat." for s in rest)
    assert all(s.text and s.reason.endswith(".") for s in (first, *rest))


def test_a_long_caption_ends_at_a_sentence_and_holds_the_moment() -> None:
    parts = [f"Sentence number {i} is about as long as this." for i in range(12)]
    cut = caption_of([" ".join(parts)], parts[7], limit=120)
    assert parts[7] in cut and len(cut) <= 120 and cut.endswith(".")
    endless = caption_of(["word " * 100], limit=60)
    assert len(endless) <= 60 and endless.endswith("word…")


# --- the rules ------------------------------------------------------------------------------------------------


def test_the_rules_find_what_breaks_them() -> None:
    shots = [s for s in shots_of(TALK, Density.FULL) if s.framing is Framing.OTS]
    crossed = [shots[0], shots[1].model_copy(update={"camera_side": shots[0].camera_side})]
    assert [b.rule for b in rule_breaks(crossed)] == ["180 degrees"]
    assert "crosses the line" in rule_breaks(crossed)[0].reason
    jump = [shots[0], shots[0].model_copy(update={"id": "x", "size": ShotSize.MCU})]
    assert [b.rule for b in rule_breaks(jump)] == ["30 degrees"]
    turned = [shots[0], shots[0].model_copy(update={"id": "x", "azimuth_deg": 65.0})]
    assert rule_breaks(turned) == []


PEOPLE = ("MARA", "TOM", "RUTH", "PRICE")
person = st.sampled_from(PEOPLE)
manner = st.sampled_from(["", "(whispering)\n", "(shouting)\n", "(beat)\n", "(to TOM)\n"])
line = st.sampled_from(
    ["No.", "Where is she?", "I lied to you.", "You never could.", "Run!", "He drowned, and you knew it all along."]
)
speech = st.builds(lambda who, how, words: f"{who}\n{how}{words}\n\n", person, manner, line)
deed = st.sampled_from(
    [
        "{a} looks at {b}.",
        "{a} puts the letter on the table.",
        "Silence.",
        "{a} walks to the window.",
        "{a} weeps.",
        "{a} comes in.",
        "Rain.",
        "He stands up. He opens the box.",
        "{a} and {b} walk along the road.",
        "{a} does not answer.",
        "They embrace.",
        "{a} stares at the gun.",
    ]
)
action = st.builds(lambda text, a, b: text.format(a=a.title(), b=b.title()) + "\n\n", deed, person, person)
heading = st.sampled_from(["INT. KITCHEN - NIGHT", "EXT. SHORE - DAY", "INT. RUTH'S CAR - DAY", "INT. KITCHEN - DAY"])
scene = st.builds(
    lambda head, beats: f"{head}\n\nMARA, TOM, RUTH and PRICE are here.\n\n{''.join(beats)}",
    heading,
    st.lists(st.one_of(speech, speech, action), max_size=14),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(scene, min_size=1, max_size=3), st.sampled_from([Density.SPARSE, Density.STANDARD, Density.FULL]))
def test_proposals_keep_the_rules_and_cover_every_line_once(scenes: list[str], density: Density) -> None:
    play = parse_text("".join(scenes))
    shots = list_shots(play, ShotListSettings(density=density)).shots
    assert rule_breaks(shots) == []
    assert [i for s in shots for i in s.line_ids] == covered_ids(play)
    assert len({s.id for s in shots}) == len(shots)
    assert len({s.number for s in shots}) == len(shots)
    assert all(s.status is ShotStatus.PROPOSED and s.reason for s in shots)
    for a, b in pairwise(shots):
        key = (b.framing, b.size, b.subjects, b.over, b.angle, b.azimuth_deg)
        assert a.scene_id != b.scene_id or key != (a.framing, a.size, a.subjects, a.over, a.angle, a.azimuth_deg)


# --- a new draft ----------------------------------------------------------------------------------------------


def updated(old_text: str, new_text: str, decide=lambda shots: shots, **chosen: object):  # type: ignore[no-untyped-def]
    config = ShotListSettings(**chosen)  # type: ignore[arg-type]
    old_play, new_play = parse_text(old_text), parse_text(new_text)
    old = decide(list_shots(old_play, config))
    line_map = match_drafts(old_play, new_play).new_element_of()
    words = {e.id: e.text for e in (*old_play.elements, *new_play.elements)}
    return old, merge_shot_lists(old, list_shots(new_play, config), line_map, config, words)


def test_the_same_draft_changes_nothing() -> None:
    old, change = updated(FERRY, FERRY)
    assert change.shots == old
    assert change.changes == ()
    assert set(change.kept) == {s.id for s in old.shots}


def test_a_changed_line_flags_its_shot_and_no_other() -> None:
    old, change = updated(CUP, CUP.replace("You said it was the cat.", "You told me it was the dog."))
    assert [c.kind for c in change.changes] == [ShotChangeKind.CHANGED]
    assert '"You said it was the cat." -> "You told me it was the dog."' in change.changes[0].reason
    assert [(s.id, s.number) for s in change.shots.shots] == [(s.id, s.number) for s in old.shots]


@pytest.mark.parametrize(
    ("stated", "told"),
    [
        ("50mm", "lens 85 -> 50"),
        ("85mm, knee height", "camera height (m) none -> 0.5"),
        ("85mm, profile", "direction (degrees)"),
    ],
)
def test_another_set_up_in_a_camera_line_is_told(stated: str, told: str) -> None:
    _, change = updated(FERRY, FERRY.replace("!! CU MARA, 85mm\n", f"!! CU MARA, {stated}\n"))
    told_of = [c.reason for c in change.changes if told in c.reason]
    assert len(told_of) == 1 and "Set-up changed: " in told_of[0]


def test_decisions_survive_a_new_draft() -> None:
    def decide(shots: ShotList) -> ShotList:
        return omit(accept(shots, ["1A", "1B"]), ["1C"])

    _, change = updated(CUP, CUP.replace("I was six.", "I was seven."), decide)
    status = {s.number: s.status for s in change.shots.shots}
    assert status["1A"] is status["1B"] is ShotStatus.ACCEPTED
    assert status["1C"] is ShotStatus.OMITTED
    assert len(change.changes) == 1


def test_a_removed_scene_is_omitted_and_keeps_its_numbers() -> None:
    start, end = FERRY.index("EXT. MAIN STREET"), FERRY.index("INT. MARA'S HOUSE")
    old, change = updated(FERRY, FERRY[:start] + FERRY[end:])
    gone = [s for s in change.shots.shots if s.status is ShotStatus.OMITTED]
    assert {s.number for s in gone} == {s.number for s in old.shots if s.scene_number == "4"}
    assert all(c.kind is ShotChangeKind.OMITTED and "Scene 4" in c.reason for c in change.changes)
    assert [s.number for s in change.shots.shots] == [s.number for s in old.shots]


def test_a_new_scene_takes_no_number_from_the_others() -> None:
    at = FERRY.index("EXT. MAIN STREET")
    old, change = updated(FERRY, FERRY[:at] + "INT. CHAPEL - DAY\n\nCandles burn. Mara kneels.\n\n" + FERRY[at:])
    before = {s.id: s.number for s in old.shots}
    added = [s for s in change.shots.shots if s.id not in before]
    assert {s.id: s.number for s in change.shots.shots if s.id in before} == before
    shifted = {s.scene_number for s in change.shots.shots if s.number.startswith("5")}
    assert shifted == {"5"}, "scenes keep the number that their shots carry"
    assert [s.scene_number for s in added] == ["A4"] and added[0].number == "A4"
    assert [c.kind for c in change.changes] == [ShotChangeKind.ADDED]


def test_a_new_stated_shot_is_numbered_between_its_neighbours() -> None:
    new = FERRY.replace("!! CU MARA, 85mm\n", "!! ECU MARA\n\nHer eyes.\n\n!! CU MARA, 85mm\n")
    _, change = updated(FERRY, new)
    numbers = [s.number for s in change.shots.shots if s.scene_number == "3"]
    assert numbers == ["3", "3A", "3B", "3BA", "3C", "3D"]
    assert [c.kind for c in change.changes] == [ShotChangeKind.ADDED]


def test_a_shot_that_comes_back_is_restored() -> None:
    start, end = FERRY.index("EXT. MAIN STREET"), FERRY.index("INT. MARA'S HOUSE")
    _, without = updated(FERRY, FERRY[:start] + FERRY[end:])
    _, change = updated(FERRY[:start] + FERRY[end:], FERRY, lambda _: without.shots)
    assert {c.kind for c in change.changes} <= {ShotChangeKind.RESTORED}
    assert all(s.status is not ShotStatus.OMITTED for s in change.shots.shots)


def test_a_stated_shot_that_comes_back_is_restored_with_its_number() -> None:
    without_line = FERRY.replace("!! OTS over PRICE on MARA\n\n", "")
    _, without = updated(FERRY, without_line)
    _, change = updated(without_line, FERRY, lambda _: without.shots)
    back = next(s for s in change.shots.shots if s.number == "3A")
    assert (back.status, back.framing, back.subjects) == (ShotStatus.ASKED, Framing.OTS, ("MARA",))
    assert ShotChangeKind.RESTORED in {c.kind for c in change.changes}
    assert len(change.shots.shots) == len(without.shots.shots)


def test_a_dropped_camera_line_omits_its_shot_and_says_so() -> None:
    _, change = updated(FERRY, FERRY.replace("!! OTS over PRICE on MARA\n\n", ""))
    omitted = [c for c in change.changes if c.kind is ShotChangeKind.OMITTED]
    assert [c.number for c in omitted] == ["3A"]
    assert "does not state this shot any more" in omitted[0].reason


@pytest.mark.parametrize("scheme", list(NumberingScheme))
def test_numbers_stay_unique_over_drafts_in_every_scheme(scheme: NumberingScheme) -> None:
    new = FERRY.replace("TOM\nWe could go anywhere.\n", "TOM\nWe could go anywhere.\n\nMARA\n(whispering)\nStop!\n")
    old, change = updated(FERRY, new, scheme=scheme)
    numbers = [s.number for s in change.shots.shots]
    assert len(numbers) == len(set(numbers))
    if scheme is NumberingScheme.VFX:
        assert {n.partition("_")[0] for n in numbers} == {"TLF"}
    before = {s.id: s.number for s in old.shots}
    assert all(before.get(s.id, s.number) == s.number for s in change.shots.shots)
