"""Problems that may hold a project up: those not solved at a day, the firm's own first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from chain_office.db.models import record_number
from chain_office.domain.workflow import STATES
from chain_office.queries.problems import STANDING
from chain_office.queries.projects_desk.standing import SOLVED

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from chain_office.db.ledger import Ledger

_MOST: Final = 500
_DONE: Final = ", ".join(f"'{state}'" for state in (*SOLVED, "rejected"))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A problem that may be chosen. ``own``: of the project's own firm."""

    id: str
    number: str
    enterprise: str
    text: str
    unit: str
    state: str
    own: bool


def candidates(ledger: Ledger, day: date, enterprise: str, without: Collection[str] = ()) -> tuple[Candidate, ...]:
    """At most 500 problems open at ``day``: the firm's, then the newest."""
    rows = ledger.rows(
        f"""
        SELECT t.id, t.number, coalesce(nullif(e.short_name, ''), e.name, ''), t.text,
               coalesce(nullif(u.short, ''), u.name, ''), t.state, t.own
          FROM (SELECT p.id, coalesce(p.number, 0) AS number, p.enterprise_id, substr(p.text, 1, 200) AS text,
                       s.lead_unit_id, s.state, p.enterprise_id IS :firm AND :firm <> '' AS own
                  {STANDING} AND s.state NOT IN ({_DONE}) ORDER BY own DESC, 2 DESC LIMIT {_MOST + len(without)}) t
          LEFT JOIN enterprise e ON e.id = t.enterprise_id LEFT JOIN unit u ON u.id = t.lead_unit_id
         ORDER BY t.own DESC, t.number DESC
        """,
        {"day": day.isoformat(), "firm": enterprise},
    )
    found = (
        Candidate(row_id, record_number("problem", number), firm, text, unit, STATES[state].label, bool(own))
        for row_id, number, firm, text, unit, state, own in rows
        if row_id not in without
    )
    return tuple(found)[:_MOST]
