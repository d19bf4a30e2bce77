"""Time limits and the office's own calendar, as they are edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class OwnDay:
    """A day the office says itself: worked or not, and why."""

    id: str
    day: date
    works: bool
    name: str


def stored_limits(ledger: Ledger) -> list[tuple[Any, ...]]:
    """(id, version, name, days, remark) of every limit, in the order they came."""
    return ledger.rows(
        "SELECT id, version, name, days, coalesce(remark, '') FROM time_limit WHERE deleted_at IS NULL ORDER BY rowid"
    )


def own_days(ledger: Ledger, year: int | None = None) -> tuple[OwnDay, ...]:
    """The office's own days, of a year or of all, in order."""
    rows = ledger.rows(
        "SELECT id, day, works, coalesce(name, '') FROM calendar_day WHERE deleted_at IS NULL "
        "AND (:year IS NULL OR substr(day, 1, 4) = :year) ORDER BY day",
        {"year": None if year is None else f"{year:04d}"},
    )
    return tuple(OwnDay(row_id, date.fromisoformat(day), bool(works), name) for row_id, day, works, name in rows)
