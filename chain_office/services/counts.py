"""The live counts beside the desks' names: what waits for somebody, by the key of the selection that lists it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from chain_office.queries import counts as count
from chain_office.queries.problems import count_overdue

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.figures import Figure


@dataclass(frozen=True, slots=True)
class Count:
    """A number, what it counts in words, and whether something is late or off the rails."""

    number: int
    says: str
    urgent: bool = False


def waiting(ledger: Ledger, day: date) -> dict[str, Count]:
    """Every count at ``day``."""
    at = f"截至 {day.isoformat()}"
    unvisited = count.unvisited(ledger, day)
    open_, overdue = count.in_bucket(ledger, day, "open"), count_overdue(ledger, day)
    loans, red = count.waiting_for_loans(ledger, day), count.red_projects(ledger, day)
    behind = count.behind_with_reports(ledger, day)
    late = f"，逾期 {overdue} 个" if overdue else "，没有逾期"
    return {
        "enterprises.unvisited": Count(unvisited, f"{at}，在册未走访 {unvisited} 家企业"),
        "problems.open": Count(open_, f"{at}，办理中 {open_} 个问题{late}", overdue > 0),
        "finance.waiting": Count(loans, f"{at}，有意向未放款 {loans} 笔"),
        "projects.red": Count(red, f"{at}，红灯 {red} 个项目", red > 0),
        "output.behind": Count(behind, f"{at}，末月未报 {behind} 家企业"),
    }


def figure_of(key: str, number: int, day: date) -> Figure:
    """A count as a figure with its 口径."""
    from chain_office.services import figures
    from chain_office.services.explaining import selections

    if key in figures.KEYS:
        found = next(one for one in figures.described(day) if one.key == key)
        return replace(found, value=number, row_count=number)
    return selections.figure(day, key, number)
