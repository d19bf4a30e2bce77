"""三、问题办理: collected, screened, handed over, and where each handed-over problem stands; the table by unit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from chain_office.domain.workflow import SCREENED_IN_BUCKETS, STATES
from chain_office.reports.content import Column, Section, Table
from chain_office.services.charting import exhibit
from chain_office.services.packing.linking import cell_links, count, figure
from chain_office.services.packing.wording import UNKNOWN, counted, day, listed, numbered, rate, said, tally

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from chain_office.queries.problem_list import UnitTally
    from chain_office.services.packing.facts import Facts

HEADING = "问题办理"
ANNEX = "各牵头单位问题办理情况"
RATE_FORMULA = "办结率 = 已销号 ÷ 交办"
_KINDS = ("市直单位", "中央省驻衡单位", "县市区", "园区")
_OTHER = "其他单位"
_CHART_MM, _MOST_UNITS = 150.0, 30
_KEYS = ("assigned", "closed", "reported", "open", "parked", "overdue")
_SATISFACTION = ("满意", "基本满意", "不满意")


def section(facts: Facts) -> Section:
    """The section."""
    if not facts.desks.problems:
        return Section(HEADING, (f"台账尚未登记企业问题，问题办理情况{UNKNOWN}。",))
    if not facts.headline.number("problems.collected"):
        return Section(HEADING, ("截止日以前没有收集到的问题。",))
    parts = [("收集筛选", _screening(facts))]
    if facts.headline.number("problems.assigned"):
        parts += [("交办办理", _handling(facts)), ("核实评价", _verification(facts))]
    return Section(HEADING, numbered(parts))


def _screening(facts: Facts) -> str:
    number = facts.headline.number
    screened = number("problems.screened_in")
    rest = (("不予采纳", "rejected"), ("暂不具备条件", "pooled"), ("待筛选", "waiting"))
    collected, chosen = count(facts, "problems.collected"), count(facts, "problems.screened_in")
    text = f"共收集问题{collected}个，筛选入{chosen}个、{_parts(facts, rest, zeros=True)}。"
    others = [(STATES[key].label, key) for key in SCREENED_IN_BUCKETS]
    if not screened:
        return text
    if not any(number(f"problems.{key}") for _word, key in others):
        return f"{text}筛选入的{chosen}个问题已全部交办。"
    return f"{text}筛选入的问题中，交办{count(facts, 'problems.assigned')}个、{_parts(facts, others)}。"


def _parts(facts: Facts, parts: Iterable[tuple[str, str]], *, zeros: bool = False) -> str:
    """已销号45个、办理中6个, each number a figure of its own."""
    return counted(
        ((word, facts.headline.number(f"problems.{key}"), f"problems.{key}") for word, key in parts),
        zeros=zeros,
        link=figure,
    )


def _handling(facts: Facts) -> str:
    number = facts.headline.number
    assigned, closed = number("problems.assigned"), number("problems.closed")
    days = sorted({one.assigned_day for one in facts.problems if one.handed_over and one.assigned_day is not None})
    when = "" if not days else f"{day(days[0])}交办" if len(days) == 1 else f"{day(days[0])}至{day(days[-1])}分批交办"
    handed, units = count(facts, "problems.assigned"), count(facts, "problems.units")
    text = f"{when or '交办'}的{handed}个问题由{units}个单位牵头办理，其中"
    parts = (("已销号", "closed"), ("已报结待核实", "reported"), ("办理中", "open"), ("长期推进", "parked"))
    text += f"{_parts(facts, parts, zeros=True)}，"
    text += f"办结率{rate(closed, assigned)}。"
    done = [unit for unit in facts.units if unit.closed == unit.assigned]
    if done:
        text += f"{len(done)}个单位牵头的问题已全部销号，{len(facts.units) - len(done)}个单位尚有未销号问题。"
    overdue = number("problems.overdue")
    if not overdue:
        return f"{text}没有逾期问题。"
    late = sum(unit.overdue_reported for unit in facts.units)
    inside = f"（办理中{overdue - late}个、报结时已逾期{late}个）" if late else ""
    return f"{text}逾期{count(facts, 'problems.overdue')}个{inside}，涉及{sum(1 for unit in facts.units if unit.overdue)}个单位。"


def _verification(facts: Facts) -> str:
    closed = [one for one in facts.problems if one.bucket == "closed"]
    if not closed:
        return "尚无已销号问题。"
    unseen = sum(1 for one in closed if not one.verified)
    text = f"已销号的{len(closed)}个问题中，有核实记录的{len(closed) - unseen}个、未见核实记录的{unseen}个"
    said_so = tally((one for one in closed if one.satisfaction), lambda one: said(one.satisfaction))
    if not said_so:
        return f"{text}；企业满意度均未登记。"
    ordered = sorted(said_so, key=lambda pair: (_place(_SATISFACTION, pair[0]), pair[0]))
    counts = listed([f"{word}{count}个" for word, count in ordered])
    return f"{text}；登记企业满意度的{sum(count for _word, count in said_so)}个，其中{counts}。"


def _place(order: Sequence[str], word: str) -> int:
    return order.index(word) if word in order else len(order)


def annex(facts: Facts) -> Section | None:
    """The table by unit with its chart; None where nothing was handed over."""
    if not facts.units:
        return None
    note = f"图中为交办最多的{_MOST_UNITS}个单位，全部单位见表" if len(facts.units) > _MOST_UNITS else ""
    chart = exhibit("problems-by-unit", replace(facts, units=facts.units[:_MOST_UNITS]), note, _CHART_MM)
    return Section(ANNEX, tables=(_table(facts),), charts=() if chart is None else (chart,), annex=True)


def _table(facts: Facts) -> Table:
    columns = (
        Column("牵头单位", 20), Column("交办", 7, "right"), Column("已销号", 7.5, "right"),
        Column("已报结待核实", 9, "right"), Column("办理中", 7.5, "right"), Column("长期推进", 7.5, "right"),
        Column("其中逾期", 7.5, "right"), Column("办结率", 9, "right"),
    )  # fmt: skip
    rows: list[tuple[str, ...]] = []
    groups = set()
    for kind in (*_KINDS, _OTHER):
        units = [unit for unit in facts.units if (unit.kind if unit.kind in _KINDS else _OTHER) == kind]
        if not units:
            continue
        groups.add(len(rows))
        total, closed = sum(unit.assigned for unit in units), sum(unit.closed for unit in units)
        rows.append((f"{kind}（{len(units)}个单位，交办{total}个，已销号{closed}个）",))
        rows += [_row(said(unit.unit), [unit]) for unit in units]
    rows.append(_row("合计", facts.units))
    return Table(
        "",
        columns,
        tuple(rows),
        unit="个",
        notes=(
            f"口径：{RATE_FORMULA}；交办 = 已销号 + 已报结待核实 + 办理中 + 长期推进。按牵头单位统计，一个问题只计一次。",
            "逾期：办理中且时限早于截止日，或报结晚于时限，包含在办理中、已报结待核实之内；没有时限的不计逾期。",
        ),
        strong=frozenset({len(rows) - 1}),
        groups=frozenset(groups),
        density="compact",
        links=cell_links(len(rows) - 1, ((place, f"problems.{key}") for place, key in enumerate(_KEYS, start=1))),
    )


def _row(name: str, units: Sequence[UnitTally]) -> tuple[str, ...]:
    numbers = [sum(getattr(unit, key) for unit in units) for key in _KEYS]
    return (name, *map(str, numbers), rate(numbers[1], numbers[0]))
