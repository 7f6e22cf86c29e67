"""Frames go out, paintovers come back: good ones, and all the bad ones that artists' programs make."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image
from psd_tools import PSDImage

from maquette.film.errors import MediaError, UsageError
from maquette.film.look import KeyPainting, Look
from maquette.imaging.png import encode_png
from maquette.pipeline import Production, key_frames, paintover
from maquette.pipeline.key_frames import Rendered, frames_handed_out, keep_frame, request_to_paint, shot_to_paint
from maquette.pipeline.key_pairs import cut_passes, painted_part
from maquette.pipeline.paintover import add_key, look_named, paint, painted_share_of, painting_of, remove_key
from tests.painted_frames import file_of, frame, painted, passes
from tests.small_film import put_panel, small_film

U8 = NDArray[np.uint8]


@pytest.fixture
def film(tmp_path: Path) -> Iterator[Production]:
    """Three shots; frames of shots 1 and 2 are with the artist, and there is a look to add keys to."""
    with small_film(tmp_path / "film") as production:
        production.database.put("look", "rust", Look(name="rust"))
        for number, seed in (("1", 1), ("2", 2)):
            request = request_to_paint(production, number, Fraction(0), "320x180")
            keep_frame(production, shot_to_paint(production, number), request, frame(seed))
        yield production


def back(film: Production, number: str, data: bytes, name: str = "mara.png", **more: object) -> KeyPainting:
    file = film.root.parent / name
    file.write_bytes(data)
    return add_key(film, "rust", number, file, **more).key  # type: ignore[arg-type]


def kept(film: Production, key: KeyPainting) -> U8:
    return painting_of(film, key)


# --- good ones ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("manner", ["oil", "ink", "poster"])
def test_a_painting_of_the_frame_becomes_a_key_as_it_is(film: Production, manner: str) -> None:
    painting = painted(frame(1), manner)
    key = back(film, "1", file_of(painting), artist="Ida")
    assert (kept(film, key) == painting).all()
    assert key.shift_px == (0.0, 0.0) and key.notes == () and key.agreement > 0.6
    assert (key.shot_number, key.artist, key.source_name) == ("1", "Ida", "mara.png")
    assert look_named(film, "rust").keys == (key,)
    assert film.history[-1][1:] == ("add-key", "rust: shot 1 from mara.png")


def test_a_second_painting_of_a_frame_takes_the_place_of_the_first(film: Production) -> None:
    back(film, "1", file_of(painted(frame(1), "oil")))
    back(film, "2", file_of(painted(frame(2), "oil")))
    key = back(film, "1", file_of(painted(frame(1), "ink")))
    assert [k.shot_number for k in look_named(film, "rust").keys] == ["2", "1"]
    assert look_named(film, "rust").keys[-1] == key


def test_a_shifted_painting_is_moved_back_and_said_so(film: Production) -> None:
    painting = np.roll(painted(frame(1)), (5, -9), (0, 1))
    key = back(film, "1", file_of(painting))
    assert np.abs(np.subtract(key.shift_px, (-9, 5))).max() < 1
    assert "9 px to the left of and 5 px below its frame and was moved back" in key.notes[0]
    inner = (slice(12, -12), slice(16, -16))
    assert (kept(film, key)[inner] == painted(frame(1))[inner]).all()


def test_a_larger_painting_is_resampled(film: Production) -> None:
    large = np.asarray(Image.fromarray(painted(frame(1))).resize((640, 360), Image.Resampling.BICUBIC))
    key = back(film, "1", file_of(large))
    assert kept(film, key).shape == (180, 320, 3)
    assert "640x360 pixels, resampled to 320x180" in key.notes


def test_transparency_is_laid_over_the_frame(film: Production) -> None:
    painting = painted(frame(1), "poster")
    alpha = np.full((180, 320, 1), 255, np.uint8)
    alpha[:, :100], alpha[:, 100:200] = 0, 128
    key = back(film, "1", file_of(np.concatenate([painting, alpha], -1)))
    laid = kept(film, key).astype(int)
    assert (laid[:, :100] == frame(1)[:, :100]).all()
    assert (
        np.abs(laid[:, 100:200] - (painting[:, 100:200] * (128 / 255) + frame(1)[:, 100:200] * (127 / 255))).max() <= 1
    )
    assert (laid[:, 200:] == painting[:, 200:]).all()
    assert any("transparent in 31% of it: laid over the frame" in n for n in key.notes)
    share = painted_share_of(film, key)
    assert share is not None and (share == alpha[..., 0]).all()
    assert painted_share_of(film, back(film, "1", file_of(painting))) is None


def test_cmyk_sixteen_bits_and_grey_are_read(film: Production) -> None:
    painting = painted(frame(1), "poster")
    cmyk = back(film, "1", file_of(painting, "TIFF", "CMYK"), "cmyk.tif")
    assert any("CMYK" in n for n in cmyk.notes) and kept(film, cmyk).shape == (180, 320, 3)
    grey = back(film, "1", file_of(painting, "PNG", "L"), "grey.png")
    assert np.ptp(kept(film, grey).astype(int), axis=-1).max() == 0
    deep = Image.fromarray(np.asarray(Image.fromarray(painting).convert("L")).astype(np.uint16) * 257)
    buffer = io.BytesIO()
    deep.save(buffer, "PNG")
    wide = back(film, "1", buffer.getvalue(), "deep.png")
    assert any("16 bits" in n for n in wide.notes)
    assert np.abs(kept(film, wide).astype(int) - kept(film, grey)).max() <= 1


# --- bad ones -------------------------------------------------------------------------------------------------------


def refused(film: Production, number: str, data: bytes, name: str = "mara.png") -> str:
    before = look_named(film, "rust")
    with pytest.raises(MediaError) as caught:
        back(film, number, data, name)
    assert look_named(film, "rust") == before
    words = str(caught.value)
    assert words.endswith(".") and "\n" not in words
    return words


def test_another_aspect_and_a_smaller_size_are_refused(film: Production) -> None:
    square = np.asarray(Image.fromarray(painted(frame(1))).resize((320, 320)))
    assert "320x320 pixels, its frame 320x180: the aspect ratio is another" in refused(film, "1", file_of(square))
    small = np.asarray(Image.fromarray(painted(frame(1))).resize((160, 90)))
    assert "160x90 pixels, its frame 320x180: a smaller painting" in refused(film, "1", file_of(small))


def test_a_painting_far_beside_its_frame_is_refused_unless_asked_for(film: Production) -> None:
    data = file_of(np.roll(painted(frame(1)), 26, 1))
    assert "26 px to the right of its frame, more than the 5%" in refused(film, "1", data)
    key = back(film, "1", data, anyway=True)
    assert key.shift_px == (0.0, 0.0) and (kept(film, key) == np.roll(painted(frame(1)), 26, 1)).all()


def test_a_painting_of_the_wrong_shot_is_refused_and_the_right_one_named(film: Production) -> None:
    assert "does not lie on shot 1" in refused(film, "1", file_of(painted(frame(2))))
    assert "but on shot 2 (" in refused(film, "1", file_of(painted(frame(2))))
    put_panel(film, "1A", frame(3))
    assert "but on shot 1A (" in refused(film, "1", file_of(painted(frame(3), "ink")))
    words = refused(film, "1", file_of(painted(frame(9))))
    assert "nor on another frame" in words and "--anyway" in words
    assert any("taken as it lies" in n for n in back(film, "1", file_of(painted(frame(9))), anyway=True).notes)


def test_the_file_itself_says_which_frame_it_was(film: Production) -> None:
    digest = next(f.request for f in frames_handed_out(film) if f.shot_number == "2")
    data = encode_png(painted(frame(2)), {"maquette:request": digest})
    assert "was painted over shot 2, as the file itself says" in refused(film, "1", data)
    assert back(film, "2", data).shot_number == "2"


def test_what_is_said_weighs_more_than_what_the_file_says(film: Production) -> None:
    """A file that was handed out as one frame and is meant for another, or for another shot."""
    digest = next(f.request for f in frames_handed_out(film) if f.shot_number == "2")
    data = encode_png(painted(frame(1)), {"maquette:request": digest})
    assert "or take it all the same with --anyway" in refused(film, "1", data)
    assert back(film, "1", data, anyway=True).shot_number == "1"
    later = request_to_paint(film, "2", Fraction(1, 2), "320x180")
    keep_frame(film, shot_to_paint(film, "2"), later, frame(4))
    key = back(film, "2", encode_png(painted(frame(4)), {"maquette:request": digest}), at="0.5")
    assert key.moment_s == Fraction(1, 2) and key.request == later.digest()


def test_a_painting_is_taken_out_again(film: Production) -> None:
    one = back(film, "1", file_of(painted(frame(1), "oil")))
    two = back(film, "2", file_of(painted(frame(2), "oil")))
    with pytest.raises(UsageError, match="rust has no painting of that frame of shot 1A: it has shot 1, shot 2"):
        remove_key(film, "rust", "1A")
    with pytest.raises(UsageError, match="no painting of that frame of shot 1"):
        remove_key(film, "rust", "1", at="0.5")
    look, gone = remove_key(film, "Rust", "1")
    assert gone == one and look.keys == (two,) and look_named(film, "rust") == look
    assert film.history[-1][1:] == ("remove-key", "rust: shot 1")
    assert (painting_of(film, one) == painted(frame(1), "oil")).all(), "the picture itself is kept"


@pytest.mark.parametrize("value", [0, 128, 255])
def test_black_grey_and_white_are_refused(film: Production, value: int) -> None:
    assert "one colour everywhere" in refused(film, "1", file_of(np.full((180, 320, 3), value, np.uint8)))


def test_nothing_painted_is_refused(film: Production) -> None:
    assert "is the frame itself" in refused(film, "1", file_of(frame(1)))
    clear = np.concatenate([painted(frame(1)), np.zeros((180, 320, 1), np.uint8)], -1)
    assert "transparent" in refused(film, "1", file_of(clear))
    clear[80:83, 100:110, 3] = 255
    assert "paint more of the frame" in refused(film, "1", file_of(clear))


@pytest.mark.parametrize("data", [b"", b"MZ not a picture", b"\x89PNG\r\n\x1a\n broken", b"<svg/>"])
def test_what_is_no_picture_is_refused(film: Production, data: bytes) -> None:
    refused(film, "1", data)


def test_a_missing_file_an_unknown_look_and_an_omitted_shot(film: Production, tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="There is no file"):
        add_key(film, "rust", "1", tmp_path / "gone.png")
    with pytest.raises(UsageError, match="There is no look 'blue': there"):
        add_key(film, "blue", "1", tmp_path / "gone.png")
    film.omit(["1"])
    with pytest.raises(UsageError, match="Shot 1 is omitted"):
        add_key(film, "rust", "1", tmp_path / "gone.png")


def test_a_kill_between_writes_leaves_the_look_as_it_was(film: Production, monkeypatch: pytest.MonkeyPatch) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(type(film.database), "log", killed)
    with pytest.raises(KeyboardInterrupt):
        back(film, "1", file_of(painted(frame(1))))
    assert look_named(film, "rust").keys == ()
    monkeypatch.undo()
    assert back(film, "1", file_of(painted(frame(1)))).shot_number == "1"


# --- out ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def drawn(monkeypatch: pytest.MonkeyPatch) -> U8:
    """Instead of tracing light, a small frame that is always the same."""
    seen, picture = passes()

    def made(_studio: object, _request: object) -> Rendered:
        return Rendered(seen, picture)

    monkeypatch.setattr(paintover, "rendered", made)
    monkeypatch.setattr(paintover, "_lines", lambda _: np.zeros(picture.shape[:2], np.uint8))
    return picture


@pytest.mark.parametrize("kind", ["psd", "ora", "png"])
def test_what_goes_out_and_comes_back_is_known_again(film: Production, drawn: U8, kind: str) -> None:
    made = paint(film, "1A", at="1.5", format_name=kind)
    assert made.path == film.root / "paint" / f"1A_1037.{kind}"
    assert made.frame.moment_s == Fraction(3, 2)
    returned = _painted_in(made.path.read_bytes(), kind, 255 - drawn)
    key = back(film, "1A", returned, f"back.{kind}", anyway=True)
    assert key.request == made.frame.request and key.moment_s == Fraction(3, 2)
    assert np.abs(kept(film, key).astype(int) - (255 - drawn)).max() <= 1


def _painted_in(data: bytes, kind: str, painting: U8) -> bytes:
    """The file with something in its top layer, as a painting program saves it."""
    if kind == "png":
        with Image.open(io.BytesIO(data)) as image:
            return encode_png(painting, {"maquette:request": str(image.info["maquette:request"])})
    buffer = io.BytesIO()
    if kind == "psd":
        document = PSDImage.open(io.BytesIO(data))
        document.create_pixel_layer(Image.fromarray(painting).convert("RGBA"), "my painting")
        document.save(buffer)
        return buffer.getvalue()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            new.writestr(name, file_of(painting) if name == "mergedimage.png" else old.read(name))
    return buffer.getvalue()


def test_frames_count_as_in_takes_and_times_lie_in_the_shot(film: Production, drawn: U8) -> None:
    assert paint(film, "1A", frame=1037).frame.moment_s == Fraction(3, 2)
    with pytest.raises(UsageError, match="has the frames 1001 to 1072"):
        paint(film, "1A", frame=12)
    for text, words in (("4", "lasts 3 seconds: 4 is outside it"), ("1e999999999", "no time"), ("x", "no time")):
        with pytest.raises(UsageError, match=words):
            paint(film, "1A", at=text)
    with pytest.raises(UsageError, match="--frame or --at, not both"):
        paint(film, "1A", frame=1001, at="1")
    with pytest.raises(UsageError, match='no format "xcf"'):
        paint(film, "1A", format_name="xcf")
    with pytest.raises(UsageError, match="another aspect ratio"):
        paint(film, "1A", size="500x500")


def test_a_file_that_cannot_be_finished_is_not_there(
    film: Production, drawn: U8, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        paint(film, "1A")
    assert list((film.root / "paint").iterdir()) == []


def test_a_real_frame_goes_out_as_it_was_traced(film: Production) -> None:
    shot = shot_to_paint(film, "1")
    request = request_to_paint(film, "1", Fraction(0), "64x36")
    made = key_frames.rendered(film.studio, request)
    assert (made.picture == film.studio.draw(request).pixels).all()
    assert request.look is None and shot.number == "1"


# --- what training gets ---------------------------------------------------------------------------------------------


def test_where_a_moved_painting_has_no_paint_is_cut_off() -> None:
    key = KeyPainting(
        shot_id="a", shot_number="1", request="", body="", painting="", source_name="", shift_px=(6.4, -3)
    )
    rows, columns = painted_part(key, 54, 96)
    assert (rows, columns) == (slice(3, 54), slice(0, 89))
    seen, _ = passes()
    part = cut_passes(seen, rows, columns)
    assert part.object_id.shape == (51, 89) and part.normal.shape == (51, 89, 3)
    assert part.extra["fine_depth"].shape == (102, 178)
    assert (part.object_id == seen.object_id[3:, :89]).all()
