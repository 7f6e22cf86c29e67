"""Commands in bad company: killed, starved of disk, robbed of their database, fed with strange scripts.

Most tests run the real command in a process of its own with a stand-in for the renderer that draws at once, so that
what is tested is the production on disk; the last ones draw real panels.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from maquette import pipeline
from maquette.cli.main import main
from maquette.film.errors import MaquetteError, NoProduction
from maquette.studio import Studio

CUP = Path(__file__).resolve().parents[1] / "examples" / "the-chipped-cup.fountain"
SIZE = "96x54"

STAND_IN = """
import io, json, os, sys, time, types
from dataclasses import dataclass
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from maquette.film.delivered import Delivered
from maquette.film.request import Versions

@dataclass
class Drawn:
    png: bytes
    notes: tuple
    delivered: Delivered = Delivered()

class Studio:
    def __init__(self, weights):
        pass

    def versions(self, maquette, style):
        return Versions(maquette=maquette, stage=1, render=1, develop=1, generate=1, renderer_variant="stand-in")

    def draw(self, request):
        time.sleep(float(os.environ.get("SECONDS_A_PANEL", "0")))
        digest, info, out = request.digest(), PngInfo(), io.BytesIO()
        info.add_text("maquette:request", digest)
        info.add_itxt("maquette:notes", json.dumps(["drawn by a stand-in"]))
        pixels = bytes.fromhex(digest) * 2000
        size = request.frame.width, request.frame.height
        Image.frombytes("RGB", (32, 32), pixels[:3072]).resize(size).save(out, "PNG", pnginfo=info)
        padding = bytes(int(os.environ.get("PADDING", "0")))
        return Drawn(out.getvalue() + padding, ("drawn by a stand-in",))

module = types.ModuleType("maquette.studio")
module.Studio = Studio
"""
COMMAND = """
sys.modules["maquette.studio"] = module
from maquette.cli.main import main
main()
"""


def start(*words: object, **more: Any) -> subprocess.Popen[str]:
    environment = os.environ | {"COLUMNS": "80"} | {k: str(v) for k, v in more.items() if k.isupper()}
    piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    options: dict[str, Any] = piped | {k: v for k, v in more.items() if not k.isupper()}
    return subprocess.Popen(
        [sys.executable, "-c", STAND_IN + COMMAND, *map(str, words)], text=True, env=environment, **options
    )


def maquette(*words: object, code: int = 0, **environment: object) -> tuple[str, str]:
    """The command inside this process, with what it printed."""
    handlers = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    stand_in: dict[str, object] = {}
    exec(STAND_IN, stand_in)
    out, err = io.StringIO(), io.StringIO()
    settings = {"COLUMNS": "80"} | {k: str(v) for k, v in environment.items()}
    with (
        mock.patch.dict(sys.modules, {"maquette.studio": stand_in["module"]}),
        mock.patch.dict(os.environ, settings),
        mock.patch.object(sys, "argv", ["maquette", *map(str, words)]),
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    for number, handler in handlers.items():
        signal.signal(number, handler)
    assert ended.value.code == code, out.getvalue() + err.getvalue()
    return out.getvalue(), err.getvalue()


def sentence(err: str) -> str:
    """The one sentence that a failed command says."""
    assert re.fullmatch(r"maquette: [^\n]+\.\n", err), err
    assert "Traceback" not in err and "should not happen" not in err
    return err


def board(root: Path, *words: object, **more: Any) -> list[dict[str, object]]:
    out, _ = maquette("board", root, "--size", SIZE, "--json", *words, **more)
    return json.loads(out)["panels"]


@pytest.fixture(scope="module")
def cup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A production with all its panels. Shared: tests take copies."""
    root = tmp_path_factory.mktemp("cup") / "film"
    pipeline.new(root, script=CUP).close()
    board(root)
    return root


