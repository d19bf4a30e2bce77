"""What stands where there is nothing to show: why, and the ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from collections.abc import Callable


class Nothing(QWidget):
    """A sentence and a button in the middle of the room."""

    def __init__(self, text: str, action: str, do: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = words = label(text, "quiet", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(action)
        self.button.clicked.connect(lambda: do())
        self._ways = QHBoxLayout()
        self._ways.setSpacing(8)
        self._ways.addStretch(1)
        self._ways.addWidget(self.button)
        self._ways.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(words)
        column.addLayout(self._ways)
        column.addStretch(3)

    def also(self, action: str, do: Callable[[], None]) -> QPushButton:
        """Another way on, after those there."""
        button = QPushButton(action)
        button.clicked.connect(lambda: do())
        self._ways.insertWidget(self._ways.count() - 1, button)
        return button
