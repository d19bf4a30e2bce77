"""What waits for somebody in 问题, counted without reading the rows: the numbers beside the words of its views."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.workflow import OPEN_STATES
from chain_office.queries.problems import OVERDUE, STANDING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from chain_office.db.ledger import Ledger

_OPEN = ", ".join(f"'{state}'" for state in OPEN_STATES)


@dataclass(frozen=True, slots=True)
class Waiting:
    """Due on the day, past due, never screened, and parked ones whose review day has come."""

    due_today: int
    overdue: int
    waiting: int
    woken: int


def waiting(ledger: Ledger, day: date) -> Waiting:
    """The counts at ``day``."""
    rows = ledger.rows(
        f"""
        SELECT coalesce(sum(CASE WHEN s.state IN ({_OPEN}) AND s.due_day = :day THEN 1 ELSE 0 END), 0),
               coalesce(sum(CASE WHEN {OVERDUE} THEN 1 ELSE 0 END), 0),
               coalesce(sum(CASE WHEN s.state = 'waiting' THEN 1 ELSE 0 END), 0),
               coalesce(sum(CASE WHEN s.state = 'pooled' AND s.due_day <= :day THEN 1 ELSE 0 END), 0)
          {STANDING}
        """,
        {"day": day.isoformat()},
    )
    return Waiting(*rows[0])


def strip_counts(ledger: Ledger, day: date) -> dict[str, tuple[int, str]]:
    """View → the number beside its word, and what it counts."""
    found = waiting(ledger, day)
    return {
        "today": (
            found.due_today + found.overdue,
            f"今天到期 {found.due_today} 件，逾期 {found.overdue} 件",
        ),
        "screening": (found.waiting + found.woken, f"待筛选 {found.waiting} 件，到复核日 {found.woken} 件"),
    }


def in_states(ledger: Ledger, day: date, states: Iterable[str]) -> frozenset[str]:
    """Every problem in one of these states at ``day``."""
    marks = ", ".join(f"'{state}'" for state in states)
    rows = ledger.rows(f"SELECT p.id {STANDING} AND s.state IN ({marks})", {"day": day.isoformat()})
    return frozenset(row[0] for row in rows)
