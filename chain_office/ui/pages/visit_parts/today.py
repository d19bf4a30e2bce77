"""今日: visits planned for today and this week, what is late, promises that fall due, visits that lack something."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt

from chain_office.domain.visiting import LIGHTS, PLAN_WORDS, PROMISE_WORDS
from chain_office.queries.visiting.today import WEEK, visits_today
from chain_office.services.visiting import planning
from chain_office.ui import keys
from chain_office.ui.kit.actions_bar import ActionsBar
from chain_office.ui.kit.grouped_rows import Group, GroupedModel, GroupedView
from chain_office.ui.kit.labels import label
from chain_office.ui.kit.rows import Column, Line
from chain_office.ui.kit.rows_printing import RowsPrinting
from chain_office.ui.measure import scaled
from chain_office.ui.pages.visit_parts.briefing import Briefing
from chain_office.ui.pages.visit_parts.part import Part, first_key

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from PySide6.QtGui import QResizeEvent

    from chain_office.queries.visiting.plan import PlanLine
    from chain_office.queries.visiting.promises import PromiseLine
    from chain_office.queries.visiting.today import Lacking, VisitsToday
    from chain_office.ui.office import Office
    from chain_office.ui.pages.visit_parts.part import Host

_COLUMNS: Final = (
    Column("日期", 92), Column("企业", 170), Column("县市区", 84), Column("事项", 320), Column("谁", 150),
    Column("状态", 80), Column("说明", 190),
)  # fmt: skip
_WIDE: Final = 3
_NARROW: Final = 900
_PLAN, _PROMISE, _VISIT = "plan", "promise", "visit"
MOST: Final = 500
"""So many lines of a group; its heading counts all."""


class TodayPart(Part):
    """今日."""

    watches: ClassVar[frozenset[str]] = frozenset({
        "visit", "visit_plan", "campaign", "promise", "enterprise", "problem", "setting",
    })  # fmt: skip

    def __init__(self, office: Office, page: Host) -> None:
        super().__init__(office, page)
        self.found: VisitsToday | None = None
        self._firms: dict[str, str] = {}
        self._visits: dict[str, str] = {}
        self.bar = ActionsBar(office.palette)
        self._first = self.bar.add("记为走访", "footprints", self.do, shortcut=first_key("fitting_step"), primary=True)
        self._brief = self.bar.add("走访前一页纸", "file-text", self.brief, shortcut=first_key("brief"))
        self._firm = self.bar.add("打开企业", "building-2", self._open_firm)
        printing = self.bar.add("打印", "printer", self.print, shortcut=first_key("print_list"), right=True)
        self.addActions([self._first, self._brief, printing])
        self.printing = RowsPrinting(self, office)
        self.briefing = Briefing(self, office)
        self.model = GroupedModel(_COLUMNS, office.palette, self)
        self.view = GroupedView(self.model, stretch=_WIDE)
        self.view.setAccessibleName("今日走访事项")
        self.view.opened.connect(self._open)
        self.view.chosen.connect(self._offer)
        keys.shortcut("choose_group", self.view, self.view.choose_group, context=Qt.ShortcutContext.WidgetShortcut)
        self.nothing = label("", "quiet", wrap=True)
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.column.addWidget(self.bar)
        self.column.addWidget(self.view, 1)
        self.column.addWidget(self.nothing, 1)
        self._offer()

    def parts(self) -> tuple[GroupedView, ActionsBar]:
        """The list, and what is done with it."""
        return (self.view, self.bar)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """A narrow list keeps room for what is to be done."""
        super().resizeEvent(event)
        self.view.setColumnHidden(2, self.width() < scaled(_NARROW))

    def refresh(self) -> None:
        """What wants doing at the cut-off date."""
        day = self.office.as_of
        self.ask(lambda ledger: visits_today(ledger, day), self._show)

    def _show(self, found: VisitsToday) -> None:
        self.found = found
        at = self.view.current_id
        plans = (*found.late, *found.now, *found.week)
        promised = (*found.promises_late, *found.promises_week)
        self._firms = {f"{_PLAN}:{one.id}": one.enterprise_id for one in plans}
        self._firms |= {f"{_PROMISE}:{one.id}": one.enterprise_id for one in promised}
        self._firms |= {f"{_VISIT}:{one.id}": one.enterprise_id for one in found.lacking}
        self._visits = {f"{_PROMISE}:{one.id}": one.visit_id for one in promised}
        self._visits |= {f"{_VISIT}:{one.id}": one.id for one in found.lacking}
        groups = (
            Group("now", f"今天走访　{_number(found.now, '家')}", _plans(found.now), "amber"),
            Group("late", f"计划逾期　{_number(found.late, '家')}", _plans(found.late), "red"),
            Group(
                "promises-late",
                f"承诺逾期　{_number(found.promises_late, '项')}",
                _promised(found.promises_late),
                "red",
            ),
            Group(
                "promises",
                f"{WEEK} 天内到期的承诺　{_number(found.promises_week, '项')}",
                _promised(found.promises_week),
            ),
            Group("week", f"{WEEK} 天内走访　{_number(found.week, '家')}", _plans(found.week)),
            Group(
                "lacking", f"赋码保护企业的走访还缺　{_number(found.lacking, '次')}", _lacking(found.lacking), "amber"
            ),
        )
        self.model.show_groups(groups)
        there = any(group.lines for group in groups)
        self.view.setVisible(there)
        self.nothing.setVisible(not there)
        self.nothing.setText(
            f"{found.day.isoformat()} 没有要办的走访事项。\n今天和一周内计划走访的企业、逾期的计划、到期的承诺会列在这里。"
        )
        if there:
            self.view.go_to(at)
        self._offer()

    # What is offered.

    def _offer(self) -> None:
        chosen, may = self.view.chosen_ids(), not self.read_only
        kind = chosen[0].partition(":")[0] if chosen else ""
        self._first.setVisible(may)
        self._first.setText({_PLAN: "记为走访", _PROMISE: "去兑现", _VISIT: "打开走访"}.get(kind, "记为走访"))
        self._first.setEnabled(len(chosen) == 1)
        self._brief.setEnabled(bool(chosen))
        self._brief.setText(f"走访前一页纸（{len(chosen)} 家）" if len(chosen) > 1 else "走访前一页纸")
        self._firm.setEnabled(len(chosen) == 1)

    def do(self) -> None:
        """Record the visit planned; go to the promise; open the visit that lacks something."""
        chosen = self.view.chosen_ids()
        if len(chosen) != 1:
            return
        kind, _, row_id = chosen[0].partition(":")
        if kind == _PLAN:
            self.ask(lambda ledger: planning.from_plan(ledger, row_id), self.page.make_visit)
        elif kind == _PROMISE:
            self.page.show_record(f"view:promises/{row_id}")
        else:
            self.page.show_record(f"visit:{row_id}")

    def _open(self, line_id: str) -> None:
        """Enter: the visit, else the firm."""
        if line_id in self._visits:
            self.page.show_record(f"visit:{self._visits[line_id]}")
        elif line_id in self._firms:
            self.page.wanted.emit("enterprises", f"enterprise:{self._firms[line_id]}")

    def _open_firm(self) -> None:
        chosen = self.view.chosen_ids()
        if len(chosen) == 1:
            self.page.wanted.emit("enterprises", f"enterprise:{self._firms[chosen[0]]}")

    def brief(self) -> None:
        """The page before a visit, of the firms chosen."""
        self.briefing.show([self._firms[one] for one in self.view.chosen_ids()])

    def print(self) -> None:
        """The list as it stands, each line with the heading it stands under."""
        rows = [
            (self.model.group(row).heading.partition("　")[0], *self.model.line(row).cells)
            for row in range(self.model.rowCount())
            if row not in self.model.heads
        ]
        self.printing.print("今日走访事项", (Column("类别", 90), *_COLUMNS), rows)


def _plans(lines: Sequence[PlanLine]) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"{_PLAN}:{one.id}",
            (
                _iso(one.due), one.firm, one.district, one.campaign, _who(one.leader, one.visitors),
                PLAN_WORDS[one.state], one.warning or ("赋码保护，先征得同意" if one.protected else one.remark),
            ),
            ("", "", "", "", "", LIGHTS[one.state], "amber" if one.warning else "quiet"),
        )
        for one in lines[:MOST]
    )  # fmt: skip


def _promised(lines: Sequence[PromiseLine]) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"{_PROMISE}:{one.id}",
            (
                _iso(one.due), one.firm, "", one.text.replace("\n", " "), _who(one.side, one.owner),
                PROMISE_WORDS[one.state], one.problem,
            ),
            ("", "", "", "", "", LIGHTS[one.state], "quiet"),
        )
        for one in lines[:MOST]
    )  # fmt: skip


def _lacking(lines: Sequence[Lacking]) -> tuple[Line, ...]:
    return tuple(
        Line(
            f"{_VISIT}:{one.id}",
            (_iso(one.day), one.firm, "", f"{one.no} 走访", "", "待补", one.lacks),
            ("", "", "", "", "", "amber"),
        )
        for one in lines[:MOST]
    )


def _number(lines: Sequence[object], unit: str) -> str:
    """How many, and that not all are listed."""
    return f"{len(lines):,} {unit}" + (f"（先列 {MOST} {unit}）" if len(lines) > MOST else "")


def _who(*names: str) -> str:
    return "、".join(name for name in names if name)


def _iso(day: date | None) -> str:
    return day.isoformat() if day is not None else ""
