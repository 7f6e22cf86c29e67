"""A clause as items: phrases of the vocabulary, numbers, names, small words, and what is unknown."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from maquette.direct.notes.lexicon import (
    Lexicon,
    Part,
    english_words,
    lexicon,
    nearest_word,
    phrases_of,
    spelt_right,
    verb_forms,
)  # fmt: skip
from maquette.direct.notes.numbers import read_number
from maquette.direct.notes.text import Clause, Word
from maquette.direct.notes.words_camera import MOVE_VERBS, NEEDS_CAMERA
from maquette.direct.notes.words_small import (
    DETERMINERS,
    NUMBER_WORDS,
    PARTICLE_REACH,
    PARTICLE_VERBS,
    SHORT_FORMS,
    STOP_WORDS,
    word_set,
)

SMALL_WORDS = word_set(
    "and or on over of from to at by with in out into onto left right below above behind front side sides under "
    "underneath beneath other opposite around round favour favor favouring favoring towards toward past through & : "
    "shoulder between only just both"
)
PRONOUNS = word_set("her him them she he they hers his their herself himself it")
_PARTICLES = {"raise": Part.RAISE, "reduce": Part.REDUCE, "remove": Part.REMOVE, "use": Part.USE, "normal": Part.NORMAL}
_SHORT_BEFORE = frozenset({"2", "c", "cant"})
_AFTER_CANT = frozenset({"c", "see", "read", "make", "tell", "feel", "go", "be", "hear", "we", "you"})
"""Short forms that are so only before certain words."""
_PUSHED = frozenset({"push", "pull", "move", "slide", "nudge", "inch", "ease", "float", "drift", "travel"})
"""What one does to a figure in the frame, too: "push her to the edge"."""
_MAX_CORRECTED = 60
"""Unknown words that are looked up among the vocabulary, at most: a note of noise must not take long."""


@dataclass(frozen=True)
class Item:
    """One phrase in its place."""

    part: Part
    value: Any
    first: int
    """Index of its first word in the clause."""
    last: int
    texts: tuple[str, ...]
    sure: float = 1.0
    name: str = ""
    """The person or thing that these words name, whatever else they mean."""
    owns: bool = False
    """Whether the name is a possessive: "Ben's"."""

    @property
    def text(self) -> str:
        """Its words."""
        return " ".join(self.texts)


@dataclass(frozen=True)
class Cast:
    """Whom and what a note can name."""

    people: Mapping[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])
    """Words in lower case -> the name as controls write it."""
    things: Mapping[tuple[str, ...], str] = field(default_factory=dict[tuple[str, ...], str])

    @property
    def words(self) -> frozenset[str]:
        """All words of all names."""
        return frozenset(w for names in (self.people, self.things) for key in names for w in key)

    def strangers(self, names: Sequence[str]) -> list[str]:
        """Names, as controls write them, of nobody and nothing here."""
        there = {n.lower() for named in (self.people, self.things) for n in named.values()} | {"none", ""}
        return [n.strip() for n in names if n.strip().lower() not in there]


def cast_of(people: Sequence[str], things: Sequence[str]) -> Cast:
    """Whole names, and single words of a person's name that only one person has."""
    named = {tuple(p.lower().split()): p.upper() for p in people if p.strip()}
    parts: dict[str, set[str]] = {}
    for key, name in named.items():
        for word in key:
            parts.setdefault(word, set()).add(name)
    for word, names in parts.items():
        if len(names) == 1 and word not in STOP_WORDS and len(word) > 1:
            named.setdefault((word,), next(iter(names)))
    return Cast(named, {tuple(t.lower().split()): t.lower() for t in things if t.strip()})


# --- typos ----------------------------------------------------------------------------------------------------


def corrected(words: Sequence[Word], cast: Cast) -> list[Word]:
    """Misspelt words put right. Each stays as it is where it is a word, or where nothing of the vocabulary is near."""
    table = lexicon()
    known = table.words | STOP_WORDS | NUMBER_WORDS.keys() | SMALL_WORDS | cast.words | PRONOUNS | _move_words()
    targets = sorted((table.words | cast.words | _move_words()) - STOP_WORDS)
    memory: dict[str, str | None] = {}
    result: list[Word] = []
    for at, written in enumerate(words):
        word = _unabbreviated(written, words[at + 1].text if at + 1 < len(words) else "", known)
        base = word.text.removesuffix("'s")
        if spelt_right(base, known) or base in memory or len(memory) >= _MAX_CORRECTED:
            meant = memory.get(base)
        else:
            meant = memory[base] = nearest_word(base, targets)
        result.append(word.corrected(meant) if meant else word)
    return result


