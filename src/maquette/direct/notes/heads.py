"""The heads of a clause (what it speaks of) and the modifiers around each: how much, less, without, a number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from maquette.direct.notes.arithmetic import PRIMES_MM
from maquette.direct.notes.items import Item
from maquette.direct.notes.lexicon import Part, Sense
from maquette.direct.notes.numbers import Number
from maquette.direct.notes.words_qualities import QUALITIES
from maquette.direct.notes.words_small import word_set
from maquette.direct.notes.words_topics import Topic

HEADS = frozenset({Part.TERM, Part.TOPIC, Part.QUALITY, Part.MOOD, Part.DIRECTION})
_OWN_NUMBERS = frozenset({"mm", "T", ":1", "s", "K"})
"""Units that name their control by themselves."""
_FALL_BACK = frozenset({"level", "height", "size", "strength", "depth", "length", "contrast"})
"""Qualities that mean more or less of a thing where the thing has nothing better for them: "a strong rim"."""
_OF_THE_PICTURE = {q.name: q.of_the_picture for q in QUALITIES}


@dataclass
class Modifiers:
    """What is said around a head."""

    steps: float | None = None
    denied: bool = False
    too: bool = False
    enough: bool = False
    less: bool = False
    amount: int = 0
    """+1 more, -1 less, 0 nothing said."""
    remove: bool = False
    removed_by: str = ""
    """The words of it: "no", "cut"."""
    keep: bool = False
    normal: bool = False
    factor: float | None = None
    cuts_to: bool = False
    """The factor is what remains: "to half", "by half"."""
    full: float | None = None
    """An absolute share: "full strength", "zero"."""
    number: Number | None = None
    absolute: bool = False
    """A number that is the value itself: "at", "to", "is"."""
    relative: bool = False
    """A number that is a difference: "by", "a stop darker"."""
    under: int = 0
    """-1 "under", +1 "over", after a number of stops."""
    side: str = ""
    toward: str = ""
    """below, above, behind, front, side: where the light or the camera stands."""
    plain: bool = True
    """Nothing is said around the head."""


@dataclass
class Head:
    """One thing that a clause asks for."""

    item: Item
    topic: Item | None = None
    """Of a quality: what it is said of."""
    odd: bool = False
    """A quality beside something that cannot have it: perhaps not meant of the picture at all."""
    mentioned: bool = False
    """A thing after "on", "of", "into" ...: where something happens, not what is asked for."""
    told: bool = False
    """A story is told before it: its "not" and "no" are the story's."""
    stranger: int = 0
    """Of a quality: index of the word of something that no control is about ("the trousers are too short")."""
    mods: Modifiers = field(default_factory=Modifiers)

    @property
    def first(self) -> int:
        """Index of the first word."""
        return min(self.item.first, self.topic.first) if self.topic else self.item.first

    @property
    def last(self) -> int:
        """Index of the last word."""
        return max(self.item.last, self.topic.last) if self.topic else self.item.last


def control_of(topic: Topic, quality: str) -> str:
    """What a quality of a topic changes: a control, perhaps with a minus; "" if the topic cannot have it."""
    if quality in topic.of:
        return topic.of[quality]
    return topic.main if quality in _FALL_BACK else ""


def sense_for(senses: Sequence[Sense], topic: Topic | None) -> Sense | None:
    """The sense of a quality's words that fits a topic (None: the picture)."""
    for sense in senses:
        if control_of(topic, sense.quality) if topic else _OF_THE_PICTURE[sense.quality]:
            return sense
    return None


def heads_of(items: Sequence[Item], taken: set[int]) -> list[Head]:
    """Heads in order, qualities paired with what they are said of. `taken` holds indices of items already
    understood."""
    heads = [
        Head(item)
        for index, item in enumerate(items)
        if index not in taken and (item.part in HEADS or _is_own_number(items, index, taken))
    ]
    for head in heads:
        if head.item.part is Part.NUMBER:
            head.mods.number = head.item.value
            at = next(k for k, i in enumerate(items) if i is head.item)
            head.mods.absolute = bool(at) and items[at - 1].text == "to"
        head.told = _told(head.item, items) or _counts_another(head.item, items)
        head.mentioned = (head is not heads[0] or head.told) and _after_preposition(head.item, items)
    _pair(heads, items)
    return [h for h in heads if not (h.item.part is Part.TOPIC and _paired_away(h, heads))]


