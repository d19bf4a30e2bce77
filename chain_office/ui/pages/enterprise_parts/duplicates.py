"""重复: enterprises that may be one, what merging would do, and what the two state differently."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSplitter, QVBoxLayout, QWidget

from chain_office.domain.errors import KnownError
from chain_office.queries.duplicates import pair_of, pairs
from chain_office.services.firm_merging import look_at_merging, merge_firms, say_different
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.desk_parts.part import Part
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from chain_office.domain.firm_merging import FirmMerging
    from chain_office.queries.duplicates import Pair, Twin
    from chain_office.services.ledgers import Ledger
    from chain_office.ui.kit.desk_parts.part import Host
    from chain_office.ui.office import Office

_PAIRS: Final = (Column("留下的", 380), Column("并入的", 380), Column("为什么", 180), Column("县市区", 110))
_CHOICES: Final = (Column("两家写得不同的", 150), Column("留下的", 230), Column("并入的", 230), Column("采用", 70))


class DuplicatesPart(Part):
    """重复."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "enterprise", "not_duplicate", "register_spell", "visit", "problem", "match", "drawdown", "monthly_output", "contact",
        "month_freeze",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.found: tuple[Pair, ...] = ()
        self.plan: FirmMerging | None = None
        self._chosen: tuple[str, str] = ("", "")
        self._others: set[str] = set()
        self._asked: object = None
        self.bar = ActionsBar(office.palette)
        self.merging = self.bar.add("合并", "merge", self.merge, primary=True)
        self.swapping = self.bar.add("反过来", "arrow-left-right", self.swap)
        self.parting = self.bar.add("不是同一家", "x", self.part_them)
        self.bar.add("打开留下的", "building-2", lambda: self._open(0))
        self.bar.add("打开并入的", "building-2", lambda: self._open(1))
        self.count = label("", "quiet")
        self.bar.add_right(self.count)
        self.model = RowsModel(_PAIRS, office.palette, self)
        self.view = RowsView(self.model, stretch=2)
        self.view.setAccessibleName("可能是同一家的企业")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.selectionModel().currentRowChanged.connect(lambda now, _was: self._picked(now.row()))
        self.nothing = label(
            "没有发现重复的企业。\n信用代码相同、一家的名称是另一家的简称或曾用名、名称主干相同的，会列在这里；"
            "仅仅字面相像的不算。\n也可以在清单里选中两家，按“合并”。",
            "quiet",
            wrap=True,
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.said = label("", wrap=True)
        self.said.setAccessibleName("合并会做什么")
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.choices_model = RowsModel(_CHOICES, office.palette, self)
        self.choices = _Choices(self.choices_model, self)
        self._lay_out()

    def _lay_out(self) -> None:
        below = QWidget()
        row = QHBoxLayout(below)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(label("合并会这样做", "section"))
        left.addWidget(self.said, 1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(label("写得不同的，以哪家为准（空格或双击改）", "section"))
        right.addWidget(self.choices, 1)
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        self.split = QSplitter(Qt.Orientation.Vertical)
        self.split.setChildrenCollapsible(False)
        self.split.addWidget(self.view)
        self.split.addWidget(below)
        self.split.setSizes([240, 260])
        for widget in (self.bar, self.split, self.nothing):
            self.column.addWidget(widget, 0 if widget is self.bar else 1)

    def parts(self) -> tuple[QWidget, ...]:
        """The pairs, what differs, and what is done with them."""
        return (self.view, self.choices, self.bar)

    def go_to(self, reference: str) -> None:
        """Two enterprises chosen in the list: "id+id"."""
        one, _, other = reference.partition("+")
        if one and other:
            self._chosen = (one, other)
            self.refresh()

    def where(self) -> str:
        """The pair shown."""
        return "+".join(self._chosen) if all(self._chosen) else ""

    def refresh(self) -> None:
        """Look for pairs again; the pair shown stays, whoever proposed it."""
        chosen = self._chosen

        def read(ledger: Ledger) -> tuple[Pair, ...]:
            found = pairs(ledger)
            if all(chosen) and not any({one.first.id, one.second.id} == set(chosen) for one in found):
                asked = pair_of(ledger, *chosen)
                found = (asked, *found) if asked is not None else found
            return found

        self.ask(read, self._show)

    def _show(self, found: tuple[Pair, ...]) -> None:
        self.found = tuple(self._turned(one) for one in found)
        self.model.show([_line(one) for one in self.found])
        self.count.setText(f"{len(found)} 对" if found else "")
        self.split.setVisible(bool(found))
        self.bar.setVisible(bool(found))
        self.nothing.setVisible(not found)
        rows = [row for row, one in enumerate(self.found) if {one.first.id, one.second.id} == set(self._chosen)]
        if found:
            self.view.setCurrentIndex(self.model.index(rows[0] if rows else 0, 0))
        else:
            self._chosen = ("", "")

    def _turned(self, one: Pair) -> Pair:
        """As it was turned before."""
        return one.swapped() if (one.second.id, one.first.id) == self._chosen else one

    def _picked(self, row: int) -> None:
        if 0 <= row < len(self.found):
            one = self.found[row]
            if (one.first.id, one.second.id) != self._chosen:
                self._others = set()
            self._chosen = (one.first.id, one.second.id)
            self._look()

    def _look(self) -> None:
        asked = self._asked = object()
        kept, gone = self._chosen
        for action in (self.merging, self.parting):
            action.setEnabled(False)

        def answer(plan: FirmMerging) -> None:
            if self._asked is asked:
                self._tell(plan)

        def failed(error: Exception) -> None:
            if not isinstance(error, KnownError):
                self.office.work.explain(error)
            elif self._asked is asked:
                self.plan = None
                self.said.setText(error.message)
                self.choices_model.show([])
                self.parting.setEnabled(not self.read_only)

        self.office.work.ask(lambda ledger: look_at_merging(ledger, kept, gone), answer, owner=self, failed=failed)

    def _tell(self, plan: FirmMerging) -> None:
        self.plan = plan
        self.said.setText("\n".join(f"· {one}" for one in plan.sentences))
        at = max(0, self.choices.currentIndex().row())
        self.choices_model.show(
            [
                Line(one.key, (one.label, one.kept, one.other, "并入的" if one.key in self._others else "留下的"))
                for one in plan.choices
            ]
        )
        if plan.choices:
            self.choices.setCurrentIndex(self.choices_model.index(min(at, len(plan.choices) - 1), 0))
        for action in (self.merging, self.parting, self.swapping):
            action.setEnabled(not self.read_only)

    # What is done.

    def turn(self, key: str) -> None:
        """Take the other one's word for something they state differently, or the kept one's again."""
        self._others ^= {key}
        if self.plan is not None:
            self._tell(self.plan)

    def swap(self) -> None:
        """The other one stays."""
        row = self.view.currentIndex().row()
        if 0 <= row < len(self.found):
            turned = self.found[row].swapped()
            self.found = (*self.found[:row], turned, *self.found[row + 1 :])
            self._chosen, self._others = (turned.first.id, turned.second.id), set()
            self._show(self.found)

    def merge(self) -> None:
        """Make them one."""
        if self.plan is None or not all(self._chosen):
            return
        kept, gone = self._chosen
        others = frozenset(self._others)
        self.merging.setEnabled(False)
        self.write(lambda ledger, actor: merge_firms(ledger, kept, gone, actor, others=others), lambda _: self._done())

    def part_them(self) -> None:
        """They are two: not proposed again."""
        one, other = self._chosen
        if one and other:
            self.write(lambda ledger, actor: say_different(ledger, one, other, actor), lambda _: self._done())

    def _done(self) -> None:
        self._chosen, self._others = ("", ""), set()
        self.refresh()

    def _open(self, which: int) -> None:
        if self._chosen[which]:
            self.page.show_record(f"enterprise:{self._chosen[which]}")


class _Choices(RowsView):
    """What differs; Space or a double click takes the other's word."""

    def __init__(self, model: RowsModel, part: DuplicatesPart) -> None:
        super().__init__(model, stretch=2)
        self._part = part
        self.setAccessibleName("写得不同的")
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.doubleClicked.connect(lambda index: part.turn(model.line(index.row()).id))

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space and Enter turn the line."""
        at = self.currentIndex()
        if event.key() in {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter} and at.isValid():
            model = self.model()
            if isinstance(model, RowsModel):
                self._part.turn(model.line(at.row()).id)
        else:
            super().keyPressEvent(event)


def _line(one: Pair) -> Line:
    places = "、".join(dict.fromkeys(twin.district for twin in (one.first, one.second) if twin.district))
    return Line(
        f"{one.first.id}+{one.second.id}", (_told(one.first), _told(one.second), "；".join(one.reasons), places)
    )


def _told(one: Twin) -> str:
    listed = "规上" if one.on_register else "名册外"
    return f"QY{one.number:04d} {one.name}（{listed}，{one.records} 条记录）"
