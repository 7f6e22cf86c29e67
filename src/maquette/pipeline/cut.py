"""The production as a cut: the script's order, or an editor's, with what is shot, drawn or still missing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from maquette.direct.beats import beats_of
from maquette.film.production import ProductionSettings
from maquette.film.rate import FIRST_TIMECODE, Rate, frame_at, rate_named, timecode
from maquette.film.screenplay import Element, ElementKind, Scene, Screenplay
from maquette.film.shot import Angle, Move, Shot, ShotStatus
from maquette.film.take import TakeRecord
from maquette.film.timeline import Clip, ClipKind, Cut, CutEntry, Timeline, TransitionKind
from maquette.pipeline.captions import Heard, SpokenLine, captions_of, spoken_lines
from maquette.pipeline.frames import frame_of
from maquette.pipeline.naming import RESEARCH_MARK, ClipNames, unique_names
from maquette.pipeline.panels import DrawnPanels, drawn_panels
from maquette.pipeline.production import Production
from maquette.pipeline.sounds import SoundPlace, placed_sounds
from maquette.script.shot_list import select

TRANSITION_S = 1
"""Running time of a dissolve, a fade or a wipe that the script asks for."""

Media = Callable[[Shot, TakeRecord | None], PurePosixPath | None]
"""Where the movie or picture of a shot lies, relative to the file that names it."""

_WORDS: tuple[tuple[str, TransitionKind], ...] = (
    ("FADE IN", TransitionKind.FADE_IN),
    ("FADE UP", TransitionKind.FADE_IN),
    ("FADE OUT", TransitionKind.FADE_OUT),
    ("FADE TO", TransitionKind.FADE_OUT),
    ("DISSOLVE", TransitionKind.DISSOLVE),
    ("CROSSFADE", TransitionKind.DISSOLVE),
    ("CROSS FADE", TransitionKind.DISSOLVE),
    ("WIPE", TransitionKind.WIPE),
)

_SEEN_OR_SAID = frozenset({ElementKind.ACTION, ElementKind.CHARACTER, ElementKind.DIALOGUE, ElementKind.LYRIC})


@dataclass(frozen=True)
class _Piece:
    """A clip to be: a shot and how it is cut, in frames of the timeline."""

    shot: Shot
    take: TakeRecord | None
    panels: DrawnPanels | None
    source_start: int
    """From the shot's first frame without handles."""
    length: int
    transition: TransitionKind = TransitionKind.CUT
    transition_length: int = 0


def no_media(_shot: Shot, _take: TakeRecord | None) -> PurePosixPath | None:
    """Nothing is delivered beside the timeline."""
    return None


def timeline_of(
    production: Production,
    *,
    shots: str | None = None,
    media: Media = no_media,
    rate: Rate | None = None,
    size: str | None = None,
    sounds: SoundPlace | None = None,
) -> Timeline:
    """The cut: what an editor left, else the script's order; a clip is the best take, else the panels, else a slug.

    shots: "3,4A,7-9"; None: all that are not omitted, proposals included. media: where each clip's file lies. rate:
    None: the production's. size: "1280x720"; None: the production's usual one. sounds: where a sound's file lies; None:
    in the production's folder. Raises ShotError for a shot that there is none of.
    """
    settings, screenplay = production.settings, production.screenplay
    rate = rate or rate_named(settings.rate)
    pieces, fade_in = _pieces(production, shots, rate)
    clip_names = ClipNames(screenplay, production.shots)
    names = unique_names(clip_names.of(p.shot, p.take.number if p.take else None) for p in pieces)
    scenes = {s.id: s for s in screenplay.scenes}
    spoken = [_spoken(production, p, scenes.get(p.shot.scene_id), rate) for p in pieces]
    clips = tuple(
        _clip(name, piece, scenes.get(piece.shot.scene_id), lines, rate, media)
        for name, piece, lines in zip(names, pieces, spoken, strict=True)
    )
    width, height = _even_size(size, settings)
    timeline = Timeline(
        title=screenplay.title or screenplay.source_name, rate=rate, width=width, height=height, clips=clips,
        fade_in=fade_in, research_mark=RESEARCH_MARK, start=timecode(frame_at(FIRST_TIMECODE, rate), rate),
    )  # fmt: skip
    heard = [Heard(p.source_start, lines) for p, lines in zip(pieces, spoken, strict=True)]
    return timeline.model_copy(update={"sounds": placed_sounds(production, timeline, heard, sounds)})


