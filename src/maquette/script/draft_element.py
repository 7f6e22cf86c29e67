"""What a reader hands over before ids, scenes and cast are known, and the step from there to a Screenplay."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass

from maquette.film.screenplay import Element, ElementKind, Place, Scene, Screenplay, TimeOfDay
from maquette.script.characters import CastReading, read_cast
from maquette.script.emphasis import Styled
from maquette.script.headings import read_heading

_SPOKEN = (ElementKind.PARENTHETICAL, ElementKind.DIALOGUE, ElementKind.LYRIC)
_SHORT_WORDS = 4
_ID_DIGITS = 12


@dataclass
class DraftElement:
    """An element as read, without an id."""

    kind: ElementKind
    styled: Styled
    place: Place
    forced: bool = False
    character: str | None = None
    extension: tuple[str, ...] = ()
    dual: bool = False
    scene_number: str | None = None
    depth: int = 0

    @property
    def text(self) -> str:
        return self.styled.text


@dataclass(frozen=True)
class Source:
    """Where a screenplay came from."""

    name: str
    sha256: str
    format: str
    encoding: str


def screenplay_from(drafts: list[DraftElement], title_page: dict[str, str], source: Source) -> Screenplay:
    """Elements with stable ids, scenes with resolved headings, and the cast."""
    reading = read_cast([(d.kind, d.text, d.character, d.place) for d in drafts])
    ids = stable_ids(drafts)
    elements = tuple(_element(draft, id_, reading) for draft, id_ in zip(drafts, ids, strict=True))
    scenes = _scenes(elements, reading)
    return Screenplay(
        title_page=title_page,
        elements=elements,
        scenes=scenes,
        cast=reading.cast,
        source_name=source.name,
        source_sha256=source.sha256,
        source_format=source.format,
        encoding=source.encoding,
    )


def normalized_words(text: str) -> str:
    """Words that count as the same although typed differently: case, spacing, curly quotes, kinds of dash."""
    plain = text.casefold().translate(_TYPED)
    return " ".join(plain.split())


_TYPED = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "…": "...", "\u00a0": " "})


def stable_ids(drafts: list[DraftElement]) -> list[str]:
    """One id for each element, from its kind, speaker and words, and its count among equals.

    A line of few words ("Silence.", "MARA", "CUT TO:") is equal only to those under the same heading, and a cue counts
    with the speech under it, so that a new line changes no other id unless it repeats the same words.
    """
    seen: Counter[str] = Counter()
    ids: list[str] = []
    heading = ""
    for at, draft in enumerate(drafts):
        words = normalized_words(draft.text)
        if draft.kind is ElementKind.SCENE_HEADING:
            heading = words
        key = f"{draft.kind}\n{draft.character or ''}\n{words}"
        if draft.kind in (ElementKind.CHARACTER, ElementKind.PARENTHETICAL):
            key += "\n" + _speech_after(drafts, at)
        if draft.kind is not ElementKind.SCENE_HEADING and len(key.split()) < _SHORT_WORDS + 2:
            key += f"\n{heading}"
        ids.append(_id(key, seen[key]))
        seen[key] += 1
    return ids


def _speech_after(drafts: list[DraftElement], at: int) -> str:
    """The words spoken right after a cue or a parenthetical."""
    for draft in drafts[at + 1 : at + 6]:
        if draft.kind in (ElementKind.DIALOGUE, ElementKind.LYRIC):
            return normalized_words(draft.text)
        if draft.kind not in (*_SPOKEN, ElementKind.NOTE, ElementKind.BONEYARD):
            break
    return ""


def _id(key: str, count: int) -> str:
    return hashlib.sha256(f"{key}\n{count}".encode()).hexdigest()[:_ID_DIGITS]


def _element(draft: DraftElement, id_: str, reading: CastReading) -> Element:
    character = draft.character
    return Element(
        id=id_,
        kind=draft.kind,
        text=draft.text,
        runs=draft.styled.runs(),
        place=draft.place,
        forced=draft.forced,
        character=reading.names.get(character, character) if character else None,
        extension=draft.extension,
        dual=draft.dual,
        scene_number=draft.scene_number,
        depth=draft.depth,
    )


def _scenes(elements: tuple[Element, ...], reading: CastReading) -> tuple[Scene, ...]:
    starts = [at for at, e in enumerate(elements) if e.kind is ElementKind.SCENE_HEADING]
    numbers = _scene_numbers([elements[at].scene_number for at in starts])
    seen: Counter[str] = Counter()
    before: TimeOfDay | None = None
    scenes: list[Scene] = []
    for index, start in enumerate(starts):
        end = starts[index + 1] if index + 1 < len(starts) else len(elements)
        head, body = elements[start], elements[start + 1 : end]
        heading = read_heading(head.text, before)
        if heading.time_of_day is not TimeOfDay.UNKNOWN:
            before = heading.time_of_day
        key = f"scene\n{normalized_words(head.text)}"
        last = max((e.place.end_line for e in body), default=head.place.end_line)
        scenes.append(
            Scene(
                id=_id(key, seen[key]),
                number=numbers[index],
                numbered_by_script=head.scene_number is not None,
                heading=heading,
                place=Place(line=head.place.line, end_line=max(last, head.place.end_line)),
                elements=body,
                characters=reading.present(body),
            )
        )
        seen[key] += 1
    return tuple(scenes)


def _scene_numbers(written: list[str | None]) -> list[str]:
    """The written numbers; a scene without one is counted from 1, or becomes 24A after 24 where that is taken."""
    taken = {number for number in written if number}
    found: list[str] = []
    for at, number in enumerate(written):
        if number is None:
            number = str(at + 1)
            base = found[-1] if found else "0"
            letter = 0
            while number in taken:
                number = base + _letters(letter)
                letter += 1
            taken.add(number)
        found.append(number)
    return found


def _letters(index: int) -> str:
    """A ... Z, AA, AB ..."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(ord("A") + rest) + text
    return text
