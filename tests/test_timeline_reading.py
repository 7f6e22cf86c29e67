"""What comes back from editors: round trips, edits made with other people's tools, files of theirs."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import opentimelineio as otio
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from maquette.deliver.timeline_parts import playable
from maquette.deliver.timeline_read import read_cut
from maquette.deliver.timeline_write import TimelineFormat, write_timeline
from maquette.film.errors import TimelineError
from maquette.film.rate import RATES
from maquette.film.timeline import Clip, EditedCut, Timeline, TransitionKind
from tests.timelines import FCPX_XML, FERRY_NAMES, FERRY_SOURCES, FERRY_STARTS, FIVE_RATES, clip, ferry_cut, span

Row = tuple[str, int, int, int, TransitionKind, int]


def rows(cut: EditedCut) -> list[Row]:
    return [(c.name, c.source_start, c.length, c.record_start, c.transition, c.transition_length) for c in cut.clips]


def asked(timeline: Timeline) -> list[Row]:
    return [
        (c.name, c.source_start, c.length, start, c.transition, c.transition_length)
        for c, start in zip(timeline.clips, timeline.starts(), strict=True)
    ]


# --- round trips ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rate", FIVE_RATES)
@pytest.mark.parametrize("format", TimelineFormat)
def test_what_is_delivered_comes_back(tmp_path: Path, rate: str, format: TimelineFormat) -> None:
    timeline = ferry_cut(RATES[rate])
    path = tmp_path / f"cut.{format.value}"
    write_timeline(timeline, path, format)
    back = read_cut(path, RATES[rate], FERRY_NAMES)
    assert rows(back) == asked(timeline) and back.fade_in == 0
    assert back.title == "The Last Ferry" and back.rate == RATES[rate]
    said = "shot_number" if format is TimelineFormat.EDL else "shot_id"
    assert back.had == tuple(getattr(c, said) for c in timeline.clips)
    if format is not TimelineFormat.EDL:
        assert [c.shot_id for c in back.clips] == [c.shot_id for c in timeline.clips]
    assert back.unknown == ()


@pytest.mark.parametrize("format", TimelineFormat)
def test_fades_from_and_to_black_go_out_and_come_back(tmp_path: Path, format: TimelineFormat) -> None:
    clips = (
        clip("1", transition=TransitionKind.FADE_OUT, transition_length=10),
        clip("2", transition=TransitionKind.FADE_IN, transition_length=8),
        clip("3", length=33, transition=TransitionKind.FADE_OUT, transition_length=12),
    )
    cut = ferry_cut().model_copy(update={"clips": clips, "sounds": (), "fade_in": 20})
    path = tmp_path / f"cut.{format.value}"
    write_timeline(cut, path, format)
    back = read_cut(path, RATES["24"])
    assert (back.fade_in, rows(back), back.unknown) == (20, asked(cut), ())


@pytest.mark.parametrize("format", TimelineFormat)
def test_a_fade_in_longer_than_the_first_clip_is_left_out_and_told(tmp_path: Path, format: TimelineFormat) -> None:
    cut = ferry_cut().model_copy(update={"fade_in": 61})
    path = tmp_path / f"cut.{format.value}"
    notes = write_timeline(cut, path, format)
    assert notes[0] == "The fade in at the start was left out: the-last-ferry_3A_t1 is shorter than it."
    assert read_cut(path, RATES["24"]).fade_in == 0


def test_a_long_list_of_shots_comes_back_from_an_edl(tmp_path: Path) -> None:
    clips = tuple(clip(f"{n}A") for n in range(1, 101))
    write_timeline(ferry_cut().model_copy(update={"clips": clips}), tmp_path / "cut.edl", TimelineFormat.EDL)
    assert read_cut(tmp_path / "cut.edl", RATES["24"]).had == tuple(c.shot_number for c in clips)
    assert max(map(len, (tmp_path / "cut.edl").read_text().splitlines())) <= 80


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    rate = RATES[draw(st.sampled_from(sorted(RATES)))]
    clips = list[Clip]()
    for n in range(draw(st.integers(1, 8))):
        length = draw(st.integers(1, 5000))
        kind = draw(st.sampled_from(TransitionKind))
        clips.append(
            clip(f"{n + 1}", length=length, source_start=draw(st.integers(0, 40)), media_frames=6000, transition=kind,
                 transition_length=0 if kind is TransitionKind.CUT else draw(st.integers(1, 30)))
        )  # fmt: skip
    fade_in = draw(st.integers(0, 30))
    return Timeline(title="Any", rate=rate, width=640, height=360, clips=tuple(clips), fade_in=fade_in)


@pytest.mark.parametrize("format", [TimelineFormat.OTIO, TimelineFormat.EDL, TimelineFormat.FCP7_XML,
                                    TimelineFormat.FCPXML])  # fmt: skip
@given(timeline=timelines())
@settings(max_examples=60, deadline=None, derandomize=True)
def test_any_timeline_survives(format: TimelineFormat, timeline: Timeline) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"cut.{format.value}"
        write_timeline(timeline, path, format)
        back, cut = read_cut(path, timeline.rate), playable(timeline)[0]
        assert (rows(back), back.fade_in) == (asked(cut), cut.fade_in)


def test_an_edl_of_media_that_starts_elsewhere_needs_to_be_told(tmp_path: Path) -> None:
    clips = (clip("1", media_start="00:00:10:00"), clip("2", media_start="10:20:30:00", source_start=0))
    path = tmp_path / "cut.edl"
    write_timeline(ferry_cut().model_copy(update={"clips": clips, "sounds": ()}), path, TimelineFormat.EDL)
    starts = {c.name: c.media_start for c in clips}
    assert [c.source_start for c in read_cut(path, RATES["24"], media_starts=starts).clips] == [12, 0]


# --- edits made with OTIO -------------------------------------------------------------------------------------


@pytest.fixture
def edited(tmp_path: Path) -> tuple[Path, Any, Any]:
    """(file, timeline, video track) as an editor's tool holds it."""
    path = tmp_path / "edit.otio"
    write_timeline(ferry_cut(), path, TimelineFormat.OTIO)
    timeline = otio.adapters.read_from_file(str(path))
    return path, timeline, timeline.tracks[0]


