"""Spans over months on the screen: only the rows in sight are painted; scrolled and zoomed by mouse and keyboard."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QToolTip, QWidget

from chain_office.ui.kit.gantt_chart import HEAD, ROW, Chart, GanttRow, paint_label, span_of
from chain_office.ui.kit.rows import plain_tip
from chain_office.ui.measure import scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent, QMouseEvent, QPaintEvent, QResizeEvent, QWheelEvent

    from chain_office.ui.palette import Palette

_NAMES: Final = 236
_LEAST, _MOST_SCALE, _USUAL = 0.12, 12.0, 1.4
_ZOOM: Final = 1.25


class GanttView(QAbstractScrollArea):
    """↑↓ rows, ←→ months, + and − zoom, 0 the whole span, Home the cut-off day, Enter opens."""

    opened = Signal(str)
    moved = Signal(str)
    """The cursor is on this row's record, "" for a heading."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._palette = palette
        self.rows: tuple[GanttRow, ...] = ()
        self._day = self._first = self._last = date(2000, 1, 1)
        self.scale = _USUAL
        self.current = -1
        self._fresh = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("进度图")
        self.setAccessibleDescription("上下换项目，左右换月份，加减号缩放，0 看全部，Home 回到截止日，回车打开项目")
        self.viewport().setMouseTracking(True)

    def show_rows(self, rows: Sequence[GanttRow], day: date) -> None:
        """Show these; the cursor stays on its record, the months where they are."""
        at = self.current_id
        self.rows, self._day = tuple(rows), day
        self._first, self._last = span_of(rows, day)
        self.current = next((place for place, row in enumerate(self.rows) if row.id and row.id == at), -1)
        if self.current < 0:
            self.current = next((place for place, row in enumerate(self.rows) if row.id), -1)
        self._measure()
        if self._fresh and self.rows:
            self._fresh = False
            self.to_day()
        self._tell()
        self.viewport().update()

    @property
    def current_id(self) -> str:
        """The record the cursor is on, "" for none."""
        return self.rows[self.current].id if 0 <= self.current < len(self.rows) else ""

    def go_to(self, row_id: str) -> None:
        """Put the cursor on a record."""
        place = next((place for place, row in enumerate(self.rows) if row.id and row.id == row_id), -1)
        if place >= 0:
            self._step_to(place)

    @property
    def _names(self) -> float:
        return float(scaled(_NAMES))

    def _chart(self) -> Chart:
        left = self._names - self.horizontalScrollBar().value()
        return Chart(self._first, self._last, left, self.scale, self._day, self._palette)

    def _measure(self) -> None:
        room = self.viewport().size()
        wide = ((self._last - self._first).days + 1) * self.scale + 160
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setRange(0, max(0, round(wide - (room.width() - self._names))))
        across.setPageStep(max(1, round(room.width() - self._names)))
        across.setSingleStep(max(1, round(30 * self.scale)))
        down.setRange(0, max(0, round(len(self.rows) * ROW - (room.height() - HEAD))))
        down.setPageStep(max(1, round(room.height() - HEAD)))
        down.setSingleStep(round(ROW))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Other rows and months fit."""
        super().resizeEvent(event)
        self._measure()

    def scrollContentsBy(self, _dx: int, _dy: int) -> None:  # noqa: N802 - Qt's name
        """Paint what is in sight now."""
        self.viewport().update()

    # Zoom.

    def zoom(self, factor: float, at: float | None = None) -> None:
        """Make months wider or narrower; the day at ``at`` (a place in the view; left out: the middle) stays there."""
        place = (self._names + self.viewport().width()) / 2 if at is None else max(at, self._names)
        days = (place - self._names + self.horizontalScrollBar().value()) / self.scale
        self.scale = min(_MOST_SCALE, max(_LEAST, self.scale * factor))
        self._measure()
        self.horizontalScrollBar().setValue(round(days * self.scale - (place - self._names)))
        self.viewport().update()

    def fit(self) -> None:
        """The whole span in the view."""
        days = (self._last - self._first).days + 1
        self.scale = min(_MOST_SCALE, max(_LEAST, (self.viewport().width() - self._names - 170) / days))
        self._measure()
        self.horizontalScrollBar().setValue(0)
        self.viewport().update()

    def to_day(self) -> None:
        """The cut-off day a third from the right."""
        room = self.viewport().width() - self._names
        self.horizontalScrollBar().setValue(round((self._day - self._first).days * self.scale - room * 0.6))

    # Keys and mouse.

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Rows, months, zoom."""
        key, page = event.key(), max(1, round((self.viewport().height() - HEAD) / ROW) - 1)
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: page, Qt.Key.Key_PageUp: -page}
        across = self.horizontalScrollBar()
        if key in steps:
            self._step(steps[Qt.Key(key)])
        elif key in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            across.setValue(across.value() + (1 if key == Qt.Key.Key_Right else -1) * across.singleStep())
        elif key in {Qt.Key.Key_Plus, Qt.Key.Key_Equal}:
            self.zoom(_ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _ZOOM)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key == Qt.Key.Key_Home:
            self.to_day()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        else:
            super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        way = 1 if by > 0 else -1
        place = min(max(0, self.current + by), len(self.rows) - 1)
        while 0 <= place < len(self.rows) and not self.rows[place].id:
            place += way
        if 0 <= place < len(self.rows):
            self._step_to(place)

    def _step_to(self, place: int) -> None:
        self.current = place
        down, top = self.verticalScrollBar(), place * ROW
        room = self.viewport().height() - HEAD
        if top < down.value():
            down.setValue(round(top - (ROW if place and not self.rows[place - 1].id else 0)))
        elif top + ROW > down.value() + room:
            down.setValue(round(top + ROW - room))
        self._tell()
        self.viewport().update()

    def _tell(self) -> None:
        self.moved.emit(self.current_id)
        if self.current_id:
            self.setAccessibleDescription(self.rows[self.current].tip.replace("\n", "，"))

    def _open(self) -> None:
        if self.current_id:
            self.opened.emit(self.current_id)

    def row_at(self, y: float) -> int:
        """Which row a place in the view belongs to; -1 for none."""
        if y < HEAD:
            return -1
        place = int((y - HEAD + self.verticalScrollBar().value()) // ROW)
        return place if 0 <= place < len(self.rows) else -1

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """The cursor goes where one clicks."""
        place = self.row_at(event.position().y())
        if place >= 0 and self.rows[place].id:
            self._step_to(place)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Open it."""
        if self.row_at(event.position().y()) == self.current:
            self._open()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """With Ctrl it zooms, with Shift the months move."""
        turned = event.angleDelta().y() or event.angleDelta().x()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and turned:
            self.zoom(_ZOOM if turned > 0 else 1 / _ZOOM, event.position().x())
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and turned:
            across = self.horizontalScrollBar()
            across.setValue(across.value() - turned)
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """A tip tells a row's dates in words."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            place = self.row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), plain_tip(self.rows[place].tip) if place >= 0 else "", self)
            return True
        return super().viewportEvent(event)

    # Painting.

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The rows in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        p, chart = self._palette, self._chart()
        width, height = float(self.viewport().width()), float(self.viewport().height())
        painter.fillRect(QRectF(0, 0, width, height), QColor(p.paper))
        offset = self.verticalScrollBar().value()
        first = int(offset // ROW)
        last = min(len(self.rows), int((offset + height - HEAD) // ROW) + 1)
        tops = [(self.rows[place], place, HEAD + place * ROW - offset) for place in range(first, last)]
        for row, place, top in tops:
            ground = p.raised if not row.id else p.selected if place == self.current else ""
            if ground:
                painter.fillRect(QRectF(0, top, width, ROW), QColor(ground))
        painter.setClipRect(QRectF(self._names, HEAD, width - self._names, height - HEAD))
        chart.paint_grid(painter, HEAD, min(height, HEAD + len(self.rows) * ROW - offset), width)
        for row, _place, top in tops:
            if row.id:
                chart.paint_row(painter, row, top)
        painter.setClipRect(QRectF(self._names, 0, width - self._names, HEAD))
        chart.paint_head(painter, 0, width)
        painter.setClipRect(QRectF(0, HEAD, self._names, height - HEAD))
        for row, place, top in tops:
            paint_label(painter, row, QRectF(8, top, self._names - 16, ROW), p)
            if place == self.current and self.hasFocus():
                painter.setPen(QPen(QColor(p.accent), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(QRectF(0.5, top + 0.5, self._names - 1, ROW - 1))
        painter.setClipping(False)
        painter.fillRect(QRectF(0, 0, self._names, HEAD), QColor(p.raised))
        painter.setPen(QColor(p.text))
        painter.drawText(QRectF(8, 0, self._names - 16, HEAD), int(Qt.AlignmentFlag.AlignVCenter), "项目")
        painter.setPen(QPen(QColor(p.line), 1))
        painter.drawLine(QPointF(self._names, 0), QPointF(self._names, height))
        painter.end()
