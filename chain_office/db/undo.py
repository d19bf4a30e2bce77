"""Taking one write back whole: what it made goes to the bin, what it changed gets its former value.

History is not removed: undoing is a write of its own, and can be taken back in its turn. It is refused when what the
write left is no longer what stands there; changes that cancelled each other since stand in nobody's way.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from chain_office import clock
from chain_office.db.models import RECORDS, UNRECORDED, ImportBatch, Record
from chain_office.db.walks import refuse_if_bent
from chain_office.domain.errors import KnownError

if TYPE_CHECKING:
    from collections.abc import Callable

    from chain_office.db.ledger import Ledger
    from chain_office.db.session import Writer

_MODELS: dict[str, type[Record]] = {model._meta.table_name: model for model in RECORDS}
FOLLOWING: dict[str, frozenset[str]] = {
    "match": frozenset({"reached", "matched_day"}),
    "enterprise": frozenset({"name_key", "name_core", "initials"}),
    "project": frozenset({"name_key"}),
    "problem": frozenset({"text_core"}),
}
"""Columns that follow from others: whatever stands there is worked out again, so nobody built on them."""
_BLOCK = 200
"""Changes taken back between two looks at whether the person still wants it."""
_LATER = """
    WITH mine AS (SELECT table_name, row_id, field, op FROM history WHERE write_no = :write),
    later AS (
        SELECT l.table_name, l.row_id, l.field, l.op, min(l.no) AS first FROM history l
          JOIN (SELECT DISTINCT table_name, row_id FROM mine) m ON m.table_name = l.table_name AND m.row_id = l.row_id
         WHERE l.no > (SELECT max(no) FROM history WHERE write_no = :write) AND l.write_no IS NOT :write
         GROUP BY l.table_name, l.row_id, l.field, l.op
    )
    SELECT later.table_name, later.row_id, later.field, h.before FROM later JOIN history h ON h.no = later.first
     WHERE later.op = 'delete'
        OR EXISTS (SELECT 1 FROM mine WHERE mine.table_name = later.table_name AND mine.row_id = later.row_id
                    AND (mine.op = 'insert' OR mine.field = later.field))
"""
"""The fields a write left that were changed after it, with what they were then."""


def later_edits(ledger: Ledger, write_no: int) -> int:
    """How many of the fields that write left are no longer what they were then (or whose row is gone)."""
    number = 0
    for table, row_id, field, before in ledger.rows(_LATER, {"write": write_no}):
        if field is None or table == ImportBatch._meta.table_name or field in FOLLOWING.get(table, ()):
            continue
        found = ledger.rows(f'SELECT CAST("{_column(table, field)}" AS TEXT) FROM "{table}" WHERE id = ?', (row_id,))
        number += not found or found[0][0] != before
    return number


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


def refuse_if_built_on(ledger: Ledger, write_no: int, what: str = "这次导入") -> None:
    """Raise :class:`KnownError` when later work stands on that write."""
    edits, pointing = later_edits(ledger, write_no), dependants(ledger, write_no)
    told = [f"被修改 {edits} 处"] if edits else []
    told += [f"被 {pointing} 条其他记录引用"] if pointing else []
    if told:
        raise KnownError(f"{what}之后，它的数据又{'、'.join(told)}，不能整批撤销；请先撤销后来的修改。")


def take_back(
    writer: Writer, write_no: int, progress: Callable[[int, int, str], None] = lambda _done, _total, _what: None
) -> dict[str, int]:
    """Undo the write inside the current one; returns {"binned": n, "restored": m} counted in records and fields (the
    note of the import itself not among them). What ``progress`` raises takes the undoing back. Refused (KnownError) where a
    problem's steps would no longer follow from one another."""
    rows = writer.select(
        "SELECT op, table_name, row_id, field, before FROM history WHERE write_no = ? ORDER BY no DESC", (write_no,)
    )
    made = {(table, row_id) for op, table, row_id, _, _ in rows if op == "insert"}
    binned = restored = 0
    stamp = clock.stamp()
    for done, (op, table, row_id, field, before) in enumerate(rows):
        if done % _BLOCK == 0:
            progress(done, len(rows), f"正在撤销，共 {len(rows)} 处")
        if op == "insert":
            _derive(
                writer,
                table,
                f'UPDATE "{table}" SET deleted_at = ?, version = version + 1 WHERE id = ?',
                (stamp, row_id),
            )
            binned += table != ImportBatch._meta.table_name
        elif (table, row_id) not in made:
            column = _column(table, field)
            _derive(
                writer,
                table,
                f'UPDATE "{table}" SET "{column}" = ?, version = version + 1 WHERE id = ?',
                (before, row_id),
            )
            restored += 1
        writer.mark(table, [row_id])
    refuse_if_bent(writer)
    progress(len(rows), len(rows), "正在整理索引")
    return {"binned": binned, "restored": restored}


def _column(table: str, field: str) -> str:
    return str(_MODELS[table]._meta.combined[field].column_name)


def _derive(writer: Writer, table: str, statement: str, arguments: tuple[object, ...]) -> None:
    try:
        writer.derive(statement, arguments)
    except sqlite3.IntegrityError as error:
        if table == "problem_event":
            raise KnownError("这个问题此后又有新的办理步骤，没有撤销；请先撤销后来的步骤。") from error
        raise KnownError(
            "撤销后会有两条相同的记录（同一家企业同月的产值，或同一个项目同期的计划、进展），没有撤销；请先把现有的移入回收站。"
        ) from error
