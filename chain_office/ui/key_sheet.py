"""The sheet of keys under F1: printed from the one table, so that it says what the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.ui import keys
from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from chain_office.ui.palette import Palette

_COLUMNS = 2


class KeySheet(QDialog):
    """Every key by the place it works in. Esc or F1 closes it."""

    def __init__(self, palette: Palette, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = QHBoxLayout()
        columns.setSpacing(32)
        for groups in _spread():
            column = QVBoxLayout()
            column.setSpacing(4)
            for group in groups:
                column.addWidget(label(group.title, "section"))
                column.addLayout(self._group(group))
                column.addSpacing(10)
            column.addStretch(1)
            columns.addLayout(column)
        copy = QPushButton(icon("copy", palette.accent), "复制成文字")
        copy.setToolTip("贴到 WPS、微信里，可以打印出来放在手边")
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(as_text()))
        close = QPushButton("关闭")
        close.setDefault(True)
        close.clicked.connect(self.close)
        foot = QHBoxLayout()
        foot.addWidget(copy)
        foot.addStretch(1)
        foot.addWidget(close)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 18, 24, 16)
        whole.addLayout(columns, 1)
        whole.addLayout(foot)
        for sequence in keys.sequences("sheet"):
            action = self.addAction("")
            action.setShortcut(QKeySequence(sequence))
            action.triggered.connect(self.close)

    @staticmethod
    def _group(group: keys.Group) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, key in enumerate(group.keys):
            grid.addWidget(
                label(keys.shown(key.id), "key"), row, 0, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
            )
            grid.addWidget(label(key.says), row, 1)
        return grid


def _spread() -> list[list[keys.Group]]:
    """The groups in columns of about the same length."""
    columns: list[list[keys.Group]] = [[] for _ in range(_COLUMNS)]
    whole = sum(len(group.keys) + 2 for group in keys.GROUPS)
    filled = 0
    for group in keys.GROUPS:
        columns[min(_COLUMNS - 1, filled * _COLUMNS // whole)].append(group)
        filled += len(group.keys) + 2
    return columns


def as_text() -> str:
    """The sheet as plain text."""
    lines = ["产业链办  快捷键"]
    for group in keys.GROUPS:
        lines += ["", group.title, *(f"  {keys.shown(key.id)}\t{key.says}" for key in group.keys)]
    return "\n".join(lines)
