"""What stands over a cell while it is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from chain_office.ui.kit.form.editor import Editor

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_CTRL = Qt.KeyboardModifier.ControlModifier


class CellFrame(QFrame):
    """The editor over its cell; Enter saves, Esc leaves. What is wrong stands right under it."""

    save_wanted = Signal()
    left = Signal()

    def __init__(self, editor: Editor, parent: QWidget) -> None:
        super().__init__(parent)
        keys_say = "Ctrl+回车保存，Esc 不改" if editor.wide else "回车保存，Esc 不改"
        self.editor = editor
        self.setProperty("role", "offers")
        self._extra = QHBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 6, 6, 6)
        column.setSpacing(4)
        column.addWidget(label(f"{editor.spec.label}　{keys_say}", "quiet"))
        column.addWidget(editor)
        column.addLayout(self._extra)
        editor.went_on.connect(self.save_wanted)
        editor.changed.connect(self.adjustSize)

    def offer(self, words: str, button: QPushButton) -> None:
        """Something else can be done about what is wrong."""
        self.editor.say(words, "doubtful")
        while (item := self._extra.takeAt(0)) is not None:
            if (gone := item.widget()) is not None:
                gone.deleteLater()
        self._extra.addWidget(button)
        self._extra.addStretch(1)
        self.adjustSize()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc leaves; Ctrl+Enter saves a text of several lines."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _ENTER or (event.key() == Qt.Key.Key_S and event.modifiers() == _CTRL):
            self.save_wanted.emit()
        # nothing goes on to the list behind
