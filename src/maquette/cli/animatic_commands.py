"""`maquette animatic` and `maquette sound`: the cut as one movie, and what is heard in it."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from maquette import pipeline
from maquette.cli.show import bar, counted, dump, say
from maquette.cli.show_direction import warn
from maquette.film.errors import UsageError
from maquette.film.rate import timecode
from maquette.film.sound import SoundPlacement
from maquette.film.timeline import ClipKind, SoundKind

if TYPE_CHECKING:
    from maquette.pipeline.animatic import AnimaticResult

Directory = Annotated[Path, typer.Argument(metavar="DIR", help="The production's folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs (docs/json.md).")]

_TIME = re.compile(r"(-?)(?:(\d+):)?(\d+(?:\.\d+)?|\.\d+)")


def add_to(app: typer.Typer) -> None:
    """Register the commands."""
    for command in (animatic, sound):
        app.command()(command)


def animatic(
    directory: Directory,
    out: Annotated[
        Path | None, typer.Option(metavar="PATH", help="A folder, or a file .mp4 or .mov. Default: DIR/animatic.")
    ] = None,
    size: Annotated[str | None, typer.Option(metavar="WxH", help="Default: that of the largest take or panel.")] = None,
    rate: Annotated[
        str | None, typer.Option(metavar="FPS", help="24, 23.976, 25, 29.97 ... Default: the production's.")
    ] = None,
    codec: Annotated[str | None, typer.Option(metavar="NAME", help="mp4 (H.264) or mov (ProRes 422 HQ).")] = None,
    shots: Annotated[str | None, typer.Option(metavar="LIST", help="Which shots: 3,4A,7-9. Default: all.")] = None,
    burn_in: Annotated[
        bool, typer.Option("--burn-in/--clean", help="Shot, timecode, captions and research mark in the pictures.")
    ] = True,
    voice: Annotated[
        bool, typer.Option("--voice", help="A scratch voice for lines without sound (needs espeak-ng).")
    ] = False,
    as_json: Json = False,
) -> None:
    """Cut all shots into one movie: takes, else panels with their moves, else cards; with sound and captions."""
    from maquette.pipeline.animatic import animatic as cut_together

    with (
        pipeline.open(directory) as production,
        bar("Cutting", as_json, "Cutting in shot", "clips", "Finishing the movie") as progress,
    ):
        result = cut_together(production, out=out, size=size, rate=rate, codec=codec, burn_in=burn_in, voice=voice,
                              shots=shots, progress=progress)  # fmt: skip
    if as_json:
        dump(animatic_shape(result))
        return
    kinds = ((ClipKind.TAKE, "take"), (ClipKind.PANEL, "panel"), (ClipKind.SLUG, "card"))
    parts = ", ".join(counted(result.clips[kind], noun) for kind, noun in kinds if result.clips.get(kind))
    length = timecode(result.frames, result.rate)
    say(f"{counted(len(result.timeline.clips), 'clip')} ({parts}), {length} at {result.rate.name} frames a second.")
    say(f"  Animatic  {result.path}")
    warn([n.replace("`maquette board DIR", f"`maquette board {directory}") for n in result.notes])


def sound(
    directory: Directory,
    action: Annotated[str, typer.Argument(metavar="[add|list|remove]", help="What to do.")] = "list",
    what: Annotated[str, typer.Argument(metavar="[FILE|NAME]", help="The file to add, or the sound to remove.")] = "",
    on: Annotated[
        str,
        typer.Option(metavar="WHERE", help='A shot number, "scene 3", film, or 3A:2 for the second line of shot 3A.'),
    ] = "film",
    at: Annotated[
        str, typer.Option(metavar="TIME", help="Seconds (or M:SS) after its start: 1.5; -0.5 starts before it.")
    ] = "0",
    kind: Annotated[str, typer.Option(metavar="NAME", help="dialogue, music, effect or scratch.")] = "effect",
    gain: Annotated[float, typer.Option(metavar="DB", help="Louder or softer, -60 to 24.")] = 0.0,
    as_json: Json = False,
) -> None:
    """Place sound files on lines, shots, scenes or the film: they move with the cut. WAV, MP3, FLAC, OGG, M4A."""
    from maquette.pipeline.sounds import add_sound, remove_sound, sounds_of

    if action not in ("add", "list", "remove"):
        raise UsageError(f'There is no "{action}" for sounds: use add FILE, list or remove NAME.')
    if (action != "list") != bool(what):
        raise UsageError("Name what: maquette sound DIR add FILE, or maquette sound DIR remove NAME; list needs none.")
    with pipeline.open(directory) as production:
        notes: tuple[str, ...] = ()
        if action == "add":
            added, notes = add_sound(production, what, on=on, at_s=seconds_of(at), kind=_kind(kind), gain_db=gain)
            told = [added]
        elif action == "remove":
            told = [remove_sound(production, what)]
        else:
            told = list(sounds_of(production))
    if as_json:
        dump([sound_shape(s) for s in told])
        return
    if action == "remove":
        say(f"{told[0].name} is no longer in the cut.")
        return
    for s in told:
        say(_line(s))
    if not told:
        say("No sounds yet: maquette sound DIR add FILE --on 3A.")
    warn(list(notes))


def seconds_of(text: str) -> Fraction:
    """ "1.5", "1:02.5" or "-0.5" as seconds. Raises UsageError for another."""
    match = _TIME.fullmatch(text.strip().removesuffix("s"))
    if match is None:
        raise UsageError(f'"{text}" is no time: write seconds such as 1.5, or 1:02.5.')
    value = Fraction(match.group(3)) + 60 * int(match.group(2) or 0)
    return -value if match.group(1) else value


def _kind(text: str) -> SoundKind:
    try:
        return SoundKind(text.strip().lower())
    except ValueError:
        raise UsageError(f'There is no kind of sound "{text}": use one of {", ".join(SoundKind)}.') from None


def _line(s: SoundPlacement) -> str:
    at = f" {float(s.at_s):+g} s" if s.at_s else ""
    gain = f"  {s.gain_db:+g} dB" if s.gain_db else ""
    return f"{s.name:<16} {s.kind.value:<9} on {s.label}{at}  {float(s.length_s):.1f} s{gain}  ({s.file_name})"


def animatic_shape(result: AnimaticResult) -> dict[str, object]:
    """maquette.animatic/1"""
    timeline = result.timeline
    return {
        "shape": "maquette.animatic/1",
        "file": str(result.path),
        "frames": result.frames,
        "rate": result.rate.name,
        "width": timeline.width,
        "height": timeline.height,
        "clips": [
            {"name": c.name, "shot": c.shot_number, "kind": c.kind.value, "take": c.take, "start_frame": start,
             "frames": c.length, "transition": c.transition.value, "transition_frames": c.transition_length}
            for c, start in zip(timeline.clips, timeline.starts(), strict=True)
        ],
        "sounds": [
            {"name": s.name, "kind": s.kind.value, "start_frame": s.start, "frames": s.length} for s in timeline.sounds
        ],
        "notes": list(result.notes),
    }  # fmt: skip


def sound_shape(s: SoundPlacement) -> dict[str, object]:
    """maquette.sound/1"""
    return {
        "shape": "maquette.sound/1",
        "name": s.name,
        "file": s.file_name,
        "kind": s.kind.value,
        "on": s.anchor.value,
        "target": s.target,
        "label": s.label,
        "at_s": float(s.at_s),
        "gain_db": s.gain_db,
        "length_s": float(s.length_s),
    }
