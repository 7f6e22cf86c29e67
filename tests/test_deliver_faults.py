# pyright: reportAttributeAccessIssue=false
"""Deliveries that are refused or go wrong, and cuts that come back changed."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import openpyxl
import opentimelineio as otio
import pytest

from maquette.deliver.movie import read_movie
from maquette.film.errors import DiskFull, UsageError
from maquette.film.rate import RATES
from maquette.film.screenplay import Screenplay
from maquette.film.shot import Shot
from maquette.film.timeline import Cut, CutEntry
from maquette.pipeline import Production
from maquette.pipeline.animatic import animatic
from maquette.pipeline.conform import conform
from maquette.pipeline.cut import timeline_of
from maquette.pipeline.deliver import TIMELINES, deliver
from maquette.pipeline.documents import Documents
from maquette.pipeline.naming import ClipNames
from maquette.pipeline.sounds import add_sound
from tests.small_film import SCRIPT, flat, png, put_panel, put_take, put_wav, small_film
from tests.timelines import timeline_read


@pytest.fixture
def cards(tmp_path: Path) -> Iterator[Production]:
    """Three shots of which nothing is drawn."""
    with small_film(tmp_path / "film") as production:
        yield production


def test_what_cannot_be_delivered_is_refused_with_what_can(cards: Production, tmp_path: Path) -> None:
    for wanted in (["avi"], ["otio,avi"], [".AVI"]):
        with pytest.raises(UsageError, match=r'"avi" cannot be delivered: use otio, otioz, edl, xml, .*, pdf\.'):
            deliver(cards, wanted)
    with pytest.raises(UsageError, match="Say what to deliver: use otio"):
        deliver(cards, [" , "])
    assert not (cards.root / "deliver").exists()
    (tmp_path / "in the way").write_text("x")
    with pytest.raises(UsageError, match=r"in the way is a file: name a folder for the delivery with --out\."):
        deliver(cards, ["otio"], out=tmp_path / "in the way")
    cards.omit([s.number for s in cards.shots])
    with pytest.raises(UsageError, match="There are no shots to deliver"):
        deliver(cards, ["otio"])


def test_a_film_of_cards_is_delivered_as_a_timeline_of_gaps(cards: Production) -> None:
    made = deliver(cards, ["otio", "png"])
    assert [p.name for p in made.files] == ["the-cut_cut.otio"]
    said = " ".join(made.notes)
    assert "as movie: 1, 1A, 2" in said and "as image sequence: 1, 1A, 2" in said


@pytest.mark.parametrize("kind", ["mp4", "png", "cube", "csv", "xlsx", "otio", "edl", "aaf"])
def test_a_full_disk_leaves_nothing_half_written(cards: Production, kind: str, monkeypatch: pytest.MonkeyPatch) -> None:
    from maquette.deliver import movie_part

    put_take(cards, "1", 3)

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")

    if kind == "mp4":
        monkeypatch.setattr(movie_part.PartFile, "write", full)
    elif kind == "csv":
        monkeypatch.setattr("maquette.store.files.os.fsync", full)
    else:
        if kind in TIMELINES:
            deliver(cards, ["mp4"])
        monkeypatch.setattr("maquette.deliver.whole._sync", full)
    with pytest.raises(
        DiskFull, match=r"disk is full while writing .*: free some space and (run the command|write it) again"
    ):
        deliver(cards, [kind])
    left = [p for p in (cards.root / "deliver").rglob("*") if p.is_file() and p.suffix != ".mp4"]
    assert left == []


def test_a_sound_is_copied_whole_or_not_at_all(cards: Production, monkeypatch: pytest.MonkeyPatch) -> None:
    add_sound(cards, put_wav(cards.root / "a.wav", np.zeros(48_000)), on="1")

    def half(_source: Path, target: Path) -> None:
        Path(target).write_bytes(b"RIFF")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("maquette.pipeline.deliver.shutil.copyfile", half)
    with pytest.raises(DiskFull, match=r"a\.wav"):
        deliver(cards, ["edl"])
    assert not list((cards.root / "deliver").rglob("*.wav"))


def test_takes_of_another_version_have_movies_but_no_passes(cards: Production) -> None:
    record = put_take(cards, "1", 3)
    cards.take_folder(record).close(b'{"picture": "as nobody writes it any more"}')
    made = deliver(cards, ["mp4", "exr"], shots="1")
    assert [p.suffix for p in made.files] == [".mp4"]
    assert "1: Its take is of another version and has no passes: shoot it again." in made.notes


def test_movies_are_as_large_as_the_takes(cards: Production) -> None:
    record = put_take(cards, "1", 1)
    large = record.model_copy(update={"width": 1280, "height": 692})
    cards.database.put("take", record.request, large)
    cards.take_folder(large).put_frame(0, png(flat(90, (1280, 692))))
    usual = timeline_of(cards)
    made = deliver(cards, ["mp4"], shots="1")
    with av.open(str(made.files[0])) as movie:
        shown = movie.streams.video[0]
        expected = (
            (1280, 692) if abs(usual.width / usual.height / (1280 / 692) - 1) < 0.02 else (usual.width, usual.height)
        )
        assert (shown.width, shown.height) == expected
        assert sum(1 for _ in movie.decode(video=0)) == 1


def test_a_panel_that_comes_twice_is_as_long_as_its_longer_clip(cards: Production) -> None:
    put_panel(cards, "1", flat(60))
    shot = cards.shots[0]
    entries = tuple(CutEntry(shot_id=shot.id, length=n) for n in (5, 9))
    cut = Cut(rate=RATES["24"], entries=entries, known=tuple(s.id for s in cards.shots), source="x.edl")
    cards.database.put("cut", "cut", cut)
    made = deliver(cards, ["mp4", "xlsx"], shots="1")
    with av.open(str(made.files[0])) as movie:
        assert sum(1 for _ in movie.decode(video=0)) == 9
    book = openpyxl.load_workbook(made.files[1])
    words = {str(cell.value) for row in book["Shots"].iter_rows() for cell in row}
    assert "01:00:00:00" in words and "01:00:00:05" not in words


def test_takes_are_read_once_however_many_shots_there_are(cards: Production, monkeypatch: pytest.MonkeyPatch) -> None:
    for shot in cards.shots:
        put_take(cards, shot.number, 2)
    asked: list[object] = []
    takes = Documents.takes
    monkeypatch.setattr(Documents, "takes", lambda self, *a: asked.append(a) or takes(self, *a))
    timeline_of(cards)
    assert len(asked) == 1


def test_drop_frame_movies_say_so(tmp_path: Path) -> None:
    with small_film(tmp_path / "film", rate="29.97 DF") as production:
        put_take(production, "1", 2)
        made = deliver(production, ["mov"], shots="1")
        assert read_movie(made.files[0]).timecode == "01:00:00;00"


def test_names_that_files_cannot_tell_apart_are_told_apart() -> None:
    shots = [Shot.model_construct(id=str(i), number=n) for i, n in enumerate(("1/A", "1_A", "2", "1.A"))]
    names = ClipNames(Screenplay.model_construct(title_page={"Title": "Ä" * 200}, source_name="x.fountain"), shots)
    found = [names.of(s, 1) for s in shots]
    assert [n.rpartition("ä_")[2] for n in found] == ["1_A_t1", "1_A-2_t1", "2_t1", "1_A-3_t1"]
    assert all(len(f".{n}.1001.exr.1234567.part".encode()) < 255 for n in found)


# --- there and back -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["otio", "edl", "xml"])
def test_an_editors_changes_come_back_and_everything_follows(tmp_path: Path, kind: str) -> None:
    """2 comes first, 1 loses ten frames at its head and four at its end, 1A is left out."""
    plain = SCRIPT.replace("DISSOLVE TO:", "CUT TO:").replace("FADE OUT.", "")
    with small_film(tmp_path / "cut film", script=plain) as production:
        _there_and_back(production, kind, tmp_path)


def _there_and_back(cards: Production, kind: str, tmp_path: Path) -> None:
    for number, frames in (("1", 30), ("1A", 20), ("2", 24)):
        put_take(cards, number, frames, handles=4)
    made = deliver(cards, [kind])
    source = made.files[-1]
    cut = timeline_read(source)
    track = next(t for t in cut.tracks if t.kind == otio.schema.TrackKind.Video)
    clips = [c for c in track if isinstance(c, otio.schema.Clip)]
    assert len(clips) == 3
    first, second, third = clips
    track.remove(second)
    track.remove(third)
    track.insert(0, third)
    shown = first.source_range
    first.source_range = otio.opentime.TimeRange(
        shown.start_time + otio.opentime.RationalTime(10, 24), shown.duration - otio.opentime.RationalTime(14, 24)
    )
    edited = tmp_path / f"edited{source.suffix}"
    extra = {"rate": 24} if kind == "edl" else {}
    otio.adapters.write_to_file(cut, str(edited), **extra)

    result = conform(cards, edited)
    assert [s.number for s in result.shots] == ["2", "1"] and result.left_out == ("1A",)
    assert [(e.source_start, e.length) for e in result.cut.entries] == [(0, 24), (10, 16)]
    again = deliver(cards, ["edl"], out=tmp_path / "again")
    read = timeline_read(again.files[-1])
    shown_now = [
        (round(c.source_range.start_time.value) % 86400, round(c.source_range.duration.value))
        for c in read.find_clips()
    ]
    assert shown_now == [(4, 24), (14, 16)]
    film = animatic(cards, out=tmp_path / "cut.mp4", burn_in=False, size="64x36")
    assert film.frames == 40
    with av.open(str(film.path)) as movie:
        grey = [float(f.to_ndarray(format="gray").mean()) for f in movie.decode(video=0)]
    assert len(grey) == 40
    assert np.diff(grey[24:]).mean() == pytest.approx(1, abs=0.2)
    assert grey[24] - grey[0] == pytest.approx(10, abs=2)


def test_the_board_is_delivered_with_the_rest(cards: Production, monkeypatch: pytest.MonkeyPatch) -> None:
    import pypdf

    cards.omit(["1", "1A"])
    board = Production.board
    monkeypatch.setattr(Production, "board", lambda self, *a, **k: board(self, *a, **k, size="96x54"))
    made = deliver(cards, ["pdf"])
    (pdf,) = made.files
    assert pdf.relative_to(made.folder) == Path("board/board.pdf")
    assert "2" in "".join(page.extract_text() for page in pypdf.PdfReader(pdf).pages)


def test_a_take_at_another_rate_is_cut_to_the_productions(cards: Production) -> None:
    record = put_take(cards, "1", 25, handles=5)
    cards.database.put("take", record.request, record.model_copy(update={"rate": RATES["25"]}))
    clip = timeline_of(cards, shots="1").clips[0]
    assert (clip.length, clip.source_start, clip.media_frames) == (24, 5, 34)
    assert clip.media is None
    made = deliver(cards, ["mp4", "png"], shots="1")
    with av.open(str(made.files[0])) as movie:
        assert movie.streams.video[0].average_rate == Fraction(24)
        assert sum(1 for _ in movie.decode(video=0)) == 34
    # The sequence is the take itself.
    assert len(list(made.files[1].iterdir())) == 35
