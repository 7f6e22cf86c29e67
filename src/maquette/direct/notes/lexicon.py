"""All phrases of the vocabulary in one table, with their word endings; and the words behind misspelt ones."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from typing import Any

from maquette.direct.notes import words_small as small
from maquette.direct.notes.encoder import model_folder
from maquette.direct.notes.words_camera import CAMERA_TERMS
from maquette.direct.notes.words_light import LIGHT_TERMS, MOOD_FORMS, TINTED, TINTS
from maquette.direct.notes.words_qualities import QUALITIES
from maquette.direct.notes.words_topics import TOPICS
from maquette.film.control_table import CONTROL_LIST, Kind
from maquette.film.errors import UsageError


class Part(StrEnum):
    """What a phrase is in a note."""

    TERM = "term"
    """States effects: "close-up"."""
    TOPIC = "topic"
    """Something that a quality can be said of: "the key"."""
    QUALITY = "quality"
    """More or less of something: "wider"."""
    MOOD = "mood"
    DIRECTION = "direction"
    """Where the light or the camera stands: "from below"."""
    NUMBER = "number"
    FACTOR = "factor"
    DEGREE = "degree"
    MORE = "more"
    LESS = "less"
    RAISE = "raise"
    REDUCE = "reduce"
    REMOVE = "remove"
    KEEP = "keep"
    USE = "use"
    NORMAL = "normal"
    NOT = "not"
    TOO = "too"
    ENOUGH = "enough"
    CORRECTION = "correction"
    NAME = "name"
    """A person or a thing of the shot, or a pronoun."""
    SMALL = "small"
    """A word that ties others together: on, over, from, to, and ..."""
    CHAT = "chat"
    STOP = "stop"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Sense:
    """One end of a quality."""

    quality: str
    sign: int
    compares: bool
    """A comparative or a verb: it is said against what holds ("darker", "dim it")."""


@dataclass
class Lexicon:
    """Phrases by their first word."""

    phrases: dict[str, list[tuple[tuple[str, ...], Part, Any]]] = field(default_factory=dict)
    words: set[str] = field(default_factory=set)

    def add(self, phrase: str, part: Part, value: Any) -> None:
        """Enter one phrase; senses of a quality add up, else the first entry of a phrase holds."""
        first, *others = phrase.split()
        words = (first, *(w for w in others[:-1] if w not in small.DETERMINERS), *others[-1:])
        entries = self.phrases.setdefault(first, [])
        self.words.update(words)
        for index, (other, other_part, other_value) in enumerate(entries):
            if other == words:
                if part is other_part is Part.QUALITY:
                    entries[index] = (words, part, (*other_value, *value))
                return
        entries.append((words, part, value))

    def longest(self, words: Sequence[str], at: int) -> tuple[Part, Any, int] | None:
        """The longest phrase that starts at a place: its part, its value and how many words it takes."""
        best: tuple[Part, Any, int] | None = None
        for phrase, part, value in self.phrases.get(words[at], ()):
            length = _match(phrase, words, at)
            if length and (best is None or length > best[2]):
                best = (part, value, length)
        return best


def _match(phrase: tuple[str, ...], words: Sequence[str], at: int) -> int:
    """Words that the phrase takes there, determiners within skipped; 0 if it is not there."""
    place = at
    for index, part in enumerate(phrase):
        while index and place < len(words) and words[place] in small.DETERMINERS and words[place] != part:
            place += 1
        if place >= len(words) or words[place] != part:
            return 0
        place += 1
    return place - at


# --- word endings ---------------------------------------------------------------------------------------------

_VOWELS = "aeiou"
_IRREGULAR_PAST = {
    "cut": "cut", "put": "put", "lose": "lost", "keep": "kept", "hold": "held", "creep": "crept", "go": "went",
}  # fmt: skip


def _doubles(word: str) -> bool:
    return (
        len(word) >= 3 and word[-1] not in "wxy" + _VOWELS and word[-2] in _VOWELS and word[-3] not in _VOWELS
        and len(word) <= 4
    )  # fmt: skip


def verb_forms(verb: str) -> list[str]:
    """push, pushes, pushing, pushed."""
    if verb.endswith("e") and not verb.endswith("ee"):
        forms = [verb, verb + "s", verb[:-1] + "ing", verb + "d"]
    elif verb.endswith(("s", "sh", "ch", "x", "z")):
        forms = [verb, verb + "es", verb + "ing", verb + "ed"]
    elif verb.endswith("y") and verb[-2] not in _VOWELS:
        forms = [verb, verb[:-1] + "ies", verb + "ing", verb[:-1] + "ied"]
    elif _doubles(verb):
        forms = [verb, verb + "s", verb + verb[-1] + "ing", verb + verb[-1] + "ed"]
    else:
        forms = [verb, verb + "s", verb + "ing", verb + "ed"]
    return [*forms, _IRREGULAR_PAST.get(verb, forms[-1])]


def comparatives(adjective: str) -> list[str]:
    """wider, widest. Long adjectives take "more": they have none."""
    if " " in adjective or len(adjective) > 9:
        return []
    if adjective.endswith("e"):
        stem = adjective[:-1]
    elif adjective.endswith("y") and adjective[-2] not in _VOWELS:
        stem = adjective[:-1] + "i"
    else:
        stem = adjective + adjective[-1] if _doubles(adjective) else adjective
    return [stem + "er", stem + "est"]


def adverb(adjective: str) -> str:
    """slowly, gently."""
    if adjective.endswith("le"):
        return adjective[:-1] + "y"
    return adjective[:-1] + "ily" if adjective.endswith("y") and len(adjective) > 3 else adjective + "ly"


def phrases_of(listed: str) -> Iterator[str]:
    """The phrases of a table's cell, verbs in all their forms."""
    for phrase in listed.split("|"):
        if phrase.startswith("~"):
            verb, _, rest = phrase[1:].partition(" ")
            yield from (f"{form} {rest}".strip() for form in verb_forms(verb))
        elif phrase:
            yield phrase


