"""The production's pictures as developed, without any look: what looks are fitted to."""

from __future__ import annotations

import json

import numpy as np
from numpy.typing import NDArray

from maquette.film.shot import Shot, ShotStatus
from maquette.film.style import PanelStyle
from maquette.imaging.png import decode_png
from maquette.pipeline.frames import preview_of
from maquette.pipeline.production import Production
from maquette.pipeline.results import Progress, silent

U8 = NDArray[np.uint8]
MOST = 8
"""Shots that a fit is made from: more change it little, and each may have to be drawn."""


def developed_pictures(production: Production, progress: Progress | None = None) -> tuple[U8, ...]:
    """(H, W, 3) sRGB of shots spread evenly over the production: panels where they are drawn, else small previews.

    The same shots every time, so that drawing more panels does not change a look. Nothing is stored.
    """
    told = progress or silent
    shots = [s for s in production.shots if s.status is not ShotStatus.OMITTED]
    chosen = [shots[i] for i in np.unique(np.linspace(0, len(shots) - 1, min(MOST, len(shots))).astype(int))]
    pictures: list[U8] = []
    for done, shot in enumerate(chosen):
        told(done, len(chosen), shot.number)
        drawn = _drawn(production, shot)
        pictures.append(_preview(production, shot) if drawn is None else drawn)
    told(len(chosen), len(chosen), "")
    return tuple(pictures)


def _drawn(production: Production, shot: Shot) -> U8 | None:
    """The newest panel of the shot that is a photograph without a look."""
    media = production.folder.media
    for record in production.database.panels_of(shot.id):
        try:
            body = json.loads(record.body)
            plain = body.get("look") is None and body["frame"]["style"] == PanelStyle.PHOTO.value
        except (ValueError, KeyError, TypeError, AttributeError):
            continue
        if plain and media.has(record.media, record.suffix):
            return decode_png(media.get(record.media, record.suffix))
    return None


def _preview(production: Production, shot: Shot) -> U8:
    frame = preview_of(production.settings, PanelStyle.PHOTO.value)
    request = production.request_as(production.direction.directed(shot), production.screenplay, frame)
    return production.studio.draw(request.model_copy(update={"look": None})).pixels
