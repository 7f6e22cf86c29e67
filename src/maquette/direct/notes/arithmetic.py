"""From what is asked ("a bit wider", "twice", "two stops less") to a setting, by way of the value that holds now."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from maquette.film.control_table import CONTROLS, ControlSpec, Kind, check_number, format_value, parse_value
from maquette.film.controls import Track
from maquette.film.errors import ControlError
from maquette.film.shot import ShotSize


class Op(StrEnum):
    """What an effect does to a control."""

    SET = "="
    TIMES = "*"
    PLUS = "+"
    """Adds a number in the control's unit."""
    STEP = "step"
    """One or more steps of the control, up or down."""


@dataclass(frozen=True)
class Effect:
    """One change that words stand for, before it is known what holds."""

    control: str
    op: Op
    text: str = ""
    """SET: the value as `parse_value` reads it; "none" takes the control back."""
    number: float = 0.0
    """TIMES: the factor; PLUS: the summand; STEP: +1 or -1."""


PRIMES_MM = (12, 14, 18, 21, 25, 27, 32, 35, 40, 50, 65, 75, 85, 100, 135, 180, 200, 300)
"""Lenses that a rental house has: a relative change of the lens lands on one."""
SIZES = tuple(ShotSize)
"""From the widest to the tightest."""
SIGNED = frozenset({"roll"})
"""Controls whose size grows away from zero, to whichever side they lean."""
_BY_LENGTH = sorted(CONTROLS, key=len, reverse=True)
_SIGNS = ("=", "*", "+", "-")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)$")


def parse_effect(text: str) -> Effect:
    """ "lens=85", "lens*1.3", "pitch+8", "pitch-8", "exposure+", "exposure-". Raises ControlError."""
    plain = text.strip()
    name = next((n for n in _BY_LENGTH if plain.startswith(n) and plain[len(n) : len(n) + 1] in _SIGNS), None)
    if name is None:
        name, _, rest = plain.partition("=")
        from maquette.film.control_table import control_named

        return Effect(control_named(name).name, Op.SET, rest.strip())
    sign, rest = plain[len(name)], plain[len(name) + 1 :].strip()
    spec = CONTROLS[name]
    if sign == "=":
        return Effect(name, Op.SET, rest)
    if spec.kind is not Kind.NUMBER and spec.name != "size":
        raise ControlError(f"{name} ({spec.says}) is stated, not counted: write {name}=VALUE instead of {plain!r}.")
    if not rest and sign in "+-":
        return Effect(name, Op.STEP, number=1.0 if sign == "+" else -1.0)
    if not _NUMBER.match(rest) or spec.kind is not Kind.NUMBER:
        example = "1.3" if sign == "*" else "2"
        raise ControlError(f"{plain!r}: after {sign} comes a number, such as {name}{sign}{example}.")
    value = float(rest)
    if sign == "*":
        if value <= 0:
            raise ControlError(f"{plain!r}: a factor is greater than 0, such as {name}*1.3.")
        return Effect(name, Op.TIMES, number=value)
    return Effect(name, Op.PLUS, number=value if sign == "+" else -value)


@dataclass(frozen=True)
class Outcome:
    """An effect settled against what holds."""

    control: str
    value: Any
    """Typed; None takes the control back."""
    setting: str
    """As `parse_setting` reads it; "" where nothing is proposed."""
    remark: str = ""


def settle(effect: Effect, now: Mapping[str, Any], steps: float = 1.0) -> Outcome:
    """The setting that an effect comes to. An impossible value becomes a remark; a relative one stops at the range's
    end."""
    spec = CONTROLS[effect.control]
    if effect.op is Op.SET:
        return _stated(spec, effect.text)
    if effect.control == "size":
        return _sized(effect, now, steps)
    holds = now.get(spec.name)
    if isinstance(holds, Track):
        holds = holds.keys[-1].value
    if not isinstance(holds, int | float):
        return Outcome(spec.name, None, "", f"{spec.name} has no value yet to change from: state one, such as "
                       f"{spec.name}={_number_text(_middle(spec))}.")  # fmt: skip
    if effect.op is Op.TIMES and holds == 0:  # "30% warmer" than neutral
        effect = Effect(effect.control, Op.STEP, number=1.0 if effect.number > 1 else -1.0)
    return _counted(spec, float(holds), effect, steps)


