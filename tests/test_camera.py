"""The camera: sizes on the figure, angles, sides of the line, lens and distance by real optics."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from maquette.film.shot import ANGLE_PITCH_DEG, Angle, Framing, Move, Shot, ShotRole, ShotSize, ShotStatus, Side
from maquette.film.stage import SetKind, SetPlan
from maquette.stage.camera import set_up
from maquette.stage.framing import Figure, camera_axes, distance_for, project
from maquette.stage.moves import camera_at
from maquette.stage.setup import Setup, Thing

ASPECT = 16 / 9
FLOOR = ((-3.0, -4.0), (3.0, -4.0), (3.0, 4.0), (-3.0, 4.0))


def figure(name: str, x: float, y: float, look: tuple[float, float], height: float = 1.75) -> Figure:
    shares = {"head_top": 1.0, "eyes": 0.935, "nose": 0.91, "chin": 0.87, "shoulders": 0.81, "chest": 0.72,
              "waist": 0.61, "hip": 0.52, "mid_thigh": 0.40, "knee": 0.28, "ankle": 0.05, "sole": 0.0}  # fmt: skip
    return Figure(name, {k: np.array([x, y, v * height]) for k, v in shares.items()}, np.array(look, float), height)


def plan(*, interior: bool = True) -> SetPlan:
    return SetPlan(SetKind.NEUTRAL, (), (), (), (), (), FLOOR, 2.7 if interior else None, interior)


def shot(**changes: object) -> Shot:
    values: dict[str, object] = {
        "id": "s", "number": "1", "scene_id": "a", "scene_number": "1", "role": ShotRole.COVERAGE,
        "framing": Framing.SINGLE, "size": ShotSize.MCU, "lens_mm": 50.0, "subjects": ("A",),
        "status": ShotStatus.ASKED, "duration_s": Fraction(4),
    }  # fmt: skip
    return Shot.model_validate(values | changes)


A = figure("A", 0.0, 0.0, (0.0, -1.0))
PAIR = {"A": figure("A", -0.6, 0.0, (1.0, 0.0)), "B": figure("B", 0.6, 0.0, (-1.0, 0.0))}


def heights(setup: Setup, subject: Figure, *names: str) -> list[float]:
    if not names:
        return []
    points = np.array([subject.landmarks[n] for n in names])
    return [float(y) for y in project(setup.camera, points)[:, 1]]


def test_distance_is_thin_lens_geometry() -> None:
    # 24.89 mm wide at 16:9 is 14.0006 mm high: 2 m of frame at 35 mm is 5 m away.
    assert distance_for(2.0, 35.0, 24.89, 16 / 9) == pytest.approx(5.0, abs=0.01)


@pytest.mark.parametrize(
    ("size", "inside", "outside"),
    [
        (ShotSize.FS, ("head_top", "sole"), ()),
        (ShotSize.WS, ("head_top", "sole"), ()),
        (ShotSize.MLS, ("head_top", "mid_thigh"), ("ankle",)),
        (ShotSize.COWBOY, ("head_top", "hip"), ("knee",)),
        (ShotSize.MS, ("head_top", "chest"), ("mid_thigh",)),
        (ShotSize.MCU, ("head_top", "shoulders"), ("waist",)),
        (ShotSize.CU, ("head_top", "chin"), ("chest",)),
        (ShotSize.BCU, ("eyes", "nose"), ("head_top", "shoulders")),
        (ShotSize.ECU, ("eyes",), ("head_top", "chin")),
    ],
)
def test_each_size_cuts_the_figure_where_the_word_says(
    size: ShotSize, inside: tuple[str, ...], outside: tuple[str, ...]
) -> None:
    setup = set_up(shot(size=size), {"A": A}, (), plan(), ASPECT)
    assert all(0.0 <= y <= 1.0 for y in heights(setup, A, *inside))
    assert all(not 0.0 <= y <= 1.0 for y in heights(setup, A, *outside))


def test_sizes_are_ordered_from_far_to_near() -> None:
    spans = []
    for size in ShotSize:
        eyes, chin = heights(set_up(shot(size=size), {"A": A}, (), plan(), ASPECT), A, "eyes", "chin")
        spans.append(chin - eyes)
    assert spans == sorted(spans)


@pytest.mark.parametrize("lens", [21.0, 35.0, 50.0, 85.0])
def test_the_lens_is_kept_and_only_the_distance_changes(lens: float) -> None:
    setup = set_up(shot(lens_mm=lens), {"A": A}, (), plan(), ASPECT)
    assert setup.camera.lens_mm == lens
    reference = set_up(shot(lens_mm=50.0), {"A": A}, (), plan(), ASPECT)
    away = np.linalg.norm(np.array(setup.camera.position) - setup.target)
    reference_away = np.linalg.norm(np.array(reference.camera.position) - reference.target)
    assert away / reference_away == pytest.approx(lens / 50.0, rel=0.02)


@pytest.mark.parametrize("angle", [Angle.LOW, Angle.HIGH, Angle.BIRDS_EYE, Angle.OVERHEAD])
def test_pitch_is_the_angles(angle: Angle) -> None:
    setup = set_up(shot(angle=angle, size=ShotSize.MCU, lens_mm=35.0), {"A": A}, (), plan(), ASPECT)
    forward = camera_axes(setup.camera)[2]
    pitch = float(np.degrees(np.arcsin(forward[2])))
    assert pitch == pytest.approx(ANGLE_PITCH_DEG[angle], abs=3.0)
    assert not setup.notes


def test_a_stated_lens_stays_and_the_floor_that_stops_a_low_angle_is_said() -> None:
    low = shot(angle=Angle.LOW, size=ShotSize.FS, lens_mm=85.0, stated=("lens",))
    setup = set_up(low, {"A": A}, (), plan(), ASPECT)
    assert setup.camera.position[2] > 0.1
    assert setup.camera.lens_mm == 85.0
    assert "floor" in setup.notes[0] and "instead of 30" in setup.notes[0]


def test_a_lens_that_nobody_stated_gives_way_to_a_low_angle() -> None:
    setup = set_up(shot(angle=Angle.LOW, size=ShotSize.FS, lens_mm=85.0), {"A": A}, (), plan(), ASPECT)
    pitch = float(np.degrees(np.arcsin(camera_axes(setup.camera)[2][2])))
    assert pitch == pytest.approx(30.0, abs=3.0)
    assert setup.camera.position[2] > 0.1
    assert setup.camera.lens_mm == 14.0
    assert setup.notes[0].startswith("14 mm instead of 85 mm")


def test_a_stated_height_is_the_lens_height() -> None:
    for height in (0.4, 1.1, 2.1):
        setup = set_up(shot(camera_height_m=height), {"A": A}, (), plan(), ASPECT)
        assert setup.camera.position[2] == pytest.approx(height, abs=0.01)


@pytest.mark.parametrize("side", list(Side))
def test_the_stated_side_is_where_the_look_goes_and_has_the_room(side: Side) -> None:
    setup = set_up(shot(camera_side=side), {"A": A}, (), plan(), ASPECT)
    nose = A.landmarks["eyes"] + np.array([0.0, -0.3, 0.0])
    (x_eye, _, _), (x_nose, _, _) = project(setup.camera, np.array([A.landmarks["eyes"], nose]))
    assert (x_nose > x_eye) == (side is Side.RIGHT)
    assert (x_eye < 0.5) == (side is Side.RIGHT)


@given(
    st.sampled_from([ShotSize.MS, ShotSize.MCU, ShotSize.CU]),
    st.sampled_from([Framing.SINGLE, Framing.OTS, Framing.TWO_SHOT]),
    st.floats(-180, 180),
    st.floats(0.9, 2.2),
)
def test_unstated_sides_never_cross_the_line(size: ShotSize, framing: Framing, turn: float, gap: float) -> None:
    along = np.array([np.cos(np.radians(turn)), np.sin(np.radians(turn))])
    a = figure("A", *(-along * gap / 2), look=tuple(along))
    b = figure("B", *(along * gap / 2), look=tuple(-along))
    people = {"A": a, "B": b}
    sides = set()
    for subject, over in (("A", "B"), ("B", "A")):
        subjects = ("A", "B") if framing is Framing.TWO_SHOT else (subject,)
        setup = set_up(shot(framing=framing, size=size, subjects=subjects, over=over), people, (), plan(), ASPECT)
        position = np.array(setup.camera.position[:2])
        sides.add(bool(along[0] * position[1] - along[1] * position[0] > 0))
    master = set_up(shot(framing=Framing.TWO_SHOT, subjects=("A", "B"), size=ShotSize.FS), people, (), plan(), ASPECT)
    position = np.array(master.camera.position[:2])
    sides.add(bool(along[0] * position[1] - along[1] * position[0] > 0))
    assert len(sides) == 1


def test_over_the_shoulder_sees_the_face_past_the_shoulder() -> None:
    ots = shot(framing=Framing.OTS, over="B", size=ShotSize.MS, camera_side=Side.RIGHT)
    setup = set_up(ots, PAIR, (), plan(), ASPECT)
    face = project(setup.camera, PAIR["A"].landmarks["eyes"])[0]
    shoulder = project(setup.camera, PAIR["B"].landmarks["shoulders"])[0]
    assert 0.15 < face[0] < 0.55 and 0 < face[1] < 0.5
    assert 0 < shoulder[2] < face[2]
    assert shoulder[0] > 0.6


def test_over_the_shoulder_across_a_room_says_which_lens_it_took() -> None:
    far = {"A": figure("A", -2.5, 0.0, (1.0, 0.0)), "B": figure("B", 2.5, 0.0, (-1.0, 0.0))}
    setup = set_up(shot(framing=Framing.OTS, over="B", size=ShotSize.MS, lens_mm=35.0), far, (), plan(), ASPECT)
    assert setup.camera.lens_mm > 35.0
    assert "instead of 35 mm" in setup.notes[0]


def test_a_group_holds_everybody() -> None:
    people = {n: figure(n, x, y, (0.0, -1.0)) for n, x, y in (("A", -1.2, 0.3), ("B", 0.0, -0.4), ("C", 1.4, 0.2))}
    group = shot(framing=Framing.GROUP, subjects=("A", "B", "C"), size=ShotSize.MS)
    setup = set_up(group, people, (), plan(), ASPECT)
    for person in people.values():
        x, y, depth = project(setup.camera, person.landmarks["eyes"])[0]
        assert 0.03 < x < 0.97 and 0 < y < 0.7 and depth > 0


@pytest.mark.parametrize("gap", [2.0, 4.0])
def test_an_upright_frame_holds_two_people_apart_from_above_the_floor(gap: float) -> None:
    people = {"A": figure("A", -gap / 2, 0.0, (1.0, 0.0)), "B": figure("B", gap / 2, 0.0, (-1.0, 0.0))}
    two = shot(framing=Framing.TWO_SHOT, subjects=("A", "B"), size=ShotSize.WS, lens_mm=25.0)
    setup = set_up(two, people, (), plan(interior=False), 9 / 16)
    assert setup.camera.position[2] > 0.5 and setup.camera.look_at[2] > 0.5
    for one in people.values():
        top, sole = heights(setup, one, "head_top", "sole")
        assert 0.2 < top < sole < 0.8


def test_a_point_of_view_stands_in_the_owners_eyes_and_hides_the_owner() -> None:
    setup = set_up(shot(framing=Framing.POV, over="B", subjects=("A",), size=ShotSize.FS, lens_mm=35.0), PAIR, (),
                   plan(), ASPECT)  # fmt: skip
    assert np.allclose(setup.camera.position, PAIR["B"].landmarks["eyes"])
    assert setup.hidden == ("B",)


def test_an_insert_fills_a_third_to_two_thirds_of_the_frame_with_the_thing() -> None:
    cup = Thing("cup", np.array([0.3, 0.2, 0.8]), 0.12)
    setup = set_up(shot(framing=Framing.INSERT, subjects=("cup",), size=ShotSize.ECU, lens_mm=65.0), {"A": A}, (cup,),
                   plan(), ASPECT)  # fmt: skip
    assert 1 / 3 < cup.extent_m / setup.frame_height_m < 0.8
    assert setup.camera.position[2] > cup.center[2]


def test_dutch_leans_the_horizon_clockwise_for_positive_degrees() -> None:
    setup = set_up(shot(roll_deg=15.0), {"A": A}, (), plan(), ASPECT)
    right, _, forward = camera_axes(setup.camera)
    level_right = np.cross(forward, [0, 0, 1])
    horizon = [setup.target - 0.2 * level_right, setup.target + 0.2 * level_right]
    left_end, right_end = project(setup.camera, np.array(horizon))
    assert right_end[1] > left_end[1]
    assert np.degrees(np.arcsin(right[2])) == pytest.approx(15.0, abs=1.5)


def test_a_push_in_ends_closer_and_a_static_shot_stays() -> None:
    pushing = shot(move=Move.PUSH_IN)
    setup = set_up(pushing, {"A": A}, (), plan(), ASPECT)
    start, end = camera_at(pushing, setup, Fraction(0)), camera_at(pushing, setup, Fraction(4))
    target = np.array(start.look_at)
    assert np.linalg.norm(np.array(end.position) - target) < 0.7 * np.linalg.norm(np.array(start.position) - target)
    assert start == setup.camera
    assert camera_at(shot(), setup, Fraction(3)) == setup.camera


def test_a_dolly_zoom_keeps_the_subjects_size() -> None:
    zoom = shot(move=Move.DOLLY_ZOOM)
    setup = set_up(zoom, {"A": A}, (), plan(), ASPECT)
    sizes = []
    for t in (Fraction(0), Fraction(2), Fraction(4)):
        camera = camera_at(zoom, setup, t)
        top, chin = project(camera, np.array([A.landmarks["eyes"], A.landmarks["chin"]]))[:, 1]
        sizes.append(chin - top)
    assert np.ptp(sizes) / sizes[0] < 0.06


@pytest.mark.parametrize("move", list(Move))
def test_every_move_is_smooth_and_keeps_the_camera_above_the_floor(move: Move) -> None:
    moving = shot(move=move)
    setup = set_up(moving, {"A": A}, (), plan(), ASPECT)
    path = [camera_at(moving, setup, Fraction(i, 24)) for i in range(97)]
    positions = np.array([c.position for c in path])
    assert positions[:, 2].min() > 0.05
    assert np.linalg.norm(np.diff(positions, axis=0), axis=1).max() < 0.15
