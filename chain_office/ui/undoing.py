"""撤销 and 重做 of one's own writes since the ledger was opened, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from chain_office.domain.forms import Saved
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.office import Office


class Undoing(QObject):
    """Two stacks of writes: those that can be taken back, and the takings-back that can themselves be taken back."""

    moved = Signal()
    """What can be undone or redone is different now."""
    done = Signal(str)
    """Something was taken back or done again: a sentence."""

    def __init__(self, office: Office, parent: QObject) -> None:
        super().__init__(parent)
        self._office = office
        self._written: list[Saved] = []
        self._taken_back: list[Saved] = []
        self._busy = False
        self._ledger: object = None
        office.wrote.connect(self._note)
        office.shown_changed.connect(self._opened)

    @property
    def last(self) -> Saved | None:
        """The write that 撤销 takes back; None for nothing."""
        return self._written[-1] if self._written else None

    @property
    def last_undone(self) -> Saved | None:
        """The taking-back that 重做 takes back; None for nothing."""
        return self._taken_back[-1] if self._taken_back else None

    def undo(self) -> None:
        """Take one's last write back; refused (with the reason) where later work stands on it."""
        self._take_back(self._written, self._taken_back)

    def redo(self) -> None:
        """Take the last taking-back back."""
        self._take_back(self._taken_back, self._written)

    def _take_back(self, source: list[Saved], target: list[Saved]) -> None:
        if self._busy or not source:
            return
        self._busy = True
        chosen, actor = source[-1], self._office.actor

        def taken(saved: Saved) -> None:
            self._busy = False
            source.pop()
            target.append(saved)
            self.done.emit(saved.said)
            self.moved.emit()

        def job(ledger: Ledger) -> Saved:
            from chain_office.services.editing import undo  # not before it is wanted, and off the GUI thread

            return undo(ledger, chosen.write_no, actor)

        self._office.work.ask(job, taken, owner=self, failed=self._refused)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._office.work.explain(error)

    def _note(self, saved: Saved) -> None:
        self._written.append(saved)
        self._taken_back.clear()
        self.moved.emit()

    def _opened(self) -> None:
        path = self._office.shown.path if self._office.shown is not None else None
        if path != self._ledger:
            self._ledger = path
            self._written.clear()
            self._taken_back.clear()
            self.moved.emit()
