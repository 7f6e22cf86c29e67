"""A frame taken apart for the painter: the picture, its flats, shadow and light, lines and normals, and a layer on top
to paint on. `psd.py` and `ora.py` write it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from maquette.deliver.exr_camera import world_to_camera
from maquette.film.passes import Passes
from maquette.imaging.color import to_code

U8 = NDArray[np.uint8]
F32 = NDArray[np.float32]

PAINT_HERE = "PAINT HERE"
GUIDES = "Maquette guides"
"""Beginning of a group's name; the request's first signs follow: programs that drop metadata keep names."""
DIGEST_SIGNS = 16
PATTERN_CODES, PATTERN_SHARE = 24, 0.12
"""A part has a pattern where more than this share of it is so far from its usual colour: edges alone are less."""
RESEARCH = "Non-commercial research material"
_REQUEST = re.compile(rb"maquette:request[^0-9a-f]{1,80}([0-9a-f]{64})")
_NAMED = re.compile(rf"{GUIDES} ([0-9a-f]{{{DIGEST_SIGNS}}})".encode())
_WIDE = re.compile(f"{GUIDES} ".encode("utf-16-be") + rb"((?:\x00[0-9a-f]){16})")
_MOST_MEMBERS = 4096
_MOST_TEXT = 1 << 20


class Blend(StrEnum):
    """How a layer lies on those below, by what both formats and all painting programs have."""

    NORMAL = "normal"
    MULTIPLY = "multiply"
    SCREEN = "screen"


@dataclass(frozen=True, eq=False)
class Layer:
    """One picture among others."""

    name: str
    pixels: U8
    """(h, w, 4) sRGB codes and straight alpha, cut to where something is."""
    left: int = 0
    top: int = 0
    blend: Blend = Blend.NORMAL
    visible: bool = True
    locked: bool = True


@dataclass(frozen=True, eq=False)
class Group:
    """Layers that are opened and closed together."""

    name: str
    layers: tuple[Layer | Group, ...]
    """The lowest first."""
    visible: bool = True


@dataclass(frozen=True, eq=False)
class Layered:
    """A frame as layers."""

    merged: U8
    """(H, W, 3): what is seen when it is opened."""
    layers: tuple[Layer | Group, ...]
    """The lowest first."""
    request: str
    """Digest of the request that the frame was made from."""
    title: str

    @property
    def size(self) -> tuple[int, int]:
        """(width, height) in pixels."""
        return self.merged.shape[1], self.merged.shape[0]

    def flat(self) -> Iterator[Layer]:
        """All layers without their groups, the lowest first."""
        yield from _leaves(self.layers)


def layered(passes: Passes, picture: U8, lines: U8, request: str, title: str) -> Layered:
    """Take a frame apart.

    picture: (H, W, 3) sRGB codes of the passes. lines: (H, W) how much ink lies there, 0..255. Flats, shadow (multiply)
    and light (screen) over each other are the picture again, to a code value.
    """
    flats = flat_colours(passes, picture)
    shadow, light = shadow_and_light(flats, picture)
    height, width = picture.shape[:2]
    ink = np.zeros((height, width, 4), np.uint8)
    ink[..., :3], ink[..., 3] = (24, 24, 26), lines
    apart = Group(
        "Colour taken apart",
        (_flat_group(passes, flats), _whole("Shadow", shadow, Blend.MULTIPLY), _whole("Light", light, Blend.SCREEN)),
        visible=False,
    )
    guides = Group(
        f"{GUIDES} {request[:DIGEST_SIGNS]}",
        (_whole("Normals (guide)", normal_guide(passes), visible=False), apart, Layer("Lines", ink, visible=False)),
    )
    paint = Layer(PAINT_HERE, np.zeros((height, width, 4), np.uint8), locked=False)
    return Layered(picture, (_whole("Beauty", picture), guides, paint), request, title)


def flat_colours(passes: Passes, picture: U8) -> U8:
    """(H, W, 3) local colour: each part of each object in the colour that it has in the middle of its light and shade.

    A part with a pattern (tiles, stripes, a poster) keeps the pattern.
    """
    order = np.argsort(passes.part_id, axis=None, kind="stable")
    parts = passes.part_id.reshape(-1)[order]
    starts = np.flatnonzero(np.r_[True, parts[1:] != parts[:-1]])
    codes, own = picture.reshape(-1, 3), to_code(passes.albedo).reshape(-1, 3)
    flat = np.empty_like(codes)
    for start, end in zip(starts, [*starts[1:], len(parts)], strict=True):
        where = order[start:end]
        base = own[where]
        if (np.abs(base - np.median(base, axis=0)).max(-1) > PATTERN_CODES).mean() > PATTERN_SHARE:
            gain = codes[where].sum(0) / np.maximum(base.sum(0), 1.0)
            flat[where] = np.clip(base * gain, 0, 255)
        else:
            flat[where] = np.median(codes[where], axis=0)
    return flat.reshape(picture.shape)


def shadow_and_light(flats: U8, picture: U8) -> tuple[U8, U8]:
    """What multiplies flats down, and what is then screened over them, to come to the picture; both (H, W, 3)."""
    flat, wanted = flats.astype(np.float32) / 255, picture.astype(np.float32) / 255
    shadow = np.where(wanted < flat, wanted / np.maximum(flat, 1 / 512), 1)
    shadow_code = np.round(np.clip(shadow, 0, 1) * 255)
    dimmed = flat * shadow_code / 255
    light = np.where(wanted > dimmed, 1 - (1 - wanted) / np.maximum(1 - dimmed, 1 / 512), 0)
    return shadow_code.astype(np.uint8), np.round(np.clip(light, 0, 1) * 255).astype(np.uint8)


def normal_guide(passes: Passes) -> U8:
    """(H, W, 3) normals as the camera sees them: red to the right, green up, blue towards the camera; sky is black."""
    matrix = world_to_camera(passes.camera)[:3, :3]
    seen = passes.normal @ matrix
    hit = np.abs(passes.normal).sum(-1, keepdims=True) > 0
    return (np.where(hit, np.clip(seen * 0.5 + 0.5, 0, 1), 0) * 255 + 0.5).astype(np.uint8)


def request_in(data: bytes) -> str | None:
    """The request's digest, or its first 16 signs, that a file made here carries, whatever program wrote it since.

    Looked for in the metadata and in the names of layers. None: no sign of it. Reads nothing but text.
    """
    texts = list(_texts(data))
    for pattern in (_REQUEST, _NAMED, _WIDE):
        found = next((m for m in map(pattern.search, texts) if m is not None), None)
        if found is not None:
            return found.group(1).replace(b"\0", b"").decode()
    return None


# --- inside ---------------------------------------------------------------------------------------------------------


def _texts(data: bytes) -> Iterator[bytes]:
    if data.startswith(b"8BPS"):
        yield data
    elif data.startswith(b"PK"):
        yield from _members(data)
    else:
        try:
            with Image.open(BytesIO(data)) as image:
                values = [f"{key} {value}" for key, value in image.info.items() if isinstance(value, str | bytes)]
        except Exception:
            return  # whether the file can be read at all is for its reader to say
        yield "\n".join(values)[:_MOST_TEXT].encode()


def _members(data: bytes) -> Iterator[bytes]:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for member in archive.infolist()[:_MOST_MEMBERS]:
                if member.filename in ("stack.xml", "maquette.txt") and member.file_size <= _MOST_TEXT:
                    with archive.open(member) as file:
                        yield file.read(_MOST_TEXT)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError):
        return


def _leaves(layers: Sequence[Layer | Group]) -> Iterator[Layer]:
    for layer in layers:
        if isinstance(layer, Group):
            yield from _leaves(layer.layers)
        else:
            yield layer


def _whole(name: str, codes: U8, blend: Blend = Blend.NORMAL, *, visible: bool = True) -> Layer:
    opaque = np.full((*codes.shape[:2], 1), 255, np.uint8)
    return Layer(name, np.concatenate([codes, opaque], -1), blend=blend, visible=visible)


def _flat_group(passes: Passes, flats: U8) -> Group:
    """A layer for each object, for people one for each part of them; every pixel is in exactly one."""
    kinds: dict[str, list[Layer | Group]] = {"Set": [], "Props": [], "Cast": []}
    for index in np.unique(passes.object_id):
        name = passes.object_names[index] if index else "sky"
        mine = passes.object_id == index
        if name.startswith("cast/"):
            person = name.removeprefix("cast/")
            parts = np.unique(passes.part_id[mine])
            layers = [_cut(_part(passes, int(p), person), flats, mine & (passes.part_id == p)) for p in parts]
            kinds["Cast"].append(Group(person, tuple(layers)))
        else:
            kind, _, rest = name.partition("/")
            shown = rest.replace("/", " ") or name
            kinds["Props" if kind == "prop" else "Set"].append(_cut(shown, flats, mine))
    groups = [Group(kind, tuple(layers)) for kind, layers in kinds.items() if layers]
    return Group("Flats", tuple(groups))


def _part(passes: Passes, part: int, person: str) -> str:
    return f"{person} {passes.part_names[part].rpartition(':')[2].replace('_', ' ')}"


def _cut(name: str, flats: U8, mask: NDArray[np.bool_]) -> Layer:
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    inside = mask[top:bottom, left:right, None]
    codes = np.where(inside, flats[top:bottom, left:right], 0)
    return Layer(name, np.concatenate([codes, inside * np.uint8(255)], -1), int(left), int(top))
