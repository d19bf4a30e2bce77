"""Problems as they stood at a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.domain.workflow import STATES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from chain_office.db.ledger import Ledger

STANDING = """
    FROM problem_span s JOIN problem p ON p.id = s.problem_id
   WHERE p.deleted_at IS NULL AND (s.day_from IS NULL OR s.day_from <= :day)
     AND (s.day_until IS NULL OR s.day_until > :day)
"""
"""Problems p with the span s they are in at :day; each problem once."""

OVERDUE = """
    s.due_day IS NOT NULL AND (
        (s.state IN ('assigned', 'acknowledged', 'doing', 'returned', 'partial') AND s.due_day < :day)
        OR (s.state = 'reported' AND s.due_day < coalesce(s.reported_day, :day)))
"""
"""Overdue at :day: open past its deadline, or reported late (judged by the report date where there is one). The deadline
is the one in force then, not one granted since."""


def _tally(ledger: Ledger, day: date) -> tuple[tuple[str, str | None, int, int], ...]:
    """State, lead unit, problems and overdue ones at ``day``: read once, for every figure that is made of them."""
    found = ledger.recall(
        ("problems", day),
        lambda: ledger.rows(
            f"SELECT s.state, s.lead_unit_id, count(*), sum(CASE WHEN {OVERDUE} THEN 1 ELSE 0 END) {STANDING} "
            "GROUP BY s.state, s.lead_unit_id",
            {"day": day.isoformat()},
        ),
    )
    return tuple((state, unit, number, late) for state, unit, number, late in found)


def counts_by_state(ledger: Ledger, day: date) -> Mapping[str, int]:
    """State id → number of problems at ``day``."""
    counts: dict[str, int] = {}
    for state, _, number, _ in _tally(ledger, day):
        counts[state] = counts.get(state, 0) + number
    return counts


def count_standing(ledger: Ledger, day: date) -> int:
    """Problems in the ledger by ``day``, counted without their states."""
    return int(
        ledger.value(
            "SELECT count(*) FROM problem p WHERE p.deleted_at IS NULL AND EXISTS (SELECT 1 FROM problem_span s "
            "WHERE s.problem_id = p.id AND (s.day_from IS NULL OR s.day_from <= ?))",
            (day.isoformat(),),
        )
    )


def count_overdue(ledger: Ledger, day: date) -> int:
    """Overdue problems at ``day``."""
    return sum(late for *_, late in _tally(ledger, day))


def count_lead_units(ledger: Ledger, day: date) -> int:
    """Units that lead at least one problem handed over by ``day``."""
    handed_over = {one.id for one in STATES.values() if one.bucket in {"closed", "reported", "open", "parked"}}
    return len({unit for state, unit, *_ in _tally(ledger, day) if unit is not None and state in handed_over})


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One lead unit's problems at a date, by bucket; ``overdue`` is part of open or reported."""

    unit: str
    kind: str
    assigned: int
    closed: int
    reported: int
    open: int
    parked: int
    overdue: int


def by_unit(ledger: Ledger, day: date) -> tuple[UnitRow, ...]:
    """Problems handed over, by lead unit, most first."""
    rows = ledger.rows(
        f"""
        SELECT coalesce(u.short, u.name, '未明确'), coalesce(u.kind, ''), s.state, count(*),
               sum(CASE WHEN {OVERDUE} THEN 1 ELSE 0 END)
          {STANDING.replace("WHERE", "LEFT JOIN unit u ON u.id = s.lead_unit_id WHERE", 1)}
         GROUP BY s.lead_unit_id, u.short, u.name, u.kind, s.state
        """,
        {"day": day.isoformat()},
    )
    units: dict[tuple[str, str], dict[str, int]] = {}
    for unit, kind, state, number, overdue in rows:
        bucket = STATES[state].bucket
        if bucket not in {"closed", "reported", "open", "parked"}:
            continue
        tally = units.setdefault((unit, kind), {"closed": 0, "reported": 0, "open": 0, "parked": 0, "overdue": 0})
        tally[bucket] += int(number)
        tally["overdue"] += int(overdue or 0)
    result = [
        UnitRow(unit, kind, sum(t[b] for b in ("closed", "reported", "open", "parked")), **t)
        for (unit, kind), t in units.items()
    ]
    return tuple(sorted(result, key=lambda row: (-row.assigned, row.unit)))
