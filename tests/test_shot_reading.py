"""Shots that the script states are taken exactly as they are."""

from __future__ import annotations

from fractions import Fraction

import pytest

from maquette.film.settings import Density, ShotListSettings
from maquette.film.shot import Angle, Framing, Move, Shot, ShotRole, ShotSize, ShotStatus, Side
from maquette.script.names import Names
from maquette.script.read import parse_text
from maquette.script.shot_list import list_shots
from maquette.script.shot_words import read_shot_words

NAMES = Names({"MARA": "MARA", "TOM": "TOM", "PRICE": "PRICE", "OLD MAN": "OLD MAN"}, {})
SCENE = "INT. KITCHEN - NIGHT\n\nMARA (40s) stands at the door. TOM (17) sits at the table.\n\nTOM\nYou are late.\n\n"


def shots_of(text: str, density: Density = Density.STANDARD) -> tuple[Shot, ...]:
    return list_shots(parse_text(text), ShotListSettings(density=density)).shots


def asked(line: str) -> Shot:
    """The one shot that `line` states in a scene with MARA and TOM."""
    shots = shots_of(f"{SCENE}{line}\n\nMara turns to Tom.\n\nMARA\nI walked.\n")
    assert [s.status for s in shots] == [ShotStatus.ASKED]
    return shots[0]


@pytest.mark.parametrize(
    ("words", "size"),
    [
        ("extreme close-up MARA", ShotSize.ECU),
        ("ECU MARA", ShotSize.ECU),
        ("BCU MARA", ShotSize.BCU),
        ("big close up on Mara", ShotSize.BCU),
        ("CU MARA", ShotSize.CU),
        ("CLOSE ON MARA", ShotSize.CU),
        ("close-up: MARA", ShotSize.CU),
        ("MCU MARA", ShotSize.MCU),
        ("medium close-up MARA", ShotSize.MCU),
        ("MS MARA", ShotSize.MS),
        ("medium shot of Mara", ShotSize.MS),
        ("cowboy MARA", ShotSize.COWBOY),
        ("MLS MARA", ShotSize.MLS),
        ("medium long shot MARA", ShotSize.MLS),
        ("full shot MARA", ShotSize.FS),
        ("WS MARA", ShotSize.WS),
        ("long shot MARA", ShotSize.WS),
        ("very wide shot MARA", ShotSize.VWS),
        ("extreme wide shot MARA", ShotSize.EWS),
        ("ELS MARA", ShotSize.EWS),
    ],
)
def test_every_size_by_its_names(words: str, size: ShotSize) -> None:
    read = read_shot_words(words, NAMES)
    assert (read.size, read.subjects, read.notes) == (size, ("MARA",), ())


@pytest.mark.parametrize(
    ("words", "move"),
    [
        ("push in on MARA", Move.PUSH_IN),
        ("slow dolly in on MARA", Move.PUSH_IN),
        ("MARA, pull out", Move.PULL_OUT),
        ("dolly back from MARA", Move.PULL_OUT),
        ("pan left, MARA", Move.PAN_LEFT),
        ("tilt down, MARA", Move.TILT_DOWN),
        ("truck right, MARA", Move.TRUCK_RIGHT),
        ("boom up, MARA", Move.PEDESTAL_UP),
        ("crane down, MARA", Move.CRANE_DOWN),
        ("arc left, MARA", Move.ARC_LEFT),
        ("tracking shot MARA", Move.FOLLOW),
        ("MARA, handheld", Move.HANDHELD),
        ("crash zoom MARA", Move.CRASH_ZOOM),
        ("slow zoom MARA", Move.ZOOM_IN),
        ("jib down, MARA", Move.JIB_DOWN),
        ("MARA, drone shot", Move.DRONE),
        ("steadicam, MARA", Move.STEADICAM),
        ("whip tilt down to MARA", Move.WHIP_TILT_DOWN),
        ("whip pan left to MARA", Move.WHIP_PAN_LEFT),
        ("roll right, MARA", Move.ROLL_RIGHT),
        ("dolly zoom MARA", Move.DOLLY_ZOOM),
        ("whip pan to MARA", Move.WHIP_PAN),
        ("rack focus to MARA", Move.RACK_FOCUS),
        ("MARA, static", Move.STATIC),
        ("MARA, locked off", Move.STATIC),
    ],
)
def test_every_move_by_its_names(words: str, move: Move) -> None:
    read = read_shot_words(words, NAMES)
    assert (read.move, read.subjects) == (move, ("MARA",))


