"""Pictures that no record names any more, found again by the request that their file carries."""

from __future__ import annotations

import json
from dataclasses import dataclass

from PIL import Image

from maquette.store.database import Database
from maquette.store.media import MediaStore


@dataclass(frozen=True)
class Stray:
    """A whole picture in the media store without a record."""

    media: str
    suffix: str
    notes: tuple[str, ...]
    """What the stage had to say about it."""


def stray_panels(database: Database, media: MediaStore) -> dict[str, Stray]:
    """Strays by the digest of their request, from the PNG text chunk "maquette:request".

    They are there after the database was lost, or when a run was killed between storing a picture and noting it.
    Damaged pictures and those without the chunk are left out.
    """
    known = database.known_media()
    found: dict[str, Stray] = {}
    for digest in media.digests(".png"):
        if digest in known:
            continue
        try:
            with Image.open(media.path(digest, ".png")) as picture:
                request, notes = picture.info.get("maquette:request"), picture.info.get("maquette:notes", "[]")
            listed = tuple(str(n) for n in json.loads(notes))
        except (OSError, ValueError, SyntaxError, TypeError, Image.DecompressionBombError):
            continue
        if isinstance(request, str) and request not in found and media.has(digest, ".png"):
            found[request] = Stray(digest, ".png", listed)
    return found
