"""The enterprise register at a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.codes import home_regions

if TYPE_CHECKING:
    from datetime import date

    from chain_office.db.ledger import Ledger

ON_REGISTER = """
    SELECT s.enterprise_id FROM register_spell s JOIN enterprise e ON e.id = s.enterprise_id
     WHERE s.deleted_at IS NULL AND e.deleted_at IS NULL
       AND (s.entry_day IS NULL OR s.entry_day <= :day) AND (s.exit_day IS NULL OR s.exit_day > :day)
"""
"""Ids of the firms on the register at :day (entry ≤ d < exit; no entry month = always)."""


def firms_on_register(ledger: Ledger, day: date) -> frozenset[str]:
    """Ids of the firms on the register at ``day``."""
    return frozenset(row[0] for row in ledger.rows(ON_REGISTER, {"day": day.isoformat()}))


def firms_ever_registered(ledger: Ledger) -> frozenset[str]:
    """Ids of the firms that are or were on the register at any time; the rest are off-register parties."""
    return frozenset(
        row[0] for row in ledger.rows("SELECT DISTINCT enterprise_id FROM register_spell WHERE deleted_at IS NULL")
    )


def first_entries(ledger: Ledger) -> dict[str, str | None]:
    """Firm → its earliest entry day; None where a stay has none (it was always there)."""
    found = ledger.rows(
        "SELECT enterprise_id, CASE WHEN count(*) = count(entry_day) THEN min(entry_day) END FROM register_spell "
        "WHERE deleted_at IS NULL GROUP BY enterprise_id"
    )
    return dict(found)


def entry_kinds(ledger: Ledger) -> dict[str, str | None]:
    """Firm → how it entered (promoted, new_build, or None)."""
    return dict(ledger.rows("SELECT enterprise_id, entry_kind FROM register_spell WHERE deleted_at IS NULL"))


def regions_of(ledger: Ledger) -> tuple[str, ...]:
    """The cities the ledger's districts lie in, by the first four digits of their codes."""
    return home_regions(row[0] or "" for row in ledger.rows("SELECT code FROM district WHERE deleted_at IS NULL"))


VISITED = """
    EXISTS (SELECT 1 FROM visit v WHERE v.enterprise_id = e.id AND v.deleted_at IS NULL
               AND coalesce(v.day, '') <= :day AND coalesce(v.day, '') > '')
"""
"""Enterprise e has a visit dated up to :day. Asked of each firm this is one look in the index of the visits' list;
telling the firms of all visits apart reads every visit there is."""


def count_visited(ledger: Ledger, day: date) -> int:
    """Distinct firms with a visit dated ≤ ``day``, later leavers included."""
    return int(ledger.value(f"SELECT count(*) FROM enterprise e WHERE {VISITED}", {"day": day.isoformat()}))
