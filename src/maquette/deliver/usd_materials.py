"""Surfaces as UsdPreviewSurface: the one material that every USD reader shows.

Base colour comes from the mesh's `displayColor` (linear Rec. 709 per vertex) or from a texture. UsdPreviewSurface
cannot multiply the two as our renderer does: where a texture has detail it is scaled by the mean colour of its faces,
and where the vertices' own colours vary much, `displayColor` has the texture's colour at each vertex worked in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from maquette.deliver.usd_library import Gf, Sdf, UsdShade
from maquette.deliver.usd_names import Names
from maquette.deliver.usd_series import integers
from maquette.film.stage import Body, BodyKind, Texture
from maquette.imaging.color import to_linear
from maquette.imaging.png import encode_png

F32 = NDArray[np.float32]
U32 = NDArray[np.uint32]

SAME = 0.02
"""Roughness or metallic that varies less than this on a part is written as one number."""
EVEN = 0.2
"""Vertex colours whose standard deviation is below this share of their mean may be taken as one under a texture."""


@dataclass(frozen=True)
class Surface:
    """What one material is made of; equal surfaces share a material."""

    texture: str | None = None
    """Key of the texture; None: base colour from `displayColor`."""
    scale: tuple[float, float, float] = (1.0, 1.0, 1.0)
    """Linear colour that multiplies the texture."""
    roughness: float | None = 0.5
    """None: from the primvar `roughness`."""
    metallic: float | None = 0.0
    """None: from the primvar `metallic`."""
    emits: bool = False
    """Emission from the primvar `emission`."""


@dataclass(frozen=True, eq=False)
class Patch:
    """The faces of a body that belong to one part and are made of one surface."""

    name: str
    faces: U32
    """(N,) indices of faces, rising."""
    surface: Surface


def patches_of(body: Body) -> tuple[Patch, ...]:
    """The body's faces by part and surface; each face is in exactly one. A face belongs to its first corner's part."""
    part_of = np.zeros(len(body.faces), np.int64) if body.parts is None else body.parts[body.faces[:, 0]].astype(int)
    detailed = _detailed(body)
    found: list[Patch] = []
    for index in np.unique(part_of):
        name = body.part_names[index] if index < len(body.part_names) else f"part {index}"
        kinds = np.unique(detailed[part_of == index])
        for textured in kinds.tolist():
            faces = np.flatnonzero((part_of == index) & (detailed == textured)).astype(np.uint32)
            label = f"{name or body.name}{' texture' if textured and len(kinds) > 1 else ''}"
            found.append(Patch(label, faces, _surface(body, np.unique(body.faces[faces]), textured)))
    return tuple(found)


def display_color(body: Body) -> F32:
    """(V, 3) linear base colour with the texture's colour at each vertex worked in."""
    if body.texture is None or body.uv is None:
        return body.base_color
    return (body.base_color * texture_at(body.texture, body.uv)).astype(np.float32)


def texture_at(texture: Texture, uv: F32) -> F32:
    """(N, 3) linear colours of the texture's nearest pixels."""
    height, width = texture.pixels.shape[:2]
    x = np.clip((uv[:, 0] * width).astype(int), 0, width - 1)
    y = np.clip(((1 - uv[:, 1]) * height).astype(int), 0, height - 1)
    return to_linear(texture.pixels[y, x])


def _detailed(body: Body) -> NDArray[np.bool_]:
    """(F,) faces that cover more than a point of the texture: those at one point take its colour per vertex."""
    if body.texture is None or body.uv is None:
        return np.zeros(len(body.faces), bool)
    corners = body.uv[body.faces]
    return np.asarray(np.ptp(corners, axis=1).max(axis=1) > 1e-6)


def _surface(body: Body, corners: NDArray[np.integer[Any]], textured: bool) -> Surface:
    rough = body.roughness[corners]
    metal = np.zeros(1, np.float32) if body.metallic is None else body.metallic[corners]
    # Screens and windows may light up later in the shot; without the primvar the reader gives black.
    emits = body.emission is not None or body.kind is not BodyKind.CAST
    scale, key = (1.0, 1.0, 1.0), None
    if textured and body.texture is not None:
        colors = body.base_color[corners].astype(np.float64)
        mean = colors.mean(axis=0)
        if bool(np.all(colors.std(axis=0) <= EVEN * np.maximum(mean, 1e-3))):
            key = body.texture.key
            scale = (round(float(mean[0]), 4), round(float(mean[1]), 4), round(float(mean[2]), 4))
    return Surface(key, scale, _one(rough), _one(metal), emits)


def _one(values: F32) -> float | None:
    """The number that all values are near to, or None."""
    return round(float(values.mean()), 3) if float(np.ptp(values)) <= SAME else None


