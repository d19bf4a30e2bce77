"""A clerk who uses forms as people do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from chain_office.db.consistency import disagreements
from chain_office.domain.forms import Edit, Faulty
from chain_office.services import editing

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.domain.forms import Fault, Loaded, Saved

AS_OF = date(2021, 11, 19)


@dataclass
class Clerk:
    """Opens forms and saves them; after every act what is kept twice agrees."""

    ledger: Ledger
    name: str = "张三"

    def new(self, table: str, *, accept: set[str] | None = None, **values: Any) -> Saved:
        """Fill in a blank form and save it. Links given are the preset, as when a part is added to its record."""
        blank = editing.blank(self.ledger, table, AS_OF, {name: one for name, one in values.items() if "_id" in name})
        changes = {name: value for name, value in blank.values.items() if value is not None} | values
        saved = editing.save(self.ledger, Edit(table, "", 0, changes), self.name, accept=frozenset(accept or ()))
        self.look()
        return saved

    def open(self, table: str, row_id: str) -> Loaded:
        return editing.load(self.ledger, table, row_id, AS_OF)

    def change(self, table: str, row_id: str, *, accept: set[str] | None = None, **values: Any) -> Saved:
        return self.save(self.open(table, row_id), accept=accept, **values)

    def save(self, loaded: Loaded, *, accept: set[str] | None = None, **values: Any) -> Saved:
        edit = Edit(loaded.table, loaded.row_id, loaded.version, values)
        saved = editing.save(self.ledger, edit, self.name, accept=frozenset(accept or ()))
        self.look()
        return saved

    def bin(self, table: str, *ids: str) -> Saved:
        saved = editing.bin_records(self.ledger, table, ids, self.name)
        self.look()
        return saved

    def undo(self, saved: Saved) -> Saved:
        taken = editing.undo(self.ledger, saved.write_no, self.name)
        self.look()
        return taken

    def faults(self, table: str, **values: Any) -> dict[str, Fault]:
        """What a new record is refused for, by field."""
        with pytest.raises(Faulty) as caught:
            self.new(table, **values)
        return {fault.name: fault for fault in caught.value.faults}

    def look(self) -> None:
        assert [one for one in disagreements(self.ledger) if one.records] == []

    def value(self, sql: str, *arguments: object) -> Any:
        return self.ledger.value(sql, arguments)

    def firm(self) -> str:
        """An enterprise of the sample."""
        return str(self.value("SELECT id FROM enterprise WHERE deleted_at IS NULL ORDER BY number LIMIT 1"))
