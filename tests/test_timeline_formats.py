"""Timelines as other people's readers see them: names, order, exact frames, places of media."""

from __future__ import annotations

import zipfile
from fractions import Fraction
from pathlib import Path, PurePosixPath
from typing import Any
from xml.etree import ElementTree

import aaf2
import opentimelineio as otio
import pytest

from maquette.deliver.timeline_parts import REEL_LENGTH, reel_names
from maquette.deliver.timeline_read import read_cut
from maquette.deliver.timeline_write import TimelineFormat, write_timeline
from maquette.film.errors import DiskFull, TimelineError
from maquette.film.rate import RATES, frame_at
from maquette.film.timeline import SoundTimes, Timeline, TransitionKind
from tests.timelines import FERRY_NAMES, FERRY_SOURCES, FERRY_STARTS, FIVE_RATES, clip, ferry_cut

ONE_HOUR = {name: frame_at("01:00:00:00", RATES[name]) for name in FIVE_RATES}


def write(folder: Path, rate: str, format: TimelineFormat, **options: bool) -> tuple[Path, tuple[str, ...]]:
    path = folder / f"cut.{format.value}"
    return path, write_timeline(ferry_cut(RATES[rate]), path, format, **options)


def clips_of(track: Any) -> list[Any]:
    return [item for item in track if isinstance(item, otio.schema.Clip)]


def transitions_of(track: Any) -> list[tuple[float, float]]:
    return [(t.in_offset.value, t.out_offset.value) for t in track if isinstance(t, otio.schema.Transition)]


def frames(range_: Any, first: int) -> tuple[float, float]:
    """(first frame of the media, frames) of a range that counts in timecode."""
    return range_.start_time.value - first, range_.duration.value


@pytest.mark.parametrize("rate", FIVE_RATES)
def test_otio(tmp_path: Path, rate: str) -> None:
    path, notes = write(tmp_path, rate, TimelineFormat.OTIO)
    timeline = otio.adapters.read_from_file(str(path))
    assert timeline.name == "The Last Ferry" and notes == ()
    assert timeline.global_start_time.value == ONE_HOUR[rate]
    assert timeline.global_start_time.rate == float(RATES[rate].fps)
    video, wind, line = timeline.tracks
    assert [t.name for t in timeline.tracks] == ["V1", "A1", "A2"]
    clips = clips_of(video)
    assert [c.name for c in clips] == FERRY_NAMES
    assert [frames(c.source_range, ONE_HOUR[rate]) for c in clips] == FERRY_SOURCES
    assert [c.range_in_parent().start_time.value for c in clips] == FERRY_STARTS
    assert transitions_of(video) == [(6, 7), (10, 0)]
    assert frames(clips[0].available_range(), ONE_HOUR[rate]) == (0, 120)
    assert [getattr(c.media_reference, "target_url", None) for c in clips] == [
        None if i == 2 else f"media/{name}.mov" for i, name in enumerate(FERRY_NAMES)
    ]
    assert [frames(c.source_range, 0) for c in (clips_of(wind)[0], clips_of(line)[0])] == [(4, 100), (0, 40)]
    assert [t[0].source_range.duration.value for t in (wind, line)] == [30, 70]  # gaps before the sounds
    facts = dict(clips[0].metadata["maquette"])
    assert facts["shot_id"] == "shot-3A" and facts["size"] == "CU" and facts["research_mark"] == "research only"
    marker = clips[0].markers[0]
    assert (marker.name, frames(marker.marked_range, ONE_HOUR[rate])) == ('MARA: Wait <here> & "now".', (17, 20))


SPLIT = SoundTimes(start_s=Fraction(52_801, 48_000), length_s=Fraction(4801, 48_000), source_s=Fraction(7, 48_000))
"""1.1 s and a sample: 26.4 frames at 24."""


def split_cut(rate: str) -> Timeline:
    wind, line = ferry_cut(RATES[rate]).sounds
    start = RATES[rate].frames(SPLIT.start_s)
    tap = line.model_copy(update={"name": "tap", "track": 1, "start": start, "length": 2, "exact": SPLIT})
    return ferry_cut(RATES[rate]).model_copy(update={"sounds": (tap, wind.model_copy(update={"start": 120}))})


