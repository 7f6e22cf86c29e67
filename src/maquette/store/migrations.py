"""The database's numbered migrations. A migration, once released, never changes; a new need is a new number."""

from __future__ import annotations

from sqlalchemy import Connection, text

MIGRATIONS: tuple[tuple[int, str, tuple[str, ...]], ...] = (
    (
        1,
        "documents with their history, panels by request, drafts, and a log of actions",
        (
            """CREATE TABLE document (
                id INTEGER PRIMARY KEY,
                kind TEXT NOT NULL,
                name TEXT NOT NULL,
                version INTEGER NOT NULL,
                schema INTEGER NOT NULL,
                body TEXT NOT NULL,
                digest TEXT NOT NULL,
                at TEXT NOT NULL,
                UNIQUE (kind, name, version))""",
            """CREATE TABLE panel (
                request TEXT PRIMARY KEY,
                shot TEXT NOT NULL,
                body TEXT NOT NULL,
                media TEXT NOT NULL,
                suffix TEXT NOT NULL,
                facts TEXT NOT NULL,
                at TEXT NOT NULL)""",
            "CREATE INDEX panel_by_shot ON panel (shot)",
            """CREATE TABLE log (
                seq INTEGER PRIMARY KEY,
                at TEXT NOT NULL,
                action TEXT NOT NULL,
                detail TEXT NOT NULL)""",
        ),
    ),
)

LATEST = MIGRATIONS[-1][0]


def migrate(connection: Connection) -> int:
    """Bring a database up to `LATEST`, each step in its own transaction. Returns the version it had before.

    The version is SQLite's own `user_version`, so an empty file is version 0.
    """
    before = int(connection.execute(text("PRAGMA user_version")).scalar_one())
    connection.commit()
    for number, _, statements in MIGRATIONS:
        if number <= before:
            continue
        with connection.begin():
            for statement in statements:
                connection.execute(text(statement))
            connection.execute(text(f"PRAGMA user_version = {number}"))
    return before
