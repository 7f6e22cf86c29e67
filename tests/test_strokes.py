"""Strokes stick: a wall and a panel before it, seen from places whose motion is known by formula."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from maquette.film.look import AppliedLook, Hand, Recipe
from maquette.film.passes import Passes
from maquette.film.stage import PlacedCamera
from maquette.film.style import PanelStyle
from maquette.generate import GENERATORS, DrawSettings, TonalKey, photograph
from maquette.generate.anchors import Anchors, find_anchors
from maquette.generate.brush import Strokes, strokes_at, touched
from maquette.generate.paper import grain
from maquette.generate.pigment import on_palette
from maquette.generate.surface import surface_noise, surface_of
from maquette.generate.view import pixel_tangent
from maquette.imaging.oklab import code_to_oklab
from maquette.measure.coherence import flicker
from maquette.measure.sticking import sticking
from maquette.pipeline.key_frames import request_to_paint
from maquette.studio.picture import picture_of
from tests.small_film import small_film

WIDTH, HEIGHT = 192, 108
DRAWN = [s.value for s in PanelStyle if s not in (PanelStyle.PHOTO, PanelStyle.HOUSE)]
COLOURED = ["marker", "watercolour", "gouache", "oil"]
KEY = TonalKey(lights=0.7, blacks=0.08)
WALL_M, PANEL_M = 4.0, 3.0


def view(across_m: float = 0.0, nearer_m: float = 0.0, panel: tuple[float, float, float] = (0.4, 0.5, 0.3)) -> Passes:
    """A striped wall facing the camera with a panel before its right half, from a place so far to the right and in."""
    camera = PlacedCamera((across_m, -WALL_M + nearer_m, 1.0), (across_m, 0.0, 1.0), focus_m=4.0)
    pixel = pixel_tangent(camera, WIDTH)
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    dx, dz = (x + 0.5 - WIDTH / 2) * pixel, (HEIGHT / 2 - y - 0.5) * pixel

    def at(depth: float) -> np.ndarray:
        return np.stack([across_m + dx * depth, np.full(x.shape, depth), 1.0 + dz * depth], axis=-1)

    wall, front = at(WALL_M - nearer_m), at(PANEL_M - nearer_m)
    on_panel = (front[..., 0] > 0.35) & (front[..., 0] < 0.8) & (np.abs(front[..., 2] - 1.0) < 0.3)
    place = np.where(on_panel[..., None], front, wall)
    place[..., 1] = np.where(on_panel, -1.0, 0.0)
    stripes = 0.13 + 0.09 * np.sin(place[..., 0] * 5) + 0.03 * np.sin(place[..., 2] * 7)
    albedo = np.where(on_panel[..., None], np.array(panel), stripes[..., None] * np.array([1.0, 0.85, 0.7]))
    part = np.where(on_panel, 2, 1).astype(np.uint16)
    names = ("", "set/wall:plaster", "prop/panel:board")
    return Passes(
        beauty=(albedo * 0.8).astype(np.float32),
        albedo=albedo.astype(np.float32),
        normal=np.broadcast_to(np.array([0, -1, 0], np.float32), (HEIGHT, WIDTH, 3)).copy(),
        depth=np.where(on_panel, PANEL_M - nearer_m, WALL_M - nearer_m).astype(np.float32),
        position=place.astype(np.float32),
        object_id=part,
        part_id=part,
        object_names=("", "set/wall", "prop/panel"),
        part_names=names,
        camera=camera,
        rest=place.astype(np.float32),
    )


def drawn(style: str, passes: Passes, **settings: Any) -> np.ndarray:
    how = DrawSettings(seed=settings.pop("seed", 3), key=KEY, **settings)
    return GENERATORS[style].draw(passes, photograph(passes, 0.0, how.grade), how)


def on_wall(passes: Passes, spacing: float = 8.0, **settings: Any) -> Anchors:
    found = find_anchors(surface_of(passes), spacing, DrawSettings(seed=3, **settings), 0)
    return found.where(found.part == 1)


def world(anchors: Anchors, passes: Passes) -> np.ndarray:
    """(N, 2) metres on the wall."""
    pixel = pixel_tangent(passes.camera, WIDTH) * float(passes.depth.max())
    x = passes.camera.position[0] + (anchors.x - WIDTH / 2) * pixel
    return np.stack([x, 1.0 + (HEIGHT / 2 - anchors.y) * pixel], axis=1)


# --- anchors ------------------------------------------------------------------------------------------------------


def test_an_anchor_is_at_the_same_place_of_the_wall_from_wherever_it_is_seen() -> None:
    here, there = view(), view(across_m=0.113)
    a, b = on_wall(here), on_wall(there)
    both, i, j = np.intersect1d(a.key, b.key, return_indices=True)
    assert len(both) > 0.7 * len(a)
    assert np.abs(world(a, here)[i] - world(b, there)[j]).max() < 1e-3, "a millimetre: a tenth of a pixel"


@pytest.mark.parametrize("nearer_m", [0.0, 0.6, 1.3, 2.0])
def test_density_on_the_screen_stays_while_the_camera_goes_in(nearer_m: float) -> None:
    anchors = find_anchors(surface_of(view(nearer_m=nearer_m)), 6.0, DrawSettings(seed=3), 0)
    assert 0.6 < anchors.amount.sum() * 36 / (WIDTH * HEIGHT) < 1.7


def test_anchors_come_and_go_little_by_little() -> None:
    amounts: list[dict[int, float]] = []
    for step in range(12):
        found = on_wall(view(nearer_m=0.5 + 0.02 * step))
        amounts.append(dict(zip(found.key.tolist(), found.amount.tolist(), strict=True)))
    inside = [k for k in amounts[0] if k in amounts[-1] or amounts[0][k] < 1]
    jumps = [abs(b.get(k, 0.0) - a[k]) for a, b in pairwise(amounts) for k in inside if k in a]
    assert np.mean(jumps) < 0.02 and np.quantile(jumps, 0.99) < 0.35


def test_what_is_hidden_has_no_anchors_and_what_is_seen_has_its_own() -> None:
    passes = view()
    found = find_anchors(surface_of(passes), 5.0, DrawSettings(), 0)
    assert np.array_equal(passes.part_id.reshape(-1)[found.pixel], found.part)
    assert set(found.part.tolist()) == {1, 2}


def test_only_a_boiling_hand_draws_anchors_anew_and_only_its_share() -> None:
    passes = view()
    still = [set(on_wall(passes, drawing=n).key.tolist()) for n in (0, 1)]
    assert still[0] == still[1]
    kept: list[float] = []
    for boil in (0.3, 0.7, 1.0):
        a, b = (set(on_wall(passes, drawing=n, hand=Hand(boil=boil)).key.tolist()) for n in (0, 1))
        kept.append(len(a & b) / len(a))
    assert kept[0] > kept[1] > kept[2] and 0.55 < kept[0] < 0.85 and kept[2] < 0.05


def test_noise_belongs_to_the_surface() -> None:
    here, there = view(), view(across_m=0.2)
    shift = 0.2 / (pixel_tangent(here.camera, WIDTH) * WALL_M)
    a, b = (surface_noise(surface_of(p), 24.0, 1) for p in (here, there))
    moved = round(float(shift))
    same = np.corrcoef(a[:, moved + 4 : 90].reshape(-1), b[:, 4 : 90 - moved].reshape(-1))[0, 1]
    assert same > 0.9 and abs(float(a.std()) - 1) < 0.35


# --- strokes ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("angle", [0.0, 0.4, 0.9, 1.5, 2.4])
def test_a_stroke_covers_its_length_times_its_width(angle: float) -> None:
    one = np.ones(1, np.float32)
    stroke = Strokes(
        60.3 * one, 50.7 * one, angle * one, 0 * one, 40 * one, 8 * one, one.astype(np.int32), one.astype(np.int32), one
    )
    found = touched(stroke, (100, 120))
    assert found.cover.sum() == pytest.approx(320, rel=0.04)
    x, y = found.pixel % 120 + 0.5, found.pixel // 120 + 0.5
    assert np.average(x, weights=found.cover) == pytest.approx(60.3, abs=0.15)
    assert np.average(y, weights=found.cover) == pytest.approx(50.7, abs=0.15)
    long = (x - 60.3) * np.cos(angle) + (y - 50.7) * np.sin(angle)
    assert 18.5 < np.abs(long).max() < 21.5
    assert len(np.unique(found.pixel)) == len(found.pixel), "no pixel twice"


def test_strokes_bend_along_their_field() -> None:
    y, x = np.mgrid[0:100, 0:120] + 0.5
    field = np.arctan2(y - 100, x - 60) + np.pi / 2  # around a point below
    anchor = Anchors(
        np.array([60.0], np.float32), np.array([40.0], np.float32), np.array([40 * 120 + 60]), np.array([1], np.int32),
        np.ones(1, np.float32), np.ones(1, np.uint32),
    )  # fmt: skip
    found = touched(strokes_at(anchor, field.astype(np.float32), 50.0, 4.0), (100, 120))
    radius = np.hypot(found.pixel % 120 + 0.5 - 60, found.pixel // 120 + 0.5 - 100)
    assert np.abs(radius - 60).max() < 5, (
        "an arc: its chord would be 5 pixels off at the ends and more than 7 at its rim"
    )


# --- pictures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("style", DRAWN)
def test_a_static_shot_does_not_flicker(style: str) -> None:
    passes = view()
    frames = [drawn(style, passes, drawing=n) for n in (0, 1, 2)]
    assert flicker(frames) == 0


@pytest.mark.parametrize("style", DRAWN)
def test_strokes_move_with_what_they_depict(style: str) -> None:
    steps = [view(across_m=0.031 * i) for i in range(4)]
    pixel = pixel_tangent(steps[0].camera, WIDTH)
    back = [np.stack([np.float32(0.031 / pixel) / p.depth, np.zeros_like(p.depth)], axis=-1) for p in steps[1:]]
    seen = []
    for (before, now), shift in zip(pairwise(steps), back, strict=True):
        x = np.clip(np.arange(WIDTH) + np.round(shift[..., 0]).astype(int), 0, WIDTH - 1)
        inside = (np.arange(WIDTH) > 4) & (np.arange(WIDTH) < WIDTH - 8)
        seen.append((np.take_along_axis(before.part_id, x, 1) == now.part_id) & inside)
    moved = [drawn(style, p) for p in steps]
    anew = [drawn(style, p, seed=50 + i) for i, p in enumerate(steps)]
    assert sticking(moved, anew, back, seen) < 0.62


@pytest.mark.parametrize("stops", [0.0, -2.0])
@pytest.mark.parametrize("style", DRAWN)
def test_an_edit_changes_nothing_outside_its_region(style: str, stops: float) -> None:
    """By day, and in a dark picture, of which spotted blacks take a share."""
    before, after = (drawn(style, view(panel=p), exposure_stops=stops) for p in ((0.01, 0.01, 0.01), (0.7, 0.1, 0.1)))
    changed = (before != after).any(axis=2)
    panel = view().part_id == 2
    rows, columns = np.nonzero(panel)
    reach = 30
    near = np.zeros_like(panel)
    near[max(rows.min() - reach, 0) : rows.max() + reach, max(columns.min() - reach, 0) : columns.max() + reach] = True
    assert changed[panel].mean() > (0.8 if style in COLOURED else 0.1) and not changed[~near].any()


@pytest.mark.parametrize("style", DRAWN)
def test_light_that_flickers_moves_no_line(style: str) -> None:
    passes = view()
    noisy = replace(passes, beauty=passes.beauty * np.float32(1.004))
    a, b = (drawn(style, p).astype(int) for p in (passes, noisy))
    assert np.abs(a - b).mean() < 1.5


def difference(style: str, **low_and_high: tuple[Any, Any]) -> float:
    passes = view()
    low, high = (
        drawn(style, passes, hand=Hand(**{k: v[i] for k, v in low_and_high.items()})).astype(float) for i in (0, 1)
    )
    return float(np.abs(low - high).mean())


@pytest.mark.parametrize("style", DRAWN)
@pytest.mark.parametrize(
    ("control", "values"),
    [("wash", (0.0, 0.5, 1.0)), ("stroke_scale", (0.6, 1.0, 2.0)), ("texture", (0.0, 0.5, 1.0)),
     ("looseness", (0.0, 0.5, 1.0))],
)  # fmt: skip
def test_more_of_a_control_changes_more(style: str, control: str, values: tuple[float, float, float]) -> None:
    low, middle, high = values
    assert difference(style, **{control: (low, middle)}) > 0.15
    assert difference(style, **{control: (low, high)}) > 0.15


@pytest.mark.parametrize("style", DRAWN)
def test_line_width_and_colours_are_the_hands(style: str) -> None:
    passes = view()
    red = drawn(style, passes, hand=Hand(line_colour="#ff0000", line_scale=3.0)).astype(int)
    plain = drawn(style, passes, hand=Hand(line_scale=0.0)).astype(int)
    assert ((red[..., 0] - red[..., 1] > 40).sum()) > 40, "red lines"
    assert difference(style, line_scale=(0.0, 1.0)) < difference(style, line_scale=(0.0, 3.0))
    green = drawn(style, passes, hand=Hand(paper_colour="#20ff40", wash=0.0, line_scale=0.0)).astype(int)
    assert (green[..., 1] - green[..., 0]).mean() > (plain[..., 1] - plain[..., 0]).mean() + 20, "green paper"


@pytest.mark.parametrize("style", COLOURED)
def test_pigments_come_from_the_palette(style: str) -> None:
    palette = ("#1f3f8f", "#d9c27a", "#f4efe2")
    free, bound = (code_to_oklab(drawn(style, view(), palette=p)) for p in ((), palette))
    blue = code_to_oklab(np.array([[31, 63, 143]], np.uint8))[0]
    red_free, red_bound = float(free[..., 1].mean()), float(bound[..., 1].mean())
    assert abs(red_bound - blue[1]) < abs(red_free - blue[1]) + 0.02
    assert np.abs(free - bound).mean() > 0.004


def test_a_palette_gives_its_own_colours_back_and_nothing_gives_all() -> None:
    palette = ("#a02020", "#2040a0", "#f0e8d0")
    own = np.array([[0xA0, 0x20, 0x20], [0x20, 0x40, 0xA0]], np.float32) / 255
    assert np.abs(on_palette(own, palette) - own).max() < 0.05
    assert on_palette(own, ()) is own


@pytest.mark.parametrize("hold", [1, 2, 3])
def test_a_boiling_hand_holds_its_drawings(tmp_path: Path, hold: int) -> None:
    """On ones, twos or threes; and a hand that does not boil draws once."""
    passes = view()
    with small_film(tmp_path / "film") as film:
        plain = request_to_paint(film, "1", Fraction(0), "192x108")

    def frames(boil: float) -> list[bytes]:
        recipe = Recipe(style=PanelStyle.CHARCOAL, hand=Hand(boil=boil, boil_hold=hold))
        frame = plain.frame.model_copy(update={"style": PanelStyle.CHARCOAL})
        request = plain.model_copy(update={"look": AppliedLook(recipe=recipe), "frame": frame})
        return [picture_of(passes, request, Fraction(i, 24), 0.0, i, key=KEY)[0].tobytes() for i in range(6)]

    boiling = frames(0.6)
    assert [a == b for a, b in pairwise(boiling)] == [(i + 1) % hold != 0 for i in range(5)]
    assert len(set(frames(0.0))) == 1


@pytest.mark.parametrize("style", DRAWN)
def test_another_seed_of_the_look_draws_otherwise_and_as_dark(tmp_path: Path, style: str) -> None:
    passes = view()
    with small_film(tmp_path / "film") as film:
        plain = request_to_paint(film, "1", Fraction(0), "192x108")

    def picture(seed: int) -> np.ndarray:
        recipe = Recipe(style=PanelStyle(style), hand=Hand(seed=seed))
        frame = plain.frame.model_copy(update={"style": PanelStyle(style)})
        request = plain.model_copy(update={"look": AppliedLook(recipe=recipe), "frame": frame})
        return picture_of(passes, request, Fraction(0), 0.0, key=KEY)[0].astype(float)

    first, other = picture(0), picture(5)
    assert np.abs(first - other).mean() > 0.3
    assert abs(first.mean() - other.mean()) < 4
    assert (picture(5) == other).all()


def test_paper_does_not_move() -> None:
    a, b = grain(40, 60, 1.0, "tooth", 4), grain(40, 60, 1.0, "tooth", 4)
    assert np.array_equal(a, b) and abs(float(a.mean())) < 1e-4 and float(a.std()) == pytest.approx(1, abs=0.01)
