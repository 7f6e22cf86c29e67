"""A note as words and clauses, each word with its place in the note as written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

MAX_CHARACTERS = 4000
"""What lies beyond is not read: a note is a few sentences."""

_TOKEN = re.compile(
    r"#[0-9a-f]{6}\b"
    r"|(?<![\w.])-(?=\d|\.\d)"  # a minus sign: not within "two-shot", not a dash
    r"|\d+(?:[.,]\d+)?|\.\d+"
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|[%°:&/=]|[,;.!?()\n]|(?<=\s)[-–—]+(?=\s)|[–—…]",
    re.IGNORECASE,
)
_SEPARATORS = frozenset(",;.!?()\n–—…-")
_SPLITTING_WORDS = frozenset({"but", "then", "although", "though", "yet"})
_BEFORE_BUT = frozenset({"nothing", "anything", "everything"})
_SPLITTING_PHRASES = (("instead", "of"), ("rather", "than"), ("as", "opposed", "to"))
_WISHES = frozenset({("what", "if"), ("how", "about"), ("what", "about"), ("why", "not"), ("why", "don't")})
"""Openings of questions that are wishes."""
_PURPOSES = frozenset({"that", "the", "we", "you", "it", "she", "he", "they", "i", "her", "his", "our"})
_REASONS = frozenset({"because", "since", "when", "while", "whenever", "unless"})
_PEOPLE = frozenset({"he", "he's", "she", "she's", "they", "they're", "it", "it's", "we", "we're", "you", "i"})
_QUESTIONS = frozenset({"which", "who", "why", "when", "where", "how", "what", "whose", "is", "are", "does", "did"})


@dataclass(frozen=True)
class Word:
    """One word, number or sign."""

    text: str
    """In lower case, typos corrected."""
    start: int
    end: int
    sure: float = 1.0
    """Below 1 for a corrected word."""

    def corrected(self, text: str) -> Word:
        """The word that was meant."""
        return replace(self, text=text, sure=0.8)


@dataclass(frozen=True)
class Clause:
    """A stretch of a note between two separators."""

    words: tuple[Word, ...]
    before: str = ""
    """The separator before: "," "." "but" ..."""
    question: bool = False
    """A question about the shot: it asks for no change."""

    @property
    def circumstance(self) -> bool:
        """Tells why, when or what for: "since he's lying", "so we feel the shift"."""
        texts = (*self.texts, "", "")
        return (texts[0] in _REASONS and texts[1] in _PEOPLE) or (texts[0] == "so" and texts[1] in _PURPOSES)

    @property
    def texts(self) -> tuple[str, ...]:
        """The words in lower case."""
        return tuple(w.text for w in self.words)


def plain(note: str) -> str:
    """The note in lower case with plain quotes and spaces, of the same length, so that places stay."""
    table = {"’": "'", "‘": "'", "`": "'", "“": '"', "”": '"', "−": "-", "\u00a0": " ", "\t": " ", "\r": "\n"}
    return "".join(_plain_character(table.get(c, c)) for c in note)


def _plain_character(c: str) -> str:
    lower = c.lower()
    if len(lower) != 1:  # some capitals have a lower case of two characters
        return c
    return lower if c.isprintable() or c == "\n" else " "


def words_of(text: str) -> list[Word]:
    """All words, numbers and separators of a plain text."""
    return [Word(m.group(), m.start(), m.end()) for m in _TOKEN.finditer(text)]


def clauses_of(words: Sequence[Word]) -> list[Clause]:
    """Split at punctuation, "but", "then" and "instead of" (whose right side is denied)."""
    found: list[Clause] = []
    current: list[Word] = []
    before = ""

    def close(separator: str) -> None:
        nonlocal before, current
        if current:
            opening = (current[0].text, current[1].text if len(current) > 1 else "")
            asks = separator == "?" and opening[0] in _QUESTIONS and opening not in _WISHES
            found.append(Clause(tuple(current), before, asks))
            before = separator
        elif separator not in (",", "."):
            before = separator
        current = []

    index = 0
    while index < len(words):
        word = words[index]
        if word.text == "&":
            word = replace(word, text="and")
        following = tuple(w.text for w in words[index : index + 3])
        phrase = next((p for p in _SPLITTING_PHRASES if following[: len(p)] == p), None)
        if phrase and current:
            close(",")
            current = [replace(word, text="not")]
            index += len(phrase)
            continue
        if word.text in _SEPARATORS and not _is_minus(words, index):
            close(word.text)
        elif word.text == ":" and len(current) > 2 and not _between_numbers(words, index):
            close(",")
        elif current and (
            (word.text in ("because", "since") and following[1:2] and following[1] in _PEOPLE)
            or (word.text == "so" and following[1:2] and following[1] in _PURPOSES)
        ):
            close(",")
            current = [word]
        elif word.text in _SPLITTING_WORDS and not any(w.text in _BEFORE_BUT for w in current):
            close(word.text)
        else:
            current.append(word)
        index += 1
    close("")
    return found


def _between_numbers(words: Sequence[Word], index: int) -> bool:
    following = words[index + 1].text if index + 1 < len(words) else ""
    return words[index - 1].text[-1:].isdigit() and following[:1].isdigit()


def _is_minus(words: Sequence[Word], index: int) -> bool:
    following = words[index + 1] if index + 1 < len(words) else None
    return words[index].text == "-" and following is not None and following.start == words[index].end


def shortened(text: str, limit: int = 80) -> str:
    """One line of at most `limit` characters."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"