@pytest.mark.parametrize("rate", FIVE_RATES)
def test_otio_has_sounds_between_frames_to_the_sample(tmp_path: Path, rate: str) -> None:
    path = tmp_path / "cut.otio"
    assert write_timeline(split_cut(rate), path, TimelineFormat.OTIO) == ()
    track = otio.adapters.read_from_file(str(path)).tracks[1]
    gap, tap, second, wind = track
    assert (gap.source_range.duration.value, gap.source_range.duration.rate) == (52_801, 48_000)
    assert (tap.source_range.start_time.value, tap.source_range.duration.value) == (7, 4801)
    assert wind.source_range.duration.rate == float(RATES[rate].fps)
    # The next sound starts with its frame, to half a sample, whatever lies before it.
    ends = [
        Fraction(i.source_range.duration.value) / Fraction(i.source_range.duration.rate) for i in (gap, tap, second)
    ]
    assert abs(sum(ends) - RATES[rate].seconds(120)) <= Fraction(1, 96_000)


def test_sounds_that_overlap_by_less_than_a_frame_have_a_track_each(tmp_path: Path) -> None:
    tap, wind = split_cut("24").sounds
    near = wind.model_copy(update={"start": tap.start + tap.length})  # it ends 0.4 frames later
    cut = ferry_cut().model_copy(update={"sounds": (tap, near)})
    write_timeline(cut, tmp_path / "cut.otio", TimelineFormat.OTIO)
    tracks = otio.adapters.read_from_file(str(tmp_path / "cut.otio")).tracks
    assert [[c.name for c in clips_of(t)] for t in tracks][1:] == [["tap"], ["wind"]]


@pytest.mark.parametrize("format", [TimelineFormat.FCP7_XML, TimelineFormat.FCPXML, TimelineFormat.AAF])
def test_formats_that_count_frames_say_what_sounds_lose(tmp_path: Path, format: TimelineFormat) -> None:
    notes = write_timeline(split_cut("24"), tmp_path / f"cut.{format.value}", format)
    assert any("The sound tap starts between frames" in n and "up to 21 ms away" in n for n in notes)
    _, whole = write(tmp_path, "24", format)
    assert not any("between frames" in n for n in whole)


def test_otioz_holds_the_media_that_is_there(tmp_path: Path) -> None:
    for name in FERRY_NAMES[:2]:
        place = tmp_path / "media" / f"{name}.mov"
        place.parent.mkdir(exist_ok=True)
        place.write_bytes(name.encode())
    path, notes = write(tmp_path, "24", TimelineFormat.OTIOZ)
    unpacked = tmp_path / "unpacked"
    unpacked.mkdir()
    timeline = otio.adapters.read_from_file(str(path), extract_to_directory=str(unpacked))
    clips = clips_of(timeline.tracks[0])
    for name, found in zip(FERRY_NAMES[:2], clips[:2], strict=True):
        assert (unpacked / found.media_reference.target_url).read_bytes() == name.encode()
    assert all(c.media_reference.is_missing_reference for c in clips[2:])
    assert len(notes) == 1 and f"{FERRY_NAMES[3]}.mov" in notes[0] and FERRY_NAMES[0] not in notes[0]


def test_files_of_one_name_are_both_in_the_bundle(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "x.mov").write_text(folder)
    cut = ferry_cut().model_copy(
        update={"sounds": (), "clips": tuple(clip(n, media=PurePosixPath(n) / "x.mov") for n in ("a", "b"))}
    )
    write_timeline(cut, tmp_path / "cut.otioz", TimelineFormat.OTIOZ)
    with zipfile.ZipFile(tmp_path / "cut.otioz") as bundle:
        assert sorted(n for n in bundle.namelist() if n.startswith("media/")) == ["media/x-2.mov", "media/x.mov"]
        assert {bundle.read(n) for n in ("media/x-2.mov", "media/x.mov")} == {b"a", b"b"}


