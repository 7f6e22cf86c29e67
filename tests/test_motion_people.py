"""People over the time of a shot: feet that stay, poses that never jump, lips that meet, eyes that blink."""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from maquette.direct.beats import beats_of
from maquette.film.request import FrameSettings
from maquette.film.shot import Move
from maquette.film.stage import BodyKind, SetKind, SetPlan
from maquette.film.take import Beat, Motion
from maquette.pipeline import Production
from maquette.stage.acting import Actor
from maquette.stage.build import BuiltStage, build_stage
from maquette.stage.company import Company
from maquette.stage.doors import passage_of
from maquette.stage.framing import project
from maquette.stage.itinerary import Floor
from maquette.stage.people.liveliness import liveliness
from maquette.stage.people.rig import load_rig
from maquette.stage.people.visemes import mouth_of, visemes_of
from tests.small_film import small_film

FRAME = FrameSettings(width=160, height=90, samples_per_pixel=1, path_depth=2)
WALK, ARRIVES, TALKS = "1A", "9A", "5C"
FPS = 24
MOST_DEG = {"head": 16.0, "neck": 8.0, "spine": 9.0, "upperarm": 22.0, "lowerarm": 26.0, "root": 14.0}
"""Degrees in the world that a part turns between two frames at most; 16 are 384 degrees a second."""

POSES = """
import hashlib, sys
from fractions import Fraction
import maquette
from maquette.pipeline.shoot import ShootSettings, shoot_request
from maquette.stage.build import build_stage
with maquette.open(sys.argv[1]) as production:
    request, _ = shoot_request(production, "1A", ShootSettings(size="96x54"))
    stage = build_stage(request.picture, request.beats, request.motion)
    for eighth in range(0, 16, 3):
        bodies = stage.at(Fraction(eighth, 8)).bodies
        print(hashlib.sha256(b"".join(b.vertices.tobytes() for b in bodies)).hexdigest())
"""


def asked(production: Production, number: str, move: Move | None = None):
    shot = next(s for s in production.shots if s.number == number)
    directed = production.direction.directed(shot)
    request = production.request_as(directed, production.screenplay, FRAME, timed=True)
    if move is not None:
        request = request.model_copy(update={"shot": request.shot.model_copy(update={"move": move})})
    scene = next(s for s in production.screenplay.scenes if s.id == shot.scene_id)
    names = [i.name for i in request.scene_cast]
    return request, beats_of(scene, directed.shot, names, production.screenplay.cast)


def played(production: Production, number: str, hold: int = 1, move: Move | None = None) -> BuiltStage:
    request, beats = asked(production, number, move)
    frames = int(request.shot.duration_s * FPS)
    return build_stage(request, beats, Motion(frames=frames, hold=hold))


def actor_of(stage: BuiltStage, name: str) -> Actor:
    assert stage.company.play is not None
    return stage.company.play.actors[name]


def transforms(actor: Actor, t_s: float) -> NDArray[np.float64]:
    return load_rig().transforms(actor.shape, actor.at(t_s).pose).astype(np.float64)


def joint(actor: Actor, t: NDArray[np.float64], bone: str) -> NDArray[np.float64]:
    i = load_rig().bone_index[bone]
    return t[i, :, :3] @ actor.shape.heads[i] + t[i, :, 3]


@pytest.mark.parametrize(("number", "name"), [(WALK, "MARA"), (ARRIVES, "MARA")])
def test_planted_feet_do_not_slide(ferry: Production, number: str, name: str) -> None:
    """The ball of a foot that is down, and off its heel, stays within 5 mm of where it came down."""
    actor = actor_of(played(ferry, number), name)
    first: dict[tuple[str, float], NDArray[np.float64]] = {}
    checked = 0
    for frame in range(6 * FPS):
        t = frame / FPS
        bones = transforms(actor, t)
        for side in "LR":
            down = next((p for p in actor.plants[side] if p.start_s <= t < p.end_s), None)
            if down is None or down.pitch(t) < 0:
                continue
            ball = joint(actor, bones, f"toe3-1.{side}")
            at = first.setdefault((side, down.start_s), ball)
            assert float(np.linalg.norm(ball - at)) < 0.005, (frame, side)
            checked += 1
    assert checked > 100 and len(first) > 6