def saved(path: Path, timeline: Any) -> EditedCut:
    otio.adapters.write_to_file(timeline, str(path))
    return read_cut(path, RATES["24"], FERRY_NAMES)


def test_reordered_trimmed_and_deleted(edited: tuple[Path, Any, Any]) -> None:
    path, timeline, video = edited
    kept = [i for i in video if isinstance(i, otio.schema.Clip)]
    del video[:]
    for index in (4, 0, 1):  # 3C and 4 are deleted
        video.append(kept[index])
    kept[0].source_range = span(86400 + 30, 25)
    video.insert(2, otio.schema.Transition("Cross", "SMPTE_Dissolve", *(otio.opentime.RationalTime(4, 24),) * 2))
    assert rows(saved(path, timeline)) == [
        (FERRY_NAMES[4], 12, 33, 0, TransitionKind.CUT, 0),
        (FERRY_NAMES[0], 30, 25, 33, TransitionKind.DISSOLVE, 8),
        (FERRY_NAMES[1], 20, 60, 58, TransitionKind.CUT, 0),
    ]


def test_a_gap_is_removed_and_a_foreign_clip_is_kept(edited: tuple[Path, Any, Any]) -> None:
    path, timeline, video = edited
    boat = otio.schema.Clip("stock_boat", otio.schema.ExternalReference("boat.mov", span(0, 500)), span(100, 50))
    video.append(otio.schema.Gap(source_range=span(0, 24)))
    video.append(boat)
    cut = saved(path, timeline)
    assert [c.name for c in cut.clips] == [*FERRY_NAMES, "stock_boat"]
    assert (cut.clips[-1].source_start, cut.clips[-1].record_start) == (100, 261 + 24)


def test_a_renamed_clip_still_says_which_shot_it_is(edited: tuple[Path, Any, Any]) -> None:
    path, timeline, video = edited
    next(iter(video)).name = "Mara at the rail"
    cut = saved(path, timeline)
    assert (cut.clips[0].name, cut.clips[0].shot_id) == ("Mara at the rail", "shot-3A")


def test_an_upper_layer_hides_what_is_under_it(edited: tuple[Path, Any, Any]) -> None:
    path, timeline, _ = edited
    upper = otio.schema.Track("V2", kind="Video")
    upper.append(otio.schema.Gap(source_range=span(0, 130)))
    upper.append(otio.schema.Clip("insert", otio.schema.ExternalReference("i.mov", span(0, 99)), span(5, 20)))
    timeline.tracks.append(upper)
    cut = saved(path, timeline)
    assert [(c.name, c.source_start, c.length, c.record_start) for c in cut.clips][2:5] == [
        (FERRY_NAMES[2], 0, 10, 120), ("insert", 5, 20, 130), (FERRY_NAMES[2], 30, 18, 150)
    ]  # fmt: skip
    assert any("2 layers" in s for s in cut.unknown)


