"""A ledger that somebody else is editing: what they save is shown, and it is offered as soon as it is free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from chain_office.domain.errors import LedgerFault
from chain_office.ui.ledger_jobs import look_at

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.services.keeping import Look
    from chain_office.ui.office import Office

LOOK_MILLISECONDS = 5_000


class Holding(QObject):
    """Looks at the lock of a read-only ledger now and then."""

    held_by = Signal(str)
    """Who is editing the ledger: "张三@PC-03 10:20 起正在编辑"; "" once nobody is."""
    free = Signal(object)
    """It could be edited by now: the function to open it with, for ``work.open(..., again=True)``."""
    outdated = Signal()
    """Somebody else saved: what is shown is no longer what stands there."""

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._version: int | None = None
        self._offered = False
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        office.work.opened.connect(self._opened)
        office.work.closed.connect(self._timer.stop)

    def look(self) -> None:
        """Take one look."""
        user = self._office.actor
        self._office.work.ask(lambda ledger: look_at(ledger, user), self._seen, owner=self, failed=self._failed)

    def _opened(self, _: Path) -> None:
        self._version, self._offered = None, False
        self._timer.start()
        self.look()

    def _seen(self, look: Look) -> None:
        if not look.read_only:
            self.held_by.emit("")
            return
        if self._version is not None and look.version != self._version:
            self.outdated.emit()
        self._version = look.version
        if look.opener is None:
            self._offered = False
            self.held_by.emit(look.told)
        elif not self._offered:
            self._offered = True
            self.held_by.emit("")
            self.free.emit(look.opener)

    def _failed(self, error: Exception) -> None:
        """What befell the file was told by the work already; looking goes on, for it may come back."""
        if not isinstance(error, LedgerFault):
            self._office.work.explain(error)
