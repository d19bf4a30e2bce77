"""是 or 否 (or 待定), one click or one key each; nothing chosen is 未填."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from chain_office.ui.kit.form.editor import Editor

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from chain_office.domain.forms import Option

_BLANK = "未填"
_KEYS = {
    "是": ("y", "1", "s", "是"), "否": ("n", "0", "f", "否"), "待定": ("d", "待"), _BLANK: ("\x7f", "\x08"),
}  # fmt: skip


class _Group(QWidget):
    """The buttons in a row; the focus goes to the chosen one."""

    def __init__(self, words: tuple[str, ...]) -> None:
        super().__init__()
        self.buttons = {word: QRadioButton(word) for word in words}
        self.group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 5, 0, 4)
        row.setSpacing(12)
        for button in self.buttons.values():
            self.group.addButton(button)
            row.addWidget(button)
        row.addStretch(1)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFocusProxy(self.buttons[words[0]])

    @property
    def word(self) -> str:
        """The chosen word."""
        return next(word for word, button in self.buttons.items() if button.isChecked())

    def choose(self, word: str) -> None:
        """Choose a word; a word there is no button for is 未填."""
        button = self.buttons.get(word, self.buttons[_BLANK])
        button.setChecked(True)
        self.setFocusProxy(button)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """是 by 1, y or s; 否 by 0, n or f; Delete for nothing."""
        typed = event.text().lower()
        for word, keys in _KEYS.items():
            if typed and typed in keys and word in self.buttons and not self.buttons[word].isHidden():
                self.buttons[word].click()
                return
        super().keyPressEvent(event)


class YesNoEditor(Editor):
    """A yes, a no, or nothing yet."""

    def build(self) -> QWidget:
        """Radio buttons."""
        words = ("是", "否") if self.spec.kind.name == "flag" else ("是", "否", "待定")
        self.group = _Group((*words, _BLANK))
        self.group.choose(_BLANK)
        for word, button in self.group.buttons.items():
            button.setAccessibleName(f"{self.spec.label}：{word}")
        self.group.group.buttonToggled.connect(self._toggled)
        return self.group

    def _toggled(self, button: QRadioButton, on: bool) -> None:
        if on:
            self.group.setFocusProxy(button)
            self.follow()

    def text(self) -> str:
        """The chosen word; "" for 未填."""
        return "" if self.group.word == _BLANK else self.group.word

    def set_value(self, value: object | None, option: Option | None = None) -> None:
        """A flag that is yes or no already has no third answer."""
        self.group.buttons[_BLANK].setVisible(not isinstance(value, bool))
        super().set_value(value, option)

    def write(self, text: str) -> None:
        """Choose a word."""
        self.group.choose(text)
