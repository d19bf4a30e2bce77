"""The desks' lists, a page at a time: filtered, sorted, counted without reading what is not shown.

A list declares its filters and orders, and which of them an index of the ledger serves together (the index holds the
filters, then the sort key, then the id). A page starts after the last line of the one before, never by counting rows
off, so the thousandth page costs what the first does. Filters no index serves are looked at line by line on the way.
"""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from chain_office.queries.facets import where

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from chain_office.db.ledger import Ledger
    from chain_office.queries.facets import Condition, Facet

R = TypeVar("R")
COUNT_CAP = 1000
PAGE = 50
_LOWEST: dict[type, object] = {str: "", int: -(2**63)}
_HIGHEST: dict[type, object] = {str: "\U0010ffff", int: 2**63 - 1}


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where a page ended: the sort key and id of its last line."""

    key: str | int
    id: str


@dataclass(frozen=True, slots=True)
class Page(Generic[R]):
    """Lines of a list in order; ``next`` starts the page after, None at the end."""

    lines: tuple[R, ...]
    next: Cursor | None


@dataclass(frozen=True, slots=True)
class Count:
    """How many lines there are; ``capped``: at least that many ("1000+")."""

    number: int
    capped: bool


@dataclass(frozen=True, slots=True)
class Order:
    """A way to sort: an expression over the table t that is never NULL, and its type. ``served``: sets of filters for
    which an index gives this order."""

    name: str
    label: str
    key: str
    type: type
    served: tuple[frozenset[str], ...]
    descending: bool = False


@dataclass(frozen=True, slots=True)
class ListKind(Generic[R]):
    """One desk's list. ``columns`` are SQL over t and ``joins``, in the order of the line's fields after its id; ``days``
    are the fields that are dates. ``filters`` name columns of t, or say SQL over it in brackets; the first order is the
    usual one. ``facets``: what its headings are filtered and sorted by besides."""

    id: str
    table: str
    columns: tuple[str, ...]
    joins: str
    line: type[R]
    filters: Mapping[str, str]
    orders: tuple[Order, ...]
    days: tuple[str, ...] = ()
    facets: Mapping[str, Facet] = field(default_factory=dict)

    def order(self, name: str = "") -> Order:
        """An order by name, the usual one for "". Raises KeyError."""
        return {one.name: one for one in self.orders}[name] if name else self.orders[0]


Filters = "Mapping[str, str | None]"
"""Filter name → the value wanted; None wants rows without one."""


def page(
    ledger: Ledger,
    kind: ListKind[R],
    *,
    filters: Mapping[str, str | None] | None = None,
    order: str = "",
    descending: bool | None = None,
    after: Cursor | None = None,
    size: int = PAGE,
) -> Page[R]:
    """A page of a list."""
    sort = kind.order(order)
    down = sort.descending if descending is None else descending
    sql, arguments = page_sql(kind, filters or {}, sort, down=down)
    start = after or Cursor(_edge(sort.type, down=down), str(_edge(str, down=down)))  # type: ignore[arg-type]
    rows = ledger.rows(sql, {**arguments, "after_key": start.key, "after_id": start.id, "size": size + 1})
    shown = rows[:size]
    following = Cursor(shown[-1][0], shown[-1][1]) if len(rows) > size else None
    return Page(tuple(_lines(kind, shown)), following)


def _lines(kind: ListKind[R], rows: list[tuple[Any, ...]]) -> Iterator[R]:
    places = [at for at, one in enumerate(fields(kind.line)) if one.name in kind.days]  # type: ignore[arg-type]
    for _, *values in rows:
        for at in places:
            values[at] = date.fromisoformat(values[at]) if values[at] else None
        yield kind.line(*values)


def count(ledger: Ledger, kind: ListKind[Any], *, filters: Mapping[str, str | None] | None = None) -> Count:
    """How many lines a list has, counted up to a cap."""
    sql, arguments = count_sql(kind, filters or {})
    found = int(ledger.value(sql, {**arguments, "cap": COUNT_CAP + 1}))
    return Count(min(found, COUNT_CAP), capped=found > COUNT_CAP)


def page_sql(
    kind: ListKind[Any], filters: Mapping[str, str | None], order: Order, *, down: bool
) -> tuple[str, dict[str, object]]:
    """The statement of a page, and its filter arguments. (A row value would not be looked up in an index over an
    expression: the key bounds the search, the id settles equal keys.)"""
    wanted, arguments = _conditions(kind, filters, order.served)
    sign, way = ("<", " DESC") if down else (">", "")
    columns = ", ".join((order.key, "t.id", *kind.columns))
    sql = (
        f'SELECT {columns} FROM "{kind.table}" t {kind.joins} '
        f"WHERE {wanted} AND {order.key} {sign}= :after_key AND ({order.key} {sign} :after_key OR t.id {sign} :after_id) "
        f"ORDER BY {order.key}{way}, t.id{way} LIMIT :size"
    )
    return sql, arguments


def ids_sql(
    kind: ListKind[Any], filters: Mapping[str, str | None], order: Order, *, down: bool, more: Sequence[str] = ()
) -> tuple[str, dict[str, object]]:
    """The statement of all ids in order, and its filter arguments. ``more``: further conditions on t."""
    wanted, arguments = _conditions(kind, filters, order.served)
    wanted = " AND ".join((wanted, *more))
    way = " DESC" if down else ""
    return f'SELECT t.id FROM "{kind.table}" t WHERE {wanted} ORDER BY {order.key}{way}, t.id{way}', arguments


def conditions_sql(
    ledger: Ledger, kind: ListKind[Any], filters: Mapping[str, str | None], conditions: Sequence[Condition]
) -> tuple[str, dict[str, object]]:
    """What filters and conditions say of t together, and their arguments."""
    served = max((one.served for one in kind.orders), key=lambda sets: len(_best(sets, filters)))
    wanted, arguments = _conditions(kind, filters, served)
    more, values = where(ledger, kind.facets, conditions)
    return " AND ".join((wanted, *more)), {**arguments, **values}


def column(ledger: Ledger, sql: str, arguments: Mapping[str, object]) -> list[str]:
    """The ids a statement gives, in its order (NULLs left out). They come as one text: a hundred thousand rows, a tuple
    each, would take twice as long, and the interpreter from the window for all of it."""
    found = ledger.value(f"WITH found(id) AS ({sql}) SELECT group_concat(id) FROM found", arguments)
    return str(found).split(",") if found else []


def lines_of(ledger: Ledger, kind: ListKind[R], ids: Sequence[str]) -> dict[str, R]:
    """The lines of some ids, by id."""
    marks = ", ".join(f":id{place}" for place in range(len(ids)))
    columns = ", ".join(("0", "t.id", *kind.columns))
    rows = ledger.rows(
        f'SELECT {columns} FROM "{kind.table}" t {kind.joins} WHERE t.id IN ({marks})',
        {f"id{place}": one for place, one in enumerate(ids)},
    )
    return {row[1]: line for row, line in zip(rows, _lines(kind, rows), strict=True)}


def count_sql(kind: ListKind[Any], filters: Mapping[str, str | None]) -> tuple[str, dict[str, object]]:
    """The statement of a capped count, and its filter arguments."""
    served = max((one.served for one in kind.orders), key=lambda sets: len(_best(sets, filters)))
    wanted, arguments = _conditions(kind, filters, served)
    return f'SELECT count(*) FROM (SELECT 1 FROM "{kind.table}" t WHERE {wanted} LIMIT :cap)', arguments


def _conditions(
    kind: ListKind[Any], filters: Mapping[str, str | None], served: Sequence[frozenset[str]]
) -> tuple[str, dict[str, object]]:
    indexed = _best(served, filters)
    wanted = ["t.deleted_at IS NULL"]
    arguments: dict[str, object] = {}
    for name, value in filters.items():
        column = kind.filters[name]
        column = column if "(" in column else f"t.{column}"
        if name not in indexed:
            wanted.append(f"coalesce({column}, '') = :{name}")
            arguments[name] = value or ""
        elif value is None:
            wanted.append(f"{column} IS NULL")
        else:
            wanted.append(f"{column} = :{name}")
            arguments[name] = value
    return " AND ".join(wanted), arguments


def _best(served: Sequence[frozenset[str]], filters: Mapping[str, str | None]) -> frozenset[str]:
    """The largest set of the wanted filters that one index holds."""
    return max((one for one in served if one <= filters.keys()), key=len, default=frozenset())


def _edge(kind: type, *, down: bool) -> object:
    """What sorts before everything of a type in that direction."""
    return (_HIGHEST if down else _LOWEST)[kind]
