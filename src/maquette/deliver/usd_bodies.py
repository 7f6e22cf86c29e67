"""The bodies of a stage as USD meshes, fed frame by frame.

Everything is written as cached meshes, people too: clothes, hair and faces are solved for each frame and are no linear
blend of bones, so a skeleton would show something else than the shot. What does not change is written once.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.deliver.usd_library import Kind, Sdf, Usd, UsdGeom
from maquette.deliver.usd_materials import Materials, display_color, patches_of
from maquette.deliver.usd_names import Names
from maquette.deliver.usd_series import Series, bounds, floats, integers, vectors2, vectors3
from maquette.film.stage import Body, BodyKind

U32 = NDArray[np.uint32]

GROUPS = {BodyKind.SET: "Set", BodyKind.PROP: "Props", BodyKind.CAST: "Cast"}


class BodyWriter:
    """One body over the take."""

    def __init__(self, stage: Any, path: str, body: Body, materials: Materials) -> None:
        self.mesh = UsdGeom.Mesh.Define(stage, path)
        mesh, prim = self.mesh, self.mesh.GetPrim()
        prim.SetDisplayName(body.name)
        prim.SetCustomDataByKey("maquette:name", body.name)
        mesh.CreateSubdivisionSchemeAttr("none")
        mesh.CreateDoubleSidedAttr(True)
        mesh.SetNormalsInterpolation(UsdGeom.Tokens.vertex)
        self._faces, self._kept = body.faces, body.faces[_whole(body.faces)]
        self._frames = 0
        patches = patches_of(replace(body, faces=self._kept))
        self._series: dict[str, Series] = {
            "counts": Series(mesh.CreateFaceVertexCountsAttr(), integers),
            "faces": Series(mesh.CreateFaceVertexIndicesAttr(), integers),
            "points": Series(mesh.CreatePointsAttr(), vectors3),
            "extent": Series(mesh.CreateExtentAttr(), vectors3),
            "color": Series(self._primvar("displayColor", Sdf.ValueTypeNames.Color3fArray), vectors3),
        }
        if body.normals is not None:
            self._series["normals"] = Series(mesh.CreateNormalsAttr(), vectors3)
        if body.uv is not None:
            self._series["st"] = Series(self._primvar("st", Sdf.ValueTypeNames.TexCoord2fArray), vectors2)
        if any(p.surface.roughness is None for p in patches):
            self._series["roughness"] = Series(self._primvar("roughness", Sdf.ValueTypeNames.FloatArray), floats)
        if any(p.surface.metallic is None for p in patches):
            self._series["metallic"] = Series(self._primvar("metallic", Sdf.ValueTypeNames.FloatArray), floats)
        if any(p.surface.emits for p in patches):
            self._series["emission"] = Series(self._primvar("emission", Sdf.ValueTypeNames.Color3fArray), vectors3)
        materials.bind(mesh, body, patches)

    def _primvar(self, name: str, kind: Any) -> Any:
        return UsdGeom.PrimvarsAPI(self.mesh).CreatePrimvar(name, kind, UsdGeom.Tokens.vertex).GetAttr()

    def put(self, frame: int, body: Body) -> None:
        """The body as it is on this frame."""
        self._frames += 1
        series = self._series
        if body.faces is not self._faces and not np.array_equal(body.faces, self._faces):
            self._faces, self._kept = body.faces, body.faces[_whole(body.faces)]
        series["faces"].put(frame, self._kept)
        series["counts"].put(frame, np.full(len(self._kept), 3, np.int32))
        series["points"].put(frame, body.vertices)
        series["extent"].put(frame, bounds(body.vertices))
        series["color"].put(frame, display_color(body))
        for name, values in (
            ("normals", body.normals),
            ("st", body.uv),
            ("roughness", body.roughness),
            ("metallic", body.metallic),
        ):
            if name in series and values is not None:
                series[name].put(frame, values)
        self._glow(frame, body)

    def _glow(self, frame: int, body: Body) -> None:
        """Its own light, from when it first has any; without one it is dark."""
        dark = np.zeros((len(body.vertices), 3), np.float32)
        if "emission" not in self._series:
            if body.emission is None:
                return
            self._series["emission"] = Series(self._primvar("emission", Sdf.ValueTypeNames.Color3fArray), vectors3)
            if self._frames > 1:
                self._series["emission"].put(frame - 1, dark)
        self._series["emission"].put(frame, dark if body.emission is None else body.emission)


def _whole(faces: U32) -> NDArray[np.bool_]:
    """(F,) faces with three different corners, the first of those that share them: readers drop the others."""
    a, b, c = faces.T
    whole = (a != b) & (b != c) & (a != c)
    first = np.zeros(len(faces), bool)
    first[np.unique(np.sort(faces, axis=1), axis=0, return_index=True)[1]] = True
    return np.asarray(whole & first)


class Seen:
    """Whether a prim is seen, over the take: from the first frame on, also where the prim comes in later."""

    def __init__(self, prim: Any, first_frame: int, frame: int) -> None:
        self._series = Series(UsdGeom.Imageable(prim).CreateVisibilityAttr())
        if frame > first_frame:
            self.put(frame - 1, False)

    def put(self, frame: int, seen: bool) -> None:
        self._series.put(frame, UsdGeom.Tokens.inherited if seen else UsdGeom.Tokens.invisible)


class BodiesWriter:
    """All bodies below one prim, in groups Set, Props and Cast."""

    def __init__(self, stage: Any, root: str, materials: Materials, first_frame: int) -> None:
        self._stage = stage
        self._root = root
        self._materials = materials
        self._first_frame = first_frame
        self._names = {kind: Names() for kind in BodyKind}
        self._bodies: dict[str, tuple[BodyWriter, Seen]] = {}
        self.wild: set[str] = set()
        """Names of bodies that the camera looked through on some frame."""
        for group in GROUPS.values():
            Usd.ModelAPI(UsdGeom.Xform.Define(stage, f"{root}/{group}")).SetKind(Kind.Tokens.group)

    def put(self, frame: int, bodies: tuple[Body, ...]) -> None:
        """What is there on this frame; bodies that were there before and are gone become invisible."""
        for body in bodies:
            if body.name not in self._bodies:
                writer = BodyWriter(self._stage, self.path_of(body), body, self._materials)
                Usd.ModelAPI(writer.mesh).SetKind(Kind.Tokens.component)
                self._bodies[body.name] = (writer, Seen(writer.mesh.GetPrim(), self._first_frame, frame))
            writer, seen = self._bodies[body.name]
            writer.put(frame, body)
            seen.put(frame, body.seen)
            if not body.seen and body.name not in self.wild:
                self.wild.add(body.name)
                writer.mesh.GetPrim().SetCustomDataByKey("maquette:wild", True)
        here = {body.name for body in bodies}
        for name, (_, seen) in self._bodies.items():
            if name not in here:
                seen.put(frame, False)

    def path_of(self, body: Body) -> str:
        """Where a body lies: "cast/MARA" -> /Shot/Cast/MARA, "wall/north" -> /Shot/Set/wall_north."""
        short = body.name.removeprefix(f"{body.kind.value}/")
        return f"{self._root}/{GROUPS[body.kind]}/{self._names[body.kind].of(short)}"
