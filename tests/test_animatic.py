"""The animatic: frames of the cut, and the file that comes out."""

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import typer
from numpy.typing import NDArray
from PIL import Image
from typer.testing import CliRunner

from maquette.cli import animatic_commands
from maquette.deliver.animatic import TakeFootage, cut_frames, read_picture
from maquette.deliver.panel_move import WHOLE, PanelMove, eased, end_framing
from maquette.deliver.slug_card import slug_card
from maquette.film.errors import DiskFull, MediaError, UsageError
from maquette.film.rate import RATES
from maquette.film.timeline import Caption, Clip, ClipKind, Timeline, TransitionKind
from maquette.pipeline import Production
from maquette.pipeline.animatic import animatic
from tests.small_film import SIZE, flat, png, put_panel, put_take, put_wav, small_film


@pytest.fixture
def film(tmp_path: Path) -> Iterator[Production]:
    with small_film(tmp_path / "film") as production:
        yield production


class Grey:
    """Footage of one grey value; remembers what it was asked for."""

    def __init__(self, value: int) -> None:
        self.value = value
        self.asked: list[int] = []

    def frame(self, index: int) -> NDArray[np.uint8]:
        self.asked.append(index)
        return flat(self.value)


def cut_of(*clips: tuple[int, TransitionKind, int]) -> Timeline:
    """Clips of (length, transition, its length)."""
    made = tuple(
        Clip(name=f"c{i}", shot_id=f"s{i}", shot_number=str(i), scene_number="1", kind=ClipKind.PANEL, length=length,
             media_frames=length, transition=kind, transition_length=over)
        for i, (length, kind, over) in enumerate(clips)
    )  # fmt: skip
    return Timeline(title="x", rate=RATES["24"], width=SIZE[0], height=SIZE[1], clips=made)


def values(timeline: Timeline, *greys: int) -> list[int]:
    """Grey value of the middle of each frame of the cut."""
    footage = {f"c{i}": Grey(v) for i, v in enumerate(greys)}
    return [int(s.pixels[18, 32, 0]) for s in cut_frames(timeline, lambda clip: footage[clip.name])]


# --- transitions ----------------------------------------------------------------------------------------------


def test_a_cut_is_a_cut() -> None:
    assert values(cut_of((3, TransitionKind.CUT, 0), (2, TransitionKind.CUT, 0)), 10, 90) == [10, 10, 10, 90, 90]


def test_a_dissolve_is_centred_on_the_cut_and_its_middle_is_the_mean() -> None:
    found = values(cut_of((10, TransitionKind.DISSOLVE, 5), (10, TransitionKind.CUT, 0)), 40, 100)
    assert found == [40] * 8 + [50, 60, 70, 80, 90] + [100] * 7


def test_fades_end_and_begin_in_black() -> None:
    out = values(cut_of((8, TransitionKind.FADE_OUT, 4), (3, TransitionKind.CUT, 0)), 100, 60)
    assert out == [100, 100, 100, 100, 75, 50, 25, 0, 60, 60, 60]
    into = values(cut_of((3, TransitionKind.FADE_IN, 4), (8, TransitionKind.CUT, 0)), 60, 100)
    assert into == [60, 60, 60, 0, 25, 50, 75, 100, 100, 100, 100]


def test_a_film_opens_from_black() -> None:
    cut = cut_of((8, TransitionKind.FADE_OUT, 2), (2, TransitionKind.CUT, 0))
    assert values(cut.model_copy(update={"fade_in": 4}), 100, 60) == [0, 25, 50, 75, 100, 100, 50, 0, 60, 60]
    assert values(cut.model_copy(update={"fade_in": 9}), 100, 60)[:4] == [100] * 4  # longer than the clip: a cut


def test_a_wipe_travels_from_left_to_right() -> None:
    timeline = cut_of((6, TransitionKind.WIPE, 3), (6, TransitionKind.CUT, 0))
    footage = {"c0": Grey(10), "c1": Grey(200)}
    middle = list(cut_frames(timeline, lambda clip: footage[clip.name]))[6].pixels
    assert (middle[:, :28] == 200).all()
    assert (middle[:, 36:] == 10).all()


