"""Painting over frames, and the lookbook: `look DIR paint`, `look DIR add-key`, `look DIR keys` and `lookbook`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from maquette import pipeline
from maquette.cli.show import bar, counted, dump, say
from maquette.cli.show_direction import warn
from maquette.film.errors import UsageError
from maquette.film.look import KeyPainting

Directory = Annotated[Path, typer.Argument(metavar="DIR", help="The production's folder.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for programs (docs/json.md).")]


def add_to(app: typer.Typer) -> None:
    """Register `maquette lookbook`."""
    app.command()(lookbook)


def paint(
    directory: Path, number: str, frame: int | None, at: str | None, format_name: str, size: str | None,
    out: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """`look DIR paint SHOT`: write a frame for the artist."""
    from maquette.pipeline.paintover import paint as hand_out

    with pipeline.open(directory) as production, bar("Making the frame", as_json):
        made = hand_out(production, number, frame=frame, at=at, format_name=format_name, size=size, out=out)
    if as_json:
        dump({"shape": "maquette.paint/1", "file": str(made.path), "shot": made.frame.shot_number,
              "moment_s": float(made.frame.moment_s), "request": made.frame.request,
              "layers": made.layers})  # fmt: skip
        return
    say(f"{made.path}: {counted(made.layers, 'layer')}.")
    say(f"Paint over it, then: maquette look {directory} add-key NAME {made.frame.shot_number} FILE")


def add_key(
    directory: Path, name: str, number: str, file: Path, frame: int | None, at: str | None, artist: str, anyway: bool,
    as_json: bool,
) -> None:  # fmt: skip
    """`look DIR add-key NAME SHOT FILE`: take a paintover back."""
    from maquette.pipeline.looks import Looks
    from maquette.pipeline.paintover import add_key as take_in

    with pipeline.open(directory) as production, bar("Looking at the painting", as_json):
        added = take_in(production, name, number, file, frame=frame, at=at, artist=artist, anyway=anyway)
        stale = Looks(production).stale(added.look)
    if as_json:
        dump({"shape": "maquette.key/1", "look": name, "replaced": added.replaced, **key_shape(added.key)})
        return
    instead = ", in place of the one before" if added.replaced else ""
    say(f"{name} has {counted(len(added.look.keys), 'key')} now: {_told(added.key)}{instead}.")
    warn([*added.key.notes, *stale])


def remove_key(directory: Path, name: str, number: str, frame: int | None, at: str | None, as_json: bool) -> None:
    """`look DIR remove-key NAME SHOT`: take a painting out of a look."""
    from maquette.pipeline.looks import Looks
    from maquette.pipeline.paintover import remove_key as take_out

    with pipeline.open(directory) as production:
        look, gone = take_out(production, name, number, frame=frame, at=at)
        notes = Looks(production).stale(look)
    if as_json:
        dump({"shape": "maquette.key-removed/1", "look": look.name, **key_shape(gone)})
        return
    say(f"{look.name} has {counted(len(look.keys), 'key')} now, without {_told(gone)}.")
    warn(notes)


def keys(directory: Path, name: str, as_json: bool) -> None:
    """`look DIR keys NAME`: the paintings of a look."""
    from maquette.pipeline.paintover import look_named

    with pipeline.open(directory) as production:
        look = look_named(production, name)
    if as_json:
        dump({"shape": "maquette.keys/1", "look": name, "keys": [key_shape(k) for k in look.keys]})
        return
    for key in look.keys:
        say(_told(key))
    if not look.keys:
        say(f"{name} has no keys yet: maquette look {directory} paint SHOT writes a frame to paint over.")


def lookbook(
    directory: Directory,
    looks: Annotated[str | None, typer.Option(metavar="NAMES", help="Which looks, by commas. Default: all.")] = None,
    shots: Annotated[
        str | None, typer.Option(metavar="LIST", help="Up to 6 shots: 1,2A,3,5. Default: four that differ.")
    ] = None,
    formats: Annotated[
        list[str] | None, typer.Option("--format", metavar="pdf|png", help="Pages, or one sheet. Default: both.")
    ] = None,
    mix: Annotated[
        tuple[str, str] | None, typer.Option(metavar="A B", help="Add a page from look A to look B in five steps.")
    ] = None,
    intensity: Annotated[float, typer.Option(help="How much of the looks is applied, 0 to 1.")] = 1.0,
    size: Annotated[str | None, typer.Option(metavar="WxH", help="Of each picture. Default: 640 wide.")] = None,
    out: Annotated[Path | None, typer.Option(metavar="DIR", help="Default: DIR/lookbook.")] = None,
    as_json: Json = False,
) -> None:
    """Lay out the looks: the same shots under each, with palettes, references and notes, as PDF and contact sheet."""
    from maquette.pipeline.lookbook import lookbook as lay_out

    if not 0 <= intensity <= 1:
        raise UsageError(f"An intensity goes from 0 to 1; {intensity:g} is out of range.")
    names = looks.split(",") if looks else []
    kinds = [part.strip().lower() for text in formats or [] for part in text.split(",") if part.strip()]
    with (
        pipeline.open(directory) as production,
        bar("Starting the renderer", as_json, "Drawing", "pictures", "Laying out the lookbook") as progress,
    ):
        made = lay_out(
            production, looks=names, shots=shots, formats=kinds, mix=mix, intensity=intensity, size=size, out=out,
            progress=progress,
        )  # fmt: skip
    if as_json:
        dump({"shape": "maquette.lookbook/1", "files": [str(f) for f in made.files], "looks": list(made.looks),
              "shots": list(made.shots), "drawn": made.drawn, "notes": list(made.notes)})  # fmt: skip
        return
    say(
        f"{counted(len(made.looks), 'look')}, {counted(len(made.shots), 'shot')}, {counted(made.drawn, 'new picture')}."
    )
    for path in made.files:
        say(str(path))
    warn(made.notes)


def key_shape(key: KeyPainting) -> dict[str, object]:
    """A key in JSON."""
    return {
        "shot": key.shot_number,
        "moment_s": float(key.moment_s),
        "file": key.source_name,
        "artist": key.artist,
        "painting": key.painting,
        "request": key.request,
        "shift_px": list(key.shift_px),
        "agreement": key.agreement,
        "notes": list(key.notes),
    }


def _told(key: KeyPainting) -> str:
    at = f" at {float(key.moment_s):g} s" if key.moment_s else ""
    return f"shot {key.shot_number}{at} by {key.artist} ({key.source_name}), {key.agreement:.0%} of its edges agree"


# --- the house model ------------------------------------------------------------------------------------------------


def train(
    directory: Path, name: str, minutes: float, steps: int | None, seed: int, device: str, as_json: bool
) -> None:  # fmt: skip
    """`look DIR train NAME`: train the house model of a look on its keys."""
    from maquette.pipeline.house import coverage as covered
    from maquette.pipeline.house import next_keys, train_look

    try:
        with (
            pipeline.open(directory) as production,
            bar("Making the keys' frames", as_json, "Training,", "hundredths", "Keeping the model") as progress,
        ):
            made = train_look(production, name, minutes=minutes, steps=steps, seed=seed, device=device,
                              progress=progress)  # fmt: skip
            apart = [c.outside.warning for c in covered(production, name) if c.outside.warning]
            best = next_keys(production, name).choices if apart else ()
    except KeyboardInterrupt:
        if not as_json:
            say(f"Stopped. The same command goes on from the last checkpoint: maquette look {directory} train {name}")
        raise
    model = made.model
    if as_json:
        dump({"shape": "maquette.trained/1", "look": made.look.name, "weights": model.weights, "keys": list(model.keys),
              "dataset": model.dataset, "steps": model.steps, "seed": model.seed, "version": model.version,
              "loss": made.loss, "seconds": made.seconds, "stopped_early": made.stopped_early,
              "preview": str(made.preview) if made.preview else None, "outside": apart,
              "next": [c.name for c in best]})  # fmt: skip
        return
    early = "; it got no better, so it stopped early" if made.stopped_early else ""
    say(f"{made.look.name} paints as its {counted(len(model.keys), 'key')}: {counted(model.steps, 'step')}{early}.")
    if made.preview is not None:
        say(f"Keys beside what the model makes of them: {made.preview}")
    say(f"See it on the shots: maquette lookbook {directory} --looks {made.look.name!r}")
    warn([*apart, *(c.reason for c in best)])


def next_key(directory: Path, name: str, shots: str | None, as_json: bool) -> None:
    """`look DIR next NAME [SHOTS]`: which frame is best painted next, and why."""
    from maquette.pipeline.house import next_keys

    with pipeline.open(directory) as production, bar("Starting the renderer", as_json, "Looking at shot", "shots",
                                                     "Comparing") as progress:  # fmt: skip
        found = next_keys(production, name, shots=shots, count=3, progress=progress)
    if as_json:
        dump({"shape": "maquette.next/1", "look": name, "frames": found.frames,
              "choices": [{"frame": c.name, "gain": c.gain, "reason": c.reason} for c in found.choices]})  # fmt: skip
        return
    if not found.choices:
        say(f"The paintings of {name} show the like of all {counted(found.frames, 'frame')}: nothing more is needed.")
    for choice, order in zip(found.choices, ("", "Then: ", "Then: "), strict=False):
        say(f"{order}{choice.reason}")


def coverage(directory: Path, name: str, shots: str | None, as_json: bool) -> None:
    """`look DIR coverage NAME [SHOTS]`: which shots lie outside the keys."""
    from maquette.pipeline.house import coverage as covered

    with pipeline.open(directory) as production, bar("Starting the renderer", as_json, "Looking at shot", "shots",
                                                     "Comparing") as progress:  # fmt: skip
        found = covered(production, name, shots=shots, progress=progress)
    if as_json:
        dump({"shape": "maquette.coverage/1", "look": name, "shots": [
            {"shot": c.shot.number, "outside": c.outside.share, "reasons": list(c.outside.reasons),
             "warning": c.outside.warning} for c in found]})  # fmt: skip
        return
    for c in found:
        say(f"{c.shot.number:<6} {c.state}  {c.outside.share:>4.0%} of it is unlike the paintings")
    warn([c.outside.warning for c in found if c.outside.warning])
