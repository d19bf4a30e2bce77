"""The lists of names with what uses each entry."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from chain_office.db.forms import form
from chain_office.db.models import RECORDS, UNRECORDED

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from chain_office.db.ledger import Ledger

NOUNS = {
    "enterprise": "企业", "visit": "走访", "problem": "问题", "need": "融资需求", "match": "银企对接", "project": "项目",
    "park": "园区", "unit": "承办单位", "officer": "人员", "segment": "下级环节", "dispatch": "发文登记",
}  # fmt: skip
"""What the records that name an entry are called, where it is not what their form is called."""
OWNERS = {"assignment": "problem", "problem_event": "problem", "screening": "problem"}
"""Parts of records: they count as the record they belong to."""


@dataclass(frozen=True, slots=True)
class Use:
    """How many records of a table name an entry."""

    table: str
    records: int

    @property
    def text(self) -> str:
        """ "问题 12 条"."""
        return f"{NOUNS.get(self.table) or form(self.table).noun} {self.records} 条"


def columns_naming(target: str) -> Iterator[tuple[str, str]]:
    """(table, column) of every reference to a table's rows."""
    for model in RECORDS:
        table = model._meta.table_name
        if table in UNRECORDED:
            continue
        for field, other in model._meta.refs.items():
            if other._meta.table_name == target:
                yield table, field.column_name


def uses(ledger: Ledger, target: str, row_id: str | None = None) -> dict[str, tuple[Use, ...]]:
    """Entry → the live records that name it, most first; of one entry, or of all."""
    parts: dict[str, list[str]] = {}
    for table, column in columns_naming(target):
        owner = OWNERS.get(table, table)
        one = f'AND t."{column}" = :row' if row_id else f'AND t."{column}" IS NOT NULL'
        if owner == table:
            sql = f'SELECT t."{column}" AS entry, t.id AS record FROM "{table}" t WHERE t.deleted_at IS NULL {one}'
        else:
            sql = (
                f'SELECT t."{column}" AS entry, t.{owner}_id AS record FROM "{table}" t JOIN "{owner}" o '
                f"ON o.id = t.{owner}_id WHERE t.deleted_at IS NULL AND o.deleted_at IS NULL {one}"
            )
        parts.setdefault(owner, []).append(sql)
    found: dict[str, list[Use]] = {}
    for owner, statements in parts.items():
        together = " UNION ".join(statements)
        for entry, number in ledger.rows(
            f"SELECT entry, count(*) FROM ({together}) GROUP BY entry", {"row": row_id} if row_id else {}
        ):
            found.setdefault(entry, []).append(Use(owner, int(number)))
    return {entry: tuple(sorted(made, key=lambda use: -use.records)) for entry, made in found.items()}


def entries(ledger: Ledger, table: str, columns: Sequence[str]) -> list[dict[str, Any]]:
    """The live rows of a list, in the order they came, as values by column."""
    wanted = ("id", "version", *columns)
    quoted = ", ".join(f'"{column}"' for column in wanted)
    rows = ledger.rows(f'SELECT {quoted} FROM "{table}" WHERE deleted_at IS NULL ORDER BY rowid')
    return [dict(zip(wanted, row, strict=True)) for row in rows]


def how_many(ledger: Ledger, tables: Sequence[str]) -> dict[str, int]:
    """How many live rows each list has."""
    return {table: int(ledger.value(f'SELECT count(*) FROM "{table}" WHERE deleted_at IS NULL')) for table in tables}


def pointing(ledger: Ledger, target: str, row_id: str) -> list[tuple[str, str, tuple[str, ...]]]:
    """(table, column, ids) of every row that names an entry, those in the bin too."""
    found = []
    for table, column in columns_naming(target):
        ids = tuple(row[0] for row in ledger.rows(f'SELECT id FROM "{table}" WHERE "{column}" = ?', (row_id,)))
        if ids:
            found.append((table, column, ids))
    return found


def doubled_assignments(ledger: Ledger, source: str, target: str) -> tuple[str, ...]:
    """Assignments that would stand twice if unit ``source`` became ``target``: of the two on the same problem and round
    the one that does not lead, else the source's."""
    return tuple(
        row[0]
        for row in ledger.rows(
            "SELECT CASE WHEN s.role = 'lead' THEN t.id ELSE s.id END FROM assignment s JOIN assignment t "
            "ON t.problem_id = s.problem_id AND t.round = s.round AND t.unit_id = ? "
            "WHERE s.unit_id = ? AND s.deleted_at IS NULL AND t.deleted_at IS NULL",
            (target, source),
        )
    )


def binned_entries(ledger: Ledger, tables: Sequence[str], most: int) -> list[tuple[str, str, str, str, str]]:
    """(table, id, name, when, by whom) of the newest entries in the bin."""
    pieces = " UNION ALL ".join(
        f"SELECT '{table}' AS place, id, name, deleted_at AS gone FROM \"{table}\" WHERE deleted_at IS NOT NULL"
        for table in tables
    )
    return ledger.rows(
        f"SELECT b.place, b.id, b.name, b.gone, coalesce((SELECT w.actor FROM history h JOIN write_log w "
        f"ON w.no = h.write_no WHERE h.table_name = b.place AND h.row_id = b.id AND h.field = 'deleted_at' "
        f"ORDER BY h.no DESC LIMIT 1), '') FROM ({pieces}) b ORDER BY b.gone DESC, b.id DESC LIMIT ?",
        (most,),
    )


def one_binned(ledger: Ledger, table: str, row_id: str, columns: Sequence[str]) -> dict[str, Any] | None:
    """An entry in the bin; None if it is not there."""
    quoted = ", ".join(f'"{column}"' for column in columns)
    found = ledger.rows(f'SELECT {quoted} FROM "{table}" WHERE id = ? AND deleted_at IS NOT NULL', (row_id,))
    return dict(zip(columns, found[0], strict=True)) if found else None