def test_a_walk_goes_forward_with_alternate_feet_and_bent_knees(ferry: Production) -> None:
    stage = played(ferry, WALK)
    actor = actor_of(stage, "MARA")
    falls = stage.footfalls(Fraction(0), Fraction(5))
    assert len(falls) >= 8
    assert all(a.side != b.side for a, b in itertools.pairwise(falls))
    assert all(abs(f.position[2]) < 0.02 for f in falls)
    gaps = [b.t_s - a.t_s for a, b in itertools.pairwise(falls)]
    assert max(gaps) - min(gaps) < 0.05
    for frame in range(48):
        bones = transforms(actor, frame / FPS)
        forward = -np.array([-np.sin(np.radians(actor.ground(frame / FPS).yaw_deg)),
                             np.cos(np.radians(actor.ground(frame / FPS).yaw_deg)), 0.0])  # fmt: skip
        for side in "LR":
            hip, knee, ankle = (joint(actor, bones, f"{b}.{side}") for b in ("upperleg01", "lowerleg01", "foot"))
            assert float((knee - (hip + ankle) / 2) @ forward) > -0.01


def test_the_panels_place_is_crossed_half_way_through_a_walk(ferry: Production) -> None:
    stage = played(ferry, WALK)
    assert stage.company.play is not None
    place = np.array(stage.places["MARA"].position[:2])
    beats = stage.company.play.score.beats
    panel = stage.company.play.panel
    ends = [*(float(b.start_s) for b in beats[1:]), float(stage.request.shot.duration_s)]
    track = [actor_of(stage, "MARA").ground(f / FPS).place[:2] for f in range(int(ends[-1] * FPS))]
    nearest = int(np.argmin([np.linalg.norm(p - place) for p in track])) / FPS
    assert float(np.linalg.norm(np.array(track) - place, axis=1).min()) < 0.05
    assert float(beats[0].start_s) <= nearest <= ends[panel]


@pytest.mark.parametrize("number", [WALK, ARRIVES, TALKS, "5"])
def test_nobody_jumps(ferry: Production, number: str) -> None:
    """Between two frames no bone of trunk, head or arms turns faster than people do, and nobody leaps."""
    rig = load_rig()
    stage = played(ferry, number)
    assert stage.company.play is not None
    limits = np.array([next((v for k, v in MOST_DEG.items() if b.startswith(k)), np.inf) for b in rig.bones])
    for name, actor in stage.company.play.actors.items():
        before = transforms(actor, 0.0)
        for frame in range(1, int(stage.request.shot.duration_s * FPS)):
            now = transforms(actor, frame / FPS)
            twist = np.einsum("bij,bkj->bik", now[:, :, :3], before[:, :, :3])
            angle = np.degrees(np.arccos(np.clip((np.trace(twist, axis1=1, axis2=2) - 1) / 2, -1, 1)))
            over = np.flatnonzero(angle > limits)
            assert not len(over), (name, frame, rig.bones[over[0]], float(angle[over[0]]))
            assert float(np.linalg.norm(joint(actor, now, "root") - joint(actor, before, "root"))) < 0.12
            before = now


def test_lips_meet_on_m_b_and_p_and_outside_the_speech() -> None:
    mouth = mouth_of("Maybe my problem, Bob. Stop by.", 1.0, 4.0)
    shut = [t for t, key in zip(mouth.times, mouth.keys, strict=True) if key == "MBP"]
    assert len(shut) >= 8
    for t in shut:
        shape = mouth.at(t)
        assert shape.get("jawOpen", 0.0) < 0.02 and shape["mouthPressLeft"] > 0.3
    assert mouth.at(0.95) == {} and mouth.at(4.05) == {}
    assert mouth.speaking(0.8) == 0.0 and mouth.speaking(4.2) == 0.0
    assert max(mouth.at(float(t)).get("jawOpen", 0.0) for t in np.arange(1.05, 3.95, 0.01)) > 0.25
    pause = [t for t, key in zip(mouth.times, mouth.keys, strict=True) if key == "rest"][1:-1]
    assert pause and all(mouth.at(t).get("jawOpen", 0.0) < 0.02 for t in pause)


def test_a_mouth_moves_smoothly() -> None:
    mouth = mouth_of("You were nowhere, you have been nowhere since father drowned.", 0.0, 3.6)
    shapes = [mouth.at(f / 96) for f in range(0, 4 * 96)]
    for a, b in itertools.pairwise(shapes):
        for label in {**a, **b}:
            assert abs(a.get(label, 0.0) - b.get(label, 0.0)) < 0.16


@pytest.mark.parametrize(
    ("word", "expected"),
    [("beam", ("MBP", "I", "MBP")), ("five", ("FV", "I", "FV")), ("move", ("MBP", "O", "FV")),
     ("boot", ("MBP", "U", "T")),
     ("ship", ("SH", "I", "MBP")), ("мама", ("MBP", "A", "MBP", "A")), ("Müller", ("MBP", "U", "L", "R")), ("–", ())],
)  # fmt: skip
def test_words_are_read_as_mouth_shapes(word: str, expected: tuple[str, ...]) -> None:
    assert visemes_of(word) == expected


