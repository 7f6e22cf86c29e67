"""A new draft meets an existing shot list: what stays, what changes, what goes, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from maquette.film.settings import ShotListSettings
from maquette.film.shot import Shot, ShotChange, ShotChangeKind, ShotList, ShotListChange, ShotStatus
from maquette.script.numbering import number_new

OMITTED_BY_DRAFT = "Omitted by a new draft: "
"""How the reason of a shot begins that a draft has dropped; one that the director omitted keeps its own reason."""


def merge_shot_lists(
    old: ShotList,
    fresh: ShotList,
    line_map: Mapping[str, str],
    settings: ShotListSettings,
    words_of: Mapping[str, str] | None = None,
) -> ShotListChange:
    """Carry ids, numbers and statuses of `old` over to the shots of a new draft.

    `fresh`: the new draft's own list (`list_shots`). `line_map`: old element id -> new element id for every line that
    the new draft still has, changed or not; a line that is missing is gone. `words_of`: the words of old and new
    elements by id, to quote what changed. A shot whose lines are gone stays in the list as omitted, so that its number
    is never given again. Accepted proposals stay as the director accepted them while their lines exist.
    """
    pairs = _matched(old.shots, fresh.shots, line_map)
    fresh_of = {o.id: f for o, f in pairs}
    old_of = {f.id: o for o, f in pairs}
    changes: dict[str, ShotChange] = {}
    kept: list[str] = []
    merged: list[Shot] = []
    for shot in _without_taken_lines(fresh.shots, old.shots, old_of, line_map):
        before = old_of.get(shot.id)
        carried = _carried(before, shot) if before else shot
        merged.append(carried)
        if before is not None:
            change = _change(before, carried, line_map, words_of or {})
            if change is None:
                kept.append(carried.id)
            else:
                changes[carried.id] = change
    result = _with_dropped(merged, old.shots, fresh_of, line_map, changes, kept)
    fixed = _scene_numbers_kept(result, old.shots, fresh_of, line_map)
    numbered = number_new(old.shots, fixed, settings)
    known = {s.id for s in old.shots}
    for shot in numbered:
        if shot.id not in known:
            changes[shot.id] = _told(ShotChangeKind.ADDED, shot, f"New in this draft. {shot.reason}")
    in_order = tuple(
        changes[s.id].model_copy(update={"number": s.number, "scene_number": s.scene_number})
        for s in numbered
        if s.id in changes
    )
    return ShotListChange(shots=ShotList(shots=numbered), changes=in_order, kept=tuple(kept))


@dataclass(frozen=True)
class _Pair:
    score: float
    old: int
    new: int


def _matched(old: Sequence[Shot], fresh: Sequence[Shot], line_map: Mapping[str, str]) -> list[tuple[Shot, Shot]]:
    """Each old shot with its fresh one: same id, else same kind of shot over the same lines, the best pairs first."""
    by_line: dict[str, list[int]] = {}
    for index, shot in enumerate(fresh):
        for line in _lines(shot):
            by_line.setdefault(line, []).append(index)
    same_id = {s.id: i for i, s in enumerate(fresh)}
    pairs: list[_Pair] = []
    for index, shot in enumerate(old):
        lines = {line_map[i] for i in _lines(shot) if i in line_map}
        near = {n for line in lines for n in by_line.get(line, ())} | (
            {same_id[shot.id]} if shot.id in same_id else set()
        )
        for candidate in near:
            score = _likeness(shot, fresh[candidate], lines)
            if score > 0:
                pairs.append(_Pair(score, index, candidate))
    used_old: set[int] = set()
    used_new: set[int] = set()
    result: list[tuple[Shot, Shot]] = []
    for pair in sorted(pairs, key=lambda p: (-p.score, p.old, p.new)):
        if pair.old not in used_old and pair.new not in used_new:
            used_old.add(pair.old)
            used_new.add(pair.new)
            result.append((old[pair.old], fresh[pair.new]))
    return result


def _lines(shot: Shot) -> tuple[str, ...]:
    return shot.line_ids or ((shot.moment_id,) if shot.moment_id else ())


def _likeness(old: Shot, new: Shot, lines: set[str]) -> float:
    """0: not the same shot. A stated shot never becomes a proposal's successor, nor the other way round."""
    if _is_asked(old) is not _is_asked(new):
        return 0.0
    if old.id == new.id:
        return 10.0
    theirs = set(_lines(new))
    overlap = len(lines & theirs) / max(1, len(lines | theirs))
    if not overlap:
        return 0.0
    score = 2.0 * overlap
    score += 1.0 if old.framing is new.framing else 0.0
    score += 1.0 if old.subjects[:1] == new.subjects[:1] else 0.0
    score += 0.5 if old.size is new.size else 0.0
    score += 1.0 if _quoted(old) and _quoted(old) == _quoted(new) else 0.0
    alike = old.framing is new.framing and old.subjects[:1] == new.subjects[:1]
    return score if alike or overlap >= 0.5 else 0.0


