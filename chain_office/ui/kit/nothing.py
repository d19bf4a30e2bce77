"""What stands where there is nothing to show: why, and one way on."""

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
        words = label(text, "quiet", wrap=True)
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.button = QPushButton(action)
        self.button.clicked.connect(lambda: do())
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setSpacing(12)
        column.addStretch(2)
        column.addWidget(words)
        column.addLayout(row)
        column.addStretch(3)
