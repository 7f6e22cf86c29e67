"""What the compiled and the scalar engine have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from maquette.render.lights import LightTable
from maquette.render.optics import Optics
from maquette.render.world import World

F32 = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Light:
    """Means over the samples of each pixel, (H, W, ...)."""

    radiance: F32
    albedo: F32
    """Guide for the denoiser: base colour, or what shines, 0..1."""
    normal: F32
    """Guide for the denoiser: mean shading normal."""
    transmittance: F32
    """(H, W) how much of the radiance comes through the haze."""


@dataclass(frozen=True, eq=False)
class Guides:
    """Means over pixel and lens without any light, (H, W, ...): as in `Light`, and nearly free of noise. Of a list of
    pixels: (N, ...), `transmittance` (N, 1)."""

    albedo: F32
    normal: F32
    transmittance: F32


@dataclass(frozen=True, eq=False)
class Seen:
    """First hits through the points of `firsthit.pixel_centres`, (H, W, ...), 0 where nothing was hit."""

    depth: F32
    """Metres along the camera's axis, inf where nothing was hit."""
    normal: F32
    """Unit shading normal towards the camera."""
    albedo: F32
    """Linear base colour, texture included."""
    part_id: NDArray[np.uint16]
    object_id: NDArray[np.uint16] | None = None
    """This and what follows: only if the whole is asked for."""
    position: F32 | None = None
    rest: F32 | None = None
    face: NDArray[np.uint32] | None = None
    """Index into `World.faces`, `firsthit.NO_HIT` where nothing was hit."""
    weights: F32 | None = None
    """(H, W, 2) barycentric weights of the face's second and third corner."""
    gloss: F32 | None = None
    """(H, W, 2) roughness and metalness; 1 and 0 where nothing was hit."""


@dataclass(frozen=True)
class LightSettings:
    """How to trace one picture."""

    width: int
    height: int
    spp: int
    path_depth: int
    """2: direct light only."""
    seed: int
    firefly_limit: float
    """Luminance that one sample of indirect light may carry."""
    haze_per_m: float
    haze_layer_m: float
    """The haze above a miss is this thick, straight up."""


class Engine(Protocol):
    """Traces one loaded world."""

    @property
    def kernel_compilations(self) -> int:
        """Different kernels that this engine has run."""
        ...

    def load(self, world: World, lights: LightTable, sky: F32, optics: Optics) -> None:
        """Put a world on the stage."""
        ...

    def light(self, settings: LightSettings, pixels: NDArray[np.uint32] | None = None) -> Light:
        """Path-traced light of the whole picture, or of a list of pixels (row * width + column) as (N, ...)."""
        ...

    def guides(self, settings: LightSettings, points: range, pixels: NDArray[np.uint32] | None = None) -> Guides:
        """What a denoiser goes by, from some `points` of a pattern in each pixel, the same one in every frame; of the
        whole picture, or of a list of pixels as in `light`."""
        ...

    def first(self, width: int, height: int, fineness: int, whole: bool) -> Seen:
        """What is seen through the points of `pixel_centres`; `whole`: with objects, positions and rest positions."""
        ...

    def meter(self, points: F32, normals: F32, samples: int, path_depth: int, seed: int) -> F32:
        """(N, GROUPS, 3) radiance that each `LightGroup` gives white diffuse cards at (N, 3) points.

        `samples`: paths a point; `path_depth`: 2 is direct light only.
        """
        ...
