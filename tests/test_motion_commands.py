"""The commands that move pictures, as a user meets them: exit codes, sentences, JSON, a full disk, kill -9, Ctrl-C."""

from __future__ import annotations

import errno
import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import maquette
from maquette.film.errors import DiskFull, StageError, UsageError
from maquette.film.take import TakeRecord
from maquette.pipeline.shoot import ShootSettings, circle, shoot
from maquette.store.folder import only_writer
from maquette.store.takes import TakeFolder
from tests.small_film import SCRIPT, put_take, put_wav, small_film

DOCUMENTED = (Path(__file__).resolve().parents[1] / "docs" / "json.md").read_text(encoding="utf-8")
TINY = ("--size", "96x54", "--seconds", "0.5")
SETTINGS = ShootSettings(size="96x54", seconds="0.5")
FRAMES = 12


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "maquette.cli.main", *map(str, words)]


def run(*words: object, check: int = 0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"COLUMNS": "200"}
    done = subprocess.run(command(*words), capture_output=True, text=True, timeout=300, check=False, env=environment)
    assert done.returncode == check, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    return done


def in_json(*words: object) -> Any:
    read = json.loads(run(*words, "--json").stdout)
    for shape in read if isinstance(read, list) else [read]:
        documented(shape)
    return read


def documented(shape: dict[str, Any]) -> None:
    """Every field of the shape is in its own section of the documentation."""
    section = next(s for s in DOCUMENTED.split("\n## ") if f"`{shape['shape']}`" in s)
    listed = [shape, *(i for v in shape.values() if isinstance(v, list) for i in v if isinstance(i, dict))]
    missing = {f for fields in listed for f in fields if f != "shape" and f"`{f}`" not in section}
    assert not missing, missing


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Shot 1 is shot twice, 1A and 2 not at all."""
    root = tmp_path_factory.mktemp("commands") / "film"
    with small_film(root) as production:
        put_take(production, "1", 6)
        put_take(production, "1", 4, take=2, handles=2)
    return root


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("shoot", "FILM"), 2, "SHOT"),
        (("shoot", "FILM", "99"), 1, "99"),
        (("shoot", "FILM", "1,1A"), 2, "Name one shot to shoot; 1,1A names 2."),
        (("shoot", "FILM", "1", "--seconds", "1e999999999"), 2, "is no running time: write seconds, such as 4.5."),
        (("shoot", "FILM", "1", "--fps", "24.5"), 2, "use one of 23.976, 24"),
        (("shoot", "FILM", "1", "--on", "4"), 2, "use 1, 2 or 3"),
        (("takes", "FILM", "99"), 1, "99"),
        (("takes", "FILM", "--circle", "1"), 2, "Name the shot whose take is circled"),
        (("takes", "FILM", "1", "--circle", "9"), 2, "Shot 1 has no take 9; it has 1, 2."),
        (("takes", "FILM", "1-2", "--circle", "1"), 2, "Name one shot whose take is circled; 1-2 names 3."),
        (("animatic", "FILM", "--codec", "avi"), 2, 'An animatic cannot be "avi": use mp4 or mov.'),
        (("animatic", "FILM", "--rate", "x"), 2, "no frame rate"),
        (("sound", "FILM", "play", "x"), 2, 'There is no "play" for sounds'),
        (("sound", "FILM", "add"), 2, "Name what"),
        (("sound", "FILM", "add", "/nowhere.wav"), 1, "There is no sound file /nowhere.wav"),
        (("sound", "FILM", "remove", "wind"), 2, 'There is no sound "wind": there are none yet.'),
        (("conform", "FILM", "/nowhere.otio"), 1, "There is no file /nowhere.otio"),
        (("deliver", "FILM"), 2, "Say what to deliver: use otio"),
        (("deliver", "FILM", "--format", "otio,avi"), 2, '"avi" cannot be delivered: use otio'),
        (("deliver", "FILM", "--format", "csv", "--shots", "77"), 1, "77"),
        (("deliver", "/nowhere/at/all", "--format", "csv"), 1, "There is no folder"),
    ],
)
def test_misuse_and_failure_are_one_sentence(film: Path, words: tuple[str, ...], code: int, said: str) -> None:
    done = run(*(str(film) if w == "FILM" else w for w in words), check=code)
    assert said in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_takes_are_listed_and_circled(film: Path) -> None:
    listed = run("takes", film).stdout.splitlines()
    assert len(listed) == 2 and all(line.startswith("   ") for line in listed)
    assert "1      take 1  64x36, 6 frames, 0.2 s at 24, seed 1" in listed[0]
    read = in_json("takes", film, "1", "--circle", "1")
    assert read["shape"] == "maquette.takes/1"
    assert [(t["take"], t["circled"], t["frames"], t["handles"], t["finished"]) for t in read["takes"]] == [
        (1, True, 6, 0, 6),
        (2, False, 4, 2, 8),
    ]
    assert run("takes", film, "1").stdout.startswith("(o) 1")
    assert in_json("takes", film, "2")["takes"] == []
    assert "Nothing is shot yet: maquette shoot DIR SHOT." in run("takes", film, "2").stdout


def test_a_sound_is_added_heard_and_removed(film: Path, tmp_path: Path) -> None:
    wav = put_wav(tmp_path / "wind and rain.wav", np.full(24_000, 0.1))
    (added,) = in_json("sound", film, "add", wav, "--on", "1", "--at", "0:00.1", "--kind", "effect", "--gain", "-6")
    assert (added["name"], added["label"], added["at_s"], added["gain_db"]) == ("wind-and-rain", "shot 1", 0.1, -6)
    made = in_json("animatic", film, "--out", tmp_path / "cut.mp4", "--size", "64x36", "--shots", "1")
    assert made["shape"] == "maquette.animatic/1" and Path(made["file"]).is_file()
    assert [c["shot"] for c in made["clips"]] == ["1"]
    assert made["clips"][0]["kind"] == "take" and made["frames"] in (4, 6)
    assert [(s["name"], s["start_frame"]) for s in made["sounds"]] == [("wind-and-rain", 2)]
    (removed,) = in_json("sound", film, "remove", "wind-and-rain")
    assert removed["name"] == "wind-and-rain"
    assert json.loads(run("sound", film, "--json").stdout) == []


def test_a_delivery_and_its_conforming_in_json(film: Path, tmp_path: Path) -> None:
    made = in_json("deliver", film, "--format", "otio", "--format", "csv", "--out", tmp_path / "to the editor")
    assert made["shape"] == "maquette.delivery/1" and Path(made["folder"]).name == "to the editor"
    names = [Path(f).name for f in made["files"]]
    assert names[1:] == ["the-cut_shots.csv", "the-cut_breakdown.csv", "the-cut_cut.otio"]
    assert re.fullmatch(r"the-cut_1_t[12]\.mp4", names[0])
    assert any("1A, 2" in note for note in made["notes"])
    came = in_json("conform", film, made["files"][-1])
    assert came["shape"] == "maquette.conformed/1" and came["source"] == "the-cut_cut.otio"
    assert [(s["number"], s["moved"], s["times"]) for s in came["shots"]] == [
        ("1", False, 1), ("1A", False, 1), ("2", False, 1),
    ]  # fmt: skip
    assert came["left_out"] == [] and came["unknown"] == [] and came["unknown_clips"] == []
    assert "3 shots as before." in run("conform", film, made["files"][-1]).stdout


def test_the_formats_are_listed(film: Path) -> None:
    from maquette.pipeline.deliver import FORMATS

    assert [line.split()[0] for line in run("deliver", film, "--list").stdout.splitlines()] == list(FORMATS)
    assert in_json("deliver", film, "--list")["formats"] == FORMATS


# --- shooting that is stopped ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[bytes]]:
    with small_film(tmp_path_factory.mktemp("undisturbed") / "film") as production:
        record = shoot(production, "1A", SETTINGS).record
        yield [p.read_bytes() for p in production.take_frames(record)]


def started(root: Path, frames: int) -> subprocess.Popen[str]:
    """`maquette shoot` at work, with so many frames on disk."""
    words = command("shoot", root, "1A", *TINY)
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    deadline = time.monotonic() + 240
    while len(list((root / "takes").glob("*/1*.png"))) < frames and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.005)
    return process


def frames_of(root: Path) -> list[bytes]:
    return [p.read_bytes() for p in sorted((root / "takes").glob("*/*.png"))]


def test_a_killed_take_goes_on_and_is_the_same_byte_for_byte(tmp_path: Path, undisturbed: list[bytes]) -> None:
    root = tmp_path / "film"
    small_film(root).close()
    process = started(root, 3)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    kept = len(frames_of(root))
    (stopped,) = in_json("takes", root)["takes"]
    assert stopped["finished"] == kept
    taken = in_json("shoot", root, "1A", *TINY)
    assert (taken["new"], taken["finished"]) == (FRAMES - kept, FRAMES)
    assert frames_of(root) == undisturbed
    assert sorted(p.suffix for p in Path(taken["folder"]).iterdir()) == [".json"] + [".png"] * FRAMES
    again = run("shoot", root, "1A", *TINY)
    assert "all of it was there already" in again.stdout


def test_a_second_maquette_is_refused_while_one_shoots(tmp_path: Path) -> None:
    root = tmp_path / "film"
    small_film(root).close()
    with only_writer(root):
        done = run("shoot", root, "1A", *TINY, check=1)
    assert "Another Maquette is working on" in done.stderr and "wait until it has finished" in done.stderr
    assert not (root / "takes").exists()


def test_ctrl_c_says_that_what_is_finished_is_kept(tmp_path: Path, undisturbed: list[bytes]) -> None:
    root = tmp_path / "film"
    small_film(root).close()
    process = started(root, 2)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    if process.returncode:
        assert process.returncode == 1 and "Traceback" not in said
        assert "everything finished so far is kept, and the same command goes on from there" in said
    run("shoot", root, "1A", *TINY)
    assert frames_of(root) == undisturbed


def test_a_full_disk_leaves_a_take_that_goes_on(
    tmp_path: Path, undisturbed: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    write = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if ".1004.png." in path.name:
            write(path, data[:100])
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(path, data)

    with small_film(tmp_path / "film") as production:
        with monkeypatch.context() as patched:
            patched.setattr(Path, "write_bytes", full)
            with pytest.raises(DiskFull, match=r"1004\.png: free some space and run the command again"):
                shoot(production, "1A", SETTINGS)
        (record,) = production.takes()
        assert record.finished == 3 and not list(production.take_folder(record).root.glob(".*"))
        taken = shoot(production, "1A", SETTINGS)
        assert taken.new == FRAMES - 3
        assert [p.read_bytes() for p in production.take_frames(taken.record)] == undisturbed


def test_a_take_whose_last_step_was_lost_is_closed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All frames are there, and the power went before what they were made from was written."""

    def power_cut(*_: object) -> None:
        raise KeyboardInterrupt

    with small_film(tmp_path / "film") as production:
        tiny = ShootSettings(size="96x54", seconds="0.05")
        with monkeypatch.context() as patched:
            patched.setattr(TakeFolder, "close", power_cut)
            with pytest.raises(KeyboardInterrupt):
                shoot(production, "1A", tiny)
        (record,) = production.takes()
        assert record.complete and production.take_request(record) is None
        taken = shoot(production, "1A", tiny)
        request = production.take_request(taken.record)
        assert taken.new == 0 and request is not None and request.digest() == record.request
        assert not list(taken.folder.glob("state*"))


