"""Boxes of ticks that can be seen: on a dark ground the style draws theirs darker than the ground."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QPainter, QPalette, QPen
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from chain_office.ui.kit.lit import Lit

_CHECK = int(Qt.ItemDataRole.CheckStateRole)
Index = QModelIndex | QPersistentModelIndex


def frame_tick(delegate: QStyledItemDelegate, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
    """Draw the box round a cell's tick, where it has one."""
    if index.data(_CHECK) is None:
        return
    whole = QStyleOptionViewItem(option)
    delegate.initStyleOption(whole, index)
    box = QApplication.style().subElementRect(QStyle.SubElement.SE_ItemViewItemCheckIndicator, whole)
    painter.save()
    painter.setPen(QPen(QApplication.palette().color(QPalette.ColorRole.PlaceholderText), 1))
    painter.drawRect(box.adjusted(0, 0, -1, -1))
    painter.restore()


class Ticked(Lit):
    """A list whose rows have ticks."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The row, and its box."""
        super().paint(painter, option, index)
        frame_tick(self, painter, option, index)
