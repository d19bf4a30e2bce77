"""The editors of a sheet of cells: a line that leaves an input method alone and hands the moving keys to the sheet, or a list
that typing narrows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QAbstractItemDelegate, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from chain_office.ui.kit.cells_model import CHANGED, WRONG
from chain_office.ui.kit.form.composing import Line
from chain_office.ui.kit.picker import Picker

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

    from chain_office.ui.kit.cells_model import Index
    from chain_office.ui.kit.cells_view import CellsView
    from chain_office.ui.palette import Palette

_EDIT = int(Qt.ItemDataRole.EditRole)
_PICK_HEIGHT = 210
_PICK_WIDTH = 190
_BAR = 3
_ENTERS = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_TABS = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab})
_LINES = frozenset({Qt.Key.Key_Up, Qt.Key.Key_Down})
_SIDES = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right})


class CellsDelegate(QStyledItemDelegate):
    """Paints and edits the cells of one sheet."""

    def __init__(self, view: CellsView, palette: Palette) -> None:
        super().__init__(view)
        self._view = view
        self._palette = palette

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The cell; a bar at the left of what is not saved, a frame round what is wrong and round the cursor."""
        super().paint(painter, option, index)
        rect: QRect = option.rect
        painter.save()
        if index.data(CHANGED):
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height() - 1, QColor(self._palette.accent))
        wrong = index.data(WRONG)
        if wrong:
            painter.setPen(QPen(QColor(getattr(self._palette, wrong)), 1))
            painter.drawRect(rect.adjusted(0, 0, -2, -2))
        if index == self._view.currentIndex() and self._view.hasFocus():
            painter.setPen(QPen(QColor(self._palette.accent), 2))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
        painter.restore()

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: N802 - Qt's name
        """A chosen cell keeps the colour of its text."""
        super().initStyleOption(option, index)
        colour = index.data(Qt.ItemDataRole.ForegroundRole)
        if colour is not None:
            option.palette.setColor(QPalette.ColorRole.HighlightedText, colour)

    def createEditor(self, parent: QWidget, _option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: N802
        """A line, or a list where words are offered."""
        offered = self._view.cells.options(index.row(), index.column())
        heading = str(self._view.cells.headerData(index.column(), Qt.Orientation.Horizontal) or "")
        if offered:
            picker = Picker(offered, free=True, parent=parent)
            picker.setAccessibleName(heading)
            picker.done.connect(lambda kept: self._end(picker, kept=kept))
            return picker
        line = Line(parent)
        line.setFrame(False)
        line.setAccessibleName(heading)
        if index.data(Qt.ItemDataRole.TextAlignmentRole):
            line.setAlignment(Qt.AlignmentFlag(int(index.data(Qt.ItemDataRole.TextAlignmentRole))))
        return line

    def _end(self, editor: QWidget, *, kept: bool) -> None:
        if kept:
            self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        self._view.setFocus()

    def setEditorData(self, editor: QWidget, index: Index) -> None:  # noqa: N802 - Qt's name
        """Begin with the whole value; what is typed at once takes its place."""
        text = str(index.data(_EDIT) or "")
        if isinstance(editor, Picker):
            editor.choose(text)
        elif isinstance(editor, Line):
            editor.setText(text)
            if self._view.typing:
                editor.selectAll()
            else:
                editor.end(False)

    def setModelData(self, editor: QWidget, _model: QAbstractItemModel, index: Index) -> None:  # noqa: N802
        """Hand over what was typed or chosen, where it is anything new."""
        text = (
            str(editor.value or "") if isinstance(editor, Picker) else editor.text() if isinstance(editor, Line) else ""
        )
        if text != str(index.data(_EDIT) or ""):
            self._view.cells.write([(index.row(), index.column(), text)])

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, _index: Index) -> None:  # noqa: N802
        """In its cell; a list below its cell's top, inside the table."""
        rect: QRect = option.rect
        if isinstance(editor, Line):
            editor.setGeometry(rect)
            return
        room = self._view.viewport().rect()
        height, width = min(_PICK_HEIGHT, room.height()), min(max(rect.width(), _PICK_WIDTH), room.width())
        left = max(0, min(rect.left(), room.width() - width))
        editor.setGeometry(left, max(0, min(rect.top(), room.height() - height)), width, height)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Enter, Tab and the arrows end an edit and move on, never while an input method composes."""
        if isinstance(editor, Picker):
            if event.type() == QEvent.Type.FocusOut:
                return False  # its own line has the focus; leaving that one tells
            return False if event.type() == QEvent.Type.KeyPress else super().eventFilter(editor, event)
        if isinstance(editor, Line) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if editor.composing:
                return False
            key = event.key()
            moves = key in _ENTERS | _TABS | _LINES or (key in _SIDES and self._view.typing)
            if moves and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._end(editor, kept=True)
                self._view.go_on(event)
                return True
        return super().eventFilter(editor, event)
