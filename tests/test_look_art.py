"""Reference art of every kind is read, or refused in one sentence that says what to do."""

from __future__ import annotations

import io
import struct
import warnings
import zipfile
import zlib
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageCms
from psd_tools import PSDImage

from maquette.film.errors import MediaError
from maquette.look import big_tiff
from maquette.look.art import LONGEST, Art, read_art

U8 = NDArray[np.uint8]


@pytest.fixture(scope="module")
def painting() -> U8:
    """Four flat quarters, 96x64: any reader gives their colours back."""
    picture = np.zeros((64, 96, 3), np.uint8)
    picture[:32, :48], picture[:32, 48:] = (200, 60, 40), (30, 90, 160)
    picture[32:, :48], picture[32:, 48:] = (240, 220, 180), (12, 12, 16)
    return picture


def saved(image: Image.Image | U8, kind: str, **more: Any) -> bytes:
    buffer = io.BytesIO()
    (image if isinstance(image, Image.Image) else Image.fromarray(image)).save(buffer, kind, **more)
    return buffer.getvalue()


def corners(art: Art) -> NDArray[np.int64]:
    height, width = art.pixels.shape[:2]
    quarter = [(height // 4, width // 4), (height // 4, 3 * width // 4), (3 * height // 4, width // 4),
               (3 * height // 4, 3 * width // 4)]  # fmt: skip
    return np.array([art.pixels[y, x] for y, x in quarter]).astype(int)


COLOURS = np.array([(200, 60, 40), (30, 90, 160), (240, 220, 180), (12, 12, 16)])


def test_common_kinds_give_their_colours(painting: U8) -> None:
    for kind, off in (("PNG", 0), ("JPEG", 8), ("TIFF", 0), ("GIF", 3)):
        art = read_art(saved(painting, kind), f"folder/a.{kind.lower()}")
        assert (art.name, art.width, art.height) == (f"a.{kind.lower()}", 96, 64)
        assert np.abs(corners(art) - COLOURS).max() <= off and art.counted.all() and not art.notes
    assert np.abs(corners(read_art(saved(painting, "WEBP", lossless=True), "a.webp")) - COLOURS).max() == 0


def test_the_bytes_say_what_it_is_not_the_name(painting: U8) -> None:
    assert np.array_equal(read_art(saved(painting, "PNG"), "a.jpg").pixels, painting)


def test_animations_give_their_first_frame(painting: U8) -> None:
    others = [Image.fromarray(255 - painting)]
    for kind in ("GIF", "PNG", "WEBP"):
        more = {"lossless": True} if kind == "WEBP" else {}
        art = read_art(saved(painting, kind, save_all=True, append_images=others, duration=100, **more), "a.gif")
        assert np.abs(corners(art) - COLOURS).max() <= 3
        assert art.notes == ("animated, the first frame is used",)


def test_pages_of_a_tiff(painting: U8) -> None:
    data = saved(painting, "TIFF", save_all=True, append_images=[Image.fromarray(255 - painting)])
    art = read_art(data, "a.tif")
    assert np.array_equal(art.pixels, painting) and art.notes == ("2 pages, the first is used",)


def test_sixteen_bits_and_floats_keep_their_tones() -> None:
    ramp = np.linspace(0, 65535, 256).astype(np.uint16)[None].repeat(16, axis=0)
    expected = np.arange(256)
    for image, kind in (
        (Image.fromarray(ramp), "PNG"), (Image.fromarray(ramp), "TIFF"),
        (Image.fromarray((ramp / 65535).astype(np.float32)), "TIFF"),
    ):  # fmt: skip
        art = read_art(saved(image, kind), "a")
        assert np.abs(art.pixels[0, :, 1].astype(int) - expected).max() <= 1
        assert "bits a channel" in art.notes[0]


def test_sixteen_bit_colour_png(painting: U8) -> None:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    wide = (painting.astype(">u2") * 257).astype(">u2")
    rows = b"".join(b"\0" + row.tobytes() for row in wide)
    data = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 96, 64, 16, 2, 0, 0, 0))
    data += chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    art = read_art(data, "a.png")
    assert np.array_equal(art.pixels, painting) and art.notes == ("16 bits a channel, read to 8",)


def test_cmyk_with_and_without_a_profile(painting: U8) -> None:
    inks = Image.fromarray(painting).convert("CMYK")
    for kind in ("JPEG", "TIFF"):
        art = read_art(saved(inks, kind), "a")
        assert np.abs(corners(art) - COLOURS).max() <= 12 and "CMYK without a profile" in art.notes[0]
    broken = read_art(saved(inks, "TIFF", icc_profile=b"no profile"), "a.tif")
    assert "profile cannot be used" in broken.notes[0]


def swapping_profile() -> bytes:
    """An ICC profile (version 2, matrix and curves) of a display whose first channel is green and second red."""

    def xyz(x: float, y: float, z: float) -> bytes:
        return b"XYZ \0\0\0\0" + struct.pack(">3i", *(round(v * 65536) for v in (x, y, z)))

    curve = b"curv\0\0\0\0" + struct.pack(">I", 1024)
    codes = np.linspace(0, 1, 1024)
    linear = np.where(codes <= 0.04045, codes / 12.92, ((codes + 0.055) / 1.055) ** 2.4)
    curve += (linear * 65535 + 0.5).astype(">u2").tobytes()
    red, green = xyz(0.43607, 0.22249, 0.01392), xyz(0.38515, 0.71687, 0.09708)
    words = b"desc\0\0\0\0" + struct.pack(">I", 8) + b"swapped\0" + b"\0" * 78
    blue, white = xyz(0.14307, 0.06061, 0.7141), xyz(0.9642, 1, 0.8249)
    tags = {b"desc": words, b"cprt": b"text\0\0\0\0none\0", b"wtpt": white, b"rXYZ": green, b"gXYZ": red,
            b"bXYZ": blue, b"rTRC": curve, b"gTRC": curve, b"bTRC": curve}  # fmt: skip
    table, body, at = struct.pack(">I", len(tags)), b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    head = struct.pack(">I4sI4s4s4s", at + len(body), b"test", 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += b"\0" * 12 + b"acsp" + b"\0" * 28 + struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + body


def test_another_profile_is_converted(painting: U8) -> None:
    for kind in ("PNG", "TIFF"):
        art = read_art(saved(painting, kind, icc_profile=swapping_profile()), "a")
        assert np.abs(corners(art) - COLOURS[:, [1, 0, 2]]).max() <= 3
        assert art.notes == ("colours converted by the file's profile",)
    own = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    assert np.array_equal(read_art(saved(painting, "PNG", icc_profile=own), "a").pixels, painting)


def test_what_is_transparent_does_not_count(painting: U8) -> None:
    image = Image.fromarray(painting).convert("RGBA")
    alpha = np.zeros((64, 96), np.uint8)
    alpha[:, 48:] = 255
    image.putalpha(Image.fromarray(alpha))
    art = read_art(saved(image, "PNG"), "a.png")
    assert art.counted.mean() == 0.5 and art.counted[:, 48:].all() and "transparent" in art.notes[0]
    image.putalpha(255)
    assert read_art(saved(image, "PNG"), "a.png").notes == ()
    image.putalpha(0)
    with pytest.raises(MediaError, match="transparent everywhere"):
        read_art(saved(image, "PNG"), "a.png")


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "WEBP"])
def test_pictures_stand_upright_as_the_camera_was_held(painting: U8, kind: str, turn: int) -> None:
    """The tag says how to turn what is stored (EXIF 3.0, 4.6.5.1.6); so stored is the picture turned the other way."""
    stored = {
        1: painting, 2: painting[:, ::-1], 3: painting[::-1, ::-1], 4: painting[::-1], 5: np.swapaxes(painting, 0, 1),
        6: np.rot90(painting, 1), 7: np.rot90(np.swapaxes(painting, 0, 1), 2), 8: np.rot90(painting, -1),
    }  # fmt: skip
    exif = Image.Exif()
    exif[274] = turn
    art = read_art(saved(np.ascontiguousarray(stored[turn]), kind, exif=exif), "a")
    assert (art.width, art.height) == (96, 64) and art.pixels.shape == (64, 96, 3)
    assert np.abs(corners(art) - COLOURS).max() <= 12