@pytest.mark.parametrize("rate", FIVE_RATES)
def test_edl(tmp_path: Path, rate: str) -> None:
    path, notes = write(tmp_path, rate, TimelineFormat.EDL, comments=True)
    text = path.read_text()
    assert f"FCM: {'DROP FRAME' if rate.endswith('DF') else 'NON-DROP FRAME'}\n" in text
    timeline = otio.adapters.read_from_file(str(path), rate=float(RATES[rate].fps))
    clips, first = clips_of(timeline.tracks[0]), ONE_HOUR[rate]
    # A mix is an event that begins where it begins: 6 frames go from the first clip to the second, 10 from 4 to black.
    assert [frames(c.source_range, first) for c in clips] == [
        (12, 54), (14, 66), (0, 48), (12, 50), (-first, 10), (12, 33)
    ]  # fmt: skip
    assert [c.name for c in clips if c.name != "005"] == FERRY_NAMES
    assert transitions_of(timeline.tracks[0]) == [(0, 13), (0, 10)]
    reels = [c.metadata["cmx_3600"]["reel"] for c in clips]
    assert reels == ["3A_T1", "3B_T1", "3C_T1", "4_T1", "BL", "5_T1"]
    assert any(RATES[rate].name in n for n in notes) and any("sounds" in n for n in notes)


def test_edl_names_no_clips_in_the_way_that_premiere_stumbles_over(tmp_path: Path) -> None:
    path, _ = write(tmp_path, "24", TimelineFormat.EDL)
    assert "FROM CLIP" not in path.read_text() and "TO CLIP" not in path.read_text()
    assert [c.name for c in read_cut(path, RATES["24"]).clips] == FERRY_NAMES
    bare = "".join(line for line in path.read_text().splitlines(True) if not line.startswith("*"))
    path.write_text(bare)
    assert [c.name for c in read_cut(path, RATES["24"], FERRY_NAMES).clips] == FERRY_NAMES  # by their reels


def test_long_names_and_more_events_than_three_digits_are_told(tmp_path: Path) -> None:
    clips = tuple(clip(f"TLF_SEQ_{n:03d}_0010") for n in range(1, 1002))
    path = tmp_path / "cut.edl"
    notes = write_timeline(ferry_cut().model_copy(update={"clips": clips}), path, TimelineFormat.EDL)
    assert any("1001 events" in n for n in notes) and any("Reel names" in n for n in notes)
    assert [c.name for c in read_cut(path, RATES["24"]).clips] == [c.name for c in clips]


def test_reels_are_short_plain_and_different() -> None:
    names = [
        "the-last-ferry_3A_t1",
        "the-last-ferry_3B_t1",
        "x_0010_t1",
        "y_0010_t1",
        "é",
        "bl",
        "a-very-long-one-word",
    ]
    reels = reel_names(names)
    assert reels["the-last-ferry_3A_t1"] == "3A_T1"
    assert len(set(reels.values())) == len(names) and "BL" not in reels.values()
    assert all(r.isascii() and 1 <= len(r) <= REEL_LENGTH for r in reels.values())
    assert reel_names(reversed(names)) == reels


@pytest.mark.parametrize("rate", FIVE_RATES)
def test_fcp7_xml(tmp_path: Path, rate: str) -> None:
    path, _ = write(tmp_path, rate, TimelineFormat.FCP7_XML)
    timeline = otio.adapters.read_from_file(str(path))
    assert timeline.global_start_time.value == ONE_HOUR[rate]
    assert timeline.global_start_time.rate == pytest.approx(float(RATES[rate].fps), abs=1e-9)
    clips = clips_of(timeline.tracks[0])
    assert [c.name for c in clips] == FERRY_NAMES
    assert [frames(c.source_range, ONE_HOUR[rate]) for c in clips] == FERRY_SOURCES
    assert [c.range_in_parent().start_time.value for c in clips] == FERRY_STARTS
    assert transitions_of(timeline.tracks[0]) == [(6, 7), (10, 0)]
    assert frames(clips[0].available_range(), ONE_HOUR[rate]) == (0, 120)
    assert clips[0].media_reference.target_url == f"file://localhost{tmp_path}/media/{FERRY_NAMES[0]}.mov"
    assert clips[2].media_reference.is_missing_reference
    sounds = [clips_of(t)[0] for t in timeline.tracks if t.kind == "Audio"]
    assert [(s.name, *frames(s.source_range, 0)) for s in sounds] == [("wind", 4, 100), ("line", 0, 40)]
    assert sounds[1].media_reference.target_url.endswith("/sound/line%201.wav")
    root = ElementTree.fromstring(path.read_text())
    sequence = root.find("sequence")
    assert sequence is not None
    assert sequence.findtext("rate/ntsc") == ("TRUE" if RATES[rate].fps.denominator == 1001 else "FALSE")
    assert sequence.findtext("timecode/displayformat") == ("DF" if rate.endswith("DF") else "NDF")
    assert sequence.findtext("media/video/format/samplecharacteristics/width") == "640"
    assert root.findtext(".//clipitem/marker/comment") == 'Wait <here> & "now".'
    assert root.findtext(".//clipitem/logginginfo/good") == "TRUE"


