"""Shots and paintings in a few hundred samples each, kept: asking again what to paint next renders nothing."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from maquette.film.request import TakeRequest
from maquette.film.style import PanelStyle
from maquette.pipeline.key_frames import rendered
from maquette.pipeline.production import Production
from maquette.store.files import write_whole

if TYPE_CHECKING:
    from maquette.house.choose import Sight

FOLDER = "house/sights"


def sight_of_request(production: Production, name: str, request: TakeRequest) -> Sight:
    """The frame of a request as `name`, rendered only where it is not kept."""
    from maquette.house.choose import sight_of

    def made() -> Sight:
        frame = rendered(production.studio, request)
        return sight_of(name, frame.passes, frame.picture)

    return kept_sight(production, [request.digest()], name, made)


def kept_sight(production: Production, facts: list[str], name: str, made: Callable[[], Sight]) -> Sight:
    """What `made` gave for the same facts and with the same versions of everything that renders, as `name`."""
    from maquette.house.choose import SIGHT_VERSION

    versions = production.studio.versions("", PanelStyle.PHOTO).canonical_json()
    key = sha256(json.dumps([facts, versions, SIGHT_VERSION]).encode()).hexdigest()
    path = production.root / FOLDER / f"{key[:32]}.npz"
    found = _read(path)
    if found is None:
        found = made()
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, _bytes(found))
    return replace(found, name=name)


def _bytes(sight: Sight) -> bytes:
    facts = [list(sight.things), sight.tone, list(sight.light), sight.face_px, sight.shares]
    out = io.BytesIO()
    np.savez_compressed(out, points=sight.points, facts=np.array(json.dumps(facts)))
    return out.getvalue()


def _read(path: Path) -> Sight | None:
    """None where there is none, or it is damaged: it is made again then."""
    from maquette.house.choose import Sight

    try:
        with np.load(path, allow_pickle=False) as stored:
            points = stored["points"].astype(np.float32)
            things, tone, light, face_px, shares = json.loads(str(stored["facts"]))
        return Sight("", points, tuple(things), float(tone), (light[0], light[1]), float(face_px), shares)
    except (OSError, ValueError, KeyError, TypeError, zipfile.BadZipFile):
        return None
