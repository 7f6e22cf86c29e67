"""A Fountain source as lines, with notes `[[ ]]` and boneyard `/* */` taken out and kept at their place."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from maquette.film.screenplay import ElementKind, Place

_OPENER = re.compile(r"\[\[|/\*")
_SPACE = re.compile(r"[ \t]*")
_BLANK_LINE = re.compile(r"\n[ \t]?(?=\n)")


@dataclass(frozen=True)
class Aside:
    """A note or boneyard that stood in a line."""

    kind: ElementKind
    text: str
    place: Place


@dataclass
class SourceLine:
    """One line as the reader sees it: several source lines where a note or boneyard runs over line breaks."""

    pieces: list[str]
    first: int
    last: int
    asides: list[Aside] = field(default_factory=lambda: list[Aside]())
    held_aside: bool = False
    """Something was taken out, even an empty note."""
    raw: str = ""
    text: str = ""
    """`raw` without white space at both ends."""

    @property
    def transparent(self) -> bool:
        """Nothing but notes and boneyard: it neither carries words nor parts paragraphs."""
        return self.held_aside and not self.text

    @property
    def blank(self) -> bool:
        return not self.text and not self.held_aside

    @property
    def padded(self) -> bool:
        """Two spaces on an otherwise empty line: dialogue goes on after it."""
        return self.blank and len(self.raw) >= 2


def normalized_breaks(text: str) -> str:
    """All line breaks as `\\n`; lone surrogates, which no file can hold, as `?`."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.encode("utf-8", "replace").decode("utf-8").removeprefix("\ufeff")


def source_lines(text: str) -> list[SourceLine]:
    """The lines of `text` (line breaks normalised). Unclosed notes and boneyard stay as words."""
    lines: list[SourceLine] = [SourceLine([], 1, 1)]
    at, number = 0, 1
    for start, end, kind in _asides(text):
        number = _add_text(lines, text[at:start], number)
        inner = text[start + 2 : end - 2]
        last = number + inner.count("\n")
        line = lines[-1]
        line.held_aside = True
        line.last = last
        words = _note_words(inner) if kind is ElementKind.NOTE else inner.strip()
        if words:
            line.asides.append(Aside(kind, words, Place(line=number, end_line=last)))
        at, number = end, last
        before = next((piece[-1] for piece in line.pieces[-1:]), " ")
        if before in " \t" and (space := _SPACE.match(text, at)):
            at = space.end()
    _add_text(lines, text[at:], number)
    for line in lines:
        line.raw = "".join(line.pieces)
        line.text = line.raw.strip()
    return lines


def _add_text(lines: list[SourceLine], text: str, number: int) -> int:
    first, *others = text.split("\n")
    if first:
        lines[-1].pieces.append(first)
    for other in others:
        number += 1
        lines.append(SourceLine([other] if other else [], number, number))
    return number


def _note_words(inner: str) -> str:
    return "\n".join(line.strip() for line in inner.split("\n")).strip()


def _asides(text: str) -> list[tuple[int, int, ElementKind]]:
    """Half-open ranges of notes and boneyard. Each closer is searched once, so the scan is linear."""
    blanks = [match.start() for match in _BLANK_LINE.finditer(text)]
    nearest: dict[str, int] = {"]]": -2, "*/": -2}
    found: list[tuple[int, int, ElementKind]] = []
    at = 0
    while opener := _OPENER.search(text, at):
        start = opener.start()
        at = start + 1
        if _escaped(text, start):
            continue
        closer = "]]" if opener.group() == "[[" else "*/"
        if nearest[closer] != -1 and nearest[closer] < start + 2:
            nearest[closer] = text.find(closer, start + 2)
        end = nearest[closer]
        if end < 0:
            continue
        if closer == "]]" and bisect_left(blanks, start) != bisect_left(blanks, end):
            continue
        found.append((start, end + 2, ElementKind.NOTE if closer == "]]" else ElementKind.BONEYARD))
        at = end + 2
    return found


def _escaped(text: str, at: int) -> bool:
    """Whether an odd number of backslashes stands before `at`."""
    first = at
    while first and text[first - 1] == "\\":
        first -= 1
    return (at - first) % 2 == 1
