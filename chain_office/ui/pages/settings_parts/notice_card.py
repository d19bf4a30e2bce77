"""A year's notice, pasted: what was understood of it is shown before it is entered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout

from chain_office.services.settings.days import look_at_notice, take_notice
from chain_office.ui.kit.labels import label, show_light

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from chain_office.services.settings.days import Notice
    from chain_office.ui.pages.settings_parts.part import Part

_EXAMPLE = "一个节日一行，如：\n元旦：1月1日至3日放假，1月4日上班\n春节：2月15日至23日放假，2月14日、28日上班"


class NoticeCard(QFrame):
    """Stands over the calendar while it is needed; Esc puts it away."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part
        self._year = 0
        self.read: Notice | None = None
        self.setProperty("role", "card")
        self.heading = label("", "section")
        self.text = QPlainTextEdit()
        self.text.setPlaceholderText(_EXAMPLE)
        self.text.setAccessibleName("放假通知")
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(96)
        self.text.textChanged.connect(self._look)
        self.said = label("", wrap=True)
        self.take_button = part.button("登记", self.take, "calendar-check", primary=True)
        self.leave_button = part.button("不登记", self.close_card, "x")
        buttons = QHBoxLayout()
        buttons.addWidget(self.take_button)
        buttons.addWidget(self.leave_button)
        buttons.addWidget(self.said, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.heading)
        column.addWidget(self.text)
        column.addLayout(buttons)
        self.hide()

    def open_card(self, year: int) -> None:
        """Ask for the notice of a year."""
        self._year = year
        self.heading.setText(f"粘贴国务院办公厅关于 {year} 年部分节假日安排的通知，或照样子写")
        self.text.clear()
        self._look()
        self.show()
        self.text.setFocus()

    def close_card(self) -> None:
        """Put it away."""
        self.hide()

    def _look(self) -> None:
        typed = self.text.toPlainText()
        self.read = look_at_notice(typed, self._year) if typed.strip() else None
        self.said.setText(self.read.sentence if self.read is not None else "")
        show_light(self.said, "amber" if self.read is not None and self.read.unread else "")
        self.take_button.setEnabled(self.read is not None and bool(self.read.days) and not self.read.unread)

    def take(self) -> None:
        """Enter it."""
        notice = self.read
        if notice is None:
            return

        def done(_saved: object) -> None:
            self.close_card()
            self._part.refresh()

        self._part.save(lambda ledger, actor: take_notice(ledger, notice, actor), done)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc puts it away."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        else:
            super().keyPressEvent(event)
