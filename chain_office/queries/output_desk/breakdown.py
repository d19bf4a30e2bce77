"""Output by segment, district, park or enterprise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.output_breakdown import Breakdown, break_down
from chain_office.queries.output_desk.members import members

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger
    from chain_office.domain.output_breakdown import By

_NAMES = {
    "segment": "SELECT id, name FROM segment ORDER BY coalesce(rank, 999999), rowid",
    "district": "SELECT id, coalesce(short, name) FROM district ORDER BY rowid",
    "park": "SELECT id, coalesce(short, name) FROM park ORDER BY rowid",
    "enterprise": "SELECT id, name FROM enterprise ORDER BY number, id",
}


def breakdown(ledger: Ledger, day: date, by: By) -> Breakdown:
    """Current output, same-sample base, growth, pull, contribution, share and 增长面 of every part at ``day``."""
    found = members(ledger, day)
    months = None if found.from_month is None or found.to_month is None else (found.from_month, found.to_month)
    return break_down(day, by, months, found.every, dict(ledger.rows(_NAMES[by])), found.stated_yuan)
