"""What last year's published total was made of, and which firms report months together."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.periods import previous_year
from chain_office.queries.output import last_year, reports_between

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.domain.growth import Report


def last_year_by_firm(ledger: Ledger, last: str, day: date = date.max) -> dict[str, int]:
    """Firm → what it counted for in last year's total up to the month a year before ``last``, as published then: firms that
    had not yet entered the register are left out."""
    return dict(last_year(ledger, day, previous_year(last)).totals)


def joint_january(ledger: Ledger, year: str, day: date = date.max) -> frozenset[str]:
    """Firms without a January figure of their own whose February report is a cumulative: 1—2月 in one."""
    january, february = f"{year}-01", f"{year}-02"
    return frozenset(
        firm
        for firm, reports in reports_between(ledger, day, january, february).items()
        if joined({one.month: one for one in reports}, january, february)
    )


def joined(reports: dict[str, Report], january: str, february: str) -> bool:
    """Whether these reports tell January and February in one."""
    first, second = reports.get(january), reports.get(february)
    nothing = first is None or (first.month_yuan is None and first.cum_yuan is None)
    return nothing and second is not None and second.month_yuan is None and second.cum_yuan is not None