@pytest.mark.parametrize("turn", [3, 6, 8])
def test_a_large_tiff_that_is_read_by_strips_stands_upright_too(
    painting: U8, turn: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("maquette.look.art.MOST_PIXELS", 1000)
    monkeypatch.setattr("maquette.look.art.LONGEST", 48)
    stored = {3: painting[::-1, ::-1], 6: np.rot90(painting, 1), 8: np.rot90(painting, -1)}[turn]
    art = read_art(saved(np.ascontiguousarray(stored), "TIFF", compression="raw", tiffinfo={274: turn}), "a.tif")
    assert (art.width, art.height) == (96, 64) and art.pixels.shape == (32, 48, 3)
    assert np.abs(corners(art) - COLOURS).max() <= 1


def test_no_colour_bleeds_in_from_what_is_transparent(monkeypatch: pytest.MonkeyPatch) -> None:
    """A light figure on a transparent ground that happens to be black, reduced three times over."""
    monkeypatch.setattr("maquette.look.art.LONGEST", 40)
    pixels = np.zeros((90, 120, 4), np.uint8)
    pixels[20:71, 31:92] = (230, 220, 210, 255)
    art = read_art(saved(pixels, "PNG"), "a.png")
    assert art.alpha is not None and 0 < art.alpha[10, 10] < 255, "an edge runs through a reduced pixel"
    assert np.abs(art.pixels[art.counted].astype(int) - (230, 220, 210)).max() <= 2


def test_layered_files_are_read_merged(painting: U8) -> None:
    buffer = io.BytesIO()
    PSDImage.frompil(Image.fromarray(painting)).save(buffer)
    assert np.array_equal(read_art(buffer.getvalue(), "a.psd").pixels, painting)
    with pytest.raises(MediaError, match="ends before"):
        read_art(buffer.getvalue()[:-200], "a.psd")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "image/openraster")
        archive.writestr("mergedimage.png", saved(painting, "PNG"))
    assert np.array_equal(read_art(buffer.getvalue(), "a.ora").pixels, painting)


