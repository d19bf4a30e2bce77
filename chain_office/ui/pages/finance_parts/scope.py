"""Which matching event a view of 银企 shows: one, or all together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.queries.finance_desk import Event

ALL = "全部对接会"


class EventBox(QComboBox):
    """All of them, then the latest first."""

    chosen = Signal()
    """The person chose another."""

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("哪次对接会")
        self.setToolTip("只看一次对接会，或几次合起来看")
        self.addItem(ALL, "")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda _place: self.chosen.emit())

    def offer(self, events: Sequence[Event]) -> None:
        """Offer these; what is chosen stays chosen as long as it is there."""
        wanted = [("", ALL), *((one.id, one.name) for one in events)]
        if [(self.itemData(place), self.itemText(place)) for place in range(self.count())] == wanted:
            return
        now = self.event_id
        self.clear()
        for event_id, name in wanted:
            self.addItem(name, event_id)
        self.setCurrentIndex(max(0, self.findData(now)))

    @property
    def event_id(self) -> str:
        """The event chosen, "" for all."""
        return str(self.currentData() or "")

    @property
    def name(self) -> str:
        """What it is called; "全部" for all, as papers take it."""
        return self.currentText() if self.event_id else "全部"
