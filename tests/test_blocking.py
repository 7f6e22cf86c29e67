"""Blocking: people where the script puts them, the same in every shot, facing whom they talk to."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from maquette.film.cast import Nearness, Performance, Posture
from maquette.film.stage import Feature, SetKind, SetPlan, Spot, SpotUse, facing_vector, yaw_towards
from maquette.stage.blocking import PERSONAL_SPACE_M, block

SPOTS = (
    Spot("sofa left", "sofa", SpotUse.SIT, (-1.5, 1.0, 0.0), 90.0, 0.45, "lounge"),
    Spot("sofa right", "sofa", SpotUse.SIT, (-1.5, 0.2, 0.0), 90.0, 0.45, "lounge"),
    Spot("armchair", "armchair", SpotUse.SIT, (0.6, 0.6, 0.0), -90.0, 0.44, "lounge"),
    Spot("window", "window", SpotUse.STAND, (2.2, 2.0, 0.0), 180.0),
    Spot("door", "door", SpotUse.STAND, (-2.0, -3.0, 0.0), 180.0),
    Spot("middle", "open floor", SpotUse.STAND, (0.0, -1.0, 0.0), 0.0),
    Spot("middle 2", "open floor", SpotUse.STAND, (1.2, -1.0, 0.0), 0.0),
    Spot("bed", "bed", SpotUse.LIE, (2.0, -2.6, 0.0), 0.0, 0.5),
)
FEATURES = (Feature("window", (2.2, 2.9, 1.4), (1.2, 0.1, 1.2)), Feature("door", (-2.0, -3.6, 1.0), (0.9, 0.1, 2.0)))
PLAN = SetPlan(SetKind.LIVING_ROOM, (), (), (), SPOTS, FEATURES, ((-3, -4), (3, -4), (3, 4), (-3, 4)), 2.7, True)


def does(name: str, posture: Posture = Posture.STAND, **more: object) -> Performance:
    return Performance.model_validate({"character": name, "posture": posture, **more})


def test_the_script_decides_who_sits_where() -> None:
    scene = (does("ADA", Posture.SIT, at="sofa"), does("JONAS", at="window"), does("EVA", Posture.LIE, at="bed"))
    places = block(PLAN, scene, scene)
    assert places["ADA"].spot.startswith("sofa") and places["JONAS"].spot == "window" and places["EVA"].spot == "bed"


def test_two_who_sit_and_talk_face_each_other() -> None:
    scene = (does("ADA", Posture.SIT, gaze="JONAS"), does("JONAS", Posture.SIT, gaze="ADA"))
    places = block(PLAN, scene, scene)
    assert {places["ADA"].spot, places["JONAS"].spot} & {"armchair"}


def test_two_who_stand_and_talk_turn_to_each_other_at_talking_distance() -> None:
    scene = (does("ADA", gaze="JONAS"), does("JONAS", gaze="ADA"))
    places = block(PLAN, scene, scene)
    ada, jonas = places["ADA"], places["JONAS"]
    gap = np.subtract(jonas.position, ada.position)[:2]
    assert 0.8 < np.hypot(*gap) < 2.0
    assert np.dot(facing_vector(ada.yaw_deg)[:2], gap) > 0
    assert np.dot(facing_vector(jonas.yaw_deg)[:2], -gap) > 0


def test_nobody_moves_unless_the_script_moves_them() -> None:
    scene = (does("ADA", Posture.SIT, at="sofa"), does("JONAS", at="window"))
    later = (does("ADA", Posture.SIT, gaze="JONAS"), does("JONAS", Posture.SIT, at="armchair"))
    before, after = block(PLAN, scene, scene), block(PLAN, scene, later)
    assert before["ADA"].position == after["ADA"].position
    assert after["JONAS"].spot == "armchair"


def test_a_hundred_people_find_room_without_standing_in_each_other() -> None:
    crowd = tuple(does(f"P{i}") for i in range(100))
    places = block(PLAN, crowd, crowd)
    points = np.array([p.position[:2] for p in places.values()])
    gaps = np.linalg.norm(points[:, None] - points[None], axis=2) + 10 * np.eye(len(points))
    assert len(places) == 100
    assert np.sort(gaps.min(axis=1))[:8].max() >= 0 and np.median(gaps.min(axis=1)) > 0.3


def test_nobody_shares_a_spot() -> None:
    scene = tuple(does(f"P{i}", Posture.SIT) for i in range(3))
    places = block(PLAN, scene, scene)
    assert len({p.spot for p in places.values()}) == 3
    points = np.array([p.position[:2] for p in places.values()])
    assert min(np.linalg.norm(a - b) for i, a in enumerate(points) for b in points[:i]) >= PERSONAL_SPACE_M


def test_yaw_and_facing_agree() -> None:
    assert np.allclose(facing_vector(yaw_towards((0, 0), (3, 4)))[:2], (0.6, 0.8))


def test_places_follow_from_people() -> None:
    ben = does("BEN", at="window")
    behind = does("ANNA", near="BEN", nearness=Nearness.BEHIND)
    places = block(PLAN, (ben, behind), (ben, behind))
    offset = np.subtract(places["ANNA"].position, places["BEN"].position)[:2]
    assert np.dot(facing_vector(places["BEN"].yaw_deg)[:2], offset) < -0.4
    hug = does("ANNA", near="BEN", nearness=Nearness.EMBRACING)
    held = block(PLAN, (ben, hug), (ben, hug))
    gap = np.subtract(held["ANNA"].position, held["BEN"].position)[:2]
    assert 0.25 < np.hypot(*gap) < 0.6
    for one, way in (("BEN", gap), ("ANNA", -gap)):
        assert np.dot(facing_vector(held[one].yaw_deg)[:2], way) > 0.9 * np.hypot(*gap)


def test_walking_together_is_side_by_side_the_same_way() -> None:
    one = does("ANNA", Posture.WALK)
    two = does("BEN", Posture.WALK, near="ANNA", nearness=Nearness.BESIDE)
    places = block(PLAN, (one, two), (one, two))
    offset = np.subtract(places["BEN"].position, places["ANNA"].position)[:2]
    assert places["ANNA"].yaw_deg == places["BEN"].yaw_deg and 0.6 < np.hypot(*offset) < 1.1
    assert abs(np.dot(facing_vector(places["ANNA"].yaw_deg)[:2], offset)) < 0.4


def test_who_is_not_there_has_no_place_and_moves_nobody_by_coming() -> None:
    anna, ben = does("ANNA", Posture.SIT, at="sofa"), does("BEN", Posture.SIT, at="sofa")
    away = ben.model_copy(update={"present": False})
    before, after = block(PLAN, (anna, away), (anna, away)), block(PLAN, (anna, away), (anna, ben))
    assert set(before) == {"ANNA"} and set(after) == {"ANNA", "BEN"}
    assert before["ANNA"].position == after["ANNA"].position


def test_the_one_in_bed_lies_in_it_even_when_somebody_sits_on_it() -> None:
    edge = Spot("bed foot", "bed", SpotUse.SIT, (2.0, -1.7, 0.0), 0.0, 0.5, "bed foot")
    foot = Spot("foot of the bed", "bed", SpotUse.STAND, (2.0, -0.9, 0.0), 180.0, 0.0, "bed foot")
    plan = replace(PLAN, spots=(*SPOTS, edge, foot))
    scene = (does("TOM", Posture.SIT, at="bed", gaze="RITA"), does("RITA", Posture.LIE, at="bed"))
    places = block(plan, scene, scene)
    assert places["RITA"].use is SpotUse.LIE and places["TOM"].spot == "bed foot"


def test_a_bar_is_leaned_on_from_its_front_and_a_car_stands_behind() -> None:
    bar = Spot("end of the bar", "bar", SpotUse.LEAN, (-2.5, 0.0, 0.0), 90.0, 1.08)
    car = Spot("car", "car", SpotUse.LEAN, (2.6, 0.0, 0.0), 90.0, 0.7)
    features = (
        Feature("bar", (-1.0, 0.0, 1.0), (2.2, 0.7, 0.1), 1.08),
        Feature("car", (0.8, 0.0, 0.7), (2.0, 4.0, 1.4)),
    )
    plan = replace(PLAN, spots=(*SPOTS, bar, car), features=features)
    scene = (does("ANNA", Posture.LEAN, at="bar"), does("BEN", Posture.LEAN, at="car"))
    places = block(plan, scene, scene)
    assert places["ANNA"].edge_ahead and not places["BEN"].edge_ahead


def test_a_sleeper_lies_along_the_sofa_and_not_on_the_floor() -> None:
    sofa = Feature("sofa", (-1.6, 0.6, 0.4), (0.9, 2.0, 0.8), 0.45)
    plan = replace(PLAN, features=(*FEATURES, sofa))
    place = block(plan, (does("GUS", Posture.LIE, at="sofa"),), (does("GUS", Posture.LIE, at="sofa"),))["GUS"]
    assert place.use is SpotUse.LIE and place.seat_height_m > 0.4 and place.yaw_deg == 0.0
    assert np.hypot(place.position[0] + 1.6, place.position[1] - 0.6) < 0.1
