"""Conforming: an editor's order, lengths and transitions become the production's own cut.

The shots themselves stay as they are. The cut keeps its own lengths, and what it asks of a take that the take does not
have is told, in frames.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from maquette.deliver.timeline_parts import mixes, more_frames, offsets, reel_code, reel_names
from maquette.deliver.timeline_read import read_cut
from maquette.film.errors import TimelineError, UsageError
from maquette.film.rate import Rate, rate_named
from maquette.film.screenplay import Screenplay
from maquette.film.shot import Shot, ShotStatus
from maquette.film.take import TakeRecord
from maquette.film.timeline import Cut, CutEntry, EditedClip, EditedCut
from maquette.pipeline.cut import timeline_of
from maquette.pipeline.delivery import listed
from maquette.pipeline.naming import ClipNames, title_slug
from maquette.pipeline.production import Production
from maquette.script.shot_list import select
from maquette.store.folder import only_writer

CUT = "cut"
"""Kind and name of the document."""
_TAKE = re.compile(r"(?:^|[_\-. ])t(?:ake)?[_\- ]?(\d+)$", re.IGNORECASE)
_TAIL = re.compile(r"[_\-. ](?:start|end|panel|slug|v\d+)$", re.IGNORECASE)
_SUFFIXES = frozenset({".mov", ".mp4", ".mxf", ".webm", ".png", ".jpg", ".jpeg", ".exr", ".gif"})


@dataclass(frozen=True)
class ConformedShot:
    """What an editor did to one shot."""

    shot_id: str
    number: str
    old_frames: int | None
    """Length before; None: it was not in the cut."""
    new_frames: int
    """Length now; of all its appearances together."""
    times: int = 1
    """How often it appears."""
    moved: bool = False
    """It stands elsewhere among the others than before."""
    notes: tuple[str, ...] = ()
    """What has to be done about it, one sentence each."""

    @property
    def changed(self) -> bool:
        """Whether it is any different from before."""
        return self.moved or self.times > 1 or self.old_frames != self.new_frames or bool(self.notes)


@dataclass(frozen=True)
class Conformed:
    """What came of an editor's file."""

    source: str
    """Name of the file."""
    title: str
    cut: Cut
    """As it is stored now."""
    shots: tuple[ConformedShot, ...]
    """Every shot of the file, in the order in which it first appears."""
    left_out: tuple[str, ...]
    """Numbers of the shots that the editor had and does not use."""
    untouched: tuple[str, ...]
    """Numbers of the shots before and after those of a file that does not say which shots it had: they stay."""
    unknown_clips: tuple[EditedClip, ...]
    """Clips that are none of our shots: not in the cut, and not lost either."""
    unknown: tuple[str, ...]
    """What else the file holds that a cut cannot, and what it does not say, one sentence each."""


@dataclass(frozen=True)
class _Match:
    """A clip of the file with its shot."""

    clip: EditedClip
    shot: Shot
    take: TakeRecord | None
    """The take it shows; None for a panel or a slug."""
    rate: Rate

    @property
    def handles(self) -> int:
        """Frames of the media before the shot's first one."""
        return self._frames(self.take.handles) if self.take is not None else 0

    @property
    def total(self) -> int | None:
        """Frames that the media has; None: as many as one likes."""
        return self._frames(self.take.frames + 2 * self.take.handles) if self.take is not None else None

    def _frames(self, frames: int) -> int:
        """Of the take's own rate at that of the cut."""
        return self.rate.frames(self.take.rate.seconds(frames)) if self.take is not None else 0

    @property
    def entry(self) -> CutEntry:
        return CutEntry(
            shot_id=self.shot.id,
            source_start=self.clip.source_start - self.handles,
            length=self.clip.length,
            transition=self.clip.transition,
            transition_length=self.clip.transition_length,
        )


def conform(production: Production, path: Path | str, *, shots: str | None = None) -> Conformed:
    """Take over the cut of an editor's file: every timeline of the production follows it from then on.

    shots: which shots the editor had ("3,4A,7-9"), so that those missing from the file count as left out on purpose;
    None: what the file itself says. Where it says nothing, those between the first and the last of its shots in the
    cut as it was. The rest of the cut stays. Raises TimelineError for a file that cannot be read or has none of our
    shots in it; nothing is changed then.
    """
    path = Path(path)
    rate = rate_named(production.settings.rate)
    edited = read_cut(path, rate)
    with only_writer(production.root), production.database.together():
        old = current_cut(production)
        lengths = _lengths(production)
        matches, strangers = _matched(production, edited)
        if not matches:
            raise TimelineError(
                f"{path.name} holds none of this production's shots (its first clip is called "
                f'"{edited.clips[0].name}"): keep the names that the timeline was delivered with.'
            )
        known, untouched = _known(production, edited, matches, shots, list(lengths))
        entries = _spliced(old, [m.entry for m in matches], known)
        before = {*old.known, *known} if old is not None else set(known)
        order = tuple(s.id for s in production.shots if s.id in before)
        cut = Cut(rate=rate, entries=entries, known=order, source=path.name,
                  fade_in=_fade_in(old, entries, matches[0].entry, edited.fade_in))  # fmt: skip
        production.database.put(CUT, CUT, cut)
        report = _report(matches, lengths)
        numbers = {s.id: s.number for s in production.shots if s.status is not ShotStatus.OMITTED}
        used = {m.shot.id for m in matches}
        left_out = tuple(numbers[i] for i in order if i in known and i not in used and i in numbers)
        moved = sum(s.moved for s in report)
        production.database.log(
            "conform", f"{path.name}: {len(matches)} clips, {moved} moved, {len(left_out)} left out, "
            f"{len(strangers)} unknown"
        )  # fmt: skip
    stay = tuple(numbers[i] for i in untouched)
    unsaid = _unsaid(path.name, stay, [s.number for s in production.shots if s.id in numbers])
    return Conformed(path.name, edited.title, cut, report, left_out, stay, strangers, (*edited.unknown, *unsaid))