def test_fcpxml_times_are_exact(tmp_path: Path) -> None:
    path, _ = write(tmp_path, "23.976", TimelineFormat.FCPXML)
    root = ElementTree.fromstring(path.read_text())
    assert root.find("resources/format").attrib["frameDuration"] == "1001/24000s"  # type: ignore[union-attr]
    sequence = root.find(".//sequence")
    assert sequence is not None
    assert sequence.attrib["tcStart"] == "86486400/24000s" and sequence.attrib["duration"] == "261261/24000s"
    spine = list(sequence.find("spine"))  # type: ignore[arg-type]
    assert [e.tag for e in spine] == [
        "asset-clip", "transition", "asset-clip", "gap", "asset-clip", "transition", "asset-clip"
    ]  # fmt: skip
    first = spine[0].attrib
    assert (first["offset"], first["start"]) == ("86486400/24000s", "86498412/24000s")
    assert first["duration"] == "60060/24000s"
    assert spine[1].attrib["duration"] == "13013/24000s"
    frame = Fraction(1001, 24000)
    for text in (v for e in root.iter() for k, v in e.attrib.items() if k in ("offset", "start", "duration")):
        assert text.endswith("s") and (Fraction(text[:-1]) / frame).denominator == 1
    assert [v.attrib["amount"] for v in root.iter("adjust-volume")] == ["-6dB"]
    sources = [r.attrib["src"] for r in root.iter("media-rep")]
    assert sources[0] == f"file://{tmp_path}/media/{FERRY_NAMES[0]}.mov" and len(sources) == 6


@pytest.mark.parametrize("rate", ["24", "25"])
def test_fcpxml_in_the_reader_for_whole_rates(tmp_path: Path, rate: str) -> None:
    path, _ = write(tmp_path, rate, TimelineFormat.FCPXML)
    timeline = otio.adapters.read_from_file(str(path), "fcpx_xml")[0]
    tracks = {t.name: t for t in timeline.tracks}
    clips = clips_of(tracks["0"])
    assert [c.name for c in clips] == [FERRY_NAMES[i] for i in (0, 1, 3, 4)]  # the slug is a gap
    assert [frames(c.source_range, ONE_HOUR[rate]) for c in clips] == [FERRY_SOURCES[i] for i in (0, 1, 3, 4)]
    starts = [c.range_in_parent().start_time.value - ONE_HOUR[rate] for c in clips]
    assert starts == [FERRY_STARTS[i] for i in (0, 1, 3, 4)]
    sounds = [clips_of(tracks[lane])[0] for lane in ("-1", "-2")]
    assert [s.range_in_parent().start_time.value - ONE_HOUR[rate] for s in sounds] == [30, 70]
    assert [frames(s.source_range, 0) for s in sounds] == [(4, 100), (0, 40)]


@pytest.mark.parametrize("rate", FIVE_RATES)
def test_aaf_in_the_adapter(tmp_path: Path, rate: str) -> None:
    path, notes = write(tmp_path, rate, TimelineFormat.AAF)
    timeline = otio.adapters.read_from_file(str(path), "AAF")
    assert timeline.name == "The Last Ferry" and timeline.global_start_time.value == ONE_HOUR[rate]
    clips = clips_of(timeline.tracks[0])
    assert [c.name for c in clips] == FERRY_NAMES
    assert [frames(c.source_range, ONE_HOUR[rate]) for c in clips] == FERRY_SOURCES
    assert transitions_of(timeline.tracks[0]) == [(6, 7), (10, 0)]
    assert clips[0].media_reference.target_url == f"file://{tmp_path}/media/{FERRY_NAMES[0]}.mov"
    sounds = [clips_of(t)[0] for t in timeline.tracks if t.kind == "Audio"]
    assert [(s.name, *frames(s.source_range, 0)) for s in sounds] == [("wind", 4, 100), ("line", 0, 40)]
    assert any("captions" in n for n in notes)