def _is_asked(shot: Shot) -> bool:
    return shot.status is ShotStatus.ASKED or "Asked in line" in shot.reason


def _quoted(shot: Shot) -> str:
    return shot.reason.partition('"')[2].partition('"')[0]


def _carried(before: Shot, shot: Shot) -> Shot:
    """The fresh shot with the id, number and decision of the old one; an accepted one keeps its set-up too."""
    restored = before.status is ShotStatus.OMITTED and before.reason.startswith(OMITTED_BY_DRAFT)
    status = shot.status if restored else before.status
    identity = {"id": before.id, "number": before.number, "status": status}
    if before.status is not ShotStatus.ACCEPTED:
        return shot.model_copy(update=identity)
    paper = ("scene_id", "scene_number", "line_ids", "moment_id", "text", "dialogue", "source")
    return before.model_copy(update={name: getattr(shot, name) for name in paper} | _running(before, shot))


def _running(before: Shot, shot: Shot) -> dict[str, object]:
    return {"duration_s": shot.duration_s} if before.duration_estimated else {}


_SETUP = {
    "framing": "framing",
    "size": "size",
    "angle": "angle",
    "roll_deg": "roll",
    "lens_mm": "lens",
    "move": "move",
    "subjects": "subjects",
    "over": "over the shoulder of",
    "camera_side": "look",
    "eyeline": "eyeline to",
    "camera_height_m": "camera height (m)",
    "azimuth_deg": "direction (degrees)",
}
"""All that decides a picture beside the words under it: field -> what it is called to the user."""


def _change(before: Shot, carried: Shot, line_map: Mapping[str, str], words_of: Mapping[str, str]) -> ShotChange | None:
    reasons: list[str] = []
    if before.status is ShotStatus.OMITTED and carried.status is not ShotStatus.OMITTED:
        return _told(ShotChangeKind.RESTORED, carried, "Its lines are back in this draft.")
    reasons += _line_changes(before, carried, line_map, words_of)
    changed = [f for f in _SETUP if getattr(before, f) != getattr(carried, f)]
    if changed:
        what = ", ".join(f"{_SETUP[f]} {_shown(getattr(before, f))} -> {_shown(getattr(carried, f))}" for f in changed)
        reasons.append(f"Set-up changed: {what}.")
    if carried.notes != before.notes:
        reasons.append(f'Notes changed: "{before.notes}" -> "{carried.notes}".')
    return _told(ShotChangeKind.CHANGED, carried, " ".join(reasons)) if reasons else None


def _line_changes(before: Shot, after: Shot, line_map: Mapping[str, str], words_of: Mapping[str, str]) -> list[str]:
    """What happened to the words under a shot, quoted old -> new."""
    reasons: list[str] = []
    for line in before.line_ids:
        new = line_map.get(line)
        if new is not None and words_of.get(line) != words_of.get(new) and line in words_of and new in words_of:
            reasons.append(f"Line changed: {_diff(words_of[line], words_of[new])}.")
    if not reasons:
        for label, a, b in (("Dialogue", before.dialogue, after.dialogue), ("Action", before.text, after.text)):
            if a != b:
                reasons.append(f"{label} changed: {_diff(a, b)}.")
    if not reasons and [line_map.get(i) for i in before.line_ids] != list(after.line_ids):
        more = len(after.line_ids) - len(before.line_ids)
        reasons.append(f"It now covers {'more' if more > 0 else 'fewer' if more < 0 else 'other'} lines than before.")
    return reasons


def _diff(old: str, new: str) -> str:
    """The changed stretch of two texts with a few words around it: "the red door" -> "the blue door"."""
    if not old or not new:
        return f'"{_short(old)}" -> "{_short(new)}"'
    a, b = old.split(), new.split()
    blocks = [o for o in SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if o[0] != "equal"]
    if not blocks or len(a) + len(b) <= 16:
        return f'"{_short(old)}" -> "{_short(new)}"'
    a0, a1 = max(0, blocks[0][1] - 3), min(len(a), blocks[-1][2] + 3)
    b0, b1 = max(0, blocks[0][3] - 3), min(len(b), blocks[-1][4] + 3)
    return f'"{_short(" ".join(a[a0:a1]))}" -> "{_short(" ".join(b[b0:b1]))}"'


def _short(text: str, limit: int = 120) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: flat.rfind(" ", 0, limit)] + "…"


def _shown(value: object) -> str:
    if isinstance(value, tuple):
        return " and ".join(str(v) for v in value) or "nobody"
    if isinstance(value, float):
        return f"{value:g}"
    return "none" if value is None else str(value)


