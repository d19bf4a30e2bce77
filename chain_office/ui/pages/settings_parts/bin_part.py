"""回收站: what was binned, by whom and when, and the way back."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QLineEdit

from chain_office.services.settings.recycling import bin_lines, restore
from chain_office.ui.kit.form.offered import typed_key
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.pages.settings_parts.part import Part

if TYPE_CHECKING:
    from chain_office.services.editing import Binned
    from chain_office.ui.office import Office

_COLUMNS = (Column("种类", 96), Column("记录", 400), Column("什么时候", 132), Column("谁", 110))
_EMPTY = "回收站是空的。移入回收站的记录都留在这里，随时可以还原；修改历史不会丢。"


class BinPart(Part):
    """回收站."""

    title: ClassVar[str] = "回收站"
    hint: ClassVar[str] = "移进来的记录不参加统计和打印，还原后一切照旧。"
    icon_name: ClassVar[str] = "trash-2"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self._found: tuple[Binned, ...] = ()
        self._shown: tuple[Binned, ...] = ()
        self.model = RowsModel(_COLUMNS, office.palette, self)
        self.view = RowsView(self.model, stretch=1)
        self.view.setAccessibleName("回收站")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.selectionModel().selectionChanged.connect(lambda _on, _off: self._enable())
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.restore_button = self.button("还原", self.restore, "undo-2")
        self.search = QLineEdit()
        self.search.setPlaceholderText("在回收站里找……")
        self.search.setAccessibleName("在回收站里找")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(200)
        self.search.textChanged.connect(lambda _text: self._fill())
        self._empty = label(_EMPTY, "quiet", wrap=True)
        bar = QHBoxLayout()
        bar.setSpacing(8)
        bar.addWidget(self.restore_button)
        bar.addStretch(1)
        bar.addWidget(self.search)
        self.column.addLayout(bar)
        self.column.addWidget(self.said)
        self.column.addWidget(self._empty)
        self.column.addWidget(self.view, 1)
        self.column.addStretch(0)
        self._enable()

    def refresh(self) -> None:
        """Read the bin again."""
        self.ask(bin_lines, self._show)

    def _show(self, found: tuple[Binned, ...]) -> None:
        self._found = found
        self._fill()

    def _fill(self) -> None:
        typed = typed_key(self.search.text())
        self._shown = tuple(
            one for one in self._found if not typed or typed in typed_key(f"{one.noun}{one.title}{one.actor}")
        )
        self.model.show([Line("", (one.noun, one.title, one.at, one.actor), ("quiet",)) for one in self._shown])
        self._empty.setText(_EMPTY if not self._found else "没有找到。")
        self._empty.setVisible(not self._shown)
        self.view.setVisible(bool(self._shown))
        self._enable()

    @property
    def chosen(self) -> tuple[Binned, ...]:
        """The records chosen."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return tuple(self._shown[row] for row in rows if row < len(self._shown))

    def _enable(self) -> None:
        number = len(self.chosen)
        self.restore_button.setText(f"还原 {number} 条" if number > 1 else "还原")
        self.restore_button.setEnabled(bool(number) and not self.read_only)

    def restore(self) -> None:
        """Take the chosen ones out of the bin, a write for each kind of record."""
        for table, some in groupby(sorted(self.chosen, key=lambda one: one.table), key=lambda one: one.table):
            ids = [one.row_id for one in some]
            self.save(
                lambda ledger, actor, table=table, ids=ids: restore(ledger, table, ids, actor),  # type: ignore[misc]
                lambda _saved: self.refresh(),
            )
