"""What a damaged or vanished ledger can be brought back to: its backups with what is in them, and 恢复."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.ledger_jobs import backups, check_backup

if TYPE_CHECKING:
    from pathlib import Path

    from chain_office.services.keeping import BackupInfo
    from chain_office.ui.palette import Palette
    from chain_office.ui.work import Work

_COLUMNS = (Column("备份时间", 150), Column("缘由", 110), Column("里面有"), Column("情况", 110))
_WHY = {"": "手工备份", "自动": "定时备份"}


class Rescue(QWidget):
    """The backups of a ledger that cannot be used, newest first; nothing is changed before 恢复 is pressed."""

    restore_wanted = Signal(object, object)
    """Put a backup in the place of the ledger: the ledger, the backup."""
    left = Signal()
    """Back to the start page."""
    other_wanted = Signal()

    def __init__(self, palette: Palette, work: Work) -> None:
        super().__init__()
        self._work = work
        self._path: Path | None = None
        self._found: list[BackupInfo] = []
        self.why = label("", wrap=True)
        self.why.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.said = label("", "quiet", wrap=True)
        self.model = RowsModel(_COLUMNS, palette, self)
        self.view = RowsView(self.model, stretch=2)
        self.view.setAccessibleName("可以恢复的备份")
        self.view.selectionModel().currentRowChanged.connect(lambda _now, _before: self._enable())
        self.button = QPushButton(icon("archive-restore", palette.on_accent), "恢复到这份备份")
        self.button.setProperty("role", "primary")
        self.button.setToolTip("原来的文件不删，改名留在旁边")
        self.button.clicked.connect(self._restore)
        other = QPushButton(icon("folder-open", palette.accent), "打开其他……")
        other.clicked.connect(self.other_wanted)
        back = QPushButton("返回")
        back.clicked.connect(self.left)
        foot = QHBoxLayout()
        for button in (self.button, other):
            foot.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 24, 32, 20)
        column.setSpacing(12)
        column.addWidget(label("台账用不了，可以从备份恢复", "title"))
        for widget in (self.why, self.said):
            column.addWidget(widget)
        column.addWidget(self.view, 1)
        column.addLayout(foot)

    def show_for(self, path: Path, why: str) -> None:
        """List the backups of a ledger, and check each in full while they are being looked at."""
        self._path = path
        self._found = []
        self.why.setText(why)
        self.said.setText("正在查找备份……")
        self.model.show(())
        self._enable()
        self._work.aside(lambda: backups(path), lambda found: self._list(path, found), owner=self)

    def _list(self, path: Path, found: tuple[BackupInfo, ...]) -> None:
        if path != self._path:
            return
        self._found = list(found)
        self._tell()
        for place, info in enumerate(found):
            self._work.aside(partial(check_backup, info), partial(self._checked, path, place), owner=self)

    def _checked(self, path: Path, place: int, info: BackupInfo) -> None:
        if path == self._path:
            self._found[place] = info
            self._tell()

    def _tell(self) -> None:
        row = self.view.currentIndex().row()
        self.model.show([_line(info) for info in self._found])
        good = [place for place, info in enumerate(self._found) if info.sound]
        unknown = sum(info.sound is None for info in self._found)
        if not self._found:
            self.said.setText("没有找到备份。请不要改动这个文件，把它另存一份，联系开发者抢救。")
        elif unknown:
            self.said.setText(f"找到 {len(self._found)} 份备份，正在逐份检查是否完好……")
        else:
            self.said.setText(
                f"找到 {len(self._found)} 份备份，{len(good)} 份完好。选一份恢复；原来的文件改名留在旁边，不会删。"
                if good
                else f"找到 {len(self._found)} 份备份，都不完好。请不要改动它们，联系开发者抢救。"
            )
        wanted = row if row >= 0 else (good[0] if good else -1)
        if wanted >= 0:
            self.view.selectRow(wanted)
        self._enable()

    def chosen(self) -> BackupInfo | None:
        """The backup the cursor is on."""
        row = self.view.currentIndex().row()
        return self._found[row] if 0 <= row < len(self._found) else None

    def _enable(self) -> None:
        info = self.chosen()
        self.button.setEnabled(info is not None and info.sound is True)

    def _restore(self) -> None:
        info = self.chosen()
        if info is not None and self._path is not None:
            self.restore_wanted.emit(self._path, info.path)


def _line(info: BackupInfo) -> Line:
    inside = "、".join(f"{word} {number}" for word, number in info.counts if number) or info.fault
    state, light = {True: ("完好", "green"), False: ("不完好", "red"), None: ("正在检查", "grey")}[info.sound]
    return Line(
        str(info.path),
        (f"{info.when:%Y-%m-%d %H:%M}", _WHY.get(info.label, info.label), inside, state),
        ("", "quiet", "quiet" if info.sound is False else "", light),
    )
