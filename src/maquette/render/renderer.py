"""Moment -> Passes."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from maquette.film.errors import RenderError
from maquette.film.metering import LightReading
from maquette.film.passes import Passes
from maquette.film.stage import Moment
from maquette.render.denoise import denoise
from maquette.render.engine import Engine, LightSettings, Seen
from maquette.render.lights import LightTable, build_lights, sky_map
from maquette.render.motion import Seeing
from maquette.render.optics import optics_of
from maquette.render.variants import CUDA, SCALAR, VariantChoice, describe_variant, load_mitsuba
from maquette.render.world import World, build_world

F32 = NDArray[np.float32]

RENDER_VERSION = 4
"""Goes up whenever the same moment gives another picture."""
LINE_FINENESS = 2
"""What lines are drawn from is sampled this many times finer than pixels, across and down: `Passes.extra`."""
FIREFLY_LIMIT = 12.0
"""Light that arrives by way of other surfaces may be this many times a white card's radiance in one sample."""
METER_GRID = 48
"""Width in pixels of the small picture whose background is metered."""
METER_BACKGROUND, METER_SAMPLES, METER_DEPTH = 64, 128, 4
HAZE_LAYER_M = 60.0
"""Height of the haze above the ground: the zenith shines through a ground fog."""


@dataclass(frozen=True, eq=False)
class Begun:
    """A moment on the engine's stage."""

    engine: Engine
    moment: Moment
    seeing: Seeing
    firefly_limit: float

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        height, width = self.seeing.seen.depth.shape
        return width, height

    def settings(self, spp: int, path_depth: int, seed: int) -> LightSettings:
        """How to trace its light."""
        return LightSettings(
            *self.size, spp, path_depth, seed,
            firefly_limit=self.firefly_limit,
            haze_per_m=self.moment.haze.extinction_per_m,
            haze_layer_m=HAZE_LAYER_M,
        )  # fmt: skip

    def line_passes(self) -> dict[str, F32]:
        """The finer buffers that drawn styles find their lines in."""
        fine = self.engine.first(*self.size, LINE_FINENESS, whole=False)
        return {
            "fine_part_id": fine.part_id.astype(np.float32),
            "fine_depth": fine.depth,
            "fine_normal": fine.normal,
            "fine_albedo": fine.albedo,
        }

    def passes(self, beauty: F32, extra: dict[str, F32]) -> Passes:
        """Everything that is seen, with its finished light."""
        seen, world = self.seeing.seen, self.seeing.world
        assert seen.object_id is not None and seen.position is not None
        return Passes(
            beauty=np.ascontiguousarray(beauty, np.float32),
            albedo=seen.albedo,
            normal=seen.normal,
            depth=seen.depth,
            position=seen.position,
            object_id=seen.object_id,
            part_id=seen.part_id,
            object_names=world.object_names,
            part_names=world.part_names,
            camera=self.moment.camera,
            rest=seen.rest,
            heads=self.moment.heads,
            extra=extra,
        )


def through_haze(beauty: F32, clear: F32, moment: Moment) -> tuple[F32, dict[str, F32]]:
    """Radiance (H, W, 3) as it comes through the air, of which (H, W) `clear` is, and the passes "air" and "clear"."""
    if moment.haze.extinction_per_m <= 0:
        return beauty, {}
    air = (np.array(moment.haze.color, np.float32) * (1 - clear[..., None])).astype(np.float32)
    return beauty * clear[..., None] + air, {"air": air, "clear": clear}


