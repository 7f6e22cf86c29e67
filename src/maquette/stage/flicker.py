"""How a key wavers over time: flames, screens, tubes."""

from __future__ import annotations

import numpy as np

from maquette.film.lighting import Lighting
from maquette.stage.patterns import MOTIVES

DEPTH = 0.55
"""At full flicker the key falls to this share below its level at most."""
_RATES_HZ = np.array([0.7, 1.9, 3.1, 5.3, 8.9])
"""Below 10 Hz, where an open fire's light is strongest."""


def flicker_of(lighting: Lighting) -> float:
    """0..1: what is stated, else what the motive brings."""
    if lighting.flicker is not None:
        return lighting.flicker
    motive = MOTIVES.get(lighting.motivation) if lighting.motivation is not None else None
    return motive.flicker if motive is not None else 0.0


def waver_at(lighting: Lighting, seed: int, t_s: float) -> float:
    """Factor on the key at a time: 1 at 0 s, 1 - DEPTH to 1 + DEPTH / 3 after. Smooth; the seed decides it."""
    strength = flicker_of(lighting)
    if strength <= 0 or t_s == 0:
        return 1.0
    phases = np.random.default_rng([seed & 0xFFFFFFFF, 7]).uniform(0, 2 * np.pi, len(_RATES_HZ))
    weights = 1 / np.sqrt(_RATES_HZ)
    waves = np.sin(2 * np.pi * _RATES_HZ * t_s + phases) - np.sin(phases)
    swing = float(weights @ waves / (2 * weights.sum()))
    return float(np.clip(1 + DEPTH * strength * swing * 1.6, 1 - DEPTH * strength, 1 + DEPTH * strength / 3))
