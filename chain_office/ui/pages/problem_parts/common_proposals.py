"""Under the list of 共性问题: what might be one, as the texts read. Found in the background; nothing waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from chain_office.domain.workflow import STATES
from chain_office.queries.common_issue_members import as_candidates
from chain_office.queries.problem_clusters import grouped, open_texts
from chain_office.services.common_issues import LONGEST
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView
from chain_office.ui.kit.ticked_rows import TickedModel, TickedRows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.queries.common_issue_members import Candidate
    from chain_office.queries.problem_clusters import Cluster, OpenText
    from chain_office.ui.office import Office

_COLUMNS: Final = (Column("共同的说法", 200), Column("类别", 84), Column("问题", 44, right=True),
                   Column("企业", 44, right=True))  # fmt: skip
_PROBLEMS: Final = (
    Column("编号", 88), Column("企业", 128), Column("问题", 200), Column("类别", 84), Column("单位", 92), Column("状态", 84),
)  # fmt: skip
_WORDS: Final = 4
_NAMED_AFTER: Final = 2
"""A name of more words than this reads as a list."""


class Proposals(QWidget):
    """The groups found, in a list under a heading; away while there are none."""

    changed = Signal()
    """The list was filled anew."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._asked: object = None
        self.found: tuple[Cluster, ...] = ()
        self.heading = label("", "section")
        self.model = RowsModel(_COLUMNS, office.palette, self)
        self.list = RowsView(self.model, stretch=0)
        self.list.setAccessibleName("可以归成一类的问题")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.heading)
        column.addWidget(self.list, 1)
        self.hide()

    def refresh(self, *, wanted: bool) -> None:
        """Look again: the texts are read when nothing else is asked of the ledger, and compared beside its thread. Until
        then what was found before stands."""
        asked = self._asked = object()  # a newer look takes this one's place
        if not wanted:
            self._show(())
            return
        day, work = self._office.as_of, self._office.work

        def compare(texts: list[OpenText]) -> None:
            if self._asked is asked:
                work.aside(
                    lambda: grouped(texts) if self._asked is asked else (),
                    lambda found: self._show(found) if self._asked is asked else None,
                    owner=self,
                )

        work.spare(lambda ledger: open_texts(ledger, day), compare, owner=self, wanted=lambda: self._asked is asked)

    def _show(self, found: Sequence[Cluster]) -> None:
        """Those that hang on nothing yet; more of a kind that has its item are found by 归入问题."""
        at = self.proposal
        self.found = tuple(one for one in found if not one.issues)
        self.model.show(
            [
                Line(
                    one.problems[0],
                    ("、".join(one.words[:_WORDS]) or "—", one.category, str(len(one.problems)), str(one.enterprises)),
                )
                for one in self.found
            ]
        )
        self.heading.setText(f"可以归成一类的（{len(self.found)}）")
        self.setVisible(bool(self.found))
        row = next((row for row, one in enumerate(self.found) if at is not None and one.problems == at.problems), 0)
        if self.found:
            self.list.setCurrentIndex(self.model.index(row, 0))
        self.changed.emit()

    @property
    def proposal(self) -> Cluster | None:
        """The one the cursor is on."""
        row = self.list.currentIndex().row()
        return self.found[row] if 0 <= row < len(self.found) else None


class ProposalPane(QWidget):
    """The problems of one group, ticked, and the button that makes an item of those that stay ticked."""

    wanted = Signal(tuple, str)
    """Make an item of these problems; a name to begin with."""

    def __init__(self, office: Office) -> None:
        super().__init__()
        self._office = office
        self._one: Cluster | None = None
        self.title = label("", "title", wrap=True)
        self.said = label("", "quiet", wrap=True)
        self.model = TickedModel(_PROBLEMS, office.palette, self)
        self.rows = TickedRows(self.model, stretch=2)
        self.rows.setAccessibleName("读起来像同一类的问题")
        self.do = QPushButton("归成共性问题")
        self.do.setProperty("role", "primary")
        self.do.setAutoDefault(True)  # Enter presses it too
        self.do.clicked.connect(self.gather)
        self.ticked = label("", "quiet", wrap=True)
        self.model.ticked_changed.connect(self._tell)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.do)
        foot.addWidget(self.ticked, 1)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.title)
        column.addWidget(self.said)
        column.addWidget(self.rows, 1)
        column.addLayout(foot)

    def show_proposal(self, one: Cluster) -> None:
        """Its problems as they stand now; ticks already taken away stay away while it is the same group."""
        if self._one is not None and one.problems == self._one.problems:
            return
        self._one = one
        self.title.setText("、".join(one.words[:_WORDS]) or one.category)
        category = f"，多属“{one.category}”" if one.category else ""
        self.said.setText(f"{one.enterprises} 家企业的 {len(one.problems)} 个问题读起来像同一类{category}。")
        self.model.show(())
        self._office.work.ask(
            lambda ledger: as_candidates(ledger, one.problems), lambda found: self._list(one, found), owner=self
        )

    def forget(self) -> None:
        """Read the problems anew the next time, for something changed."""
        self._one = None

    def _list(self, one: Cluster, found: Sequence[Candidate]) -> None:
        if one is self._one:
            self.model.show([_line(each) for each in found])
            if found:
                self.rows.selectRow(0)

    def _tell(self) -> None:
        number = len(self.model.ticked)
        self.do.setEnabled(number > 0)
        self.ticked.setText(
            f"已勾选 {number} 个；空格或点方框勾选，不合的去掉。" if number else "请先勾选要归在一起的问题。"
        )

    def gather(self) -> None:
        """Ask for the name."""
        if self._one is not None and self.model.ticked:
            name = "、".join(self._one.words[:_NAMED_AFTER]) or self._one.category
            self.wanted.emit(self.model.ticked, name[:LONGEST])


def _line(one: Candidate) -> Line:
    cells = (f"WT{one.number:04d}", one.enterprise, one.text, one.category, one.unit, STATES[one.state].label)
    return Line(one.id, cells, ("quiet",))
