"""Cells that keep the colour of their light when their row is selected: a red 逾期 stays red."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem

_COLOUR = int(Qt.ItemDataRole.ForegroundRole)
_SELECTED = QStyle.StateFlag.State_Selected
_TEXT = QPalette.ColorRole.HighlightedText


class Lit(QStyledItemDelegate):
    """Qt paints every selected cell in one colour; here a cell's own colour wins."""

    def initStyleOption(  # noqa: N802 - Qt's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """The palette of a selected cell."""
        super().initStyleOption(option, index)
        if option.state & _SELECTED:
            colour = index.data(_COLOUR)
            if colour is not None:
                option.palette.setBrush(_TEXT, QBrush(colour))
