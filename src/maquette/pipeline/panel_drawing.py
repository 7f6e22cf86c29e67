"""Panels of a board: from the store where they are there and whole, else drawn, as a whole or as an edit, and kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from maquette.film.request import TakeRequest
from maquette.film.shot import Shot
from maquette.imaging.png import decode_png
from maquette.pipeline.direction import delivered_in
from maquette.pipeline.kept import as_drawn, as_edit, edited_from
from maquette.pipeline.results import Panel
from maquette.store.database import PanelRecord
from maquette.store.files import write_whole
from maquette.store.folder import ProductionFolder
from maquette.store.strays import Stray, stray_panels

if TYPE_CHECKING:
    from maquette.studio import Drawn, Studio


class PanelDrawing:
    """The panels of one board."""

    def __init__(
        self, folder: ProductionFolder, studio: Callable[[], Studio], keep_passes: bool, keep: bool | None
    ) -> None:
        """studio: is asked when something has to be drawn. keep_passes: as multi-layer EXR beside the panels. keep: as
        `Production.board` has it."""
        self._studio, self._passes = studio, folder.root / "passes"
        self._database, self._media = folder.database, folder.media
        self._keep_passes, self._keep = keep_passes, keep
        self._strays: dict[str, Stray] = stray_panels(self._database, self._media)

    def panel(self, request: TakeRequest, shot: Shot, frame: str) -> Panel:
        """The panel of a request. frame: "start", "end" or ""."""
        if self._keep is False:
            return self._made(request, shot, frame)
        records = self._database.panels_of(shot.id)
        if self._keep is None:
            return self._made(as_drawn(records, request), shot, frame)
        asked, notes = as_edit(records, request)
        panel = self._made(asked, shot, frame)
        return replace(panel, notes=(*panel.notes, *notes)) if panel.new else panel

    def _made(self, request: TakeRequest, shot: Shot, frame: str, exr: bool = True) -> Panel:
        digest = request.digest()
        record = self._database.panel(digest) or self._found_again(request, shot)
        passes = self._passes / f"{digest}.exr"
        wanted = self._keep_passes and exr
        new = record is None or not self._media.has(record.media, record.suffix) or (wanted and not passes.is_file())
        if new:
            before = edited_from(self._database, request)
            if request.kept is not None and not before:
                # What it kept is not on record any more.
                return self._made(request.model_copy(update={"kept": None}), shot, frame)
            drawn = self._edited(request, before, shot, frame) if before else self._studio().draw(request)
            record = self._keep_picture(drawn, request, shot, frame)
            if wanted:
                write_whole(passes, drawn.exr())
        assert record is not None
        notes = record.facts.get("notes", [])
        said = tuple(str(n) for n in notes) if isinstance(notes, list) else ()
        path = self._media.path(record.media, record.suffix)
        return Panel(shot, frame, path, digest, new, said, delivered_in(record.facts))

    def _edited(self, request: TakeRequest, before: tuple[TakeRequest, ...], shot: Shot, frame: str) -> Drawn:
        """Drawn as an edit of the last of `before`, which is drawn again where its picture is lost."""
        from maquette.studio.redraw import Finished, redraw

        picture = self._made(before[-1], shot, frame, exr=False).path
        return redraw(self._studio(), request, Finished(before, decode_png(picture.read_bytes())))

    def _keep_picture(self, drawn: Drawn, request: TakeRequest, shot: Shot, frame: str) -> PanelRecord:
        facts: dict[str, object] = {
            "notes": list(drawn.notes),
            "delivered": drawn.delivered.model_dump(mode="json"),
            "frame": frame,
        }
        media = self._media.put(drawn.png, ".png")
        record = PanelRecord(request.digest(), shot.id, request.canonical_json(), media, ".png", facts)
        self._database.put_panel(record)
        return record

    def _found_again(self, request: TakeRequest, shot: Shot) -> PanelRecord | None:
        """The record of a picture that is in the media store although the database does not know it."""
        digest = request.digest()
        stray = self._strays.pop(digest, None)
        if stray is None:
            return None
        facts: dict[str, object] = {"notes": list(stray.notes)}
        record = PanelRecord(digest, shot.id, request.canonical_json(), stray.media, stray.suffix, facts)
        self._database.put_panel(record)
        return record
