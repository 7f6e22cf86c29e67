"""The overhead lighting plot of a scene, from the same stage as its pictures."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from maquette.deliver.lighting_plot import lighting_plot_pdf, lighting_plot_svg
from maquette.film.board import paper_named
from maquette.film.errors import UsageError
from maquette.film.lighting_plot import LightingPlot
from maquette.film.screenplay import Scene, Screenplay
from maquette.film.shot import Framing, Move, Shot, ShotStatus
from maquette.pipeline.frames import preview_of
from maquette.pipeline.names import file_name
from maquette.pipeline.production import Production
from maquette.pipeline.results import Progress, silent
from maquette.store.files import write_whole

MOST_SHOTS = 12
"""Cameras that one plan can hold and still be read."""


@dataclass(frozen=True)
class Plotted:
    """Where the plots are."""

    pdf: Path
    """All scenes, one a page."""
    svgs: tuple[Path, ...]
    notes: tuple[str, ...]


def plot(
    production: Production,
    scenes: str | None = None,
    *,
    paper: str = "a4",
    out: Path | None = None,
    progress: Progress | None = None,
) -> Plotted:
    """Draw the lighting plots of scenes "3" or "1,3"; None: all that have shots. Raises UsageError."""
    from maquette.stage.build import build_stage
    from maquette.stage.plot import plot_of

    sheet = paper_named(paper)
    folder = out or production.root / "lighting"
    chosen = _scenes(production, scenes)
    told = progress or silent
    plots: list[tuple[Scene, LightingPlot]] = []
    notes: list[str] = []
    screenplay = production.screenplay
    for done, scene in enumerate(chosen):
        told(done, len(chosen), f"scene {scene.number}")
        shots = _shots(production, scene)
        if len(shots) > MOST_SHOTS:
            notes.append(f"Scene {scene.number} has {len(shots)} shots; the plot shows the first {MOST_SHOTS}.")
        moments = []
        request = stage = None
        for shot in shots[:MOST_SHOTS]:
            request = production.request(screenplay, shot, preview_of(production.settings), Fraction(0))
            moment, _ = production.studio.moment(request)
            stage = build_stage(request)
            moments.append((shot.number, moment, stage.figures(Fraction(0))))
            if request.shot.move not in (Move.STATIC, Move.HANDHELD):
                end = request.shot.duration_s
                moments.append((shot.number, stage.at(end), stage.figures(end)))
        if request is None or stage is None:
            continue
        plots.append((scene, plot_of(
            stage.plan, moments, request.lighting, title=screenplay.title or screenplay.source_name, scene=scene.number,
            heading=scene.heading.text, draft=_draft(screenplay),
        )))  # fmt: skip
    told(len(chosen), len(chosen), "")
    if not plots:
        raise UsageError("There is no shot to plot: all shots of these scenes are omitted.")
    svgs: list[Path] = []
    for scene, each in plots:
        path = folder / f"scene-{file_name(scene.number)}.svg"
        write_whole(path, lighting_plot_svg(each, sheet).encode())
        svgs.append(path)
    pdf = folder / "lighting-plot.pdf"
    write_whole(pdf, lighting_plot_pdf([each for _, each in plots], sheet))
    return Plotted(pdf, tuple(svgs), tuple(notes))


def _draft(screenplay: Screenplay) -> str:
    """The draft as the title page names it."""
    keys = {k.lower(): v for k, v in screenplay.title_page.items()}
    return keys.get("draft date") or keys.get("date") or ""


def _scenes(production: Production, wanted: str | None) -> list[Scene]:
    scenes = list(production.screenplay.scenes)
    if wanted is None:
        listed = {s.scene_id for s in production.shots}
        return [s for s in scenes if s.id in listed]
    chosen: list[Scene] = []
    for part in (p.strip() for p in wanted.split(",") if p.strip()):
        number = part.lower().removeprefix("scene").strip()
        scene = next((s for s in scenes if s.number.lower() == number), None)
        if scene is None:
            raise UsageError(f"There is no scene {part}: the scenes are {', '.join(s.number for s in scenes[:12])}"
                             f"{' ...' if len(scenes) > 12 else ''}.")  # fmt: skip
        chosen.append(scene)
    return chosen


def _shots(production: Production, scene: Scene) -> list[Shot]:
    """Everything that is drawn; an insert's light belongs to the plan, a point of view shows nobody's."""
    mine = [s for s in production.shots if s.scene_id == scene.id and s.status is not ShotStatus.OMITTED]
    return [s for s in mine if s.framing is not Framing.POV] or mine
