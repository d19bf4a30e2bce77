"""节点: overdue ones first, with whose they are and what holds them up; done, dated, or put under a project in one act."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter

from chain_office.queries.projects_desk.node_list import (
    LAGGING,
    LATER,
    OVERDUE,
    SOON,
    SOON_DAYS,
    UNDATED,
    WITHOUT,
    node_lines,
)
from chain_office.services.projects.templates import apply_template, finish_nodes
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.grouped_rows import Group, GroupedModel, GroupedView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.pages.project_parts.causes import CauseCard
from chain_office.ui.pages.project_parts.part import Part

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from chain_office.queries.projects_desk.node_list import NodeLine
    from chain_office.ui.office import Office
    from chain_office.ui.pages.project_parts.part import Host

_COLUMNS = (
    Column("编号", 62), Column("项目", 200), Column("节点", 82), Column("负责人", 70), Column("计划", 88), Column("还有多久", 92),
    Column("原因", 150),
)  # fmt: skip
_GROUPS: Final = (
    (OVERDUE, "逾期的节点", "red", "计划时间已过、还没有登记完成"),
    (LAGGING, "滞后、没有逾期节点的项目", "red", "过了计划开工或竣工时间"),
    (SOON, f"{SOON_DAYS} 天内到期", "amber", f"{SOON_DAYS} 天内要完成的节点"),
    (LATER, "以后", "", ""),
    (UNDATED, "没有定计划时间", "grey", "请填上计划时间，才能看出是不是滞后"),
    (WITHOUT, "没有节点的项目", "grey", "选中它们，按“套用节点模板”一次加齐"),
)


class NodesPart(Part):
    """节点."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "project", "stage_change", "project_node", "project_cause", "problem", "problem_span", "unit", "light_rule", "setting",
        "category",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self._lines: dict[str, NodeLine] = {}
        self._at = ""
        self.bar = ActionsBar(office.palette)
        self._acts = [
            self.bar.add(
                "登记完成",
                "circle-check",
                self.finish,
                shortcut=keys.key("fitting_step").keys[0],
                needs=1,
                primary=True,
            ),
            self.bar.add("修改节点……", "pencil", self.edit, shortcut=keys.key("edit").keys[0], needs=1, most=1),
            self.bar.add("新建节点……", "plus", self.new, needs=1, most=1),
            self.bar.add("套用节点模板", "list-plus", self.apply, needs=1),
        ]
        self.addActions(self._acts[:2])
        self.bar.add("打开项目", "list", self.open, needs=1, most=1)
        self.bar.add("打印……", "printer", self.print, shortcut=keys.key("print_list").keys[0], right=True)
        self.count = FigureLine("quiet")
        self.bar.add_right(self.count)
        self.model = GroupedModel(_COLUMNS, office.palette, self)
        self.view = GroupedView(self.model, stretch=1)
        self.view.setAccessibleName("节点")
        self.view.chosen.connect(self._chosen)
        self.view.opened.connect(lambda _id: self.open())
        self.card = CauseCard(office, self)
        self.card.opened.connect(lambda problem: self.page.wanted.emit("problems", f"problem:{problem}"))
        self.nothing = label(
            "没有在建或拟开工的项目。\n项目的立项、用地、环评、开工、封顶、投产等节点在这里按时间排好，逾期的在最前面。",
            "quiet",
            wrap=True,
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.printing = RowsPrinting(self, office)
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._split.addWidget(self.view)
        self._split.addWidget(self.card)
        self._split.setChildrenCollapsible(False)
        self._split.setStretchFactor(0, 3)
        self._split.setStretchFactor(1, 1)
        self._split.setSizes([780, 360])
        self.column.addWidget(self.bar)
        self.column.addWidget(self._split, 1)
        self.column.addWidget(self.nothing, 1)

    def parts(self) -> tuple[QWidget, ...]:
        """The list, what holds its project up, what is done with it."""
        return (self.view, self.card, self.bar)

    def refresh(self) -> None:
        """The nodes at the cut-off date."""
        day = self.office.as_of
        self.ask(lambda ledger: node_lines(ledger, day), lambda found: self._show(found, day))

    def _show(self, found: Sequence[NodeLine], day: date) -> None:
        at = self.view.current_id or self._at
        self._lines = {line.id: line for line in found}
        groups = []
        for key, word, light, tip in _GROUPS:
            mine = [line for line in found if line.group == key]
            groups.append(Group(key, f"{word} {len(mine)}", tuple(_line(one, day) for one in mine), light, tip))
        self.model.show_groups(groups)
        self._split.setVisible(bool(found))
        self.nothing.setVisible(not found)
        late = sum(line.group == OVERDUE for line in found)
        self.count.tell_counts(
            f"逾期 {late} 个　截至 {day.isoformat()}",
            self.office.as_of,
            "projects.late_nodes",
            "纳入统计的项目中，应完成日早于截止日、还没有完成的节点",
        )
        self.view.go_to(at)
        self._chosen()

    def _chosen(self) -> None:
        ids = self.view.chosen_ids()
        self.bar.show_selected(len(ids))
        may = not self.read_only
        for act in self._acts:
            act.setVisible(may)
        nodes = [self._lines[one].node for one in ids if one in self._lines]
        self._acts[0].setEnabled(bool(nodes) and all(node is not None for node in nodes))
        self._acts[1].setEnabled(len(nodes) == 1 and nodes[0] is not None)
        line = self._lines.get(self.view.current_id)
        self._at = line.id if line is not None else ""
        self.card.show_project(
            line.stood if line is not None else None,
            line.node.name if line is not None and line.node is not None else "",
        )

    def go_to(self, reference: str) -> None:
        """Put the cursor on a line."""
        self.view.go_to(reference)

    def where(self) -> str:
        """The line the cursor is on."""
        return self._at

    # What is done.

    def open(self) -> None:
        """The project of the line the cursor is on."""
        line = self._lines.get(self._at)
        if line is not None:
            self.page.show_record(f"project:{line.stood.id}")

    def edit(self) -> None:
        """The form of the node the cursor is on."""
        line = self._lines.get(self._at)
        if line is not None and line.node is not None:
            self.page.open_part("project_node", line.node.id, line.stood.id)

    def new(self) -> None:
        """A blank node of the project the cursor is on."""
        line = self._lines.get(self._at)
        if line is not None:
            self.page.open_form("project_node", line.stood.id)

    def finish(self) -> None:
        """Register the nodes chosen as done on the cut-off day."""
        lines = [self._lines[one] for one in self.view.chosen_ids()]
        ids, day = [line.node.id for line in lines if line.node is not None], self.office.as_of
        if ids:
            self.write(lambda ledger, actor: finish_nodes(ledger, ids, day, actor))

    def apply(self) -> None:
        """Put the usual nodes under the projects chosen."""
        ids = tuple(dict.fromkeys(self._lines[one].stood.id for one in self.view.chosen_ids()))
        if ids:
            self.write(lambda ledger, actor: apply_template(ledger, ids, actor))

    def print(self) -> None:
        """The list on paper."""
        rows = [self.model.line(row).cells for row in range(self.model.rowCount())]
        wide = len(_COLUMNS)
        cells = [("", *row, *("",) * (wide - 2)) if len(row) == 1 else row for row in rows]
        self.printing.print("项目节点", _COLUMNS, cells, (self.count.text(),))


def _line(one: NodeLine, day: date) -> Line:
    stood, node = one.stood, one.node
    because = stood.because
    if node is None:
        lag = stood.lag.said if stood.lag is not None else "没有节点"
        return Line(one.id, (stood.no, stood.name, "", "", "", lag, because), ("quiet", "", "", "", "", "red", "amber"))
    late = node.days_late(day) > 0
    plan = node.plan_day.isoformat() if node.plan_day is not None else ""
    return Line(
        one.id,
        (stood.no, stood.name, node.name, node.owner or "没有负责人", plan, node.when(day), because),
        ("quiet", "", "", "" if node.owner else "quiet", "", "red" if late else "", "amber"),
    )
