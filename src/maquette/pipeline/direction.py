"""What the director states: controls at their scopes, moods, notes and the dictionary. Every change is one commit."""

from __future__ import annotations

import getpass
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from maquette.direct.dressing import dress_scene
from maquette.direct.mood_edit import edited
from maquette.direct.mood_layer import merged_mood
from maquette.direct.mood_mix import (
    base_intensity,
    curve_value,
    nearest_moods,
    own_recipe,
    recipe_named,
    with_own,
)
from maquette.direct.moods import MOODS
from maquette.direct.resolve import current_values, key_side_of_frame, resolve
from maquette.film.control_table import CONTROLS, ControlSpec, check_number, parse_setting, with_control
from maquette.film.controls import Controls, Directed, Scope
from maquette.film.delivered import Delivered
from maquette.film.errors import UsageError
from maquette.film.lighting import Lighting
from maquette.film.mood import MoodControls, MoodLevers, MoodPoint, MoodRecipe
from maquette.film.notes import DirectorsDictionary, NoteReading, ProposedChange
from maquette.film.screenplay import Scene
from maquette.film.shot import Shot, ShotStatus
from maquette.pipeline.documents import Documents
from maquette.script.axis import rule_breaks
from maquette.script.shot_list import select
from maquette.store.folder import only_writer

if TYPE_CHECKING:
    from maquette.direct.notes.model import LanguageModel


USUAL_THINGS = ("window", "door", "table", "lamp")
"""Things that a note may speak of wherever it is."""


@dataclass(frozen=True)
class Where:
    """A scope and which one of its kind."""

    scope: Scope
    id: str
    label: str
    """As people say it: "the production", "scene 3", "shot 2F"."""

    @property
    def name(self) -> str:
        """Of its document."""
        return f"{self.scope.value}:{self.id}"


