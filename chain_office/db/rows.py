"""Whole tables as plain rows, for work that needs them all (planning an import, exporting)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.db.models import Record


def live_rows(ledger: Ledger, model: type[Record]) -> dict[str, dict[str, Any]]:
    """Rows not in the bin, by id; column name → Python value (references as ids)."""
    fields = model._meta.sorted_fields
    columns = ", ".join(f'"{one.column_name}"' for one in fields)
    found = ledger.rows(f'SELECT {columns} FROM "{model._meta.table_name}" WHERE deleted_at IS NULL ORDER BY id')
    readers = [(one.column_name, one.python_value) for one in fields]
    return {row[0]: {name: reader(value) for (name, reader), value in zip(readers, row, strict=True)} for row in found}
