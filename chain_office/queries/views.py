"""Ready-made selections of a desk at a date: each names its records, so that its count and its rows cannot differ."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.queries.lists import column

if TYPE_CHECKING:
    from chain_office.db.ledger import Ledger
    from chain_office.queries.lists import ListKind


@dataclass(frozen=True, slots=True)
class View:
    """A selection: the figure's key it stands for (or a key of its own), its word, its records. ``chip``: offered above
    the table; others are reached from a figure. ``formula``: which records belong, where its word does not say."""

    key: str
    label: str
    ids: frozenset[str]
    chip: bool = True
    light: str = ""
    formula: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter with the number of live records that have it; ``value`` None: those without one."""

    value: str | None
    label: str
    count: int


_NAMED = {"event": "meeting"}
"""Filter → the table its values are ids of, where that is not its own name."""
_SHORT = frozenset({"park", "unit", "bank", "district", "segment", "category"})
WITHOUT = "（未填）"


def choices(ledger: Ledger, kind: ListKind[object], name: str) -> tuple[Choice, ...]:
    """The values a filter of a list can take, most frequent first; those without one last."""
    value = kind.filters[name]
    value = value if "(" in value else f"t.{value}"
    table = _table(kind, name)
    word = "coalesce(n.short, n.name)" if table in _SHORT else "n.name"
    rows = ledger.rows(
        f'SELECT g.value, {word}, g.number FROM (SELECT {value} AS value, count(*) AS number FROM "{kind.table}" t '
        f'WHERE t.deleted_at IS NULL GROUP BY 1) g LEFT JOIN "{table}" n ON n.id = g.value '
        "ORDER BY g.value IS NULL, g.number DESC, 2"
    )
    return tuple(Choice(value, label or WITHOUT, number) for value, label, number in rows)


def value_name(ledger: Ledger, kind: ListKind[object], name: str, value: str) -> str:
    """What a value of a filter is called (a firm, a unit …), "" if there is none."""
    return str(ledger.value(f'SELECT name FROM "{_table(kind, name)}" WHERE id = ?', (value,)) or "")


def _table(kind: ListKind[object], name: str) -> str:
    """The table of a filter's values. Raises KeyError where the list has no such filter."""
    return _NAMED.get(name, name) if name in kind.filters else kind.filters[name]


def ids(ledger: Ledger, sql: str, **arguments: object) -> frozenset[str]:
    """The ids a statement gives."""
    return frozenset(column(ledger, sql, arguments))
