"""What the director's commands do with the pipeline, and how they say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from maquette import pipeline
from maquette.cli import direct_shapes as shapes
from maquette.cli.show import bar, counted, dump, say
from maquette.cli.show_direction import (
    held_table,
    mood_curve,
    mood_table,
    note_table,
    stated_table,
    warn,
)
from maquette.film.control_table import CONTROL_LIST, CONTROLS, Kind, format_value
from maquette.film.controls import Scope
from maquette.film.errors import UsageError
from maquette.film.mood import MoodControls
from maquette.pipeline.direction import Direction, Where, chosen_of, curve_of, edited_levers, pad_of

# --- controls -------------------------------------------------------------------------------------------------


def list_controls(as_json: bool) -> None:
    if as_json:
        dump([shapes.control(spec) for spec in CONTROL_LIST])
        return
    for spec in CONTROL_LIST:
        if spec.kind is Kind.NUMBER:
            values = f"{format_value(spec, spec.low)} to {format_value(spec, spec.high)}"
        elif spec.kind is Kind.CUES:
            values = f"{', '.join(spec.vocabulary)}, each with its second"
        elif spec.vocabulary:
            values = ", ".join(spec.vocabulary)
        else:
            values = {Kind.SWITCH: "on, off", Kind.TINT: "#rrggbb"}.get(spec.kind, "a name")
        keyed = "; may change over the shot" if spec.keyable else ""
        say(f"{spec.name:<16} {spec.says}: {values}{keyed}")


def direct(directory: Path, where: str, settings: Sequence[str], clear: bool, by: str | None, as_json: bool) -> None:
    with pipeline.open(directory) as production:
        direction = production.direction
        place = direction.where(where)
        if clear:
            direction.clear(place, by)
        if settings:
            direction.state(place, settings, by)
        _show(direction, place, as_json)


def check(directory: Path, number: str, as_json: bool) -> None:
    from maquette.pipeline.camera_check import check_camera

    with pipeline.open(directory) as production:
        found = check_camera(production, number)
    if as_json:
        dump(shapes.camera(number, found))
        return
    spec = CONTROLS["place"]
    say(f'Camera: {spec.name}="{format_value(spec, found.placement)}"')
    if found.words:
        say(f"        {found.words}")
    warn(found.warnings)


def _show(direction: Direction, place: Where, as_json: bool) -> None:
    """What holds at a shot, with where it comes from; what is stated at a wider scope."""
    if place.scope is not Scope.SHOT:
        controls = direction.stated(place)
        if as_json:
            dump(shapes.stated(place.label, controls))
        else:
            stated_table(place.label, controls)
        return
    shot = direction.shot(place.label.removeprefix("shot "))
    directed = direction.directed(shot)
    warnings = (*directed.warnings, *direction.cut_warnings(shot))
    if as_json:
        dump(shapes.direction(shot.number, directed, warnings))
        return
    held_table(shot.number, directed)
    warn(warnings)


# --- moods ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class MoodAsked:
    """The words of `maquette mood`."""

    name: str
    intensity: float | None
    second: str | None
    blend: float | None
    curve: str | None
    pad: str | None
    off: bool


def list_moods(directory: Path, as_json: bool) -> None:
    with pipeline.open(directory) as production:
        recipes = production.direction.recipes
        if as_json:
            dump([shapes.recipe(r) for r in recipes.values()])
        else:
            mood_table(list(recipes.values()))


def mood(directory: Path, where: str, asked: MoodAsked, by: str | None, as_json: bool) -> None:
    with pipeline.open(directory) as production:
        direction = production.direction
        place = direction.where(where)
        before = direction.stated(place).mood
        stated = _mood_controls(direction, asked, before)
        if stated != before:
            direction.state_mood(place, stated, by)
        if place.scope is not Scope.SHOT and not as_json:
            there = [s for s in production.shots if place.scope is Scope.PRODUCTION or s.scene_id == place.id]
            strengths = [(s.number, direction.mood_intensity(s), float(s.duration_s)) for s in there]
            mood_curve(place.label, stated, strengths)
            return
        _show(direction, place, as_json)


def _mood_controls(direction: Direction, asked: MoodAsked, before: MoodControls) -> MoodControls:
    if asked.off:
        return MoodControls()
    changes: dict[str, object] = {}
    if asked.pad is not None:
        found = direction.moods_at(*pad_of(asked.pad))
        changes |= {"name": found[0], "second": found[1], "blend": found[2]}
    if asked.name:
        changes |= {"name": asked.name.lower(), "second": None, "blend": None}
    if asked.second is not None:
        changes["second"] = asked.second.lower()
    if asked.blend is not None:
        changes["blend"] = direction.checked_number("mood-blend", asked.blend)
    if asked.intensity is not None:
        changes["intensity"] = direction.checked_number("mood-intensity", asked.intensity)
    if asked.curve is not None:
        changes["curve"] = curve_of(asked.curve)
    mood = before.model_copy(update=changes)
    if changes and mood.name is None:
        raise UsageError("Name a mood first: maquette mood DIR WHERE MOOD. `maquette mood DIR --list` shows all.")
    return mood


def save_mood(
    directory: Path, name: str, save: str, levers: Sequence[str], by: str | None, as_json: bool
) -> None:  # fmt: skip
    with pipeline.open(directory) as production:
        direction = production.direction
        like = direction.recipe(name)
        recipe = direction.save_mood(save, edited_levers(like, levers), "", like, by)
        if as_json:
            dump(shapes.recipe(recipe))
        else:
            mood_table([recipe])


# --- notes ----------------------------------------------------------------------------------------------------


def note(
    directory: Path, number: str, words: str, accept: str | None, correct: Sequence[str], model: Path | None,
    by: str | None, as_json: bool,
) -> None:  # fmt: skip
    if not number or not words.strip():
        raise UsageError('Say which shot and what: maquette note DIR SHOT "a bit wider, lose the fill".')
    with pipeline.open(directory) as production:
        direction = production.direction
        shot = direction.shot(number)
        place = direction.where(number)
        reading = direction.note(shot, words, model)
        corrected = [_correction(c) for c in correct]
        which = None if accept is None or accept.strip().lower() == "all" else _numbers(accept)
        accepted = ()
        for index, setting in corrected:
            proposal = chosen_of(reading, [index])[0]
            direction.teach(proposal.words, [setting], by)
            direction.state(place, [setting], by)
        if accept is not None:
            wrong = {i for i, _ in corrected}
            taken = which if which is not None else range(1, len(reading.changes) + 1)
            accepted = direction.accept_note(place, reading, [i for i in taken if i not in wrong], by)
        if as_json:
            dump(shapes.note(number, reading, accepted))
            return
        note_table(shot.number, reading, [reading.changes.index(c) + 1 for c in accepted], corrected)


def _correction(text: str) -> tuple[int, str]:
    number, _, setting = text.partition(":")
    if not number.strip().isdigit() or "=" not in setting:
        raise UsageError(f"{text!r} is no correction: write N:NAME=VALUE such as 2:lens=35.")
    return int(number), setting.strip()


def _numbers(text: str) -> list[int]:
    parts = [p.strip() for p in text.split(",") if p.strip()]
    if not parts or not all(p.isdigit() for p in parts):
        raise UsageError(f"--accept takes all, or numbers of proposals such as 1,3, not {text!r}.")
    return [int(p) for p in parts]


def dictionary(directory: Path, teach: Sequence[str], forget: str | None, by: str | None, as_json: bool) -> None:
    with pipeline.open(directory) as production:
        direction = production.direction
        for text in teach:
            words, _, settings = text.partition(":")
            listed = [s.strip() for s in settings.split(",") if s.strip()]
            if not words.strip() or not listed:
                raise UsageError(f"{text!r} teaches nothing: write WORDS:NAME=VALUE such as "
                                 '"our blue:key-kelvin=7500".')  # fmt: skip
            direction.teach(words.strip(), listed, by)
        if forget is not None:
            direction.forget(forget)
        entries = direction.dictionary.entries
        if as_json:
            dump([shapes.correction(e) for e in entries])
            return
        say(f"{counted(len(entries), 'entry').replace('entrys', 'entries')} in this production's dictionary.")
        for entry in entries:
            say(f'  "{entry.words}" means {", ".join(entry.settings)}' + (f" ({entry.by})" if entry.by else ""))


# --- options and plot -----------------------------------------------------------------------------------------


def explore(
    directory: Path, number: str, over: Sequence[str], most: int, size: str | None, style: str | None,
    out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    from maquette.pipeline.explore import explore as draw
    from maquette.pipeline.explore import label_of, parse_over

    with pipeline.open(directory) as production, bar("Starting the renderer", as_json) as progress:
        done = draw(production, number, parse_over(over), most=most, size=size, style=style, out=out,
                    progress=progress)  # fmt: skip
    if as_json:
        dump(shapes.exploration(number, done))
        return
    for option in done.exploration.options:
        say(f"{option.number:>3}  {label_of(option.settings)}")
    if done.exploration.left_out:
        say(f"{counted(done.exploration.left_out, 'combination')} left out: --most N draws more.")
    say(f"Contact sheet  {done.sheet}")
    say(f"Pick one:      maquette explore {directory} {number} --pick N")


def pick(directory: Path, number: str, option: int, by: str | None, as_json: bool) -> None:
    from maquette.pipeline.explore import label_of
    from maquette.pipeline.explore import pick as choose

    with pipeline.open(directory) as production:
        chosen = choose(production, number, option, by)
        if as_json:
            dump(shapes.option(chosen))
        else:
            say(f"Shot {number} has option {option} now: {label_of(chosen.settings)}.")


def plot(directory: Path, scenes: str | None, paper: str, out: Path | None, as_json: bool) -> None:
    from maquette.pipeline.plot import plot as draw

    with pipeline.open(directory) as production, bar("Starting the renderer", as_json) as progress:
        done = draw(production, scenes, paper=paper, out=out, progress=progress)
    if as_json:
        dump(shapes.plotted(done))
        return
    say(f"Lighting plot  {done.pdf}")
    for svg in done.svgs:
        say(f"               {svg}")
    warn(done.notes)
