"""Movies hold the pictures, colours, times and sound that they were given, and never half of them."""

from __future__ import annotations

import errno
import io
import json
import shutil
import subprocess
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from maquette.deliver import movie_part
from maquette.deliver.movie import Codec, MovieWriter, codec_for, read_movie
from maquette.film.errors import DiskFull, MediaError, UsageError

U8 = NDArray[np.uint8]
WIDTH, HEIGHT, FRAMES = 64, 36, 10
FILM = Fraction(24000, 1001)
STREAMED = [c for c in Codec if c is not Codec.GIF]
QUICKTIME = [Codec.H264_MP4, Codec.H264_MOV, Codec.PRORES_MOV]

CHART = np.array(
    [[(255, 255, 255), (0, 0, 0), (128, 128, 128), (180, 120, 95)],
     [(200, 30, 30), (30, 160, 60), (40, 60, 190), (30, 150, 170)]], np.uint8,
)  # fmt: skip


def chart(patch: int = 16) -> U8:
    """Flat patches of (18 x 16): greys, skin, the primaries."""
    return np.repeat(np.repeat(CHART, 18, axis=0), patch, axis=1)


def write(path: Path, codec: Codec, frames: list[U8] | None = None, **more: Any) -> MovieWriter:
    frames = [chart()] * FRAMES if frames is None else frames
    height, width = frames[0].shape[:2]
    options: dict[str, Any] = {"fps": FILM, **more}
    sound = options.pop("heard", None)
    with MovieWriter(path, width=width, height=height, codec=codec, **options) as writer:
        if sound is not None:
            writer.sound(sound)
        for frame in frames:
            writer.frame(frame)
    return writer


def tone(seconds: float, rate: int = 48000, hz: float = 440.0) -> NDArray[np.float32]:
    wave = np.sin(np.arange(round(seconds * rate)) * 2 * np.pi * hz / rate) * 0.5
    return np.repeat(wave.astype(np.float32)[:, None], 2, axis=1)


def heard(path: Path) -> NDArray[np.float32]:
    """(N, 2) of the sound track as a player plays it."""
    resampler = av.AudioResampler("flt", "stereo", 48000)
    with av.open(str(path)) as container:
        parts = [r.to_ndarray().reshape(-1, 2) for f in container.decode(audio=0) for r in resampler.resample(f)]
    return np.concatenate(parts).astype(np.float32)


def nothing_left(folder: Path) -> bool:
    return list(folder.iterdir()) == []


# --- pictures -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", list(Codec))
def test_colours_come_back(tmp_path: Path, codec: Codec) -> None:
    path = tmp_path / f"chart{codec.suffix}"
    write(path, codec)
    movie = read_movie(path)
    shown = list(movie)
    assert len(shown) == movie.frames == FRAMES and movie.size == (WIDTH, HEIGHT)
    for frame in (shown[0], shown[-1]):
        middles = frame[9::18, 8::16].astype(int)
        assert np.abs(middles - CHART).max() <= (1 if codec is Codec.PRORES_MOV else 3)


@pytest.mark.parametrize("codec", STREAMED)
def test_codes_are_rec_709_in_the_limited_range(tmp_path: Path, codec: Codec) -> None:
    path = tmp_path / f"chart{codec.suffix}"
    write(path, codec)
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        context = container.streams.video[0].codec_context
    assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)
    deep = codec is Codec.PRORES_MOV
    luma = np.frombuffer(bytes(frame.planes[0]), np.uint16 if deep else np.uint8)
    luma = luma.reshape(frame.height, -1)[9::18, 8:WIDTH:16] / (4 if deep else 1)
    expected = 16 + 219 * (CHART / 255) @ np.array([0.2126, 0.7152, 0.0722])
    assert np.abs(luma - expected).max() < 1.5
    assert expected[1, 0] < 80 < 16 + 219 * (CHART[1, 0] / 255) @ np.array([0.299, 0.587, 0.114])  # 601 is far off


