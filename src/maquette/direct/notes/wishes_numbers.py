"""What a number alone asks for: "85mm", "8:1", "half a stop under", "low angle, 20 degrees"."""

from __future__ import annotations

import math

from maquette.direct.notes.arithmetic import PRIMES_MM, Effect, Op
from maquette.direct.notes.heads import Head
from maquette.direct.notes.numbers import Number
from maquette.direct.notes.wish import Said, Setting, Wish, by_number, enter
from maquette.film.board import ASPECT_RATIOS
from maquette.film.control_table import CONTROLS, Kind
from maquette.film.shot import ANGLE_PITCH_DEG, Angle

OTHER_LENSES_MM = frozenset({16, 20, 24, 28, 29, 30, 45, 55, 58, 60, 70, 80, 90, 105, 120, 150})
"""Lenses that crews know by their bare number beside those that a relative change lands on."""


def ask_number(head: Head, setting: Setting, said: Said) -> None:
    """A number alone: by its unit, by what was spoken of before, or by being one that crews know."""
    number: Number = head.item.value
    mods = head.mods
    control = {"mm": "lens", "T": "t-stop", "K": "key-kelvin", "s": "duration", "m": "height"}.get(number.unit, "")
    if mods.denied or (mods.remove and number.unit not in ("s", "stops")):
        said.silent.add(head.first)
        return
    if number.unit == ":1":
        aspect = _aspect_of(number)
        enter(head, Effect("aspect", Op.SET, aspect) if aspect else Effect("key-fill", Op.SET, number.text), 0.9, said)
    elif number.unit == "s" and (mods.amount or mods.less or mods.remove):
        sign = -1.0 if mods.amount < 0 or mods.less or mods.remove else 1.0
        if mods.absolute and not mods.relative:  # "cut it down to two seconds"
            enter(head, Effect("duration", Op.SET, f"{number.value:g}"), 0.95, said)
            return
        enter(head, Effect("duration", Op.PLUS, number=sign * number.value), 0.9, said)
    elif control:
        enter(head, Effect(control, Op.SET, f"{number.value:g}"), 0.95, said)
    elif number.unit == "" and mods.under and 0 < number.value <= 3:  # "a third under"
        enter(head, Effect("exposure", Op.SET, f"{mods.under * number.value:g}"), 0.85, said)
    elif number.unit == "stops" and (mods.under or mods.amount or number.value < 0):
        value = number.value * (mods.under or mods.amount or 1)
        effect = Effect("exposure", Op.SET, f"{value:g}") if mods.under else Effect("exposure", Op.PLUS, number=value)
        enter(head, effect, 0.9, said)
    elif setting.last is not None and _goes_on(head, number, setting.last, said):
        return
    elif number.unit == "":
        _ask_bare(head, number, said)


def _aspect_of(number: Number) -> str:
    """The aspect ratio that "16:9" or "2.39:1" is; "" for a ratio of light ("8:1")."""
    if number.text in ASPECT_RATIOS and number.text != "1:1":
        return number.text
    near = [name for name, value in ASPECT_RATIOS.items() if abs(value - number.value) < 0.006]
    return near[0] if near and number.value != int(number.value) else ""


def _goes_on(head: Head, number: Number, last: Wish, said: Said) -> bool:
    """ "low angle, 20 degrees"; "darker, half a stop": the number says how much of what was asked before."""
    effect = last.effect
    if effect.control == "angle" and number.unit == "deg":
        pitch = ANGLE_PITCH_DEG[Angle(effect.text)]
        enter(head, Effect("pitch", Op.SET, f"{math.copysign(number.value, pitch):g}"), 0.9, said)
        return True
    spec = CONTROLS[effect.control]
    less = 0 < effect.number < 1 if effect.op is Op.TIMES else effect.number < 0
    sign = -1.0 if less else 1.0
    if effect.op is Op.SET or spec.kind is not Kind.NUMBER:
        return False
    changed = by_number(effect.control, sign, number)
    if changed is None:
        return False
    enter(head, changed, 0.85, said)
    return True


def _ask_bare(head: Head, number: Number, said: Said) -> None:
    ratio = min(ASPECT_RATIOS.items(), key=lambda a: abs(a[1] - number.value))
    if number.value in PRIMES_MM or number.value in OTHER_LENSES_MM:
        enter(head, Effect("lens", Op.SET, f"{number.value:g}"), 0.75, said)
    elif number.value != int(number.value) and abs(ratio[1] - number.value) < 0.006:
        enter(head, Effect("aspect", Op.SET, ratio[0]), 0.85, said)
    elif 1800 <= number.value <= 12000:
        enter(head, Effect("key-kelvin", Op.SET, f"{number.value:g}"), 0.7, said)