class Direction:
    """The director's side of a production."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._database = documents.database

    # --- controls ---------------------------------------------------------------------------------------------

    def where(self, place: str) -> Where:
        """The scope that "production", "scene 3" or a shot number such as "2F" names. Raises UsageError, ShotError."""
        words = place.strip().lower()
        if words in ("production", "all", "film"):
            return Where(Scope.PRODUCTION, "", "the production")
        if words.startswith("scene"):
            number = place.strip()[5:].strip(" :")
            scenes = self._documents.screenplay.scenes
            scene = next((s for s in scenes if s.number.upper() == number.upper()), None)
            if scene is None:
                known = ", ".join(s.number for s in scenes[:12])
                raise UsageError(f"There is no scene {number or '(empty)'}: the scenes are {known}"
                                 f"{' ...' if len(scenes) > 12 else ''}.")  # fmt: skip
            return Where(Scope.SCENE, scene.id, f"scene {scene.number}")
        shot = self.shot(place)
        return Where(Scope.SHOT, shot.id, f"shot {shot.number}")

    def shot(self, number: str) -> Shot:
        """The one shot of that number. Raises ShotError for an unknown one, UsageError for several."""
        found = select(self._documents.shot_list, number)
        if len(found) != 1:
            raise UsageError(f"{number} names {len(found)} shots: name one.")
        return found[0]

    def stated(self, where: Where) -> Controls:
        """What is stated at one scope."""
        return self._database.get("controls", where.name, Controls) or Controls()

    def state(self, where: Where, settings: Sequence[str], by: str | None = None) -> Controls:
        """State controls such as "lens=85", "key-side=left", "roll=0@0% 8@100%"; "lens=" takes one back. All or none.

        Raises ControlError for an impossible value, naming control, range and nearest valid value.
        """
        changes = [self._checked(*parse_setting(s)) for s in settings]
        with only_writer(self._documents.root), self._database.together():
            controls = self.stated(where)
            for spec, value in changes:
                controls = with_control(controls, spec, value)
            self._put(where, controls)
            self._database.log("direct", f"{where.label}: {', '.join(settings)} (by {by or whoever()})")
        return controls

    def clear(self, where: Where, by: str | None = None) -> None:
        """Take back everything that is stated at one scope."""
        with only_writer(self._documents.root), self._database.together():
            self._put(where, Controls())
            self._database.log("direct", f"{where.label}: all controls taken back (by {by or whoever()})")

    def _put(self, where: Where, controls: Controls) -> None:
        self._database.put("controls", where.name, controls)

    def _checked(self, spec: ControlSpec, value: Any) -> tuple[ControlSpec, Any]:
        """Names must be of somebody or something; moods of a recipe."""
        if value is not None and spec.path in ("mood.name", "mood.second"):
            self.recipe(str(value))
        if value is not None and spec.name in ("over", "subjects", "focus", "rack"):
            for name in (value,) if isinstance(value, str) else value:
                self._known(spec, name)
        return spec, value

    def _known(self, spec: ControlSpec, name: str) -> None:
        cast = [c.name for c in self._documents.screenplay.cast]
        if name.isupper() and name not in cast:
            raise UsageError(f"{spec.name}: nobody in the script is called {name}; there are {', '.join(cast)}. "
                             "A thing is written in lower case.")  # fmt: skip

    def directed(self, shot: Shot, tried: Controls | None = None) -> Directed:
        """A shot with everything that holds for it, and where each value comes from.

        tried: controls to try out on top of what is stated at the shot, without stating them.
        """
        return resolve(shot, self.scene_share(shot), self._scopes(shot, tried), self.recipes)

    def cut_warnings(self, shot: Shot) -> tuple[str, ...]:
        """What does not cut together with this shot as it is directed: the line crossed, a jump under 30 degrees."""
        there = [s for s in self._documents.shots if s.scene_id == shot.scene_id]
        breaks = rule_breaks([self.directed(s).shot for s in there])
        return tuple(b.reason for b in breaks if shot.id in (b.first_id, b.second_id))

    def _scopes(self, shot: Shot, tried: Controls | None) -> Mapping[Scope, Controls]:
        own = self.stated(Where(Scope.SHOT, shot.id, ""))
        return {
            Scope.PRODUCTION: self.stated(Where(Scope.PRODUCTION, "", "")),
            Scope.SCENE: self.stated(Where(Scope.SCENE, shot.scene_id, "")),
            Scope.SHOT: own if tried is None else tried,
        }

    def with_settings(self, shot: Shot, settings: Sequence[str]) -> Controls:
        """What the shot's own controls would be with these settings; nothing is stated."""
        controls = self.stated(Where(Scope.SHOT, shot.id, ""))
        for setting in settings:
            spec, value = self._checked(*parse_setting(setting))
            controls = with_control(controls, spec, value)
        return controls

    def scene_share(self, shot: Shot) -> float:
        """Where in its scene's running time the middle of the shot lies, 0..1."""
        shots = [s for s in self._documents.shots if s.scene_id == shot.scene_id]
        shots = [s for s in shots if s.status is not ShotStatus.OMITTED or s.id == shot.id]
        total = sum(float(s.duration_s) for s in shots)
        before = 0.0
        for other in shots:
            if other.id == shot.id:
                return (before + float(shot.duration_s) / 2) / max(total, 1e-9)
            before += float(other.duration_s)
        return 0.5

    # --- moods ------------------------------------------------------------------------------------------------

    @property
    def recipes(self) -> dict[str, MoodRecipe]:
        """All moods by name: Maquette's, and over them the production's own."""
        own = (self._database.get("mood", n, MoodRecipe) for n in self._database.names("mood"))
        return with_own(MOODS, (r for r in own if r is not None))

    def recipe(self, name: str) -> MoodRecipe:
        """The mood of that name. Raises UsageError with near names."""
        return recipe_named(name, self.recipes)

    def moods_at(self, valence: float, arousal: float) -> tuple[str, str | None, float | None]:
        """(mood, second mood, its share) nearest to a point of the valence/arousal pad, both -1..1."""
        (first, _), *rest = nearest_moods(valence, arousal, self.recipes)
        return (first.name, rest[0][0].name, round(rest[0][1], 2)) if rest else (first.name, None, None)

    def mood_intensity(self, shot: Shot) -> float:
        """How much of its mood a shot has, the scene's curve included; 0 where it has none."""
        mood, _, _ = merged_mood(self._scopes(shot, None))
        if mood.name is None:
            return 0.0
        along = curve_value(mood.curve, self.scene_share(shot)) if mood.curve else 1.0
        return base_intensity(mood) * along

    def checked_number(self, control: str, value: float) -> float:
        """The value, if the control can have it. Raises ControlError."""
        return check_number(CONTROLS[control], value)

    def state_mood(self, where: Where, mood: MoodControls, by: str | None = None) -> Controls:
        """State a mood with intensity, blend and curve at once."""
        for name in (mood.name, mood.second):
            if name is not None:
                self.recipe(name)
        with only_writer(self._documents.root), self._database.together():
            controls = self.stated(where).model_copy(update={"mood": mood})
            self._put(where, controls)
            self._database.log("mood", f"{where.label}: {mood.name or 'none'} (by {by or whoever()})")
        return controls

    def save_mood(
        self, name: str, levers: MoodLevers, says: str, like: MoodRecipe, by: str | None = None
    ) -> MoodRecipe:
        """Keep a recipe under a name of the production's own; one of the same name is replaced, its versions stay."""
        recipe = own_recipe(name, says, levers, like)
        with only_writer(self._documents.root), self._database.together():
            self._database.put("mood", recipe.name, recipe)
            self._database.log("mood", f"saved {recipe.name} (by {by or whoever()})")
        return recipe

    # --- notes ------------------------------------------------------------------------------------------------

    @property
    def dictionary(self) -> DirectorsDictionary:
        """What this production's directors have taught."""
        return self._database.get("dictionary", "directors", DirectorsDictionary) or DirectorsDictionary()

    def note(self, shot: Shot, note: str, model: Path | None = None) -> NoteReading:
        """Read a note on a shot into proposals. Nothing changes. `model`: a local language model (GGUF) to ask, too."""
        from maquette.direct.notes.read import read_note

        scene = next((s for s in self._documents.screenplay.scenes if s.id == shot.scene_id), None)
        people = tuple(scene.characters) if scene is not None else ()
        things = tuple(dict.fromkeys([*(s for s in shot.subjects if s not in people), *self._things(scene, shot)]))
        now = current_values(self.directed(shot))
        return read_note(note, now, people, things, self.dictionary, self.recipes, _local(model))

    def _things(self, scene: Scene | None, shot: Shot) -> tuple[str, ...]:
        """What a note may name beside people: the props of the moment, and what most places have."""
        if scene is None:
            return ()
        screenplay = self._documents.screenplay
        dressing = dress_scene(scene, self._documents.settings.seed, shot.moment_id, screenplay.cast)
        return (*(p.word.lower() for p in dressing.props), *USUAL_THINGS)

    def accept_note(
        self, where: Where, reading: NoteReading, which: Sequence[int] | None = None, by: str | None = None
    ) -> tuple[ProposedChange, ...]:
        """State the proposals of a note: all, or those counted from 1. Raises UsageError for a number beyond them."""
        chosen = chosen_of(reading, which)
        if chosen:
            self.state(where, [c.setting for c in chosen], by)
            with only_writer(self._documents.root):
                self._database.log("note", f"{where.label}: {reading.note[:300]!r}, {len(chosen)} accepted")
        return chosen

    def teach(self, words: str, settings: Sequence[str], by: str | None = None) -> DirectorsDictionary:
        """In this production these words mean these settings from now on. Raises ControlError for a bad setting."""
        from maquette.direct.notes.dictionary import learned

        return self._put_dictionary(learned(self.dictionary, words, settings, by or whoever()), f"taught {words!r}")

    def forget(self, words: str) -> DirectorsDictionary:
        """Take an entry out of the dictionary. Raises UsageError where there is none."""
        from maquette.direct.notes.dictionary import forgotten

        return self._put_dictionary(forgotten(self.dictionary, words), f"forgot {words!r}")

    def _put_dictionary(self, dictionary: DirectorsDictionary, what: str) -> DirectorsDictionary:
        with only_writer(self._documents.root), self._database.together():
            self._database.put("dictionary", "directors", dictionary)
            self._database.log("dictionary", what)
        return dictionary