def test_the_note_of_the_manual() -> None:
    shot = asked("[[shot: MCU MARA, low angle, 35mm, push in]]")
    assert (shot.size, shot.subjects, shot.angle) == (ShotSize.MCU, ("MARA",), Angle.LOW)
    assert (shot.lens_mm, shot.move, shot.framing) == (35.0, Move.PUSH_IN, Framing.SINGLE)
    assert shot.reason.startswith('Asked in line 8: "MCU MARA, low angle, 35mm, push in".')
    assert shot.number == "1"


def test_a_note_states_length_height_roll_and_shoulder() -> None:
    shot = asked("[[shot: OTS right TOM ON MARA, 4.5s, hip level, dutch 15 degrees left, 85mm]]")
    assert (shot.framing, shot.over, shot.subjects) == (Framing.OTS, "TOM", ("MARA",))
    assert (shot.duration_s, shot.duration_estimated) == (Fraction(9, 2), False)
    assert (shot.camera_height_m, shot.roll_deg, shot.lens_mm) == (0.95, -15.0, 85.0)
    assert shot.camera_side is Side.LEFT, "over a right shoulder the subject stands frame right and looks left"


def test_two_shots_in_one_note_share_the_lines_that_follow() -> None:
    first, second = shots_of(f"{SCENE}[[shot: CU TOM, 85mm; MS MARA]]\n\nTom looks up.\n\nMARA\nI walked.\n")
    assert (first.size, first.subjects, second.size, second.subjects) == (
        ShotSize.CU,
        ("TOM",),
        ShotSize.MS,
        ("MARA",),
    )
    assert first.text == "Tom looks up."
    assert second.dialogue == "MARA: I walked."
    assert not set(first.line_ids) & set(second.line_ids)
    assert first.id != second.id


def test_free_words_after_a_semicolon_are_notes_of_the_shot() -> None:
    shot = asked("[[shot: WS TOM, high angle; a boy alone in a room]]")
    assert (shot.size, shot.angle, shot.notes) == (ShotSize.WS, Angle.HIGH, "a boy alone in a room")


def test_contradicting_words_are_kept_and_explained() -> None:
    shot = asked("[[shot: CU MARA, WS, low angle, 9000mm]]")
    assert shot.size is ShotSize.CU
    assert shot.notes == "WS; 9000mm"
    assert '"WS" contradicts "CU"' in shot.reason
    assert '"9000mm" is not a focal length' in shot.reason


def test_a_name_that_is_not_in_the_cast_is_said() -> None:
    shot = asked("[[shot: MCU BOB, low angle]]")
    assert (shot.framing, shot.subjects) == (Framing.INSERT, ("bob",))
    assert '"bob" is nobody of the cast' in shot.reason


def test_unknown_words_are_kept() -> None:
    assert asked("[[shot: CU MARA, with a lot of grain]]").notes == "with a lot of grain"
    assert asked("[[shot: CU MARA, T2.8]]").notes == "T2.8"


@pytest.mark.parametrize(
    ("line", "framing", "size", "subjects"),
    [
        ("CLOSE ON MARA'S HANDS", Framing.INSERT, ShotSize.CU, ("hands", "MARA")),
        ("CLOSE ON MARA", Framing.SINGLE, ShotSize.CU, ("MARA",)),
        ("CLOSE-UP: MARA'S FACE", Framing.SINGLE, ShotSize.CU, ("MARA",)),
        ("EXTREME CLOSE UP - THE KEYHOLE", Framing.INSERT, ShotSize.ECU, ("keyhole",)),
        ("INSERT - LETTER", Framing.INSERT, ShotSize.CU, ("letter",)),
        ("INSERT - THE CHEQUE", Framing.INSERT, ShotSize.CU, ("cheque",)),
        ("ANGLE ON the door", Framing.INSERT, ShotSize.MS, ("door",)),
        ("ANGLE ON TOM", Framing.SINGLE, ShotSize.MS, ("TOM",)),
        ("ON TOM", Framing.SINGLE, ShotSize.MS, ("TOM",)),
        ("WIDE - THE HARBOUR", Framing.PLACE, ShotSize.WS, ()),
        ("AERIAL SHOT - THE TOWN", Framing.PLACE, ShotSize.EWS, ()),
        ("TWO SHOT - MARA AND TOM", Framing.TWO_SHOT, ShotSize.MS, ("MARA", "TOM")),
        ("PUSH IN ON MARA", Framing.SINGLE, ShotSize.MS, ("MARA",)),
        ("PAN TO the window", Framing.INSERT, ShotSize.MS, ("window",)),
        ("LOW ANGLE ON TOM", Framing.SINGLE, ShotSize.MS, ("TOM",)),
    ],
)
def test_camera_lines_in_action(line: str, framing: Framing, size: ShotSize, subjects: tuple[str, ...]) -> None:
    shot = asked(line)
    assert (shot.framing, shot.size, shot.subjects) == (framing, size, subjects)
    assert shot.status is ShotStatus.ASKED
    assert f'"{line}"' in shot.reason


