"""People who are small in a take's picture are made of less, the same less in all of it, and look and move the same."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from scipy.spatial import KDTree

from maquette.film.request import FrameSettings
from maquette.film.stage import BodyKind
from maquette.film.take import Motion
from maquette.pipeline import Production
from maquette.pipeline.shoot import ShootSettings, shoot_request
from maquette.render.workers import MOST_NICE, NICENESS, workers_give_way
from maquette.stage.build import build_stage
from maquette.stage.people import dress as dress_module
from maquette.stage.people.collapse import collapsed
from maquette.stage.people.dress import Dressed, dress
from maquette.stage.people.rig import Pose, axis_rotation, load_rig
from maquette.stage.people.sheet import F64, I64, boundary_edges, grid_faces
from maquette.studio.grain import STEP_M, grains
from maquette.studio.shoot import Shooting
from tests.small_film import small_film
from tests.test_people_dress import SAMPLE_CAST, posed

GRAIN_M = 0.004


def square(side: int) -> tuple[I64, F64]:
    """A flat square metre of side x side places."""
    along = np.linspace(0, 1, side)
    x, y = np.meshgrid(along, along)
    return grid_faces(side, side, closed=False), np.stack([x.ravel(), y.ravel(), np.zeros(side * side)], axis=1)


def areas(faces: I64, points: F64) -> F64:
    tri = points[faces]
    return np.linalg.norm(np.cross(tri[:, 1] - tri[:, 0], tri[:, 2] - tri[:, 0]), axis=1) / 2


def fewer(faces: I64, points: F64, tolerance_m: float, features: F64 | None = None) -> tuple[I64, I64]:
    count = len(points)
    return collapsed(faces, points, np.full(count, tolerance_m), np.zeros((count, 1)) if features is None else features)


def test_what_is_flat_needs_few_faces_and_keeps_its_edge_and_area() -> None:
    faces, points = square(30)
    few, used = fewer(faces, points, 0.02)
    assert len(few) < len(faces) / 4
    assert {tuple(e) for e in boundary_edges(few)} == {tuple(e) for e in boundary_edges(faces)}
    assert areas(few, points).sum() == pytest.approx(1)
    assert np.array_equal(used, np.unique(few))


def test_a_ball_stays_round_within_the_tolerance() -> None:
    rows, columns = 41, 80
    fall, turn = np.meshgrid(
        np.linspace(0.15, np.pi - 0.15, rows), np.arange(columns) * 2 * np.pi / columns, indexing="ij"
    )
    points = np.stack([np.sin(fall) * np.cos(turn), np.sin(fall) * np.sin(turn), np.cos(fall)], axis=-1).reshape(-1, 3)
    faces = grid_faces(rows, columns, closed=True)
    few, _ = fewer(faces, points, 0.01)
    assert len(few) < len(faces) / 2
    assert np.linalg.norm(points[few].mean(axis=1), axis=1).min() > 1 - 0.04


def test_what_differs_is_not_merged() -> None:
    faces, points = square(20)
    features = np.zeros((len(points), 1))
    marked = 20 * 9 + 9
    features[marked] = 10
    few, used = fewer(faces, points, 0.02, features)
    assert marked in used and len(few) < len(faces) / 4


def test_seams_do_not_part() -> None:
    """Two patches with vertices of their own along the line between them."""
    faces, points = square(21)
    left = points[faces].mean(axis=1)[:, 0] < 0.5
    twin = np.arange(len(points)) + np.where(np.isclose(points[:, 0], 0.5), len(points), 0)
    faces = np.where(left[:, None], faces, twin[faces])
    points = np.concatenate([points, points])
    few, _ = fewer(faces, points, 0.02)
    place = few % (len(points) // 2)
    assert len(few) < len(faces) / 3
    assert len(boundary_edges(place)) == 80, "only the square's own edge is open"
    assert areas(few, points).sum() == pytest.approx(1)
    sides = points[few].mean(axis=1)[:, 0] < 0.5
    assert (few[sides] < len(points) // 2).all(), "each patch keeps vertices of its own"


@pytest.fixture(scope="module")
def people() -> dict[str, tuple[Dressed, Dressed]]:
    """Somebody in full and in less detail."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dress_module, "paint_face", lambda *_: np.ones((1024, 1024, 3), np.float32))
        patch.setattr(dress_module, "_WARDROBE", {})
        patch.setattr(dress_module, "_PARTS", {})
        rig = load_rig()
        return {i.name: (dress(rig.shape(i), i), dress(rig.shape(i), i, GRAIN_M)) for i in SAMPLE_CAST[:8]}


