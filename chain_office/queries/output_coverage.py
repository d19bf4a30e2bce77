"""What last year's published total was made of, and which firms report months together."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from chain_office.domain.growth import cumulative
from chain_office.domain.periods import previous_year
from chain_office.queries import register

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

Months = dict[str, tuple[int | None, int | None]]
"""Month → (the month alone, the cumulative) in 元."""


def _months(ledger: Ledger, first: str, last: str) -> dict[str, Months]:
    rows = ledger.rows(
        "SELECT enterprise_id, month, month_yuan, cum_yuan FROM monthly_output WHERE deleted_at IS NULL "
        "AND month BETWEEN ? AND ? ORDER BY enterprise_id, month",
        (first, last),
    )
    found: dict[str, Months] = defaultdict(dict)
    for firm, month, alone, upto in rows:
        found[firm][month] = (alone, upto)
    return found


def last_year_by_firm(ledger: Ledger, first: str, last: str) -> dict[str, int]:
    """Firm → what it counted for in last year's total of the same months, as published then: firms that had not yet
    entered the register are left out."""
    until = previous_year(last)
    entries = register.first_entries(ledger)
    totals: dict[str, int] = {}
    for firm, months in _months(ledger, previous_year(first), until).items():
        entered = entries.get(firm)
        total = cumulative(months)
        if total is not None and not (entered is not None and entered[:7] > until):
            totals[firm] = total
    return totals


def joint_january(ledger: Ledger, year: str) -> frozenset[str]:
    """Firms without a January figure of their own whose February report is a cumulative: 1—2月 in one."""
    january, february = f"{year}-01", f"{year}-02"
    return frozenset(
        firm
        for firm, months in _months(ledger, january, february).items()
        if months.get(january, (None, None)) == (None, None)
        and months.get(february, (None, None))[0] is None
        and months.get(february, (None, None))[1] is not None
    )
