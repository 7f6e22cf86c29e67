"""Final Draft FDX to elements, with the line of each paragraph in the XML.

Read as a stream by expat. A document type or an entity declaration is refused: Final Draft writes neither, and they
are how an XML file swells or reaches out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from xml.parsers import expat

from maquette.film.errors import ScriptError
from maquette.film.screenplay import ElementKind, Place
from maquette.script.cues import split_cue
from maquette.script.draft_element import DraftElement
from maquette.script.emphasis import BOLD, ITALIC, UNDERLINE, Styled
from maquette.script.fountain import is_parenthetical

_KINDS: dict[str, ElementKind] = {
    "scene heading": ElementKind.SCENE_HEADING,
    "action": ElementKind.ACTION,
    "general": ElementKind.ACTION,
    "character": ElementKind.CHARACTER,
    "parenthetical": ElementKind.PARENTHETICAL,
    "dialogue": ElementKind.DIALOGUE,
    "singing": ElementKind.LYRIC,
    "lyrics": ElementKind.LYRIC,
    "lyric": ElementKind.LYRIC,
    "transition": ElementKind.TRANSITION,
    "shot": ElementKind.SHOT,
    "cast list": ElementKind.NOTE,
    "note": ElementKind.NOTE,
    "new act": ElementKind.SECTION,
    "act break": ElementKind.SECTION,
    "end of act": ElementKind.CENTERED,
    "centered": ElementKind.CENTERED,
    "show/ep. title": ElementKind.CENTERED,
}
_SPOKEN = (ElementKind.PARENTHETICAL, ElementKind.DIALOGUE, ElementKind.LYRIC)
_STYLES = {"bold": BOLD, "italic": ITALIC, "underline": UNDERLINE}
_DEEPEST = 100
_CREDIT = re.compile(
    r"(?:(?:written|screenplay|teleplay|story|script)(?:\s(?:and|&)\s\w+)*\s)?by$|written for$", re.IGNORECASE
)
_CREDIT_AND_NAME = re.compile(r"((?:written|screenplay|teleplay|story)\sby)\s+(.+)$|(by)\s+(.+)$", re.IGNORECASE)
_DATED = re.compile(r"draft|revision|\d{4}-\d\d-\d\d|\d{1,2}[./]\d{1,2}[./]\d{2,4}|\b(?:19|20)\d\d\b", re.IGNORECASE)


@dataclass
class _Paragraph:
    """A paragraph in work."""

    type: str
    line: int
    where: str
    """"body", "note", "summary", "omitted" or "title"."""
    number: str | None = None
    new_page: bool = False
    dual: int = 0
    """1-based count of the dual dialogue block it stands in; 0: none."""
    parts: list[Styled] = field(default_factory=lambda: list[Styled]())
    asides: list[DraftElement] = field(default_factory=lambda: list[DraftElement]())
    end_line: int = 0


def read_fdx(text: str, name: str) -> tuple[dict[str, str], list[DraftElement]]:
    """Title page and elements of an FDX text. Raises ScriptError where it is damaged or not Final Draft's."""
    reader = _Reader(name)
    reader.parse(text)
    return _title_page(reader.title_lines), reader.found


