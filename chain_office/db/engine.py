"""The one place that knows the SQLite library and how a ledger must be opened.

TRUNCATE + FULL everywhere: acknowledged commits survive a power cut on every file system we meet, and a reader on a
share never needs shared memory. WAL and NORMAL are never used.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import peewee

from chain_office import files
from chain_office.domain.errors import (
    DiskFull,
    KnownError,
    LedgerDamaged,
    LedgerFault,
    LedgerLocked,
    LedgerMissing,
    LedgerReadOnly,
    LedgerUnreachable,
    LedgerVanished,
    NotALedger,
)

if TYPE_CHECKING:
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


class NeedsWriting(LedgerFault):
    """The file cannot be read without being written to once: it is of an older format, or a write was broken off."""


class _Database(peewee.SqliteDatabase):
    """A peewee database that notes which files this process has open."""

    file: tuple[int, int] | None = None
    place: Path | None = None

    def note(self, place: Path) -> None:
        """Remember which file this connection holds."""
        found = place.stat()
        self.place = place
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


def refuse_if_gone(database: peewee.SqliteDatabase) -> None:
    """Raise :class:`LedgerVanished` if the open file was removed, renamed or replaced: reading on from it would show
    what nobody else has any more. (Windows lets nobody do that to an open file.)"""
    if os.name == "nt" or not isinstance(database, _Database) or database.place is None:
        return
    try:
        found = os.stat(database.place)  # noqa: PTH116 - asked before every read: half the price of Path.stat
    except FileNotFoundError as error:
        raise vanished(database.place, str(error)) from error
    except OSError as error:
        raise unreachable(database.place, error) from error
    if (found.st_dev, found.st_ino) != database.file:
        raise vanished(database.place, "another file stands there")


def vanished(path: Path, detail: str = "") -> LedgerVanished:
    """What is said when an open ledger is no longer where it was."""
    return LedgerVanished(
        f"台账文件不见了：“{path.name}”在打开期间被移动或删除，这次没有读写；请把它放回“{path.parent}”，或找到它再打开。",
        path=path,
        detail=detail,
    )


def unreachable(path: Path, error: OSError) -> LedgerUnreachable:
    """What is said when the place of an open ledger does not answer."""
    return LedgerUnreachable(
        f"“{path.name}”所在的位置一时够不着（{files.reason(error)}），这次没有读写；请检查网络或磁盘后再试。",
        path=path,
        detail=str(error),
    )


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
            opened.note(path)
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


def probe_writing(database: peewee.SqliteDatabase, path: Path) -> None:
    """Begin a write and take it back: raises what the first save would."""
    try:
        database.execute_sql("BEGIN IMMEDIATE")  # of a read-only file SQLite makes this a mere BEGIN
        try:
            database.execute_sql("UPDATE write_context SET write_no = NULL WHERE id = 1")
        finally:
            database.execute_sql("ROLLBACK")
    except FAILURES as error:
        raise explain(error, path) from error


def data_version(database: peewee.SqliteDatabase) -> int:
    """A number that changes when another connection has written. Raises LedgerVanished if the file is gone."""
    refuse_if_gone(database)
    return int(database.execute_sql("PRAGMA data_version").fetchone()[0])


def _read_back(connection: sqlite3.Connection, *, read_only: bool) -> None:
    for name, wanted in PRAGMAS:
        if read_only and name == "journal_mode":
            continue
        row = connection.execute(f"PRAGMA {name}").fetchone()
        if row is not None and str(row[0]).lower() != str(wanted):
            raise KnownError(
                f"数据库设置 {name} 没有生效（应为 {wanted}，实为 {row[0]}），为防丢数据没有打开；请换一台电脑或联系开发者。"
            )


def explain(error: Exception, path: Path, *, was_open: bool = False) -> KnownError:
    """A database failure as one sentence a clerk can act on. ``was_open``: in the middle of work, not while opening."""
    error = _first_failure(error)
    cause = getattr(error, "orig", error)  # what peewee wrapped
    code, text = str(getattr(cause, "sqlite_errorname", "")), str(error).lower()
    if getattr(error, "errno", None) in files.NO_ROOM:
        code = "SQLITE_FULL"
    if was_open and code != "SQLITE_FULL" and not path.exists():
        return vanished(path, text)
    if code == "SQLITE_NOTADB" or "file is not a database" in text:
        if was_open:
            return damaged(path, text, was_open=True)
        said = f"“{path.name}”不是产业链办的台账文件，没有打开；请检查是否选错了文件。"
        return NotALedger(said, path=path, detail=text)
    if code.startswith("SQLITE_CORRUPT") or "malformed" in text or "utf-8" in text:
        return damaged(path, text, was_open=was_open)
    return _barred(code, text, path) or _otherwise(error, code, path)


def _barred(code: str, text: str, path: Path) -> KnownError | None:
    """The file is as it should be, and something stands in the way."""
    name = path.name
    if code in {"SQLITE_READONLY_ROLLBACK", "SQLITE_READONLY_RECOVERY", "SQLITE_READONLY_CANTINIT"}:
        return NeedsWriting(
            f"“{name}”上一次写入没有完成，要在可写的位置打开一次才能还原；请把它连同旁边的 -journal 文件放到可写的位置。",
            path=path,
            detail=text,
        )
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")) or "locked" in text:
        said = f"“{name}”正被另一个窗口或另一台电脑使用，这次没有写入；请等对方关闭后再试。"
        return LedgerLocked(said, path=path, detail=text)
    if code == "SQLITE_FULL" or "disk is full" in text:
        return DiskFull(f"磁盘空间不足，“{name}”没有改动；请清理磁盘后再试。", path=path, detail=text)
    if code == "SQLITE_READONLY_DBMOVED":
        return vanished(path, text)
    if code.startswith(("SQLITE_READONLY", "SQLITE_PERM")) or "permission" in text:
        said = f"“{name}”或它所在的文件夹是只读的，没有写入；请换一个可写的位置。"
        return LedgerReadOnly(said, path=path, detail=text)
    return None


def _otherwise(error: Exception, code: str, path: Path) -> KnownError:
    text = str(error).lower()
    if code.startswith("SQLITE_CANTOPEN") or "unable to open" in text:
        kind = LedgerFault if path.exists() else LedgerMissing
        return kind(f"打不开“{path}”；请检查文件是否存在、文件夹是否可写。", path=path, detail=text)
    said = f"“{path.name}”读写失败（{error}），没有改动；请重试，仍不行请用备份恢复。"
    if code.startswith("SQLITE_CONSTRAINT"):  # nothing is the matter with the file
        return KnownError(said, detail=text)
    return LedgerFault(said, path=path, detail=text)


def _first_failure(error: Exception) -> Exception:
    """Where SQLite had already taken everything back: what made it do so."""
    while "cannot rollback" in str(error) and isinstance(error.__context__, Exception):
        error = error.__context__
    return error


def damaged(path: Path, detail: str, *, was_open: bool = False) -> LedgerDamaged:
    """What is said of a file whose pages are not what was written."""
    so = (
        "有一处读不出来了，这次没有读写；请关闭后用最近的备份恢复。"
        if was_open
        else "已损坏，没有打开，文件未动；请用最近的备份恢复(restore)。"
    )
    return LedgerDamaged(f"“{path.name}”{so}", path=path, detail=detail)
