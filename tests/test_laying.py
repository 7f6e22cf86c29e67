"""Loose things lie within reach, bulky ones on the floor; flames give light; eyes and hands find their aims."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from maquette.film.cast import Gesture, Performance, Posture
from maquette.film.props import PropKind
from maquette.film.request import PropNeed
from maquette.film.stage import Feature, Opening, SetKind, SetPlan, SpotUse, facing_vector
from maquette.stage.aims import gaze_point, pose_targets, reach_point, table_ahead
from maquette.stage.blocking import Place
from maquette.stage.laying import flame_lamp, lay_down
from maquette.stage.props import make_prop

TABLE = Feature("table", (0.0, 0.0, 0.72), (1.6, 0.9, 0.06), 0.75)
SHELF = Feature("shelf", (2.6, 2.0, 1.0), (0.4, 1.0, 2.0), 1.1)
WHEEL = Feature("steering wheel", (0.4, -0.5, 0.6), (0.4, 0.2, 0.38))
PLAN = SetPlan(
    SetKind.KITCHEN, (), (), (Opening("window", (-2.9, 0.8, 1.4), (1.0, 0.0, 0.0), 1.0, 1.2),), (),
    (TABLE, SHELF, WHEEL),
    ((-3, -3), (3, -3), (3, 3), (-3, 3)), 2.6, True,
)  # fmt: skip
ANNA = Place("ANNA", (0.0, 0.85, 0.0), 0.0, SpotUse.SIT, 0.45, "chair")
BEN = Place("BEN", (-2.0, 0.8, 0.0), -90.0, SpotUse.STAND, 0.0, "window")
PLACES = {"ANNA": ANNA, "BEN": BEN}
EYES = {"ANNA": np.array([0.0, 0.85, 1.2]), "BEN": np.array([-2.0, 0.8, 1.65])}


def need(kind: PropKind, **more: str) -> tuple[PropNeed, object]:
    return PropNeed(word=kind.value, kind=kind.value, **more), make_prop(kind.value, 1)


def laid(*needs: tuple[PropNeed, object], places: dict[str, Place] = PLACES):
    return lay_down(needs, PLAN, places)  # type: ignore[arg-type]


def test_her_letter_lies_on_the_table_within_her_reach_and_turned_to_her() -> None:
    (letter,) = laid(need(PropKind.LETTER, at="table", near="ANNA"))
    assert letter.at[2] == pytest.approx(0.75)
    assert np.hypot(*(letter.at[:2] - ANNA.position[:2])) < 0.8
    assert np.dot(facing_vector(letter.yaw_deg)[:2], (0.0, 1.0)) > 0.8


def test_things_on_one_table_do_not_stand_in_each_other() -> None:
    things = laid(*(need(k, at="table", near="ANNA") for k in (PropKind.CUP, PropKind.BOTTLE, PropKind.PLATE)))
    points = np.array([t.at[:2] for t in things])
    gaps = [np.hypot(*(a - b)) for i, a in enumerate(points) for b in points[:i]]
    assert min(gaps) > 0.1
    assert (np.abs(points) <= np.array([0.8, 0.45])).all()


@pytest.mark.parametrize(("kind", "at"), [(PropKind.SUITCASE, None), (PropKind.NEWSPAPER, "floor")])
def test_bulky_and_dropped_things_are_on_the_floor_beside_their_owner(kind: PropKind, at: str | None) -> None:
    (thing,) = laid(need(kind, near="BEN", **({"at": at} if at else {})))
    assert thing.at[2] == 0.0 and 0.3 < np.hypot(*(thing.at[:2] - BEN.position[:2])) < 1.4


def test_lanterns_and_candles_shine_and_a_lighter_only_in_a_hand() -> None:
    pose = np.eye(4)
    pose[:3, 3] = (1.0, 2.0, 0.8)
    for kind in ("lantern", "candle"):
        prop = make_prop(kind, 1)
        lamp = flame_lamp(kind, prop, pose, held=False)
        assert lamp is not None and not lamp.visible
        assert lamp.radiance[0] > lamp.radiance[2] > 0
        assert np.linalg.norm(lamp.vertices.mean(axis=0) - (pose[:3, 3] + np.array(prop.flame))) < 0.02
        # Every triangle shines outward: the light is not kept in.
        a, b, c = (lamp.vertices[lamp.faces[:, k]] for k in range(3))
        outward = (np.cross(b - a, c - a) * ((a + b + c) / 3 - lamp.vertices.mean(axis=0))).sum(axis=1)
        assert (outward > 0).mean() > 0.95
    lighter = make_prop("lighter", 1)
    assert flame_lamp("lighter", lighter, pose, held=False) is None
    assert flame_lamp("lighter", lighter, pose, held=True) is not None
    assert flame_lamp("cup", make_prop("cup", 1), pose, held=True) is None


def does(name: str, **more: object) -> Performance:
    return Performance.model_validate({"character": name, **more})


def test_who_is_at_the_window_looks_out_of_it() -> None:
    point = gaze_point(does("BEN", gaze="window"), PLAN, PLACES, EYES, ())
    assert point is not None and point[0] < -4.0 and abs(point[2] - 1.15) < 0.3


def test_what_is_read_is_looked_at_where_it_is_held() -> None:
    point = gaze_point(does("ANNA", gaze="letter", holding="letter", gesture=Gesture.READ), PLAN, PLACES, EYES, ())
    assert point is not None and np.linalg.norm(point - EYES["ANNA"]) < 0.6 and point[1] < EYES["ANNA"][1]


def test_hands_go_to_a_partner_and_to_ones_own_things() -> None:
    near = {**PLACES, "BEN": replace(BEN, position=(0.9, 0.85, 0.0))}
    eyes = {**EYES, "BEN": np.array([0.9, 0.85, 1.65])}
    between = reach_point(does("ANNA", gesture=Gesture.REACH, gaze="BEN"), PLAN, near, eyes, ())
    assert between is not None and 0.3 < between[0] < 0.6 and between[2] < 1.0
    (cup,) = laid(need(PropKind.CUP, at="table", near="ANNA"))
    taken = reach_point(does("ANNA", gesture=Gesture.REACH), PLAN, PLACES, EYES, (cup,))
    assert taken is not None and np.hypot(*(taken - cup.at)[:2]) < 1e-6


def test_typing_hands_are_over_the_table_and_driving_hands_on_the_wheel() -> None:
    assert table_ahead(ANNA, PLAN) == (0.75, pytest.approx(0.42, abs=0.03))
    keys = pose_targets(does("ANNA", posture=Posture.SIT, gesture=Gesture.TYPE), PLAN, PLACES, EYES, (), None).hands
    assert keys is not None and all(h[2] > 0.75 and abs(h[1]) < 0.45 for h in keys)
    driver = {"BEN": Place("BEN", (0.4, -0.1, 0.0), 0.0, SpotUse.DRIVE, 0.3, "driver")}
    wheel = pose_targets(does("BEN", posture=Posture.DRIVE), PLAN, driver, EYES, (), None).hands
    assert wheel is not None
    for left_or_right, sign in zip(wheel, (1, -1), strict=True):
        away = np.subtract(left_or_right, WHEEL.position)
        assert sign * away[0] > 0.1 and np.linalg.norm(away) == pytest.approx(0.185, abs=0.02)


def test_a_suitcase_is_carried_low_and_a_lantern_is_not() -> None:
    for kind, low in (("suitcase", True), ("lantern", False), ("cup", False)):
        walk = does("BEN", posture=Posture.WALK, holding=kind)
        assert pose_targets(walk, PLAN, PLACES, EYES, (), make_prop(kind, 1)).carried_low is low
