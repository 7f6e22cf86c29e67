"""The lamps and the sky of a stage as UsdLux lights.

A rectangle that the camera does not see becomes a RectLight; any other shape, and every lamp that is in the picture, a
mesh that shines (MeshLightAPI) with an emissive surface beside it for readers that know no mesh lights. Radiance is
kept: intensity x colour, not normalised by area. The sky is a DomeLight: UsdLux lays latitude-longitude maps out as we
do once the dome is turned for Z up, column 0 at +Y and columns clockwise from above.
"""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import OpenEXR
from numpy.typing import NDArray

from maquette.deliver.usd_bodies import BodyWriter, Seen
from maquette.deliver.usd_library import Gf, Sdf, UsdGeom, UsdLux
from maquette.deliver.usd_materials import Materials
from maquette.deliver.usd_names import Names
from maquette.deliver.usd_series import Series, matrix
from maquette.film.stage import Body, BodyKind, Lamp, Sky

F32 = NDArray[np.float32]
Vec = NDArray[np.float64]

SKY_CHANGE = 0.02
"""A sky is written anew when it has changed by this share of its mean: clouds do not need a map for each frame."""


def rectangle(lamp: Lamp) -> tuple[Vec, float, float] | None:
    """A lamp's shape as (4, 4) light -> world for row vectors, width and height in metres; None if it is no rectangle.

    A RectLight lies in its XY plane and shines along its -Z.
    """
    if lamp.vertices.shape != (4, 3) or lamp.faces.shape != (2, 3):
        return None
    first, second = ([int(i) for i in face] for face in lamp.faces)
    own = [i for i in first if i not in second]
    far = [i for i in second if i not in first]
    if len(own) != 1 or len(far) != 1:
        return None
    turn = first.index(own[0])
    corner, a, b = (lamp.vertices[first[(turn + k) % 3]].astype(np.float64) for k in range(3))
    across, up = a - corner, b - corner
    width, height = float(np.linalg.norm(across)), float(np.linalg.norm(up))
    tolerance = 1e-3 * max(width, height)
    if min(width, height) < 1e-6 or abs(float(across @ up)) > tolerance * min(width, height):
        return None
    if float(np.linalg.norm(corner + across + up - lamp.vertices[far[0]])) > tolerance:
        return None
    x = across / width
    z = -np.cross(x, up / height)
    placed = np.eye(4)
    placed[0, :3], placed[1, :3], placed[2, :3] = x, np.cross(z, x), z
    placed[3, :3] = corner + (across + up) / 2
    return placed, width, height


class LampWriter:
    """One lamp over the take."""

    def __init__(self, stage: Any, path: str, lamp: Lamp, materials: Materials) -> None:
        self._body: BodyWriter | None = None
        self._shape: dict[str, Series] = {}
        if not lamp.visible and rectangle(lamp) is not None:
            light: Any = UsdLux.RectLight.Define(stage, path)
            self._shape = {
                "place": Series(light.AddTransformOp().GetAttr(), matrix),
                "width": Series(light.CreateWidthAttr()),
                "height": Series(light.CreateHeightAttr()),
                "extent": Series(light.CreateExtentAttr(), lambda v: [Gf.Vec3f(*row) for row in v]),
            }
            self.prim = light.GetPrim()
        else:
            self._body = BodyWriter(stage, path, _shining(lamp), materials)
            self.prim = self._body.mesh.GetPrim()
            light = UsdLux.LightAPI(UsdLux.MeshLightAPI.Apply(self.prim))
            # The material is there for readers without mesh lights: elsewhere the lamp would shine twice.
            light.CreateMaterialSyncModeAttr(UsdLux.Tokens.noMaterialResponse)
        self.prim.SetDisplayName(f"{lamp.name} ({lamp.role.value})")
        self.prim.SetCustomDataByKey("maquette:name", lamp.name)
        self.prim.SetCustomDataByKey("maquette:role", lamp.role.value)
        self.prim.SetCustomDataByKey("maquette:visibleToCamera", lamp.visible)
        light.CreateNormalizeAttr(False)
        self._intensity = Series(light.CreateIntensityAttr())
        self._color = Series(light.CreateColorAttr(), lambda c: Gf.Vec3f(*c))
        self._focus: Series | None = None
        if lamp.beam > 0:
            self._focus = Series(UsdLux.ShapingAPI.Apply(self.prim).CreateShapingFocusAttr())

    def put(self, frame: int, lamp: Lamp) -> None:
        """The lamp on this frame."""
        peak = max(lamp.radiance)
        self._intensity.put(frame, float(max(peak, 0.0)))
        if peak > 0:
            self._color.put(frame, tuple(float(c / peak) for c in lamp.radiance))
        if self._focus is not None:
            self._focus.put(frame, float(lamp.beam))
        if self._body is not None:
            self._body.put(frame, _shining(lamp))
            return
        found = rectangle(lamp)
        if found is None:  # a lamp that is folded up for a moment keeps its shape
            return
        placed, width, height = found
        self._shape["place"].put(frame, placed)
        self._shape["width"].put(frame, width)
        self._shape["height"].put(frame, height)
        half = np.array([width / 2, height / 2, 0.0])
        self._shape["extent"].put(frame, np.stack([-half, half]))


