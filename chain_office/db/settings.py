"""The ledger's settings and other small lists, read and written."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from chain_office.db.models import Setting

if TYPE_CHECKING:
    from collections.abc import Mapping

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer


def read_settings(ledger: Ledger) -> dict[str, str]:
    """Every setting of the ledger."""
    return {key: value or "" for key, value in ledger.rows("SELECT key, value FROM setting WHERE deleted_at IS NULL")}


def put_settings(writer: Writer, values: Mapping[str, str]) -> None:
    """Set settings; an existing key is changed, a new one added."""
    present = {
        key: (row_id, value)
        for row_id, key, value in writer.select("SELECT id, key, value FROM setting WHERE deleted_at IS NULL")
    }
    for key, value in values.items():
        if key not in present:
            writer.insert(Setting, {"key": key, "value": value})
        elif present[key][1] != value:
            writer.update(Setting, present[key][0], {"value": value})


def calendar_days(ledger: Ledger) -> tuple[tuple[date, bool], ...]:
    """The office's own (day, worked) table."""
    rows = ledger.rows("SELECT day, works FROM calendar_day WHERE deleted_at IS NULL ORDER BY day")
    return tuple((date.fromisoformat(day), bool(works)) for day, works in rows)
