"""Matching a new draft with the old one, so that shots keep their ids and boards."""

from __future__ import annotations

from pathlib import Path

from maquette.script import parse_text
from maquette.script.revise import match_drafts

FERRY = (Path(__file__).parent.parent / "examples" / "the-last-ferry.fountain").read_text(encoding="utf-8")
SHORT = """INT. KITCHEN - NIGHT

Mara pours the coffee and looks at the clock.

MARA
Where were you all night long?

TOM
Out.

EXT. PIER - DAWN

Fog on the water. The boat knocks against the pier.

INT. KITCHEN - NIGHT

Tom stands at the window with a letter in his hand.
"""


def test_same_draft() -> None:
    script = parse_text(FERRY)
    change = match_drafts(script, script)
    assert change.unchanged
    assert change.new_element_of() == {e.id: e.id for e in script.elements}
    assert [(s.old_id, s.id) for s in change.scenes] == [(s.id, s.id) for s in script.scenes]


def test_reworded_line_is_the_same_line() -> None:
    old = parse_text(SHORT)
    new = parse_text(SHORT.replace("looks at the clock", "looks at the telephone"))
    change = match_drafts(old, new)
    (edited,) = [e for s in change.scenes for e in s.elements if e.words_changed]
    assert (edited.old_id, edited.id) == (old.scenes[0].elements[0].id, new.scenes[0].elements[0].id)
    assert not change.removed_elements
    assert [s.changed for s in change.scenes] == [True, False, False]


def test_typography_is_no_change_of_words() -> None:
    change = match_drafts(
        parse_text(SHORT), parse_text(SHORT.replace("Where", "where").replace("the coffee", "the  coffee"))
    )
    assert change.unchanged


def test_new_scene_with_a_heading_that_is_there_already() -> None:
    new = "INT. KITCHEN - NIGHT\n\nA cat nobody owns eats from the pan.\n\n" + SHORT
    old_script, new_script = parse_text(SHORT), parse_text(new)
    change = match_drafts(old_script, new_script)
    assert [s.old_id for s in change.scenes] == [None, *(s.id for s in old_script.scenes)]
    assert not any(s.moved for s in change.scenes)
    assert not change.removed_scenes and not change.removed_elements


def test_removed_scene_and_line() -> None:
    old = parse_text(SHORT)
    change = match_drafts(old, parse_text(SHORT.split("EXT. PIER")[0].replace("TOM\nOut.\n\n", "")))
    assert change.removed_scenes == (old.scenes[1].id, old.scenes[2].id)
    assert set(change.scenes[0].removed) == {e.id for e in old.scenes[0].elements[-2:]}
    assert set(change.removed_elements) >= {e.id for s in old.scenes[1:] for e in s.elements}


def test_moved_scene() -> None:
    first, second, third = SHORT.replace("INT. KITCHEN", "|INT. KITCHEN").replace("EXT.", "|EXT.").split("|")[1:]
    old, new = parse_text(SHORT), parse_text(second + third + "\n" + first)
    change = match_drafts(old, new)
    assert {(s.id, s.old_id) for s in change.scenes} == {
        (new.scenes[0].id, old.scenes[1].id),
        (new.scenes[1].id, old.scenes[2].id),
        (new.scenes[2].id, old.scenes[0].id),
    }
    assert [s.moved for s in change.scenes] == [False, False, True]


def test_heading_changed_keeps_the_scene_and_its_lines() -> None:
    old, new = parse_text(SHORT), parse_text(SHORT.replace("EXT. PIER - DAWN", "EXT. PIER - NIGHT"))
    change = match_drafts(old, new)
    assert change.scenes[1].old_id == old.scenes[1].id
    assert change.scenes[1].heading_changed
    assert not change.removed_scenes
    assert change.new_element_of()[old.scenes[1].elements[0].id] == new.scenes[1].elements[0].id


def test_written_numbers_hold_a_rewritten_scene() -> None:
    text = "INT. BAR - NIGHT #12#\n\nTom drinks alone.\n\nINT. BAR - NIGHT #13#\n\nRuth counts the money.\n"
    old = parse_text(text)
    new = parse_text(
        text.replace("Ruth counts the money.", "An empty room, chairs on tables.").replace(
            "Tom drinks alone", "Tom sleeps"
        )
    )
    assert [s.old_id for s in match_drafts(old, new).scenes] == [s.id for s in old.scenes]


def test_another_speaker_is_a_change() -> None:
    old, new = parse_text(SHORT), parse_text(SHORT.replace("TOM\nOut.", "INES\nOut."))
    change = match_drafts(old, new)
    changed = [e for e in change.scenes[0].elements if e.words_changed or e.old_id is None]
    assert {e.id for e in changed} == {e.id for e in new.scenes[0].elements[-2:]}


def test_every_old_line_is_matched_or_removed_exactly_once() -> None:
    old = parse_text(FERRY)
    new = parse_text(
        FERRY.replace("Fog lifts off flat water.", "")
        .replace("Not today.", "Never.")
        .replace("INT. DINER", "INT. CAFE")
    )
    change = match_drafts(old, new)
    matched = [e.old_id for s in change.scenes for e in s.elements if e.old_id] + [
        e.old_id for e in change.front if e.old_id
    ]
    assert sorted([*matched, *change.removed_elements]) == sorted(e.id for e in old.elements)
    assert [s.old_id for s in change.scenes] == [s.id for s in old.scenes]
