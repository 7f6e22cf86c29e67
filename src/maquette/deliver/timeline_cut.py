"""What readers of timelines gather, and the cut that comes of it: whole frames at our rate, one layer, no gaps.

Readers speak in exact seconds, as files come at rates of their own. Seconds that are no whole frame at our rate are an
error, never rounded away.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import PurePosixPath
from typing import TypeVar

from maquette.deliver.timeline_parts import reel_code, reel_names
from maquette.film.errors import TimelineError
from maquette.film.rate import FIRST_TIMECODE, RATES, Rate, frame_at
from maquette.film.timeline import EditedClip, EditedCut, TransitionKind

T = TypeVar("T")
_CLOSE = Fraction(1, 1000)
"""Of a frame: editors write floats."""
MOST_FRAMES = 240 * 3600 * 24
"""A day at the highest rate: what is longer is no timeline."""
MOST_CLIPS = 100_000
MOST_DEPTH = 20
"""Timelines inside one another."""


@dataclass(frozen=True)
class _Piece:
    """A clip on one layer, in frames at our rate."""

    name: str
    shot_id: str | None
    layer: int
    source: int
    record: int
    length: int
    transition: TransitionKind = TransitionKind.CUT
    transition_length: int = 0

    @property
    def end(self) -> int:
        return self.record + self.length


class CutBuilder:
    """Gathers clips and sentences while a file is read."""

    def __init__(
        self, file: str, rate: Rate, known: Sequence[str] = (), media_starts: Mapping[str, str] | None = None
    ) -> None:  # fmt: skip
        self.file, self.rate = file, rate
        self._starts = media_starts or {}
        self.title = ""
        self.had: tuple[str, ...] = ()
        self.fade_in = 0
        self._known = {k.lower(): k for k in known}
        # Which names got a code depends on what was delivered together: both reels of a name are known here.
        self._reels = {reel_code(n): n for n in known} | {reel: name for name, reel in reel_names(known).items()}
        self._pieces = list[_Piece]()
        self._said = dict[str, None]()
        self._depth = 0

    # --- what readers call ------------------------------------------------------------------------------------

    def wrong(self, what: str) -> TimelineError:
        """The error that says what is wrong with the file."""
        return TimelineError(f"{self.file} {what}")

    def say(self, sentence: str) -> None:
        """Something that no cut of ours can hold."""
        self._said[sentence] = None

    def frames(self, seconds: Fraction, what: str) -> int:
        """Frames at our rate. Raises TimelineError where they are not whole."""
        exact = seconds * self.rate.fps
        if abs(exact) > MOST_FRAMES:
            raise self.wrong(f"has {what} longer than a day: it is damaged.")
        whole = round(exact)
        if abs(exact - whole) > _CLOSE:
            raise self.wrong(
                f"is not cut at {self.rate.name} frames a second ({what} falls between two frames): export it again "
                f"from a timeline at {self.rate.name}."
            )
        return whole

    def media_start(self, name: str) -> str | None:
        """Timecode of the first frame of a clip's media, where that was told."""
        return self._starts.get(self._resolved(name))

    def source(self, seconds: Fraction, start: Fraction | None) -> Fraction:
        """Seconds into the media. Where the file does not know the media's start, that is one hour by custom."""
        if start is not None:
            return seconds - start
        first = self.rate.seconds(frame_at(FIRST_TIMECODE, self.rate))
        return seconds - first if seconds >= first else seconds

    def clip(
        self, name: str, source: Fraction, length: Fraction, record: Fraction, *, shot_id: str | None = None,
        layer: int = 0,
    ) -> None:  # fmt: skip
        """A clip: seconds into its media, of length, and from the timeline's start. On one layer in record order."""
        name = self._resolved(" ".join(name.split())) or "a clip without name"
        what = f'"{name}"'
        places = (self.frames(source, f"the start of {what}"), self.frames(record, f"the place of {what}"))
        found = _Piece(name, shot_id, layer, *places, self.frames(length, f"the length of {what}"))
        if found.length < 1:
            raise self.wrong(f"gives {what} a length of {found.length} frames: take the clip out, or give it a length.")
        if found.source < 0:
            raise self.wrong(f"shows {what} from {-found.source} frames before its media begins: trim its start.")
        if found.record < 0:
            raise self.wrong(f"has {what} before the timeline begins: move it behind the start.")
        self._put(found)

    def mix(self, kind: TransitionKind, at: Fraction, before: Fraction, after: Fraction, layer: int = 0) -> None:
        """The transition after the last clip of a layer, with the cut `at` seconds and so long before and after it.

        A fade in before all clips is the cut's own. Another one belongs to the clip that comes next, and is kept with
        the one before, black between them or not.
        """
        index = next((i for i in reversed(range(len(self._pieces))) if self._pieces[i].layer == layer), None)
        lengths = self.frames(before, "a transition"), self.frames(after, "a transition")
        length = sum(lengths)
        if min(lengths) < 0 or length < 1:
            raise self.wrong("has a transition of no length: take it out.")
        if index is None and kind is TransitionKind.FADE_IN and not self._pieces:
            self.fade_in = length
            return
        if index is None:
            self.say(f"The {kind.value} at the very start was left out: no clip comes before it.")
            return
        last = self._pieces[index]
        if kind is not TransitionKind.FADE_IN and last.end != self.frames(at, "a transition"):
            self.say(f"A {kind.value} after {last.name} was left out: no clip ends there.")
            return
        if last.transition is not TransitionKind.CUT:
            self.say(f"The {kind.value} after {last.name} was left out: a {last.transition.value} is there already.")
            return
        if kind in (TransitionKind.DISSOLVE, TransitionKind.WIPE) and lengths[0] != length // 2:
            self.say(f"The {kind.value} after {last.name} is not centred on its cut: ours are.")
        self._pieces[index] = replace(last, transition=kind, transition_length=length)

    def mix_named(self, name: str, words: str) -> TransitionKind:
        """What a transition between two clips is to us, by its name and its kind in the editor's words."""
        if "wipe" in words.lower():
            return TransitionKind.WIPE
        if "dissolve" not in words.lower():
            self.say(f'The transition "{name}" became a dissolve.')
        return TransitionKind.DISSOLVE

    def inside(self) -> CutBuilder:
        """A builder for a timeline nested in this one: hand it to `nest` when it is gathered."""
        child = copy.copy(self)
        child._pieces, child._depth, child.fade_in = [], self._depth + 1, 0
        if child._depth > MOST_DEPTH:
            raise self.wrong(f"nests timelines more than {MOST_DEPTH} deep: it is damaged.")
        return child

    def nest(
        self, child: CutBuilder, name: str, source: Fraction, length: Fraction, record: Fraction, layer: int = 0
    ) -> None:  # fmt: skip
        """Lay a nested timeline out flat: what is shown of it, from `source` seconds into it."""
        self.say(f'The nested timeline "{name or "without name"}" was laid out flat.')
        first, at = self.frames(source, "a nested timeline"), self.frames(record, "a nested timeline")
        last = first + self.frames(length, "a nested timeline")
        for piece in child._flat():
            start, end = max(piece.record, first), min(piece.end, last)
            if start < end:
                self._put(replace(_part(piece, start, end), record=at + start - first, layer=layer))

    def _put(self, piece: _Piece) -> None:
        self._pieces.append(piece)
        if len(self._pieces) > MOST_CLIPS:
            raise self.wrong(f"holds more than {MOST_CLIPS} clips: it is damaged.")

    # --- the cut ----------------------------------------------------------------------------------------------

    def done(self) -> EditedCut:
        """The cut in record order. Raises TimelineError where there are no clips, or none that is known."""
        if not self._pieces:
            raise self.wrong("holds no clips with pictures: export the timeline itself.")
        if self._known and not any(p.shot_id or p.name.lower() in self._known for p in self._pieces):
            raise self.wrong("holds none of this production's clips: is it the timeline of another film?")
        pieces = self._flat()
        clips = tuple(
            EditedClip(
                name=p.name, source_start=p.source, length=p.length, record_start=p.record, transition=p.transition,
                transition_length=p.transition_length, shot_id=p.shot_id,
            )
            for p in pieces
        )  # fmt: skip
        return EditedCut(
            title=self.title, rate=self.rate, clips=clips, fade_in=self.fade_in, unknown=tuple(self._said), had=self.had
        )  # fmt: skip

    def _flat(self) -> list[_Piece]:
        """What is seen: a clip on an upper layer hides what is under it."""
        layers = sorted({p.layer for p in self._pieces}, reverse=True)
        if len(layers) < 2:
            return sorted(self._pieces, key=lambda p: p.record)
        self.say(f"The timeline has {len(layers)} layers of pictures: the cut follows the uppermost.")
        seen = list[_Piece]()
        for layer in layers:
            above = sorted(seen, key=lambda p: p.record)
            for piece in (p for p in self._pieces if p.layer == layer):
                seen += _uncovered(piece, above)
        return sorted(seen, key=lambda p: p.record)

    def _resolved(self, name: str) -> str:
        """The known clip that a name means: with or without suffix, in any case, or by its reel."""
        if name.lower() in self._known:
            return self._known[name.lower()]
        stem = PurePosixPath(name).stem if "." in name else name
        return self._known.get(stem.lower()) or self._reels.get(name.upper()) or name


