"""Editors of steps that show every answer there is: one key or one click each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QGridLayout, QRadioButton, QWidget

from chain_office.domain.textkinds import ChoiceKind
from chain_office.ui.kit.form.editor import Editor

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from chain_office.domain.forms import FormField
    from chain_office.ui.kit.form.surroundings import Surroundings

_BLANK = "未填"
_ONE_ROW = 8
"""Answers of more letters together take two rows: the pane beside a list is narrow."""
_KEYS = {
    "是": "ysYS是", "否": "nfNF否", "部分": "bB", "满意": "mM", "基本满意": "jJ", "不满意": "bB", _BLANK: "\x7f\x08",
}  # fmt: skip


class _Buttons(QWidget):
    """The answers, in a row where there is room."""

    entered = Signal()

    def __init__(self, words: tuple[str, ...], *, required: bool) -> None:
        super().__init__()
        shown = words if required else (*words, _BLANK)
        self.buttons = {word: QRadioButton(word) for word in shown}
        self.group = QButtonGroup(self)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 5, 0, 4)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        across = len(shown) if sum(len(word) for word in shown) <= _ONE_ROW else 2
        for place, button in enumerate(self.buttons.values()):
            self.group.addButton(button)
            grid.addWidget(button, place // across, place % across)
        grid.setColumnStretch(across, 1)

    @property
    def word(self) -> str:
        """The chosen answer; "" for none."""
        chosen = next((word for word, button in self.buttons.items() if button.isChecked()), "")
        return "" if chosen == _BLANK else chosen

    def choose(self, word: str) -> None:
        """Choose an answer; "" for none."""
        button = self.buttons.get(word or _BLANK)
        if button is not None:
            button.setChecked(True)
            return
        self.group.setExclusive(False)
        for one in self.buttons.values():
            one.setChecked(False)
        self.group.setExclusive(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """An answer by its place or the initial of its pinyin; Enter goes on."""
        typed = event.text()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
            return
        for place, word in enumerate(self.buttons, start=1):
            if typed and (typed in _KEYS.get(word, "") or (word != _BLANK and typed == str(place))):
                self.buttons[word].setFocus(Qt.FocusReason.OtherFocusReason)
                self.buttons[word].click()
                return
        super().keyPressEvent(event)


class AnswerEditor(Editor):
    """One of a few fixed answers. The buttons take the focus themselves: a widget that hands it on to a child would break
    the order of Tab."""

    def __init__(self, field: FormField, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(field, around, parent)
        self.target = self.stops[0]
        self.setFocusProxy(self.target)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What takes the focus, in order."""
        return tuple(self.buttons.buttons.values())

    def build(self) -> QWidget:
        """A button for each."""
        kind = self.spec.kind
        words = tuple(one.label for one in kind.choices) if isinstance(kind, ChoiceKind) else self.spec.choices
        self.buttons = _Buttons(words, required=self.field.required)
        self.buttons.choose("")
        for word, button in self.buttons.buttons.items():
            button.setAccessibleName(f"{self.spec.label}：{word}")
        self.buttons.group.buttonToggled.connect(self._toggled)
        self.buttons.entered.connect(self.went_on)
        return self.buttons

    def _toggled(self, _button: QRadioButton, on: bool) -> None:
        if on:
            self.follow()

    def text(self) -> str:
        """The chosen answer."""
        return self.buttons.word

    def write(self, text: str) -> None:
        """Choose an answer."""
        self.buttons.choose(text)


class _Tick(QCheckBox):
    """A tick; Enter goes on."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space ticks, Enter goes on."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class TickEditor(Editor):
    """Yes where it is ticked, else no."""

    def build(self) -> QWidget:
        """A box to tick."""
        self.box = _Tick("已当面或电话说明，企业知晓" if self.field.name == "understood" else "是")
        self.box.toggled.connect(lambda _on: self.follow())
        self.box.entered.connect(self.went_on)
        return self.box

    def text(self) -> str:
        """是 or 否."""
        return "是" if self.box.isChecked() else "否"

    def write(self, text: str) -> None:
        """Tick it, or not."""
        self.box.setChecked(text == "是")
