"""A label that gives way: what does not fit is left out in the middle, the whole is in the tool tip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QLabel, QSizePolicy

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_LEAST = 48


class Elided(QLabel):
    """Plain text on one line; ``widest``: it never asks for more room than this."""

    def __init__(
        self, role: str = "", *, widest: int = 420, mode: Qt.TextElideMode = Qt.TextElideMode.ElideMiddle
    ) -> None:
        super().__init__()
        self._widest = widest
        self._mode = mode
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the text, up to the widest."""
        whole = super().sizeHint()
        return QSize(min(whole.width(), self._widest), whole.height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """A few characters."""
        whole = super().sizeHint()
        return QSize(min(whole.width(), _LEAST), whole.height())

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """As much as fits."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), self._mode, self.width())
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()
