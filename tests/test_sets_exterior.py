"""Exterior sets: places a crew can play in. Scale, floors, spots, budgets, lights."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest

from maquette.film.stage import SetKind, SetPlan, SpotUse, facing_vector
from maquette.stage.sets import field, forest, neutral, road, rooftop, shore, street
from maquette.stage.sets.lights import with_lights

BUILDERS = {
    SetKind.STREET: street.build,
    SetKind.FOREST: forest.build,
    SetKind.FIELD: field.build,
    SetKind.ROAD: road.build,
    SetKind.ROOFTOP: rooftop.build,
    SetKind.SHORE: shore.build,
    SetKind.NEUTRAL: neutral.build,
}
CASES: dict[str, tuple[SetKind, int, tuple[str, ...]]] = {
    "street": (SetKind.STREET, 4, ("main", "street")),
    "village": (SetKind.STREET, 4, ("village",)),
    "forest": (SetKind.FOREST, 4, ()),
    "snowy wood": (SetKind.FOREST, 4, ("pine", "snow")),
    "field": (SetKind.FIELD, 4, ()),
    "wheat": (SetKind.FIELD, 4, ("wheat",)),
    "road": (SetKind.ROAD, 4, ()),
    "forest road": (SetKind.ROAD, 4, ("forest",)),
    "rooftop": (SetKind.ROOFTOP, 4, ()),
    "cannery rooftop": (SetKind.ROOFTOP, 4, ("cannery",)),
    "beach": (SetKind.SHORE, 4, ("boat", "cliff")),
    "harbour": (SetKind.SHORE, 4, ("harbour", "lighthouse")),
    "neutral": (SetKind.NEUTRAL, 4, ("abattoir",)),
}
OUTDOORS = [name for name in CASES if name != "neutral"]


@pytest.fixture(scope="module")
def plans() -> dict[str, SetPlan]:
    return {name: BUILDERS[kind](11, seats, words) for name, (kind, seats, words) in CASES.items()}


def surface_below(plan: SetPlan, x: float, y: float, top: float) -> float:
    """Height of the highest surface straight below (x, y, top)."""
    best = -np.inf
    for body in plan.bodies:
        v = body.vertices.astype(float)
        near = (np.abs(v[:, 0] - x) < 60) & (np.abs(v[:, 1] - y) < 60)
        f = body.faces.astype(int)
        f = f[near[f].any(1)]
        a, b, c = v[f[:, 0]], v[f[:, 1]], v[f[:, 2]]
        det = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (b[:, 1] - a[:, 1])
        ok = np.abs(det) > 1e-12
        a, b, c, det = a[ok], b[ok], c[ok], det[ok]
        u = ((x - a[:, 0]) * (c[:, 1] - a[:, 1]) - (c[:, 0] - a[:, 0]) * (y - a[:, 1])) / det
        w = ((b[:, 0] - a[:, 0]) * (y - a[:, 1]) - (x - a[:, 0]) * (b[:, 1] - a[:, 1])) / det
        hit = (u >= 0) & (w >= 0) & (u + w <= 1)
        z = a[hit, 2] + u[hit] * (b[hit, 2] - a[hit, 2]) + w[hit] * (c[hit, 2] - a[hit, 2])
        z = z[z <= top]
        best = max(best, float(z.max(initial=-np.inf)))
    return best


@pytest.mark.parametrize("name", CASES)
def test_meshes_are_sound_and_within_budget(plans: dict[str, SetPlan], name: str) -> None:
    plan = plans[name]
    assert plan.kind is CASES[name][0]
    assert sum(len(b.faces) for b in plan.bodies) <= 265_000
    assert len({b.name for b in plan.bodies}) == len(plan.bodies)
    for body in plan.bodies:
        assert np.isfinite(body.vertices).all(), body.name
        assert int(body.faces.max()) < len(body.vertices)
        assert body.normals is not None
        assert np.allclose(np.linalg.norm(body.normals, axis=1), 1, atol=2e-3), body.name
        assert body.base_color.min() >= 0 and body.base_color.max() <= 0.95, body.name
        assert body.roughness.min() >= 0.04 and body.roughness.max() <= 1.0, body.name


@pytest.mark.parametrize("name", ["street", "forest", "wheat", "cannery rooftop", "beach", "neutral"])
def test_same_arguments_same_bytes_other_seed_other_set(plans: dict[str, SetPlan], name: str) -> None:
    kind, seats, words = CASES[name]
    again, plan = BUILDERS[kind](11, seats, words), plans[name]
    assert [b.name for b in again.bodies] == [b.name for b in plan.bodies]
    for a, b in zip(again.bodies, plan.bodies, strict=True):
        for f in fields(a):
            x, y = getattr(a, f.name), getattr(b, f.name)
            if isinstance(x, np.ndarray):
                assert x.tobytes() == y.tobytes(), (a.name, f.name)
    assert again.spots == plan.spots and again.features == plan.features


@pytest.mark.parametrize("name", ["forest", "field"])
def test_another_seed_is_another_place(plans: dict[str, SetPlan], name: str) -> None:
    kind, seats, words = CASES[name]
    other = BUILDERS[kind](12, seats, words)
    mine = np.concatenate([b.base_color.sum(0) for b in plans[name].bodies]).sum()
    assert mine != np.concatenate([b.base_color.sum(0) for b in other.bodies]).sum()


@pytest.mark.parametrize("name", CASES)
def test_people_stand_on_the_ground(plans: dict[str, SetPlan], name: str) -> None:
    plan = plans[name]
    for spot in plan.spots:
        x, y, z = spot.position
        if spot.use in (SpotUse.STAND, SpotUse.WALK, SpotUse.LEAN):
            ground = surface_below(plan, x, y, z + 0.3)
            assert ground == pytest.approx(z, abs=0.05), spot.name
        if spot.use is SpotUse.SIT and spot.seat_height_m > 0.1:
            seat = surface_below(plan, x, y, z + spot.seat_height_m + 0.25)
            assert seat == pytest.approx(z + spot.seat_height_m, abs=0.09), spot.name


@pytest.mark.parametrize("name", CASES)
def test_there_is_a_conversation_at_the_origin(plans: dict[str, SetPlan], name: str) -> None:
    """The two spots nearest to the origin that share a group look at each other from 1.0 to 1.4 m."""
    groups: dict[str, list] = {}
    for spot in plans[name].spots:
        if spot.use is SpotUse.STAND and spot.group:
            groups.setdefault(spot.group, []).append(spot)
    pairs = [g for g in groups.values() if len(g) == 2]
    assert pairs
    a, b = min(pairs, key=lambda g: np.hypot(*(np.add(g[0].position[:2], g[1].position[:2]) / 2)))
    offset = np.subtract(b.position[:2], a.position[:2])
    distance = float(np.linalg.norm(offset))
    assert 1.0 <= distance <= 1.4
    assert np.hypot(*(np.add(a.position[:2], b.position[:2]) / 2)) < 1.5
    assert np.dot(facing_vector(a.yaw_deg)[:2], offset) > 0.95 * distance
    assert np.dot(facing_vector(b.yaw_deg)[:2], -offset) > 0.95 * distance


@pytest.mark.parametrize("name", CASES)
def test_every_set_lets_people_stand_walk_sit_and_lean_or_gather(plans: dict[str, SetPlan], name: str) -> None:
    uses = {s.use for s in plans[name].spots}
    assert {SpotUse.STAND, SpotUse.WALK, SpotUse.SIT} <= uses
    assert len({s.name for s in plans[name].spots}) == len(plans[name].spots)


@pytest.mark.parametrize("kind", BUILDERS)
def test_a_hundred_people_find_room(kind: SetKind) -> None:
    plan = BUILDERS[kind](5, 100, ())
    at = np.array([s.position[:2] for s in plan.spots])
    assert len(at) >= 100
    gap = np.hypot(*(at[:, None] - at[None]).transpose(2, 0, 1)) + 9 * np.eye(len(at))
    assert gap.min() > 0.3


@pytest.mark.parametrize("name", OUTDOORS)
def test_the_ground_reaches_the_horizon(plans: dict[str, SetPlan], name: str) -> None:
    points = np.concatenate([b.vertices[:, :2] for b in plans[name].bodies])
    sector = ((np.degrees(np.arctan2(points[:, 1], points[:, 0])) + 360) // 45).astype(int) % 8
    reach = np.hypot(*points.T)
    assert all(reach[sector == k].max() > 850 for k in range(8))


@pytest.mark.parametrize("name", OUTDOORS)
def test_nothing_stands_in_the_middle_of_the_playing_area(plans: dict[str, SetPlan], name: str) -> None:
    """No solid taller than grass within 0.45 m of the two who talk at the origin."""
    plan = plans[name]
    pair = [s for s in plan.spots if s.use is SpotUse.STAND and s.group][:2]
    for body in plan.bodies:
        v = body.vertices
        body_height = (v[:, 2] > pair[0].position[2] + 0.45) & (v[:, 2] < 1.7)
        for spot in pair:
            near = np.hypot(v[:, 0] - spot.position[0], v[:, 1] - spot.position[1]) < 0.3
            assert not (near & body_height).any(), (body.name, spot.name)


def test_what_the_words_ask_for_is_there(plans: dict[str, SetPlan]) -> None:
    def words(name: str) -> set[str]:
        return {f.word for f in plans[name].features}

    assert {"tree", "path", "log"} <= words("forest")
    assert {"car", "bench", "lamp post", "door", "window", "wall", "tree", "pavement"} <= words("street")
    assert {"fence", "tree", "grass", "hills"} <= words("field")
    assert "wheat" in words("wheat")
    assert {"road", "telephone pole", "guard rail"} <= words("road")
    assert {"tree", "trees"} <= words("forest road")
    assert {"parapet", "door", "water tank", "skyline"} <= words("rooftop")
    assert "sea" in words("cannery rooftop")
    assert {"sea", "water", "sand", "rock", "boat"} <= words("beach")
    assert {"pier", "boat", "lighthouse", "water"} <= words("harbour")


def test_the_neutral_stage_says_what_it_did_not_know(plans: dict[str, SetPlan]) -> None:
    assert "abattoir" in plans["neutral"].note and "street" in plans["neutral"].note
    assert all(not plans[name].note for name in OUTDOORS)


def test_lights_off_is_dark_and_leaves_everything_else(plans: dict[str, SetPlan]) -> None:
    plan = plans["street"]
    assert plan.practicals and any(b.emission is not None for b in plan.bodies)
    dark = with_lights(plan, False)
    assert not dark.practicals and all(b.emission is None for b in dark.bodies)
    assert [b.name for b in dark.bodies] == [b.name for b in plan.bodies] and dark.spots == plan.spots
    assert with_lights(plan, True) is plan


def test_some_windows_are_lit_and_some_are_not(plans: dict[str, SetPlan]) -> None:
    for name in ("street", "rooftop"):
        lit = dark = 0
        for b in plans[name].bodies:
            if b.parts is not None and b.emission is not None and "glass" in b.part_names:
                glass = b.parts == b.part_names.index("glass")
                lit += int((glass & b.emission.any(1)).sum())
                dark += int((glass & ~b.emission.any(1)).sum())
        assert lit > 100 and dark > 100


def test_practicals_face_outwards_and_stay_small(plans: dict[str, SetPlan]) -> None:
    for name in ("street", "rooftop", "harbour"):
        for lamp in plans[name].practicals:
            assert 2 <= len(lamp.faces) <= 200
            v = lamp.vertices.astype(float)
            if lamp.visible:
                a, b, c = (v[lamp.faces[:, i]] for i in range(3))
                outward = np.einsum("ij,ij->i", np.cross(b - a, c - a), (a + b + c) / 3 - v.mean(0))
                assert (outward > 0).mean() > 0.95, lamp.name


def test_buildings_are_wild_and_the_ground_is_not(plans: dict[str, SetPlan]) -> None:
    names = [b.name for b in plans["street"].bodies]
    assert sum(n.startswith("wall/") for n in names) >= 8
    assert "set/pavement" in names and "set/road" in names
