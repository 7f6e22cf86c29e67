"""Fountain to elements. The format: https://fountain.io/syntax, with Beat's `!!` lines for shots.

Where the format and real scripts part, this reader takes what the writer meant:
- a heading needs no empty line after it, and one in capitals with a full stop and a time none before it;
- camera lines and exclamations in capitals above a line of action are action, not cues;
- FADE IN:, FADE OUT. and their kind are transitions as well as lines ending in `TO:`;
- a file whose empty lines all carry spaces has no dialogue that runs on after two spaces.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from maquette.film.screenplay import ElementKind, Place
from maquette.script.cues import is_cue, is_transition, split_cue
from maquette.script.draft_element import DraftElement
from maquette.script.emphasis import Styled, read_emphasis
from maquette.script.headings import cut_scene_number, cut_typed_number, heading_match, is_strong_heading
from maquette.script.source_lines import Aside, SourceLine, normalized_breaks, source_lines
from maquette.script.title_page import read_title_page

_PAGE_BREAK = re.compile(r"={3,}$")
_FEWEST_PADDED = 5
_LONGEST_PARENTHETICAL_LINES = 6


def read_fountain(text: str) -> tuple[dict[str, str], list[DraftElement]]:
    """Title page and elements of a Fountain text. Any text can be read; nothing is raised."""
    reader = _Reader(source_lines(normalized_breaks(text)))
    return reader.read()


def is_parenthetical(text: str) -> bool:
    """Brackets around the whole: `(beat)` but neither `(beat) No.` nor `(a) or (b)`."""
    if len(text) < 3 or text[0] != "(" or text[-1] != ")":
        return False
    depth = 0
    for at, char in enumerate(text):
        depth += (char == "(") - (char == ")")
        if depth == 0:
            return at == len(text) - 1
    return True


def breaks_action(raw: str) -> bool:
    """Whether a line ends a paragraph of action without an empty line."""
    if raw[0] not in "=#!>~IEie":
        return False
    if raw[0] == "#":
        return re.match(r"#+\s+\S", raw) is not None
    if raw[0] == "~":
        return len(raw) > 1
    if raw[0] == ">":
        return centered(raw) is not None
    return breaks_speech(raw) or (raw[0] == "=" and synopsis(raw) is not None) or is_strong_heading(raw)


def breaks_speech(raw: str) -> bool:
    """Whether a line ends a speech without an empty line."""
    return _PAGE_BREAK.match(raw) is not None or (raw.startswith("!!") and len(raw.rstrip()) > 2)


def synopsis(raw: str) -> str | None:
    return raw[1:].strip() or None if raw[0] == "=" and raw[1:2] != "=" else None


def centered(raw: str) -> str | None:
    """The words of `> words <`."""
    if len(raw) < 3 or raw[0] != ">" or raw[-1] != "<":
        return None
    slashes = len(raw) - 1 - len(raw[:-1].rstrip("\\"))
    return raw[1:-1].strip() or None if slashes % 2 == 0 else None


class _Reader:
    def __init__(self, lines: list[SourceLine]) -> None:
        self.lines = lines
        self.at = 0
        self.found: list[DraftElement] = []
        self.pending: list[Aside] = []
        """Notes and boneyard that follow the element in work."""
        empty = [line for line in lines[:-1] if line.blank]
        self.padded_means_blank = len(empty) >= _FEWEST_PADDED and all(line.padded for line in empty)
        self.after_padding = 0
        """The line after the padded lines last stepped over: each is looked at once."""

    def read(self) -> tuple[dict[str, str], list[DraftElement]]:
        title_page, self.at = read_title_page(self.lines)
        for line in self.lines[: self.at]:
            self.pending.extend(line.asides)
        self._flush()
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.blank or line.transparent:
                self.pending.extend(line.asides)
                self._flush()
                self.at += 1
            else:
                self._paragraph(line)
                self._flush()
        return title_page, self.found

    # --- bookkeeping -------------------------------------------------------------------------------------------

    def _flush(self) -> None:
        for aside in self.pending:
            self.found.append(DraftElement(aside.kind, Styled.plain(aside.text), aside.place))
        self.pending.clear()

    def _take(self) -> SourceLine:
        line = self.lines[self.at]
        self.pending.extend(line.asides)
        self.at += 1
        return line

    def _add(self, kind: ElementKind, styled: Styled, first: SourceLine, last: SourceLine) -> DraftElement:
        element = DraftElement(kind, styled, Place(line=first.first, end_line=last.last))
        self.found.append(element)
        return element

    def _next_words(self) -> SourceLine | None:
        """The line after this one that holds words; None where an empty line or the end comes first."""
        at = self.at + 1
        while at < len(self.lines) and self.lines[at].transparent:
            at += 1
        return self.lines[at] if at < len(self.lines) and not self.lines[at].blank else None

    # --- one paragraph -----------------------------------------------------------------------------------------

    def _paragraph(self, line: SourceLine) -> None:
        if not self._marked(line):
            self._unmarked(line)

    def _single(self, kind: ElementKind, words: str, forced: bool = False) -> DraftElement:
        line = self._take()
        element = self._add(kind, read_emphasis(words).strip(), line, line)
        element.forced = forced
        return element

    def _marked(self, line: SourceLine) -> bool:
        """Lines that begin with a mark: page break, section, synopsis, shot, forced kinds."""
        raw = line.text
        rest = raw[1:].strip()
        if raw[0] not in "=#!>~@.":
            return False
        if _PAGE_BREAK.match(raw):
            self._single(ElementKind.PAGE_BREAK, "")
        elif raw[0] == "#" and (words := raw.lstrip("#").strip()):
            self._single(ElementKind.SECTION, words).depth = len(raw) - len(raw.lstrip("#"))
        elif raw[0] == "=" and (words := synopsis(raw)):
            self._single(ElementKind.SYNOPSIS, words)
        elif raw.startswith("!!") and len(raw) > 2:
            self._single(ElementKind.SHOT, raw[2:].strip())
        elif raw[0] == "!" and rest:
            self._action()
        elif raw[0] == ">" and (words := centered(raw)):
            self._single(ElementKind.CENTERED, words)
        elif raw[0] == ">" and rest and raw[-1] != "<":
            self._single(ElementKind.TRANSITION, rest, forced=True)
        elif raw[0] == "~" and rest:
            self._lyric(None)
        elif raw[0] == "@" and rest:
            self._speech(rest, forced=True)
        elif raw[0] == "." and raw[1:2] not in ("", ".", " ", "\t"):
            self._heading(rest, forced=True)
        else:
            return False
        return True

    def _unmarked(self, line: SourceLine) -> None:
        words = line.text if line.text.isalpha() else read_emphasis(line.text).text
        below = self._next_words()
        if heading_match(words):
            self._heading(line.text, forced=False)
        elif below is None and is_transition(words):
            self._single(ElementKind.TRANSITION, line.text)
        elif below is not None and not breaks_speech(below.text) and is_cue(words.rstrip("^ ")):
            self._speech(line.text, forced=False)
        else:
            self._action()

    def _heading(self, words: str, forced: bool) -> None:
        element = self._single(ElementKind.SCENE_HEADING, words, forced)
        text, number = cut_scene_number(element.text)
        if text:
            element.styled, element.scene_number = element.styled.cut(0, len(text)), number
        start, end, typed = cut_typed_number(element.text) if not forced else (0, len(element.text), None)
        if typed:
            element.styled = element.styled.cut(start, end).strip()
            element.scene_number = element.scene_number or typed

    def _action(self) -> None:
        first = last = self.lines[self.at]
        parts: list[Styled] = []
        forced = False
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if line.blank or (parts and line.text and breaks_action(line.text)):
                break
            if line.text:
                raw, banged = line.text, line.text[0] == "!" and bool(line.text[1:].strip())
                forced = forced or banged
                styled = read_emphasis(raw[1:] if banged else raw).strip()
                if styled.text:
                    parts.append(styled)
                last = line
            self._take()
        if parts:
            self._add(ElementKind.ACTION, Styled.join(parts), first, last).forced = forced

    def _speech(self, words: str, forced: bool) -> None:
        line = self._take()
        slashes = len(words) - 1 - len(words[:-1].rstrip("\\"))
        dual = words.endswith("^") and slashes % 2 == 0
        cue = self._add(ElementKind.CHARACTER, read_emphasis(words.rstrip("^ ") if dual else words).strip(), line, line)
        if not cue.text:
            cue.styled, dual = Styled.plain(words), False
        name, cue.extension = split_cue(cue.text)
        cue.forced, cue.dual, cue.character = forced, dual, name or cue.text.upper()
        before = len(self.found)
        self._flush()
        while self.at < len(self.lines) and self._spoken(cue.character):
            self._flush()
        for element in self.found[before:]:
            if element.character:
                element.dual = dual

    def _goes_on(self) -> bool:
        """Whether the speech goes on at this line; steps over a line of two spaces that joins."""
        line = self.lines[self.at]
        return not line.blank and not (line.text and breaks_speech(line.text))

    def _spoken(self, character: str) -> bool:
        """One parenthetical, lyric or paragraph of dialogue; False at the end of the speech."""
        while self.at < len(self.lines) and (self.lines[self.at].transparent or self._joins()):
            self._take()
        self._flush()
        if self.at >= len(self.lines) or not self._goes_on():
            return False
        raw = self.lines[self.at].text
        if raw[0] == "~" and raw[1:].strip():
            self._lyric(character)
        elif count := self._parenthetical_lines():
            self._parenthetical(count, character)
        else:
            self._dialogue(character)
        return True

    def _joins(self) -> bool:
        line = self.lines[self.at]
        return line.padded and not self.padded_means_blank and not self._heading_follows()

    def _heading_follows(self) -> bool:
        at = max(self.at, self.after_padding)
        while at < len(self.lines) and self.lines[at].padded:
            at += 1
        self.after_padding = at
        return at >= len(self.lines) or self.lines[at].blank or heading_match(self.lines[at].text) is not None

    def _parenthetical_lines(self) -> int:
        """How many lines the parenthetical at this line takes; 0: there is none."""
        first = read_emphasis(self.lines[self.at].text).text.strip()
        if is_parenthetical(first):
            return 1
        if not first.startswith("(") or first.endswith(")"):
            return 0
        depth = first.count("(") - first.count(")")
        for ahead in range(1, _LONGEST_PARENTHETICAL_LINES):
            at = self.at + ahead
            if at >= len(self.lines) or depth <= 0:
                return 0
            line = self.lines[at]
            if line.transparent:
                continue
            if line.blank or line.text[0] == "~" or breaks_speech(line.text):
                return 0
            text = read_emphasis(line.text).text.strip()
            depth += text.count("(") - text.count(")")
            if depth == 0 and text.endswith(")"):
                return ahead + 1
        return 0

    def _parenthetical(self, count: int, character: str) -> None:
        lines = [self._take() for _ in range(count)]
        whole = Styled.join(read_emphasis(line.text).strip() for line in lines if line.text)
        inner = Styled.join(part.strip() for part in whole.cut(1, len(whole.text) - 1).lines()).strip()
        if inner.text:
            self._add(ElementKind.PARENTHETICAL, inner, lines[0], lines[-1]).character = character

    def _dialogue(self, character: str) -> None:
        self._lines_of(
            ElementKind.DIALOGUE,
            character,
            lambda raw: not (raw[0] == "~" and raw[1:].strip()) and not self._parenthetical_lines(),
            lambda raw: raw,
        )

    def _lyric(self, character: str | None) -> None:
        self._lines_of(
            ElementKind.LYRIC, character, lambda raw: raw[0] == "~" and bool(raw[1:].strip()), lambda raw: raw[1:]
        )

    def _lines_of(
        self, kind: ElementKind, character: str | None, belongs: Callable[[str], bool], words: Callable[[str], str]
    ) -> None:
        """Lines of one kind as one element; a line of two spaces within dialogue is an empty line of it."""
        first = last = self.lines[self.at]
        parts: list[Styled] = []
        while self.at < len(self.lines):
            line = self.lines[self.at]
            if kind is ElementKind.DIALOGUE and self._joins():
                parts.append(Styled.plain(""))
            elif line.text:
                if not self._goes_on() or not belongs(line.text):
                    break
                parts.append(read_emphasis(words(line.text)).strip())
                last = line
            elif not line.transparent:
                break
            self._take()
        self._add(kind, Styled.join(parts).strip(), first, last).character = character
