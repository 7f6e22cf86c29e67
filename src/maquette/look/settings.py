"""A look's fields by name, as a person states them: `grain=0.3`, `hand.wash=0.8`, `protect=#b01c2e`.

Names, types and ranges are read from the nouns themselves, so that nothing is written twice.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping
from difflib import get_close_matches
from functools import cache
from typing import Any, Union, get_args, get_origin

from pydantic import ValidationError

from maquette.film.base import Noun
from maquette.film.errors import ControlError
from maquette.film.look import Look, Recipe
from maquette.film.style import PanelStyle

_SKIPPED = frozenset({"colour.fits", "house"})
"""Fitted and trained, never typed."""
_SHORT = {
    "protect": "colour.protection.colours", "skin": "colour.protection.skin", "tone": "colour.tone.points",
    "slope": "colour.balance.slope", "offset": "colour.balance.offset", "power": "colour.balance.power",
    "gain": "colour.balance.slope", "gamma": "colour.balance.power", "strokes": "hand.stroke_scale",
    "lines": "hand.line_scale", "grain-size": "finish.grain_size_px", "halation-size": "finish.halation_px",
    "softness": "finish.softness_px", "edge-softness": "finish.edge_softness_px", "fringe": "finish.fringe_px",
}  # fmt: skip
"""Words that people use, for fields whose names say more."""
_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)"


def look_fields() -> Mapping[str, tuple[str, str]]:
    """{name to type: (what it takes, what it does)} of all fields, in the order of the nouns."""
    names = {path: short for short, path in reversed(_SHORT.items())}
    return {
        names.get(path, path.rpartition(".")[2].replace("_", "-")): (_takes(path), " ".join(_doc(path).split()))
        for path in _paths()
    } | {"notes": ("words", "What people should know about the look.")}


def with_setting(look: Look, setting: str) -> Look:
    """The look with one field at another value; "grain=" goes back to what a plain look has.

    Raises ControlError for an unknown field or a value that is out of its range, naming both.
    """
    name, equals, text = setting.replace("−", "-").partition("=")
    if not equals:
        raise ControlError(f"{setting!r} is not NAME=VALUE, such as grain=0.3 or style=ink.")
    if name.strip().lower() == "notes":
        return look.model_copy(update={"notes": text.strip()})
    path = _path_of(name)
    value = (
        _value(Recipe(), path) if text.strip().lower() in ("", "default") else _parsed(path, text.strip(), name.strip())
    )
    try:
        recipe = _replaced(look.recipe, path.split("."), value)
    except ValidationError as error:
        raise ControlError(_refusal(path, name.strip(), text.strip(), error)) from None
    return look.model_copy(update={"recipe": recipe})


def changed_fields(recipe: Recipe) -> tuple[tuple[str, str], ...]:
    """(name, value as it is typed) of everything that is not as in a plain look."""
    names = {path: name for name, path in zip(look_fields(), _paths(), strict=False)}
    plain = Recipe()
    found = [(names[p], _typed(_value(recipe, p))) for p in _paths() if _value(recipe, p) != _value(plain, p)]
    if recipe.colour.fits:
        pairs = sum(len(f.fit.pairs) for f in recipe.colour.fits)
        weights = ", ".join(f"{f.weight:.0%}" for f in recipe.colour.fits)
        found.append(("colour fit", f"{pairs} pairs at {weights}"))
    return tuple(found)


# --- names ------------------------------------------------------------------------------------------------------


@cache
def _paths() -> tuple[str, ...]:
    return tuple(_leaves(Recipe, ""))


def _leaves(noun: type[Noun], at: str) -> list[str]:
    found: list[str] = []
    for name, field in noun.model_fields.items():
        path, kind = f"{at}{name}", field.annotation
        if path in _SKIPPED:
            continue
        if isinstance(kind, type) and issubclass(kind, Noun):
            found += _leaves(kind, f"{path}.")
        else:
            found.append(path)
    return found


def _path_of(name: str) -> str:
    key = re.sub(r"[\s_]+", "-", name.strip().lower())
    if key in _SHORT:
        return _SHORT[key]
    by_name = {p.replace("_", "-"): p for p in _paths()}
    by_name |= {p.rpartition(".")[2].replace("_", "-"): p for p in _paths()}
    for wanted in (key, f"{key}-px", f"{key}-scale"):
        if wanted in by_name:
            return by_name[wanted]
    if key.partition(".")[2] in by_name:  # "colour.skin", "finish.grain"
        return by_name[key.partition(".")[2]]
    near = get_close_matches(key, [*look_fields(), *by_name], n=2, cutoff=0.5)
    hint = f"did you mean {' or '.join(dict.fromkeys(near))}?" if near else f"there are {', '.join(look_fields())}."
    raise ControlError(f"A look has no {name.strip()!r}: {hint}")


def _field(path: str) -> Any:
    noun: type[Noun] = Recipe
    *parts, last = path.split(".")
    for part in parts:
        inner = noun.model_fields[part].annotation
        assert isinstance(inner, type) and issubclass(inner, Noun)
        noun = inner
    return noun.model_fields[last]


def _value(recipe: Recipe, path: str) -> Any:
    value: Any = recipe
    for part in path.split("."):
        value = getattr(value, part)
    return value


def _replaced(noun: Noun, parts: list[str], value: Any) -> Any:
    """A checked copy: `model_copy` alone checks nothing."""
    inner = value if len(parts) == 1 else _replaced(getattr(noun, parts[0]), parts[1:], value)
    values = {name: getattr(noun, name) for name in type(noun).model_fields}
    return type(noun)(**{**values, parts[0]: inner})


# --- values -----------------------------------------------------------------------------------------------------


def _parsed(path: str, text: str, name: str) -> Any:
    """The value in the field's type; ranges are checked by the noun."""
    kind = _kind(path)
    if kind == "style":
        return _style(text)
    if kind == "curve":
        pairs = re.findall(rf"({_NUMBER})\s*:\s*({_NUMBER})", text)
        if not pairs or re.sub(rf"{_NUMBER}\s*:\s*{_NUMBER}|[\s,;]", "", text):
            raise ControlError(f"{name} is a curve, lightness in and out, such as 0:0,0.5:0.45,1:1, not {text!r}.")
        return tuple((float(a), float(b)) for a, b in pairs)
    if kind == "colours":
        return tuple(_colour(part, name) for part in re.split(r"[\s,;]+", text) if part)
    if kind == "colour":
        return None if text.lower() in ("none", "own") else _colour(text, name)
    numbers = re.fullmatch(rf"{_NUMBER}%?(?:[\s,;]+{_NUMBER}%?)*", text)
    if not numbers:
        raise ControlError(f"{name} is {_takes(path)}, not {text!r}.")
    values = [float(n.rstrip("%")) / (100 if n.endswith("%") else 1) for n in re.split(r"[\s,;]+", text)]
    if kind == "triple":
        values = values * 3 if len(values) == 1 else values
        if len(values) != 3:
            raise ControlError(f"{name} is one number, or three for red, green and blue, not {text!r}.")
        return tuple(values)
    if len(values) != 1:
        raise ControlError(f"{name} is one number ({_takes(path)}), not {text!r}.")
    return int(values[0]) if kind == "count" and values[0] == int(values[0]) else values[0]


