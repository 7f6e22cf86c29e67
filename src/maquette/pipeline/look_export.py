"""A look as files for others: a .cube for screens and cutting rooms, and the style bible to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from maquette.film.errors import UsageError
from maquette.film.look import Look, LookUse
from maquette.look.settings import changed_fields
from maquette.pipeline.looks import Looks
from maquette.pipeline.names import file_name
from maquette.store.files import write_whole


@dataclass(frozen=True)
class Exported:
    """What was written."""

    files: tuple[Path, ...]
    notes: tuple[str, ...]
    """What the files cannot carry."""


def export_cube(looks: Looks, name: str, folder: Path, monitor: str = "srgb", intensity: float = 1.0) -> Exported:
    """NAME.cube, or NAME_rec709.cube. monitor: "srgb" or "rec709". Raises UsageError, MediaError, DiskFull."""
    from maquette.deliver.lut import Monitor, write_look_lut
    from maquette.look.colour import cube_of

    try:
        screen = Monitor(monitor.strip().lower().replace(".", "").replace(" ", "").replace("-", ""))
    except ValueError:
        raise UsageError(f"A LUT is for {' or '.join(Monitor)}, not for {monitor!r}.") from None
    look = looks.look(name)
    path = folder / f"{file_name(look.name)}{'' if screen is Monitor.SRGB else '_' + screen.value}.cube"
    cube = cube_of(look.recipe.colour, intensity)
    comment = f"Look {look.name}, version {looks.versions(look.name)}, made with Maquette"
    notes = write_look_lut(path, look.recipe, cube.floats, title=look.name, comment=comment, monitor=screen)
    return Exported((path,), notes)


def export_bible(looks: Looks, name: str, folder: Path) -> Exported:
    """NAME.md to read, and NAME.json with every value."""
    look = looks.look(name)
    base = folder / file_name(look.name)
    page, data = base.with_name(base.name + ".md"), base.with_name(base.name + ".json")
    write_whole(page, bible_page(look, looks.versions(look.name), looks.stated()).encode())
    write_whole(data, look.model_dump_json(indent=2).encode())
    return Exported((page, data), ())


def bible_page(look: Look, version: int, stated: Sequence[tuple[str, LookUse]]) -> str:
    """One look as Markdown."""
    lines = [f"# {look.name}", "", f"Version {version}. Drawn as {look.recipe.style.value}.", ""]
    if look.notes:
        lines += [look.notes, ""]
    if look.palette:
        lines += ["## Palette", ""]
        lines += [f"- `{s.colour}` {s.name}, {s.share:.0%}{', kept as it is' if s.protected else ''}"
                  for s in look.palette]  # fmt: skip
        lines.append("")
    lines += ["## What differs from a picture as developed", ""]
    lines += [f"- {field}: {value}" for field, value in changed_fields(look.recipe)] or ["- nothing"]
    if look.references:
        lines += ["", "## References", ""]
        lines += [f"- {r.name}, {r.width}x{r.height}{': ' + ', '.join(r.notes) if r.notes else ''}"
                  for r in look.references]  # fmt: skip
    if look.suggestions:
        lines += ["", "## Light that would bring the film nearer to it", ""]
        lines += [f"- {s.control}={s.value}: {s.reason}" for s in look.suggestions]
    used = [f"- {place}: {share}" for place, use in stated if (share := said_of(use, look.name))]
    if used:
        lines += ["", "## Where it holds", "", *used]
    return "\n".join(lines) + "\n"


def said_of(use: LookUse, name: str | None = None) -> str:
    """What is stated at a place, in words; with a name, only if that look is in it."""
    parts: list[str] = []
    if use.look is not None and name in (None, use.look):
        parts.append(f"{use.look or 'none'}{f' at {use.intensity:.0%}' if use.look and use.intensity < 1 else ''}")
    for element in use.elements:
        look = use.look if element.look is None else element.look
        if name is None or look == name:
            parts.append(f"{element.element} {look or 'as developed' if look != use.look else 'the same'} "
                         f"at {element.intensity:.0%}")  # fmt: skip
    return ", ".join(parts)
