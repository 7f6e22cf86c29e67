"""Sight lines: what hides a face is found, walls the camera shoots through are named."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from maquette.film.stage import Body, BodyKind, PlacedCamera, SetKind, SetPlan
from maquette.stage.mesh import assemble, box, sphere
from maquette.stage.sightline import Obstacles, wild_bodies

EYE = np.array([0.0, -4.0, 1.5])
FACE = np.array([[0.0, 0.0, 1.5]])


def test_a_post_between_camera_and_face_is_seen_and_one_beside_is_not() -> None:
    post = box((0.2, 0.2, 2.0)).moved(y=-2)
    assert Obstacles([assemble("set/post", BodyKind.SET, [post])]).blocked_share(EYE, FACE) == 1.0
    assert Obstacles([assemble("set/post", BodyKind.SET, [post.moved(x=0.5)])]).blocked_share(EYE, FACE) == 0.0
    assert Obstacles([assemble("set/post", BodyKind.SET, [post.moved(y=4)])]).blocked_share(EYE, FACE) == 0.0
    assert Obstacles([]).blocked_share(EYE, FACE) == 0.0


def test_the_share_counts_targets() -> None:
    targets = np.array([[x, 0.0, 1.5] for x in (-1.0, -0.5, 0.5, 1.0)])
    wall = assemble("set/wall", BodyKind.SET, [box((2.0, 0.1, 3.0)).moved(x=1.0, y=-1)])
    assert Obstacles([wall]).blocked_share(EYE, targets) == 0.5


def test_it_agrees_with_a_sphere_by_hand() -> None:
    ball = Obstacles([assemble("prop/ball", BodyKind.PROP, [sphere(0.5, segments=64).moved(y=-2, z=1.5)])])
    for x in np.linspace(-2.5, 2.5, 41):
        target = np.array([[x, 0.0, 1.5]])
        direction = target[0] - EYE
        along = (np.array([0, -2, 1.5]) - EYE) @ direction / (direction @ direction)
        distance = np.linalg.norm(EYE + along * direction - [0, -2, 1.5])
        if abs(distance - 0.5) > 0.01:
            assert ball.blocked_share(EYE, target) == float(distance < 0.5)


def test_a_lens_against_furniture_is_crowded() -> None:
    shelf = Obstacles([assemble("set/shelf", BodyKind.SET, [box((1.0, 0.3, 2.0)).moved(y=-4.4)])])
    assert shelf.crowded(EYE, 0.3)
    assert not shelf.crowded(EYE, 0.1)


def room() -> SetPlan:
    walls = [
        assemble("wall/south", BodyKind.SET, [box((6, 0.1, 2.7)).moved(y=-3)]),
        assemble("wall/north", BodyKind.SET, [box((6, 0.1, 2.7)).moved(y=3)]),
        assemble("wall/south/picture", BodyKind.SET, [box((0.5, 0.02, 0.5)).moved(y=-2.9, z=1.4)]),
        assemble("set/ceiling", BodyKind.SET, [box((6, 6, 0.1)).moved(z=2.7)]),
    ]
    floor = ((-3.0, -3.0), (3.0, -3.0), (3.0, 3.0), (-3.0, 3.0))
    return SetPlan(SetKind.LIVING_ROOM, tuple(walls), (), (), (), (), floor, 2.7, True)


def test_the_wall_behind_the_camera_goes_with_what_hangs_on_it() -> None:
    gone = wild_bodies(room(), PlacedCamera((0.0, -5.0, 1.5), (0.0, 0.0, 1.5)), [FACE[0]])
    assert set(gone) == {"wall/south", "wall/south/picture"}


def test_a_camera_inside_takes_out_nothing_and_a_high_one_the_ceiling() -> None:
    assert wild_bodies(room(), PlacedCamera((0.0, -2.0, 1.5), (0.0, 0.0, 1.5)), [FACE[0]]) == ()
    assert wild_bodies(room(), PlacedCamera((0.0, -1.0, 5.0), (0.0, 0.0, 1.5)), [FACE[0]]) == ("set/ceiling",)


@given(st.integers(0, 2**32 - 1), st.floats(0.0, 1.5))
def test_clusters_rule_out_nothing_that_is_near(seed: int, reach: float) -> None:
    rng = np.random.default_rng(seed)
    sizes = np.where(rng.random(300) < 0.05, 4.0, 0.2)
    triangles = rng.uniform(-6, 6, (300, 1, 3)) + rng.normal(0, 1, (300, 3, 3)) * sizes[:, None, None]
    points, ones = triangles.reshape(-1, 3).astype(np.float32), np.ones((900, 3), np.float32)
    faces = np.arange(900, dtype=np.uint32).reshape(-1, 3)
    soup = Body("set/soup", BodyKind.SET, points, faces, ones, np.ones(900, np.float32))
    corners = points[faces].astype(np.float64)
    start, end = rng.uniform(-6, 6, (2, 3))
    axis = (end - start) / np.linalg.norm(end - start)
    centers = corners.mean(axis=1)
    radii = np.linalg.norm(corners - centers[:, None], axis=2).max(axis=1)
    along = np.clip((centers - start) @ axis, 0, np.linalg.norm(end - start))
    away = np.linalg.norm(centers - start - along[:, None] * axis, axis=1)
    near = away <= radii + reach * along / np.linalg.norm(end - start) + 0.01
    assert len(Obstacles([soup]).near_segment(start, end, reach)) == near.sum()
