"""Taking one write back whole: what it made goes to the bin, what it changed gets its former value.

History is not removed: undoing is a write of its own. It is refused when somebody has since built on that write.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db.models import RECORDS, UNRECORDED, Record
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer

_MODELS: dict[str, type[Record]] = {model._meta.table_name: model for model in RECORDS}


def later_edits(ledger: Ledger, write_no: int) -> int:
    """How many fields or rows of that write were changed again by a later write (or outside the program)."""
    found = ledger.value(
        """
        SELECT count(*) FROM history h JOIN history l
          ON l.table_name = h.table_name AND l.row_id = h.row_id AND l.no > h.no
         WHERE h.write_no = ? AND l.write_no IS NOT h.write_no
           AND (h.op = 'insert' OR l.field = h.field OR l.op = 'delete')
        """,
        (write_no,),
    )
    return int(found)


def dependants(ledger: Ledger, write_no: int) -> int:
    """How many live rows made by other writes point at rows this write made."""
    made: dict[str, list[str]] = {}
    for table, row_id in ledger.rows(
        "SELECT table_name, row_id FROM history WHERE write_no = ? AND op = 'insert'", (write_no,)
    ):
        made.setdefault(table, []).append(row_id)
    total = 0
    for model in RECORDS:
        table = model._meta.table_name
        if table in UNRECORDED:
            continue
        for field, target in model._meta.refs.items():
            if target._meta.table_name not in made:
                continue
            column = field.column_name
            total += int(
                ledger.value(
                    f"""
                    SELECT count(*) FROM "{table}" t
                     WHERE t.deleted_at IS NULL
                       AND t."{column}" IN (SELECT row_id FROM history WHERE write_no = ? AND op = 'insert'
                                             AND table_name = ?)
                       AND t.id NOT IN (SELECT row_id FROM history WHERE write_no = ? AND op = 'insert' AND table_name = ?)
                    """,
                    (write_no, target._meta.table_name, write_no, table),
                )
            )
    return total


def refuse_if_built_on(ledger: Ledger, write_no: int) -> None:
    """Raise :class:`KnownError` when later work stands on that write."""
    edits, pointing = later_edits(ledger, write_no), dependants(ledger, write_no)
    if edits or pointing:
        raise KnownError(
            f"这次导入之后，它的数据又被修改 {edits} 处、被 {pointing} 条其他记录引用，不能整批撤销；请先撤销后来的修改。"
        )


def take_back(writer: Writer, write_no: int) -> dict[str, int]:
    """Undo the write inside the current one; returns {"binned": n, "restored": m} counted in rows and fields."""
    rows = writer.select(
        "SELECT op, table_name, row_id, field, before FROM history WHERE write_no = ? ORDER BY no DESC", (write_no,)
    )
    binned = restored = 0
    stamp = clock.stamp()
    for op, table, row_id, field, before in rows:
        model = _MODELS[table]
        if op == "insert":
            writer.derive(f'UPDATE "{table}" SET deleted_at = ?, version = version + 1 WHERE id = ?', (stamp, row_id))
            binned += 1
        elif op == "update":
            column = model._meta.combined[field].column_name
            writer.derive(f'UPDATE "{table}" SET "{column}" = ?, version = version + 1 WHERE id = ?', (before, row_id))
            restored += 1
        writer.mark(table, [row_id])
    return {"binned": binned, "restored": restored}
