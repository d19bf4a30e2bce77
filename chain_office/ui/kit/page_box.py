"""Which stretch of a long list is shown: a choice that is only there where one stretch does not hold all."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox


class PageBox(QComboBox):
    """第 1—2,000 家, 第 2,001—4,000 家 …; ``unit`` is what is counted."""

    chosen = Signal()
    """The person chose another stretch."""

    def __init__(self, size: int, unit: str = "家") -> None:
        super().__init__()
        self._size, self._unit = size, unit
        self.setAccessibleName("列哪一段")
        self.setToolTip(f"太多，一段一段地列，每段 {size:,} {unit}；合计是全部的")
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.activated.connect(lambda _place: self.chosen.emit())
        self.hide()

    @property
    def start(self) -> int:
        """How many come before the stretch."""
        return max(0, self.currentIndex()) * self._size

    def offer(self, number: int) -> None:
        """There are so many; the stretch shown stays where it still exists, else the last one is taken."""
        words = [
            f"第 {first + 1:,}—{min(number, first + self._size):,} {self._unit}"
            for first in range(0, number, self._size)
        ]
        if words != [self.itemText(place) for place in range(self.count())]:
            at = min(max(0, self.currentIndex()), max(0, len(words) - 1))
            self.clear()
            self.addItems(words)
            self.setCurrentIndex(at)
        self.setVisible(len(words) > 1)

    def first(self) -> None:
        """Back to the first stretch."""
        self.setCurrentIndex(0 if self.count() else -1)
