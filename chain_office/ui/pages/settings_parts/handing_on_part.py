"""工作交接: what somebody has in hand, handed on to another in one act, and the list both sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from chain_office.services.handing_on import duties, hand_on, people
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.papers_shown import PapersShown
from chain_office.ui.kit.rows import Column, Line
from chain_office.ui.kit.ticked_rows import TickedModel, TickedRows
from chain_office.ui.pages.settings_parts.part import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.domain.forms import Saved
    from chain_office.services.handing_on import Duty
    from chain_office.services.ledgers import Ledger
    from chain_office.services.papers.letterhead import Letterhead
    from chain_office.services.papers.together import Paper
    from chain_office.ui.office import Office

_NAME = int(Qt.ItemDataRole.UserRole)
_COLUMNS = (Column("种类", 150), Column("编号", 76), Column("事项", 360), Column("时限", 96))
_WIDTH = 190


class HandingOnPart(Part):
    """工作交接."""

    title: ClassVar[str] = "工作交接"
    hint: ClassVar[str] = "有人离岗时，他手里没办完的事一次交给接手的人；交接清单可以打印，双方签字。"
    icon_name: ClassVar[str] = "users"

    def __init__(self, office: Office) -> None:
        super().__init__(office)
        self.found: tuple[Duty, ...] = ()
        self._asked: object = None
        self._whose = ""
        self.list = QListWidget()
        self.list.setAccessibleName("手里有工作的人")
        self.list.setFixedWidth(_WIDTH)
        self.list.setUniformItemSizes(True)
        self.list.currentItemChanged.connect(lambda _now, _was: self._look())
        self.model = TickedModel(_COLUMNS, office.palette, self)
        self.view = TickedRows(self.model, stretch=2)
        self.view.setAccessibleName("没办完的事")
        self.model.ticked_changed.connect(self._enable)
        self.heir = QLineEdit()
        self.heir.setPlaceholderText("接手人姓名")
        self.heir.setAccessibleName("接手人姓名")
        self.heir.setFixedWidth(160)
        self.heir.textChanged.connect(lambda _text: self._enable())
        self.heir.returnPressed.connect(self.hand_on)
        self.hand_button = self.button("移交", self.hand_on, "arrow-left-right", primary=True)
        self.print_button = self.button("交接清单", self.print, "printer")
        self.papers = PapersShown(self, office)
        self._empty = label(
            "台账里没有记着谁在办什么：走访计划、承诺、项目、招商等处写了姓名的，会列在这里。", "quiet", wrap=True
        )
        self._lay_out()
        self._enable()

    def _lay_out(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(label("打勾的交给"))
        foot.addWidget(self.heir)
        foot.addWidget(self.hand_button)
        foot.addStretch(1)
        foot.addWidget(self.print_button)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.view, 1)
        right.addLayout(foot)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        self.column.addWidget(self.said)
        self.column.addWidget(self._empty)
        self.column.addLayout(row, 1)

    @property
    def person(self) -> str:
        """Whose work is shown."""
        item: QListWidgetItem | None = self.list.currentItem()
        return str(item.data(_NAME)) if item is not None else ""

    def refresh(self) -> None:
        """Who has something in hand."""
        day = self.office.as_of
        self.ask(lambda ledger: people(ledger, day), self._show)

    def _show(self, found: tuple[tuple[str, int], ...]) -> None:
        chosen = self.person
        self.list.blockSignals(True)
        self.list.clear()
        for name, number in found:
            item = QListWidgetItem(f"{name}　{number} 件")
            item.setData(_NAME, name)
            self.list.addItem(item)
        names = [name for name, _ in found]
        self.list.setCurrentRow(names.index(chosen) if chosen in names else 0 if names else -1)
        self.list.blockSignals(False)
        self._empty.setVisible(not found)
        for widget in (self.list, self.view):
            widget.setVisible(bool(found))
        self._look()

    def _look(self) -> None:
        asked = self._asked = object()
        person, day = self.person, self.office.as_of
        if person != self._whose:  # nobody's work is handed on under another's name
            self.found, self._whose = (), person
            self.model.show([])

        def answer(found: tuple[Duty, ...]) -> None:
            if self._asked is asked:
                self.found = found
                self.model.show([self._line(place, one) for place, one in enumerate(found)])

        if person:
            self.ask(lambda ledger: duties(ledger, person, day), answer)
        else:
            answer(())

    def _line(self, place: int, one: Duty) -> Line:
        late = one.due is not None and one.due < self.office.as_of
        cells = (one.kind, one.number, one.about, one.due.isoformat() if one.due else "")
        return Line(str(place), cells, ("", "", "", "red" if late else ""))

    def _enable(self) -> None:
        ticked = len(self.model.ticked)
        self.hand_button.setText(f"移交 {ticked} 件" if ticked else "移交")
        self.hand_button.setEnabled(bool(ticked and self.heir.text().strip()) and not self.read_only)
        self.print_button.setEnabled(bool(self.found))

    def hand_on(self) -> None:
        """Put the successor in this person's place."""
        person, heir, day = self.person, self.heir.text(), self.office.as_of
        ticked = [self.found[int(place)] for place in self.model.ticked]
        chosen = None if len(ticked) == len(self.found) else ticked
        if not self.hand_button.isEnabled():
            return

        def done(_saved: Saved | None) -> None:
            self.heir.clear()
            self.refresh()

        self.save(lambda ledger, actor: hand_on(ledger, person, heir, day, actor, chosen=chosen), done)

    def print(self) -> None:
        """The list of all of it, for both to sign."""
        person, day = self.person, self.office.as_of

        def gather(ledger: Ledger, head: Letterhead) -> Sequence[Paper]:
            from chain_office.services.papers.handing_on import list_of

            return [list_of(ledger, person, day, head)]

        self.papers.show("工作交接清单", gather)
