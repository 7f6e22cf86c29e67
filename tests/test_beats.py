"""Beats: a shot's lines fill its running time, speeches lie inside them, and the panel's moment is one of them."""

from fractions import Fraction

import pytest

from maquette.direct.beats import BEFORE_S, beats_of
from maquette.direct.performance import perform
from maquette.film.cast import Posture
from maquette.film.screenplay import ElementKind, Scene
from maquette.film.shot import Framing, Shot, ShotRole, ShotSize, ShotStatus
from maquette.script.read import parse_text

SCRIPT = """INT. KITCHEN - NIGHT

MARA, 40s, and JON, 50s, sit at the table.

MARA
Where were you?

Jon gets up and walks to the window.

JON
(after a long pause)
By the water. I could not sleep.

MARA
Nobody can.
"""


@pytest.fixture(scope="module")
def scene() -> Scene:
    return parse_text(SCRIPT, "kitchen.fountain").scenes[0]


def shot_of(scene: Scene, seconds: Fraction, *, moment: int = 0, lines: slice = slice(None)) -> Shot:
    ids = tuple(e.id for e in scene.elements[lines])
    return Shot(
        id="1A", number="1A", scene_id=scene.id, scene_number=scene.number, role=ShotRole.MASTER,
        framing=Framing.TWO_SHOT, size=ShotSize.MS, lens_mm=35.0, line_ids=ids, duration_s=seconds,
        moment_id=scene.elements[moment].id, status=ShotStatus.PROPOSED,
    )  # fmt: skip


NAMES = ("MARA", "JON")


def test_beats_fill_the_duration_without_gaps(scene: Scene) -> None:
    shot = shot_of(scene, Fraction(25, 2))
    beats = beats_of(scene, shot, NAMES, ())
    assert beats[0].start_s == 0
    assert [b.start_s for b in beats] == sorted({b.start_s for b in beats})
    assert beats[-1].speeches[-1].end_s == shot.duration_s
    spoken = [e.id for e in scene.elements if e.kind in (ElementKind.ACTION, ElementKind.DIALOGUE)]
    assert [b.line_id for b in beats] == spoken


def test_words_lie_inside_their_beats_and_wait_for_the_parenthetical(scene: Scene) -> None:
    beats = beats_of(scene, shot_of(scene, Fraction(14)), NAMES, ())
    ends = [b.start_s for b in beats[1:]] + [Fraction(14)]
    for beat, end in zip(beats, ends, strict=True):
        for speech in beat.speeches:
            assert beat.start_s < speech.start_s < speech.end_s <= end
    asked, late = (next(b for b in beats if b.speeches and b.speeches[0].character == n) for n in ("MARA", "JON"))
    # A turn is 0.3 s; a long pause 1.5 s more: six times as long before the same scale.
    assert (late.speeches[0].start_s - late.start_s) == 6 * (asked.speeches[0].start_s - asked.start_s)
    assert late.speeches[0].words == "By the water. I could not sleep."


def test_only_the_speaker_speaks(scene: Scene) -> None:
    for beat in beats_of(scene, shot_of(scene, Fraction(14)), NAMES, ()):
        speaking = {p.character for p in beat.performances if p.speaking}
        assert speaking == {s.character for s in beat.speeches}


def test_the_panels_moment_is_a_beat_with_the_panels_performances(scene: Scene) -> None:
    cue = next(i for i, e in enumerate(scene.elements) if e.kind is ElementKind.CHARACTER)
    shot = shot_of(scene, Fraction(14), moment=cue)
    beats = beats_of(scene, shot, NAMES, ())
    (panel,) = [b for b in beats if b.line_id == shot.moment_id]
    assert panel.performances == perform(scene, NAMES, shot.moment_id)


def test_a_shot_of_one_moment_has_one_beat(scene: Scene) -> None:
    shot = shot_of(scene, Fraction(3), lines=slice(0, 1))
    (beat,) = beats_of(scene, shot, NAMES, ())
    assert beat.start_s == 0 and not beat.speeches
    assert beat.performances == perform(scene, NAMES, shot.moment_id)
    (bare,) = beats_of(scene, shot.model_copy(update={"line_ids": (), "moment_id": None}), NAMES, ())
    assert bare.performances == perform(scene, NAMES, None)


def test_dual_dialogue_runs_side_by_side() -> None:
    text = "INT. HALL - DAY\n\nANN and BOB shout.\n\nANN\nStop right there, you!\n\nBOB ^\nNever.\n"
    scene = parse_text(text, "hall.fountain").scenes[0]
    beats = beats_of(scene, shot_of(scene, Fraction(4)), ("ANN", "BOB"), ())
    both = [b for b in beats if len(b.speeches) == 2]
    assert len(both) == 1
    one, two = both[0].speeches
    assert one.start_s == two.start_s and one.end_s > two.end_s


def test_a_note_that_asks_for_a_shot_takes_no_time() -> None:
    text = "EXT. PIER - DAY\n\n[[shot: FS ANN, static]]\n\nANN walks along the pier.\n"
    scene = parse_text(text, "pier.fountain").scenes[0]
    (beat,) = beats_of(scene, shot_of(scene, Fraction(5)), ("ANN",), ())
    assert beat.start_s == 0 and beat.line_id == scene.elements[0].id
    assert beat.performances == perform(scene, ("ANN",), scene.elements[0].id)


def test_an_action_that_changes_a_posture_is_seen_from_before_it(scene: Scene) -> None:
    gets_up = next(i for i, e in enumerate(scene.elements) if e.text.startswith("Jon gets up"))
    shot = shot_of(scene, Fraction(5), moment=gets_up, lines=slice(gets_up, gets_up + 1))
    before, then = beats_of(scene, shot, NAMES, ())
    assert before.start_s == 0 and Fraction(0) < then.start_s <= BEFORE_S
    assert before.line_id != shot.moment_id == then.line_id
    postures = [{p.character: p.posture for p in b.performances}["JON"] for b in (before, then)]
    assert postures[0] is Posture.SIT and postures[1] is not Posture.SIT


def test_who_comes_in_comes_from_the_first_frame_on() -> None:
    text = "INT. BAR - NIGHT\n\nBOB sits at the bar. ANN comes in and stands behind him.\n"
    scene = parse_text(text, "bar.fountain").scenes[0]
    before, then = beats_of(scene, shot_of(scene, Fraction(5)), ("ANN", "BOB"), ())
    assert before.start_s == then.start_s == 0
    assert [p.present for p in before.performances] == [False, True]
    assert all(p.present for p in then.performances)


def test_who_is_first_seen_walking_walks_from_the_start() -> None:
    text = "EXT. PIER - DAY\n\nFog on the water.\n\nANN walks along the pier.\n"
    scene = parse_text(text, "pier.fountain").scenes[0]
    (beat,) = beats_of(scene, shot_of(scene, Fraction(5), moment=1, lines=slice(1, 2)), ("ANN",), ())
    assert beat.performances[0].posture is Posture.WALK
