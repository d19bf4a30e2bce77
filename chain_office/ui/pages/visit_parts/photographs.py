"""Photographs of a visit: dropped on the record they are made smaller; a tick keeps the original besides."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QSettings

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from chain_office.ui.kit.desk import Desk

KEEP: Final = "visits/keep_originals"
"""Where this computer keeps the tick."""


class KeepOriginals(QObject):
    """Mounted on the desk of visits once."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        attached = desk.editing.attached
        attached.shrinks = frozenset({"visit"})
        self.action: QAction = desk.bar.add("留原图", "camera", lambda: None)
        self.action.setCheckable(True)
        self.action.setToolTip("照片放入时缩小到长边 1600 点，去掉拍摄地点和机型；勾上则原图也存一份（占空间）")
        self.action.setChecked(bool(QSettings().value(KEEP, False, bool)))
        attached.keep_originals = self.action.isChecked()
        self.action.toggled.connect(self._turn)
        desk.office.shown_changed.connect(self._allow)
        self._allow()

    def _turn(self, on: bool) -> None:
        self._desk.editing.attached.keep_originals = on
        QSettings().setValue(KEEP, on)
        self._desk.office.said.emit("以后放入的照片，原图也存一份" if on else "以后放入的照片只存缩小的一份")

    def _allow(self) -> None:
        shown = self._desk.office.shown
        self.action.setVisible(shown is not None and not shown.read_only)
