"""The one place that knows the SQLite library and how a ledger must be opened.

TRUNCATE + FULL everywhere: acknowledged commits survive a power cut on every file system we meet, and a reader on a
share never needs shared memory. WAL and NORMAL are never used.
"""

from __future__ import annotations

import contextlib
import sqlite3
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import peewee

from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    import os
    from pathlib import PurePath

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


_noting = threading.Lock()
_open_here: Counter[tuple[int, int]] = Counter()
"""Files that this process has open, by device and inode: reading one of them by hand would drop our locks (POSIX)."""


class NeedsWriting(KnownError):
    """The file cannot be read without being written to once: it is of an older format, or a write was broken off."""


class _Database(peewee.SqliteDatabase):
    """A peewee database that notes which files this process has open."""

    file: tuple[int, int] | None = None

    def note(self, found: os.stat_result) -> None:
        """Remember which file this connection holds."""
        self.file = (found.st_dev, found.st_ino)
        with _noting:
            _open_here[self.file] += 1

    def close(self) -> bool:
        """Close the connection and forget the file."""
        if self.file is not None:
            with _noting:
                _open_here[self.file] -= 1
            self.file = None
        closed: bool = super().close()
        return closed


def uri_of(path: PurePath, mode: str) -> str:
    """``path`` (absolute) as SQLite's URI, shares included: file:////server/share/台账.ledger?mode=ro."""
    text = path.as_posix()
    whole = text if text.startswith("/") else f"/{text}"
    return f"file://{quote(whole.encode('utf-8', 'surrogateescape'), safe='/:')}?mode={mode}"


def is_open_here(path: Path) -> bool:
    """Whether this process has the file open already."""
    found = path.stat()
    return _open_here[found.st_dev, found.st_ino] > 0


FAILURES = (sqlite3.Error, peewee.PeeweeException, UnicodeDecodeError)
"""What a damaged, locked or full file raises (even SQLite's own message may hold bytes that are no text)."""


def connect(path: Path, *, read_only: bool = False) -> peewee.SqliteDatabase:
    """Open ``path`` (which must exist unless writable) and set the pragmas. Raises :class:`KnownError`."""
    path = Path(path).absolute()
    uri = uri_of(path, "ro" if read_only else "rwc")
    opened = _Database(uri, uri=True, timeout=BUSY_MILLISECONDS / 1000, thread_safe=False, autoconnect=False)
    database: peewee.SqliteDatabase = opened
    try:
        database.connect()
        connection = database.connection()
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LENGTH_LIMIT)
        for name, wanted in PRAGMAS:
            if read_only and name == "journal_mode":
                continue
            connection.execute(f"PRAGMA {name} = {wanted}").fetchall()
        _read_back(connection, read_only=read_only)
        if path.exists():
            opened.note(path.stat())
    except (*FAILURES, OSError) as error:
        _give_up(database)
        raise explain(error, path) from error
    except KnownError:
        _give_up(database)
        raise
    return database


def _give_up(database: peewee.SqliteDatabase) -> None:
    with contextlib.suppress(*FAILURES):
        database.close()


def drop_empty_journal(database: peewee.SqliteDatabase) -> None:
    """Take the zero-length journal that TRUNCATE mode leaves out of the folder, unless somebody else is at work."""
    connection = database.connection()
    with contextlib.suppress(sqlite3.Error):
        connection.execute("PRAGMA busy_timeout = 0").fetchall()
        connection.execute("PRAGMA journal_mode = delete").fetchall()


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
    while "cannot rollback" in str(error) and isinstance(error.__context__, Exception):
        error = error.__context__  # SQLite had already taken everything back; what made it do so is the failure
    cause = getattr(error, "orig", error)  # what peewee wrapped
    code, text = str(getattr(cause, "sqlite_errorname", "")), str(error).lower()
    name = path.name
    if code == "SQLITE_NOTADB" or "file is not a database" in text:
        return KnownError(f"“{name}”不是产业链办的台账文件，没有打开；请检查是否选错了文件。", detail=text)
    if code in {"SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_RECOVERY", "SQLITE_READONLY_CANTINIT"}:
        return NeedsWriting(
            f"“{name}”上一次写入没有完成，要在可写的位置打开一次才能还原；请把它连同旁边的 -journal 文件放到可写的位置。",
            detail=text,
        )
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "locked" in text:
        return KnownError(f"“{name}”正被另一个窗口或另一台电脑使用，这次没有写入；请等对方关闭后再试。", detail=text)
    if code == "SQLITE_FULL" or "disk is full" in text or getattr(error, "errno", None) in {28, 122}:
        return KnownError(f"磁盘空间不足，“{name}”没有改动；请清理磁盘后再试。", detail=text)
    if code == "SQLITE_READONLY_DBMOVED":
        return KnownError(f"“{name}”在打开期间被移动或删除，这次没有写入；请找回原文件再打开。", detail=text)
    if code.startswith(("SQLITE_READONLY", "SQLITE_PERM")) or "permission" in text:
        return KnownError(f"“{name}”或它所在的文件夹是只读的，没有写入；请换一个可写的位置。", detail=text)
    if code.startswith("SQLITE_CANTOPEN") or "unable to open" in text:
        return KnownError(f"打不开“{path}”；请检查文件是否存在、文件夹是否可写。", detail=text)
    if code.startswith("SQLITE_CORRUPT") or "malformed" in text or "utf-8" in text:
        return KnownError(f"“{name}”已损坏，没有打开，文件未动；请用最近的备份恢复(restore)。", detail=text)
    return KnownError(f"“{name}”读写失败（{error}），没有改动；请重试，仍不行请用备份恢复。", detail=text)
