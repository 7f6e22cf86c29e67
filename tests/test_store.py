"""The production on disk: versions, content addresses, damage, full disks, locks, and processes that really die."""

from __future__ import annotations

import errno
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from maquette.film.errors import DiskFull, StoreError
from maquette.film.production import ProductionSettings
from maquette.store import files
from maquette.store.database import Database, PanelRecord
from maquette.store.folder import create_folder, only_writer, open_folder
from maquette.store.migrations import LATEST, MIGRATIONS


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = create_folder(tmp_path / "film")
    folder.database.put("settings", "production", ProductionSettings())
    folder.close()
    return tmp_path / "film"


def test_documents_keep_their_history(root: Path) -> None:
    folder = open_folder(root)
    one, two = ProductionSettings(seed=1), ProductionSettings(seed=2)
    assert folder.database.put("settings", "production", one) == 1
    assert folder.database.put("settings", "production", one) == 1
    assert folder.database.put("settings", "production", two) == 2
    assert folder.database.get("settings", "production", ProductionSettings) == two
    assert folder.database.get("settings", "production", ProductionSettings, version=1) == one
    assert folder.database.get("settings", "nothing", ProductionSettings) is None


def test_media_are_stored_once_and_checked_when_read(root: Path) -> None:
    media = open_folder(root).media
    digest = media.put(b"a picture", ".png")
    assert media.put(b"a picture", ".png") == digest
    assert media.get(digest, ".png") == b"a picture"
    path = media.path(digest, ".png")
    path.write_bytes(b"a pictuRe")
    assert not media.has(digest, ".png")
    with pytest.raises(StoreError, match="damaged") as failure:
        media.get(digest, ".png")
    assert str(path) in str(failure.value)


def test_a_damaged_picture_is_put_back(root: Path) -> None:
    media = open_folder(root).media
    digest = media.put(b"a picture", ".png")
    media.path(digest, ".png").write_bytes(b"a pictuRe")
    media.put(b"a picture", ".png")
    assert media.has(digest, ".png")


def test_a_second_production_in_the_same_folder_is_refused(root: Path) -> None:
    with pytest.raises(StoreError, match="already holds a production"):
        create_folder(root)


@pytest.mark.parametrize("garbage", [b"not a database at all" * 300, b"SQLite format 3\0" + bytes(4000)])
def test_a_damaged_database_is_named_with_the_remedy(root: Path, garbage: bytes) -> None:
    (root / "production.sqlite").write_bytes(garbage)
    with pytest.raises(StoreError) as failure:
        open_folder(root)
    assert str(root / "production.sqlite") in str(failure.value)
    assert "\n" not in str(failure.value)


def test_a_database_of_a_newer_version_is_left_alone(root: Path) -> None:
    with sqlite3.connect(root / "production.sqlite") as c:
        c.execute(f"PRAGMA user_version = {LATEST + 1}")
    with pytest.raises(StoreError, match="newer Maquette"):
        open_folder(root)


def test_migrations_are_numbered_without_gaps_and_reach_the_latest(root: Path) -> None:
    assert [m[0] for m in MIGRATIONS] == list(range(1, LATEST + 1))
    with sqlite3.connect(root / "production.sqlite") as c:
        assert c.execute("PRAGMA user_version").fetchone()[0] == LATEST
        assert c.execute("PRAGMA journal_mode").fetchone()[0] == "wal"


def test_missing_folders_are_explained(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="maquette new"):
        open_folder(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    with pytest.raises(StoreError, match="holds no production"):
        open_folder(tmp_path / "empty")
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError, match="is a file"):
        create_folder(tmp_path / "file")


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "shots.csv"
    files.write_whole(target, b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(DiskFull, match="free some space"):
        files.write_whole(target, b"new")
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["shots.csv"]


def test_a_full_disk_in_the_database_is_said(root: Path) -> None:
    database = Database(root / "production.sqlite")
    with database._connection.begin():
        database._connection.exec_driver_sql("PRAGMA max_page_count = 1")
    with pytest.raises(DiskFull):
        for i in range(200):
            database.log("note", "x" * 5000 + str(i))
    database.close()
    kept = Database(root / "production.sqlite")
    assert len(kept.history()) < 200


def test_parts_of_files_are_swept_up_once_whoever_wrote_them_is_gone(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, mine, other = (
        tmp_path / n for n in (f".1001.png.{gone.pid}.part", f".1002.png.{os.getpid()}.part", ".a.part")
    )
    for path in (left, mine, other, tmp_path / "1001.png"):
        path.write_bytes(b"half")
    files.clear_parts(tmp_path)
    assert not left.exists() and mine.exists() and other.exists() and (tmp_path / "1001.png").exists()


def test_an_unwritable_place_is_explained() -> None:
    with pytest.raises(StoreError) as failure:
        create_folder(Path("/proc/self/maquette-film"))
    assert "/proc/self/maquette-film" in str(failure.value)


def test_one_writer_at_a_time(root: Path) -> None:
    with only_writer(root), pytest.raises(StoreError, match="Another Maquette"), only_writer(root):
        pass
    with only_writer(root):
        pass


def test_kill_9_loses_nothing_that_was_committed(root: Path) -> None:
    """A writer is killed at a random instant, many times over: everything it had confirmed is there."""
    script = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from maquette.store.database import PanelRecord
        from maquette.store.folder import open_folder, only_writer
        folder = open_folder(Path(sys.argv[1]))
        with only_writer(folder.root):
            for i in range(int(sys.argv[2]), 10**9):
                digest = folder.media.put(f"picture {i}".encode() * 500, ".png")
                folder.database.put_panel(PanelRecord(f"r{i}", "s", "{}", digest, ".png", {}))
                print(i, flush=True)
        """
    )
    confirmed = 0
    for round_ in range(4):
        process = subprocess.Popen([sys.executable, "-c", script, str(root), str(confirmed)],
                                   stdout=subprocess.PIPE, text=True)  # fmt: skip
        assert process.stdout is not None
        for _ in range(5 + 7 * round_):
            confirmed = int(process.stdout.readline()) + 1
        process.send_signal(signal.SIGKILL)
        rest = process.stdout.read().split()
        process.wait()
        confirmed = int(rest[-1]) + 1 if rest else confirmed
        folder = open_folder(root)
        for i in range(confirmed):
            record = folder.database.panel(f"r{i}")
            assert record is not None
            assert folder.media.get(record.media, ".png") == f"picture {i}".encode() * 500
        folder.close()


def test_panels_are_found_by_request(root: Path) -> None:
    folder = open_folder(root)
    folder.database.put_panel(PanelRecord("r", "s", "{}", "m", ".png", {"notes": ["a wall was removed"]}))
    folder.close()
    found = open_folder(root).database.panel("r")
    assert found is not None and found.facts == {"notes": ["a wall was removed"]}
