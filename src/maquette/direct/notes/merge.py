"""All that a note asks for, made one: contradictions taken out, corrections followed, moods blended, values settled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from maquette.direct.notes.arithmetic import SIZES, Effect, Op, Outcome, settle
from maquette.film.control_table import CONTROLS, format_value
from maquette.film.controls import Track
from maquette.film.light_cues import cues_text
from maquette.film.mood import MoodRecipe
from maquette.film.notes import How, ProposedChange

_MOUNTS = ("Steadicam", "gimbal", "drone", "cable", "vehicle")
"""Moves that say what carries the camera: beside another move that one tells where it goes."""
_STEADY = _MOUNTS[:2]
SECOND_BLEND = 0.3
"""Share of a second mood that a note asks for in small words: "with a bit of unease"."""


@dataclass(frozen=True)
class Asked:
    """One effect with the words that led to it."""

    effect: Effect
    steps: float
    place: int
    """Character of the note where the words start."""
    words: str
    sure: float
    how: How
    why: str = ""
    corrects: bool = False
    """The words take back what was said before about the same control."""
    weak: bool = False
    """Gives way to any other word on the control."""


def merge(
    asked: Sequence[Asked], now: Mapping[str, Any], recipes: Mapping[str, MoodRecipe]
) -> tuple[list[ProposedChange], list[str]]:
    """Proposals, one for each control, in the order of the note; and remarks."""
    remarks: list[str] = []
    ordered = sorted(asked, key=lambda a: a.place)
    ordered = _dictionary_first(_known_moods(ordered, recipes, remarks))
    ordered = _cues(_precise(_handheld(_moods(ordered, now))), now)
    groups: dict[str, list[Asked]] = {}
    for one in ordered:
        groups.setdefault(_axis(one.effect.control), []).append(one)
    changes: list[tuple[int, ProposedChange]] = []
    for group in groups.values():
        kept = _agreed(group, now, remarks)
        if kept is not None:
            outcome = settle(kept.effect, now, kept.steps)
            if outcome.remark:
                remarks.append(outcome.remark)
            if outcome.setting and not (kept.weak and outcome.value == now.get(outcome.control)):
                changes.append((kept.place, _proposal(kept, outcome, now)))
    changes.sort(key=lambda c: c[0])
    return [c for _, c in changes], remarks


def _axis(control: str) -> str:
    """Controls that pull at the same thing count as one: size and tightness."""
    return "size" if control == "tightness" else control


# --- moods and moves ------------------------------------------------------------------------------------------


def _known_moods(asked: Sequence[Asked], recipes: Mapping[str, MoodRecipe], remarks: list[str]) -> list[Asked]:
    kept: list[Asked] = []
    for one in asked:
        effect = one.effect
        names = effect.control in ("mood", "second-mood") and effect.op is Op.SET and effect.text not in ("none", "")
        if names and effect.text.lower() not in recipes:
            remarks.append(f"There is no recipe for the mood {effect.text!r}: save one by that name or choose another.")
            continue
        kept.append(one)
    return kept


def _moods(asked: Sequence[Asked], now: Mapping[str, Any]) -> list[Asked]:
    """The first mood leads, another is blended in; a third is dropped. An intensity said of the second is its share."""
    names = [a for a in asked if a.effect.control == "mood" and a.effect.op is Op.SET and a.effect.text != "none"]
    distinct = list(dict.fromkeys(a.effect.text for a in names))
    result: list[Asked] = []
    for one in asked:
        control, text = one.effect.control, one.effect.text
        if control == "mood" and text in distinct[1:] and not one.corrects:
            if text == distinct[1] and not any(r.effect.control == "second-mood" for r in result):
                result.append(replace(one, effect=Effect("second-mood", Op.SET, text)))
            continue
        if control == "mood" and any(r.effect == one.effect for r in result):
            continue
        if control == "mood-intensity" and one.effect.op is Op.SET and len(distinct) > 1:
            last = [a for a in names if a.place <= one.place]
            if last and last[-1].effect.text == distinct[1]:
                result.append(replace(one, effect=Effect("mood-blend", Op.SET, f"{SECOND_BLEND:g}")))
                continue
        result.append(one)
    return result


def _handheld(asked: Sequence[Asked]) -> list[Asked]:
    """Handheld beside another move is a shake of that move, and what carries the camera gives way to where it goes; a
    rack needs no move of the camera's own."""
    moves = [a for a in asked if a.effect.control == "move"]
    others = [a for a in moves if a.effect.text not in ("handheld", "rack focus")]
    moves_on = any(o.effect.text != "static" for o in others)
    mounts = [a for a in moves if a.effect.text in _MOUNTS]
    carried = any(a.effect.text not in (*_MOUNTS, "handheld", "static", "rack focus") for a in moves)
    racks = any(a.effect.control == "rack" and a.effect.text != "none" for a in asked)
    result: list[Asked] = []
    for one in asked:
        if one.effect.control == "move" and one.effect.text == "handheld" and moves_on:
            if not any(a.effect.control == "shake" for a in asked):
                result.append(replace(one, effect=Effect("shake", Op.SET, "1")))
        elif one.effect.control == "move" and one.effect.text == "rack focus" and racks:
            continue
        elif one in mounts and carried and not one.corrects:
            if one.effect.text in _STEADY and not any(a.effect.control == "shake" for a in asked):
                result.append(replace(one, effect=Effect("shake", Op.SET, "0"), weak=True))
        else:
            result.append(one)
    return result


