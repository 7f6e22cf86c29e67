"""What an introduction says about a person: age, sex, build, clothes, hair and the other words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from maquette.script import ages
from maquette.script import describing_words as lists

_TOKEN = re.compile(r"[^\W_]+(?:['’/-][^\W_]+)*|[(),.;:!?—–]|--|(?<=\s)-(?=\s)")
_WORN = frozenset(["in", "wearing", "wears", "wear", "sporting", "dons", "donning", "clad", "dressed", "modelling"])
_LONGEST_PHRASE = 7
_SEX_LETTER = re.compile(r"[(,/\s](f|female|she/her|m|male|he/him)(?=[),/\s])", re.IGNORECASE)


@dataclass(frozen=True)
class Description:
    """What the words say; None and () where they say nothing."""

    age_years: int | None = None
    sex: str | None = None
    build: tuple[str, ...] = ()
    clothes: tuple[str, ...] = ()
    hair: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    animal: bool = False


def describe(name: str, before: str, after: str, following: str, rest: str = "") -> Description:
    """Read an introduction.

    `before`: describing words right before the name; `after`: from the name to the end of its sentence or the next
    person; `following`: the sentences after it that speak of the same person; `rest`: more words of the sentence, in
    which only pronouns count.
    """
    appositive, action = _parts(after)
    told = f"{before} , {appositive}"
    reader = _Phrases(told, strict=False)
    acting = _Phrases(action, strict=True)
    later = [_Phrases(_predicate(s), strict=False) for s in _sentences(following) if _describes(s)]
    readers = [reader, acting, *later]
    return Description(
        age_years=_age(name, told, following),
        sex=_sex(name, reader, f"{after} {rest} {following}", told),
        build=_unique(w for r in [reader, *later] for w in r.build()),
        clothes=_unique(w for r in readers for w in r.clothes),
        hair=_unique(w for r in readers for w in r.hair),
        words=_unique(reader.other_words()),
        animal=any(t in lists.ANIMALS for t in reader.open_tokens()) or "german shepherd" in told.casefold(),
    )


def _unique(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


def _sentences(text: str) -> list[str]:
    return [s for s in re.split(r"(?<=[.!?…])\s", text) if s.strip()]


def _describes(sentence: str) -> bool:
    """Whether a sentence after the introduction says how someone looks: "She wears ...", "He is tall"."""
    tokens = [t.casefold() for t in _TOKEN.findall(sentence)[:12]]
    if not tokens:
        return False
    subject = tokens[0] in ("his", "her", "their") and any(t in lists.HAIR | lists.GARMENTS for t in tokens[1:7])
    return subject or any(
        t in ("wears", "wearing", "dressed", "sports", "clad") or (t in ("is", "has", "was", "had") and at < 3)
        for at, t in enumerate(tokens)
    )


def is_fragment(sentence: str) -> bool:
    """A describing sentence without a verb: "Ten, maybe eleven.", "Freckles, oversized denim jacket."."""
    tokens = [t.casefold() for t in _TOKEN.findall(sentence[:200])]
    looks = lists.HAIR | lists.GARMENTS | lists.BUILD | lists.HAIR_ALONE | lists.CLOTHED_ALONE
    if not tokens or len(tokens) > 20 or any(t in lists.HUMAN_VERBS for t in tokens):
        return False
    return any(t in looks for t in tokens) or any(
        ages.bare_age(piece) is not None or ages.stated_age(piece) is not None for piece in re.split(r"[,;.]", sentence)
    )


def _predicate(sentence: str) -> str:
    """A describing sentence without its subject."""
    return re.sub(
        r"^\s*(?:He|She|They|His|Her|Their|[A-Z][\w'’]+)(?:['’]s)?\s(?:is\s|was\s|are\s|has\s|had\s)?", " ", sentence
    )


def _parts(after: str) -> tuple[str, str]:
    """The description that follows a name, and the rest of the sentence from its verb on."""
    depth = 0
    at_start = True
    for match in _TOKEN.finditer(after):
        token = match.group()
        if token in "()":
            depth += 1 if token == "(" else -(depth > 0)
        if depth:
            continue
        word = token.casefold()
        if word in ("is", "was", "has") or (word in ("who", "whose")):
            at_start = False
            continue
        if word == "both":
            continue
        if _is_verb(word, at_start):
            return after[: match.start()], after[match.start() :]
        at_start = token in ",;:—–--)" or (at_start and word.endswith("ly"))
    return after, ""


def _is_verb(word: str, at_start: bool) -> bool:
    if word in ("wears", "sports", "has", "is") or word in lists.HAIR or word in lists.GARMENTS:
        return False
    if word in lists.HUMAN_VERBS or (
        at_start and word not in lists.PERSONS and {f"{word}s", f"{word}es"} & lists.HUMAN_VERBS
    ):
        return True
    plural = word in lists.STOPS or word in lists.PERSONS or ages.AGE_TOKENS.match(word) is not None
    return (
        at_start
        and word.isalpha()
        and len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us"))
        and not plural
    )


def _age(name: str, told: str, following: str) -> int | None:
    for inside in re.findall(r"\(([^()]{1,80})\)", told):
        for piece in re.split(r"[,;/]", inside):
            age = ages.stated_age(piece)
            age = age if age is not None else ages.bare_age(piece)
            if age is not None:
                return age
    age = ages.stated_age(told)
    if age is None:
        pieces = re.split(r"[,:;—–()]|\s-\s|--", told)
        age = next((found for p in pieces if (found := ages.bare_age(p)) is not None), None)
    if age is None:
        later = " ".join(s for s in _sentences(following) if re.match(r"\s*(He|She|They)\b", s))
        age = ages.stated_age(later)
    if age is not None:
        return age
    apposition = re.split(r"\b(?:with|of|in|at|from|to|for)\b", told, maxsplit=1)[0]
    return ages.worded_age(f"{name} {apposition}")


def _sex(name: str, reader: _Phrases, rest: str, told: str) -> str | None:
    named = [t.casefold() for t in _TOKEN.findall(name)]
    if "'s" in name.casefold() or "’s" in name.casefold():
        named = named[-1:]
    for tokens in (named, reader.open_tokens()):
        for token in tokens:
            if token in lists.FEMALE or token.endswith(("woman", "girl")):
                return "female"
            if token in lists.MALE or (token.endswith("man") and token not in ("human", "german", "roman", "norman")):
                return "male"
    if letter := _SEX_LETTER.search(told):
        return "female" if letter.group(1).casefold()[0] in "fs" else "male"
    return pronoun_sex(rest)


def pronoun_sex(text: str) -> str | None:
    """The sex that most pronouns of `text` have; the first one decides a draw."""
    tokens = [t.casefold() for t in _TOKEN.findall(text)]
    votes = [
        ("female" if t in lists.PRONOUNS_F else "male") for t in tokens if t in lists.PRONOUNS_F | lists.PRONOUNS_M
    ]
    if not votes:
        return None
    female = votes.count("female")
    return votes[0] if female * 2 == len(votes) else ("female" if female * 2 > len(votes) else "male")


class _Phrases:
    """The tokens of one describing text, with the phrases of hair and clothes taken out."""

    def __init__(self, text: str, strict: bool) -> None:
        self.words = _TOKEN.findall(text)
        self.tokens = [t.casefold().replace("’", "'") for t in self.words]
        self.used = [False] * len(self.tokens)
        self.hair: list[str] = []
        self.clothes: list[str] = []
        self.strict = strict
        for at in range(len(self.tokens)):
            if not self.used[at]:
                self._phrase_at(at)

    def _phrase_at(self, at: int) -> None:
        token = self.tokens[at]
        if token in lists.HAIR_ALONE and self._is_modifier(at):
            return
        if token in lists.HAIR_ALONE or token.endswith(lists.HAIR_SUFFIXES):
            if not self.strict:
                self._keep(self.hair, at, at + 1)
        elif token in lists.CLOTHED_ALONE:
            self._keep(self.clothes, at, at + 1)
        elif token in lists.HAIR and not self._is_modifier(at):
            if token in ("bob", "cut", "locks", "bangs") and self._start(at) == at:
                return
            start = self._start(at)
            if not self.strict or self._worn(start):
                self._keep(self.hair, start, self._hair_end(at + 1))
        elif token in lists.GARMENTS and not self._is_modifier(at):
            start = self._start(at)
            if (not self.strict or self._worn(start)) and not self._possessed(start):
                self._keep(self.clothes, start, at + 1)
        elif token in lists.COLORS and self._bare_color(at):
            self._keep(self.clothes, at, at + 1)

    def _keep(self, found: list[str], start: int, end: int) -> None:
        words = [self.tokens[at] for at in range(start, end)]
        found.append(re.sub(r"\s+,", ",", " ".join(words)))
        for at in range(start, end):
            self.used[at] = True

    def _is_modifier(self, at: int) -> bool:
        """The first word of a longer garment ("suit jacket"), or a thing that is none ("coat rack")."""
        ahead = at + 1
        while (
            self.tokens[at] in lists.HAIR_ALONE and ahead < len(self.tokens) and self.tokens[ahead] in lists.MODIFIERS
        ):
            ahead += 1
        after = self.tokens[ahead] if ahead < len(self.tokens) else ""
        return after in lists.GARMENTS | lists.HAIR or after in (
            "rack",
            "hanger",
            "pocket",
            "hook",
            "box",
            "store",
            "shop",
            "rehearsal",
        )

    def _start(self, at: int) -> int:
        """Where the phrase that ends at `at` begins: its modifiers, back to an article, a preposition or a comma."""
        start = at
        while start and at - start < _LONGEST_PHRASE:
            before = self.tokens[start - 1]
            if (
                before == "of"
                and start > 1
                and self.tokens[start - 2] in lists.HAIR_OF
                and self.tokens[at] in lists.HAIR
            ) or (before in (",", "and") and self._joins_modifiers(start - 1)):
                start -= 2
            elif (
                before in lists.STOPS
                or not before[0].isalnum()
                or before in lists.PERSONS
                or self.used[start - 1]
                or before in lists.HUMAN_VERBS
                or (ages.AGE_TOKENS.match(before) and before not in ("old", "young"))
            ):
                break
            else:
                start -= 1
        return start

    def _joins_modifiers(self, at: int) -> bool:
        """As in "a long, dirty coat" or "black and white shirt": modifiers on both sides, an article before them."""
        if at == 0 or at + 1 >= len(self.tokens):
            return False
        both = self.tokens[at - 1] in lists.MODIFIERS and self.tokens[at + 1] in lists.MODIFIERS
        first = at - 1
        while first and self.tokens[first - 1] in lists.MODIFIERS:
            first -= 1
        ahead = self.tokens[first - 1] if first else ""
        article = ahead in ("a", "an", "the", "his", "her", "their")
        return both and not self.used[at - 1] and (article or self.tokens[at] == "and")

    def _worn(self, start: int) -> bool:
        """Whether the phrase follows a word of wearing, perhaps over an article or another garment."""
        for at in range(start - 1, max(start - 4, -1), -1):
            token = self.tokens[at]
            if token in _WORN:
                return True
            if token not in ("a", "an", "the", "his", "her", "their", "and", ",", "old", "some") and not self.used[at]:
                return False
        return start > 0 and self.used[start - 1]

    def _possessed(self, start: int) -> bool:
        return start > 0 and self.tokens[start - 1].endswith("'s")

    def _bare_color(self, at: int) -> bool:
        """ "in black", "all in white", "in uniform": a colour or stuff alone after a word of wearing."""
        ends = at + 1 >= len(self.tokens) or self.tokens[at + 1] in lists.STOPS or not self.tokens[at + 1][0].isalnum()
        worn = at > 0 and self.tokens[at - 1] in _WORN
        return (ends and worn and self.tokens[at] not in ("mourning",)) or (worn and ends)

    def _hair_end(self, at: int) -> int:
        """Past what is said of the hair: "in a bun", "tied back", "to her shoulders"."""
        if (
            at >= len(self.tokens)
            or self.tokens[at] not in lists.HAIR_AFTER
            or (self.tokens[at] == "in" and not self._hair_in(at))
        ):
            return at
        end = at + 1
        while end < len(self.tokens) and end - at < 6:
            token = self.tokens[end]
            with_color = token == "with" and self.tokens[end - 1] in ("streaked", "shot", "flecked", "threaded", "tied")
            if (
                not token[0].isalnum()
                or (token in ("and", "with", "who", "wearing") and not with_color)
                or token in lists.HUMAN_VERBS
                or token in lists.GARMENTS
            ):
                break
            end += 1
        while end > at and self.tokens[end - 1] in lists.STOPS - {"back", "up", "down", "out"}:
            end -= 1
        return end

    def _hair_in(self, at: int) -> bool:
        return any(
            t in lists.HAIR or t in ("knot", "tail", "net", "curlers", "rollers", "chignon")
            for t in self.tokens[at + 1 : at + 5]
        )

    def open_tokens(self) -> list[str]:
        """Tokens that speak of the person: outside brackets, of no prepositional phrase, of no one else's."""
        return [self.tokens[at] for at in self._open()]

    def _open(self) -> list[int]:
        found: list[int] = []
        closed = False
        for at, token in enumerate(self.tokens):
            if token in (",", ";", ":", ".", "(", ")", "—", "–", "--", "-"):
                closed = False
            elif token in lists.PREPOSITIONS:
                closed = not self._of_build(at)
            elif not closed and not token.endswith("'s") and not self.used[at]:
                found.append(at)
        return found

    def _of_build(self, at: int) -> bool:
        return any(t in lists.BUILD_NOUNS for t in self.tokens[at + 1 : at + 5])

    def build(self) -> list[str]:
        return [self.tokens[at] for at in self._open() if self.tokens[at] in lists.BUILD]

    def other_words(self) -> list[str]:
        """Trades and traits: what is neither build, age, sex, clothes nor hair."""
        plain_sex = {
            "man",
            "woman",
            "men",
            "women",
            "male",
            "female",
            "boy",
            "girl",
            "guy",
            "f",
            "m",
            "pushing",
            "nearly",
            "maybe",
            "perhaps",
            "about",
        }
        out = lists.STOPS | lists.BUILD | lists.BUILD_NOUNS | plain_sex | lists.PRONOUNS_F | lists.PRONOUNS_M
        return [
            t
            for t in self.open_tokens()
            if t not in out and any(c.isalpha() for c in t) and not ages.AGE_TOKENS.match(t) and len(t) > 1
        ]
