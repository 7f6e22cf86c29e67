"""The file that a movie is until it is whole."""

from __future__ import annotations

import contextlib
import errno
import io
import os
from pathlib import Path
from typing import Any


class PartFile:
    """An open file beside `path`, hidden; `commit` gives it the name, `discard` takes it away.

    FFmpeg writes through it, so that a full disk is heard of as Python's own OSError.
    """

    def __init__(self, path: Path) -> None:
        """Makes the folder where there is none. Raises OSError."""
        self._path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self.place = path.with_name(f".{path.stem}.{os.getpid()}.part{path.suffix}")
        # Unbuffered: the moov atom is moved to the front through a second handle.
        self._file: io.FileIO | None = open_raw(self.place)
        self.name = str(self.place)

    def write(self, data: bytes) -> int:
        """As a file's."""
        if self._file is None:
            raise OSError(errno.ECANCELED, "the movie was given up")
        view, done = memoryview(data), 0
        while done < len(view):
            done += self._file.write(view[done:]) or 0
        return done

    def seek(self, offset: int, whence: int = 0) -> int:
        """As a file's."""
        if self._file is None:
            raise OSError(errno.ECANCELED, "the movie was given up")
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        """As a file's."""
        return self.seek(0, os.SEEK_CUR)

    def reopened(self, url: str, flags: int, options: dict[str, str]) -> Any:
        """A second handle, for FFmpeg to read what it wrote."""
        return self.place.open("rb")

    def commit(self) -> None:
        """The file takes its name, and is on disk. Raises OSError."""
        assert self._file is not None
        os.fsync(self._file.fileno())
        self._file.close()
        self._file = None
        self.place.replace(self._path)
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def discard(self) -> None:
        """Nothing is left beside the name; after `commit` this does nothing."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                self._file.close()
            self._file = None
        with contextlib.suppress(OSError):
            self.place.unlink(missing_ok=True)


def open_raw(place: Path) -> io.FileIO:
    """The handle that everything goes through."""
    return io.FileIO(place, "w+")
