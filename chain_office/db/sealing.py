"""A month of output that was signed off is changed by dated corrections alone: the invariant at the write door, whatever
wrote (a form, a grid, an import, a merge, 撤销)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from chain_office.db.session import Writer

_SEALED = "SELECT 1 FROM month_freeze WHERE desk = 'output' AND deleted_at IS NULL LIMIT 1"
_BROKEN = """
    WITH touched AS (
        SELECT h.row_id, h.op, h.field, h.before FROM history h WHERE h.write_no = :write AND h.table_name = 'monthly_output'
           AND (h.op = 'insert' OR h.field IN ('month_yuan', 'cum_yuan', 'month_prev_yuan', 'cum_prev_yuan', 'month',
                                               'deleted_at'))
    ), months AS (
        SELECT o.id, o.month, o.enterprise_id FROM touched t JOIN monthly_output o ON o.id = t.row_id
         WHERE NOT (coalesce(t.field, '') = 'deleted_at' OR t.op = 'insert')
            OR o.month_yuan IS NOT NULL OR o.cum_yuan IS NOT NULL OR o.month_prev_yuan IS NOT NULL
            OR o.cum_prev_yuan IS NOT NULL
        UNION
        SELECT o.id, t.before, o.enterprise_id FROM touched t JOIN monthly_output o ON o.id = t.row_id WHERE t.field = 'month'
    )
    SELECT m.month, coalesce(e.name, ''), f.day, coalesce(f.signed_by, '') FROM months m
      JOIN month_freeze f ON f.desk = 'output' AND f.month = m.month AND f.deleted_at IS NULL
      LEFT JOIN enterprise e ON e.id = m.enterprise_id
     WHERE NOT EXISTS (SELECT 1 FROM output_correction c JOIN history h ON h.row_id = c.id AND h.write_no = :write
                          AND h.table_name = 'output_correction' WHERE c.output_id = m.id)
     ORDER BY m.month, e.number LIMIT 1
"""
"""A report of a signed-off month whose amounts, month or place in the bin this write changed without a correction of it. A
report of no amounts tells nothing and may come and go."""


def refuse_sealed(writer: Writer) -> None:
    """Raise :class:`KnownError` if this write changes a signed-off month other than by a dated correction."""
    if "monthly_output" not in writer.touched or not writer.select(_SEALED):
        return
    broken = writer.select(_BROKEN, {"write": writer.write_no})
    if broken:
        month, name, day, by = broken[0]
        signed = f"{day} {f'由{by}' if by else ''}签认锁定"
        raise KnownError(
            f"{month} 的产值已于 {signed}，“{name}”的数不能直接改动或移除；请用“更正”登记（写明原因，自更正之日起算），"
            "或先撤销那次签认。"
        )
