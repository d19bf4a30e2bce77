"""Backups while one works: asks now and then whether one is due, and has it taken on a thread of its own."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, QThread, QTimer, Signal

from chain_office.domain.errors import KnownError
from chain_office.ui.ledger_jobs import new_rota

if TYPE_CHECKING:
    from chain_office.services.keeping import BackupRota, Taken
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.work import Work

SECOND = "backups/second"
"""Where this computer keeps the second place for backups; empty for none."""
_ASK_MILLISECONDS = 60_000
_AFTER_A_CHANGE = 3_000


def second_place() -> Path | None:
    """The folder of the person's choice that gets a copy of every backup."""
    kept = str(QSettings().value(SECOND, "") or "")
    return Path(kept) if kept else None


def choose_second_place(folder: Path | None) -> None:
    """Set it, or None to have one place only. It counts from the next backup on."""
    QSettings().setValue(SECOND, str(folder) if folder else "")


class _Taking(QThread):
    """One backup."""

    def __init__(self, rota: BackupRota, parent: QObject) -> None:
        super().__init__(parent)
        self._rota = rota
        self.came: Taken | Exception | None = None

    def run(self) -> None:
        """Take it; what went wrong is told by whoever asked."""
        try:
            self.came = self._rota.take()
        except Exception as error:  # handed to the GUI thread, which explains or reports it
            self.came = error


class Backups(QObject):
    """The rota of the open ledger. ``known`` tells when the last backup was (None: never), ``warned`` what went wrong."""

    known = Signal(object)
    warned = Signal(str)
    crashed = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._rota: BackupRota | None = None
        self._taking: _Taking | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_ASK_MILLISECONDS)
        self._timer.timeout.connect(self.ask)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_A_CHANGE)
        self._soon.timeout.connect(self.ask)
        work.opened.connect(self._opened)
        work.closed.connect(self._closed)
        work.changed.connect(lambda _: self._soon.isActive() or self._soon.start())

    def ask(self) -> None:
        """See whether one is due, and take it."""
        rota = self._rota
        if rota is None or self._taking is not None:
            return
        rota.second = second_place()
        self._work.ask(rota.due, partial(self._begin, rota), owner=self, failed=self._failed)

    def stop(self) -> None:
        """Wait for the one being taken. Call when the window closes, before the work stops."""
        self._closed()
        if self._taking is not None:
            self._taking.wait()

    def _opened(self, _: Path) -> None:
        self._closed()
        self._work.ask(partial(_make, second_place()), self._take_on, owner=self, failed=self._failed)

    def _closed(self) -> None:
        self._rota = None
        self._timer.stop()
        self._soon.stop()

    def _take_on(self, rota: BackupRota) -> None:
        self._rota = rota
        self.known.emit(rota.last)
        self._timer.start()
        self.ask()

    def _begin(self, rota: BackupRota, due: bool) -> None:
        if due and rota is self._rota and self._taking is None:
            self._taking = _Taking(rota, self)
            self._taking.finished.connect(self._finished)
            self._taking.start(QThread.Priority.LowPriority)

    def _finished(self) -> None:
        taking, self._taking = self._taking, None
        if taking is None:
            return
        came = taking.came
        taking.deleteLater()
        if isinstance(came, Exception):
            self._failed(came)
        elif came is not None:
            self.known.emit(came.when)
            if came.warning:
                self.warned.emit(came.warning)

    def _failed(self, error: Exception) -> None:
        """A backup that failed stands in nobody's way: it is told, and tried again."""
        if isinstance(error, KnownError):
            self.warned.emit(f"这次没有备份成：{error.message}")
        else:
            self.crashed.emit(error)


def _make(second: Path | None, ledger: Ledger) -> BackupRota:
    """On the database thread: the rota, and its last backup when the ledger closes."""
    rota = new_rota(ledger, second)
    ledger.before_close(lambda: rota.closing(ledger))
    return rota
