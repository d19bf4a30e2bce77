"""A list whose rows are ticked: by the space bar, or by a click on the box."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView

from chain_office.ui.kit.rows import RowsModel, RowsView
from chain_office.ui.kit.ticks import Ticked

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from chain_office.ui.kit.rows import Column, Line

_DISPLAY = int(Qt.ItemDataRole.DisplayRole)
_CHECK = int(Qt.ItemDataRole.CheckStateRole)
Index = QModelIndex | QPersistentModelIndex


class TickedModel(RowsModel):
    """Lines with a tick each in their first column; all are ticked to begin with."""

    ticked_changed = Signal()
    _ticked: frozenset[str] = frozenset()

    def show(self, lines: Sequence[Line], columns: Sequence[Column] | None = None) -> None:
        """Show these lines, all ticked."""
        self._ticked = frozenset(line.id for line in lines)
        super().show(lines, columns)
        self.ticked_changed.emit()

    @property
    def ticked(self) -> tuple[str, ...]:
        """The lines ticked, in their order."""
        return tuple(line.id for line in self._lines if line.id in self._ticked)

    def toggle(self, rows: Sequence[int]) -> None:
        """Take the ticks of these rows away where all have one, else give each its tick."""
        ids = {self._lines[row].id for row in rows}
        if not ids:
            return
        self._ticked = self._ticked - ids if ids <= self._ticked else self._ticked | ids
        self.dataChanged.emit(self.index(min(rows), 0), self.index(max(rows), 0), [_CHECK])
        self.ticked_changed.emit()

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        """A cell; the tick of its row."""
        if role == _CHECK and index.isValid() and index.column() == 0:
            ticked = self._lines[index.row()].id in self._ticked
            return Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked
        return super().data(index, role)


class TickedRows(RowsView):
    """The view of it."""

    def __init__(self, model: TickedModel, *, stretch: int = -1) -> None:
        super().__init__(model, stretch=stretch)
        self._ticks = model
        self.setItemDelegateForColumn(0, Ticked(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.clicked.connect(lambda index: model.toggle([index.row()]) if index.column() == 0 else None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The space bar turns the ticks of the rows chosen."""
        if event.key() == Qt.Key.Key_Space:
            self._ticks.toggle(sorted(index.row() for index in self.selectionModel().selectedRows()))
        else:
            super().keyPressEvent(event)
