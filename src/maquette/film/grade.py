"""Colour of the finished picture, after light and lens."""

from __future__ import annotations

from maquette.film.base import Noun

Tint = tuple[float, float]
"""Direction in Oklab: (a, b), a positive red against green, b positive yellow against blue; length 0..0.2."""


class GradeControls(Noun):
    """What is stated about the colour at one scope."""

    saturation: float | None = None
    """0 black and white, 1 as lit, up to 2."""
    contrast: float | None = None
    """Slope around middle grey, 1 as it is, 0.5..2."""
    temperature_mired: float | None = None
    """Colour temperature of the finish: positive is warmer, 0 as lit. 50 is a strong half-day's shift."""
    shadow_tint: Tint | None = None
    highlight_tint: Tint | None = None
    lift: float | None = None
    """Blacks raised, 0 none .. 0.2 milky."""


class Grade(Noun):
    """The resolved finish; the defaults change nothing."""

    saturation: float = 1.0
    contrast: float = 1.0
    temperature_mired: float = 0.0
    shadow_tint: Tint = (0.0, 0.0)
    highlight_tint: Tint = (0.0, 0.0)
    lift: float = 0.0

    @property
    def neutral(self) -> bool:
        """Whether it changes nothing."""
        return self == Grade()
