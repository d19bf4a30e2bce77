"""Taking one write back whole: what it made goes to the bin, what it changed gets its former value.

History is not removed: undoing is a write of its own. It is refused when somebody has since built on that write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db.models import RECORDS, UNRECORDED, ImportBatch, Record
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer

_MODELS: dict[str, type[Record]] = {model._meta.table_name: model for model in RECORDS}


_CANCELLED = """
    SELECT write_no FROM import_batch WHERE undone_at IS NOT NULL
    UNION ALL
    SELECT write_no FROM history WHERE table_name = 'import_batch' AND field = 'undone_at' AND write_no IS NOT NULL
"""
"""Writes that cancel each other: imports taken back, and the writes that took them back."""


def later_edits(ledger: Ledger, write_no: int) -> int:
    """How many fields or rows of that write were changed again by a later write (or outside the program)."""
    found = ledger.value(
        f"""
        SELECT count(*) FROM history h JOIN history l
          ON l.table_name = h.table_name AND l.row_id = h.row_id AND l.no > h.no
         WHERE h.write_no = ? AND l.write_no IS NOT h.write_no
           AND (h.op = 'insert' OR l.field = h.field OR l.op = 'delete')
           AND (l.write_no IS NULL OR l.write_no NOT IN ({_CANCELLED}))
        """,
        (write_no,),
    )
    return int(found)


def dependants(ledger: Ledger, write_no: int) -> int:
    """How many live rows point at rows this write made because another write made them do so."""
    made = {
        row[0]
        for row in ledger.rows(
            "SELECT DISTINCT table_name FROM history WHERE write_no = ? AND op = 'insert'", (write_no,)
        )
    }
    total = 0
    for model in RECORDS:
        table = model._meta.table_name
        if table in UNRECORDED:
            continue
        for field, target in model._meta.refs.items():
            if target._meta.table_name in made:
                total += int(ledger.value(*_pointing(table, field.column_name, target._meta.table_name, write_no)))
    return total


def _pointing(table: str, column: str, target: str, write_no: int) -> tuple[str, tuple[object, ...]]:
    """Live rows whose ``column`` names a row made by the write, unless the write itself made the row or set the column."""
    return (
        f"""
        SELECT count(*) FROM "{table}" t
         WHERE t.deleted_at IS NULL
           AND t."{column}" IN (SELECT row_id FROM history WHERE write_no = ? AND op = 'insert' AND table_name = ?)
           AND NOT EXISTS (SELECT 1 FROM history own WHERE own.write_no = ? AND own.table_name = ? AND own.row_id = t.id
                            AND (own.op = 'insert' OR own.field = ?))
        """,
        (write_no, target, write_no, table, column),
    )


def refuse_if_built_on(ledger: Ledger, write_no: int) -> None:
    """Raise :class:`KnownError` when later work stands on that write."""
    edits, pointing = later_edits(ledger, write_no), dependants(ledger, write_no)
    if edits or pointing:
        raise KnownError(
            f"这次导入之后，它的数据又被修改 {edits} 处、被 {pointing} 条其他记录引用，不能整批撤销；请先撤销后来的修改。"
        )


def take_back(writer: Writer, write_no: int) -> dict[str, int]:
    """Undo the write inside the current one; returns {"binned": n, "restored": m} counted in records and fields (the
    note of the import itself not among them)."""
    rows = writer.select(
        "SELECT op, table_name, row_id, field, before FROM history WHERE write_no = ? ORDER BY no DESC", (write_no,)
    )
    made = {(table, row_id) for op, table, row_id, _, _ in rows if op == "insert"}
    binned = restored = 0
    stamp = clock.stamp()
    for op, table, row_id, field, before in rows:
        if op == "insert":
            writer.derive(f'UPDATE "{table}" SET deleted_at = ?, version = version + 1 WHERE id = ?', (stamp, row_id))
            binned += table != ImportBatch._meta.table_name
        elif (table, row_id) not in made:
            column = _MODELS[table]._meta.combined[field].column_name
            writer.derive(f'UPDATE "{table}" SET "{column}" = ?, version = version + 1 WHERE id = ?', (before, row_id))
            restored += 1
        writer.mark(table, [row_id])
    return {"binned": binned, "restored": restored}
