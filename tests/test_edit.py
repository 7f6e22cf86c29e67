"""What an edit changed, passes that have the rest as it was, and when a camera stays."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from maquette.edit import joined, region_of, stays, within
from maquette.film.passes import Passes
from maquette.film.stage import PlacedCamera

SIZE = HEIGHT, WIDTH = 90, 160
CAMERA = PlacedCamera((0, -4, 1), (0, 0, 1))
CUP = np.s_[40:50, 60:75]
SHADOW = np.s_[50:60, 60:100]


def table(*, cup: bool = False, camera: PlacedCamera = CAMERA, light: float = 1.0, fine: bool = True) -> Passes:
    """A wall 4 m away, with or without a cup before it."""
    albedo = np.full((*SIZE, 3), 0.5, np.float32)
    depth = np.full(SIZE, 4.0, np.float32)
    part = np.ones(SIZE, np.uint16)
    if cup:
        albedo[CUP], depth[CUP], part[CUP] = (0.8, 0.1, 0.1), 3.0, 2
    normal = np.zeros((*SIZE, 3), np.float32)
    normal[..., 1] = -1
    extra: dict[str, Any] = {}
    if fine:
        up = {"part_id": part.astype(np.float32), "depth": depth, "normal": normal, "albedo": albedo}
        extra = {f"fine_{name}": value.repeat(2, 0).repeat(2, 1) for name, value in up.items()}
    names = ("", "wall/far", "prop/cup") if cup else ("", "wall/far")
    return Passes(
        beauty=(albedo * np.float32(0.36 * light)).astype(np.float32), albedo=albedo, normal=normal, depth=depth,
        position=np.zeros((*SIZE, 3), np.float32), object_id=part, part_id=part, object_names=names,
        part_names=tuple(f"{n}:" if n else "" for n in names), camera=camera, extra=extra,
    )  # fmt: skip


def shadowed(passes: Passes) -> Passes:
    beauty = passes.beauty.copy()
    beauty[SHADOW] *= 0.5
    return replace(passes, beauty=beauty)


def test_nothing_changed_is_an_empty_region_and_the_same_passes() -> None:
    before, after = table(cup=True), table(cup=True)
    region = region_of(before, after, 0.0)
    assert region.share == 0 and region.names == ()
    assert np.array_equal(joined(before, after, region).beauty, before.beauty)


def test_what_came_and_what_went_is_the_region_with_its_edge() -> None:
    for before, after in ((table(), table(cup=True)), (table(cup=True), table())):
        region = region_of(before, after, 0.0)
        expected = np.zeros(SIZE, bool)
        expected[39:51, 59:76] = True
        assert np.array_equal(region.things, expected)
        assert region.names == ("prop/cup",), "the wall behind it has not changed"


def test_a_change_between_two_pixels_is_seen_in_the_finer_buffers() -> None:
    before, after = table(), table()
    after.extra["fine_albedo"][21, 31] = 0.9
    region = region_of(before, after, 0.0)
    assert region.things[10, 15] and region.things.sum() == 9
    assert region_of(table(fine=False), table(fine=False), 0.0).share == 0


def test_noise_of_light_is_no_change_and_a_shadow_is() -> None:
    rng = np.random.default_rng(1)
    before = table()
    noisy = replace(before, beauty=before.beauty * rng.normal(1, 0.02, SIZE)[..., None].astype(np.float32))
    assert region_of(before, noisy, 0.0).share == 0
    region = region_of(before, shadowed(before), 0.0)
    assert not region.things.any() and region.names == ()
    assert region.light[55, 80] == 1 and region.light[20, 20] == 0
    assert np.count_nonzero((region.light > 0) & (region.light < 1)) > 0, "its border is soft"


def test_the_sky_is_the_same_sky() -> None:
    before = table()
    before.depth[:20] = np.inf
    before.normal[:20] = 0
    before.part_id[:20] = 0
    assert region_of(before, before, 0.0).share == 0


def test_joined_passes_are_the_old_ones_outside_and_the_new_ones_inside() -> None:
    before, after = table(), shadowed(table(cup=True))
    region = region_of(before, after, 0.0)
    both = joined(before, after, region)
    outside = ~region.mask
    assert outside.any() and region.mask.any()
    for name in ("beauty", "albedo", "normal", "depth", "part_id", "object_id"):
        assert np.array_equal(getattr(both, name)[outside], getattr(before, name)[outside]), name
        assert np.array_equal(getattr(both, name)[region.things], getattr(after, name)[region.things]), name
    assert both.mask("prop/cup").sum() == 150
    fine = both.extra["fine_part_id"].astype(int)
    assert both.part_names[fine[90, 130]] == "prop/cup:" and both.part_names[fine[0, 0]] == "wall/far:"
    assert np.array_equal(both.beauty[55, 80], after.beauty[55, 80]), "its shadow comes along"


def test_names_are_numbered_anew_where_the_stages_number_them_otherwise() -> None:
    before = table()
    after = table(cup=True)
    other = {1: 2, 2: 1}
    swapped = np.vectorize(lambda i: other[int(i)])(after.part_id).astype(np.uint16)
    fine = np.vectorize(lambda i: other[int(i)])(after.extra["fine_part_id"]).astype(np.float32)
    names = ("", "prop/cup", "wall/far")
    after = replace(after, part_id=swapped, object_id=swapped, object_names=names,
                    part_names=("", "prop/cup:", "wall/far:"), extra=after.extra | {"fine_part_id": fine})  # fmt: skip
    region = region_of(before, after, 0.0)
    both = joined(before, after, region)
    assert region.names == ("prop/cup",)
    assert both.mask("prop/cup").sum() == 150 and both.mask("wall/far").sum() == HEIGHT * WIDTH - 150


@pytest.mark.parametrize(
    ("change", "stay"),
    [
        ({}, True),
        ({"position": (0.05, -4, 1)}, True),
        ({"position": (0.5, -4, 1)}, False),
        ({"look_at": (0.1, 0, 1)}, True),
        ({"look_at": (0.6, 0, 1)}, False),
        ({"lens_mm": 36.0}, True),
        ({"lens_mm": 50.0}, False),
        ({"roll_deg": 5.0}, False),
        ({"t_stop": 2.8}, False),
        ({"aspect": 2.39}, False),
        ({"exposure_stops": 1.0, "focus_m": 2.9}, True),
    ],
)
def test_a_camera_stays_for_a_small_change_of_pose_and_for_nothing_else(change: dict[str, Any], stay: bool) -> None:
    assert stays(CAMERA, replace(CAMERA, **change)) is stay


def test_within_is_a_square_round_the_edit() -> None:
    edited = np.zeros((20, 20), bool)
    edited[10, 5] = True
    area = within(edited, 3)
    assert area.sum() == 49 and area[7:14, 2:9].all()
    assert np.array_equal(within(edited, 0), edited)
    assert not within(np.zeros((5, 5), bool), 3).any()
