"""制约问题: beside a project that is behind, the problems that hold it up; more of them are linked, or a new one is made."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout

from chain_office.services.projects.causes import ALL_NODES, link_causes, new_cause, offer
from chain_office.ui.icons import icon
from chain_office.ui.kit.form.composing import Paragraph
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line, RowsModel, RowsView

if TYPE_CHECKING:
    from chain_office.queries.projects_desk.standing import Standing
    from chain_office.services.projects.causes import Offered
    from chain_office.ui.office import Office
    from chain_office.ui.pages.project_parts.part import Part

_COLUMNS = (Column("编号", 62), Column("问题", 150), Column("单位", 76), Column("状态", 62))


class CauseCard(QFrame):
    """For one project at a time. ``wrote`` by the part it stands on: each act is one write."""

    opened = Signal(str)
    """A problem is wanted: its id."""

    def __init__(self, office: Office, part: Part) -> None:
        super().__init__()
        self._office, self._part = office, part
        self._project = ""
        self._offered: Offered | None = None
        self.setProperty("role", "card")
        self.title = label("", "section", wrap=True)
        self.why = label("", wrap=True)
        self.held = RowsModel(_COLUMNS, office.palette, self)
        self.held_view = RowsView(self.held, stretch=1, links=True)
        self.held_view.setAccessibleName("这个项目的制约问题")
        self.held_view.opened.connect(self.opened)
        self.finder = QLineEdit()
        self.finder.setPlaceholderText("按编号、企业、内容找问题")
        self.finder.setClearButtonEnabled(True)
        self.finder.setAccessibleName("找可以关联的问题")
        self.finder.textChanged.connect(lambda _text: self._fill())
        self.offers = RowsModel(_COLUMNS, office.palette, self)
        self.view = RowsView(self.offers, stretch=1)
        self.view.setAccessibleName("可以关联的问题，本企业的在前")
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.view.opened.connect(lambda _id: self.link())
        self.node = QComboBox()
        self.node.setAccessibleName("受阻节点")
        self.kind = QComboBox()
        self.kind.setAccessibleName("问题类别")
        self.text = Paragraph()
        self.text.setAccessibleName("新问题的内容")
        self.text.setPlaceholderText("没有登记过的，在这里写清楚是什么问题")
        self.text.setFixedHeight(64)
        p = office.palette
        self.link_button = QPushButton(icon("link", p.accent), "关联选中的问题")
        self.link_button.clicked.connect(lambda: self.link())
        self.new_button = QPushButton(icon("plus", p.accent), "新建问题并关联")
        self.new_button.clicked.connect(lambda: self.make())
        self._lay_out()
        self.setMinimumWidth(300)
        self.show_project(None)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(6)
        blocked, kinds = QHBoxLayout(), QHBoxLayout()
        blocked.addWidget(label("受阻节点", "quiet"))
        blocked.addWidget(self.node, 1)
        kinds.addWidget(label("类别", "quiet"))
        kinds.addWidget(self.kind, 1)
        for item in (self.title, self.why, label("制约问题", "section"), self.held_view):
            column.addWidget(item, 2 if item is self.held_view else 0)
        column.addLayout(blocked)
        column.addWidget(label("关联台账里的问题", "section"))
        column.addWidget(self.finder)
        column.addWidget(self.view, 3)
        column.addWidget(self.link_button)
        column.addWidget(label("由项目新建问题", "section"))
        column.addWidget(self.text)
        column.addLayout(kinds)
        column.addWidget(self.new_button)

    def show_project(self, stood: Standing | None, node: str = "") -> None:
        """Show what holds a project up; ``node``: the one the cursor is on."""
        changed = (stood.id if stood is not None else "") != self._project
        self._project = stood.id if stood is not None else ""
        self.setEnabled(stood is not None)
        self.title.setText(f"{stood.no} {stood.name}" if stood is not None else "选一个项目或节点")
        self.why.setText((stood.why or "没有滞后") if stood is not None else "")
        self.held.show(
            [
                Line(
                    cause.problem_id,
                    (cause.number, cause.text, cause.unit or "未明确", cause.state_word if cause.holds else "已解决"),
                    ("quiet", "", "", "red" if cause.holds else "blue"),
                )
                for cause in (stood.causes if stood is not None else ())
            ]
        )
        if changed:
            self.text.clear()
            self.finder.clear()
        self._choose_nodes(node)
        self._read()

    def _choose_nodes(self, node: str) -> None:
        self.node.clear()
        self.node.addItem("整个项目", "")
        for name in dict.fromkeys((*((node,) if node else ()), *ALL_NODES)):
            self.node.addItem(name, name)
        self.node.setCurrentIndex(max(0, self.node.findData(node)))

    def _read(self) -> None:
        project, day = self._project, self._office.as_of
        self._offered = None
        self._fill()
        if project:
            self._office.work.ask(lambda ledger: offer(ledger, project, day), self._take, owner=self)

    def _take(self, offered: Offered) -> None:
        if offered.project != self._project:
            return
        self._offered = offered
        kept = self.kind.currentData()
        self.kind.clear()
        self.kind.addItem("未分类", "")
        for row_id, name in offered.categories:
            self.kind.addItem(name, row_id)
        self.kind.setCurrentIndex(max(0, self.kind.findData(kept)))
        self._fill()

    def _fill(self) -> None:
        wanted = self.finder.text().strip().upper()
        problems = self._offered.problems if self._offered is not None else ()
        self.offers.show(
            [
                Line(one.id, (one.number, f"{one.enterprise} {one.text}".strip(), one.unit or "未明确", one.state))
                for one in problems
                if not wanted or wanted in f"{one.number} {one.enterprise} {one.text} {one.unit}".upper()
            ]
        )
        self._allow()

    def _allow(self) -> None:
        may = bool(self._project) and not self._part.read_only
        for widget in (self.link_button, self.new_button, self.text):
            widget.setEnabled(may)

    def chosen(self) -> tuple[str, ...]:
        """The problems chosen to be linked."""
        rows = sorted(index.row() for index in self.view.selectionModel().selectedRows())
        return tuple(self.offers.line(row).id for row in rows)

    def link(self) -> None:
        """Link the problems chosen."""
        project, problems, node = self._project, self.chosen(), str(self.node.currentData() or "")
        if project:
            self._part.write(lambda ledger, actor: link_causes(ledger, project, problems, node, actor))

    def make(self) -> None:
        """Make a problem of what was written, and link it."""
        project, text, node = self._project, self.text.toPlainText(), str(self.node.currentData() or "")
        kind = str(self.kind.currentData() or "")
        if project:
            self._part.write(
                lambda ledger, actor: new_cause(ledger, project, text, node, kind, actor),
                lambda _saved: self.text.clear(),
            )