def _is_own_number(items: Sequence[Item], index: int, taken: set[int]) -> bool:
    """A number that stands for itself: "85mm". One beside a topic that takes its unit belongs to the topic."""
    item = items[index]
    if item.part is not Part.NUMBER:
        return False
    number: Number = item.value
    near = [i for k, i in enumerate(items) if k not in taken and i.part in (Part.TOPIC, Part.QUALITY)]
    for other in near:
        if other.part is Part.TOPIC and takes_unit(other.value, number.unit):
            return False
        counts = other.part is Part.QUALITY and number.unit in ("s", "mm", "K")
        if counts and any(s.quality in ("length", "warmth", "width") for s in other.value):
            return False
    before = items[index - 1].text if index else ""
    if number.unit == "" and number.value in PRIMES_MM and before in ("a", "the", "to", "on"):
        return True  # "a 40", "zoom to 135": a lens
    return number.unit in _OWN_NUMBERS or (not near and not any(
        k not in taken and i.part in (Part.TERM, Part.MOOD) for k, i in enumerate(items)
    ))  # fmt: skip


def takes_unit(topic: Topic, unit: str) -> bool:
    """Whether a number of that unit can belong to a topic."""
    return unit in topic.units or (unit in ("stops", "%", "deg", "m", "x", "mired", "") and bool(topic.main))


def _pair(heads: list[Head], items: Sequence[Item]) -> None:
    for place, head in enumerate(heads):
        if head.item.part is not Part.QUALITY:
            continue
        following = next((h for h in heads[place + 1 :] if h.item.part is not Part.QUALITY), None)
        before = next((h for h in reversed(heads[:place]) if h.item.part is Part.TOPIC), None)
        for topic in (following, before):
            if topic is None or topic.item.part is not Part.TOPIC or _apart(head, topic, items, heads):
                continue
            if sense_for(head.item.value, topic.item.value):
                head.topic, head.odd = topic.item, False
                break
            head.odd = head.odd or topic.item.value.name != "figure"  # "hold on her face twice as long"
        head.odd = head.odd or _is_than(head.item, items)
        if head.topic is None:
            head.stranger = _stranger(head.item, items)


_COPULAS = word_set(
    "is are was were looks look feels feel seems seem should be must isn't aren't shouldn't gets could needs it's"
)
_OWNERS = word_set("the a an his her my their your that this these those our")
_PLACES = word_set(
    "kitchen corridor hallway hall street bedroom bathroom office house home bar church garden forest interior "
    "exterior basement attic stairs staircase floor ceiling sky landscape city town beach field sea world whole half "
    "rest ending beginning middle moment version atmosphere vibe energy cell café cafe station road alley yard shop "
    "classroom hospital restaurant skin hair cheek forehead hands hand nose chin opening finish finale"
)
"""Places and parts of a face: what is said of their light is said of the picture."""
_OF_THINGS = frozenset({"length", "size"})


def _stranger(item: Item, items: Sequence[Item]) -> int:
    """Index of the word of a thing that a quality is said of and that no control is about; 0 for none."""
    at = next(k for k, i in enumerate(items) if i is item)
    names = {s.quality for s in item.value}

    def strange(place: int) -> bool:
        if not 0 <= place < len(items):
            return False
        other = items[place]
        thing = (other.part is Part.NAME and other.name.islower()) or (
            other.text == "hair" and bool(names & _OF_THINGS)
        )
        return (other.part is Part.UNKNOWN or thing) and (other.text not in _PLACES or bool(names & _OF_THINGS))

    before = items[at - 1].text if at else ""
    moving = names & {"speed", "shake", "strength"}
    if strange(at + 1) and not moving and (before in _OWNERS or not at):
        following = items[at + 2].part if at + 2 < len(items) else Part.UNKNOWN
        if at + 2 >= len(items) or following is not Part.UNKNOWN:
            return items[at + 1].first
    place = at - 1
    between = (Part.STOP, Part.SMALL, Part.TOO, Part.DEGREE, Part.NOT, Part.LESS, Part.MORE, Part.ENOUGH)
    while place > 0 and items[place].part in between and items[place].text != "hair":
        place -= 1
    said = any(i.text in _COPULAS for i in items[place + 1 : at]) or place == at - 1
    if place > 0 and said and strange(place) and items[place - 1].text in _OWNERS:
        return items[place].first
    return 0


