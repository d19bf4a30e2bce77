"""The enterprise register at a date."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry into the register: ``kind`` promoted, new_build or None, ``month`` "YYYY-MM"; None: always there."""

    kind: str | None
    month: str | None

    @property
    def built(self) -> str | None:
        """The month since which a newly built firm exists; undated it is taken to be new. None for any other firm."""
        return (self.month or _UNDATED) if self.kind == "new_build" else None


_UNDATED = "9999-12"


def entries_at(ledger: Ledger, day: date, firm: str = "") -> dict[str, Entry]:
    """Firm → how it entered the register the last time up to ``day``; a firm that came back has more than one entry."""
    rows = ledger.rows(
        "SELECT enterprise_id, entry_kind, substr(entry_day, 1, 7) FROM register_spell "
        "WHERE deleted_at IS NULL AND (entry_day IS NULL OR entry_day <= :day) AND (:firm = '' OR enterprise_id = :firm) "
        "ORDER BY entry_day, id",
        {"day": day.isoformat(), "firm": firm},
    )
    return {one: Entry(kind, month) for one, kind, month in rows}


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