def current_cut(production: Production) -> Cut | None:
    """The cut that timelines follow; None where none was conformed: then they follow the script."""
    return production.database.get(CUT, CUT, Cut)


# --- which shot a clip is -------------------------------------------------------------------------------------


def _matched(production: Production, edited: EditedCut) -> tuple[list[_Match], tuple[EditedClip, ...]]:
    takes = {s.id: list[TakeRecord]() for s in production.shots}
    for take in production.takes():
        takes.setdefault(take.shot_id, []).append(take)
    best = production.best_takes()
    matcher = _Matcher(production.screenplay, production.shots, takes)
    matches, strangers = list[_Match](), list[EditedClip]()
    for clip in edited.clips:
        shot, number = matcher.find(clip)
        if shot is None:
            strangers.append(clip)
            continue
        take = next((t for t in takes[shot.id] if t.number == number), None)
        if number is None and not matcher.is_plain(clip.name, shot):
            # The editor gave it a name of their own: it shows what was delivered, the preferred take.
            take = best.get(shot.id)
        matches.append(_Match(clip, shot, take, edited.rate))
    return matches, tuple(strangers)


class _Matcher:
    """Finds shots by the names of clips: an id, a number, or a name by the naming scheme with or without take, or what
    the reels of an EDL make of it."""

    def __init__(
        self, screenplay: Screenplay, shots: Sequence[Shot], takes: Mapping[str, Sequence[TakeRecord]]
    ) -> None:
        self._ids = {s.id: s for s in shots}
        self._titles = tuple(_plain(t) for t in (screenplay.title, title_slug(screenplay)))
        names = ClipNames(screenplay, shots)
        full = {names.of(s, n): (s, n) for s in shots for n in (None, *(t.number for t in takes[s.id]))}
        self._written = {s.id: names.number(s) for s in shots}
        reels = {reel_code(name): name for name in full} | {reel: name for name, reel in reel_names(full).items()}
        self._reels = {reel: full[name] for reel, name in reels.items()}
        named = [(name.lower(), s) for s in shots for name in dict.fromkeys((s.number, self._written[s.id]))]
        self._named = sorted(named, key=lambda pair: -len(pair[0]))

    def find(self, clip: EditedClip) -> tuple[Shot | None, int | None]:
        """The shot and the number of the take, where the name says one."""
        base, take = _apart(clip.name)
        by_id = self._ids.get(clip.shot_id or "") or self._ids.get(clip.name)
        if by_id is not None:
            return by_id, take
        for text, number in ((_bare(clip.name), None), (base, take)):
            for name, shot in self._named:
                if text == name or (text.endswith(name) and self._is_title(text[: -len(name)])):
                    return shot, number
        return self._reels.get(clip.name.upper(), (None, None))

    def is_plain(self, name: str, shot: Shot) -> bool:
        """Whether a name is by the naming scheme and without a take: a panel's or a slug's."""
        text = _bare(name)
        wanted = (shot.number.lower(), self._written[shot.id].lower())
        return any(text.endswith(w) and text != w and self._is_title(text[: -len(w)]) for w in wanted)

    def _is_title(self, prefix: str) -> bool:
        """Whether what stands before a number is the film's title or, in a reel of eight signs, the end of it."""
        plain = _plain(prefix)
        return bool(plain) and prefix[-1] in "_-. " and any(t.endswith(plain) for t in self._titles)


