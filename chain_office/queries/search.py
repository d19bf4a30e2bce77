"""Search over every desk: the newest records that contain all the words typed, each with the place it was found in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chain_office.db import search as index
from chain_office.db.models import RECORDS, spec_fields
from chain_office.db.searchable import TEXTS

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from chain_office.db.ledger import Ledger

_TEXTS = {texts.table: texts for texts in TEXTS}
_LABELS = {
    (model._meta.table_name, field.column_name): field.label for model in RECORDS for field in spec_fields(model)
}
_AROUND = 20
_WORDS = 8
_FIRM = "(SELECT name FROM enterprise WHERE id = t.enterprise_id)"
_TITLES = {
    "visit": f"{_FIRM} || coalesce(' ' || t.day, '')",
    "problem": "t.text",
    "need": f"coalesce({_FIRM}, (SELECT name FROM park WHERE id = t.park_id), '')",
    "match": f"coalesce({_FIRM}, (SELECT name FROM park WHERE id = t.park_id), '')",
}
"""What a record is called, where that is not its name."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Where a word stands: the field's label and the text before, at and after it."""

    label: str
    before: str
    word: str
    after: str


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found. ``owner_table`` and ``owner_id`` are the record to open: itself, or the one it is part of."""

    table: str
    id: str
    owner_table: str
    owner_id: str
    title: str
    excerpt: Excerpt


@dataclass(frozen=True, slots=True)
class Hits:
    """A page of hits, newest first; ``next`` continues after them, None at the end."""

    hits: tuple[Hit, ...]
    next: int | None


def search(
    ledger: Ledger, text: str, *, tables: Collection[str] = (), limit: int = 50, before: int | None = None
) -> Hits:
    """Live records that contain every word of ``text`` (letters in either case)."""
    words = words_of(text)
    found = index.find(ledger, words, tables=tables, limit=limit + 1, before=before)
    shown = found[:limit]
    hits = _hits(ledger, shown, words[0]) if shown else {}
    following = shown[-1].no if len(found) > limit else None
    return Hits(tuple(hits[one.no] for one in shown), following)


def count(ledger: Ledger, text: str, *, tables: Collection[str] = (), cap: int = 1000) -> int:
    """How many records contain every word; one more than ``cap`` stands for "more"."""
    return index.count(ledger, words_of(text), tables=tables, cap=cap)


def words_of(text: str) -> tuple[str, ...]:
    """The words typed, told apart by blanks (the ideographic one too); words beyond the eighth narrow no further."""
    return tuple(dict.fromkeys(text.split()))[:_WORDS]


def _hits(ledger: Ledger, found: Iterable[index.Found], word: str) -> dict[int, Hit]:
    hits: dict[int, Hit] = {}
    by_table: dict[str, list[index.Found]] = {}
    for one in found:
        by_table.setdefault(one.table, []).append(one)
    for table, members in by_table.items():
        texts = _TEXTS[table]
        columns = ", ".join(f't."{column}"' for column in (texts.owner, *texts.columns))
        ids = [one.row_id for one in members]
        marks = ",".join("?" * len(ids))
        rows = {
            row[0]: row[1:]
            for row in ledger.rows(f'SELECT t.id, {columns} FROM "{table}" t WHERE t.id IN ({marks})', ids)
        }
        owner_table = texts.owner_table or table
        titles = _titles(ledger, owner_table, [row[0] for row in rows.values()])
        for one in members:
            owner, *values = rows[one.row_id]
            excerpt = _excerpt(table, texts.columns, values, word)
            hits[one.no] = Hit(table, one.row_id, owner_table, owner, titles[owner], excerpt)
    return hits


def _titles(ledger: Ledger, table: str, ids: list[str]) -> dict[str, str]:
    marks = ",".join("?" * len(ids))
    title = _TITLES.get(table, "t.name")
    return dict(ledger.rows(f"SELECT t.id, coalesce({title}, '') FROM \"{table}\" t WHERE t.id IN ({marks})", ids))


def _excerpt(table: str, columns: Iterable[str], values: Iterable[str | None], word: str) -> Excerpt:
    folded = index.fold(word)
    for column, value in zip(columns, values, strict=True):
        at = index.fold(value).find(folded) if value else -1
        if value and at >= 0:
            end = at + len(word)
            start = max(0, at - _AROUND)
            return Excerpt(_LABELS.get((table, column), ""), value[start:at], value[at:end], value[end : end + _AROUND])
    return Excerpt("", "", "", "")
