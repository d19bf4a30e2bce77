"""A plan is worked out on a copy of the rows it touches: the ledger is only read until the plan is applied.

The planner keeps existing rows and the ones it means to add in one place, so a later row of the same book finds the
firm an earlier row introduced.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from chain_office.db.identity import new_id
from chain_office.db.rows import live_rows
from chain_office.domain.contacts import equals_masked, mask_phones_in_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, MutableMapping

    from chain_office.db.ledger import Ledger
    from chain_office.db.models import Record
    from chain_office.db.session import Writer

Row = dict[str, Any]
_BLOCK: Final = 200
"""Records written between two looks at whether the person still wants it."""


@dataclass(slots=True)
class Touch:
    """What planning one workbook row did: its main record was made, changed, or left as it was."""

    made: bool = False
    changed: dict[str, tuple[object, object]] = field(default_factory=dict)


class Planner:
    """Rows by table, as they are and as they will be."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._tables: dict[type[Record], dict[str, Row]] = {}
        self._made: dict[type[Record], dict[str, Row]] = {}
        self._edits: dict[type[Record], dict[str, Row]] = {}
        self._groups: dict[tuple[type[Record], str], dict[str, list[Row]]] = {}
        self._undo: list[Callable[[], object]] = []
        self.touch = Touch()

    def table(self, model: type[Record]) -> Mapping[str, Row]:
        """Live rows of a table by id, with everything planned so far. References are under their column names."""
        if model not in self._tables:
            self._tables[model] = live_rows(self._ledger, model)
        return self._tables[model]

    def insert(self, model: type[Record], values: Mapping[str, Any], *, main: bool = False) -> str:
        """Plan a new record; returns its id. ``main``: it is what the workbook row is about."""
        self.table(model)
        row_id = new_id()
        row: Row = {one.column_name: None for one in model._meta.sorted_fields}
        for one in model._meta.sorted_fields:
            if one.default is not None and not callable(one.default):
                row[one.column_name] = one.default
        row |= {model._meta.combined[name].column_name: value for name, value in values.items()}
        row["id"] = row_id
        self._tables[model][row_id] = row
        self._made.setdefault(model, {})[row_id] = row
        self._undo.append(lambda: (self._tables[model].pop(row_id), self._made[model].pop(row_id)))
        for (grouped, column), groups in self._groups.items():
            if grouped is model:
                groups.setdefault(row[column], []).append(row)
                self._undo.append(groups[row[column]].pop)
        if main:
            self.touch.made = True
        else:
            self.touch.changed.setdefault(model._meta.table_name, (None, row_id))
        return row_id

    def update(self, model: type[Record], row_id: str, values: Mapping[str, Any]) -> None:
        """Plan changes of a record; equal values are no change."""
        row = self.table(model)[row_id]
        is_new = row_id in self._made.get(model, {})
        for name, value in values.items():
            column = model._meta.combined[name].column_name
            if row[column] == value or _is_same_masked(row[column], value):
                continue
            if not is_new:
                self.put(self._edits.setdefault(model, {}).setdefault(row_id, {}), column, value)
            self.touch.changed[f"{model._meta.table_name}.{column}"] = (row[column], value)
            self.put(row, column, value)

    def merge(self, model: type[Record], row_id: str, values: Mapping[str, Any]) -> None:
        """Like update, but a blank (None) keeps what is there."""
        self.update(model, row_id, {name: value for name, value in values.items() if value is not None})

    def begin_row(self) -> Touch:
        """Start counting what the next workbook row does."""
        self.touch = Touch()
        self._undo.clear()
        return self.touch

    def take_back_row(self) -> None:
        """The row is refused: forget everything it planned."""
        while self._undo:
            self._undo.pop()()
        self.touch = Touch()

    def put(self, mapping: MutableMapping[Any, Any], key: object, value: object) -> None:
        """Set an entry of an index or row, to be taken back if the row is refused."""
        if key in mapping:
            before = mapping[key]
            self._undo.append(lambda: mapping.__setitem__(key, before))
        else:
            self._undo.append(lambda: mapping.pop(key, None))
        mapping[key] = value

    def when_refused(self, action: Callable[[], object]) -> None:
        """Run ``action`` if the row is taken back."""
        self._undo.append(action)

    def find(self, model: type[Record], **wanted: object) -> Row | None:
        """The first row whose columns equal the wanted values. For small tables."""
        for row in self.table(model).values():
            if all(row[column] == value for column, value in wanted.items()):
                return row
        return None

    def where(self, model: type[Record], **wanted: object) -> Iterable[Row]:
        """Every row whose columns equal the wanted values. For small tables."""
        return [
            row for row in self.table(model).values() if all(row[column] == value for column, value in wanted.items())
        ]

    def group(self, model: type[Record], column: str, value: str) -> list[Row]:
        """Rows of a table whose ``column`` (one that never changes: a parent's id) is ``value``."""
        if (model, column) not in self._groups:
            groups: dict[str, list[Row]] = {}
            for row in self.table(model).values():
                groups.setdefault(row[column], []).append(row)
            self._groups[model, column] = groups
        return self._groups[model, column].get(value, [])

    @property
    def is_empty(self) -> bool:
        """Nothing would be written."""
        return not any(self._made.values()) and not any(any(one.values()) for one in self._edits.values())

    def made(self, model: type[Record]) -> Mapping[str, Row]:
        """Records the plan would add to a table."""
        return self._made.get(model, {})

    def edited(self, model: type[Record]) -> Mapping[str, Row]:
        """Changes the plan would make to a table's records."""
        return self._edits.get(model, {})

    def apply(
        self,
        writer: Writer,
        order: Iterable[type[Record]],
        progress: Callable[[int, int, str], None] = lambda _done, _total, _what: None,
    ) -> None:
        """Write the plan, tables in an order that respects references. What ``progress`` raises takes all of it back."""
        total = sum(map(len, self._made.values())) + sum(map(len, self._edits.values()))
        done = 0
        for model in order:
            numbered = "number" in model._meta.fields
            rows = iter(self._made.get(model, {}).values())
            while block := list(islice(rows, _BLOCK)):
                progress(done, total, f"正在写入，共 {total} 条")
                writer.insert_many(model, [_without_number(row) if numbered else row for row in block])
                done += len(block)
        for model, edits in self._edits.items():
            for row_id, changes in edits.items():
                if done % _BLOCK == 0:
                    progress(done, total, f"正在写入，共 {total} 条")
                if changes:
                    writer.update(model, row_id, changes)
                done += 1
        progress(total, total, "正在整理索引")


def _is_same_masked(stored: object, incoming: object) -> bool:
    """A phone that left masked (138****5678) and comes back so is the stored one; nothing is overwritten by stars."""
    if not isinstance(stored, str) or not isinstance(incoming, str) or "****" not in incoming:
        return False
    return equals_masked(stored, incoming) or mask_phones_in_text(stored) == incoming


def _without_number(row: Row) -> Row:
    return {name: value for name, value in row.items() if name != "number"}
