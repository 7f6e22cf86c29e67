"""Panel styles on passes whose true lines are known: a sphere in front of a box in front of nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.film.stage import PlacedCamera
from maquette.generate import GENERATORS, DrawSettings, photograph
from maquette.generate.chains import trace
from maquette.generate.clearing import surroundings
from maquette.generate.linework import buffers_of, find_cracks, part_kinds
from maquette.generate.strokes import Pen, pen_strokes, rasterise

WIDTH, HEIGHT = 320, 180
CENTRE, RADIUS = (140.0, 92.0), 52.0
BOX = (190, 40, 280, 150)


def drawn(style: str, passes: Passes, settings: DrawSettings) -> np.ndarray:
    """The passes developed and drawn."""
    return GENERATORS[style].draw(passes, photograph(passes, settings.exposure_stops, settings.grade), settings)


def still_life(fineness: int = 2, light: float = 0.5) -> Passes:
    """Passes of a lit sphere (cast) before a flat box (prop), drawn by formula at any fineness."""

    def buffers(scale: int) -> tuple[np.ndarray, ...]:
        y, x = (np.mgrid[0 : HEIGHT * scale, 0 : WIDTH * scale] + 0.5) / scale
        part = np.zeros(x.shape, np.uint16)
        depth = np.full(x.shape, np.inf, np.float32)
        normal = np.zeros((*x.shape, 3), np.float32)
        box = (x > BOX[0]) & (y > BOX[1]) & (x < BOX[2]) & (y < BOX[3])
        part[box], depth[box], normal[box] = 2, 6.0, (0, -1, 0)
        dx, dy = (x - CENTRE[0]) / RADIUS, (y - CENTRE[1]) / RADIUS
        ball = dx * dx + dy * dy < 1
        dz = np.sqrt(np.clip(1 - dx * dx - dy * dy, 0, 1))
        part[ball], depth[ball] = 1, (3 - 0.5 * dz[ball])
        normal[ball] = np.stack([dx, -dz, -dy], axis=-1)[ball]
        albedo = np.where((part > 0)[..., None], 0.5, 0).astype(np.float32)
        return part, depth, normal, np.repeat(albedo, 3, axis=2) if albedo.shape[2] == 1 else albedo

    part, depth, normal, albedo = buffers(1)
    shade = np.clip(normal @ np.array([-0.4, -0.8, 0.45], np.float32), 0.03, 1)
    beauty = np.where((part > 0)[..., None], shade[..., None] * light, light).astype(np.float32)
    fine = buffers(fineness)
    names = ("fine_part_id", "fine_depth", "fine_normal", "fine_albedo")
    return Passes(
        beauty=np.repeat(beauty, 3, axis=2) if beauty.shape[2] == 1 else beauty,
        albedo=albedo,
        normal=normal,
        depth=depth,
        position=np.zeros((HEIGHT, WIDTH, 3), np.float32),
        object_id=part,
        part_id=part,
        object_names=("", "cast/BALL", "prop/box"),
        part_names=("", "cast/BALL:shirt", "prop/box:"),
        camera=PlacedCamera((0, -3, 1), (0, 0, 1)),
        extra={n: v.astype(np.float32) for n, v in zip(names, fine, strict=True)} if fineness > 1 else {},
    )


def steady_hand(points: np.ndarray, wave_px: float, channel: int) -> np.ndarray:
    """The noise of a hand that does not shake."""
    return np.zeros(len(points), np.float32)


def lines(passes: Passes, pen: Pen | None = None) -> np.ndarray:
    buffers = buffers_of(passes)
    chains = trace(find_cracks(buffers, part_kinds(passes)))
    strokes = pen_strokes(chains, buffers.fineness, pen or Pen(), steady_hand)
    return rasterise(strokes, WIDTH, HEIGHT)


def true_outline() -> np.ndarray:
    """(N, 2) points of the sphere's outline, and of the box where the sphere does not hide it."""
    angle = np.linspace(0, 2 * np.pi, 720)
    ball = np.stack([CENTRE[0] + RADIUS * np.cos(angle), CENTRE[1] + RADIUS * np.sin(angle)], axis=1)
    x0, y0, x1, y1 = BOX
    t = np.linspace(0, 1, 100)
    box = np.concatenate(
        [np.stack([x0 + (x1 - x0) * t, np.full(100, y)], axis=1) for y in (y0, y1)]
        + [np.stack([np.full(100, x), y0 + (y1 - y0) * t], axis=1) for x in (x0, x1)]
    )
    free = np.hypot(box[:, 0] - CENTRE[0], box[:, 1] - CENTRE[1]) > RADIUS + 1
    return np.concatenate([ball, box[free]])