def _kind(path: str) -> str:
    kind = _field(path).annotation
    if kind is PanelStyle:
        return "style"
    if path.endswith("points"):
        return "curve"
    if path.endswith(("colours", "palette")):
        return "colours"
    if get_origin(kind) in (Union, types.UnionType) or path.endswith("_colour"):
        return "colour"
    if get_origin(kind) is tuple:
        return "triple"
    return "count" if kind is int else "number"


def _style(text: str) -> PanelStyle:
    words = text.lower().replace(" ", "-").replace("_", "-")
    try:
        return PanelStyle(words)
    except ValueError:
        every = [str(s) for s in PanelStyle]
        near = get_close_matches(words, every, n=1, cutoff=0.5)
        hint = f", the nearest is {near[0]}" if near else ""
        raise ControlError(f"style is one of {', '.join(every)}: there is no {text!r}{hint}.") from None


def _colour(text: str, name: str) -> str:
    match = re.fullmatch(r"#?([0-9a-fA-F]{6})", text)
    if not match:
        raise ControlError(f"{name} takes colours as six hex digits, such as #b01c2e, not {text!r}.")
    return f"#{match[1].lower()}"


def _range(path: str) -> tuple[float | None, float | None]:
    field = _field(path)
    marks = list(field.metadata) + [m for arg in get_args(field.annotation) for m in getattr(arg, "metadata", ())]
    low = next((m.ge for m in marks if hasattr(m, "ge")), None)
    high = next((m.le for m in marks if hasattr(m, "le")), None)
    return low, high