def _stated(spec: ControlSpec, text: str) -> Outcome:
    if text.strip().lower() in ("", "none", "-"):
        return Outcome(spec.name, None, f"{spec.name}=none")
    if "@" in text:
        from maquette.film.control_table import parse_setting

        try:
            return Outcome(spec.name, parse_setting(f"{spec.name}={text}")[1], f"{spec.name}={text}")
        except ControlError as error:
            return Outcome(spec.name, None, "", str(error))
    try:
        value = parse_value(spec, text)
    except ControlError as error:
        return Outcome(spec.name, None, "", str(error))
    return Outcome(spec.name, value, f"{spec.name}={text.strip()}")


def _counted(spec: ControlSpec, holds: float, effect: Effect, steps: float) -> Outcome:
    value = _moved(spec, holds, effect, steps)
    nice = _rounded(spec, value, holds) if effect.op is Op.STEP else float(f"{value:.4g}")
    try:
        check_number(spec, nice)
    except ControlError as error:
        nearest = min(max(nice, spec.low), spec.high)
        if abs(nearest - holds) < 1e-9:
            end = f"{spec.name} ({spec.says}) is {format_value(spec, holds)} already and goes no further."
            return Outcome(spec.name, None, "", end)
        return Outcome(spec.name, nearest, f"{spec.name}={_number_text(nearest)}", str(error))
    if abs(nice - holds) < 1e-9:
        end = f"{spec.name} ({spec.says}) is {format_value(spec, holds)} already: there is nothing to take away."
        return Outcome(spec.name, None, "", end)
    return Outcome(spec.name, nice, f"{spec.name}={_number_text(nice)}")


def _moved(spec: ControlSpec, holds: float, effect: Effect, steps: float) -> float:
    if effect.op is Op.TIMES:
        return holds * effect.number
    if effect.op is Op.PLUS:
        return holds + effect.number
    direction = effect.number
    if spec.by_factor:
        return holds * spec.step ** (direction * steps)
    if spec.name in SIGNED:
        lean = -1.0 if holds < 0 else 1.0
        return lean * max(abs(holds) + direction * steps * spec.step, 0.0)
    moved = holds + direction * steps * spec.step
    # What is not there cannot become less than nothing: haze, shake and saturation stop at their zero without a remark.
    return max(moved, spec.low) if spec.low == 0 and holds > 0 else moved


def _rounded(spec: ControlSpec, value: float, holds: float) -> float:
    """A number that a director would say; never the old one."""
    if spec.name == "lens":
        others = [p for p in PRIMES_MM if (p > holds) == (value > holds) and p != holds]
        return float(min(others, key=lambda p: abs(p - value))) if others else round(value)
    if spec.unit == "K":
        return round(value / 50) * 50.0
    if spec.unit in ("deg", "mired"):
        return float(round(value))
    if spec.unit in (":1", "T", "s"):
        return round(value, 1) if abs(round(value, 1) - holds) > 1e-9 else round(value, 2)
    return round(value, 2)


def _sized(effect: Effect, now: Mapping[str, Any], steps: float) -> Outcome:
    """A size moves by whole sizes; less than that, and beyond the last size, is `tightness`."""
    holds, tightness = now.get("size"), CONTROLS["tightness"]
    factor = Effect("tightness", Op.STEP, number=effect.number)
    if effect.op is not Op.STEP or steps <= 1 or holds not in SIZES:
        return settle(factor, {"tightness": 1.0, **now}, steps)
    index = SIZES.index(holds)
    target = min(max(index + int(effect.number) * int(steps), 0), len(SIZES) - 1)
    if target == index:
        return settle(factor, {tightness.name: 1.0, **now}, steps)
    return Outcome("size", SIZES[target], f"size={SIZES[target].value}")


def _number_text(value: float) -> str:
    return f"{value:.6g}"


def _middle(spec: ControlSpec) -> float:
    return round((spec.low + spec.high) / 2, 1)