@pytest.mark.parametrize("line", ["POV MARA", "MARA'S POV", "MARA'S POV - TOM", "POV OF MARA"])
def test_a_point_of_view_is_seen_through_its_owner(line: str) -> None:
    shot = asked(line)
    assert (shot.framing, shot.over, shot.subjects) == (Framing.POV, "MARA", ("TOM",))


@pytest.mark.parametrize(
    ("line", "over", "subject"),
    [
        ("OTS MARA ON TOM", "MARA", "TOM"),
        ("!! OTS over MARA on TOM", "MARA", "TOM"),
        ("OVER MARA'S SHOULDER ON TOM", "MARA", "TOM"),
        ("OVER THE SHOULDER - MARA ON TOM", "MARA", "TOM"),
        ("OTS MARA", "MARA", "TOM"),
        ("OTS ON MARA", "TOM", "MARA"),
    ],
)
def test_over_the_shoulder_names_shoulder_and_face(line: str, over: str, subject: str) -> None:
    shot = asked(line)
    assert (shot.framing, shot.over, shot.subjects) == (Framing.OTS, over, (subject,))


@pytest.mark.parametrize(
    "line",
    [
        "Mara is close to the edge and wide awake.",
        "CLOSE the door, she thinks.",
        "WIDE awake, Mara stares at the ceiling.",
        "MARA stands up.",
        "BANG! The window breaks.",
        "TOM AND MARA RUN.",
        "He puts the INSERT into the slot.",
    ],
)
def test_plain_action_states_no_shot(line: str) -> None:
    assert all(s.status is ShotStatus.PROPOSED for s in shots_of(f"{SCENE}{line}\n"))


def test_a_stated_shot_covers_the_lines_to_the_next_one() -> None:
    text = f"{SCENE}!! CU MARA, 85mm\n\nMara stares.\n\nMARA\n(angry)\nNo.\n\n!! MCU TOM\n\nTOM\nYes.\n"
    play = parse_text(text)
    first, second = list_shots(play, ShotListSettings()).shots
    words = {e.id: e.text for e in play.elements}
    assert [words[i] for i in first.line_ids][1:] == ["Mara stares.", "MARA", "(angry)", "No."] or [
        words[i].strip("()") for i in first.line_ids
    ][1:] == ["Mara stares.", "MARA", "angry", "No."]
    assert (first.text, first.dialogue) == ("Mara stares.", "MARA: No.")
    assert (second.dialogue, second.number) == ("TOM: Yes.", "1A")


def test_a_note_between_cue_and_words_takes_the_whole_speech() -> None:
    shot = asked("MARA\n[[shot: CU MARA]]\nNo.")
    assert shot.dialogue == "MARA: No.\nMARA: I walked." or shot.dialogue == "MARA: No. I walked."
    assert len(shot.line_ids) == 6


def test_back_to_scene_ends_an_insert_with_the_set_up_before_it() -> None:
    text = (
        f"{SCENE}!! CU MARA, 85mm\n\nMara reads.\n\nINSERT - LETTER\n\nOne line only.\n\nBACK TO SCENE\n\nMara sits.\n"
    )
    close, insert, back = shots_of(text)
    assert insert.role is ShotRole.INSERT
    assert (back.size, back.subjects, back.lens_mm, back.text) == (close.size, close.subjects, 85.0, "Mara sits.")
    assert back.id != close.id


