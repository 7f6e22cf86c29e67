"""A production's folder: one database, one media store, one lock."""

from __future__ import annotations

import contextlib
import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from maquette.film.errors import NoProduction, StoreError
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
    """Make an empty production in `root`, which must not hold one yet. Files that are there stay.

    One that was begun and never finished is begun again.
    """
    if root.exists() and not root.is_dir():
        raise StoreError(f"{root} is a file: name a folder for the production.")
    with file_errors(root, "making"):
        (root / MEDIA).mkdir(parents=True, exist_ok=True)
    with only_writer(root):
        folder = ProductionFolder(root, Database(root / DATABASE), MediaStore(root / MEDIA))
    try:
        refuse_second(folder)
    except BaseException:
        folder.close()
        raise
    return folder


def refuse_second(folder: ProductionFolder) -> None:
    """Raises StoreError if a production is in the folder already."""
    if not folder.database.empty:
        raise StoreError(
            f"{folder.root} already holds a production: use `maquette update` for a new draft, or name another folder."
        )


def open_folder(root: Path) -> ProductionFolder:
    """Open the production in `root`."""
    again = f"`maquette new {root} --script FILE`"
    if root.exists() and not root.is_dir():
        raise StoreError(f"{root} is a file: name the folder of a production, or make one with {again}.")
    with file_errors(root, "opening"):
        there = root.is_dir(), (root / DATABASE).is_file()
    if not there[0]:
        raise NoProduction(f"There is no folder {root}: make a production with {again}.")
    if not there[1]:
        raise NoProduction(f"{root} holds no production ({DATABASE} is missing): make one with {again}.")
    folder = ProductionFolder(root, Database(root / DATABASE), MediaStore(root / MEDIA))
    if folder.database.empty:
        folder.close()
        raise NoProduction(f"The production in {root} was begun but never finished: run {again} again.")
    return folder


@contextlib.contextmanager
def only_writer(root: Path, *, waits: bool = False) -> Iterator[None]:
    """Hold the production's lock. The system lets go of it when the process ends, however it ends.

    waits: where another holds it, wait until it is free: for what took minutes to make and is to be kept. Else raises
    StoreError.
    """
    path = root / ".lock"
    with file_errors(path, "opening"):
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | (0 if waits else fcntl.LOCK_NB))
        except BlockingIOError:
            raise StoreError(
                f"Another Maquette is working on {root}: wait until it has finished, then run the command again."
            ) from None
        yield
    finally:
        os.close(handle)
