"""What is played in a shot over its running time: its lines one after another, each with its share of the time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from maquette.direct.performance import opening, perform
from maquette.film.cast import Performance, Posture
from maquette.film.screenplay import Character, Element, ElementKind, Scene
from maquette.film.shot import Shot
from maquette.film.take import Beat, Speech
from maquette.film.timing import TURN_S, action_seconds, manner_seconds, speech_seconds

LEAST_BEAT_S = Fraction(1, 2)
"""A line that is over sooner cannot be seen: it counts as much as this before the shot's duration is shared out."""

BEFORE_S = Fraction(2, 5)
"""Who gets up, takes or drops something in a shot's first line is seen for so long as the line finds them."""
_ASIDES = (ElementKind.NOTE, ElementKind.SHOT)
"""They ask for shots and play for no time."""
_ACTIONS = (ElementKind.ACTION, ElementKind.CENTERED)
_WORDS = (ElementKind.DIALOGUE, ElementKind.LYRIC)
_COVERED = (*_ACTIONS, *_WORDS, ElementKind.CHARACTER, ElementKind.PARENTHETICAL)


@dataclass
class _Stretch:
    """Elements that are played as one: an action, or a speech up to its next parenthetical."""

    ids: list[str]
    pause_s: Fraction = Fraction(0)
    """Before the words."""
    spoken: list[tuple[str, str, Fraction]] = field(default_factory=list)
    """(character, words, seconds); more than one where dual dialogue runs side by side."""
    action_s: Fraction = Fraction(0)

    @property
    def seconds(self) -> Fraction:
        said = max((s for _, _, s in self.spoken), default=Fraction(0))
        return max(self.pause_s + said + self.action_s, LEAST_BEAT_S)


def beats_of(scene: Scene, shot: Shot, names: Sequence[str], cast: Iterable[Character]) -> tuple[Beat, ...]:
    """The beats of a shot: one for each line that it covers, in order, from 0 s without gaps to its duration.

    Each line takes its share of `shot.duration_s` by the estimates of `film.timing`, scaled to fill it exactly. A
    speech's beat begins with the pause that its cue and parenthetical ask for; its `Speech` starts after it. The shot's
    own moment is always one of the beats, under its own id; a shot that covers nothing else has that one beat.

    Where the first line is an action that changes what somebody does, a beat before it has everybody as the line finds
    them: of `BEFORE_S`, or of no time at all where somebody comes in, so that they come from the first frame on.

    names: whose performances are wanted, in this order. cast: tells he from she.

    Raises:
        ShotError: the shot's moment is not in the scene.
    """
    people = tuple(cast)
    stretches = _stretches(_covered(scene, shot))
    moment = shot.moment_id
    if not stretches:
        return (Beat(start_s=Fraction(0), performances=perform(scene, names, moment, people), line_id=moment),)
    scale = shot.duration_s / sum((s.seconds for s in stretches), Fraction(0))
    beats: list[Beat] = []
    start = Fraction(0)
    for stretch in stretches:
        line = moment if moment in stretch.ids else stretch.ids[-1]
        after = start + stretch.seconds * scale
        speeches = tuple(
            Speech(
                character=character,
                words=words,
                start_s=start + stretch.pause_s * scale,
                end_s=start + (stretch.pause_s + seconds) * scale,
            )
            for character, words, seconds in stretch.spoken
        )
        performances = perform(scene, names, line, people)
        if line != moment:
            performances = _speaking(performances, {s.character for s in speeches})
        if not beats and moment is not None:
            found = _before(scene, stretch, names, performances, people)
            if found is not None:
                beats.append(found)
                start = Fraction(0) if _enters(found, performances) else min(BEFORE_S, after / 5)
        beats.append(Beat(start_s=start, performances=performances, speeches=speeches, line_id=line))
        start = after
    return tuple(beats)


def _before(
    scene: Scene, first: _Stretch, names: Sequence[str], then: Sequence[Performance], cast: Sequence[Character]
) -> Beat | None:
    """Everybody as the shot's first action finds them; None where it changes nobody's place, posture or hands."""
    if first.spoken or not first.action_s:
        return None
    played = [e for e in scene.elements if e.kind in (*_ACTIONS, *_WORDS)]
    i = next((i for i, e in enumerate(played) if e.id in first.ids), 0)
    line = played[i - 1].id if i else None
    found = perform(scene, names, line, cast) if i else opening(scene, names, cast)
    # Who is first seen walking walks already.
    found = tuple(b if _walks_on(a, b) else a for a, b in zip(found, then, strict=True))
    changed = any(
        b.present and (not a.present or (a.posture, a.at, a.holding) != (b.posture, b.at, b.holding))
        for a, b in zip(found, then, strict=True)
    )
    return Beat(start_s=Fraction(0), performances=_speaking(found, set()), line_id=line) if changed else None


def _walks_on(before: Performance, then: Performance) -> bool:
    here = before.present and then.present and before.at == then.at
    return here and before.posture is Posture.STAND and then.posture in (Posture.WALK, Posture.RUN)


def _enters(before: Beat, then: Sequence[Performance]) -> bool:
    return any(b.present and not a.present for a, b in zip(before.performances, then, strict=True))


def _speaking(performances: Sequence[Performance], speakers: set[str]) -> tuple[Performance, ...]:
    """Only those speak who have words in the beat."""
    return tuple(p.model_copy(update={"speaking": p.character in speakers}) for p in performances)


def _covered(scene: Scene, shot: Shot) -> list[Element]:
    """The elements that the shot plays, in the order of the script; its moment among them."""
    wanted = set(shot.line_ids) | ({shot.moment_id} if shot.moment_id else set())
    elements = [e for e in scene.elements if e.id in wanted]
    cues = [i for i, e in enumerate(scene.elements) if e.id in wanted and e.kind in _COVERED[-2:]]
    if cues and not any(e.kind in (*_ACTIONS, *_WORDS) for e in elements):
        # A cue alone stands for the words under it.
        for following in scene.elements[cues[-1] + 1 :]:
            if following.kind not in (*_WORDS, ElementKind.PARENTHETICAL):
                break
            elements.append(following)
            if following.kind in _WORDS:
                break
    return elements


def _stretches(elements: Iterable[Element]) -> list[_Stretch]:
    found: list[_Stretch] = []
    waiting: list[str] = []
    pause = Fraction(0)
    dual = False
    for element in elements:
        if element.kind is ElementKind.CHARACTER:
            pause, dual = pause + TURN_S, element.dual
            waiting.append(element.id)
        elif element.kind is ElementKind.PARENTHETICAL:
            pause += manner_seconds(element.text)
            waiting.append(element.id)
        elif element.kind in _WORDS:
            said = (element.character or "", " ".join(element.text.split()), speech_seconds(element.text))
            if dual and found and found[-1].spoken:
                found[-1].spoken.append(said)
                found[-1].ids[:0] = [*waiting, element.id]
            else:
                found.append(_Stretch([*waiting, element.id], pause, [said]))
            waiting, pause = [], Fraction(0)
        elif element.kind in _ASIDES:
            waiting.append(element.id)
        else:
            action = action_seconds(element.text) if element.kind in _ACTIONS else Fraction(0)
            found.append(_Stretch([*waiting, element.id], pause, action_s=action))
            waiting, pause = [], Fraction(0)
    if waiting and found:
        found[-1].ids[:0] = waiting
    elif waiting:
        found.append(_Stretch(waiting, pause))
    return found
