"""What each command does with the pipeline, and how it says so."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from pydantic import ValidationError
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from maquette import pipeline
from maquette.cli import shapes
from maquette.film.board import ASPECT_RATIOS
from maquette.film.errors import UsageError
from maquette.film.production import ProductionSettings
from maquette.film.request import PanelStyle
from maquette.film.settings import Density, NumberingScheme, ShotListSettings
from maquette.film.shot import Move, Shot, ShotStatus

DEMO_SCRIPT = "the-last-ferry.fountain"
DEMO_PANELS = 12

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False)


def _say(text: str) -> None:
    out.print(text, markup=False)


def _dump(value: object) -> None:
    _say(json.dumps(value, indent=2, ensure_ascii=False))


@contextmanager
def _bar(quiet: bool) -> Iterator[pipeline.Progress | None]:
    """A progress bar on standard error, so that standard output stays clean."""
    if quiet:
        yield None
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
               TimeElapsedColumn())  # fmt: skip
    with Progress(*columns, console=err, transient=True) as progress:
        task = progress.add_task("Starting the renderer", total=None)

        def show(done: int, total: int, what: str) -> None:
            label = f"Drawing shot {what}" if what else "Laying out the board"
            progress.update(task, completed=done, total=total, description=label)

        yield show


def new(
    directory: Path, script: Path, seed: int, density: str, numbering: str, skip_letters: str, aspect: str, style: str,
    as_json: bool,
) -> None:  # fmt: skip
    settings = _settings(seed, density, numbering, skip_letters, aspect, style)
    with pipeline.new(directory, script=script, settings=settings) as production:
        if as_json:
            _dump(shapes.production(production))
            return
        screenplay, listed = production.screenplay, production.shots
        asked = sum(s.status is ShotStatus.ASKED for s in listed)
        _say(f"{screenplay.title or script.name}: {len(screenplay.scenes)} scenes, {len(screenplay.cast)} characters.")
        _say(f"{asked} shots are asked for by the script, {len(listed) - asked} are proposed.")
        _say(f"Look at them:   maquette shots {directory}")
        _say(f"Draw the board: maquette board {directory}")


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
    style = one_of(style, list(PanelStyle), "style")
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
            _dump([shapes.shot(s) for s in production.shots])
            return
        _shot_table(production.shots)
        if changed:
            names = ", ".join(s.number for s in changed)
            _say(f"Changed: {names}")


def _numbers(values: list[str]) -> list[str]:
    return [part.strip() for value in values for part in value.split(",") if part.strip()]


def _shot_table(listed: Sequence[Shot]) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for column in ("shot", "status", "size", "set-up", "lens", "≈ s", "what is seen, and why"):
        table.add_column(column, overflow="fold", no_wrap=column == "shot")
    for s in listed:
        setup = " · ".join(
            p for p in (s.framing.value, s.angle.value if s.angle.value != "eye level" else "",
                        s.move.value if s.move is not Move.STATIC else "", ", ".join(s.subjects)) if p
        )  # fmt: skip
        style = {ShotStatus.PROPOSED: "yellow", ShotStatus.OMITTED: "dim", ShotStatus.ACCEPTED: "green"}.get(s.status)
        why = f"\n  {s.reason}" if s.reason else ""
        table.add_row(s.number, s.status.value, s.size.value, setup, f"{s.lens_mm:g}", f"{float(s.duration_s):g}",
                      f"{s.text}{why}", style=style)  # fmt: skip
    out.print(table)
    proposed = sum(s.status is ShotStatus.PROPOSED for s in listed)
    if proposed:
        _say(f"{proposed} of {len(listed)} shots are proposals: accept with --accept all or --accept NUMBER,NUMBER.")


def board(
    directory: Path, shots: str | None, layout: str, size: str | None, paper: str, style: str | None,
    target: Path | None, template: Path | None, keep_passes: bool, as_json: bool,
) -> None:  # fmt: skip
    with pipeline.open(directory) as production, _bar(as_json) as progress:
        result = production.board(
            shots, layout=layout, size=size, paper=paper, style=style, out=target, template=template,
            keep_passes=keep_passes, progress=progress,
        )  # fmt: skip
    if as_json:
        _dump(shapes.board(result))
        return
    _tell(result)


def _tell(result: pipeline.BoardResult) -> None:
    fresh = sum(panel.new for panel, _ in result.panels)
    _say(f"{len(result.panels)} panels, {fresh} of them new.")
    _say(f"  Board          {result.pdf}")
    _say(f"  Panels         {result.folder / 'panels'}")
    _say(f"  Contact sheet  {result.contact_sheet}")
    _say(f"  Shot list      {result.csv}")
    if result.notes:
        _say("Good to know:")
        for note in result.notes[:20]:
            _say(f"  {note}")
        if len(result.notes) > 20:
            _say(f"  ... and {len(result.notes) - 20} more (--json lists all).")


def show_template() -> None:
    from maquette.deliver.board_pdf import TEMPLATE

    out.file.write(TEMPLATE.read_text(encoding="utf-8"))


def update(directory: Path, script: Path, as_json: bool) -> None:
    with pipeline.open(directory) as production:
        result = production.update(script)
    if as_json:
        _dump(shapes.update(result))
        return
    changes = result.shots.changes
    _say(
        f"Draft {result.draft.number} ({result.draft.source_name}) is in. {len(result.shots.kept)} shots are as before."
    )
    for change in changes:
        _say(f"  {change.number:>6}  {change.kind.value:<9} {change.reason}")
    if changes:
        _say(f"Draw what changed: maquette board {directory}")


def demo(target: Path, style: str, fresh: bool) -> None:
    started = time.monotonic()
    script = _example(DEMO_SCRIPT)
    root = target / "production"
    if fresh and root.exists():
        shutil.rmtree(root)
    there = (root / "production.sqlite").exists()
    production = pipeline.open(root) if there else pipeline.new(root, script=script)
    with production, _bar(False) as progress:
        chosen = ",".join(s.number for s in _spread(production.shots))
        result = production.board(chosen, style=style, out=target, progress=progress)
    _say(f"{production_title(script)}: {len(result.panels)} panels in {time.monotonic() - started:.0f} s.")
    _tell(result)
    _say(f"The whole production is in {root}: try  .venv/bin/maquette shots {root}")


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
