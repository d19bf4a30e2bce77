"""Numbers and rows of a paper that open what they count: the words stay the same, a mark says which figure they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from chain_office.reports.content import Link
from chain_office.reports.marks import mark

if TYPE_CHECKING:
    from collections.abc import Iterable

    from chain_office.services.packing.facts import Facts


def figure(key: str, words: str) -> str:
    """Words that say a headline figure."""
    return mark(f"figure:{key}", words)


def count(facts: Facts, key: str) -> str:
    """A counted headline figure."""
    return figure(key, str(facts.headline.number(key)))


def record(table: str, row_id: str, words: str) -> str:
    """Words that name a record."""
    return mark(f"{table}:{row_id}", words)


def row_links(table: str, rows: Iterable[tuple[int, str]]) -> tuple[Link, ...]:
    """Rows of a table that stand for records: (row, id)."""
    return tuple(Link(row, -1, f"{table}:{row_id}") for row, row_id in rows)


def cell_links(row: int, keys: Iterable[tuple[int, str]]) -> tuple[Link, ...]:
    """Cells of a row that say headline figures: (column, key)."""
    return tuple(Link(row, column, f"figure:{key}") for column, key in keys)
