# pyright: reportAttributeAccessIssue=false, reportOperatorIssue=false, reportCallIssue=false
# Dr.Jit's stubs know neither swizzles nor arithmetic between its array types.
"""Device arrays of a world: all that the tracer looks up, packed so that a look-up is a few short rows."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import drjit as dr
import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from maquette.film.metering import LightGroup
from maquette.film.stage import Texture
from maquette.imaging.color import to_linear
from maquette.render.lights import SKY_CELLS, LightTable
from maquette.render.optics import Optics
from maquette.render.world import World

F32 = NDArray[np.float32]
U32 = NDArray[np.uint32]

TEXTURE_MASK = (1 << 10) - 1
OBJECT_SHIFT = 10
CODE_BITS = (11, 11, 10)
"""A texel is 32 bits: square roots of linear red, green and blue, which is finer than 8 bits of sRGB everywhere."""


@dataclass
class Tables:
    """Device arrays of one world. Held by attribute, so that Dr.Jit sees plain arrays."""

    vertex: Any
    """Float, 16 a vertex: position, roughness; normal, metalness; colour, u; emission, v."""
    origin: Any
    """Float, 4 a vertex: rest position, part."""
    face: Any
    """UInt32, 4 a face: corners; texture + 1 in the low 10 bits, object above."""
    record: Any
    """Float, 8 a face, what indirect light sees: facet normal; density of its choice as a lamp over its area, 0 where
    it is none; reflectance or, for a lamp, radiance; a lamp's group."""
    hidden_light: Any
    """UInt32, light entry of each face of the hidden lamps."""
    any_hidden: Any
    """Bool, whether there are hidden lamps at all."""
    any_moving: Any
    """Bool, whether there are faces in the scene of what moves at all."""
    standing_faces: Any
    """UInt32, faces from here on are in the scene of what moves."""
    seen_faces: Any
    """UInt32, faces from here on are in the scene that the camera looks through."""
    faces: Any
    """UInt32, how many there are, hidden lamps not counted."""
    slot: Any
    """UInt32, light entry of each slot."""
    light: Any
    """Float, 16 an entry: corner, red; edge, green; edge, blue; normal, density of its choice over its area or, for the
    sky, over the solid angle."""
    beam: Any
    """Float, power of the cosine that a light entry's radiance falls by off its axis."""
    group: Any
    """UInt32, `LightGroup` of each light entry."""
    lamps: Any
    sky: Any
    """Float, 4 a texel."""
    sky_width: Any
    sky_height: Any
    texel: Any
    texture: Any
    """UInt32, 4 a texture + 1: first texel, width, height."""


class TextureShelf:
    """Packed textures of the last world, kept because the next one mostly has the same."""

    def __init__(self) -> None:
        self._packed: dict[str, U32] = {}
        self._keys: tuple[str, ...] | None = None
        self._device: tuple[Any, Any] = (None, None)

    def load(self, textures: tuple[Texture, ...]) -> tuple[Any, Any]:
        """Texels and the table of textures on the device; entry 0 is one white texel."""
        keys = tuple(texture.key for texture in textures)
        if keys != self._keys:
            self._packed = {
                texture.key: self._packed[texture.key] if texture.key in self._packed else _texel_codes(texture.pixels)
                for texture in textures
            }
            table = np.zeros((len(textures) + 1, 4), np.uint32)
            table[0] = (0, 1, 1, 0)
            start = 2
            for i, texture in enumerate(textures, 1):
                table[i] = (start, texture.pixels.shape[1], texture.pixels.shape[0], 0)
                start += len(self._packed[texture.key])
            texels = np.concatenate([np.full(2, 0xFFFFFFFF, np.uint32), *self._packed.values()])
            self._keys, self._device = keys, (mi.UInt32(aligned(texels)), mi.UInt32(aligned(table.reshape(-1))))
        return self._device


def _texel_codes(pixels: NDArray[np.uint8]) -> U32:
    root = np.sqrt(to_linear(np.arange(256, dtype=np.uint8))).astype(np.float64)
    codes = [np.round(root * ((1 << bits) - 1)).astype(np.uint32) for bits in CODE_BITS]
    red, green, blue = (code[pixels[..., i]] for i, code in enumerate(codes))
    return (red | (green << CODE_BITS[0]) | (blue << (CODE_BITS[0] + CODE_BITS[1]))).reshape(-1).astype(np.uint32)


def aligned(array: NDArray[Any]) -> NDArray[Any]:
    """The same values at a 64-byte boundary: Dr.Jit reads numpy's memory in place and bakes its alignment into the
    kernel, so a small array's luck would decide which kernel runs."""
    raw = np.empty(array.nbytes + 64, np.uint8)
    start = -raw.ctypes.data % 64
    copy = raw[start : start + array.nbytes].view(array.dtype)
    copy[:] = array
    return copy


@dataclass(frozen=True, eq=False)
class MeshTables:
    """The part of `Tables` that bodies alone decide."""

    of: World
    """What it was made from: the same arrays are the same mesh."""
    rows: tuple[F32, F32]
    """The memory of `vertex` and `origin`, a row a vertex."""
    vertex: Any
    origin: Any
    face: Any


