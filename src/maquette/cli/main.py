"""The command `maquette`: parse, call the pipeline, show. Exit codes: 0 done, 1 failed, 2 misused."""

from __future__ import annotations

import contextlib
import errno
import os
import signal
import sys
import tempfile
import traceback
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Protocol, runtime_checkable

import typer

from maquette.cli.animatic_commands import add_to as add_animatic
from maquette.cli.conform_commands import add_to as add_conform
from maquette.cli.directing import add_to as add_directing
from maquette.cli.house_commands import add_to as add_lookbook
from maquette.cli.look_commands import add_to as add_look
from maquette.cli.motion_commands import add_to as add_motion
from maquette.film.errors import MaquetteError, UsageError
from maquette.version import __version__


@runtime_checkable
class _Misuse(Protocol):
    """What the parser raises for words it cannot place. Which module defines it depends on typer's version."""

    exit_code: int

    def format_message(self) -> str: ...


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
Style = Annotated[
    str | None, typer.Option("--style", metavar="NAME", help="photo, ink, pencil, oil ... (docs/styles.md)")
]
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
    rate: Annotated[
        str, typer.Option(metavar="FPS", help="Frames a second of takes and cut: 23.976, 24, 25 ...")
    ] = "24",
    style: Annotated[str, typer.Option(metavar="NAME", help="photo, ink, pencil, oil ... (docs/styles.md)")] = "photo",
    as_json: Json = False,
) -> None:
    """Make a production in DIR from a screenplay: read it, list its shots, cast its characters."""
    from maquette.cli import commands

    commands.new(directory, script, seed, density, numbering, skip_letters, aspect, rate, style, as_json)


@app.command()
def shots(
    directory: Directory,
    accept: Annotated[
        list[str] | None,
        typer.Option(
            metavar="all|NUMBER...",
            help="Accept proposals: all, or by number (3 4A or 3,4A,7-9). An omitted shot that is named comes back.",
        ),
    ] = None,
    omit: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NUMBER...", help="Omit shots: not drawn, but their numbers stay. --accept NUMBER brings them back."
        ),
    ] = None,
    numbers: Annotated[list[str] | None, typer.Argument(metavar="[NUMBER]...", hidden=True)] = None,
    delivered: Annotated[
        bool, typer.Option("--delivered", help="Show what the drawn panels came to, beside what was asked.")
    ] = False,
    as_json: Json = False,
) -> None:
    """List the shots: what the script asks for, and what is proposed, with reasons."""
    from maquette.cli import commands

    more = numbers or []
    if delivered:
        if accept or omit:
            raise UsageError("--delivered only shows: accept or omit in a command of its own.")
        commands.delivered(directory, more, as_json)
        return
    if more and bool(accept) == bool(omit):
        raise UsageError(
            f"Say what to do with {' '.join(more)}: --accept NUMBER... or --omit NUMBER..., one at a time."
        )
    commands.shots(
        directory, (accept or []) + more * bool(accept), (omit or []) + more * bool(omit and not accept), as_json
    )


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
    keep: Annotated[
        bool | None,
        typer.Option(
            "--keep/--whole",
            help="After an edit: draw only what it changed and keep every other stroke, or draw whole panels.",
        ),
    ] = None,
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
    commands.board(directory, shots, layout, size, paper, style, out, template, keep_passes, keep, as_json)


@app.command()
def update(directory: Directory, script: Script, as_json: Json = False) -> None:
    """Take in a new draft: unchanged shots keep their panels; affected ones are listed with the reason."""
    from maquette.cli import commands

    commands.update(directory, script, as_json)


@app.command()
def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Where everything goes.")] = Path("out"),
    style: Annotated[str, typer.Option(metavar="NAME", help="photo, ink, pencil, oil ... (docs/styles.md)")] = "photo",
    fresh: Annotated[bool, typer.Option("--fresh", help="Draw every panel again.")] = False,
) -> None:
    """Turn the example screenplay into a storyboard of twelve panels and say where it is."""
    from maquette.cli import commands

    commands.demo(out, style, fresh)


