"""What the director does to a shot list: accept, omit, pick shots by number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import get_close_matches

from maquette.film.errors import ShotError
from maquette.film.shot import Shot, ShotList, ShotStatus


def accept(shots: ShotList, numbers: Sequence[str] | str) -> ShotList:
    """Proposals become accepted: those in a list of numbers, those of a choice such as "3,4A,7-9", or "all".

    "all" takes every proposal; a named shot that was omitted comes back as accepted.

    Stated and accepted shots stay what they are. Raises ShotError for a number that is not in the list.
    """
    if numbers == "all":
        wanted = {s.id for s in shots.shots if s.status is ShotStatus.PROPOSED}
    else:
        named = select(shots, numbers) if isinstance(numbers, str) else [_by_number(shots, n) for n in numbers]
        wanted = {s.id for s in named if s.status in (ShotStatus.PROPOSED, ShotStatus.OMITTED)}
    return _with_status(shots, wanted, ShotStatus.ACCEPTED)


def omit(shots: ShotList, numbers: Sequence[str] | str) -> ShotList:
    """Shots leave the film but stay in the list: their numbers are never given again. Raises ShotError as `accept`."""
    named = select(shots, numbers) if isinstance(numbers, str) else [_by_number(shots, n) for n in numbers]
    return _with_status(shots, {s.id for s in named}, ShotStatus.OMITTED)


def select(shots: ShotList, wanted: str) -> tuple[Shot, ...]:
    """The shots named in "3,4A,7-9", in script order, each once. "all" is every shot that is not omitted.

    A range runs from its first to its last shot in script order, omitted ones left out. Raises ShotError for an
    unknown number (naming close ones), for a range that runs backwards, and for an empty choice.
    """
    chosen: set[str] = set()
    order = {s.id: i for i, s in enumerate(shots.shots)}
    known = {s.number.upper() for s in shots.shots}
    for part in (p.strip() for p in re.split(r"[,;\s]+(?![-–])(?<![-–]\s)", wanted.strip()) if p.strip()):
        if part.lower() == "all":
            chosen |= {s.id for s in shots.shots if s.status is not ShotStatus.OMITTED}
            continue
        ends = None if part.upper() in known else _range_ends(part, known)
        if ends is None:
            chosen.add(_by_number(shots, part).id)
            continue
        first, last = (order[_by_number(shots, n).id] for n in ends)
        if first > last:
            raise ShotError(f"The range {part} runs backwards: write {ends[1]}-{ends[0]}.")
        chosen |= {s.id for s in shots.shots[first : last + 1] if s.status is not ShotStatus.OMITTED}
    if not chosen:
        raise ShotError('No shot is chosen: name numbers such as "3,4A,7-9", or "all".')
    return tuple(s for s in shots.shots if s.id in chosen)


def _range_ends(part: str, known: set[str]) -> tuple[str, str] | None:
    """The two ends of "7-9". Numbers that hold a dash themselves are tried whole first."""
    cuts = [m.start() for m in re.finditer(r"[-–]", part)]
    splits = [(part[:c].strip(), part[c + 1 :].strip()) for c in cuts]
    for first, last in splits:
        if first.upper() in known and last.upper() in known:
            return first, last
    return next(((a, b) for a, b in splits if a and b), None)


def _by_number(shots: ShotList, number: str) -> Shot:
    key = number.strip().upper()
    for shot in shots.shots:
        if shot.number.upper() == key:
            return shot
    numbers = [s.number for s in shots.shots]
    near = get_close_matches(key, numbers, n=4, cutoff=0.5)
    hint = f"close matches: {', '.join(near)}" if near else "the list has no number like it"
    raise ShotError(f"There is no shot {number.strip() or '(empty)'}: {hint}. `maquette shots` lists all numbers.")


def _with_status(shots: ShotList, ids: set[str], status: ShotStatus) -> ShotList:
    return ShotList(shots=tuple(s.model_copy(update={"status": status}) if s.id in ids else s for s in shots.shots))
