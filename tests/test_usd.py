"""A real shot as USD, read back by OpenUSD: camera, people, lights and names are where they belong."""

from __future__ import annotations

from math import atan, degrees
from pathlib import Path

import numpy as np
import pytest

from maquette.deliver.usd import write_camera_usd
from maquette.deliver.usd_library import Gf, Usd, UsdGeom, UsdLux, UsdShade
from maquette.deliver.usd_lights import rectangle
from maquette.deliver.usd_names import identifier
from maquette.film.stage import BodyKind, Moment
from maquette.stage.framing import half_view, project
from tests.usd_stages import MOTION, RATE, errors_of, filmed, points_at


@pytest.fixture(scope="module")
def shot(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Moment]]:
    return filmed(tmp_path_factory.mktemp("usd"))


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
