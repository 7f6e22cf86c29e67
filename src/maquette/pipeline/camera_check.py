"""Where a shot's camera stands, what it is called, and what will not work: the semantic and the explicit form side by
side."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from maquette.film.camera import Placement
from maquette.film.shot import Shot, ShotStatus
from maquette.pipeline.frames import preview_of
from maquette.pipeline.production import Production

if TYPE_CHECKING:
    from maquette.stage.plausible import CutSide


@dataclass(frozen=True)
class CameraCheck:
    """A camera put to the test."""

    placement: Placement
    """Stating this as `place` puts the camera here by hand."""
    words: str
    """What a director would ask for it by; empty where nobody is framed."""
    warnings: tuple[str, ...]
    """What the stage has to say: walls, heads, the floor, the line, cuts that jump."""


def check_camera(production: Production, number: str) -> CameraCheck:
    """Build the stage of a shot and of the one before it, draw nothing. Raises ShotError for an unknown number."""
    from maquette.stage.plausible import jump_cut

    shot = production.direction.shot(number)
    placement, words, notes, side = _look(production, shot)
    warnings = list(notes)
    before = _before(production, shot)
    if before is not None and side is not None:
        *_, other = _look(production, before)
        sentence = jump_cut(other, side) if other is not None else None
        warnings += [sentence] if sentence else []
    return CameraCheck(placement, words, tuple(warnings))


def _look(production: Production, shot: Shot) -> tuple[Placement, str, tuple[str, ...], CutSide | None]:
    from maquette.stage.build import build_stage
    from maquette.stage.plausible import CutSide
    from maquette.stage.readback import placement_of, read_back

    request = production.request(production.screenplay, shot, preview_of(production.settings))
    stage = build_stage(request)
    moment = stage.at(Fraction(0))
    figures = stage.figures(Fraction(0))
    subject = next((s for s in request.shot.subjects if s in figures), None)
    named = read_back(moment.camera, figures, subject) if subject is not None else None
    side = None
    if subject is not None:
        side = CutSide(moment.camera, subject, figures[subject].landmarks["eyes"], request.shot.size, shot.number)
    return placement_of(moment.camera), named.words if named is not None else "", moment.notes, side


def _before(production: Production, shot: Shot) -> Shot | None:
    """The shot that cuts to this one in its scene."""
    there = [s for s in production.shots if s.scene_id == shot.scene_id]
    there = [s for s in there if s.status is not ShotStatus.OMITTED or s.id == shot.id]
    index = next(i for i, s in enumerate(there) if s.id == shot.id)
    return there[index - 1] if index > 0 else None
