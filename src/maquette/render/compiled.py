"""The engine of the compiled variants: one persistent scene, a fixed set of kernels."""

from __future__ import annotations

from typing import Any

import drjit as dr
import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from maquette.render.engine import Guides, Light, LightSettings, Seen
from maquette.render.lights import LightTable
from maquette.render.optics import Optics
from maquette.render.probe import trace_meter
from maquette.render.rays import FourScenes, OneScene, Rays
from maquette.render.tables import (
    MeshTables,
    TextureShelf,
    aligned,
    lamp_rows,
    load_mesh,
    load_tables,
    opaque_optics,
)
from maquette.render.tracer import face_records, trace_first, trace_guides, trace_light
from maquette.render.world import World, far_triangle

F32 = NDArray[np.float32]

METER_LANES = 16
"""Threads that share the paths of one metered point."""
LAMP_ROWS = 4096
"""Rows of visible lamp faces are written in lists of a multiple of this."""


class CompiledEngine:
    """Mitsuba's scene holds bare triangles; everything else is in tables."""

    def __init__(self, *, one_scene: bool) -> None:
        """one_scene: see `OneScene`."""
        self._triangles: _Four | _One = _One() if one_scene else _Four()
        self._rays: Rays = self._triangles.rays
        self._shelf = TextureShelf()
        self._tables: Any = None
        self._mesh: MeshTables | None = None
        self._cuts = (0, 0)
        self._optics: dict[str, Any] = {}
        self.kernels: set[str] = set()

    @property
    def kernel_compilations(self) -> int:
        """Different kernels that this engine has run."""
        return len(self.kernels)

    def load(self, world: World, lights: LightTable, sky: F32, optics: Optics) -> None:
        """Put a world on the stage."""
        cuts = world.standing_faces, world.seen_faces
        if self._mesh is None or self._mesh.of.vertices is not world.vertices or self._cuts != cuts:
            self._triangles.load(world)
            self._mesh, self._cuts = load_mesh(world, self._mesh), cuts
        self._triangles.load_hidden(world)
        tables = load_tables(world, lights, sky, self._shelf, self._mesh)
        faces, rows = lamp_rows(world, lights)
        # Padded with rows that are nobody's: a scatter of nothing is other code than one of something.
        spare = LAMP_ROWS - len(faces) % LAMP_ROWS
        nobody = np.full(spare, max(len(world.faces), 2), np.uint32)
        with self._counted():
            tables.record = face_records(
                tables,
                len(world.faces),
                mi.UInt32(aligned(np.concatenate([faces, nobody]))),
                mi.Float(aligned(np.concatenate([rows, np.zeros((spare, 8), np.float32)]).reshape(-1))),
            )
            dr.eval(tables.record)
        self._tables = tables
        self._optics = opaque_optics(optics)

    def light(self, settings: LightSettings, pixels: NDArray[np.uint32] | None = None) -> Light:
        """Path-traced light of the whole picture, or of a list of pixels."""
        width, height = settings.width, settings.height
        with self._counted():
            count = width * height if pixels is None else len(pixels)
            listed = dr.opaque(mi.UInt32, 0) + dr.arange(mi.UInt32, count) if pixels is None else _listed(pixels)
            result = trace_light(
                self._rays,
                self._tables,
                self._optics,
                listed,
                dr.opaque(mi.UInt32, width),
                dr.opaque(mi.UInt32, settings.spp),
                dr.opaque(mi.UInt32, settings.path_depth),
                dr.opaque(mi.UInt32, settings.seed & 0xFFFFFFFF),
                dr.opaque(mi.Float, settings.firefly_limit),
                mi.Vector2f(dr.opaque(mi.Float, settings.haze_per_m), dr.opaque(mi.Float, settings.haze_layer_m)),
            )
            flat = [dr.ravel(value) for value in result]
            dr.eval(flat)
        if pixels is None:
            return Light(*(_picture(value, (height, width)) for value in flat))
        return Light(
            *(np.array(value).reshape(-1, size)[:count] for value, size in zip(flat, (3, 3, 3, 1), strict=True))
        )

    def guides(self, settings: LightSettings, points: range, pixels: NDArray[np.uint32] | None = None) -> Guides:
        """What a denoiser goes by, of the whole picture, or of a list of pixels."""
        width, height = settings.width, settings.height
        with self._counted():
            count = width * height if pixels is None else len(pixels)
            listed = dr.opaque(mi.UInt32, 0) + dr.arange(mi.UInt32, count) if pixels is None else _listed(pixels)
            result = trace_guides(
                self._rays,
                self._tables,
                self._optics,
                listed,
                dr.opaque(mi.UInt32, width),
                dr.opaque(mi.UInt32, points.start),
                dr.opaque(mi.UInt32, points.stop),
                mi.Vector2f(dr.opaque(mi.Float, settings.haze_per_m), dr.opaque(mi.Float, settings.haze_layer_m)),
            )
            flat = [dr.ravel(value) for value in result]
            dr.eval(flat)
        if pixels is None:
            return Guides(*(_picture(value, (height, width)) for value in flat))
        return Guides(*(np.array(value).reshape(-1, size)[:count] for value, size in zip(flat, (3, 3, 1), strict=True)))

    def first(self, width: int, height: int, fineness: int, whole: bool) -> Seen:
        """What is seen through the points of `pixel_centres`."""
        with self._counted():
            points = dr.opaque(mi.UInt32, 0) + dr.arange(mi.UInt32, width * height * fineness**2)
            result = trace_first(
                self._rays,
                self._tables,
                self._optics,
                points,
                dr.opaque(mi.UInt32, width * fineness),
                dr.opaque(mi.Float, 1 / fineness),
                whole,
            )
            flat = {name: dr.ravel(value) if dr.size_v(value) > 1 else value for name, value in result.items()}
            dr.eval(flat)
        shape = (height * fineness, width * fineness)
        seen: dict[str, Any] = {name: _picture(value, shape) for name, value in flat.items()}
        seen |= {name: seen[name].astype(np.uint16) for name in ("part_id", "object_id") if name in seen}
        if whole:
            seen["face"] = seen["face"].astype(np.uint32, copy=False)
        return Seen(**seen)

    def meter(self, points: F32, normals: F32, samples: int, path_depth: int, seed: int) -> F32:
        """(N, GROUPS, 3) radiance of white cards."""
        rows = np.zeros((len(points), 8), np.float32)
        rows[:, :3], rows[:, 4:7] = points, normals
        lanes = METER_LANES
        with self._counted():
            result = trace_meter(
                self._rays,
                self._tables,
                mi.Float(aligned(rows.reshape(-1))),
                dr.opaque(mi.UInt32, 0) + dr.arange(mi.UInt32, len(points) * lanes),
                dr.opaque(mi.UInt32, lanes),
                dr.opaque(mi.UInt32, max(1, samples // lanes)),
                dr.opaque(mi.UInt32, path_depth),
                dr.opaque(mi.UInt32, seed & 0xFFFFFFFF),
            )
            flat = [dr.ravel(value) for value in result]
            dr.eval(flat)
        groups = [np.array(value).reshape(len(points), lanes, 3).mean(axis=1, dtype=np.float64) for value in flat]
        return np.stack(groups, axis=1).astype(np.float32)

    def _counted(self) -> _KernelCount:
        return _KernelCount(self)


class _KernelCount:
    """Notes the kernels that run."""

    def __init__(self, engine: CompiledEngine) -> None:
        self._engine = engine
        # Dr.Jit 1.5 turns packet gathers back into single ones differently from call to call, which makes new kernels.
        self._flags = (
            dr.scoped_set_flag(dr.JitFlag.PacketOps, False),
            dr.scoped_set_flag(dr.JitFlag.KernelHistory, True),
        )

    def __enter__(self) -> None:
        for flag in self._flags:
            flag.__enter__()
        dr.kernel_history_clear()

    def __exit__(self, *error: Any) -> None:
        history = dr.kernel_history([dr.KernelType.JIT])
        # Dr.Jit calls a kernel that it finds on disk a hit, too; new to this process is what counts everywhere.
        self._engine.kernels.update(entry["hash"] for entry in history)
        for flag in reversed(self._flags):
            flag.__exit__(*error)


def _listed(pixels: NDArray[np.uint32]) -> Any:
    """The list on the device, never of a single value: that is other code."""
    return mi.UInt32(aligned(pixels if len(pixels) > 1 else np.repeat(pixels, 2)))


def _picture(values: Any, shape: tuple[int, ...]) -> F32:
    array = np.array(values)
    return array.reshape(shape if len(array) == int(np.prod(shape)) else (*shape, -1))


class _Four:
    """Each body's faces in the scene where they are looked for."""

    def __init__(self) -> None:
        standing, moving, unseen = _BareScene(), _BareScene(quickly_built=True), _BareScene()
        self._scenes, self._hidden = (standing, moving, unseen), _BareScene()
        self.rays = FourScenes(standing.scene, moving.scene, unseen.scene, self._hidden.scene)

    def load(self, world: World) -> None:
        ends = [0, world.standing_faces, world.seen_faces, len(world.faces)]
        first = 0
        for scene, start, end in zip(self._scenes, ends[:-1], ends[1:], strict=True):
            # The vertices of later bodies come later.
            last = int(world.faces[end:].min()) if end < len(world.faces) else len(world.vertices)
            scene.load(world.vertices[first:last], world.faces[start:end] - np.uint32(first))
            first = last

    def load_hidden(self, world: World) -> None:
        self._hidden.load(world.hidden_vertices, world.hidden_faces)


class _One:
    """All faces in one scene."""

    def __init__(self) -> None:
        self._scene = _BareScene()
        self.rays = OneScene(self._scene.scene)

    def load(self, world: World) -> None:
        """Waits for `load_hidden`: it is one tree."""

    def load_hidden(self, world: World) -> None:
        vertices = np.concatenate([world.vertices, world.hidden_vertices])
        hidden = world.hidden_faces + np.uint32(len(world.vertices))
        self._scene.load(vertices, np.concatenate([world.faces, hidden]))


class _BareScene:
    """A scene of one mesh that changes; its tree is built anew only if it does.

    quickly_built: by a third of the work, for rays that take a little longer. Mitsuba's instances have such trees.
    """

    def __init__(self, *, quickly_built: bool = False) -> None:
        mesh = mi.Mesh("world", vertex_count=3, face_count=1)
        self._vertices, self._faces = far_triangle()
        values = mi.traverse(mesh)
        values["vertex_positions"] = mi.Float(self._vertices.reshape(-1))
        values["faces"] = mi.UInt32(self._faces.reshape(-1))
        values.update()
        if quickly_built:
            instance = {"type": "instance", "of": {"type": "ref", "id": "group"}}
            shapes = {"group": {"type": "shapegroup", "world": mesh}, "instance": instance}
        else:
            shapes = {"world": mesh}
        self.scene: Any = mi.load_dict({"type": "scene", **shapes})
        self._values = mi.traverse(self.scene)
        keys = list(self._values.keys())
        self._keys = tuple(next(k for k in keys if k.endswith(name)) for name in ("vertex_positions", "faces"))

    def load(self, vertices: F32, faces: NDArray[np.uint32]) -> None:
        """Replace the triangles."""
        if len(faces) == 0:
            vertices, faces = far_triangle()
        if np.array_equal(vertices, self._vertices) and np.array_equal(faces, self._faces):
            return
        self._vertices, self._faces = vertices, faces
        for key, array in zip(self._keys, (vertices, faces), strict=True):
            flat = np.ascontiguousarray(array).reshape(-1)
            self._values[key] = mi.UInt32(flat) if array is faces else mi.Float(flat)
        self._values.update()