def test_back_to_scene_without_a_shot_before_it_is_the_master() -> None:
    _, back = shots_of(f"{SCENE}INSERT - LETTER\n\nOne line only.\n\nBACK TO SCENE\n\nMara and Tom sit.\n")
    assert (back.role, back.size, set(back.subjects)) == (ShotRole.MASTER, ShotSize.WS, {"MARA", "TOM"})


def test_words_after_the_camera_line_are_its_action() -> None:
    shot = asked("CLOSE ON MARA. She weeps without a sound.")
    assert shot.text.startswith("She weeps without a sound.")
    assert shot.subjects == ("MARA",)


def test_a_camera_line_inside_a_paragraph_counts() -> None:
    shots = shots_of(f"{SCENE}Mara sits down. CLOSE ON HER HANDS. They shake.\n")
    assert len(shots) == 1
    assert (shots[0].framing, shots[0].subjects[0]) == (Framing.INSERT, "hands")


def test_what_is_not_stated_is_filled_and_said() -> None:
    shot = asked("!! CU MARA")
    assert (shot.lens_mm, shot.angle, shot.move) == (75.0, Angle.EYE, Move.STATIC)
    assert "Not stated, so by default: 75 mm, eye level, static." in shot.reason


def test_a_scene_that_states_a_shot_gets_no_proposals_except_at_full_density() -> None:
    text = f"{SCENE}[[shot: CU MARA]]\n\nMara stares.\n\nTOM\n(shouting)\nYou lied to me!\n"
    for density in (Density.ASKED_ONLY, Density.SPARSE, Density.STANDARD):
        assert [s.status for s in shots_of(text, density)] == [ShotStatus.ASKED]
    full = shots_of(text, Density.FULL)
    stated = [s for s in full if s.status is ShotStatus.ASKED]
    assert len(stated) == 1 and len(full) > 2
    covered = [i for s in full for i in s.line_ids]
    assert len(covered) == len(set(covered)), "a proposal never takes a line from a stated shot"
    assert stated[0].model_copy(update={"number": ""}) == shots_of(text)[0].model_copy(update={"number": ""})


def test_ids_are_equal_when_the_same_draft_is_read_again() -> None:
    text = f"{SCENE}!! CU MARA\n\nMara stares.\n\n!! CU MARA\n\nMara turns.\n"
    first, again = shots_of(text), shots_of(text)
    assert [s.id for s in first] == [s.id for s in again]
    assert len({s.id for s in first}) == len(first)


def test_neighbouring_stated_shots_of_one_subject_leave_thirty_degrees_where_the_script_leaves_it_open() -> None:
    a, b = shots_of(f"{SCENE}!! MS MARA\n\nMara stares.\n\n!! MCU MARA\n\nMara turns.\n")
    assert a.azimuth_deg is not None and b.azimuth_deg is not None
    assert abs(a.azimuth_deg - b.azimuth_deg) >= 30


@pytest.mark.parametrize(
    ("line", "stated"),
    [
        ("CLOSE ON MARA", ("size", "subjects")),
        ("[[shot: MCU MARA, low angle, 35mm, push in, 4 s]]",
         ("size", "angle", "subjects", "lens", "move", "duration")),
        ("[[shot: WS, dutch 10 degrees left, camera at 0.5 m, from behind]]", ("size", "height", "roll", "azimuth")),
        ("OVER TOM'S RIGHT SHOULDER ON MARA", ("side", "framing", "subjects", "over")),
        ("[[shot: profile of TOM, static]]", ("azimuth", "framing", "subjects", "move")),
        ("INSERT - THE LETTER", ("framing", "subjects")),
        ("ANGLE ON the door", ("framing", "subjects")),
        ("MASTER SHOT", ()),
    ],
)  # fmt: skip
def test_a_shot_knows_which_controls_its_words_state(line: str, stated: tuple[str, ...]) -> None:
    assert asked(line).stated == stated


def test_proposals_state_nothing_and_a_set_up_again_states_what_it_did_before() -> None:
    assert {s.stated for s in shots_of(SCENE) if s.status is ShotStatus.PROPOSED} == {()}
    shots = shots_of(
        f"{SCENE}[[shot: MCU MARA, 35mm, push in, 4 s]]\n\nMara turns.\n\nINSERT - THE LETTER\n\nIt is open.\n\n"
        "BACK TO SCENE\n\nMara sits.\n\nTom waits.\n"
    )
    assert shots[-1].size is ShotSize.MCU and shots[-1].stated == ("size", "subjects", "lens")
