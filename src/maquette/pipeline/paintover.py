"""Frames go out to the artist as layered files; paintovers come back, are checked, and become keys of a look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from maquette.film.errors import MediaError, UsageError
from maquette.film.look import KeyPainting, Look
from maquette.film.paint import PaintFrame
from maquette.film.rate import RATES
from maquette.film.take import FIRST_FRAME
from maquette.imaging.png import decode_png, encode_png
from maquette.pipeline.direction import whoever
from maquette.pipeline.key_frames import (
    Rendered,
    frame_called,
    frames_handed_out,
    keep_frame,
    moment_of,
    rendered,
    request_to_paint,
    shot_to_paint,
)
from maquette.pipeline.looks import Looks
from maquette.pipeline.names import file_name
from maquette.pipeline.painted import (
    AGREES,
    MOST_BYTES,
    Painted,
    check_size,
    laid_flat,
    painted_in_place,
    put_in_place,
    same_aspect,
)
from maquette.pipeline.panels import drawn_panels
from maquette.pipeline.production import Production
from maquette.store.files import file_errors, write_whole
from maquette.store.folder import only_writer

if TYPE_CHECKING:
    from maquette.imaging.register import Placed

U8 = NDArray[np.uint8]
FORMATS = {"psd": "Photoshop, Krita, Affinity, Procreate", "ora": "OpenRaster: Krita, MyPaint, GIMP",
           "png": "the frame alone"}  # fmt: skip
ADD_AGAIN = "it is a painting; hand it in again with `maquette look DIR add-key NAME SHOT FILE`"
PAINT_AGAIN = "it is a frame to paint over; write it again with `maquette look DIR paint SHOT`"
SURE = 0.75
"""Below this other frames are looked at, too: one of them may be meant."""
CLEARLY = 0.2
"""Another frame must agree so much better to be the one that is meant."""


@dataclass(frozen=True)
class HandedOut:
    """A frame to paint over."""

    path: Path
    frame: PaintFrame
    layers: int


@dataclass(frozen=True)
class AddedKey:
    """A paintover that was taken in."""

    look: Look
    key: KeyPainting
    replaced: bool
    """It stands in the place of an earlier painting of the same frame."""


# --- out ------------------------------------------------------------------------------------------------------------


def paint(
    production: Production,
    number: str,
    *,
    frame: int | None = None,
    at: str | None = None,
    format_name: str = "psd",
    size: str | None = None,
    out: Path | None = None,
) -> HandedOut:
    """Write a frame of a shot for the artist, with all that helps as layers.

    frame: number as in takes, 1001 is the first; at: seconds into the shot. size: of the file, "1920x1080", at the
    frame's aspect ratio; None: as frames are. out: the file; None: `paint/` in the production. Raises UsageError for
    what makes no sense.
    """
    if format_name not in FORMATS:
        known = "; ".join(f"{name} ({what})" for name, what in FORMATS.items())
        raise UsageError(f'There is no format "{format_name}" to paint in: use {known}.')
    shot = shot_to_paint(production, number)
    moment = moment_of(production, shot, frame, at)
    request = request_to_paint(production, number, moment)
    larger = request_to_paint(production, number, moment, size) if size is not None else request
    if not same_aspect((larger.frame.width, larger.frame.height), (request.frame.width, request.frame.height)):
        raise UsageError(f"Frames of shot {number} are {request.frame.width}x{request.frame.height}: {size} has "
                         "another aspect ratio; use a multiple, such as "
                         f"{3 * request.frame.width}x{3 * request.frame.height}.")  # fmt: skip
    index = FIRST_FRAME + RATES[production.settings.rate].frames(moment)
    path = out or production.root / "paint" / f"{file_name(shot.number)}_{index}.{format_name}"
    if path.is_dir():
        raise UsageError(f"{path} is a folder: name the file itself.")
    with only_writer(production.root):
        made = rendered(production.studio, larger)
        picture = made.picture if larger == request else rendered(production.studio, request).picture
        title = f"{production.screenplay.title or 'Untitled'} · shot {shot.number}"
        data, layers = _file(made, request.digest(), title, format_name)
        write_whole(path, data)
        kept = keep_frame(production, shot, request, picture)
        production.database.log("paint", f"{frame_called(shot.number, moment)} handed out as {path.name}")
    return HandedOut(path, kept, layers)


def _file(made: Rendered, digest: str, title: str, format_name: str) -> tuple[bytes, int]:
    """The file's bytes, and how many layers it has."""
    from maquette.deliver.layered import RESEARCH, layered
    from maquette.deliver.ora import ora
    from maquette.deliver.psd import psd

    if format_name == "png":
        text = {"maquette:request": digest, "Title": title, "Copyright": RESEARCH}
        return encode_png(made.picture, text), 1
    frame = layered(made.passes, made.picture, _lines(made), digest, title)
    return (psd(frame) if format_name == "psd" else ora(frame)), sum(1 for _ in frame.flat())


