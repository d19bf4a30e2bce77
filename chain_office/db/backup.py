"""Verified copies by SQLite's backup interface. A live ledger is never copied as a file."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING

from chain_office import clock, files
from chain_office.db import engine, guard
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    import peewee


def copy_to(database: peewee.SqliteDatabase, source: Path, target: Path) -> Path:
    """Copy an open ledger to ``target`` whole, check the copy in full, then put it in place. Returns ``target``."""
    with files.atomic_output(target) as temporary:
        temporary.unlink()
        try:
            copy = sqlite3.connect(temporary)
            try:
                database.connection().backup(copy)
                copy.execute("PRAGMA journal_mode = delete")
            finally:
                copy.close()
        except sqlite3.Error as error:
            raise engine.explain(error, source) from error
        verify(temporary, shown_as=target)
    return target


def verify(path: Path, *, shown_as: Path | None = None) -> None:
    """Raise :class:`KnownError` unless ``path`` is a whole, sound ledger."""
    shown = shown_as or path
    guard.inspect_file(path)
    copy = engine.connect(path, read_only=True)
    try:
        guard.full_check(copy, shown)
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


def back_up(database: peewee.SqliteDatabase, ledger: Path, folder: Path | None = None, label: str = "") -> Path:
    """Put a verified backup into ``folder`` (made if missing); never over an existing file."""
    place = folder or default_folder(ledger)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(f"建不了备份文件夹“{place}”（{error.strerror}）；请换一个位置。") from error
    name = backup_name(ledger, label)
    target = place / name
    serial = 2
    while target.exists():
        target = place / f"{Path(name).stem}-{serial}.ledger"
        serial += 1
    return copy_to(database, ledger, target)


def restore(ledger: Path, chosen: Path) -> Path | None:
    """Put backup ``chosen`` in the place of ``ledger``. What stood there is kept beside it; returns that path.

    The backup is checked in full first; a ledger in use elsewhere is refused.
    """
    verify(chosen)
    if ledger.exists() and ledger.samefile(chosen):
        raise KnownError("备份文件和台账是同一个文件，没有什么可恢复的；请选择另一份备份。")
    kept = None
    if ledger.exists():
        kept = ledger.with_name(f"{ledger.stem}-恢复前-{clock.now().strftime('%Y%m%d-%H%M%S')}{ledger.suffix}")
        _refuse_if_in_use(ledger)
    source = engine.connect(chosen, read_only=True)
    try:
        with files.atomic_output(ledger) as temporary:
            temporary.unlink()
            copy = sqlite3.connect(temporary)
            try:
                source.connection().backup(copy)
            finally:
                copy.close()
            verify(temporary, shown_as=chosen)
            if kept is not None:
                _set_aside(ledger, kept)
    finally:
        source.close()
    return kept


def _refuse_if_in_use(ledger: Path) -> None:
    """A sound ledger must let itself be locked for a moment; a damaged one is nobody's to hold."""
    try:
        probe = sqlite3.connect(f"{ledger.absolute().as_uri()}?mode=rw", uri=True, timeout=1, isolation_level=None)
    except sqlite3.Error:
        return
    try:
        probe.execute("BEGIN EXCLUSIVE")
        probe.execute("ROLLBACK")
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise engine.explain(error, ledger) from error
    except sqlite3.DatabaseError:
        return
    finally:
        probe.close()


def _set_aside(ledger: Path, kept: Path) -> None:
    """Keep what stood there, with its journal if one is left, under another name."""
    journal = ledger.with_name(ledger.name + "-journal")
    ledger.replace(kept)
    with contextlib.suppress(FileNotFoundError):
        if journal.stat().st_size:
            journal.replace(kept.with_name(kept.name + "-journal"))
        else:
            journal.unlink()
