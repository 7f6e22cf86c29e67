"""A camera that travels goes around what would stop or blind it: smoothly, and only where something does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from maquette.film.shot import Framing, Move, ShotSize
from maquette.film.stage import Body, BodyKind, PlacedCamera, SetPlan
from maquette.stage.clear_path import LENS_ROOM_M, Detour, Sight, around, detour_of, moments_of
from maquette.stage.framing import project
from maquette.stage.shot_camera import ShotCamera
from maquette.stage.sightline import Obstacles
from tests.test_camera import A, figure, shot
from tests.test_camera_framing import FIELD
from tests.test_camera_time import at, over_time

FACE = np.array([[0.0, 0.0, 1.75], [0.0, 0.0, 1.64], [0.0, 0.0, 1.52]])


def block(name: str, low: tuple[float, float, float], high: tuple[float, float, float]) -> Body:
    """A closed box."""
    corners = np.array([[x, y, z] for x in (0, 1) for y in (0, 1) for z in (0, 1)], np.float32)
    faces = np.array([[0, 1, 3], [0, 3, 2], [4, 6, 7], [4, 7, 5], [0, 4, 5], [0, 5, 1], [2, 3, 7], [2, 7, 6],
                      [0, 2, 6], [0, 6, 4], [1, 5, 7], [1, 7, 3]], np.uint32)  # fmt: skip
    vertices = (np.array(low) + corners * np.subtract(high, low)).astype(np.float32)
    return Body(name, BodyKind.SET, vertices, faces, np.full((8, 3), 0.4, np.float32), np.ones(8, np.float32))


def way(a: tuple[float, float, float], b: tuple[float, float, float], seconds: float = 5.0) -> list[Sight]:
    """A camera that goes from a to b and looks at a face all the time."""
    places = [np.array(a) + (np.array(b) - a) * k for k in moments_of(seconds)]
    return [
        Sight(PlacedCamera((float(x), float(y), float(z)), (0.0, 0.0, 1.6), lens_mm=35.0), FACE[1], FACE)
        for x, y, z in places
    ]


def gone(sights: list[Sight], detour: Detour) -> NDArray[np.float64]:
    """(N, 3) where the camera is on the detour."""
    shares = np.linspace(0, 1, len(sights))
    return np.array([around(s.camera, s.about, detour.at(k)).position for s, k in zip(sights, shares, strict=True)])


POST = block("set/post", (-0.15, -3.15, 0.0), (0.15, -2.85, 3.0))


def test_a_clear_way_is_gone_as_asked() -> None:
    far = block("set/house", (8.0, 8.0, 0.0), (12.0, 12.0, 6.0))
    assert detour_of(way((-2, -4, 1.6), (2, -4, 1.6)), 5.0, Obstacles([far])) is None


def test_a_camera_that_stands_leaves_for_nothing() -> None:
    assert detour_of(way((0, -4, 1.6), (0.05, -4, 1.6)), 5.0, Obstacles([POST])) is None


def test_a_post_that_would_pass_before_the_lens_is_gone_around() -> None:
    sights = way((-2.0, -3.6, 1.6), (2.0, -3.6, 1.6))
    solids = Obstacles([POST])
    before = [solids.blocked_share(np.array(s.camera.position), FACE) for s in sights]
    detour = detour_of(sights, 5.0, solids)
    assert detour is not None and detour.leaves and max(before) == 1.0
    places = gone(sights, detour)
    assert sum(solids.blocked_share(p, FACE) for p in places) < 0.5 * sum(before)


def test_a_camera_that_gives_ground_stops_before_what_is_behind_it() -> None:
    shelf = block("set/shelf", (-2.0, -4.2, 0.0), (2.0, -4.0, 2.4))
    sights, solids = way((0.0, -2.5, 1.6), (0.0, -6.0, 1.6)), Obstacles([shelf])
    detour = detour_of(sights, 5.0, solids)
    assert detour is not None and not detour.faulty
    places = gone(sights, detour)
    assert not any(solids.crowded(p, LENS_ROOM_M) or solids.blocked_share(p, FACE) for p in places)


def test_somebody_who_stands_in_the_way_is_gone_around() -> None:
    person = np.array([[0.3, -1.6, 0.0, 1.8]])
    sights = [replace(s, people=person) for s in way((-1.6, -3.0, 1.5), (0.6, -3.0, 1.5))]
    detour = detour_of(sights, 5.0, Obstacles([]))
    assert detour is not None and detour.leaves and not detour.faulty


def test_what_cannot_be_cleared_is_said() -> None:
    # Even at two fifths of its distance the camera ends behind this wall.
    wall = block("set/wall", (-30.0, -1.9, 0.0), (30.0, -1.8, 30.0))
    detour = detour_of(way((0, -1.4, 1.6), (0, -8, 1.6)), 5.0, Obstacles([wall]))
    assert detour is not None and detour.faulty and min(detour.faulty) > 0.1


def test_a_detour_begins_at_the_set_up_and_has_no_corner() -> None:
    sights = way((-2.0, -3.6, 1.6), (2.0, -3.6, 1.6))
    detour = detour_of(sights, 5.0, Obstacles([POST]))
    assert detour is not None
    assert detour.at(0.0) == (0.0, 1.0, 0.0)
    steps = np.array([detour.at(k) for k in np.linspace(0, 1, 121)])
    speed = np.diff(steps, axis=0) * 24
    assert (np.abs(speed).max(axis=0) < [40.0, 1.0, 1.2]).all()
    assert (np.abs(np.diff(speed, axis=0)).max(axis=0) < [8.0, 0.2, 0.25]).all()


@pytest.mark.parametrize("step", [(20.0, 1.0, 0.0), (0.0, 0.7, 0.0), (-12.0, 0.85, 0.0)])
def test_what_the_frame_is_on_keeps_its_place(step: tuple[float, float, float]) -> None:
    camera = PlacedCamera((1.0, -4.0, 1.4), (0.3, 0.2, 1.5), lens_mm=50.0)
    before, now = project(camera, FACE[1])[0], project(around(camera, FACE[1], step), FACE[1])[0]
    assert now[:2] == pytest.approx(before[:2], abs=1e-6)
    assert now[2] == pytest.approx(step[1] * before[2], rel=1e-6)


def built(move: Move, *bodies: Body) -> ShotCamera:
    asked = shot(move=move, framing=Framing.SINGLE, size=ShotSize.MS, lens_mm=35.0)
    plan = SetPlan(FIELD.kind, bodies, (), (), (), (), FIELD.floor, None, False)
    return replace(over_time(asked), plan=plan)


def test_a_shot_says_that_its_camera_goes_around_and_starts_where_it_was_set_up() -> None:
    free = over_time(shot(move=Move.PULL_OUT, framing=Framing.SINGLE, size=ShotSize.MS, lens_mm=35.0))
    start, end = np.array(at(free, 0).position), np.array(at(free, 4).position)
    middle = start + 0.8 * (end - start)
    wall = block("set/shelf", (*(middle[:2] - 0.4), 0.0), (*(middle[:2] + 0.4), 2.6))  # pyright: ignore[reportArgumentType]
    camera = built(Move.PULL_OUT, wall)
    assert at(camera, 0).position == pytest.approx(start)
    assert "The camera goes around what stands in its way." in camera.first.notes
    places = [np.array(at(camera, t).position) for t in np.linspace(0, 4, 17)]
    assert not any(Obstacles([wall]).crowded(p, 0.2) for p in places)
    assert not any("goes around" in n for n in free.first.notes)


def test_people_whom_the_shot_is_about_are_not_in_its_way() -> None:
    camera = replace(built(Move.PUSH_IN), figures={"A": A, "B": figure("B", 9.0, 9.0, (0.0, -1.0))})
    assert not any("goes around" in n for n in camera.first.notes)
