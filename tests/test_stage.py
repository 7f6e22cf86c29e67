"""The stage of real scenes: everyone keeps their place, looks to their side, and is seen as the shot asks."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import maquette
from maquette.film.request import FrameSettings
from maquette.film.shot import Framing, Move, Shot, ShotSize, ShotStatus, Side
from maquette.film.stage import BodyKind, SetKind
from maquette.pipeline import Production
from maquette.stage.build import MAX_CAST, BuiltStage, build_stage
from maquette.stage.framing import project
from maquette.stage.moves import camera_at

FRAME = FrameSettings(width=160, height=90, samples_per_pixel=1, path_depth=2)
EXAMPLES = Path(__file__).resolve().parents[1] / "examples"


@pytest.fixture(scope="module")
def cup(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    with maquette.new(tmp_path_factory.mktemp("cup") / "film", script=EXAMPLES / "the-chipped-cup.fountain") as p:
        yield p


def stage_of(production: Production, shot: Shot, moment: Fraction = Fraction(0)) -> BuiltStage:
    return build_stage(production.request(production.screenplay, shot, FRAME, moment))


def test_the_same_scene_is_blocked_the_same_in_every_shot(cup: Production) -> None:
    """Ada stays on the sofa through the whole scene; Jonas moves once, when the script moves him."""
    places = [stage_of(cup, shot).places for shot in cup.shots]
    assert len({p["ADA"].position for p in places}) == 1
    spots = [p["JONAS"].spot for p in places]
    changes = [b for a, b in pairwise(spots) if a != b]
    assert len(changes) <= 1
    assert "sofa" in places[0]["ADA"].spot and "window" in places[0]["JONAS"].spot


def test_a_stage_is_the_same_twice(cup: Production) -> None:
    shot = cup.shots[0]
    one, two = (stage_of(cup, shot).at(Fraction(0)) for _ in range(2))
    assert one.camera == two.camera
    assert [b.name for b in one.bodies] == [b.name for b in two.bodies]
    for a, b in zip(one.bodies, two.bodies, strict=True):
        assert np.array_equal(a.vertices, b.vertices) and np.array_equal(a.base_color, b.base_color)


def test_people_live_over_time_and_a_static_camera_does_not_move(cup: Production) -> None:
    shot = next(s for s in cup.shots if s.move is Move.STATIC and s.framing is Framing.SINGLE)
    stage = stage_of(cup, shot)
    start, later = stage.at(Fraction(0)), stage.at(Fraction(13, 10))
    assert start.camera.position == later.camera.position
    before = {b.name: b.vertices for b in start.bodies if b.kind is BodyKind.CAST}
    after = {b.name: b.vertices for b in later.bodies if b.kind is BodyKind.CAST}
    shifts = [np.abs(after[name] - before[name]).max() for name in before]
    assert max(shifts) > 1e-4


def test_clothes_and_faces_are_the_same_in_every_shot(ferry: Production) -> None:
    shots = [s for s in ferry.shots if "MARA" in s.subjects and s.scene_number in ("1", "3", "9")]
    colors = []
    for shot in shots[:4]:
        bodies = {b.name: b for b in stage_of(ferry, shot).at(Fraction(0)).bodies}
        mara = bodies["cast/MARA"]
        assert mara.texture is not None
        colors.append((mara.base_color.tobytes(), mara.texture.key, mara.part_names))
    assert len(set(colors)) == 1


SINGLES = (Framing.SINGLE, Framing.OTS)


def test_first_subjects_look_to_the_side_that_the_shot_list_states(ferry: Production) -> None:
    """The 180-degree line in the picture itself, not only in the list."""
    checked = 0
    for shot in ferry.shots:
        if shot.framing not in SINGLES or shot.camera_side is None or shot.status is ShotStatus.ASKED:
            continue
        stage = stage_of(ferry, shot)
        moment = stage.at(Fraction(0))
        figure = stage.figures(Fraction(0))[shot.subjects[0]]
        eyes = figure.landmarks["eyes"]
        ahead = eyes + 0.25 * np.append(figure.look, 0.0)
        (x0, _, _), (x1, _, _) = project(moment.camera, np.array([eyes, ahead]))
        if abs(x1 - x0) > 0.01:
            assert (x1 > x0) == (shot.camera_side is Side.RIGHT), shot.number
            checked += 1
    assert checked >= 8


def test_every_subjects_face_is_in_the_frame(ferry: Production) -> None:
    for shot in ferry.shots:
        if shot.framing in (Framing.PLACE, Framing.INSERT, Framing.POV) or shot.size is ShotSize.ECU:
            continue
        stage = stage_of(ferry, shot)
        figures = stage.figures(Fraction(0))
        camera = stage.at(Fraction(0)).camera
        for name in shot.subjects:
            x, y, depth = project(camera, figures[name].landmarks["nose"])[0]
            assert 0 < x < 1 and 0 < y < 1 and depth > 0, f"{shot.number}: {name}"


def test_faces_are_really_seen(ferry: Production) -> None:
    """Rendered: the pixel of the face belongs to the subject, not to a lamp shade or a shoulder."""
    tight = [s for s in ferry.shots if s.framing is Framing.SINGLE and s.size in (ShotSize.CU, ShotSize.MCU)]
    hidden = []
    for shot in tight:
        stage = stage_of(ferry, shot)
        moment = stage.at(Fraction(0))
        passes = ferry.studio.renderer.render(moment, 160, 90, 1, 2, 0, for_lines=False)
        x, y, _ = project(moment.camera, stage.figures(Fraction(0))[shot.subjects[0]].landmarks["eyes"])[0]
        seen = passes.object_names[passes.object_id[int(y * 90), int(x * 160)]]
        if seen != f"cast/{shot.subjects[0]}":
            hidden.append((shot.number, seen))
    assert not hidden


def test_an_unknown_place_gets_the_neutral_stage_and_says_so(tmp_path: Path) -> None:
    script = tmp_path / "odd.fountain"
    script.write_text("INT. ORBITAL GREENHOUSE MODULE 9 - DAY\n\nANNA (30s) waits.\n\nANNA\nHello?\n")
    with maquette.new(tmp_path / "film", script=script) as production:
        stage = stage_of(production, production.shots[0])
        assert stage.plan.kind is SetKind.NEUTRAL
        assert any("greenhouse" in note.lower() for note in stage.at(Fraction(0)).notes)


def test_a_crowd_is_shown_in_part_and_the_rest_is_said(tmp_path: Path) -> None:
    names = [f"PERSON {chr(65 + i // 26)}{chr(65 + i % 26)}" for i in range(100)]
    lines = "\n\n".join(f"{n}\nHere." for n in names)
    script = tmp_path / "crowd.fountain"
    script.write_text(f"EXT. FIELD - DAY\n\nA crowd.\n\n{lines}\n")
    with maquette.new(tmp_path / "film", script=script) as production:
        shot = next(s for s in production.shots if s.subjects)
        stage = stage_of(production, shot)
        assert len(stage.places) == MAX_CAST and shot.subjects[0] in stage.places
        assert "people are in this scene; 12 of them are shown" in stage.notes[0]


def test_a_move_changes_the_picture_and_ends_where_it_should(ferry: Production) -> None:
    shot = next(s for s in ferry.shots if s.move is Move.PUSH_IN)
    setup = stage_of(ferry, shot).setup
    start, end = camera_at(shot, setup, Fraction(0)), camera_at(shot, setup, shot.duration_s)
    target = np.array(start.look_at)
    assert np.linalg.norm(np.array(end.position) - target) < 0.7 * np.linalg.norm(np.array(start.position) - target)
