"""The write door: the only transaction that changes a ledger.

``with ledger.write(actor, reason) as w:`` holds rows and their history in one BEGIN IMMEDIATE … COMMIT. Listeners get
one :class:`Changes` after the commit. An exception inside takes everything back.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from chain_office import clock
from chain_office.db.models import Numbered, Record
from chain_office.db.preparing import check_value, prepare_column
from chain_office.domain.errors import BugError, KnownError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import peewee


@dataclass(frozen=True, slots=True)
class Changes:
    """What one write changed: table name → record ids."""

    write_no: int
    actor: str
    reason: str
    rows: Mapping[str, frozenset[str]]


class Conflict(KnownError):
    """Somebody saved the record after it was read. ``current`` is what stands there now."""

    def __init__(self, table: str, row_id: str, current: Mapping[str, object]) -> None:
        super().__init__("这条记录刚被别人改过，你的修改没有覆盖它；请对照后再保存。")
        self.table = table
        self.row_id = row_id
        self.current = current


class Writer:
    """What may be done inside one write. Values are Python values of the model's fields (dates, int 元, ids)."""

    def __init__(self, database: peewee.SqliteDatabase, write_no: int) -> None:
        self._connection = database.connection()  # peewee's own way round costs as much as a small statement
        self._touched: dict[str, set[str]] = {}
        self._numbers: dict[str, int] = {}
        self.write_no = write_no

    def insert(self, model: type[Record], values: Mapping[str, Any]) -> str:
        """Add one record; returns its id. Field names are the model's, references end in ``_id`` or name the field."""
        return self.insert_many(model, [values])[0]

    def insert_many(self, model: type[Record], rows: Sequence[Mapping[str, Any]]) -> list[str]:
        """Add records that share the same set of fields; returns their ids in order."""
        if not rows:
            return []
        fields = self._fields(model, rows[0])
        columns = [prepare_column(field, rows, self._maker(model, field)) for field in fields]
        quoted = ", ".join(f'"{field.column_name}"' for field in fields)
        marks = ", ".join("?" * len(fields))
        table = model._meta.table_name
        statement = f'INSERT INTO "{table}" ({quoted}) VALUES ({marks})'
        self._connection.executemany(statement, zip(*columns, strict=True))
        place = [field.name for field in fields].index("id")
        ids = [str(row_id) for row_id in columns[place]]
        self._touch(table, ids)
        return ids

    def update(
        self, model: type[Record], row_id: str, changes: Mapping[str, Any], *, version: int | None = None
    ) -> None:
        """Change fields of one record. With ``version``, refuse (:class:`Conflict`) if it is no longer the one read."""
        if not changes:
            return
        fields = [model._meta.combined[name] for name in changes]
        sets = ", ".join(f'"{field.column_name}" = ?' for field in fields)
        arguments: list[object] = [
            check_value(field, value) for field, value in zip(fields, changes.values(), strict=True)
        ]
        table = model._meta.table_name
        statement = f'UPDATE "{table}" SET {sets}, version = version + 1 WHERE id = ?'
        arguments.append(row_id)
        if version is not None:
            statement += " AND version = ?"
            arguments.append(version)
        if self._connection.execute(statement, arguments).rowcount != 1:
            raise self._conflict(model, row_id)
        self._touch(table, [row_id])

    def bin(self, model: type[Record], row_id: str, *, version: int | None = None) -> None:
        """Move a record to the bin."""
        self.update(model, row_id, {"deleted_at": clock.stamp()}, version=version)

    def unbin(self, model: type[Record], row_id: str) -> None:
        """Take a record out of the bin."""
        self.update(model, row_id, {"deleted_at": None})

    def derive(self, statement: str, arguments: Sequence[object] = ()) -> None:
        """Run SQL on derived tables (spans, search index) that have no history of their own."""
        self._connection.execute(statement, arguments)

    def derive_many(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """The same for many rows of arguments at once."""
        self._connection.executemany(statement, rows)

    def select(self, statement: str, arguments: Sequence[object] | Mapping[str, object] = ()) -> list[tuple[Any, ...]]:
        """Read inside the write."""
        rows: list[tuple[Any, ...]] = self._connection.execute(statement, arguments).fetchall()
        return rows

    @property
    def touched(self) -> Mapping[str, frozenset[str]]:
        """Ids written so far, by table."""
        return {table: frozenset(ids) for table, ids in self._touched.items()}

    def mark(self, table: str, ids: Iterable[str]) -> None:
        """Note ids changed by :meth:`derive` so that listeners hear of them."""
        self._touch(table, ids)

    def _touch(self, table: str, ids: Iterable[str]) -> None:
        self._touched.setdefault(table, set()).update(ids)

    def _fields(self, model: type[Record], row: Mapping[str, Any]) -> list[peewee.Field]:
        """The columns a bulk insert fills: those the rows carry, the id, the number, and those with a default."""
        given = {field.name: field for field in map(model._meta.combined.__getitem__, row)}
        made = [
            field
            for field in model._meta.sorted_fields
            if field.name not in given
            and (field.default is not None or (field.name == "number" and issubclass(model, Numbered)))
        ]
        return [*given.values(), *made]

    def _maker(self, model: type[Record], field: peewee.Field) -> Callable[[], object] | None:
        return partial(self._next_number, model) if field.name == "number" and issubclass(model, Numbered) else None

    def _next_number(self, model: type[Record]) -> int:
        table = model._meta.table_name
        if table not in self._numbers:
            row = self._connection.execute(f'SELECT coalesce(max(number), 0) FROM "{table}"').fetchone()
            self._numbers[table] = int(row[0])
        self._numbers[table] += 1
        return self._numbers[table]

    def _conflict(self, model: type[Record], row_id: str) -> Exception:
        cursor = self._connection.execute(f'SELECT * FROM "{model._meta.table_name}" WHERE id = ?', (row_id,))
        row = cursor.fetchone()
        if row is None:
            return BugError(f"no {model.__name__} {row_id}")
        names = [column[0] for column in cursor.description]
        return Conflict(model._meta.table_name, row_id, dict(zip(names, row, strict=True)))
