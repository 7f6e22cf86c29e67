"""The cast list: who speaks, who is brought on in capitals, and which names are one person."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from maquette.film.screenplay import Character, Element, ElementKind, Place
from maquette.script import describing_words as lists
from maquette.script.cues import joint_names, voice_owner
from maquette.script.describe import Description, pronoun_sex
from maquette.script.introductions import CapsRun, Introduction, caps_runs, introduce, is_person, sentences
from maquette.script.presence import Presence

Line = tuple[ElementKind, str, str | None, Place]
"""Kind, words, speaker as in the cue, place."""
_SEEN = (ElementKind.ACTION, ElementKind.SHOT)


@dataclass
class CastReading:
    """The cast and the names by which the script calls it."""

    cast: tuple[Character, ...]
    names: dict[str, str]
    """Name in a cue -> name in the cast."""
    presence: Presence = field(default_factory=lambda: Presence(()))

    def present(self, elements: Sequence[Element]) -> tuple[str, ...]:
        """Those who speak or are named in the action of these elements, in order of appearance."""
        found: dict[str, None] = {}
        for element in elements:
            if element.kind is ElementKind.CHARACTER and element.character:
                for name in joint_names(element.character) or (element.character,):
                    name = self.names.get(name, name)
                    if name in self.presence.names:
                        found[name] = None
            elif element.kind in _SEEN:
                found.update(dict.fromkeys(self.presence.named(element.text)))
        return tuple(found)


def read_cast(lines: Sequence[Line]) -> CastReading:
    """The cast of a screenplay, in order of appearance."""
    cues = Counter(name for kind, _, name, _ in lines if kind is ElementKind.CHARACTER and name)
    names = _one_name_each(cues)
    speakers = {
        names[name] for name in cues if names[name].casefold() not in lists.GROUPS and not joint_names(names[name])
    }
    introductions = _introductions(lines, speakers)
    order = _order(lines, names, introductions)
    sexes = _sexes(lines, set(order))
    cast = tuple(_character(name, name in speakers, introductions.get(name), sexes.get(name)) for name in order)
    return CastReading(cast=cast, names=names, presence=Presence(_aliases(cast, introductions)))


# --- names ---------------------------------------------------------------------------------------------------------


def key_words(name: str) -> tuple[str, ...]:
    """The words of a name that tell people apart: no article, no title, no quotation marks."""
    words = [w.strip("\"“”'.,#") for w in name.casefold().split()]
    words = [w for w in words if w and w not in ("the", "a", "an")]
    if len(words) > 2 and words[0] == "old" and words[1] in ("man", "woman", "lady"):
        words = words[2:]
    return tuple(w for w in words if w not in lists.TITLES) or tuple(words)


def same_person(one: str, other: str) -> int:
    """3: the same name; 2: `one` is a shorter form of `other`; 1: a longer one; 0: someone else."""
    a, b = key_words(one), key_words(other)
    if not a or not b or _title_sex(one) * _title_sex(other) < 0:
        return 0
    if a == b:
        return 3
    short, long = (a, b) if len(a) < len(b) else (b, a)
    rest = Counter(long) - Counter(short)
    if Counter(short) - Counter(long) or any(w in lists.SETS_APART or w.isdigit() or w.endswith("'s") for w in rest):
        return 0
    if all(w in lists.PERSONS or w in lists.TITLES for w in short) or any(w.endswith("'s") for w in long):
        return 0
    return 2 if short == a else 1


def _title_sex(name: str) -> int:
    words = {w.strip(".") for w in name.casefold().split()}
    return (1 if words & {"mrs", "ms", "miss", "lady"} else 0) - (1 if words & {"mr", "lord"} else 0)


def _one_name_each(cues: Counter[str]) -> dict[str, str]:
    """For each name in a cue the name that the cast list uses: the one most often cued."""
    names = {name: name for name in cues}
    ranked = sorted(cues, key=lambda n: (-cues[n], list(cues).index(n) if len(cues) < 500 else 0))
    by_word: dict[str, list[str]] = {}
    for name in ranked:
        owner = voice_owner(name)
        if owner and owner in cues:
            names[name] = names[owner]
            continue
        rivals = {
            names[other] for word in key_words(name) for other in by_word.get(word, ()) if same_person(name, other)
        }
        if len(rivals) == 1:
            names[name] = rivals.pop()
        for word in key_words(name):
            by_word.setdefault(word, []).append(name)
    for name in ranked:
        joint = joint_names(name)
        if joint and all(part in names for part in joint):
            names[name] = names[joint[0]]
    return names


# --- introductions -------------------------------------------------------------------------------------------------


def _introductions(lines: Sequence[Line], speakers: set[str]) -> dict[str, Introduction]:
    proper = _proper_words(lines)
    by_word: dict[str, list[str]] = {}
    for name in sorted(speakers):
        for word in key_words(name):
            by_word.setdefault(word, []).append(name)
    found: dict[str, Introduction] = {}
    for at, (kind, text, _, place) in enumerate(lines):
        if kind is not ElementKind.ACTION:
            continue
        runs = caps_runs(text)
        named = [(run, _match(run, by_word, found)) for run in runs]
        people = [run for run, match in named if (match and not run.possessive) or is_person(run, text, proper)]
        for run, match in named:
            if run not in people or match in found:
                continue
            name = match or run.name
            new = introduce(text, _next_action(lines, at), run, people, place)
            if match is None and (new.description.animal or name in found):
                continue
            found[name] = new
            for word in key_words(name) + key_words(run.name):
                if name not in by_word.setdefault(word, []):
                    by_word[word].append(name)
    return found


def _match(run: CapsRun, by_word: dict[str, list[str]], found: dict[str, Introduction]) -> str | None:
    """The person whom a run names: an equal name first, then someone not introduced yet."""
    candidates = dict.fromkeys(name for word in key_words(run.name) for name in by_word.get(word, ()))
    scored: list[tuple[int, bool, bool, str]] = []
    for name in candidates:
        score = same_person(run.name, name)
        if score == 0 and name in found:
            score = min(same_person(run.name, found[name].name), 1)
        if score:
            first = key_words(run.name)[0] in key_words(name)
            scored.append((score, name not in found, first, name))
    return max(scored, key=lambda s: (s[0] == 3, s[1], s[2], s[0]))[3] if scored else None


def _next_action(lines: Sequence[Line], at: int) -> str:
    for kind, text, _, _ in lines[at + 1 : at + 3]:
        if kind is ElementKind.ACTION:
            return text
        if kind not in (ElementKind.NOTE, ElementKind.BONEYARD):
            break
    return ""


def _proper_words(lines: Sequence[Line]) -> frozenset[str]:
    """Lower-case words that the action writes with a capital inside a sentence and nowhere without one."""
    capital: set[str] = set()
    small: set[str] = set()
    for kind, text, _, _ in lines:
        if kind not in (ElementKind.ACTION, ElementKind.DIALOGUE):
            continue
        for match in re.finditer(r"(?<![.!?…] )(?<!^)(?<!\n)\b([A-Z][a-z]{2,})\b|\b([a-z]{3,})\b", text):
            (capital if match.group(1) else small).add(match.group().casefold())
    starts = {
        word.group().casefold()
        for kind, text, _, _ in lines
        if kind is ElementKind.ACTION
        for first, _ in sentences(text)
        if (word := re.compile(r"[A-Z][a-z]{2,}").match(text, first))
    }
    return frozenset((capital | starts) - small)


# --- the list ------------------------------------------------------------------------------------------------------


def _order(lines: Sequence[Line], names: dict[str, str], introductions: dict[str, Introduction]) -> list[str]:
    first: dict[str, tuple[int, int]] = {}
    for count, (name, introduction) in enumerate(introductions.items()):
        first[name] = (introduction.place.line, count)
    for kind, _, cue, place in lines:
        if kind is not ElementKind.CHARACTER or not cue:
            continue
        name = names[cue]
        if name.casefold() in lists.GROUPS:
            continue
        parts = tuple(names.get(part, part) for part in joint_names(name))
        for part in parts or (name,):
            if part not in first:
                first[part] = (place.line, len(introductions))
    return sorted(first, key=lambda name: first[name])


def _sexes(lines: Sequence[Line], cast: set[str]) -> dict[str, str]:
    """Sex by pronouns in the action: "Mara turns. She stops." Only sentences that name one person count."""
    words = {
        word: name for name in cast for word in key_words(name) if word not in lists.PERSONS or len(name.split()) == 1
    }
    votes: dict[str, Counter[str]] = {}
    subject = ""
    for kind, text, _, _ in lines:
        if kind is not ElementKind.ACTION:
            subject = subject if kind in (ElementKind.NOTE, ElementKind.SHOT) else ""
            continue
        for first, last in sentences(text):
            tokens = re.findall(r"[^\W_]+", text[first:last])
            named = dict.fromkeys(words[t.casefold()] for t in tokens if t.casefold() in words and t[0].isupper())
            opening = tokens[0] if tokens else ""
            if len(named) == 1 and words.get(opening.casefold()):
                subject = next(iter(named))
                sex, weight = pronoun_sex(text[first:last]), 1
            elif not named and subject and opening in ("He", "She", "His", "Her"):
                sex, weight = pronoun_sex(opening), 2
            else:
                subject, sex, weight = next(iter(named)) if len(named) == 1 else "", None, 0
            if sex:
                votes.setdefault(subject, Counter())[sex] += weight
    return {name: count.most_common(1)[0][0] for name, count in votes.items() if len(set(count.values())) == len(count)}


def _character(name: str, speaks: bool, introduction: Introduction | None, sex: str | None) -> Character:
    told = introduction.description if introduction else Description()
    by_name = None if introduction else _name_sex(name)
    return Character(
        name=name,
        speaks=speaks,
        introduced=introduction.place if introduction else None,
        description=introduction.sentence if introduction else "",
        age_years=told.age_years,
        sex=told.sex or by_name or sex,
        build=told.build,
        clothes=told.clothes,
        hair=told.hair,
        words=tuple(dict.fromkeys((*told.words, *_trades(introduction.name if introduction else name)))),
    )


def _trades(name: str) -> list[str]:
    """ "deputy" of DEPUTY RUTH OKAFOR, "waitress" of YOUNG WAITRESS."""
    words = [w.strip(".") for w in name.casefold().split()]
    told = lists.OTHER_PERSONS | {w for w in lists.FEMALE | lists.MALE if w.endswith(("ess", "man", "maid"))} - {
        "man",
        "woman",
    }
    return [w for w in words if w in told and w not in ("young", "old")]


def _name_sex(name: str) -> str | None:
    name = voice_owner(name) or name
    last = name.casefold().rstrip(" #0123456789").split()[-1:]
    words = [w.strip(".") for w in (name.casefold().split() if "'s" not in name.casefold() else last)]
    if any(w in lists.FEMALE or w.endswith("woman") for w in words):
        return "female"
    return "male" if any(w in lists.MALE for w in words) else None


def _aliases(cast: tuple[Character, ...], introductions: dict[str, Introduction]) -> tuple[tuple[str, str], ...]:
    pairs = [(c.name, c.name) for c in cast]
    pairs += [(introductions[c.name].name, c.name) for c in cast if c.name in introductions]
    return tuple(dict.fromkeys(pairs))
