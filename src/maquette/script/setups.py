"""The set-up that each beat of a scene asks for, as a director would plan it on the page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from maquette.film.screenplay import Scene, Setting
from maquette.film.shot import Angle, Framing, Move, ShotRole, ShotSize
from maquette.script.axis import Line
from maquette.script.beats import Beat, sentences
from maquette.script.shot_defaults import framing_for
from maquette.script.things import handled_thing
from maquette.script.turning_points import TURN_SCORE, Turn, turning_points

_VEHICLE = re.compile(
    r"\b(?:CAR|TAXI|CAB|TRUCK|VAN|LORRY|PICKUP|PICK-UP|LIMO\w*|JEEP|AMBULANCE|COCKPIT|POLICE CRUISER|CRUISER|SEDAN)\b",
    re.IGNORECASE,
)
_ENTERS = re.compile(
    r"\b(?:enters?|comes? (?:in|out|through|down|up|from)|arrives?|appears?|steps? (?:in|out)|walks? (?:in|out)\b|"
    r"bursts? in|leaves|exits?|goes out)\b",
    re.IGNORECASE,
)
_WALKS = re.compile(
    r"\b(?:walks?|runs?|strolls?|hurries|strides?|marches|races|sprints?|wanders?|paces|rides?)\b", re.I
)
_MOVES = re.compile(r"\b(?:crosses|approaches|climbs?|backs away|moves? to|goes to|walks? to)\b", re.IGNORECASE)
_DRIVES = re.compile(r"\b(?:drives|is driving|at the wheel|behind the wheel)\b", re.IGNORECASE)
_STOPS = re.compile(r"\b(?:stops?|halts?|sits?|stands? still|arrives?)\b", re.IGNORECASE)
_OVERBEARS = re.compile(r"\b(?:stands up|rises|gets up|towers|looms|slams|stands over|leans over)\b", re.IGNORECASE)
_SMALL = re.compile(r"\b(?:alone|collapses|falls to|kneels|curls up|crouches|huddles|lies on the)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Setup:
    """A camera set-up for a run of beats."""

    framing: Framing
    size: ShotSize
    subjects: tuple[str, ...]
    role: ShotRole
    reason: str
    """Without the full stop."""
    strength: float
    """How much the scene loses without it."""
    main: int
    """The beat that its panel shows."""
    beats: tuple[int, ...]
    over: str | None = None
    eyeline: str | None = None
    angle: Angle = Angle.EYE
    move: Move = Move.STATIC
    azimuth_deg: float | None = None
    """None: the default of framing and size."""

    @property
    def close(self) -> bool:
        return self.framing is Framing.SINGLE and self.size in (ShotSize.MCU, ShotSize.CU, ShotSize.BCU)

    @property
    def key(self) -> tuple[object, ...]:
        """Equal keys are the same place of the camera."""
        return (self.framing, self.size, self.subjects, self.over, self.angle)


@dataclass(frozen=True)
class Plan:
    """What the set-ups of one scene share."""

    scene: Scene
    beats: tuple[Beat, ...]
    line: Line
    new_place: bool
    """The screenplay has not been here before."""
    close_ups: int
    """At most so many close-ups on turning points."""
    inserts: int


def wished_setups(plan: Plan) -> list[Setup]:
    """One set-up a beat, in order; neighbours may be equal."""
    turns = turning_points(plan.beats)
    close = _closest(turns, plan)
    vehicle = in_vehicle(plan.scene)
    setups: list[Setup] = []
    inserted: set[str] = set()
    opened = walking = False
    for index, beat in enumerate(plan.beats):
        if not opened:
            setup = _opening(plan, index, vehicle)
            opened = bool(setup.subjects)
            setups.append(setup)
            walking = _walk_and_talk(beat)
            continue
        thing = handled_thing(beat) if len(inserted) < plan.inserts else None
        if beat.is_speech:
            setup = _speech(plan, index, turns[index], index in close, vehicle, walking, setups)
        elif thing and thing.head not in inserted and thing.score >= max(1.2, turns[index].score - 0.4):
            inserted.add(thing.head)
            named = sum(bool(re.search(rf"\b{thing.head}", b.text, re.IGNORECASE)) for b in plan.beats)
            setup = _insert(plan, index, thing.word, thing.score + 0.6 + (0.5 if named > 1 else 0.0))
        else:
            setup = _action(plan, index, turns[index], index in close)
        walking = (walking or _walk_and_talk(beat)) and not (not beat.is_speech and _STOPS.search(beat.text))
        setups.append(setup)
    return _with_angles(setups, plan, turns)


def in_vehicle(scene: Scene) -> bool:
    """The scene plays on the seats of a car or the like."""
    return scene.heading.interior and bool(_VEHICLE.search(scene.heading.location))


def driver_in(beats: Sequence[Beat]) -> str | None:
    """Who drives, if the action says so."""
    return next((b.people[0] for b in beats if not b.is_speech and b.people and _DRIVES.search(b.text)), None)


def _closest(turns: Sequence[Turn], plan: Plan) -> frozenset[int]:
    ranked = sorted((i for i, t in enumerate(turns) if t.score >= TURN_SCORE), key=lambda i: (-turns[i].score, -i))
    return frozenset(ranked[: plan.close_ups])


def _walk_and_talk(beat: Beat) -> bool:
    """Two people walk in one sentence: the talk that follows is on the move."""
    walking = [t for t in sentences(beat.text) if _WALKS.search(t)]
    return not beat.is_speech and len(beat.people) >= 2 and any(_names_two(t, beat.people) for t in walking)


def _names_two(sentence: str, people: Sequence[str]) -> bool:
    words = set(re.findall(r"\w+", sentence.upper()))
    named = sum(any(token in words for token in name.upper().split()) for name in people)
    return named >= 2 or "THEY" in words


def place_name(scene: Scene) -> str:
    """The place of a scene in words for a sentence: "the harbour", "Mara's house, kitchen"."""
    parts = (scene.heading.location, *scene.heading.sub_locations)
    return ", ".join(p for p in parts if p) or "the place"


def _and(people: Sequence[str]) -> str:
    if len(people) > 4:
        return f"{people[0]}, {people[1]} and {len(people) - 2} others"
    return " and ".join((", ".join(people[:-1]), people[-1])) if len(people) > 1 else "".join(people)


def _opening(plan: Plan, index: int, vehicle: bool) -> Setup:
    """The master, or for a new place or outside the establishing shot."""
    beat, scene = plan.beats[index], plan.scene
    outside = scene.heading.setting in (Setting.EXT, Setting.EST)
    people = beat.people
    if beat.is_speech or (len(people) == 1 and not outside and _talks_soon(plan, index)):
        others = [p for b in plan.beats[index : index + 3] for p in b.people]
        people = tuple(dict.fromkeys((*people, *others)))
    people = plan.line.from_left(people)
    place = place_name(scene)
    first = index == 0
    establishing = first and (outside or plan.new_place)
    role = ShotRole.ESTABLISHING if establishing else ShotRole.MASTER
    if not people:
        size = ShotSize.EWS if outside else ShotSize.WS
        reason = f"{place} before anybody is in the picture, so the audience knows where it is"
        role = role if first else ShotRole.CUTAWAY
        return Setup(Framing.PLACE, size, (), role, reason, 2.4 if first else 1.0, index, (index,))
    partner = people[1] if len(people) > 1 else None
    if vehicle:
        reason = f"Through the windscreen: one frame for {_and(people)} inside {place}"
        size = ShotSize.MS if len(people) < 3 else ShotSize.COWBOY
        return Setup(framing_for(len(people)), size, people, role, reason, 2.6, index, (index,), eyeline=partner,
                     azimuth_deg=10.0)  # fmt: skip
    size = ShotSize.VWS if establishing and outside and len(plan.beats) > 2 else ShotSize.WS
    who = _and(people)
    where = "and where they are to each other" if len(people) > 1 else "and the space around"
    opens = f"A place not seen before, {place}:" if establishing and plan.new_place else f"The scene opens in {place}:"
    reason = f"{opens} a wide frame shows {who} {where}"
    move = Move.STATIC
    if len(people) == 1 and _WALKS.search(beat.text):
        going_left = plan.line.side(people[0], None).value == "left"
        move = Move.TRUCK_LEFT if going_left else Move.TRUCK_RIGHT
        reason += f"; {people[0]} is on the move and the camera goes along"
    return Setup(framing_for(len(people)), size, people, role, reason, 2.6, index, (index,), eyeline=partner, move=move)


def _talks_soon(plan: Plan, index: int) -> bool:
    return any(b.is_speech for b in plan.beats[index + 1 : index + 3])


def _speech(
    plan: Plan, index: int, turn: Turn, close: bool, vehicle: bool, walking: bool, before: Sequence[Setup]
) -> Setup:
    beat = plan.beats[index]
    speaker, partner = str(beat.speaker), beat.partner
    present = {p for b in plan.beats for p in b.people}
    if beat.heard_only:
        return _heard(plan, index, present)
    first_words = not any(b.speaker == speaker for b in plan.beats[:index])
    weight = 1.4 + min(1.0, len(beat.text.split()) / 40) + (0.4 if first_words else 0.0)
    if close:
        size = ShotSize.BCU if turn.score >= 3.6 else ShotSize.CU
        move = Move.LEAD if walking else Move.PUSH_IN if turn.score >= 3.2 else Move.STATIC
        reason = turn.reason + (" and moves in" if move is Move.PUSH_IN else "")
        return Setup(Framing.SINGLE, size, (speaker,), ShotRole.COVERAGE, reason, weight + turn.score, index, (index,),
                     eyeline=partner, move=move)  # fmt: skip
    if partner is None or partner not in present:
        reason = f"{speaker} speaks{f' to {partner}, who is not in the picture' if partner else ''}: a medium single"
        return Setup(Framing.SINGLE, ShotSize.MS, (speaker,), ShotRole.COVERAGE, reason, weight, index, (index,))
    if walking:
        pair = plan.line.from_left((speaker, partner))
        reason = f"{_and(pair)} talk on the move: one frame holds both, and the camera leads them"
        return Setup(Framing.TWO_SHOT, ShotSize.MS, pair, ShotRole.COVERAGE, reason, weight, index, (index,),
                     eyeline=pair[1], move=Move.LEAD)  # fmt: skip
    if vehicle:
        reason = f"{speaker} speaks to {partner}: a single across the seats, where no shoulder shot fits"
        return Setup(Framing.SINGLE, ShotSize.MCU, (speaker,), ShotRole.COVERAGE, reason, weight, index, (index,),
                     eyeline=partner, azimuth_deg=45.0)  # fmt: skip
    answers = any(s.framing is Framing.OTS and s.subjects[:1] == (partner,) for s in before)
    role = ShotRole.REVERSE if answers else ShotRole.COVERAGE
    reason = (
        f"The reverse: {speaker} answers {partner} from the same side of the line"
        if answers
        else f"{speaker} speaks to {partner}: over {partner}'s shoulder, so that the two stay connected"
    )
    return Setup(Framing.OTS, ShotSize.MS, (speaker,), role, reason, weight, index, (index,), over=partner,
                 eyeline=partner)  # fmt: skip


def _heard(plan: Plan, index: int, present: set[str]) -> Setup:
    beat = plan.beats[index]
    listener = beat.partner if beat.partner in present else None
    if listener is None:
        reason = f"{beat.speaker} is heard, not seen, so the picture stays with {place_name(plan.scene)}"
        return Setup(Framing.PLACE, ShotSize.WS, (), ShotRole.CUTAWAY, reason, 0.8, index, (index,))
    reason = f"{beat.speaker} is heard, not seen, so the camera is on {listener}, who listens"
    return Setup(Framing.SINGLE, ShotSize.MCU, (listener,), ShotRole.REACTION, reason, 1.3, index, (index,))


def _insert(plan: Plan, index: int, word: str, score: float) -> Setup:
    who = plan.beats[index].people[:1]
    hands = f"{who[0]} and the {word}" if who else f"the {word}"
    reason = f"The action turns on {hands}: the audience must see it, so the {word} fills the frame"
    return Setup(Framing.INSERT, ShotSize.CU, (word, *who), ShotRole.INSERT, reason, score, index, (index,))


def _action(plan: Plan, index: int, turn: Turn, close: bool) -> Setup:
    beat = plan.beats[index]
    people = beat.people
    if not people:
        reason = f"Nobody is in this moment, so the picture is {place_name(plan.scene)} itself"
        return Setup(Framing.PLACE, ShotSize.WS, (), ShotRole.CUTAWAY, reason, 0.9, index, (index,))
    who = turn.who or people[0]
    partner = beat.partner if beat.partner != who else next((p for p in people if p != who), None)
    if close:
        role = ShotRole.REACTION if turn.reaction else ShotRole.COVERAGE
        size = ShotSize.BCU if turn.score >= 3.4 else ShotSize.CU
        return Setup(
            Framing.SINGLE, size, (who,), role, turn.reason, 1.0 + turn.score, index, (index,), eyeline=partner
        )
    if _ENTERS.search(beat.text) and (beat.new_people or len(people) == 1):
        who = next(iter(beat.new_people), people[0])
        eyeline = partner if partner != who else next((p for p in people if p != who), None)
        reason = f"{who} comes into the scene or leaves it, so the whole figure and the way it takes are in the frame"
        return Setup(Framing.SINGLE, ShotSize.FS, (who,), ShotRole.COVERAGE, reason, 2.3, index, (index,),
                     eyeline=eyeline)  # fmt: skip
    if beat.introduced:
        who = beat.introduced[0]
        reason = f"The first look at {who}: face, clothes and bearing in one frame"
        return Setup(Framing.SINGLE, ShotSize.MLS, (who,), ShotRole.COVERAGE, reason, 1.5, index, (index,))
    if len(people) == 1 and (_WALKS.search(beat.text) or _MOVES.search(beat.text)):
        reason = f"{who} moves through the space, so the camera goes along"
        return Setup(Framing.SINGLE, ShotSize.FS, (who,), ShotRole.COVERAGE, reason, 1.5, index, (index,),
                     eyeline=partner, move=Move.FOLLOW)  # fmt: skip
    if len(people) > 1:
        shown = plan.line.from_left(people)
        size = ShotSize.MS if len(shown) == 2 else ShotSize.MLS if len(shown) == 3 else ShotSize.WS
        reason = f"{_and(shown)} act together here, so one frame holds them"
        return Setup(framing_for(len(shown)), size, shown, ShotRole.COVERAGE, reason, 1.4, index, (index,),
                     eyeline=shown[1])  # fmt: skip
    reason = f"What {who} does here carries the scene on: a medium single is near enough to read it"
    return Setup(Framing.SINGLE, ShotSize.MS, (who,), ShotRole.COVERAGE, reason, 0.9 + 0.4 * turn.score, index,
                 (index,), eyeline=partner)  # fmt: skip


def _with_angles(setups: list[Setup], plan: Plan, turns: Sequence[Turn]) -> list[Setup]:
    """One low and one high angle a scene at most, where the script gives a reason."""
    used: set[Angle] = set()
    out: list[Setup] = []
    for setup in setups:
        beat = plan.beats[setup.main]
        around = beat.text if not beat.is_speech else _action_before(plan, setup.main)
        angle, why = None, ""
        if setup.framing is Framing.SINGLE and setup.role is not ShotRole.ESTABLISHING:
            if turns[setup.main].score >= TURN_SCORE and beat.is_speech and _OVERBEARS.search(around):
                angle, why = Angle.LOW, f"a low angle gives {setup.subjects[0]} the weight of the moment"
            elif not beat.is_speech and _SMALL.search(beat.text):
                angle, why = Angle.HIGH, f"from above {setup.subjects[0]} looks small in it"
        if angle is not None and angle not in used:
            used.add(angle)
            setup = replace(setup, angle=angle, reason=f"{setup.reason}; {why}")
        out.append(setup)
    return out


def _action_before(plan: Plan, index: int) -> str:
    before = plan.beats[index - 1] if index else None
    speaker = plan.beats[index].speaker
    return before.text if before is not None and not before.is_speech and speaker in before.people else ""
