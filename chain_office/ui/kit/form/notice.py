"""A quiet bar above a form: what happened, and what can be done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.ui.kit.form.wrapped import Wrapped

if TYPE_CHECKING:
    from collections.abc import Callable


class Notice(QFrame):
    """Words and buttons; hidden until there is something to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "notice")
        self.words = Wrapped()
        self._row = QHBoxLayout()
        self._row.setSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 12, 6)
        column.setSpacing(6)
        column.addWidget(self.words)
        column.addLayout(self._row)
        self.buttons: list[QPushButton] = []
        self.hide()

    def tell(self, words: str, *acts: tuple[str, Callable[[], None]]) -> None:
        """Say something; each act is a button."""
        self.words.show_text(words)
        self.setAccessibleName(words)
        while (item := self._row.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self.buttons = []
        for word, do in acts:
            button = QPushButton(word)
            button.clicked.connect(lambda _=False, act=do: act())
            self._row.addWidget(button)
            self.buttons.append(button)
        self._row.addStretch(1)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))
