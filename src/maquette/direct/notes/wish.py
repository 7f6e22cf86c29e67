"""A wish: one effect that words ask for; and how numbers, factors and steps around a head make one."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from maquette.direct.notes.arithmetic import Effect, Op, parse_effect
from maquette.direct.notes.heads import Head, Modifiers
from maquette.direct.notes.numbers import Number
from maquette.direct.notes.words_small import PLAIN_STEPS
from maquette.direct.notes.words_topics import Topic
from maquette.film.control_table import CONTROLS, Kind


@dataclass(frozen=True)
class Wish:
    """One effect that words ask for."""

    effect: Effect
    steps: float
    first: int
    """Index of the first word that led to it, in its clause."""
    last: int
    sure: float
    why: str = ""
    weak: bool = False
    """Only takes something back: gives way to any other word on the control ("not a two-shot, a single")."""


@dataclass
class Said:
    """What one clause asks for."""

    wishes: list[Wish] = field(default_factory=list[Wish])
    remarks: list[str] = field(default_factory=list[str])
    silent: set[int] = field(default_factory=set[int])
    """Heads that were understood and ask for nothing ("don't go wider"), by the index of their first word."""
    odd: bool = False


@dataclass
class Setting:
    """What a clause is read against."""

    now: Mapping[str, Any]
    lit: bool = False
    """The clause speaks of light."""
    rim: bool = False
    """It speaks of the rim light, which comes from behind anyway."""
    moving: bool = False
    """The note asks for a move."""
    last: Wish | None = None
    """The last wish of the clause before: what a bare number or "a bit" goes on."""
    topic: Topic | None = None
    """What the clause before was said of."""


LIGHT_FROM = {"below": "key-height=-35", "above": "key-height=70", "behind": "key-azimuth=150",
              "front": "key-azimuth=10", "side": "key-azimuth=90"}  # fmt: skip
CAMERA_FROM = {"below": "angle=low angle", "above": "angle=high angle", "behind": "azimuth=180", "front": "azimuth=0",
               "side": "azimuth=90"}  # fmt: skip


def enter(head: Head, effect: Effect, sure: float, said: Said, steps: float | None = None, why: str = "",
          weak: bool = False) -> None:  # fmt: skip
    size = steps if steps is not None else steps_of(head.mods)
    said.wishes.append(Wish(effect, size, head.first, head.last, round(sure * head.item.sure, 2), why, weak))


def steps_of(mods: Modifiers) -> float:
    return mods.steps if mods.steps is not None else PLAIN_STEPS


def signed(control: str) -> tuple[str, float]:
    return (control[1:], -1.0) if control.startswith("-") else (control, 1.0)


def change(head: Head, control: str, sign: float, setting: Setting, said: Said, *, steps: float, sure: float) -> None:
    """A relative change of a control by what the modifiers say: a number, a factor, or steps."""
    mods, spec = head.mods, CONTROLS[control]
    if mods.number is not None:
        if control == "size" and mods.number.unit == "sizes":
            enter(head, Effect(control, Op.STEP, number=sign), 0.95, said, max(mods.number.value, 1.5))
            return
        effect = by_number(control, sign, mods.number)
        if effect is None and control == "size":
            effect = by_number("tightness", sign, mods.number)
        absolute = mods.absolute and not mods.relative and spec.kind is Kind.NUMBER
        if absolute and mods.number.unit in ("", spec.unit):
            effect = Effect(control, Op.SET, mods.number.text or f"{mods.number.value:g}")
        if effect is not None:
            enter(head, effect, 0.95, said)
            return
    if mods.factor is not None:
        enter(head, by_share(control, sign, mods.factor), 0.9, said)
        return
    enter(head, Effect(control, Op.STEP, number=sign), sure, said, steps)


def by_share(control: str, sign: float, factor: float) -> Effect:
    spec = CONTROLS[control]
    if control == "size":
        return Effect("tightness", Op.TIMES, number=factor**sign)
    if spec.unit == "stops":
        return Effect(control, Op.PLUS, number=round(sign * math.log2(factor), 3))
    return Effect(control, Op.TIMES, number=factor**sign)


def by_number(control: str, sign: float, number: Number) -> Effect | None:
    """The effect of a difference with a unit on a control; None where the unit says nothing about it."""
    spec = CONTROLS[control]
    value = sign * number.value
    if number.unit == "%":
        share = 1 + value / 100
        if share <= 0 or spec.kind is not Kind.NUMBER:
            return None
        if spec.unit == "stops":
            return Effect(control, Op.PLUS, number=round(math.log2(share), 3))
        return Effect(control, Op.TIMES, number=share)
    if number.unit == "x" and number.value > 0:
        return by_share(control, sign, number.value)
    if number.unit == "stops":
        if spec.unit == "stops":
            return Effect(control, Op.PLUS, number=value)
        if spec.unit == ":1":
            return Effect(control, Op.TIMES, number=2.0**value)
        if spec.unit == "T":
            return Effect(control, Op.TIMES, number=round(2.0 ** (value / 2), 4))
        return None
    if spec.kind is Kind.NUMBER and (number.unit == spec.unit or (number.unit == "" and not spec.by_factor)):
        return Effect(control, Op.PLUS, number=value)
    return None


def effects_of(listed: str) -> list[Effect]:
    return [parse_effect(e) for e in listed.split(",") if e]
