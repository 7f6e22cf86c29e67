"""A shot as USD, read back by OpenUSD itself and by Blender: camera, people, lights and names are where they belong."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from math import atan, degrees
from pathlib import Path
from typing import Any

import numpy as np
import pxr.UsdValidation
import pytest

import maquette
from maquette.deliver import usd_file as usd_files
from maquette.deliver.exr import read_exr
from maquette.deliver.usd import write_camera_usd, write_usd
from maquette.deliver.usd_camera import camera_matrix
from maquette.deliver.usd_library import Gf, Usd, UsdGeom, UsdLux, UsdShade
from maquette.deliver.usd_lights import rectangle
from maquette.deliver.usd_names import Names, identifier
from maquette.film.errors import DiskFull, MediaError
from maquette.film.rate import RATES
from maquette.film.request import FrameSettings
from maquette.film.stage import Body, BodyKind, Haze, Lamp, LampRole, Moment, PlacedCamera, Sky, Texture
from maquette.film.take import Motion
from maquette.stage.build import build_stage
from maquette.stage.framing import camera_axes, half_view, project

UsdValidation: Any = pxr.UsdValidation

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
BLENDER = Path(__file__).resolve().parents[1] / ".bench" / "venv" / "bin" / "python"
RATE = RATES["23.976"]
MOTION = Motion(rate=RATE, frames=3, handles=1)


# --- stages -----------------------------------------------------------------------------------------------------


def box(name: str, kind: BodyKind, shift: tuple[float, float, float] = (0, 0, 0), **more: Any) -> Body:
    """A tetrahedron with one named thing to it."""
    vertices = np.array([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]], np.float32) + np.array(shift, np.float32)
    faces = np.array([[0, 2, 1], [0, 1, 3], [0, 3, 2], [1, 2, 3]], np.uint32)
    values: dict[str, Any] = {
        "base_color": np.full((4, 3), 0.25, np.float32), "roughness": np.full(4, 0.4, np.float32), **more,
    }  # fmt: skip
    return Body(name, kind, vertices, faces, **values)


KEY = Lamp(
    "key", LampRole.KEY,
    np.array([[0, 0, 2], [0, 0, 3], [0, 2, 3], [0, 2, 2]], np.float32), np.array([[0, 1, 2], [0, 2, 3]], np.uint32),
    (8.0, 4.0, 2.0), visible=False, beam=4.0,
)  # fmt: skip
CAMERA = PlacedCamera((0.5, -4, 1.5), (0.3, 0, 1.2), roll_deg=7, lens_mm=40, t_stop=2.8, focus_m=3.7, squeeze=1.8,
                      aspect=2.39, exposure_stops=1.5)  # fmt: skip


def moment(*bodies: Body, **more: Any) -> Moment:
    return Moment(bodies or (box("prop/cup", BodyKind.PROP),), more.pop("lamps", (KEY,)), more.pop("sky", None),
                  more.pop("camera", CAMERA), **more)  # fmt: skip


def write(path: Path, stage_at: Callable[[int], Moment], motion: Motion = MOTION) -> Any:
    """Writes a stage given by frame index and opens it."""
    write_usd(path, lambda t: stage_at(round(t * motion.rate.fps) + motion.handles), motion, title="1A", metadata={})
    return Usd.Stage.Open(str(path))


@pytest.fixture(scope="module")
def shot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, list[Moment]]]:
    """The first shot of the short example, two people in a room, five frames with handles, and its moments."""
    folder = tmp_path_factory.mktemp("usd")
    with maquette.new(folder / "film", script=EXAMPLES / "the-chipped-cup.fountain") as production:
        frame = FrameSettings(width=160, height=90, samples_per_pixel=1, path_depth=2)
        stage = build_stage(production.request(production.screenplay, production.shots[0], frame, Fraction(0)))
    moments = [stage.at(MOTION.time_of(i)) for i in range(MOTION.total)]
    path = folder / "shot 1.usdc"
    notes = write_usd(
        path, lambda t: moments[round(t * RATE.fps) + 1], MOTION, title="The chipped cup · 1",
        metadata={"shot": "1", "research_mark": "for study only"},
    )  # fmt: skip
    assert [n.split()[0] for n in notes] == ["Blender", "Lamps", "USD", "Walls"]
    yield path, moments


def errors_of(path: Path) -> list[str]:
    """What usdchecker says: its validators, all of them."""
    context = UsdValidation.ValidationContext(UsdValidation.ValidationRegistry().GetOrLoadAllValidators())
    return [f"{e.GetName()}: {e.GetMessage()}" for e in context.Validate(Usd.Stage.Open(str(path)))]


def points_at(stage: Any, path: str, frame: float) -> Any:
    return np.array(UsdGeom.Mesh.Get(stage, path).GetPointsAttr().Get(frame))


# --- a real shot ------------------------------------------------------------------------------------------------


def test_units_rate_range_and_what_is_said_about_the_shot(shot: tuple[Path, list[Moment]]) -> None:
    stage = Usd.Stage.Open(str(shot[0]))
    assert UsdGeom.GetStageUpAxis(stage) == "Z" and UsdGeom.GetStageMetersPerUnit(stage) == 1.0
    assert (stage.GetStartTimeCode(), stage.GetEndTimeCode()) == (1000, 1004)
    assert stage.GetTimeCodesPerSecond() == stage.GetFramesPerSecond() == pytest.approx(24000 / 1001, abs=1e-12)
    facts = stage.GetRootLayer().customLayerData["maquette"]
    assert facts["rate"] == "24000/1001" and facts["shot"] == "1"
    assert (facts["firstFrameOfCut"], facts["lastFrameOfCut"]) == (1001, 1003)
    assert stage.GetDefaultPrim().GetPath() == "/Shot" and Usd.ModelAPI(stage.GetDefaultPrim()).GetKind() == "assembly"
    assert stage.GetRootLayer().documentation == "The chipped cup · 1\nfor study only"


def test_usdchecker_finds_nothing(shot: tuple[Path, list[Moment]]) -> None:
    assert errors_of(shot[0]) == []


def test_the_camera_is_the_one_that_was_placed(shot: tuple[Path, list[Moment]]) -> None:
    stage = Usd.Stage.Open(str(shot[0]))
    camera = UsdGeom.Camera.Get(stage, "/Shot/Camera")
    for frame, now in enumerate(shot[1], 1000):
        seen = camera.GetCamera(frame)
        assert seen.focalLength / 0.01 == pytest.approx(now.camera.lens_mm, abs=0.01)
        assert seen.horizontalAperture / 0.01 == pytest.approx(now.camera.sensor_width_mm, abs=0.01)
        place = np.array(seen.transform.ExtractTranslation())
        assert np.abs(place - now.camera.position).max() < 1e-4
        wide = degrees(2 * atan(half_view(now.camera)))
        assert seen.GetFieldOfView(Gf.Camera.FOVHorizontal) == pytest.approx(wide, abs=1e-3)


def test_people_and_props_are_where_they_are(shot: tuple[Path, list[Moment]]) -> None:
    stage = Usd.Stage.Open(str(shot[0]))
    for frame, now in enumerate(shot[1], 1000):
        for body in now.bodies:
            if body.kind is BodyKind.CAST:
                path = f"/Shot/Cast/{identifier(body.name.removeprefix('cast/'))}"
                assert np.abs(points_at(stage, path, frame) - body.vertices).max() < 1e-5
                extent = np.array(UsdGeom.Mesh.Get(stage, path).GetExtentAttr().Get(frame))
                assert np.allclose(extent, [body.vertices.min(axis=0), body.vertices.max(axis=0)], atol=1e-5)
    cup = next(b for b in shot[1][0].bodies if b.name == "prop/chipped cup")
    assert np.abs(points_at(stage, "/Shot/Props/chipped_cup", 1000) - cup.vertices).max() < 1e-5


def test_a_face_lies_where_our_camera_sees_it(shot: tuple[Path, list[Moment]]) -> None:
    stage = Usd.Stage.Open(str(shot[0]))
    for frame, now in enumerate(shot[1], 1000):
        frustum = UsdGeom.Camera.Get(stage, "/Shot/Camera").GetCamera(frame).frustum
        view = frustum.ComputeViewMatrix() * frustum.ComputeProjectionMatrix()
        for head in now.heads:
            null = UsdGeom.Xformable.Get(stage, f"/Shot/Heads/{identifier(head.name)}_head")
            world = null.ComputeLocalToWorldTransform(frame)
            eyes = world.ExtractTranslation()
            assert np.abs(np.array(eyes) - head.eyes).max() < 1e-4
            assert np.allclose(world.TransformDir(Gf.Vec3d(0, -1, 0)), head.look, atol=1e-5)
            x, y, _ = view.Transform(eyes)
            wanted = project(now.camera, head.eyes)[0]
            assert (x + 1) / 2 * 640 == pytest.approx(wanted[0] * 640, abs=0.1)
            assert (1 - y) / 2 * 360 == pytest.approx(wanted[1] * 360, abs=0.1)


def test_what_never_moves_has_no_samples(shot: tuple[Path, list[Moment]]) -> None:
    stage = Usd.Stage.Open(str(shot[0]))
    resting = [b for b in shot[1][0].bodies if b.name.startswith(("set/", "wall/"))]
    assert len(resting) > 30
    for body in resting:
        child = stage.GetPrimAtPath(f"/Shot/Set/{identifier(body.name.removeprefix('set/'))}")
        for attribute in ("points", "normals", "extent", "faceVertexIndices", "primvars:displayColor"):
            assert child.GetAttribute(attribute).GetNumTimeSamples() == 0, f"{child.GetPath()}.{attribute}"
    for child in stage.GetPrimAtPath("/Shot/Cast").GetChildren():
        assert child.GetAttribute("points").GetNumTimeSamples() == MOTION.total
        assert child.GetAttribute("faceVertexIndices").GetNumTimeSamples() == 0
        assert child.GetAttribute("primvars:st").GetNumTimeSamples() == 0


def test_wild_walls_are_out_of_sight_and_say_so(shot: tuple[Path, list[Moment]]) -> None:
    stage = Usd.Stage.Open(str(shot[0]))
    wild = {b.name for b in shot[1][0].bodies if not b.seen}
    assert "wall/north" in wild
    for child in stage.GetPrimAtPath("/Shot/Set").GetChildren():
        name = child.GetCustomDataByKey("maquette:name")
        hidden = UsdGeom.Imageable(child).ComputeVisibility(1001) == "invisible"
        assert hidden == (name in wild) and bool(child.GetCustomDataByKey("maquette:wild")) == hidden


def test_every_lamp_shines_with_its_radiance(shot: tuple[Path, list[Moment]]) -> None:
    stage, now = Usd.Stage.Open(str(shot[0])), shot[1][0]
    lights = {
        p.GetCustomDataByKey("maquette:name"): p for p in stage.Traverse() if p.HasAPI(UsdLux.LightAPI)
    }  # fmt: skip
    domes = [p for p in stage.Traverse() if p.IsA(UsdLux.DomeLight)]
    assert len(domes) == 1
    assert {lamp.name for lamp in now.lamps} == {name for name in lights if name}
    for lamp in now.lamps:
        light = UsdLux.LightAPI(lights[lamp.name])
        radiance = np.array(light.GetColorAttr().Get()) * light.GetIntensityAttr().Get()
        assert np.allclose(radiance, lamp.radiance, rtol=1e-5) and not light.GetNormalizeAttr().Get()
        assert lights[lamp.name].GetCustomDataByKey("maquette:role") == lamp.role.value
        assert lights[lamp.name].IsA(UsdLux.RectLight) == (not lamp.visible and rectangle(lamp) is not None)


def test_parts_are_named_and_every_face_has_one_material(shot: tuple[Path, list[Moment]]) -> None:
    stage = Usd.Stage.Open(str(shot[0]))
    ada = UsdGeom.Mesh.Get(stage, "/Shot/Cast/ADA")
    subsets = UsdShade.MaterialBindingAPI(ada.GetPrim()).GetMaterialBindSubsets()
    faces = np.concatenate([np.array(s.GetIndicesAttr().Get()) for s in subsets])
    assert sorted(faces) == list(range(len(ada.GetFaceVertexCountsAttr().Get())))
    assert {"hair", "skin", "jacket"} <= {s.GetPrim().GetDisplayName() for s in subsets}
    for subset in subsets:
        assert UsdShade.MaterialBindingAPI(subset.GetPrim()).ComputeBoundMaterial()[0]
    pictures = sorted((shot[0].parent / "shot 1_textures").iterdir())
    assert {p.suffix for p in pictures} == {".png", ".exr"}
    names = ("inputs:file", "inputs:texture:file")
    used = {a.Get() for p in stage.Traverse() for a in p.GetAttributes() if a.GetName() in names} - {None}
    assert {Path(asset.resolvedPath) for asset in used} == set(pictures)


# --- small stages -----------------------------------------------------------------------------------------------


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


def test_camera_alone(tmp_path: Path, shot: tuple[Path, list[Moment]]) -> None:
    path = tmp_path / "camera.usda"
    moments = shot[1]
    write_camera_usd(path, lambda t: moments[round(t * RATE.fps) + 1], MOTION, title="1", metadata={})
    stage = Usd.Stage.Open(str(path))
    kinds = {p.GetTypeName() for p in stage.Traverse()}
    assert kinds == {"Xform", "Camera"} and path.stat().st_size < 100_000
    whole = Usd.Stage.Open(str(shot[0]))
    for frame in range(1000, 1005):
        one, two = (UsdGeom.Camera.Get(s, "/Shot/Camera").GetCamera(frame) for s in (stage, whole))
        assert one.transform == two.transform and one.focalLength == two.focalLength
    assert errors_of(path) == []


def test_memory_stays_flat(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    count = 3000

    def at(_: Fraction) -> Moment:
        vertices = rng.random((count, 3), dtype=np.float32)
        faces = np.arange(count, dtype=np.uint32).reshape(-1, 3)
        body = Body("cast/A", BodyKind.CAST, vertices, faces, np.ones((count, 3), np.float32),
                    np.ones(count, np.float32), normals=vertices[::-1])  # fmt: skip
        return moment(body)

    def peak(frames: int) -> int:
        tracemalloc.start()
        write_usd(tmp_path / "a.usdc", at, Motion(frames=frames), title="", metadata={})
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(2)
    assert peak(100) < 1.3 * peak(10)


def test_what_is_saved_leaves_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenUSD's own memory is not Python's: it is let go by saving, and saving often does not make the file larger."""
    saves: list[int] = []
    save = usd_files.UsdFile.save

    def counted(self: usd_files.UsdFile) -> None:
        saves.append(1)
        save(self)

    monkeypatch.setattr(usd_files.UsdFile, "save", counted)
    write_usd(tmp_path / "a.usdc", lambda t: moment(), Motion(frames=100), title="", metadata={})
    assert len(saves) == 100 // usd_files.SAVE_EVERY + 1


