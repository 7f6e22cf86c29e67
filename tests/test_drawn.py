"""Panel styles on passes whose true lines are known: a sphere in front of a box in front of nothing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy import ndimage

from maquette.film.passes import Passes
from maquette.film.request import PanelStyle
from maquette.film.stage import PlacedCamera
from maquette.generate import GENERATORS, DrawSettings
from maquette.generate.chains import trace
from maquette.generate.linework import buffers_of, find_cracks, part_kinds
from maquette.generate.strokes import Hand, pen_strokes, rasterise

WIDTH, HEIGHT = 320, 180
CENTRE, RADIUS = (140.0, 92.0), 52.0
BOX = (190, 40, 280, 150)


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


def lines(passes: Passes, hand: Hand | None = None) -> np.ndarray:
    buffers = buffers_of(passes)
    chains = trace(find_cracks(buffers, part_kinds(passes)))
    strokes = pen_strokes(chains, buffers.fineness, hand or Hand(), np.random.default_rng(1))
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
    drawn = lines(still_life(fineness)) > 0.3
    distance = ndimage.distance_transform_edt(~drawn)
    outline = true_outline()
    at = distance[np.clip(outline[:, 1].astype(int), 0, HEIGHT - 1), np.clip(outline[:, 0].astype(int), 0, WIDTH - 1)]
    assert (at <= 1.5).mean() > 0.95


def test_there_are_no_other_lines() -> None:
    drawn = lines(still_life()) > 0.2
    outline = true_outline()
    near = np.ones((HEIGHT, WIDTH), bool)
    near[outline[:, 1].astype(int), outline[:, 0].astype(int)] = False
    assert ndimage.distance_transform_edt(near)[drawn].max() < 6, "the width of a line and its overshoot"


def test_lines_are_long_and_few() -> None:
    passes = still_life()
    buffers = buffers_of(passes)
    strokes = pen_strokes(trace(find_cracks(buffers, part_kinds(passes))), 2, Hand(), np.random.default_rng(1))
    assert len(strokes) <= 8, "a circle, and a box whose hidden corner falls away"
    assert ndimage.label(lines(passes) > 0.3)[1] <= 3
    assert max(len(s.points) for s in strokes) > 100


def test_the_cast_in_front_gets_the_bolder_line() -> None:
    passes = still_life()
    buffers = buffers_of(passes)
    steady = Hand(wobble_px=0, overshoot_px=0)
    strokes = pen_strokes(trace(find_cracks(buffers, part_kinds(passes))), 2, steady, np.random.default_rng(1))
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
    drawn = lines(replace(passes, extra=extra)) > 0.12
    columns = np.nonzero(drawn.any(axis=0))[0]
    assert columns.min() >= WIDTH // 2 - 3 and columns.max() <= WIDTH // 2 + 3
    assert drawn.any(axis=1).mean() > 0.95


def test_a_slanting_floor_has_no_lines() -> None:
    passes = still_life()
    extra = dict(passes.extra)
    shape = extra["fine_depth"].shape
    extra["fine_part_id"] = np.ones(shape, np.float32)
    rows = np.arange(shape[0], dtype=np.float32)[:, None]
    extra["fine_depth"] = np.broadcast_to(300 / (rows + 8), shape).astype(np.float32)
    extra["fine_normal"] = np.broadcast_to(np.array([0, 0, 1], np.float32), (*shape, 3)).copy()
    assert lines(replace(passes, extra=extra)).max() == 0


@pytest.mark.parametrize("name", [s.value for s in PanelStyle])
def test_every_style_draws_the_same_bytes_for_the_same_seed(name: str) -> None:
    passes = still_life()
    one, again = (GENERATORS[name].draw(passes, DrawSettings(seed=7)) for _ in range(2))
    assert one.shape == (HEIGHT, WIDTH, 3) and one.dtype == np.uint8
    assert one.tobytes() == again.tobytes()
    assert GENERATORS[name].name == name
    if name != "photo":
        assert GENERATORS[name].draw(passes, DrawSettings(seed=8)).tobytes() != one.tobytes()


@pytest.mark.parametrize("name", ["ink", "pencil"])
def test_paper_in_the_light_stays_white(name: str) -> None:
    drawing = GENERATORS[name].draw(still_life(), DrawSettings())
    assert drawing[:30, :90].min() >= 235
    assert np.ptp(drawing.astype(int), axis=2).max() == 0, "ink and graphite have no colour"


def test_the_dark_side_gets_tone() -> None:
    drawing = GENERATORS["ink"].draw(still_life(), DrawSettings())[..., 0].astype(float)
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
    assert GENERATORS[name].draw(nothing, DrawSettings()).shape == (HEIGHT, WIDTH, 3)


def test_grain_and_vignette_are_off_until_asked_for() -> None:
    passes = still_life()
    plain = GENERATORS["photo"].draw(passes, DrawSettings(seed=1))
    assert np.array_equal(plain, GENERATORS["photo"].draw(passes, DrawSettings(seed=2)))
    dark = GENERATORS["photo"].draw(passes, DrawSettings(vignette=1.0))
    assert dark[0, 0, 0] < plain[0, 0, 0] - 10 and abs(int(dark[90, 30, 0]) - int(plain[90, 30, 0])) < 40
    grainy = GENERATORS["photo"].draw(passes, DrawSettings(grain=1.0))
    assert not np.array_equal(plain, grainy)
