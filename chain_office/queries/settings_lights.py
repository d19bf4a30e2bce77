"""The light tables as they are edited, and what the rules look at on every record of a desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import record_number
from chain_office.domain.lights import ProblemFacts
from chain_office.queries.project_pace import paces

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class StoredRule:
    """A row of a light table."""

    id: str
    light: str
    condition: str
    threshold: int | None
    text: str


@dataclass(frozen=True, slots=True)
class ProblemSeen:
    """A problem, and what the rules look at."""

    id: str
    number: str
    facts: ProblemFacts


@dataclass(frozen=True, slots=True)
class ProjectSeen:
    """A project, and how many percent points it is ahead of the calendar (behind: < 0)."""

    id: str
    number: str
    ahead: Decimal


def stored_rules(ledger: Ledger, desk: str) -> tuple[StoredRule, ...]:
    """A desk's rules in order."""
    return tuple(
        StoredRule(row_id, light, condition, threshold, text or "")
        for row_id, light, condition, threshold, text in ledger.rows(
            "SELECT id, light, condition, threshold, text FROM light_rule WHERE deleted_at IS NULL AND desk = ? "
            "ORDER BY rank",
            (desk,),
        )
    )


def problems_seen(ledger: Ledger, day: date) -> tuple[ProblemSeen, ...]:
    """Every problem collected by ``day``, by number, with what the desk's list judges it by (queries.desk_lists)."""
    rows = ledger.rows(
        """
        SELECT p.id, coalesce(p.number, 0), z.state, p.deadline, p.reported_day, coalesce(h.updated, p.assigned_day),
               coalesce(h.returns, 0), p.closed_verified
          FROM problem p
          JOIN problem_span z ON z.problem_id = p.id AND (z.day_from IS NULL OR z.day_from <= :day)
                             AND (z.day_until IS NULL OR z.day_until > :day)
          LEFT JOIN (SELECT problem_id, max(CASE WHEN kind <> 'opening' THEN day END) AS updated,
                            sum(state = 'returned') AS returns
                       FROM problem_event WHERE deleted_at IS NULL AND (day IS NULL OR day <= :day)
                      GROUP BY problem_id) h ON h.problem_id = p.id
         WHERE p.deleted_at IS NULL ORDER BY p.number, p.id
        """,
        {"day": day.isoformat()},
    )
    return tuple(
        ProblemSeen(
            row_id,
            record_number("problem", number),
            ProblemFacts(state, _day(deadline), _day(reported), _day(updated), int(returns), verified=bool(verified)),
        )
        for row_id, number, state, deadline, reported, updated, returns, verified in rows
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def projects_seen(ledger: Ledger, day: date) -> tuple[ProjectSeen, ...]:
    """Every project with a plan and a figure of the year, by number."""
    numbers = dict(ledger.rows("SELECT id, coalesce(number, 0) FROM project WHERE deleted_at IS NULL"))
    seen = [
        ProjectSeen(one, record_number("project", numbers[one]), pace.ahead)
        for one, pace in paces(ledger, day).items()
        if one in numbers
    ]
    return tuple(sorted(seen, key=lambda one: one.number))


def titles(ledger: Ledger, table: str, ids: Sequence[str]) -> dict[str, str]:
    """What some problems or projects are called."""
    marks = ", ".join("?" * len(ids))
    if table == "problem":
        sql = (
            "SELECT p.id, coalesce(coalesce(e.short_name, e.name) || '　', '') || substr(p.text, 1, 80) FROM problem p "
            f"LEFT JOIN enterprise e ON e.id = p.enterprise_id WHERE p.id IN ({marks})"
        )
    else:
        sql = f"SELECT id, name FROM project WHERE id IN ({marks})"
    return dict(ledger.rows(sql, tuple(ids)))
