"""The headings of a list: a click sorts, the funnel at the right end opens the filter; what is filtered shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QWidget

from chain_office.ui.icons import icon

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtGui import QContextMenuEvent, QMouseEvent

    from chain_office.ui.kit.table import ListModel
    from chain_office.ui.palette import Palette

_SIGN: Final = 12
_PAD: Final = 6
_BUTTON: Final = 18
_ALIGNED: Final = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine


class Heading(QHeaderView):
    """Draws itself: the style's arrow and the funnel would want the same place."""

    filter_wanted = Signal(int)
    """The filter of this section is wanted."""
    menu_wanted = Signal(int, QPoint)
    """The menu of this section is wanted, at a point of the screen."""

    def __init__(self, model: ListModel, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._list = model
        self._palette = palette
        self._hovered = -1
        self._pressed = -1
        self._filtered: frozenset[int] = frozenset()
        self._sorted = -1
        self._down = False
        self.setSectionsClickable(True)
        self.setMouseTracking(True)
        self.setFixedHeight(max(28, self.fontMetrics().height() + 10))

    def show_filtered(self, sections: Collection[int]) -> None:
        """These sections are filtered."""
        self._filtered = frozenset(sections)
        self.viewport().update()

    @property
    def filtered(self) -> frozenset[int]:
        """The sections that are filtered."""
        return self._filtered

    def show_sorted(self, section: int, *, down: bool) -> None:
        """The list is sorted by this section (-1: by none)."""
        self._sorted, self._down = section, down
        self.viewport().update()

    def can_filter(self, section: int) -> bool:
        """Whether a section has a filter."""
        return 0 <= section < len(self._list.columns) and bool(self._list.columns[section].facet)

    def button(self, section: int) -> QRect:
        """Where the funnel of a section is, in the viewport."""
        left = self.sectionViewportPosition(section)
        width = self.sectionSize(section)
        return QRect(left + max(0, width - _BUTTON - 1), 0, min(_BUTTON, width), self.height())

    # Drawing.

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802 - Qt's name
        """The word, the arrow of the order, the funnel."""
        p, column = self._palette, self._list.columns[section]
        painter.save()
        painter.fillRect(rect, QColor(p.raised))
        painter.setPen(QPen(QColor(p.line)))
        painter.drawLine(rect.topRight(), rect.bottomRight())
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        filtered = section in self._filtered
        font = self.font()
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(QColor(p.accent if filtered else p.text))
        room = rect.adjusted(_PAD, 0, -_PAD, 0)
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(column.heading)
        arrow = section == self._sorted
        spare = room.width() - width - (_SIGN if arrow else 0)
        funnel = self.can_filter(section) and (filtered or section == self._hovered or spare >= _BUTTON + 2)
        if funnel:
            room.setRight(rect.right() - _BUTTON)
        if arrow:
            room.setRight(room.right() - _SIGN)
        side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
        word = metrics.elidedText(column.heading, Qt.TextElideMode.ElideRight, max(0, room.width()))
        painter.drawText(room, side | _ALIGNED, word)
        if arrow:
            self._draw_arrow(
                painter, room.right() + 2 if column.right else min(room.left() + width, room.right()) + 3, rect
            )
        if funnel:
            strong = filtered or section == self._hovered
            colour = p.accent if filtered else p.text if strong else p.line
            place = self.button(section)
            top = rect.top() + (rect.height() - _SIGN) // 2
            icon("funnel", colour).paint(painter, QRect(place.left() + 2, top, _SIGN, _SIGN))
        painter.restore()

    def _draw_arrow(self, painter: QPainter, left: int, rect: QRect) -> None:
        middle = rect.center().y() + (1 if self._down else 2)
        step = 3 if self._down else -3
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(QColor(self._palette.accent))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon([
            QPoint(left, middle - step // 2 - (step > 0)), QPoint(left + 8, middle - step // 2 - (step > 0)),
            QPoint(left + 4, middle + step),
        ])  # fmt: skip

    # The mouse.

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The funnel shows under the mouse."""
        super().mouseMoveEvent(event)
        hovered = self.logicalIndexAt(event.position().toPoint())
        if hovered != self._hovered:
            self._hovered = hovered
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """The mouse left."""
        super().leaveEvent(event)
        self._hovered = -1
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A press on a funnel is not a press on the heading."""
        self._pressed = self._funnel_at(event)
        if self._pressed < 0:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Let go over the same funnel: the filter is wanted."""
        if self._pressed < 0:
            super().mouseReleaseEvent(event)
            return
        pressed, self._pressed = self._pressed, -1
        if self._funnel_at(event) == pressed:
            self.filter_wanted.emit(pressed)

    def _funnel_at(self, event: QMouseEvent) -> int:
        point = event.position().toPoint()
        section = self.logicalIndexAt(point)
        if event.button() != Qt.MouseButton.LeftButton or not self.can_filter(section):
            return -1
        place = self.button(section)
        near_edge = place.right() - point.x() < 3 and self.sectionResizeMode(section) == self.ResizeMode.Interactive
        return section if place.contains(point) and not near_edge else -1

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802 - Qt's name
        """The menu of a heading."""
        self.menu_wanted.emit(self.logicalIndexAt(event.pos()), event.globalPos())
