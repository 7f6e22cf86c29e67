"""Reference art, read safely: whatever a person drops becomes an sRGB picture of a sensible size, or one sentence."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePath

import numpy as np
from numpy.typing import NDArray
from PIL import (
    GifImagePlugin,
    Image,
    ImageCms,
    ImageFile,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)

from maquette.film.errors import MediaError
from maquette.look.big_tiff import eight_bits, reduced_tiff

U8 = NDArray[np.uint8]

LONGEST = 1280
"""Pixels on the longer side that are kept: twice the width that a look's sizes are counted in."""
MOST_BYTES = 1 << 30
MOST_PIXELS = 80_000_000
"""Larger pictures are not unpacked whole."""
LARGEST_SIDE = 300_000
MOST_PROFILE_BYTES = 8 << 20
ORIENTATION = 274
"""Tag of EXIF and TIFF: how the camera was held."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
OPAQUE = 128
"""Alpha from which a pixel counts."""
KINDS = "PNG, JPEG, TIFF, WebP, GIF, PSD or OpenRaster (ORA)"


@dataclass(frozen=True, eq=False)
class Art:
    """A reference as it is looked at."""

    name: str
    """The file's name without its folder."""
    suffix: str
    width: int
    height: int
    """Of the file, upright."""
    pixels: U8
    """(H, W, 3) sRGB, at most `LONGEST` on the longer side."""
    counted: NDArray[np.bool_]
    """(H, W) what is picture; False where the file is transparent."""
    alpha: U8 | None = None
    """(H, W) 0..255; None: opaque."""
    notes: tuple[str, ...] = field(default=())
    """What was found or done on reading."""


def read_art(data: bytes, name: str) -> Art:
    """The picture in the bytes of a file. name: the file's, for sentences.

    PNG, JPEG, TIFF, WebP, GIF (first frame), PSD and ORA (merged); any depth, CMYK and other profiles become sRGB,
    and photographs stand upright as their camera was held. Raises MediaError for everything else, in one
    sentence with the remedy.
    """
    name = PurePath(name).name or "the picture"
    if not data:
        raise MediaError(f"{name} is empty: name a picture ({KINDS}).")
    if len(data) > MOST_BYTES:
        raise MediaError(f"{name} has {len(data) / 1e9:.1f} GB, more than a reference may (1 GB): save a smaller copy.")
    kind = _kind_of(data, name)
    notes: list[str] = []
    try:
        image = _READERS[kind](data, name, notes)
        size = (image.info.get("maquette_size") or image.size)[:2]
        image, lay = _upright(image)
        if lay:
            size = size[::-1]
        pixels, alpha = _as_srgb(image, notes)
    except MediaError:
        raise
    except MemoryError:
        raise MediaError(f"{name} needs more memory than there is: save a smaller copy.") from None
    except Exception as error:  # decoders of hostile files raise whatever they like
        words = " ".join(str(error).split())[:120] or type(error).__name__
        raise MediaError(f"{name} cannot be read as {kind} ({words}): open it in a paint program and save it again, "
                         "best as PNG.") from error  # fmt: skip
    counted = np.ones(pixels.shape[:2], bool) if alpha is None else alpha >= OPAQUE
    if not counted.any():
        raise MediaError(f"{name} is transparent everywhere: there is no picture to learn from.")
    return Art(name, PurePath(name).suffix.lower(), int(size[0]), int(size[1]), pixels, counted, alpha, tuple(notes))


def _kind_of(data: bytes, name: str) -> str:
    """By the first bytes: names may lie."""
    head = data[:16]
    for magic, kind in (
        (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"II*\0", "TIFF"), (b"MM\0*", "TIFF"),
        (b"II+\0", "TIFF"), (b"MM\0+", "TIFF"), (b"GIF8", "GIF"), (b"8BPS", "PSD"), (b"PK\x03\x04", "ORA"),
    ):  # fmt: skip
        if head.startswith(magic):
            return kind
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "WebP"
    start = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml", b"<!doctype svg")) and b"<svg" in data[:65536].lower():
        raise MediaError(f"{name} is an SVG drawing, which is a program and not a picture: export it as PNG.")
    if start.startswith(b"%pdf"):
        raise MediaError(f"{name} is a PDF: export the page as PNG.")
    raise MediaError(f"{name} is no picture that Maquette reads: name one as {KINDS}.")


# --- one kind of file each --------------------------------------------------------------------------------------


