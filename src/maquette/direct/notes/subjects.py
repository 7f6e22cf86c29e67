"""Whom a note is about: names and pronouns after "on", "over", "of", "favour", "focus on", "rack to"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from maquette.direct.notes.arithmetic import Effect, Op
from maquette.direct.notes.items import Cast, Item
from maquette.direct.notes.lexicon import Part
from maquette.direct.notes.wish import Wish
from maquette.film.control_table import CONTROLS

_WHOM = frozenset({"her", "him", "them", "his", "their", "she", "he", "they", "hers"})
_FAVOUR = frozenset({"favour", "favor", "favouring", "favoring"})
_SUBJECT_MOVES = ("move=push in", "move=zoom in", "move=follow", "move=lead")
_SUBJECT_CONTROLS = (
    *_SUBJECT_MOVES,
    "size=",
    "framing=",
    "composition=",
    "foreground=",
    "angle=",
    "height=",
    "lens=",
    "azimuth=",
    "roll=",
)
_LIGHT_CONTROLS = ("lighting=", "motivation=", "key-", "back", "eye-light", "fill-")


@dataclass
class Named:
    """What the names of a clause ask for."""

    wishes: list[Wish] = field(default_factory=list[Wish])
    taken: set[int] = field(default_factory=set[int])
    """Indices of items that are used up."""
    remarks: list[str] = field(default_factory=list[str])


class _Reader:
    def __init__(self, items: Sequence[Item], cast: Cast, now: Mapping[str, Any], denied: bool) -> None:
        self.items, self.cast, self.now, self.denied = items, cast, now, denied
        self.found = Named()
        self.over = ""

    # --- who ---------------------------------------------------------------------------------------------------

    @property
    def current(self) -> tuple[str, ...]:
        subjects = self.now.get("subjects") or ()
        return (subjects,) if isinstance(subjects, str) else tuple(subjects)

    def other(self, name: str) -> str:
        """The one other person, where there is exactly one."""
        others = [p for p in dict.fromkeys(self.cast.people.values()) if p != name]
        return others[0] if len(others) == 1 else ""

    def skip(self, at: int) -> int:
        """The next item that is no article and no colon."""
        while at < len(self.items) and (self.items[at].part is Part.STOP or self.items[at].text == ":"):
            at += 1
        return at

    def who(self, at: int) -> tuple[str, int]:
        """The name that stands at an item and the index behind it; a pronoun is whom the shot is on; "" for none."""
        at = self.skip(at)
        if at >= len(self.items):
            return "", at
        item = self.items[at]
        if item.name:
            return item.name, at + 1
        if item.text in _WHOM:
            return (self.current[0] if self.current else "?"), at + 1
        return "", at

    def names(self, at: int) -> tuple[list[str], int]:
        """ "Anna", "Anna and Ben"."""
        found: list[str] = []
        while True:
            name, after = self.who(at)
            if not name:
                return found, at
            found.append(name)
            at = after
            if not (after < len(self.items) and self.items[after].text in ("and", "&") and self.who(after + 1)[0]):
                return found, at
            at = after + 1

    def take(self, first: int, after: int) -> None:
        self.found.taken.update(range(first, min(after, len(self.items))))

    def wish(self, control: str, value: str, first: int, after: int, sure: float = 0.95) -> None:
        start, end = self.items[first].first, self.items[min(after, len(self.items)) - 1].last
        self.found.wishes.append(Wish(Effect(control, Op.SET, value), 1.0, start, end, sure))

    def stranger(self, control: str, at: int) -> None:
        """Remark on someone or something that the shot does not have."""
        at = self.skip(at)
        if at >= len(self.items) or self.items[at].part is not Part.UNKNOWN:
            return
        remark = unknown_name(control, self.items[at].text, self.cast)
        if remark:
            self.found.remarks.append(remark)

    # --- patterns ----------------------------------------------------------------------------------------------

    def shoulders(self) -> None:
        """ "over Ben's shoulder", "OTS Ben", "over the shoulder of Ben", "over his shoulder"."""
        for at, item in enumerate(self.items):
            is_term = item.part is Part.TERM and "framing=over the shoulder" in item.value
            if not is_term and item.text not in ("over", "past"):
                continue
            start = at + 1
            if is_term and start < len(self.items) and self.items[start].text in ("of", "past", "behind", "from"):
                start += 1
            name, after = self.who(start)
            if not name:
                continue
            has_shoulder = after < len(self.items) and self.items[after].text == "shoulder"
            if not is_term and not has_shoulder:
                continue
            pronoun = not self.items[after - 1].name
            if pronoun:
                name = self.other(name) or name
            end = after + 1 if has_shoulder else after
            if not is_term:
                self.wish("framing", "over the shoulder", at, end)
            self.wish("over", name, at, end, 0.8 if pronoun else 0.95)
            self.over = name
            self.take(at if not is_term else at + 1, end)
            if self.current[:1] == (name,) and self.other(name):
                self.wish("subjects", self.other(name), at, end, 0.85)

    def points_of_view(self) -> None:
        """ "Anna's POV", "POV Anna", "through Anna's eyes"."""
        for at, item in enumerate(self.items):
            if item.part is Part.TERM and "framing=POV" in item.value:
                name, after = self.who(at + (2 if self._text(at + 1) in ("of", "from", "for") else 1))
                if name:
                    self.wish("over", name, at, after)
                    self.take(at + 1, after)
                elif at and self.who(at - 1)[1] == at and self.who(at - 1)[0]:
                    self.wish("over", self.who(at - 1)[0], at - 1, at + 1)
                    self.take(at - 1, at)
            elif item.text == "through" and self.who(at + 1)[0]:
                name, after = self.who(at + 1)
                if self._text(after) in ("eyes", "eye"):
                    self.wish("framing", "POV", at, after + 1)
                    self.wish("over", name, at, after + 1)
                    self.take(at, after + 1)

    def racks(self) -> None:
        """ "rack from Anna to Ben", "pull focus to the door", "focus from her to him"."""
        for at, item in enumerate(self.items):
            rack = item.part is Part.TERM and "move=rack focus" in item.value
            if not rack and not (item.part is Part.TOPIC and item.value.name == "focus"):
                continue
            ends: dict[str, tuple[str, int]] = {}
            for end, found in self._ends(at + 1):  # "rack to the lamp on his line": the first holds
                ends.setdefault(end, found)
            if not ends or (not rack and len(ends) < 2 and "to" not in ends):
                continue
            after = max(a for _, a in ends.values())
            if not rack and "from" not in ends and not self._moves_focus(at):
                continue
            if "from" in ends:
                self.wish("focus", ends["from"][0], at, after)
            if "to" in ends:
                self.wish("rack", ends["to"][0], at, after)
            self.take(at, after)

    def _moves_focus(self, at: int) -> bool:
        before = {i.text for i in self.items[max(0, at - 3) : at]}
        return bool(before & {"shift", "move", "throw", "push", "slide", "drift", "pull", "shifts", "let"})

    def _ends(self, at: int) -> Iterator[tuple[str, tuple[str, int]]]:
        while at < len(self.items):
            word = self.items[at].text
            if word in ("from", "to", "onto", "on", "between"):
                name, after = self.who(at + 1)
                if name:
                    yield ("to" if word in ("to", "onto", "on") else "from"), (name, after)
                    if word == "between" and self._text(after) == "and" and self.who(after + 1)[0]:
                        yield "to", self.who(after + 1)
                    at = after
                    continue
            at += 1

    def focuses(self) -> None:
        """ "focus on Anna", "Anna in focus", "keep the letter sharp"."""
        for at, item in enumerate(self.items):
            if at in self.found.taken:
                continue
            if item.part is Part.TOPIC and item.value.name == "focus":
                start = at + 1
                while self._text(start) in ("is", "on", "to", "stays", "should", "be", "remains", "goes", "must"):
                    start += 1
                if start == at + 1 or self._text(start - 1) not in ("on", "to"):
                    continue
                name, after = self.who(start)
                if name and not self.denied:
                    self.wish("focus", name, at, after)
                    self.take(at, after)
                elif not name:
                    self.stranger("focus", start)
            elif item.part is Part.QUALITY and item.text in ("in focus", "sharp") and at:
                name, after = self.who(at - 1)
                back = at - 1
                while back > 0 and not self.items[back].name and self.items[back].part is Part.STOP:
                    back -= 1
                if self.items[back].name and not self.denied:
                    self.wish("focus", self.items[back].name, back, at + 1)
                    self.take(back, at + 1)

    def subjects(self) -> None:
        """Whom the frame is on; a name beside light or a mere mention asks for nothing."""
        for at, item in enumerate(self.items):
            if item.part is Part.UNKNOWN and not self.denied and not self.found.remarks and self._framed(at):
                self.stranger("subjects", at)
            if at in self.found.taken or not (item.name or item.text in _WHOM):
                continue
            names, after = self.names(at)
            lead = self._lead(at)
            if lead and item.name and not self.denied:
                self._propose(names, lead, at, after)
            if item.part is Part.NAME or item.text in _WHOM or (lead and item.name):
                self.take(at, after)

    def _propose(self, names: list[str], lead: str, at: int, after: int) -> None:
        people = [n for n in dict.fromkeys(names) if n != "?"]
        if lead == "favour" and str(self.now.get("framing", "")) in ("two-shot", "three-shot", "group"):
            people += [n for n in self.current if n not in people]
        if tuple(people) != self.current:
            first = at - 1 if at and self.items[at - 1].part in (Part.SMALL,) else at
            self.wish("subjects", ",".join(people), first, after)

    def _lead(self, at: int) -> str:
        """The word that puts the frame on what stands at an item; "" for none."""
        place = at - 1
        while place >= 0 and (self.items[place].part is Part.STOP or self.items[place].text == ":"):
            place -= 1
        if place < 0:
            return ""
        word = self.items[place]
        if word.text in _FAVOUR:
            return "favour"
        if word.text in ("on", "of", "onto"):
            return "on" if self._frames(place - 1, start=True) else ""
        before = {i.text for i in self.items[max(0, place - 2) : place]}
        if word.text == "to" and before & {"cut", "go", "over", "switch"}:
            return "on" if not any(i.part is Part.TERM for i in self.items[:place]) else ""
        return "on" if self._frames(place, start=False) and word.part is Part.TERM else ""

    def _framed(self, at: int) -> bool:
        """Whether what stands before puts the frame on an item in so many words: "close-up on ..."."""
        place = at - 1
        while place >= 0 and self.items[place].part is Part.STOP:
            place -= 1
        return self._text(place) in ("on", "onto") and self._frames(place - 1, start=False)

    def _frames(self, at: int, start: bool) -> bool:
        """Whether what stands before is of the frame, not of the light."""
        while at >= 0:
            item = self.items[at]
            if item.part is Part.TERM:
                text = ",".join(item.value)
                return text.startswith(_SUBJECT_CONTROLS) and not text.startswith(_LIGHT_CONTROLS)
            if item.part is Part.QUALITY:
                return any(s.quality in ("width", "size") for s in item.value)
            if item.part is Part.TOPIC:
                return item.value.name in ("frame", "shot", "lens", "camera", "move", "angle")
            if item.part in (Part.UNKNOWN, Part.NUMBER, Part.MOOD):
                return item.part is Part.NUMBER
            at -= 1
        return start

    def _text(self, at: int) -> str:
        return self.items[at].text if 0 <= at < len(self.items) else ""


def unknown_name(control: str, name: str, cast: Cast) -> str:
    """A sentence on a name that the shot does not have: those that it has and the nearest; "" for a cast of nobody."""
    there = list(dict.fromkeys([*cast.people.values(), *cast.things.values()]))
    if not there:
        return ""
    near = get_close_matches(name.lower(), [t.lower() for t in there], 1, 0.0)
    nearest = next(t for t in there if t.lower() == near[0]) if near else there[0]
    return (
        f"{control} ({CONTROLS[control].says}) is one of {', '.join(there)}: there is no “{name}” in this shot, "
        f"the nearest is {nearest}."
    )


def read_names(items: Sequence[Item], cast: Cast, now: Mapping[str, Any], taken: set[int]) -> Named:
    """Everything that the names of a clause ask for. `taken` holds indices of items that are understood already."""
    denied = any(i.part in (Part.NOT, Part.REMOVE) for i in items)
    reader = _Reader(items, cast, now, denied)
    reader.found.taken |= taken
    reader.shoulders()
    reader.points_of_view()
    reader.racks()
    reader.focuses()
    reader.subjects()
    return reader.found
