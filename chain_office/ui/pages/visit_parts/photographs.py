"""Above a visit's record: its papers, and whether the photographs dropped on it are kept as they came, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QToolButton, QWidget

from chain_office.ui.kit.attached import keep_originals, keeps_originals

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from chain_office.ui.kit.desk import Desk


class RecordStrip(QWidget):
    """Mounted on the desk of visits once: ``actions`` print what the list stands on."""

    def __init__(self, desk: Desk, actions: tuple[QAction, ...]) -> None:
        super().__init__()
        self._desk = desk
        self.keep = QCheckBox("照片留原图")
        self.keep.setToolTip("照片放入时缩小到长边 1600 点，去掉拍摄地点和机型；勾上则原图也存一份（占空间）")
        self.keep.setChecked(keeps_originals())
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 0, 8, 4)
        row.setSpacing(4)
        for action in actions:
            button = QToolButton()
            button.setDefaultAction(action)
            button.setProperty("role", "flat")
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setIconSize(QSize(16, 16))
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(self.keep)
        self.keep.clicked.connect(self._turn)
        desk.put_above_side(self)
        desk.side.currentChanged.connect(lambda _place: self._allow())
        desk.detail.shown.connect(self._allow)
        desk.office.shown_changed.connect(self._allow)
        self._allow()

    def _turn(self, on: bool) -> None:
        keep_originals(on)
        self._desk.office.said.emit("以后放入的照片，原图也存一份" if on else "以后放入的照片只存缩小的一份")

    def _allow(self) -> None:
        """Only over a record; a ledger opened read-only takes no photographs."""
        desk = self._desk
        shown = desk.office.shown
        self.keep.setChecked(keeps_originals())  # the settings have the same tick
        self.keep.setVisible(shown is not None and not shown.read_only)
        self.setVisible(desk.side.currentWidget() is desk.detail and desk.detail.record is not None)
