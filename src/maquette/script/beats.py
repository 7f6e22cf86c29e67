"""A scene as an editor hears it: speeches and actions in order, each with who is in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from maquette.film.screenplay import Element, ElementKind, Scene
from maquette.film.timing import sentences as sentences
from maquette.script.names import Names

_SPOKEN = (ElementKind.CHARACTER, ElementKind.PARENTHETICAL, ElementKind.DIALOGUE, ElementKind.LYRIC)
COVERED = frozenset((ElementKind.ACTION, ElementKind.CENTERED, *_SPOKEN))
"""Kinds of element that the audience sees or hears: each belongs to one shot."""
_HEARD = re.compile(r"^(?:V\.?\s?O\.?|O\.?\s?[SC]\.?|VOICE.?OVER|OFF.?SCREEN|OFF.?CAMERA|FILTERED)\b", re.IGNORECASE)
_QUIET = re.compile(r"^(?:(?:a|another|long)\s+)*(?:silence|beat|pause|moment|stillness|nothing)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Beat:
    """One speech with its cue and parentheticals, or one paragraph of action."""

    elements: tuple[Element, ...]
    text: str
    """The spoken words, or the action."""
    speaker: str | None = None
    heard_only: bool = False
    """The speaker is not in the picture (V.O., O.S.)."""
    manner: tuple[str, ...] = ()
    """Parentheticals without brackets."""
    people: tuple[str, ...] = ()
    """Who is seen: the actors of the action in order, or the speaker."""
    partner: str | None = None
    """Whom the speaker speaks to, or whom the first actor deals with."""
    new_people: tuple[str, ...] = ()
    """Who is seen for the first time in the scene."""
    introduced: tuple[str, ...] = ()
    """Who is introduced in capitals here."""
    ids: tuple[str, ...] = field(default=())

    @property
    def is_speech(self) -> bool:
        return self.speaker is not None

    @property
    def moment_id(self) -> str:
        """The element that a panel of this beat shows."""
        spoken = (e for e in self.elements if e.kind in (ElementKind.DIALOGUE, ElementKind.LYRIC))
        return next(spoken, self.elements[0]).id

    @property
    def quiet(self) -> bool:
        """Nothing but a silence or a pause."""
        return not self.is_speech and len(self.text.split()) <= 6 and bool(_QUIET.match(self.text))


def beats_of(scene: Scene, names: Names) -> tuple[Beat, ...]:
    """The beats of a scene in order. Every covered element is in exactly one of them."""
    groups = _groups(e for e in scene.elements if e.kind in COVERED)
    speakers = [_speaker(g) for g in groups]
    beats: list[Beat] = []
    recent: list[str] = []
    seen: set[str] = set()
    for index, group in enumerate(groups):
        beat = (
            _speech(group, names, recent, speakers, index)
            if speakers[index]
            else _action(group, names, recent, beats[-1] if beats else None)
        )
        new = tuple(p for p in beat.people if p not in seen)
        introduced = tuple(p for p in new if not beat.is_speech and _in_capitals(p, beat.text, names))
        seen.update(new)
        ids = tuple(e.id for e in group)
        beats.append(_with(beat, new_people=new, introduced=introduced, ids=ids))
        mentioned = (*beat.people, *((beat.partner,) if beat.partner and not beat.is_speech else ()))
        recent = [*mentioned, *(r for r in recent if r not in mentioned)]
    return tuple(beats)


def _with(beat: Beat, **changes: object) -> Beat:
    return Beat(**{**beat.__dict__, **changes})


def _groups(elements: Iterable[Element]) -> list[list[Element]]:
    groups: list[list[Element]] = []
    for element in elements:
        spoken = element.kind in _SPOKEN and element.kind is not ElementKind.CHARACTER
        follows = bool(groups) and groups[-1][0].kind in _SPOKEN and groups[-1][0].character == element.character
        if spoken and follows:
            groups[-1].append(element)
        else:
            groups.append([element])
    return groups


def _speaker(group: list[Element]) -> str | None:
    first = group[0]
    if first.kind not in _SPOKEN:
        return None
    return first.character or (first.text.strip().upper() if first.kind is ElementKind.CHARACTER else None)


def _speech(group: list[Element], names: Names, recent: list[str], speakers: list[str | None], index: int) -> Beat:
    speaker = str(speakers[index])
    words = " ".join(e.text for e in group if e.kind in (ElementKind.DIALOGUE, ElementKind.LYRIC)).replace("\n", " ")
    manner = tuple(e.text.strip().strip("()") for e in group if e.kind is ElementKind.PARENTHETICAL)
    heard = any(_HEARD.match(x.strip()) for e in group for x in e.extension)
    partner = _spoken_to(speaker, words, manner, names, recent, speakers, index)
    return Beat(tuple(group), words, speaker, heard, manner, () if heard else (speaker,), partner)


def _spoken_to(
    speaker: str,
    words: str,
    manner: tuple[str, ...],
    names: Names,
    recent: list[str],
    speakers: list[str | None],
    index: int,
) -> str | None:
    """ "(to TOM)", else a name called out (", Tom."), else who spoke or acted last, else who speaks next."""
    for note in manner:
        named = [n for n in names.in_text(note) if n != speaker]
        if re.match(r"^to\b", note, re.IGNORECASE) and named:
            return named[0]
    for start, end, name in names.found(words):
        called = re.search(r"(?:^|,)\s*$", words[:start]) and re.match(r"\s*(?:[,.!?]|$)", words[end:])
        if called and name != speaker and (name in recent or name in speakers):
            return name
    return next((r for r in recent if r != speaker), None) or next(
        (s for s in speakers[index + 1 :] if s and s != speaker), None
    )


def _action(group: list[Element], names: Names, recent: list[str], before: Beat | None) -> Beat:
    text = " ".join(e.text for e in group).replace("\n", " ").strip()
    beat = Beat(tuple(group), text)
    if beat.quiet:
        listener = before.partner if before and before.is_speech else next(iter(recent), None)
        return _with(beat, people=(listener,) if listener else (), partner=before.speaker if before else None)
    people: list[str] = []
    for sentence in sentences(text):
        named = names.in_text(sentence)
        opening = re.match(r"(?:She|He|They|Her|His|Their|Both)\b", sentence)
        if opening or not named:
            meant = names.pronoun(opening.group() if opening else sentence, [*reversed(people), *recent])
            people += [n for n in meant if n not in people]
        people += [n for n in named if n not in people]
    partner = people[1] if len(people) > 1 else next((r for r in recent if r not in people), None)
    return _with(beat, people=tuple(people), partner=partner)


def _in_capitals(name: str, text: str, names: Names) -> bool:
    return any(text[s:e].isupper() for s, e, found in names.found(text) if found == name)
