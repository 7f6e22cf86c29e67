"""The commands as a user meets them: exit codes, JSON, decisions that stick, panels never drawn twice, kill -9."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
CUP = EXAMPLES / "the-chipped-cup.fountain"
SMALL = "96x54"


def maquette(*words: object, check: int | None = 0) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "maquette.cli.main", *map(str, words)]
    environment = os.environ | {"COLUMNS": "200"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, env=environment)
    if check is not None:
        assert done.returncode == check, done.stdout + done.stderr
    return done


@pytest.fixture(scope="module")
def cup(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("cup") / "film"
    maquette("new", root, "--script", CUP)
    return root


def test_every_command_has_help() -> None:
    for command in ("new", "shots", "board", "update", "demo"):
        assert command in maquette(command, "--help").stdout or "DIR" in maquette(command, "--help").stdout
    assert maquette("--version").stdout.startswith("maquette 0.")


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("shots",), 2),
        (("fly",), 2),
        (("shots", "/nowhere/at/all"), 1),
        (("new", "/tmp/never-made", "--script", "/nowhere.fountain"), 1),
        (("new", "/tmp/never-made", "--script", str(CUP), "--density", "dense"), 2),
        (("new", "/tmp/never-made", "--script", str(CUP), "--aspect", "3:7"), 2),
    ],
)
def test_exit_codes_tell_misuse_from_failure(words: tuple[str, ...], code: int) -> None:
    done = maquette(*words, check=code)
    assert "Traceback" not in done.stderr
    assert not Path("/tmp/never-made").exists()


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--layout", "9x9"),
        ("--size", "640"),
        ("--size", "2x2"),
        ("--paper", "b5"),
        ("--style", "fresco"),
        ("--shots", "77Z"),
    ],
)
def test_values_that_make_no_sense_are_named_with_what_is_possible(cup: Path, option: str, value: str) -> None:
    done = maquette("board", cup, option, value, check=None)
    assert done.returncode in (1, 2)
    message = done.stderr.strip()
    assert value in message and len(message.splitlines()) == 1 and "Traceback" not in message


def test_shots_as_json_have_the_documented_fields(cup: Path) -> None:
    shots = json.loads(maquette("shots", cup, "--json").stdout)
    assert isinstance(shots, list) and len(shots) >= 4
    for shot in shots:
        assert shot["shape"] == "maquette.shot/1"
        assert {"number", "scene", "size", "angle", "lens_mm", "move", "subjects", "text", "status", "reason"} <= set(
            shot
        )
        assert shot["status"] in ("asked", "proposed", "accepted", "omitted")
    documented = (EXAMPLES.parent / "docs" / "json.md").read_text()
    assert all(f"`{field}`" in documented for field in shots[0] if field != "shape")


def test_decisions_stick(tmp_path: Path) -> None:
    root = tmp_path / "film"
    maquette("new", root, "--script", CUP)
    first, second, third = (s["number"] for s in json.loads(maquette("shots", root, "--json").stdout)[:3])
    maquette("shots", root, "--accept", f"{first},{second}", "--omit", third)
    status = {s["number"]: s["status"] for s in json.loads(maquette("shots", root, "--json").stdout)}
    assert status[first] == status[second] == "accepted" and status[third] == "omitted"
    maquette("shots", root, "--accept", "all")
    status = {s["number"]: s["status"] for s in json.loads(maquette("shots", root, "--json").stdout)}
    assert status.pop(third) == "omitted" and set(status.values()) == {"accepted"}
    done = maquette("shots", root, "--accept", "99Q", check=None)
    assert done.returncode in (1, 2) and "99Q" in done.stderr


def test_a_board_is_drawn_once(cup: Path) -> None:
    first = json.loads(maquette("board", cup, "--shots", "1,1A", "--size", SMALL, "--json").stdout)
    assert all(panel["new"] for panel in first["panels"])
    assert all(Path(panel["path"]).is_file() for panel in first["panels"])
    assert all(Path(first[key]).stat().st_size > 500 for key in ("pdf", "contact_sheet", "csv"))
    again = json.loads(maquette("board", cup, "--shots", "1,1A", "--size", SMALL, "--layout", "1x1", "--json").stdout)
    assert not any(panel["new"] for panel in again["panels"])
    assert [p["request"] for p in again["panels"]] == [p["request"] for p in first["panels"]]


def test_a_damaged_panel_is_drawn_again_and_the_others_are_not(cup: Path) -> None:
    first = json.loads(maquette("board", cup, "--shots", "1,1A", "--size", SMALL, "--json").stdout)["panels"]
    victim = max((cup / "media").rglob("*.png"), key=lambda p: p.stat().st_mtime)
    bytes_before = victim.read_bytes()
    victim.write_bytes(bytes_before[:-20])
    again = json.loads(maquette("board", cup, "--shots", "1,1A", "--size", SMALL, "--json").stdout)["panels"]
    assert [p["request"] for p in again] == [p["request"] for p in first]
    assert sum(p["new"] for p in again) == 1
    assert victim.read_bytes() == bytes_before


def test_accepting_a_shot_draws_nothing_anew(tmp_path: Path) -> None:
    root = tmp_path / "film"
    maquette("new", root, "--script", CUP)
    maquette("board", root, "--shots", "1", "--size", SMALL)
    maquette("shots", root, "--accept", "1")
    again = json.loads(maquette("board", root, "--shots", "1", "--size", SMALL, "--json").stdout)
    assert not any(panel["new"] for panel in again["panels"])


def test_kill_9_loses_at_most_the_panel_in_work(tmp_path: Path) -> None:
    root = tmp_path / "film"
    maquette("new", root, "--script", CUP)
    command = [sys.executable, "-m", "maquette.cli.main", "board", str(root), "--size", SMALL, "--json"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 240
    while len(list((root / "media").rglob("*.png"))) < 3 and time.monotonic() < deadline:
        assert process.poll() is None
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.wait()
    drawn = len(list((root / "media").rglob("*.png")))
    assert not (root / "board" / "board.pdf").exists()
    panels = json.loads(maquette("board", root, "--size", SMALL, "--json").stdout)["panels"]
    kept = sum(not panel["new"] for panel in panels)
    assert drawn - 1 <= kept <= drawn and kept >= 2
    assert (root / "board" / "board.pdf").is_file()


def test_a_new_draft_keeps_what_it_does_not_touch(tmp_path: Path) -> None:
    root, draft = tmp_path / "film", tmp_path / "draft2.fountain"
    maquette("new", root, "--script", EXAMPLES / "the-last-ferry.fountain")
    chosen = "1B,3C,6A"
    before = json.loads(maquette("board", root, "--shots", chosen, "--size", SMALL, "--json").stdout)["panels"]
    text = (EXAMPLES / "the-last-ferry.fountain").read_text()
    changed = text.replace("You painted my boat.", "You painted my father's boat.").replace(
        "INT. DINER - MORNING", "INT. DINER - MORNING\n\nA bell over the door."
    )
    draft.write_text(changed)
    update = json.loads(maquette("update", root, "--script", draft, "--json").stdout)
    touched = {c["number"]: c for c in update["changes"]}
    assert update["draft"] == 2 and "3C" in touched and "father" in touched["3C"]["reason"]
    assert not {"1B", "6A"} & set(touched)
    after = json.loads(maquette("board", root, "--shots", chosen, "--size", SMALL, "--json").stdout)["panels"]
    fresh = {p["number"] for p in after if p["new"]}
    assert not {"1B", "6A"} & fresh
    assert [p["request"] for p in after if p["number"] != "3C"] == [p["request"] for p in before if p["number"] != "3C"]


def test_passes_are_kept_when_asked_for(cup: Path) -> None:
    import OpenEXR

    panel = json.loads(maquette("board", cup, "--shots", "1", "--size", SMALL, "--keep-passes", "--json").stdout)
    exr = cup / "passes" / f"{panel['panels'][0]['request']}.exr"
    with OpenEXR.File(str(exr), separate_channels=True) as file:
        channels = set(file.channels())
    assert {"R", "G", "B", "Z", "albedo.R", "N.X", "P.X"} <= channels


def test_an_edited_template_lays_out_the_board(cup: Path, tmp_path: Path) -> None:
    mine = tmp_path / "mine.typ"
    mine.write_text(maquette("board", cup, "--show-template").stdout)
    result = json.loads(
        maquette("board", cup, "--shots", "1", "--size", SMALL, "--template", mine, "--out", tmp_path, "--json").stdout
    )
    assert Path(result["pdf"]) == tmp_path / "board.pdf"


def test_two_runs_at_once_do_not_mix(cup: Path) -> None:
    from maquette.store.folder import only_writer

    with only_writer(cup):
        done = maquette("board", cup, "--shots", "1", "--size", SMALL, check=1)
    assert "Another Maquette" in done.stderr


def test_stating_the_first_shot_of_a_scene_keeps_its_number(tmp_path: Path) -> None:
    root, draft = tmp_path / "film", tmp_path / "draft2.fountain"
    maquette("new", root, "--script", CUP)
    maquette("shots", root, "--accept", "1C")
    draft.write_text(CUP.read_text().replace("She drinks. She looks", "!! CU ADA, 85mm\n\nShe drinks. She looks"))
    maquette("update", root, "--script", draft)
    shots = json.loads(maquette("shots", root, "--json").stdout)
    assert {s["scene"] for s in shots} == {"1"}
    asked = [s for s in shots if s["status"] == "asked"]
    assert len(asked) == 1 and asked[0]["lens_mm"] == 85 and asked[0]["number"].startswith("1")