def test_a_mix_plays_on_beyond_the_cut() -> None:
    timeline = cut_of((10, TransitionKind.DISSOLVE, 4), (10, TransitionKind.CUT, 0))
    footage = {"c0": Grey(1), "c1": Grey(2)}
    for _ in cut_frames(timeline, lambda clip: footage[clip.name]):
        pass
    assert sorted(set(footage["c0"].asked)) == list(range(12))
    assert sorted(set(footage["c1"].asked)) == list(range(-2, 10))


def test_a_transition_that_cannot_be_is_a_cut() -> None:
    found = values(cut_of((3, TransitionKind.DISSOLVE, 40), (3, TransitionKind.CUT, 0)), 10, 90)
    assert found == [10, 10, 10, 90, 90, 90]


# --- footage --------------------------------------------------------------------------------------------------


def test_a_take_at_another_rate_keeps_its_time(tmp_path: Path) -> None:
    files = []
    for i in range(6):
        files.append(tmp_path / f"{i}.png")
        files[-1].write_bytes(png(flat(10 * i)))
    double = TakeFootage(files, RATES["24"], RATES["48"], SIZE)
    assert [int(double.frame(i)[0, 0, 0]) for i in range(-1, 14)] == [
        0, 0, 0, 10, 10, 20, 20, 30, 30, 40, 40, 50, 50, 50, 50,
    ]  # fmt: skip


def test_a_picture_of_another_shape_is_fitted_with_black(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(png(flat(200, (64, 64))))
    found = read_picture(tmp_path / "a.png", (64, 36))
    assert found.shape == (36, 64, 3)
    assert (found[:, :13] == 0).all()
    assert (found[:, 15:49] == 200).all()


def test_a_picture_that_is_none_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"nothing")
    with pytest.raises(MediaError, match=r"a\.png cannot be read"):
        read_picture(tmp_path / "a.png", SIZE)


# --- moves ----------------------------------------------------------------------------------------------------


def textured(width: int = 320, height: int = 180) -> Image.Image:
    """A picture in which every place looks different."""
    rng = np.random.default_rng(4)
    small = Image.fromarray(rng.integers(0, 255, (12, 20, 3), np.uint8).astype(np.uint8))
    return small.resize((width, height), Image.Resampling.BICUBIC)


def test_a_push_in_is_found_and_lands_on_the_end_panel() -> None:
    wide = textured()
    box = (64.0, 27.0, 64 + 320 / 1.6, 27 + 180 / 1.6)
    start = np.asarray(wide)
    end = np.asarray(wide.resize(wide.size, Image.Resampling.LANCZOS, box=box))
    found = end_framing(start, end, "push in")
    assert found is not None
    assert found.size == pytest.approx(1 / 1.6, rel=0.02)
    assert (found.x, found.y) == (pytest.approx(0.2, abs=0.01), pytest.approx(0.15, abs=0.01))
    move = PanelMove(start, end, "push in")
    assert np.array_equal(move.at(0), start)
    assert np.array_equal(move.at(1), end)
    # Halfway, the end panel's corner lies between the start's corner and its own.
    assert np.abs(move.at(0.999).astype(int) - end).mean() < 3


def test_a_pull_out_is_a_push_in_backwards() -> None:
    wide = textured()
    close = np.asarray(wide.resize(wide.size, Image.Resampling.LANCZOS, box=(64.0, 27.0, 264.0, 139.5)))
    found = end_framing(close, np.asarray(wide), "pull out")
    assert found is not None
    assert found.size == pytest.approx(1.6, rel=0.02)
    assert found.x == pytest.approx(-0.32, abs=0.02)


def test_a_pan_is_found_by_what_the_pictures_share() -> None:
    plane = np.asarray(textured(480, 180))
    found = end_framing(np.ascontiguousarray(plane[:, :320]), np.ascontiguousarray(plane[:, 120:440]), "pan right")
    assert found is not None
    assert found.size == pytest.approx(1, rel=0.02)
    assert (found.x, found.y) == (pytest.approx(120 / 320, abs=0.01), pytest.approx(0, abs=0.01))


def test_pictures_with_nothing_in_common_dissolve() -> None:
    rng = np.random.default_rng(1)
    start, end = (rng.integers(0, 255, (36, 64, 3), np.uint8).astype(np.uint8) for _ in range(2))
    move = PanelMove(start, end, "pan left")
    assert move.to is None
    mean = (start.astype(int) + end) / 2
    assert np.abs(move.at(0.5) - mean).max() <= 1


