"""What 企业 shows beside the counts: when a firm was last visited, and which problems stand behind a number."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.workflow import STATES
from chain_office.queries.problems import OVERDUE, STANDING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger

ALL, LATE = "collected", "overdue"


def last_visits(ledger: Ledger, day: date) -> Mapping[str, date]:
    """Firm → its last visit up to ``day``."""
    rows = ledger.rows(
        "SELECT enterprise_id, max(day) FROM visit WHERE deleted_at IS NULL AND enterprise_id IS NOT NULL AND day <= ? "
        "GROUP BY enterprise_id",
        (day.isoformat(),),
    )
    return {firm: date.fromisoformat(last) for firm, last in rows}


def firm_rows(ledger: Ledger, day: date, firm: str | None, key: str, *, every: bool = False) -> frozenset[str]:
    """The problems of a firm (None: of none; ``every``: of all) in a bucket, overdue ones, or all of them."""
    states = [state.id for state in STATES.values() if key in {ALL, LATE, state.bucket}]
    marks = ", ".join(f"'{state}'" for state in states)
    return frozenset(
        row[0]
        for row in ledger.rows(
            f"SELECT p.id {STANDING} AND s.state IN ({marks}) AND (:every OR p.enterprise_id IS :firm)"
            + (f" AND ({OVERDUE})" if key == LATE else ""),
            {"day": day.isoformat(), "firm": firm, "every": every},
        )
    )