@pytest.mark.parametrize("name", [i.name for i in SAMPLE_CAST[:8]])
def test_less_detail_is_the_same_person(people: dict[str, tuple[Dressed, Dressed]], name: str) -> None:
    identity = next(i for i in SAMPLE_CAST if i.name == name)
    full, less = people[name]
    assert len(less.faces) < 0.5 * len(full.faces)
    assert less.part_names == full.part_names and less.sole_m == full.sole_m
    bend = {"upperarm01.L": axis_rotation((0, 1, 0), 0.8), "lowerleg01.R": axis_rotation((1, 0, 0), 0.9)}
    pose = posed(identity, Pose(bend), {"jawOpen": 0.6})
    a, b = full.body(pose, "cast/X"), less.body(pose, "cast/X")
    assert b.normals is not None and np.isfinite(b.normals).all() and np.isfinite(b.vertices).all()
    hair = {i for i, part in enumerate(less.part_names) if part in ("hair", "beard")}
    smooth = ~np.isin(less.parts, list(hair))
    distance, near = KDTree(full.rest).query(less.rest[smooth], k=1)
    assert distance.max() == 0, "what is kept is where it was"
    # Several vertices may lie at one place: where they are now is one place, too.
    assert np.abs(b.vertices[smooth] - a.vertices[near]).max() < 1e-3
    # The two surfaces are nowhere farther apart than a few grains.
    middles = a.vertices[a.faces].mean(axis=1)
    gap, _ = KDTree(np.concatenate([b.vertices, b.vertices[b.faces].mean(axis=1)])).query(middles, k=1)
    assert np.percentile(gap, 99) < 12 * GRAIN_M


def test_hair_covers_as_much(people: dict[str, tuple[Dressed, Dressed]]) -> None:
    for full, less in people.values():
        if "hair" not in full.part_names:
            continue
        covered: list[float] = []
        for one in (full, less):
            hair = one.parts[one.faces[:, 0]] == one.part_names.index("hair")
            covered.append(areas(one.faces[hair].astype(np.int64), one.rest.astype(np.float64)).sum().item())
        # Curls and ridges have an area of their own, which nobody sees.
        assert 0.8 * covered[0] < covered[1] < 1.1 * covered[0]


def test_without_a_grain_nothing_is_left_out() -> None:
    identity = SAMPLE_CAST[-1]
    shape = load_rig().shape(identity)
    assert dress(shape, identity, 0.0) is dress(shape, identity)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    with small_film(tmp_path_factory.mktemp("coarse") / "film") as production:
        yield production


def test_smaller_pictures_and_farther_people_need_less(film: Production) -> None:
    request, _ = shoot_request(film, "1A", ShootSettings(size="96x54", seconds="0.25"))
    stage = build_stage(request.picture, request.beats, request.motion)

    def at(width: int) -> dict[str, float]:
        return grains(stage, request.motion, FrameSettings(width=width, height=width * 9 // 16))

    small, large, huge = at(160), at(640), at(7680)
    assert all(small[name] >= large[name] >= huge[name] for name in small) and small != large
    assert all(grain == 0 for grain in huge.values()), "close enough to see everything, nothing is left out"
    assert all(abs(grain / STEP_M - round(grain / STEP_M)) < 1e-6 for grain in small.values())
    longer = Motion(frames=2 * request.motion.frames)
    assert grains(stage, longer, request.picture.frame) == grains(stage, request.motion, request.picture.frame)


def test_detail_never_changes_within_a_take(film: Production) -> None:
    request, _ = shoot_request(film, "1A", ShootSettings(size="96x54", seconds="0.25"))
    shooting = Shooting(film.studio, request)
    frames = list(shooting.frames())
    faces = [[id(b.faces) for b in f.moment.bodies if b.kind is BodyKind.CAST] for f in frames]
    assert faces[0] and all(each == faces[0] for each in faces)
    still = shooting.lit_moment(Fraction(0))
    more = [len(b.faces) for b in still.bodies if b.kind is BodyKind.CAST]
    less = [len(b.faces) for b in frames[0].moment.bodies if b.kind is BodyKind.CAST]
    assert all(a > b for a, b in zip(more, less, strict=True)), "what is delivered as geometry has everything"


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="niceness of threads is Linux's")
def test_workers_give_way_only_within(film: Production) -> None:
    def niceness() -> list[int]:
        return sorted(os.getpriority(os.PRIO_PROCESS, int(t.name)) for t in Path("/proc/self/task").iterdir())

    assert film.studio.renderer is not None
    before = niceness()
    with workers_give_way():
        within = niceness()
    assert niceness() == before
    several = len(before) > 1 and (os.cpu_count() or 1) > 1
    assert within.count(min(before[0] + NICENESS, MOST_NICE)) >= several
