"""Who was visited when, and which of the three standing questions were noted down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class VisitNote:
    """One visit; the three flags say whether 生产经营情况, 困难和问题, 发展打算 hold a text."""

    enterprise_id: str
    day: date
    status: bool
    problem: bool
    plan: bool


def visits(ledger: Ledger, day: date) -> tuple[VisitNote, ...]:
    """Visits dated up to ``day``."""
    rows = ledger.rows(
        "SELECT enterprise_id, day, coalesce(q1_status, '') <> '', coalesce(q2_problem, '') <> '', "
        "coalesce(q3_plan, '') <> '' FROM visit WHERE deleted_at IS NULL AND day <= ? ORDER BY day, id",
        (day.isoformat(),),
    )
    return tuple(
        VisitNote(firm, date.fromisoformat(on), bool(status), bool(problem), bool(plan))
        for firm, on, status, problem, plan in rows
    )