def test_a_nested_timeline_is_laid_out_flat(edited: tuple[Path, Any, Any]) -> None:
    path, timeline, video = edited
    inside = otio.schema.Track(kind="Video")
    for n in (1, 2):
        inside.append(otio.schema.Clip(f"n{n}", otio.schema.ExternalReference("n.mov", span(0, 99)), span(0, 30)))
    nest = otio.schema.Stack("scene 3", children=[inside], source_range=span(20, 20))
    video.append(nest)
    cut = saved(path, timeline)
    assert [(c.name, c.source_start, c.length, c.record_start) for c in cut.clips][-2:] == [
        ("n1", 20, 10, 261), ("n2", 0, 10, 271)
    ]  # fmt: skip
    assert any('"scene 3" was laid out flat' in s for s in cut.unknown)


def test_mixes_with_black_are_fades(edited: tuple[Path, Any, Any]) -> None:
    path, timeline, video = edited
    clips = [i for i in video if isinstance(i, otio.schema.Clip)]
    gap = otio.schema.Gap(source_range=span(0, 24))
    six = otio.opentime.RationalTime(6, 24)
    cross = [otio.schema.Transition("Cross", "SMPTE_Dissolve", six, six) for _ in range(4)]
    del video[:]
    for item in (cross[0], clips[0], cross[1], gap, clips[1], gap.deepcopy(), cross[2], clips[2], clips[3], cross[3]):
        video.append(item)
    cut = saved(path, timeline)
    assert [(r[0], r[3], r[4], r[5]) for r in rows(cut)] == [
        (FERRY_NAMES[0], 0, TransitionKind.FADE_OUT, 12),
        (FERRY_NAMES[1], 84, TransitionKind.FADE_IN, 12),
        (FERRY_NAMES[2], 168, TransitionKind.CUT, 0),
        (FERRY_NAMES[3], 216, TransitionKind.FADE_OUT, 12),
    ]
    assert cut.fade_in == 12 and cut.unknown == ()


def test_what_no_cut_holds_is_said(edited: tuple[Path, Any, Any]) -> None:
    path, timeline, video = edited
    clips = [i for i in video if isinstance(i, otio.schema.Clip)]
    clips[0].effects.append(otio.schema.LinearTimeWarp("fast", time_scalar=2.0))
    clips[1].effects.append(otio.schema.Effect("glow", "Glow"))
    clips[3].enabled = False
    title = otio.schema.Clip("THE END", otio.schema.GeneratorReference("t", "Text", span(0, 48)), span(0, 48))
    video.append(title)
    cut = saved(path, timeline)
    words = " ".join(cut.unknown)
    assert all(w in words for w in ("another speed", '"Glow"', "switched off", '"THE END"'))
    assert [c.name for c in cut.clips] == [FERRY_NAMES[i] for i in (0, 1, 2, 4)]


# --- rates ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", [f for f in TimelineFormat if f is not TimelineFormat.EDL])
def test_a_cut_at_another_rate_is_refused_in_a_sentence(tmp_path: Path, format: TimelineFormat) -> None:
    path = tmp_path / f"cut.{format.value}"
    write_timeline(ferry_cut(RATES["23.976"]), path, format)
    with pytest.raises(TimelineError, match=r"not cut at 24 frames a second.*export it again"):
        read_cut(path, RATES["24"])


@pytest.mark.parametrize("format", [f for f in TimelineFormat if f is not TimelineFormat.EDL])
def test_a_cut_at_half_the_rate_is_exact(tmp_path: Path, format: TimelineFormat) -> None:
    path = tmp_path / f"cut.{format.value}"
    cut = ferry_cut(RATES["25"])
    even = cut.model_copy(update={"clips": tuple(c.model_copy(update={"transition_length": 0,
                                  "transition": TransitionKind.CUT}) for c in cut.clips)})  # fmt: skip
    write_timeline(even, path, format)
    back = read_cut(path, RATES["50"])
    assert [(c.source_start, c.length) for c in back.clips] == [(2 * s, 2 * n) for s, n in FERRY_SOURCES]
    assert [c.record_start for c in back.clips] == [2 * s for s in FERRY_STARTS]


