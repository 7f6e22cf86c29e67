"""The Fountain reader and writer: every element, places, stable ids, and the round trip."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maquette.film.screenplay import Element, ElementKind, Emphasis, Screenplay
from maquette.script import parse_text, read_screenplay, to_fountain

K = ElementKind
EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*.fountain"))


def kinds(text: str) -> list[tuple[ElementKind, str]]:
    return [(e.kind, e.text) for e in parse_text(text).elements]


def only(text: str) -> Element:
    (element,) = parse_text(text).elements
    return element


def without_places(screenplay: Screenplay) -> list[dict[str, object]]:
    return [e.model_dump(exclude={"place"}) for e in screenplay.elements]


def assert_round_trip(text: str) -> None:
    first = parse_text(text)
    second = parse_text(to_fountain(first))
    assert without_places(second) == without_places(first)
    assert second.title_page == first.title_page
    assert [s.model_dump(include={"id", "number", "heading"}) for s in second.scenes] == [
        s.model_dump(include={"id", "number", "heading"}) for s in first.scenes
    ]


# --- elements ------------------------------------------------------------------------------------------------------


def test_title_page_with_lines_and_emphasis() -> None:
    script = parse_text(
        "Title:\n    _**BRICK & STEEL**_\n    _**FULL RETIRED**_\nCredit: Written by\nAuthor: Stu Maschwitz\n"
        "Contact:\n\tNext Level Productions\n\t1588 Mission Dr.\n\nEXT. PATIO - DAY\n\nSun.\n"
    )
    assert script.title_page == {
        "Title": "BRICK & STEEL\nFULL RETIRED",
        "Credit": "Written by",
        "Author": "Stu Maschwitz",
        "Contact": "Next Level Productions\n1588 Mission Dr.",
    }
    assert script.title == "BRICK & STEEL FULL RETIRED"


@pytest.mark.parametrize("first", ["FADE IN:", "INT. HOUSE: KITCHEN - DAY", "CUT TO:", "MARA: hello"])
def test_first_line_with_a_colon_is_no_title_page(first: str) -> None:
    assert parse_text(f"{first}\n\nINT. HOUSE - DAY\n\nRain.").title_page == {}


@pytest.mark.parametrize(
    "line",
    [
        "INT. HOUSE - DAY",
        "EXT. FIELD",
        "est. city",
        "INT/EXT CAR - DAY",
        "INT./EXT. CAR",
        "I/E CAR - NIGHT",
        "int house - day",
    ],
)
def test_unforced_headings(line: str) -> None:
    element = only(line)
    assert (element.kind, element.text, element.forced) == (K.SCENE_HEADING, line, False)


def test_forced_heading_and_ellipsis() -> None:
    assert only(".THE VOID").model_dump(include={"kind", "text", "forced"}) == {
        "kind": K.SCENE_HEADING,
        "text": "THE VOID",
        "forced": True,
    }
    assert only("...and then").kind is K.ACTION


@pytest.mark.parametrize(
    "line", ["Est. 1897, the sign reads.", "Interior designers gather.", "EXTRA cheese.", "Internal."]
)
def test_no_heading(line: str) -> None:
    assert only(line).kind is K.ACTION


@pytest.mark.parametrize(("mark", "number"), [("#24A#", "24A"), ("#1-A#", "1-A"), ("#110.2#", "110.2")])
def test_scene_number(mark: str, number: str) -> None:
    element = only(f"INT. HOUSE - DAY {mark}")
    assert (element.text, element.scene_number) == ("INT. HOUSE - DAY", number)


def test_numbers_typed_at_both_ends() -> None:
    element = only("24A INT. HOUSE - DAY 24A")
    assert (element.text, element.scene_number) == ("INT. HOUSE - DAY", "24A")


def test_scenes_are_counted_where_the_script_has_no_numbers() -> None:
    script = parse_text("INT. A - DAY #2#\n\nx.\n\nINT. B - DAY\n\ny.\n\nINT. C - DAY #7#\n\nz.")
    assert [(s.number, s.numbered_by_script) for s in script.scenes] == [("2", True), ("2A", False), ("7", True)]


def test_action_paragraphs_stay_apart_and_lines_stay_together() -> None:
    assert kinds("One.\nStill one.\n\nTwo.") == [(K.ACTION, "One.\nStill one."), (K.ACTION, "Two.")]


def test_forced_action() -> None:
    element = only("!INT. HOUSE\nMARA\nspeaks")
    assert (element.kind, element.text, element.forced) == (K.ACTION, "INT. HOUSE\nMARA\nspeaks", True)


def test_heading_against_a_paragraph_is_not_lost() -> None:
    assert kinds("She leaves.\nINT. KITCHEN - NIGHT\nDark.") == [
        (K.ACTION, "She leaves."),
        (K.SCENE_HEADING, "INT. KITCHEN - NIGHT"),
        (K.ACTION, "Dark."),
    ]


def test_speech() -> None:
    script = parse_text("MARA (V.O.) (CONT'D)\n(softly)\nNot today.\nNot ever.\n(beat)\nGo.")
    cue = script.elements[0]
    assert (cue.kind, cue.text, cue.character, cue.extension) == (
        K.CHARACTER,
        "MARA (V.O.) (CONT'D)",
        "MARA",
        ("V.O.", "CONT'D"),
    )
    assert [(e.kind, e.text, e.character) for e in script.elements[1:]] == [
        (K.PARENTHETICAL, "softly", "MARA"),
        (K.DIALOGUE, "Not today.\nNot ever.", "MARA"),
        (K.PARENTHETICAL, "beat", "MARA"),
        (K.DIALOGUE, "Go.", "MARA"),
    ]


@pytest.mark.parametrize(
    ("cue", "name"),
    [
        ("McCLANE", "MCCLANE"),
        ("O'BRIEN (on phone)", "O'BRIEN"),
        ("MAN #2", "MAN #2"),
        ("DR. VOSS (O.S.)", "DR. VOSS"),
        ("ÉLISE", "ÉLISE"),
        ("R2D2", "R2D2"),
        ("MARA V.O.", "MARA"),
        ("@McAvoy", "MCAVOY"),
        ("@李明", "李明"),
    ],
)
def test_cue_names(cue: str, name: str) -> None:
    element = parse_text(f"{cue}\nHello.").elements[0]
    assert (element.kind, element.character) == (K.CHARACTER, name)


@pytest.mark.parametrize(
    "line", ["CLOSE ON MARA", "BANG!", "INSERT - THE CHEQUE", "MARA'S POV", "SUPER: LONDON", "23", "LATER"]
)
def test_capitals_above_action_that_are_no_cue(line: str) -> None:
    assert kinds(f"{line}\nShe stops.") == [(K.ACTION, f"{line}\nShe stops.")]


def test_camera_line_alone_stays_action() -> None:
    assert only("CLOSE ON MARA").kind is K.ACTION


def test_dual_dialogue() -> None:
    script = parse_text("BRICK\nScrew retirement.\n\nSTEEL ^\n(loud)\nScrew retirement.")
    assert [(e.character, e.dual) for e in script.elements] == [("BRICK", False)] * 2 + [("STEEL", True)] * 3
    assert script.elements[2].text == "STEEL"


def test_two_spaces_carry_dialogue_over_an_empty_line() -> None:
    assert kinds("MARA\nOne.\n  \nTwo.\n\nAction.")[1:] == [(K.DIALOGUE, "One.\n\nTwo."), (K.ACTION, "Action.")]


def test_spaces_on_every_empty_line_mean_nothing() -> None:
    text = "INT. A - DAY\n   \nRain.\n   \nMARA\nHello.\n   \nShe goes.\n   \nEXT. B - DAY\n   \nSun.\n   \nEnd.\n"
    assert [k for k, _ in kinds(text)] == [
        K.SCENE_HEADING, K.ACTION, K.CHARACTER, K.DIALOGUE, K.ACTION, K.SCENE_HEADING, K.ACTION, K.ACTION,
    ]  # fmt: skip


def test_parenthetical_over_lines_and_words_in_brackets() -> None:
    assert kinds("MARA\n(turning\nto Tom)\n(No) I said (no).")[1:] == [
        (K.PARENTHETICAL, "turning\nto Tom"),
        (K.DIALOGUE, "(No) I said (no)."),
    ]


def test_marked_lines() -> None:
    assert kinds(
        "# Act\n\n## Part\n\n= What happens.\n\n~La la\n~la\n\n> FADE TO WHITE\n\n"
        "> THE END <\n\n===\n\n!! CU MARA, 85mm"
    ) == [
        (K.SECTION, "Act"),
        (K.SECTION, "Part"),
        (K.SYNOPSIS, "What happens."),
        (K.LYRIC, "La la\nla"),
        (K.TRANSITION, "FADE TO WHITE"),
        (K.CENTERED, "THE END"),
        (K.PAGE_BREAK, ""),
        (K.SHOT, "CU MARA, 85mm"),
    ]
    assert [e.depth for e in parse_text("# A\n\n### B").elements] == [1, 3]


@pytest.mark.parametrize("line", ["CUT TO:", "SMASH CUT TO:", "FADE IN:", "FADE OUT.", "DISSOLVE TO:", "CUT TO BLACK."])
def test_transitions(line: str) -> None:
    assert kinds(f"Rain.\n\n{line}\n\nSun.")[1] == (K.TRANSITION, line)


def test_note_in_an_action_paragraph_follows_it() -> None:
    assert kinds("She walks [[shot: CU MARA]] away.\nAnd back.\n\nOn.") == [
        (K.ACTION, "She walks away.\nAnd back."),
        (K.NOTE, "shot: CU MARA"),
        (K.ACTION, "On."),
    ]


def test_note_over_lines_and_in_speech() -> None:
    script = parse_text("MARA\nHello [[a\n  \nb]] there.\n(beat)\nGo.")
    assert [(e.kind, e.text) for e in script.elements][1:] == [
        (K.DIALOGUE, "Hello there."),
        (K.NOTE, "a\n\nb"),
        (K.PARENTHETICAL, "beat"),
        (K.DIALOGUE, "Go."),
    ]
    assert (script.elements[1].place.line, script.elements[1].place.end_line) == (2, 4)
    assert script.elements[4].place.line == 6


def test_note_on_a_line_of_its_own_does_not_part_a_cue_from_the_empty_line_above() -> None:
    assert [k for k, _ in kinds("Rain.\n\n[[shot: CU]]\nMARA\n[[soft]]\nHello.")] == [
        K.ACTION, K.NOTE, K.CHARACTER, K.NOTE, K.DIALOGUE,
    ]  # fmt: skip


def test_unclosed_note_and_note_over_an_empty_line_stay_words() -> None:
    assert kinds("A [[b.\n\nC]] d.") == [(K.ACTION, "A [[b."), (K.ACTION, "C]] d.")]
    assert kinds("A /* b.") == [(K.ACTION, "A /* b.")]


def test_boneyard_over_lines_and_headings() -> None:
    assert kinds("One.\n\n/*\nINT. CUT - DAY\n\nGone.\n*/\n\nTwo.") == [
        (K.ACTION, "One."),
        (K.BONEYARD, "INT. CUT - DAY\n\nGone."),
        (K.ACTION, "Two."),
    ]


def test_emphasis() -> None:
    element = only("a *b* **c** ***d*** _e_ \\*f\\* snake_case_word *open")
    assert element.text == "a b c d e *f* snake_case_word *open"
    marked = {r.text: r.emphasis for r in element.runs if r.emphasis}
    assert marked["b"] == {Emphasis.ITALIC}
    assert marked["c"] == {Emphasis.BOLD}
    assert marked["d"] == {Emphasis.BOLD, Emphasis.ITALIC}
    assert marked["e"] == {Emphasis.UNDERLINE}
    assert "".join(r.text for r in element.runs) == element.text


def test_emphasis_overlaps_and_needs_words_at_its_edges() -> None:
    assert only("He dials *69 and then *23.").runs == ()
    runs = only("*a _b* c_").runs
    assert [(r.text, {e.value for e in r.emphasis}) for r in runs] == [
        ("a ", {"italic"}), ("b", {"italic", "underline"}), (" c", {"underline"}),
    ]  # fmt: skip


def test_bold_heading_is_a_heading() -> None:
    assert only("**INT. HOUSE - DAY**").kind is K.SCENE_HEADING


def test_line_breaks_of_every_kind() -> None:
    text = "INT. A - DAY\n\nRain.\n\nMARA\nHello.\n"
    for mark in ("\r\n", "\r"):
        assert without_places(parse_text(text.replace("\n", mark))) == without_places(parse_text(text))
        assert [e.place for e in parse_text(text.replace("\n", mark)).elements] == [
            e.place for e in parse_text(text).elements
        ]


def test_places_are_source_lines() -> None:
    script = parse_text("Title: X\n\nINT. A - DAY\n\nOne\ntwo.\n\nMARA\nHello.\n")
    assert [(e.place.line, e.place.end_line) for e in script.elements] == [(3, 3), (5, 6), (8, 8), (9, 9)]
    assert (script.scenes[0].place.line, script.scenes[0].place.end_line) == (3, 9)


# --- ids -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_a_new_paragraph_changes_no_other_id(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    ids = [e.id for e in read_screenplay(path).elements]
    assert len(set(ids)) == len(ids)
    blocks = text.split("\n\n")
    for at in range(1, len(blocks), 3):
        new = "\n\n".join([*blocks[:at], "A crow nobody has seen before lands on the rail.", *blocks[at:]])
        changed = [e.id for e in parse_text(new).elements]
        assert len(changed) == len(ids) + 1
        assert [i for i in changed if i in set(ids)] == ids


def test_repeating_a_short_line_in_one_scene_leaves_the_others() -> None:
    text = "INT. A - DAY\n\n{}Rain.\n\nEXT. B - DAY\n\nSilence.\n\nMARA\nNo."
    before = parse_text(text.format("")).scenes[1]
    after = parse_text(text.format("Silence.\n\nMARA\nNo.\n\n")).scenes[1]
    assert [e.id for e in before.elements] == [e.id for e in after.elements]
    assert before.id == after.id


# --- round trip ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_examples_survive_writing(path: Path) -> None:
    assert_round_trip(path.read_text(encoding="utf-8"))


_PIECES = (
    "INT. EXT. HOUSE - DAY MARA TOM rain ( ) (beat) [[ ]] /* */ * ** *** _ \\ ! !! > < ~ @ . .. # #1# = === ^ : "
    "TO: CUT "
    "(V.O.) Title: a. [ ] / b_c *d* _e_ [[note]] /*x*/ é Ünter 李 24A"
)
_WORDS = st.sampled_from(_PIECES.split(" "))
_LINE = st.lists(_WORDS, max_size=6).map(" ".join) | st.lists(_WORDS, max_size=5).map("".join)
_SCRIPT = st.lists(
    _LINE | st.sampled_from(["", "", "", "  ", "INT. HOUSE - DAY", "MARA", "MARA ^", "Hello."]), max_size=14
).map("\n".join)


@given(_SCRIPT)
@settings(max_examples=700, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
def test_any_script_survives_writing(text: str) -> None:
    assert_round_trip(text)


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None, derandomize=True)
def test_any_text_survives_writing(text: str) -> None:
    assert_round_trip(text)


def test_library_reads_the_same_where_it_is_right() -> None:
    """screenplay-tools as a cross-check, on constructs that it reads well: one line a paragraph, no notes, no marks."""
    from screenplay_tools.fountain.parser import Parser

    text = EXAMPLES[0].read_text(encoding="utf-8")
    parser = Parser()
    parser.mergeActions = False
    parser.add_text(text.replace(" (CONT'D)", ""))
    theirs: list[tuple[str, str]] = []
    for element in parser.script.elements:
        name = element.type.name if hasattr(element.type, "name") else str(element.type)
        if name in ("HEADING", "ACTION", "CHARACTER", "DIALOGUE", "PARENTHETICAL"):
            words = element.name if name == "CHARACTER" else element.text
            if words.strip():
                theirs.append(
                    (
                        {"HEADING": "SCENE_HEADING"}.get(name, name),
                        words.strip("() ") if name == "PARENTHETICAL" else words,
                    )
                )
    ours = [
        (e.kind.name, e.character if e.kind is K.CHARACTER else e.text) for e in read_screenplay(EXAMPLES[0]).elements
    ]
    assert theirs == ours