def _checked(image: ImageFile.ImageFile, name: str, largest: int = MOST_PIXELS) -> None:
    """Before anything is unpacked: a small file can claim any size."""
    width, height = image.size
    if width < 1 or height < 1:
        raise MediaError(f"{name} has no pixels: save it again.")
    if max(width, height) > LARGEST_SIDE or width * height > largest:
        raise MediaError(
            f"{name} has {width}x{height} pixels, too many to unpack: save a copy at most 8000 pixels wide, or as TIFF "
            "in strips."
        )


def _png(data: bytes, name: str, notes: list[str]) -> Image.Image:
    image = PngImagePlugin.PngImageFile(io.BytesIO(data))
    _checked(image, name)
    if data[24:25] == b"\x10":
        notes.append("16 bits a channel, read to 8")
    return _first_frame(image, notes)


def _jpeg(data: bytes, name: str, notes: list[str]) -> Image.Image:
    image = JpegImagePlugin.JpegImageFile(io.BytesIO(data))
    size = image.size
    _checked(image, name, largest=64 * MOST_PIXELS)
    image.draft("RGB", (LONGEST, LONGEST))  # the format can be read 2, 4 or 8 times smaller
    _checked(image, name)
    image.load()
    if size[0] * size[1] > MOST_PIXELS:
        notes.append(f"{size[0]}x{size[1]} pixels, reduced while reading")
    image.info["maquette_size"] = size
    return image


