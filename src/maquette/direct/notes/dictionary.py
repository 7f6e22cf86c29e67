"""The director's dictionary: in this production these words mean these settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from maquette.direct.notes.arithmetic import parse_effect
from maquette.direct.notes.text import Word, plain, shortened, words_of
from maquette.direct.notes.words_small import word_set
from maquette.film.control_table import parse_setting
from maquette.film.errors import ControlError
from maquette.film.notes import Correction, DirectorsDictionary

NEAR_ENOUGH = 0.85
"""Similarity from which on other words trigger an entry, too."""
MAX_WORDS = 12
_TURNING = word_set(
    "no not don't never without less more too wider tighter closer warmer colder cooler darker brighter higher lower "
    "up down left right in out longer shorter softer harder faster slower bigger smaller hot cold warm dark "
    "light bright"
)
"""Words that turn a meaning around and hardly move an embedding: near words must agree on them."""


@dataclass(frozen=True)
class Found:
    """A place of a note where an entry holds."""

    entry: Correction
    first: int
    last: int
    """Indices of words, the last included."""


def normal_words(words: str) -> str:
    """Words as the dictionary keeps them: lower case, plain quotes, no punctuation, single spaces."""
    return " ".join(w.text for w in words_of(plain(words)) if any(c.isalnum() for c in w.text))


def learned(dictionary: DirectorsDictionary, words: str, settings: Sequence[str], by: str = "") -> DirectorsDictionary:
    """The dictionary with one more entry, in place of an older one for the same words.

    `settings` are absolute ("lens=85"), factors ("lens*1.3") or differences ("pitch+8"). Raises ControlError for a
    setting that no control takes, and for no words or no settings.
    """
    key = normal_words(words)
    if not key:
        raise ControlError(f"{words!r} holds no words that a note could contain: name the words that mean something.")
    if len(key.split()) > MAX_WORDS:
        count = len(key.split())
        raise ControlError(f"A dictionary entry has at most {MAX_WORDS} words: {shortened(key)!r} has {count}.")
    if not settings:
        raise ControlError(f"{key!r} needs at least one setting that it means, such as lens*0.8.")
    for setting in settings:
        effect = parse_effect(setting)
        if effect.op.value == "=":
            parse_setting(f"{effect.control}={effect.text}")
    return DirectorsDictionary(
        entries=(*(e for e in dictionary.entries if normal_words(e.words) != key),
                 Correction(words=key, settings=tuple(s.strip() for s in settings), by=by))
    )  # fmt: skip


def forgotten(dictionary: DirectorsDictionary, words: str) -> DirectorsDictionary:
    """The dictionary without the entry for these words. Raises ControlError with what is there if there is none."""
    key = normal_words(words)
    kept = tuple(e for e in dictionary.entries if normal_words(e.words) != key)
    if len(kept) == len(dictionary.entries):
        there = ", ".join(e.words for e in dictionary.entries) or "nothing yet"
        raise ControlError(f"The director's dictionary has no entry for {key!r}; it has: {there}.")
    return DirectorsDictionary(entries=kept)


def find_entries(words: Sequence[Word], dictionary: DirectorsDictionary) -> list[Found]:
    """Where entries stand in a note: the longest first, the later of two for the same words, none overlapping."""
    latest = {normal_words(e.words): e for e in dictionary.entries}
    spoken = [(i, w.text) for i, w in enumerate(words) if any(c.isalnum() for c in w.text)]
    found: list[Found] = []
    taken: set[int] = set()
    for key in sorted(latest, key=lambda k: (-len(k.split()), k)):
        parts = key.split()
        for start in range(len(spoken) - len(parts) + 1):
            run = spoken[start : start + len(parts)]
            if [t for _, t in run] != parts or any(i in taken for i, _ in run):
                continue
            first, last = run[0][0], run[-1][0]
            found.append(Found(latest[key], first, last))
            taken.update(range(first, last + 1))
    return sorted(found, key=lambda f: f.first)


def near_entry(texts: Sequence[str], dictionary: DirectorsDictionary) -> list[tuple[Correction, float] | None]:
    """For each text the entry whose words mean nearly the same, with the similarity, or None."""
    if not texts or not dictionary.entries:
        return [None] * len(texts)
    from maquette.direct.notes.meaning import similarity

    latest = list({normal_words(e.words): e for e in dictionary.entries}.values())
    near = similarity(texts, [e.words for e in latest])
    found: list[tuple[Correction, float] | None] = []
    for text, row in zip(texts, near, strict=True):
        ranked = sorted(zip(row.tolist(), latest, strict=True), key=lambda pair: -pair[0])
        agrees = [(e, n) for n, e in ranked if n >= NEAR_ENOUGH and _turns(text) == _turns(e.words)]
        found.append(agrees[0] if agrees else None)
    return found


def _turns(text: str) -> set[str]:
    return set(normal_words(text).split()) & _TURNING
