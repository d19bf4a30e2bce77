"""共性: items that many enterprises' problems hang on at the left, the problems of the one chosen at the right; below
them, what might become one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QAbstractItemView, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from chain_office.domain.growth import share
from chain_office.domain.lights import LABELS
from chain_office.queries.problem_desk import common_issues
from chain_office.queries.records import COLOURS
from chain_office.services import common_issues as service
from chain_office.services.calendar import work_calendar
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.form.pane import FormPane
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.nothing import Nothing
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.layouts import LAYOUTS
from chain_office.ui.measure import scaled
from chain_office.ui.pages.problem_parts.common_proposals import ProposalPane, Proposals
from chain_office.ui.pages.problem_parts.gathering import Gathering
from chain_office.ui.pages.problem_parts.part import Part

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from chain_office.domain.forms import Saved
    from chain_office.queries.problem_desk import Card, CommonIssueRow
    from chain_office.ui.office import Office
    from chain_office.ui.pages.problem_parts.part import Host

_ISSUES: Final = (
    Column("编号", 66), Column("共性问题", 200), Column("问题", 44, right=True), Column("企业", 44, right=True),
    Column("已解决", 110, right=True), Column("逾期", 44, right=True),
)  # fmt: skip
_PROBLEMS: Final = (
    Column("编号", 66), Column("灯", 44), Column("企业", 128), Column("问题", 200), Column("单位", 92), Column("状态", 96),
)  # fmt: skip
_NARROW: Final = 960
_EMPTY: Final = (
    "这里放共性问题：许多企业反映的同一类事，归成一件来办（一件事 → 一类事）。\n"
    "在“清单”里选中几个问题，点“归入共性问题”；或在这里新建一个，再把问题归进来。"
)


class CommonIssuesPart(Part):
    """共性."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "common_issue", "problem", "problem_event", "problem_span", "enterprise", "unit", "category", "calendar_day",
        "light_rule", "setting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.found: tuple[CommonIssueRow, ...] = ()
        self._wanted = ""
        self.gathering = Gathering(office, self)
        self.gathering.gathered.connect(self._gathered)
        self.bar = ActionsBar(office.palette)
        new = self.bar.add("新建共性问题", "plus", self.new, primary=True)
        self._add = self.bar.add("归入问题", "list-plus", self.add_problems)
        self._off = self.bar.add("移出所选", "undo-2", self.take_off)
        self._edit = self.bar.add("修改", "pencil", self.edit, shortcut=keys.key("edit").keys[0])
        self._dissolve = self.bar.add("解散", "trash-2", self.dissolve)
        self._writing = (new, self._add, self._off, self._edit, self._dissolve)
        self.count = label("", "quiet")
        self.bar.add_right(self.count)
        printing = self.bar.add("打印", "printer", self.print, shortcut=keys.key("print_list").keys[0], right=True)
        self.addActions([self._edit, printing])
        self.printing = RowsPrinting(self, office)
        self.issues = RowsModel(_ISSUES, office.palette, self)
        self.list = RowsView(self.issues, stretch=1)
        self.list.setAccessibleName("共性问题")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.selectionModel().currentRowChanged.connect(lambda *_: self._show_issue())
        self.title = label("", "title", wrap=True)
        self.told = label("", "", wrap=True)
        self.problems = RowsModel(_PROBLEMS, office.palette, self)
        self.rows = RowsView(self.problems, stretch=3)
        self.list.opened.connect(lambda _id: self.rows.setFocus())
        self.rows.setAccessibleName("归在这里的问题")
        self.rows.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.rows.opened.connect(lambda row_id: page.show_record(f"problem:{row_id}"))
        self.rows.doubleClicked.connect(lambda index: page.show_record(f"problem:{self.problems.line(index.row()).id}"))
        self.rows.selectionModel().selectionChanged.connect(lambda *_: self._allow())
        self.hint = label("", "quiet", wrap=True)
        self._pane: FormPane | None = None
        self.proposals = Proposals(office)
        self.proposals.changed.connect(self._show_proposals)
        self.proposals.list.selectionModel().currentRowChanged.connect(lambda *_: self._show_side())
        self.proposed = ProposalPane(office)
        self.proposed.wanted.connect(self.gathering.gather)
        self.proposals.list.opened.connect(lambda _id: self.proposed.rows.setFocus())
        self.proposed.rows.opened.connect(lambda row_id: page.show_record(f"problem:{row_id}"))
        self._proposing = False
        self._to_list = False
        for view in (self.list, self.proposals.list):
            view.installEventFilter(self)
        self._side = QStackedWidget()
        self._stack = QStackedWidget()
        self.nothing = Nothing(_EMPTY, "新建共性问题", self.new)
        self._lay_out()

    def _lay_out(self) -> None:
        shown = QWidget()
        self._shown_column = column = QVBoxLayout(shown)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self.title, self.told, self.hint):
            column.addWidget(widget)
        column.addWidget(self.rows, 1)
        self._shown = shown
        self._side.addWidget(shown)
        self._side.addWidget(self.proposed)
        left = QWidget()
        lists = QVBoxLayout(left)
        lists.setContentsMargins(0, 0, 0, 0)
        lists.setSpacing(0)
        self._none = label("还没有共性问题。", "quiet")
        lists.addWidget(self._none)
        lists.addWidget(self.list, 1)
        lists.addWidget(self.proposals, 1)
        self._split = split = QSplitter()
        split.addWidget(left)
        split.addWidget(self._side)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.setSizes([520, 680])
        self._stack.addWidget(split)
        self._stack.addWidget(self.nothing)
        self.column.addWidget(self.bar)
        self.column.addWidget(self._stack, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """In a narrow window the problems stand under the items."""
        super().resizeEvent(event)
        narrow = event.size().width() < scaled(_NARROW)
        way = Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal
        if self._split.orientation() != way:
            self._split.setOrientation(way)
            self._split.setSizes([200, 300] if narrow else [520, 680])
            for column in (self._shown_column, self.proposed.column):
                column.setContentsMargins(0 if narrow else 12, 6 if narrow else 0, 0, 0)

    def parts(self) -> tuple[QWidget, ...]:
        """The items, what might become one, the problems, and what is done with them."""
        lists = tuple(
            view for view, there in ((self.list, self.found), (self.proposals.list, self.proposals.found)) if there
        )
        return (*(lists or (self.nothing.button,)), self.proposed.rows if self._proposing else self.rows, self.bar)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """The list one is in is the one whose problems are shown."""
        if event.type() == QEvent.Type.FocusIn and watched in {self.list, self.proposals.list}:
            self._proposing = watched is self.proposals.list
            self._show_side()
        return super().eventFilter(watched, event)

    def refresh(self) -> None:
        """The items at the cut-off date."""
        day = self.office.as_of
        self.ask(lambda ledger: common_issues(ledger, day, work_calendar(ledger)), self._show)
        self.proposed.forget()
        self.proposals.refresh(wanted=not self.read_only)

    def _show(self, found: tuple[CommonIssueRow, ...]) -> None:
        at = self._wanted or (self.issue.id if self.issue is not None else "")
        self._wanted = ""
        self.found = found
        self.issues.show([_issue_line(one) for one in found])
        self.nothing.button.setVisible(not self.read_only)
        self.count.setText(f"{len(found)} 个共性问题" if found else "")
        if found:
            self.list.selectRow(next((row for row, one in enumerate(found) if one.id == at), 0))
        self._show_issue()
        self._settle()
        if self._to_list and found:
            self._to_list = False
            self.list.setFocus()

    def _show_proposals(self) -> None:
        self._settle()
        self._show_side()

    def _settle(self) -> None:
        """What there is room for: the two lists, or the sentence where there is neither."""
        lists = bool(self.found or self.proposals.found)
        away = self._stack.currentIndex() == 1 and lists and self.nothing.button.hasFocus()
        self._stack.setCurrentIndex(0 if lists else 1)
        self._none.setVisible(not self.found)
        self.list.setVisible(bool(self.found))
        if not self.found or not self.proposals.found:
            self._proposing = bool(self.proposals.found)
        if away:
            (self.proposals.list if self._proposing else self.list).setFocus()
        self._show_side()

    def _show_side(self) -> None:
        """The problems of the item or of the proposal the cursor is on, unless the item's form is open."""
        mine, other = (self.proposals.list, self.list) if self._proposing else (self.list, self.proposals.list)
        other.clearSelection()
        if mine.currentIndex().isValid() and not mine.selectionModel().hasSelection():
            mine.selectRow(mine.currentIndex().row())
        one = self.proposals.proposal
        if self._proposing and one is not None:
            self.proposed.show_proposal(one)
        if self._pane is None or self._side.currentWidget() is not self._pane:
            self._side.setCurrentWidget(self.proposed if self._proposing else self._shown)
        self._allow()

    @property
    def issue(self) -> CommonIssueRow | None:
        """The item the cursor is on."""
        index = self.list.currentIndex()
        return self.found[index.row()] if index.isValid() and index.row() < len(self.found) else None

    def _show_issue(self) -> None:
        one = self.issue
        if one is not None:
            kept = set(self._chosen())
            self.title.setText(f"{one.no}　{one.name}")
            self.told.setText(_told(one))
            self.told.setVisible(bool(self.told.text()))
            self.problems.show([_problem_line(card) for card in one.cards])
            cut = f"（列出前 {len(one.cards)} 个）" if one.problems > len(one.cards) else ""
            self.hint.setText(
                f"{one.problems} 个问题，{one.firms} 家企业{cut}"
                if one.problems
                else "还没有归入问题，点“归入问题”选几个。"
            )
            for row, card in enumerate(one.cards):
                if card.id in kept:
                    self.rows.selectRow(row)
        self._allow()

    def _chosen(self) -> tuple[str, ...]:
        rows = sorted(index.row() for index in self.rows.selectionModel().selectedRows())
        return tuple(self.problems.line(row).id for row in rows)

    def _allow(self) -> None:
        """What can be done here now."""
        for action in self._writing:
            action.setVisible(not self.read_only)
        chosen = len(self._chosen())
        for action in (self._add, self._edit, self._dissolve):
            action.setEnabled(self.issue is not None and not self._proposing)
        self._off.setEnabled(chosen > 0 and not self._proposing)
        self._off.setText(f"移出 {chosen} 个" if chosen > 1 else "移出所选")

    # Where one is.

    def go_to(self, reference: str) -> None:
        """Put the cursor on an item."""
        self._wanted = reference
        row = next((row for row, one in enumerate(self.found) if one.id == reference), -1)
        if row >= 0:
            self._wanted = ""
            self._proposing = False
            self.list.selectRow(row)
            self._show_side()

    def _gathered(self, issue_id: str) -> None:
        """To the item written to; the button that was pressed may be gone with its proposal."""
        from_proposal, self._proposing = self._proposing, False
        self.go_to(issue_id)
        self._to_list = from_proposal and bool(self._wanted)
        if from_proposal and not self._wanted:
            self.list.setFocus()

    def where(self) -> str:
        """The item the cursor is on."""
        return self.issue.id if self.issue is not None else ""

    # What is done.

    def new(self) -> None:
        """Name a new item; problems are hung on it afterwards."""
        self.gathering.gather(())

    def add_problems(self) -> None:
        """Search problems and hang them on the item."""
        one = self.issue
        if one is not None:
            self.gathering.add_to(one.id, one.name)

    def take_off(self) -> None:
        """Take the problems chosen off the item."""
        ids = self._chosen()
        if ids:
            self.gathering.write(lambda ledger, actor: service.take_off(ledger, ids, actor))

    def dissolve(self) -> None:
        """Take all problems off the item and put it away; 撤销 brings it back."""
        one = self.issue
        if one is not None:
            self.gathering.write(lambda ledger, actor: service.dissolve(ledger, one.id, actor))

    def edit(self) -> None:
        """The item's own form."""
        one = self.issue
        if one is None or self.read_only:
            return
        if self._pane is None:
            self._pane = FormPane(self.office, LAYOUTS)
            self._pane.saved.connect(self._saved)
            self._pane.left.connect(self._leave)
            self._pane.said.connect(self.office.said)
            self._side.addWidget(self._pane)
        self._side.setCurrentWidget(self._pane)
        self._pane.edit(service.TABLE, one.id)

    def _saved(self, saved: Saved) -> None:
        self.office.wrote.emit(saved)
        self._leave()

    def _leave(self) -> None:
        self._side.setCurrentWidget(self.proposed if self._proposing else self._shown)
        self.list.setFocus()

    def print(self) -> None:
        """Every item with its problems."""
        rows = [
            (one.name, card.no, card.enterprise, card.text, card.unit, card.label, LABELS[card.light])
            for one in self.found
            for card in one.cards
        ]
        columns = (
            Column("共性问题", 150), Column("编号", 66), Column("企业", 128), Column("问题", 240), Column("单位", 92),
            Column("状态", 90), Column("灯", 44),
        )  # fmt: skip
        self.printing.print("共性问题", columns, rows, [f"{len(self.found)} 个共性问题，{len(rows)} 个问题。"])


def _issue_line(one: CommonIssueRow) -> Line:
    solved = one.counts.get("closed", 0) + one.counts.get("solved_on_site", 0)
    rate = share(solved, one.problems)
    said = "—" if rate is None else f"{rate} %（{solved}/{one.problems}）"
    return Line(
        one.id, (one.no, one.name, str(one.problems), str(one.firms), said, str(one.overdue)),
        ("quiet", "", "", "", "green" if solved == one.problems and solved else "", "red" if one.overdue else "quiet"),
    )  # fmt: skip


def _told(one: CommonIssueRow) -> str:
    """What the item says of itself."""
    head = "　".join(
        part
        for part in (
            one.category,
            f"牵头单位 {one.unit}" if one.unit else "",
            f"{one.proposed.isoformat()} 提出" if one.proposed else "",
        )
        if part
    )
    return "\n".join(part for part in (head, one.text, f"专题措施：{one.measure}" if one.measure else "") if part)


def _problem_line(card: Card) -> Line:
    light = COLOURS.get(card.light, card.light)
    return Line(
        card.id, (card.no, LABELS[card.light], card.enterprise, card.text, card.unit, card.label),
        ("quiet", light, "", "", "", "red" if card.overdue else ""),
    )  # fmt: skip
