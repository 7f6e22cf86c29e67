"""Ages as scripts spell them: "40s", "mid-30s", "late teens", "(62)", "seven years old", "pushing 60", "elderly"."""

from __future__ import annotations

import re

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_DECADES = {
    "teens": 10,
    "twenties": 20,
    "thirties": 30,
    "forties": 40,
    "fifties": 50,
    "sixties": 60,
    "seventies": 70,
    "eighties": 80,
    "nineties": 90,
}
_NUMBER = rf"(?:\d{{1,3}}|(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[1:10])}))?|{'|'.join(reversed(_UNITS))})"
_PART = r"(?:(?P<part>early|mid|middle|late|very late)(?:[- ]to[- ](?P<upto>mid|late))?[- ]{0,2})?"
_DECADE = re.compile(
    rf"\b{_PART}(?:(?P<tens>[1-9]0)['’]?s\b|(?P<word>{'|'.join(_DECADES)})\b|(?P<some>{'|'.join(_TENS)})[- "
    rf"]?something)",
    re.I,
)
_RANGE = re.compile(rf"\b({_NUMBER})\s?(?:-|–|—|to|or)\s?({_NUMBER})\b(?![-'’]?s\b|%)", re.I)
_YEARS = re.compile(
    rf"\b(?:(?:aged?|age of|turning|just turned)\s({_NUMBER})\b(?!\s\w+s\b)|\bis\s({_NUMBER})(?=\s*(?:[,.;)]|$))"
    rf"|({_NUMBER})[- ]years?(?:[- ]old\b|\sof age\b)"
    rf"|({_NUMBER})[- ]?(?:ish|odd|something|y\.?/?o\.?)\b|({_NUMBER})\+|(?:man|woman|boy|girl|lad|child|lady"
    rf"|person|kid)\sof\s(?:about\s)?({_NUMBER})\b)",
    re.I,
)
_NEARLY = re.compile(
    rf"\b(?P<how>pushing|nearly|almost|approaching|not quite|going on|over|past|under)\s(?P<age>{_NUMBER})\b", re.I
)
_MONTHS = re.compile(rf"\b({_NUMBER})[- ](?:months?|weeks?|days?)[- ]old\b", re.I)
_BARE = re.compile(
    rf"(?:about|around|approx\.?|circa|c\.|age:?)?\s?({_NUMBER})(?:\s?(?:years?|yrs?\.?|y\.?o\.?))?\+?", re.I
)
_WORDS: tuple[tuple[str, int], ...] = (
    ("newborn", 0),
    ("infant", 1),
    ("baby", 1),
    ("toddler", 2),
    ("pre-teen", 11),
    ("preteen", 11),
    ("tween", 11),
    ("pre-adolescent", 11),
    ("college-age", 20),
    ("college-aged", 20),
    ("high-schooler", 16),
    ("young adult", 22),
    ("early teens", 13),
    ("teenage", 16),
    ("teenaged", 16),
    ("teenager", 16),
    ("teen", 16),
    ("adolescent", 15),
    ("middle-aged", 50),
    ("middle aged", 50),
    ("octogenarian", 85),
    ("septuagenarian", 75),
    ("sexagenarian", 65),
    ("nonagenarian", 95),
    ("centenarian", 100),
    ("elderly", 75),
    ("ancient", 85),
    ("senior", 70),
    ("wizened", 80),
    ("grandmother", 70),
    ("grandfather", 70),
    ("aging", 62),
    ("ageing", 62),
    ("aged", 75),
    ("old", 70),
    ("young boy", 9),
    ("young girl", 9),
    ("little boy", 6),
    ("little girl", 6),
    ("schoolboy", 10),
    ("schoolgirl", 10),
    ("boy", 10),
    ("girl", 10),
    ("child", 8),
    ("kid", 9),
    ("young", 25),
)
_WORD = re.compile(
    r"(?<![\w-])(" + "|".join(sorted((re.escape(w) for w, _ in _WORDS), key=len, reverse=True)) + r")(?![\w-])", re.I
)
_YEARS_OF_WORD: dict[str, int] = dict(_WORDS)
AGE_TOKENS = re.compile(
    rf"^(?:{_NUMBER}['’]?s?|early|mid|late|teens?|(?:early|mid|late)-\w+|{'|'.join(_DECADES)}|years?|old|aged?"
    rf"|young|elderly"
    r"|middle-aged|teenage[dr]?|\d+-?\w*|\w+-something)$",
    re.I,
)
_OLDEST = 110


def number_value(words: str) -> int:
    """42 of "42", "forty-two" or "forty two"."""
    if words.isdigit():
        return int(words)
    parts = re.split(r"[- ]", words.casefold())
    return sum(_TENS[p] if p in _TENS else _UNITS.index(p) for p in parts)


def stated_age(text: str) -> int | None:
    """The age in years that `text` states in numbers, decades or spelt numbers; None where it states none."""
    if months := _MONTHS.search(text):
        return 0 if number_value(months.group(1)) < 18 else 1
    found = _decade(text)
    if found is None and (match := _RANGE.search(text)):
        low, high = number_value(match.group(1)), number_value(match.group(2))
        found = (low + high) // 2 if low < high else None
    if found is None and (match := _YEARS.search(text)):
        found = number_value(next(g for g in match.groups() if g))
    if found is None and (match := _NEARLY.search(text)):
        step = 2 if match["how"].casefold() in ("over", "past") else -2
        found = number_value(match["age"]) + step
    return found if found is not None and found <= _OLDEST else None


def _decade(text: str) -> int | None:
    match = _DECADE.search(text)
    if not match:
        return None
    if match["some"]:
        return _TENS[match["some"].casefold()] + 5
    tens = int(match["tens"]) if match["tens"] else _DECADES[match["word"].casefold()]
    part = (match["upto"] or match["part"] or "").casefold()
    if tens == 10:
        return {"early": 13, "mid": 15, "middle": 15}.get(part, 18 if part else 16)
    return tens + {"early": 2, "": 5, "mid": 5, "middle": 5}.get(part, 8)


def bare_age(text: str) -> int | None:
    """The age of a bracket or apposition that is nothing but a number: `62`, `seven`, `around 40`."""
    match = _BARE.fullmatch(text.strip(" .,;:"))
    age = number_value(match.group(1)) if match else None
    return age if age is not None and age <= _OLDEST else None


def worded_age(text: str) -> int | None:
    """An age that only a word suggests: "elderly" 75, "teenage" 16, "boy" 10."""
    found = [_YEARS_OF_WORD[match.group(1).casefold()] for match in _WORD.finditer(text)]
    return found[0] if found else None
