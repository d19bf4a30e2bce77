"""What is checked before a file is trusted as a ledger, in an order in which nothing hostile gets to run."""

from __future__ import annotations

import hashlib
import sqlite3
from typing import TYPE_CHECKING

from chain_office.db import engine
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from pathlib import Path

    import peewee

_MAGIC = b"SQLite format 3\x00"
_HEADER = 100


def inspect_file(path: Path) -> None:
    """Refuse what cannot be a ledger by its size, type and first bytes. Call before any connection is open on it:
    reading a live database file by hand would drop this process's locks on it (POSIX)."""
    if not path.exists():
        raise KnownError(f"找不到台账“{path}”；请检查路径，或用 sample、import 新建一个。")
    if path.is_dir():
        raise KnownError(f"“{path}”是一个文件夹，不是台账；请给出台账文件(.ledger)。")
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEADER)
    except OSError as error:
        raise KnownError(f"读不了“{path.name}”（{error.strerror}）；请检查权限或是否被其他程序占用。") from error
    if not head:
        raise KnownError(f"“{path.name}”是空文件，不是台账；请检查是否复制不完整，或用备份恢复。")
    if len(head) < _HEADER or not head.startswith(_MAGIC):
        raise KnownError(f"“{path.name}”不是产业链办的台账文件，没有打开，文件未动；请检查是否选错了文件。")
    page_size = int.from_bytes(head[16:18], "big") or 65536
    pages = int.from_bytes(head[28:32], "big")
    application = int.from_bytes(head[68:72], "big")
    if application != engine.APPLICATION_ID:
        raise KnownError(f"“{path.name}”是别的程序的数据库，不是产业链办的台账，没有打开，文件未动。")
    journal = path.with_name(path.name + "-journal")
    has_journal = journal.exists() and journal.stat().st_size > 0
    if not has_journal and page_size * pages > path.stat().st_size:
        raise KnownError(f"“{path.name}”不完整（比应有的短），没有打开，文件未动；请用最近的备份恢复(restore)。")


def fingerprint(database: peewee.SqliteDatabase) -> str:
    """A digest of the schema: every table, index, trigger and view with its SQL."""
    rows = database.execute_sql(
        "SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' "
        "ORDER BY type, name"
    ).fetchall()
    digest = hashlib.sha256()
    for row in rows:
        digest.update("\x1f".join(row).encode())
        digest.update(b"\x1e")
    return digest.hexdigest()


def quick_check(database: peewee.SqliteDatabase, path: Path) -> None:
    """Structure and references, quickly. Raises :class:`KnownError` naming the first fault."""
    _require_ok(database, path, "quick_check")


def full_check(database: peewee.SqliteDatabase, path: Path) -> None:
    """Structure, indexes and references in full (on demand, and on every backup copy)."""
    _require_ok(database, path, "integrity_check")


def _require_ok(database: peewee.SqliteDatabase, path: Path, pragma: str) -> None:
    try:
        faults = [str(row[0]) for row in database.execute_sql(f"PRAGMA {pragma}(5)").fetchall()]
        orphans = database.execute_sql("PRAGMA foreign_key_check").fetchmany(5)
    except sqlite3.Error as error:
        raise engine.explain(error, path) from error
    if faults != ["ok"]:
        raise KnownError(
            f"“{path.name}”有损坏，没有打开，文件未动；请用最近的备份恢复(restore)。", detail="; ".join(faults)
        )
    if orphans:
        raise KnownError(
            f"“{path.name}”的记录之间有断开的引用，可能被别的程序改过；请用最近的备份恢复(restore)。",
            detail=str(orphans),
        )
