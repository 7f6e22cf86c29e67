"""What Final Cut Pro demands of an FCPXML 1.10 file before it reads it: which elements and attributes, in which order.

Apple's document type definition may not be passed on, so this says in our own form what its published reference says
(developer.apple.com, "FCPXML Reference" and "Document Type Definition") of the elements that we write.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

TIME = re.compile(r"-?\d+(/\d+)?s")
"""Seconds as a whole number or a fraction: 64 bits over 32."""
_CLIPS = "asset-clip clip gap title video audio ref-clip sync-clip mc-clip audition"
_ANCHORED = "asset-clip clip title video audio ref-clip sync-clip mc-clip audition caption spine"
_MARKERS = "marker chapter-marker rating keyword analysis-marker"


@dataclass(frozen=True)
class Kind:
    """One element."""

    inside: tuple[str, ...] = ()
    """Its children in order, each with how often: "?" at most once, "*" any number, "+" at least one, else one."""
    needs: str = ""
    may: str = ""
    times: str = ""
    """Attributes that are times."""
    words: bool = False
    """Whether it holds text."""


KINDS = {
    "fcpxml": Kind(("resources?", "library?"), needs="version"),
    "resources": Kind(("asset effect format media locator*",)),
    "format": Kind(
        needs="id", may="name frameDuration fieldOrder width height paspH paspV colorSpace", times="frameDuration",
    ),
    "asset": Kind(
        ("media-rep+", "metadata?"), needs="id", times="start duration",
        may="name uid start duration hasVideo format hasAudio videoSources audioSources audioChannels audioRate",
    ),
    "media-rep": Kind(("bookmark?",), needs="src", may="kind sig suggestedFilename"),
    "library": Kind(("event smart-collection*",), may="location colorProcessing"),
    "event": Kind(("clip audition mc-clip ref-clip sync-clip asset-clip project*",), may="name uid"),
    "project": Kind(("sequence",), may="name uid id modDate"),
    "sequence": Kind(
        ("note?", "spine", "metadata?"), needs="format", times="duration tcStart",
        may="duration tcStart tcFormat audioLayout audioRate renderFormat keywords",
    ),
    "spine": Kind((f"{_CLIPS} transition*",), may="lane offset name format", times="offset"),
    "asset-clip": Kind(
        ("note?", "conform-rate?", "timeMap?", "adjust-volume?", "adjust-panner?", f"{_ANCHORED}*", f"{_MARKERS}*",
         "audio-channel-source*", "filter-video filter-video-mask*", "filter-audio*", "metadata?"),
        needs="ref", times="offset start duration audioStart audioDuration tcStart",
        may="lane offset name start duration enabled srcEnable audioStart audioDuration format tcStart tcFormat "
            "modDate audioRole videoRole",
    ),
    "gap": Kind(
        ("note?", f"{_ANCHORED}*", f"{_MARKERS}*", "metadata?"),
        needs="duration", may="name offset start enabled", times="offset start duration",
    ),
    "transition": Kind(
        ("filter-video?", "filter-audio?", f"{_MARKERS}*", "metadata?"),
        needs="duration", may="name offset", times="offset duration",
    ),
    "adjust-volume": Kind(("param*",), may="amount"),
    "marker": Kind(needs="start value", may="duration completed note", times="start duration"),
    "metadata": Kind(("md*",)),
    "md": Kind(("array?",), needs="key", may="value editable type displayName description source"),
    "note": Kind(words=True),
}  # fmt: skip
CHOICES = {
    "tcFormat": {"DF", "NDF"},
    "audioLayout": {"mono", "stereo", "surround"},
    "kind": {"original-media", "proxy-media"},
}
RATES = {"32k", "44.1k", "48k", "88.2k", "96k", "176.4k", "192k"}
"""Of a sequence's sound; an asset's is a number."""


def faults(root: Element) -> list[str]:
    """Everything that Final Cut Pro would refuse the file for, in words."""
    found = list(_elements(root))
    ids = [e.attrib["id"] for e in root.iter() if "id" in e.attrib]
    found += [f"two elements have the id {i}" for i in sorted(set(ids)) if ids.count(i) > 1]
    for element in root.iter():
        found += [
            f"{element.tag} names {element.attrib[name]}, which is not there"
            for name in ("ref", "format")
            if name in element.attrib and element.attrib[name] not in ids
        ]
    return found


def _elements(root: Element) -> Iterator[str]:
    if root.tag != "fcpxml" or root.get("version") != "1.10":
        yield "the root is not fcpxml 1.10"
    for element in root.iter():
        kind = KINDS.get(element.tag)
        if kind is None:
            yield f"there is no element {element.tag}"
            continue
        yield from _attributes(element, kind)
        pattern = "".join(_children(group) for group in kind.inside)
        if not re.fullmatch(pattern, "".join(f"<{child.tag}>" for child in element)):
            yield f"{element.tag} has its children in the wrong order: {' '.join(c.tag for c in element)}"
        if not kind.words and (element.text or "").strip():
            yield f"{element.tag} holds text"


def _children(group: str) -> str:
    often = group[-1] if group[-1] in "?*+" else ""
    names = group.removesuffix(often).split() if often else group.split()
    return f"(?:{'|'.join(f'<{re.escape(n)}>' for n in names)}){often}"


def _attributes(element: Element, kind: Kind) -> Iterator[str]:
    needs, times = set(kind.needs.split()), set(kind.times.split())
    for name in sorted(needs - set(element.attrib)):
        yield f"{element.tag} lacks {name}"
    for name, value in element.attrib.items():
        if name not in needs | set(kind.may.split()):
            yield f"{element.tag} has no {name}"
        if name in times and not TIME.fullmatch(value):
            yield f'{element.tag} {name}="{value}" is no time'
        if name in CHOICES and value not in CHOICES[name]:
            yield f'{element.tag} {name}="{value}" is no choice'
    if element.tag == "sequence" and element.get("audioRate", "48k") not in RATES:
        yield "sequence audioRate is no choice"
