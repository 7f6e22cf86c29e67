"""What each head of a clause asks for: effects on controls."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

from maquette.direct.notes.arithmetic import Effect, Op, parse_effect
from maquette.direct.notes.heads import Head, Modifiers, control_of, sense_for
from maquette.direct.notes.lexicon import Part
from maquette.direct.notes.wish import (
    CAMERA_FROM,
    LIGHT_FROM,
    Said,
    Setting,
    change,
    enter,
    signed,
    steps_of,
)
from maquette.direct.notes.wishes_numbers import ask_number
from maquette.direct.notes.wishes_topics import ask_topic
from maquette.direct.notes.words_qualities import ALWAYS_ABSOLUTE, QUALITIES
from maquette.direct.notes.words_small import PLAIN_STEPS
from maquette.direct.notes.words_topics import Topic
from maquette.film.control_table import CONTROLS, format_value
from maquette.film.shot import ANGLE_PITCH_DEG, Angle

_OF_THE_PICTURE = {q.name: q.of_the_picture for q in QUALITIES}
_BY_UNIT = {("height", "deg"): "-pitch", ("width", "mm"): "-lens", ("length", "mm"): "lens",
            ("warmth", "K"): "-key-kelvin", ("level", "%"): "exposure", ("roll", "deg"): "roll",
            ("frontal", "deg"): "-azimuth"}  # fmt: skip
_UNDO = {
    "move": "move=static",
    "weather": "weather=clear",
    "shake": "shake=0",
    "roll": "roll=0",
    "flicker": "flicker=0",
    "practicals": "practicals=off",
    "eye-light": "eye-light=off",
    "deep-focus": "deep-focus=off",
    "foreground": "foreground=clean",
    "haze": "haze=0",
    "green": "green=0",
}
"""What taking a stated thing away comes to; anything else is taken back to "none" where it holds."""


def ask(head: Head, setting: Setting, said: Said) -> None:
    """Enter what one head asks for."""
    match head.item.part:
        case Part.QUALITY:
            _ask_quality(head, setting, said)
        case Part.TOPIC:
            ask_topic(head, head.item.value, setting, said)
        case Part.TERM:
            _ask_term(head, setting, said)
        case Part.MOOD:
            _ask_mood(head, setting, said)
        case Part.DIRECTION:
            places = LIGHT_FROM if setting.lit else CAMERA_FROM
            if head.mods.denied or setting.rim:
                said.silent.add(head.first)
            else:
                enter(head, parse_effect(places[head.item.value]), 0.9, said)
        case _:
            ask_number(head, setting, said)


# --- qualities ------------------------------------------------------------------------------------------------


def _ask_quality(head: Head, setting: Setting, said: Said) -> None:
    topic: Topic | None = head.topic.value if head.topic else None
    sense = sense_for(head.item.value, topic)
    if sense is None and topic is None and setting.topic is not None:
        topic = setting.topic  # "a strong rim, and soft": of what was spoken of before
        sense = sense_for(head.item.value, topic)
    elif topic is None and setting.topic is not None and head.item.first <= 2:
        carried = sense_for(head.item.value, setting.topic)
        if carried and carried.compares and control_of(setting.topic, carried.quality) in setting.topic.of.values():
            topic, sense = setting.topic, carried
    if sense is None:
        return
    mods, sign = head.mods, float(sense.sign)
    if mods.too or mods.less:
        sign = -sign
    elif mods.enough:
        if not mods.denied:
            said.silent.add(head.first)
            return
    elif mods.denied or (mods.remove and not (sense.compares and mods.removed_by.startswith("cut"))):
        if sense.compares:  # "don't go wider" forbids; it does not ask for tighter
            said.silent.add(head.first)
            return
        sign = -sign
    if mods.amount < 0:
        sign = -sign
    control = control_of(topic, sense.quality) if topic else _OF_THE_PICTURE[sense.quality]
    if topic is None:
        if sense.quality == "warmth" and setting.lit:
            control = "-key-kelvin"
        if mods.number:
            control = _BY_UNIT.get((sense.quality, mods.number.unit), control)
    said.odd = said.odd or head.odd
    if "*" in control:
        enter(head, parse_effect(control), 0.7, said)
        return
    name, direction = signed(control)
    if _said_absolutely(head, sense.quality, sense.compares, sign, setting, said):
        return
    if sense.quality == "roll" and sign < 0 and not sense.compares and not mods.too:
        enter(head, Effect("roll", Op.SET, "0"), 0.85, said)
        return
    if mods.factor is not None and mods.factor < 1 and (sense.compares or mods.cuts_to):
        # "slow it to half", "brighter by half"; "half as bright" is the factor itself.
        mods.factor = 1 / mods.factor if sign < 0 else 1 + mods.factor
    steps = steps_of(mods)
    if sense.quality == "size" and not sense.compares and mods.steps is None:
        steps = 3.0  # "make him small" is no shade of it
    sure = 0.9 if sense.compares else 0.8
    change(head, name, sign * direction, setting, said, steps=steps, sure=sure - (0.1 if head.odd else 0))


def _said_absolutely(head: Head, quality: str, compares: bool, sign: float, setting: Setting, said: Said) -> bool:
    """ "slowly" beside a move is a speed, not a change of it."""
    plain = ALWAYS_ABSOLUTE.get(quality)
    mods = head.mods
    if plain is None or compares or not setting.moving or mods.too or mods.less or mods.number or mods.factor:
        return False
    base = plain[0] if sign > 0 else plain[1]
    steps = mods.steps or PLAIN_STEPS
    value = base ** (1.5 if steps >= 2 else 0.6 if steps < 1 and head.item.text.split()[-1] != "noticeable" else 1.0)
    enter(head, Effect("move-speed", Op.SET, f"{round(value, 2):g}"), 0.9, said)
    return True


# --- terms ----------------------------------------------------------------------------------------------------


def _ask_term(head: Head, setting: Setting, said: Said) -> None:
    mods = head.mods
    undone = mods.remove or mods.denied or mods.less or (mods.too and mods.amount >= 0)
    for text in head.item.value:
        effect = parse_effect(text)
        if effect.control == "size" and effect.op is Op.SET and (mods.less or mods.amount < 0):
            enter(head, Effect("size", Op.STEP, number=-1.0), 0.75, said)  # "less of a close-up"
            continue
        holds = setting.now.get(effect.control)
        if undone:
            undo = _undone(effect, holds, mods)
            if undo is not None:
                enter(head, undo, 0.85, said, weak=not (mods.too or mods.less))
            else:
                said.silent.add(head.first)
        elif effect.op is Op.SET and mods.keep and _says(effect.control, holds) == effect.text:
            said.silent.add(head.first)
        elif effect.control == "angle" and mods.number is not None and mods.number.unit == "deg":
            pitch = ANGLE_PITCH_DEG[Angle(effect.text)]
            enter(head, Effect("pitch", Op.SET, f"{math.copysign(mods.number.value, pitch):g}"), 0.95, said)
        else:
            enter(head, effect, 0.95 if effect.op is Op.SET else 0.85, said)
    if mods.toward and setting.lit is False and "key-height" not in str(head.item.value):
        enter(head, parse_effect(CAMERA_FROM[mods.toward]), 0.8, said)


def _undone(effect: Effect, holds: Any, mods: Modifiers) -> Effect | None:
    """What "no close-up", "stop pushing in" or "don't open the shadows" comes to; None: nothing to change."""
    control = effect.control
    if effect.op is Op.STEP:
        return replace(effect, number=-effect.number) if mods.too or mods.less else None
    if effect.text == "rack focus" and control == "move":
        return Effect("rack", Op.SET, "none")
    if control == "move-speed":
        return None
    if effect.text in ("off", "none"):
        return Effect(control, Op.SET, "on") if effect.text == "off" else None
    if control in _UNDO:
        if control == "weather" and effect.text == "clear":
            return None
        if effect.text in ("static", "clean", "0", "off"):
            return None
        return parse_effect(_UNDO[control])
    return Effect(control, Op.SET, "none") if _says(control, holds) == effect.text.lower() else None


def _says(control: str, value: Any) -> str:
    if value is None:
        return ""
    if value is True:
        return "on"
    return f"{value:g}" if isinstance(value, float) else format_value(CONTROLS[control], value).lower()


# --- moods -----------------------------------------------------------------------------------

_INTENSITY = {0.5: 0.35, 1.0: 0.5, 1.5: 0.75, 2.0: 1.0, 3.0: 1.0}


def _ask_mood(head: Head, setting: Setting, said: Said) -> None:
    mods, name = head.mods, str(head.item.value)
    now = str(setting.now.get("mood") or "")
    if mods.keep and now == name:
        said.silent.add(head.first)
    elif mods.remove or (mods.denied and not mods.enough) or mods.less or mods.too or mods.amount < 0:
        if now != name:
            said.silent.add(head.first)
            said.remarks.append(f"The mood is not {name} now: there is nothing to take away. Name the mood you want.")
        elif mods.remove or mods.denied:
            enter(head, Effect("mood", Op.SET, "none"), 0.85, said)
        else:
            enter(head, Effect("mood-intensity", Op.STEP, number=-1.0), 0.85, said)
    elif now == name and (mods.amount > 0 or head.item.text.endswith("er") or mods.steps is not None):
        enter(head, Effect("mood-intensity", Op.STEP, number=1.0), 0.9, said)
    else:
        enter(head, Effect("mood", Op.SET, name), 0.9 if head.item.text == name else 0.8, said)
        share = mods.full if mods.full is not None else mods.factor if mods.factor and mods.factor <= 1 else None
        if mods.number is not None and mods.number.unit == "%":
            share = mods.number.value / 100
        if share is None and mods.steps is not None:
            share = _INTENSITY.get(mods.steps)
        if share is not None and share != 1.0:
            enter(head, Effect("mood-intensity", Op.SET, f"{share:g}"), 0.8, said)
