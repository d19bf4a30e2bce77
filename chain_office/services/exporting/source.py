"""The ledger's rows as an export needs them: tables by id, names for references, phones masked unless asked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from chain_office.db.models import (
    Bank,
    Category,
    District,
    Enterprise,
    Park,
    Record,
    Segment,
    Unit,
    record_number,
)
from chain_office.db.rows import live_rows
from chain_office.domain.contacts import mask_phones, mask_phones_in_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chain_office.db.ledger import Ledger
    from chain_office.domain.specs import FieldSpec

Row = dict[str, Any]


class Source:
    """Live rows of a ledger, read once a table."""

    def __init__(self, ledger: Ledger, *, phones: bool) -> None:
        self._ledger = ledger
        self._phones = phones
        self._tables: dict[type[Record], dict[str, Row]] = {}
        self._children: dict[tuple[type[Record], str], dict[str, list[Row]]] = {}

    def table(self, model: type[Record]) -> dict[str, Row]:
        """Rows by id."""
        if model not in self._tables:
            self._tables[model] = live_rows(self._ledger, model)
        return self._tables[model]

    def rows(self, model: type[Record]) -> list[Row]:
        """Rows by their number where they have one, else as they were made."""
        return sorted(self.table(model).values(), key=lambda row: (row.get("number") or 0, row["id"]))

    def children(self, model: type[Record], column: str, parent: str) -> list[Row]:
        """Rows hanging on a parent, as they were made."""
        key = (model, column)
        if key not in self._children:
            grouped: dict[str, list[Row]] = {}
            for row in self.table(model).values():
                grouped.setdefault(row[column], []).append(row)
            self._children[key] = grouped
        return self._children[key].get(parent, [])

    def number(self, model: type[Record], row_id: str | None) -> str | None:
        """The record number of a referenced record."""
        row = self.table(model).get(row_id or "")
        return record_number(model._meta.table_name, row["number"]) if row else None

    def firm(self, row_id: str | None) -> str | None:
        """An enterprise's name."""
        row = self.table(Enterprise).get(row_id or "")
        return row["name"] if row else None

    def named(self, model: type[Record], row_id: str | None) -> str | None:
        """A named thing's short name, else its name."""
        row = self.table(model).get(row_id or "")
        return (row["short"] or row["name"]) if row else None

    def place(self, row: Row) -> dict[str, str | None]:
        """District, park, segment and category of a row, as the desks call them."""
        models: Iterable[tuple[str, type[Record]]] = (
            ("district", District),
            ("park", Park),
            ("segment", Segment),
            ("category", Category),
        )
        return {name: self.named(model, row.get(f"{name}_id")) for name, model in models}

    def unit(self, row_id: str | None) -> str | None:
        """A unit's short name."""
        return self.named(Unit, row_id)

    def bank(self, row_id: str | None) -> str | None:
        """A bank's short name."""
        return self.named(Bank, row_id)

    def shown(self, spec: FieldSpec, value: object) -> object:
        """A value as it may leave the office."""
        if self._phones or not isinstance(value, str):
            return value
        return mask_phones(value) if spec.sensitive else mask_phones_in_text(value)