# --- what cannot be written -------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["shot.abc", "shot.fbx", "shot"])
def test_another_suffix_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(MediaError, match=r"end it in \.usd"):
        write_usd(tmp_path / name, lambda t: moment(), MOTION, title="", metadata={})
    assert not list(tmp_path.iterdir())


def test_no_frames_and_two_hours_are_refused(tmp_path: Path) -> None:
    nothing = Motion.model_construct(rate=RATE, frames=0, handles=0, hold=1, shutter_deg=None, shutter_samples=8)
    for motion in (nothing, Motion(frames=24 * 7200)):
        with pytest.raises(MediaError, match="at least 1 frame and lasts at most 600 s"):
            write_usd(tmp_path / "a.usdc", lambda t: moment(), motion, title="", metadata={})
    assert not list(tmp_path.iterdir())


def test_a_failure_midway_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.usdc"
    sky = Sky(np.ones((4, 8, 3), np.float32))
    write(path, lambda i: moment(sky=sky))
    before = {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()}

    def fails(i: int) -> Moment:
        if i == 3:
            raise RuntimeError("stop")
        return moment(sky=Sky(np.full((4, 8, 3), 1.0 + i, np.float32)))

    with pytest.raises(RuntimeError, match="stop"):
        write(path, fails)
    assert {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()} == before


