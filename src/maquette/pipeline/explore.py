"""Trying things out on a shot: a contact sheet of combinations, one of which is picked by number and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from maquette.deliver.contact_sheet import contact_sheet
from maquette.film.control_table import control_named, format_value, parse_value
from maquette.film.errors import UsageError
from maquette.film.exploration import Exploration, Option
from maquette.film.shot import Shot
from maquette.pipeline.direction import Direction, whoever
from maquette.pipeline.frames import frame_of, preview_of
from maquette.pipeline.names import file_name
from maquette.pipeline.production import Production
from maquette.pipeline.results import Progress, silent
from maquette.store.files import write_whole
from maquette.store.folder import only_writer

MOST = 12
"""Pictures of an exploration where nobody says how many."""
MOST_EVER = 64
Over = Mapping[str, Sequence[str]]
"""Control name -> the values to try."""


@dataclass(frozen=True)
class Explored:
    """Where an exploration is, and what is in it."""

    sheet: Path
    pictures: tuple[Path, ...]
    exploration: Exploration


def explore(
    production: Production,
    number: str,
    over: Over,
    *,
    most: int = MOST,
    size: str | None = None,
    style: str | None = None,
    out: Path | None = None,
    progress: Progress | None = None,
) -> Explored:
    """Draw the combinations of the values in `over` on top of what holds for the shot; nothing is stated.

    most: no more pictures than this; of more combinations an even choice is drawn, and the rest is counted. size: None:
    small previews. Raises UsageError or ControlError for values that make no sense, before anything is drawn.
    """
    if not 1 <= most <= MOST_EVER:
        raise UsageError(f"An exploration has 1 to {MOST_EVER} pictures, not {most}.")
    direction = production.direction
    shot = direction.shot(number)
    combinations = _combinations(over)
    chosen = _evenly(combinations, most)
    trials = [(settings, direction.with_settings(shot, settings)) for settings in chosen]
    settings_of = production.settings
    frame = preview_of(settings_of, style) if size is None else frame_of(size, settings_of, style)
    folder = out or production.root / "explore" / file_name(shot.number)
    told = progress or silent
    options: list[Option] = []
    tiles: list[tuple[str, str, bytes]] = []
    pictures: list[Path] = []
    screenplay = production.screenplay
    with only_writer(production.root):
        for index, (settings, controls) in enumerate(trials, 1):
            told(index - 1, len(trials), f"{shot.number} option {index}")
            asked = direction.directed(shot, controls)
            request = production.request_as(asked, screenplay, frame, style=frame.style if style else None)
            drawn = production.studio.draw(request)
            path = folder / f"{index:02d}.png"
            write_whole(path, drawn.png)
            pictures.append(path)
            options.append(Option(number=index, settings=settings, request=request.digest()))
            tiles.append((str(index), label_of(settings), drawn.png))
        told(len(trials), len(trials), "")
        sheet = folder / "sheet.jpg"
        columns = _columns(over, len(chosen), len(combinations))
        title = f"{shot.number}  {direction.directed(shot).shot.size.value}  {', '.join(over)}"
        write_whole(sheet, contact_sheet(tiles, columns=columns, tile_width=frame.width, title=title))
        exploration = Exploration(shot_id=shot.id, options=tuple(options), left_out=len(combinations) - len(chosen))
        production.database.put("exploration", shot.id, exploration)
        production.database.log("explore", f"shot {shot.number}: {len(options)} options over {', '.join(over)}")
    return Explored(sheet, tuple(pictures), exploration)


def pick(production: Production, number: str, option: int, by: str | None = None) -> Option:
    """State the settings of an option at its shot, and record who chose. Raises UsageError where there is none."""
    direction: Direction = production.direction
    shot = direction.shot(number)
    exploration = last_exploration(production, shot)
    found = next((o for o in exploration.options if o.number == option), None)
    if found is None:
        raise UsageError(f"There is no option {option}: the sheet of shot {shot.number} has "
                         f"1 to {len(exploration.options)}.")  # fmt: skip
    who = by or whoever()
    direction.state(direction.where(shot.number), found.settings, who)
    picked = exploration.model_copy(update={"picked": option, "picked_by": who})
    with only_writer(production.root), production.database.together():
        production.database.put("exploration", shot.id, picked)
        production.database.log("pick", f"shot {shot.number}: option {option} of {len(exploration.options)} "
                                        f"({label_of(found.settings)}), chosen by {who}")  # fmt: skip
    return found


def last_exploration(production: Production, shot: Shot) -> Exploration:
    """The shot's newest sheet. Raises UsageError where nothing was explored yet."""
    found = production.database.get("exploration", shot.id, Exploration)
    if found is None:
        raise UsageError(f"Shot {shot.number} has no options yet: maquette explore DIR {shot.number} --over NAME=A,B,C")
    return found


def parse_over(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """ "lighting=rembrandt,split": control and values. Raises UsageError or ControlError."""
    over: dict[str, tuple[str, ...]] = {}
    for text in texts:
        name, equals, values = text.partition("=")
        if not equals:
            raise UsageError(f"{text!r} is not NAME=A,B,C, such as lighting=rembrandt,split.")
        spec = control_named(name)
        listed = tuple(dict.fromkeys(v.strip() for v in values.split(",") if v.strip()))
        if not listed:
            raise UsageError(f"--over {spec.name} names no values: write {spec.name}=A,B,C.")
        over[spec.name] = listed
    if not over:
        raise UsageError("Nothing to explore over: name values with --over lighting=rembrandt,split.")
    return over


def label_of(settings: Sequence[str]) -> str:
    """What a sheet prints under a picture: "rembrandt · low angle"."""
    return " · ".join(s.partition("=")[2] for s in settings)


def _combinations(over: Over) -> list[tuple[str, ...]]:
    lists: list[list[str]] = []
    for name, values in over.items():
        spec = control_named(name)
        # Written back as it is read: the label says what will hold, not what was typed.
        typed = [(v, parse_value(spec, v)) for v in values]
        lists.append([f"{spec.name}={format_value(spec, t) if spec.words is not None else v}" for v, t in typed])
    return [tuple(c) for c in product(*lists)]


def _evenly(combinations: Sequence[tuple[str, ...]], most: int) -> list[tuple[str, ...]]:
    """At most so many, spread over all: the first and the last are among them."""
    if len(combinations) <= most:
        return list(combinations)
    if most == 1:
        return [combinations[0]]
    return [combinations[round(i * (len(combinations) - 1) / (most - 1))] for i in range(most)]


def _columns(over: Over, shown: int, all_of_them: int) -> int:
    """Two controls make a table: one row for each value of the first."""
    last = len(list(over.values())[-1])
    if shown == all_of_them and len(over) > 1 and 2 <= last <= 6:
        return last
    return min(4, max(1, shown)) if shown != 6 else 3
