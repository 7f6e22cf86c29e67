"""Which finished picture an edit starts from, and which one a board shows where there are several of one request."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import ValidationError

from maquette.film.request import Kept, TakeRequest
from maquette.store.database import Database, PanelRecord

EDITABLE = frozenset({"shot", "dressing", "scene_cast", "opening", "line", "performances", "look", "kept"})
"""What an edit of one thing may change in a request; light, camera and finish are of the whole picture."""
SAID = frozenset({"text", "reason", "stated", "notes", "eyeline"})
"""What it may change in the shot: whatever places no camera."""
WORDS = {
    "lighting": "its light was changed", "camera": "its camera was changed", "grade": "its finish was changed",
    "tracks": "its keyed controls were changed", "seed": "it has another seed",
    "versions": "another version of Maquette drew it",
}  # fmt: skip


def request_in(record: PanelRecord) -> TakeRequest | None:
    """What a panel was made from; None where an older Maquette has noted it otherwise."""
    try:
        return TakeRequest.model_validate_json(record.body)
    except ValidationError:
        return None


def same_picture(a: TakeRequest, b: TakeRequest) -> bool:
    """Whether two requests ask for the same thing, whatever was kept in drawing it."""
    return a.model_copy(update={"kept": None}) == b.model_copy(update={"kept": None})


def newest(records: Sequence[PanelRecord], request: TakeRequest) -> tuple[PanelRecord, TakeRequest] | None:
    """The newest picture of the same frame and moment of the shot; records: of the shot, newest first."""
    for record in records:
        found = request_in(record)
        if found is not None and (found.frame, found.moment_s) == (request.frame, request.moment_s):
            return record, found
    return None


def as_drawn(records: Sequence[PanelRecord], request: TakeRequest) -> TakeRequest:
    """The request as it was drawn last, as an edit or in whole; itself where it never was."""
    for record in records:
        found = request_in(record)
        if found is not None and same_picture(found, request):
            return found
    return request


def as_edit(records: Sequence[PanelRecord], request: TakeRequest) -> tuple[TakeRequest, tuple[str, ...]]:
    """The request as an edit of the shot's newest picture, and why it is none where it cannot be."""
    from maquette.edit import EDIT_VERSION

    found = newest(records, request)
    if found is None:
        return request, ()
    record, before = found
    if same_picture(before, request):
        return before, ()
    why = whole_reason(before, request)
    if why is not None:
        return request, (f"drawn anew in whole: {why}",)
    kept = Kept(request=record.request, version=EDIT_VERSION)
    return request.model_copy(update={"kept": kept}), ()


def whole_reason(before: TakeRequest, after: TakeRequest) -> str | None:
    """Why all of the picture changes; None where it may be a part."""
    for name in TakeRequest.model_fields:
        if name not in EDITABLE and getattr(before, name) != getattr(after, name):
            return WORDS.get(name, "it is another frame")
    if before.shot.model_copy(update={n: getattr(after.shot, n) for n in SAID}) != after.shot:
        return "its framing was changed"
    old, new = before.dressing, after.dressing
    if (old.weather, old.set_kind, old.set_seed) != (new.weather, new.set_kind, new.set_seed):
        return "its place or weather was changed"
    a, b = (r.look.model_copy(update={"elements": ()}) if r.look is not None else None for r in (before, after))
    if a != b:
        return "its look was changed"
    return None


def edited_from(database: Database, request: TakeRequest) -> tuple[TakeRequest, ...]:
    """The requests that an edit goes back to, oldest first; empty where it is no edit, or where one of them is not on
    record."""
    chain: list[TakeRequest] = []
    kept = request.kept
    while kept is not None:
        record = database.panel(kept.request)
        found = None if record is None else request_in(record)
        if found is None:
            return ()
        chain.insert(0, found)
        kept = found.kept
    return tuple(chain)
