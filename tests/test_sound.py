"""Sound: read, placed, mixed to the sample, and heard in the movie where it belongs."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path, PurePosixPath

import av
import numpy as np
import pytest
from av.error import FFmpegError
from numpy.typing import NDArray
from PIL import Image

from maquette.cli.animatic_commands import seconds_of
from maquette.deliver import voice
from maquette.deliver.sound import (
    CEILING,
    DUCK_DB,
    KNEE,
    Mixer,
    Recording,
    limited,
    read_sound,
    samples_before,
)
from maquette.deliver.voice import speak, voice_of
from maquette.film.errors import MediaError, UsageError
from maquette.film.rate import RATES, Rate
from maquette.film.sound import SOUND_RATE
from maquette.film.timeline import Clip, ClipKind, Cut, CutEntry, Sound, SoundKind, SoundTimes, Timeline
from maquette.pipeline import Production
from maquette.pipeline.animatic import animatic
from maquette.pipeline.cut import timeline_of
from maquette.pipeline.sounds import add_sound, remove_sound, sounds_of
from tests.small_film import flat, put_take, put_wav, small_film


@pytest.fixture
def film(tmp_path: Path) -> Iterator[Production]:
    with small_film(tmp_path / "film") as production:
        yield production


def tone(seconds: float, hertz: float = 440, level: float = 0.5, rate: int = 48_000) -> NDArray[np.float64]:
    return level * np.sin(2 * np.pi * hertz * np.arange(int(seconds * rate)) / rate)


def encoded(path: Path, codec: str, rate: int, samples: NDArray[np.float64]) -> Path:
    """A sound file of another kind, by PyAV."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate)
        assert isinstance(stream, av.AudioStream)
        stream.layout = "mono"
        pcm = (samples * 32767).astype(np.int16)[None]
        frame = av.AudioFrame.from_ndarray(pcm, format="s16", layout="mono")
        frame.sample_rate = rate
        frame.pts = 0
        fifo = av.AudioFifo()
        fifo.write(av.AudioResampler(format=stream.codec_context.format, layout="mono", rate=rate).resample(frame)[0])
        size = stream.codec_context.frame_size or 1024
        while (part := fifo.read(size, partial=True)) is not None:
            container.mux(stream.encode(part))
        container.mux(stream.encode(None))
    return path


# --- reading --------------------------------------------------------------------------------------------------


def test_a_wav_is_read_as_it_is(tmp_path: Path) -> None:
    left, right = tone(0.5, 300, 0.25), tone(0.5, 500, 0.75)
    found = read_sound(put_wav(tmp_path / "a.wav", np.stack([left, right], 1)))
    assert found.samples.shape == (24_000, 2)
    assert np.abs(found.samples[:, 0] - left).max() < 1e-3
    assert np.abs(found.samples[:, 1] - right).max() < 1e-3
    assert found.peak == pytest.approx(0.75, abs=1e-3)
    assert found.length_s == Fraction(1, 2)
    assert found.notes == ()


@pytest.mark.parametrize("rate", [8_000, 44_100, 96_000])
def test_other_sample_rates_keep_their_time(tmp_path: Path, rate: int) -> None:
    found = read_sound(put_wav(tmp_path / "a.wav", tone(1, 440, 0.5, rate), rate))
    assert len(found.samples) == pytest.approx(48_000, abs=64)
    middle = found.samples[12_000:36_000, 0]
    crossings = int((np.diff(np.signbit(middle)) != 0).sum())
    assert crossings == pytest.approx(440, abs=2)


@pytest.mark.parametrize(
    ("name", "codec"), [("a.flac", "flac"), ("a.mp3", "libmp3lame"), ("a.ogg", "libvorbis"), ("a.m4a", "aac")]
)
def test_the_usual_kinds_are_read(tmp_path: Path, name: str, codec: str) -> None:
    try:
        path = encoded(tmp_path / name, codec, 44_100, tone(1, 440, 0.5, 44_100))
    except (FFmpegError, ValueError) as error:
        pytest.skip(f"this FFmpeg cannot write it: {error}")
    found = read_sound(path)
    assert float(found.length_s) == pytest.approx(1, abs=0.06)
    assert float(np.sqrt((found.samples[10_000:40_000] ** 2).mean())) == pytest.approx(0.5 / np.sqrt(2), rel=0.1)