def test_the_speakers_mouth_moves_and_the_listeners_does_not(ferry: Production) -> None:
    stage = played(ferry, TALKS)
    assert stage.company.play is not None
    speech = next(s for b in stage.company.play.beats for s in b.speeches)
    times = np.arange(float(speech.start_s), float(speech.end_s), 1 / FPS)
    opened = {
        name: np.ptp([actor.at(float(t)).face.get("jawOpen", 0.0) for t in times])
        for name, actor in stage.company.play.actors.items()
    }
    assert opened[speech.character] > 0.25
    assert all(v < 0.02 for n, v in opened.items() if n != speech.character)


def test_blinks_are_everybodys_own_and_natural() -> None:
    one, same, two = liveliness(7, 1), liveliness(7, 1), liveliness(7, 2)
    assert one.blinks == same.blinks
    gaps = np.diff(one.blinks)
    assert gaps.min() >= 2.0 and gaps.max() <= 6.0
    ours = np.array([b for b in one.blinks if 0 < b < 120])
    theirs = np.array([b for b in two.blinks if 0 < b < 120])
    together = np.abs(ours[:, None] - theirs[None]).min(axis=1) < 0.1
    assert together.mean() < 0.2
    start = ours[3]
    assert one.blink(start - 0.01) == 0.0 and one.blink(start + 0.055) > 0.95 and one.blink(start + 0.16) == 0.0


def test_on_twos_every_drawing_is_held_for_two_frames(ferry: Production) -> None:
    stage = played(ferry, WALK, hold=2)
    for even in (24, 26):
        one, two = (_cast(stage, Fraction(f, FPS)) for f in (even, even + 1))
        assert all(np.array_equal(one[n], two[n]) for n in one)
    one, two = (_cast(stage, Fraction(f, FPS))["cast/MARA"] for f in (24, 26))
    assert not np.array_equal(one, two)


def _cast(stage: BuiltStage, t_s: Fraction) -> dict[str, NDArray[np.float32]]:
    return {b.name: b.vertices for b in stage.at(t_s).bodies if b.kind is BodyKind.CAST}


def test_only_places_and_normals_change_over_a_shot(ferry: Production) -> None:
    stage = played(ferry, ARRIVES)
    start, *later = (stage.company.at(Fraction(t)) for t in (0, 2, 5))
    for now in later:
        assert now.cast().keys() == start.cast().keys()
        for name, body in now.cast().items():
            first = start.cast()[name]
            assert body.vertices.shape == first.vertices.shape
            for kept in ("faces", "base_color", "roughness", "parts", "uv", "rest", "texture"):
                assert getattr(body, kept) is getattr(first, kept)
    for now in later:
        for a, b in zip(start.props, now.props, strict=True):
            assert a.name == b.name and a.faces is b.faces and a.base_color is b.base_color


def test_without_beats_a_stage_is_as_it_was(ferry: Production) -> None:
    request, beats = asked(ferry, TALKS)
    plain, moving = build_stage(request), build_stage(request, beats, Motion(frames=24))
    assert plain.company.play is None and plain.footfalls(Fraction(0), Fraction(9)) == ()
    assert plain.setup.camera == moving.setup.camera
    still = build_stage(request, (), Motion(frames=24))
    for name, body in plain.company.at(Fraction(0)).cast().items():
        assert np.array_equal(body.vertices, still.company.at(Fraction(0)).cast()[name].vertices)


def test_a_follow_keeps_the_walking_subject_at_its_distance(ferry: Production) -> None:
    stage = played(ferry, WALK, move=Move.LEAD)
    gaps: list[float] = []
    for t in (1, 3, 5):
        now = stage.at(Fraction(t))
        head = stage.figures(Fraction(t))["MARA"].landmarks["eyes"]
        gaps.append(float(np.hypot(*(np.array(now.camera.position) - head)[:2])))
    assert max(gaps) - min(gaps) < 1.0
    went = np.subtract(stage.at(Fraction(5)).camera.position, stage.at(Fraction(1)).camera.position)
    assert float(np.hypot(*went[:2])) > 2.5


