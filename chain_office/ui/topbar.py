"""Above the page: one search box, the cut-off date, the ledger's name and the sample stamp."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QDateEdit, QFrame, QHBoxLayout

from chain_office.ui.kit.elided import Elided
from chain_office.ui.kit.labels import label
from chain_office.ui.search_box import SearchBox

if TYPE_CHECKING:
    from chain_office.ui.office import Office


class TopBar(QFrame):
    """Search (Ctrl+F or Ctrl+K), 截至 date, ledger."""

    wanted = Signal(str, str)

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self.setProperty("role", "bar")
        self.setMinimumHeight(48)
        self.box = SearchBox(office)
        self.box.wanted.connect(self.wanted)
        self._name = Elided("section")
        self._stamp = label("示例数据", "stamp")
        self._stamp.hide()
        self.as_of = QDateEdit()
        self.as_of.setDisplayFormat("yyyy-MM-dd")
        self.as_of.setCalendarPopup(True)
        self.as_of.setAccessibleName("截止日期")
        self.as_of.setToolTip("所有数字都按这一天计算")
        self.as_of.setKeyboardTracking(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(10)
        row.addWidget(self.box, 2)
        row.addStretch(1)
        row.addWidget(self._stamp)
        row.addWidget(self._name)
        self._until = label("截至", "quiet")
        row.addWidget(self._until)
        row.addWidget(self.as_of)
        self._of_ledger = (self._name, self._until, self.as_of)
        self._show_parts(on=False)
        self.as_of.dateChanged.connect(self._moved)
        office.shown_changed.connect(self._show)
        office.work.closed.connect(lambda: self._show_parts(on=False))

    def focus_search(self) -> None:
        """Put the cursor into the search box."""
        self.box.enter()

    def _show_parts(self, *, on: bool) -> None:
        """What is said of a ledger is only there while one is open."""
        for part in self._of_ledger:
            part.setVisible(on)
        if not on:
            self._stamp.hide()

    def _show(self) -> None:
        shown = self._office.shown
        if shown is None:
            return
        self._show_parts(on=True)
        self._name.setText(shown.name)
        self._name.setToolTip(str(shown.path))
        self._stamp.setVisible(shown.sample)
        self.as_of.blockSignals(True)
        self.as_of.setDate(QDate(shown.as_of.year, shown.as_of.month, shown.as_of.day))
        self.as_of.blockSignals(False)

    def _moved(self, day: QDate) -> None:
        python_day = day.toPython()
        self._office.move_as_of(python_day)  # type: ignore[arg-type]