def _local(model: Path | None) -> LanguageModel | None:
    if model is None:
        return None
    from maquette.direct.notes.local_model import LocalModel

    return LocalModel(model)


def pad_of(text: str) -> tuple[float, float]:
    """ "0.4,-0.7": valence and arousal. Raises UsageError."""
    try:
        valence, arousal = (float(p) for p in text.split(","))
    except ValueError:
        raise UsageError(f"{text!r} is not VALENCE,AROUSAL such as 0.4,-0.7, each from -1 to 1.") from None
    return valence, arousal


def edited_levers(like: MoodRecipe, settings: Sequence[str]) -> MoodLevers:
    """A recipe's levers with "exposure-stops=-0.6" and the like over them; "haze=" leaves a lever alone."""
    levers = like.levers
    for setting in settings:
        name, equals, text = setting.partition("=")
        if not equals:
            raise UsageError(f"{setting!r} is not LEVER=VALUE, such as exposure-stops=-0.6.")
        levers = edited(levers, name.strip().lower().replace("-", "_"), text.strip())
    return levers


def chosen_of(reading: NoteReading, which: Sequence[int] | None) -> tuple[ProposedChange, ...]:
    """The proposals with these numbers, counted from 1; None: all of them."""
    if which is None:
        return reading.changes
    for number in which:
        if not 1 <= number <= len(reading.changes):
            raise UsageError(f"There is no proposal {number}: the note has {len(reading.changes)}.")
    return tuple(reading.changes[n - 1] for n in dict.fromkeys(which))


