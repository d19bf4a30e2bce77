"""附件: the files hung on a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.queries.records.shape import Line, Section

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger

_AS_THEY_ARE = (
    ".heic",
    ".heif",
    ".hif",
    ".dng",
    ".cr2",
    ".cr3",
    ".nef",
    ".arw",
    ".orf",
    ".rw2",
    ".raf",
    ".pef",
    ".srw",
)
_UNSHRUNK = (
    "HEIC、RAW 照片是原样存的，没有缩小，这里看不到小图，也印不进走访记录。苹果手机在“设置·相机·格式”里选“兼容性最佳”，"
    "或用看图软件另存为 JPG，再放进来就行。"
)
_KILO, _MEGA = 1024, 1024 * 1024


def attached(ledger: Ledger, table: str, row_id: str) -> Section:
    """The attachments of a record, in the order they came."""
    rows = ledger.rows(
        "SELECT a.id, a.name, b.size, coalesce(a.remark, '') FROM attachment a LEFT JOIN blob b ON b.sha256 = a.sha256 "
        "WHERE a.table_name = ? AND a.row_id = ? AND a.deleted_at IS NULL ORDER BY a.id",
        (table, row_id),
    )
    lines = tuple(Line((name, _size(size), remark), edits=f"attachment:{found}") for found, name, size, remark in rows)
    told = _UNSHRUNK if any(str(row[1]).lower().endswith(_AS_THEY_ARE) for row in rows) else ""
    return Section("附件", (), ("文件名", "大小", "说明"), lines, frozenset({1}), told, adds="attachment")


def _size(size: int | None) -> str:
    """ "1.2 MB"."""
    if size is None:
        return "内容缺失"
    if size < _KILO:
        return f"{size} 字节"
    return f"{size / _KILO:.0f} KB" if size < _MEGA else f"{size / _MEGA:.1f} MB"
