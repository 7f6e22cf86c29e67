"""The commands of a director: controls, moods, notes, options, lighting plot. Parse here, act in `direct_commands`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Directory = Annotated[Path, typer.Argument(metavar="DIR", help="The production's folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs (docs/json.md).")]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides, for the record. Default: you.")]
Style = Annotated[str | None, typer.Option("--style", metavar="NAME", help="photo, ink or pencil.")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (direct, mood, note, explore, plot):
        app.command()(command)


def direct(
    directory: Directory,
    where: Annotated[
        str, typer.Argument(metavar="WHERE", help='A shot number, "scene 3", or production. The nearest wins.')
    ] = "production",
    settings: Annotated[
        list[str] | None,
        typer.Argument(metavar="[NAME=VALUE]...", help="lens=85 key-side=left key-fill=8:1 roll='0@0% 8@100%'; "
                                                       "lens= takes one back."),
    ] = None,
    clear: Annotated[bool, typer.Option("--clear", help="Take back everything stated there.")] = False,
    every: Annotated[bool, typer.Option("--list", help="List every control with its range, and stop.")] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Put the camera up: where it stands, what it is called, what is in its way.")
    ] = False,
    by: By = None,
    as_json: Json = False,
) -> None:  # fmt: skip
    """State camera, light, mood and finish; without settings, show what holds and where each value comes from."""
    from maquette.cli import direct_commands as commands

    if every:
        commands.list_controls(as_json)
        return
    commands.direct(directory, where, settings or [], clear, by, as_json)
    if check:
        commands.check(directory, where, as_json)


def mood(
    directory: Directory,
    where: Annotated[str, typer.Argument(metavar="WHERE", help='A shot number, "scene 3", or production.')] = "",
    name: Annotated[str, typer.Argument(metavar="[MOOD]", help="A mood by name.")] = "",
    levers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[LEVER=VALUE]...", help="With --save: levers that the saved recipe has otherwise."),
    ] = None,
    intensity: Annotated[float | None, typer.Option(metavar="0..1", help="How much of it.")] = None,
    second: Annotated[str | None, typer.Option("--with", metavar="MOOD", help="Blend a second mood in.")] = None,
    blend: Annotated[float | None, typer.Option(metavar="0..1", help="Share of the second mood.")] = None,
    curve: Annotated[
        str | None,
        typer.Option(metavar="POINTS", help="Intensity over the scene: 0%:0.1,70%:0.9,100%:0.3 (scene or production)."),
    ] = None,
    pad: Annotated[
        str | None,
        typer.Option(metavar="V,A", help="Choose by valence (-1 unpleasant .. 1 pleasant) and arousal (-1 .. 1)."),
    ] = None,
    save: Annotated[str | None, typer.Option(metavar="NAME", help="Save the recipe under a name of your own.")] = None,
    off: Annotated[bool, typer.Option("--off", help="Take the mood back.")] = False,
    every: Annotated[bool, typer.Option("--list", help="List all moods, and stop.")] = False,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Give a shot, a scene or the production a mood: a recipe of visible changes that you see, edit and save."""
    from maquette.cli import direct_commands as commands

    if every or not where:
        commands.list_moods(directory, as_json)
        return
    if save is not None:
        # Without a place: maquette mood DIR MOOD LEVER=VALUE ... --save NAME.
        words = [where, *([name] if name else []), *(levers or [])]
        names = [w for w in words if "=" not in w]
        commands.save_mood(directory, names[-1] if names else "", save, [w for w in words if "=" in w], by, as_json)
        return
    asked = commands.MoodAsked(name, intensity, second, blend, curve, pad, off)
    commands.mood(directory, where, asked, by, as_json)


def note(
    directory: Directory,
    shot: Annotated[str, typer.Argument(metavar="[SHOT]", help="Shot number.")] = "",
    words: Annotated[str, typer.Argument(metavar="[NOTE]", help="What you want, in your words.")] = "",
    accept: Annotated[
        str | None, typer.Option(metavar="all|1,3", help="Accept proposals, all or some. Without it nothing changes.")
    ] = None,
    correct: Annotated[
        list[str] | None,
        typer.Option(metavar="N:NAME=VALUE", help="Proposal N meant this instead: done, and remembered."),
    ] = None,
    teach: Annotated[
        list[str] | None,
        typer.Option(metavar="WORDS:NAME=VALUE,...", help="In this production these words mean these settings."),
    ] = None,
    forget: Annotated[str | None, typer.Option(metavar="WORDS", help="Take an entry out of the dictionary.")] = None,
    dictionary: Annotated[bool, typer.Option("--dictionary", help="Show what was taught, and stop.")] = False,
    model: Annotated[
        Path | None, typer.Option(metavar="FILE", help="A local language model (GGUF) for what is left over.")
    ] = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Read a director's note into proposals, with the words behind each and what was not understood."""
    from maquette.cli import direct_commands as commands

    if dictionary or teach or forget is not None:
        commands.dictionary(directory, teach or [], forget, by, as_json)
        return
    commands.note(directory, shot, words, accept, correct or [], model, by, as_json)


def explore(
    directory: Directory,
    shot: Annotated[str, typer.Argument(metavar="SHOT", help="Shot number.")],
    over: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME=A,B,C", help="Values to try; several --over are combined."),
    ] = None,
    most: Annotated[int, typer.Option(metavar="N", help="At most so many pictures.")] = 12,
    size: Annotated[str | None, typer.Option(metavar="WxH", help="Default: small previews, 320 wide.")] = None,
    style: Style = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Default: DIR/explore/SHOT.")] = None,
    pick: Annotated[int | None, typer.Option(metavar="N", help="State option N of the last sheet at the shot.")] = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """Draw a contact sheet of combinations for one shot; pick one by number. Who chose is recorded."""
    from maquette.cli import direct_commands as commands

    if pick is not None:
        commands.pick(directory, shot, pick, by, as_json)
        return
    commands.explore(directory, shot, over or [], most, size, style, out, as_json)


def plot(
    directory: Directory,
    scenes: Annotated[str | None, typer.Option(metavar="LIST", help="Which scenes: 3,5. Default: all.")] = None,
    paper: Annotated[str, typer.Option(metavar="NAME", help="a4, a3, letter, legal or 11x17.")] = "a4",
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Default: DIR/lighting.")] = None,
    as_json: Json = False,
) -> None:
    """Draw the overhead lighting plot of each scene for the gaffer: SVG a scene, and one PDF."""
    from maquette.cli import direct_commands as commands

    commands.plot(directory, scenes, paper, out, as_json)
