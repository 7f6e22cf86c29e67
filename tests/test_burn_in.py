"""What is written into the pictures."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from maquette.deliver import lettering
from maquette.deliver.animatic import Burner, Shown
from maquette.deliver.burn_in import BurnIn, Label
from maquette.film.rate import RATES, frame_at
from maquette.film.timeline import Caption, Clip, ClipKind, Timeline

SIZES = [(320, 180), (640, 360), (1920, 1080), (360, 640)]


def burnt(label: Label, size: tuple[int, int] = (640, 360), ground: int = 96) -> NDArray[np.uint8]:
    width, height = size
    pixels = np.full((height, width, 3), ground, np.uint8)
    BurnIn(width, height).write(pixels, label)
    return pixels


def touched(pixels: NDArray[np.uint8], ground: int = 96) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what was written, in parts of the frame."""
    rows, columns = np.nonzero((pixels != ground).any(axis=2))
    h, w = pixels.shape[:2]
    return columns.min() / w, rows.min() / h, (columns.max() + 1) / w, (rows.max() + 1) / h


def said(words: str, speaker: str = "MARA") -> Caption:
    return Caption(start=0, length=10, speaker=speaker, words=words)


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_everything_stays_inside_the_safe_area(size: tuple[int, int]) -> None:
    label = Label("SC 3   3A   T1", "01:00:00:00", "RESEARCH - NOT FOR COMMERCIAL USE", True, said("Not today. " * 12))
    left, top, right, bottom = touched(burnt(label, size))
    assert min(left, top, 1 - right, 1 - bottom) >= 0.05 - 2 / min(size)


def test_each_part_has_its_corner() -> None:
    corner = {
        "left": Label("SC 3   3A", ""),
        "timecode": Label("", "01:00:00:00"),
        "mark": Label("", "", mark="RESEARCH"),
        "proposed": Label("", "", proposed=True),
    }
    boxes = {name: touched(burnt(label)) for name, label in corner.items()}
    assert boxes["left"][2] < 0.5 < boxes["left"][1]
    assert boxes["timecode"][0] > 0.5
    assert boxes["timecode"][1] > 0.5
    assert boxes["mark"][2] < 0.5
    assert boxes["mark"][3] < 0.5
    assert boxes["proposed"][0] > 0.5
    assert boxes["proposed"][3] < 0.5


def test_captions_are_centred_and_clear_of_the_metadata() -> None:
    left, top, right, bottom = touched(burnt(Label("", "", caption=said("I am somewhere."))))
    assert left == pytest.approx(1 - right, abs=0.02)
    assert bottom <= 0.91
    plates = touched(burnt(Label("SC 5   5B   PANEL", "01:00:10:00")))
    assert bottom <= plates[1] + 0.02
    assert top > 0.7


def test_captions_take_two_lines_at_most() -> None:
    one = touched(burnt(Label("", "", caption=said("Short."))))
    two = touched(
        burnt(Label("", "", caption=said("You're not! You're nowhere, you've been nowhere since he drowned!")))
    )
    many = touched(burnt(Label("", "", caption=said("word " * 200))))
    height = one[3] - one[1]
    assert 1.5 * height < two[3] - two[1] < 2.2 * height
    assert many[3] - many[1] < 2.2 * height


@pytest.mark.parametrize("ground", [0, 128, 255])
def test_captions_read_on_any_ground(ground: int) -> None:
    pixels = burnt(Label("", "", caption=said("Read me.")), ground=ground)
    assert pixels.max() >= 250
    assert pixels.min() <= 20


def test_writing_the_same_text_again_gives_the_same_pixels() -> None:
    burn = BurnIn(320, 180)
    label = Label("SC 1   1A   T2", "01:00:00:07", "RESEARCH", False, said("Again."))
    first, second = np.full((180, 320, 3), 60, np.uint8), np.full((180, 320, 3), 60, np.uint8)
    burn.write(first, label)
    burn.write(second, label)
    assert np.array_equal(first, second)


def test_the_timecode_does_not_move_while_it_runs() -> None:
    ones, eights = (touched(burnt(Label("", text))) for text in ("01:11:11:11", "08:58:58:20"))
    assert ones == eights


def clip_of(**changes: object) -> Clip:
    fields: dict[str, object] = {
        "name": "x_3A_t2", "shot_id": "s", "shot_number": "3A", "scene_number": "3", "kind": ClipKind.TAKE, "take": 2,
        "media_frames": 5000, "length": 5000,
    }  # fmt: skip
    return Clip.model_validate(fields | changes)


@pytest.mark.parametrize(
    ("rate", "index", "text"),
    [
        ("24", 0, "01:00:00:00"),
        ("24", 24 * 61 + 5, "01:01:01:05"),
        ("23.976", 24, "01:00:01:00"),
        ("25", 24, "01:00:00:24"),
        ("29.97 DF", 1799, "01:00:59;29"),
        ("29.97 DF", 1800, "01:01:00;02"),
    ],
)
def test_the_timecode_is_that_of_the_frame(rate: str, index: int, text: str) -> None:
    start = "01:00:00;00" if RATES[rate].drop_frame else "01:00:00:00"
    assert frame_at(start, RATES[rate]) >= 86_000
    timeline = Timeline(title="x", rate=RATES[rate], start=start, width=64, height=36, clips=(clip_of(),))
    shown = Shown(np.zeros((36, 64, 3), np.uint8), index, timeline.clips[0], index)
    assert Burner(timeline).label(shown).timecode == text


def test_the_label_names_scene_shot_and_take_and_the_caption_of_its_frames() -> None:
    clip = clip_of(captions=(Caption(start=10, length=5, speaker="MARA", words="Now."),))
    timeline = Timeline(title="x", rate=RATES["24"], width=64, height=36, clips=(clip,), research_mark="RESEARCH")
    burner = Burner(timeline, {"s": True})
    found = [burner.label(Shown(np.zeros((36, 64, 3), np.uint8), i, clip, i)) for i in (9, 10, 14, 15)]
    assert [label.caption is not None for label in found] == [False, True, True, False]
    assert {(label.left, label.mark, label.proposed) for label in found} == {("SC 3   3A   T2", "RESEARCH", True)}


def test_words_that_the_font_lacks_do_not_stop_it() -> None:
    for words in ("你好，船长。", "Не сегодня.", "لا", "\U0001f600\x07 ok", "ก็ได้", "a" * 300):
        assert touched(burnt(Label("", "", caption=said(words))))[3] <= 1


@pytest.mark.parametrize(
    "text", ["One two three four five six", "没有空格的很长的一句话要换行", "Pneumonoultramicroscopic"]
)
def test_wrapped_lines_fit_and_lose_nothing(text: str) -> None:
    lines = lettering.wrapped(text, lettering.BOLD, 20, 120)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(lettering.line(line, lettering.BOLD, 20).width <= 120 for line in lines)
