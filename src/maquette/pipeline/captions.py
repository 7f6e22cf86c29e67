"""When the words of a shot are heard, and what of them stands under the picture at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from maquette.film.rate import Rate
from maquette.film.screenplay import Element, ElementKind
from maquette.film.take import Beat
from maquette.film.timeline import Caption
from maquette.script.beats import sentences

MOST_SIGNS = 76
"""Of one caption: two lines of 38 signs, as subtitles are set for the screen."""


LEAST_S = Fraction(1)
"""A caption that is gone sooner is not read."""


@dataclass(frozen=True)
class SpokenLine:
    """A speech and when it is heard, in seconds into the shot."""

    element_id: str
    speaker: str
    words: str
    start_s: Fraction
    end_s: Fraction


@dataclass(frozen=True)
class Heard:
    """What is heard in a clip."""

    first: int
    """Frame of the shot, counted without handles, that the clip starts with."""
    lines: tuple[SpokenLine, ...]


def spoken_lines(beats: Sequence[Beat], elements: Sequence[Element], most_s: Fraction) -> tuple[SpokenLine, ...]:
    """The speeches that a shot plays, each with the screenplay element that it comes from.

    beats: of the shot or of its take; lips and captions go together. elements: the lines of the shot. most_s: the time
    that there is: speeches that would end later are squeezed into it, all alike.
    """
    left = [e for e in elements if e.kind in (ElementKind.DIALOGUE, ElementKind.LYRIC)]
    speeches = [s for beat in beats for s in beat.speeches if s.words.strip()]
    end = max((s.end_s for s in speeches), default=Fraction(0))
    squeeze = min(Fraction(1), most_s / end) if end else Fraction(1)
    found = list[SpokenLine]()
    for speech in speeches:
        words = " ".join(speech.words.split())
        element = next((e for e in left if " ".join(e.text.split()) == words), None)
        if element is not None:
            left.remove(element)
        element_id = element.id if element is not None else ""
        found.append(
            SpokenLine(element_id, speech.character, words, speech.start_s * squeeze, speech.end_s * squeeze)
        )  # fmt: skip
    return tuple(found)


def captions_of(lines: Sequence[SpokenLine], rate: Rate, first: int, length: int) -> tuple[Caption, ...]:
    """Captions for the frames `first` .. `first + length` of a shot, counted from the clip's first frame.

    A long speech becomes several captions of at most `MOST_SIGNS` signs, each as long as its share of the words.
    """
    found = list[Caption]()
    for line in lines:
        parts = _parts(line.words)
        total = sum(len(p) for p in parts)
        before = 0
        for part in parts:
            start_s = line.start_s + (line.end_s - line.start_s) * Fraction(before, total)
            before += len(part)
            end_s = line.start_s + (line.end_s - line.start_s) * Fraction(before, total)
            start = max(0, rate.frames(start_s) - first)
            end = min(length, max(rate.frames(end_s), rate.frames(start_s) + 1) - first)
            if end > start:
                found.append(Caption(start=start, length=end - start, speaker=line.speaker, words=part))
    return _readable(found, rate.frames(LEAST_S), length)


def _readable(captions: Sequence[Caption], least: int, length: int) -> tuple[Caption, ...]:
    """Short ones stand on after the words are said, as long as nothing else is to be read."""
    found = list[Caption]()
    for i, caption in enumerate(captions):
        room = (captions[i + 1].start if i + 1 < len(captions) else length) - caption.start
        longer = max(caption.length, min(least, room))
        found.append(caption.model_copy(update={"length": longer}))
    return tuple(found)


def _parts(words: str) -> tuple[str, ...]:
    """A speech in pieces that fit two lines of a screen: whole sentences where they fit, else broken between words."""
    if len(words) <= MOST_SIGNS:
        return (words,)
    pieces = list[str]()
    for sentence in sentences(words) or (words,):
        count = -(-len(sentence) // MOST_SIGNS)
        pieces += _even(sentence, count) if count > 1 else [sentence]
    joined = list[str]()
    for piece in pieces:
        if joined and len(joined[-1]) + 1 + len(piece) <= MOST_SIGNS:
            joined[-1] += f" {piece}"
        else:
            joined.append(piece)
    return tuple(joined)


def _even(sentence: str, count: int) -> list[str]:
    """A long sentence in about equal pieces, at most `MOST_SIGNS` each; a word without a gap is cut."""
    aim = max(1, -(-len(sentence) // count))
    words = [w[i : i + MOST_SIGNS] for w in sentence.split() for i in range(0, len(w), MOST_SIGNS)]
    pieces = [""]
    for word in words:
        grown = f"{pieces[-1]} {word}".strip()
        full = pieces[-1] and (len(grown) > MOST_SIGNS or len(pieces[-1]) >= aim)
        pieces = [*pieces, word] if full else [*pieces[:-1], grown]
    return pieces
