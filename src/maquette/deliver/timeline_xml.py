"""Small parts of XML for writers of timelines, and a reader that a hostile file cannot lead astray."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element, ParseError, SubElement, TreeBuilder, indent, tostring
from xml.parsers import expat

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
MOST_DEPTH = 200
"""Elements inside one another: no editor's file comes near."""


def text_of(text: str) -> str:
    """Text without the signs that XML 1.0 has no way to write."""
    return _FORBIDDEN.sub(" ", text)


def add(parent: Element, tag: str, text: str | int | None = None, **attributes: str) -> Element:
    """A new last child."""
    child = SubElement(parent, tag, {name: text_of(value) for name, value in attributes.items()})
    if text is not None:
        child.text = text_of(str(text))
    return child


def document(root: Element, doctype: str) -> str:
    """The whole file, indented."""
    indent(root, "  ")
    body = tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE {doctype}>\n{body}\n'


def parsed(data: bytes) -> Element:
    """The root element. Raises ParseError for what is no XML, declares entities or is nested beyond reason.

    A DOCTYPE by name is fine, as both Final Cut formats have one; nothing outside the file is ever read.
    """
    parser = expat.ParserCreate()
    builder = TreeBuilder()
    depth = 0

    def refuse(*_: object) -> int:
        raise ParseError("it declares entities")

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > MOST_DEPTH:
            raise ParseError("it is nested too deep")
        builder.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(tag)

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.EntityDeclHandler = parser.UnparsedEntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    try:
        parser.Parse(data, True)
        return builder.close()
    except (expat.ExpatError, AssertionError, ValueError) as error:
        raise ParseError(str(error)) from error
