"""Writing files so that a crash at any instant leaves either the old file or the whole new one."""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterator
from pathlib import Path

from maquette.film.errors import DiskFull, StoreError


@contextlib.contextmanager
def file_errors(path: Path, doing: str) -> Iterator[None]:
    """Turns the operating system's errors about `path` into one sentence with a remedy."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFull(
                f"The disk is full while {doing} {path}: free some space and run the command again; "
                "everything finished before is kept."
            ) from error
        if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise StoreError(
                f"No permission for {doing} {path}: choose another folder or change its permissions."
            ) from error
        reason = error.strerror or type(error).__name__
        raise StoreError(f"Failed at {doing} {path} ({reason}): check the folder and try again.") from error


def write_whole(path: Path, data: bytes) -> None:
    """Write `data` to `path` through a temporary file in the same folder, with fsync of file and folder."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")
    with file_errors(path, "writing"):
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with temporary.open("wb") as f:
                f.write(data)
                f.flush()
                os.fsync(f.fileno())
            temporary.replace(path)
            sync_folder(path.parent)
        except BaseException:
            with contextlib.suppress(OSError):
                temporary.unlink(missing_ok=True)
            raise


def clear_parts(folder: Path) -> None:
    """Remove what processes that were killed in the middle of a file have left in a folder: `.NAME.PID.part`."""
    for path in folder.glob(".*.part"):
        process = path.name.split(".")[-2]
        if process.isdecimal() and not _runs(int(process)):
            with contextlib.suppress(OSError):
                path.unlink()


def _runs(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True


def sync_folder(folder: Path) -> None:
    """Make renames in `folder` durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
