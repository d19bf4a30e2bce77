"""The firms on the register with their place, and names and exits of any firm."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from chain_office.queries.register import ON_REGISTER

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class RegisteredFirm:
    """A firm on the register at a date. ``district`` is "" where none is recorded."""

    id: str
    name: str
    district: str


def on_register(ledger: Ledger, day: date) -> tuple[RegisteredFirm, ...]:
    """The register at ``day``, by number."""
    rows = ledger.rows(
        "SELECT e.id, e.name, coalesce(d.name, '') FROM enterprise e LEFT JOIN district d ON d.id = e.district_id "
        f"WHERE e.id IN ({ON_REGISTER}) ORDER BY e.number, e.id",
        {"day": day.isoformat()},
    )
    return tuple(RegisteredFirm(*row) for row in rows)


def firm_names(ledger: Ledger) -> dict[str, str]:
    """Firm → its name, in the bin or not."""
    return dict(ledger.rows("SELECT id, name FROM enterprise ORDER BY number, id"))


def exits(ledger: Ledger) -> dict[str, date]:
    """Firm → the day it last left the register."""
    rows = ledger.rows(
        "SELECT enterprise_id, max(exit_day) FROM register_spell WHERE deleted_at IS NULL AND exit_day IS NOT NULL "
        "GROUP BY enterprise_id"
    )
    return {firm: date.fromisoformat(day) for firm, day in rows}
