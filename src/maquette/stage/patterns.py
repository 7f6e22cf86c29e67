"""Lighting patterns as numbers a gaffer would write down. (Alton, Painting with Light; Box, Set Lighting Technician's
Handbook; Malkiewicz, Film Lighting: schools differ by some degrees.)"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum, auto

from maquette.film.lighting import Lighting, LightPattern, Motivation


class KeyFrom(Enum):
    """Which side of the face the key is on."""

    PLAN = auto()
    """The side that the scene's plan, a stated side or the motive says."""
    NEAR = auto()
    """The side that is turned to the camera."""
    FAR = auto()
    """The side that is turned away from it."""
    CAMERA = auto()
    """Beside the lens, wherever the face looks."""


@dataclass(frozen=True)
class PatternPlan:
    """One pattern."""

    azimuth_deg: float
    """Key off the nose, unsigned."""
    height_deg: float
    """Key above the eyes."""
    ratio: float
    size_m: float
    back_stops: float
    """Rim against the key."""
    background_stops: float
    exposure_stops: float = 0.0
    """The whole picture against normal exposure."""
    beam: float = 1.0
    """How tightly the key is kept off the set: `Lamp.beam`."""
    key_from: KeyFrom = KeyFrom.PLAN
    crossed: bool = False
    """Each of two people has a key of their own."""
    expose_background: bool = False


PATTERNS: dict[LightPattern, PatternPlan] = {
    LightPattern.THREE_POINT: PatternPlan(45, 34, 4.0, 0.9, 0.2, -0.9),
    LightPattern.FLAT: PatternPlan(28, 14, 1.15, 2.2, -10, -0.5, key_from=KeyFrom.NEAR),
    LightPattern.BUTTERFLY: PatternPlan(0, 48, 2.2, 0.45, -1.0, -1.6, beam=6),
    LightPattern.LOOP: PatternPlan(34, 38, 2.6, 0.6, -1.2, -1.0, beam=2),
    LightPattern.REMBRANDT: PatternPlan(54, 44, 7.0, 0.45, -2.0, -2.0, beam=10),
    LightPattern.SPLIT: PatternPlan(92, 10, 20.0, 0.4, -10, -2.8, -0.1, beam=20),
    LightPattern.BROAD: PatternPlan(56, 28, 6.0, 0.7, -10, -1.8, beam=3, key_from=KeyFrom.NEAR),
    LightPattern.SHORT: PatternPlan(50, 32, 6.0, 0.8, -1.5, -1.8, beam=4, key_from=KeyFrom.FAR),
    LightPattern.CROSS_KEY: PatternPlan(62, 34, 4.5, 0.7, 1.0, -1.4, beam=3, crossed=True),
    LightPattern.FAR_SIDE: PatternPlan(82, 26, 9.0, 1.0, -1.0, -1.6, -0.1, beam=3, key_from=KeyFrom.FAR),
    LightPattern.SILHOUETTE: PatternPlan(120, 40, 2.0, 0.6, -1.0, 4.6, 0.0, beam=10, expose_background=True),
    LightPattern.HIGH_KEY: PatternPlan(26, 28, 1.5, 2.0, -0.6, 0.9, 0.6),
    LightPattern.LOW_KEY: PatternPlan(72, 36, 14.0, 0.5, -0.6, -4.0, -0.5, beam=25),
    LightPattern.CHIAROSCURO: PatternPlan(58, 50, 16.0, 0.22, -10, -5.5, -0.2, beam=90),
}


@dataclass(frozen=True)
class MotivePlan:
    """What a motivated source does to the key."""

    features: tuple[str, ...]
    """Words of set features that it may come from, the likeliest first."""
    kelvin: float | None
    """None: as the hour has it."""
    height_deg: float | None
    size_m: float
    flicker: float
    rgb: tuple[float, float, float] | None = None
    """A colour that no black body has."""


MOTIVES: dict[Motivation, MotivePlan] = {
    Motivation.WINDOW: MotivePlan(("window",), None, 22, 1.4, 0.0),
    Motivation.LAMP: MotivePlan(("lamp", "floor lamp", "table lamp", "light"), 2900, 14, 0.5, 0.0),
    Motivation.SCREEN: MotivePlan(("television", "monitor", "computer", "laptop", "screen"), 8500, -14, 0.6, 0.12),
    Motivation.FIRE: MotivePlan(("fireplace", "fire", "stove", "campfire"), 2000, -16, 0.8, 0.7),
    Motivation.CANDLE: MotivePlan(("candle", "table"), 1900, -22, 0.12, 0.25),
    Motivation.MOON: MotivePlan(("window",), 8500, 46, 0.3, 0.0),
    Motivation.SUN: MotivePlan(("window",), None, 34, 0.22, 0.0),
    Motivation.NEON: MotivePlan(("window", "sign", "jukebox", "back bar"), None, 18, 0.9, 0.06, (1.9, 0.55, 1.25)),
}


def pattern_plan(lighting: Lighting) -> PatternPlan:
    """The stated pattern with every stated number over it; three-point without a strong hand where none is stated."""
    plan = PATTERNS[lighting.pattern] if lighting.pattern is not None else _UNSTATED
    motive = MOTIVES.get(lighting.motivation) if lighting.motivation is not None else None
    if motive is not None:
        plan = replace(plan, size_m=motive.size_m,
                       height_deg=plan.height_deg if motive.height_deg is None else motive.height_deg)  # fmt: skip
    stated = {
        "azimuth_deg": lighting.key_azimuth_deg,
        "height_deg": lighting.key_height_deg,
        "ratio": lighting.key_fill_ratio,
        "size_m": lighting.key_size_m,
        "back_stops": lighting.back_stops,
        "background_stops": lighting.background_stops,
    }
    plan = replace(plan, **{k: v for k, v in stated.items() if v is not None})
    if lighting.key_azimuth_deg is not None:
        plan = replace(plan, key_from=KeyFrom.PLAN)
    return plan


_UNSTATED = PatternPlan(45, 30, 3.0, 0.9, -0.5, float("nan"))
"""NaN: the place behind is left as it comes."""
