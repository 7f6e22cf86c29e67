"""The lookbook: the same few shots under each look, as pages for the wall and as one contact sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from maquette.deliver.board_cells import spec
from maquette.deliver.lookbook import (
    CURVE_POINTS,
    Ladder,
    Lookbook,
    LookShown,
    ReferenceShown,
    ShotShown,
    Step,
    lookbook_pdf,
    lookbook_sheet,
)
from maquette.film.errors import MaquetteError, UsageError
from maquette.film.look import AppliedLook, Look, Swatch
from maquette.film.request import TakeRequest
from maquette.film.screenplay import Heading, Screenplay
from maquette.film.shot import Framing, Shot, ShotSize, ShotStatus
from maquette.imaging.color import srgb
from maquette.imaging.oklab import linear_to_oklab
from maquette.imaging.png import encode_png
from maquette.pipeline.frames import frame_of
from maquette.pipeline.look_facts import look_facts, look_line
from maquette.pipeline.looks import HAND_IN_AGAIN, Looks
from maquette.pipeline.paintover import look_named
from maquette.pipeline.production import Production, scene_of
from maquette.pipeline.results import Progress, silent
from maquette.script.shot_list import select
from maquette.store.files import write_whole
from maquette.store.folder import only_writer

if TYPE_CHECKING:
    from maquette.pipeline.key_frames import Rendered
    from maquette.studio import Studio

U8 = NDArray[np.uint8]
Drawing = Callable[[TakeRequest], U8]
"""A request with a look goes in, (H, W, 3) sRGB codes come out."""
FORMATS = ("pdf", "png")
SHOTS = 4
MOST_LOOKS = 24
LADDER = (0.0, 0.25, 0.5, 0.75, 1.0)
THUMBNAIL = 420
_WIDE = (ShotSize.EWS, ShotSize.VWS, ShotSize.WS)
_CLOSE = (ShotSize.MCU, ShotSize.CU, ShotSize.BCU, ShotSize.ECU)


@dataclass(frozen=True)
class LookbookMade:
    """Where a lookbook was written, and what is in it."""

    files: tuple[Path, ...]
    looks: tuple[str, ...]
    shots: tuple[str, ...]
    drawn: int
    """Pictures made now; the others were there."""
    notes: tuple[str, ...] = ()


def lookbook(
    production: Production,
    *,
    looks: Sequence[str] = (),
    shots: str | None = None,
    formats: Sequence[str] = FORMATS,
    mix: tuple[str, str] | None = None,
    intensity: float = 1.0,
    size: str | None = None,
    out: Path | None = None,
    draw: Drawing | None = None,
    progress: Progress | None = None,
) -> LookbookMade:
    """Lay out looks x shots.

    looks: by name; none: all there are. shots: "1,2A,3,5"; None: four that differ. mix: adds a page with the way from
    one look to another. draw: makes the pictures; None: the studio does, tracing each shot once. out: folder; None:
    `lookbook/` in the production. Raises UsageError for what there is none of. A stopped run goes on where it was.
    """
    wanted = tuple(dict.fromkeys(formats)) or FORMATS
    if not set(wanted) <= set(FORMATS):
        raise UsageError(f"A lookbook is written as {' and '.join(FORMATS)}, not as {', '.join(wanted)}.")
    shown = _looks(production, looks)
    chosen = _chosen(production, shots)
    ends = (look_named(production, mix[0]), look_named(production, mix[1])) if mix is not None else None
    folder = out or production.root / "lookbook"
    told, notes = progress or silent, list[str]()
    with only_writer(production.root):
        maker = _Pictures(production, draw or _studio_drawing(production.studio), folder / "pictures", size)
        steps = _ladder(ends) if ends is not None else ()
        total = (len(shown) + len(steps)) * len(chosen)
        # Shot by shot, so that each is traced once.
        made: dict[tuple[str, str], bytes] = {}
        for shot in chosen:
            for look in (*shown, *steps):
                told(len(made), total, f"{shot.number} in {look.name}")
                made[look.name, shot.id] = maker.picture(shot, look, intensity)
        told(total, total, "")
        book = _book(production, shown, steps, ends, chosen, made, intensity, notes)
        files = _written(folder, book, wanted)
        production.database.log("lookbook", f"{len(shown)} looks, {len(chosen)} shots")
    return LookbookMade(
        files, tuple(v.name for v in shown), tuple(s.number for s in chosen), maker.drawn, tuple(notes)
    )  # fmt: skip


def well_chosen(screenplay: Screenplay, shots: Sequence[Shot], count: int = SHOTS) -> tuple[Shot, ...]:
    """So many shots that show most of what a look has to cope with, in script order.

    One after another the shot is taken that brings most that no other has: scene, hour, place inside or outside, size,
    people. The same shots give the same choice.
    """
    places = {s.id: s.heading for s in screenplay.scenes}
    left = [s for s in shots if s.status is not ShotStatus.OMITTED]
    seen: set[tuple[str, str]] = set()
    taken: list[Shot] = []
    while left and len(taken) < count:
        best = max(left, key=lambda s: sum(worth for trait, worth in _traits(s, places) if trait not in seen))
        seen |= {trait for trait, _ in _traits(best, places)}
        taken.append(best)
        left.remove(best)
    return tuple(s for s in shots if s in taken)


# --- inside ---------------------------------------------------------------------------------------------------------


class _Pictures:
    """Pictures of shots under looks; those that were made before are read back."""

    def __init__(self, production: Production, draw: Drawing, folder: Path, size: str | None) -> None:
        self._production, self._draw, self._folder, self._size = production, draw, folder, size
        self.drawn = 0

    def picture(self, shot: Shot, look: Look, intensity: float) -> bytes:
        request = self._request(shot, look, intensity)
        digest = request.digest()
        path = self._folder / f"{digest[:32]}.png"
        if _whole(path, digest):
            return path.read_bytes()
        data = encode_png(self._draw(request), {"maquette:request": digest})
        write_whole(path, data)
        self.drawn += 1
        return data

    def _request(self, shot: Shot, look: Look, intensity: float) -> TakeRequest:
        production = self._production
        frame = frame_of(self._size, production.settings, look.recipe.style.value)
        request = production.request(production.screenplay, shot, frame)
        return request.model_copy(update={"look": AppliedLook(recipe=look.recipe, intensity=intensity)})


def _studio_drawing(studio: Studio) -> Drawing:
    """Traces a shot when it is first asked for; other looks on it cost their drawing alone."""
    last: list[tuple[str, Rendered, float]] = []

    def draw(request: TakeRequest) -> U8:
        from maquette.film.style import PanelStyle
        from maquette.pipeline.key_frames import rendered
        from maquette.studio.develop import metered_stops
        from maquette.studio.picture import picture_of

        plain = request.frame.model_copy(update={"style": PanelStyle.PHOTO})
        versions = request.versions.model_copy(update={"generate": 0})
        stage = request.model_copy(update={"look": None, "frame": plain, "versions": versions}).digest()
        if not last or last[0][0] != stage:
            made = rendered(studio, request)
            last[:] = [(stage, made, metered_stops(made.passes, request) + made.passes.camera.exposure_stops)]
        _, made, stops = last[0]
        return picture_of(made.passes, request, request.moment_s, stops, painter=studio.painter(request))[0]

    return draw


def _whole(path: Path, digest: str) -> bool:
    """Whether a picture is there, made from that request and not damaged."""
    try:
        with Image.open(path) as image:
            image.load()
            return image.info.get("maquette:request") == digest
    except (OSError, ValueError, SyntaxError):
        return False


def _looks(production: Production, names: Sequence[str]) -> tuple[Look, ...]:
    wanted = tuple(dict.fromkeys(n.strip() for n in names if n.strip())) or Looks(production).names
    if not wanted:
        raise UsageError("There are no looks to show yet: make one with `maquette look DIR new NAME --from PICTURE`.")
    if len(wanted) > MOST_LOOKS:
        raise UsageError(f"A lookbook shows at most {MOST_LOOKS} looks, not {len(wanted)}: name some with --looks.")
    return tuple(dict.fromkeys(look_named(production, name) for name in wanted))


def _chosen(production: Production, shots: str | None) -> tuple[Shot, ...]:
    if shots is None:
        chosen = well_chosen(production.screenplay, production.shots)
    else:
        chosen = tuple(s for s in select(production.shot_list, shots) if s.status is not ShotStatus.OMITTED)
    if not chosen:
        raise UsageError("There are no shots to show: all of them are omitted or none was listed.")
    if len(chosen) > 6:
        raise UsageError(f"A page holds up to 6 shots, not {len(chosen)}: name fewer with --shots.")
    return chosen


def _traits(shot: Shot, places: Mapping[str, Heading]) -> list[tuple[tuple[str, str], int]]:
    """What a shot shows, and how much it is worth to have it once."""
    heading = places.get(shot.scene_id)
    time = heading.time_of_day.value if heading is not None else ""
    inside = heading.setting.value if heading is not None else ""
    size = "wide" if shot.size in _WIDE else "close" if shot.size in _CLOSE else "middle"
    people = "none" if shot.framing in (Framing.INSERT, Framing.PLACE) else "one" if len(shot.subjects) < 2 else "more"
    traits = [
        (("scene", shot.scene_id), 3), (("time", time), 4), (("inside", inside), 2), (("size", size), 3),
        (("people", people), 1),
    ]  # fmt: skip
    if people != "none":
        traits += [(("somebody", shot.scene_id), 2), (("face", "seen"), 2 * (size == "close"))]
    return traits


def _hero(shots: Sequence[Shot]) -> int:
    """The shot that is shown large: people in their place say most about a look."""
    order = (ShotSize.MS, ShotSize.COWBOY, ShotSize.MLS, ShotSize.FS, ShotSize.WS, ShotSize.MCU)
    ranks = [(order.index(s.size) if s.size in order and s.subjects else len(order)) for s in shots]
    return ranks.index(min(ranks))


def _ladder(ends: tuple[Look, Look]) -> tuple[Look, ...]:
    from maquette.look.mix import mixed

    return tuple(mixed(*ends, share, f"{ends[0].name} to {ends[1].name}, {share:.0%}") for share in LADDER)


def _book(
    production: Production, looks: Sequence[Look], steps: Sequence[Look], ends: tuple[Look, Look] | None,
    shots: Sequence[Shot], made: dict[tuple[str, str], bytes], intensity: float, notes: list[str],
) -> Lookbook:  # fmt: skip
    screenplay = production.screenplay
    keys = {k.lower(): v for k, v in screenplay.title_page.items()}
    with Image.open(BytesIO(next(iter(made.values())))) as first:
        aspect = first.width / first.height
    ladder = None
    if ends is not None:
        rungs = [
            Step(share, _named(step.palette), tuple(made[step.name, s.id] for s in shots))
            for share, step in zip(LADDER, steps, strict=True)
        ]
        ladder = Ladder(ends[0].name, ends[1].name, tuple(rungs))
    return Lookbook(
        title=screenplay.title or screenplay.source_name,
        byline=(keys.get("author") or keys.get("authors") or "").replace("\n", ", "),
        shots=tuple(ShotShown(s.number, spec(s), scene_of(screenplay, s).heading.text) for s in shots),
        looks=tuple(_page(production, v, [made[v.name, s.id] for s in shots], intensity, notes) for v in looks),
        hero=_hero(shots),
        aspect=aspect,
        ladder=ladder,
    )


def _page(
    production: Production, look: Look, pictures: Sequence[bytes], intensity: float, notes: list[str]
) -> LookShown:
    from maquette.look.colour import coloured

    # What greys become, whatever of the look makes them so.
    greys = np.linspace(0, 255, CURVE_POINTS).round().astype(np.uint8)[None, :, None].repeat(3, -1)
    curve = coloured(greys, look.recipe.colour, intensity)[0].mean(-1) / 255
    return LookShown(
        name=look.name,
        line=look_line(look.recipe, intensity),
        notes=look.notes,
        facts=look_facts(look, intensity),
        palette=_named(look.palette),
        references=_references(production, look, notes),
        curve=tuple(float(v) for v in curve),
        pictures=tuple(pictures),
    )


def _named(palette: Sequence[Swatch]) -> tuple[Swatch, ...]:
    """The swatches, each with what people call its colour."""
    from maquette.measure.colour_names import colour_name

    def name(swatch: Swatch) -> str:
        lightness, a, b = (float(v) for v in linear_to_oklab(np.array(srgb(swatch.colour))))
        return swatch.name or colour_name(lightness, a, b)

    return tuple(s.model_copy(update={"name": name(s)}) for s in palette)


def _references(production: Production, look: Look, notes: list[str]) -> tuple[ReferenceShown, ...]:
    from maquette.look.art import read_art

    found: list[ReferenceShown] = []
    for reference in look.references:
        try:
            art = read_art(
                production.folder.media.get(reference.media, reference.suffix, HAND_IN_AGAIN), reference.name
            )
        except MaquetteError:
            notes.append(f"{look.name}: the reference {reference.name} is no longer there or cannot be read.")
            continue
        small = Image.fromarray(art.pixels)
        small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
        buffer = BytesIO()
        small.save(buffer, "JPEG", quality=88)
        found.append(ReferenceShown(reference.name, buffer.getvalue()))
    return tuple(found)


def _written(folder: Path, book: Lookbook, formats: Sequence[str]) -> tuple[Path, ...]:
    files: list[Path] = []
    for kind in formats:
        path = folder / ("lookbook.pdf" if kind == "pdf" else "lookbook.png")
        write_whole(path, lookbook_pdf(book) if kind == "pdf" else lookbook_sheet(book))
        files.append(path)
    return tuple(files)