@pytest.fixture
def film(cup: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(cup, tmp_path / "film"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_stopped_board_says_so_and_goes_on_later(tmp_path: Path, number: signal.Signals) -> None:
    root = tmp_path / "film"
    pipeline.new(root, script=CUP).close()
    process = start("board", root, "--size", SIZE, "--json", SECONDS_A_PANEL=0.25)
    while len(list((root / "media").rglob("*.png"))) < 2:
        assert process.poll() is None
        time.sleep(0.01)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 1 and out == ""
    assert "stopped" in sentence(err) and "is kept" in err
    kept = sum(not panel["new"] for panel in board(root))
    assert kept >= 2


def test_a_lost_database_costs_no_picture(film: Path) -> None:
    before = board(film)
    database = film / "production.sqlite"
    database.write_bytes(database.read_bytes()[: database.stat().st_size // 2])
    _, err = maquette("shots", film, code=1)
    assert str(database) in sentence(err) and "maquette new" in err
    database.rename(film / "damaged.sqlite")
    maquette("new", film, "--script", CUP)
    after = board(film)
    assert [p["request"] for p in after] == [p["request"] for p in before]
    assert not any(p["new"] for p in after)
    assert after[0]["notes"] == before[0]["notes"] == ["drawn by a stand-in"]


def test_a_picture_in_a_lost_database_is_checked_before_it_is_taken(film: Path) -> None:
    (film / "production.sqlite").unlink()
    victim = min((film / "media").rglob("*.png"))
    victim.write_bytes(victim.read_bytes()[:-30])
    (victim.parent / ".half.1.part").write_bytes(b"half")
    (film / "media" / "zz").mkdir()
    (film / "media" / "zz" / "holiday.png").write_bytes(b"no picture of ours")
    maquette("new", film, "--script", CUP)
    assert sum(bool(p["new"]) for p in board(film)) == 1
    assert not list((film / "media").rglob("*.part"))


@pytest.mark.parametrize("damage", ["garbage", "empty", "truncated", "flipped text", "a folder"])
def test_every_damage_to_the_database_is_one_sentence(film: Path, damage: str) -> None:
    database = film / "production.sqlite"
    data = database.read_bytes()
    if damage == "garbage":
        database.write_bytes(os.urandom(len(data)))
    elif damage == "empty":
        database.write_bytes(b"")
    elif damage == "truncated":
        database.write_bytes(data[:5000])
    elif damage == "flipped text":
        assert data.count(b"LINDQVIST") > 3
        database.write_bytes(data.replace(b"LINDQVIST", b"LINDQVEST"))
    else:
        database.unlink()
        database.mkdir()
    with pytest.raises(MaquetteError) as failure, pipeline.open(film) as production:
        _ = production.screenplay
    message = str(failure.value)
    assert str(film) in message and "\n" not in message and "maquette new" in message


@pytest.mark.parametrize("tail", [b"", b"garbage" * 900])
def test_a_lost_or_spoilt_write_ahead_log_costs_no_picture(tmp_path: Path, tail: bytes) -> None:
    root = tmp_path / "film"
    pipeline.new(root, script=CUP).close()
    process = start("board", root, "--size", SIZE, SECONDS_A_PANEL=0.2)
    while len(list((root / "media").rglob("*.png"))) < 3:
        time.sleep(0.01)
    process.kill()
    process.communicate()
    log = root / "production.sqlite-wal"
    assert log.stat().st_size > 0
    log.unlink()
    (root / "production.sqlite-shm").unlink()
    if tail:
        log.write_bytes(tail)
    assert sum(not panel["new"] for panel in board(root)) >= 3


def test_an_interrupted_new_is_simply_run_again(tmp_path: Path) -> None:
    root = tmp_path / "film"
    killer = textwrap.dedent(
        """
        import os, signal, sys
        from maquette import pipeline
        place = sys.argv[2]
        def die(*_, **__):
            os.kill(os.getpid(), signal.SIGKILL)
        if place == "casting":
            pipeline.production.cast_identity = die
        else:
            from maquette.store import database
            database.migrate = die
        pipeline.new(sys.argv[1], script=sys.argv[3])
        """
    )
    for place in ("migrating", "casting"):
        done = subprocess.run([sys.executable, "-c", killer, root, place, CUP], check=False, timeout=60)
        assert done.returncode == -signal.SIGKILL
        assert (root / "production.sqlite").exists()
        with pytest.raises(NoProduction, match=r"never finished.*maquette new"):
            pipeline.open(root)
    maquette("new", root, "--script", CUP)
    assert len(json.loads(maquette("shots", root, "--json")[0])) > 3
    _, err = maquette("new", root, "--script", CUP, code=1)
    assert "already holds a production" in sentence(err)


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 1 MB."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder], check=False, capture_output=True
    )
    if not mounted or mounted.returncode:
        pytest.skip("no permission to mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_disk_that_fills_up_keeps_what_is_finished(tiny_disk: Path) -> None:
    root = tiny_disk / "film"
    maquette("new", root, "--script", CUP)
    _, err = maquette("board", root, "--size", SIZE, code=1, PADDING=150_000)
    assert "disk is full" in sentence(err) and str(tiny_disk) in err
    kept = len(list((root / "media").rglob("*.png")))
    assert kept >= 1
    (tiny_disk / "filler").write_bytes(b"")
    with pipeline.open(root) as production:
        assert len(production.shots) > 3
    subprocess.run(["mount", "-o", "remount,size=20m", tiny_disk], check=True)
    assert sum(not panel["new"] for panel in board(root, PADDING=150_000)) == kept


def test_a_disk_full_from_the_start(tiny_disk: Path) -> None:
    (tiny_disk / "filler").write_bytes(bytes(1_040_000))
    _, err = maquette("new", tiny_disk / "film", "--script", CUP, code=1)
    assert "disk is full" in sentence(err)
    (tiny_disk / "filler").unlink()
    maquette("new", tiny_disk / "film", "--script", CUP)


def test_full_and_closed_outputs(film: Path) -> None:
    with Path("/dev/full").open("w") as full:
        process = start("shots", film, "--json", stdout=full)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 1 and "disk is full" in sentence(err)
    shell = f"{sys.executable} -m maquette.cli.main shots {film} | head -1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "0" and done.stderr == ""
    shell = f"{sys.executable} -m maquette.cli.main shots {film} >&-; echo $? >&2"
    done = subprocess.run(["bash", "-c", shell], capture_output=True, text=True, check=True)
    assert done.stderr == "0\n"


@pytest.mark.parametrize("environment", [{"LC_ALL": "C", "COLUMNS": "40"}, {"PYTHONIOENCODING": "ascii"}])
def test_narrow_and_ascii_terminals(film: Path, environment: dict[str, str]) -> None:
    out, err = start("shots", film, **environment).communicate(timeout=60)
    assert err == "" and max(map(len, out.splitlines())) <= int(environment.get("COLUMNS", 80))
    assert json.loads(start("shots", film, "--json", **environment).communicate(timeout=60)[0])


def test_a_moved_production_works_and_a_deleted_one_says_so(film: Path, tmp_path: Path) -> None:
    moved = film.rename(tmp_path / "a “new” place")
    assert not any(panel["new"] for panel in board(moved))
    process = start("board", moved, "--size", "64x36", SECONDS_A_PANEL=0.3)
    while len(list((moved / "media").rglob("*.png"))) < 10:
        time.sleep(0.01)
    gone = moved.rename(tmp_path / "elsewhere")
    _, err = process.communicate(timeout=60)
    assert process.returncode == 1 and not moved.exists()
    assert "moved or deleted" in sentence(err)
    assert len(board(gone)) > 3


def test_bad_places_for_the_board_are_found_before_drawing(film: Path, tmp_path: Path) -> None:
    before = len(list((film / "media").rglob("*.png")))
    (tmp_path / "file").write_text("x")
    (tmp_path / "bad.typ").write_text("#panic(")
    places = (("--out", tmp_path / "file", 2), ("--out", tmp_path / "file" / "in", 1), ("--out", "/proc/self/x", 1),
              ("--template", tmp_path / "none.typ", 1), ("--template", tmp_path / "bad.typ", 1))  # fmt: skip
    for option, place, code in places:
        _, err = maquette("board", film, "--size", "100x60", option, place, code=code)
        assert str(place) in sentence(err)
    assert len(list((film / "media").rglob("*.png"))) == before
    _, err = maquette("new", tmp_path / "file", "--script", CUP, code=1)
    assert "is a file" in sentence(err)
    _, err = maquette("shots", tmp_path / "file", code=1)
    assert "is a file" in sentence(err)


def test_a_script_that_cannot_be_read(tmp_path: Path) -> None:
    for script in (tmp_path, Path("/proc/self/mem"), tmp_path / "no\nsuch\x1b[31m.fountain"):
        _, err = maquette("new", tmp_path / "film", "--script", script, code=1)
        sentence(err)
        assert "\x1b" not in err
    assert not (tmp_path / "film").exists()


def test_decisions_can_be_taken_back(film: Path) -> None:
    first, second, third = (s["number"] for s in json.loads(maquette("shots", film, "--json")[0])[:3])
    maquette("shots", film, "--omit", first, second, third)
    out, _ = maquette("shots", film, "--accept", first, f"{second},{third}", "--json")
    assert {s["number"]: s["status"] for s in json.loads(out)}[second] == "accepted"
    _, err = maquette("shots", film, first, code=2)
    assert "--accept" in sentence(err)
    _, err = maquette("shots", film, "--omit", first, "--accept", "77Z", code=1)
    out, _ = maquette("shots", film, "--json")
    assert json.loads(out)[0]["status"] == "accepted", "a command that fails changes nothing"


STRANGE = """Title: [/b] [red]Strange[/red]

INT. KITCHEN - DAY

A cup. [bold]No markup[/bold], [/nothing] \x1b[31mred\x1b[0m.

@"MAD DOG" O'NEIL
Hello.

@../../ETC/PASSWD
Hello.

@CAST
(angrily)
Hello.

@CAST/MARA:SKIN
Hello.

@🎬 SLATE
Action!

@דנה
שלום

@{long}
Long.
"""


@pytest.fixture(scope="module")
def studio() -> Studio:
    """One renderer for all real panels here."""
    return Studio()


def drawn(root: Path, text: str, studio: Studio, shots: str | None = None) -> pipeline.BoardResult:
    script = root.with_suffix(".fountain")
    script.write_text(text, encoding="utf-8")
    with pipeline.new(root, script=script) as production:
        production._studio = studio
        return production.board(shots or production.shots[0].number, size=SIZE)


def test_strange_names_are_drawn_and_listed(tmp_path: Path, studio: Studio) -> None:
    result = drawn(tmp_path / "film", STRANGE.replace("{long}", "X" * 300), studio)
    assert result.pdf.stat().st_size > 1000
    out, _ = maquette("shots", tmp_path / "film")
    assert "[bold]No markup[/bold]" in out and "\x1b" not in out
    maquette("new", tmp_path / "film2", "--script", tmp_path / "film.fountain")
    outside = [p for p in tmp_path.rglob("*") if p.name.lower() in ("etc", "passwd")]
    assert not outside


def test_a_heading_with_nothing_under_it_is_a_place(tmp_path: Path, studio: Studio) -> None:
    result = drawn(tmp_path / "film", "INT. CUISINE - NUIT\n", studio)
    assert len(result.panels) == 1 and result.panels[0][0].shot.framing.value == "place"
    assert any("neutral stage" in note and "CUISINE" in note.upper() for note in result.notes)


def test_a_hundred_people_and_five_thousand_words(tmp_path: Path, studio: Studio) -> None:
    cues = "\n\n".join(f"PILOT {a}{b}\nHere." for a in "ABCDEFGHIJ" for b in "ABCDEFGHIJ")
    words = "The planes stand in long rows. " * 830
    result = drawn(tmp_path / "film", f"INT. HANGAR - DAY\n\n{words}\n\n{cues}\n", studio)
    assert any(re.search(r"100 people .* \d+ of them are shown", note) for note in result.notes)


def test_two_hundred_scenes(tmp_path: Path) -> None:
    scene = 'INT. ROOM {} - DAY\n\nANNA sees BORIS.\n\nANNA\nWhere were you?\n\nBORIS\nOut. The cup "fell".\n\n'
    script = tmp_path / "long.fountain"
    script.write_text("".join(scene.format(i) for i in range(200)))
    with pipeline.new(tmp_path / "film", script=script) as production:
        assert len(production.shots) >= 200
        assert len({s.number for s in production.shots}) == len(production.shots)
    script.write_text("INT. ROOM - DAY\n\n" * 6000)
    with pytest.raises(MaquetteError, match="line 10001: here scene 5001 of 6000"):
        pipeline.new(tmp_path / "film2", script=script)
    assert not (tmp_path / "film2").exists()


def test_an_unforeseen_error_is_a_sentence_that_names_the_shot(film: Path) -> None:
    with mock.patch.object(pipeline.production, "light_scene", side_effect=KeyError("moon")):
        _, err = maquette("board", film, code=1)
    assert re.fullmatch(r"maquette: This should not happen while drawing shot 1: KeyError at [^\n]+\n", err)
    assert "report" in err and "Traceback" not in err


def test_a_changed_record_is_never_trusted(film: Path) -> None:
    with sqlite3.connect(film / "production.sqlite") as c:
        c.execute("UPDATE panel SET facts = '{' WHERE rowid = 1")
    assert len(board(film)) > 3
