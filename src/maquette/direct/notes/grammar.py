"""Film language: what the clauses of a note ask for in exact terms, numbers, comparisons and negations."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from maquette.direct.notes.arithmetic import Effect, Op, parse_effect
from maquette.direct.notes.cues import moments, read_cue
from maquette.direct.notes.heads import Head, assign_modifiers, heads_of
from maquette.direct.notes.items import Cast, Item, items_of
from maquette.direct.notes.lexicon import Part
from maquette.direct.notes.subjects import read_names
from maquette.direct.notes.text import Clause
from maquette.direct.notes.wish import Said, Setting, Wish
from maquette.direct.notes.wishes import ask
from maquette.direct.notes.words_light import SOURCES
from maquette.direct.notes.words_topics import TOPICS, Topic

_LIT_TERMS = ("lighting=", "motivation=", "key-")


@dataclass
class Heard:
    """One clause as the grammar understood it."""

    clause: Clause
    items: tuple[Item, ...]
    wishes: list[Wish] = field(default_factory=list[Wish])
    remarks: list[str] = field(default_factory=list[str])
    left: list[tuple[int, int]] = field(default_factory=list[tuple[int, int]])
    """Runs of words that were not understood, first and last index."""
    loose: bool = False
    """Understood by single plain words amid others that were not: perhaps a figure of speech."""
    silent: bool = False
    """It was understood and asks for no change: "don't go wider"."""
    bare: bool = False
    """It names something and says nothing of it: "eyes", "not the camera"."""
    stranger: bool = False
    """It speaks of something that is no part of the picture's controls: "the trousers are too short"."""
    corrects: bool = False
    """The clause takes back what was said before: "no, wider"."""

    @property
    def unknown(self) -> int:
        """Words of meaning that the grammar does not know."""
        return sum(i.part is Part.UNKNOWN for i in self.items)


def hear(clauses: Sequence[Clause], cast: Cast, now: Mapping[str, Any]) -> list[Heard]:
    """All clauses, each read with what went before it."""
    heard: list[Heard] = []
    itemised = [tuple(items_of(c, cast)) for c in clauses]
    moving = any(_states(i, ("move=",)) for items in itemised for i in items)
    last: Wish | None = None
    topic: Topic | None = None
    corrects = False
    for clause, items in zip(clauses, itemised, strict=True):
        if all(i.part is Part.CORRECTION or i.text in ("no", "not", "nope") for i in items):
            corrects = True  # "no, wider"
            continue
        setting = Setting(now, _speaks_of_light(items), _is_rim(items), moving, last, topic)
        one = _hear_one(clause, items, cast, setting)
        one.corrects = corrects or any(i.part is Part.CORRECTION for i in items[:2])
        corrects = False
        topic = _topic_of(items) if one.wishes else _only_topic(items)
        last = one.wishes[-1] if one.wishes else last
        heard.append(one)
    return heard


def _speaks_of_light(items: Sequence[Item]) -> bool:
    return any((i.part is Part.TOPIC and i.value.lit) or _states(i, _LIT_TERMS) for i in items)


def _states(item: Item, controls: tuple[str, ...]) -> bool:
    """Whether an exact term states one of these controls."""
    return item.part is Part.TERM and any(e.startswith(controls) for e in item.value)


def _is_rim(items: Sequence[Item]) -> bool:
    return any(i.part is Part.TOPIC and i.value.name == "back" for i in items)


_SOURCE_WORDS = {tuple(phrase.split()): source for source, listed in SOURCES.items() for phrase in listed.split("|")}