def test_a_second_file_of_the_name_takes_the_place_of_the_first(tmp_path: Path) -> None:
    write(tmp_path / "a.usdc", lambda i: moment(sky=Sky(np.ones((4, 8, 3), np.float32))))
    (tmp_path / "a_textures" / "notes.txt").write_text("mine")
    write(tmp_path / "a.usdc", lambda i: moment(sky=Sky(np.full((4, 8, 3), 2, np.float32))))
    assert sorted(f.suffix for f in (tmp_path / "a_textures").iterdir()) == [".exr", ".txt"]


FULL = """
import resource, sys
sys.path[:0] = [sys.argv[2]]
from pathlib import Path
from test_usd import MOTION, moment
from maquette.film.errors import MediaError
from maquette.deliver.usd import write_usd
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_usd(Path(sys.argv[1]), lambda t: moment(), MOTION, title="", metadata={})
except MediaError as error:
    print(error)
"""


def test_a_file_that_cannot_grow_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL, str(tmp_path / "a.usdc"), str(Path(__file__).parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "cannot be written (Error occurred writing file: File too large)" in done.stdout
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: usd_files.UsdFile) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(usd_files.UsdFile, "save", full)
    with pytest.raises(DiskFull, match="The disk is full while writing"):
        write_usd(tmp_path / "a.usdc", lambda t: moment(), MOTION, title="", metadata={})
    assert not list(tmp_path.iterdir())


