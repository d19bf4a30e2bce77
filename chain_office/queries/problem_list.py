"""Every problem as it stood at a date, with what a paper says about it, and the tally by lead unit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.workflow import ASSIGNED_BUCKETS, STATES
from chain_office.queries.problem_facts import DEADLINE
from chain_office.queries.problems import OVERDUE, STANDING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chain_office.db.ledger import Ledger

NO_UNIT = "未明确"
_DEADLINE = DEADLINE.replace("t.id", "p.id").replace("t.deadline", "p.deadline")
_REVIEW = "CASE WHEN s.state = 'pooled' THEN s.due_day ELSE p.review_day END"


@dataclass(frozen=True, slots=True)
class Standing:
    """One problem at a date."""

    number: int
    enterprise: str
    text: str
    unit_id: str | None
    unit: str
    unit_kind: str
    state: str
    assigned_day: date | None
    deadline: date | None
    reported_day: date | None
    review_day: date | None
    progress: str
    satisfaction: str
    verified: bool
    overdue: bool
    id: str = ""

    @property
    def bucket(self) -> str:
        return STATES[self.state].bucket

    @property
    def handed_over(self) -> bool:
        return self.bucket in ASSIGNED_BUCKETS

    def days_late(self, day: date) -> int:
        """Days past the deadline: to the report where there is one, else to ``day``; 0 if it is not overdue."""
        if not self.overdue or self.deadline is None:
            return 0
        end = self.reported_day if self.state == "reported" and self.reported_day is not None else day
        return (end - self.deadline).days


@dataclass(frozen=True, slots=True)
class UnitTally:
    """One lead unit's problems by bucket; the overdue are among the reported and the open."""

    unit_id: str | None
    unit: str
    kind: str
    closed: int
    reported: int
    open: int
    parked: int
    overdue_reported: int
    overdue_open: int

    @property
    def assigned(self) -> int:
        return self.closed + self.reported + self.open + self.parked

    @property
    def overdue(self) -> int:
        return self.overdue_reported + self.overdue_open


def standing(ledger: Ledger, day: date) -> tuple[Standing, ...]:
    """All problems at ``day``, by number."""
    rows = ledger.rows(
        f"""
        SELECT p.number, coalesce(e.name, ''), p.text, s.lead_unit_id, coalesce(u.short, u.name, '{NO_UNIT}'),
               coalesce(u.kind, ''), s.state, p.assigned_day, {_DEADLINE},
               coalesce(s.reported_day, CASE WHEN p.reported_day <= :day THEN p.reported_day END), {_REVIEW},
               coalesce(p.progress, ''), coalesce(p.satisfaction, ''), p.closed_verified,
               CASE WHEN {OVERDUE} THEN 1 ELSE 0 END, p.id
          {
            STANDING.replace(
                "WHERE",
                "LEFT JOIN unit u ON u.id = s.lead_unit_id LEFT JOIN enterprise e ON e.id = p.enterprise_id WHERE",
                1,
            )
        }
         ORDER BY p.number, p.id
        """,
        {"day": day.isoformat()},
    )
    return tuple(
        Standing(
            number or 0, firm, text, unit_id, unit, kind, state, _day(assigned), _day(deadline), _day(reported),
            _day(review), progress, satisfaction, bool(verified), bool(overdue), row_id,
        )
        for (
            number, firm, text, unit_id, unit, kind, state, assigned, deadline, reported,
            review, progress, satisfaction, verified, overdue, row_id,
        ) in rows
    )  # fmt: skip


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def by_lead_unit(problems: Iterable[Standing]) -> tuple[UnitTally, ...]:
    """The problems handed over, by lead unit: most first, then the most overdue, then by name."""
    counts: dict[tuple[str | None, str, str], dict[str, int]] = {}
    for problem in problems:
        if not problem.handed_over:
            continue
        key = (problem.unit_id, problem.unit, problem.unit_kind)
        tally = counts.setdefault(
            key, dict.fromkeys(("closed", "reported", "open", "parked", "overdue_reported", "overdue_open"), 0)
        )
        tally[problem.bucket] += 1
        if problem.overdue:
            tally[f"overdue_{problem.bucket}"] += 1
    units = [UnitTally(*key, *tally.values()) for key, tally in counts.items()]
    return tuple(sorted(units, key=lambda one: (-one.assigned, -one.overdue, one.unit, one.unit_id or "")))
