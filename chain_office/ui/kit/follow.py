"""Reading the record the cursor is on. While one is being read only the last one asked for waits: walking stays light."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from chain_office.queries.records import Record
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office


class Follow(QObject):
    """Asks ``read`` for a record at the cut-off date and hands it to ``show``."""

    def __init__(
        self,
        office: Office,
        read: Callable[[Ledger, str, date], Record | None],
        show: Callable[[Record | None], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._office = office
        self._read = read
        self._show = show
        self._under_way = ""
        self._again = False
        self.wanted = ""
        """The record last asked for."""

    def ask(self, reference: str) -> None:
        """Show a record; "" for none."""
        self.wanted = reference
        self._again = bool(self._under_way)
        if not self._again:
            self._begin()

    def _begin(self) -> None:
        reference = self._under_way = self.wanted
        if not reference:
            self._show(None)
            return
        day, read = self._office.as_of, self._read
        self._office.work.ask(lambda ledger: read(ledger, reference, day), self._take, owner=self, failed=self._explain)

    def _take(self, record: Record | None) -> None:
        self._under_way = ""
        if self._again:
            self._again = False
            self._begin()
        else:
            self._show(record)

    def _explain(self, error: Exception) -> None:
        self._under_way = ""
        if isinstance(error, KnownError):
            self._office.work.refused.emit(error.message)
        else:
            self._office.work.crashed.emit(error)
