"""The view of a table that is edited in place: F2, Enter or typing begins, Tab and Enter go on, Delete bins the row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QAbstractItemDelegate, QAbstractItemView, QHeaderView, QTableView, QWidget

from chain_office.ui.kit.copying import html_table, tab_separated
from chain_office.ui.kit.sheet_editors import SheetDelegate
from chain_office.ui.kit.sheet_rows import LINE, NONE
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from chain_office.ui.kit.sheet_model import SheetModel
    from chain_office.ui.kit.sheet_rows import SheetColumn, SheetRow

ROW_HEIGHT = 28
_BEGIN = frozenset({Qt.Key.Key_F2, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class SheetView(QTableView):
    """One cell has the cursor; the whole row is marked."""

    delete_wanted = Signal(str)
    """Delete was pressed on a row: its id."""
    moved = Signal(str)
    """The cursor is on another row: its id, "" for the row of new ones."""

    def __init__(self, model: SheetModel, *, stretch: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sheet = model
        self._stretch = stretch
        self._pending: tuple[Sequence[SheetColumn], Sequence[SheetRow], str | None] | None = None
        self.setModel(model)
        self.setItemDelegate(SheetDelegate(self))
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.AnyKeyPressed | triggers.SelectedClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.setTabKeyNavigation(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(scaled(ROW_HEIGHT))
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().currentRowChanged.connect(self._tell)
        model.modelReset.connect(self._fit)

    def load(self, columns: Sequence[SheetColumn], rows: Sequence[SheetRow], *, adding: str | None = None) -> None:
        """Show these; while somebody is typing, as soon as the editor is closed: it would begin with its cell again."""
        if self.editing:
            self._pending = (tuple(columns), tuple(rows), adding)
            return
        self._pending = None
        self.sheet.show(columns, rows, adding=adding)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:  # noqa: N802 - Qt's name
        """What waited for the end of the edit is shown."""
        super().closeEditor(editor, hint)
        pending, self._pending = self._pending, None
        if pending is not None:
            self.load(*pending[:2], adding=pending[2])

    def finish(self) -> None:
        """End an edit under way, keeping what was typed."""
        if self.editing:
            self.viewport().setFocus()
            self.setFocus()

    @property
    def editing(self) -> bool:
        """Whether an editor is open."""
        return self.state() == QAbstractItemView.State.EditingState

    @property
    def current_id(self) -> str:
        """The row the cursor is on, "" for none or the one of new ones."""
        row = self.sheet.row(self.currentIndex().row())
        return row.id if row else ""

    def go_to(self, row_id: str, column_id: str = "") -> None:
        """Put the cursor on a row."""
        place = self.sheet.place_of(row_id)
        if place >= 0:
            column = max(0, self.sheet.column_of(column_id) if column_id else self.currentIndex().column())
            self.setCurrentIndex(self.sheet.index(place, column))

    def begin_new(self) -> None:
        """Begin to type a new one."""
        index = self.sheet.index(self.sheet.rowCount() - 1, 0)
        self.setFocus()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        row = self.sheet.row(now.row())
        self.moved.emit(row.id if row else "")

    def _fit(self) -> None:
        header = self.horizontalHeader()
        header.setStretchLastSection(not self._stretch)
        for place, column in enumerate(self.sheet.columns):
            stretched = column.id == self._stretch
            mode = QHeaderView.ResizeMode.Stretch if stretched else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(place, mode)
            if not stretched:
                self.setColumnWidth(place, scaled(column.width))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """F2 and Enter begin an edit, Delete asks for the bin, Tab at an edge leaves the table."""
        index = self.currentIndex()
        if event.key() in _BEGIN and index.isValid() and not self.editing:
            if self.model().flags(index) & Qt.ItemFlag.ItemIsEditable:
                self.edit(index)
            return
        if event.key() == Qt.Key.Key_Delete and not self.editing:
            if self.current_id:
                self.delete_wanted.emit(self.current_id)
            return
        if event.matches(QKeySequence.StandardKey.Copy) and not self.editing:
            self.copy()
            return
        if event.key() in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab} and not self.editing and self._at_edge(event):
            event.ignore()
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Tab)
            return
        super().keyPressEvent(event)

    def copy(self) -> None:
        """Put the row on the clipboard as a table."""
        row = self.sheet.row(self.currentIndex().row())
        if row is None:
            return
        cells = [tuple(row.texts.get(column.id, "") for column in self.sheet.columns)]
        data = QMimeData()
        data.setText(tab_separated(cells))
        data.setHtml(html_table(cells, {place for place, one in enumerate(self.sheet.columns) if one.right}))
        QGuiApplication.clipboard().setMimeData(data)

    def _at_edge(self, event: QKeyEvent) -> bool:
        """Whether Tab would leave the last cell, or Shift+Tab the first."""
        index = self.currentIndex()
        if event.key() == Qt.Key.Key_Tab:
            return index.row() == self.sheet.rowCount() - 1 and index.column() == self.sheet.columnCount() - 1
        return index.row() <= 0 and index.column() <= 0

    def edit_type(self, index: QModelIndex) -> str:
        """How a cell is edited; a new row's name is one line."""
        if self.sheet.row(index.row()) is None:
            return LINE if index.column() == 0 else NONE
        return self.sheet.columns[index.column()].edited