def lit_as(by_script: Lighting, directed: Directed) -> Lighting:
    """The light of the scene's heading with what is stated over it."""
    stated = {k: v for k, v in directed.lighting.model_dump().items() if v is not None and k != "weather"}
    return Lighting(**{**by_script.model_dump(), **stated, "key_side_of_frame": key_side_of_frame(directed)})


def delivered_in(facts: Mapping[str, object]) -> Delivered:
    """The readings kept with a panel; none for a panel that was drawn before there were any."""
    kept = facts.get("delivered")
    return Delivered.model_validate(kept) if isinstance(kept, dict) else Delivered()


def whoever() -> str:
    """The name of who sits at the machine, for the log."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "somebody"


def curve_of(text: str) -> tuple[MoodPoint, ...]:
    """ "0:0.2, 60%:0.9, 1:0.4": points of a mood curve. Raises UsageError."""
    points: list[MoodPoint] = []
    for part in (p.strip() for p in text.split(",") if p.strip()):
        at, _, value = part.partition(":")
        try:
            share = float(at.strip().rstrip("%")) / (100 if at.strip().endswith("%") else 1)
            intensity = float(value)
        except ValueError:
            raise UsageError(f"{part!r} is no point of a mood curve: write TIME:INTENSITY such as 60%:0.9.") from None
        if not (0 <= share <= 1 and 0 <= intensity <= 1):
            raise UsageError(f"{part!r} is outside the curve: time goes from 0% to 100%, intensity from 0 to 1.")
        points.append(MoodPoint(at=share, intensity=intensity))
    if not points:
        raise UsageError("A mood curve needs at least one point, such as 0%:0.2,100%:0.9.")
    return tuple(sorted(points, key=lambda p: p.at))
