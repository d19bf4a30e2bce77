"""Backups that nobody has to think of: the first change of the day, every half hour while there are changes, on closing.

Whether one is due is asked on the database thread and costs one look at the last write. The copying runs on any other
thread, through a connection of its own and a few pages at a time, so that a save made meanwhile does not wait for it.
"""

from __future__ import annotations

import shutil
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from chain_office import clock, files
from chain_office.db import backup, engine, shelf, thinning
from chain_office.domain.errors import DiskFull, KnownError

if TYPE_CHECKING:
    from pathlib import Path

    import peewee

    from chain_office.db.ledger import Ledger

EVERY = timedelta(minutes=30)
_SPARE = 16 * 2**20
"""Bytes that stay free beside a backup."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A backup that was taken; ``head`` is the last write it holds. ``warning`` says what did not go well beside it."""

    path: Path
    when: datetime
    head: int
    warning: str = ""


class BackupRota:
    """When the backups of one open ledger are due. Make it on the database thread, when the ledger is opened."""

    def __init__(self, ledger: Ledger, second: Path | None = None) -> None:
        self.path = ledger.path
        self.second = second
        self.last: datetime | None = None
        self.missed = ""
        self._kept = head_of(ledger)
        self._taking = threading.Lock()
        for info in shelf.listed(self.path, second):
            head = shelf.head_of(info) if info.label != thinning.BEFORE_RESTORE else None
            if head is not None:
                self.last, self._kept = info.when, head
                break

    def due(self, ledger: Ledger, now: datetime | None = None) -> bool:
        """Whether there are changes that no backup holds, and the last one was not today or half an hour ago."""
        if ledger.read_only or self._kept == head_of(ledger):
            return False
        moment = now or clock.now()
        if self.last is None or self.last.date() != moment.date():
            return True
        return not timedelta() <= moment - self.last < EVERY

    def take(self, label: str = thinning.REGULAR) -> Taken:
        """Take one through a connection of its own, gently. Any thread. Raises KnownError."""
        with self._taking:
            database = engine.connect(self.path, read_only=True)
            try:
                return self._take(database, label, gently=True)
            finally:
                database.close()

    def closing(self, ledger: Ledger) -> None:
        """On the database thread, just before the ledger closes: take one if there are changes that none holds. Nothing
        keeps a ledger from closing: where this fails, ``missed`` says why, and opening it again takes one first."""
        with self._taking:
            try:
                if not ledger.read_only and self._kept != head_of(ledger):
                    self._take(ledger.database, thinning.ON_CLOSING, gently=False)
            except KnownError as error:
                self.missed = error.message
            except engine.FAILURES as error:
                self.missed = engine.explain(error, self.path, was_open=True).message

    def _take(self, database: peewee.SqliteDatabase, label: str, *, gently: bool) -> Taken:
        _need_room(self.path)
        made = backup.back_up(database, self.path, label=label, gently=gently)
        thinning.thin(made.parent, self.path.stem)
        head = shelf.last_write_of(made) or 0
        self.last, self._kept = clock.now(), head
        return Taken(made, self.last, head, put_elsewhere(made, self.second, self.path.stem))


def _need_room(path: Path) -> None:
    """A backup nobody asked for must not take the room that the person's own next save needs."""
    try:
        size, free = path.stat().st_size, shutil.disk_usage(path.parent).free
    except OSError:  # the copying itself says what is the matter
        return
    if free < 2 * size + _SPARE:
        raise DiskFull(
            f"磁盘只剩 {free // 2**20} MB，放不下“{path.name}”的备份；请清理磁盘，或在设置里删去不要的旧备份。",
            path=path,
        )


def head_of(ledger: Ledger) -> int:
    """The number of the ledger's last write."""
    return shelf.last_write(ledger.database)[0]


def put_elsewhere(made: Path, second: Path | None, stem: str) -> str:
    """Put a copy of a backup in the second place too; returns what to warn of, "" if all is well. A share that is not
    there today must not keep the first place from having its backup."""
    if second is None:
        return ""
    try:
        second.mkdir(parents=True, exist_ok=True)
        with files.atomic_output(second / made.name) as temporary:
            shutil.copyfile(made, temporary)
            backup.verify(temporary, shown_as=second / made.name)
        thinning.thin(second, stem)
    except KnownError as error:
        return f"备份已存好，但第二份没有存到“{second}”：{error.message}"
    except OSError as error:
        return f"备份已存好，但第二份没有存到“{second}”（{files.reason(error)}）；请检查那个位置，下次备份会再试。"
    return ""


def back_up_before(ledger: Ledger, label: str = thinning.BEFORE_BULK, second: Path | None = None) -> Path:
    """A verified copy of what was there, before something that touches much: a bulk delete, a restore. Raises KnownError."""
    made = backup.back_up(ledger.database, ledger.path, label=label)
    thinning.thin(made.parent, ledger.path.stem)
    with suppress(OSError):
        put_elsewhere(made, second, ledger.path.stem)
    return made
