"""附件: the files hung on a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.queries.records.shape import Line, Section

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_KILO, _MEGA = 1024, 1024 * 1024


def attached(ledger: Ledger, table: str, row_id: str) -> Section:
    """The attachments of a record, in the order they came."""
    rows = ledger.rows(
        "SELECT a.id, a.name, b.size, coalesce(a.remark, '') FROM attachment a LEFT JOIN blob b ON b.sha256 = a.sha256 "
        "WHERE a.table_name = ? AND a.row_id = ? AND a.deleted_at IS NULL ORDER BY a.id",
        (table, row_id),
    )
    lines = tuple(Line((name, _size(size), remark), edits=f"attachment:{found}") for found, name, size, remark in rows)
    return Section("附件", headings=("文件名", "大小", "说明"), lines=lines, right=frozenset({1}), adds="attachment")


def _size(size: int | None) -> str:
    """ "1.2 MB"."""
    if size is None:
        return "内容缺失"
    if size < _KILO:
        return f"{size} 字节"
    return f"{size / _KILO:.0f} KB" if size < _MEGA else f"{size / _MEGA:.1f} MB"
