"""What stands under a panel: words of the script, never cut inside a word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from maquette.film.screenplay import Element, ElementKind
from maquette.script.beats import Beat, sentences

MAX_CAPTION = 240
"""Signs of a caption that fit under a panel of a 3x3 grid."""


def caption_of(actions: Sequence[str], moment: str = "", limit: int = MAX_CAPTION) -> str:
    """The actions in one text of at most `limit` signs: whole sentences around the sentence of the moment."""
    parts = [s for action in actions for s in sentences(action)]
    if not parts:
        return ""
    if sum(len(p) + 1 for p in parts) - 1 <= limit:
        return " ".join(parts)
    wanted = sentences(moment)[:1]
    center = parts.index(wanted[0]) if wanted and wanted[0] in parts else 0
    first = last = center
    while True:
        grown = False
        for a, b in ((first, last + 1), (first - 1, last)):
            fits = a >= 0 and b < len(parts) and sum(len(p) + 1 for p in parts[a : b + 1]) - 1 <= limit
            if fits:
                first, last, grown = a, b, True
                break
        if not grown:
            break
    return " ".join(_clipped(p, limit) for p in parts[first : last + 1])


def _clipped(sentence: str, limit: int) -> str:
    """A sentence that is too long on its own ends at a clause, else at a word, with an ellipsis."""
    if len(sentence) <= limit:
        return sentence
    head = sentence[: limit - 1]
    clause = max(head.rfind(mark) for mark in (", ", "; ", ": ", " – ", " — "))
    cut = clause if clause > limit // 2 else head.rfind(" ")
    return head[: cut if cut > 0 else limit - 1].rstrip(" ,;:–—") + "…"


def dialogue_of(elements: Sequence[Element]) -> str:
    """Dialogue as "NAME: words" lines; speeches that go on join up."""
    lines: list[tuple[str, list[str]]] = []
    for element in elements:
        if element.kind not in (ElementKind.DIALOGUE, ElementKind.LYRIC):
            continue
        name = element.character or "VOICE"
        words = re.sub(r"\s+", " ", element.text).strip()
        if lines and lines[-1][0] == name:
            lines[-1][1].append(words)
        else:
            lines.append((name, [words]))
    return "\n".join(f"{name}: {' '.join(words)}" for name, words in lines)


def speaking_caption(beat: Beat) -> str:
    """A caption for a shot of nothing but talk: "MARA (angry), to PRICE"."""
    manner = f" ({', '.join(beat.manner)})" if beat.manner else ""
    if beat.heard_only:
        return f"{beat.speaker}{manner} is heard, not seen."
    return f"{beat.speaker}{manner}, to {beat.partner}." if beat.partner else f"{beat.speaker}{manner} speaks."