def _told(kind: ShotChangeKind, shot: Shot, reason: str) -> ShotChange:
    return ShotChange(kind=kind, shot_id=shot.id, number=shot.number, scene_number=shot.scene_number, reason=reason)


def _without_taken_lines(
    fresh: Sequence[Shot], old: Sequence[Shot], old_of: Mapping[str, Shot], line_map: Mapping[str, str]
) -> list[Shot]:
    """Fresh shots less the new proposals whose lines an accepted shot without successor keeps."""
    matched = {o.id for o in old_of.values()}
    accepted = [s for s in old if s.status is ShotStatus.ACCEPTED and s.id not in matched]
    taken = {line_map[i] for s in accepted for i in s.line_ids if i in line_map}
    out: list[Shot] = []
    for shot in fresh:
        rest = tuple(i for i in shot.line_ids if i not in taken)
        if shot.id in old_of or shot.status is ShotStatus.ASKED or rest == shot.line_ids:
            out.append(shot)
        elif rest:
            out.append(shot.model_copy(update={"line_ids": rest}))
    return out


def _with_dropped(
    merged: Sequence[Shot],
    old: Sequence[Shot],
    fresh_of: Mapping[str, Shot],
    line_map: Mapping[str, str],
    changes: dict[str, ShotChange],
    kept: list[str],
) -> list[Shot]:
    """Put old shots without successor back in their place: accepted ones kept, the others omitted."""
    result = list(merged)
    scenes = {s.scene_id for s in merged}
    previous: str | None = None
    for shot in old:
        if shot.id in fresh_of:
            previous = shot.id
            continue
        lines = tuple(line_map[i] for i in shot.line_ids if i in line_map)
        if shot.status is ShotStatus.ACCEPTED and lines:
            moment = line_map.get(shot.moment_id or "", lines[0])
            stays = shot.model_copy(update={"line_ids": lines, "moment_id": moment})
            kept.append(stays.id)
        else:
            stays = _omitted(shot, lines, shot.scene_id in scenes)
            if shot.status is not ShotStatus.OMITTED:
                reason = stays.reason.removeprefix(OMITTED_BY_DRAFT).partition(". ")[0] + "."
                reason += f' It was stated as "{_quoted(shot)}".' if _is_asked(shot) else ""
                changes[stays.id] = _told(ShotChangeKind.OMITTED, stays, reason[:1].upper() + reason[1:])
        at = next((i for i, s in enumerate(result) if s.id == previous), -1) + 1
        result.insert(at, stays)
        previous = shot.id
    return result


def _omitted(shot: Shot, lines: tuple[str, ...], scene_stays: bool) -> Shot:
    if shot.status is ShotStatus.OMITTED:
        return shot
    asked = _is_asked(shot)
    if not scene_stays:
        why = f"scene {shot.scene_number} is not in it any more"
    elif asked:
        why = "the script does not state this shot any more"
    elif lines:
        why = "its lines are covered by other shots now"
    else:
        why = "its lines are not in it any more"
    said = shot.reason if asked else f"It was proposed: {shot.reason}"
    return shot.model_copy(update={"status": ShotStatus.OMITTED, "reason": f"{OMITTED_BY_DRAFT}{why}. {said}".strip()})


def _scene_numbers_kept(
    shots: Sequence[Shot], old: Sequence[Shot], fresh_of: Mapping[str, Shot], line_map: Mapping[str, str]
) -> list[Shot]:
    """Scenes keep the number that their shots carry; a new scene whose number is taken gets a letter before it.

    A script that counts its scenes by itself shifts every number when a scene comes in; on a schedule a new scene
    before 5 is A5.
    """
    number_of: dict[str, str] = {}
    for shot in old:
        successor = fresh_of.get(shot.id)
        if successor is not None:
            number_of.setdefault(successor.scene_id, shot.scene_number)
    # A scene whose shots are all replaced (the writer stated the first one) is still the same scene by its lines.
    known = {s.id for s in old}
    scene_of = {line: s.scene_id for s in shots if s.id not in known for line in s.line_ids}
    for shot in old:
        for line in shot.line_ids:
            scene = scene_of.get(line_map.get(line, ""))
            if scene is not None:
                number_of.setdefault(scene, shot.scene_number)
    gone = {s.scene_number for s in old} - set(number_of.values())
    taken = set(number_of.values()) | gone
    for shot in shots:
        if shot.id in known or shot.scene_id in number_of:
            continue
        number = shot.scene_number
        letters = iter("ABCDEFGHJKLMNPQRSTUVWXYZ")
        while number in taken:
            number = f"{next(letters, 'Z' + number)}{shot.scene_number}"
        number_of[shot.scene_id] = number
        taken.add(number)
    return [
        s.model_copy(update={"scene_number": number_of[s.scene_id]})
        if s.scene_id in number_of and s.status is not ShotStatus.OMITTED
        else s
        for s in shots
    ]