# --- Blender ----------------------------------------------------------------------------------------------------

READ = """
import sys, json
import bpy, numpy as np
bpy.ops.wm.read_factory_settings(use_empty=True)
scene = bpy.context.scene
scene.world = bpy.data.worlds.new("world")
bpy.ops.wm.usd_import(filepath=sys.argv[1])
scene = bpy.context.scene
camera = next(o for o in bpy.data.objects if o.type == "CAMERA")
found = {"frames": [scene.frame_start, scene.frame_end], "fps": scene.render.fps / scene.render.fps_base,
         "lens": camera.data.lens, "sensor": camera.data.sensor_width, "stop": camera.data.dof.aperture_fstop,
         "focus": camera.data.dof.focus_distance, "objects": sorted(o.name for o in bpy.data.objects),
         "lights": sum(o.type == "LIGHT" for o in bpy.data.objects), "at": {}}
for frame in map(int, sys.argv[2].split(",")):
    scene.frame_set(frame)
    graph = bpy.context.evaluated_depsgraph_get()
    boxes = {}
    for o in bpy.data.objects:
        if o.type == "MESH":
            e = o.evaluated_get(graph)
            p = np.zeros(len(e.data.vertices) * 3, np.float32)
            e.data.vertices.foreach_get("co", p)
            m = np.array(e.matrix_world)
            p = p.reshape(-1, 3) @ m[:3, :3].T + m[:3, 3]
            boxes[o.name] = [p.min(0).tolist(), p.max(0).tolist()]
    found["at"][frame] = {"camera": np.array(camera.evaluated_get(graph).matrix_world).tolist(), "boxes": boxes}
if len(sys.argv) > 3:
    scene.camera = camera
    scene.render.engine = "CYCLES"
    scene.cycles.samples = 4
    scene.cycles.use_denoising = False
    scene.render.resolution_x, scene.render.resolution_y = 32, 18
    scene.render.image_settings.file_format = "OPEN_EXR"
    scene.render.filepath = sys.argv[3]
    bpy.ops.render.render(write_still=True)
print("FOUND" + json.dumps(found))
"""