@pytest.mark.parametrize("fineness", [1, 2])
def test_the_outline_is_where_it_should_be(fineness: int) -> None:
    line = lines(still_life(fineness)) > 0.3
    distance = ndimage.distance_transform_edt(~line)
    outline = true_outline()
    at = distance[np.clip(outline[:, 1].astype(int), 0, HEIGHT - 1), np.clip(outline[:, 0].astype(int), 0, WIDTH - 1)]
    assert (at <= 1.5).mean() > 0.95


def test_there_are_no_other_lines() -> None:
    line = lines(still_life()) > 0.2
    outline = true_outline()
    near = np.ones((HEIGHT, WIDTH), bool)
    near[outline[:, 1].astype(int), outline[:, 0].astype(int)] = False
    assert ndimage.distance_transform_edt(near)[line].max() < 6, "the width of a line and its overshoot"


def test_lines_are_long_and_few() -> None:
    passes = still_life()
    buffers = buffers_of(passes)
    strokes = pen_strokes(trace(find_cracks(buffers, part_kinds(passes))), 2, Pen(), steady_hand)
    assert len(strokes) <= 8, "a circle, and a box whose hidden corner falls away"
    assert ndimage.label(lines(passes) > 0.3)[1] <= 3
    assert max(len(s.points) for s in strokes) > 100


def test_the_cast_in_front_gets_the_bolder_line() -> None:
    passes = still_life()
    buffers = buffers_of(passes)
    steady = Pen(wobble_px=0, overshoot_px=0)
    strokes = pen_strokes(trace(find_cracks(buffers, part_kinds(passes))), 2, steady, steady_hand)
    ball = [s for s in strokes if np.abs(np.hypot(*(s.points - CENTRE).T) - RADIUS).max() < 3]
    box = [s for s in strokes if not any(s is b for b in ball)]
    assert np.median(ball[0].width) > 1.3 * max(np.median(s.width) for s in box)


def test_a_hinge_in_a_flat_wall_is_one_line() -> None:
    passes = still_life()
    extra = dict(passes.extra)
    shape = extra["fine_depth"].shape
    extra["fine_part_id"] = np.ones(shape, np.float32)
    extra["fine_depth"] = np.full(shape, 4.0, np.float32)
    normal = np.zeros((*shape, 3), np.float32)
    normal[:, :WIDTH] = (0, -1, 0)
    normal[:, WIDTH:] = (0.8, -0.6, 0)
    extra["fine_normal"] = normal
    line = lines(replace(passes, extra=extra)) > 0.12
    columns = np.nonzero(line.any(axis=0))[0]
    assert columns.min() >= WIDTH // 2 - 3 and columns.max() <= WIDTH // 2 + 3
    assert line.any(axis=1).mean() > 0.95


def test_a_slanting_floor_has_no_lines() -> None:
    passes = still_life()
    extra = dict(passes.extra)
    shape = extra["fine_depth"].shape
    extra["fine_part_id"] = np.ones(shape, np.float32)
    rows = np.arange(shape[0], dtype=np.float32)[:, None]
    extra["fine_depth"] = np.broadcast_to(300 / (rows + 8), shape).astype(np.float32)
    extra["fine_normal"] = np.broadcast_to(np.array([0, 0, 1], np.float32), (*shape, 3)).copy()
    assert lines(replace(passes, extra=extra)).max() == 0


