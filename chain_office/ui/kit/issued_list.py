"""Papers that were issued, newest first: each opens again as it was, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.moments import local
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView

if TYPE_CHECKING:
    from chain_office.services.issuing import Issued
    from chain_office.ui.palette import Palette

_COLUMNS = (Column("定稿时间", 118), Column("材料", 70), Column("截至", 84))
_EMPTY = "还没有定稿的材料。生成后点“定稿”，数字就冻结下来：以后再打开，一个字节都不会变；总览会说明这之后动了什么。"


class IssuedList(QFrame):
    """已定稿."""

    wanted = Signal(object)
    """A paper is to be opened: the Issued."""
    back_wanted = Signal(object)
    """A paper is to be taken back: the Issued."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._packs: tuple[Issued, ...] = ()
        self.heading = label("已定稿", "section")
        self.model = RowsModel(_COLUMNS, palette, self)
        self.view = RowsView(self.model, stretch=1)
        self.view.setAccessibleName("已定稿的材料")
        self.view.opened.connect(lambda _id: self._open())
        self.view.doubleClicked.connect(lambda _index: self._open())
        self.view.selectionModel().currentRowChanged.connect(lambda _now, _before: self._enable())
        self.open_button = QPushButton(icon("file-text", palette.accent), "打开")
        self.open_button.clicked.connect(self._open)
        self.back_button = QPushButton(icon("undo-2", palette.accent), "撤回")
        self.back_button.setToolTip("移到回收站；以后比较时不再以它为准")
        self.back_button.clicked.connect(self._take_back)
        self.empty = label(_EMPTY, "quiet", wrap=True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.open_button)
        buttons.addWidget(self.back_button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 8, 8)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addWidget(self.empty)
        column.addWidget(self.view, 1)
        column.addLayout(buttons)
        column.addStretch(0)
        self._enable()

    @property
    def chosen(self) -> Issued | None:
        """The paper the cursor is on."""
        row = self.view.currentIndex().row()
        return self._packs[row] if 0 <= row < len(self._packs) else None

    def show_packs(self, packs: tuple[Issued, ...]) -> None:
        """Show these."""
        self._packs = packs
        self.model.show([_line(one) for one in packs])
        self.heading.setText(f"已定稿 {len(packs)} 份" if packs else "已定稿")
        self.empty.setVisible(not packs)
        self.view.setVisible(bool(packs))
        self._enable()

    def _enable(self) -> None:
        for button in (self.open_button, self.back_button):
            button.setVisible(bool(self._packs))
            button.setEnabled(self.chosen is not None)

    def _open(self) -> None:
        if self.chosen is not None:
            self.wanted.emit(self.chosen)

    def _take_back(self) -> None:
        if self.chosen is not None:
            self.back_wanted.emit(self.chosen)


def _line(one: Issued) -> Line:
    return Line(one.id, (local(one.at), one.kind, one.as_of.isoformat()), ("quiet",))