@pytest.mark.parametrize("where", ["stage", "first frame"])
def test_a_take_that_never_began_is_not_on_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:  # fmt: skip
    def fails(*_: object, **__: object) -> None:
        raise StageError("The set has no room for that.")

    name = "build_stage" if where == "stage" else "Shooting._traced"
    with small_film(tmp_path / "film") as production:
        with monkeypatch.context() as patched:
            patched.setattr(f"maquette.studio.shoot.{name}", fails)
            with pytest.raises(StageError, match="no room"):
                shoot(production, "1A", SETTINGS)
        assert production.takes() == () and not any(what == "shoot" for _, what, _ in production.history)
        taken = shoot(production, "1A", ShootSettings(size="96x54", seconds="0.05"))
        assert taken.record.number == 1


# --- takes of several shots -----------------------------------------------------------------------------------


def test_two_shots_that_ask_for_the_same_have_a_take_each(tmp_path: Path) -> None:
    twice = SCRIPT.replace("[[shot: CU MARA, push in, 3s]]", "[[shot: WS MARA, static, 4s]]").replace(
        "MARA\nNobody comes here any more.\n", "MARA stands at the window.\n"
    )
    with small_film(tmp_path / "film", script=twice) as production:
        tiny = ShootSettings(size="96x54", seconds="0.05")
        first, second = (shoot(production, n, tiny).record for n in ("1", "1A"))
        assert (first.shot_number, second.shot_number) == ("1", "1A")
        for number in ("1", "1A"):
            shot = production.direction.shot(number)
            best = production.best_take(shot.id)
            assert best is not None and best.shot_id == shot.id
        circle(production, "1A", 1)
        assert [t.circled for t in production.takes()] == [False, True]
        again = shoot(production, "1A", tiny)
        assert again.new == 0 and again.record.circled


def test_a_take_that_is_not_finished_cannot_be_circled(tmp_path: Path) -> None:
    with small_film(tmp_path / "film") as production:
        record: TakeRecord = put_take(production, "1", 3)
        production.take_folder(record).frame_path(1).unlink()
        with pytest.raises(UsageError, match="Take 1 of shot 1 is not finished: run its `maquette shoot` again"):
            circle(production, "1", 1)
    assert maquette.__version__


def test_a_shot_of_one_frame_with_handles_is_shot_before_its_start(tmp_path: Path) -> None:
    """The head handle of a push in lies before 0 s."""
    with small_film(tmp_path / "film") as production:
        taken = shoot(production, "1A", ShootSettings(size="96x54", seconds="0.001", handles=2))
        assert (taken.record.frames, taken.record.finished) == (1, 5)
        assert [p.name for p in production.take_frames(taken.record)][:3] == ["0999.png", "1000.png", "1001.png"]
