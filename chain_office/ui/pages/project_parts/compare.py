"""两月比对: what moved between any two months, signed off or as they stand, each before and after."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout

from chain_office.domain.money import show_money
from chain_office.domain.periods import add_to_month, last_ended_month
from chain_office.domain.project_changes import KINDS, RED, STAGE_WORDS
from chain_office.services.projects.months import compare, read_months
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.figure_line import FigureLine
from chain_office.ui.kit.grouped_rows import Group, GroupedModel, GroupedView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.pages.project_parts.part import Part

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from chain_office.domain.project_changes import Difference
    from chain_office.domain.project_months import MonthTable, StageSum
    from chain_office.services.ledgers import Ledger
    from chain_office.services.projects.months import Comparison
    from chain_office.ui.office import Office
    from chain_office.ui.pages.project_parts.part import Host
    from chain_office.ui.work import Progress

_COLUMNS: Final = (
    Column("编号", 66), Column("项目", 220), Column("什么变了", 130), Column("之前", 170), Column("之后", 260),
    Column("增减", 110, right=True),
)  # fmt: skip
_SUM: Final = "sum"
_STEPS: Final = 6
"""Both months, their differences, what was put right in either, the lines."""


class ComparePart(Part):
    """两月比对."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "project", "stage_change", "project_plan", "project_month", "month_freeze", "light_rule", "project_node",
        "project_cause",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self._chosen: tuple[str, str] = ("", "")
        self.first, self.second = QComboBox(), QComboBox()
        self.first.setAccessibleName("之前的月份")
        self.second.setAccessibleName("之后的月份")
        for one in (self.first, self.second):
            one.setMinimumContentsLength(9)
            one.activated.connect(lambda _place: self._choose())
        self.state = label("", "quiet")
        row = QHBoxLayout()
        row.setSpacing(8)
        for widget in (label("从", "quiet"), self.first, label("到", "quiet"), self.second):
            row.addWidget(widget)
        row.addWidget(self.state, 1)
        self.bar = ActionsBar(office.palette)
        self.bar.add("打开项目", "list", self.open, needs=1)
        self.bar.add("打印……", "printer", self.print, shortcut=keys.key("print_list").keys[0], right=True)
        self.count = FigureLine("quiet")
        self.bar.add_right(self.count)
        self.model = GroupedModel(_COLUMNS, office.palette, self)
        self.view = GroupedView(self.model, stretch=4)
        self.view.setAccessibleName("两个月的差别")
        self.view.chosen.connect(lambda: self.bar.show_selected(1 if self.current_project() else 0))
        self.view.opened.connect(lambda _id: self.open())
        self.nothing = label("这两个月没有差别。", "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.printing = RowsPrinting(self, office)
        self.column.addLayout(row)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.nothing, 1)

    def parts(self) -> tuple[QWidget, ...]:
        """The differences, the months, what is done with them."""
        return (self.view, self.first, self.second, self.bar)

    def go_to(self, reference: str) -> None:
        """Compare two months ("2021-08,2021-09")."""
        first, _, second = reference.partition(",")
        if first and second:
            self.show_months(first, second)

    def where(self) -> str:
        """The months compared."""
        return ",".join(self._chosen) if all(self._chosen) else ""

    def show_months(self, first: str, second: str) -> None:
        """Compare these two."""
        self._chosen = (first, second)
        self.refresh()

    def _choose(self) -> None:
        self.show_months(str(self.first.currentData()), str(self.second.currentData()))

    def refresh(self) -> None:
        """Read both months again."""
        day = self.office.as_of
        now = last_ended_month(day)
        first, second = self._chosen if all(self._chosen) else (add_to_month(now, -1), now)

        def job(ledger: Ledger, progress: Progress) -> tuple[Comparison, tuple[Group, ...], tuple[str, ...]]:
            steps = itertools.count()
            found = compare(ledger, first, second, day, lambda doing: progress(next(steps), _STEPS, doing))
            progress(_STEPS - 1, _STEPS, "正在分类")
            return found, _groups(found), read_months(ledger, day, (first, second))

        self.office.work.long("两月比对", job, lambda found: self._show(*found), owner=self)

    def _show(self, found: Comparison, groups: tuple[Group, ...], months: tuple[str, ...]) -> None:
        for box, table in ((self.first, found.first), (self.second, found.second)):
            box.clear()
            for month in months:
                box.addItem(month, month)
            box.setCurrentIndex(box.findData(table.month))
        self.state.setText(f"{_told(found.first)}　→　{_told(found.second)}")
        self._chosen = (found.first.month, found.second.month)
        self.model.show_groups(groups)
        self.view.go_to("")
        changed = len({one.project for one in found.differences})
        self.count.tell_counts(
            f"{len(found.differences)} 处，涉及 {changed} 个项目",
            self.office.as_of,
            "projects.changed",
            "所选两个月的月调度表逐项目逐栏比对：不同的处数和涉及的项目数",
        )
        self.view.setVisible(bool(found.first.lines or found.second.lines))
        self.nothing.setVisible(not (found.first.lines or found.second.lines))

    def current_project(self) -> str:
        """The project of the line the cursor is on."""
        parts = self.view.current_id.split("|")
        return parts[1] if len(parts) > 1 else ""

    def open(self) -> None:
        """Open it."""
        if self.current_project():
            self.page.show_record(f"project:{self.current_project()}")

    def print(self) -> None:
        """The differences on paper."""
        rows = [self.model.line(row).cells for row in range(self.model.rowCount())]
        cells = [("", row[0], "", "", "", "") if len(row) == 1 else row for row in rows]
        title = f"项目调度 {self._chosen[0]} 与 {self._chosen[1]} 比对"
        self.printing.print(title, _COLUMNS, cells, (self.state.text(), self.count.text()))


