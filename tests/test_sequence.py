"""Image sequences: names, numbers, bits, and going on where it stopped."""

from __future__ import annotations

import errno
from pathlib import Path
from typing import Any

import av
import numpy as np
import OpenEXR
import pytest
from PIL import Image

from maquette.deliver import sequence
from maquette.deliver.sequence import SequenceFormat, frame_path, whole_size, write_sequence
from maquette.film.errors import DiskFull, MediaError

WIDE = np.random.default_rng(2).integers(0, 65536, (9, 16, 3), dtype=np.uint16)


def grey(number: int) -> Any:
    return np.full((9, 16, 3), 10 + number, np.uint8)


def test_frames_are_numbered_from_1001_and_handles_count_down(tmp_path: Path) -> None:
    done = write_sequence(tmp_path / "new", "ferry_3A_t1", grey, 12, format=SequenceFormat.PNG, head=8)
    names = [p.name for p in done.paths]
    assert names[0] == "ferry_3A_t1.0993.png" and names[8] == "ferry_3A_t1.1001.png" and len(names) == 12
    assert sorted(p.name for p in (tmp_path / "new").iterdir()) == names
    with Image.open(done.paths[8]) as image:
        assert np.array_equal(np.array(image), grey(8))


def test_metadata_and_16_bits(tmp_path: Path) -> None:
    done = write_sequence(tmp_path, "a", lambda i: WIDE, 1, format=SequenceFormat.PNG_16, metadata={"comment": "für"})
    with av.open(str(done.paths[0])) as container:
        frame = next(container.decode(video=0))
        assert frame.format.name.startswith("rgb48")
        assert np.array_equal(frame.to_ndarray(format="rgb48le"), WIDE)
    with Image.open(done.paths[0]) as image:
        image.load()
        assert image.info["comment"] == "für"


def test_exr_is_linear_half(tmp_path: Path) -> None:
    light = np.random.default_rng(1).uniform(0, 30, (9, 16, 3)).astype(np.float32)
    done = write_sequence(tmp_path, "a", lambda i: light, 2, format=SequenceFormat.EXR, metadata={"comments": "mark"})
    assert [p.name for p in done.paths] == ["a.1001.exr", "a.1002.exr"]
    with OpenEXR.File(str(done.paths[1])) as file:
        assert file.header()["comments"] == "mark"
        assert np.allclose(file.channels()["RGB"].pixels, light, rtol=1e-3)


@pytest.mark.parametrize("format", list(SequenceFormat))
def test_going_on_asks_for_missing_and_torn_frames_only(tmp_path: Path, format: SequenceFormat) -> None:
    kind: Any = {"png": np.uint8, "png16": np.uint16, "exr": np.float32}[format.value]
    asked: list[int] = []

    def picture(number: int) -> Any:
        asked.append(number)
        return np.random.default_rng(number).uniform(0, 200, (90, 160, 3)).astype(kind)

    first = write_sequence(tmp_path, "a", picture, 6, format=format)
    before = [p.read_bytes() for p in first.paths]
    first.paths[1].write_bytes(before[1][: len(before[1]) // 2])
    first.paths[2].write_bytes(b"")
    first.paths[4].unlink()
    asked.clear()
    again = write_sequence(tmp_path, "a", picture, 6, format=format, resume=True)
    assert asked == [1, 2, 4] and again.kept == 3
    assert [p.read_bytes() for p in again.paths] == before
    asked.clear()
    write_sequence(tmp_path, "a", picture, 6, format=format)
    assert asked == list(range(6))


def test_a_full_disk_leaves_whole_frames_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if ".1003" in self.name:
            real(self, data[:20])
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(DiskFull, match=r"a\.1003\.png"):
        write_sequence(tmp_path, "a", grey, 5, format=SequenceFormat.PNG)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a.1001.png", "a.1002.png"]


def test_an_exr_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, linear: Any, **_: Any) -> None:
        path.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(sequence, "write_picture_exr", full)
    with pytest.raises(DiskFull, match=r"a\.1001\.exr"):
        write_sequence(tmp_path, "a", lambda i: np.zeros((4, 4, 3), np.float32), 1, format=SequenceFormat.EXR)
    assert list(tmp_path.iterdir()) == []


def test_what_makes_no_sense_is_refused(tmp_path: Path) -> None:
    for count, head in ((0, 0), (3, 4), (3, -1)):
        with pytest.raises(MediaError, match="needs one"):
            write_sequence(tmp_path, "a", grey, count, format=SequenceFormat.PNG, head=head)
    with pytest.raises(MediaError, match="four digits"):
        frame_path(tmp_path, "a", 10000, SequenceFormat.PNG)
    with pytest.raises(MediaError, match="8-bit"):
        write_sequence(tmp_path, "a", lambda i: WIDE, 1, format=SequenceFormat.PNG)
    with pytest.raises(MediaError, match="one size"):
        write_sequence(tmp_path, "b", lambda i: np.zeros((4 + i, 4, 3), np.uint8), 2, format=SequenceFormat.PNG)
    assert whole_size(tmp_path / "nothing.png") is None
