"""Conforming back: an editor's file becomes the production's cut, nothing unknown is lost, the shots stay."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Any

import opentimelineio as otio
import pytest
import typer
from typer.testing import CliRunner

import maquette
from maquette.cli.conform_commands import add_to
from maquette.deliver.timeline_write import TimelineFormat, write_timeline
from maquette.film.errors import ShotError, StoreError, TimelineError
from maquette.film.rate import RATES
from maquette.film.shot import Shot
from maquette.film.take import TakeRecord
from maquette.film.timeline import Clip, ClipKind, Timeline, TransitionKind
from maquette.pipeline import Production
from maquette.pipeline.conform import conform, current_cut
from maquette.pipeline.cut import timeline_of
from maquette.store.folder import only_writer
from tests.small_film import SCRIPT, small_film
from tests.timelines import span

CUP = Path(__file__).resolve().parents[1] / "examples" / "the-chipped-cup.fountain"
NUMBERS = ["1", "1A", "1B", "1C", "1D", "1E", "1F", "1G"]
PLANNED = {"1": 420, "1A": 96, "1B": 72, "1C": 60, "1D": 120, "1E": 168, "1F": 228, "1G": 180}
"""Frames at 24 of the shots' estimated lengths."""


@pytest.fixture
def cup(tmp_path: Path) -> Iterator[Production]:
    with maquette.new(tmp_path / "film", script=CUP) as production:
        assert [s.number for s in production.shots] == NUMBERS
        yield production


def panel(shot: Shot, **changes: object) -> Clip:
    fields: dict[str, object] = {
        "name": f"the-chipped-cup_{shot.number}",
        "shot_id": shot.id,
        "shot_number": shot.number,
        "scene_number": shot.scene_number,
        "kind": ClipKind.PANEL,
        "media": PurePosixPath(f"panels/{shot.number}.png"),
        "media_frames": PLANNED[shot.number],
        "length": PLANNED[shot.number],
    }
    return Clip.model_validate(fields | changes)


def delivered(production: Production, path: Path, *clips: Clip) -> Path:
    """The production's timeline in a file: all shots as panels, or these clips."""
    chosen = clips or tuple(panel(s) for s in production.shots)
    cut = Timeline(title="The Chipped Cup", rate=RATES["24"], width=640, height=360, clips=chosen)
    write_timeline(cut, path, TimelineFormat(path.suffix[1:]))
    return path


def bare(path: Path) -> Path:
    """An edit list as an editor hands it back: without remarks."""
    path.write_text("".join(line for line in path.read_text().splitlines(True) if line[0] != "*"))
    return path


def shot(production: Production, number: str) -> Shot:
    return next(s for s in production.shots if s.number == number)


def take(production: Production, number: str, frames: int, handles: int, take_number: int = 1) -> TakeRecord:
    of = shot(production, number)
    record = TakeRecord(request=f"{of.id[-8:]}{take_number}" * 8, shot_id=of.id, shot_number=number,
                        number=take_number, rate=RATES["24"], frames=frames, handles=handles, width=64, height=36,
                        seed=1)  # fmt: skip
    production.database.put("take", record.request, record)
    for index in range(record.frames + 2 * record.handles):
        production.take_folder(record).put_frame(index, b"frame")
    return record


def edit(path: Path) -> tuple[Any, Any]:
    timeline = otio.adapters.read_from_file(str(path))
    return timeline, timeline.tracks[0]


@pytest.mark.parametrize("format", TimelineFormat)
def test_an_untouched_timeline_changes_nothing(cup: Production, tmp_path: Path, format: TimelineFormat) -> None:
    shots = cup.shots
    result = conform(cup, delivered(cup, tmp_path / f"cut.{format.value}"))
    assert [s.number for s in result.shots] == NUMBERS
    assert not any(s.changed for s in result.shots)
    assert result.left_out == () and result.unknown_clips == () and result.unknown == ()
    cut = current_cut(cup)
    assert cut == result.cut and cut is not None
    assert [(e.shot_id, e.source_start, e.length) for e in cut.entries] == [
        (s.id, 0, PLANNED[s.number]) for s in shots
    ]  # fmt: skip
    assert cut.known == tuple(s.id for s in shots) and cut.source == f"cut.{format.value}"
    assert cup.shots == shots
    assert cup.history[-1][1:] == ("conform", f"cut.{format.value}: 8 clips, 0 moved, 0 left out, 0 unknown")


@pytest.mark.parametrize("format", TimelineFormat)
def test_the_productions_own_timeline_goes_out_and_comes_back(
    cup: Production, tmp_path: Path, format: TimelineFormat
) -> None:
    take(cup, "1C", frames=50, handles=8)
    path, before = tmp_path / f"cut.{format.value}", timeline_of(cup)
    write_timeline(before, path, format)
    if format is TimelineFormat.EDL:  # as an editor hands it back, without our remarks
        bare(path)
    result = conform(cup, path)
    assert [s.number for s in result.shots] == NUMBERS and not any(s.changed for s in result.shots)
    assert result.unknown_clips == () and timeline_of(cup) == before


def test_trimmed_reordered_left_out_and_foreign(cup: Production, tmp_path: Path) -> None:
    path = delivered(cup, tmp_path / "edit.otio")
    timeline, video = edit(path)
    clips = list(video)
    del video[:]
    for index in (0, 4, 1, 2, 6):  # 1D moves up; 1C, 1E and 1G go
        video.append(clips[index])
    clips[1].source_range = span(86400 + 10, 30)
    video.insert(3, otio.schema.Transition("d", "SMPTE_Dissolve", *(otio.opentime.RationalTime(6, 24),) * 2))
    video.append(otio.schema.Clip("stock_1", otio.schema.ExternalReference("boat.mov", span(0, 500)), span(5, 48)))
    otio.adapters.write_to_file(timeline, str(path))
    result = conform(cup, path)
    assert [(s.number, s.old_frames, s.new_frames, s.moved) for s in result.shots] == [
        ("1", 420, 420, False), ("1D", 120, 120, True), ("1A", 96, 30, False), ("1B", 72, 72, False),
        ("1F", 228, 228, False),
    ]  # fmt: skip
    assert result.left_out == ("1C", "1E", "1G")
    assert [(c.name, c.length) for c in result.unknown_clips] == [("stock_1", 48)]
    by_number = {s.id: s.number for s in cup.shots}
    assert [(by_number[e.shot_id], e.source_start, e.length, e.transition) for e in result.cut.entries] == [
        ("1", 0, 420, TransitionKind.CUT), ("1D", 0, 120, TransitionKind.CUT),
        ("1A", 10, 30, TransitionKind.DISSOLVE), ("1B", 0, 72, TransitionKind.CUT), ("1F", 0, 228, TransitionKind.CUT),
    ]  # fmt: skip
    assert result.cut.entries[2].transition_length == 12
    assert set(result.cut.known) == {s.id for s in cup.shots}


def test_a_shot_that_appears_twice(cup: Production, tmp_path: Path) -> None:
    path = delivered(cup, tmp_path / "edit.otio")
    timeline, video = edit(path)
    again = video[1].deepcopy()
    again.source_range = span(86400 + 50, 20)
    video.append(again)
    otio.adapters.write_to_file(timeline, str(path))
    result = conform(cup, path)
    twice = next(s for s in result.shots if s.number == "1A")
    assert (twice.times, twice.old_frames, twice.new_frames) == (2, 96, 116)
    assert [e.source_start for e in result.cut.entries if e.shot_id == twice.shot_id] == [0, 50]


@pytest.mark.parametrize(
    ("name", "number"),
    [
        ("1A", "1A"),
        ("1a", "1A"),
        ("the-chipped-cup_1A_t3.mov", "1A"),
        ("The Chipped Cup_1A_T3", "1A"),
        ("CUP_1A_T3", "1A"),
        ("the-chipped-cup_1A_start.png", "1A"),
        ("1A_t2_v003.mov", "1A"),
        ("the-chipped-cup_1", "1"),
        ("stock_1A", None),
        ("11A", None),
        ("t1", None),
    ],
)
def test_names_of_clips(cup: Production, tmp_path: Path, name: str, number: str | None) -> None:
    path = delivered(cup, tmp_path / "edit.otio")
    timeline, video = edit(path)
    odd = otio.schema.Clip(name, otio.schema.ExternalReference("x.mov", span(0, 99)), span(0, 24))
    video.append(odd)
    otio.adapters.write_to_file(timeline, str(path))
    result = conform(cup, path)
    found = [s.number for s in result.shots if s.times == 2]
    assert found == ([number] if number else [])
    assert [c.name for c in result.unknown_clips] == ([] if number else [name])