def test_a_move_is_smooth() -> None:
    """A bright square that is pushed in on grows from frame to frame, without a step back or a jump."""
    wide = Image.new("RGB", (320, 180), (60, 60, 60))
    wide.paste((240, 240, 240), (120, 60, 200, 120))
    wide.paste((160, 30, 30), (30, 20, 60, 160))
    start = np.asarray(wide)
    end = np.asarray(wide.resize(wide.size, Image.Resampling.LANCZOS, box=(80.0, 45.0, 240.0, 135.0)))
    move = PanelMove(start, end, "push in")
    assert move.to is not WHOLE
    widths = [float((move.at(i / 48)[90, :, 1] - 60.0).clip(0, 180).sum() / 180) for i in range(49)]
    steps = np.diff(widths)
    assert widths[0] == pytest.approx(80, abs=1)
    assert widths[-1] == pytest.approx(160, abs=2)
    assert steps.min() > -0.6
    assert np.abs(np.diff(steps)).max() < 1.5


def test_easing_starts_and_ends_gently() -> None:
    assert (eased(-1), eased(0), eased(0.5), eased(1), eased(2)) == (0, 0, 0.5, 1, 1)
    assert eased(0.05) < 0.005


# --- cards ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(320, 180), (640, 268), (180, 320), (64, 36)], ids=str)
def test_a_card_is_made_for_whatever_is_said_of_a_shot(size: tuple[int, int]) -> None:
    clip = Clip(
        name="x", shot_id="s", shot_number="SHOW_SEQ_12_0010", scene_number="12", kind=ClipKind.SLUG, length=9,
        media_frames=9, scene_heading="INT. " + "VERY LONG PLACE " * 9, description="It goes on. " * 90, size="CU",
        move="push in", captions=(Caption(start=0, length=9, speaker="MARA", words="And on. " * 50),),
    )  # fmt: skip
    card = slug_card(clip, *size)
    assert card.shape == (size[1], size[0], 3)
    assert card.max() > 120
    # What is burnt in has its own places.
    if size[0] >= 180:
        assert (card[: round(size[1] * 0.08)] == card[0, 0]).all()
        assert (card[-round(size[1] * 0.1) :] == card[0, 0]).all()


# --- the movie ------------------------------------------------------------------------------------------------


def decoded(path: Path) -> tuple[list[NDArray[np.uint8]], Fraction]:
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        rate = stream.average_rate
        assert rate is not None
        return [np.asarray(f.to_ndarray(format="rgb24"), np.uint8) for f in container.decode(stream)], Fraction(rate)


def test_nothing_drawn_gives_an_animatic_of_cards(film: Production) -> None:
    seen: list[tuple[int, int, str]] = []
    result = animatic(film, size="64x36", progress=lambda *step: seen.append(step))
    assert result.path == film.root / "animatic" / "the-cut_animatic.mp4"
    assert dict(result.clips) == {ClipKind.SLUG: 3}
    frames, rate = decoded(result.path)
    assert (len(frames), rate) == (96 + 72 + 120, 24)
    assert seen == [(0, 3, "1"), (1, 3, "1A"), (2, 3, "2"), (3, 3, "")]
    assert "maquette board DIR" in result.notes[0]


def test_frame_counts_are_exact_at_23_976(tmp_path: Path) -> None:
    with small_film(tmp_path / "film", "23.976") as production:
        result = animatic(production, size="64x36", burn_in=False)
        frames, rate = decoded(result.path)
        assert rate == Fraction(24000, 1001)
        assert len(frames) == result.frames == 288
        with av.open(str(result.path)) as container:
            video = container.streams.video[0]
            assert video.time_base is not None
            assert video.duration is not None
            assert video.duration * video.time_base == 288 / rate
            assert video.metadata["timecode"] == "01:00:00:00"