def _uncovered(piece: _Piece, above: Sequence[_Piece]) -> list[_Piece]:
    """The parts of a piece that nothing in `above`, in record order, lies over."""
    found, at = list[_Piece](), piece.record
    for other in above:
        if other.end <= at or other.record >= piece.end:
            continue
        if other.record > at:
            found.append(_part(piece, at, other.record))
        at = max(at, other.end)
    if at < piece.end:
        found.append(_part(piece, at, piece.end))
    return found


def _part(piece: _Piece, start: int, end: int) -> _Piece:
    part = replace(piece, source=piece.source + start - piece.record, record=start, length=end - start)
    return part if end == piece.end else replace(part, transition=TransitionKind.CUT, transition_length=0)


def beside(items: Sequence[T], index: int) -> tuple[T | None, T | None]:
    """What stands before an item and after it."""
    return items[index - 1] if index else None, items[index + 1] if index + 1 < len(items) else None


def known_rate(fps: float | Fraction) -> Fraction:
    """The exact rate that a decimal stands for: 23.976 and 23.98 are 24000/1001. Raises ValueError below or at zero."""
    value = Fraction(fps)
    if value <= 0:
        raise ValueError("a rate is above zero")
    near = min((r.fps for r in RATES.values()), key=lambda r: abs(r - value))
    return near if abs(near - value) < Fraction(1, 150) else value.limit_denominator(1001)
