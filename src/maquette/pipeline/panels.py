"""The drawn panels of a shot, as they lie in the production: nothing is drawn here."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from maquette.pipeline.documents import Documents
from maquette.store.database import PanelRecord


@dataclass(frozen=True)
class DrawnPanels:
    """The newest pictures of a shot: of its start, and of its end where it was drawn in the same size and style."""

    start: Path
    end: Path | None = None
    size: tuple[int, int] | None = None
    """Pixels across and down, where the record says."""


def drawn_panels(production: Documents, shot_id: str) -> DrawnPanels | None:
    """What was drawn last of a shot; None where nothing was, or its files are gone or damaged."""
    media = production.folder.media
    start: PanelRecord | None = None
    end: PanelRecord | None = None
    for record in production.database.panels_of(shot_id):
        if not media.has(record.media, record.suffix):
            continue
        if _moment(record) == 0:
            start = start or record
        else:
            end = end or record
    if start is None:
        start, end = end, None
    if start is None:
        return None
    look = _look(start)
    same = end if end is not None and _look(end) == look else None
    return DrawnPanels(
        media.path(start.media, start.suffix),
        media.path(same.media, same.suffix) if same is not None else None,
        (look[0], look[1]) if look is not None else None,
    )


def _moment(record: PanelRecord) -> float:
    """0 for a start panel."""
    try:
        text = str(json.loads(record.body).get("moment_s", "0"))
        over, _, under = text.partition("/")
        return float(over) / float(under or 1)
    except (ValueError, ZeroDivisionError, AttributeError):
        return 0.0


def _look(record: PanelRecord) -> tuple[int, int, str] | None:
    """Width, height and style: two pictures of one move share them."""
    try:
        frame = json.loads(record.body)["frame"]
        return int(frame["width"]), int(frame["height"]), str(frame["style"])
    except (ValueError, TypeError, KeyError):
        return None
