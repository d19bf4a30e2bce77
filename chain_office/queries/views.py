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
    the table; others are reached from a figure."""

    key: str
    label: str
    ids: frozenset[str]
    chip: bool = True
    light: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A value of a filter with the number of live records that have it; ``value`` None: those without one."""

    value: str | None
    label: str
    count: int


_NAMED = {
    "district_id": "district", "park_id": "park", "segment_id": "segment", "category_id": "category",
    "lead_unit_id": "unit", "meeting_id": "meeting", "event_id": "meeting", "bank_id": "bank", "campaign_id": "campaign",
    "enterprise_id": "enterprise",
}  # fmt: skip
_SHORT = frozenset({"park", "unit", "bank", "district", "segment", "category"})
WITHOUT = "（未填）"


def choices(ledger: Ledger, kind: ListKind[object], name: str) -> tuple[Choice, ...]:
    """The values a filter of a list can take, most frequent first; those without one last."""
    column = kind.filters[name]
    table = _NAMED[column]
    word = "coalesce(n.short, n.name)" if table in _SHORT else "n.name"
    rows = ledger.rows(
        f'SELECT g.value, {word}, g.number FROM (SELECT t.{column} AS value, count(*) AS number FROM "{kind.table}" t '
        f'WHERE t.deleted_at IS NULL GROUP BY 1) g LEFT JOIN "{table}" n ON n.id = g.value '
        "ORDER BY g.value IS NULL, g.number DESC, 2"
    )
    return tuple(Choice(value, label or WITHOUT, number) for value, label, number in rows)


def value_name(ledger: Ledger, kind: ListKind[object], name: str, value: str) -> str:
    """What a value of a filter is called (a firm, a unit …), "" if there is none."""
    return str(ledger.value(f'SELECT name FROM "{_NAMED[kind.filters[name]]}" WHERE id = ?', (value,)) or "")


def ids(ledger: Ledger, sql: str, **arguments: object) -> frozenset[str]:
    """The ids a statement gives."""
    return frozenset(column(ledger, sql, arguments))
