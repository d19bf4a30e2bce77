"""进度图: projects × months, planned and actual, nodes as marks; grouped, sorted, zoomed and printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QComboBox, QHBoxLayout

from chain_office.queries.projects import STAGES
from chain_office.queries.projects_desk.timeline import span_lines
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.gantt_chart import GanttMark, GanttRow
from chain_office.ui.kit.gantt_paper import print_gantt
from chain_office.ui.kit.gantt_view import GanttView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.paper_dialog import PaperDialog
from chain_office.ui.kit.pdf_pages import read_paper
from chain_office.ui.pages.project_parts.part import Part

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QWidget

    from chain_office.queries.projects_desk.timeline import SpanLine
    from chain_office.ui.kit.pdf_pages import Paper
    from chain_office.ui.office import Office
    from chain_office.ui.pages.project_parts.part import Host
    from chain_office.ui.work import Progress

_BY_STAGE, _BY_DISTRICT, _NOT = "按阶段", "按县市区", "不分组"
_BY_NUMBER, _BY_FINISH, _BY_LAG = "按编号", "按计划竣工", "按滞后天数"
_ORDERS: Final = ("under_construction", "planned", "stopped", "completed")


class TimelinePart(Part):
    """进度图."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "project", "stage_change", "project_plan", "project_month", "project_node", "project_cause", "light_rule", "district",
        "park", "problem", "problem_span",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self._lines: tuple[SpanLine, ...] = ()
        self.group, self.order = QComboBox(), QComboBox()
        self.group.addItems((_BY_STAGE, _BY_DISTRICT, _NOT))
        self.group.setAccessibleName("分组")
        self.order.addItems((_BY_NUMBER, _BY_FINISH, _BY_LAG))
        self.order.setAccessibleName("排序")
        for box in (self.group, self.order):
            box.currentIndexChanged.connect(lambda _place: self._fill())
        self.bar = ActionsBar(office.palette)
        self.bar.add("打开", "list", lambda: self._open(self.view.current_id), needs=1)
        self.bar.add("放大", "zoom-in", lambda: self.view.zoom(1.25))
        self.bar.add("缩小", "zoom-out", lambda: self.view.zoom(0.8))
        self.bar.add("看全部", "calendar", lambda: self.view.fit())
        self.bar.add("回到截止日", "calendar-check", lambda: self.view.to_day())
        print_a4 = self.bar.add(
            "打印 A4……", "printer", lambda: self.print("A4"), shortcut=keys.key("print_list").keys[0], right=True
        )
        self.addAction(print_a4)
        self.bar.add("打印 A3……", "printer", lambda: self.print("A3"), right=True)
        self.view = GanttView(office.palette)
        self.view.opened.connect(self._open)
        self.view.moved.connect(lambda row_id: self.bar.show_selected(1 if row_id else 0))
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (label("分组", "quiet"), self.group, label("排序", "quiet"), self.order):
            row.addWidget(widget)
        row.addWidget(label("空框 计划　色条 实际　◆ 已完成节点　◇ 未到节点　红◇ 逾期节点　竖线 截止日", "quiet"))
        row.addStretch(1)
        self.count = FigureLine("quiet")
        row.addWidget(self.count)
        self.nothing = label(
            "还没有项目，或都没有登记时间。\n登记了开工、竣工时间和节点，每个项目在这里是一条线，计划和实际一眼看得出。",
            "quiet",
            wrap=True,
        )
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addLayout(row)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.nothing, 1)
        self.dialog: PaperDialog | None = None

    def parts(self) -> tuple[QWidget, ...]:
        """The chart, how it is grouped, what is done with it."""
        return (self.view, self.group, self.order, self.bar)

    def refresh(self) -> None:
        """The spans at the cut-off date."""
        day = self.office.as_of
        self.ask(lambda ledger: span_lines(ledger, day), self._show)

    def _show(self, lines: tuple[SpanLine, ...]) -> None:
        self._lines = lines
        self.view.setVisible(bool(lines))
        self.nothing.setVisible(not lines)
        undated = sum(one.plan_finish is None and one.began is None and not one.nodes for one in lines)
        self.count.tell_counts(
            f"{len(lines)} 个项目" + (f"，{undated} 个没有登记时间" if undated else ""),
            self.office.as_of,
            "projects.timeline",
            "截止日纳入统计的项目；计划和实际的起止都没有的为没有登记时间",
        )
        self._fill()

    def rows(self) -> tuple[GanttRow, ...]:
        """The rows as they are grouped and sorted."""
        day = self.office.as_of
        orders: dict[str, Callable[[SpanLine], tuple[object, ...]]] = {
            _BY_NUMBER: lambda one: (one.stood.number,),
            _BY_FINISH: lambda one: (one.plan_finish is None, str(one.plan_finish), one.stood.number),
            _BY_LAG: lambda one: (-(one.stood.lag.days if one.stood.lag is not None else 0), one.stood.number),
        }
        lines: list[SpanLine] = sorted(self._lines, key=orders[self.order.currentText()])
        if self.group.currentText() == _NOT:
            return tuple(_row(one, day) for one in lines)
        by_stage = self.group.currentText() == _BY_STAGE
        groups: dict[str, list[SpanLine]] = {stage: [] for stage in _ORDERS} if by_stage else {}
        for one in lines if by_stage else sorted(lines, key=lambda one: (not one.stood.district, one.stood.district)):
            groups.setdefault(one.stood.stage if by_stage else one.stood.district, []).append(one)
        found: list[GanttRow] = []
        for key, mine in groups.items():
            if mine:
                word = STAGES[key] if by_stage else key or "未登记县市区"
                found.append(GanttRow("", f"{word} {len(mine)}"))
                found += [_row(one, day) for one in mine]
        return tuple(found)

    def _fill(self) -> None:
        self.view.show_rows(self.rows(), self.office.as_of)

    def go_to(self, reference: str) -> None:
        """Put the cursor on a project."""
        self.view.go_to(reference)

    def where(self) -> str:
        """The project the cursor is on."""
        return self.view.current_id

    def _open(self, project: str) -> None:
        if project:
            self.page.show_record(f"project:{project}")

    def print(self, size: str) -> None:
        """Draw it on paper and show that."""
        rows, day = self.rows(), self.office.as_of
        shown = self.office.shown
        title = "重点项目进度图" + ("（示例数据）" if shown is not None and shown.sample else "")
        foot = f"空框为计划，色条为实际；◆ 已完成节点，◇ 未到节点，红色 ◇ 逾期节点；竖线为截止日 {day.isoformat()}。"
        family = QApplication.font().family()

        def make(found: Sequence[GanttRow], progress: Progress) -> Paper:
            return read_paper(print_gantt(found, day, title, foot, size, family, progress))

        self.office.work.make(
            "打印进度图", lambda _ledger: rows, make, lambda paper: self._show_paper(paper, title), owner=self
        )

    def _show_paper(self, paper: Paper, title: str) -> None:
        self.dialog = PaperDialog(self.office, paper, title, self)
        self.dialog.destroyed.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        self.dialog = None


