"""What a thing in a clause asks for: "more fill", "lose the haze", "key from the left", "ratio 8:1"."""

from __future__ import annotations

from dataclasses import replace

from maquette.direct.notes.arithmetic import Effect, Op, parse_effect
from maquette.direct.notes.heads import Head, takes_unit
from maquette.direct.notes.wish import (
    CAMERA_FROM,
    LIGHT_FROM,
    Said,
    Setting,
    by_number,
    by_share,
    change,
    effects_of,
    enter,
    signed,
    steps_of,
)
from maquette.direct.notes.words_topics import Topic
from maquette.film.control_table import CONTROLS


def ask_topic(head: Head, topic: Topic, setting: Setting, said: Said) -> None:
    mods = head.mods
    main, direction = signed(topic.main)
    if head.mentioned and (mods.plain or (head.told and not mods.number)):
        return
    if head.item.texts[0] == "behind" and mods.number is None:  # a place: "sneak up behind him"
        return
    if mods.keep and not (mods.amount or mods.less or mods.number or mods.remove):
        said.silent.add(head.first)
        return
    if mods.number is not None and _topic_number(head, topic, setting, said):
        return
    sign = -1.0 if mods.less or mods.amount < 0 or (mods.too and mods.amount >= 0) else 1.0 if mods.amount > 0 else 0.0
    if mods.too and mods.amount < 0:
        sign = 1.0
    if mods.remove and not sign and mods.steps is not None and mods.steps <= 1 and main:
        sign = -1.0  # "lose a bit of the haze"
    if (mods.remove and not sign) or (mods.denied and topic.off and not sign):
        for effect in effects_of(topic.off):
            enter(head, effect, 0.9, said, why=topic.why_off)
    elif mods.side and topic.side:
        enter(head, Effect(topic.side, Op.SET, _side(mods.side, topic.side, setting)), 0.95, said)
    elif mods.toward and topic.lit:
        enter(head, parse_effect(LIGHT_FROM[mods.toward]), 0.9, said)
    elif mods.toward and topic.name in ("camera", "angle", "frame", "shot"):
        enter(head, parse_effect(CAMERA_FROM[mods.toward]), 0.9, said)
    elif mods.normal and main:
        enter(head, Effect(main, Op.SET, "none"), 0.85, said)
    elif (mods.factor is not None or mods.full is not None) and main:
        if mods.full is not None:
            enter(head, Effect(main, Op.SET, f"{mods.full:g}"), 0.9, said)
        else:
            enter(head, by_share(main, direction, mods.factor or 1.0), 0.9, said)
    elif sign and main:
        change(head, main, sign * direction, setting, said, steps=steps_of(mods), sure=0.9)
    elif sign and topic.on:
        for effect in effects_of(topic.on if sign > 0 else topic.off):
            enter(head, effect, 0.8, said)
    elif topic.on and not mods.denied:
        for effect in effects_of(topic.on):
            enter(head, effect, 0.85, said)
    elif mods.steps is not None and main and mods.steps >= 2 and not mods.denied:  # "lots of contrast"
        change(head, main, direction, setting, said, steps=mods.steps, sure=0.75)


def _topic_number(head: Head, topic: Topic, setting: Setting, said: Said) -> bool:
    mods = head.mods
    assert mods.number is not None
    number = mods.number
    if number.unit == "" and number.value >= 1500 and "K" in topic.units:  # "the key at 4300"
        number = replace(number, unit="K")
    name, direction = signed(topic.units.get(number.unit, topic.main))
    if not name or not takes_unit(topic, number.unit):
        return False
    spec = CONTROLS[name]
    less = mods.less or mods.amount < 0
    relative = mods.relative or mods.amount or mods.less or (mods.remove and not mods.absolute)
    if number.unit == ":1" or mods.absolute or (number.unit == "deg" and not mods.relative and _up_after(head)):
        relative = False
    if mods.under and number.unit == "stops":
        value = 2.0**number.value if spec.unit == ":1" else mods.under * number.value
        enter(head, Effect(name, Op.SET, f"{value:g}"), 0.9, said)
        return True
    if not relative and number.unit == "stops" and spec.unit == ":1":
        enter(head, Effect(name, Op.SET, f"{2.0**number.value:g}"), 0.85, said)
        return True
    if relative:
        effect = by_number(name, direction * (-1.0 if less or mods.remove else 1.0), number)
        if effect is not None:
            enter(head, effect, 0.95, said)
        return effect is not None
    value = number.value / 100 if number.unit == "%" else number.value
    if spec.name == "roll" and mods.side == "right" and value > 0:
        value = -value  # a camera that rolls right leans the horizon counter-clockwise
    if spec.unit == "stops" and mods.side == "" and number.unit == "stops" and less:
        value = -value
    enter(head, Effect(name, Op.SET, number.text or f"{value:g}"), 0.95, said)
    return True


def _up_after(head: Head) -> bool:
    return head.mods.amount > 0 and head.mods.number is not None and not head.mods.less


def _side(side: str, control: str, setting: Setting) -> str:
    if side != "other":
        return side
    return "right" if str(setting.now.get(control, "left")) == "left" else "left"
