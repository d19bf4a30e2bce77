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
    from chain_office.db.searchable import Part, Texts

_TEXTS = {texts.table: texts for texts in TEXTS}
_LABELS = {
    (model._meta.table_name, field.column_name): field.label for model in RECORDS for field in spec_fields(model)
}
_AROUND = 20
_WORDS = 8
_FIRM = "(SELECT name FROM enterprise WHERE id = t.enterprise_id)"
_TITLES = {
    "visit": f"{_FIRM} || coalesce(' ' || t.day, '')",
    "monthly_output": f"{_FIRM} || ' ' || t.month",
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
    """A record found: its table and id, what it is called, and where the first word stands in it."""

    table: str
    id: str
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
        ids = [one.row_id for one in members]
        titles = _titles(ledger, table, ids)
        excerpts = _excerpts(ledger, _TEXTS[table], ids, word)
        for one in members:
            hits[one.no] = Hit(table, one.row_id, titles[one.row_id], excerpts[one.row_id])
    return hits


def _titles(ledger: Ledger, table: str, ids: list[str]) -> dict[str, str]:
    marks = ",".join("?" * len(ids))
    title = _TITLES.get(table, "t.name")
    return dict(ledger.rows(f"SELECT t.id, coalesce({title}, '') FROM \"{table}\" t WHERE t.id IN ({marks})", ids))


def _excerpts(ledger: Ledger, texts: Texts, ids: list[str], word: str) -> dict[str, Excerpt]:
    """Where the word stands: in the record's own fields, else in its parts."""
    found: dict[str, Excerpt] = {}
    for table, owner, columns in ((texts.table, "id", texts.columns), *(_place(part) for part in texts.parts)):
        wanted = [one for one in ids if one not in found]
        marks = ",".join("?" * len(wanted))
        names = ", ".join(f'"{column}"' for column in columns)
        sql = (
            f'SELECT "{owner}", {names} FROM "{table}" WHERE "{owner}" IN ({marks}) AND deleted_at IS NULL ORDER BY id'
        )
        for row_id, *values in ledger.rows(sql, wanted):
            for column, value in zip(columns, values, strict=True):
                excerpt = _excerpt(_LABELS.get((table, column), ""), value or "", word)
                if excerpt is not None:
                    found.setdefault(row_id, excerpt)
    return found


def _place(part: Part) -> tuple[str, str, tuple[str, ...]]:
    return part.table, part.owner, part.columns


def _excerpt(label: str, text: str, word: str) -> Excerpt | None:
    at = index.fold(text).find(index.fold(word))
    if at < 0:
        return None
    end = at + len(word)
    return Excerpt(label, text[max(0, at - _AROUND) : at], text[at:end], text[end : end + _AROUND])
