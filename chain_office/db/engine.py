"""The one place that knows the SQLite library and how a ledger must be opened.

TRUNCATE + FULL everywhere: acknowledged commits survive a power cut on every file system we meet, and a reader on a
share never needs shared memory. WAL and NORMAL are never used.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import peewee

from chain_office.domain.errors import KnownError

APPLICATION_ID = 0x43484F46
"""PRAGMA application_id of a ledger ("CHOF")."""
BUSY_MILLISECONDS = 5000
_LENGTH_LIMIT = 64 * 1024 * 1024

PRAGMAS: tuple[tuple[str, str | int], ...] = (
    ("busy_timeout", BUSY_MILLISECONDS),
    ("trusted_schema", 0),
    ("foreign_keys", 1),
    ("cell_size_check", 1),
    ("mmap_size", 0),
    ("temp_store", 2),
    ("synchronous", 2),
    ("journal_mode", "truncate"),
)
"""Set on every connection, in this order, and read back. A connection on which one did not take may not write."""


def connect(path: Path, *, read_only: bool = False) -> peewee.SqliteDatabase:
    """Open ``path`` (which must exist unless writable) and set the pragmas. Raises :class:`KnownError`."""
    mode = "ro" if read_only else "rwc"
    uri = f"{Path(path).absolute().as_uri()}?mode={mode}"
    database = peewee.SqliteDatabase(
        uri, uri=True, timeout=BUSY_MILLISECONDS / 1000, thread_safe=False, autoconnect=False
    )
    try:
        database.connect()
        connection = database.connection()
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LENGTH_LIMIT)
        for name, wanted in PRAGMAS:
            if read_only and name == "journal_mode":
                continue
            connection.execute(f"PRAGMA {name} = {wanted}").fetchall()
        _read_back(connection, read_only=read_only)
    except sqlite3.Error as error:
        with contextlib.suppress(sqlite3.Error, peewee.PeeweeException):
            database.close()
        raise explain(error, Path(path)) from error
    except peewee.PeeweeException as error:
        raise explain(error, Path(path)) from error
    return database


def _read_back(connection: sqlite3.Connection, *, read_only: bool) -> None:
    for name, wanted in PRAGMAS:
        if read_only and name == "journal_mode":
            continue
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row is not None and str(row[0]).lower() != str(wanted):
            raise KnownError(
                f"数据库设置 {name} 没有生效（应为 {wanted}，实为 {row[0]}），为防丢数据没有打开；请换一台电脑或联系开发者。"
            )


def explain(error: Exception, path: Path) -> KnownError:
    """A database failure as one sentence a clerk can act on."""
    text = str(error).lower()
    name = path.name
    if "file is not a database" in text or "file is encrypted" in text:
        return KnownError(f"“{name}”不是产业链办的台账文件，没有打开；请检查是否选错了文件。", detail=text)
    if "locked" in text or "busy" in text:
        return KnownError(f"“{name}”正被另一个窗口或另一台电脑使用，这次没有写入；请等对方关闭后再试。", detail=text)
    if "disk is full" in text or "database or disk is full" in text:
        return KnownError(f"磁盘空间不足，“{name}”没有改动；请清理磁盘后再试。", detail=text)
    if "moved" in text:
        return KnownError(f"“{name}”在打开期间被移动或删除，这次没有写入；请找回原文件再打开。", detail=text)
    if "readonly" in text or "read-only" in text or "permission" in text:
        return KnownError(f"“{name}”或它所在的文件夹是只读的，没有写入；请换一个可写的位置。", detail=text)
    if "unable to open" in text:
        return KnownError(f"打不开“{path}”；请检查文件是否存在、文件夹是否可写。", detail=text)
    if "malformed" in text or "corrupt" in text:
        return KnownError(f"“{name}”已损坏，没有打开，文件未动；请用最近的备份恢复(restore)。", detail=text)
    return KnownError(f"“{name}”读写失败（{error}），没有改动；请重试，仍不行请用备份恢复。", detail=text)
