"""交办单: what one unit is given, as a form it signs; with one item the whole form, its lower half to be filled by the unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.kinds import BadValue
from chain_office.queries.paper_rows import LEAD
from chain_office.reports.content import Column, Table, chinese_date
from chain_office.reports.papers import Cell, Grid
from chain_office.services.papers.wording import ROLES, deadline, known, unit, units, what, when

if TYPE_CHECKING:
    from datetime import date

    from chain_office.domain.workdays import WorkCalendar
    from chain_office.queries.paper_rows import PaperProblem
    from chain_office.services.papers.letterhead import Letterhead
    from chain_office.services.papers.numbering import Numbered
    from chain_office.services.papers.slices import Slice

_SHARES = (18.0, 31.0, 16.0, 23.0)


def notice(
    part: Slice, number: Numbered, head: Letterhead, day: date, meeting: str, calendar: WorkCalendar
) -> tuple[Grid | Table, ...]:
    """The parts of the form."""
    top = [
        _pair(("编号", number.text), ("交办日期", chinese_date(day))),
        _row("交办单位", head.office),
        _row("承办单位", known(part.unit.name)),
    ]
    basis = meeting or "单件交办"
    if len(part.items) == 1:
        problem, role = part.items[0]
        top.append(_pair(("交办依据", basis), ("联系人", head.contact_line)))
        return (Grid(_SHARES, (*top, *_single(problem, role, number, head, day, calendar), *_answer())),)
    form = Grid(
        _SHARES,
        (
            *top,
            _pair(("交办依据", basis), ("件数", part.says)),
            _row("办理要求", _demands(part, head)),
            _row("反馈时限", _answer_by(part, head, day, calendar)),
            _row("联系人", head.contact_line),
            _row("领导签批", "", 3),
            _pair(("签收人", ""), ("签收日期", "")),
            _pair(("负责人签字", ""), ("承办人及电话", "")),
        ),
        notes=("办理情况请逐件填入随附的《反馈表》（Word 或 Excel），按回执号对应；纸质、电子均可。",),
    )
    return (form, _items(part, number))


def _single(
    problem: PaperProblem, role: str, number: Numbered, head: Letterhead, day: date, calendar: WorkCalendar
) -> list[tuple[Cell, ...]]:
    alone = _alone(problem, role)
    return [
        _pair(("承办方式", ROLES[role]), ("回执号", number.code(problem))),
        _pair(("牵头单位", unit(problem.lead)), ("配合单位", units(problem.co))),
        _row("企业", known(problem.enterprise)),
        _row("问题与诉求", what(problem)),
        _row("办理要求", _demands(alone, head)),
        _row("办结时限", deadline(problem)),
        _row("反馈时限", _answer_by(alone, head, day, calendar)),
        _row("领导签批", "", 2),
    ]


def _alone(problem: PaperProblem, role: str) -> Slice:
    from chain_office.services.papers.slices import Slice

    lead = role == LEAD
    unit_of = problem.lead if lead else problem.co[0]
    assert unit_of is not None
    return Slice(unit_of, (problem,) if lead else (), () if lead else (problem,))


def _answer() -> tuple[tuple[Cell, ...], ...]:
    """The lower half, for the unit."""
    return (
        (Cell("以下由承办单位填写", head=True, across=4),),
        _row("办理情况", "", 3),
        _pair(("是否办结", "□是　□否　□部分解决"), ("填报日期", "")),
        _row("未办结原因\n及下一步", "", 2),
        _pair(("企业意见\n（签字/盖章）", ""), ("单位负责人\n签字", ""), 2),
    )


def _items(part: Slice, number: Numbered) -> Table:
    columns = (
        Column("序号", 3.4, "center"), Column("回执号", 8.6, "center"), Column("牵头/配合", 4.2, "center"),
        Column("企业", 12), Column("问题与诉求", 26), Column("牵头单位", 8), Column("配合单位", 10),
        Column("办结时限", 7.5, "center"),
    )  # fmt: skip
    rows = [
        (
            str(place), number.code(problem), ROLES[role], known(problem.enterprise), what(problem),
            unit(problem.lead), units(problem.co), deadline(problem),
        )
        for place, (problem, role) in enumerate(part.items, start=1)
    ]  # fmt: skip
    return Table(f"交办问题（共{len(rows)}件）", columns, tuple(rows), density="compact")


def _demands(part: Slice, head: Letterhead) -> str:
    """What is asked, in the office's own time limits."""
    asked = []
    if part.leads:
        asked.append(
            "牵头件请明确责任人，主动与企业对接，会同配合单位按时办结；办结后申请销号，由推进办与企业核实。"
            if part.assists
            else "请明确责任人，主动与企业对接，会同配合单位按时办结；办结后申请销号，由推进办与企业核实。"
        )
    if part.assists:
        asked.append(f"{'配合件请' if part.leads else '请'}主动与牵头单位衔接，按职责提出办理意见。")
    limits = []
    if head.object_days:
        limits.append(f"有异议的，收到后{head.object_days}个工作日内书面提出")
    if head.ask_days and part.leads:
        limits.append(f"需延期的，时限前至少{head.ask_days}个工作日写明原因和拟办结日期")
    if limits:
        asked.append(f"{'；'.join(limits)}。")
    return "\n".join(f"{place}. {text}" for place, text in enumerate(asked, start=1))


def _answer_by(part: Slice, head: Letterhead, day: date, calendar: WorkCalendar) -> str:
    said = []
    if part.leads:
        said.append(
            f"{'牵头件' if part.assists else ''}未办结期间至少每{head.cycle_days}天反馈一次进展，办结时随时反馈"
        )
    if part.assists and head.co_days:
        try:
            until = f"（{when(calendar.add_workdays(day, head.co_days))}前）"
        except BadValue:  # no calendar of that year: the working days stand for themselves
            until = ""
        said.append(f"配合件在交办后{head.co_days}个工作日内{until}向牵头单位反馈意见")
    return "；".join(said) + "。" if said else "随时反馈。"


def _row(label: str, text: str, lines: float = 1.0) -> tuple[Cell, ...]:
    return (Cell(label, head=True), Cell(text, across=3, lines=lines))


def _pair(left: tuple[str, str], right: tuple[str, str], lines: float = 1.0) -> tuple[Cell, ...]:
    (first, text), (second, other) = left, right
    return Cell(first, head=True), Cell(text, lines=lines), Cell(second, head=True), Cell(other, lines=lines)
