"""Editing a mood's recipe, lever by lever, in words."""

from __future__ import annotations

from difflib import get_close_matches

from maquette.direct.mood_mix import LEVERS, Way, check_lever
from maquette.film.control_table import CONTROLS, Kind, parse_value
from maquette.film.errors import ControlError
from maquette.film.mood import MoodLevers


def edited(levers: MoodLevers, field: str, text: str) -> MoodLevers:
    """The levers with one of them at another value; an empty text makes the mood leave it alone.

    field: as in `MoodLevers`. Raises ControlError for an unknown lever or a value out of range.
    """
    lever = next((each for each in LEVERS if each.field == field), None)
    if lever is None:
        names = [each.field.replace("_", "-") for each in LEVERS]
        near = get_close_matches(field.replace("_", "-"), names, n=2, cutoff=0.5)
        hint = f"did you mean {' or '.join(near)}?" if near else f"there are {', '.join(names)}."
        raise ControlError(f"A mood has no lever {field.replace('_', '-')!r}: {hint}")
    if not text:
        return levers.model_copy(update={field: None})
    spec = CONTROLS[lever.control]
    if lever.way is Way.WORD or spec.kind is Kind.TINT:
        return levers.model_copy(update={field: parse_value(spec, text)})
    try:
        value = float(text.replace("−", "-"))
    except ValueError:
        raise ControlError(f"The lever {field.replace('_', '-')} is a number, not {text!r}.") from None
    check_lever(lever, value)
    return levers.model_copy(update={field: value})
