"""What commands print: results on standard output, progress on standard error, a script's words never as commands."""

from __future__ import annotations

import json
import sys
import textwrap
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.text import Text

from maquette import pipeline
from maquette.film.shot import Angle, Move, Shot, ShotStatus

_EVERY_S = 5.0
"""Where standard error is no terminal, a line of progress at most this often."""
_STYLES = {ShotStatus.PROPOSED: "yellow", ShotStatus.OMITTED: "dim", ShotStatus.ACCEPTED: "green"}


def plain(text: str) -> str:
    """Text without control characters: a script must not steer the terminal."""
    return "".join(c if c.isprintable() or c == "\n" else " " for c in text)


def say(text: str, style: str = "") -> None:
    out = Console(highlight=False, soft_wrap=True)
    out.print(Text(plain(text), style=style))


def dump(value: object) -> None:
    """JSON on standard output; in ASCII where the output's encoding is not UTF."""
    unicode = (getattr(sys.stdout, "encoding", None) or "").lower().startswith("utf")
    print(json.dumps(value, indent=2, ensure_ascii=not unicode))


def counted(number: int, noun: str) -> str:
    """ "1 scene", "2 scenes"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


@contextmanager
def bar(
    first: str,
    quiet: bool = False,
    doing: str = "Drawing shot",
    things: str = "panels",
    last: str = "Laying out the board",
) -> Iterator[pipeline.Progress]:
    """Progress on standard error: a bar on a terminal, else now and then a line (none if `quiet`).

    `doing`: what is done to each of the `things`; `last`: what is done when all are there.
    """

    def words(what: str) -> str:
        return f"{doing} {plain(what)}" if what else last

    console = Console(stderr=True, highlight=False)
    if not console.is_terminal:
        yield _lines(quiet, words, things)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task(first, total=None)

        def show(done: int, total: int, what: str) -> None:
            progress.update(task, completed=done, total=total, description=words(what))

        yield show


def _lines(quiet: bool, words: Callable[[str], str], things: str) -> pipeline.Progress:
    last = time.monotonic()

    def show(done: int, total: int, what: str) -> None:
        nonlocal last
        now = time.monotonic()
        if not quiet and now - last >= _EVERY_S:
            last = now
            print(f"{words(what)} ({done} of {total} {things} are done)", file=sys.stderr, flush=True)

    return show


def shot_list(listed: Sequence[Shot]) -> None:
    """Each shot as a line for what it is, and under it what is seen and why. Readable from 40 columns on."""
    width = max(30, min(Console().width, 100))
    numbers = max((len(s.number) for s in listed), default=0)
    indent = min(numbers, 8) + 2
    scene = None
    for s in listed:
        if scene is not None and s.scene_id != scene:
            say("")
        scene = s.scene_id
        head = f"{s.number:<{indent - 2}}  {s.status.value:<8}  {_setup(s)}"
        wrapped(head, width, indent, _STYLES.get(s.status, ""), first="")
        wrapped(s.text, width, indent)
        wrapped(f"({s.reason})" if s.reason else "", width, indent, "dim")
    proposed = sum(s.status is ShotStatus.PROPOSED for s in listed)
    say("")
    if proposed:
        of = f"{proposed} of {counted(len(listed), 'shot')}"
        wrapped(f"Proposed: {of}. Accept with --accept all or --accept NUMBER...", width, 0)
    else:
        say(f"{counted(len(listed), 'shot')}.")


def _setup(s: Shot) -> str:
    parts = [
        s.size.value,
        s.framing.value,
        s.angle.value if s.angle is not Angle.EYE else "",
        s.move.value if s.move is not Move.STATIC else "",
        ", ".join(s.subjects),
        f"{s.lens_mm:g} mm",
        f"{'≈ ' if s.duration_estimated else ''}{float(s.duration_s):g} s",
    ]
    return " · ".join(p for p in parts if p)


def wrapped(text: str, width: int, indent: int, style: str = "", first: str | None = None) -> None:
    """Text in lines of at most `width`, all indented but the first, which starts with `first`."""
    space = " " * indent
    lines = textwrap.wrap(plain(text), width, initial_indent=space if first is None else first,
                          subsequent_indent=space, break_on_hyphens=False)  # fmt: skip
    if lines:
        say("\n".join(lines), style)
