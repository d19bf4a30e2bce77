"""What units are to be reminded of: problems near or past their deadline, with who to ask and when they were last asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.queries.problems import OVERDUE, STANDING

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class DueProblem:
    """A problem a unit is to be reminded of, as it stands at the day. ``reminded``: how often, ``last_*``: the
    latest time, whom and what they said."""

    id: str
    number: int
    seq: int
    enterprise: str
    text: str
    unit_id: str | None
    unit: str
    co_units: tuple[str, ...]
    state: str
    due_day: date
    overdue: bool
    owner: str
    owner_phone: str
    progress: str
    reminded: int
    last_day: date | None
    last_contact: str
    last_reply: str


def due_problems(ledger: Ledger, day: date, until: date) -> tuple[DueProblem, ...]:
    """Open problems whose deadline lies on or before ``until``: by unit, the most urgent first."""
    rows = ledger.rows(
        f"""
        SELECT p.id, coalesce(p.number, 0),
               (SELECT max(z.seq) FROM problem_event z WHERE z.problem_id = p.id AND z.deleted_at IS NULL),
               coalesce(nullif(e.short_name, ''), e.name, ''), p.text, s.lead_unit_id,
               coalesce(nullif(u.short, ''), u.name, '未明确'), s.state, s.due_day, CASE WHEN {
            OVERDUE
        } THEN 1 ELSE 0 END,
               coalesce(p.owner, ''), coalesce(p.owner_phone, ''), coalesce(p.progress, '')
          {
            STANDING.replace(
                "WHERE",
                "LEFT JOIN unit u ON u.id = s.lead_unit_id LEFT JOIN enterprise e ON e.id = p.enterprise_id WHERE",
                1,
            )
        }
           AND s.state IN ('assigned', 'acknowledged', 'doing', 'returned', 'partial') AND s.due_day <= :until
         ORDER BY 7, s.lead_unit_id, s.due_day, p.number, p.id
        """,
        {"day": day.isoformat(), "until": until.isoformat()},
    )
    ids = [row[0] for row in rows]
    calls, beside = _reminders(ledger, ids, day), _co_units(ledger, ids)
    return tuple(
        DueProblem(
            row_id, number, seq, firm, text, unit_id, unit, beside.get(row_id, ()), state, date.fromisoformat(due),
            bool(late), owner, phone, progress, *calls.get(row_id, (0, None, "", "")),
        )
        for row_id, number, seq, firm, text, unit_id, unit, state, due, late, owner, phone, progress in rows
    )  # fmt: skip


def _reminders(ledger: Ledger, ids: list[str], day: date) -> dict[str, tuple[int, date | None, str, str]]:
    found: dict[str, tuple[int, date | None, str, str]] = {}
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        for problem, told, contact, reply in ledger.rows(
            f"SELECT problem_id, day, coalesce(contact, ''), coalesce(text, '') FROM problem_event WHERE kind = 'remind' "
            f"AND deleted_at IS NULL AND day <= ? AND problem_id IN ({','.join('?' * len(chunk))}) ORDER BY problem_id, seq",
            (day.isoformat(), *chunk),
        ):
            number = found[problem][0] if problem in found else 0
            found[problem] = (number + 1, date.fromisoformat(told) if told else None, contact, reply)
    return found


def _co_units(ledger: Ledger, ids: list[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for start in range(0, len(ids), 500):
        chunk = ids[start : start + 500]
        for problem, unit in ledger.rows(
            "SELECT a.problem_id, coalesce(nullif(u.short, ''), u.name) FROM assignment a JOIN unit u ON u.id = a.unit_id "
            "WHERE a.deleted_at IS NULL AND a.role = 'co' AND a.ended_day IS NULL "
            f"AND a.problem_id IN ({','.join('?' * len(chunk))}) ORDER BY a.problem_id, a.id",
            chunk,
        ):
            found[problem] = (*found.get(problem, ()), unit)
    return found
