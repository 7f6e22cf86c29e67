"""The command `maquette`: parse, call the pipeline, show. Exit codes: 0 done, 1 failed, 2 misused."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from maquette.film.errors import MaquetteError, UsageError
from maquette.version import __version__

app = typer.Typer(
    name="maquette",
    help="From a screenplay to a storyboard, offline. Proposals are marked, explained and yours to overrule.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)

Directory = Annotated[Path, typer.Argument(metavar="DIR", help="The production's folder.")]
Script = Annotated[Path, typer.Option("--script", metavar="FILE", help="The screenplay: Fountain or Final Draft FDX.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs (docs/json.md).")]
Shots = Annotated[str | None, typer.Option("--shots", metavar="LIST", help="Which shots: 3,4A,7-9. Default: all.")]
LayoutName = Annotated[str, typer.Option("--layout", metavar="NAME", help="1x1 to 3x3 (columns x rows), or beside.")]
Size = Annotated[str | None, typer.Option("--size", metavar="WxH", help="Panel size in pixels, such as 640x360.")]
PaperName = Annotated[str, typer.Option("--paper", metavar="NAME", help="a4, a3, letter, legal or 11x17.")]
Style = Annotated[str | None, typer.Option("--style", metavar="NAME", help="photo, ink or pencil.")]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="Where the files go. Default: DIR/board.")]


def version(value: bool) -> None:
    if value:
        typer.echo(f"maquette {__version__}")
        raise typer.Exit


@app.callback()
def options(
    _version: Annotated[
        bool, typer.Option("--version", callback=version, is_eager=True, help="Print the version and stop.")
    ] = False,
) -> None:
    pass


@app.command()
def new(
    directory: Directory,
    script: Script,
    seed: Annotated[int, typer.Option(help="Decides what the script leaves open: another seed, another casting.")] = 1,
    density: Annotated[
        str, typer.Option(metavar="NAME", help='Proposed coverage: "asked only", sparse, standard or full.')
    ] = "standard",
    numbering: Annotated[str, typer.Option(metavar="NAME", help="US, UK or VFX.")] = "US",
    skip_letters: Annotated[str, typer.Option(metavar="LETTERS", help="Letters never used in shot numbers.")] = "IO",
    aspect: Annotated[
        str, typer.Option(metavar="RATIO", help="Aspect ratio of the picture: 2.39, 1.85, 16:9, 4:3, 9:16 ...")
    ] = "1.78",
    style: Annotated[str, typer.Option(metavar="NAME", help="photo, ink or pencil.")] = "photo",
    as_json: Json = False,
) -> None:
    """Make a production in DIR from a screenplay: read it, list its shots, cast its characters."""
    from maquette.cli import commands

    commands.new(directory, script, seed, density, numbering, skip_letters, aspect, style, as_json)


@app.command()
def shots(
    directory: Directory,
    accept: Annotated[
        list[str] | None,
        typer.Option(metavar="all|NUMBER", help="Accept proposals; repeat, or list numbers with commas."),
    ] = None,
    omit: Annotated[
        list[str] | None, typer.Option(metavar="NUMBER", help="Omit shots; their numbers stay taken.")
    ] = None,
    as_json: Json = False,
) -> None:
    """List the shots: what the script asks for, and what is proposed, with reasons."""
    from maquette.cli import commands

    commands.shots(directory, accept or [], omit or [], as_json)


@app.command()
def board(
    directory: Directory,
    shots: Shots = None,
    layout: LayoutName = "3x2",
    size: Size = None,
    paper: PaperName = "a4",
    style: Style = None,
    out: Out = None,
    template: Annotated[Path | None, typer.Option(metavar="FILE", help="A page template of your own (typst).")] = None,
    keep_passes: Annotated[
        bool, typer.Option("--keep-passes", help="Keep all passes as multi-layer EXR in DIR/passes.")
    ] = False,
    show_template: Annotated[
        bool, typer.Option("--show-template", help="Print the built-in page template and stop.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Draw the panels that are missing and lay out the board: PDF, panels, contact sheet, CSV shot list."""
    from maquette.cli import commands

    if show_template:
        commands.show_template()
        return
    commands.board(directory, shots, layout, size, paper, style, out, template, keep_passes, as_json)


@app.command()
def update(directory: Directory, script: Script, as_json: Json = False) -> None:
    """Take in a new draft: unchanged shots keep their panels; affected ones are listed with the reason."""
    from maquette.cli import commands

    commands.update(directory, script, as_json)


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where everything goes.")] = Path("out"),
    style: Annotated[str, typer.Option(metavar="NAME", help="photo, ink or pencil.")] = "photo",
    fresh: Annotated[bool, typer.Option("--fresh", help="Draw every panel again.")] = False,
) -> None:
    """Turn the example screenplay into a storyboard of twelve panels and say where it is."""
    from maquette.cli import commands

    commands.demo(out, style, fresh)


def main() -> None:
    """Entry point of the command."""
    try:
        app()
    except UsageError as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"maquette: {error}", markup=False)
        sys.exit(2)
    except MaquetteError as error:
        Console(stderr=True, highlight=False, soft_wrap=True).print(f"maquette: {error}", markup=False)
        sys.exit(1)
    except KeyboardInterrupt:
        Console(stderr=True).print("maquette: stopped; everything finished so far is kept.", markup=False)
        sys.exit(1)


if __name__ == "__main__":
    main()
