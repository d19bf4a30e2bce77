"""The pictures hung on a visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

ORIGINAL: Final = "（原图）"
"""Stands in the name of a picture kept as it came, beside the smaller one."""
PICTURE: Final = "(hex(substr(b.data, 1, 3)) = 'FFD8FF' OR hex(substr(b.data, 1, 4)) = '89504E47')"
"""Blob b holds a JPEG or a PNG: told by its first bytes, whatever its name says."""


def visit_pictures(ledger: Ledger, visit_id: str) -> tuple[tuple[str, str], ...]:
    """(attachment's id, name) of the pictures hung on a visit, in the order they came, originals kept besides left out."""
    rows = ledger.rows(
        "SELECT a.id, a.name FROM attachment a JOIN blob b ON b.sha256 = a.sha256 WHERE a.table_name = 'visit' "
        f"AND a.row_id = ? AND a.deleted_at IS NULL AND a.name NOT LIKE ? AND {PICTURE} ORDER BY a.id",
        (visit_id, f"%{ORIGINAL}%"),
    )
    return tuple((row[0], row[1]) for row in rows)
