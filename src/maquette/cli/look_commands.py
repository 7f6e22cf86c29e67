"""`maquette look`: the style bible. Parse here, act by a table of actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from numpy.typing import NDArray

from maquette import pipeline
from maquette.cli import house_commands
from maquette.cli.show import bar, counted, dump, say
from maquette.cli.show_direction import warn
from maquette.film.errors import UsageError
from maquette.film.look import Look
from maquette.pipeline import Production
from maquette.pipeline.look_export import Exported, export_bible, export_cube, said_of
from maquette.pipeline.looks import Looks, changed_fields, look_fields, starts

Directory = Annotated[Path, typer.Argument(metavar="DIR", help="The production's folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs (docs/json.md).")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides, for the record. Default: you.")]


@dataclass(frozen=True)
class LookAsked:
    """One call of `maquette look`: what stands after the action, and all options."""

    directory: Path
    words: tuple[str, ...]
    references: tuple[Path, ...] = ()
    like: str | None = None
    name: str | None = None
    scene: str | None = None
    shot: str | None = None
    elements: tuple[str, ...] = ()
    intensity: float | None = None
    cube: bool = False
    bible: bool = False
    monitor: str = "srgb"
    version: int | None = None
    out: Path | None = None
    frame: int | None = None
    at: str | None = None
    format_name: str = "psd"
    size: str | None = None
    artist: str = ""
    anyway: bool = False
    minutes: float = 10.0
    steps: int | None = None
    seed: int = 0
    device: str = "cpu"
    by: str | None = None
    as_json: bool = False


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(look)


def look(
    directory: Directory,
    action: Annotated[
        str,
        typer.Argument(
            metavar="[ACTION]",
            help="list, show, fields, new, set, fit, apply, mix, export, remove; "
            "paint, add-key, keys, remove-key, train, next, coverage.",
        ),
    ] = "list",
    words: Annotated[list[str] | None, typer.Argument(metavar="[WORDS]...", help="What it needs.")] = None,
    references: Annotated[
        list[Path] | None, typer.Option("--from", metavar="PICTURE...", help="new: references.")
    ] = None,
    like: Annotated[str | None, typer.Option(metavar="NAME", help="new: start like this look.")] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="mix: what it is called.")] = None,
    scene: Annotated[str | None, typer.Option(metavar="NUMBER", help="apply: to a scene. Default: to all.")] = None,
    shot: Annotated[str | None, typer.Option(metavar="NUMBER", help="apply: to this shot.")] = None,
    element: Annotated[list[str] | None, typer.Option(metavar="NAME", help="apply: to MARA, set, background.")] = None,
    intensity: Annotated[float | None, typer.Option(metavar="0..1", help="apply, export: how much of it.")] = None,
    cube: Annotated[bool, typer.Option("--cube", help="export: the LUT alone.")] = False,
    bible: Annotated[bool, typer.Option("--bible", help="export: the page and its values alone.")] = False,
    monitor: Annotated[str, typer.Option(metavar="srgb|rec709", help="export: what the LUT is for.")] = "srgb",
    version: Annotated[int | None, typer.Option(metavar="N", help="show: as it was.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="PLACE", help="export, paint: where to. Default: in DIR.")] = None,
    frame: Annotated[int | None, typer.Option(metavar="N", help="paint, *-key: frame, 1001 is the first.")] = None,
    at: Annotated[str | None, typer.Option("--at", metavar="SECONDS", help="paint, *-key: time in the shot.")] = None,
    format_name: Annotated[str, typer.Option("--format", metavar="psd|ora|png", help="paint: kind of file.")] = "psd",
    size: Annotated[str | None, typer.Option(metavar="WxH", help="paint: size of the frame.")] = None,
    artist: Annotated[str, typer.Option(metavar="NAME", help="add-key: who painted it.")] = "",
    anyway: Annotated[bool, typer.Option("--anyway", help="add-key: although it does not lie on its frame.")] = False,
    minutes: Annotated[float, typer.Option(metavar="N", help="train: how long it may take.")] = 10.0,
    steps: Annotated[int | None, typer.Option(metavar="N", help="train: exactly so many steps instead.")] = None,
    seed: Annotated[int, typer.Option(help="train: of the random start.")] = 0,
    device: Annotated[str, typer.Option(metavar="cpu|cuda", help="train: what it runs on.")] = "cpu",
    by: By = None,
    as_json: Json = False,
) -> None:
    """Make, change, mix and apply looks: `look DIR new NAME --from PICTURE...`, `look DIR apply NAME --scene 3`."""
    act = ACTIONS.get(action.strip().lower())
    if act is None:
        raise UsageError(f"look has no action {action!r}: there are {', '.join(ACTIONS)}.")
    act(
        LookAsked(
            directory, tuple(words or ()), tuple(references or ()), like, name, scene, shot, tuple(element or ()),
            intensity, cube, bible, monitor, version, out, frame, at, format_name, size, artist, anyway, minutes,
            steps, seed, device, by, as_json,
        )
    )  # fmt: skip


# --- what there is ----------------------------------------------------------------------------------------------


def _list(asked: LookAsked) -> None:
    with pipeline.open(asked.directory) as production:
        looks = Looks(production)
        found, stated = looks.all(), looks.stated()
    if asked.as_json:
        dump({"shape": "maquette.looks/1", "looks": [{"name": x.name, "style": x.recipe.style.value,
              "references": [r.name for r in x.references], "notes": x.notes} for x in found],
              "applied": {place: use.model_dump(mode="json") for place, use in stated},
              "starts": [x.name for x in starts()]})  # fmt: skip
        return
    for each in found:
        what = ", ".join(f"{field} {value}" for field, value in changed_fields(each.recipe)[:4] if len(value) < 24)
        say(f"{each.name}: {each.recipe.style.value}{'; ' + what if what else ''}")
    if not found:
        say("No looks yet.")
    for place, use in stated:
        say(f"Applied to {place}: {said_of(use)}.")
    say(f"Ready-made, for `new NAME --like`: {', '.join(x.name for x in starts())}.")


def _show(asked: LookAsked) -> None:
    name = _word(asked, "show NAME")
    with pipeline.open(asked.directory) as production:
        looks = Looks(production)
        _print(looks, looks.look(name, asked.version), asked.as_json, asked.directory)


def _fields(asked: LookAsked) -> None:
    if asked.as_json:
        dump([{"shape": "maquette.look-field/1", "name": n, "takes": t, "says": s}
              for n, (t, s) in look_fields().items()])  # fmt: skip
        return
    for field, (takes, says) in look_fields().items():
        say(f"{field:<14} {says}: {takes}")


def _print(looks: Looks, look: Look, as_json: bool, directory: Path) -> None:
    version, used = looks.versions(look.name), looks.used_at(look.name)
    if as_json:
        dump({"shape": "maquette.look/1", "version": version, "applied": list(used), **look.model_dump(mode="json")})
        return
    say(f"{look.name}, version {version}{', applied to ' + ', '.join(used) if used else ''}")
    if look.notes:
        say(look.notes)
    for field, value in changed_fields(look.recipe):
        say(f"  {field:<14} {value}")
    if look.palette:
        say(f"  {'colours':<14} " + ", ".join(f"{s.name} {s.colour} {s.share:.0%}" for s in look.palette))
    for reference in look.references:
        notes = f" ({', '.join(reference.notes)})" if reference.notes else ""
        say(f"  {'from':<14} {reference.name}, {reference.width}x{reference.height}{notes}")
    if look.keys:
        say(f"  {'paintings':<14} " + ", ".join(f"shot {k.shot_number} by {k.artist}" for k in look.keys))
    house = look.recipe.house
    if house is not None:
        say(f"  {'house model':<14} {house.steps} steps on {counted(len(house.keys), 'painting')}")
    for suggestion in look.suggestions:
        say(f"  {'light':<14} maquette direct {directory} production {suggestion.control}={suggestion.value}")
        say(f"  {'':<14} {suggestion.reason}")
    warn([*looks.stale(look), *looks.painted_over(look)])


# --- making and changing ----------------------------------------------------------------------------------------


def _new(asked: LookAsked) -> None:
    name = _word(asked, "new NAME --from PICTURE..., or new NAME --like START", least=1, most=None)
    # A shell gives `--from a.png b.png` as one option and further words.
    files = [*asked.references, *(Path(w) for w in asked.words[1:])]
    if asked.words[1:] and not asked.references:
        raise UsageError(f"Say what {asked.words[1]} is: pictures stand after --from, a ready-made look after --like.")
    if files and asked.like is not None:
        raise UsageError("A look comes from pictures or is like another one: --from or --like, not both.")
    with pipeline.open(asked.directory) as production:
        looks = Looks(production)
        if files:
            looks.check_new(name, files)  # before anything is drawn
            made = looks.new(name, files, _pictures(production, asked.as_json), asked.by)
        elif asked.like is not None:
            made = looks.new_like(name, asked.like, asked.by)
        else:
            made = looks.new_plain(name, asked.by)
        _print(looks, made, asked.as_json, asked.directory)


def _fit(asked: LookAsked) -> None:
    name = _word(asked, "fit NAME")
    with pipeline.open(asked.directory) as production:
        looks = Looks(production)
        looks.look(name)
        _print(looks, looks.fit(name, _pictures(production, asked.as_json), asked.by), asked.as_json, asked.directory)


def _pictures(production: Production, quiet: bool) -> Sequence[NDArray[np.uint8]]:
    from maquette.pipeline.look_pictures import developed_pictures

    with bar("Looking at the film", quiet, "Looking at shot", "shots", "Fitting the look") as progress:
        return developed_pictures(production, progress)


def _set(asked: LookAsked) -> None:
    name = _word(asked, "set NAME FIELD=VALUE...", least=2, most=None)
    with pipeline.open(asked.directory) as production:
        looks = Looks(production)
        _print(looks, looks.set(name, asked.words[1:], asked.by), asked.as_json, asked.directory)


def _mix(asked: LookAsked) -> None:
    first = _word(asked, "mix A B SHARE --name C", least=3)
    second, text = asked.words[1:3]
    try:
        share = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
    except ValueError:
        raise UsageError(f"{text!r} is no share: it goes from 0, all {first}, to 1, all {second}.") from None
    with pipeline.open(asked.directory) as production:
        looks = Looks(production)
        _print(looks, looks.mix(first, second, share, asked.name, asked.by), asked.as_json, asked.directory)


def _remove(asked: LookAsked) -> None:
    name = _word(asked, "remove NAME")
    with pipeline.open(asked.directory) as production:
        gone = Looks(production).remove(name, asked.by)
    if asked.as_json:
        dump({"shape": "maquette.look-removed/1", "name": gone})
        return
    say(f"{gone} is removed. Its versions stay on record, and `new {gone}` begins a new one.")


# --- where it holds ---------------------------------------------------------------------------------------------


def _apply(asked: LookAsked) -> None:
    name = _word(asked, "apply NAME [--scene N] [--shot N] [--element NAME] [--intensity 0.8], or apply none")
    if asked.scene is not None and asked.shot is not None:
        raise UsageError("A look is applied to a scene or to a shot: --scene or --shot, not both.")
    place = asked.shot or (f"scene {asked.scene}" if asked.scene is not None else "production")
    with pipeline.open(asked.directory) as production:
        looks = Looks(production)
        use = looks.apply(place, name, asked.intensity, asked.elements, asked.by)
        label, notes = looks.where(place).label, looks.without_effect(use)
    if asked.as_json:
        dump({"shape": "maquette.look-use/1", "where": label,
              "stated": use.model_dump(mode="json") if use is not None else None, "notes": list(notes)})  # fmt: skip
        return
    said = said_of(use) if use is not None else "nothing stated, so the wider scope holds"
    say(f"{label[0].upper()}{label[1:]}: {said}.")
    warn(notes)


def _export(asked: LookAsked) -> None:
    name = _word(asked, "export NAME [--cube|--bible]")
    with pipeline.open(asked.directory) as production:
        looks = Looks(production)
        folder = asked.out or production.root / "looks"
        made: list[Exported] = []
        if asked.cube or not asked.bible:
            share = 1.0 if asked.intensity is None else asked.intensity
            made.append(export_cube(looks, name, folder, asked.monitor, share))
        if asked.bible or not asked.cube:
            made.append(export_bible(looks, name, folder))
    files, notes = [f for m in made for f in m.files], [n for m in made for n in m.notes]
    if asked.as_json:
        dump({"shape": "maquette.look-files/1", "files": [str(f) for f in files], "notes": notes})
        return
    for file in files:
        say(str(file))
    for note in notes:
        say(note)


# --- paintings --------------------------------------------------------------------------------------------------


def _paint(asked: LookAsked) -> None:
    number = _word(asked, "paint SHOT [--frame N]")
    house_commands.paint(asked.directory, number, asked.frame, asked.at, asked.format_name, asked.size, asked.out,
                         asked.as_json)  # fmt: skip


def _add_key(asked: LookAsked) -> None:
    name = _word(asked, "add-key NAME SHOT FILE", least=3)
    house_commands.add_key(asked.directory, name, asked.words[1], Path(asked.words[2]), asked.frame, asked.at,
                           asked.artist, asked.anyway, asked.as_json)  # fmt: skip


def _remove_key(asked: LookAsked) -> None:
    name = _word(asked, "remove-key NAME SHOT", least=2)
    house_commands.remove_key(asked.directory, name, asked.words[1], asked.frame, asked.at, asked.as_json)


def _keys(asked: LookAsked) -> None:
    house_commands.keys(asked.directory, _word(asked, "keys NAME"), asked.as_json)


def _train(asked: LookAsked) -> None:
    house_commands.train(asked.directory, _word(asked, "train NAME [--minutes 10]"), asked.minutes, asked.steps,
                         asked.seed, asked.device, asked.as_json)  # fmt: skip


def _next(asked: LookAsked) -> None:
    name = _word(asked, "next NAME [SHOTS]", most=2)
    house_commands.next_key(asked.directory, name, ",".join(asked.words[1:]) or None, asked.as_json)


def _coverage(asked: LookAsked) -> None:
    name = _word(asked, "coverage NAME [SHOTS]", most=2)
    house_commands.coverage(asked.directory, name, ",".join(asked.words[1:]) or None, asked.as_json)


ACTIONS: dict[str, Callable[[LookAsked], None]] = {
    "list": _list, "show": _show, "fields": _fields, "new": _new, "set": _set, "fit": _fit, "apply": _apply,
    "mix": _mix, "export": _export, "remove": _remove, "paint": _paint, "add-key": _add_key, "keys": _keys,
    "remove-key": _remove_key,
    "train": _train, "next": _next, "coverage": _coverage,
}  # fmt: skip
"""What follows DIR. An action more is an entry here."""


def _word(asked: LookAsked, usage: str, least: int = 1, most: int | None = 0) -> str:
    """The first word, if there are as many as the action takes; `most` 0: exactly `least`, None: any number."""
    count = len(asked.words)
    if count < least or (most == 0 and count > least):
        raise UsageError(f"Write `maquette look DIR {usage}`: {counted(count, 'word')} after the action.")
    return asked.words[0]