@pytest.mark.parametrize("name", list(GENERATORS))
def test_every_style_draws_the_same_bytes_for_the_same_seed(name: str) -> None:
    passes = still_life()
    one, again = (drawn(name, passes, DrawSettings(seed=7)) for _ in range(2))
    assert one.shape == (HEIGHT, WIDTH, 3) and one.dtype == np.uint8
    assert one.tobytes() == again.tobytes()
    assert GENERATORS[name].name == name
    if name != "photo":
        assert drawn(name, passes, DrawSettings(seed=8)).tobytes() != one.tobytes()


@pytest.mark.parametrize("name", ["ink", "pencil"])
def test_paper_in_the_light_stays_white(name: str) -> None:
    drawing = drawn(name, still_life(), DrawSettings())
    assert drawing[:30, :90].min() >= 235
    assert np.ptp(drawing.astype(int), axis=2).max() == 0, "ink and graphite have no colour"


def test_the_dark_side_gets_tone() -> None:
    drawing = drawn("ink", still_life(), DrawSettings())[..., 0].astype(float)
    lit, dark = drawing[70:85, 105:125].mean(), drawing[105:125, 165:180].mean()
    assert dark < lit - 60


@pytest.mark.parametrize("name", ["ink", "pencil", "photo"])
def test_empty_and_tiny_pictures_are_drawn(name: str) -> None:
    whole = still_life(1)
    nothing = replace(
        whole,
        part_id=np.zeros_like(whole.part_id),
        object_id=np.zeros_like(whole.object_id),
        depth=np.full_like(whole.depth, np.inf),
        normal=np.zeros_like(whole.normal),
        beauty=np.zeros_like(whole.beauty),
    )
    assert drawn(name, nothing, DrawSettings()).shape == (HEIGHT, WIDTH, 3)


def portrait(eyes_at: tuple[float, ...] = (135.0, 185.0)) -> Passes:
    """A face-like pass: a large flat head with eyes, irises and lashes, before a wall with a grid of battens."""
    fineness = 2
    names = ("", "set/wall:plaster", "set/batten:wood", "cast/ANN:skin", "cast/ANN:eye", "cast/ANN:iris",
             "cast/ANN:lashes")  # fmt: skip

    def buffers(scale: int) -> tuple[np.ndarray, ...]:
        y, x = (np.mgrid[0 : HEIGHT * scale, 0 : WIDTH * scale] + 0.5) / scale
        part = np.where((x % 40 < 3) | (y % 40 < 3), 2, 1).astype(np.uint16)
        depth = np.where(part == 2, 2.9, 3.0).astype(np.float32)
        head = ((x - 160) / 62) ** 2 + ((y - 90) / 82) ** 2 < 1
        part[head], depth[head] = 3, 0.8
        for cx in eyes_at:
            part[((x - cx) / 13) ** 2 + ((y - 80) / 7.5) ** 2 < 1] = 6
            opening = ((x - cx) / 11) ** 2 + ((y - 80) / 5) ** 2 < 1
            part[opening] = 4
            part[opening & (np.hypot(x - cx, y - 80) < 4.5)] = 5
        normal = np.broadcast_to(np.array([0, -1, 0], np.float32), (*part.shape, 3)).copy()
        grey = np.array([0, 0.5, 0.4, 0.5, 0.8, 0.05, 0.02], np.float32)[part]
        return part, depth, normal, np.repeat(grey[..., None], 3, axis=2)

    part, depth, normal, albedo = buffers(1)
    fine = dict(zip(("fine_part_id", "fine_depth", "fine_normal", "fine_albedo"), buffers(fineness), strict=True))
    return replace(
        still_life(),
        beauty=albedo * np.float32(0.8),
        albedo=albedo,
        normal=normal,
        depth=depth,
        object_id=part,
        part_id=part,
        object_names=names,
        part_names=names,
        camera=PlacedCamera((0, -0.8, 1.6), (0, 0, 1.6), lens_mm=43.0, sensor_width_mm=24.0),
        extra={k: v.astype(np.float32) for k, v in fine.items()},
    )


