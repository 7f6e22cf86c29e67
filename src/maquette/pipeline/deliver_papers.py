"""What goes on paper or into a monitor: board, shot list, breakdown, LUTs."""

from __future__ import annotations

from collections.abc import Sequence

from maquette.deliver.breakdown import SceneBreakdown, breakdown_csv, write_breakdown
from maquette.deliver.lut import write_lut
from maquette.deliver.shot_csv import shot_list_csv
from maquette.direct.dressing import dress_scene
from maquette.film.rate import RATES, frame_at, timecode
from maquette.film.screenplay import Scene, TimeOfDay
from maquette.film.shot import Shot
from maquette.film.timeline import Timeline
from maquette.pipeline.delivery import Delivery
from maquette.pipeline.naming import ClipNames, title_slug
from maquette.pipeline.panels import drawn_panels
from maquette.pipeline.production import Production
from maquette.pipeline.results import Progress
from maquette.store.files import write_whole

LINES_A_PAGE = 55
"""Of a screenplay in its usual form; a page is eight eighths."""
CHARACTERS_A_LINE = {"dialogue": 35, "action": 60}


def deliver_board(
    production: Production, _timeline: Timeline, shots: Sequence[Shot], result: Delivery, told: Progress
) -> None:
    """`board/`: the board as PDF, with its panels."""
    board = production.board(",".join(s.number for s in shots), out=result.folder / "board", progress=told)
    result.add(board.pdf)
    result.say(board.notes)


def deliver_csv(
    production: Production, timeline: Timeline, shots: Sequence[Shot], result: Delivery, _told: Progress
) -> None:
    """Shot list and breakdown."""
    base = title_slug(production.screenplay)
    for name, data in (
        (f"{base}_shots.csv", shot_list_csv(shots, timeline.research_mark).encode("utf-8-sig")),
        (f"{base}_breakdown.csv", breakdown_csv(scene_breakdowns(production, shots), timeline.research_mark)),
    ):
        write_whole(result.folder / name, data)
        result.add(result.folder / name)


def deliver_breakdown(
    production: Production, timeline: Timeline, shots: Sequence[Shot], result: Delivery, _told: Progress
) -> None:
    """Shot list with small pictures, and breakdown, as a workbook."""
    path = result.folder / f"{title_slug(production.screenplay)}_breakdown.xlsx"
    start = frame_at(timeline.start, timeline.rate)
    codes = dict[str, str]()
    for clip, at in zip(timeline.clips, timeline.starts(), strict=True):
        codes.setdefault(clip.shot_id, timecode(start + at, timeline.rate))  # a shot may come back
    drawn = {s.id: panels.start for s in shots if (panels := drawn_panels(production, s.id)) is not None}
    write_breakdown(
        path,
        shots,
        scene_breakdowns(production, shots),
        RATES[production.settings.rate],
        title=timeline.title,
        timecodes=codes,
        panels=drawn,
        research_mark=timeline.research_mark,
    )
    result.add(path)


def deliver_luts(
    production: Production, timeline: Timeline, shots: Sequence[Shot], result: Delivery, _told: Progress
) -> None:
    """`luts/<name>.cube`: the finish of each shot."""
    names = ClipNames(production.screenplay, production.shots)
    for shot in shots:
        directed, name = production.direction.directed(shot), names.of(shot)
        path = result.folder / "luts" / f"{name}.cube"
        notes = write_lut(path, directed.grade, title=name, comment=timeline.research_mark)
        result.add(path, notes, shot.number)


def scene_breakdowns(production: Production, shots: Sequence[Shot]) -> list[SceneBreakdown]:
    """What each scene with one of the shots needs, from its words."""
    screenplay, seed = production.screenplay, production.settings.seed
    found: list[SceneBreakdown] = []
    for scene in screenplay.scenes:
        mine = [s for s in shots if s.scene_id == scene.id]
        if not mine:
            continue
        dressing = dress_scene(scene, seed, None, screenplay.cast)
        heading = scene.heading
        time = heading.time_text or ("" if heading.time_of_day is TimeOfDay.UNKNOWN else heading.time_of_day.value)
        found.append(
            SceneBreakdown(
                number=scene.number,
                heading=heading.text,
                time=time.lower(),
                cast=scene.characters,
                props=tuple(dict.fromkeys(p.word for p in dressing.props)),
                sets=(dressing.set_kind,),
                locations=(heading.location, *heading.sub_locations),
                eighths=eighths_of(scene),
                duration_s=sum((s.duration_s for s in mine), start=mine[0].duration_s * 0),
                shots=len(mine),
                weather=dressing.weather,
            )
        )
    return found


def eighths_of(scene: Scene) -> int:
    """Length of a scene in eighths of a page, at least 1: lines of a screenplay in its usual form, counted."""
    lines = 2
    for element in scene.elements:
        spoken = element.kind.value in ("dialogue", "lyric", "parenthetical")
        width = CHARACTERS_A_LINE["dialogue" if spoken else "action"]
        lines += -(-max(1, len(element.text)) // width) + (0 if spoken else 1)
    return max(1, round(8 * lines / LINES_A_PAGE))
