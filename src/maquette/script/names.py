"""Whom a line means: names, their short forms, and the pronouns that stand for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maquette.film.screenplay import Character, Screenplay
from maquette.script.word_set import word_set

_TITLES = word_set(
    "THE A AN OLD YOUNG LITTLE BIG FIRST SECOND THIRD MR MRS MS MISS DR DOCTOR CAPTAIN DEPUTY OFFICER SERGEANT "
    "SISTER BROTHER FATHER MOTHER UNCLE AUNT LADY LORD SIR MAN WOMAN BOY GIRL AND OF DE LA VAN VON DA DU JR SR"
)
"""Words that never stand for a person on their own."""
_ALSO_WORDS = word_set("WILL MAY MARK ROSE GRACE HOPE FAITH JOY GRANT CHASE DAWN SUMMER APRIL JUNE")
"""Names that open a sentence as plain words ("Will he come?"): counted only inside a sentence or in capitals."""
_SHE = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|him|his|himself)\b", re.IGNORECASE)
_THEY = re.compile(r"\b(?:they|them|their|both|each other)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Names:
    """Everybody a scene can speak of, by full name and by every short form that is theirs alone."""

    forms: Mapping[str, str]
    """Form in capitals -> name as in cues."""
    sex: Mapping[str, str]

    def found(self, text: str) -> tuple[tuple[int, int, str], ...]:
        """(start, end, name) of every name in `text`, in order, longest form first, none overlapping."""
        hits: list[tuple[int, int, str]] = []
        for form in sorted(self.forms, key=len, reverse=True):
            for match in re.finditer(rf"(?<!\w){re.escape(form)}(?!\w)", text, re.IGNORECASE):
                if not _reads_as_name(match.group(), text, match.start()):
                    continue
                if all(match.end() <= start or match.start() >= end for start, end, _ in hits):
                    hits.append((match.start(), match.end(), self.forms[form]))
        return tuple(sorted(hits))

    def in_text(self, text: str) -> tuple[str, ...]:
        """Names in `text`, each once, in order."""
        return tuple(dict.fromkeys(name for _, _, name in self.found(text)))

    def pronoun(self, text: str, recent: Iterable[str]) -> tuple[str, ...]:
        """Whom the pronouns of `text` mean: the most recent fitting people of `recent`, latest first."""
        known = list(dict.fromkeys(recent))
        if _THEY.search(text) and not (_SHE.search(text) or _HE.search(text)):
            return tuple(reversed(known[:2]))
        meant: list[str] = []
        for pattern, other in ((_SHE, "male"), (_HE, "female")):
            if pattern.search(text):
                meant += [name for name in known if self.sex.get(name) != other][:1]
        return tuple(dict.fromkeys(meant))


def _reads_as_name(found: str, text: str, start: int) -> bool:
    if found.isupper() and len(found) > 1:
        return True
    if found[0].isupper():
        opens = start == 0 or text[:start].rstrip().endswith((".", "!", "?", ":", '"', "“"))
        return not (opens and found.upper() in _ALSO_WORDS)
    before = re.search(r"(\w+)\W*$", text[:start])
    cased = found.lower() != found.upper()
    return not cased or (before is not None and before.group(1).lower() in ("the", "a", "an", "old", "young"))


def names_of(screenplay: Screenplay, scene_characters: Iterable[str] = ()) -> Names:
    """The names of a screenplay's cast and of one scene's people."""
    people: dict[str, Character | None] = {c.name: c for c in screenplay.cast}
    for name in scene_characters:
        people.setdefault(name, None)
    shared = Counter(token for name in people for token in set(_tokens(name)))
    forms: dict[str, str] = {}
    for name in people:
        for token in _tokens(name):
            if shared[token] == 1 and token not in people:
                forms[token] = name
    forms.update({name.upper(): name for name in people})
    sex = {name: c.sex for name, c in people.items() if c is not None and c.sex}
    return Names(forms, sex)


def _tokens(name: str) -> list[str]:
    return [t for t in re.findall(r"[^\W_]+", name.upper()) if len(t) > 2 and t not in _TITLES and not t.isdigit()]
