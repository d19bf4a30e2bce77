"""Two people changed the same fields: mine, theirs and what stood there before, field by field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QBoxLayout,
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chain_office.ui.kit.form.wrapped import Wrapped
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from chain_office.domain.forms import Clash

MINE, THEIRS, ORIGINAL = "mine", "theirs", "original"
_WORDS = {MINE: "我的", THEIRS: "现在的", ORIGINAL: "原来的"}
_ROOM_FOR_THREE = 560
_INDENT = 20
_EMPTY = "（空）"


class _Choice(QFrame):
    """One field: three texts to choose from."""

    def __init__(self, clash: Clash) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.name = clash.name
        self.buttons: dict[str, QRadioButton] = {}
        self._group = QButtonGroup(self)
        self._three = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._three.setSpacing(8)
        texts = {MINE: clash.mine_text, THEIRS: clash.theirs_text, ORIGINAL: clash.original_text}
        for which, text in texts.items():
            self._three.addWidget(self._one(which, clash.label, text or _EMPTY), 1)
        self.buttons[MINE].setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(10, 8, 10, 8)
        column.addWidget(label(clash.label, "section"))
        column.addLayout(self._three)

    def _one(self, which: str, field: str, text: str) -> QWidget:
        button = QRadioButton(_WORDS[which])
        button.setAccessibleName(f"{field}，用{_WORDS[which]}：{text}")
        self._group.addButton(button)
        self.buttons[which] = button
        shown = Wrapped(text)
        shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        indented = QHBoxLayout()
        indented.addSpacing(_INDENT)
        indented.addWidget(shown)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(button)
        column.addLayout(indented)
        column.addStretch(1)
        return part

    def lay_out(self, *, three: bool) -> None:
        """Beside each other where there is room."""
        way = QBoxLayout.Direction.LeftToRight if three else QBoxLayout.Direction.TopToBottom
        self._three.setDirection(way)

    @property
    def picked(self) -> str:
        """Which text is chosen."""
        return next(which for which, button in self.buttons.items() if button.isChecked())


class ConflictPanel(QWidget):
    """Shown in place of the form until it is decided."""

    decided = Signal(dict)
    """Which text each field takes: its name → "mine", "theirs" or "original"."""
    left = Signal()
    """Back to the form, nothing decided."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._choices: list[_Choice] = []
        self._head = Wrapped()
        self.all_mine = QPushButton("都用我的")
        self.all_theirs = QPushButton("都用现在的")
        self.save = QPushButton("按所选保存")
        self.save.setProperty("role", "primary")
        self.back = QPushButton("返回修改")
        self.all_mine.clicked.connect(lambda: self._pick(MINE))
        self.all_theirs.clicked.connect(lambda: self._pick(THEIRS))
        self.save.clicked.connect(self.decide)
        self.back.clicked.connect(self.left)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._list)
        column.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(12, 8, 12, 8)
        whole.setSpacing(8)
        whole.addWidget(self._head)
        whole.addLayout(_row(self.all_mine, self.all_theirs))
        whole.addWidget(area, 1)
        whole.addLayout(_row(self.save, self.back))

    def ask(self, clashes: tuple[Clash, ...], words: str) -> None:
        """Put the question."""
        self._head.show_text(words)
        while (item := self._list.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.hide()
                gone.deleteLater()
        self._choices = [_Choice(clash) for clash in clashes]
        for choice in self._choices:
            self._list.addWidget(choice)
        self._fit()
        if self._choices:
            self._choices[0].buttons[MINE].setFocus(Qt.FocusReason.TabFocusReason)

    def decide(self) -> None:
        """Take what is chosen."""
        self.decided.emit({choice.name: choice.picked for choice in self._choices})

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc goes back to the form."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Three columns where there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        for choice in self._choices:
            choice.lay_out(three=self.width() >= _ROOM_FOR_THREE)

    def _pick(self, which: str) -> None:
        for choice in self._choices:
            choice.buttons[which].setChecked(True)


def _row(*buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
