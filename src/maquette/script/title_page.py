"""The title page of a Fountain file: `Key: value` lines at the very top."""

from __future__ import annotations

import re

from maquette.script.cues import is_transition
from maquette.script.emphasis import Styled, read_emphasis, write_emphasis
from maquette.script.headings import heading_match
from maquette.script.source_lines import SourceLine

_KEY = re.compile(r"([^\W\d_][\w .'()&-]{0,60}):(?:[ \t](.*))?$")
_KNOWN = frozenset(
    [
        "title",
        "credit",
        "author",
        "authors",
        "writer",
        "writers",
        "source",
        "notes",
        "draft",
        "date",
        "contact",
        "copyright",
        "revision",
        "font",
        "episode",
        "series",
        "format",
        "subtitle",
        "producer",
        "production",
        "director",
        "company",
        "address",
        "phone",
        "email",
        "version",
        "based",
        "language",
        "wga",
        "header",
        "footer",
    ]
)


def read_title_page(lines: list[SourceLine]) -> tuple[dict[str, str], int]:
    """Keys and values, and the index of the first line after the page; ({}, 0) where there is none."""
    start = next((at for at, line in enumerate(lines) if not line.blank), len(lines))
    end = next((at for at in range(start, len(lines)) if lines[at].blank), len(lines))
    block = [line for line in lines[start:end] if line.text]
    first = _KEY.match(block[0].text) if block and not block[0].raw[0].isspace() else None
    if not first or heading_match(first.group(1)) or is_transition(first.group(1) + ":"):
        return {}, 0
    pairs = _pairs(block)
    known = any(_known(key) for key, _ in pairs)
    keyed = sum(_is_key(line) is not None or line.raw[0].isspace() for line in block)
    if not known and (keyed < len(block) or any(key == key.upper() for key, _ in pairs)):
        return {}, 0
    page: dict[str, str] = {}
    for key, values in pairs:
        words = "\n".join(words for value in values if (words := read_emphasis(value).text.strip()))
        page[key] = f"{page[key]}\n{words}".strip("\n") if key in page else words
    return page, end


def _pairs(block: list[SourceLine]) -> list[tuple[str, list[str]]]:
    pairs: list[tuple[str, list[str]]] = []
    for line in block:
        match = _is_key(line)
        if match:
            pairs.append((match.group(1).strip(), [(match.group(2) or "").strip()]))
        elif pairs:
            pairs[-1][1].append(line.text)
    return pairs


def _is_key(line: SourceLine) -> re.Match[str] | None:
    return None if line.raw[0].isspace() else _KEY.match(line.raw.rstrip())


def _known(key: str) -> bool:
    return key.split()[0].casefold() in _KNOWN


def write_title_page(page: dict[str, str]) -> str:
    """Fountain for a title page, with the empty line after it; "" for none."""
    lines: list[str] = []
    for key, value in page.items():
        values = [write_emphasis(Styled.plain(line.strip())) for line in value.split("\n") if line.strip()]
        if len(values) == 1:
            lines.append(f"{key}: {values[0]}")
        else:
            lines += [f"{key}:", *(f"    {line}" for line in values)]
    return "\n".join(lines) + "\n\n" if lines else ""