def load_mesh(world: World, before: MeshTables | None) -> MeshTables:
    """Move the merged mesh to the device. Where only poses differ from the mesh `before`, its memory is used again, and
    `before` must not be."""
    if before is not None and before.of.color is world.color and before.of.faces is world.faces:
        (v, origin), face = before.rows, before.face
    else:
        v, origin, face = *_vertex_rows(world), mi.UInt32(_face_rows(world).reshape(-1))
    v[:, 0:3], v[:, 4:7], origin[:, :3] = world.vertices, world.normals, world.rest
    return MeshTables(world, (v, origin), mi.Float(v.reshape(-1)), mi.Float(origin.reshape(-1)), face)


def _vertex_rows(world: World) -> tuple[F32, F32]:
    """`Tables.vertex` and `Tables.origin`, places and normals still to be put in."""
    v = np.zeros((len(world.vertices), 16), np.float32)
    v[:, 3], v[:, 7] = world.roughness, world.metallic
    v[:, 8:11], v[:, 11] = world.color, world.uv[:, 0]
    v[:, 12:15], v[:, 15] = world.emission, world.uv[:, 1]
    origin = np.zeros((len(world.vertices), 4), np.float32)
    origin[:, 3] = world.part
    return v, origin


def _face_rows(world: World) -> U32:
    f = np.empty((len(world.faces), 4), np.uint32)
    f[:, :3] = world.faces
    f[:, 3] = world.face_texture | (world.face_object.astype(np.uint32) << OBJECT_SHIFT)
    return f


def load_tables(world: World, lights: LightTable, sky: F32, shelf: TextureShelf, mesh: MeshTables) -> Tables:
    """Move lights, sky and textures to the device, beside the mesh that is there."""
    sky4 = np.zeros((*sky.shape[:2], 4), np.float32)
    sky4[..., :3] = sky
    light = _light_rows(world, lights)
    texel, texture = shelf.load(world.textures)
    tables = Tables(
        vertex=mesh.vertex,
        origin=mesh.origin,
        face=mesh.face,
        record=None,
        # Never a single value: gathering from one is other code than gathering from many.
        hidden_light=mi.UInt32(aligned(np.append(world.hidden_light, np.uint32(0)))),
        any_hidden=dr.opaque(mi.Bool, world.any_hidden),
        any_moving=dr.opaque(mi.Bool, world.standing_faces < world.seen_faces),
        standing_faces=dr.opaque(mi.UInt32, world.standing_faces),
        seen_faces=dr.opaque(mi.UInt32, world.seen_faces),
        faces=dr.opaque(mi.UInt32, len(world.faces)),
        slot=mi.UInt32(aligned(lights.slots)),
        light=mi.Float(aligned(light.reshape(-1))),
        beam=mi.Float(aligned(np.append(world.lamp_beam, np.zeros(SKY_CELLS, np.float32)))),
        group=mi.UInt32(aligned(np.append(world.lamp_group, np.full(SKY_CELLS, LightGroup.PLACE, np.uint32)))),
        lamps=dr.opaque(mi.UInt32, lights.lamps),
        sky=mi.Float(aligned(sky4.reshape(-1))),
        sky_width=dr.opaque(mi.Float, sky.shape[1]),
        sky_height=dr.opaque(mi.Float, sky.shape[0]),
        texel=texel,
        texture=texture,
    )
    return tables


def lamp_rows(world: World, lights: LightTable) -> tuple[U32, F32]:
    """Which faces shine, and their `Tables.record` rows."""
    faces = np.flatnonzero(world.face_light).astype(np.uint32)
    entry = world.face_light[faces].astype(np.int64) - 1
    rows = np.zeros((len(faces), 8), np.float32)
    normal, area = _normals_and_areas(world.lamp_corners[entry])
    rows[:, :3] = normal
    rows[:, 3] = np.maximum(lights.probability[entry] / np.maximum(area, 1e-12), 1e-30)
    rows[:, 4:7], rows[:, 7] = world.lamp_radiance[entry], world.lamp_group[entry]
    return faces, rows


def _normals_and_areas(corners: F32) -> tuple[F32, F32]:
    cross = np.cross(corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0])
    length = np.linalg.norm(cross, axis=1)
    return cross / np.maximum(length, 1e-20)[:, None], length / 2


def _light_rows(world: World, lights: LightTable) -> F32:
    """`Tables.light`."""
    count = lights.lamps
    rows = np.zeros((count + SKY_CELLS, 16), np.float32)
    if count:
        c = world.lamp_corners
        rows[:count, 0:3], rows[:count, 4:7], rows[:count, 8:11] = c[:, 0], c[:, 1] - c[:, 0], c[:, 2] - c[:, 0]
        rows[:count, 3:12:4] = world.lamp_radiance
        normal, area = _normals_and_areas(c)
        rows[:count, 12:15] = normal
        rows[:count, 15] = lights.probability[:count] / np.maximum(area, 1e-12)
    rows[count:, 3:12:4] = lights.sky_cells
    rows[count:, 15] = lights.probability[count:] * (SKY_CELLS / (4 * np.pi))
    return rows


def opaque_optics(optics: Optics) -> dict[str, Any]:
    """The camera as device values that are not baked into the kernel."""
    values: dict[str, Any] = {}
    for field in fields(optics):
        value = getattr(optics, field.name)
        if isinstance(value, tuple):
            values[field.name] = mi.Vector3f(*(dr.opaque(mi.Float, float(x)) for x in value))
        else:
            values[field.name] = dr.opaque(mi.Float, float(value))
    return values