def test_aaf_in_the_raw(tmp_path: Path) -> None:
    path, _ = write(tmp_path, "29.97 DF", TimelineFormat.AAF)
    with aaf2.open(str(path)) as file:
        top = next(file.content.toplevel())
        assert top.name == "The Last Ferry"
        assert {Fraction(s.edit_rate) for s in top.slots} == {Fraction(30000, 1001)}
        code, picture = top.slots[0].segment, top.slots[1].segment
        assert (code.start, code.fps, code.drop) == (ONE_HOUR["29.97 DF"], 30, True)
        # Mixes overlap: 60+7, 6+60, 48, 60, 10 of black, 33, less 13 and 10.
        assert [c.length for c in picture.components] == [67, 13, 66, 48, 60, 10, 10, 33]
        assert picture.length == 261
        clip = next(iter(picture.components))
        assert dict(clip.mob.comments.items())["shot_id"] == "shot-3A"


@pytest.mark.parametrize("format", TimelineFormat)
def test_every_format_says_what_the_material_may_be_used_for(tmp_path: Path, format: TimelineFormat) -> None:
    path, _ = write(tmp_path, "24", format)
    data = path.read_bytes()
    if format is TimelineFormat.OTIOZ:
        with zipfile.ZipFile(path) as bundle:
            data = bundle.read("content.otio")
    assert "research only".encode("utf-16-le" if format is TimelineFormat.AAF else "utf-8") in data


@pytest.mark.parametrize("format", TimelineFormat)
def test_writing_twice_takes_the_same_name_and_leaves_nothing_beside(tmp_path: Path, format: TimelineFormat) -> None:
    path, first = write(tmp_path, "24", format)
    _, second = write(tmp_path, "24", format)
    assert first == second and [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("format", TimelineFormat)
def test_a_full_disk_leaves_the_old_file(
    tmp_path: Path, format: TimelineFormat, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / f"cut.{format.value}"
    path.write_text("old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("maquette.deliver.whole._sync", full)
    with pytest.raises(DiskFull, match="free some space"):
        write_timeline(ferry_cut(), path, format)
    assert path.read_text() == "old" and [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_transition_that_cannot_be_is_a_cut_and_told(tmp_path: Path) -> None:
    clips = (
        clip("1", transition=TransitionKind.DISSOLVE, transition_length=200),
        clip("2", transition=TransitionKind.DISSOLVE, transition_length=20, source_start=4),
        clip("3", transition=TransitionKind.WIPE, transition_length=8),
    )
    cut = ferry_cut().model_copy(update={"clips": clips, "sounds": ()})
    notes = write_timeline(cut, tmp_path / "cut.otio", TimelineFormat.OTIO)
    assert [n.split(":")[0] for n in notes] == [
        "The dissolve after the-last-ferry_1_t1 became a cut",
        "The wipe after the-last-ferry_3_t1 became a cut",
    ]
    back = read_cut(tmp_path / "cut.otio", RATES["24"])
    assert [c.transition for c in back.clips] == [TransitionKind.CUT, TransitionKind.DISSOLVE, TransitionKind.CUT]


def test_a_dissolve_without_handles_is_told(tmp_path: Path) -> None:
    clips = (
        clip("1", media_frames=60, source_start=0, transition=TransitionKind.DISSOLVE, transition_length=12),
        clip("2", media_frames=60, source_start=0),
    )
    cut = ferry_cut().model_copy(update={"clips": clips, "sounds": ()})
    notes = write_timeline(cut, tmp_path / "cut.otio", TimelineFormat.OTIO)
    assert [n.split(":")[0] for n in notes] == [
        "The dissolve after the-last-ferry_1_t1 needs 6 more frames at its end",
        "The dissolve into the-last-ferry_2_t1 needs 6 more frames at its start",
    ]


def test_what_cannot_be_delivered_is_refused(tmp_path: Path) -> None:
    empty = ferry_cut().model_copy(update={"clips": ()})
    twice = ferry_cut().model_copy(update={"clips": (clip("1"), clip("1"))})
    for cut, words in ((empty, "no clips"), (twice, "Two clips")):
        with pytest.raises(TimelineError, match=words):
            write_timeline(cut, tmp_path / "cut.otio", TimelineFormat.OTIO)
    assert not list(tmp_path.iterdir())
