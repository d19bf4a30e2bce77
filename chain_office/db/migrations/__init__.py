"""Frozen, numbered schema steps. A step is plain SQL text in a file; it never looks at live models.

``NNNN_name.sql`` brings a ledger from version NNNN-1 to NNNN. All pending steps, the history triggers and the version
number go through in one IMMEDIATE transaction, after a verified copy of the file was put beside it.
"""

from __future__ import annotations

import sqlite3
from importlib import resources
from typing import TYPE_CHECKING

from chain_office.db import engine, history
from chain_office.domain.errors import BugError, LedgerNewer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import peewee


def steps() -> list[tuple[int, str]]:
    """(version, SQL text) of every step, in order."""
    return sorted(
        (int(entry.name[:4]), entry.read_text(encoding="utf-8"))
        for entry in resources.files(__name__).iterdir()
        if entry.name.endswith(".sql")
    )


def newest() -> int:
    """The schema version this program writes."""
    return steps()[-1][0]


def version_of(database: peewee.SqliteDatabase) -> int:
    """The schema version of an open file."""
    return int(database.execute_sql("PRAGMA user_version").fetchone()[0])


def refuse_newer(database: peewee.SqliteDatabase, path: Path) -> None:
    """Raise :class:`KnownError` for a file made by a newer program."""
    found = version_of(database)
    if found > newest():
        raise LedgerNewer(
            f"“{path.name}”是更新版本的程序建立的（格式 {found}，本程序只认到 {newest()}），没有打开，文件未动；请升级程序。",
            path=path,
        )


def migrate(database: peewee.SqliteDatabase, *, up_to: int | None = None) -> list[int]:
    """Bring an open file to the newest version (or ``up_to``) in one transaction; returns the versions applied.

    Any failure rolls the whole transaction back: the file stays at the version it had.
    """
    current = version_of(database)
    pending = [(number, sql) for number, sql in steps() if current < number <= (up_to or newest())]
    if not pending:
        return []
    with database.atomic("IMMEDIATE"):
        history.drop(database)
        for number, sql in pending:
            if number != current + 1:
                raise BugError(f"migration {current + 1} is missing")
            for statement in statements(sql):
                database.execute_sql(statement)
            current = number
        history.install(database)
        database.execute_sql(f"PRAGMA application_id = {engine.APPLICATION_ID}")
        database.execute_sql(f"PRAGMA user_version = {current}")
        orphans = database.execute_sql("PRAGMA foreign_key_check").fetchmany(1)
        if orphans:
            raise BugError(f"migration left dangling references: {orphans}")
    return [number for number, _ in pending]


def statements(sql: str) -> Iterator[str]:
    """Split SQL text into statements (semicolons inside triggers and strings do not split)."""
    pending = ""
    for line in sql.splitlines(keepends=True):
        if not pending and line.lstrip().startswith("--"):
            continue
        pending += line
        if sqlite3.complete_statement(pending):
            yield pending.strip()
            pending = ""
    if pending.strip():
        raise BugError("migration text ends inside a statement")