for _add in (add_directing, add_look, add_lookbook, add_motion, add_animatic, add_conform):
    _add(app)


def main() -> None:
    """Entry point of the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A name or a sign that the terminal's encoding lacks must not end the command.
            stream.reconfigure(errors="backslashreplace")
    stopped = _stop_on_signals()
    try:
        code = _run()
        if code and stopped:  # the parser makes an exit code of its own of a Ctrl-C
            code = _explain(KeyboardInterrupt(), stopped)
    except BaseException as error:  # the last place to turn whatever happened into one sentence
        code = _explain(error, stopped)
    sys.exit(code)


def _run() -> int:
    result = app(standalone_mode=False)
    if sys.stdout is not None:
        sys.stdout.flush()
    return result if isinstance(result, int) else 0


def _stop_on_signals() -> list[int]:
    """Lets Ctrl-C, SIGTERM and SIGHUP end a command in good order. The list holds the signal once one came."""
    received: list[int] = []

    def stop(number: int, _: object) -> None:
        received.append(number)
        raise KeyboardInterrupt

    for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(name) is not signal.SIG_IGN:
            signal.signal(name, stop)
    return received


def _explain(error: BaseException, stopped: list[int]) -> int:
    """Says what ended the command, in one sentence. Returns the exit code."""
    if stopped or isinstance(error, (KeyboardInterrupt, typer.Abort)):
        for name in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(name, signal.SIG_IGN)
        return _fail("stopped; everything finished so far is kept, and the same command goes on from there.", 1)
    if isinstance(error, UsageError):
        return _fail(str(error), 2)
    if isinstance(error, MaquetteError):
        return _fail(str(error), 1)
    if isinstance(error, _Misuse):
        return _misused(error)
    if isinstance(error, BrokenPipeError) or isinstance(error.__context__, BrokenPipeError):
        # The reader of the output had enough (`maquette shots film | head`): nothing has failed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if isinstance(error, SystemExit):
        return error.code if isinstance(error.code, int) else 1
    if isinstance(error, OSError):
        return _fail(_about_system(error), 1)
    if isinstance(error, MemoryError):
        return _fail("the memory is used up: close other programs, or ask for smaller panels with --size.", 1)
    return _unforeseen(error)


def _misused(error: _Misuse) -> int:
    context = getattr(error, "ctx", None)
    words = error.format_message()
    if "Commands:" in words:  # the whole help, where no command was named
        print(words, file=sys.stderr)
        return 2
    where = f" See `{context.command_path} --help`." if context is not None else ""
    return _fail(f"{words.rstrip('.')}.{where}", 2)


def _about_system(error: OSError) -> str:
    where = f" {error.filename}" if error.filename else ""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        what = f"writing{where}" if where else f"writing the output or temporary files in {tempfile.gettempdir()}"
        return f"The disk is full while {what}: free some space and run the command again; all finished is kept."
    reason = error.strerror or type(error).__name__
    return f"The system refused{where or ' an operation'} ({reason}): check the place and its permissions."


def _unforeseen(error: BaseException) -> int:
    if os.environ.get("MAQUETTE_TRACEBACK"):
        traceback.print_exception(error)
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    during = "".join(f" {note}" for note in getattr(error, "__notes__", ()))
    return _fail(
        f"This should not happen{during}: {type(error).__name__}{place} ({error}). Everything finished is kept; please "
        "report it with what MAQUETTE_TRACEBACK=1 prints before the command.",
        1,
    )


def _fail(sentence: str, code: int) -> int:
    """Print a sentence on one line: names in it may hold line breaks or control characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in sentence).split())
    line += "" if line.endswith((".", "!", "?")) else "."
    # Without a standard error there is nobody to tell; the exit code still does.
    with contextlib.suppress(OSError, ValueError, AttributeError):
        print(f"maquette: {line}", file=sys.stderr, flush=True)
    with contextlib.suppress(OSError, ValueError, AttributeError):
        sys.stdout.flush()
    return code


if __name__ == "__main__":
    main()
