"""Interior sets: built quickly and repeatably, usable by people, camera and light."""

from __future__ import annotations

import numpy as np
import pytest

from maquette.film.stage import SetKind, SetPlan, SpotUse, facing_vector
from maquette.stage import mesh
from maquette.stage.sets import SET_BUILDERS

INTERIORS = (
    SetKind.LIVING_ROOM,
    SetKind.BEDROOM,
    SetKind.KITCHEN,
    SetKind.OFFICE,
    SetKind.BAR,
    SetKind.DINER,
    SetKind.CORRIDOR,
    SetKind.STAIRWELL,
    SetKind.CAR,
)
SEEDS = (1, 2, 3)
SIT_HEIGHTS = (0.28, 0.8)


@pytest.fixture(scope="module")
def plans() -> dict[tuple[SetKind, int], SetPlan]:
    return {(kind, seed): SET_BUILDERS[kind](seed, 4, ()) for kind in INTERIORS for seed in SEEDS}


@pytest.fixture(params=[(k, s) for k in INTERIORS for s in SEEDS], ids=lambda p: f"{p[0]}-{p[1]}")
def plan(request: pytest.FixtureRequest, plans: dict[tuple[SetKind, int], SetPlan]) -> SetPlan:
    return plans[request.param]


def test_bodies_are_sound(plan: SetPlan) -> None:
    names = [b.name for b in plan.bodies]
    assert len(set(names)) == len(names)
    assert sum(len(b.faces) for b in plan.bodies) < 150_000
    for b in plan.bodies:
        assert b.normals is not None
        assert np.isfinite(b.vertices).all() and np.isfinite(b.normals).all()
        assert b.faces.max() < len(b.vertices)
        assert np.allclose(np.linalg.norm(b.normals, axis=1), 1, atol=1e-3), b.name
        assert (b.base_color >= 0).all() and (b.base_color <= 1).all(), b.name
        assert (b.roughness >= 0.04).all() and (b.roughness <= 1).all(), b.name


def test_faces_turn_outwards_like_their_normals(plan: SetPlan) -> None:
    for b in plan.bodies:
        assert b.normals is not None
        a, p, q = (b.vertices[b.faces[:, i]].astype(float) for i in range(3))
        cross = np.cross(p - a, q - a)
        size = np.linalg.norm(cross, axis=1)
        ok = size > 1e-9
        mean = b.normals[b.faces].mean(axis=1)
        against = (cross[ok] * mean[ok]).sum(1) / size[ok] < -0.2
        assert against.mean() < 0.05, b.name


@pytest.mark.parametrize("kind", INTERIORS)
def test_same_seed_same_bytes(kind: SetKind, plans: dict[tuple[SetKind, int], SetPlan]) -> None:
    again, first = SET_BUILDERS[kind](1, 4, ()), plans[kind, 1]
    assert [b.name for b in again.bodies] == [b.name for b in first.bodies]
    assert all(
        a.vertices.tobytes() == b.vertices.tobytes() and a.base_color.tobytes() == b.base_color.tobytes()
        for a, b in zip(again.bodies, first.bodies, strict=True)
    )
    assert (again.spots, again.features, again.openings) == (first.spots, first.features, first.openings)


@pytest.mark.parametrize("kind", INTERIORS)
def test_seeds_differ(kind: SetKind, plans: dict[tuple[SetKind, int], SetPlan]) -> None:
    a, b = plans[kind, 1], plans[kind, 2]
    assert any(
        x.vertices.shape != y.vertices.shape or not np.array_equal(x.base_color, y.base_color)
        for x, y in zip(a.bodies, b.bodies, strict=False)
    )


def test_spots_lie_on_the_floor(plan: SetPlan) -> None:
    corners = np.array(plan.floor)
    low, high = corners.min(0), corners.max(0)
    for s in plan.spots:
        assert (np.array(s.position[:2]) > low).all() and (np.array(s.position[:2]) < high).all(), s.name
    names = [s.name for s in plan.spots]
    assert len(set(names)) == len(names)
    area = 0.5 * np.sum(corners[:, 0] * np.roll(corners[:, 1], -1) - np.roll(corners[:, 0], -1) * corners[:, 1])
    assert area > 0, "corners run counter-clockwise"


def test_nobody_stands_in_furniture(plan: SetPlan) -> None:
    """A post of 0.16 m radius from the shins to the head is free of surfaces at each standing spot."""
    triangles = np.concatenate([b.vertices[b.faces] for b in plan.bodies])
    middle = triangles.mean(axis=1)
    small = np.abs(triangles - middle[:, None]).max(axis=(1, 2)) < 0.3
    points = np.concatenate([triangles.reshape(-1, 3), middle, middle[small]])
    for s in plan.spots:
        if s.use not in (SpotUse.STAND, SpotUse.WALK):
            continue
        x, y, z = s.position
        near = (
            (np.hypot(points[:, 0] - x, points[:, 1] - y) < 0.16) & (points[:, 2] > z + 0.25) & (points[:, 2] < z + 1.8)
        )
        assert not near.any(), s.name