def _tiff(data: bytes, name: str, notes: list[str]) -> Image.Image:
    image = TiffImagePlugin.TiffImageFile(io.BytesIO(data))
    width, height = image.size
    _checked(image, name, largest=LARGEST_SIDE**2)
    if max(_numbers(image.tag_v2.get(258, 8))) > 8:
        notes.append(f"{max(_numbers(image.tag_v2[258]))} bits a channel, read to 8")
    if getattr(image, "n_frames", 1) > 1:
        notes.append(f"{image.n_frames} pages, the first is used")
        image.seek(0)
    if width * height <= MOST_PIXELS:
        image.load()
        return image
    notes.append(f"{width}x{height} pixels, reduced while reading")
    small = reduced_tiff(image, data, max(width, height) // LONGEST, name)
    turn = image.tag_v2.get(ORIENTATION, 1)
    stored = (height, width) if turn in (5, 6, 7, 8) else (width, height)  # Pillow has turned the size already
    small.info.update({"maquette_size": stored, "maquette_turn": turn, "icc_profile": image.info.get("icc_profile")})
    return small


def _webp(data: bytes, name: str, notes: list[str]) -> Image.Image:
    image = WebPImagePlugin.WebPImageFile(io.BytesIO(data))
    _checked(image, name)
    return _first_frame(image, notes)


def _gif(data: bytes, name: str, notes: list[str]) -> Image.Image:
    image = GifImagePlugin.GifImageFile(io.BytesIO(data))
    _checked(image, name)
    return _first_frame(image, notes)


def _psd(data: bytes, name: str, notes: list[str]) -> Image.Image:
    from psd_tools import PSDImage

    if len(data) < 26:
        raise MediaError(f"{name} ends in its header: save it again.")
    height, width = (int.from_bytes(data[i : i + 4], "big") for i in (14, 18))
    if max(width, height) > LARGEST_SIDE or width * height > MOST_PIXELS:
        raise MediaError(
            f"{name} has {width}x{height} pixels, too many to unpack: save a copy at most 8000 pixels wide."
        )
    if not _whole_psd(data):
        raise MediaError(f"{name} ends before its merged picture does: copy or save it again.")
    document = PSDImage.open(io.BytesIO(data))
    merged = document.topil() if document.has_preview() else None
    if merged is None:
        raise MediaError(f"{name} has no merged picture: save it with `Maximise compatibility`, or as PNG.")
    notes.append("layers merged, as the file has them")
    if document.depth > 8:
        notes.append(f"{document.depth} bits a channel, read to 8")
    return merged


def _whole_psd(data: bytes) -> bool:
    """Whether all bytes of the merged picture are there, by the lengths that the file states (Adobe Photoshop File
    Formats Specification): what is missing would be read as black."""
    wide = data[4:6] == b"\0\2"  # PSB has longer lengths
    channels, height, width, depth = (
        int.from_bytes(data[i : i + n], "big") for i, n in ((12, 2), (14, 4), (18, 4), (22, 2))
    )
    at = 26
    for size in (4, 4, 8 if wide else 4):  # colour modes, resources, layers
        at += size + int.from_bytes(data[at : at + size], "big")
    packing, at = data[at : at + 2], at + 2
    if packing == b"\0\0":
        return len(data) >= at + channels * height * (-(-width * depth // 8))
    if packing == b"\0\1":
        size = 4 if wide else 2
        rows = np.frombuffer(data, ">u4" if wide else ">u2", min(channels * height, (len(data) - at) // size), at)
        return len(data) >= at + size * channels * height + int(rows.sum(dtype=np.uint64))
    return len(packing) == 2


def _ora(data: bytes, name: str, notes: list[str]) -> Image.Image:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        if "mergedimage.png" not in archive.namelist():
            raise MediaError(f"{name} is an archive without a merged picture: save it as OpenRaster (ORA) or PNG.")
        if archive.getinfo("mergedimage.png").file_size > MOST_BYTES:
            raise MediaError(f"{name} unpacks to more than 1 GB: save a smaller copy.")
        with archive.open("mergedimage.png") as part:
            merged = part.read(MOST_BYTES + 1)
    notes.append("layers merged, as the file has them")
    return _png(merged, name, notes)


_READERS: dict[str, Callable[[bytes, str, list[str]], Image.Image]] = {
    "PNG": _png, "JPEG": _jpeg, "TIFF": _tiff, "WebP": _webp, "GIF": _gif, "PSD": _psd, "ORA": _ora,
}  # fmt: skip


def _first_frame(image: ImageFile.ImageFile, notes: list[str]) -> Image.Image:
    if getattr(image, "is_animated", False):
        notes.append("animated, the first frame is used")
    image.load()
    return image


def _upright(image: Image.Image) -> tuple[Image.Image, bool]:
    """The picture as the camera was held, and whether its sides have changed places."""
    try:
        turn = image.info.get("maquette_turn") or image.getexif().get(ORIENTATION, 1)
    except Exception:  # a picture is worth more than the notes of its camera
        turn = 1
    how = _TURNS.get(turn) if isinstance(turn, int) else None
    if how is None:
        return image, False
    kept = {k: v for k, v in image.info.items() if k in ("icc_profile", "transparency")}
    turned = image.transpose(how)
    turned.info.update(kept)
    return turned, turn >= 5


def _numbers(value: object) -> tuple[int, ...]:
    return tuple(int(v) for v in value) if isinstance(value, tuple) else (int(value),)  # type: ignore[arg-type]


# --- to sRGB ----------------------------------------------------------------------------------------------------


def _as_srgb(image: Image.Image, notes: list[str]) -> tuple[U8, U8 | None]:
    """(H, W, 3) sRGB codes and (H, W) alpha, None for opaque, both reduced to `LONGEST`."""
    profile = image.info.get("icc_profile")
    transparent = "transparency" in image.info
    image = eight_bits(image)
    if transparent and image.mode in ("P", "RGB", "L"):
        image = image.convert("RGBA")
    alpha = None
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La"):
        image = image.convert("RGBA")
        alpha = image.getchannel("A")
        if alpha.getextrema() == (255, 255):
            alpha = None
        else:
            notes.append("transparent in places, which do not count")
        image = image.convert("RGB")
    image = _displayed(image, profile, notes)
    if max(image.size) > LONGEST:
        image, alpha = _reduced(image, alpha)
    return np.asarray(image, np.uint8), None if alpha is None else np.asarray(alpha, np.uint8)


def _reduced(image: Image.Image, alpha: Image.Image | None) -> tuple[Image.Image, Image.Image | None]:
    """To `LONGEST`. What is transparent may have any colour, so colours are weighed by alpha: none bleeds in."""
    if alpha is not None:
        image = Image.merge("RGBA", (*image.split(), alpha)).convert("RGBa")
    factor = max(image.size) // LONGEST
    if factor > 1:
        image = image.reduce(factor)
    if max(image.size) > LONGEST:
        scale = LONGEST / max(image.size)
        size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
        image = image.resize(size, Image.Resampling.BOX)
    if alpha is None:
        return image, None
    image = image.convert("RGBA")
    return image.convert("RGB"), image.getchannel("A")


def _displayed(image: Image.Image, profile: bytes | None, notes: list[str]) -> Image.Image:
    """RGB in sRGB, by the file's own profile where it has one that can be used."""
    inks = image.mode == "CMYK"
    if image.mode not in ("RGB", "CMYK", "L", "LAB"):
        image = image.convert("RGB")
    if profile and len(profile) <= MOST_PROFILE_BYTES and image.mode in ("RGB", "CMYK", "LAB"):
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "srgb" not in ImageCms.getProfileDescription(source).lower():
                shown = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
                assert shown is not None
                notes.append(f"{'CMYK' if inks else 'colours'} converted by the file's profile")
                return shown
        except (ImageCms.PyCMSError, OSError, ValueError):
            notes.append("its colour profile cannot be used" + ("" if inks else ": taken as sRGB"))
    if inks:
        notes.append("CMYK without a profile: colours are approximate")
    return image.convert("RGB")
