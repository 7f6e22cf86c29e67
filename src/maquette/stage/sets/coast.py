"""What stands far out at sea and on the rocks: islands, headlands, a lighthouse."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from maquette.stage.mesh import srgb
from maquette.stage.sets import boats, plants
from maquette.stage.sets.build import SetBuild
from maquette.stage.sets.noise import fbm
from maquette.stage.sets.outdoors import (
    blend,
    patch,
    scatter,
    step,
)

F64 = NDArray[np.float64]


def islands(b: SetBuild, rng: np.random.Generator, level: float) -> None:
    """A headland and two islets far out, so that the horizon has a place to rest the eye."""
    for cx, cy, w, d, h in (
        (-900.0, -620.0, 420.0, 160.0, 62.0),
        (620.0, -1150.0, 260.0, 90.0, 30.0),
        (-160.0, -1420.0, 170.0, 60.0, 17.0),
    ):
        s = int(rng.integers(1 << 30))

        def height(x: F64, y: F64, w: float = w, d: float = d, h: float = h, s: int = s) -> F64:
            fall = 1 - (x / w) ** 2 - (y / d) ** 2
            return h * np.maximum(fall, -0.2) * (1 + 0.5 * fbm(x / w * 3, y / d * 2, s, 4)) - 1.0

        def color(x: F64, y: F64, z: F64, h: float = h) -> F64:
            return blend(srgb("#5b564c"), srgb("#4a5638"), step(0.12 * h, 0.3 * h, z))

        land = patch(np.linspace(-w, w, 56), np.linspace(-d, d, 20), height, color, part="land")
        b.add("set/islands", land, cx, cy, level, blocks=False)


def lighthouse_on_rock(b: SetBuild, x: float, y: float, level: float) -> None:
    """A lighthouse on its rock."""
    rng = b.rng
    base = plants.rock(rng, (46.0, 30.0, 9.0), srgb("#56524c"), 26)
    skirt = [scatter(plants.rock(rng, (1.0, 0.9, 0.7), srgb("#4f4c47"), 9), np.column_stack([
        21 * np.cos(a := rng.uniform(0, 2 * np.pi, 14)), 13 * np.sin(a), np.full(14, -0.4)]), rng.uniform(0, 360, 14),
        rng.uniform(2.0, 7.0, 14)) for _ in range(2)]  # fmt: skip
    top = float(base.vertices[np.hypot(base.vertices[:, 0], base.vertices[:, 1]) < 6][:, 2].max()) - 0.6
    b.add("set/lighthouse rock", [base, *skirt], x, y, level, blocks=False)
    b.add("set/lighthouse", boats.lighthouse(rng), x, y, level + top, turn=150, word="lighthouse", blocks=False)
