"""六、存在问题: what the rows themselves show to be late, sent back, behind, refused or missing. Nothing is added."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.db.models import record_number
from chain_office.domain.workflow import STATES
from chain_office.reports.content import Column, Section, Table
from chain_office.services.packing import projects
from chain_office.services.packing.facts import unrecorded
from chain_office.services.packing.linking import count, record, row_links
from chain_office.services.packing.schedule import paces
from chain_office.services.packing.wording import decimals, iso, listed, money, numbered, quoted, said, span, tally

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.queries.problem_list import Standing
    from chain_office.services.packing.facts import Facts

HEADING = "存在问题"
_RED, _YELLOW = "red", "yellow"
_NAMED = 3
"""So many projects far behind are named."""


def section(facts: Facts) -> Section:
    """The section."""
    parts = [(lead, text) for lead, make in _PARTS if (text := make(facts))]
    blocks = numbered(parts)
    if not blocks:
        blocks = ("台账中没有逾期、退回、低于序时进度或未落实的事项。",)
    late = overdue(facts)
    return Section(HEADING, blocks, tables=(_table(facts, late),) if late else ())


def overdue(facts: Facts) -> list[Standing]:
    """The overdue, latest first."""
    late = [one for one in facts.problems if one.overdue]
    return sorted(late, key=lambda one: (-one.days_late(facts.day), one.number))


def _late(facts: Facts) -> str:
    late = overdue(facts)
    if not late:
        return ""
    longest = late[0]
    units = [f"{unit}{count}个" for unit, count in tally(late, lambda one: said(one.unit))]
    return (
        f"逾期{count(facts, 'problems.overdue')}个，涉及{len(units)}个单位（{listed(units)}）；最长的是{said(longest.unit)}牵头的"
        f"{quoted(longest.text)}，已逾期{longest.days_late(facts.day)}天。清单见本节附表。"
    )


def _handling(facts: Facts) -> str:
    return _late(facts) + _returned(facts) + _undated(facts)


def _returned(facts: Facts) -> str:
    back = [one for one in facts.problems if one.state == "returned"]
    if not back:
        return ""
    return f"退回重派、尚未重新明确牵头单位的{len(back)}个：{_named(back)}。"


def _undated(facts: Facts) -> str:
    silent = [one for one in facts.problems if one.bucket == "open" and one.deadline is None]
    if not silent:
        return ""
    return f"没有登记办结时限、无法判断逾期的{len(silent)}个：{_named(silent)}。"


def _named(problems: list[Standing]) -> str:
    return listed([f"{said(one.unit)}（{record('problem', one.id, _number(one))}）" for one in problems], 5)


def _behind(facts: Facts) -> str:
    building = [project for project in facts.projects if project.stage == "under_construction"]
    found = paces(facts, building)
    behind = sorted((one for one in found if one.ahead < 0), key=lambda one: (one.ahead, one.project.number))
    if not behind:
        return ""
    names = [
        f"{record('project', one.project.id, said(one.project.name))}（低{decimals(-one.ahead, 1)}个百分点）"
        for one in behind[:_NAMED]
    ]
    text = f"可测算的{len(found)}个在建项目中，{len(behind)}个低于序时进度，差得多的是{'、'.join(names)}"
    lit = [facts.lit.get(project.id) for project in building]
    lights = [f"{word}{lit.count(colour)}个" for colour, word in ((_RED, "红灯"), (_YELLOW, "黄灯")) if colour in lit]
    return text + (f"；在建项目亮{'、'.join(lights)}。" if lights else "。")


def _moving(facts: Facts) -> str:
    return _behind(facts) + _difficulties(facts)


def _difficulties(facts: Facts) -> str:
    stuck = projects.with_difficulties(facts)
    return f"登记了困难的项目{len(stuck)}个，见附件“{projects.ANNEX}”。" if stuck else ""


def _unlent(facts: Facts) -> str:
    waiting = [loan for loan in facts.loans if loan.matched and not loan.granted_yuan and not loan.drawn_yuan]
    if not waiting:
        return ""
    amounts = [loan.intent_yuan for loan in waiting if loan.intent_yuan is not None]
    text = f"达成意向后没有授信、放款记录的{len(waiting)}笔"
    text += f"，意向金额{money(sum(amounts))}" if amounts else ""
    reasons = [
        f"{reason}（{count}笔）" if count > 1 else reason
        for reason, count in tally((x for x in waiting if x.fail_reason), lambda loan: said(loan.fail_reason))
    ]
    return text + (
        f"，登记的原因有：{'；'.join(reasons[:3])}{'等' if len(reasons) > 3 else ''}。"
        if reasons
        else "，原因均未登记。"
    )


def _gaps(facts: Facts) -> str:
    parts = [f"{'、'.join(missing)}尚未登记"] if (missing := unrecorded(facts.desks)) else []
    reporting = {firm.enterprise for firm in facts.grown.firms}
    silent = sum(1 for firm in facts.register if firm.id not in reporting)
    if silent and facts.grown.to_month is not None:
        parts.append(f"在册企业{silent}家没有{span(facts.grown.from_month or '', facts.grown.to_month)}产值")
    unseen = sum(1 for one in facts.problems if one.bucket == "closed" and not one.verified)
    if unseen:
        parts.append(f"已销号问题{unseen}个未见核实记录")
    unpriced = sum(1 for project in facts.projects if project.total_yuan is None)
    if unpriced:
        parts.append(f"项目{unpriced}个未登记总投资")
    unplanned = sum(
        1 for project in facts.projects if project.year_plan_yuan is None and project.stage == "under_construction"
    )
    if unplanned:
        parts.append(f"在建项目{unplanned}个未登记年度计划")
    return f"台账中，{'，'.join(parts)}。" if parts else ""


def _number(problem: Standing) -> str:
    return record_number("problem", problem.number)


_PARTS: tuple[tuple[str, Callable[[Facts], str]], ...] = (
    ("问题办理", _handling),
    ("项目推进", _moving),
    ("贷款落实", _unlent),
    ("数据不全", _gaps),
)


def _table(facts: Facts, late: list[Standing]) -> Table:
    columns = (
        Column("编号", 6.5, "center"), Column("牵头单位", 10), Column("企业", 14), Column("问题", 20),
        Column("办结时限", 8.5, "center"), Column("状态", 8.5, "center"), Column("逾期天数", 6, "right"),
    )  # fmt: skip
    rows = tuple(
        (
            _number(one), said(one.unit), said(one.enterprise), said(one.text), iso(one.deadline),
            STATES[one.state].label, str(one.days_late(facts.day)),
        )
        for one in late
    )  # fmt: skip
    return Table(
        "逾期问题清单",
        columns,
        rows,
        notes=("口径：办理中的按截止日计算逾期天数，已报结的按报结日计算；均为自然日。",),
        density="compact",
        links=row_links("problem", ((row, one.id) for row, one in enumerate(late))),
    )