def shares(stage: BuiltStage, name: str, times: list[float]) -> NDArray[np.float64]:
    """(N, 2) where somebody's eyes are in the frame, across and down."""
    found: list[NDArray[np.float64]] = []
    for t in times:
        eyes = stage.figures(Fraction(t).limit_denominator(24))[name].landmarks["eyes"]
        now = stage.company.at(Fraction(t).limit_denominator(24))
        camera = stage.camera.at(Fraction(t).limit_denominator(24), now.figures, now.things)
        found.append(project(camera, eyes)[0, :2])
    return np.array(found)


@pytest.mark.parametrize(("number", "name", "off"), [(WALK, "MARA", 0.2), ("6", "TOM", 0.2), ("1B", "MARA", 0.25)])
def test_the_operator_keeps_a_walker_in_the_frame(ferry: Production, number: str, name: str, off: float) -> None:
    """Whatever way they go, and nearer or farther: the eyes stay about where the set-up has them, with headroom."""
    stage = played(ferry, number)
    seen = shares(stage, name, [float(stage.request.shot.duration_s) * i / 8 for i in range(9)])
    home = project(stage.setup.camera, stage.company.panel.figures[name].landmarks["eyes"])[0]
    assert float(np.abs(seen[:, 0] - home[0]).max()) < off
    assert seen[:, 1].min() > 0.03 and seen[:, 1].max() < 0.6


def test_the_operator_pans_without_a_jerk(ferry: Production) -> None:
    stage = played(ferry, "1B")
    ahead = []
    for frame in range(4 * FPS):
        now = stage.company.at(Fraction(frame, FPS))
        camera = stage.camera.at(Fraction(frame, FPS), now.figures, now.things)
        ahead.append(np.subtract(camera.look_at, camera.position))
    yaws = np.degrees(np.unwrap([np.arctan2(a[1], a[0]) for a in ahead]))
    assert float(np.ptp(yaws)) > 5.0
    assert float(np.abs(np.diff(yaws)).max()) < 2.5
    assert float(np.abs(np.diff(yaws, 2)).max()) < 0.4


def test_nobody_moves_a_camera_by_breathing(ferry: Production) -> None:
    stage = played(ferry, "3C", move=Move.STATIC)
    cameras = {stage.camera.at(Fraction(i), stage.company.panel.figures, ()).position for i in range(5)}
    aims = {stage.camera.at(Fraction(i), stage.company.panel.figures, ()).look_at for i in range(5)}
    assert len(cameras) == len(aims) == 1


@pytest.mark.parametrize(("number", "name"), [("2A", "MARA"), ("8", "INES")])
def test_who_comes_in_is_on_the_way_as_the_shot_begins_and_arrives_in_it(
    ferry: Production, number: str, name: str
) -> None:
    stage = played(ferry, number)
    actor, end = actor_of(stage, name), float(stage.request.shot.duration_s)
    goal = np.array(stage.places[name].position[:2])
    # From the head handle on they are there, and already walking.
    assert name in stage.figures(Fraction(-1)) and name in stage.figures(Fraction(0))
    assert float(np.linalg.norm(actor.ground(0.1).place - actor.ground(0.0).place)) > 0.06
    far = [float(np.linalg.norm(actor.ground(t).place[:2] - goal)) for t in (0.0, end)]
    assert far[0] > 0.8 and far[1] < 0.05


def test_who_comes_out_of_a_door_and_stops_walks_out_of_it(ferry: Production) -> None:
    stage = played(ferry, "9")
    assert stage.company.play is not None
    mara, duration = actor_of(stage, "MARA"), float(stage.request.shot.duration_s)
    through = passage_of(stage.plan)
    assert through is not None
    door = through.door
    depth = [float((mara.ground(t).place[:2] - door.center[:2]) @ door.inward[:2]) for t in np.arange(0, duration, 0.1)]
    assert depth[0] < -0.3 and depth[-1] > 0.6, "from within to before the door"
    assert depth[-1] == depth[-15], "and stands there"
    crossed = next(i for i, d in enumerate(depth) if d > 0) / 10
    assert stage.company.play.door_open(crossed) > 0.9 and stage.company.play.door_open(crossed - 1.5) == 0.0
    leaf = {b.name: b for b in stage.at(Fraction(round(crossed * 10), 10)).bodies}[door.body]
    shut = next(b for b in stage.plan.bodies if b.name == door.body)
    assert float(np.abs(leaf.vertices - shut.vertices).max()) > 0.5
    for body in build_stage(asked(ferry, "9")[0]).at(Fraction(0)).bodies:
        assert body.name != door.body or (body.vertices == shut.vertices).all(), "a panel leaves it shut"


