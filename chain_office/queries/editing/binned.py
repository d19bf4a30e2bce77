"""What is in the bin, newest first: what it is, when it went there and by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.queries.editing.hanging import OWNERS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chain_office.db.ledger import Ledger


@dataclass(frozen=True, slots=True)
class InBin:
    """A row in the bin. ``at`` as stored (UTC). ``write_no``: the write that put it there, None for another program."""

    table: str
    row_id: str
    at: str
    actor: str
    write_no: int | None


def in_bin(ledger: Ledger, tables: Iterable[str], most: int) -> list[InBin]:
    """The newest rows in the bin. Parts whose record is there too are left out: they come back with it."""
    pieces = []
    for table in tables:
        owner, column = OWNERS.get(table, ("", ""))
        alone = (
            f'AND EXISTS (SELECT 1 FROM "{owner}" o WHERE o.id = t."{column}" AND o.deleted_at IS NULL)'
            if owner
            else ""
        )
        pieces.append(
            f"SELECT '{table}' AS place, id, deleted_at AS gone FROM \"{table}\" t WHERE gone IS NOT NULL {alone}"
        )
    newest = ledger.rows(f"{' UNION ALL '.join(pieces)} ORDER BY gone DESC, id DESC LIMIT ?", (most,))
    return [InBin(table, row_id, at, *_by(ledger, table, row_id)) for table, row_id, at in newest]


def _by(ledger: Ledger, table: str, row_id: str) -> tuple[str, int | None]:
    found = ledger.rows(
        "SELECT w.actor, h.write_no FROM history h LEFT JOIN write_log w ON w.no = h.write_no "
        "WHERE h.table_name = ? AND h.row_id = ? AND h.field = 'deleted_at' ORDER BY h.no DESC LIMIT 1",
        (table, row_id),
    )
    return (found[0][0] or "", found[0][1]) if found else ("", None)