def _sources(items: Sequence[Item], setting: Setting, taken: set[int]) -> list[Wish]:
    """ "the key from the window", "lit by the TV": what the light seems to come from."""
    alone = not any(i.part in (Part.TERM, Part.QUALITY, Part.MOOD, Part.UNKNOWN) for i in items)
    for at, item in enumerate(items):
        if item.text not in ("from", "by", "through") or at in taken:
            continue
        if not setting.lit and not (alone and item.text == "from"):
            continue
        rest = [(k, t) for k in range(at + 1, len(items)) for t in items[k].texts]
        while rest and (items[rest[0][0]].part is Part.STOP or rest[0][1] in ("nothing", "only", "just")):
            rest.pop(0)
        for length in (3, 2, 1):
            source = _SOURCE_WORDS.get(tuple(t for _, t in rest[:length])) if len(rest) >= length else None
            if source:
                last = rest[length - 1][0]
                taken.update(range(at, last + 1))
                effect = parse_effect(f"motivation={source}")
                return [Wish(effect, 1.0, item.first, items[last].last, 0.9)]
    return []


def _topic_of(items: Sequence[Item]) -> Topic | None:
    """What a clause that begins with a thing is about: "the key softer, warmer"."""
    heads = [i for i in items if i.part in (Part.TOPIC, Part.QUALITY, Part.TERM)]
    return heads[0].value if heads and heads[0].part is Part.TOPIC and len(heads) > 1 else None


_OPINIONS = ("i", "i'm", "love", "like", "not")
_LIGHTS = ("light", "key", "source")
_RIM = next(t for t in TOPICS if t.name == "back")


_REPORTED = re.compile(
    r"\b(?:we talked about|you talked about|i know (?:i|we) said|i said [\w ]+ before|said [\w ]+ (?:earlier|"
    "yesterday|last time)"
    r"|used to be|last time (?:it|we|you)|was (?:once )?supposed to be|we discussed|i asked for [\w ]+ (?:before|"
    "earlier))\b"
)


def _reported(clause: Clause) -> bool:
    """Whether it tells what was said before and asks for nothing now."""
    return bool(_REPORTED.search(" ".join(clause.texts)))


def _from_behind(heads: list[Head], items: Sequence[Item]) -> None:
    """ "the light from the back is too strong": light from behind, where more or less is said of it, is the rim."""
    behind = [h for h in heads if h.item.part is Part.DIRECTION and h.item.value == "behind"]
    for head in heads:
        topic = head.topic if head.item.part is Part.QUALITY else None
        if not behind or topic is None or topic.value.name not in _LIGHTS:
            continue
        if any(s.quality in ("level", "strength", "warmth") for s in head.item.value):
            head.topic = replace(topic, value=_RIM)
            heads.remove(behind[0])
            return


def _only_topic(items: Sequence[Item]) -> Topic | None:
    """What a clause that only names a thing opens: "the lens, I'd go longer", "the light: too sweet"."""
    named = [i for i in items if i.part not in (Part.STOP, Part.SMALL, Part.CHAT)]
    return named[0].value if len(named) == 1 and named[0].part is Part.TOPIC else None


def _hear_one(clause: Clause, items: tuple[Item, ...], cast: Cast, setting: Setting) -> Heard:
    heard = Heard(clause, items)
    if clause.question:
        heard.left = [(0, len(clause.words) - 1)]
        heard.remarks.append("A note is read for changes: questions are not answered.")
        return heard
    from_source = _sources(items, setting, taken := set[int]())
    when = moments(items)
    cue = read_cue(items, setting.now, when)
    taken |= set(when)
    if cue is not None:
        taken |= set(range(cue[1], cue[2] + 1))
        span = items[cue[1]].first, items[cue[2]].last
        from_source.append(Wish(Effect("light-cues", Op.SET, cue[0]), 1.0, *span, 0.85 if when else 0.7))
    named = read_names(items, cast, setting.now, taken)
    heads = heads_of(items, named.taken)
    strange = [h for h in heads if h.stranger]
    heads = [h for h in heads if not h.stranger]
    used = assign_modifiers(heads, items, named.taken)
    _from_behind(heads, items)
    if any(i.part is Part.CHAT and i.texts[0] in _OPINIONS and len(i.texts) > 1 for i in items):
        heads = [h for h in heads if not (h.mods.plain and h.item.part is Part.TOPIC)]  # "I love the framing"
    said = Said()
    for head in heads:
        ask(head, setting, said)
    heard.wishes = [*from_source, *named.wishes, *said.wishes]
    if clause.circumstance and setting.last is not None:  # "so the nose shadow drops": a purpose, no wish of its own
        heard.wishes = [w for w in heard.wishes if w.effect.control.startswith("mood")]
    if _reported(clause):
        heard.wishes = []
        said.silent.add(0)
    heard.remarks = [*named.remarks, *said.remarks]
    heard.silent = bool(said.silent)
    if cue is not None:
        items = tuple(replace(i, part=Part.STOP) if cue[1] <= k <= cue[2] else i for k, i in enumerate(items))
    understood = bool(heard.wishes) or heard.silent
    heard.bare = not heard.wishes and not any(
        i.part not in (Part.TOPIC, Part.STOP, Part.SMALL, Part.NOT, Part.CHAT, Part.NAME, Part.CORRECTION)
        for i in items
    )
    heard.left = _left_over(items, used, understood, heads, setting, heard)
    heard.loose = bool(heard.wishes) and (said.odd or _is_loose(items, heads, heard))
    if cue is not None or when:
        heard.bare, heard.loose = True, False
    if when and cue is None:
        heard.left = sorted([*heard.left, *((items[k].first, items[k].last) for k in when)])
    if strange:  # about a hat, not about the picture: all of it is reported, none of it guessed at
        heard.stranger, heard.loose = True, False
        first = min(min(h.stranger, h.item.first) for h in strange)
        last = max(max(h.stranger, h.item.last) for h in strange)
        heard.left = [(first, last), *(r for r in heard.left if r[1] < first or r[0] > last)]
    return heard


