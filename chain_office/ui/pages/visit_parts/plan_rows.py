"""A plan's lines as rows under headings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from chain_office.domain.visiting import DONE, LATE, LIGHTS, PLAN_WORDS
from chain_office.ui.kit.grouped_rows import Group
from chain_office.ui.kit.month_calendar import WEEK
from chain_office.ui.kit.rows import Column, Line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from chain_office.queries.visiting.plan import PlanLine

PLAN_COLUMNS: Final = (
    Column("企业", 170), Column("县市区", 84), Column("园区", 150), Column("带队领导", 84), Column("走访人员", 140),
    Column("状态", 66), Column("走访时间", 92), Column("说明", 190),
)  # fmt: skip


def plan_groups(lines: Sequence[PlanLine], *, by_day: bool) -> list[Group]:
    """The lines under their days, or under their districts, the largest first."""
    found: dict[str, list[PlanLine]] = {}
    for line in lines:
        key = (line.due.isoformat() if line.due else "") if by_day else line.district
        found.setdefault(key, []).append(line)
    order = sorted(found, key=lambda key: (not key, key if by_day else -len(found[key])))
    return [_group(key, found[key], by_day=by_day) for key in order]


def _group(key: str, lines: Sequence[PlanLine], *, by_day: bool) -> Group:
    day = lines[0].due
    word = key or ("没有定日子" if by_day else "未登记县市区")
    if by_day and day is not None:
        word = f"{key}　周{WEEK[day.weekday()]}"
    done = sum(line.state == DONE for line in lines)
    late = sum(line.state == LATE for line in lines)
    told = f"{word}　{len(lines)} 家" + (f"，已走访 {done}" if done else "") + (f"，逾期 {late}" if late else "")
    return Group(key, told, tuple(_line(line) for line in lines), "red" if late else "")


def _line(line: PlanLine) -> Line:
    light = LIGHTS[line.state]
    return Line(line.id, plan_cells(line), ("", "", "", "", "", light, "", "amber" if line.warning else "quiet"))


def plan_cells(line: PlanLine) -> tuple[str, ...]:
    """A line's cells, in the order of the columns."""
    said = [line.warning, "赋码保护" if line.protected and not line.warning else "", line.remark.replace("\n", " ")]
    return (
        line.firm, line.district, line.park, line.leader, line.visitors, PLAN_WORDS[line.state],
        line.visited.isoformat() if line.visited else "", "；".join(part for part in said if part),
    )  # fmt: skip
