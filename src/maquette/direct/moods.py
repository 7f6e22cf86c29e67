"""Every mood by name: editable recipes over levers that show in the picture (`film.mood`).

Values are at full intensity and chosen to be seen: contrast and key level first, then colour, then the camera. Valence
and arousal place a mood on the pad; they are judgements in the space of Russell (1980), not measurements. The relation
of saturation and brightness to pleasure and arousal that Valdez and Mehrabian (1994) measured is a check, not a source.
"""

from __future__ import annotations

from maquette.direct.moods_cool import COOL
from maquette.direct.moods_dark import DARK
from maquette.direct.moods_gentle import GENTLE
from maquette.film.mood import MoodRecipe

MOODS: dict[str, MoodRecipe] = {recipe.name: recipe for recipe in (*GENTLE, *COOL, *DARK)}
"""Recipes by name."""
