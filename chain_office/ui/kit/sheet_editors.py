"""What a cell of an edited table is edited with: a line, several lines, or a list that typing narrows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPalette, QPen, QTextCursor
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QPlainTextEdit,
    QStyleOptionViewItem,
    QWidget,
)

from chain_office.ui.kit.lit import Lit
from chain_office.ui.kit.picker import Picker
from chain_office.ui.kit.sheet_rows import LINES, ONE, SEVERAL
from chain_office.ui.kit.ticks import frame_tick

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from chain_office.ui.kit.sheet import SheetView

_EDIT = int(Qt.ItemDataRole.EditRole)
_LINES_HEIGHT = 136
_PICK_HEIGHT = 252
_LEAST_WIDTH = 240
Index = QModelIndex | QPersistentModelIndex


class SheetDelegate(Lit):
    """Makes the editors; one taller than its cell stays inside the table."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell; the one the keyboard is on has a frame."""
        super().paint(painter, option, index)
        frame_tick(self, painter, option, index)
        if index == self._view.currentIndex() and self._view.hasFocus():
            rect: QRect = option.rect
            painter.save()
            painter.setPen(QPen(self._view.palette().color(QPalette.ColorRole.Highlight), 1))
            painter.drawRect(rect.adjusted(0, 0, -1, -1))
            painter.restore()

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """The editor of a cell."""
        way = self._view.edit_type(self._view.sheet.index(index.row(), index.column()))
        column = self._view.sheet.columns[index.column()]
        if way == LINES:
            return _Lines(parent, column.heading, self)
        if way in {ONE, SEVERAL}:
            picker = Picker(column.options, several=way == SEVERAL, free=column.free, parent=parent)
            picker.setAccessibleName(column.heading)
            picker.done.connect(lambda kept: self._finish(picker, kept=kept))
            return picker
        line = QLineEdit(parent)
        line.setAccessibleName(column.heading)
        return line

    def _finish(self, editor: QWidget, *, kept: bool) -> None:
        if kept:
            self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Begin with what is kept."""
        value = index.data(_EDIT)
        if isinstance(editor, Picker):
            editor.choose(value)
        elif isinstance(editor, QPlainTextEdit):
            editor.setPlainText(str(value or ""))
            editor.moveCursor(QTextCursor.MoveOperation.End)
        elif isinstance(editor, QLineEdit):
            editor.setText(str(value if value is not None else ""))
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """Hand over what was typed or chosen."""
        value: Any = None
        if isinstance(editor, Picker):
            value = editor.value
        elif isinstance(editor, QPlainTextEdit):
            value = editor.toPlainText()
        elif isinstance(editor, QLineEdit):
            value = editor.text()
        model.setData(self._view.sheet.index(index.row(), index.column()), value, _EDIT)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:  # noqa: N802
        """In its cell; a taller one below its cell's top, moved up where there is no room."""
        rect: QRect = option.rect
        if isinstance(editor, QLineEdit):
            editor.setGeometry(rect)
            return
        room = self._view.viewport().rect()
        wanted = _LINES_HEIGHT if isinstance(editor, QPlainTextEdit) else _PICK_HEIGHT
        height = min(wanted, room.height())
        width = min(max(rect.width(), _LEAST_WIDTH), room.width())
        left = max(0, min(rect.left(), room.width() - width))
        editor.setGeometry(left, max(0, min(rect.top(), room.height() - height)), width, height)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """In an editor of lines, Enter begins a line; Ctrl+Enter ends the edit, as Tab does. A picker keeps its keys."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
            if isinstance(editor, QPlainTextEdit) and enter:
                if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                    self._finish(editor, kept=True)
                    return True
                return False
            if isinstance(editor, Picker) and event.key() not in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
                return False
        if isinstance(editor, Picker) and event.type() == QEvent.Type.FocusOut:
            return False  # its own line has the focus; leaving that one tells
        return super().eventFilter(editor, event)


class _Lines(QPlainTextEdit):
    """One word a line."""

    def __init__(self, parent: QWidget, name: str, delegate: SheetDelegate) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText("一行一个；写完点别处或按 Ctrl+回车")
        self.setTabChangesFocus(True)
        self._delegate = delegate
