"""What each character does at one moment, read from the action and the parentheticals up to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from maquette.direct import verbs
from maquette.direct.reading import MOVING, Reading, State
from maquette.film.cast import Gesture, Performance, Posture
from maquette.film.errors import ShotError
from maquette.film.props import PropKind
from maquette.film.screenplay import Character, ElementKind, Scene


def _after_moment(scene: Scene, moment_id: str) -> int:
    """How many elements the moment takes in. A cue takes its first words along; a stated shot, what follows it."""
    ids = [e.id for e in scene.elements]
    if moment_id not in ids:
        raise ShotError(
            f"Scene {scene.number} ({scene.heading.text}) has no line {moment_id}: choose the shot's moment from its "
            f"own scene."
        )
    stop = ids.index(moment_id) + 1
    kinds = [e.kind for e in scene.elements]
    if kinds[stop - 1] in (ElementKind.SHOT, ElementKind.NOTE):
        while stop < len(kinds) and kinds[stop] in (ElementKind.SHOT, ElementKind.NOTE):
            stop += 1
        stop = min(stop + 1, len(kinds))
    speech = (ElementKind.CHARACTER, ElementKind.PARENTHETICAL)
    while kinds[stop - 1] in speech and stop < len(kinds) and kinds[stop] in (speech[1], ElementKind.DIALOGUE):
        stop += 1
    return stop


def perform(
    scene: Scene, names: Sequence[str], moment_id: str | None, cast: Iterable[Character] = ()
) -> tuple[Performance, ...]:
    """What each of `names` does at the element `moment_id` of `scene`, in the order of `names`.

    Postures, places and things in hand last until the script changes them; gestures and eyelines last for a speech or
    two, feelings fade by a quarter with each further speech. `moment_id` None is the opening. `cast` tells he from she.

    Raises:
        ShotError: the scene has no such element.
    """
    if moment_id is None:
        return opening(scene, names, cast)
    reading = Reading(scene, names, tuple(cast))
    stop = _after_moment(scene, moment_id)
    for element in scene.elements[:stop]:
        reading.take(element)
    later = opening(scene, names, cast)
    absent: set[str] = set()
    for start in later:
        if not start.present and not reading.states[start.character].seen:
            absent.add(start.character)
        # Whoever is not yet named is on the set as the scene will first show them, quietly.
        if not reading.states[start.character].seen:
            _borrow(reading.states[start.character], start)
    _drivers(reading, scene, names)
    now = tuple(reading.performance(name, reading.states[name], talk=True) for name in names)
    return tuple(p.model_copy(update={"present": False}) if p.character in absent else p for p in now)


def opening(scene: Scene, names: Sequence[str], cast: Iterable[Character] = ()) -> tuple[Performance, ...]:
    """What each of `names` does when the scene first shows them: who sits where, who drives, who lies in bed.

    Blocking follows from it, so it holds no speech and no eyelines of the dialogue.
    """
    reading = Reading(scene, names, tuple(cast))
    for element in scene.elements:
        reading.take(element)
    for name in names:
        reading.states[name] = reading.first_seen.get(name, State())
        state = reading.states[name]
        if state.gesture not in verbs.STICKY_GESTURES:
            state.gesture = Gesture.REST
    _drivers(reading, scene, names)
    first = tuple(reading.performance(name, reading.states[name], talk=False) for name in names)
    unseen = {n for n in names if not reading.in_car and (n not in reading.first_seen or reading.states[n].enters)}
    silent = {n for n in unseen if n not in reading.first_seen and n not in _voices(scene)}
    return tuple(p.model_copy(update={"present": p.character not in unseen - silent}) for p in first)


def _voices(scene: Scene) -> set[str]:
    """Those who are only heard in the scene: they speak, and no line of action shows them."""
    return {e.character for e in scene.elements if e.kind is ElementKind.CHARACTER and e.character}


def hands_so_far(
    scene: Scene, names: Sequence[str], moment_id: str | None, cast: Iterable[Character] = ()
) -> tuple[dict[PropKind, str], dict[PropKind, str]]:
    """(who had each kind of thing in hand last, where each was put down last) up to the element `moment_id`.

    Raises:
        ShotError: the scene has no such element.
    """
    reading = Reading(scene, names, tuple(cast))
    stop = _after_moment(scene, moment_id) if moment_id is not None else 0
    for element in scene.elements[:stop]:
        reading.take(element)
    return reading.last_holder, reading.laid


def _borrow(state: State, start: Performance) -> None:
    state.posture = Posture.STAND if start.posture in MOVING else start.posture
    state.at, state.near, state.nearness = start.at, start.near, start.nearness
    state.why = {"posture": start.why.strip("“”")}


def _drivers(reading: Reading, scene: Scene, names: Sequence[str]) -> None:
    """In a car everybody sits, and somebody has the wheel."""
    if not reading.in_car:
        return
    states = [reading.states[n] for n in names]
    for state in states:
        if state.posture not in (Posture.DRIVE, Posture.LIE):
            state.posture = Posture.SIT
            if state.at is None and any(s.posture is Posture.DRIVE for s in states):
                state.at = "passenger seat"
                state.why.setdefault("at", "in the car")
    parked = any(re.search(r"\bpark(?:s|ed)\b", e.text, re.I) for e in scene.elements if e.kind is ElementKind.ACTION)
    if states and not any(s.posture is Posture.DRIVE or s.at in ("wheel", "driver's seat") for s in states):
        front = next((s for s in states if s.at in (None, "car")), None)
        if front:
            front.posture, front.at = (Posture.SIT if parked else Posture.DRIVE), "wheel"
            front.why["posture"] = "nobody is said to drive: the first named has the wheel"
