"""A month of days, six weeks of seven, painted as one widget: what falls on each day in words, a cursor on one of them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QHelpEvent, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from chain_office.ui.kit.rows import plain_tip

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from chain_office.ui.palette import Palette

WEEK: Final = "一二三四五六日"
_WEEKS: Final = 6
_DAYS: Final = 7
_PAD: Final = 6
_STEPS: Final = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}


@dataclass(frozen=True, slots=True)
class MonthDay:
    """A day: whether it is worked (None: nobody knows), what falls on it, each with its light, and the holiday's name."""

    worked: bool | None
    lines: tuple[tuple[str, str], ...] = ()
    name: str = ""


def grid(month: date) -> tuple[date, date]:
    """The first and the last day shown with a month: whole weeks from Monday."""
    first = month.replace(day=1)
    start = first - timedelta(days=first.weekday())
    return start, start + timedelta(days=_WEEKS * _DAYS - 1)


def other_month(day: date, by: int) -> date:
    """The same day so many months on, or that month's last."""
    index = day.year * 12 + day.month - 1 + by
    year, month = index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


class MonthCalendar(QWidget):
    """Arrows move by days and weeks, PageUp and PageDown by months, T goes to the cut-off date."""

    moved = Signal(object)
    """The cursor is on this day."""
    month_changed = Signal(object)
    """Another month is shown: its first day."""
    entered = Signal()
    """Enter, or a double click: into the day's list."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colours = palette
        self._days: Mapping[date, MonthDay] = {}
        self._today = date(2000, 1, 1)
        self.current = date(2000, 1, 1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName("到期日历")

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Two lines a day."""
        line = self.fontMetrics().height()
        return QSize(_DAYS * 64, line + 8 + _WEEKS * (2 * line + _PAD))

    @property
    def month(self) -> date:
        """The first day of the month shown."""
        return self.current.replace(day=1)

    def show_days(self, days: Mapping[date, MonthDay], today: date) -> None:
        """Show what falls on the days of the month; ``today`` is the cut-off date."""
        self._days, self._today = days, today
        self._describe()
        self.update()

    def go_to(self, day: date) -> None:
        """Put the cursor on a day; another month is told of."""
        before, self.current = self.month, day
        self._describe()
        self.update()
        if self.month != before:
            self.month_changed.emit(self.month)
        self.moved.emit(day)

    def describe(self, day: date) -> str:
        """A day in words: "2021-10-09（周六）上班：时限 2"."""
        found = self._days.get(day)
        works = "" if found is None or found.worked is None else "上班" if found.worked else found.name or "休息"
        said = "、".join(text for text, _ in found.lines) if found else ""
        return f"{day.isoformat()}（周{WEEK[day.weekday()]}）{works}" + (f"：{said}" if said else "")

    def _describe(self) -> None:
        self.setAccessibleDescription(self.describe(self.current))

    # Where a day stands.

    def _head(self) -> int:
        return self.fontMetrics().height() + 8

    def day_rect(self, day: date) -> QRect:
        """Where a day is painted."""
        start, _ = grid(self.month)
        week, weekday = divmod((day - start).days, _DAYS)
        height = self.height() - self._head()
        left, right = weekday * self.width() // _DAYS, (weekday + 1) * self.width() // _DAYS
        top, bottom = week * height // _WEEKS, (week + 1) * height // _WEEKS
        return QRect(left, self._head() + top, right - left, bottom - top)

    def day_at(self, point: QPoint) -> date | None:
        """The day painted at a point; None above them."""
        start, _ = grid(self.month)
        shown = (start + timedelta(days=place) for place in range(_WEEKS * _DAYS))
        return next((day for day in shown if self.day_rect(day).contains(point)), None)

    # Painting.

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The weekdays' names, then the days."""
        painter, p = QPainter(self), self._colours
        painter.fillRect(self.rect(), QColor(p.paper))
        for weekday, word in enumerate(WEEK):
            left, right = weekday * self.width() // _DAYS, (weekday + 1) * self.width() // _DAYS
            painter.setPen(QColor(p.quiet))
            painter.drawText(QRect(left, 0, right - left, self._head()), int(Qt.AlignmentFlag.AlignCenter), f"周{word}")
        start, _ = grid(self.month)
        for place in range(_WEEKS * _DAYS):
            day = start + timedelta(days=place)
            rect = self.day_rect(day)
            if rect.intersects(event.rect()):
                self._paint_day(painter, day, rect)
        painter.setPen(QColor(p.line))
        painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def _paint_day(self, painter: QPainter, day: date, rect: QRect) -> None:
        p, found = self._colours, self._days.get(day)
        inside = day.month == self.current.month
        rests = found is not None and found.worked is False
        painter.fillRect(rect, QColor(p.ground if rests or not inside else p.paper))
        painter.setPen(QColor(p.line))
        painter.drawLine(rect.topLeft(), rect.topRight())
        if day.weekday():
            painter.drawLine(rect.topLeft(), rect.bottomLeft())
        usual = painter.font()
        bold = QFont(usual)
        bold.setBold(day == self._today)
        painter.setFont(bold)
        line = painter.fontMetrics().height()
        top = QRect(rect.left() + _PAD, rect.top() + 2, rect.width() - 2 * _PAD, line)
        shifted = found is not None and found.worked is not None and found.worked != (day.weekday() < 5)
        shifted = shifted or (rests and found is not None and bool(found.name))
        painter.setPen(QColor(p.accent if day == self._today else p.text if inside and not rests else p.quiet))
        word = f"{day.month}月{day.day}日" if day.day == 1 or not inside else str(day.day)
        painter.drawText(top, int(Qt.AlignmentFlag.AlignLeft), f"{word} 截止日" if day == self._today else word)
        if shifted and found is not None:
            painter.setPen(QColor(p.accent if found.worked else p.red))
            mark = "班" if found.worked else found.name or "休"
            room = top.width() - painter.fontMetrics().horizontalAdvance(f"{word}　")
            wide = painter.fontMetrics().horizontalAdvance(mark) <= room
            painter.drawText(top, int(Qt.AlignmentFlag.AlignRight), mark if wide else "休")
        painter.setFont(usual)
        if found is not None:
            self._paint_lines(painter, found.lines, rect, line, faint=not inside)
        if day == self.current:
            painter.setPen(QPen(QColor(p.accent), 2 if self.hasFocus() else 1))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))

    def _paint_lines(
        self, painter: QPainter, lines: Sequence[tuple[str, str]], rect: QRect, line: int, *, faint: bool
    ) -> None:
        p = self._colours
        room = (rect.height() - 4 - line) // line
        shown = list(lines) if len(lines) <= room else [*lines[: max(0, room - 1)], *_rest(lines[max(0, room - 1) :])]
        for place, (text, light) in enumerate(shown[: max(room, 1)]):
            at = QRect(rect.left() + _PAD, rect.top() + 3 + (place + 1) * line, rect.width() - 2 * _PAD, line)
            ink = getattr(p, light) if light else p.text
            if light:
                painter.fillRect(at.left() - 3, at.top() + 3, 3, line - 6, QColor(ink))
            painter.setPen(QColor(p.quiet if faint and not light else ink))
            painter.drawText(
                at.adjusted(3, 0, 0, 0),
                int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter),
                painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, at.width() - 3),
            )

    # Mouse and keys.

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """A click puts the cursor on a day."""
        day = self.day_at(event.position().toPoint())
        if day is not None and event.button() == Qt.MouseButton.LeftButton:
            self.go_to(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Into the day's list."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.entered.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """The wheel turns months."""
        if event.angleDelta().y():
            self.go_to(other_month(self.current, -1 if event.angleDelta().y() > 0 else 1))
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Arrows, PageUp and PageDown, Home and End, T, Enter."""
        key, day = Qt.Key(event.key()), self.current
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif key in _STEPS:
            self.go_to(day + timedelta(days=_STEPS[key]))
        elif key in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.go_to(other_month(day, -1 if key == Qt.Key.Key_PageUp else 1))
        elif key == Qt.Key.Key_Home:
            self.go_to(day.replace(day=1))
        elif key == Qt.Key.Key_End:
            self.go_to(day.replace(day=monthrange(day.year, day.month)[1]))
        elif key == Qt.Key.Key_T:
            self.go_to(self._today)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The cursor shows."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """The cursor goes."""
        super().focusOutEvent(event)
        self.update()

    def event(self, event: QEvent) -> bool:
        """A day's tool tip says all that falls on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            day = self.day_at(event.pos())
            QToolTip.showText(event.globalPos(), plain_tip(self.describe(day)) if day else "", self)
            return True
        return super().event(event)


def _rest(lines: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """What there is no room for, in one line."""
    if not lines:
        return []
    return [lines[0]] if len(lines) == 1 else [("、".join(text for text, _ in lines), lines[0][1])]