def test_takes_and_panels_are_where_they_belong(film: Production) -> None:
    put_panel(film, "1", flat(200))
    put_take(film, "1A", 24, handles=12)
    result = animatic(film, burn_in=False, size="64x36")
    frames, _ = decoded(result.path)
    assert dict(result.clips) == {ClipKind.PANEL: 1, ClipKind.TAKE: 1, ClipKind.SLUG: 1}
    assert frames[50].mean() == pytest.approx(200, abs=3)
    # Frame i of the shot is grey 40 + handles + i; H.264 and the way to Rec. 709 cost a value or two.
    for i in (0, 7, 15):
        assert frames[96 + i].mean() == pytest.approx(40 + 12 + i, abs=3)


def test_the_size_follows_the_largest_picture_of_the_right_shape(film: Production) -> None:
    put_panel(film, "1", flat(90, (960, 540)))
    put_panel(film, "2", flat(90, (2000, 500)))
    timeline = animatic(film, shots="1", burn_in=False).timeline
    assert (timeline.width, timeline.height) == (960, 540)


def test_the_editable_one_is_prores(film: Production, tmp_path: Path) -> None:
    result = animatic(film, out=tmp_path / "cut.mov", size="64x36", shots="1A")
    with av.open(str(result.path)) as container:
        assert container.streams.video[0].codec_context.name == "prores"
        assert container.metadata["comment"] == "RESEARCH - NOT FOR COMMERCIAL USE"


def test_the_same_cut_gives_the_same_file(film: Production, tmp_path: Path) -> None:
    first = animatic(film, out=tmp_path / "a.mp4", size="64x36", shots="1A").path.read_bytes()
    assert animatic(film, out=tmp_path / "b.mp4", size="64x36", shots="1A").path.read_bytes() == first


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"codec": "avi"}, 'cannot be "avi": use mp4 or mov'),
        ({"out": "x.mp4", "codec": "mov"}, "do not go together"),
        ({"size": "12"}, "not WIDTHxHEIGHT"),
        ({"rate": "26"}, "no frame rate"),
    ],
)
def test_misuse_is_one_sentence(film: Production, asked: dict[str, Any], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        animatic(film, **asked)


def test_a_cut_without_shots_says_so(film: Production) -> None:
    film.omit(["1", "1A", "2"])
    with pytest.raises(UsageError, match="no shots to cut"):
        animatic(film)


def test_a_full_disk_leaves_nothing(film: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from maquette.deliver import movie_part

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    out = tmp_path / "out"
    out.mkdir()
    (out / "cut.mp4").write_bytes(b"the former one")
    monkeypatch.setattr(movie_part.PartFile, "write", full)
    with pytest.raises(DiskFull):
        animatic(film, out=out / "cut.mp4", size="64x36", shots="1A")
    assert [p.name for p in out.iterdir()] == ["cut.mp4"]
    assert (out / "cut.mp4").read_bytes() == b"the former one"


def test_stopped_halfway_leaves_nothing(film: Production, tmp_path: Path) -> None:
    def stop(done: int, _total: int, _what: str) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        animatic(film, out=tmp_path / "out" / "cut.mp4", size="64x36", progress=stop)
    assert list((tmp_path / "out").iterdir()) == []


# --- the command ----------------------------------------------------------------------------------------------


def run(*words: str) -> str:
    app = typer.Typer()
    animatic_commands.add_to(app)
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_commands(film: Production, tmp_path: Path) -> None:
    root = str(film.root)
    said = run("animatic", root, "--size", "64x36", "--shots", "1,1A")
    assert "2 clips (2 cards), 00:00:07:00 at 24 frames a second." in said
    assert f"{root}/animatic/the-cut_animatic.mp4" in said.replace("\n", "")
    file = put_wav(tmp_path / "wind.wav", np.zeros(4800))
    assert "wind             music     on shot 1A +1.5 s  0.1 s  -6 dB  (wind.wav)" in run(
        "sound", root, "add", str(file), "--on", "1A", "--at", "1.5", "--kind", "music", "--gain", "-6"
    )
    shape = json.loads(run("animatic", root, "--size", "64x36", "--json"))
    assert (shape["shape"], shape["frames"], shape["rate"]) == ("maquette.animatic/1", 288, "24")
    assert shape["sounds"] == [{"name": "wind", "kind": "music", "start_frame": 132, "frames": 2}]
    assert json.loads(run("sound", root, "--json"))[0]["at_s"] == 1.5
    assert "wind is no longer in the cut" in run("sound", root, "remove", "wind")
    assert "No sounds yet" in run("sound", root, "list")
