"""Files that are broken, or made to do harm: one sentence each, and nothing else happens."""

from __future__ import annotations

import json
import random
import zipfile
from pathlib import Path

import opentimelineio as otio
import pytest

from maquette.deliver.timeline_read import read_cut
from maquette.deliver.timeline_write import TimelineFormat, write_timeline
from maquette.film.errors import TimelineError
from maquette.film.rate import RATES
from tests.timelines import FCPX_XML, FERRY_NAMES, ferry_cut, span

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]><xmeml><name>&c;</name></xmeml>'
)
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]><xmeml><name>&a;</name></xmeml>'
EVENT = "001  AX V C 01:00:00:00 01:00:0{0}:00 01:00:00:00 01:00:0{1}:00\n"
FCP7 = (
    "<xmeml><sequence><rate><timebase>24</timebase></rate><media><video><track><clipitem><name>a</name>"
    "<start>{0}</start><end>{1}</end><in>{2}</in><out>9</out></clipitem></track></video></media></sequence></xmeml>"
)


def otio_json(**changes: object) -> str:
    """A sound timeline of one clip, with something changed in its source range."""
    track = otio.schema.Track(kind="Video")
    track.append(otio.schema.Clip("a", otio.schema.ExternalReference("a.mov", span(0, 99)), span(0, 10)))
    timeline = otio.schema.Timeline("T")
    timeline.tracks.append(track)
    data = json.loads(timeline.to_json_string())
    data["tracks"]["children"][0]["children"][0]["source_range"] |= changes
    return json.dumps(data)


def seconds(value: float, rate: float = 24.0) -> dict[str, object]:
    return {"OTIO_SCHEMA": "RationalTime.1", "value": value, "rate": rate}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.otio", ""),
        ("a.edl", ""),
        ("a.otio", "{"),
        ("a.otio", "[" * 100_000),
        ("a.otio", '{"OTIO_SCHEMA": "Timeline.99"}'),
        ("a.otio", '{"OTIO_SCHEMA": "Nothing.1"}'),
        ("a.otio", '{"OTIO_SCHEMA": "Timeline.1", "tracks": 7}'),
        ("a.otio", "[]"),
        ("a.otio", otio.schema.Timeline("empty").to_json_string()),
        ("a.otio", otio_json(duration=seconds(0))),
        ("a.otio", otio_json(duration=seconds(-5))),
        ("a.otio", otio_json(start_time=seconds(-5))),
        ("a.otio", otio_json(duration=seconds(5, 0))),
        ("a.otio", otio_json(duration=seconds(1e30))),
        ("a.otio", otio_json(duration=seconds(float("nan")))),
        ("a.otio", otio_json(duration="long")),
        ("a.xml", "no xml"),
        ("a.xml", LAUGHS),
        ("a.fcpxml", LAUGHS),
        ("a.xml", OUTSIDE),
        ("a.xml", "<x>" * 100_000),
        ("a.xml", "<html/>"),
        ("a.xml", "<xmeml/>"),
        ("a.xml", FCP7.format(0, 0, 0)),
        ("a.xml", FCP7.format(5, 2, 0)),
        ("a.xml", FCP7.format(0, 9, -3)),
        ("a.xml", FCP7.format(-1, 9, 0)),
        ("a.xml", FCP7.format("x", 9, 0)),
        ("a.fcpxml", "<fcpxml/>"),
        ("a.fcpxml", FCPX_XML.replace('duration="2s"', 'duration="2/0s"')),
        ("a.fcpxml", FCPX_XML.replace('duration="2s"', 'duration="long"')),
        ("a.fcpxml", FCPX_XML.replace('duration="2s"', 'duration="-2s"')),
        ("a.edl", "Dear editor,\nplease find attached\n"),
        ("a.edl", EVENT.format(0, 0)),
        ("a.edl", EVENT.format(2, 2).replace("01:00:00:00 01:00:02", "01:00:61:00 01:00:02")),
        ("a.edl", EVENT.format(2, 2).replace("V C", "AA C")),
        ("a.edl", "TITLE: x\0\0\0"),
        ("a.otioz", "no zip"),
        ("a.aaf", "no AAF"),
        ("a.docx", "a letter"),
    ],
)
def test_a_bad_file_is_one_sentence(tmp_path: Path, name: str, text: str) -> None:
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(TimelineError) as caught:
        read_cut(path, RATES["24"])
    sentence = str(caught.value)
    assert sentence.startswith(name) and sentence.endswith(".") and "\n" not in sentence and len(sentence) < 320


@pytest.mark.parametrize("format", TimelineFormat)
def test_broken_and_random_bytes_never_get_through(tmp_path: Path, format: TimelineFormat) -> None:
    path = tmp_path / f"cut.{format.value}"
    write_timeline(ferry_cut(), path, format)
    whole, rng = path.read_bytes(), random.Random(7)
    broken = [rng.randbytes(4000), whole[: len(whole) // 2], b"\xff" * 100, whole[::-1]]
    for _ in range(12):
        spoilt = bytearray(whole)
        for _ in range(20):
            spoilt[rng.randrange(len(spoilt))] = rng.randrange(256)
        broken.append(bytes(spoilt))
    read = 0
    for data in broken:
        path.write_bytes(data)
        try:
            read += len(read_cut(path, RATES["24"]).clips) > 0
        except TimelineError as error:
            assert "\n" not in str(error)
    assert read <= len(broken) - 3


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.otio"
    with path.open("wb") as file:
        file.truncate(200 * 2**20)
    with pytest.raises(TimelineError, match="200 MiB"):
        read_cut(path, RATES["24"])


def test_a_bomb_in_a_bundle_is_refused_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.otioz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as bundle, bundle.open("content.otio", "w") as inside:
        for _ in range(80):
            inside.write(b" " * 2**20)
    with pytest.raises(TimelineError, match="80 MiB"):
        read_cut(path, RATES["24"])


def test_another_films_timeline_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.otio"
    path.write_text(otio_json())
    assert [c.name for c in read_cut(path, RATES["24"]).clips] == ["a"]
    with pytest.raises(TimelineError, match="none of this production's clips"):
        read_cut(path, RATES["24"], FERRY_NAMES)
    with pytest.raises(TimelineError, match="There is no file"):
        read_cut(tmp_path / "none.otio", RATES["24"])
    with pytest.raises(TimelineError, match="There is no file"):
        (tmp_path / "folder.otio").mkdir()
        read_cut(tmp_path / "folder.otio", RATES["24"])
