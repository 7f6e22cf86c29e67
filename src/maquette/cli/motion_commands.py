"""The commands that put shots in motion: `shoot` and `takes`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maquette import pipeline
from maquette.cli.show import bar, counted, dump, say
from maquette.cli.show_direction import warn
from maquette.film.errors import UsageError
from maquette.film.take import TakeRecord

Directory = Annotated[Path, typer.Argument(metavar="DIR", help="The production's folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs (docs/json.md).")]


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    app.command()(shoot)
    app.command()(takes)
    app.command()(deliver)


def shoot(
    directory: Directory,
    shot: Annotated[str, typer.Argument(metavar="SHOT", help="Shot number.")],
    size: Annotated[str | None, typer.Option(metavar="WxH", help="Default: 640 wide.")] = None,
    fps: Annotated[
        str | None, typer.Option(metavar="RATE", help="23.976, 24, 25, 29.97 DF ... Default: the production's.")
    ] = None,
    seconds: Annotated[str | None, typer.Option(metavar="S", help="Running time. Default: the shot's.")] = None,
    handles: Annotated[int, typer.Option(metavar="N", help="Frames more at each end, for the cutting room.")] = 0,
    on: Annotated[int, typer.Option("--on", metavar="1|2|3", help="Animate on ones, twos or threes.")] = 1,
    shutter: Annotated[
        float | None, typer.Option(metavar="DEGREES", help="Motion blur of a shutter: 180 is usual. Default: none.")
    ] = None,
    backend: Annotated[str, typer.Option(metavar="NAME", help="What makes the frames.")] = "previs",
    seed: Annotated[int | None, typer.Option(help="Another seed, another take.")] = None,
    style: Annotated[str | None, typer.Option(metavar="NAME", help="photo, ink or pencil.")] = None,
    as_json: Json = False,
) -> None:
    """Shoot a take of a shot: moving pictures, frame by frame. A stopped take goes on where it was."""
    from maquette.pipeline.shoot import ShootSettings
    from maquette.pipeline.shoot import shoot as shoot_take

    settings = ShootSettings(size, fps, seconds, handles, on, shutter, backend, seed, style)
    with (
        pipeline.open(directory) as production,
        bar("Setting up the take", as_json, "Shooting", "frames", "Closing the take") as progress,
    ):
        taken = shoot_take(production, shot, settings, progress=progress)
    if as_json:
        dump({"shape": "maquette.take/1", "folder": str(taken.folder), "new": taken.new, **shape(taken.record)})
        return
    record = taken.record
    made = f"{counted(taken.new, 'frame')} in {taken.seconds:.1f} s" if taken.new else "all of it was there already"
    say(f"{record.shot_number} take {record.number}: {told(record)}; {made}")
    say(f"{taken.folder}")
    warn(taken.notes)


def takes(
    directory: Directory,
    shot: Annotated[str, typer.Argument(metavar="[SHOT]", help="Shot number. Default: all shots.")] = "",
    circle: Annotated[
        int | None, typer.Option(metavar="N", help="Circle take N: the one that cuts and deliveries use.")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who decides. Default: you.")] = None,
    as_json: Json = False,
) -> None:
    """List the takes that were shot; circle the one you prefer."""
    from maquette.pipeline.shoot import circle as circle_take

    with pipeline.open(directory) as production:
        if circle is not None:
            if not shot:
                raise UsageError("Name the shot whose take is circled: maquette takes DIR SHOT --circle N.")
            circle_take(production, shot, circle, by)
        found = production.takes(production.direction.shot(shot).id if shot else None)
    if as_json:
        dump({"shape": "maquette.takes/1", "takes": [shape(t) for t in found]})
        return
    if not found:
        say("Nothing is shot yet: maquette shoot DIR SHOT.")
    for take in found:
        mark = "(o)" if take.circled else "   "
        say(f"{mark} {take.shot_number:<6} take {take.number}  {told(take)}")


def deliver(
    directory: Directory,
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="NAME", help="otio, edl, mp4, usd ...; several, by commas.")
    ] = None,
    shots: Annotated[str | None, typer.Option(metavar="LIST", help="Which shots: 3,4A,7-9. Default: all.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Default: DIR/deliver.")] = None,
    every: Annotated[bool, typer.Option("--list", help="List the formats, and stop.")] = False,
    as_json: Json = False,
) -> None:
    """Make the files that the next people need: timelines, movies, sequences, passes, USD, LUTs, lists, the board."""
    from maquette.pipeline.deliver import FORMATS
    from maquette.pipeline.deliver import deliver as deliver_files

    if every:
        if as_json:
            dump({"shape": "maquette.formats/1", "formats": FORMATS})
            return
        for name, what in FORMATS.items():
            say(f"{name:<7} {what}")
        return
    with (
        pipeline.open(directory) as production,
        bar("Delivering", as_json, "Delivering", "steps", "Writing") as progress,
    ):
        made = deliver_files(production, formats or [], shots=shots, out=out, progress=progress)
    if as_json:
        files = [str(f) for f in made.files]
        dump({"shape": "maquette.delivery/1", "folder": str(made.folder), "files": files, "notes": list(made.notes)})
        return
    for path in made.files:
        say(str(path))
    warn(made.notes)


def told(take: TakeRecord) -> str:
    """A take in a few words."""
    total = take.frames + 2 * take.handles
    length = f"{float(take.rate.seconds(take.frames)):.1f} s at {take.rate.name}"
    state = "" if take.complete else f", stopped after {take.finished} of {counted(total, 'frame')}"
    return f"{take.width}x{take.height}, {counted(take.frames, 'frame')}, {length}, seed {take.seed}{state}"


def shape(take: TakeRecord) -> dict[str, object]:
    """A take in JSON."""
    return {
        "shot": take.shot_number,
        "take": take.number,
        "circled": take.circled,
        "request": take.request,
        "rate": take.rate.name,
        "fps": str(take.rate.fps),
        "frames": take.frames,
        "handles": take.handles,
        "finished": take.finished,
        "size": [take.width, take.height],
        "seed": take.seed,
        "backend": take.backend,
        "notes": list(take.notes),
    }
