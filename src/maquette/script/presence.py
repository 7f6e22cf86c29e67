"""Who is named in a line of action, by full name or by one word of it."""

from __future__ import annotations

import re

from maquette.script import describing_words as lists

_WORD = re.compile(r"[^\W_]+(?:[’'-](?!s\b|S\b)[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’][sS]?\b")


class Presence:
    """Finds the cast in action lines. `aliases`: (name as the script may write it, name in the cast)."""

    def __init__(self, aliases: tuple[tuple[str, str], ...]) -> None:
        self.names = frozenset(name for _, name in aliases)
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        owners: dict[str, set[str]] = {}
        for alias, name in aliases:
            words = tuple(w.casefold() for w in _WORD.findall(alias))
            if not words:
                continue
            self._phrases.setdefault(words[0], []).append((words, name))
            for word in words:
                if word not in lists.PERSONS | lists.TITLES | lists.SETS_APART and len(word) > 1 and not word.isdigit():
                    owners.setdefault(word, set()).add(name)
        whole = {words[0]: name for found in self._phrases.values() for words, name in found if len(words) == 1}
        self._words = {w: next(iter(n)) for w, n in owners.items() if len(n) == 1} | {
            w: n for w, n in whole.items() if w in owners
        }
        for found in self._phrases.values():
            found.sort(key=lambda pair: -len(pair[0]))

    def named(self, text: str) -> tuple[str, ...]:
        """Names in order of mention; each once. "Mara's house" alone does not bring Mara on; "Mara's hand" does."""
        words = list(_WORD.finditer(text))
        found: dict[str, None] = {}
        at = 0
        while at < len(words):
            name, length = self._at(text, words, at)
            if name and not self._only_owned(text, words, at + length):
                found[name] = None
            at += length
        return tuple(found)

    def _at(self, text: str, words: list[re.Match[str]], at: int) -> tuple[str | None, int]:
        word = words[at].group()
        low = word.casefold()
        for phrase, name in self._phrases.get(low, ()):
            length = len(phrase)
            if length == 1 and low not in lists.PERSONS | lists.TITLES:
                continue
            if tuple(m.group().casefold() for m in words[at : at + length]) == phrase and self._written(
                words, at, phrase
            ):
                return name, length
        if word[0].isupper() and low in self._words and self._is_name(text, words, at):
            return self._words[low], 1
        return None, 1

    def _written(self, words: list[re.Match[str]], at: int, phrase: tuple[str, ...]) -> bool:
        """A name of common words ("old man", "waitress") may be small after "the"; any other has capitals."""
        if words[at].group()[0].isupper():
            return True
        return phrase[-1] in lists.PERSONS and at > 0 and words[at - 1].group().casefold() == "the"

    def _is_name(self, text: str, words: list[re.Match[str]], at: int) -> bool:
        """A name that is also a common word ("Will", "Rose") counts at the start of a sentence only before a verb."""
        word = words[at].group()
        if word.casefold() not in lists.ORDINARY or (word == word.upper() and len(word) > 1):
            return True
        before = text[: words[at].start()].rstrip()
        if before and before[-1] not in '.!?…"”\n':
            return True
        following = words[at + 1].group() if at + 1 < len(words) else ""
        return following in lists.HUMAN_VERBS or (
            following.islower() and following.endswith("s") and len(following) > 3
        )

    def _only_owned(self, text: str, words: list[re.Match[str]], after: int) -> bool:
        end = words[after - 1].end()
        owned = _POSSESSIVE.match(text, end)
        if not owned:
            return False
        ahead = [m.group().casefold() for m in words[after : after + 4] if m.group().casefold() not in ("s",)]
        return not any(w in lists.FACE_AND_BODY for w in ahead[:3])
