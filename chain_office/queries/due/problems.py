"""Deadlines of open problems, reviews of pooled ones, look-backs at closed ones."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.domain.lights import ProblemFacts, late_text
from chain_office.domain.workflow import OPEN_STATES
from chain_office.queries.due.shape import Due
from chain_office.queries.problem_facts import STOOD, quoted
from chain_office.queries.work_calendar import work_calendar

if TYPE_CHECKING:
    from collections.abc import Iterator

    from chain_office.db.ledger import Ledger

_SQL: Final = f"""
    SELECT p.id, s.due_day, CASE s.state WHEN 'pooled' THEN 'review' WHEN 'closed' THEN 'look_back' ELSE 'deadline' END,
           p.number, p.text, coalesce(e.short_name, e.name, ''), coalesce(u.short, u.name, p.owner, '')
      FROM problem_span s JOIN problem p ON p.id = s.problem_id LEFT JOIN unit u ON u.id = s.lead_unit_id
      LEFT JOIN enterprise e ON e.id = p.enterprise_id
     WHERE p.deleted_at IS NULL AND {STOOD} AND s.due_day BETWEEN :first AND :last
       AND s.state IN ('pooled', 'closed', {quoted(OPEN_STATES)})
"""


def problems(ledger: Ledger, first: date, last: date, day: date) -> Iterator[Due]:
    """As things stand at ``day``."""
    calendar = work_calendar(ledger)
    lateness = lru_cache(maxsize=None)(lambda when: late_text(ProblemFacts("doing", when), day, calendar))
    at = {"day": day.isoformat(), "first": first.isoformat(), "last": last.isoformat()}
    for row_id, due, kind, number, text, firm, unit in ledger.rows(_SQL, at):
        words = f"{record_number('problem', number or 0)} {text}" + (f"（{firm}）" if firm else "")
        who = unit if kind == "deadline" else ""
        when = date.fromisoformat(due)
        late = lateness(when) if kind == "deadline" else ""
        yield Due(f"{kind}-{row_id}", when, kind, words, f"problem:{row_id}", who, day, late)
