"""How action lines are taken apart: sentences, clauses, and who is meant by a name or a pronoun."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from maquette.direct.names import guess_sex
from maquette.direct.wordlists import words
from maquette.film.screenplay import Character

_TITLES = words(
    "deputy dr doctor mr mrs ms miss sir lady lord captain officer detective inspector sergeant sheriff "
    "colonel "
    "general professor father sister brother mother aunt uncle nurse agent king queen prince princess the old "
    "young "
    "little of and president judge"
)
_BODY = (
    "face|eyes?|gaze|smile|grin|laugh|jaw|hands?|voice|lips?|lip|shoulders?|head|mouth|brow|fists?|tears?|breath|"
    "knees?|"
    "arms?|fingers?|expression|cheeks?|chin|body|legs?|look|composure|knuckles|teeth|eyelids"
)
_ABBREVIATION = re.compile(r"\b(Mr|Mrs|Ms|Dr|St|Lt|Sgt|Jr|Sr|Prof|Capt)\.")
_SENTENCE = re.compile(r"[^.!?…]+(?:[.!?…]+[\"'”’)]*|$)", re.DOTALL)
_SPLIT = re.compile(r"\s*(?:[,;:]|--+|—|–|\bthen\b|\band\b|\bwhile\b|\bbut\b|\bas (?=he\b|she\b|they\b|[A-Z]))\s*")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, with their end marks."""
    guarded = _ABBREVIATION.sub(lambda m: m.group(1) + "\x00", " ".join(text.split()))
    return [s.strip().replace("\x00", ".") for s in _SENTENCE.findall(guarded) if s.strip()]


class Mention(NamedTuple):
    """Someone named or meant in a text."""

    names: tuple[str, ...]
    start: int
    end: int
    owner: bool
    """ "Price's smile", "her jaw": only a part of them is spoken of."""
    pronoun: bool


@dataclass
class People:
    """The people of a scene: finds them by name, first name, role or pronoun, and remembers who was spoken of last."""

    names: tuple[str, ...]
    sexes: Mapping[str, str | None]
    recent: list[str] = field(default_factory=list[str])
    """Most recently spoken of first."""
    pattern: re.Pattern[str] | None = None
    aliases: dict[str, str] = field(default_factory=dict[str, str])

    @classmethod
    def of(cls, names: Sequence[str], cast: Iterable[Character] = ()) -> People:
        stated = {c.name: c.sex for c in cast}
        sexes = {n: stated.get(n) or guess_sex(n) for n in names}
        aliases = _aliases(names)
        pattern = None
        if aliases:
            options: list[str] = []
            for alias in sorted(aliases, key=len, reverse=True):
                rest = re.escape(alias[1:]).replace(r"\ ", r"\s+")
                options.append(f"{re.escape(alias[0])}(?i:{rest})")  # MCKAY is McKay in action lines
                options.append(r"(?:(?<=the )|(?<=The ))" + re.escape(alias.lower()).replace(r"\ ", r"\s+"))
            pattern = re.compile(rf"\b({'|'.join(options)})\b(['’]s?(?=\W))?")
        return cls(tuple(names), sexes, [], pattern, aliases)

    def touch(self, names: Iterable[str]) -> None:
        """These were spoken of just now; the first of them most of all."""
        for name in reversed(list(names)):
            if name in self.recent:
                self.recent.remove(name)
            self.recent.insert(0, name)

    def named(self, text: str) -> list[Mention]:
        """Everyone called by name, in order."""
        if self.pattern is None:
            return []
        found: list[Mention] = []
        for m in self.pattern.finditer(text):
            name = self.aliases.get(re.sub(r"\s+", " ", m.group(1)).upper())
            if name is None:
                continue
            owner = bool(m.group(2)) and bool(re.match(rf"\s+(?:\w+\s+)?(?:{_BODY})\b", text[m.end() :]))
            if m.group(2) and not owner:
                continue
            if found and found[-1].end and re.fullmatch(r"\s*(?:,|and|&|,\s*and)\s*", text[found[-1].end : m.start()]):
                last = found.pop()
                joined = tuple(dict.fromkeys((*last.names, name)))
                found.append(Mention(joined, last.start, m.end(), owner, False))
            elif found and found[-1].names == (name,) and text[found[-1].end : m.start()].isspace():
                found[-1] = found[-1]._replace(end=m.end())
            else:
                found.append(Mention((name,), m.start(), m.end(), owner, False))
        return found

    def mentions(self, text: str, subject: Sequence[str] = ()) -> list[Mention]:
        """Everyone called by name or pronoun, in order. Object pronouns never mean the `subject` of the clause."""
        found = self.named(text)
        for m in re.finditer(r"\b(he|she|they|him|her|them|his|their|both|everyone|everybody|all)\b", text, re.I):
            if any(f.start <= m.start() < f.end for f in found):
                continue
            word = m.group().lower()
            possessive = word in {"his", "their"} or (word == "her" and bool(re.match(r"\s+[a-z]", text[m.end() :])))
            owner = possessive and bool(re.match(rf"\s+(?:\w+\s+)?(?:{_BODY})\b", text[m.end() :]))
            if word == "her" and possessive and _NOT_HERS.match(text[m.end() :]):
                possessive = False
            if possessive and not owner:
                continue
            earlier = [f.names[0] for f in found if f.end <= m.start() and not f.owner]
            names = self._resolve(word, possessive, (*subject, *earlier[:1]))
            if names:
                found.append(Mention(names, m.start(), m.end(), owner, True))
        return sorted(found, key=lambda f: f.start)

    def _resolve(self, word: str, possessive: bool, subject: Sequence[str]) -> tuple[str, ...]:
        if word in {"everyone", "everybody", "all"}:
            return self.names if word != "all" else ()
        if word in {"they", "them", "their", "both"}:
            group = tuple(self.recent[:2]) if word == "both" else tuple(n for n in self.names if n in self.recent)
            return group if len(group) > 1 else ()
        sex = "male" if word in {"he", "him", "his"} else "female"
        order = [*subject, *self.recent] if possessive else self.recent
        fits = [n for n in order if self.sexes.get(n) == sex] or [n for n in order if self.sexes.get(n) is None]
        if word in {"him", "her"} and not possessive:
            fits = [n for n in fits if n not in subject]
        return (fits[0],) if fits else ()

    def other(self, name: str) -> str | None:
        """The one whom `name` most likely deals with: the last other person spoken of, or the only other one."""
        return next((n for n in self.recent if n != name), None) or (
            next(n for n in self.names if n != name) if len(self.names) == 2 and name in self.names else None
        )