def _takes(path: str) -> str:
    low, high = _range(path)
    match _kind(path):
        case "style":
            return ", ".join(str(s) for s in PanelStyle)
        case "curve":
            return "points in:out of lightness"
        case "colours":
            return "colours as #rrggbb,#rrggbb"
        case "colour":
            return "a colour as #rrggbb, or own"
        case "triple":
            return "three numbers for red, green, blue"
        case _ if low is None and high is None:
            return "a number"
        case _:
            return f"{low:g} to {high:g}"


def _refusal(path: str, name: str, text: str, error: ValidationError) -> str:
    low, high = _range(path)
    if low is not None and high is not None:
        if low <= _as_float(text) <= high:
            return f"{name} is a whole number from {low:g} to {high:g}, not {text}."
        nearest = low if _as_float(text) < low else high
        return f"{name} goes from {low:g} to {high:g}: {text} is not possible, the nearest is {nearest:g}."
    reason = str(error.errors()[0]["msg"]).removeprefix("Value error, ")
    return f"{name} cannot be {text}: {reason[:1].lower()}{reason[1:]}."


def _as_float(text: str) -> float:
    return float(text.rstrip("%")) / (100 if text.endswith("%") else 1)


def _typed(value: Any) -> str:
    if isinstance(value, tuple) and value and isinstance(value[0], tuple):
        return ",".join(f"{a:.3g}:{b:.3g}" for a, b in value)
    if isinstance(value, tuple):
        return ",".join(v if isinstance(v, str) else f"{v:g}" for v in value)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _doc(path: str) -> str:
    return _DOCS.get(path, "")


_DOCS = {
    "colour.tone.points": "contrast as a curve over lightness",
    "colour.contrast": "slope around middle grey",
    "colour.saturation": "0 black and white, 1 as developed",
    "colour.balance.slope": "ASC CDL slope (gain)",
    "colour.balance.offset": "ASC CDL offset (lift)",
    "colour.balance.power": "ASC CDL power (gamma)",
    "colour.protection.skin": "how much of a colour fit is kept off skin",
    "colour.protection.colours": "named colours that stay as they are",
    "finish.grain": "film grain",
    "finish.grain_size_px": "its size in pixels of a picture 640 wide",
    "finish.halation": "red glow round what is brightest",
    "finish.halation_px": "how far it reaches",
    "finish.vignette": "darker corners",
    "finish.softness_px": "lens softness in the middle",
    "finish.edge_softness_px": "more of it towards the corners",
    "finish.fringe_px": "red and blue apart in the corners",
    "style": "what pictures are drawn with",
    "hand.line_scale": "line widths; 0: no lines",
    "hand.line_colour": "colour of the lines",
    "hand.paper_colour": "colour of the paper",
    "hand.wash": "tone or pigment beside the lines",
    "hand.stroke_scale": "size of strokes and marks",
    "hand.texture": "paper's tooth, canvas, bristles",
    "hand.looseness": "how far lines wobble and strokes stray",
    "hand.boil": "how much is drawn anew, drawing by drawing",
    "hand.boil_hold": "frames that a drawing is held while it boils",
    "hand.steadiness": "house model in takes: how much of the frame before is carried along",
    "hand.seed": "another one places strokes, grain and the edges of washes otherwise",
    "palette": "pigments of drawn styles, most used first",
}