_STANDARDS = word_set("before that this it now usual normal is last needed necessary earlier")


def _is_than(item: Item, items: Sequence[Item]) -> bool:
    """ "larger than life": a comparison with something that is not the shot is a figure of speech."""
    after = [i for i in items if i.first > item.last]
    return bool(after) and after[0].text == "than" and not any(i.text in _STANDARDS for i in after[1:3])


def _told(item: Item, items: Sequence[Item]) -> bool:
    """Whether a story stands before: "she doesn't trust anyone in that room"."""
    return sum(i.part is Part.UNKNOWN for i in items if i.first < item.first) >= 1 and any(
        i.text in ("she", "he", "they", "nobody", "someone", "somebody", "everyone")
        for i in items
        if i.first < item.first
    )


def _counts_another(item: Item, items: Sequence[Item]) -> bool:
    """Whether "more" or "no" before belongs to another thing: "more extras in the back"."""
    amounts = (Part.MORE, Part.LESS, Part.REMOVE, Part.NOT, Part.RAISE)
    before = [i for i in items if i.first < item.first]
    return any(a.part in amounts and b.part is Part.UNKNOWN for a, b in pairwise(before))


_PREPOSITIONS = word_set("on in into of off from at behind onto over around round through against")


def _after_preposition(item: Item, items: Sequence[Item]) -> bool:
    before = [i for i in items if i.last < item.first]
    while before and before[-1].part is Part.STOP and before[-1].text not in _PREPOSITIONS:
        before.pop()
    while before and before[-1].text in ("her", "his", "their"):
        before.pop()
    return bool(before) and before[-1].text in _PREPOSITIONS


def _apart(quality: Head, topic: Head, items: Sequence[Item], heads: Sequence[Head]) -> bool:
    """Whether something between the two cuts them apart: an "and" before a topic that has a quality of its own."""
    low, high = sorted((quality.item.first, topic.item.first))
    between = [i for i in items if low < i.first < high]
    if any(i.part in (Part.MORE, Part.LESS, Part.RAISE, Part.REDUCE, Part.REMOVE) for i in between) and (
        topic.item.first > quality.item.first
    ):
        return True
    joined = any(i.text in ("and", "&", "or") for i in between)
    if not joined:
        return False
    if topic.item.first < quality.item.first:
        return not any(h.item.part is Part.QUALITY and h.topic is topic.item for h in heads)
    return not any(low < h.item.first < high and h.item.part is Part.QUALITY for h in heads)


def _paired_away(head: Head, heads: Sequence[Head]) -> bool:
    return any(h.topic is head.item for h in heads if h is not head)


# --- modifiers ------------------------------------------------------------------------------------------------

_BEFORE = frozenset({Part.NOT, Part.TOO, Part.LESS, Part.MORE, Part.REMOVE, Part.KEEP, Part.RAISE, Part.REDUCE,
                     Part.DEGREE, Part.FACTOR, Part.USE, Part.ENOUGH, Part.NORMAL})  # fmt: skip
_AFTER_WORDS = frozenset({"up", "down", "off", "out", "enough"})
_TOWARD = {"below": "below", "underneath": "below", "beneath": "below", "under": "below", "above": "above",
           "behind": "behind", "front": "front", "side": "side", "sides": "side"}  # fmt: skip


def assign_modifiers(heads: Sequence[Head], items: Sequence[Item], taken: set[int]) -> set[int]:
    """Give each modifier to the head it is said of; returns the indices of the items used."""
    used: set[int] = set()
    for index, item in enumerate(items):
        if index in taken or any(h.item is item or h.topic is item for h in heads):
            continue
        head = _head_for(index, item, items, heads)
        if head is not None and _apply(item, head.mods, items, index):
            head.mods.plain = False
            used.add(index)
    _inherit(heads, items)
    return used


