"""Two entries that mean the same: choose the one that stays, see what would change, merge."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from chain_office.domain.forms import Option
from chain_office.services.settings.finding import Finder
from chain_office.services.settings.merging import look_at_merge, merge
from chain_office.ui.kit.labels import label

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from chain_office.services.settings.entries import Entries, Entry
    from chain_office.services.settings.merging import Merging
    from chain_office.ui.pages.settings_parts.part import Part

_ID = int(Qt.ItemDataRole.UserRole)


class MergeCard(QFrame):
    """Stands under the table while it is needed; Esc puts it away."""

    merged = Signal(str)
    """It is done: the entry that stays."""

    def __init__(self, part: Part) -> None:
        super().__init__()
        self._part = part
        self._entries: Entries | None = None
        self._source: Entry | None = None
        self._offered = Finder(())
        self.setProperty("role", "card")
        self.heading = label("", "section")
        self.search = QLineEdit()
        self.search.setPlaceholderText("输入要留下的那一条：名称、简称或拼音首字母")
        self.search.setAccessibleName("合并到")
        self.search.textEdited.connect(lambda _text: self._fill())
        self.search.returnPressed.connect(self._first)
        self.list = QListWidget()
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName("合并到")
        self.list.currentItemChanged.connect(lambda _now, _before: self._look())
        self.preview = label("", wrap=True)
        self.preview.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.merge_button = part.button("合并", self.merge, "merge", primary=True)
        self.swap_button = part.button("反过来", self.swap, "arrow-left-right")
        self.swap_button.setToolTip("留下这一条，把选中的那一条并进来")
        self.leave_button = part.button("不合并", self.close_card, "x")
        self._lay_out()
        self.hide()

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self.search)
        left.addWidget(self.list, 1)
        buttons = QHBoxLayout()
        buttons.addWidget(self.merge_button)
        buttons.addWidget(self.swap_button)
        buttons.addWidget(self.leave_button)
        buttons.addStretch(1)
        right = QVBoxLayout()
        right.addWidget(self.preview, 1)
        right.addLayout(buttons)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.addWidget(self.heading)
        column.addLayout(row)
        self.setFixedHeight(216)

    def open_card(self, entries: Entries, source: Entry) -> None:
        """Ask what ``source`` is to become one with; entries that look alike stand first."""
        self._entries, self._source = entries, source
        often = _often(entries.entries)
        others = sorted(
            (one for one in entries.entries if one.id != source.id), key=lambda one: -_alike(source, one, often)
        )
        self._offered = Finder(
            [
                Option(one.id, one.name, one.texts.get("short", ""), tuple(one.texts.get("aliases", "").split("、")))
                for one in others
            ]
        )
        self.heading.setText(f"把“{source.name}”合并到：")
        self.search.clear()
        self.show()
        self._fill()
        self.search.setFocus()

    def swap(self) -> None:
        """The other way round: the one chosen becomes one with this one."""
        entries, source, target = self._entries, self._source, self.target
        if entries is not None and source is not None and target is not None:
            self.open_card(entries, target)
            rows = [row for row in range(self.list.count()) if self.list.item(row).data(_ID) == source.id]
            self.list.setCurrentRow(rows[0])

    def close_card(self) -> None:
        """Put it away."""
        self._source = None
        self.hide()

    def _fill(self) -> None:
        self.list.clear()
        for place in self._offered.find(self.search.text()):
            option = self._offered.options[place]
            item = QListWidgetItem(f"{option.label}（{option.hint}）" if option.hint else option.label)
            item.setData(_ID, option.id)
            self.list.addItem(item)
        self._look()

    def _first(self) -> None:
        if self.list.currentItem() is None and self.list.count():
            self.list.setCurrentRow(0)
        self.merge_button.setFocus() if self.merge_button.isEnabled() else self.list.setFocus()

    @property
    def target(self) -> Entry | None:
        """The entry that is to stay."""
        item: QListWidgetItem | None = self.list.currentItem()
        if self._entries is None or item is None:
            return None
        return next((one for one in self._entries.entries if one.id == item.data(_ID)), None)

    def _look(self) -> None:
        entries, source, target = self._entries, self._source, self.target
        self.merge_button.setEnabled(False)
        self.swap_button.setEnabled(target is not None)
        if entries is None or source is None or target is None:
            self.preview.setText("选中要留下的那一条，这里先列出会改动什么；此时什么也没有改。")
            return
        table = entries.list.table
        self._part.ask(
            lambda ledger: look_at_merge(ledger, table, source, target), lambda plan: self._show(plan, source, target)
        )

    def _show(self, plan: Merging, source: Entry, target: Entry) -> None:
        if self._source is source and self.target is target:
            self.preview.setText("\n".join(f"· {one}" for one in plan.sentences))
            self.merge_button.setEnabled(True)

    def merge(self) -> None:
        """Do it."""
        entries, source, target = self._entries, self._source, self.target
        if entries is None or source is None or target is None:
            return
        table = entries.list.table
        self.merge_button.setEnabled(False)

        def done(_saved: object) -> None:
            self.close_card()
            self.merged.emit(target.id)

        self._part.save(lambda ledger, actor: merge(ledger, table, source, target, actor), done)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Esc puts it away; ↓ goes from the line into the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_card()
        elif event.key() == Qt.Key.Key_Down and self.search.hasFocus() and self.list.count():
            self.list.setFocus()
            self.list.setCurrentRow(0)
        else:
            super().keyPressEvent(event)


def _alike(one: Entry, other: Entry, often: frozenset[str]) -> float:
    """How much two names share: the part of the shorter one's pairs of characters that stand in the other. Pairs that
    stand in many names (衡阳市, 委员会) say nothing."""
    mine, theirs = _pairs(one.name) - often, _pairs(other.name) - often
    return len(mine & theirs) / max(1, min(len(mine), len(theirs)))


def _often(entries: Sequence[Entry]) -> frozenset[str]:
    counted = Counter(pair for entry in entries for pair in _pairs(entry.name))
    return frozenset(pair for pair, number in counted.items() if number > max(2, len(entries) // 8))


def _pairs(name: str) -> set[str]:
    return {name[place : place + 2] for place in range(len(name) - 1)}
