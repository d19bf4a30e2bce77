"""Keeping a ledger safe: who may write to it, its backups and what restoring one would do, and what can be done about a
damaged file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db import backup, comparing, engine, guard, lease, shelf
from chain_office.db.comparing import DeskDifference, Difference, Titles
from chain_office.db.holder import lock_of
from chain_office.db.lease import Watch, holder_of
from chain_office.db.ledger import Ledger, open_ledger
from chain_office.db.shelf import BackupInfo
from chain_office.domain.errors import (
    BugError,
    DiskFull,
    KnownError,
    LedgerDamaged,
    LedgerHeld,
    LedgerLocked,
    LedgerReadOnly,
)
from chain_office.domain.holding import Holder, Rescue
from chain_office.services.ledgers import account, make_ledger
from chain_office.services.rota import BackupRota, Taken, back_up_before

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

__all__ = [
    "BackupInfo", "BackupRota", "DeskDifference", "Difference", "Holder", "Look", "Rescue", "Taken", "Titles",
    "back_up_before", "backups", "check_backup", "holder_of", "last_backup", "look_at", "make_for_work",
    "open_for_work", "preview_restore", "rescue_of", "restore", "restore_file", "try_again",
]  # fmt: skip

_watches: dict[Path, Watch] = {}
"""What this process has seen of the locks it could not get. Only the database thread looks."""


def open_for_work(path: Path, user: str) -> Ledger:
    """Open a ledger to edit it. If somebody else is editing it (``.holder``), or the place cannot be written, it is open
    for reading only and ``.notice`` says why. Raises a LedgerFault where it cannot be opened at all; of a damaged one
    it says what can be restored."""
    try:
        return _open(path, user)
    except LedgerDamaged as error:
        raise _with_rescue(error, path) from error


def _open(path: Path, user: str) -> Ledger:
    guard.inspect_file(path)
    try:
        held = lease.acquire(path, user or account(), _watches.get(path))
    except (LedgerHeld, LedgerReadOnly, DiskFull) as error:
        return _for_reading(path, error)
    try:
        ledger = open_ledger(path)
        try:  # a file without write permission is noticed now, not at the first save
            engine.probe_writing(ledger.database, path)
        except BaseException:
            ledger.close()
            raise
    except (LedgerLocked, LedgerReadOnly, DiskFull) as error:
        held.release()
        return _for_reading(path, error)
    except BaseException:
        held.release()
        raise
    ledger.lease = held
    _watches.pop(path, None)
    return ledger


def _for_reading(path: Path, why: KnownError) -> Ledger:
    """Open it read-only; ``why`` is raised if even reading needs a write first, or the lock bars that too."""
    try:
        ledger = open_ledger(path, read_only=True)
    except (engine.NeedsWriting, LedgerLocked):
        raise why from None
    if isinstance(why, LedgerHeld):
        ledger.holder = why.holder
        ledger.notice = f"{why.holder.told(clock.now())}，您可以查看，暂时不能修改。"
    elif isinstance(why, LedgerLocked):
        ledger.notice = f"“{path.name}”正被另一个程序使用，您可以查看，暂时不能修改；等它关闭后请重新打开。"
    else:
        ledger.notice = why.message
    return ledger


def make_for_work(path: Path, user: str) -> Ledger:
    """Open a ledger to edit it; make a missing one, with its reference data, first."""
    if not path.exists():
        make_ledger(path)
    return open_for_work(path, user)


def try_again(ledger: Ledger, user: str) -> Callable[[], Ledger] | None:
    """Whether a ledger that is read-only because of somebody else could be had by now: what to open it with, or None.
    Ask every few seconds, on the database thread: it watches the holder's heartbeat, and after two minutes without one
    the ledger is free."""
    path = ledger.path
    if not ledger.read_only or ledger.holder is None:
        return None
    there = holder_of(path)
    if there is not None:
        watch = _watches.setdefault(path, Watch())
        if not _stood_still(watch, path, there):
            ledger.holder = there
            return None
    return lambda: open_for_work(path, user)


@dataclass(frozen=True, slots=True)
class Look:
    """How an open ledger stands: who is editing it (``told``), what to open it with if it is free by now, and a number
    that changes when somebody else saves."""

    read_only: bool
    told: str
    version: int
    opener: Callable[[], Ledger] | None


def look_at(ledger: Ledger, user: str) -> Look:
    """Look at an open ledger, on the database thread. Raises LedgerVanished if its file is gone."""
    opener = try_again(ledger, user)
    told = ledger.holder.told(clock.now()) if ledger.holder is not None else ""
    return Look(ledger.read_only, told, engine.data_version(ledger.database), opener)


def _stood_still(watch: Watch, path: Path, there: Holder) -> bool:
    try:
        return watch.look(lock_of(path), there)
    except OSError:  # the share is away for a while: nothing was seen
        return False


def backups(path: Path, second: Path | None = None) -> tuple[BackupInfo, ...]:
    """Every backup of a ledger with what is in it, newest first. Whether one is sound in full is for
    :func:`check_backup` to say."""
    return tuple(shelf.look_into(one) for one in shelf.listed(path, second))


def check_backup(info: BackupInfo) -> BackupInfo:
    """The same, every page checked."""
    return shelf.look_into(info, thorough=True)


def last_backup(path: Path, second: Path | None = None) -> datetime | None:
    """When the newest backup of a ledger was taken, by its name."""
    return next((one.when for one in shelf.listed(path, second)), None)


def preview_restore(current: Path, chosen: Path) -> Difference:
    """What restoring ``chosen`` would change, desk by desk. Any thread. Raises KnownError."""
    return comparing.compare(current, chosen)


def restore_file(path: Path, chosen: Path, user: str = "") -> Path | None:
    """Put backup ``chosen`` in the place of a ledger nobody is editing; returns where what stood there is kept."""
    if path.exists() and engine.is_open_here(path):
        raise BugError("a ledger is closed before it is restored")
    backup.verify(chosen)
    held = lease.acquire(path, user or account(), _watches.get(path))
    try:
        return backup.restore(path, chosen)
    finally:
        held.release()


def restore(path: Path, chosen: Path, user: str) -> Ledger:
    """Restore and open. For ``work.open``, which has closed the live ledger before: ``lambda: restore(path, chosen, user)``.
    Where restoring fails, the ledger is opened as it was, and ``.notice`` says so."""
    try:
        kept = restore_file(path, chosen, user)
    except KnownError as error:
        if not path.exists():
            raise
        ledger = open_for_work(path, user)
        ledger.notice = f"没有恢复：{error.message}"
        return ledger
    ledger = open_for_work(path, user)
    aside = f"；恢复前的台账另存为“{kept.name}”" if kept else ""
    ledger.notice = f"已恢复到备份“{chosen.name}”{aside}。"
    return ledger


def rescue_of(path: Path, second: Path | None = None) -> Rescue | None:
    """What a damaged ledger can be brought back to: its newest sound backup. None if there is none."""
    found = shelf.newest_sound(path, second)
    if found is None:
        return None
    last = shelf.last_write_of(path)
    lost = None if last is None or last < found.head else last - found.head
    return Rescue(str(found.path), found.when, lost)


def _with_rescue(error: LedgerDamaged, path: Path) -> LedgerDamaged:
    """The same failure, saying what can be restored."""
    rescue = rescue_of(path)
    what = f"{rescue.told}。" if rescue else "没有找到完好的备份，请不要改动这个文件，联系开发者抢救。"
    told = LedgerDamaged(f"“{path.name}”已损坏，没有打开，文件未动；{what}", path=path, detail=error.detail)
    told.rescue = rescue
    return told
