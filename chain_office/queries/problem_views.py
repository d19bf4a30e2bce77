"""The selections of 问题: by bucket and state at a date, overdue, due soon, and what each headline figure counts."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from chain_office.domain.workflow import ASSIGNED_BUCKETS, NOT_SCREENED_IN_BUCKETS, SCREENED_IN_BUCKETS, STATES
from chain_office.queries.problems import OVERDUE, STANDING
from chain_office.queries.views import View

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

SOON_DAYS = 7
_CHIPS = {
    "open": ("办理中", ""), "reported": ("待核实", "blue"), "closed": ("已销号", "green"), "parked": ("长期推进", "grey"),
    "to_assign": ("待交办", ""), "waiting": ("待筛选", ""), "pooled": ("暂不具备", "grey"), "rejected": ("不予采纳", "grey"),
    "solved_on_site": ("现场解决", ""), "escalated": ("上报", ""),
}  # fmt: skip


def problem_views(ledger: Ledger, day: date) -> tuple[View, ...]:
    """Selections at ``day``; empty buckets have no chip."""
    soon = (day + timedelta(days=SOON_DAYS)).isoformat()
    rows = ledger.rows(
        f"SELECT p.id, s.state, CASE WHEN {OVERDUE} THEN 1 ELSE 0 END, s.due_day BETWEEN :day AND :soon {STANDING}",
        {"day": day.isoformat(), "soon": soon},
    )
    buckets: dict[str, set[str]] = {name: set() for name in _CHIPS}
    overdue: set[str] = set()
    near: set[str] = set()
    for row_id, state, late, due in rows:
        bucket = STATES[state].bucket
        buckets[bucket].add(row_id)
        if late:
            overdue.add(row_id)
        elif due and bucket == "open":
            near.add(row_id)
    assigned = frozenset[str]().union(*(buckets[name] for name in ASSIGNED_BUCKETS))
    screened = assigned.union(*(buckets[name] for name in SCREENED_IN_BUCKETS))
    collected = screened.union(*(buckets[name] for name in NOT_SCREENED_IN_BUCKETS))
    made = [
        View("problems.overdue", "逾期", frozenset(overdue), light="red"),
        View("problems.near", f"{SOON_DAYS} 天内到期", frozenset(near), bool(near), "amber"),
        View("problems.collected", "收集问题", collected, chip=False),
        View("problems.screened_in", "筛选入问题", screened, chip=False),
        View("problems.assigned", "交办问题", assigned, chip=False),
        View("problems.units", "交办问题", assigned, chip=False),
    ]
    for name, (word, light) in _CHIPS.items():
        made.append(View(f"problems.{name}", word, frozenset(buckets[name]), bool(buckets[name]), light))
    return tuple(made)