# --- the table ------------------------------------------------------------------------------------------------


@cache
def lexicon() -> Lexicon:
    """The whole vocabulary, built once. Where a phrase stands in two tables the first of this order holds."""
    table = Lexicon()

    def add_all(listed: str, part: Part, value: Any) -> None:
        for phrase in phrases_of(listed):
            table.add(phrase, part, value)

    for effects, listed in CAMERA_TERMS + LIGHT_TERMS:
        add_all(listed, Part.TERM, tuple(effects.split(",")))
    _add_tints(table)
    for topic in TOPICS:
        add_all(topic.words, Part.TOPIC, topic)
    for mood, listed in MOOD_FORMS.items():
        for phrase in phrases_of(listed):
            for form in [phrase, *comparatives(phrase)]:
                table.add(form, Part.MOOD, mood)
    _add_qualities(table)
    for mood in MOOD_FORMS:
        for form in [mood, *comparatives(mood)]:
            table.add(form, Part.MOOD, mood)
    _add_small(table, add_all)
    for spec in CONTROL_LIST:  # a control's own name always works
        if spec.kind is Kind.NUMBER:
            table.add(spec.name.replace("-", " "), Part.TOPIC, _topic_of_control(spec.name))
    return table


def _topic_of_control(name: str) -> Any:
    from maquette.direct.notes.words_topics import Topic

    return Topic(name, name, main=name, units={"": name, "%": name})


def _add_tints(table: Lexicon) -> None:
    for colour, code in TINTS.items():
        for word in [colour, *comparatives(colour)[:1]]:
            for control, places in TINTED.items():
                for place in places.split("|"):
                    for phrase in (f"{word} {place}", f"{word} in the {place}", f"{place} {word}"):
                        table.add(phrase, Part.TERM, (f"{control}={code}",))


