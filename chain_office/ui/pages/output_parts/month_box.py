"""Which month is looked at: a box with the last three years, a button to either side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from chain_office.domain.periods import add_to_month, month_of
from chain_office.ui import keys
from chain_office.ui.icons import icon

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QKeyEvent

    from chain_office.ui.palette import Palette

_MONTHS: Final = 36


def month_words(month: str) -> str:
    """ "2021-09" → "2021年9月"."""
    return f"{month[:4]}年{int(month[5:])}月"


class MonthBox(QWidget):
    """A month is wanted, never shown by itself: whoever shows it says so."""

    wanted = Signal(str)

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        self.month = ""
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.months = QComboBox()
        self.months.setAccessibleName("月份")
        self.months.setMaxVisibleItems(18)
        self.months.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.months.activated.connect(lambda place: self.wanted.emit(self.months.itemData(place)))
        before, after = QToolButton(), QToolButton()
        for button, name, word, by in (
            (before, "chevron-left", "上一月", -1),
            (after, "chevron-right", "下一月", 1),
        ):
            button.setIcon(icon(name, palette.text))
            button.setToolTip(f"{word}（{keys.key('sheet_month').keys[0 if by < 0 else 1]}）")
            button.setAccessibleName(word)
            button.clicked.connect(lambda _=False, step=by: self.step(step))
        for widget in (before, self.months, after):
            row.addWidget(widget)
        self.setFocusProxy(self.months)

    def step(self, by: int) -> None:
        """A month on or back."""
        if self.month:
            self.wanted.emit(add_to_month(self.month, by))

    def show_month(self, month: str, day: date) -> None:
        """This month is shown; the box offers the three years up to the cut-off date, and this one."""
        self.month = month
        newest = max(month_of(day), month)
        offered = [add_to_month(newest, -by) for by in range(_MONTHS)]
        if month not in offered:
            offered.append(month)
        self.months.clear()
        for one in offered:
            self.months.addItem(month_words(one), one)
        self.months.setCurrentIndex(offered.index(month))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """PageUp and PageDown turn the months here too."""
        if event.key() in {Qt.Key.Key_PageUp, Qt.Key.Key_PageDown}:
            self.step(-1 if event.key() == Qt.Key.Key_PageUp else 1)
        else:
            super().keyPressEvent(event)
