"""A desk's list as a window onto it: every id in order at once, lines only for the rows that are looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from chain_office.db.search import pattern
from chain_office.queries.facet_orders import SIGN, ids_by_facet
from chain_office.queries.facets import where
from chain_office.queries.lists import column, conditions_sql, ids_sql, lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.queries.facets import Condition
    from chain_office.queries.lists import ListKind

R = TypeVar("R")


def ids_in_order(
    ledger: Ledger,
    kind: ListKind[Any],
    *,
    filters: Mapping[str, str | None] | None = None,
    conditions: Sequence[Condition] = (),
    order: str = "",
    descending: bool | None = None,
) -> tuple[str, ...]:
    """The ids of a whole list, in one of its orders, or by a facet ("=deadline")."""
    if order.startswith(SIGN):
        name, down = order[len(SIGN) :], bool(descending)
        return ids_by_facet(ledger, kind, name, filters=filters or {}, conditions=conditions, down=down)
    sort = kind.order(order)
    down = sort.descending if descending is None else descending
    more, values = where(ledger, kind.facets, conditions)
    sql, arguments = ids_sql(kind, filters or {}, sort, down=down, more=more)
    arguments |= values
    return tuple(column(ledger, sql, arguments))


def lines(ledger: Ledger, kind: ListKind[R], ids: Sequence[str]) -> dict[str, R]:
    """The lines of some ids, by id; an id that is gone is left out."""
    return lines_of(ledger, kind, ids)


def how_many(
    ledger: Ledger,
    kind: ListKind[Any],
    *,
    filters: Mapping[str, str | None] | None = None,
    conditions: Sequence[Condition] = (),
    only: frozenset[str] | None = None,
) -> int:
    """How many lines meet filters and conditions (and are among some)."""
    wanted, arguments = conditions_sql(ledger, kind, filters or {}, conditions)
    if only is None:
        return int(ledger.value(f'SELECT count(*) FROM "{kind.table}" t WHERE {wanted}', arguments))
    ids = column(ledger, f'SELECT t.id FROM "{kind.table}" t WHERE {wanted}', arguments)
    return sum(one in only for one in ids)


def whole(ledger: Ledger, kind: ListKind[Any]) -> int:
    """How many records the list's table has, unfiltered."""
    return int(ledger.value(f'SELECT count(*) FROM "{kind.table}" WHERE deleted_at IS NULL'))


_FIRM = "SELECT id FROM enterprise WHERE initials LIKE :text ESCAPE '\\' OR name LIKE :text ESCAPE '\\'"
_TYPED = {
    "enterprise": f"t.id IN ({_FIRM})",
    "visit": f"t.enterprise_id IN ({_FIRM})",
    "problem": f"t.enterprise_id IN ({_FIRM})",
    "match": f"t.enterprise_id IN ({_FIRM})",
    "project": "t.name LIKE :text ESCAPE '\\'",
}
"""Table → what letters typed over its list are looked for in."""


def typed(ledger: Ledger, kind: ListKind[Any], text: str) -> frozenset[str]:
    """The ids of what a person types over a list to get to: a number, or the initials or a piece of a name."""
    wanted = "t.number = :number" if text.isdecimal() else _TYPED[kind.table]
    arguments = {"number": int(text)} if text.isdecimal() else {"text": pattern(text)}
    sql = f'SELECT t.id FROM "{kind.table}" t WHERE t.deleted_at IS NULL AND {wanted}'
    return frozenset(row[0] for row in ledger.rows(sql, arguments))
