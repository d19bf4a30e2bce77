"""The first thing a person sees: three doors, the ledgers opened lately, and what must never be typed in here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from chain_office import __version__
from chain_office.ui import choosing
from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label
from chain_office.ui.recent import Used, forget, recent

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from chain_office.ui.palette import Palette
    from chain_office.ui.work import Work

_USED = int(Qt.ItemDataRole.UserRole)
_THERE = _USED + 1
_WIDEST, _LIST = 860, 96
_WHAT = "企业、走访、问题、银企、项目、产值记在一本台账里，数字、材料和图表都由它算出来。"
NOTICE = "本程序不得录入涉密信息和工作秘密；产值由企业报送，不得载入联网直报等统计调查的单个企业资料。"


class Door(QPushButton):
    """A large button that Enter presses too, as people expect of the one thing there is to choose."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Enter is a click."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class Start(QWidget):
    """打开示例 · 导入现有台账 · 新建空台账, and the ledgers opened lately."""

    sample_wanted = Signal()
    open_wanted = Signal(object)
    new_wanted = Signal(object)
    books_wanted = Signal(list, object)
    """Workbooks to take in, and the new ledger they go into."""

    def __init__(self, palette: Palette, work: Work) -> None:
        super().__init__()
        self._palette = palette
        self._work = work
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.doors = [
            self._door("打开示例", "layout-dashboard", self.sample_wanted.emit),
            self._door("导入现有台账", "file-input", self._choose_books),
            self._door("新建空台账", "file-plus", self._place_new),
        ]
        self.list = QListWidget()
        self.list.setAccessibleName("最近打开的台账")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMinimumHeight(_LIST)
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.itemActivated.connect(self._open_item)
        self.list.itemClicked.connect(self._open_item)
        self.list.currentItemChanged.connect(lambda _now, _before: self._enable())
        self.other = QPushButton(icon("folder-open", palette.accent), "打开其他……")
        self.other.setToolTip("选一个台账文件打开（Ctrl+O）；也可以把它拖进窗口")
        self.other.clicked.connect(self.choose)
        self.remove = QPushButton(icon("x", palette.accent), "从列表移除")
        self.remove.setToolTip("只从这个列表里去掉，文件不动")
        self.remove.clicked.connect(self._forget)
        self.busy = QProgressBar()
        self.busy.setRange(0, 0)
        self.busy.setFixedHeight(6)
        self.busy.setTextVisible(False)
        self.doing = label("", "quiet")
        self._lay_out()
        self.ready()
        self.show_recent()

    def _door(self, word: str, sign: str, do: Callable[[], object]) -> Door:
        door = Door(icon(sign, self._palette.accent), word)
        door.setProperty("role", "door")
        door.setIconSize(QSize(20, 20))
        door.clicked.connect(lambda: do())
        return door

    def _lay_out(self) -> None:
        doors = QGridLayout()
        doors.setHorizontalSpacing(12)
        doors.setVerticalSpacing(4)
        hints = (
            "一个虚构数据的办公室，六张台账都填好了，可以随便试",
            "选手头的 Excel、WPS 表格，先预览再写入",
            "从一本空台账开始，一条一条录入",
        )
        for place, (door, hint) in enumerate(zip(self.doors, hints, strict=True)):
            doors.addWidget(door, 0, place)
            doors.addWidget(label(hint, "quiet", wrap=True), 1, place, Qt.AlignmentFlag.AlignTop)
            doors.setColumnStretch(place, 1)
        foot = QHBoxLayout()
        foot.addWidget(self.other)
        foot.addWidget(self.remove)
        foot.addStretch(1)
        middle = QWidget()
        middle.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(middle)
        column.setContentsMargins(32, 24, 32, 16)
        column.setSpacing(10)
        column.addWidget(label("产业链办", "figure"))
        column.addWidget(label(_WHAT, "quiet", wrap=True))
        column.addSpacing(10)
        column.addLayout(doors)
        for widget in (self.doing, self.busy):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(label("最近打开", "section"))
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        column.addSpacing(6)
        column.addWidget(label(NOTICE, "quiet", wrap=True))
        column.addWidget(label(f"版本 {__version__}", "quiet"))
        inside = QWidget()
        inside.setProperty("role", "start")
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(area)
        row = QHBoxLayout(inside)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(middle, 20)
        row.addStretch(1)

    # Ledgers opened lately.

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Enter opens what was opened last, or the first door."""
        super().showEvent(event)
        if self._chosen() is not None:
            self.list.setFocus()
        else:
            self.doors[0].setFocus()

    def show_recent(self) -> None:
        """The ledgers opened lately; those that are gone are greyed once somebody has looked."""
        self.list.clear()
        for used in recent():
            item = QListWidgetItem(f"{used.path.stem}    {used.path.parent}    {used.day}")
            item.setData(_USED, used)
            item.setToolTip(str(used.path))
            self.list.addItem(item)
        if not self.list.count():
            empty = QListWidgetItem("还没有打开过台账；从上面三个入口开始，或把台账文件拖进来。")
            empty.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(empty)
        self.list.setCurrentRow(0)
        self._enable()
        paths = [used.path for used in recent()]
        self._work.aside(lambda: [path.exists() for path in paths], self._grey, owner=self)

    def _grey(self, there: list[bool]) -> None:
        for row, found in enumerate(there[: self.list.count()]):
            item = self.list.item(row)
            used: Used | None = item.data(_USED)
            if used is None:
                continue
            item.setData(_THERE, found)
            if not found:
                item.setForeground(self.palette().placeholderText())
                item.setText(f"{used.path.stem}    {used.path.parent}    {used.day}    找不到了")
        self._enable()

    def _chosen(self) -> Used | None:
        used: Used | None = self.list.currentItem().data(_USED) if self.list.currentRow() >= 0 else None
        return used

    def _enable(self) -> None:
        self.remove.setEnabled(self._chosen() is not None)

    def _open_item(self, item: QListWidgetItem) -> None:
        used: Used | None = item.data(_USED)
        if used is not None and item.data(_THERE) is not False:
            self.open_wanted.emit(used.path)

    def _forget(self) -> None:
        used = self._chosen()
        if used is not None:
            forget(used.path)
            self.show_recent()

    # Doors.

    def choose(self) -> None:
        """打开其他……."""
        choosing.choose_ledger(self, self.open_wanted.emit)

    def _place_new(self) -> None:
        choosing.place_ledger(self, self.new_wanted.emit)

    def _choose_books(self) -> None:
        choosing.choose_books(self, self.place_for)

    def place_for(self, books: list[Path]) -> None:
        """Workbooks are chosen: ask where the new ledger goes."""
        choosing.place_ledger(
            self, lambda path: self.books_wanted.emit(books, path), title="这些表格要导入的新台账叫什么、放在哪里"
        )

    def preparing(self, what: str) -> None:
        """Something is being opened or made: the doors wait."""
        self.doing.setText(what)
        for widget in (self.doing, self.busy):
            widget.show()
        for door in (*self.doors, self.other, self.list):
            door.setEnabled(False)

    def ready(self) -> None:
        """The doors are open."""
        for widget in (self.doing, self.busy):
            widget.hide()
        for door in (*self.doors, self.other, self.list):
            door.setEnabled(True)