def _row(one: SpanLine, day: date) -> GanttRow:
    stood = one.stood
    marks = tuple(
        GanttMark(at, node.name, node.done, not node.done and node.days_late(day) > 0)
        for node in one.nodes
        if (at := node.done_day or node.plan_day) is not None
    )
    planned = (one.plan_start, one.plan_finish) if one.plan_start is not None and one.plan_finish is not None else None
    if planned is not None and planned[1] < planned[0]:
        planned = (planned[1], planned[0])
    actual = (one.began, one.ended) if one.began is not None else None
    said = f"滞后 {stood.lag.days} 天" if stood.lag is not None else ""
    if not said and planned is None and actual is None and not marks:
        said = "没有登记时间"
    tip = "\n".join(
        part
        for part in (
            f"{stood.no} {stood.name}　{STAGES[stood.stage]}",
            f"计划 {_days(one.plan_start, one.plan_finish)}" if one.plan_start or one.plan_finish else "",
            f"实际 {_days(one.began, one.ended)}" if one.began else "",
            "　".join(f"{mark.name} {mark.day.isoformat()}{_state(mark)}" for mark in marks),
            f"{stood.label}：{stood.why}" if stood.label and stood.why else stood.why,
        )
        if part
    )
    return GanttRow(
        stood.id, f"{stood.no} {stood.name}", planned, actual, marks, stood.light, said, stood.lag is not None, tip
    )


def _state(mark: GanttMark) -> str:
    return "完成" if mark.done else "逾期" if mark.late else "计划"


def _days(first: date | None, last: date | None) -> str:
    return f"{first.isoformat() if first else '未定'} 至 {last.isoformat() if last else '今'}"
