"""名称表: the lists everything else is written with: edited in place, merged, binned."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QTabBar, QToolButton

from chain_office.services.settings.entries import Entries, Entry, read_entries
from chain_office.services.settings.entry_edits import add_entry, bin_entry, save_cell
from chain_office.services.settings.name_lists import NAME_LISTS
from chain_office.ui.kit.filters import chip_style
from chain_office.ui.kit.form.offered import typed_key
from chain_office.ui.kit.sheet import SheetView
from chain_office.ui.kit.sheet_model import SheetModel
from chain_office.ui.pages.settings_parts.merge_card import MergeCard
from chain_office.ui.pages.settings_parts.name_rows import columns_of, row_of
from chain_office.ui.pages.settings_parts.part import Part, only_pointed_out, said_of

if TYPE_CHECKING:
    from chain_office.domain.errors import KnownError
    from chain_office.domain.forms import Saved
    from chain_office.ui.office import Office

_TABLES = tuple(one.table for one in NAME_LISTS)


class NamesPart(Part):
    """名称表."""

    title: ClassVar[str] = "名称表"
    hint: ClassVar[str] = (
        "县市区、园区、单位等的标准写法。导入时按名称、简称、别名认人认单位；同一个写成了两条，用“合并”。"
    )
    icon_name: ClassVar[str] = "book-open"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        self.tabs.setDrawBase(False)
        self.tabs.setAccessibleName("名称表")
        for one in NAME_LISTS:
            self.tabs.addTab(one.title)
        self.tabs.currentChanged.connect(self._turned)
        self.model = SheetModel(office.palette, parent=self)
        self.model.edited.connect(self._edited)
        self.view = SheetView(self.model, stretch="aliases")
        self.view.delete_wanted.connect(lambda _row: self.bin())
        self.view.moved.connect(lambda _row: self._enable())
        self.search = QLineEdit()
        self.search.setPlaceholderText("在表里找……")
        self.search.setAccessibleName("在表里找")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(180)
        self.search.textChanged.connect(lambda _text: self._fill())
        self.unsure = QToolButton()
        self.unsure.setCheckable(True)
        self.unsure.toggled.connect(lambda _on: self._fill())
        self.add_button = self.button("新增", lambda: self.view.begin_new(), "plus")
        self.merge_button = self.button("合并到……", self.begin_merge, "merge")
        self.bin_button = self.button("移入回收站", self.bin, "trash-2")
        self.merging = MergeCard(self)
        self.merging.merged.connect(self._merged)
        self._entries: Entries | None = None
        self._pointed_out: tuple[str, str, Any] | None = None
        self._wanted = ""
        self._lay_out()
        self._enable()

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setSpacing(8)
        for button in (self.add_button, self.merge_button, self.bin_button):
            bar.addWidget(button)
        bar.addStretch(1)
        bar.addWidget(self.unsure)
        bar.addWidget(self.search)
        self.column.addWidget(self.tabs)
        self.column.addLayout(bar)
        self.column.addWidget(self.said)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.merging)

    @property
    def table(self) -> str:
        """The list shown."""
        return _TABLES[max(0, self.tabs.currentIndex())]

    @property
    def current(self) -> Entry | None:
        """The entry the cursor is on."""
        return self.entry(self.view.current_id)

    def entry(self, row_id: str) -> Entry | None:
        """An entry of the list shown."""
        found = self._entries.entries if self._entries is not None else ()
        return next((one for one in found if one.id == row_id), None)

    def refresh(self) -> None:
        """Read the list again."""
        table = self.table
        self.ask(lambda ledger: read_entries(ledger, table, _TABLES), self._show)

    def _turned(self, _tab: int) -> None:
        self.view.finish()
        self.tell("")
        self.merging.close_card()
        self._entries = None
        self.search.clear()
        self.refresh()

    def _show(self, entries: Entries) -> None:
        if entries.list.table != self.table:
            return
        self._entries = entries
        for place, one in enumerate(NAME_LISTS):
            self.tabs.setTabText(place, f"{one.title} {entries.counts[one.table]}")
        self.unsure.setVisible(entries.list.has("verified"))
        self.unsure.setText(f"只看待核对 {entries.unsure}")
        palette = self.office.palette
        self.unsure.setStyleSheet(chip_style(palette, palette.amber if entries.unsure else palette.text))
        self._fill()

    def _fill(self) -> None:
        entries = self._entries
        if entries is None:
            return
        only = self.unsure.isChecked() and entries.list.has("verified")
        typed = typed_key(self.search.text())
        shown = [
            one
            for one in entries.entries
            if not (only and one.sure) and (not typed or any(typed in typed_key(text) for text in one.texts.values()))
        ]
        current = self._wanted or self.view.current_id
        adding = "" if self.read_only or only or typed else f"在这里输入新的{entries.list.noun}，回车新增"
        self.view.load(columns_of(entries), [row_of(entries.list, one) for one in shown], adding=adding)
        if current:
            self._wanted = ""
            self.view.go_to(current)
        self._enable()

    def _enable(self) -> None:
        chosen = self.current is not None and not self.read_only
        self.add_button.setEnabled(not self.read_only and bool(self.model.adding))
        self.merge_button.setEnabled(chosen)
        self.bin_button.setEnabled(chosen)

    def _edited(self, row_id: str, column: str, value: object) -> None:
        if self._entries is None:
            return
        table, entry = self._entries.list.table, self.entry(row_id)
        insist = self._pointed_out == (row_id, column, value)
        self._pointed_out = None

        def kept(saved: Saved | None) -> None:
            self.model.accept(row_id, column)
            if not row_id and saved is not None:
                self._wanted = saved.row_id
            self.refresh()

        def refused(error: KnownError) -> None:
            self.model.refuse(row_id, column, value, said_of(error))
            if only_pointed_out(error):
                self._pointed_out = (row_id, column, value)

        if entry is None:
            self.save(lambda ledger, actor: add_entry(ledger, table, str(value), actor, insist=insist), kept, refused)
        else:
            self.save(
                lambda ledger, actor: save_cell(ledger, table, entry, column, value, actor, insist=insist),
                kept,
                refused,
            )

    def bin(self) -> None:
        """Move the entry to the bin; refused, saying by what, while it is used."""
        table, entry = self.table, self.current
        if entry is not None and not self.read_only:
            self.save(lambda ledger, actor: bin_entry(ledger, table, entry, actor), lambda _saved: self.refresh())

    def begin_merge(self) -> None:
        """Ask what the entry is to become one with."""
        if self._entries is not None and self.current is not None:
            self.merging.open_card(self._entries, self.current)

    def _merged(self, target: str) -> None:
        self._wanted = target
        self.refresh()
        self.view.setFocus()
