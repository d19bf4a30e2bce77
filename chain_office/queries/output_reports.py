"""The reports of output as they stood on a day: the one relation that figures, lists and records read them from.

A correction of a signed-off month keeps the amounts that stood before it and counts from its own day on. As of an earlier
day the report reads as it did then; a report that came late into a signed-off month reads as if nothing had been told.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

AMOUNTS: Final = ("month_yuan", "cum_yuan", "month_prev_yuan", "cum_prev_yuan")
_AS_THEN: Final = ", ".join(
    f"CASE WHEN c.output_id IS NULL THEN m.{name} ELSE c.{name} END AS {name}" for name in AMOUNTS
)


def reports_at(ledger: Ledger, day: date) -> str:
    """What to put after FROM for the reports as of ``day``: columns id, enterprise_id, month, the four amounts, stop, source,
    filed_day and deleted_at. Without a later correction (nearly always) it is the table itself, indexes and all."""
    then = day.isoformat()
    later = "SELECT 1 FROM output_correction WHERE deleted_at IS NULL AND day > ? LIMIT 1"
    if ledger.value(later, (then,)) is None:
        return "monthly_output"
    return f"""(
        SELECT m.id, m.enterprise_id, m.month, m.stop, m.source, m.filed_day, m.deleted_at, {_AS_THEN}
          FROM monthly_output m LEFT JOIN (
            SELECT k.* FROM output_correction k WHERE k.deleted_at IS NULL AND k.day > '{then}' AND NOT EXISTS (
                SELECT 1 FROM output_correction s WHERE s.output_id = k.output_id AND s.deleted_at IS NULL
                   AND s.day > '{then}' AND (s.day, s.id) < (k.day, k.id))
          ) c ON c.output_id = m.id)"""
