"""Writes and lines of the history by their numbers, and what can still be taken back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.queries.editing.hanging import OWNERS

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Wrote:
    """A write: who, why, how many lines of history, and the record it began with (a part only where there is no other)."""

    actor: str
    reason: str
    rows: int
    table: str
    row_id: str


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A line of the history. ``field`` None for a row that was made."""

    op: str
    table: str
    row_id: str
    field: str | None
    before: str | None


def wrote(ledger: Ledger, write_no: int) -> Wrote | None:
    """A write by its number."""
    found = ledger.rows("SELECT actor, reason FROM write_log WHERE no = ?", (write_no,))
    if not found:
        return None
    rows = int(ledger.value("SELECT count(*) FROM history WHERE write_no = ?", (write_no,)))
    places = ledger.rows(
        "SELECT table_name, row_id FROM history WHERE write_no = ? GROUP BY table_name, row_id ORDER BY min(no)",
        (write_no,),
    )
    records = [place for place in places if place[0] not in OWNERS and place[0] != "attachment"]
    return Wrote(found[0][0], found[0][1], rows, *(*records, *places, ("", ""))[0])


def newest(ledger: Ledger) -> int:
    """The number of the newest write; 0 in a ledger nobody wrote to."""
    return int(ledger.value("SELECT coalesce(max(no), 0) FROM write_log"))


def change(ledger: Ledger, number: int) -> FieldChange | None:
    """A line of the history by its number."""
    found = ledger.rows("SELECT op, table_name, row_id, field, before FROM history WHERE no = ?", (number,))
    return FieldChange(*found[0]) if found else None