def _even_size(size: str | None, settings: ProductionSettings) -> tuple[int, int]:
    """Movies have even sides."""
    frame = frame_of(size, settings, None)
    return frame.width // 2 * 2, frame.height // 2 * 2


# --- which shots, in which order ------------------------------------------------------------------------------


def _pieces(production: Production, shots: str | None, rate: Rate) -> tuple[list[_Piece], int]:
    """The clips to be, and over how many frames the first of them comes up from black."""
    chosen = {s.id for s in (production.shots if shots is None else select(production.shot_list, shots))}
    listed = [s for s in production.shots if s.status is not ShotStatus.OMITTED]
    takes = production.best_takes()
    cut = production.database.get("cut", "cut", Cut)
    if cut is None:
        uncut = [_uncut(production, s, takes, rate) for s in listed]
        found, opening = _with_transitions(uncut, production.screenplay, rate), None
    else:
        order = _in_cut_order(listed, cut)
        found = [
            _uncut(production, shot, takes, rate)
            if entry is None
            else _edited(production, entry, shot, takes, cut.rate, rate)
            for shot, entry in order
        ]
        # The editor's opening is that of the clip that they saw first.
        opening = cut.fade_in if order and cut.entries and order[0][1] == cut.entries[0] else None
        opening = _converted(opening, cut.rate, rate) if opening else opening
    if not found or found[0].shot.id not in chosen:
        return _only(found, chosen), 0
    return _only(found, chosen), _opening(found[0], production.screenplay, rate) if opening is None else opening


def _only(pieces: Sequence[_Piece], chosen: Collection[str]) -> list[_Piece]:
    """The chosen ones; what would have led from one of them to another that is not there becomes a cut."""
    found = list[_Piece]()
    for piece, after in zip(pieces, (*pieces, None)[1:], strict=True):
        leads_on = piece.transition not in (TransitionKind.CUT, TransitionKind.FADE_OUT)
        if piece.shot.id in chosen:
            lost = leads_on and (after is None or after.shot.id not in chosen)
            found.append(replace(piece, transition=TransitionKind.CUT, transition_length=0) if lost else piece)
    return found


def _in_cut_order(listed: Sequence[Shot], cut: Cut) -> list[tuple[Shot, CutEntry | None]]:
    """The editor's entries, and the shots that the editor never had where the script has them."""
    by_id = {s.id: s for s in listed}
    order: list[tuple[Shot, CutEntry | None]] = [(by_id[e.shot_id], e) for e in cut.entries if e.shot_id in by_id]
    known = {*cut.known, *(e.shot_id for e in cut.entries)}
    before: list[str] = []
    for shot in listed:
        if shot.id not in known:
            places = [i for i, (s, _) in enumerate(order) if s.id in before]
            nearest = next((i for b in reversed(before) for i in reversed(places) if order[i][0].id == b), -1)
            order.insert(nearest + 1, (shot, None))
        before.append(shot.id)
    return order


def _uncut(production: Production, shot: Shot, takes: Mapping[str, TakeRecord], rate: Rate) -> _Piece:
    """A shot that nobody has cut: all of its take, else as long as it is planned."""
    take = takes.get(shot.id)
    length = _converted(take.frames, take.rate, rate) if take is not None else max(1, rate.frames(shot.duration_s))
    return _Piece(shot, take, drawn_panels(production, shot.id), 0, length)


def _edited(
    production: Production, entry: CutEntry, shot: Shot, takes: Mapping[str, TakeRecord], of: Rate, to: Rate
) -> _Piece:
    mixed = _converted(entry.transition_length, of, to) if entry.transition_length else 0
    return _Piece(
        shot, takes.get(shot.id), drawn_panels(production, shot.id),
        to.frames(of.seconds(entry.source_start)), _converted(entry.length, of, to), entry.transition, mixed,
    )  # fmt: skip


def _converted(frames: int, of: Rate, to: Rate) -> int:
    """As long at another rate, at least 1 frame."""
    return max(1, frames if of.fps == to.fps else to.frames(of.seconds(frames)))


# --- transitions of the script --------------------------------------------------------------------------------


def transition_of(text: str) -> TransitionKind:
    """What the words of a transition mean; every word that is none of ours is a cut (SMASH CUT, MATCH CUT ...)."""
    words = " ".join(text.upper().replace("-", " ").split())
    return next((kind for word, kind in _WORDS if word in words), TransitionKind.CUT)


