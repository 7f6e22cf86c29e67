"""Motion vectors by known answers, and by their own pictures: a frame warped by them is the next one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from numpy.typing import NDArray

from maquette.film.request import FrameSettings
from maquette.film.stage import Body, BodyKind, Moment, PlacedCamera, Sky
from maquette.imaging.warp import sample, warp
from maquette.pipeline import Production
from maquette.render.motion import MotionField, Seeing, motion, project
from maquette.render.renderer import Renderer
from maquette.stage.build import build_stage
from maquette.stage.mesh import assemble, quad, sphere

WIDTH, HEIGHT = 160, 90
CAMERA = PlacedCamera(position=(0, -4, 1), look_at=(0, 0, 1), lens_mm=24)
SKY = Sky(np.full((4, 8, 3), 0.3, np.float32))
FINE = 4


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


def wall(x: float = 0.0) -> Body:
    """Four metres from the camera and parallel to its picture."""
    corners = [[x - 9, 0, -9], [x + 9, 0, -9], [x + 9, 0, 9], [x - 9, 0, 9]]
    return assemble("set/wall", BodyKind.SET, [quad(corners, (0.5, 0.4, 0.3), roughness=1.0)])


def ball(x: float, z: float = 1.0) -> Body:
    return assemble("prop/ball", BodyKind.PROP, [sphere(0.4, (0.8, 0.2, 0.1), segments=48).moved(x=x, y=-1.5, z=z)])


def seeing(renderer: Renderer, *bodies: Body, camera: PlacedCamera = CAMERA) -> Seeing:
    return renderer.begin(Moment(bodies, (), SKY, camera), WIDTH, HEIGHT).seeing


def field(renderer: Renderer, here: Seeing, there: Seeing) -> MotionField:
    return motion(here, there)


def test_a_still_world_has_no_motion_and_all_of_it_is_seen(renderer: Renderer) -> None:
    here = seeing(renderer, wall(), ball(0.2))
    found = motion(here, here)
    assert np.abs(found.shift).max() < 1e-3
    assert found.visible[1:-1, 1:-1].mean() > 0.97  # all but what borders on something else


def test_a_camera_that_trucks_shifts_a_wall_by_focal_length_over_depth(renderer: Renderer) -> None:
    moved = replace(CAMERA, position=(0.1, -4, 1), look_at=(0.1, 0, 1))
    found = motion(seeing(renderer, wall()), seeing(renderer, wall(), camera=moved))
    pixels = WIDTH * CAMERA.lens_mm / CAMERA.sensor_width_mm * 0.1 / 4.0
    np.testing.assert_allclose(found.shift[..., 0], -pixels, atol=0.01)
    np.testing.assert_allclose(found.shift[..., 1], 0, atol=0.01)


def test_a_prop_that_moves_takes_its_pixels_along_and_the_wall_stays(renderer: Renderer) -> None:
    here, there = seeing(renderer, wall(), ball(0.0)), seeing(renderer, wall(), ball(0.05))
    found = motion(here, there)
    on_ball = here.seen.object_id == here.world.object_names.index("prop/ball")
    depth = here.seen.depth[on_ball]
    wanted = WIDTH * CAMERA.lens_mm / CAMERA.sensor_width_mm * 0.05 / depth
    np.testing.assert_allclose(found.shift[on_ball][:, 0], wanted, atol=0.02)
    assert np.abs(found.shift[~on_ball]).max() < 1e-3


def test_what_the_prop_goes_to_cover_and_what_leaves_the_frame_is_not_visible(renderer: Renderer) -> None:
    here, there = seeing(renderer, wall(), ball(0.0)), seeing(renderer, wall(), ball(0.5))
    found = motion(here, there)
    covered = (here.seen.object_id != there.seen.object_id) & (there.seen.object_id == 2)
    assert covered.sum() > 50
    assert not found.visible[covered].any()
    away = replace(CAMERA, position=(2.0, -4, 1), look_at=(2.0, 0, 1))
    gone = motion(seeing(renderer, wall()), seeing(renderer, wall(), camera=away))
    assert not gone.visible[:, 0].any()
    assert gone.visible[5:-5, -10].all()


def test_the_sky_turns_with_the_camera_alone(renderer: Renderer) -> None:
    moved = replace(CAMERA, position=(3.0, -4, 1), look_at=(3.0, 0, 1))
    found = motion(seeing(renderer, ball(0.0)), seeing(renderer, ball(0.0), camera=moved))
    sky = seeing(renderer, ball(0.0)).seen.object_id == 0
    assert np.abs(found.shift[sky]).max() < 0.02


def test_forward_and_backward_agree_where_both_see(renderer: Renderer) -> None:
    here, there = seeing(renderer, wall(), ball(0.0)), seeing(renderer, wall(), ball(0.06))
    ahead, back = motion(here, there), motion(there, here)
    round_trip = ahead.shift + warp(back.shift, ahead.shift)
    assert np.abs(round_trip[ahead.visible]).max() < 0.05


def test_a_body_that_comes_or_goes_moves_nobody_else(renderer: Renderer) -> None:
    with_ball, without = seeing(renderer, ball(0.0), wall()), seeing(renderer, wall())
    found = motion(without, with_ball)
    assert np.abs(found.shift).max() < 1e-3


def test_projection_is_the_inverse_of_looking(renderer: Renderer) -> None:
    here = seeing(renderer, wall(), ball(0.3), camera=replace(CAMERA, roll_deg=12.0, squeeze=1.5))
    assert here.seen.position is not None
    x, y, depth = project(here.optics, here.seen.position.reshape(-1, 3), here.seen.depth.shape)
    gx, gy = np.meshgrid(np.arange(WIDTH) + 0.5, np.arange(HEIGHT) + 0.5)
    np.testing.assert_allclose(x.reshape(HEIGHT, WIDTH), gx, atol=0.01)
    np.testing.assert_allclose(y.reshape(HEIGHT, WIDTH), gy, atol=0.01)
    np.testing.assert_allclose(depth.reshape(HEIGHT, WIDTH), here.seen.depth, rtol=1e-4)


@pytest.mark.parametrize(
    ("number", "move"),
    [("5", "arc left"), ("1A", "push in"), ("6A", "handheld"), ("3", "truck left"), ("4", "crane up")],
)
def test_a_frame_warped_by_its_vectors_is_the_next_one(ferry: Production, number: str, move: str) -> None:
    direction = ferry.direction
    shot = next(s for s in ferry.shots if s.number == number)
    directed = direction.directed(shot, direction.with_settings(shot, [f"move={move}"]))
    size = FrameSettings(width=320, height=180)
    request = ferry.request_as(directed, ferry.screenplay, size, timed=True)
    stage, middle = build_stage(request), directed.shot.duration_s / 2
    seen, albedo = list[Seeing](), list[NDArray[np.float32]]()
    for t in (middle, middle + Fraction(1, 24)):
        begun = ferry.studio.renderer.begin(stage.at(t), 320, 180)
        seen.append(begun.seeing)
        fine = begun.engine.first(320, 180, FINE, whole=False).albedo
        albedo.append(fine.reshape(180, FINE, 320, FINE, 3).mean(axis=(1, 3)))
    for a, b in ((0, 1), (1, 0)):
        found = motion(seen[a], seen[b])
        error = ((warp(albedo[b], found.shift) - albedo[a]) ** 2)[found.visible].mean()
        assert found.visible.mean() > 0.55
        assert -10 * np.log10(error) > 35, f"{number} {move}"


def test_looking_up_between_pixels_and_beyond_the_edge() -> None:
    picture = np.array([[[0.0], [1.0]], [[2.0], [3.0]]], np.float32)
    x, y = np.array([0.5, -5.0, 1.0], np.float32), np.array([0.5, 0.0, 9.0], np.float32)
    np.testing.assert_allclose(sample(picture, x, y)[:, 0], [1.5, 0.0, 3.0])
