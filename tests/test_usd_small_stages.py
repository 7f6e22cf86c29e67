"""Small stages as USD: what comes and goes, moves, shines and has odd names."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from maquette.deliver.exr import read_exr
from maquette.deliver.usd_camera import camera_matrix
from maquette.deliver.usd_library import Gf, Usd, UsdGeom, UsdLux, UsdShade
from maquette.deliver.usd_names import Names
from maquette.film.stage import BodyKind, Haze, Moment, PlacedCamera, Sky, Texture
from maquette.stage.framing import camera_axes, project
from tests.usd_stages import CAMERA, KEY, MOTION, box, errors_of, moment, points_at, write


def test_an_anamorphic_tilted_camera_with_depth_of_field(tmp_path: Path) -> None:
    motion = MOTION.model_copy(update={"shutter_deg": 180.0})
    stage = write(tmp_path / "a.usdc", lambda i: moment(), motion)
    camera = UsdGeom.Camera.Get(stage, "/Shot/Camera")
    assert camera.GetHorizontalApertureAttr().Get() == pytest.approx(24.89 * 1.8 * 0.01)
    assert camera.GetVerticalApertureAttr().Get() == pytest.approx(24.89 * 1.8 / 2.39 * 0.01)
    assert camera.GetFStopAttr().Get() == pytest.approx(2.8) and camera.GetExposureAttr().Get() == 1.5
    assert camera.GetFocusDistanceAttr().Get() == pytest.approx(3.7)
    assert (camera.GetShutterOpenAttr().Get(), camera.GetShutterCloseAttr().Get()) == (0.0, 0.5)
    frustum = camera.GetCamera(1001).frustum
    view = frustum.ComputeViewMatrix() * frustum.ComputeProjectionMatrix()
    for point in ((0.3, 0.2, 1.0), (-0.6, 1.0, 1.9), (1.4, 0.5, 0.4)):
        x, y, _ = view.Transform(Gf.Vec3d(*point))
        wanted = project(CAMERA, np.array(point))[0]
        assert ((x + 1) / 2, (1 - y) / 2) == pytest.approx((wanted[0], wanted[1]), abs=1e-6)


@pytest.mark.parametrize("target", [(0.2, 3.0, 1.0), (0.0, 0.0, -3.0), (-1.0, -2.0, 5.0)])
def test_the_cameras_axes_are_those_of_the_stage(target: tuple[float, float, float]) -> None:
    camera = PlacedCamera((0, 0, 1), target, roll_deg=-23)
    right, up, forward = camera_axes(camera)
    assert np.allclose(camera_matrix(camera)[:3, :3], [right, up, -forward], atol=1e-9)


def test_nasty_names_become_valid_and_stay_apart(tmp_path: Path) -> None:
    nasty = [
        "prop/cup 2",
        "prop/cup/2",
        "prop/Cup_2",
        "prop/李四",
        "prop/1st",
        "prop/",
        "prop/Café",
        "prop/Cafe",
        "prop/★",
    ]
    bodies = (*(box(n, BodyKind.PROP) for n in nasty), box("cast/MARA (V.O.)", BodyKind.CAST))
    stage = write(tmp_path / "a.usda", lambda i: moment(*bodies))
    props = stage.GetPrimAtPath("/Shot/Props").GetChildren()
    assert [p.GetDisplayName() for p in props] == nasty
    assert len({p.GetName().lower() for p in props}) == len(nasty)
    assert all(p.GetName().isascii() and p.GetName().isidentifier() for p in props)
    assert stage.GetPrimAtPath("/Shot/Cast/MARA_V_O")
    assert Names().of("李四") == "u674E_u56DB"
    assert errors_of(tmp_path / "a.usda") == []


def test_a_body_that_rests_then_moves_does_not_drift_before(tmp_path: Path) -> None:
    shifts = (0.0, 0.0, 0.0, 0.5, 0.5)
    stage = write(tmp_path / "a.usdc", lambda i: moment(box("prop/cup", BodyKind.PROP, (shifts[i], 0, 0))))
    for index, shift in enumerate(shifts):
        assert points_at(stage, "/Shot/Props/cup", 1000 + index)[0, 0] == shift
    assert points_at(stage, "/Shot/Props/cup", 1001.5)[0, 0] == 0
    assert list(UsdGeom.Mesh.Get(stage, "/Shot/Props/cup").GetPointsAttr().GetTimeSamples()) == [1002, 1003]


def test_bodies_and_lamps_that_come_and_go(tmp_path: Path) -> None:
    def at(i: int) -> Moment:
        wall = box("wall/north", BodyKind.SET, seen=i != 3)
        guest = (box("cast/GUEST", BodyKind.CAST),) if 1 <= i <= 2 else ()
        lamps = (replace(KEY, radiance=(8.0, 4.0, 2.0) if i < 2 else (0.0, 0.0, 0.0)),) if i < 4 else ()
        return moment(wall, *guest, lamps=lamps)

    stage = write(tmp_path / "a.usdc", at)

    def seen(path: str) -> list[bool]:
        prim = UsdGeom.Imageable.Get(stage, path)
        return [prim.ComputeVisibility(f) != "invisible" for f in range(1000, 1005)]

    assert seen("/Shot/Cast/GUEST") == [False, True, True, False, False]
    assert seen("/Shot/Set/wall_north") == [True, True, True, False, True]
    assert seen("/Shot/Lights/key_light") == [True, True, True, True, False]
    light = UsdLux.LightAPI(stage.GetPrimAtPath("/Shot/Lights/key_light"))
    assert [light.GetIntensityAttr().Get(f) for f in range(1000, 1004)] == [8, 8, 0, 0]
    assert errors_of(tmp_path / "a.usdc") == []


def test_a_screen_that_lights_up_and_goes_dark(tmp_path: Path) -> None:
    glow = np.full((4, 3), 3.0, np.float32)
    stage = write(
        tmp_path / "a.usdc", lambda i: moment(box("prop/screen", BodyKind.PROP, emission=glow if i in (2, 3) else None))
    )
    emission = UsdGeom.PrimvarsAPI.Get(stage, "/Shot/Props/screen").GetPrimvar("emission")
    assert [emission.Get(f)[0][0] for f in range(1000, 1005)] == [0, 0, 3, 3, 0]
    bound, _ = UsdShade.MaterialBindingAPI(stage.GetPrimAtPath("/Shot/Props/screen")).ComputeBoundMaterial()
    source = UsdShade.Shader(bound.ComputeSurfaceSource()[0]).GetInput("emissiveColor").GetConnectedSources()[0][0]
    assert UsdShade.Shader(source.source).GetInput("varname").Get() == "emission"


def test_a_body_whose_faces_change_is_whole_on_every_frame(tmp_path: Path) -> None:
    def at(i: int) -> Moment:
        whole = box("prop/drops", BodyKind.PROP)
        return moment(replace(whole, faces=whole.faces[: i % 2 + 1]))

    stage = write(tmp_path / "a.usdc", at)
    mesh = UsdGeom.Mesh.Get(stage, "/Shot/Props/drops")
    assert [len(mesh.GetFaceVertexIndicesAttr().Get(f)) for f in range(1000, 1005)] == [3, 6, 3, 6, 3]
    assert [len(mesh.GetFaceVertexCountsAttr().Get(f)) for f in range(1000, 1005)] == [1, 2, 1, 2, 1]
    assert errors_of(tmp_path / "a.usdc") == []


def test_a_rectangle_lamp_keeps_place_size_and_side(tmp_path: Path) -> None:
    stage = write(tmp_path / "a.usdc", lambda i: moment())
    light = UsdLux.RectLight.Get(stage, "/Shot/Lights/key_light")
    size = sorted((light.GetWidthAttr().Get(), light.GetHeightAttr().Get()))
    assert size == pytest.approx([1, 2])
    world = UsdGeom.Xformable(light).ComputeLocalToWorldTransform(1001)
    assert world.ExtractTranslation() == Gf.Vec3d(0, 1, 2.5)
    corners = KEY.vertices[KEY.faces[0]]
    out = np.cross(corners[1] - corners[0], corners[2] - corners[0])
    assert np.allclose(world.TransformDir(Gf.Vec3d(0, 0, -1)), out / np.linalg.norm(out))
    w, h = light.GetWidthAttr().Get() / 2, light.GetHeightAttr().Get() / 2
    placed = {tuple(np.round(world.Transform(Gf.Vec3d(a * w, b * h, 0)), 5)) for a in (-1, 1) for b in (-1, 1)}
    assert placed == {tuple(np.round(v.astype(float), 5)) for v in KEY.vertices}
    assert UsdLux.ShapingAPI(light.GetPrim()).GetShapingFocusAttr().Get() == 4.0


def test_the_sky_turns_as_ours_does(tmp_path: Path) -> None:
    """Bright in column W / 4 of ours, towards +X; the dome is a latitude-longitude map as OpenEXR lays it out."""
    radiance = np.zeros((16, 32, 3), np.float32)
    radiance[7, 8] = (5, 6, 7)
    stage = write(tmp_path / "a.usdc", lambda i: moment(sky=Sky(radiance), haze=Haze(0.1)))
    dome = UsdLux.DomeLight.Get(stage, "/Shot/Lights/Sky")
    picture, _ = read_exr(Path(dome.GetTextureFileAttr().Get().resolvedPath))
    row, column = np.unravel_index(np.argmax(picture["B"]), picture["B"].shape)
    latitude = np.pi / 2 - (row + 0.5) / 16 * np.pi
    longitude = np.pi - (column + 0.5) / 32 * 2 * np.pi
    local = Gf.Vec3d(
        np.sin(longitude) * np.cos(latitude), np.sin(latitude), np.cos(longitude) * np.cos(latitude)
    )  # fmt: skip
    world = UsdGeom.Xformable(dome).ComputeLocalToWorldTransform(1001).TransformDir(local)
    azimuth = (8 + 0.5) / 32 * 2 * np.pi
    wanted = np.array([np.sin(azimuth), np.cos(azimuth), np.tan(latitude)]) * np.cos(latitude)
    wanted[2] = np.sin(latitude)
    assert np.allclose(world, wanted, atol=1e-6)
    assert float(picture["B"].max()) == 7.0
    assert stage.GetDefaultPrim().GetCustomDataByKey("maquette:hazeExtinctionPerM") == pytest.approx(0.1)


def test_a_texture_is_scaled_by_the_colour_under_it(tmp_path: Path) -> None:
    pixels = np.zeros((4, 8, 3), np.uint8)
    pixels[0] = 200
    body = box("prop/card", BodyKind.PROP, uv=np.array([[0, 0], [1, 0], [1, 1], [0, 1]], np.float32),
               texture=Texture("k", pixels))  # fmt: skip
    path = tmp_path / "a.usdz"
    stage = write(path, lambda i: moment(body, lamps=()))
    nodes = [UsdShade.Shader(p) for p in stage.Traverse() if p.IsA(UsdShade.Shader)]
    texture = next(n for n in nodes if n.GetIdAttr().Get() == "UsdUVTexture")
    assert tuple(texture.GetInput("scale").Get()) == (0.25, 0.25, 0.25, 1.0)
    assert texture.GetInput("file").Get().resolvedPath.endswith(".png]")
    # Row 0 is v = 1: corners 2 and 3 are on the bright row, linear 0.578 x 0.25.
    colors = np.array(UsdGeom.Mesh.Get(stage, "/Shot/Props/card").GetDisplayColorAttr().Get())
    assert colors[:, 0] == pytest.approx([0, 0, 0.1445, 0.1445], abs=1e-3)
    assert sorted(f.name for f in tmp_path.iterdir()) == ["a.usdz"]
    assert errors_of(path) == []


def test_the_checker_does_find_faults(tmp_path: Path) -> None:
    """Without this a checker that checks nothing would pass, too."""
    stage = Usd.Stage.CreateNew(str(tmp_path / "bad.usda"))
    UsdGeom.Mesh.Define(stage, "/mesh").CreateFaceVertexCountsAttr([3])
    stage.GetRootLayer().Save()
    assert errors_of(tmp_path / "bad.usda")
