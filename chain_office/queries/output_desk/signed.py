"""Months of output that were signed off, and the dated corrections made to them since."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from chain_office.domain.output_health import Corrected, SignOff
from chain_office.queries.output_reports import AMOUNTS

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_SIGNED = (
    "SELECT month, id, day, coalesce(signed_by, ''), coalesce(remark, '') FROM month_freeze "
    "WHERE desk = 'output' AND deleted_at IS NULL"
)


def signed(ledger: Ledger) -> dict[str, SignOff]:
    """Month → who signed it off and when, of the months that are locked."""
    return {row[0]: _sign_off(*row) for row in ledger.rows(f"{_SIGNED} ORDER BY month")}


def sign_off_of(ledger: Ledger, month: str) -> SignOff | None:
    """Who signed a month off; None while it is open."""
    rows = ledger.rows(f"{_SIGNED} AND month = ?", (month,))
    return _sign_off(*rows[0]) if rows else None


def _sign_off(month: str, row_id: str, day: str, signed_by: str, remark: str) -> SignOff:
    return SignOff(row_id, month, date.fromisoformat(day), signed_by, remark)


_THEN = ", ".join(f"c.{name}" for name in AMOUNTS)
_NOW = ", ".join(f"o.{name}" for name in AMOUNTS)
_CORRECTIONS = f"""
    SELECT c.id, c.output_id, o.enterprise_id, e.name, o.month, c.day, c.reason, coalesce(c.actor, ''), {_THEN}, {_NOW}
      FROM output_correction c JOIN monthly_output o ON o.id = c.output_id JOIN enterprise e ON e.id = o.enterprise_id
     WHERE c.deleted_at IS NULL
"""


def corrections(ledger: Ledger, *, month: str = "", enterprise_id: str = "") -> tuple[Corrected, ...]:
    """Every correction of a month, of a firm, or of all, oldest first. What one left is what the next found."""
    rows = ledger.rows(
        f"{_CORRECTIONS} AND (:month = '' OR o.month = :month) AND (:firm = '' OR o.enterprise_id = :firm) "
        "ORDER BY c.day, c.id",
        {"month": month, "firm": enterprise_id},
    )
    number = len(AMOUNTS)
    after: dict[str, dict[str, int | None]] = {}
    found = []
    for row in reversed(rows):
        row_id, output_id, firm, name, told, day, reason, actor = row[:8]
        before = dict(zip(AMOUNTS, row[8 : 8 + number], strict=True))
        left = after.get(output_id, dict(zip(AMOUNTS, row[8 + number :], strict=True)))
        after[output_id] = before
        found.append(
            Corrected(row_id, output_id, firm, name, told, date.fromisoformat(day), reason, actor, before, left)
        )
    return tuple(reversed(found))


def last_correction(ledger: Ledger, output_id: str) -> date | None:
    """The day of a report's newest correction."""
    found = ledger.value(
        "SELECT max(day) FROM output_correction WHERE output_id = ? AND deleted_at IS NULL", (output_id,)
    )
    return None if found is None else date.fromisoformat(found)


def sums_of_month(ledger: Ledger, month: str, freeze_id: str = "") -> dict[str, int]:
    """What the reports of a month add up to (元, and how many): as they are, or with ``freeze_id`` as they were when the month
    was signed off, by undoing the corrections recorded after it (ids rise with time)."""
    then = ", ".join(f"sum(coalesce(CASE WHEN c.id IS NULL THEN o.{name} ELSE c.{name} END, 0))" for name in AMOUNTS)
    told = " OR ".join(f"CASE WHEN c.id IS NULL THEN o.{name} ELSE c.{name} END IS NOT NULL" for name in AMOUNTS)
    row = ledger.rows(
        f"""
        SELECT coalesce(sum({told}), 0), {then} FROM monthly_output o
          LEFT JOIN output_correction c ON :freeze <> '' AND c.id = (
              SELECT k.id FROM output_correction k WHERE k.output_id = o.id AND k.deleted_at IS NULL AND k.id > :freeze
               ORDER BY k.day, k.id LIMIT 1)
         WHERE o.deleted_at IS NULL AND o.month = :month
        """,
        {"month": month, "freeze": freeze_id},
    )[0]
    return {"reports": int(row[0]), **{name: int(yuan or 0) for name, yuan in zip(AMOUNTS, row[1:], strict=True)}}


def frozen_sums(ledger: Ledger) -> dict[str, tuple[str, dict[str, int]]]:
    """Month → the sign-off's id and what was kept with it; a sign-off that kept nothing readable keeps nothing."""
    rows = ledger.rows(
        "SELECT month, id, data FROM month_freeze WHERE desk = 'output' AND deleted_at IS NULL ORDER BY month"
    )
    return {month: (row_id, _kept(data)) for month, row_id, data in rows}


def _kept(data: str) -> dict[str, int]:
    try:
        found = json.loads(data)
    except ValueError:
        return {}
    return {key: value for key, value in found.items() if isinstance(value, int)} if isinstance(found, dict) else {}