def test_people_keep_apart(plan: SetPlan) -> None:
    feet = np.array([s.position for s in plan.spots])
    gaps = np.linalg.norm(feet[:, None] - feet[None], axis=-1) + 9 * np.eye(len(feet))
    i, j = np.unravel_index(int(gaps.argmin()), gaps.shape)
    assert gaps.min() > 0.3, f"{plan.spots[int(i)].name} and {plan.spots[int(j)].name}"


def test_seats_carry_their_people(plan: SetPlan) -> None:
    """Under each sitting person there is a surface about as high as the spot says."""
    for s in plan.spots:
        if s.use not in (SpotUse.SIT, SpotUse.DRIVE, SpotUse.LIE):
            continue
        assert SIT_HEIGHTS[0] <= s.seat_height_m <= SIT_HEIGHTS[1], s.name
        seat = s.position[2] + s.seat_height_m
        assert abs(_top_under(plan, s.position[0], s.position[1], seat + 0.12) - seat) < 0.08, s.name


def _top_under(plan: SetPlan, x: float, y: float, limit: float) -> float:
    """Height of the highest surface at (x, y) below `limit`, by intersecting a plumb line with all triangles."""
    best = -np.inf
    for b in plan.bodies:
        a, p, q = (b.vertices[b.faces[:, i]].astype(float) for i in range(3))
        d = (p[:, 1] - q[:, 1]) * (a[:, 0] - q[:, 0]) + (q[:, 0] - p[:, 0]) * (a[:, 1] - q[:, 1])
        d = np.where(np.abs(d) < 1e-12, np.nan, d)
        u = ((p[:, 1] - q[:, 1]) * (x - q[:, 0]) + (q[:, 0] - p[:, 0]) * (y - q[:, 1])) / d
        v = ((q[:, 1] - a[:, 1]) * (x - q[:, 0]) + (a[:, 0] - q[:, 0]) * (y - q[:, 1])) / d
        z = u * a[:, 2] + v * p[:, 2] + (1 - u - v) * q[:, 2]
        hit = (u >= 0) & (v >= 0) & (u + v <= 1) & (z < limit)
        best = max(best, float(z[hit].max(initial=-np.inf)))
    return best


def test_groups_face_each_other(plan: SetPlan) -> None:
    """In each group of at least two outside the car, everyone looks into the half plane where the others are."""
    groups: dict[str, list] = {}
    for s in plan.spots:
        if s.group:
            groups.setdefault(s.group, []).append(s)
    talking = [g for g in groups.values() if len(g) > 1]
    assert talking
    if plan.kind in (SetKind.CAR, SetKind.STAIRWELL):
        return
    for group in talking:
        for s in group:
            others = [np.array(o.position[:2]) for o in group if o is not s]
            towards = [float(np.dot(o - s.position[:2], facing_vector(s.yaw_deg)[:2])) for o in others]
            assert max(towards) > 0 or s.use in (SpotUse.LIE, SpotUse.SIT), f"{plan.kind}: {s.name}"


def test_openings_lie_in_the_walls(plan: SetPlan) -> None:
    assert plan.openings
    corners = np.array(plan.floor)
    half = corners.max(0)
    for o in plan.openings:
        assert np.isclose(np.linalg.norm(o.normal), 1, atol=0.02)
        assert float(np.dot(o.normal[:2], np.array([0, 0.2]) - o.center[:2])) > 0, "normals point into the room"
        if plan.kind is not SetKind.CAR:
            assert min(abs(np.abs(o.center[:2]) - half - 0.1)) < 0.01, o.name
        assert o.width_m > 0.3 and o.height_m > 0.3


def test_features_are_named_once_and_surfaces_are_real(plan: SetPlan) -> None:
    words = [f.word for f in plan.features]
    assert len(set(words)) == len(words)
    assert {"door", "window"} <= set(words)
    for f in plan.features:
        if f.surface_height_m is not None and f.word not in ("floor", "wall"):
            low, high = f.position[2] - f.size[2] / 2, f.position[2] + f.size[2] / 2
            assert low - 0.05 <= f.surface_height_m <= high + 0.05, f.word


