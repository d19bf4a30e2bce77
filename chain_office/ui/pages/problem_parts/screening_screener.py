"""Who is at the bench."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox

if TYPE_CHECKING:
    from collections.abc import Sequence

_WIDTH = 110


class Screener(QComboBox):
    """The name of the person who screens: one known, or a new one typed."""

    changed = Signal()

    def __init__(self, actor: str) -> None:
        super().__init__()
        self._actor = actor
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAccessibleName("筛选人")
        self.setToolTip("谁在筛选：各人的意见分开记")
        self.setMinimumWidth(_WIDTH)
        self.setEditText(actor)
        self.activated.connect(lambda _at: self.changed.emit())
        edit = self.lineEdit()
        if edit is not None:
            edit.returnPressed.connect(self.changed)

    @property
    def name(self) -> str:
        """The name as it stands; where there is none, whoever is at this computer."""
        return " ".join(self.currentText().split()) or self._actor

    def offer(self, names: Sequence[str]) -> None:
        """The people there are; what stands or is being typed stays."""
        edit = self.lineEdit()
        every = list(dict.fromkeys((*names, self._actor)))
        if (edit is not None and edit.hasFocus()) or [self.itemText(at) for at in range(self.count())] == every:
            return
        now = self.currentText()
        self.clear()
        self.addItems(every)
        self.setEditText(now)