@pytest.mark.parametrize("style", ["ink", "pencil"])
def test_each_eye_is_a_mark_of_its_own_with_white_around_the_iris(style: str) -> None:
    drawing = drawn(style, portrait(), DrawSettings())[..., 0]
    face = drawing[64:96, 112:208]
    marks, count = ndimage.label(face < 130)
    sizes = np.bincount(marks.reshape(-1))[1:]
    large = [i + 1 for i in range(count) if sizes[i] > 25]
    middles = sorted(float(np.nonzero(marks == i)[1].mean()) + 112 for i in large)
    assert len(middles) == 2 and np.allclose(middles, (135, 185), atol=3), "two eyes and nothing between them"
    for x in (135, 185):
        assert drawing[77:84, x - 3 : x + 4].min() < 90, "a dark pupil"
        assert drawing[80, x - 8 : x - 5].min() > 170 and drawing[80, x + 6 : x + 9].min() > 170, "the white of the eye"
        assert drawing[87:94, x - 10 : x + 10].min() > 170, "no smear of lashes below"


def test_lines_behind_a_figure_stop_short_of_it() -> None:
    drawing = drawn("ink", portrait(), DrawSettings())[..., 0]
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH] + 0.5
    head = ((x - 160) / 62) ** 2 + ((y - 90) / 82) ** 2 < 1
    away = ndimage.distance_transform_edt(~head)
    inside = (y > 20) & (y < 160)
    assert drawing[inside & (away > 8)].min() < 160, "battens are drawn"
    passes = portrait()
    kinds = part_kinds(passes)
    around = surroundings(passes, kinds, np.zeros(away.shape, bool), 4.0, 1.0)
    buffers = buffers_of(passes)
    chains = trace(find_cracks(buffers, kinds))
    strokes = pen_strokes(chains, 2, Pen(wobble_px=0, overshoot_px=0), steady_hand, around)
    behind = rasterise([s for s in strokes if s.depth_m > 1.5], WIDTH, HEIGHT)
    assert behind[away > 8].max() > 0.3 and behind[(away > 0) & (away < 3)].max() < 0.1


def test_nothing_behind_a_figure_is_drawn_where_it_is_black() -> None:
    passes = portrait()
    kinds, buffers = part_kinds(passes), buffers_of(passes)
    black = np.zeros((HEIGHT, WIDTH), bool)
    black[:, 240:] = True
    around = surroundings(passes, kinds, black, 3.0, 1.0)
    steady = Pen(wobble_px=0, overshoot_px=0)
    strokes = pen_strokes(trace(find_cracks(buffers, kinds)), 2, steady, steady_hand, around)
    line = rasterise(strokes, WIDTH, HEIGHT)
    assert line[:, :90].max() > 0.3 and line[:, 243:].max() < 0.05


def test_lines_side_by_side_become_one() -> None:
    passes = portrait(())
    part = np.ones((HEIGHT * 2, WIDTH * 2), np.float32)
    part[:, 200:203] = 2
    extra = dict(passes.extra, fine_part_id=part, fine_depth=np.full(part.shape, 3.0, np.float32))
    passes = replace(passes, part_id=np.ones((HEIGHT, WIDTH), np.uint16), extra=extra)
    kinds, buffers = part_kinds(passes), buffers_of(passes)
    around = surroundings(passes, kinds, np.zeros((HEIGHT, WIDTH), bool), 3.0, 0.5)
    chains = trace(find_cracks(buffers, kinds))
    assert len(pen_strokes(chains, 2, Pen(), steady_hand)) == 2
    assert len(pen_strokes(chains, 2, Pen(), steady_hand, around)) == 1


def test_a_night_stays_darker_than_a_day_and_its_faces_are_read() -> None:
    day = portrait()
    night = replace(day, beauty=day.beauty * np.float32(0.06))
    light, dark = (drawn("ink", p, DrawSettings())[..., 0].astype(float) for p in (day, night))
    wall, cheek = (slice(0, 180), slice(0, 80)), (slice(110, 140), slice(130, 190))
    assert dark[wall].mean() < light[wall].mean() - 40
    assert dark[cheek].mean() > dark[wall].mean() + 25
