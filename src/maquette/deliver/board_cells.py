"""From shots and their pictures to the cells of a board, in the words of a storyboard."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from maquette.deliver.arrows import move_overlay
from maquette.film.board import Board, Cell, Layout, Paper, Speech
from maquette.film.screenplay import ElementKind, Screenplay
from maquette.film.shot import Angle, Framing, Move, Shot, ShotStatus

_CUE = re.compile(r"^(?P<name>[^a-z:]{1,60}?)(?: \((?P<how>[^)]*)\))?: (?P<text>.*)$")


@dataclass(frozen=True)
class Picture:
    """A finished panel of a shot."""

    shot_id: str
    data: bytes
    suffix: str
    frame: str = ""
    """"start", "end" or "" for a shot of one panel."""


def board_of(
    screenplay: Screenplay,
    shots: Sequence[Shot],
    pictures: Sequence[Picture],
    *,
    layout: Layout,
    paper: Paper,
    aspect: float,
    aspect_name: str,
) -> tuple[Board, dict[str, bytes]]:
    """The board and the files that its cells name."""
    files: dict[str, bytes] = {}
    cells: list[Cell] = []
    headings = {scene.id: f"{scene.number}  {scene.heading.text}" for scene in screenplay.scenes}
    seen: set[str] = set()
    for shot in shots:
        mine = [p for p in pictures if p.shot_id == shot.id] or [Picture(shot.id, b"", "")]
        for picture in mine:
            name, overlay = None, None
            index = len(cells)
            if picture.data:
                name = f"panel-{index:04d}{picture.suffix}"
                files[name] = picture.data
            svg = move_overlay(shot.move, aspect) if picture.frame != "end" else None
            if svg is not None:
                overlay = f"move-{index:04d}.svg"
                files[overlay] = svg.encode()
            heading = "" if shot.scene_id in seen else headings.get(shot.scene_id, "")
            seen.add(shot.scene_id)
            cells.append(_cell(screenplay, shot, picture, name, overlay, heading))
    seconds = round(sum(float(s.duration_s) for s in shots))
    scenes = len({s.scene_id for s in shots})
    summary = (
        f"{scenes} scene{'s' * (scenes != 1)} · {len(shots)} shot{'s' * (len(shots) != 1)} · "
        f"{len(cells)} boards · ≈ {seconds // 60}:{seconds % 60:02d} · {aspect_name}"
    )
    keys = {k.lower(): v for k, v in screenplay.title_page.items()}
    author = (keys.get("author") or keys.get("authors") or "").replace("\n", ", ")
    draft = keys.get("draft date") or keys.get("date") or ""
    board = Board(
        title=screenplay.title or screenplay.source_name,
        byline=author,
        draft=f"Draft {draft}" if draft else "",
        summary=summary,
        mark="Storyboard · durations are estimates · non-commercial research material",
        paper=paper,
        layout=layout,
        aspect=aspect,
        cells=tuple(cells),
    )
    return board, files


def spec(shot: Shot) -> str:
    """The set-up in one line: "MCU · over the shoulder · low angle · push in · 50 mm"."""
    parts = [shot.size.value]
    if shot.framing not in (Framing.SINGLE, Framing.PLACE):
        parts.append(shot.framing.value)
    if shot.angle is not Angle.EYE:
        parts.append(shot.angle.value)
    if shot.roll_deg:
        parts.append(f"Dutch {abs(shot.roll_deg):g}°")
    if shot.move is not Move.STATIC:
        parts.append(shot.move.value)
    parts.append(f"{shot.lens_mm:g} mm")
    return " · ".join(parts)


def _cell(
    screenplay: Screenplay, shot: Shot, picture: Picture, image: str | None, overlay: str | None, heading: str
) -> Cell:
    last = picture.frame == "end"
    approximate = "≈ " if shot.duration_estimated else ""
    return Cell(
        number=shot.number,
        image=image,
        frame=picture.frame,
        overlay=overlay,
        heading="" if last else heading,
        spec=spec(shot),
        duration="" if last else f"{approximate}{float(shot.duration_s):g} s",
        status=shot.status.value,
        action="" if last else shot.text,
        dialogue=() if last else _speeches(shot),
        notes="" if last else shot.notes,
        reason="" if last or shot.status is not ShotStatus.PROPOSED else shot.reason,
        transition="" if last else _transition(screenplay, shot),
    )


def _speeches(shot: Shot) -> tuple[Speech, ...]:
    speeches: list[Speech] = []
    for line in shot.dialogue.splitlines():
        match = _CUE.match(line)
        if match:
            speeches.append(Speech(name=match["name"], how=match["how"] or "", text=match["text"]))
        elif speeches:
            speeches[-1] = speeches[-1].model_copy(update={"text": f"{speeches[-1].text} {line}".strip()})
        elif line.strip():
            speeches.append(Speech(name="", text=line))
    return tuple(speeches)


def _transition(screenplay: Screenplay, shot: Shot) -> str:
    covered = set(shot.line_ids)
    return next((e.text for e in screenplay.elements if e.kind is ElementKind.TRANSITION and e.id in covered), "")