def _shining(lamp: Lamp) -> Body:
    """The lamp's shape as a body that is as bright as the lamp."""
    count = len(lamp.vertices)
    radiance = np.tile(np.array(lamp.radiance, np.float32), (count, 1))
    return Body(
        name=lamp.name,
        kind=BodyKind.PROP,
        vertices=lamp.vertices,
        faces=lamp.faces,
        base_color=radiance / max(float(radiance.max(initial=0.0)), 1e-6),
        roughness=np.ones(count, np.float32),
        emission=np.maximum(radiance, np.float32(1e-6)),
    )


class LightsWriter:
    """All lamps and the sky below one prim."""

    def __init__(self, stage: Any, root: str, materials: Materials, folder: Path, first_frame: int) -> None:
        """`folder`: where maps of the sky are written."""
        self._stage = stage
        self._root = root
        self._materials = materials
        self._first_frame = first_frame
        self._names = Names()
        self._lamps: dict[str, tuple[LampWriter, Seen]] = {}
        self._sky = SkyWriter(stage, f"{root}/{self._names.of('Sky')}", folder, first_frame)
        UsdGeom.Xform.Define(stage, root)

    def put(self, frame: int, lamps: tuple[Lamp, ...], sky: Sky | None) -> None:
        """What shines on this frame; a lamp that is gone is off."""
        for lamp in lamps:
            if lamp.name not in self._lamps:
                # A practical is named as the thing that it burns in: told apart where programs drop the path.
                name = lamp.name if lamp.name.endswith("light") else f"{lamp.name} light"
                path = f"{self._root}/{self._names.of(name)}"
                writer = LampWriter(self._stage, path, lamp, self._materials)
                self._lamps[lamp.name] = (writer, Seen(writer.prim, self._first_frame, frame))
            writer, seen = self._lamps[lamp.name]
            writer.put(frame, lamp)
            seen.put(frame, True)
        here = {lamp.name for lamp in lamps}
        for name, (_, seen) in self._lamps.items():
            if name not in here:
                seen.put(frame, False)
        self._sky.put(frame, sky)


class SkyWriter:
    """The sky over the take: a dome with a map, and another map where the sky has changed."""

    def __init__(self, stage: Any, path: str, folder: Path, first_frame: int) -> None:
        self._stage = stage
        self._path = path
        self._folder = folder
        self._first_frame = first_frame
        self._file: Series | None = None
        self._seen: Seen | None = None
        self._written: F32 | None = None
        self._name = ""

    def put(self, frame: int, sky: Sky | None) -> None:
        """The sky on this frame; None: there is none."""
        if self._seen is None or self._file is None:
            if sky is None:
                return
            self._file, self._seen = self._begin(frame)
        self._seen.put(frame, sky is not None)
        if sky is not None:
            self._file.put(frame, self._map(sky.radiance))

    def _begin(self, frame: int) -> tuple[Series, Seen]:
        dome = UsdLux.DomeLight.Define(self._stage, self._path)
        dome.OrientToStageUpAxis()
        dome.CreateTextureFormatAttr(UsdLux.Tokens.latlong)
        dome.CreateIntensityAttr(1.0)
        prim = dome.GetPrim()
        prim.SetDisplayName("sky")
        folder = self._folder.name
        return (
            Series(dome.CreateTextureFileAttr(), lambda name: Sdf.AssetPath(f"./{folder}/{name}")),
            Seen(prim, self._first_frame, frame),
        )

    def _map(self, radiance: F32) -> str:
        """The name of the EXR file of this sky: the last one while it looks the same."""
        last = self._written
        if last is not None and (last is radiance or _alike(last, radiance)):
            return self._name
        self._written = radiance
        pixels = np.ascontiguousarray(radiance, np.float32)
        self._name = f"sky_{sha256(pixels.tobytes()).hexdigest()[:16]}.exr"
        self._folder.mkdir(parents=True, exist_ok=True)
        header = {"compression": OpenEXR.ZIP_COMPRESSION, "type": OpenEXR.scanlineimage}
        try:
            with OpenEXR.File(header, {"RGB": pixels}) as file:
                file.write(str(self._folder / self._name))
        except RuntimeError as error:
            raise OSError(str(error)) from error
        return self._name


def _alike(a: F32, b: F32) -> bool:
    if a.shape != b.shape:
        return False
    return float(np.abs(a - b).mean()) <= SKY_CHANGE * max(float(a.mean()), 1e-9)