def _lines(made: Rendered) -> U8:
    """(H, W) how much ink the contours have, 0..255: the pen without its washes."""
    from maquette.film.look import Hand
    from maquette.film.style import PanelStyle
    from maquette.generate import GENERATORS, DrawSettings

    hand = Hand(line_colour="#000000", paper_colour="#ffffff", wash=0.0, texture=0.0, looseness=0.0)
    drawn = GENERATORS[PanelStyle.INK].draw(made.passes, made.picture, DrawSettings(hand=hand))
    return np.asarray(255 - drawn.min(axis=-1), np.uint8)


# --- back -----------------------------------------------------------------------------------------------------------


def add_key(
    production: Production,
    name: str,
    number: str,
    file: Path,
    *,
    frame: int | None = None,
    at: str | None = None,
    artist: str = "",
    anyway: bool = False,
) -> AddedKey:
    """Take a paintover back: read, laid flat, moved onto its frame, and kept as a key of the look.

    Which frame it is comes from `frame` or `at`, else from the file where it still says so, else from the frames of the
    shot that were handed out. anyway: take it although its edges do not lie on the frame's, or the file says that it is
    of another shot. Raises MediaError for a painting that cannot be used, UsageError for a look or shot that there is
    none of.
    """
    look = look_named(production, name)
    shot = shot_to_paint(production, number)
    data = _bytes_of(file)
    with only_writer(production.root):
        painted = Painted.read(data, file.name)
        frames = _candidates(production, number, painted, frame, at, anyway)
        place, own, flat = _placed(production, painted, frames)
        notes = [*painted.notes, *flat[1]]
        if not anyway:
            _refuse_other(production, look, painted, own, place, flat[0])
        elif place.agreement < AGREES:
            notes.append(f"taken as it lies, though only {place.agreement:.0%} of its edges agree with the frame's")
        size = _size_of(production, own)
        painting, shift = put_in_place(flat[0], place, size, notes, painted.name, anyway)
        if painted.alpha is not None:
            painting = np.dstack([painting, painted_in_place(painted.alpha, place, size, shift)])
        key = KeyPainting(
            shot_id=own.shot_id,
            shot_number=shot.number,
            moment_s=own.moment_s,
            request=own.request,
            body=own.body,
            painting=production.folder.media.put(encode_png(painting), ".png"),
            source_name=painted.name,
            artist=artist or whoever(),
            shift_px=shift,
            agreement=round(place.agreement, 3),
            notes=tuple(notes),
        )
        others = tuple(k for k in look.keys if k.request != key.request)
        replaced = len(others) < len(look.keys)
        kept = look.model_copy(update={"keys": (*others, key)})
        with production.database.together():
            production.database.put("look", look.name, kept)
            production.database.log(
                "add-key", f"{look.name}: {frame_called(shot.number, own.moment_s)} from {painted.name}"
            )
    return AddedKey(kept, key, replaced)


def remove_key(
    production: Production, name: str, number: str, *, frame: int | None = None, at: str | None = None
) -> tuple[Look, KeyPainting]:
    """Take the painting of a frame out of a look; returns the look without it, and the painting. Its picture stays in
    the production. Raises UsageError where there is none, or several and it is not said which.
    """
    look = look_named(production, name)
    shot = production.direction.shot(number)
    mine = [k for k in look.keys if k.shot_id == shot.id]
    if frame is not None or at is not None:
        moment = moment_of(production, production.direction.directed(shot).shot, frame, at)
        mine = [k for k in mine if k.moment_s == moment]
    if len(mine) != 1:
        painted = ", ".join(frame_called(k.shot_number, k.moment_s) for k in look.keys) or "nothing"
        which = "several paintings of" if mine else "no painting of"
        raise UsageError(f"{look.name} has {which} that frame of shot {number}: it has {painted}; say which with --at.")
    with only_writer(production.root), production.database.together():
        kept = look.model_copy(update={"keys": tuple(k for k in look.keys if k is not mine[0])})
        production.database.put("look", look.name, kept)
        production.database.log("remove-key", f"{look.name}: {frame_called(shot.number, mine[0].moment_s)}")
    return kept, mine[0]


def look_named(production: Production, name: str) -> Look:
    """The look of that name, whatever its capitals. Raises UsageError with near names."""
    return Looks(production).look(name)


def _bytes_of(file: Path) -> bytes:
    if not file.is_file():
        raise MediaError(f"There is no file {file}: name the painting that came back.")
    with file_errors(file, "reading"):
        if file.stat().st_size > MOST_BYTES:
            raise MediaError(f"{file.name} has more than 1 GB: save it flat, as PNG.")
        return file.read_bytes()