def _cues(asked: Sequence[Asked], now: Mapping[str, Any]) -> list[Asked]:
    """Cues of one note, and those that the shot has, are one list."""
    new = [a for a in asked if a.effect.control == "light-cues" and a.effect.text not in ("", "none")]
    if not new or any(a.effect.control == "light-cues" and a not in new for a in asked):
        return list(asked)
    holds = now.get("light-cues")
    listed = [cues_text(holds)] if holds else []
    if any(a.how is How.DICTIONARY or "," in a.effect.text for a in new):
        listed = []
    text = ", ".join(dict.fromkeys([*listed, *(a.effect.text for a in new)]))
    whole = replace(
        new[0], effect=Effect("light-cues", Op.SET, text), words=" … ".join(dict.fromkeys(a.words for a in new))
    )
    return [whole if a is new[0] else a for a in asked if a is new[0] or a not in new]


def _dictionary_first(asked: Sequence[Asked]) -> list[Asked]:
    """What the dictionary says of a control wins over everything else in the note."""
    taught = {a.effect.control for a in asked if a.how is How.DICTIONARY}
    return [a for a in asked if a.how is How.DICTIONARY or a.effect.control not in taught]


def _precise(asked: Sequence[Asked]) -> list[Asked]:
    """A pitch in degrees makes the angle's name needless; a meaning gives way to what film language says of a
    control."""
    pitch = any(a.effect.control == "pitch" and a.effect.op is Op.SET for a in asked)
    exact = {_axis(a.effect.control) for a in asked if a.how is not How.MEANING}

    def gives_way(one: Asked) -> bool:
        control = one.effect.control
        return (pitch and control == "angle") or (one.how is How.MEANING and _axis(control) in exact)

    return [a for a in asked if not gives_way(a)]


# --- agreement ------------------------------------------------------------------------------------------------


def _agreed(group: Sequence[Asked], now: Mapping[str, Any], remarks: list[str]) -> Asked | None:
    """What the words about one control come to; None where they contradict one another."""
    firm = [a for a in group if not a.weak]
    group = firm or group[-1:]
    current = group[0]
    for one in group[1:]:
        if one.corrects:
            current = one
        elif _same(current, one) and not _opposed(current, one, now):
            current = _joined(current, one)
        elif current.how is How.MEANING and one.how is How.MEANING:
            current = max(current, one, key=lambda a: a.sure)
        else:
            control = one.effect.control
            remarks.append(
                f"“{current.words}” and “{one.words}” contradict each other on {control} "
                f"({CONTROLS[control].says}): say which one holds; neither is proposed."
            )
            return None
    return current


def _direction(effect: Effect) -> int:
    if effect.op is Op.TIMES:
        return 1 if effect.number > 1 else -1
    return 1 if effect.number > 0 else -1


def _same(a: Asked, b: Asked) -> bool:
    """Whether two effects go together: the same value, the same direction, or a step beside a value ("tighter, CU")."""
    if a.effect == b.effect:
        return True
    if a.effect.op is Op.SET and b.effect.op is Op.SET:  # "slowly, really slowly"
        both = a.effect.control == "move-speed" and "none" not in (a.effect.text, b.effect.text)
        return both and (float(a.effect.text) < 1) == (float(b.effect.text) < 1)
    if a.effect.op is not Op.SET and b.effect.op is not Op.SET:
        return _direction(a.effect) == _direction(b.effect)
    return True


def _opposed(a: Asked, b: Asked, now: Mapping[str, Any]) -> bool:
    """Whether a size stated lies on the other side of what holds than the step beside it: "wide and close-up"."""
    stated = next((x.effect for x in (a, b) if x.effect.op is Op.SET and x.effect.control == "size"), None)
    step = next((x.effect for x in (a, b) if x.effect.op is not Op.SET), None)
    sizes, holds = [s.value for s in SIZES], now.get("size")
    if stated is None or step is None or stated.text not in sizes or holds is None:
        return False
    moved = sizes.index(stated.text) - sizes.index(str(holds))
    return moved * _direction(step) < 0


def _joined(a: Asked, b: Asked) -> Asked:
    """The firmer of two that agree: a value before a number before steps, the larger of two steps."""
    rank = {Op.SET: 3, Op.TIMES: 2, Op.PLUS: 2, Op.STEP: 1}
    words = a.words if b.words in a.words else b.words if a.words in b.words else f"{a.words} … {b.words}"
    if rank[a.effect.op] != rank[b.effect.op]:
        winner = max(a, b, key=lambda x: rank[x.effect.op])
    else:
        winner = max(a, b, key=lambda x: x.steps)
    return replace(winner, place=a.place, words=words, sure=max(a.sure, b.sure), why=winner.why or a.why or b.why)


def _proposal(one: Asked, outcome: Outcome, now: Mapping[str, Any]) -> ProposedChange:
    spec = CONTROLS[outcome.control]
    return ProposedChange(
        control=outcome.control,
        setting=outcome.setting,
        before=_shown(outcome.control, now.get(outcome.control)),
        after=_shown(outcome.control, outcome.value) if outcome.value is not None else f"{spec.name} as it follows",
        words=one.words,
        sure=min(max(one.sure, 0.0), 1.0),
        how=one.how,
        why=one.why,
    )


def _shown(control: str, value: Any) -> str:
    spec = CONTROLS[control]
    if isinstance(value, Track):
        return " ".join(f"{format_value(spec, k.value)} at {k.at:.0%}" for k in value.keys)
    return format_value(spec, value)
