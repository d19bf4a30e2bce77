"""Python's collector of cycles, kept to the GUI thread.

Left to itself it runs on whichever thread happens to make the next object, and may there delete a widget that was part of a
cycle: Qt forbids that on any thread but its own. So it is switched off, and a timer collects where widgets live.
"""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from chain_office.ui.work import Work

_EVERY_MILLISECONDS: Final = 2_000
_WHOLE_EVERY: Final = 30


class Collector(QObject):
    """Collects young cycles every other second and all of them once a minute; rests while a long job makes objects by the
    million. What was there when it began is never looked at again."""

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._under_way = 0
        self._turns = 0
        gc.disable()
        gc.freeze()
        work.began.connect(self._rest)
        work.ended.connect(self._go_on)
        self.timer = QTimer(self)
        self.timer.setInterval(_EVERY_MILLISECONDS)
        self.timer.timeout.connect(self.collect)
        self.timer.start()

    def _rest(self) -> None:
        self._under_way += 1

    def _go_on(self) -> None:
        self._under_way = max(0, self._under_way - 1)

    def collect(self) -> None:
        """Collect now, unless a long job is under way."""
        if self._under_way == 0:
            self._turns += 1
            gc.collect(2 if self._turns % _WHOLE_EVERY == 0 else 1)
