"""A screenplay as Fountain text. Reading the text again gives the same elements, places aside."""

from __future__ import annotations

from collections.abc import Callable

from maquette.film.screenplay import Element, ElementKind, Screenplay
from maquette.script.cues import is_cue, is_transition
from maquette.script.emphasis import Styled, from_runs, write_emphasis
from maquette.script.headings import heading_match, is_strong_heading
from maquette.script.title_page import write_title_page

_MARKS = "#=!.@>~"
_SPEECH = (ElementKind.PARENTHETICAL, ElementKind.DIALOGUE, ElementKind.LYRIC)
_ASIDES = (ElementKind.NOTE, ElementKind.BONEYARD)
_NO_TITLE_PAGE = "/**/\n\n"
"""An empty boneyard: keeps a first line such as "Note: rain." from being read as a title page."""


def to_fountain(screenplay: Screenplay) -> str:
    """Fountain (UTF-8 text with `\\n`), ending in a line break."""
    parts: list[str] = []
    in_speech = False
    elements = screenplay.elements
    for at, element in enumerate(elements):
        inside = in_speech and (element.kind in _SPEECH or (element.kind in _ASIDES and _goes_on(elements, at)))
        in_speech = element.kind is ElementKind.CHARACTER or inside
        joined = inside and (element.character is not None or element.kind in _ASIDES)
        if parts:
            parts.append("\n" if joined else "\n\n")
        parts.append(_WRITERS[element.kind](element))
    body = "".join(parts) + "\n"
    page = write_title_page(screenplay.title_page)
    first_line = body.split("\n", 1)[0]
    return page + (_NO_TITLE_PAGE if not page and ":" in first_line else "") + body


def _goes_on(elements: tuple[Element, ...], at: int) -> bool:
    """Whether the speech goes on after the notes that start at `at`."""
    for element in elements[at + 1 :]:
        if element.kind not in _ASIDES:
            return element.kind in _SPEECH and element.character is not None
    return False


def _lines(element: Element) -> list[str]:
    """The element's lines with emphasis marks, and with a backslash where a line would begin like a marked one."""
    return [_guarded(write_emphasis(line)) for line in _styled(element).lines()]


def _styled(element: Element) -> Styled:
    return from_runs(element.text, element.runs)


def _guarded(line: str) -> str:
    if not line or line[0] not in _MARKS or (line[0] == "." and not line[1:2].strip(". ")):
        return line
    return "\\" + line


def _one_line(element: Element) -> str:
    return write_emphasis(Styled.join(_styled(element).lines(), " "))


def _heading(element: Element) -> str:
    words = _one_line(element)
    if element.forced or not heading_match(element.text):
        words = "." + words
    return f"{words} #{element.scene_number}#" if element.scene_number else words


def _action(element: Element) -> str:
    lines = [line or "\n" for line in _lines(element)]
    words = element.text.split("\n")
    first = words[0].strip()
    misread = heading_match(first) or (is_transition(first) if len(words) == 1 else is_cue(first.rstrip("^ ")))
    misread = misread or any(is_strong_heading(line.strip()) for line in lines[1:])
    if element.forced or misread:
        lines = [line if line == "\n" else "!" + line for line in lines]
    return "\n".join(lines)


def _cue(element: Element) -> str:
    words = _one_line(element)
    if words.endswith("^"):
        words = words[:-1] + "\\^"
    forced = element.forced or not is_cue(element.text)
    return ("@" + words if forced else _guarded(words)) + (" ^" if element.dual else "")


def _speech_lines(element: Element) -> str:
    return "\n".join(line or "  " for line in _speech_guarded(element))


def _speech_guarded(element: Element) -> list[str]:
    """Within a speech only `~`, `!!` and `===` begin a marked line."""
    found: list[str] = []
    for line in _styled(element).lines():
        words = write_emphasis(line)
        found.append("\\" + words if words.startswith(("~", "!!", "===")) else words)
    return found


def _lyric(element: Element) -> str:
    return "\n".join("~" + write_emphasis(line) for line in _styled(element).lines() if line.text.strip())


def _transition(element: Element) -> str:
    words = _one_line(element)
    if not element.forced and is_transition(element.text):
        return _guarded(words)
    return "> " + (words[:-1] + "\\<" if words.endswith("<") else words)


def _note(element: Element) -> str:
    lines = [line or "  " for line in element.text.split("\n")]
    return "[[" + "\n".join(lines) + (" ]]" if element.text.endswith("]") else "]]")


_WRITERS: dict[ElementKind, Callable[[Element], str]] = {
    ElementKind.SCENE_HEADING: _heading,
    ElementKind.ACTION: _action,
    ElementKind.CHARACTER: _cue,
    ElementKind.PARENTHETICAL: lambda e: "(" + _speech_lines(e) + ")",
    ElementKind.DIALOGUE: _speech_lines,
    ElementKind.LYRIC: _lyric,
    ElementKind.TRANSITION: _transition,
    ElementKind.CENTERED: lambda e: f"> {_one_line(e)} <",
    ElementKind.SECTION: lambda e: "#" * max(e.depth, 1) + " " + _one_line(e),
    ElementKind.SYNOPSIS: lambda e: "= " + _one_line(e),
    ElementKind.NOTE: _note,
    ElementKind.BONEYARD: lambda e: f"/* {e.text} */",
    ElementKind.PAGE_BREAK: lambda e: "===",
    ElementKind.SHOT: lambda e: "!! " + _one_line(e),
}
