"""Frames for the painter: read back by other people's readers."""

from __future__ import annotations

import io
import zipfile
from xml.etree import ElementTree as Xml

import numpy as np
import pytest
from PIL import Image, ImageCms
from psd_tools import PSDImage

from maquette.deliver.layered import PAINT_HERE, Layered, flat_colours, layered, request_in, shadow_and_light
from maquette.deliver.ora import ora
from maquette.deliver.psd import psd
from tests.painted_frames import passes

REQUEST = "0123456789abcdef" * 4


@pytest.fixture(scope="module")
def made() -> Layered:
    seen, picture = passes()
    return layered(seen, picture, np.zeros(picture.shape[:2], np.uint8), REQUEST, "Shot 2F <a> & b")


def test_a_photoshop_reader_finds_the_picture_and_an_empty_layer_on_top(made: Layered) -> None:
    document = PSDImage.open(io.BytesIO(psd(made)))
    assert document.size == made.size
    top = document[-1]
    assert top.name == PAINT_HERE and top.is_visible()
    assert np.asarray(top.topil())[..., 3].max() == 0
    assert (np.asarray(document.topil().convert("RGB")) == made.merged).all()
    assert np.abs(np.asarray(document.composite().convert("RGB")).astype(int) - made.merged).max() <= 1
    names = [layer.name for layer in document.descendants()]
    assert {"Beauty", "Flats", "Shadow", "Light", "Lines", "Normals (guide)", "floor", "cup", "妈妈 skin",
            "妈妈 shoe left", "sky"} <= set(names)  # fmt: skip


def test_pillow_reads_the_photoshop_file_too(made: Layered) -> None:
    with Image.open(io.BytesIO(psd(made))) as image:
        assert (np.asarray(image.convert("RGB")) == made.merged).all()
        assert image.n_frames == len(list(PSDImage.open(io.BytesIO(psd(made))).descendants())) + _groups(made)
        profile = ImageCms.ImageCmsProfile(io.BytesIO(image.info["icc_profile"]))
    assert "sRGB" in ImageCms.getProfileDescription(profile)


def _groups(made: Layered) -> int:
    """Groups have a second, nameless record in the file that closes them."""
    document = PSDImage.open(io.BytesIO(psd(made)))
    return sum(layer.is_group() for layer in document.descendants())


def test_masks_are_exact_every_pixel_is_in_one_flat(made: Layered) -> None:
    seen, _ = passes()
    flats = PSDImage.open(io.BytesIO(psd(made))).find("Flats")
    assert flats is not None
    covered = np.zeros(seen.object_id.shape, int)
    for layer in flats.descendants():
        if layer.is_group():
            continue
        alpha = np.asarray(layer.topil().convert("RGBA"))[..., 3]
        assert set(np.unique(alpha)) <= {0, 255}
        mine = np.zeros_like(covered)
        mine[layer.top : layer.bottom, layer.left : layer.right] = alpha > 0
        covered += mine
        if layer.name == "cup":
            assert ((mine > 0) == seen.mask("prop/cup")).all()
    assert (covered == 1).all()


def test_flats_shadow_and_light_together_are_the_picture() -> None:
    seen, picture = passes()
    flats = flat_colours(seen, picture)
    shadow, light = shadow_and_light(flats, picture)
    dimmed = flats / 255.0 * (shadow / 255.0)
    together = 1 - (1 - dimmed) * (1 - light / 255.0)
    assert np.abs(together * 255 - picture).max() <= 1.5
    assert len(np.unique(flats[seen.mask("prop/cup")], axis=0)) == 1


def test_open_raster_by_the_letter(made: Layered) -> None:
    data = ora(made)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        first = archive.infolist()[0]
        assert first.filename == "mimetype" and first.compress_type == zipfile.ZIP_STORED
        assert archive.read("mimetype") == b"image/openraster"
        assert data[30:38] == b"mimetype"
        image = Xml.fromstring(archive.read("stack.xml"))
        assert (image.get("w"), image.get("h")) == ("96", "54")
        top = image[0][0]
        assert top.get("name") == PAINT_HERE and top.get("visibility") == "visible"
        for layer in image.iter("layer"):
            with Image.open(io.BytesIO(archive.read(str(layer.get("src"))))) as part:
                assert part.mode == "RGBA"
                assert int(layer.get("x", "0")) + part.width <= 96 and int(layer.get("y", "0")) + part.height <= 54
        operators = {layer.get("name"): layer.get("composite-op") for layer in image.iter("layer")}
        assert operators["Shadow"] == "svg:multiply" and operators["Light"] == "svg:screen"
        with Image.open(io.BytesIO(archive.read("mergedimage.png"))) as merged:
            assert (np.asarray(merged) == made.merged).all()
        with Image.open(io.BytesIO(archive.read("Thumbnails/thumbnail.png"))) as small:
            assert max(small.size) <= 256


def test_the_same_frame_gives_the_same_bytes(made: Layered) -> None:
    assert psd(made) == psd(made)
    assert ora(made) == ora(made)


def test_files_say_what_they_were_made_from_even_after_another_program_saved_them(made: Layered) -> None:
    assert request_in(psd(made)) == REQUEST
    assert request_in(ora(made)) == REQUEST
    document = PSDImage.open(io.BytesIO(psd(made)))
    del document.image_resources[1060]  # the metadata; names of layers are all that is left
    buffer = io.BytesIO()
    document.save(buffer)
    assert request_in(buffer.getvalue()) == REQUEST[:16]


@pytest.mark.parametrize("data", [b"", b"8BPS", b"PK\x03\x04 broken", b"\x89PNG\r\n\x1a\n", b"nothing"])
def test_what_says_nothing_or_is_broken_has_no_request(data: bytes) -> None:
    assert request_in(data) is None