def in_blender(path: Path, frames: str, picture: Path | None = None) -> dict[str, Any]:
    """What Blender's importer makes of a file. Skips where there is no Blender."""
    python = next((p for p in (BLENDER, Path(sys.executable)) if p.exists() and _has_bpy(p)), None)
    if python is None:
        pytest.skip("no Blender as a module: pip install 'bpy>=5,<6' into .bench/venv (make bench does)")
    command = [str(python), "-c", READ, str(path), frames, *([str(picture)] if picture else [])]
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": ""})
    line = next((t for t in done.stdout.splitlines() if t.startswith("FOUND")), None)
    assert line is not None, done.stdout[-2000:] + done.stderr[-2000:]
    assert "Invalid face data" not in done.stdout + done.stderr
    return json.loads(line.removeprefix("FOUND"))


def _has_bpy(python: Path) -> bool:
    find = "import importlib.util, sys; sys.exit(importlib.util.find_spec('bpy') is None)"
    return subprocess.run([str(python), "-c", find], capture_output=True).returncode == 0


def test_blender_reads_the_same_lens_places_and_people(shot: tuple[Path, list[Moment]]) -> None:
    path, moments = shot
    found = in_blender(path, "1000,1004")
    assert found["frames"] == [1000, 1004] and found["fps"] == 24  # Blender rounds the rate; frames are the same
    camera = moments[0].camera
    assert found["lens"] == pytest.approx(camera.lens_mm, abs=0.1)
    assert found["sensor"] == pytest.approx(camera.sensor_width_mm, abs=0.1)
    for frame, now in ((1000, moments[0]), (1004, moments[4])):
        seen = found["at"][str(frame)]
        assert np.abs(np.array(seen["camera"])[:3, 3] - now.camera.position).max() < 1e-3
        assert np.allclose(np.array(seen["camera"])[:3, :3].T, camera_matrix(now.camera)[:3, :3], atol=1e-5)
        for body in now.bodies:
            if body.kind is BodyKind.CAST:
                box_of = np.array(seen["boxes"][body.name.removeprefix("cast/")])
                assert np.abs(box_of[0] - body.vertices.min(axis=0)).max() < 1e-3
                assert np.abs(box_of[1] - body.vertices.max(axis=0)).max() < 1e-3
    assert found["lights"] == sum(not la.visible and rectangle(la) is not None for la in moments[0].lamps)
    assert "wall_north" not in found["objects"] and "wall_south" in found["objects"]


