"""Colours that a production designer would pin up: a few harmonised colours for one set."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from maquette.stage.mesh import Color, srgb

RUN_DOWN = frozenset(
    {
        "shabby",
        "run-down",
        "rundown",
        "dirty",
        "derelict",
        "abandoned",
        "squalid",
        "seedy",
        "dingy",
        "filthy",
        "poor",
        "cheap",
        "grimy",
        "decrepit",
    }
)
RICH = frozenset(
    {
        "luxury",
        "luxurious",
        "elegant",
        "palace",
        "mansion",
        "villa",
        "penthouse",
        "rich",
        "lavish",
        "opulent",
        "grand",
        "posh",
    }
)
CLINIC = frozenset({"hospital", "clinic", "ward", "laboratory", "lab", "morgue", "surgery", "infirmary"})


@dataclass(frozen=True)
class Palette:
    """The colours of one set, all linear Rec. 709 reflectances."""

    wall: Color
    trim: Color
    """Skirting, frames, doors."""
    floor: Color
    wood: Color
    """Of the furniture."""
    fabric: Color
    """The largest upholstered piece."""
    second: Color
    """Another upholstered piece, curtains, rug ground."""
    accent: Color
    """Cushions, lamp, one picture."""


def _palette(*hexes: str) -> Palette:
    return Palette(*(srgb(h) for h in hexes))


#                 wall       trim       floor      wood       fabric     second     accent
HOME = (
    _palette("#b9b59c", "#ddd8ca", "#8a6140", "#6a4529", "#5a6b5b", "#c2b49a", "#b5652f"),  # sage and rust
    _palette("#8fa0a6", "#dcdcd6", "#9a744f", "#71492b", "#b58e62", "#41586b", "#c9983c"),  # slate blue and ochre
    _palette("#c9b79c", "#e4dccb", "#6f4a30", "#54351f", "#7b3f34", "#a9977a", "#3f6468"),  # sand, oxblood, teal
    _palette("#a8ad9b", "#d9d7cb", "#a37e57", "#8a6540", "#8d8378", "#566a58", "#c27f52"),  # grey green, clay
    _palette("#c4a79a", "#e6dcd2", "#7d573a", "#5d3b25", "#4f5d70", "#ad8578", "#d0ab5c"),  # rose plaster, indigo
    _palette("#6d7f7c", "#cfccc0", "#8d6844", "#6b4628", "#a8714a", "#b9ad94", "#d8b56a"),  # deep petrol, cognac
)
WORK = (
    _palette("#c6c8c5", "#9da3a5", "#6b7075", "#b48b5e", "#39424b", "#5f7684", "#c8793a"),
    _palette("#cfc8ba", "#8c8a84", "#7a6f63", "#8a623d", "#40413f", "#7f8a72", "#b64a3a"),
    _palette("#b3bcbd", "#d5d6d3", "#55606a", "#c0a27a", "#2f3d47", "#4f7475", "#d6a941"),
    _palette("#bdb39c", "#6a5139", "#6c4a33", "#5e3b22", "#4b2e22", "#5f6b57", "#a8863f"),
)
NIGHTLIFE = (
    _palette("#6f7d74", "#6b4a34", "#7a5539", "#7a4c2c", "#8a3a2e", "#3d5f57", "#c9974a"),
    _palette("#7d5f68", "#5a4132", "#7d5b42", "#6b432b", "#43646e", "#83484a", "#d29655"),
    _palette("#8d7860", "#5e4734", "#80583c", "#875636", "#50704a", "#94483a", "#d6aa5a"),
    _palette("#5d6c7a", "#645446", "#76604e", "#775238", "#a0683f", "#4a5c70", "#c06a3e"),
)
DINER = (
    _palette("#bcd0c4", "#d8d6ce", "#e4e0d4", "#8a6a4a", "#a5302a", "#6fa59a", "#d9a441"),
    _palette("#ddcfb0", "#d6d2c8", "#e6dfcf", "#7a5638", "#2f7f86", "#c9573a", "#e0b24a"),
    _palette("#c4cedb", "#dcdcd9", "#e2e1da", "#83684f", "#345a8a", "#b23a3a", "#e2bd62"),
    _palette("#e0b9a4", "#ded6ca", "#e5ddd0", "#775239", "#5f7f4c", "#b5493b", "#e6c06a"),
)
PUBLIC = (
    _palette("#bdb9a6", "#6d7466", "#8c8778", "#76583a", "#5d6f6b", "#8f9a8c", "#b76c38"),
    _palette("#aab3b5", "#56636a", "#7d8486", "#6a5a4a", "#4b5c6a", "#90a0a4", "#c29a3f"),
    _palette("#c5b295", "#5d4330", "#85664a", "#5a3b25", "#7a3b32", "#9c8a6c", "#3f6468"),
    _palette("#b9b2ab", "#7c4038", "#8b8178", "#6d4b33", "#70453e", "#99928c", "#c98b4a"),
)


def mix(a: Color, b: Color, t: float) -> Color:
    """`a` at t = 0, `b` at t = 1."""
    return (a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t)


def shade(c: Color, factor: float) -> Color:
    """Lighter (> 1) or darker (< 1), at most 0.9 in each channel."""
    return (min(0.9, c[0] * factor), min(0.9, c[1] * factor), min(0.9, c[2] * factor))


def choose(choices: tuple[Palette, ...], rng: np.random.Generator, words: frozenset[str]) -> Palette:
    """One of `choices`, steered by the script's words: run down, rich, or clinical."""
    p = choices[int(rng.integers(len(choices)))]
    if words & CLINIC:
        return replace(
            p,
            wall=srgb("#cfd8d4"),
            trim=srgb("#8fa8a6"),
            floor=srgb("#9fb0ad"),
            wood=srgb("#c2b291"),
            fabric=srgb("#6f979b"),
            second=srgb("#a9c4c1"),
        )
    if words & RUN_DOWN:
        grime = srgb("#5c5340")
        return Palette(*(mix(c, grime, 0.38) for c in (p.wall, p.trim, p.floor, p.wood, p.fabric, p.second, p.accent)))
    if words & RICH:
        return replace(
            p,
            wood=srgb("#3d2314"),
            floor=srgb("#5b3a22"),
            trim=mix(p.trim, srgb("#d9c79a"), 0.4),
            accent=srgb("#b08a3c"),
        )
    return p


def varied(c: Color, rng: np.random.Generator, n: int, amount: float = 0.1) -> np.ndarray:
    """(n, 3) of `c`, each a little lighter or darker."""
    return np.clip(np.asarray(c) * (1 + amount * rng.uniform(-1, 1, (n, 1))), 0.004, 0.9).astype(np.float32)
