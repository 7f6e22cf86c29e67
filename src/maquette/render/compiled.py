"""The engine of the compiled variants: one persistent scene, a fixed set of kernels."""

from __future__ import annotations

from typing import Any

import drjit as dr
import mitsuba as mi
import numpy as np
from numpy.typing import NDArray

from maquette.render.engine import Light, LightSettings
from maquette.render.firsthit import Hits
from maquette.render.lights import LightTable
from maquette.render.optics import Optics
from maquette.render.tracer import load_tables, opaque_optics, trace_first, trace_light
from maquette.render.world import World

F32 = NDArray[np.float32]


class CompiledEngine:
    """Mitsuba's scene holds bare triangles; everything else is in tables."""

    def __init__(self) -> None:
        self._scene = _bare_scene()
        self._hidden = _bare_scene()
        self._scene_values = mi.traverse(self._scene)
        self._hidden_values = mi.traverse(self._hidden)
        self._tables: Any = None
        self._optics: dict[str, Any] = {}
        self.kernels: set[str] = set()

    @property
    def kernel_compilations(self) -> int:
        """Different kernels that this engine has run."""
        return len(self.kernels)

    def load(self, world: World, lights: LightTable, sky: F32, optics: Optics) -> None:
        """Put a world on the stage."""
        _set_mesh(self._scene_values, world.vertices, world.faces)
        _set_mesh(self._hidden_values, world.hidden_vertices, world.hidden_faces)
        self._tables = load_tables(world, lights, sky)
        self._optics = opaque_optics(optics)

    def light(self, settings: LightSettings) -> Light:
        """Path-traced light of the whole picture."""
        width, height = settings.width, settings.height
        with self._counted():
            pixels = dr.opaque(mi.UInt32, 0) + dr.arange(mi.UInt32, width * height)
            result = trace_light(
                self._scene,
                self._hidden,
                self._tables,
                self._optics,
                pixels,
                dr.opaque(mi.UInt32, width),
                dr.opaque(mi.UInt32, settings.spp),
                dr.opaque(mi.UInt32, settings.path_depth),
                dr.opaque(mi.UInt32, settings.seed & 0xFFFFFFFF),
                dr.opaque(mi.Float, settings.firefly_limit),
                mi.Vector2f(dr.opaque(mi.Float, settings.haze_per_m), dr.opaque(mi.Float, settings.haze_layer_m)),
            )
            dr.eval(*result)
        radiance, albedo, normal = (np.array(v, np.float32).T.reshape(height, width, 3) for v in result[:3])
        return Light(radiance, albedo, normal, np.array(result[3], np.float32).reshape(height, width))

    def first(self, width: int, height: int, fineness: int) -> Hits:
        """First hits through the points of `pixel_centres`."""
        with self._counted():
            points = dr.opaque(mi.UInt32, 0) + dr.arange(mi.UInt32, width * height * fineness**2)
            result = trace_first(
                self._scene,
                self._tables,
                self._optics,
                points,
                dr.opaque(mi.UInt32, width * fineness),
                dr.opaque(mi.Float, 1 / fineness),
            )
            dr.eval(*result)
        face, b1, b2, distance = (np.array(v) for v in result[:4])
        normal, albedo = (np.ascontiguousarray(np.array(v, np.float32).T) for v in result[4:])
        return Hits(face, b1, b2, distance, normal, albedo)

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


def _bare_scene() -> Any:
    mesh = mi.Mesh("world", vertex_count=3, face_count=1)
    values = mi.traverse(mesh)
    values["vertex_positions"] = mi.Float([0, 0, -1e5, 1e-3, 0, -1e5, 0, 1e-3, -1e5])
    values["faces"] = mi.UInt32([0, 1, 2])
    values.update()
    return mi.load_dict({"type": "scene", "world": mesh})


def _set_mesh(values: Any, vertices: F32, faces: NDArray[np.uint32]) -> None:
    prefix = next(key for key in values.keys() if key.endswith("vertex_positions")).removesuffix("vertex_positions")  # noqa: SIM118
    values[prefix + "vertex_positions"] = mi.Float(np.ascontiguousarray(vertices, np.float32).reshape(-1))
    values[prefix + "faces"] = mi.UInt32(np.ascontiguousarray(faces, np.uint32).reshape(-1))
    values.update()
