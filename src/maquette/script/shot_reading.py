"""Shots that the script states, taken exactly as they are; only what the words leave open is filled by defaults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from maquette.film.screenplay import Element, ElementKind, Scene
from maquette.film.shot import Angle, Framing, Move, Shot, ShotRole, ShotSize, ShotStatus, Side
from maquette.film.usual import azimuth_for, lens_for
from maquette.script.axis import Line, apart_from
from maquette.script.beats import Beat
from maquette.script.camera_lines import Statement, covered_by, statements_in
from maquette.script.captions import caption_of, dialogue_of, speaking_caption
from maquette.script.duration import estimate_duration
from maquette.script.names import Names
from maquette.script.shot_defaults import (
    DEFAULT_ANGLE,
    DEFAULT_MOVE,
    framing_for,
    role_for,
    size_for,
)
from maquette.script.shot_ids import shot_ids
from maquette.script.shot_words import ShotWords

_PEOPLE = (Framing.SINGLE, Framing.TWO_SHOT, Framing.THREE_SHOT, Framing.GROUP, Framing.OTS, Framing.PROFILE)
_COUNT = {Framing.TWO_SHOT: 2, Framing.THREE_SHOT: 3}
_WIDE = (ShotSize.EWS, ShotSize.VWS, ShotSize.WS, ShotSize.FS)
_FIGURE = (ShotSize.MLS, ShotSize.COWBOY, ShotSize.MS, ShotSize.MCU)
"""Sizes that are counted on a figure."""
_VISIBLE = (ElementKind.ACTION, ElementKind.CENTERED)


@dataclass(frozen=True)
class _Context:
    """What the scene around a statement says about it."""

    inside: tuple[Beat, ...]
    """Beats that the shot covers."""
    earlier: tuple[Beat, ...]
    line: Line
    before: tuple[Shot, ...]
    """Stated shots before it."""
    cast: frozenset[str]

    def seen(self) -> tuple[str, ...]:
        """Who is in the lines that the shot covers."""
        return tuple(dict.fromkeys(p for b in self.inside for p in b.people))

    def partner_of(self, who: str | None) -> str | None:
        """Whom `who` deals with here: by the lines inside, then by those before, then by the line of action."""
        for beat in (*self.inside, *reversed(self.earlier)):
            if beat.people[:1] == (who,) and beat.partner:
                return beat.partner
            if beat.partner == who and beat.people and beat.people[0] != who:
                return beat.people[0]
        return next((n for n in self.line.order if n != who), None)

    def last_seen(self) -> str | None:
        return next((b.people[0] for b in reversed(self.earlier) if b.people), None)


def stated_shots(scene: Scene, beats: Sequence[Beat], names: Names, line: Line) -> tuple[Shot, ...]:
    """The shots that the scene states, in order, with the lines each covers. Numbers are still empty.

    `beats` are those of the scene without its camera lines (`without_camera_lines`).
    """
    statements = statements_in(scene, names)
    _, lines = covered_by(scene, statements)
    position = {e.id: i for i, e in enumerate(scene.elements)}
    cast = frozenset(names.forms.values())
    shots: list[Shot] = []
    open_azimuth: list[bool] = []
    ids = shot_ids(scene.id, [("asked", s.quote) for s in statements])
    for index, statement in enumerate(statements):
        covered = lines[index]
        if statement.back and len(covered) < 2 and not statement.action:
            continue
        covered_ids = {e.id for e in covered}
        inside = tuple(b for b in beats if covered_ids & set(b.ids))
        start = position[statement.element.id]
        earlier = tuple(b for b in beats if position[b.ids[0]] < start and b not in inside)
        context = _Context(inside, earlier, line, tuple(shots), cast)
        shot = (
            _back(statement, covered, scene, context) if statement.back else _asked(statement, covered, scene, context)
        )
        shots.append(shot.model_copy(update={"id": ids[index]}))
        free = statement.words.azimuth_deg is None and shot.framing not in (Framing.OTS, Framing.PROFILE)
        open_azimuth.append(free and not statement.back)
    return _spread(shots, open_azimuth)


def without_camera_lines(scene: Scene, names: Names) -> Scene:
    """The scene as the audience gets it: camera lines are gone, what they go on to show stays."""
    statements = statements_in(scene, names)
    shown: dict[str, list[str]] = {}
    for statement in statements:
        if statement.element.kind is ElementKind.ACTION:
            shown.setdefault(statement.element.id, []).append(statement.action)
    elements: list[Element] = []
    for element in scene.elements:
        if element.id not in shown:
            elements.append(element)
            continue
        lead = _text_before_camera(element, statements)
        text = " ".join(t for t in (lead, *shown[element.id]) if t)
        if text:
            elements.append(element.model_copy(update={"text": text}))
    return scene.model_copy(update={"elements": tuple(elements)})


def _text_before_camera(element: Element, statements: Sequence[Statement]) -> str:
    first = next(s for s in statements if s.element.id == element.id)
    return element.text.partition(first.quote)[0].strip()


def _asked(statement: Statement, covered: tuple[Element, ...], scene: Scene, context: _Context) -> Shot:
    words = _with_people(statement.words, context)
    framing, inferred_thing = _framing(words, context)
    if inferred_thing and words.size in _FIGURE:
        remark = f'"{words.subjects[0]}" is nobody of the cast, so it is framed as a thing.'
        words = replace(words, remarks=(*words.remarks, remark))
    if framing is Framing.PLACE and words.subjects:
        words = replace(words, subjects=(), notes=(*words.subjects, *words.notes))
    if framing in _COUNT and len(words.subjects) < _COUNT[framing]:
        others = [n for n in (*context.seen(), *context.line.order) if n not in words.subjects]
        words = replace(words, subjects=(*words.subjects, *dict.fromkeys(others))[: _COUNT[framing]])
    size = words.size or (ShotSize.MS if inferred_thing else size_for(framing, words.role, words.angle))
    role = words.role or (ShotRole.COVERAGE if inferred_thing and size is ShotSize.MS else role_for(framing, size))
    eyeline = _eyeline(words, framing, context)
    move = words.move or DEFAULT_MOVE
    shot = Shot(
        id="",
        number="",
        scene_id=scene.id,
        scene_number=scene.number,
        role=role,
        framing=framing,
        size=size,
        angle=words.angle or DEFAULT_ANGLE,
        roll_deg=words.roll_deg or 0.0,
        lens_mm=words.lens_mm or lens_for(framing, size),
        move=move,
        subjects=words.subjects,
        over=words.over,
        camera_side=_camera_side(words, framing, eyeline, context),
        eyeline=eyeline,
        camera_height_m=words.camera_height_m,
        azimuth_deg=words.azimuth_deg if words.azimuth_deg is not None else azimuth_for(framing, size),
        notes="; ".join(words.notes),
        reason=_reason(statement, words, size, framing),
        status=ShotStatus.ASKED,
        source=statement.element.place,
        stated=_stated(statement.words, framing),
        duration_s=words.duration_s or estimate_duration(_played(statement, covered), size, move, framing),
        duration_estimated=words.duration_s is None,
    )
    return shot.model_copy(update=_paper(statement, covered, words.subjects, context))


def _stated(words: ShotWords, framing: Framing) -> tuple[str, ...]:
    """Names of the controls that the words state themselves. To name a place or a thing is to frame it."""
    said = {
        "size": words.size is not None,
        "angle": words.angle is not None,
        "height": words.camera_height_m is not None,
        "roll": words.roll_deg is not None,
        "azimuth": words.azimuth_deg is not None or framing is Framing.PROFILE,
        "side": words.shoulder is not None,
        "framing": words.framing is not None or (bool(words.subjects) and framing in (Framing.INSERT, Framing.PLACE)),
        "subjects": bool(words.subjects) and framing is not Framing.PLACE,
        "over": words.over is not None,
        "lens": words.lens_mm is not None,
        "move": words.move is not None,
        "duration": words.duration_s is not None,
    }
    return tuple(name for name, is_said in said.items() if is_said)


def _back(statement: Statement, covered: tuple[Element, ...], scene: Scene, context: _Context) -> Shot:
    """BACK TO SCENE: the set-up before the insert again, or a master where there was none."""
    base = next((s for s in reversed(context.before) if s.framing not in (Framing.INSERT, Framing.POV)), None)
    if base is None:
        asked = _asked(replace(statement, words=ShotWords(role=ShotRole.MASTER)), covered, scene, context)
        return asked
    duration = estimate_duration(_played(statement, covered), base.size, Move.STATIC, base.framing)
    where = f"line {base.source.line}" if base.source else "before"
    reason = f'Asked in line {statement.element.place.line}: "{statement.quote}": the set-up of {where} again.'
    return base.model_copy(
        update={
            **_paper(statement, covered, base.subjects, context),
            "move": DEFAULT_MOVE,
            "notes": "",
            "reason": reason,
            "source": statement.element.place,
            "stated": tuple(c for c in base.stated if c not in ("move", "duration")),
            "duration_s": duration,
            "duration_estimated": True,
        }
    )


def _with_people(words: ShotWords, context: _Context) -> ShotWords:
    """Fill whom the words leave open, from the lines that the shot covers."""
    subjects, over = words.subjects, words.over
    if words.framing is Framing.OTS:
        subject = subjects[0] if subjects else context.partner_of(over) if over else next(iter(context.seen()), None)
        over = over or (context.partner_of(subject) if subject else None)
        return replace(words, subjects=(subject, *subjects[1:]) if subject else (), over=over)
    if words.framing is Framing.POV:
        over = over or context.last_seen() or next(iter(context.seen()), None)
        return replace(words, subjects=subjects or tuple(p for p in context.seen() if p != over)[:1], over=over)
    if subjects or words.framing in (Framing.INSERT, Framing.PLACE):
        return words
    if words.role is ShotRole.REVERSE and context.before and context.before[-1].subjects:
        other = context.before[-1].over or context.partner_of(context.before[-1].subjects[0])
        return replace(words, subjects=(other,) if other else ())
    seen = context.seen()
    wide = words.size in _WIDE or words.role in (ShotRole.MASTER, ShotRole.ESTABLISHING) or words.size is None
    if wide:
        first = context.inside[0].people if context.inside and not context.inside[0].is_speech else seen
        return replace(words, subjects=first if words.role is ShotRole.ESTABLISHING else seen)
    return replace(words, subjects=seen[:1] or ((context.last_seen(),) if context.last_seen() else ()))  # type: ignore[arg-type]


def _framing(words: ShotWords, context: _Context) -> tuple[Framing, bool]:
    """(framing, True where a thing is framed that the words do not call an insert)."""
    if words.framing is not None:
        return words.framing, False
    things = [s for s in words.subjects if s not in context.cast]
    if things and words.subjects[0] == things[0]:
        far = words.size in _WIDE or words.role is not None or words.angle is Angle.BIRDS_EYE
        return (Framing.PLACE, False) if far else (Framing.INSERT, True)
    return framing_for(len(words.subjects)), False


def _eyeline(words: ShotWords, framing: Framing, context: _Context) -> str | None:
    if framing not in _PEOPLE or not words.subjects:
        return None
    if framing is Framing.OTS:
        return words.over
    who, *others = words.subjects
    if others:
        return others[0]
    partner = context.partner_of(who)
    present = {p for b in (*context.inside, *context.earlier) for p in b.people}
    return partner if partner in present else None


def _camera_side(words: ShotWords, framing: Framing, eyeline: str | None, context: _Context) -> Side | None:
    """Over a right shoulder the subject stands frame right and looks left; over a left one the other way."""
    if framing not in _PEOPLE or not words.subjects:
        return None
    if words.shoulder is not None:
        return Side.LEFT if words.shoulder is Side.RIGHT else Side.RIGHT
    return context.line.side(words.subjects[0], eyeline)


def _paper(
    statement: Statement, covered: tuple[Element, ...], subjects: tuple[str, ...], context: _Context
) -> dict[str, object]:
    """Lines, moment, caption and dialogue of a stated shot."""
    own = next((b for b in context.inside if b.people[:1] == subjects[:1] and subjects), None)
    moment = own or next(iter(context.inside), None)
    actions = [a for a in (_described(statement), statement.action) if a]
    actions += [e.text for e in covered if e.kind in _VISIBLE and e.id != statement.element.id]
    text = caption_of(actions, moment.text if moment and not moment.is_speech else "")
    if not text:
        spoken = moment if moment and moment.is_speech else None
        text = speaking_caption(spoken) if spoken else statement.quote
    return {
        "line_ids": tuple(e.id for e in covered),
        "moment_id": moment.moment_id if moment else statement.element.id,
        "text": text,
        "dialogue": dialogue_of(covered),
    }


def _described(statement: Statement) -> str:
    """What a camera line goes on to describe in plain words: "ANGLE ON the river as something moves in it"."""
    if statement.element.kind is not ElementKind.ACTION or statement.quote.isupper():
        return ""
    text = next((n for n in statement.words.notes if not n.isupper()), "")
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _played(statement: Statement, covered: tuple[Element, ...]) -> list[Element]:
    """The lines that take time: the camera line itself does not, what it goes on to show does."""
    played = [e for e in covered if e.id != statement.element.id]
    if statement.action:
        played.insert(0, statement.element.model_copy(update={"kind": ElementKind.ACTION, "text": statement.action}))
    return played


def _reason(statement: Statement, words: ShotWords, size: ShotSize, framing: Framing) -> str:
    stated = statement.words
    filled = [] if stated.size else [size.value]
    filled += [] if stated.lens_mm else [f"{lens_for(framing, size):g} mm"]
    filled += [] if stated.angle else [DEFAULT_ANGLE.value]
    filled += [] if stated.move else [DEFAULT_MOVE.value]
    filled += [f"on {s}" for s in words.subjects[:1] if not stated.subjects and not statement.back]
    parts = [f'Asked in line {statement.element.place.line}: "{statement.quote}".', *words.remarks]
    if filled:
        parts.append(f"Not stated, so by default: {', '.join(filled)}.")
    return " ".join(parts)


def _spread(shots: Sequence[Shot], open_azimuth: Sequence[bool]) -> tuple[Shot, ...]:
    """Where the script leaves the camera's direction open, neighbouring shots of one subject differ by 30 degrees."""
    out: list[Shot] = []
    for shot, free in zip(shots, open_azimuth, strict=True):
        out.append(apart_from(out[-1], shot) if out and free else shot)
    return tuple(out)
