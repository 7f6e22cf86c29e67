"""Light as a director asks for it. Fields not stated follow from place and time of day."""

from __future__ import annotations

from maquette.film.base import Noun
from maquette.film.screenplay import TimeOfDay
from maquette.film.shot import Side


class Lighting(Noun):
    """One plan for a scene: it drives every shot of it."""

    time_of_day: TimeOfDay = TimeOfDay.DAY
    interior: bool = True
    key_side: Side | None = None
    """Side of the world, seen from the scene's master camera. None: the motivated side (window, sun)."""
    key_fill_ratio: float | None = None
    """2 is 2:1. None: by time of day."""
    key_kelvin: float | None = None
    practicals: bool | None = None
    """Lamps of the place on or off. None: on at night, dusk and dawn inside."""
    exposure_stops: float = 0.0
