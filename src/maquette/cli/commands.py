"""What each command does with the pipeline, and how it says so."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import ValidationError

from maquette import pipeline
from maquette.cli import shapes
from maquette.cli.show import bar, counted, dump, say, shot_list
from maquette.film.board import ASPECT_RATIOS
from maquette.film.errors import NoProduction, UsageError
from maquette.film.production import ProductionSettings
from maquette.film.rate import rate_named
from maquette.film.settings import Density, NumberingScheme, ShotListSettings
from maquette.film.shot import Shot, ShotStatus
from maquette.film.style import PanelStyle

DEMO_SCRIPT = "the-last-ferry.fountain"
DEMO_PANELS = 12


def new(
    directory: Path, script: Path, seed: int, density: str, numbering: str, skip_letters: str, aspect: str, rate: str,
    style: str, as_json: bool,
) -> None:  # fmt: skip
    settings = _settings(seed, density, numbering, skip_letters, aspect, style)
    settings = settings.model_copy(update={"rate": rate_named(rate).name})
    with bar("Reading the script and casting", as_json):
        production = pipeline.new(directory, script=script, settings=settings)
    with production:
        if as_json:
            dump(shapes.production(production))
            return
        screenplay, listed = production.screenplay, production.shots
        asked = sum(s.status is ShotStatus.ASKED for s in listed)
        say(
            f"{screenplay.title or script.name}: {counted(len(screenplay.scenes), 'scene')}, "
            f"{counted(len(screenplay.cast), 'character')}."
        )
        say(f"Shots: {asked} asked for by the script, {len(listed) - asked} proposed.")
        say(f"Look at them:   maquette shots {directory}")
        say(f"Draw the board: maquette board {directory}")


def _settings(
    seed: int, density: str, numbering: str, skip_letters: str, aspect: str, style: str
) -> ProductionSettings:
    def one_of(value: str, allowed: Sequence[str], what: str) -> str:
        found = next((a for a in allowed if a.lower() == value.lower()), None)
        if found is None:
            raise UsageError(f"There is no {what} {value!r}: use one of {', '.join(allowed)}.")
        return found

    density = one_of(density, list(Density), "density")
    numbering = one_of(numbering, list(NumberingScheme), "numbering")
    aspect = one_of(aspect, list(ASPECT_RATIOS), "aspect ratio")
    style = one_of(style, [s for s in PanelStyle if s is not PanelStyle.HOUSE], "style")
    try:
        listing = ShotListSettings(
            density=Density(density), scheme=NumberingScheme(numbering), skipped_letters=skip_letters
        )
    except ValidationError as error:
        raise UsageError(str(error.errors()[0]["msg"]).removeprefix("Value error, ") + ".") from error
    return ProductionSettings(seed=seed, shot_list=listing, aspect=aspect, style=PanelStyle(style))


def shots(directory: Path, accept: list[str], omit: list[str], as_json: bool) -> None:
    with pipeline.open(directory) as production:
        accepted = _numbers(accept)
        changed = []
        if accepted:
            changed += production.accept("all" if "all" in accepted else accepted)
        if omit:
            changed += production.omit(_numbers(omit))
        if as_json:
            dump([shapes.shot(s) for s in production.shots])
            return
        shot_list(production.shots)
        if changed:
            say("Changed now: " + ", ".join(f"{s.number} is {s.status.value}" for s in changed))


def delivered(directory: Path, numbers: list[str], as_json: bool) -> None:
    from maquette.cli import direct_shapes
    from maquette.cli.show_direction import delivered_table

    with pipeline.open(directory) as production:
        found = production.delivered(",".join(numbers) or None)
    if as_json:
        dump([direct_shapes.delivered(shot.number, frame, readings) for shot, frame, readings in found])
        return
    for shot, frame, readings in found:
        delivered_table(shot.number, frame, readings)


def _numbers(values: list[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def board(
    directory: Path, shots: str | None, layout: str, size: str | None, paper: str, style: str | None,
    target: Path | None, template: Path | None, keep_passes: bool, keep: bool | None, as_json: bool,
) -> None:  # fmt: skip
    from maquette.pipeline.house import painted_notes

    with pipeline.open(directory) as production, bar("Starting the renderer", as_json) as progress:
        result = production.board(
            shots, layout=layout, size=size, paper=paper, style=style, out=target, template=template,
            keep_passes=keep_passes, keep=keep, progress=progress,
        )  # fmt: skip
        if style in (None, PanelStyle.HOUSE.value):
            shown = list({p.shot.id: p.shot for p, _ in result.panels}.values())
            result = replace(result, notes=(*painted_notes(production, shown), *result.notes))
    if as_json:
        dump(shapes.board(result))
        return
    _tell(result)


def _tell(result: pipeline.BoardResult) -> None:
    fresh = sum(panel.new for panel, _ in result.panels)
    say(f"{counted(len(result.panels), 'panel')}, {fresh} new.")
    say(f"  Board          {result.pdf}")
    say(f"  Panels         {result.folder / 'panels'}")
    say(f"  Contact sheet  {result.contact_sheet}")
    say(f"  Shot list      {result.csv}")
    if result.notes:
        say("Good to know:")
        for note in result.notes[:20]:
            say(f"  {note}")
        if len(result.notes) > 20:
            say(f"  ... and {len(result.notes) - 20} more (--json lists all).")


def show_template() -> None:
    from maquette.deliver.board_pdf import TEMPLATE

    sys.stdout.write(TEMPLATE.read_text(encoding="utf-8"))


def update(directory: Path, script: Path, as_json: bool) -> None:
    with pipeline.open(directory) as production, bar("Reading the draft and comparing", as_json):
        result = production.update(script)
    if as_json:
        dump(shapes.update(result))
        return
    changes = result.shots.changes
    say(
        f"Draft {result.draft.number} ({result.draft.source_name}) is in. "
        f"As before: {counted(len(result.shots.kept), 'shot')}."
    )
    for change in changes:
        say(f"  {change.number:>6}  {change.kind.value:<9} {change.reason}")
    if changes:
        say(f"Draw what changed: maquette board {directory}")


def demo(target: Path, style: str, fresh: bool) -> None:
    started = time.monotonic()
    script = _example(DEMO_SCRIPT)
    root = target / "production"
    if fresh and root.exists():
        shutil.rmtree(root)
    with bar("Reading the script and casting"):
        production = _opened_or_new(root, script)
    with production, bar("Starting the renderer") as progress:
        chosen = ",".join(s.number for s in _spread(production.shots))
        result = production.board(chosen, style=style, out=target, progress=progress)
    say(f"{production_title(script)}: {len(result.panels)} panels in {time.monotonic() - started:.0f} s.")
    _tell(result)
    say(f"The whole production is in {root}: try  .venv/bin/maquette shots {root}")


def _opened_or_new(root: Path, script: Path) -> pipeline.Production:
    """The production in `root`; made from `script` where there is none or its making was interrupted."""
    try:
        return pipeline.open(root)
    except NoProduction:
        return pipeline.new(root, script=script)


def production_title(script: Path) -> str:
    return script.stem.replace("-", " ").title()


def _example(name: str) -> Path:
    for folder in (Path.cwd(), Path(__file__).resolve().parents[3]):
        if (folder / "examples" / name).is_file():
            return folder / "examples" / name
    raise UsageError(f"examples/{name} is not here: run `maquette demo` in a checkout of Maquette.")


def _spread(listed: Sequence[Shot]) -> list[Shot]:
    """Shots for DEMO_PANELS panels: each scene in turn gives its next one, so that every scene is seen."""
    queues: dict[str, list[Shot]] = {}
    for s in listed:
        if s.status is not ShotStatus.OMITTED:
            queues.setdefault(s.scene_id, []).append(s)
    chosen: list[Shot] = []
    room = DEMO_PANELS
    while room > 0 and any(queues.values()):
        for queue in queues.values():
            fits = next((s for s in queue if pipeline.panels_of(s) <= room), None)
            if fits is None:
                queue.clear()
                continue
            del queue[: queue.index(fits) + 1]
            chosen.append(fits)
            room -= pipeline.panels_of(fits)
            if room <= 0:
                break
    order = {s.id: i for i, s in enumerate(listed)}
    return sorted(chosen, key=lambda s: order[s.id])
