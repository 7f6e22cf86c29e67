"""The stroke painter that stands in for an artist, and the benchmark around it."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from maquette.film.passes import Passes
from maquette.film.stage import PlacedCamera
from maquette.imaging.color import to_code
from maquette.imaging.oklab import code_to_oklab
from maquette.measure.style_distance import style_distance
from maquette.measure.texture import texture_distance
from maquette.measure.tint import tint_error

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "bench"))

from painter import STYLES, paint
from painter.brush import Brush, Canvas
from painter.motif import Kind, motif_of
from painter.pigment import mixed
from painter.pigment import paint as pigment
from painter.strokes import Strokes, Way, traced
from styling import frames as bench_frames
from styling.figures import Row, summary, table
from styling.transfer import fitted

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

SIZE = (90, 160)
PARTS = ("", "wall/north:wall", "cast/ADA:skin", "cast/ADA:shirt")
ALBEDOS = np.array([[0, 0, 0], [0.3, 0.32, 0.3], [0.55, 0.36, 0.27], [0.5, 0.05, 0.04]], np.float32)


def scene(light: float = 0.8, look_at: tuple[float, float, float] = (0, 1, 0)) -> tuple[Passes, U8]:
    """A wall, a face like a ball in the middle of it and a red shirt below, lit from the left; sky above."""
    height, width = SIZE
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    part = np.ones(SIZE, np.uint16)
    part[:12] = 0
    part[60:, 40:120] = 3
    from_middle = np.hypot(x - 80, y - 42) / 22
    part[from_middle < 1] = 2
    lit = np.clip(light * (1.1 - x / width), 0.02, 1)[..., None]
    across = np.where(part == 2, (x - 80) / 22, 0)
    down = np.where(part == 2, (y - 42) / 22, 0)
    normal = np.stack([across, -np.sqrt(np.clip(1 - across**2 - down**2, 0, 1)), -down], axis=-1).astype(np.float32)
    albedo = ALBEDOS[part]
    beauty = np.where((part == 0)[..., None], np.array([0.5, 0.6, 0.8]) * light, albedo * lit).astype(np.float32)
    passes = Passes(
        beauty=beauty,
        albedo=albedo,
        normal=normal,
        depth=np.where(part == 0, np.inf, np.where(part == 1, 5.0, 2.0)).astype(np.float32),
        position=np.zeros((*SIZE, 3), np.float32),
        object_id=part,
        part_id=part,
        object_names=("", "wall/north", "cast/ADA", "cast/ADA"),
        part_names=PARTS,
        camera=PlacedCamera(position=(0, 0, 0), look_at=look_at),
    )
    return passes, to_code(beauty)


@pytest.fixture(scope="module")
def painted() -> dict[str, U8]:
    return {style: paint(*scene(), style, seed=3) for style in STYLES}


@pytest.mark.parametrize("style", STYLES)
def test_the_same_seed_paints_the_same_picture_and_another_one_the_same_look(
    style: str, painted: dict[str, U8]
) -> None:
    first = painted[style]
    assert first.shape == (*SIZE, 3)
    assert first.dtype == np.uint8
    assert np.array_equal(first, paint(*scene(), style, seed=3))
    other = paint(*scene(), style, seed=4)
    assert (first != other).any(axis=-1).mean() > 0.3
    # Other strokes, the same hand and colours.
    assert tint_error(first, other) < 0.06
    assert texture_distance(first, other) < 0.1 * texture_distance(first, scene()[1])


def test_styles_differ_more_than_two_paintings_in_one_style(painted: dict[str, U8]) -> None:
    anew = {style: paint(*scene(), style, seed=5) for style in STYLES}
    for style in STYLES:
        own = style_distance(painted[style], anew[style])
        assert own < 0.5 * min(style_distance(painted[style], painted[other]) for other in STYLES if other != style)


@pytest.mark.parametrize("style", STYLES)
def test_paintings_show_strokes_where_the_frame_is_smooth(style: str, painted: dict[str, U8]) -> None:
    wall = np.s_[14:40, 130:158]
    lightness, plain = (code_to_oklab(p[wall])[..., 0] for p in (painted[style], scene()[1]))
    assert lightness.std() > 1.5 * plain.std() or len(np.unique(painted[style][wall].reshape(-1, 3), axis=0)) > 60


def test_colours_follow_the_material_where_the_frame_shows_one_and_the_same() -> None:
    passes, picture = scene()
    same = np.full_like(picture, 110)
    for style in ("oil", "gouache", "pastel"):
        result = code_to_oklab(paint(passes, same, style, seed=1))
        skin, shirt = (np.median(result[passes.part_id == i], axis=0) for i in (2, 3))
        assert np.linalg.norm(skin - shirt) > 0.05, style


@pytest.mark.parametrize("light", [0.25, 0.9])
def test_ink_has_vermilion_on_what_is_red_and_nowhere_else(light: float) -> None:
    passes, picture = scene(light)
    lab = code_to_oklab(paint(passes, picture, "ink", seed=2))
    red = (lab[..., 1] > 0.1) & (lab[..., 2] > 0.03)
    shirt = passes.part_id == 3
    # Ink lies over the colour in the dark, so not all of it shows.
    assert red[shirt].mean() > 0.3
    assert red[passes.part_id == 1].mean() < 0.02
    assert red[passes.part_id == 2].mean() < 0.02


# --- paint ------------------------------------------------------------------------------------------------------


def test_blue_and_yellow_make_green() -> None:
    green = mixed(pigment("#2346b0"), pigment("#e9c832"), 0.5)
    assert green[1] > 1.5 * green[0]
    assert green[1] > 1.5 * green[2]


def test_nothing_stirred_in_changes_nothing_and_black_wins_over_white() -> None:
    ochre, white, black = pigment("#d79a3c"), pigment("#f5f5f5"), pigment("#202020")
    assert mixed(ochre, white, 0.0) == pytest.approx(ochre, abs=1e-5)
    assert mixed(ochre, white, 1.0) == pytest.approx(white, abs=1e-5)
    assert mixed(black, white, 0.5).mean() < 0.4 * (black + white).mean() / 2


def stroke(y: float, width: float = 6.0) -> Strokes:
    points = np.stack([np.linspace(4, 36, 9), np.full(9, y)], axis=-1)[None].astype(np.float32)
    seeds = np.array([[int(y), 20]])
    one = np.ones(1, np.float32)
    return Strokes(points, np.array([0]), np.array([8]), seeds, width * one, one)


def test_a_stroke_covers_its_ribbon_and_the_later_one_lies_on_top() -> None:
    canvas = Canvas.toned((20, 40), 2, np.ones(3, np.float32))
    flat, region = Brush(streaks=0, dry=0, tip=0.01), np.zeros((20, 40), np.int32)
    rng = np.random.default_rng(0)
    canvas.lay(stroke(8), np.array([[1, 0, 0]], np.float32), flat, region, rng)
    canvas.lay(stroke(11), np.array([[0, 0, 1]], np.float32), flat, region, rng)
    result = canvas.finished()
    assert result[6, 20].tolist() == [1, 0, 0]
    assert result[10, 20].tolist() == [0, 0, 1]
    assert result[2, 20].tolist() == [1, 1, 1]
    assert result[8, 1].tolist() == [1, 1, 1]


def test_a_careful_brush_keeps_to_its_region_and_a_dry_one_shows_the_ground() -> None:
    region = np.zeros((20, 40), np.int32)
    region[:, 25:] = 1
    canvas = Canvas.toned((20, 40), 2, np.ones(3, np.float32))
    careful = Brush(streaks=0, dry=0, tip=0.01, clip_px=0.01)
    canvas.lay(stroke(8), np.zeros((1, 3), np.float32), careful, region, np.random.default_rng(0))
    assert canvas.finished()[8, 20].max() == 0
    assert canvas.finished()[8, 26:].min() == 1
    shares: list[float] = []
    for dry in (0.0, 0.5):
        canvas = Canvas.toned((20, 40), 2, np.ones(3, np.float32))
        brush = Brush(streaks=0, dry=dry, runs_out=0, tip=0.01)
        canvas.lay(stroke(8), np.zeros((1, 3), np.float32), brush, region, np.random.default_rng(0))
        shares.append(float((canvas.finished()[6:11, 8:32] < 0.5).mean()))
    assert shares[0] == 1
    assert 0.3 < shares[1] < 0.85


def test_strokes_run_along_the_form_and_end_where_the_thing_ends() -> None:
    passes, picture = scene()
    motif = motif_of(passes, picture)
    assert motif.kind[42, 80] == Kind.SKIN
    assert motif.kind[5, 5] == Kind.SKY
    level = np.zeros((*SIZE, 2), np.float32)
    level[..., 0] = 1
    seeds = np.array([[80.0, 75.0]], np.float32)
    way = Way(length_px=200, step_px=1, stray_px=2)
    points, first, last = traced(motif, seeds, level, np.zeros((*SIZE, 3), np.float32), way, np.ones(1, np.float32))
    assert points[0, first[0] : last[0] + 1, 1] == pytest.approx(75.0)
    # The shirt reaches from 40 to 120; a brush strays two pixels beyond.
    assert points[0, first[0], 0] == pytest.approx(38, abs=1.5)
    assert points[0, last[0], 0] == pytest.approx(122, abs=1.5)


# --- the benchmark around it ----------------------------------------------------------------------------------------


def frame(name: str, size: str, look_at: tuple[float, float, float], place: str = "a") -> bench_frames.Frame:
    passes, picture = scene(look_at=look_at)
    return bench_frames.Frame(name, place, size, passes, picture)


def test_a_shot_is_told_by_what_the_keys_show() -> None:
    wide, close = frame("1", "WS", (1, 1, 0)), frame("1C", "CU", (0, 1, 0))
    keys = [wide, close]
    assert bench_frames.kind_of(close, keys) is bench_frames.Kind.KEY
    assert bench_frames.kind_of(frame("1A", "MS", (0.2, 1, 0)), keys) is bench_frames.Kind.SEEN
    assert bench_frames.kind_of(frame("1B", "MS", (0.2, -1, 0)), keys) is bench_frames.Kind.REVERSE
    assert bench_frames.kind_of(frame("2", "MS", (0, 1, 0), "b"), keys) is bench_frames.Kind.UNSEEN
    assert bench_frames.kind_of(frame("1B", "MS", (0, -1, 0)), [wide]) is bench_frames.Kind.SEEN


def test_a_frame_comes_back_from_disk_as_it_was(tmp_path: Path) -> None:
    before = frame("1B", "MS", (0.5, 1, 0.25))
    bench_frames._write(tmp_path / "still-00.npz", before)
    after = bench_frames._read(tmp_path / "still-00.npz")
    assert (after.name, after.scene, after.size) == ("1B", "a", "MS")
    assert after.passes.camera == before.passes.camera
    assert after.passes.part_names == PARTS
    assert np.array_equal(after.picture, before.picture)
    assert np.array_equal(paint(after.passes, after.picture, "oil"), paint(before.passes, before.picture, "oil"))


def test_colour_transfer_brings_the_colours_and_no_strokes() -> None:
    rng = np.random.default_rng(1)
    film = rng.integers(60, 180, (60, 80, 3)).astype(np.uint8)
    art = np.clip(film * np.array([1.2, 0.9, 0.6]) + 10, 0, 255).astype(np.uint8)
    moved = fitted([film], [art]).applied(film)
    assert tint_error(moved, art) < 0.25 * tint_error(film, art)
    assert texture_distance(moved, art) < 0.1 * texture_distance(film, art)


def row(method: str, texture: float, tint: float, warping: float, across: float) -> Row:
    kinds = {"1": "key", "1A": "seen", "1B": "reverse"}
    unseen = ("1A", "1B")
    return Row("a", "oil", method, kinds, dict.fromkeys(unseen, texture), dict.fromkeys(unseen, texture),
               {"1A": tint, "1B": 2 * tint}, warping, across, 0.1, 1.0, 0.1)  # fmt: skip


def test_the_table_marks_what_misses_its_target() -> None:
    rows = [row("unstyled", 0.02, 0.1, 1e-4, 0.1), row("transfer", 0.01, 0.05, 2e-4, 0.1),
            row("house", 0.002, 0.04, 1.2e-4, 0.15)]  # fmt: skip
    found = summary(rows, "oil", "house")
    assert found["of_unstyled"] == pytest.approx(0.1)
    assert found["of_transfer"] == pytest.approx(0.2)
    assert found["seen_of_transfer"] == pytest.approx(0.8)
    assert found["reverse_of_transfer"] == pytest.approx(0.8)
    assert found["warping"] == pytest.approx(1.2)
    assert found["shots"] == pytest.approx(1.5)
    line = next(x for x in table(rows, ["oil"], ["house"]).splitlines() if x.startswith("oil"))
    assert line.count("!") == 2