def test_an_edl_that_counts_too_far_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "cut.edl"
    write_timeline(ferry_cut(RATES["30"]), path, TimelineFormat.EDL)
    with pytest.raises(TimelineError, match="does not run at 24"):
        read_cut(path, RATES["24"])


# --- files as editors write them ------------------------------------------------------------------------------

PREMIERE_EDL = """TITLE: Ferry v3
FCM: DROP FRAME

001  AX       V     C        01:00:00;12 01:00:02;12 00:00:00;00 00:00:02;00
* FROM CLIP NAME: the-last-ferry_3A_t1.mov
002  AX       AA    C        00:00:00;00 00:00:02;00 00:00:00;00 00:00:02;00
* FROM CLIP NAME: wind.wav
003  BL       V     C        00:00:00;00 00:00:00;00 00:00:02;00 00:00:02;00
003  AX       V     D    010 00:00:00;20 00:00:03;00 00:00:02;00 00:00:04;10
* TO CLIP NAME: the-last-ferry_4_t1.mov
M2   AX       060.0                00:00:00;20
004  BL       V     C        00:00:00;00 00:00:01;00 00:00:04;10 00:00:05;10
"""


def test_an_edl_from_premiere(tmp_path: Path) -> None:
    path = tmp_path / "v3.EDL"
    path.write_bytes(PREMIERE_EDL.replace("\n", "\r\n").encode())
    cut = read_cut(path, RATES["29.97"], FERRY_NAMES)
    assert rows(cut) == [
        (FERRY_NAMES[0], 12, 60, 0, TransitionKind.FADE_IN, 10),
        (FERRY_NAMES[3], 20, 70, 60, TransitionKind.CUT, 0),
    ]
    assert any("another speed" in s for s in cut.unknown)


def test_an_fcpxml_from_final_cut(tmp_path: Path) -> None:
    path = tmp_path / "cut.fcpxml"
    path.write_text(FCPX_XML)
    cut = read_cut(path, RATES["24"])
    assert [r[:4] for r in rows(cut)] == [
        (FERRY_NAMES[0], 36, 12, 0),
        (FERRY_NAMES[4], 0, 24, 12),
        (FERRY_NAMES[0], 72, 12, 36),
        (FERRY_NAMES[3], 120, 24, 96),
    ]
    assert any('title "Card"' in s for s in cut.unknown) and any("another speed" in s for s in cut.unknown)


NESTED_FCP7 = """<xmeml><sequence id="s1"><name>Film</name><rate><timebase>24</timebase></rate><media><video><track>
<clipitem><name>scene 3</name><start>0</start><end>40</end><in>50</in><out>90</out>
<sequence id="s2"><name>scene 3</name><rate><timebase>24</timebase></rate><media><video><track>
<clipitem><name>a</name><start>0</start><end>60</end><in>7</in><out>67</out><file id="f1"/></clipitem>
<clipitem><name>b</name><start>60</start><end>99</end><in>0</in><out>39</out><file id="f2"/></clipitem>
</track></video></media></sequence></clipitem>
<clipitem><name>again</name><start>40</start><end>50</end><in>0</in><out>10</out><sequence id="s2"/></clipitem>
</track></video></media></sequence></xmeml>"""


def test_nested_sequences_and_compound_clips_are_laid_out_flat(tmp_path: Path) -> None:
    path = tmp_path / "cut.xml"
    path.write_text(NESTED_FCP7)
    cut = read_cut(path, RATES["24"])
    assert [r[:4] for r in rows(cut)] == [("a", 57, 10, 0), ("b", 0, 30, 10), ("a", 7, 10, 40)]
    assert cut.title == "Film" and cut.unknown[0] == 'The nested timeline "scene 3" was laid out flat.'
    path.write_text(NESTED_FCP7.replace('<file id="f1"/>', '<sequence id="s2"/>'))  # inside itself
    with pytest.raises(TimelineError, match="more than 20 deep"):
        read_cut(path, RATES["24"])
    media = (
        '<media id="r5"><sequence><spine><asset-clip ref="r2" name="x" offset="0s" duration="9s"/></spine></sequence>'
    )
    text = FCPX_XML.replace("</resources>", f"{media}</media></resources>").replace(
        '<title ref="r9" name="Card" offset="3603s"', '<ref-clip ref="r5" name="Card" start="2s" offset="3603s"'
    ).replace("</title>", "</ref-clip>")  # fmt: skip
    path.write_text(text)
    assert ("x", 48, 24, 72) in [r[:4] for r in rows(read_cut(path, RATES["24"]))]