class _Reader:
    def __init__(self, name: str) -> None:
        self.name = name
        self.path: list[str] = []
        self.open: list[_Paragraph] = []
        self.found: list[DraftElement] = []
        self.title_lines: list[str] = []
        self.style = 0
        self.all_caps = False
        self.in_text = False
        self.speaker: str | None = None
        self.dual_block = 0
        self.dual_cues = 0
        self.dual_on = False
        # The text is decoded already, so a declared encoding must not be applied a second time.
        self.expat = expat.ParserCreate("utf-8")
        self.expat.buffer_text = True
        self.expat.StartElementHandler = self._start
        self.expat.EndElementHandler = self._end
        self.expat.CharacterDataHandler = self._characters
        self.expat.StartDoctypeDeclHandler = self._refuse
        self.expat.EntityDeclHandler = self._refuse

    def parse(self, text: str) -> None:
        try:
            self.expat.Parse(text.lstrip("\ufeff \t\r\n").encode("utf-8", "replace"), True)
        except expat.ExpatError as error:
            reason = expat.errors.messages.get(error.code, "damaged XML")
            raise ScriptError(
                f"{self.name}, line {error.lineno}: the Final Draft file is damaged ({reason}): "
                "open it in Final Draft, save it again, or export it as Fountain."
            ) from error

    def _refuse(self, *_: object) -> None:
        raise ScriptError(
            f"{self.name}, line {self.expat.CurrentLineNumber}: the file declares a document type or entities, "
            f"which Final "
            "Draft never writes: save it again from Final Draft."
        )

    # --- events ------------------------------------------------------------------------------------------------

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if not self.path and tag != "FinalDraft":
            raise ScriptError(
                f"{self.name}, line {self.expat.CurrentLineNumber}: this is XML but not a Final Draft script (it "
                f"begins with "
                f"<{tag[:40]}>): export the script as Fountain or FDX."
            )
        self.path.append(tag)
        if len(self.path) > _DEEPEST:
            raise ScriptError(
                f"{self.name}, line {self.expat.CurrentLineNumber}: the XML is nested too deep: save it again."
            )
        if tag == "Paragraph":
            self._open_paragraph(attributes)
        elif tag == "Text":
            styles = attributes.get("Style", "").casefold().split("+")
            self.style = sum(_STYLES.get(s.strip(), 0) for s in set(styles))
            self.all_caps = "allcaps" in styles
            self.in_text = True
        elif tag == "DualDialogue":
            self.dual_block += 1
            self.dual_cues = 0
            self.dual_on = True

    def _open_paragraph(self, attributes: dict[str, str]) -> None:
        where = "body"
        for tag, place in (
            ("ScriptNote", "note"),
            ("Summary", "summary"),
            ("OmittedScene", "omitted"),
            ("TitlePage", "title"),
        ):
            if tag in self.path:
                where = place
        if self.path[:2] not in (["FinalDraft", "Content"], ["FinalDraft", "TitlePage"]):
            where = "elsewhere"
        self.open.append(
            _Paragraph(
                type=attributes.get("Type", "Action").strip().casefold(),
                line=self.expat.CurrentLineNumber,
                where=where,
                number=attributes.get("Number", "").strip() or None,
                new_page=attributes.get("StartsNewPage", "").casefold() == "yes",
                dual=self.dual_block if self.dual_on else 0,
            )
        )

    def _characters(self, text: str) -> None:
        if self.in_text and self.open:
            text = text.upper() if self.all_caps else text
            self.open[-1].parts.append(Styled(text, bytes([self.style]) * len(text)))

    def _end(self, tag: str) -> None:
        self.path.pop()
        if tag == "Text":
            self.in_text = False
            self.style, self.all_caps = 0, False
        elif tag == "DualDialogue":
            self.dual_on = False
            self.speaker = None
        elif tag == "Paragraph" and self.open:
            paragraph = self.open.pop()
            paragraph.end_line = self.expat.CurrentLineNumber
            self._close(paragraph)

    # --- paragraphs --------------------------------------------------------------------------------------------

    def _close(self, paragraph: _Paragraph) -> None:
        styled = Styled.join(paragraph.parts, "")
        styled = Styled.join(line.strip() for line in styled.lines()).strip().trimmed()
        place = Place(line=paragraph.line, end_line=paragraph.end_line)
        if paragraph.where == "title":
            self.title_lines.append(styled.text)
        elif paragraph.where in ("note", "summary", "omitted"):
            kind = {"note": ElementKind.NOTE, "summary": ElementKind.SYNOPSIS}.get(
                paragraph.where, ElementKind.BONEYARD
            )
            if styled.text:
                aside = DraftElement(kind, Styled.plain(styled.text), place)
                (self.open[-1].asides if self.open else self.found).append(aside)
        elif paragraph.where == "body":
            self._body(paragraph, styled, place)
            if self.open:
                self.open[-1].asides.extend(paragraph.asides)
            else:
                self.found.extend(paragraph.asides)

    def _body(self, paragraph: _Paragraph, styled: Styled, place: Place) -> None:
        if paragraph.new_page and self.found:
            self.found.append(DraftElement(ElementKind.PAGE_BREAK, Styled.plain(""), place))
        if not styled.text:
            return
        kind = _KINDS.get(paragraph.type, ElementKind.ACTION)
        element = DraftElement(kind, styled, place)
        if kind is ElementKind.CHARACTER:
            name, element.extension = split_cue(styled.text)
            self.speaker = element.character = name or styled.text.upper()
            self.dual_cues += 1
        elif kind in _SPOKEN:
            element.character = self.speaker
            if kind is ElementKind.PARENTHETICAL and is_parenthetical(styled.text):
                element.styled = styled.cut(1, len(styled.text) - 1).strip().trimmed()
        else:
            self.speaker = None
        if kind is ElementKind.SCENE_HEADING:
            element.scene_number = paragraph.number
        if kind is ElementKind.SECTION:
            element.depth = 1
        element.dual = bool(paragraph.dual) and self.dual_cues > 1
        if element.styled.text:
            self.found.append(element)


def _title_page(lines: list[str]) -> dict[str, str]:
    """Final Draft's title page has no keys: the first line is the title, "written by" names the author, and so on."""
    page: dict[str, str] = {}
    kept = [" ".join(line.split()) for line in lines]
    kept = [line for line in kept if line]
    contact: list[str] = []
    at = 0
    while at < len(kept):
        line = kept[at]
        joined = _CREDIT_AND_NAME.match(line)
        if not page:
            page["Title"] = line
        elif _CREDIT.match(line) and "Credit" not in page:
            page["Credit"] = line
            if at + 1 < len(kept):
                at += 1
                page["Author"] = kept[at]
        elif joined and "Credit" not in page:
            page["Credit"] = joined.group(1) or joined.group(3)
            page["Author"] = joined.group(2) or joined.group(4)
        elif _DATED.search(line) and "Draft date" not in page and "@" not in line:
            page["Draft date"] = line
        else:
            contact.append(line)
        at += 1
    if contact:
        page["Contact"] = "\n".join(contact)
    return page
