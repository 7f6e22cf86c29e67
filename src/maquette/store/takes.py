"""Takes on disk: a folder of finished frames each, and what a stopped take needs to go on."""

from __future__ import annotations

import contextlib
import os
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from maquette.film.take import FIRST_FRAME
from maquette.store.files import clear_parts, file_errors, write_whole

STATE = "state"
SLOTS = 2
"""States are written by turns into so many files: one that a power cut spoils leaves the one before it."""


@dataclass(frozen=True)
class States:
    """What the last frames of a folder leave behind for the next one, while it is being filled."""

    root: Path

    def put(self, index: int, state: bytes) -> None:
        """Store what frame `index` leaves behind."""
        _write_unsynced(self._place(index), state)

    def all(self) -> tuple[bytes, ...]:
        """What was stored and is still there, in no order."""
        found: list[bytes] = []
        for slot in range(SLOTS):
            path = self._place(slot)
            with file_errors(path, "reading"):
                if path.is_file():
                    found.append(path.read_bytes())
        return tuple(found)

    def forget(self) -> None:
        """The folder is whole."""
        for slot in range(SLOTS):
            with contextlib.suppress(OSError):
                self._place(slot).unlink(missing_ok=True)
        clear_parts(self.root)

    def _place(self, index: int) -> Path:
        return self.root / f"{STATE}-{index % SLOTS}.npz"


@dataclass(frozen=True)
class TakeFolder:
    """The frames of one take: `1001.png` is the first, those of the head handle count down from it."""

    root: Path
    handles: int

    def frame_path(self, index: int) -> Path:
        """Where frame `index` is, counted from 0 at the start of the head handle."""
        return self.root / f"{FIRST_FRAME - self.handles + index:04d}.png"

    def finished(self) -> int:
        """How many frames are there without a gap."""
        try:
            there = {path.name for path in self.root.iterdir()}
        except OSError:
            return 0
        return next(i for i in count() if self.frame_path(i).name not in there)

    def frames(self) -> tuple[Path, ...]:
        """All finished frames in order."""
        return tuple(self.frame_path(i) for i in range(self.finished()))

    def put_frame(self, index: int, png: bytes) -> None:
        """Store a finished frame whole."""
        _write_unsynced(self.frame_path(index), png)

    @property
    def states(self) -> States:
        """What a stopped take goes on from."""
        return States(self.root)

    @property
    def manifest(self) -> Path:
        """What the take was made from; there once it is whole."""
        return self.root / "take.json"

    def close(self, manifest: bytes) -> None:
        """The take is whole: keep what it was made from, forget what a stopped one needs."""
        write_whole(self.manifest, manifest)
        self.states.forget()


def _write_unsynced(path: Path, data: bytes) -> None:
    """Whole or not at all. A frame that a power cut takes is made again, so nothing waits for the disk."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with file_errors(path, "writing"):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
            temporary.replace(path)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise
