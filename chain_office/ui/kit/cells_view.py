"""A sheet of cells as people know it from Excel: typing replaces, F2 edits, Enter goes down, Tab goes right, a block is copied,
pasted, filled down and cleared, and each of these can be taken back before it is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, QMimeData, QModelIndex, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from chain_office.ui import keys
from chain_office.ui.kit.cells_editors import CellsDelegate
from chain_office.ui.kit.copying import html_table, tab_separated
from chain_office.ui.measure import Rescaling

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QInputMethodEvent

    from chain_office.ui.kit.cells_model import CellsModel
    from chain_office.ui.palette import Palette

_ROW = 28
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TABS = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
_STEPS = {
    Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0), Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1),
}  # fmt: skip


class CellsView(QTableView):
    """``turns_pages``: PageUp and PageDown ask for another sheet (:attr:`paged`) instead of scrolling."""

    pasted = Signal(str)
    """A text is to be laid on the sheet from the cursor on."""
    paged = Signal(int)
    """The sheet before (-1) or after (1) is wanted."""
    moved = Signal(int, int)
    """The cursor is on another cell: row, column."""

    def __init__(
        self,
        model: CellsModel,
        palette: Palette,
        name: str,
        *,
        turns_pages: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.cells = model
        self.typing = False
        self._turns_pages = turns_pages
        self._tabbed_from = -1
        self.setModel(model)
        self.setItemDelegate(CellsDelegate(self, palette))
        self.setAccessibleName(name)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(triggers.DoubleClicked | triggers.AnyKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setWordWrap(False)
        self.setShowGrid(True)
        self.setTabKeyNavigation(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        Rescaling(self, _ROW)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.selectionModel().currentChanged.connect(self._tell)
        here = Qt.ShortcutContext.WidgetShortcut
        keys.shortcut("copy", self, lambda: self.copy(headings=False), context=here)
        keys.shortcut("copy_headed", self, lambda: self.copy(headings=True), context=here)
        keys.shortcut("paste", self, self.paste, context=here)
        keys.shortcut("fill_down", self, self.fill_down, context=here)

    # Where the cursor is.

    @property
    def editing(self) -> bool:
        """Whether an editor is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def finish(self) -> None:
        """End an edit under way, keeping what was typed."""
        if self.editing:
            self.viewport().setFocus()
            self.setFocus()

    def block(self) -> tuple[int, int, int, int]:
        """The chosen cells: first row, first column, last row, last column; the cursor's alone where nothing is chosen."""
        found = self.selectionModel().selection()
        now = self.currentIndex()
        if found.isEmpty():
            return now.row(), now.column(), now.row(), now.column()
        chosen = found.first()
        return chosen.top(), chosen.left(), chosen.bottom(), chosen.right()

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell and choose it alone, whatever keys are held down."""
        index = self.cells.index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(self.currentIndex())

    def choose_block(self, top: int, left: int, bottom: int, right: int) -> None:
        """Choose a block of cells; the cursor stays."""
        found = QItemSelection(self.cells.index(top, left), self.cells.index(bottom, right))
        self.selectionModel().select(found, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _tell(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.moved.emit(now.row(), now.column())

    # Keys.

    def event(self, event: QEvent) -> bool:
        """撤销 and 重做 are the sheet's own while it has steps to take back."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            redo = self._is_redo(event)
            if (redo or event.matches(QKeySequence.StandardKey.Undo)) and self.cells.can_undo(redo=redo):
                event.accept()
                return True
        return super().event(event)

    @staticmethod
    def _is_redo(event: QKeyEvent) -> bool:
        pressed = QKeySequence(event.keyCombination())
        return any(pressed == one for one in keys.sequences("redo"))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """The keys of a spreadsheet; any other begins to type."""
        if self.editing:
            super().keyPressEvent(event)
            return
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if event.key() in _PAGES and self._turns_pages and plain:
            self.paged.emit(_PAGES[Qt.Key(event.key())])
        elif event.key() in _ENTERS and plain:
            self._enter(event)
        elif event.key() in _TABS:
            self._tab(event)
        elif event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_Backspace} and plain:
            self.clear_block()
        elif event.key() == Qt.Key.Key_F2:
            self.typing = False
            self._begin()
        elif self._is_redo(event):
            self.cells.redo()
        elif event.matches(QKeySequence.StandardKey.Undo):
            self.cells.undo()
        else:
            if event.key() in _STEPS:
                self._tabbed_from = -1
            self.typing = True
            super().keyPressEvent(event)

    def mousePressEvent(self, event: object) -> None:  # noqa: N802 - Qt's name
        """A double click edits what is there."""
        self.typing = False
        self._tabbed_from = -1
        super().mousePressEvent(event)  # type: ignore[arg-type]

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802 - Qt's name
        """A composition begins to type, as any key does."""
        if not self.editing:
            self.typing = True
        super().inputMethodEvent(event)

    def _begin(self) -> None:
        now = self.currentIndex()
        if now.isValid() and self.cells.editable(now.row(), now.column()):
            self.edit(now)

    def _enter(self, event: QKeyEvent) -> None:
        now = self.currentIndex()
        if not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.cells.confirm(now.row(), now.column())
        self.go_on(event)

    def go_on(self, event: QKeyEvent) -> None:
        """Where the cursor goes after a cell: Enter below (to the column Tab came from), Tab to the next one."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in _ENTERS:
            if self._tabbed_from >= 0 and not back:
                self._step(1, self._tabbed_from - self.currentIndex().column())
            else:
                self._step(-1 if back else 1, 0)
            self._tabbed_from = -1
        elif event.key() in _TABS:
            self._tab(event)
        elif event.key() in _STEPS:
            self._tabbed_from = -1
            self._step(*_STEPS[Qt.Key(event.key())])

    def _step(self, down: int, right: int) -> None:
        now = self.currentIndex()
        row = min(max(0, now.row() + down), self.cells.rowCount() - 1)
        column = min(max(0, now.column() + right), self.cells.columnCount() - 1)
        if row >= 0:
            self.go_to(row, column)

    def _tab(self, event: QKeyEvent) -> None:
        """To the next cell that can be typed into; past the last one the focus leaves the sheet."""
        back = event.key() == Qt.Key.Key_Backtab
        now = self.currentIndex()
        if self._tabbed_from < 0:
            self._tabbed_from = now.column()
        width = self.cells.columnCount()
        place = now.row() * width + now.column()
        stop = -1 if back else self.cells.rowCount() * width
        for one in range(place - 1 if back else place + 1, stop, -1 if back else 1):
            row, column = divmod(one, width)
            if self.cells.editable(row, column):
                if row != now.row():
                    self._tabbed_from = column
                self.go_to(row, column)
                return
            if abs(row - now.row()) > 1:
                break
        event.ignore()
        self.focusNextPrevChild(not back)

    # Blocks.

    def clear_block(self) -> None:
        """Empty the chosen cells."""
        top, left, bottom, right = self.block()
        self._write((row, column, "") for row in range(top, bottom + 1) for column in range(left, right + 1))

    def fill_down(self) -> None:
        """Put the first chosen row into those below it; on one cell, what stands above it."""
        top, left, bottom, right = self.block()
        first = top - 1 if top == bottom else top
        if first >= 0:
            texts = {column: self._exact(first, column) for column in range(left, right + 1)}
            self._write((row, column, texts[column]) for row in range(first + 1, bottom + 1) for column in texts)

    def copy(self, *, headings: bool) -> None:
        """Copy the chosen cells with nothing rounded away."""
        top, left, bottom, right = self.block()
        if top < 0:
            return
        shown = [column for column in range(left, right + 1) if not self.isColumnHidden(column)]
        rows = [[self._exact(row, column) for column in shown] for row in range(top, bottom + 1)]
        words = [str(self.cells.headerData(column, Qt.Orientation.Horizontal)) for column in shown] if headings else []
        data = QMimeData()
        data.setText(tab_separated([words, *rows] if words else rows))
        data.setHtml(html_table(rows, set(range(len(shown))), words))
        QGuiApplication.clipboard().setMimeData(data)

    def paste(self) -> None:
        """Lay the clipboard's text on the sheet; one text is put into every chosen cell."""
        text = QGuiApplication.clipboard().text()
        top, left, bottom, right = self.block()
        one = text.rstrip("\r\n")
        if one and "\t" not in one and "\n" not in one and (top, left) != (bottom, right):
            self._write((row, column, one) for row in range(top, bottom + 1) for column in range(left, right + 1))
        elif text.strip():
            self.pasted.emit(text)

    def _write(self, cells: object) -> None:
        found: Sequence[tuple[int, int, str]] = [one for one in cells if self.cells.editable(one[0], one[1])]  # type: ignore[attr-defined]
        if found:
            self.cells.write(found)

    def _exact(self, row: int, column: int) -> str:
        return str(self.cells.index(row, column).data(Qt.ItemDataRole.EditRole) or "")
