"""A desk's list as a window onto it: every id in order at once, lines only for the rows that are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from chain_office.queries.lists import ids_sql, lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.queries.lists import ListKind

R = TypeVar("R")


def ids_in_order(
    ledger: Ledger,
    kind: ListKind[Any],
    *,
    filters: Mapping[str, str | None] | None = None,
    order: str = "",
    descending: bool | None = None,
) -> tuple[str, ...]:
    """The ids of a whole list, in order."""
    sort = kind.order(order)
    down = sort.descending if descending is None else descending
    sql, arguments = ids_sql(kind, filters or {}, sort, down=down)
    return tuple(row[0] for row in ledger.rows(sql, arguments))


def lines(ledger: Ledger, kind: ListKind[R], ids: Sequence[str]) -> dict[str, R]:
    """The lines of some ids, by id; an id that is gone is left out."""
    return lines_of(ledger, kind, ids)


def whole(ledger: Ledger, kind: ListKind[Any]) -> int:
    """How many records the list's table has, unfiltered."""
    return int(ledger.value(f'SELECT count(*) FROM "{kind.table}" WHERE deleted_at IS NULL'))
