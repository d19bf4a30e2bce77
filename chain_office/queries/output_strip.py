"""The live counts beside the views of 产值: who has not filed the month that ended, what waits to be explained."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.periods import last_day, last_ended_month
from chain_office.queries import register
from chain_office.queries.output import last_month
from chain_office.queries.output_desk import health, sign_off_of

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

_MOST = 500
"""Of more firms than this the health check is only read when it is opened."""


def strip_counts(ledger: Ledger, day: date) -> dict[str, tuple[int, str]]:
    """View → the live count, and what it counts in words."""
    return ledger.recall(("output strip", day), lambda: _strip_counts(ledger, day))


def _strip_counts(ledger: Ledger, day: date) -> dict[str, tuple[int, str]]:
    ended = last_ended_month(day)
    firms, missing = ledger.rows(
        f"""
        SELECT count(*), coalesce(sum(o.id IS NULL), 0) FROM ({register.ON_REGISTER}) r
          LEFT JOIN monthly_output o ON o.enterprise_id = r.enterprise_id AND o.month = :month AND o.deleted_at IS NULL
                AND (o.month_yuan IS NOT NULL OR o.cum_yuan IS NOT NULL)
        """,
        {"day": last_day(ended).isoformat(), "month": ended},
    )[0]
    counts = {"entry": (int(missing), f"{ended} 还有 {missing} 家没有报数")}
    told = last_month(ledger, day)
    if told is not None and firms <= _MOST and sign_off_of(ledger, told) is None:
        waiting = len(health(ledger, told, day).waiting)
        counts["health"] = (waiting, f"{told} 还有 {waiting} 项疑点须说明")
    return counts
