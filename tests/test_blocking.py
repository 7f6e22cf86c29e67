"""Blocking: people where the script puts them, the same in every shot, facing whom they talk to."""

from __future__ import annotations

import numpy as np

from maquette.film.cast import Performance, Posture
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
