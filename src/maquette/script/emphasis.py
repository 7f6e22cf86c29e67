"""Emphasis in Fountain: `*italic*`, `**bold**`, `***both***`, `_underline_`, and `\\` before a mark to print it.

Bold, italic and underline are read independently, so they may overlap. A mark opens before a visible character and
closes after one, on the same line; a mark without its partner is printed as it is. Underscores inside a word are
letters (`file_name_2`). Everything here is linear in the length of the line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from maquette.film.screenplay import Emphasis, Run

BOLD, ITALIC, UNDERLINE = 1, 2, 4
_FLAGS = {Emphasis.BOLD: BOLD, Emphasis.ITALIC: ITALIC, Emphasis.UNDERLINE: UNDERLINE}
_MARKS = {BOLD: "**", ITALIC: "*", UNDERLINE: "_"}
_ESCAPABLE = frozenset("!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~")
_TOKEN = re.compile(r"\\.|\*+|_+|[^\\*_]+|\\", re.DOTALL)


@dataclass(frozen=True)
class Styled:
    """Text with one byte of emphasis flags for every character."""

    text: str
    marks: bytes

    @classmethod
    def plain(cls, text: str) -> Styled:
        return cls(text, bytes(len(text)))

    @classmethod
    def join(cls, parts: Iterable[Styled], separator: str = "\n") -> Styled:
        """The parts with an unmarked separator between them."""
        kept = list(parts)
        return cls(separator.join(p.text for p in kept), bytes(len(separator)).join(p.marks for p in kept))

    def cut(self, start: int, end: int | None = None) -> Styled:
        return Styled(self.text[start:end], self.marks[start:end])

    def strip(self) -> Styled:
        left = len(self.text) - len(self.text.lstrip())
        return self.cut(left, left + len(self.text.strip()))

    def lines(self) -> list[Styled]:
        found: list[Styled] = []
        start = 0
        for line in self.text.split("\n"):
            found.append(self.cut(start, start + len(line)))
            start += len(line) + 1
        return found

    def trimmed(self) -> Styled:
        """The same words with marks only from visible character to visible character: what Fountain can say."""
        if not any(self.marks):
            return self
        marks = bytearray(len(self.text))
        for flag in _MARKS:
            for start, end in spans(self.marks, flag):
                inner = self.text[start:end]
                first = start + len(inner) - len(inner.lstrip())
                for at in range(first, first + len(inner.strip())):
                    if self.text[at] != "\n":
                        marks[at] |= flag
        return Styled(self.text, bytes(marks))

    def runs(self) -> tuple[Run, ...]:
        """Runs of equal emphasis; empty where there is none at all."""
        if not any(self.marks):
            return ()
        found: list[Run] = []
        start = 0
        for flags, group in groupby(self.marks):
            end = start + sum(1 for _ in group)
            emphasis = frozenset(name for name, flag in _FLAGS.items() if flags & flag)
            found.append(Run(text=self.text[start:end], emphasis=emphasis))
            start = end
        return tuple(found)


def from_runs(text: str, runs: Iterable[Run]) -> Styled:
    """The styled text of an element; `text` where it has no runs."""
    kept = tuple(runs)
    if not kept:
        return Styled.plain(text)
    marks = b"".join(bytes([sum(_FLAGS[e] for e in run.emphasis)]) * len(run.text) for run in kept)
    return Styled("".join(run.text for run in kept), marks)


def spans(marks: bytes, flag: int) -> list[tuple[int, int]]:
    """Half-open ranges of characters that carry `flag`."""
    found: list[tuple[int, int]] = []
    start = 0
    for on, group in groupby(bool(m & flag) for m in marks):
        end = start + sum(1 for _ in group)
        if on:
            found.append((start, end))
        start = end
    return found


def read_emphasis(line: str) -> Styled:
    """One line of Fountain without its marks. `line` holds no line break."""
    if "*" not in line and "_" not in line and "\\" not in line:
        return Styled.plain(line)
    return _Reader(line).read()


class _Reader:
    """Pieces of literal text and of marks; a mark that never closes turns back into text at the end."""

    def __init__(self, line: str) -> None:
        self.line = line
        self.pieces: list[str] = []
        self.flags: list[int] = []
        self.open: dict[int, tuple[int, int]] = {}
        """By flag: index of the piece that opened it, and the characters seen before it."""
        self.seen = 0
        self.closed: list[tuple[int, int, int]] = []

    def read(self) -> Styled:
        for match in _TOKEN.finditer(self.line):
            token = match.group()
            if token[0] == "\\":
                self._text(token[1:] if len(token) == 2 and token[1] in _ESCAPABLE else token)
            elif token[0] in "*_":
                self._mark(token, match.start(), match.end())
            else:
                self._text(token)
        return self._result()

    def _text(self, text: str) -> None:
        self.pieces.append(text)
        self.flags.append(0)
        self.seen += len(text)

    def _mark(self, token: str, start: int, end: int) -> None:
        before = self.line[start - 1] if start else " "
        after = self.line[end] if end < len(self.line) else " "
        opens, closes = not after.isspace(), not before.isspace()
        if token[0] == "_":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
            wanted = [UNDERLINE] if len(token) == 1 else []
        else:
            wanted = {1: [ITALIC], 2: [BOLD], 3: [BOLD, ITALIC]}.get(len(token), [])
        closing = [f for f in wanted if f in self.open and closes and self.open[f][1] < self.seen]
        opening = [f for f in wanted if f not in self.open and opens]
        if not closing and not opening:
            self._text(token)
            return
        for flag in closing:
            piece, _ = self.open.pop(flag)
            self.closed.append((flag, piece, len(self.pieces)))
        for flag in opening:
            self.open[flag] = (len(self.pieces), self.seen)
            self.pieces.append("")
            self.flags.append(flag)
        for flag in wanted:
            if flag not in closing and flag not in opening:
                self._text(_MARKS[flag])

    def _result(self) -> Styled:
        for flag, (piece, _) in self.open.items():
            self.pieces[piece] = _MARKS[flag]
        edges: list[list[tuple[int, int]]] = [[] for _ in range(len(self.pieces) + 1)]
        for flag, start, end in self.closed:
            edges[start].append((flag, 1))
            edges[end].append((flag, -1))
        depth = {BOLD: 0, ITALIC: 0, UNDERLINE: 0}
        marks: list[bytes] = []
        for piece, changes in zip(self.pieces, edges, strict=False):
            for flag, step in changes:
                depth[flag] += step
            marks.append(bytes([sum(flag for flag, on in depth.items() if on)]) * len(piece))
        return Styled("".join(self.pieces), b"".join(marks))


def write_emphasis(styled: Styled) -> str:
    """Fountain for one line, so that `read_emphasis` gives the same text and marks back."""
    styled = _on_words(styled.trimmed())
    out: list[str] = []
    on = 0
    for at in range(len(styled.text) + 1):
        wanted = styled.marks[at] if at < len(styled.text) else 0
        if wanted != on:
            out.extend(_MARKS[f] for f in (UNDERLINE, BOLD, ITALIC) if on & f and not wanted & f)
            out.extend(_MARKS[f] for f in (BOLD, ITALIC, UNDERLINE) if wanted & f and not on & f)
            on = wanted
        if at < len(styled.text):
            out.append(_escaped(styled.text, at))
    return "".join(out).replace("/*", "\\/*")


def _escaped(text: str, at: int) -> str:
    char, after = text[at], text[at + 1 : at + 2]
    if char in "*_\\" or (char == "[" and after == "["):
        return "\\" + char
    return char


def _on_words(styled: Styled) -> Styled:
    """Fountain cannot underline a part of a word unless a star stands between: widen to the whole word."""
    text, marks = styled.text, bytearray(styled.marks)
    for start, end in spans(styled.marks, UNDERLINE):
        stars = BOLD | ITALIC
        while start and text[start - 1].isalnum() and text[start].isalnum() and not _star_edge(marks, start, stars):
            start -= 1
            marks[start] |= UNDERLINE
        while end < len(text) and text[end].isalnum() and text[end - 1].isalnum() and not _star_edge(marks, end, stars):
            marks[end] |= UNDERLINE
            end += 1
    return Styled(text, bytes(marks))


def _star_edge(marks: bytearray, at: int, stars: int) -> bool:
    return (marks[at - 1] & stars) != (marks[at] & stars)