def test_who_has_far_to_go_sets_off_in_time_or_the_shot_says_so(ferry: Production) -> None:
    stage = played(ferry, ARRIVES)
    mara, tom = (actor_of(stage, n) for n in ("MARA", "TOM"))
    apart = [float(np.linalg.norm(mara.ground(t).place - tom.ground(t).place)) for t in (0.0, 6.0)]
    assert apart[0] > 8.0 and apart[1] < 1.5
    note = next(n for n in stage.at(Fraction(0)).notes if "still on the way" in n)
    assert note.startswith("Mara has 8.8 m to go") and "duration=" in note


def test_a_walk_ends_level_with_whom_the_shot_is_about_as_well(ferry: Production) -> None:
    stage = played(ferry, "4")
    mara, ruth = (actor_of(stage, n) for n in ("MARA", "RUTH"))
    apart = [float(np.linalg.norm(mara.ground(t).place - ruth.ground(t).place)) for t in np.arange(0, 7.5, 0.25)]
    assert apart[-1] == min(apart) < 2.0


def test_nobody_walks_through_whom_they_walk_to() -> None:
    floor = Floor(SetPlan(SetKind.FIELD, (), (), (), (), (), (), None, False), np.zeros((0, 4)))
    start, end, other = (-1.65, -1.5), (-0.8, -2.25), (-0.7, -1.9)
    way = floor.way(start, (other[0] + 0.36, other[1]), [other])
    for a, b in itertools.pairwise(way):
        for k in np.linspace(0, 1, 40):
            assert float(np.hypot(*(a + (b - a) * k - other))) > 0.3
    assert len(floor.way(start, end, [other])) >= 2


def test_a_short_way_is_a_step_aside_not_a_turn_around(ferry: Production) -> None:
    """Tom stands up to shout: he does not turn his back to take one step."""
    stage = played(ferry, TALKS)
    tom = actor_of(stage, "TOM")
    yaws = np.unwrap(np.radians([tom.ground(t).yaw_deg for t in np.arange(0, 6, 0.1)]))
    assert float(np.degrees(np.ptp(yaws))) < 60.0


def test_talking_hands_come_up_and_go_back_to_rest(ferry: Production) -> None:
    tom = actor_of(played(ferry, "2F"), "TOM")
    hands = np.array([joint(tom, transforms(tom, t), "wrist.R")[2] for t in np.arange(0, 4, 0.1)])
    other = np.array([joint(tom, transforms(tom, t), "wrist.L")[2] for t in np.arange(0, 4, 0.1)])
    moves = max((hands, other), key=np.ptp)
    low, high = float(moves.min()), float(moves.max())
    assert high - low > 0.15
    assert 0.05 < (moves > low + 0.7 * (high - low)).mean() < 0.5, "up for the stress, not for the line"
    assert moves[0] < low + 0.2 * (high - low) and moves[-1] < low + 0.2 * (high - low)


def test_who_gets_up_is_seen_getting_up(ferry: Production) -> None:
    stage = played(ferry, TALKS)
    heights = [float(stage.figures(Fraction(t))["TOM"].landmarks["eyes"][2]) for t in (0, 4)]
    assert heights[1] - heights[0] > 0.3
    seen = shares(stage, "TOM", [0.0, 1.0, 2.0, 3.0, 4.0])
    assert seen.min() > 0.1 and seen.max() < 0.9


def test_a_take_is_the_same_twice(ferry: Production) -> None:
    request, beats = asked(ferry, WALK)
    plan = build_stage(request).plan
    one, two = (Company(request, plan, beats).at(Fraction(7, 5)).cast()["MARA"] for _ in range(2))
    assert np.array_equal(one.vertices, two.vertices) and one.normals is not None and two.normals is not None
    assert np.array_equal(one.normals, two.normals)


def test_one_beat_plays_the_whole_shot(ferry: Production) -> None:
    request, _ = asked(ferry, TALKS)
    beat = Beat(start_s=Fraction(0), performances=request.performances, line_id=request.shot.moment_id)
    stage = build_stage(request, (beat,), Motion(frames=48))
    panel, now = stage.company.panel, stage.company.at(Fraction(1))
    for name, person in panel.people.items():
        for mark in ("hip", "shoulders", "knee"):
            assert float(np.linalg.norm(person.figure.landmarks[mark] - now.figures[name].landmarks[mark])) < 0.05


def test_another_run_of_python_poses_everybody_the_same_to_the_last_bit(tmp_path: Path) -> None:
    """Sets of words have another order in each run; nothing that is summed may follow it."""
    small_film(tmp_path / "film").close()
    found = {
        subprocess.run(
            [sys.executable, "-c", POSES, str(tmp_path / "film")], env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True, text=True, check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }  # fmt: skip
    assert len(found) == 1
