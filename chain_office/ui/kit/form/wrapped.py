"""A text that takes the lines it needs. It tells layouts a plain height: one that depends on the width is kept stale by Qt
where layouts stand in layouts, and the last line is cut off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_ENDLESS = 100_000


class Wrapped(QLabel):
    """Plain text over the width it is given."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)
        self.show_text(text)

    def show_text(self, text: str) -> None:
        """Show a text."""
        self.setText(text)
        self._fit()

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Layouts are told a height, see above."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Another width takes other lines."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """So does another face."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._fit()

    def _fit(self) -> None:
        room = QRect(0, 0, max(1, self.contentsRect().width()), _ENDLESS)
        flags = int(Qt.TextFlag.TextWordWrap)
        height = max(self.fontMetrics().boundingRect(room, flags, self.text()).height(), self.fontMetrics().height())
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)
