"""Free words by meaning: a stretch of a note against described moods and ideas, by the sentence embedding."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from maquette.direct.notes.directions import directions_of
from maquette.direct.notes.encoder import encoder
from maquette.direct.notes.meanings_beyond import BEYOND
from maquette.direct.notes.meanings_ideas import IDEAS
from maquette.direct.notes.meanings_moods import MOOD_PHRASES
from maquette.film.mood import MoodRecipe


@dataclass(frozen=True)
class Described:
    """One thing that free words can mean."""

    effects: str
    """As `arithmetic.parse_effect` reads them, by commas; "" for what no control can do."""
    says: str
    """In a few words."""
    phrases: tuple[str, ...]
    """What people say when they mean it."""

    @property
    def mood(self) -> str:
        """The mood it is, or ""."""
        return self.effects.removeprefix("mood=") if self.effects.startswith("mood=") else ""


@dataclass(frozen=True)
class Meant:
    """What a stretch was taken to mean."""

    entry: Described
    near: float
    """Cosine similarity, 1 is the same."""
    phrase: str
    """The example that it is nearest to."""


THRESHOLD = 0.53
"""Similarity below which nothing is understood."""
THRESHOLD_BESIDE = 0.55
"""The same for words that the grammar left over in a clause that it understood."""
THRESHOLD_WORD = 0.85
"""The same for a single word: alone it says little ("close on her hands")."""
THRESHOLD_BEYOND = 0.7
"""Similarity from which on a clause is about something that no control can do, though it holds a word for a mood."""
MARGIN_BEYOND = 0.02
"""How much nearer the words must be to an entry than to things that no control can do."""
SECOND_BEST = 0.15
"""Weight of an entry's second nearest example when entries are ranked: two examples agree better than one."""
NEGATED = 0.12
"""Taken off where one of the two says no and the other does not: an embedding hardly hears it."""

_FRAME = re.compile(
    r"^(?:(?:and|but|so|just|please|maybe|i want (?:it|this|them|her|him) to|(?:it|this|that|we|they) should|make|let"
    r"|have|it|this|us|feels?|looks?|be|is|it's|as if|as though|like|as|to|an?|the|some|a bit|more)\b[ ,]*)+",
    re.IGNORECASE,
)
_NEGATION = re.compile(r"\b(?:not|no|never|without|cannot|nothing|nobody|less|\w+n't)\b", re.IGNORECASE)


def essence(text: str) -> str:
    """A stretch without "it should feel like a": similes are alike in these words and differ in what follows."""
    return _FRAME.sub("", text.strip()) or text


def entries_for(recipes: Mapping[str, MoodRecipe]) -> tuple[Described, ...]:
    """Moods that there are recipes for, ideas, and what is beyond every control."""
    moods = [Described(f"mood={name}", name, _phrases(name, recipe)) for name, recipe in recipes.items()]
    ideas = [Described(effects, says, tuple(phrases.split("|"))) for effects, says, phrases in IDEAS]
    return (*moods, *ideas, Described("", "beyond", tuple(BEYOND.split("|"))))


def _phrases(name: str, recipe: MoodRecipe) -> tuple[str, ...]:
    """A mood of the production's own is known by its name and by what its recipe says."""
    return tuple(MOOD_PHRASES[name].split("|")) if name in MOOD_PHRASES else (name, recipe.says)


class Meanings:
    """Entries with the directions of their examples."""

    def __init__(self, entries: Sequence[Described]) -> None:
        self.entries = tuple(entries)
        self._beyond = next(e for e in self.entries if not e.effects)
        self._phrases = [p for e in entries for p in e.phrases]
        self._places = np.cumsum([0, *(len(e.phrases) for e in entries)])
        self._directions = directions_of([essence(p) for p in self._phrases])
        self._negated = np.array([bool(_NEGATION.search(p)) for p in self._phrases])

    def find(self, texts: Sequence[str], threshold: float = THRESHOLD) -> list[Meant | None]:
        """For each text the entry that it means (without effects: something that no control can do), or None."""
        if not texts:
            return []
        near: NDArray[np.float32] = encoder().embed([essence(t) for t in texts]) @ self._directions.T
        says_no = np.array([bool(_NEGATION.search(t)) for t in texts])
        near = near - np.float32(NEGATED) * (says_no[:, None] != self._negated[None, :])
        return [self._choose(row, threshold) for row in near]

    def _choose(self, near: NDArray[np.float32], threshold: float) -> Meant | None:
        best, best_score, beyond = Meant(self._beyond, -1.0, ""), -1.0, Meant(self._beyond, -1.0, "")
        for index, entry in enumerate(self.entries):
            start, end = self._places[index], self._places[index + 1]
            order = start + np.argsort(-near[start:end])
            first = float(near[order[0]])
            second = float(near[order[min(1, len(order) - 1)]])
            meant = Meant(entry, first, self._phrases[order[0]])
            score = first + SECOND_BEST * (second - first)
            if not entry.effects:
                beyond = meant
            elif score > best_score:
                best, best_score = meant, score
        chosen = beyond if best.near < beyond.near + MARGIN_BEYOND else best
        return chosen if chosen.near >= threshold else None


@cache
def _cached(entries: tuple[Described, ...]) -> Meanings:
    return Meanings(entries)


def meanings_for(recipes: Mapping[str, MoodRecipe]) -> Meanings:
    """The described vocabulary of a production; what the shipped directions lack is embedded at the first call."""
    return _cached(entries_for(recipes))


def similarity(texts: Sequence[str], others: Sequence[str]) -> NDArray[np.float32]:
    """(len(texts), len(others)) cosine similarities."""
    return encoder().embed(texts) @ encoder().embed(others).T


def described_phrases() -> list[str]:
    """What the shipped directions cover: the examples of all moods and ideas, without their frames."""
    listed = [*MOOD_PHRASES.values(), *(phrases for _, _, phrases in IDEAS), BEYOND]
    return [essence(p) for phrases in listed for p in phrases.split("|")]
