"""Sea and harbour water as a mesh: a sum of travelling waves, fine near the camera and long towards the horizon."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from maquette.stage.mesh import Solid, srgb
from maquette.stage.sets.noise import fbm
from maquette.stage.sets.outdoors import blend, disc, rings_to, step

F64 = NDArray[np.float64]
DEEP = srgb("#1d3a44")
SHALLOW = srgb("#4f7a76")
_WAVES = ((23.0, 0.16, -100.0), (15.0, 0.11, -78.0), (9.0, 0.07, -112.0), (5.5, 0.045, -64.0), (3.1, 0.026, -120.0),
          (1.9, 0.016, -85.0), (1.15, 0.010, -50.0))  # fmt: skip
"""Length in metres, height in metres, direction in degrees from +X; they run towards the shore in the north."""


def waves(x: F64, y: F64, seed: int, calm: float) -> F64:
    """Height of the surface. `calm` 1 is a mill pond, 0 a fresh breeze."""
    rng = np.random.default_rng((seed, 5))
    z = np.zeros_like(x)
    for length, height, degrees in _WAVES:
        a = np.radians(degrees + 180 + rng.normal(0, 8))
        along = (
            x * np.cos(a)
            + y * np.sin(a)
            + 0.35 * length * fbm(x / length / 3, y / length / 3, seed + int(length * 7), 2)
        )
        phase = 2 * np.pi * along / length + rng.uniform(0, 2 * np.pi)
        crest = (0.5 + 0.5 * np.sin(phase)) ** 1.6 - 0.42
        z += height * crest * (0.7 + 0.5 * fbm(x / length / 5, y / length / 5, seed + 3, 2))
    return z * 1.6 * (1 - 0.86 * calm)


def surface(x: F64, y: F64, seed: int, level: float, calm: float, shallow_from_y: float | None = None) -> F64:
    """Height of the water at (x, y) near the playing area; waves die out over the shallows."""
    z = waves(x, y, seed, calm)
    if shallow_from_y is not None:
        z = z * (1 - 0.85 * step(shallow_from_y - 9, shallow_from_y, y))
    return level + z


def sea(
    seed: int,
    level: float,
    *,
    calm: float = 0.3,
    radius: float = 2200.0,
    fine: float = 26.0,
    center: tuple[float, float] = (0.0, 0.0),
    shallow_from_y: float | None = None,
) -> Solid:
    """A disc of water. `shallow_from_y`: north of this it turns to the colour of its sandy bed."""

    def height(x: F64, y: F64) -> F64:
        wx, wy = x + center[0], y + center[1]
        # Waves shorter than the mesh can carry would alias into noise: they fade, and roughness takes over.
        near = 1 - step(fine * 2.2, fine * 9, np.hypot(x, y))
        z = surface(wx, wy, seed, 0.0, calm, shallow_from_y) * near
        return level + z - (wx**2 + wy**2) / (2 * 6.371e6)

    def color(x: F64, y: F64, z: F64) -> F64:
        wx, wy = x + center[0], y + center[1]
        tone = blend(DEEP, srgb("#244b52"), 0.5 + 0.7 * fbm(wx / 45, wy / 18, seed + 4, 3))
        if shallow_from_y is not None:
            tone = blend(tone, SHALLOW, 0.85 * step(shallow_from_y - 16, shallow_from_y - 1, wy))
        return tone

    step_m = max(0.28, fine / 70)
    made = disc(rings_to(radius, fine, step_m, 1.06), height, color, segments=140, roughness=0.12, part="water")
    r = np.hypot(made.vertices[:, 0], made.vertices[:, 1]).astype(float)
    rough = 0.1 + 0.16 * step(fine, fine * 12, r) * (1 - 0.5 * calm)
    made = replace(made, roughness=rough.astype(np.float32))
    return made.moved(center[0], center[1])
