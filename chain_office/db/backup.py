"""Verified copies by SQLite's backup interface. A live ledger is never copied as a file."""

from __future__ import annotations

import shutil
import sqlite3
import time
from pathlib import Path
from typing import TYPE_CHECKING

from chain_office import clock, files
from chain_office.db import engine, guard
from chain_office.domain.errors import KnownError, LedgerLocked

if TYPE_CHECKING:
    import peewee

_PAGES, _REST = 512, 0.02
"""Pages of one gentle step (2 MiB), and seconds of rest where somebody else has the lock."""
_GENTLE_PATIENCE, _MOST_TURNS = 20.0, 20
_BUSY = frozenset({5, 6})
"""SQLITE_BUSY, SQLITE_LOCKED."""


def copy_to(database: peewee.SqliteDatabase, source: Path, target: Path, *, gently: bool = False) -> Path:
    """Copy an open ledger to ``target`` whole, check the copy in full, then put it in place. Returns ``target``.
    ``gently``: a few pages at a time, so that who writes meanwhile does not wait."""
    with files.atomic_output(target) as temporary:
        (_copy_gently if gently else _copy)(database, source, temporary)
        verify(temporary, shown_as=target)
    return target


def _copy(database: peewee.SqliteDatabase, source: Path, temporary: Path) -> None:
    """Copy page by page. Reading begins first: the backup call itself would wait for a lock without end."""
    temporary.unlink()
    try:
        copy = sqlite3.connect(temporary)
        try:
            database.execute_sql("BEGIN")
            try:
                database.execute_sql("SELECT count(*) FROM sqlite_master").fetchone()
                database.connection().backup(copy)
            finally:
                database.execute_sql("ROLLBACK")
            copy.execute("PRAGMA journal_mode = delete")
        finally:
            copy.close()
    except engine.FAILURES as error:
        raise engine.explain(error, source) from error


def _copy_gently(database: peewee.SqliteDatabase, source: Path, temporary: Path) -> None:
    """Copy between the saves of others: the lock is let go after every step, and SQLite begins again by itself when
    somebody has written in between. Who writes without a pause, or holds the lock, is left to the next time."""
    temporary.unlink()
    moved = time.monotonic()
    left, turns = -1, 0

    def step(status: int, remaining: int, _total: int) -> None:
        nonlocal moved, left, turns
        if status in _BUSY:
            if time.monotonic() - moved > _GENTLE_PATIENCE:
                raise LedgerLocked(f"“{source.name}”一直被占用，这次没有备份；稍后会再试。", path=source)
            return
        moved = time.monotonic()
        turns += remaining > left >= 0
        left = remaining
        if turns > _MOST_TURNS:
            raise LedgerLocked(f"“{source.name}”一直有人在写，这次没有备份；稍后会再试。", path=source)

    try:
        copy = sqlite3.connect(temporary)
        try:
            database.connection().backup(copy, pages=_PAGES, progress=step, sleep=_REST)
            copy.execute("PRAGMA journal_mode = delete")
        finally:
            copy.close()
    except engine.FAILURES as error:
        raise engine.explain(error, source) from error


def verify(path: Path, *, shown_as: Path | None = None) -> None:
    """Raise :class:`KnownError` unless ``path`` is a whole, sound ledger."""
    guard.inspect_file(path)
    copy = engine.connect(path, read_only=True)
    try:
        guard.admit(copy, shown_as or path, thorough=True)
    finally:
        copy.close()


def default_folder(ledger: Path) -> Path:
    """Where backups go unless the user says otherwise."""
    return ledger.with_name(f"{ledger.stem}-备份")


def backup_name(ledger: Path, label: str = "") -> str:
    """File name of a backup taken now: "台账-20211119-153000[-label].ledger"."""
    moment = clock.now().strftime("%Y%m%d-%H%M%S")
    tail = f"-{label}" if label else ""
    return f"{ledger.stem}-{moment}{tail}.ledger"


def back_up(
    database: peewee.SqliteDatabase, ledger: Path, folder: Path | None = None, label: str = "", *, gently: bool = False
) -> Path:
    """Put a verified backup into ``folder`` (made if missing); never over an existing file."""
    place = folder or default_folder(ledger)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(f"建不了备份文件夹“{place}”（{files.reason(error)}）；请换一个位置。") from error
    name = backup_name(ledger, label)
    target = place / name
    serial = 2
    while target.exists():
        target = place / f"{Path(name).stem}-{serial}.ledger"
        serial += 1
    return copy_to(database, ledger, target, gently=gently)


def restore(ledger: Path, chosen: Path) -> Path | None:
    """Put backup ``chosen`` in the place of ``ledger``. What stood there is kept beside it; returns that path.

    The backup is checked in full first; a ledger in use elsewhere is refused.
    """
    verify(chosen)
    if ledger.exists() and ledger.samefile(chosen):
        raise KnownError("备份文件和台账是同一个文件，没有什么可恢复的；请选择另一份备份。")
    if ledger.is_file():
        _refuse_if_in_use(ledger)
    source = engine.connect(chosen, read_only=True)
    try:
        with files.atomic_output(ledger) as temporary:
            _copy(source, chosen, temporary)
            verify(temporary, shown_as=chosen)
            kept = _set_aside(ledger)
    finally:
        source.close()
    return kept


def _refuse_if_in_use(ledger: Path) -> None:
    """A sound ledger must let itself be locked for a moment (a write broken off is taken back by that); a damaged one,
    or a file that is none, is nobody's to hold."""
    try:
        guard.inspect_file(ledger)
    except KnownError:
        return
    try:
        probe = sqlite3.connect(engine.uri_of(ledger.absolute(), "rw"), uri=True, timeout=1, isolation_level=None)
    except sqlite3.Error:
        return
    try:
        probe.execute("BEGIN EXCLUSIVE")
        probe.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise engine.explain(error, ledger) from error
    except sqlite3.DatabaseError:
        return
    finally:
        probe.close()


def _set_aside(ledger: Path) -> Path | None:
    """Keep what stands there under another name; its name is free for the one to come, or still its own (a hard link),
    so that a kill in between leaves the old ledger in its place. A journal that could not be played back goes along."""
    if not ledger.exists():
        set_aside_journal(ledger)
        return None
    kept = _free_name(ledger, "恢复前")
    if not guard.has_journal(ledger):
        guard.journal_of(ledger).unlink(missing_ok=True)
        try:
            kept.hardlink_to(ledger)
        except OSError:  # a file system without hard links
            shutil.copy2(ledger, kept)
        return kept
    ledger.replace(kept)
    guard.journal_of(ledger).replace(guard.journal_of(kept))
    return kept


def set_aside_journal(ledger: Path) -> None:
    """A journal without its ledger would be played into whatever takes the ledger's name: give it another."""
    if guard.has_journal(ledger):
        stray = guard.journal_of(ledger)
        stray.replace(_free_name(stray, "遗留"))


def _free_name(path: Path, label: str) -> Path:
    """ "台账-恢复前-20211119-153000.ledger", numbered where that is taken."""
    moment = clock.now().strftime("%Y%m%d-%H%M%S")
    serial = 1
    while True:
        tail = f"-{serial}" if serial > 1 else ""
        found = path.with_name(f"{path.stem}-{label}-{moment}{tail}{path.suffix}")
        if not found.exists():
            return found
        serial += 1
