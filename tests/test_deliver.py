# pyright: reportAttributeAccessIssue=false
"""Deliveries as the next people at work read them: with their own readers, from files of a real production."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import av
import numpy as np
import OpenEXR
import openpyxl
import opentimelineio as otio
import PyOpenColorIO as ocio
import pytest
from PIL import Image

from maquette.deliver.exr import write_exr
from maquette.deliver.movie import read_movie
from maquette.film.sound import SOUND_RATE
from maquette.pipeline import Production, deliver_exr
from maquette.pipeline.deliver import FORMATS, TIMELINES, deliver
from maquette.pipeline.delivery import Delivery
from maquette.pipeline.naming import RESEARCH_MARK
from maquette.pipeline.shoot import ShootSettings, shoot
from maquette.pipeline.sounds import add_sound
from tests.small_film import SCRIPT, flat, put_panel, put_wav, small_film
from tests.test_exr import passes
from tests.timelines import timeline_read

NAME = "die-brücke-ein-film"
UMLAUTS = SCRIPT.replace("Title: The Cut", "Title: Die Brücke: ein Film")
HANDLES, FRAMES = 2, 3
TOTAL = FRAMES + 2 * HANDLES
WIDE = {"1": 96, "1A": FRAMES, "2": 120}
"""Frames of the shots in the cut: 4 s as a panel, the take, 5 s of a card."""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Production]:
    """Shot 1 is a panel, 1A is shot, 2 is missing; a sound lies on 1A. Its folder has spaces and umlauts."""
    with small_film(tmp_path_factory.mktemp("deliver") / "Die Brücke (2)", script=UMLAUTS) as production:
        put_panel(production, "1", flat(90))
        shoot(production, "1A", ShootSettings(size="96x54", seconds="0.125", handles=HANDLES))
        hum = np.sin(np.arange(SOUND_RATE // 2) / 20) * 0.2
        add_sound(production, put_wav(production.root / "Summen 1.wav", hum), on="1A")
        yield production


@pytest.fixture(scope="module")
def all_of_it(film: Production) -> Delivery:
    """Every format but the board and USD, which have tests of their own."""
    return deliver(film, [f for f in FORMATS if f not in ("pdf", "usd", "camera")])


def test_every_file_has_a_name_by_the_scheme(film: Production, all_of_it: Delivery) -> None:
    assert all_of_it.folder == film.root / "deliver"
    found = {p.relative_to(all_of_it.folder).as_posix() for p in all_of_it.files}
    assert found == {
        *(f"{NAME}_cut.{kind.value}" for kind in TIMELINES.values()),
        *(f"movies/{NAME}_{shot}.{movie}" for shot in ("1", "1A_t1") for movie in ("mp4", "mov", "webm", "gif")),
        f"png/{NAME}_1A_t1",
        f"exr/{NAME}_1A_t1",
        *(f"luts/{NAME}_{shot}.cube" for shot in ("1", "1A", "2")),
        f"{NAME}_shots.csv",
        f"{NAME}_breakdown.csv",
        f"{NAME}_breakdown.xlsx",
        "sound/summen-1.wav",
    }
    assert len(all_of_it.files) == len(found) and all(p.exists() for p in all_of_it.files)
    assert not list(all_of_it.folder.rglob(".*"))


def test_what_is_missing_is_said_with_what_to_do(all_of_it: Delivery) -> None:
    said = "\n".join(all_of_it.notes)
    assert "Not yet shot and left out as passes: 1, 2; shoot with `maquette shoot DIR SHOT`." in said
    assert "Neither shot nor drawn and left out as movie: 2;" in said


@pytest.mark.parametrize("suffix", ["mp4", "mov", "webm", "gif"])
def test_movies_hold_all_that_was_shot_and_say_what_they_are(all_of_it: Delivery, suffix: str) -> None:
    place = all_of_it.folder / "movies"
    for shot, frames in (("1", 96), ("1A_t1", TOTAL)):
        path = place / f"{NAME}_{shot}.{suffix}"
        with av.open(str(path)) as movie:
            assert sum(1 for _ in movie.decode(video=0)) == frames
            if suffix != "gif":
                assert movie.streams.video[0].average_rate == 24
                tags = {k.lower(): v for k, v in movie.metadata.items()}
                assert tags["comment"] == RESEARCH_MARK and tags["title"] == f"{NAME}_{shot}"
            else:
                assert RESEARCH_MARK.encode() in path.read_bytes()
    if suffix == "mov":
        assert read_movie(place / f"{NAME}_1A_t1.mov").timecode == "01:00:00:00"


def test_a_sequence_counts_its_handles_down_from_1001(film: Production, all_of_it: Delivery) -> None:
    folder = all_of_it.folder / "png" / f"{NAME}_1A_t1"
    assert sorted(p.name for p in folder.iterdir()) == [f"{NAME}_1A_t1.{n:04d}.png" for n in range(999, 1006)]
    (take,) = film.takes()
    for written, shot in zip(sorted(folder.iterdir()), film.take_frames(take), strict=True):
        with Image.open(written) as a, Image.open(shot) as b:
            assert np.array_equal(np.asarray(a), np.asarray(b))
            assert a.info["comment"] == RESEARCH_MARK


def test_passes_have_motion_mattes_camera_and_the_movies_timecode(all_of_it: Delivery) -> None:
    paths = sorted((all_of_it.folder / "exr" / f"{NAME}_1A_t1").iterdir())
    assert [p.name for p in paths] == [f"{NAME}_1A_t1.{n:04d}.exr" for n in range(999, 1006)]
    for index, path in enumerate(paths):
        with OpenEXR.File(str(path), separate_channels=True) as opened:
            parts: list[Any] = opened.parts
            channels = {name for part in parts for name in part.channels}
            headers = {k: v for part in parts for k, v in part.header.items()}
        assert {"R", "G", "B", "Z", "N.X", "P.X", "motion.X", "motion.Y"} <= channels
        assert ("motionBackward.X" in channels) == (index > 0)
        assert headers["comments"] == RESEARCH_MARK and headers["shot"] == "1A"
        code = headers["timeCode"]
        assert (code.hours, code.minutes, code.seconds, code.frame) == (1, 0, 0, index)
        mattes = {k: v for k, v in headers.items() if k.startswith("cryptomatte/")}
        names = {v for k, v in mattes.items() if k.endswith("/name")}
        assert names == {"crypto_object", "crypto_part"}
        for manifest in (json.loads(v) for k, v in mattes.items() if k.endswith("/manifest")):
            assert any(name.startswith("cast/MARA") for name in manifest)


def exr_bytes(delivery: Delivery) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in (delivery.folder / "exr" / f"{NAME}_1A_t1").iterdir()}


@pytest.mark.parametrize(("stopped_at", "state"), [(0, "kept"), (4, "kept"), (4, "lost"), (4, "damaged")])
def test_passes_go_on_at_the_frame_where_they_were_stopped(
    film: Production, all_of_it: Delivery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stopped_at: int, state: str
) -> None:
    def stops(path: Path, *arguments: Any, **more: Any) -> None:
        if f".{999 + stopped_at:04d}." in path.name:
            path.write_bytes(b"half a fi")
            raise KeyboardInterrupt
        write_exr(path, *arguments, **more)

    with monkeypatch.context() as patched:
        patched.setattr(deliver_exr, "write_exr", stops)
        with pytest.raises(KeyboardInterrupt):
            deliver(film, ["exr"], out=tmp_path)
    folder = tmp_path / "exr" / f"{NAME}_1A_t1"
    kept = {p: p.stat().st_mtime_ns for p in folder.glob("*.exr")}
    assert len(kept) == stopped_at
    for left in folder.glob("state*"):
        if state == "lost":
            left.unlink()
        elif state == "damaged":
            left.write_bytes(b"PK")
    told = list[int]()
    made = deliver(film, ["exr"], out=tmp_path, progress=lambda done, total, _: told.append(done if total > 1 else 0))
    assert exr_bytes(made) == exr_bytes(all_of_it)  # byte for byte, and nothing else in the folder
    assert {p: p.stat().st_mtime_ns for p in kept} == kept
    assert len(told) == 1 + TOTAL - (stopped_at if state == "kept" else 0)


def test_passes_that_are_there_are_not_traced_again(
    film: Production, all_of_it: Delivery, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = exr_bytes(all_of_it)
    with monkeypatch.context() as patched:
        patched.setattr("maquette.studio.shoot.Shooting", None)
        deliver(film, ["exr"])
    (torn, foreign) = list((all_of_it.folder / "exr" / f"{NAME}_1A_t1").iterdir())[:2]
    torn.write_bytes(torn.read_bytes()[:5000])
    write_exr(foreign, passes(), attributes={"request": "another"})
    deliver(film, ["exr"])
    assert exr_bytes(all_of_it) == before


@pytest.mark.parametrize("kind", sorted(TIMELINES))
def test_timelines_have_our_lengths_in_somebody_elses_reader(all_of_it: Delivery, kind: str) -> None:
    path = all_of_it.folder / f"{NAME}_cut.{TIMELINES[kind].value}"
    read = timeline_read(path)
    clips = [c for c in read.find_clips() if c.parent().kind == otio.schema.TrackKind.Video]
    lengths = [
        round(c.source_range.duration.rescaled_to(24).value)
        for c in clips
        if c.metadata.get("cmx_3600", {}).get("reel") != "BL"
    ]
    if kind == "fcpxml":  # has a gap where nothing is shot or drawn
        assert lengths == [WIDE["1"], WIDE["1A"]]
    elif kind == "edl":  # the second in which shot 2 fades out is an event of black
        assert lengths == [WIDE["1"], WIDE["1A"], WIDE["2"] - 24]
    else:
        assert lengths == list(WIDE.values())


@pytest.mark.parametrize("kind", ["otio", "xml", "fcpxml"])
def test_every_media_reference_points_at_a_file_that_is_there(all_of_it: Delivery, kind: str) -> None:
    path = all_of_it.folder / f"{NAME}_cut.{TIMELINES[kind].value}"
    if kind == "otio":
        urls = [
            c.media_reference.target_url
            for c in timeline_read(path).find_clips()
            if isinstance(c.media_reference, otio.schema.ExternalReference)
        ]
    else:
        import re

        urls = re.findall(r"<pathurl>(.*?)</pathurl>|src=\"(.*?)\"", path.read_text(encoding="utf-8"))
        urls = [a or b for a, b in urls]
    found = {(all_of_it.folder / otio.url_utils.filepath_from_url(u.removeprefix("./"))).resolve() for u in urls}
    assert {p.name for p in found} == {f"{NAME}_1.mp4", f"{NAME}_1A_t1.mp4", "summen-1.wav"}
    assert all(p.is_file() for p in found), found


@pytest.mark.parametrize("kind", ["otio", "edl", "xml", "fcpxml"])
def test_the_research_mark_is_in_every_timeline_that_is_text(all_of_it: Delivery, kind: str) -> None:
    assert RESEARCH_MARK in (all_of_it.folder / f"{NAME}_cut.{TIMELINES[kind].value}").read_text(encoding="utf-8")


def test_the_bundle_holds_its_media(all_of_it: Delivery, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    read = otio.adapters.read_from_file(
        str(all_of_it.folder / f"{NAME}_cut.otioz"), extract_to_directory=str(tmp_path / "out")
    )
    urls = {
        c.media_reference.target_url
        for c in read.find_clips()
        if isinstance(c.media_reference, otio.schema.ExternalReference)
    }
    assert len(urls) == 3
    assert len(list((tmp_path / "out" / "media").iterdir())) == 3


def test_sounds_are_copied_byte_for_byte(film: Production, all_of_it: Delivery) -> None:
    copied = (all_of_it.folder / "sound" / "summen-1.wav").read_bytes()
    assert copied == (film.root / "Summen 1.wav").read_bytes()


def test_lists_read_as_lists(all_of_it: Delivery) -> None:
    with (all_of_it.folder / f"{NAME}_shots.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
        assert [(row["number"], row["use"]) for row in rows] == [(n, RESEARCH_MARK) for n in ("1", "1A", "2")]
    with (all_of_it.folder / f"{NAME}_breakdown.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [row["Use"] for row in csv.DictReader(file)] == [RESEARCH_MARK] * 2
    book = openpyxl.load_workbook(all_of_it.folder / f"{NAME}_breakdown.xlsx")
    assert book.sheetnames == ["Shots", "Scenes"]
    assert book.properties.description == RESEARCH_MARK
    words = {str(cell.value) for row in book["Shots"].iter_rows() for cell in row}
    assert {"01:00:00:00", "01:00:04:00", "01:00:04:03"} <= words
    # With the picture of the shot that is drawn.
    assert len(book["Shots"]._images) == 1


def test_luts_are_read_by_opencolorio(all_of_it: Delivery) -> None:
    for shot in ("1", "1A", "2"):
        path = all_of_it.folder / "luts" / f"{NAME}_{shot}.cube"
        assert RESEARCH_MARK in path.read_text(encoding="utf-8")
        transform = ocio.FileTransform(str(path), interpolation=ocio.INTERP_TETRAHEDRAL)
        processor = ocio.Config.CreateRaw().getProcessor(transform).getDefaultCPUProcessor()
        assert len(processor.applyRGB([0.5, 0.5, 0.5])) == 3


def test_usd_has_the_takes_frames_and_the_mark(film: Production, tmp_path: Path) -> None:
    from maquette.deliver.usd_library import Usd, UsdGeom

    made = deliver(film, ["usd,camera"], shots="1A", out=tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in made.files] == [
        f"usd/{NAME}_1A_t1.usdc", f"usd/{NAME}_1A_t1_camera.usda",
    ]  # fmt: skip
    for path in made.files:
        stage = Usd.Stage.Open(str(path))
        assert (stage.GetStartTimeCode(), stage.GetEndTimeCode()) == (999, 1005)
        assert stage.GetFramesPerSecond() == 24
        about = stage.GetRootLayer().customLayerData["maquette"]
        assert about["research_mark"] == RESEARCH_MARK and about["shot"] == "1A"
        assert any(prim.IsA(UsdGeom.Camera) for prim in stage.Traverse())


def test_delivering_twice_gives_the_same_bytes(film: Production, all_of_it: Delivery, tmp_path: Path) -> None:
    promised = ("otio", "edl", "xml", "fcpxml", "mp4", "mov", "png", "cube", "csv")
    again = deliver(film, promised, out=tmp_path / "again")
    files = [p for f in again.files for p in ([f] if f.is_file() else sorted(f.iterdir()))]
    assert len(files) > 15
    for path in files:
        there = all_of_it.folder / path.relative_to(again.folder)
        # Both kinds of XML name media by the folder that they were delivered to.
        if path.suffix not in (".xml", ".fcpxml"):
            assert path.read_bytes() == there.read_bytes(), path.name
