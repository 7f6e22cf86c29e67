"""Proposed coverage for a scene that states no shots: cut as an editor would cut it, from first to last line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from maquette.film.screenplay import Element, Scene
from maquette.film.settings import Density
from maquette.film.shot import Framing, Move, Shot, ShotRole, ShotSize, ShotStatus
from maquette.film.usual import azimuth_for, lens_for
from maquette.script.axis import Line, apart_from, cuts_together
from maquette.script.beats import Beat
from maquette.script.captions import caption_of, dialogue_of, speaking_caption
from maquette.script.duration import estimate_duration
from maquette.script.setups import Plan, Setup, place_name, wished_setups
from maquette.script.shot_ids import shot_ids

_CLOSE = (ShotSize.CU, ShotSize.BCU, ShotSize.ECU)
_BESIDE = "Proposed beside the stated shot, which keeps the line."
_MEDIUM = (ShotSize.COWBOY, ShotSize.MS, ShotSize.MCU)


def shot_budget(beats: int, density: Density) -> int:
    """At most how many shots a scene of so many beats is given.

    Standard: 1 for one beat, 4 for five, 8 for twelve, then one more for every eight beats, never more than 14.
    """
    if density is Density.ASKED_ONLY or beats <= 0:
        return 0
    if density is Density.SPARSE:
        return min(beats, 5, round(0.9 + 0.25 * beats))
    if density is Density.FULL:
        return min(beats, 40)
    return min(beats, round(1.6 + 0.54 * beats), 8) + max(0, min(6, (beats - 16) // 8))


def propose_coverage(
    scene: Scene, beats: Sequence[Beat], line: Line, density: Density, new_place: bool = False
) -> tuple[Shot, ...]:
    """Shots for the beats, each line in exactly one, in time order. Numbers are still empty; empty if none is asked.

    The proposals keep one side of the line of action and the 30-degree rule (`axis.rule_breaks` finds nothing).
    """
    if density is Density.ASKED_ONLY:
        return ()
    if not beats:
        return (_empty_scene(scene),)
    plan = make_plan(scene, beats, line, density, new_place)
    budget = shot_budget(len(beats), density)
    setups = _joined(wished_setups(plan), density)
    while len(setups) > budget:
        setups = _joined(_one_less(setups, plan), density)
    setups = _joined([_held(s, plan) for s in setups], density)
    return _cut_together([_shot(s, plan) for s in setups], [_key(s) for s in setups], scene)


def make_plan(scene: Scene, beats: Sequence[Beat], line: Line, density: Density, new_place: bool) -> Plan:
    """What density allows in this scene."""
    count = len(beats)
    close_ups = {
        Density.SPARSE: 1,
        Density.STANDARD: max(1, round(0.42 * min(count, 20))),
        Density.FULL: count,
    }[density]
    inserts = {Density.SPARSE: 1, Density.STANDARD: 2, Density.FULL: count}[density]
    return Plan(scene, tuple(beats), line, new_place, close_ups, inserts)


def _key(setup: Setup) -> tuple[str, ...]:
    return ("proposed", setup.framing.value, ",".join(setup.subjects), setup.over or "", str(setup.main))


def _joined(setups: Sequence[Setup], density: Density) -> list[Setup]:
    """Neighbouring beats of one set-up are one shot, held."""
    out: list[Setup] = []
    for setup in setups:
        if out and _same_setup(out[-1], setup, density):
            out[-1] = _merged(out[-1], setup)
        else:
            out.append(setup)
    return out


def _same_setup(a: Setup, b: Setup, density: Density) -> bool:
    if a.key == b.key:
        return True
    if a.subjects[:1] != b.subjects[:1] or Framing.INSERT in (a.framing, b.framing):
        return False
    if a.framing is b.framing is Framing.PLACE or (a.close and b.close):
        return True
    both_medium = a.size in _MEDIUM and b.size in _MEDIUM
    still = Move.FOLLOW not in (a.move, b.move)
    singles = (Framing.SINGLE, Framing.OTS)
    return both_medium and still and a.framing in singles and b.framing in singles and density is not Density.FULL


def _merged(a: Setup, b: Setup) -> Setup:
    strong, weak = (b, a) if b.strength > a.strength else (a, b)
    beats = (*a.beats, *b.beats)
    same = a.subjects[:1] == b.subjects[:1]
    if same and {a.framing, b.framing} == {Framing.SINGLE, Framing.OTS} and not strong.close:
        strong, weak = (a, b) if a.framing is Framing.OTS else (b, a)
    return replace(strong, beats=beats, strength=max(a.strength, b.strength) + 0.2 * weak.strength)


def _one_less(setups: list[Setup], plan: Plan) -> list[Setup]:
    """Join the two neighbours whose cut the scene misses least."""
    costs = [(_cost(a, b, plan), i) for i, (a, b) in enumerate(pairwise(setups))]
    _, at = min(costs)
    return [*setups[:at], _merged(setups[at], setups[at + 1]), *setups[at + 2 :]]


def _cost(a: Setup, b: Setup, plan: Plan) -> float:
    """What is lost when the weaker of two set-ups is played in the stronger."""
    strong, weak = (b, a) if b.strength > a.strength else (a, b)
    cost = weak.strength
    spoken = any(plan.beats[i].is_speech for i in weak.beats)
    if strong.framing is Framing.INSERT:
        cost += 6.0 if spoken else 1.5
    if strong.framing is Framing.PLACE and weak.subjects:
        cost += 3.0
    if spoken and strong.framing is not Framing.OTS and weak.subjects[:1] != strong.subjects[:1]:
        cost += 0.7
    if weak.subjects and weak.framing is not Framing.INSERT and weak.subjects[0] not in strong.subjects:
        cost += 0.3 if weak.subjects[0] == strong.over else 0.7
    if strong.role in (ShotRole.MASTER, ShotRole.ESTABLISHING):
        new = {p for i in weak.beats for p in plan.beats[i].people} - set(strong.subjects)
        cost += 0.25 + (0.8 if new else 0.0)
    return cost + 0.35 * max(0, len(strong.beats) + len(weak.beats) - 3)


def _held(setup: Setup, plan: Plan) -> Setup:
    """A shoulder shot that would have to hold a long exchange becomes a two-shot; others say for whom they hold."""
    speakers = [plan.beats[i].speaker for i in setup.beats if plan.beats[i].is_speech]
    others = tuple(dict.fromkeys(s for s in speakers if s and s not in setup.subjects))
    seen_others = tuple(o for o in others if any(o in plan.beats[i].people for i in setup.beats))
    if setup.framing is Framing.OTS and len(speakers) >= 4 and len(seen_others) == 1:
        pair = plan.line.from_left((setup.subjects[0], seen_others[0]))
        reason = f"The talk goes back and forth between {pair[0]} and {pair[1]}: one frame holds both"
        return replace(setup, framing=Framing.TWO_SHOT, size=ShotSize.MS, subjects=pair, over=None, eyeline=pair[1],
                       role=ShotRole.COVERAGE, reason=reason)  # fmt: skip
    if seen_others and setup.framing in (Framing.OTS, Framing.SINGLE):
        names = " and ".join(seen_others[:2])
        return replace(
            setup, reason=f"{setup.reason}; it holds while {names} speak{'s' if len(seen_others) == 1 else ''}"
        )
    return setup


def _shot(setup: Setup, plan: Plan) -> Shot:
    main = plan.beats[setup.main]
    elements: list[Element] = [e for i in setup.beats for e in plan.beats[i].elements]
    actions = [plan.beats[i].text for i in setup.beats if not plan.beats[i].is_speech]
    faces = setup.framing not in (Framing.INSERT, Framing.PLACE) and bool(setup.subjects)
    eyeline = setup.eyeline if setup.eyeline not in setup.subjects[:1] else None
    heard = [str(plan.beats[i].speaker) for i in setup.beats if plan.beats[i].heard_only]
    return Shot(
        id="",
        number="",
        scene_id=plan.scene.id,
        scene_number=plan.scene.number,
        role=setup.role,
        framing=setup.framing,
        size=setup.size,
        angle=setup.angle,
        lens_mm=lens_for(setup.framing, setup.size),
        move=setup.move,
        subjects=setup.subjects,
        over=setup.over,
        camera_side=plan.line.side(setup.subjects[0], eyeline) if faces else None,
        eyeline=eyeline if faces else None,
        azimuth_deg=azimuth_for(setup.framing, setup.size) if setup.azimuth_deg is None else setup.azimuth_deg,
        line_ids=tuple(e.id for e in elements),
        moment_id=main.moment_id,
        text=caption_of(actions, "" if main.is_speech else main.text) or speaking_caption(main),
        dialogue=dialogue_of(elements),
        notes=f"{', '.join(dict.fromkeys(heard))} heard, not seen" if heard else "",
        status=ShotStatus.PROPOSED,
        reason=setup.reason[:1].upper() + setup.reason[1:] + ".",
        source=main.elements[0].place,
        duration_s=estimate_duration(elements, setup.size, setup.move, setup.framing),
    )


def _cut_together(shots: Sequence[Shot], keys: Sequence[tuple[str, ...]], scene: Scene) -> tuple[Shot, ...]:
    """Turn the camera, else change the size, until every cut keeps the 30-degree rule; then give ids."""
    out: list[Shot] = []
    for shot in shots:
        out.append(_after(out[-1], shot) if out else shot)
    ids = shot_ids(scene.id, keys)
    return tuple(s.model_copy(update={"id": i}) for s, i in zip(out, ids, strict=True))


def _after(before: Shot, shot: Shot) -> Shot:
    if cuts_together(before, shot):
        return shot
    if shot.framing is not Framing.OTS:
        turned = apart_from(before, shot)
        if cuts_together(before, turned):
            return turned
    sizes = sorted(ShotSize, key=lambda s: abs(_step(s) - _step(shot.size)))
    for size in sizes:
        resized = shot.model_copy(update={"size": size, "lens_mm": lens_for(shot.framing, size)})
        if cuts_together(before, resized):
            return resized
    return shot


def _step(size: ShotSize) -> int:
    return tuple(ShotSize).index(size)


def _empty_scene(scene: Scene) -> Shot:
    """A heading with nothing under it still is a place."""
    return Shot(
        id=shot_ids(scene.id, [("proposed", "place")])[0],
        number="",
        scene_id=scene.id,
        scene_number=scene.number,
        role=ShotRole.ESTABLISHING,
        framing=Framing.PLACE,
        size=ShotSize.WS,
        lens_mm=lens_for(Framing.PLACE, ShotSize.WS),
        text=place_name(scene),
        status=ShotStatus.PROPOSED,
        reason=f"Nothing is written under this heading in line {scene.place.line}, so the place alone is shown.",
        source=scene.place,
        duration_s=estimate_duration((), ShotSize.WS, framing=Framing.PLACE),
    )


def extra_coverage(
    scene: Scene, beats: Sequence[Beat], inside: Sequence[int], line: Line, asked: Shot
) -> tuple[Shot, ...]:
    """Close-ups and inserts that a stated shot leaves out, for full density. They take no line from it."""
    plan = make_plan(scene, beats, line, Density.FULL, new_place=False)
    wished = wished_setups(plan)
    extra: list[Shot] = []
    keys: list[tuple[str, ...]] = []
    for index in inside:
        setup = wished[index]
        worth = setup.framing is Framing.INSERT or (setup.close and setup.strength >= 3.0)
        shown = asked.framing is Framing.INSERT or (asked.size in _CLOSE and asked.subjects[:1] == setup.subjects[:1])
        if not worth or shown or (extra and not cuts_together(extra[-1], _shot(setup, plan))):
            continue
        shot = _shot(setup, plan)
        extra.append(shot.model_copy(update={"line_ids": (), "dialogue": "", "reason": f"{shot.reason} {_BESIDE}"}))
        keys.append(("extra", *_key(setup)))
    ids = shot_ids(scene.id, keys)
    return tuple(s.model_copy(update={"id": i}) for s, i in zip(extra, ids, strict=True))