def test_a_renamed_clip_is_known_by_its_metadata(cup: Production, tmp_path: Path) -> None:
    path = delivered(cup, tmp_path / "edit.otio")
    timeline, video = edit(path)
    video[3].name = "Close on the cup"
    otio.adapters.write_to_file(timeline, str(path))
    assert [s.number for s in conform(cup, path).shots] == NUMBERS


def test_handles_are_counted_off_and_missing_frames_are_told(cup: Production, tmp_path: Path) -> None:
    record = take(cup, "1C", frames=10, handles=4)
    assert cup.best_take(record.shot_id) == record.model_copy(update={"finished": 18})
    shown = panel(shot(cup, "1C"), name="the-chipped-cup_1C_t1", kind=ClipKind.TAKE, media_frames=18, take=1)
    inside = shown.model_copy(update={"source_start": 2, "length": 15})
    result = conform(cup, delivered(cup, tmp_path / "inside.edl", inside), shots="1C")
    assert (result.cut.entries[0].source_start, result.cut.entries[0].length) == (-2, 15)
    assert result.shots[0].notes == () and result.shots[0].old_frames == 10 and result.left_out == ()
    beyond = shown.model_copy(update={"source_start": 4, "length": 17})
    result = conform(cup, delivered(cup, tmp_path / "beyond.edl", beyond), shots="1C")
    assert result.shots[0].notes == (
        "Shot 1C needs 3 more frames than take 1 has: shoot it again longer, or with --handles 7.",
    )


def test_a_part_of_the_film_leaves_the_rest_of_the_cut(cup: Production, tmp_path: Path) -> None:
    conform(cup, delivered(cup, tmp_path / "all.otio"))
    part = [panel(shot(cup, n)) for n in ("1D", "1B", "1C")]
    path = delivered(cup, tmp_path / "part.otio", *part)
    result = conform(cup, path)  # the file says that it had these three
    by_number = {s.id: s.number for s in cup.shots}
    assert [by_number[e.shot_id] for e in result.cut.entries] == ["1", "1A", "1D", "1B", "1C", "1E", "1F", "1G"]
    assert result.left_out == () and [s.number for s in result.shots if s.moved] == ["1D"]
    edl = bare(delivered(cup, tmp_path / "part.edl", *part[:2]))  # this one does not, so the user does
    result = conform(cup, edl, shots="1B,1C,1D")
    assert [by_number[e.shot_id] for e in result.cut.entries] == ["1", "1A", "1D", "1B", "1E", "1F", "1G"]
    assert result.left_out == ("1C",)


@pytest.mark.parametrize("format", TimelineFormat)
def test_every_format_says_which_shots_it_was_made_from(
    cup: Production, tmp_path: Path, format: TimelineFormat
) -> None:  # fmt: skip
    path = tmp_path / f"part.{format.value}"
    write_timeline(timeline_of(cup, shots="1B,1C"), path, format)
    result = conform(cup, path)
    assert (result.left_out, result.untouched, result.unknown) == ((), (), ())
    assert [c.shot_number for c in timeline_of(cup).clips] == NUMBERS
    assert [e.length for e in result.cut.entries] == [PLANNED["1B"], PLANNED["1C"]]


