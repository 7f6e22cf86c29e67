"""The production's database: versioned documents, panels by request digest, and a log. Every call commits."""

from __future__ import annotations

import contextlib
import hashlib
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import StaticPool

from maquette.film.base import Noun
from maquette.film.errors import DiskFull, StoreError
from maquette.store.migrations import LATEST, migrate

N = TypeVar("N", bound=Noun)

_LEAST_FREE = 128 * 1024
"""Bytes that SQLite needs at least to open a database."""


@dataclass(frozen=True)
class PanelRecord:
    """A finished panel and what made it."""

    request: str
    """Digest of the request."""
    shot: str
    body: str
    """The request as JSON: the provenance record."""
    media: str
    suffix: str
    facts: dict[str, object]
    """What was noted while making it: notes of the stage, end frame of a move ..."""


class Database:
    """One SQLite file in WAL mode with full sync, one writer connection."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._together = False
        self._engine = _engine(path)
        try:
            with self._errors():
                self._connection = self._engine.connect()
                self._open()
        except BaseException:
            self._engine.dispose()
            raise

    def _open(self) -> None:
        """Check the file and bring it up to date."""
        check = self._connection.execute(text("PRAGMA quick_check(1)")).scalar_one()
        self._connection.commit()
        if check != "ok":
            raise StoreError(self._damaged(str(check)))
        version = int(self._connection.execute(text("PRAGMA user_version")).scalar_one())
        self._connection.commit()
        if version > LATEST:
            raise StoreError(
                f"{self.path} was written by a newer Maquette (database version {version}, this one knows {LATEST}): "
                "update Maquette to open it."
            )
        migrate(self._connection)

    def close(self) -> None:
        self._connection.close()
        self._engine.dispose()

    @property
    def empty(self) -> bool:
        """Whether nothing was ever committed to it: its production was never finished."""
        with self._transaction() as c:
            return c.execute(text("SELECT 1 FROM document LIMIT 1")).first() is None

    @contextlib.contextmanager
    def together(self) -> Iterator[None]:
        """All that is stored inside is committed as one, or not at all."""
        with self._errors(), self._connection.begin():
            self._together = True
            try:
                yield
            finally:
                self._together = False

    # --- documents --------------------------------------------------------------------------------------------

    def put(self, kind: str, name: str, value: Noun, schema: int = 1) -> int:
        """Store a new version of a document; returns its version number. An unchanged value adds no version."""
        digest = value.digest()
        with self._transaction() as c:
            row = c.execute(
                text("SELECT version, digest FROM document WHERE kind=:k AND name=:n ORDER BY version DESC LIMIT 1"),
                {"k": kind, "n": name},
            ).first()
            if row is not None and row.digest == digest:
                return int(row.version)
            version = 1 if row is None else int(row.version) + 1
            c.execute(
                text(
                    "INSERT INTO document (kind, name, version, schema, body, digest, at) "
                    "VALUES (:k, :n, :v, :s, :b, :d, :t)"
                ),
                {"k": kind, "n": name, "v": version, "s": schema, "b": value.canonical_json(), "d": digest,
                 "t": _now()},
            )  # fmt: skip
            return version

    def get(self, kind: str, name: str, noun: type[N], version: int | None = None) -> N | None:
        """The latest (or a given) version of a document, or None."""
        with self._transaction() as c:
            row = c.execute(
                text(
                    "SELECT body, digest FROM document WHERE kind=:k AND name=:n AND (:v IS NULL OR version=:v) "
                    "ORDER BY version DESC LIMIT 1"
                ),
                {"k": kind, "n": name, "v": version},
            ).first()
        if row is None:
            return None
        if hashlib.sha256(str(row.body).encode()).hexdigest() != row.digest:
            raise StoreError(self._damaged(f"its {kind} document is not what was stored"))
        try:
            return noun.model_validate_json(row.body)
        except ValueError as error:
            raise StoreError(self._damaged(f"its {kind} document cannot be read")) from error

    def names(self, kind: str) -> tuple[str, ...]:
        """Names of all documents of a kind, in order of first storing."""
        with self._transaction() as c:
            rows = c.execute(
                text("SELECT name, MIN(id) AS first FROM document WHERE kind=:k GROUP BY name ORDER BY first"),
                {"k": kind},
            )
            return tuple(str(r.name) for r in rows)

    def versions(self, kind: str, name: str) -> int:
        """How many versions of a document there are."""
        with self._transaction() as c:
            query = text("SELECT COUNT(*) FROM document WHERE kind=:k AND name=:n")
            return int(c.execute(query, {"k": kind, "n": name}).scalar_one())

    # --- panels -----------------------------------------------------------------------------------------------

    def put_panel(self, record: PanelRecord) -> None:
        with self._transaction() as c:
            c.execute(
                text(
                    "INSERT OR REPLACE INTO panel (request, shot, body, media, suffix, facts, at) "
                    "VALUES (:r, :s, :b, :m, :x, :f, :t)"
                ),
                {"r": record.request, "s": record.shot, "b": record.body, "m": record.media, "x": record.suffix,
                 "f": json.dumps(record.facts, sort_keys=True), "t": _now()},
            )  # fmt: skip

    def panel(self, request: str) -> PanelRecord | None:
        """The record of a request's panel, or None. A record that cannot be read counts as none: it is made anew."""
        with self._transaction() as c:
            row = c.execute(text("SELECT * FROM panel WHERE request=:r"), {"r": request}).first()
        if row is None:
            return None
        try:
            facts = json.loads(row.facts)
        except ValueError:
            return None
        return PanelRecord(row.request, row.shot, row.body, row.media, row.suffix, facts)

    def panels_of(self, shot: str) -> tuple[PanelRecord, ...]:
        """All panels of a shot, newest first; records that cannot be read are left out."""
        with self._transaction() as c:
            query = text("SELECT request FROM panel WHERE shot=:s ORDER BY at DESC, rowid DESC")
            requests = [str(r.request) for r in c.execute(query, {"s": shot})]
        found = (self.panel(r) for r in requests)
        return tuple(r for r in found if r is not None)

    def known_media(self) -> frozenset[str]:
        """Digests of the pictures that panels name."""
        with self._transaction() as c:
            return frozenset(str(r.media) for r in c.execute(text("SELECT media FROM panel")))

    def count_panels(self) -> int:
        with self._transaction() as c:
            return int(c.execute(text("SELECT COUNT(*) FROM panel")).scalar_one())

    # --- log --------------------------------------------------------------------------------------------------

    def log(self, action: str, detail: str = "") -> None:
        """Note what was done, for the people of the production."""
        with self._transaction() as c:
            c.execute(
                text("INSERT INTO log (at, action, detail) VALUES (:t, :a, :d)"),
                {"t": _now(), "a": action, "d": detail},
            )

    def history(self) -> tuple[tuple[str, str, str], ...]:
        """(time, action, detail), oldest first."""
        with self._transaction() as c:
            rows = c.execute(text("SELECT at, action, detail FROM log ORDER BY seq"))
            return tuple((str(r.at), str(r.action), str(r.detail)) for r in rows)

    # --- inside -----------------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[Connection]:
        if self._together:
            yield self._connection
            return
        with self._errors(), self._connection.begin():
            yield self._connection

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            words = str(error.orig)
            if "full" in words or ("disk I/O" in words and self._no_space()):
                raise DiskFull(
                    f"The disk is full while writing {self.path}: free some space and run the command again; "
                    "everything finished before is kept."
                ) from error
            if "disk I/O" in words:
                raise StoreError(
                    f"The disk failed at {self.path} ({words}): check the disk and its connection, then run the "
                    "command again; everything finished before is kept."
                ) from error
            if isinstance(error, OperationalError) and "locked" in words:
                raise StoreError(
                    f"Another Maquette is writing to {self.path}: wait until it has finished, then try again."
                ) from error
            if not self.path.exists():
                raise StoreError(
                    f"{self.path} is gone: the production was moved or deleted while Maquette worked on it; run the "
                    "command again where it is now."
                ) from error
            if isinstance(error, OperationalError) and ("readonly" in words or "unable to open" in words):
                raise StoreError(
                    f"No permission to write {self.path}: change the permissions of the production's folder."
                ) from error
            raise StoreError(self._damaged(words)) from error

    def _no_space(self) -> bool:
        """Whether the disk is full: SQLite reports a failed growth of its shared memory as a mere I/O error."""
        with contextlib.suppress(OSError):
            return shutil.disk_usage(self.path.parent).free < _LEAST_FREE
        return False

    def _damaged(self, words: str) -> str:
        return (
            f"The database {self.path} is damaged ({words}): put back a copy of this file, or move it away and run "
            "`maquette new` on the same folder; the pictures in media/ are found again."
        )


def _engine(path: Path) -> Engine:
    engine = create_engine(
        f"sqlite:///{path}", poolclass=StaticPool, connect_args={"timeout": 5.0, "check_same_thread": False}
    )

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: object, _: object) -> None:  # pyright: ignore[reportUnusedFunction]
        cursor = connection.cursor()  # type: ignore[attr-defined]
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    return engine


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