_NOT_HERS = re.compile(r"\s+(?:with|to|in|at|from|and|on|for|as|by|the|a|an|his|this|that|some|it|up)\b")
"""After "her" that is no possessive: "hands her the keys"."""


def _aliases(names: Sequence[str]) -> dict[str, str]:
    """Every way to call someone that only one of them has, in capitals."""
    owners: dict[str, set[str]] = {}
    for name in names:
        words = [w for w in re.split(r"[\s.]+", name.upper()) if w]
        ways = {name.upper(), *(w for w in words if w.lower() not in _TITLES and len(w) > 1)}
        if words and words[0] == "THE":
            ways.add(" ".join(words[1:]))
        for way in ways:
            owners.setdefault(way, set()).add(name)
    for name in names:
        owners[name.upper()] = {name}
    return {way: next(iter(who)) for way, who in owners.items() if len(who) == 1}


def clauses(sentence: str, people: People) -> list[str]:
    """The clauses of a sentence. Names joined by "and" stay together."""
    joined = sentence
    for mention in reversed(people.named(sentence)):
        if len(mention.names) > 1:
            inner = re.sub(r"\s*,?\s*\band\b\s*|\s*,\s*", " & ", joined[mention.start : mention.end])
            joined = joined[: mention.start] + inner + joined[mention.end :]
    joined = re.sub(r"\(([^)]*)\)", " ", joined)
    return [c.strip() for c in _SPLIT.split(joined) if c and c.strip()]


_STOP = re.compile(
    r"\b(?:with|and|in|on|at|of|to|for|from|by|as|while|who|that|which|where|into|onto|behind|beside|near|under|over|"
    r"below|above|between|through|beneath|is|are|was|not|again|slowly|quickly|alone|together|now|outside|inside|next|"
    r"across|along|without|holding|wearing|looking|after|before|until|like)\b|[^\w\s'’-]"
)
_DET = re.compile(r"^(?:the|a|an|his|her|their|its|this|that|one of the|some|another|\w+['’]s)\s+", re.IGNORECASE)
_SAME_FEATURE = {
    "couch": "sofa",
    "settee": "sofa",
    "loveseat": "sofa",
    "armchairs": "armchair",
    "steering": "wheel",
    "doorway": "door",
    "doorframe": "door",
    "threshold": "door",
    "entrance": "door",
    "windowsill": "window",
    "sill": "window",
    "windshield": "windscreen",
    "mattress": "bed",
    "bunk": "bed",
    "cot": "bed",
    "staircase": "stairs",
    "steps": "stairs",
    "stool": "stool",
    "barstool": "stool",
    "booths": "booth",
    "hearth": "fireplace",
    "trees": "tree",
    "railing": "railing",
    "ledge": "parapet",
    "sidewalk": "pavement",
    "ground": "floor",
    "sea": "water",
    "worktop": "counter",
}
_NO_FEATURE = words(
    "feet foot knees knee side back head hand hands silence way place moment room edge front middle "
    "end corner lap "
    "face eyes arms arm shoulder shoulders shadows shadow dark darkness pain tears fear anger time night day "
    "morning "
    "breath distance him her them it himself herself frame camera light air apron coat suit moments seconds phone "
    "turn last once all each other"
)


def noun(text: str) -> str | None:
    """The head word of the noun phrase that a text begins with ("the big parked car, alone" gives "car")."""
    rest = _DET.sub("", text.strip(), count=1)
    stop = _STOP.search(rest)
    words = (rest[: stop.start()] if stop else rest).lower().split()
    return words[-1].strip("'’-") if words else None


def feature(text: str) -> str | None:
    """The set feature that a noun phrase names, in one word, or None when it is no place ("her knees")."""
    word = noun(text)
    after = re.match(
        r"^(?:the\s+)?(?:edge|end|foot|head|top|middle|front|corner|back|side)\s+of\s+(.*)", text.strip(), re.I
    )
    if after:
        return feature(after.group(1))
    if word is None or word in _NO_FEATURE or not word.isascii():
        return None
    return _SAME_FEATURE.get(word, word)
