"""How far the screening is, how long it took, and how long the rest will take at this pace."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtWidgets import QLabel

from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QShowEvent

_SECOND = 1000
_IDLE = 180 * _SECOND
"""A pause longer than this is none of the screening's time."""


class Pace(QLabel):
    """Told of every act; counts only the time somebody is at the bench."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(label().textFormat())
        self.setProperty("role", "quiet")
        self.setAccessibleName("进度")
        self._clock = QElapsedTimer()
        self._spent = 0
        self._tick = QTimer(self)
        self._tick.setInterval(_SECOND)
        self._tick.timeout.connect(self._tell)
        self._place = self._left = 0
        self.done = 0

    def act(self) -> None:
        """Something was done: the clock runs from the first of it."""
        self._spent += self._since()
        self._clock.restart()
        if not self._tick.isActive() and self.isVisible():
            self._tick.start()
        self._tell()

    def decided(self, by: int = 1) -> None:
        """So many more candidates are decided (fewer, where a decision was taken back)."""
        self.done = max(0, self.done + by)
        self._tell()

    def show_place(self, place: int, left: int) -> None:
        """The candidate on the bench is the ``place``-th of those ``left``."""
        self._place, self._left = place, left
        self._tell()

    @property
    def total(self) -> int:
        """Those decided in this sitting and those that wait."""
        return self.done + self._left

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The clock goes on with the next act."""
        super().showEvent(event)
        self._tell()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Nobody is at the bench."""
        super().hideEvent(event)
        self._spent += self._since()
        self._clock.invalidate()
        self._tick.stop()

    def _since(self) -> int:
        return min(_IDLE, self._clock.elapsed()) if self._clock.isValid() else 0

    def _tell(self) -> None:
        parts = [f"{self.done + min(self._place, self._left)}/{self.total}"]
        spent = (self._spent + self._since()) // _SECOND
        if self.done:
            parts.append(f"已定 {self.done} 个")
        if spent:
            parts.append(f"用时 {_clock(spent)}")
        if self.done and self._left:
            parts.append(f"预计还需 {_clock(round(spent / self.done * self._left))}")
        self.setText("，".join(parts) if self.total else "")


def _clock(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02d}:{rest:02d}" if hours else f"{minutes}:{rest:02d}"