def test_blender_reads_depth_of_field_squeeze_and_the_sky(tmp_path: Path) -> None:
    """The sky is bright towards +X alone, red above and green below; the camera looks there."""
    radiance = np.zeros((32, 64, 3), np.float32)
    radiance[:16, 8:24, 0] = 1
    radiance[16:, 8:24, 1] = 1
    at = {
        "east": replace(CAMERA, position=(0, 0, 1), look_at=(5, 0, 1), roll_deg=0),
        "north": replace(CAMERA, position=(0, 0, 1), look_at=(0, 5, 1), roll_deg=0),
    }
    means: dict[str, Any] = {}
    for name, camera in at.items():
        path = tmp_path / f"{name}.usdc"
        hidden = box("prop/cup", BodyKind.PROP, (0, 0, -50))
        write(path, lambda i, c=camera, b=hidden: moment(b, lamps=(), camera=c, sky=Sky(radiance)))
        found = in_blender(path, "1001", tmp_path / f"{name}.exr")
        assert found["stop"] == pytest.approx(2.8, abs=1e-4) and found["focus"] == pytest.approx(3.7, abs=1e-4)
        assert found["lens"] == pytest.approx(40, abs=0.1) and found["sensor"] == pytest.approx(24.89 * 1.8, abs=0.1)
        channels, _ = read_exr(tmp_path / f"{name}.exr")
        ends = {c.rsplit(".", 1)[-1]: v for c, v in channels.items()}
        means[name] = {c: (float(ends[c][:8].mean()), float(ends[c][10:].mean())) for c in "RG"}
    assert means["east"]["R"][0] > 0.8 and means["east"]["R"][1] < 0.1
    assert means["east"]["G"][1] > 0.8 and means["east"]["G"][0] < 0.1
    assert max(*means["north"]["R"], *means["north"]["G"]) < 0.05
