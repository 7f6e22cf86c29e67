"""USD files: memory while they grow, what cannot be written, and what is left then."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from maquette.deliver import usd_file as usd_files
from maquette.deliver.usd import write_usd
from maquette.film.errors import DiskFull, MediaError
from maquette.film.stage import Body, BodyKind, Moment, Sky
from maquette.film.take import Motion
from tests.usd_stages import MOTION, RATE, moment, write


def test_memory_stays_flat(tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    count = 3000

    def at(_: Fraction) -> Moment:
        vertices = rng.random((count, 3), dtype=np.float32)
        faces = np.arange(count, dtype=np.uint32).reshape(-1, 3)
        body = Body("cast/A", BodyKind.CAST, vertices, faces, np.ones((count, 3), np.float32),
                    np.ones(count, np.float32), normals=vertices[::-1])  # fmt: skip
        return moment(body)

    def peak(frames: int) -> int:
        tracemalloc.start()
        write_usd(tmp_path / "a.usdc", at, Motion(frames=frames), title="", metadata={})
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(2)
    assert peak(100) < 1.3 * peak(10)


def test_what_is_saved_leaves_the_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """OpenUSD's own memory is not Python's: it is let go by saving, and saving often does not make the file larger."""
    saves: list[int] = []
    save = usd_files.UsdFile.save

    def counted(self: usd_files.UsdFile) -> None:
        saves.append(1)
        save(self)

    monkeypatch.setattr(usd_files.UsdFile, "save", counted)
    write_usd(tmp_path / "a.usdc", lambda t: moment(), Motion(frames=100), title="", metadata={})
    assert len(saves) == 100 // usd_files.SAVE_EVERY + 1


@pytest.mark.parametrize("name", ["shot.abc", "shot.fbx", "shot"])
def test_another_suffix_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(MediaError, match=r"end it in \.usd"):
        write_usd(tmp_path / name, lambda t: moment(), MOTION, title="", metadata={})
    assert not list(tmp_path.iterdir())


def test_no_frames_and_two_hours_are_refused(tmp_path: Path) -> None:
    nothing = Motion.model_construct(rate=RATE, frames=0, handles=0, hold=1, shutter_deg=None, shutter_samples=8)
    for motion in (nothing, Motion(frames=24 * 7200)):
        with pytest.raises(MediaError, match="at least 1 frame and lasts at most 600 s"):
            write_usd(tmp_path / "a.usdc", lambda t: moment(), motion, title="", metadata={})
    assert not list(tmp_path.iterdir())


def test_a_failure_midway_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "a.usdc"
    sky = Sky(np.ones((4, 8, 3), np.float32))
    write(path, lambda i: moment(sky=sky))
    before = {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()}

    def fails(i: int) -> Moment:
        if i == 3:
            raise RuntimeError("stop")
        return moment(sky=Sky(np.full((4, 8, 3), 1.0 + i, np.float32)))

    with pytest.raises(RuntimeError, match="stop"):
        write(path, fails)
    assert {f: f.read_bytes() for f in tmp_path.rglob("*") if f.is_file()} == before


def test_a_second_file_of_the_name_takes_the_place_of_the_first(tmp_path: Path) -> None:
    write(tmp_path / "a.usdc", lambda i: moment(sky=Sky(np.ones((4, 8, 3), np.float32))))
    (tmp_path / "a_textures" / "notes.txt").write_text("mine")
    write(tmp_path / "a.usdc", lambda i: moment(sky=Sky(np.full((4, 8, 3), 2, np.float32))))
    assert sorted(f.suffix for f in (tmp_path / "a_textures").iterdir()) == [".exr", ".txt"]


FULL = """
import resource, sys
sys.path[:0] = [sys.argv[2]]
from pathlib import Path
from tests.usd_stages import MOTION, moment
from maquette.film.errors import MediaError
from maquette.deliver.usd import write_usd
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    write_usd(Path(sys.argv[1]), lambda t: moment(), MOTION, title="", metadata={})
except MediaError as error:
    print(error)
"""


def test_a_file_that_cannot_grow_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FULL, str(tmp_path / "a.usdc"), str(Path(__file__).parents[1])]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "cannot be written (Error occurred writing file: File too large)" in done.stdout
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(self: usd_files.UsdFile) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(usd_files.UsdFile, "save", full)
    with pytest.raises(DiskFull, match="The disk is full while writing"):
        write_usd(tmp_path / "a.usdc", lambda t: moment(), MOTION, title="", metadata={})
    assert not list(tmp_path.iterdir())
