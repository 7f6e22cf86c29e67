"""Shot numbers that crews can rely on: once given, a number belongs to its shot, omitted or not, and never to another.

US     The first shot of a scene has the scene's number, then letters follow: 24, 24A ... 24Z, 24AA, 24AB ... Letters
       set as skipped (I and O read as digits) are left out everywhere. A shot inserted between 24A and 24B appends a
       letter to the one before it: 24AA, then 24AB. Whatever is taken is passed over, so an inserted 24AA makes the
       continuation after 24Z begin at 24AB, and the other way round. Nothing fits between 24 and 24A: such a shot
       takes the next letter of the scene, as a new slate on the day would.
       Scene 24A writes its letter first, as script supervisors do: A24, A24A, A24B, so that it never reads as the
       first set-up of scene 24.
UK     One slate number that climbs: a new shot takes the next, wherever it stands.
VFX    SHOW_SEQ_SCENE_0010 in steps of 10. An inserted shot takes the middle of the gap (0015); where no number is left
       in the gap, it appends a letter (0010A).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import count, islice, product

from maquette.film.settings import NumberingScheme, ShotListSettings
from maquette.film.shot import Shot

VFX_STEP = 10


def number_new(existing: Sequence[Shot], order: Sequence[Shot], settings: ShotListSettings) -> tuple[Shot, ...]:
    """`order` with a number on every shot.

    `existing`: all shots ever numbered, omitted ones included. `order`: all shots wanted, in script order; one whose
    id stands in `existing` keeps its number from there, the others are given new ones. Numbers are unique.
    """
    numbers = {s.id: s.number for s in existing if s.number}
    taken = {n.upper() for n in numbers.values()}
    kept = [s.model_copy(update={"number": numbers.get(s.id, "")}) for s in order]
    if settings.scheme is NumberingScheme.UK:
        return _numbered_uk(kept, taken)
    scheme = _us_number if settings.scheme is NumberingScheme.US else _vfx_number
    out = list(kept)
    for index, shot in enumerate(out):
        if shot.number:
            continue
        number = scheme(index, out, existing, taken, settings)
        taken.add(number.upper())
        out[index] = shot.model_copy(update={"number": number})
    return tuple(out)


def letter_series(skipped: str) -> Iterator[str]:
    """A ... Z, AA, AB ... without the skipped letters, without end."""
    letters = [c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ" if c not in skipped.upper()]
    for length in count(1):
        for combination in product(letters, repeat=length):
            yield "".join(combination)


def _numbered_uk(shots: Sequence[Shot], taken: set[str]) -> tuple[Shot, ...]:
    slate = max((int(m.group()) for n in taken if (m := re.match(r"\d+", n))), default=0)
    out: list[Shot] = []
    for shot in shots:
        if not shot.number:
            slate += 1
        out.append(shot if shot.number else shot.model_copy(update={"number": str(slate)}))
    return tuple(out)


def us_base(scene_number: str) -> str:
    """The scene number as slates carry it: 24 stays, 24A is A24, others stay as they are."""
    text = re.sub(r"\s+", "", scene_number).upper().rstrip(".") or "0"
    match = re.fullmatch(r"(\d+)([A-Z]+)", text)
    if match:
        return match.group(2) + match.group(1)
    return text if text[-1].isdigit() else f"{text}-"


def _neighbours(index: int, order: Sequence[Shot], existing: Sequence[Shot]) -> tuple[Shot | None, Shot | None]:
    """The numbered shots of the same scene right before and after a place in the order."""
    scene = order[index].scene_number
    earlier = (order[i] for i in range(index - 1, -1, -1))
    before = next((s for s in earlier if s.scene_number == scene and s.number), None)
    old = {s.id for s in existing if s.scene_number == scene}
    later = order[index + 1 :] if old else ()
    after = next((s for s in later if s.scene_number == scene and s.number and s.id in old), None)
    return before, after


def _us_number(
    index: int, order: Sequence[Shot], existing: Sequence[Shot], taken: set[str], settings: ShotListSettings
) -> str:
    base = us_base(order[index].scene_number)
    before, after = _neighbours(index, order, existing)
    plain = base.rstrip("-")
    if before is None and after is None and plain not in taken:
        return plain
    inside = _suffix(before.number.upper(), base) if before is not None and after is not None else None
    if inside and after is not None:
        stem = base + _root(inside, _suffix(after.number.upper(), base) or "")
        return next(
            n for n in (stem + letters for letters in letter_series(settings.skipped_letters)) if n not in taken
        )
    letters = list(islice(letter_series(settings.skipped_letters), 26))
    singles = [i for i, letter in enumerate(letters) if base + letter in taken and len(letter) == 1]
    after_last = islice(letter_series(settings.skipped_letters), max(singles, default=-1) + 1, None)
    return next(base + letters for letters in after_last if base + letters not in taken)


def _suffix(number: str, base: str) -> str | None:
    """The letters of a number after its scene's base, None if it is of another scene."""
    rest = number.removeprefix(base)
    return rest if number.startswith(base) and rest and rest.isalpha() else None


def _root(before: str, after: str) -> str:
    """The letters that an insertion appends to: A for the gaps A-B and AA-B, AA for the gap AA-AB."""
    siblings = len(before) == len(after) and before[:-1] == after[:-1]
    return before if siblings or len(before) == 1 else before[:-1]


def _vfx_number(
    index: int, order: Sequence[Shot], existing: Sequence[Shot], taken: set[str], settings: ShotListSettings
) -> str:
    scene = re.sub(r"[^0-9A-Za-z]", "", order[index].scene_number).upper() or "0"
    scene = re.sub(r"\d+", lambda m: m.group().zfill(3), scene, count=1)
    prefix = f"{settings.show_code or _show_in_use(existing)}_{settings.sequence_code or 'SEQ'}_{scene}_"
    before, after = _neighbours(index, order, existing)
    low = _vfx_value(before)
    if after is None:
        highest = max((_vfx_value_of(n) for n in taken if n.startswith(prefix)), default=0)
        return f"{prefix}{(max(low, highest) // VFX_STEP + 1) * VFX_STEP:04d}"
    waiting = 1 + sum(1 for s in order[index + 1 : order.index(after)] if not s.number)
    gap = _vfx_value(after) - low
    for value in [low + gap // (waiting + 1), *range(low + 1, low + gap)]:
        if value > low and f"{prefix}{value:04d}" not in taken:
            return f"{prefix}{value:04d}"
    stem = before.number.upper() if before else f"{prefix}{0:04d}"
    return next(n for n in (stem + letters for letters in letter_series(settings.skipped_letters)) if n not in taken)


def _show_in_use(existing: Sequence[Shot]) -> str:
    """The show code that numbers already carry, so that a list never mixes two."""
    found = (re.fullmatch(r"([A-Z0-9]+)_[A-Z0-9]+_[A-Z0-9]+_\d+[A-Z]*", s.number) for s in existing)
    return next((m.group(1) for m in found if m), "SHOW")


def _vfx_value(shot: Shot | None) -> int:
    return _vfx_value_of(shot.number) if shot is not None else 0


def _vfx_value_of(number: str) -> int:
    match = re.search(r"(\d+)[A-Z]*$", number.upper())
    return int(match.group(1)) if match else 0