def _told(table: MonthTable) -> str:
    return (
        f"{table.month}（{table.signed_day} {table.signed_by}封账）"
        if table.frozen
        else f"{table.month}（未封账，按台账现在的数）"
    )


def _groups(found: Comparison) -> tuple[Group, ...]:
    """The differences by kind under the sums; made where they are read, since there may be tens of thousands."""
    kinds: dict[str, list[Difference]] = {kind: [] for kind in KINDS}
    for one in found.differences:
        kinds[one.kind].append(one)
    groups = [Group(_SUM, "按阶段合计", _sums(found.first, found.second))]
    for kind, mine in kinds.items():
        lines = tuple(_line(one, place) for place, one in enumerate(mine))
        groups.append(Group(kind, f"{KINDS[kind]} {len(mine)}", lines, "red" if kind == RED and mine else ""))
    return tuple(groups)


def _line(one: Difference, place: int) -> Line:
    by = _by(one.by) if one.kind != "new" else ""
    return Line(
        f"{one.kind}|{one.project}|{place}",
        (f"XM{one.number:04d}", one.name, one.what, one.before, one.after, by),
        ("quiet", "", "quiet", "quiet", "red" if one.worse else "", ""),
    )


def _sums(first: MonthTable, second: MonthTable) -> tuple[Line, ...]:
    """Counts and sums by stage, before and after; the whole below them."""
    lines = []
    known = [{one.stage: one for one in table.sums} for table in (first, second)]
    for stage, word in STAGE_WORDS.items():
        old, new = known[0].get(stage), known[1].get(stage)
        if old is not None or new is not None:
            lines.append(_sum_line(word, old, new))
    lines.append(_sum_line("合计", first.whole, second.whole))
    return tuple(lines)


def _sum_line(word: str, old: StageSum | None, new: StageSum | None) -> Line:
    before, after = (one.count if one is not None else 0 for one in (old, new))
    done = [one.year_yuan if one is not None else None for one in (old, new)]
    by = done[1] - done[0] if done[0] is not None and done[1] is not None else None
    return Line(
        f"{_SUM}|",
        (
            "", word, "个数、本年完成", _counted(before, done[0]), _counted(after, done[1]),
            "，".join(part for part in (f"{after - before:+d} 个" if after != before else "", _by(by)) if part) or "不变",
        ),
    )  # fmt: skip


def _by(yuan: int | None) -> str:
    return f"{'+' if yuan > 0 else ''}{show_money(yuan)}" if yuan else ""


def _counted(count: int, yuan: int | None) -> str:
    return f"{count} 个" + (f"，{show_money(yuan)}" if yuan is not None else "")