def test_what_is_no_sound_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "text.wav").write_text("Dear diary")
    (tmp_path / "empty.wav").write_bytes(b"")
    Image.fromarray(flat(9)).save(tmp_path / "picture.jpg")
    (tmp_path / "list.m3u8").write_text("#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n")
    (tmp_path / "header.wav").write_bytes(put_wav(tmp_path / "x.wav", tone(0.1)).read_bytes()[:44])
    for name in ("text.wav", "empty.wav", "picture.jpg", "list.m3u8", "header.wav", "none.wav"):
        with pytest.raises(MediaError) as caught:
            read_sound(tmp_path / name)
        assert name in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_movie_without_sound_says_so(film: Production, tmp_path: Path) -> None:
    path = animatic(film, out=tmp_path / "silent.mp4", size="64x36", shots="1A").path
    with pytest.raises(MediaError, match="movie without sound"):
        read_sound(path)


def test_a_file_that_breaks_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = put_wav(tmp_path / "a.wav", tone(2)).read_bytes()
    (tmp_path / "a.wav").write_bytes(whole[: len(whole) // 2])
    found = read_sound(tmp_path / "a.wav")
    assert float(found.length_s) == pytest.approx(1, abs=0.05)
    assert "breaks off after 1.0 s" in found.notes[0]


def test_a_truncated_mp3_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    try:
        path = encoded(tmp_path / "a.mp3", "libmp3lame", 44_100, tone(4, 440, 0.5, 44_100))
    except (FFmpegError, ValueError) as error:
        pytest.skip(f"this FFmpeg cannot write it: {error}")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    found = read_sound(path)
    assert float(found.length_s) == pytest.approx(2, abs=0.2)
    assert len(found.notes) == 1


def test_one_channel_is_heard_from_both_sides_as_loud_as_it_is(tmp_path: Path) -> None:
    found = read_sound(put_wav(tmp_path / "a.wav", tone(0.5, 440, 0.5)))
    assert found.peak == pytest.approx(0.5, abs=1e-3)
    assert np.array_equal(found.samples[:, 0], found.samples[:, 1])


# --- mixing ---------------------------------------------------------------------------------------------------


def cut(frames: int, rate: Rate, *sounds: Sound) -> Timeline:
    clip = Clip(name="c", shot_id="s", shot_number="1", scene_number="1", kind=ClipKind.SLUG, length=frames,
                media_frames=frames)  # fmt: skip
    return Timeline(title="x", rate=rate, width=64, height=36, clips=(clip,), sounds=sounds)


def sound(name: str, start: int, length: int, **more: object) -> Sound:
    fields = {"name": name, "kind": SoundKind.EFFECT, "media": PurePosixPath("x.wav"), "start": start, "length": length}
    return Sound.model_validate(fields | more)


def recording(samples: NDArray[np.float64]) -> Recording:
    stereo = np.stack([samples, samples], 1).astype(np.float32)
    return Recording(stereo, float(np.abs(stereo).max()))


def whole(mixer: Mixer) -> NDArray[np.float32]:
    return mixer.block(0, mixer.length)


@pytest.mark.parametrize("rate", list(RATES.values()), ids=list(RATES))
def test_sample_counts_are_exact_over_an_hour(rate: Rate) -> None:
    hour = round(3600 * rate.fps)
    assert samples_before(hour, rate) == round(SOUND_RATE * hour / rate.fps)
    step = SOUND_RATE / rate.fps
    counts = {samples_before(f + 1, rate) - samples_before(f, rate) for f in range(5000)}
    assert counts <= {int(step), int(step) + 1}


def test_frames_of_sound_add_up_to_the_whole() -> None:
    rate = RATES["29.97"]
    mixer = Mixer(cut(100, rate, sound("a", 3, 60)), {"a": recording(tone(5))})
    frames = [mixer.frame(i) for i in range(100)]
    assert len(set(map(len, frames))) == 2
    assert np.array_equal(np.concatenate(frames), whole(mixer))
    assert mixer.length == round(SOUND_RATE * 100 / rate.fps)


def test_a_click_is_heard_at_its_sample() -> None:
    click = np.zeros(4800)
    click[0] = 0.5
    for rate in ("24", "25", "23.976", "29.97"):
        frame = RATES[rate].frames(Fraction(1))
        mixed = whole(Mixer(cut(50, RATES[rate], sound("a", frame, 3)), {"a": recording(click)}))
        at = int(np.abs(mixed[:, 0]).argmax())
        assert abs(at - SOUND_RATE * RATES[rate].seconds(frame)) <= 1
        assert mixed[at, 0] == pytest.approx(0.5)


@pytest.mark.parametrize("rate", ["24", "23.976", "29.97 DF"])
def test_a_click_between_frames_is_heard_at_its_sample(rate: str) -> None:
    click = np.zeros(4800)
    click[1000] = 0.5
    exact = SoundTimes(start_s=Fraction(12_345, SOUND_RATE), length_s=Fraction(1, 12), source_s=Fraction(7, SOUND_RATE))
    part = sound("a", 6, 2, source_start=0, exact=exact)
    mixed = whole(Mixer(cut(50, RATES[rate], part), {"a": recording(click)}))
    assert int(np.abs(mixed[:, 0]).argmax()) == 12_345 + 1000 - 7


def test_gain_and_source_start() -> None:
    ramp = np.linspace(0, 0.5, 48_000)
    mixed = whole(
        Mixer(cut(24, RATES["24"], sound("a", 0, 24, source_start=12, gain_db=-6.0206)), {"a": recording(ramp)})
    )
    # Half a second in, and half as loud.
    assert mixed[4800, 0] == pytest.approx(ramp[24_000 + 4800] / 2, abs=1e-4)
    assert (mixed[24_000:] == 0).all()


def test_what_is_cut_into_is_faded() -> None:
    flat_tone = np.full(48_000, 0.5)
    mixed = whole(Mixer(cut(24, RATES["24"], sound("a", 6, 6, source_start=3)), {"a": recording(flat_tone)}))[:, 0]
    heard = mixed[12_000:24_000]
    assert (mixed[:12_000] == 0).all()
    assert (mixed[24_000:] == 0).all()
    assert np.abs(np.diff(heard)).max() < 0.5 / 200
    assert heard[240:-240] == pytest.approx(0.5)


def test_music_steps_back_under_dialogue() -> None:
    timeline = cut(
        240, RATES["24"], sound("m", 0, 240, kind=SoundKind.MUSIC), sound("d", 96, 48, kind=SoundKind.DIALOGUE)
    )  # fmt: skip
    music, dialogue = recording(np.full(480_000, 0.25)), recording(np.zeros(96_000))
    mixed = whole(Mixer(timeline, {"m": music, "d": dialogue}))[:, 0]
    assert mixed[96_000] == pytest.approx(0.25)
    assert mixed[240_000] == pytest.approx(0.25 * 10 ** (DUCK_DB / 20), rel=1e-3)
    assert mixed[400_000] == pytest.approx(0.25)
    assert whole(Mixer(timeline, {"m": music, "d": dialogue}, duck=False))[240_000, 0] == pytest.approx(0.25)


def test_loud_sums_bend_and_never_clip() -> None:
    sounds = [sound(str(i), 0, 24) for i in range(4)]
    mixed = whole(Mixer(cut(24, RATES["24"], *sounds), {s.name: recording(tone(1, 440, 0.9)) for s in sounds}))
    assert np.abs(mixed).max() <= CEILING
    quiet = np.linspace(-KNEE, KNEE, 99, dtype=np.float32)[:, None]
    assert np.array_equal(limited(quiet), quiet)
    rising = limited(np.linspace(0, 5, 999, dtype=np.float32)[:, None])[:, 0]
    assert (np.diff(rising) >= 0).all()


def test_a_sound_without_recording_is_one_sentence() -> None:
    with pytest.raises(MediaError, match="no recording of the sound a"):
        Mixer(cut(5, RATES["24"], sound("a", 0, 5)), {})


# --- placing --------------------------------------------------------------------------------------------------


def start_of(production: Production, name: str) -> int:
    return next(s.start for s in timeline_of(production).sounds if s.name == name)


def test_sounds_stand_where_they_were_placed(film: Production, tmp_path: Path) -> None:
    file = put_wav(tmp_path / "Wind & Rain.wav", tone(1))
    film_wide, _ = add_sound(film, file, at_s=Fraction(1, 2))
    assert film_wide.name == "wind-rain"
    assert add_sound(film, file, on="1A", at_s=Fraction(-1, 4))[0].name == "wind-rain-2"
    assert add_sound(film, file, on="scene 2")[0].name == "wind-rain-3"
    assert add_sound(film, file, on="1A:1")[0].label == "line 1 of shot 1A"
    timeline = timeline_of(film)
    caption = timeline.clips[1].captions[0]
    assert [s.start for s in timeline.sounds] == [12, 96 - 6, 96 + 72, 96 + caption.start]
    assert {s.length for s in timeline.sounds} == {24}
    assert (film.root / timeline.sounds[0].media).read_bytes() == file.read_bytes()


def test_a_sound_between_two_frames_stays_there(film: Production, tmp_path: Path) -> None:
    add_sound(film, put_wav(tmp_path / "a.wav", tone(0.61)), on="1A", at_s=Fraction(1, 10))
    (placed,) = timeline_of(film).sounds
    assert (placed.start, placed.length) == (96 + 2, 15)  # the nearest frames
    assert placed.times(RATES["24"]) == SoundTimes(start_s=Fraction(41, 10), length_s=Fraction(61, 100))
    assert not placed.on_frames(RATES["24"])


def test_a_sound_shorter_than_a_frame_is_heard(film: Production, tmp_path: Path) -> None:
    add_sound(film, put_wav(tmp_path / "a.wav", tone(0.005)), at_s=Fraction(12) - Fraction(2, 1000))
    (placed,) = timeline_of(film).sounds
    assert (placed.start, placed.length) == (287, 1)
    assert placed.times(RATES["24"]).length_s == Fraction(2, 1000)


def test_sounds_move_with_the_cut(film: Production, tmp_path: Path) -> None:
    file = put_wav(tmp_path / "a.wav", tone(1))
    add_sound(film, file, on="1A", at_s=Fraction(1))
    add_sound(film, file, on="2")
    ids = [s.id for s in film.shots]
    entries = (CutEntry(shot_id=ids[2], length=10), CutEntry(shot_id=ids[1], source_start=12, length=30))
    film.database.put("cut", "cut", Cut(rate=RATES["24"], entries=entries, known=tuple(ids), source="e.otio"))
    # 1A starts 12 frames before its trimmed head, so its sound at 1 s is at frame 12 of the clip.
    assert start_of(film, "a") == 10 + 12
    assert start_of(film, "a-2") == 0


def test_a_take_with_handles_keeps_sound_in_place(film: Production, tmp_path: Path) -> None:
    put_take(film, "1", 30, handles=8)
    add_sound(film, put_wav(tmp_path / "a.wav", tone(0.5)), on="1", at_s=Fraction(1, 2))
    assert start_of(film, "a") == 12


def test_before_the_beginning_and_beyond_the_end_is_cut_off(film: Production, tmp_path: Path) -> None:
    file = put_wav(tmp_path / "a.wav", tone(2))
    add_sound(film, file, at_s=Fraction(-1))
    add_sound(film, file, at_s=Fraction(23, 2))
    add_sound(film, file, at_s=Fraction(100))
    early, late = timeline_of(film).sounds
    assert (early.start, early.source_start, early.length) == (0, 24, 24)
    assert (late.start, late.length) == (276, 12)
    assert "a-3 is not heard" in " ".join(animatic(film, size="64x36").notes)


def test_removed_sounds_are_gone(film: Production, tmp_path: Path) -> None:
    file = put_wav(tmp_path / "a.wav", tone(1))
    add_sound(film, file)
    remove_sound(film, "a")
    assert sounds_of(film) == ()
    assert timeline_of(film).sounds == ()
    with pytest.raises(UsageError, match='no sound "a": there are none yet'):
        remove_sound(film, "a")
    assert add_sound(film, file)[0].name == "a-2"


def test_bad_places_and_files_change_nothing(film: Production, tmp_path: Path) -> None:
    good = put_wav(tmp_path / "a.wav", tone(1))
    (tmp_path / "b.wav").write_text("no")
    with pytest.raises(UsageError, match="no line 2 in shot 1A: it has 1 line"):
        add_sound(film, good, on="1A:2")
    with pytest.raises(UsageError, match="no scene 9"):
        add_sound(film, good, on="scene 9")
    with pytest.raises(UsageError, match="out of range"):
        add_sound(film, good, gain_db=99)
    with pytest.raises(MediaError, match=r"b\.wav is no sound"):
        add_sound(film, tmp_path / "b.wav")
    assert sounds_of(film) == ()


@pytest.mark.parametrize(("text", "value"), [("1.5", "3/2"), ("-0.25s", "-1/4"), ("1:02", "62"), (".5", "1/2")])
def test_times_are_read_exactly(text: str, value: str) -> None:
    assert seconds_of(text) == Fraction(value)


@pytest.mark.parametrize("text", ["", "soon", "1:2:3", "nan"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(UsageError):
        seconds_of(text)


# --- in the movie ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("suffix", "frames"), [("mov", 0), ("mp4", 1)])
def test_a_click_is_heard_in_the_file_where_it_belongs(
    film: Production, tmp_path: Path, suffix: str, frames: int
) -> None:
    click = np.zeros(9600)
    click[:48] = 0.7
    add_sound(film, put_wav(tmp_path / "click.wav", click), at_s=Fraction(101, 100))
    path = animatic(film, out=tmp_path / f"cut.{suffix}", size="64x36").path
    heard = read_sound(path).samples
    assert len(heard) == pytest.approx(288 * 2000, abs=2048)
    at = int(np.abs(heard[:, 0]).argmax())
    assert abs(at - 48_480) <= max(48, frames * 2000)


# --- scratch voice --------------------------------------------------------------------------------------------


def test_everybody_has_a_voice_of_their_own() -> None:
    voices = {n: voice_of(n, s, a) for n, s, a in [("MARA", "female", 45), ("TOM", "male", 17), ("PRICE", "male", 55)]}
    assert len({(v.variant, v.pitch) for v in voices.values()}) == 3
    assert voices["MARA"].variant.startswith("f")
    assert voices["TOM"].variant.startswith("m")
    assert voice_of("MARA", "female", 45) == voices["MARA"]
    assert voice_of("TOM", "male", 12).pitch > voice_of("TOM", "male", 40).pitch
    assert voice_of("TOM", "male", 70).wpm < voice_of("TOM", "male", 40).wpm


def test_without_the_program_a_voice_is_refused_with_the_remedy(
    film: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(MediaError, match=r"needs espeak-ng.*install it.*leave --voice out"):
        animatic(film, voice=True)
    assert not (film.root / "animatic").exists()


def test_words_go_to_the_program_as_text_and_a_long_line_is_hurried(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[tuple[list[str], bytes]] = []

    def run(command: list[str], *, input: bytes, **_: object) -> subprocess.CompletedProcess[bytes]:
        calls.append((command, input))
        put_wav(Path(command[command.index("-w") + 1]), tone(2.0))
        return subprocess.CompletedProcess(command, 0, b"", b"")

    monkeypatch.setattr(voice.subprocess, "run", run)
    speak("--help; rm -rf /", voice_of("MARA", "female", 45), 1.8, program="espeak-ng")
    assert {text for _, text in calls} == {b"--help; rm -rf /"}
    assert all("--help" not in " ".join(command) for command, _ in calls)
    speeds = [int(command[command.index("-s") + 1]) for command, _ in calls]
    assert len(speeds) == 2
    assert speeds[0] < speeds[1] <= round(speeds[0] * 1.35)


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_a_scratch_voice_is_heard_under_its_caption(film: Production, tmp_path: Path) -> None:
    result = animatic(film, size="64x36", voice=True)
    (spoken,) = [s for s in result.timeline.sounds if s.kind is SoundKind.SCRATCH]
    caption = result.timeline.clips[1].captions[0]
    assert spoken.name == "SCRATCH-the-cut_1A-1"
    assert spoken.start == 96 + caption.start
    heard = np.abs(read_sound(result.path).samples[:, 0])
    assert heard[: 90 * 2000].max() < 1e-3
    assert heard[spoken.start * 2000 : (spoken.start + 24) * 2000].max() > 0.05


def test_a_recorded_line_needs_no_scratch_voice(
    film: Production, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "espeak-ng")
    add_sound(film, put_wav(tmp_path / "mara.wav", tone(1)), on="1A:1", kind=SoundKind.DIALOGUE)
    result = animatic(film, size="64x36", voice=True)
    assert [s.kind for s in result.timeline.sounds] == [SoundKind.DIALOGUE]
