"""The first thing a person sees: three doors, the ledgers opened lately, and what must never be typed in here."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from chain_office.ui.palette import Palette

_FILTER = "台账 (*.ledger)"
_PATH = int(Qt.ItemDataRole.UserRole)
_MOST = 5
NOTICE = "本程序不得录入涉密信息和工作秘密；产值由企业报送，不得载入联网直报等统计调查的单个企业资料。"


class Start(QWidget):
    """打开示例 · 打开台账 · 新建空台账."""

    sample_wanted = Signal(object)
    open_wanted = Signal(object)
    new_wanted = Signal(object)

    def __init__(self, palette: Palette) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(48, 40, 48, 24)
        column.setSpacing(16)
        column.addWidget(label("产业链办", "figure"))
        column.addWidget(
            label("企业、走访、问题、银企、项目、产值，一本台账；数字和材料由它算出来。", "quiet", wrap=True)
        )
        doors = QHBoxLayout()
        doors.setSpacing(12)
        for text, sign, action in (
            ("打开示例", "layout-dashboard", self._sample),
            ("打开台账", "folder-open", self._open),
            ("新建空台账", "plus", self._new),
        ):
            door = QPushButton(icon(sign, palette.accent), text)
            door.setMinimumSize(180, 56)
            door.clicked.connect(action)
            doors.addWidget(door)
        doors.addStretch(1)
        column.addLayout(doors)
        column.addSpacing(12)
        column.addWidget(label("最近打开", "section"))
        self._recent = QListWidget()
        self._recent.setAccessibleName("最近打开的台账")
        self._recent.itemActivated.connect(lambda item: self.open_wanted.emit(Path(item.data(_PATH))))
        column.addWidget(self._recent, 1)
        column.addWidget(label(NOTICE, "quiet", wrap=True))
        self.show_recent()

    def show_recent(self) -> None:
        """The ledgers opened lately that are still there."""
        self._recent.clear()
        for path in recent():
            item = QListWidgetItem(f"{path.stem}    {path.parent}")
            item.setData(_PATH, str(path))
            self._recent.addItem(item)

    def _sample(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "示例台账放在哪里", "示例.ledger", _FILTER)
        if path:
            self.sample_wanted.emit(Path(path))

    def _open(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, "打开台账", "", _FILTER)
        if path:
            self.open_wanted.emit(Path(path))

    def _new(self) -> None:
        path, _ = QFileDialog.getSaveFileName(self, "新台账放在哪里", "台账.ledger", _FILTER)
        if path:
            self.new_wanted.emit(Path(path))


def recent() -> list[Path]:
    """Ledgers opened lately, newest first; those that are gone are left out."""
    kept = QSettings().value("recent", [])
    paths = [kept] if isinstance(kept, str) else kept if isinstance(kept, list) else []
    return [Path(one) for one in paths if Path(str(one)).exists()]


def remember(path: Path) -> None:
    """Put a ledger at the top of the list."""
    others = [str(one) for one in recent() if one != path]
    QSettings().setValue("recent", [str(path), *others][:_MOST])