class Materials:
    """The materials of one file, below one prim, and the textures beside the file."""

    def __init__(self, stage: Any, root: str, folder: Path) -> None:
        """`folder`: where textures are written; the file refers to it by its name, beside itself."""
        self._stage = stage
        self._root = root
        self._folder = folder
        self._names = Names()
        self._made: dict[Surface, Any] = {}
        self._pictures: dict[str, str] = {}

    def bind(self, mesh: Any, body: Body, patches: Sequence[Patch]) -> None:
        """Binds the mesh, or its subsets where it has several patches. Parts are subsets named as they are."""
        if len(patches) == 1:
            self._bind(mesh.GetPrim(), body, patches[0])
            return
        names = Names()
        for patch in patches:
            path = mesh.GetPath().AppendChild(names.of(patch.name))
            subset = UsdShade.MaterialBindingAPI(mesh.GetPrim()).CreateMaterialBindSubset(
                path.name, integers(patch.faces), "face"
            )
            subset.GetPrim().SetDisplayName(patch.name)
            self._bind(subset.GetPrim(), body, patch)
        UsdShade.MaterialBindingAPI(mesh.GetPrim()).SetMaterialBindSubsetsFamilyType("partition")

    def _bind(self, prim: Any, body: Body, patch: Patch) -> None:
        if patch.surface not in self._made:
            self._made[patch.surface] = self._make(body, patch)
        UsdShade.MaterialBindingAPI.Apply(prim).Bind(self._made[patch.surface])

    def _make(self, body: Body, patch: Patch) -> Any:
        path = f"{self._root}/{self._names.of(f'{body.name} {patch.name} {len(self._made)}')}"
        material = UsdShade.Material.Define(self._stage, path)
        shader = _shader(self._stage, f"{path}/Surface", "UsdPreviewSurface")
        surface = patch.surface
        base = shader.CreateInput("diffuseColor", Sdf.ValueTypeNames.Color3f)
        if surface.texture is None or body.texture is None:
            base.ConnectToSource(self._reader(path, "displayColor", "float3"))
        else:
            base.ConnectToSource(self._texture(path, body.texture, surface.scale))
        for name, value in (("roughness", surface.roughness), ("metallic", surface.metallic)):
            given = shader.CreateInput(name, Sdf.ValueTypeNames.Float)
            if value is None:
                given.ConnectToSource(self._reader(path, name, "float"))
            else:
                given.Set(value)
        if surface.emits:
            glow = shader.CreateInput("emissiveColor", Sdf.ValueTypeNames.Color3f)
            glow.ConnectToSource(self._reader(path, "emission", "float3"))
        surface_out = shader.CreateOutput("surface", Sdf.ValueTypeNames.Token)
        material.CreateSurfaceOutput().ConnectToSource(surface_out)
        return material

    def _reader(self, path: str, primvar: str, kind: str) -> Any:
        """The output of a shader that reads a primvar of the mesh."""
        shader = _shader(self._stage, f"{path}/{primvar}", f"UsdPrimvarReader_{kind}")
        shader.CreateInput("varname", Sdf.ValueTypeNames.String).Set(primvar)
        types = {"float": Sdf.ValueTypeNames.Float, "float2": Sdf.ValueTypeNames.Float2}
        return shader.CreateOutput("result", types.get(kind, Sdf.ValueTypeNames.Float3))

    def _texture(self, path: str, texture: Texture, scale: tuple[float, float, float]) -> Any:
        shader = _shader(self._stage, f"{path}/Texture", "UsdUVTexture")
        shader.CreateInput("file", Sdf.ValueTypeNames.Asset).Set(self._picture(texture))
        shader.CreateInput("sourceColorSpace", Sdf.ValueTypeNames.Token).Set("sRGB")
        shader.CreateInput("st", Sdf.ValueTypeNames.Float2).ConnectToSource(self._reader(path, "st", "float2"))
        shader.CreateInput("scale", Sdf.ValueTypeNames.Float4).Set(Gf.Vec4f(*scale, 1))
        for wrap in ("wrapS", "wrapT"):
            shader.CreateInput(wrap, Sdf.ValueTypeNames.Token).Set("clamp")
        return shader.CreateOutput("rgb", Sdf.ValueTypeNames.Float3)

    def _picture(self, texture: Texture) -> Any:
        """The PNG of a texture, written once. Row 0 is v = 1 with us as in USD."""
        if texture.key not in self._pictures:
            name = f"{sha256(texture.pixels.tobytes()).hexdigest()[:16]}.png"
            self._folder.mkdir(parents=True, exist_ok=True)
            (self._folder / name).write_bytes(encode_png(texture.pixels))
            self._pictures[texture.key] = name
        return Sdf.AssetPath(f"./{self._folder.name}/{self._pictures[texture.key]}")


def _shader(stage: Any, path: str, identity: str) -> Any:
    shader = UsdShade.Shader.Define(stage, path)
    shader.CreateIdAttr(identity)
    return shader