def test_prores_is_422_hq_and_keeps_more_than_8_bits(tmp_path: Path) -> None:
    ramp = np.repeat(np.linspace(20000, 24000, WIDTH).astype(np.uint16)[None, :, None], HEIGHT, axis=0).repeat(3, 2)
    with MovieWriter(
        tmp_path / "ramp.mov", width=WIDTH, height=HEIGHT, fps=Fraction(25), codec=Codec.PRORES_MOV
    ) as writer:
        writer.frame(ramp)
    with av.open(str(tmp_path / "ramp.mov")) as container:
        stream = container.streams.video[0]
        assert stream.codec_context.codec_tag == "apch" and stream.codec_context.pix_fmt == "yuv422p10le"
        frame = next(container.decode(video=0))
    luma = np.frombuffer(bytes(frame.planes[0]), np.uint16).reshape(HEIGHT, -1)[18, :WIDTH].astype(float)
    assert np.abs(luma - (64 + 876 * (ramp[18, :, 0] / 65535))).max() < 2
    assert len(np.unique(luma)) > 30  # 8 bits have 16 steps here


def test_h264_is_high_profile_with_its_index_in_front(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    write(path, Codec.H264_MP4)
    data = path.read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")
    with av.open(str(path)) as container:
        assert container.streams.video[0].codec_context.profile == "High"


@pytest.mark.parametrize(("codec", "size"), [(c, (66, 38)) for c in STREAMED[:2]] + [(Codec.VP9_WEBM, (66, 38)),
                                             (Codec.PRORES_MOV, (66, 37)), (Codec.GIF, (65, 37))])  # fmt: skip
def test_odd_sides_are_padded_and_said(tmp_path: Path, codec: Codec, size: tuple[int, int]) -> None:
    picture = np.full((37, 65, 3), 90, np.uint8)
    picture[:, -1] = 200
    writer = write(tmp_path / f"odd{codec.suffix}", codec, [picture] * 3)
    movie = read_movie(tmp_path / f"odd{codec.suffix}")
    assert movie.size == size
    assert any("65x37" in note for note in writer.notes) == (size != (65, 37))
    assert np.abs(next(iter(movie))[10, -1].astype(int) - 200).max() < 12  # the edge again, not black


# --- time ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", QUICKTIME)
@pytest.mark.parametrize("fps", [FILM, Fraction(24), Fraction(25), Fraction(30000, 1001), Fraction(60)])
def test_rate_and_length_are_exact(tmp_path: Path, codec: Codec, fps: Fraction) -> None:
    path = tmp_path / f"a{codec.suffix}"
    write(path, codec, fps=fps, sound_rate=48000, heard=tone(1))
    assert read_movie(path).fps == fps
    with av.open(str(path)) as container:
        picture: Any = container.streams.video[0]
        sound: Any = container.streams.audio[0]
        assert picture.duration * picture.time_base == FRAMES / fps
        assert abs(sound.duration * sound.time_base - FRAMES / fps) <= Fraction(1, 48000)
        times = [(f.pts or 0) * picture.time_base for f in container.decode(picture)]
    assert times == [i / fps for i in range(FRAMES)]


@pytest.mark.parametrize("codec", QUICKTIME)
@pytest.mark.parametrize(("fps", "code"), [(FILM, "01:00:10:05"), (Fraction(30000, 1001), "10:00:00;12")])
def test_timecode_is_there(tmp_path: Path, codec: Codec, fps: Fraction, code: str) -> None:
    path = tmp_path / f"a{codec.suffix}"
    write(path, codec, fps=fps, timecode=code)
    assert read_movie(path).timecode == code
    assert b"tmcd" in path.read_bytes()


def test_webm_and_gif_say_what_they_cannot_carry(tmp_path: Path) -> None:
    notes = write(tmp_path / "a.webm", Codec.VP9_WEBM, timecode="01:00:00:00").notes
    assert any("no timecode" in n for n in notes)
    notes = write(tmp_path / "a.gif", Codec.GIF, sound_rate=48000, heard=tone(0.1)).notes
    assert any("no sound" in n for n in notes) and any("hundredths" in n for n in notes)


def test_a_gif_lasts_as_long_as_its_pictures(tmp_path: Path) -> None:
    frames = [np.roll(chart(), 4 * i, axis=1) for i in range(24)]
    write(tmp_path / "a.gif", Codec.GIF, frames, fps=Fraction(24))
    with Image.open(tmp_path / "a.gif") as image:
        lasts = []
        for number in range(getattr(image, "n_frames")):  # noqa: B009
            image.seek(number)
            lasts.append(image.info["duration"])
    assert len(lasts) == 24 and sum(lasts) == 1000 and set(lasts) == {40, 50}
    fast = write(tmp_path / "b.gif", Codec.GIF, frames, fps=Fraction(60))
    assert read_movie(tmp_path / "b.gif").frames < 24 and any("left out" in n for n in fast.notes)


def test_a_gif_does_not_flicker_where_nothing_moves(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    ground = np.linspace(20, 230, WIDTH).astype(np.uint8)[None, :, None].repeat(HEIGHT, 0).repeat(3, 2)
    frames = []
    for i in range(8):
        frame = ground.copy()
        frame[4:12, 5 * i : 5 * i + 12] = rng.integers(0, 255, 3)
        frames.append(frame)
    write(tmp_path / "a.gif", Codec.GIF, frames, fps=Fraction(25))
    shown = np.stack(list(read_movie(tmp_path / "a.gif"))).astype(int)
    assert (shown[:, 16:] == shown[:1, 16:]).all()
    assert abs((shown[:, 16:] - ground[16:]).mean()) < 1.0


# --- sound --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", STREAMED)
@pytest.mark.parametrize("seconds", [0.2, 3.0])
def test_sound_is_as_long_as_the_picture(tmp_path: Path, codec: Codec, seconds: float) -> None:
    path = tmp_path / f"a{codec.suffix}"
    write(path, codec, fps=Fraction(25), sound_rate=48000, heard=tone(seconds))
    samples = heard(path)
    slack = 960 if codec is Codec.VP9_WEBM else 1024  # what one packet more or less makes
    assert abs(len(samples) - 19200) <= slack
    assert np.abs(samples[4000:9000]).max() == pytest.approx(0.5, abs=0.06)
    quiet = np.abs(samples[14000:18000]).max()
    assert quiet < 0.01 if seconds < 0.3 else quiet > 0.4


def test_sound_starts_where_it_should(tmp_path: Path) -> None:
    click = np.zeros((19200, 2), np.float32)
    click[9600:9700] = 0.8
    for codec in (Codec.H264_MP4, Codec.PRORES_MOV):
        path = tmp_path / f"click{codec.suffix}"
        write(path, codec, fps=Fraction(25), sound_rate=48000, heard=click)
        assert abs(int(np.argmax(np.abs(heard(path)[:, 0]) > 0.3)) - 9600) < 48


def test_sound_of_another_rate_and_in_pieces(tmp_path: Path) -> None:
    wave = tone(0.4, rate=22050)[:, :1]
    with MovieWriter(tmp_path / "a.mov", width=WIDTH, height=HEIGHT, fps=Fraction(25), codec=Codec.PRORES_MOV,
                     sound_rate=22050, channels=1) as writer:  # fmt: skip
        for i in range(FRAMES):
            writer.frame(chart())
            writer.sound(wave[i * 882 : (i + 1) * 882])
    samples = heard(tmp_path / "a.mov")[:, 0]
    spectrum = np.abs(np.fft.rfft(samples[2400:16800]))
    assert np.argmax(spectrum) * 48000 / 14400 == pytest.approx(440, abs=4)
    assert any("22050" in n for n in writer.notes) and abs(len(samples) - 19200) <= 40


def test_packets_of_sound_and_picture_alternate(tmp_path: Path) -> None:
    write(tmp_path / "a.mov", Codec.PRORES_MOV, [chart()] * 50, fps=Fraction(25), sound_rate=48000, heard=tone(2))
    with av.open(str(tmp_path / "a.mov")) as container:
        demuxed: list[Any] = [p for p in container.demux() if p.size]
        packets = sorted((p.pos, float(p.pts * p.time_base), p.stream.type) for p in demuxed)
    at = {"video": 0.0, "audio": 0.0}
    for _, time, kind in packets:
        if kind in at:
            at[kind] = time
            assert abs(at["video"] - at["audio"]) < 1.1


# --- metadata -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("codec", list(Codec))
def test_the_mark_is_in_the_file(tmp_path: Path, codec: Codec) -> None:
    path = tmp_path / f"a{codec.suffix}"
    write(path, codec, metadata={"title": "Fähre", "comment": "Research only"})
    found = " ".join(read_movie(path).metadata.values())
    assert "Research only" in found and "Fähre" in found


@pytest.mark.parametrize("codec", list(Codec))
def test_the_same_input_gives_the_same_bytes(tmp_path: Path, codec: Codec) -> None:
    frames = [np.roll(chart(), 3 * i, axis=1) for i in range(FRAMES)]
    for name in "ab":
        write(tmp_path / f"{name}{codec.suffix}", codec, frames, sound_rate=48000, heard=tone(0.4))
    assert (tmp_path / f"a{codec.suffix}").read_bytes() == (tmp_path / f"b{codec.suffix}").read_bytes()


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_ffprobe_agrees(tmp_path: Path) -> None:
    write(tmp_path / "a.mov", Codec.PRORES_MOV, timecode="01:00:00:00", sound_rate=48000, heard=tone(0.4))
    command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json", str(tmp_path / "a.mov")]
    told = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    picture, sound, code = told["streams"]
    assert (picture["profile"], picture["r_frame_rate"], picture["nb_frames"]) == ("HQ", "24000/1001", "10")
    assert picture["color_space"] == picture["color_transfer"] == picture["color_primaries"] == "bt709"
    assert sound["codec_name"] == "pcm_s24le" and code["codec_tag_string"] == "tmcd"
    assert code["tags"]["timecode"] == "01:00:00:00"


# --- what goes wrong ----------------------------------------------------------------------------------------------


class FullDisk(io.FileIO):
    """Takes so many bytes and no more."""

    room = 0

    def write(self, data: Any, /) -> int:
        if self.tell() + len(data) > self.room:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(data)


@pytest.mark.parametrize("codec", list(Codec))
@pytest.mark.parametrize("room", [0, 700, 3000])
def test_a_full_disk_leaves_nothing(tmp_path: Path, codec: Codec, room: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def opened(place: Path) -> io.FileIO:
        file = FullDisk(place, "w+")
        file.room = room
        return file

    monkeypatch.setattr(movie_part, "open_raw", opened)
    noise = np.random.default_rng(1).integers(0, 255, (10, HEIGHT, WIDTH, 3), dtype=np.uint8)
    with pytest.raises(DiskFull, match=rf"full.*a\{codec.suffix}"):
        write(tmp_path / f"a{codec.suffix}", codec, list(noise), sound_rate=48000, heard=tone(0.4))
    assert nothing_left(tmp_path)


@pytest.mark.parametrize("codec", list(Codec))
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, FileNotFoundError])
def test_an_error_between_frames_leaves_nothing_and_stays_itself(
    tmp_path: Path, codec: Codec, error: type[BaseException]
) -> None:
    path = tmp_path / f"a{codec.suffix}"
    with (
        pytest.raises(error, match="mine"),
        MovieWriter(path, width=WIDTH, height=HEIGHT, fps=FILM, codec=codec) as writer,
    ):
        writer.frame(chart())
        raise error("mine")
    assert nothing_left(tmp_path)


def test_an_older_movie_stays_until_the_new_one_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    write(path, Codec.H264_MP4)
    before = path.read_bytes()
    with pytest.raises(ValueError), MovieWriter(path, width=2, height=2, fps=FILM, codec=Codec.H264_MP4) as writer:
        writer.frame(np.zeros((2, 2, 3), np.uint8))
        raise ValueError
    assert path.read_bytes() == before and [p.name for p in tmp_path.iterdir()] == ["a.mp4"]


@pytest.mark.parametrize("codec", list(Codec))
def test_no_frames_no_file(tmp_path: Path, codec: Codec) -> None:
    with (
        pytest.raises(MediaError, match="no frames"),
        MovieWriter(tmp_path / f"a{codec.suffix}", width=WIDTH, height=HEIGHT, fps=FILM, codec=codec),
    ):
        pass
    assert nothing_left(tmp_path)


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    def opened(name: str = "a.mp4", **more: Any) -> MovieWriter:
        values: dict[str, Any] = {"width": 64, "height": 36, "fps": FILM, "codec": Codec.H264_MP4, **more}
        return MovieWriter(tmp_path / name, **values)

    wrong_values: list[tuple[dict[str, Any], str]] = [
        ({"width": 0}, "0x36"), ({"height": 20000}, "20000"), ({"fps": Fraction(0)}, "frames a second"),
        ({"fps": Fraction(500)}, "500"), ({"sound_rate": 10}, "samples a second"),
        ({"sound_rate": 48000, "channels": 3}, "channels"), ({"name": "a.avi"}, r"ends in \.mp4"),
    ]  # fmt: skip
    for more, words in wrong_values:
        with pytest.raises(MediaError, match=words):
            opened(**more)
    with pytest.raises(MediaError, match="not open"):
        opened().frame(chart())
    for wrong in (np.zeros((36, 63, 3), np.uint8), np.zeros((36, 64), np.uint8), np.zeros((36, 64, 3), np.float32)):
        with pytest.raises(MediaError, match="Frame 1"), opened() as writer:
            writer.frame(wrong)  # pyright: ignore[reportArgumentType]
    with pytest.raises(MediaError, match="silent"), opened() as writer:
        writer.sound(tone(0.1))
    with pytest.raises(MediaError, match="shape"), opened(sound_rate=48000) as writer:
        writer.sound(np.zeros(10, np.float32))
    for code in ("rubbish", "01:00:00:24", "01:00:00;00"):
        with pytest.raises(UsageError, match=code):
            opened(timecode=code)
    assert nothing_left(tmp_path)


def test_a_folder_in_the_way(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").mkdir()
    with pytest.raises(MediaError, match=r"a\.mp4"):
        write(tmp_path / "a.mp4", Codec.H264_MP4)
    assert [p.name for p in tmp_path.iterdir()] == ["a.mp4"]


def test_codecs_by_name_and_by_suffix() -> None:
    assert codec_for("H264") is codec_for(Path("film/cut.mp4")) is codec_for("mp4") is Codec.H264_MP4
    assert codec_for("cut.MOV") is codec_for("prores") is Codec.PRORES_MOV
    assert codec_for("h264-mov") is Codec.H264_MOV
    assert codec_for("webm") is Codec.VP9_WEBM and codec_for("a.b.gif") is Codec.GIF
    for wrong in ("cinepak", "film.avi", "", "mp5", "film"):
        with pytest.raises(UsageError, match=r"h264 \(\.mp4\)"):
            codec_for(wrong)


@pytest.mark.parametrize("content", [b"", b"no movie at all", b"\x00" * 4000])
def test_what_is_no_movie_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.mp4").write_bytes(content)
    with pytest.raises(MediaError, match=r"a\.mp4"):
        read_movie(tmp_path / "a.mp4")
    with pytest.raises(MediaError, match=r"gone\.mp4"):
        read_movie(tmp_path / "gone.mp4")


def test_sound_alone_is_no_movie(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "a.wav"), "w") as container:
        stream = container.add_stream("pcm_s16le", rate=48000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 960), np.int16), format="s16", layout="mono")
        frame.sample_rate = 48000
        container.mux(stream.encode(frame))
    with pytest.raises(MediaError, match="no pictures"):
        read_movie(tmp_path / "a.wav")


@pytest.mark.parametrize("codec", list(Codec))
def test_pictures_may_be_views(tmp_path: Path, codec: Codec) -> None:
    write(tmp_path / f"a{codec.suffix}", codec, [chart()[::-1, ::-1]] * 3)
    shown = next(iter(read_movie(tmp_path / f"a{codec.suffix}")))
    assert np.abs(shown[::-1, ::-1][9::18, 8::16].astype(int) - CHART).max() <= 3