def _unabbreviated(word: Word, following: str, known: Collection[str]) -> Word:
    """ "plz", "2 dark", "slooow" and "ratio's" in full."""
    text = word.text
    if text in SHORT_FORMS and not (text in _SHORT_BEFORE and not _calls_for(text, following)):
        return word.corrected(SHORT_FORMS[text])
    if text.endswith("'s") and text not in known and lexicon().phrases.get(text[:-2]):
        return replace(word, text=text[:-2])
    if re.search(r"(.)\1\1", text) and text not in known and not text[0].isdigit():
        single = re.sub(r"(.)\1{2,}", r"\1", text)
        double = re.sub(r"(.)\1{2,}", r"\1\1", text)
        return word.corrected(single if single in known or double not in known else double)
    return word


def _calls_for(text: str, following: str) -> bool:
    """Whether the word after a digit or letter lets it stand for a word: "2 dark", "c his face"."""
    if text == "cant":
        return following in _AFTER_CANT
    if text == "2":
        found = lexicon().longest([following], 0) if following else None
        return found is not None and found[0] is Part.QUALITY
    return following in DETERMINERS or following in PRONOUNS


def foreign(words: Sequence[Word], cast: Cast) -> bool:
    """Whether half of a note's words are no English: then no word of it is trusted, however English it looks."""
    table = lexicon()
    texts = [w.text.removesuffix("'s") for w in words if w.text[0].isalpha()]
    if not texts or not english_words():
        return False
    known = table.words | STOP_WORDS | SMALL_WORDS | cast.words | NUMBER_WORDS.keys()
    strange = [t for t in texts if not spelt_right(t, known) and (len(t) > 1) and not _could_be_a_slip(t, table)]
    return 2 * len(strange) >= len(texts) and len(strange) >= 2


def _could_be_a_slip(word: str, table: Lexicon) -> bool:
    return word.isascii() and nearest_word(word, table.words) is not None


def _move_words() -> frozenset[str]:
    return frozenset(w for w in _MOVES)


# --- moves and split verbs ------------------------------------------------------------------------------------

_MOVES: dict[str, tuple[str, dict[str, str]]] = {
    form: (verb, directions)
    for verbs, directions in MOVE_VERBS.items()
    for verb in verbs.split("|")
    for form in verb_forms(verb)
}
_PARTICLE_FORMS = {form: table for verb, table in PARTICLE_VERBS.items() for form in verb_forms(verb.rstrip("_"))}
_BEFORE_A_NOUN = word_set("the that this my your no keep same less more without lose of s")
_PEOPLE_WORDS = frozenset({"he", "she", "they", "who"})


def _move_at(texts: Sequence[str], at: int, taken: set[int], table: Lexicon) -> tuple[str, int] | None:
    """The move that a verb at a place states and the index of its direction (the verb's own where it has none)."""
    if texts[at] not in _MOVES or (at and texts[at - 1] in _PEOPLE_WORDS):
        return None
    verb, directions = _MOVES[texts[at]]
    if verb in _PUSHED and at + 1 < len(texts) and texts[at + 1] in ("her", "him", "them"):
        return None
    reach = range(at + 1, min(at + 6, len(texts)))
    for place in reach:
        word = texts[place]
        if word in directions and word and place not in taken:
            if _is_turn_of_speech(texts, place):
                continue
            return directions[word], place
        if word in ("and", "key", "light", "lamp", "fill", "rim", "sun", "from") or word in _MOVES:
            break
    if "" not in directions or verb in NEEDS_CAMERA:
        return None
    before = texts[at - 1] if at else ""
    if before in _BEFORE_A_NOUN:
        return None  # a noun: the move that is there
    found = table.longest(texts, at - 1) if at else None
    if found and found[0] is Part.QUALITY and any(s.compares for s in found[1]):
        return None  # "slower push": the one that is there
    return directions[""], at


def _is_turn_of_speech(texts: Sequence[str], at: int) -> bool:
    """ "right" that is no side: "right down", "right in her face"; "in" that belongs to what follows: "in half"."""
    following = texts[at + 1] if at + 1 < len(texts) else ""
    if texts[at] == "right":
        return following in ("down", "up", "in", "into", "at", "on", "there", "behind", "now", "away")
    return False


def _particle_at(texts: Sequence[str], at: int, taken: set[int]) -> tuple[str, int] | None:
    """What a verb with a particle does, and the particle's index."""
    table = _PARTICLE_FORMS.get(texts[at])
    if table is None:
        return None
    for place in range(at + 1, min(at + 2 + PARTICLE_REACH, len(texts))):
        if place in taken:
            return None
        if texts[place] in table:
            return table[texts[place]], place
        if texts[place] in ("and",):
            return None
    return None


