"""The lens in the tracer: depth of field by the thin-lens formula, anamorphic view and oval blur."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from maquette.film.stage import BodyKind, Lamp, LampRole, Moment, PlacedCamera, Sky
from maquette.render import variants
from maquette.render.optics import optics_of
from maquette.render.renderer import Renderer
from maquette.stage.framing import camera_axes, half_view, project
from maquette.stage.mesh import assemble, quad

SIZE = (192, 108)
DARK = Sky(np.zeros((4, 8, 3), np.float32))
CAMERA = PlacedCamera(position=(0, 0, 1), look_at=(0, 1, 1), lens_mm=75, t_stop=1.4, focus_m=1.0)


@pytest.fixture(scope="module")
def renderer() -> Renderer:
    return Renderer()


@pytest.mark.parametrize("pitch_deg", [-90.0, -89.5, -30.0, 0.0, 45.0])
@pytest.mark.parametrize("roll_deg", [-20.0, 0.0, 15.0])
def test_the_stage_and_the_renderer_mean_the_same_camera(pitch_deg: float, roll_deg: float) -> None:
    ahead = (0.0, float(np.cos(np.radians(pitch_deg))), 1 + float(np.sin(np.radians(pitch_deg))))
    camera = replace(CAMERA, look_at=ahead, roll_deg=roll_deg, squeeze=1.5)
    optics = optics_of(camera, 1600, 900)
    for mine, theirs in zip(camera_axes(camera), (optics.right, optics.up, optics.forward), strict=True):
        assert mine == pytest.approx(theirs, abs=1e-9)
    assert half_view(camera) == pytest.approx(optics.tangent_x)
    assert project(camera, np.array(camera.look_at))[0, :2] == pytest.approx([0.5, 0.5])


def point_of_light(camera: PlacedCamera, depth_m: float) -> Moment:
    """A small glowing card straight ahead of the camera."""
    half_m = max(0.006, 0.002 * depth_m)
    corners = [[-half_m, depth_m, 1 - half_m], [half_m, depth_m, 1 - half_m], [half_m, depth_m, 1 + half_m],
               [-half_m, depth_m, 1 + half_m]]  # fmt: skip
    card = assemble("prop/card", BodyKind.PROP, [quad(corners, (0, 0, 0)).glowing((50.0, 50.0, 50.0))])
    return Moment((card,), (), DARK, camera)


def spread_px(renderer: Renderer, stage: Moment, spp: int = 512, floor: float = 1e-3) -> tuple[float, float]:
    """Standard deviation of the light across and down, in pixels, without what is below `floor` of the brightest."""
    light = renderer.render(stage, *SIZE, spp, 2, 1).beauty[..., 0].astype(float)
    light[light < floor * light.max()] = 0
    rows, columns = np.mgrid[: SIZE[1], : SIZE[0]]
    x, y = (float((light * axis).sum() / light.sum()) for axis in (columns, rows))
    across, down = ((light * (axis - middle) ** 2).sum() / light.sum() for axis, middle in ((columns, x), (rows, y)))
    return float(np.sqrt(across)), float(np.sqrt(down))


def circle_of_confusion_px(camera: PlacedCamera, depth_m: float) -> float:
    """Diameter of the blur: c = A f |d - s| / (d (s - f)) on the sensor, in pixels of its width."""
    f = camera.lens_mm / 1000
    assert camera.t_stop is not None
    on_sensor = f / camera.t_stop * f * abs(depth_m - camera.focus_m) / (depth_m * (camera.focus_m - f))
    return on_sensor * 1000 / camera.sensor_width_mm * SIZE[0]


@pytest.mark.parametrize(("depth_m", "stop"), [(3.0, 1.4), (0.7, 2.0), (3.0, 2.0), (8.0, 2.8)])
def test_blur_is_the_circle_of_confusion(renderer: Renderer, depth_m: float, stop: float) -> None:
    camera = replace(CAMERA, t_stop=stop)
    sharp = spread_px(renderer, point_of_light(replace(camera, t_stop=None), depth_m))
    across, down = spread_px(renderer, point_of_light(camera, depth_m))
    # A disc that is evenly lit spreads by a quarter of its diameter; the card and the pixel add theirs.
    for blurred, own in ((across, sharp[0]), (down, sharp[1])):
        diameter = 4 * np.sqrt(max(blurred**2 - own**2, 0.0))
        assert diameter == pytest.approx(circle_of_confusion_px(camera, depth_m), rel=0.08)


def test_what_is_in_the_plane_of_focus_is_sharp(renderer: Renderer) -> None:
    pinhole = spread_px(renderer, point_of_light(replace(CAMERA, t_stop=None), 1.0))
    assert spread_px(renderer, point_of_light(CAMERA, 1.0)) == pytest.approx(pinhole, abs=0.15)


@pytest.mark.parametrize("squeeze", [1.33, 2.0])
def test_an_anamorphic_lens_sees_wider_and_blurs_narrower(renderer: Renderer, squeeze: float) -> None:
    spherical, anamorphic = CAMERA, replace(CAMERA, squeeze=squeeze)
    # Wider by the squeeze: a point at the edge of one frame is that much nearer to the middle of the other.
    beside = np.array([0.2, 2.0, 1.0])
    assert (project(anamorphic, beside)[0, 0] - 0.5) * squeeze == pytest.approx(project(spherical, beside)[0, 0] - 0.5)
    assert optics_of(anamorphic, 1920, 1080).tangent_x == pytest.approx(24.89 * squeeze / 150)
    across, down = spread_px(renderer, point_of_light(anamorphic, 3.0))
    sharp_across, sharp_down = spread_px(renderer, point_of_light(replace(anamorphic, t_stop=None), 3.0))
    blur = np.sqrt(across**2 - sharp_across**2), np.sqrt(down**2 - sharp_down**2)
    assert blur[1] / blur[0] == pytest.approx(squeeze, rel=0.08)


def test_the_scalar_engine_has_the_same_oval(renderer: Renderer) -> None:
    if renderer.choice.name == variants.SCALAR:
        pytest.skip("only one engine on this machine")
    corners = [[-0.05, 3, 0.95], [0.05, 3, 0.95], [0.05, 3, 1.05], [-0.05, 3, 1.05]]
    card = assemble("prop/card", BodyKind.PROP, [quad(corners, (0.9, 0.9, 0.9), roughness=1.0)])
    wall = assemble("set/wall", BodyKind.SET, [quad([[-9, 4, -9], [9, 4, -9], [9, 4, 9], [-9, 4, 9]], (0, 0, 0))])
    corners = np.array([[-1, -1, 0], [-1, -1, 2], [1, -1, 2], [1, -1, 0]], np.float32)
    panel = Lamp("key", LampRole.KEY, corners, np.array([[0, 1, 2], [0, 2, 3]], np.uint32), (9.0, 9.0, 9.0), False)
    stage = Moment((card, wall), (panel,), DARK, replace(CAMERA, squeeze=2.0))
    other = Renderer(variants.VariantChoice(variants.SCALAR, "for comparison", ""))
    across, down = spread_px(other, stage, 16, 0.2)
    assert (across, down) == pytest.approx(spread_px(renderer, stage, 64, 0.2), abs=0.3)
    assert down > 1.15 * across
