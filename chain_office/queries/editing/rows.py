"""Rows by their ids as Python values, and what has become of them since somebody read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import peewee

from chain_office.db.models import RECORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.db.models import Record

Row = dict[str, Any]
MODELS: Mapping[str, type[Record]] = {model._meta.table_name: model for model in RECORDS}
_CHUNK = 500


def rows(ledger: Ledger, table: str, ids: Iterable[str]) -> dict[str, Row]:
    """Rows by id, in the bin or not: column → Python value, links as ids. Ids nobody has are left out."""
    wanted = list(ids)
    found: dict[str, Row] = {}
    for start in range(0, len(wanted), _CHUNK):
        chunk = wanted[start : start + _CHUNK]
        marks = ",".join("?" * len(chunk))
        for row in _read(ledger, table, f"id IN ({marks})", chunk):
            found[row["id"]] = row
    return {one: found[one] for one in wanted if one in found}


def row(ledger: Ledger, table: str, row_id: str) -> Row | None:
    """One row by its id, in the bin or not."""
    return rows(ledger, table, [row_id]).get(row_id)


def live(ledger: Ledger, table: str, **wanted: object) -> list[Row]:
    """The rows not in the bin whose columns have these values (None: none), in the order of their making."""
    tests = "".join(f'"{column}" IS ? AND ' for column in wanted)
    return _read(ledger, table, f"{tests}deleted_at IS NULL ORDER BY id", list(wanted.values()))


def _read(ledger: Ledger, table: str, where: str, arguments: Sequence[object]) -> list[Row]:
    fields = MODELS[table]._meta.sorted_fields
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    readers = [(field.column_name, field.python_value) for field in fields]
    found = ledger.rows(f'SELECT {columns} FROM "{table}" WHERE {where}', tuple(arguments))
    return [{name: read(value) for (name, read), value in zip(readers, row, strict=True)} for row in found]


def recorded(table: str, column: str, text: str | None) -> Any:
    """A value as the history keeps it (a text) as the Python value it was."""
    if text is None:
        return None
    for field in MODELS[table]._meta.sorted_fields:
        if field.column_name == column:
            return bool(int(text)) if isinstance(field, peewee.BooleanField) else field.python_value(text)
    raise KeyError(column)


def head(ledger: Ledger) -> int:
    """The newest line of the ledger's history."""
    return int(ledger.value("SELECT coalesce(max(no), 0) FROM history"))


def version(ledger: Ledger, table: str, row_id: str) -> int:
    """The newest line of a row's history: what is known of it is as new as this."""
    return int(
        ledger.value("SELECT coalesce(max(no), 0) FROM history WHERE table_name = ? AND row_id = ?", (table, row_id))
    )


@dataclass(frozen=True, slots=True)
class Since:
    """What a column of a row was at some time, and who changed it since (the last of them)."""

    original: object
    actor: str


def since(ledger: Ledger, table: str, row_id: str, version: int) -> dict[str, Since]:
    """The columns of a row that were changed after that line of its history."""
    found: dict[str, Since] = {}
    for column, before, actor in ledger.rows(
        "SELECT h.field, h.before, coalesce(w.actor, '') FROM history h LEFT JOIN write_log w ON w.no = h.write_no "
        "WHERE h.table_name = ? AND h.row_id = ? AND h.no > ? AND h.op = 'update' ORDER BY h.no",
        (table, row_id, version),
    ):
        original = found[column].original if column in found else recorded(table, column, before)
        found[column] = Since(original, actor)
    return found