class Renderer:
    """Turns moments into passes. Keep one for a whole board: its scene and kernels persist."""

    def __init__(self, choice: VariantChoice | None = None) -> None:
        """Starts Mitsuba. Raises RenderError if it does not start."""
        self.choice = choice or describe_variant()
        load_mitsuba(self.choice)
        self._engine = _engine(self.choice.name)
        self._world: World | None = None

    @property
    def kernel_compilations(self) -> int:
        """Different kernels made or loaded so far; stays put once the first picture is there."""
        return self._engine.kernel_compilations

    def render(
        self,
        moment: Moment,
        width: int,
        height: int,
        spp: int = 4,
        path_depth: int = 4,
        seed: int = 0,
        *,
        for_lines: bool = True,
    ) -> Passes:
        """One picture with all its passes, row 0 on top.

        `spp`: samples a pixel; `path_depth`: 2 is direct light only. The same moment, sizes and seed give the same
        bytes on the same kind of machine. `for_lines`: adds the finer buffers that drawn styles find their lines in
        (`Passes.extra`). Raises RenderError for sizes below 1 or a moment that does not fit together.
        """
        if spp < 1 or path_depth < 1:
            raise RenderError(f"a picture of {spp} samples and depth {path_depth} is not possible; 1 is the least.")
        begun = self.begin(moment, width, height)
        light = begun.engine.light(begun.settings(spp, path_depth, seed))
        beauty = denoise(light.radiance, light.albedo, light.normal)
        beauty, extra = through_haze(beauty, light.transmittance, moment)
        return begun.passes(beauty, begun.line_passes() | extra if for_lines else extra)

    def begin(self, moment: Moment, width: int, height: int, *, in_motion: bool = False) -> Begun:
        """Put a moment on the engine's stage and look at it; its light is still to be traced.

        Good until the next moment is begun. in_motion: it is one frame of many, and what is on the stage is held so
        that the next one, in which people have moved, is begun faster. Raises RenderError as `render` does.
        """
        if width < 1 or height < 1:
            raise RenderError(f"a picture of {width}x{height} is not possible; 1x1 is the least.")
        lights, world = self._load(moment, width, height, in_motion)
        seen = self._engine.first(width, height, 1, whole=True)
        limit = FIREFLY_LIMIT * max(lights.typical_radiance, 1e-6)
        return Begun(self._engine, moment, Seeing(world, optics_of(moment.camera, width, height), seen), limit)

    def beside_others(self) -> AbstractContextManager[None]:
        """A context in which other threads work while this renderer traces."""
        if self.choice.name == SCALAR:
            return nullcontext()
        from maquette.render.workers import workers_give_way

        return workers_give_way()

    def meter(self, moment: Moment, aspect: float, seed: int = 0, samples: int = METER_SAMPLES) -> LightReading:
        """A light meter held to the first head's face and to what the camera sees behind the cast.

        The moment must have a head. Readings do not depend on the picture's size; the same moment and seed give the
        same readings.
        """
        width, height = METER_GRID, max(2, round(METER_GRID / aspect))
        _, world = self._load(moment, width, height)
        seen = self._engine.first(width, height, 1, whole=True)
        head = moment.heads[0]
        points, normals = _behind_the_cast(seen, world.object_names)
        everything = self._engine.meter(
            np.concatenate([head.points, points]),
            np.concatenate([head.normals, normals]),
            samples,
            METER_DEPTH,
            seed,
        )
        return LightReading(everything[: len(head.points)], everything[len(head.points) :])

    def _load(self, moment: Moment, width: int, height: int, in_motion: bool = False) -> tuple[LightTable, World]:
        load_mitsuba(self.choice)
        world, sky = build_world(moment, self._world, in_motion=in_motion), sky_map(moment.sky)
        optics = optics_of(moment.camera, width, height)
        self._world = world
        lights = build_lights(world, sky)
        self._engine.load(world, lights, sky, optics)
        return lights, world


def _behind_the_cast(seen: Seen, object_names: tuple[str, ...]) -> tuple[F32, F32]:
    """(M, 3) points a little off what is seen behind the people, and the (M, 3) normals there; M is at most 64."""
    assert seen.object_id is not None and seen.position is not None
    people = [i for i, name in enumerate(object_names) if name.startswith(("cast/", "lamp/", "set/outside"))]
    there = np.isfinite(seen.depth) & (seen.depth > 0) & ~np.isin(seen.object_id, people)
    chosen = np.flatnonzero(there.reshape(-1))
    chosen = chosen[np.linspace(0, len(chosen) - 1, min(len(chosen), METER_BACKGROUND)).astype(int)]
    normals = seen.normal.reshape(-1, 3)[chosen]
    return (seen.position.reshape(-1, 3)[chosen] + 0.01 * normals).astype(np.float32), normals.astype(np.float32)


def _engine(variant: str) -> Engine:
    if variant == SCALAR:
        from maquette.render.scalar import ScalarEngine

        return ScalarEngine()
    from maquette.render.compiled import CompiledEngine

    return CompiledEngine(one_scene=variant == CUDA)
