"""What belongs to a record, what merely names it, and whether something live hangs on something in the bin."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from chain_office.db.models import RECORDS, UNRECORDED
from chain_office.queries.editing.rows import MODELS
from chain_office.queries.records.changes import PARTS as PARTS_SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from chain_office.db.ledger import Ledger

PARTS: Mapping[str, tuple[tuple[str, str], ...]] = {
    table: tuple((part, column) for part, column, _ in parts) for table, parts in PARTS_SHOWN.items()
}
"""Tables whose rows are nothing without the record they name; they go to the bin with it."""
OWNERS: Mapping[str, tuple[str, str]] = {
    part: (owner, column) for owner, parts in PARTS.items() for part, column in parts
}
"""Part → the table and the column that say whose it is."""


def parts_of(ledger: Ledger, table: str, row_id: str) -> Iterator[tuple[str, str]]:
    """(table, id) of the live parts of a record, its attachments among them."""
    for part, column in PARTS.get(table, ()):
        for (found,) in ledger.rows(f'SELECT id FROM "{part}" WHERE "{column}" = ? AND deleted_at IS NULL', (row_id,)):
            yield part, found
    for (found,) in ledger.rows(
        "SELECT id FROM attachment WHERE table_name = ? AND row_id = ? AND deleted_at IS NULL", (table, row_id)
    ):
        yield "attachment", found


def binned_with(ledger: Ledger, table: str, row_id: str) -> Iterator[tuple[str, str]]:
    """(table, id) of the parts that went to the bin in the same write as the record."""
    write = _binned_by(ledger, table, row_id)
    sources = [(part, f'"{column}" = ?', (row_id,)) for part, column in PARTS.get(table, ())]
    sources.append(("attachment", "table_name = ? AND row_id = ?", (table, row_id)))  # type: ignore[arg-type]
    for part, where, arguments in sources:
        for (found,) in ledger.rows(f'SELECT id FROM "{part}" WHERE {where} AND deleted_at IS NOT NULL', arguments):
            if _binned_by(ledger, part, found) == write:
                yield part, found


def _binned_by(ledger: Ledger, table: str, row_id: str) -> int | None:
    found = ledger.rows(
        "SELECT write_no FROM history WHERE table_name = ? AND row_id = ? AND field = 'deleted_at' ORDER BY no DESC LIMIT 1",
        (table, row_id),
    )
    return found[0][0] if found else None


def naming(ledger: Ledger, table: str, row_id: str) -> Counter[str]:
    """How many live rows of other tables name a record, apart from its parts."""
    own = {part for part, _ in PARTS.get(table, ())}
    found: Counter[str] = Counter()
    for other, column, target in _links():
        if target == table and other not in own:
            found[other] += int(
                ledger.value(f'SELECT count(*) FROM "{other}" WHERE "{column}" = ? AND deleted_at IS NULL', (row_id,))
            )
    return +found


def dangling(ledger: Ledger, touched: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str, str, str]]:
    """(table, id, target, target's id) of live rows that name a row in the bin, as far as one of the two was touched."""
    for table, column, target in _links():
        for side, ids in (("t", touched.get(table, ())), ("o", touched.get(target, ()))):
            for one in ids:
                rows = ledger.rows(
                    f'SELECT t.id, o.id FROM "{table}" t JOIN "{target}" o ON o.id = t."{column}" '
                    f"WHERE {side}.id = ? AND t.deleted_at IS NULL AND o.deleted_at IS NOT NULL LIMIT 1",
                    (one,),
                )
                yield from ((table, row_id, target, other) for row_id, other in rows)


def _links() -> Iterator[tuple[str, str, str]]:
    """Every (table, column, table it names)."""
    for model in RECORDS:
        if model._meta.table_name in UNRECORDED:
            continue
        for field, target in model._meta.refs.items():
            yield model._meta.table_name, field.column_name, target._meta.table_name


def is_live(ledger: Ledger, table: str, row_id: str) -> bool:
    """Whether there is such a row outside the bin."""
    assert table in MODELS
    return bool(ledger.rows(f'SELECT 1 FROM "{table}" WHERE id = ? AND deleted_at IS NULL', (row_id,)))