NAMED = {
    SetKind.LIVING_ROOM: {"sofa", "armchair", "table", "lamp", "bookshelf", "clock", "mirror", "coffee table", "rug"},
    SetKind.BEDROOM: {"bed", "nightstand", "wardrobe", "lamp", "mirror", "dresser"},
    SetKind.KITCHEN: {"table", "counter", "sink", "tap", "fridge", "stove", "phone", "clock", "kettle", "cupboard"},
    SetKind.OFFICE: {"desk", "phone", "computer", "shelf", "lamp", "papers", "filing cabinet"},
    SetKind.BAR: {"bar", "counter", "stool", "bottles", "booth", "table", "neon sign", "jukebox"},
    SetKind.DINER: {"counter", "booth", "stool", "table", "jukebox", "coffee machine", "phone"},
    SetKind.CORRIDOR: {"window", "clock", "picture"},
    SetKind.STAIRWELL: {"stairs", "railing", "landing", "handrail", "letterboxes"},
    SetKind.CAR: {"wheel", "steering wheel", "dashboard", "mirror", "windscreen", "seat", "back seat", "radio"},
}


def test_what_action_lines_name_is_there(plan: SetPlan) -> None:
    assert NAMED[plan.kind] <= {f.word for f in plan.features}


def test_practicals_are_small_and_warm_enough_to_rescale(plan: SetPlan) -> None:
    assert 1 <= len(plan.practicals) <= 8
    for lamp in plan.practicals:
        assert lamp.faces.max() < len(lamp.vertices)
        assert 0.5 < max(lamp.radiance) < 150
        assert np.ptp(lamp.vertices, axis=0).max() < 6


def test_walls_are_wild_and_have_two_faces(plan: SetPlan) -> None:
    walls = {b.name: b for b in plan.bodies if b.name.startswith("wall/") and b.name.count("/") == 1}
    assert set(walls) == {"wall/north", "wall/south", "wall/east", "wall/west"}
    assert any(b.name == "set/ceiling" for b in plan.bodies)
    for name, axis in (("wall/north", 1), ("wall/east", 0)):
        assert np.ptp(walls[name].vertices[:, axis]) > 0.1


@pytest.mark.parametrize("kind", INTERIORS)
@pytest.mark.parametrize("people", [12, 100])
def test_there_is_room_for_a_crowd(kind: SetKind, people: int) -> None:
    plan = SET_BUILDERS[kind](5, people, ())
    assert len(plan.spots) >= people
    assert len({s.name for s in plan.spots}) == len(plan.spots)
    feet = np.array([s.position for s in plan.spots])
    gaps = np.linalg.norm(feet[:, None] - feet[None], axis=-1) + 9 * np.eye(len(feet))
    assert gaps.min() > 0.25


def test_words_steer_the_dressing() -> None:
    plain, clinic = (SET_BUILDERS[SetKind.CORRIDOR](1, 2, w) for w in ((), ("hospital",)))
    assert any(f.word == "handrail" for f in clinic.features)
    assert not any(f.word == "handrail" for f in plain.features)
    rich, shabby = (SET_BUILDERS[SetKind.LIVING_ROOM](1, 2, (w,)) for w in ("luxury", "shabby"))
    assert not np.array_equal(_wall_color(rich), _wall_color(shabby))


def _wall_color(plan: SetPlan) -> np.ndarray:
    return next(b for b in plan.bodies if b.name == "wall/north").base_color[0]


# --- primitives -------------------------------------------------------------------------------------------------


def _volume(s: mesh.Solid) -> float:
    a, b, c = (s.vertices[s.faces[:, i]].astype(float) for i in range(3))
    return float(np.einsum("ij,ij->i", np.cross(a, b), c).sum() / 6)


def test_primitives_enclose_what_they_should() -> None:
    assert _volume(mesh.box((1, 2, 3))) == pytest.approx(6)
    assert _volume(mesh.rounded_box((1, 2, 3), radius=0.05)) == pytest.approx(6, rel=0.01)
    assert _volume(mesh.cylinder(1, 1, segments=64)) == pytest.approx(np.pi, rel=0.01)
    assert _volume(mesh.prism([(0, 0), (2, 0), (2, 2), (1, 1), (0, 2)], 1)) == pytest.approx(3)
    assert _volume(mesh.tube([(0, 0, 0), (0.5, 0, 0), (1, 0, 0)], 0.1, segments=48)) == pytest.approx(
        0.01 * np.pi, rel=0.01
    )
    assert _volume(mesh.boxes([(0, 0, 0), (5, 0, 0)], [(1, 1, 1), (1, 1, 2)])) == pytest.approx(3)
    assert 0.25 < _volume(mesh.cushion((1, 1, 0.5))) < 0.5


def test_rounded_boxes_keep_their_size() -> None:
    for solid in (mesh.rounded_box((0.6, 0.4, 0.2), radius=0.05, steps=2), mesh.cushion((0.6, 0.4, 0.2))):
        assert np.allclose(solid.vertices.min(0), (-0.3, -0.2, 0), atol=1e-5)
        assert np.allclose(solid.vertices.max(0), (0.3, 0.2, 0.2), atol=1e-5)
