"""Numbers in a note: digits and words, with units, ratios, fractions and T-stops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maquette.direct.notes.words_small import NUMBER_WORDS, UNITS

_MOST = 1e9
"""What a larger number counts as: it is beyond every range anyway."""
_BEFORE_UNITS = (("more",), ("full",), ("of", "a"), ("extra",), ("whole",))
"""What may stand between a number and its unit: "two more stops", "two thirds of a stop"."""


@dataclass(frozen=True)
class Number:
    """A number as written."""

    value: float
    unit: str = ""
    """mm, K, deg, %, stops, s, m, x, mired, T, ":1", "ratio" (text keeps both sides) or none."""
    text: str = ""
    """As a setting reads it where that is not the value: "1:0", "16:9"."""


def read_number(words: Sequence[str], at: int) -> tuple[Number, int] | None:
    """The number that starts at a place and the count of words it takes, or None."""
    return _t_stop(words, at) or _ratio(words, at) or _with_unit(words, at)


def _word(words: Sequence[str], at: int) -> str:
    return words[at] if 0 <= at < len(words) else ""


def _digits(word: str) -> float | None:
    if not (word[:1].isdecimal() or (word[:1] == "." and word[1:2].isdecimal())):
        return None
    return min(float(word.replace(",", ".")), _MOST)


def _plain(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """Digits or number words: "85", "-5", "eighty five", "one and a half", "two thirds", "one hundred"."""
    if _word(words, at) == "-":
        inner = _plain(words, at + 1)
        return (-inner[0], inner[1] + 1) if inner else None
    digits = _digits(_word(words, at))
    if digits is not None:
        if _word(words, at + 1) == "/" and _digits(_word(words, at + 2)):  # 1/2, 2/3
            below = _digits(_word(words, at + 2)) or 1.0
            return digits / below, 3
        count = 1
        return _and_a_half(words, at, digits, count)
    word = _word(words, at)
    if word in ("couple", "few") and _word(words, at + 1) == "of":
        return NUMBER_WORDS[word], 2
    if word not in NUMBER_WORDS:
        return None
    value, count = NUMBER_WORDS[word], 1
    following = NUMBER_WORDS.get(_word(words, at + 1))
    if following == 100 and value < 10:
        value, count = value * 100, 2
    elif 20 <= value < 100 and following is not None and 0 < following < 10:
        value, count = value + following, 2
    if _word(words, at + count) in ("third", "thirds"):
        return value / 3, count + 1
    if _word(words, at + count) in ("quarters", "quarter") and _word(words, at + count + 1) != "view" and value != 3:
        return value / 4, count + 1
    if _word(words, at + count) == "point":
        decimal = NUMBER_WORDS.get(_word(words, at + count + 1))
        if decimal is not None and decimal < 10:
            return value + decimal / 10, count + 2
    return _and_a_half(words, at, value, count)


def _and_a_half(words: Sequence[str], at: int, value: float, count: int) -> tuple[float, int]:
    if tuple(words[at + count : at + count + 3]) == ("and", "a", "half"):
        return value + 0.5, count + 3
    return value, count


def _fraction(words: Sequence[str], at: int) -> tuple[float, int] | None:
    """ "half a", "half", "a half", "a third of a", "a quarter of a" before a unit; "a" or "an" is one."""
    for phrase, value in (
        ("two thirds of a", 2 / 3), ("a third of a", 1 / 3), ("third of a", 1 / 3), ("one third of a", 1 / 3),
        ("a quarter of a", 0.25), ("quarter of a", 0.25), ("half of a", 0.5), ("half a", 0.5), ("a half", 0.5),
        ("half", 0.5), ("a third", 1 / 3), ("a quarter", 0.25), ("a full", 1.0), ("a whole", 1.0), ("another", 1.0),
        ("another half", 0.5), ("another half a", 0.5), ("a good", 1.0), ("a couple of", 2.0), ("a couple", 2.0),
        ("a few", 3.0), ("few", 3.0), ("the full", 1.0), ("a", 1.0), ("an", 1.0),
    ):  # fmt: skip
        parts = phrase.split()
        if list(words[at : at + len(parts)]) == parts and _word(words, at + len(parts)) in UNITS:
            return value, len(parts)
    return None


def _with_unit(words: Sequence[str], at: int) -> tuple[Number, int] | None:
    plain = _plain(words, at)
    unit_at = at + plain[1] if plain else at
    if plain and _word(words, unit_at) not in UNITS:
        for small in _BEFORE_UNITS:
            end = unit_at + len(small)
            if tuple(words[unit_at:end]) == small and _word(words, end) in UNITS:
                unit_at = end
    if plain is None or _word(words, unit_at) not in UNITS:
        fraction = _fraction(words, at)
        if fraction:
            plain, unit_at = fraction, at + fraction[1]
    if plain is None:
        return None
    unit = UNITS.get(_word(words, unit_at))
    if unit is None or (unit[0] == "K" and plain[0] < 20 and _word(words, unit_at) == "k"):
        if unit is not None:  # "3.2k", "5k": thousands of kelvin
            return Number(plain[0] * 1000, "K"), unit_at + 1 - at
        return Number(plain[0]), plain[1]
    value, count = plain[0] * unit[1], unit_at + 1 - at
    if tuple(words[at + count : at + count + 3]) == ("and", "a", "half"):  # "a stop and a half"
        value, count = value + 0.5 * unit[1], count + 3
    return Number(value, unit[0]), count


def _ratio(words: Sequence[str], at: int) -> tuple[Number, int] | None:
    left = _plain(words, at)
    if left is None:
        return None
    middle = at + left[1]
    if _word(words, middle) not in (":", "to"):
        return None
    right = _plain(words, middle + 1)
    if right is None:
        return None
    if _word(words, middle) == "to" and (right[0] != 1 or _word(words, middle + 1 + right[1]) in UNITS):
        return None  # "eight to one" is a ratio, "from two to three" is not
    text = f"{left[0]:g}:{right[0]:g}"
    return Number(left[0] / right[0] if right[0] else 0.0, ":1", text), left[1] + 1 + right[1]


def _t_stop(words: Sequence[str], at: int) -> tuple[Number, int] | None:
    if _word(words, at) not in ("t", "f"):
        return None
    slash = 1 if _word(words, at + 1) in ("/", "stop", "stops") else 0
    value = _plain(words, at + 1 + slash)
    if value is None or not (_digits(_word(words, at + 1 + slash)) is not None or _word(words, at + 1 + slash) in
                             {"-", *NUMBER_WORDS}):  # fmt: skip
        return None
    return Number(value[0], "T"), 1 + slash + value[1]