def test_large_pictures_are_reduced(painting: U8) -> None:
    large = Image.fromarray(painting).resize((5000, 3334), Image.Resampling.NEAREST)
    for kind in ("PNG", "JPEG"):
        art = read_art(saved(large, kind), "a")
        assert (art.width, art.height) == (5000, 3334)
        assert max(art.pixels.shape) == LONGEST and np.abs(corners(art) - COLOURS).max() <= 8


@pytest.mark.parametrize("packing", ["raw", "tiff_deflate", "tiff_lzw"])
def test_a_tiff_of_30000_pixels_is_reduced_strip_by_strip(painting: U8, packing: str) -> None:
    large = Image.fromarray(painting).resize((30_000, 3_000), Image.Resampling.NEAREST)
    art = read_art(saved(large, "TIFF", compression=packing), "a.tif")
    assert (art.width, art.height) == (30_000, 3_000) and art.pixels.shape[1] == LONGEST
    assert np.abs(corners(art) - COLOURS).max() <= 1
    assert "reduced while reading" in art.notes[0]


def test_strips_and_tiles_of_any_size_give_the_same_means(painting: U8, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(1)
    picture = rng.integers(0, 256, (130, 210, 3), dtype=np.uint8)
    monkeypatch.setattr("maquette.look.art.MOST_PIXELS", 1000)
    monkeypatch.setattr("maquette.look.art.LONGEST", 30)
    expected = np.asarray(Image.fromarray(picture).reduce(7)).astype(int)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        strips = saved(picture, "TIFF", compression="raw", tiffinfo={278: 3})
    image = big_tiff.TiffImagePlugin.TiffImageFile(io.BytesIO(strips))
    found = np.asarray(big_tiff.reduced_tiff(image, strips, 7, "a.tif")).astype(int)
    assert found.shape == expected.shape and np.abs(found - expected).max() <= 1
    assert read_art(strips, "a.tif").pixels.shape[1] <= 30


def test_a_large_tiff_in_one_packed_piece_is_refused(painting: U8, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maquette.look.art.MOST_PIXELS", 1000)
    monkeypatch.setattr(big_tiff, "MOST_BLOCK_PIXELS", 2000)
    data = saved(painting, "TIFF", compression="tiff_deflate", tiffinfo={278: 64})
    with pytest.raises(MediaError, match="strips or tiles"):
        read_art(data, "a.tif")


def bomb(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + body


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"hello, I am no picture", "is no picture"),
        (b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"<svg><script>alert(1)</script></svg>", "SVG"),
        (b"%PDF-1.7\n", "PDF"),
        (bomb(60_000, 60_000), "too many to unpack"),
        (bomb(2**31 - 1, 2**31 - 1), "too many to unpack"),
        (b"8BPS\0\1" + b"\0" * 6 + b"\0\3" + b"\0\3\x0d\x40" * 2 + b"\0\x08\0\3", "too many to unpack"),
        (b"8BPS", "ends in its header"),
        (b"PK\x03\x04 not an archive", "cannot be read"),
        (b"\x89PNG\r\n\x1a\n", "cannot be read"),
        (b"II*\0\xff\xff\xff\xff", "cannot be read"),
        (b"GIF89a", "cannot be read"),
    ],
)  # fmt: skip
def test_what_is_no_picture_is_refused_in_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(MediaError, match=words) as raised:
        read_art(data, "/somewhere/x.png")
    sentence = str(raised.value)
    assert sentence.startswith("x.png") and "\n" not in sentence and sentence.endswith(".")


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP", "GIF"])
def test_truncated_files_are_refused(kind: str) -> None:
    noise = np.random.default_rng(0).integers(0, 256, (80, 120, 3), dtype=np.uint8)
    data = saved(noise, kind)
    for share in (0.9, 0.5, 0.1):
        with pytest.raises(MediaError):
            read_art(data[: int(len(data) * share)], "cut")


def test_an_archive_that_unpacks_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maquette.look.art.MOST_BYTES", 100_000)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mergedimage.png", b"\0" * 1_000_000)
    with pytest.raises(MediaError, match="unpacks to more"):
        read_art(buffer.getvalue(), "a.ora")
    with pytest.raises(MediaError, match="a smaller copy"):
        read_art(b"\0" * 200_000, "a.png")
