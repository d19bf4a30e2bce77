"""A day or a month: typed (0315, 3.15, 10月底, 三季度末), or clicked in a calendar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, QSize, Qt, Signal
from PySide6.QtGui import QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QLineEdit, QToolButton, QVBoxLayout, QWidget

from chain_office.domain.kinds import BadValue
from chain_office.ui.icons import icon
from chain_office.ui.kit.form.floating import Floating
from chain_office.ui.kit.form.lines import LineEditor
from chain_office.ui.kit.form.understood import box_text

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_SIZE = QSize(300, 236)


class _Calendar(Floating):
    """A month's days under a box."""

    picked = Signal(object)

    def __init__(self, box: QWidget) -> None:
        super().__init__(box)
        self.days = QCalendarWidget()
        self.days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self.days.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
        self.days.setGridVisible(False)
        self.days.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.SingleLetterDayNames)
        for day in (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday):
            self.days.setWeekdayTextFormat(day, QTextCharFormat())
        for name, sign in (("qt_calendar_prevmonth", "chevron-left"), ("qt_calendar_nextmonth", "chevron-right")):
            button = self.days.findChild(QToolButton, name)
            if button is not None:
                button.setIcon(icon(sign, "text"))
        for part in (self.days, *self.days.findChildren(QWidget)):
            part.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.days.clicked.connect(lambda day: self.picked.emit(day.toPython()))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.addWidget(self.days)

    def open_on(self, day: date) -> None:
        """Show the month of a day."""
        self.days.setSelectedDate(QDate(day.year, day.month, day.day))
        self.open_at(_SIZE, _SIZE.height())


class DateEditor(LineEditor):
    """A line with a calendar behind its sign."""

    def build(self) -> QWidget:
        """A line and the sign at its end."""
        box = super().build()
        self._calendar: _Calendar | None = None
        action = self.box.addAction(icon("calendar", "quiet"), QLineEdit.ActionPosition.TrailingPosition)
        action.setToolTip("打开日历")
        action.triggered.connect(lambda: self.open_calendar())
        self.box.keys = self._key
        self.box.held = lambda key: self.is_open and key == Qt.Key.Key_Escape
        return box

    @property
    def calendar(self) -> _Calendar:
        """The calendar, made when it is first wanted."""
        if self._calendar is None:
            self._calendar = _Calendar(self.box)
            self._calendar.picked.connect(self._pick)
        return self._calendar

    @property
    def is_open(self) -> bool:
        """Whether the calendar is shown."""
        return self._calendar is not None and self._calendar.isVisible()

    def open_calendar(self) -> None:
        """Show the month the box names, else the one shown everywhere."""
        try:
            found = self.value()
        except BadValue:
            found = None
        if isinstance(found, str):
            found = date.fromisoformat(f"{found}-01")
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.calendar.open_on(found if isinstance(found, date) else self.around.day)

    def _key(self, event: QKeyEvent) -> bool:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.is_open:
            self.calendar.close_list()
            return True
        if key in {Qt.Key.Key_Down, Qt.Key.Key_F4} and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.open_calendar()
            return True
        return False

    def _pick(self, day: object) -> None:
        self.calendar.close_list()
        self.write(box_text(self.spec, self.spec.kind.parse(day).value))

    def settle(self) -> None:
        """The cursor left: so does the calendar."""
        if self._calendar is not None:
            self._calendar.close_list()
        super().settle()
