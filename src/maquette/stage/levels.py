"""How each hour is lit: levels, colours and contrast that follow where nobody states any."""

from __future__ import annotations

from dataclasses import dataclass

from maquette.film.lighting import Lighting
from maquette.film.screenplay import TimeOfDay
from maquette.film.stage import SetPlan


@dataclass(frozen=True)
class Level:
    """How a time of day is lit."""

    key: float
    """Radiance of a white surface under the key."""
    ratio: float
    """Key to fill, of the film lamps alone; windows and bounce add to the fill."""
    kelvin: float
    fill_kelvin: float
    window: float
    """Radiance of the sky seen through an opening, times 1."""
    window_kelvin: float
    backing: float
    """Radiance of the sky that the camera sees through a window: a stop or two over the key's white by day."""
    practicals: bool
    open_key: float
    """Radiance of a white surface under the film key outside, where sky and sun light too (noon: white is 1)."""
    open_kelvin: float
    open_fill: float
    """The same of the reflector beside the camera outside."""
    open_back: float
    """The same of the rim light outside; 0 where the sun does it."""
    level: float
    """What a white card in the subject's light is exposed to: night stays night."""
    white_k_inside: float
    white_k_outside: float


_DAY = Level(0.85, 3.0, 5200, 6000, 5.5, 6200, 2.4, False, 0.16, 5400, 0.26, 0.0, 0.80, 5600, 5800)
LEVELS: dict[TimeOfDay, Level] = {
    TimeOfDay.DAWN: Level(0.55, 3.5, 4600, 7500, 2.2, 8200, 0.9, True, 0.42, 4300, 0.10, 0.18, 0.54, 5000, 5600),
    TimeOfDay.MORNING: Level(0.85, 3.0, 4700, 6000, 5.5, 5200, 2.4, False, 0.18, 5000, 0.24, 0.0, 0.80, 5200, 5600),
    TimeOfDay.DAY: _DAY,
    TimeOfDay.NOON: _DAY,
    TimeOfDay.AFTERNOON: Level(0.85, 3.2, 4500, 6000, 5.2, 4900, 2.4, False, 0.18, 4900, 0.24, 0.0, 0.78, 5200, 5600),
    TimeOfDay.GOLDEN_HOUR: Level(0.85, 4.0, 3300, 6500, 3.2, 3200, 1.7, False, 0.55, 2900, 0.12, 0.0, 0.72, 5000, 5400),
    TimeOfDay.DUSK: Level(0.6, 4.5, 3200, 8000, 1.0, 8500, 0.34, True, 0.36, 3900, 0.07, 0.16, 0.54, 4000, 5600),
    TimeOfDay.BLUE_HOUR: Level(0.55, 5.0, 3100, 9000, 0.5, 10500, 0.18, True, 0.15, 3600, 0.03, 0.06, 0.46, 4000, 6000),
    TimeOfDay.NIGHT: Level(0.55, 6.0, 3000, 7500, 0.16, 9500, 0.055, True, 0.11, 6200, 0.012, 0.10, 0.38, 3900, 5600),
    TimeOfDay.UNKNOWN: _DAY,
}


def practicals_on(lighting: Lighting, plan: SetPlan) -> bool:
    """Whether the lamps of the place burn: as asked, else by the hour, and always where there is no window."""
    if lighting.practicals is not None:
        return lighting.practicals
    return LEVELS[lighting.time_of_day].practicals or (plan.interior and not plan.openings)