def test_a_list_without_remarks_leaves_what_is_around_it(cup: Production, tmp_path: Path) -> None:
    path = bare(delivered(cup, tmp_path / "part.edl", *(panel(shot(cup, n)) for n in ("1B", "1D"))))
    result = conform(cup, path)
    assert (result.left_out, result.untouched) == (("1C",), ("1", "1A", "1E", "1F", "1G"))
    assert result.unknown == (
        "part.edl does not say which shots it was made from: 1, 1A, 1E, 1F, 1G, before its first shot or after its "
        "last, stay as they were; if the editor took them out, conform it with --shots 1-1G.",
    )
    assert [c.shot_number for c in timeline_of(cup).clips] == ["1", "1A", "1B", "1D", "1E", "1F", "1G"]
    result = conform(cup, path, shots="1-1G")
    assert result.left_out == ("1", "1A", "1C", "1E", "1F", "1G") and result.unknown == ()
    assert [c.shot_number for c in timeline_of(cup).clips] == ["1B", "1D"]


@pytest.mark.parametrize("format", TimelineFormat)
def test_a_fade_in_goes_out_and_comes_back(tmp_path: Path, format: TimelineFormat) -> None:
    with small_film(tmp_path / "film", script=SCRIPT.replace("INT. ROOM", "FADE IN:\n\nINT. ROOM")) as film:
        before, path = timeline_of(film), tmp_path / f"cut.{format.value}"
        write_timeline(before, path, format)
        result = conform(film, path)
        assert result.cut.fade_in == before.fade_in == 24 and timeline_of(film) == before
        write_timeline(timeline_of(film, shots="2"), path, format)
        conform(film, path)
        assert timeline_of(film).fade_in == 24  # a part that is not the opening does not change it
        write_timeline(before.model_copy(update={"fade_in": 0}), path, format)
        conform(film, path)
        assert timeline_of(film).fade_in == 0  # the editor took it out


def test_an_omitted_shot_in_the_file_is_kept_and_told(cup: Production, tmp_path: Path) -> None:
    path = delivered(cup, tmp_path / "edit.otio")
    cup.omit(["1B"])
    result = conform(cup, path)
    assert any("omitted in the shot list" in n for s in result.shots if s.number == "1B" for n in s.notes)
    assert len(result.cut.entries) == 8


def test_a_file_that_is_not_ours_changes_nothing(cup: Production, tmp_path: Path) -> None:
    conform(cup, delivered(cup, tmp_path / "cut.otio"))
    before, history = current_cut(cup), cup.history
    path = tmp_path / "other.otio"
    timeline = otio.schema.Timeline("Other")
    timeline.tracks.append(otio.schema.Track(kind="Video"))
    timeline.tracks[0].append(otio.schema.Clip("boat", otio.schema.MissingReference(), span(0, 24)))
    otio.adapters.write_to_file(timeline, str(path))
    with pytest.raises(TimelineError, match=r'none of this production.s shots.*"boat"'):
        conform(cup, path)
    with pytest.raises(TimelineError):
        conform(cup, tmp_path / "missing.otio")
    with pytest.raises(ShotError):
        conform(cup, delivered(cup, tmp_path / "cut.edl"), shots="99Z")
    with only_writer(cup.root), pytest.raises(StoreError, match="Another Maquette"):
        conform(cup, tmp_path / "cut.otio")
    assert (current_cut(cup), cup.history) == (before, history)


def test_the_command_says_what_changed(cup: Production, tmp_path: Path) -> None:
    app = typer.Typer()
    app.callback()(lambda: None)
    add_to(app)
    path = delivered(cup, tmp_path / "edit.otio")
    timeline, video = edit(path)
    video[1].source_range = span(86400, 30)
    del video[2]
    video.append(otio.schema.Clip("boat", otio.schema.MissingReference(), span(0, 24)))
    otio.adapters.write_to_file(timeline, str(path))
    done = CliRunner().invoke(app, ["conform", str(cup.root), str(path)])
    assert done.exit_code == 0, done.output
    assert "The cut follows edit.otio: 7 clips, 00:00:50:06 at 24 frames a second." in done.output
    assert "1A     96 -> 30 frames" in done.output and "6 shots as before." in done.output
    assert "Left out: 1B." in done.output and "not in the cut: boat (24 frames)." in done.output
    said = CliRunner().invoke(app, ["conform", str(cup.root), str(path), "--json"])
    data = json.loads(said.output)
    assert data["shape"] == "maquette.conformed/1" and data["frames"] == 1206 and data["left_out"] == ["1B"]
    assert data["unknown_clips"] == [{"name": "boat", "frames": 24, "start_frame": 1206}]
