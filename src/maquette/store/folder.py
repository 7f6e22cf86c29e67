"""A production's folder: one database, one media store, one lock."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from maquette.film.errors import StoreError
from maquette.store.database import Database
from maquette.store.files import file_errors
from maquette.store.media import MediaStore

DATABASE = "production.sqlite"
MEDIA = "media"


@dataclass(frozen=True)
class ProductionFolder:
    """An opened production."""

    root: Path
    database: Database
    media: MediaStore

    def close(self) -> None:
        self.database.close()


def create_folder(root: Path) -> ProductionFolder:
    """Make an empty production in `root`, which must not hold one yet. Files that are there stay."""
    if root.exists() and not root.is_dir():
        raise StoreError(f"{root} is a file: name a folder for the production.")
    if (root / DATABASE).exists():
        raise StoreError(
            f"{root} already holds a production: use `maquette update` for a new draft, or name another folder."
        )
    with file_errors(root, "making"):
        (root / MEDIA).mkdir(parents=True, exist_ok=True)
    return ProductionFolder(root, Database(root / DATABASE), MediaStore(root / MEDIA))


def open_folder(root: Path) -> ProductionFolder:
    """Open the production in `root`."""
    if not root.is_dir():
        raise StoreError(f"There is no folder {root}: make a production with `maquette new {root} --script FILE`.")
    if not (root / DATABASE).is_file():
        raise StoreError(
            f"{root} holds no production ({DATABASE} is missing): make one with `maquette new {root} --script FILE`."
        )
    return ProductionFolder(root, Database(root / DATABASE), MediaStore(root / MEDIA))


@contextlib.contextmanager
def only_writer(root: Path) -> Iterator[None]:
    """Hold the production's lock. The system lets go of it when the process ends, however it ends."""
    path = root / ".lock"
    with file_errors(path, "opening"):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(
                f"Another Maquette is working on {root}: wait until it has finished, then run the command again."
            ) from None
        yield
    finally:
        os.close(handle)