def _add_qualities(table: Lexicon) -> None:
    for quality in QUALITIES:
        for sign, adjectives, verbs in ((1, quality.more, quality.more_verbs), (-1, quality.less, quality.less_verbs)):
            for word in adjectives.split("|"):
                already = word.endswith("er") and word not in ("lighter",)
                table.add(word, Part.QUALITY, (Sense(quality.name, sign, already or word in ("lighter", "further")),))
                for form in comparatives(word):
                    table.add(form, Part.QUALITY, (Sense(quality.name, sign, True),))
                if " " not in word:
                    table.add(adverb(word), Part.QUALITY, (Sense(quality.name, sign, False),))
            for phrase in phrases_of(verbs):
                table.add(phrase, Part.QUALITY, (Sense(quality.name, sign, True),))


def _add_small(table: Lexicon, add_all: Any) -> None:
    for steps, listed in small.DEGREES.items():
        add_all(listed, Part.DEGREE, steps)
    for factor, listed in small.FACTORS.items():
        add_all(listed, Part.FACTOR, factor)
    for value, listed in small.FULL.items():
        add_all(listed, Part.FACTOR, ("full", value))
    for direction, listed in small.DIRECTIONS.items():
        add_all(listed, Part.DIRECTION, direction)
    for part, listed in (
        (Part.LESS, small.LESS), (Part.MORE, small.MORE), (Part.RAISE, small.RAISE), (Part.REDUCE, small.REDUCE),
        (Part.REMOVE, small.REMOVE), (Part.KEEP, small.KEEP), (Part.NOT, small.NOT), (Part.TOO, small.TOO),
        (Part.STOP, "nothing but|nothing else than|"
            "nothing more than"), (Part.UNKNOWN, small.ASIDE), (Part.ENOUGH, small.ENOUGH), 
        (Part.CORRECTION, small.CORRECTION), (Part.CHAT, small.CHAT),
        (Part.NORMAL, "back to how it was|back to what it was|back to the way it was|back to before|like before|"
         "the way it was|what it was|as it was before|back to normal|to normal|as it was|as before|how it was|"
         "default|reset|~reset"),
    ):  # fmt: skip
        add_all(listed, part, part)


# --- typos ----------------------------------------------------------------------------------------------------

_COMMON_WORDS = 20_000
"""The word list of the embedding is in order of frequency; what comes late is rare or not English."""


@cache
def english_words() -> frozenset[str]:
    """Words that are spelt right and mean something, though perhaps not to a camera. Empty if the list is not
    installed."""
    try:
        lines = (model_folder() / "vocab.txt").read_text(encoding="utf-8").splitlines()
    except (UsageError, OSError):
        return frozenset()
    return frozenset(w for w in lines[:_COMMON_WORDS] if w.isalpha() and len(w) > 1)


def spelt_right(word: str, known: Collection[str]) -> bool:
    """Whether a word needs no correction."""
    if not word.isalpha():
        return True
    return word in known or word in english_words() or (word.endswith("s") and word[:-1] in english_words())


def nearest_word(word: str, known: Iterable[str]) -> str | None:
    """The word of the vocabulary that a misspelt one stands for: one slip, two in a long word; else None."""
    if len(word) < 4 or not word.isascii():
        return None
    allowed = 1 if len(word) < 8 else 2
    best: tuple[int, int, str] | None = None
    for other in known:
        if abs(len(other) - len(word)) > allowed or len(other) < 4 or other[0] not in word[:2]:
            continue
        distance = edit_distance(word, other, allowed)
        # Of two equally near words the longer: a letter left out is the commonest slip.
        if distance <= allowed and (best is None or (distance, -len(other), other) < best):
            best = (distance, -len(other), other)
    return best[2] if best else None


def edit_distance(a: str, b: str, limit: int) -> int:
    """Insertions, deletions, changes and swaps of neighbours (optimal string alignment); beyond `limit` any larger
    number."""
    rows: list[list[int]] = [list(range(len(b) + 1))]
    for i, ca in enumerate(a, 1):
        row = [i]
        for j, cb in enumerate(b, 1):
            value = min(rows[-1][j] + 1, row[-1] + 1, rows[-1][j - 1] + (ca != cb))
            if i > 1 and j > 1 and ca == b[j - 2] and a[i - 2] == cb:
                value = min(value, rows[-2][j - 2] + 1)
            row.append(value)
        if min(row) > limit:
            return limit + 1
        rows.append(row)
    return rows[-1][-1]