def _plain(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _bare(name: str) -> str:
    """A clip's name without the suffix of its file and what comes after the shot, in lower case."""
    text = name.strip()
    if PurePosixPath(text).suffix.lower() in _SUFFIXES:
        text = text[: text.rindex(".")]
    while match := _TAIL.search(text):
        text = text[: match.start()]
    return text.lower()


def _apart(name: str) -> tuple[str, int | None]:
    """Name and take: ("the-last-ferry_3a", 1)."""
    text = _bare(name)
    match = _TAKE.search(text)
    return (text[: match.start()], int(match.group(1))) if match else (text, None)


# --- the cut --------------------------------------------------------------------------------------------------


def _known(
    production: Production, edited: EditedCut, matches: Iterable[_Match], shots: str | None, order: Sequence[str]
) -> tuple[frozenset[str], tuple[str, ...]]:
    """Ids of the shots that the editor had, and of those that they may have had. order: ids in the cut as it was."""
    used = {m.shot.id for m in matches}
    if shots is not None:
        return frozenset(used | {s.id for s in select(production.shot_list, shots)}), ()
    said = set(edited.had)
    if had := {s.id for s in production.shots if s.id in said or s.number in said}:
        return frozenset(used | had), ()
    # A shot too few in the cut is seen at once; one that a file was never about must not be lost by it.
    places = [i for i, shot_id in enumerate(order) if shot_id in used]
    first, last = (places[0], places[-1] + 1) if places else (0, 0)
    return frozenset(used | set(order[first:last])), (*order[:first], *order[last:])


def _unsaid(file: str, untouched: Sequence[str], numbers: Sequence[str]) -> tuple[str, ...]:
    """The sentence about shots that the editor may have had."""
    if not untouched:
        return ()
    return (
        f"{file} does not say which shots it was made from: {listed(untouched)}, before its first shot or after "
        "its last, stay as they were; if the editor took them out, conform it with --shots "
        f"{numbers[0]}-{numbers[-1]}.",
    )


def _fade_in(old: Cut | None, entries: Sequence[CutEntry], first: CutEntry, fade_in: int) -> int | None:
    """How the whole cut opens: as the file does, where it is about the cut's opening."""
    return fade_in if entries[0] == first else old.fade_in if old is not None else None


def _spliced(old: Cut | None, entries: Sequence[CutEntry], known: frozenset[str]) -> tuple[CutEntry, ...]:
    """The new entries in place of the old ones of the same shots; what the editor did not have stays around them."""
    if old is None:
        return tuple(entries)
    kept, at = list[CutEntry](), None
    for entry in old.entries:
        if entry.shot_id not in known:
            kept.append(entry)
        elif at is None:
            at = len(kept)
    at = len(kept) if at is None else at
    return (*kept[:at], *entries, *kept[at:])


# --- the report -----------------------------------------------------------------------------------------------


def _report(matches: Sequence[_Match], lengths: Mapping[str, int]) -> tuple[ConformedShot, ...]:
    by_shot = dict[str, list[int]]()
    for i, match in enumerate(matches):
        by_shot.setdefault(match.shot.id, []).append(i)
    moved = _moved([i for i in by_shot if i in lengths], list(lengths))
    found = list[ConformedShot]()
    for shot_id, places in by_shot.items():
        shot = matches[places[0]].shot
        notes = [n for i in places for n in _needs(matches, i)]
        if shot.status is ShotStatus.OMITTED:
            notes.append(f"Shot {shot.number} is omitted in the shot list: accept it to see it in the cut.")
        found.append(
            ConformedShot(shot_id, shot.number, lengths.get(shot_id), sum(matches[i].clip.length for i in places),
                          len(places), shot_id in moved, tuple(dict.fromkeys(notes)))
        )  # fmt: skip
    return tuple(found)


def _lengths(production: Production) -> dict[str, int]:
    """{shot id: frames} of the cut as it is, in its order."""
    try:
        clips = timeline_of(production).clips
    except UsageError:  # all shots are omitted
        return {}
    found = dict[str, int]()
    for clip in clips:
        found[clip.shot_id] = found.get(clip.shot_id, 0) + clip.length
    return found


def _moved(order: Sequence[str], before: Sequence[str]) -> frozenset[str]:
    """Those that moved: the fewest that have to be lifted out so that the rest is in the order of before."""
    places = [before.index(i) for i in order]
    tails, ends, previous = list[int](), list[int](), list[int | None]()
    for i, place in enumerate(places):
        at = bisect_left(tails, place)
        previous.append(ends[at - 1] if at else None)
        tails[at : at + 1] = [place]
        ends[at : at + 1] = [i]
    kept, at_end = set[int](), ends[-1] if ends else None
    while at_end is not None:
        kept.add(at_end)
        at_end = previous[at_end]
    return frozenset(shot_id for i, shot_id in enumerate(order) if i not in kept)


def _needs(matches: Sequence[_Match], index: int) -> list[str]:
    """What a clip asks of its take that the take does not have. A panel stands as long as one likes."""
    match = matches[index]
    take, clip, total = match.take, match.clip, match.total
    if take is None or total is None:
        return []
    before = matches[index - 1].clip if index else None
    head = offsets(before)[0] if before is not None and mixes(before) else 0
    tail = offsets(clip)[1] if mixes(clip) and index + 1 < len(matches) else 0
    missing = max(0, clip.source_start + clip.length + tail - total) + max(0, head - clip.source_start)
    if not missing:
        return []
    return [
        f"Shot {match.shot.number} needs {more_frames(missing)} than take {take.number} has: shoot it again longer, or "
        f"with --handles {take.handles + missing}."
    ]