# --- the lexer ------------------------------------------------------------------------------------------------


def items_of(clause: Clause, cast: Cast) -> list[Item]:
    """The clause as items, left to right; every word is in exactly one."""
    texts, table = clause.texts, lexicon()
    items: list[Item] = []
    taken: set[int] = set()
    """Directions and particles that belong to a verb before them."""
    at = 0
    while at < len(texts):
        if at in taken:
            items.append(Item(Part.STOP, texts[at], at, at, (texts[at],)))
            at += 1
            continue
        item = _item_at(texts, at, cast, table, taken)
        sure = min(w.sure for w in clause.words[item.first : item.last + 1])
        items.append(replace(item, sure=sure))
        at = item.last + 1
    return items


def _item_at(texts: tuple[str, ...], at: int, cast: Cast, table: Lexicon, taken: set[int]) -> Item:
    phrase = table.longest(texts, at)
    length = phrase[2] if phrase else 0
    name, name_length, owns = _name_at(texts, at, cast)
    number = read_number(texts, at)
    is_term = phrase is not None and phrase[0] in (Part.TERM, Part.FACTOR)
    if number and number[1] == 1 and _is_count(texts, at, number[0].value, table):
        return _item(Part.STOP, texts[at], texts, at, 1)
    if number and (number[1] > length or (number[1] == length and not is_term)):
        return _item(Part.NUMBER, number[0], texts, at, number[1])
    if length < 2:
        split = _particle_at(texts, at, taken)
        if split:
            taken.add(split[1])
            if split[0] in ("faster", "slower"):
                faster = table.longest([split[0]], 0)
                return _item(Part.QUALITY, faster[1] if faster else (), texts, at, 1)
            return _item(_PARTICLES[split[0]], split[0], texts, at, 1)
        move = _move_at(texts, at, taken, table)
        if move:
            taken.add(move[1])
            return _item(Part.TERM, (f"move={move[0]}",), texts, at, 1)
    if name and name_length >= length and (name in cast.people.values() or length == 0):
        return Item(Part.NAME, name, at, at + name_length - 1, texts[at : at + name_length], name=name, owns=owns)
    if phrase and not (phrase[0] is Part.CHAT and length == 1 and len(texts) > 3 and texts[at] not in _ALWAYS_CHAT):
        item = _item(phrase[0], phrase[1], texts, at, length)
        return replace(item, name=name, owns=owns) if name and name_length >= length else item
    if name:
        return Item(Part.NAME, name, at, at + name_length - 1, texts[at : at + name_length], name=name, owns=owns)
    word = texts[at]
    if word in SMALL_WORDS:
        return _item(Part.SMALL, word, texts, at, 1)
    if word in PRONOUNS:
        return _item(Part.SMALL, word, texts, at, 1)
    if word in STOP_WORDS or word in DETERMINERS or not any(c.isalnum() for c in word):
        return _item(Part.STOP, word, texts, at, 1)
    return _item(Part.UNKNOWN, word, texts, at, 1)


def _is_count(texts: Sequence[str], at: int, value: float, table: Lexicon) -> bool:
    """Whether a number word counts things and measures nothing: "one lamp", "three things"."""
    if texts[at] not in NUMBER_WORDS or value > 12 or at + 1 >= len(texts):
        return False
    found = table.longest(texts, at + 1)
    return texts[at + 1] in ("things", "thing", "people", "more", "last") or (
        found is not None and found[0] is Part.TOPIC and found[1].lit
    )


_ALWAYS_CHAT = word_set("please thanks okay yes yeah hello hi hey wow")


def _item(part: Part, value: Any, texts: tuple[str, ...], at: int, length: int) -> Item:
    return Item(part, value, at, at + length - 1, texts[at : at + length])


def _name_at(texts: Sequence[str], at: int, cast: Cast) -> tuple[str, int, bool]:
    """The longest name that starts there, its count of words, and whether it is a possessive."""
    best = ("", 0, False)
    for names in (cast.people, cast.things):
        for key, name in names.items():
            words = tuple(texts[at : at + len(key)])
            owns = bool(words) and words[-1] == f"{key[-1]}'s"
            if (words == key or (owns and words[:-1] == key[:-1])) and len(key) > best[1]:
                best = (name, len(key), owns)
    return best


__all__ = ["Cast", "Item", "cast_of", "corrected", "foreign", "items_of", "phrases_of"]
