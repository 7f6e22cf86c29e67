"""How long a shot runs: an estimate from its words, good enough to plan a board and an animatic.

What words and actions take is `film.timing`'s. Least time by size: the eye needs longer to read a wide frame than a
face.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

from maquette.film.screenplay import Element, ElementKind
from maquette.film.shot import Framing, Move, ShotSize
from maquette.film.timing import (
    TURN_S as TURN_S,
)
from maquette.film.timing import (
    action_seconds as action_seconds,
)
from maquette.film.timing import (
    manner_seconds as manner_seconds,
)
from maquette.film.timing import (
    speech_seconds as speech_seconds,
)
from maquette.film.timing import (
    word_count as word_count,
)

STEP_S = Fraction(1, 2)
"""Estimates are multiples of this: 12 frames at 24, and honest about what an estimate knows."""
LEAST_S: dict[ShotSize, Fraction] = {
    ShotSize.EWS: Fraction(4),
    ShotSize.VWS: Fraction(4),
    ShotSize.WS: Fraction(3),
    ShotSize.FS: Fraction(3),
    ShotSize.MLS: Fraction(5, 2),
    ShotSize.COWBOY: Fraction(5, 2),
    ShotSize.MS: Fraction(2),
    ShotSize.MCU: Fraction(2),
    ShotSize.CU: Fraction(3, 2),
    ShotSize.BCU: Fraction(3, 2),
    ShotSize.ECU: Fraction(3, 2),
}
LEAST_MOVE_S = Fraction(3)
"""A move that is over sooner reads as a bump."""
LEAST_INSERT_S = Fraction(2)
"""Long enough to read what is on it."""


def elements_seconds(elements: Iterable[Element]) -> Fraction:
    """Seconds that lines of a screenplay take on screen, not rounded. The columns of dual dialogue run together."""
    total = before = Fraction(0)
    speech: Fraction | None = None
    dual = False

    def spoken() -> Fraction:
        return max(Fraction(0), (speech or Fraction(0)) - (before if dual else 0))

    for element in elements:
        if element.kind is ElementKind.CHARACTER or element.kind in (ElementKind.ACTION, ElementKind.CENTERED):
            total += spoken()
            before, speech = speech or Fraction(0), None
        if element.kind is ElementKind.CHARACTER:
            speech, dual = TURN_S, element.dual
        elif element.kind in (ElementKind.DIALOGUE, ElementKind.LYRIC):
            speech = (speech or Fraction(0)) + speech_seconds(element.text)
        elif element.kind is ElementKind.PARENTHETICAL:
            speech = (speech or Fraction(0)) + manner_seconds(element.text)
        elif element.kind in (ElementKind.ACTION, ElementKind.CENTERED):
            total += action_seconds(element.text)
    return total + spoken()


def estimate_duration(
    elements: Sequence[Element], size: ShotSize, move: Move = Move.STATIC, framing: Framing = Framing.SINGLE
) -> Fraction:
    """Estimated running time of a shot over these lines, in seconds, a multiple of `STEP_S`."""
    least = LEAST_S[size]
    if move is not Move.STATIC and move is not Move.HANDHELD:
        least = max(least, LEAST_MOVE_S)
    if framing is Framing.INSERT:
        least = LEAST_INSERT_S
    exact = max(least, elements_seconds(elements))
    return STEP_S * math.floor(exact / STEP_S + Fraction(1, 2))
