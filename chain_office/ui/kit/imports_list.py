"""The imports a ledger has had, newest first, and the button that takes the chosen one back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.ui.icons import icon
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.moments import local
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView

if TYPE_CHECKING:
    from chain_office.services.importing.preview import Batch
    from chain_office.ui.palette import Palette

_COLUMNS = (
    Column("写入时间", 150), Column("表格"), Column("新增", 80, right=True), Column("修改", 80, right=True), Column("状态", 90),
)  # fmt: skip
_EMPTY = "还没有导入过。每次导入记一笔，这里可以整批撤销。"


class ImportsList(QWidget):
    """导入记录."""

    moved = Signal()
    """Another import was chosen, or the list was read anew."""

    def __init__(self, palette: Palette, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._imports: tuple[Batch, ...] = ()
        self.model = RowsModel(_COLUMNS, palette, self)
        self.view = RowsView(self.model, stretch=1)
        self.view.setAccessibleName("导入记录")
        self.view.selectionModel().currentRowChanged.connect(lambda _now, _before: self.moved.emit())
        self.undo_button = QPushButton(icon("undo-2", palette.accent), "撤销这次导入")
        self._empty = label(_EMPTY, "quiet")
        self.why = label("", "quiet", wrap=True)
        head = QHBoxLayout()
        head.addWidget(label("导入记录", "section"), 1)
        head.addWidget(self.undo_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self._empty)
        column.addWidget(self.view, 1)
        column.addWidget(self.why)
        column.addStretch(0)
        self.why.hide()

    @property
    def chosen(self) -> Batch | None:
        """The import the cursor is on."""
        row = self.view.currentIndex().row()
        return self._imports[row] if 0 <= row < len(self._imports) else None

    def say_why(self, sentence: str) -> None:
        """Say why the chosen import cannot be taken back; "" when it can."""
        self.why.setText(sentence)
        self.why.setVisible(bool(sentence))

    def show_imports(self, found: tuple[Batch, ...]) -> None:
        """Show these."""
        self._imports = found
        self.say_why("")
        self.model.show([_line(one) for one in found])
        self._empty.setVisible(not found)
        self.view.setVisible(bool(found))
        self.moved.emit()


def _line(one: Batch) -> Line:
    at, state = local(one.at), "已撤销" if one.undone else ""
    return Line("", (at, one.books, str(one.new), str(one.changed), state), ("quiet", "grey" if one.undone else ""))