def _with_transitions(pieces: Sequence[_Piece], screenplay: Screenplay, rate: Rate) -> list[_Piece]:
    """Each transition of the script at the end of the last shot that stands before it."""
    places = {e.id: i for i, e in enumerate(screenplay.elements)}
    scene_ends = _scene_ends(screenplay, places)
    ends = [max((places[i] for i in p.shot.line_ids if i in places), default=scene_ends.get(p.shot.scene_id, -1))
            for p in pieces]  # fmt: skip
    found = list(pieces)
    opening = _opening_words(screenplay)
    for element in (e for e in screenplay.elements if e is not opening):
        kind = transition_of(element.text) if element.kind is ElementKind.TRANSITION else TransitionKind.CUT
        before = [i for i, end in enumerate(ends) if end < places[element.id]]
        if kind is TransitionKind.CUT or not before:
            continue
        at = max(before, key=lambda i: (ends[i], i))
        after = found[at + 1] if at + 1 < len(found) else None
        length = _transition_length(kind, found[at], after, rate)
        if length and found[at].transition is TransitionKind.CUT:
            found[at] = replace(found[at], transition=kind, transition_length=length)
    return found


def _opening(first: _Piece, screenplay: Screenplay, rate: Rate) -> int:
    """Frames of the fade in that the script opens with; 0: none, or it cannot be."""
    if _opening_words(screenplay) is None:
        return 0
    return _transition_length(TransitionKind.FADE_IN, first, first, rate)


def _opening_words(screenplay: Screenplay) -> Element | None:
    """The FADE IN that stands before everything that is seen or said."""
    for element in screenplay.elements:
        if element.kind is ElementKind.TRANSITION:
            return element if transition_of(element.text) is TransitionKind.FADE_IN else None
        if element.kind in _SEEN_OR_SAID:
            break
    return None


def _scene_ends(screenplay: Screenplay, places: dict[str, int]) -> dict[str, int]:
    """Where a shot without lines of its own counts: at its scene's first line."""
    return {s.id: places.get(s.elements[0].id, -1) for s in screenplay.scenes if s.elements}


def _transition_length(kind: TransitionKind, piece: _Piece, after: _Piece | None, rate: Rate) -> int:
    """Frames; never more than half of the shorter of the clips that it plays over. 0: it cannot be."""
    if after is None and kind is not TransitionKind.FADE_OUT:
        return 0
    over = {
        TransitionKind.FADE_OUT: [piece.length],
        TransitionKind.FADE_IN: [after.length] if after else [],
    }.get(kind, [piece.length, *([after.length] if after else [])])
    length = min(rate.nominal * TRANSITION_S, min(over) // 2)
    return length if length >= 2 else 0


# --- clips ----------------------------------------------------------------------------------------------------


def _spoken(production: Production, piece: _Piece, scene: Scene | None, rate: Rate) -> tuple[SpokenLine, ...]:
    """The speeches of a shot as its take plays them, else as they are estimated."""
    shot, take = piece.shot, piece.take
    if scene is None:
        return ()
    elements = [e for e in scene.elements if e.id in shot.line_ids]
    if take is not None:
        request = production.take_request(take)
        played = request.beats if request is not None else ()
        return spoken_lines(played, elements, take.rate.seconds(take.frames))
    return spoken_lines(beats_of(scene, shot, (), ()), elements, rate.seconds(piece.source_start + piece.length))


def _clip(name: str, piece: _Piece, scene: Scene | None, lines: Sequence[SpokenLine], rate: Rate, media: Media) -> Clip:
    shot, take = piece.shot, piece.take
    kind = ClipKind.TAKE if take is not None else ClipKind.PANEL if piece.panels is not None else ClipKind.SLUG
    handles = 0 if take is None or not take.handles else _converted(take.handles, take.rate, rate)
    start = max(0, piece.source_start + handles)
    total = start + piece.length if take is None else _converted(take.frames + 2 * take.handles, take.rate, rate)
    return Clip(
        name=name,
        shot_id=shot.id,
        shot_number=shot.number,
        scene_number=shot.scene_number,
        scene_heading=scene.heading.text if scene is not None else "",
        kind=kind,
        media=media(shot, take) if kind is not ClipKind.SLUG else None,
        media_frames=total,
        media_start=timecode(frame_at(FIRST_TIMECODE, rate), rate),
        source_start=start,
        length=piece.length,
        take=take.number if take is not None else None,
        circled=take is not None and take.circled,
        transition=piece.transition,
        transition_length=piece.transition_length,
        captions=captions_of(lines, rate, start - handles, piece.length),
        description=shot.text,
        size=shot.size.value,
        angle=shot.angle.value if shot.angle is not Angle.EYE else "",
        move=shot.move.value if shot.move is not Move.STATIC else "",
        lens_mm=shot.lens_mm,
    )