def _candidates(
    production: Production, number: str, painted: Painted, frame: int | None, at: str | None, anyway: bool
) -> list[PaintFrame]:
    """The frames that it may have been painted over."""
    shot = shot_to_paint(production, number)
    handed_out = frames_handed_out(production)
    if painted.request is not None:
        named = [f for f in handed_out if f.request.startswith(painted.request)]
        if named and named[0].shot_id != shot.id and not anyway:
            right = named[0].shot_number
            raise MediaError(f"{painted.name} was painted over shot {right}, as the file itself says: add it to shot "
                             f"{right}, not to {number}, or take it all the same with --anyway.")  # fmt: skip
        if named and named[0].shot_id == shot.id and frame is None and at is None:
            return named[:1]
    mine = [f for f in handed_out if f.shot_id == shot.id]
    if frame is not None or at is not None or not mine:
        moment = moment_of(production, shot, frame, at)
        of_moment = [f for f in mine if f.moment_s == moment]
        if of_moment:
            return of_moment[-1:]
        request = request_to_paint(production, number, moment)
        return [keep_frame(production, shot, request, rendered(production.studio, request).picture)]
    return mine


def _placed(
    production: Production, painted: Painted, frames: Sequence[PaintFrame]
) -> tuple[Placed, PaintFrame, tuple[U8, list[str]]]:
    """Where it lies, on which of the frames, and the painting laid flat over that one, with notes."""
    from maquette.imaging.register import placed

    found: list[tuple[Placed, PaintFrame, tuple[U8, list[str]]]] = []
    for frame in frames:
        picture = picture_of_frame(production, frame)
        check_size(painted, picture)
        flat = laid_flat(painted, picture)
        found.append((placed(flat[0], picture), frame, flat))
    return max(found, key=lambda f: f[0].agreement)


def _refuse_other(
    production: Production, look: Look, painted: Painted, own: PaintFrame, place: Placed, flat: U8
) -> None:
    """Raises MediaError for a painting of another frame, or of none."""
    if place.agreement >= SURE:
        return
    meant = frame_called(own.shot_number, own.moment_s)
    other, much = _better(production, look, own, flat)
    if other and much > max(AGREES, place.agreement + CLEARLY):
        raise MediaError(f"{painted.name} does not lie on {meant} (edges agree {place.agreement:.0%}) but on {other} "
                         f"({much:.0%}): add it to that one.")  # fmt: skip
    if place.agreement < AGREES:
        raise MediaError(f"{painted.name} does not lie on {meant} (edges agree {place.agreement:.0%}, "
                         f"{AGREES:.0%} is needed) nor on another frame: paint over what `maquette look DIR paint "
                         f"{own.shot_number}` writes, or take it all the same with --anyway.")  # fmt: skip


def _better(production: Production, look: Look, own: PaintFrame, flat: U8) -> tuple[str, float]:
    """Of all other pictures there are, the one that it lies on best: what people call it, and how well."""
    from maquette.imaging.register import agreement

    best, much = "", 0.0
    for called, picture in _all_pictures(production, look, own):
        if not same_aspect((flat.shape[1], flat.shape[0]), (picture.shape[1], picture.shape[0])):
            continue
        trial = agreement(flat, picture)
        if trial > much:
            best, much = called, trial
    return best, much


def _all_pictures(production: Production, look: Look, own: PaintFrame) -> list[tuple[str, U8]]:
    """Frames that were handed out, paintings of the look, and drawn panels of other shots."""
    handed_out = [f for f in frames_handed_out(production) if f.request != own.request]
    found = [(frame_called(f.shot_number, f.moment_s), picture_of_frame(production, f)) for f in handed_out]
    keys = [k for k in look.keys if k.request != own.request]
    found += [(frame_called(k.shot_number, k.moment_s), painting_of(production, k)) for k in keys]
    for shot in production.shots:
        panels = drawn_panels(production, shot.id) if shot.id != own.shot_id else None
        if panels is not None:
            found.append((f"shot {shot.number}", decode_png(panels.start.read_bytes())))
    return found


def _size_of(production: Production, frame: PaintFrame) -> tuple[int, int]:
    height, width = picture_of_frame(production, frame).shape[:2]
    return width, height


def picture_of_frame(production: Production, frame: PaintFrame) -> U8:
    """(H, W, 3) sRGB codes of a frame that was handed out. Raises StoreError where its file is gone."""
    return decode_png(production.folder.media.get(frame.picture, ".png", PAINT_AGAIN))


def painting_of(production: Production, key: KeyPainting) -> U8:
    """(H, W, 3) sRGB codes of a key, at its frame's size. Raises StoreError where its file is gone."""
    return decode_png(production.folder.media.get(key.painting, ".png", ADD_AGAIN))


def painted_share_of(production: Production, key: KeyPainting) -> U8 | None:
    """(H, W) 0..255 where the artist painted a key, whose painting was laid over the frame; None: all of it."""
    with Image.open(BytesIO(production.folder.media.get(key.painting, ".png", ADD_AGAIN))) as image:
        return np.asarray(image.getchannel("A")) if image.mode == "RGBA" else None
