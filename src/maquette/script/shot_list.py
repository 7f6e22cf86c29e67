"""The shot list of a screenplay: what the script states is law; the rest is proposed, and says so."""

from __future__ import annotations

import re
from collections.abc import Sequence

from maquette.film.screenplay import Scene, Screenplay
from maquette.film.settings import Density, ShotListSettings
from maquette.film.shot import Shot, ShotList
from maquette.script.axis import Line, behind_the_wheel, cuts_together, line_of_action
from maquette.script.beats import Beat, beats_of
from maquette.script.camera_lines import covered_by, statements_in
from maquette.script.coverage import extra_coverage, propose_coverage
from maquette.script.names import Names, names_of
from maquette.script.numbering import number_new
from maquette.script.setups import driver_in, in_vehicle
from maquette.script.shot_choice import accept, omit, select
from maquette.script.shot_reading import stated_shots, without_camera_lines
from maquette.script.shot_update import merge_shot_lists

__all__ = ["accept", "list_shots", "merge_shot_lists", "omit", "select", "settings_for"]


def list_shots(screenplay: Screenplay, settings: ShotListSettings | None = None) -> ShotList:
    """Every shot that the screenplay states, and proposals for the scenes that state none, numbered, in script order.

    With `Density.FULL` scenes that state shots are completed too: lines before their first shot, and turning points
    and inserts that no stated shot shows close. Proposals are marked as such and never take a line from a stated shot.
    """
    settings = settings or ShotListSettings()
    shots: list[Shot] = []
    visited: set[str] = set()
    for scene in screenplay.scenes:
        place = _place_key(scene)
        shots += _scene_shots(scene, screenplay, settings.density, place not in visited)
        visited.add(place)
    return ShotList(shots=number_new((), shots, settings_for(screenplay, settings)))


def settings_for(screenplay: Screenplay, settings: ShotListSettings) -> ShotListSettings:
    """The settings with the show's code filled from the title: "The Last Ferry" is TLF, "Ferry" is FER."""
    if settings.show_code:
        return settings
    words = re.findall(r"[A-Z0-9]+", screenplay.title.upper())
    code = "".join(w[0] for w in words)[:4] if len(words) > 1 else "".join(words)[:3]
    return settings.model_copy(update={"show_code": code or "SHOW"})


def _place_key(scene: Scene) -> str:
    return "/".join((scene.heading.location, *scene.heading.sub_locations)).upper()


def _scene_shots(scene: Scene, screenplay: Screenplay, density: Density, new_place: bool) -> list[Shot]:
    names = names_of(screenplay, scene.characters)
    seen = without_camera_lines(scene, names)
    beats = beats_of(seen, names)
    line = line_of_action(beats)
    driver = driver_in(beats) if in_vehicle(scene) else None
    if driver is not None:
        line = behind_the_wheel(line, driver)
    asked = stated_shots(scene, beats, names, line)
    if not asked:
        return list(propose_coverage(seen, beats, line, density, new_place))
    if density is not Density.FULL:
        return list(asked)
    return _completed(scene, seen, asked, beats, names, line, new_place)


def _completed(
    scene: Scene, seen: Scene, asked: Sequence[Shot], beats: Sequence[Beat], names: Names, line: Line, new_place: bool
) -> list[Shot]:
    """Stated shots with proposals for what they leave open, in script order."""
    before, _ = covered_by(scene, statements_in(scene, names))
    ids = {e.id for e in before}
    opening = [b for b in beats if set(b.ids) <= ids]
    shots = list(propose_coverage(seen, opening, line, Density.FULL, new_place)) if opening else []
    for shot in asked:
        shots.append(shot)
        inside = [i for i, b in enumerate(beats) if set(b.ids) & set(shot.line_ids)]
        shots += [e for e in extra_coverage(seen, beats, inside, line, shot) if cuts_together(shots[-1], e)]
    return shots