def _left_over(items: Sequence[Item], used: set[int], understood: bool, heads: Sequence[Head], setting: Setting,
               heard: Heard) -> list[tuple[int, int]]:  # fmt: skip
    """Runs of unknown words; words between two of a run belong to it. Where nothing was understood, heads count,
    too."""
    silent = {Part.STOP, Part.SMALL, Part.CHAT, Part.CORRECTION, Part.NAME, Part.DEGREE, Part.KEEP, Part.USE, Part.MORE,
              Part.LESS, Part.NOT, Part.TOO, Part.ENOUGH, Part.NORMAL, Part.FACTOR}  # fmt: skip
    if not understood and setting.last is not None and _adds_degree(items, setting, heard):
        return []
    strange = [i.part is Part.UNKNOWN or (not understood and i.part not in silent) for i in items]
    runs: list[tuple[int, int]] = []
    for index, item in enumerate(items):
        if not strange[index]:
            continue
        near = runs and all(
            i.part in silent for i in items if runs[-1][1] < i.first < item.first
        ) and item.first - runs[-1][1] <= 4  # fmt: skip
        if near:
            runs[-1] = (runs[-1][0], item.last)
        else:
            runs.append((item.first, item.last))
    return runs


def _adds_degree(items: Sequence[Item], setting: Setting, heard: Heard) -> bool:
    """ "darker, just a touch": the clause says how much of the one before."""
    degrees = [i for i in items if i.part is Part.DEGREE]
    rest = [i for i in items if i.part not in (Part.DEGREE, Part.STOP, Part.SMALL)]
    if not degrees or rest or setting.last is None:
        return False
    last, steps = setting.last, float(degrees[-1].value)
    heard.wishes = [Wish(last.effect, steps, degrees[0].first, degrees[-1].last, last.sure, last.why)]
    heard.corrects = True
    return True


def _is_loose(items: Sequence[Item], heads: Sequence[Head], heard: Heard) -> bool:
    """Whether the clause is rather free speech: a simile, or more unknown words than understood ones."""
    if not heard.left:
        return False
    firm = sum(
        1 for h in heads
        if (h.item.part is Part.TERM and h.last > h.first) or not h.mods.plain or h.topic is not None
        or (h.item.part is Part.QUALITY and any(s.compares for s in h.item.value)) or h.item.part is Part.NUMBER
    )  # fmt: skip
    texts = " ".join(i.text for i in items)
    if re.search(r"\b(?:as|like) (?:an?|in|if|the|when|being|some)\b", texts):
        return firm <= 1
    return heard.unknown >= 2 and heard.unknown > len(heads) + firm
