"""A year at a glance: twelve months painted as one widget, a cursor on a day, days that differ from their weekday marked by
a word as well as a colour."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPen, QPolygon
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from chain_office.ui.kit.rows import plain_tip

if TYPE_CHECKING:
    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent

    from chain_office.services.settings.days import Year
    from chain_office.ui.palette import Palette

_ACROSS = 4
_WEEK = "一二三四五六日"
_HEAD_ROWS = 2
_ROWS = _HEAD_ROWS + 6
_GAP = 14
_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}
_TURNS = frozenset({Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter})


class YearCalendar(QWidget):
    """Arrows move the cursor, Space or a click turns the day."""

    turned = Signal(object)
    """A day is to be turned: holiday to working day, or back."""
    moved = Signal(object)
    """The cursor is on this day."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = palette
        self._year: Year | None = None
        self.current: date | None = None
        self.enabled_to_turn = True
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(self.sizeHint())
        self.setAccessibleName("全年日历")

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Room for twelve months."""
        cell = self.fontMetrics().height() + 1
        return QSize(_ACROSS * (7 * (cell + 3) + _GAP), 3 * (_ROWS * cell + 8))

    def show_year(self, year: Year) -> None:
        """Show a year; the cursor stays on the same day of it."""
        self._year = year
        now = self.current or date(year.year, 1, 1)
        day = min(now.day, monthrange(year.year, now.month)[1])
        self.go_to(date(year.year, now.month, day))
        self.update()

    def go_to(self, day: date) -> None:
        """Put the cursor on a day of the year shown."""
        before, self.current = self.current, day
        self.setAccessibleDescription(self.describe(day))
        self.moved.emit(day)
        for one in (before, day):
            if one is not None:
                self.update(self.day_rect(one))

    def describe(self, day: date) -> str:
        """A day in words: "2021-10-09（周六）上班，国庆节，本单位登记"."""
        words = f"{day.isoformat()}（周{_WEEK[day.weekday()]}）"
        year = self._year
        found = year.days.get(day) if year is not None else None
        if found is None:
            return f"{words}{'上班' if day.weekday() < 5 else '休息'}"
        parts = [
            ("上班" if found.works else "放假") if not found.usual or found.name else "上班" if found.works else "休息"
        ]
        if found.name:
            parts.append(found.name)
        if found.own:
            parts.append("本单位登记")
        return words + "，".join(parts)

    # Where a day stands.

    def _month_rect(self, month: int) -> QRect:
        width, height = self.width() // _ACROSS, self.height() // 3
        row, column = divmod(month - 1, _ACROSS)
        return QRect(column * width, row * height, width - _GAP, height - 6)

    def day_rect(self, day: date) -> QRect:
        """Where a day is painted."""
        month = self._month_rect(day.month)
        first = date(day.year, day.month, 1).weekday()
        row, column = divmod(first + day.day - 1, 7)
        cell_width, cell_height = month.width() / 7, month.height() / _ROWS
        left, top = round(column * cell_width), round((row + _HEAD_ROWS) * cell_height)
        right, bottom = round((column + 1) * cell_width), round((row + _HEAD_ROWS + 1) * cell_height)
        return QRect(month.left() + left, month.top() + top, right - left, bottom - top)

    def day_at(self, point: QPoint) -> date | None:
        """The day painted at a point; None for none."""
        if self._year is None:
            return None
        for month in range(1, 13):
            if self._month_rect(month).contains(point):
                for number in range(1, monthrange(self._year.year, month)[1] + 1):
                    day = date(self._year.year, month, number)
                    if self.day_rect(day).contains(point):
                        return day
        return None

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """What of the twelve months is to be painted."""
        if self._year is None:
            return
        painter = QPainter(self)
        for month in range(1, 13):
            if self._month_rect(month).intersects(event.rect()):
                self._paint_month(painter, month, event.rect())
        painter.end()

    def _paint_month(self, painter: QPainter, month: int, part: QRect) -> None:
        year = self._year
        if year is None:
            return
        rect = self._month_rect(month)
        height = rect.height() / _ROWS
        bold, usual = painter.font(), painter.font()
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(QColor(self._colours.text))
        painter.drawText(
            QRect(rect.left(), rect.top(), rect.width(), round(height)), Qt.AlignmentFlag.AlignVCenter, f"　{month}月"
        )
        usual.setBold(False)
        painter.setFont(usual)
        painter.setPen(QColor(self._colours.quiet))
        for column, word in enumerate(_WEEK):
            left = rect.left() + round(column * rect.width() / 7)
            box = QRect(left, rect.top() + round(height), round(rect.width() / 7), round(height))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        for number in range(1, monthrange(year.year, month)[1] + 1):
            day = date(year.year, month, number)
            if self.day_rect(day).intersects(part):
                self._paint_day(painter, day)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        year, colours, rect = self._year, self._colours, self.day_rect(day)
        found = year.days.get(day) if year is not None else None
        special = found is not None and (not found.usual or (not found.works and bool(found.name)))
        worked = found.works if found is not None else day.weekday() < 5
        inner = rect.adjusted(1, 1, -1, -1)
        if special and found is not None:
            painter.fillRect(inner, QColor(colours.selected if found.works else colours.ground))
        if found is not None and found.own:
            painter.setPen(QPen(QColor(colours.accent), 1))
            painter.drawRect(inner.adjusted(0, 0, -1, -1))
        if special and worked:
            painter.fillRect(inner.left() + 3, inner.bottom() - 1, inner.width() - 6, 2, QColor(colours.accent))
        elif special:
            corner = QPolygon([inner.topRight(), inner.topRight() - QPoint(6, 0), inner.topRight() + QPoint(0, 6)])
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.red))
            painter.drawPolygon(corner)
            painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QColor(colours.text if worked else colours.red if special else colours.quiet))
        mark = ("班" if worked else "休") if special else ""
        wide = rect.width() >= painter.fontMetrics().horizontalAdvance("00班") + 12
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"{day.day}{mark if wide else ''}")
        if day == self.current and self.hasFocus():
            painter.setPen(QPen(QColor(colours.accent), 2))
            painter.drawRect(inner)

    # Mouse and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click puts the cursor on a day and turns it."""
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(day)
            self._turn()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows, PageUp and PageDown move, Space and Enter turn."""
        key, day = event.key(), self.current
        if day is None or self._year is None:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self._move(day + timedelta(days=_STEPS[Qt.Key(key)]))
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            month = day.month + (1 if key == Qt.Key.Key_PageDown else -1)
            if 1 <= month <= 12:
                self._move(date(day.year, month, min(day.day, monthrange(day.year, month)[1])))
        elif key in _TURNS:
            self._turn()
        else:
            super().keyPressEvent(event)

    def _move(self, day: date) -> None:
        if self._year is not None and day.year == self._year.year:
            self.go_to(day)

    def _turn(self) -> None:
        if self.enabled_to_turn and self.current is not None:
            self.turned.emit(self.current)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The cursor shows."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The cursor goes."""
        super().focusOutEvent(event)
        self.update()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Larger texts need more room."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self.setMinimumSize(self.sizeHint())

    def event(self, event: QEvent) -> bool:
        """A day's tool tip says what it is."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.day_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(self.describe(day)) if day else "", self)
            return True
        return super().event(event)