def _head_for(index: int, item: Item, items: Sequence[Item], heads: Sequence[Head]) -> Head | None:
    before = next((h for h in reversed(heads) if h.last < item.first or h.item.last < item.first), None)
    after = next((h for h in heads if h.item.first > item.last), None)
    if before is None or after is None:
        return after or before
    if item.part is Part.NUMBER:
        return _head_for_number(index, item, items, before, after)
    if item.part is Part.SMALL:
        return before
    if item.text in _AFTER_WORDS and before.item.part is Part.TOPIC and before.mods.amount == 0:
        return before
    joined = any(i.text in ("and", "&") and item.last < i.first < after.item.first for i in items)
    if joined and item.first - before.last <= 2:  # "darker a bit and wider"
        return before
    return after


def _head_for_number(index: int, item: Item, items: Sequence[Item], before: Head, after: Head) -> Head:
    if before.mods.number is not None:
        return after
    if index and items[index - 1].text in ("by", "at", "to"):
        return before
    between = [i for i in items if item.last < i.first < after.item.first]
    between = [i for i in between if i.part is not Part.STOP and i.text != "of"]
    if not between or all(i.part in (Part.MORE, Part.LESS) for i in between):
        return after
    return before


def _apply(item: Item, mods: Modifiers, items: Sequence[Item], index: int) -> bool:
    """Enter one modifier; False if it is none."""
    match item.part:
        case Part.DEGREE:
            mods.steps = float(item.value) if mods.steps is None else max(mods.steps, float(item.value))
        case Part.NOT:
            mods.denied = True
        case Part.TOO:
            mods.too = True
        case Part.ENOUGH:
            mods.enough = True
        case Part.LESS:
            mods.less = True
        case Part.MORE | Part.RAISE:
            mods.amount = mods.amount or 1
        case Part.REDUCE:
            mods.amount = -1
        case Part.REMOVE:
            mods.remove, mods.removed_by = True, item.text
        case Part.KEEP:
            mods.keep = True
        case Part.USE:
            pass
        case Part.NORMAL:
            mods.normal = True
        case Part.FACTOR:
            if isinstance(item.value, tuple):
                mods.full = float(item.value[1])
            elif index and items[index - 1].text == "at":
                mods.full = float(item.value)
            else:
                mods.factor = float(item.value)
                mods.cuts_to = item.text.startswith(("by", "in")) or (index > 0 and items[index - 1].text == "to")
        case Part.NUMBER:
            mods.number = mods.number or item.value
            previous = items[index - 1].text if index else ""
            mods.relative = mods.relative or previous == "by"
            mods.absolute = mods.absolute or (
                previous in ("at", "to", "is", ":", "=", "of") or (previous == "for" and item.value.unit == "s")
            )
        case Part.SMALL:
            return _apply_small(item, mods, items, index)
        case _:
            return False
    return True


def _apply_small(item: Item, mods: Modifiers, items: Sequence[Item], index: int) -> bool:
    text = item.text
    following = items[index + 1].text if index + 1 < len(items) else ""
    if text in ("under", "over") and mods.number is not None and mods.number.unit in ("stops", ""):
        mods.under = -1 if text == "under" else 1
    elif text in ("left", "right") and not (text == "right" and following in ("down", "up", "in", "on", "at", "into")):
        mods.side = text
    elif text in ("other", "opposite"):
        mods.side = mods.side or "other"
    elif text in _TOWARD and index and _comes_from(items, index):
        mods.toward = _TOWARD[text]
    else:
        return False
    return True


def _comes_from(items: Sequence[Item], index: int) -> bool:
    before = [i.text for i in items[max(0, index - 3) : index]]
    return any(t in ("from", "to", "on", "at", "round", "around") for t in before) or items[index].text in (
        "below", "above", "behind", "underneath",
    )  # fmt: skip


def _inherit(heads: Sequence[Head], items: Sequence[Item]) -> None:
    """ "kill the fill and the rim": the second topic has the verb of the first."""
    for before, head in pairwise(heads):
        if not head.mods.plain or head.item.part not in (Part.TOPIC, Part.TERM):
            continue
        between = [i for i in items if before.last < i.first < head.item.first]
        if any(i.text in ("and", "or", "nor", "&") for i in between) and all(
            i.part in (Part.STOP, Part.SMALL) for i in between
        ):
            mods = before.mods
            if mods.remove or mods.denied or mods.amount or mods.less:
                head.mods = Modifiers(steps=mods.steps, denied=mods.denied, less=mods.less, amount=mods.amount,
                                      remove=mods.remove, plain=False)  # fmt: skip
