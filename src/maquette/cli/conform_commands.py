"""`maquette conform`: an editor's timings come back into the production."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console

from maquette import pipeline
from maquette.cli.show import counted, dump, say, wrapped
from maquette.cli.show_direction import warn
from maquette.film.rate import timecode

if TYPE_CHECKING:
    from maquette.pipeline.conform import Conformed, ConformedShot


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    app.command()(conform)


def conform(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The production's folder.")],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="What the editor exported: .otio, .otioz, .edl, .xml, .fcpxml, .aaf.")
    ],
    shots: Annotated[
        str | None,
        typer.Option(
            metavar="LIST",
            help="Which shots the editor had: 3,4A,7-9. Default: as the file says, else from its first to its last.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON for programs (docs/json.md).")] = False,
) -> None:
    """Take over an editor's cut: order, lengths and transitions. The shots themselves stay as they are."""
    from maquette.pipeline.conform import conform as take_over

    with pipeline.open(directory) as production:
        result = take_over(production, file, shots=shots)
    if as_json:
        dump(shape(result))
    else:
        show(result)


def shape(result: Conformed) -> dict[str, object]:
    """maquette.conformed/1"""
    return {
        "shape": "maquette.conformed/1",
        "source": result.source,
        "title": result.title,
        "rate": result.cut.rate.name,
        "frames": sum(e.length for e in result.cut.entries),
        "shots": [
            {
                "number": s.number,
                "id": s.shot_id,
                "old_frames": s.old_frames,
                "new_frames": s.new_frames,
                "times": s.times,
                "moved": s.moved,
                "notes": list(s.notes),
            }
            for s in result.shots
        ],
        "left_out": list(result.left_out),
        "unknown_clips": [
            {"name": c.name, "frames": c.length, "start_frame": c.record_start} for c in result.unknown_clips
        ],
        "unknown": list(result.unknown),
    }


def show(result: Conformed) -> None:
    """What changed, shot by shot; then what was left out and what is not ours."""
    rate = result.cut.rate
    frames = sum(e.length for e in result.cut.entries)
    clips = counted(len(result.cut.entries), "clip")
    say(f"The cut follows {result.source}: {clips}, {timecode(frames, rate)} at {rate.name} frames a second.")
    changed = [s for s in result.shots if s.changed]
    for s in changed:
        say(f"  {s.number:<6} {_difference(s)}".rstrip())
    same = len(result.shots) - len(changed)
    if same:
        say(f"{counted(same, 'shot')} as before.")
    width = max(30, min(Console().width, 100))
    if result.left_out:
        wrapped(f"Left out: {', '.join(result.left_out)}.", width, 2, first="")
    if result.unknown_clips:
        names = ", ".join(f"{c.name} ({counted(c.length, 'frame')})" for c in result.unknown_clips)
        wrapped(f"Not our shots, and not in the cut: {names}.", width, 2, first="")
    warn([*(n for s in result.shots for n in s.notes), *result.unknown])


def _difference(s: ConformedShot) -> str:
    old = "new" if s.old_frames is None else str(s.old_frames)
    length = counted(s.new_frames, "frame") if s.old_frames == s.new_frames else f"{old} -> {s.new_frames} frames"
    return ", ".join([length, *(["moved"] if s.moved else []), *([f"appears {s.times} times"] if s.times > 1 else [])])
